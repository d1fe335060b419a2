/* SPDX-License-Identifier: MIT */
/* test-watch.c - lists of feeds, and when they are asked again. The whole is in tests/cli/watch.py. */
#include "check.h"
#include "watch/list.h"
#include "watch/schedule.h"

static const struct { const char *what, *text, *want; int code; } lists[] = {
    {"an empty list", "", "", DM_OK},
    {"remarks and blank lines", "# a\n\n  \n#b", "", DM_OK},
    {"addresses", "http://a.org/x\nhttps://b.org", "http://a.org/x 0 0|https://b.org 0 0", DM_OK},
    {"options", "http://a.org every=15m pages # x\r\nhttp://b.org pages\nhttp://c.org every=90",
     "http://a.org 900 1|http://b.org 0 1|http://c.org 90 0", DM_OK},
    {"the first of two counts", "http://a.org every=1h\nhttp://a.org", "http://a.org 3600 0", DM_OK},
    {"a byte order mark", "\xEF\xBB\xBFhttp://a.org", "http://a.org 0 0", DM_OK},
    {"OPML", "<?xml version='1.0'?><opml><body><outline text='n'><outline xmlUrl='http://a.org?a&amp;b'/>"
     "</outline><outline xmlUrl='http://b.org'/></body></opml>",
     "http://a.org?a&b 0 0|http://b.org 0 0", DM_OK},
    {"no address", "a.org", NULL, DM_EFORMAT},
    {"another scheme", "file:///etc/passwd", NULL, DM_EFORMAT},
    {"too often", "http://a.org every=5s", NULL, DM_EFORMAT},
    {"no time", "http://a.org every=often", NULL, DM_EFORMAT},
    {"too long a time", "http://a.org every=4294967297d", NULL, DM_EFORMAT},
    {"something else behind it", "http://a.org page", NULL, DM_EFORMAT},
    {"broken OPML", "<opml><body><outline xmlUrl='http://a.org'/>", NULL, DM_EFORMAT},
    {"no text", "http://a.org\xFF", NULL, DM_EFORMAT},
};

static void check_list(size_t i)
{
    struct list list;
    struct dm_error err = {0};
    char got[500] = "";
    size_t used = 0;
    list_init(&list);
    CHECK_CODE(list_read(&list, slice_of(lists[i].text), "list", &err), lists[i].code, lists[i].what);
    for (uint32_t k = 0; lists[i].want && k < list.n; k++)
        used += (size_t)snprintf(got + used, sizeof got - used, "%s%s %u %d", k ? "|" : "",
                                 list.feed[k].url, list.feed[k].every, list.feed[k].pages);
    if (lists[i].want)
        CHECK_STR(got, lists[i].want, lists[i].what);
    else
        CHECK(strncmp(err.text, "list:", 5) == 0, lists[i].what);
    list_deinit(&list);
}

static int64_t wait_of(uint32_t failures, int64_t retry_after, uint64_t seed)
{
    struct schedule schedule = {1000000, 900, failures, retry_after, seed};
    return schedule_next(&schedule) - 1000000;
}

static void test_schedule(void)
{
    int64_t least = 1 << 30, most = 0;
    for (uint64_t seed = 0; seed < 1000; seed++) {
        int64_t wait = wait_of(0, -1, seed);
        least = wait < least ? wait : least;
        most = wait > most ? wait : most;
        CHECK(wait_of(0, 5000, seed) >= 5000 && wait_of(0, 5000, seed) <= 5090, "Retry-After is kept");
        CHECK(wait_of(2, -1, seed) >= 3240 && wait_of(2, -1, seed) <= 3960, "twice as late for each");
        CHECK(wait_of(4000000000u, -1, seed) >= 77760 && wait_of(40, -1, seed) <= 95040, "up to a day");
    }
    CHECK(least >= 810 && least < 820 && most <= 990 && most > 980, "a tenth more or less");
    CHECK_INT(wait_of(0, -1, 7), wait_of(0, -1, 7), "the same seed, the same wait");
    CHECK_INT(schedule_page(100, 1, -1), 160, "a page after a minute");
    CHECK_INT(schedule_page(100, 3, -1), 100 + 3840, "after 64");
    CHECK_INT(schedule_page(100, 1, 600), 700, "or as the server says");
}

int main(void)
{
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        check_list(i);
    test_schedule();
    return check_end();
}
