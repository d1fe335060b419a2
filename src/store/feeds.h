/* SPDX-License-Identifier: MIT */
/*
 * feeds.h - the tables of `demarche watch`: feeds and how they were last answered, entries that
 * were seen, pages that are still to be fetched.
 *
 * All that write do so in the store's open transaction, begun by the first of them;
 * dm_store_commit() keeps it. Errors: those of the store (DM_EIO, DM_EBUSY, DM_ENOMEM).
 */
#ifndef STORE_FEEDS_H
#define STORE_FEEDS_H

#include "core/arena.h"
#include "store/store.h"

#define FEEDS_URL_MAX 2048
#define FEEDS_FIELD_MAX 512

extern const char feeds_schema[]; /* the tables; part of store_schema */

struct feeds; /* the statements */

int feeds_open(struct dm_store *store, struct feeds **out, struct dm_error *err);
void feeds_close(struct feeds *feeds);

struct feed_row {
    sqlite3_int64 row;
    char address[FEEDS_URL_MAX]; /* "": as listed */
    char etag[FEEDS_FIELD_MAX], modified[FEEDS_FIELD_MAX]; /* "": none */
    int64_t next;                /* seconds since 1970 */
    uint32_t failures;
    unsigned status;             /* 0: no answer yet */
};

/* The feed's row, made when it is missing. */
int feeds_get(struct feeds *feeds, const char *url, struct feed_row *out, struct dm_error *err);
/* Keep how a poll went. `fault`: NULL or what was wrong. */
int feeds_polled(struct feeds *feeds, const struct feed_row *feed, int64_t now, const char *fault,
                 struct dm_error *err);

enum entry_seen { ENTRY_NEW, ENTRY_SAME, ENTRY_CHANGED };

/* Note that an entry was seen; `hash` is of all that it says. A new one is to be settled next. */
int feeds_see(struct feeds *feeds, sqlite3_int64 feed, struct slice id, uint64_t hash, int64_t now,
              enum entry_seen *seen, sqlite3_int64 *entry, struct dm_error *err);

/*
 * Settle an entry: `article` was made of it (NULL: nothing could be, for the reason). A page that
 * was to be fetched no longer is.
 */
int feeds_settle(struct feeds *feeds, sqlite3_int64 entry, const struct dm_article *article,
                 const char *reason, struct dm_error *err);

/* What the feed said of an entry whose page is to be fetched. */
struct page_row {
    sqlite3_int64 entry;
    sqlite3_int64 feed_row;      /* of feeds_wanted() alone */
    struct slice id, url, feed; /* the entry's, its page's, the listed feed's */
    struct slice title, date, byline, source, lang, text;
    int64_t next;
    uint32_t tries;
};

/* Note that the page of a new entry is to be fetched; id and feed need not be given. */
int feeds_want(struct feeds *feeds, const struct page_row *page, struct dm_error *err);
/* It could not be had; it is to be tried again. */
int feeds_put_off(struct feeds *feeds, sqlite3_int64 entry, int64_t next, uint32_t tries,
                  struct dm_error *err);
/* All that is known of a page, in the arena. 1: it is not wanted. */
int feeds_page(struct feeds *feeds, sqlite3_int64 entry, struct arena *arena, struct page_row *out,
               struct dm_error *err);
/* The wanted pages behind an entry (0: all), in order, until `each` returns false; id to text are empty. */
int feeds_wanted(struct feeds *feeds, sqlite3_int64 behind,
                 bool (*each)(void *self, const struct page_row *page), void *self,
                 struct dm_error *err);

#endif
