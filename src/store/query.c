/* SPDX-License-Identifier: MIT */
/*
 * query.c - events out of a database: by parties, type, time, place and words.
 *
 * Method  select.c makes the WHERE; the index event_date has the order, so that nothing is sorted
 *         and memory does not grow with what is found.
 */
#include <stdio.h>

#include "article/article.h"
#include "engine/output.h"
#include "store/lines.h"
#include "store/rows.h"
#include "store/select.h"

#define EVENT_MAX (8u << 20) /* bytes of an event read back */

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
    " e.place_resolved, e.geonameid, e.lat, e.lon, e.date_precision, e.link,"
    " a.url, a.source, coalesce(a.language, a.lang), a.article,"
    " (SELECT f.id FROM event f WHERE f.event = e.same_as)";
static const char event_tables[] = " FROM event e JOIN article a ON a.article = e.article WHERE 1";
/* Of an event e how often it is told, in how many articles, of how many sources. */
static const char again[] =
    "1 + (SELECT count(*) FROM event f WHERE f.same_as = e.event),"
    " 1 + (SELECT count(DISTINCT f.article) FROM event f WHERE f.same_as = e.event"
    " AND f.article <> e.article),"
    " 1 + (SELECT count(DISTINCT b.source) FROM event f JOIN article b ON b.article = f.article"
    " WHERE f.same_as = e.event AND b.source IS NOT a.source)";
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
        .same_as = TEXT(40),
    };
#undef TEXT
#undef COUNT
    out->n_modes = split(arena, store_text(s, 9), out->mode, DM_EVENT_LIST);
    out->n_contexts = split(arena, store_text(s, 10), out->context, DM_EVENT_LIST);
}

struct walk {
    struct dm_store *store;
    const struct dm_filter *filter;
    sqlite3_stmt *rows, *party;
    int (*each)(void *self, const struct store_row *row, struct dm_error *err);
    void *self;
};

static int one_row(struct walk *walk, struct arena *arena, struct dm_error *err)
{
    struct dm_event event;
    sqlite3_stmt *s = walk->rows;
    arena_reset(arena);
    event_of(s, arena, &event);
    struct store_row row = {
        .event = &event, .number = sqlite3_column_int64(s, 0), .url = column(arena, s, 36),
        .source = column(arena, s, 37), .lang = column(arena, s, 38),
        .article = sqlite3_column_int64(s, 39), .length = sqlite3_column_int64(s, 41),
        .mentions = sqlite3_column_int64(s, 42), .articles = sqlite3_column_int64(s, 43),
        .sources = sqlite3_column_int64(s, 44),
    };
    int rc = parties_of(walk->store, walk->party, row.number, arena, &event, err);
    return rc == DM_OK ? walk->each(walk->self, &row, err) : rc;
}

static int each_row(struct walk *walk, struct dm_error *err)
{
    struct arena arena;
    int step, rc = DM_OK;
    arena_init(&arena, EVENT_MAX);
    while (rc == DM_OK && (step = sqlite3_step(walk->rows)) != SQLITE_DONE)
        rc = step == SQLITE_ROW ? one_row(walk, &arena, err)
                                : select_fail(walk->store, walk->filter, "reading events", err);
    arena_deinit(&arena);
    return rc;
}

static int select_rows(struct select *select, const struct dm_filter *filter,
                       const struct store_want *want, struct dm_error *err)
{
    buf_add_text(&select->sql, event_columns);
    buf_add_text(&select->sql, want->lengths ? ", length(a.text)" : ", 0");
    bool once = filter->by == DM_BY_EVENT || (want->once && filter->by != DM_BY_MENTION);
    buf_printf(&select->sql, ", %s", want->mentions && once ? again : "1, 1, 1");
    buf_add_text(&select->sql, event_tables);
    if (once)
        buf_add_text(&select->sql, " AND e.same_as IS NULL");
    int rc = select_event(select, filter, want->status, err);
    if (rc == DM_OK)
        rc = select_days(select, filter, err);
    buf_add_text(&select->sql, " ORDER BY e.date NULLS LAST, e.article, e.start, e.event");
    if (filter->limit)
        buf_printf(&select->sql, " LIMIT %llu", (unsigned long long)filter->limit);
    return rc;
}

