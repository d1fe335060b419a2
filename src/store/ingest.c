/* SPDX-License-Identifier: MIT */
/*
 * ingest.c - the whole of `demarche ingest`: a run whose articles go into a database.
 *
 * Reads    files, through dm_run(); what the database knows of them.
 * Leaves   articles with their events, the state of each source and its failures, all in the order of
 *          the input; on wish a report.
 * Method   A pipeline with bounded queues: one reader, N coders, and here the one writer. An article
 *          and the count of how far its source was read are one transaction, so that a run that was
 *          killed anywhere goes on where the last commit was, and ends with the same database as one
 *          that was not. What is in the database already is found out before it is coded.
 */
#include <stdio.h>
#include <stdlib.h>

#include "article/article.h"
#include "core/buf.h"
#include "store/report.h"

#define OPTIONS_MAX (64u << 10)

struct ingest {
    struct dm_store *store;
    const struct dm_engine *engine;
    const struct dm_run *given; /* the caller's callbacks */
    bool again;
    const char *options;       /* how files are read */
    bool known;                /* the article that was put last was there already */
    uint32_t n_events;         /* of it */
    uint64_t twice, before;    /* files; counted by the reader's thread */
    struct report *report;
    struct dm_ingested *out;
};

static int put(void *self, struct dm_article *article, struct dm_error *err)
{
    struct ingest *ingest = self;
    sqlite3_mutex *lock = sqlite3_db_mutex(ingest->store->db);
    sqlite3_mutex_enter(lock);
    int rc = store_put(ingest->store, ingest->engine, article, err);
    sqlite3_mutex_leave(lock);
    ingest->known = rc == 1;
    ingest->n_events = ingest->known ? 0 : article->n_events;
    return rc < 0 ? rc : DM_OK;
}

static int result(void *self, const struct dm_result *result, struct dm_error *err)
{
    struct ingest *ingest = self;
    bool put_known = result->kind == DM_RESULT_ARTICLE && ingest->known;
    int rc = store_add_result(ingest->store, result, put_known, err);
    ingest->out->known += put_known || result->kind == DM_RESULT_SKIPPED;
    ingest->out->events += result->kind == DM_RESULT_ARTICLE ? ingest->n_events : 0;
    if (rc == DM_OK)
        rc = report_result(ingest->report, result, put_known, ingest->n_events, err);
    return rc == DM_OK ? store_due(ingest->store, err) : rc;
}

static bool skip(void *self, struct dm_article *article)
{
    struct ingest *ingest = self;
    return dm_store_has(ingest->store, article);
}

static void warn(void *self, int code, const char *message)
{
    struct ingest *ingest = self;
    ingest->given->warn(ingest->given->self, code, message);
}

static void progress(void *self, const struct dm_totals *totals)
{
    struct ingest *ingest = self;
    ingest->given->progress(ingest->given->self, totals);
}

static int open_file(void *self, struct dm_file *file, struct dm_error *err)
{
    struct ingest *ingest = self;
    enum store_opened opened = STORE_ANEW;
    int rc = store_open_source(ingest->store, file, ingest->options, ingest->again, &opened, err);
    if (rc != DM_OK)
        return rc;
    ingest->twice += opened == STORE_TWICE;
    ingest->before += opened == STORE_DONE;
    bool left_out = opened == STORE_TWICE || opened == STORE_DONE;
    if (left_out)
        report_left_out(ingest->report, file, opened == STORE_TWICE);
    return left_out;
}

/* What the run says of the form of its files, as text that is the same when it is. */
static void describe(const struct dm_run *run, struct buf *out)
{
    buf_printf(out, "input=%s", run->input ? run->input : "auto");
    if (run->date)
        buf_printf(out, " date=%s", run->date);
    for (size_t i = 0; i < run->n_fields; i++)
        buf_printf(out, " field=%s", run->field[i]);
}

/* The totals that callbacks counted; the run is over, and all its threads. */
static void sum_up(const struct ingest *ingest, const struct dm_totals *totals)
{
    struct dm_ingested *out = ingest->out;
    out->totals = *totals;
    out->read_before = ingest->before;
    out->twice = ingest->twice;
    out->added = dm_store_kept(ingest->store) - out->added;
}

static int run_it(struct ingest *ingest, struct dm_error *err)
{
    struct dm_run run = *ingest->given;
    struct dm_totals totals;
    struct dm_error later = {0};
    run.depth = DM_DEPTH_CODE;
    run.sink = (struct dm_sink){0};
    run.article = put;
    run.result = result;
    run.open = open_file;
    run.skip = skip;
    run.warn = run.warn ? warn : NULL;
    run.progress = run.progress ? progress : NULL;
    run.self = ingest;
    int rc = dm_run(ingest->engine, &run, &totals, err);
    int kept = dm_store_commit(ingest->store, &later);
    sum_up(ingest, &totals);
    if (kept != DM_OK && (rc == DM_OK || rc == DM_ESTOPPED)) {
        *err = later;
        rc = kept;
    }
    return rc;
}

int dm_ingest(const struct dm_engine *engine, struct dm_store *store, const struct dm_run *run,
              const struct dm_ingest_options *options, struct dm_ingested *out,
              struct dm_error *err)
{
    struct ingest ingest = {.store = store, .engine = engine, .given = run, .out = out,
                            .again = options && options->again};
    struct buf text;
    *out = (struct dm_ingested){.added = dm_store_kept(store)};
    if (!store->writes)
        return dm_fail(err, DM_EUSAGE, "%s: opened for reading only", store->path);
    int rc = dm_run_check(run, err);
    if (rc == DM_OK && options && options->report)
        rc = report_open(options->report, store, &ingest.report, err);
    if (rc != DM_OK)
        return rc;
    buf_init(&text, OPTIONS_MAX);
    describe(run, &text);
    ingest.options = text.p;
    rc = text.failed ? dm_fail(err, DM_ELIMIT, "more than %u bytes of --field", OPTIONS_MAX)
                     : run_it(&ingest, err);
    buf_deinit(&text);
    struct dm_error later = {0};
    int told = report_close(ingest.report, out, rc, &later);
    if (told != DM_OK && rc == DM_OK)
        *err = later;
    return rc == DM_OK ? told : rc;
}
