/* SPDX-License-Identifier: MIT */
/* utf8.h - UTF-8: check, repair, decode, count, fold. Unicode's tables come from utf8proc. */
#ifndef CORE_UTF8_H
#define CORE_UTF8_H

#include "core/arena.h"

/*
 * Decode the character at p (p < end). Returns its length in bytes (1-4) and the code point; for a
 * byte that starts no valid character (overlong, surrogate, cut): 1 and U+FFFD.
 */
unsigned utf8_decode(const char *p, const char *end, uint32_t *code);

/* Write the code point (at most 4 bytes); returns the bytes written. */
unsigned utf8_encode(uint32_t code, char *out);

/* The offset of the first byte that is not valid UTF-8, or text.n when all of it is. */
size_t utf8_valid_prefix(struct slice text);

/*
 * A copy in which each maximal invalid run is one U+FFFD and NUL bytes are too; *repaired counts the runs.
 * Valid text without NUL is returned as it is, not copied. p is NULL without memory.
 */
struct slice utf8_repair(struct arena *arena, struct slice text, size_t *repaired);

/* Number of code points (bytes that are no continuation). Text is valid. */
size_t utf8_count(struct slice text);

/* Lower case, character by character (no locale, no special casing). p NULL without memory. */
struct slice utf8_lower(struct arena *arena, struct slice text);

/* Lower case of one character. */
uint32_t utf8_lower_one(uint32_t code);

/* Lower case without diacritics ("Çavuşoğlu" -> "cavusoglu"). p NULL without memory. */
struct slice utf8_fold(struct arena *arena, struct slice text);

bool utf8_is_upper(uint32_t code);
bool utf8_is_letter(uint32_t code);
bool utf8_is_digit(uint32_t code);
bool utf8_is_space(uint32_t code); /* Zs, Zl, Zp, tabs and line ends, U+200B, U+FEFF */
bool utf8_is_punct(uint32_t code); /* general categories P and S */

#endif
