/* SPDX-License-Identifier: MIT */
/*
 * lexicon.h - the compiled lexicon: mapped read-only, shared by all threads.
 *
 * lexicon.c opens the image and hands its parts out; each part has a module that compiles it from
 * records and one accessor header: actor-lexicon.h (names, roles, agents), frame-lexicon.h
 * (classes, frames, operators), ontology.h (types, CAMEO, contexts, sectors).
 */
#ifndef LEXICON_LEXICON_H
#define LEXICON_LEXICON_H

#include "core/date.h"
#include "core/image.h"

#define LEXICON_VERSION 1

struct lexicon; /* opaque; see lexicon-parts.h for the modules that compile and open it */

/* Map the compiled file. DM_EIO, DM_EFORMAT, DM_EVERSION. */
int lexicon_open(const char *path, struct lexicon **out, struct dm_error *err);
void lexicon_close(struct lexicon *lexicon);

/*
 * Compile the folder's text files to the bytes of an image. All errors of a folder are reported
 * through `report` (one call a message, "path:line: ..."), the first one in err too; DM_ELEXICON.
 */
int lexicon_compile(const char *folder, struct buf *out,
                    void (*report)(void *self, const char *message), void *self,
                    struct dm_error *err);

/*
 * The same, and with `warnings` also what is doubtful: duplicates, overlapping terms, common words.
 */
int lexicon_check(const char *folder, bool warnings, struct buf *out,
                  void (*report)(void *self, const char *message), void *self,
                  struct dm_error *err);

/* Compile one text, for tests; `path` decides the folder it counts to ("lexicon/frames/x.txt"). */
int lexicon_compile_text(const char *path, struct slice text, struct buf *out,
                         void (*report)(void *self, const char *message), void *self,
                         struct dm_error *err);

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
