/* SPDX-License-Identifier: MIT */
/*
 * train-lm.c - learn words and layers from raw text: hidden words are guessed from the others.
 *
 * Reads    words of raw text as rows.
 * Leaves   better rows and layers; the heads are untouched.
 *
 * Method   One word in HIDDEN_ONE_OF loses its rows for that of a hidden word. Its place's vector,
 *          turned by a matrix that is thrown away afterwards, is compared with the row of the word
 *          that stood there and with the rows of TRAINER_CANDIDATES words drawn by frequency to the
 *          power 0.75; scores are corrected for how likely a word is drawn (sampled softmax).
 * Source   Y. Bengio and J.-S. Senecal, Quick training of probabilistic neural nets, 2003.
 */
#include "syntax/train-private.h"

#include <math.h>
#include <stdlib.h>

#define HIDDEN_ONE_OF 5

bool trainer_lm_init(struct trainer *t)
{
    size_t dim = t->options.shape.dim, words = t->capacity, candidates = TRAINER_CANDIDATES;
    uint32_t n_rows = t->options.shape.n_rows;
    t->lm.w = trainer_floats(dim * dim);
    t->lm.g = trainer_floats(dim * dim);
    t->lm.m = trainer_floats(dim * dim);
    t->lm.v = trainer_floats(dim * dim);
    t->lm_x = trainer_floats(words * dim);
    t->lm_h = trainer_floats(words * dim);
    t->lm_dh = trainer_floats(words * dim);
    t->lm_score = trainer_floats(words * candidates);
    t->lm_rows = trainer_floats(candidates * dim);
    t->lm_turned = trainer_floats(candidates * (dim > words ? dim : words));
    t->lm_at = calloc(words, sizeof *t->lm_at);
    t->lm_truth = calloc(words, sizeof *t->lm_truth);
    t->lm_row = calloc(n_rows, sizeof *t->lm_row);
    t->lm_sum = calloc(n_rows + 1, sizeof *t->lm_sum);
    if (!t->lm.w || !t->lm.g || !t->lm.m || !t->lm.v || !t->lm_x || !t->lm_h || !t->lm_dh ||
        !t->lm_score || !t->lm_rows || !t->lm_turned || !t->lm_at || !t->lm_truth || !t->lm_row ||
        !t->lm_sum)
        return false;
    for (size_t i = 0; i < dim * dim; i++)
        t->lm.w[i] = (i / dim == i % dim ? 1.0f : 0) +
                     ((float)(trainer_random64(&t->random) >> 40) / 8388608.0f - 1.0f) * 0.02f;
    const struct map *map = &t->data->feature;
    for (uint32_t i = 0; i < map->capacity; i++)
        if (map->entry[i].key.p && map->entry[i].key.p[0] == 'w')
            t->lm_row[map->entry[i].value] = 1;
    uint32_t n = 0;
    double sum = 0;
    for (uint32_t row = 0; row < n_rows; row++)
        if (t->lm_row[row]) {
            t->lm_row[n] = row; /* n <= row: nothing unread is lost */
            t->lm_sum[n++] = sum;
            sum += pow(t->data->row_count[row], 0.75);
        }
    t->lm_sum[n] = sum;
    t->n_lm_rows = n;
    return n > 0;
}

void trainer_lm_deinit(struct trainer *t)
{
    void *all[] = {t->lm.w, t->lm.g, t->lm.m, t->lm.v, t->lm_x, t->lm_h, t->lm_dh, t->lm_score,
                   t->lm_rows, t->lm_turned, t->lm_at, t->lm_truth, t->lm_row, t->lm_sum};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        free(all[i]);
    t->lm = (struct moments){0};
    t->lm_x = t->lm_h = t->lm_dh = t->lm_score = t->lm_rows = t->lm_turned = NULL;
    t->lm_at = t->lm_truth = t->lm_row = NULL;
    t->lm_sum = NULL;
}

