/* SPDX-License-Identifier: MIT */
/* fuzz-news-html.c - any bytes as one record; blocks must lie in order in the text. */
#include "news/fuzz-news.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dm_article *article = article_new();
    struct news_record record;
    struct news_options options = { .date = {2010, 2, 18} };
    struct dm_error err = {0};
    news_record_init(&record);
    record.format = NEWS_HTML;
    record.number = record.line = 1;
    memcpy(record.path, "fuzz", 5);
    buf_add(&record.bytes, slice_make((const char *)data, size));
    if (article && !record.bytes.failed)
        fuzz_news_check(news_read(&record, &options, article, &err), article, &err);
    news_record_deinit(&record);
    article_free(article);
    return 0;
}
