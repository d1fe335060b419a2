/* SPDX-License-Identifier: MIT */
/*
 * judge.h - the statistical side: learned weights that judge what the frames found.
 *
 * A word of a sentence may tell an event of one of the types, or none; a word may name the actor of
 * an event, its recipient, or neither. Both are decided by adding up the weights of the evidence
 * that speaks for and against (multinomial logistic regression): evidence.c says what evidence
 * there is, in words that `explain` shows; judge-learn.c learns the weights from sentences whose
 * events were coded by hand; judge.c decides.
 *
 * Source  A. Berger, S. Della Pietra, V. Della Pietra, "A Maximum Entropy Approach to Natural
 *         Language Processing", Computational Linguistics 22(1), 1996.
 */
#ifndef EVENTS_JUDGE_H
#define EVENTS_JUDGE_H

#include "core/image.h"

#define JUDGE_VERSION 1
#define JUDGE_CLASSES 32 /* most classes of a question */

/* The two questions. ORDER JUDGE QUESTION */
enum judge_question { JUDGE_TRIGGER, JUDGE_PARTY, JUDGE_QUESTIONS };

/* Classes of JUDGE_PARTY; class 0 of both questions is "none". */
enum judge_party { PARTY_NONE, PARTY_ACTOR, PARTY_RECIPIENT, PARTY_CLASSES };

struct judge_slot {
    uint32_t key; /* of a piece of evidence; 0: free */
    uint32_t row;
};

struct judge_table {
    const struct judge_slot *slot; /* power of two, at most half full */
    const int8_t *weight;          /* [n_rows][n_classes], in units of `unit` */
    uint32_t mask, n_rows, n_classes;
    float unit;
};

struct judge {
    struct image image;
    struct judge_table table[JUDGE_QUESTIONS];
    struct slice type[JUDGE_CLASSES]; /* names of the trigger's classes; type[0] is "" */
    struct slice about;               /* what it was made from */
};

/* DM_EIO, DM_EFORMAT, DM_EVERSION, DM_ENOMEM. */
int judge_open(const char *path, struct judge **out, struct dm_error *err);
int judge_from_memory(const char *name, struct slice bytes, struct judge **out,
                      struct dm_error *err);
void judge_close(struct judge *judge);

#define JUDGE_HASH_FROM UINT64_C(0xcbf29ce484222325)
#define JUDGE_HASH_BY UINT64_C(0x100000001b3)

/* Hash of a word as the tables know it; never 0. FNV-1a that begins with the length. */
static inline uint32_t judge_hash(struct slice text)
{
    uint64_t h = JUDGE_HASH_FROM ^ text.n;
    for (size_t i = 0; i < text.n; i++)
        h = (h ^ (unsigned char)text.p[i]) * JUDGE_HASH_BY;
    uint32_t hash = (uint32_t)(h ^ (h >> 32));
    return hash ? hash : 1;
}

/* The row of weights of a piece of evidence, NULL when it was never learned. */
const int8_t *judge_row(const struct judge_table *table, uint32_t key);
/* Probabilities of the classes, from the weights of n pieces of evidence. */
void judge_ask(const struct judge_table *table, const uint32_t *key, uint32_t n, float *p);

#endif
