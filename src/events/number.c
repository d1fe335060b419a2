/* SPDX-License-Identifier: MIT */
/*
 * number.c - numbers told in digits or in words.
 *
 * Reads    forms of the tokens; list `number` of lexicon/words/numbers.txt, class `half`.
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

/* ---- several words ---- */

/* "hundreds of thousands": the least of it. */
static uint64_t times_part(const struct matcher *m, uint32_t t, uint64_t value)
{
    FOR_CHILDREN(m, c, t) {
        uint32_t part = graph_rel_is(m, c, REL_NMOD) ? number_at(m, c) : 0;
        if (part >= 1000)
            return value * (part / 2);
    }
    return value;
}

static bool is_digits(const struct matcher *m, uint32_t t)
{
    struct slice word = token_form(m->article, t);
    return word.n && word.p[0] >= '0' && word.p[0] <= '9';
}

/* "1.5" in thousandths; 0 for what is no decimal number. */
static uint32_t decimal_at(const struct matcher *m, uint32_t t)
{
    struct slice word = token_form(m->article, t);
    uint32_t value = 0, places = 0;
    bool point = false;
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] == '.' && !point && i)
            point = true;
        else if (word.p[i] < '0' || word.p[i] > '9' || value > 999999)
            return 0;
        else if (places < 3) {
            value = value * 10 + (uint32_t)(word.p[i] - '0');
            places += point;
        }
    }
    for (; point && places < 3; places++)
        value *= 10;
    return point ? value : 0;
}

/* A word that multiplies what stands before it: "hundred", "million", "dozen". */
static bool is_unit(const struct matcher *m, uint32_t t)
{
    uint32_t value = number_at(m, t);
    return !is_digits(m, t) && (value >= 100 || value == 12) && !(m->tok[t].feats & FEAT(PLUR));
}

/* "half a million": the words before t. */
static bool is_halved(const struct matcher *m, uint32_t t)
{
    return t >= m->first + 2 && m->tok[t - 1].upos == UPOS_DET && graph_in(m, t - 2, CLASS_HALF);
}

/* Is t a hyphen inside of "forty-three", or the "and" of "two hundred and six"? */
static bool is_joint(const struct matcher *m, uint32_t t)
{
    if (t <= m->first || t + 1 >= m->end || !number_at(m, t - 1) || !number_at(m, t + 1) ||
        is_digits(m, t - 1) || is_digits(m, t + 1))
        return false;
    return m->tok[t].upos == UPOS_PUNCT ? slice_is(token_form(m->article, t), "-")
                                        : m->tok[t].upos == UPOS_CCONJ && number_at(m, t - 1) >= 100 &&
                                              number_at(m, t + 1) < 100;
}

static bool is_numeral(const struct matcher *m, uint32_t t)
{
    return number_at(m, t) || decimal_at(m, t) || is_joint(m, t);
}

uint32_t number_phrase(const struct matcher *m, uint32_t t)
{
    uint32_t begin = t, end = t + 1;
    uint64_t sum = 0, part = 0; /* thousandths */
    if (!number_at(m, t) && !decimal_at(m, t))
        return 0;
    while (begin > m->first && is_numeral(m, begin - 1) && is_unit(m, begin) + is_joint(m, begin) +
                                                               is_joint(m, begin - 1) > 0)
        begin--;
    while (end < m->end && (is_unit(m, end) || is_joint(m, end) || is_joint(m, end - 1)))
        end++;
    for (uint32_t i = begin; i < end && sum + part < UINT64_C(1) << 50; i++) {
        uint64_t value = number_at(m, i);
        if (is_joint(m, i))
            continue;
        if (is_unit(m, i))
            part = (part ? part : is_halved(m, i) ? 500 : 1000) * value;
        else
            part += value ? value * 1000 : decimal_at(m, i);
        if (is_unit(m, i) && value >= 1000) {
            sum += part;
            part = 0;
        }
    }
    uint64_t value = (sum + part) / 1000;
    if (value >= 20 && m->tok[t].feats & FEAT(PLUR))
        value = times_part(m, t, value);
    return value <= UINT32_MAX ? (uint32_t)value : 0;
}
