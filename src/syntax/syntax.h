/* SPDX-License-Identifier: MIT */
/* syntax.h - part of speech, features, lemma, head and relation of every token, by a trained model. */
#ifndef SYNTAX_SYNTAX_H
#define SYNTAX_SYNTAX_H

#include "article/article.h"

struct syntax_model; /* mapped read-only, shared by threads */

int syntax_model_open(const char *path, struct syntax_model **out, struct dm_error *err);
void syntax_model_close(struct syntax_model *model);

/* The part that splits sentences (src/text/text.h). Lives with the model. */
struct text_model;
const struct text_model *syntax_model_text(const struct syntax_model *model);

/* Text of the model for people: data, licences, training command, scores. Lives with the model. */
struct slice syntax_model_about(const struct syntax_model *model);

/*
 * Fill upos, xpos, feats, lemma, head and rel of all tokens, and `view` where article->wants_view.
 * Each sentence gets exactly one root; heads stay inside of the sentence; no cycles.
 * errors   DM_ENOMEM. Linear in the number of tokens.
 */
int syntax_parse(const struct syntax_model *model, struct dm_article *article,
                 struct dm_error *err);

/* Fill article->view alone, where tags and trees came with the input. DM_ENOMEM. */
int syntax_view(const struct syntax_model *model, struct dm_article *article, struct dm_error *err);

#endif
