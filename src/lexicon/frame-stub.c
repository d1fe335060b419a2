/* SPDX-License-Identifier: MIT */
/* frame-stub.c - stands in until frame-lexicon.c is there (weak, so that it gives way by itself). */
#include "lexicon/frame-lexicon.h"

__attribute__((weak)) int frame_lexicon_compile(const struct frame_compile *ask,
                                                struct dm_error *err)
{
    (void)ask, (void)err;
    return 0;
}

__attribute__((weak)) int frame_lexicon_open(const struct image *image, const char *bytes,
                                             uint32_t n_bytes, struct frame_lexicon *out,
                                             struct dm_error *err)
{
    (void)image, (void)bytes, (void)n_bytes, (void)out, (void)err;
    return 0;
}
