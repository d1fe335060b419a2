/* SPDX-License-Identifier: MIT */
/*
 * token.c - what follows from a token's letters alone: lower case, capitals, quotation marks.
 *
 * Reads    article->text, tok[].begin and end; for quotes sent[] and block[] too.
 * Leaves   tok[].lower, n_lower, flags; sent[].quote.
 *
 * Method   Tokens of ASCII alone, nearly all, are lowered without the general path. Quotation
 *          marks are matched as a state from token to token: straight marks open and close in turn,
 *          curly ones say which they are.
 * Limits   Single quotation marks are taken for apostrophes unless curly or doubled (``, '').
 */
#include "article/token.h"
#include "core/utf8.h"

#define SOFT_HYPHEN 0xAD

/* Drop the soft hyphens that a page breaks words at; a word of nothing else keeps them. New length. */
static size_t drop_soft_hyphens(char *p, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (p[i] == '\xC2' && i + 1 < n && p[i + 1] == '\xAD')
            i++;
        else
            p[kept++] = p[i];
    }
    return kept ? kept : n;
}

static bool fill_wide(struct dm_article *article, struct token *tok, struct slice form)
{
    struct slice lower = utf8_lower(&article->arena, form);
    if (!lower.p)
        return false;
    char *p_lower = arena_bytes(&article->arena, lower.n + 1);
    if (!p_lower || lower.n > UINT16_MAX)
        return false;
    memcpy(p_lower, lower.p, lower.n);
    size_t n_lower = drop_soft_hyphens(p_lower, lower.n);
    p_lower[n_lower] = '\0';
    unsigned letters = 0, upper = 0;
    bool first = true;
    const char *end = form.p + form.n;
    for (const char *p = form.p; p < end;) {
        uint32_t code;
        p += utf8_decode(p, end, &code);
        if (utf8_is_letter(code)) {
            letters++;
            if (utf8_is_upper(code)) {
                upper++;
                if (first)
                    tok->flags |= TOK_TITLE;
            }
        }
        first = first && code == SOFT_HYPHEN;
    }
    if (letters > 1 && upper == letters)
        tok->flags |= TOK_UPPER;
    tok->lower = p_lower;
    tok->n_lower = (uint16_t)n_lower;
    return true;
}

bool token_fill(struct dm_article *article, struct token *tok)
{
    struct slice form = {article->text.p + tok->begin, tok->end - tok->begin};
    char *lower = arena_bytes(&article->arena, form.n + 1);
    if (!lower || form.n > UINT16_MAX)
        return false;
    tok->flags &= (uint8_t)~(TOK_UPPER | TOK_TITLE);
    unsigned letters = 0, upper = 0;
    for (size_t i = 0; i < form.n; i++) {
        char c = form.p[i];
        if ((unsigned char)c >= 0x80)
            return fill_wide(article, tok, form);
        if (c >= 'A' && c <= 'Z') {
            upper++;
            letters++;
            c = (char)(c + 32);
        } else if (c >= 'a' && c <= 'z') {
            letters++;
        }
        lower[i] = c;
    }
    lower[form.n] = 0;
    if (letters > 1 && upper == letters)
        tok->flags |= TOK_UPPER;
    if (form.n && form.p[0] >= 'A' && form.p[0] <= 'Z')
        tok->flags |= TOK_TITLE;
    tok->lower = lower;
    tok->n_lower = (uint16_t)form.n;
    return true;
}

/* 1 opens, -1 closes, 2 a straight mark that does either, 0 no quotation mark. */
static int quote_kind(struct slice form)
{
    if (form.n == 1)
        return form.p[0] == '"' ? 2 : 0;
    if (form.n == 2) {
        if (slice_is(form, "``"))
            return 1;
        if (slice_is(form, "''"))
            return -1;
        if (slice_is(form, "\xC2\xAB"))
            return 1;
        return slice_is(form, "\xC2\xBB") ? -1 : 0;
    }
    if (form.n != 3)
        return 0;
    if (slice_is(form, "\xE2\x80\x9C") || slice_is(form, "\xE2\x80\x9E"))
        return 1;
    return slice_is(form, "\xE2\x80\x9D") ? -1 : 0;
}

void token_mark_quotes(struct dm_article *article)
{
    uint32_t open = 0, count = 0; /* number of the open quotation, numbers given */
    uint32_t block = ARTICLE_NONE;
    bool pending = false; /* a paragraph ended inside of a quotation */
    for (uint32_t s = 0; s < article->n_sents; s++) {
        struct sentence *sent = &article->sent[s];
        bool reopened = false;
        if (sent->block != block) {
            pending = open != 0;
            block = sent->block;
            int kind = sent->first < sent->end ? quote_kind(token_form(article, sent->first)) : 0;
            /* Only a paragraph that opens anew with a mark goes on with the quotation. */
            reopened = pending && kind > 0;
            if (!reopened)
                open = 0;
        }
        sent->quote = open;
        for (uint32_t t = sent->first; t < sent->end; t++) {
            struct token *tok = &article->tok[t];
            int kind = quote_kind(token_form(article, t));
            tok->flags &= (uint8_t)~TOK_QUOTED;
            if (kind == 0) {
                if (open)
                    tok->flags |= TOK_QUOTED;
            } else if (reopened && t == sent->first) {
                continue; /* the repeated opening mark */
            } else if (kind == 1 || (kind == 2 && !open)) {
                if (!open)
                    open = ++count;
            } else {
                open = 0;
            }
        }
    }
}
