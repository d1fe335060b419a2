/* SPDX-License-Identifier: MIT */
/*
 * warc-cut.c - records off a web archive, as a stream.
 *
 * Reads    WARC 1.0 and 1.1, ARC 1 and 2, plain, or packed whole or record by record (input.c).
 * Leaves   records that hold a page or a text: responses with status 200 and such a Content-Type,
 *          resources, conversions. The record's bytes are its header and block. All others are read
 *          over; of a response no more is kept than tells that it is none.
 * Method   The line that heads a record of ARC is made the header that WARC has for it (arc.c); all
 *          behind is the same. Content-Length says where a record ends. Where it lies, or something
 *          is broken, that is one failure, and lines are read over up to the next head. In archives
 *          packed record by record a record never reaches beyond its member, so a length that is too
 *          long costs that record alone; behind broken packed bytes the next member is looked for.
 * Memory   One record, at most NEWS_RECORD_MAX.
 * Source   ISO 28500; Common Crawl's CC-NEWS.
 */
#include <ctype.h>

#include "news/reader.h"
#include "news/warc.h"

enum { CUT = 2 }; /* the next record begins before this one ends */

/* Does the next record begin here, in a member of its own? */
static bool next_begins(const struct news_reader *reader)
{
    struct slice rest = slice_make(reader->in + reader->begin, reader->end - reader->begin);
    if (!reader_at_member(reader))
        return false;
    return reader->arc ? slice_starts(rest, "http") || slice_starts(rest, "dns:")
                       : slice_starts(rest, "WARC/");
}

/* Is it the first line of a record? */
static bool heads_record(const struct news_reader *reader, struct slice line)
{
    struct arc_line arc;
    if (reader->arc)
        return arc_line_read(line, &arc);
    return slice_starts(line, "WARC/") && line.n > 5 && isdigit((unsigned char)line.p[5]);
}

/* Append a line: 1; 0 at the end; CUT behind its first bytes; negative. */
static int take_line(struct news_reader *reader, struct buf *out, struct dm_error *err)
{
    uint64_t line = reader->line;
    for (bool any = false;; any = true) {
        int rc = reader_fill(reader, err);
        if (rc <= 0)
            return rc < 0 ? rc : any;
        if (any && next_begins(reader))
            return CUT;
        rc = reader_piece(reader, out, err);
        if (rc <= 0 || reader->line != line)
            return rc;
    }
}

/* Take n bytes into `out` (NULL: read over): 1; 0 the file ends before; CUT; negative. */
static int take_bytes(struct news_reader *reader, uint64_t n, struct buf *out,
                      struct dm_error *err)
{
    while (n > 0) {
        int rc = reader_fill(reader, err);
        if (rc <= 0)
            return rc;
        if (next_begins(reader))
            return CUT;
        size_t got = reader->end - reader->begin;
        if (got > n)
            got = (size_t)n;
        if (out)
            buf_add(out, slice_make(reader->in + reader->begin, got));
        reader->begin += got;
        reader->offset += got;
        n -= got;
    }
    return 1;
}

static int broken(const struct news_record *record, const struct news_reader *reader,
                  const char *what, struct dm_error *err)
{
    return dm_fail(err, DM_EFORMAT, "%s: record at byte %llu: %s", reader->path,
                   (unsigned long long)record->place, what);
}

/*
 * The first line of the next record, in record->bytes: 1. 0 at the end. What stands before it and
 * is none is one failure; the line is kept for the next call.
 */
static int seek_record(struct news_reader *reader, struct news_record *record,
                       struct dm_error *err)
{
    uint64_t junk_at = 0;
    bool junk = false;
    if (reader->carry.n > 0) {
        buf_clear(&record->bytes);
        buf_add(&record->bytes, buf_slice(&reader->carry));
        record->place = record->offset = reader->carry_offset;
        record->seekable = false;
        buf_clear(&reader->carry);
        return 1;
    }
    for (;;) {
        int rc = reader_fill(reader, err); /* so that a new member has begun */
        reader_begin(reader, record);
        uint64_t place = record->place;
        if (rc > 0)
            rc = take_line(reader, &record->bytes, err);
        if (rc < 0)
            return rc;
        struct slice line = buf_slice(&record->bytes);
        bool found = rc == 1 && heads_record(reader, line);
        bool blank = rc == 1 && form_skip_blank(line).n == 0;
        if (found && !junk)
            return 1;
        if (!found && !blank && rc > 0 && !junk)
            junk = true, junk_at = place;
        if (!found && rc > 0)
            continue;
        if (found) {
            buf_add(&reader->carry, line);
            reader->carry_offset = place;
        }
        if (!junk)
            return 0;
        record->place = junk_at;
        return broken(record, reader, reader->arc ? "no record of ARC; read on at the next"
                                                  : "no record of WARC; read on at the next", err);
    }
}

