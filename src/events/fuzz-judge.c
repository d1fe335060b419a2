/* SPDX-License-Identifier: MIT */
/*
 * fuzz-judge.c - a file of learned weights with any bytes changed is refused, or answers in bounds.
 *
 * The input is taken twice: as such a file, and as changes (2 bytes place, 1 byte value) to a sound
 * one of a few weights, whose checksum is then made right again.
 */
#include <math.h>
#include <stdlib.h>

#include "events/judge.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ask(const struct judge *judge)
{
    static const uint32_t keys[] = {0x80000001u, 1, 2, 3, 7, 16, UINT32_MAX};
    for (int q = 0; q < JUDGE_QUESTIONS; q++) {
        const struct judge_table *table = &judge->table[q];
        float p[JUDGE_CLASSES];
        judge_ask(table, keys, sizeof keys / sizeof *keys, p);
        for (uint32_t c = 0; c < table->n_classes; c++)
            if (p[c] < 0 || p[c] > 1.001f)
                abort();
    }
    for (uint32_t i = 0; i < judge->table[JUDGE_TRIGGER].n_classes; i++)
        if (judge->type[i].n > IMAGE_NAME_MAX)
            abort();
}

static void try_bytes(struct slice bytes)
{
    struct judge *judge;
    struct dm_error err = {0};
    char *p = aligned_alloc(64, (bytes.n + 127) / 64 * 64);
    if (!p)
        return;
    if (bytes.n)
        memcpy(p, bytes.p, bytes.n);
    if (judge_from_memory("fuzz", slice_make(p, bytes.n), &judge, &err) == DM_OK) {
        ask(judge);
        judge_close(judge);
    }
    free(p);
}

static void sound(struct arena *arena, struct buf *out)
{
    static const struct judge_slot slot[8] = {{0, 0}, {1, 0}, {2, 1}, {3, 2}};
    static const int8_t weight[9] = {1, -2, 3, 0, 5, -6, 7, 8, -9};
    static const char types[3][IMAGE_NAME_MAX] = {"", "ACCUSE", "AGREE"};
    static const float unit = 0.01f;
    struct image_builder b;
    struct dm_error err = {0};
    image_builder_init(&b, arena, "judge", JUDGE_VERSION);
    if (image_add(&b, "about", "x", 1, 1, &err) || image_add(&b, "types", types, 3, sizeof *types, &err) ||
        image_add(&b, "t.slot", slot, 8, sizeof *slot, &err) ||
        image_add(&b, "t.weight", weight, 9, 1, &err) || image_add(&b, "t.unit", &unit, 1, 4, &err) ||
        image_add(&b, "p.slot", slot, 8, sizeof *slot, &err) ||
        image_add(&b, "p.weight", weight, 9, 1, &err) || image_add(&b, "p.unit", &unit, 1, 4, &err) ||
        image_build(&b, out, &err))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct buf bytes;
    arena_init(&arena, 1 << 20);
    buf_init(&bytes, 1 << 20);
    try_bytes(slice_make((const char *)data, size));
    sound(&arena, &bytes);
    for (size_t i = 0; i + 3 <= size && i < 60; i += 3)
        bytes.p[(data[i] | (size_t)data[i + 1] << 8) % bytes.n] = (char)data[i + 2];
    image_seal(bytes.p, bytes.n);
    try_bytes(buf_slice(&bytes));
    buf_deinit(&bytes);
    arena_deinit(&arena);
    return 0;
}
