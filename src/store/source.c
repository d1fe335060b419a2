/* SPDX-License-Identifier: MIT */
/*
 * source.c - where articles came from, and how far each file was read: tables `source`, `failure`.
 *
 * Method   A file is known by its real path; it is the same one when size, time of change and what was
 *          said of its form are. How far it was read is kept in store->progress and written by
 *          dm_store_commit(), in the transaction of the articles that it counts. So after a crash
 *          both are there or neither.
 *          A failure that may not come again (no memory, a disk that cannot be read) makes the state
 *          `again`: the next run reads the file from its start, and finds most of it known.
 * Threads  The reader opens sources while the writer adds: all here holds the connection.
 */
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/store.h"

#define OPENED_MAX (64u << 20) /* bytes of store->opened: half a milliard of sources */

/* ---- by path alone ---- */

static sqlite3_int64 find(struct dm_store *store, struct slice path)
{
    sqlite3_stmt *s = store->statement[STORE_SOURCE];
    sqlite3_bind_text(s, 1, path.p, (int)path.n, SQLITE_STATIC);
    sqlite3_int64 row = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    return row;
}

int store_source(struct dm_store *store, struct slice path, sqlite3_int64 *out,
                 struct dm_error *err)
{
    uint64_t hash = slice_hash(path);
    if (!store->source || store->source_hash != hash) {
        sqlite3_bind_text(store->statement[STORE_ADD_SOURCE], 1, path.p, (int)path.n,
                          SQLITE_STATIC);
        int rc = store_run(store, STORE_ADD_SOURCE, err);
        if (rc != DM_OK)
            return rc;
        store->source = find(store, path);
        store->source_hash = hash;
        if (!store->source)
            return store_fail(store, "adding", err);
    }
    *out = store->source;
    return DM_OK;
}

/* ---- a file that is to be read ---- */

/* Note that this run opens it: false when it has before. */
static bool first_time(struct dm_store *store, sqlite3_int64 row)
{
    size_t byte = (size_t)row / 8;
    unsigned bit = 1u << (row % 8);
    if (byte >= OPENED_MAX)
        return true;
    if (byte >= store->n_opened) {
        size_t n = byte * 2 + 64;
        unsigned char *more = realloc(store->opened, n);
        if (!more)
            return true; /* then it is read twice, and all of it known */
        memset(more + store->n_opened, 0, n - store->n_opened);
        store->opened = more;
        store->n_opened = n;
    }
    bool first = !(store->opened[byte] & bit);
    store->opened[byte] |= (unsigned char)bit;
    return first;
}

static int reached_read(const char *text, struct dm_reached *out)
{
    struct dm_reached got = {0};
    int n = sscanf(text, "%" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64,
                   &got.taken, &got.before, &got.record, &got.line, &got.byte, &got.unpacked);
    if (n == 6)
        *out = got;
    return n == 6;
}

static void bind_file(sqlite3_stmt *s, sqlite3_int64 row, const struct dm_file *file,
                      const char *options)
{
    sqlite3_bind_int64(s, 1, row);
    if (file->regular) {
        sqlite3_bind_int64(s, 2, (sqlite3_int64)file->size);
        sqlite3_bind_int64(s, 3, file->changed);
    }
    sqlite3_bind_text(s, 4, options, -1, SQLITE_STATIC);
}

/* What is known of it is forgotten: it is another file now, or to be read anew. */
static int forget(struct dm_store *store, sqlite3_int64 row, const struct dm_file *file,
                  const char *options, struct dm_error *err)
{
    bind_file(store->statement[STORE_RESET_SOURCE], row, file, options);
    int rc = store_run(store, STORE_RESET_SOURCE, err);
    sqlite3_bind_int64(store->statement[STORE_FORGET_FAILURES], 1, row);
    return rc == DM_OK ? store_run(store, STORE_FORGET_FAILURES, err) : rc;
}

/* Was it read before, as it is now and in the same way? */
static enum store_opened ask(struct dm_store *store, sqlite3_int64 row, struct dm_file *file,
                             const char *options)
{
    sqlite3_stmt *s = store->statement[STORE_ASK_SOURCE];
    enum store_opened opened = STORE_ANEW;
    bind_file(s, row, file, options);
    if (sqlite3_step(s) == SQLITE_ROW) {
        bool done = strcmp(store_text(s, 0), "done") == 0;
        if (done || (strcmp(store_text(s, 0), "reading") == 0 &&
                     reached_read(store_text(s, 1), &file->from)))
            opened = done ? STORE_DONE : STORE_GO_ON;
    }
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    return opened;
}

static int open_source(struct dm_store *store, struct dm_file *file, const char *options,
                       bool again, enum store_opened *out, struct dm_error *err)
{
    char real[PATH_MAX];
    const char *path = file->regular && realpath(file->path, real) ? real : file->path;
    sqlite3_int64 row = find(store, slice_of(path));
    int rc = DM_OK;
    if (!row) {
        rc = store_begin(store, err);
        if (rc == DM_OK)
            rc = store_source(store, slice_of(path), &row, err);
    }
    if (rc != DM_OK)
        return rc;
    file->tag = (uint64_t)row;
    if (!file->regular)
        *out = STORE_ANEW;
    else if (!first_time(store, row))
        *out = STORE_TWICE;
    else
        *out = again ? STORE_ANEW : ask(store, row, file, options);
    if (*out != STORE_ANEW || !file->regular)
        return DM_OK;
    rc = store_begin(store, err);
    return rc == DM_OK ? forget(store, row, file, options, err) : rc;
}

