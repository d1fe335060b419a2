/* SPDX-License-Identifier: MIT */
/*
 * export.h - the forms of other data sets: a form is a table of columns, each with what fills it.
 *
 * docs/export.md says of every column what it holds and what Demarche cannot fill. One file a family of
 * forms: gdelt.c, icews.c (with Phoenix), polecat.c, plain.c; columns.c has what they share.
 */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include "core/buf.h"
#include "lexicon/exchange.h"
#include "store/rows.h"

struct gazetteer_place;

/* The gazetteer by GeoNames' numbers. */
struct export_places {
    const struct gazetteer_place **place; /* sorted by geonameid */
    uint32_t n;
};

enum export_place { EXPORT_NOWHERE, EXPORT_COUNTRY, EXPORT_REGION, EXPORT_CITY };

/* What one line is made of. */
struct export_row {
    const struct store_row *row;
    const struct dm_event *event;       /* row->event */
    const struct dm_party *side[2];     /* a pair; NULL: nobody */
    uint32_t pair;                      /* its number among the event's, from 0 */
    const struct store_telling *telling; /* of EXPORT_TELLINGS; NULL: where the event stands first */
    const struct lexicon *lexicon;
    const struct exchange *exchange;
    const struct export_places *places;
};

struct export_column {
    const char *name;
    /* NULL: it stays empty. `side` is that of the column below. */
    void (*write)(const struct export_row *row, int side, struct buf *out);
    int side; /* 0, 1: index of export_row.side; or whatever else `write` makes of it */
};

enum export_unit {
    EXPORT_EVENTS,  /* a line an event */
    EXPORT_PAIRS,   /* a line a pair of parties; a mutual event gives both directions */
    EXPORT_TELLINGS /* a line a pair and each sentence that tells of it */
};

struct export_format {
    const char *name;
    enum export_unit unit;
    const struct export_column *column; /* separated by tabs ... */
    size_t n_columns;
    /* ... or, when there are none, the writer of a line and, where there is one, of a header. */
    void (*line)(const struct export_row *row, struct buf *out);
    void (*head)(struct buf *out);
    bool header;   /* the names of the columns stand first */
    bool one_side; /* an event without a second party has a line, too */
    bool merge;    /* parties of one code and sector are one */
    bool plain;    /* says the status itself, and what is told again: all events are written */
    bool lengths, mentions; /* wants these of struct store_row */
};

/* ORDER EXPORT */
extern const struct export_format export_csv, export_jsonl, export_plover, export_gdelt,
    export_gdelt_mentions, export_icews, export_phoenix, export_polecat;

/* ---- what columns share ---- */

#define EXPORT_PAIRS_MAX 1000 /* numbers of an event's pairs are below */

/* A text in a line of tabs: no tab, no end of line, no quotation mark that a reader could stumble on. */
void export_text(struct buf *out, const char *text);
void export_number(struct buf *out, long long value);
/* "%.*f" */
void export_real(struct buf *out, double value, int decimals);

/* The number of the event and pair, the same in all forms of one database. */
void export_pair_number(const struct export_row *row, int side, struct buf *out);
void export_name(const struct export_row *row, int side, struct buf *out);
void export_date(const struct export_row *row, int side, struct buf *out);  /* YYYY-MM-DD */
void export_day(const struct export_row *row, int side, struct buf *out);   /* YYYYMMDD */
void export_month(const struct export_row *row, int side, struct buf *out); /* YYYYMM */
void export_year(const struct export_row *row, int side, struct buf *out);
void export_goldstein(const struct export_row *row, int side, struct buf *out);
void export_cameo(const struct export_row *row, int side, struct buf *out);
void export_cameo_root(const struct export_row *row, int side, struct buf *out); /* two digits */
/* CAMEO's class of the root: 1 to 4; side 1: 0 for statements, as Phoenix has it. */
void export_cameo_quad(const struct export_row *row, int side, struct buf *out);
/* How exactly the event's place is known; a place that the gazetteer lacks counts as a city. */
enum export_place export_place_of(const struct export_row *row);
/* The place's name, if it is a city; if it is a region. */
void export_city(const struct export_row *row, int side, struct buf *out);
void export_region(const struct export_row *row, int side, struct buf *out);
/* Of a country its middle. */
void export_lat(const struct export_row *row, int side, struct buf *out);
void export_lon(const struct export_row *row, int side, struct buf *out);
void export_sentence_number(const struct export_row *row, int side, struct buf *out);
void export_source(const struct export_row *row, int side, struct buf *out);
/* The URL; the article's id where there is none. */
void export_url(const struct export_row *row, int side, struct buf *out);

/* DM_ENOMEM. */
int export_places_sort(struct export_places *places, const struct lexicon *lexicon,
                       struct arena *arena, struct dm_error *err);

/* Year, month and day of when it happened: the first day of a month or year. False: not known. */
bool export_day_of(const struct dm_event *event, int out[static 3]);

/* The name of a state or body as ICEWS has it; else the code. */
struct slice export_state_name(const struct export_row *row, const char *code);
/* CAMEO's code of a state or body, and of a sector; empty: none. */
struct slice export_cameo_state(const struct export_row *row, const char *code);
struct slice export_cameo_sector(const struct export_row *row, const char *sector);
/* "is it a state", as against the UN or a company */
bool export_is_state(const struct export_row *row, const char *code);
/* The n-th sector of a party: its sector first, then the others; NULL behind the last. */
const char *export_sector(const struct dm_party *party, uint32_t n);

#endif
