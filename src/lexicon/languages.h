/* SPDX-License-Identifier: MIT */
/*
 * languages.h - the language that a text is written in, told from its letters (lexicon/languages/).
 */
#ifndef LEXICON_LANGUAGES_H
#define LEXICON_LANGUAGES_H

#include "article/article.h"
#include "lexicon/lexicon.h"

#define LANGUAGES_MAX 160       /* profiles */
#define LANGUAGES_BYTES 2048    /* of a text that are looked at */
#define LANGUAGES_UNKNOWN "und" /* ISO 639: a language, but none that is known */

/*
 * The language of the article's text, without clutter and context, as a code of ISO 639 (two letters
 * where it has one); empty where the lexicon has no languages or the text too few letters to tell.
 *
 * after    *coded says whether the article is to be coded: it is, unless another language than the
 *          one that is coded is clearly the likelier
 * cost     at most LANGUAGES_BYTES of text are looked at, a tenth of that in plain English; no memory
 * source   naive Bayes over letter trigrams as in Cavnar and Trenkle, "N-Gram-Based Text
 *          Categorization", 1994, with likelihoods in the place of ranks
 */
struct slice languages_find(const struct lexicon *lexicon, const struct dm_article *article,
                            bool *coded);

#endif
