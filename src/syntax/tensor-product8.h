/* SPDX-License-Identifier: MIT */
/*
 * tensor-product8.h - the 8-bit product of tensor.c for one kind of instruction; included once for
 * each, by tensor-kernels.h or behind its types.
 *
 * before   LANES, KERNEL, TARGET, VEC, VECI  as for tensor-kernels.h
 *          ROWS8, PANELS  tile of the product: words by panels, each sum in a register
 *          LEFT  what four numbers of a word become, once for all columns, by left_PATH
 *          DOT_TYPE, DOT_SUM(sum, left, right)  four products in each lane, added; or plain C
 *          WITH_OFFSET  whether they take the words' numbers with the 128 still on them
 *          LEFT_BYTES  bytes that left_PATH reads for a number; more than 1: prepare_PATH writes
 *          them once for all panels
 */
#define VECTORS (TENSOR_LANES / LANES) /* of a panel */
#if LEFT_BYTES > 1
#define PREPARED 16384 /* bytes of words made ready at once: they stay in the first cache */
#endif

/* Words [row, row + n) of c; `a` points to the first one's numbers. */
struct KERNEL(words) {
    const uint8_t *a;
    size_t row, n;
};

/* Each lane's four products, added to its sum. */
TARGET INLINE void KERNEL(dot)(VECI *sum, LEFT left, VECI right)
{
#ifdef DOT_SUM
    *sum = (VECI)DOT_SUM((DOT_TYPE)*sum, left, (DOT_TYPE)right);
#else
    for (int i = 0; i < 4; i++)
        *sum += ((right << (24 - 8 * i)) >> 24) * (left[i] - 128);
#endif
}

/* `rows` words from `row` on by `panels` panels of 16 columns. */
TARGET INLINE void KERNEL(tile8)(const struct tensor_gemm8 *g, const struct KERNEL(words) *words,
                                 size_t row, size_t panel, const int rows, const int panels)
{
    VECI sum[ROWS8][PANELS * VECTORS];
    size_t k_all = g->b->k, lda = k_all * LEFT_BYTES;
    const uint8_t *a = words->a + row * lda;
    const int8_t *w = g->b->w + panel * k_all * TENSOR_LANES;
    size_t column = panel * TENSOR_LANES;
#pragma GCC unroll 8
    for (int r = 0; r < rows; r++)
#pragma GCC unroll 8
        for (int v = 0; v < panels * VECTORS; v++)
            sum[r][v] = WITH_OFFSET ? *(const VECI *)(g->b->offset + column + v * LANES) : (VECI){0};
    for (size_t k = 0; k < k_all; k += 4) {
        VECI right[PANELS * VECTORS];
#pragma GCC unroll 8
        for (int v = 0; v < panels * VECTORS; v++)
            right[v] = *(const VECI *)(const void *)(w + (v / VECTORS * k_all + k) * TENSOR_LANES +
                                                     v % VECTORS * LANES * 4);
#pragma GCC unroll 8
        for (int r = 0; r < rows; r++) {
            LEFT left = KERNEL(left)(a + (size_t)r * lda + k * LEFT_BYTES);
#pragma GCC unroll 8
            for (int v = 0; v < panels * VECTORS; v++)
                KERNEL(dot)(&sum[r][v], left, right[v]);
        }
    }
    row += words->row;
#pragma GCC unroll 8
    for (int r = 0; r < rows; r++)
#pragma GCC unroll 8
        for (int v = 0; v < panels * VECTORS; v++) {
            size_t at = column + (size_t)(v * LANES);
            VEC value = __builtin_convertvector(sum[r][v], VEC) * *(const VEC *)(g->b->scale + at);
            *(VEC *)(g->c + (row + (size_t)r) * g->ldc + at) =
                value * g->a_scale[row + (size_t)r] + *(const VEC *)(g->bias + at);
        }
}

TARGET INLINE void KERNEL(words8)(const struct tensor_gemm8 *g, const struct KERNEL(words) *words,
                                  size_t panel, const int panels)
{
    size_t row = 0, n = words->n;
    for (; row + ROWS8 <= n; row += ROWS8)
        KERNEL(tile8)(g, words, row, panel, ROWS8, panels);
    for (; row + ROWS8 / 2 <= n; row += ROWS8 / 2)
        KERNEL(tile8)(g, words, row, panel, ROWS8 / 2, panels);
    for (; row + 2 <= n; row += 2)
        KERNEL(tile8)(g, words, row, panel, 2, panels);
    if (row < n)
        KERNEL(tile8)(g, words, row, panel, 1, panels);
}

TARGET static void KERNEL(panels8)(const struct tensor_gemm8 *g, const struct KERNEL(words) *words)
{
    size_t panel = 0, all = g->b->m / TENSOR_LANES;
    for (; panel + PANELS <= all; panel += PANELS)
        KERNEL(words8)(g, words, panel, PANELS);
    for (; panel < all; panel++)
        KERNEL(words8)(g, words, panel, 1);
}

TARGET static void KERNEL(gemm8)(const struct tensor_gemm8 *g)
{
#if LEFT_BYTES > 1
    _Alignas(64) uint8_t prepared[PREPARED];
    size_t k = g->b->k, most = PREPARED / (k * LEFT_BYTES), n;
    for (size_t row = 0; row < g->n; row += n) {
        n = g->n - row < most ? g->n - row : most;
        KERNEL(prepare)(prepared, g->a + row * k, n * k);
        KERNEL(panels8)(g, &(struct KERNEL(words)){prepared, row, n});
    }
#else
    KERNEL(panels8)(g, &(struct KERNEL(words)){g->a, 0, g->n});
#endif
}

#undef VECTORS
#undef PREPARED
#undef ROWS8
#undef PANELS
#undef LEFT
#undef LEFT_BYTES
#undef DOT_TYPE
#undef DOT_SUM
#undef WITH_OFFSET
