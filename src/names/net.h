/* SPDX-License-Identifier: MIT */
/*
 * net.h - the recognizer's network and its forward pass.
 *
 *   the parser's view of a word (view numbers)  -> W -+
 *   rows of the word's features, summed (embed) -> E -+-> gates -> one bidirectional SRU (dim) -> scores
 *
 * Rows are numbered as the parser's feature table, the lexicon's hints behind them (hints.h). W and E
 * are learned as floats and used as 8-bit numbers. A score stands for a kind of name and a place in
 * it: alone, first, inside, last; 0 is no name.
 */
#ifndef NAMES_NET_H
#define NAMES_NET_H

#include "names/hints.h"
#include "syntax/features.h"
#include "names/names.h"
#include "syntax/model.h"

#define NET_LABELS 13 /* no name, and 3 kinds x 4 places */
#define NET_SCORES 16 /* NET_LABELS padded to TENSOR_LANES */

enum net_place { NET_ONLY, NET_FIRST, NET_INSIDE, NET_LAST, NET_PLACES };

static inline unsigned net_label(enum name_kind kind, enum net_place place)
{
    return kind == NAME_NONE ? 0 : 1 + (unsigned)(kind - 1) * NET_PLACES + place;
}

static inline enum name_kind net_kind(unsigned label)
{
    return label ? (enum name_kind)(1 + (label - 1) / NET_PLACES) : NAME_NONE;
}

/* Stored in the model file as it stands. */
struct net_shape {
    uint32_t view;   /* numbers of the parser's view of a word: its dim */
    uint32_t embed;  /* floats of a feature's row */
    uint32_t dim;    /* floats of a word's vector, both directions together */
    uint32_t n_rows; /* those of the parser's table and the hints */
    float share;     /* weight of what the word is elsewhere in the article */
};

/* Where each dense parameter begins, in floats; used as floats up to `small`. */
struct net_layout {
    size_t gates;             /* 4 dim: forward u f r and what goes past, backward the same */
    size_t b, v;              /* gates; 2 dim: forward vf vr, backward vf vr */
    size_t out, out_bias;     /* dim x NET_SCORES; NET_SCORES */
    size_t small;
    size_t w_view, w_embed;   /* view x gates, embed x gates */
    size_t total;
};

/* False when a size is out of bounds or no multiple of what it must be. */
bool net_layout(const struct net_shape *shape, struct net_layout *out);

struct names_model {
    const struct syntax_model *syntax;
    struct net_shape shape;
    struct net_layout layout;
    const int8_t *rows;      /* shape.n_rows x shape.embed; a word's with those of its affixes added */
    const float *row_scale;  /* shape.n_rows */
    const float *small;      /* layout.small */
    struct tensor_packed view, embed;
    const float *nothing;    /* gates zeros */
};

/* Working memory of a batch: capacity words. */
struct net_pass {
    float *x;        /* words x embed */
    float *g, *more; /* words x gates */
    float *c, *y;    /* words x dim; c for learning, NULL: not kept */
    uint8_t *q;      /* words x embed */
    float *q_scale;
};

/* Scores (n x NET_SCORES) of n words; x is filled, spans are sentences of the batch. */
void net_run(const struct names_model *m, const struct net_pass *pass, const uint8_t *view,
             const float *view_scale, const struct network_span *span, uint32_t n_spans, uint32_t n,
             float *score);

/* The recurrence over the spans: g -> y. */
void net_recur(const struct net_shape *shape, const struct net_layout *layout, const float *small,
               const struct net_pass *pass, const struct network_span *span, uint32_t n_spans,
               enum tensor_path path);

/* model.c: the recognizer's part of an image; `nothing` is allocated. DM_EFORMAT, DM_ENOMEM. */
int names_model_open(const struct syntax_model *syntax, struct names_model *out, struct dm_error *err);
void names_model_deinit(struct names_model *model);
bool names_model_there(const struct syntax_model *syntax);

#endif
