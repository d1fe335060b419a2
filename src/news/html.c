/* SPDX-License-Identifier: MIT */
/*
 * html.c - a web page into an article.
 *
 * Reads    the page's bytes, decoded by what its head says of its charset.
 * Leaves   text: the article's paragraphs joined by blank lines, which is what offsets count from;
 *          block[]: paragraphs, headings, and the dateline; title, date, byline, source, url, lang.
 * Method   page-tree.c makes a tree of it; page-facts.c and page-text.c do the rest.
 *          Pages whose text is put there by scripts mostly carry it as JSON-LD: then that is taken.
 * Limits   PAGE_MAX bytes; pages that hold a list of links and no text are refused.
 */
#include <ctype.h>
#include <libxml/parser.h>

#include "news/clutter.h"
#include "news/dates.h"
#include "news/encoding.h"
#include "news/page.h"
#include "news/readers.h"

#define PAGE_MAX (16u << 20) /* bytes; the tree takes some ten times as much */
#define LEAST_BYTES 140      /* of running text that make an article */

void readers_init(void)
{
    xmlInitParser();
}

struct out {
    struct arena *arena;
    char *text;
    size_t n;
    struct block *block;
    uint32_t n_blocks;
    size_t capacity;
};

static bool add_block(struct out *out, size_t begin, size_t end, enum block_kind kind)
{
    struct block *block = ARENA_PUSH(out->arena, out->block, out->n_blocks, out->capacity);
    if (block)
        *block = (struct block){(uint32_t)begin, (uint32_t)end, kind};
    return block != NULL;
}

/* Lay out the kept paragraphs; a dateline at the start is a block of its own. */
static bool lay_out(struct out *out, const struct page_text *page, struct date *dateline)
{
    size_t room = 1;
    uint32_t n_body = 0;
    for (uint32_t i = 0; i < page->n; i++)
        room += page->para[i].kept ? page->para[i].end - page->para[i].begin + 2 : 0;
    out->text = arena_bytes(out->arena, room);
    if (!out->text)
        return false;
    for (uint32_t i = 0; i < page->n; i++) {
        const struct page_para *para = &page->para[i];
        if (!para->kept)
            continue;
        if (out->n > 0) {
            memcpy(out->text + out->n, "\n\n", 2);
            out->n += 2;
        }
        size_t begin = out->n, n = para->end - para->begin;
        memcpy(out->text + begin, page->text + para->begin, n);
        out->n += n;
        bool heading = para->kind == PAGE_HEADING;
        struct date date;
        size_t cut = heading || n_body > 1 ? 0
                     : clutter_dateline(slice_make(out->text + begin, n), &date);
        if (cut > 0 && cut < n) {
            if (!add_block(out, begin, begin + cut, BLOCK_CLUTTER))
                return false;
            *dateline = date;
            begin += cut;
            n_body = 2;
        }
        n_body += !heading;
        if (!add_block(out, begin, out->n, heading ? BLOCK_HEADLINE : BLOCK_BODY))
            return false;
    }
    return true;
}

/* A date line among the page's first paragraphs, kept or not, or near the first that is kept. */
static struct date visible_date(const struct page_text *page, struct arena *scratch)
{
    uint32_t first = 0;
    while (first < page->n && !page->para[first].kept)
        first++;
    uint32_t begin = first > 30 ? first - 30 : 0;
    for (uint32_t i = begin; i < first + 3 && i < page->n; i++) {
        struct slice text = slice_make(page->text + page->para[i].begin,
                                       page->para[i].end - page->para[i].begin);
        struct line_facts facts;
        if (text.n < 160 && clutter_line(scratch, text, &facts) == LINE_DATE && facts.date.day)
            return facts.date;
    }
    return (struct date){0};
}

/*
 * A front page: its address has no path, nothing says that it is an article, and much of it is
 * links. Or a page whose few words of running text stand among many more links.
 */
static bool is_front_page(const struct page_facts *facts, const struct page_text *page,
                          size_t n_text)
{
    size_t n_linked = 0;
    for (uint32_t i = 0; i < page->n; i++)
        n_linked += page->para[i].n_linked;
    const char *host = facts->url.n > 0 ? strstr(facts->url.p, "://") : NULL;
    const char *path = host ? strchr(host + 3, '/') : NULL;
    bool root = host && (!path || path[1] == '\0');
    return date_is_none(facts->date) &&
           ((root && n_linked > 1000) || (n_text < 400 && n_linked > 10 * n_text));
}

