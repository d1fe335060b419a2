/* SPDX-License-Identifier: MIT */
/*
 * export.c - events of a database, written in the forms of other data sets.
 *
 * Method  Events come one by one (store/rows.h) in the order of their dates; each is made into the
 *         lines of its form and given to the sink. Nothing is kept, so memory does not grow.
 *         PAIRS: an event with recipients has a line for each actor and recipient; a mutual one (only
 *         actors) for each two of them in both directions, as coders of CAMEO write it.
 * Limits  SIDE_MAX parties of a side.
 */
#include "export/export.h"

#include <string.h>

#include "engine/engine.h"

#define LINE_MAX_BYTES (1u << 20)
#define KNOWN_MAX (64u << 20) /* bytes of what is known of codes and places */
#define SIDE_MAX 31             /* so that pairs are fewer than EXPORT_PAIRS_MAX */

static const struct export_format *const formats[] = { /* ORDER EXPORT */
    &export_csv, &export_jsonl, &export_plover, &export_gdelt, &export_gdelt_mentions,
    &export_icews, &export_phoenix, &export_polecat};
#define N_FORMATS (sizeof formats / sizeof *formats)

struct export_work {
    const struct export_format *format;
    struct dm_store *store;
    struct exchange exchange;
    struct export_places places;
    struct arena arena;
    const struct dm_sink *sink;
    struct buf line;
    struct export_row row; /* the one under way */
};

static int give(struct export_work *work, struct dm_error *err)
{
    if (work->line.failed)
        return dm_fail(err, DM_ELIMIT, "an event's line is longer than %u bytes", LINE_MAX_BYTES);
    int rc = work->line.n ? work->sink->write(work->sink->self, work->line.p, work->line.n, err)
                          : DM_OK;
    buf_clear(&work->line);
    return rc;
}

static void add_line(struct export_work *work)
{
    const struct export_format *format = work->format;
    if (format->line) {
        format->line(&work->row, &work->line);
        return;
    }
    for (size_t i = 0; i < format->n_columns; i++) {
        if (i)
            buf_add_char(&work->line, '\t');
        if (format->column[i].write)
            format->column[i].write(&work->row, format->column[i].side, &work->line);
    }
    buf_add_char(&work->line, '\n');
}

static void add_header(struct export_work *work)
{
    const struct export_format *format = work->format;
    if (format->head)
        format->head(&work->line);
    for (size_t i = 0; format->header && i < format->n_columns; i++) {
        if (i)
            buf_add_char(&work->line, '\t');
        buf_add_text(&work->line, format->column[i].name);
    }
    if (format->header)
        buf_add_char(&work->line, '\n');
}

/* ---- pairs ---- */

struct side {
    const struct dm_party *party[SIDE_MAX];
    uint32_t n;
};

static void side_of(const struct dm_party *party, uint32_t n, bool merge, struct side *out)
{
    out->n = 0;
    for (uint32_t i = 0; i < n && out->n < SIDE_MAX; i++) {
        uint32_t same = 0;
        while (same < out->n && (strcmp(out->party[same]->code, party[i].code) != 0 ||
                                 strcmp(out->party[same]->sector, party[i].sector) != 0))
            same++;
        if (!merge || same == out->n)
            out->party[out->n++] = &party[i];
    }
}

/* A line of the pair, and one for each time that the event is told again. */
static int telling(void *self, const struct store_telling *telling, struct dm_error *err)
{
    struct export_work *work = self;
    work->row.telling = telling;
    add_line(work);
    work->row.telling = NULL;
    return give(work, err);
}

static int pair(struct export_work *work, const struct dm_party *one, const struct dm_party *other,
                struct dm_error *err)
{
    work->row.side[0] = one;
    work->row.side[1] = other;
    add_line(work);
    int rc = give(work, err);
    const char *const code[2] = {one ? one->code : NULL, other ? other->code : NULL};
    if (rc == DM_OK && work->format->unit == EXPORT_TELLINGS)
        rc = store_tellings(work->store, work->row.row->number, code, telling, work, err);
    work->row.pair++;
    return rc;
}

