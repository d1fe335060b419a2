/* SPDX-License-Identifier: MIT */
/*
 * fuzz-names.c - a recognizer with any bytes changed is refused, or finds names inside of its bounds.
 *
 * The input is changes (3 bytes place, 1 byte value) to the recognizer's sections of a sound model,
 * whose checksum is then made right again.
 */
#include "names/net.h"
#include "names/small.h"
#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void find(const struct syntax_model *syntax, const struct names_model *names,
                 const struct lexicon *lexicon)
{
    struct dm_article *article = article_new();
    struct dm_error err = {0};
    struct slice text = SLICE_LIT("Mary Stone left North Korea; the UN paid George Washington\xe2\x80\xa6");
    if (article && article_set_text(article, SLICE_LIT(""), text, NULL, 0, &err) == DM_OK &&
        text_split(article, &err) == DM_OK && syntax_parse(syntax, article, &err) == DM_OK &&
        names_recognize(names, lexicon, article, &err) == DM_OK)
        for (uint32_t t = 0; t < article->n_toks; t++) {
            const struct token *tok = &article->tok[t];
            bool inside = tok->flags & TOK_NAME_INSIDE;
            if (tok->name >= NAME_KINDS || (inside && (t == 0 || tok->name == NAME_NONE ||
                                                       tok->name != tok[-1].name)))
                abort();
        }
    article_free(article);
}

static const struct { const char *name; size_t size; } sections[] = {
    {"names_shape", sizeof(struct net_shape)}, {"names_row_scale", 4}, {"names_weights", 4},
    {"names_scale", 4}, {"names_offset", 4}, {"names_packed", 1}, {"names_rows", 16},
};

static void change(const struct image *image, char *p, const uint8_t *data, size_t size)
{
    for (size_t k = 0; k + 4 <= size; k += 4) {
        const void *section;
        uint32_t n;
        struct dm_error err;
        size_t which = data[k] % (sizeof sections / sizeof sections[0]);
        if (image_section(image, sections[which].name, sections[which].size, IMAGE_NONE, &section, &n,
                          &err) != DM_OK)
            abort();
        size_t at = ((size_t)data[k + 1] << 8 | data[k + 2]) % (n * sections[which].size);
        p[(const char *)section - p + (ptrdiff_t)at] = (char)data[k + 3];
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct lexicon *lexicon; /* made once: training takes a moment */
    static struct buf sound, image;
    struct dm_error err = {0};
    if (!lexicon) {
        buf_init(&sound, 64u << 20);
        buf_init(&image, 1u << 22);
        lexicon = small_lexicon_open(&image, &err);
        if (!lexicon || small_train(&sound, lexicon, 1, &err) != DM_OK)
            abort();
    }
    char *p = aligned_alloc(64, (sound.n + 127) / 64 * 64);
    if (!p)
        return 0;
    memcpy(p, sound.p, sound.n);
    struct syntax_model syntax;
    struct names_model *names = NULL;
    if (model_from_memory("fuzz", slice_make(p, sound.n), &syntax, &err) != DM_OK)
        abort();
    change(&syntax.image, p, data, size);
    if (names_open(&syntax, &names, &err) == DM_OK && names)
        find(&syntax, names, lexicon);
    names_close(names);
    free(p);
    return 0;
}