static bool copy_fact(struct dm_article *article, struct slice fact, struct slice *out)
{
    if (fact.n > 0)
        *out = arena_copy(&article->arena, fact);
    return fact.n == 0 || out->p;
}

/* "By Jane Doe" to "Jane Doe" */
static struct slice bare_byline(struct slice byline)
{
    if (byline.n > 3 && strncasecmp(byline.p, "by ", 3) == 0)
        byline = slice_trim(slice_make(byline.p + 3, byline.n - 3));
    return byline;
}

static bool set_facts(struct dm_article *article, const struct page_facts *facts,
                      const struct page_text *page, struct date dateline,
                      const struct news_options *options)
{
    struct date shown = visible_date(page, &article->scratch);
    struct date tries[] = { facts->date, facts->guess, dateline, shown,
                            dates_with_year(dateline, options->date), options->date };
    for (size_t i = 0; i < sizeof tries / sizeof *tries && date_is_none(article->date); i++)
        article->date = tries[i];
    struct slice lang = facts->lang;
    for (size_t i = 0; i < lang.n; i++) /* "en_US" is "en-US" */
        if (lang.p[i] == ',' || lang.p[i] == ';')
            lang.n = i;
    return copy_fact(article, facts->title, &article->title) &&
           copy_fact(article, facts->url, &article->url) &&
           copy_fact(article, facts->site, &article->source) &&
           copy_fact(article, slice_trim(lang), &article->lang) &&
           copy_fact(article, bare_byline(facts->byline), &article->byline);
}

static int read_page(const struct page_node *root, size_t n_bytes, const char *where,
                     const struct news_options *options, struct dm_article *article,
                     struct dm_error *err)
{
    struct arena *scratch = &article->scratch;
    struct page_facts facts = {0};
    struct page_text page;
    struct out out = { .arena = scratch };
    struct date dateline = {0};
    int rc = page_facts(root, scratch, &facts, err);
    if (rc == DM_OK)
        rc = page_text(root, n_bytes, facts.title, scratch, &page, err);
    if (rc != DM_OK)
        return rc;
    if (!lay_out(&out, &page, &dateline) || !set_facts(article, &facts, &page, dateline, options))
        return dm_fail(err, DM_ENOMEM, "%s: out of memory for a page", where);
    bool scripted = facts.ld_body.n > 2 * out.n && facts.ld_body.n > LEAST_BYTES &&
                    !memmem(facts.ld_body.p, facts.ld_body.n, "</", 2);
    if (scripted)
        return text_fill((struct slice){0}, facts.ld_body, false, options, article, err);
    if (out.n < LEAST_BYTES || is_front_page(&facts, &page, out.n))
        return dm_fail(err, DM_EFORMAT, "%s: no article in the page", where);
    if (out.n > ARTICLE_TEXT_MAX)
        return dm_fail(err, DM_ELIMIT, "%s: an article of %zu bytes; at most %u are read",
                       where, out.n, ARTICLE_TEXT_MAX);
    return article_set_text(article, (struct slice){0}, slice_make(out.text, out.n), out.block,
                            out.n_blocks, err);
}

int html_fill(struct slice page, struct slice charset, const char *where,
              const struct news_options *options, struct dm_article *article, struct dm_error *err)
{
    struct slice text;
    size_t n_repaired;
    if (page.n > PAGE_MAX)
        return dm_fail(err, DM_ELIMIT, "%s: a page of %zu bytes; at most %u are read", where,
                       page.n, PAGE_MAX);
    if (charset.n == 0)
        charset = encoding_named(page);
    int rc = encoding_decode(&article->scratch, page, charset, &text, &n_repaired, err);
    if (rc != DM_OK)
        return rc;
    article->n_repaired = (uint32_t)n_repaired;
    const struct page_node *root = page_tree(text, &article->scratch);
    if (!root)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory for a page", where);
    return read_page(root, text.n, where, options, article, err);
}

int html_read(const struct news_record *record, const struct news_options *options,
              struct dm_article *article, struct dm_error *err)
{
    return html_fill(buf_slice(&record->bytes), (struct slice){0}, record->path, options, article,
                     err);
}
