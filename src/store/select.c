/* SPDX-License-Identifier: MIT */
/*
 * select.c - from a dm_filter to SQL.
 *
 * Method  Dates of months and years are compared at the coarser precision: an event of "2010-03" is
 *         since "2010-03-15", and until it.
 */
#include "store/select.h"

#include <string.h>
#include <strings.h>

#include "article/article.h"
#include "core/date.h"
#include "store/lines.h"

int select_value(struct select *select, const char *text, size_t n)
{
    if (select->n == SELECT_VALUES_MAX) {
        select->sql.failed = true;
        return SELECT_VALUES_MAX;
    }
    select->value[select->n] = text;
    select->length[select->n] = (int)n;
    return ++select->n;
}

static int text_value(struct select *select, const char *text)
{
    return select_value(select, text, strlen(text));
}

struct slice select_code(const char *party)
{
    return slice_make(party, strcspn(party, "/ "));
}

/* "RUS", "RUS/GOV", "/GOV": the party `p` of the event. */
static int party_is(struct select *select, const char *side, const char *party,
                    struct dm_error *err)
{
    struct slice code = select_code(party);
    const char *sector = party + code.n + (party[code.n] != '\0');
    if (code.n > 3 || strlen(sector) > 3 || (code.n == 0 && !*sector))
        return dm_fail(err, DM_EUSAGE, "'%s' is no party; write RUS, RUS/GOV or /GOV", party);
    /* IN, not EXISTS: so the index on codes is read, and not every event. */
    buf_printf(&select->sql, " AND e.event IN (SELECT p.event FROM party p WHERE %s", side);
    if (code.n)
        buf_printf(&select->sql, " AND p.code = upper(?%d)",
                   select_value(select, code.p, code.n));
    if (*sector)
        buf_printf(&select->sql, " AND p.sector = upper(?%d)", text_value(select, sector));
    buf_add_char(&select->sql, ')');
    return DM_OK;
}

static int parties_are(struct select *select, const struct dm_filter *filter, struct dm_error *err)
{
    static const char either[] = "p.side IN ('actor', 'recipient')";
    int rc = DM_OK;
    if (filter->actor)
        rc = party_is(select, "p.side = 'actor'", filter->actor, err);
    if (rc == DM_OK && filter->recipient)
        rc = party_is(select, "p.side = 'recipient'", filter->recipient, err);
    for (int i = 0; rc == DM_OK && i < 2; i++)
        if (filter->pair[i])
            rc = party_is(select, either, filter->pair[i], err);
    return rc;
}

int select_status(struct select *select, const char *column, const char *status,
                  struct dm_error *err)
{
    if (!status || strcasecmp(status, "any") == 0)
        return DM_OK;
    for (int s = STATUS_HAPPENED; s <= STATUS_DENIED; s++)
        if (strcasecmp(status, status_name((enum event_status)s)) == 0) {
            buf_printf(&select->sql, " AND %s = '%s'", column, status_name((enum event_status)s));
            return DM_OK;
        }
    return dm_fail(err, DM_EUSAGE,
                   "--status: '%s' is no status; it can be happened, future, hypothetical, "
                   "negation, historical, denied or any", status);
}

int select_event(struct select *select, const struct dm_filter *filter, const char *status,
                 struct dm_error *err)
{
    int rc = parties_are(select, filter, err);
    if (filter->type)
        buf_printf(&select->sql, " AND e.type = upper(?%d)", text_value(select, filter->type));
    if (rc == DM_OK)
        rc = select_status(select, "e.status", filter->status ? filter->status : status, err);
    if (rc == DM_OK && (filter->quad < 0 || filter->quad > 4))
        rc = dm_fail(err, DM_EUSAGE, "quad is 1 to 4, not %d", filter->quad);
    if (filter->quad)
        buf_printf(&select->sql, " AND e.quad = %d", filter->quad);
    if (filter->place) {
        int place = text_value(select, filter->place);
        buf_printf(&select->sql,
                   " AND e.event IN (SELECT event FROM event WHERE place_resolved = ?%d"
                   " COLLATE NOCASE UNION ALL SELECT event FROM event WHERE place = ?%d"
                   " COLLATE NOCASE UNION ALL SELECT event FROM event"
                   " WHERE place_country = upper(?%d))", place, place, place);
    }
    if (filter->text)
        buf_printf(&select->sql, " AND e.event IN (SELECT rowid FROM words WHERE words MATCH ?%d)",
                   text_value(select, filter->text));
    return rc;
}

int select_day(struct select *select, const char *option, const char *column, const char *text,
               const char *compare, struct dm_error *err)
{
    struct date date;
    if (!date_parse(slice_of(text), &date))
        return dm_fail(err, DM_EUSAGE, "--%s: '%s' is no date; write YYYY-MM-DD", option, text);
    int at = text_value(select, text);
    buf_printf(&select->sql, " AND substr(%s, 1, length(?%d)) %s substr(?%d, 1, length(%s))",
               column, at, compare, at, column);
    return DM_OK;
}

int select_days(struct select *select, const struct dm_filter *filter, struct dm_error *err)
{
    int rc = DM_OK;
    if (filter->since)
        rc = select_day(select, "since", "coalesce(e.enddate, e.date)", filter->since, ">=", err);
    if (rc == DM_OK && filter->until)
        rc = select_day(select, "until", "e.date", filter->until, "<=", err);
    return rc;
}

int select_prepare(struct dm_store *store, const struct select *select, sqlite3_stmt **out,
                   struct dm_error *err)
{
    if (select->sql.failed)
        return dm_fail(err, DM_ENOMEM, "%s: the query is too large", store->path);
    if (sqlite3_prepare_v2(store->db, select->sql.p, (int)select->sql.n, out, NULL) != SQLITE_OK)
        return store_fail(store, "preparing the query", err);
    for (int i = 0; i < select->n; i++)
        sqlite3_bind_text(*out, i + 1, select->value[i], select->length[i], SQLITE_STATIC);
    return DM_OK;
}

int lines_give(struct lines *lines, struct dm_error *err)
{
    if (lines->line.failed)
        return dm_fail(err, DM_ELIMIT, "an event's line is longer than %u bytes", LINE_MAX_BYTES);
    if (lines->line.n == 0)
        return DM_OK;
    int rc = lines->sink->write(lines->sink->self, lines->line.p, lines->line.n, err);
    buf_clear(&lines->line);
    return rc;
}

int select_fail(struct dm_store *store, const struct dm_filter *filter, const char *doing,
                struct dm_error *err)
{
    if (filter->text && sqlite3_errcode(store->db) == SQLITE_ERROR)
        return dm_fail(err, DM_EUSAGE,
                       "--text: '%s' cannot be looked for (%s); write words, \"a phrase\" in quotation"
                       " marks (so, too, what has a hyphen), AND, OR, NOT, or begin*",
                       filter->text, sqlite3_errmsg(store->db));
    return store_fail(store, doing, err);
}
