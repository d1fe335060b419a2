/* SPDX-License-Identifier: MIT */
/*
 * actors.h - who is in the article: noun phrases resolved to country code, sector, office, person.
 */
#ifndef ACTORS_ACTORS_H
#define ACTORS_ACTORS_H

#include "article/article.h"
#include "lexicon/lexicon.h"

/*
 * Find and resolve the mentions of an article.
 *
 * before   tokens and trees of all sentences, article->date
 * after    mention[] sorted by head token, at most one a head; mention_of[] filled. Every noun
 *          phrase headed by a known name, an agent noun, a personal or relative pronoun or an
 *          unknown proper noun has one; a conjunct is a mention of its own. Codes that cannot be
 *          known are empty.
 * errors   DM_ENOMEM
 */
int actors_find(const struct lexicon *lexicon, struct dm_article *article, struct dm_error *err);

#endif
