/* SPDX-License-Identifier: MIT */
/*
 * test-events.c - frames over small trees, with the lexicon of this source tree.
 *
 * A row's tree is written "form lemma UPOS head rel feats" a line ("-" no features). Every PROPN is
 * made a mention of an actor whose code is its first three letters, so that no names are needed.
 */
#include "events/events.h"

#include <stdlib.h>

#include "article/conllu.h"
#include "check.h"
#include "lexicon/lexicon-parts.h"

static const struct {
    const char *what, *tree, *want;
} cases[] = {
    {"active: subject acts, object receives",
     "Mali Mali PROPN 2 nsubj -\n"
     "attacked attack VERB 0 root Tense=Past|VerbForm=Fin\n"
     "Togo Togo PROPN 2 obj -\n",
     "ASSAULT MAL > TOG happened"},
    {"passive: the by-agent acts",
     "Togo Togo PROPN 3 nsubj:pass -\n"
     "was be AUX 3 aux:pass -\n"
     "attacked attack VERB 0 root Tense=Past|VerbForm=Part|Voice=Pass\n"
     "by by ADP 5 case -\n"
     "Mali Mali PROPN 3 obl -\n",
     "ASSAULT MAL > TOG happened"},
    {"relative clause: the noun before it acts",
     "Mali Mali PROPN 6 nsubj -\n"
     ", , PUNCT 4 punct -\n"
     "which which PRON 4 nsubj PronType=Rel\n"
     "attacked attack VERB 1 acl:relcl Tense=Past|VerbForm=Fin\n"
     "Togo Togo PROPN 4 obj -\n"
     "slept sleep VERB 0 root -\n",
     "ASSAULT MAL > TOG happened"},
    {"a text's speaker: the subject of the verb whose object it is",
     "Mali Mali PROPN 2 nsubj -\n"
     "issued issue VERB 0 root Tense=Past|VerbForm=Fin\n"
     "a a DET 4 det -\n"
     "statement statement NOUN 2 obj -\n"
     "condemning condemn VERB 4 acl VerbForm=Part|Tense=Pres\n"
     "Togo Togo PROPN 5 obj -\n",
     "ACCUSE MAL > TOG happened"},
    {"a number of what is asked for",
     "Mali Mali PROPN 2 nsubj -\n"
     "imposed impose VERB 0 root Tense=Past|VerbForm=Fin\n"
     "a a DET 4 det -\n"
     "number number NOUN 2 obj -\n"
     "of of ADP 6 case -\n"
     "tariffs tariff NOUN 4 nmod Number=Plur\n"
     "on on ADP 8 case -\n"
     "Togo Togo PROPN 2 obl -\n",
     "SANCTION MAL > TOG happened"},
    {"a preposition hung at the title before the noun",
     "Mali Mali PROPN 2 nsubj -\n"
     "complained complain VERB 0 root Tense=Past|VerbForm=Fin\n"
     "about about ADP 5 case -\n"
     "former former ADJ 5 amod -\n"
     "president president NOUN 6 nmod:desc -\n"
     "Togo Togo PROPN 2 obl -\n",
     "ACCUSE MAL > TOG happened"},
    {"undergone: who does it stands at the verb",
     "Togo Togo PROPN 2 nsubj -\n"
     "received receive VERB 0 root Tense=Past|VerbForm=Fin\n"
     "death death NOUN 4 compound -\n"
     "threats threat NOUN 2 obj Number=Plur\n"
     "from from ADP 6 case -\n"
     "Mali Mali PROPN 2 obl -\n",
     "THREATEN MAL > TOG happened"},
    {"the one who acts is no recipient, be it named again in a noun of the same type",
     "Mali Mali PROPN 2 nsubj -\n"
     "condemned condemn VERB 0 root Tense=Past|VerbForm=Fin\n"
     "Togo Togo PROPN 2 obj -\n"
     "for for ADP 5 case -\n"
     "criticism criticism NOUN 2 obl -\n"
     "of of ADP 7 case -\n"
     "Mali Mali PROPN 5 nmod -\n",
     "ACCUSE MAL > TOG happened"},
    {"coordination: all subjects act",
     "Mali Mali PROPN 4 nsubj -\n"
     "and and CCONJ 3 cc -\n"
     "Niger Niger PROPN 1 conj -\n"
     "attacked attack VERB 0 root Tense=Past|VerbForm=Fin\n"
     "Togo Togo PROPN 4 obj -\n",
     "ASSAULT MAL+NIG > TOG happened"},
    {"control through an aspect verb",
     "Mali Mali PROPN 2 nsubj -\n"
     "began begin VERB 0 root Tense=Past|VerbForm=Fin\n"
     "to to PART 4 mark -\n"
     "attack attack VERB 2 xcomp VerbForm=Inf\n"
     "Togo Togo PROPN 4 obj -\n",
     "ASSAULT MAL > TOG happened"},
    {"a modal of the future",
     "Mali Mali PROPN 3 nsubj -\n"
     "will will AUX 3 aux VerbForm=Fin\n"
     "attack attack VERB 0 root VerbForm=Inf\n"
     "Togo Togo PROPN 3 obj -\n",
     "ASSAULT MAL > TOG future"},
    {"negation",
     "Mali Mali PROPN 4 nsubj -\n"
     "did do AUX 4 aux VerbForm=Fin\n"
     "not not PART 4 advmod Polarity=Neg\n"
     "attack attack VERB 0 root VerbForm=Inf\n"
     "Togo Togo PROPN 4 obj -\n",
     "ASSAULT MAL > TOG negation"},
    {"a condition",
     "If if SCONJ 3 mark -\n"
     "Mali Mali PROPN 3 nsubj -\n"
     "attacks attack VERB 6 advcl VerbForm=Fin\n"
     "Togo Togo PROPN 3 obj -\n"
     "people people NOUN 6 nsubj -\n"
     "sleep sleep VERB 0 root -\n",
     "ASSAULT MAL > TOG hypothetical"},
    {"a purpose is told because it came true",
     "Mali Mali PROPN 2 nsubj -\n"
     "came come VERB 0 root Tense=Past|VerbForm=Fin\n"
     "to to PART 4 mark -\n"
     "attack attack VERB 2 advcl VerbForm=Inf\n"
     "Togo Togo PROPN 4 obj -\n",
     "ASSAULT MAL > TOG happened"},
    {"a refusal to come is a refusal now",
     "Mali Mali PROPN 3 nsubj -\n"
     "will will AUX 3 aux VerbForm=Fin\n"
     "reject reject VERB 0 root VerbForm=Inf\n"
     "Togo Togo PROPN 3 obj -\n",
     "REJECT MAL > - happened"},
    {"a condition around words is about what they say",
     "If if SCONJ 3 mark -\n"
     "Mali Mali PROPN 3 nsubj -\n"
     "condemns condemn VERB 6 advcl VerbForm=Fin\n"
     "Togo Togo PROPN 3 obj -\n"
     "people people NOUN 6 nsubj -\n"
     "sleep sleep VERB 0 root -\n",
     "ACCUSE MAL > TOG happened"},
    {"a future visit is AGREE",
     "Mali Mali PROPN 3 nsubj -\n"
     "will will AUX 3 aux VerbForm=Fin\n"
     "visit visit VERB 0 root VerbForm=Inf\n"
     "Togo Togo PROPN 3 obj -\n",
     "AGREE MAL > TOG happened"},
    {"what is asked is not coded again",
     "Mali Mali PROPN 2 nsubj -\n"
     "urged urge VERB 0 root Tense=Past|VerbForm=Fin\n"
     "Togo Togo PROPN 2 obj -\n"
     "to to PART 5 mark -\n"
     "attack attack VERB 2 xcomp VerbForm=Inf\n"
     "Niger Niger PROPN 5 obj -\n",
     "REQUEST MAL > TOG happened"},
    {"a light verb's subject acts in the noun",
     "Mali Mali PROPN 2 nsubj -\n"
     "launched launch VERB 0 root Tense=Past|VerbForm=Fin\n"
     "an a DET 4 det Definite=Ind\n"
     "attack attack NOUN 2 obj -\n"
     "on on ADP 6 case -\n"
     "Togo Togo PROPN 4 nmod -\n",
     "ASSAULT MAL > TOG happened"},
    {"one event told by verb and noun",
     "An a DET 2 det Definite=Ind\n"
     "attack attack NOUN 5 nsubj -\n"
     "by by ADP 4 case -\n"
     "Mali Mali PROPN 2 nmod -\n"
     "killed kill VERB 0 root Tense=Past|VerbForm=Fin\n"
     "Togo Togo PROPN 5 obj -\n",
     "ASSAULT MAL > TOG happened"},
    {"what was attacked and who was killed receive alike",
     "An a DET 2 det Definite=Ind\n"
     "attack attack NOUN 7 nsubj -\n"
     "by by ADP 4 case -\n"
     "Mali Mali PROPN 2 nmod -\n"
     "on on ADP 6 case -\n"
     "Kenya Kenya PROPN 2 nmod -\n"
     "killed kill VERB 0 root Tense=Past|VerbForm=Fin\n"
     "Togo Togo PROPN 7 obj -\n",
     "ASSAULT MAL > TOG+KEN happened"},
    {"said by somebody: still told",
     "Niger Niger PROPN 2 nsubj -\n"
     "said say VERB 0 root Tense=Past|VerbForm=Fin\n"
     "Mali Mali PROPN 4 nsubj -\n"
     "attacked attack VERB 2 ccomp Tense=Past|VerbForm=Fin\n"
     "Togo Togo PROPN 4 obj -\n",
     "ASSAULT MAL > TOG happened by NIG"},
    {"a weekday is the one before the article",
     "Mali Mali PROPN 2 nsubj -\n"
     "attacked attack VERB 0 root Tense=Past|VerbForm=Fin\n"
     "Togo Togo PROPN 2 obj -\n"
     "on on ADP 5 case -\n"
     "Monday Monday NOUN 2 obl -\n",
     "ASSAULT MAL > TOG happened 2010-02-15"},
    {"... and behind it for what is to come",
     "Mali Mali PROPN 3 nsubj -\n"
     "will will AUX 3 aux VerbForm=Fin\n"
     "attack attack VERB 0 root VerbForm=Inf\n"
     "Togo Togo PROPN 3 obj -\n"
     "on on ADP 6 case -\n"
     "Monday Monday NOUN 3 obl -\n",
     "ASSAULT MAL > TOG future 2010-02-22"},
    {"a day and month without a year",
     "Mali Mali PROPN 2 nsubj -\n"
     "attacked attack VERB 0 root Tense=Past|VerbForm=Fin\n"
     "Togo Togo PROPN 2 obj -\n"
     "on on ADP 5 case -\n"
     "Dec. Dec. NOUN 2 obl -\n"
     "3 3 NUM 5 nummod -\n",
     "ASSAULT MAL > TOG happened 2009-12-03"},
    {"a week is a range",
     "Mali Mali PROPN 2 nsubj -\n"
     "attacked attack VERB 0 root Tense=Past|VerbForm=Fin\n"
     "Togo Togo PROPN 2 obj -\n"
     "last last ADJ 5 amod -\n"
     "week week NOUN 2 obl:unmarked -\n",
     "ASSAULT MAL > TOG happened 2010-02-08..2010-02-14"},
    {"years ago is historical",
     "Mali Mali PROPN 2 nsubj -\n"
     "attacked attack VERB 0 root Tense=Past|VerbForm=Fin\n"
     "Togo Togo PROPN 2 obj -\n"
     "in in ADP 5 case -\n"
     "2006 2006 NUM 2 obl -\n",
     "ASSAULT MAL > TOG historical 2006"},
    {"nobody political: no event",
     "he he PRON 2 nsubj Case=Nom|PronType=Prs\n"
     "visited visit VERB 0 root Tense=Past|VerbForm=Fin\n"
     "shops shop NOUN 2 obj -\n",
     ""},
};

