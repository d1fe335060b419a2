/* SPDX-License-Identifier: MIT */
/*
 * encoding.c - bytes of any common encoding into valid UTF-8.
 *
 * Method   Text that is valid UTF-8 is UTF-8, whatever it claims: other encodings hit that by
 *          chance only when they hold no letters but ASCII. Of the rest, text with more good than
 *          broken multi-byte characters is damaged UTF-8 and gets repaired; text whose high bytes
 *          make sense as Windows-1252 (accented letters beside letters, quotes, dashes) is that,
 *          also when it claims to be Latin-1, as browsers do. Charsets named by a document go
 *          through iconv.
 * Limits   Encodings other than UTF-8, UTF-16 and Windows-1252 are read only when named.
 * Source   WHATWG Encoding Standard: index windows-1252, and its labels.
 */
#include "news/encoding.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>

#include "core/utf8.h"

/* 0x80..0x9F of Windows-1252; 0 where it has no character. */
static const uint16_t high[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

#define HEAD_BYTES 4096 /* in which a charset may be named */

/* The charset that the head names: <meta charset=x>, "...; charset=x", <?xml encoding="x"?>. */
struct slice encoding_named(struct slice page)
{
    static const char *const keys[] = { "charset=", "encoding=" };
    size_t n = page.n < HEAD_BYTES ? page.n : HEAD_BYTES;
    for (size_t i = 0; i + 9 < n; i++)
        for (size_t k = 0; k < 2; k++) {
            size_t width = strlen(keys[k]);
            if (i + width >= n || strncasecmp(page.p + i, keys[k], width) != 0)
                continue;
            size_t begin = i + width, end;
            while (begin < n && strchr("\"' ", page.p[begin]))
                begin++;
            for (end = begin; end < n && !strchr("\"' />;?\r\n", page.p[end]); end++)
                ;
            if (end > begin && end - begin < 40)
                return slice_make(page.p + begin, end - begin);
        }
    return (struct slice){0};
}

enum encoding_wide encoding_wide_of(struct slice head)
{
    if (head.n >= 2 && memcmp(head.p, "\xFF\xFE", 2) == 0)
        return WIDE_LITTLE;
    if (head.n >= 2 && memcmp(head.p, "\xFE\xFF", 2) == 0)
        return WIDE_BIG;
    size_t nul[2] = {0, 0}, n = head.n < 1024 ? head.n & ~(size_t)1 : 1024;
    for (size_t i = 0; i < n; i++)
        nul[i & 1] += head.p[i] == 0;
    /* Without a mark: every second byte of Latin text is NUL, the others hardly ever. */
    if (n >= 16 && nul[1] * 10 > n * 4 && nul[0] * 20 < n)
        return WIDE_LITTLE;
    if (n >= 16 && nul[0] * 10 > n * 4 && nul[1] * 20 < n)
        return WIDE_BIG;
    return WIDE_NONE;
}

/* Any 16 bits as three bytes: a lone surrogate must not pass for a character. */
static unsigned put_broken(uint32_t code, char *out)
{
    out[0] = (char)(0xE0 | code >> 12);
    out[1] = (char)(0x80 | (code >> 6 & 0x3F));
    out[2] = (char)(0x80 | (code & 0x3F));
    return 3;
}

size_t encoding_narrow(enum encoding_wide wide, struct slice in, bool final, char *out,
                       size_t *used)
{
    const unsigned char *p = (const unsigned char *)in.p;
    unsigned hi = wide == WIDE_LITTLE ? 1 : 0, lo = 1 - hi;
    size_t n = 0, i = 0;
    for (; i + 2 <= in.n; i += 2) {
        uint32_t code = (uint32_t)p[i + hi] << 8 | p[i + lo];
        if (code < 0xD800 || code > 0xDFFF) {
            n += utf8_encode(code, out + n);
            continue;
        }
        if (code <= 0xDBFF && i + 4 > in.n && !final)
            break;
        uint32_t next = i + 4 <= in.n ? (uint32_t)p[i + 2 + hi] << 8 | p[i + 2 + lo] : 0;
        if (code <= 0xDBFF && next >= 0xDC00 && next <= 0xDFFF) {
            n += utf8_encode(0x10000 + ((code - 0xD800) << 10) + (next - 0xDC00), out + n);
            i += 2;
        } else {
            n += put_broken(code, out + n);
        }
    }
    *used = final ? in.n : i;
    return n;
}

/* How the bytes look as UTF-8 and as Windows-1252. */
struct shape {
    size_t n_good;   /* multi-byte characters of UTF-8 */
    size_t n_broken; /* bytes that are none */
    size_t n_high;   /* bytes >= 0x80 */
    size_t n_apt;    /* ... that make sense in Windows-1252 where they stand */
};

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Does a high byte make sense there: a letter beside a letter, or a quote, dash, space or sign? */
static bool is_apt(struct slice text, size_t i)
{
    unsigned char c = (unsigned char)text.p[i];
    if (c < 0xA0)
        return high[c - 0x80] != 0;
    if (c < 0xC0)
        return true;
    bool before = i > 0 && (is_ascii_letter(text.p[i - 1]) || (unsigned char)text.p[i - 1] >= 0xC0);
    bool after = i + 1 < text.n &&
                 (is_ascii_letter(text.p[i + 1]) || (unsigned char)text.p[i + 1] >= 0xC0);
    return before || after;
}

static struct shape shape_of(struct slice text)
{
    struct shape shape = {0};
    const char *p = text.p, *end = text.p + text.n;
    while (p < end) {
        if (!(*p & 0x80)) {
            p++;
            continue;
        }
        uint32_t code;
        unsigned n = utf8_decode(p, end, &code);
        if (n > 1)
            shape.n_good++;
        else
            shape.n_broken++;
        for (unsigned k = 0; k < n; k++, p++) {
            shape.n_high++;
            shape.n_apt += is_apt(text, (size_t)(p - text.p));
        }
    }
    return shape;
}

static struct slice from_1252(struct arena *arena, struct slice text)
{
    size_t n_high = 0, n = 0;
    for (size_t i = 0; i < text.n; i++)
        n_high += (unsigned char)text.p[i] >= 0x80;
    char *out = arena_bytes(arena, text.n + 2 * n_high + 1);
    if (!out)
        return (struct slice){0};
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c < 0x80)
            out[n++] = text.p[i];
        else if (c < 0xA0)
            n += utf8_encode(high[c - 0x80] ? high[c - 0x80] : 0xFFFD, out + n);
        else
            n += utf8_encode(c, out + n);
    }
    out[n] = '\0';
    return slice_make(out, n);
}

