/* SPDX-License-Identifier: MIT */
/*
 * foreign.h - dictionaries of TABARI and PETRARCH, made text of this lexicon's form.
 *
 * foreign_convert() writes records as a person would (docs/lexicon.md, "Other coders' dictionaries"),
 * and for each line of them the line of the dictionary that it came from. They are then read like any
 * other: there is one compiler. What has no meaning here is told with its line and counted.
 *
 * Three-letter codes are read by what the lexicon knows: `state`, `code` and `sector` records, and
 * before them `actor-code` records (lexicon/ontology/foreign.txt), which say what a code of CAMEO
 * stands for. `irregular` records give the lemma of a verb's form.
 */
#ifndef LEXICON_FOREIGN_H
#define LEXICON_FOREIGN_H

#include "core/map.h"
#include "lexicon/record.h"

enum foreign_kind { /* ORDER FOREIGN */
    FOREIGN_NONE, FOREIGN_ACTORS, FOREIGN_AGENTS, FOREIGN_VERBS, FOREIGN_DISCARDS, FOREIGN_OTHER,
    FOREIGN_KINDS
};

/* By the file's name: "x.actors", "x.actors.txt", "x.agents", "x.verbs", "x.verbpatterns.txt",
   "x.discards". */
enum foreign_kind foreign_kind_of(struct slice path);
const char *foreign_kind_name(enum foreign_kind kind);

struct foreign_code {
    char code[4], sector[4]; /* "" none */
    bool second;             /* the sector stands behind all others ("Muslim rebels") */
};

struct foreign_codes {
    struct arena *arena;
    struct foreign_code *row;
    uint32_t n_rows;
    size_t room;
    struct map special;  /* of `actor-code` records; values are rows */
    struct map state;    /* codes of states; values are rows */
    struct map place;    /* the same, and codes of bodies */
    struct map sector;
    struct map cameo;    /* CAMEO codes -> number in type */
    struct slice *type;  /* the type that stands behind a code, may be empty */
    uint32_t n_types;
    size_t room_types;
    struct map negation; /* words of the class `negation` */
    struct map form;     /* a verb's irregular form -> number in lemma */
    struct slice *lemma;
    uint32_t n_lemmas;
    size_t room_lemmas;
};

void foreign_codes_init(struct foreign_codes *codes, struct arena *arena);
/* Learn from a record, if it is one of those named above. Running out of memory loses codes only. */
void foreign_codes_add(struct foreign_codes *codes, const struct record *record);

struct foreign_ask {
    const char *path;
    enum foreign_kind kind;
    struct slice bytes;
    const struct foreign_codes *codes;
    struct arena *arena;
    /* What was not taken over: its line in the dictionary, and why. May be NULL. */
    void (*tell)(void *self, uint32_t line, const char *why);
    void *self;
};

struct foreign_text {
    struct slice bytes;      /* records, in the arena */
    uint32_t *line_of;       /* [n_lines] the dictionary's line of each line of `bytes` */
    uint32_t n_lines;
    uint32_t n_read, n_taken; /* names or patterns */
};

/* False without memory. Any bytes are read; what is wrong is told, never fatal. */
bool foreign_convert(const struct foreign_ask *ask, struct foreign_text *out);

#endif
