/* SPDX-License-Identifier: MIT */
/* fuzz-news-text.c - any bytes as a file: its form told, its records cut and read. */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "news/fuzz-news.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[40];
    int fd = memfd_create("news", 0);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        return 0;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);

    struct dm_article *article = article_new();
    struct news_options options = { .format = size % 4 == 3 ? NEWS_TEXT : NEWS_AUTO };
    struct news_reader *reader;
    struct news_record record;
    struct dm_error err = {0};
    news_record_init(&record);
    if (article && news_open(path, &options, &reader, &err) == DM_OK) {
        int rc;
        while ((rc = news_take(reader, &record, &err)) != 0) {
            article_reset(article);
            if (rc > 0)
                fuzz_news_check(news_read(&record, &options, article, &err), article, &err);
        }
        news_close(reader);
    }
    news_record_deinit(&record);
    article_free(article);
    close(fd);
    return 0;
}
