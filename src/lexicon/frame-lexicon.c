/* SPDX-License-Identifier: MIT */
/*
 * frame-lexicon.c - open the sections that frame-compile.c wrote.
 *
 * Everything is checked here, once: ids and ranges inside of their arrays, strings inside of the
 * string section. The matcher then follows them without looking.
 */
#include "lexicon/frame-lexicon.h"

static bool range_ok(struct frame_range range, uint32_t n)
{
    return range.first <= n && range.n <= n - range.first;
}

static bool text_ok(const struct frame_lexicon *f, struct image_text text)
{
    return text.offset <= f->n_bytes && text.n <= f->n_bytes - text.offset;
}

static bool texts_ok(const struct frame_lexicon *f, const struct image_text *text, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (!text_ok(f, text[i]))
            return false;
    return true;
}

static bool frame_ok(const struct frame_lexicon *f, const struct frame *frame)
{
    bool ok = text_ok(f, frame->name) && text_ok(f, frame->type) && text_ok(f, frame->cameo) &&
              frame->n_modes <= FRAME_MODES && frame->n_contexts <= FRAME_MODES &&
              texts_ok(f, frame->mode, frame->n_modes) &&
              texts_ok(f, frame->context, frame->n_contexts) &&
              range_ok(frame->actor, f->n_paths) && range_ok(frame->recipient, f->n_paths) &&
              range_ok(frame->mutual, f->n_paths) && range_ok(frame->content, f->n_paths) &&
              range_ok(frame->need, f->n_conditions) && range_ok(frame->inner, f->n_inners) &&
              range_ok(frame->place, f->n_paths) &&
              frame->status <= FRAME_STATUS_NONE;
    for (uint32_t i = 0; i < SIZE_KINDS && ok; i++)
        ok = range_ok(frame->size[i], f->n_paths);
    return ok;
}

static bool words_ok(const struct frame_lexicon *f)
{
    for (uint32_t i = 0; i <= f->word.mask; i++)
        if (f->word.slot[i].value != IMAGE_NONE && f->word.slot[i].value >= f->n_words)
            return false;
    for (uint32_t i = 0; i < f->n_words; i++)
        if (!range_ok(f->triggers[i], f->n_triggers) || !range_ok(f->entries[i], f->n_entries))
            return false;
    for (uint32_t i = 0; i < f->n_triggers; i++)
        if (f->trigger[i].frame >= f->n_frames || f->trigger[i].kind > TRIGGER_ADJ ||
            !range_ok(f->trigger[i].rest, f->n_numbers) ||
            f->trigger[i].rest.n >= FRAME_PHRASE_MAX)
            return false;
    for (uint32_t i = 0; i < f->n_entries; i++)
        if (f->entry[i].class >= f->n_classes || !range_ok(f->entry[i].rest, f->n_numbers) ||
            f->entry[i].rest.n >= FRAME_PHRASE_MAX)
            return false;
    for (uint32_t i = 0; i < f->n_numbers; i++)
        if (f->number[i] >= f->n_words)
            return false;
    return true;
}

static bool contents_ok(const struct frame_lexicon *f)
{
    for (uint32_t i = 0; i < f->n_frames; i++)
        if (!frame_ok(f, &f->frame[i]))
            return false;
    for (uint32_t i = 0; i < f->n_paths; i++)
        if (!range_ok((struct frame_range){f->path[i].first, f->path[i].n}, f->n_steps))
            return false;
    for (uint32_t i = 0; i < f->n_steps; i++)
        if (f->step[i].kind >= STEP_KINDS || f->step[i].word >= f->n_words)
            return false;
    for (uint32_t i = 0; i < f->n_conditions; i++)
        if (!range_ok(f->condition[i].path, f->n_paths) ||
            !range_ok(f->condition[i].test, f->n_tests) || !text_ok(f, f->condition[i].text))
            return false;
    for (uint32_t i = 0; i < f->n_tests; i++) {
        const struct frame_test *test = &f->test[i];
        if (test->kind >= TEST_KINDS || !text_ok(f, test->text) ||
            (test->kind == TEST_CLASS && test->arg >= f->n_classes))
            return false;
    }
    for (uint32_t i = 0; i < f->n_inners; i++)
        if (!text_ok(f, f->inner[i].type) || !text_ok(f, f->inner[i].to) ||
            !text_ok(f, f->inner[i].cameo) || !text_ok(f, f->inner[i].mode))
            return false;
    for (uint32_t i = 0; i < f->n_turns; i++)
        if (!text_ok(f, f->turn[i].type) || !text_ok(f, f->turn[i].to) ||
            !text_ok(f, f->turn[i].cameo))
            return false;
    for (uint32_t i = 0; i < f->n_examples; i++)
        if (!text_ok(f, f->example[i].text) || !text_ok(f, f->example[i].expect) ||
            f->example[i].frame >= f->n_frames)
            return false;
    return texts_ok(f, f->class_name, f->n_classes) && words_ok(f);
}

static int open_sections(const struct image *image, struct frame_lexicon *f, struct dm_error *err)
{
    const void *data;
    int rc = image_map_open(image, "f.words", f->bytes, f->n_bytes, &f->word, err);
#define SECTION(name, field, count)                                                                \
    if (rc == DM_OK) {                                                                             \
        rc = image_section(image, "f." name, sizeof *f->field, IMAGE_NONE, &data, &f->count, err); \
        if (rc == DM_OK)                                                                           \
            f->field = data;                                                                       \
    }
    uint32_t n_words_again = 0;
    SECTION("triggers", triggers, n_words)
    if (rc == DM_OK) {
        rc = image_section(image, "f.entries", sizeof *f->entries, f->n_words, &data,
                           &n_words_again, err);
        if (rc == DM_OK)
            f->entries = data;
    }
    SECTION("trigger", trigger, n_triggers)
    SECTION("entry", entry, n_entries)
    SECTION("frame", frame, n_frames)
    SECTION("path", path, n_paths)
    SECTION("step", step, n_steps)
    SECTION("condition", condition, n_conditions)
    SECTION("test", test, n_tests)
    SECTION("inner", inner, n_inners)
    SECTION("turn", turn, n_turns)
    SECTION("example", example, n_examples)
    SECTION("number", number, n_numbers)
    SECTION("class", class_name, n_classes)
#undef SECTION
    return rc;
}

int frame_lexicon_open(const struct image *image, const char *bytes, uint32_t n_bytes,
                       struct frame_lexicon *out, struct dm_error *err)
{
    static const char *const names[CLASS_COUNT] = {
#define X(id, name) name,
        FRAME_CLASSES(X)
#undef X
    };
    struct frame_lexicon f = {.bytes = bytes, .n_bytes = n_bytes};
    int rc = open_sections(image, &f, err);
    if (rc < 0)
        return rc;
    if (!contents_ok(&f))
        return dm_fail(err, DM_EFORMAT, "lexicon: a number in the frames' sections points outside; "
                       "compile the lexicon again");
    for (uint32_t c = 0; c < CLASS_COUNT; c++) {
        f.class_of[c] = IMAGE_NONE;
        for (uint32_t i = 0; i < f.n_classes; i++)
            if (slice_is(frame_text(&f, f.class_name[i]), names[c]))
                f.class_of[c] = i;
    }
    *out = f;
    return DM_OK;
}
