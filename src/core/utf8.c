/* SPDX-License-Identifier: MIT */
/*
 * utf8.c - UTF-8 by the Unicode Standard's table 3-7; properties by utf8proc.
 *
 * ASCII takes a short way everywhere, since most news is ASCII.
 */
#include "core/utf8.h"

#include <utf8proc.h>

unsigned utf8_decode(const char *p, const char *end, uint32_t *code)
{
    const unsigned char *s = (const unsigned char *)p;
    size_t n = (size_t)(end - p);
    if (n > 0 && s[0] < 0x80) {
        *code = s[0];
        return 1;
    }
    if (n >= 2 && s[0] >= 0xC2 && s[0] <= 0xDF && (s[1] & 0xC0) == 0x80) {
        *code = (uint32_t)(s[0] & 0x1F) << 6 | (s[1] & 0x3Fu);
        return 2;
    }
    if (n >= 3 && (s[0] & 0xF0) == 0xE0 && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80) {
        uint32_t c = (uint32_t)(s[0] & 0x0F) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
        if (c >= 0x800 && (c < 0xD800 || c > 0xDFFF)) {
            *code = c;
            return 3;
        }
    }
    if (n >= 4 && (s[0] & 0xF8) == 0xF0 && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80 &&
        (s[3] & 0xC0) == 0x80) {
        uint32_t c = (uint32_t)(s[0] & 0x07) << 18 | (s[1] & 0x3Fu) << 12 | (s[2] & 0x3Fu) << 6 |
                     (s[3] & 0x3Fu);
        if (c >= 0x10000 && c <= 0x10FFFF) {
            *code = c;
            return 4;
        }
    }
    *code = 0xFFFD;
    return 1;
}

unsigned utf8_encode(uint32_t code, char *out)
{
    return (unsigned)utf8proc_encode_char((utf8proc_int32_t)code, (utf8proc_uint8_t *)out);
}

/* A decoded U+FFFD of one byte is an invalid byte; the real character has three. */
static bool is_broken(uint32_t code, unsigned n)
{
    return code == 0xFFFD && n == 1;
}

/* Bytes at p that are ASCII, in steps of 32. */
static size_t ascii_words(const char *p, const char *end)
{
    size_t n = 0;
    for (; (size_t)(end - p) >= n + 32; n += 32) {
        uint64_t word[4];
        memcpy(word, p + n, sizeof word);
        if ((word[0] | word[1] | word[2] | word[3]) & 0x8080808080808080u)
            break;
    }
    return n;
}

size_t utf8_valid_prefix(struct slice text)
{
    if (text.n == 0)
        return 0;
    const char *p = text.p, *end = text.p + text.n;
    while (p < end) {
        uint32_t code;
        p += ascii_words(p, end);
        unsigned n = utf8_decode(p, end, &code);
        if (p == end || is_broken(code, n))
            break;
        p += n;
    }
    return (size_t)(p - text.p);
}

struct slice utf8_repair(struct arena *arena, struct slice text, size_t *repaired)
{
    *repaired = 0;
    if (utf8_valid_prefix(text) == text.n && !(text.n && memchr(text.p, 0, text.n)))
        return text;
    /* A broken run of n bytes becomes three: at most three times as long. */
    char *out = arena_bytes(arena, text.n * 3 + 1), *q = out;
    if (!out)
        return (struct slice){NULL, 0};
    bool in_run = false;
    for (const char *p = text.p, *end = text.p + text.n; p < end;) {
        uint32_t code;
        unsigned n = utf8_decode(p, end, &code);
        if (is_broken(code, n) || code == 0) {
            if (!in_run) {
                q += utf8_encode(0xFFFD, q);
                (*repaired)++;
            }
            in_run = true;
        } else {
            memcpy(q, p, n);
            q += n;
            in_run = false;
        }
        p += n;
    }
    *q = '\0';
    return (struct slice){out, (size_t)(q - out)};
}

