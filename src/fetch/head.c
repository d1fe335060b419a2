/* SPDX-License-Identifier: MIT */
/*
 * head.c - what the header fields of HTTP and of web archives say.
 *
 * Reads    lines "Name: value", ended by LF alone too; names in any case.
 * Leaves   slices of what it was given, numbers.
 * Limits   A value that goes on in the next line is its first line. Of dates only the form of
 *          today: the two old ones that RFC 9110 still knows are taken for none.
 * Source   RFC 9110 (HTTP), RFC 9112 (HTTP/1.1), ISO 28500 (WARC).
 */
#include "fetch/head.h"

#include <ctype.h>

#include "core/date.h"

bool head_line(struct slice *rest, struct slice *line)
{
    const char *nl = rest->n > 0 ? memchr(rest->p, '\n', rest->n) : NULL;
    if (!nl)
        return false;
    *line = slice_make(rest->p, (size_t)(nl - rest->p));
    *rest = slice_make(nl + 1, rest->n - line->n - 1);
    if (line->n > 0 && line->p[line->n - 1] == '\r')
        line->n--;
    return line->n > 0;
}

bool head_field(struct slice line, const char *name, struct slice *value)
{
    size_t n = strlen(name);
    if (line.n <= n || line.p[n] != ':' || strncasecmp(line.p, name, n) != 0)
        return false;
    *value = slice_trim(slice_make(line.p + n + 1, line.n - n - 1));
    return true;
}

bool head_length(struct slice value, uint64_t *out)
{
    uint64_t n = 0;
    if (value.n == 0 || value.n > 18)
        return false;
    for (size_t i = 0; i < value.n; i++) {
        if (!isdigit((unsigned char)value.p[i]))
            return false;
        n = n * 10 + (uint64_t)(value.p[i] - '0');
    }
    *out = n;
    return true;
}

struct slice head_charset(struct slice media)
{
    for (size_t i = 0; i + 8 < media.n; i++)
        if (strncasecmp(media.p + i, "charset=", 8) == 0) {
            struct slice rest = slice_make(media.p + i + 8, media.n - i - 8);
            size_t begin = 0, end;
            while (begin < rest.n && strchr("\"' ", rest.p[begin]))
                begin++;
            for (end = begin; end < rest.n && !strchr("\"' ;,", rest.p[end]); end++)
                ;
            return slice_make(rest.p + begin, end - begin < 40 ? end - begin : 0);
        }
    return SLICE_LIT("");
}

bool head_media_is(struct slice value, const char *media)
{
    size_t n = strlen(media);
    return value.n >= n && strncasecmp(value.p, media, n) == 0 &&
           (value.n == n || strchr("; \t,", value.p[n]));
}

/* n digits at p as a number; false where one is none. */
static bool digits(const char *p, int n, int *out)
{
    *out = 0;
    for (int i = 0; i < n; i++) {
        if (!isdigit((unsigned char)p[i]))
            return false;
        *out = *out * 10 + (p[i] - '0');
    }
    return true;
}

bool head_date(struct slice value, int64_t *seconds)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int day, month = 0, year, hour, minute, second;
    value = slice_trim(value);
    const char *p = value.p;
    if (value.n != 29 || memcmp(p + 3, ", ", 2) != 0 || memcmp(p + 25, " GMT", 4) != 0 ||
        p[7] != ' ' || p[11] != ' ' || p[16] != ' ' || p[19] != ':' || p[22] != ':')
        return false;
    while (month < 12 && memcmp(months + 3 * month, p + 8, 3) != 0)
        month++;
    if (!digits(p + 5, 2, &day) || !digits(p + 12, 4, &year) || !digits(p + 17, 2, &hour) ||
        !digits(p + 20, 2, &minute) || !digits(p + 23, 2, &second) || hour > 23 || minute > 59 ||
        second > 60 || month == 12 || !date_exists(year, month + 1, day))
        return false;
    struct date date = {(int16_t)year, (uint8_t)(month + 1), (uint8_t)day};
    *seconds = (int64_t)date_to_days(date) * 86400 + hour * 3600 + minute * 60 + second;
    return true;
}

int64_t head_retry_after(struct slice value, int64_t now)
{
    uint64_t seconds;
    int64_t until;
    value = slice_trim(value);
    if (!head_length(value, &seconds)) {
        if (!head_date(value, &until))
            return -1;
        seconds = until > now ? (uint64_t)(until - now) : 0;
    }
    return seconds > HEAD_RETRY_MAX ? HEAD_RETRY_MAX : (int64_t)seconds;
}
