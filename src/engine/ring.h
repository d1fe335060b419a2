/* SPDX-License-Identifier: MIT */
/*
 * ring.h - the bounded queue between the reader, the workers and the writer of dm_run().
 *
 * Slots in [tail, head) are in use. The reader fills the slot at `head`, a worker takes the one at
 * `claimed`, the writer empties the one at `tail` when it is done: so results leave in the order in
 * which records came. All counters stand under `lock`; a slot belongs to whom its state says.
 */
#ifndef ENGINE_RING_H
#define ENGINE_RING_H

#include <pthread.h>

#include "engine/output.h"
#include "news/news.h"

enum slot_state { SLOT_FREE, SLOT_TAKEN, SLOT_WORKING, SLOT_DONE };

enum slot_kind {
    SLOT_RECORD, /* an article to be made, or (rc negative) one that cannot be had */
    SLOT_END,    /* the file is over */
    SLOT_NO_FILE /* a failure that belongs to no file that was opened */
};

struct slot {
    enum slot_state state;
    enum slot_kind kind;
    bool skipped;
    int rc;              /* of reading or working; the message is in err */
    struct dm_error err;
    uint64_t file;       /* dm_file.tag */
    struct dm_reached reached; /* behind this record */
    uint64_t bytes, left; /* of all files: read by this run, still to be read (0 not known) */
    uint64_t in_file;    /* of this file: bytes read */
    struct news_record record;
    struct dm_article *article;
    struct buf out;
};

struct ring {
    const struct dm_engine *engine;
    const struct dm_run *run;
    struct news_options news;
    pthread_mutex_t lock, skip_lock;
    pthread_cond_t readable, workable, writable; /* a slot became free, taken, done */
    struct slot *slot;
    uint64_t n_slots, head, claimed, tail; /* slots in [tail, head) are in use */
    uint64_t files, left_out;
    uint64_t n_bytes;   /* of all files, by the scout; 0 not known yet */
    bool ended;         /* the reader is done */
    bool abort;         /* everybody stops now */
    int rc;             /* why the reader ended the run; the message is in err */
    struct dm_error err;
};

static inline struct slot *ring_slot(struct ring *ring, uint64_t at)
{
    return &ring->slot[at % ring->n_slots];
}

static inline bool ring_stopped(const struct ring *ring)
{
    return ring->run->stop && __atomic_load_n(ring->run->stop, __ATOMIC_RELAXED);
}

/* run-read.c: the reader's thread, and the one that adds up what there is to be read. */
void *run_reader(void *ring);
void *run_scout(void *ring);

/* Asked by the reader while it waits for input: is the run over? */
bool run_over(void *ring);

#endif
