/* SPDX-License-Identifier: MIT */
/*
 * walk.c - the files below a folder, one after the other, in an order that is always the same.
 *
 * Method   A stack of sorted listings, one for each folder that is open: no recursion.
 * Memory   The names of one folder a level, not of the whole tree.
 * Limits   DEPTH_MOST levels; paths of PATH_MAX bytes.
 */
#include "core/walk.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define DEPTH_MOST 32

struct level {
    struct dirent **entry;
    int n, next;
    size_t path_n; /* bytes of walk->path that name this folder */
};

struct walk {
    char path[PATH_MAX];
    bool begun;
    struct level level[DEPTH_MOST];
    int depth; /* levels that are open */
};

static int not_hidden(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

int walk_open(const char *path, struct walk **out, struct dm_error *err)
{
    if (strlen(path) >= PATH_MAX)
        return dm_fail(err, DM_EIO, "%s: %s", path, strerror(ENAMETOOLONG));
    struct walk *walk = calloc(1, sizeof *walk);
    if (!walk)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", path);
    memcpy(walk->path, path, strlen(path) + 1);
    *out = walk;
    return DM_OK;
}

static void leave(struct walk *walk)
{
    struct level *level = &walk->level[--walk->depth];
    for (int i = 0; i < level->n; i++)
        free(level->entry[i]);
    free(level->entry);
}

void walk_close(struct walk *walk)
{
    while (walk && walk->depth > 0)
        leave(walk);
    free(walk);
}

/* Open the folder that walk->path names. */
static int enter(struct walk *walk, struct dm_error *err)
{
    if (walk->depth == DEPTH_MOST)
        return dm_fail(err, DM_ELIMIT, "%s: more than %d folders deep", walk->path, DEPTH_MOST);
    struct level *level = &walk->level[walk->depth];
    level->path_n = strlen(walk->path);
    while (level->path_n > 1 && walk->path[level->path_n - 1] == '/')
        level->path_n--;
    level->next = 0;
    level->n = scandir(walk->path, &level->entry, not_hidden, by_bytes);
    if (level->n < 0)
        return dm_fail_errno(err, walk->path);
    walk->depth++;
    return level->n > 0 ? DM_OK
                        : dm_fail(err, DM_EIO, "%s: the folder holds no files", walk->path);
}

/* The path of the top level's next entry. */
static bool name_next(struct walk *walk)
{
    struct level *level = &walk->level[walk->depth - 1];
    const char *name = level->entry[level->next++]->d_name;
    bool slash = level->path_n == 1 && walk->path[0] == '/';
    int room = (int)(sizeof walk->path - level->path_n);
    int n = snprintf(walk->path + level->path_n, (size_t)room, "%s%s", slash ? "" : "/", name);
    return n < room;
}

int walk_next(struct walk *walk, const char **path, struct dm_error *err)
{
    struct stat st;
    if (!walk->begun) {
        walk->begun = true;
        if (strcmp(walk->path, "-") != 0 && stat(walk->path, &st) == 0 && S_ISDIR(st.st_mode)) {
            int rc = enter(walk, err);
            if (rc < 0)
                return rc;
        } else {
            *path = walk->path;
            return 1;
        }
    }
    while (walk->depth > 0) {
        struct level *level = &walk->level[walk->depth - 1];
        if (level->next == level->n) {
            leave(walk);
            continue;
        }
        if (!name_next(walk)) {
            walk->path[level->path_n] = '\0';
            return dm_fail(err, DM_ELIMIT, "%s: a path of more than %d bytes", walk->path, PATH_MAX);
        }
        if (lstat(walk->path, &st) == 0 && S_ISDIR(st.st_mode)) {
            int rc = enter(walk, err);
            if (rc < 0)
                return rc;
            continue;
        }
        if (stat(walk->path, &st) == 0 && S_ISDIR(st.st_mode))
            continue; /* a link to a folder */
        *path = walk->path;
        return 1;
    }
    return 0;
}
