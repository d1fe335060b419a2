/* SPDX-License-Identifier: MIT */
/*
 * test-lemma.c - lemmas learned from a handful of words.
 *
 * `seen` is the treebank, "form lemma UPOS XPOS" a line; a row of cases is a word with its tags.
 */
#include "check.h"
#include "article/conllu.h"
#include "article/token.h"
#include "syntax/train-data.h"

#include <stdlib.h>
#include <unistd.h>

static const char seen[] =
    "I I PRON PRP\n" "I I PRON PRP\n" "i I PRON PRP\n"
    "Texas Texas PROPN NNP\n" "Texas Texas PROPN NNP\n" "game game NOUN NN\n"
    "Muslims Muslim PROPN NNPS\n" "Sparks Sparks PROPN NNPS\n"
    "United Unite VERB NNP\n" "United Unite VERB NNP\n" "United Unite VERB NNP\n"
    "United United ADJ NNP\n" "United United ADJ NNP\n"
    "people people NOUN NNS\n" "people people NOUN NNS\n" "People person NOUN NNS\n"
    "golden golden ADJ JJ\n" "broken broken ADJ JJ\n" "broken break VERB VBN\n"
    "shot shoot VERB VBD\n" "French French ADJ JJ\n" "Spanish Spanish ADJ JJ\n"
    "Danish Danish ADJ JJ\n" "Open open ADJ JJ\n" "Big big ADJ JJ\n" "Late late ADJ JJ\n"
    "scrap scrap NOUN NN\n" "scrape scrape VERB VB\n" "bee bee NOUN NN\n" "be be AUX VB\n"
    "scream scream NOUN NN\n" "hope hope VERB VB\n" "stop stop VERB VB\n" "die die VERB VB\n"
    "dreaming dream VERB VBG\n" "coming come VERB VBG\n" "naming name VERB VBG\n"
    "walked walk VERB VBD\n" "talked talk VERB VBN\n" "used use VERB VBN\n"
    "boys boy NOUN NNS\n" "girls girl NOUN NNS\n" "cities city NOUN NNS\n"
    "parties party NOUN NNS\n" "cm centimeter NOUN NNS\n"
    "1,200 1200 NUM CD\n" "v. versus ADP IN\n" "vs vs ADP IN\n" "fishing fishing NOUN NN\n"
    "fish fish VERB VB\n" "aa a DET DT\n" "smaller small ADJ JJR\n" "greater great ADJ JJR\n";

static const char listed[] = "verb bear bore born\nverb use uses used\nnoun cookie cookies\n";

