/* SPDX-License-Identifier: MIT */
/* ud.c - names of parts of speech, relations and features, both ways. ORDER RELATION, ORDER FEATURE */
#include "article/ud.h"

#include <stdio.h>
#include <strings.h>

static const char *const upos_names[] = {
#define T(name) #name,
    UD_UPOS(T)
#undef T
};

static const char *const relation_names[] = {
#define X(id, name) name,
    UD_RELATIONS(X)
#undef X
};

static const struct {
    const char *feature, *value;
} features[] = {
#define X(id, feature, value) {feature, value},
    UD_FEATURES(X)
#undef X
};

const char *upos_name(enum upos upos)
{
    return upos < UPOS_COUNT ? upos_names[upos] : "X";
}

bool upos_of(struct slice name, enum upos *out)
{
    for (unsigned i = 0; i < UPOS_COUNT; i++)
        if (slice_is(name, upos_names[i])) {
            *out = (enum upos)i;
            return true;
        }
    return false;
}

const char *relation_name(enum relation relation)
{
    return relation < REL_COUNT ? relation_names[relation] : "dep";
}

static bool relation_find(struct slice name, enum relation *out)
{
    for (unsigned i = 0; i < REL_COUNT; i++)
        if (slice_is(name, relation_names[i])) {
            *out = (enum relation)i;
            return true;
        }
    return false;
}

enum relation relation_of(struct slice name)
{
    enum relation found = REL_DEP;
    const char *colon = name.n ? memchr(name.p, ':', name.n) : NULL;
    if (!relation_find(name, &found) && colon)
        relation_find(slice_make(name.p, (size_t)(colon - name.p)), &found);
    return found;
}

uint64_t feats_of(struct slice text)
{
    uint64_t feats = 0;
    struct slice piece;
    while (slice_cut(&text, '|', &piece))
        for (unsigned i = 0; i < FEATBIT_COUNT; i++) {
            size_t n = strlen(features[i].feature);
            if (piece.n > n && piece.p[n] == '=' && slice_starts(piece, features[i].feature) &&
                slice_is(slice_make(piece.p + n + 1, piece.n - n - 1), features[i].value))
                feats |= UINT64_C(1) << i;
        }
    return feats;
}

/* UD sorts features by name without regard to case. */
static void sort_by_name(unsigned *order, unsigned n)
{
    for (unsigned i = 1; i < n; i++)
        for (unsigned k = i; k > 0; k--) {
            if (strcasecmp(features[order[k - 1]].feature, features[order[k]].feature) <= 0)
                break;
            unsigned other = order[k];
            order[k] = order[k - 1];
            order[k - 1] = other;
        }
}

size_t feats_format(uint64_t feats, char *out, size_t size)
{
    unsigned order[FEATBIT_COUNT], n = 0;
    for (unsigned i = 0; i < FEATBIT_COUNT; i++)
        if (feats & UINT64_C(1) << i)
            order[n++] = i;
    sort_by_name(order, n);
    size_t used = 0;
    for (unsigned k = 0; k < n; k++) {
        const char *part[] = {k ? "|" : "", features[order[k]].feature, "=", features[order[k]].value};
        for (size_t i = 0; i < sizeof part / sizeof part[0]; i++) {
            size_t more = strlen(part[i]), room = size - 1 - used;
            more = more < room ? more : room;
            memcpy(out + used, part[i], more);
            used += more;
        }
    }
    if (n == 0 && size > 1)
        out[used++] = '_';
    out[used] = '\0';
    return used;
}
