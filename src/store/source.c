/* SPDX-License-Identifier: MIT */
/* source.c - where articles came from: the table `source`. */
#include "store/store.h"

int store_source(struct dm_store *store, struct slice path, sqlite3_int64 *out,
                 struct dm_error *err)
{
    uint64_t hash = slice_hash(path);
    if (store->source && store->source_hash == hash) {
        *out = store->source;
        return DM_OK;
    }
    sqlite3_bind_text(store->statement[STORE_ADD_SOURCE], 1, path.p, (int)path.n, SQLITE_STATIC);
    int rc = store_run(store, STORE_ADD_SOURCE, err);
    if (rc != DM_OK)
        return rc;
    sqlite3_stmt *s = store->statement[STORE_SOURCE];
    sqlite3_bind_text(s, 1, path.p, (int)path.n, SQLITE_STATIC);
    if (sqlite3_step(s) == SQLITE_ROW) {
        store->source = sqlite3_column_int64(s, 0);
        store->source_hash = hash;
        *out = store->source;
    } else {
        rc = store_fail(store, "adding", err);
    }
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    return rc;
}
