/* SPDX-License-Identifier: MIT */
/*
 * time-calendar.c - dates that name days, months, quarters, seasons, years and decades.
 *
 * Reads    forms of the tokens, lists `month`, `weekday`, `season`, `ordinal` and those of words
 *          that lead to a month or a year (lexicon/words/time.txt).
 * Limits   Years from YEAR_MIN to YEAR_MAX. Of 5/4/2010 the first is the month.
 */
#include "events/time-parts.h"

#define YEAR_MIN 1800
#define YEAR_MAX 2100

/* "15" of "15th"; 0 none. */
static uint32_t digits_before(const struct clock *clock, struct slice word, enum list ending)
{
    size_t n = word.n;
    if (n == 0 || word.p[0] < '0' || word.p[0] > '9')
        return 0;
    while (word.p[n - 1] < '0' || word.p[n - 1] > '9')
        n--;
    const struct lists *lists = clock->m->lists;
    const struct listed *behind =
        &lists->listed[lists_find(lists, slice_make(word.p + n, word.n - n))];
    return n < word.n && listed_in(behind, ending) ? number_digits(slice_make(word.p, n)) : 0;
}

int time_number(const struct clock *clock, uint32_t t)
{
    const struct listed *word = time_word(clock, t);
    if (listed_in(word, LIST_ARTICLE))
        return 1;
    struct slice form = time_form(clock, t);
    uint32_t n = word->value[LIST_NUMBER] ? (uint32_t)word->value[LIST_NUMBER] : number_digits(form);
    if (n == 0)
        n = digits_before(clock, form, LIST_ORDINAL_ENDING);
    return n && n < 100000 ? (int)n : -1;
}

static bool is_year(int number)
{
    return number >= YEAR_MIN && number <= YEAR_MAX;
}

/* A year in four digits; -1 is none. */
static int year_of(struct slice form)
{
    int year = form.n == 4 ? (int)number_digits(form) : -1;
    return is_year(year) ? year : -1;
}

static int year_at(const struct clock *clock, uint32_t t)
{
    return year_of(time_form(clock, t));
}

static bool has_capital(const struct clock *clock, uint32_t t)
{
    return clock->m->tok[t].flags & (TOK_TITLE | TOK_UPPER);
}

/* The month that token t names; 0 none. */
static int month_at(const struct clock *clock, uint32_t t)
{
    const struct listed *word = time_word(clock, t);
    int month = word->value[LIST_MONTH];
    if (month == 0 || has_capital(clock, t))
        return month;
    if (listed_in(word, LIST_SHORT))
        return 0;
    return listed_in(word, LIST_ALSO_WORD) && time_number(clock, t + 1) < 1 ? 0 : month;
}

/* Does the month's name at t, or what stands beside it, say that it is one? */
static bool tells_month(const struct clock *clock, uint32_t t)
{
    const struct listed *word = time_word(clock, t);
    if (word->value[LIST_MONTH] && !listed_in(word, LIST_SHORT) && !listed_in(word, LIST_ALSO_NAME))
        return true;
    uint32_t at = t;
    if (at > clock->m->first + 1 && time_is_dash(clock, at - 1)) /* "mid-January" */
        at--;
    return listed_in(time_back(clock, at, 1), LIST_BEFORE_MONTH) ||
           time_is(clock, t + 1, LIST_POSSESSIVE);
}

/* "2010", "last year" behind a month or a quarter, with "of" or a comma between; its end in *at. */
static int year_behind(const struct clock *clock, uint32_t *at)
{
    bool comma = slice_is(time_form(clock, *at), ",");
    uint32_t t = *at + (comma || time_is(clock, *at, LIST_YEAR_LINK));
    int year = year_at(clock, t);
    if (year > 0) {
        *at = t + 1;
        return year;
    }
    if (date_is_none(clock->today) || comma || !time_one(time_word(clock, t + 1), UNIT_YEAR) ||
        !time_is(clock, t, LIST_STEP))
        return 0;
    *at = t + 2;
    return clock->today.year + time_word(clock, t)->value[LIST_STEP];
}

/* The day of a month in front of it, "15 February", "the 15th of February"; *at: the month. 0 none. */
static int day_before(const struct clock *clock, uint32_t t, uint32_t *at)
{
    const struct listed *word = time_word(clock, t);
    bool of = time_is(clock, t + 1, LIST_OF);
    int day = of ? word->value[LIST_ORDINAL] : 0;
    if (day == 0 && !listed_in(word, LIST_ARTICLE))
        day = time_number(clock, t);
    if (of && word->value[LIST_NUMBER] == 1) /* "one of May's" */
        return 0;
    *at = t + 1 + of;
    return day >= 1 && day <= 31 && month_at(clock, *at) ? day : 0;
}

