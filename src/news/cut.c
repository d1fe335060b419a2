/* SPDX-License-Identifier: MIT */
/*
 * cut.c - records off an open file: lines of JSON, documents, sentences of PETRARCH, whole files.
 *
 * Reads    the reader's window, UTF-8 or what claims to be.
 * Leaves   the raw bytes of one record each, and where it begins.
 * Method   Lines, blank lines and tags are looked for as bytes; nothing is parsed here, so that one
 *          thread can feed many. A record that is too long is read over, not kept, where its end
 *          can be told: what stands behind it is not lost.
 * Memory   One record, at most NEWS_RECORD_MAX; a sentence SENTENCE_MAX.
 */
#include <ctype.h>

#include "article/conllu.h"
#include "news/reader.h"

#define SENTENCE_MAX (1u << 20) /* bytes of a <Sentence> or a record of TABARI */

int take_jsonl(struct news_reader *reader, struct news_record *record, struct dm_error *err)
{
    for (;;) {
        reader_begin(reader, record);
        int rc = reader_line(reader, &record->bytes, err);
        if (rc <= 0)
            return rc;
        if (record->bytes.failed) {
            reader->number++;
            return dm_fail(err, DM_ELIMIT, "%s:%llu: a line of more than %u MiB", reader->path,
                           (unsigned long long)record->line, NEWS_RECORD_MAX >> 20);
        }
        if (form_skip_blank(buf_slice(&record->bytes)).n > 0)
            return 1;
    }
}

/* One document: up to the sentence that has a "# newdoc" of its own. */
int take_conllu(struct news_reader *reader, struct news_record *record, struct dm_error *err)
{
    reader_begin(reader, record);
    if (reader->carry.n > 0) {
        record->line = reader->carry_line, record->offset = reader->carry_offset;
        buf_add(&record->bytes, buf_slice(&reader->carry));
        buf_clear(&reader->carry);
    }
    bool tokens = false;    /* the document has some */
    size_t sent = record->bytes.n; /* where the sentence being read begins */
    uint64_t sent_line = reader->line, sent_offset = reader->offset;
    bool comments = true;   /* only comments of it so far */
    for (;;) {
        size_t at = record->bytes.n;
        int rc = reader_line(reader, &record->bytes, err);
        if (rc < 0)
            return rc;
        if (record->bytes.failed) {
            reader->done = true;
            reader->number++;
            return dm_fail(err, DM_ELIMIT, "%s:%llu: a document of more than %u MiB", reader->path,
                           (unsigned long long)record->line, NEWS_RECORD_MAX >> 20);
        }
        if (rc == 0)
            return form_skip_blank(buf_slice(&record->bytes)).n > 0;
        struct slice line = slice_make(record->bytes.p + at, record->bytes.n - at);
        if (form_skip_blank(line).n == 0) {
            sent = record->bytes.n, sent_line = reader->line, sent_offset = reader->offset;
            comments = true;
        } else if (line.p[0] != '#') {
            comments = false, tokens = true;
        } else if (comments && tokens && conllu_is_newdoc(line)) {
            buf_add(&reader->carry, slice_make(record->bytes.p + sent, record->bytes.n - sent));
            reader->carry_line = sent_line, reader->carry_offset = sent_offset;
            record->bytes.n = sent;
            record->bytes.p[sent] = '\0';
            return 1;
        }
    }
}

int take_whole(struct news_reader *reader, struct news_record *record, struct dm_error *err)
{
    reader_begin(reader, record);
    int rc;
    while ((rc = reader_fill(reader, err)) > 0) {
        size_t n = reader->end - reader->begin;
        buf_add(&record->bytes, slice_make(reader->in + reader->begin, n));
        reader->offset += n;
        reader->begin = reader->end;
        if (record->bytes.failed) {
            reader->done = true;
            return dm_fail(err, DM_ELIMIT, "%s: %s of more than %u MiB", reader->path,
                           reader->format == NEWS_HTML ? "a page" : "one text",
                           NEWS_RECORD_MAX >> 20);
        }
    }
    if (rc < 0)
        return rc;
    reader->done = true;
    if (record->bytes.n == 0)
        return 0;
    if (form_skip_blank(buf_slice(&record->bytes)).n == 0)
        return dm_fail(err, DM_EFORMAT, "%s: the file holds nothing but blanks", reader->path);
    return 1;
}

/* ---- PETRARCH ---- */

