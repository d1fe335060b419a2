/* SPDX-License-Identifier: MIT */
/* lines.h - results on their way to a sink: one line is put together, then given away. */
#ifndef STORE_LINES_H
#define STORE_LINES_H

#include "core/buf.h"
#include "store/store.h"

#define LINE_MAX_BYTES (1u << 20)

struct lines {
    const struct dm_style *style;
    const struct dm_sink *sink;
    struct buf line; /* the caller gives it back */
};

static inline void lines_init(struct lines *lines, const struct dm_style *style,
                              const struct dm_sink *sink)
{
    lines->style = style;
    lines->sink = sink;
    buf_init(&lines->line, LINE_MAX_BYTES);
}

/* What stands in `line`, if anything does. DM_ELIMIT, what the sink returns. */
int lines_give(struct lines *lines, struct dm_error *err);

#endif
