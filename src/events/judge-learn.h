/* SPDX-License-Identifier: MIT */
/*
 * judge-learn.h - learn the judge's weights from sentences whose events were coded by hand.
 */
#ifndef EVENTS_JUDGE_LEARN_H
#define EVENTS_JUDGE_LEARN_H

#include "article/article.h"
#include "events/judge.h"
#include "lexicon/lexicon.h"

#define GOLD_PARTIES 16

/* An event coded by hand; places are bytes of article->text. */
struct gold_event {
    struct slice type, other; /* other: another type that it may be instead, or empty */
    uint32_t begin, end;      /* the words that tell it; equal: not known */
    struct {
        uint32_t begin, end;
        enum judge_party side;
    } party[GOLD_PARTIES];
    uint32_t n_parties;
    bool partial;        /* other events and other parties of the text are not known */
};

struct judge_lesson; /* what was gathered so far */

/*
 * judge: of an earlier lesson; it places the events whose words are not known. NULL: such events
 * teach nothing. The judge must outlive the lesson. Returns NULL without memory.
 */
struct judge_lesson *judge_lesson_new(const struct judge *judge);
/* Events so far whose words were not known. */
uint32_t judge_lesson_unplaced(const struct judge_lesson *lesson);
void judge_lesson_free(struct judge_lesson *lesson);

/*
 * Gather what an article teaches.
 *
 * before   mentions found
 * gold     the events of its coded text; those without a place are given one
 * errors   DM_ENOMEM, DM_ELIMIT (more types than JUDGE_CLASSES)
 */
int judge_lesson_take(struct judge_lesson *lesson, const struct lexicon *lexicon,
                      struct dm_article *article, struct gold_event *gold, uint32_t n_gold,
                      struct dm_error *err);

struct judge_learning {
    uint32_t epochs;      /* 0: the usual number */
    double rate, decay;   /* of AdaGrad; weight of the L2 penalty; 0: the usual ones */
    uint32_t least;       /* evidence seen less often is left out; 0: the usual number */
    const char *about;
    void (*progress)(void *self, const char *line);
    void *self;
};

/* Learn and append the file's bytes. The same lesson gives the same bytes. */
int judge_learn(struct judge_lesson *lesson, const struct judge_learning *how, struct buf *out,
                struct dm_error *err);

#endif
