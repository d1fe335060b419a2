/* SPDX-License-Identifier: MIT */
/*
 * gazetteer.c - compile, open and ask the places of the world.
 *
 * Reads    records `gazetteer CODE` of lexicon/places/: facts `state`, `region`, `city`, each
 *          "GEONAMEID LATITUDE LONGITUDE POPULATION NAME | NAME"; `names NAME | NAME` adds names to
 *          the state of that code. `gazetteer -` holds areas of no country.
 * Leaves   sections g.places, g.names (key of a name and its place, sorted by key).
 * Method   A name's key is one hash over its words (words.h), so hyphens, case and diacritics do
 *          not count.
 */
#include "lexicon/gazetteer.h"

#include "lexicon/lexicon-parts.h"
#include "lexicon/words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define NAME_WORDS_MAX 8
#define STATE_BONUS 6.0f   /* "Georgia" is the state as long as nothing speaks for the other */
#define REGION_MALUS 2.5f  /* "Idlib" is the city, though its province has more people */
#define SAID_BONUS 6.0f    /* "Idlib province" is not */

static const char *const kinds[GAZETTEER_KINDS] = {"state", "region", "city"};

struct gazetteer_name {
    uint64_t key;
    uint32_t place, zero;
};

struct gazetteer {
    const struct gazetteer_place *place;
    const struct gazetteer_name *name;
    uint32_t n_places, n_names;
    uint32_t *state;      /* places of kind GAZETTEER_STATE */
    uint32_t n_states;
};

struct state_line { /* a fact `state` or `names`, its code and where it stands */
    char country[4];
    uint32_t place;     /* `state`: index of the place */
    struct slice names; /* `names` */
    uint32_t line;
};

struct gazetteer_builder {
    struct gazetteer_place *place;
    struct gazetteer_name *name;
    struct state_line *state, *more; /* more: names to add when all states are known */
    uint32_t n_places, n_names, n_states, n_more;
    size_t room_places, room_names, room_states, room_more;
};

bool gazetteer_start(struct lexicon_builder *b)
{
    b->gazetteer = arena_new(b->arena, struct gazetteer_builder);
    return b->gazetteer != NULL;
}

/* 0: the name has no words, or too many. */
static uint64_t name_key(struct slice name, struct arena *scratch)
{
    uint64_t word[NAME_WORDS_MAX], key = 0;
    uint32_t n = words_of(name, scratch, word, NAME_WORDS_MAX);
    for (uint32_t i = 0; i < n && n <= NAME_WORDS_MAX; i++)
        key = words_key((uint32_t)(key ^ key >> 32), word[i]);
    return key;
}

/* The next blank-separated number of `rest`; false when it is none between low and high. */
static bool take_number(struct slice *rest, double low, double high, double *out)
{
    char text[32], *end = text;
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ' ')
        n++;
    snprintf(text, sizeof text, "%.*s", (int)(n < 31 ? n : 31), rest->p);
    *out = strtod(text, &end);
    if (end == text || *end || !(*out >= low && *out <= high))
        return false;
    while (n < rest->n && rest->p[n] == ' ')
        n++;
    *rest = slice_make(rest->p + n, rest->n - n);
    return true;
}

static void add_names(struct lexicon_builder *b, uint32_t place, struct slice names)
{
    struct gazetteer_builder *g = b->gazetteer;
    struct slice item;
    while (record_item(&names, &item)) {
        uint64_t key = name_key(item, b->arena);
        struct gazetteer_name *name = ARENA_PUSH(b->arena, g->name, g->n_names, g->room_names);
        if (!name) {
            b->no_memory = true;
            return;
        }
        if (g->place[place].name.n == 0)
            g->place[place].name = lexicon_text(b, item);
        *name = (struct gazetteer_name){.key = key, .place = place};
        if (key == 0)
            g->n_names--; /* a name in letters that make no words, or a very long one */
    }
}

/* The `state` of that code; NULL none so far. */
static const struct state_line *state_of(const struct gazetteer_builder *g, const char *country)
{
    for (uint32_t i = 0; i < g->n_states; i++)
        if (strcmp(g->state[i].country, country) == 0)
            return &g->state[i];
    return NULL;
}

