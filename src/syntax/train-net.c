/* SPDX-License-Identifier: MIT */
/*
 * train-net.c - loss, gradients and updates of the network of network.h.
 *
 * Reads    sentences of train_data.
 * Leaves   better weights.
 *
 * Method   Cross entropy of tag, head and relation (given the true head), summed over the words and
 *          divided by their number. Dropout on the summed rows and between layers; a rare word's own
 *          row is replaced by the unknown one with chance 1 / (1 + how often it occurs), so that the
 *          unknown row and the affixes learn; some sentences are read as if written all upper or all
 *          lower case. Adam; feature rows are updated when they occur. The rate rises for WARM_STEPS,
 *          then falls to zero. Products may be fused (tensor.h): same bytes on every processor that
 *          has fused products, not on older ones.
 * Source   D. Kingma and J. Ba, Adam, ICLR 2015.
 */
#include "syntax/train-net.h"

#include <math.h>
#include <stdlib.h>

#include "syntax/learn.h"

#define WARM_STEPS 200
#define CASE_CHANGED 20 /* one sentence in so many is read all upper, one all lower, one in title case */
#define TAG_WEIGHT 0.5f /* of the tag's loss beside head's and relation's */

struct moments {
    float *w, *g, *m, *v;
};

struct trainer {
    const struct train_data *data;
    struct trainer_options options;
    struct network_layout layout;
    struct moments dense; /* layout.total */
    struct moments rows;  /* w, m, v: n_rows x embed; g: touched rows x embed */
    uint32_t *slot_of;    /* n_rows: place in rows.g + 1 when touched in this step */
    uint32_t *touched, n_touched;
    uint32_t capacity;    /* words of a batch */
    struct network_pass pass;
    float *mask[NETWORK_LAYERS_MAX + 1]; /* as x: 0 or 1 / (1 - dropout) */
    float *dx[2], *dg, *dheads;          /* gradients, shaped as x, g, heads */
    float *hidden, *dhidden, *logits;    /* relations: words x rel, words x rels */
    float *turned;        /* a transposed matrix */
    float *arc_memory, *dscore, *dq, *dhead, *head_rows, *dnear;
    uint32_t *row;        /* words x FEATURES_MAX: rows after word dropout */
    uint8_t *n_rows_of;   /* of each word */
    struct network_span *span;
    const struct train_word **word;
    uint32_t n_words, n_spans, step;
    uint64_t random;
    enum tensor_path path;
};

/* ---- making ---- */

static void fill(struct trainer *t, size_t at, size_t n, float reach)
{
    for (size_t i = 0; i < n; i++)
        t->dense.w[at + i] = learn_uniform(&t->random, reach);
}

static void init_weights(struct trainer *t)
{
    const struct network_shape *s = &t->options.shape;
    const struct network_layout *l = &t->layout;
    float reach = sqrtf(3.0f / (float)s->dim), arc = sqrtf(1.0f / (float)s->arc);
    for (uint32_t i = 0; i < s->layers; i++) {
        fill(t, l->w[i], l->in[i] * l->gates[i], sqrtf(3.0f / (float)l->in[i]));
        fill(t, l->v[i], 2 * (size_t)s->dim, 0.5f);
        for (size_t k = 0; k < l->gates[i]; k++) /* read on at first: the gate r half closed */
            t->dense.w[l->b[i] + k] = k % (l->gates[i] / 2) / (s->dim / 2) == 2 ? -0.5f : 0;
    }
    fill(t, l->heads, s->dim * l->width, reach * 0.7f);
    fill(t, l->arc_root, s->arc, 0.3f);
    fill(t, l->rel_root, s->rel, 0.3f);
    fill(t, l->u, (size_t)s->arc * s->arc, arc * 0.5f);
    fill(t, l->w_arc, s->arc, arc * 0.5f);
    fill(t, l->o, s->rel * l->rels, sqrtf(3.0f / (float)s->rel));
    for (size_t i = 0; i < (size_t)s->n_rows * s->embed; i++)
        t->rows.w[i] = learn_uniform(&t->random, 0.3f);
}

