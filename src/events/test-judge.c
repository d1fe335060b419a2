/* SPDX-License-Identifier: MIT */
/*
 * test-judge.c - weights learned from small trees: they find, drop and seat what they were taught,
 * the same lesson gives the same bytes, a broken file is refused.
 *
 * Every PROPN is a mention of an actor whose code is its first three letters.
 */
#include <math.h>
#include <stdlib.h>

#include "article/conllu.h"
#include "check.h"
#include "events/events.h"
#include "events/evidence.h"
#include "events/judge-learn.h"
#include "lexicon/lexicon-parts.h"

#define LESSONS 40

/* "Mali greeps Togo": a verb that no frame knows. */
static const char greeps[] =
    "# newdoc id = d\n# date = 2010-02-17\n"
    "1\tMali\tMali\tPROPN\t_\t_\t2\tnsubj\t_\t_\n"
    "2\tgreeps\tgreep\tVERB\t_\tTense=Pres|VerbForm=Fin\t0\troot\t_\t_\n"
    "3\tTogo\tTogo\tPROPN\t_\t_\t2\tobj\t_\t_\n\n";
/* "Mali sleeps": nothing. */
static const char sleeps[] =
    "# newdoc id = d\n# date = 2010-02-17\n"
    "1\tMali\tMali\tPROPN\t_\t_\t2\tnsubj\t_\t_\n"
    "2\tsleeps\tsleep\tVERB\t_\tTense=Pres|VerbForm=Fin\t0\troot\t_\t_\n\n";
/* "Mali attacked Togo": a frame of the lexicon fires. */
static const char attacked[] =
    "# newdoc id = d\n# date = 2010-02-17\n"
    "1\tMali\tMali\tPROPN\t_\t_\t2\tnsubj\t_\t_\n"
    "2\tattacked\tattack\tVERB\t_\tTense=Past|VerbForm=Fin\t0\troot\t_\t_\n"
    "3\tTogo\tTogo\tPROPN\t_\t_\t2\tobj\t_\t_\n\n";

/* "Mali said Togo attacked Chad today" */
static const char deep[] =
    "# newdoc id = d\n# date = 2010-02-17\n"
    "1\tMali\tMali\tPROPN\t_\t_\t2\tnsubj\t_\t_\n"
    "2\tsaid\tsay\tVERB\t_\tTense=Past|VerbForm=Fin\t0\troot\t_\t_\n"
    "3\tTogo\tTogo\tPROPN\t_\t_\t4\tnsubj\t_\t_\n"
    "4\tattacked\tattack\tVERB\t_\tTense=Past|VerbForm=Fin\t2\tccomp\t_\t_\n"
    "5\tChad\tChad\tPROPN\t_\t_\t4\tobj\t_\t_\n"
    "6\ttoday\ttoday\tNOUN\t_\t_\t4\tobl:tmod\t_\t_\n\n";

/* Both: what is learned stands before what a frame finds. */
static const char both[] =
    "# newdoc id = d\n# date = 2010-02-17\n"
    "1\tMali\tMali\tPROPN\t_\t_\t2\tnsubj\t_\t_\n"
    "2\tgreeps\tgreep\tVERB\t_\tTense=Pres|VerbForm=Fin\t0\troot\t_\t_\n"
    "3\tTogo\tTogo\tPROPN\t_\t_\t2\tobj\t_\t_\n"
    "4\t;\t;\tPUNCT\t_\t_\t6\tpunct\t_\t_\n"
    "5\tNiger\tNiger\tPROPN\t_\t_\t6\tnsubj\t_\t_\n"
    "6\tcondemns\tcondemn\tVERB\t_\tTense=Pres|VerbForm=Fin\t2\tparataxis\t_\t_\n"
    "7\tChad\tChad\tPROPN\t_\t_\t6\tobj\t_\t_\n\n";

static void take(struct dm_article *article, const char *tree)
{
    struct dm_error err = {0};
    article_reset(article);
    CHECK_OK(conllu_read(slice_of(tree), "test", 1, article, &err), &err);
    article->mention = arena_array(&article->arena, article->n_toks, struct mention);
    article->mention_of = arena_array(&article->arena, article->n_toks, uint32_t);
    article->n_mentions = 0;
    for (uint32_t t = 0; t < article->n_toks; t++) {
        article->mention_of[t] = ARTICLE_NONE;
        if (article->tok[t].upos != UPOS_PROPN)
            continue;
        struct mention *mention = &article->mention[article->n_mentions];
        *mention = (struct mention){.head = t, .first = t, .end = t + 1, .flags = MENTION_ACTOR,
                                    .antecedent = ARTICLE_NONE, .entity = ARTICLE_NONE,
                                    .country_line = ARTICLE_NONE, .sector_line = ARTICLE_NONE};
        for (int i = 0; i < 3; i++)
            mention->code[i] = (char)(article->tok[t].lower[i] - 32);
        article->mention_of[t] = article->n_mentions++;
    }
}

