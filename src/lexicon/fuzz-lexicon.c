/* SPDX-License-Identifier: MIT */
/* fuzz-lexicon.c - any text compiles or is refused with a message; what compiles opens and is read. */
#include "lexicon/exchange.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const paths[] = {"lexicon/actors/x.txt", "lexicon/frames/x.txt"};
    for (int i = 0; i < 2; i++) {
        struct dm_error err = {0};
        struct buf image;
        struct lexicon *lexicon = NULL;
        buf_init(&image, 1 << 26);
        int rc = lexicon_compile_text(paths[i], slice_make((const char *)data, size), &image, NULL,
                                      NULL, &err);
        if (rc < 0 ? err.text[0] == '\0'
                   : lexicon_from_memory("fuzz", buf_slice(&image), &lexicon, &err) < 0)
            abort();
        struct arena arena;
        struct exchange exchange;
        arena_init(&arena, 1 << 26);
        if (lexicon && exchange_read(&exchange, lexicon, &arena, &err) < 0)
            abort();
        arena_deinit(&arena);
        lexicon_close(lexicon);
        buf_deinit(&image);
    }
    return 0;
}
