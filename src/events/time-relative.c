/* SPDX-License-Identifier: MIT */
/*
 * time-relative.c - times that are counted from a day: the article's, or one that the text speaks of.
 *
 * Reads    lists of lexicon/words/time.txt: `day`, `step`, `unit`, `units`, `other-day`, `counted`
 *          and the small words beside them.
 * Leaves   from the article's day ("last week", "three days ago") values of the calendar, from
 *          another ("a day earlier") WHEN_SHIFT, which time-value.c resolves.
 */
#include "events/time-parts.h"

#define HOURS_MAX 12 /* so many hours ago is today */

/* As time_unit_from, by the unit's word; seasons and parts of the day too. */
static bool word_from(const struct clock *clock, const struct listed *word, int n,
                      struct when *when)
{
    if (word->value[LIST_SEASON]) {
        time_season(clock->today, word->value[LIST_SEASON], n, when);
        return when->date.year > 0;
    }
    if (n == 0 && listed_in(word, LIST_DAY_PART)) {
        when->date = clock->today;
        return true;
    }
    return time_unit_from(clock->today, time_unit(word), n, when);
}

/* "the past two weeks", "the last ten days": from then to today; "the next ten days": on. */
static uint32_t read_span(struct clock *clock, uint32_t t)
{
    const struct listed *word = time_word(clock, t);
    enum list_unit unit = time_unit(time_word(clock, t + 2));
    int n = time_number(clock, t + 1), sign = word->value[LIST_STEP];
    uint32_t end = t + 3;
    if (sign == 0)
        return t;
    if (n <= 0 && sign < 0 && listed_in(word, LIST_SPAN)) { /* "the past week" */
        n = 1;
        unit = time_unit(time_word(clock, t + 1));
        end = t + 2;
    }
    if (n <= 0 || n > COUNT_MAX)
        return t;
    struct date far;
    if (unit == UNIT_WEEK || unit == UNIT_DAY)
        far = time_days_from(clock->today, sign * (unit == UNIT_WEEK ? 7 * n : n));
    else if (unit == UNIT_MONTH || unit == UNIT_YEAR || unit == UNIT_DECADE)
        far = time_months_from(clock->today, sign * n * (unit == UNIT_MONTH  ? 1
                                                         : unit == UNIT_YEAR ? 12 : 120));
    else
        return t;
    if (far.year <= 0)
        return t;
    return time_add(clock, (struct when){.first = t, .end = end, .kind = WHEN_RANGE,
                                         .date = sign < 0 ? far : clock->today,
                                         .stop = sign < 0 ? clock->today : far});
}

