/* SPDX-License-Identifier: MIT */
/*
 * gdelt.c - GDELT 2.0's table of events (61 columns) and of mentions (16).
 *
 * Source  GDELT Event Codebook V2.0 (2015). FractionDate as the published rows have it: month and day
 *         from 0 (the codebook's formula would begin with 30 days too many).
 */
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "export/export.h"

/* ---- parties ---- */

static void code(const struct export_row *row, int side, struct buf *out)
{
    const struct dm_party *party = row->side[side];
    const char *sector;
    if (!party)
        return;
    buf_add(out, export_cameo_state(row, party->code));
    for (uint32_t i = 0; (sector = export_sector(party, i)); i++)
        buf_add(out, export_cameo_sector(row, sector));
}

/* In capitals, as GDELT has names. */
static void name(const struct export_row *row, int side, struct buf *out)
{
    const struct dm_party *party = row->side[side];
    if (!party)
        return;
    const char *text = *party->identifier_text ? party->identifier_text : party->entity_text;
    utf8proc_int32_t c;
    for (utf8proc_ssize_t n; *text && (n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c))
                             > 0; text += n) {
        utf8proc_uint8_t bytes[4];
        c = c == '"' ? '\'' : c < ' ' ? ' ' : utf8proc_toupper(c);
        buf_add(out, slice_make((const char *)bytes,
                                (size_t)utf8proc_encode_char(c, bytes)));
    }
}

static void country(const struct export_row *row, int side, struct buf *out)
{
    const struct dm_party *party = row->side[side];
    if (party && export_is_state(row, party->code))
        buf_add(out, export_cameo_state(row, party->code));
}

static void known_group(const struct export_row *row, int side, struct buf *out)
{
    const struct dm_party *party = row->side[side];
    const struct exchange_row *body = party ? exchange_state(row->exchange, party->code) : NULL;
    if (body)
        buf_add(out, body->fact[EXCHANGE_KNOWN]);
}

/* The n-th of CAMEO's roles: of a body that is no state "IGO", "NGO" ... stands first. */
static void type(const struct export_row *row, int side, uint32_t n, struct buf *out)
{
    const struct dm_party *party = row->side[side];
    if (!party)
        return;
    if (*party->code && !export_is_state(row, party->code)) {
        struct slice body = export_cameo_state(row, party->code);
        if (n == 0) {
            buf_add(out, slice_make(body.p, body.n < 3 ? body.n : 3));
            return;
        }
        n--;
    }
    const char *sector = export_sector(party, n);
    if (sector)
        buf_add(out, export_cameo_sector(row, sector));
}

static void type1(const struct export_row *row, int side, struct buf *out)
{
    type(row, side, 0, out);
}

static void type2(const struct export_row *row, int side, struct buf *out)
{
    type(row, side, 1, out);
}

static void type3(const struct export_row *row, int side, struct buf *out)
{
    type(row, side, 2, out);
}

/* ---- the event ---- */

static void fraction(const struct export_row *row, int side, struct buf *out)
{
    int day[3];
    (void)side;
    if (export_day_of(row->event, day))
        export_real(out, day[0] + ((day[1] - 1) * 30 + day[2]) / 365.0, 4);
}

static void is_root(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    buf_add_char(out, row->event->sentence == 1 ? '1' : '0');
}

static void base(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    buf_add(out, slice_make(row->event->cameo, strnlen(row->event->cameo, 3)));
}

static void mentions(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_number(out, row->row->mentions);
}

static void articles(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_number(out, row->row->articles);
}

static void sources(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_number(out, row->row->sources);
}

static void none(const struct export_row *row, int side, struct buf *out)
{
    (void)row;
    (void)side;
    buf_add_char(out, '0');
}

/* ---- its place ---- */

static const char *fips(const struct export_row *row)
{
    static const char nothing[] = "";
    const struct exchange_row *state = exchange_state(row->exchange, row->event->place_country);
    return state && state->fact[EXCHANGE_FIPS].n == 2 ? state->fact[EXCHANGE_FIPS].p : nothing;
}

/* 0 none, 1 country, 2 state of the USA, 3 city there, 4 city elsewhere, 5 region elsewhere. */
static char place_kind(const struct export_row *row)
{
    bool usa = strncmp(fips(row), "US", 2) == 0;
    switch (export_place_of(row)) {
    case EXPORT_COUNTRY: return *fips(row) ? '1' : '0';
    case EXPORT_REGION: return usa ? '2' : '5';
    case EXPORT_CITY: return usa ? '3' : '4';
    default: return '0';
    }
}

static void place_type(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    buf_add_char(out, place_kind(row));
}

static void place_name(const struct export_row *row, int side, struct buf *out)
{
    char kind = place_kind(row);
    (void)side;
    if (kind > '1') {
        export_text(out, row->event->place_resolved);
        buf_add_text(out, *row->event->place_country ? ", " : "");
    }
    if (kind > '0')
        buf_add(out, export_state_name(row, row->event->place_country));
}

static void place_country(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    buf_add(out, slice_make(fips(row), *fips(row) ? 2 : 0));
}

/* Of a country GDELT's number of the place is the country's code. */
static void place_number(const struct export_row *row, int side, struct buf *out)
{
    if (place_kind(row) == '1')
        place_country(row, side, out);
}

/* ---- where it was read ---- */

/* "20100217000000": the article's day, as that of reading is not kept. */
static void time_of(const char *date, struct buf *out)
{
    int year = 0, month = 1, day = 1;
    if (sscanf(date, "%4d-%2d-%2d", &year, &month, &day) >= 1)
        buf_printf(out, "%04d%02d%02d000000", year, month, day);
}

