/* SPDX-License-Identifier: MIT */
/* fuzz-text.c - any text splits into tokens that cover it, in sentences that cover the tokens. */
#include "core/utf8.h"
#include "text/text.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Is every byte of [begin, end) blank space? */
static bool blank(const struct dm_article *article, uint32_t begin, uint32_t end)
{
    const char *text = article->text.p;
    while (begin < end) {
        uint32_t code;
        begin += utf8_decode(text + begin, text + end, &code);
        if (!utf8_is_space(code))
            return false;
    }
    return true;
}

static void check(const struct dm_article *article)
{
    uint32_t at = 0, next = 0;
    for (uint32_t t = 0; t < article->n_toks; t++) {
        const struct token *tok = &article->tok[t];
        if (tok->begin < at || tok->end <= tok->begin || !blank(article, at, tok->begin) ||
            tok->end - tok->begin > TOKEN_BYTES_MAX || !tok->lower)
            abort();
        at = tok->end;
    }
    if (!blank(article, at, (uint32_t)article->text.n))
        abort();
    for (uint32_t s = 0; s < article->n_sents; s++) {
        const struct sentence *sent = &article->sent[s];
        const struct block *block = &article->block[sent->block];
        if (sent->first != next || sent->end <= sent->first || sent->begin < block->begin ||
            sent->stop > block->end || sent->end - sent->first > SENTENCE_TOKENS_MAX)
            abort();
        next = sent->end;
    }
    if (next != article->n_toks)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dm_article *article = article_new();
    struct dm_error err = {0};
    size_t repaired;
    if (!article)
        return 0;
    struct slice text = utf8_repair(&article->scratch, slice_make((const char *)data, size),
                                    &repaired);
    if (text.p && article_set_text(article, SLICE_LIT(""), text, NULL, 0, &err) == DM_OK) {
        if (text_split(article, &err) != DM_OK)
            abort();
        check(article);
    }
    article_free(article);
    return 0;
}
