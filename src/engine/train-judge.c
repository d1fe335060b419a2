/* SPDX-License-Identifier: MIT */
/*
 * train-judge.c - dm_train_judge(): gold sentences through the stages to events/judge-learn.h.
 *
 * Reads    JSON Lines: text, and where known context and date; complete: false where the text may
 *          tell more than its events say; events [{event, start, end,
 *          actor [{start, end}], recipient [{start, end}]}], places in code points of the text. An
 *          event without a start is somewhere in the sentence of its parties; two types: one of them.
 * Leaves   the file of weights.
 */
#include <jansson.h>

#include "core/file.h"
#include "engine/engine.h"
#include "events/judge-learn.h"

#define GOLD_BYTES_MAX ((size_t)512 << 20)
#define EVENTS_MAX 64 /* gold events of one text */
#define FILE_BYTES_MAX ((size_t)64 << 20)

struct teacher {
    const struct dm_engine *engine;
    const struct dm_train_judge_options *options;
    struct judge_lesson *lesson;
    struct dm_article *article;
    const char *path;
    uint64_t line;
};

/* Byte of the article's text at a code point of the text as given. */
static uint32_t byte_of(const struct dm_article *article, json_int_t point)
{
    size_t at = article->text_begin;
    for (; point > 0 && at < article->text.n; point--)
        do
            at++;
        while (at < article->text.n && ((unsigned char)article->text.p[at] & 0xc0) == 0x80);
    return (uint32_t)at;
}

static bool span_of(const struct dm_article *article, json_t *object, uint32_t *begin,
                    uint32_t *end)
{
    json_t *start = json_object_get(object, "start"), *stop = json_object_get(object, "end");
    if (!json_is_integer(start) || !json_is_integer(stop))
        return false;
    *begin = byte_of(article, json_integer_value(start));
    *end = byte_of(article, json_integer_value(stop));
    return *end > *begin;
}

static void parties_of(const struct dm_article *article, json_t *event, const char *key,
                       enum judge_party side, struct gold_event *out)
{
    size_t i;
    json_t *party;
    json_array_foreach(json_object_get(event, key), i, party) {
        if (out->n_parties == GOLD_PARTIES)
            return;
        if (span_of(article, party, &out->party[out->n_parties].begin,
                    &out->party[out->n_parties].end))
            out->party[out->n_parties++].side = side;
    }
}

/* The events that name a type. */
static uint32_t events_of(const struct dm_article *article, json_t *events, bool partial,
                          struct gold_event *out)
{
    uint32_t n = 0;
    size_t i;
    json_t *event;
    json_array_foreach(events, i, event) {
        json_t *type = json_object_get(event, "event"), *other = NULL;
        if (json_is_array(type)) {
            other = json_array_get(type, 1);
            type = json_array_get(type, 0);
        }
        struct gold_event gold = {.type = slice_of(json_string_value(type)),
                                  .other = slice_of(json_string_value(other)), .partial = partial};
        if (n == EVENTS_MAX)
            break;
        if (gold.type.n == 0)
            continue;
        if (!span_of(article, event, &gold.begin, &gold.end))
            gold.begin = gold.end = 0;
        parties_of(article, event, "actor", PARTY_ACTOR, &gold);
        parties_of(article, event, "recipient", PARTY_RECIPIENT, &gold);
        out[n++] = gold;
    }
    return n;
}

static int take_record(struct teacher *teacher, json_t *record, struct dm_error *err)
{
    struct gold_event gold[EVENTS_MAX];
    struct dm_article *article = teacher->article;
    const char *text = json_string_value(json_object_get(record, "text"));
    const char *context = json_string_value(json_object_get(record, "context"));
    const char *date = json_string_value(json_object_get(record, "date"));
    struct pipeline pipeline = engine_pipeline(teacher->engine);
    if (!text || !*text)
        return dm_fail(err, DM_EFORMAT, "%s:%llu: a gold text needs a text", teacher->path,
                       (unsigned long long)teacher->line);
    article_reset(article);
    if (date && !date_parse_stamp(slice_of(date), &article->date))
        return dm_fail(err, DM_EFORMAT, "%s:%llu: '%s' is no date", teacher->path,
                       (unsigned long long)teacher->line, date);
    int rc = article_set_text(article, slice_of(context), slice_of(text), NULL, 0, err);
    if (rc == DM_OK)
        rc = pipeline_run(&pipeline, article, DEPTH_ACTORS, err);
    if (rc != DM_OK)
        return rc;
    json_t *complete = json_object_get(record, "complete");
    uint32_t n = events_of(article, json_object_get(record, "events"), json_is_false(complete), gold);
    return judge_lesson_take(teacher->lesson, teacher->engine->lexicon, article, gold, n, err);
}

