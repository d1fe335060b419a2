/* SPDX-License-Identifier: MIT */
/*
 * refer.h - what the files that resolve references share.
 *
 *   refer.c          the walk, candidates, common nouns
 *   refer-country.c  countries of those who say none
 *   refer-group.c    'both sides', 'the two countries'
 *   refer-name.c     names said again in part
 *   refer-pronoun.c  pronouns, who speaks
 */
#ifndef ACTORS_REFER_H
#define ACTORS_REFER_H

#include "actors/work.h"

enum pronoun {
    PRONOUN_PERSON, /* he, she */
    PRONOUN_THING,  /* it */
    PRONOUN_MANY    /* they */
};

struct name_slot { /* a word of a name, and the mention it last stood for */
    uint64_t word;    /* 0: free */
    uint32_t mention;
};

#define BALLOT_MAX 24

struct ballot { /* countries and how much speaks for each */
    uint32_t n;
    char code[BALLOT_MAX][4];
    uint32_t line[BALLOT_MAX];
    double weight[BALLOT_MAX];
};

struct refer {
    struct work *work;
    struct dm_article *article;
    uint32_t *sent_of;       /* per mention */
    struct name_slot *slot;  /* n_slots, a power of two */
    uint32_t n_slots, n_used;
    uint32_t speaker;        /* mention of who speaks in this sentence, ARTICLE_NONE */
    uint32_t last_speaker;   /* ... in the last one where somebody did */
    uint32_t before;         /* ... in the last one before this sentence */
    uint32_t author;         /* a person named alone in a line: who signs what follows */
    char main_code[4];       /* the state named most often, "" none */
    uint32_t main_line;
    struct ballot present;   /* the states that the text names */
    struct ballot title;     /* the states that the title names */
    bool *guessed;           /* per mention: its country was taken from what stands around it */
};

/* Take what is not known yet from the mention it stands for. */
void refer_take(struct refer *r, struct mention *m, uint32_t from);
/*
 * The most salient mention before that a pronoun of this kind may mean, or ARTICLE_NONE. `says`: it
 * is the subject of a verb that says, so that who spoke before is likely.
 */
uint32_t refer_best(const struct refer *r, uint32_t index, enum pronoun what, char gender,
                    bool says);
/* How many a noun with a number counts: 'both' and 'two' 2, up to five; 0 not said. */
uint32_t refer_counted(const struct refer *r, uint32_t t);
bool refer_says_both(const struct refer *r, uint32_t t);

/* Who may be taken for one of a group. */
enum group {
    GROUP_ANY,     /* 'both sides': states and parties */
    GROUP_STATES,  /* 'the two countries' */
    GROUP_PERSONS, /* 'the two leaders' */
    GROUP_PARTIES  /* 'they': those who act, in this sentence and the last */
};

/*
 * Make the mention a group of the last `count` mentions of different codes, or leave it when there
 * are not so many. As many that are named together, 'Spain and Portugal', go first.
 */
void refer_group(struct refer *r, uint32_t index, uint32_t count, enum group wanted);
bool refer_is_subject(const struct refer *r, uint32_t t);
bool refer_says(const struct refer *r, uint32_t t); /* the subject of a verb that says */
uint32_t refer_clause(const struct refer *r, uint32_t t);

/* Is the mention's code a state's? */
bool refer_is_state(const struct refer *r, const struct mention *m);

/* All states that the text names, and the one that is named most often. */
void refer_main_country(struct refer *r);
/* A name in the title speaks for its country; `self` is the struct refer. */
void refer_vote_in_title(void *self, const struct actor_use *use);
/* Take the country that most around the mention speaks for; none when nothing does. */
void refer_country(struct refer *r, uint32_t index);

void refer_name(struct refer *r, uint32_t index);
void refer_pronoun(struct refer *r, uint32_t index);
void refer_find_speaker(struct refer *r, uint32_t sent);

#endif
