/* SPDX-License-Identifier: MIT */
/*
 * run.c - the whole job over many files: read, take through the stages, write, in parallel.
 *
 * Method  A ring of slots. The reader thread cuts records off the files into free slots, in order;
 *         each worker takes the oldest slot that waits, makes an article of it and its results; the
 *         calling thread empties the slots in order. So the output is the order of the input
 *         whatever the workers do, and nothing is shared but the ring's lock.
 * Memory  The ring has a fixed number of slots for each worker; a slot that held a large record
 *         gives its memory back.
 * Stop    The reader takes nothing more; what stands in the ring is finished and written.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "engine/ring.h"
#include "lexicon/languages.h"

#define JOBS_MAX 256
#define SLOTS_PER_JOB 4
#define KEEP_BYTES (1u << 20) /* a slot's buffers above this are given back */
#define RESULT_MAX (512u << 20)
#define SCRATCH_KEEP ((size_t)8 << 20) /* the parser's buffers, most of them never touched */
#define WAIT_MS 100 /* how soon `stop` is seen */

/* ---- the workers ---- */

static void keep_what_is_wanted(struct dm_article *article, enum dm_keep keep)
{
    if (keep >= DM_KEEP_TOKENS)
        article->has_tree = false;
    if (keep >= DM_KEEP_TEXT && article->has_tokens) {
        article->has_tokens = false;
        article->n_toks = article->n_sents = 0;
        article->tok = NULL;
        article->sent = NULL;
    }
}

/* Datelines, bylines and captions are never coded, but who looks for names wants those there, too. */
static void read_clutter(struct dm_article *article)
{
    for (uint32_t b = 0; b < article->n_blocks; b++)
        if (article->block[b].kind == BLOCK_CLUTTER)
            article->block[b].kind = BLOCK_BODY;
}

static bool wanted(struct ring *ring, struct slot *slot)
{
    if (!ring->run->skip)
        return true;
    pthread_mutex_lock(&ring->skip_lock);
    slot->skipped = ring->run->skip(ring->run->self, slot->article);
    pthread_mutex_unlock(&ring->skip_lock);
    return !slot->skipped;
}

/* A stage knows no files: say which article it could not take, unless the reader has. */
static int work_failed(struct slot *slot, int rc)
{
    struct dm_error told = slot->err;
    if (rc >= 0 || strncmp(told.text, slot->record.path, strlen(slot->record.path)) == 0)
        return rc;
    const struct dm_article *article = slot->article;
    return dm_fail(&slot->err, rc, "%.*s: record %llu: %s", (int)article->path.n, article->path.p,
                   (unsigned long long)article->place, told.text);
}

/* What cannot be read is not coded: it is an article without results. Trees that are given are. */
static enum dm_depth depth_for(const struct ring *ring, struct dm_article *article)
{
    const struct dm_run *run = ring->run;
    bool coded = true;
    if (ring->engine && ring->engine->lexicon)
        article->language = languages_find(ring->engine->lexicon, article, &coded);
    article->foreign = !coded && !article->has_tree;
    return article->foreign && !run->any_language ? DM_DEPTH_READ : run->depth;
}

static int work(struct ring *ring, struct slot *slot)
{
    const struct dm_run *run = ring->run;
    article_reset(slot->article);
    buf_clear(&slot->out);
    slot->article->file = slot->file;
    int rc = news_read(&slot->record, &ring->news, slot->article, &slot->err);
    if (rc != DM_OK || !wanted(ring, slot))
        return work_failed(slot, rc);
    keep_what_is_wanted(slot->article, run->keep);
    if (run->style.names)
        read_clutter(slot->article);
    enum dm_depth depth = depth_for(ring, slot->article);
    rc = dm_article_take(slot->article, ring->engine, depth, &slot->err);
    if (rc == DM_OK && run->sink.write && depth == run->depth)
        rc = output_article(ring->engine, slot->article, run->depth, &run->style, &slot->out,
                            &slot->err);
    return work_failed(slot, rc);
}

static void swap_scratch(struct dm_article *article, struct arena *scratch)
{
    struct arena other = article->scratch;
    article->scratch = *scratch;
    *scratch = other;
}

