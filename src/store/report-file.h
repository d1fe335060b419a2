/* SPDX-License-Identifier: MIT */
/*
 * report-file.h - the JSON object that a run of ingest or watch leaves: the file it is written to, piece by
 * piece, its head and its end.
 *
 * {"version", "started", "database", LIST: [an item a line], "ended", what the caller adds}
 */
#ifndef STORE_REPORT_FILE_H
#define STORE_REPORT_FILE_H

#include <stdio.h>

#include "core/json.h"
#include "store/store.h"

struct report_file {
    FILE *file;          /* NULL: closed */
    char *path;
    struct buf out;
    struct json json;    /* to be written with, between open and close */
    double begun;
    int rc;              /* the first failure to write; its message is in err */
    struct dm_error err;
};

/* Opens (and empties) the file, writes the head and begins the list. DM_EIO, DM_ENOMEM. */
int report_file_open(struct report_file *to, const char *path, const char *database, const char *list,
                     struct dm_error *err);
/* What was written goes out when there is enough of it: after every item, and inside of long ones. */
void report_file_flush(struct report_file *to);
/* An item of the list is whole. */
void report_file_item(struct report_file *to);
/* The list is whole; `rc` is how the run ended. */
void report_file_ended(struct report_file *to, int rc);
/* The object is whole. DM_EIO: not all could be written. Gives all back. */
int report_file_close(struct report_file *to, struct dm_error *err);
/* Gives all back and leaves the file as it is. */
void report_file_drop(struct report_file *to);

/* Seconds of the clock that only goes on. */
double report_file_now(void);
void report_file_count(struct report_file *to, const char *key, uint64_t value);
/* A text from outside: what is no UTF-8 is '?'. Nothing where it is empty. */
void report_file_text(struct report_file *to, const char *key, struct slice text);
/* Rounded to whole units: 0.001. */
void report_file_real(struct report_file *to, const char *key, double value, double unit);

#endif
