/* SPDX-License-Identifier: MIT */
/*
 * buf.h - a growing byte buffer on the heap with a limit, for output lines and file contents.
 *
 * Once an append has failed (limit, memory) the buffer says so in `failed` and later appends do
 * nothing, so that a writer checks once at its end.
 */
#ifndef CORE_BUF_H
#define CORE_BUF_H

#include "core/slice.h"

struct buf {
    char *p;         /* always NUL-terminated once something was appended */
    size_t n;        /* bytes in use */
    size_t capacity; /* bytes allocated */
    size_t limit;    /* most bytes */
    bool failed;     /* something did not fit */
};

void buf_init(struct buf *buf, size_t limit);
void buf_deinit(struct buf *buf);
void buf_clear(struct buf *buf); /* keeps the memory, forgets content and failure */
bool buf_reserve(struct buf *buf, size_t more);
void buf_add(struct buf *buf, struct slice bytes);
void buf_add_char(struct buf *buf, char c);
void buf_add_text(struct buf *buf, const char *text);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

static inline struct slice buf_slice(const struct buf *buf)
{
    return (struct slice){buf->p, buf->n};
}

#endif
