/* SPDX-License-Identifier: MIT */
/* fuzz-news-text.c - any bytes as a file: its form told, its records cut and read. */
#include "news/fuzz-news.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_news_file(size % 4 == 3 ? NEWS_TEXT : NEWS_AUTO, data, size);
    return 0;
}
