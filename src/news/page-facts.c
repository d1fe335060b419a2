/* SPDX-License-Identifier: MIT */
/*
 * page-facts.c - title, date, author, site, address and language of a page.
 *
 * Reads    of the page's tree <meta>, <link>, <title>, <time>, microdata, JSON-LD, the address.
 * Leaves   page_facts.
 * Method   Each way of saying a thing has a rank (tables below); the best rank wins, the first
 *          of equals. Machines' words (JSON-LD, Open Graph) come before people's, since they say
 *          which date is the publication's.
 * Source   schema.org Article, Open Graph protocol, Dublin Core, and the names that news sites
 *          and their measuring services (Parse.ly, Sailthru, Chartbeat) use.
 */
#include <ctype.h>
#include <jansson.h>

#include "news/dates.h"
#include "news/page.h"
#include "news/records.h"

enum fact { FACT_TITLE, FACT_DATE, FACT_BYLINE, FACT_SITE, FACT_URL, FACT_LANG, FACTS };

/* What a <meta> of that name (name, property or itemprop; lower case) tells; rank 1 is best. */
static const struct meta { const char *name; enum fact fact; uint8_t rank; } metas[] = {
    { "og:title", FACT_TITLE, 2 },
    { "twitter:title", FACT_TITLE, 5 },
    { "dc.title", FACT_TITLE, 5 },
    { "headline", FACT_TITLE, 4 },
    { "sailthru.title", FACT_TITLE, 5 },
    { "parsely-title", FACT_TITLE, 5 },
    { "article:published_time", FACT_DATE, 2 },
    { "og:article:published_time", FACT_DATE, 2 },
    { "og:published_time", FACT_DATE, 2 },
    { "article:published", FACT_DATE, 2 },
    { "article.published", FACT_DATE, 3 },
    { "datepublished", FACT_DATE, 2 },
    { "published_time", FACT_DATE, 3 },
    { "publishdate", FACT_DATE, 3 },
    { "publish_date", FACT_DATE, 3 },
    { "publish-date", FACT_DATE, 3 },
    { "publication_date", FACT_DATE, 3 },
    { "published-date", FACT_DATE, 3 },
    { "pubdate", FACT_DATE, 3 },
    { "date.published", FACT_DATE, 3 },
    { "article_date_original", FACT_DATE, 3 },
    { "originalpublicationdate", FACT_DATE, 3 },
    { "citation_publication_date", FACT_DATE, 3 },
    { "citation_date", FACT_DATE, 3 },
    { "sailthru.date", FACT_DATE, 4 },
    { "parsely-pub-date", FACT_DATE, 3 },
    { "rbpubdate", FACT_DATE, 3 },
    { "cxenseparse:recs:publishtime", FACT_DATE, 3 },
    { "dc.date.issued", FACT_DATE, 3 },
    { "dcterms.issued", FACT_DATE, 3 },
    { "dc.date.created", FACT_DATE, 4 },
    { "dcterms.created", FACT_DATE, 4 },
    { "dc.date", FACT_DATE, 4 },
    { "dcterms.date", FACT_DATE, 4 },
    { "datecreated", FACT_DATE, 5 },
    { "article:created", FACT_DATE, 5 },
    { "article.created", FACT_DATE, 5 },
    { "displaydate", FACT_DATE, 4 },
    { "date", FACT_DATE, 5 },
    { "pdate", FACT_DATE, 5 },
    { "author", FACT_BYLINE, 3 },
    { "byl", FACT_BYLINE, 2 },
    { "article:author", FACT_BYLINE, 4 },
    { "article:author_name", FACT_BYLINE, 3 },
    { "dc.creator", FACT_BYLINE, 4 },
    { "sailthru.author", FACT_BYLINE, 4 },
    { "parsely-author", FACT_BYLINE, 3 },
    { "og:site_name", FACT_SITE, 2 },
    { "application-name", FACT_SITE, 4 },
    { "dc.publisher", FACT_SITE, 4 },
    { "publisher", FACT_SITE, 5 },
    { "og:url", FACT_URL, 2 },
    { "og:locale", FACT_LANG, 3 },
    { "content-language", FACT_LANG, 2 },
    { "dc.language", FACT_LANG, 2 },
    { "language", FACT_LANG, 3 },
};

