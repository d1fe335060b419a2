/* SPDX-License-Identifier: MIT */
/*
 * tensor.c - matrix product, recurrent unit and exponential, the same bits on every processor.
 *
 * Method     Everything is written once (tensor-kernels.h) over vectors, a GCC and Clang extension,
 *            and compiled for 16, 8 and 4 floats; products of 8-bit numbers stand in
 *            tensor-product8.h, on tiles in tensor-amx.h. A sum runs over k in order within its lane,
 *            so the width changes no bit; sums of 8-bit products are exact in any order. VNNI is an
 *            instruction for four such products, 16 or 8 sums wide (AVX-512, AVX-VNNI), that wants one
 *            side unsigned: rows carry 128 on top, which the columns' offsets take off again. AVX2
 *            has one that could overflow, so there the sign goes over to the other side. The
 *            exponential is a polynomial of its own, since libm's differs from processor to
 *            processor.
 * Source     T. Lei et al., Simple Recurrent Units for Highly Parallelizable Recurrence, EMNLP 2018;
 *            exp: Cephes expf, S. Moshier.
 */
#include "syntax/tensor.h"

#include <stdlib.h>
#include <string.h>

#define PACKED_ROWS 256 /* of b, packed at once: 32 KB with the widest vectors */
#define INLINE static inline __attribute__((always_inline))
#define VECTOR(path)                                                                          \
    typedef float vec_##path __attribute__((vector_size(LANES * 4), aligned(4), may_alias)); \
    typedef int32_t veci_##path __attribute__((vector_size(LANES * 4), aligned(4), may_alias))

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

#define LANES 16 /* 32 registers: 16 sums */
#define ROWS 8
#define WIDE 2
#define ROWS8 8
#define PANELS 2
#define UNITS 8
#define KERNEL(name) name##_avx512
VECTOR(avx512);
#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,fma")))
#define LEFT __m512i
#define LEFT_BYTES 1
#define WITH_OFFSET true
#define LEAST(a, b) ((KERNEL(vec))_mm512_min_ps((__m512)(a), (__m512)(b)))
#define MOST(a, b) ((KERNEL(vec))_mm512_max_ps((__m512)(a), (__m512)(b)))
#define SPLAT(x) ((KERNEL(vec))_mm512_set1_ps(x))
#define SAME(a, b) _mm512_cmp_ps_mask((__m512)(a), (__m512)(b), _CMP_EQ_OQ)
#define FUSED(a, b, c) ((KERNEL(vec))_mm512_fmadd_ps((__m512)(a), (__m512)(b), (__m512)(c)))
TARGET INLINE void narrow_avx512(uint8_t *q, const veci_avx512 *whole)
{
    _mm_storeu_si128((__m128i *)(void *)q, _mm512_cvtepi32_epi8((__m512i)*whole));
}
TARGET INLINE float top_avx512(vec_avx512 x)
{
    return _mm512_reduce_max_ps((__m512)x);
}
TARGET INLINE __m512i left_avx512(const uint8_t *a)
{
    int32_t four;
    memcpy(&four, a, sizeof four);
    return _mm512_set1_epi32(four);
}
#define DOT_TYPE __m512i
#define DOT_SUM(sum, left, right) _mm512_dpbusd_epi32(sum, left, right)
#include "syntax/tensor-kernels.h"

#if defined(__linux__)
#define HAVE_TILES
#include "syntax/tensor-amx.h"
#endif

#define LANES 8 /* 16 registers: 8 sums */
#define ROWS 4
#define WIDE 2
#define ROWS8 4
#define PANELS 1
#define UNITS 4
#define KERNEL(name) name##_avx2
VECTOR(avx2);
#define TARGET __attribute__((target("avx2,fma")))
#define LEFT struct left_avx2
#define LEFT_BYTES 2
#define WITH_OFFSET false
#define LEAST(a, b) ((KERNEL(vec))_mm256_min_ps((__m256)(a), (__m256)(b)))
#define MOST(a, b) ((KERNEL(vec))_mm256_max_ps((__m256)(a), (__m256)(b)))
#define SPLAT(x) ((KERNEL(vec))_mm256_set1_ps(x))
#define SAME(a, b) \
    (unsigned)_mm256_movemask_ps(_mm256_cmp_ps((__m256)(a), (__m256)(b), _CMP_EQ_OQ))
