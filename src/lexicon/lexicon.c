/* SPDX-License-Identifier: MIT */
/*
 * lexicon.c - compile a folder of lexicon files into one image, and open it.
 *
 * Reads    every *.txt below the folder, in the order of names.
 * Leaves   an image of kind "lexicon": section "text" (all strings), "files" (for lexicon_line),
 *          and the sections of the parts (lexicon-parts.h).
 * Method   Files are cut into records; each record is offered to the parts. Every mistake is told,
 *          with its place, before compiling fails.
 * Memory   One arena while compiling (COMPILE_MEMORY_MAX); a small one in the open lexicon.
 */
#include "lexicon/lexicon-parts.h"

#include "core/file.h"
#include "lexicon/words.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define COMPILE_MEMORY_MAX ((size_t)1 << 30)
#define FILES_MAX 4096
#define FILE_BYTES_MAX (64u << 20)

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
};
#define N_PARTS (sizeof parts / sizeof *parts)

static const char *const keywords[] = {
    "type",  "cameo", "sector", "code",   "context", "state", "place", "org",   "group",
    "person", "agent", "office", "prefix", "title",   "class", "frame", "operator",
    "turn",  "gazetteer",  NULL};

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

/* A mistake whose message names its place already: the first also fails the compiling. */
static void tell_mistake(void *self, const char *message)
{
    struct lexicon_builder *b = self;
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
    tell_mistake(b, message);
}

