/* SPDX-License-Identifier: MIT */
/*
 * exchange.h - what our codes are called in other data sets: FIPS, Correlates of War, CAMEO, ICEWS.
 *
 * Read from the records `exchange-state` and `exchange-sector` of the texts that a lexicon keeps; of
 * several that speak of one code the last has its way. The texts point into the lexicon, which must
 * stay open.
 */
#ifndef LEXICON_EXCHANGE_H
#define LEXICON_EXCHANGE_H

#include "core/map.h"
#include "lexicon/lexicon.h"

/* ORDER EXCHANGE */
enum exchange_fact {
    EXCHANGE_NAME, EXCHANGE_FIPS, EXCHANGE_COW, EXCHANGE_CAMEO, EXCHANGE_KNOWN, EXCHANGE_FACTS
};

struct exchange_row {
    struct slice fact[EXCHANGE_FACTS]; /* empty: not said */
};

struct exchange {
    struct arena *arena;
    struct map state, sector; /* codes -> rows */
    struct exchange_row *row;
    uint32_t n_rows;
    size_t room;
};

/* DM_ELEXICON a text that cannot be read, DM_ENOMEM. */
int exchange_read(struct exchange *exchange, const struct lexicon *lexicon, struct arena *arena,
                  struct dm_error *err);

/* NULL for a code that nothing is said of. */
const struct exchange_row *exchange_state(const struct exchange *exchange, const char *code);
const struct exchange_row *exchange_sector(const struct exchange *exchange, const char *code);

#endif
