/* SPDX-License-Identifier: MIT */
/* schedule.c - when to ask a feed or a page again: intervals, back-off, jitter. No state. */
#include "watch/schedule.h"

/* SplitMix64 (Steele, Lea and Flood 2014): one step. */
static uint64_t mix(uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

int64_t schedule_next(const struct schedule *schedule)
{
    int64_t wait = schedule->every, least = schedule->retry_after;
    for (uint32_t i = 0; i < schedule->failures && wait < SCHEDULE_MOST; i++)
        wait = 2 * wait < SCHEDULE_MOST ? 2 * wait : SCHEDULE_MOST;
    int64_t span = wait / 10;
    uint64_t random = mix(schedule->seed ^ mix((uint64_t)schedule->now));
    wait += (int64_t)(random % (uint64_t)(2 * span + 1)) - span;
    if (wait < least)
        wait = least + (int64_t)(random % (uint64_t)(span + 1));
    return schedule->now + wait;
}

int64_t schedule_page(int64_t now, uint32_t tries, int64_t retry_after)
{
    int64_t wait = 60;
    for (uint32_t i = 1; i < tries && i < SCHEDULE_PAGE_TRIES; i++)
        wait *= 8;
    return now + (wait > retry_after ? wait : retry_after);
}
