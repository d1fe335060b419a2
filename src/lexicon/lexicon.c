/* SPDX-License-Identifier: MIT */
/*
 * lexicon.c - compile lexicon files into one image, and open it.
 *
 * Reads    the records of all layers (layers.h).
 * Leaves   an image of kind "lexicon": section "text" (all strings), "files" (for lexicon_line),
 *          "source" (the files' bytes, so that a user's own can be laid above them later), and the
 *          sections of the parts (lexicon-parts.h).
 * Method   Each record that counts is offered to the parts. Every mistake is told, with its place,
 *          before compiling fails.
 * Memory   One arena while compiling (COMPILE_MEMORY_MAX); a small one in the open lexicon.
 */
#include "lexicon/lexicon-parts.h"

#include "lexicon/layers.h"
#include "lexicon/words.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define COMPILE_MEMORY_MAX ((size_t)1 << 30)
#define IMAGE_BYTES_MAX (512u << 20)

/* In the order they are finished: a part may use those before it. ORDER PART */
static const struct part {
    bool (*start)(struct lexicon_builder *b);
    bool (*take_record)(struct lexicon_builder *b, const struct record *record);
    void (*finish)(struct lexicon_builder *b);
    int (*open)(struct lexicon *lexicon, struct dm_error *err);
} parts[] = {
    {ontology_start, ontology_take_record, ontology_finish, ontology_open},
    {actors_start, actors_take_record, actors_finish, actors_open},
    {gazetteer_start, gazetteer_take_record, gazetteer_finish, gazetteer_open},
    {languages_start, languages_take_record, languages_finish, languages_open},
    {lists_start, lists_take_record, lists_finish, lists_open},
};
#define N_PARTS (sizeof parts / sizeof *parts)

static const char *const keywords[] = {
    "type",  "cameo", "sector", "code",   "context", "state", "place", "org",   "group",
    "person", "agent", "office", "prefix", "title",   "class", "frame", "operator",
    "turn",  "list", "gazetteer", "script", "language", "actor-code", "irregular",
    "exchange-state", "exchange-sector", "remove", "extend", NULL};

/* ---- messages ---- */

static void place_of(const struct lexicon_builder *b, uint32_t line, char *out, size_t size)
{
    for (uint32_t i = b->n_files; i-- > 0;)
        if (line > b->file[i].base) {
            struct slice path = lexicon_built_text(b, b->file[i].path);
            snprintf(out, size, "%.*s:%u", (int)path.n, path.p, line - b->file[i].base);
            return;
        }
    snprintf(out, size, "lexicon");
}

/* The first mistake also fails the compiling. */
void lexicon_mistake(struct lexicon_builder *b, const char *message)
{
    if (b->n_errors++ == 0)
        dm_fail(b->err, DM_ELEXICON, "%s", message);
    if (b->report)
        b->report(b->self, message);
}

void lexicon_complain(struct lexicon_builder *b, uint32_t line, const char *format, ...)
{
    char place[600], text[900], message[1600];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    place_of(b, line, place, sizeof place);
    snprintf(message, sizeof message, "%s: %s", place, text);
    lexicon_mistake(b, message);
}

static void tell_doubt(struct lexicon_builder *b, uint32_t line, const char *what, const char *text)
{
    char place[600], message[1600];
    place_of(b, line, place, sizeof place);
    snprintf(message, sizeof message, "%s: %s%s", place, what, text);
    b->report(b->self, message);
}

static void doubt(struct lexicon_builder *b, bool wanted, uint32_t line, const char *what,
                  const char *format, va_list args)
{
    char text[900];
    if (!wanted || !b->report || line <= b->told)
        return;
    vsnprintf(text, sizeof text, format, args);
    tell_doubt(b, line, what, text);
}

void lexicon_warn(struct lexicon_builder *b, uint32_t line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    doubt(b, b->warnings, line, "warning: ", format, args);
    va_end(args);
}

