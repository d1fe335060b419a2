/* SPDX-License-Identifier: MIT */
/*
 * fuzz-lexicon-image.c - an image with lies in it is refused, or all it says can be read.
 *
 * The input says which bytes of a good image to change; the checksum is then set right, so that the
 * lies reach the checks of the parts.
 */
#include "lexicon/actor-lexicon.h"
#include "lexicon/languages.h"
#include "lexicon/lexicon-parts.h"
#include "lexicon/lists.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char text[] =
    "type ACCUSE\n    quad 3\n    modes a | b\nsector GOV\nsector ELI\ncode UNO\n"
    "cameo 11\n    type ACCUSE\ncontext war\n    words war | civil war\n"
    "state RUS Russia\n    people Russian\n    capital Moscow\noffice president\n    GOV\n"
    "person Vladimir Putin\n    RUS GOV president 2000..\norg United Nations | UN\n    UNO -\n"
    "class report\n    say | tell\n"
    "list month\n    1 January | Jan\nlist unit\n    week week\nlist step\n    -1 last | past\n"
    "script A\n    range 0041 007A\n    language a\n    with A\nlanguage x | X\n    script A\n    coded\n"
    "    grams 3 _he hel elp\nlanguage y\n    script A\n    grams 9 _vl vla lad\n";

static size_t read_languages(const struct lexicon *lexicon)
{
    struct dm_article *article = article_new();
    struct dm_error err = {0};
    bool coded;
    if (!article || article_set_text(article, slice_make("", 0), SLICE_LIT("Help, Vladimir vlad"), NULL,
                                     0, &err) < 0)
        abort();
    size_t n = languages_find(lexicon, article, &coded).n;
    article_free(article);
    return n;
}

/* Walk everything that a reader may follow. */
static size_t read_all(const struct lexicon *lexicon)
{
    const struct actor_lexicon *actors = actor_lexicon(lexicon);
    struct buf out;
    size_t n = 0;
    buf_init(&out, 1 << 20);
    lexicon_who(lexicon, SLICE_LIT("Vladimir Putin"), (struct date){2010, 1, 1}, &out);
    lexicon_who(lexicon, SLICE_LIT("president"), (struct date){0}, &out);
    lexicon_code(lexicon, SLICE_LIT("ACCUSE"), &out);
    lexicon_code(lexicon, SLICE_LIT("11"), &out);
    lexicon_code(lexicon, SLICE_LIT("RUS"), &out);
    for (uint32_t i = 0; i < actors->n_entities; i++) {
        const struct actor_role *role;
        n += (size_t)actor_role_at(actors, i, 14000, &role);
        actor_holder_at(actors, "RUS", i, 14000);
    }
    const struct lists *lists = lexicon_lists(lexicon);
    static const char *const forms[] = {"january", "jan", "week", "last", "may"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const struct listed *listed = &lists->listed[lists_find(lists, slice_of(forms[i]))];
        if (listed->value[LIST_MONTH] > 12 || listed->value[LIST_STEP] < -1)
            abort(); /* readers take values for what they are */
    }
    n += out.n + read_languages(lexicon);
    buf_deinit(&out);
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf image;
    struct dm_error err = {0};
    struct lexicon *lexicon = NULL;
    buf_init(&image, 1 << 24);
    if (lexicon_compile_text("lexicon/x.txt", slice_of(text), &image, NULL, NULL, &err) < 0)
        abort();
    /* three bytes a change: place (two bytes, spread over the image), value */
    for (size_t i = 0; i + 3 <= size && i < 192; i += 3) {
        size_t at = 48 + ((size_t)data[i] << 8 | data[i + 1]) * 7 % (image.n - 48);
        image.p[at] = (char)data[i + 2];
    }
    image_seal(image.p, image.n);
    if (lexicon_from_memory("fuzz", buf_slice(&image), &lexicon, &err) == 0)
        read_all(lexicon);
    lexicon_close(lexicon);
    buf_deinit(&image);
    return 0;
}