/* Is it one of the many names under which Windows-1252 and its subsets go? */
static bool is_western(const char *name)
{
    static const char *const names[] = {
        "windows-1252", "cp1252", "x-cp1252", "iso-8859-1", "iso8859-1", "latin1", "latin-1",
        "l1", "us-ascii", "ascii", "iso_8859-1", "ansi", "cp819",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* The charset's name in lower case; empty when it is no name that iconv should see. */
static void clean_name(struct slice charset, char out[static 40])
{
    charset = slice_trim(charset);
    size_t n = 0;
    for (; n < charset.n && n < 39; n++) {
        char c = charset.p[n];
        if (!isalnum((unsigned char)c) && !strchr("-_.:", c))
            break;
        out[n] = (char)tolower((unsigned char)c);
    }
    out[n == charset.n ? n : 0] = '\0';
}

/* By iconv; p is NULL when it does not know the name or there is no memory (*known tells). */
static struct slice by_name(struct arena *arena, struct slice text, const char *name,
                            size_t *n_repaired, bool *known)
{
    iconv_t conv = iconv_open("UTF-8", name);
    *known = conv != (iconv_t)-1;
    if (!*known)
        return (struct slice){0};
    /* Nothing that iconv knows makes more than 4 bytes of one, U+FFFD for a broken one included. */
    size_t room = text.n * 4 + 16;
    char *out = arena_bytes(arena, room + 1), *to = out, *from = (char *)(uintptr_t)text.p;
    size_t left = text.n;
    while (out && left > 0) {
        if (iconv(conv, &from, &left, &to, &room) != (size_t)-1)
            break;
        if (errno == E2BIG || room < 4)
            break;
        memcpy(to, "\xEF\xBF\xBD", 3); /* EILSEQ, or EINVAL at a cut end */
        to += 3, room -= 3, (*n_repaired)++;
        from++, left--;
    }
    iconv_close(conv);
    if (!out)
        return (struct slice){0};
    *to = '\0';
    return slice_make(out, (size_t)(to - out));
}

int encoding_decode(struct arena *arena, struct slice bytes, struct slice charset,
                    struct slice *text, size_t *n_repaired, struct dm_error *err)
{
    *n_repaired = 0;
    if (slice_starts(bytes, "\xEF\xBB\xBF"))
        bytes = slice_make(bytes.p + 3, bytes.n - 3);
    if (bytes.n == 0)
        bytes = SLICE_LIT("");
    struct slice got = bytes;
    bool valid = utf8_valid_prefix(bytes) == bytes.n;
    if (valid && !memchr(bytes.p, 0, bytes.n)) {
        *text = bytes;
        return DM_OK;
    }
    if (!valid) {
        char name[40];
        bool known = false;
        clean_name(charset, name);
        struct shape shape = shape_of(bytes);
        bool utf8 = shape.n_good >= shape.n_broken;
        if (!utf8 && name[0] && !is_western(name) && strcmp(name, "utf-8") != 0)
            got = by_name(arena, bytes, name, n_repaired, &known);
        bool apt = shape.n_apt * 10 >= shape.n_high * 8 && shape.n_high * 3 < bytes.n;
        if (!known && !utf8 && (apt || is_western(name)))
            got = from_1252(arena, bytes);
        else if (!known)
            got = bytes;
        if (!got.p)
            return dm_fail(err, DM_ENOMEM, "out of memory decoding %zu bytes", bytes.n);
    }
    size_t more = 0;
    got = utf8_repair(arena, got, &more);
    if (!got.p)
        return dm_fail(err, DM_ENOMEM, "out of memory decoding %zu bytes", bytes.n);
    *n_repaired += more;
    *text = got;
    return DM_OK;
}

struct slice encoding_clean(struct arena *arena, struct slice field)
{
    struct slice text;
    size_t n_repaired;
    if (encoding_decode(arena, field, (struct slice){0}, &text, &n_repaired, NULL) != DM_OK)
        return (struct slice){0};
    return arena_copy(arena, text);
}