#define FUSED(a, b, c) ((KERNEL(vec))_mm256_fmadd_ps((__m256)(a), (__m256)(b), (__m256)(c)))
TARGET INLINE void narrow_avx2(uint8_t *q, const veci_avx2 *whole)
{
    __m256i halves = _mm256_packs_epi32((__m256i)whole[0], (__m256i)whole[1]);
    halves = _mm256_permute4x64_epi64(halves, _MM_SHUFFLE(3, 1, 2, 0));
    _mm_storeu_si128((__m128i *)(void *)q, _mm_packus_epi16(_mm256_castsi256_si128(halves),
                                                            _mm256_extracti128_si256(halves, 1)));
}
TARGET INLINE float top_avx2(vec_avx2 x)
{
    __m128 half = _mm_max_ps(_mm256_castps256_ps128((__m256)x), _mm256_extractf128_ps((__m256)x, 1));
    half = _mm_max_ps(half, _mm_movehl_ps(half, half));
    return _mm_cvtss_f32(_mm_max_ss(half, _mm_shuffle_ps(half, half, 1)));
}
struct left_avx2 {
    __m256i value, magnitude;
};
/* For every four numbers their values without the 128, then these without signs. */
TARGET INLINE void prepare_avx2(uint8_t *out, const uint8_t *a, size_t n)
{
    const __m128i sign = _mm_set1_epi8((char)0x80);
    for (size_t i = 0; i < n; i += 16) {
        __m128i value = _mm_xor_si128(_mm_loadu_si128((const __m128i *)(const void *)(a + i)), sign);
        __m128i magnitude = _mm_abs_epi8(value);
        __m128i *to = (__m128i *)(void *)(out + 2 * i);
        _mm_storeu_si128(to, _mm_unpacklo_epi32(value, magnitude));
        _mm_storeu_si128(to + 1, _mm_unpackhi_epi32(value, magnitude));
    }
}
TARGET INLINE struct left_avx2 left_avx2(const uint8_t *a)
{
    const float *four = (const float *)(const void *)a; /* broadcast from memory, any bits */
    return (struct left_avx2){_mm256_castps_si256(_mm256_broadcast_ss(four)),
                              _mm256_castps_si256(_mm256_broadcast_ss(four + 1))};
}
#define DOT_TYPE __m256i
#define DOT_SUM(sum, left, right)                                                              \
    _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_maddubs_epi16((left).magnitude,             \
                                                _mm256_sign_epi8(right, (left).value)),        \
                                            _mm256_set1_epi16(1)))
#include "syntax/tensor-kernels.h"

#define LANES 8 /* as AVX2, but the 8-bit product; 16 registers: 12 sums */
#define ROWS8 6
#define PANELS 1
#define KERNEL(name) name##_vnni
#define VEC vec_avx2
#define VECI veci_avx2
#define TARGET __attribute__((target("avx2,fma,avxvnni")))
#define LEFT __m256i
#define LEFT_BYTES 1
#define WITH_OFFSET true
TARGET INLINE __m256i left_vnni(const uint8_t *a)
{
    int32_t four;
    memcpy(&four, a, sizeof four);
    return _mm256_set1_epi32(four);
}
#define DOT_TYPE __m256i
#define DOT_SUM(sum, left, right) _mm256_dpbusd_avx_epi32(sum, left, right)
#include "syntax/tensor-product8.h"
#undef TARGET
#undef VECI
#undef VEC
#undef KERNEL
#undef LANES
#endif

#define LANES 4
#define ROWS 2
#define WIDE 4
#define ROWS8 2
#define PANELS 1
#define UNITS 2
#define KERNEL(name) name##_plain
VECTOR(plain);
#define TARGET
#define LEFT const uint8_t *
#define LEFT_BYTES 1
#define WITH_OFFSET false
#define CHOOSE(test, a, b)                                                                     \
    ((KERNEL(vec))(((KERNEL(veci))(a) & (test)) | ((KERNEL(veci))(b) & ~(test))))
