/* SPDX-License-Identifier: MIT */
/*
 * gazetteer.h - states, regions and cities with their coordinates, found by name.
 *
 * A name that several places bear goes to the one whose country is hinted at, then to the larger.
 */
#ifndef LEXICON_GAZETTEER_H
#define LEXICON_GAZETTEER_H

#include "lexicon/lexicon.h"

enum gazetteer_kind { GAZETTEER_STATE, GAZETTEER_REGION, GAZETTEER_CITY, GAZETTEER_KINDS };

struct gazetteer_place {
    struct image_text name;
    uint32_t geonameid;
    float lat, lon;      /* degrees */
    uint32_t population; /* 0 not known */
    uint32_t kind;       /* enum gazetteer_kind */
    char country[4];     /* ISO 3166-1 alpha-3 or KOS; "" of none: a sea, a continent */
};

/* What the text around a name tells of its country. */
struct gazetteer_hint {
    char country[4];
    float weight;        /* as much as a population e^weight times as large */
};

/*
 * The index of the place that bears the name, IMAGE_NONE none. `region`: the words around call it a
 * province or the like. Cost: a binary search and the places of that name.
 */
uint32_t gazetteer_find(const struct lexicon *lexicon, struct slice name, bool region,
                        const struct gazetteer_hint *hint, uint32_t n_hints, struct arena *scratch);
/* All places that bear the name, into out[most]; returns how many there are. */
uint32_t gazetteer_all(const struct lexicon *lexicon, struct slice name, struct arena *scratch,
                       uint32_t *out, uint32_t most);
/* The state of that code; IMAGE_NONE none. */
uint32_t gazetteer_state(const struct lexicon *lexicon, const char *code);
const struct gazetteer_place *gazetteer_place(const struct lexicon *lexicon, uint32_t place);

#endif
