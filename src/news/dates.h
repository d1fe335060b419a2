/* SPDX-License-Identifier: MIT */
/* dates.h - the date an article is of: in fields, in addresses, and in the lines of its head. */
#ifndef NEWS_DATES_H
#define NEWS_DATES_H

#include "core/date.h"

struct dates_span {
    size_t begin, end; /* bytes of the line */
    struct date date;  /* year 0: month and day only ("Feb. 17") */
};

/*
 * A field that is nothing but a date, with or without a time: ISO 8601, "20100217",
 * "Wed, 17 Feb 2010 10:00:00 GMT", "February 17, 2010 at 4:05 p.m.". False: it is none.
 */
bool dates_of_field(struct slice text, struct date *out);

/* The first date in the line at or behind `from`; only the first 400 bytes are looked at. */
bool dates_find(struct slice line, size_t from, struct dates_span *out);

/* ".../2010/02/17/...", ".../2010-02-17-...", ".../20100217..."; to the day or not at all. */
bool dates_in_url(struct slice url, struct date *out);

/*
 * Is the line made of a date and what stands beside dates: time, weekday, "Published", a paper's
 * name? `rest` is a bit less than the line: what else stands there, for a source's name (may be
 * empty; a part of the line).
 */
bool dates_is_line(struct slice line, struct date *out, struct slice *rest);

/* Month and day with the year that brings them nearest to `near` (none: no date). */
struct date dates_with_year(struct date partial, struct date near);

#endif