static bool make_buffers(struct trainer *t)
{
    const struct network_shape *s = &t->options.shape;
    size_t words = t->capacity, dim = s->dim, width = t->layout.width, gates = t->layout.most_gates;
    size_t in = s->embed > dim ? s->embed : dim, most = words > gates ? words : gates;
    most = most > width ? most : width;
    size_t ld = TRAIN_SENTENCE_MAX + 2 * TENSOR_LANES;
    bool ok = true;
    for (uint32_t l = 0; l <= s->layers; l++) {
        size_t n = words * (l == 0 ? s->embed : dim);
        ok &= (t->pass.x[l] = learn_floats(n)) != NULL;
        ok &= (t->mask[l] = learn_floats(n)) != NULL;
        if (l < s->layers) {
            ok &= (t->pass.g[l] = learn_floats(words * t->layout.gates[l])) != NULL;
            ok &= (t->pass.c[l] = learn_floats(words * dim)) != NULL;
        }
    }
    const struct { float **p; size_t n; } rest[] = {
        {&t->pass.heads, words * width}, {&t->dheads, words * width}, {&t->dx[0], words * in},
        {&t->dx[1], words * in}, {&t->dg, words * gates}, {&t->hidden, words * s->rel},
        {&t->dhidden, words * s->rel}, {&t->logits, words * t->layout.rels},
        {&t->turned, most * (most > in ? most : in)},
        {&t->arc_memory, network_arcs_need(&t->layout, s, TRAIN_SENTENCE_MAX)},
        {&t->dscore, ld * ld}, {&t->dq, ld * s->arc}, {&t->dhead, ld * s->arc},
        {&t->head_rows, ld * s->arc}, {&t->dnear, ld * NETWORK_DISTANCES},
        {&t->rows.g, words * FEATURES_MAX * s->embed},
    };
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++)
        ok &= (*rest[i].p = learn_floats(rest[i].n)) != NULL;
    t->row = calloc(words * FEATURES_MAX, sizeof *t->row);
    t->touched = calloc(words * FEATURES_MAX, sizeof *t->touched);
    t->n_rows_of = calloc(words, sizeof *t->n_rows_of);
    t->span = calloc(words, sizeof *t->span);
    t->word = calloc(words, sizeof *t->word);
    return ok && t->row && t->touched && t->n_rows_of && t->span && t->word;
}

struct trainer *trainer_new(const struct train_data *data, const struct trainer_options *options)
{
    struct trainer *t = calloc(1, sizeof *t);
    if (!t)
        return NULL;
    t->data = data;
    t->options = *options;
    t->capacity = options->batch + TRAIN_SENTENCE_MAX;
    t->path = tensor_best_path();
    t->random = UINT64_C(0x5DEECE66D) + options->seed;
    size_t rows = (size_t)options->shape.n_rows * options->shape.embed;
    bool ok = network_layout(&options->shape, &t->layout) && make_buffers(t);
    size_t dense = t->layout.total;
    ok = ok && (t->dense.w = learn_floats(dense)) && (t->dense.g = learn_floats(dense)) &&
         (t->dense.m = learn_floats(dense)) && (t->dense.v = learn_floats(dense)) &&
         (t->rows.w = learn_floats(rows)) && (t->rows.m = learn_floats(rows)) &&
         (t->rows.v = learn_floats(rows)) &&
         (t->slot_of = calloc(options->shape.n_rows, sizeof *t->slot_of));
    if (!ok) {
        trainer_free(t);
        return NULL;
    }
    init_weights(t);
    return t;
}

