/* SPDX-License-Identifier: MIT */
/*
 * time.c - when an event happened or is to happen, where the sentence says so.
 *
 * Reads    forms of the tokens, the tree, article->date, ev.status.
 * Leaves   ev.date, ev.end_date with the tokens that say so; a date to come makes the status
 *          `future`, one of years ago `historical`.
 *
 * Method   Time expressions are found by their words (a small grammar of weekdays, months, years,
 *          "last week", "three days ago"), each once a sentence. An event takes the nearest one
 *          that hangs in its own clause (clause.c): at the trigger, its light verb, or the words
 *          over it as far as the clause goes; at a verb of saying ("said on Monday that") only when
 *          the saying is the event.
 * Dates    A weekday or a day without a year is the nearest before the article, for what is to come
 *          the nearest after it.
 */
#include "events/matcher.h"

#include <assert.h>

#define WHENS_MAX 16
#define DATE_YEAR_MAX 9999 /* "next year" of the last one has no date */
#define YEAR_MIN 1800
#define YEAR_MAX 2100

enum when_kind { WHEN_WEEKDAY, WHEN_DAY, WHEN_FIXED, WHEN_RANGE };

struct when {
    uint32_t first, end, head; /* its tokens; the one that hangs outside of it */
    enum when_kind kind;
    int weekday;               /* WHEN_WEEKDAY */
    struct date date, stop;    /* WHEN_DAY: year 0, to be found; WHEN_RANGE: both ends */
    int last_day;              /* of "November 9-11"; 0 one day */
    const struct when *until;  /* the other end: "from Monday to Friday"; NULL none */
    bool modifier;             /* "the 1968 killing": it dates that noun alone */
    int lean;                  /* -1 "last", 1 "next", 0 not said */
};

struct clock {
    const struct matcher *m;
    struct date today;
    struct when when[WHENS_MAX];
    uint32_t n;
};

static const char *const weekdays[7] = {"sunday", "monday", "tuesday", "wednesday", "thursday",
                                        "friday", "saturday"};
static const char *const months[12] = {"january", "february", "march", "april", "may", "june",
                                       "july", "august", "september", "october", "november",
                                       "december"};

static struct slice form(const struct clock *clock, uint32_t t)
{
    return t < clock->m->end ? token_lower(clock->m->article, t) : slice_make("", 0);
}

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

static int month_of(const struct clock *clock, uint32_t t)
{
    if (t >= clock->m->end)
        return -1;
    /* "may" and "march" are months only with a capital */
    return clock->m->tok[t].flags & TOK_TITLE ? name_in(form(clock, t), months, 12) : -1;
}

/* ---- expressions ---- */

/* read_sentence() sees to it that there is room; a reader adds one at most. */
static void add(struct clock *clock, struct when when)
{
    assert(clock->n < WHENS_MAX);
    const struct matcher *m = clock->m;
    when.head = when.first;
    for (uint32_t t = when.first; t < when.end; t++)
        if (m->tok[t].head < when.first || m->tok[t].head >= when.end)
            when.head = t;
    clock->when[clock->n++] = when;
}

static bool is_dash(struct slice word)
{
    return slice_is(word, "-") || slice_is(word, "\xE2\x80\x93");
}

/* A name such as "May" or "March" alone says nothing without a word before it that leads to one. */
static bool tells_month(const struct clock *clock, uint32_t t)
{
    static const char *const before[] = {"in", "since", "during", "of", "throughout", "until", "by",
                                         "from", "between", "last", "next", "this", "early", "late",
                                         "mid"};
    uint32_t at = t;
    if (at > clock->m->first + 1 && is_dash(form(clock, at - 1))) /* "mid-January" */
        at--;
    for (size_t i = 0; i < sizeof before / sizeof *before && at > clock->m->first; i++)
        if (slice_is(form(clock, at - 1), before[i]))
            return true;
    return false;
}

