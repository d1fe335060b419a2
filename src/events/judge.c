/* SPDX-License-Identifier: MIT */
/*
 * judge.c - decide by learned weights what the frames found and what they did not find.
 *
 * Reads    found[] after the operators, evidence.c, the judge's weights.
 * Leaves   found[]: some dropped, some with another type, some new (of `learned` frames); parties.
 *
 * Method   Every verb and noun of the sentence is asked for its type, "none" among the answers. All
 *          are asked before anything changes, so the order of the words does not matter. Then each
 *          noun phrase is asked, for every event that stands, whether it is actor or recipient;
 *          a side to which nobody was given takes the likeliest phrase of the country that is
 *          likeliest by all its phrases together, if that is likely enough.
 */
#include "events/judge.h"

#include <stdio.h>
#include <stdlib.h>

#include "events/evidence.h"

#define SHOWN_PIECES 8

/* Probabilities from which a decision is taken; chosen on sentences that were not learned from. */
#define KEEP_AT 0.2f        /* a find of a frame stands */
#define KEEP_CONTENT_AT 0.65f /* ... that is only the content of another */
#define RETYPE_BY 0.5f       /* another type than the frame's, by how much likelier */
#define ADD_AT 0.45f        /* what no frame found */
#define LIKELY_ACTOR 0.35f   /* all phrases of a country, where nobody is likelier than not */
#define LIKELY_RECIPIENT 0.27f
#define LIKELY_AT_HOME 0.4f  /* a recipient of the actor's own country */
#define BESIDE_MUTUAL 0.8f   /* the recipient of what the frame holds for mutual */

struct decision {
    uint32_t found; /* ARTICLE_NONE: none yet */
    uint32_t class; /* the likeliest type but none */
    float p_event, p_class, p_own;
};

struct court {
    struct matcher *m;
    struct evidence_sentence s;
    struct evidence e;
    struct decision *decision; /* [tokens of the sentence] */
};

/* ---- explaining ---- */

struct weighed {
    uint32_t piece;
    int32_t weight;
};

static int by_weight(const void *a, const void *b)
{
    const struct weighed *x = a, *y = b;
    int32_t p = abs(x->weight), q = abs(y->weight);
    return p != q ? (p < q ? 1 : -1) : x->piece < y->piece ? -1 : x->piece > y->piece;
}

/* Tell the answer and the evidence that weighed most for it or against it (against "none"). */
static void tell(const struct court *court, const struct judge_table *table, uint32_t t,
                 const char *what, uint32_t class, float p)
{
    const struct matcher *m = court->m;
    const struct evidence *e = &court->e;
    struct weighed weighed[EVIDENCE_MAX];
    struct buf text;
    if (!m->trace || !m->trace->judged)
        return;
    for (uint32_t i = 0; i < e->n; i++) {
        const int8_t *row = judge_row(table, e->key[i]);
        weighed[i] = (struct weighed){i, row ? row[class] - row[0] : 0};
    }
    qsort(weighed, e->n, sizeof *weighed, by_weight);
    buf_init(&text, 8192);
    buf_printf(&text, "%s %.2f:", what, (double)p);
    for (uint32_t i = 0; i < e->n && i < SHOWN_PIECES && weighed[i].weight; i++) {
        buf_printf(&text, "%s %+.1f ", i ? "," : "", (double)((float)weighed[i].weight * table->unit));
        evidence_show(&e->piece[weighed[i].piece], &text);
    }
    m->trace->judged(m->trace->self, t, buf_slice(&text));
    buf_deinit(&text);
}

/* ---- events ---- */

static uint32_t class_of(const struct judge *judge, struct slice type)
{
    for (uint32_t i = 1; i < judge->table[JUDGE_TRIGGER].n_classes; i++)
        if (slice_eq(judge->type[i], type))
            return i;
    return 0;
}

/* A word that no frame found and nobody was taught anything of tells no event. */
static bool is_asked(const struct court *court, uint32_t t)
{
    const struct matcher *m = court->m;
    if (!evidence_is_candidate(&court->s, t))
        return false;
    return court->s.found_at[t - m->first] != ARTICLE_NONE ||
           judge_row(&m->judge->table[JUDGE_TRIGGER], evidence_lemma(&court->s, t));
}

