/* SPDX-License-Identifier: MIT */
/* events.h - who did what to whom: frames matched over tree and mentions. */
#ifndef EVENTS_EVENTS_H
#define EVENTS_EVENTS_H

#include "article/article.h"
#include "lexicon/lexicon.h"

struct judge;

/* What `explain` is told: each frame tried on a trigger and why it fired or not. */
struct event_trace {
    void (*tried)(void *self, uint32_t trigger, struct slice frame, bool fired, const char *why);
    /* What the judge answered about a word and why; may be NULL. */
    void (*judged)(void *self, uint32_t word, struct slice text);
    void *self;
};

/*
 * Code the events of all coded sentences.
 *
 * before   mentions found; article->date
 * judge    learned weights (judge.h); NULL: the frames alone
 * after    event[] sorted by trigger token; mention[] has more behind its end for parties of which
 *          only a noun is known ("a police headquarters")
 * trace    NULL, or told of every frame tried
 * errors   DM_ENOMEM
 */
int events_code(const struct lexicon *lexicon, const struct judge *judge,
                struct dm_article *article, const struct event_trace *trace, struct dm_error *err);

#endif