/* "15 February 2010", "February 15, 2010", "February 2010", "on Feb. 15" */
static uint32_t read_month(struct clock *clock, uint32_t t)
{
    uint32_t first = t, at = t;
    int day = number_of(form(clock, t)), month, year = 0;
    if (day >= 1 && day <= 31 && (month = month_of(clock, t + 1)) >= 0) {
        at = t + 2;
    } else if ((month = month_of(clock, t)) >= 0) {
        at = t + 1;
        day = number_of(form(clock, at));
        if (day >= 1 && day <= 31 && form(clock, at).p[0] <= '9')
            at++;
        else
            day = 0;
    } else {
        return t;
    }
    int last_day = 0;
    if (day && at < clock->m->end && is_dash(form(clock, at))) {
        int other = number_of(form(clock, at + 1));
        if (other > day && other <= 31) {
            last_day = other;
            at += 2;
        }
    }
    uint32_t look = at + slice_is(form(clock, at), ",") + slice_is(form(clock, at), "of");
    if (is_year(number_of(form(clock, look)))) {
        year = number_of(form(clock, look));
        at = look + 1;
    }
    if (day == 0 && year == 0 && !tells_month(clock, first))
        return t;
    if (day && year && !date_exists(year, month + 1, day))
        return t;
    struct when when = {.first = first, .end = at, .kind = year ? WHEN_FIXED : WHEN_DAY,
                        .last_day = last_day,
                        .date = {(int16_t)year, (uint8_t)(month + 1), (uint8_t)day}};
    if (first > clock->m->first)
        when.lean = slice_is(form(clock, first - 1), "last") ? -1
                    : slice_is(form(clock, first - 1), "next") ? 1 : 0;
    add(clock, when);
    return at;
}

/* "the 1968 killing": a year before a single thing, no number of many. */
static bool names_noun(const struct matcher *m, uint32_t t)
{
    uint32_t head = m->tok[t].head;
    enum relation rel = relation_base(graph_rel(m, t));
    return head > t && head < m->end && head - t < 6 && m->tok[head].upos == UPOS_NOUN &&
           (rel == REL_NUMMOD || rel == REL_COMPOUND || rel == REL_NMOD) &&
           !(m->tok[head].feats & FEAT(PLUR));
}

/* "the 1990s" */
static bool read_decade(struct clock *clock, uint32_t t)
{
    struct slice word = form(clock, t);
    if (word.n != 5 || word.p[4] != 's')
        return false;
    int year = number_of(slice_make(word.p, 4));
    if (!is_year(year) || year % 10)
        return false;
    add(clock, (struct when){.first = t, .end = t + 1, .kind = WHEN_RANGE,
                             .date = {(int16_t)year, 0, 0}, .stop = {(int16_t)(year + 9), 0, 0}});
    return true;
}

static uint32_t read_year(struct clock *clock, uint32_t t)
{
    static const char *const before[] = {"in", "since", "during", "of", "until", "by", "from",
                                         "early", "late", "mid", "before", "after", "between"};
    if (read_decade(clock, t))
        return t + 1;
    int year = number_of(form(clock, t));
    if (!is_year(year) || form(clock, t).n != 4)
        return t;
    if (names_noun(clock->m, t)) {
        add(clock, (struct when){.first = t, .end = t + 1, .kind = WHEN_FIXED,
                                 .modifier = true, .date = {(int16_t)year, 0, 0}});
        return t + 1;
    }
    if (t == clock->m->first)
        return t;
    struct slice word = form(clock, t - 1);
    if (clock->n && clock->when[clock->n - 1].end == t - 1 && /* "from 1992 to 1995" */
        (slice_is(word, "to") || slice_is(word, "and") || is_dash(word))) {
        add(clock, (struct when){.first = t, .end = t + 1, .kind = WHEN_FIXED,
                                 .date = {(int16_t)year, 0, 0}});
        return t + 1;
    }
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        if (!slice_is(word, before[i]))
            continue;
        struct when when = {.first = t, .end = t + 1, .kind = WHEN_FIXED,
                            .date = {(int16_t)year, 0, 0}};
        if (slice_is(word, "since") && !date_is_none(clock->today)) {
            when.kind = WHEN_RANGE;
            when.stop = clock->today;
        }
        add(clock, when);
        return t + 1;
    }
    return t;
}