static int pairs(struct export_work *work, const struct dm_event *event, struct dm_error *err)
{
    struct side actor, recipient;
    int rc = DM_OK;
    side_of(event->actor, event->n_actors, work->format->merge, &actor);
    side_of(event->recipient, event->n_recipients, work->format->merge, &recipient);
    bool mutual = recipient.n == 0 && actor.n > 1;
    if (actor.n == 0 || (recipient.n == 0 && !mutual)) {
        if (work->format->one_side && (actor.n || recipient.n))
            rc = pair(work, actor.n ? actor.party[0] : NULL,
                      recipient.n ? recipient.party[0] : NULL, err);
        return rc;
    }
    const struct side *other = mutual ? &actor : &recipient;
    for (uint32_t i = 0; rc == DM_OK && i < actor.n; i++)
        for (uint32_t j = 0; rc == DM_OK && j < other->n; j++)
            if (!mutual || i != j)
                rc = pair(work, actor.party[i], other->party[j], err);
    return rc;
}

static int each(void *self, const struct store_row *row, struct dm_error *err)
{
    struct export_work *work = self;
    work->row.row = row;
    work->row.event = row->event;
    work->row.pair = 0;
    if (work->format->unit == EXPORT_EVENTS) {
        add_line(work);
        return give(work, err);
    }
    return pairs(work, row->event, err);
}

/* ---- all of it ---- */

static int format_of(const char *name, const struct export_format **out, struct dm_error *err)
{
    for (size_t i = 0; i < N_FORMATS; i++)
        if (strcmp(formats[i]->name, name) == 0) {
            *out = formats[i];
            return DM_OK;
        }
    return dm_fail(err, DM_EUSAGE, "'%s' is no form to export; it can be csv, jsonl, plover, gdelt,"
                   " gdelt-mentions, icews, phoenix or polecat", name);
}

static int run(struct export_work *work, const struct dm_filter *filter, struct dm_error *err)
{
    const struct export_format *format = work->format;
    const struct store_want want = {.status = format->plain ? NULL : "happened",
                                    .once = !format->plain, .lengths = format->lengths,
                                    .mentions = format->mentions};
    struct dm_filter events = *filter;
    if (format->unit == EXPORT_TELLINGS) /* the tellings of an event come with it */
        events.by = DM_BY_EVENT;
    add_header(work);
    int rc = give(work, err);
    return rc == DM_OK ? store_each(work->store, &events, &want, each, work, err) : rc;
}

int dm_export(struct dm_store *store, const struct dm_engine *engine,
              const struct dm_filter *filter, const char *format, const struct dm_sink *sink,
              struct dm_error *err)
{
    struct export_work work = {.store = store, .sink = sink};
    int rc = format_of(format, &work.format, err);
    if (rc == DM_OK && work.format->unit != EXPORT_EVENTS && (!engine || !engine->lexicon))
        rc = dm_fail(err, DM_EUSAGE, "the form %s needs a lexicon, which says what its codes are",
                     format);
    if (rc != DM_OK)
        return rc;
    arena_init(&work.arena, KNOWN_MAX);
    buf_init(&work.line, LINE_MAX_BYTES);
    if (work.format->unit != EXPORT_EVENTS) {
        work.row.lexicon = engine->lexicon;
        work.row.exchange = &work.exchange;
        work.row.places = &work.places;
        rc = exchange_read(&work.exchange, engine->lexicon, &work.arena, err);
        if (rc == DM_OK)
            rc = export_places_sort(&work.places, engine->lexicon, &work.arena, err);
    }
    if (rc == DM_OK)
        rc = run(&work, filter, err);
    buf_deinit(&work.line);
    arena_deinit(&work.arena);
    return rc;
}
