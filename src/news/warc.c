/* SPDX-License-Identifier: MIT */
/*
 * warc.c - a record of a web archive into an article.
 *
 * Reads    what warc-cut.c kept: the WARC header, and a block that is an HTTP response (its payload
 *          in chunks, packed with gzip, deflate, zstd or brotli) or the payload itself.
 * Leaves   what html.c or plain.c make of the payload; the id is the record's, the address the one
 *          that was asked for; the date WARC-Date where the page tells none; the source the site's
 *          name, or else the host.
 * Method   Archives keep HTTP's headers when they have undone what these say: a payload that is not
 *          in chunks, or does not begin like gzip or zstd, is taken as it is; brotli cannot be told,
 *          so what is none and begins with '<' is taken as it is.
 * Limits   PAYLOAD_MAX bytes, unpacked.
 * Source   ISO 28500; RFC 9110 and 9112; RFC 8878; RFC 7932.
 */
#include "news/warc.h"

#include <ctype.h>
#include <stdio.h>

#include "fetch/head.h"
#include "news/dates.h"
#include "news/encoding.h"
#include "news/packed.h"
#include "news/readers.h"

#define PAYLOAD_MAX (16u << 20)
#define CODINGS_MAX 3

struct payload {
    struct slice bytes;
    struct buf a, b; /* where unpacked bytes lie; what is unpacked next goes into the other */
    bool in_a;
};

static struct buf *other(struct payload *payload)
{
    payload->in_a = !payload->in_a;
    struct buf *to = payload->in_a ? &payload->a : &payload->b;
    buf_clear(to);
    return to;
}

/* ---- chunks ---- */

enum chunks { CHUNKS_NONE, CHUNKS_FINE, CHUNKS_CUT, CHUNKS_BROKEN };

/* "1f3b;name=value\r\n" at *p. False: there is none. */
static bool chunk_size(const char **p, const char *end, size_t *out)
{
    const char *q = *p;
    size_t n = 0;
    int digits = 0;
    for (; q < end && isxdigit((unsigned char)*q) && digits < 8; q++, digits++)
        n = n << 4 | (size_t)(isdigit((unsigned char)*q) ? *q - '0' : (*q | 32) - 'a' + 10);
    while (q < end && (*q == ' ' || *q == '\t'))
        q++;
    if (digits == 0 || q == end || !strchr(";\r\n", *q))
        return false;
    q = memchr(q, '\n', (size_t)(end - q));
    if (!q)
        return false;
    *p = q + 1;
    *out = n;
    return true;
}

static enum chunks join_chunks(struct slice in, struct buf *out)
{
    const char *p = in.p, *end = in.p + in.n;
    for (bool first = true;; first = false) {
        size_t n;
        if (p == end)
            return first ? CHUNKS_NONE : CHUNKS_FINE; /* the last, empty one is often left out */
        if (!chunk_size(&p, end, &n))
            return first ? CHUNKS_NONE : CHUNKS_BROKEN;
        if (n == 0)
            return CHUNKS_FINE;
        bool cut = n > (size_t)(end - p);
        if (cut)
            n = (size_t)(end - p);
        buf_add(out, slice_make(p, n));
        if (cut || out->failed)
            return CHUNKS_CUT;
        p += n;
        if (p < end && *p == '\r')
            p++;
        if (p < end && *p == '\n')
            p++;
    }
}

static int undo_transfer(struct payload *payload, const struct warc_head *head, const char *where,
                         struct dm_error *err)
{
    struct buf *to = other(payload);
    enum chunks got = join_chunks(payload->bytes, to);
    if (got == CHUNKS_NONE) {
        payload->in_a = !payload->in_a;
        return DM_OK;
    }
    if (to->failed)
        return dm_fail(err, DM_ELIMIT, "%s: a payload of more than %u MiB", where, PAYLOAD_MAX >> 20);
    if (got == CHUNKS_BROKEN || (got == CHUNKS_CUT && !head->truncated))
        return dm_fail(err, DM_EFORMAT, "%s: its payload's chunks are %s", where,
                       got == CHUNKS_CUT ? "cut off" : "broken");
    payload->bytes = buf_slice(to);
    return DM_OK;
}

/* ---- packed payloads ---- */

static bool is_word(struct slice a, const char *word)
{
    return a.n == strlen(word) && strncasecmp(a.p, word, a.n) == 0;
}

static int undo_coding(struct payload *payload, struct slice coding, const struct warc_head *head,
                       const char *where, struct dm_error *err)
{
    enum packing packing = is_word(coding, "gzip") || is_word(coding, "x-gzip") ? PACKING_GZIP
                           : is_word(coding, "deflate")                        ? PACKING_DEFLATE
                           : is_word(coding, "zstd")                           ? PACKING_ZSTD
                           : is_word(coding, "br")                             ? PACKING_BROTLI
                                                                                : PACKING_NONE;
    if (is_word(coding, "identity") || is_word(coding, "none") || coding.n == 0)
        return DM_OK;
    bool undone = payload->bytes.n > 0 && *payload->bytes.p == '<';
    if (packing == PACKING_NONE && undone)
        return DM_OK;
    if (packing == PACKING_NONE)
        return dm_fail(err, DM_EFORMAT, "%s: its payload is packed with '%.*s', which is not read",
                       where, (int)(coding.n < 30 ? coding.n : 30), coding.p);
    bool brotli = packing == PACKING_BROTLI;
    if (packing == PACKING_DEFLATE ? undone : !brotli && packing_of(payload->bytes) != packing)
        return DM_OK;
    struct buf *to = other(payload);
    const char *what;
    bool cut;
    int rc = packed_all(packing, payload->bytes, to, &cut, &what);
    if (brotli && undone && rc == DM_EFORMAT) {
        payload->in_a = !payload->in_a;
        return DM_OK;
    }
    payload->bytes = buf_slice(to);
    if (rc < 0 && !(cut && head->truncated))
        return rc == DM_ELIMIT
                   ? dm_fail(err, rc, "%s: a payload of more than %u MiB when unpacked", where,
                             PAYLOAD_MAX >> 20)
                   : dm_fail(err, rc, "%s: its %s payload: %s", where, packing_name(packing), what);
    return DM_OK;
}

