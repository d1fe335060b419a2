/* SPDX-License-Identifier: MIT */
/* fuzz-news-packed.c - any bytes as packed JSON Lines; blocks must lie in order in the text. */
#include "news/fuzz-news.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_news_file(NEWS_JSONL, data, size);
    return 0;
}
