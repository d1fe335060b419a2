/* SPDX-License-Identifier: MIT */
/*
 * summary.h - the report of `demarche watch`: what came of each feed, and what was not had and why,
 * as one JSON object in the form of ingest's (docs/watch.md has the fields).
 *
 * It is written when the run ends. Until then reasons are rows of a temporary table, which SQLite
 * keeps on the disk: they are committed and given up with what they are told of. A summary that is
 * NULL takes everything and does nothing.
 */
#ifndef WATCH_SUMMARY_H
#define WATCH_SUMMARY_H

#include "store/store.h"

struct summary;

/* ORDER SUMMARY */
enum summary_kind {
    SUMMARY_FAULT,    /* a poll that failed, or had only a part */
    SUMMARY_NOT_READ, /* an entry that no article could be made of */
    SUMMARY_NO_PAGE   /* an entry whose page could not be had: the feed's text was taken */
};

/* Opens (and empties) the file: a wrong name is told before the work begins. DM_EIO, DM_ENOMEM. */
int summary_open(const char *path, struct dm_store *store, struct summary **out,
                 struct dm_error *err);
/* Why, in the open transaction; `feed`: its row, 0 of a feed that is not listed; `entry` 0: of a poll. */
int summary_why(struct summary *summary, enum summary_kind kind, sqlite3_int64 feed,
                sqlite3_int64 entry, const char *reason, struct dm_error *err);

struct summary_feed {
    sqlite3_int64 row;          /* 0: feeds that are not listed, whose pages waited */
    const char *url, *address;  /* address: where it moved to, "" nowhere; url "" with row 0 */
    const char *state;
    const struct dm_watch_totals *totals; /* of this feed */
};

/* A feed of the list, when no transaction is open. */
void summary_feed(struct summary *summary, const struct summary_feed *feed);
/* The sums and the end; `rc` is how the run ended. DM_EIO: not all could be written. */
int summary_close(struct summary *summary, const struct dm_watch_totals *totals, int rc,
                  struct dm_error *err);

#endif
