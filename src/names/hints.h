/* SPDX-License-Identifier: MIT */
/* hints.h - what the lexicon says of each word of a sentence, as rows of the recognizer's table. */
#ifndef NAMES_HINTS_H
#define NAMES_HINTS_H

#include "article/article.h"
#include "lexicon/actor-lexicon.h"

#define HINTS_KINDS 12
#define HINTS_PLACES 3              /* a name alone; its first word; a later one */
#define HINTS (HINTS_KINDS * HINTS_PLACES)

/*
 * For tokens [sent->first, sent->end): bit k of out[t - first] is hint k. Longest names of the lexicon
 * from left to right, with all that they can mean. The scratch arena is wound back.
 */
void hints_find(const struct actor_lexicon *actors, struct dm_article *article,
                const struct sentence *sent, uint64_t *out);

/* The kind of name that all meanings of a word with those hints have; NAME_NONE when they differ, or
 * where a surname or a seat (which stands for whom it houses) is meant. */
enum name_kind hints_kind(uint64_t hints);

#endif
