/* SPDX-License-Identifier: MIT */
/* test-article.c - text, context, blocks, code points; names of UD. */
#include "article/article.h"
#include "check.h"

static void test_blocks(struct dm_article *article)
{
    struct dm_error err = {0};
    CHECK_OK(article_set_text(article, SLICE_LIT("Before."),
                              SLICE_LIT("\n\nOne line\nof two.\n \nPerú votó.\n"), NULL, 0, &err), &err);
    CHECK_INT(article->n_blocks, 3, "context and two paragraphs");
    CHECK_INT(article->block[0].kind, BLOCK_CONTEXT, "the context comes first");
    const struct block *b = &article->block[1];
    CHECK_SLICE(slice_make(article->text.p + b->begin, b->end - b->begin), "One line\nof two.", "1st");
    b = &article->block[2];
    CHECK_SLICE(slice_make(article->text.p + b->begin, b->end - b->begin), "Perú votó.", "2nd");
    CHECK_INT(article_point(article, b->begin), 21, "code points do not count the context");
    CHECK_INT(article_point(article, b->end), 31, "letters, not bytes, count");
    CHECK_INT(article_point(article, 3), 0, "a byte of the context");
}

static void test_limits(struct dm_article *article)
{
    static char large[ARTICLE_TEXT_MAX + 1];
    struct dm_error err = {0};
    article_reset(article);
    CHECK_CODE(article_set_text(article, (struct slice){0}, slice_make(large, sizeof large), NULL, 0, &err),
               DM_ELIMIT, "too long an article");
    article_reset(article);
    article->arena.fail_after = 0;
    CHECK_CODE(article_set_text(article, (struct slice){0}, SLICE_LIT("x"), NULL, 0, &err), DM_ENOMEM,
               "no memory");
    article->arena.fail_after = -1;
}

static void test_ud(void)
{
    char text[256];
    enum upos upos = UPOS_X;
    CHECK(upos_of(SLICE_LIT("PROPN"), &upos) && upos == UPOS_PROPN, "upos");
    CHECK_INT(relation_of(SLICE_LIT("nsubj:pass")), REL_NSUBJ_PASS, "subtype");
    CHECK_INT(relation_of(SLICE_LIT("obl:foo")), REL_OBL, "unknown subtype");
    for (int i = 0; i < REL_COUNT; i++) {
        struct slice name = slice_of(relation_name((enum relation)i)), base;
        slice_cut(&name, ':', &base);
        CHECK_INT(relation_base((enum relation)i), relation_of(base), "base of a relation");
    }
    feats_format(feats_of(SLICE_LIT("VerbForm=Fin|Tense=Past|Mood=Ind|Nix=Da")), text, sizeof text);
    CHECK_STR(text, "Mood=Ind|Tense=Past|VerbForm=Fin", "features sorted, unknown left out");
    feats_format(0, text, sizeof text);
    CHECK_STR(text, "_", "no feature");
}

int main(void)
{
    struct dm_article *article = article_new();
    test_blocks(article);
    test_limits(article);
    test_ud();
    article_free(article);
    return check_end();
}
