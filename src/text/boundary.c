/* SPDX-License-Identifier: MIT */
/*
 * boundary.c - features of a gap between tokens that may end a sentence.
 *
 * Reads    forms and flags of the tokens around the gap, what the rules say, the sentence so far, the
 *          block as a whole.
 * Method   Each feature is a hash of what it joins; all carry the rules' answer, so that the model
 *          learns where the rules err. Between a word and a word in small letters nothing is asked:
 *          six gaps in ten are such, and one in two thousand of them ends a sentence.
 */
#include "text/boundary.h"

#include "core/utf8.h"
#include "text/split.h"

enum boundary_sort {
    SORT_NONE, SORT_SMALL, SORT_TITLE, SORT_UPPER, SORT_NUMBER, SORT_STOP, SORT_COMMA, SORT_MARK,
    SORT_ADDRESS, SORT_RUN, SORT_FACE
};

enum { /* shapes beyond words (1..18), numbers (19..24), stops (25, 26) and marks (27..90) */
    SHAPE_OPEN = 31, SHAPE_CLOSE = 32, SHAPE_OPEN_SQUARE = 33, SHAPE_CLOSE_SQUARE = 34,
    SHAPE_QUOTE = 35, SHAPE_QUOTE_OPEN = 91, SHAPE_QUOTE_CLOSE, SHAPE_DASH, SHAPE_BULLET,
    SHAPE_ELLIPSIS, SHAPE_OTHER, SHAPE_WEB, SHAPE_MAIL, SHAPE_CLOCK, SHAPE_TELEPHONE, SHAPE_FACE
};

static inline uint32_t mix(uint32_t a, uint32_t b)
{
    uint32_t h = (a ^ (b + 0x9E3779B9u + (a << 6) + (a >> 2))) * 0x85EBCA6Bu;
    return h ^ h >> 15;
}

static uint8_t shape_of(struct slice form, uint8_t flags)
{
    static const char marks[] = ",;:-()[]\"'`*/#@$%&+=<>_|~^{}\\";
    uint32_t code;
    utf8_decode(form.p, form.p + form.n, &code);
    uint8_t size = form.n == 1 ? 0 : form.n <= 3 ? 1 : 2;
    bool stop = form.n > 1 && form.p[form.n - 1] == '.';
    if (utf8_is_letter(code)) {
        if (form.n > 6 && memchr(form.p, '@', form.n))
            return SHAPE_MAIL;
        if (form.n > 6 && memchr(form.p, '.', form.n - 1) &&
            (memchr(form.p, '/', form.n) || slice_starts(form, "www")))
            return SHAPE_WEB;
        uint8_t capitals = flags & TOK_UPPER ? 2 : flags & TOK_TITLE ? 1 : 0;
        return (uint8_t)(1 + (capitals * 3 + size) * 2 + stop); /* 1..18 */
    }
    if (utf8_is_digit(code)) {
        if (form.n > 3 && (memchr(form.p, ':', form.n) || memchr(form.p, '/', form.n)))
            return SHAPE_CLOCK;
        if (form.n > 6 && memchr(form.p, '-', form.n))
            return SHAPE_TELEPHONE;
        return (uint8_t)(19 + size * 2 + stop); /* 19..24 */
    }
    if (code < 0x80 && code && strchr(".!?", (int)code))
        return (uint8_t)(25 + (size > 0));
    if (size && code < 0x80 && code && strchr(":;=(^", (int)code) && form.p[1] != form.p[0])
        return SHAPE_FACE;
    const char *found = code < 0x80 && code ? strchr(marks, (int)code) : NULL;
    if (found)
        return (uint8_t)(27 + (found - marks) + (size > 0 ? 32 : 0)); /* 27..90 */
    switch (code) {
    case 0x201C: return SHAPE_QUOTE_OPEN;
    case 0x201D: return SHAPE_QUOTE_CLOSE;
    case 0x2013: case 0x2014: return SHAPE_DASH;
    case 0x2022: return SHAPE_BULLET;
    case 0x2026: return SHAPE_ELLIPSIS;
    default: return SHAPE_OTHER;
    }
}

