/* SPDX-License-Identifier: MIT */
/*
 * place.c - where an event happened, in the sentence's words.
 *
 * Reads    the tree, mentions that are places, `place` facts of frames, classes `locative`, `site`.
 * Leaves   ev.place_first, place_end, place_country.
 *
 * Method   Candidates are names behind a preposition of place, cities before a noun ('the Geneva
 *          talks'), what a frame calls its place ('visited Oslo'), then nouns of places ('a prison
 *          in the north'). The one that hangs nearest in the event's own clause (clause.c) is
 *          taken. What is told by words ('condemned the bombing in Nairobi') happens only where
 *          the telling itself is placed.
 */
#include "events/matcher.h"

#define CHAIN_MAX 5      /* nouns between a place and the word of the event that it hangs at */
#define FRONTED (HOSTS_MAX * CHAIN_MAX) /* before the verb of saying over the event */
#define NOT_NEAR UINT32_MAX

static const struct mention *mention_at(const struct matcher *m, uint32_t t)
{
    uint32_t index = m->article->mention_of[t];
    return index == ARTICLE_NONE ? NULL : &m->article->mention[index];
}

/* A city or region: never a party, so that a sentence that names it says where. */
static bool is_city(const struct mention *mention)
{
    return mention && mention->flags & MENTION_PLACE && !(mention->flags & MENTION_ACTOR);
}

/* A text of small letters shows no names; then the gazetteer does. */
static bool is_small(const struct matcher *m)
{
    for (uint32_t t = m->first; t < m->end; t++)
        if (m->tok[t].flags & (TOK_TITLE | TOK_UPPER))
            return false;
    return true;
}

static bool is_known(const struct matcher *m, uint32_t t)
{
    const struct mention *mention = mention_at(m, t);
    uint32_t first = mention ? mention->first : t, end = mention ? mention->end : t + 1;
    return place_find(m, first, end) != IMAGE_NONE;
}

/* Is the word a name that can be a place behind such a preposition? */
static bool is_place_name(const struct matcher *m, uint32_t t, struct slice preposition)
{
    const struct mention *mention = mention_at(m, t);
    if (time_is_word(m, t))
        return false;
    if (m->tok[t].upos != UPOS_PROPN)
        return m->tok[t].upos == UPOS_NOUN && is_small(m) && is_known(m, t) &&
               (!mention || mention->flags & MENTION_PLACE);
    bool party = mention && mention->flags & MENTION_ACTOR;
    if (slice_is(preposition, "on") || slice_is(preposition, "over"))
        return !party && graph_in(m, t, CLASS_SITE);
    if (slice_is(preposition, "to") || slice_is(preposition, "into"))
        return (mention && mention->flags & MENTION_PLACE) ||
               ((!mention || !(mention->flags & MENTION_PERSON)) && is_known(m, t));
    if (slice_is(preposition, "from"))
        return is_city(mention) || (!party && graph_in(m, t, CLASS_SITE));
    if (mention && mention->flags & (MENTION_PLACE | MENTION_PERSON))
        return mention->flags & MENTION_PLACE;
    return !party || is_known(m, t) ||
           (!slice_is(preposition, "in") && !slice_is(preposition, "within") &&
            !slice_is(preposition, "across"));
}

/* A noun such as "prison", told apart by a name before it or its owner: "China's capital". */
static bool is_site(const struct matcher *m, uint32_t t)
{
    if (m->tok[t].upos != UPOS_NOUN)
        return false;
    bool site = graph_in(m, t, CLASS_SITE);
    FOR_CHILDREN(m, c, t) {
        enum relation rel = graph_rel(m, c);
        if (rel == REL_NMOD_POSS && is_city(mention_at(m, c)))
            return true;
        if (!site)
            continue;
        bool named = rel == REL_NMOD && m->tok[c].upos == UPOS_PROPN; /* "the town of X" */
        if (named || (c < t && (rel == REL_COMPOUND || rel == REL_NMOD_POSS || rel == REL_AMOD)))
            return true;
    }
    return false;
}

/* "cut ties to Qatar", "officials from the north": only what goes or is sent is where it goes. */
static bool is_way(const struct matcher *m, const struct found *found, uint32_t preposition)
{
    struct slice word = token_lower(m->article, preposition);
    bool way = slice_is(word, "to") || slice_is(word, "into") || slice_is(word, "from");
    return !way || graph_in(m, found->ev.trigger, CLASS_MOTION) ||
           graph_in(m, found->predicate, CLASS_MOTION);
}

static uint32_t locative(const struct matcher *m, uint32_t t)
{
    uint32_t preposition = graph_child(m, t, REL_CASE);
    return preposition != ARTICLE_NONE && graph_in(m, preposition, CLASS_LOCATIVE)
        ? preposition : ARTICLE_NONE;
}

