/* SPDX-License-Identifier: MIT */
/*
 * sketch.c - hashes of the shingles of a text.
 *
 * Method  One pass: a word's hash is FNV-1a over its lower-cased characters; a shingle's mixes those of
 *         its words. What is kept in the database is a sample by the value of the hash (FracMinHash,
 *         Irber and others 2022), of which any two texts that share a stretch of words share the part
 *         that falls into it: unlike MinHash it finds a short piece in a long text.
 * Cost    About 10 ns a byte.
 */
#include "store/sketch.h"

#include "core/utf8.h"

#define SKETCH_RARE 24
#define SKETCH_DENSE 6
#define SKETCH_LEAD 64 /* shingles */

static uint64_t mix(uint64_t h)
{
    h ^= h >> 32;
    h *= UINT64_C(0xD6E8FEB86659FD93);
    h ^= h >> 32;
    h *= UINT64_C(0xD6E8FEB86659FD93);
    h ^= h >> 32;
    return h ? h : 1;
}

/* The next word's hash; 0 at the end. */
static uint64_t next_word(const char **at, const char *end)
{
    uint64_t hash = 0;
    const char *p = *at;
    while (p < end) {
        uint32_t code = (unsigned char)*p;
        unsigned n = 1;
        bool in_word;
        if (code < 0x80) {
            bool letter = (code | 32) >= 'a' && (code | 32) <= 'z';
            in_word = letter || (code >= '0' && code <= '9');
            if (letter)
                code |= 32;
        } else {
            n = utf8_decode(p, end, &code);
            in_word = utf8_is_letter(code) || utf8_is_digit(code);
            code = utf8_lower_one(code);
        }
        if (!in_word && hash)
            break;
        p += n;
        if (in_word)
            hash = ((hash ? hash : UINT64_C(0xCBF29CE484222325)) ^ code) * UINT64_C(0x100000001B3);
    }
    *at = p;
    return hash;
}

bool sketch_make(struct arena *arena, struct slice text, struct sketch *out)
{
    const char *p = text.p, *end = text.p + text.n;
    size_t most = text.n / 2 + 1; /* a word and what parts it from the next take two bytes */
    uint64_t word, last[SKETCH_WORDS] = {0};
    struct sketch sketch = {.whole = 1};
    if (most > SKETCH_WORDS_MAX)
        most = SKETCH_WORDS_MAX;
    sketch.shingle = arena_array(arena, most, uint64_t);
    if (!sketch.shingle)
        return false;
    while (sketch.n_words < most && (word = next_word(&p, end)) != 0) {
        uint64_t hash = 0;
        for (int i = 0; i + 1 < SKETCH_WORDS; i++)
            last[i] = last[i + 1];
        last[SKETCH_WORDS - 1] = word;
        for (int i = 0; i < SKETCH_WORDS; i++)
            hash = (hash ^ last[i]) * UINT64_C(0x9E3779B97F4A7C15);
        sketch.whole = (sketch.whole ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        if (++sketch.n_words >= SKETCH_WORDS)
            sketch.shingle[sketch.n++] = mix(hash);
    }
    sketch.whole = mix(sketch.whole);
    *out = sketch;
    return true;
}

bool sketch_is_kept(const struct sketch *sketch, uint32_t i)
{
    return sketch->shingle[i] % (i < SKETCH_LEAD ? SKETCH_DENSE : SKETCH_RARE) == 0;
}

uint64_t *sketch_set(struct arena *arena, const struct sketch *sketch, uint32_t *size)
{
    uint32_t n = 16;
    while (n < sketch->n * 2)
        n *= 2;
    uint64_t *set = arena_array(arena, n, uint64_t);
    for (uint32_t i = 0; set && i < sketch->n; i++) {
        uint32_t at = (uint32_t)(sketch->shingle[i] >> 20) & (n - 1);
        while (set[at] && set[at] != sketch->shingle[i])
            at = (at + 1) & (n - 1);
        set[at] = sketch->shingle[i];
    }
    *size = n;
    return set;
}

bool sketch_set_has(const uint64_t *set, uint32_t size, uint64_t shingle)
{
    uint32_t at = (uint32_t)(shingle >> 20) & (size - 1);
    while (set[at] && set[at] != shingle)
        at = (at + 1) & (size - 1);
    return set[at] == shingle;
}
