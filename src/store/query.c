/* SPDX-License-Identifier: MIT */
/*
 * query.c - events out of a database: by parties, type and time; counted by dyad.
 *
 * Method  One SELECT is put together from fixed fragments, with every value bound. Dates of months
 *         and years are compared at the coarser precision: an event of "2010-03" is since
 *         "2010-03-15", and until it.
 */
#include <ctype.h>
#include <stdio.h>
#include <strings.h>

#include "article/article.h"
#include "core/date.h"
#include "core/json.h"
#include "engine/output.h"
#include "store/store.h"

#define SQL_MAX 8192
#define VALUES_MAX 24
#define LINE_MAX_BYTES (1u << 20)
#define EVENT_MAX (8u << 20) /* bytes of an event read back */

struct query {
    struct buf sql;
    const char *value[VALUES_MAX]; /* bound to ?1... */
    int length[VALUES_MAX];
    int n;
};

/* ---- from the filter to SQL ---- */

/* A new parameter; its number. */
static int value(struct query *query, const char *text, size_t n)
{
    if (query->n == VALUES_MAX) {
        query->sql.failed = true;
        return VALUES_MAX;
    }
    query->value[query->n] = text;
    query->length[query->n] = (int)n;
    return ++query->n;
}

/* "RUS", "RUS/GOV", "/GOV": the party `p` of the event. */
static int party_is(struct query *query, const char *side, const char *code, struct dm_error *err)
{
    const char *slash = strpbrk(code, "/ ");
    size_t n = slash ? (size_t)(slash - code) : strlen(code);
    const char *sector = slash ? slash + 1 : "";
    if (n > 3 || strlen(sector) > 3 || (n == 0 && !*sector))
        return dm_fail(err, DM_EUSAGE, "'%s' is no party; write RUS, RUS/GOV or /GOV", code);
    /* IN, not EXISTS: so the index on codes is read, and not every event. */
    buf_printf(&query->sql, " AND e.event IN (SELECT p.event FROM party p WHERE %s", side);
    if (n)
        buf_printf(&query->sql, " AND p.code = upper(?%d)", value(query, code, n));
    if (*sector)
        buf_printf(&query->sql, " AND p.sector = upper(?%d)",
                   value(query, sector, strlen(sector)));
    buf_add_char(&query->sql, ')');
    return DM_OK;
}

static int day(struct query *query, const char *option, const char *column, const char *text,
               const char *compare, struct dm_error *err)
{
    struct date date;
    if (!date_parse(slice_of(text), &date))
        return dm_fail(err, DM_EUSAGE, "--%s: '%s' is no date; write YYYY-MM-DD", option, text);
    int at = value(query, text, strlen(text));
    buf_printf(&query->sql, " AND substr(%s, 1, length(?%d)) %s substr(?%d, 1, length(%s))", column,
               at, compare, at, column);
    return DM_OK;
}

static int parties_are(struct query *query, const struct dm_filter *filter, struct dm_error *err)
{
    static const char either[] = "p.side IN ('actor', 'recipient')";
    int rc = DM_OK;
    if (filter->actor)
        rc = party_is(query, "p.side = 'actor'", filter->actor, err);
    if (rc == DM_OK && filter->recipient)
        rc = party_is(query, "p.side = 'recipient'", filter->recipient, err);
    for (int i = 0; rc == DM_OK && i < 2; i++)
        if (filter->pair[i])
            rc = party_is(query, either, filter->pair[i], err);
    return rc;
}

static int status_is(struct query *query, const char *status, struct dm_error *err)
{
    for (int s = STATUS_HAPPENED; s <= STATUS_DENIED; s++)
        if (strcasecmp(status, status_name((enum event_status)s)) == 0) {
            buf_printf(&query->sql, " AND e.status = '%s'", status_name((enum event_status)s));
            return DM_OK;
        }
    return dm_fail(err, DM_EUSAGE,
                   "--status: '%s' is no status; it can be happened, future, hypothetical, "
                   "negation, historical or denied", status);
}

