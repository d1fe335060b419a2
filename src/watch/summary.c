/* SPDX-License-Identifier: MIT */
/* summary.c - the report of `demarche watch` (summary.h). */
#include "watch/summary.h"

#include <stdio.h>
#include <stdlib.h>

#include "store/report-file.h"

#define REASON_MAX 1000

struct summary {
    struct report_file file;
    struct dm_store *store;
    sqlite3_stmt *add, *reasons, *waiting;
};

static const char table[] =
    "DROP TABLE IF EXISTS temp.why;"
    "CREATE TEMP TABLE why (feed INTEGER, kind INTEGER, reason TEXT, entry INTEGER);"
    "CREATE INDEX temp.why_feed ON why (feed, kind, reason, entry)";

static const char why_reasons[] =
    "SELECT w.kind, w.reason, count(*), e.id FROM temp.why w LEFT JOIN entry e USING (entry)"
    " WHERE w.feed = ?1 GROUP BY w.kind, w.reason, w.entry ORDER BY w.kind, w.reason, w.entry";

/* ORDER SUMMARY */
static const char *const kinds[] = {"faults", "not_read", "no_page"};

static void summary_free(struct summary *summary)
{
    report_file_drop(&summary->file);
    sqlite3_finalize(summary->add);
    sqlite3_finalize(summary->reasons);
    sqlite3_finalize(summary->waiting);
    sqlite3_exec(summary->store->db, "DROP TABLE IF EXISTS temp.why", NULL, NULL, NULL);
    free(summary);
}

static int prepare(struct summary *summary, struct dm_error *err)
{
    sqlite3 *db = summary->store->db;
    const struct { const char *sql; sqlite3_stmt **to; } statements[] = {
        {"INSERT INTO temp.why (feed, kind, reason, entry) VALUES (?1, ?2, ?3, ?4)", &summary->add},
        {why_reasons, &summary->reasons},
        {"SELECT count(*) FROM page JOIN entry USING (entry) WHERE feed = ?1", &summary->waiting},
    };
    int rc = sqlite3_exec(db, table, NULL, NULL, NULL);
    for (size_t i = 0; rc == SQLITE_OK && i < sizeof statements / sizeof *statements; i++)
        rc = sqlite3_prepare_v2(db, statements[i].sql, -1, statements[i].to, NULL);
    return rc == SQLITE_OK ? DM_OK : store_fail(summary->store, "preparing the report", err);
}

int summary_open(const char *path, struct dm_store *store, struct summary **out,
                 struct dm_error *err)
{
    struct summary *summary = calloc(1, sizeof *summary);
    if (!summary)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", path);
    summary->store = store;
    int rc = report_file_open(&summary->file, path, store->path, "feeds", err);
    if (rc == DM_OK)
        rc = prepare(summary, err);
    if (rc != DM_OK) {
        summary_free(summary);
        return rc;
    }
    *out = summary;
    return DM_OK;
}

int summary_why(struct summary *summary, enum summary_kind kind, sqlite3_int64 feed,
                sqlite3_int64 entry, const char *reason, struct dm_error *err)
{
    if (!summary)
        return DM_OK;
    sqlite3_stmt *s = summary->add;
    sqlite3_bind_int64(s, 1, feed);
    sqlite3_bind_int64(s, 2, kind);
    sqlite3_bind_text(s, 3, reason, -1, SQLITE_STATIC);
    if (entry)
        sqlite3_bind_int64(s, 4, entry);
    int rc = store_begin(summary->store, err);
    if (rc == DM_OK && sqlite3_step(s) != SQLITE_DONE)
        rc = store_fail(summary->store, "adding", err);
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    return rc;
}

/* ---- writing ---- */

static void sums(struct report_file *file, const struct dm_watch_totals *totals)
{
    const struct { const char *key; uint64_t n; } counts[] = {
        {"polls", totals->polls},       {"unchanged", totals->unchanged}, {"failed", totals->failed},
        {"entries", totals->entries},   {"changed", totals->changed},     {"pages", totals->pages},
        {"articles", totals->articles}, {"known", totals->known},         {"foreign", totals->foreign},
        {"events", totals->events},
    };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        report_file_count(file, counts[i].key, counts[i].n);
}

/* The lists `faults`, `not_read` and `no_page`: by reason, each with how often or with its entries. */
static void reasons(struct summary *summary, sqlite3_int64 feed)
{
    struct json *json = &summary->file.json;
    sqlite3_stmt *s = summary->reasons;
    char reason[REASON_MAX] = "";
    int kind = -1;
    sqlite3_bind_int64(s, 1, feed);
    while (sqlite3_step(s) == SQLITE_ROW) {
        int next = sqlite3_column_int(s, 0);
        bool same = next == kind && strncmp(reason, store_text(s, 1), sizeof reason - 1) == 0;
        if (kind >= 0 && !same) {
            if (kind != SUMMARY_FAULT)
                json_close(json, ']');
            json_close(json, '}');
        }
        if (next != kind) {
            if (kind >= 0)
                json_close(json, ']');
            json_key(json, kinds[next]);
            json_open(json, '[');
        }
        kind = next;
        if (!same) {
            snprintf(reason, sizeof reason, "%s", store_text(s, 1));
            json_open(json, '{');
            report_file_text(&summary->file, "reason", slice_of(store_text(s, 1)));
            if (kind == SUMMARY_FAULT) {
                report_file_count(&summary->file, "polls", (uint64_t)sqlite3_column_int64(s, 2));
                continue;
            }
            json_key(json, "places");
            json_open(json, '[');
        }
        json_open(json, '{');
        report_file_text(&summary->file, "entry", slice_of(store_text(s, 3)));
        json_close(json, '}');
        report_file_flush(&summary->file);
    }
    if (kind >= 0) {
        if (kind != SUMMARY_FAULT)
            json_close(json, ']');
        json_close(json, '}');
        json_close(json, ']');
    }
    sqlite3_reset(s);
}

void summary_feed(struct summary *summary, const struct summary_feed *feed)
{
    if (!summary)
        return;
    struct json *json = &summary->file.json;
    json_open(json, '{');
    report_file_text(&summary->file, "url", slice_of(feed->url));
    report_file_text(&summary->file, "address", slice_of(feed->address));
    json_field(json, "state", slice_of(feed->state));
    sums(&summary->file, feed->totals);
    sqlite3_bind_int64(summary->waiting, 1, feed->row);
    if (feed->row && sqlite3_step(summary->waiting) == SQLITE_ROW)
        report_file_count(&summary->file, "waiting", (uint64_t)sqlite3_column_int64(summary->waiting, 0));
    sqlite3_reset(summary->waiting);
    reasons(summary, feed->row);
    json_close(json, '}');
    report_file_item(&summary->file);
}

int summary_close(struct summary *summary, const struct dm_watch_totals *totals, int rc,
                  struct dm_error *err)
{
    if (!summary)
        return DM_OK;
    struct report_file *file = &summary->file;
    report_file_ended(file, rc);
    sums(file, totals);
    report_file_count(file, "put_off", totals->put_off);
    report_file_real(file, "seconds", report_file_now() - file->begun, 0.001);
    rc = report_file_close(file, err);
    summary_free(summary);
    return rc;
}
