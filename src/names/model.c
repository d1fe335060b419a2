/* SPDX-License-Identifier: MIT */
/*
 * model.c - open the recognizer's sections of a model file and check that nothing leads outside.
 *
 * Reads    sections of the syntax_model's image, which core/image.c and syntax/model.c have checked:
 *   names_shape   one struct net_shape
 *   names_rows    n_rows x embed 8-bit numbers; names_row_scale n_rows floats
 *   names_weights floats, laid out by net_layout() up to `small`
 *   names_packed  W, then E, as 8-bit numbers; names_scale, names_offset: of each column (2 gates)
 * Leaves   a struct names_model of pointers into the mapped file.
 */
#include <stdlib.h>

#include "names/net.h"

static int bad(const struct syntax_model *syntax, const char *what, struct dm_error *err)
{
    return dm_fail(err, DM_EFORMAT, "%s: damaged recognizer of names: %s", syntax->image.name, what);
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
static bool packed_right(const struct tensor_packed *p)
{
    for (size_t panel = 0; panel < p->m; panel += TENSOR_LANES) {
        int32_t sum[TENSOR_LANES] = {0};
        bool ok = true;
        for (size_t at = 0; at < p->k * TENSOR_LANES; at++) {
            int8_t w = p->w[panel * p->k + at];
            ok &= w != INT8_MIN;
            sum[at / 4 % TENSOR_LANES] += w;
        }
        for (size_t j = 0; j < TENSOR_LANES; j++)
            ok &= p->offset[panel + j] == -128 * sum[j];
        if (!ok)
            return false;
    }
    return true;
}

bool names_model_there(const struct syntax_model *syntax)
{
    const void *data;
    struct dm_error err;
    return image_section(&syntax->image, "names_shape", sizeof(struct net_shape), 1, &data, NULL,
                         &err) == DM_OK;
}

static int open_matrices(const struct image *image, struct names_model *m, struct dm_error *err)
{
    const void *packed, *scale, *offset;
    size_t gates = m->layout.gates;
    int rc = image_section(image, "names_packed", 1, (uint32_t)(m->layout.total - m->layout.small),
                           &packed, NULL, err);
    if (rc == DM_OK)
        rc = image_section(image, "names_scale", sizeof(float), (uint32_t)(2 * gates), &scale, NULL, err);
    if (rc == DM_OK)
        rc = image_section(image, "names_offset", sizeof(int32_t), (uint32_t)(2 * gates), &offset, NULL, err);
    if (rc)
        return rc;
    const int8_t *w = packed;
    m->view = (struct tensor_packed){w, scale, offset, m->shape.view, gates};
    m->embed = (struct tensor_packed){w + m->shape.view * gates, (const float *)scale + gates,
                                      (const int32_t *)offset + gates, m->shape.embed, gates};
    return DM_OK;
}

static int open_sections(const struct syntax_model *syntax, struct names_model *m, struct dm_error *err)
{
    const struct image *image = &syntax->image;
    const void *data;
    int rc = image_section(image, "names_shape", sizeof m->shape, 1, &data, NULL, err);
    if (rc)
        return rc;
    memcpy(&m->shape, data, sizeof m->shape);
    if (!net_layout(&m->shape, &m->layout) || m->shape.view != syntax->shape.dim ||
        m->shape.n_rows != syntax->shape.n_rows + HINTS)
        return bad(syntax, "sizes out of bounds", err);
    rc = image_section(image, "names_rows", m->shape.embed, m->shape.n_rows, &data, NULL, err);
    if (rc)
        return rc;
    m->rows = data;
    rc = image_section(image, "names_row_scale", sizeof(float), m->shape.n_rows, &data, NULL, err);
    if (rc)
        return rc;
    m->row_scale = data;
    rc = image_section(image, "names_weights", sizeof(float), (uint32_t)m->layout.small, &data, NULL, err);
    if (rc)
        return rc;
    m->small = data;
    rc = open_matrices(image, m, err);
    if (rc)
        return rc;
    if (!sane(m->small, m->layout.small) || !sane(m->row_scale, m->shape.n_rows) ||
        !sane(m->view.scale, 2 * m->layout.gates) || !sane(&m->shape.share, 1) ||
        !packed_right(&m->view) || !packed_right(&m->embed))
        return bad(syntax, "weights that are no numbers", err);
    return DM_OK;
}

int names_model_open(const struct syntax_model *syntax, struct names_model *out, struct dm_error *err)
{
    struct names_model m = {.syntax = syntax};
    int rc = open_sections(syntax, &m, err);
    if (rc == DM_OK && !(m.nothing = calloc(m.layout.gates, sizeof *m.nothing)))
        rc = dm_fail(err, DM_ENOMEM, "%s: out of memory", syntax->image.name);
    if (rc == DM_OK)
        *out = m;
    return rc;
}

void names_model_deinit(struct names_model *model)
{
    free((void *)model->nothing);
}

int names_open(const struct syntax_model *model, struct names_model **out, struct dm_error *err)
{
    *out = NULL;
    if (!names_model_there(model))
        return DM_OK;
    struct names_model *m = calloc(1, sizeof *m);
    if (!m)
        return dm_fail(err, DM_ENOMEM, "out of memory for the recognizer of names");
    int rc = names_model_open(model, m, err);
    if (rc == DM_OK)
        *out = m;
    else
        free(m);
    return rc;
}

void names_close(struct names_model *names)
{
    if (!names)
        return;
    names_model_deinit(names);
    free(names);
}