/* The day behind a month, "February 15"; 0 none. */
static int day_behind(const struct clock *clock, uint32_t t)
{
    const struct listed *word = time_word(clock, t);
    bool one = listed_in(word, LIST_ARTICLE) || word->value[LIST_NUMBER] == 1;
    int day = word->value[LIST_ORDINAL] ? word->value[LIST_ORDINAL] : time_number(clock, t);
    return !one && day >= 1 && day <= 31 ? day : 0;
}

/* The last day of "November 9-11", "May 5 to 7", whose end is put into *at; 0: it is one day. */
static int last_day(const struct clock *clock, int day, uint32_t *at)
{
    bool dash = time_is_dash(clock, *at);
    uint32_t t = *at + 1;
    if (day == 0 || (!dash && !time_is(clock, *at, LIST_TO_DAY)))
        return 0;
    int last = time_number(clock, t);
    bool counts = t < clock->m->end && clock->m->tok[t].upos == UPOS_NUM &&
                  time_unit(time_word(clock, t + 1)) == UNIT_NONE;
    if (last <= day || last > 31 || (!dash && !counts))
        return 0;
    *at += 2;
    return last;
}

/* "15 February 2010", "the 15th of February", "February 15, 2010", "February 2010", "Feb. 15" */
uint32_t time_read_month(struct clock *clock, uint32_t t)
{
    uint32_t at;
    int month, day = day_before(clock, t, &at);
    if (day) {
        month = month_at(clock, at++);
    } else {
        month = month_at(clock, t);
        if (month == 0)
            return t;
        at = t + 1;
        day = day_behind(clock, at);
        at += day != 0;
    }
    int last = last_day(clock, day, &at), year = year_behind(clock, &at);
    if (day == 0 && year == 0 && !tells_month(clock, t))
        return t;
    if (day && year && !date_exists(year, month, day))
        return t;
    return time_add(clock, (struct when){.first = t, .end = at,
                                         .kind = year ? WHEN_FIXED : WHEN_DAY, .last_day = last,
                                         .lean = time_back(clock, t, 1)->value[LIST_STEP],
                                         .date = {(int16_t)year, (uint8_t)month, (uint8_t)day}});
}

uint32_t time_read_weekday(struct clock *clock, uint32_t t)
{
    const struct listed *word = time_word(clock, t);
    if (!listed_in(word, LIST_WEEKDAY) || (listed_in(word, LIST_SHORT) && !has_capital(clock, t)))
        return t;
    uint32_t at = t + 1, look = at + slice_is(time_form(clock, at), ",");
    if (time_is(clock, at, LIST_DAY_PART))
        at++;
    else if (time_read_month(clock, look) != look) { /* "Monday, 15 February" */
        struct when *when = &clock->when[clock->n - 1];
        when->first = t;
        when->under = time_outside(clock->m, t, when->end);
        return when->end;
    }
    return time_add(clock, (struct when){.first = t, .end = at, .kind = WHEN_WEEKDAY,
                                         .weekday = word->value[LIST_WEEKDAY] % 7,
                                         .lean = time_back(clock, t, 1)->value[LIST_STEP]});
}

/* "2010-02-15", "2/15/2010", "15/2/2010", "15.2.2010" as one token */
uint32_t time_read_digits(struct clock *clock, uint32_t t)
{
    struct slice word = time_form(clock, t);
    struct date date;
    if (date_parse(word, &date) && date.day)
        return time_add(clock, (struct when){.first = t, .end = t + 1, .kind = WHEN_FIXED,
                                             .date = date});
    int part[3] = {0}, n = 0;
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] >= '0' && word.p[i] <= '9')
            part[n] = part[n] * 10 + (word.p[i] - '0');
        else if ((word.p[i] != '/' && word.p[i] != '.') || ++n > 2)
            return t;
        if (part[n] > YEAR_MAX)
            return t;
    }
    if (n != 2 || !is_year(part[2]))
        return t;
    bool day_first = part[0] > 12;
    int month = part[day_first], day = part[!day_first];
    if (!date_exists(part[2], month, day))
        return t;
    return time_add(clock, (struct when){.first = t, .end = t + 1, .kind = WHEN_FIXED,
                                         .date = {(int16_t)part[2], (uint8_t)month, (uint8_t)day}});
}

