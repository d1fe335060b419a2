/* SPDX-License-Identifier: MIT */
/*
 * names.h - which words name a person, an organization or a place, by a trained recognizer.
 *
 * It looks at what the parser's network knows of each word (article->view) and at what the lexicon
 * knows of the words, and so finds names that no lexicon has.
 */
#ifndef NAMES_NAMES_H
#define NAMES_NAMES_H

#include "article/article.h"
#include "lexicon/lexicon.h"
#include "syntax/syntax.h"

struct names_model; /* points into the syntax_model, which must outlive it; shared by threads */

/* The model file's recognizer. errors DM_EFORMAT, DM_ENOMEM. *out is NULL when the file has none. */
int names_open(const struct syntax_model *model, struct names_model **out, struct dm_error *err);
void names_close(struct names_model *names);

/*
 * Fill tok[].name and TOK_NAME_INSIDE of all tokens.
 *
 * before   tokens; article->view, else it is made
 * after    a name is a token with `name` set, and those behind it with TOK_NAME_INSIDE; names do not
 *          overlap and stay inside of their sentence; the view is given back
 * errors   DM_ENOMEM. Linear in the number of tokens.
 */
int names_recognize(const struct names_model *names, const struct lexicon *lexicon,
               struct dm_article *article, struct dm_error *err);

#endif