static int conditions(struct query *query, const struct dm_filter *filter, struct dm_error *err)
{
    buf_add_text(&query->sql, " WHERE 1");
    int rc = parties_are(query, filter, err);
    if (rc == DM_OK && filter->since)
        rc = day(query, "since", "coalesce(e.enddate, e.date)", filter->since, ">=", err);
    if (rc == DM_OK && filter->until)
        rc = day(query, "until", "e.date", filter->until, "<=", err);
    if (filter->type)
        buf_printf(&query->sql, " AND e.type = upper(?%d)",
                   value(query, filter->type, strlen(filter->type)));
    if (rc == DM_OK && filter->status)
        rc = status_is(query, filter->status, err);
    if (rc == DM_OK && (filter->quad < 0 || filter->quad > 4))
        rc = dm_fail(err, DM_EUSAGE, "quad is 1 to 4, not %d", filter->quad);
    if (filter->quad)
        buf_printf(&query->sql, " AND e.quad = %d", filter->quad);
    return rc;
}

static int prepare(struct dm_store *store, const struct query *query, sqlite3_stmt **out,
                   struct dm_error *err)
{
    if (query->sql.failed)
        return dm_fail(err, DM_ENOMEM, "%s: the query is too large", store->path);
    if (sqlite3_prepare_v2(store->db, query->sql.p, (int)query->sql.n, out, NULL) != SQLITE_OK)
        return store_fail(store, "preparing the query", err);
    for (int i = 0; i < query->n; i++)
        sqlite3_bind_text(*out, i + 1, query->value[i], query->length[i], SQLITE_STATIC);
    return DM_OK;
}

/* ---- a row as an event ---- */

static const char *copy(struct arena *arena, struct slice text)
{
    struct slice kept = arena_copy(arena, text);
    return kept.p ? kept.p : "";
}

static const char *column(struct arena *arena, sqlite3_stmt *s, int i)
{
    return copy(arena, slice_of(store_text(s, i)));
}

/* Cut "a;b" into a list of at most `most`. */
static uint32_t split(struct arena *arena, const char *text, const char **list, uint32_t most)
{
    struct slice rest = slice_of(text), piece;
    uint32_t n = 0;
    for (uint32_t i = 0; i < most; i++)
        list[i] = "";
    while (n < most && slice_cut(&rest, ';', &piece))
        list[n++] = copy(arena, piece);
    return n;
}

static void party_of(sqlite3_stmt *s, struct arena *arena, struct dm_party *out)
{
    *out = (struct dm_party){
        .code = column(arena, s, 1),
        .sector = column(arena, s, 2),
        .entity_text = column(arena, s, 4),
        .identifier_text = column(arena, s, 5),
        .office = column(arena, s, 6),
        .wikidata = column(arena, s, 7),
        .start = (uint32_t)sqlite3_column_int64(s, 8),
        .end = (uint32_t)sqlite3_column_int64(s, 9),
    };
    out->n_other_sectors = split(arena, store_text(s, 3), out->other_sectors, DM_OTHER_SECTORS);
}

/* Rows come sorted by side, so each side is one stretch of `all`. */
static int parties_of(struct dm_store *store, sqlite3_stmt *s, sqlite3_int64 row,
                      struct arena *arena, struct dm_event *out, struct dm_error *err)
{
    struct dm_party *all = NULL;
    uint32_t n = 0, n_attributions = 0;
    size_t capacity = 0;
    int step;
    sqlite3_bind_int64(s, 1, row);
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        char side = *store_text(s, 0);
        struct dm_party *party = ARENA_PUSH(arena, all, n, capacity);
        if (!party) {
            sqlite3_reset(s);
            return dm_fail(err, DM_ENOMEM, "%s: out of memory reading parties", store->path);
        }
        party_of(s, arena, party);
        out->n_actors += side == 'a' && store_text(s, 0)[1] == 'c';
        out->n_recipients += side == 'r';
        n_attributions += side == 'a' && store_text(s, 0)[1] == 't';
    }
    sqlite3_reset(s);
    if (step != SQLITE_DONE)
        return store_fail(store, "reading parties", err);
    out->actor = all;
    out->attribution = n_attributions ? all + out->n_actors : NULL;
    out->recipient = all + out->n_actors + n_attributions;
    return DM_OK;
}

