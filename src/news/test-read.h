/* SPDX-License-Identifier: MIT */
/* test-read.h - bytes read as a file of news, what came of it as text; for the unit tests. */
#ifndef NEWS_TEST_READ_H
#define NEWS_TEST_READ_H

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check.h"
#include "news/fuzz-news.h"

#define BYTES(text) { text, sizeof(text) - 1 } /* NULs and all */
#define READ_MOST 62 /* records that are told of */

static inline void add_fact(struct buf *out, struct slice fact)
{
    buf_add(out, fact);
    buf_add_char(out, ';');
}

/*
 * One letter a record into got[READ_MOST + 2]: its form, or f, l, i for a failure (format, limit,
 * reading). The articles' texts into `texts`, a '|' behind each; `facts`: before each text also id,
 * date, title, url, source, lang and byline, a ';' behind each. *err is the last failure.
 */
static inline void read_bytes(struct slice bytes, const struct news_options *options, bool facts,
                              char *got, struct buf *texts, struct dm_error *err)
{
    static const struct news_options none;
    char path[40], date[DATE_TEXT];
    int fd = memfd_create("news", 0);
    CHECK(write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n, "writing the file");
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct dm_article *article = article_new();
    struct news_record record;
    struct news_reader *reader;
    const char *last = got + READ_MOST;
    news_record_init(&record);
    record.number = UINT64_MAX; /* as a record is that was used before */
    buf_clear(texts);
    int rc = news_open(path, options, &reader, err);
    CHECK_OK(rc, err);
    while (rc == DM_OK && (rc = news_take(reader, &record, err)) != 0) {
        article_reset(article);
        CHECK(record.number != UINT64_MAX, "what was taken has its own number");
        if (rc > 0)
            rc = news_read(&record, options ? options : &none, article, err);
        fuzz_news_check(rc, article, err);
        if (got < last)
            *got++ = rc == DM_OK        ? "-THJCPBVFW"[record.format]
                     : rc == DM_EFORMAT ? 'f'
                     : rc == DM_ELIMIT  ? 'l'
                     : rc == DM_EIO     ? 'i'
                                        : '?';
        if (rc == DM_OK && facts) {
            const struct slice fact[] = {article->title, article->url, article->source,
                                         article->lang, article->byline};
            date_format(article->date, date);
            add_fact(texts, article->id);
            add_fact(texts, slice_of(date));
            for (size_t i = 0; i < sizeof fact / sizeof *fact; i++)
                add_fact(texts, fact[i]);
        }
        if (rc == DM_OK) {
            buf_add(texts, article->text);
            buf_add_char(texts, '|');
        }
        rc = DM_OK;
    }
    *got = '\0';
    news_close(reader);
    news_record_deinit(&record);
    article_free(article);
    close(fd);
}

#endif