/* The line of ARC becomes a header. */
static int head_of_arc(struct news_record *record)
{
    struct arc_line line;
    struct buf head;
    buf_init(&head, 2 * WARC_HEAD_MAX);
    if (record->bytes.n < WARC_HEAD_MAX && arc_line_read(buf_slice(&record->bytes), &line))
        arc_as_warc(&line, &head);
    buf_clear(&record->bytes);
    buf_add(&record->bytes, buf_slice(&head));
    record->bytes.failed |= head.failed;
    buf_deinit(&head);
    return 1;
}

/* The rest of the WARC header. */
static int take_rest(struct news_reader *reader, struct news_record *record, struct dm_error *err)
{
    for (;;) {
        size_t before = record->bytes.n;
        int rc = take_line(reader, &record->bytes, err);
        if (rc < 0)
            return rc;
        if (rc != 1)
            return broken(record, reader, "its header is cut off", err);
        if (record->bytes.n > WARC_HEAD_MAX)
            return broken(record, reader, "a header of more than 64 KiB", err);
        struct slice line = slice_make(record->bytes.p + before, record->bytes.n - before);
        if (form_skip_blank(line).n == 0)
            return 1;
    }
}

static int take_head(struct news_reader *reader, struct news_record *record,
                     struct warc_head *head, struct dm_error *err)
{
    int rc = reader->arc ? head_of_arc(record) : take_rest(reader, record, err);
    if (rc != 1)
        return rc;
    if (!warc_head_read(buf_slice(&record->bytes), head) || !head->has_length)
        return broken(record, reader, "no Content-Length in its header", err);
    return 1;
}

/* Is the response, whose beginning stands behind the header, one to be kept? */
static bool wanted_response(const struct news_record *record, const struct warc_head *head)
{
    struct http_head http;
    struct slice block = slice_make(record->bytes.p + head->n, record->bytes.n - head->n);
    if (!http_head_read(block, &http))
        return slice_starts(block, "HTTP/"); /* broken: news_read() says so */
    struct slice payload = slice_make(block.p + http.n, block.n - http.n);
    return (http.status == 200 || http.status == 203) &&
           warc_payload_kind(head, &http, payload) != WARC_OTHER;
}

/*
 * The record's block, kept or read over: 1; 0 the file ends before; CUT; negative. `head` points
 * into the record's bytes as they are now.
 */
static int take_block(struct news_reader *reader, struct news_record *record,
                      const struct warc_head *head, bool *kept, struct dm_error *err)
{
    bool response = warc_is_response(head);
    uint64_t left = head->length;
    *kept = response || (warc_is_plain_record(head) &&
                         warc_payload_kind(head, NULL, (struct slice){0}) != WARC_OTHER);
    if (response) {
        uint64_t first = left < WARC_HEAD_MAX ? left : WARC_HEAD_MAX;
        int rc = take_bytes(reader, first, &record->bytes, err);
        if (rc != 1)
            return rc;
        left -= first;
        struct warc_head again; /* the buffer may have moved */
        warc_head_read(buf_slice(&record->bytes), &again);
        *kept = wanted_response(record, &again);
    }
    if (*kept && head->length > NEWS_RECORD_MAX - WARC_HEAD_MAX) {
        int rc = take_bytes(reader, left, NULL, err);
        *kept = false;
        return rc < 0 ? rc
               : dm_fail(err, DM_ELIMIT, "%s: record at byte %llu: %llu bytes; at most %u are read",
                         reader->path, (unsigned long long)record->place,
                         (unsigned long long)head->length, NEWS_RECORD_MAX - WARC_HEAD_MAX);
    }
    return take_bytes(reader, left, *kept ? &record->bytes : NULL, err);
}

static int take_one(struct news_reader *reader, struct news_record *record, bool *kept,
                    struct dm_error *err)
{
    struct warc_head head;
    int rc = seek_record(reader, record, err);
    if (rc == 1)
        rc = take_head(reader, record, &head, err);
    if (rc != 1)
        return rc;
    rc = take_block(reader, record, &head, kept, err);
    if (rc == 0 || rc == CUT)
        return broken(record, reader, "it is cut off", err);
    if (rc == 1 && record->bytes.failed)
        return dm_fail(err, DM_ENOMEM, "%s: record at byte %llu: out of memory", reader->path,
                       (unsigned long long)record->place);
    return rc;
}

int take_warc(struct news_reader *reader, struct news_record *record, struct dm_error *err)
{
    for (;;) {
        bool kept = false;
        int rc = take_one(reader, record, &kept, err);
        if (rc < 0 && input_resume(reader->input)) {
            reader->ended = false;
            reader->begin = reader->end = 0;
        }
        if (rc <= 0 || kept)
            return rc;
    }
}