void lexicon_note(struct lexicon_builder *b, uint32_t line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    doubt(b, b->notes, line, "", format, args);
    va_end(args);
}

/* Letters to insert, drop, change or swap to get from a to b, counted up to 3. */
static unsigned letters_off(struct slice a, struct slice b)
{
    unsigned row[3][33];
    if (a.n > 32 || b.n > 32)
        return 3;
    for (size_t j = 0; j <= b.n; j++)
        row[0][j] = (unsigned)j;
    for (size_t i = 1; i <= a.n; i++) {
        unsigned *now = row[i % 3], *before = row[(i + 2) % 3], *older = row[(i + 1) % 3];
        now[0] = (unsigned)i;
        for (size_t j = 1; j <= b.n; j++) {
            unsigned best = before[j - 1] + (a.p[i - 1] != b.p[j - 1]);
            if (before[j] + 1 < best)
                best = before[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1] &&
                older[j - 2] + 1 < best)
                best = older[j - 2] + 1;
            now[j] = best;
        }
    }
    return row[a.n % 3][b.n];
}

/* The word of the list that is nearest to `word`, at most two letters off, or NULL. */
static const char *nearest_word(struct slice word, const char *const *list)
{
    const char *nearest = NULL;
    unsigned best = 3;
    for (; *list; list++) {
        unsigned off = letters_off(word, slice_of(*list));
        if (off < best && off < strlen(*list)) {
            best = off;
            nearest = *list;
        }
    }
    return nearest;
}

const char *lexicon_hint(struct slice word, const char *const *list, char out[static 64])
{
    const char *near = nearest_word(word, list);
    out[0] = '\0';
    if (near)
        snprintf(out, 64, "; did you mean '%s'?", near);
    return out;
}

/* ---- services to the parts ---- */

struct image_text lexicon_text(struct lexicon_builder *b, struct slice text)
{
    struct image_text out = {0};
    if (!image_pool_add(&b->pool, text, &out))
        b->no_memory = true;
    return out;
}

struct slice lexicon_built_text(const struct lexicon_builder *b, struct image_text text)
{
    return slice_make(b->pool.bytes.p + text.offset, text.n);
}

void lexicon_section(struct lexicon_builder *b, const char *name, const void *data, size_t n,
                     size_t size)
{
    struct dm_error err = {0};
    if (image_add(&b->image, name, data, n, size, &err) < 0)
        lexicon_complain(b, 0, "section %s: %s", name, err.text);
}

void lexicon_section_map(struct lexicon_builder *b, const char *name, const struct image_text *key,
                         const uint32_t *value, uint32_t n)
{
    struct image_map_slot *slots;
    uint32_t n_slots;
    if (!image_map_freeze(b->arena, key, value, n, b->pool.bytes.p, &slots, &n_slots))
        b->no_memory = true;
    else
        lexicon_section(b, name, slots, n_slots, sizeof *slots);
}

void lexicon_section_words(struct lexicon_builder *b, const char *name, struct words_builder *rows)
{
    if (!words_builder_finish(rows))
        b->no_memory = true;
    else
        lexicon_section(b, name, rows->slot, rows->capacity, sizeof *rows->slot);
}

int lexicon_sections(const struct lexicon *lexicon, const struct lexicon_section_at *at, size_t n,
                     struct dm_error *err)
{
    for (size_t i = 0; i < n; i++) {
        const void *data;
        int rc = image_section(&lexicon->image, at[i].name, at[i].size, IMAGE_NONE, &data, at[i].n,
                               err);
        if (rc < 0)
            return rc;
        memcpy((void *)(uintptr_t)at[i].to, &data, sizeof data);
    }
    return 0;
}

int lexicon_bad(const char *section, struct dm_error *err)
{
    return dm_fail(err, DM_EFORMAT,
                   "lexicon: section %s holds a number that points outside; compile it again",
                   section);
}

/* ---- compiling ---- */

