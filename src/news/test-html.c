/* SPDX-License-Identifier: MIT */
/* test-html.c - main text and facts of small pages, deep pages, no memory. */
#include "check.h"
#include "news/fuzz-news.h"

#define P1                                                                                       \
    "<p>The foreign ministers of the two states signed an accord on fishing in Lima on Monday, " \
    "ending a dispute of eleven years.</p>"
#define P2                                                                              \
    "<p>\"We have waited long for this day,\" one of them told reporters after the " \
    "ceremony, which was short.</p>"
#define T1                                                                                     \
    "The foreign ministers of the two states signed an accord on fishing in Lima on Monday, " \
    "ending a dispute of eleven years."
#define T2                                                                         \
    "\"We have waited long for this day,\" one of them told reporters after the " \
    "ceremony, which was short."

static const struct { const char *what, *page, *text, *title, *date; } cases[] = {
    { "navigation, captions and comments stay out",
      "<html><head><title>Accord on fishing signed | The Example</title>"
      "<meta property='og:site_name' content='The Example'>"
      "<meta property='article:published_time' content='2011-05-09T10:00:00Z'></head><body>"
      "<nav><ul><li><a href=/>Home</a><li><a href=/w>World</a></ul></nav><h1>Accord on "
      "fishing signed</h1>"
      "<div class='byline'>By Jane Doe</div><div class='article-body'>" P1
      "<figure><img><figcaption>The ministers in Lima, where they met for two "
      "hours.</figcaption></figure>" P2
      "<div class='related'><p>Another story that has nothing to do with this one but is long "
      "enough to "
      "look like text.</p></div></div>"
      "<div id='comments'><p>I think that they should have done so years ago, if anyone asks "
      "me.</p></div>"
      "<footer><p>Copyright 2011 The Example, which is a paper of record in a state that is "
      "none.</p></footer>",
      T1 "\n\n" T2, "Accord on fishing signed", "2011-05-09" },
    { "JSON-LD tells title and date; headings stay",
      "<html><script "
      "type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Accord signed\","
      "\"datePublished\":\"2011-05-09\",\"author\":{\"name\":\"Jane "
      "Doe\"}}</script><body><article>" P1
      "<h2>A short ceremony</h2>" P2 "</article>",
      T1 "\n\nA short ceremony\n\n" T2, "Accord signed", "2011-05-09" },
    { "lines cut by br are paragraphs; the address tells the date",
      "<html><head><link rel=canonical "
      "href='https://news.example/2011/05/09/accord'></head><body><div>"
      "The foreign ministers of the two states signed an accord on fishing in Lima on Monday, "
      "ending "
      "a dispute of eleven years.<br><br>\"We have waited long for this day,\" one of them "
      "told reporters "
      "after the ceremony, which was short.</div>",
      T1 "\n\n" T2, "", "2011-05-09" },
};

static int read_page(struct dm_article *article, struct slice page, struct dm_error *err)
{
    struct news_record record;
    news_record_init(&record);
    record.format = NEWS_HTML;
    record.number = record.line = 1;
    strcpy(record.path, "page.html");
    buf_add(&record.bytes, page);
    article_reset(article);
    int rc = news_read(&record, NULL, article, err);
    news_record_deinit(&record);
    return rc;
}

/* Depth costs nothing but an error or a shorter text. */
static void check_depth(struct dm_article *article)
{
    struct buf page;
    struct dm_error err = {0};
    buf_init(&page, 1u << 24);
    for (int i = 0; i < 100000; i++)
        buf_add_text(&page, "<div>");
    buf_add_text(&page, P1 P2);
    int rc = read_page(article, buf_slice(&page), &err);
    CHECK(rc == DM_OK || rc == DM_EFORMAT, "100,000 elements deep");
    buf_deinit(&page);
}

int main(void)
{
    struct dm_article *article = article_new();
    struct dm_error err = {0};
    char date[DATE_TEXT];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_OK(read_page(article, slice_of(cases[i].page), &err), &err);
        CHECK_SLICE(article->text, cases[i].text, cases[i].what);
        CHECK_SLICE(article->title, cases[i].title, cases[i].what);
        date_format(article->date, date);
        CHECK_STR(date, cases[i].date, cases[i].what);
        CHECK_SLICE(article->id, "page.html", "the file's name is the id");
    }
    static const char *const none[] = {
        "<html><body><p>Hello.</p></body></html>",
        "<html><body><ul><li><a href=/a>One headline of many on a front page</a><li><a "
        "href=/b>And another "
        "headline on it, of a story</a><li><a href=/c>A third one that nobody will "
        "read</a></ul></body></html>",
        "<",
    };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        CHECK_CODE(read_page(article, slice_of(none[i]), &err), DM_EFORMAT, none[i]);

    /* Windows-1252, as the head says and as the bytes say. */
    struct slice western =
        SLICE_LIT("<html><head><meta charset=iso-8859-1></head><body>" P1 "<p>\x93"
                  "Bogot\xE1 and Lima have agreed,\x94 the paper wrote on Tuesday, in a text of "
                  "some length.</p>");
    CHECK_OK(read_page(article, western, &err), &err);
    CHECK(memmem(article->text.p, article->text.n, "\xE2\x80\x9C" "Bogot\xC3\xA1 and", 13),
          "Windows-1252");
    check_depth(article);

    for (long n = 0; n < 400; n++) { /* the n-th allocation fails */
        article_reset(article);
        article->arena.fail_after = article->scratch.fail_after = n;
        struct news_record record;
        news_record_init(&record);
        record.format = NEWS_HTML;
        strcpy(record.path, "page.html");
        buf_add(&record.bytes, slice_of(cases[0].page));
        int rc = news_read(&record, NULL, article, &err);
        article->arena.fail_after = article->scratch.fail_after = -1;
        news_record_deinit(&record);
        fuzz_news_check(rc, article, &err);
    }
    article_free(article);
    return check_end();
}