static bool is_of(const struct matcher *m, uint32_t t)
{
    uint32_t preposition = graph_child(m, t, REL_CASE);
    return preposition != ARTICLE_NONE && slice_is(token_lower(m->article, preposition), "of");
}

/* "in the stronghold of Oslo", "in the center of the capital, Oslo": the name tells which. */
static bool is_of_site(const struct matcher *m, uint32_t t, uint32_t at)
{
    uint32_t head = m->tok[at].head;
    return is_city(mention_at(m, t)) && graph_rel(m, at) == REL_NMOD && head < m->end &&
           head >= m->first && m->tok[head].upos == UPOS_NOUN && is_of(m, at) &&
           locative(m, head) != ARTICLE_NONE;
}

/* "30 km west of Oslo": "west"; ARTICLE_NONE none. */
static uint32_t direction(const struct matcher *m, uint32_t t)
{
    uint32_t head = m->tok[t].head;
    bool inside = head >= m->first && head < m->end;
    return inside && m->tok[t].upos == UPOS_PROPN && is_of(m, t) &&
           graph_in(m, head, CLASS_DIRECTION) ? head : ARTICLE_NONE;
}

static bool is_host(const struct hosts *hosts, uint32_t t, uint32_t *index)
{
    for (uint32_t i = 0; i < hosts->n; i++) {
        if (hosts->tok[i] == t) {
            *index = i;
            return true;
        }
    }
    return false;
}

/* "In Oslo, police said ..." places what is said. */
static bool is_told_below(const struct matcher *m, uint32_t t, uint32_t verb)
{
    return m->tok[t].head == verb && graph_rel_is(m, t, REL_CCOMP) &&
           graph_in(m, verb, CLASS_REPORT);
}

/* A verb that tells the same: "a strike that hit a plant in Oslo", "killed two and hurt four in Oslo". */
static bool goes_on(const struct matcher *m, const struct found *found,
                    const struct hosts *hosts, uint32_t verb)
{
    uint32_t head = m->tok[verb].head;
    for (uint32_t k = 0; k < m->n_found; k++)
        if (&m->found[k] != found && !m->found[k].dropped && m->found[k].predicate == verb &&
            !slice_eq(m->found[k].ev.type, found->ev.type))
            return false;
    if (graph_rel_is(m, verb, REL_ACL))
        return found->noun && head == found->ev.trigger && !found->speech &&
               !graph_is_infinitive(m, verb);
    bool host = false;
    for (uint32_t i = 0; i < hosts->n && i < 2; i++)
        host = host || hosts->tok[i] == head;
    return host && graph_rel(m, verb) == REL_CONJ && graph_is_verb(m, head) && !found->speech &&
           graph_child(m, verb, REL_NSUBJ) == ARTICLE_NONE;
}

/* How far from the event a phrase hangs; NOT_NEAR when elsewhere. */
static uint32_t nearness(const struct matcher *m, const struct found *found,
                         const struct hosts *hosts, uint32_t t)
{
    uint32_t at = m->tok[t].head, below = t, index;
    for (uint32_t i = 0; i < CHAIN_MAX && at >= m->first && at < m->end; i++) {
        if (is_host(hosts, at, &index)) {
            bool circumstance = graph_rel_is(m, below, REL_OBL) &&
                                locative(m, below) != ARTICLE_NONE;
            if (i && !circumstance && (found->speech || index > 1))
                return NOT_NEAR; /* where something stands that is talked of */
            return index * CHAIN_MAX + i;
        }
        if (graph_is_verb(m, at)) {
            uint32_t preposition = graph_child(m, below, REL_CASE);
            bool apart = preposition != ARTICLE_NONE && below != t &&
                         (graph_in(m, preposition, CLASS_ASIDE) ||
                          graph_in(m, preposition, CLASS_APART));
            if (!apart && goes_on(m, found, hosts, at))
                return hosts->n * CHAIN_MAX + i;
            bool fronted = i == 0 && t < hosts->tok[hosts->n - 1] && !found->speech;
            return fronted && is_told_below(m, hosts->tok[hosts->n - 1], at) ? FRONTED : NOT_NEAR;
        }
        for (uint32_t k = 0; k < m->n_found; k++)
            if (m->found[k].noun && m->found[k].ev.trigger == at &&
                !slice_eq(m->found[k].ev.type, found->ev.type))
                return NOT_NEAR;
        below = at;
        at = m->tok[at].head;
    }
    return NOT_NEAR;
}

