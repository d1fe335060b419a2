/* SPDX-License-Identifier: MIT */
/*
 * learn.c - learn where sentences end.
 *
 * Reads    articles whose sentences are known.
 * Leaves   weights of boundary.h as 16-bit numbers, 256 to the unit.
 *
 * Method   The text is cut into the program's own tokens, since it will meet those; a gap of theirs
 *          ends a sentence where the given one does. Logistic regression, AdaGrad, EPOCHS passes in
 *          the order of the articles; the weights are the mean of those behind each pass of the
 *          second half. The state of the sentence is the true one. Every article is read once more
 *          in small letters and in capitals, with less weight: news comes so, the treebanks do not.
 * Memory   140 bytes a gap that the model is asked about, from the heap.
 */
#include "text/split.h"
#include "text/text.h"

#include <math.h>
#include <stdlib.h>

_Static_assert(BOUNDARY_SLOTS == TEXT_MODEL_SLOTS, "one number in two headers");

#define EPOCHS 12
#define RATE 0.05f
#define CASE_WEIGHT 0.03f /* of the text in small letters and in capitals */
#define UNIT 256.0f

struct gap {
    uint32_t slot[BOUNDARY_FEATURES];
    bool ends;
    bool plain; /* as it was written */
};

struct learner {
    struct gap *gap;
    size_t n, capacity;
    float *w, *square, *sum;
};

static void update(struct learner *l, const struct gap *gap)
{
    float sum = 0, weight = gap->plain ? 1.0f : CASE_WEIGHT;
    for (unsigned i = 0; i < BOUNDARY_FEATURES; i++)
        sum += l->w[gap->slot[i]];
    float g = weight * (1.0f / (1.0f + expf(-sum)) - (gap->ends ? 1.0f : 0));
    for (unsigned i = 0; i < BOUNDARY_FEATURES; i++) {
        uint32_t slot = gap->slot[i];
        l->square[slot] += g * g;
        l->w[slot] -= RATE * g / sqrtf(l->square[slot] + 1e-4f);
    }
}

static bool push_gap(struct learner *l, const struct gap *gap)
{
    if (l->n == l->capacity) {
        size_t capacity = l->capacity ? l->capacity * 2 : 1u << 16;
        struct gap *more = realloc(l->gap, capacity * sizeof *more);
        if (!more)
            return false;
        l->gap = more;
        l->capacity = capacity;
    }
    l->gap[l->n++] = *gap;
    return true;
}

/* The gaps of the block whose own tokens are [first, end); *s is the first given sentence that may end. */
static bool look_block(struct learner *l, const struct dm_article *given, struct dm_article *own,
                       uint32_t first, uint32_t end, bool plain, uint32_t *s)
{
    first += split_dateline(own, first, end);
    uint32_t n = end - first;
    struct arena_mark mark = arena_mark(&own->scratch);
    struct boundary_token *tok = arena_array(&own->scratch, n, struct boundary_token);
    if (!tok)
        return false;
    struct boundary_block block;
    struct boundary_state state;
    split_rules(own, first, end, tok);
    boundary_look(own, first, n, tok, &block);
    boundary_begin(&state);
    bool ok = true;
    for (uint32_t t = 0; t < n && ok; t++) {
        uint32_t at = own->tok[first + t].end;
        while (*s < given->n_sents && given->sent[*s].stop < at)
            ++*s;
        bool ends = *s < given->n_sents && given->sent[*s].stop == at;
        boundary_step(tok, t, &state);
        if (t + 1 < n && boundary_asks(tok, t)) {
            struct gap gap = {.ends = ends, .plain = plain};
            boundary_features(tok, &block, t, &state, gap.slot);
            ok = push_gap(l, &gap);
        }
        if (ends)
            boundary_end(t, &state);
    }
    arena_rewind(&own->scratch, mark);
    return ok;
}

enum letters { AS_WRITTEN, SMALL, LARGE };

static bool look_article(struct learner *l, const struct dm_article *given, struct dm_article *own,
                         enum letters letters)
{
    struct dm_error err;
    char *text = malloc(given->text.n + 1);
    if (!text)
        return false;
    for (size_t i = 0; i < given->text.n; i++) {
        char c = given->text.p[i];
        bool small = c >= 'a' && c <= 'z', large = c >= 'A' && c <= 'Z';
        text[i] = letters == SMALL && large ? (char)(c + 32)
                : letters == LARGE && small ? (char)(c - 32) : c;
    }
    article_reset(own);
    bool ok = article_set_text(own, SLICE_LIT(""), slice_make(text, given->text.n), given->block,
                               given->n_blocks, &err) == DM_OK;
    free(text);
    struct splitter split = {.article = own};
    uint32_t s = 0;
    for (uint32_t b = 0; b < given->n_blocks && ok; b++) {
        uint32_t first = own->n_toks;
        split_tokens(&split, given->block[b].begin, given->block[b].end);
        ok = !split.failed && (own->n_toks == first ||
                               look_block(l, given, own, first, own->n_toks, letters == AS_WRITTEN, &s));
    }
    return ok;
}

int text_learn(struct dm_article *const *article, uint32_t n, int16_t *weight,
               struct dm_error *err)
{
    struct learner l = {.w = calloc(BOUNDARY_SLOTS, sizeof(float)),
                        .square = calloc(BOUNDARY_SLOTS, sizeof(float)),
                        .sum = calloc(BOUNDARY_SLOTS, sizeof(float))};
    struct dm_article *own = article_new();
    bool ok = l.w && l.square && l.sum && own;
    for (uint32_t i = 0; i < n && ok; i++)
        for (int letters = AS_WRITTEN; letters <= LARGE && ok; letters++)
            ok = look_article(&l, article[i], own, (enum letters)letters);
    for (unsigned epoch = 0; epoch < EPOCHS && ok; epoch++) {
        for (size_t i = 0; i < l.n; i++)
            update(&l, &l.gap[i]);
        for (uint32_t i = 0; i < BOUNDARY_SLOTS && epoch >= EPOCHS / 2; i++)
            l.sum[i] += l.w[i] / (EPOCHS - EPOCHS / 2);
    }
    for (uint32_t i = 0; i < BOUNDARY_SLOTS && ok; i++) {
        float value = l.sum[i] * UNIT;
        weight[i] = (int16_t)lrintf(value > 32000 ? 32000 : value < -32000 ? -32000 : value);
    }
    article_free(own);
    free(l.gap);
    free(l.w);
    free(l.square);
    free(l.sum);
    return ok ? DM_OK : dm_fail(err, DM_ENOMEM, "no memory to learn sentences");
}
