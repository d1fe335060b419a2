/* SPDX-License-Identifier: MIT */
/*
 * number.c - numbers told in digits or in words.
 *
 * Reads    forms of the tokens; list `number` of lexicon/words/numbers.txt.
 */
#include "events/matcher.h"

uint32_t number_digits(struct slice word)
{
    uint64_t value = 0;
    size_t digits = 0;
    for (size_t i = 0; i < word.n && digits <= 9; i++) {
        if (word.p[i] >= '0' && word.p[i] <= '9') {
            value = value * 10 + (uint64_t)(word.p[i] - '0');
            digits++;
        } else if (word.p[i] != ',') {
            return 0;
        }
    }
    return digits <= 9 ? (uint32_t)value : 0;
}

uint32_t number_at(const struct matcher *m, uint32_t t)
{
    int32_t told = matcher_listed(m, t)->value[LIST_NUMBER];
    return told ? (uint32_t)told : number_digits(token_lower(m->article, t));
}
