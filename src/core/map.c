/* SPDX-License-Identifier: MIT */
/* map.c - open addressing, linear probing, at most half full. */
#include "core/map.h"

void map_init(struct map *map, struct arena *arena)
{
    *map = (struct map){.arena = arena};
}

static struct map_entry *find(const struct map *map, struct slice key, uint64_t hash)
{
    uint32_t mask = map->capacity - 1;
    for (uint32_t i = (uint32_t)hash & mask;; i = (i + 1) & mask) {
        struct map_entry *entry = &map->entry[i];
        if (!entry->key.p || (entry->hash == hash && slice_eq(entry->key, key)))
            return entry;
    }
}

uint32_t map_get(const struct map *map, struct slice key)
{
    if (map->n == 0)
        return MAP_NONE;
    const struct map_entry *entry = find(map, key, slice_hash(key));
    return entry->key.p ? entry->value : MAP_NONE;
}

static bool grow(struct map *map)
{
    uint32_t capacity = map->capacity ? map->capacity * 2 : 64;
    struct map larger = {.arena = map->arena, .capacity = capacity, .n = map->n};
    larger.entry = arena_array(map->arena, capacity, struct map_entry);
    if (!larger.entry || capacity > UINT32_MAX / 4)
        return false;
    for (uint32_t i = 0; i < map->capacity; i++)
        if (map->entry[i].key.p)
            *find(&larger, map->entry[i].key, map->entry[i].hash) = map->entry[i];
    *map = larger;
    return true;
}

bool map_set(struct map *map, struct slice key, uint32_t value)
{
    if (map->n + 1 > map->capacity / 2 && !grow(map))
        return false;
    uint64_t hash = slice_hash(key);
    struct map_entry *entry = find(map, key, hash);
    if (!entry->key.p) {
        struct slice own = arena_copy(map->arena, key);
        if (!own.p)
            return false;
        *entry = (struct map_entry){.key = own, .hash = hash};
        map->n++;
    }
    entry->value = value;
    return true;
}

uint32_t map_intern(struct map *map, struct slice key)
{
    uint32_t value = map_get(map, key);
    if (value != MAP_NONE)
        return value;
    value = map->n;
    return map_set(map, key, value) ? value : MAP_NONE;
}
