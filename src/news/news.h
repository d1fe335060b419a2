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
    NEWS_PETRARCH, NEWS_TABARI, NEWS_CSV, NEWS_FEED, NEWS_WARC,
    NEWS_FORMATS
};

/* In the order of the enum. */
extern const char *const news_format_names[NEWS_FORMATS];

/* ORDER FIELD: what a record may say of its article; the same order in fields.c. */
enum news_field {
    NEWS_FIELD_TEXT, NEWS_FIELD_ID, NEWS_FIELD_TITLE, NEWS_FIELD_DATE, NEWS_FIELD_URL,
    NEWS_FIELD_SOURCE, NEWS_FIELD_LANG, NEWS_FIELD_BYLINE, NEWS_FIELD_CONTEXT,
    NEWS_FIELDS
};
extern const char *const news_field_names[NEWS_FIELDS];

#define NEWS_STANDARD_INPUT "standard input" /* the path of records that "-" gave */
#define NEWS_RECORD_MAX (32u << 20) /* bytes of one record: a line, a page, a file of text */

struct news_options {
    enum news_format format;
    struct date date; /* of articles that tell none themselves; none: unknown */
    const char *field[NEWS_FIELDS]; /* what JSON Lines and CSV call a field; NULL: by its name */
    /* Asked while waiting for a pipe or a terminal: true ends the file there. NULL: never. */
    bool (*stopped)(void *self);
    void *self;
};

/* Which cell of a CSV row holds a field: from 1, 0 none. */
struct news_columns {
    char separator;
    uint16_t at[NEWS_FIELDS];
};

struct news_part {
    uint32_t begin, end; /* bytes of the record */
    bool markup;         /* HTML, not text */
};

/* A record as it stands in its file. Reused from record to record: init once, deinit once. */
struct news_record {
    enum news_format format; /* never NEWS_AUTO once taken */
    struct buf bytes;        /* limit NEWS_RECORD_MAX */
    char path[512];          /* its file, shortened in front if need be */
    uint64_t number;         /* from 1 in its file */
    uint64_t line;           /* the line it begins on, from 1 */
    uint64_t offset;         /* the byte it begins at, once unpacked */
    uint64_t place;          /* WARC: the byte its packed member begins at, or `offset` */
    bool seekable;           /* news_seek() can begin here */
    struct news_columns columns;        /* CSV */
    struct news_part part[NEWS_FIELDS]; /* of a feed's entry */
};

struct news_reader;

void news_record_init(struct news_record *record);
void news_record_deinit(struct news_record *record);

/* DM_EIO (missing, a directory, not readable). "-" reads standard input. */
int news_open(const char *path, const struct news_options *options, struct news_reader **out,
              struct dm_error *err);

/*
 * The same of bytes at hand, which must outlive the reader. `name` stands for the path in messages and
 * ids; `charset` is what the transport says of them, or empty: asked before what a feed says itself.
 */
int news_open_bytes(const char *name, struct slice bytes, struct slice charset,
                    const struct news_options *options, struct news_reader **out,
                    struct dm_error *err);

/*
 * 1: *record holds the next record; 0: the end of the file. Negative: this record cannot be had
 * (DM_ELIMIT a line too long, DM_EFORMAT binary, broken or cut bytes, DM_EIO reading failed); the
 * message names file and place; calling again goes on with the next record, or says 0 where nothing
 * more can be read.
 * An empty file is one failure (DM_EFORMAT), not an end.
 */
int news_take(struct news_reader *reader, struct news_record *record, struct dm_error *err);
void news_close(struct news_reader *reader);

/* Bytes of the file as it is stored that were read so far. */
uint64_t news_bytes(const struct news_reader *reader);

/* Where a record that is `seekable` begins: number, line, place and offset of the record. */
struct news_place {
    uint64_t record, line, byte, unpacked;
};

/*
 * Before the first news_take(): make that record the next one. The file is a regular one, and the
 * same as when the record was taken. Errors as news_take() tells of the beginning of a file; DM_EIO.
 */
int news_seek(struct news_reader *reader, const struct news_place *place, struct dm_error *err);

/*
 * Fill a reset article: id, title, date, url, source, lang, byline, text and blocks.
 * errors   DM_EFORMAT (bad JSON, no text, a date that is none, a page with no article), DM_ELIMIT,
 *          DM_ENOMEM; the message names file and record.
 */
int news_read(const struct news_record *record, const struct news_options *options,
              struct dm_article *article, struct dm_error *err);

#endif
