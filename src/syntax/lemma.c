/* SPDX-License-Identifier: MIT */
/*
 * lemma.c - the lemma of a tagged word.
 *
 * Reads    the model's known words, endings and habits of capitals, all learned (lemma-train.c).
 * Method   One look-up of the lower-cased word gives all that training knows of it: its lemma by tag
 *          and shape, or, where it stood with other tags alone, by shape. An unknown word with a
 *          tag of inflection is undone by the rule of its longest known ending; where that makes no
 *          known word, by spelling. Its capitals stay in names, and go by tag and ending elsewhere.
 * Cost     One probe for nearly every word.
 */
#include "syntax/lemma.h"

/* ---- tags ---- */

enum inflection { INFLECTED_NOT, INFLECTED_S, INFLECTED_ED, INFLECTED_ING, INFLECTED_ER, INFLECTED_EST };

static enum inflection inflection_of(unsigned xpos)
{
    switch (xpos) {
    case PENN_NNS: case PENN_NNPS: case PENN_VBZ: return INFLECTED_S;
    case PENN_VBD: case PENN_VBN: return INFLECTED_ED;
    case PENN_VBG: return INFLECTED_ING;
    case PENN_JJR: case PENN_RBR: return INFLECTED_ER;
    case PENN_JJS: case PENN_RBS: return INFLECTED_EST;
    default: return INFLECTED_NOT;
    }
}

bool lemma_is_inflected(unsigned xpos)
{
    return inflection_of(xpos) != INFLECTED_NOT;
}

bool lemma_is_name(unsigned xpos)
{
    return xpos == PENN_NNP || xpos == PENN_NNPS;
}

bool lemma_is_odd(unsigned xpos)
{
    return xpos == PENN_GW || xpos == PENN_FW || xpos == PENN_AFX || xpos == PENN_XX ||
           xpos == PENN_LS || xpos == PENN_NFP || xpos == PENN_ADD;
}

/* ---- letters ---- */

