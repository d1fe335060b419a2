/* SPDX-License-Identifier: MIT */
/* head.h - what the header fields of HTTP and of web archives say. */
#ifndef FETCH_HEAD_H
#define FETCH_HEAD_H

#include "core/slice.h"

/* The next line of a header off *rest, without its end; false at the blank line, or where none ends. */
bool head_line(struct slice *rest, struct slice *line);

/* Is the line this field ("Content-Type", in any case)? Then its value, blanks cut off. */
bool head_field(struct slice line, const char *name, struct slice *value);

/* A length in bytes: digits only, at most 18. */
bool head_length(struct slice value, uint64_t *out);

/* The charset of "text/html; charset=utf-8"; empty: none is named. */
struct slice head_charset(struct slice media);

/* Is the media type of the value this one ("text/html"), whatever its parameters? */
bool head_media_is(struct slice value, const char *media);

/*
 * Seconds to wait by a Retry-After of seconds or of an HTTP date; `now` in seconds since 1970. 0
 * for a date that is past, -1 for what is neither; at most HEAD_RETRY_MAX.
 */
#define HEAD_RETRY_MAX (7 * 86400)
int64_t head_retry_after(struct slice value, int64_t now);

/* "Sun, 06 Nov 1994 08:49:37 GMT", the form that servers must send (RFC 9110). False: it is none. */
bool head_date(struct slice value, int64_t *seconds);

#endif
