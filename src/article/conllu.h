/* SPDX-License-Identifier: MIT */
/*
 * conllu.h - CoNLL-U (https://universaldependencies.org/format.html) to an article and back.
 */
#ifndef ARTICLE_CONLLU_H
#define ARTICLE_CONLLU_H

#include "article/article.h"
#include "core/buf.h"

/* Does the line begin a new document ("# newdoc", also "# newdoc id = x")? */
bool conllu_is_newdoc(struct slice line);

/*
 * Fill a reset article with one document.
 *
 * before   bytes: valid UTF-8, from its "# newdoc" line (or a file's first) to before the next one;
 *          `path` and `first_line` (from 1) are for messages
 * after    text (of "# text" where it stands, else of the forms and SpaceAfter=No), a block a
 *          paragraph ("# newpar"), sent[], tok[] and has_tokens; has_tree, with tag, features,
 *          lemma, head and relation, when every word has a known UPOS and a head. id, date, title,
 *          url and source from comments "# newdoc id = ", "# date = " and so on. Empty nodes ("8.1")
 *          and enhanced dependencies are left out.
 * errors   DM_EFORMAT naming path and line: not 10 columns, ids out of order, a head outside, heads
 *          that form no tree with one root, a form that does not stand in "# text", no sentence;
 *          DM_ELIMIT, DM_ENOMEM
 */
int conllu_read(struct slice bytes, const char *path, uint64_t first_line,
                struct dm_article *article, struct dm_error *err);

/* Append the article's sentences; columns that no stage has filled are "_". DM_ENOMEM. */
int conllu_write(const struct dm_article *article, struct buf *out, struct dm_error *err);

#endif