static const struct {
    const char *form;
    enum upos upos;
    unsigned xpos;
    const char *want, *what;
} cases[] = {
    {"i", UPOS_PRON, PENN_PRP, "I", "a lemma's capital does not hang on the form's"},
    {"Texas", UPOS_PROPN, PENN_NNP, "Texas", "a name keeps its capital"},
    {"TEXAS", UPOS_PROPN, PENN_NNP, "Texas", "a shouted name is the name"},
    {"texas", UPOS_PROPN, PENN_NNP, "Texas", "a name in lower case, too"},
    {"texas", UPOS_NOUN, PENN_NN, "texas", "but not what the tagger takes for none"},
    {"Texas", UPOS_NOUN, PENN_NN, "Texas", "known as a name alone"},
    {"Game", UPOS_NOUN, PENN_NN, "game", "known as a noun alone"},
    {"Game", UPOS_PROPN, PENN_NNP, "Game", "a noun that is a name here"},
    {"Muslims", UPOS_NOUN, PENN_NNS, "Muslim", "a plural known as a name"},
    {"Muslims", UPOS_PROPN, PENN_NNP, "Muslim", "whatever its number"},
    {"Sparks", UPOS_PROPN, PENN_NNPS, "Sparks", "a name that is a plural by itself"},
    {"United", UPOS_VERB, PENN_NNP, "Unite", "the class of word decides"},
    {"United", UPOS_ADJ, PENN_NNP, "United", "between conventions"},
    {"People", UPOS_NOUN, PENN_NNS, "people", "one word, one lemma in all its shapes"},
    {"golden", UPOS_VERB, PENN_VBN, "golden", "no participle of a verb that is none"},
    {"broken", UPOS_VERB, PENN_VBN, "break", "the tag decides"},
    {"broken", UPOS_ADJ, PENN_JJ, "broken", "between lemmas"},
    {"shot", UPOS_VERB, PENN_VBP, "shoot", "a past form taken for a present"},
    {"bore", UPOS_VERB, PENN_VBD, "bear", "a listed form"},
    {"bore", UPOS_NOUN, PENN_NN, "bore", "the list speaks of its own tag"},
    {"used", UPOS_VERB, PENN_VBN, "use", "list and training agree"},
    {"Turkish", UPOS_ADJ, PENN_JJ, "Turkish", "an adjective of a name, by its ending"},
    {"Dusty", UPOS_ADJ, PENN_JJ, "dusty", "another adjective"},
    {"Anti-Turkish", UPOS_ADJ, PENN_JJ, "anti-Turkish", "its capital behind the hyphen"},
    {"Anti-Obama", UPOS_ADJ, PENN_JJ, "anti-Obama", "whatever stands there"},
    {"Zork", UPOS_NOUN, PENN_NN, "Zork", "an unknown noun with a capital is a name"},
    {"zork", UPOS_NOUN, PENN_NN, "zork", "without one it is not"},
    {"GDP", UPOS_NOUN, PENN_NN, "GDP", "an abbreviation"},
    {"BROKERS", UPOS_NOUN, PENN_NN, "brokers", "no abbreviation"},
    {"NATO", UPOS_PROPN, PENN_NNP, "NATO", "an abbreviation that is a name"},
    {"AL-QAEDA", UPOS_PROPN, PENN_NNP, "Al-Qaeda", "a shouted name that nobody knows"},
    {"\xc3\x89LYS\xc3\x89" "ES", UPOS_PROPN, PENN_NNP, "\xc3\x89lys\xc3\xa9" "es", "with accents"},
    {"\xc3\x89lys\xc3\xa9" "es", UPOS_PROPN, PENN_NNP, "\xc3\x89lys\xc3\xa9" "es", "in title case"},
    {"scraped", UPOS_VERB, PENN_VBD, "scrape", "not of scrap, which doubles its p"},
    {"glaped", UPOS_VERB, PENN_VBD, "glape", "nor where nothing is known"},
    {"scrapped", UPOS_VERB, PENN_VBD, "scrap", "which this did"},
    {"screaming", UPOS_VERB, PENN_VBG, "scream", "a known word before a longer ending's rule"},
    {"shuffling", UPOS_VERB, PENN_VBG, "shuffle", "what spelling says of an unknown stem"},
    {"merged", UPOS_VERB, PENN_VBN, "merge", "likewise"},
    {"shouting", UPOS_VERB, PENN_VBG, "shout", "no e behind two vowels"},
    {"hoping", UPOS_VERB, PENN_VBG, "hope", "an e put back"},
    {"stopping", UPOS_VERB, PENN_VBG, "stop", "a doubled letter taken away"},
    {"dying", UPOS_VERB, PENN_VBG, "die", "y for ie"},
    {"fishing", UPOS_VERB, PENN_VBG, "fish", "the verb"},
    {"fishing", UPOS_NOUN, PENN_NN, "fishing", "the noun"},
    {"bees", UPOS_NOUN, PENN_NNS, "bee", "not of be"},
    {"cookies", UPOS_NOUN, PENN_NNS, "cookie", "a listed plural"},
    {"enemies", UPOS_NOUN, PENN_NNS, "enemy", "an unknown one, by its ending"},
    {"AA", UPOS_NOUN, PENN_NN, "aa", "what stood once for another word says nothing"},
    {"mm", UPOS_NOUN, PENN_NNS, "mm", "an abbreviation is no example of endings"},
    {"1,350", UPOS_NUM, PENN_CD, "1350", "a number without its comma"},
    {"20,000,000.5", UPOS_NUM, PENN_CD, "20000000.5", "and with its point"},
    {"1,35", UPOS_NUM, PENN_CD, "1,35", "a comma that groups nothing"},
    {"2010", UPOS_NUM, PENN_CD, "2010", "a plain number"},
    {"A@B.com", UPOS_X, PENN_ADD, "A@B.com", "an address as it stands"},
    {"s", UPOS_VERB, PENN_VBZ, "s", "nothing is left of a word that is its ending"},
    {"", UPOS_X, PENN_NONE, "", "an empty word"},
};