struct told {
    struct slice text;
    uint8_t rank; /* 0: nothing yet */
};

struct reading {
    struct arena *arena;
    struct told told[FACTS];
    struct date date, guess;
    uint8_t guess_rank;
    struct slice ld_body, html_title, h1;
    unsigned n_h1;
    bool failed;
};

static void tell(struct reading *reading, enum fact fact, uint8_t rank, struct slice text)
{
    struct told *told = &reading->told[fact];
    struct date date;
    text = slice_trim(text);
    if (text.n == 0 || text.n > 2000 || (told->rank && told->rank <= rank))
        return;
    if (fact == FACT_DATE) {
        if (!dates_of_field(text, &date) || date.day == 0)
            return;
        reading->date = date;
    }
    if (fact == FACT_BYLINE && (slice_starts(text, "http") || text.n > 200))
        return; /* a profile's address */
    struct slice copy = arena_copy(reading->arena, text);
    reading->failed |= copy.p == NULL;
    *told = (struct told){copy, rank};
}

static void guess_date(struct reading *reading, uint8_t rank, struct slice text)
{
    struct date date;
    struct slice rest;
    if (reading->guess_rank && reading->guess_rank <= rank)
        return;
    if (!dates_of_field(text, &date) && !dates_is_line(slice_trim(text), &date, &rest))
        return;
    if (date.year < 1800 || date.year > 2099) /* "4600" is a town's number */
        return;
    reading->guess = date;
    reading->guess_rank = rank;
}

/* The text under a node, blanks folded, at most `most` bytes. */
static struct slice text_under(struct arena *arena, const struct page_node *top, size_t most)
{
    char *out = arena_bytes(arena, most + 1);
    size_t n = 0;
    if (!out)
        return (struct slice){0};
    const struct page_node *node = top->children;
    while (node && n < most) {
        if (node->tag == PAGE_TEXT) {
            const char *end = node->content.p + node->content.n;
            for (const char *p = node->content.p; p < end && n < most; p++) {
                bool nbsp = (unsigned char)p[0] == 0xC2 && p + 1 < end && (unsigned char)p[1] == 0xA0;
                bool blank = nbsp || (unsigned char)*p <= ' ';
                p += nbsp;
                if (!blank)
                    out[n++] = *p;
                else if (n > 0 && out[n - 1] != ' ')
                    out[n++] = ' ';
            }
        } else if (n > 0 && n < most && out[n - 1] != ' ') {
            out[n++] = ' ';
        }
        if (node->children) {
            node = node->children;
            continue;
        }
        while (node && node != top && !node->next)
            node = node->parent;
        node = !node || node == top ? NULL : node->next;
    }
    while (n == most && n > 0 && (out[n - 1] & 0x80)) /* not half a character */
        n--;
    out[n] = '\0';
    return slice_trim(slice_make(out, n));
}

/* ---- JSON-LD ---- */

static bool is_article_type(const json_t *type)
{
    static const char *const kinds[] = { "Article", "Posting", "Report", "Blog" };
    for (size_t i = 0; i == 0 || i < json_array_size(type); i++) {
        const char *name = json_string_value(json_is_array(type) ? json_array_get(type, i) : type);
        for (size_t k = 0; name && k < sizeof kinds / sizeof *kinds; k++)
            if (strstr(name, kinds[k]))
                return true;
    }
    return false;
}

static struct slice ld_string(const json_t *value)
{
    if (json_is_array(value))
        value = json_array_get(value, 0);
    if (json_is_object(value)) {
        const json_t *name = json_object_get(value, "name");
        value = json_is_array(name) ? json_array_get(name, 0) : name;
    }
    return json_is_string(value) ? slice_make(json_string_value(value), json_string_length(value))
                                 : (struct slice){0};
}