/* A worker lends its scratch to the article at hand: what one has touched the next need not. */
static void *worker_main(void *self)
{
    struct ring *ring = self;
    struct arena scratch;
    arena_init(&scratch, ARTICLE_SCRATCH_MAX);
    scratch.keep = SCRATCH_KEEP;
    pthread_mutex_lock(&ring->lock);
    for (;;) {
        while (!ring->abort && !ring->ended && ring->claimed == ring->head)
            pthread_cond_wait(&ring->workable, &ring->lock);
        if (ring->abort || ring->claimed == ring->head)
            break;
        struct slot *slot = ring_slot(ring, ring->claimed++);
        slot->state = SLOT_WORKING;
        pthread_mutex_unlock(&ring->lock);
        if (slot->rc == DM_OK && slot->kind == SLOT_RECORD) {
            swap_scratch(slot->article, &scratch);
            slot->rc = work(ring, slot);
            swap_scratch(slot->article, &scratch);
        }
        pthread_mutex_lock(&ring->lock);
        slot->state = SLOT_DONE;
        pthread_cond_signal(&ring->writable);
    }
    pthread_mutex_unlock(&ring->lock);
    arena_deinit(&scratch);
    return NULL;
}

/* ---- the writer: the caller's thread ---- */

static void soon(struct timespec *when)
{
    clock_gettime(CLOCK_REALTIME, when);
    when->tv_nsec += WAIT_MS * 1000000L;
    if (when->tv_nsec >= 1000000000L) {
        when->tv_nsec -= 1000000000L;
        when->tv_sec++;
    }
}

/* The next slot in order when it is done; NULL at the end. */
static struct slot *writer_wait(struct ring *ring)
{
    struct slot *slot = NULL;
    pthread_mutex_lock(&ring->lock);
    for (;;) {
        if (ring->tail < ring->head && ring_slot(ring, ring->tail)->state == SLOT_DONE) {
            slot = ring_slot(ring, ring->tail);
            break;
        }
        bool empty = ring->tail == ring->head;
        if (empty && (ring->ended || ring_stopped(ring)))
            break;
        struct timespec when;
        soon(&when);
        pthread_cond_timedwait(&ring->writable, &ring->lock, &when);
        if (ring_stopped(ring))
            pthread_cond_broadcast(&ring->readable);
    }
    pthread_mutex_unlock(&ring->lock);
    return slot;
}

static void slot_tidy(struct slot *slot)
{
    if (slot->record.bytes.capacity > KEEP_BYTES) {
        news_record_deinit(&slot->record);
        news_record_init(&slot->record);
    }
    if (slot->out.capacity > KEEP_BYTES) {
        buf_deinit(&slot->out);
        buf_init(&slot->out, RESULT_MAX);
    }
    article_reset(slot->article); /* keeps at most 1 MiB of it */
}

static void writer_free(struct ring *ring, struct slot *slot)
{
    slot_tidy(slot);
    pthread_mutex_lock(&ring->lock);
    slot->state = SLOT_FREE;
    ring->tail++;
    pthread_cond_signal(&ring->readable);
    pthread_mutex_unlock(&ring->lock);
}

static void warn_repaired(const struct dm_run *run, const struct dm_article *article)
{
    struct dm_error err;
    if (!run->warn)
        return;
    dm_fail(&err, DM_EFORMAT, "%.*s: record %llu: %u broken UTF-8 sequence%s replaced by U+FFFD",
            (int)article->path.n, article->path.p, (unsigned long long)article->place,
            article->n_repaired, article->n_repaired == 1 ? "" : "s");
    run->warn(run->self, DM_OK, err.text);
}

static void add_up(struct dm_totals *totals, const struct dm_article *article)
{
    totals->articles++;
    totals->repaired += article->n_repaired > 0;
    totals->foreign += article->foreign;
    totals->sentences += article->n_sents;
    totals->tokens += article->n_toks;
    totals->mentions += article->n_mentions;
    totals->events += article->n_events;
}

/* Tell what came of the slot. */
static int tell(const struct dm_run *run, const struct slot *slot, struct dm_error *err)
{
    if (!run->result)
        return DM_OK;
    struct dm_result result = {.kind = slot->kind == SLOT_END       ? DM_RESULT_END
                                       : slot->kind == SLOT_NO_FILE ? DM_RESULT_NO_FILE
                                       : slot->rc < 0               ? DM_RESULT_FAILED
                                       : slot->skipped              ? DM_RESULT_SKIPPED
                                                                    : DM_RESULT_ARTICLE,
                               .tag = slot->file,
                               .code = slot->rc,
                               .message = slot->rc < 0 ? slot->err.text : "",
                               .reached = slot->reached,
                               .bytes = slot->in_file};
    if (slot->kind == SLOT_RECORD) {
        result.record = slot->record.number;
        result.offset = slot->record.place;
    }
    return run->result(run->self, &result, err);
}

