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

void foreign_actors(struct foreign *f);
void foreign_agents(struct foreign *f);
void foreign_verbs(struct foreign *f);
void foreign_discards(struct foreign *f);

#endif