static void read_ld_object(struct reading *reading, const json_t *object)
{
    if (!json_is_object(object) || !is_article_type(json_object_get(object, "@type")))
        return;
    tell(reading, FACT_TITLE, 3, ld_string(json_object_get(object, "headline")));
    tell(reading, FACT_DATE, 1, ld_string(json_object_get(object, "datePublished")));
    tell(reading, FACT_DATE, 6, ld_string(json_object_get(object, "dateCreated")));
    tell(reading, FACT_BYLINE, 1, ld_string(json_object_get(object, "author")));
    tell(reading, FACT_SITE, 3, ld_string(json_object_get(object, "publisher")));
    struct slice body = slice_trim(ld_string(json_object_get(object, "articleBody")));
    if (body.n > reading->ld_body.n && body.n <= ARTICLE_TEXT_MAX) {
        reading->ld_body = arena_copy(reading->arena, body);
        reading->failed |= reading->ld_body.p == NULL;
    }
}

static void read_ld(struct reading *reading, const struct page_node *script)
{
    struct arena_mark mark = arena_mark(reading->arena);
    if (script->content.n == 0)
        return;
    struct slice text = arena_copy(reading->arena, script->content);
    if (!text.p) {
        reading->failed = true;
        return;
    }
    /* Sites put raw line ends into strings, and wrap the whole in comments. */
    for (char *p = (char *)(uintptr_t)text.p; *p; p++)
        if ((unsigned char)*p < ' ')
            *p = ' ';
    const char *first = strpbrk(text.p, "{["), *last = text.p + text.n;
    while (first && last > first && last[-1] != '}' && last[-1] != ']')
        last--;
    json_t *root = NULL;
    if (first && json_fits(slice_make(first, (size_t)(last - first))))
        root = json_loadb(first, (size_t)(last - first), JSON_DISABLE_EOF_CHECK, NULL);
    arena_rewind(reading->arena, mark);
    const json_t *graph = json_object_get(root, "@graph");
    read_ld_object(reading, root);
    for (size_t i = 0; i < json_array_size(root); i++) {
        const json_t *part = json_array_get(root, i);
        read_ld_object(reading, part);
        for (size_t k = 0; k < json_array_size(json_object_get(part, "@graph")); k++)
            read_ld_object(reading, json_array_get(json_object_get(part, "@graph"), k));
    }
    for (size_t i = 0; i < json_array_size(graph); i++)
        read_ld_object(reading, json_array_get(graph, i));
    read_ld_object(reading, json_object_get(root, "mainEntity"));
    json_decref(root);
}

/* ---- elements ---- */

static void read_meta(struct reading *reading, const struct page_node *node)
{
    static const enum page_attr_name keys[] = { PAGE_ATTR_PROPERTY, PAGE_ATTR_NAME,
                                                PAGE_ATTR_ITEMPROP, PAGE_ATTR_HTTP_EQUIV };
    struct slice content = page_attr(node, PAGE_ATTR_CONTENT);
    for (size_t i = 0; content.n > 0 && i < sizeof keys / sizeof *keys; i++) {
        struct slice name = page_attr(node, keys[i]);
        for (size_t k = 0; name.n > 0 && k < sizeof metas / sizeof *metas; k++)
            if (strcasecmp(name.p, metas[k].name) == 0)
                tell(reading, metas[k].fact, metas[k].rank, content);
    }
}

static bool named_after_date(struct slice names)
{
    static const char *const words[] = { "date", "Date", "time", "Time", "posted", "publish" };
    for (size_t i = 0; names.n > 0 && names.n < 200 && i < sizeof words / sizeof *words; i++)
        if (strstr(names.p, words[i]))
            return true;
    return false;
}

static bool named_updated(struct slice names)
{
    return names.n > 0 && (strcasestr(names.p, "updat") || strcasestr(names.p, "modif"));
}

