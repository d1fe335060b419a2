/* SPDX-License-Identifier: MIT */
/*
 * words.h - text as a row of word hashes, and a frozen tree of such rows.
 *
 * A word is a run of letters and digits, lower-cased and without diacritics; full stops inside of
 * it vanish ("U.S." is "us"), everything else parts words ("al-Assad" is "al", "assad"). So names
 * match however a text or a tokenizer sets hyphens and apostrophes. Rows are kept in one hash table
 * of (node, word) -> node: the cost of a step does not depend on how many rows there are. Words are
 * told apart by 64-bit hashes alone: among a million words the odds that any two collide are below
 * one in ten million.
 */
#ifndef LEXICON_WORDS_H
#define LEXICON_WORDS_H

#include "core/image.h"

#define WORDS_ROW_MAX 16 /* words of one row */

/*
 * Hashes of the text's words into out[most]; returns how many there are (more than `most`: the rest
 * was left out). The scratch arena is used for text that is not ASCII, and wound back.
 */
uint32_t words_of(struct slice text, struct arena *scratch, uint64_t *out, uint32_t most);

/* ---- building ---- */

struct words_slot {
    uint64_t key;          /* hash of (parent node, word); 0: free */
    uint32_t node, parent; /* parent is checked, so that a lie about it ends nowhere */
};

struct words_builder {
    struct arena *arena;
    struct words_slot *slot;
    uint32_t n, capacity;  /* slots in use; capacity a power of two */
};

void words_builder_init(struct words_builder *builder, struct arena *arena);
/* The node of the row (1..n), new or known; IMAGE_NONE without memory or for no words. */
uint32_t words_add(struct words_builder *builder, const uint64_t *word, uint32_t n);

/* Make the table fit to be stored: at least one slot. False without memory. */
bool words_builder_finish(struct words_builder *builder);

/* ---- reading ---- */

struct words {
    const struct words_slot *slot;
    uint32_t mask;
    uint32_t n_nodes; /* nodes are 0 (the root) to n_nodes - 1 */
};

/* Opens the section of slots; checks that nodes lie below n_nodes. */
int words_open(const struct image *image, const char *section, uint32_t n_nodes,
               struct words *out, struct dm_error *err);

static inline uint64_t words_key(uint32_t node, uint64_t word)
{
    uint64_t key = (word ^ ((uint64_t)node * UINT64_C(0x9E3779B97F4A7C15))) *
                   UINT64_C(0xD6E8FEB86659FD93);
    key ^= key >> 32;
    return key ? key : 1;
}

/* The node behind `node` and the word, or IMAGE_NONE. The root is 0. */
static inline uint32_t words_step(const struct words *words, uint32_t node, uint64_t word)
{
    uint64_t key = words_key(node, word);
    for (uint32_t i = (uint32_t)key & words->mask;; i = (i + 1) & words->mask) {
        const struct words_slot *slot = &words->slot[i];
        if (slot->key == key && slot->parent == node)
            return slot->node;
        if (slot->key == 0)
            return IMAGE_NONE;
    }
}

#endif
