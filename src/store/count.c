/* SPDX-License-Identifier: MIT */
/*
 * count.c - dyad series: how many events of each type a pair of codes had in each period.
 *
 * Method  The table `series` has the sums by month ready; it answers whatever speaks of codes, type,
 *         quad, status and months only. All else is counted over `dyad` and `event`. Both ways give
 *         the same lines (tests/cli/query.sh compares them).
 *         An event counts for the period its date lies in; one that is told again does not count,
 *         unless mentions are asked for.
 */
#include <stdio.h>
#include <string.h>

#include "core/json.h"
#include "engine/output.h"
#include "store/lines.h"
#include "store/select.h"

static const char *const count_names[] = {"period", "actor", "recipient", "event", "count",
                                          "event_scale"};
#define COUNT_COLUMNS 6

static void count_table(struct buf *out, const char *const *field)
{
    static const unsigned widths[COUNT_COLUMNS] = {10, 5, 9, 9, 7, 11};
    for (int i = 0; i < COUNT_COLUMNS; i++) {
        output_cell(out, slice_of(field[i]), widths[i]);
        buf_add_char(out, i + 1 < COUNT_COLUMNS ? ' ' : '\n');
    }
}

static void count_json(struct buf *out, sqlite3_stmt *rows)
{
    struct json json;
    json_init(&json, out);
    json_open(&json, '{');
    for (int i = 0; i < 4; i++)
        json_field(&json, count_names[i], slice_of(store_text(rows, i)));
    json_field_int(&json, count_names[4], sqlite3_column_int64(rows, 4));
    json_key(&json, count_names[5]);
    json_real(&json, sqlite3_column_double(rows, 5));
    json_close(&json, '}');
    buf_add_char(out, '\n');
}

static void count_line(struct lines *lines, sqlite3_stmt *rows)
{
    const char *field[COUNT_COLUMNS];
    char mean[32];
    snprintf(mean, sizeof mean, "%.3g", sqlite3_column_double(rows, 5));
    for (int i = 0; i < 5; i++)
        field[i] = store_text(rows, i);
    field[5] = mean;
    if (lines->style->format == DM_FORMAT_CSV)
        output_csv_row(&lines->line, field, COUNT_COLUMNS);
    else if (lines->style->format == DM_FORMAT_TABLE)
        count_table(&lines->line, field);
    else
        count_json(&lines->line, rows);
}

static int count_rows(struct dm_store *store, const struct dm_filter *filter, sqlite3_stmt *rows,
                      struct lines *lines, struct dm_error *err)
{
    int step;
    if (lines->style->format == DM_FORMAT_CSV)
        output_csv_row(&lines->line, count_names, COUNT_COLUMNS);
    else if (lines->style->format == DM_FORMAT_TABLE)
        count_table(&lines->line, (const char *const[]){"PERIOD", "ACTOR", "RECIPIENT", "EVENT",
                                                          "COUNT", "EVENT_SCALE"});
    int rc = lines_give(lines, err);
    while (rc == DM_OK && (step = sqlite3_step(rows)) != SQLITE_DONE) {
        if (step != SQLITE_ROW)
            return select_fail(store, filter, "counting", err);
        count_line(lines, rows);
        rc = lines_give(lines, err);
    }
    return rc;
}

static int period_length(const char *by, int *out, struct dm_error *err)
{
    static const struct { const char *name; int n; } periods[] = {{"year", 4}, {"month", 7},
                                                                  {"day", 10}};
    for (size_t i = 0; i < 3; i++)
        if (strcmp(by, periods[i].name) == 0) {
            *out = periods[i].n;
            return DM_OK;
        }
    return dm_fail(err, DM_EUSAGE, "'%s' is no period; count by year, month or day", by);
}

/* "RUS" or "RUS/": no sector is asked for. */
static bool code_alone(const char *party)
{
    return !party || (select_code(party).n && party[select_code(party).n] == '\0');
}

static bool month_alone(const char *date)
{
    return !date || strlen(date) < 8;
}

/* Do the sums by month say all that is asked? */
static bool sums_do(const struct dm_filter *filter, int length)
{
    return length <= 7 && filter->by != DM_BY_MENTION && !filter->place && !filter->text &&
           code_alone(filter->actor) && code_alone(filter->recipient) && code_alone(filter->pair[0]) &&
           code_alone(filter->pair[1]) && month_alone(filter->since) && month_alone(filter->until);
}

static int code_value(struct select *select, const char *party)
{
    struct slice code = select_code(party);
    return select_value(select, code.p, code.n);
}

