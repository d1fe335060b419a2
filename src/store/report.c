/* SPDX-License-Identifier: MIT */
/*
 * report.c - what a run of ingest read, and what it could not read and why, as one JSON object.
 *
 * Reads    results as they come; of each source that is over, its row and its failures.
 * Leaves   {"version", "started", "database", "sources": [...], the totals}; docs/database.md has the
 *          fields. A source's object is written when it is over, so memory does not grow with sources.
 * Threads  The reader's thread tells of files that are left out: the file is written under a lock.
 */
#include "store/report.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/report-file.h"

struct report {
    pthread_mutex_t lock;
    struct report_file file;
    struct dm_store *store;
    sqlite3_stmt *source, *failures;
    /* the source under way */
    uint64_t tag, taken, articles, events, known, failed;
    double source_begun;
};

static void count(struct report *report, const char *key, uint64_t value)
{
    report_file_count(&report->file, key, value);
}

static void speed(struct report *report, uint64_t bytes, double seconds)
{
    report_file_real(&report->file, "seconds", seconds, 0.001);
    if (seconds > 0)
        report_file_real(&report->file, "mb_per_second", (double)bytes / 1e6 / seconds, 0.001);
}

static int prepare(struct report *report, struct dm_error *err)
{
    sqlite3 *db = report->store->db;
    if (sqlite3_prepare_v2(db, "SELECT path, options FROM source WHERE source = ?1", -1,
                           &report->source, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, "SELECT reason, record, byte FROM failure WHERE source = ?1"
                           " ORDER BY reason, byte, record", -1, &report->failures, NULL) !=
            SQLITE_OK)
        return store_fail(report->store, "preparing the report", err);
    return DM_OK;
}

static void report_free(struct report *report)
{
    report_file_drop(&report->file);
    sqlite3_finalize(report->source);
    sqlite3_finalize(report->failures);
    pthread_mutex_destroy(&report->lock);
    free(report);
}

int report_open(const char *path, struct dm_store *store, struct report **out,
                struct dm_error *err)
{
    struct report *report = calloc(1, sizeof *report);
    if (!report)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", path);
    pthread_mutex_init(&report->lock, NULL);
    report->store = store;
    int rc = report_file_open(&report->file, path, store->path, "sources", err);
    if (rc == DM_OK)
        rc = prepare(report, err);
    if (rc != DM_OK) {
        report_free(report);
        return rc;
    }
    *out = report;
    return DM_OK;
}

/* ---- a source ---- */

/* Failures by reason, each with its places. */
static void failures(struct report *report, uint64_t tag)
{
    struct json *json = &report->file.json;
    sqlite3_stmt *s = report->failures;
    char reason[1000] = "";
    bool any = false;
    sqlite3_bind_int64(s, 1, (sqlite3_int64)tag);
    while (sqlite3_step(s) == SQLITE_ROW) {
        if (!any) {
            json_key(json, "not_read");
            json_open(json, '[');
        }
        if (!any || strcmp(reason, store_text(s, 0)) != 0) {
            if (any) {
                json_close(json, ']');
                json_close(json, '}');
            }
            snprintf(reason, sizeof reason, "%s", store_text(s, 0));
            json_open(json, '{');
            report_file_text(&report->file, "reason", slice_of(reason));
            json_key(json, "places");
            json_open(json, '[');
        }
        any = true;
        json_open(json, '{');
        if (sqlite3_column_type(s, 1) != SQLITE_NULL)
            json_field_int(json, "record", sqlite3_column_int64(s, 1));
        json_field_int(json, "byte", sqlite3_column_int64(s, 2));
        json_close(json, '}');
        report_file_flush(&report->file);
    }
    if (any) {
        json_close(json, ']');
        json_close(json, '}');
        json_close(json, ']');
    }
    sqlite3_reset(s);
}

