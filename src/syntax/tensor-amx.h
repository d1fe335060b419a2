/* SPDX-License-Identifier: MIT */
/*
 * tensor-amx.h - the 8-bit product on tiles (Intel AMX); included once, by tensor.c, behind AVX-512.
 *
 * Reads    struct tensor_gemm8. A panel of struct tensor_packed is in memory what a tile wants of its
 *          right side: a row for every four of the matrix, the four numbers of 16 columns in it.
 * Leaves   c, the same bits as the other paths: sums of 8-bit products are exact in any order, and
 *          what is made of them is the same operations in the same order.
 *
 * Method   32 words by two panels at a time: four tiles of sums that begin with the columns' offsets,
 *          two of words, two of the matrix. Two panels of the matrix and all words of a batch stay in
 *          the first cache. A thread owns no tiles but inside of gemm8_amx().
 *          Linux gives a process the tiles' registers when it asks (arch_prctl).
 */
#include <sys/syscall.h>
#include <unistd.h>

#define TILE_ROWS 16
#define TILE_BYTES 64u
#define TARGET_AMX __attribute__((target("avx512f,amx-tile,amx-int8")))
#define BARRIER __asm__ volatile("" ::: "memory") /* loads of tiles tell the compiler nothing */

static bool amx_allowed(void)
{
    enum { XCOMP_PERM = 0x1023, TILE_DATA = 18 };
    unsigned a, b, c, d;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(d >> 24 & 1) || !(d >> 25 & 1))
        return false; /* AMX-TILE, AMX-INT8 */
    return syscall(SYS_arch_prctl, XCOMP_PERM, TILE_DATA) == 0;
}

/* The most bytes of a row that go into a tile, so that k is a multiple of them. */
static size_t amx_step(size_t k)
{
    size_t step = k < TILE_BYTES ? k : TILE_BYTES;
    while (k % step != 0)
        step -= 4;
    return step;
}

/* Tiles 0 to 3 sums, 4 and 5 words, 6 and 7 matrix. */
TARGET_AMX static void amx_configure(size_t rows, size_t step)
{
    struct {
        uint8_t palette, start, zero[14];
        uint16_t bytes[16];
        uint8_t rows[16];
    } tiles = {.palette = 1};
    for (int i = 0; i < 8; i++) {
        tiles.bytes[i] = (uint16_t)(i == 4 || i == 5 ? step : TILE_BYTES);
        tiles.rows[i] = (uint8_t)(i >= 6 ? step / 4 : rows);
    }
    BARRIER;
    _tile_loadconfig(&tiles);
}

/* A tile of sums becomes a part of c. */
TARGET_AMX INLINE void amx_write(const struct tensor_gemm8 *g, size_t row, size_t n, size_t column,
                                 int32_t (*sum)[TENSOR_LANES])
{
    __m512 scale = _mm512_loadu_ps(g->b->scale + column), bias = _mm512_loadu_ps(g->bias + column);
    const float *a_scale = g->a_scale + row;
    size_t ldc = g->ldc;
    float *c = g->c + row * ldc + column;
    for (size_t r = 0; r < n; r++, c += ldc) {
        __m512 value = _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_load_si512(sum[r])), scale);
        value = _mm512_mul_ps(value, _mm512_set1_ps(a_scale[r]));
        _mm512_storeu_ps(c, _mm512_add_ps(value, bias));
    }
}

/* `rows` words at `row` and as many at `low` by two panels, or one (constants: two, wide). */
TARGET_AMX INLINE void amx_tile(const struct tensor_gemm8 *g, size_t row, size_t low, size_t rows,
                                size_t step, size_t panel, const bool two, const bool wide)
{
    _Alignas(64) int32_t sum[4][TILE_ROWS][TENSOR_LANES];
    size_t k_all = g->b->k, column = panel * TENSOR_LANES, beside = column + TENSOR_LANES;
    const uint8_t *a = g->a + row * k_all, *below = g->a + low * k_all;
    const int8_t *w = g->b->w + column * k_all, *w_beside = g->b->w + beside * k_all;
    BARRIER;
    _tile_loadd(0, g->b->offset + column, 0);
    if (wide)
        _tile_loadd(1, g->b->offset + beside, 0);
    if (two)
        _tile_loadd(2, g->b->offset + column, 0);
    if (two && wide)
        _tile_loadd(3, g->b->offset + beside, 0);
    for (size_t k = 0; k < k_all; k += step) {
        _tile_loadd(4, a + k, k_all);
        _tile_loadd(6, w + k * TENSOR_LANES, TILE_BYTES);
        _tile_dpbusd(0, 4, 6);
        if (wide) {
            _tile_loadd(7, w_beside + k * TENSOR_LANES, TILE_BYTES);
            _tile_dpbusd(1, 4, 7);
        }
        if (two) {
            _tile_loadd(5, below + k, k_all);
            _tile_dpbusd(2, 5, 6);
        }
        if (two && wide)
            _tile_dpbusd(3, 5, 7);
    }
    _tile_stored(0, sum[0], TILE_BYTES);
    if (wide)
        _tile_stored(1, sum[1], TILE_BYTES);
    if (two)
        _tile_stored(2, sum[2], TILE_BYTES);
    if (two && wide)
        _tile_stored(3, sum[3], TILE_BYTES);
    BARRIER;
    amx_write(g, row, rows, column, sum[0]);
    if (wide)
        amx_write(g, row, rows, beside, sum[1]);
    if (two)
        amx_write(g, low, rows, column, sum[2]);
    if (two && wide)
        amx_write(g, low, rows, beside, sum[3]);
}

/* All words by two panels, or one. The last tile of words begins early enough to be full. */
TARGET_AMX INLINE void amx_panels(const struct tensor_gemm8 *g, size_t step, size_t panel,
                                  const bool wide)
{
    size_t rows = g->n < TILE_ROWS ? g->n : TILE_ROWS, last = g->n - rows, row = 0;
    for (; row < last; row += 2 * TILE_ROWS) {
        size_t low = row + TILE_ROWS < last ? row + TILE_ROWS : last;
        amx_tile(g, row, low, rows, step, panel, true, wide);
    }
    if (row < g->n)
        amx_tile(g, last, last, rows, step, panel, false, wide);
}

TARGET_AMX static void gemm8_amx(const struct tensor_gemm8 *g)
{
    size_t step = amx_step(g->b->k), panels = g->b->m / TENSOR_LANES, panel = 0;
    if (g->n == 0)
        return;
    amx_configure(g->n < TILE_ROWS ? g->n : TILE_ROWS, step);
    for (; panel + 2 <= panels; panel += 2)
        amx_panels(g, step, panel, true);
    if (panel < panels)
        amx_panels(g, step, panel, false);
    _tile_release();
}

#undef BARRIER
#undef TARGET_AMX
#undef TILE_BYTES
#undef TILE_ROWS