size_t utf8_count(struct slice text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += ((unsigned char)text.p[i] & 0xC0) != 0x80;
    return n;
}

struct slice utf8_lower(struct arena *arena, struct slice text)
{
    /* A lower-case letter can be one byte longer than its capital (U+023A: 2 to 3). */
    char *out = arena_bytes(arena, text.n * 2 + 1), *q = out;
    if (!out)
        return (struct slice){NULL, 0};
    for (const char *p = text.p, *end = text.p + text.n; p < end;) {
        unsigned char c = (unsigned char)*p;
        if (c < 0x80) {
            *q++ = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
            p++;
            continue;
        }
        uint32_t code;
        unsigned n = utf8_decode(p, end, &code);
        if (is_broken(code, n))
            *q++ = (char)c;
        else
            q += utf8_encode((uint32_t)utf8proc_tolower((utf8proc_int32_t)code), q);
        p += n;
    }
    *q = '\0';
    return (struct slice){out, (size_t)(q - out)};
}

uint32_t utf8_lower_one(uint32_t code)
{
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
}

/* Base letter of a character without its marks, lower-cased; letters without decomposition by hand. */
static uint32_t fold_one(uint32_t code)
{
    switch (code) {
    case 0x131: return 'i'; /* dotless i */
    case 0xF8: case 0xD8: return 'o';
    case 0x142: case 0x141: return 'l';
    case 0x111: case 0x110: case 0xF0: case 0xD0: return 'd';
    case 0x2019: case 0x2018: case 0x2BC: return '\'';
    case 0x2013: case 0x2010: case 0x2011: return '-';
    default: break;
    }
    utf8proc_int32_t parts[8];
    int bound = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)code, parts, 8,
                                                 UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK, &bound);
    uint32_t base = n >= 1 && n <= 8 ? (uint32_t)parts[0] : (n == 0 ? 0 : code);
    return base ? (uint32_t)utf8proc_tolower((utf8proc_int32_t)base) : 0;
}

struct slice utf8_fold(struct arena *arena, struct slice text)
{
    char *out = arena_bytes(arena, text.n * 2 + 1), *q = out;
    if (!out)
        return (struct slice){NULL, 0};
    for (const char *p = text.p, *end = text.p + text.n; p < end;) {
        unsigned char c = (unsigned char)*p;
        if (c < 0x80) {
            *q++ = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
            p++;
            continue;
        }
        uint32_t code;
        unsigned n = utf8_decode(p, end, &code);
        uint32_t base = is_broken(code, n) ? 0 : fold_one(code);
        if (base)
            q += utf8_encode(base, q);
        p += n;
    }
    *q = '\0';
    return (struct slice){out, (size_t)(q - out)};
}

bool utf8_is_upper(uint32_t code)
{
    if (code < 0x80)
        return code >= 'A' && code <= 'Z';
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)code);
    return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool utf8_is_letter(uint32_t code)
{
    if (code < 0x80)
        return (code | 32) >= 'a' && (code | 32) <= 'z';
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)code);
    return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO) ||
           c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_MC;
}

bool utf8_is_digit(uint32_t code)
{
    if (code < 0x80)
        return code >= '0' && code <= '9';
    return utf8proc_category((utf8proc_int32_t)code) == UTF8PROC_CATEGORY_ND;
}

bool utf8_is_space(uint32_t code)
{
    if (code < 0x80)
        return code == ' ' || (code >= '\t' && code <= '\r');
    if (code == 0x200B || code == 0xFEFF || code == 0x85)
        return true;
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)code);
    return c >= UTF8PROC_CATEGORY_ZS && c <= UTF8PROC_CATEGORY_ZP;
}

bool utf8_is_punct(uint32_t code)
{
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)code);
    return c >= UTF8PROC_CATEGORY_PC && c <= UTF8PROC_CATEGORY_SO;
}