/* "over the weekend", "earlier in the day", "the end of the year" */
static uint32_t read_usual(struct clock *clock, uint32_t t)
{
    struct when when = {.first = t, .end = t + 2, .kind = WHEN_FIXED};
    const struct listed *next = time_word(clock, t + 1);
    bool the = time_is(clock, t, LIST_THE);
    if (the && time_one(next, UNIT_WEEKEND))
        return time_unit_from(clock->today, UNIT_WEEKEND, -1, &when) ? time_add(clock, when) : t;
    bool within = the && listed_in(time_back(clock, t, 1), LIST_IN) &&
                  listed_in(time_back(clock, t, 2), LIST_WITHIN);
    if (within && time_unit_from(clock->today, time_unit(next), 0, &when))
        return time_add(clock, when);
    if (time_is(clock, t, LIST_EDGE) && listed_in(next, LIST_OF) &&
        time_is(clock, t + 2, LIST_THE)) {
        const struct listed *unit = time_word(clock, t + 3);
        when.end = t + 4;
        if ((time_one(unit, UNIT_WEEK) || time_one(unit, UNIT_MONTH) ||
             time_one(unit, UNIT_QUARTER) || time_one(unit, UNIT_YEAR)) &&
            time_unit_from(clock->today, time_unit(unit), 0, &when))
            return time_add(clock, when);
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

static bool is_common_unit(const struct listed *word)
{
    return time_one(word, UNIT_DAY) || time_one(word, UNIT_WEEK) || time_one(word, UNIT_MONTH) ||
           time_one(word, UNIT_YEAR);
}

/*
 * Counted from another day: "a day earlier", "two days later", "the previous day", "that day"; and
 * "eight days after the deal was signed", which dates the deal: so long before what is told.
 */
uint32_t time_read_shift(struct clock *clock, uint32_t t)
{
    const struct listed *word = time_word(clock, t), *next = time_word(clock, t + 1);
    const struct listed *third = time_word(clock, t + 2);
    struct when when = {.first = t, .kind = WHEN_SHIFT, .unit = time_unit(next)};
    bool the = listed_in(word, LIST_THE);
    bool next_day = listed_in(word, LIST_NEXT_DAY) && listed_in(time_back(clock, t, 1), LIST_THE);
    if (listed_in(word, LIST_OTHER_DAY) || next_day) {
        when.shift = next_day ? 1 : word->value[LIST_OTHER_DAY];
        when.end = t + 2;
        bool counts = when.unit == UNIT_DAY || (when.unit != UNIT_NONE && !next_day);
        return counts ? time_add(clock, when) : t;
    }
    if (listed_in(word, LIST_THAT) && is_common_unit(next)) {
        when.end = t + 2;
        return clock->m->tok[t].upos == UPOS_DET ? time_add(clock, when) : t;
    }
    int n = !the ? time_number(clock, t) : is_common_unit(next) && !listed_in(next, LIST_NIGHT);
    int sign = third->value[LIST_COUNTED];
    if (n <= 0 || n > COUNT_MAX || when.unit == UNIT_NONE || when.unit == UNIT_WEEKEND || !sign)
        return t;
    bool clause = listed_in(third, LIST_CLAUSE);
    uint32_t other = clause ? counted_from(clock, t + 2) : ARTICLE_NONE;
    if (the && !clause)
        return t;
    when.end = t + 3;
    when.shift = sign * n;
    if (other != ARTICLE_NONE) {
        when.under = other;
        when.shift = -when.shift;
    }
    return time_add(clock, when);
}

/* "yesterday", "this week", "last summer", "three days ago" */
uint32_t time_read_relative(struct clock *clock, uint32_t t)
{
    const struct listed *word = time_word(clock, t), *next = time_word(clock, t + 1);
    const struct listed *third = time_word(clock, t + 2);
    struct when when = {.first = t, .end = t + 1, .kind = WHEN_FIXED};
    if (listed_in(word, LIST_DAY)) {
        when.date = time_days_from(clock->today, word->value[LIST_DAY]);
        when.end += listed_in(next, LIST_DAY_PART);
        when.over = word->value[LIST_DAY] < 0;
        return time_add(clock, when);
    }
    uint32_t at = read_usual(clock, t);
    if (at == t)
        at = read_span(clock, t);
    if (at != t)
        return at;
    bool steps = listed_in(word, LIST_STEP);
    int step = word->value[LIST_STEP];
    const struct listed *what = next;
    when.end = t + 2;
    if (steps && step == 0 && listed_in(next, LIST_SPAN)) { /* "this past week" */
        step = next->value[LIST_STEP];
        what = third;
        when.end++;
    }
    when.over = step < 0;
    if (steps && time_unit(what) != UNIT_DAY && word_from(clock, what, step, &when))
        return time_add(clock, when);
    if (steps && step < 0 && !listed_in(word, LIST_SPAN) && listed_in(next, LIST_NIGHT)) {
        when.date = time_days_from(clock->today, -1);
        return time_add(clock, when);
    }
    int n = time_number(clock, t);
    when.end = t + 3;
    when.over = true;
    if (n <= 0 || n >= COUNT_MAX || !listed_in(third, LIST_AGO))
        return t;
    if (listed_in(next, LIST_HOUR) && n < HOURS_MAX) {
        when.date = clock->today;
        return time_add(clock, when);
    }
    return time_unit_from(clock->today, time_unit(next), -n, &when) ? time_add(clock, when) : t;
}
