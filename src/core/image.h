/* SPDX-License-Identifier: MIT */
/*
 * image.h - one memory-mapped file of named sections: what models and compiled lexicons are stored as.
 *
 * Layout, all little-endian (a big-endian machine refuses the file with a clear error):
 *   header   16 bytes magic "demarche <kind>\0", uint32 byte-order mark 0x01020304, uint32 version,
 *            uint64 file size, uint32 n_sections, uint32 zero, uint64 checksum of what follows
 *   table    n_sections x {char name[16], uint64 offset, uint64 size, uint32 element size, uint32 zero}
 *   sections each starting at a multiple of 64
 * Opening checks magic, version, sizes, order of sections and the checksum; a section's *content*
 * (ids inside of bounds) is checked by the module that owns it, once, at opening.
 */
#ifndef CORE_IMAGE_H
#define CORE_IMAGE_H

#include "core/arena.h"
#include "core/buf.h"
#include "core/error.h"
#include "core/file.h"

#define IMAGE_SECTIONS_MAX 64
#define IMAGE_NAME_MAX 16 /* with the NUL */
#define IMAGE_NONE UINT32_MAX

/* ---- building ---- */

struct image_builder {
    struct arena *arena;
    const char *kind; /* "model" or "lexicon" */
    uint32_t version, n;
    struct {
        char name[IMAGE_NAME_MAX];
        const void *data;
        size_t n, size; /* elements, bytes an element */
    } section[IMAGE_SECTIONS_MAX];
};

void image_builder_init(struct image_builder *builder, struct arena *arena, const char *kind,
                        uint32_t version);

/* Add `n` elements of `size` bytes. The data is borrowed until image_build(). */
int image_add(struct image_builder *builder, const char *name, const void *data, size_t n,
              size_t size, struct dm_error *err);

struct image;
/* Add the sections of an image whose name is to be kept. Borrowed, as with image_add(). */
int image_add_from(struct image_builder *builder, const struct image *from,
                   bool (*keep)(const char *name), struct dm_error *err);

/* The file's bytes, appended to `out`. */
int image_build(const struct image_builder *builder, struct buf *out, struct dm_error *err);

/* Set the checksum of changed bytes right, for tests of what stands behind it. */
void image_seal(char *p, size_t n);

/* ---- reading ---- */

struct image {
    struct file_map file; /* p NULL when made by image_from_memory */
    const char *name;     /* the opener's, for messages: valid while the sections are asked for */
    const char *p;
    size_t n;
    uint32_t n_sections;
};

/* `path` is used in error texts. DM_EFORMAT, DM_EVERSION, DM_EIO. */
int image_open(const char *path, const char *kind, uint32_t version, struct image *out,
               struct dm_error *err);
/* The same on bytes that stay the caller's (aligned to 64 bytes or copied by him). */
int image_from_memory(const char *name, struct slice bytes, const char *kind, uint32_t version,
                      struct image *out, struct dm_error *err);
void image_close(struct image *image);

/*
 * The section's elements; DM_EFORMAT when it is absent, its element size differs from `size`, or
 * (want_n != IMAGE_NONE) its count differs from want_n.
 */
int image_section(const struct image *image, const char *name, size_t size, uint32_t want_n,
                  const void **data, uint32_t *n, struct dm_error *err);

/* ---- strings and maps inside of an image ---- */

/* All strings of a file stand in one section of bytes; 0 is the empty string. */
struct image_text {
    uint32_t offset, n; /* bytes into the section */
};

struct image_pool { /* building: strings interned */
    struct arena *arena;
    struct buf bytes;
    struct image_pool_entry *entry; /* private */
    uint32_t n, capacity;
};

void image_pool_init(struct image_pool *pool, struct arena *arena);
void image_pool_deinit(struct image_pool *pool);
bool image_pool_add(struct image_pool *pool, struct slice text, struct image_text *out);

/*
 * A map from strings to uint32, frozen: an open-addressing table (power of two, at most half full).
 * Lookups touch one slot and one string nearly always.
 */
struct image_map_slot {
    uint32_t tag;          /* high half of the hash; compared before the string */
    uint32_t value;        /* IMAGE_NONE: free */
    struct image_text key;
};

struct image_map {
    const struct image_map_slot *slot;
    uint32_t mask;
    const char *bytes; /* the string section */
};

/* Freeze n (key, value) pairs into a new slot array in the arena; *n_slots is a power of two. */
bool image_map_freeze(struct arena *arena, const struct image_text *key, const uint32_t *value,
                      uint32_t n, const char *bytes, struct image_map_slot **slots, uint32_t *n_slots);

/* Open a frozen map: checks that every key lies inside `n_bytes`. */
int image_map_open(const struct image *image, const char *section, const char *bytes,
                   uint32_t n_bytes, struct image_map *out, struct dm_error *err);

uint32_t image_map_get(const struct image_map *map, struct slice key); /* IMAGE_NONE when absent */
uint32_t image_map_get_hashed(const struct image_map *map, struct slice key, uint64_t hash);

/* Ask for the memory that a look-up will read first; once that has come, for what it reads then. */
static inline void image_map_fetch_slot(const struct image_map *map, uint64_t hash)
{
    __builtin_prefetch(&map->slot[(uint32_t)hash & map->mask]);
}

static inline void image_map_fetch_key(const struct image_map *map, uint64_t hash)
{
    const struct image_map_slot *slot = &map->slot[(uint32_t)hash & map->mask];
    if (slot->value != IMAGE_NONE && slot->tag == (uint32_t)(hash >> 32))
        __builtin_prefetch(map->bytes + slot->key.offset);
}

#endif
