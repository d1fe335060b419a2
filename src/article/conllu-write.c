/* SPDX-License-Identifier: MIT */
/*
 * conllu-write.c - write an article's sentences as CoNLL-U.
 *
 * Reads    text, sent[], tok[]; analysis columns where tok[].lemma is set.
 * Leaves   lines appended to a buffer: "# newdoc id", "# date", then each sentence with "# sent_id"
 *          (the article's id and a number from 1), "# text", a line a multiword token and a line a
 *          word, SpaceAfter=No where nothing stands between two tokens.
 * Limits   Blank space in "# text" becomes single spaces.
 */
#include "article/conllu.h"

#include <string.h>

#include "article/penn.h"
#include "core/utf8.h"

#define FEATS_TEXT 1024 /* bytes of features as text, more than all together have */
#define WRITTEN_BITS 5

/* A comment's value stays on its line: blank space becomes single spaces. */
static void add_line_text(struct buf *out, struct slice text)
{
    bool blank = false;
    const char *end = text.p + text.n;
    for (const char *p = text.p; p < end;) {
        const char *run = p; /* printing ASCII is copied as it is */
        while (run < end && *run > ' ' && *run < 0x7F)
            run++;
        uint32_t code = 0;
        if (run == p) {
            run += utf8_decode(p, end, &code);
            if (utf8_is_space(code)) {
                blank = true;
                p = run;
                continue;
            }
        }
        if (blank)
            buf_add_char(out, ' ');
        blank = false;
        buf_add(out, slice_make(p, (size_t)(run - p)));
        p = run;
    }
}

static void add_comment(struct buf *out, const char *key, struct slice value)
{
    if (value.n == 0)
        return;
    buf_printf(out, "# %s = ", key);
    add_line_text(out, value);
    buf_add_char(out, '\n');
}

static void add_form(struct buf *out, struct slice form)
{
    if (form.n)
        add_line_text(out, form);
    else
        buf_add_char(out, '_');
}

static void add_misc(struct buf *out, const struct token *tok)
{
    buf_add_text(out, tok->flags & TOK_SPACE_AFTER ? "_\n" : "SpaceAfter=No\n");
}

static char *put(char *at, const char *text, char end)
{
    size_t n = strlen(text);
    memcpy(at, text, n);
    at[n] = end;
    return at + n + 1;
}

static char *put_number(char *at, uint32_t number, char end)
{
    char digit[10];
    size_t n = 0;
    do
        digit[n++] = (char)('0' + number % 10);
    while (number /= 10);
    while (n)
        *at++ = digit[--n];
    *at = end;
    return at + 1;
}

/* Features as text, made once for each kind that an article has, or nearly: a place is overwritten. */
struct written_feats {
    uint64_t feats;
    uint32_t n; /* 0: an empty place */
    char text[FEATS_TEXT];
};

static char *put_feats(char *at, uint64_t feats, struct written_feats *known)
{
    struct written_feats *place = &known[feats * UINT64_C(0x9E3779B97F4A7C15) >> (64 - WRITTEN_BITS)];
    if (place->n == 0 || place->feats != feats) {
        place->feats = feats;
        place->n = (uint32_t)feats_format(feats, place->text, sizeof place->text);
    }
    memcpy(at, place->text, place->n);
    at[place->n] = '\t';
    return at + place->n + 1;
}

#define ANALYSIS_MOST (FEATS_TEXT + 256) /* bytes of the columns behind the lemma */

static void add_word(struct buf *out, const struct dm_article *article, const struct sentence *sent,
                     uint32_t t, bool in_span, struct written_feats *known)
{
    const struct token *tok = &article->tok[t];
    char text[ANALYSIS_MOST], *at = put_number(text, t - sent->first + 1, '\t');
    buf_add(out, slice_make(text, (size_t)(at - text)));
    add_form(out, token_form(article, t));
    at = put(text, "", '\t');
    if (tok->lemma) {
        buf_add_char(out, '\t');
        add_form(out, token_lemma(article, t));
        at = put(at, upos_name((enum upos)tok->upos), '\t');
        at = put(at, penn_name(tok->xpos), '\t');
        at = put_feats(at, tok->feats, known);
        at = put_number(at, tok->head == ARTICLE_NONE ? 0 : tok->head - sent->first + 1, '\t');
        at = put(at, relation_name((enum relation)tok->rel), '\t');
        at = put(at, "_", '\t');
    } else {
        at = put(at, "_\t_\t_\t_\t_\t_\t_", '\t');
    }
    at = put(at, in_span || (tok->flags & TOK_SPACE_AFTER) ? "_" : "SpaceAfter=No", '\n');
    buf_add(out, slice_make(text, (size_t)(at - text)));
}

/* The word behind the multiword token that begins at t. */
static uint32_t span_end(const struct dm_article *article, const struct sentence *sent, uint32_t t)
{
    while (t + 1 < sent->end && (article->tok[t].flags & TOK_JOINED))
        t++;
    return t + 1;
}

int conllu_write(const struct dm_article *article, struct buf *out, struct dm_error *err)
{
    struct written_feats known[1 << WRITTEN_BITS];
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        known[i].n = 0;
    buf_add_text(out, "# newdoc");
    if (article->id.n) {
        buf_add_text(out, " id = ");
        add_line_text(out, article->id);
    }
    buf_add_char(out, '\n');
    if (!date_is_none(article->date)) {
        char date[DATE_TEXT];
        date_format(article->date, date);
        buf_printf(out, "# date = %s\n", date);
    }
    add_comment(out, "title", article->title);
    uint32_t block = ARTICLE_NONE;
    for (uint32_t s = 0; s < article->n_sents; s++) {
        const struct sentence *sent = &article->sent[s];
        if (sent->block != block)
            buf_add_text(out, "# newpar\n");
        block = sent->block;
        buf_add_text(out, "# sent_id = ");
        if (article->id.n) {
            add_line_text(out, article->id);
            buf_add_char(out, '-');
        }
        buf_printf(out, "%u\n", s + 1);
        add_comment(out, "text", slice_make(article->text.p + sent->begin,
                                            sent->stop - sent->begin));
        for (uint32_t t = sent->first; t < sent->end;) {
            uint32_t end = span_end(article, sent, t);
            bool span = end - t > 1;
            if (span) {
                buf_printf(out, "%u-%u\t", t - sent->first + 1, end - sent->first);
                add_form(out, slice_make(article->text.p + article->tok[t].begin,
                                         article->tok[end - 1].end - article->tok[t].begin));
                buf_add_text(out, "\t_\t_\t_\t_\t_\t_\t_\t");
                add_misc(out, &article->tok[end - 1]);
            }
            for (; t < end; t++)
                add_word(out, article, sent, t, span, known);
        }
        buf_add_char(out, '\n');
    }
    return out->failed ? dm_fail(err, DM_ENOMEM, "no memory for CoNLL-U") : DM_OK;
}
