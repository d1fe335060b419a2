/* SPDX-License-Identifier: MIT */
/*
 * article.c - make, fill and forget the record that all stages share.
 *
 * Reads    nothing; news/ calls article_set_text().
 * Leaves   text, text_begin, block[].
 * Memory   The arena holds the columns of one article. Its limit is ample for ARTICLE_TOKENS_MAX
 *          tokens with what the stages add; what passes it is DM_ENOMEM, not all of the machine.
 */
#include "article/article.h"

#include <stdlib.h>

#include "core/utf8.h"

#define ARENA_MOST ((size_t)512 << 20)
#define PASSING_MOST ((size_t)64 << 20)
#define POINT_STEP 64 /* bytes between two entries of the code point index */

struct dm_article *article_new(void)
{
    struct dm_article *article = calloc(1, sizeof *article);
    if (article) {
        arena_init(&article->arena, ARENA_MOST);
        arena_init(&article->scratch, ARTICLE_SCRATCH_MAX);
        arena_init(&article->passing, PASSING_MOST);
    }
    return article;
}

void article_free(struct dm_article *article)
{
    if (!article)
        return;
    arena_deinit(&article->arena);
    arena_deinit(&article->scratch);
    arena_deinit(&article->passing);
    free(article);
}

void article_reset(struct dm_article *article)
{
    struct arena arena = article->arena, scratch = article->scratch, passing = article->passing;
    arena_reset(&arena);
    arena_reset(&scratch);
    arena_reset(&passing);
    *article = (struct dm_article){.arena = arena, .scratch = scratch, .passing = passing};
}

/* One block a paragraph: stretches without a blank line. */
static bool block_paragraphs(struct dm_article *article, struct block **blocks, uint32_t *n_blocks,
                             size_t *capacity)
{
    const char *p = article->text.p;
    uint32_t n = (uint32_t)article->text.n, begin = article->text_begin, stop = begin;
    bool blank = true;
    for (uint32_t i = begin; i <= n; i++) {
        if (i < n && p[i] != '\n') {
            if (p[i] != ' ' && p[i] != '\t' && p[i] != '\r') {
                if (blank && stop == begin)
                    begin = i;
                blank = false;
                stop = i + 1;
            }
            continue;
        }
        if ((blank || i == n) && stop > begin) {
            struct block *block = ARENA_PUSH(&article->arena, *blocks, *n_blocks, *capacity);
            if (!block)
                return false;
            *block = (struct block){begin, stop, BLOCK_BODY};
        }
        if (blank || i == n)
            begin = stop = i + 1;
        blank = true;
    }
    return true;
}

int article_set_text(struct dm_article *article, struct slice context, struct slice text,
                     const struct block *block, uint32_t n_blocks, struct dm_error *err)
{
    size_t gap = context.n ? 2 : 0, total = context.n + gap + text.n;
    if (context.n > ARTICLE_TEXT_MAX || text.n > ARTICLE_TEXT_MAX || total > ARTICLE_TEXT_MAX)
        return dm_fail(err, DM_ELIMIT, "article of %zu bytes, at most %u are coded; split it", total,
                       ARTICLE_TEXT_MAX);
    char *copy = arena_bytes(&article->arena, total + 1);
    struct block *blocks = NULL;
    size_t capacity = 0;
    uint32_t n = 0;
    if (!copy)
        return dm_fail(err, DM_ENOMEM, "out of memory for an article of %zu bytes", total);
    if (context.n)
        memcpy(copy, context.p, context.n);
    memcpy(copy + context.n, "\n\n", gap);
    if (text.n)
        memcpy(copy + context.n + gap, text.p, text.n);
    copy[total] = '\0';
    article->text = slice_make(copy, total);
    article->text_begin = (uint32_t)(context.n + gap);
    bool fine = true;
    if (context.n) {
        struct block *first = ARENA_PUSH(&article->arena, blocks, n, capacity);
        fine = first != NULL;
        if (first)
            *first = (struct block){0, (uint32_t)context.n, BLOCK_CONTEXT};
    }
    if (fine && n_blocks == 0)
        fine = block_paragraphs(article, &blocks, &n, &capacity);
    for (uint32_t i = 0; fine && i < n_blocks; i++) {
        struct block *next = ARENA_PUSH(&article->arena, blocks, n, capacity);
        fine = next != NULL;
        if (next)
            *next = (struct block){block[i].begin + article->text_begin,
                                   block[i].end + article->text_begin, block[i].kind};
    }
    if (!fine)
        return dm_fail(err, DM_ENOMEM, "out of memory for an article of %zu bytes", total);
    article->block = blocks;
    article->n_blocks = n;
    article->point_index = NULL;
    return DM_OK;
}

/* point_index[i]: code points of the text as given before byte text_begin + i * POINT_STEP. */
static bool build_points(struct dm_article *article)
{
    size_t n = article->text.n - article->text_begin, steps = n / POINT_STEP + 1;
    uint32_t *index = arena_array(&article->arena, steps, uint32_t);
    if (!index)
        return false;
    const char *p = article->text.p + article->text_begin;
    for (size_t i = 1; i < steps; i++)
        index[i] = index[i - 1] +
                   (uint32_t)utf8_count(slice_make(p + (i - 1) * POINT_STEP, POINT_STEP));
    article->point_index = index;
    return true;
}

uint32_t article_point(struct dm_article *article, uint32_t byte)
{
    if (byte <= article->text_begin)
        return 0;
    const char *p = article->text.p + article->text_begin;
    size_t at = byte - article->text_begin, n = article->text.n - article->text_begin;
    if (at > n)
        at = n;
    /* Without memory for the index, counting from the start gives the same answer, slower. */
    if (!article->point_index && !build_points(article))
        return (uint32_t)utf8_count(slice_make(p, at));
    size_t step = at / POINT_STEP;
    return article->point_index[step] +
           (uint32_t)utf8_count(slice_make(p + step * POINT_STEP, at - step * POINT_STEP));
}

struct slice article_words(const struct dm_article *article, uint32_t first, uint32_t end)
{
    if (first >= end || end > article->n_toks)
        return (struct slice){NULL, 0};
    uint32_t begin = article->tok[first].begin;
    return slice_make(article->text.p + begin, article->tok[end - 1].end - begin);
}

bool article_is_coded(const struct dm_article *article, const struct sentence *sent)
{
    enum block_kind kind = article->block[sent->block].kind;
    return kind == BLOCK_BODY || kind == BLOCK_HEADLINE;
}

const char *status_name(enum event_status status)
{
    static const char *const names[] = {"happened", "future", "hypothetical",
                                        "negation", "historical", "denied"};
    return names[status];
}

const char *name_kind_text(enum name_kind kind)
{
    static const char *const text[NAME_KINDS] = {"", "person", "organization", "place"}; /* ORDER NAME */
    return kind < NAME_KINDS ? text[kind] : "";
}

uint32_t article_name_end(const struct dm_article *article, uint32_t t)
{
    const struct token *tok = article->tok;
    uint32_t end = t;
    if (tok[t].name == NAME_NONE || tok[t].flags & TOK_NAME_INSIDE)
        return t;
    for (end = t + 1; end < article->n_toks && tok[end].flags & TOK_NAME_INSIDE;)
        end++;
    return end;
}
