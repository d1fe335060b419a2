/* SPDX-License-Identifier: MIT */
/* walk.h - the files below a folder, one after the other, in an order that is always the same. */
#ifndef CORE_WALK_H
#define CORE_WALK_H

#include "core/error.h"

struct walk;

/* A file gives itself, and so does "-". DM_ENOMEM. */
int walk_open(const char *path, struct walk **out, struct dm_error *err);
void walk_close(struct walk *walk);

/*
 * 1: *path is the next file, good until the next call; 0: there is none. A folder's entries come
 * sorted by bytes, folders among files; what begins with a dot is left out, and so are links to
 * folders, since they may lead in a circle. Negative: DM_EIO a folder cannot be read, DM_ELIMIT it
 * is nested too deep; calling again goes on behind it.
 */
int walk_next(struct walk *walk, const char **path, struct dm_error *err);

#endif
