/* SPDX-License-Identifier: MIT */
/* file.c - POSIX files; every message names the path. */
#include "core/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEPTH_MOST 8

static int open_regular(const char *path, struct stat *st, struct dm_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return dm_fail_errno(err, path);
    if (fstat(fd, st) != 0 || S_ISDIR(st->st_mode)) {
        int rc = S_ISDIR(st->st_mode) ? dm_fail(err, DM_EIO, "%s: is a directory", path)
                                      : dm_fail_errno(err, path);
        close(fd);
        return rc;
    }
    return fd;
}

int file_map_open(const char *path, struct file_map *out, struct dm_error *err)
{
    struct stat st = {0};
    int fd = open_regular(path, &st, err);
    if (fd < 0)
        return fd;
    *out = (struct file_map){NULL, 0};
    int rc = DM_OK;
    if (st.st_size > 0) {
        void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (p == MAP_FAILED)
            rc = dm_fail_errno(err, path);
        else
            *out = (struct file_map){p, (size_t)st.st_size};
    }
    close(fd);
    return rc;
}

void file_map_close(struct file_map *map)
{
    if (map->p)
        munmap((void *)(uintptr_t)map->p, map->n);
    *map = (struct file_map){NULL, 0};
}

int file_read(const char *path, struct buf *out, struct dm_error *err)
{
    struct stat st = {0};
    int fd = open_regular(path, &st, err);
    if (fd < 0)
        return fd;
    buf_clear(out);
    int rc = DM_OK;
    char chunk[65536];
    for (;;) {
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n == 0)
            break;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            rc = dm_fail_errno(err, path);
            break;
        }
        buf_add(out, slice_make(chunk, (size_t)n));
        if (out->failed) {
            rc = dm_fail(err, DM_ELIMIT, "%s: larger than %zu bytes", path, out->limit);
            break;
        }
    }
    close(fd);
    return rc;
}

static int write_all(int fd, struct slice bytes)
{
    while (bytes.n > 0) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        bytes.p += n;
        bytes.n -= (size_t)n;
    }
    return fsync(fd) == 0 || errno == EINVAL ? 0 : -1; /* a device cannot be flushed */
}

int file_write(const char *path, struct slice bytes, struct dm_error *err)
{
    char temporary[PATH_MAX];
    struct stat st;
    /* A device or pipe is written to; a file in its place would be no /dev/null any more. */
    bool replace = stat(path, &st) != 0 || S_ISREG(st.st_mode);
    int n = snprintf(temporary, sizeof temporary, "%s%s", path, replace ? ".tmp" : "");
    if (n < 0 || (size_t)n >= sizeof temporary)
        return dm_fail(err, DM_ELIMIT, "%s: path too long", path);
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return dm_fail_errno(err, temporary);
    int rc = write_all(fd, bytes) == 0 ? DM_OK : dm_fail_errno(err, temporary);
    if (close(fd) != 0 && rc == DM_OK)
        rc = dm_fail_errno(err, temporary);
    if (rc == DM_OK && replace && rename(temporary, path) != 0)
        rc = dm_fail_errno(err, path);
    if (rc != DM_OK && replace)
        unlink(temporary);
    return rc;
}

/* The folders still to be read, each as a path below the first. */
struct walk {
    struct arena *arena;
    const char *folder, *suffix;
    struct slice *names;
    uint32_t n, most;
    size_t capacity;
    struct slice *queue;
    uint32_t n_queue;
    size_t queue_capacity;
};

static int take_entry(struct walk *walk, struct slice below, const char *name, int depth,
                      struct dm_error *err)
{
    char path[PATH_MAX];
    struct stat st;
    struct slice relative = below.n
        ? arena_printf(walk->arena, "%.*s/%s", (int)below.n, below.p, name)
        : arena_copy(walk->arena, slice_of(name));
    if (!relative.p)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", walk->folder);
    int n = snprintf(path, sizeof path, "%s/%s", walk->folder, relative.p);
    if (n < 0 || (size_t)n >= sizeof path || stat(path, &st) != 0)
        return DM_OK; /* gone meanwhile, or a dangling link */
    bool wanted = S_ISREG(st.st_mode) && slice_ends(relative, walk->suffix);
    bool folder = S_ISDIR(st.st_mode) && depth < DEPTH_MOST;
    if (!wanted && !folder)
        return DM_OK;
    if (wanted && walk->n == walk->most)
        return dm_fail(err, DM_ELIMIT, "%s: more than %u files", walk->folder, walk->most);
    struct slice *slot = wanted
        ? ARENA_PUSH(walk->arena, walk->names, walk->n, walk->capacity)
        : ARENA_PUSH(walk->arena, walk->queue, walk->n_queue, walk->queue_capacity);
    if (!slot)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", walk->folder);
    *slot = relative;
    return DM_OK;
}

static int read_folder(struct walk *walk, struct slice below, struct dm_error *err)
{
    char path[PATH_MAX];
    int depth = 0;
    for (size_t i = 0; i < below.n; i++)
        depth += below.p[i] == '/';
    depth += below.n > 0;
    int n = snprintf(path, sizeof path, "%s%s%.*s", walk->folder, below.n ? "/" : "",
                     (int)below.n, below.n ? below.p : "");
    if (n < 0 || (size_t)n >= sizeof path)
        return dm_fail(err, DM_ELIMIT, "%s: path too long", walk->folder);
    DIR *dir = opendir(path);
    if (!dir)
        return dm_fail_errno(err, path);
    int rc = DM_OK;
    for (struct dirent *entry; rc == DM_OK && (entry = readdir(dir));)
        if (entry->d_name[0] != '.')
            rc = take_entry(walk, below, entry->d_name, depth, err);
    closedir(dir);
    return rc;
}

static int by_bytes(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

int file_list(const char *folder, const char *suffix, uint32_t most, struct arena *arena,
              struct slice **names, uint32_t *n_names, struct dm_error *err)
{
    struct walk walk = {.arena = arena, .folder = folder, .suffix = suffix, .most = most};
    int rc = read_folder(&walk, (struct slice){NULL, 0}, err);
    for (uint32_t i = 0; rc == DM_OK && i < walk.n_queue; i++)
        rc = read_folder(&walk, walk.queue[i], err);
    if (rc != DM_OK)
        return rc;
    if (walk.n > 1)
        qsort(walk.names, walk.n, sizeof *walk.names, by_bytes);
    *names = walk.names;
    *n_names = walk.n;
    return DM_OK;
}