static bool add_tree(struct buf *out, const char *tree)
{
    struct slice rest = slice_of(tree), line, word;
    buf_add_text(out, "# newdoc id = d\n# date = 2010-02-17\n");
    for (uint32_t id = 1; slice_cut(&rest, '\n', &line); id++) {
        struct slice field[6] = {{0}};
        for (uint32_t i = 0; i < 6 && slice_word(&line, &word); i++)
            field[i] = word;
        if (slice_is(field[5], "-"))
            field[5] = SLICE_LIT("_");
        buf_printf(out, "%u\t%.*s\t%.*s\t%.*s\t_\t%.*s\t%.*s\t%.*s\t_\t_\n", id,
                   (int)field[0].n, field[0].p, (int)field[1].n, field[1].p, (int)field[2].n,
                   field[2].p, (int)field[5].n, field[5].p, (int)field[3].n, field[3].p,
                   (int)field[4].n, field[4].p);
    }
    buf_add_char(out, '\n');
    return !out->failed;
}

static void name_actors(struct dm_article *article)
{
    article->mention = arena_array(&article->arena, article->n_toks, struct mention);
    article->mention_of = arena_array(&article->arena, article->n_toks, uint32_t);
    for (uint32_t t = 0; t < article->n_toks; t++) {
        article->mention_of[t] = ARTICLE_NONE;
        if (article->tok[t].upos != UPOS_PROPN)
            continue;
        struct mention *mention = &article->mention[article->n_mentions];
        *mention = (struct mention){.head = t, .first = t, .end = t + 1, .flags = MENTION_ACTOR,
                                    .antecedent = ARTICLE_NONE, .entity = ARTICLE_NONE,
                                    .name = slice_make(article->tok[t].lower, article->tok[t].n_lower)};
        for (int i = 0; i < 3; i++)
            mention->code[i] = (char)(article->tok[t].lower[i] - 32);
        article->mention_of[t] = article->n_mentions++;
    }
}

