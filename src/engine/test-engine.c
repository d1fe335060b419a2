/* SPDX-License-Identifier: MIT */
/*
 * test-engine.c - an article through all stages by the public interface: offsets give back the words,
 * lines are valid, runs end as they should, and memory may run out at any point.
 */
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "engine/engine.h"

static const char text[] =
    "\xe2\x80\x9cPer\xc3\xba y Espa\xc3\xb1" "a\xe2\x80\x9d \xe2\x80\x94 a \xf0\x9f\x98\x80 headline\n\n"
    "Russia and Turkey held talks in Geneva on Monday. The two countries will sign an agreement, "
    "Russian Foreign Minister Sergey Lavrov said.\n\n"
    "Israeli troops attacked Hezbollah. He condemned the attack, which killed 12 people.\n";
static const char context[] = "Talks were planned. Vladimir Putin spoke.";

static struct dm_engine *open_engine(char *lexicon)
{
    char model[4096], folder[4096];
    const char *source = getenv("DEMARCHE_SOURCE");
    struct dm_engine *engine = NULL;
    struct dm_error err = {0};
    snprintf(model, sizeof model, "%s/models/english.dm-model", source ? source : ".");
    snprintf(folder, sizeof folder, "%s/lexicon", source ? source : ".");
    close(mkstemp(lexicon));
    struct dm_engine_options options = {.model = model, .lexicon = lexicon};
    const char *const path[] = {folder};
    CHECK_OK(dm_lexicon_compile(NULL, path, 1, lexicon, false, NULL, NULL, &err), &err);
    CHECK_OK(dm_engine_open(&options, DM_DEPTH_CODE, &engine, &err), &err);
    return engine;
}

static int set(struct dm_article *article, struct dm_error *err)
{
    struct dm_given given = {.text = text, .n_text = sizeof text - 1, .context = context,
                             .id = "t", .date = "2010-02-17"};
    return dm_article_set(article, &given, err);
}

/* ---- offsets ---- */

static void check_span(const char *words, uint32_t start, uint32_t end, const char *what)
{
    const char *p = text, *from = NULL;
    uint32_t at = 0;
    if (end == 0)
        return; /* in the context, or nowhere */
    for (; at < end && *p; at++) {
        if (at == start)
            from = p;
        for (p++; (*p & 0xc0) == 0x80;)
            p++;
    }
    CHECK(at == end && from, what);
    if (from)
        CHECK_SLICE(slice_make(from, (size_t)(p - from)), words, what);
}

static void check_parties(const struct dm_party *party, uint32_t n, const char *what)
{
    for (uint32_t i = 0; i < n; i++)
        check_span(party[i].entity_text, party[i].start, party[i].end, what);
}

static void test_offsets(const struct dm_engine *engine, struct dm_article *article)
{
    const struct dm_token *tok = NULL;
    const struct dm_sentence *sent = NULL;
    const struct dm_mention *mention = NULL;
    const struct dm_event *event = NULL;
    size_t n = 0, n_sents = 0;
    struct dm_error err = {0};
    CHECK_OK(set(article, &err), &err);
    for (int depth = DM_DEPTH_READ; depth <= DM_DEPTH_CODE + 1; depth++) /* the last twice */
        CHECK_OK(dm_article_take(article, engine,
                                 (enum dm_depth)(depth > DM_DEPTH_CODE ? DM_DEPTH_CODE : depth),
                                 &err), &err);
    CHECK_OK(dm_article_tokens(article, &tok, &n, &err), &err);
    CHECK(n > 50, "tokens");
    for (size_t i = 0; i < n; i++)
        check_span(tok[i].form, tok[i].start, tok[i].end, "token");
    CHECK_OK(dm_article_sentences(article, &sent, &n_sents, &err), &err);
    CHECK(n_sents >= 6, "sentences");
    for (size_t i = 0; i < n_sents; i++)
        check_span(sent[i].text, sent[i].start, sent[i].end, "sentence");
    CHECK(n_sents && !sent[0].coded, "the context is not coded");
    CHECK_OK(dm_article_mentions(article, engine, &mention, &n, &err), &err);
    CHECK(n >= 6, "mentions");
    for (size_t i = 0; i < n; i++)
        check_parties(&mention[i].party, 1, "mention");
    const struct dm_name *name = NULL;
    CHECK_OK(dm_article_names(article, &name, &n, &err), &err);
    CHECK(n >= 3, "names");
    for (size_t i = 0; i < n; i++) {
        check_span(name[i].text, name[i].start, name[i].end, "name");
        CHECK(*name[i].entity, "what it names");
    }
    CHECK_OK(dm_article_events(article, engine, &event, &n, &err), &err);
    CHECK(n >= 3, "events");
    for (size_t i = 0; i < n; i++) {
        check_span(event[i].text, event[i].start, event[i].end, "event");
        check_span(event[i].sentence_text, event[i].sentence_start, event[i].sentence_end,
                   "its sentence");
        check_parties(event[i].actor, event[i].n_actors, "actor");
        check_parties(event[i].recipient, event[i].n_recipients, "recipient");
        if (event[i].attribution)
            check_parties(event[i].attribution, 1, "attribution");
        for (size_t k = 0; k < i; k++)
            CHECK(strcmp(event[i].id, event[k].id) != 0, "ids differ");
    }
}

/* ---- runs ---- */

struct lines {
    unsigned n, fail_at; /* writes so far; the one that fails, from 1 */
    unsigned articles, warnings;
    volatile int stop;
};

