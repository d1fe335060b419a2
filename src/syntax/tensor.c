/* SPDX-License-Identifier: MIT */
/*
 * tensor.c - matrix product, recurrent unit and exponential, the same bits on every processor.
 *
 * Method     Everything is written once over vectors of 16 floats (a GCC and Clang extension), which
 *            the compiler lowers to one AVX-512, two AVX2 or four SSE registers. A sum runs over k in
 *            order within its lane, so the width changes no bit. The exponential is a polynomial of
 *            its own, since libm's differs from processor to processor.
 * Source     T. Lei et al., Simple Recurrent Units for Highly Parallelizable Recurrence, EMNLP 2018;
 *            exp: Cephes expf, S. Moshier.
 */
#include "syntax/tensor.h"

#include <string.h>

typedef float v16 __attribute__((vector_size(64), aligned(4), may_alias));
typedef int32_t v16i __attribute__((vector_size(64), aligned(4), may_alias));
typedef int8_t v16b __attribute__((vector_size(16), aligned(1), may_alias));

#define INLINE static inline __attribute__((always_inline))

#if defined(__x86_64__)
#define ON_AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl")))
#define ON_AVX2 __attribute__((target("avx2")))
#else
#define ON_AVX512
#define ON_AVX2
#endif

/* One body, three compilations. */
#define COMPILE_PATHS(name, params, args)                                     \
    ON_AVX512 static void name##_avx512 params { name##_body args; }          \
    ON_AVX2 static void name##_avx2 params { name##_body args; }              \
    static void name##_plain params { name##_body args; }

#define RUN_PATH(path, name, args)                                            \
    do {                                                                      \
        if ((path) == TENSOR_AVX512)                                          \
            name##_avx512 args;                                               \
        else if ((path) == TENSOR_AVX2)                                       \
            name##_avx2 args;                                                 \
        else                                                                  \
            name##_plain args;                                                \
    } while (0)

enum tensor_path tensor_best_path(void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
        return TENSOR_AVX512;
    if (__builtin_cpu_supports("avx2"))
        return TENSOR_AVX2;
#endif
    return TENSOR_PLAIN;
}

/* ---- matrix product ---- */

/* `rows` (a constant, so that the loops unroll) rows by 16 columns, sums kept in registers. */
INLINE void gemm_tile(const struct tensor_gemm *g, size_t row, size_t column, const int rows)
{
    v16 sum[8];
    const float *a = g->a + row * g->lda;
    const float *b = g->b + column;
    float *c = g->c + row * g->ldc + column;
#pragma GCC unroll 8
    for (int r = 0; r < rows; r++)
        sum[r] = g->add ? *(const v16 *)(c + (size_t)r * g->ldc) : (v16){0};
    for (size_t k = 0; k < g->k; k++) {
        v16 right = *(const v16 *)(b + k * g->ldb);
#pragma GCC unroll 8
        for (int r = 0; r < rows; r++)
            sum[r] += a[(size_t)r * g->lda + k] * right;
    }
#pragma GCC unroll 8
    for (int r = 0; r < rows; r++)
        *(v16 *)(c + (size_t)r * g->ldc) = sum[r];
}

INLINE void gemm_body(const struct tensor_gemm *g, const int rows)
{
    for (size_t column = 0; column < g->m; column += TENSOR_LANES) {
        size_t row = 0;
        for (; row + (size_t)rows <= g->n; row += (size_t)rows)
            gemm_tile(g, row, column, rows);
        for (; row < g->n; row++)
            gemm_tile(g, row, column, 1);
    }
}

ON_AVX512 static void gemm_avx512(const struct tensor_gemm *g)
{
    gemm_body(g, 8); /* 32 registers: 8 sums of one register */
}

ON_AVX2 static void gemm_avx2(const struct tensor_gemm *g)
{
    gemm_body(g, 4); /* 16 registers: 4 sums of two */
}

static void gemm_plain(const struct tensor_gemm *g)
{
    gemm_body(g, 2);
}

void tensor_gemm(const struct tensor_gemm *g, enum tensor_path path)
{
    RUN_PATH(path, gemm, (g));
}

