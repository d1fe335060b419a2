/* SPDX-License-Identifier: MIT */
/*
 * store.h - one SQLite file that holds articles, events and their parties.
 *
 * schema.c has the tables, with comments for people who query them by hand; store.c writes,
 * query.c reads. A dm_store owns its connection and statements.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <sqlite3.h>
#include <time.h>

#include "core/error.h"
#include "core/slice.h"

#define STORE_VERSION 3              /* PRAGMA user_version */
#define STORE_APPLICATION 0x44454d41 /* PRAGMA application_id: "DEMA" */

extern const char *const store_schema[]; /* in the order to be run; NULL at the end */

/* ORDER STATEMENT */
enum store_statement {
    STORE_KNOWN, STORE_ADD_ARTICLE, STORE_ADD_EVENT, STORE_ADD_PARTY,
    STORE_ADD_SOURCE, STORE_SOURCE, STORE_STATEMENTS
};

struct dm_store {
    sqlite3 *db;
    char *path;
    bool writes;
    sqlite3_stmt *statement[STORE_STATEMENTS]; /* NULL when opened for reading */
    uint64_t pending, kept; /* articles in the open transaction, committed */
    time_t since;           /* when the transaction began */
    sqlite3_int64 source;   /* the row of the last path that was asked for, 0 none, ... */
    uint64_t source_hash;   /* ... and the path's hash */
};

/*
 * What dm_store_put() does, in its two halves, for those who add more in the same transaction:
 * store_put() adds (0 added, 1 known), the caller holding the connection (sqlite3_db_mutex), so that
 * dm_store_has() sees no half of it; store_due() commits when it is time.
 */
int store_put(struct dm_store *store, const struct dm_engine *engine, struct dm_article *article,
              struct dm_error *err);
int store_due(struct dm_store *store, struct dm_error *err);

/* Run a statement that gives no rows, and clear what was bound. */
int store_run(struct dm_store *store, enum store_statement which, struct dm_error *err);

/* source.c: the row of table `source` for a path, made when it is missing. */
int store_source(struct dm_store *store, struct slice path, sqlite3_int64 *out,
                 struct dm_error *err);

/* The last SQLite error as ours: place, what happened, what to do. */
int store_fail(struct dm_store *store, const char *doing, struct dm_error *err);

/* A column's text, never NULL. */
static inline const char *store_text(sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    return text ? (const char *)text : "";
}

#endif