enum lemma_shape lemma_shape_of(struct slice form, struct slice lower, unsigned flags)
{
    if (slice_eq(form, lower))
        return LEMMA_LOWER;
    if (flags & TOK_UPPER)
        return LEMMA_UPPER;
    unsigned capitals = 0, letters = 0;
    for (size_t i = 0; i < form.n; i++) {
        unsigned char c = (unsigned char)form.p[i];
        bool capital = c >= 'A' && c <= 'Z';
        capitals += capital;
        letters += capital || (c >= 'a' && c <= 'z') || c >= 0x80;
    }
    if (letters == 1)
        return LEMMA_LETTER;
    return (flags & TOK_TITLE) && capitals <= 1 ? LEMMA_TITLE : LEMMA_MIXED;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

size_t lemma_number(struct slice form, char *out)
{
    size_t n = 0;
    if (form.n < 5 || !is_digit(form.p[0]) || !memchr(form.p, ',', form.n))
        return 0;
    for (size_t i = 0; i < form.n; i++) {
        if (is_digit(form.p[i]) || form.p[i] == '.')
            out[n++] = form.p[i];
        else if (form.p[i] != ',' || i + 3 >= form.n || !is_digit(form.p[i + 1]) ||
                 !is_digit(form.p[i + 2]) || !is_digit(form.p[i + 3]))
            return 0;
    }
    return n;
}

/* ---- known words ---- */

static uint32_t first_entry(const struct lemma_table *table, struct slice lower)
{
    return lower.n <= LEMMA_WORD_MAX ? image_map_get(&table->word, lower) : IMAGE_NONE;
}

uint64_t lemma_hash(const struct lemma_table *table, struct slice lower)
{
    uint64_t hash = slice_hash(lower);
    image_map_fetch_slot(&table->word, hash);
    return hash;
}

void lemma_fetch(const struct lemma_table *table, uint64_t hash)
{
    const struct image_map_slot *slot = &table->word.slot[(uint32_t)hash & table->word.mask];
    image_map_fetch_key(&table->word, hash);
    if (slot->value != IMAGE_NONE)
        __builtin_prefetch(&table->entry[slot->value]);
}

static const struct lemma_entry *find_entry(const struct lemma_table *table, uint32_t first,
                                            unsigned xpos, unsigned upos, enum lemma_shape shape)
{
    for (const struct lemma_entry *e = table->entry + first;; e++) {
        if (e->xpos == xpos && (e->shapes >> shape & 1) &&
            (e->upos == LEMMA_ANY_UPOS || e->upos == upos))
            return e;
        if (e->shapes & LEMMA_LAST)
            return NULL;
    }
}

static struct slice entry_lemma(const struct lemma_table *table, const struct lemma_entry *e,
                                const struct lemma_word *word)
{
    return e->source == LEMMA_IS_LOWER  ? word->lower
           : e->source == LEMMA_IS_FORM ? word->form
                                        : slice_make(table->bytes + e->text.offset, e->text.n);
}

/*
 * What is known with this tag, or with one that is as good: a past form and a participle that are
 * written alike have one lemma, also where the tagger took them for a present ("rebels shot down a
 * helicopter"); so have names, singular or plural.
 */
static const struct lemma_entry *known_entry(const struct lemma_table *table, uint32_t first,
                                             const struct lemma_word *word, enum lemma_shape shape)
{
    unsigned xpos = word->xpos, other[2] = {xpos, xpos};
    const struct lemma_entry *e = find_entry(table, first, xpos, word->upos, shape);
    if (xpos == PENN_VB || xpos == PENN_VBP || xpos == PENN_VBD || xpos == PENN_VBN) {
        other[0] = PENN_VBD;
        other[1] = PENN_VBN;
    } else if (lemma_is_name(xpos)) {
        other[0] = xpos == PENN_NNP ? PENN_NNPS : PENN_NNP;
    }
    for (unsigned i = 0; i < 2 && !e; i++)
        if (other[i] != xpos)
            e = find_entry(table, first, other[i], LEMMA_ANY_UPOS, shape);
    return e;
}

/* ---- endings ---- */

size_t lemma_ending_key(struct slice ending, unsigned xpos, char key[static LEMMA_KEY_MAX])
{
    if (ending.n)
        memcpy(key, ending.p, ending.n);
    key[ending.n] = '\t';
    key[ending.n + 1] = (char)((xpos == PENN_VBD ? PENN_VBN : xpos) + '!');
    return ending.n + 2;
}

size_t lemma_case_key(struct slice ending, unsigned xpos, enum lemma_shape shape,
                      char key[static LEMMA_KEY_MAX])
{
    size_t n = lemma_ending_key(ending, xpos, key);
    key[n] = (char)('0' + shape);
    return n + 1;
}

/* The value of the longest known ending; IMAGE_NONE when not even the tag has one. */
static uint32_t longest_ending(const struct image_map *map, struct slice lower, size_t most,
                               unsigned xpos, const enum lemma_shape *shape)
{
    char key[LEMMA_KEY_MAX];
    for (size_t n = (lower.n < most ? lower.n : most) + 1; n-- > 0;) {
        struct slice ending = slice_make(lower.p + lower.n - n, n);
        size_t size = shape ? lemma_case_key(ending, xpos, *shape, key)
                            : lemma_ending_key(ending, xpos, key);
        uint32_t at = image_map_get(map, slice_make(key, size));
        if (at != IMAGE_NONE)
            return at;
    }
    return IMAGE_NONE;
}

/* ---- undoing an inflection ---- */

struct guess {
    const struct lemma_table *table;
    struct slice lower;
    char *out; /* room for lower.n + 2 bytes at least */
    size_t n;
};

/* Is the word's first `keep` bytes with `add` behind a known word? Then it is the guess. */
static bool try_word(struct guess *g, size_t keep, const char *add)
{
    char word[LEMMA_WORD_MAX + 2];
    size_t more = strlen(add);
    if (keep + more > LEMMA_WORD_MAX)
        return false;
    memcpy(word, g->lower.p, keep);
    memcpy(word + keep, add, more);
    if (first_entry(g->table, slice_make(word, keep + more)) == IMAGE_NONE)
        return false;
    memcpy(g->out, word, keep + more);
    g->n = keep + more;
    return true;
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* "scrap": a stem that doubles its consonant, so "scraped" is of another. */
static bool doubles(const char *p, size_t n)
{
    if (n < 2 || !is_vowel(p[n - 2]) || is_vowel(p[n - 1]) || strchr("wxy", p[n - 1]))
        return false;
    for (size_t i = 0; i + 2 < n; i++)
        if (is_vowel(p[i]))
            return false;
    return true;
}

/* Does a stem that nobody knows end in -e, as far as its spelling says? 1 it does, 0 not, -1 unsure. */
static int wants_e(const char *p, size_t n)
{
    if (n < 3)
        return -1;
    char last = p[n - 1], before = p[n - 2];
    if (doubles(p, n) || last == 'v' || last == 'c' || last == 'u')
        return 1;
    if (last == 'l' && !is_vowel(before))
        return !strchr("lrwy", before); /* "shuffle", "curl" */
    if (last == 'g' && (before == 'd' || before == 'r'))
        return 1; /* "merge" */
    if (is_vowel(before) && is_vowel(p[n - 3]) && p[n - 3] != 'u' && strchr("bdfkmnpt", last))
        return 0; /* "scream" */
    return -1;
}

static bool by_spelling_s(struct guess *g)
{
    struct slice lower = g->lower;
    size_t n = lower.n;
    if (slice_ends(lower, "ies") && n > 4)
        return try_word(g, n - 3, "y") || try_word(g, n - 1, "");
    if ((slice_ends(lower, "es") && n > 3 && strchr("sxzo", lower.p[n - 3])) ||
        slice_ends(lower, "ches") || slice_ends(lower, "shes"))
        return try_word(g, n - 2, "") || try_word(g, n - 1, "");
    return try_word(g, n - 1, "");
}

/* The known word that the inflection was put to, if any; `stem` bytes stand before its ending. */
static bool by_spelling(struct guess *g, enum inflection how, size_t stem)
{
    const char *p = g->lower.p;
    if (stem < 2 || g->lower.n > LEMMA_WORD_MAX)
        return false;
    if (how == INFLECTED_S)
        return by_spelling_s(g);
    if (p[stem - 1] == 'i' && how != INFLECTED_ING)
        return try_word(g, stem - 1, "y") || try_word(g, stem, "e");
    if (p[stem - 1] == 'y' && how == INFLECTED_ING)
        return try_word(g, stem, "") || try_word(g, stem - 1, "ie");
    return (!doubles(p, stem) && try_word(g, stem, "")) || try_word(g, stem, "e") ||
           (stem > 2 && p[stem - 1] == p[stem - 2] && try_word(g, stem - 1, ""));
}

/* The lower-cased lemma of an inflected word that is not known; *sure: it is a known word. */
static struct slice undo(const struct lemma_table *table, struct slice lower, unsigned xpos, char *out,
                         size_t size, bool *sure)
{
    static const char *const endings[] = {"", "s", "ed", "ing", "er", "est"};
    enum inflection how = inflection_of(xpos);
    size_t ending = strlen(endings[how]);
    bool regular = slice_ends(lower, endings[how]);
    uint32_t at = longest_ending(&table->ending, lower, LEMMA_ENDING_MAX, xpos, NULL);
    const struct lemma_rule *rule = at == IMAGE_NONE ? NULL : &table->rule[at];
    *sure = false;
    if (!rule || rule->cut >= lower.n || lower.n + rule->add.n + 2 > size ||
        ((unsigned char)lower.p[lower.n - rule->cut] & 0xC0) == 0x80 ||
        (!regular && rule->cut == ending && rule->add.n == 0)) /* "cm" has no ending to cut */
        return lower;
    size_t n = lower.n - rule->cut;
    memcpy(out, lower.p, n);
    if (rule->add.n)
        memcpy(out + n, table->bytes + rule->add.offset, rule->add.n);
    n += rule->add.n;
    if (slice_eq(slice_make(out, n), lower))
        return lower;
    bool stem = regular && how != INFLECTED_S;
    *sure = !(stem && n + ending == lower.n && doubles(out, n)) &&
            first_entry(table, slice_make(out, n)) != IMAGE_NONE;
    struct guess guess = {.table = table, .lower = lower, .out = out};
    if (!*sure && regular && by_spelling(&guess, how, lower.n - ending)) {
        *sure = true;
        return slice_make(out, guess.n);
    }
    size_t short_by = lower.n - n;
    if (!*sure && stem && short_by == ending && wants_e(out, n) == 1)
        out[n++] = 'e';
    else if (!*sure && stem && short_by + 1 == ending && out[n - 1] == 'e' && wants_e(out, n - 1) == 0)
        n--;
    return slice_make(out, n);
}

/* ---- capitals ---- */

/* The word's own capitals where the lemma from byte `from` on begins like it. */
static struct slice keep_capitals(const struct lemma_word *word, struct slice lemma, size_t from,
                                  char *out, size_t size)
{
    if (lemma.p == word->lower.p && from == 0)
        return word->form;
    if (word->form.n != word->lower.n || lemma.n > size)
        return lemma;
    size_t n = 0;
    while (n < lemma.n && n < word->lower.n && lemma.p[n] == word->lower.p[n])
        n++;
    while (n > 0 && n < lemma.n && ((unsigned char)lemma.p[n] & 0xC0) == 0x80)
        n--; /* no part of a letter */
    memmove(out, lemma.p, lemma.n);
    if (n > from)
        memcpy(out + from, word->form.p + from, n - from);
    return slice_make(out, lemma.n);
}

/* Capitals at the beginning and behind hyphens: "AL-QAEDA" is "Al-Qaeda". */
static struct slice title_capitals(const struct lemma_word *word, struct slice lemma, char *out,
                                   size_t size)
{
    if (word->form.n != word->lower.n || lemma.n > size)
        return lemma;
    memmove(out, lemma.p, lemma.n);
    bool begins = true;
    for (size_t i = 0; i < lemma.n && i < word->lower.n && out[i] == word->lower.p[i]; i++) {
        if (((unsigned char)out[i] & 0xC0) != 0x80)
            begins = i == 0 || out[i - 1] == '-';
        if (begins)
            out[i] = word->form.p[i];
    }
    return slice_make(out, lemma.n);
}

static bool has_digit(struct slice form)
{
    for (size_t i = 0; i < form.n; i++)
        if (is_digit(form.p[i]))
            return true;
    return false;
}

/*
 * An unknown word with capitals that is tagged as a plain noun is a name more often than not, and
 * one in capitals alone an abbreviation.
 */
static bool looks_like_name(const struct lemma_word *word, enum lemma_shape shape, bool known)
{
    return word->xpos == PENN_NN && !known &&
           (shape == LEMMA_TITLE || shape == LEMMA_MIXED || word->form.n <= 4 ||
            has_digit(word->form));
}

static struct slice set_capitals(const struct lemma_table *table, const struct lemma_word *word,
                                 enum lemma_shape shape, bool known, struct slice lemma, char *out,
                                 size_t size)
{
    if (lemma_is_name(word->xpos)) /* short ones may be letters that stand for words */
        return shape == LEMMA_UPPER && word->form.n >= 6 && !has_digit(word->form)
                   ? title_capitals(word, lemma, out, size)
                   : keep_capitals(word, lemma, 0, out, size);
    if (looks_like_name(word, shape, known))
        return keep_capitals(word, lemma, 0, out, size);
    uint32_t habit = longest_ending(&table->casing, word->lower, LEMMA_CASE_MAX, word->xpos, &shape);
    if (habit == LEMMA_CASE_KEEP)
        return keep_capitals(word, lemma, 0, out, size);
    if (habit == LEMMA_CASE_TITLE)
        return title_capitals(word, lemma, out, size);
    if (shape == LEMMA_MIXED) { /* "Anti-American" */
        const char *hyphen = memchr(word->form.p, '-', word->form.n);
        if (hyphen && hyphen + 1 < word->form.p + word->form.n && hyphen[1] >= 'A' &&
            hyphen[1] <= 'Z')
            return keep_capitals(word, lemma, (size_t)(hyphen - word->form.p), out, size);
    }
    return lemma;
}

/* ---- all together ---- */

/* May what is known of the word with other tags stand for this one? */
static bool other_tags_speak(const struct lemma_word *word, enum lemma_shape shape, bool sure)
{
    if (lemma_is_odd(word->xpos) || lemma_is_name(word->xpos))
        return false;
    if (lemma_is_inflected(word->xpos))
        return !sure || (word->xpos == PENN_NNS && shape != LEMMA_LOWER);
    /* Here the tag alone tells "the fighting" from "is fighting", "ethics" from an ethic. */
    return !((word->xpos == PENN_NN || word->xpos == PENN_JJ) &&
             (slice_ends(word->lower, "ing") || slice_ends(word->lower, "ed") ||
              slice_ends(word->lower, "ics")));
}

struct slice lemma_of(const struct lemma_table *table, const struct lemma_word *word, char *buffer,
                      size_t size)
{
    if (word->xpos == PENN_ADD)
        return word->form;
    if (word->xpos == PENN_CD && word->form.n <= size) {
        size_t n = lemma_number(word->form, buffer);
        if (n)
            return slice_make(buffer, n);
    }
    enum lemma_shape shape = lemma_shape_of(word->form, word->lower, word->flags);
    uint32_t first = word->lower.n <= LEMMA_WORD_MAX
                         ? image_map_get_hashed(&table->word, word->lower, word->hash)
                         : IMAGE_NONE;
    bool known = first != IMAGE_NONE, sure = false;
    const struct lemma_entry *e = known ? known_entry(table, first, word, shape) : NULL;
    if (e)
        return entry_lemma(table, e, word);
    struct slice lemma = word->lower;
    if (lemma_is_inflected(word->xpos))
        lemma = undo(table, word->lower, word->xpos, buffer, size, &sure);
    if (known && other_tags_speak(word, shape, sure))
        e = find_entry(table, first, PENN_NONE, LEMMA_ANY_UPOS, shape);
    if (e)
        return entry_lemma(table, e, word);
    return shape == LEMMA_LOWER ? lemma
                                : set_capitals(table, word, shape, known, lemma, buffer, size);
}