static int write_record(const struct ring *ring, struct slot *slot, struct dm_totals *totals,
                        struct dm_error *err)
{
    const struct dm_run *run = ring->run;
    int rc = DM_OK;
    totals->bytes = slot->bytes;
    totals->bytes_left = slot->left;
    if (slot->kind == SLOT_END)
        return DM_OK;
    if (slot->rc < 0) {
        totals->failed++;
        if (run->warn)
            run->warn(run->self, slot->rc, slot->err.text);
        return DM_OK;
    }
    if (slot->skipped) {
        totals->skipped++;
        return DM_OK;
    }
    if (slot->article->n_repaired)
        warn_repaired(run, slot->article);
    if (run->sink.write && slot->out.n)
        rc = run->sink.write(run->sink.self, slot->out.p, slot->out.n, err);
    if (rc >= 0 && run->article)
        rc = run->article(run->self, slot->article, err);
    if (rc >= 0)
        add_up(totals, slot->article);
    return rc < 0 ? rc : DM_OK;
}

static int write_slot(const struct ring *ring, struct slot *slot, struct dm_totals *totals,
                      struct dm_error *err)
{
    int rc = write_record(ring, slot, totals, err);
    if (rc == DM_OK)
        rc = tell(ring->run, slot, err);
    return rc < 0 ? rc : DM_OK;
}

static int write_header(const struct dm_run *run, struct dm_error *err)
{
    struct buf out;
    int rc = DM_OK;
    if (!run->sink.write)
        return DM_OK;
    buf_init(&out, KEEP_BYTES);
    output_header(run->depth, &run->style, &out);
    if (out.n)
        rc = run->sink.write(run->sink.self, out.p, out.n, err);
    buf_deinit(&out);
    return rc;
}

/* Until all is written, or something fails. */
static int writer_main(struct ring *ring, struct dm_totals *totals, struct dm_error *err)
{
    struct slot *slot;
    int rc = write_header(ring->run, err);
    while (rc == DM_OK && (slot = writer_wait(ring))) {
        rc = write_slot(ring, slot, totals, err);
        writer_free(ring, slot);
        if (ring->run->progress)
            ring->run->progress(ring->run->self, totals);
    }
    pthread_mutex_lock(&ring->lock);
    ring->abort = true;
    totals->files = ring->files;
    totals->left_out = ring->left_out;
    if (rc == DM_OK && ring->rc < 0) {
        rc = ring->rc;
        *err = ring->err;
    }
    pthread_cond_broadcast(&ring->readable);
    pthread_cond_broadcast(&ring->workable);
    pthread_mutex_unlock(&ring->lock);
    if (rc == DM_OK && ring_stopped(ring))
        rc = dm_fail(err, DM_ESTOPPED, "stopped");
    return rc;
}

/* ---- setting up ---- */

static int ring_init(struct ring *ring, unsigned jobs, struct dm_error *err)
{
    ring->n_slots = (uint64_t)jobs * SLOTS_PER_JOB;
    ring->slot = calloc(ring->n_slots, sizeof *ring->slot);
    if (!ring->slot)
        return dm_fail(err, DM_ENOMEM, "out of memory for %u jobs", jobs);
    pthread_mutex_init(&ring->lock, NULL);
    pthread_mutex_init(&ring->skip_lock, NULL);
    pthread_cond_init(&ring->readable, NULL);
    pthread_cond_init(&ring->workable, NULL);
    pthread_cond_init(&ring->writable, NULL);
    for (uint64_t i = 0; i < ring->n_slots; i++) {
        news_record_init(&ring->slot[i].record);
        buf_init(&ring->slot[i].out, RESULT_MAX);
    }
    for (uint64_t i = 0; i < ring->n_slots; i++)
        if (!(ring->slot[i].article = article_new()))
            return dm_fail(err, DM_ENOMEM, "out of memory for %u jobs", jobs);
    return DM_OK;
}

