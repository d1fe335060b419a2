/* SPDX-License-Identifier: MIT */
/*
 * tensor.h - the few loops where the parser spends its time, the same bits on every processor.
 *
 * All matrices are row-major floats. Column counts are multiples of TENSOR_LANES. Each result is
 * summed in one order, whatever the vector width, and nothing is fused (-ffp-contract=off), so that
 * AVX-512, AVX2 and plain code give identical bytes (test-tensor).
 */
#ifndef SYNTAX_TENSOR_H
#define SYNTAX_TENSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TENSOR_LANES 16

enum tensor_path { TENSOR_PLAIN, TENSOR_AVX2, TENSOR_AVX512 };

/* The widest path that this processor has. */
enum tensor_path tensor_best_path(void);

struct tensor_gemm {
    float *c;        /* n x m */
    const float *a;  /* n x k */
    const float *b;  /* k x m */
    size_t ldc, lda, ldb; /* floats from row to row */
    size_t n, k, m;  /* m is a multiple of TENSOR_LANES */
    bool add;        /* c += a b, else c = a b */
};

void tensor_gemm(const struct tensor_gemm *g, enum tensor_path path);

/* c = a transposed: a is n x m, c is m x n with rows of ldc floats. */
void tensor_transpose(float *c, size_t ldc, const float *a, size_t lda, size_t n, size_t m);

/*
 * One direction of a simple recurrent unit over one sentence:
 *   f = sigma(gf + vf c'), r = sigma(gr + vr c'), c = f c' + (1 - f) u, y = r c + (1 - r) x
 * where c' is the c of the step before, zero at first.
 */
struct tensor_sru {
    float *g;        /* n rows, g[0..h) u, g[h..2h) gf, g[2h..3h) gr; becomes u, f, r */
    float *c;        /* n rows of h */
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

/* a += scale * row of 8-bit numbers. */
void tensor_add_row8(float *a, const int8_t *row, float scale, size_t n, enum tensor_path path);

#endif
