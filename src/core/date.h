/* SPDX-License-Identifier: MIT */
/*
 * date.h - dates of the proleptic Gregorian calendar, each with its precision.
 *
 * Method: days from civil by H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 */
#ifndef CORE_DATE_H
#define CORE_DATE_H

#include "core/slice.h"

/* month or day 0: not known. year 0: no date at all. */
struct date {
    int16_t year; /* 1..9999 */
    uint8_t month, day;
};

#define DATE_TEXT 11 /* "2010-02-14" and the NUL */

static inline bool date_is_none(struct date date)
{
    return date.year == 0;
}

/* "2010", "2010-02" or "2010-02-14" filling the whole slice, and a day that exists. */
bool date_parse(struct slice text, struct date *out);

/* As date_parse, also with a time behind ("2010-02-14T10:00:00Z", "2010-02-14 10:00"), which is cut. */
bool date_parse_stamp(struct slice text, struct date *out);

/* ISO text of its precision into out[DATE_TEXT]; "" for none. Returns the bytes without the NUL. */
size_t date_format(struct date date, char out[static DATE_TEXT]);

bool date_exists(int year, int month, int day);
int date_days_in_month(int year, int month);

/* Days since 1970-01-01; unknown month or day count as the first. */
int32_t date_to_days(struct date date);
struct date date_from_days(int32_t days);

/* 0 Sunday ... 6 Saturday. */
int date_weekday(struct date date);

/* First and last day that the date may mean ("2010-02": 2010-02-01, 2010-02-28). */
int32_t date_first_day(struct date date);
int32_t date_last_day(struct date date);

#endif
