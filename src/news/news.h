/* SPDX-License-Identifier: MIT */
/*
 * news.h - news in: files of any known form, record by record, into articles.
 *
 * Two steps, so that the costly one runs in parallel: news_take() cuts the next record's raw bytes
 * off a file (one thread, in order); news_read() makes an article of them (any thread).
 */
#ifndef NEWS_NEWS_H
#define NEWS_NEWS_H

#include "article/article.h"
#include "core/buf.h"

enum news_format {
    NEWS_AUTO, /* told by the bytes */
    NEWS_TEXT, NEWS_HTML, NEWS_JSONL, NEWS_CONLLU,
    NEWS_FORMATS
};

#define NEWS_STANDARD_INPUT "standard input" /* the path of records that "-" gave */
#define NEWS_RECORD_MAX (32u << 20) /* bytes of one record: a line, a page, a file of text */

struct news_options {
    enum news_format format;
    struct date date; /* of articles that tell none themselves; none: unknown */
    /* Asked while waiting for a pipe or a terminal: true ends the file there. NULL: never. */
    bool (*stopped)(void *self);
    void *self;
};

/* A record as it stands in its file. Reused from record to record: init once, deinit once. */
struct news_record {
    enum news_format format; /* never NEWS_AUTO once taken */
    struct buf bytes;        /* limit NEWS_RECORD_MAX */
    char path[512];          /* its file, shortened in front if need be */
    uint64_t number;         /* from 1 in its file */
    uint64_t line;           /* the line it begins on, from 1 */
    uint64_t offset;         /* the byte it begins at */
};

struct news_reader;

void news_record_init(struct news_record *record);
void news_record_deinit(struct news_record *record);

/* DM_EIO (missing, a directory, not readable). "-" reads standard input. */
int news_open(const char *path, const struct news_options *options, struct news_reader **out,
              struct dm_error *err);

/*
 * 1: *record holds the next record; 0: the end of the file. Negative: this record cannot be had
 * (DM_ELIMIT a line too long, DM_EFORMAT binary bytes, DM_EIO reading failed); the message names
 * file and line; calling again goes on with the next record, or says 0 where nothing more can be
 * read.
 * An empty file is one failure (DM_EFORMAT), not an end.
 */
int news_take(struct news_reader *reader, struct news_record *record, struct dm_error *err);
void news_close(struct news_reader *reader);

/*
 * Fill a reset article: id, title, date, url, source, lang, byline, text and blocks.
 * errors   DM_EFORMAT (bad JSON, no text, a date that is none, a page with no article), DM_ELIMIT,
 *          DM_ENOMEM; the message names file and record.
 */
int news_read(const struct news_record *record, const struct news_options *options,
              struct dm_article *article, struct dm_error *err);

#endif