static const char event_columns[] =
    "SELECT e.event, e.id, a.id, a.title, a.date, e.date, e.enddate, e.date_text, e.type, e.mode,"
    " e.context, e.cameo, e.quad, e.scale, e.goldstein, e.status, e.text, e.start, e.end,"
    " e.sentence, e.sentence_number, e.sentence_start, e.sentence_end, e.place, e.place_country,"
    " e.dead, e.injured, e.arrested, e.participants, e.frame,"
    " e.place_resolved, e.geonameid, e.lat, e.lon, e.date_precision, e.link"
    " FROM event e JOIN article a ON a.article = e.article";
static const char party_columns[] =
    "SELECT side, code, sector, other_sectors, text, name, office, wikidata, start, end"
    " FROM party WHERE event = ?1 ORDER BY side, n";

static void event_of(sqlite3_stmt *s, struct arena *arena, struct dm_event *out)
{
#define TEXT(i) column(arena, s, i)
#define COUNT(i) ((uint32_t)sqlite3_column_int64(s, i))
    *out = (struct dm_event){
        .id = TEXT(1), .doc = TEXT(2), .title = TEXT(3), .article_date = TEXT(4), .date = TEXT(5),
        .enddate = TEXT(6), .date_text = TEXT(7), .type = TEXT(8), .cameo = TEXT(11),
        .quad = sqlite3_column_int(s, 12), .scale = sqlite3_column_double(s, 13),
        .goldstein = sqlite3_column_double(s, 14), .status = TEXT(15), .text = TEXT(16),
        .start = COUNT(17), .end = COUNT(18), .sentence_text = TEXT(19), .sentence = COUNT(20),
        .sentence_start = COUNT(21), .sentence_end = COUNT(22), .place = TEXT(23),
        .place_country = TEXT(24), .dead = COUNT(25), .injured = COUNT(26), .arrested = COUNT(27),
        .participants = COUNT(28), .frame = TEXT(29), .frame_line = "",
        .place_resolved = TEXT(30), .geonameid = COUNT(31), .lat = sqlite3_column_double(s, 32),
        .lon = sqlite3_column_double(s, 33), .date_precision = TEXT(34), .link = TEXT(35),
    };
#undef TEXT
#undef COUNT
    out->n_modes = split(arena, store_text(s, 9), out->mode, DM_EVENT_LIST);
    out->n_contexts = split(arena, store_text(s, 10), out->context, DM_EVENT_LIST);
}

static int each_row(struct dm_store *store, sqlite3_stmt *rows, sqlite3_stmt *party,
                    int (*each)(void *self, const struct dm_event *event, struct dm_error *err),
                    void *self, struct dm_error *err)
{
    struct arena arena;
    int step, rc = DM_OK;
    arena_init(&arena, EVENT_MAX);
    while (rc == DM_OK && (step = sqlite3_step(rows)) != SQLITE_DONE) {
        struct dm_event event;
        if (step != SQLITE_ROW) {
            rc = store_fail(store, "reading events", err);
            break;
        }
        arena_reset(&arena);
        event_of(rows, &arena, &event);
        rc = parties_of(store, party, sqlite3_column_int64(rows, 0), &arena, &event, err);
        if (rc == DM_OK)
            rc = each(self, &event, err);
    }
    arena_deinit(&arena);
    return rc;
}

int dm_store_events(struct dm_store *store, const struct dm_filter *filter,
                    int (*each)(void *self, const struct dm_event *event, struct dm_error *err),
                    void *self, struct dm_error *err)
{
    struct query query = {.n = 0};
    sqlite3_stmt *rows = NULL, *party = NULL;
    buf_init(&query.sql, SQL_MAX);
    buf_add_text(&query.sql, event_columns);
    int rc = conditions(&query, filter, err);
    buf_add_text(&query.sql, " ORDER BY e.date IS NULL, e.date, e.article, e.start, e.event");
    if (filter->limit)
        buf_printf(&query.sql, " LIMIT %llu", (unsigned long long)filter->limit);
    if (rc == DM_OK)
        rc = prepare(store, &query, &rows, err);
    if (rc == DM_OK && sqlite3_prepare_v2(store->db, party_columns, -1, &party, NULL) != SQLITE_OK)
        rc = store_fail(store, "preparing the query", err);
    if (rc == DM_OK)
        rc = each_row(store, rows, party, each, self, err);
    sqlite3_finalize(rows);
    sqlite3_finalize(party);
    buf_deinit(&query.sql);
    return rc;
}

