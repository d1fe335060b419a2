/* SPDX-License-Identifier: MIT */
/*
 * run-read.c - the reader of dm_run(): records off files into the ring, in order; and the scout,
 * which says how much there is to be read.
 *
 * Reads    run->path, folders walked; a file from where dm_run.open says.
 * Leaves   a slot for each record, each failure, and the end of each file, with where the reading
 *          stands behind it.
 * Method   What a file gave before the place to go on at is known by a count: reading begins at the
 *          last record that can be begun at, and what was taken behind it is taken again, and dropped.
 */
#include <string.h>
#include <sys/stat.h>

#include "core/walk.h"
#include "engine/ring.h"

/* A file under way. */
struct reading {
    struct ring *ring;
    struct news_reader *news;
    struct dm_file file;
    struct dm_reached reached; /* behind what was taken last */
    uint64_t begun;            /* byte of the file at which this run began to hand on */
    uint64_t read, passed;     /* bytes of the files before: read by this run, passed over */
};

/* The next free slot; NULL when the run ends. */
static struct slot *wait_free(struct ring *ring)
{
    pthread_mutex_lock(&ring->lock);
    while (!ring->abort && !ring_stopped(ring) && ring->head - ring->tail == ring->n_slots)
        pthread_cond_wait(&ring->readable, &ring->lock);
    bool end = ring->abort || ring_stopped(ring);
    pthread_mutex_unlock(&ring->lock);
    return end ? NULL : ring_slot(ring, ring->head);
}

/* A failure and an end need no work, but keep their place in the order. */
static void give(struct ring *ring, struct slot *slot, enum slot_kind kind, int rc)
{
    slot->kind = kind;
    slot->rc = rc < 0 ? rc : DM_OK;
    slot->skipped = false;
    pthread_mutex_lock(&ring->lock);
    slot->state = SLOT_TAKEN;
    ring->head++;
    pthread_cond_signal(&ring->workable);
    pthread_mutex_unlock(&ring->lock);
}

bool run_over(void *self)
{
    struct ring *ring = self;
    pthread_mutex_lock(&ring->lock);
    bool end = ring->abort || ring_stopped(ring);
    pthread_mutex_unlock(&ring->lock);
    return end;
}

static uint64_t n_bytes(struct ring *ring)
{
    pthread_mutex_lock(&ring->lock);
    uint64_t n = ring->n_bytes;
    pthread_mutex_unlock(&ring->lock);
    return n;
}

/* How far all of it is, for progress. */
static void measure(const struct reading *reading, uint64_t in_file, struct slot *slot)
{
    uint64_t all = n_bytes(reading->ring), done = reading->passed + reading->read + in_file;
    slot->in_file = in_file;
    slot->bytes = reading->read + in_file - reading->begun;
    slot->left = all > done ? all - done : 0;
}

/* A failure that belongs to no file that is open. False when the run ends. */
static bool fail(struct reading *reading, int rc, const struct dm_error *err)
{
    struct slot *slot = wait_free(reading->ring);
    if (!slot)
        return false;
    slot->err = *err;
    slot->file = 0;
    measure(reading, reading->begun, slot);
    give(reading->ring, slot, SLOT_NO_FILE, rc);
    return true;
}

/* What is known of the file before it is opened. False: it is not there. */
static bool look_at(const char *path, struct dm_file *file)
{
    struct stat st;
    *file = (struct dm_file){.path = path};
    if (strcmp(path, "-") == 0) {
        file->path = NEWS_STANDARD_INPUT;
        return true;
    }
    if (stat(path, &st) != 0)
        return false;
    if (S_ISREG(st.st_mode)) {
        file->regular = true;
        file->size = (uint64_t)st.st_size;
        file->changed = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
    }
    return true;
}

/* 1 to be read, 0 not, negative: the run ends. */
static int ask_open(struct reading *reading, struct dm_error *err)
{
    const struct dm_run *run = reading->ring->run;
    int rc = run->open ? run->open(run->self, &reading->file, err) : DM_OK;
    return rc == DM_OK ? 1 : rc > 0 ? 0 : rc;
}

/* Up to where an earlier run came. */
static int go_on(struct reading *reading, struct dm_error *err)
{
    const struct dm_reached *from = &reading->file.from;
    struct news_place place = {.record = from->record, .line = from->line, .byte = from->byte,
                               .unpacked = from->unpacked};
    struct news_record record;
    struct dm_error ignored;
    if (from->taken == 0)
        return DM_OK;
    int rc = from->record ? news_seek(reading->news, &place, err) : DM_OK;
    news_record_init(&record);
    for (uint64_t i = from->record ? from->before : 0; rc >= 0 && i < from->taken; i++)
        if (run_over(reading->ring) || news_take(reading->news, &record, &ignored) == 0)
            break;
    news_record_deinit(&record);
    reading->reached = *from;
    return rc;
}