static uint8_t sort_of(uint8_t shape)
{
    if (shape <= 18)
        return shape <= 6 ? SORT_SMALL : shape <= 12 ? SORT_TITLE : SORT_UPPER;
    if (shape <= 24 || shape == SHAPE_CLOCK || shape == SHAPE_TELEPHONE)
        return SORT_NUMBER;
    if (shape <= 26 || shape == SHAPE_ELLIPSIS)
        return SORT_STOP;
    if (shape == 27)
        return SORT_COMMA;
    if (shape == SHAPE_WEB || shape == SHAPE_MAIL)
        return SORT_ADDRESS;
    if (shape == SHAPE_FACE)
        return SORT_FACE;
    return shape >= 59 && shape <= 90 ? SORT_RUN : SORT_MARK;
}

static void look_at(const struct dm_article *article, uint32_t t, struct boundary_token *out)
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
    out->sort = sort_of(out->shape);
    out->form = h + (uint32_t)out->sort * 0x2545F491u;
    out->space = (tok->flags & TOK_SPACE_AFTER) != 0;
    bool stop = lower.n > 1 && lower.p[lower.n - 1] == '.';
    out->kind = stop ? (uint8_t)(1 + abbreviation_of(slice_make(lower.p, lower.n - 1))) : 0;
}

static uint8_t bucket(uint32_t n)
{
    return n < 6 ? (uint8_t)n : n < 9 ? 6 : n < 14 ? 7 : n < 22 ? 8 : n < 40 ? 9 : 10;
}

void boundary_look(const struct dm_article *article, uint32_t first, uint32_t n,
                   struct boundary_token *tok, struct boundary_block *block)
{
    uint32_t count[16] = {0}, ends = 0;
    for (uint32_t t = 0; t < n; t++) {
        look_at(article, first + t, &tok[t]);
        count[tok[t].sort]++;
        ends += tok[t].rule;
    }
    uint32_t next = 0;
    for (uint32_t t = n; t-- > 0;) {
        tok[t].next = (uint16_t)(next < 1000 ? next : 1000);
        next = tok[t].rule ? 1 : next + 1;
    }
    uint32_t large = count[SORT_TITLE] + count[SORT_UPPER], words = large + count[SORT_SMALL];
    uint32_t odd = count[SORT_NUMBER] + count[SORT_MARK] + count[SORT_ADDRESS] + count[SORT_RUN];
    block->n = n;
    block->length = bucket(n);
    block->capitals = large * 50 < words ? 0 : large * 5 < words ? 1 : large * 9 < words * 4 ? 2
                    : count[SORT_UPPER] * 10 < words * 7 ? 3 : 4;
    block->odd = odd * 12 < n ? 0 : odd * 5 < n ? 1 : odd * 5 < n * 2 ? 2 : 3;
    block->stops = ends * 12 > n ? 0 : ends * 30 > n ? 1 : ends * 60 > n ? 2 : 3;
}

bool boundary_is_prose(const struct boundary_block *block)
{
    return block->odd == 0 && block->capitals == 1;
}

void boundary_begin(struct boundary_state *state)
{
    *state = (struct boundary_state){.before = UINT32_MAX};
}

void boundary_step(const struct boundary_token *tok, uint32_t t, struct boundary_state *state)
{
    state->n_small += tok[t].sort == SORT_SMALL;
    switch (tok[t].shape) {
    case SHAPE_OPEN: case SHAPE_OPEN_SQUARE:
        state->depth++;
        break;
    case SHAPE_CLOSE: case SHAPE_CLOSE_SQUARE:
        state->depth -= state->depth > 0;
        break;
    case SHAPE_QUOTE:
        state->quote = !state->quote;
        break;
    case SHAPE_QUOTE_OPEN:
        state->quote = true;
        break;
    case SHAPE_QUOTE_CLOSE:
        state->quote = false;
        break;
    default:
        break;
    }
}