static void ask_trigger(struct court *court, uint32_t t)
{
    const struct matcher *m = court->m;
    const struct judge_table *table = &m->judge->table[JUDGE_TRIGGER];
    struct decision *d = &court->decision[t - m->first];
    float p[JUDGE_CLASSES];
    court->e.table = table;
    evidence_trigger(&court->s, t, &court->e);
    judge_ask(table, court->e.key, court->e.n, p);
    d->class = 1;
    for (uint32_t c = 2; c < table->n_classes; c++)
        if (p[c] > p[d->class])
            d->class = c;
    d->p_event = 1 - p[0];
    d->p_class = p[d->class];
    d->found = court->s.found_at[t - m->first];
    uint32_t own = d->found == ARTICLE_NONE ? 0 : class_of(m->judge, m->found[d->found].ev.type);
    d->p_own = own ? p[own] : 0;
    if (d->found != ARTICLE_NONE || d->p_event > 0.1f) {
        struct slice name = m->judge->type[d->class];
        char what[64];
        snprintf(what, sizeof what, "event %.2f, %.*s", (double)d->p_event, (int)name.n, name.p);
        tell(court, table, t, what, d->class, d->p_class);
    }
}

/* "denied that its army had attacked": the denial is the attack's status, no event of its own. */
static bool is_denial(const struct matcher *m, uint32_t t)
{
    for (uint32_t i = 0; i < m->n_found; i++)
        if (m->found[i].ev.status == STATUS_DENIED && m->found[i].absorbed_by == ARTICLE_NONE &&
            m->tok[m->found[i].predicate].head == t)
            return true;
    return false;
}

static void decide_trigger(struct court *court, uint32_t t)
{
    struct matcher *m = court->m;
    const struct decision *d = &court->decision[t - m->first];
    if (d->found == ARTICLE_NONE) {
        uint32_t learned = d->p_event < ADD_AT || is_denial(m, t)
            ? ARTICLE_NONE : match_learned_frame(m, m->judge->type[d->class]);
        struct found *added = learned == ARTICLE_NONE ? NULL : match_learned(m, learned, t);
        if (added) {
            matcher_know(m, added);
            operator_status(m, added);
        }
        return;
    }
    struct found *found = &m->found[d->found];
    found->dropped = found->unlikely =
        d->p_event < (found->absorbed_by == ARTICLE_NONE ? KEEP_AT : KEEP_CONTENT_AT);
    if (found->dropped || d->p_class - d->p_own < RETYPE_BY)
        return;
    uint32_t learned = match_learned_frame(m, m->judge->type[d->class]);
    if (learned == ARTICLE_NONE)
        return;
    found->frame = &m->frames->frame[learned];
    found->ev.frame = learned;
    found->ev.type = frame_text(m->frames, found->frame->type);
    found->ev.cameo = frame_text(m->frames, found->frame->cameo);
    found->ev.n_modes = 0;
    found->mutual = false;
}

/* ---- parties ---- */

struct seat {
    uint32_t t;
    float actor, recipient;
};

/* Is the noun phrase at t a party of the mutual event that the frame found? */
static bool is_member(const struct matcher *m, const struct event *ev, uint32_t t)
{
    for (uint32_t i = 0; i < ev->n_actors; i++)
        if (ev->actor[i] == m->article->mention_of[t])
            return true;
    return false;
}

/* Conjuncts share a side: "visited Cuba, Nicaragua, Guatemala and Mexico". */
static void share_sides(const struct matcher *m, struct seat *seat, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t head = m->tok[seat[i].t].head;
        if (graph_rel(m, seat[i].t) != REL_CONJ || m->article->mention_of[seat[i].t] == ARTICLE_NONE)
            continue;
        for (uint32_t k = 0; k < i; k++) {
            if (seat[k].t != head)
                continue;
            if (seat[k].actor > 0.5f && seat[i].recipient < 0.5f)
                seat[i].actor = seat[k].actor;
            if (seat[k].recipient > 0.5f && seat[i].actor < 0.5f)
                seat[i].recipient = seat[k].recipient;
        }
    }
}

/* Whom the frame took from other sentences ("We have agreed": with whom was told before) stays. */
static uint8_t keep_outside(const struct matcher *m, uint32_t *party, uint32_t n)
{
    uint8_t kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t head = m->article->mention[party[i]].head;
        if (head < m->first || head >= m->end)
            party[kept++] = party[i];
    }
    return kept;
}

/* "President PARK Geun-hye": is the noun, no mention itself, a word of another's name or role? */
static bool inside_another(const struct matcher *m, const struct set *words, uint32_t t)
{
    bool inside = false;
    for (uint32_t i = 0; i < words->n && m->article->mention_of[t] == ARTICLE_NONE; i++) {
        uint32_t index = m->article->mention_of[words->tok[i]];
        const struct mention *other = index == ARTICLE_NONE ? NULL : &m->article->mention[index];
        inside |= other && other->first <= t && t < other->end;
    }
    return inside;
}

