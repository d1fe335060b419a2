/* SPDX-License-Identifier: MIT */
/*
 * feed-xml.c - RSS, RDF and Atom, entry by entry.
 *
 * Reads    a document with <item> or <entry> elements, well-formed or nearly so (xml.c).
 * Leaves   see feed.c. Dates as ISO; a date that is none is left out. Links made absolute.
 * Method   A table says which elements tell which field, and which goes before which: the whole text
 *          (content:encoded, Atom's content) before a summary, the day of publication before one of
 *          change. Elements are told by their namespace, or by the prefix where it is not declared.
 * Limits   256 elements deep, 10 MB a text (libxml2).
 * Source   RSS 0.91, 1.0, 2.0; RFC 4287 (Atom), Atom 0.3; Dublin Core; RSS modules content, media.
 */
#include <libxml/uri.h>

#include "news/dates.h"
#include "news/feed.h"
#include "news/records.h"

enum space { SPACE_CORE, SPACE_CONTENT, SPACE_DC, SPACE_MEDIA, SPACE_ITUNES, SPACE_OTHER };

/* By what stands in the namespace's address; by the prefix where it is not declared. */
static const struct { const char *address, *prefix; enum space space; } spaces[] = {
    { "modules/content", "content", SPACE_CONTENT },
    { "purl.org/dc/", "dc", SPACE_DC },
    { "purl.org/dc/terms", "dcterms", SPACE_DC },
    { "search.yahoo.com/mrss", "media", SPACE_MEDIA },
    { "itunes.com", "itunes", SPACE_ITUNES },
    { "w3.org/2005/atom", "atom", SPACE_CORE },
    { "purl.org/atom", "atom10", SPACE_CORE },
    { "purl.org/net/rss", "rss", SPACE_CORE },
    { "purl.org/rss/1.0/", "rdf", SPACE_CORE },
    { "my.netscape.com", "a", SPACE_CORE },
    { "w3.org/1999/xhtml", "xhtml", SPACE_CORE },
    { "backend.userland.com", "feedburner", SPACE_CORE },
};

/* What an entry is asked for beside the fields of its article. */
enum slot { SLOT_TEXT, SLOT_TITLE, SLOT_DATE, SLOT_LINK, SLOT_ID, SLOT_AUTHOR, SLOT_LANG,
            SLOT_SOURCE, SLOTS };

/* The lower rank wins, then the first. */
static const struct { enum space space; const char *name; enum slot slot; int rank; } elements[] = {
    { SPACE_CONTENT, "encoded", SLOT_TEXT, 1 },   { SPACE_CORE, "content", SLOT_TEXT, 1 },
    { SPACE_CORE, "body", SLOT_TEXT, 2 },         { SPACE_CORE, "div", SLOT_TEXT, 2 },
    { SPACE_CORE, "fullitem", SLOT_TEXT, 2 },     { SPACE_CORE, "summary", SLOT_TEXT, 3 },
    { SPACE_CORE, "description", SLOT_TEXT, 4 },  { SPACE_DC, "description", SLOT_TEXT, 5 },
    { SPACE_CORE, "abstract", SLOT_TEXT, 5 },     { SPACE_MEDIA, "description", SLOT_TEXT, 6 },
    { SPACE_ITUNES, "summary", SLOT_TEXT, 7 },    { SPACE_ITUNES, "subtitle", SLOT_TEXT, 8 },
    { SPACE_CORE, "title", SLOT_TITLE, 1 },       { SPACE_DC, "title", SLOT_TITLE, 2 },
    { SPACE_ITUNES, "title", SLOT_TITLE, 3 },     { SPACE_MEDIA, "title", SLOT_TITLE, 4 },
    { SPACE_CORE, "pubDate", SLOT_DATE, 1 },      { SPACE_CORE, "published", SLOT_DATE, 1 },
    { SPACE_CORE, "issued", SLOT_DATE, 1 },       { SPACE_DC, "issued", SLOT_DATE, 1 },
    { SPACE_DC, "date", SLOT_DATE, 2 },           { SPACE_CORE, "date", SLOT_DATE, 3 },
    { SPACE_CORE, "created", SLOT_DATE, 3 },      { SPACE_DC, "created", SLOT_DATE, 3 },
    { SPACE_CORE, "updated", SLOT_DATE, 4 },      { SPACE_CORE, "modified", SLOT_DATE, 4 },
    { SPACE_DC, "modified", SLOT_DATE, 5 },       { SPACE_CORE, "guid", SLOT_ID, 1 },
    { SPACE_CORE, "id", SLOT_ID, 1 },             { SPACE_DC, "identifier", SLOT_ID, 2 },
    { SPACE_DC, "creator", SLOT_AUTHOR, 1 },      { SPACE_CORE, "author", SLOT_AUTHOR, 2 },
    { SPACE_DC, "author", SLOT_AUTHOR, 3 },       { SPACE_ITUNES, "author", SLOT_AUTHOR, 4 },
    { SPACE_CORE, "language", SLOT_LANG, 1 },     { SPACE_DC, "language", SLOT_LANG, 1 },
    { SPACE_CORE, "source", SLOT_SOURCE, 1 },     { SPACE_DC, "publisher", SLOT_SOURCE, 2 },
    { SPACE_CORE, "link", SLOT_LINK, 1 },         { SPACE_CORE, "origLink", SLOT_LINK, 0 },
    { SPACE_CORE, "url", SLOT_LINK, 4 },
};