static uint32_t read_weekday(struct clock *clock, uint32_t t)
{
    int day = clock->m->tok[t].flags & TOK_TITLE ? name_in(form(clock, t), weekdays, 7) : -1;
    if (day < 0)
        return t;
    uint32_t at = t + 1, look = at + slice_is(form(clock, at), ",");
    if (read_month(clock, look) != look) { /* "Monday, 15 February" */
        clock->when[clock->n - 1].first = t;
        return clock->when[clock->n - 1].end;
    }
    struct when when = {.first = t, .end = at, .kind = WHEN_WEEKDAY, .weekday = day};
    if (t > clock->m->first)
        when.lean = slice_is(form(clock, t - 1), "last") ? -1
                    : slice_is(form(clock, t - 1), "next") ? 1 : 0;
    add(clock, when);
    return at;
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

/* "last summer": the one that is over; "next": the one to begin; "this": of this year. */
static void season(struct date today, int first, int n, struct when *when)
{
    int year = today.year, last = first + 2; /* months of `year` */
    if (n < 0 && last >= today.month)
        year--;
    else if (n > 0 && first <= today.month)
        year++;
    when->kind = WHEN_RANGE;
    when->date = (struct date){(int16_t)year, (uint8_t)first, 0};
    when->stop = (struct date){(int16_t)(last > 12 ? year + 1 : year),
                               (uint8_t)(last > 12 ? last - 12 : last), 0};
}

/* A week (as a range of days), month or year, n of them from today. */
static bool unit_from(struct date today, struct slice unit, int n, struct when *when)
{
    if (slice_starts(unit, "week") && !slice_is(unit, "weekend")) {
        int32_t monday = date_to_days(today) - (date_weekday(today) + 6) % 7 + 7 * n;
        when->kind = WHEN_RANGE;
        when->date = date_from_days(monday);
        when->stop = date_from_days(monday + 6);
    } else if (slice_is(unit, "weekend")) {
        int32_t saturday = date_to_days(today) - (date_weekday(today) + 1) % 7 + 7 * n;
        if (n < 0 && date_weekday(today) != 0 && date_weekday(today) != 6)
            saturday += 7; /* on a Monday "last weekend" is the one just over */
        when->kind = WHEN_RANGE;
        when->date = date_from_days(saturday);
        when->stop = date_from_days(saturday + 1);
    } else if (season_of(unit) >= 0) {
        season(today, season_of(unit), n, when);
    } else if (slice_starts(unit, "month")) {
        when->date = months_from(today, n);
    } else if (slice_starts(unit, "year")) {
        when->date = (struct date){(int16_t)(today.year + n), 0, 0};
    } else if (n == 0 && (slice_is(unit, "morning") || slice_is(unit, "afternoon") ||
                          slice_is(unit, "evening"))) {
        when->date = today;
    } else if (slice_starts(unit, "day") || slice_is(unit, "night")) {
        when->date = days_from(today, n);
    } else {
        return false;
    }
    return when->date.year > 0;
}

/* "the past two weeks", "the last ten days": from then to today. */
static bool read_span(struct clock *clock, uint32_t t)
{
    struct slice word = form(clock, t), unit = form(clock, t + 2);
    int n = number_of(form(clock, t + 1));
    if (!slice_is(word, "past") && !slice_is(word, "last"))
        return false;
    uint32_t end = t + 3;
    if (n <= 0 && slice_is(word, "past")) { /* "the past week" */
        n = 1;
        unit = form(clock, t + 1);
        end = t + 2;
    }
    struct when when = {.first = t, .end = end, .kind = WHEN_RANGE, .stop = clock->today};
    if (n <= 0 || n > 400)
        return false;
    if (slice_starts(unit, "week") || slice_starts(unit, "day"))
        when.date = days_from(clock->today, slice_starts(unit, "week") ? -7 * n : -n);
    else if (slice_starts(unit, "month") || slice_starts(unit, "year"))
        when.date = months_from(clock->today, slice_starts(unit, "year") ? -12 * n : -n);
    else
        return false;
    if (when.date.year <= 0)
        return false;
    add(clock, when);
    return true;
}

/* "over the weekend", "earlier in the day", "the end of the year"; true: `when` and its end are set. */
static bool read_usual(const struct clock *clock, uint32_t t, struct when *when)
{
    struct slice word = form(clock, t), next = form(clock, t + 1);
    struct slice before = t > clock->m->first ? form(clock, t - 1) : slice_make("", 0);
    struct slice first = t > clock->m->first + 1 ? form(clock, t - 2) : slice_make("", 0);
    when->end = t + 2;
    if (slice_is(word, "the") && slice_is(next, "weekend"))
        return unit_from(clock->today, next, -1, when);
    if (slice_is(word, "the") && slice_is(next, "day") && slice_is(before, "in") &&
        (slice_is(first, "earlier") || slice_is(first, "later"))) {
        when->date = clock->today;
        return true;
    }
    bool end_of = slice_is(word, "end") && slice_is(next, "of") &&
                  (slice_is(form(clock, t + 2), "the") || slice_is(form(clock, t + 2), "this"));
    struct slice unit = form(clock, t + 3);
    when->end = t + 4;
    return end_of && (slice_is(unit, "week") || slice_is(unit, "month") || slice_is(unit, "year")) &&
           unit_from(clock->today, unit, 0, when);
}

static uint32_t read_relative(struct clock *clock, uint32_t t)
{
    static const struct { const char *word; int days; } days[] = {
        {"yesterday", -1}, {"today", 0}, {"tonight", 0}, {"tomorrow", 1}};
    struct slice word = form(clock, t);
    struct when when = {.first = t, .end = t + 1, .kind = WHEN_FIXED};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        if (slice_is(word, days[i].word)) {
            when.date = days_from(clock->today, days[i].days);
            add(clock, when);
            return t + 1;
        }
    }
    if (read_usual(clock, t, &when)) {
        add(clock, when);
        return when.end;
    }
    when.end = t + 1;
    struct slice next = form(clock, t + 1), third = form(clock, t + 2);
    int step = slice_is(word, "last") ? -1 : slice_is(word, "next") ? 1
               : slice_is(word, "this") ? 0 : 9;
    if (slice_is(word, "previous") && slice_is(next, "day"))
        step = -1;
    if (step != 9 && next.n && (!slice_is(next, "day") || slice_is(word, "previous")) &&
        unit_from(clock->today, next, step, &when)) {
        when.end = t + 2;
        add(clock, when);
        return t + 2;
    }
    int n = number_of(word);
    if (read_span(clock, t))
        return clock->when[clock->n - 1].end;
    if (n > 0 && n < 400 && slice_is(third, "ago") &&
        unit_from(clock->today, next, -n, &when)) {
        when.end = t + 3;
        add(clock, when);
        return t + 3;
    }
    return t;
}