void trainer_free(struct trainer *t)
{
    if (!t)
        return;
    for (uint32_t l = 0; l <= t->options.shape.layers && l <= NETWORK_LAYERS_MAX; l++) {
        free(t->pass.x[l]);
        free(t->mask[l]);
        if (l < NETWORK_LAYERS_MAX) {
            free(t->pass.g[l]);
            free(t->pass.c[l]);
        }
    }
    void *rest[] = {t->pass.heads, t->dheads, t->dx[0], t->dx[1], t->dg, t->hidden, t->dhidden,
                    t->logits, t->turned, t->arc_memory, t->dscore, t->dq, t->dhead, t->head_rows,
                    t->dnear, t->rows.g, t->rows.w, t->rows.m, t->rows.v, t->dense.w, t->dense.g,
                    t->dense.m, t->dense.v, t->slot_of, t->row, t->touched, t->n_rows_of, t->span,
                    (void *)t->word};
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++)
        free(rest[i]);
    free(t);
}

void trainer_parts(struct trainer *t, struct trainer_part out[static TRAINER_PARTS])
{
    size_t dense = t->layout.total, rows = (size_t)t->options.shape.n_rows * t->options.shape.embed;
    const struct trainer_part part[TRAINER_PARTS] = {
        {"dense", t->dense.w, dense, sizeof(float)}, {"dense_m", t->dense.m, dense, sizeof(float)},
        {"dense_v", t->dense.v, dense, sizeof(float)}, {"rows", t->rows.w, rows, sizeof(float)},
        {"rows_m", t->rows.m, rows, sizeof(float)}, {"rows_v", t->rows.v, rows, sizeof(float)},
        {"step", &t->step, 1, sizeof t->step}, {"random", &t->random, 1, sizeof t->random},
    };
    memcpy(out, part, sizeof part);
}

const float *trainer_weights(const struct trainer *trainer)
{
    return trainer->dense.w;
}

const float *trainer_rows(const struct trainer *trainer)
{
    return trainer->rows.w;
}

/* ---- forward ---- */

enum recase { KEEP_CASE, ALL_UPPER, ALL_LOWER, TITLE_CASE };

/* The shape row as if the sentence were written otherwise (features.c: capitals lead). */
static uint32_t recase(struct trainer *t, uint32_t row, enum recase change)
{
    uint32_t capitals = row / 12, rest = row % 12, length = rest % 3;
    if (capitals == 0 || change == KEEP_CASE)
        return row;
    if (change == TITLE_CASE) /* a headline: short words may stay small */
        return capitals == 1 && (length == 2 || learn_random(&t->random, 4) == 0) ? 24 + rest : row;
    return (change == ALL_LOWER ? 1u : length == 0 ? 2u : 3u) * 12 + rest;
}

/* Rows of all words, with some words unknown and some sentences in another case. */
static void take_rows(struct trainer *t)
{
    for (uint32_t s = 0; s < t->n_spans; s++) {
        uint32_t draw = learn_random(&t->random, CASE_CHANGED);
        enum recase change = draw < TITLE_CASE ? (enum recase)(draw + 1) : KEEP_CASE;
        for (uint32_t i = t->span[s].begin; i < t->span[s].end; i++) {
            const struct train_word *word = t->word[i];
            uint32_t *row = t->row + (size_t)i * FEATURES_MAX;
            memcpy(row, word->row, sizeof word->row);
            t->n_rows_of[i] = (uint8_t)word->n_rows;
            row[0] = recase(t, row[0], change);
            if (learn_random(&t->random, word->count + 1) == 0 ||
                learn_random(&t->random, 20) == 0)
                row[2] = FEATURES_UNKNOWN;
        }
    }
}

static void embed_words(struct trainer *t)
{
    size_t embed = t->options.shape.embed;
    memset(t->pass.x[0], 0, t->n_words * embed * sizeof(float));
    for (uint32_t i = 0; i < t->n_words; i++) {
        float *x = t->pass.x[0] + i * embed;
        for (unsigned k = 0; k < t->n_rows_of[i]; k++) {
            const float *row = t->rows.w + t->row[(size_t)i * FEATURES_MAX + k] * embed;
            for (size_t j = 0; j < embed; j++)
                x[j] += row[j];
        }
    }
}

