/* SPDX-License-Identifier: MIT */
/*
 * features.c - the texts and fixed rows that describe a word to the network.
 *
 * Reads    tok[].lower, flags and the form's characters.
 * Method   Affixes are cut at bytes; inside of ASCII, which English is, those are letters.
 */
#include "syntax/features.h"

static void add(struct feature_text *out, unsigned *n, char kind, const char *p, size_t size)
{
    if (size + 1 > FEATURE_TEXT_MAX)
        return;
    struct feature_text *text = &out[*n];
    text->p[0] = kind;
    for (size_t i = 0; i < size; i++)
        text->p[i + 1] = p[i] >= '0' && p[i] <= '9' ? '0' : p[i];
    text->n = (uint8_t)(size + 1);
    (*n)++;
}

bool features_word(struct slice lower, struct feature_text *out)
{
    unsigned n = 0;
    add(out, &n, 'w', lower.p, lower.n < FEATURE_TEXT_MAX ? lower.n : FEATURE_TEXT_MAX - 1);
    return lower.n < FEATURE_TEXT_MAX - 1;
}

unsigned features_affixes(struct slice lower, struct feature_text *out)
{
    static const char tail[] = {'1', '2', '3', '4'}, front[] = {'a', 'b', 'c'};
    unsigned n = 0;
    for (size_t k = 1; k <= 4; k++)
        if (lower.n > k)
            add(out, &n, tail[k - 1], lower.p + lower.n - k, k);
    for (size_t k = 1; k <= 3; k++)
        if (lower.n > k)
            add(out, &n, front[k - 1], lower.p, k);
    return n;
}

unsigned features_texts(struct slice lower, struct feature_text *out)
{
    features_word(lower, out);
    return 1 + features_affixes(lower, out + 1);
}

unsigned features_affix_rows(const struct image_map *features, struct slice lower,
                             uint32_t row[static FEATURES_MAX - 3])
{
    struct feature_text text[FEATURES_MAX];
    unsigned n = 0, n_texts = features_affixes(lower, text);
    for (unsigned i = 0; i < n_texts; i++) {
        uint32_t at = image_map_get(features, slice_make(text[i].p, text[i].n));
        if (at != IMAGE_NONE)
            row[n++] = at;
    }
    return n;
}

static uint32_t shape(struct slice form, const struct token *tok)
{
    bool digit = false, letter = false, inside = false;
    unsigned upper = 0;
    for (size_t i = 0; i < form.n; i++) {
        unsigned char c = (unsigned char)form.p[i];
        if (c >= '0' && c <= '9')
            digit = true;
        else if ((c >= 'a' && c <= 'z') || c >= 0x80)
            letter = true;
        else if (c >= 'A' && c <= 'Z')
            letter = true, upper++;
        else
            inside = true;
    }
    uint32_t capitals = tok->flags & TOK_UPPER ? 3 : tok->flags & TOK_TITLE ? upper > 1 ? 4 : 2
                      : letter ? upper ? 5 : 1 : 0;
    uint32_t length = form.n == 1 ? 0 : form.n <= 3 ? 1 : 2;
    return ((capitals * 2 + digit) * 2 + inside) * 3 + length;
}

void features_fixed(const struct dm_article *article, const struct sentence *sent, uint32_t t,
                    uint32_t out[static 2])
{
    const struct token *tok = &article->tok[t];
    out[0] = shape(token_form(article, t), tok); /* at most 6 * 2 * 2 * 3 - 1 = 71 */
    bool first = t == sent->first;
    uint32_t before = first || (tok[-1].flags & TOK_SPACE_AFTER);
    uint32_t joined = !first && (tok[-1].flags & TOK_JOINED);
    uint32_t after = (tok->flags & TOK_SPACE_AFTER) != 0;
    out[1] = FEATURES_SHAPES + ((uint32_t)first * 2 + before) * 4 + after * 2 + joined;
}
