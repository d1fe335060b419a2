/* SPDX-License-Identifier: MIT */
/*
 * mention.h - which stored event an event that is about to be added tells again.
 *
 * docs/database.md ("Events and mentions") has the rule.
 */
#ifndef STORE_MENTION_H
#define STORE_MENTION_H

#include "core/arena.h"
#include "store/story.h"

/* The events of one article, in their order. Stands in the article's scratch memory. */
struct mentions {
    struct dm_store *store;
    const struct dm_engine *engine;
    const struct dm_event *event; /* n of them */
    size_t n;
    sqlite3_int64 story;          /* the story that the article tells ... */
    bool copy;                    /* ... and did not begin */
    sqlite3_int64 *first;         /* of each event that is done: the row of its first telling */
    uint64_t *telling;            /* of each event that is done: hash of what it says */
    sqlite3_int64 key, story_key; /* of the event asked for last; 0 none */
};

/* DM_ENOMEM. */
int mentions_init(struct mentions *mentions, struct arena *arena, struct dm_error *err);

/*
 * The row of the first telling of event i, 0 when this is the first; those before i are done.
 *
 * cost     two look-ups in an index
 */
int mentions_find(struct mentions *mentions, size_t i, sqlite3_int64 *same_as,
                  struct dm_error *err);

/* Event i, asked for last, was added as row `row`: let others find it. */
int mentions_add(struct mentions *mentions, size_t i, sqlite3_int64 row, sqlite3_int64 same_as,
                 struct dm_error *err);

#endif