/* Note where reading stands behind the record (or the failure) that was taken. */
static void mark(struct reading *reading, const struct news_record *record, int rc)
{
    struct dm_reached *reached = &reading->reached;
    if (rc > 0 && record->seekable && reading->file.regular) {
        reached->before = reached->taken;
        reached->record = record->number;
        reached->line = record->line;
        reached->byte = record->place;
        reached->unpacked = record->offset;
    }
    reached->taken++;
}

/* The records of a file that is open. False when the run ends. */
static bool take_all(struct reading *reading)
{
    for (;;) {
        struct slot *slot = wait_free(reading->ring);
        if (!slot)
            return false;
        int rc = news_take(reading->news, &slot->record, &slot->err);
        if (run_over(reading->ring)) /* the record may be cut where waiting ended */
            return false;
        if (rc != 0)
            mark(reading, &slot->record, rc);
        slot->file = reading->file.tag;
        slot->reached = reading->reached;
        measure(reading, news_bytes(reading->news), slot);
        give(reading->ring, slot, rc ? SLOT_RECORD : SLOT_END, rc);
        if (rc == 0)
            return true;
    }
}

/* One file; what went wrong with it is in a slot. False when the run ends. */
static bool read_open(struct reading *reading, const char *path)
{
    struct ring *ring = reading->ring;
    struct dm_error err = {0};
    reading->reached = (struct dm_reached){0};
    reading->begun = 0;
    int rc = news_open(path, &ring->news, &reading->news, &err);
    if (rc < 0)
        return fail(reading, rc, &err);
    pthread_mutex_lock(&ring->lock);
    ring->files++;
    pthread_mutex_unlock(&ring->lock);
    rc = go_on(reading, &err);
    reading->begun = news_bytes(reading->news);
    bool more = rc < 0 ? fail(reading, rc, &err) : take_all(reading);
    reading->read += news_bytes(reading->news) - reading->begun;
    reading->passed += reading->begun;
    reading->begun = 0;
    news_close(reading->news);
    return more;
}

static bool read_file(struct reading *reading, const char *path)
{
    struct ring *ring = reading->ring;
    struct dm_error err = {0};
    /* What is not there: opening it says why. */
    int rc = look_at(path, &reading->file) ? ask_open(reading, &err) : 1;
    if (rc > 0)
        return read_open(reading, path);
    pthread_mutex_lock(&ring->lock);
    if (rc == 0) {
        ring->left_out++;
    } else {
        ring->rc = rc;
        ring->err = err;
    }
    pthread_mutex_unlock(&ring->lock);
    reading->passed += reading->file.size;
    return rc == 0;
}

/* A file, or all files below a folder. */
static bool read_path(struct reading *reading, const char *path)
{
    struct walk *walk = NULL;
    struct dm_error err = {0};
    const char *file;
    bool more = true;
    int rc = walk_open(path, &walk, &err);
    if (rc < 0)
        return fail(reading, rc, &err);
    while (more && (rc = walk_next(walk, &file, &err)) != 0)
        more = rc < 0 ? fail(reading, rc, &err) : read_file(reading, file);
    walk_close(walk);
    return more;
}

void *run_reader(void *self)
{
    struct ring *ring = self;
    struct reading reading = {.ring = ring};
    for (size_t i = 0; i < ring->run->n_paths; i++)
        if (!read_path(&reading, ring->run->path[i]))
            break;
    pthread_mutex_lock(&ring->lock);
    ring->ended = true;
    pthread_cond_broadcast(&ring->workable);
    pthread_cond_broadcast(&ring->writable);
    pthread_mutex_unlock(&ring->lock);
    return NULL;
}

void *run_scout(void *self)
{
    struct ring *ring = self;
    uint64_t n = 0;
    for (size_t i = 0; i < ring->run->n_paths; i++) {
        struct walk *walk = NULL;
        struct dm_error ignored;
        const char *path;
        int rc = walk_open(ring->run->path[i], &walk, &ignored);
        while (rc >= 0 && (rc = walk_next(walk, &path, &ignored)) != 0) {
            struct dm_file file;
            if (run_over(ring))
                break;
            if (rc > 0 && look_at(path, &file))
                n += file.size;
            rc = DM_OK; /* the reader tells of failures */
        }
        walk_close(walk);
    }
    pthread_mutex_lock(&ring->lock);
    ring->n_bytes = n;
    pthread_mutex_unlock(&ring->lock);
    return NULL;
}
