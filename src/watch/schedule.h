/* SPDX-License-Identifier: MIT */
/* schedule.h - when to ask a feed or a page again. */
#ifndef WATCH_SCHEDULE_H
#define WATCH_SCHEDULE_H

#include <stdint.h>

#define SCHEDULE_MOST 86400       /* seconds: back-off does not wait longer, unless `every` is */
#define SCHEDULE_PAGE_TRIES 4     /* of a page, before the feed's own text is taken */

struct schedule {
    int64_t now;         /* seconds since 1970 */
    unsigned every;      /* seconds between polls that go well */
    uint32_t failures;   /* in a row; 0: the last one went well */
    int64_t retry_after; /* seconds that the server wants to be left alone; -1 not said */
    uint64_t seed;       /* of the jitter: the same seed and time, the same jitter */
};

/*
 * Seconds since 1970 of the next poll: after `every`, a tenth more or less, so that feeds do not
 * all come at once; after a failure twice as late for each in a row, up to SCHEDULE_MOST; never
 * before retry_after is over.
 */
int64_t schedule_next(const struct schedule *schedule);

/* Of the next try of a page that failed `tries` times: after 1, 8, 64 minutes. */
int64_t schedule_page(int64_t now, uint32_t tries, int64_t retry_after);

#endif