/* Records of the parts are taken; those of frames and classes are left to their compiler. */
static void offer_record(struct lexicon_builder *b, struct frame_source *source)
{
    static const char *const frames[] = {"class", "frame", "operator", "turn"};
    const struct record *record = &source->record;
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++)
        if (slice_is(record->key, frames[i]))
            return;
    if (slice_is(record->key, "type") && record->n_facts == 0)
        return; /* a heading over frames */
    source->dropped = true;
    for (size_t i = 0; i < N_PARTS; i++)
        if (parts[i].take_record(b, record))
            return;
    char hint[64];
    lexicon_hint(record->key, keywords, hint);
    lexicon_complain(b, record->line, "unknown keyword '%.*s'%s", (int)record->key.n, record->key.p,
                     *hint ? hint : "; wanted a record like state, place, org, group, person, agent, "
                                    "office, title, prefix, class, list, frame, operator, remove, extend");
}

static int build_start(struct lexicon_builder *b, struct arena *arena)
{
    b->arena = arena;
    image_builder_init(&b->image, arena, "lexicon", LEXICON_VERSION);
    image_pool_init(&b->pool, arena);
    b->file = arena_array(arena, LAYERS_FILES_MAX, struct lexicon_file);
    b->file_bytes = arena_array(arena, LAYERS_FILES_MAX, struct slice);
    foreign_codes_init(&b->codes, arena);
    bool fine = b->file && b->file_bytes;
    for (size_t i = 0; i < N_PARTS; i++)
        fine = fine && parts[i].start(b);
    return fine ? 0 : dm_fail(b->err, DM_ENOMEM, "lexicon: out of memory");
}

static void complain_of_frame(void *self, uint32_t line, const char *message)
{
    lexicon_complain(self, line, "%s", message);
}

static void finish_frames(struct lexicon_builder *b)
{
    struct dm_error err = {0};
    struct frame_compile ask = {.source = b->source, .n_sources = b->n_sources, .arena = b->arena,
                                .pool = &b->pool, .builder = &b->image, .knows = ontology_knows,
                                .ontology = b, .complain = complain_of_frame, .self = b};
    int rc = frame_lexicon_compile(&ask, &err);
    if (rc == DM_ENOMEM)
        b->no_memory = true;
    else if (rc < 0 && b->n_errors == 0)
        lexicon_mistake(b, err.text);
}

/* The bytes of all files, one behind the other. */
static void add_source(struct lexicon_builder *b)
{
    size_t n = 0;
    for (uint32_t i = 0; i < b->n_files; i++)
        n += b->file_bytes[i].n;
    char *bytes = arena_bytes(b->arena, n + 1);
    if (!bytes) {
        b->no_memory = true;
        return;
    }
    size_t at = 0;
    for (uint32_t i = 0; i < b->n_files; i++) {
        if (b->file_bytes[i].n)
            memcpy(bytes + at, b->file_bytes[i].p, b->file_bytes[i].n);
        at += b->file_bytes[i].n;
    }
    lexicon_section(b, "source", bytes, n, 1);
}

static int build_finish(struct lexicon_builder *b, struct buf *out)
{
    layers_settle(b);
    for (uint32_t i = 0; i < b->n_sources && !b->no_memory; i++)
        if (!b->source[i].dropped)
            offer_record(b, &b->source[i]);
    for (size_t i = 0; i < N_PARTS && !b->no_memory; i++)
        parts[i].finish(b);
    if (!b->no_memory)
        finish_frames(b);
    if (!b->no_memory && b->n_errors == 0)
        add_source(b);
    if (b->no_memory)
        return dm_fail(b->err, DM_ENOMEM, "lexicon: out of memory");
    lexicon_section(b, "files", b->file, b->n_files, sizeof *b->file);
    lexicon_section(b, "text", b->pool.bytes.p, b->pool.bytes.n, 1);
    if (b->n_errors)
        return DM_ELEXICON;
    return image_build(&b->image, out, b->err);
}