static void read_sentence(struct clock *clock)
{
    for (uint32_t t = clock->m->first; t < clock->m->end && clock->n < WHENS_MAX;) {
        uint32_t at = read_month(clock, t);
        if (at == t)
            at = read_weekday(clock, t);
        if (at == t && !date_is_none(clock->today) && clock->today.day)
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
        struct slice before = a->first > clock->m->first ? form(clock, a->first - 1)
                                                         : slice_make("", 0);
        struct slice between = form(clock, a->end);
        bool opens = slice_is(before, "from") || slice_is(before, "between");
        bool joins = slice_is(between, "to") || slice_is(between, "and") ||
                     slice_is(between, "until") || slice_is(between, "through");
        if (b->first == a->end + 1 && ((opens && joins) || is_dash(between)))
            a->until = b;
    }
}

bool time_is_word(const struct matcher *m, uint32_t t)
{
    static const char *const words[] = {"yesterday", "today", "tonight", "tomorrow", "week",
                                        "weekend", "month", "year", "day", "morning", "evening",
                                        "afternoon", "night", "years", "months", "weeks", "days"};
    struct slice form = token_lower(m->article, t);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_is(form, words[i]))
            return true;
    return (m->tok[t].flags & TOK_TITLE) && m->article->mention_of[t] == ARTICLE_NONE &&
           (name_in(form, weekdays, 7) >= 0 || name_in(form, months, 12) >= 0);
}

/* ---- to events ---- */

static struct date nearest_weekday(struct date today, int weekday, bool future)
{
    int32_t now = date_to_days(today);
    int back = (date_weekday(today) - weekday + 7) % 7;
    return date_from_days(future ? now - back + (back ? 7 : 0) : now - back);
}

static struct date nearest_day(struct date today, struct date date, bool future)
{
    struct date out = date;
    out.year = today.year;
    bool later = date_first_day(out) > date_to_days(today);
    if (later && !future)
        out.year--;
    if (!later && future && date_last_day(out) < date_to_days(today))
        out.year++;
    if (out.day && !date_exists(out.year, out.month, out.day))
        return (struct date){0};
    return out;
}

static bool resolve(const struct clock *clock, const struct when *when, bool future,
                    struct date *date, struct date *stop)
{
    bool known = !date_is_none(clock->today) && clock->today.month && clock->today.day;
    future = when->lean > 0 || (when->lean == 0 && future);
    *stop = (struct date){0};
    switch (when->kind) {
    case WHEN_WEEKDAY:
        if (!known)
            return false;
        *date = nearest_weekday(clock->today, when->weekday, future);
        return true;
    case WHEN_DAY:
        if (!known)
            return false;
        *date = nearest_day(clock->today, when->date, future);
        return !date_is_none(*date);
    case WHEN_RANGE:
        *stop = when->stop;
        *date = when->date;
        return true;
    default:
        *date = when->date;
        return true;
    }
}

