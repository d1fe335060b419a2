/* SPDX-License-Identifier: MIT */
/* test-dates.c - dates of fields, lines and addresses. */
#include "check.h"
#include "news/dates.h"

static const struct { const char *text, *want; } fields[] = {
    { "2010-02-17", "2010-02-17" },
    { "2010-02-17T23:30:00+01:00", "2010-02-17" },
    { "20100217", "2010-02-17" },
    { "Wed, 17 Feb 2010 10:00:00 GMT", "2010-02-17" },
    { "February 17, 2010 at 4:05 p.m.", "2010-02-17" },
    { "17.02.2010", "2010-02-17" },
    { "02/17/2010", "2010-02-17" },
    { "2010-02-30", "" },
    { "2010-13-01", "" },
    { "yesterday", "" },
    { "03/04/2010", "" },
    { "February 30, 2010", "" },
    { "They met on February 17, 2010", "" },
};

static const struct { const char *line, *want, *rest; } lines[] = {
    { "The Daily Example, February 17, 2010", "2010-02-17", "The Daily Example" },
    { "Published: 3 Mar. 2015 10:22 GMT", "2015-03-03", "" },
    { "Tuesday, November 19th, 2019", "2019-11-19", "" },
    { "The treaty expired on December 5, 2009", "", "" },
    { "Talks began in March", "", "" },
};

static const struct { const char *url, *want; } urls[] = {
    { "https://news.example/2010/02/17/talks", "2010-02-17" },
    { "https://news.example/2010/feb/17/talks", "2010-02-17" },
    { "https://news.example/talks-2010-02-17.html", "2010-02-17" },
    { "https://news.example/a/20100217-talks", "2010-02-17" },
    { "https://news.example/2010/02/talks", "" },
    { "https://news.example/id/12345678", "" },
};

int main(void)
{
    char got[DATE_TEXT];
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        struct date date = {0};
        dates_of_field(slice_of(fields[i].text), &date);
        date_format(date, got);
        CHECK_STR(got, fields[i].want, fields[i].text);
    }
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct date date = {0};
        struct slice rest = {0};
        dates_is_line(slice_of(lines[i].line), &date, &rest);
        date_format(date, got);
        CHECK_STR(got, lines[i].want, lines[i].line);
        CHECK_SLICE(rest, lines[i].rest, lines[i].line);
    }
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        struct date date = {0};
        if (!dates_in_url(slice_of(urls[i].url), &date))
            date = (struct date){0};
        date_format(date, got);
        CHECK_STR(got, urls[i].want, urls[i].url);
    }
    struct date near = dates_with_year((struct date){0, 12, 30}, (struct date){2010, 1, 2});
    date_format(near, got);
    CHECK_STR(got, "2009-12-30", "the nearest year");
    return check_end();
}
