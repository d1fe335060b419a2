/* SPDX-License-Identifier: MIT */
/*
 * time.c - expressions of time and their values.
 *
 * Reads    forms of the tokens, the tree, article->date.
 * Leaves   a struct clock: see time.h. when.c reads it.
 *
 * Method   A small grammar, tried at every token from the left: months and days, weekdays, what is
 *          counted from the article's day ("last week", "three days ago"), what is counted from
 *          another day that the text speaks of ("a day earlier"), years, decades and quarters.
 * Values   A weekday or a day without a year is the nearest before the article, for what is to come
 *          the nearest after it. A week begins on Monday.
 */
#include "events/time.h"

#include <assert.h>

#define YEAR_MIN 1800
#define YEAR_MAX 2100
#define SOON_DAYS 90  /* a day of the year so near ahead is meant, not the one nine months ago */
#define COUNT_MAX 400 /* days, weeks or years from here */

static const char *const weekdays[7] = {"sunday", "monday", "tuesday", "wednesday", "thursday",
                                        "friday", "saturday"};
static const char *const months[12] = {"january", "february", "march", "april", "may", "june",
                                       "july", "august", "september", "october", "november",
                                       "december"};

static struct slice form(const struct clock *clock, uint32_t t)
{
    return t >= clock->m->first && t < clock->m->end ? token_lower(clock->m->article, t)
                                                     : slice_make("", 0);
}

/* The word n places before token t. */
static struct slice back(const struct clock *clock, uint32_t t, uint32_t n)
{
    return t >= clock->m->first + n ? form(clock, t - n) : slice_make("", 0);
}

static bool one_of(struct slice word, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (slice_is(word, words[i]))
            return true;
    return false;
}

