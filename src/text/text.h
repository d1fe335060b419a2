/* SPDX-License-Identifier: MIT */
/* text.h - sentences and tokens by UD English conventions. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "article/article.h"

/*
 * Split every block but clutter into sentences and tokens.
 *
 * before   article->text and block[] are set
 * after    sent[] and tok[] in text order (begin, end, lower, flags); every byte of a block that is
 *          no white space lies in exactly one token; a sentence never crosses a block
 * cost     one pass; document arena only
 * errors   DM_ENOMEM
 */
int text_split(struct dm_article *article, struct dm_error *err);

#endif
