/* SPDX-License-Identifier: MIT */
/* list.h - the list of feeds to watch: a text file, or OPML as feed readers write it. */
#ifndef WATCH_LIST_H
#define WATCH_LIST_H

#include "core/arena.h"
#include "core/map.h"
#include "core/error.h"

#define LIST_MAX 20000           /* feeds */
#define LIST_BYTES (8u << 20)    /* of the file */
#define LIST_EVERY_MIN 60        /* seconds */
#define LIST_EVERY_MAX (30 * 86400)

struct list_feed {
    const char *url;
    unsigned every; /* seconds between polls; 0: as for all */
    bool pages;     /* fetch the pages of its entries */
};

struct list {
    struct arena arena;      /* holds all below */
    struct list_feed *feed;  /* n of them, each url once, in the order given */
    uint32_t n;
    size_t capacity;
    struct map known;        /* urls */
};

void list_init(struct list *list);
void list_deinit(struct list *list);

/* "90", "90s", "15m", "2h", "1d" in seconds, from LIST_EVERY_MIN on. False: it is none. */
bool list_duration(struct slice text, unsigned *out);

/*
 * Add one feed, unless its address is there. DM_EFORMAT no address of http or https; DM_ELIMIT,
 * DM_ENOMEM. `where` stands before the message.
 */
int list_add(struct list *list, struct slice url, unsigned every, bool pages, const char *where,
             struct dm_error *err);

/*
 * Add what the text of a file lists: an address a line, behind it "every=15m" and "pages", from '#'
 * on a remark; or OPML, the xmlUrl of its outlines. DM_EFORMAT names path and line.
 */
int list_read(struct list *list, struct slice text, const char *path, struct dm_error *err);
/* The same of a file. DM_EIO. */
int list_load(struct list *list, const char *path, struct dm_error *err);

#endif
