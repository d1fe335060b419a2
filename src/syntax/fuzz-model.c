/* SPDX-License-Identifier: MIT */
/*
 * fuzz-model.c - a model with any bytes changed is refused, or parses without leaving its bounds.
 *
 * The input is taken twice: as a model file, and as changes (3 bytes place, 1 byte value) to the
 * sections of a sound one, whose checksum is then made right again.
 */
#include "syntax/model.h"
#include "syntax/tiny.h"
#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct { const char *name; size_t size; } sections[] = {
    {"about", 1}, {"shape", sizeof(struct network_shape)}, {"weights", 4}, {"packed", 1},
    {"packed_scale", 4}, {"packed_offset", 4}, {"rows", 32},
    {"row_scale", 4}, {"tags", sizeof(struct model_tag)}, {"rels", 1}, {"sentences", 2},
    {"features", sizeof(struct image_map_slot)}, {"words", sizeof(struct image_map_slot)},
    {"endings", sizeof(struct image_map_slot)}, {"casings", sizeof(struct image_map_slot)},
    {"lemmas", sizeof(struct lemma_entry)}, {"rules", sizeof(struct lemma_rule)}, {"strings", 1},
};

static void parse(const struct syntax_model *model)
{
    struct dm_article *article = article_new();
    struct dm_error err = {0};
    struct slice text = SLICE_LIT("The troops left 3 cities; talks entered\xe2\x80\xa6 failed.");
    if (article && article_set_text(article, SLICE_LIT(""), text, NULL, 0, &err) == DM_OK &&
        text_split_with(syntax_model_text(model), article, &err) == DM_OK &&
        syntax_parse(model, article, &err) == DM_OK)
        for (uint32_t t = 0; t < article->n_toks; t++)
            if (article->tok[t].upos >= UPOS_COUNT || article->tok[t].rel >= REL_COUNT ||
                (article->tok[t].head != ARTICLE_NONE && article->tok[t].head >= article->n_toks))
                abort();
    article_free(article);
}

static void try_bytes(struct slice bytes)
{
    struct syntax_model model;
    struct dm_error err = {0};
    char *p = aligned_alloc(64, (bytes.n + 127) / 64 * 64);
    if (!p)
        return;
    if (bytes.n)
        memcpy(p, bytes.p, bytes.n);
    if (model_from_memory("fuzz", slice_make(p, bytes.n), &model, &err) == DM_OK)
        parse(&model);
    free(p);
}

/* The sound model's sections with the input's changes, as a file again. */
static void try_changed(const struct image *sound, const uint8_t *data, size_t size)
{
    struct arena arena;
    struct image_builder builder;
    struct dm_error err = {0};
    struct buf out;
    arena_init(&arena, 64u << 20);
    buf_init(&out, 64u << 20);
    image_builder_init(&builder, &arena, "model", MODEL_VERSION);
    char *copy[sizeof sections / sizeof sections[0]];
    size_t bytes[sizeof sections / sizeof sections[0]], all = 0;
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        const void *p;
        uint32_t n;
        if (image_section(sound, sections[i].name, sections[i].size, IMAGE_NONE, &p, &n, &err))
            abort();
        bytes[i] = n * sections[i].size;
        copy[i] = arena_alloc(&arena, bytes[i] + 1);
        if (!copy[i])
            abort();
        memcpy(copy[i], p, bytes[i]);
        all += bytes[i];
        image_add(&builder, sections[i].name, copy[i], n, sections[i].size, &err);
    }
    for (size_t k = 0; k + 4 <= size; k += 4) {
        size_t at = ((size_t)data[k] << 16 | (size_t)data[k + 1] << 8 | data[k + 2]) % all, i = 0;
        while (at >= bytes[i])
            at -= bytes[i++];
        copy[i][at] = (char)data[k + 3];
    }
    if (image_build(&builder, &out, &err) == DM_OK)
        try_bytes(buf_slice(&out));
    buf_deinit(&out);
    arena_deinit(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char *sound; /* made once: training takes a moment */
    static struct image image;
    struct dm_error err = {0};
    if (!sound) {
        struct buf bytes;
        buf_init(&bytes, 64u << 20);
        if (tiny_train(&bytes, 1, &err) != DM_OK)
            abort();
        sound = aligned_alloc(64, (bytes.n + 127) / 64 * 64);
        if (!sound)
            abort();
        memcpy(sound, bytes.p, bytes.n);
        if (image_from_memory("sound", slice_make(sound, bytes.n), "model", MODEL_VERSION, &image,
                              &err) != DM_OK)
            abort();
        buf_deinit(&bytes);
    }
    try_bytes(slice_make((const char *)data, size));
    try_changed(&image, data, size);
    return 0;
}
