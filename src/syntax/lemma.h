/* SPDX-License-Identifier: MIT */
/* lemma.h - the lemma of a tagged word: exceptions first, then the rule of its longest ending. */
#ifndef SYNTAX_LEMMA_H
#define SYNTAX_LEMMA_H

#include "article/penn.h"
#include "core/image.h"

#define LEMMA_ENDING_MAX 6  /* bytes of the longest ending that a rule looks at */
#define LEMMA_KEY_MAX 64    /* bytes of a key; longer words have no exception */

/* Cut `cut` bytes off the end, then add the text. */
struct lemma_rule {
    struct image_text add;
    uint8_t cut;
    uint8_t keep_case; /* work on the form as it stands, not on its lower case */
    uint8_t zero[2];
};

struct lemma_table {
    struct image_map exception; /* lower, tab, tag letter -> index into text[] */
    struct image_map ending;    /* ending, tab, tag letter -> index into rule[] */
    struct image_map words;     /* features (features.h): 'w' and a known word */
    const struct image_text *text;
    const struct lemma_rule *rule;
    uint32_t n_texts, n_rules;
    const char *bytes;
};

/* Key of (text, Penn tag): at most LEMMA_KEY_MAX bytes; 0 when longer. */
size_t lemma_key(struct slice text, unsigned xpos, char key[static LEMMA_KEY_MAX]);

/* A past form and a participle have one set of rules. */
static inline unsigned lemma_rule_tag(unsigned xpos)
{
    return xpos == PENN_VBD ? PENN_VBN : xpos;
}

/* Apply a rule; 0 when it cuts more than there is. Returns the bytes written to out[size]. */
size_t lemma_apply(const struct lemma_rule *rule, const char *bytes, struct slice form,
                   struct slice lower, char *out, size_t size);

/* The rule of the longest known ending; NULL when not even the tag has one. */
const struct lemma_rule *lemma_find_rule(const struct lemma_table *table, struct slice lower,
                                         unsigned xpos);

/*
 * The lemma by rule alone, mended where it is no known word but the form without its inflection is:
 * "bombed" is of "bomb", not of "bom". 0 when there is no rule.
 */
size_t lemma_by_rule(const struct lemma_table *table, struct slice form, struct slice lower,
                     unsigned xpos, char *out, size_t size);

/* The lemma into out[size] (size above the form's length by 16 at least); returns its bytes. */
size_t lemma_of(const struct lemma_table *table, struct slice form, struct slice lower,
                unsigned xpos, char *out, size_t size);

#endif
