/* SPDX-License-Identifier: MIT */
/*
 * mention.c - one event told in many articles is found again.
 *
 * Reads    an article's events; table `same`, where the first telling of each event stands under keys.
 * Leaves   the row of the first telling; keys for those that come.
 * Method   Three ways to be the same, tried in this order. Told again in the article (dm_event.link).
 *          Told in a copy of the text (story.h): the same type, status and parties, and as often before
 *          in its article. Told elsewhere: type, status, day and the parties' codes make a key; of
 *          the events under it the one is taken whose place does not contradict.
 * Limits   PLACES_MAX events under one key are looked at.
 */
#include "store/mention.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/date.h"
#include "engine/engine.h"
#include "lexicon/gazetteer.h"

#define PLACES_MAX 32
#define TEXT_MAX 1024
#define PARTIES_MOST 64
#define NAME_MOST 32
#define DAY_BITS 45   /* of a key below the day */
#define STORY_BITS 30 /* of a key below the story */
#define STORY_MARK ((sqlite3_int64)1 << 62)

int mentions_init(struct mentions *mentions, struct arena *arena, struct dm_error *err)
{
    mentions->first = arena_array(arena, mentions->n, sqlite3_int64);
    mentions->telling = arena_array(arena, mentions->n, uint64_t);
    if (!mentions->first || !mentions->telling)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", mentions->store->path);
    return DM_OK;
}

/* ---- parties as text ---- */

struct names {
    char of[PARTIES_MOST][NAME_MOST];
    uint32_t n;
};

static int name_order(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void add_name(struct names *names, const char *code, const char *sector)
{
    char name[NAME_MOST] = "";
    snprintf(name, sizeof name, "%s/%s", code, sector);
    for (uint32_t i = 0; i < names->n; i++)
        if (strcmp(names->of[i], name) == 0)
            return;
    if (names->n < PARTIES_MOST)
        memcpy(names->of[names->n++], name, sizeof name);
}

enum naming {
    BY_CODE,   /* "RUS/"; who has none is left out */
    BY_SECTOR, /* "USA/GOV"; who lacks either is left out */
    BY_NAME,   /* the lexicon's name of a person or body; who has none, or is a state, is left out */
    BY_ANY     /* "RUS/GOV", or the hash of the words where neither is known */
};

/* Is it named, and not by the name of its state alone? */
static bool is_named(const struct dm_engine *engine, const struct dm_party *party)
{
    const struct gazetteer_place *state = NULL;
    if (!*party->identifier_text)
        return false;
    if (engine && engine->lexicon)
        state = gazetteer_place(engine->lexicon, gazetteer_state(engine->lexicon, party->code));
    return !state ||
           !slice_is(lexicon_string(engine->lexicon, state->name), party->identifier_text);
}

/* The parties of a side, each once, in order. */
static void names_of(const struct dm_engine *engine, const struct dm_party *party, uint32_t n,
                     enum naming naming, struct names *out)
{
    out->n = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct dm_party *p = &party[i];
        const char *text = naming == BY_NAME ? p->identifier_text : p->entity_text;
        char words[20];
        snprintf(words, sizeof words, "%016llx", (unsigned long long)slice_hash(slice_of(text)));
        if (naming == BY_CODE && *p->code)
            add_name(out, p->code, "");
        else if (naming == BY_SECTOR && *p->code && *p->sector)
            add_name(out, p->code, p->sector);
        else if (naming == BY_NAME && is_named(engine, p))
            add_name(out, words, "");
        else if (naming == BY_ANY)
            add_name(out, *p->code || *p->sector ? p->code : words, p->sector);
    }
    if (out->n)
        qsort(out->of, out->n, sizeof *out->of, name_order);
}

struct text {
    char p[TEXT_MAX];
    size_t n;
};

static void say(struct text *text, const char *piece)
{
    int n = snprintf(text->p + text->n, sizeof text->p - text->n, "%s|", piece);
    text->n += n < 0 ? 0 : (size_t)n < sizeof text->p - text->n ? (size_t)n
                                                                : sizeof text->p - text->n - 1;
}