static void tell_known(struct lexicon_builder *b)
{
    char message[200];
    if (!b->notes || !b->report || !b->n_known)
        return;
    snprintf(message, sizeof message,
             "%u names of dictionaries were known already with the same code and sector",
             b->n_known);
    b->report(b->self, message);
}

int lexicon_compile(const struct lexicon_ask *ask, struct buf *out, struct dm_error *err)
{
    struct dm_error unseen = {0};
    struct lexicon_builder b = {.report = ask->report, .self = ask->self,
                                .err = err ? err : &unseen};
    struct arena arena;
    arena_init(&arena, COMPILE_MEMORY_MAX);
    int rc = build_start(&b, &arena);
    if (rc == 0 && ask->base)
        rc = layers_take_base(&b, ask->base);
    b.warnings = ask->warnings; /* of what the base was made of, all was told */
    b.notes = ask->notes;
    if (b.n_files)
        b.told = b.file[b.n_files - 1].base + b.file[b.n_files - 1].n_lines;
    for (size_t i = 0; i < ask->n_paths && rc == 0; i++)
        rc = layers_take_path(&b, ask->path[i]);
    if (rc == 0 && ask->text_path)
        layers_take_text(&b, ask->text_path, ask->text, ask->base ? 1 : 0);
    if (rc == 0)
        rc = build_finish(&b, out);
    if (rc == 0)
        tell_known(&b);
    image_pool_deinit(&b.pool);
    arena_deinit(&arena);
    return rc;
}

int lexicon_convert(const struct lexicon_ask *ask, struct buf *out, struct dm_error *err)
{
    struct dm_error unseen = {0};
    struct lexicon_builder b = {.report = ask->report, .self = ask->self,
                                .err = err ? err : &unseen};
    struct arena arena;
    arena_init(&arena, COMPILE_MEMORY_MAX);
    int rc = build_start(&b, &arena);
    if (rc == 0 && ask->base)
        rc = layers_take_base(&b, ask->base);
    b.notes = ask->notes;
    if (rc == 0)
        rc = layers_convert(&b, ask->path[0], out);
    if (rc == 0 && (b.no_memory || out->failed))
        rc = dm_fail(b.err, DM_ENOMEM, "lexicon: out of memory");
    image_pool_deinit(&b.pool);
    arena_deinit(&arena);
    return rc;
}

int lexicon_compile_text(const char *path, struct slice text, struct buf *out,
                         void (*report)(void *self, const char *message), void *self,
                         struct dm_error *err)
{
    struct lexicon_ask ask = {.text_path = path, .text = text, .report = report, .self = self};
    return lexicon_compile(&ask, out, err);
}

int lexicon_union(const struct lexicon_ask *ask, struct lexicon **out, struct dm_error *err)
{
    struct buf image;
    buf_init(&image, IMAGE_BYTES_MAX);
    int rc = lexicon_compile(ask, &image, err);
    char *bytes = rc == 0 ? aligned_alloc(64, (image.n + 63) / 64 * 64) : NULL;
    if (rc == 0 && !bytes)
        rc = dm_fail(err, DM_ENOMEM, "lexicon: out of memory");
    if (rc == 0) {
        memcpy(bytes, image.p, image.n);
        rc = lexicon_from_memory("lexicon", slice_make(bytes, image.n), out, err);
    }
    if (rc == 0)
        (*out)->owned = bytes;
    else
        free(bytes);
    buf_deinit(&image);
    return rc;
}

/* ---- opening ---- */

