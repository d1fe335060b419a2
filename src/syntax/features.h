/* SPDX-License-Identifier: MIT */
/*
 * features.h - what the network sees of a word: rows of one table, summed.
 *
 * A feature is a text with a letter in front that says its kind: 'w' the lower-cased word, '1'-'4'
 * its last bytes, 'a' 'b' 'c' its first; digits are all '0'. Shape and spacing have fixed rows. Since
 * a word's affixes follow from the word, a model holds the sum of all their rows as the word's own, and
 * a known word costs one look-up.
 */
#ifndef SYNTAX_FEATURES_H
#define SYNTAX_FEATURES_H

#include "article/article.h"
#include "core/image.h"

#define FEATURES_MAX 10      /* rows of a word */
#define FEATURES_SHAPES 128  /* fixed rows: shape */
#define FEATURES_SPACING 16  /* fixed rows: blanks around the word, its place in the sentence */
/* Fixed rows come first; then an unknown word, then one without use (models count on its place); then
 * the learned ones. */
#define FEATURES_UNKNOWN (FEATURES_SHAPES + FEATURES_SPACING)
#define FEATURES_FIXED (FEATURES_UNKNOWN + 2)

#define FEATURE_TEXT_MAX 64 /* longer words have no row of their own */

/* Features with a text, longest lists first; the word itself is the first one. */
struct feature_text {
    char p[FEATURE_TEXT_MAX];
    uint8_t n;
};

/* The text of the word itself; false: too long for a row of its own. */
bool features_word(struct slice lower, struct feature_text *out);
/* Those of its beginnings and ends: a word's own row in a model holds their sum already. */
unsigned features_affixes(struct slice lower, struct feature_text *out);
/* The rows of those affixes that the map of a model knows; returns their number. */
unsigned features_affix_rows(const struct image_map *features, struct slice lower,
                             uint32_t row[static FEATURES_MAX - 3]);
/* The word, then its affixes; returns their number (at most FEATURES_MAX - 2). */
unsigned features_texts(struct slice lower, struct feature_text *out);

/* The two fixed rows of word t of the sentence. */
void features_fixed(const struct dm_article *article, const struct sentence *sent, uint32_t t,
                    uint32_t out[static 2]);

#endif
