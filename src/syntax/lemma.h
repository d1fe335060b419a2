/* SPDX-License-Identifier: MIT */
/* lemma.h - the lemma of a tagged word: known words first, then the rule of the longest ending. */
#ifndef SYNTAX_LEMMA_H
#define SYNTAX_LEMMA_H

#include "article/article.h"
#include "article/penn.h"
#include "core/image.h"

#define LEMMA_ENDING_MAX 6 /* bytes of the longest ending that a rule looks at */
#define LEMMA_CASE_MAX 4   /* ... that a habit of capitals looks at */
#define LEMMA_WORD_MAX 60  /* bytes; longer words are not looked up */
#define LEMMA_KEY_MAX (LEMMA_ENDING_MAX + 3)

/* How a word's letters stand; bits of lemma_entry.shapes. Stored in models: append. */
enum lemma_shape {
    LEMMA_LOWER,  /* no capital */
    LEMMA_TITLE,  /* the first letter alone is one */
    LEMMA_UPPER,  /* all letters are, two or more */
    LEMMA_LETTER, /* the only letter is one: "I", "Q3" */
    LEMMA_MIXED,
    LEMMA_SHAPES
};

enum lemma_source { LEMMA_IS_LOWER, LEMMA_IS_FORM, LEMMA_IS_TEXT };

#define LEMMA_ANY_UPOS 0xFF
#define LEMMA_LAST 0x80 /* in shapes: the word's last entry */

/* What training says of a word with a tag, in these shapes. A word's entries stand together. */
struct lemma_entry {
    struct image_text text; /* of LEMMA_IS_TEXT */
    uint8_t xpos;           /* PENN_NONE: whatever the tag */
    uint8_t upos;           /* LEMMA_ANY_UPOS: whatever it is */
    uint8_t shapes;         /* 1 << enum lemma_shape each, LEMMA_LAST */
    uint8_t source;         /* enum lemma_source */
};

/* Cut `cut` bytes off the end of the lower-cased word, then add the text. */
struct lemma_rule {
    struct image_text add;
    uint8_t cut, zero[3];
};

/* What becomes of an unknown word's capitals. */
enum lemma_case { LEMMA_CASE_LOW, LEMMA_CASE_KEEP, LEMMA_CASE_TITLE, LEMMA_CASES };

struct lemma_table {
    struct image_map word;   /* lower-cased word -> its first entry */
    struct image_map ending; /* lemma_ending_key() -> index into rule[] */
    struct image_map casing; /* lemma_case_key() -> enum lemma_case */
    const struct lemma_entry *entry;
    const struct lemma_rule *rule;
    uint32_t n_entries, n_rules;
    const char *bytes;
};

struct lemma_word {
    struct slice form, lower;
    uint64_t hash; /* lemma_hash() */
    uint8_t flags; /* enum token_flag */
    uint8_t upos, xpos;
};

/* Key of an ending of at most LEMMA_ENDING_MAX bytes with a tag; returns its bytes. */
size_t lemma_ending_key(struct slice ending, unsigned xpos, char key[static LEMMA_KEY_MAX]);
size_t lemma_case_key(struct slice ending, unsigned xpos, enum lemma_shape shape,
                      char key[static LEMMA_KEY_MAX]);

/* Tags whose lemma is another form; the others' is the word itself, unless training says more. */
bool lemma_is_inflected(unsigned xpos);
/* Tags of names, which keep their capitals. */
bool lemma_is_name(unsigned xpos);
/* Tags of what is no plain word, of which other tags say nothing. */
bool lemma_is_odd(unsigned xpos);
/* "1,350", whose lemma has no comma; into out[form.n], returns its bytes, 0 for anything else. */
size_t lemma_number(struct slice form, char *out);

enum lemma_shape lemma_shape_of(struct slice form, struct slice lower, unsigned flags);

/*
 * The word's hash; its slot is asked for, so that it is there when lemma_of() looks. Words of a
 * sentence are hashed first, then lemma_fetch() asks for what the slots point to: one by one, each
 * would wait for memory three times.
 */
uint64_t lemma_hash(const struct lemma_table *table, struct slice lower);
void lemma_fetch(const struct lemma_table *table, uint64_t hash);

/*
 * The lemma: of the word's form or lower case, of the table, or of buffer[size], which it may use.
 * No allocation; a lemma that does not fit is the lower-cased word.
 */
struct slice lemma_of(const struct lemma_table *table, const struct lemma_word *word, char *buffer,
                      size_t size);

#endif