/* ---- as text ---- */

struct writing {
    const struct dm_style *style;
    const struct dm_sink *sink;
    struct buf line;
};

static int give(struct writing *writing, struct dm_error *err)
{
    if (writing->line.failed)
        return dm_fail(err, DM_ELIMIT, "an event's line is longer than %u bytes", LINE_MAX_BYTES);
    if (writing->line.n == 0)
        return DM_OK;
    int rc = writing->sink->write(writing->sink->self, writing->line.p, writing->line.n, err);
    buf_clear(&writing->line);
    return rc;
}

static int write_event(void *self, const struct dm_event *event, struct dm_error *err)
{
    struct writing *writing = self;
    output_event(event, writing->style, &writing->line);
    return give(writing, err);
}

int dm_store_write(struct dm_store *store, const struct dm_filter *filter,
                   const struct dm_style *style, const struct dm_sink *sink, struct dm_error *err)
{
    struct writing writing = {.style = style, .sink = sink};
    buf_init(&writing.line, LINE_MAX_BYTES);
    output_header(DM_DEPTH_CODE, style, &writing.line);
    int rc = give(&writing, err);
    if (rc == DM_OK)
        rc = dm_store_events(store, filter, write_event, &writing, err);
    buf_deinit(&writing.line);
    return rc;
}

/* ---- dyad series ---- */

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

static void count_line(struct writing *writing, sqlite3_stmt *rows)
{
    const char *field[COUNT_COLUMNS];
    char mean[32];
    snprintf(mean, sizeof mean, "%.3g", sqlite3_column_double(rows, 5));
    for (int i = 0; i < 5; i++)
        field[i] = store_text(rows, i);
    field[5] = mean;
    if (writing->style->format == DM_FORMAT_CSV)
        output_csv_row(&writing->line, field, COUNT_COLUMNS);
    else if (writing->style->format == DM_FORMAT_TABLE)
        count_table(&writing->line, field);
    else
        count_json(&writing->line, rows);
}

static int count_rows(struct dm_store *store, sqlite3_stmt *rows, struct writing *writing,
                      struct dm_error *err)
{
    int step;
    if (writing->style->format == DM_FORMAT_CSV)
        output_csv_row(&writing->line, count_names, COUNT_COLUMNS);
    else if (writing->style->format == DM_FORMAT_TABLE)
        count_table(&writing->line, (const char *const[]){"PERIOD", "ACTOR", "RECIPIENT", "EVENT",
                                                          "COUNT", "EVENT_SCALE"});
    int rc = give(writing, err);
    while (rc == DM_OK && (step = sqlite3_step(rows)) != SQLITE_DONE) {
        if (step != SQLITE_ROW)
            return store_fail(store, "counting", err);
        count_line(writing, rows);
        rc = give(writing, err);
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

int dm_store_count(struct dm_store *store, const struct dm_filter *filter, const char *by,
                   const struct dm_style *style, const struct dm_sink *sink, struct dm_error *err)
{
    struct query query = {.n = 0};
    struct writing writing = {.style = style, .sink = sink};
    sqlite3_stmt *rows = NULL;
    int length = 0, rc = period_length(by, &length, err);
    if (rc != DM_OK)
        return rc;
    buf_init(&query.sql, SQL_MAX);
    buf_init(&writing.line, LINE_MAX_BYTES);
    buf_printf(&query.sql,
               "SELECT substr(e.date, 1, %d) AS period, d.actor, d.recipient, e.type, count(*),"
               " avg(e.scale) FROM dyad d JOIN event e ON e.event = d.event", length);
    rc = conditions(&query, filter, err);
    buf_add_text(&query.sql, " GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4");
    if (filter->limit)
        buf_printf(&query.sql, " LIMIT %llu", (unsigned long long)filter->limit);
    if (rc == DM_OK)
        rc = prepare(store, &query, &rows, err);
    if (rc == DM_OK)
        rc = count_rows(store, rows, &writing, err);
    sqlite3_finalize(rows);
    buf_deinit(&query.sql);
    buf_deinit(&writing.line);
    return rc;
}
