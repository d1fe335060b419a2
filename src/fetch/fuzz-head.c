/* SPDX-License-Identifier: MIT */
/* fuzz-head.c - any bytes as header fields: what is said lies in the bytes and in its limits. */
#include <stdlib.h>

#include "fetch/head.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(struct slice line)
{
    struct slice value;
    int64_t seconds, now = 1700000000;
    uint64_t n;
    struct slice charset = head_charset(line);
    if (charset.n >= 40 || (charset.n > 0 && (charset.p < line.p || charset.p + charset.n > line.p + line.n)))
        abort();
    int64_t wait = head_retry_after(line, now);
    if (wait < -1 || wait > HEAD_RETRY_MAX)
        abort();
    if (head_date(line, &seconds) && (seconds < -62135596800 || seconds > 253402300800))
        abort();
    if (head_length(line, &n) && n > 999999999999999999u)
        abort();
    if (head_field(line, "Content-Type", &value) && value.n > line.n)
        abort();
    head_media_is(line, "text/html");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice rest = slice_make((const char *)data, size), line;
    look(rest);
    while (head_line(&rest, &line))
        look(line);
    return 0;
}
