/* SPDX-License-Identifier: MIT */
/*
 * train-net.c - loss, gradients and updates of the network of net.h.
 *
 * Reads    sentences of a sample.
 * Leaves   better weights.
 *
 * Method   Cross entropy of the labels, summed over the words and divided by their number. Dropout on
 *          what goes in and comes out; a word's own row is the unknown one with a chance that falls
 *          with how often it stands in the sample, and its hints are left out now and then, so that
 *          affixes, view and context learn to do without. Adam; rows are updated when they occur.
 */
#include "names/train-net.h"

#include <math.h>
#include <stdlib.h>

#include "syntax/learn.h"

#define WARM_STEPS 100
#define UNKNOWN_ONE_IN 8  /* a word's row, beside rare words */
#define NO_HINTS_ONE_IN 6

struct moments {
    float *w, *g, *m, *v;
};

struct net_trainer {
    const struct sample *sample;
    struct net_trainer_options options;
    struct net_layout layout;
    struct moments dense; /* layout.total */
    struct moments rows;  /* w, m, v: n_rows x embed; g: touched rows x embed */
    uint32_t *slot_of;    /* n_rows: place in rows.g + 1 when touched in this step */
    uint32_t *touched, n_touched;
    uint32_t capacity;    /* words of a batch */
    struct net_pass pass;
    float *view, *view_mask;            /* words x view */
    float *x_mask, *y_mask;             /* 0 or 1 / (1 - dropout) */
    float *score, *dy, *dg, *dx; /* words x NET_SCORES, dim, gates, embed */
    float *turned;                      /* a transposed matrix */
    uint32_t *row;                      /* words x SAMPLE_ROWS */
    uint8_t *n_rows_of;
    const struct sample_word **word;
    size_t *word_at;                    /* of each word in the sample */
    struct network_span *span;
    uint32_t n_words, n_spans, step;
    uint64_t random;
    enum tensor_path path;
};

/* ---- making ---- */

static void fill(struct net_trainer *t, size_t at, size_t n, float reach)
{
    for (size_t i = 0; i < n; i++)
        t->dense.w[at + i] = learn_uniform(&t->random, reach);
}

static void init_weights(struct net_trainer *t)
{
    const struct net_shape *s = &t->options.shape;
    const struct net_layout *l = &t->layout;
    for (size_t k = 0; k < l->gates; k++) /* read on at first: the gate r half closed */
        t->dense.w[l->b + k] = k % (l->gates / 2) / (s->dim / 2) == 2 ? -0.5f : 0;
    fill(t, l->v, 2 * (size_t)s->dim, 0.5f);
    fill(t, l->out, (size_t)s->dim * NET_SCORES, sqrtf(3.0f / (float)s->dim));
    fill(t, l->w_view, s->view * l->gates, sqrtf(1.0f / (float)s->view));
    fill(t, l->w_embed, s->embed * l->gates, sqrtf(1.0f / (float)s->embed));
    for (size_t i = 0; i < (size_t)s->n_rows * s->embed; i++)
        t->rows.w[i] = learn_uniform(&t->random, 0.2f);
}

