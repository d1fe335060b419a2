/* SPDX-License-Identifier: MIT */
/*
 * text.c - an article's blocks to sentences and tokens.
 *
 * Reads    article->text, block[].
 * Leaves   tok[], sent[], with quotations marked across sentences.
 */
#include "text/text.h"

#include "article/token.h"
#include "text/split.h"

int text_split(struct dm_article *article, struct dm_error *err)
{
    return text_split_with(NULL, article, err);
}

int text_split_with(const struct text_model *model, struct dm_article *article,
                    struct dm_error *err)
{
    if (article->has_tokens)
        return DM_OK;
    struct splitter s = {.article = article, .model = model};
    for (uint32_t b = 0; b < article->n_blocks && !s.failed; b++) {
        const struct block *block = &article->block[b];
        if (block->kind == BLOCK_CLUTTER)
            continue;
        uint32_t first = article->n_toks;
        split_tokens(&s, block->begin, block->end);
        if (!s.failed)
            split_sentences(&s, first, article->n_toks, b);
    }
    if (s.too_long)
        return dm_fail(err, DM_ELIMIT, "a text of more than %u words", ARTICLE_TOKENS_MAX);
    if (s.failed)
        return dm_fail(err, DM_ENOMEM, "no memory for the text's tokens");
    token_mark_quotes(article);
    return DM_OK;
}
