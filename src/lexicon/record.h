/* SPDX-License-Identifier: MIT */
/*
 * record.h - read the lexicon's text files: records of a header line and indented facts.
 *
 *   # a comment; also behind a value, after a blank
 *   person Sergey Lavrov | Sergei Lavrov
 *       RUS GOV foreign minister  2004-03..
 *       wikidata Q58217
 *
 * The header stands at column 0: a keyword, then its value. A fact is indented: a keyword (its
 * first word), then its value. Lists inside of a value are separated by " | ". Blank lines separate
 * nothing. The file is UTF-8 without control characters, lines of at most RECORD_LINE_MAX bytes.
 */
#ifndef LEXICON_RECORD_H
#define LEXICON_RECORD_H

#include "core/arena.h"
#include "core/date.h"
#include "core/error.h"

#define RECORD_LINE_MAX 4096
#define RECORD_FACTS_MAX 4096 /* facts of one record */

struct fact {
    struct slice key, value; /* first word, and the trimmed rest (may be empty) */
    uint32_t line;           /* from 1 */
};

/* The whole line of a fact that has no keyword (a role, the words of a class). */
static inline struct slice fact_text(const struct fact *fact)
{
    return slice_make(fact->key.p, (size_t)(fact->value.p + fact->value.n - fact->key.p));
}

struct record {
    struct slice key, value; /* the header's keyword and rest */
    uint32_t line;
    struct fact *fact;
    uint32_t n_facts;
};

struct record_reader {
    const char *path;      /* for messages */
    struct slice rest;     /* what is not read yet */
    uint32_t line;         /* line number of what is at `rest`, minus one */
    struct arena *arena;   /* facts arrays; the texts are views into the input */
};

void record_reader_init(struct record_reader *reader, const char *path, struct slice text,
                        struct arena *arena);

/*
 * 1: a record was read; 0: the end; negative: DM_ELEXICON with path:line, DM_ENOMEM. A faulty line
 * is consumed, so that calling again goes on behind it (facts behind it are then faults of their
 * own).
 */
int record_next(struct record_reader *reader, struct record *out, struct dm_error *err);

/* The next item of a list "a | b | c", trimmed; false when none is left. Items are never empty. */
bool record_item(struct slice *list, struct slice *item);

/*
 * A span of time at the end of a value, "2004-03..2008-05", "2004-03..", "..1991", cut off *value.
 * Returns 1 when there was one, 0 when not, negative when it is no possible span. A missing end is
 * a none date.
 */
int record_span(struct slice *value, struct date *from, struct date *to);

/* dm_fail(DM_ELEXICON) with "path:line: " before the message. */
int record_fail(const char *path, uint32_t line, struct dm_error *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