static int open_files(struct lexicon *lexicon, struct dm_error *err)
{
    const void *data;
    int rc = image_section(&lexicon->image, "text", 1, IMAGE_NONE, &data, &lexicon->n_bytes, err);
    if (rc < 0)
        return rc;
    lexicon->bytes = data;
    rc = image_section(&lexicon->image, "files", sizeof *lexicon->file, IMAGE_NONE, &data,
                       &lexicon->n_files, err);
    if (rc < 0)
        return rc;
    lexicon->file = data;
    rc = image_section(&lexicon->image, "source", 1, IMAGE_NONE, &data, &lexicon->n_source, err);
    if (rc < 0)
        return rc;
    lexicon->source = data;
    uint64_t lines = 0;
    for (uint32_t i = 0; i < lexicon->n_files; i++) {
        if (!lexicon_text_ok(lexicon, lexicon->file[i].path) ||
            lexicon->file[i].base != lines || lexicon->file[i].layer > LAYERS_FILES_MAX)
            return lexicon_bad("files", err);
        lines += lexicon->file[i].n_lines;
        if (lines > UINT32_MAX - 1)
            return lexicon_bad("files", err);
    }
    lexicon->n_lines = (uint32_t)lines;
    return 0;
}

/* The image is open, or failed with rc: open what is in it, or give all back. */
static int open_parts(int rc, struct lexicon *lexicon, struct lexicon **out, struct dm_error *err)
{
    if (rc == 0)
        rc = open_files(lexicon, err);
    for (size_t i = 0; i < N_PARTS && rc == 0; i++)
        rc = parts[i].open(lexicon, err);
    if (rc == 0)
        rc = frame_lexicon_open(&lexicon->image, lexicon->bytes, lexicon->n_bytes,
                                &lexicon->frames, err);
    if (rc == 0)
        *out = lexicon;
    else
        lexicon_close(lexicon);
    return rc;
}

static struct lexicon *lexicon_new(struct dm_error *err)
{
    struct lexicon *lexicon = calloc(1, sizeof *lexicon);
    if (!lexicon)
        dm_fail(err, DM_ENOMEM, "lexicon: out of memory");
    else
        arena_init(&lexicon->arena, 1 << 24);
    return lexicon;
}

int lexicon_open(const char *path, struct lexicon **out, struct dm_error *err)
{
    struct lexicon *lexicon = lexicon_new(err);
    if (!lexicon)
        return DM_ENOMEM;
    int rc = image_open(path, "lexicon", LEXICON_VERSION, &lexicon->image, err);
    return open_parts(rc, lexicon, out, err);
}

int lexicon_from_memory(const char *name, struct slice bytes, struct lexicon **out,
                        struct dm_error *err)
{
    struct lexicon *lexicon = lexicon_new(err);
    if (!lexicon)
        return DM_ENOMEM;
    int rc = image_from_memory(name, bytes, "lexicon", LEXICON_VERSION, &lexicon->image, err);
    return open_parts(rc, lexicon, out, err);
}

void lexicon_close(struct lexicon *lexicon)
{
    if (!lexicon)
        return;
    image_close(&lexicon->image);
    arena_deinit(&lexicon->arena);
    free(lexicon->owned);
    free(lexicon);
}

const struct frame_lexicon *lexicon_frames(const struct lexicon *lexicon)
{
    return &lexicon->frames;
}

struct slice lexicon_string(const struct lexicon *lexicon, struct image_text text)
{
    return lexicon_slice(lexicon, text);
}

const struct lexicon_file *lexicon_file_of(const struct lexicon_file *file, uint32_t n, uint32_t line)
{
    uint32_t low = 0, high = n;
    if (line == 0 || n == 0)
        return NULL;
    while (high - low > 1) { /* the last file whose base lies before the line */
        uint32_t middle = low + (high - low) / 2;
        if (file[middle].base < line)
            low = middle;
        else
            high = middle;
    }
    return &file[low];
}

struct slice lexicon_line(const struct lexicon *lexicon, uint32_t line, char *out, size_t size)
{
    const struct lexicon_file *file = lexicon_file_of(lexicon->file, lexicon->n_files, line);
    if (!file || line > lexicon->n_lines || size == 0)
        return slice_make("", 0);
    struct slice path = lexicon_slice(lexicon, file->path);
    int n = snprintf(out, size, "%.*s:%u", (int)path.n, path.p, line - file->base);
    return slice_make(out, n < 0 ? 0 : (size_t)n < size ? (size_t)n : size - 1);
}