static void take_place(struct lexicon_builder *b, const char *country, const struct fact *fact,
                       uint32_t kind)
{
    struct gazetteer_builder *g = b->gazetteer;
    struct slice rest = fact->value;
    double id, lat, lon, population;
    if (!take_number(&rest, 0, UINT32_MAX, &id) || !take_number(&rest, -90, 90, &lat) ||
        !take_number(&rest, -180, 180, &lon) || !take_number(&rest, 0, UINT32_MAX, &population) ||
        rest.n == 0) {
        lexicon_complain(b, fact->line, "wanted '%s GEONAMEID LATITUDE LONGITUDE POPULATION NAME'",
                         kinds[kind]);
        return;
    }
    struct gazetteer_place *place = ARENA_PUSH(b->arena, g->place, g->n_places, g->room_places);
    if (!place) {
        b->no_memory = true;
        return;
    }
    *place = (struct gazetteer_place){.geonameid = (uint32_t)id, .lat = (float)lat,
                                      .lon = (float)lon, .population = (uint32_t)population,
                                      .kind = kind};
    memcpy(place->country, country, sizeof place->country);
    add_names(b, g->n_places - 1, rest);
}

/* Every code has one state at most: what else it is called stands behind `names`. */
static void take_state(struct lexicon_builder *b, const char *country, const struct fact *fact)
{
    struct gazetteer_builder *g = b->gazetteer;
    if (!*country || state_of(g, country)) {
        lexicon_complain(b, fact->line, *country
                         ? "%s has its state already; to add names to it write 'names NAME | NAME'"
                         : "'gazetteer -' has no state%s; an area of no country is a 'region'",
                         country);
        return;
    }
    uint32_t place = g->n_places;
    take_place(b, country, fact, GAZETTEER_STATE);
    struct state_line *state = g->n_places > place
        ? ARENA_PUSH(b->arena, g->state, g->n_states, g->room_states) : NULL;
    if (!state)
        return; /* told, or without memory */
    *state = (struct state_line){.place = place, .line = fact->line};
    memcpy(state->country, country, sizeof state->country);
}

static void take_names(struct lexicon_builder *b, const char *country, const struct fact *fact)
{
    struct gazetteer_builder *g = b->gazetteer;
    if (!*country || fact->value.n == 0) {
        lexicon_complain(b, fact->line, "wanted 'names NAME | NAME' in the record of a country's "
                         "code: it adds names to its state");
        return;
    }
    struct state_line *more = ARENA_PUSH(b->arena, g->more, g->n_more, g->room_more);
    if (!more) {
        b->no_memory = true;
        return;
    }
    *more = (struct state_line){.names = fact->value, .line = fact->line};
    memcpy(more->country, country, sizeof more->country);
}

bool gazetteer_take_record(struct lexicon_builder *b, const struct record *record)
{
    if (!slice_is(record->key, "gazetteer"))
        return false;
    if (record->value.n != 3 && !slice_is(record->value, "-")) {
        lexicon_complain(b, record->line,
                         "'gazetteer' needs a country's code of three letters, or '-' for none");
        return true;
    }
    char country[4] = "";
    if (record->value.n == 3)
        memcpy(country, record->value.p, 3);
    for (uint32_t i = 0; i < record->n_facts; i++) {
        const struct fact *fact = &record->fact[i];
        uint32_t kind = 0;
        while (kind < GAZETTEER_KINDS && !slice_is(fact->key, kinds[kind]))
            kind++;
        if (slice_is(fact->key, "names"))
            take_names(b, country, fact);
        else if (kind == GAZETTEER_STATE)
            take_state(b, country, fact);
        else if (kind < GAZETTEER_KINDS)
            take_place(b, country, fact, kind);
        else
            lexicon_complain(b, fact->line, "'gazetteer' has no fact '%.*s'; wanted state, region, "
                             "city or names", (int)fact->key.n, fact->key.p);
    }
    return true;
}