static void show_side(const struct dm_article *article, const uint32_t *party, uint32_t n,
                      struct buf *out)
{
    for (uint32_t i = 0; i < n; i++)
        buf_printf(out, "%s%s", i ? "+" : "", article->mention[party[i]].code);
    if (n == 0)
        buf_add_char(out, '-');
}

static void show(const struct dm_article *article, struct buf *out)
{
    for (uint32_t i = 0; i < article->n_events; i++) {
        const struct event *ev = &article->event[i];
        buf_printf(out, "%s%.*s ", i ? "; " : "", (int)ev->type.n, ev->type.p);
        show_side(article, ev->actor, ev->n_actors, out);
        buf_add_text(out, " > ");
        show_side(article, ev->recipient, ev->n_recipients, out);
        buf_printf(out, " %s", status_name(ev->status));
        char date[DATE_TEXT], stop[DATE_TEXT];
        if (date_format(ev->date, date))
            buf_printf(out, " %s%s%s", date, date_format(ev->end_date, stop) ? ".." : "", stop);
        if (ev->attribution != ARTICLE_NONE)
            buf_printf(out, " by %s", article->mention[ev->attribution].code);
    }
}

static void check_case(const struct lexicon *lexicon, struct dm_article *article, size_t i)
{
    struct dm_error err = {0};
    struct buf tree, got;
    buf_init(&tree, 1 << 16);
    buf_init(&got, 1 << 16);
    CHECK(add_tree(&tree, cases[i].tree), cases[i].what);
    article_reset(article);
    CHECK_OK(conllu_read(buf_slice(&tree), "test", 1, article, &err), &err);
    name_actors(article);
    CHECK_OK(events_code(lexicon, NULL, article, NULL, &err), &err);
    show(article, &got);
    CHECK_SLICE(buf_slice(&got), cases[i].want, cases[i].what);
    buf_deinit(&tree);
    buf_deinit(&got);
}

