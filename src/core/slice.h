/* SPDX-License-Identifier: MIT */
/* slice.h - a run of bytes that somebody else owns. Not NUL-terminated. */
#ifndef CORE_SLICE_H
#define CORE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

struct slice {
    const char *p; /* may be NULL when n is 0 */
    size_t n;      /* bytes */
};

#define SLICE_LIT(text) ((struct slice){"" text, sizeof(text) - 1})

static inline struct slice slice_make(const char *p, size_t n)
{
    return (struct slice){p, n};
}

static inline struct slice slice_of(const char *text)
{
    return (struct slice){text, text ? strlen(text) : 0};
}

static inline bool slice_eq(struct slice a, struct slice b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool slice_is(struct slice a, const char *text)
{
    return slice_eq(a, slice_of(text));
}

/* The same but for the case of ASCII's letters. */
static inline bool slice_is_any_case(struct slice a, const char *text)
{
    return a.n == strlen(text) && (a.n == 0 || strncasecmp(a.p, text, a.n) == 0);
}

static inline bool slice_starts(struct slice a, const char *text)
{
    size_t n = strlen(text);
    return a.n >= n && (n == 0 || memcmp(a.p, text, n) == 0);
}

static inline bool slice_ends(struct slice a, const char *text)
{
    size_t n = strlen(text);
    return a.n >= n && (n == 0 || memcmp(a.p + a.n - n, text, n) == 0);
}

/* ASCII blanks cut from both ends. */
struct slice slice_trim(struct slice a);

/*
 * Cut the next piece before `separator` off *rest. False when nothing is left; an empty *rest gives
 * no piece, "a||b" gives "a", "", "b". The piece is not trimmed.
 */
bool slice_cut(struct slice *rest, char separator, struct slice *piece);

/* The next word (run of non-blank bytes) off *rest; false when only blanks are left. */
bool slice_word(struct slice *rest, struct slice *word);

/* A decimal number that fills the whole slice; false (and *out untouched) otherwise. */
bool slice_to_u32(struct slice a, uint32_t *out);

/* -1, 0 or 1 by bytes, shorter first. */
int slice_compare(struct slice a, struct slice b);

/* 64-bit hash of the bytes; the same on every machine (stored in model and lexicon files). */
uint64_t slice_hash(struct slice a);

#endif
