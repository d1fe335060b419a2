/* SPDX-License-Identifier: MIT */
/*
 * resolve.c - which place of the world the words of an event's place name.
 *
 * Reads    ev.place_first, place_end; mentions of the article, for the countries it speaks of.
 * Leaves   ev.place (an entry of the gazetteer), place_country.
 * Method   The longest run of name words that the gazetteer knows. Of several places of a name the
 *          country speaks that the lexicon gives the name, that a state or region told right behind
 *          it lies in ("Paris, Texas"), that the sentence and the article name; then population.
 */
#include "events/matcher.h"

#include "lexicon/gazetteer.h"

#define HINTS_MAX 24
#define RUN_MAX 5            /* words of a name */
/* As much as a population e^weight times as large: found with bench/places.py, all near enough. */
#define OWN_WEIGHT 9.0f      /* the country that the actors' stage gives the name */
#define BEHIND_WEIGHT 30.0f  /* told right behind it */
#define SENTENCE_WEIGHT 5.0f
#define ARTICLE_WEIGHT 3.0f

struct hints {
    struct gazetteer_hint hint[HINTS_MAX];
    uint32_t n;
};

static void add_hint(struct hints *hints, const char *country, float weight)
{
    if (!country[0])
        return;
    for (uint32_t i = 0; i < hints->n; i++) {
        struct gazetteer_hint *hint = &hints->hint[i];
        if (strcmp(hint->country, country) == 0) {
            hint->weight = hint->weight > weight ? hint->weight : weight;
            return;
        }
    }
    if (hints->n < HINTS_MAX) {
        struct gazetteer_hint *hint = &hints->hint[hints->n++];
        memcpy(hint->country, country, sizeof hint->country);
        hint->weight = weight;
    }
}

static void hints_of(const struct matcher *m, struct hints *hints)
{
    const struct dm_article *article = m->article;
    for (uint32_t t = m->first; t < m->end; t++)
        if (article->mention_of[t] != ARTICLE_NONE)
            add_hint(hints, article->mention[article->mention_of[t]].code, SENTENCE_WEIGHT);
    for (uint32_t i = 0; i < article->n_mentions && hints->n < HINTS_MAX; i++)
        add_hint(hints, article->mention[i].code, ARTICLE_WEIGHT);
}

static struct slice run(const struct matcher *m, uint32_t first, uint32_t end)
{
    return article_words(m->article, first, end);
}

/* Does one of the n words behind the comma hang at the place before it? */
static bool belongs(const struct matcher *m, uint32_t first, uint32_t end, uint32_t n)
{
    for (uint32_t t = end + 1; t < end + 1 + n; t++)
        if (m->tok[t].head >= first && m->tok[t].head < end)
            return true;
    return false;
}

/* The state or region behind a comma: "Paris, Texas". */
static void hint_behind(const struct matcher *m, uint32_t first, uint32_t end, struct hints *hints)
{
    if (end + 1 >= m->end || !slice_is(token_form(m->article, end), ",") ||
        m->tok[end + 1].upos != UPOS_PROPN)
        return;
    for (uint32_t n = 3; n > 0; n--) {
        if (end + 1 + n > m->end || !belongs(m, first, end, n))
            continue;
        uint32_t at = gazetteer_find(m->lexicon, run(m, end + 1, end + 1 + n), true, hints->hint,
                                     hints->n, &m->article->scratch);
        const struct gazetteer_place *place =
            at == IMAGE_NONE ? NULL : gazetteer_place(m->lexicon, at);
        if (place && place->kind != GAZETTEER_CITY) {
            add_hint(hints, place->country, BEHIND_WEIGHT);
            return;
        }
    }
}

uint32_t place_find(const struct matcher *m, uint32_t first, uint32_t end)
{
    struct hints hints = {.n = 0};
    bool region = false;
    hints_of(m, &hints);
    hint_behind(m, first, end, &hints);
    for (uint32_t t = first; t < end + 1 && t < m->end; t++) {
        const struct mention *mention = m->article->mention_of[t] == ARTICLE_NONE
            ? NULL : &m->article->mention[m->article->mention_of[t]];
        if (mention && mention->flags & MENTION_PLACE && t < end)
            add_hint(&hints, mention->code, OWN_WEIGHT);
        region |= m->tok[t].upos != UPOS_PUNCT && graph_in(m, t, CLASS_REGION);
    }
    uint32_t longest = end - first < RUN_MAX ? end - first : RUN_MAX;
    for (uint32_t n = longest; n > 0; n--) {
        for (uint32_t t = end - n + 1; t-- > first;) { /* the last name is the most exact */
            if (m->tok[t].upos != UPOS_PROPN && m->tok[t + n - 1].upos != UPOS_PROPN && n < end - first)
                continue;
            if (n == 1 && end - first > 1 && (graph_in(m, t, CLASS_SITE) || graph_in(m, t, CLASS_REGION)))
                continue; /* "Heathrow AIRPORT" is not the town of that name */
            uint32_t place = gazetteer_find(m->lexicon, run(m, t, t + n), region, hints.hint,
                                            hints.n, &m->article->scratch);
            if (place != IMAGE_NONE)
                return place;
        }
    }
    for (uint32_t t = first; t < end; t++) { /* "northern Afghanistan", under a name of its own */
        const struct mention *mention = m->article->mention_of[t] == ARTICLE_NONE
            ? NULL : &m->article->mention[m->article->mention_of[t]];
        if (mention && mention->flags & MENTION_PLACE && mention->flags & MENTION_ACTOR)
            return gazetteer_state(m->lexicon, mention->code);
    }
    return IMAGE_NONE;
}

void resolve_place(const struct matcher *m, struct event *ev)
{
    ev->place = ARTICLE_NONE;
    if (ev->place_end <= ev->place_first)
        return;
    uint32_t at = place_find(m, ev->place_first, ev->place_end);
    if (at == IMAGE_NONE)
        return;
    ev->place = at;
    memcpy(ev->place_country, gazetteer_place(m->lexicon, at)->country, sizeof ev->place_country);
}
