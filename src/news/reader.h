/* SPDX-License-Identifier: MIT */
/* reader.h - an open file of news, as news.c shares it with what cuts records off it. */
#ifndef NEWS_READER_H
#define NEWS_READER_H

#include "news/encoding.h"
#include "news/input.h"
#include "news/news.h"

#define READER_WINDOW INPUT_RAW

struct feed; /* feed.h */

struct news_reader {
    struct input *input;
    char path[512];
    enum news_format format;
    enum encoding_wide wide;
    struct news_options options;
    bool arc;                      /* the archive is ARC, not WARC */
    bool started, done;            /* form told; nothing more to be had */
    bool ended;                    /* the input's last byte has been read */
    struct dm_error late;          /* a failure to be told once what stands before it is taken */
    char raw[READER_WINDOW];       /* as the file has it; only UTF-16 leaves a rest here */
    size_t n_raw;
    char in[READER_WINDOW / 2 * 3 + 8]; /* UTF-8, or what claims to be */
    size_t begin, end;             /* of `in`: not yet taken */
    uint64_t number, line, offset; /* records, lines and bytes taken so far */
    struct buf carry;              /* lines read that belong to the next document; a CSV's header */
    uint64_t carry_line, carry_offset;
    struct news_columns columns;   /* CSV: told from its header */
    struct slice charset;          /* as the transport says, of bytes that are no file; or empty */
    struct feed *feed;             /* a feed that is being handed out */
};

/* 1: bytes are there, from begin to end; 0: the end; negative as input_read(). */
int reader_fill(struct news_reader *reader, struct dm_error *err);

/*
 * Append up to the line's end, or what the window has of it; reader->line tells whether it ended. 1,
 * or 0 at the file's end.
 */
int reader_piece(struct news_reader *reader, struct buf *out, struct dm_error *err);

/*
 * Append the next line with its end to `out`. 1, or 0 at the file's end. A line that does not fit
 * is read to its end, and out->failed tells.
 */
int reader_line(struct news_reader *reader, struct buf *out, struct dm_error *err);

/* Note where the record begins, and empty it. */
void reader_begin(const struct news_reader *reader, struct news_record *record);

/* Is the window's next byte the first of a packed member (in a file that is packed)? */
bool reader_at_member(const struct news_reader *reader);

/* ---- forms.c: what the bytes say ---- */

/* What binary thing the bytes are; NULL for text. */
const char *form_binary(struct slice head);

/* The form of a file that begins so, or DM_EFORMAT for one that is none that is read. */
int form_tell(struct slice head, const struct news_options *options, enum news_format *format,
              const char *path, struct dm_error *err);

/* Blanks and byte order mark cut off the front. */
struct slice form_skip_blank(struct slice head);
bool form_looks_html(struct slice head);

/* ---- one function for each way of cutting; results as news_take() ---- */

int take_jsonl(struct news_reader *reader, struct news_record *record, struct dm_error *err);
int take_conllu(struct news_reader *reader, struct news_record *record, struct dm_error *err);
int take_petrarch(struct news_reader *reader, struct news_record *record, struct dm_error *err);
int take_tabari(struct news_reader *reader, struct news_record *record, struct dm_error *err);
int take_whole(struct news_reader *reader, struct news_record *record, struct dm_error *err);
int take_csv(struct news_reader *reader, struct news_record *record, struct dm_error *err);
int take_feed(struct news_reader *reader, struct news_record *record, struct dm_error *err);
int take_warc(struct news_reader *reader, struct news_record *record, struct dm_error *err);

/* Frees what take_feed() keeps. */
void feed_free(struct feed *feed);

#endif
