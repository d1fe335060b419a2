/* SPDX-License-Identifier: MIT */
/*
 * link.c - one event told twice in an article is linked, so that it need not be counted twice.
 *
 * Reads    article->event[].
 * Leaves   event.link: the first event of the article with the same type, status and countries
 *          of the parties that no day contradicts.
 * Limits   Looks LINK_BACK events back; events whose parties have no code are not linked.
 */
#include "events/matcher.h"

#define LINK_BACK 256
#define CODES_MAX (EVENT_PARTIES * 2)

struct codes {
    const struct mention *of[CODES_MAX];
    uint32_t n;
};

static void add_code(struct codes *codes, const struct mention *mention)
{
    if (!mention->code[0])
        return;
    for (uint32_t i = 0; i < codes->n; i++)
        if (strcmp(codes->of[i]->code, mention->code) == 0)
            return;
    if (codes->n < CODES_MAX)
        codes->of[codes->n++] = mention;
}

static void codes_of(const struct dm_article *article, const uint32_t *party, uint32_t n,
                     struct codes *out)
{
    out->n = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct mention *mention = &article->mention[party[i]];
        if (mention->kind != MENTION_GROUP)
            add_code(out, mention);
        for (uint32_t k = 0; mention->kind == MENTION_GROUP && k < mention->n_members; k++)
            add_code(out, &article->mention[mention->member[k]]);
    }
}

static bool same_codes(const struct dm_article *article, const uint32_t *a, uint32_t n_a,
                       const uint32_t *b, uint32_t n_b)
{
    struct codes x, y;
    codes_of(article, a, n_a, &x);
    codes_of(article, b, n_b, &y);
    uint32_t met = 0;
    for (uint32_t i = 0; i < x.n; i++)
        for (uint32_t k = 0; k < y.n; k++)
            met += strcmp(x.of[i]->code, y.of[k]->code) == 0;
    return met == x.n && met == y.n;
}

/* Does no told day speak against their being one? What is not told is the article's day or open. */
static bool same_day(const struct dm_article *article, const struct event *a, const struct event *b)
{
    struct date x = date_is_none(a->date) ? article->date : a->date;
    struct date y = date_is_none(b->date) ? article->date : b->date;
    if (date_is_none(a->date) != date_is_none(b->date) && a->status != STATUS_HISTORICAL)
        return true; /* told once */
    return x.year == y.year && x.month == y.month && x.day == y.day;
}

static bool same_event(const struct dm_article *article, const struct event *a,
                       const struct event *b)
{
    struct codes known;
    codes_of(article, b->actor, b->n_actors, &known);
    return slice_eq(a->type, b->type) && a->status == b->status && known.n > 0 &&
           same_codes(article, a->actor, a->n_actors, b->actor, b->n_actors) &&
           same_codes(article, a->recipient, a->n_recipients, b->recipient, b->n_recipients) &&
           (a->n_recipients || a->n_actors > 1) && same_day(article, a, b);
}

void link_events(struct dm_article *article)
{
    for (uint32_t i = 0; i < article->n_events; i++) {
        struct event *ev = &article->event[i];
        ev->link = ARTICLE_NONE;
        for (uint32_t k = i > LINK_BACK ? i - LINK_BACK : 0; k < i; k++) {
            if (article->event[k].link == ARTICLE_NONE &&
                same_event(article, &article->event[k], ev)) {
                ev->link = k;
                break;
            }
        }
    }
}
