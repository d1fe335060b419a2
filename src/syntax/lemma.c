/* SPDX-License-Identifier: MIT */
/*
 * lemma.c - the lemma of a tagged word.
 *
 * Reads    the model's table of exceptions and of endings, both learned (lemma-train.c).
 * Method   (lower-cased word, Penn tag) among the exceptions; else the rule of the longest ending,
 *          down to the empty one, that training saw with this tag, mended where it makes no known
 *          word; else the lower-cased word.
 */
#include "syntax/lemma.h"

#define TOKEN_LETTERS 64 /* longer words are not looked up */

size_t lemma_key(struct slice text, unsigned xpos, char key[static LEMMA_KEY_MAX])
{
    if (text.n > LEMMA_KEY_MAX - 2)
        return 0;
    if (text.n)
        memcpy(key, text.p, text.n);
    key[text.n] = '\t';
    key[text.n + 1] = (char)(xpos + '!');
    return text.n + 2;
}

size_t lemma_apply(const struct lemma_rule *rule, const char *bytes, struct slice form,
                   struct slice lower, char *out, size_t size)
{
    struct slice from = rule->keep_case ? form : lower;
    if (rule->cut > from.n || from.n - rule->cut + rule->add.n > size)
        return 0;
    size_t keep = from.n - rule->cut;
    if (rule->cut && ((unsigned char)from.p[keep] & 0xC0) == 0x80)
        return 0; /* the cut goes through a letter */
    if (keep)
        memcpy(out, from.p, keep);
    if (rule->add.n)
        memcpy(out + keep, bytes + rule->add.offset, rule->add.n);
    return keep + rule->add.n;
}

const struct lemma_rule *lemma_find_rule(const struct lemma_table *table, struct slice lower,
                                         unsigned xpos)
{
    char key[LEMMA_KEY_MAX];
    size_t most = lower.n < LEMMA_ENDING_MAX ? lower.n : LEMMA_ENDING_MAX;
    for (size_t n = most + 1; n-- > 0;) {
        size_t size = lemma_key(slice_make(lower.p + lower.n - n, n),
                                lemma_rule_tag(xpos), key);
        uint32_t at = image_map_get(&table->ending, slice_make(key, size));
        if (at != IMAGE_NONE)
            return &table->rule[at];
    }
    return NULL;
}

/* ---- known words ---- */

static bool is_known(const struct lemma_table *table, struct slice word)
{
    char key[LEMMA_KEY_MAX];
    if (word.n == 0 || word.n + 1 > sizeof key)
        return false;
    key[0] = 'w';
    memcpy(key + 1, word.p, word.n);
    return image_map_get(&table->words, slice_make(key, word.n + 1)) != IMAGE_NONE;
}

/* An inflection's ending and what may stand in its place, in order; '2' undoes a doubled letter. */
struct inflection {
    unsigned char xpos[2];
    const char *ending, *instead[4];
};

static const struct inflection inflections[] = {
    {{PENN_VBD, PENN_VBN}, "ied", {"y", "ie", NULL}},
    {{PENN_VBD, PENN_VBN}, "ed", {"", "e", "2", NULL}},
    {{PENN_VBG, 0}, "ing", {"", "e", "2", NULL}},
    {{PENN_VBZ, PENN_NNS}, "ies", {"y", "ie", NULL}},
    {{PENN_VBZ, PENN_NNS}, "es", {"e", "", NULL}},
    {{PENN_VBZ, PENN_NNS}, "s", {"", NULL}},
    {{PENN_JJR, PENN_RBR}, "er", {"", "e", "2", NULL}},
    {{PENN_JJS, PENN_RBS}, "est", {"", "e", "2", NULL}},
};

/* The form without its inflection, if that is a known word; 0 otherwise. */
static size_t undo(const struct lemma_table *table, const struct inflection *in, struct slice lower,
                   char *out, size_t size)
{
    size_t stem = lower.n - strlen(in->ending);
    if (lower.n > size || stem + 2 > size)
        return 0;
    for (unsigned i = 0; in->instead[i]; i++) {
        size_t n = stem, more = strlen(in->instead[i]);
        memcpy(out, lower.p, stem);
        if (in->instead[i][0] == '2') {
            if (stem < 3 || lower.p[stem - 1] != lower.p[stem - 2])
                continue;
            n--;
        } else {
            memcpy(out + stem, in->instead[i], more);
            n += more;
        }
        if (is_known(table, slice_make(out, n)))
            return n;
    }
    return 0;
}

size_t lemma_by_rule(const struct lemma_table *table, struct slice form, struct slice lower,
                     unsigned xpos, char *out, size_t size)
{
    const struct lemma_rule *rule = lemma_find_rule(table, lower, xpos);
    size_t n = rule ? lemma_apply(rule, table->bytes, form, lower, out, size) : 0;
    if (n == 0 || xpos == 0 || rule->keep_case || rule->cut == 0 ||
        is_known(table, slice_make(out, n)))
        return n;
    for (size_t i = 0; i < sizeof inflections / sizeof inflections[0]; i++) {
        const struct inflection *in = &inflections[i];
        size_t ending = strlen(in->ending), better;
        char other[TOKEN_LETTERS];
        if ((xpos != in->xpos[0] && xpos != in->xpos[1]) || lower.n < ending + 2 ||
            memcmp(lower.p + lower.n - ending, in->ending, ending) != 0)
            continue;
        better = undo(table, in, lower, other, sizeof other);
        if (better && better <= size) {
            memcpy(out, other, better);
            return better;
        }
    }
    return n;
}

/*
 * A past form and a participle that are written alike have one lemma ("struck", "shot"), also where
 * the tagger took them for a present ("rebels shot down a helicopter").
 */
static uint32_t find_exception(const struct lemma_table *table, struct slice lower, unsigned xpos)
{
    const unsigned tags[] = {xpos, PENN_VBD, PENN_VBN};
    bool verb = xpos == PENN_VB || xpos == PENN_VBP || xpos == PENN_VBD || xpos == PENN_VBN;
    uint32_t at = IMAGE_NONE;
    for (size_t i = 0; at == IMAGE_NONE && i < (verb ? 3u : 1u); i++) {
        char key[LEMMA_KEY_MAX];
        size_t n = lemma_key(lower, tags[i], key);
        at = n ? image_map_get(&table->exception, slice_make(key, n)) : IMAGE_NONE;
    }
    return at;
}

size_t lemma_of(const struct lemma_table *table, struct slice form, struct slice lower,
                unsigned xpos, char *out, size_t size)
{
    uint32_t at = find_exception(table, lower, xpos);
    if (at != IMAGE_NONE && table->text[at].n <= size) {
        memcpy(out, table->bytes + table->text[at].offset, table->text[at].n);
        return table->text[at].n;
    }
    size_t n = lemma_by_rule(table, form, lower, xpos, out, size);
    if (n)
        return n;
    n = lower.n < size ? lower.n : size;
    memcpy(out, lower.p, n);
    return n;
}
