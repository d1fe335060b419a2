/* SPDX-License-Identifier: MIT */
/*
 * warc-head.c - the headers of a record in a web archive, and of the HTTP response in it.
 *
 * Reads    "WARC/1.0" or "HTTP/1.1 200 OK", lines "Name: value", a blank line.
 * Leaves   the few fields that are asked for; names in any case, lines that end in LF alone too.
 * Limits   A value that goes on in the next line is its first line.
 * Source   ISO 28500 (WARC 1.0, 1.1); RFC 9112 (HTTP/1.1).
 */
#include "news/warc.h"

#include "fetch/head.h"
#include "news/reader.h"

/* "<urn:uuid:...>", and wget's "<http://...>" */
static struct slice no_brackets(struct slice text)
{
    if (text.n > 1 && text.p[0] == '<' && text.p[text.n - 1] == '>')
        return slice_make(text.p + 1, text.n - 2);
    return text;
}

/* Did reading lines end at the blank one? Then the header's length. */
static bool head_end(struct slice bytes, struct slice rest, struct slice line, size_t *n)
{
    *n = bytes.n - rest.n;
    return line.n == 0 && *n > 0 && bytes.p[*n - 1] == '\n';
}

bool warc_head_read(struct slice bytes, struct warc_head *out)
{
    struct slice rest = bytes, line = {0}, value;
    *out = (struct warc_head){0};
    if (!head_line(&rest, &line) || !slice_starts(line, "WARC/"))
        return false;
    while (head_line(&rest, &line)) {
        if (head_field(line, "WARC-Type", &value))
            out->type = value;
        else if (head_field(line, "Content-Type", &value))
            out->media = value;
        else if (head_field(line, "Content-Length", &value))
            out->has_length = head_length(value, &out->length);
        else if (head_field(line, "WARC-Target-URI", &value))
            out->uri = no_brackets(value);
        else if (head_field(line, "WARC-Date", &value))
            out->date = value;
        else if (head_field(line, "WARC-Record-ID", &value))
            out->id = no_brackets(value);
        else if (head_field(line, "WARC-Identified-Payload-Type", &value))
            out->payload = value;
        else if (head_field(line, "WARC-Truncated", &value))
            out->truncated = true;
    }
    return head_end(bytes, rest, line, &out->n);
}

bool http_head_read(struct slice bytes, struct http_head *out)
{
    struct slice rest = bytes, line = {0}, value, word;
    uint32_t status;
    *out = (struct http_head){0};
    if (!head_line(&rest, &line) || !slice_starts(line, "HTTP/"))
        return false;
    struct slice words = line;
    if (!slice_word(&words, &word) || !slice_word(&words, &word) || !slice_to_u32(word, &status))
        return false;
    out->status = status;
    while (head_line(&rest, &line)) {
        if (head_field(line, "Content-Type", &value))
            out->media = value;
        else if (head_field(line, "Content-Encoding", &value))
            out->coding = value;
        else if (head_field(line, "Transfer-Encoding", &value))
            out->transfer = value;
    }
    return head_end(bytes, rest, line, &out->n);
}

enum warc_kind warc_kind_of(struct slice media)
{
    if (head_media_is(media, "text/html") || head_media_is(media, "application/xhtml+xml"))
        return WARC_HTML;
    return head_media_is(media, "text/plain") ? WARC_TEXT : WARC_OTHER;
}

enum warc_kind warc_payload_kind(const struct warc_head *head, const struct http_head *http,
                                 struct slice payload)
{
    struct slice media = http ? http->media : head->media;
    if (media.n == 0)
        media = head->payload;
    if (media.n == 0)
        return form_looks_html(form_skip_blank(payload)) ? WARC_HTML : WARC_OTHER;
    return warc_kind_of(media);
}

bool warc_is_response(const struct warc_head *head)
{
    return slice_is(head->type, "response") &&
           (head->media.n == 0 || (head->media.n >= 16 &&
                                   strncasecmp(head->media.p, "application/http", 16) == 0)) &&
           !slice_ends(head->uri, "/robots.txt");
}

bool warc_is_plain_record(const struct warc_head *head)
{
    return slice_is(head->type, "resource") || slice_is(head->type, "conversion");
}
