/* SPDX-License-Identifier: MIT */
/* feed.h - a feed that is being handed out entry by entry; shared by feed.c and its two kinds. */
#ifndef NEWS_FEED_H
#define NEWS_FEED_H

#include <jansson.h>
#include <libxml/tree.h>

#include "news/news.h"
#include "news/xml.h"

#define FEED_MAX (16u << 20) /* bytes; the tree takes some ten times as much */

struct feed {
    struct arena arena;  /* the feed's own facts below `mark`, an entry's behind it */
    struct arena_mark mark;
    const char *path;
    xmlDoc *doc;         /* XML, or NULL */
    xmlNode *next;       /* where the next entry is looked for */
    struct xml_fault fault;
    json_t *json;        /* JSON Feed, or NULL */
    size_t index;        /* of the next item */
    struct slice title, lang, link; /* of the feed */
    bool title_markup;
};

/* Put a field of the entry into the record. */
void feed_put(struct news_record *record, enum news_field field, struct slice text, bool markup);

/* Parse `text` (valid UTF-8): the feed's facts, and ready for the first entry. */
int feed_xml_open(struct feed *feed, struct slice text, struct dm_error *err);
int feed_json_open(struct feed *feed, struct slice text, struct dm_error *err);

/* Fill the record from the next entry: 1; 0 at the end; DM_ENOMEM. */
int feed_xml_next(struct feed *feed, struct news_record *record, struct dm_error *err);
int feed_json_next(struct feed *feed, struct news_record *record, struct dm_error *err);

#endif
