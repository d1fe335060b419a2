/* SPDX-License-Identifier: MIT */
/*
 * work.h - what the files of actors/ share while one article is being read.
 *
 *   names.c    names and nouns of the lexicon over a sentence's tokens
 *   scene.c    the states that the article names
 *   towns.c    the country of a town that the lexicon lacks
 *   mend.c     what the parser hung elsewhere than the phrases need it
 *   phrase.c   what a word and the words below it tell: code, sector, office, stretch
 *   refer.c    who is meant: surnames, pronouns, definite descriptions, missing countries
 *   actors.c   the order of it, and the mentions
 *
 * All arrays stand in article->scratch and are given back at the end, but the mentions.
 */
#ifndef ACTORS_WORK_H
#define ACTORS_WORK_H

#include "actors/actors.h"
#include "lexicon/actor-lexicon.h"
#include "lexicon/frame-lexicon.h"

/* Word classes that this stage asks for, by name; absent ones match nothing. ORDER ASK */
enum ask_class {
    ASK_REPORT,   /* verbs that say */
    ASK_ORIGIN,   /* "US-led", "London-based": participles that lend their country */
    ASK_AGAINST,  /* "anti-American", "pro-Russian": prefixes that do not */
    ASK_CALENDAR, /* names of days and months */
    ASK_COUNTRY,  /* nouns for a state as such: country, nation */
    ASK_SIDE,     /* nouns for parties taken together: side, party, neighbor */
    ASK_GROUPING, /* heads that only count or hold others: group, number, dozen, member */
    ASK_BODY,     /* nouns for bodies of persons: government, police, court */
    ASK_CROWD,    /* nouns of number that stand for persons: dozens, others */
    ASK_IDIOM,    /* nouns that bare behind 'in' name nobody: into force, in office */
    ASK_BACKED,   /* "Iran-backed": participles that belong to the party and lend no country */
    ASK_ARMS,     /* what only armies do or have: airstrike, shelling */
    ASK_REGION,   /* province, county */
    ASK_MISSION,  /* nouns for who stands in another country than their own: embassy */
    ASK_ABROAD,   /* adjectives for who belongs to no state told of: foreign, international */
    ASK_FOREIGN,  /* ... of them those that are part of an office's name: foreign minister */
    ASK_STATES,   /* nouns that stand for several states in the plural: countries, governments */
    ASK_COUNT
};

/* A piece of a token between hyphens and apostrophes; nearly always the token itself. */
struct unit {
    uint64_t form, lemma; /* hashes of the folded form and lemma */
    uint32_t tok;
};

/* A known name over tokens [first, end). */
struct name_match {
    uint32_t first, end;
    uint32_t anchor; /* the token of it that hangs outside */
    uint32_t use;    /* into the lexicon's uses */
    uint32_t node;   /* all uses of these words */
};

enum info_flag {
    INFO_PERSON = 1, INFO_FORMER = 2, INFO_PLACE = 4,
    INFO_NOUN = 8,     /* headed by an agent noun or office */
    INFO_NAME = 16,    /* headed by a known name */
    INFO_OFFICE = 32,
    INFO_OWN = 64,     /* the code is of the name itself, not of what stands beside it */
    INFO_GROUP = 128,  /* its modifiers name several countries */
    INFO_BODY = 256,   /* a body of persons, an organization */
    INFO_UNSURE = 512, /* a surname taken from the lexicon alone */
    INFO_LAPSED = 1024, /* former by the lexicon, not by the text */
    INFO_SAID = 2048,   /* the text itself says 'former' */
    INFO_STATE = 4096,  /* named by a state itself or its people, not by a city */
    INFO_SHARED = 8192  /* by a name that several states have */
};

/* How close the thing stands that a code was taken from. */
enum strength {
    STRENGTH_NONE, STRENGTH_LENT /* US-led */, STRENGTH_IN, STRENGTH_APPOS, STRENGTH_OF,
    STRENGTH_POSS, STRENGTH_MOD, STRENGTH_OWN
};

