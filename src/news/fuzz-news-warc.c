/* SPDX-License-Identifier: MIT */
/* fuzz-news-warc.c - any bytes as a web archive, packed or not; blocks must lie in order in the text. */
#include "news/fuzz-news.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_news_file(NEWS_WARC, data, size);
    return 0;
}