/* Of an event's dyads those that were asked for; d is `series` or `dyad`. */
static void dyads_are(struct select *select, const struct dm_filter *filter)
{
    const char *actor = filter->actor, *recipient = filter->recipient;
    const char *one = filter->pair[0], *other = filter->pair[1];
    if (actor && select_code(actor).n) {
        int at = code_value(select, actor);
        buf_printf(&select->sql, " AND (d.actor = upper(?%d) OR (d.mutual AND d.recipient ="
                   " upper(?%d)))", at, at);
    }
    if (recipient && select_code(recipient).n)
        buf_printf(&select->sql, " AND d.recipient = upper(?%d) AND NOT d.mutual",
                   code_value(select, recipient));
    if (one && other && select_code(one).n && select_code(other).n) {
        int a = code_value(select, one), b = code_value(select, other);
        /* Two lists: SQLite looks those up in an index, a list of pairs it does not. */
        buf_printf(&select->sql, " AND d.actor IN (upper(?%d), upper(?%d)) AND d.recipient IN"
                   " (upper(?%d), upper(?%d)) AND (d.actor <> d.recipient OR upper(?%d) ="
                   " upper(?%d))", a, b, a, b, a, b);
        return;
    }
    for (int i = 0; i < 2; i++)
        if (filter->pair[i] && select_code(filter->pair[i]).n) {
            int at = code_value(select, filter->pair[i]);
            buf_printf(&select->sql, " AND upper(?%d) IN (d.actor, d.recipient)", at);
        }
}

static int periods_are(struct select *select, const struct dm_filter *filter, const char *column,
                       struct dm_error *err)
{
    int rc = DM_OK;
    if (filter->since || filter->until)
        buf_printf(&select->sql, " AND %s <> ''", column);
    if (filter->since)
        rc = select_day(select, "since", column, filter->since, ">=", err);
    if (rc == DM_OK && filter->until)
        rc = select_day(select, "until", column, filter->until, "<=", err);
    return rc;
}

static const char counted[] = "happened"; /* the status that counts when none is named */

/* What `series` and `dyad` say themselves. */
static int kinds_are(struct select *select, const struct dm_filter *filter, struct dm_error *err)
{
    dyads_are(select, filter);
    if (filter->type)
        buf_printf(&select->sql, " AND d.type = upper(?%d)",
                   select_value(select, filter->type, strlen(filter->type)));
    if (filter->quad)
        buf_printf(&select->sql, " AND d.quad = %d", filter->quad);
    return select_status(select, "d.status", filter->status ? filter->status : counted, err);
}

static int over_sums(struct select *select, const struct dm_filter *filter, int length,
                     struct dm_error *err)
{
    buf_printf(&select->sql, "SELECT substr(d.month, 1, %d) AS period, d.actor, d.recipient,"
               " d.type, sum(d.events), sum(d.scale) / sum(d.events) FROM series d WHERE 1", length);
    int rc = kinds_are(select, filter, err);
    return rc == DM_OK ? periods_are(select, filter, "d.month", err) : rc;
}

/* What only the event and its parties know. */
static struct dm_filter of_events(const struct dm_filter *filter)
{
    return (struct dm_filter){
        .actor = code_alone(filter->actor) ? NULL : filter->actor,
        .recipient = code_alone(filter->recipient) ? NULL : filter->recipient,
        .pair = {code_alone(filter->pair[0]) ? NULL : filter->pair[0],
                 code_alone(filter->pair[1]) ? NULL : filter->pair[1]},
        .place = filter->place, .text = filter->text,
    };
}

static int over_events(struct select *select, const struct dm_filter *filter, int length,
                       struct dm_error *err)
{
    const struct dm_filter rest = of_events(filter);
    bool events = rest.actor || rest.recipient || rest.pair[0] || rest.pair[1] || rest.place ||
                  rest.text;
    buf_printf(&select->sql, "SELECT coalesce(substr(d.date, 1, %d), '') AS period, d.actor,"
               " d.recipient, d.type, count(*), avg(coalesce(d.scale, 0)) FROM %s d%s WHERE 1",
               length, filter->by == DM_BY_MENTION ? "telling" : "dyad",
               events ? " JOIN event e ON e.event = d.event" : "");
    int rc = kinds_are(select, filter, err);
    if (rc == DM_OK)
        rc = select_event(select, &rest, NULL, err);
    return rc == DM_OK ? periods_are(select, filter, "d.date", err) : rc;
}

/* Says what is wrong with the filter, if anything is. */
static int check(const struct dm_filter *filter, struct dm_error *err)
{
    struct select scratch = {.n = 0};
    buf_init(&scratch.sql, SELECT_MAX);
    int rc = select_event(&scratch, filter, counted, err);
    if (rc == DM_OK)
        rc = periods_are(&scratch, filter, "d.date", err);
    buf_deinit(&scratch.sql);
    return rc;
}

int dm_store_count(struct dm_store *store, const struct dm_filter *filter, const char *by,
                   const struct dm_style *style, const struct dm_sink *sink, struct dm_error *err)
{
    struct select select = {.n = 0};
    struct lines lines;
    sqlite3_stmt *rows = NULL;
    int length = 0, rc = period_length(by, &length, err);
    if (rc == DM_OK)
        rc = check(filter, err);
    if (rc != DM_OK)
        return rc;
    buf_init(&select.sql, SELECT_MAX);
    lines_init(&lines, style, sink);
    rc = (sums_do(filter, length) ? over_sums : over_events)(&select, filter, length, err);
    buf_add_text(&select.sql, " GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4");
    if (filter->limit)
        buf_printf(&select.sql, " LIMIT %llu", (unsigned long long)filter->limit);
    if (rc == DM_OK)
        rc = select_prepare(store, &select, &rows, err);
    if (rc == DM_OK)
        rc = count_rows(store, filter, rows, &lines, err);
    sqlite3_finalize(rows);
    buf_deinit(&select.sql);
    buf_deinit(&lines.line);
    return rc;
}