/* "France's PROPOSAL" beside France itself: is the mention nobody but the one that it holds? */
static bool holds_another(const struct matcher *m, const struct set *parties, uint32_t index)
{
    const struct mention *outer = &m->article->mention[index];
    for (uint32_t i = 0; i < parties->n; i++) {
        const struct mention *inner = &m->article->mention[parties->tok[i]];
        bool same = strcmp(outer->code, inner->code) == 0 && strcmp(outer->sector, inner->sector) == 0;
        bool longer = outer->end - outer->first > inner->end - inner->first;
        if (longer && outer->first <= inner->first && inner->end <= outer->end &&
            (same || (!outer->code[0] && !outer->sector[0])))
            return true;
    }
    return false;
}

/* "SOUTH KOREAN President Park" beside her: does another of the side hold it and say more? */
static bool held_by_another(const struct matcher *m, const struct set *parties, uint32_t index)
{
    const struct mention *inner = &m->article->mention[index];
    for (uint32_t i = 0; i < parties->n; i++) {
        const struct mention *outer = &m->article->mention[parties->tok[i]];
        if (parties->tok[i] != index && outer->first <= inner->first && inner->end <= outer->end &&
            strcmp(outer->code, inner->code) == 0 && outer->sector[0] && !inner->sector[0])
            return true;
    }
    return false;
}

/* The mentions of a side: the words chosen, and whom the frame had from outside. */
static void seat_side(struct matcher *m, const struct set *words, uint32_t *party, uint32_t n,
                      struct set *out)
{
    uint8_t outside = keep_outside(m, party, n);
    struct set all = {.n = 0};
    for (uint32_t i = 0; i < words->n; i++) {
        uint32_t mention = inside_another(m, words, words->tok[i]) ? ARTICLE_NONE
                                                                   : match_party(m, words->tok[i]);
        if (mention != ARTICLE_NONE)
            set_add(&all, mention);
    }
    for (uint32_t i = 0; i < all.n; i++)
        if (!holds_another(m, &all, all.tok[i]) && !held_by_another(m, &all, all.tok[i]))
            set_add(out, all.tok[i]);
    for (uint32_t i = 0; i < outside; i++)
        set_add(out, party[i]);
}

static uint8_t write_side(const struct set *side, uint32_t *party)
{
    uint32_t n = side->n < EVENT_PARTIES ? side->n : EVENT_PARTIES;
    memcpy(party, side->tok, n * sizeof *party);
    return (uint8_t)n;
}

static const char *code_of(const struct matcher *m, uint32_t t)
{
    uint32_t index = m->article->mention_of[t];
    return index == ARTICLE_NONE ? "" : m->article->mention[index].code;
}

static float chance(const struct seat *seat, enum judge_party side)
{
    return side == PARTY_ACTOR ? seat->actor : seat->recipient;
}

/*
 * Who is on the side if anybody is: of the country for which all its phrases together speak most, the
 * likeliest phrase; NULL where even these do not reach `least`.
 */
static const struct seat *likeliest(const struct matcher *m, const struct seat *seat, uint32_t n,
                                    enum judge_party side, float least)
{
    const struct seat *best = NULL;
    float most = 0;
    for (uint32_t i = 0; i < n; i++) {
        const char *code = code_of(m, seat[i].t);
        float sum = chance(&seat[i], side), own = sum;
        bool first = true; /* it is its country's likeliest phrase */
        for (uint32_t k = 0; k < n && code[0]; k++) {
            if (k == i || strcmp(code, code_of(m, seat[k].t)) != 0)
                continue;
            float p = chance(&seat[k], side);
            sum += p;
            first = first && (p < own || (p == own && k > i));
        }
        if (first && sum > most) {
            most = sum;
            best = &seat[i];
        }
    }
    return most > least ? best : NULL;
}

/* Is another of the party's mentions likelier the recipient than this one the actor? */
static bool is_outdone(const struct matcher *m, const struct seat *seat, uint32_t n, uint32_t i)
{
    uint32_t own = m->article->mention_of[seat[i].t];
    for (uint32_t k = 0; k < n && own != ARTICLE_NONE; k++) {
        uint32_t mention = m->article->mention_of[seat[k].t];
        if (mention != ARTICLE_NONE && mention != own && seat[k].recipient > 0.5f &&
            seat[k].recipient > seat[i].actor && match_is_same(m, mention, own))
            return true;
    }
    return false;
}

static float surest(const struct seat *seat, uint32_t n, const struct set *words,
                    enum judge_party side)
{
    float most = 0;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < words->n; k++)
            if (words->tok[k] == seat[i].t && chance(&seat[i], side) > most)
                most = chance(&seat[i], side);
    return most;
}

