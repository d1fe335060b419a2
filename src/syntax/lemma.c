/* SPDX-License-Identifier: MIT */
/*
 * lemma.c - the lemma of a tagged word.
 *
 * Reads    the model's table of exceptions and of endings, both learned (lemma-train.c).
 * Method   (lower-cased word, Penn tag) among the exceptions; else the rule of the longest ending,
 *          down to the empty one, that training saw with this tag; else the lower-cased word.
 */
#include "syntax/lemma.h"

#include "article/penn.h"

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
        size_t size = lemma_key(slice_make(lower.p + lower.n - n, n), xpos, key);
        uint32_t at = image_map_get(&table->ending, slice_make(key, size));
        if (at != IMAGE_NONE)
            return &table->rule[at];
    }
    return NULL;
}

static uint32_t exception_of(const struct lemma_table *table, struct slice lower, unsigned xpos)
{
    char key[LEMMA_KEY_MAX];
    size_t n = lemma_key(lower, xpos, key);
    return n ? image_map_get(&table->exception, slice_make(key, n)) : IMAGE_NONE;
}

size_t lemma_of(const struct lemma_table *table, struct slice form, struct slice lower,
                unsigned xpos, char *out, size_t size)
{
    uint32_t at = exception_of(table, lower, xpos);
    /* "was struck", where training saw "struck" as a simple past only */
    if (at == IMAGE_NONE && xpos == PENN_VBN)
        at = exception_of(table, lower, PENN_VBD);
    else if (at == IMAGE_NONE && xpos == PENN_VBD)
        at = exception_of(table, lower, PENN_VBN);
    if (at != IMAGE_NONE && table->text[at].n <= size) {
        memcpy(out, table->bytes + table->text[at].offset, table->text[at].n);
        return table->text[at].n;
    }
    const struct lemma_rule *rule = lemma_find_rule(table, lower, xpos);
    size_t n = rule ? lemma_apply(rule, table->bytes, form, lower, out, size) : 0;
    if (n)
        return n;
    n = lower.n < size ? lower.n : size;
    memcpy(out, lower.p, n);
    return n;
}