/* "gzip, br" was packed by gzip first: the last is undone first. */
static int undo_codings(struct payload *payload, struct slice codings,
                        const struct warc_head *head, const char *where, struct dm_error *err)
{
    struct slice coding[CODINGS_MAX];
    unsigned n = 0;
    struct slice one;
    while (slice_cut(&codings, ',', &one)) {
        if (n == CODINGS_MAX)
            return dm_fail(err, DM_ELIMIT, "%s: its payload is packed more than %d times", where,
                           CODINGS_MAX);
        coding[n++] = slice_trim(one);
    }
    int rc = DM_OK;
    while (rc == DM_OK && n > 0)
        rc = undo_coding(payload, coding[--n], head, where, err);
    return rc;
}

/* ---- the article ---- */

/* The host of "https://www.example.org:8080/a", without "www." */
static struct slice host_of(struct slice uri)
{
    const char *begin = uri.n ? memmem(uri.p, uri.n, "://", 3) : NULL;
    if (!begin)
        return SLICE_LIT("");
    struct slice host = slice_make(begin + 3, (size_t)(uri.p + uri.n - begin - 3));
    for (size_t i = 0; i < host.n; i++)
        if (strchr("/?#", host.p[i]))
            host.n = i;
    const char *user = memchr(host.p, '@', host.n);
    if (user)
        host = slice_make(user + 1, host.n - (size_t)(user + 1 - host.p));
    const char *port = memchr(host.p, ':', host.n);
    if (port)
        host.n = (size_t)(port - host.p);
    if (slice_starts(host, "www."))
        host = slice_make(host.p + 4, host.n - 4);
    return host;
}

static bool set_facts(const struct warc_head *head, struct dm_article *article)
{
    struct arena *arena = &article->arena;
    struct slice host = host_of(head->uri);
    bool fine = true;
    if (head->uri.n > 0)
        fine = (article->url = encoding_clean(arena, head->uri)).p != NULL;
    if (fine && head->id.n > 0)
        fine = (article->id = encoding_clean(arena, head->id)).p != NULL;
    if (fine && article->source.n == 0 && host.n > 0)
        fine = (article->source = encoding_clean(arena, host)).p != NULL;
    return fine;
}

static int fill(struct slice bytes, enum warc_kind kind, struct slice media, const char *where,
                const struct news_options *options, struct dm_article *article,
                struct dm_error *err)
{
    struct slice charset = head_charset(media), text;
    size_t n_repaired;
    if (kind == WARC_HTML)
        return html_fill(bytes, charset, where, options, article, err);
    int rc = encoding_decode(&article->scratch, bytes, charset, &text, &n_repaired, err);
    if (rc != DM_OK)
        return rc;
    if (slice_trim(text).n == 0)
        return dm_fail(err, DM_EFORMAT, "%s: its text is empty", where);
    if (text.n > ARTICLE_TEXT_MAX)
        return dm_fail(err, DM_ELIMIT, "%s: a text of %zu bytes; at most %u are read", where, text.n,
                       ARTICLE_TEXT_MAX);
    article->n_repaired = (uint32_t)n_repaired;
    return text_fill((struct slice){0}, text, true, options, article, err);
}

static int read_block(struct slice block, const struct warc_head *head, struct payload *payload,
                      const char *where, const struct news_options *options,
                      struct dm_article *article, struct dm_error *err)
{
    struct http_head http = {0};
    bool response = warc_is_response(head);
    if (response && !http_head_read(block, &http))
        return dm_fail(err, DM_EFORMAT, "%s: no HTTP header in it", where);
    payload->bytes = slice_make(block.p + http.n, block.n - http.n);
    int rc = DM_OK;
    if (http.transfer.n >= 7 && strncasecmp(http.transfer.p, "chunked", 7) == 0)
        rc = undo_transfer(payload, head, where, err);
    if (rc == DM_OK)
        rc = undo_codings(payload, http.coding, head, where, err);
    if (rc != DM_OK)
        return rc;
    struct news_options own = *options;
    struct date date;
    if (dates_in_url(head->uri, &date) || dates_of_field(head->date, &date))
        own.date = date;
    enum warc_kind kind = warc_payload_kind(head, response ? &http : NULL, payload->bytes);
    rc = fill(payload->bytes, kind, response ? http.media : head->media, where, &own, article, err);
    if (rc == DM_OK && !set_facts(head, article))
        rc = dm_fail(err, DM_ENOMEM, "%s: out of memory", where);
    return rc;
}

int warc_read(const struct news_record *record, const struct news_options *options,
              struct dm_article *article, struct dm_error *err)
{
    char where[READERS_WHERE];
    struct slice bytes = buf_slice(&record->bytes);
    struct warc_head head;
    struct payload payload = {0};
    readers_where(record, where);
    if (!warc_head_read(bytes, &head))
        return dm_fail(err, DM_EFORMAT, "%s: no header of WARC", where);
    buf_init(&payload.a, PAYLOAD_MAX);
    buf_init(&payload.b, PAYLOAD_MAX);
    int rc = read_block(slice_make(bytes.p + head.n, bytes.n - head.n), &head, &payload, where,
                        options, article, err);
    buf_deinit(&payload.a);
    buf_deinit(&payload.b);
    return rc;
}
