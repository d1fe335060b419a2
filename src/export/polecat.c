/* SPDX-License-Identifier: MIT */
/*
 * polecat.c - POLECAT's weekly files of events (40 columns).
 *
 * Source  Halterman et al., "PLOVER and POLECAT: A New Political Event Ontology and Dataset" (2023),
 *         and the headers of the files on Dataverse.
 */
#include "export/export.h"

/* ---- the event ---- */

static void id(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_text(out, row->event->id);
    buf_printf(out, "-%u", row->pair);
}

static void type(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_text(out, row->event->type);
}

static void list(const char *const *text, uint32_t n, struct buf *out)
{
    for (uint32_t i = 0; i < n; i++) {
        if (i)
            buf_add_char(out, ';');
        export_text(out, text[i]);
    }
}

static void mode(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    list(row->event->mode, row->event->n_modes, out);
}

static void contexts(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    list(row->event->context, row->event->n_contexts, out);
}

static void intensity(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_real(out, row->event->scale, 1);
}

static void quad(const struct export_row *row, int side, struct buf *out)
{
    static const char *const names[] = {"", "VERBAL COOPERATION", "MATERIAL COOPERATION",
                                        "VERBAL CONFLICT", "MATERIAL CONFLICT"};
    (void)side;
    if (row->event->quad >= 0 && row->event->quad <= 4)
        buf_add_text(out, names[row->event->quad]);
}

/* ---- parties ---- */

static void country(const struct export_row *row, int side, struct buf *out)
{
    if (row->side[side])
        export_text(out, row->side[side]->code);
}

static void cow(const struct export_row *row, int side, struct buf *out)
{
    const struct exchange_row *state =
        row->side[side] ? exchange_state(row->exchange, row->side[side]->code) : NULL;
    if (state)
        buf_add(out, state->fact[EXCHANGE_COW]);
}

static void first_sector(const struct export_row *row, int side, struct buf *out)
{
    const char *sector = row->side[side] ? export_sector(row->side[side], 0) : NULL;
    if (sector)
        export_text(out, sector);
}

static void sectors(const struct export_row *row, int side, struct buf *out)
{
    const char *sector;
    for (uint32_t i = 0; row->side[side] && (sector = export_sector(row->side[side], i)); i++) {
        if (i)
            buf_add_char(out, ';');
        export_text(out, sector);
    }
}

static void title(const struct export_row *row, int side, struct buf *out)
{
    if (row->side[side])
        export_text(out, row->side[side]->office);
}

static void raw_name(const struct export_row *row, int side, struct buf *out)
{
    if (row->side[side])
        export_text(out, row->side[side]->entity_text);
}

/* ---- place and story ---- */

static void place(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_text(out, row->event->place_resolved);
}

static void place_country(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_text(out, row->event->place_country);
}

static void place_number(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    if (row->event->geonameid)
        export_number(out, row->event->geonameid);
}

static void raw_place(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_text(out, row->event->place);
}

static void published(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_text(out, row->event->article_date);
}

static void language(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_text(out, row->row->lang);
}

static void version(const struct export_row *row, int side, struct buf *out)
{
    (void)row;
    (void)side;
    buf_add_text(out, "demarche " DEMARCHE_VERSION);
}

#define PARTY(is, n)                                                                               \
    {is " Name", export_name, n}, {is " Country", country, n}, {is " COW", cow, n},                \
    {"Primary " is " Sector", first_sector, n}, {is " Sectors", sectors, n},                       \
    {is " Title", title, n}, {is " Name Raw", raw_name, n}, {"Wikipedia " is " ID", NULL, 0}

static const struct export_column columns[] = {
    {"Event ID", id, 0}, {"Event Date", export_date, 0}, {"Event Type", type, 0},
    {"Event Mode", mode, 0}, {"Intensity", intensity, 0}, {"Quad Code", quad, 0},
    {"Contexts", contexts, 0},
    PARTY("Actor", 0), PARTY("Recipient", 1),
    {"Placename", place, 0}, {"City", export_city, 0}, {"District", NULL, 0}, {"Province", export_region, 0},
    {"Country", place_country, 0}, {"Latitude", export_lat, 0}, {"Longitude", export_lon, 0},
    {"GeoNames ID", place_number, 0}, {"Raw Placename", raw_place, 0}, {"Feature Type", NULL, 0},
    {"Source", export_source, 0}, {"Publication Date", published, 0}, {"Story People", NULL, 0},
    {"Story Organizations", NULL, 0}, {"Story Locations", NULL, 0}, {"Language", language, 0},
    {"Version", version, 0},
};

_Static_assert(sizeof columns / sizeof *columns == 40, "POLECAT has 40 columns");

const struct export_format export_polecat = {
    .name = "polecat", .unit = EXPORT_PAIRS, .column = columns, .n_columns = 40, .header = true,
    .one_side = true,
};
