/* SPDX-License-Identifier: MIT */
/* readers.h - one reader for each form of record; news_read() chooses. Errors as news_read(). */
#ifndef NEWS_READERS_H
#define NEWS_READERS_H

#include "news/news.h"

/* What libraries want done once before threads use them. May be called again. */
void readers_init(void);

int text_read(const struct news_record *record, const struct news_options *options,
              struct dm_article *article, struct dm_error *err);
int jsonl_read(const struct news_record *record, const struct news_options *options,
               struct dm_article *article, struct dm_error *err);
int html_read(const struct news_record *record, const struct news_options *options,
              struct dm_article *article, struct dm_error *err);

/*
 * Shared by text and JSON Lines: split `text` (valid UTF-8) into blocks, keep clutter apart, and
 * fill what the article does not yet have: date (else options->date), byline, source.
 * `own_title`: the first headline of the text becomes the title.
 */
int text_fill(struct slice context, struct slice text, bool own_title,
              const struct news_options *options, struct dm_article *article, struct dm_error *err);

#endif
