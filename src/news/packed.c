/* SPDX-License-Identifier: MIT */
/*
 * packed.c - gzip, zlib, raw deflate, zstd and brotli, unpacked step by step or whole up to a limit.
 *
 * Reads    slices of packed bytes, in whatever pieces they come.
 * Leaves   the bytes they stand for; the end of each member, so that records which are packed one
 *          by one can be told apart.
 * Method   zlib, libzstd, libbrotlidec. No first bytes tell brotli. "deflate" in HTTP means zlib's
 *          form, but servers also send it raw: its first byte tells.
 * Memory   zlib 32 KiB; brotli 16 MiB; zstd at most its window, which is limited: a frame that asks
 *          for more is refused.
 */
#include "news/packed.h"

#include <brotli/decode.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

struct packed {
    enum packing packing;
    bool begun;       /* zlib is set up */
    z_stream zlib;
    ZSTD_DStream *zstd;
    BrotliDecoderState *brotli;
};

enum packing packing_of(struct slice head)
{
    const unsigned char *p = (const unsigned char *)head.p;
    if (head.n >= 2 && p[0] == 0x1F && p[1] == 0x8B)
        return PACKING_GZIP;
    if (head.n >= 4 && memcmp(p, "\x28\xB5\x2F\xFD", 4) == 0)
        return PACKING_ZSTD;
    if (head.n >= 4 && (p[0] & 0xF0) == 0x50 && memcmp(p + 1, "\x2A\x4D\x18", 3) == 0)
        return PACKING_ZSTD;
    return PACKING_NONE;
}

const char *packing_name(enum packing packing)
{
    static const char *const names[] = {"plain", "gzip", "deflate", "zstd", "brotli"};
    return names[packing];
}

struct packed *packed_new(enum packing packing, int window)
{
    struct packed *packed = calloc(1, sizeof *packed);
    if (!packed)
        return NULL;
    packed->packing = packing;
    if (packing == PACKING_ZSTD) {
        packed->zstd = ZSTD_createDStream();
        if (!packed->zstd) {
            free(packed);
            return NULL;
        }
        ZSTD_DCtx_setParameter(packed->zstd, ZSTD_d_windowLogMax, window);
    }
    if (packing == PACKING_BROTLI) {
        packed->brotli = BrotliDecoderCreateInstance(NULL, NULL, NULL);
        if (!packed->brotli) {
            free(packed);
            return NULL;
        }
    }
    return packed;
}

void packed_free(struct packed *packed)
{
    if (!packed)
        return;
    if (packed->begun)
        inflateEnd(&packed->zlib);
    ZSTD_freeDStream(packed->zstd);
    if (packed->brotli)
        BrotliDecoderDestroyInstance(packed->brotli);
    free(packed);
}

void packed_reset(struct packed *packed)
{
    if (packed->begun)
        inflateReset(&packed->zlib);
    if (packed->zstd)
        ZSTD_DCtx_reset(packed->zstd, ZSTD_reset_session_only);
}

bool packed_dictionary(struct packed *packed, struct slice dictionary)
{
    return packed->zstd &&
           !ZSTD_isError(ZSTD_DCtx_loadDictionary(packed->zstd, dictionary.p, dictionary.n));
}

/* RFC 1950: the method is 8 and the first two bytes are a multiple of 31. */
static bool is_zlib(struct slice in)
{
    const unsigned char *p = (const unsigned char *)in.p;
    return in.n >= 2 && (p[0] & 0x0F) == 8 && (p[0] << 8 | p[1]) % 31 == 0;
}

static bool begin_zlib(struct packed *packed, struct slice in)
{
    int bits = packed->packing == PACKING_GZIP ? 15 + 16 : is_zlib(in) ? 15 : -15;
    packed->begun = inflateInit2(&packed->zlib, bits) == Z_OK;
    return packed->begun;
}

