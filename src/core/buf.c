/* SPDX-License-Identifier: MIT */
/* buf.c - append until the limit; a failure sticks. */
#include "core/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void buf_init(struct buf *buf, size_t limit)
{
    *buf = (struct buf){.limit = limit};
}

void buf_deinit(struct buf *buf)
{
    free(buf->p);
    *buf = (struct buf){.limit = buf->limit};
}

void buf_clear(struct buf *buf)
{
    buf->n = 0;
    buf->failed = false;
    if (buf->p)
        buf->p[0] = '\0';
}

bool buf_reserve(struct buf *buf, size_t more)
{
    if (buf->failed || more > buf->limit || buf->n > buf->limit - more) {
        buf->failed = true;
        return false;
    }
    size_t wanted = buf->n + more + 1;
    if (wanted <= buf->capacity)
        return true;
    size_t capacity = buf->capacity ? buf->capacity : 256;
    while (capacity < wanted)
        capacity += capacity / 2 + 1;
    char *p = realloc(buf->p, capacity);
    if (!p) {
        buf->failed = true;
        return false;
    }
    buf->p = p;
    buf->capacity = capacity;
    return true;
}

void buf_add(struct buf *buf, struct slice bytes)
{
    if (!buf_reserve(buf, bytes.n))
        return;
    if (bytes.n)
        memcpy(buf->p + buf->n, bytes.p, bytes.n);
    buf->n += bytes.n;
    buf->p[buf->n] = '\0';
}

void buf_add_char(struct buf *buf, char c)
{
    buf_add(buf, slice_make(&c, 1));
}

void buf_add_text(struct buf *buf, const char *text)
{
    buf_add(buf, slice_of(text));
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t room = buf->failed ? 0 : buf->capacity - buf->n;
    int n = vsnprintf(room ? buf->p + buf->n : NULL, room, format, args);
    va_end(args);
    if (n < 0) {
        buf->failed = true;
    } else if (buf_reserve(buf, (size_t)n)) {
        if ((size_t)n >= room)
            vsnprintf(buf->p + buf->n, (size_t)n + 1, format, again);
        buf->n += (size_t)n;
    } else if (room) {
        buf->p[buf->n] = '\0'; /* what did not fit is not there */
    }
    va_end(again);
}
