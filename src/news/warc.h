/* SPDX-License-Identifier: MIT */
/* warc.h - the headers of a record in a web archive (WARC, ARC), and of the HTTP response in it. */
#ifndef NEWS_WARC_H
#define NEWS_WARC_H

#include "core/buf.h"

enum { WARC_HEAD_MAX = 64 << 10 }; /* bytes of a header, WARC's or HTTP's */

/* Slices of the bytes it was read from; empty: not said. */
struct warc_head {
    struct slice type;      /* "response" */
    struct slice media;     /* Content-Type of the block, with its parameters */
    struct slice uri, date, id;
    struct slice payload;   /* WARC-Identified-Payload-Type */
    bool truncated;
    bool has_length;
    uint64_t length;        /* bytes of the block */
    size_t n;               /* bytes of the header with its blank line */
};

struct http_head {
    unsigned status;
    struct slice media, coding, transfer;
    size_t n;
};

/* False: no header, or none that ends within `bytes`. */
bool warc_head_read(struct slice bytes, struct warc_head *out);
bool http_head_read(struct slice bytes, struct http_head *out);

/* The line at the head of a record of ARC, which came before WARC. */
struct arc_line {
    struct slice uri, date; /* date: "20140216050221", at least eight digits */
    uint64_t length;        /* bytes of the block */
};

/* False: the line heads no record. */
bool arc_line_read(struct slice line, struct arc_line *out);

/* The header that WARC would have. */
void arc_as_warc(const struct arc_line *line, struct buf *out);

enum warc_kind { WARC_OTHER, WARC_HTML, WARC_TEXT };

/* What a Content-Type stands for. */
enum warc_kind warc_kind_of(struct slice media);

/* What is the payload of a record that is wanted? `bytes`: of the block, at least its head. */
enum warc_kind warc_payload_kind(const struct warc_head *head, const struct http_head *http,
                                 struct slice payload);

/* Is it a response with a page that was had in full, or a resource or conversion? */
bool warc_is_response(const struct warc_head *head);
bool warc_is_plain_record(const struct warc_head *head);

#endif
