/* SPDX-License-Identifier: MIT */
/*
 * actor-lexicon.h - names, roles and agent nouns, compiled.
 *
 * An ENTITY is a record: a state, place, organization, group, person, or a list of nouns (agent,
 * office, title, prefix). A USE is one way to write it, held by the node of a tree of word rows
 * (words.h): the tree `names` is walked from left to right, the tree `nouns` from the head noun to
 * the left. A ROLE says what an entity is at a time: code, sectors, office.
 */
#ifndef LEXICON_ACTOR_LEXICON_H
#define LEXICON_ACTOR_LEXICON_H

#include "core/date.h"
#include "lexicon/lexicon.h"
#include "lexicon/words.h"

#define ACTOR_SECTORS 3
#define ACTOR_NO_DAY INT32_MAX /* "the day is not known": the last role is taken */

/* ORDER ENTITY */
enum entity_kind {
    ENTITY_STATE, ENTITY_PLACE, ENTITY_ORG, ENTITY_GROUP, ENTITY_PERSON,
    ENTITY_AGENT, ENTITY_OFFICE, ENTITY_TITLE, ENTITY_PREFIX, ENTITY_KINDS
};

/* How a name stands for its entity. ORDER USE */
enum use_kind {
    USE_NAME,    /* the thing itself: "Russia", "NATO", "Sergey Lavrov" */
    USE_PEOPLE,  /* adjective and noun of nationality: "Russian" */
    USE_CAPITAL, /* the government when it acts, else a place */
    USE_SEAT,    /* stands for the government: "Kremlin" */
    USE_CITY, USE_REGION,
    USE_SHORT,   /* another name of a person, alone: "Xi" */
    USE_SURNAME, /* the last word of a person's name */
    USE_NOUN,    /* an agent, office, title or prefix */
    USE_KINDS
};

enum use_flag {
    USE_ACRONYM = 1,  /* written in capitals: "US", "IS"; matches only what is written so too */
    USE_SMALL = 2     /* begins with a small letter: "al Qaeda" */
};

struct actor_use {
    uint32_t entity;
    uint16_t kind, flags; /* enum use_kind, enum use_flag */
    int32_t from, to;     /* days since 1970; holds when from <= day < to */
    uint32_t line;
};

struct actor_role {
    char code[4];                 /* "" none of its own */
    char sector[ACTOR_SECTORS][4]; /* "" none; the first is the main one */
    struct image_text office;     /* as written, may be empty */
    uint32_t office_entity;       /* the ENTITY_OFFICE it is, IMAGE_NONE when not known */
    int32_t from, to;             /* as in actor_use */
    uint32_t line;
};

struct actor_entity {
    struct image_text name, wikidata; /* canonical name; Wikidata's number or empty */
    uint32_t kind;                    /* enum entity_kind */
    uint32_t gender;                  /* 'm', 'f', 'n' (no person), 0 not said */
    uint32_t first_role, n_roles;     /* in the order of the record */
    uint32_t line;
};

struct actor_holder { /* who holds an office; sorted by code, office, from */
    char code[4];
    uint32_t office;  /* entity */
    uint32_t person, role;
};

struct actor_range {
    uint32_t first, n;
};

struct actor_lexicon {
    const struct actor_entity *entity;
    const struct actor_role *role;
    const struct actor_use *use;
    const struct actor_holder *holder;
    uint32_t n_entities, n_roles, n_uses, n_holders;
    struct words names, nouns;
    const struct actor_range *name_uses, *noun_uses; /* a node's uses */
    struct image_map codes;                          /* "RUS" -> the state */
};

const struct actor_lexicon *actor_lexicon(const struct lexicon *lexicon);

/* A day for a date: its middle when only the year or month is known; ACTOR_NO_DAY for none. */
int32_t actor_day(struct date date);

static inline bool actor_holds(int32_t from, int32_t to, int32_t day)
{
    return day == ACTOR_NO_DAY ? to == INT32_MAX : from <= day && day < to;
}

/*
 * The entity's role at a day: 1 it holds then; 2 it is the last one before that day (a former
 * official); 3 it is a later one (nothing was known of him yet); 0 the entity has no roles.
 */
int actor_role_at(const struct actor_lexicon *actors, uint32_t entity, int32_t day,
                  const struct actor_role **out);

/* The person who holds the office (an ENTITY_OFFICE) of that code at a day, or IMAGE_NONE. */
uint32_t actor_holder_at(const struct actor_lexicon *actors, const char code[static 4],
                         uint32_t office, int32_t day);

/* The state with that code, or IMAGE_NONE. */
uint32_t actor_state(const struct actor_lexicon *actors, const char code[static 4]);

const char *entity_kind_name(enum entity_kind kind);
const char *use_kind_name(enum use_kind kind);

#endif
