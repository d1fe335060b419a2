/* SPDX-License-Identifier: MIT */
/* clutter.h - tell what a page carries around an article from the article. */
#ifndef NEWS_CLUTTER_H
#define NEWS_CLUTTER_H

#include "core/arena.h"
#include "core/date.h"

enum line_kind {
    LINE_BODY,     /* a sentence or more */
    LINE_HEADLINE, /* short, without a full stop */
    LINE_BYLINE,   /* "By Jane Doe", "Articles by: ..." */
    LINE_DATE,     /* a date, perhaps with the paper's name */
    LINE_LINKS,    /* links, addresses, labels with links behind */
    LINE_NOTE,     /* share, subscribe, read more, photo credits, corrections of the desk */
    LINE_LEGAL     /* copyright, disclaimer: near the end, what follows is clutter too */
};

struct line_facts {
    struct date date;    /* LINE_DATE */
    struct slice name;   /* LINE_BYLINE: the people; LINE_DATE: the paper; else empty */
};

/*
 * What is this line or paragraph? Told by itself alone, so that a sentence of an article is never
 * taken for clutter because of where it stands. scratch is wound back. facts may be NULL.
 */
enum line_kind clutter_line(struct arena *scratch, struct slice line, struct line_facts *facts);

static inline bool clutter_is(enum line_kind kind)
{
    return kind > LINE_HEADLINE;
}

/*
 * The bytes of a dateline at the start of a paragraph ("KYIV, March 3 (Agency) -- "), 0 without
 * one. *date is none, whole, or month and day only (year 0).
 */
size_t clutter_dateline(struct slice paragraph, struct date *date);

/* A line without the marks of Markdown links, "[Name](#)" to "Name", in the arena. */
struct slice clutter_visible(struct arena *arena, struct slice line, size_t *n_linked);

#endif
