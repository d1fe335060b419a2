/* SPDX-License-Identifier: MIT */
/*
 * refer-name.c - names said again in part: 'Lavrov' after 'Sergey Lavrov', 'OAU' after its name.
 *
 * Method   The last word of each name leads, in a hash table, to the mention that bore it last. A
 *          name of one word, or one that the lexicon knows by surname alone, stands for that
 *          mention.
 */
#include "actors/refer.h"

static struct name_slot *slot_of(struct refer *r, uint64_t word)
{
    uint32_t i = (uint32_t)(word ^ word >> 32) & (r->n_slots - 1);
    while (r->slot[i].word && r->slot[i].word != word)
        i = (i + 1) & (r->n_slots - 1);
    return &r->slot[i];
}

static void remember(struct refer *r, uint64_t word, uint32_t index)
{
    struct name_slot *slot = slot_of(r, word);
    if (!slot->word) {
        if (r->n_used + 1 >= r->n_slots)
            return;
        r->n_used++;
    }
    *slot = (struct name_slot){word, index};
}

/* First and last token of the name's own words, without titles and nationality before it. */
static void name_words(const struct refer *r, uint32_t t, uint32_t *first, uint32_t *last)
{
    uint32_t titled = phrase_titled(r->work, t);
    if (titled != ARTICLE_NONE)
        t = titled;
    *first = *last = t;
    if (r->work->name_of[t] != ARTICLE_NONE) {
        const struct name_match *match = &r->work->name[r->work->name_of[t]];
        *first = match->first;
        *last = match->end - 1;
    }
    for (uint32_t c = r->work->child[t]; c != ARTICLE_NONE; c = r->work->next[c]) {
        if (work_tok(r->work, c)->upos != UPOS_PROPN)
            continue;
        if (work_rel(r->work, c) == REL_FLAT && c > *last)
            *last = c;
        else if (work_rel(r->work, c) == REL_COMPOUND && c < *first &&
                 r->work->noun_of[c] == ARTICLE_NONE && r->work->name_of[c] == ARTICLE_NONE)
            *first = c;
    }
}

static uint64_t word_at(const struct refer *r, uint32_t t)
{
    uint64_t word[4];
    uint32_t n = words_of(token_lower(r->article, t), r->work->scratch, word, 4);
    if (n == 0)
        return 0;
    uint64_t last = word[(n > 4 ? 4 : n) - 1];
    return last ? last : 1;
}

/* 'Organization of African Unity (OAU)': capitals alone, in brackets behind a known mention. */
static bool take_bracketed(struct refer *r, uint32_t index)
{
    struct mention *m = &r->article->mention[index];
    uint32_t t = m->head;
    if (index == 0 || t == 0 || !(work_tok(r->work, t)->flags & TOK_UPPER))
        return false;
    struct slice open = token_lower(r->article, t - 1);
    if (open.n != 1 || open.p[0] != '(')
        return false;
    uint32_t before = index - 1;
    const struct mention *a = &r->article->mention[before];
    while (before && a->end < t - 1 && r->article->mention[before - 1].end >= t - 1)
        a = &r->article->mention[--before];
    if (r->sent_of[before] != r->sent_of[index] || (!code_set(a->code) && !code_set(a->sector)))
        return false;
    refer_take(r, m, before);
    return true;
}

/* Not the person of the lexicon that the surname alone was taken for. */
static void forget_person(struct mention *m)
{
    m->code[0] = m->sector[0] = m->other[0][0] = '\0';
    m->name = m->office = m->wikidata = slice_make("", 0);
    m->entity = ARTICLE_NONE;
    m->gender = 0;
    m->flags &= (uint8_t)~MENTION_ACTOR;
}

void refer_name(struct refer *r, uint32_t index)
{
    struct mention *m = &r->article->mention[index];
    const struct info *info = &r->work->info[m->head];
    bool unsure = info->flags & INFO_UNSURE, known = info->flags & INFO_NAME;
    if (known && !unsure && !(m->flags & MENTION_PERSON))
        return; /* states, places, bodies are what they are */
    uint32_t first, last;
    name_words(r, m->head, &first, &last);
    uint64_t word = word_at(r, last);
    if (!word)
        return;
    const struct name_slot *slot = slot_of(r, word);
    uint32_t from = slot->word ? slot->mention : ARTICLE_NONE;
    if (from != ARTICLE_NONE) {
        const struct mention *a = &r->article->mention[from];
        uint32_t a_first, a_last;
        name_words(r, a->head, &a_first, &a_last);
        bool same_first = a_first == a_last || first == last ||
                          word_at(r, a_first) == word_at(r, first);
        if (same_first && (unsure || !known)) {
            if (unsure && a_first != a_last && a->entity != m->entity) {
                forget_person(m); /* somebody of that name was introduced here and is meant */
            }
            refer_take(r, m, from);
        }
    } else if (!known && take_bracketed(r, index))
        from = m->antecedent;
    /* the longest form stays what later ones are compared with */
    if (from == ARTICLE_NONE || first != last || !slot->word)
        remember(r, word, index);
}
