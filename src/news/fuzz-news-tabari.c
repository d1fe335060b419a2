/* SPDX-License-Identifier: MIT */
/* fuzz-news-tabari.c - any bytes as TABARI's records; blocks must lie in order in the text. */
#include "news/fuzz-news.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_news_file(NEWS_TABARI, data, size);
    return 0;
}