static void open_object(struct report *report, uint64_t tag, const char *state)
{
    sqlite3_stmt *s = report->source;
    json_open(&report->file.json, '{');
    sqlite3_bind_int64(s, 1, (sqlite3_int64)tag);
    if (sqlite3_step(s) == SQLITE_ROW) {
        report_file_text(&report->file, "path", slice_of(store_text(s, 0)));
        report_file_text(&report->file, "options", slice_of(store_text(s, 1)));
    }
    sqlite3_reset(s);
    json_field(&report->file.json, "state", slice_of(state));
}

/* result NULL: it is not over, but nothing more comes of it. */
static void source_end(struct report *report, const struct dm_result *result)
{
    struct json *json = &report->file.json;
    open_object(report, report->tag, result ? "read" : "stopped");
    count(report, "records", report->taken);
    count(report, "articles", report->articles);
    count(report, "events", report->events);
    count(report, "known", report->known);
    count(report, "failed", report->failed);
    if (result)
        count(report, "bytes", result->bytes);
    speed(report, result ? result->bytes : 0, report_file_now() - report->source_begun);
    if (report->failed > 0)
        failures(report, report->tag);
    json_close(json, '}');
    report_file_item(&report->file);
    report->tag = 0;
}

static void source_begin(struct report *report, uint64_t tag)
{
    report->tag = tag;
    report->taken = report->articles = report->events = report->known = report->failed = 0;
    report->source_begun = report_file_now();
}

static void no_file(struct report *report, const char *message)
{
    json_open(&report->file.json, '{');
    json_field(&report->file.json, "state", slice_of("not opened"));
    report_file_text(&report->file, "reason", slice_of(message));
    json_close(&report->file.json, '}');
    report_file_item(&report->file);
}

int report_result(struct report *report, const struct dm_result *result, bool known,
                  uint32_t n_events, struct dm_error *err)
{
    if (!report)
        return DM_OK;
    pthread_mutex_lock(&report->lock);
    bool file = result->kind != DM_RESULT_NO_FILE;
    if (file && report->tag != result->tag) {
        if (report->tag)
            source_end(report, NULL);
        source_begin(report, result->tag);
    }
    report->taken += file && result->kind != DM_RESULT_END;
    report->failed += result->kind == DM_RESULT_FAILED;
    report->known += known || result->kind == DM_RESULT_SKIPPED;
    if (result->kind == DM_RESULT_ARTICLE && !known) {
        report->articles++;
        report->events += n_events;
    }
    if (!file)
        no_file(report, result->message);
    else if (result->kind == DM_RESULT_END)
        source_end(report, result);
    int rc = report->file.rc;
    if (rc != DM_OK)
        *err = report->file.err;
    pthread_mutex_unlock(&report->lock);
    return rc;
}

void report_left_out(struct report *report, const struct dm_file *file, bool twice)
{
    if (!report)
        return;
    pthread_mutex_lock(&report->lock);
    open_object(report, file->tag, twice ? "named twice" : "read before");
    json_close(&report->file.json, '}');
    report_file_item(&report->file);
    pthread_mutex_unlock(&report->lock);
}

int report_close(struct report *report, const struct dm_ingested *totals, int rc,
                 struct dm_error *err)
{
    if (!report)
        return DM_OK;
    if (report->tag)
        source_end(report, NULL);
    report_file_ended(&report->file, rc);
    count(report, "files", totals->totals.files);
    count(report, "read_before", totals->read_before);
    count(report, "named_twice", totals->twice);
    count(report, "articles", totals->added);
    count(report, "events", totals->events);
    count(report, "known", totals->known);
    count(report, "failed", totals->totals.failed);
    count(report, "foreign", totals->totals.foreign);
    count(report, "sentences", totals->totals.sentences);
    count(report, "bytes", totals->totals.bytes);
    speed(report, totals->totals.bytes, report_file_now() - report->file.begun);
    rc = report_file_close(&report->file, err);
    report_free(report);
    return rc;
}
