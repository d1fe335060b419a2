/* SPDX-License-Identifier: MIT */
/*
 * tensor-kernels.h - the loops of tensor.c for one vector width; included once for each.
 *
 * before   LANES  floats of a vector, vec_PATH, and integers, veci_PATH
 *          ROWS, WIDE  tile of the product: rows by WIDE vectors
 *          KERNEL(name)  the name for this width; TARGET  the function attribute
 *          LEAST, MOST(a, b)  lane by lane; SPLAT(x)  x in all lanes; FUSED(a, b, c)  a b + c
 *          UNITS  vectors of the recurrent unit at once
 *          narrow_PATH(q, whole)  16 numbers of 0 to 255, in vectors of 32 bits, as bytes
 *          top_PATH(x)  the greatest lane; SAME(a, b)  a bit for each lane that is equal
 *          and what tensor-product8.h asks for
 * The order of sums does not depend on any of them.
 */
typedef int8_t KERNEL(vecb) __attribute__((vector_size(LANES), aligned(1), may_alias));

#define VEC KERNEL(vec)
#define VECI KERNEL(veci)

/* A part of a product: k rows of b from `from` on, of which a panel may lie packed at `b`. */
struct KERNEL(part) {
    const float *b;
    size_t ldb, from, k;
    bool add;
};

/* `rows` by `wide` vectors (constants, so that the loops unroll), sums kept in registers. */
TARGET INLINE void KERNEL(tile)(const struct tensor_gemm *g, const struct KERNEL(part) *part,
                                size_t row, size_t column, const int rows, const int wide,
                                const bool fused)
{
    VEC sum[ROWS][WIDE];
    const float *a = g->a + row * g->lda + part->from, *b = part->b;
    float *c = g->c + row * g->ldc + column;
    size_t lda = g->lda, ldb = part->ldb, n = part->k;
#pragma GCC unroll 8
    for (int r = 0; r < rows; r++)
#pragma GCC unroll 8
        for (int w = 0; w < wide; w++)
            sum[r][w] = part->add ? *(const VEC *)(c + (size_t)r * g->ldc + w * LANES) : (VEC){0};
    for (size_t k = 0; k < n; k++) {
        VEC right[WIDE];
#pragma GCC unroll 8
        for (int w = 0; w < wide; w++)
            right[w] = *(const VEC *)(b + k * ldb + w * LANES);
#pragma GCC unroll 8
        for (int r = 0; r < rows; r++) {
            VEC left = SPLAT(a[(size_t)r * lda + k]);
#pragma GCC unroll 8
            for (int w = 0; w < wide; w++)
                if (fused)
                    sum[r][w] = FUSED(left, right[w], sum[r][w]);
                else
                    sum[r][w] += left * right[w];
        }
    }
#pragma GCC unroll 8
    for (int r = 0; r < rows; r++)
#pragma GCC unroll 8
        for (int w = 0; w < wide; w++)
            *(VEC *)(c + (size_t)r * g->ldc + w * LANES) = sum[r][w];
}

/* All rows of c in the columns of one panel of `wide` vectors. */
TARGET INLINE void KERNEL(panel)(const struct tensor_gemm *g, size_t column, const int wide,
                                 const bool fused)
{
    VEC packed[PACKED_ROWS * WIDE];
    bool pack = g->n >= 4 * ROWS; /* else b is read too rarely for it to pay */
    size_t step = pack ? PACKED_ROWS : g->k;
    for (size_t from = 0; from < g->k || from == 0; from += step) {
        struct KERNEL(part) part = {g->b + from * g->ldb + column, g->ldb, from,
                                    g->k - from < step ? g->k - from : step, g->add || from > 0};
        if (pack) {
            for (size_t k = 0; k < part.k; k++)
                for (int w = 0; w < wide; w++)
                    packed[k * (size_t)wide + (size_t)w] =
                        *(const VEC *)(part.b + k * part.ldb + w * LANES);
            part.b = (const float *)packed;
            part.ldb = (size_t)wide * LANES;
        }
        size_t row = 0;
        for (; row + ROWS <= g->n; row += ROWS)
            KERNEL(tile)(g, &part, row, column, ROWS, wide, fused);
        for (; row + ROWS / 2 <= g->n; row += ROWS / 2)
            KERNEL(tile)(g, &part, row, column, ROWS / 2, wide, fused);
        for (; row < g->n; row++)
            KERNEL(tile)(g, &part, row, column, 1, wide, fused);
    }
}

