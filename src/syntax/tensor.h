/* SPDX-License-Identifier: MIT */
/*
 * tensor.h - the few loops where the parser spends its time, the same bits on every processor.
 *
 * All matrices are row-major. Column counts are multiples of TENSOR_LANES. Products of 8-bit numbers
 * are exact; each sum of floats is made in one order, whatever the vector width, and nothing is fused
 * (-ffp-contract=off) unless asked for, so that AVX-512, AVX2 and plain code give identical bytes
 * (test-tensor).
 */
#ifndef SYNTAX_TENSOR_H
#define SYNTAX_TENSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TENSOR_LANES 16
#define TENSOR_K_MOST 4096 /* rows of an 8-bit matrix */

/*
 * From slow to fast (ORDER PATH). VNNI is AVX2 with 8-bit products by AVX-VNNI (laptops since 2021), AVX512
 * has them 16 wide, AMX on tiles. Not each processor that has one has all before it.
 */
enum tensor_path { TENSOR_PLAIN, TENSOR_AVX2, TENSOR_VNNI, TENSOR_AVX512, TENSOR_AMX };

/* Asks Linux for the tiles where path is TENSOR_AMX: not in a loop. */
bool tensor_has_path(enum tensor_path path);

/*
 * The fastest path that this processor has, and none faster than DEMARCHE_CPU says in the environment
 * (plain, avx2, vnni, avx512 or amx; anything else is as if it were not set). Not in a loop.
 */
enum tensor_path tensor_best_path(void);

struct tensor_gemm {
    float *c;        /* n x m */
    const float *a;  /* n x k */
    const float *b;  /* k x m */
    size_t ldc, lda, ldb; /* floats from row to row */
    size_t n, k, m;  /* m is a multiple of TENSOR_LANES */
    bool add;        /* c += a b, else c = a b */
    bool fused;      /* multiply and add in one rounding where the processor can: training only */
};

void tensor_gemm(const struct tensor_gemm *g, enum tensor_path path);

/*
 * A matrix of 8-bit numbers, k x m, each column with its scale. Packed for tensor_gemm8: panels of
 * TENSOR_LANES columns; in a panel, for every 4 rows, the 4 numbers of each column side by side.
 */
struct tensor_packed {
    const int8_t *w;       /* k * m, none below -127 */
    const float *scale;    /* m */
    const int32_t *offset; /* m: -128 times the column's sum */
    size_t k, m;           /* multiples of TENSOR_LANES, k at most TENSOR_K_MOST */
};

/* Where the number of row i, column j stands in a packed matrix of k rows. */
static inline size_t tensor_packed_at(size_t k, size_t i, size_t j)
{
    return (j / TENSOR_LANES * k + i / 4 * 4) * TENSOR_LANES + j % TENSOR_LANES * 4 + i % 4;
}

/* Row by row: q = 128 + x / scale rounded, with the scale that makes the largest 127 (1 for zeros). */
struct tensor_quantize {
    uint8_t *q;      /* n x k */
    float *scale;    /* n */
    const float *x;  /* n x k, rows of ldx floats */
    size_t ldx, n, k;
};

void tensor_quantize(const struct tensor_quantize *q, enum tensor_path path);

/* c = a b + bias, a from tensor_quantize(): n x k. */
struct tensor_gemm8 {
    float *c;              /* n x m, rows of ldc floats */
    const uint8_t *a;
    const float *a_scale;  /* n */
    const struct tensor_packed *b;
    const float *bias;     /* m */
    size_t ldc, n;
};

void tensor_gemm8(const struct tensor_gemm8 *g, enum tensor_path path);

/* c = a transposed: a is n x m, c is m x n with rows of ldc floats. */
void tensor_transpose(float *c, size_t ldc, const float *a, size_t lda, size_t n, size_t m);

/*
 * One direction of a simple recurrent unit over one sentence:
 *   f = gate(gf + vf c'), r = gate(gr + vr c'), c = f c' + (1 - f) u, y = r c + (1 - r) x
 * where c' is the c of the step before, zero at first, and gate(z) = 1/2 + t - t |t| / 2 with
 * t = z / 4 cut to [-1, 1]: close to the logistic function, without exponential and division.
 */
struct tensor_sru {
    float *g;        /* n rows, g[0..h) u, g[h..2h) gf, g[2h..3h) gr; becomes u, f, r when c is kept */
    float *c;        /* n rows of h, for learning; NULL: not kept */
    float *y;        /* n rows of h */
    const float *x;  /* n rows of h */
    const float *v;  /* vf then vr, 2h */
    size_t ldg, ldc, ldy, ldx;
    size_t n, h;     /* steps, units (a multiple of TENSOR_LANES) */
    bool backward;   /* from the last word to the first */
};

void tensor_sru(const struct tensor_sru *s, enum tensor_path path);

/* out = exp(in - max(in)) over n values, and their sum (training); in may be out. */
float tensor_exp_sum(float *out, const float *in, size_t n);

/* The first of the greatest of n > 0 values. */
size_t tensor_best(const float *x, size_t n, enum tensor_path path);

/* a = the sum of rows of a table of 8-bit numbers, each with its scale, in the order given. */
struct tensor_rows8 {
    float *a;            /* n */
    const int8_t *table; /* rows of n */
    const float *scale;  /* of each row */
    const uint32_t *row; /* n_rows of them are added */
    size_t n_rows, n;    /* n is a multiple of TENSOR_LANES */
};

void tensor_rows8(const struct tensor_rows8 *job, enum tensor_path path);

#endif