struct pick {
    int rank; /* 0 nothing yet; else the element's, plus 1 */
    struct slice text;
    bool markup;
};

/* ---- what an element is ---- */

static const char *local_name(const xmlNode *node)
{
    const char *colon = strrchr((const char *)node->name, ':');
    return colon ? colon + 1 : (const char *)node->name;
}

static bool is_called(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcasecmp(local_name(node), name) == 0;
}

static enum space space_of(const xmlNode *node)
{
    const char *colon = strrchr((const char *)node->name, ':');
    const char *address = node->ns ? (const char *)node->ns->href : NULL;
    size_t n = colon ? (size_t)(colon - (const char *)node->name) : 0;
    if (!address && !colon)
        return SPACE_CORE;
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (address ? strcasestr(address, spaces[i].address) != NULL
                    : strlen(spaces[i].prefix) == n &&
                          strncasecmp((const char *)node->name, spaces[i].prefix, n) == 0)
            return spaces[i].space;
    return address && !node->ns->prefix ? SPACE_CORE : SPACE_OTHER; /* a default of one's own */
}

static bool is_entry(const xmlNode *node)
{
    return (is_called(node, "item") || is_called(node, "entry")) && space_of(node) != SPACE_MEDIA;
}

/* ---- what it says ---- */

static bool has_elements(const xmlNode *node)
{
    for (const xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            return true;
    return false;
}

/* Text or HTML, as Atom's `type` says, else as it looks. */
static struct slice value_of(struct arena *arena, xmlNode *node, bool *markup)
{
    struct slice type = xml_attr(arena, node, "type");
    if (has_elements(node)) {
        *markup = true;
        return xml_inside(arena, node);
    }
    struct slice text = slice_trim(xml_text(arena, node));
    *markup = slice_ends(type, "html") || slice_ends(type, "xhtml+xml") ||
              (!slice_is(type, "text") && !slice_is(type, "text/plain") && markup_looks(text));
    return text;
}

/* A person's or a source's name: <name> or <title> inside, else the text. */
static struct slice name_of(struct arena *arena, xmlNode *node)
{
    for (xmlNode *child = node->children; child; child = child->next)
        if (is_called(child, "name") || is_called(child, "title"))
            return slice_trim(xml_text(arena, child));
    return has_elements(node) ? SLICE_LIT("") : slice_trim(xml_text(arena, node));
}

static bool has_scheme(struct slice link)
{
    for (size_t i = 0; i < link.n; i++) {
        if (link.p[i] == ':')
            return i > 0;
        if (strchr("/?#", link.p[i]))
            break;
    }
    return false;
}

/* Absolute, by xml:base or the feed's own link. */
static struct slice absolute(struct feed *feed, xmlNode *node, struct slice link)
{
    struct arena *arena = &feed->arena;
    if (link.n == 0 || has_scheme(link))
        return link;
    xmlChar *base = xmlNodeGetBase(feed->doc, node);
    struct slice own = arena_copy(arena, link), feeds = arena_copy(arena, feed->link);
    const xmlChar *against = base ? base : (const xmlChar *)feeds.p;
    xmlChar *made = own.p && against ? xmlBuildURI((const xmlChar *)own.p, against) : NULL;
    if (made)
        link = arena_copy(arena, slice_of((const char *)made));
    xmlFree(made);
    xmlFree(base);
    return link;
}

/* <link href=... rel=alternate>, or <link>...</link>. */
static struct slice link_of(struct feed *feed, xmlNode *node)
{
    struct slice href = xml_attr(&feed->arena, node, "href");
    struct slice rel = xml_attr(&feed->arena, node, "rel");
    if (href.n > 0 && rel.n > 0 && !slice_is(rel, "alternate"))
        return SLICE_LIT("");
    if (href.n == 0)
        href = slice_trim(xml_text(&feed->arena, node));
    return absolute(feed, node, href);
}

static bool take_value(struct feed *feed, xmlNode *node, enum slot slot, struct pick *got)
{
    struct arena *arena = &feed->arena;
    struct date date;
    char text[DATE_TEXT];
    got->markup = false;
    switch (slot) {
    case SLOT_TEXT:
    case SLOT_TITLE:
        got->text = value_of(arena, node, &got->markup);
        break;
    case SLOT_DATE:
        if (!dates_of_field(slice_trim(xml_text(arena, node)), &date))
            return false;
        got->text = arena_copy(arena, slice_make(text, date_format(date, text)));
        break;
    case SLOT_LINK:
        got->text = link_of(feed, node);
        break;
    case SLOT_AUTHOR:
    case SLOT_SOURCE:
        got->text = name_of(arena, node);
        got->markup = markup_looks(got->text);
        break;
    default:
        got->text = slice_trim(xml_text(arena, node));
    }
    return got->text.n > 0;
}

/* Look at one child of an entry or a feed. */
static void ask(struct feed *feed, xmlNode *node, struct pick *pick)
{
    enum space space = space_of(node);
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        if (elements[i].space != space || !is_called(node, elements[i].name))
            continue;
        struct pick *slot = &pick[elements[i].slot], got = {.rank = elements[i].rank + 1};
        if ((slot->rank == 0 || got.rank < slot->rank) &&
            take_value(feed, node, elements[i].slot, &got))
            *slot = got;
        return;
    }
}