/* Drop a share of x[l], remembered in mask[l]. */
static void drop(struct trainer *t, uint32_t l)
{
    size_t n = t->n_words * (size_t)(l == 0 ? t->options.shape.embed : t->options.shape.dim);
    float *x = t->pass.x[l], *mask = t->mask[l];
    uint32_t limit = (uint32_t)(t->options.dropout * 65536.0);
    float keep = (float)(1.0 / (1.0 - t->options.dropout));
    for (size_t i = 0; i < n; i += 4) { /* n is a multiple of 4 */
        uint64_t bits = learn_random64(&t->random);
        for (size_t k = 0; k < 4; k++, bits >>= 16) {
            mask[i + k] = (bits & 0xFFFF) < limit ? 0 : keep;
            x[i + k] *= mask[i + k];
        }
    }
}

static void product(struct trainer *t, float *c, size_t ldc, const float *a, size_t lda,
                    const float *b, size_t ldb, size_t n, size_t k, size_t m, bool add)
{
    tensor_gemm(&(struct tensor_gemm){c, a, b, ldc, lda, ldb, n, k, m, add, true}, t->path);
}

/* c (m of a x m of b) += a^T b over n rows. */
static void product_at(struct trainer *t, float *c, size_t ldc, const float *a, size_t lda,
                       size_t m_a, const float *b, size_t ldb, size_t m_b, size_t n)
{
    tensor_transpose(t->turned, n, a, lda, n, m_a);
    product(t, c, ldc, t->turned, n, b, ldb, m_a, n, m_b, true);
}

/* c (n x k of w) (+)= a w^T, where w is k x m and m the columns of a. */
static void product_bt(struct trainer *t, float *c, size_t ldc, const float *a, size_t lda,
                       const float *w, size_t ldw, size_t n, size_t k, size_t m, bool add)
{
    tensor_transpose(t->turned, k, w, ldw, k, m);
    product(t, c, ldc, a, lda, t->turned, k, n, m, k, add);
}

/* c += rows of `bias`, then a w; fused. */
static void affine(struct trainer *t, float *c, const float *a, const float *w, const float *bias,
                   size_t k, size_t m)
{
    for (size_t i = 0; i < t->n_words; i++)
        memcpy(c + i * m, bias, m * sizeof *c);
    product(t, c, m, a, k, w, m, t->n_words, k, m, true);
}

static void forward(struct trainer *t)
{
    const struct network_shape *s = &t->options.shape;
    const struct network_layout *l = &t->layout;
    const float *w = t->dense.w;
    embed_words(t);
    drop(t, 0);
    for (uint32_t i = 0; i < s->layers; i++) {
        affine(t, t->pass.g[i], t->pass.x[i], w + l->w[i], w + l->b[i], l->in[i], l->gates[i]);
        network_recur(s, l, w, i, &t->pass, t->span, t->n_spans, t->path);
        drop(t, i + 1);
    }
    affine(t, t->pass.heads, t->pass.x[s->layers], w + l->heads, w + l->heads_bias, s->dim, l->width);
    network_cut_heads(l, &t->pass, t->n_words);
}

/* ---- gradients ---- */

static double tag_loss(struct trainer *t, float weight)
{
    double loss = 0;
    size_t width = t->layout.width, at = t->layout.at_tags, n = t->options.shape.n_tags;
    for (uint32_t i = 0; i < t->n_words; i++) {
        float *d = t->dheads + i * width + at;
        memcpy(d, t->pass.heads + i * width + at, n * sizeof *d);
        loss += learn_cross_entropy(d, n, t->word[i]->tag, weight * TAG_WEIGHT);
    }
    return loss;
}

