/* SPDX-License-Identifier: MIT */
/*
 * model.c - open a model file and check that nothing in it can lead outside of it.
 *
 * Reads    an image of kind "model" (core/image.h has checked magic, version, sizes, checksum).
 * Leaves   a struct syntax_model of pointers into the mapped file.
 * Cost     one look at every number; about 2 ms for 8 MB.
 */
#include "syntax/model.h"

#include <stdlib.h>

static int bad(struct dm_error *err, const char *path, const char *what)
{
    return dm_fail(err, DM_EFORMAT, "%s: damaged model: %s", path, what);
}

/* Finite, and small enough that no sum of them overflows. */
static bool sane(const float *p, size_t n)
{
    bool ok = true;
    for (size_t i = 0; i < n; i++)
        ok &= p[i] > -1e6f && p[i] < 1e6f;
    return ok;
}

/* Every 8-bit number may change its sign, and the offsets are those of the columns (tensor.h). */
static bool packed_right(const struct syntax_model *m)
{
    const struct network_layout *l = &m->layout;
    for (uint32_t i = 0; i <= m->shape.layers; i++) {
        size_t k = i == m->shape.layers ? m->shape.dim : l->in[i];
        size_t columns = i == m->shape.layers ? l->width : l->gates[i];
        for (size_t panel = 0; panel < columns; panel += TENSOR_LANES) {
            const int8_t *w = m->weights.packed + l->packed[i] + panel * k;
            const int32_t *offset = m->weights.offset + l->column[i] + panel;
            int32_t sum[TENSOR_LANES] = {0};
            bool ok = true;
            for (size_t at = 0; at < k * TENSOR_LANES; at++) {
                ok &= w[at] != INT8_MIN;
                sum[at / 4 % TENSOR_LANES] += w[at];
            }
            for (size_t j = 0; j < TENSOR_LANES; j++)
                ok &= offset[j] == -128 * sum[j];
            if (!ok)
                return false;
        }
    }
    return true;
}

static bool map_below(const struct image_map *map, uint32_t limit)
{
    for (uint32_t i = 0; i <= map->mask; i++)
        if (map->slot[i].value != IMAGE_NONE && map->slot[i].value >= limit)
            return false;
    return true;
}

static bool inside(struct image_text text, uint32_t n_bytes)
{
    return text.offset <= n_bytes && text.n <= n_bytes - text.offset;
}

static int open_network(const char *path, struct syntax_model *m, struct dm_error *err)
{
    const void *data;
    uint32_t n;
    int rc = image_section(&m->image, "shape", sizeof m->shape, 1, &data, &n, err);
    if (rc)
        return rc;
    memcpy(&m->shape, data, sizeof m->shape);
    if (!network_layout(&m->shape, &m->layout) || m->shape.n_rows < 1)
        return bad(err, path, "sizes out of bounds");
    struct network_weights *w = &m->weights;
    uint32_t columns = (uint32_t)m->layout.n_columns;
    rc = image_section(&m->image, "weights", sizeof(float), (uint32_t)m->layout.small, &data, &n,
                       err);
    if (rc)
        return rc;
    w->small = data;
    rc = image_section(&m->image, "packed", 1, (uint32_t)m->layout.n_packed, &data, &n, err);
    if (rc)
        return rc;
    w->packed = data;
    rc = image_section(&m->image, "packed_scale", sizeof(float), columns, &data, &n, err);
    if (rc)
        return rc;
    w->scale = data;
    rc = image_section(&m->image, "packed_offset", sizeof(int32_t), columns, &data, &n, err);
    if (rc)
        return rc;
    w->offset = data;
    rc = image_section(&m->image, "rows", m->shape.embed, m->shape.n_rows, &data, &n, err);
    if (rc)
        return rc;
    m->rows = data;
    rc = image_section(&m->image, "row_scale", sizeof(float), m->shape.n_rows, &data, &n, err);
    if (rc)
        return rc;
    m->row_scale = data;
    if (!sane(w->small, m->layout.small) || !sane(w->scale, columns) ||
        !sane(m->row_scale, m->shape.n_rows) || !packed_right(m))
        return bad(err, path, "weights that are no numbers");
    return DM_OK;
}

static int open_tags(const char *path, struct syntax_model *m, struct dm_error *err)
{
    const void *data;
    uint32_t n;
    int rc = image_section(&m->image, "tags", sizeof *m->tag, m->shape.n_tags, &data, &n, err);
    if (rc)
        return rc;
    m->tag = data;
    rc = image_section(&m->image, "rels", 1, m->shape.n_rels, &data, &n, err);
    if (rc)
        return rc;
    m->rel = data;
    for (uint32_t i = 0; i < m->shape.n_tags; i++)
        if (m->tag[i].upos >= UPOS_COUNT || m->tag[i].xpos > 200)
            return bad(err, path, "an unknown tag");
    for (uint32_t i = 0; i < m->shape.n_rels; i++)
        if (m->rel[i] >= REL_COUNT)
            return bad(err, path, "an unknown relation");
    return DM_OK;
}

