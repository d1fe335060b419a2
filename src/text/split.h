/* SPDX-License-Identifier: MIT */
/* split.h - private to text/: from a block to tokens, from tokens to sentences. */
#ifndef TEXT_SPLIT_H
#define TEXT_SPLIT_H

#include "text/boundary.h"
#include "text/text.h"

/* What an abbreviation's full stop says about the sentence. */
enum abbreviation {
    ABBREVIATION_NONE,
    ABBREVIATION_INSIDE, /* never ends it: "Gen." */
    ABBREVIATION_EITHER, /* may end it: "Inc.", "U.S." */
    ABBREVIATION_NUMBER, /* is one only before a number: "No." */
};

/* `word` lower-cased, without its last stop. */
enum abbreviation abbreviation_of(struct slice word);

/* Lower-cased words that open sentences more often than they are written large inside of them. */
bool split_is_opener(struct slice lower);

struct splitter {
    struct dm_article *article;
    size_t tok_capacity, sent_capacity;
    const struct text_model *model; /* NULL: rules alone */
    bool failed; /* out of memory, or: */
    bool too_long; /* more than ARTICLE_TOKENS_MAX */
};

/* Append the tokens of text bytes [begin, end), a block. */
void split_tokens(struct splitter *s, uint32_t begin, uint32_t end);

/* Set tok[i].rule: do the rules end a sentence behind token first + i of the block [first, end)? */
void split_rules(const struct dm_article *article, uint32_t first, uint32_t end,
                 struct boundary_token *tok);

/* Tokens of a dateline at the start of the block [first, end), 0 when there is none. */
uint32_t split_dateline(const struct dm_article *article, uint32_t first, uint32_t end);

/* Append the sentences of tokens [first, end), all tokens of the block. */
void split_sentences(struct splitter *s, uint32_t first, uint32_t end, uint32_t block);

#endif
