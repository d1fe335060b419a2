/* SPDX-License-Identifier: MIT */
/*
 * sketch.h - a text as the hashes of its shingles: every SKETCH_WORDS words that follow one another.
 *
 * A word is a run of letters and digits in lower case; how a paper sets quotes, dashes, lines and
 * capitals does not count.
 */
#ifndef STORE_SKETCH_H
#define STORE_SKETCH_H

#include "core/arena.h"

#define SKETCH_WORDS 3
#define SKETCH_WORDS_MAX 4096 /* of a text are looked at */

struct sketch {
    uint64_t whole;    /* hash of all words */
    uint64_t *shingle; /* n of them, in the order of the text; never 0 */
    uint32_t n, n_words;
};

/* False without memory. Texts of fewer words than a shingle have none. The text is valid UTF-8. */
bool sketch_make(struct arena *arena, struct slice text, struct sketch *out);

/*
 * Does shingle i belong to the sample that is kept? One of SKETCH_RARE by its hash, so that the same
 * words are chosen in every text, and one of SKETCH_DENSE in the lead, so that a brief has some.
 */
bool sketch_is_kept(const struct sketch *sketch, uint32_t i);

/* The shingles as a set: an open-addressing table of *size (a power of two); NULL without memory. */
uint64_t *sketch_set(struct arena *arena, const struct sketch *sketch, uint32_t *size);
bool sketch_set_has(const uint64_t *set, uint32_t size, uint64_t shingle);

#endif
