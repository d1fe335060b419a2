/* SPDX-License-Identifier: MIT */
/* fuzz-news-feed.c - any bytes as a feed; blocks must lie in order in the text. */
#include "news/fuzz-news.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_news_file(NEWS_FEED, data, size);
    return 0;
}