/* ---- the feed, its entries ---- */

static xmlNode *find_container(xmlNode *root)
{
    for (xmlNode *node = root; node; node = xml_next(node, !is_entry(node)))
        if (is_called(node, "channel") || is_called(node, "feed"))
            return node;
    return root;
}

int feed_xml_open(struct feed *feed, struct slice text, struct dm_error *err)
{
    struct buf xml;
    buf_init(&xml, 2 * (size_t)FEED_MAX);
    int rc = xml_mend(text, &xml) ? DM_OK
             : dm_fail(err, DM_ELIMIT, "%s: a feed of more than %u MiB", feed->path, FEED_MAX >> 20);
    if (rc == DM_OK && xml.n > 0)
        feed->doc = xml_read(buf_slice(&xml), &feed->fault);
    buf_deinit(&xml);
    xmlNode *root = feed->doc ? xmlDocGetRootElement(feed->doc) : NULL;
    if (rc == DM_OK && !root)
        rc = dm_fail(err, DM_EFORMAT, "%s: no XML that could be parsed", feed->path);
    if (rc != DM_OK)
        return rc;
    struct pick pick[SLOTS] = {0};
    for (xmlNode *node = find_container(root)->children; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE && !is_entry(node))
            ask(feed, node, pick);
    feed->title = pick[SLOT_TITLE].text;
    feed->title_markup = pick[SLOT_TITLE].markup;
    feed->lang = pick[SLOT_LANG].text;
    feed->link = pick[SLOT_LINK].text;
    feed->next = root;
    return DM_OK;
}

/* The language that holds at the node: xml:lang on it or above. */
static struct slice lang_at(struct feed *feed, xmlNode *node)
{
    xmlChar *lang = xmlNodeGetLang(node);
    struct slice got = lang ? arena_copy(&feed->arena, slice_of((const char *)lang))
                            : SLICE_LIT("");
    xmlFree(lang);
    return got.n > 0 ? got : feed->lang;
}

static void put(struct news_record *record, enum news_field field, const struct pick *pick)
{
    if (pick->text.n > 0)
        feed_put(record, field, pick->text, pick->markup);
}

static void take_entry(struct feed *feed, xmlNode *entry, struct news_record *record)
{
    struct pick pick[SLOTS] = {0};
    xmlChar *about = xmlGetProp(entry, BAD_CAST "about"); /* rdf:about */
    for (xmlNode *node = entry->children; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE)
            ask(feed, node, pick);
    if (pick[SLOT_ID].text.n == 0 && about)
        pick[SLOT_ID].text = arena_copy(&feed->arena, slice_of((const char *)about));
    xmlFree(about);
    if (pick[SLOT_ID].text.n == 0)
        pick[SLOT_ID].text = pick[SLOT_LINK].text;
    if (pick[SLOT_LINK].text.n == 0 && slice_starts(pick[SLOT_ID].text, "http"))
        pick[SLOT_LINK].text = pick[SLOT_ID].text;
    if (pick[SLOT_SOURCE].text.n == 0) {
        pick[SLOT_SOURCE].text = feed->title;
        pick[SLOT_SOURCE].markup = feed->title_markup;
    }
    if (pick[SLOT_LANG].text.n == 0)
        pick[SLOT_LANG].text = lang_at(feed, entry);
    put(record, NEWS_FIELD_TEXT, &pick[SLOT_TEXT]);
    put(record, NEWS_FIELD_TITLE, &pick[SLOT_TITLE]);
    put(record, NEWS_FIELD_ID, &pick[SLOT_ID]);
    put(record, NEWS_FIELD_DATE, &pick[SLOT_DATE]);
    put(record, NEWS_FIELD_URL, &pick[SLOT_LINK]);
    put(record, NEWS_FIELD_SOURCE, &pick[SLOT_SOURCE]);
    put(record, NEWS_FIELD_LANG, &pick[SLOT_LANG]);
    put(record, NEWS_FIELD_BYLINE, &pick[SLOT_AUTHOR]);
}

int feed_xml_next(struct feed *feed, struct news_record *record, struct dm_error *err)
{
    (void)err;
    xmlNode *node = feed->next;
    while (node && !is_entry(node))
        node = xml_next(node, true);
    feed->next = node ? xml_next(node, false) : NULL;
    if (!node)
        return 0;
    take_entry(feed, node, record);
    record->line = (uint64_t)xmlGetLineNo(node);
    return 1;
}
