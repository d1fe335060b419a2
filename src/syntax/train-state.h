/* SPDX-License-Identifier: MIT */
/* train-state.h - a training under way, saved between epochs and gone on with. */
#ifndef SYNTAX_TRAIN_STATE_H
#define SYNTAX_TRAIN_STATE_H

#include "syntax/train-net.h"
#include "syntax/train.h"

struct train_session {
    const struct syntax_train_options *options;
    struct train_data data;
    struct train_docs gold;   /* the development file */
    struct trainer *trainer;
    struct network_shape shape;
    uint32_t *order;          /* sentences: the treebanks', then the silver ones */
    uint32_t *turn;           /* those of an epoch, shuffled */
    uint64_t random;
    uint32_t batch, epochs, steps, epoch;
    uint32_t silver_at;       /* where in order the next epoch's silver sentences begin */
    struct buf about;
};

/*
 * Write options->state: all that the epochs to come depend on. Nothing where no state is asked for.
 * The old file stays when this fails.
 */
int train_state_save(struct train_session *s, struct dm_error *err);

/*
 * Go on from options->state where that file is there: s->epoch is then the last one done.
 *
 * errors   DM_EFORMAT for a file of another kind, of other data or other options; DM_EIO
 */
int train_state_load(struct train_session *s, struct dm_error *err);

#endif
