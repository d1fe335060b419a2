/* SPDX-License-Identifier: MIT */
/*
 * map.h - from bytes to a 32-bit number, growing, in an arena (open addressing, linear probing).
 * For building; what is read at run time from files is an image_map (core/image.h).
 */
#ifndef CORE_MAP_H
#define CORE_MAP_H

#include "core/arena.h"

#define MAP_NONE UINT32_MAX

struct map_entry {
    struct slice key; /* p NULL: free */
    uint64_t hash;
    uint32_t value;
};

struct map {
    struct arena *arena;
    struct map_entry *entry; /* capacity of them */
    uint32_t n, capacity;    /* capacity is a power of two or 0 */
};

void map_init(struct map *map, struct arena *arena);
uint32_t map_get(const struct map *map, struct slice key); /* MAP_NONE when absent */
/* Set key to value; the key's bytes are copied when new. False without memory. */
bool map_set(struct map *map, struct slice key, uint32_t value);
/* The key's number, which is the count of keys before it when new; MAP_NONE without memory. */
uint32_t map_intern(struct map *map, struct slice key);

#endif
