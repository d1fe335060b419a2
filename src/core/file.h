/* SPDX-License-Identifier: MIT */
/* file.h - files: whole into memory, mapped, written so that a crash leaves the old one. */
#ifndef CORE_FILE_H
#define CORE_FILE_H

#include "core/arena.h"
#include "core/buf.h"
#include "core/error.h"

/* A read-only mapping of a whole file. */
struct file_map {
    const char *p; /* NULL for an empty file */
    size_t n;
};

int file_map_open(const char *path, struct file_map *out, struct dm_error *err);
void file_map_close(struct file_map *map);

/* The whole file (or pipe) into `out`, which is cleared first; DM_ELIMIT above out->limit. */
int file_read(const char *path, struct buf *out, struct dm_error *err);

/*
 * Write to PATH.tmp, flush, rename over PATH. On failure the old file stays. What is no regular
 * file (/dev/stdout) is written to as it is.
 */
int file_write(const char *path, struct slice bytes, struct dm_error *err);

/*
 * Names of the regular files below `folder` that end in `suffix`, sorted by bytes, relative to
 * `folder` with '/' between; at most `most`, at most 8 folders deep.
 */
int file_list(const char *folder, const char *suffix, uint32_t most, struct arena *arena,
              struct slice **names, uint32_t *n_names, struct dm_error *err);

#endif