static void put(const struct matcher *m, struct event *ev, uint32_t t)
{
    const struct mention *mention = mention_at(m, t);
    ev->place_first = t;
    ev->place_end = t + 1;
    if (mention && m->tok[t].upos == UPOS_PROPN) {
        ev->place_first = mention->first;
        ev->place_end = mention->end;
        uint32_t before = ev->place_first - 1; /* "northern Nigeria", "central Baghdad" */
        if (ev->place_first > m->first && m->tok[before].head >= ev->place_first &&
            m->tok[before].head < ev->place_end && graph_rel(m, before) != REL_CASE &&
            graph_in(m, before, CLASS_DIRECTION))
            ev->place_first = before;
        memcpy(ev->place_country, mention->code, sizeof ev->place_country);
        return;
    }
    FOR_CHILDREN(m, c, t) {
        enum relation rel = relation_base(graph_rel(m, c));
        if (c < t && t - c < 8 && c < ev->place_first &&
            (rel == REL_COMPOUND || rel == REL_AMOD || graph_rel(m, c) == REL_NMOD_POSS))
            ev->place_first = c;
        if (c > t && c < t + 5 && rel == REL_NMOD && m->tok[c].upos == UPOS_PROPN && is_of(m, c)) {
            const struct mention *of = mention_at(m, c); /* "the province of Herat" */
            ev->place_end = of && of->end > c ? of->end : c + 1;
        }
        if (c == t + 1 && rel == REL_FLAT)
            ev->place_end = c + 1;
    }
}

/* "the town of Oslo", "the capital Oslo": the name in a noun of places, or the noun itself. */
static uint32_t named(const struct matcher *m, uint32_t t)
{
    if (m->tok[t].upos == UPOS_PROPN || !graph_in(m, t, CLASS_SITE))
        return t;
    FOR_CHILDREN(m, c, t)
        if (c > t && m->tok[c].upos == UPOS_PROPN && mention_at(m, c) &&
            mention_at(m, c)->flags & MENTION_PLACE)
            return c;
    return t;
}

/* "a town where rebels attacked": the noun that the clause is about. */
static uint32_t where_clause(const struct matcher *m, const struct found *found)
{
    uint32_t t = found->predicate;
    if (graph_rel(m, t) != REL_ACL_RELCL)
        return ARTICLE_NONE;
    FOR_CHILDREN(m, c, t)
        if (slice_is(token_lower(m->article, c), "where"))
            return named(m, m->tok[t].head);
    return ARTICLE_NONE;
}

/* "attacked Togo": the state is who is attacked, not where. "Visited Togo" is both. */
static bool is_only_party(const struct found *found, const struct mention *mention)
{
    return found->quad > 2 && mention && mention->flags & MENTION_ACTOR;
}

/* "visited Oslo": what the frame calls the place. */
static bool place_of_frame(const struct matcher *m, struct found *found)
{
    struct set words = {.n = 0};
    slot_words(m, found->ev.trigger, found->frame->place, &words);
    for (uint32_t i = 0; i < words.n; i++) {
        uint32_t t = named(m, words.tok[i]);
        const struct mention *mention = mention_at(m, t);
        bool goes = !found->speech && m->tok[t].upos == UPOS_PROPN &&
                    !is_only_party(found, mention) &&
                    (!mention || !(mention->flags & (MENTION_PERSON | MENTION_ACTOR)) ||
                     mention->flags & MENTION_PLACE);
        if (goes && !time_is_word(m, t)) {
            put(m, &found->ev, t);
            return true;
        }
    }
    return false;
}

/* "the Geneva peace talks": a name among the words before the trigger. */
static bool names_event(const struct matcher *m, uint32_t t, const struct found *found)
{
    for (uint32_t i = 0; i < CHAIN_MAX && t != found->ev.trigger; i++) {
        if (graph_rel(m, t) != REL_COMPOUND || m->tok[t].head >= m->end)
            return false;
        t = m->tok[t].head;
    }
    return t == found->ev.trigger;
}

/* A city, or a capital that is not told to act: "the Abuja talks". */
static bool is_town(const struct matcher *m, const struct found *found, uint32_t t)
{
    const struct mention *mention = mention_at(m, t);
    if (!mention || m->tok[t].upos != UPOS_PROPN || !(mention->flags & MENTION_PLACE))
        return false;
    if (is_city(mention))
        return true;
    for (uint32_t i = 0; i < found->ev.n_actors; i++)
        if (&m->article->mention[found->ev.actor[i]] == mention)
            return false;
    return strcmp(mention->sector, "GOV") == 0;
}

/* The word at which a phrase hangs: a verb, or a noun that tells an event; ARTICLE_NONE none. */
static uint32_t anchor(const struct matcher *m, uint32_t t)
{
    uint32_t at = m->tok[t].head;
    for (uint32_t i = 0; i < CLIMB_MAX && at >= m->first && at < m->end; i++) {
        for (uint32_t k = 0; k < m->n_found; k++)
            if (m->found[k].ev.trigger == at || m->found[k].predicate == at)
                return at;
        if (graph_is_verb(m, at))
            return at;
        at = m->tok[at].head;
    }
    return ARTICLE_NONE;
}

