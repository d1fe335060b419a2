/* SPDX-License-Identifier: MIT */
/* train.h - make the recognizer of names, on top of a model that parses. */
#ifndef NAMES_TRAIN_H
#define NAMES_TRAIN_H

#include "core/error.h"
#include "core/slice.h"
#include "lexicon/lexicon.h"

/* What an epoch brought: exact names on the development file (0 without one). */
struct names_progress {
    uint32_t epoch, epochs;
    double loss; /* mean a word */
    double seconds;
    double precision, recall, f1; /* percent */
};

struct names_train_options {
    const char *base;          /* model file to build on; its sections are kept as they are */
    const struct lexicon *lexicon;
    const char *const *inputs; /* CoNLL-U with Name= in the last column, marked by people */
    uint32_t n_inputs;
    const char *const *silver; /* ... labelled by a better recognizer, or none */
    uint32_t n_silver;
    double silver_passes;      /* times they are gone through in all epochs together; 0: once */
    const char *dev;           /* CoNLL-U with names to score on, or NULL */
    const char *output;        /* model file to write */
    const char *about;         /* text to add to the base's: names of the data, licences; or NULL */
    uint32_t epochs, seed;     /* 0 epochs: the usual number */
    uint32_t embed, dim, batch; /* 0: the usual sizes */
    double rate, dropout;      /* 0: the usual ones */
    int (*progress)(void *context, const struct names_progress *progress); /* not 0 stops */
    void *context;
};

/*
 * Train and write the model: the base's sections and those of the recognizer.
 *
 * after    the file at `output` is complete or as it was before
 * cost     minutes; about 400 bytes a training word. One thread. The same inputs and options give
 *          the same bytes.
 * errors   those of reading CoNLL-U and models; DM_ENOMEM; DM_EIO; DM_EUSAGE for sizes that cannot be;
 *          DM_ESTOPPED when the callback stopped it (the model is written all the same)
 */
int names_train(const struct names_train_options *options, struct dm_error *err);

#endif