static void say_names(struct text *text, const struct names *names)
{
    for (uint32_t i = 0; i < names->n; i++)
        say(text, names->of[i]);
    say(text, "");
}

/* ---- keys ---- */

/* What an event says, whoever else tells it and when. */
static uint64_t telling_of(const struct dm_event *event)
{
    struct text text = {.n = 0};
    struct names names;
    say(&text, event->type);
    say(&text, event->status);
    names_of(NULL, event->actor, event->n_actors, BY_ANY, &names);
    say_names(&text, &names);
    names_of(NULL, event->recipient, event->n_recipients, BY_ANY, &names);
    say_names(&text, &names);
    return slice_hash(slice_make(text.p, text.n));
}

/* In a copy the second such event is the second of the first text. */
static sqlite3_int64 story_key(const struct mentions *mentions, size_t i)
{
    struct text text = {.n = 0};
    char piece[40];
    size_t before = 0;
    for (size_t k = 0; k < i; k++)
        before += mentions->telling[k] == mentions->telling[i];
    snprintf(piece, sizeof piece, "%llx %zu", (unsigned long long)mentions->telling[i], before);
    say(&text, piece);
    uint64_t hash = slice_hash(slice_make(text.p, text.n)) & ((UINT64_C(1) << STORY_BITS) - 1);
    return STORY_MARK | (mentions->story & 0xffffffff) << STORY_BITS | (sqlite3_int64)hash;
}

/* The number of a place that is less than a whole state; 0 none. */
static uint32_t spot_of(const struct dm_engine *engine, uint32_t geonameid, const char *country)
{
    if (!geonameid || !engine || !engine->lexicon)
        return geonameid;
    const struct gazetteer_place *state =
        gazetteer_place(engine->lexicon, gazetteer_state(engine->lexicon, country));
    return state && state->geonameid == geonameid ? 0 : geonameid;
}

struct sides {
    struct names actors, recipients;
};

static void sides_of(const struct dm_engine *engine, const struct dm_event *event,
                     enum naming naming, struct sides *out)
{
    names_of(engine, event->actor, event->n_actors, naming, &out->actors);
    names_of(engine, event->recipient, event->n_recipients, naming, &out->recipients);
}

static bool both_are_there(const struct sides *sides, const struct dm_event *event)
{
    return sides->actors.n && (sides->recipients.n || !event->n_recipients);
}

/* Between countries, and not within one? */
static bool is_abroad(const struct sides *sides)
{
    const struct names *a = &sides->actors, *r = &sides->recipients;
    return r->n ? a->n != r->n || strcmp(a->of[0], r->of[0]) != 0 : a->n > 1;
}

/* Who does it to whom, as far as it can be recognized elsewhere; false: it cannot. */
static bool say_parties(struct text *text, const struct dm_engine *engine,
                        const struct dm_event *event, uint32_t spot)
{
    struct sides sides;
    char place[40] = "";
    sides_of(engine, event, BY_CODE, &sides);
    if (!both_are_there(&sides, event))
        return false;
    if (!is_abroad(&sides)) { /* codes say too little: names, or sectors at one spot */
        sides_of(engine, event, BY_NAME, &sides);
        if (!sides.actors.n || !sides.recipients.n) {
            sides_of(engine, event, BY_SECTOR, &sides);
            if (!spot || !both_are_there(&sides, event))
                return false;
            snprintf(place, sizeof place, "%u", spot);
        }
    }
    say_names(text, &sides.actors);
    say_names(text, &sides.recipients);
    say(text, place);
    return true;
}

