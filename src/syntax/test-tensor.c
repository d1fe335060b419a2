/* SPDX-License-Identifier: MIT */
/* test-tensor.c - all vector widths give the same bits; trees over random scores are trees. */
#include <math.h>
#include <stdlib.h>

#include "check.h"
#include "syntax/network.h"
#include "syntax/tensor.h"
#include "syntax/tree.h"

static uint64_t state = 7;

static float draw(void)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (float)(state >> 40) / 8388608.0f - 1.0f;
}

static float *random_floats(size_t n)
{
    float *p = aligned_alloc(64, (n * sizeof *p + 63) / 64 * 64);
    for (size_t i = 0; p && i < n; i++)
        p[i] = draw();
    return p;
}

static void check_gemm(enum tensor_path path, size_t n, size_t k, size_t m)
{
    float *a = random_floats(n * k), *b = random_floats(k * m);
    float *c = random_floats(n * m), *want = random_floats(n * m);
    struct tensor_gemm g = {want, a, b, m, k, m, n, k, m, false, false};
    tensor_gemm(&g, TENSOR_PLAIN);
    g.c = c;
    tensor_gemm(&g, path);
    CHECK(memcmp(c, want, n * m * sizeof *c) == 0, "product: same bits on every path");
    double sum = 0;
    for (size_t i = 0; i < k; i++)
        sum += (double)a[(n - 1) * k + i] * b[i * m + m - 1];
    CHECK(fabs(sum - c[n * m - 1]) < 1e-4, "product: right");
    free(a), free(b), free(c), free(want);
}

/* Eight-bit numbers: rows made alike on every path, products the same bits and near the true ones. */
static void check_gemm8(enum tensor_path path, size_t n, size_t k, size_t m)
{
    float *x = random_floats(n * k), *w = random_floats(k * m), *bias = random_floats(m);
    float *got = random_floats(n * m), *want = random_floats(n * m), scale[2][64], of_column[256];
    int8_t *packed = aligned_alloc(64, (k * m + 63) / 64 * 64);
    uint8_t *q[2] = {malloc(n * k), malloc(n * k)};
    int32_t offset[256];
    memset(x, 0, (n > 1 ? k : k / 2) * sizeof *x); /* a row of zeros */
    network_pack(w, k, m, packed, of_column, offset);
    for (int i = 0; i < 2; i++)
        tensor_quantize(&(struct tensor_quantize){q[i], scale[i], x, k, n, k},
                        i ? path : TENSOR_PLAIN);
    CHECK(memcmp(q[0], q[1], n * k) == 0 && memcmp(scale[0], scale[1], n * sizeof(float)) == 0,
          "8-bit rows: the same on every path");
    struct tensor_packed b = {packed, of_column, offset, k, m};
    tensor_gemm8(&(struct tensor_gemm8){want, q[0], scale[0], &b, bias, m, n}, TENSOR_PLAIN);
    tensor_gemm8(&(struct tensor_gemm8){got, q[0], scale[0], &b, bias, m, n}, path);
    CHECK(memcmp(got, want, n * m * sizeof *got) == 0, "8-bit product: same bits on every path");
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++) {
            double sum = bias[j];
            for (size_t h = 0; h < k; h++)
                sum += (double)x[i * k + h] * w[h * m + j];
            CHECK(fabs(sum - got[i * m + j]) < 0.02 * sqrt((double)k), "8-bit product: near");
        }
    free(x), free(w), free(bias), free(got), free(want), free(packed), free(q[0]), free(q[1]);
}

static void check_best(enum tensor_path path)
{
    float *x = random_floats(70);
    for (size_t n = 1; n <= 70; n++) {
        size_t want = 0;
        for (size_t i = 1; i < n; i++)
            want = x[i] > x[want] ? i : want;
        CHECK_INT(tensor_best(x, n, path), want, "greatest value");
    }
    x[11] = x[40] = 5;
    CHECK_INT(tensor_best(x, 70, path), 11, "the first of two that are alike");
    free(x);
}

static float gate(float z)
{
    float t = fmaxf(-1, fminf(1, z / 4));
    return 0.5f + t - t * fabsf(t) / 2;
}

static void check_sru(enum tensor_path path)
{
    enum { N = 9, H = 144 };
    float *g = random_floats(N * 3 * H), *x = random_floats(N * H), *v = random_floats(2 * H);
    float got[2][N * H], c[N * H], g2[N * 3 * H];
    for (int i = 0; i < 2; i++) {
        memcpy(g2, g, sizeof g2);
        tensor_sru(&(struct tensor_sru){g2, c, got[i], x, v, 3 * H, H, H, H, N, H, true},
                   i ? path : TENSOR_PLAIN);
    }
    CHECK(memcmp(got[0], got[1], sizeof got[0]) == 0, "recurrence: same bits on every path");
    memcpy(g2, g, sizeof g2);
    tensor_sru(&(struct tensor_sru){g2, NULL, got[1], x, v, 3 * H, 0, H, H, N, H, true}, path);
    CHECK(memcmp(got[0], got[1], sizeof got[0]) == 0, "recurrence: the same when nothing is kept");
    float f = gate(g[(N - 1) * 3 * H + H]), r = gate(g[(N - 1) * 3 * H + 2 * H]);
    float now = (1 - f) * g[(N - 1) * 3 * H], want = r * now + (1 - r) * x[(N - 1) * H];
    CHECK(fabsf(want - got[0][(N - 1) * H]) < 1e-5f, "recurrence: right in its first step");
    free(g), free(x), free(v);
}

