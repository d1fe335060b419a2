/* SPDX-License-Identifier: MIT */
/*
 * words.c - text as a row of word hashes; building and opening the frozen tree of rows (words.h).
 *
 * Memory   The builder's table grows by doubling in its arena. Reading copies nothing.
 * Limits   An open table must have a free slot, so that a lookup ends: words_open() checks it.
 */
#include "lexicon/words.h"

#include "core/utf8.h"

static bool is_plain(struct slice text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9'))
            return false;
    }
    return text.n != 0;
}

static bool is_ascii(struct slice text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] >= 0x80)
            return false;
    return true;
}

uint32_t words_of(struct slice text, struct arena *scratch, uint64_t *out, uint32_t most)
{
    if (is_plain(text)) { /* nearly every token */
        if (most)
            out[0] = slice_hash(text);
        return 1;
    }
    if (text.n == 0)
        return 0;
    struct arena_mark mark = arena_mark(scratch);
    if (!is_ascii(text)) {
        struct slice folded = utf8_fold(scratch, text);
        if (folded.p)
            text = folded;
    }
    char word[256];
    size_t used = 0;
    uint32_t n = 0;
    if (text.n == 0)
        return 0;
    for (const char *p = text.p, *end = text.p + text.n; p <= end;) {
        uint32_t code = ' ';
        unsigned size = 1;
        if (p < end)
            size = utf8_decode(p, end, &code);
        if (code == '.' && used) {
            p += size;
            continue;
        }
        bool letter = code < 0x80 ? (code >= 'a' && code <= 'z') || (code >= '0' && code <= '9') ||
                                        (code >= 'A' && code <= 'Z')
                                  : utf8_is_letter(code) || utf8_is_digit(code);
        if (letter && used + size <= sizeof word) {
            for (unsigned i = 0; i < size; i++)
                word[used + i] = p[i];
            if (code >= 'A' && code <= 'Z')
                word[used] = (char)(code + ('a' - 'A'));
            used += size;
        } else if (!letter && used) {
            if (n < most)
                out[n] = slice_hash(slice_make(word, used));
            n++;
            used = 0;
        }
        p += size;
    }
    arena_rewind(scratch, mark);
    return n;
}

void words_builder_init(struct words_builder *builder, struct arena *arena)
{
    *builder = (struct words_builder){.arena = arena};
}

static struct words_slot *find_slot(struct words_slot *slots, uint32_t capacity, uint32_t node,
                                    uint64_t key)
{
    uint32_t i = (uint32_t)key & (capacity - 1);
    while (slots[i].key && !(slots[i].key == key && slots[i].parent == node))
        i = (i + 1) & (capacity - 1);
    return &slots[i];
}

static bool grow(struct words_builder *builder)
{
    uint32_t capacity = builder->capacity ? builder->capacity * 2 : 1024;
    struct words_slot *slots = arena_array(builder->arena, capacity, struct words_slot);
    if (!slots)
        return false;
    for (uint32_t i = 0; i < builder->capacity; i++)
        if (builder->slot[i].key)
            *find_slot(slots, capacity, builder->slot[i].parent, builder->slot[i].key) =
                builder->slot[i];
    builder->slot = slots;
    builder->capacity = capacity;
    return true;
}

uint32_t words_add(struct words_builder *builder, const uint64_t *word, uint32_t n)
{
    uint32_t node = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (builder->n * 2 >= builder->capacity && !grow(builder))
            return IMAGE_NONE;
        uint64_t key = words_key(node, word[i]);
        struct words_slot *slot = find_slot(builder->slot, builder->capacity, node, key);
        if (!slot->key) {
            builder->n++;
            *slot = (struct words_slot){key, builder->n, node};
        }
        node = slot->node;
    }
    return n ? node : IMAGE_NONE;
}

bool words_builder_finish(struct words_builder *builder)
{
    return builder->capacity || grow(builder);
}

int words_open(const struct image *image, const char *section, uint32_t n_nodes,
               struct words *out, struct dm_error *err)
{
    const void *data;
    uint32_t n, n_free = 0;
    int rc = image_section(image, section, sizeof *out->slot, IMAGE_NONE, &data, &n, err);
    if (rc < 0)
        return rc;
    const struct words_slot *slot = data;
    bool fine = n && (n & (n - 1)) == 0;
    for (uint32_t i = 0; i < n && fine; i++) {
        n_free += slot[i].key == 0;
        fine = slot[i].key == 0 || (slot[i].node < n_nodes && slot[i].parent < n_nodes);
    }
    if (!fine || n_free == 0)
        return dm_fail(err, DM_EFORMAT, "lexicon: section %s is broken; compile it again", section);
    *out = (struct words){slot, n - 1, n_nodes};
    return 0;
}