static struct dm_article *treebank(struct dm_error *err)
{
    struct dm_article *article = article_new();
    struct slice rest = slice_of(seen), line;
    struct buf rows;
    buf_init(&rows, 1 << 20);
    while (slice_cut(&rest, '\n', &line)) {
        struct slice col[4];
        for (int i = 0; i < 4; i++)
            slice_word(&line, &col[i]);
        buf_printf(&rows, "1\t%.*s\t%.*s\t%.*s\t%.*s\t_\t0\troot\t_\t_\n\n", (int)col[0].n, col[0].p,
                   (int)col[1].n, col[1].p, (int)col[2].n, col[2].p, (int)col[3].n, col[3].p);
    }
    CHECK_OK(conllu_read(buf_slice(&rows), "seen", 1, article, err), err);
    buf_deinit(&rows);
    return article;
}

static void check_case(const struct lemma_table *table, size_t i)
{
    struct dm_error err = {0};
    struct dm_article *article = article_new();
    struct slice form = slice_of(cases[i].form);
    struct token tok = {.end = (uint32_t)form.n};
    char buffer[128];
    CHECK_OK(article_set_text(article, SLICE_LIT(""), form, NULL, 0, &err), &err);
    CHECK(token_fill(article, &tok), "memory");
    struct slice lower = slice_make(tok.lower, tok.n_lower);
    struct lemma_word word = {form, lower, lemma_hash(table, lower), tok.flags,
                              (uint8_t)cases[i].upos, (uint8_t)cases[i].xpos};
    CHECK_SLICE(lemma_of(table, &word, buffer, sizeof buffer), cases[i].want, cases[i].what);
    /* Without room it is some lemma, and nothing is written. */
    struct slice small = lemma_of(table, &word, buffer, 0);
    CHECK(small.p != buffer || small.n == 0, "nothing is written where nothing fits");
    article_free(article);
}

int main(void)
{
    struct dm_error err = {0};
    struct arena arena;
    struct image_pool pool;
    struct lemma_learned l;
    struct lemma_table table;
    struct image_map_slot *slots[3];
    uint32_t n[3];
    char path[] = "/tmp/demarche-lemma.XXXXXX";
    struct dm_article *article = treebank(&err);
    struct train_docs docs = {&article, 1};
    struct train_data data = {.file = &docs, .n_files = 1};
    int fd = mkstemp(path);
    CHECK(fd >= 0, "a file in /tmp");
    close(fd);
    CHECK_OK(file_write(path, slice_of(listed), &err), &err);
    arena_init(&arena, 64u << 20);
    image_pool_init(&pool, &arena);
    CHECK_OK(lemma_learn(&data, path, &arena, &pool, &l, &err), &err);
    const char *bytes = pool.bytes.p;
    const struct { const struct image_text *key; const uint32_t *value; uint32_t n; } maps[3] = {
        {l.word_key, l.word_value, l.n_words}, {l.ending_key, l.ending_value, l.n_endings},
        {l.casing_key, l.casing_value, l.n_casings}};
    for (int i = 0; i < 3; i++)
        CHECK(image_map_freeze(&arena, maps[i].key, maps[i].value, maps[i].n, bytes, &slots[i],
                               &n[i]), "memory");
    table = (struct lemma_table){
        .word = {slots[0], n[0] - 1, bytes}, .ending = {slots[1], n[1] - 1, bytes},
        .casing = {slots[2], n[2] - 1, bytes}, .entry = l.entry, .rule = l.rule,
        .n_entries = l.n_entries, .n_rules = l.n_rules, .bytes = bytes};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_case(&table, i);
    unlink(path);
    image_pool_deinit(&pool);
    arena_deinit(&arena);
    article_free(article);
    return check_end();
}
