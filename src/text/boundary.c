/* SPDX-License-Identifier: MIT */
/*
 * boundary.c - features of a gap between tokens that may end a sentence.
 *
 * Reads    forms and flags of the tokens around the gap, what the rules say, the sentence so far.
 * Method   Each feature is a hash of what it joins; all carry the rules' answer, so that the model
 *          learns where the rules err.
 */
#include "text/boundary.h"

#include "core/utf8.h"
#include "text/split.h"

static uint32_t mix(uint32_t a, uint32_t b)
{
    uint32_t h = (a ^ (b + 0x9E3779B9u + (a << 6) + (a >> 2))) * 0x85EBCA6Bu;
    return h ^ h >> 15;
}

static uint8_t shape_of(struct slice form, uint8_t flags)
{
    uint32_t code;
    utf8_decode(form.p, form.p + form.n, &code);
    uint8_t size = form.n == 1 ? 0 : form.n <= 3 ? 1 : 2;
    bool stop = form.n > 1 && form.p[form.n - 1] == '.';
    if (utf8_is_letter(code)) {
        uint8_t capitals = flags & TOK_UPPER ? 2 : flags & TOK_TITLE ? 1 : 0;
        return (uint8_t)(1 + (capitals * 3 + size) * 2 + stop); /* 1..18 */
    }
    if (utf8_is_digit(code))
        return (uint8_t)(19 + size * 2 + stop); /* 19..24 */
    if (code < 0x80 && strchr(".!?", (int)code))
        return (uint8_t)(25 + (size > 0));
    static const char marks[] = ",;:-()[]\"'`*/#@$%&+=<>_|~^{}\\";
    const char *found = code < 0x80 && code ? strchr(marks, (int)code) : NULL;
    if (found)
        return (uint8_t)(27 + (found - marks) + (size > 0 ? 32 : 0)); /* 27..90 */
    return code == 0x201C ? 91 : code == 0x201D ? 92 : code == 0x2014 || code == 0x2013 ? 93
         : code == 0x2022 ? 94 : code == 0x2026 ? 95 : 96;
}

void boundary_look(const struct dm_article *article, uint32_t t, struct boundary_token *out)
{
    const struct token *tok = &article->tok[t];
    struct slice form = token_form(article, t), lower = token_lower(article, t);
    if (form.n == 0) { /* CoNLL-U may give a word of a multiword token no bytes */
        *out = (struct boundary_token){.rule = out->rule};
        return;
    }
    uint32_t h = 0x811C9DC5u;
    for (size_t i = 0; i < lower.n; i++) {
        char c = lower.p[i] >= '0' && lower.p[i] <= '9' ? '0' : lower.p[i];
        h = (h ^ (unsigned char)c) * 0x01000193u;
    }
    out->word = h;
    out->shape = shape_of(form, tok->flags);
    out->small = out->shape >= 1 && out->shape <= 6;
    out->space = (tok->flags & TOK_SPACE_AFTER) != 0;
    out->opener = split_is_opener(lower);
    bool stop = lower.n > 1 && lower.p[lower.n - 1] == '.';
    out->kind = stop ? (uint8_t)(1 + abbreviation_of(slice_make(lower.p, lower.n - 1))) : 0;
}

void boundary_step(const struct boundary_token *tok, uint32_t t, bool ended,
                   struct boundary_state *state)
{
    uint8_t shape = tok[t].shape;
    state->n_small += tok[t].small;
    if (shape == 31 || shape == 33) /* ( [ */
        state->depth++;
    else if ((shape == 32 || shape == 34) && state->depth > 0)
        state->depth--;
    else if (shape == 35) /* " */
        state->quote = !state->quote;
    else if (shape == 91)
        state->quote = true;
    else if (shape == 92)
        state->quote = false;
    if (ended) {
        state->first = t + 1;
        state->n_small = 0;
    }
}

static uint32_t bucket(uint32_t n)
{
    return n < 6 ? n : n < 9 ? 6 : n < 14 ? 7 : n < 22 ? 8 : n < 40 ? 9 : 10;
}

void boundary_features(const struct boundary_token *tok, uint32_t n, uint32_t t,
                       const struct boundary_state *state, uint32_t out[BOUNDARY_FEATURES])
{
    static const struct boundary_token none;
    const struct boundary_token *a = &tok[t], *b = &tok[t + 1];
    const struct boundary_token *before = t ? &tok[t - 1] : &none;
    const struct boundary_token *after = t + 2 < n ? &tok[t + 2] : &none;
    uint32_t pair = (uint32_t)a->shape << 8 | b->shape, length = bucket(t + 1 - state->first);
    uint32_t small = state->n_small < 3 ? state->n_small : 3;
    const uint32_t value[BOUNDARY_FEATURES] = {
        0,
        a->word,
        b->word,
        pair,
        mix(a->word, b->shape),
        mix(b->word, a->shape),
        mix(a->word, b->word),
        mix(before->word, pair),
        mix(mix((uint32_t)before->shape, pair), after->shape),
        mix(b->word, after->word),
        mix(pair, length),
        length * 2 + a->space,
        mix(mix(tok[state->first].word, a->shape), b->shape),
        bucket(n) * 256 + b->shape,
        mix(pair, (uint32_t)(state->quote * 4 + (state->depth > 0) * 2 + a->space)),
        mix(before->word, a->word),
        mix(small * 16 + length, b->shape),
        mix(bucket(n - t - 1), b->shape),
        mix(mix(tok[state->first].shape, small), pair),
        mix((uint32_t)a->kind * 2 + b->opener, b->shape),
    };
    for (uint32_t i = 0; i < BOUNDARY_FEATURES; i++)
        out[i] = mix(mix(value[i], i * 2 + a->rule), 0x2545F491u) % BOUNDARY_SLOTS;
}
