/* SPDX-License-Identifier: MIT */
/*
 * time.h - expressions of time in a sentence, and the days that they mean.
 *
 *   time.c            the sentence: which reader takes which words; ends of one span
 *   time-calendar.c   dates of the calendar: "15 February 2010", "Monday", "the 1990s"
 *   time-relative.c   what is counted from a day: "last week", "three days ago", "a day earlier"
 *   time-value.c      the days that an expression means; is it told of the past or the future?
 *   time-reckon.c     days, weeks, months and quarters counted on the calendar
 *
 * when.c decides which of them is an event's. Which words name a month, count, or lead to a year
 * stands in lexicon/words/time.txt (lexicon/lists.h).
 */
#ifndef EVENTS_TIME_H
#define EVENTS_TIME_H

#include "events/matcher.h"

#define TIMES_MAX 16
#define TIME_YEAR_MAX 9999 /* "next year" of the last one has no date */

enum when_kind {
    WHEN_WEEKDAY, /* nearest before or after the article's day */
    WHEN_DAY,     /* `date` without its year */
    WHEN_FIXED,   /* `date` */
    WHEN_RANGE,   /* `date` to `stop` */
    WHEN_SHIFT    /* `shift` units from the day that was last spoken of */
};

struct when {
    uint32_t first, end;       /* its tokens */
    uint32_t under;            /* the word it hangs at, ARTICLE_NONE none */
    enum when_kind kind;
    enum list_unit unit;       /* WHEN_SHIFT */
    int shift;
    int weekday;               /* WHEN_WEEKDAY: 0 Sunday */
    struct date date, stop;
    int last_day;              /* of "November 9-11"; 0 one day */
    const struct when *until;  /* the other end: "from Monday to Friday"; NULL none */
    bool modifier;             /* "the 1968 killing", "Monday's vote": it dates that noun */
    bool past;                 /* its verb is told of the past */
    bool over;                 /* "ago", "yesterday", "last": never of what is to come */
    int lean;                  /* -1 "last", 1 "next", 0 not said */
};

/* The expressions of one sentence. */
struct clock {
    const struct matcher *m;
    struct date today;         /* the article's day; none: not known to the day */
    struct date reference;     /* the day last spoken of in the sentences before; none */
    struct when when[TIMES_MAX];
    uint32_t n;
};

/* Read tokens [m->first, m->end). clock->reference is taken as it stands. */
void time_read(struct clock *clock, const struct matcher *m);
/*
 * What it means; `future`: of what is to come. *stop is none where there is one date only. False:
 * nothing that can be written as a date.
 */
bool time_value(const struct clock *clock, const struct when *when, bool future, struct date *date,
                struct date *stop);
/* Is what hangs at the expression's word told of the future, by its verb? */
bool time_is_ahead(const struct matcher *m, const struct when *when);

#endif
