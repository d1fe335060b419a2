/* SPDX-License-Identifier: MIT */
/*
 * addressee.c - to whom words are directed, where only a sentence beside tells it: "Moscow hopes for
 * an explanation. It has already asked its American partners."
 *
 * Reads    article->event[].
 * Leaves   event.recipient of events that told none.
 *
 * Method   Who goes on with the same kind of words (same type, first mode if any, status and
 *          country of the actor) in a sentence or two directs them to the same, if that is another country.
 */
#include "events/matcher.h"
#include "lexicon/ontology.h"

#define SENTENCES_APART 2

static const struct mention *first_party(const struct dm_article *article, const uint32_t *party,
                                         uint32_t n)
{
    return n ? &article->mention[party[0]] : NULL;
}

/* Do both events belong to one speech of the same actor? */
static bool goes_on(const struct dm_article *article, const struct event *a, const struct event *b)
{
    const struct mention *x = first_party(article, a->actor, a->n_actors);
    const struct mention *y = first_party(article, b->actor, b->n_actors);
    uint32_t apart = a->sent > b->sent ? a->sent - b->sent : b->sent - a->sent;
    return apart <= SENTENCES_APART && a->sent != b->sent && a->status == b->status &&
           slice_eq(a->type, b->type) && !a->n_modes == !b->n_modes &&
           (!a->n_modes || slice_eq(a->mode[0], b->mode[0])) && x && y && x->code[0] &&
           strcmp(x->code, y->code) == 0;
}

static bool is_foreign(const struct dm_article *article, const struct event *ev)
{
    const struct mention *actor = first_party(article, ev->actor, ev->n_actors);
    const struct mention *recipient = first_party(article, ev->recipient, ev->n_recipients);
    return actor && recipient && recipient->code[0] && strcmp(actor->code, recipient->code) != 0;
}

void addressee_events(const struct matcher *m)
{
    const struct dm_article *article = m->article;
    for (uint32_t i = 0; i < article->n_events; i++) {
        struct event *ev = &article->event[i];
        const struct ontology_type *type = ontology_type(m->lexicon, ev->type);
        if (ev->n_recipients || ev->n_actors != 1 || !type || !type->speech)
            continue;
        for (uint32_t step = 1; step <= 3 && ev->n_recipients == 0; step++) {
            for (int side = 0; side < 2 && ev->n_recipients == 0; side++) {
                uint32_t k = side ? i + step : i - step; /* wraps beyond n_events before the first */
                const struct event *other = k < article->n_events ? &article->event[k] : NULL;
                if (!other || !goes_on(article, ev, other) || !is_foreign(article, other))
                    continue;
                ev->n_recipients = other->n_recipients;
                memcpy(ev->recipient, other->recipient, sizeof ev->recipient);
            }
        }
    }
}