/* Give the last n bytes of what reader_piece() took back to the window. */
static void give_back(struct news_reader *reader, struct buf *out, size_t n)
{
    if (n == 0)
        return;
    reader->line -= out->p[out->n - 1] == '\n';
    out->n -= n;
    out->p[out->n] = '\0';
    reader->begin -= n;
    reader->offset -= n;
}

/* Where "<Sentence" with a blank or '>' behind it begins; NULL. */
static const char *find_sentence(struct slice text)
{
    const char *end = text.p + text.n;
    for (const char *p = text.p; (p = memmem(p, (size_t)(end - p), "<Sentence", 9)) != NULL; p += 9)
        if (p + 9 < end && (isspace((unsigned char)p[9]) || p[9] == '>'))
            return p;
    return NULL;
}

/* Drop all but the last few bytes, which may be the beginning of a tag. */
static void forget(struct buf *bytes)
{
    size_t keep = bytes->n < 10 ? bytes->n : 10;
    memmove(bytes->p, bytes->p + bytes->n - keep, keep);
    bytes->n = keep;
}

/* Up to where a sentence begins; 1, 0 or negative. */
static int seek_sentence(struct news_reader *reader, struct news_record *record,
                         struct dm_error *err)
{
    for (;;) {
        size_t before = record->bytes.n;
        int rc = reader_piece(reader, &record->bytes, err);
        if (rc <= 0)
            return rc;
        const char *tag = find_sentence(buf_slice(&record->bytes));
        if (!tag) {
            forget(&record->bytes);
            continue;
        }
        size_t at = (size_t)(tag - record->bytes.p), rest = record->bytes.n - at;
        size_t fresh = record->bytes.n - before;
        if (rest <= fresh) {
            give_back(reader, &record->bytes, rest);
            reader_begin(reader, record);
        } else { /* the tag began in the chunk before: its line is this one all the same */
            memmove(record->bytes.p, record->bytes.p + at, rest);
            record->bytes.n = rest;
            record->line = reader->line;
            record->offset = reader->offset - rest;
        }
        return 1;
    }
}

int take_petrarch(struct news_reader *reader, struct news_record *record, struct dm_error *err)
{
    static const char end_tag[] = "</Sentence>";
    const size_t width = sizeof end_tag - 1;
    buf_clear(&record->bytes);
    int rc = seek_sentence(reader, record, err);
    if (rc <= 0)
        return rc;
    for (;;) {
        size_t from = record->bytes.n > width ? record->bytes.n - width : 0;
        rc = reader_piece(reader, &record->bytes, err);
        if (rc < 0)
            return rc;
        if (rc == 0 || record->bytes.n > SENTENCE_MAX) {
            reader->number++;
            return dm_fail(err, rc ? DM_ELIMIT : DM_EFORMAT, "%s:%llu: a <Sentence> %s",
                           reader->path, (unsigned long long)record->line,
                           rc ? "of more than 1 MiB" : "without </Sentence>");
        }
        const char *end = memmem(record->bytes.p + from, record->bytes.n - from, end_tag, width);
        if (!end)
            continue;
        give_back(reader, &record->bytes,
                  record->bytes.n - ((size_t)(end - record->bytes.p) + width));
        return 1;
    }
}

/* ---- TABARI ---- */

int take_tabari(struct news_reader *reader, struct news_record *record, struct dm_error *err)
{
    reader_begin(reader, record);
    bool any = false, too_long = false;
    for (;;) {
        size_t at = record->bytes.n;
        int rc = reader_line(reader, &record->bytes, err);
        if (rc < 0)
            return rc;
        struct slice line = record->bytes.failed || record->bytes.n < at
                                ? SLICE_LIT("x")
                                : slice_make(record->bytes.p + at, record->bytes.n - at);
        bool blank = form_skip_blank(line).n == 0;
        if (rc == 0 && !any)
            return 0;
        if (blank && !any) {
            reader_begin(reader, record);
            continue;
        }
        any = true;
        if (record->bytes.n > SENTENCE_MAX || record->bytes.failed) {
            too_long = true;
            buf_clear(&record->bytes);
        }
        if ((blank || rc == 0) && too_long) {
            reader->number++;
            return dm_fail(err, DM_ELIMIT, "%s:%llu: a record of more than 1 MiB", reader->path,
                           (unsigned long long)record->line);
        }
        if (blank || rc == 0)
            return 1;
    }
}