/* Running out of memory at any point is an error, not a crash. */
static void check_memory(const struct lexicon *lexicon, struct dm_article *article)
{
    struct dm_error err = {0};
    struct buf tree;
    buf_init(&tree, 1 << 16);
    add_tree(&tree, cases[10].tree);
    int rc = DM_ENOMEM;
    for (long n = 0; n < 200 && rc != DM_OK; n++) {
        article_reset(article);
        CHECK_OK(conllu_read(buf_slice(&tree), "test", 1, article, &err), &err);
        name_actors(article);
        article->arena.fail_after = article->scratch.fail_after = n;
        rc = events_code(lexicon, NULL, article, NULL, &err);
        article->arena.fail_after = article->scratch.fail_after = -1;
        CHECK(rc == DM_OK || rc == DM_ENOMEM, "out of memory is told");
    }
    CHECK_INT(rc, DM_OK, "with memory enough it works");
    buf_deinit(&tree);
}

static uint32_t draw(uint64_t *state, uint32_t n)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (uint32_t)(*state >> 20) % n;
}

/* A sentence of the lexicon's own words under a tree drawn by chance. */
static void add_random(const struct frame_lexicon *frames, uint64_t *state, struct buf *out)
{
    static const char *const feats[] = {"_", "VerbForm=Inf", "Tense=Past|VerbForm=Part|Voice=Pass",
                                        "PronType=Rel", "Number=Plur", "VerbForm=Ger"};
    static const enum upos usual[] = {UPOS_VERB, UPOS_NOUN, UPOS_PROPN, UPOS_VERB};
    uint32_t n = 2 + draw(state, 50), order[52], head[52];
    for (uint32_t i = 0; i < n; i++) {
        uint32_t other = draw(state, i + 1);
        order[i] = order[other];
        order[other] = i;
    }
    head[order[0]] = 0;
    for (uint32_t i = 1; i < n; i++)
        head[order[i]] = order[draw(state, i)] + 1;
    buf_add_text(out, "# newdoc id = d\n# date = 2010-02-17\n");
    for (uint32_t i = 0; i < n; i++) {
        const struct image_map_slot *slot;
        do
            slot = &frames->word.slot[draw(state, frames->word.mask + 1)];
        while (slot->value == IMAGE_NONE);
        struct slice word = frame_text(frames, slot->key);
        buf_printf(out, "%u\t%.*s\t%.*s\t%s\t_\t%s\t%u\t%s\t_\t_\n", i + 1, (int)word.n,
                   word.p, (int)word.n, word.p, upos_name(draw(state, 3) ? usual[draw(state, 4)]
                                                     : (enum upos)draw(state, UPOS_COUNT)),
                   feats[draw(state, 6)], head[i], head[i] ? relation_name((enum relation)
                   draw(state, REL_COUNT)) : "root");
    }
    buf_add_char(out, '\n');
}