/* A word drawn by its chance. */
static uint32_t draw(struct trainer *t)
{
    double all = t->lm_sum[t->n_lm_rows];
    double at = (double)(trainer_random64(&t->random) >> 11) / 9007199254740992.0 * all;
    uint32_t low = 0, high = t->n_lm_rows;
    while (low + 1 < high) {
        uint32_t middle = (low + high) / 2;
        if (t->lm_sum[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return t->lm_row[low];
}

static float log_chance(const struct trainer *t, uint32_t row)
{
    return (float)log(pow(t->data->row_count[row], 0.75) / t->lm_sum[t->n_lm_rows] *
                      TRAINER_CANDIDATES);
}

/* Rows of the batch; hidden words lose theirs. Returns their number. */
static uint32_t hide(struct trainer *t)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < t->n_words; i++) {
        const struct train_word *word = t->word[i];
        uint32_t *row = t->row + (size_t)i * FEATURES_MAX;
        memcpy(row, word->row, sizeof word->row);
        t->n_rows_of[i] = (uint8_t)word->n_rows;
        if (word->row[2] == FEATURES_UNKNOWN || train_random(&t->random, HIDDEN_ONE_OF) != 0)
            continue;
        t->lm_at[n] = i;
        t->lm_truth[n++] = word->row[2];
        row[0] = FEATURES_HIDDEN; /* the blanks around it may be seen */
        t->n_rows_of[i] = 2;
    }
    return n;
}

/* Gradients of the scores in place; the truth's own go to `right`. Returns the loss. */
static double compare(struct trainer *t, uint32_t k, const uint32_t *candidate, const float *chance,
                      float weight, float *right)
{
    float *score = t->lm_score + (size_t)k * TRAINER_CANDIDATES;
    size_t dim = t->options.shape.dim;
    const float *h = t->lm_h + k * dim, *row = t->rows.w + t->lm_truth[k] * dim;
    float truth = -log_chance(t, t->lm_truth[k]), most = -1e30f;
    for (size_t j = 0; j < dim; j++)
        truth += h[j] * row[j];
    for (uint32_t i = 0; i < TRAINER_CANDIDATES; i++) {
        score[i] = candidate[i] == t->lm_truth[k] ? -1e30f : score[i] - chance[i];
        most = score[i] > most ? score[i] : most;
    }
    float sum = tensor_exp_sum(score, score, TRAINER_CANDIDATES);
    /* the truth's share, kept from overflow */
    float above = truth - most;
    float own = above > 60 ? 1.0f : expf(above) / (expf(above) + sum);
    float rest = above > 60 ? 0 : 1.0f / (expf(above) + sum);
    for (uint32_t i = 0; i < TRAINER_CANDIDATES; i++)
        score[i] *= rest * weight;
    *right = (own - 1) * weight;
    return -log((double)own + 1e-30);
}

static double guess(struct trainer *t, uint32_t n)
{
    size_t dim = t->options.shape.dim;
    uint32_t candidate[TRAINER_CANDIDATES];
    float chance[TRAINER_CANDIDATES];
    const float *x = t->pass.x[t->options.shape.layers];
    for (uint32_t k = 0; k < n; k++)
        memcpy(t->lm_x + k * dim, x + t->lm_at[k] * dim, dim * sizeof(float));
    for (uint32_t i = 0; i < TRAINER_CANDIDATES; i++) {
        candidate[i] = draw(t);
        chance[i] = log_chance(t, candidate[i]);
        memcpy(t->lm_rows + i * dim, t->rows.w + candidate[i] * dim, dim * sizeof(float));
    }
    trainer_product(t, t->lm_h, dim, t->lm_x, dim, t->lm.w, dim, n, dim, dim, false);
    tensor_transpose(t->lm_turned, TRAINER_CANDIDATES, t->lm_rows, dim, TRAINER_CANDIDATES, dim);
    trainer_product(t, t->lm_score, TRAINER_CANDIDATES, t->lm_h, dim, t->lm_turned,
                    TRAINER_CANDIDATES, n, dim, TRAINER_CANDIDATES, false);
    double loss = 0;
    float weight = 1.0f / (float)n;
    for (uint32_t k = 0; k < n; k++) {
        float right;
        loss += compare(t, k, candidate, chance, weight, &right);
        const float *row = t->rows.w + t->lm_truth[k] * dim, *h = t->lm_h + k * dim;
        float *g = trainer_row_gradient(t, t->lm_truth[k]), *dh = t->lm_dh + k * dim;
        for (size_t j = 0; j < dim; j++) {
            g[j] += right * h[j];
            dh[j] = right * row[j];
        }
    }
    trainer_product(t, t->lm_dh, dim, t->lm_score, TRAINER_CANDIDATES, t->lm_rows, dim, n,
                    TRAINER_CANDIDATES, dim, true);
    /* into the candidates' rows: score^T h */
    tensor_transpose(t->lm_turned, n, t->lm_score, TRAINER_CANDIDATES, n, TRAINER_CANDIDATES);
    trainer_product(t, t->lm_rows, dim, t->lm_turned, n, t->lm_h, dim, TRAINER_CANDIDATES, n, dim,
                    false);
    for (uint32_t i = 0; i < TRAINER_CANDIDATES; i++) {
        float *g = trainer_row_gradient(t, candidate[i]);
        for (size_t j = 0; j < dim; j++)
            g[j] += t->lm_rows[i * dim + j];
    }
    trainer_product_at(t, t->lm.g, dim, t->lm_x, dim, dim, t->lm_dh, dim, dim, n);
    trainer_product_bt(t, t->lm_x, dim, t->lm_dh, dim, t->lm.w, dim, n, dim, dim, false);
    memset(t->dx[0], 0, t->n_words * dim * sizeof(float));
    for (uint32_t k = 0; k < n; k++)
        memcpy(t->dx[0] + t->lm_at[k] * dim, t->lm_x + k * dim, dim * sizeof(float));
    return loss / n;
}

void trainer_raw_step(struct trainer *t, const struct train_word *word, uint32_t n,
                      const struct network_span *span, uint32_t n_spans, double *loss)
{
    if (n > t->capacity || (!t->lm.w && !trainer_lm_init(t)))
        return;
    t->n_words = n;
    t->n_spans = n_spans;
    memcpy(t->span, span, n_spans * sizeof *span);
    for (uint32_t i = 0; i < n; i++)
        t->word[i] = &word[i];
    uint32_t hidden = hide(t);
    if (hidden == 0)
        return;
    trainer_forward(t);
    *loss += guess(t, hidden);
    trainer_backward(t);
    trainer_update(t);
}
