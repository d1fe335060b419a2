/* SPDX-License-Identifier: MIT */
/*
 * merge.c - one event told by two words of a sentence is one event.
 *
 * Reads    found[] with parties, status and numbers.
 * Leaves   found.dropped of the one that goes; the other has what both knew.
 *
 * Method   "launched an attack that killed five" names one ASSAULT by two triggers. Two finds of
 *          the same type are one when the tree joins them (a noun and the light verb over it, a
 *          noun among a verb's arguments, a participle that tells the outcome), or when they have
 *          the same status and neither side of the one contradicts the other's: the same parties,
 *          or none. As a rule the one that knows more parties stays: see second_stays(). "The
 *          attack on a bank killed five": both are what was struck.
 * Cost     Every pair of a sentence's finds.
 */
#include "events/matcher.h"

static bool same_party(const struct matcher *m, uint32_t a, uint32_t b)
{
    const struct mention *x = &m->article->mention[a], *y = &m->article->mention[b];
    if (a == b || x->antecedent == b || y->antecedent == a)
        return true;
    if (x->antecedent != ARTICLE_NONE && x->antecedent == y->antecedent)
        return true;
    if (x->entity != ARTICLE_NONE && x->entity == y->entity)
        return true;
    return x->code[0] && strcmp(x->code, y->code) == 0 &&
           (!x->sector[0] || !y->sector[0] || strcmp(x->sector, y->sector) == 0);
}

/* Is one side empty, or does each member of the smaller stand in the other? */
static bool compatible(const struct matcher *m, const uint32_t *a, uint32_t n_a, const uint32_t *b,
                       uint32_t n_b)
{
    if (n_a > n_b) {
        const uint32_t *p = a;
        uint32_t n = n_a;
        a = b, n_a = n_b, b = p, n_b = n;
    }
    for (uint32_t i = 0; i < n_a; i++) {
        bool found = false;
        for (uint32_t k = 0; k < n_b && !found; k++)
            found = same_party(m, a[i], b[k]);
        if (!found)
            return false;
    }
    return true;
}

/* "the attack killed five", "was killed in the attack": the noun is among the verb's arguments. */
static bool is_argument(const struct matcher *m, const struct found *noun, const struct found *verb)
{
    uint32_t t = graph_carrier(m, noun->ev.trigger);
    if (!noun->noun || verb->noun || m->tok[t].head != verb->ev.trigger)
        return false;
    return graph_rel_is(m, t, REL_NSUBJ) || graph_rel_is(m, t, REL_OBL);
}

/* "attacked a camp, killing five": the participle tells how the same deed went on. */
static bool is_outcome(const struct matcher *m, const struct found *later,
                       const struct found *first)
{
    uint32_t t = later->ev.trigger;
    return !later->noun && graph_rel(m, t) == REL_ADVCL && m->tok[t].head == first->predicate &&
           t > first->predicate && graph_child(m, t, REL_MARK) == ARTICLE_NONE &&
           graph_child(m, t, REL_NSUBJ) == ARTICLE_NONE;
}

/* "held talks": the light verb and its noun, each by a frame of its own. */
static bool is_carried(const struct found *noun, const struct found *verb)
{
    return noun->noun && !verb->noun && noun->predicate == verb->ev.trigger;
}

/* Is the party one of these, be it by another mention? */
static bool stands_among(const struct matcher *m, uint32_t mention, const uint32_t *these,
                         uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (match_is_same(m, these[i], mention))
            return true;
    return false;
}

/* Recipients of the one that are neither recipients nor actors of the other. */
static void add_recipients(const struct matcher *m, const struct event *from, struct event *to)
{
    for (uint32_t i = 0; i < from->n_recipients && to->n_recipients < EVENT_PARTIES; i++) {
        uint32_t mention = from->recipient[i];
        bool known = false;
        for (uint32_t k = 0; k < to->n_recipients && !known; k++)
            known = to->recipient[k] == mention;
        if (!known && !stands_among(m, mention, to->actor, to->n_actors))
            to->recipient[to->n_recipients++] = mention;
    }
}

static void take_recipient_out(const struct matcher *m, struct event *ev, uint32_t mention)
{
    uint8_t kept = 0;
    for (uint32_t i = 0; i < ev->n_recipients; i++)
        if (!match_is_same(m, ev->recipient[i], mention))
            ev->recipient[kept++] = ev->recipient[i];
    ev->n_recipients = kept;
}

