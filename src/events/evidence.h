/* SPDX-License-Identifier: MIT */
/*
 * evidence.h - what speaks for or against an event or a party, as the judge weighs it.
 *
 * A piece of evidence is a name ("lemma+object") and up to three values ("sign", "treaty"); its key,
 * a hash of these, is what the learned weights know it by. The values stay readable for `explain`.
 */
#ifndef EVENTS_EVIDENCE_H
#define EVENTS_EVIDENCE_H

#include "events/matcher.h"

#define EVIDENCE_MAX 256 /* pieces about one question; more are left out */

struct evidence_piece {
    const char *name;
    struct slice value[3]; /* p NULL: not used; n SIZE_MAX: up to its NUL */
};

struct evidence {
    bool keys_only; /* nobody is shown the pieces: they are not written */
    const struct judge_table *table; /* that will be asked of the keys, so that its memory is on its
                                        way; NULL: none */
    uint32_t key[EVIDENCE_MAX];
    struct evidence_piece piece[EVIDENCE_MAX];
    uint32_t n;
    char way[160], bare[96]; /* the way through the tree, with prepositions and without */
};

/* A sentence prepared: where its finds stand, hashes of its lemmas. Arrays live in scratch. */
struct evidence_sentence {
    const struct matcher *m;
    uint32_t *found_at;   /* [tokens of the sentence] index into found[], ARTICLE_NONE none */
    uint32_t *lemma_hash; /* [tokens of the sentence] */
    uint32_t *mention_at; /* [n_mentions] the tokens that head mentions, in the order of the text */
    uint32_t n_mentions;
    uint32_t n_political; /* mentions that are political actors */
    uint32_t *nth;        /* [tokens of the sentence] candidates before the word */
    uint32_t *party, *time; /* tokens: heads of those mentions; words of time */
    uint32_t n_candidates, n_party, n_time, n_countries; /* countries: codes of those mentions */
};

/* False without memory. */
bool evidence_prepare(const struct matcher *m, struct evidence_sentence *out);

/* Might the word tell an event? Verbs, nouns that are not part of a name, and what a frame found. */
bool evidence_is_candidate(const struct evidence_sentence *s, uint32_t t);

/* The key of the evidence "lemma" of word t. */
uint32_t evidence_lemma(const struct evidence_sentence *s, uint32_t t);

/* Does word t tell an event, and of what type? */
void evidence_trigger(const struct evidence_sentence *s, uint32_t t, struct evidence *out);

/* Might the word name a party of the event? Heads of mentions, and nouns that are none. */
bool evidence_is_party(const struct evidence_sentence *s, const struct found *found, uint32_t t);

/* Is word t, the head of a noun phrase, the event's actor or recipient? */
void evidence_party(const struct evidence_sentence *s, const struct found *found, uint32_t t,
                    struct evidence *out);

/* setting.c: the sentence's part of `out`, once the rest of it stands; false without memory. */
bool setting_prepare(struct evidence_sentence *out);
/* setting.c: where word t stands in its sentence, and what stands below it. */
void setting_evidence(const struct evidence_sentence *s, uint32_t t, struct evidence *out);

/* "lemma+object sign treaty" */
void evidence_show(const struct evidence_piece *piece, struct buf *out);

#endif