#define ONE_OF(word, ...)                                                                          \
    one_of(word, (const char *const[]){__VA_ARGS__},                                               \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* "sept.", "sep" and "september" alike; -1 is none. */
static int name_in(struct slice word, const char *const *names, int n)
{
    while (word.n && word.p[word.n - 1] == '.')
        word.n--;
    if (word.n < 3)
        return -1;
    for (int i = 0; i < n; i++) {
        size_t full = strlen(names[i]);
        bool prefix = word.n <= full && memcmp(word.p, names[i], word.n) == 0;
        if (prefix && (word.n == full || word.n <= 4 || (word.n == 5 && full > 6)))
            return i;
    }
    return -1;
}

/* "15", "15th", "three", "a"; -1 is none. */
static int number_of(struct slice word)
{
    if (slice_is(word, "a") || slice_is(word, "an"))
        return 1;
    if (word.n > 2 && (slice_ends(word, "st") || slice_ends(word, "nd") || slice_ends(word, "rd") ||
                       slice_ends(word, "th")))
        word.n -= 2;
    uint32_t n = detail_number(word);
    return n && n < 100000 ? (int)n : -1;
}

static bool is_year(int number)
{
    return number >= YEAR_MIN && number <= YEAR_MAX;
}

/* A year in four digits; -1 is none. */
static int year_at(const struct clock *clock, uint32_t t)
{
    int year = form(clock, t).n == 4 ? number_of(form(clock, t)) : -1;
    return is_year(year) ? year : -1;
}

/* A name of the list that stands at t; in small letters only in full. */
static int name_at(const struct clock *clock, uint32_t t, const char *const *names, int n)
{
    if (t < clock->m->first || t >= clock->m->end)
        return -1;
    int i = name_in(form(clock, t), names, n);
    bool capital = clock->m->tok[t].flags & (TOK_TITLE | TOK_UPPER);
    return i >= 0 && (capital || form(clock, t).n == strlen(names[i])) ? i : -1;
}

static int month_of(const struct clock *clock, uint32_t t)
{
    int month = name_at(clock, t, months, 12);
    bool small = month >= 0 && !(clock->m->tok[t].flags & (TOK_TITLE | TOK_UPPER));
    /* "may", "march" and "august" are months only with a capital, or before a number */
    bool other = month == 2 || month == 4 || month == 7;
    return small && other && number_of(form(clock, t + 1)) < 1 ? -1 : month;
}

static bool is_dash(struct slice word)
{
    return slice_is(word, "-") || slice_is(word, "\xE2\x80\x93");
}

/* ---- reckoning ---- */

static bool is_part_of_day(struct slice word)
{
    return ONE_OF(word, "morning", "afternoon", "evening", "night", "midday", "noon", "midnight");
}

static struct date days_from(struct date today, int32_t days)
{
    return date_from_days(date_to_days(today) + days);
}

static struct date months_from(struct date today, int n)
{
    int month = today.year * 12 + today.month - 1 + n;
    return (struct date){(int16_t)(month / 12), (uint8_t)(month % 12 + 1), 0};
}

/* The first month of a season, on the northern half of the earth; -1 none. */
static int season_of(struct slice word)
{
    return slice_is(word, "spring") ? 3 : slice_is(word, "summer") ? 6
           : slice_is(word, "autumn") || slice_is(word, "fall") ? 9
           : slice_is(word, "winter") ? 12 : -1;
}

/* Three months of a year as a range; the winter of a year ends in the next one. */
static void three_months(int year, int first, struct when *when)
{
    int last = first + 2;
    when->kind = WHEN_RANGE;
    when->date = (struct date){(int16_t)year, (uint8_t)first, 0};
    when->stop = (struct date){(int16_t)(last > 12 ? year + 1 : year),
                               (uint8_t)(last > 12 ? last - 12 : last), 0};
}

/* "last summer": the one that is over; "next": the one to begin; "this": of this year. */
static void season(struct date today, int first, int n, struct when *when)
{
    int year = today.year, last = first + 2; /* months of `year` */
    if (n < 0 && last >= today.month)
        year--;
    else if (n > 0 && first <= today.month)
        year++;
    three_months(year, first, when);
}

static enum when_unit unit_of(struct slice word)
{
    static const struct { const char *word; enum when_unit unit; } units[] = {
        {"day", UNIT_DAY}, {"days", UNIT_DAY}, {"night", UNIT_DAY}, {"nights", UNIT_DAY},
        {"week", UNIT_WEEK}, {"weeks", UNIT_WEEK}, {"weekend", UNIT_WEEKEND},
        {"month", UNIT_MONTH}, {"months", UNIT_MONTH}, {"quarter", UNIT_QUARTER},
        {"quarters", UNIT_QUARTER}, {"year", UNIT_YEAR}, {"years", UNIT_YEAR},
        {"decade", UNIT_DECADE}, {"decades", UNIT_DECADE}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (slice_is(word, units[i].word))
            return units[i].unit;
    return UNIT_NONE;
}

/* The day, week, month, quarter or year n of them from a day. */
static bool unit_from(struct date day, enum when_unit unit, int n, struct when *when)
{
    int32_t monday, saturday;
    switch (unit) {
    case UNIT_DAY:
        when->date = days_from(day, n);
        break;
    case UNIT_WEEK:
        monday = date_to_days(day) - (date_weekday(day) + 6) % 7 + 7 * n;
        if (n < 0 && date_weekday(day) == 0) /* a Sunday paper's "last week" is the one just over */
            monday += 6;
        when->kind = WHEN_RANGE;
        when->date = date_from_days(monday);
        when->stop = date_from_days(monday + 6);
        break;
    case UNIT_WEEKEND:
        saturday = date_to_days(day) - (date_weekday(day) + 1) % 7 + 7 * n;
        if (n < 0 && date_weekday(day) != 0 && date_weekday(day) != 6)
            saturday += 7; /* on a Monday "last weekend" is the one just over */
        when->kind = WHEN_RANGE;
        when->date = date_from_days(saturday);
        when->stop = date_from_days(saturday + 1);
        break;
    case UNIT_MONTH:
        when->date = months_from(day, n);
        break;
    case UNIT_QUARTER:
        day = months_from(day, 3 * n);
        three_months(day.year, (day.month - 1) / 3 * 3 + 1, when);
        break;
    case UNIT_YEAR:
        when->date = (struct date){(int16_t)(day.year + n), 0, 0};
        break;
    case UNIT_DECADE:
        when->date = (struct date){(int16_t)(day.year + 10 * n), 0, 0};
        break;
    default:
        return false;
    }
    return when->date.year > 0;
}

/* As unit_from, by the unit's word; seasons and parts of the day too. */
static bool word_from(const struct clock *clock, struct slice word, int n, struct when *when)
{
    if (season_of(word) >= 0) {
        season(clock->today, season_of(word), n, when);
        return when->date.year > 0;
    }
    if (n == 0 && is_part_of_day(word)) {
        when->date = clock->today;
        return true;
    }
    return unit_from(clock->today, unit_of(word), n, when);
}

/* ---- expressions ---- */

/* The word outside of it that an expression hangs at; ARTICLE_NONE none. */
static uint32_t outside(const struct matcher *m, uint32_t first, uint32_t end)
{
    uint32_t under = ARTICLE_NONE;
    for (uint32_t t = first; t < end; t++)
        if (m->tok[t].head < first || m->tok[t].head >= end)
            under = m->tok[t].head;
    return under;
}

/* "Monday's vote", "the May elections", "the 1968 killing": it stands before the noun it dates. */
static bool is_modifier(const struct matcher *m, const struct when *when)
{
    if (when->under == ARTICLE_NONE || when->under < when->end || when->under - when->end > 6 ||
        (m->tok[when->under].upos != UPOS_NOUN && m->tok[when->under].upos != UPOS_PROPN))
        return false;
    bool at = when->first > m->first && m->tok[when->first - 1].upos == UPOS_ADP;
    for (uint32_t t = when->first; t < when->end; t++) {
        enum relation rel = graph_rel(m, t);
        if (at && rel != REL_NMOD_POSS)
            continue; /* "On Tuesday minister X came": the parser took it for a part of the name */
        if (m->tok[t].head == when->under &&
            (rel == REL_NMOD_POSS || rel == REL_COMPOUND || rel == REL_AMOD || rel == REL_NUMMOD ||
             rel == REL_NMOD || rel == REL_NMOD_UNMARKED))
            return true;
    }
    return false;
}

/* read_sentence() sees to it that there is room; a reader adds one at most. */
static uint32_t add(struct clock *clock, struct when when)
{
    assert(clock->n < TIMES_MAX);
    if (when.under == 0)
        when.under = outside(clock->m, when.first, when.end);
    when.modifier = when.modifier || is_modifier(clock->m, &when);
    clock->when[clock->n++] = when;
    return when.end;
}

static int lean_of(struct slice word)
{
    return ONE_OF(word, "last", "past") ? -1 : ONE_OF(word, "next", "coming") ? 1 : 0;
}

/* A name such as "May" or "March" alone says nothing without a word that leads to one. */
static bool tells_month(const struct clock *clock, uint32_t t)
{
    uint32_t at = t;
    struct slice word = form(clock, t);
    int month = name_in(word, months, 12);
    if (month >= 0 && month != 2 && month != 4 && word.n == strlen(months[month]))
        return true;
    if (at > clock->m->first + 1 && is_dash(back(clock, at, 1))) /* "mid-January" */
        at--;
    return ONE_OF(back(clock, at, 1), "in", "since", "during", "of", "throughout", "until", "by",
                  "from", "between", "last", "next", "this", "early", "late", "mid", "earlier",
                  "through", "till", "before", "after", "and", "to", "past", "coming") ||
           ONE_OF(form(clock, t + 1), "'s", "\xE2\x80\x99s");
}

/* "2010", "last year" behind a month or a quarter, with "of" or a comma between; its end in *at. */
static int year_behind(const struct clock *clock, uint32_t *at)
{
    uint32_t t = *at + ONE_OF(form(clock, *at), ",", "of", "in");
    int year = year_at(clock, t);
    if (year > 0) {
        *at = t + 1;
        return year;
    }
    struct slice word = form(clock, t);
    bool known = !date_is_none(clock->today) && slice_is(form(clock, t + 1), "year") &&
                 !slice_is(form(clock, *at), ",");
    if (!known || !ONE_OF(word, "this", "last", "next"))
        return 0;
    *at = t + 2;
    return clock->today.year + (slice_is(word, "last") ? -1 : slice_is(word, "next") ? 1 : 0);
}

/* "15 February 2010", "the 15th of February", "February 15, 2010", "February 2010", "Feb. 15" */
static uint32_t read_month(struct clock *clock, uint32_t t)
{
    uint32_t at = t;
    int day = number_of(form(clock, t)), month, year;
    bool article = ONE_OF(form(clock, t), "a", "an");
    uint32_t of = t + 1 + (slice_is(form(clock, t + 1), "of") && !slice_is(form(clock, t), "one"));
    if (day >= 1 && day <= 31 && !article && (month = month_of(clock, of)) >= 0) {
        at = of + 1;
    } else if ((month = month_of(clock, t)) >= 0) {
        at = t + 1;
        day = number_of(form(clock, at));
        if (day >= 1 && day <= 31 && !ONE_OF(form(clock, at), "a", "an", "one"))
            at++;
        else
            day = 0;
    } else {
        return t;
    }
    int last_day = 0;
    if (day && (is_dash(form(clock, at)) || ONE_OF(form(clock, at), "to", "and", "through"))) {
        int other = number_of(form(clock, at + 1));
        bool counts = clock->m->tok[at + 1 < clock->m->end ? at + 1 : at].upos == UPOS_NUM &&
                      unit_of(form(clock, at + 2)) == UNIT_NONE;
        if (other > day && other <= 31 && (is_dash(form(clock, at)) || counts)) {
            last_day = other;
            at += 2;
        }
    }
    year = year_behind(clock, &at);
    if (day == 0 && year == 0 && !tells_month(clock, t))
        return t;
    if (day && year && !date_exists(year, month + 1, day))
        return t;
    return add(clock, (struct when){.first = t, .end = at, .kind = year ? WHEN_FIXED : WHEN_DAY,
                                    .last_day = last_day, .lean = lean_of(back(clock, t, 1)),
                                    .date = {(int16_t)year, (uint8_t)(month + 1), (uint8_t)day}});
}

/* "2010-02-15", "2/15/2010", "15/2/2010", "15.2.2010" as one token */
static uint32_t read_digits(struct clock *clock, uint32_t t)
{
    struct slice word = form(clock, t);
    struct date date;
    if (date_parse(word, &date) && date.day)
        return add(clock, (struct when){.first = t, .end = t + 1, .kind = WHEN_FIXED,
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
    return add(clock, (struct when){.first = t, .end = t + 1, .kind = WHEN_FIXED,
                                    .date = {(int16_t)part[2], (uint8_t)month, (uint8_t)day}});
}

/* "the 1990s", "the '80s" */
static uint32_t read_decade(struct clock *clock, uint32_t t)
{
    struct slice word = form(clock, t);
    int year = -1;
    if (word.n == 5 && word.p[4] == 's')
        year = number_of(slice_make(word.p, 4));
    else if (word.n == 3 && word.p[2] == 's' &&
             ONE_OF(back(clock, t, 1), "'", "\xE2\x80\x99", "\xE2\x80\x98"))
        year = 1900 + number_of(slice_make(word.p, 2));
    if (!is_year(year) || year % 10)
        return t;
    return add(clock, (struct when){.first = t, .end = t + 1, .kind = WHEN_RANGE,
                                    .date = {(int16_t)year, 0, 0},
                                    .stop = {(int16_t)(year + 9), 0, 0}});
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

static uint32_t read_year(struct clock *clock, uint32_t t)
{
    int year = year_at(clock, t);
    struct when when = {.first = t, .end = t + 1, .kind = WHEN_FIXED,
                        .date = {(int16_t)year, 0, 0}};
    if (year < 0)
        return read_decade(clock, t);
    struct slice word = back(clock, t, 1);
    if (clock->n && clock->when[clock->n - 1].end == t - 1 && /* "from 1992 to 1995" */
        (ONE_OF(word, "to", "and", "through", "or") || is_dash(word)))
        return add(clock, when);
    bool mid = is_dash(word) && slice_is(back(clock, t, 2), "mid");
    if (mid || ONE_OF(word, "in", "since", "during", "of", "until", "till", "by", "from", "early",
                      "late", "mid", "before", "after", "between", "through", "throughout",
                      "fiscal", "fy", "around", "circa", "than", "year", "into"))
        return add(clock, when);
    return names_noun(clock->m, t) ? add(clock, when) : t;
}

static uint32_t read_weekday(struct clock *clock, uint32_t t)
{
    int day = name_at(clock, t, weekdays, 7);
    if (day < 0)
        return t;
    uint32_t at = t + 1, look = at + slice_is(form(clock, at), ",");
    if (is_part_of_day(form(clock, at)))
        at++;
    else if (read_month(clock, look) != look) { /* "Monday, 15 February" */
        struct when *when = &clock->when[clock->n - 1];
        when->first = t;
        when->under = outside(clock->m, t, when->end);
        return when->end;
    }
    return add(clock, (struct when){.first = t, .end = at, .kind = WHEN_WEEKDAY, .weekday = day,
                                    .lean = lean_of(back(clock, t, 1))});
}

/* "the third quarter of 2005", "summer 2005", "the summer of 2005" */
static uint32_t read_months(struct clock *clock, uint32_t t)
{
    static const char *const ordinals[] = {"first", "second", "third", "fourth"};
    struct slice word = form(clock, t);
    int quarter = -1;
    for (int i = 0; i < 4; i++)
        if (slice_is(word, ordinals[i]))
            quarter = i;
    uint32_t end = t + 1 + is_dash(form(clock, t + 1));
    struct when when = {.first = t};
    if (quarter >= 0 && slice_is(form(clock, end), "quarter")) {
        when.end = end + 1;
        int year = year_behind(clock, &when.end);
        if (year == 0 && date_is_none(clock->today))
            return t;
        if (year == 0) /* the one that has begun last */
            year = clock->today.year - (quarter * 3 + 1 > clock->today.month);
        three_months(year, quarter * 3 + 1, &when);
        return add(clock, when);
    }
    if (season_of(word) >= 0) {
        when.end = t + 1;
        int year = year_behind(clock, &when.end);
        if (year == 0)
            return t;
        three_months(year, season_of(word), &when);
        return add(clock, when);
    }
    return t;
}

/* "the past two weeks", "the last ten days": from then to today; "the next ten days": on. */
static uint32_t read_span(struct clock *clock, uint32_t t)
{
    struct slice word = form(clock, t);
    enum when_unit unit = unit_of(form(clock, t + 2));
    int n = number_of(form(clock, t + 1)), sign = lean_of(word);
    uint32_t end = t + 3;
    if (sign == 0)
        return t;
    if (n <= 0 && slice_is(word, "past")) { /* "the past week" */
        n = 1;
        unit = unit_of(form(clock, t + 1));
        end = t + 2;
    }
    if (n <= 0 || n > COUNT_MAX)
        return t;
    struct date far;
    if (unit == UNIT_WEEK || unit == UNIT_DAY)
        far = days_from(clock->today, sign * (unit == UNIT_WEEK ? 7 * n : n));
    else if (unit == UNIT_MONTH || unit == UNIT_YEAR || unit == UNIT_DECADE)
        far = months_from(clock->today, sign * n * (unit == UNIT_MONTH  ? 1
                                                    : unit == UNIT_YEAR ? 12 : 120));
    else
        return t;
    if (far.year <= 0)
        return t;
    return add(clock, (struct when){.first = t, .end = end, .kind = WHEN_RANGE,
                                    .date = sign < 0 ? far : clock->today,
                                    .stop = sign < 0 ? clock->today : far});
}

/* "over the weekend", "earlier in the day", "the end of the year" */
static uint32_t read_usual(struct clock *clock, uint32_t t)
{
    struct when when = {.first = t, .end = t + 2, .kind = WHEN_FIXED};
    struct slice word = form(clock, t);
    if (slice_is(word, "the") && slice_is(form(clock, t + 1), "weekend"))
        return unit_from(clock->today, UNIT_WEEKEND, -1, &when) ? add(clock, when) : t;
    bool within = slice_is(word, "the") && slice_is(back(clock, t, 1), "in") &&
                  ONE_OF(back(clock, t, 2), "earlier", "later", "early", "late");
    if (within && unit_from(clock->today, unit_of(form(clock, t + 1)), 0, &when))
        return add(clock, when);
    if (ONE_OF(word, "end", "beginning", "start", "middle") && slice_is(form(clock, t + 1), "of") &&
        slice_is(form(clock, t + 2), "the")) {
        when.end = t + 4;
        struct slice unit = form(clock, t + 3);
        if (ONE_OF(unit, "week", "month", "year", "quarter") &&
            unit_from(clock->today, unit_of(unit), 0, &when))
            return add(clock, when);
    }
    return t;
}

/* A relative pronoun, a verb or a noun behind "after" or "before": what it is counted from. */
static uint32_t counted_from(const struct clock *clock, uint32_t t)
{
    const struct matcher *m = clock->m;
    uint32_t head = m->tok[t].head;
    bool marks = graph_rel(m, t) == REL_MARK || graph_rel(m, t) == REL_CASE;
    return marks && head > t && head < m->end ? head : ARTICLE_NONE;
}

/*
 * Counted from another day: "a day earlier", "two days later", "the previous day", "that day"; and
 * "eight days after the deal was signed", which dates the deal: so long before what is told.
 */
static uint32_t read_shift(struct clock *clock, uint32_t t)
{
    struct slice word = form(clock, t), next = form(clock, t + 1), third = form(clock, t + 2);
    struct when when = {.first = t, .kind = WHEN_SHIFT, .unit = unit_of(next)};
    int n = number_of(word);
    if (ONE_OF(word, "previous", "following", "same", "preceding") ||
        (slice_is(word, "next") && slice_is(back(clock, t, 1), "the"))) {
        when.shift = slice_is(word, "same") ? 0 : ONE_OF(word, "following", "next") ? 1 : -1;
        when.end = t + 2;
        bool day = when.unit == UNIT_DAY || (when.unit != UNIT_NONE && !slice_is(word, "next"));
        return day ? add(clock, when) : t;
    }
    if (slice_is(word, "that") && ONE_OF(next, "day", "night", "month", "year", "week")) {
        when.end = t + 2;
        return clock->m->tok[t].upos == UPOS_DET ? add(clock, when) : t;
    }
    if (slice_is(word, "the"))
        n = ONE_OF(next, "day", "week", "month", "year") ? 1 : -1;
    if (n <= 0 || n > COUNT_MAX || when.unit == UNIT_NONE || when.unit == UNIT_WEEKEND)
        return t;
    bool before = slice_is(third, "before"), after = slice_is(third, "after");
    uint32_t other = before || after ? counted_from(clock, t + 2) : ARTICLE_NONE;
    when.end = t + 3;
    if (other != ARTICLE_NONE) {
        when.under = other;
        when.shift = before ? n : -n;
        return add(clock, when);
    }
    if (slice_is(word, "the") && !before && !after)
        return t;
    if (before || ONE_OF(third, "earlier", "previously"))
        when.shift = -n;
    else if (after || slice_is(third, "later"))
        when.shift = n;
    else
        return t;
    return add(clock, when);
}

static uint32_t read_relative(struct clock *clock, uint32_t t)
{
    static const struct { const char *word; int days; } days[] = {
        {"yesterday", -1}, {"today", 0}, {"tonight", 0}, {"tomorrow", 1}};
    struct slice word = form(clock, t), next = form(clock, t + 1), third = form(clock, t + 2);
    struct when when = {.first = t, .end = t + 1, .kind = WHEN_FIXED};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        if (slice_is(word, days[i].word)) {
            when.date = days_from(clock->today, days[i].days);
            when.end += is_part_of_day(next);
            when.over = days[i].days < 0;
            return add(clock, when);
        }
    }
    int n = number_of(word), step = ONE_OF(word, "this", "current") ? 0 : lean_of(word);
    uint32_t at = read_usual(clock, t);
    if (at == t)
        at = read_span(clock, t);
    if (at != t)
        return at;
    bool steps = step || ONE_OF(word, "this", "current");
    bool past = slice_is(form(clock, t), "this") && ONE_OF(next, "past", "coming");
    when.end = t + 2 + past;
    when.over = step < 0 || (past && lean_of(next) < 0);
    if (steps && unit_of(past ? third : next) != UNIT_DAY && next.n &&
        word_from(clock, past ? third : next, past ? lean_of(next) : step, &when))
        return add(clock, when);
    if (slice_is(word, "last") && slice_is(next, "night")) {
        when.date = days_from(clock->today, -1);
        return add(clock, when);
    }
    when.end = t + 3;
    when.over = true;
    if (n > 0 && n < COUNT_MAX && slice_is(third, "ago")) {
        if (ONE_OF(next, "hour", "hours", "minute", "minutes") && n < 12) {
            when.date = clock->today;
            return add(clock, when);
        }
        if (unit_from(clock->today, unit_of(next), -n, &when))
            return add(clock, when);
    }
    return t;
}

static void read_sentence(struct clock *clock)
{
    for (uint32_t t = clock->m->first; t < clock->m->end && clock->n < TIMES_MAX;) {
        uint32_t at = read_month(clock, t);
        if (at == t)
            at = read_weekday(clock, t);
        if (at == t)
            at = read_digits(clock, t);
        if (at == t)
            at = read_months(clock, t);
        if (at == t && !date_is_none(clock->today))
            at = read_shift(clock, t);
        if (at == t && !date_is_none(clock->today))
            at = read_relative(clock, t);
        if (at == t)
            at = read_year(clock, t);
        t = at == t ? t + 1 : at;
    }
}

/* "from Monday to Friday", "between March and June": two that are the ends of one. */
static void join_ends(struct clock *clock)
{
    for (uint32_t i = 0; i + 1 < clock->n; i++) {
        struct when *a = &clock->when[i], *b = &clock->when[i + 1];
        struct slice before = back(clock, a->first, 1), between = form(clock, a->end);
        bool opens = ONE_OF(before, "from", "between");
        bool joins = ONE_OF(between, "to", "and", "until", "through");
        if (b->first == a->end + 1 && ((opens && joins) || is_dash(between)))
            a->until = b;
    }
}

bool time_is_word(const struct matcher *m, uint32_t t)
{
    static const char *const words[] = {"yesterday", "today", "tonight", "tomorrow", "week",
                                        "weekend", "month", "year", "day", "morning", "evening",
                                        "afternoon", "night", "years", "months", "weeks", "days", "dawn",
                                        "dusk", "noon", "midnight", "midday"};
    struct slice word = token_lower(m->article, t);
    if (one_of(word, words, sizeof words / sizeof *words))
        return true;
    return (m->tok[t].flags & TOK_TITLE) && m->article->mention_of[t] == ARTICLE_NONE &&
           (name_in(word, weekdays, 7) >= 0 || name_in(word, months, 12) >= 0);
}

/* ---- values ---- */

static struct date nearest_weekday(struct date today, int weekday, bool future, int lean)
{
    int32_t now = date_to_days(today);
    int back = (date_weekday(today) - weekday + 7) % 7;
    if (back == 0 && lean)
        back = lean < 0 ? 7 : 0; /* "last Monday", told on a Monday */
    return date_from_days(future ? now - back + (back || lean ? 7 : 0) : now - back);
}

/* Told neither of the past nor of the future: past, unless the last is far and the next close. */
static struct date nearest_day(struct date today, struct date date, bool future, bool past)
{
    struct date out = date;
    out.year = today.year;
    int32_t ahead = date_first_day(out) - date_to_days(today);
    bool later = ahead > 0;
    if (later && !future && (past || ahead > SOON_DAYS))
        out.year--;
    else if (!later && !past && !future && ahead < SOON_DAYS - 366)
        out.year++;
    if (!later && future && date_last_day(out) < date_to_days(today))
        out.year++;
    if (out.day && !date_exists(out.year, out.month, out.day))
        return (struct date){0};
    return out;
}

static bool is_ahead_word(const struct matcher *m, uint32_t t)
{
    if (graph_is_verb(m, t) && !graph_is_passive(m, t) && m->tok[t].feats & (FEAT(PAST)))
        return false;
    return m->tok[t].upos != UPOS_ADV && m->tok[t].upos != UPOS_NOUN &&
           graph_in(m, t, CLASS_FUTURE);
}

/* "planned a march on Saturday": what is planned is to come, whenever it is planned. */
static bool is_planned(const struct matcher *m, uint32_t t, uint32_t head)
{
    return graph_rel_is(m, t, REL_OBJ) && graph_is_verb(m, head) && graph_in(m, head, CLASS_FUTURE);
}

static bool is_present(const struct matcher *m, uint32_t t)
{
    uint64_t feats = m->tok[t].feats;
    if (feats & FEAT(FIN))
        return feats & FEAT(PRES);
    bool progressive = false; /* "is meeting" */
    FOR_CHILDREN(m, c, t)
        progressive = progressive || (graph_rel(m, c) == REL_AUX && m->tok[c].feats & FEAT(PRES));
    return progressive && feats & FEAT(PRES);
}

bool time_is_ahead(const struct matcher *m, const struct when *when)
{
    uint32_t t = when->under;
    for (uint32_t i = 0; i < 6 && t >= m->first && t < m->end; i++) {
        if (!when->modifier && is_ahead_word(m, t))
            return true;
        FOR_CHILDREN(m, c, t) {
            enum relation rel = relation_base(graph_rel(m, c));
            if ((rel == REL_AUX || rel == REL_AMOD) && graph_in(m, c, CLASS_FUTURE))
                return true;
        }
        uint32_t head = m->tok[t].head;
        bool inside = head >= m->first && head < m->end;
        if (graph_is_verb(m, t)) {
            enum relation rel = graph_rel(m, t);
            if (is_present(m, t)) /* "meets her on Monday": as planned */
                return !graph_in(m, t, CLASS_REPORT);
            if (!inside || !graph_is_infinitive(m, t))
                return false;
            if (rel != REL_XCOMP && rel != REL_ACL)
                return false;
            if (rel == REL_ACL || is_ahead_word(m, head) || !graph_in(m, head, CLASS_BEGIN))
                return true; /* else "will start to hear": as the verb over it */
        }
        if (when->modifier)
            return false;
        if (inside && is_planned(m, t, head))
            return true;
        t = head;
    }
    return false;
}

/* The verb that the expression's clause has is told of the past. */
static bool is_behind(const struct matcher *m, const struct when *when)
{
    uint32_t t = when->under;
    for (uint32_t i = 0; i < 6 && t >= m->first && t < m->end; i++) {
        if (graph_is_verb(m, t)) {
            bool past = m->tok[t].feats & FEAT(PAST);
            FOR_CHILDREN(m, c, t)
                if (graph_rel_is(m, c, REL_AUX))
                    past = past && !graph_in(m, c, CLASS_FUTURE) && !graph_in(m, c, CLASS_IF);
            return past;
        }
        t = m->tok[t].head;
    }
    return false;
}

/* One that is counted from the article's day or from none; false for nothing. */
static bool plain_value(const struct clock *clock, const struct when *when, bool future,
                        struct date *date, struct date *stop)
{
    bool known = !date_is_none(clock->today);
    future = when->lean > 0 || (when->lean == 0 && future);
    *stop = (struct date){0};
    switch (when->kind) {
    case WHEN_WEEKDAY:
        if (!known)
            return false;
        *date = nearest_weekday(clock->today, when->weekday, future, when->lean);
        break;
    case WHEN_DAY:
        if (!known)
            return false;
        *date = nearest_day(clock->today, when->date, future, when->lean < 0 || when->past);
        break;
    case WHEN_RANGE:
        *stop = when->stop;
        *date = when->date;
        break;
    case WHEN_FIXED:
        *date = when->date;
        break;
    case WHEN_SHIFT:
        return false;
    }
    if (when->last_day && date_exists(date->year, date->month, when->last_day))
        *stop = (struct date){date->year, date->month, (uint8_t)when->last_day};
    return !date_is_none(*date);
}

/* The day of this text that "a day earlier" is counted from. */
static struct date counted_day(const struct clock *clock, const struct when *when)
{
    struct date found = clock->reference, date = {0}, stop;
    for (uint32_t i = 0; i < clock->n; i++) {
        const struct when *other = &clock->when[i];
        if (other->modifier || (other->first > when->first && !date_is_none(found)))
            continue;
        if (plain_value(clock, other, false, &date, &stop) && date.day && date_is_none(stop))
            found = date;
    }
    return date_is_none(found) ? clock->today : found;
}

bool time_value(const struct clock *clock, const struct when *when, bool future, struct date *date,
                struct date *stop)
{
    struct date from, to, last, ignored;
    if (when->kind == WHEN_SHIFT) {
        struct when shifted = *when;
        if (!unit_from(counted_day(clock, when), when->unit, when->shift, &shifted))
            return false;
        from = shifted.date;
        to = shifted.kind == WHEN_RANGE ? shifted.stop : (struct date){0};
    } else if (!plain_value(clock, when, future, &from, &to)) {
        return false;
    }
    if (when->until && plain_value(clock, when->until, future, &last, &ignored) &&
        date_first_day(last) > date_first_day(from))
        to = last;
    if (date_is_none(from) || from.year > TIME_YEAR_MAX || to.year > TIME_YEAR_MAX)
        return false;
    *date = from;
    *stop = to;
    return true;
}

void time_read(struct clock *clock, const struct matcher *m)
{
    clock->m = m;
    clock->n = 0;
    clock->today = m->article->date.day ? m->article->date : (struct date){0};
    read_sentence(clock);
    join_ends(clock);
    for (uint32_t i = 0; i < clock->n; i++)
        clock->when[i].past = is_behind(m, &clock->when[i]);
}