static bool make_buffers(struct net_trainer *t)
{
    const struct net_shape *s = &t->options.shape;
    size_t words = t->capacity, gates = t->layout.gates;
    size_t most = words > gates ? words : gates, in = s->view > s->dim ? s->view : s->dim;
    const struct { float **p; size_t n; } all[] = {
        {&t->pass.x, words * s->embed}, {&t->pass.g, words * gates}, {&t->pass.c, words * s->dim},
        {&t->pass.y, words * s->dim}, {&t->view, words * s->view}, {&t->view_mask, words * s->view},
        {&t->x_mask, words * s->embed}, {&t->y_mask, words * s->dim},
        {&t->score, words * NET_SCORES}, {&t->dy, words * s->dim}, {&t->dg, words * gates},
        {&t->dx, words * s->embed}, {&t->turned, most * (in > s->embed ? in : s->embed)},
        {&t->rows.g, words * SAMPLE_ROWS * s->embed},
        {&t->dense.w, t->layout.total}, {&t->dense.g, t->layout.total},
        {&t->dense.m, t->layout.total}, {&t->dense.v, t->layout.total},
        {&t->rows.w, (size_t)s->n_rows * s->embed}, {&t->rows.m, (size_t)s->n_rows * s->embed},
        {&t->rows.v, (size_t)s->n_rows * s->embed},
    };
    bool ok = true;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        ok &= (*all[i].p = learn_floats(all[i].n)) != NULL;
    t->row = calloc(words * SAMPLE_ROWS, sizeof *t->row);
    t->touched = calloc(words * SAMPLE_ROWS, sizeof *t->touched);
    t->n_rows_of = calloc(words, sizeof *t->n_rows_of);
    t->word = calloc(words, sizeof *t->word);
    t->word_at = calloc(words, sizeof *t->word_at);
    t->span = calloc(words, sizeof *t->span);
    t->slot_of = calloc(s->n_rows, sizeof *t->slot_of);
    return ok && t->row && t->touched && t->n_rows_of && t->word && t->word_at && t->span && t->slot_of;
}

struct net_trainer *net_trainer_new(const struct sample *sample, const struct net_trainer_options *options)
{
    struct net_trainer *t = calloc(1, sizeof *t);
    if (!t)
        return NULL;
    t->sample = sample;
    t->options = *options;
    t->capacity = options->batch + SAMPLE_SENTENCE_MAX;
    t->path = tensor_best_path();
    t->random = UINT64_C(0x5DEECE66D) + options->seed;
    if (!net_layout(&options->shape, &t->layout) || !make_buffers(t)) {
        net_trainer_free(t);
        return NULL;
    }
    init_weights(t);
    return t;
}

void net_trainer_free(struct net_trainer *t)
{
    if (!t)
        return;
    void *all[] = {t->pass.x, t->pass.g, t->pass.c, t->pass.y, t->view, t->view_mask, t->x_mask,
                   t->y_mask, t->score, t->dy, t->dg, t->dx, t->turned, t->rows.g, t->dense.w,
                   t->dense.g, t->dense.m, t->dense.v, t->rows.w, t->rows.m, t->rows.v, t->row,
                   t->touched, t->n_rows_of, (void *)t->word, t->word_at, t->span, t->slot_of};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        free(all[i]);
    free(t);
}

const float *net_trainer_weights(const struct net_trainer *trainer)
{
    return trainer->dense.w;
}

const float *net_trainer_rows(const struct net_trainer *trainer)
{
    return trainer->rows.w;
}

/* ---- forward ---- */

/* Rows of all words, some of them unknown or without hints. */
static void take_rows(struct net_trainer *t)
{
    for (uint32_t i = 0; i < t->n_words; i++) {
        const struct sample_word *word = t->word[i];
        uint32_t *row = t->row + (size_t)i * SAMPLE_ROWS;
        memcpy(row, word->row, sizeof word->row);
        t->n_rows_of[i] = word->n_rows;
        if (learn_random(&t->random, t->sample->row_count[row[0]] + 1) == 0 ||
            learn_random(&t->random, UNKNOWN_ONE_IN) == 0)
            row[0] = FEATURES_UNKNOWN;
        if (learn_random(&t->random, NO_HINTS_ONE_IN) == 0)
            t->n_rows_of[i] -= word->n_hints;
    }
}

