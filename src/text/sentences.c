/* SPDX-License-Identifier: MIT */
/*
 * sentences.c - where sentences end in a block's tokens.
 *
 * Reads    tok[] of one block: forms, spaces, capitals.
 * Leaves   sent[].
 *
 * Method   The rules make a first guess, the model (boundary.h) decides where there is one. A stop,
 *          question or exclamation mark ends a sentence together with the quotation marks and
 *          brackets that close right behind it, when what follows may begin one: not a small letter,
 *          not a comma. An abbreviation ends it when it is of the kind that may and a sentence opener
 *          follows. A dateline ("MANAGUA (AP) --") stands alone, and so does a short line that a
 *          capital follows. Overlong sentences are cut at a semicolon, comma or wherever.
 */
#include "text/split.h"

#include "core/utf8.h"

#define DATELINE_TOKENS 16
#define SURE 256 /* of the unit 256: what a gap without a stop needs in prose, since news has few such */
#define SHORT_LINE 45 /* bytes of a line that is a heading or a list's item, not a wrapped line */

static unsigned char first_byte(const struct dm_article *article, uint32_t t)
{
    return (unsigned char)article->text.p[article->tok[t].begin];
}

static bool is_small(const struct dm_article *article, uint32_t t)
{
    uint32_t code;
    const struct token *tok = &article->tok[t];
    utf8_decode(article->text.p + tok->begin, article->text.p + tok->end, &code);
    return utf8_is_letter(code) && !utf8_is_upper(code);
}

static bool is_stop(struct slice form)
{
    if (slice_is(form, "\xE2\x80\xA6")) /* … */
        return true;
    for (size_t i = 0; i < form.n; i++)
        if (form.p[i] != '.' && form.p[i] != '!' && form.p[i] != '?')
            return false;
    return form.n > 0;
}

