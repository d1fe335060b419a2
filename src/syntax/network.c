/* SPDX-License-Identifier: MIT */
/*
 * network.c - forward pass of the analyzer's network, on 8-bit matrices; training (train-net.c) shares
 * the recurrence and the arcs.
 *
 * Reads    the words' summed feature rows.
 * Leaves   tag scores and arc scores; relation scores are made by the caller for the arcs it takes.
 *
 * Method   Words of several sentences go through the products as one matrix; only the recurrence and
 *          the arc scores run sentence by sentence. Per word about dim * (3 dim layers + width)
 *          multiplications.
 */
#include "syntax/network.h"

#include <math.h>
#include <string.h>

#define SIZE_MOST ((uint32_t)TENSOR_K_MOST)

static size_t pad(size_t n)
{
    return (n + TENSOR_LANES - 1) / TENSOR_LANES * TENSOR_LANES;
}

static void place(size_t *end, size_t *at, size_t n)
{
    *at = *end;
    *end += n;
}

bool network_layout(const struct network_shape *shape, struct network_layout *out)
{
    const struct network_shape *s = shape;
    if (s->embed == 0 || s->embed > SIZE_MOST || s->embed % TENSOR_LANES != 0 || s->dim == 0 ||
        s->dim > SIZE_MOST || s->dim % (2 * TENSOR_LANES) != 0 || s->layers == 0 ||
        s->layers > NETWORK_LAYERS_MAX || s->arc == 0 || s->arc > SIZE_MOST ||
        s->arc % TENSOR_LANES != 0 || s->rel == 0 || s->rel > SIZE_MOST ||
        s->rel % TENSOR_LANES != 0 || s->n_tags == 0 || s->n_tags > SIZE_MOST || s->n_rels == 0 ||
        s->n_rels > 255 || s->n_rows == 0 || s->n_rows > (1u << 22))
        return false;
    struct network_layout l = {.tags = pad(s->n_tags), .rels = pad(s->n_rels)};
    l.at_arc_head = s->arc;
    l.at_rel_dep = 2 * (size_t)s->arc;
    l.at_rel_head = l.at_rel_dep + s->rel;
    l.at_tags = l.at_rel_head + s->rel;
    l.width = l.at_tags + l.tags;
    for (uint32_t i = 0; i < s->layers; i++) {
        l.in[i] = i == 0 ? s->embed : s->dim;
        l.gates[i] = (i == 0 ? 4 : 3) * (size_t)s->dim;
        l.most_gates = l.gates[i] > l.most_gates ? l.gates[i] : l.most_gates;
    }
    size_t at = 0, dim = s->dim, arc = s->arc;
    for (uint32_t i = 0; i < s->layers; i++)
        place(&at, &l.b[i], l.gates[i]), place(&at, &l.v[i], 2 * dim);
    place(&at, &l.heads_bias, l.width);
    place(&at, &l.arc_root, arc);
    place(&at, &l.rel_root, s->rel);
    place(&at, &l.u, arc * arc);
    place(&at, &l.w_arc, arc);
    place(&at, &l.distance, arc * NETWORK_DISTANCES);
    place(&at, &l.o, s->rel * l.rels);
    place(&at, &l.o_bias, l.rels);
    l.small = at;
    for (uint32_t i = 0; i <= s->layers; i++) {
        bool last = i == s->layers;
        size_t k = last ? dim : l.in[i], m = last ? l.width : l.gates[i];
        place(&at, last ? &l.heads : &l.w[i], k * m);
        place(&l.n_packed, &l.packed[i], k * m);
        place(&l.n_columns, &l.column[i], m);
    }
    l.total = at;
    *out = l;
    return true;
}

static void fill_rows(float *c, size_t ld, const float *row, size_t n, size_t m)
{
    for (size_t i = 0; i < n; i++)
        memcpy(c + i * ld, row, m * sizeof *row);
}

void network_recur(const struct network_shape *shape, const struct network_layout *layout,
                   const float *weights, uint32_t l, const struct network_pass *pass,
                   const struct network_span *span, uint32_t n_spans, enum tensor_path path)
{
    size_t dim = shape->dim, gates = layout->gates[l], hidden = dim / 2, side_gates = gates / 2;
    for (uint32_t s = 0; s < n_spans; s++) {
        size_t first = span[s].begin;
        for (size_t side = 0; side < 2; side++) {
            float *g = pass->g[l] + first * gates + side * side_gates;
            tensor_sru(&(struct tensor_sru){
                .g = g, .c = pass->c[l] ? pass->c[l] + first * dim + side * hidden : NULL,
                .y = pass->x[l + 1] + first * dim + side * hidden,
                .x = l == 0 ? g + 3 * hidden : pass->x[l] + first * dim + side * hidden,
                .v = weights + layout->v[l] + side * dim, .ldg = gates, .ldc = dim, .ldy = dim,
                .ldx = l == 0 ? gates : dim, .n = span[s].end - first, .h = hidden,
                .backward = side == 1}, path);
        }
    }
}