TARGET INLINE void KERNEL(gemm_any)(const struct tensor_gemm *g, const bool fused)
{
    size_t column = 0;
    for (; column + WIDE * LANES <= g->m; column += WIDE * LANES)
        KERNEL(panel)(g, column, WIDE, fused);
    for (; column < g->m; column += LANES)
        KERNEL(panel)(g, column, 1, fused);
}

TARGET static void KERNEL(gemm)(const struct tensor_gemm *g)
{
    if (g->k == 0 && g->add)
        return;
    if (g->fused)
        KERNEL(gemm_any)(g, true);
    else
        KERNEL(gemm_any)(g, false);
}

#include "syntax/tensor-product8.h"

TARGET INLINE VEC KERNEL(magnitude)(VEC x)
{
    return (VEC)((VECI)x & ((VECI){0} + 0x7FFFFFFF));
}

TARGET static void KERNEL(quantize)(const struct tensor_quantize *job)
{
    for (size_t row = 0; row < job->n; row++) {
        const float *x = job->x + row * job->ldx;
        uint8_t *q = job->q + row * job->k;
        VEC lanes = {0};
        for (size_t i = 0; i < job->k; i += LANES)
            lanes = MOST(lanes, KERNEL(magnitude)(*(const VEC *)(x + i)));
        float most = KERNEL(top)(lanes);
        job->scale[row] = most > 1e-30f ? most / 127.0f : 1.0f;
        float turn = most > 1e-30f ? 127.0f / most : 0;
        for (size_t i = 0; i < job->k; i += TENSOR_LANES) {
            VECI whole[TENSOR_LANES / LANES];
#pragma GCC unroll 4
            for (int v = 0; v < TENSOR_LANES / LANES; v++) { /* adding 1.5 * 2^23 rounds to an integer */
                VEC turned = *(const VEC *)(x + i + v * LANES) * turn + 12582912.0f;
                turned = MOST(LEAST(turned, (VEC){0} + 12583039.0f), (VEC){0} + 12582785.0f); /* no NaN */
                whole[v] = (VECI)turned - (0x4B400000 - 128);
            }
            KERNEL(narrow)(q + i, whole);
        }
    }
}

/* e to the power of each lane, relative error below 2e-7; what is below -87 counts as -87. */
TARGET INLINE void KERNEL(exp)(VEC *x)
{
    const VEC one = (VEC){0} + 1.0f;
    const VEC shift = (VEC){0} + 12582912.0f; /* 1.5 * 2^23: adding it rounds to an integer */
    VEC in = *x;
    VECI low = in < (VEC){0} - 87.0f, high = in > (VEC){0} + 87.0f;
    in = (VEC)(((VECI)in & ~(low | high)) | ((VECI)((VEC){0} - 87.0f) & low) |
               ((VECI)((VEC){0} + 87.0f) & high));
    VEC turned = in * 1.44269504088896341f + shift;
    VECI power = (VECI)turned - (VECI)shift;
    VEC whole = turned - shift;
    VEC r = in - whole * 0.693359375f;
    r = r - whole * -2.12194440e-4f;
    VEC p = r * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * (r * r) + r + one;
    *x = (VEC)((VECI)p + power * (1 << 23));
}