/* Whatever the tree, the result keeps its promises. */
static void check_random(const struct lexicon *lexicon, struct dm_article *article)
{
    struct dm_error err = {0};
    struct buf tree;
    uint64_t state = 20101;
    uint32_t n_events = 0, wrong = 0, on_both = 0;
    buf_init(&tree, 1 << 20);
    for (uint32_t round = 0; round < 1000; round++) {
        buf_clear(&tree);
        add_random(&lexicon->frames, &state, &tree);
        article_reset(article);
        CHECK_OK(conllu_read(buf_slice(&tree), "test", 1, article, &err), &err);
        name_actors(article);
        CHECK_OK(events_code(lexicon, NULL, article, NULL, &err), &err);
        n_events += article->n_events;
        for (uint32_t i = 0; i < article->n_events; i++) {
            const struct event *ev = &article->event[i];
            wrong += ev->first > ev->trigger || ev->trigger >= ev->end || ev->end > article->n_toks;
            wrong += i > 0 && article->event[i - 1].trigger > ev->trigger;
            for (uint32_t k = 0; k < ev->n_actors; k++)
                wrong += ev->actor[k] >= article->n_mentions;
            for (uint32_t k = 0; k < ev->n_recipients; k++)
                wrong += ev->recipient[k] >= article->n_mentions;
            for (uint32_t k = 0; k < ev->n_actors * ev->n_recipients; k++)
                on_both += ev->actor[k / ev->n_recipients] == ev->recipient[k % ev->n_recipients];
        }
    }
    CHECK(n_events > 100, "trees by chance tell events");
    CHECK_INT(wrong, 0, "events lie inside of the article, sorted");
    CHECK_INT(on_both, 0, "nobody is actor and recipient of one event");
    buf_deinit(&tree);
}

static struct lexicon *open_lexicon(struct buf *image)
{
    const char *source = getenv("DEMARCHE_SOURCE");
    char folder[4096];
    struct dm_error err = {0};
    struct lexicon *lexicon = NULL;
    snprintf(folder, sizeof folder, "%s/lexicon", source ? source : ".");
    const char *const path[] = {folder};
    CHECK_OK(lexicon_compile(&(struct lexicon_ask){.path = path, .n_paths = 1}, image, &err), &err);
    if (!image->n)
        return NULL;
    CHECK_OK(lexicon_from_memory("test", buf_slice(image), &lexicon, &err), &err);
    return lexicon;
}

int main(void)
{
    struct buf image;
    buf_init(&image, (size_t)1 << 28);
    struct lexicon *lexicon = open_lexicon(&image);
    struct dm_article *article = article_new();
    if (lexicon && article) {
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
            check_case(lexicon, article, i);
        check_memory(lexicon, article);
        check_random(lexicon, article);
    }
    article_free(article);
    lexicon_close(lexicon);
    buf_deinit(&image);
    return check_end();
}
