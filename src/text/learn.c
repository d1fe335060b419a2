/* SPDX-License-Identifier: MIT */
/*
 * learn.c - learn where sentences end.
 *
 * Reads    articles whose sentences are known.
 * Leaves   weights of boundary.h as 16-bit numbers, 256 to the unit.
 *
 * Method   Logistic regression, AdaGrad, EPOCHS passes in the order of the articles; the state of the
 *          sentence is the true one.
 */
#include "text/split.h"
#include "text/text.h"

#include <math.h>
#include <stdlib.h>

_Static_assert(BOUNDARY_SLOTS == TEXT_MODEL_SLOTS, "one number in two headers");

#define EPOCHS 12
#define RATE 0.2f
#define UNIT 256.0f

struct learner {
    float *w, *square;
};

static void update(struct learner *l, const uint32_t slot[BOUNDARY_FEATURES], bool truth)
{
    float sum = 0;
    for (unsigned i = 0; i < BOUNDARY_FEATURES; i++)
        sum += l->w[slot[i]];
    float g = 1.0f / (1.0f + expf(-sum)) - (truth ? 1.0f : 0);
    for (unsigned i = 0; i < BOUNDARY_FEATURES; i++) {
        l->square[slot[i]] += g * g;
        l->w[slot[i]] -= RATE * g / sqrtf(l->square[slot[i]] + 1e-4f);
    }
}

/* The sentences [s, last) that stand in one block. */
static bool learn_block(struct learner *l, struct dm_article *article, uint32_t s, uint32_t last)
{
    uint32_t first = article->sent[s].first, n = article->sent[last - 1].end - first;
    struct arena_mark mark = arena_mark(&article->scratch);
    struct boundary_token *tok = arena_array(&article->scratch, n, struct boundary_token);
    if (!tok)
        return false;
    split_rules(article, first, first + n, tok);
    for (uint32_t t = 0; t < n; t++)
        boundary_look(article, first + t, &tok[t]);
    struct boundary_state state = {0};
    for (uint32_t t = 0; t < n; t++) {
        while (s < last && article->sent[s].end <= first + t)
            s++;
        bool ends = article->sent[s].end == first + t + 1;
        boundary_step(tok, t, false, &state);
        if (t + 1 < n) {
            uint32_t slot[BOUNDARY_FEATURES];
            boundary_features(tok, n, t, &state, slot);
            update(l, slot, ends);
        }
        if (ends) {
            state.first = t + 1;
            state.n_small = 0;
        }
    }
    arena_rewind(&article->scratch, mark);
    return true;
}

int text_learn(struct dm_article *const *article, uint32_t n, int16_t *weight,
               struct dm_error *err)
{
    struct learner l = {calloc(BOUNDARY_SLOTS, sizeof(float)), calloc(BOUNDARY_SLOTS, sizeof(float))};
    bool ok = l.w && l.square;
    for (unsigned epoch = 0; epoch < EPOCHS && ok; epoch++)
        for (uint32_t i = 0; i < n && ok; i++)
            for (uint32_t s = 0; s < article[i]->n_sents && ok;) {
                uint32_t last = s + 1;
                while (last < article[i]->n_sents &&
                       article[i]->sent[last].block == article[i]->sent[s].block)
                    last++;
                ok = learn_block(&l, article[i], s, last);
                s = last;
            }
    for (uint32_t i = 0; i < BOUNDARY_SLOTS && ok; i++) {
        float value = l.w[i] * UNIT;
        weight[i] = (int16_t)lrintf(value > 32000 ? 32000 : value < -32000 ? -32000 : value);
    }
    free(l.w);
    free(l.square);
    return ok ? DM_OK : dm_fail(err, DM_ENOMEM, "no memory to learn sentences");
}
