/* SPDX-License-Identifier: MIT */
/*
 * engine.c - the public handles: an engine (model and lexicon) and an article taken through it.
 */
#include "engine/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/utf8.h"

static const char model_name[] = "english.dm-model", lexicon_name[] = "english.dm-lexicon",
                  judge_name[] = "english.dm-judge";

_Static_assert((int)DEPTH_CODE == (int)DM_DEPTH_CODE && (int)DEPTH_PARSE == (int)DM_DEPTH_PARSE &&
                   (int)DEPTH_ACTORS == (int)DM_DEPTH_ACTORS, "ORDER DEPTH");

const char *dm_version(void)
{
    return DEMARCHE_VERSION;
}

static int open_model(struct dm_engine *engine, const struct dm_engine_options *options,
                      struct dm_error *err)
{
    char path[ENGINE_PATH_MAX];
    if (options->model)
        return syntax_model_open(options->model, &engine->model, err);
    int rc = engine_find(options->data, model_name, path, err);
    return rc == DM_OK ? syntax_model_open(path, &engine->model, err) : rc;
}

/* A compiled lexicon, told from text by its first bytes. */
static bool is_compiled(const char *path)
{
    static const char magic[] = "demarche ";
    char bytes[sizeof magic - 1] = "";
    FILE *f = fopen(path, "rbe");
    bool found = f && fread(bytes, 1, sizeof bytes, f) == sizeof bytes &&
                 memcmp(bytes, magic, sizeof bytes) == 0;
    if (f)
        fclose(f);
    return found;
}

/* A folder that is a lexicon by itself: it has an ontology. */
static bool is_whole(const char *path)
{
    char below[ENGINE_PATH_MAX];
    struct stat st;
    int n = snprintf(below, sizeof below, "%s/ontology", path);
    return n > 0 && (size_t)n < sizeof below && stat(below, &st) == 0 && S_ISDIR(st.st_mode);
}

int engine_base(const struct dm_engine_options *options, const char *const *paths, size_t n,
                struct lexicon **base, size_t *n_used, struct dm_error *err)
{
    char path[ENGINE_PATH_MAX];
    *base = NULL;
    *n_used = 0;
    if (n && is_whole(paths[0]))
        return DM_OK;
    if (n && is_compiled(paths[0])) {
        *n_used = 1;
        return lexicon_open(paths[0], base, err);
    }
    if (options->lexicon)
        return lexicon_open(options->lexicon, base, err);
    int rc = engine_find(options->data, lexicon_name, path, err);
    return rc == DM_OK ? lexicon_open(path, base, err) : rc;
}

static int open_lexicon(struct dm_engine *engine, const struct dm_engine_options *options,
                        struct dm_error *err)
{
    struct lexicon *base;
    size_t used;
    int rc = engine_base(options, options->lexicons, options->n_lexicons, &base, &used, err);
    if (rc != DM_OK || used == options->n_lexicons) {
        engine->lexicon = rc == DM_OK ? base : NULL;
        return rc;
    }
    struct lexicon_ask ask = {.base = base, .path = options->lexicons + used,
                              .n_paths = options->n_lexicons - used};
    rc = lexicon_union(&ask, &engine->lexicon, err);
    lexicon_close(base);
    return rc;
}

/* Is there a lexicon, where none is needed? */
static bool lexicon_there(const struct dm_engine_options *options)
{
    char path[ENGINE_PATH_MAX];
    struct dm_error unseen;
    return options->lexicon || options->n_lexicons ||
           engine_find(options->data, lexicon_name, path, &unseen) == DM_OK;
}

static int open_judge(struct dm_engine *engine, const struct dm_engine_options *options,
                      struct dm_error *err)
{
    char path[ENGINE_PATH_MAX];
    if (options->judge)
        return *options->judge ? judge_open(options->judge, &engine->judge, err) : DM_OK;
    int rc = engine_find(options->data, judge_name, path, err);
    return rc == DM_OK ? judge_open(path, &engine->judge, err) : rc;
}

