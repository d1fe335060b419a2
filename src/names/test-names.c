/* SPDX-License-Identifier: MIT */
/* test-names.c - training repeats itself, names are found, damaged sections are refused. */
#include "article/conllu.h"
#include "check.h"
#include "names/net.h"
#include "names/small.h"
#include "text/text.h"

static char *aligned_copy(struct slice bytes)
{
    char *p = aligned_alloc(64, (bytes.n + 127) / 64 * 64);
    if (p)
        memcpy(p, bytes.p, bytes.n);
    return p;
}

/* "Mary Stone=person Paris=place" of the article's names. */
static void tell(const struct dm_article *article, struct buf *out)
{
    buf_clear(out);
    for (uint32_t t = 0; t < article->n_toks; t++) {
        uint32_t end = article_name_end(article, t);
        if (end == t)
            continue;
        buf_printf(out, "%s", out->n ? " " : "");
        buf_add(out, article_words(article, t, end));
        buf_printf(out, "=%s", name_kind_text((enum name_kind)article->tok[t].name));
    }
}

static const struct { const char *what, *text, *want; } cases[] = {
    {"names of three kinds", "Mary Stone left Paris.", "Mary Stone=person Paris=place"},
    {"one of several words", "The troops left North Korea.", "North Korea=place"},
    {"an article is no part", "The Acme paid Stone talks.", "Acme=organization Stone=person"},
    {"no name", "The troops left.", ""},
    {"no token", " ", ""},
};

static void check_cases(const struct syntax_model *syntax, const struct names_model *names,
                        const struct lexicon *lexicon)
{
    struct dm_error err = {0};
    struct dm_article *article = article_new();
    struct buf got;
    buf_init(&got, 1 << 16);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (int kept = 0; kept < 2; kept++) { /* the view made by parsing, and afterwards */
            article_reset(article);
            CHECK_OK(article_set_text(article, SLICE_LIT(""), slice_of(cases[i].text), NULL, 0, &err), &err);
            CHECK_OK(text_split(article, &err), &err);
            article->wants_view = kept;
            CHECK_OK(syntax_parse(syntax, article, &err), &err);
            CHECK((article->view.q != NULL) == (kept && article->n_toks), cases[i].what);
            CHECK_OK(names_recognize(names, lexicon, article, &err), &err);
            tell(article, &got);
            CHECK_SLICE(buf_slice(&got), cases[i].want, cases[i].what);
        }
    buf_deinit(&got);
    article_free(article);
}

/* A sentence that is longer than a batch, with a name that would reach over its end. */
static void check_long(const struct names_model *names, const struct lexicon *lexicon)
{
    struct dm_error err = {0};
    struct dm_article *article = article_new();
    struct buf rows;
    buf_init(&rows, 1 << 20);
    for (int i = 1; i <= 1000; i++)
        buf_printf(&rows, "%d\t%s\t_\t_\t_\t_\t_\t_\t_\t_\n", i, i % 3 ? "North" : "troops");
    buf_add_text(&rows, "\n1\tKorea\t_\t_\t_\t_\t_\t_\t_\t_\n\n");
    CHECK_OK(conllu_read(buf_slice(&rows), "long", 1, article, &err), &err);
    CHECK_OK(names_recognize(names, lexicon, article, &err), &err);
    for (uint32_t s = 0; s < article->n_sents; s++)
        CHECK(!(article->tok[article->sent[s].first].flags & TOK_NAME_INSIDE), "names end with sentences");
    for (uint32_t t = 0; t < article->n_toks; t++) {
        const struct token *tok = &article->tok[t];
        CHECK(tok->name < NAME_KINDS, "a kind");
        if (tok->flags & TOK_NAME_INSIDE)
            CHECK(tok->name != NAME_NONE && tok->name == tok[-1].name, "one kind a name");
    }
    buf_deinit(&rows);
    article_free(article);
}

/* The n-th allocation fails, for each n: the error says so, and nothing is lost. */
static void check_memory(const struct names_model *names, const struct lexicon *lexicon)
{
    struct dm_error err = {0};
    struct dm_article *article = article_new();
    int rc = DM_ENOMEM;
    long n = 0;
    for (; rc != DM_OK && n < 1000; n++) {
        article_reset(article);
        article->scratch.fail_after = article->passing.fail_after = -1;
        CHECK_OK(article_set_text(article, SLICE_LIT(""), slice_of(cases[0].text), NULL, 0, &err), &err);
        CHECK_OK(text_split(article, &err), &err);
        article->scratch.fail_after = article->passing.fail_after = n;
        rc = names_recognize(names, lexicon, article, &err);
        CHECK(rc == DM_OK || rc == DM_ENOMEM, "out of memory is told");
    }
    CHECK(n > 5 && rc == DM_OK, "every allocation was tried");
    CHECK(!article->view.q && article->passing.used == 0, "the view is given back");
    article_free(article);
}

