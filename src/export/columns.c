/* SPDX-License-Identifier: MIT */
/* columns.c - what the columns of several forms share: texts, dates, codes, places. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "export/export.h"
#include "lexicon/gazetteer.h"

/* ---- texts and numbers ---- */

void export_text(struct buf *out, const char *text)
{
    for (; *text; text++)
        buf_add_char(out, *text == '"' ? '\'' : (unsigned char)*text < ' ' ? ' ' : *text);
}

void export_number(struct buf *out, long long value)
{
    buf_printf(out, "%lld", value);
}

void export_real(struct buf *out, double value, int decimals)
{
    buf_printf(out, "%.*f", decimals, value);
}

void export_pair_number(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_number(out, row->row->number * EXPORT_PAIRS_MAX + row->pair);
}

/* ---- parties ---- */

void export_name(const struct export_row *row, int side, struct buf *out)
{
    const struct dm_party *party = row->side[side];
    if (party)
        export_text(out, *party->identifier_text ? party->identifier_text : party->entity_text);
}

const char *export_sector(const struct dm_party *party, uint32_t n)
{
    if (*party->sector && n == 0)
        return party->sector;
    n -= *party->sector != '\0';
    return n < party->n_other_sectors ? party->other_sectors[n] : NULL;
}

struct slice export_state_name(const struct export_row *row, const char *code)
{
    const struct exchange_row *state = exchange_state(row->exchange, code);
    return state && state->fact[EXCHANGE_NAME].n ? state->fact[EXCHANGE_NAME] : slice_of(code);
}

static struct slice or_own(const struct exchange_row *known, const char *code)
{
    if (!known || known->fact[EXCHANGE_CAMEO].n == 0)
        return slice_of(code);
    return slice_is(known->fact[EXCHANGE_CAMEO], "-") ? slice_of("") : known->fact[EXCHANGE_CAMEO];
}

struct slice export_cameo_state(const struct export_row *row, const char *code)
{
    return or_own(exchange_state(row->exchange, code), code);
}

struct slice export_cameo_sector(const struct export_row *row, const char *sector)
{
    return or_own(exchange_sector(row->exchange, sector), sector);
}

bool export_is_state(const struct export_row *row, const char *code)
{
    const struct exchange_row *state = exchange_state(row->exchange, code);
    return *code && (!state || state->fact[EXCHANGE_FIPS].n);
}

/* ---- when ---- */

bool export_day_of(const struct dm_event *event, int out[static 3])
{
    int year = 0, month = 1, day = 1;
    if (sscanf(event->date, "%4d-%2d-%2d", &year, &month, &day) < 1)
        return false;
    out[0] = year;
    out[1] = month;
    out[2] = day;
    return true;
}

static void day_text(const struct export_row *row, const char *format, struct buf *out)
{
    int day[3];
    char text[48];
    if (!export_day_of(row->event, day))
        return;
    snprintf(text, sizeof text, format, day[0], day[1], day[2]);
    buf_add_text(out, text);
}

void export_date(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    day_text(row, "%04d-%02d-%02d", out);
}

void export_day(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    day_text(row, "%04d%02d%02d", out);
}

void export_month(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    day_text(row, "%04d%02d", out);
}

void export_year(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    day_text(row, "%04d", out);
}

/* ---- what ---- */

void export_goldstein(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_real(out, row->event->goldstein, 1);
}

void export_cameo(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_text(out, row->event->cameo);
}

void export_cameo_root(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    buf_add(out, slice_make(row->event->cameo, strnlen(row->event->cameo, 2)));
}

/* 01-05 speak well, 06-08 act well, 09-13 speak ill, 14-20 act ill (GDELT's codebook, QuadClass). */
void export_cameo_quad(const struct export_row *row, int side, struct buf *out)
{
    int root = 0;
    if (sscanf(row->event->cameo, "%2d", &root) == 1)
        export_number(out, root == 1 && side == 1 ? 0 : root < 6 ? 1 : root < 9 ? 2
                           : root < 14 ? 3 : 4);
}

/* ---- where ---- */

static int by_number(const void *a, const void *b)
{
    uint32_t x = (*(const struct gazetteer_place *const *)a)->geonameid;
    uint32_t y = (*(const struct gazetteer_place *const *)b)->geonameid;
    return (x > y) - (x < y);
}

int export_places_sort(struct export_places *places, const struct lexicon *lexicon,
                       struct arena *arena, struct dm_error *err)
{
    uint32_t n = 0;
    while (gazetteer_place(lexicon, n))
        n++;
    places->place = arena_array(arena, n + 1, const struct gazetteer_place *);
    if (!places->place)
        return dm_fail(err, DM_ENOMEM, "out of memory sorting %u places", n);
    for (places->n = 0; places->n < n; places->n++)
        places->place[places->n] = gazetteer_place(lexicon, places->n);
    qsort(places->place, n, sizeof *places->place, by_number);
    return DM_OK;
}

static const struct gazetteer_place *find(const struct export_places *places, uint32_t number)
{
    const struct gazetteer_place wanted = {.geonameid = number}, *key = &wanted;
    const struct gazetteer_place **found =
        bsearch(&key, places->place, places->n, sizeof *places->place, by_number);
    return found ? *found : NULL;
}

enum export_place export_place_of(const struct export_row *row)
{
    const struct dm_event *event = row->event;
    if (!*event->place_resolved)
        return *event->place_country ? EXPORT_COUNTRY : EXPORT_NOWHERE;
    const struct gazetteer_place *place = find(row->places, event->geonameid);
    return !place || place->kind == GAZETTEER_CITY ? EXPORT_CITY
           : place->kind == GAZETTEER_REGION       ? EXPORT_REGION
                                                   : EXPORT_COUNTRY;
}

void export_city(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    if (export_place_of(row) == EXPORT_CITY)
        export_text(out, row->event->place_resolved);
}

void export_region(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    if (export_place_of(row) == EXPORT_REGION)
        export_text(out, row->event->place_resolved);
}

static bool coordinates(const struct export_row *row, double *lat, double *lon)
{
    if (*row->event->place_resolved) {
        *lat = row->event->lat;
        *lon = row->event->lon;
        return true;
    }
    const struct gazetteer_place *state =
        gazetteer_place(row->lexicon, gazetteer_state(row->lexicon, row->event->place_country));
    if (state) {
        *lat = (double)state->lat;
        *lon = (double)state->lon;
    }
    return state != NULL;
}

void export_lat(const struct export_row *row, int side, struct buf *out)
{
    double lat, lon;
    (void)side;
    if (coordinates(row, &lat, &lon))
        export_real(out, lat, 4);
}

void export_lon(const struct export_row *row, int side, struct buf *out)
{
    double lat, lon;
    (void)side;
    if (coordinates(row, &lat, &lon))
        export_real(out, lon, 4);
}

/* ---- in what text ---- */

void export_sentence_number(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_number(out, row->telling ? row->telling->sentence : row->event->sentence);
}

void export_source(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_text(out, row->telling ? row->telling->source : row->row->source);
}

void export_url(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    if (row->telling)
        export_text(out, *row->telling->url ? row->telling->url : row->telling->doc);
    else
        export_text(out, *row->row->url ? row->row->url : row->event->doc);
}
