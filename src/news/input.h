/* SPDX-License-Identifier: MIT */
/* input.h - the bytes of a file, a pipe or a terminal, unpacked where they are gzip or zstd. */
#ifndef NEWS_INPUT_H
#define NEWS_INPUT_H

#include "news/news.h"
#include "news/packed.h"

#define INPUT_RAW (64u << 10)

/* Read by those that open it; changed by input.c alone. */
struct input {
    const char *path;       /* for messages; the opener's */
    int fd;                 /* -1: there is none, the bytes are */
    struct slice memory;    /* ... these, not yet read */
    bool waits;             /* a pipe or a terminal: reading may block */
    bool told;              /* it is known whether it is packed */
    bool ended;             /* the file's last byte has been read */
    bool halted;            /* the caller wanted to stop: it ended there */
    bool failed;            /* no more, unless input_resume() finds where to go on */
    bool between;           /* a member is over, the next has not begun */
    bool found;             /* the next member was searched for after a failure, */
    bool resumed;           /* and so was the one that is being read */
    bool (*stopped)(void *self); /* see struct news_options */
    void *self;
    enum packing packing;
    struct packed *packed;
    uint64_t taken;         /* bytes of the file before raw[begin] */
    uint64_t given;         /* bytes handed out */
    uint64_t member_at;     /* where in the file the member begins; 0 for plain files */
    uint64_t member_given;  /* what had been handed out when it began */
    char raw[INPUT_RAW];
    size_t begin, end;
};

/* "-" is standard input. DM_EIO: missing, a folder, not readable. `path` must outlive it. */
int input_open(const char *path, const struct news_options *options, struct input **out,
               struct dm_error *err);
/* Bytes that are at hand; both must outlive it. DM_ENOMEM. */
int input_open_bytes(const char *name, struct slice bytes, struct input **out, struct dm_error *err);
void input_close(struct input *input);

/*
 * At most `room` bytes, at least one; 0 at the end. Bytes of two members never come in one call.
 * Negative: DM_EIO reading failed, DM_EFORMAT packed bytes that are broken or cut, DM_ENOMEM; the
 * message names file and byte. Then 0 for ever, unless input_resume() is called.
 */
int64_t input_read(struct input *input, char *out, size_t room, struct dm_error *err);

/*
 * Go on at byte `at` of a regular file, where a member begins if it is packed; `given` had been handed
 * out when it was there. DM_EIO.
 */
int input_seek(struct input *input, uint64_t at, uint64_t given, struct dm_error *err);

/* After a failure: go on where the next member seems to begin. False: there is nothing more. */
bool input_resume(struct input *input);

#endif