void tensor_transpose(float *c, size_t ldc, const float *a, size_t lda, size_t n, size_t m)
{
    for (size_t i0 = 0; i0 < n; i0 += 16)
        for (size_t j0 = 0; j0 < m; j0 += 16)
            for (size_t i = i0; i < n && i < i0 + 16; i++)
                for (size_t j = j0; j < m && j < j0 + 16; j++)
                    c[j * ldc + i] = a[i * lda + j];
}

/* ---- exponential ---- */

/* e to the power of each lane, relative error below 2e-7; what is below -87 counts as -87. */
INLINE void exp16(v16 *x)
{
    const v16 one = (v16){0} + 1.0f;
    const v16 shift = (v16){0} + 12582912.0f; /* 1.5 * 2^23: adding it rounds to an integer */
    v16 in = *x;
    v16i low = in < (v16){0} - 87.0f, high = in > (v16){0} + 87.0f;
    in = (v16)(((v16i)in & ~(low | high)) | ((v16i)((v16){0} - 87.0f) & low) |
               ((v16i)((v16){0} + 87.0f) & high));
    v16 turned = in * 1.44269504088896341f + shift;
    v16i power = (v16i)turned - (v16i)shift;
    v16 whole = turned - shift;
    v16 r = in - whole * 0.693359375f;
    r = r - whole * -2.12194440e-4f;
    v16 p = r * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * (r * r) + r + one;
    *x = (v16)((v16i)p + power * (1 << 23));
}

float tensor_exp_sum(float *out, const float *in, size_t n)
{
    float most = n ? in[0] : 0;
    for (size_t i = 1; i < n; i++)
        most = in[i] > most ? in[i] : most;
    float sum = 0;
    for (size_t i = 0; i < n; i += TENSOR_LANES) {
        size_t lanes = n - i < TENSOR_LANES ? n - i : TENSOR_LANES;
        float part[TENSOR_LANES] = {0};
        memcpy(part, in + i, lanes * sizeof(float));
        v16 x = *(v16 *)part - most;
        exp16(&x);
        *(v16 *)part = x;
        for (size_t j = 0; j < lanes; j++)
            sum += part[j];
        memcpy(out + i, part, lanes * sizeof(float));
    }
    return sum;
}

/* ---- recurrent unit ---- */

INLINE void sigmoid16(v16 *x)
{
    const v16 one = (v16){0} + 1.0f;
    v16 e = -*x;
    exp16(&e);
    *x = one / (one + e);
}

INLINE void sru_body(const struct tensor_sru *s)
{
    for (size_t i = 0; i < s->h; i += TENSOR_LANES) {
        v16 before = {0};
        const v16 vf = *(const v16 *)(s->v + i), vr = *(const v16 *)(s->v + s->h + i);
        for (size_t step = 0; step < s->n; step++) {
            size_t t = s->backward ? s->n - 1 - step : step;
            float *g = s->g + t * s->ldg + i;
            v16 u = *(const v16 *)g;
            v16 f = *(const v16 *)(g + s->h) + vf * before;
            v16 r = *(const v16 *)(g + 2 * s->h) + vr * before;
            v16 x = *(const v16 *)(s->x + t * s->ldx + i);
            sigmoid16(&f);
            sigmoid16(&r);
            v16 c = u + f * (before - u);
            *(v16 *)(g + s->h) = f;
            *(v16 *)(g + 2 * s->h) = r;
            *(v16 *)(s->c + t * s->ldc + i) = c;
            *(v16 *)(s->y + t * s->ldy + i) = x + r * (c - x);
            before = c;
        }
    }
}

COMPILE_PATHS(sru, (const struct tensor_sru *s), (s))

void tensor_sru(const struct tensor_sru *s, enum tensor_path path)
{
    RUN_PATH(path, sru, (s));
}

/* ---- rows of 8-bit numbers ---- */

INLINE void row8_body(float *a, const int8_t *row, float scale, size_t n)
{
    for (size_t i = 0; i < n; i += TENSOR_LANES) {
        v16 wide = __builtin_convertvector(*(const v16b *)(row + i), v16);
        *(v16 *)(a + i) += wide * scale;
    }
}

COMPILE_PATHS(row8, (float *a, const int8_t *row, float scale, size_t n), (a, row, scale, n))

void tensor_add_row8(float *a, const int8_t *row, float scale, size_t n, enum tensor_path path)
{
    RUN_PATH(path, row8, (a, row, scale, n));
}
