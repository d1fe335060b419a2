/* SPDX-License-Identifier: MIT */
/*
 * story.h - articles that print the same text, whole, cut, topped or edited, are one story.
 *
 * docs/database.md ("Stories") has the rule; story.c the method.
 */
#ifndef STORE_STORY_H
#define STORE_STORY_H

#include "article/article.h"
#include "store/sketch.h"
#include "store/store.h"

#define STORY_SAMPLE_MAX (SKETCH_WORDS_MAX / 2)

enum story_copy { STORY_FIRST, STORY_SAME, STORY_NEAR };

/* What is known of an article that is about to be added. The arrays stand in article->scratch. */
struct story {
    sqlite3_int64 story;     /* the first article of its story; 0: it is the first itself */
    enum story_copy copy;
    struct sketch sketch;
    sqlite3_int64 *key;      /* n keys under which it is to be found */
    uint32_t n;
};

/* "same", "near"; NULL for the first. */
const char *story_copy_name(enum story_copy copy);

/*
 * Which story does the article tell?
 *
 * before   the article has its text; a transaction is open
 * cost     some 40 look-ups in an index, three texts compared at most: it does not grow with the store
 * errors   DM_ENOMEM, what SQLite says
 */
int story_find(struct dm_store *store, struct dm_article *article, struct story *out,
               struct dm_error *err);

/* The article was added as row `row`: let others find it. */
int story_add(struct dm_store *store, const struct story *story, sqlite3_int64 row,
              struct dm_error *err);

#endif
