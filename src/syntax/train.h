/* SPDX-License-Identifier: MIT */
/* train.h - make a model from CoNLL-U. */
#ifndef SYNTAX_TRAIN_H
#define SYNTAX_TRAIN_H

#include "core/error.h"
#include "core/slice.h"

/* What an epoch brought; percentages on the development file (0 without one). */
struct syntax_progress {
    uint32_t epoch, epochs;
    double loss;  /* mean a word */
    double seconds;
    double upos, xpos, feats, lemma, uas, las; /* las without subtypes of relations */
    uint32_t n_words; /* of the development file */
};

struct syntax_train_options {
    const char *const *inputs; /* CoNLL-U files */
    uint32_t n_inputs;
    const char *irregular;     /* list of irregular forms (models/irregular.txt), or NULL */
    const char *const *silver; /* CoNLL-U files that a better parser wrote, or none */
    uint32_t n_silver;
    double silver_passes;      /* times they are gone through in all epochs together; 0: once */
    const char *state;         /* written after each epoch; where it is there, gone on from. Or NULL */
    const char *dev;           /* CoNLL-U file to score on, or NULL */
    const char *output;        /* model file to write */
    const char *about;         /* text for the model: data, licences; or NULL */
    uint32_t epochs;           /* 0: 20 */
    uint32_t seed;
    uint32_t embed, dim, layers, arc, rel; /* sizes of the network; 0: the usual ones */
    uint32_t batch;            /* words an update; 0: the usual number */
    double rate;               /* of learning at its height; 0: the usual one */
    double dropout;            /* 0: the usual share */
    /* Called after each epoch; a result other than 0 stops: what was learned is written. */
    int (*progress)(void *context, const struct syntax_progress *progress);
    void *context;
};

/*
 * Train and write the model.
 *
 * after    the file at `output` is complete or as it was before; so is that of `state`, which is
 *          taken away when the training is through. A training that was stopped and goes on from its
 *          state gives the bytes that it had given in one go
 * cost     hours at most; about 200 bytes a training word and 16 bytes a weight. One thread. The
 *          same inputs and options give the same bytes.
 * errors   those of reading CoNLL-U; DM_EFORMAT for a state of other data or options; DM_ENOMEM;
 *          DM_EIO; DM_EUSAGE for sizes that cannot be;
 *          DM_ESTOPPED when the callback stopped it (the model is written all the same)
 */
int syntax_train(const struct syntax_train_options *options, struct dm_error *err);

#endif