/* The actors of the one for the other, which has none; who is its recipient goes where he is likelier. */
static void add_actors(const struct matcher *m, const struct found *from, struct found *to)
{
    for (uint32_t i = 0; i < from->ev.n_actors; i++) {
        uint32_t mention = from->ev.actor[i];
        if (!stands_among(m, mention, to->ev.recipient, to->ev.n_recipients))
            to->ev.actor[to->ev.n_actors++] = mention;
        else if (from->sure_actor >= to->sure_recipient) {
            take_recipient_out(m, &to->ev, mention);
            to->ev.actor[to->ev.n_actors++] = mention;
        }
    }
}

static uint32_t parties(const struct found *found)
{
    return (uint32_t)found->ev.n_actors + found->ev.n_recipients;
}

static void take_missing(const struct matcher *m, const struct found *gone, struct found *kept)
{
    const struct event *from = &gone->ev;
    struct event *to = &kept->ev;
    if (to->n_actors == 0)
        add_actors(m, gone, kept);
    if (to->n_recipients == 0)
        add_recipients(m, from, to);
    for (uint32_t i = 0; i < from->n_modes && to->n_modes < EVENT_MODES; i++) {
        bool known = false;
        for (uint32_t k = 0; k < to->n_modes && !known; k++)
            known = slice_eq(to->mode[k], from->mode[i]);
        if (!known)
            to->mode[to->n_modes++] = from->mode[i];
    }
    if (to->place_first == to->place_end) {
        to->place_first = from->place_first;
        to->place_end = from->place_end;
        to->place = from->place;
        memcpy(to->place_country, from->place_country, sizeof to->place_country);
    }
    if (to->date_first == to->date_end) {
        to->date = from->date;
        to->end_date = from->end_date;
        to->date_first = from->date_first;
        to->date_end = from->date_end;
        to->date_at = from->date_at;
    }
    to->dead = to->dead ? to->dead : from->dead;
    to->injured = to->injured ? to->injured : from->injured;
    to->arrested = to->arrested ? to->arrested : from->arrested;
    to->participants = to->participants ? to->participants : from->participants;
}

/* How two finds of one type belong together. */
enum bond {
    BOND_NONE,    /* two events */
    BOND_SAME,    /* nothing they say differs */
    BOND_MIXED,   /* a mutual event and a directed one: "killed in clashes between" */
    BOND_INSIDE,  /* a noun among the arguments of the verb */
    BOND_OUTCOME, /* the second tells how the first went on */
    BOND_CARRIED  /* a noun and its light verb */
};

/* a stands before b in the text. */
static enum bond bond_of(const struct matcher *m, const struct found *a, const struct found *b)
{
    if (!slice_eq(a->ev.type, b->ev.type))
        return BOND_NONE;
    bool carried = is_carried(a, b) || is_carried(b, a), mixed = a->mutual != b->mutual;
    bool inside = is_argument(m, a, b) || is_argument(m, b, a);
    if (!carried && (a->ev.status != b->ev.status || (mixed && !inside)))
        return BOND_NONE;
    if (is_outcome(m, b, a))
        return BOND_OUTCOME;
    if (carried)
        return BOND_CARRIED;
    if (inside)
        return mixed ? BOND_MIXED : BOND_INSIDE;
    return compatible(m, a->ev.actor, a->ev.n_actors, b->ev.actor, b->ev.n_actors) &&
           compatible(m, a->ev.recipient, a->ev.n_recipients, b->ev.recipient,
                      b->ev.n_recipients) ? BOND_SAME : BOND_NONE;
}

/* Does the second of the two stay? The verb, where both know as much. */
static bool second_stays(enum bond bond, const struct found *a, const struct found *b)
{
    if (bond == BOND_OUTCOME)
        return false;
    if (bond == BOND_INSIDE)
        return a->noun;
    if (parties(a) != parties(b))
        return parties(b) > parties(a);
    return a->noun && !b->noun;
}

void merge_sentence(struct matcher *m)
{
    for (uint32_t i = 0; i < m->n_found; i++) {
        for (uint32_t k = i + 1; k < m->n_found; k++) {
            struct found *a = &m->found[i], *b = &m->found[k];
            enum bond bond = a->dropped || b->dropped ? BOND_NONE : bond_of(m, a, b);
            if (bond == BOND_NONE)
                continue;
            bool second = second_stays(bond, a, b);
            struct found *kept = second ? b : a, *gone = second ? a : b;
            if (bond == BOND_OUTCOME || bond == BOND_INSIDE)
                add_recipients(m, &gone->ev, &kept->ev);
            if (!kept->mutual)
                take_missing(m, gone, kept);
            gone->dropped = true;
        }
    }
}
