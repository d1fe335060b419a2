/* SPDX-License-Identifier: MIT */
/* test-conllu.c - CoNLL-U read and written. */
#include "article/conllu.h"
#include "check.h"

static const char sample[] =
    "# newdoc id = d1\n# date = 2010-02-14\n# newpar\n# sent_id = d1-1\n# text = They don't agree.\n"
    "1\tThey\tthey\tPRON\tPRP\tCase=Nom|Number=Plur|Person=3|PronType=Prs\t4\tnsubj\t_\t_\n"
    "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "2\tdo\tdo\tAUX\tVBP\tMood=Ind|Tense=Pres|VerbForm=Fin\t4\taux\t_\t_\n"
    "3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n"
    "4\tagree\tagree\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No\n"
    "5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n\n"
    "# newpar\n1\tNo\tno\tINTJ\tUH\t_\t0\troot\t_\t_\n\n";

#define ROW "\tx\tx\tNOUN\tNN\t_\t"

static const struct { const char *what, *text; } bad[] = {
    {"nothing", ""},
    {"only comments", "# newdoc id = x\n"},
    {"9 columns", "1\tx\tx\tNOUN\tNN\t_\t0\troot\t_\n\n"},
    {"11 columns", "1" ROW "0\troot\t_\t_\tmore\n\n"},
    {"ids out of order", "2" ROW "0\troot\t_\t_\n\n"},
    {"head outside", "1" ROW "7\tobj\t_\t_\n\n"},
    {"its own head", "1" ROW "1\tobj\t_\t_\n\n"},
    {"two roots", "1" ROW "0\troot\t_\t_\n2" ROW "0\troot\t_\t_\n\n"},
    {"a cycle", "1" ROW "0\troot\t_\t_\n2" ROW "3\tobj\t_\t_\n3" ROW "2\tobj\t_\t_\n\n"},
    {"unknown part of speech", "1\tx\tx\tTHING\tNN\t_\t0\troot\t_\t_\n\n"},
    {"form not in the text", "# text = other\n1" ROW "0\troot\t_\t_\n\n"},
    {"range that is cut", "1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n1" ROW "0\troot\t_\t_\n\n"},
    {"a date that is none", "# date = 2010-02-31\n1" ROW "0\troot\t_\t_\n\n"},
};

static void check_sample(struct dm_article *article)
{
    struct dm_error err = {0};
    CHECK_OK(conllu_read(slice_of(sample), "sample", 1, article, &err), &err);
    CHECK(article->n_toks == 6 && article->n_sents == 2 && article->n_blocks == 2, "conllu");
    CHECK(slice_is(article->text, "They don't agree.\n\nNo"), "conllu");
    CHECK(slice_is(article->id, "d1") && article->date.day == 14, "conllu");
    CHECK(slice_is(token_form(article, 1), "do") && slice_is(token_form(article, 2), "n't"), "conllu");
    CHECK((article->tok[1].flags & TOK_JOINED) && !(article->tok[2].flags & TOK_JOINED), "conllu");
    CHECK(!(article->tok[3].flags & TOK_SPACE_AFTER), "conllu");
    CHECK(article->has_tokens && article->has_tree, "conllu");
    CHECK(article->tok[0].head == 3 && article->tok[3].head == ARTICLE_NONE, "conllu");
    CHECK(article->tok[5].head == ARTICLE_NONE && article->tok[0].rel == REL_NSUBJ, "conllu");
    CHECK(slice_is(token_lower(article, 0), "they") && (article->tok[0].flags & TOK_TITLE), "conllu");
}

static void check_round(struct dm_article *article)
{
    struct dm_error err = {0};
    struct buf first, second;
    buf_init(&first, 1 << 20);
    buf_init(&second, 1 << 20);
    CHECK_OK(conllu_write(article, &first, &err), &err);
    article_reset(article);
    CHECK_OK(conllu_read(buf_slice(&first), "written", 1, article, &err), &err);
    CHECK_OK(conllu_write(article, &second, &err), &err);
    CHECK(slice_eq(buf_slice(&first), buf_slice(&second)), "conllu");
    CHECK(strstr(first.p, "2-3\tdon't\t") && strstr(first.p, "# date = 2010-02-14\n"), "conllu");
    buf_deinit(&first);
    buf_deinit(&second);
}

/* A sentence of 20,000 words is read, one of 20,001 refused. */
static void check_long(struct dm_article *article)
{
    struct buf text;
    buf_init(&text, 4u << 20);
    for (uint32_t i = 1; i <= 20001; i++) {
        buf_printf(&text, "%u" ROW "%u\troot\t_\t_\n", i, i - 1);
        if (i < 20000)
            continue;
        struct dm_error err = {0};
        article_reset(article);
        buf_add_char(&text, '\n');
        int rc = conllu_read(buf_slice(&text), "long", 1, article, &err);
        text.n--; /* the blank line: the sentence goes on */
        CHECK_INT(rc, i == 20000 ? DM_OK : DM_EFORMAT, "words of a sentence");
    }
    buf_deinit(&text);
}

int main(void)
{
    struct dm_article *article = article_new();
    check_sample(article);
    check_round(article);
    check_long(article);

    article_reset(article);
    struct dm_error err = {0};
    const char *plain = "1\tTalks\t_\t_\t_\t_\t_\t_\t_\t_\n2\tfailed\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
                        "3\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    CHECK_OK(conllu_read(slice_of(plain), "plain", 1, article, &err), &err);
    CHECK(slice_is(article->text, "Talks failed."), "conllu");
    CHECK(article->has_tokens && !article->has_tree && !article->tok[0].lemma, "conllu");

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        article_reset(article);
        err = (struct dm_error){0};
        int rc = conllu_read(slice_of(bad[i].text), "bad.conllu", 1, article, &err);
        CHECK_INT(rc, DM_EFORMAT, bad[i].what);
        CHECK(strstr(err.text, "bad.conllu:"), "conllu");
    }
    article_free(article);
    return check_end();
}
