/* SPDX-License-Identifier: MIT */
/*
 * detail.c - how many people.
 *
 * Reads    `size` facts of the frame (which argument counts whom), classes `dead`, `hurt`, `held`,
 *          `crowd` (words that count by themselves), `toll` (those whose number stands at the verb
 *          over them), `half`, `craft` (nobody), `sizes` facts of the type.
 * Leaves   ev.dead, injured, arrested, participants.
 */
#include "events/matcher.h"

/* One person: a name, "the woman", "he". */
static bool is_one(const struct matcher *m, uint32_t t)
{
    uint32_t index = m->article->mention_of[t];
    if (index == ARTICLE_NONE || !(m->tok[t].feats & FEAT(SING)))
        return false;
    const struct mention *mention = &m->article->mention[index];
    switch (m->tok[t].upos) {
    case UPOS_PRON:
        return !slice_is(token_lower(m->article, t), "it") &&
               !slice_is(token_lower(m->article, t), "its");
    case UPOS_PROPN:
        return !(mention->flags & MENTION_PLACE) &&
               (mention->flags & MENTION_PERSON || mention->kind != MENTION_NAME);
    case UPOS_NOUN:
        return !graph_in(m, t, CLASS_BODY) && !(mention->flags & MENTION_PLACE);
    default:
        return false;
    }
}

static uint32_t number_told(const struct matcher *m, uint32_t t)
{
    uint32_t own = m->tok[t].upos == UPOS_NUM || m->tok[t].upos == UPOS_NOUN
        ? number_phrase(m, t) : 0;
    if (own)
        return own;
    FOR_CHILDREN(m, c, t)
        if (graph_rel(m, c) == REL_NUMMOD)
            return number_phrase(m, c);
    if (graph_in(m, t, CLASS_PART)) /* "a total of 11 men", "a group of five" */
        FOR_CHILDREN(m, c, t)
            if (graph_rel(m, c) == REL_NMOD) {
                if (m->tok[c].upos == UPOS_NUM)
                    return number_phrase(m, c);
                FOR_CHILDREN(m, n, c)
                    if (graph_rel(m, n) == REL_NUMMOD)
                        return number_phrase(m, n);
            }
    return 0;
}

/* `single`: one person without a number counts. */
static uint32_t count_of(const struct matcher *m, uint32_t t, bool single)
{
    uint32_t told = number_told(m, t);
    return told ? told : single && is_one(m, t) ? 1 : 0;
}

/* All conjuncts: "five soldiers and two policemen". */
static uint32_t count_all(const struct matcher *m, uint32_t t, bool single)
{
    uint64_t sum = count_of(m, t, single);
    FOR_CHILDREN(m, c, t)
        if (graph_rel(m, c) == REL_CONJ && sum && !graph_is_verb(m, c))
            sum += count_of(m, c, single);
    return sum <= UINT32_MAX ? (uint32_t)sum : 0;
}

static uint32_t *size_at(struct event *ev, uint32_t kind)
{
    uint32_t *const to[SIZE_KINDS] = {&ev->dead, &ev->injured, &ev->arrested, &ev->participants};
    return to[kind];
}

/* Is a single person without a number a size? Not of what is yet to be. */
static bool tells_single(const struct found *found)
{
    return found->ev.status != STATUS_FUTURE && found->frame->status != STATUS_FUTURE;
}

static void size_event(const struct matcher *m, struct found *found)
{
    for (uint32_t i = 0; i < SIZE_KINDS; i++) {
        struct set words = {.n = 0};
        uint32_t *to = size_at(&found->ev, i);
        slot_words(m, found->ev.trigger, found->frame->size[i], &words);
        for (uint32_t k = 0; k < words.n && *to == 0; k++)
            if (i != SIZE_PARTICIPANTS || !graph_in(m, words.tok[k], CLASS_CRAFT))
                *to = count_all(m, words.tok[k], i != SIZE_PARTICIPANTS && tells_single(found));
    }
}

