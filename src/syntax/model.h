/* SPDX-License-Identifier: MIT */
/*
 * model.h - the model file: sections of core/image.h, checked once at opening.
 *
 *   about      text for people: data, licences, training, scores
 *   shape      one struct network_shape
 *   weights    floats, laid out by network_layout()
 *   rows       n_rows x dim 8-bit numbers; row_scale n_rows floats
 *   tags       n_tags x struct model_tag
 *   rels       n_rels bytes: enum relation
 *   strings    all texts; features: map of feature text -> row
 *   sentences  TEXT_MODEL_SLOTS 16-bit weights (src/text/boundary.h); may be absent
 *   exceptions, endings: maps of lemma.h; lemmas: struct image_text; rules: struct lemma_rule
 */
#ifndef SYNTAX_MODEL_H
#define SYNTAX_MODEL_H

#include "core/image.h"
#include "syntax/lemma.h"
#include "syntax/network.h"
#include "syntax/syntax.h"
#include "text/text.h"

#define MODEL_VERSION 2

struct model_tag {
    uint64_t feats;
    uint8_t upos, xpos;
    uint8_t zero[6];
};

struct syntax_model {
    struct image image;
    struct network_shape shape;
    struct network_layout layout;
    const float *weights;
    const int8_t *rows;         /* shape.n_rows x shape.dim */
    const float *row_scale;     /* shape.n_rows */
    const struct model_tag *tag; /* shape.n_tags */
    const uint8_t *rel;         /* shape.n_rels */
    struct image_map features;
    struct lemma_table lemma;
    struct slice about;
    struct text_model text;     /* of splitting sentences */
    enum tensor_path path;
};

/* On bytes aligned to 64 that stay the caller's. */
int model_from_memory(const char *name, struct slice bytes, struct syntax_model *out,
                      struct dm_error *err);

#endif