static void read_dates(struct reading *reading, const struct page_node *node)
{
    struct slice prop = page_attr(node, PAGE_ATTR_ITEMPROP);
    struct slice class = page_attr(node, PAGE_ATTR_CLASS);
    struct slice stamp = page_attr(node, PAGE_ATTR_DATETIME);
    bool updated = named_updated(class) || named_updated(prop);
    if (slice_is(prop, "datePublished")) {
        struct slice content = page_attr(node, PAGE_ATTR_CONTENT);
        struct slice title = page_attr(node, PAGE_ATTR_TITLE);
        tell(reading, FACT_DATE, 2, content.n ? content : stamp.n ? stamp : title);
    }
    bool is_time = node->tag == PAGE_time;
    if (reading->guess_rank && reading->guess_rank <= 2)
        return;
    if (!is_time && !prop.n && !named_after_date(class) &&
        !named_after_date(page_attr(node, PAGE_ATTR_ID)))
        return;
    bool pub = page_attr(node, PAGE_ATTR_PUBDATE).p || strcasestr(class.n ? class.p : "", "publish") ||
               slice_is(prop, "datePublished");
    if (stamp.n > 0)
        guess_date(reading, (uint8_t)(pub ? 1 : updated ? 5 : 2), stamp);
    struct arena_mark mark = arena_mark(reading->arena);
    struct slice text = text_under(reading->arena, node, 160);
    if (text.n > 0 && text.n < 150)
        guess_date(reading, (uint8_t)(pub ? 2 : updated ? 6 : is_time ? 3 : 4), text);
    arena_rewind(reading->arena, mark);
}

/* Who wrote it, as shown: rel=author, microdata, elements named after a byline. */
static void read_byline(struct reading *reading, const struct page_node *node)
{
    struct slice rel = page_attr(node, PAGE_ATTR_REL), prop = page_attr(node, PAGE_ATTR_ITEMPROP);
    struct slice class = page_attr(node, PAGE_ATTR_CLASS);
    bool named = class.n > 0 && class.n < 200 &&
                 (strcasestr(class.p, "byline") || strcasestr(class.p, "author"));
    uint8_t rank = slice_is(prop, "author") ? 4 : slice_is(rel, "author") ? 5 : named ? 6 : 0;
    const struct told *told = &reading->told[FACT_BYLINE];
    if (!rank || (told->rank && told->rank <= rank))
        return;
    struct arena_mark mark = arena_mark(reading->arena);
    struct slice text = text_under(reading->arena, node, 120);
    size_t n_words = 1, n_digits = 0;
    if (text.n > 3 && strncasecmp(text.p, "by ", 3) == 0)
        text = slice_make(text.p + 3, text.n - 3);
    for (size_t i = 0; i < text.n; i++) {
        n_words += text.p[i] == ' ';
        n_digits += isdigit((unsigned char)text.p[i]) != 0;
    }
    char name[128];
    bool fits = text.n > 2 && text.n < 60 && n_words <= 6 && n_digits == 0;
    for (size_t i = 0; i < text.n; i++)
        fits = fits && !strchr(":(@", text.p[i]);
    if (fits)
        memcpy(name, text.p, text.n);
    arena_rewind(reading->arena, mark);
    if (fits)
        tell(reading, FACT_BYLINE, rank, slice_make(name, text.n));
}

static void read_title(struct reading *reading, const struct page_node *node)
{
    struct slice text = text_under(reading->arena, node, 600);
    struct slice prop = page_attr(node, PAGE_ATTR_ITEMPROP);
    if (text.n > 0 && reading->n_h1++ == 0)
        reading->h1 = text;
    if (prop.n && strstr(prop.p, "headline"))
        tell(reading, FACT_TITLE, 4, text);
}

