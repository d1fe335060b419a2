/* SPDX-License-Identifier: MIT */
/* test-model.c - training repeats itself, a model parses, a damaged one is refused. */
#include "check.h"
#include "article/conllu.h"
#include "syntax/model.h"
#include "syntax/tiny.h"
#include "text/text.h"

static char *aligned_copy(struct slice bytes)
{
    char *p = aligned_alloc(64, (bytes.n + 127) / 64 * 64);
    if (p)
        memcpy(p, bytes.p, bytes.n);
    return p;
}

static void check_parse(const struct syntax_model *model)
{
    struct dm_error err = {0};
    struct dm_article *article = article_new();
    struct slice text = SLICE_LIT("The troops left the cities.\n\nTalks failed.");
    CHECK_OK(article_set_text(article, SLICE_LIT(""), text, NULL, 0, &err), &err);
    CHECK_OK(text_split(article, &err), &err);
    CHECK_OK(syntax_parse(model, article, &err), &err);
    CHECK_INT(article->n_toks, 9, "tokens");
    const struct token *tok = article->tok;
    CHECK_INT(tok[2].head, ARTICLE_NONE, "left is the root");
    CHECK_INT(tok[2].rel, REL_ROOT, "and called so");
    CHECK_INT(tok[2].upos, UPOS_VERB, "left is a verb");
    CHECK_SLICE(token_lemma(article, 2), "leave", "left is of leave");
    CHECK_INT(tok[1].head, 2, "troops left");
    CHECK_INT(tok[1].rel, REL_NSUBJ, "troops is the subject");
    CHECK_SLICE(token_lemma(article, 4), "city", "cities is of city");
    CHECK((tok[4].feats & FEAT(PLUR)) != 0, "cities is plural");
    CHECK_INT(tok[8].head, 7, "heads stay in their sentence");
    article_free(article);
}

/* A given sentence of 1,000 words is parsed in stretches that make one tree. */
static void check_long(const struct syntax_model *model)
{
    struct dm_error err = {0};
    struct dm_article *article = article_new();
    struct buf rows;
    buf_init(&rows, 1 << 20);
    for (int i = 1; i <= 1000; i++)
        buf_printf(&rows, "%d\ttroops\t_\t_\t_\t_\t_\t_\t_\t_\n", i);
    buf_add_text(&rows, "\n");
    CHECK_OK(conllu_read(buf_slice(&rows), "long", 1, article, &err), &err);
    CHECK_OK(syntax_parse(model, article, &err), &err);
    unsigned roots = 0;
    for (uint32_t t = 0; t < article->n_toks; t++) {
        uint32_t at = t, steps = 0;
        while (at != ARTICLE_NONE && steps++ <= 1000)
            at = article->tok[at].head;
        CHECK_INT(at, ARTICLE_NONE, "no cycle");
        roots += article->tok[t].head == ARTICLE_NONE;
    }
    CHECK_INT(roots, 1, "one root");
    buf_deinit(&rows);
    article_free(article);
}

/* The n-th allocation fails, for each n: an error and nothing worse. */
static void check_memory(const struct syntax_model *model)
{
    struct slice text = SLICE_LIT("\"The troops left,\" he said. Talks failed in the U.S. cities.");
    unsigned failed = 0;
    for (long n = 0; n < 120; n++)
        for (int which = 0; which < 2; which++) {
            struct dm_error err = {0};
            struct dm_article *article = article_new();
            CHECK_OK(article_set_text(article, SLICE_LIT(""), text, NULL, 0, &err), &err);
            *(which ? &article->arena.fail_after : &article->scratch.fail_after) = n;
            int rc = text_split_with(syntax_model_text(model), article, &err);
            if (rc == DM_OK)
                rc = syntax_parse(model, article, &err);
            CHECK(rc == DM_OK || rc == DM_ENOMEM, "memory runs out");
            failed += rc == DM_ENOMEM;
            article_free(article);
        }
    CHECK(failed > 20, "memory did run out");
    for (long n = 0; n < 120; n++) {
        struct dm_error err = {0};
        struct dm_article *article = article_new();
        article->arena.fail_after = n;
        int rc = conllu_read(slice_of(tiny_treebank), "tiny", 1, article, &err);
        CHECK(rc == DM_OK || rc == DM_ENOMEM, "memory runs out while reading CoNLL-U");
        article_free(article);
    }
}