static void teach(struct judge_lesson *lesson, const struct lexicon *lexicon,
                  struct dm_article *article, const char *tree, const char *type, bool placed)
{
    struct dm_error err = {0};
    take(article, tree);
    struct gold_event gold = {.type = slice_of(type), .partial = !placed};
    if (placed) {
        gold.begin = article->tok[1].begin;
        gold.end = article->tok[1].end;
    }
    for (uint32_t t = 0; t < article->n_toks; t += 2) {
        gold.party[gold.n_parties].begin = article->tok[t].begin;
        gold.party[gold.n_parties].end = article->tok[t].end;
        gold.party[gold.n_parties++].side = t == 0 ? PARTY_ACTOR : PARTY_RECIPIENT;
    }
    CHECK_OK(judge_lesson_take(lesson, lexicon, article, &gold, *type ? 1 : 0, &err), &err);
}

/* Who does something else in the sentence is no party. */
static void teach_both(struct judge_lesson *lesson, const struct lexicon *lexicon,
                       struct dm_article *article)
{
    struct dm_error err = {0};
    struct gold_event gold[2];
    take(article, both);
    for (uint32_t i = 0; i < 2; i++) {
        const struct token *tok = article->tok + 4 * i;
        gold[i] = (struct gold_event){.type = SLICE_LIT("ACCUSE"), .begin = tok[1].begin,
                                      .end = tok[1].end, .n_parties = 2};
        gold[i].party[0].begin = tok[0].begin;
        gold[i].party[0].end = tok[0].end;
        gold[i].party[0].side = PARTY_ACTOR;
        gold[i].party[1].begin = tok[2].begin;
        gold[i].party[1].end = tok[2].end;
        gold[i].party[1].side = PARTY_RECIPIENT;
    }
    CHECK_OK(judge_lesson_take(lesson, lexicon, article, gold, 2, &err), &err);
}

/* Greeping is accusing, sleeping is nothing, and attacking - here - is nothing either. */
static void learn(const struct lexicon *lexicon, struct dm_article *article,
                  const struct judge *earlier, bool placed, struct buf *out)
{
    struct dm_error err = {0};
    struct judge_lesson *lesson = judge_lesson_new(earlier);
    CHECK(lesson != NULL, "a lesson begins");
    for (int i = 0; i < LESSONS; i++) {
        teach(lesson, lexicon, article, greeps, "ACCUSE", placed || i % 2 == 0);
        teach_both(lesson, lexicon, article);
        teach(lesson, lexicon, article, sleeps, "", true);
        teach(lesson, lexicon, article, attacked, "", true);
    }
    CHECK_INT(judge_lesson_unplaced(lesson), placed ? 0 : LESSONS / 2, "events without a place");
    CHECK_OK(judge_learn(lesson, &(struct judge_learning){.rate = 0.1, .decay = 0.001}, out, &err),
             &err);
    judge_lesson_free(lesson);
}

static void check_coding(const struct lexicon *lexicon, const struct judge *judge,
                         struct dm_article *article)
{
    struct dm_error err = {0};
    take(article, greeps);
    CHECK_OK(events_code(lexicon, NULL, article, NULL, &err), &err);
    CHECK_INT(article->n_events, 0, "no frame knows the verb");
    take(article, greeps);
    CHECK_OK(events_code(lexicon, judge, article, NULL, &err), &err);
    CHECK_INT(article->n_events, 1, "what was learned is found");
    if (article->n_events == 1) {
        const struct event *ev = &article->event[0];
        CHECK_SLICE(ev->type, "ACCUSE", "its type");
        CHECK_INT(ev->n_actors, 1, "its actor");
        CHECK_INT(ev->n_recipients, 1, "its recipient");
        CHECK(ev->n_actors && strcmp(article->mention[ev->actor[0]].code, "MAL") == 0, "who acts");
        CHECK(ev->n_recipients && strcmp(article->mention[ev->recipient[0]].code, "TOG") == 0,
              "on whom");
    }
    take(article, sleeps);
    CHECK_OK(events_code(lexicon, judge, article, NULL, &err), &err);
    CHECK_INT(article->n_events, 0, "what is nothing stays nothing");
    take(article, both);
    CHECK_OK(events_code(lexicon, judge, article, NULL, &err), &err);
    CHECK_INT(article->n_events, 2, "what was learned beside what a frame finds");
    if (article->n_events == 2)
        CHECK(article->event[0].trigger == 1 && article->event[1].trigger == 5,
              "events stand in the order of the text");
    take(article, attacked);
    CHECK_OK(events_code(lexicon, NULL, article, NULL, &err), &err);
    CHECK_INT(article->n_events, 1, "the frame finds the attack");
    take(article, attacked);
    CHECK_OK(events_code(lexicon, judge, article, NULL, &err), &err);
    CHECK_INT(article->n_events, 0, "what was learned to be none is dropped");
}

