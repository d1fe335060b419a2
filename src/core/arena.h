/* SPDX-License-Identifier: MIT */
/*
 * arena.h - memory of one lifetime, given back all at once.
 *
 * An arena takes blocks from malloc as it grows, keeps them across arena_reset() and never passes
 * the limit it was made with. Memory is zeroed. Alignment is 16 bytes (1 for arena_bytes).
 */
#ifndef CORE_ARENA_H
#define CORE_ARENA_H

#include "core/slice.h"

struct arena_block;

struct arena {
    struct arena_block *first, *current; /* chain of blocks; current is being filled */
    size_t used;      /* bytes handed out since the last reset, with padding */
    size_t limit;     /* most bytes ever handed out at a time */
    size_t keep;      /* most bytes of blocks that a reset keeps; 1 MiB unless set */
    long fail_after;  /* tests: that many more allocations succeed, then they fail; -1 never */
};

/* A point to which an arena can be wound back. */
struct arena_mark {
    struct arena_block *block;
    size_t fill, used;
};

void arena_init(struct arena *arena, size_t limit);
void arena_deinit(struct arena *arena);

/* Forget everything; blocks stay for the next round, but no more than `keep` bytes of them. */
void arena_reset(struct arena *arena);

struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* Zeroed memory, or NULL when the limit or the machine's memory is reached. n may be 0. */
void *arena_alloc(struct arena *arena, size_t n);
char *arena_bytes(struct arena *arena, size_t n); /* unaligned, not zeroed */

/* A copy with a NUL behind it; p is NULL when there is no memory. */
struct slice arena_copy(struct arena *arena, struct slice bytes);

/* printf into the arena; p is NULL when there is no memory. */
struct slice arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#define arena_array(arena, n, type) ((type *)arena_alloc((arena), (size_t)(n) * sizeof(type)))
#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))

/*
 * ARENA_PUSH(arena, array, n, capacity): a pointer to a new zeroed last element of `array`, whose
 * count is raised, or NULL without memory (array and count then unchanged). The array grows by doubling
 * and may move: pointers into it do not hold. A mark that is older than the array is all that may be
 * rewound to.
 */
#define ARENA_PUSH(arena, array, n, capacity)                                                      \
    (arena_push_((arena), (void **)&(array), &(n), &(capacity), sizeof *(array)) ? &(array)[(n)-1] \
                                                                                 : NULL)
bool arena_push_(struct arena *arena, void **array, uint32_t *n, size_t *capacity, size_t size);

#endif
