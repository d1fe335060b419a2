/* SPDX-License-Identifier: MIT */
/*
 * train-state.c - save a training between two epochs, go on with it later.
 *
 * Reads    the trainer's parts (train-net.h), the order of sentences, random numbers.
 * Leaves   an image of kind "training"; loaded, the training as it was.
 * Method   A fingerprint of data and options tells whether the file is of this training.
 */
#include "syntax/train-state.h"

#include <errno.h>
#include <math.h>
#include <sys/stat.h>

#include "core/file.h"

#define STATE_VERSION 1
#define STATE_MOST ((size_t)4 << 30)

/* What must be the same, and where the training stands. */
struct head {
    struct network_shape shape;
    uint32_t n_words, n_sentences, n_gold;
    uint32_t batch, epochs, seed, silver_share;
    uint32_t rate, dropout; /* in millionths */
    uint32_t epoch, silver_at;
    uint32_t zero; /* no bytes between the fields: they are compared */
    uint64_t random;
};

_Static_assert(sizeof(struct head) == 22 * sizeof(uint32_t), "head has no gaps");

static struct head head_of(const struct train_session *s)
{
    const struct syntax_train_options *o = s->options;
    return (struct head){
        .shape = s->shape, .n_words = s->data.n_words, .n_sentences = s->data.n_sentences,
        .n_gold = s->data.n_gold, .batch = s->batch, .epochs = s->epochs, .seed = o->seed,
        .silver_share = (uint32_t)lrint(o->silver_passes * 1000), .rate = (uint32_t)lrint(o->rate * 1e6),
        .dropout = (uint32_t)lrint(o->dropout * 1e6), .epoch = s->epoch,
        .silver_at = s->silver_at, .random = s->random};
}

int train_state_save(struct train_session *s, struct dm_error *err)
{
    if (!s->options->state)
        return DM_OK;
    struct trainer_part part[TRAINER_PARTS];
    struct image_builder builder;
    struct arena arena;
    struct buf bytes;
    struct head head = head_of(s);
    trainer_parts(s->trainer, part);
    arena_init(&arena, STATE_MOST);
    buf_init(&bytes, STATE_MOST);
    image_builder_init(&builder, &arena, "training", STATE_VERSION);
    int rc = image_add(&builder, "head", &head, 1, sizeof head, err);
    if (rc == DM_OK)
        rc = image_add(&builder, "order", s->order, s->data.n_sentences, sizeof *s->order, err);
    for (size_t i = 0; i < TRAINER_PARTS && rc == DM_OK; i++)
        rc = image_add(&builder, part[i].name, part[i].data, part[i].n, part[i].size, err);
    if (rc == DM_OK)
        rc = image_build(&builder, &bytes, err);
    if (rc == DM_OK)
        rc = file_write(s->options->state, buf_slice(&bytes), err);
    buf_deinit(&bytes);
    arena_deinit(&arena);
    return rc;
}

/* The section's bytes into `to`. */
static int take(const struct image *image, const char *name, void *to, size_t n, size_t size,
                struct dm_error *err)
{
    const void *data;
    uint32_t got;
    int rc = image_section(image, name, size, (uint32_t)n, &data, &got, err);
    if (rc == DM_OK)
        memcpy(to, data, n * size);
    return rc;
}

static int load(struct train_session *s, const struct image *image, struct dm_error *err)
{
    struct trainer_part part[TRAINER_PARTS];
    struct head saved, head = head_of(s);
    int rc = take(image, "head", &saved, 1, sizeof saved, err);
    if (rc)
        return rc;
    head.epoch = saved.epoch, head.silver_at = saved.silver_at, head.random = saved.random;
    if (memcmp(&saved, &head, sizeof head) != 0 || saved.epoch > s->epochs ||
        saved.silver_at > s->data.n_sentences - s->data.n_gold)
        return dm_fail(err, DM_EFORMAT, "%s: the state of a training with other data or options; give "
                       "those, or remove the file to begin anew", s->options->state);
    trainer_parts(s->trainer, part);
    rc = take(image, "order", s->order, s->data.n_sentences, sizeof *s->order, err);
    for (size_t i = 0; i < TRAINER_PARTS && rc == DM_OK; i++)
        rc = take(image, part[i].name, part[i].data, part[i].n, part[i].size, err);
    for (uint32_t i = 0; i < s->data.n_sentences && rc == DM_OK; i++)
        if (s->order[i] >= s->data.n_sentences)
            rc = dm_fail(err, DM_EFORMAT, "%s: damaged", s->options->state);
    s->epoch = saved.epoch;
    s->silver_at = saved.silver_at;
    s->random = saved.random;
    return rc;
}

int train_state_load(struct train_session *s, struct dm_error *err)
{
    struct stat there;
    struct image image;
    if (!s->options->state || (stat(s->options->state, &there) != 0 && errno == ENOENT))
        return DM_OK;
    int rc = image_open(s->options->state, "training", STATE_VERSION, &image, err);
    if (rc)
        return rc;
    rc = load(s, &image, err);
    image_close(&image);
    return rc;
}
