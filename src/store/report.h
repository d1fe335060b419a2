/* SPDX-License-Identifier: MIT */
/* report.h - what a run of ingest read, and what it could not read and why, as one JSON object. */
#ifndef STORE_REPORT_H
#define STORE_REPORT_H

#include "store/store.h"

struct report;

/* Opens (and empties) the file: a wrong name is told before the work begins. DM_EIO, DM_ENOMEM. */
int report_open(const char *path, struct dm_store *store, struct report **out,
                struct dm_error *err);

/*
 * A result, in the order of the input; behind store_add_result(). `known`: the article was there
 * already; `n_events`: of one that was not.
 * What the disk will not take ends the run: DM_EIO. `report` may be NULL, here and below.
 */
int report_result(struct report *report, const struct dm_result *result, bool known,
                  uint32_t n_events, struct dm_error *err);

/* A file that is not read: it was before, or stands twice on the command line. Any thread. */
void report_left_out(struct report *report, const struct dm_file *file, bool twice);

/* The totals, and the end; `rc` is how the run ended. DM_EIO: not all could be written. */
int report_close(struct report *report, const struct dm_ingested *totals, int rc,
                 struct dm_error *err);

#endif