static int step_zlib(struct packed *packed, struct slice *in, char *out, size_t room, size_t *n,
                     const char **what)
{
    if (!packed->begun && in->n == 0)
        return PACKED_MORE;
    if (!packed->begun && !begin_zlib(packed, *in)) {
        *what = "out of memory";
        return DM_ENOMEM;
    }
    const size_t most = 1u << 30; /* zlib counts in unsigned int */
    z_stream *zlib = &packed->zlib;
    zlib->next_in = (z_const Bytef *)(uintptr_t)in->p;
    zlib->avail_in = (uInt)(in->n < most ? in->n : most);
    zlib->next_out = (Bytef *)out;
    zlib->avail_out = (uInt)(room < most ? room : most);
    int rc = inflate(zlib, Z_NO_FLUSH);
    size_t used = (size_t)((const char *)zlib->next_in - in->p);
    *in = slice_make(in->p + used, in->n - used);
    *n = (size_t)((char *)zlib->next_out - out);
    if (rc == Z_STREAM_END)
        return PACKED_END;
    if (rc == Z_OK || rc == Z_BUF_ERROR)
        return PACKED_MORE;
    *what = rc == Z_MEM_ERROR   ? "out of memory"
            : rc == Z_NEED_DICT ? "it needs a dictionary"
            : zlib->msg         ? zlib->msg
                                : "broken";
    return rc == Z_MEM_ERROR ? DM_ENOMEM : DM_EFORMAT;
}

static int step_zstd(struct packed *packed, struct slice *in, char *out, size_t room, size_t *n,
                     const char **what)
{
    ZSTD_inBuffer from = {in->p, in->n, 0};
    ZSTD_outBuffer to = {out, room, 0};
    if (in->n == 0 && room == 0)
        return PACKED_MORE;
    size_t rc = ZSTD_decompressStream(packed->zstd, &to, &from);
    *in = slice_make(in->p + from.pos, in->n - from.pos);
    *n = to.pos;
    if (!ZSTD_isError(rc))
        return rc == 0 ? PACKED_END : PACKED_MORE;
    *what = ZSTD_getErrorName(rc);
    return DM_EFORMAT;
}

static int step_brotli(struct packed *packed, struct slice *in, char *out, size_t room, size_t *n,
                       const char **what)
{
    size_t left = in->n, free_ = room;
    const uint8_t *from = (const uint8_t *)in->p;
    uint8_t *to = (uint8_t *)out;
    BrotliDecoderResult rc =
        BrotliDecoderDecompressStream(packed->brotli, &left, &from, &free_, &to, NULL);
    *in = slice_make((const char *)from, left);
    *n = room - free_;
    if (rc == BROTLI_DECODER_RESULT_SUCCESS)
        return PACKED_END;
    if (rc != BROTLI_DECODER_RESULT_ERROR)
        return PACKED_MORE;
    BrotliDecoderErrorCode code = BrotliDecoderGetErrorCode(packed->brotli);
    *what = BrotliDecoderErrorString(code);
    bool memory = code <= BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES &&
                  code >= BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES;
    return memory ? DM_ENOMEM : DM_EFORMAT;
}

int packed_step(struct packed *packed, struct slice *in, char *out, size_t room, size_t *n,
                const char **what)
{
    *n = 0;
    switch (packed->packing) {
    case PACKING_ZSTD:
        return step_zstd(packed, in, out, room, n, what);
    case PACKING_BROTLI:
        return step_brotli(packed, in, out, room, n, what);
    default:
        return step_zlib(packed, in, out, room, n, what);
    }
}

int packed_all(enum packing packing, struct slice in, struct buf *out, bool *cut,
               const char **what)
{
    struct packed *packed = packed_new(packing, PACKED_WINDOW_HTTP);
    int rc = packed ? PACKED_MORE : DM_ENOMEM;
    *what = "out of memory";
    *cut = false;
    while (rc == PACKED_MORE) {
        size_t n, left = out->limit - out->n, room = left < 65536 ? left : 65536;
        char none, *to = &none;
        if (room > 0) {
            if (!buf_reserve(out, room)) {
                rc = DM_ENOMEM;
                break;
            }
            to = out->p + out->n;
        }
        rc = packed_step(packed, &in, to, room > 0 ? room : 1, &n, what);
        if (rc >= 0 && n > 0 && room == 0) {
            *what = "too large when unpacked";
            rc = DM_ELIMIT;
        } else if (n > 0) {
            out->n += n;
            out->p[out->n] = '\0';
        }
        if (rc == PACKED_MORE && n == 0 && in.n == 0) {
            *what = "cut off";
            *cut = true;
            rc = DM_EFORMAT;
        }
        if (rc == PACKED_END && packing != PACKING_DEFLATE && packing_of(in) == packing) {
            packed_reset(packed);
            rc = PACKED_MORE;
        }
    }
    packed_free(packed);
    return rc < 0 ? rc : DM_OK;
}
