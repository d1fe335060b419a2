/* SPDX-License-Identifier: MIT */
/* train-private.h - the trainer's inside, shared by train-net.c and train-lm.c. */
#ifndef SYNTAX_TRAIN_PRIVATE_H
#define SYNTAX_TRAIN_PRIVATE_H

#include "syntax/train-net.h"

#define TRAINER_CANDIDATES 1024 /* wrong words that a hidden word is told from */

struct moments {
    float *w, *g, *m, *v;
};

struct trainer {
    const struct train_data *data;
    struct trainer_options options;
    struct network_layout layout;
    struct moments dense; /* layout.total */
    struct moments rows;  /* w, m, v: n_rows x dim; g: touched rows x dim */
    uint32_t *slot_of;    /* n_rows: place in rows.g + 1 when touched in this step */
    uint32_t *touched, n_touched;
    uint32_t capacity;    /* words of a batch */
    struct network_pass pass;
    float *mask[NETWORK_LAYERS_MAX + 1]; /* words x dim: 0 or 1 / (1 - dropout) */
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
    /* raw text: hidden words are guessed among candidates */
    struct moments lm;       /* dim x dim: from x[layers] to the space of rows */
    float *lm_x, *lm_h, *lm_dh, *lm_score, *lm_rows, *lm_turned;
    uint32_t *lm_at;         /* hidden words of the batch */
    uint32_t *lm_truth;      /* their rows */
    uint32_t *lm_row;        /* words that may be candidates */
    double *lm_sum;          /* running sum of their chances */
    uint32_t n_lm_rows;
    enum tensor_path path;
};

uint64_t trainer_random64(uint64_t *state);
float *trainer_floats(size_t n); /* zeroed, aligned; freed with free() */

/* Rows of the batch's words into x[0], dropped; then through the layers. */
void trainer_forward(struct trainer *t);
/* dx[0] is the gradient of x[layers] after its dropout: through the layers into the rows. */
void trainer_backward(struct trainer *t);
/* Place of a row's gradient in this step; zeroed when new. */
float *trainer_row_gradient(struct trainer *t, uint32_t row);
/* Adam on everything touched. */
void trainer_update(struct trainer *t);

void trainer_product(struct trainer *t, float *c, size_t ldc, const float *a, size_t lda,
                     const float *b, size_t ldb, size_t n, size_t k, size_t m, bool add);
/* c (m_a x m_b) += a^T b over n rows. */
void trainer_product_at(struct trainer *t, float *c, size_t ldc, const float *a, size_t lda,
                        size_t m_a, const float *b, size_t ldb, size_t m_b, size_t n);
/* c (n x k) (+)= a w^T, where w is k x m and m the columns of a. */
void trainer_product_bt(struct trainer *t, float *c, size_t ldc, const float *a, size_t lda,
                        const float *w, size_t ldw, size_t n, size_t k, size_t m, bool add);

bool trainer_lm_init(struct trainer *t);
void trainer_lm_deinit(struct trainer *t);

#endif