static double arc_loss(struct trainer *t, const struct network_span *span, float weight)
{
    const struct network_shape *s = &t->options.shape;
    const struct network_layout *l = &t->layout;
    uint32_t n = span->end - span->begin;
    size_t arc = s->arc, width = l->width;
    const float *heads = t->pass.heads + span->begin * width;
    float *dheads = t->dheads + span->begin * width, *w = t->dense.w, *g = t->dense.g;
    struct network_arcs a;
    network_arcs(s, l, w, heads, n, t->arc_memory, &a, t->path);
    double loss = 0;
    memset(t->dnear, 0, n * NETWORK_DISTANCES * sizeof(float));
    memset(t->dscore, 0, n * a.ld * sizeof(float));
    for (uint32_t d = 0; d < n; d++) {
        float *row = t->dscore + d * a.ld, *near = t->dnear + (size_t)d * NETWORK_DISTANCES;
        memcpy(row, a.score + d * a.ld, (n + 1) * sizeof *row);
        row[d + 1] = -1e30f;
        loss += learn_cross_entropy(row, n + 1, t->word[span->begin + d]->head, weight);
        row[d + 1] = 0;
        near[NETWORK_DISTANCE_ROOT] += row[0];
        for (uint32_t h = 0; h < n; h++)
            near[network_distance((int)h - (int)d)] += row[h + 1];
    }
    tensor_transpose(t->head_rows, arc, a.head, a.ld, arc, a.ld);
    product(t, t->dq, arc, t->dscore, a.ld, t->head_rows, arc, n, a.ld, arc, false);
    memset(t->dhead, 0, a.ld * arc * sizeof(float));
    product_at(t, t->dhead, arc, t->dscore, a.ld, a.ld, a.q, arc, arc, n);
    for (uint32_t i = 0; i < n; i++)
        memcpy(dheads + i * width + l->at_arc_head, t->dhead + (i + 1) * arc, arc * sizeof(float));
    for (size_t j = 0; j < arc; j++)
        g[l->arc_root + j] += t->dhead[j];
    learn_add_columns(g + l->w_arc, t->dq, arc, n, arc);
    product_at(t, g + l->u, arc, heads, width, arc, t->dq, arc, arc, n);
    product_bt(t, dheads, width, t->dq, arc, w + l->u, arc, n, arc, arc, true);
    product_at(t, g + l->distance, NETWORK_DISTANCES, heads, width, arc, t->dnear,
               NETWORK_DISTANCES, NETWORK_DISTANCES, n);
    product_bt(t, dheads, width, t->dnear, NETWORK_DISTANCES, w + l->distance, NETWORK_DISTANCES,
               n, arc, NETWORK_DISTANCES, true);
    for (uint32_t i = 0; i < n; i++)
        for (size_t j = 0; j < 2 * arc; j++)
            if (heads[i * width + j] <= 0)
                dheads[i * width + j] = 0;
    return loss;
}

