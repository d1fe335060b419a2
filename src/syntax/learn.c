/* SPDX-License-Identifier: MIT */
/*
 * learn.c - random numbers, loss, gradients of a recurrent unit, updates.
 *
 * Source   D. Kingma and J. Ba, Adam, ICLR 2015; splitmix64, S. Vigna.
 */
#include "syntax/learn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Compiled for several processors where the tools allow it; nothing is fused, so the bits agree. */
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define CLONES
#endif

float *learn_floats(size_t n)
{
    size_t bytes = (n * sizeof(float) + 127) / 64 * 64;
    float *p = aligned_alloc(64, bytes);
    if (p)
        memset(p, 0, bytes);
    return p;
}

uint64_t learn_random64(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

uint32_t learn_random(uint64_t *state, uint32_t n)
{
    return (uint32_t)(((learn_random64(state) >> 32) * n) >> 32);
}

float learn_uniform(uint64_t *state, float reach)
{
    return ((float)(learn_random64(state) >> 40) / 8388608.0f - 1.0f) * reach;
}

void learn_shuffle(uint64_t *state, uint32_t *p, uint32_t n)
{
    for (uint32_t i = n; i > 1; i--) {
        uint32_t k = learn_random(state, i), swap = p[i - 1];
        p[i - 1] = p[k];
        p[k] = swap;
    }
}

double learn_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double learn_cross_entropy(float *score, size_t n, size_t truth, float weight)
{
    float sum = tensor_exp_sum(score, score, n);
    float right = score[truth] / sum;
    for (size_t i = 0; i < n; i++)
        score[i] *= weight / sum;
    score[truth] -= weight;
    return -log((double)right + 1e-30);
}

void learn_add_columns(float *sum, const float *a, size_t lda, size_t n, size_t m)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++)
            sum[j] += a[i * lda + j];
}

/* One step of one direction. `old` is c of the step before; carry its gradient, from step to step. */
struct back_step {
    const float *g, *c, *old, *x, *v, *dy;
    float *dg, *dx, *dv, *carry;
};

/* Of the gate (tensor.h) where its value is y. */
static inline __attribute__((always_inline)) float slope(float y)
{
    float least = y < 1 - y ? y : 1 - y;
    return 0.25f * sqrtf(2 * (least > 0 ? least : 0));
}

CLONES static void back_units(const struct back_step *b, size_t h)
{
    const float *restrict g = b->g, *restrict c = b->c, *restrict old = b->old;
    const float *restrict x = b->x, *restrict v = b->v, *restrict dy = b->dy;
    float *restrict dg = b->dg, *restrict dx = b->dx, *restrict dv = b->dv;
    float *restrict carry = b->carry;
    for (size_t j = 0; j < h; j++) {
        float u = g[j], f = g[h + j], r = g[2 * h + j], d = dy[j];
        float dr = d * (c[j] - x[j]) * slope(r);
        float dc = d * r + carry[j];
        float df = dc * (old[j] - u) * slope(f);
        dx[j] = d * (1 - r);
        dg[j] = dc * (1 - f);
        dg[h + j] = df;
        dg[2 * h + j] = dr;
        dv[j] += df * old[j];
        dv[h + j] += dr * old[j];
        carry[j] = dc * f + df * v[j] + dr * v[h + j];
    }
}

void learn_sru_back(const struct learn_sru *s)
{
    static const float nothing[LEARN_HIDDEN_MOST];
    float carry[LEARN_HIDDEN_MOST];
    memset(carry, 0, s->h * sizeof *carry);
    for (size_t step = s->n; step-- > 0;) {
        size_t i = s->backward ? s->n - 1 - step : step, before = s->backward ? i + 1 : i - 1;
        back_units(&(struct back_step){
            .g = s->g + i * s->ldg, .c = s->c + i * s->ldc,
            .old = step ? s->c + before * s->ldc : nothing, .x = s->x + i * s->ldx, .v = s->v,
            .dy = s->dy + i * s->ldc, .dg = s->dg + i * s->ldg, .dx = s->dx + i * s->ldx,
            .dv = s->dv, .carry = carry}, s->h);
    }
}

CLONES static void adam(float *restrict w, const float *restrict g, float *restrict m,
                        float *restrict v, size_t n, float rate, float root)
{
    for (size_t i = 0; i < n; i++) {
        m[i] = LEARN_BETA1 * m[i] + (1 - LEARN_BETA1) * g[i];
        v[i] = LEARN_BETA2 * v[i] + (1 - LEARN_BETA2) * g[i] * g[i];
        w[i] -= rate * m[i] / (sqrtf(v[i]) * root + 1e-8f);
    }
}

void learn_adam(float *w, const float *g, float *m, float *v, size_t n, float rate, float root)
{
    adam(w, g, m, v, n, rate, root);
}
