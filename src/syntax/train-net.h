/* SPDX-License-Identifier: MIT */
/* train-net.h - loss, gradients and updates of the network. */
#ifndef SYNTAX_TRAIN_NET_H
#define SYNTAX_TRAIN_NET_H

#include "syntax/train-data.h"

struct trainer;

struct trainer_options {
    struct network_shape shape;
    uint32_t batch;  /* words an update, before the last sentence is added */
    uint32_t steps;  /* updates planned: the rate falls to zero over them */
    double rate, dropout;
    uint32_t seed;
};

/* NULL without memory. */
struct trainer *trainer_new(const struct train_data *data, const struct trainer_options *options);
void trainer_free(struct trainer *trainer);

/*
 * Learn from n sentences at once (together at most batch + TRAIN_SENTENCE_MAX words); their loss is
 * added to *loss.
 */
void trainer_step(struct trainer *trainer, const uint32_t *sentence, uint32_t n, double *loss);

/* The parameters as they are now, the trainer's. */
const float *trainer_weights(const struct trainer *trainer); /* dense, network_layout() */
const float *trainer_rows(const struct trainer *trainer);    /* n_rows x embed */

/* All that a later step depends on, to save a training and go on with it. */
struct trainer_part {
    const char *name;
    void *data;
    size_t n, size; /* elements, bytes of one */
};
#define TRAINER_PARTS 8
void trainer_parts(struct trainer *trainer, struct trainer_part out[static TRAINER_PARTS]);

#endif