static int take_file(struct teacher *teacher, const char *path, struct dm_error *err)
{
    struct buf bytes;
    struct slice line;
    buf_init(&bytes, GOLD_BYTES_MAX);
    int rc = file_read(path, &bytes, err);
    struct slice all = buf_slice(&bytes);
    teacher->path = path;
    for (teacher->line = 1; rc == DM_OK && slice_cut(&all, '\n', &line); teacher->line++) {
        json_error_t fault;
        if (slice_trim(line).n == 0)
            continue;
        json_t *record = json_loadb(line.p, line.n, 0, &fault);
        rc = record ? take_record(teacher, record, err)
                    : dm_fail(err, DM_EFORMAT, "%s:%llu: not JSON: %s", path,
                              (unsigned long long)teacher->line, fault.text);
        json_decref(record);
    }
    buf_deinit(&bytes);
    return rc;
}

/* One round: all files through the stages, then the weights, as a file's bytes. */
static int learn(struct teacher *teacher, const struct judge *earlier, struct buf *out,
                 struct dm_error *err)
{
    const struct dm_train_judge_options *o = teacher->options;
    int rc = DM_OK;
    judge_lesson_free(teacher->lesson);
    teacher->lesson = judge_lesson_new(earlier);
    if (!teacher->lesson)
        return dm_fail(err, DM_ENOMEM, "training: out of memory");
    for (size_t i = 0; i < o->n_inputs && rc == DM_OK; i++)
        rc = take_file(teacher, o->inputs[i], err);
    if (rc == DM_OK)
        rc = judge_learn(teacher->lesson,
                         &(struct judge_learning){.epochs = o->epochs, .rate = o->rate,
                             .decay = o->decay, .least = o->least, .about = o->about,
                             .progress = o->progress, .self = o->self}, out, err);
    return rc;
}

/* Events whose words are not known are placed by what the others taught: a second round. */
static int rounds(struct teacher *teacher, struct dm_error *err)
{
    struct buf first, second;
    struct judge *judge = NULL;
    buf_init(&first, FILE_BYTES_MAX);
    buf_init(&second, FILE_BYTES_MAX);
    int rc = learn(teacher, NULL, &first, err);
    bool again = rc == DM_OK && judge_lesson_unplaced(teacher->lesson) > 0;
    if (again)
        rc = judge_from_memory("the first round's weights", buf_slice(&first), &judge, err);
    if (again && rc == DM_OK)
        rc = learn(teacher, judge, &second, err);
    if (rc == DM_OK)
        rc = file_write(teacher->options->output, buf_slice(again ? &second : &first), err);
    judge_lesson_free(teacher->lesson);
    judge_close(judge);
    buf_deinit(&first);
    buf_deinit(&second);
    return rc;
}

int dm_train_judge(const struct dm_engine *engine, const struct dm_train_judge_options *options,
                   struct dm_error *err)
{
    if (!options || options->n_inputs == 0 || !options->inputs || !options->output)
        return dm_fail(err, DM_EUSAGE, "training needs gold files and a file to write");
    int rc = engine_check(engine, DM_DEPTH_ACTORS, err);
    if (rc != DM_OK)
        return rc;
    struct teacher teacher = {.engine = engine, .options = options, .article = article_new()};
    rc = teacher.article ? rounds(&teacher, err) : dm_fail(err, DM_ENOMEM, "training: out of memory");
    article_free(teacher.article);
    return rc;
}
