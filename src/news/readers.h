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

int csv_read(const struct news_record *record, const struct news_options *options,
             struct dm_article *article, struct dm_error *err);
int petrarch_read(const struct news_record *record, const struct news_options *options,
                  struct dm_article *article, struct dm_error *err);
int tabari_read(const struct news_record *record, const struct news_options *options,
                struct dm_article *article, struct dm_error *err);
int feed_read(const struct news_record *record, const struct news_options *options,
              struct dm_article *article, struct dm_error *err);
int warc_read(const struct news_record *record, const struct news_options *options,
              struct dm_article *article, struct dm_error *err);

/* The record's place for messages, "file:line", into out[READERS_WHERE], which it returns. */
#define READERS_WHERE 560
const char *readers_where(const struct news_record *record, char out[static READERS_WHERE]);

/*
 * A page that did not come as a file. `charset`: what the transport says of it, or empty; the
 * page's own word is asked behind it. `where` names it in messages.
 */
int html_fill(struct slice page, struct slice charset, const char *where,
              const struct news_options *options, struct dm_article *article,
              struct dm_error *err);

/*
 * Shared by text and what comes in fields: split `text` (valid UTF-8) into blocks, keep clutter
 * apart, and fill what the article does not yet have: date (else options->date), byline, source.
 * `own_title`: the first headline of the text becomes the title.
 */
int text_fill(struct slice context, struct slice text, bool own_title,
              const struct news_options *options, struct dm_article *article, struct dm_error *err);

#endif
