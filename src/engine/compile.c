/* SPDX-License-Identifier: MIT */
/*
 * compile.c - the lexicon's text files checked and compiled to the file that an engine opens, and
 * other coders' dictionaries shown in the lexicon's own form.
 */
#include "core/file.h"
#include "engine/engine.h"
#include "lexicon/lexicon.h"

#define LEXICON_MAX (512u << 20)

int dm_lexicon_compile(const struct dm_engine_options *options, const char *const *paths, size_t n,
                       const char *out, bool warnings,
                       void (*report)(void *self, const char *message), void *self,
                       struct dm_error *err)
{
    static const struct dm_engine_options none = {0};
    struct lexicon *base;
    struct buf image;
    size_t used;
    int rc = engine_base(options ? options : &none, paths, n, &base, &used, err);
    if (rc != DM_OK)
        return rc;
    struct lexicon_ask ask = {.base = base, .path = paths + used, .n_paths = n - used,
                              .warnings = warnings, .notes = !out, .report = report, .self = self};
    buf_init(&image, LEXICON_MAX);
    rc = lexicon_compile(&ask, &image, err);
    if (rc == DM_OK && out)
        rc = file_write(out, buf_slice(&image), err);
    buf_deinit(&image);
    lexicon_close(base);
    return rc;
}

int dm_lexicon_convert(const struct dm_engine_options *options, const char *path,
                       const struct dm_sink *sink,
                       void (*report)(void *self, const char *message), void *self,
                       struct dm_error *err)
{
    static const struct dm_engine_options none = {0};
    struct lexicon *base;
    struct buf text;
    size_t used;
    int rc = engine_base(options ? options : &none, NULL, 0, &base, &used, err);
    if (rc != DM_OK)
        return rc;
    struct lexicon_ask ask = {.base = base, .path = &path, .n_paths = 1, .notes = true,
                              .report = report, .self = self};
    buf_init(&text, LEXICON_MAX);
    rc = lexicon_convert(&ask, &text, err);
    if (rc == DM_OK)
        rc = sink->write(sink->self, text.p ? text.p : "", text.n, err);
    buf_deinit(&text);
    lexicon_close(base);
    return rc;
}
