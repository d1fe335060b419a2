/* SPDX-License-Identifier: MIT */
/*
 * page-tree.c - a page as a tree of elements and texts.
 *
 * Reads    the page's bytes, valid UTF-8, however broken the markup.
 * Leaves   page_node: elements with the attributes that somebody asks for, texts with their entities
 *          resolved. Comments, styles, drawings and elements without content are left out; scripts
 *          keep theirs only where it is JSON-LD.
 * Method   slim.c cuts out what nobody asks for; libxml2 reads the rest as HTML and tells what begins and
 *          ends (SAX), also where the page does not say it; here it becomes nodes.
 * Memory   The arena's. What nests deeper than DEPTH_MOST elements hangs on the deepest: no depth makes
 *          a walk slow.
 * Limits   NODES_MOST nodes; what stands behind them is left out.
 */
#include "news/page-tree.h"

#include <libxml/HTMLparser.h>
#include <strings.h>

#define DEPTH_MOST 400
#define ATTRS_MOST 12
#define CHUNK 64 /* nodes taken from the arena at a time */
#define NODES_MOST (1u << 19)

/* ORDER TAG */
static const char *const tags[PAGE_TAGS_END] = {
    [PAGE_TEXT] = "", [PAGE_OTHER] = "",
#define X(name) [PAGE_##name] = #name,
    PAGE_TAGS(X)
#undef X
};

/* ORDER ATTR */
#define ATTR(name) { name, sizeof(name) - 1 }
static const struct slice attrs[PAGE_ATTRS] = {
    ATTR("class"), ATTR("id"), ATTR("role"), ATTR("itemprop"), ATTR("style"), ATTR("hidden"),
    ATTR("aria-hidden"), ATTR("content"), ATTR("name"), ATTR("property"), ATTR("http-equiv"),
    ATTR("rel"), ATTR("href"), ATTR("lang"), ATTR("xml:lang"), ATTR("type"), ATTR("datetime"),
    ATTR("title"), ATTR("pubdate"),
};
#undef ATTR

struct build {
    struct arena *arena;
    xmlParserCtxt *parser;
    struct page_node *root;
    struct page_node *open[DEPTH_MOST]; /* from the root to where the next node hangs */
    size_t depth;                       /* elements that are open, also those that are not in open[] */
    struct page_node *spare;            /* nodes not used yet */
    unsigned n_spare, n_nodes;
    char *text, *text_end;              /* where the next text goes */
    bool failed;                        /* no memory */
};

static struct page_node *new_node(struct build *build, enum page_tag tag)
{
    if (build->n_spare == 0) {
        build->spare = arena_array(build->arena, CHUNK, struct page_node);
        build->n_spare = build->spare ? CHUNK : 0;
    }
    build->failed |= build->n_spare == 0;
    if (build->failed || build->n_nodes == NODES_MOST) {
        xmlStopParser(build->parser);
        return NULL;
    }
    struct page_node *node = build->spare++;
    build->n_spare--;
    build->n_nodes++;
    node->tag = (uint8_t)tag;
    return node;
}

static struct page_node *top_of(const struct build *build)
{
    size_t depth = build->depth < DEPTH_MOST ? build->depth : DEPTH_MOST;
    return depth ? build->open[depth - 1] : build->root;
}

static void hang(struct build *build, struct page_node *node)
{
    struct page_node *parent = top_of(build);
    node->parent = parent;
    if (parent->last)
        parent->last->next = node;
    else
        parent->children = node;
    parent->last = node;
}

struct page_node *page_next(const struct page_node *node, bool deeper)
{
    if (deeper && node->children)
        return node->children;
    while (node && !node->next)
        node = node->parent;
    return node ? node->next : NULL;
}

/* ---- names ---- */