static void drop(struct net_trainer *t, float *x, float *mask, size_t n)
{
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

/* What goes in: the parser's view as floats, and the summed rows. */
static void take_words(struct net_trainer *t)
{
    size_t view = t->options.shape.view, embed = t->options.shape.embed;
    memset(t->pass.x, 0, t->n_words * embed * sizeof(float));
    for (uint32_t i = 0; i < t->n_words; i++) {
        const uint8_t *q = t->sample->view + t->word_at[i] * view;
        float *x = t->pass.x + i * embed, *to = t->view + i * view, scale = t->word[i]->view_scale;
        for (size_t j = 0; j < view; j++)
            to[j] = (float)((int)q[j] - 128) * scale;
        for (unsigned k = 0; k < t->n_rows_of[i]; k++) {
            const float *row = t->rows.w + t->row[(size_t)i * SAMPLE_ROWS + k] * embed;
            for (size_t j = 0; j < embed; j++)
                x[j] += row[j];
        }
    }
    drop(t, t->view, t->view_mask, t->n_words * view);
    drop(t, t->pass.x, t->x_mask, t->n_words * embed);
}

static void product(struct net_trainer *t, float *c, size_t ldc, const float *a, size_t lda,
                    const float *b, size_t ldb, size_t n, size_t k, size_t m, bool add)
{
    tensor_gemm(&(struct tensor_gemm){c, a, b, ldc, lda, ldb, n, k, m, add, true}, t->path);
}

/* c (m of a x m of b) += a^T b over all words. */
static void product_at(struct net_trainer *t, float *c, const float *a, size_t m_a, const float *b,
                       size_t m_b)
{
    tensor_transpose(t->turned, t->n_words, a, m_a, t->n_words, m_a);
    product(t, c, m_b, t->turned, t->n_words, b, m_b, m_a, t->n_words, m_b, true);
}

/* c (words x k) = a w^T, where w is k x m. */
static void product_bt(struct net_trainer *t, float *c, const float *a, const float *w, size_t k,
                       size_t m)
{
    tensor_transpose(t->turned, k, w, m, k, m);
    product(t, c, k, a, m, t->turned, k, t->n_words, m, k, false);
}

static void forward(struct net_trainer *t)
{
    const struct net_shape *s = &t->options.shape;
    const struct net_layout *l = &t->layout;
    const float *w = t->dense.w;
    take_words(t);
    for (size_t i = 0; i < t->n_words; i++)
        memcpy(t->pass.g + i * l->gates, w + l->b, l->gates * sizeof *w);
    product(t, t->pass.g, l->gates, t->view, s->view, w + l->w_view, l->gates, t->n_words, s->view,
            l->gates, true);
    product(t, t->pass.g, l->gates, t->pass.x, s->embed, w + l->w_embed, l->gates, t->n_words,
            s->embed, l->gates, true);
    net_recur(s, l, w, &t->pass, t->span, t->n_spans, t->path);
    drop(t, t->pass.y, t->y_mask, (size_t)t->n_words * s->dim);
    for (size_t i = 0; i < t->n_words; i++)
        memcpy(t->score + i * NET_SCORES, w + l->out_bias, NET_SCORES * sizeof *w);
    product(t, t->score, NET_SCORES, t->pass.y, s->dim, w + l->out, NET_SCORES, t->n_words, s->dim,
            NET_SCORES, true);
}

/* ---- gradients ---- */

static float *row_gradient(struct net_trainer *t, uint32_t row)
{
    size_t embed = t->options.shape.embed;
    if (!t->slot_of[row]) {
        t->touched[t->n_touched++] = row;
        t->slot_of[row] = t->n_touched;
        memset(t->rows.g + (t->n_touched - 1) * embed, 0, embed * sizeof(float));
    }
    return t->rows.g + (t->slot_of[row] - 1) * embed;
}

static void back_rows(struct net_trainer *t)
{
    size_t embed = t->options.shape.embed;
    for (uint32_t i = 0; i < t->n_words; i++) {
        float *d = t->dx + i * embed;
        for (size_t j = 0; j < embed; j++)
            d[j] *= t->x_mask[i * embed + j];
        for (unsigned k = 0; k < t->n_rows_of[i]; k++) {
            float *to = row_gradient(t, t->row[(size_t)i * SAMPLE_ROWS + k]);
            for (size_t j = 0; j < embed; j++)
                to[j] += d[j];
        }
    }
}

static void back_recur(struct net_trainer *t)
{
    const struct net_layout *l = &t->layout;
    size_t dim = t->options.shape.dim, hidden = dim / 2, gates = l->gates;
    for (uint32_t s = 0; s < t->n_spans; s++)
        for (size_t side = 0; side < 2; side++) {
            size_t gate = t->span[s].begin * gates + side * gates / 2;
            size_t at = t->span[s].begin * dim + side * hidden;
            learn_sru_back(&(struct learn_sru){
                .g = t->pass.g + gate, .c = t->pass.c + at, .x = t->pass.g + gate + 3 * hidden,
                .v = t->dense.w + l->v + side * dim, .dy = t->dy + at, .dg = t->dg + gate,
                .dx = t->dg + gate + 3 * hidden, .dv = t->dense.g + l->v + side * dim,
                .ldg = gates, .ldc = dim, .ldx = gates, .n = t->span[s].end - t->span[s].begin,
                .h = hidden, .backward = side == 1});
        }
}

static double backward(struct net_trainer *t)
{
    const struct net_shape *s = &t->options.shape;
    const struct net_layout *l = &t->layout;
    float *w = t->dense.w, *g = t->dense.g, weight = 1.0f / (float)t->n_words;
    double loss = 0;
    for (uint32_t i = 0; i < t->n_words; i++) {
        float *score = t->score + (size_t)i * NET_SCORES;
        if (t->word[i]->label == SAMPLE_UNTOLD) {
            memset(score, 0, NET_SCORES * sizeof *score);
            continue;
        }
        loss += learn_cross_entropy(score, NET_LABELS, t->word[i]->label, weight);
        for (size_t j = NET_LABELS; j < NET_SCORES; j++)
            score[j] = 0;
    }
    learn_add_columns(g + l->out_bias, t->score, NET_SCORES, t->n_words, NET_SCORES);
    product_at(t, g + l->out, t->pass.y, s->dim, t->score, NET_SCORES);
    product_bt(t, t->dy, t->score, w + l->out, s->dim, NET_SCORES);
    for (size_t i = 0; i < (size_t)t->n_words * s->dim; i++)
        t->dy[i] *= t->y_mask[i];
    back_recur(t);
    learn_add_columns(g + l->b, t->dg, l->gates, t->n_words, l->gates);
    product_at(t, g + l->w_view, t->view, s->view, t->dg, l->gates);
    product_at(t, g + l->w_embed, t->pass.x, s->embed, t->dg, l->gates);
    product_bt(t, t->dx, t->dg, w + l->w_embed, s->embed, l->gates);
    back_rows(t);
    return loss;
}

/* ---- updates ---- */

static void update(struct net_trainer *t)
{
    size_t embed = t->options.shape.embed;
    double done = (double)t->step / t->options.steps, power = (double)t->step + 1;
    double rate = t->options.rate * (t->step < WARM_STEPS ? (t->step + 1.0) / WARM_STEPS : 1.0) *
                  (done < 1 ? 1 - done : 0);
    float fix = (float)(rate / (1 - pow(LEARN_BETA1, power)));
    float root = (float)(1 / sqrt(1 - pow(LEARN_BETA2, power)));
    learn_adam(t->dense.w, t->dense.g, t->dense.m, t->dense.v, t->layout.total, fix, root);
    for (uint32_t i = 0; i < t->n_touched; i++) {
        size_t at = t->touched[i] * embed;
        learn_adam(t->rows.w + at, t->rows.g + i * embed, t->rows.m + at, t->rows.v + at, embed, fix, root);
        t->slot_of[t->touched[i]] = 0;
    }
    t->n_touched = 0;
    memset(t->dense.g, 0, t->layout.total * sizeof(float));
    t->step++;
}

void net_trainer_step(struct net_trainer *t, const uint32_t *sentence, uint32_t n, double *loss)
{
    t->n_words = t->n_spans = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct sample_sentence *sent = &t->sample->sentence[sentence[i]];
        t->span[t->n_spans++] = (struct network_span){t->n_words, t->n_words + sent->n};
        for (uint32_t k = 0; k < sent->n; k++, t->n_words++) {
            t->word[t->n_words] = &t->sample->word[sent->first + k];
            t->word_at[t->n_words] = sent->first + k;
        }
    }
    if (t->n_words == 0)
        return;
    take_rows(t);
    forward(t);
    *loss += backward(t);
    update(t);
}