TARGET INLINE VEC KERNEL(gate)(VEC x)
{
    VEC t = MOST(LEAST(x * 0.25f, (VEC){0} + 1.0f), (VEC){0} - 1.0f);
    return t * (1.0f - KERNEL(magnitude)(t) * 0.5f) + 0.5f;
}

/* `wide` vectors of units from `from` on (a constant) through all steps, their c in registers. */
TARGET INLINE void KERNEL(units)(const struct tensor_sru *s, size_t from, const int wide)
{
    VEC c[UNITS];
    size_t h = s->h;
    const float *vf = s->v + from, *vr = vf + h;
#pragma GCC unroll 8
    for (int w = 0; w < wide; w++)
        c[w] = (VEC){0};
    for (size_t step = 0; step < s->n; step++) {
        size_t t = s->backward ? s->n - 1 - step : step;
        float *g = s->g + t * s->ldg + from, *y = s->y + t * s->ldy + from;
        float *keep = s->c ? s->c + t * s->ldc + from : NULL;
        const float *x = s->x + t * s->ldx + from;
#pragma GCC unroll 8
        for (int w = 0; w < wide; w++) {
            size_t i = (size_t)w * LANES;
            VEC u = *(const VEC *)(g + i), in = *(const VEC *)(x + i), old = c[w];
            VEC f = *(const VEC *)(g + h + i) + *(const VEC *)(vf + i) * old;
            VEC r = *(const VEC *)(g + 2 * h + i) + *(const VEC *)(vr + i) * old;
            f = KERNEL(gate)(f);
            r = KERNEL(gate)(r);
            c[w] = u + f * (old - u);
            *(VEC *)(y + i) = in + r * (c[w] - in);
            if (keep) {
                *(VEC *)(g + h + i) = f;
                *(VEC *)(g + 2 * h + i) = r;
                *(VEC *)(keep + i) = c[w];
            }
        }
    }
}

/* The units do not wait for each other. */
TARGET static void KERNEL(sru)(const struct tensor_sru *s)
{
    size_t i = 0;
    for (; i + UNITS * LANES <= s->h; i += UNITS * LANES)
        KERNEL(units)(s, i, UNITS);
    for (; i < s->h; i += LANES)
        KERNEL(units)(s, i, 1);
}

TARGET static size_t KERNEL(best)(const float *x, size_t n)
{
    VEC most = {0};
    size_t i = 0, whole = n / LANES * LANES;
    most += x[0];
    for (; i < whole; i += LANES)
        most = MOST(most, *(const VEC *)(x + i));
    float best = KERNEL(top)(most);
    for (; i < n; i++)
        best = x[i] > best ? x[i] : best;
    for (i = 0; i < whole; i += LANES) {
        unsigned same = SAME(*(const VEC *)(x + i), (VEC){0} + best);
        if (same)
            return i + (unsigned)__builtin_ctz(same);
    }
    while (i < n && x[i] != best)
        i++;
    return i < n ? i : 0;
}

TARGET static void KERNEL(rows8)(const struct tensor_rows8 *job)
{
    for (size_t i = 0; i < job->n; i += LANES) {
        VEC sum = {0};
        for (size_t r = 0; r < job->n_rows; r++) {
            const int8_t *row = job->table + (size_t)job->row[r] * job->n + i;
            sum += __builtin_convertvector(*(const KERNEL(vecb) *)row, VEC) * job->scale[job->row[r]];
        }
        *(VEC *)(job->a + i) = sum;
    }
}

TARGET static void KERNEL(exp_row)(float *x, float most, size_t n)
{
    for (size_t i = 0; i < n; i += LANES) {
        VEC in = *(const VEC *)(x + i) - most;
        KERNEL(exp)(&in);
        *(VEC *)(x + i) = in;
    }
}

#undef VEC
#undef VECI
#undef KERNEL
#undef LANES
#undef ROWS
#undef WIDE
#undef UNITS
#undef SAME
#undef LEAST
#undef MOST
#undef FUSED
#undef SPLAT
#undef TARGET