/* What a word and its dependents tell. Strength: how close the code stands, 0 none. */
struct info {
    char code[4], sector[4], other[4];
    uint32_t code_line, sector_line; /* ARTICLE_NONE none */
    uint32_t entity;                 /* ARTICLE_NONE none */
    uint32_t office;                 /* entity of the office, ARTICLE_NONE */
    uint32_t first, end;             /* stretch that names it */
    uint16_t flags;
    uint8_t strength; /* enum strength */
    char gender;
};

/* What the parser had given a token that mend.c hung elsewhere. */
struct moved {
    uint32_t tok, head;
    uint8_t rel;
};

#define SCENE_MAX 48

/* The states that title and text name, and how often. */
struct scene {
    uint32_t n;
    char code[SCENE_MAX][4];
    float weight[SCENE_MAX];
};

struct work {
    const struct lexicon *lexicon;
    const struct actor_lexicon *actors;
    struct dm_article *article;
    struct arena *scratch;
    int32_t day;
    uint32_t class_of[ASK_COUNT];

    /* of the whole article */
    uint32_t *child, *next;  /* first dependent of a token and next sibling, in text order */
    struct info *info;       /* per token */
    uint32_t *name_of;       /* per token: name match that covers it */
    uint32_t *noun_of;       /* per token: node of the noun row that it heads */
    uint32_t *noun_first;    /* ... the row's first token */
    uint32_t *noun_end;      /* ... and the token behind its last */
    struct name_match *name;
    uint32_t n_names;
    size_t room_names;
    uint32_t next_name;      /* the first name of the sentence being read */
    struct scene scene;      /* empty until all names are found */
    size_t room_mentions;
    struct moved *moved;     /* see mend_undo() */
    uint32_t n_moved;
    size_t room_moved;

    /* of the sentence being read */
    uint32_t *order;         /* room for its tokens, each before those below it */
    struct unit *unit;
    uint32_t n_units;
    size_t room_units;
    bool capitals, small;    /* it is written in capitals, in small letters throughout */
};

/* names.c */
bool names_find(struct work *work, const struct sentence *sent);
bool names_in_class(const struct work *work, uint32_t tok, enum ask_class class);
/* Have several states the name, as a place or people of theirs? */
bool names_shared_place(const struct work *work, uint32_t node);
/* The name match whose anchor is this token, or NULL. */
const struct name_match *names_at(const struct work *work, uint32_t tok);

/* Choose again what the sentence's names mean, now that the scene is known. */
void names_settle(struct work *work, const struct sentence *sent);

/* scene.c */
void scene_read(struct work *work);
/* How often title and text name the state; 0 never. */
float scene_weight(const struct work *work, const char code[4]);
/* Hand over what each name in the title may stand for; acronyms are left out. */
void scene_title(const struct work *work, void *self,
                 void (*take)(void *self, const struct actor_use *use));

/* towns.c */
/* The country of the place whose name token t belongs to, by the gazetteer; NULL not known. */
const char *towns_country(const struct work *work, uint32_t t);

/* mend.c */
bool mend_tree(struct work *work, const struct sentence *sent); /* false without memory */
void mend_undo(struct work *work);

/* phrase.c */
void phrase_read(struct work *work, const struct sentence *sent);
/* The name that hangs behind a title: "Blinken" of 'Secretary Blinken'; ARTICLE_NONE for none. */
uint32_t phrase_titled(const struct work *work, uint32_t t);

/* refer.c */
int refer_resolve(struct work *work, struct dm_error *err);

static inline const struct token *work_tok(const struct work *work, uint32_t t)
{
    return &work->article->tok[t];
}

static inline enum relation work_rel(const struct work *work, uint32_t t)
{
    return relation_base((enum relation)work->article->tok[t].rel);
}

static inline bool code_set(const char code[4])
{
    return code[0] != '\0';
}

static inline bool code_eq(const char a[4], const char b[4])
{
    return memcmp(a, b, 4) == 0;
}

#endif
