/* SPDX-License-Identifier: MIT */
/*
 * arc.c - the line that heads a record of an ARC archive, as the header that WARC has for it.
 *
 * Reads    "URL IP-address date content-type [...] length": version 1 has five fields, version 2 ten.
 *          The address may hold blanks, the type may be missing; date and length are what tells.
 * Leaves   a response for http and https; all else (the archive's own record, dns, ftp) as a record
 *          that is read over.
 * Source   Burner and Kahle, "Arc File Format", Internet Archive, 1996.
 */
#include <ctype.h>

#include "news/warc.h"

static bool all_digits(struct slice word, size_t least, size_t most)
{
    for (size_t i = 0; i < word.n; i++)
        if (!isdigit((unsigned char)word.p[i]))
            return false;
    return word.n >= least && word.n <= most;
}

/* "93.184.216.119", "2606:2800::1"; none of what stands in an address behind a blank. */
static bool looks_ip(struct slice word)
{
    bool sign = false;
    for (size_t i = 0; i < word.n; i++) {
        if (!isxdigit((unsigned char)word.p[i]) && word.p[i] != '.' && word.p[i] != ':')
            return false;
        sign |= word.p[i] == '.' || word.p[i] == ':';
    }
    return sign && word.n >= 2;
}

bool arc_line_read(struct slice line, struct arc_line *out)
{
    struct slice rest = line, word, before = {0};
    struct arc_line got = {0};
    line = slice_trim(line);
    const char *scheme = memchr(line.p ? line.p : "", ':', line.n < 16 ? line.n : 16);
    if (!scheme || !isalpha((unsigned char)*line.p))
        return false;
    while (slice_word(&rest, &word)) {
        if (all_digits(word, 8, 20) && looks_ip(before) && before.p > line.p) {
            got.uri = slice_trim(slice_make(line.p, (size_t)(before.p - line.p)));
            got.date = word;
            break;
        }
        before = word;
    }
    if (!got.date.n)
        return false;
    struct slice last = {0};
    while (slice_word(&rest, &word))
        last = word;
    if (!all_digits(last, 1, 18))
        return false;
    for (size_t i = 0; i < last.n; i++)
        got.length = got.length * 10 + (uint64_t)(last.p[i] - '0');
    *out = got;
    return true;
}

void arc_as_warc(const struct arc_line *line, struct buf *out)
{
    bool web = slice_starts(line->uri, "http://") || slice_starts(line->uri, "https://");
    const char *d = line->date.p;
    buf_printf(out, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %.*s\r\n",
               web ? "response" : "metadata", (int)line->uri.n, line->uri.p);
    buf_printf(out, "WARC-Date: %.4s-%.2s-%.2s\r\n", d, d + 4, d + 6);
    buf_printf(out, "Content-Length: %llu\r\n\r\n", (unsigned long long)line->length);
}
