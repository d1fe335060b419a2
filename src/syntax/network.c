/* SPDX-License-Identifier: MIT */
/*
 * network.c - forward pass of the analyzer's network; training (train-net.c) goes through the same.
 *
 * Reads    the words' summed feature rows.
 * Leaves   tag scores and arc scores; relation scores are made by the caller for the arcs it takes.
 *
 * Method   Words of several sentences go through the products as one matrix; only the recurrence and
 *          the arc scores run sentence by sentence. Per word about dim * (3 dim layers + width)
 *          multiplications.
 */
#include "syntax/network.h"

#include <string.h>

#define SIZE_MOST 4096u

static size_t pad(size_t n)
{
    return (n + TENSOR_LANES - 1) / TENSOR_LANES * TENSOR_LANES;
}

bool network_layout(const struct network_shape *shape, struct network_layout *out)
{
    const struct network_shape *s = shape;
    if (s->dim == 0 || s->dim > SIZE_MOST || s->dim % (2 * TENSOR_LANES) != 0 || s->layers == 0 ||
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
    size_t at = 0;
    for (uint32_t i = 0; i < s->layers; i++) {
        l.w[i] = at;
        at += (size_t)s->dim * 3 * s->dim;
        l.b[i] = at;
        at += 3 * (size_t)s->dim;
        l.v[i] = at;
        at += 2 * (size_t)s->dim;
    }
    const struct { size_t *place, size; } rest[] = {
        {&l.heads, s->dim * l.width}, {&l.heads_bias, l.width}, {&l.arc_root, s->arc},
        {&l.rel_root, s->rel}, {&l.u, (size_t)s->arc * s->arc}, {&l.w_arc, s->arc},
        {&l.distance, (size_t)s->arc * NETWORK_DISTANCES}, {&l.o, s->rel * l.rels},
        {&l.o_bias, l.rels},
    };
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++) {
        *rest[i].place = at;
        at += rest[i].size;
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

void network_layer(const struct network_shape *shape, const struct network_layout *layout,
                   const float *weights, uint32_t l, const struct network_pass *pass,
                   const struct network_span *span, uint32_t n_spans, uint32_t n_words,
                   enum tensor_path path)
{
    size_t dim = shape->dim, gates = 3 * dim, hidden = dim / 2;
    fill_rows(pass->g[l], gates, weights + layout->b[l], n_words, gates);
    tensor_gemm(&(struct tensor_gemm){pass->g[l], pass->x[l], weights + layout->w[l], gates, dim,
                                      gates, n_words, dim, gates, true}, path);
    for (uint32_t s = 0; s < n_spans; s++) {
        size_t first = span[s].begin;
        for (size_t side = 0; side < 2; side++)
            tensor_sru(&(struct tensor_sru){
                .g = pass->g[l] + first * gates + side * 3 * hidden, .ldg = gates,
                .c = pass->c[l] + first * dim + side * hidden, .ldc = dim,
                .y = pass->x[l + 1] + first * dim + side * hidden, .ldy = dim,
                .x = pass->x[l] + first * dim + side * hidden, .ldx = dim,
                .v = weights + layout->v[l] + side * 2 * hidden,
                .n = span[s].end - first, .h = hidden, .backward = side == 1}, path);
    }
}

void network_heads(const struct network_shape *shape, const struct network_layout *layout,
                   const float *weights, const struct network_pass *pass, uint32_t n_words,
                   enum tensor_path path)
{
    size_t width = layout->width;
    fill_rows(pass->heads, width, weights + layout->heads_bias, n_words, width);
    tensor_gemm(&(struct tensor_gemm){pass->heads, pass->x[shape->layers], weights + layout->heads,
                                      width, shape->dim, width, n_words, shape->dim, width, true},
                path);
    for (size_t i = 0; i < n_words; i++)
        for (size_t j = 0; j < layout->at_rel_dep; j++) {
            float *at = pass->heads + i * width + j;
            *at = *at > 0 ? *at : 0;
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
    return n * ld + (size_t)n * shape->arc + shape->arc * ld + (size_t)n * NETWORK_DISTANCES;
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
                                      true}, path);
    for (size_t i = 0; i < arc; i++) {
        a.head[i * ld] = weights[layout->arc_root + i];
        for (size_t j = n + 1; j < ld; j++)
            a.head[i * ld + j] = 0;
    }
    tensor_transpose(a.head + 1, ld, heads + layout->at_arc_head, width, n, arc);
    tensor_gemm(&(struct tensor_gemm){a.score, a.q, a.head, ld, arc, ld, n, arc, ld, false}, path);
    tensor_gemm(&(struct tensor_gemm){a.near, heads, weights + layout->distance, NETWORK_DISTANCES,
                                      width, NETWORK_DISTANCES, n, arc, NETWORK_DISTANCES, false},
                path);
    for (uint32_t d = 0; d < n; d++) {
        float *row = a.score + d * ld;
        const float *near = a.near + (size_t)d * NETWORK_DISTANCES;
        row[0] += near[NETWORK_DISTANCE_ROOT];
        for (uint32_t h = 0; h < n; h++)
            row[h + 1] += near[network_distance((int)h - (int)d)];
    }
    *out = a;
}
