/* SPDX-License-Identifier: MIT */
/*
 * judge-file.c - the file of learned weights: opened, checked, asked.
 *
 * Sections  about bytes; types char[16] each; for each question q ("t", "p"): q.slot, q.weight,
 *           q.unit. Whatever is read is checked once, at opening.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "events/judge.h"

static int table_open(const struct image *image, char letter, uint32_t n_classes,
                      struct judge_table *out, struct dm_error *err)
{
    char name[IMAGE_NAME_MAX];
    const void *slot, *weight, *unit;
    uint32_t n_slots, n_weights;
    snprintf(name, sizeof name, "%c.slot", letter);
    int rc = image_section(image, name, sizeof *out->slot, IMAGE_NONE, &slot, &n_slots, err);
    if (rc == DM_OK) {
        snprintf(name, sizeof name, "%c.weight", letter);
        rc = image_section(image, name, 1, IMAGE_NONE, &weight, &n_weights, err);
    }
    if (rc == DM_OK) {
        snprintf(name, sizeof name, "%c.unit", letter);
        rc = image_section(image, name, sizeof out->unit, 1, &unit, NULL, err);
    }
    if (rc != DM_OK)
        return rc;
    *out = (struct judge_table){.slot = slot, .weight = weight, .mask = n_slots - 1,
                                .n_rows = n_weights / n_classes, .n_classes = n_classes};
    memcpy(&out->unit, unit, sizeof out->unit);
    bool sound = n_slots && (n_slots & out->mask) == 0 && isfinite(out->unit) && out->unit > 0 &&
                 n_weights % n_classes == 0;
    uint32_t used = 0;
    for (uint32_t i = 0; i < n_slots && sound; i++) {
        used += out->slot[i].key != 0;
        sound = out->slot[i].key == 0 || out->slot[i].row < out->n_rows;
    }
    if (!sound || used > n_slots / 2)
        return dm_fail(err, DM_EFORMAT, "%s: broken table of weights '%c'", image->name, letter);
    return DM_OK;
}

static int check(struct judge *judge, struct dm_error *err)
{
    const void *types, *about;
    uint32_t n_types = 0, n_about = 0;
    int rc = image_section(&judge->image, "types", IMAGE_NAME_MAX, IMAGE_NONE, &types, &n_types,
                           err);
    if (rc == DM_OK)
        rc = image_section(&judge->image, "about", 1, IMAGE_NONE, &about, &n_about, err);
    if (rc != DM_OK)
        return rc;
    if (n_types < 2 || n_types > JUDGE_CLASSES)
        return dm_fail(err, DM_EFORMAT, "%s: %u event types; 2 to %d are possible",
                       judge->image.name, n_types, JUDGE_CLASSES);
    for (uint32_t i = 0; i < n_types; i++) {
        const char *name = (const char *)types + (size_t)i * IMAGE_NAME_MAX;
        judge->type[i] = slice_make(name, strnlen(name, IMAGE_NAME_MAX));
    }
    judge->about = slice_make(about, n_about);
    rc = table_open(&judge->image, 't', n_types, &judge->table[JUDGE_TRIGGER], err);
    if (rc == DM_OK)
        rc = table_open(&judge->image, 'p', PARTY_CLASSES, &judge->table[JUDGE_PARTY], err);
    return rc;
}

static int finish(struct judge *judge, int rc, struct judge **out, struct dm_error *err)
{
    if (rc == DM_OK)
        rc = check(judge, err);
    if (rc == DM_OK)
        *out = judge;
    else
        judge_close(judge);
    return rc;
}

int judge_open(const char *path, struct judge **out, struct dm_error *err)
{
    struct judge *judge = calloc(1, sizeof *judge);
    if (!judge)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", path);
    return finish(judge, image_open(path, "judge", JUDGE_VERSION, &judge->image, err), out, err);
}

int judge_from_memory(const char *name, struct slice bytes, struct judge **out,
                      struct dm_error *err)
{
    struct judge *judge = calloc(1, sizeof *judge);
    if (!judge)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", name);
    return finish(judge, image_from_memory(name, bytes, "judge", JUDGE_VERSION, &judge->image, err),
                  out, err);
}

void judge_close(struct judge *judge)
{
    if (!judge)
        return;
    image_close(&judge->image);
    free(judge);
}

const int8_t *judge_row(const struct judge_table *table, uint32_t key)
{
    for (uint32_t i = key & table->mask;; i = (i + 1) & table->mask) {
        if (table->slot[i].key == key)
            return &table->weight[(size_t)table->slot[i].row * table->n_classes];
        if (table->slot[i].key == 0)
            return NULL;
    }
}

#define ASK_AT_ONCE 64 /* rows whose memory is asked for together; their sums fit into 16 bits */
typedef int8_t eight_bytes __attribute__((vector_size(8), aligned(1), may_alias));
typedef int16_t eight_sums __attribute__((vector_size(16)));

/* Adds the rows, class by class: eight classes at once, whose sums stay in a register. */
static void add_rows(int32_t *sum, const int8_t *const *row, uint32_t n_rows, uint32_t n_classes)
{
    uint32_t c = 0;
    for (; c + 8 <= n_classes; c += 8) {
        eight_sums eight = {0};
        for (uint32_t i = 0; i < n_rows; i++)
            eight += __builtin_convertvector(*(const eight_bytes *)(row[i] + c), eight_sums);
        for (uint32_t k = 0; k < 8; k++)
            sum[c + k] += eight[k];
    }
    for (; c < n_classes; c++)
        for (uint32_t i = 0; i < n_rows; i++)
            sum[c] += row[i][c];
}

void judge_ask(const struct judge_table *table, const uint32_t *key, uint32_t n, float *p)
{
    int32_t sum[JUDGE_CLASSES] = {0};
    const int8_t *row[ASK_AT_ONCE];
    uint32_t n_classes = table->n_classes;
    for (uint32_t from = 0; from < n; from += ASK_AT_ONCE) {
        uint32_t n_rows = 0;
        for (uint32_t i = from; i < n && i < from + ASK_AT_ONCE; i++) {
            row[n_rows] = judge_row(table, key[i]);
            if (row[n_rows])
                __builtin_prefetch(row[n_rows++]);
        }
        add_rows(sum, row, n_rows, n_classes);
    }
    float most = 0, total = 0;
    for (uint32_t c = 0; c < n_classes; c++)
        if (c == 0 || (float)sum[c] > most)
            most = (float)sum[c];
    for (uint32_t c = 0; c < n_classes; c++)
        total += p[c] = expf(((float)sum[c] - most) * table->unit);
    for (uint32_t c = 0; c < n_classes; c++)
        p[c] /= total;
}