static void seat_parties(struct court *court, struct found *found, struct seat *seat, uint32_t n)
{
    struct matcher *m = court->m;
    struct set actors = {.n = 0}, recipients = {.n = 0};
    share_sides(m, seat, n);
    for (uint32_t i = 0; i < n; i++) {
        bool member = found->mutual && is_member(m, &found->ev, seat[i].t) &&
                      seat[i].actor + seat[i].recipient > 0.5f;
        if ((seat[i].actor > 0.5f && !is_outdone(m, seat, n, i)) || member)
            set_add(&actors, seat[i].t);
        else if (seat[i].recipient > (found->mutual ? BESIDE_MUTUAL : 0.5f))
            set_add(&recipients, seat[i].t);
    }
    const struct seat *actor = likeliest(m, seat, n, PARTY_ACTOR, LIKELY_ACTOR);
    if (actors.n == 0 && actor && actor->recipient < 0.5f)
        set_add(&actors, actor->t);
    const struct seat *recipient = likeliest(m, seat, n, PARTY_RECIPIENT, LIKELY_RECIPIENT);
    const char *code = recipient ? code_of(m, recipient->t) : "";
    if (code[0] && actors.n && strcmp(code, code_of(m, actors.tok[0])) == 0)
        recipient = likeliest(m, seat, n, PARTY_RECIPIENT, LIKELY_AT_HOME);
    if (recipients.n == 0 && recipient && !found->mutual && recipient->actor < 0.5f &&
        (actors.n == 0 || recipient->t != actors.tok[0]))
        set_add(&recipients, recipient->t);
    found->sure_actor = surest(seat, n, &actors, PARTY_ACTOR);
    found->sure_recipient = surest(seat, n, &recipients, PARTY_RECIPIENT);
    struct event *ev = &found->ev;
    struct set who = {.n = 0}, whom = {.n = 0};
    seat_side(m, &actors, ev->actor, ev->n_actors, &who);
    seat_side(m, &recipients, ev->recipient, ev->n_recipients, &whom);
    match_take_out(m, &whom, &who);
    ev->n_actors = write_side(&who, ev->actor);
    ev->n_recipients = write_side(&whom, ev->recipient);
    found->mutual = match_is_joint(m, ev);
}

static void ask_parties(struct court *court, struct found *found, struct seat *seat)
{
    struct matcher *m = court->m;
    const struct judge_table *table = &m->judge->table[JUDGE_PARTY];
    uint32_t n = 0;
    court->e.table = table;
    for (uint32_t t = m->first; t < m->end; t++) {
        float p[PARTY_CLASSES];
        if (!evidence_is_party(&court->s, found, t))
            continue;
        evidence_party(&court->s, found, t, &court->e);
        judge_ask(table, court->e.key, court->e.n, p);
        seat[n++] = (struct seat){t, p[PARTY_ACTOR], p[PARTY_RECIPIENT]};
        enum judge_party best = p[PARTY_ACTOR] > p[PARTY_RECIPIENT] ? PARTY_ACTOR
                                                                    : PARTY_RECIPIENT;
        if (p[best] > 0.2f)
            tell(court, table, t, best == PARTY_ACTOR ? "actor" : "recipient", best, p[best]);
    }
    seat_parties(court, found, seat, n);
}

/* What was added stands behind: sorted into the order of the text, as all who come after expect. */
static bool sort_found(struct matcher *m)
{
    uint32_t n = m->n_found;
    struct found *sorted = arena_array(&m->article->scratch, n, struct found);
    uint32_t *place = arena_array(&m->article->scratch, n, uint32_t);
    if (n && (!sorted || !place))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < n; k++)
            place[i] += m->found[k].ev.trigger < m->found[i].ev.trigger ||
                        (m->found[k].ev.trigger == m->found[i].ev.trigger && k < i);
        sorted[place[i]] = m->found[i];
    }
    for (uint32_t i = 0; i < n; i++) {
        m->found[i] = sorted[i];
        if (m->found[i].absorbed_by != ARTICLE_NONE)
            m->found[i].absorbed_by = place[m->found[i].absorbed_by];
    }
    return true;
}

void judge_sentence(struct matcher *m)
{
    if (!m->judge)
        return;
    struct court court; /* e is large, and each question fills it anew */
    court.m = m;
    court.e.keys_only = !m->trace || !m->trace->judged;
    struct arena *scratch = &m->article->scratch;
    uint32_t n = m->end - m->first;
    court.decision = arena_array(scratch, n, struct decision);
    struct seat *seat = arena_array(scratch, n, struct seat);
    if (!court.decision || !seat || !evidence_prepare(m, &court.s)) {
        m->no_memory = true;
        return;
    }
    for (uint32_t t = m->first; t < m->end; t++)
        if (is_asked(&court, t))
            ask_trigger(&court, t);
    for (uint32_t t = m->first; t < m->end && !m->no_memory; t++)
        if (court.decision[t - m->first].class)
            decide_trigger(&court, t);
    if (!sort_found(m))
        m->no_memory = true;
    for (uint32_t i = 0; i < m->n_found && !m->no_memory; i++)
        if (!m->found[i].dropped)
            ask_parties(&court, &m->found[i], seat);
}
