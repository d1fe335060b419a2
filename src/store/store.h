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

#define STORE_VERSION 2              /* PRAGMA user_version */
#define STORE_APPLICATION 0x44454d41 /* PRAGMA application_id: "DEMA" */

extern const char store_schema[];

/* ORDER STATEMENT */
enum store_statement {
    STORE_KNOWN, STORE_ADD_ARTICLE, STORE_ADD_EVENT, STORE_ADD_PARTY, STORE_STATEMENTS
};

struct dm_store {
    sqlite3 *db;
    char *path;
    bool writes;
    sqlite3_stmt *statement[STORE_STATEMENTS]; /* NULL when opened for reading */
    uint64_t pending, kept; /* articles in the open transaction, committed */
    time_t since;           /* when the transaction began */
};

/* The last SQLite error as ours: place, what happened, what to do. */
int store_fail(struct dm_store *store, const char *doing, struct dm_error *err);

/* A column's text, never NULL. */
static inline const char *store_text(sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    return text ? (const char *)text : "";
}

#endif
