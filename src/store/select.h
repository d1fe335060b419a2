/* SPDX-License-Identifier: MIT */
/*
 * select.h - from a dm_filter to SQL: fixed fragments put together, every value bound.
 *
 * A fragment begins with " AND", and names columns of `event e`, or of the table of dyads that the
 * caller reads. Values are borrowed from the filter.
 */
#ifndef STORE_SELECT_H
#define STORE_SELECT_H

#include "core/buf.h"
#include "store/store.h"

#define SELECT_VALUES_MAX 32
#define SELECT_MAX 8192 /* bytes of SQL */

struct select {
    struct buf sql; /* of a limit of SELECT_MAX; the caller gives it back */
    const char *value[SELECT_VALUES_MAX]; /* bound to ?1... */
    int length[SELECT_VALUES_MAX];
    int n;
};

/* A new parameter; its number. */
int select_value(struct select *select, const char *text, size_t n);

/*
 * What holds of an event e: all of the filter but since, until and limit. `status` stands in where
 * the filter names none; NULL or "any" restricts nothing. DM_EUSAGE a filter that says nothing.
 */
int select_event(struct select *select, const struct dm_filter *filter, const char *status,
                 struct dm_error *err);

/* since and until, of an event e that may go on for a while. */
int select_days(struct select *select, const struct dm_filter *filter, struct dm_error *err);

/* One end of a span; `compare` is ">=" or "<=". Dates are compared at the coarser precision. */
int select_day(struct select *select, const char *option, const char *column, const char *text,
               const char *compare, struct dm_error *err);

/* " AND <column> = 'STATUS'", or nothing. */
int select_status(struct select *select, const char *column, const char *status,
                  struct dm_error *err);

/* The country of "RUS/GOV"; n 0 for "/GOV". */
struct slice select_code(const char *party);

int select_prepare(struct dm_store *store, const struct select *select, sqlite3_stmt **out,
                   struct dm_error *err);

/* What a row that could not be read means; the words of `text` are looked at only then. */
int select_fail(struct dm_store *store, const struct dm_filter *filter, const char *doing,
                struct dm_error *err);

#endif
