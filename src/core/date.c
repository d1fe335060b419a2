/* SPDX-License-Identifier: MIT */
/* date.c - see date.h; days are counted by H. Hinnant's civil calendar algorithms. */
#include "core/date.h"

#include <stdio.h>

int date_days_in_month(int year, int month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

bool date_exists(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= date_days_in_month(year, month);
}

bool date_parse(struct slice text, struct date *out)
{
    uint32_t year = 0, month = 1, day = 1;
    if (text.n != 4 && text.n != 7 && text.n != 10)
        return false;
    if (!slice_to_u32(slice_make(text.p, 4), &year) || year == 0)
        return false;
    if (text.n >= 7 && (text.p[4] != '-' || !slice_to_u32(slice_make(text.p + 5, 2), &month)))
        return false;
    if (text.n == 10 && (text.p[7] != '-' || !slice_to_u32(slice_make(text.p + 8, 2), &day)))
        return false;
    if (!date_exists((int)year, (int)month, (int)day))
        return false;
    *out = (struct date){(int16_t)year, (uint8_t)(text.n >= 7 ? month : 0),
                         (uint8_t)(text.n == 10 ? day : 0)};
    return true;
}

bool date_parse_stamp(struct slice text, struct date *out)
{
    if (text.n > 10 && (text.p[10] == 'T' || text.p[10] == ' '))
        text.n = 10;
    return date_parse(text, out);
}

size_t date_format(struct date date, char out[static DATE_TEXT])
{
    unsigned year = (unsigned)date.year % 10000, month = date.month % 100, day = date.day % 100;
    int n = 0;
    out[0] = '\0';
    if (date.year <= 0)
        return 0;
    if (date.month == 0)
        n = snprintf(out, DATE_TEXT, "%04u", year);
    else if (date.day == 0)
        n = snprintf(out, DATE_TEXT, "%04u-%02u", year, month);
    else
        n = snprintf(out, DATE_TEXT, "%04u-%02u-%02u", year, month, day);
    return (size_t)n;
}

static int32_t days_from_civil(int y, int m, int d)
{
    y -= m <= 2;
    int era = (y >= 0 ? y : y - 399) / 400;
    int yoe = y - era * 400;
    int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

int32_t date_to_days(struct date date)
{
    return days_from_civil(date.year, date.month ? date.month : 1, date.day ? date.day : 1);
}

struct date date_from_days(int32_t days)
{
    int z = days + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    int day = doy - (153 * mp + 2) / 5 + 1;
    int month = mp + (mp < 10 ? 3 : -9);
    int year = yoe + era * 400 + (month <= 2);
    if (year < 1 || year > 9999)
        return (struct date){0};
    return (struct date){(int16_t)year, (uint8_t)month, (uint8_t)day};
}

int date_weekday(struct date date)
{
    int32_t days = date_to_days(date);
    return (int)((days % 7 + 11) % 7); /* 1970-01-01 was a Thursday */
}

int32_t date_first_day(struct date date)
{
    return date_to_days(date);
}

int32_t date_last_day(struct date date)
{
    int month = date.month ? date.month : 12;
    int day = date.day ? date.day : date_days_in_month(date.year, month);
    return days_from_civil(date.year, month, day);
}
