/* SPDX-License-Identifier: MIT */
/*
 * dates.c - the date an article is of: in fields, in addresses, and in the lines of its head.
 *
 * Method   A line is cut into words, numbers and signs; at each, the forms of dates that English
 *          and international use know are tried in turn. Days are checked against the calendar.
 *          Numbers alone are a date only where one reading is possible: with stops day comes first
 *          (nobody writes month.day.year), with slashes one of them must be above 12 or both equal.
 * Limits   English month names; years 1800-2099; 400 bytes of a line.
 */
#include "news/dates.h"

#include <ctype.h>

#define LINE_MAX_BYTES 400
#define WORDS_MAX 96

enum kind { WORD, NUMBER, SIGN };

struct word {
    size_t begin, end;
    enum kind kind;
    int value;  /* of a number with at most 8 digits; month of a word, 0 none */
    int digits;
    bool suffix; /* 17th */
};

static const char *const months[12] = { "january", "february", "march",     "april",
                                        "may",     "june",     "july",      "august",
                                        "september", "october", "november", "december" };

static bool same_lower(struct slice word, const char *lower, size_t n)
{
    if (word.n != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (tolower((unsigned char)word.p[i]) != lower[i])
            return false;
    return true;
}

/* A month's name or abbreviation, capitalized ("may" and "march" are other words): 1-12, or 0. */
static int month_of(struct slice word)
{
    if (word.n < 3 || !isupper((unsigned char)word.p[0]))
        return 0;
    if (same_lower(word, "sept", 4))
        return 9;
    for (int m = 0; m < 12; m++)
        if (same_lower(word, months[m], strlen(months[m])) || same_lower(word, months[m], 3))
            return m + 1;
    return 0;
}

static size_t cut_words(struct slice line, size_t from, struct word *word)
{
    size_t n = 0, i = from, end = line.n < LINE_MAX_BYTES ? line.n : LINE_MAX_BYTES;
    const unsigned char *p = (const unsigned char *)line.p;
    while (i < end && n < WORDS_MAX) {
        if (isspace(p[i])) {
            i++;
            continue;
        }
        struct word *w = &word[n++];
        *w = (struct word){ .begin = i, .kind = SIGN };
        if (isdigit(p[i])) {
            w->kind = NUMBER;
            for (; i < end && isdigit(p[i]); i++, w->digits++)
                w->value = w->digits < 8 ? w->value * 10 + (p[i] - '0') : -1;
            if (w->digits <= 2 && i + 2 <= end && isalpha(p[i]) &&
                (i + 2 == end || !isalpha(p[i + 2]))) {
                struct slice tail = slice_make(line.p + i, 2);
                w->suffix = same_lower(tail, "st", 2) || same_lower(tail, "nd", 2) ||
                            same_lower(tail, "rd", 2) || same_lower(tail, "th", 2);
                i += w->suffix ? 2 : 0;
            }
        } else if (isalpha(p[i]) || p[i] >= 0x80) {
            w->kind = WORD;
            while (i < end && (isalpha(p[i]) || p[i] >= 0x80))
                i++;
            w->value = month_of(slice_make(line.p + w->begin, i - w->begin));
        } else {
            i++;
        }
        w->end = i;
    }
    return n;
}

/* ---- forms of dates, each tried at word k; the count of words taken, or 0 ---- */

struct line {
    struct slice text;
    const struct word *word;
    size_t n;
};

static bool is_sign(const struct line *line, size_t k, char sign)
{
    return k < line->n && line->word[k].kind == SIGN && line->text.p[line->word[k].begin] == sign;
}

static bool is_year(const struct line *line, size_t k)
{
    return k < line->n && line->word[k].kind == NUMBER && line->word[k].digits == 4 &&
           line->word[k].value >= 1800 && line->word[k].value < 2100;
}

static bool is_day(const struct line *line, size_t k)
{
    return k < line->n && line->word[k].kind == NUMBER && line->word[k].digits <= 2 &&
           line->word[k].value >= 1 && line->word[k].value <= 31;
}

static int month_at(const struct line *line, size_t k)
{
    return k < line->n && line->word[k].kind == WORD ? line->word[k].value : 0;
}

static size_t take(int year, int month, int day, size_t n, struct date *out)
{
    if (!date_exists(year ? year : 2000, month ? month : 1, day ? day : 1))
        return 0;
    *out = (struct date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    return n;
}

/* "February 17, 2010", "Feb. 17", "February 2010" */
static size_t month_first(const struct line *line, size_t k, struct date *out)
{
    int month = month_at(line, k);
    size_t i = k + 1;
    if (!month)
        return 0;
    i += is_sign(line, i, '.');
    if (is_year(line, i))
        return take(line->word[i].value, month, 0, i + 1 - k, out);
    if (is_sign(line, i, ',') && is_year(line, i + 1))
        return take(line->word[i + 1].value, month, 0, i + 2 - k, out);
    if (!is_day(line, i))
        return 0;
    int day = line->word[i++].value;
    size_t plain = i;
    i += is_sign(line, i, ',') || is_sign(line, i, '.');
    if (is_year(line, i) && !is_sign(line, i + 1, ':'))
        return take(line->word[i].value, month, day, i + 1 - k, out);
    return take(0, month, day, plain - k, out);
}

/* "17 February 2010", "17th of Feb., 2010", "17-Feb-2010", "17 Feb" */
static size_t day_first(const struct line *line, size_t k, struct date *out)
{
    if (!is_day(line, k))
        return 0;
    int day = line->word[k].value;
    size_t i = k + 1;
    if (is_sign(line, i, '-') || is_sign(line, i, '/') || is_sign(line, i, '.'))
        i++;
    else if (i < line->n && slice_is(slice_make(line->text.p + line->word[i].begin,
                                                line->word[i].end - line->word[i].begin), "of"))
        i++;
    int month = month_at(line, i);
    if (!month)
        return 0;
    size_t plain = ++i;
    i += is_sign(line, i, '.');
    i += is_sign(line, i, '-') || is_sign(line, i, '/') || is_sign(line, i, ',');
    if (is_year(line, i))
        return take(line->word[i].value, month, day, i + 1 - k, out);
    return take(0, month, day, plain - k, out);
}

/* "2010-02-17", "2010/2/17", "17.02.2010", "02/17/2010" */
static size_t numbers_only(const struct line *line, size_t k, struct date *out)
{
    const struct word *w = line->word;
    if (k + 4 >= line->n || w[k].kind != NUMBER || w[k + 2].kind != NUMBER ||
        w[k + 4].kind != NUMBER || w[k].end != w[k + 1].begin || w[k + 2].end != w[k + 3].begin)
        return 0;
    char sign = line->text.p[w[k + 1].begin];
    if (!strchr("-/.", sign) || !is_sign(line, k + 1, sign) || !is_sign(line, k + 3, sign))
        return 0;
    int a = w[k].value, b = w[k + 2].value, c = w[k + 4].value;
    if (is_year(line, k) && w[k + 2].digits <= 2 && w[k + 4].digits <= 2 && b && c)
        return take(a, b, c, 5, out);
    if (!is_year(line, k + 4) || w[k].digits > 2 || w[k + 2].digits > 2 || !a || !b)
        return 0;
    if (sign == '.' || a > 12 || a == b)
        return take(c, b, a, 5, out);
    return b > 12 ? take(c, a, b, 5, out) : 0;
}

static bool find(const struct line *line, struct dates_span *out, size_t *first, size_t *last)
{
    for (size_t k = 0; k < line->n; k++) {
        size_t n = month_first(line, k, &out->date);
        n = n ? n : numbers_only(line, k, &out->date);
        n = n ? n : day_first(line, k, &out->date);
        if (!n)
            continue;
        out->begin = line->word[k].begin;
        out->end = line->word[k + n - 1].end;
        *first = k, *last = k + n;
        return true;
    }
    return false;
}

bool dates_find(struct slice text, size_t from, struct dates_span *out)
{
    struct word word[WORDS_MAX];
    struct line line = {text, word, cut_words(text, from, word)};
    size_t first, last;
    return find(&line, out, &first, &last);
}

/* ---- whole fields and lines ---- */

/* Words that stand beside a date and say nothing else; lower case. */
static bool is_beside(struct slice word)
{
    static const char *const beside[] = {
        "mon", "monday", "tue", "tues", "tuesday", "wed", "wednesday", "thu", "thur", "thurs",
        "thursday", "fri", "friday", "sat", "saturday", "sun", "sunday", "am", "pm", "a", "p", "m",
        "gmt", "utc", "est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "mt", "pst", "pdt",
        "pt", "bst", "cet", "cest", "ist", "msk", "t", "z", "at", "on", "of", "the", "published",
        "updated", "posted", "modified", "last", "first", "release", "released", "date", "dated",
        "created", "filed", "issued", "edition", "by", "for", "immediate", "time", "eastern",
        "local", "hrs", "h", "and", "original", "originally", "publication", "added", "print",
        "version", "revised", "noon", "midnight", "edited",
    };
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
        if (same_lower(word, beside[i], strlen(beside[i])))
            return true;
    return false;
}

bool dates_of_field(struct slice text, struct date *out)
{
    struct slice field = slice_trim(text);
    uint32_t digits;
    if (date_parse_stamp(field, out))
        return true;
    if (field.n >= 8 && slice_to_u32(slice_make(field.p, 8), &digits) &&
        (field.n == 8 || field.p[8] == 'T' ||
         (field.n == 14 && isdigit((unsigned char)field.p[8])))) {
        int year = (int)(digits / 10000), month = (int)(digits / 100 % 100);
        int day = (int)(digits % 100);
        return year >= 1800 && year < 2100 && month && day && take(year, month, day, 1, out) > 0;
    }
    struct word word[WORDS_MAX];
    struct line line = {field, word, cut_words(field, 0, word)};
    struct dates_span span;
    size_t first, last;
    if (field.n > LINE_MAX_BYTES || !find(&line, &span, &first, &last) || date_is_none(span.date))
        return false;
    for (size_t k = 0; k < line.n; k++) {
        struct slice w = slice_make(field.p + word[k].begin, word[k].end - word[k].begin);
        if ((k < first || k >= last) && word[k].kind == WORD && !is_beside(w))
            return false;
    }
    *out = span.date;
    return true;
}

bool dates_is_line(struct slice text, struct date *out, struct slice *rest)
{
    struct word word[WORDS_MAX];
    struct line line = {text, word, cut_words(text, 0, word)};
    struct dates_span span;
    size_t first, last, n_names = 0, begin = 0, end = 0;
    if (text.n > 160 || line.n >= WORDS_MAX || !find(&line, &span, &first, &last) ||
        date_is_none(span.date))
        return false;
    for (size_t k = 0; k < line.n; k++) {
        struct slice w = slice_make(text.p + word[k].begin, word[k].end - word[k].begin);
        unsigned char c = (unsigned char)w.p[0];
        if ((k >= first && k < last) || word[k].kind != WORD)
            continue;
        if (is_beside(w) && !slice_is(w, "The"))
            continue;
        if (++n_names > 5 || (islower(c) && c < 0x80) || k > last + 24)
            return false;
        if (n_names == 1)
            begin = word[k].begin;
        if (k < first || begin >= span.end) /* what stands on one side of the date */
            end = word[k].end;
    }
    /* A sentence, not a line: "The treaty was signed" has small letters, this has a full stop. */
    if (n_names > 2 && slice_ends(slice_trim(text), ".") )
        return false;
    *out = span.date;
    *rest = n_names > 0 ? slice_make(text.p + begin, end - begin) : (struct slice){0};
    return true;
}

bool dates_in_url(struct slice url, struct date *out)
{
    const char *p = url.p;
    for (size_t i = 0; i + 8 <= url.n; i++) {
        if (!isdigit((unsigned char)p[i]) || (i > 0 && isalnum((unsigned char)p[i - 1])))
            continue;
        size_t n = 0;
        while (i + n < url.n && isdigit((unsigned char)p[i + n]))
            n++;
        struct word word[WORDS_MAX];
        if (n == 8 && dates_of_field(slice_make(p + i, 8), out))
            return true;
        if (n != 4 || i + n == url.n || !strchr("/-_", p[i + n]))
            continue;
        size_t rest = url.n - i < 24 ? url.n - i : 24;
        struct slice tail = slice_make(p + i, rest);
        size_t k = cut_words(tail, 0, word);
        if (k < 5 || word[1].kind != SIGN || word[3].kind != SIGN || word[4].kind != NUMBER)
            continue;
        int month = word[2].kind == NUMBER ? word[2].value : 0;
        for (int m = 0; m < 12 && word[2].kind == WORD && !month; m++) /* /2010/feb/17/ */
            if (word[2].end - word[2].begin == 3 &&
                memcmp(tail.p + word[2].begin, months[m], 3) == 0)
                month = m + 1;
        if (word[0].value >= 1990 && word[0].value < 2100 && month && word[4].value > 0 &&
            word[4].digits <= 2 && take(word[0].value, month, word[4].value, 1, out))
            return true;
    }
    return false;
}

struct date dates_with_year(struct date partial, struct date near)
{
    if (date_is_none(near) || partial.month == 0)
        return (struct date){0};
    struct date best = {0};
    int32_t distance = 0, day = date_to_days(near);
    for (int year = near.year - 1; year <= near.year + 1; year++) {
        if (year < 1 || !date_exists(year, partial.month, partial.day ? partial.day : 1))
            continue;
        struct date date = {(int16_t)year, partial.month, partial.day};
        int32_t away = date_to_days(date) - day;
        away = away < 0 ? -away : away;
        if (date_is_none(best) || away < distance)
            best = date, distance = away;
    }
    return best;
}
