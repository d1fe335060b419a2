/* SPDX-License-Identifier: MIT */
/* packed.h - gzip, zlib, raw deflate, zstd and brotli, unpacked step by step or whole up to a limit. */
#ifndef NEWS_PACKED_H
#define NEWS_PACKED_H

#include "core/buf.h"
#include "core/error.h"

enum packing { PACKING_NONE, PACKING_GZIP, PACKING_DEFLATE, PACKING_ZSTD, PACKING_BROTLI };

/* By the first bytes: gzip or zstd (also zstd's frames of other data), else none. */
enum packing packing_of(struct slice head);
const char *packing_name(enum packing packing);

#define PACKED_WINDOW_FILE 27 /* log2 of the most that zstd looks back: `zstd --ultra -22` */
#define PACKED_WINDOW_HTTP 23 /* RFC 8878: what a browser takes */

/* An unpacker for one member or frame after the other. On the heap; NULL without memory. */
struct packed;
struct packed *packed_new(enum packing packing, int window);
void packed_free(struct packed *packed);

/* Begin with the next member. */
void packed_reset(struct packed *packed);

/* A zstd dictionary for all frames to come (copied). False: it is none. */
bool packed_dictionary(struct packed *packed, struct slice dictionary);

enum { PACKED_MORE = 0, PACKED_END = 1 };

/*
 * Unpack from *in, which is moved on, into out; *n bytes were written. PACKED_END: the member is
 * over; PACKED_MORE: it wants more bytes, or more room. DM_EFORMAT, DM_ENOMEM: *what says why, in
 * words that live as long as the program.
 */
int packed_step(struct packed *packed, struct slice *in, char *out, size_t room, size_t *n,
                const char **what);

/*
 * All members of `in` appended to `out`. DM_EFORMAT broken or cut (what came before it is in
 * `out`), DM_ELIMIT more than out->limit, DM_ENOMEM; *what says why. *cut: only the end is missing.
 */
int packed_all(enum packing packing, struct slice in, struct buf *out, bool *cut,
               const char **what);

#endif