/* "the Ruhengeri region", "Belgrade airport": a site with a place's name before it. */
static bool is_named_site(const struct matcher *m, uint32_t t)
{
    if (!is_site(m, t))
        return false;
    FOR_CHILDREN(m, c, t)
        if ((graph_rel(m, c) == REL_COMPOUND || (graph_rel(m, c) == REL_NMOD && is_of(m, c))) &&
            m->tok[c].upos == UPOS_PROPN &&
            !(mention_at(m, c) && mention_at(m, c)->flags & (MENTION_PERSON | MENTION_ACTOR)))
            return true;
    return false;
}

/* "As dawn broke in Oslo, police raided": a place told in the sentence of no other event. */
static uint32_t place_around(const struct matcher *m, const struct found *found)
{
    uint32_t best = ARTICLE_NONE, least = NOT_NEAR;
    for (uint32_t t = m->first; t < m->end; t++) {
        uint32_t over = is_of_site(m, t, t) ? m->tok[t].head : t; /* "in the town of X" */
        uint32_t preposition = locative(m, over);
        if (preposition == ARTICLE_NONE || !is_way(m, found, preposition) ||
            !(is_place_name(m, t, token_lower(m->article, preposition)) || is_named_site(m, t)))
            continue;
        uint32_t at = anchor(m, t);
        bool other = at == ARTICLE_NONE || graph_rel_is(m, at, REL_ACL);
        for (uint32_t k = 0; k < m->n_found && !other; k++)
            other = &m->found[k] != found && !slice_eq(m->found[k].ev.type, found->ev.type) &&
                    (m->found[k].ev.trigger == at || m->found[k].predicate == at);
        uint32_t far = t > found->ev.trigger ? t - found->ev.trigger : found->ev.trigger - t;
        if (!other && far < least) {
            least = far;
            best = t;
        }
    }
    return best;
}

/* "at the base in X": the name says more than the noun. */
static uint32_t named_within(const struct matcher *m, uint32_t t)
{
    if (t == ARTICLE_NONE || m->tok[t].upos == UPOS_PROPN)
        return t;
    FOR_CHILDREN(m, c, t) {
        uint32_t preposition = locative(m, c);
        if (preposition != ARTICLE_NONE && c > t && graph_rel(m, c) == REL_NMOD &&
            is_place_name(m, c, token_lower(m->article, preposition)))
            return c;
    }
    return t;
}

static void place_event(const struct matcher *m, struct found *found)
{
    struct hosts hosts;
    clause_hosts(m, found, &hosts);
    uint32_t best = where_clause(m, found), least = best == ARTICLE_NONE ? NOT_NEAR : 6;
    for (uint32_t t = m->first; t < m->end; t++) {
        uint32_t at = graph_rel(m, t) == REL_APPOS ? m->tok[t].head : t; /* "in the capital, X" */
        if (at < m->first || at >= m->end)
            continue;
        if (is_of_site(m, t, at))
            at = m->tok[at].head;
        uint32_t west = direction(m, t);
        uint32_t preposition = locative(m, at), far = NOT_NEAR;
        bool city = is_town(m, found, t);
        if (preposition != ARTICLE_NONE && !is_way(m, found, preposition))
            continue;
        if (preposition != ARTICLE_NONE &&
            is_place_name(m, t, token_lower(m->article, preposition)))
            far = nearness(m, found, &hosts, at);
        else if (preposition != ARTICLE_NONE && at == t && is_site(m, t))
            far = nearness(m, found, &hosts, at);
        else if (west != ARTICLE_NONE)
            far = nearness(m, found, &hosts, west);
        else if (city && graph_rel(m, t) == REL_COMPOUND && names_event(m, t, found))
            far = 1;
        if (far == NOT_NEAR)
            continue;
        far = far * 2 + (m->tok[t].upos != UPOS_PROPN);
        if (far < least) {
            least = far;
            best = t;
        }
    }
    best = named_within(m, best);
    if (best != ARTICLE_NONE && (least < 4 || found->frame->place.n == 0))
        put(m, &found->ev, best);
    else if (!place_of_frame(m, found)) {
        if (best == ARTICLE_NONE)
            best = place_around(m, found);
        if (best != ARTICLE_NONE)
            put(m, &found->ev, best);
    }
}

void place_sentence(struct matcher *m)
{
    for (uint32_t i = 0; i < m->n_found; i++) {
        m->found[i].ev.place = ARTICLE_NONE;
        if (m->found[i].dropped)
            continue;
        place_event(m, &m->found[i]);
        resolve_place(m, &m->found[i].ev);
    }
}