/* 0: it cannot be told from others. */
static sqlite3_int64 key_of(const struct dm_engine *engine, const struct dm_event *event)
{
    struct text text = {.n = 0};
    struct date date;
    bool day = strcmp(event->date_precision, "day") == 0 ||
               strcmp(event->date_precision, "article") == 0;
    if (!day || !date_parse(slice_of(event->date), &date) || !date.day)
        return 0;
    say(&text, event->type);
    say(&text, event->status);
    if (!say_parties(&text, engine, event, spot_of(engine, event->geonameid, event->place_country)))
        return 0;
    uint64_t hash = slice_hash(slice_make(text.p, text.n)) & ((UINT64_C(1) << DAY_BITS) - 1);
    int64_t number = ((int64_t)date_first_day(date) + 60000) & 0xffff; /* 1805 to 1984 years on */
    return (number + 1) << DAY_BITS | (sqlite3_int64)hash;
}

/* ---- looking up ---- */

/* 0 the places contradict, 1 they do not, 2 they are one. */
static int places_agree(const struct dm_engine *engine, const struct dm_event *event,
                        const char *country, uint32_t geonameid)
{
    uint32_t a = spot_of(engine, event->geonameid, event->place_country);
    uint32_t b = spot_of(engine, geonameid, country);
    if (*event->place_country && *country && strcmp(event->place_country, country) != 0)
        return 0;
    if (a && b)
        return a == b ? 2 : 0;
    return 1;
}

static int look_up(struct mentions *mentions, sqlite3_int64 key, const struct dm_event *event,
                   bool any_place, sqlite3_int64 *out, struct dm_error *err)
{
    sqlite3_stmt *s = mentions->store->statement[STORE_SAME];
    int best = 0, step;
    sqlite3_bind_int64(s, 1, key);
    sqlite3_bind_int(s, 2, PLACES_MAX);
    while ((step = sqlite3_step(s)) == SQLITE_ROW && best < 2) {
        int agree = any_place ? 2 : places_agree(mentions->engine, event, store_text(s, 1),
                                                 (uint32_t)sqlite3_column_int64(s, 2));
        if (agree > best) {
            best = agree;
            *out = sqlite3_column_int64(s, 0);
        }
    }
    int rc = step == SQLITE_ROW || step == SQLITE_DONE
                 ? DM_OK
                 : store_fail(mentions->store, "looking for the event", err);
    sqlite3_reset(s);
    return rc;
}

int mentions_find(struct mentions *mentions, size_t i, sqlite3_int64 *same_as,
                  struct dm_error *err)
{
    const struct dm_event *event = &mentions->event[i];
    enum dm_mentions rule = mentions->store->mentions;
    int rc = DM_OK;
    *same_as = 0;
    mentions->telling[i] = telling_of(event);
    mentions->story_key = rule == DM_MENTIONS_APART ? 0 : story_key(mentions, i);
    mentions->key = rule == DM_MENTIONS_EVENT ? key_of(mentions->engine, event) : 0;
    for (size_t k = 0; *event->link && k < i; k++)
        if (strcmp(mentions->event[k].id, event->link) == 0)
            *same_as = mentions->first[k];
    if (!*same_as && mentions->story_key && mentions->copy)
        rc = look_up(mentions, mentions->story_key, event, true, same_as, err);
    if (rc == DM_OK && !*same_as && mentions->key)
        rc = look_up(mentions, mentions->key, event, false, same_as, err);
    return rc;
}

static int add_key(struct dm_store *store, sqlite3_int64 key, sqlite3_int64 event,
                   struct dm_error *err)
{
    sqlite3_bind_int64(store->statement[STORE_ADD_SAME], 1, key);
    sqlite3_bind_int64(store->statement[STORE_ADD_SAME], 2, event);
    return store_run(store, STORE_ADD_SAME, err);
}

int mentions_add(struct mentions *mentions, size_t i, sqlite3_int64 row, sqlite3_int64 same_as,
                 struct dm_error *err)
{
    int rc = DM_OK;
    mentions->first[i] = same_as ? same_as : row;
    if (mentions->story_key)
        rc = add_key(mentions->store, mentions->story_key, mentions->first[i], err);
    if (rc == DM_OK && mentions->key && !same_as)
        rc = add_key(mentions->store, mentions->key, row, err);
    return rc;
}
