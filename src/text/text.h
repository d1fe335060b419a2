/* SPDX-License-Identifier: MIT */
/* text.h - sentences and tokens by UD English conventions. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "article/article.h"

/* The learned part of splitting sentences; lives in the parser's model file. */
struct text_model {
    const int16_t *weight; /* TEXT_MODEL_SLOTS of them, NULL: rules alone */
};

#define TEXT_MODEL_SLOTS (1u << 18)

/*
 * Split every block but clutter into sentences and tokens.
 *
 * before   article->text and block[] are set; `model` may be NULL: then rules alone end sentences
 * after    sent[] and tok[] in text order (begin, end, lower, flags); every byte of a block that is
 *          no white space lies in exactly one token; a sentence never crosses a block
 * cost     one pass; document arena, scratch of 20 bytes a token of a block
 * errors   DM_ENOMEM; DM_ELIMIT above ARTICLE_TOKENS_MAX
 */
int text_split_with(const struct text_model *model, struct dm_article *article,
                    struct dm_error *err);

/* The same by rules alone. */
int text_split(struct dm_article *article, struct dm_error *err);

/*
 * Learn where sentences end from articles with sentences (CoNLL-U): TEXT_MODEL_SLOTS weights into
 * `weight`. Deterministic. Working memory on the scratch of the first article. DM_ENOMEM.
 */
int text_learn(struct dm_article *const *article, uint32_t n, int16_t *weight,
               struct dm_error *err);

#endif
