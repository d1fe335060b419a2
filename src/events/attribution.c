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
/*
 * What stands deeper inside of what is said is background that the speaker does not vouch for:
 * steps from the event up to the saying (bench/details.py --train 6000 on the read part).
 */
#define SPEECH_STEPS 1
#define DEED_STEPS 3

/* The party that a noun names or belongs to; ARTICLE_NONE none. */
static uint32_t voice(const struct matcher *m, uint32_t t)
{
    struct set parties = {.n = 0};
    slot_parties(m, t, LOOK_OWNERS, &parties);
    return parties.n ? parties.tok[0] : ARTICLE_NONE;
}

static uint32_t speaker(const struct matcher *m, uint32_t verb)
{
    uint32_t subject = graph_subject(m, verb);
    return subject == ARTICLE_NONE ? ARTICLE_NONE : voice(m, subject);
}

/* "according to X": UD hangs "according" at X as its case. */
static uint32_t according_to(const struct matcher *m, uint32_t t)
{
    FOR_CHILDREN(m, c, t) {
        uint32_t marker = graph_child(m, c, REL_CASE);
        if (marker != ARTICLE_NONE && slice_is(token_lower(m->article, marker), "according"))
            return voice(m, c);
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

/* The speaker of the clause that token t stands in, at most `most` words above it. */
static uint32_t told_by(const struct matcher *m, uint32_t t, uint32_t most, bool through_relatives)
{
    uint32_t below = ARTICLE_NONE;
    for (uint32_t i = 0; i <= most && t >= m->first && t < m->end; i++) {
        uint32_t found = according_to(m, t);
        if (found == ARTICLE_NONE && i > 0 && graph_is_verb(m, t) &&
            graph_in(m, t, CLASS_REPORT) && graph_rel_is(m, below, REL_CCOMP))
            found = speaker(m, t);
        if (found == ARTICLE_NONE)
            found = beside(m, t, below);
        if (found != ARTICLE_NONE)
            return found;
        if (graph_rel_is(m, t, REL_ACL) && !through_relatives)
            return ARTICLE_NONE;
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
        return last > before.first ? told_by(&before, last - 1, CLIMB_MAX, true) : ARTICLE_NONE;
    }
    return ARTICLE_NONE;
}

/* Who speaks for himself is no source: "the minister said he regretted". */
static bool says_it_himself(const struct matcher *m, const struct event *ev)
{
    const struct mention *who = &m->article->mention[ev->attribution];
    for (uint32_t i = 0; i < ev->n_actors; i++) {
        const struct mention *actor = &m->article->mention[ev->actor[i]];
        if (who == actor || actor->antecedent == ev->attribution ||
            (who->antecedent != ARTICLE_NONE && who->antecedent == actor->antecedent) ||
            who->antecedent == ev->actor[i])
            return true;
    }
    return false;
}

void attribution_sentence(struct matcher *m)
{
    uint32_t quoted = ARTICLE_NONE;
    bool looked = false;
    for (uint32_t i = 0; i < m->n_found; i++) {
        struct event *ev = &m->found[i].ev;
        if (m->found[i].dropped)
            continue;
        bool speech = m->found[i].speech;
        ev->attribution = told_by(m, m->found[i].predicate, speech ? SPEECH_STEPS : DEED_STEPS,
                                  !speech);
        if (ev->attribution == ARTICLE_NONE && m->article->sent[m->sent].quote) {
            if (!looked)
                quoted = quoted_before(m);
            looked = true;
            ev->attribution = quoted;
        }
        if (speech && ev->attribution != ARTICLE_NONE && says_it_himself(m, ev))
            ev->attribution = ARTICLE_NONE;
    }
}
