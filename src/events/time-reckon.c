/* SPDX-License-Identifier: MIT */
/*
 * time-reckon.c - days, weeks, months, quarters, seasons and years, counted from a day.
 *
 * A week begins on Monday; a weekend is Saturday and Sunday.
 */
#include "events/time-parts.h"

struct date time_days_from(struct date day, int32_t n)
{
    return date_from_days(date_to_days(day) + n);
}

struct date time_months_from(struct date day, int n)
{
    int month = day.year * 12 + day.month - 1 + n;
    return (struct date){(int16_t)(month / 12), (uint8_t)(month % 12 + 1), 0};
}

void time_three_months(int year, int first, struct when *when)
{
    int last = first + 2;
    when->kind = WHEN_RANGE;
    when->date = (struct date){(int16_t)year, (uint8_t)first, 0};
    when->stop = (struct date){(int16_t)(last > 12 ? year + 1 : year),
                               (uint8_t)(last > 12 ? last - 12 : last), 0};
}

void time_season(struct date today, int first, int n, struct when *when)
{
    int year = today.year, last = first + 2; /* months of `year` */
    if (n < 0 && last >= today.month)
        year--;
    else if (n > 0 && first <= today.month)
        year++;
    time_three_months(year, first, when);
}

bool time_unit_from(struct date day, enum list_unit unit, int n, struct when *when)
{
    int32_t monday, saturday;
    switch (unit) {
    case UNIT_DAY:
        when->date = time_days_from(day, n);
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
        when->date = time_months_from(day, n);
        break;
    case UNIT_QUARTER:
        day = time_months_from(day, 3 * n);
        time_three_months(day.year, (day.month - 1) / 3 * 3 + 1, when);
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
