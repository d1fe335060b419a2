/* SPDX-License-Identifier: MIT */
/*
 * towns.c - the country of a town or province that the actors' lexicon lacks.
 *
 * Reads    names that the recognizer (names/) takes for places, the gazetteer, the scene.
 * Leaves   nothing: towns_country() answers for one name.
 * Method   The whole name is looked up, else without a last 'province' or 'county'. Of several
 *          places of that name those of states that the article names go first, then the largest. A
 *          small one of a state that nobody names is not believed: half the world's villages are
 *          called like persons and things.
 */
#include "actors/work.h"
#include "lexicon/gazetteer.h"

#define HINTS_MAX 24
#define HINT_WEIGHT 5.0f     /* as much as a population e^5 times as large */
#define SURE_POPULATION 200000

static const struct gazetteer_place *find(const struct work *work, uint32_t first, uint32_t end,
                                          bool region, const struct gazetteer_hint *hint,
                                          uint32_t n_hints)
{
    struct slice words = article_words(work->article, first, end);
    uint32_t at = gazetteer_find(work->lexicon, words, region, hint, n_hints, work->scratch);
    return at == IMAGE_NONE ? NULL : gazetteer_place(work->lexicon, at);
}

const char *towns_country(const struct work *work, uint32_t t)
{
    struct gazetteer_hint hint[HINTS_MAX];
    uint32_t n = 0, first = t;
    if (work_tok(work, t)->name != NAME_PLACE)
        return NULL;
    while (first > 0 && work_tok(work, first)->flags & TOK_NAME_INSIDE)
        first--;
    uint32_t end = article_name_end(work->article, first);
    for (uint32_t k = 0; k < work->scene.n && n < HINTS_MAX; k++) {
        memcpy(hint[n].country, work->scene.code[k], 4);
        hint[n++].weight = HINT_WEIGHT;
    }
    bool region = names_in_class(work, end - 1, ASK_REGION);
    const struct gazetteer_place *place = find(work, first, end, region, hint, n);
    if (!place && region && end - first > 1)
        place = find(work, first, end - 1, true, hint, n);
    if (!place || !place->country[0] ||
        (scene_weight(work, place->country) <= 0 && place->population < SURE_POPULATION))
        return NULL;
    return place->country;
}