static bool closes(struct slice form)
{
    static const char *const marks[] = {"\"", "''", "'", ")", "]", "}", "\xE2\x80\x9D",
                                        "\xE2\x80\x99", "\xC2\xBB"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (slice_is(form, marks[i]))
            return true;
    return false;
}

/* A word that keeps its stop: may the sentence end with it? */
static bool abbreviation_may_end(const struct dm_article *article, uint32_t t)
{
    struct slice word = token_lower(article, t);
    word.n--;
    if (word.n == 1 || abbreviation_of(word) == ABBREVIATION_INSIDE ||
        abbreviation_of(word) == ABBREVIATION_NUMBER)
        return false;
    return word.n > 0;
}

/* Does a line end behind token t that is a heading or an item of a list? */
static bool short_line(const struct dm_article *article, uint32_t first, uint32_t t)
{
    const char *text = article->text.p;
    uint32_t from = article->tok[t].end, to = article->tok[t + 1].begin;
    if (!memchr(text + from, '\n', to - from) || is_small(article, t + 1))
        return false;
    uint32_t begin = from;
    while (begin > article->tok[first].begin && text[begin - 1] != '\n')
        begin--;
    return from - begin <= SHORT_LINE && !slice_is(token_form(article, t), ",");
}

static bool may_begin(const struct dm_article *article, uint32_t t)
{
    unsigned char b = first_byte(article, t);
    return !is_small(article, t) && !(b < 0x80 && strchr(",;:)]}%/", b)) &&
           !is_stop(token_form(article, t));
}

/* Marks of notes ("[3]") behind a stop belong to the sentence. */
static uint32_t skip_notes(const struct dm_article *article, uint32_t last, uint32_t end)
{
    while (last + 3 < end && slice_is(token_form(article, last + 1), "[") &&
           slice_is(token_form(article, last + 3), "]") &&
           first_byte(article, last + 2) >= '0' && first_byte(article, last + 2) <= '9')
        last += 3;
    return last;
}

/* The token behind which the sentence ends when token t is where it might; ARTICLE_NONE otherwise. */
static uint32_t end_at(const struct dm_article *article, uint32_t first, uint32_t t, uint32_t end)
{
    struct slice form = token_form(article, t);
    if (t + 1 >= end)
        return t;
    if (short_line(article, first, t))
        return t;
    bool stop = is_stop(form), word = !stop && form.n > 1 && form.p[form.n - 1] == '.';
    if (!stop && !word)
        return ARTICLE_NONE;
    if (word) {
        uint32_t next = t + 1;
        while (next < end && closes(token_form(article, next)) &&
               !(article->tok[next - 1].flags & TOK_SPACE_AFTER))
            next++;
        if (next >= end)
            return next - 1;
        if (!abbreviation_may_end(article, t) || !(article->tok[next].flags & TOK_TITLE) ||
            !split_is_opener(token_lower(article, next)))
            return ARTICLE_NONE;
        return next - 1;
    }
    /* "2." in front of an item */
    if (t == first + 1 && article->tok[first].end - article->tok[first].begin <= 2 &&
        first_byte(article, first) >= '0' && first_byte(article, first) <= '9')
        return ARTICLE_NONE;
    uint32_t last = t;
    while (last + 1 < end && !(article->tok[last].flags & TOK_SPACE_AFTER) &&
           (closes(token_form(article, last + 1)) || is_stop(token_form(article, last + 1))))
        last++;
    last = skip_notes(article, last, end);
    if (last + 1 >= end)
        return last;
    if (!may_begin(article, last + 1))
        return ARTICLE_NONE;
    /* "end.Next" without a blank: only letters around the stop say so */
    if (!(article->tok[last].flags & TOK_SPACE_AFTER) &&
        (last > t || !(article->tok[last + 1].flags & TOK_TITLE)))
        return ARTICLE_NONE;
    return last;
}

uint32_t split_dateline(const struct dm_article *article, uint32_t first, uint32_t end)
{
    if (!(article->tok[first].flags & TOK_UPPER) || article->tok[first].end - article->tok[first].begin < 3)
        return 0;
    for (uint32_t t = first; t < end && t - first < DATELINE_TOKENS; t++) {
        struct slice form = token_form(article, t);
        bool dash = slice_is(form, "--") || slice_is(form, "-") || slice_is(form, "\xE2\x80\x93") ||
                    slice_is(form, "\xE2\x80\x94");
        if (dash && t > first && (article->tok[t].flags & TOK_SPACE_AFTER) &&
            (article->tok[t - 1].flags & TOK_SPACE_AFTER))
            return t + 1 - first;
        if (is_small(article, t) || is_stop(form))
            return 0;
    }
    return 0;
}

static void add_sentence(struct splitter *s, uint32_t first, uint32_t end, uint32_t block)
{
    struct dm_article *article = s->article;
    while (first < end) {
        uint32_t stop = end;
        if (stop - first > SENTENCE_TOKENS_MAX) {
            stop = first + SENTENCE_TOKENS_MAX;
            for (uint32_t t = stop; t > first + SENTENCE_TOKENS_MAX / 2; t--) {
                struct slice form = token_form(article, t - 1);
                if (slice_is(form, ";") || slice_is(form, ",")) {
                    stop = t;
                    break;
                }
            }
            /* words of one multiword token stay together */
            while (stop > first + 1 && (article->tok[stop - 1].flags & TOK_JOINED))
                stop--;
        }
        struct sentence *sent = ARENA_PUSH(&article->arena, article->sent, article->n_sents,
                                           s->sent_capacity);
        if (!sent) {
            s->failed = true;
            return;
        }
        sent->first = first;
        sent->end = stop;
        sent->begin = article->tok[first].begin;
        sent->stop = article->tok[stop - 1].end;
        sent->block = block;
        first = stop;
    }
}

void split_rules(const struct dm_article *article, uint32_t first, uint32_t end,
                 struct boundary_token *tok)
{
    uint32_t begin = first;
    for (uint32_t t = first; t < end; t++) {
        uint32_t last = end_at(article, begin, t, end);
        for (uint32_t k = t; k < (last == ARTICLE_NONE ? t + 1 : last); k++)
            tok[k - first].rule = false;
        if (last == ARTICLE_NONE)
            continue;
        tok[last - first].rule = true;
        begin = last + 1;
        t = last;
    }
}

/* Ends by the model, which knows the rules' answers; they stand in tok[].rule afterwards. */
static void decide(const struct text_model *model, const struct dm_article *article, uint32_t first,
                   uint32_t n, struct boundary_token *tok)
{
    struct boundary_block block;
    struct boundary_state state;
    boundary_look(article, first, n, tok, &block);
    boundary_begin(&state);
    bool before = false, prose = boundary_is_prose(&block);
    for (uint32_t t = 0; t < n; t++) {
        bool ends = false;
        boundary_step(tok, t, &state);
        if (t + 1 < n && boundary_asks(tok, t) && !(article->tok[first + t].flags & TOK_JOINED)) {
            uint32_t slot[BOUNDARY_FEATURES];
            int32_t sum = 0;
            boundary_features(tok, &block, t, &state, slot);
            for (unsigned i = 0; i < BOUNDARY_FEATURES; i++)
                sum += model->weight[slot[i]];
            ends = sum > (tok[t].rule || !prose ? 0 : SURE);
        }
        /* features look at the answer of this gap's rule alone, so the one before may go */
        if (t)
            tok[t - 1].rule = before;
        before = ends;
        if (ends)
            boundary_end(t, &state);
    }
    if (n)
        tok[n - 1].rule = true;
}

void split_sentences(struct splitter *s, uint32_t first, uint32_t end, uint32_t block)
{
    struct dm_article *article = s->article;
    if (first >= end)
        return;
    uint32_t begin = first, line = split_dateline(article, first, end);
    if (line) {
        add_sentence(s, begin, begin + line, block);
        begin += line;
    }
    if (begin >= end)
        return;
    struct arena_mark mark = arena_mark(&article->scratch);
    uint32_t from = begin;
    struct boundary_token *tok = arena_array(&article->scratch, end - begin, struct boundary_token);
    if (!tok) {
        s->failed = true;
        return;
    }
    split_rules(article, begin, end, tok);
    if (s->model && s->model->weight)
        decide(s->model, article, begin, end - begin, tok);
    for (uint32_t t = from; t < end && !s->failed; t++) {
        if (!tok[t - from].rule && t + 1 < end)
            continue;
        add_sentence(s, begin, t + 1, block);
        begin = t + 1;
    }
    arena_rewind(&article->scratch, mark);
}
