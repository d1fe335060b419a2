/* SPDX-License-Identifier: MIT */
/*
 * lexicon-parts.h - how the lexicon's parts are compiled from records and opened from the image.
 *
 * The parts ontology, actors, gazetteer, languages and lists are modules with the same four functions:
 *
 *   X_start(b)         make b->X, its working state, in b->arena
 *   X_take_record(b,r) take a record whose keyword is its own: true; another's keyword: false
 *   X_finish(b)        all records are in: resolve names, add sections with lexicon_section()
 *   X_open(lexicon)    find the sections, check every id in them, set lexicon->X
 *
 * Records of classes, frames, operators and turns are compiled at the end by frame-compile.c.
 *
 * Line numbers   A record's and a fact's `line` is already the number that is kept in the image and
 *                that lexicon_line() turns back into "path:line"; lexicon_complain() takes it too.
 * Mistakes       lexicon_complain() reports and goes on; compiling then fails at its end.
 * Memory         b->arena lives until the image is built; running out of it sets b->no_memory.
 */
#ifndef LEXICON_LEXICON_PARTS_H
#define LEXICON_LEXICON_PARTS_H

#include "core/map.h"
#include "lexicon/foreign.h"
#include "lexicon/frame-lexicon.h"
#include "lexicon/lexicon.h"
#include "lexicon/record.h"

struct lexicon_builder {
    struct arena *arena;
    struct image_builder image;
    struct image_pool pool;   /* all strings of the image */
    bool no_memory;
    bool warnings;            /* lexicon_warn() is to be told */
    bool notes;               /* lexicon_note() is to be told */
    uint32_t told;            /* lines up to this one are of the base: nothing is told of them */
    uint32_t n_errors;
    struct lexicon_file *file; /* [n_files], path and first line number of every file */
    struct slice *file_bytes;  /* [n_files] */
    uint32_t n_files;
    uint32_t n_known;          /* names of dictionaries that stand in earlier layers as well */
    struct ontology_builder *ontology;
    struct actor_builder *actors;
    struct gazetteer_builder *gazetteer;
    struct languages_builder *languages;
    struct lists_builder *lists;
    struct foreign_codes codes;  /* what dictionaries' codes stand for, as far as was read */
    struct frame_source *source; /* all records (layers.h) */
    uint32_t n_sources;
    size_t sources_capacity;
    void (*report)(void *self, const char *message);
    void *self;
    struct dm_error *err;     /* gets the first mistake */
};

/* A source file of the image: its lines have the numbers (base, base + n_lines]. */
struct lexicon_file {
    struct image_text path;
    uint32_t base, n_lines, n_bytes;
    uint32_t layer, foreign; /* layers.h; enum foreign_kind */
};

/* The file that a line number lies in; NULL for line 0 or no files. */
const struct lexicon_file *lexicon_file_of(const struct lexicon_file *file, uint32_t n, uint32_t line);

struct lexicon {
    struct image image;
    struct arena arena;       /* the parts' own structs */
    const char *bytes;        /* the string section */
    uint32_t n_bytes;
    const struct lexicon_file *file;
    uint32_t n_files, n_lines; /* n_lines: of all files together; line numbers are 1..n_lines */
    const char *source;        /* the bytes of all files, so that layers can be laid above them */
    uint32_t n_source;
    char *owned;               /* the image's bytes when they were compiled in memory, or NULL */
    struct ontology *ontology;
    struct actor_lexicon *actors;
    struct gazetteer *gazetteer;
    struct languages *languages;
    struct lists *lists;
    struct frame_lexicon frames;
};

/* ---- for the parts, while compiling ---- */

