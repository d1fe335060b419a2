/* SPDX-License-Identifier: MIT */
/* test-frames.c - what the frames' compiler says about wrong lines, and that right ones pass. */
#include "check.h"
#include "lexicon/frame-lexicon.h"

static const struct {
    const char *what, *text, *want; /* want: "" compiles; else a part of one of the messages */
} cases[] = {
    {"a frame with all that it may have",
     "type ACCUSE\n"
     "frame a\n"
     "    verb accuse | call for | carry out\n"
     "    noun arms deal | declaration of war\n"
     "    actor subj | poss + with.obj\n"
     "    recipient obj\n"
     "    need obj actor | @thing\n"
     "    need on|against\n"
     "    avoid subj lemma | two words\n"
     "    content xcomp\n"
     "    inner AID type AGREE cameo 033 mode x\n"
     "    size dead obj\n"
     "    priority -3\n"
     "    alone yes\n"
     "    joint yes\n"
     "    status future\n"
     "    example Iran accused Israel.\n"
     "    expect ACCUSE IRN > ISR\n"
     "class thing\n"
     "    thing | @other\n"
     "class other\n"
     "    matter\n"
     "operator plan\n"
     "    verb plan\n"
     "    over xcomp\n"
     "    status future\n"
     "frame none\n"
     "    type none\n"
     "    verb hit\n"
     "    need obj road\n"
     "turn CONSULT\n"
     "    future AGREE 036\n",
     ""},
    {"keyword", "frame a\n    type X\n    verb b\n    verbs c\n",
     "x.txt:4: unknown keyword 'verbs'"},
    {"record", "fame a\n    verb b\n", "x.txt:1: unknown keyword 'fame'"},
    {"step", "frame a\n    type X\n    verb b\n    actor subject\n",
     "x.txt:4: unknown step 'subject'"},
    {"class", "frame a\n    type X\n    verb b\n    need obj @none\n",
     "x.txt:4: unknown class '@none'"},
    {"class inside of a class", "class a\n    b | @c\n", "x.txt:2: unknown class '@c'"},
    {"no type", "frame a\n    verb b\n", "x.txt:1: no type"},
    {"unknown type", "type WRONG\nframe a\n    verb b\n", "x.txt:1: unknown type 'WRONG'"},
    {"no trigger", "frame a\n    type X\n    actor subj\n", "x.txt:1: no trigger"},
    {"unknown mode", "frame a\n    type X\n    verb b\n    mode WRONG\n",
     "x.txt:4: the ontology has no mode 'WRONG'"},
    {"unknown code", "frame a\n    type X\n    verb b\n    cameo WRONG\n",
     "x.txt:4: unknown cameo code 'WRONG'"},
    {"unknown status", "operator a\n    verb b\n    over xcomp\n    status soon\n",
     "x.txt:4: unknown status 'soon'"},
    {"operator without over", "operator a\n    verb b\n    status future\n",
     "x.txt:1: an operator wants 'over' and 'status'"},
    {"mutual beside actor", "frame a\n    type X\n    verb b\n    mutual subj\n    actor subj\n",
     "x.txt:1: 'mutual' stands instead"},
    {"example without expect", "frame a\n    type X\n    verb b\n    example Who?\n",
     "x.txt:4: 'example' wants an 'expect'"},
    {"too long a phrase", "frame a\n    type X\n    verb b c d e f g\n",
     "x.txt:3: 'b c d e f g' has more than 5 words"},
};

/* A small ontology: everything but WRONG is known. */
static bool knows(void *self, enum frame_name kind, struct slice type, struct slice name)
{
    (void)self, (void)kind, (void)type;
    return !slice_is(name, "WRONG");
}

static void keep_message(void *self, uint32_t line, const char *message)
{
    buf_printf(self, "x.txt:%u: %s\n", line, message);
}

static int compile(struct arena *arena, const char *text, struct buf *messages, struct buf *out,
                   struct dm_error *err)
{
    struct frame_source source[16];
    struct record_reader reader;
    uint32_t n = 0;
    record_reader_init(&reader, "x.txt", slice_of(text), arena);
    struct record record;
    while (n < 16 && record_next(&reader, &record, err) > 0)
        source[n++] = (struct frame_source){.path = "x.txt", .record = record};
    struct image_builder builder;
    struct image_pool pool;
    image_builder_init(&builder, arena, "lexicon", 1);
    image_pool_init(&pool, arena);
    struct frame_compile ask = {.source = source, .n_sources = n, .arena = arena, .pool = &pool,
                                .builder = &builder, .knows = knows, .complain = keep_message,
                                .self = messages};
    int rc = frame_lexicon_compile(&ask, err);
    if (rc == DM_OK)
        rc = image_add(&builder, "text", pool.bytes.p, pool.bytes.n, 1, err);
    if (rc == DM_OK)
        rc = image_build(&builder, out, err);
    image_pool_deinit(&pool);
    return rc;
}

static void check_case(struct arena *arena, size_t i)
{
    struct dm_error err = {0};
    struct buf messages, image;
    buf_init(&messages, 1 << 16);
    buf_init(&image, 1 << 24);
    int rc = compile(arena, cases[i].text, &messages, &image, &err);
    if (cases[i].want[0] == '\0') {
        CHECK_OK(rc, &err);
        CHECK_INT(messages.n, 0, cases[i].what);
    } else {
        CHECK_CODE(rc, DM_ELEXICON, cases[i].what);
        CHECK(messages.n && strstr(messages.p, cases[i].want), cases[i].what);
    }
    buf_deinit(&messages);
    buf_deinit(&image);
    arena_reset(arena);
}

/* What was compiled opens again and is found by its words. */
static void check_open(struct arena *arena)
{
    struct dm_error err = {0};
    struct buf messages, bytes;
    struct image image;
    struct frame_lexicon frames = {0};
    const void *text;
    uint32_t n;
    buf_init(&messages, 1 << 16);
    buf_init(&bytes, 1 << 24);
    CHECK_OK(compile(arena, cases[0].text, &messages, &bytes, &err), &err);
    CHECK_OK(image_from_memory("test", buf_slice(&bytes), "lexicon", 1, &image, &err), &err);
    CHECK_OK(image_section(&image, "text", 1, IMAGE_NONE, &text, &n, &err), &err);
    CHECK_OK(frame_lexicon_open(&image, text, n, &frames, &err), &err);
    CHECK_INT(frames.n_frames, 3, "a frame and an operator");
    uint32_t word = image_map_get(&frames.word, SLICE_LIT("deal"));
    CHECK(word != IMAGE_NONE && frames.triggers[word].n == 1, "'arms deal' stands at 'deal'");
    word = image_map_get(&frames.word, SLICE_LIT("matter"));
    CHECK(word != IMAGE_NONE && frames.entries[word].n == 2, "'matter' is in both classes");
    image_close(&image);
    buf_deinit(&messages);
    buf_deinit(&bytes);
}

int main(void)
{
    struct arena arena;
    arena_init(&arena, (size_t)1 << 26);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_case(&arena, i);
    check_open(&arena);
    arena_deinit(&arena);
    return check_end();
}
