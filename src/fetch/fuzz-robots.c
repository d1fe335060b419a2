/* SPDX-License-Identifier: MIT */
/*
 * fuzz-robots.c - any bytes as a robots.txt are answered, in bounded time, and mean the same twice.
 *
 * The first line of the input is the path, the rest the file.
 */
#include <stdlib.h>

#include "fetch/robots.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = slice_make((const char *)data, size), path;
    unsigned delay = 0, again = 0;
    if (!slice_cut(&text, '\n', &path))
        return 0;
    bool allow = robots_allow(text, SLICE_LIT("demarche"), path, &delay);
    if (delay > ROBOTS_DELAY_MAX)
        abort();
    if (allow != robots_allow(text, SLICE_LIT("demarche"), path, &again) || again != delay)
        abort();
    if (!robots_allow(text, SLICE_LIT("demarche"), SLICE_LIT("/robots.txt"), &delay))
        abort();
    return 0;
}