static int open_words(const char *path, struct syntax_model *m, struct dm_error *err)
{
    const void *data;
    uint32_t n, n_bytes;
    int rc = image_section(&m->image, "strings", 1, IMAGE_NONE, &data, &n_bytes, err);
    if (rc)
        return rc;
    const char *bytes = m->lemma.bytes = data;
    if ((rc = image_map_open(&m->image, "features", bytes, n_bytes, &m->features, err)) != 0 ||
        (rc = image_map_open(&m->image, "words", bytes, n_bytes, &m->lemma.word, err)) != 0 ||
        (rc = image_map_open(&m->image, "endings", bytes, n_bytes, &m->lemma.ending, err)) != 0 ||
        (rc = image_map_open(&m->image, "casings", bytes, n_bytes, &m->lemma.casing, err)) != 0)
        return rc;
    rc = image_section(&m->image, "lemmas", sizeof *m->lemma.entry, IMAGE_NONE, &data, &n, err);
    if (rc)
        return rc;
    m->lemma.entry = data;
    m->lemma.n_entries = n;
    rc = image_section(&m->image, "rules", sizeof *m->lemma.rule, IMAGE_NONE, &data, &n, err);
    if (rc)
        return rc;
    m->lemma.rule = data;
    m->lemma.n_rules = n;
    for (uint32_t i = 0; i < m->lemma.n_entries; i++)
        if (!inside(m->lemma.entry[i].text, n_bytes) ||
            m->lemma.entry[i].source > LEMMA_IS_TEXT)
            return bad(err, path, "a lemma outside of the strings");
    for (uint32_t i = 0; i < m->lemma.n_rules; i++)
        if (!inside(m->lemma.rule[i].add, n_bytes))
            return bad(err, path, "a rule outside of the strings");
    if (!map_below(&m->features, m->shape.n_rows) ||
        !map_below(&m->lemma.word, m->lemma.n_entries) ||
        !map_below(&m->lemma.ending, m->lemma.n_rules) ||
        !map_below(&m->lemma.casing, LEMMA_CASES))
        return bad(err, path, "a number outside of its table");
    /* The last word's entries end; so do all before them. */
    if (m->lemma.n_entries && !(m->lemma.entry[m->lemma.n_entries - 1].shapes & LEMMA_LAST))
        return bad(err, path, "lemmas without an end");
    return DM_OK;
}

static int open_content(const char *path, struct syntax_model *m, struct dm_error *err)
{
    const void *data;
    uint32_t n;
    int rc = image_section(&m->image, "about", 1, IMAGE_NONE, &data, &n, err);
    if (rc)
        return rc;
    m->about = slice_make(data, n);
    m->path = tensor_best_path();
    struct dm_error absent;
    if (image_section(&m->image, "sentences", sizeof *m->text.weight, TEXT_MODEL_SLOTS, &data, &n,
                      &absent) == DM_OK)
        m->text.weight = data;
    if ((rc = open_network(path, m, err)) != 0 || (rc = open_tags(path, m, err)) != 0)
        return rc;
    return open_words(path, m, err);
}

int model_from_memory(const char *name, struct slice bytes, struct syntax_model *out,
                      struct dm_error *err)
{
    struct syntax_model m = {0};
    int rc = image_from_memory(name, bytes, "model", MODEL_VERSION, &m.image, err);
    if (rc == DM_OK)
        rc = open_content(name, &m, err);
    if (rc == DM_OK)
        *out = m;
    return rc;
}

int syntax_model_open(const char *path, struct syntax_model **out, struct dm_error *err)
{
    struct syntax_model *m = calloc(1, sizeof *m);
    if (!m)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", path);
    int rc = image_open(path, "model", MODEL_VERSION, &m->image, err);
    if (rc) {
        free(m);
        return rc;
    }
    rc = open_content(path, m, err);
    if (rc) {
        syntax_model_close(m);
        return rc;
    }
    *out = m;
    return DM_OK;
}

void syntax_model_close(struct syntax_model *model)
{
    if (!model)
        return;
    image_close(&model->image);
    free(model);
}

const struct text_model *syntax_model_text(const struct syntax_model *model)
{
    return &model->text;
}

struct slice syntax_model_about(const struct syntax_model *model)
{
    return model->about;
}