void lexicon_complain(struct lexicon_builder *b, uint32_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Not wrong but doubtful: shown by `lexicon check`, does not fail. */
void lexicon_warn(struct lexicon_builder *b, uint32_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A mistake whose message names its place already. */
void lexicon_mistake(struct lexicon_builder *b, const char *message);

/* What of another coder's dictionary was not taken over; does not fail. */
void lexicon_note(struct lexicon_builder *b, uint32_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Intern a string of the image; the empty text without memory. */
struct image_text lexicon_text(struct lexicon_builder *b, struct slice text);
/* The interned string, while compiling. */
struct slice lexicon_built_text(const struct lexicon_builder *b, struct image_text text);

/* Add a section; `data` stays where it is until the image is built. */
void lexicon_section(struct lexicon_builder *b, const char *name, const void *data, size_t n,
                     size_t size);
/* Add a map from n strings to numbers as a section. */
void lexicon_section_map(struct lexicon_builder *b, const char *name, const struct image_text *key,
                         const uint32_t *value, uint32_t n);

struct words_builder;
/* Add a tree of rows (words.h) as a section; its nodes are 0 to rows->n. */
void lexicon_section_words(struct lexicon_builder *b, const char *name,
                           struct words_builder *rows);

/* "; did you mean 'X'?" into out, with the word of a NULL-ended list that is at most two letters off,
   or "". Returns out. */
const char *lexicon_hint(struct slice word, const char *const *list, char out[static 64]);

/* ---- for the parts, while opening ---- */

/* "the string lies inside of the string section" */
static inline bool lexicon_text_ok(const struct lexicon *lexicon, struct image_text text)
{
    return text.offset <= lexicon->n_bytes && text.n <= lexicon->n_bytes - text.offset;
}

static inline struct slice lexicon_slice(const struct lexicon *lexicon, struct image_text text)
{
    return slice_make(lexicon->bytes + text.offset, text.n);
}

/* A section of records, and where a part keeps the pointer to it and their number. */
struct lexicon_section_at {
    const char *name;
    size_t size;    /* of a record */
    const void *to; /* address of the pointer */
    uint32_t *n;
};

/* Find the sections, each a whole number of records. DM_EFORMAT. */
int lexicon_sections(const struct lexicon *lexicon, const struct lexicon_section_at *at, size_t n,
                     struct dm_error *err);

/* dm_fail(DM_EFORMAT) that names the section whose content is wrong. */
int lexicon_bad(const char *section, struct dm_error *err);

/* ---- the parts ---- */

bool ontology_start(struct lexicon_builder *b);
bool ontology_take_record(struct lexicon_builder *b, const struct record *record);
void ontology_finish(struct lexicon_builder *b);
int ontology_open(struct lexicon *lexicon, struct dm_error *err);

bool actors_start(struct lexicon_builder *b);
bool actors_take_record(struct lexicon_builder *b, const struct record *record);
void actors_finish(struct lexicon_builder *b);
int actors_open(struct lexicon *lexicon, struct dm_error *err);

bool gazetteer_start(struct lexicon_builder *b);
bool gazetteer_take_record(struct lexicon_builder *b, const struct record *record);
void gazetteer_finish(struct lexicon_builder *b);
int gazetteer_open(struct lexicon *lexicon, struct dm_error *err);

bool languages_start(struct lexicon_builder *b);
bool languages_take_record(struct lexicon_builder *b, const struct record *record);
void languages_finish(struct lexicon_builder *b);
int languages_open(struct lexicon *lexicon, struct dm_error *err);

bool lists_start(struct lexicon_builder *b);
bool lists_take_record(struct lexicon_builder *b, const struct record *record);
void lists_finish(struct lexicon_builder *b);
int lists_open(struct lexicon *lexicon, struct dm_error *err);

bool ontology_built_sector(const struct lexicon_builder *b, struct slice code);
bool ontology_built_code(const struct lexicon_builder *b, struct slice code);

/* Asked by the frames' compiler when the ontology is complete. `type` is the type of a mode. */
bool ontology_knows(void *builder, enum frame_name kind, struct slice type, struct slice name);

#endif