int store_open_source(struct dm_store *store, struct dm_file *file, const char *options, bool again,
                      enum store_opened *out, struct dm_error *err)
{
    sqlite3_mutex_enter(sqlite3_db_mutex(store->db));
    int rc = open_source(store, file, options, again, out, err);
    sqlite3_mutex_leave(sqlite3_db_mutex(store->db));
    return rc;
}

/* ---- how far it was read ---- */

/* Another source than before: what is known of it. */
static int progress_load(struct dm_store *store, sqlite3_int64 source, struct dm_error *err)
{
    struct store_progress *progress = &store->progress;
    int rc = store_progress_write(store, err);
    if (rc != DM_OK)
        return rc;
    sqlite3_stmt *s = store->statement[STORE_PROGRESS];
    *progress = (struct store_progress){.source = source};
    sqlite3_bind_int64(s, 1, source);
    if (sqlite3_step(s) == SQLITE_ROW) {
        snprintf(progress->state, sizeof progress->state, "%s", store_text(s, 0));
        progress->articles = (uint64_t)sqlite3_column_int64(s, 1);
        progress->known = (uint64_t)sqlite3_column_int64(s, 2);
        progress->failed = (uint64_t)sqlite3_column_int64(s, 3);
    } else {
        rc = dm_fail(err, DM_EINTERNAL, "%s: a source is gone from it", store->path);
    }
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    return rc;
}

int store_progress_write(struct dm_store *store, struct dm_error *err)
{
    struct store_progress *progress = &store->progress;
    const struct dm_reached *reached = &progress->reached;
    char go_on[160];
    if (!progress->changed)
        return DM_OK;
    snprintf(go_on, sizeof go_on,
             "%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64,
             reached->taken, reached->before, reached->record, reached->line, reached->byte,
             reached->unpacked);
    sqlite3_stmt *s = store->statement[STORE_REACHED];
    sqlite3_bind_int64(s, 1, progress->source);
    sqlite3_bind_text(s, 2, progress->state, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 3, (sqlite3_int64)reached->taken);
    sqlite3_bind_int64(s, 4, (sqlite3_int64)progress->articles);
    sqlite3_bind_int64(s, 5, (sqlite3_int64)progress->known);
    sqlite3_bind_int64(s, 6, (sqlite3_int64)progress->failed);
    sqlite3_bind_int64(s, 7, (sqlite3_int64)progress->bytes);
    if (strcmp(progress->state, "reading") == 0)
        sqlite3_bind_text(s, 8, go_on, -1, SQLITE_STATIC);
    int rc = store_run(store, STORE_REACHED, err);
    progress->changed = rc != DM_OK;
    return rc;
}

/* "a.jsonl:7: no text" and "a.warc: record at byte 7: no text" to "no text". */
static const char *reason_of(const char *message)
{
    static const char *const places[] = {"record at byte ", "record ", "entry "};
    const char *p = strstr(message, ": "), *colon = strchr(message, ':');
    if (!p)
        return message;
    if (colon < p && strspn(colon + 1, "0123456789") == (size_t)(p - colon - 1))
        return p + 2;
    p += 2;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        size_t n = strlen(places[i]);
        if (strncmp(p, places[i], n) != 0)
            continue;
        size_t digits = strspn(p + n, "0123456789");
        if (digits > 0 && strncmp(p + n + digits, ": ", 2) == 0)
            return p + n + digits + 2;
    }
    return p;
}

static int add_failure(struct dm_store *store, const struct dm_result *result,
                       struct dm_error *err)
{
    sqlite3_stmt *s = store->statement[STORE_ADD_FAILURE];
    sqlite3_bind_int64(s, 1, (sqlite3_int64)result->tag);
    if (result->record)
        sqlite3_bind_int64(s, 2, (sqlite3_int64)result->record);
    sqlite3_bind_int64(s, 3, (sqlite3_int64)result->offset);
    sqlite3_bind_text(s, 4, reason_of(result->message), -1, SQLITE_STATIC);
    return store_run(store, STORE_ADD_FAILURE, err);
}

/* Failures of the machine, not of the file. */
static bool may_pass(int code)
{
    return code == DM_EIO || code == DM_ENOMEM || code == DM_EINTERNAL;
}

static int add_result(struct dm_store *store, const struct dm_result *result, bool known,
                      struct dm_error *err)
{
    struct store_progress *progress = &store->progress;
    int rc = store_begin(store, err);
    if (rc == DM_OK && progress->source != (sqlite3_int64)result->tag)
        rc = progress_load(store, (sqlite3_int64)result->tag, err);
    if (rc == DM_OK && result->kind == DM_RESULT_FAILED)
        rc = add_failure(store, result, err);
    if (rc != DM_OK)
        return rc;
    bool failed = result->kind == DM_RESULT_FAILED;
    progress->articles += result->kind == DM_RESULT_ARTICLE && !known;
    progress->known += result->kind == DM_RESULT_SKIPPED || known;
    progress->failed += failed;
    if (failed && may_pass(result->code) && strcmp(progress->state, "reading") == 0)
        strcpy(progress->state, "again");
    else if (result->kind == DM_RESULT_END && strcmp(progress->state, "reading") == 0)
        strcpy(progress->state, "done");
    progress->reached = result->reached;
    progress->bytes = result->bytes;
    progress->changed = true;
    return DM_OK;
}

int store_add_result(struct dm_store *store, const struct dm_result *result, bool known,
                     struct dm_error *err)
{
    if (result->kind == DM_RESULT_NO_FILE)
        return DM_OK;
    sqlite3_mutex_enter(sqlite3_db_mutex(store->db));
    int rc = add_result(store, result, known, err);
    sqlite3_mutex_leave(sqlite3_db_mutex(store->db));
    return rc;
}
