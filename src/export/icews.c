/* SPDX-License-Identifier: MIT */
/*
 * icews.c - ICEWS's events as published on Dataverse (20 columns), and Phoenix's (26).
 *
 * Source  the headers of the ICEWS Coded Event Data files; the documentation of phoenix_pipeline
 *         (Open Event Data Alliance), which writes no header.
 */
#include <string.h>

#include "export/export.h"
#include "lexicon/ontology.h"

/* "Government,Executive": wording of the sectors, without a blank behind the comma. */
static void sectors(const struct export_row *row, int side, struct buf *out)
{
    const char *sector;
    for (uint32_t i = 0; (sector = export_sector(row->side[side], i)); i++) {
        const struct exchange_row *known = exchange_sector(row->exchange, sector);
        if (i)
            buf_add_char(out, ',');
        buf_add(out, known ? known->fact[EXCHANGE_NAME] : slice_of(sector));
    }
}

static void country(const struct export_row *row, int side, struct buf *out)
{
    const char *code = row->side[side]->code;
    if (export_is_state(row, code))
        buf_add(out, export_state_name(row, code));
}

static void act(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    const struct ontology_cameo *cameo = ontology_cameo(row->lexicon,
                                                        slice_of(row->event->cameo));
    if (cameo)
        buf_add(out, lexicon_string(row->lexicon, cameo->label));
}

static void story(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_number(out, row->row->article);
}

static void place_country(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    if (*row->event->place_country)
        buf_add(out, export_state_name(row, row->event->place_country));
}

static const struct export_column icews_columns[] = {
    {"Event ID", export_pair_number, 0}, {"Event Date", export_date, 0},
    {"Source Name", export_name, 0}, {"Source Sectors", sectors, 0},
    {"Source Country", country, 0}, {"Event Text", act, 0}, {"CAMEO Code", export_cameo, 0},
    {"Intensity", export_goldstein, 0}, {"Target Name", export_name, 1},
    {"Target Sectors", sectors, 1}, {"Target Country", country, 1}, {"Story ID", story, 0},
    {"Sentence Number", export_sentence_number, 0}, {"Publisher", export_source, 0},
    {"City", export_city, 0}, {"District", NULL, 0}, {"Province", export_region, 0},
    {"Country", place_country, 0}, {"Latitude", export_lat, 0}, {"Longitude", export_lon, 0},
};

/* ---- Phoenix ---- */

/* "20100217_17000": the pipeline numbers the events of a day; here it is the number of the pair. */
static void phoenix_id(const struct export_row *row, int side, struct buf *out)
{
    export_day(row, side, out);
    buf_add_char(out, '_');
    export_pair_number(row, side, out);
}

static void two_digits(const struct export_row *row, int part, struct buf *out)
{
    int day[3];
    if (export_day_of(row->event, day))
        export_number(out, day[part]);
}

/* "---": of no country that is known, as PETRARCH writes it. */
static void entity(const struct export_row *row, int side, struct buf *out)
{
    struct slice state = export_cameo_state(row, row->side[side]->code);
    buf_add(out, slice_make(state.n ? state.p : "---", state.n ? (state.n < 3 ? state.n : 3) : 3));
}

static void role(const struct export_row *row, int side, struct buf *out)
{
    const char *sector = export_sector(row->side[side], 0);
    if (sector)
        buf_add(out, export_cameo_sector(row, sector));
}

/* What of the whole code stands behind entity and role. */
static void attribute(const struct export_row *row, int side, struct buf *out)
{
    struct slice state = export_cameo_state(row, row->side[side]->code);
    const char *sector;
    if (state.n > 3)
        buf_add(out, slice_make(state.p + 3, state.n - 3));
    for (uint32_t i = 1; (sector = export_sector(row->side[side], i)); i++)
        buf_add(out, export_cameo_sector(row, sector));
}

static void full(const struct export_row *row, int side, struct buf *out)
{
    entity(row, side, out);
    role(row, side, out);
    attribute(row, side, out);
}

static void issues(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    for (uint32_t i = 0; i < row->event->n_contexts; i++) {
        if (i)
            buf_add_char(out, ';');
        export_text(out, row->event->context[i]);
        buf_add_text(out, ",1");
    }
}

static void country_code(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_text(out, row->event->place_country);
}

static void sentence_id(const struct export_row *row, int side, struct buf *out)
{
    story(row, side, out);
    buf_add_char(out, '_');
    export_sentence_number(row, side, out);
}

static const struct export_column phoenix_columns[] = {
    {"EventID", phoenix_id, 0}, {"Date", export_day, 0}, {"Year", two_digits, 0},
    {"Month", two_digits, 1}, {"Day", two_digits, 2},
    {"SourceActorFull", full, 0}, {"SourceActorEntity", entity, 0}, {"SourceActorRole", role, 0},
    {"SourceActorAttribute", attribute, 0},
    {"TargetActorFull", full, 1}, {"TargetActorEntity", entity, 1}, {"TargetActorRole", role, 1},
    {"TargetActorAttribute", attribute, 1},
    {"EventCode", export_cameo, 0}, {"EventRootCode", export_cameo_root, 0},
    {"PentaClass", export_cameo_quad, 1}, {"GoldsteinScore", export_goldstein, 0},
    {"Issues", issues, 0}, {"Lat", export_lat, 0}, {"Lon", export_lon, 0},
    {"LocationName", export_city, 0}, {"StateName", export_region, 0}, {"CountryCode", country_code, 0},
    {"SentenceID", sentence_id, 0}, {"URLs", export_url, 0}, {"NewsSources", export_source, 0},
};

_Static_assert(sizeof icews_columns / sizeof *icews_columns == 20, "ICEWS has 20 columns");
_Static_assert(sizeof phoenix_columns / sizeof *phoenix_columns == 26, "Phoenix has 26");

const struct export_format export_icews = {
    .name = "icews", .unit = EXPORT_PAIRS, .column = icews_columns, .n_columns = 20, .header = true,
};

const struct export_format export_phoenix = {
    .name = "phoenix", .unit = EXPORT_PAIRS, .column = phoenix_columns, .n_columns = 26,
};
