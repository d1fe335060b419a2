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
    uint64_t raw_words, raw_total; /* raw text: words gone through; epoch is 0 then */
};

struct syntax_train_options {
    const char *const *inputs; /* CoNLL-U files */
    uint32_t n_inputs;
    const char *irregular;     /* list of irregular forms (models/irregular.txt), or NULL */
    const char *raw;           /* plain text to learn words from first, or NULL */
    uint32_t raw_passes;       /* times the raw text is gone through; 0: once */
    double raw_rate;           /* of learning from it; 0: the usual one */
    const char *dev;           /* CoNLL-U file to score on, or NULL */
    const char *output;        /* model file to write */
    const char *about;         /* text for the model: data, licences; or NULL */
    uint32_t epochs;           /* 0: 20 */
    uint32_t seed;
    uint32_t dim, layers, arc, rel; /* sizes of the network; 0: the usual ones */
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
 * after    the file at `output` is complete or as it was before
 * cost     hours at most; about 200 bytes a training word and 16 bytes a weight. One thread. The
 *          same inputs and options give the same bytes.
 * errors   those of reading CoNLL-U; DM_ENOMEM; DM_EIO; DM_EUSAGE for sizes that cannot be;
 *          DM_ESTOPPED when the callback stopped it (the model is written all the same)
 */
int syntax_train(const struct syntax_train_options *options, struct dm_error *err);

#endif