/* ---- sizes told by words of their own: "leaving 12 dead and 30 wounded" ---- */

static bool is_of(const struct matcher *m, uint32_t t)
{
    uint32_t preposition = graph_child(m, t, REL_CASE);
    return preposition != ARTICLE_NONE && slice_is(token_lower(m->article, preposition), "of");
}

/* "killed at least ten": a number without a noun, hung at the verb. */
static uint32_t bare_number(const struct matcher *m, uint32_t t)
{
    FOR_CHILDREN(m, c, t) {
        bool bare = m->tok[c].upos == UPOS_NUM && c > t && graph_rel_is(m, c, REL_OBL);
        if (bare && c > m->first && m->tok[c - 1].feats & FEAT(SUP))
            return number_phrase(m, c);
    }
    return 0;
}

/* Of "20 rebels and three soldiers dead" all are. */
static uint32_t count_noun(const struct matcher *m, uint32_t who, uint32_t behind)
{
    if (graph_rel(m, who) == REL_CONJ && behind > who)
        who = m->tok[who].head;
    return count_all(m, who, false);
}

/* Four digits that mean a year, or those of a day behind its month. */
static bool is_year(const struct matcher *m, uint32_t t)
{
    uint32_t value = number_digits(token_form(m->article, t));
    return (value >= 1900 && value < 2100 && token_form(m->article, t).n == 4) ||
           (value && value < 32 && t > m->first && time_is_word(m, t - 1));
}

/* Whom a word of killing, hurting, arresting or protesting counts. */
static uint32_t counted(const struct matcher *m, uint32_t t, uint32_t kind, bool single)
{
    if (graph_is_verb(m, t)) {
        FOR_CHILDREN(m, c, t) /* "25 were killed and 100 wounded" */
            if (graph_rel(m, c) == REL_NUMMOD || (c + 1 == t && m->tok[c].upos == UPOS_NUM))
                return number_phrase(m, c);
        bool subject = kind == SIZE_PARTICIPANTS || graph_in(m, t, CLASS_DYING);
        uint32_t who = subject ? graph_subject(m, t) : graph_object(m, t);
        if (who != ARTICLE_NONE)
            return count_all(m, who, single && !subject);
        if (bare_number(m, t))
            return bare_number(m, t);
    }
    bool year = t > m->first && is_year(m, t - 1); /* "the 1994 murder", "the Oct. 23 killing" */
    uint32_t told = year ? 0 : number_told(m, t);
    if (told == 0 && !year && t > m->first && m->tok[t - 1].upos == UPOS_NUM)
        told = number_phrase(m, t - 1); /* "12 dead and 30 wounded", however the tree goes */
    if (told == 0 && m->tok[t].upos == UPOS_NOUN)
        FOR_CHILDREN(m, c, t) /* "the lives of 14 soldiers", "the death of three men" */
            if (graph_rel(m, c) == REL_NMOD && told == 0 && is_of(m, c))
                told = count_all(m, c, false);
    if (told || m->tok[t].upos != UPOS_ADJ)
        return told;
    enum relation rel = relation_base(graph_rel(m, t)); /* "left 12 people dead", "12 dead people" */
    uint32_t who = rel == REL_XCOMP ? graph_object(m, m->tok[t].head)
                   : rel == REL_AMOD ? m->tok[t].head : graph_child(m, t, REL_NSUBJ);
    return who == ARTICLE_NONE ? 0 : count_noun(m, who, t);
}

/* "the death toll rose to 40", "putting the toll at 12", "a death toll of 30": the last number told. */
static uint32_t toll(const struct matcher *m, uint32_t t)
{
    uint32_t best = 0, over = m->tok[t].head;
    FOR_CHILDREN(m, c, t)
        if (graph_rel_is(m, c, REL_NMOD) && m->tok[c].upos == UPOS_NUM)
            best = number_phrase(m, c);
    if (best || over < m->first || over >= m->end || !graph_is_verb(m, over))
        return best;
    FOR_CHILDREN(m, c, over) {
        enum relation rel = relation_base(graph_rel(m, c));
        uint32_t told = c != t && c > over && (rel == REL_OBL || rel == REL_OBJ || rel == REL_XCOMP)
            ? number_told(m, c) : 0;
        if (told && !is_year(m, c))
            best = told;
    }
    return best;
}

