/* SPDX-License-Identifier: MIT */
/* fuzz-news.h - what holds for every article that was read; for the fuzz targets and tests. */
#ifndef NEWS_FUZZ_NEWS_H
#define NEWS_FUZZ_NEWS_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/utf8.h"
#include "news/news.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void fuzz_news_check(int rc, const struct dm_article *article,
                                   const struct dm_error *err)
{
    if (rc < 0) {
        if (err->code != rc || !err->text[0])
            abort(); /* a failure without a word */
        return;
    }
    uint32_t before = 0;
    if (utf8_valid_prefix(article->text) != article->text.n || article->id.n == 0 ||
        article->text_begin > article->text.n)
        abort();
    for (uint32_t i = 0; i < article->n_blocks; i++) {
        const struct block *block = &article->block[i];
        if (block->begin < before || block->end < block->begin || block->end > article->text.n)
            abort();
        if (block->begin < article->text.n && (article->text.p[block->begin] & 0xC0) == 0x80)
            abort(); /* begins inside of a character */
        before = block->end;
    }
}

/* The bytes as one record of a form. */
static inline void fuzz_news_record(enum news_format format, const uint8_t *data, size_t size)
{
    struct dm_article *article = article_new();
    struct news_record record;
    struct news_options options = { .date = {2010, 2, 18} };
    struct dm_error err = {0};
    news_record_init(&record);
    record.format = format;
    record.number = record.line = 1;
    memcpy(record.path, "fuzz", 5);
    buf_add(&record.bytes, slice_make((const char *)data, size));
    if (article && !record.bytes.failed)
        fuzz_news_check(news_read(&record, &options, article, &err), article, &err);
    news_record_deinit(&record);
    article_free(article);
}

/* The bytes as a file: unpacked, its form told where it is NEWS_AUTO, its records cut and read. */
static inline void fuzz_news_file(enum news_format format, const uint8_t *data, size_t size)
{
    char path[40];
    int fd = memfd_create("news", 0);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        return;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);

    struct dm_article *article = article_new();
    struct news_options options = { .format = format, .date = {2010, 2, 18} };
    struct news_reader *reader;
    struct news_record record;
    struct dm_error err = {0};
    news_record_init(&record);
    if (article && news_open(path, &options, &reader, &err) == DM_OK) {
        int rc;
        while ((rc = news_take(reader, &record, &err)) != 0) {
            article_reset(article);
            if (rc > 0)
                rc = news_read(&record, &options, article, &err);
            fuzz_news_check(rc, article, &err);
        }
        news_close(reader);
    }
    news_record_deinit(&record);
    article_free(article);
    close(fd);
}

#endif