void boundary_end(uint32_t t, struct boundary_state *state)
{
    state->before = state->first;
    state->first = t + 1;
    state->n_small = 0;
}

bool boundary_asks(const struct boundary_token *tok, uint32_t t)
{
    uint8_t a = tok[t].sort, b = tok[t + 1].sort;
    if (tok[t].rule || tok[t].kind)
        return true;
    bool word = a >= SORT_SMALL && a <= SORT_UPPER;
    return !(word && (b == SORT_SMALL || b == SORT_STOP || b == SORT_COMMA));
}

void boundary_features(const struct boundary_token *tok, const struct boundary_block *block,
                       uint32_t t, const struct boundary_state *state,
                       uint32_t out[BOUNDARY_FEATURES])
{
    static const struct boundary_token none;
    uint32_t n = block->n;
    const struct boundary_token *a = &tok[t], *b = &tok[t + 1];
    const struct boundary_token *a2 = t ? &tok[t - 1] : &none, *a3 = t > 1 ? &tok[t - 2] : &none;
    const struct boundary_token *b2 = t + 2 < n ? &tok[t + 2] : &none;
    const struct boundary_token *b3 = t + 3 < n ? &tok[t + 3] : &none;
    const struct boundary_token *first = &tok[state->first];
    const struct boundary_token *last = state->before < t ? &tok[state->before] : &none;
    uint32_t pair = (uint32_t)a->shape << 8 | b->shape, sorts = (uint32_t)a->sort << 4 | b->sort;
    uint32_t length = bucket(t + 1 - state->first);
    uint32_t small = state->n_small < 3 ? state->n_small : 3;
    uint32_t looks = (uint32_t)block->capitals << 4 | (uint32_t)block->odd << 2 | block->stops;
    uint32_t alike = (uint32_t)((b->word == first->word) * 8 + (b->shape == first->shape) * 4 +
                                (b->word == last->word) * 2 + (b->shape == last->shape));
    const uint32_t value[BOUNDARY_FEATURES] = {
        0,
        a->word,
        b->form,
        pair,
        mix(a->word, b->shape),
        mix(b->word, a->shape),
        mix(a->word, b->form),
        mix(a2->word, pair),
        mix(mix((uint32_t)a2->shape, pair), b2->shape),
        mix(b->form, b2->word),
        mix(pair, length),
        length * 2 + a->space,
        mix(first->word, pair),
        mix(block->length, b->shape),
        mix(pair, (uint32_t)(state->quote * 4 + (state->depth > 0) * 2 + a->space)),
        mix(a2->word, a->word),
        mix(small * 16 + length, b->shape),
        mix(bucket(n - t - 1), b->shape),
        mix((uint32_t)first->shape << 2 | small, pair),
        mix(a->kind, b->shape),
        mix(b2->word, pair),
        mix(mix((uint32_t)b->shape << 8 | b2->shape, b3->shape), a->sort),
        mix(mix((uint32_t)a3->shape << 8 | a2->shape, a->shape), b->sort),
        mix(pair, bucket(b->next)),
        mix(pair, looks),
        mix(sorts << 4 | alike, looks),
        mix(sorts << 4 | alike, (uint32_t)first->sort << 4 | length),
        mix((uint32_t)last->shape << 8 | b->shape, a->sort),
        mix(mix(b->word, b2->word), b3->word),
        mix(sorts << 4 | length, (uint32_t)small << 8 | bucket(b->next)),
        mix(mix(a->form, b->form), b2->sort),
        mix(b->form, looks),
    };
    for (uint32_t i = 0; i < BOUNDARY_FEATURES; i++)
        out[i] = mix(mix(value[i], i * 2 + a->rule), 0x2545F491u) % BOUNDARY_SLOTS;
}
