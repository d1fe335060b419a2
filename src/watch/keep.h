/* SPDX-License-Identifier: MIT */
/*
 * keep.h - what was fetched, into the store: entries of a feed, pages of entries.
 *
 * All of it is added to the store's open transaction; the caller commits.
 */
#ifndef WATCH_KEEP_H
#define WATCH_KEEP_H

#include "fetch/fetch.h"
#include "news/news.h"
#include "store/feeds.h"
#include "watch/summary.h"

struct keeping {
    const struct dm_engine *engine;
    struct dm_store *store;
    struct feeds *feeds;
    struct dm_article *article;  /* used again and again, as is the record */
    struct news_record record, next; /* an entry, and the one behind it */
    struct arena arena;          /* of one feed */
    struct dm_watch_totals *totals;
    struct summary *summary;     /* or NULL */
    sqlite3_int64 listed;        /* row of the feed at hand; 0: one that is not listed */
    void (*tell)(void *self, int code, const char *message); /* or NULL */
    void *self;
};

int keep_init(struct keeping *keeping, struct dm_error *err);
void keep_deinit(struct keeping *keeping);

struct keep_count {
    uint64_t entries, changed, known; /* of one poll: new ones; changed ones; those seen before */
};

/*
 * Take the entries of a feed: new ones become articles, or with `pages` pages to be fetched; of
 * those that were seen before it is noted whether they changed.
 *
 * url      the listed one, which names the feed in messages and in table source
 * after    DM_OK; *fault says what is wrong with the feed where only a part could be had, or is
 *          empty
 * errors   DM_EFORMAT it is no feed: nothing was taken; those of the store
 */
int keep_feed(struct keeping *keeping, const struct feed_row *feed, const char *url,
              const struct fetch_answer *answer, bool pages, int64_t now, struct keep_count *count,
              struct dm_error *fault, struct dm_error *err);

/*
 * Take the page of an entry; with no answer, or one that is of no use, what the feed said of it.
 * `reason`: why there is no page, or NULL.
 */
int keep_page(struct keeping *keeping, sqlite3_int64 entry, const struct fetch_answer *answer,
              const char *reason, int64_t now, struct dm_error *err);

#endif
