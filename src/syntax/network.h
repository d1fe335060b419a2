/* SPDX-License-Identifier: MIT */
/*
 * network.h - the shape of the analyzer's network and its forward pass.
 *
 *   rows of a word's features, summed  -> x0 (embed)
 *   layers of bidirectional SRU        -> x1 ... xL (dim = 2 hidden, forward | backward)
 *   one product with `heads`           -> arc_dep | arc_head | rel_dep | rel_head | tag scores
 *   arc score of (dep, head) = arc_dep U arc_head + w arc_head + arc_dep D[distance]
 *   relation scores          = relu(rel_dep[dep] + rel_head[head]) O
 *
 * The matrices of layers and heads are learned as floats and used as 8-bit numbers.
 *
 * Source: T. Dozat and C. Manning, Deep Biaffine Attention for Neural Dependency Parsing, ICLR 2017
 * (arc scores); SRU see tensor.c.
 */
#ifndef SYNTAX_NETWORK_H
#define SYNTAX_NETWORK_H

#include "syntax/tensor.h"

#define NETWORK_LAYERS_MAX 6
#define NETWORK_DISTANCES 32 /* buckets of signed distance, see network_distance() */

/* Stored in the model file as it stands. */
struct network_shape {
    uint32_t embed;   /* floats of a feature's row */
    uint32_t dim;     /* floats of a word's vector behind a layer, 2 hidden */
    uint32_t layers;
    uint32_t arc;     /* floats of arc_dep and arc_head */
    uint32_t rel;     /* floats of rel_dep and rel_head */
    uint32_t n_tags;  /* tags, not padded */
    uint32_t n_rels;  /* relations, not padded */
    uint32_t n_rows;  /* rows of the feature table */
};

/*
 * Where each dense parameter begins, in floats. What is used as floats comes first (`small` of them);
 * the matrices behind are in the model file as 8-bit numbers only.
 */
struct network_layout {
    size_t b[NETWORK_LAYERS_MAX]; /* gates */
    size_t v[NETWORK_LAYERS_MAX]; /* 4 hidden: forward vf vr, backward vf vr */
    size_t heads_bias;            /* width */
    size_t arc_root, rel_root;    /* the root's arc_head (arc) and rel_head (rel) */
    size_t u, w_arc;              /* arc x arc; arc */
    size_t distance;              /* arc x NETWORK_DISTANCES */
    size_t o, o_bias;             /* rel x rels; rels */
    size_t small;
    size_t w[NETWORK_LAYERS_MAX]; /* in x gates: forward u f r, backward u f r; layer 0 has a fourth
                                     block on each side, what goes past the unit (x has another size) */
    size_t heads;                 /* dim x width */
    size_t total;
    size_t in[NETWORK_LAYERS_MAX], gates[NETWORK_LAYERS_MAX]; /* floats that go in; columns of w */
    size_t packed[NETWORK_LAYERS_MAX + 1], column[NETWORK_LAYERS_MAX + 1]; /* where the 8-bit matrix
                                     begins, and its columns' scales and offsets; the last: heads */
    size_t n_packed, n_columns;
    size_t tags, rels;            /* counts padded to TENSOR_LANES */
    size_t width;                 /* 2 arc + 2 rel + tags */
    size_t most_gates;            /* of any layer */
    size_t at_arc_head, at_rel_dep, at_rel_head, at_tags; /* columns of `heads`; arc_dep is 0 */
};

/* False when a size is out of bounds or no multiple of TENSOR_LANES where it must be. */
bool network_layout(const struct network_shape *shape, struct network_layout *out);

/* A stretch of words [begin, end) that are one sentence. */
struct network_span {
    uint32_t begin, end;
};

/* What one pass over a batch of words leaves. Buffers of inference may be the same for all layers. */
struct network_pass {
    float *x[NETWORK_LAYERS_MAX + 1]; /* words x embed, then words x dim */
    float *g[NETWORK_LAYERS_MAX];     /* words x gates */
    float *c[NETWORK_LAYERS_MAX];     /* words x dim, for learning; NULL: not kept */
    float *heads;                     /* words x width */
};

/* The learned parameters in use: floats up to layout.small, and the matrices as 8-bit numbers. */
struct network_weights {
    const float *small;
    const int8_t *packed;   /* layout.n_packed */
    const float *scale;     /* layout.n_columns */
    const int32_t *offset;  /* layout.n_columns */
};

/* Words of a batch: x[0] -> heads, with relu on arc_dep and arc_head. `q` holds words x dim or embed
 * bytes, whichever is more, `q_scale` words floats. */
void network_run(const struct network_shape *shape, const struct network_layout *layout,
                 const struct network_weights *weights, const struct network_pass *pass,
                 const struct network_span *span, uint32_t n_spans, uint32_t n_words, uint8_t *q,
                 float *q_scale, enum tensor_path path);

/* The recurrence of layer l over all spans: g[l] -> x[l + 1]. */
void network_recur(const struct network_shape *shape, const struct network_layout *layout,
                   const float *weights, uint32_t l, const struct network_pass *pass,
                   const struct network_span *span, uint32_t n_spans, enum tensor_path path);

/* Negative arc_dep and arc_head become 0. */
void network_cut_heads(const struct network_layout *layout, const struct network_pass *pass,
                       uint32_t n_words);

/* A matrix as 8-bit numbers, each column by its largest: w is k x m floats. */
void network_pack(const float *w, size_t k, size_t m, int8_t *packed, float *scale,
                  int32_t *offset);

/* Bucket of the distance head - dep (both from 1), and of the root. */
unsigned network_distance(int distance);
#define NETWORK_DISTANCE_ROOT (NETWORK_DISTANCES - 1)

/* Working memory of network_arcs: floats. n words. */
size_t network_arcs_need(const struct network_layout *layout, const struct network_shape *shape,
                         uint32_t n);

struct network_arcs {
    float *score;        /* n x ld; column 0 the root, column h word h - 1 */
    size_t ld;           /* n + 1 padded */
    float *q;            /* n x arc: arc_dep U + w */
    float *head;         /* arc x ld: arc_head of root and words, transposed */
    float *near;         /* n x NETWORK_DISTANCES: arc_dep D */
};

/* Scores of all arcs of one sentence; `memory` holds network_arcs_need() floats. */
void network_arcs(const struct network_shape *shape, const struct network_layout *layout,
                  const float *weights, const float *heads, uint32_t n, float *memory,
                  struct network_arcs *out, enum tensor_path path);

#endif
