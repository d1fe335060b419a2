/* SPDX-License-Identifier: MIT */
/* time-parts.h - what the files time*.c share. */
#ifndef EVENTS_TIME_PARTS_H
#define EVENTS_TIME_PARTS_H

#include "events/time.h"

#define COUNT_MAX 400 /* days, weeks or years from here */

/* ---- words ---- */

/* What the lexicon says of token t; of none when it is not in the sentence. */
static inline const struct listed *time_word(const struct clock *clock, uint32_t t)
{
    const struct matcher *m = clock->m;
    return t >= m->first && t < m->end ? matcher_listed(m, t) : &m->lists->listed[0];
}

/* Of the word n places before token t. */
static inline const struct listed *time_back(const struct clock *clock, uint32_t t, uint32_t n)
{
    return time_word(clock, t >= clock->m->first + n ? t - n : ARTICLE_NONE);
}

static inline bool time_is(const struct clock *clock, uint32_t t, enum list list)
{
    return listed_in(time_word(clock, t), list);
}

static inline struct slice time_form(const struct clock *clock, uint32_t t)
{
    return t >= clock->m->first && t < clock->m->end ? token_lower(clock->m->article, t)
                                                     : slice_make("", 0);
}

static inline bool time_is_dash(const struct clock *clock, uint32_t t)
{
    struct slice form = time_form(clock, t);
    return slice_is(form, "-") || slice_is(form, "\xE2\x80\x93");
}

/* "week" and "weeks", as a unit. */
static inline enum list_unit time_unit(const struct listed *word)
{
    return (enum list_unit)(word->value[LIST_UNIT] ? word->value[LIST_UNIT]
                                                   : word->value[LIST_UNITS]);
}

/* "week" alone. */
static inline bool time_one(const struct listed *word, enum list_unit unit)
{
    return word->value[LIST_UNIT] == (int32_t)unit;
}

/* "15", "15th", "three", "a"; -1 is none. */
int time_number(const struct clock *clock, uint32_t t);

/* ---- readers: each tries at token t and returns the end of what it added, or t ---- */

/* read_sentence() sees to it that there is room; a reader adds one at most. Returns its end. */
uint32_t time_add(struct clock *clock, struct when when);
/* The word outside of it that an expression hangs at; ARTICLE_NONE none. */
uint32_t time_outside(const struct matcher *m, uint32_t first, uint32_t end);

uint32_t time_read_month(struct clock *clock, uint32_t t);
uint32_t time_read_weekday(struct clock *clock, uint32_t t);
uint32_t time_read_digits(struct clock *clock, uint32_t t);
uint32_t time_read_months(struct clock *clock, uint32_t t); /* quarters and seasons */
uint32_t time_read_year(struct clock *clock, uint32_t t);
/* These two where the article's day is known. */
uint32_t time_read_shift(struct clock *clock, uint32_t t);
uint32_t time_read_relative(struct clock *clock, uint32_t t);

/* ---- time-reckon.c ---- */

struct date time_days_from(struct date day, int32_t n);
struct date time_months_from(struct date day, int n); /* without its day */
/* Three months of a year as a range; the winter of a year ends in the next one. */
void time_three_months(int year, int first, struct when *when);
/* Of seasons that begin in month `first`: n -1 the one that is over, 1 the next to begin, 0 this year's. */
void time_season(struct date today, int first, int n, struct when *when);
/* The day, week, month, quarter or year n of them from a day; false: no unit, or before year 1. */
bool time_unit_from(struct date day, enum list_unit unit, int n, struct when *when);

/* ---- time-value.c ---- */

/* Is the verb that the expression's clause has told of the past? */
bool time_is_behind(const struct matcher *m, const struct when *when);

#endif
