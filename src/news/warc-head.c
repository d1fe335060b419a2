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

#include <ctype.h>

#include "news/reader.h"

/* The next line without its end; false at the blank line or where none ends. */
static bool next_line(struct slice *rest, struct slice *line)
{
    const char *nl = memchr(rest->p, '\n', rest->n);
    if (!nl)
        return false;
    *line = slice_make(rest->p, (size_t)(nl - rest->p));
    *rest = slice_make(nl + 1, rest->n - line->n - 1);
    if (line->n > 0 && line->p[line->n - 1] == '\r')
        line->n--;
    return line->n > 0;
}

static bool is_field(struct slice line, const char *name, struct slice *value)
{
    size_t n = strlen(name);
    if (line.n <= n || line.p[n] != ':' || strncasecmp(line.p, name, n) != 0)
        return false;
    *value = slice_trim(slice_make(line.p + n + 1, line.n - n - 1));
    return true;
}

static bool to_length(struct slice text, uint64_t *out)
{
    uint64_t n = 0;
    if (text.n == 0 || text.n > 18)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        if (!isdigit((unsigned char)text.p[i]))
            return false;
        n = n * 10 + (uint64_t)(text.p[i] - '0');
    }
    *out = n;
    return true;
}

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
    if (!next_line(&rest, &line) || !slice_starts(line, "WARC/"))
        return false;
    while (next_line(&rest, &line)) {
        if (is_field(line, "WARC-Type", &value))
            out->type = value;
        else if (is_field(line, "Content-Type", &value))
            out->media = value;
        else if (is_field(line, "Content-Length", &value))
            out->has_length = to_length(value, &out->length);
        else if (is_field(line, "WARC-Target-URI", &value))
            out->uri = no_brackets(value);
        else if (is_field(line, "WARC-Date", &value))
            out->date = value;
        else if (is_field(line, "WARC-Record-ID", &value))
            out->id = no_brackets(value);
        else if (is_field(line, "WARC-Identified-Payload-Type", &value))
            out->payload = value;
        else if (is_field(line, "WARC-Truncated", &value))
            out->truncated = true;
    }
    return head_end(bytes, rest, line, &out->n);
}

bool http_head_read(struct slice bytes, struct http_head *out)
{
    struct slice rest = bytes, line = {0}, value, word;
    uint32_t status;
    *out = (struct http_head){0};
    if (!next_line(&rest, &line) || !slice_starts(line, "HTTP/"))
        return false;
    struct slice words = line;
    if (!slice_word(&words, &word) || !slice_word(&words, &word) || !slice_to_u32(word, &status))
        return false;
    out->status = status;
    while (next_line(&rest, &line)) {
        if (is_field(line, "Content-Type", &value))
            out->media = value;
        else if (is_field(line, "Content-Encoding", &value))
            out->coding = value;
        else if (is_field(line, "Transfer-Encoding", &value))
            out->transfer = value;
    }
    return head_end(bytes, rest, line, &out->n);
}

enum warc_kind warc_kind_of(struct slice media)
{
    static const struct { const char *name; enum warc_kind kind; } kinds[] = {
        { "text/html", WARC_HTML }, { "application/xhtml+xml", WARC_HTML },
        { "text/plain", WARC_TEXT },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t n = strlen(kinds[i].name);
        if (media.n >= n && strncasecmp(media.p, kinds[i].name, n) == 0 &&
            (media.n == n || strchr("; \t,", media.p[n])))
            return kinds[i].kind;
    }
    return WARC_OTHER;
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