static void added(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    time_of(row->event->article_date, out);
}

static void mention_time(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    time_of(row->telling ? row->telling->date : row->event->article_date, out);
}

static const char *url_of(const struct export_row *row)
{
    return row->telling ? row->telling->url : row->row->url;
}

/* 1 the web, 2 a citation. */
static void mention_type(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    buf_add_char(out, *url_of(row) ? '1' : '2');
}

/* The host without "www."; else what the source calls itself. */
static void mention_source(const struct export_row *row, int side, struct buf *out)
{
    const char *host = strstr(url_of(row), "://");
    if (!host) {
        export_source(row, side, out);
        return;
    }
    host += 3;
    if (strncmp(host, "www.", 4) == 0)
        host += 4;
    buf_add(out, slice_make(host, strcspn(host, "/:?#\t \"")));
}

/* -1: nobody is there, or it is not known where. */
static void party_offset(const struct export_row *row, int side, struct buf *out)
{
    const struct dm_party *party = row->side[side];
    long long start = row->telling ? row->telling->party[side]
                      : party && party->end ? (long long)party->start : -1;
    export_number(out, start);
}

static void action_offset(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_number(out, row->telling ? row->telling->start : row->event->start);
}

static void in_raw_text(const struct export_row *row, int side, struct buf *out)
{
    (void)row;
    (void)side;
    buf_add_char(out, '1');
}

static void length(const struct export_row *row, int side, struct buf *out)
{
    (void)side;
    export_number(out, row->telling ? row->telling->length : row->row->length);
}

/* ---- the tables ---- */

#define ACTOR(n)                                                                                   \
    {"Actor" #n "Code", code, n - 1}, {"Actor" #n "Name", name, n - 1},                            \
    {"Actor" #n "CountryCode", country, n - 1}, {"Actor" #n "KnownGroupCode", known_group, n - 1}, \
    {"Actor" #n "EthnicCode", NULL, 0}, {"Actor" #n "Religion1Code", NULL, 0},                     \
    {"Actor" #n "Religion2Code", NULL, 0}, {"Actor" #n "Type1Code", type1, n - 1},                 \
    {"Actor" #n "Type2Code", type2, n - 1}, {"Actor" #n "Type3Code", type3, n - 1}

#define NO_PLACE(of)                                                                               \
    {of "Geo_Type", none, 0}, {of "Geo_FullName", NULL, 0}, {of "Geo_CountryCode", NULL, 0},       \
    {of "Geo_ADM1Code", NULL, 0}, {of "Geo_ADM2Code", NULL, 0}, {of "Geo_Lat", NULL, 0},           \
    {of "Geo_Long", NULL, 0}, {of "Geo_FeatureID", NULL, 0}

static const struct export_column event_columns[] = {
    {"GLOBALEVENTID", export_pair_number, 0}, {"SQLDATE", export_day, 0},
    {"MonthYear", export_month, 0}, {"Year", export_year, 0}, {"FractionDate", fraction, 0},
    ACTOR(1), ACTOR(2),
    {"IsRootEvent", is_root, 0}, {"EventCode", export_cameo, 0}, {"EventBaseCode", base, 0},
    {"EventRootCode", export_cameo_root, 0}, {"QuadClass", export_cameo_quad, 0},
    {"GoldsteinScale", export_goldstein, 0}, {"NumMentions", mentions, 0},
    {"NumSources", sources, 0}, {"NumArticles", articles, 0}, {"AvgTone", NULL, 0},
    NO_PLACE("Actor1"), NO_PLACE("Actor2"),
    {"ActionGeo_Type", place_type, 0}, {"ActionGeo_FullName", place_name, 0},
    {"ActionGeo_CountryCode", place_country, 0}, {"ActionGeo_ADM1Code", NULL, 0},
    {"ActionGeo_ADM2Code", NULL, 0}, {"ActionGeo_Lat", export_lat, 0},
    {"ActionGeo_Long", export_lon, 0}, {"ActionGeo_FeatureID", place_number, 0},
    {"DATEADDED", added, 0}, {"SOURCEURL", export_url, 0},
};

static const struct export_column mention_columns[] = {
    {"GLOBALEVENTID", export_pair_number, 0}, {"EventTimeDate", added, 0},
    {"MentionTimeDate", mention_time, 0}, {"MentionType", mention_type, 0},
    {"MentionSourceName", mention_source, 0}, {"MentionIdentifier", export_url, 0},
    {"SentenceID", export_sentence_number, 0}, {"Actor1CharOffset", party_offset, 0},
    {"Actor2CharOffset", party_offset, 1}, {"ActionCharOffset", action_offset, 0},
    {"InRawText", in_raw_text, 0}, {"Confidence", NULL, 0}, {"MentionDocLen", length, 0},
    {"MentionDocTone", NULL, 0}, {"MentionDocTranslationInfo", NULL, 0}, {"Extras", NULL, 0},
};

_Static_assert(sizeof event_columns / sizeof *event_columns == 61, "GDELT 2.0 has 61 columns");
_Static_assert(sizeof mention_columns / sizeof *mention_columns == 16, "its mentions have 16");

const struct export_format export_gdelt = {
    .name = "gdelt", .unit = EXPORT_PAIRS, .column = event_columns, .n_columns = 61,
    .one_side = true, .merge = true, .mentions = true,
};

const struct export_format export_gdelt_mentions = {
    .name = "gdelt-mentions", .unit = EXPORT_TELLINGS, .column = mention_columns, .n_columns = 16,
    .one_side = true, .merge = true, .lengths = true,
};
