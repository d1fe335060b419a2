/* SPDX-License-Identifier: MIT */
/* train-net.h - loss, gradients and updates of the recognizer's network. */
#ifndef NAMES_TRAIN_NET_H
#define NAMES_TRAIN_NET_H

#include "names/sample.h"

struct net_trainer;

struct net_trainer_options {
    struct net_shape shape;
    uint32_t batch;  /* words an update, before the last sentence is added */
    uint32_t steps;  /* updates planned: the rate falls to zero over them */
    double rate, dropout;
    uint32_t seed;
};

/* NULL without memory, or for a shape that cannot be. */
struct net_trainer *net_trainer_new(const struct sample *sample, const struct net_trainer_options *options);
void net_trainer_free(struct net_trainer *trainer);

/* Learn from n sentences at once; their loss is added to *loss. */
void net_trainer_step(struct net_trainer *trainer, const uint32_t *sentence, uint32_t n, double *loss);

/* The parameters as they are now, the trainer's: net_layout(); n_rows x embed. */
const float *net_trainer_weights(const struct net_trainer *trainer);
const float *net_trainer_rows(const struct net_trainer *trainer);

#endif