void lexicon_warn(struct lexicon_builder *b, uint32_t line, const char *format, ...)
{
    char place[600], text[900], message[1600];
    if (!b->warnings || !b->report)
        return;
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    place_of(b, line, place, sizeof place);
    snprintf(message, sizeof message, "%s: warning: %s", place, text);
    b->report(b->self, message);
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

/* Words and frames go together to their compiler, which adds the line numbers itself. */
static void keep_source(struct lexicon_builder *b, const struct record *record)
{
    struct frame_source *source =
        ARENA_PUSH(b->arena, b->source, b->n_sources, b->sources_capacity);
    if (!source)
        b->no_memory = true;
    else
        *source = (struct frame_source){b->path, b->file[b->n_files - 1].base, *record};
}

static void offer_record(struct lexicon_builder *b, struct record *record)
{
    uint32_t base = b->file[b->n_files - 1].base;
    if (b->in_frames || slice_is(record->key, "class")) {
        keep_source(b, record);
        return;
    }
    record->line += base;
    for (uint32_t i = 0; i < record->n_facts; i++)
        record->fact[i].line += base;
    for (size_t i = 0; i < N_PARTS; i++)
        if (parts[i].take_record(b, record))
            return;
    char hint[64];
    lexicon_complain(b, record->line, "unknown keyword '%.*s'%s", (int)record->key.n,
                     record->key.p, lexicon_hint(record->key, keywords, hint));
}

/* All records of one file's bytes, which stay until the image is built. */
static void take_file(struct lexicon_builder *b, const char *path, struct slice bytes)
{
    struct lexicon_file *file = &b->file[b->n_files];
    *file = (struct lexicon_file){.path = lexicon_text(b, slice_of(path))};
    if (b->n_files)
        file->base = file[-1].base + file[-1].n_lines;
    for (size_t i = 0; i < bytes.n; i++)
        file->n_lines += bytes.p[i] == '\n';
    file->n_lines++;
    b->n_files++;
    b->path = path;
    b->in_frames = strstr(path, "frames/") || strstr(path, "words/");

    struct record_reader reader;
    record_reader_init(&reader, path, bytes, b->arena);
    for (;;) {
        struct record record;
        struct dm_error err = {0};
        int rc = record_next(&reader, &record, &err);
        if (rc == 0 || rc == DM_ENOMEM) {
            b->no_memory |= rc == DM_ENOMEM;
            return;
        }
        if (rc < 0)
            tell_mistake(b, err.text);
        else
            offer_record(b, &record);
    }
}

static int build_start(struct lexicon_builder *b, struct arena *arena)
{
    b->arena = arena;
    image_builder_init(&b->image, arena, "lexicon", LEXICON_VERSION);
    image_pool_init(&b->pool, arena);
    b->file = arena_array(arena, FILES_MAX, struct lexicon_file);
    bool fine = b->file != NULL;
    for (size_t i = 0; i < N_PARTS; i++)
        fine = fine && parts[i].start(b);
    return fine ? 0 : dm_fail(b->err, DM_ENOMEM, "lexicon: out of memory");
}

static void finish_frames(struct lexicon_builder *b)
{
    struct dm_error err = {0};
    struct frame_compile ask = {.source = b->source, .n_sources = b->n_sources, .arena = b->arena,
                                .pool = &b->pool, .builder = &b->image, .knows = ontology_knows,
                                .ontology = b, .report = tell_mistake, .self = b};
    int rc = frame_lexicon_compile(&ask, &err);
    if (rc == DM_ENOMEM)
        b->no_memory = true;
    else if (rc < 0 && b->n_errors == 0)
        tell_mistake(b, err.text);
}

static int build_finish(struct lexicon_builder *b, struct buf *out)
{
    for (size_t i = 0; i < N_PARTS && !b->no_memory; i++)
        parts[i].finish(b);
    if (!b->no_memory)
        finish_frames(b);
    if (b->no_memory)
        return dm_fail(b->err, DM_ENOMEM, "lexicon: out of memory");
    if (b->n_errors)
        return DM_ELEXICON;
    lexicon_section(b, "files", b->file, b->n_files, sizeof *b->file);
    lexicon_section(b, "text", b->pool.bytes.p, b->pool.bytes.n, 1);
    if (b->n_errors)
        return DM_ELEXICON;
    return image_build(&b->image, out, b->err);
}

/* The last part of the folder's name and the file's: what messages and lexicon_line() show. */
static void shown_path(const char *folder, struct slice name, char *out, size_t size)
{
    size_t n = strlen(folder);
    while (n > 1 && folder[n - 1] == '/')
        n--;
    size_t at = n;
    while (at && folder[at - 1] != '/')
        at--;
    snprintf(out, size, "%.*s/%.*s", (int)(n - at), folder + at, (int)name.n, name.p);
}

static int take_folder(struct lexicon_builder *b, const char *folder)
{
    struct slice *names;
    uint32_t n_names;
    int rc = file_list(folder, ".txt", FILES_MAX, b->arena, &names, &n_names, b->err);
    if (rc < 0)
        return rc;
    if (n_names == 0)
        return dm_fail(b->err, DM_ELEXICON, "%s: no *.txt file below this folder", folder);
    struct buf bytes;
    buf_init(&bytes, FILE_BYTES_MAX);
    for (uint32_t i = 0; i < n_names && rc == 0; i++) {
        struct slice full = arena_printf(b->arena, "%s/%.*s", folder, (int)names[i].n, names[i].p);
        char *shown = arena_bytes(b->arena, 600);
        if (!full.p || !shown) {
            rc = dm_fail(b->err, DM_ENOMEM, "lexicon: out of memory");
            break;
        }
        rc = file_read(full.p, &bytes, b->err);
        if (rc < 0)
            break;
        struct slice kept = arena_copy(b->arena, buf_slice(&bytes));
        if (!kept.p)
            rc = dm_fail(b->err, DM_ENOMEM, "lexicon: out of memory");
        shown_path(folder, names[i], shown, 600);
        if (rc == 0)
            take_file(b, shown, kept);
    }
    buf_deinit(&bytes);
    return rc;
}

int lexicon_check(const char *folder, bool warnings, struct buf *out,
                  void (*report)(void *self, const char *message), void *self,
                  struct dm_error *err)
{
    struct dm_error unseen = {0};
    struct lexicon_builder b = {.report = report, .self = self, .err = err ? err : &unseen,
                                .warnings = warnings};
    struct arena arena;
    arena_init(&arena, COMPILE_MEMORY_MAX);
    int rc = build_start(&b, &arena);
    if (rc == 0)
        rc = take_folder(&b, folder);
    if (rc == 0)
        rc = build_finish(&b, out);
    image_pool_deinit(&b.pool);
    arena_deinit(&arena);
    return rc;
}

int lexicon_compile(const char *folder, struct buf *out,
                    void (*report)(void *self, const char *message), void *self,
                    struct dm_error *err)
{
    return lexicon_check(folder, false, out, report, self, err);
}

int lexicon_compile_text(const char *path, struct slice text, struct buf *out,
                         void (*report)(void *self, const char *message), void *self,
                         struct dm_error *err)
{
    struct dm_error unseen = {0};
    struct lexicon_builder b = {.report = report, .self = self, .err = err ? err : &unseen};
    struct arena arena;
    arena_init(&arena, COMPILE_MEMORY_MAX);
    int rc = build_start(&b, &arena);
    if (rc == 0) {
        take_file(&b, path, text);
        rc = build_finish(&b, out);
    }
    image_pool_deinit(&b.pool);
    arena_deinit(&arena);
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
    uint64_t lines = 0;
    for (uint32_t i = 0; i < lexicon->n_files; i++) {
        if (!lexicon_text_ok(lexicon, lexicon->file[i].path) || lexicon->file[i].base != lines)
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

struct slice lexicon_line(const struct lexicon *lexicon, uint32_t line, char *out, size_t size)
{
    uint32_t low = 0, high = lexicon->n_files;
    if (line == 0 || line > lexicon->n_lines || size == 0)
        return slice_make("", 0);
    while (high - low > 1) { /* the last file whose base lies before the line */
        uint32_t middle = low + (high - low) / 2;
        if (lexicon->file[middle].base < line)
            low = middle;
        else
            high = middle;
    }
    struct slice path = lexicon_slice(lexicon, lexicon->file[low].path);
    int n = snprintf(out, size, "%.*s:%u", (int)path.n, path.p, line - lexicon->file[low].base);
    return slice_make(out, n < 0 ? 0 : (size_t)n < size ? (size_t)n : size - 1);
}
