/* SPDX-License-Identifier: MIT */
/*
 * tensor-kernels.h - the loops of tensor.c for one vector width; included once for each.
 *
 * before   LANES  floats of a vector; ROWS, WIDE  tile of the product: rows by WIDE vectors
 *          KERNEL(name)  the name for this width; TARGET  the function attribute
 * The order of sums does not depend on any of them.
 */
typedef float KERNEL(vec) __attribute__((vector_size(LANES * 4), aligned(4), may_alias));
typedef int32_t KERNEL(veci) __attribute__((vector_size(LANES * 4), aligned(4), may_alias));
typedef int8_t KERNEL(vecb) __attribute__((vector_size(LANES), aligned(1), may_alias));

#define VEC KERNEL(vec)
#define VECI KERNEL(veci)

/* `rows` by `wide` vectors (constants, so that the loops unroll), sums kept in registers. */
TARGET INLINE void KERNEL(tile)(const struct tensor_gemm *g, size_t row, size_t column,
                                const int rows, const int wide)
{
    VEC sum[ROWS][WIDE];
    const float *a = g->a + row * g->lda;
    const float *b = g->b + column;
    float *c = g->c + row * g->ldc + column;
#pragma GCC unroll 8
    for (int r = 0; r < rows; r++)
#pragma GCC unroll 8
        for (int w = 0; w < wide; w++)
            sum[r][w] = g->add ? *(const VEC *)(c + (size_t)r * g->ldc + w * LANES) : (VEC){0};
    for (size_t k = 0; k < g->k; k++) {
        VEC right[WIDE];
#pragma GCC unroll 8
        for (int w = 0; w < wide; w++)
            right[w] = *(const VEC *)(b + k * g->ldb + w * LANES);
#pragma GCC unroll 8
        for (int r = 0; r < rows; r++)
#pragma GCC unroll 8
            for (int w = 0; w < wide; w++)
                sum[r][w] += a[(size_t)r * g->lda + k] * right[w];
    }
#pragma GCC unroll 8
    for (int r = 0; r < rows; r++)
#pragma GCC unroll 8
        for (int w = 0; w < wide; w++)
            *(VEC *)(c + (size_t)r * g->ldc + w * LANES) = sum[r][w];
}

TARGET static void KERNEL(gemm)(const struct tensor_gemm *g)
{
    size_t column = 0;
    for (; column + WIDE * LANES <= g->m; column += WIDE * LANES) {
        size_t row = 0;
        for (; row + ROWS <= g->n; row += ROWS)
            KERNEL(tile)(g, row, column, ROWS, WIDE);
        for (; row < g->n; row++)
            KERNEL(tile)(g, row, column, 1, WIDE);
    }
    for (; column < g->m; column += LANES) {
        size_t row = 0;
        for (; row + ROWS <= g->n; row += ROWS)
            KERNEL(tile)(g, row, column, ROWS, 1);
        for (; row < g->n; row++)
            KERNEL(tile)(g, row, column, 1, 1);
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

TARGET INLINE void KERNEL(sigmoid)(VEC *x)
{
    const VEC one = (VEC){0} + 1.0f;
    VEC e = -*x;
    KERNEL(exp)(&e);
    *x = one / (one + e);
}

/* Units inside, steps outside: the units do not wait for each other. */
TARGET static void KERNEL(sru)(const struct tensor_sru *s)
{
    const float *before = NULL;
    for (size_t step = 0; step < s->n; step++) {
        size_t t = s->backward ? s->n - 1 - step : step;
        float *g = s->g + t * s->ldg, *c = s->c + t * s->ldc, *y = s->y + t * s->ldy;
        const float *x = s->x + t * s->ldx;
        for (size_t i = 0; i < s->h; i += LANES) {
            VEC old = before ? *(const VEC *)(before + i) : (VEC){0};
            VEC u = *(const VEC *)(g + i), in = *(const VEC *)(x + i);
            VEC f = *(const VEC *)(g + s->h + i) + *(const VEC *)(s->v + i) * old;
            VEC r = *(const VEC *)(g + 2 * s->h + i) + *(const VEC *)(s->v + s->h + i) * old;
            KERNEL(sigmoid)(&f);
            KERNEL(sigmoid)(&r);
            VEC now = u + f * (old - u);
            *(VEC *)(g + s->h + i) = f;
            *(VEC *)(g + 2 * s->h + i) = r;
            *(VEC *)(c + i) = now;
            *(VEC *)(y + i) = in + r * (now - in);
        }
        before = c;
    }
}

TARGET static void KERNEL(row8)(float *a, const int8_t *row, float scale, size_t n)
{
    for (size_t i = 0; i < n; i += LANES) {
        VEC wide = __builtin_convertvector(*(const KERNEL(vecb) *)(row + i), VEC);
        *(VEC *)(a + i) += wide * scale;
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
#undef TARGET