/* The find of a type with that size that the word stands nearest to; NULL none. */
static struct found *counted_for(struct matcher *m, uint32_t t, uint32_t kind)
{
    struct found *best = NULL;
    uint32_t nearest = UINT32_MAX;
    for (uint32_t i = 0; i < m->n_found; i++) {
        struct found *found = &m->found[i];
        uint32_t at = found->ev.trigger, far = t > at ? t - at : at - t;
        if (!found->dropped && found->sizes & (1u << kind) && far < nearest) {
            nearest = far;
            best = found;
        }
    }
    return best;
}

/* The event's own word, or one that goes on with it: "killed two men and wounded a third". */
static bool is_told_with(const struct matcher *m, const struct found *found, uint32_t t)
{
    return t == found->ev.trigger ||
           (graph_rel(m, t) == REL_CONJ && m->tok[t].head == found->ev.trigger);
}

static void size_words(struct matcher *m)
{
    static const enum frame_class class[SIZE_KINDS] = {CLASS_DEAD, CLASS_HURT, CLASS_HELD,
                                                       CLASS_CROWD};
    for (uint32_t t = m->first; t < m->end; t++) {
        if (graph_in(m, t, CLASS_TOLL)) {
            struct found *found = counted_for(m, t, SIZE_DEAD);
            if (found && found->ev.dead == 0)
                found->ev.dead = toll(m, t);
            continue;
        }
        for (uint32_t kind = 0; kind < SIZE_KINDS; kind++) {
            if (!graph_in(m, t, class[kind]))
                continue;
            struct found *found = counted_for(m, t, kind);
            uint32_t *to = found ? size_at(&found->ev, kind) : NULL;
            if (to && *to == 0)
                *to = counted(m, t, kind, tells_single(found) && is_told_with(m, found, t));
        }
    }
}

/* Is it they who are told to be killed, hurt or arrested? Their number is no one else's. */
static bool is_victim(const struct matcher *m, uint32_t t)
{
    uint32_t over = m->tok[t].head;
    enum relation rel = graph_rel(m, t);
    return (rel == REL_OBJ || rel == REL_NSUBJ_PASS) && over >= m->first && over < m->end &&
           (graph_in(m, over, CLASS_DEAD) || graph_in(m, over, CLASS_HURT) ||
            graph_in(m, over, CLASS_HELD));
}

/* Who acts takes part: "hundreds of students", as far as a number is told. */
static void size_actors(const struct matcher *m, struct found *found)
{
    struct event *ev = &found->ev;
    if (!(found->sizes & (1u << SIZE_PARTICIPANTS)))
        return;
    for (uint32_t i = 0; i < ev->n_actors && ev->participants == 0; i++) {
        uint32_t t = m->article->mention[ev->actor[i]].head;
        if (t < m->first || t >= m->end || is_victim(m, t))
            continue;
        ev->participants = count_all(m, t, false);
        uint32_t over = m->tok[t].head; /* "a crowd of 300 students", "dozens of monks" */
        if (ev->participants == 0 && graph_rel_is(m, t, REL_NMOD) && over < m->end &&
            graph_in(m, over, CLASS_PART))
            ev->participants = count_of(m, over, false);
    }
}

void detail_sentence(struct matcher *m)
{
    for (uint32_t i = 0; i < m->n_found; i++) {
        if (m->found[i].dropped)
            continue;
        size_event(m, &m->found[i]);
    }
    size_words(m);
    for (uint32_t i = 0; i < m->n_found; i++)
        if (!m->found[i].dropped)
            size_actors(m, &m->found[i]);
}
