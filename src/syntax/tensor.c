/* SPDX-License-Identifier: MIT */
/*
 * tensor.c - matrix product, recurrent unit and exponential, the same bits on every processor.
 *
 * Method     Everything is written once (tensor-kernels.h) over vectors, a GCC and Clang extension,
 *            and compiled for 16, 8 and 4 floats. A sum runs over k in order within its lane, so the
 *            width changes no bit. The exponential is a polynomial of its own, since libm's differs
 *            from processor to processor.
 * Source     T. Lei et al., Simple Recurrent Units for Highly Parallelizable Recurrence, EMNLP 2018;
 *            exp: Cephes expf, S. Moshier.
 */
#include "syntax/tensor.h"

#include <string.h>

#define INLINE static inline __attribute__((always_inline))

#if defined(__x86_64__)
#define LANES 16 /* 32 registers: 16 sums */
#define ROWS 8
#define WIDE 2
#define KERNEL(name) name##_avx512
#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl")))
#include "syntax/tensor-kernels.h"

#define LANES 8 /* 16 registers: 8 sums */
#define ROWS 4
#define WIDE 2
#define KERNEL(name) name##_avx2
#define TARGET __attribute__((target("avx2")))
#include "syntax/tensor-kernels.h"
#endif

#define LANES 4
#define ROWS 2
#define WIDE 4
#define KERNEL(name) name##_plain
#define TARGET
#include "syntax/tensor-kernels.h"

#if defined(__x86_64__)
#define RUN_PATH(path, name, args)                                            \
    do {                                                                      \
        if ((path) == TENSOR_AVX512)                                          \
            name##_avx512 args;                                               \
        else if ((path) == TENSOR_AVX2)                                       \
            name##_avx2 args;                                                 \
        else                                                                  \
            name##_plain args;                                                \
    } while (0)
#else
#define RUN_PATH(path, name, args) ((void)(path), name##_plain args)
#endif

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

float tensor_exp_sum(float *out, const float *in, size_t n)
{
    float most = n ? in[0] : 0, sum = 0;
    for (size_t i = 1; i < n; i++)
        most = in[i] > most ? in[i] : most;
    enum tensor_path path = tensor_best_path();
    for (size_t i = 0; i < n; i += TENSOR_LANES) {
        size_t lanes = n - i < TENSOR_LANES ? n - i : TENSOR_LANES;
        float part[TENSOR_LANES] = {0};
        memcpy(part, in + i, lanes * sizeof(float));
        RUN_PATH(path, exp_row, (part, most, TENSOR_LANES));
        for (size_t j = 0; j < lanes; j++)
            sum += part[j];
        memcpy(out + i, part, lanes * sizeof(float));
    }
    return sum;
}

void tensor_sru(const struct tensor_sru *s, enum tensor_path path)
{
    RUN_PATH(path, sru, (s));
}

void tensor_add_row8(float *a, const int8_t *row, float scale, size_t n, enum tensor_path path)
{
    RUN_PATH(path, row8, (a, row, scale, n));
}
