/* SPDX-License-Identifier: MIT */
/*
 * sample.c - texts with names, as numbers to learn from.
 *
 * Reads    CoNLL-U with Name= in the last column, document by document.
 * Leaves   for each word the parser's view, rows of features and hints, the label.
 */
#include "names/sample.h"

#include <stdlib.h>

#include "syntax/train-data.h"

/* Room for `more` elements of `size` bytes behind n; false without memory. */
static bool grow(void **array, size_t n, size_t more, size_t *room, size_t size)
{
    if (n + more <= *room)
        return true;
    size_t want = *room * 2 > n + more ? *room * 2 : n + more + 1024;
    void *moved = realloc(*array, want * size);
    if (!moved)
        return false;
    *array = moved;
    *room = want;
    return true;
}

static bool make_room(struct sample *s, uint32_t words)
{
    size_t room_view = s->room_words, room_words = s->room_words, room = s->room_sentences;
    bool ok = grow((void **)&s->view, s->n_words, words, &room_view, s->syntax->shape.dim) &&
              grow((void **)&s->word, s->n_words, words, &room_words, sizeof *s->word) &&
              grow((void **)&s->sentence, s->n_sentences, 1, &room, sizeof *s->sentence);
    if (ok) {
        s->room_words = room_words;
        s->room_sentences = (uint32_t)room;
    }
    return ok;
}

static unsigned label_of(const struct dm_article *article, const struct sentence *sent, uint32_t t)
{
    const struct token *tok = &article->tok[t];
    if (tok->name == NAME_UNTOLD)
        return SAMPLE_UNTOLD;
    bool before = t > sent->first && tok->flags & TOK_NAME_INSIDE;
    bool after = t + 1 < sent->end && tok[1].name == tok->name && tok[1].flags & TOK_NAME_INSIDE;
    return net_label((enum name_kind)tok->name, before ? after ? NET_INSIDE : NET_LAST
                                                       : after ? NET_FIRST : NET_ONLY);
}

static void fill_word(const struct sample *s, const struct dm_article *article,
                      const struct sentence *sent, uint32_t t, uint64_t hints,
                      struct sample_word *word)
{
    const struct syntax_model *syntax = s->syntax;
    uint32_t own = article->view.row[t];
    *word = (struct sample_word){.label = (uint8_t)label_of(article, sent, t),
                                 .view_scale = article->view.scale[t]};
    word->row[word->n_rows++] = own == ARTICLE_NONE ? FEATURES_UNKNOWN : own;
    word->n_rows += (uint8_t)features_affix_rows(&syntax->features, token_lower(article, t),
                                                 word->row + word->n_rows);
    features_fixed(article, sent, t, word->row + word->n_rows);
    word->n_rows += 2;
    for (; hints && word->n_rows < SAMPLE_ROWS; hints &= hints - 1, word->n_hints++)
        word->row[word->n_rows++] = syntax->shape.n_rows + (uint32_t)__builtin_ctzll(hints);
}

/* Names of a sentence whose kind the lexicon knows better. */
static void correct_kinds(struct dm_article *article, const struct sentence *sent, const uint64_t *hints)
{
    for (uint32_t t = sent->first; t < sent->end; t++) {
        uint32_t end = article_name_end(article, t), at = t;
        enum name_kind kind = hints_kind(hints[t - sent->first]);
        end = end < sent->end ? end : sent->end;
        while (at < end && kind != NAME_NONE && hints_kind(hints[at - sent->first]) == kind)
            at++;
        if (at == end)
            for (at = t; at < end; at++)
                article->tok[at].name = (uint8_t)kind;
    }
}

static bool add_sentence(struct sample *s, struct dm_article *article, const struct sentence *sent,
                         bool silver)
{
    uint32_t n = sent->end - sent->first, dim = s->syntax->shape.dim;
    uint64_t hints[SAMPLE_SENTENCE_MAX];
    if (n > SAMPLE_SENTENCE_MAX)
        return true;
    if (!make_room(s, n))
        return false;
    hints_find(s->actors, article, sent, hints);
    if (silver)
        correct_kinds(article, sent, hints);
    for (uint32_t i = 0; i < n; i++) {
        struct sample_word *word = &s->word[s->n_words + i];
        fill_word(s, article, sent, sent->first + i, hints[i], word);
        s->row_count[word->row[0]]++;
    }
    memcpy(s->view + s->n_words * dim, article->view.q + (size_t)sent->first * dim, (size_t)n * dim);
    s->sentence[s->n_sentences++] = (struct sample_sentence){s->n_words, n};
    s->n_words += n;
    return true;
}

int sample_read(struct sample *s, const char *path, bool silver, struct dm_error *err)
{
    struct train_reader reader;
    struct dm_article *article = article_new();
    if (!s->row_count)
        s->row_count = calloc(s->syntax->shape.n_rows, sizeof *s->row_count);
    if (!article || !s->row_count) {
        article_free(article);
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", path);
    }
    int rc = train_reader_open(&reader, path, err);
    if (rc == DM_OK) {
        while ((rc = train_reader_next(&reader, article, err)) > 0) {
            rc = syntax_view(s->syntax, article, err);
            for (uint32_t i = 0; i < article->n_sents && rc == DM_OK; i++)
                if (!add_sentence(s, article, &article->sent[i], silver))
                    rc = dm_fail(err, DM_ENOMEM, "%s: out of memory", path);
            if (rc)
                break;
        }
        file_map_close(&reader.file);
    }
    article_free(article);
    return rc;
}

void sample_free(struct sample *s)
{
    free(s->word);
    free(s->view);
    free(s->sentence);
    free(s->row_count);
}
