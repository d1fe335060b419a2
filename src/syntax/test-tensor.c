/* SPDX-License-Identifier: MIT */
/* test-tensor.c - all vector widths give the same bits; trees over random scores are trees. */
#include <math.h>
#include <stdlib.h>

#include "check.h"
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
    struct tensor_gemm g = {want, a, b, m, k, m, n, k, m, false};
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

static void check_sru(enum tensor_path path)
{
    enum { N = 9, H = 48 };
    float *g = random_floats(N * 3 * H), *x = random_floats(N * H), *v = random_floats(2 * H);
    float got[2][N * H], c[N * H], g2[N * 3 * H];
    for (int i = 0; i < 2; i++) {
        memcpy(g2, g, sizeof g2);
        tensor_sru(&(struct tensor_sru){g2, c, got[i], x, v, 3 * H, H, H, H, N, H, true},
                   i ? path : TENSOR_PLAIN);
    }
    CHECK(memcmp(got[0], got[1], sizeof got[0]) == 0, "recurrence: same bits on every path");
    float f = 1 / (1 + expf(-g[(N - 1) * 3 * H + H])), r = 1 / (1 + expf(-g[(N - 1) * 3 * H + 2 * H]));
    float now = (1 - f) * g[(N - 1) * 3 * H], want = r * now + (1 - r) * x[(N - 1) * H];
    CHECK(fabsf(want - got[0][(N - 1) * H]) < 1e-5f, "recurrence: right in its first step");
    free(g), free(x), free(v);
}

static void check_rows(enum tensor_path path)
{
    int8_t row[64];
    float one[64] = {0}, other[64] = {0};
    for (int i = 0; i < 64; i++)
        row[i] = (int8_t)(i * 4 - 128);
    tensor_add_row8(one, row, 0.37f, 64, TENSOR_PLAIN);
    tensor_add_row8(other, row, 0.37f, 64, path);
    CHECK(memcmp(one, other, sizeof one) == 0, "8-bit rows: same bits on every path");
    CHECK(one[0] == -128 * 0.37f, "8-bit rows: right");
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
    CHECK(tree_decode(score, ld, n, head, arena), "tree: memory");
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

int main(void)
{
    enum tensor_path best = tensor_best_path();
    struct arena arena;
    arena_init(&arena, 64u << 20);
    for (enum tensor_path path = TENSOR_PLAIN; path <= best; path++) {
        check_gemm(path, 1, 3, 16);
        check_gemm(path, 13, 37, 80);
        check_gemm(path, 64, 256, 48);
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
