/* SPDX-License-Identifier: MIT */
/* engine.h - what dm_engine_open() holds: model and lexicon, read-only, shared by all threads. */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "events/judge.h"
#include "pipeline.h"

struct dm_engine {
    struct syntax_model *model; /* NULL when opened for less */
    struct names_model *names;  /* NULL when the model has none */
    struct lexicon *lexicon;
    struct judge *judge;        /* NULL: the frames alone */
    enum dm_depth depth;        /* what it was opened for */
};

#define ENGINE_PATH_MAX 4096

/* The engine as the pipeline wants it. */
static inline struct pipeline engine_pipeline(const struct dm_engine *engine)
{
    return (struct pipeline){.model = engine ? engine->model : NULL,
                             .names = engine ? engine->names : NULL,
                             .lexicon = engine ? engine->lexicon : NULL,
                             .judge = engine ? engine->judge : NULL};
}

/* DM_EUSAGE when the engine was opened for less than `depth`. */
int engine_check(const struct dm_engine *engine, enum dm_depth depth, struct dm_error *err);

/*
 * The lexicon over which `paths` are laid: their first when it is a compiled one (*n_used 1), none when
 * it is a folder with an ontology/ (*base NULL), else what the options and places say. The caller
 * closes it.
 */
struct lexicon;
int engine_base(const struct dm_engine_options *options, const char *const *paths, size_t n,
                struct lexicon **base, size_t *n_used, struct dm_error *err);

/*
 * Find a data file ("english.dm-model") in the places that dm_engine_open() lists and write its
 * path. `folder` is the caller's own, NULL for none; it and $DEMARCHE_DATA are the only place when
 * given.
 */
int engine_find(const char *folder, const char *name, char out[static ENGINE_PATH_MAX],
                struct dm_error *err);

#endif