static void read_elem(struct reading *reading, const struct page_node *node)
{
    switch (node->tag) {
    case PAGE_TEXT:
        break;
    case PAGE_meta:
        read_meta(reading, node);
        break;
    case PAGE_link:
        if (slice_is(page_attr(node, PAGE_ATTR_REL), "canonical"))
            tell(reading, FACT_URL, 1, page_attr(node, PAGE_ATTR_HREF));
        break;
    case PAGE_html: {
        struct slice lang = page_attr(node, PAGE_ATTR_LANG);
        tell(reading, FACT_LANG, 1, lang.n ? lang : page_attr(node, PAGE_ATTR_XML_LANG));
        break;
    }
    case PAGE_script:
        if (slice_is(page_attr(node, PAGE_ATTR_TYPE), "application/ld+json"))
            read_ld(reading, node);
        break;
    default:
        if (node->tag == PAGE_title && reading->html_title.n == 0) {
            reading->html_title = text_under(reading->arena, node, 1000);
        } else if (node->tag == PAGE_h1 && reading->n_h1 < 20) {
            read_title(reading, node);
        } else if (node->n_attrs > 0 || node->tag == PAGE_time) {
            read_dates(reading, node);
            read_byline(reading, node);
        }
    }
}

/* ---- the title without the site's name ---- */

/* The last place where a separator between title and site name stands, or text.n. */
static size_t last_separator(struct slice text, size_t *width)
{
    static const char *const separators[] = { " | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ",
                                              " \xC2\xBB ", " :: ", " \xC2\xB7 ", " / " };
    size_t best = text.n;
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        size_t n = strlen(separators[i]);
        for (size_t at = text.n; at-- > 1;)
            if (at + n <= text.n && memcmp(text.p + at, separators[i], n) == 0) {
                if (best == text.n || at > best)
                    best = at, *width = n;
                break;
            }
    }
    return best;
}

static bool holds(struct slice text, struct slice part)
{
    return text.n > 0 && part.n > 0 && memmem(text.p, text.n, part.p, part.n) != NULL;
}

static struct slice cut_site(struct slice title, struct slice site, struct slice h1)
{
    for (int round = 0; round < 3; round++) {
        size_t width = 0, at = last_separator(title, &width);
        if (at == title.n)
            break;
        struct slice tail = slice_trim(slice_make(title.p + at + width, title.n - at - width));
        struct slice head = slice_trim(slice_make(title.p, at));
        bool is_site = holds(site, tail) || holds(tail, site);
        if (!is_site && !(h1.n > 0 && h1.n <= head.n && memcmp(head.p, h1.p, h1.n) == 0))
            break;
        title = head;
    }
    return title;
}

static struct slice best_title(const struct reading *reading)
{
    struct slice site = reading->told[FACT_SITE].text, h1 = reading->h1;
    struct slice title = reading->told[FACT_TITLE].text;
    if (title.n > 0)
        return cut_site(title, site, h1);
    struct slice html = cut_site(reading->html_title, site, h1);
    if (h1.n > 10 && (reading->n_h1 == 1 || (html.n > 0 && slice_starts(html, h1.p))))
        return h1;
    if (html.n > 0 && site.n == 0) {
        size_t width, at = last_separator(html, &width);
        if (at < html.n && at > 20 && at * 2 > html.n)
            html = slice_trim(slice_make(html.p, at));
    }
    return html.n > 0 ? html : h1;
}

int page_facts(const struct page_node *root, struct arena *arena, struct page_facts *facts,
               struct dm_error *err)
{
    struct reading reading = { .arena = arena };
    const struct page_node *node = root;
    for (; node && !reading.failed; node = page_next(node, true))
        read_elem(&reading, node);
    if (reading.failed)
        return dm_fail(err, DM_ENOMEM, "out of memory for a page");
    *facts = (struct page_facts){ .title = best_title(&reading),
                                  .url = reading.told[FACT_URL].text,
                                  .site = reading.told[FACT_SITE].text,
                                  .lang = reading.told[FACT_LANG].text,
                                  .byline = reading.told[FACT_BYLINE].text,
                                  .ld_body = reading.ld_body,
                                  .date = reading.date,
                                  .guess = reading.guess };
    if (date_is_none(facts->date) && !dates_in_url(facts->url, &facts->date))
        facts->date = (struct date){0};
    return DM_OK;
}
