/* SPDX-License-Identifier: MIT */
/*
 * arena.c - blocks chained as they are needed; handing out is moving a pointer.
 *
 * Invariants  `current` is the block being filled; blocks behind it are empty (left by a rewind or
 *             a reset) and are used before malloc is asked. used <= limit.
 * Memory      Blocks double from 64 KiB to 1 MiB; a larger request has a block of its own size.
 */
#include "core/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define BLOCK_FIRST ((size_t)64 << 10)
#define BLOCK_MOST ((size_t)1 << 20)
#define KEEP_MOST ((size_t)1 << 20) /* bytes of blocks that a reset keeps unless told otherwise */
#define ALIGN 16

struct arena_block {
    struct arena_block *next;
    size_t size, fill; /* bytes behind this header, bytes handed out */
    _Alignas(ALIGN) char bytes[];
};

void arena_init(struct arena *arena, size_t limit)
{
    *arena = (struct arena){.limit = limit, .keep = KEEP_MOST, .fail_after = -1};
}

static void free_from(struct arena_block *block)
{
    while (block) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
}

void arena_deinit(struct arena *arena)
{
    free_from(arena->first);
    arena->first = arena->current = NULL;
    arena->used = 0;
}

void arena_reset(struct arena *arena)
{
    size_t kept = 0;
    struct arena_block **at = &arena->first;
    while (*at && kept + (*at)->size <= arena->keep) {
        (*at)->fill = 0;
        kept += (*at)->size;
        at = &(*at)->next;
    }
    free_from(*at);
    *at = NULL;
    arena->current = arena->first;
    arena->used = 0;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    struct arena_block *block = arena->current;
    if (!block || block->fill == 0) /* only the first can be empty; it may move yet: stretch() */
        return (struct arena_mark){.used = arena->used};
    return (struct arena_mark){block, block->fill, arena->used};
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
    struct arena_block *block = mark.block ? mark.block->next : arena->first;
    for (; block; block = block->next)
        block->fill = 0;
    if (mark.block)
        mark.block->fill = mark.fill;
    arena->current = mark.block ? mark.block : arena->first;
    arena->used = mark.used;
}

static struct arena_block *block_for(struct arena *arena, size_t n)
{
    struct arena_block *block = arena->current;
    if (block && block->next && block->next->size >= n) {
        arena->current = block->next;
        return arena->current;
    }
    size_t size = block ? block->size * 2 : BLOCK_FIRST;
    if (size > BLOCK_MOST)
        size = BLOCK_MOST;
    if (size < n)
        size = n;
    struct arena_block *fresh = malloc(sizeof *fresh + size);
    if (!fresh)
        return NULL;
    *fresh = (struct arena_block){.size = size, .next = block ? block->next : NULL};
    if (block)
        block->next = fresh;
    else
        arena->first = fresh;
    arena->current = fresh;
    return fresh;
}

/* Are n more bytes allowed? */
static bool may_take(struct arena *arena, size_t n)
{
    if (arena->fail_after >= 0 && arena->fail_after-- == 0) {
        arena->fail_after = 0;
        return false;
    }
    return n <= arena->limit && arena->used <= arena->limit - n;
}

static char *take(struct arena *arena, size_t n, size_t align)
{
    if (!may_take(arena, n))
        return NULL;
    struct arena_block *block = arena->current;
    size_t fill = block ? (block->fill + align - 1) & ~(align - 1) : 0;
    if (!block || fill > block->size || block->size - fill < n) {
        block = block_for(arena, n);
        if (!block)
            return NULL;
        fill = 0;
    }
    arena->used += n + (fill - block->fill);
    block->fill = fill + n;
    return block->bytes + fill;
}

void *arena_alloc(struct arena *arena, size_t n)
{
    char *p = take(arena, n ? n : 1, ALIGN);
    if (p)
        memset(p, 0, n);
    return p;
}

char *arena_bytes(struct arena *arena, size_t n)
{
    return take(arena, n ? n : 1, 1);
}

struct slice arena_copy(struct arena *arena, struct slice bytes)
{
    char *p = arena_bytes(arena, bytes.n + 1);
    if (!p)
        return (struct slice){NULL, 0};
    if (bytes.n)
        memcpy(p, bytes.p, bytes.n);
    p[bytes.n] = '\0';
    return (struct slice){p, bytes.n};
}

struct slice arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *p = n < 0 ? NULL : arena_bytes(arena, (size_t)n + 1);
    if (p)
        vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return p ? (struct slice){p, (size_t)n} : (struct slice){NULL, 0};
}

/*
 * An array whose bytes are the last ones handed out grows where it stands: into what its block has left,
 * or with the block when it has that for itself, which a large array does. NULL when it cannot.
 */
static char *stretch(struct arena *arena, char *array, size_t have, size_t wanted)
{
    struct arena_block *block = arena->current;
    size_t more = wanted - have;
    if (!array || !block || array + have != block->bytes + block->fill)
        return NULL;
    bool fits = block->size - block->fill >= more;
    if ((!fits && array != block->bytes) || !may_take(arena, more))
        return NULL;
    if (!fits) {
        struct arena_block **at = &arena->first;
        while (*at != block)
            at = &(*at)->next;
        block = realloc(block, sizeof *block + wanted);
        if (!block)
            return NULL;
        block->size = wanted;
        *at = arena->current = block;
        array = block->bytes;
    }
    block->fill += more;
    arena->used += more;
    return array;
}

/* Room for more than n elements of an array; they are not zeroed. */
static void *grow(struct arena *arena, void *array, size_t n, size_t *capacity, size_t size)
{
    size_t wanted = *capacity ? *capacity * 2 : 16;
    if (wanted > SIZE_MAX / size)
        return NULL;
    char *larger = stretch(arena, array, *capacity * size, wanted * size);
    if (!larger) {
        larger = take(arena, wanted * size, ALIGN);
        if (larger && n)
            memcpy(larger, array, n * size);
    }
    if (larger)
        *capacity = wanted;
    return larger;
}

bool arena_push_(struct arena *arena, void **array, uint32_t *n, size_t *capacity, size_t size)
{
    if (*n == *capacity) {
        void *larger = *n == UINT32_MAX ? NULL : grow(arena, *array, *n, capacity, size);
        if (!larger)
            return false;
        *array = larger;
    }
    memset((char *)*array + *n * size, 0, size);
    (*n)++;
    return true;
}