static const struct { const char *what, *form[4]; unsigned kind, place; } hints[] = {
    {"a state", {"US"}, 0, 0},
    {"acronyms are written in capitals", {"us"}, 99, 0},
    {"the first word", {"North", "Korea"}, 0, 1},
    {"a person", {"George", "Washington", "left"}, 4, 1},
    {"a capital", {"Washington"}, 6, 0},
    {"no name", {"troops"}, 99, 0},
    {"an acronym is nobody's surname", {"UN"}, 2, 0},
    {"a surname", {"Un"}, 11, 0},
    {"half a name", {"North", "left"}, 99, 0},
};

static void check_hints(const struct lexicon *lexicon)
{
    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++) {
        struct dm_error err = {0};
        struct dm_article *article = article_new();
        struct buf rows;
        uint64_t got[4] = {0};
        buf_init(&rows, 1 << 12);
        for (int k = 0; k < 4 && hints[i].form[k]; k++)
            buf_printf(&rows, "%d\t%s\t_\t_\t_\t_\t_\t_\t_\t_\n", k + 1, hints[i].form[k]);
        buf_add_text(&rows, "\n");
        CHECK_OK(conllu_read(buf_slice(&rows), "hints", 1, article, &err), &err);
        hints_find(actor_lexicon(lexicon), article, &article->sent[0], got);
        if (hints[i].kind == 99)
            CHECK_INT(got[0], 0, hints[i].what);
        else
            CHECK(got[0] >> (hints[i].place * HINTS_KINDS + hints[i].kind) & 1, hints[i].what);
        buf_deinit(&rows);
        article_free(article);
    }
}

/* Sections whose numbers lead outside are refused; a model without any is one without names. */
static void check_damage(const char *sound, size_t n)
{
    struct dm_error err = {0};
    struct syntax_model syntax;
    struct names_model *names = NULL;
    char *p = aligned_copy(slice_make(sound, n));
    CHECK_OK(model_from_memory("model", slice_make(p, n), &syntax, &err), &err);
    const void *data;
    CHECK_OK(image_section(&syntax.image, "names_shape", sizeof(struct net_shape), 1, &data, NULL, &err),
             &err);
    struct net_shape *shape = (struct net_shape *)(p + ((const char *)data - p));
    uint32_t *const field[] = {&shape->view, &shape->embed, &shape->dim, &shape->n_rows};
    for (size_t i = 0; i < 4; i++) {
        uint32_t right = *field[i];
        *field[i] += 32;
        CHECK_CODE(names_open(&syntax, &names, &err), DM_EFORMAT, "a size that does not fit");
        *field[i] = right;
    }
    CHECK_OK(image_section(&syntax.image, "names_offset", 4, IMAGE_NONE, &data, NULL, &err), &err);
    ((int32_t *)(p + ((const char *)data - p)))[3]++;
    CHECK_CODE(names_open(&syntax, &names, &err), DM_EFORMAT, "an offset that is not its column's");
    free(p);

    struct buf bare;
    buf_init(&bare, 1u << 24);
    CHECK_OK(tiny_train(&bare, 1, &err), &err);
    p = aligned_copy(buf_slice(&bare));
    CHECK_OK(model_from_memory("bare", slice_make(p, bare.n), &syntax, &err), &err);
    CHECK_OK(names_open(&syntax, &names, &err), &err);
    CHECK(names == NULL, "no recognizer");
    free(p);
    buf_deinit(&bare);
}

int main(void)
{
    struct dm_error err = {0};
    struct buf one, two, other, image;
    buf_init(&image, 1u << 22);
    struct lexicon *lexicon = small_lexicon_open(&image, &err);
    buf_init(&one, 1u << 24);
    buf_init(&two, 1u << 24);
    buf_init(&other, 1u << 24);
    if (!lexicon) {
        fprintf(stderr, "lexicon: %s\n", err.text);
        return 1;
    }
    CHECK_OK(small_train(&one, lexicon, 1, &err), &err);
    CHECK_OK(small_train(&two, lexicon, 1, &err), &err);
    CHECK_OK(small_train(&other, lexicon, 2, &err), &err);
    CHECK(one.n && one.n == two.n && memcmp(one.p, two.p, one.n) == 0, "the same seed, the same bytes");
    CHECK(one.n != other.n || memcmp(one.p, other.p, one.n) != 0, "another seed, other bytes");

    struct syntax_model syntax;
    struct names_model *names = NULL;
    char *p = aligned_copy(buf_slice(&one));
    CHECK_OK(model_from_memory("model", slice_make(p, one.n), &syntax, &err), &err);
    CHECK_OK(names_open(&syntax, &names, &err), &err);
    if (names) {
        check_cases(&syntax, names, lexicon);
        check_long(names, lexicon);
        check_memory(names, lexicon);
    }
    check_hints(lexicon);
    check_damage(p, one.n);
    names_close(names);
    free(p);
    lexicon_close(lexicon);
    buf_deinit(&one);
    buf_deinit(&two);
    buf_deinit(&other);
    buf_deinit(&image);
    return check_end();
}
