/* SPDX-License-Identifier: MIT */
/*
 * learn.h - what the trainings of the parser (train-net.c), of the recognizer of names (names/train.c)
 * and of the weights of events (events/judge-learn.c) share: random numbers, loss, gradients of a
 * recurrent unit, updates.
 */
#ifndef SYNTAX_LEARN_H
#define SYNTAX_LEARN_H

#include "syntax/tensor.h"

/* Of Adam: how much of the means of the gradient and of its square stays from step to step. */
#define LEARN_BETA1 0.9f
#define LEARN_BETA2 0.98f

/* Zeros, aligned to 64 bytes, the caller's to free(); NULL without memory. */
float *learn_floats(size_t n);

/* Seeded random numbers (splitmix64): all bits; below n; from -reach to reach. */
uint64_t learn_random64(uint64_t *state);
uint32_t learn_random(uint64_t *state, uint32_t n);
float learn_uniform(uint64_t *state, float reach);
void learn_shuffle(uint64_t *state, uint32_t *p, uint32_t n);

/* Seconds since some point, by a clock that nobody sets. */
double learn_seconds(void);

/* Scores become their loss's gradient times `weight`; returns the loss. */
double learn_cross_entropy(float *score, size_t n, size_t truth, float weight);

/* sum[j] += a[i][j] over n rows of m, each of lda floats. */
void learn_add_columns(float *sum, const float *a, size_t lda, size_t n, size_t m);

/*
 * Backwards through tensor_sru(): its arrays as it left them, dy the gradient of its y. dg (as g) and
 * dx (as x) are written, dv (2h) is added to. h is at most LEARN_HIDDEN_MOST.
 */
#define LEARN_HIDDEN_MOST 2048 /* half of the largest dim that network_layout() allows */
struct learn_sru {
    const float *g, *c, *x, *v, *dy;
    float *dg, *dx, *dv;
    size_t ldg, ldc, ldx; /* rows of g and dg; of c and dy; of x and dx */
    size_t n, h;
    bool backward;
};
void learn_sru_back(const struct learn_sru *s);

/*
 * One step of Adam over n weights; m and v are its means. `rate` and `root` hold the corrections for
 * the step: rate / (1 - beta1^t) and 1 / sqrt(1 - beta2^t).
 */
void learn_adam(float *w, const float *g, float *m, float *v, size_t n, float rate, float root);

#endif