static double rel_loss(struct trainer *t, float weight)
{
    const struct network_shape *s = &t->options.shape;
    const struct network_layout *l = &t->layout;
    size_t rel = s->rel, width = l->width, rels = l->rels;
    float *w = t->dense.w, *g = t->dense.g;
    double loss = 0;
    for (uint32_t k = 0; k < t->n_spans; k++)
        for (uint32_t i = t->span[k].begin; i < t->span[k].end; i++) {
            uint32_t h = t->word[i]->head;
            const float *dep = t->pass.heads + i * width + l->at_rel_dep;
            const float *head = h ? t->pass.heads + (t->span[k].begin + h - 1) * width +
                                    l->at_rel_head : w + l->rel_root;
            for (size_t j = 0; j < rel; j++) {
                float sum = dep[j] + head[j];
                t->hidden[i * rel + j] = sum > 0 ? sum : 0;
            }
            memcpy(t->logits + i * rels, w + l->o_bias, rels * sizeof(float));
        }
    product(t, t->logits, rels, t->hidden, rel, w + l->o, rels, t->n_words, rel, rels, true);
    for (uint32_t i = 0; i < t->n_words; i++) {
        loss += learn_cross_entropy(t->logits + i * rels, s->n_rels, t->word[i]->rel, weight);
        for (size_t j = s->n_rels; j < rels; j++)
            t->logits[i * rels + j] = 0;
    }
    learn_add_columns(g + l->o_bias, t->logits, rels, t->n_words, rels);
    product_at(t, g + l->o, rels, t->hidden, rel, rel, t->logits, rels, rels, t->n_words);
    product_bt(t, t->dhidden, rel, t->logits, rels, w + l->o, rels, t->n_words, rel, rels, false);
    for (uint32_t k = 0; k < t->n_spans; k++)
        for (uint32_t i = t->span[k].begin; i < t->span[k].end; i++) {
            uint32_t h = t->word[i]->head;
            float *dep = t->dheads + i * width + l->at_rel_dep;
            float *head = h ? t->dheads + (t->span[k].begin + h - 1) * width + l->at_rel_head
                            : g + l->rel_root;
            for (size_t j = 0; j < rel; j++)
                if (t->hidden[i * rel + j] > 0) {
                    dep[j] += t->dhidden[i * rel + j];
                    head[j] += t->dhidden[i * rel + j];
                }
        }
    return loss;
}

/* Through the recurrence of one layer, one direction, one sentence: dy -> dg, and dx of the skip. */
static void back_sru(struct trainer *t, uint32_t l, const struct network_span *span, size_t side,
                     const float *dy, float *dx)
{
    size_t dim = t->options.shape.dim, h = dim / 2, gates = t->layout.gates[l];
    size_t at = span->begin * dim + side * h, gate = span->begin * gates + side * gates / 2;
    const float *g = t->pass.g[l] + gate;
    float *dg = t->dg + gate;
    learn_sru_back(&(struct learn_sru){
        .g = g, .c = t->pass.c[l] + at, .x = l == 0 ? g + 3 * h : t->pass.x[l] + at,
        .v = t->dense.w + t->layout.v[l] + side * dim, .dy = dy + at, .dg = dg,
        .dx = l == 0 ? dg + 3 * h : dx + at, .dv = t->dense.g + t->layout.v[l] + side * dim,
        .ldg = gates, .ldc = dim, .ldx = l == 0 ? gates : dim, .n = span->end - span->begin, .h = h,
        .backward = side == 1});
}

static void back_heads(struct trainer *t)
{
    const struct network_shape *s = &t->options.shape;
    const struct network_layout *l = &t->layout;
    size_t dim = s->dim, n = t->n_words, width = l->width;
    float *w = t->dense.w, *g = t->dense.g;
    learn_add_columns(g + l->heads_bias, t->dheads, width, n, width);
    product_at(t, g + l->heads, width, t->pass.x[s->layers], dim, dim, t->dheads, width,
                       width, n);
    product_bt(t, t->dx[0], dim, t->dheads, width, w + l->heads, width, n, dim, width,
                       false);
}

static float *row_gradient(struct trainer *t, uint32_t row)
{
    size_t embed = t->options.shape.embed;
    if (!t->slot_of[row]) {
        t->touched[t->n_touched++] = row;
        t->slot_of[row] = t->n_touched;
        memset(t->rows.g + (t->n_touched - 1) * embed, 0, embed * sizeof(float));
    }
    return t->rows.g + (t->slot_of[row] - 1) * embed;
}