static int name_order(const void *a, const void *b)
{
    const struct gazetteer_name *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

void gazetteer_finish(struct lexicon_builder *b)
{
    struct gazetteer_builder *g = b->gazetteer;
    for (uint32_t i = 0; i < g->n_more; i++) {
        const struct state_line *more = &g->more[i], *state = state_of(g, more->country);
        if (state)
            add_names(b, state->place, more->names);
        else
            lexicon_complain(b, more->line, "'names' adds to the state of %s, of which no record "
                             "`gazetteer %s` has the line 'state GEONAMEID LATITUDE ...'",
                             more->country, more->country);
    }
    if (g->n_names)
        qsort(g->name, g->n_names, sizeof *g->name, name_order);
    uint32_t n = 0;
    for (uint32_t i = 0; i < g->n_names; i++)
        if (n == 0 || name_order(&g->name[n - 1], &g->name[i]) != 0)
            g->name[n++] = g->name[i]; /* each name of a place once */
    g->n_names = n;
    lexicon_section(b, "g.places", g->place, g->n_places, sizeof *g->place);
    lexicon_section(b, "g.names", g->name, g->n_names, sizeof *g->name);
}

static bool list_states(struct lexicon *lexicon, struct gazetteer *g)
{
    size_t room = 0;
    for (uint32_t i = 0; i < g->n_places; i++) {
        if (g->place[i].kind != GAZETTEER_STATE)
            continue;
        uint32_t *state = ARENA_PUSH(&lexicon->arena, g->state, g->n_states, room);
        if (!state)
            return false;
        *state = i;
    }
    return true;
}

int gazetteer_open(struct lexicon *lexicon, struct dm_error *err)
{
    struct gazetteer *g = arena_new(&lexicon->arena, struct gazetteer);
    if (!g)
        return dm_fail(err, DM_ENOMEM, "lexicon: out of memory");
    const struct lexicon_section_at section[] = {
        {"g.places", sizeof *g->place, &g->place, &g->n_places},
        {"g.names", sizeof *g->name, &g->name, &g->n_names},
    };
    int rc = lexicon_sections(lexicon, section, sizeof section / sizeof *section, err);
    for (uint32_t i = 0; rc == 0 && i < g->n_places; i++)
        if (!lexicon_text_ok(lexicon, g->place[i].name) || g->place[i].country[3] ||
            g->place[i].kind >= GAZETTEER_KINDS)
            rc = lexicon_bad("g.places", err);
    for (uint32_t i = 0; rc == 0 && i < g->n_names; i++)
        if (g->name[i].place >= g->n_places)
            rc = lexicon_bad("g.names", err);
    if (rc == 0 && !list_states(lexicon, g))
        rc = dm_fail(err, DM_ENOMEM, "lexicon: out of memory");
    if (rc == 0)
        lexicon->gazetteer = g;
    return rc;
}

/* ---- asking ---- */

const struct gazetteer_place *gazetteer_place(const struct lexicon *lexicon, uint32_t place)
{
    return place < lexicon->gazetteer->n_places ? &lexicon->gazetteer->place[place] : NULL;
}

uint32_t gazetteer_state(const struct lexicon *lexicon, const char *code)
{
    const struct gazetteer *g = lexicon->gazetteer;
    for (uint32_t i = 0; i < g->n_states; i++)
        if (strcmp(g->place[g->state[i]].country, code) == 0)
            return g->state[i];
    return IMAGE_NONE;
}

static float score(const struct gazetteer_place *place, bool region,
                   const struct gazetteer_hint *hint, uint32_t n_hints)
{
    float value = logf((float)place->population + 1000);
    if (place->kind == GAZETTEER_STATE)
        value += STATE_BONUS;
    if (place->kind == GAZETTEER_REGION)
        value += region ? SAID_BONUS : -REGION_MALUS;
    float best = 0;
    for (uint32_t i = 0; i < n_hints; i++)
        if (strcmp(hint[i].country, place->country) == 0 && hint[i].weight > best)
            best = hint[i].weight;
    return value + best;
}

/* The first name of that key or behind it. */
static uint32_t first_name(const struct gazetteer *g, uint64_t key)
{
    uint32_t low = 0, high = g->n_names;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (g->name[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t gazetteer_all(const struct lexicon *lexicon, struct slice name, struct arena *scratch,
                       uint32_t *out, uint32_t most)
{
    const struct gazetteer *g = lexicon->gazetteer;
    uint64_t key = name_key(name, scratch);
    uint32_t n = 0;
    for (uint32_t i = first_name(g, key); key && i < g->n_names && g->name[i].key == key; i++) {
        if (n < most)
            out[n] = g->name[i].place;
        n++;
    }
    return n;
}

uint32_t gazetteer_find(const struct lexicon *lexicon, struct slice name, bool region,
                        const struct gazetteer_hint *hint, uint32_t n_hints, struct arena *scratch)
{
    const struct gazetteer *g = lexicon->gazetteer;
    uint64_t key = name_key(name, scratch);
    uint32_t best = IMAGE_NONE;
    float most = 0;
    for (uint32_t i = first_name(g, key); key && i < g->n_names && g->name[i].key == key; i++) {
        float value = score(&g->place[g->name[i].place], region, hint, n_hints);
        if (best == IMAGE_NONE || value > most) {
            best = g->name[i].place;
            most = value;
        }
    }
    return best;
}
