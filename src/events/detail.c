/* SPDX-License-Identifier: MIT */
/*
 * detail.c - how many people.
 *
 * Reads    `size` facts of the frame (which argument counts whom).
 * Leaves   ev.dead, injured, arrested, participants.
 */
#include "events/matcher.h"

/* Numbers told in digits or in words; vague ones ("scores") at their least. */
uint32_t detail_number(struct slice word)
{
    static const struct { const char *word; uint32_t value; } words[] = {
        {"one", 1}, {"two", 2}, {"three", 3}, {"four", 4}, {"five", 5}, {"six", 6}, {"seven", 7},
        {"eight", 8}, {"nine", 9}, {"ten", 10}, {"eleven", 11}, {"twelve", 12}, {"thirteen", 13},
        {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18},
        {"nineteen", 19}, {"twenty", 20}, {"thirty", 30}, {"forty", 40}, {"fifty", 50},
        {"dozen", 12}, {"dozens", 24}, {"scores", 40}, {"hundred", 100}, {"hundreds", 200},
        {"thousand", 1000}, {"thousands", 2000}, {"million", 1000000}, {"millions", 2000000}};
    uint64_t value = 0;
    size_t digits = 0;
    for (size_t i = 0; i < word.n && digits <= 9; i++) {
        if (word.p[i] >= '0' && word.p[i] <= '9') {
            value = value * 10 + (uint64_t)(word.p[i] - '0');
            digits++;
        } else if (word.p[i] != ',') {
            digits = 99;
        }
    }
    if (digits && digits <= 9)
        return (uint32_t)value;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_is(word, words[i].word))
            return words[i].value;
    return 0;
}

/* "40,000", "three hundred", "3.2 million" is left alone. */
static uint32_t phrase_number(const struct matcher *m, uint32_t t)
{
    uint64_t value = detail_number(token_lower(m->article, t));
    FOR_CHILDREN(m, c, t) {
        enum relation rel = graph_rel(m, c);
        if (rel != REL_COMPOUND && rel != REL_NUMMOD && rel != REL_FLAT)
            continue;
        uint32_t other = detail_number(token_lower(m->article, c));
        if (other && value >= 100)
            value *= other;
    }
    return value <= UINT32_MAX ? (uint32_t)value : 0;
}

static uint32_t count_of(const struct matcher *m, uint32_t t)
{
    uint32_t own = m->tok[t].upos == UPOS_NUM || m->tok[t].upos == UPOS_NOUN
        ? phrase_number(m, t) : 0;
    if (own)
        return own;
    FOR_CHILDREN(m, c, t)
        if (graph_rel(m, c) == REL_NUMMOD)
            return phrase_number(m, c);
    /* one person: a name, "the woman", "he" */
    uint8_t upos = m->tok[t].upos;
    bool one = (m->tok[t].feats & FEAT(SING)) && m->article->mention_of[t] != ARTICLE_NONE &&
               (upos == UPOS_PROPN || upos == UPOS_NOUN || upos == UPOS_PRON);
    return one ? 1 : 0;
}

/* All conjuncts: "five soldiers and two policemen". */
static uint32_t count_all(const struct matcher *m, uint32_t t)
{
    uint64_t sum = count_of(m, t);
    FOR_CHILDREN(m, c, t)
        if (graph_rel(m, c) == REL_CONJ && sum)
            sum += count_of(m, c);
    return sum <= UINT32_MAX ? (uint32_t)sum : 0;
}

static void size_event(const struct matcher *m, struct found *found)
{
    uint32_t *to[SIZE_KINDS] = {&found->ev.dead, &found->ev.injured, &found->ev.arrested,
                                &found->ev.participants};
    for (uint32_t i = 0; i < SIZE_KINDS; i++) {
        struct set words = {.n = 0};
        slot_words(m, found->ev.trigger, found->frame->size[i], &words);
        for (uint32_t k = 0; k < words.n && *to[i] == 0; k++)
            *to[i] = count_all(m, words.tok[k]);
    }
}

void detail_sentence(struct matcher *m)
{
    for (uint32_t i = 0; i < m->n_found; i++) {
        if (m->found[i].dropped)
            continue;
        size_event(m, &m->found[i]);
    }
}
