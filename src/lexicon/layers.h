/* SPDX-License-Identifier: MIT */
/*
 * layers.h - the files of a lexicon in layers: the built-in one, and the user's own above it.
 *
 * A LAYER is what one compiled lexicon, one folder or one named file holds. Records of all layers are
 * collected first; then a later layer has its way over the earlier ones (docs/lexicon.md, "Your own
 * lexicon"):
 *
 *   KEYWORD NAME            replaces every record of that keyword and name in earlier layers
 *   remove KEYWORD NAME     takes them away; NAME `*`: every record of the keyword
 *   extend KEYWORD NAME     adds its facts to the last of them
 *
 * Within one layer nothing replaces anything. Dictionaries of other coders are made records of this
 * lexicon's form first (foreign.h); their lines stay those of the dictionary.
 */
#ifndef LEXICON_LAYERS_H
#define LEXICON_LAYERS_H

#include "lexicon/lexicon-parts.h"

#define LAYERS_FILES_MAX 4096
#define LAYERS_FILE_MAX (64u << 20) /* bytes of one file */

/* The records of one file; `bytes` stay until the image is built. Mistakes are told. */
void layers_take_text(struct lexicon_builder *b, const char *path, struct slice bytes,
                      uint32_t layer);

/* The files that a compiled lexicon was made of, with their layers. DM_EFORMAT, DM_ENOMEM. */
int layers_take_base(struct lexicon_builder *b, const struct lexicon *base);

/* A folder (its *.txt and its dictionaries, in the order of names) or a file: a new layer. */
int layers_take_path(struct lexicon_builder *b, const char *path);

/* A dictionary's records as text. DM_EFORMAT when it is none by its name; DM_EIO, DM_ENOMEM. */
int layers_convert(struct lexicon_builder *b, const char *path, struct buf *out);

/* All files are taken: replace, remove, extend. b->source[].dropped says what no longer counts. */
void layers_settle(struct lexicon_builder *b);

/* The layer of the file in which a line (of the numbering of the image) stands. */
uint32_t layers_of_line(const struct lexicon_builder *b, uint32_t line);
/* "the line stands in another coder's dictionary" */
bool layers_foreign_line(const struct lexicon_builder *b, uint32_t line);

#endif
