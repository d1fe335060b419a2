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
    STORE_SKETCH, STORE_ADD_SKETCH, STORE_TEXT, STORE_SAME, STORE_ADD_SAME,
    STORE_ADD_SOURCE, STORE_SOURCE, STORE_ASK_SOURCE, STORE_RESET_SOURCE, STORE_PROGRESS,
    STORE_REACHED, STORE_ADD_FAILURE, STORE_FORGET_FAILURES, STORE_ADD_WORDS, STORE_STATEMENTS
};

/* The source that is being read: what the next commit writes into its row. */
struct store_progress {
    sqlite3_int64 source; /* 0 none */
    char state[16];       /* see the table */
    uint64_t articles, known, failed, bytes;
    struct dm_reached reached;
    bool changed;
};

struct dm_store {
    sqlite3 *db;
    char *path;
    bool writes;
    enum dm_mentions mentions; /* which tellings are one event */
    sqlite3_stmt *statement[STORE_STATEMENTS]; /* NULL when opened for reading */
    sqlite3_stmt *tellings;                    /* NULL until they are asked for */
    uint64_t pending, kept; /* articles in the open transaction, committed */
    time_t since;           /* when the transaction began */
    sqlite3_int64 source;   /* the row of the last path that was asked for, 0 none, ... */
    uint64_t source_hash;   /* ... and the path's hash */
    struct store_progress progress;
    unsigned char *opened;  /* a bit for each row of `source`: opened by store_open_source() */
    size_t n_opened;        /* bytes */
};

/* Begin a transaction, if none is open. */
int store_begin(struct dm_store *store, struct dm_error *err);

/*
 * What dm_store_put() does, in its two halves, for those who add more in the same transaction:
 * store_put() adds (0 added, 1 known), the caller holding the connection (sqlite3_db_mutex), so that
 * dm_store_has() sees no half of it; store_due() commits when it is time.
 */
int store_put(struct dm_store *store, const struct dm_engine *engine, struct dm_article *article,
              struct dm_error *err);
int store_due(struct dm_store *store, struct dm_error *err);

/* Give up what was added in the open transaction, if there is one. */
void store_give_up(struct dm_store *store);

/* The article's hash, as column article.hash has it: of its id and text. */
#define STORE_HASH 33
void store_hash(const struct dm_article *article, char out[static STORE_HASH]);

/* Run a statement that gives no rows, and clear what was bound. */
int store_run(struct dm_store *store, enum store_statement which, struct dm_error *err);

/* ---- source.c ---- */

/* The row of table `source` for a path, made when it is missing. */
int store_source(struct dm_store *store, struct slice path, sqlite3_int64 *out,
                 struct dm_error *err);

enum store_opened {
    STORE_ANEW,  /* to be read from its start */
    STORE_GO_ON, /* from file->from on */
    STORE_DONE,  /* read by an earlier run, and it has not changed */
    STORE_TWICE  /* opened by this run already */
};

/*
 * A file is about to be read: its row is found or made, file->tag is its number. `options` say how it
 * is read; `again`: anew, whatever is known. Any thread. Errors as dm_store_put().
 */
int store_open_source(struct dm_store *store, struct dm_file *file, const char *options, bool again,
                      enum store_opened *out, struct dm_error *err);

/* Count a result; written with the next commit. `known`: the article was there already. */
int store_add_result(struct dm_store *store, const struct dm_result *result, bool known,
                     struct dm_error *err);

/* Write what is counted into the row; the caller holds the connection, in a transaction. */
int store_progress_write(struct dm_store *store, struct dm_error *err);

/* The last SQLite error as ours: place, what happened, what to do. */
int store_fail(struct dm_store *store, const char *doing, struct dm_error *err);

/* A column's text, never NULL. */
static inline const char *store_text(sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    return text ? (const char *)text : "";
}

#endif
