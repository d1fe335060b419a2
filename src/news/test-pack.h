/* SPDX-License-Identifier: MIT */
/* test-pack.h - gzip, deflate and zstd made, for the unit tests. */
#ifndef NEWS_TEST_PACK_H
#define NEWS_TEST_PACK_H

#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "check.h"
#include "news/packed.h"

/* Append `in`, packed as one member, to `out`. Deflate is made raw when `raw`, else as zlib has it. */
static inline void pack_as(enum packing packing, bool raw, struct slice in, struct buf *out)
{
    size_t room = in.n + in.n / 100 + 1024, n = 0;
    char *to = malloc(room);
    CHECK(to != NULL, "memory");
    if (packing == PACKING_ZSTD) {
        ZSTD_CCtx *context = ZSTD_createCCtx();
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1); /* as the zstd command does */
        n = ZSTD_compress2(context, to, room, in.p, in.n);
        CHECK(!ZSTD_isError(n), "packing with zstd");
        ZSTD_freeCCtx(context);
    } else {
        z_stream zlib = {0};
        int bits = packing == PACKING_GZIP ? 15 + 16 : raw ? -15 : 15;
        CHECK(deflateInit2(&zlib, 6, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY) == Z_OK, "zlib");
        zlib.next_in = (z_const Bytef *)(uintptr_t)in.p;
        zlib.avail_in = (uInt)in.n;
        zlib.next_out = (Bytef *)to;
        zlib.avail_out = (uInt)room;
        CHECK(deflate(&zlib, Z_FINISH) == Z_STREAM_END, "packing with zlib");
        n = zlib.total_out;
        deflateEnd(&zlib);
    }
    buf_add(out, slice_make(to, n));
    free(to);
}

static inline void pack(enum packing packing, struct slice in, struct buf *out)
{
    pack_as(packing, false, in, out);
}

#endif