static void check_rows(enum tensor_path path)
{
    int8_t table[3 * 48];
    float one[48], other[48], scale[3] = {0.37f, 0.11f, 0.29f};
    uint32_t row[3] = {2, 0, 0};
    for (int i = 0; i < 3 * 48; i++)
        table[i] = (int8_t)(i * 7 - 128);
    tensor_rows8(&(struct tensor_rows8){one, table, scale, row, 3, 48}, TENSOR_PLAIN);
    tensor_rows8(&(struct tensor_rows8){other, table, scale, row, 3, 48}, path);
    CHECK(memcmp(one, other, sizeof one) == 0, "8-bit rows: same bits on every path");
    CHECK(one[0] == (float)table[96] * 0.29f + -128 * 0.37f + -128 * 0.37f, "8-bit rows: right");
    tensor_rows8(&(struct tensor_rows8){other, table, scale, row, 0, 48}, path);
    CHECK(other[0] == 0 && other[47] == 0, "8-bit rows: none");
}

static void check_exp(void)
{
    float in[5] = {0, -1, 3, -100, 2.5f}, out[5];
    float sum = tensor_exp_sum(out, in, 5);
    for (int i = 0; i < 5; i++)
        CHECK(fabsf(out[i] - expf(in[i] - 3)) < 1e-6f, "exponential: right");
    CHECK(fabsf(sum - (out[0] + out[1] + out[2] + out[3] + out[4])) < 1e-6f, "exponential: sum");
}

/* The best tree's score by trying all head vectors; n is small. */
static float best_tree(const float *score, size_t ld, uint32_t n, uint32_t root)
{
    uint32_t head[6] = {0};
    float best = -1e30f;
    size_t all = 1;
    for (uint32_t i = 0; i < n; i++)
        all *= n + 1;
    for (size_t code = 0; code < all; code++) {
        size_t rest = code;
        float sum = 0;
        bool ok = true;
        for (uint32_t i = 0; i < n; i++, rest /= n + 1) {
            head[i] = (uint32_t)(rest % (n + 1));
            ok &= head[i] != i + 1 && (head[i] == 0) == (i == root);
            sum += score[i * ld + head[i]];
        }
        for (uint32_t i = 0; i < n && ok; i++) {
            uint32_t at = i + 1, steps = 0;
            while (at && steps++ <= n)
                at = head[at - 1];
            ok = at == 0;
        }
        if (ok && sum > best)
            best = sum;
    }
    return best;
}

static void check_tree(uint32_t n, struct arena *arena, bool small)
{
    size_t ld = (n + 16) / 16 * 16;
    float *score = random_floats(n * ld), sum = 0;
    uint32_t *head = calloc(n, sizeof *head), roots = 0, root = 0;
    enum tensor_path path = (enum tensor_path)(n % (TENSOR_AMX + 1u));
    path = tensor_has_path(path) ? path : TENSOR_PLAIN;
    CHECK(tree_decode(score, ld, n, head, path, arena), "tree: memory");
    for (uint32_t i = 0; i < n; i++) {
        if (head[i] == 0)
            root = i;
        roots += head[i] == 0;
        if (head[i] <= n)
            sum += score[i * ld + head[i]];
        uint32_t at = i + 1, steps = 0;
        while (at && at <= n && steps++ <= n)
            at = head[at - 1];
        CHECK_INT(at, 0, "tree: no cycle");
    }
    CHECK_INT(roots, 1, "tree: one root");
    if (small)
        CHECK(fabsf(sum - best_tree(score, ld, n, root)) < 1e-4f, "tree: the best with its root");
    free(score), free(head);
}

/* No path faster than what the environment wishes for, and the fastest without a wish. */
static void check_wish(void)
{
    static const char *const name[] = {"plain", "avx2", "vnni", "avx512", "amx"}; /* ORDER PATH */
    enum tensor_path best = TENSOR_PLAIN;
    for (unsigned i = 0; i <= TENSOR_AMX; i++) {
        best = tensor_has_path((enum tensor_path)i) ? (enum tensor_path)i : best;
        setenv("DEMARCHE_CPU", name[i], 1);
        CHECK_INT(tensor_best_path(), best, "the fastest path up to the one wished for");
    }
    setenv("DEMARCHE_CPU", "abacus", 1);
    CHECK_INT(tensor_best_path(), best, "a wish for what is no path");
    unsetenv("DEMARCHE_CPU");
    CHECK_INT(tensor_best_path(), best, "no wish");
}

int main(void)
{
    struct arena arena;
    arena_init(&arena, 64u << 20);
    check_wish();
    for (enum tensor_path path = TENSOR_PLAIN; path <= TENSOR_AMX; path++) {
        if (!tensor_has_path(path))
            continue;
        check_gemm(path, 1, 3, 16);
        check_gemm(path, 13, 37, 80);
        check_gemm(path, 64, 256, 48);
        check_gemm8(path, 1, 16, 16);
        check_gemm8(path, 11, 64, 48);
        check_gemm8(path, 64, 128, 256);
        check_gemm8(path, 61, 512, 32);
        check_gemm8(path, 17, 48, 80);
        check_gemm8(path, 47, 272, 112);
        check_best(path);
        check_sru(path);
        check_rows(path);
    }
    check_exp();
    for (int i = 0; i < 300; i++)
        check_tree(1 + (uint32_t)i % 5, &arena, true);
    for (int i = 0; i < 20; i++)
        check_tree(20 + 17 * (uint32_t)i, &arena, false);
    arena_deinit(&arena);
    return check_end();
}
