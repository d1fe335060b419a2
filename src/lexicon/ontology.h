/* SPDX-License-Identifier: MIT */
/*
 * ontology.h - what PLOVER and CAMEO know: types, their scores and modes, codes, sectors, contexts.
 *
 * All texts point into the mapped lexicon. A type, context or code that the lexicon lacks gives
 * NULL, an empty slice or IMAGE_NONE.
 */
#ifndef LEXICON_ONTOLOGY_H
#define LEXICON_ONTOLOGY_H

#include "article/article.h"
#include "lexicon/lexicon.h"

struct ontology_type {
    struct image_text name;      /* "ACCUSE" */
    struct image_text cameo;     /* the code when no frame says a more specific one, may be empty */
    struct image_text label;     /* may be empty */
    float score;                 /* PLOVER's value */
    uint32_t quad;               /* 1-4 */
    uint32_t first_mode, n_modes;
    uint32_t sizes;              /* bits of enum frame_size: whom an event of the type counts */
    struct image_text abroad;    /* its context between states, may be empty */
    struct image_text guest;     /* its mode at home with one of the parties, may be empty */
    struct image_text several;   /* its mode with more than two countries, may be empty */
    uint32_t speech;             /* 1: it is done by words alone, so where it is said it happens */
    uint32_t line;
};

struct ontology_cameo {
    struct image_text code, label;
    float goldstein;
    uint32_t type;               /* index, IMAGE_NONE not said */
    uint32_t line;
};

struct ontology_label {          /* a sector, a code or a context */
    struct image_text name, label;
    uint32_t line;
};

/* What shows a context beside words: a party's sector or office, or a type and its mode. */
struct ontology_clue {
    uint32_t context;
    uint32_t unless[2];          /* bits: not where one of these contexts is shown already */
    struct image_text sector, office; /* both empty: type and mode */
    struct image_text type, mode;
};

const struct ontology_type *ontology_type(const struct lexicon *lexicon, struct slice name);
const struct ontology_cameo *ontology_cameo(const struct lexicon *lexicon, struct slice code);
/* The type's name, empty when the code has none. */
struct slice ontology_cameo_type(const struct lexicon *lexicon, const struct ontology_cameo *cameo);
const struct ontology_label *ontology_sector(const struct lexicon *lexicon, struct slice code);
/* PLOVER's codes beside ISO 3166: UNO, IGO, ... States are the actors' part. */
const struct ontology_label *ontology_code(const struct lexicon *lexicon, struct slice code);
struct slice ontology_context_name(const struct lexicon *lexicon, uint32_t context);
/* All modes of all types, those of a type from its first_mode on. */
uint32_t ontology_n_modes(const struct lexicon *lexicon);
struct slice ontology_mode(const struct lexicon *lexicon, uint32_t mode);
bool ontology_has_mode(const struct lexicon *lexicon, const struct ontology_type *type,
                       struct slice mode);

const struct ontology_clue *ontology_clues(const struct lexicon *lexicon, uint32_t *n);
/* Does the clue not hold where that context is shown? */
bool ontology_excludes(const struct lexicon *lexicon, const struct ontology_clue *clue,
                       struct slice context);

struct ontology_context {
    struct slice name;
    uint32_t first, end; /* the tokens that show it */
};

/*
 * The contexts shown by the lemmas of tokens [first, end), in the order of their first word, at
 * most `most`, each once. Needs lemmas. Cost: a lookup a token.
 */
uint32_t ontology_contexts(const struct lexicon *lexicon, const struct dm_article *article,
                           uint32_t first, uint32_t end, struct ontology_context *out,
                           uint32_t most);

#endif
