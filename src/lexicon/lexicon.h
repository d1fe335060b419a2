/* SPDX-License-Identifier: MIT */
/*
 * lexicon.h - the compiled lexicon: mapped read-only, shared by all threads.
 *
 * lexicon.c opens the image and hands its parts out; each part has a module that compiles it from
 * records and one accessor header: actor-lexicon.h (names, roles, agents), frame-lexicon.h
 * (classes, frames, operators), ontology.h (types, CAMEO, contexts, sectors), gazetteer.h (places),
 * languages.h (the language of a text), lists.h (words of time and number).
 */
#ifndef LEXICON_LEXICON_H
#define LEXICON_LEXICON_H

#include "core/date.h"
#include "core/image.h"

#define LEXICON_VERSION 6

struct lexicon; /* opaque; see lexicon-parts.h for the modules that compile and open it */

/* Map the compiled file. DM_EIO, DM_EFORMAT, DM_EVERSION. */
int lexicon_open(const char *path, struct lexicon **out, struct dm_error *err);
void lexicon_close(struct lexicon *lexicon);

/*
 * What is compiled: the files that `base` was made of (NULL: none), above it each path as a layer of
 * its own (layers.h): a folder with *.txt and dictionaries, or one such file; above that, one text.
 */
struct lexicon_ask {
    const struct lexicon *base;
    const char *const *path;
    size_t n_paths;
    const char *text_path; /* for tests: the name under which `text` counts as a file */
    struct slice text;
    bool warnings;         /* tell also what is doubtful */
    bool notes;            /* tell also how much of a dictionary was taken over, and what was not */
    /* One call a message, "path:line: ..."; may be NULL. */
    void (*report)(void *self, const char *message);
    void *self;
};

/*
 * The bytes of an image into `out`. Every mistake is reported, the first one in err too; DM_ELEXICON.
 * DM_EIO a path that cannot be read, DM_ENOMEM.
 */
int lexicon_compile(const struct lexicon_ask *ask, struct buf *out, struct dm_error *err);

/* The text of ask->path[0], another coder's dictionary, as text of the lexicon's form. DM_EFORMAT. */
int lexicon_convert(const struct lexicon_ask *ask, struct buf *out, struct dm_error *err);

/* One text without a base; `path` is the name of the file that it counts as. For tests. */
int lexicon_compile_text(const char *path, struct slice text, struct buf *out,
                         void (*report)(void *self, const char *message), void *self,
                         struct dm_error *err);

/* Compiled and opened at once: the image lives in memory until lexicon_close(). */
int lexicon_union(const struct lexicon_ask *ask, struct lexicon **out, struct dm_error *err);

/* Open an image in memory; the bytes stay the caller's (aligned to 64) until lexicon_close(). */
int lexicon_from_memory(const char *name, struct slice bytes, struct lexicon **out,
                        struct dm_error *err);

/*
 * What the lexicon knows of a name (all who bear it, with their roles; those that hold at the date
 * are marked) or of a code (type, CAMEO code, sector, state), as lines for people. Returns how
 * many.
 */
uint32_t lexicon_who(const struct lexicon *lexicon, struct slice name, struct date date,
                     struct buf *out);
/*
 * Lines for the places that bear the name, the one taken marked with *; `near`: codes of countries
 * spoken of, separated by commas, or NULL. Returns how many there are.
 */
uint32_t lexicon_where(const struct lexicon *lexicon, struct slice name, struct slice near,
                       struct arena *scratch, struct buf *out);
uint32_t lexicon_code(const struct lexicon *lexicon, struct slice code, struct buf *out);

struct frame_lexicon;
const struct frame_lexicon *lexicon_frames(const struct lexicon *lexicon);

/* A string of the image. */
struct slice lexicon_string(const struct lexicon *lexicon, struct image_text text);

/*
 * "lexicon/actors/people.txt:120" of a source line number kept in a mention or frame; "" for none.
 */
struct slice lexicon_line(const struct lexicon *lexicon, uint32_t line, char *out, size_t size);

#endif
