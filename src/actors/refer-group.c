/* SPDX-License-Identifier: MIT */
/*
 * refer-group.c - who is meant by 'both sides', 'the two countries', 'the two leaders', 'they'.
 *
 * Method   The nearest parties before it that are named together and as many ('Spain and
 *          Portugal'); else the nearest of different codes.
 */
#include "actors/refer.h"
#include "lexicon/lists.h"

#define LOOK_BACK 60
#define SENTENCES_BACK 4
#define GROUP_MOST 5 /* 'the two' to 'the five' are looked for */

/* ---- how many ---- */

static bool is_definite(const struct refer *r, uint32_t t)
{
    for (uint32_t c = r->work->child[t]; c != ARTICLE_NONE && c < t; c = r->work->next[c])
        if (work_tok(r->work, c)->rel == REL_DET)
            return work_tok(r->work, c)->feats & (FEAT(DEF) | FEAT(DEM));
    return false;
}

static const struct listed *listed_at(const struct refer *r, uint32_t t)
{
    const struct lists *lists = lexicon_lists(r->work->lexicon);
    return &lists->listed[lists_find(lists, token_lower(r->article, t))];
}

/* What the word counts, 'both' 2, as far as a group is looked for; 0 nothing. */
static uint32_t counted(const struct refer *r, uint32_t t, bool number)
{
    const struct listed *word = listed_at(r, t);
    int32_t n = number ? word->value[LIST_NUMBER] : 0;
    return listed_in(word, LIST_BOTH) ? 2 : n >= 2 && n <= GROUP_MOST ? (uint32_t)n : 0;
}

uint32_t refer_counted(const struct refer *r, uint32_t t)
{
    uint32_t n = counted(r, t, is_definite(r, t)); /* 'the two' */
    for (uint32_t c = r->work->child[t]; n == 0 && c != ARTICLE_NONE && c < t; c = r->work->next[c])
        n = counted(r, c, true);
    return n;
}

bool refer_says_both(const struct refer *r, uint32_t t)
{
    bool both = listed_in(listed_at(r, t), LIST_BOTH);
    for (uint32_t c = r->work->child[t]; c != ARTICLE_NONE && c < t && !both; c = r->work->next[c])
        both = listed_in(listed_at(r, c), LIST_BOTH);
    return both;
}

/* ---- who ---- */

static bool fits(const struct refer *r, const struct mention *c, enum group wanted)
{
    if (!code_set(c->code) || c->kind == MENTION_GROUP)
        return false;
    switch (wanted) {
    case GROUP_PARTIES:
        return c->flags & MENTION_ACTOR && !(c->flags & MENTION_POSSESSIVE) &&
               c->kind != MENTION_PRONOUN;
    case GROUP_STATES:
        return refer_is_state(r, c);
    case GROUP_PERSONS:
        return c->flags & MENTION_PERSON && !(c->flags & (MENTION_PLURAL | MENTION_POSSESSIVE));
    default:
        return refer_is_state(r, c) || c->flags & MENTION_ACTOR;
    }
}

/* Add the mention if nobody of its code is there yet; false if somebody is. */
static bool add(const struct refer *r, uint32_t index, uint32_t *member, uint32_t *n)
{
    for (uint32_t i = 0; i < *n; i++)
        if (code_eq(r->article->mention[member[i]].code, r->article->mention[index].code))
            return false;
    member[(*n)++] = index;
    return true;
}

/* Those who are named together with the mention, itself first; how many, 0 when one does not fit. */
static uint32_t named_together(const struct refer *r, uint32_t index, uint32_t before,
                               enum group wanted, uint32_t *member)
{
    uint32_t n = 0, head = r->article->mention[index].head;
    if (!fits(r, &r->article->mention[index], wanted))
        return 0;
    add(r, index, member, &n);
    for (uint32_t c = r->work->child[head]; c != ARTICLE_NONE; c = r->work->next[c]) {
        if (work_rel(r->work, c) != REL_CONJ)
            continue;
        uint32_t m = r->article->mention_of[c];
        if (m == ARTICLE_NONE || m >= before || n == MENTION_MEMBERS ||
            !fits(r, &r->article->mention[m], wanted) || !add(r, m, member, &n))
            return 0;
    }
    return n;
}

static void make(struct refer *r, uint32_t index, const uint32_t *member, uint32_t n)
{
    struct mention *m = &r->article->mention[index];
    m->kind = MENTION_GROUP;
    m->flags |= MENTION_PLURAL | MENTION_ACTOR;
    memcpy(m->member, member, n * sizeof *member);
    m->n_members = n;
    memcpy(m->code, r->article->mention[member[0]].code, 4); /* one of them, for who wants one */
}

static bool take_nearest(struct refer *r, uint32_t index, uint32_t count, enum group wanted,
                         uint32_t most)
{
    uint32_t n = 0, member[MENTION_MEMBERS], ordered[MENTION_MEMBERS];
    for (uint32_t back = 1; back <= LOOK_BACK && back <= index && n < count; back++) {
        if (r->sent_of[index] - r->sent_of[index - back] > most)
            break;
        if (fits(r, &r->article->mention[index - back], wanted))
            add(r, index - back, member, &n);
    }
    for (uint32_t i = 0; i < n; i++) /* in text order */
        ordered[i] = member[n - 1 - i];
    if (n == count)
        make(r, index, ordered, n);
    return n == count;
}

void refer_group(struct refer *r, uint32_t index, uint32_t count, enum group wanted)
{
    uint32_t most = wanted == GROUP_PARTIES ? 1 : SENTENCES_BACK, member[MENTION_MEMBERS];
    if (count > MENTION_MEMBERS)
        return;
    for (uint32_t back = 1; back <= LOOK_BACK && back <= index && wanted != GROUP_PARTIES; back++) {
        if (r->sent_of[index] - r->sent_of[index - back] > most)
            break;
        if (named_together(r, index - back, index, wanted, member) == count) {
            make(r, index, member, count);
            return;
        }
    }
    if (!take_nearest(r, index, count, wanted, most) && wanted != GROUP_PARTIES)
        take_nearest(r, index, count, GROUP_ANY, most);
}