#define LEAST(a, b) CHOOSE((a) < (b), a, b)
#define MOST(a, b) CHOOSE((a) > (b), a, b)
#define SPLAT(x) ((VEC){0} + (x))
#define SAME(a, b) same_plain((a), (b))
#define FUSED(a, b, c) ((a) * (b) + (c))
INLINE void narrow_plain(uint8_t *q, const veci_plain *whole)
{
    for (int i = 0; i < TENSOR_LANES; i++)
        q[i] = (uint8_t)whole[i / LANES][i % LANES];
}
INLINE float top_plain(vec_plain x)
{
    float most = x[0];
    for (int i = 1; i < LANES; i++)
        most = x[i] > most ? x[i] : most;
    return most;
}
INLINE unsigned same_plain(vec_plain a, vec_plain b)
{
    unsigned same = 0;
    for (int i = 0; i < LANES; i++)
        same |= (unsigned)(a[i] == b[i]) << i;
    return same;
}
INLINE const uint8_t *left_plain(const uint8_t *a)
{
    return a;
}
#include "syntax/tensor-kernels.h"

#if defined(__x86_64__)
#define RUN_PATH(path, name, args)                                            \
    do {                                                                      \
        if ((path) >= TENSOR_AVX512)                                          \
            name##_avx512 args;                                               \
        else if ((path) >= TENSOR_AVX2)                                       \
            name##_avx2 args;                                                 \
        else                                                                  \
            name##_plain args;                                                \
    } while (0)
#else
#define RUN_PATH(path, name, args) ((void)(path), name##_plain args)
#endif

static enum tensor_path widest_vectors(void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512vnni"))
        return TENSOR_AVX512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return TENSOR_AVX2;
#endif
    return TENSOR_PLAIN;
}

#if defined(__x86_64__)
static bool has_avx_vnni(void)
{
    unsigned a, b, c, d;
    return __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a >> 4 & 1);
}
#endif

bool tensor_has_path(enum tensor_path path)
{
#if defined(__x86_64__)
    if (path == TENSOR_VNNI)
        return widest_vectors() >= TENSOR_AVX2 && has_avx_vnni();
#endif
#if defined(HAVE_TILES)
    if (path == TENSOR_AMX)
        return widest_vectors() == TENSOR_AVX512 && amx_allowed();
#endif
    return path <= widest_vectors();
}

enum tensor_path tensor_best_path(void)
{
    static const char *const name[] = {"plain", "avx2", "vnni", "avx512", "amx"}; /* ORDER PATH */
    unsigned path = TENSOR_AMX;
    const char *most = getenv("DEMARCHE_CPU");
    for (unsigned i = 0; most && i < TENSOR_AMX; i++)
        if (strcmp(most, name[i]) == 0)
            path = i;
    while (!tensor_has_path((enum tensor_path)path))
        path--;
    return (enum tensor_path)path;
}

void tensor_gemm(const struct tensor_gemm *g, enum tensor_path path)
{
    RUN_PATH(path, gemm, (g));
}

void tensor_quantize(const struct tensor_quantize *q, enum tensor_path path)
{
    RUN_PATH(path, quantize, (q));
}

void tensor_gemm8(const struct tensor_gemm8 *g, enum tensor_path path)
{
#if defined(HAVE_TILES)
    if (path == TENSOR_AMX) {
        gemm8_amx(g);
        return;
    }
#endif
#if defined(__x86_64__)
    if (path == TENSOR_VNNI) {
        gemm8_vnni(g);
        return;
    }
#endif
    RUN_PATH(path, gemm8, (g));
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
    enum tensor_path path = widest_vectors();
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

void tensor_rows8(const struct tensor_rows8 *job, enum tensor_path path)
{
    RUN_PATH(path, rows8, (job));
}

size_t tensor_best(const float *x, size_t n, enum tensor_path path)
{
#if defined(__x86_64__)
    if (path >= TENSOR_AVX512)
        return best_avx512(x, n);
    if (path >= TENSOR_AVX2)
        return best_avx2(x, n);
#endif
    (void)path;
    return best_plain(x, n);
}
