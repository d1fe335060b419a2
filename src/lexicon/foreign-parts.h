/* SPDX-License-Identifier: MIT */
/*
 * foreign-parts.h - what the converters of names and of verbs share: lines in, lines out, codes.
 */
#ifndef LEXICON_FOREIGN_PARTS_H
#define LEXICON_FOREIGN_PARTS_H

#include "core/buf.h"
#include "lexicon/foreign.h"
#include "lexicon/words.h"

#define FOREIGN_SECTORS 3
#define FOREIGN_OUT_MAX ((size_t)256 << 20)

struct foreign {
    const struct foreign_ask *ask;
    struct slice rest;   /* bytes not read yet */
    uint32_t line;       /* of the line read last */
    bool in_comment;     /* inside of <!-- ... --> */
    struct buf out;
    uint32_t *line_of;
    uint32_t n_lines;
    size_t room_lines;
    uint32_t n_read, n_taken;
    bool no_memory;
};

/* The next line as UTF-8 without control characters and comments; not trimmed. False at the end. */
bool foreign_line(struct foreign *f, struct slice *out);

/* A line of our text that came from the dictionary's line `line`. No line end in the format. */
void foreign_emit(struct foreign *f, uint32_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void foreign_tell(struct foreign *f, uint32_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* What a compound code stands for: "USAGOV", "~GOVMED", "NGO~", "IMGMUSALQ". */
struct foreign_actor {
    char code[4];
    char sector[FOREIGN_SECTORS][4];
    unsigned n_sectors;
    bool null;           /* "---" or "###": no actor */
};

/* False: no part of it is known. */
bool foreign_actor_of(const struct foreign *f, struct slice code, struct foreign_actor *out);
/* "RUS GOV/MIL", "- GOV", "IGO -" into out. */
const char *foreign_actor_text(const struct foreign_actor *actor, char out[static 32]);

/* "[...]" off the rest of a line: 1 and its inside; 0 none left; -1 it does not end. */
int foreign_bracket(struct slice *rest, char open, char close, struct slice *inside);

/* A word of the dictionary into out: '_' and other connectors are blanks, runs of them one. */
struct slice foreign_words(struct slice text, char *out, size_t size);

/* ---- verbs ---- */

#define FOREIGN_FORMS 6   /* lemmas that a form may be of */
#define FOREIGN_TOKENS 32 /* of a pattern */
#define FOREIGN_NEEDS 12

/* A word in small letters, in the arena; empty when there is more in it than letters and digits. */
struct slice foreign_word(struct foreign *f, struct slice word);
/* The lemmas that a form may be of into out[FOREIGN_FORMS]; `stem`: it may be cut short. */
uint32_t foreign_lemmas(struct foreign *f, struct slice word, bool stem, struct slice *out);

/* The lists of words that a dictionary has named so far. */
struct foreign_lists {
    struct slice file; /* the dictionary's name, for names of frames and classes */
    struct map names;
};

enum foreign_token_kind { TOKEN_WORD, TOKEN_LIST, TOKEN_SOURCE, TOKEN_TARGET, TOKEN_BOTH, TOKEN_VERB };

struct foreign_token {
    enum foreign_token_kind kind;
    struct slice word;  /* in small letters; of a list its name */
    struct slice other; /* the rest of "{ A | B }", as it stands */
    bool preposition;
};

struct foreign_pattern {
    struct foreign_token token[FOREIGN_TOKENS];
    uint32_t n, verb;     /* verb: where it stands */
    struct slice particle; /* the preposition right behind the verb */
    struct slice need[FOREIGN_NEEDS];
    uint32_t n_needs;
    struct slice actor, recipient; /* paths, empty: as usual */
    bool mutual, negated;
    bool unknown_list;
};

/* False: it has no meaning on a tree. */
bool foreign_pattern_read(struct foreign *f, const struct foreign_lists *lists, struct slice text,
                          struct foreign_pattern *pattern);

/* ---- the kinds ---- */

void foreign_actors(struct foreign *f);
void foreign_agents(struct foreign *f);
void foreign_verbs(struct foreign *f);
void foreign_discards(struct foreign *f);

#endif
