/* SPDX-License-Identifier: MIT */
/*
 * page-tree.h - a page as a tree of elements and texts, as far as finding its article needs one.
 *
 * Everything lies in the arena given to page_tree().
 */
#ifndef NEWS_PAGE_TREE_H
#define NEWS_PAGE_TREE_H

#include "core/arena.h"

/* ORDER TAG: sorted by name; "other" is every element that has no meaning of its own here. */
#define PAGE_TAGS(X)                                                                               \
    X(a) X(address) X(applet) X(article) X(aside) X(audio) X(blockquote) X(body) X(br) X(button)   \
    X(canvas) X(caption) X(center) X(datalist) X(dd) X(details) X(dialog) X(dir) X(div) X(dl)      \
    X(dt) X(fieldset) X(figcaption) X(figure) X(footer) X(form) X(h1) X(h2) X(h3) X(h4) X(h5)      \
    X(h6) X(head) X(header) X(hr) X(html) X(iframe) X(label) X(legend) X(li) X(link) X(main)       \
    X(map) X(menu) X(meta) X(nav) X(noscript) X(object) X(ol) X(optgroup) X(option) X(p) X(pre)    \
    X(script) X(section) X(select) X(style) X(summary) X(svg) X(table) X(tbody) X(td) X(template)  \
    X(textarea) X(tfoot) X(th) X(thead) X(time) X(title) X(tr) X(ul) X(video)

enum page_tag {
    PAGE_TEXT, /* no element: content is its text */
    PAGE_OTHER,
#define X(name) PAGE_##name,
    PAGE_TAGS(X)
#undef X
    PAGE_TAGS_END
};

/* ORDER ATTR: what is kept of an element's attributes. */
enum page_attr_name {
    PAGE_ATTR_CLASS, PAGE_ATTR_ID, PAGE_ATTR_ROLE, PAGE_ATTR_ITEMPROP, PAGE_ATTR_STYLE,
    PAGE_ATTR_HIDDEN, PAGE_ATTR_ARIA_HIDDEN, PAGE_ATTR_CONTENT, PAGE_ATTR_NAME, PAGE_ATTR_PROPERTY,
    PAGE_ATTR_HTTP_EQUIV, PAGE_ATTR_REL, PAGE_ATTR_HREF, PAGE_ATTR_LANG, PAGE_ATTR_XML_LANG,
    PAGE_ATTR_TYPE, PAGE_ATTR_DATETIME, PAGE_ATTR_TITLE, PAGE_ATTR_PUBDATE, PAGE_ATTRS
};

struct page_attr {
    enum page_attr_name name;
    struct slice value; /* NUL-terminated, entities resolved */
};

struct page_node {
    struct page_node *parent, *children, *next; /* NULL where there is none */
    struct page_node *last;                     /* of the children */
    struct slice content; /* of a text; of a <script>, as it stands there. Not NUL-terminated */
    const struct page_attr *attr;
    uint8_t n_attrs;
    uint8_t tag;          /* enum page_tag */
};

/* The root, an <html>, whatever the page has; NULL without memory. The page is valid UTF-8. */
struct page_node *page_tree(struct slice page, struct arena *arena);

/* slim.c: the page without what no node is made of; p is NULL without memory. */
struct slice page_slim(struct slice page, struct arena *arena);

/* Is it one of enum page_attr_name, and does somebody ask an element of that tag for it? Any case. */
bool page_wants(struct slice tag, struct slice name, struct slice value);

/* The node behind `node` in document order; `deeper`: its children come first. NULL at the end. */
struct page_node *page_next(const struct page_node *node, bool deeper);

/* An attribute's value, NUL-terminated; p is NULL when it is absent. */
static inline struct slice page_attr(const struct page_node *node, enum page_attr_name name)
{
    for (uint8_t i = 0; i < node->n_attrs; i++)
        if (node->attr[i].name == name)
            return node->attr[i].value;
    return (struct slice){0};
}

#endif