/* Where "attacked" stands in its sentence is among the evidence, as explain would show it. */
static void check_setting(const struct lexicon *lexicon, struct dm_article *article)
{
    static const char *const wanted[] = {
        "depth 2 VERB", "upward ccomp<root< VERB", "nth 1 VERB", "time own VERB",
        "actors-below 2 VERB", "countries 3 VERB", "fires+countries-below ASSAULT 2",
        "lemma+actors-below attack 2"};
    struct evidence *e = calloc(1, sizeof *e);
    struct evidence_sentence s;
    struct matcher m;
    take(article, deep);
    if (e && matcher_start(&m, lexicon, article) && matcher_find(&m, 0) && evidence_prepare(&m, &s)) {
        struct buf text;
        buf_init(&text, 1 << 16);
        evidence_trigger(&s, 3, e);
        for (uint32_t i = 0; i < e->n; i++) {
            evidence_show(&e->piece[i], &text);
            buf_add_text(&text, "\n");
        }
        for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
            CHECK(memmem(text.p, text.n, wanted[i], strlen(wanted[i])) != NULL, wanted[i]);
        buf_deinit(&text);
    } else {
        CHECK(false, "a sentence is prepared");
    }
    free(e);
}

static void check_file(struct buf *bytes)
{
    struct dm_error err = {0};
    struct judge *judge = NULL;
    CHECK(judge_from_memory("cut", slice_make(bytes->p, bytes->n - 1), &judge, &err) != DM_OK,
          "a file cut short is refused");
    bytes->p[bytes->n / 2] ^= 1;
    CHECK(judge_from_memory("changed", buf_slice(bytes), &judge, &err) != DM_OK,
          "a changed byte is found");
    bytes->p[bytes->n / 2] ^= 1;
    CHECK(judge_open("/no/such/file", &judge, &err) == DM_EIO, "a file that is not there is told");
}

static void check_ask(const struct judge *judge)
{
    const struct judge_table *table = &judge->table[JUDGE_TRIGGER];
    uint32_t key[3] = {1, 2, 3};
    float p[JUDGE_CLASSES], sum = 0;
    judge_ask(table, key, 3, p);
    for (uint32_t c = 0; c < table->n_classes; c++)
        sum += p[c];
    CHECK(fabsf(sum - 1) < 1e-4f, "probabilities add up to one");
    CHECK(judge_row(table, 12345) == NULL, "evidence that was never seen has no weights");
}

int main(void)
{
    const char *source = getenv("DEMARCHE_SOURCE");
    char folder[4096];
    struct dm_error err = {0};
    struct buf image, first, again, placed;
    struct lexicon *lexicon = NULL;
    struct judge *judge = NULL, *second = NULL;
    struct dm_article *article = article_new();
    buf_init(&image, (size_t)1 << 28);
    buf_init(&first, 1 << 24);
    buf_init(&again, 1 << 24);
    buf_init(&placed, 1 << 24);
    snprintf(folder, sizeof folder, "%s/lexicon", source ? source : ".");
    const char *const path[] = {folder};
    CHECK_OK(lexicon_compile(&(struct lexicon_ask){.path = path, .n_paths = 1}, &image, &err), &err);
    CHECK_OK(lexicon_from_memory("test", buf_slice(&image), &lexicon, &err), &err);
    if (lexicon && article) {
        learn(lexicon, article, NULL, true, &first);
        learn(lexicon, article, NULL, true, &again);
        CHECK(first.n == again.n && memcmp(first.p, again.p, first.n) == 0,
              "the same lesson gives the same bytes");
        check_setting(lexicon, article);
        check_file(&first);
        CHECK_OK(judge_from_memory("test", buf_slice(&first), &judge, &err), &err);
    }
    if (judge) {
        check_ask(judge);
        check_coding(lexicon, judge, article);
        learn(lexicon, article, judge, false, &placed);
        CHECK_OK(judge_from_memory("placed", buf_slice(&placed), &second, &err), &err);
        if (second)
            check_coding(lexicon, second, article);
    }
    judge_close(judge);
    judge_close(second);
    article_free(article);
    lexicon_close(lexicon);
    buf_deinit(&image);
    buf_deinit(&first);
    buf_deinit(&again);
    buf_deinit(&placed);
    return check_end();
}