int store_each(struct dm_store *store, const struct dm_filter *filter,
               const struct store_want *want,
               int (*each)(void *self, const struct store_row *row, struct dm_error *err),
               void *self, struct dm_error *err)
{
    struct select select = {.n = 0};
    struct walk walk = {.store = store, .filter = filter, .each = each, .self = self};
    buf_init(&select.sql, SELECT_MAX);
    int rc = select_rows(&select, filter, want, err);
    if (rc == DM_OK)
        rc = select_prepare(store, &select, &walk.rows, err);
    if (rc == DM_OK &&
        sqlite3_prepare_v2(store->db, party_columns, -1, &walk.party, NULL) != SQLITE_OK)
        rc = store_fail(store, "preparing the query", err);
    if (rc == DM_OK)
        rc = each_row(&walk, err);
    sqlite3_finalize(walk.rows);
    sqlite3_finalize(walk.party);
    buf_deinit(&select.sql);
    return rc;
}

struct events_only {
    int (*each)(void *self, const struct dm_event *event, struct dm_error *err);
    void *self;
};

static int pass_event(void *self, const struct store_row *row, struct dm_error *err)
{
    struct events_only *only = self;
    return only->each(only->self, row->event, err);
}

int dm_store_events(struct dm_store *store, const struct dm_filter *filter,
                    int (*each)(void *self, const struct dm_event *event, struct dm_error *err),
                    void *self, struct dm_error *err)
{
    static const struct store_want all = {0};
    struct events_only only = {.each = each, .self = self};
    return store_each(store, filter, &all, pass_event, &only, err);
}

/* Of a telling f where the party of a code stands, on this side if it is on both. */
#define PARTY_START(code, side)                                                                    \
    "(SELECT p.start FROM party p WHERE p.event = f.event AND p.side <> 'attribution'"             \
    " AND p.code = " code " AND p.end > 0 ORDER BY p.side <> '" side "', p.n LIMIT 1)"

int store_tellings(struct dm_store *store, long long event, const char *const code[static 2],
                   int (*each)(void *self, const struct store_telling *telling,
                               struct dm_error *err),
                   void *self, struct dm_error *err)
{
    static const char sql[] =
        "SELECT a.id, a.date, a.url, a.source, f.sentence_number, f.start, length(a.text),"
        " coalesce(" PARTY_START("?2", "actor") ", -1),"
        " coalesce(" PARTY_START("?3", "recipient") ", -1)"
        " FROM event f JOIN article a ON a.article = f.article WHERE f.same_as = ?1"
        " ORDER BY f.event";
    int step, rc = DM_OK;
    /* Prepared once: for each event anew it took seven eighths of an export (bench: 36.6 s, 4.7 s). */
    if (!store->tellings &&
        sqlite3_prepare_v2(store->db, sql, -1, &store->tellings, NULL) != SQLITE_OK)
        return store_fail(store, "preparing the query", err);
    sqlite3_stmt *s = store->tellings;
    sqlite3_bind_int64(s, 1, event);
    for (int i = 0; i < 2; i++)
        if (code[i] && *code[i])
            sqlite3_bind_text(s, 2 + i, code[i], -1, SQLITE_STATIC);
    while (rc == DM_OK && (step = sqlite3_step(s)) != SQLITE_DONE) {
        const struct store_telling telling = {
            .doc = store_text(s, 0), .date = store_text(s, 1), .url = store_text(s, 2),
            .source = store_text(s, 3), .sentence = (uint32_t)sqlite3_column_int64(s, 4),
            .start = (uint32_t)sqlite3_column_int64(s, 5), .length = sqlite3_column_int64(s, 6),
            .party = {sqlite3_column_int64(s, 7), sqlite3_column_int64(s, 8)},
        };
        rc = step == SQLITE_ROW ? each(self, &telling, err)
                                : store_fail(store, "reading events", err);
    }
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    return rc;
}

/* ---- as text ---- */

static int write_event(void *self, const struct dm_event *event, struct dm_error *err)
{
    struct lines *lines = self;
    output_event(event, lines->style, &lines->line);
    return lines_give(lines, err);
}

int dm_store_write(struct dm_store *store, const struct dm_filter *filter,
                   const struct dm_style *style, const struct dm_sink *sink, struct dm_error *err)
{
    struct lines lines;
    lines_init(&lines, style, sink);
    output_header(DM_DEPTH_CODE, style, &lines.line);
    int rc = lines_give(&lines, err);
    if (rc == DM_OK)
        rc = dm_store_events(store, filter, write_event, &lines, err);
    buf_deinit(&lines.line);
    return rc;
}
