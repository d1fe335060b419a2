/* SPDX-License-Identifier: MIT */
/* lookup.c - what the lexicon knows of a name or code, handed to a sink. */
#include "core/buf.h"
#include "engine/engine.h"
#include "lexicon/lexicon.h"

#define LOOKUP_MAX (1u << 20)

static int hand_over(struct buf *out, uint32_t found, const struct dm_sink *sink,
                     struct dm_error *err)
{
    int rc = found == 0;
    if (out->failed)
        rc = dm_fail(err, DM_ENOMEM, "out of memory, or more than %u bytes to say", LOOKUP_MAX);
    else if (found)
        rc = sink->write(sink->self, out->p, out->n, err);
    buf_deinit(out);
    return rc;
}

int dm_lexicon_who(const struct dm_engine *engine, const char *name, const char *date,
                   const struct dm_sink *sink, struct dm_error *err)
{
    struct date day = {0};
    struct buf out;
    if (date && !date_parse(slice_of(date), &day))
        return dm_fail(err, DM_EUSAGE, "'%s' is no date; wanted YYYY-MM-DD", date);
    if (!engine->lexicon)
        return dm_fail(err, DM_EUSAGE, "the engine was opened without a lexicon");
    buf_init(&out, LOOKUP_MAX);
    uint32_t found = lexicon_who(engine->lexicon, slice_of(name), day, &out);
    return hand_over(&out, found, sink, err);
}

int dm_lexicon_code(const struct dm_engine *engine, const char *code, const struct dm_sink *sink,
                    struct dm_error *err)
{
    struct buf out;
    if (!engine->lexicon)
        return dm_fail(err, DM_EUSAGE, "the engine was opened without a lexicon");
    buf_init(&out, LOOKUP_MAX);
    uint32_t found = lexicon_code(engine->lexicon, slice_of(code), &out);
    return hand_over(&out, found, sink, err);
}

int dm_lexicon_where(const struct dm_engine *engine, const char *name, const char *near,
                     const struct dm_sink *sink, struct dm_error *err)
{
    struct buf out;
    struct arena scratch;
    if (!engine->lexicon)
        return dm_fail(err, DM_EUSAGE, "the engine was opened without a lexicon");
    buf_init(&out, LOOKUP_MAX);
    arena_init(&scratch, LOOKUP_MAX);
    uint32_t found = lexicon_where(engine->lexicon, slice_of(name), slice_of(near ? near : ""),
                                   &scratch, &out);
    arena_deinit(&scratch);
    return hand_over(&out, found, sink, err);
}
