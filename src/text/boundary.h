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

#define BOUNDARY_FEATURES 32
#define BOUNDARY_SLOTS (1u << 18) /* weights; features share them by hash */

/* What is looked at of each token of a block. */
struct boundary_token {
    uint32_t word;  /* hash of the lower-cased form, digits alike */
    uint32_t form;  /* the same with the word's capitals */
    uint16_t next;  /* tokens up to the next end by the rules, this one not counted */
    uint8_t shape;  /* capitals, digits, kind of mark */
    uint8_t sort;   /* the same more coarsely: enum boundary_sort */
    uint8_t kind;   /* of abbreviation */
    bool rule;      /* the rules end a sentence behind it */
    bool space;     /* blank space behind it */
};

/* What a block looks like as a whole; 0 is the least. */
struct boundary_block {
    uint32_t n;       /* tokens */
    uint8_t length;   /* bucket of n */
    uint8_t capitals; /* 0..4: share of words that begin with one; 4: whole words */
    uint8_t odd;      /* 0..3: share of numbers, addresses and marks */
    uint8_t stops;    /* 0..3: tokens to an end by the rules */
};

/* Where the sentence stands that may end behind token t of a block of n. */
struct boundary_state {
    uint32_t first;   /* its first token */
    uint32_t before;  /* the first token of the sentence before, UINT32_MAX none */
    uint32_t n_small; /* words in small letters so far, t with it */
    int depth;        /* brackets open */
    bool quote;       /* a quotation is open */
};

/* Look at all n tokens from `first` on, whose rule is set. */
void boundary_look(const struct dm_article *article, uint32_t first, uint32_t n,
                   struct boundary_token *tok, struct boundary_block *block);

/* Words in the usual mixture of letters, few numbers and marks; not a table, a list, all small letters. */
bool boundary_is_prose(const struct boundary_block *block);

void boundary_begin(struct boundary_state *state);
/* Take token t into the state. */
void boundary_step(const struct boundary_token *tok, uint32_t t, struct boundary_state *state);
/* A sentence ends behind t. */
void boundary_end(uint32_t t, struct boundary_state *state);

/* Is the gap behind t, t + 1 < n, one where the model is asked? Elsewhere no sentence ends. */
bool boundary_asks(const struct boundary_token *tok, uint32_t t);

/* Slots of the gap behind t, t + 1 < n; the state has taken t. */
void boundary_features(const struct boundary_token *tok, const struct boundary_block *block,
                       uint32_t t, const struct boundary_state *state,
                       uint32_t out[BOUNDARY_FEATURES]);

#endif
