/* SPDX-License-Identifier: MIT */
/* fuzz-news-petrarch.c - any bytes as PETRARCH's input; blocks must lie in order in the text. */
#include "news/fuzz-news.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_news_file(NEWS_PETRARCH, data, size);
    return 0;
}
