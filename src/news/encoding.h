/* SPDX-License-Identifier: MIT */
/* encoding.h - bytes of any common encoding into valid UTF-8. */
#ifndef NEWS_ENCODING_H
#define NEWS_ENCODING_H

#include "core/arena.h"
#include "core/error.h"

enum encoding_wide { WIDE_NONE, WIDE_LITTLE, WIDE_BIG }; /* UTF-16 and its byte order */

/*
 * The charset that the head of a page or of XML names: <meta charset=x>, "...; charset=x",
 * <?xml encoding="x"?>. Empty: none.
 */
struct slice encoding_named(struct slice page);

/* Is this the beginning of UTF-16 text (by its byte order mark, or by where the NULs stand)? */
enum encoding_wide encoding_wide_of(struct slice head);

/*
 * Turn whole code units of UTF-16 into UTF-8. `out` has room for 3 bytes for every 2. A surrogate
 * without its partner becomes three bytes that are no valid UTF-8, so that encoding_decode()
 * repairs and counts it. *used says how many bytes of `in` were taken: the last ones stay when they
 * are half a character and `final` is false.
 */
size_t encoding_narrow(enum encoding_wide wide, struct slice in, bool final, char *out,
                       size_t *used);

/*
 * Valid UTF-8 without byte order mark and without NUL.
 *
 * `charset` is what the document says of itself, or empty. Valid UTF-8 is believed before it. Bytes
 * that are not UTF-8 are read by the charset; without one as Windows-1252 if that makes sense of
 * nearly all of them, else as UTF-8 with broken runs turned into U+FFFD, counted in *n_repaired.
 * The text is `bytes` itself where nothing had to change. errors: DM_ENOMEM.
 */
int encoding_decode(struct arena *arena, struct slice bytes, struct slice charset,
                    struct slice *text, size_t *n_repaired, struct dm_error *err);

/* A short field of any bytes, as valid UTF-8 in the arena. p is NULL without memory. */
struct slice encoding_clean(struct arena *arena, struct slice field);

#endif
