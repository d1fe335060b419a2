/* SPDX-License-Identifier: MIT */
/* sample.h - texts with names, as numbers to learn from. */
#ifndef NAMES_SAMPLE_H
#define NAMES_SAMPLE_H

#include "names/net.h"

#define SAMPLE_UNTOLD 255
#define SAMPLE_ROWS 16     /* rows of a word: its own, affixes, shape, spacing, hints */
#define SAMPLE_SENTENCE_MAX 200 /* longer sentences are not learned from */

struct sample_word {
    uint32_t row[SAMPLE_ROWS]; /* row[0] the word's own or FEATURES_UNKNOWN */
    uint8_t n_rows, n_hints;   /* hints come last */
    uint8_t label;             /* net_label(), or SAMPLE_UNTOLD: nothing is learned from it */
    float view_scale;
};

struct sample_sentence {
    size_t first;
    uint32_t n;
};

struct sample {
    const struct syntax_model *syntax;
    const struct actor_lexicon *actors;
    struct sample_word *word;
    uint8_t *view;       /* words x syntax->shape.dim */
    struct sample_sentence *sentence;
    uint32_t *row_count; /* of the parser's rows: how many words have it as row[0] */
    size_t n_words, room_words;
    uint32_t n_sentences, room_sentences;
    uint32_t n_gold;     /* sentences that people marked; they come first */
};

/*
 * Read all documents of a file behind those that are there. Silver: where the lexicon knows all words
 * of a name as one kind alone, that is its kind.
 */
int sample_read(struct sample *sample, const char *path, bool silver, struct dm_error *err);
void sample_free(struct sample *sample);

#endif
