/* SPDX-License-Identifier: MIT */
/* fuzz-news-jsonl.c - any bytes as one record; blocks must lie in order in the text. */
#include "news/fuzz-news.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_news_record(NEWS_JSONL, data, size);
    return 0;
}
