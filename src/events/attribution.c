/* SPDX-License-Identifier: MIT */
/*
 * attribution.c - on whose word an event is told.
 *
 * Method   Up from the event's predicate: a clause under a verb of the class `report` is told by
 *          that verb's subject ("X said that ...", "..., X said"); "according to X" anywhere on
 *          the way is X. A quotation that goes on from the sentence before keeps its speaker.
 * Leaves   ev.attribution, a mention; ARTICLE_NONE is the paper's own voice.
 */
#include "events/matcher.h"

#define QUOTE_SENTENCES 20 /* how far back the speaker of a quotation is looked for */

static uint32_t speaker(const struct matcher *m, uint32_t verb)
{
    uint32_t subject = graph_subject(m, verb);
    struct set parties = {.n = 0};
    if (subject != ARTICLE_NONE)
        slot_parties(m, subject, LOOK_OWNERS, &parties);
    return parties.n ? parties.tok[0] : ARTICLE_NONE;
}

/* "according to X": UD hangs "according" at X as its case. */
static uint32_t according_to(const struct matcher *m, uint32_t t)
{
    FOR_CHILDREN(m, c, t) {
        uint32_t marker = graph_child(m, c, REL_CASE);
        if (marker == ARTICLE_NONE || !slice_is(token_lower(m->article, marker), "according"))
            continue;
        struct set parties = {.n = 0};
        slot_parties(m, c, LOOK_OWNERS, &parties);
        if (parties.n)
            return parties.tok[0];
    }
    return ARTICLE_NONE;
}

/* ", said X": a verb of saying beside the clause. */
static uint32_t beside(const struct matcher *m, uint32_t t, uint32_t not_this)
{
    FOR_CHILDREN(m, c, t) {
        enum relation rel = graph_rel(m, c);
        if (c != not_this && (rel == REL_PARATAXIS || rel == REL_DEP) && graph_is_verb(m, c) &&
            graph_in(m, c, CLASS_REPORT))
            return speaker(m, c);
    }
    return ARTICLE_NONE;
}

/* The speaker of the clause that token t stands in. */
static uint32_t told_by(const struct matcher *m, uint32_t t)
{
    uint32_t below = ARTICLE_NONE;
    for (uint32_t i = 0; i < CLIMB_MAX && t >= m->first && t < m->end; i++) {
        uint32_t found = according_to(m, t);
        if (found == ARTICLE_NONE && i > 0 && graph_is_verb(m, t) &&
            graph_in(m, t, CLASS_REPORT) && graph_rel_is(m, below, REL_CCOMP))
            found = speaker(m, t);
        if (found == ARTICLE_NONE)
            found = beside(m, t, below);
        if (found != ARTICLE_NONE)
            return found;
        below = t;
        t = m->tok[t].head;
    }
    return ARTICLE_NONE;
}

/* The speaker of a quotation that began in an earlier sentence. */
static uint32_t quoted_before(struct matcher *m)
{
    const struct dm_article *article = m->article;
    uint32_t quote = article->sent[m->sent].quote;
    for (uint32_t s = m->sent; quote && s-- > 0 && m->sent - s < QUOTE_SENTENCES;) {
        if (article->sent[s].quote == quote)
            continue;
        /* the sentence that opens it: who speaks the clause of its last quoted word */
        struct matcher before = *m;
        before.sent = s;
        before.first = article->sent[s].first;
        before.end = article->sent[s].end;
        graph_sentence(&before);
        uint32_t last = before.end;
        while (last > before.first && !(article->tok[last - 1].flags & TOK_QUOTED))
            last--;
        return last > before.first ? told_by(&before, last - 1) : ARTICLE_NONE;
    }
    return ARTICLE_NONE;
}

void attribution_sentence(struct matcher *m)
{
    uint32_t quoted = ARTICLE_NONE;
    bool looked = false;
    for (uint32_t i = 0; i < m->n_found; i++) {
        struct event *ev = &m->found[i].ev;
        if (m->found[i].dropped)
            continue;
        ev->attribution = told_by(m, m->found[i].predicate);
        if (ev->attribution == ARTICLE_NONE && m->article->sent[m->sent].quote) {
            if (!looked)
                quoted = quoted_before(m);
            looked = true;
            ev->attribution = quoted;
        }
    }
}
