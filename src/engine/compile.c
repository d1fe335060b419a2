/* SPDX-License-Identifier: MIT */
/* compile.c - the lexicon's text files checked, and compiled to the file that an engine opens. */
#include "core/file.h"
#include "lexicon/lexicon.h"

#define LEXICON_MAX (256u << 20)

int dm_lexicon_compile(const char *folder, const char *out, bool warnings,
                       void (*report)(void *self, const char *message), void *self,
                       struct dm_error *err)
{
    struct buf image;
    buf_init(&image, LEXICON_MAX);
    int rc = lexicon_check(folder, warnings, &image, report, self, err);
    if (rc == DM_OK && out)
        rc = file_write(out, buf_slice(&image), err);
    buf_deinit(&image);
    return rc;
}