void network_cut_heads(const struct network_layout *layout, const struct network_pass *pass,
                       uint32_t n_words)
{
    for (size_t i = 0; i < n_words; i++)
        for (size_t j = 0; j < layout->at_rel_dep; j++) {
            float *at = pass->heads + i * layout->width + j;
            *at = *at > 0 ? *at : 0;
        }
}

void network_run(const struct network_shape *shape, const struct network_layout *layout,
                 const struct network_weights *weights, const struct network_pass *pass,
                 const struct network_span *span, uint32_t n_spans, uint32_t n_words, uint8_t *q,
                 float *q_scale, enum tensor_path path)
{
    for (uint32_t l = 0; l <= shape->layers; l++) {
        bool last = l == shape->layers;
        size_t k = last ? shape->dim : layout->in[l], m = last ? layout->width : layout->gates[l];
        struct tensor_packed packed = {weights->packed + layout->packed[l],
                                       weights->scale + layout->column[l],
                                       weights->offset + layout->column[l], k, m};
        tensor_quantize(&(struct tensor_quantize){q, q_scale, pass->x[l], k, n_words, k}, path);
        tensor_gemm8(&(struct tensor_gemm8){
            last ? pass->heads : pass->g[l], q, q_scale, &packed,
            weights->small + (last ? layout->heads_bias : layout->b[l]), m, n_words}, path);
        if (!last)
            network_recur(shape, layout, weights->small, l, pass, span, n_spans, path);
    }
    network_cut_heads(layout, pass, n_words);
}

void network_pack(const float *w, size_t k, size_t m, int8_t *packed, float *scale,
                  int32_t *offset)
{
    for (size_t j = 0; j < m; j++) {
        float most = 1e-6f;
        for (size_t i = 0; i < k; i++)
            most = fmaxf(most, fabsf(w[i * m + j]));
        int32_t sum = 0;
        for (size_t i = 0; i < k; i++) {
            int8_t number = (int8_t)lrintf(w[i * m + j] * 127.0f / most);
            packed[tensor_packed_at(k, i, j)] = number;
            sum += number;
        }
        scale[j] = most / 127.0f;
        offset[j] = -128 * sum;
    }
}

unsigned network_distance(int distance)
{
    int far = distance < 0 ? -distance : distance;
    int bucket = far <= 6 ? far - 1 : far <= 8 ? 6 : far <= 10 ? 7 : far <= 13 ? 8 : far <= 17 ? 9
               : far <= 22 ? 10 : far <= 30 ? 11 : far <= 45 ? 12 : 13;
    if (bucket < 0)
        bucket = 0; /* a word with itself: never taken */
    return (unsigned)(distance < 0 ? bucket : 15 + bucket);
}

size_t network_arcs_need(const struct network_layout *layout, const struct network_shape *shape,
                         uint32_t n)
{
    (void)layout;
    size_t ld = pad((size_t)n + 1);
    return n * ld + (size_t)n * shape->arc + shape->arc * ld + (size_t)n * NETWORK_DISTANCES + n;
}

void network_arcs(const struct network_shape *shape, const struct network_layout *layout,
                  const float *weights, const float *heads, uint32_t n, float *memory,
                  struct network_arcs *out, enum tensor_path path)
{
    size_t ld = pad((size_t)n + 1), arc = shape->arc, width = layout->width;
    struct network_arcs a = {.score = memory, .ld = ld};
    a.q = a.score + n * ld;
    a.head = a.q + n * arc;
    a.near = a.head + arc * ld;
    fill_rows(a.q, arc, weights + layout->w_arc, n, arc);
    tensor_gemm(&(struct tensor_gemm){a.q, heads, weights + layout->u, arc, width, arc, n, arc, arc,
                                      true, false}, path);
    for (size_t i = 0; i < arc; i++) {
        a.head[i * ld] = weights[layout->arc_root + i];
        for (size_t j = n + 1; j < ld; j++)
            a.head[i * ld + j] = 0;
    }
    tensor_transpose(a.head + 1, ld, heads + layout->at_arc_head, width, n, arc);
    tensor_gemm(&(struct tensor_gemm){a.score, a.q, a.head, ld, arc, ld, n, arc, ld, false, false}, path);
    tensor_gemm(&(struct tensor_gemm){a.near, heads, weights + layout->distance, NETWORK_DISTANCES,
                                      width, NETWORK_DISTANCES, n, arc, NETWORK_DISTANCES, false, false},
                path);
    uint8_t *bucket = (uint8_t *)(a.near + (size_t)n * NETWORK_DISTANCES); /* of distance i - (n - 1) */
    for (uint32_t i = 0; i < 2 * n; i++)
        bucket[i] = (uint8_t)network_distance((int)i - (int)(n - 1));
    for (uint32_t d = 0; d < n; d++) {
        float *row = a.score + d * ld;
        const float *near = a.near + (size_t)d * NETWORK_DISTANCES;
        row[0] += near[NETWORK_DISTANCE_ROOT];
        const uint8_t *of = bucket + (n - 1 - d);
        for (uint32_t h = 0; h < n; h++)
            row[h + 1] += near[of[h]];
    }
    *out = a;
}