static enum page_tag tag_of(const char *name)
{
    unsigned low = PAGE_OTHER + 1, high = PAGE_TAGS_END;
    while (low < high) {
        unsigned middle = (low + high) / 2;
        int order = name[0] - tags[middle][0];
        if (order == 0)
            order = strcmp(name, tags[middle]);
        if (order == 0)
            return (enum page_tag)middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return PAGE_OTHER;
}

static enum page_attr_name attr_of(struct slice name)
{
    unsigned i = 0;
    while (i < PAGE_ATTRS &&
           (attrs[i].n != name.n || strncasecmp(attrs[i].p, name.p, name.n) != 0))
        i++;
    return (enum page_attr_name)i;
}

bool page_wants(struct slice tag, struct slice name, struct slice value)
{
    switch (attr_of(name)) {
    case PAGE_ATTRS:
        return false;
    case PAGE_ATTR_STYLE:
        return value.n > 3 && memmem(value.p, value.n, "one", 3); /* display: none */
    case PAGE_ATTR_NAME:
    case PAGE_ATTR_PROPERTY:
    case PAGE_ATTR_HTTP_EQUIV:
        return slice_is_any_case(tag, "meta");
    case PAGE_ATTR_HREF:
        return slice_is_any_case(tag, "link");
    case PAGE_ATTR_TYPE:
        return slice_is_any_case(tag, "script");
    case PAGE_ATTR_LANG:
    case PAGE_ATTR_XML_LANG:
        return slice_is_any_case(tag, "html");
    case PAGE_ATTR_TITLE:
        return !slice_is_any_case(tag, "a");
    default:
        return true;
    }
}

/* ---- what libxml2 tells ---- */

/* `pairs`: names and values, then NULL; a value is NULL where none was given. */
static void set_attrs(struct build *build, struct page_node *node, const xmlChar **pairs)
{
    struct page_attr got[ATTRS_MOST];
    unsigned n = 0;
    for (; pairs && pairs[0] && n < ATTRS_MOST; pairs += 2) {
        enum page_attr_name name = attr_of(slice_of((const char *)pairs[0]));
        struct slice value = slice_of(pairs[1] ? (const char *)pairs[1] : "");
        if (name != PAGE_ATTRS)
            got[n++] = (struct page_attr){name, arena_copy(build->arena, value)};
    }
    struct page_attr *kept = n ? arena_array(build->arena, n, struct page_attr) : NULL;
    for (unsigned i = 0; i < n; i++) {
        build->failed |= !kept || !got[i].value.p;
        if (kept)
            kept[i] = got[i];
    }
    if (!n || build->failed)
        return;
    node->attr = kept;
    node->n_attrs = (uint8_t)n;
}

static void on_start(void *data, const xmlChar *name, const xmlChar **pairs)
{
    struct build *build = data;
    enum page_tag tag = tag_of((const char *)name);
    struct page_node *node = build->root;
    if (tag != PAGE_html) {
        node = new_node(build, tag);
        if (!node)
            return;
        hang(build, node);
    }
    if (pairs && node->n_attrs == 0)
        set_attrs(build, node, pairs);
    if (build->depth < DEPTH_MOST)
        build->open[build->depth] = node;
    build->depth++;
}

static void on_end(void *data, const xmlChar *name)
{
    struct build *build = data;
    (void)name;
    build->depth -= build->depth > 0;
}

/* Texts lie one behind the other, so that pieces of one are one. */
static void on_text(void *data, const xmlChar *bytes, int n)
{
    struct build *build = data;
    struct page_node *top = top_of(build), *node = top->last;
    if (n <= 0 || n > build->text_end - build->text)
        return;
    bool joins = node && node->tag == PAGE_TEXT && node->content.p + node->content.n == build->text;
    if (!joins) {
        node = new_node(build, PAGE_TEXT);
        if (!node)
            return;
        node->content = slice_make(build->text, 0);
        hang(build, node);
    }
    memcpy(build->text, bytes, (size_t)n);
    build->text += n;
    node->content.n += (size_t)n;
    if (top->tag == PAGE_script)
        top->content = node->content;
}

struct page_node *page_tree(struct slice page, struct arena *arena)
{
    struct build build = { .arena = arena, .parser = htmlNewParserCtxt() };
    xmlParserCtxt *parser = build.parser;
    struct slice slim = page_slim(page, arena);
    build.text = arena_bytes(arena, slim.n + 1);
    build.root = parser ? new_node(&build, PAGE_html) : NULL;
    if (build.root && slim.p && build.text) {
        build.text_end = build.text + slim.n;
        *parser->sax = (xmlSAXHandler){ .startElement = on_start, .endElement = on_end,
                                        .characters = on_text, .cdataBlock = on_text };
        parser->userData = &build;
        xmlDoc *none = htmlCtxtReadMemory(parser, slim.p, (int)slim.n, NULL, "UTF-8",
                                          HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                              HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                              HTML_PARSE_IGNORE_ENC);
        xmlFreeDoc(none);
    } else {
        build.failed = true;
    }
    htmlFreeParserCtxt(parser);
    return build.failed ? NULL : build.root;
}
