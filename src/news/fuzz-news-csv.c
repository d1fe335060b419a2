/* SPDX-License-Identifier: MIT */
/* fuzz-news-csv.c - any bytes as a CSV file; blocks must lie in order in the text. */
#include "news/fuzz-news.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_news_file(NEWS_CSV, data, size);
    return 0;
}