/* How far over the trigger the expression hangs; UINT32_MAX when in another clause. */
static uint32_t distance(const struct matcher *m, const struct hosts *hosts,
                         const struct when *when)
{
    uint32_t at = m->tok[when->head].head;
    if (hosts->tok[0] >= when->first && hosts->tok[0] < when->end)
        return 0;
    uint32_t deepest = when->modifier ? 1 : 4;
    for (uint32_t down = 0; down < deepest && at >= m->first && at < m->end; down++) {
        for (uint32_t i = 0; i < hosts->n; i++)
            if (hosts->tok[i] == at)
                return i * 2 + down;
        if (graph_is_verb(m, at)) /* do not leave the expression's own clause */
            break;
        at = m->tok[at].head;
    }
    return UINT32_MAX;
}

static bool marked_since(const struct matcher *m, uint32_t t)
{
    FOR_CHILDREN(m, c, t)
        if (slice_is(token_lower(m->article, c), "since"))
            return true;
    return false;
}

/* "imposed sanctions after it invaded in 1990": a year in a clause beside dates the event too. */
static bool is_beside(const struct clock *clock, const struct hosts *hosts, const struct when *when)
{
    const struct matcher *m = clock->m;
    uint32_t at = m->tok[when->head].head;
    if (when->kind != WHEN_FIXED || when->date.month || at < m->first || at >= m->end ||
        date_is_none(clock->today) || when->date.year + 2 > clock->today.year)
        return false;
    for (uint32_t i = 0; i < 2 && !graph_is_verb(m, at); i++) {
        at = m->tok[at].head;
        if (at < m->first || at >= m->end)
            return false;
    }
    for (uint32_t i = 0; i < hosts->n; i++)
        if (m->tok[at].head == hosts->tok[i] && graph_rel(m, at) == REL_ADVCL)
            return !marked_since(m, at);
    return false;
}

/* "since Tuesday", "until Monday": from then to the article's day, from it to then. */
static void bound(const struct clock *clock, const struct when *when, struct date *date,
                  struct date *stop)
{
    if (when->first == clock->m->first || date_is_none(clock->today) || !date_is_none(*stop))
        return;
    struct slice word = form(clock, when->first - 1);
    int32_t today = date_to_days(clock->today);
    if (slice_is(word, "since") && date_first_day(*date) < today) {
        *stop = clock->today;
    } else if (slice_is(word, "until") && date_first_day(*date) > today) {
        *stop = *date;
        *date = clock->today;
    }
}

static void time_event(const struct clock *clock, struct found *found)
{
    const struct matcher *m = clock->m;
    const struct when *best = NULL;
    struct hosts hosts;
    uint32_t nearest = UINT32_MAX;
    clause_hosts(m, found, &hosts);
    for (uint32_t i = 0; i < clock->n; i++) {
        uint32_t far = distance(m, &hosts, &clock->when[i]);
        if (far < nearest) {
            nearest = far;
            best = &clock->when[i];
        }
    }
    for (uint32_t i = 0; i < clock->n && !best; i++)
        if (is_beside(clock, &hosts, &clock->when[i]))
            best = &clock->when[i];
    if (!best)
        return;
    struct event *ev = &found->ev;
    bool future = ev->status == STATUS_FUTURE || ev->status == STATUS_HYPOTHETICAL;
    struct date date, stop;
    if (!resolve(clock, best, future, &date, &stop) || date_is_none(date) ||
        date.year > DATE_YEAR_MAX || stop.year > DATE_YEAR_MAX)
        return;
    struct date last, ignored;
    if (best->until && resolve(clock, best->until, future, &last, &ignored) &&
        date_first_day(last) > date_first_day(date))
        stop = last;
    if (best->last_day && date_exists(date.year, date.month, best->last_day))
        stop = (struct date){date.year, date.month, (uint8_t)best->last_day};
    bound(clock, best, &date, &stop);
    ev->date = date;
    ev->end_date = stop;
    ev->date_first = best->first;
    ev->date_end = best->until && !date_is_none(stop) ? best->until->end : best->end;
    if (date_is_none(clock->today))
        return;
    int32_t today = date_to_days(clock->today);
    if (ev->status == STATUS_HAPPENED && date_first_day(ev->date) > today && !found->speech)
        ev->status = STATUS_FUTURE;
    else if (ev->status == STATUS_HAPPENED && best->kind != WHEN_RANGE &&
             ev->date.year + 3 <= clock->today.year)
        ev->status = STATUS_HISTORICAL;
}

void time_sentence(struct matcher *m)
{
    struct clock clock = {.m = m, .today = m->article->date};
    if (m->n_found == 0)
        return;
    read_sentence(&clock);
    join_ends(&clock);
    for (uint32_t i = 0; i < m->n_found && clock.n; i++)
        if (!m->found[i].dropped)
            time_event(&clock, &m->found[i]);
}