static void check_damage(struct slice bytes)
{
    struct syntax_model model;
    struct dm_error err = {0};
    char *p = aligned_copy(bytes);
    CHECK_INT(model_from_memory("empty", SLICE_LIT(""), &model, &err), DM_EFORMAT, "no bytes");
    for (size_t n = 1; n < bytes.n; n += 1 + bytes.n / 40)
        CHECK_INT(model_from_memory("cut", slice_make(p, n), &model, &err), DM_EFORMAT, "cut");
    for (size_t i = 0; i < 40; i++) {
        size_t at = 64 + i * (bytes.n - 64) / 40;
        p[at] ^= 0x55;
        CHECK_INT(model_from_memory("changed", slice_make(p, bytes.n), &model, &err), DM_EFORMAT,
                  "a byte changed");
        p[at] ^= 0x55;
    }
    p[20]++; /* the version, behind magic and byte order */
    CHECK_INT(model_from_memory("newer", slice_make(p, bytes.n), &model, &err), DM_EVERSION,
              "another version");
    free(p);
}

static int stop_at(void *context, const struct syntax_progress *p)
{
    return p->epoch == *(const uint32_t *)context;
}

/* A training that was stopped and goes on ends as one that was not; silver words count. */
static void check_resume(struct slice without)
{
    struct dm_error err = {0};
    struct buf whole, resumed;
    uint32_t stop = 23;
    buf_init(&whole, 64u << 20);
    buf_init(&resumed, 64u << 20);
    CHECK_OK(tiny_train_with(&whole, &(struct syntax_train_options){
        .seed = 1, .silver_passes = 30}, &err), &err);
    CHECK_OK(tiny_train_with(&resumed, &(struct syntax_train_options){
        .seed = 1, .silver_passes = 30, .state = "kept", .progress = stop_at, .context = &stop},
        &err), &err);
    CHECK(slice_eq(buf_slice(&whole), buf_slice(&resumed)), "stopped and resumed: the same bytes");
    CHECK(!slice_eq(buf_slice(&whole), without), "silver sentences are learned from");
    buf_deinit(&whole);
    buf_deinit(&resumed);
}

int main(void)
{
    struct buf one, two, three;
    struct dm_error err = {0};
    struct syntax_model model, *file = NULL;
    buf_init(&one, 64u << 20);
    buf_init(&two, 64u << 20);
    buf_init(&three, 64u << 20);
    CHECK_OK(tiny_train(&one, 1, &err), &err);
    CHECK_OK(tiny_train(&two, 1, &err), &err);
    CHECK_OK(tiny_train(&three, 2, &err), &err);
    CHECK(slice_eq(buf_slice(&one), buf_slice(&two)), "the same seed gives the same bytes");
    CHECK(!slice_eq(buf_slice(&one), buf_slice(&three)), "another seed gives others");
    char *bytes = aligned_copy(buf_slice(&one));
    CHECK_OK(model_from_memory("tiny", slice_make(bytes, one.n), &model, &err), &err);
    check_parse(&model);
    for (enum tensor_path path = TENSOR_PLAIN; path <= TENSOR_AMX; path++) {
        if (!tensor_has_path(path))
            continue;
        model.path = path;
        check_parse(&model);
    }
    check_long(&model);
    check_memory(&model);
    check_damage(buf_slice(&one));
    check_resume(buf_slice(&one));
    CHECK_INT(syntax_model_open("/nowhere/x.dm-model", &file, &err), DM_EIO, "a missing file");
    free(bytes);
    buf_deinit(&one);
    buf_deinit(&two);
    buf_deinit(&three);
    return check_end();
}
