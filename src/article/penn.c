/* SPDX-License-Identifier: MIT */
/* penn.c - names of the Penn Treebank tags. */
#include "article/penn.h"

static const char *const names[PENN_COUNT] = {
#define X(id, tag) [PENN_##id] = tag,
    PENN_TAGS(X)
#undef X
};

const char *penn_name(unsigned penn)
{
    return names[penn < PENN_COUNT ? penn : PENN_NONE];
}

unsigned penn_of(struct slice tag)
{
    for (unsigned i = 1; i < PENN_COUNT; i++)
        if (slice_is(tag, names[i]))
            return i;
    return PENN_NONE;
}
