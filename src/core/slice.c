/* SPDX-License-Identifier: MIT */
/*
 * slice.c - cutting, comparing and hashing runs of bytes.
 *
 * The hash is stored in files, so it must not change: FNV-1a over bytes, then the finalizer of
 * MurmurHash3 (A. Appleby, public domain), which spreads FNV's weak high bits.
 */
#include "core/slice.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}

struct slice slice_trim(struct slice a)
{
    while (a.n > 0 && is_blank(a.p[0])) {
        a.p++;
        a.n--;
    }
    while (a.n > 0 && is_blank(a.p[a.n - 1]))
        a.n--;
    return a;
}

bool slice_cut(struct slice *rest, char separator, struct slice *piece)
{
    if (!rest->p)
        return false;
    if (rest->n == 0) {
        rest->p = NULL;
        return false;
    }
    const char *at = memchr(rest->p, separator, rest->n);
    if (!at) {
        *piece = *rest;
        *rest = (struct slice){NULL, 0};
        return true;
    }
    *piece = slice_make(rest->p, (size_t)(at - rest->p));
    rest->n -= piece->n + 1;
    rest->p = at + 1;
    return true;
}

bool slice_word(struct slice *rest, struct slice *word)
{
    size_t i = 0;
    while (i < rest->n && is_blank(rest->p[i]))
        i++;
    size_t begin = i;
    while (i < rest->n && !is_blank(rest->p[i]))
        i++;
    if (i == begin)
        return false;
    *word = slice_make(rest->p + begin, i - begin);
    rest->p += i;
    rest->n -= i;
    return true;
}

bool slice_to_u32(struct slice a, uint32_t *out)
{
    uint64_t value = 0;
    if (a.n == 0 || a.n > 10)
        return false;
    for (size_t i = 0; i < a.n; i++) {
        if (a.p[i] < '0' || a.p[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(a.p[i] - '0');
    }
    if (value > UINT32_MAX)
        return false;
    *out = (uint32_t)value;
    return true;
}

int slice_compare(struct slice a, struct slice b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    if (order != 0)
        return order < 0 ? -1 : 1;
    return a.n < b.n ? -1 : a.n > b.n;
}

uint64_t slice_hash(struct slice a)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < a.n; i++)
        h = (h ^ (unsigned char)a.p[i]) * UINT64_C(0x100000001b3);
    h ^= h >> 33;
    h *= UINT64_C(0xff51afd7ed558ccd);
    h ^= h >> 33;
    h *= UINT64_C(0xc4ceb9fe1a85ec53);
    h ^= h >> 33;
    return h;
}
