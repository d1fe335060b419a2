/* SPDX-License-Identifier: MIT */
/* token.h - what follows from a token's letters alone, for all who make tokens. */
#ifndef ARTICLE_TOKEN_H
#define ARTICLE_TOKEN_H

#include "article/article.h"

/*
 * Set lower, n_lower and the flags TOK_UPPER and TOK_TITLE from tok->begin and tok->end; other flags
 * stay. False without memory.
 */
bool token_fill(struct dm_article *article, struct token *tok);

/*
 * Set TOK_QUOTED of the tokens and quote of the sentences from the quotation marks among the tokens
 * and the sentences' blocks. A quotation lasts at most to the end of its paragraph, but a paragraph
 * that opens with a quotation mark again goes on with it.
 */
void token_mark_quotes(struct dm_article *article);

#endif