static void ring_deinit(struct ring *ring)
{
    if (!ring->slot)
        return;
    for (uint64_t i = 0; i < ring->n_slots; i++) {
        news_record_deinit(&ring->slot[i].record);
        buf_deinit(&ring->slot[i].out);
        article_free(ring->slot[i].article);
    }
    free(ring->slot);
    pthread_cond_destroy(&ring->readable);
    pthread_cond_destroy(&ring->workable);
    pthread_cond_destroy(&ring->writable);
    pthread_mutex_destroy(&ring->lock);
    pthread_mutex_destroy(&ring->skip_lock);
}

/* "text=body" */
static int field_read(const char *text, struct news_options *out, struct dm_error *err)
{
    const char *equals = strchr(text, '=');
    for (int i = 0; equals && i < NEWS_FIELDS; i++)
        if (slice_is(slice_make(text, (size_t)(equals - text)), news_field_names[i]) && equals[1]) {
            out->field[i] = equals + 1;
            return DM_OK;
        }
    return dm_fail(err, DM_EUSAGE, "'%s' is no field; write FIELD=NAME, where FIELD is text, id, "
                   "title, date, url, source, lang, byline or context", text);
}

static int options_read(const struct dm_run *run, struct news_options *out, struct dm_error *err)
{
    *out = (struct news_options){.format = NEWS_AUTO};
    if (run->input) {
        int f = 0;
        while (f < NEWS_FORMATS && strcmp(run->input, news_format_names[f]) != 0)
            f++;
        if (f == NEWS_FORMATS)
            return dm_fail(err, DM_EUSAGE,
                           "'%s' is no input; it can be auto, text, html, jsonl, conllu, petrarch, "
                           "tabari, csv, feed or warc",
                           run->input);
        out->format = (enum news_format)f;
    }
    if (run->date && !date_parse(slice_of(run->date), &out->date))
        return dm_fail(err, DM_EUSAGE, "'%s' is no date; write YYYY-MM-DD", run->date);
    int rc = DM_OK;
    for (size_t i = 0; rc == DM_OK && i < run->n_fields; i++)
        rc = field_read(run->field[i], out, err);
    return rc;
}

static unsigned jobs_of(const struct dm_run *run)
{
    long n = run->jobs ? (long)run->jobs : sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > JOBS_MAX ? JOBS_MAX : (unsigned)n;
}

static int run_threads(struct ring *ring, unsigned jobs, struct dm_totals *totals,
                       struct dm_error *err)
{
    pthread_t reader, scout, worker[JOBS_MAX];
    unsigned n = 0;
    if (pthread_create(&reader, NULL, run_reader, ring) != 0)
        return dm_fail(err, DM_ENOMEM, "no thread could be started");
    bool scouts = ring->run->progress && pthread_create(&scout, NULL, run_scout, ring) == 0;
    while (n < jobs && pthread_create(&worker[n], NULL, worker_main, ring) == 0)
        n++;
    if (n == 0) {
        pthread_mutex_lock(&ring->lock);
        ring->abort = true;
        pthread_cond_broadcast(&ring->readable);
        pthread_mutex_unlock(&ring->lock);
    }
    int rc = n ? writer_main(ring, totals, err)
               : dm_fail(err, DM_ENOMEM, "no thread could be started");
    for (unsigned i = 0; i < n; i++)
        pthread_join(worker[i], NULL);
    pthread_join(reader, NULL);
    if (scouts)
        pthread_join(scout, NULL);
    return rc;
}

int dm_run_check(const struct dm_run *run, struct dm_error *err)
{
    struct news_options options;
    return options_read(run, &options, err);
}

int dm_run(const struct dm_engine *engine, const struct dm_run *run, struct dm_totals *totals,
           struct dm_error *err)
{
    struct ring ring = {.engine = engine, .run = run};
    unsigned jobs = jobs_of(run);
    *totals = (struct dm_totals){0};
    int rc = engine_check(engine, run->depth, err);
    if (rc == DM_OK)
        rc = options_read(run, &ring.news, err);
    if (rc == DM_OK)
        rc = ring_init(&ring, jobs, err);
    ring.news.stopped = run_over;
    ring.news.self = &ring;
    if (rc == DM_OK)
        rc = run_threads(&ring, jobs, totals, err);
    ring_deinit(&ring);
    return rc;
}
