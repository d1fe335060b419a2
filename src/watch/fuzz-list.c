/* SPDX-License-Identifier: MIT */
/* fuzz-list.c - any bytes as a list of feeds: refused with a word, or sound addresses, each once. */
#include <stdlib.h>

#include "watch/list.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct list list;
    struct dm_error err = {0};
    list_init(&list);
    int rc = list_read(&list, slice_make((const char *)data, size), "list", &err);
    if (rc < 0 && (err.code != rc || !err.text[0]))
        abort();
    for (uint32_t i = 0; i < list.n; i++) {
        const struct list_feed *feed = &list.feed[i];
        if (strncasecmp(feed->url, "http", 4) != 0 || strpbrk(feed->url, " \t\r\n") ||
            (feed->every && (feed->every < LIST_EVERY_MIN || feed->every > LIST_EVERY_MAX)))
            abort();
        if (i > 0 && strcmp(feed->url, list.feed[i - 1].url) == 0)
            abort();
    }
    list_deinit(&list);
    return 0;
}
