/* SPDX-License-Identifier: MIT */
/* test-languages.c - the language of a text, by script and by letters; mistakes in profiles. */
#include "check.h"
#include "lexicon/languages.h"

#include <stdio.h>
#include <stdlib.h>

static const struct {
    const char *what, *text, *want;
    bool coded;
} cases[] = {
    {"English", "Russia accused Georgia of violating the ceasefire on Monday.", "en", true},
    {"a headline of names", "Netanyahu, Abbas meet Sarkozy", "en", true},
    {"Spanish", "El ministro de Relaciones Exteriores de Colombia dijo que el gobierno no va a "
     "negociar con los rebeldes mientras sigan los ataques contra la población.", "es", false},
    {"German", "Der Minister sagte, die Regierung werde mit den Aufständischen nicht verhandeln, "
     "solange die Angriffe auf die Bevölkerung nicht aufhören.", "de", false},
    {"Indonesian", "Presiden mengatakan bahwa pemerintah tidak akan berunding dengan kelompok itu "
     "selama mereka masih menyerang penduduk.", "id", false},
    {"Russian", "Россия обвинила Грузию в нарушении перемирия.", "ru", false},
    {"Arabic", "اتهمت روسيا جورجيا بانتهاك وقف إطلاق النار.", "ar", false},
    {"Greek has no profile", "Η Ρωσία κατηγόρησε τη Γεωργία.", "el", false},
    {"Japanese, with Han", "日本の首相は北京を訪問した", "ja", false},
    {"Chinese", "中国外交部长访问了莫斯科", "zh", false},
    {"English that quotes Russian", "The minister said the word \"перемирие\" twice in Moscow.", "en",
     true},
    {"numbers alone", "12 345 -- 2010", "", true},
    {"no text", " ", "", true},
};

static void check_case(const struct lexicon *lexicon, size_t i)
{
    struct dm_article *article = article_new();
    struct dm_error err = {0};
    bool coded = false;
    CHECK_OK(article_set_text(article, slice_make("", 0), slice_of(cases[i].text), NULL, 0, &err),
             &err);
    CHECK_SLICE(languages_find(lexicon, article, &coded), cases[i].want, cases[i].what);
    CHECK_INT(coded, cases[i].coded, cases[i].what);
    article_free(article);
}

/* What stands in clutter or context does not count. */
static void check_blocks(const struct lexicon *lexicon)
{
    static const char body[] = "The two sides met in Geneva.", page[] = "Россия обвинила Грузию вчера";
    struct dm_article *article = article_new();
    struct dm_error err = {0};
    char text[200];
    bool coded = false;
    uint32_t n = (uint32_t)snprintf(text, sizeof text, "%s\n\n%s", page, body);
    struct block block[2] = {{0, sizeof page - 1, BLOCK_CLUTTER}, {sizeof page + 1, n, BLOCK_BODY}};
    CHECK_OK(article_set_text(article, slice_of(page), slice_make(text, n), block, 2, &err), &err);
    CHECK_SLICE(languages_find(lexicon, article, &coded), "en", "clutter and context are passed over");
    article_free(article);
}

static void check_said(const struct lexicon *lexicon)
{
    struct dm_article *article = article_new();
    struct dm_error err = {0};
    bool coded = false;
    CHECK_OK(article_set_text(article, slice_make("", 0), slice_of("Das Treffen in Genf"), NULL, 0, &err),
             &err);
    CHECK_SLICE(languages_find(lexicon, article, &coded), "en", "too short to be sure");
    article->lang = SLICE_LIT("de-DE");
    CHECK_SLICE(languages_find(lexicon, article, &coded), "de", "the source says so, too");
    article->lang = SLICE_LIT("EN-us");
    CHECK_SLICE(languages_find(lexicon, article, &coded), "en", "the source says English");
    article_free(article);
}

static const struct {
    const char *what, *text, *want; /* a piece of the message; "" none */
} mistakes[] = {
    {"no fault", "script A\n    range 0041 007A\nlanguage x | X\n    script A\n    grams 3 _ab abc\n", ""},
    {"a range backwards", "script A\n    range 007A 0041\n", ":2: wanted 'range"},
    {"no script", "language x\n    grams 3 abc\n", ":1: a language needs 'script"},
    {"a gram of two", "script A\nlanguage x\n    script A\n    grams 3 ab\n", ":4: 'ab' has not three"},
    {"a weight that is none", "script A\nlanguage x\n    script A\n    grams x abc\n", ":4: wanted 'grams"},
    {"a script with one that is not there", "script A\n    with B\n", ":2: there is no script 'B'"},
};

static void check_mistake(size_t i)
{
    struct dm_error err = {0};
    struct buf image;
    buf_init(&image, 1 << 24);
    int rc = lexicon_compile_text("x.txt", slice_of(mistakes[i].text), &image, NULL, NULL, &err);
    CHECK_INT(rc, *mistakes[i].want ? DM_ELEXICON : DM_OK, mistakes[i].what);
    CHECK(strstr(err.text, mistakes[i].want), err.text);
    buf_deinit(&image);
}

int main(void)
{
    char path[4096];
    struct lexicon *lexicon = NULL;
    struct dm_error err = {0};
    snprintf(path, sizeof path, "%s/lexicon/languages", getenv("DEMARCHE_SOURCE"));
    struct lexicon_ask ask = {.path = (const char *const[]){path}, .n_paths = 1};
    CHECK_OK(lexicon_union(&ask, &lexicon, &err), &err);
    for (size_t i = 0; lexicon && i < sizeof cases / sizeof *cases; i++)
        check_case(lexicon, i);
    if (lexicon) {
        check_blocks(lexicon);
        check_said(lexicon);
    }
    lexicon_close(lexicon);
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++)
        check_mistake(i);
    return check_end();
}
