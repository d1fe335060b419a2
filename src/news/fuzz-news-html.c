/* SPDX-License-Identifier: MIT */
/* fuzz-news-html.c - any bytes as one record; blocks must lie in order in the text. */
#include "news/fuzz-news.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_news_record(NEWS_HTML, data, size);
    return 0;
}
