/* SPDX-License-Identifier: MIT */
/*
 * net.c - shape and forward pass of the recognizer's network.
 *
 * Reads    the parser's view of the words, their summed feature rows.
 * Leaves   scores of the labels.
 * Method   Two 8-bit products, one recurrence over each sentence, one small product of floats; about
 *          4 dim (view + embed) multiplications a word.
 */
#include "names/net.h"

#define SIZE_MOST 1024u

bool net_layout(const struct net_shape *s, struct net_layout *out)
{
    if (s->view == 0 || s->view > TENSOR_K_MOST || s->view % TENSOR_LANES != 0 || s->embed == 0 ||
        s->embed > SIZE_MOST || s->embed % TENSOR_LANES != 0 || s->dim == 0 || s->dim > SIZE_MOST ||
        s->dim % (2 * TENSOR_LANES) != 0 || s->n_rows <= HINTS + FEATURES_FIXED ||
        s->n_rows > (1u << 22))
        return false;
    struct net_layout l = {.gates = 4 * (size_t)s->dim};
    l.v = l.b + l.gates;
    l.out = l.v + 2 * (size_t)s->dim;
    l.out_bias = l.out + (size_t)s->dim * NET_SCORES;
    l.small = l.out_bias + NET_SCORES;
    l.w_view = l.small;
    l.w_embed = l.w_view + s->view * l.gates;
    l.total = l.w_embed + s->embed * l.gates;
    *out = l;
    return true;
}

void net_recur(const struct net_shape *shape, const struct net_layout *layout, const float *small,
               const struct net_pass *pass, const struct network_span *span, uint32_t n_spans,
               enum tensor_path path)
{
    size_t dim = shape->dim, hidden = dim / 2, gates = layout->gates;
    for (uint32_t s = 0; s < n_spans; s++)
        for (size_t side = 0; side < 2; side++) {
            float *g = pass->g + span[s].begin * gates + side * gates / 2;
            size_t at = span[s].begin * dim + side * hidden;
            tensor_sru(&(struct tensor_sru){
                .g = g, .c = pass->c ? pass->c + at : NULL, .y = pass->y + at, .x = g + 3 * hidden,
                .v = small + layout->v + side * dim, .ldg = gates, .ldc = dim, .ldy = dim,
                .ldx = gates, .n = span[s].end - span[s].begin, .h = hidden,
                .backward = side == 1}, path);
        }
}

void net_run(const struct names_model *m, const struct net_pass *pass, const uint8_t *view,
             const float *view_scale, const struct network_span *span, uint32_t n_spans, uint32_t n,
             float *score)
{
    enum tensor_path path = m->syntax->path;
    size_t gates = m->layout.gates, embed = m->shape.embed, dim = m->shape.dim;
    tensor_gemm8(&(struct tensor_gemm8){pass->g, view, view_scale, &m->view,
                                        m->small + m->layout.b, gates, n}, path);
    tensor_quantize(&(struct tensor_quantize){pass->q, pass->q_scale, pass->x, embed, n, embed}, path);
    tensor_gemm8(&(struct tensor_gemm8){pass->more, pass->q, pass->q_scale, &m->embed, m->nothing,
                                        gates, n}, path);
    for (size_t i = 0; i < n * gates; i++)
        pass->g[i] += pass->more[i];
    net_recur(&m->shape, &m->layout, m->small, pass, span, n_spans, path);
    for (size_t i = 0; i < n; i++)
        memcpy(score + i * NET_SCORES, m->small + m->layout.out_bias, NET_SCORES * sizeof *score);
    tensor_gemm(&(struct tensor_gemm){score, pass->y, m->small + m->layout.out, NET_SCORES, dim,
                                      NET_SCORES, n, dim, NET_SCORES, true, false}, path);
}