/* "the third quarter of 2005", "summer 2005", "the summer of 2005" */
uint32_t time_read_months(struct clock *clock, uint32_t t)
{
    const struct listed *word = time_word(clock, t);
    int quarter = word->value[LIST_ORDINAL], first = word->value[LIST_SEASON];
    uint32_t end = t + 1 + time_is_dash(clock, t + 1);
    struct when when = {.first = t};
    if (quarter >= 1 && quarter <= 4 && time_one(time_word(clock, end), UNIT_QUARTER)) {
        first = quarter * 3 - 2;
        when.end = end + 1;
        int year = year_behind(clock, &when.end);
        if (year == 0 && date_is_none(clock->today))
            return t;
        if (year == 0) /* the one that has begun last */
            year = clock->today.year - (first > clock->today.month);
        time_three_months(year, first, &when);
        return time_add(clock, when);
    }
    when.end = t + 1;
    int year = first ? year_behind(clock, &when.end) : 0;
    if (year == 0)
        return t;
    time_three_months(year, first, &when);
    return time_add(clock, when);
}

/* "the 1990s", "the '80s" */
static uint32_t read_decade(struct clock *clock, uint32_t t, struct slice word)
{
    struct slice quote = time_form(clock, t - (t > clock->m->first));
    int year = (int)digits_before(clock, word, LIST_DECADE_ENDING);
    if (word.n == 3 && (slice_is(quote, "'") || slice_is(quote, "\xE2\x80\x99") ||
                        slice_is(quote, "\xE2\x80\x98")))
        year += year ? 1900 : 0;
    if (!is_year(year) || year % 10)
        return t;
    return time_add(clock, (struct when){.first = t, .end = t + 1, .kind = WHEN_RANGE,
                                         .date = {(int16_t)year, 0, 0},
                                         .stop = {(int16_t)(year + 9), 0, 0}});
}

/* "mid-January", "mid-1994", "the mid-1990s" as one token */
static uint32_t read_mid(struct clock *clock, uint32_t t)
{
    const struct lists *lists = clock->m->lists;
    struct slice rest = time_form(clock, t), first;
    if (!memchr(rest.p, '-', rest.n) || !slice_cut(&rest, '-', &first) ||
        !listed_in(&lists->listed[lists_find(lists, first)], LIST_MID))
        return t;
    int month = lists->listed[lists_find(lists, rest)].value[LIST_MONTH], year = year_of(rest);
    uint32_t end = t + 1;
    if (month)
        year = year_behind(clock, &end);
    else if (year < 0)
        return read_decade(clock, t, rest);
    return time_add(clock, (struct when){.first = t, .end = end,
                                         .kind = year ? WHEN_FIXED : WHEN_DAY,
                                         .date = {(int16_t)year, (uint8_t)month, 0}});
}

/* "the 1968 killing": a year before a single thing, no number of many. */
static bool names_noun(const struct matcher *m, uint32_t t)
{
    uint32_t head = m->tok[t].head;
    enum relation rel = relation_base(graph_rel(m, t));
    return head > t && head < m->end && head - t < 6 &&
           (m->tok[head].upos == UPOS_NOUN || m->tok[head].upos == UPOS_PROPN) &&
           (rel == REL_NUMMOD || rel == REL_COMPOUND || rel == REL_NMOD || rel == REL_AMOD) &&
           !(m->tok[head].feats & FEAT(PLUR) && rel == REL_NUMMOD && head == t + 1);
}

uint32_t time_read_year(struct clock *clock, uint32_t t)
{
    int year = year_at(clock, t);
    struct when when = {.first = t, .end = t + 1, .kind = WHEN_FIXED,
                        .date = {(int16_t)year, 0, 0}};
    if (year < 0) {
        uint32_t end = read_decade(clock, t, time_form(clock, t));
        return end == t ? read_mid(clock, t) : end;
    }
    const struct listed *before = time_back(clock, t, 1);
    bool dash = t > clock->m->first && time_is_dash(clock, t - 1);
    if (clock->n && clock->when[clock->n - 1].end == t - 1 && /* "from 1992 to 1995" */
        (dash || listed_in(before, LIST_TO_YEAR)))
        return time_add(clock, when);
    if ((dash && listed_in(time_back(clock, t, 2), LIST_MID)) ||
        listed_in(before, LIST_BEFORE_YEAR))
        return time_add(clock, when);
    return names_noun(clock->m, t) ? time_add(clock, when) : t;
}