int dm_engine_open(const struct dm_engine_options *options, enum dm_depth depth,
                   struct dm_engine **out, struct dm_error *err)
{
    static const struct dm_engine_options none = {0};
    struct dm_engine *engine = calloc(1, sizeof *engine);
    if (!engine)
        return dm_fail(err, DM_ENOMEM, "out of memory opening the engine");
    if (!options)
        options = &none;
    engine->depth = depth;
    int rc = DM_OK;
    if (depth >= DM_DEPTH_PARSE)
        rc = open_model(engine, options, err);
    if (rc == DM_OK && (depth >= DM_DEPTH_ACTORS || lexicon_there(options)))
        rc = open_lexicon(engine, options, err);
    if (rc == DM_OK && depth >= DM_DEPTH_CODE)
        rc = open_judge(engine, options, err);
    if (rc == DM_OK && depth >= DM_DEPTH_ACTORS)
        rc = names_open(engine->model, &engine->names, err);
    if (rc == DM_OK)
        *out = engine;
    else
        dm_engine_close(engine);
    return rc;
}

void dm_engine_close(struct dm_engine *engine)
{
    if (!engine)
        return;
    names_close(engine->names);
    if (engine->model)
        syntax_model_close(engine->model);
    if (engine->lexicon)
        lexicon_close(engine->lexicon);
    judge_close(engine->judge);
    free(engine);
}

int engine_check(const struct dm_engine *engine, enum dm_depth depth, struct dm_error *err)
{
    if (depth > DM_DEPTH_READ && (!engine || engine->depth < depth))
        return dm_fail(err, DM_EUSAGE, "the engine was opened for less than is asked of it");
    return DM_OK;
}

struct dm_article *dm_article_new(void)
{
    return article_new();
}

void dm_article_free(struct dm_article *article)
{
    article_free(article);
}

void dm_article_reset(struct dm_article *article)
{
    article_reset(article);
}

static int set_all(struct dm_article *article, const struct dm_given *given, struct dm_error *err)
{
    struct arena *arena = &article->arena;
    size_t repaired[2] = {0};
    struct slice text = utf8_repair(arena, slice_make(given->text, given->n_text), &repaired[0]);
    struct slice context = utf8_repair(arena, slice_of(given->context), &repaired[1]);
    if ((given->n_text && !text.p) || (given->context && !context.p))
        return dm_fail(err, DM_ENOMEM, "out of memory for a text of %zu bytes", given->n_text);
    if (slice_trim(text).n == 0)
        return dm_fail(err, DM_EFORMAT, "there is no text");
    if (given->date && *given->date && !date_parse_stamp(slice_of(given->date), &article->date))
        return dm_fail(err, DM_EFORMAT, "'%s' is no date; write YYYY-MM-DD", given->date);
    size_t lost = 0;
    article->id = utf8_repair(arena, arena_copy(arena, slice_of(given->id ? given->id : "text")),
                              &lost);
    article->title = utf8_repair(arena, arena_copy(arena, slice_of(given->title)), &lost);
    if (!article->id.p || !article->title.p)
        return dm_fail(err, DM_ENOMEM, "out of memory");
    article->n_repaired = (uint32_t)(repaired[0] + repaired[1]);
    return article_set_text(article, context, text, NULL, 0, err);
}

int dm_article_set(struct dm_article *article, const struct dm_given *given, struct dm_error *err)
{
    article_reset(article);
    int rc = set_all(article, given, err);
    if (rc != DM_OK)
        article_reset(article);
    return rc;
}

int dm_article_take(struct dm_article *article, const struct dm_engine *engine, enum dm_depth depth,
                    struct dm_error *err)
{
    int rc = engine_check(engine, depth, err);
    if (rc != DM_OK)
        return rc;
    struct pipeline pipeline = engine_pipeline(engine);
    return pipeline_run(&pipeline, article, (enum depth)depth, err);
}
