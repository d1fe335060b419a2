/* SPDX-License-Identifier: MIT */
/*
 * boundary.h - the learned part of splitting sentences: does one end between two tokens?
 *
 * A linear model over hashed features, one of which is what the rules of sentences.c say. Where there
 * is no model the rules decide alone.
 */
#ifndef TEXT_BOUNDARY_H
#define TEXT_BOUNDARY_H

#include "article/article.h"

#define BOUNDARY_FEATURES 20
#define BOUNDARY_SLOTS (1u << 18) /* weights; features share them by hash */

/* What is looked at of each token of a block. */
struct boundary_token {
    uint32_t word;  /* hash of the lower-cased form, digits alike */
    uint8_t shape;  /* capitals, digits, kind of mark */
    uint8_t kind;   /* of abbreviation */
    bool small;     /* a word in small letters */
    bool rule;      /* the rules end a sentence behind it */
    bool space;     /* blank space behind it */
    bool opener;
};

/* Where the sentence stands that may end behind token t of a block of n. */
struct boundary_state {
    uint32_t first;   /* its first token */
    uint32_t n_small; /* words in small letters so far, t with it */
    int depth;        /* brackets open */
    bool quote;       /* a quotation is open */
};

void boundary_look(const struct dm_article *article, uint32_t t, struct boundary_token *out);

/* Take token t into the state; `ended` (behind t) begins a new sentence. */
void boundary_step(const struct boundary_token *tok, uint32_t t, bool ended,
                   struct boundary_state *state);

/* Slots of the gap behind t, t + 1 < n; the state has taken t. */
void boundary_features(const struct boundary_token *tok, uint32_t n, uint32_t t,
                       const struct boundary_state *state, uint32_t out[BOUNDARY_FEATURES]);

#endif
