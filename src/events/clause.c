/* SPDX-License-Identifier: MIT */
/*
 * clause.c - the words of an event's clause at which 'on Sunday' or 'in Oslo' may hang.
 *
 * Reads    found[], the tree.
 * Method   From the trigger upwards: its light verb, the verb whose subject or object the trigger
 *          is, the verbs above that share the clause (xcomp, conj, participles). The walk ends
 *          where another clause begins and below the predicate of another event: 'condemned the
 *          bombing on Tuesday' dates the condemning. A type that consists of words has, when it is
 *          what somebody says himself, the time and place of the saying.
 */
#include "events/matcher.h"

/* The other event, of another type, whose predicate is t. */
static bool is_other_event(const struct matcher *m, const struct found *found, uint32_t t)
{
    for (uint32_t i = 0; i < m->n_found; i++) {
        const struct found *other = &m->found[i];
        if (other != found && (other->predicate == t || other->ev.trigger == t) &&
            !slice_eq(other->ev.type, found->ev.type))
            return true;
    }
    return false;
}

static bool is_event_noun(const struct matcher *m, uint32_t t)
{
    return m->tok[t].upos == UPOS_NOUN && m->word[t] != IMAGE_NONE &&
           m->frames->triggers[m->word[t]].n && m->article->mention_of[t] == ARTICLE_NONE;
}

/* "after the raid", "a statement on the raid": what stands over it has a time of its own. */
static bool is_elsewhere(const struct matcher *m, uint32_t t)
{
    uint32_t preposition = graph_child(m, t, REL_CASE);
    if (preposition == ARTICLE_NONE)
        return false;
    if (graph_in(m, preposition, CLASS_APART) || graph_in(m, preposition, CLASS_ASIDE))
        return true;
    return graph_rel_is(m, t, REL_NMOD) && !graph_in(m, preposition, CLASS_DURING) &&
           !slice_is(token_lower(m->article, preposition), "of");
}

/* Does the clause go on from noun t to its head? */
static bool noun_goes_on(const struct matcher *m, const struct found *found, uint32_t t,
                         uint32_t head)
{
    switch (relation_base(graph_rel(m, t))) {
    case REL_NSUBJ: case REL_OBJ: case REL_OBL: case REL_NMOD: case REL_XCOMP: case REL_ADVCL:
        return !is_elsewhere(m, t) &&
               (!is_other_event(m, found, head) || graph_rel_is(m, t, REL_NSUBJ));
    case REL_CONJ:
        return true;
    default:
        return false;
    }
}

/* Will it, or may it, be? */
static bool is_open(const struct matcher *m, uint32_t t)
{
    FOR_CHILDREN(m, c, t)
        if (graph_rel_is(m, c, REL_AUX) &&
            (graph_in(m, c, CLASS_FUTURE) || graph_in(m, c, CLASS_IF)))
            return true;
    return false;
}

static bool verb_goes_on(const struct matcher *m, uint32_t t, uint32_t head)
{
    switch (graph_rel(m, t)) {
    case REL_XCOMP:
        return true;
    case REL_CONJ: /* "said on Monday he can and will pay" */
        return is_open(m, head) || !is_open(m, t);
    case REL_ADVCL: case REL_ACL:
        return graph_child(m, t, REL_NSUBJ) == ARTICLE_NONE;
    case REL_ACL_RELCL:
        return is_event_noun(m, head);
    default:
        return false;
    }
}

/* "had asked": before what is told. */
static bool is_pluperfect(const struct matcher *m, uint32_t t)
{
    FOR_CHILDREN(m, c, t)
        if (graph_rel(m, c) == REL_AUX && m->tok[c].feats & FEAT(PAST) &&
            !graph_in(m, c, CLASS_FUTURE) && !graph_in(m, c, CLASS_IF) &&
            m->tok[t].feats & FEAT(PART) && m->tok[t].feats & FEAT(PAST))
            return true;
    return false;
}

/* The verb by which the event's own actor says it: only for types that are or become words. */
static uint32_t saying(const struct matcher *m, const struct found *found, uint32_t t,
                       uint32_t head)
{
    /* what is told as to come is the word given for it: it will be an AGREE */
    bool words = found->speech || matcher_turn(m, &found->ev);
    if (!words || found->ev.n_actors == 0 || graph_is_passive(m, found->predicate) ||
        is_pluperfect(m, found->predicate))
        return ARTICLE_NONE;
    if (!graph_rel_is(m, t, REL_CCOMP)) { /* "..., the minister said on Monday" */
        head = ARTICLE_NONE;
        FOR_CHILDREN(m, c, t)
            if (graph_rel_is(m, c, REL_PARATAXIS))
                head = c;
    }
    if (head == ARTICLE_NONE || !graph_is_verb(m, head) || !graph_in(m, head, CLASS_REPORT))
        return ARTICLE_NONE;
    uint32_t subject = graph_subject(m, head);
    struct set parties = {.n = 0};
    if (subject != ARTICLE_NONE)
        slot_parties(m, subject, LOOK_OWNERS, &parties);
    const struct mention *actor = &m->article->mention[found->ev.actor[0]];
    for (uint32_t i = 0; i < parties.n; i++) {
        const struct mention *who = &m->article->mention[parties.tok[i]];
        if (who == actor || actor->antecedent == parties.tok[i] ||
            (who->code[0] && strcmp(who->code, actor->code) == 0))
            return head;
    }
    return ARTICLE_NONE;
}

void clause_hosts(const struct matcher *m, const struct found *found, struct hosts *out)
{
    uint32_t t = found->ev.trigger;
    *out = (struct hosts){.tok = {t}, .n = 1, .said = ARTICLE_NONE};
    if (found->predicate != t)
        out->tok[out->n++] = t = found->predicate;
    while (out->n < HOSTS_MAX) {
        uint32_t head = m->tok[t].head;
        bool noun = found->noun && t == found->ev.trigger; /* "fighting", however it was tagged */
        bool verb = graph_is_verb(m, t) && !noun, top = head < m->first || head >= m->end;
        if (top || (verb ? !verb_goes_on(m, t, head) : !noun_goes_on(m, found, t, head))) {
            uint32_t say = saying(m, found, t, head);
            if (say != ARTICLE_NONE)
                out->tok[out->n++] = out->said = say;
            return;
        }
        out->tok[out->n++] = t = head;
    }
}