static int write_line(void *self, const char *bytes, size_t n, struct dm_error *err)
{
    struct lines *lines = self;
    json_error_t fault;
    size_t begin = 0;
    if (++lines->n == lines->fail_at) {
        err->code = DM_EIO;
        snprintf(err->text, sizeof err->text, "the disk is full");
        return DM_EIO;
    }
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] != '\n')
            continue;
        json_t *line = json_loadb(bytes + begin, i - begin, JSON_REJECT_DUPLICATES, &fault);
        CHECK(line != NULL, "a line is JSON");
        json_decref(line);
        begin = i + 1;
    }
    CHECK_INT(begin, n, "whole lines are written");
    return DM_OK;
}

static int count_article(void *self, struct dm_article *article, struct dm_error *err)
{
    struct lines *lines = self;
    (void)article, (void)err;
    lines->articles++;
    return DM_OK;
}

static void count_warning(void *self, int code, const char *message)
{
    struct lines *lines = self;
    (void)code;
    CHECK(*message && !strchr(message, '\n'), "a warning is one line");
    lines->warnings++;
}

static int stop_soon(void *self, struct dm_article *article, struct dm_error *err)
{
    struct lines *lines = self;
    (void)article, (void)err;
    __atomic_store_n(&lines->stop, 1, __ATOMIC_RELAXED);
    return DM_OK;
}

/* 200 good records and one bad one, in the middle. */
static void write_news(const char *path)
{
    FILE *file = fopen(path, "w");
    for (int i = 0; file && i < 200; i++) {
        if (i == 100)
            fprintf(file, "{\"id\": \"bad\"}\n");
        fprintf(file, "{\"id\": \"n%d\", \"text\": \"Russia accused Georgia of a \\\"lie\\\".\"}\n", i);
    }
    if (file)
        fclose(file);
}

static void test_runs(const struct dm_engine *engine)
{
    char path[] = "/tmp/demarche-test-XXXXXX";
    const char *paths[] = {path, "/no/such/file", path};
    struct lines lines = {0};
    struct dm_totals totals;
    struct dm_error err = {0};
    struct dm_run run = {.path = paths, .n_paths = 3, .depth = DM_DEPTH_CODE, .jobs = 3,
                         .sink = {write_line, &lines}, .article = count_article,
                         .warn = count_warning, .self = &lines};
    close(mkstemp(path));
    write_news(path);
    CHECK_OK(dm_run(engine, &run, &totals, &err), &err);
    CHECK_INT(totals.articles, 400, "articles");
    CHECK_INT(lines.articles, 400, "articles told");
    CHECK_INT(totals.failed, 3, "failures");
    CHECK_INT(lines.warnings, 3, "failures told");
    CHECK_INT(totals.files, 2, "files");
    CHECK_INT(totals.events, 400, "events");

    for (unsigned at = 1; at < 40; at += 13) {
        lines = (struct lines){.fail_at = at};
        CHECK_CODE(dm_run(engine, &run, &totals, &err), DM_EIO, "a failing sink ends the run");
        CHECK_INT(lines.n, at, "nothing is written behind a failure");
    }
    lines = (struct lines){.stop = 0};
    run.stop = &lines.stop;
    run.article = stop_soon;
    CHECK_CODE(dm_run(engine, &run, &totals, &err), DM_ESTOPPED, "stopped");
    CHECK_INT(totals.articles, lines.n, "what was done is written");
    CHECK(totals.articles < 400, "it stopped before the end");
    run.input = "docx";
    CHECK_CODE(dm_run(engine, &run, &totals, &err), DM_EUSAGE, "unknown input");
    unlink(path);
}

/* ---- no memory ---- */

static int take_and_show(struct dm_article *article, const struct dm_engine *engine,
                         struct dm_error *err)
{
    const struct dm_event *event;
    const struct dm_mention *mention;
    size_t n;
    int rc = dm_article_take(article, engine, DM_DEPTH_CODE, err);
    if (rc == DM_OK)
        rc = dm_article_mentions(article, engine, &mention, &n, err);
    if (rc == DM_OK)
        rc = dm_article_events(article, engine, &event, &n, err);
    return rc;
}

/* Allocation n of the article's arena, or of its scratch memory, fails: for each n. */
static void test_memory(const struct dm_engine *engine, struct dm_article *article, bool scratch)
{
    struct dm_error err = {0};
    for (long n = 0; n < 100000; n += 1 + n / 40) {
        if (set(article, &err) != DM_OK)
            break;
        *(scratch ? &article->scratch.fail_after : &article->arena.fail_after) = n;
        int rc = take_and_show(article, engine, &err);
        article->arena.fail_after = article->scratch.fail_after = -1;
        if (rc == DM_OK)
            return; /* so many are enough */
        CHECK_CODE(rc, DM_ENOMEM, "out of memory is told");
        CHECK(*err.text, "with a message");
    }
    CHECK(false, "memory never sufficed");
}

int main(void)
{
    char lexicon[] = "/tmp/demarche-lexicon-XXXXXX";
    struct dm_engine *engine = open_engine(lexicon);
    struct dm_article *article = dm_article_new();
    if (!engine || !article)
        return check_end();
    test_offsets(engine, article);
    test_runs(engine);
    test_memory(engine, article, false);
    test_memory(engine, article, true);
    dm_article_free(article);
    dm_engine_close(engine);
    unlink(lexicon);
    return check_end();
}