static void backward(struct trainer *t)
{
    const struct network_shape *s = &t->options.shape;
    const struct network_layout *l = &t->layout;
    size_t dim = s->dim, embed = s->embed, n = t->n_words;
    float *w = t->dense.w, *g = t->dense.g, *dy = t->dx[0], *dx = t->dx[1];
    for (uint32_t k = s->layers; k-- > 0;) {
        size_t gates = l->gates[k], in = l->in[k];
        for (size_t i = 0; i < n * dim; i++)
            dy[i] *= t->mask[k + 1][i];
        for (uint32_t j = 0; j < t->n_spans; j++)
            for (size_t side = 0; side < 2; side++)
                back_sru(t, k, &t->span[j], side, dy, dx);
        learn_add_columns(g + l->b[k], t->dg, gates, n, gates);
        product_at(t, g + l->w[k], gates, t->pass.x[k], in, in, t->dg, gates, gates, n);
        product_bt(t, dx, in, t->dg, gates, w + l->w[k], gates, n, in, gates, k > 0);
        float *swap = dy;
        dy = dx;
        dx = swap;
    }
    for (uint32_t i = 0; i < n; i++) {
        float *d = dy + i * embed;
        for (size_t j = 0; j < embed; j++)
            d[j] *= t->mask[0][i * embed + j];
        for (unsigned k = 0; k < t->n_rows_of[i]; k++) {
            float *to = row_gradient(t, t->row[(size_t)i * FEATURES_MAX + k]);
            for (size_t j = 0; j < embed; j++)
                to[j] += d[j];
        }
    }
}

/* ---- updates ---- */

/* Gradients longer than 1 are cut to length 1... of what a step usually has: keeps early steps sane. */
static float clip(const struct trainer *t)
{
    double sum = 0;
    for (size_t i = 0; i < t->layout.total; i++)
        sum += (double)t->dense.g[i] * t->dense.g[i];
    double length = sqrt(sum), most = 5.0;
    return length > most ? (float)(most / length) : 1.0f;
}

static void update(struct trainer *t)
{
    size_t embed = t->options.shape.embed;
    double done = (double)t->step / t->options.steps;
    double rate = t->options.rate * (t->step < WARM_STEPS ? (t->step + 1.0) / WARM_STEPS : 1.0) *
                  (done < 1 ? 1 - done : 0);
    double power = (double)t->step + 1;
    float fix = (float)(1 / (1 - pow(LEARN_BETA1, power)));
    float root = (float)(1 / sqrt(1 - pow(LEARN_BETA2, power)));
    float shrink = clip(t);
    if (shrink < 1) {
        for (size_t i = 0; i < t->layout.total; i++)
            t->dense.g[i] *= shrink;
        for (size_t i = 0; i < t->n_touched * embed; i++)
            t->rows.g[i] *= shrink;
    }
    learn_adam(t->dense.w, t->dense.g, t->dense.m, t->dense.v, t->layout.total, (float)rate * fix, root);
    for (uint32_t i = 0; i < t->n_touched; i++) {
        size_t at = t->touched[i] * embed;
        learn_adam(t->rows.w + at, t->rows.g + i * embed, t->rows.m + at, t->rows.v + at, embed,
             (float)rate * fix, root);
        t->slot_of[t->touched[i]] = 0;
    }
    t->n_touched = 0;
    memset(t->dense.g, 0, t->layout.total * sizeof(float));
    t->step++;
}

void trainer_step(struct trainer *t, const uint32_t *sentence, uint32_t n, double *loss)
{
    t->n_words = t->n_spans = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct train_sentence *sent = &t->data->sentence[sentence[i]];
        t->span[t->n_spans++] = (struct network_span){t->n_words, t->n_words + sent->n};
        for (uint32_t k = 0; k < sent->n; k++)
            t->word[t->n_words++] = &t->data->word[sent->first + k];
    }
    if (t->n_words == 0)
        return;
    float weight = 1.0f / (float)t->n_words;
    take_rows(t);
    forward(t);
    memset(t->dheads, 0, t->n_words * t->layout.width * sizeof(float));
    *loss += TAG_WEIGHT * tag_loss(t, weight);
    for (uint32_t s = 0; s < t->n_spans; s++)
        *loss += arc_loss(t, &t->span[s], weight);
    *loss += rel_loss(t, weight);
    back_heads(t);
    backward(t);
    update(t);
}
