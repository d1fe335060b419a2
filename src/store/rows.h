/* SPDX-License-Identifier: MIT */
/* rows.h - events one by one with what the database knows beside them, for export. */
#ifndef STORE_ROWS_H
#define STORE_ROWS_H

#include "store/store.h"

/* Lives until the callback returns. Texts are "" where nothing is known. */
struct store_row {
    const struct dm_event *event;
    long long number;  /* of the event in this database, from 1 */
    long long article; /* of its article */
    const char *url, *source, *lang;
    long long length;   /* characters of the article's text; 0 not asked for */
    long long mentions; /* how often it is told, in how many articles, of how many sources; ... */
    long long articles, sources; /* ... 1 when not asked for */
};

struct store_want {
    const char *status; /* where the filter names none; NULL: any */
    bool once;          /* leave out what is told again */
    bool lengths, mentions;
};

/* As dm_store_events(). */
int store_each(struct dm_store *store, const struct dm_filter *filter,
               const struct store_want *want,
               int (*each)(void *self, const struct store_row *row, struct dm_error *err),
               void *self, struct dm_error *err);

/* Where an event is told again. */
struct store_telling {
    const char *doc, *date, *url, *source; /* of the article */
    uint32_t sentence, start;              /* number of the sentence; where the act's words stand */
    long long party[2];                    /* where the pair's words stand; -1 not known */
    long long length;                      /* characters of the article's text */
};

/* Those of a first telling, with the places of two parties by their codes ("": not known). */
int store_tellings(struct dm_store *store, long long event, const char *const code[static 2],
                   int (*each)(void *self, const struct store_telling *telling,
                               struct dm_error *err),
                   void *self, struct dm_error *err);

#endif
