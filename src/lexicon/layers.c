/* SPDX-License-Identifier: MIT */
/*
 * layers.c - the files of a lexicon, read to records, and what later layers do to earlier ones.
 *
 * Reads    files of this lexicon's form (record.h) and other coders' dictionaries (foreign.h).
 * Leaves   b->file[], b->source[] in the order of layers, files and lines; dropped records marked.
 * Method   Records are chained by "keyword name". A record of a later layer walks the chain of its
 *          key and drops what stands in earlier ones. A dictionary's records drop nothing: which of
 *          its names count is settled name by name (actor-compile.c).
 * Memory   The builder's arena; file bytes are kept in it, records are views into them.
 */
#include "lexicon/layers.h"

#include "core/file.h"
#include "lexicon/foreign.h"

#include <stdio.h>
#include <sys/stat.h>

#define EXTENDED_FACTS_MAX 100000

/* ---- lines ---- */

uint32_t layers_of_line(const struct lexicon_builder *b, uint32_t line)
{
    const struct lexicon_file *file = lexicon_file_of(b->file, b->n_files, line);
    return file ? file->layer : 0;
}

bool layers_foreign_line(const struct lexicon_builder *b, uint32_t line)
{
    const struct lexicon_file *file = lexicon_file_of(b->file, b->n_files, line);
    return file && file->foreign != FOREIGN_NONE;
}

/* ---- reading ---- */

static void keep_record(struct lexicon_builder *b, const char *path, const struct record *record)
{
    struct frame_source *source =
        ARENA_PUSH(b->arena, b->source, b->n_sources, b->sources_capacity);
    if (!source) {
        b->no_memory = true;
        return;
    }
    *source = (struct frame_source){.path = path, .record = *record};
    foreign_codes_add(&b->codes, record);
}

/* The image's number of line `line` of the text: a dictionary's records know where they came from. */
static uint32_t line_number(const struct lexicon_file *file, const struct foreign_text *foreign,
                            uint32_t line)
{
    if (foreign && line - 1 < foreign->n_lines)
        line = foreign->line_of[line - 1];
    return file->base + line;
}

static void read_records(struct lexicon_builder *b, const char *path, struct slice bytes,
                         const struct foreign_text *foreign)
{
    const struct lexicon_file *file = &b->file[b->n_files - 1];
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
        if (rc < 0) {
            lexicon_mistake(b, err.text);
            continue;
        }
        record.line = line_number(file, foreign, record.line);
        for (uint32_t i = 0; i < record.n_facts; i++)
            record.fact[i].line = line_number(file, foreign, record.fact[i].line);
        keep_record(b, path, &record);
    }
}

static void tell_foreign(void *self, uint32_t line, const char *why)
{
    struct lexicon_builder *b = self;
    lexicon_note(b, b->file[b->n_files - 1].base + line, "not taken over: %s", why);
}

static bool convert(struct lexicon_builder *b, const char *path, struct slice bytes,
                    struct foreign_text *text)
{
    struct foreign_ask ask = {.path = path, .kind = foreign_kind_of(slice_of(path)), .bytes = bytes,
                              .codes = &b->codes, .arena = b->arena, .tell = tell_foreign,
                              .self = b};
    if (!foreign_convert(&ask, text)) {
        b->no_memory = true;
        return false;
    }
    if (b->notes && b->report) {
        char message[700];
        snprintf(message, sizeof message, "%s: %s: %u entries read, %u taken over, %u not", path,
                 foreign_kind_name(ask.kind), text->n_read, text->n_taken,
                 text->n_read - text->n_taken);
        b->report(b->self, message);
    }
    return true;
}

void layers_take_text(struct lexicon_builder *b, const char *path, struct slice bytes,
                      uint32_t layer)
{
    if (b->n_files == LAYERS_FILES_MAX || bytes.n > UINT32_MAX / 2) {
        lexicon_complain(b, 0, "%s: more than %d files, or too large a file", path,
                         LAYERS_FILES_MAX);
        return;
    }
    struct lexicon_file *file = &b->file[b->n_files];
    struct foreign_text text;
    enum foreign_kind kind = foreign_kind_of(slice_of(path));
    *file = (struct lexicon_file){.path = lexicon_text(b, slice_of(path)), .layer = layer,
                                  .n_bytes = (uint32_t)bytes.n, .foreign = kind};
    if (b->n_files)
        file->base = file[-1].base + file[-1].n_lines;
    for (size_t i = 0; i < bytes.n; i++)
        file->n_lines += bytes.p[i] == '\n';
    file->n_lines++;
    b->file_bytes[b->n_files++] = bytes;
    if (kind == FOREIGN_NONE)
        read_records(b, path, bytes, NULL);
    else if (convert(b, path, bytes, &text))
        read_records(b, path, text.bytes, &text);
}

int layers_take_base(struct lexicon_builder *b, const struct lexicon *base)
{
    size_t at = 0;
    for (uint32_t i = 0; i < base->n_files; i++) {
        const struct lexicon_file *file = &base->file[i];
        struct slice path = arena_copy(b->arena, lexicon_slice(base, file->path));
        if (!path.p)
            return dm_fail(b->err, DM_ENOMEM, "lexicon: out of memory");
        if (file->n_bytes > base->n_source - at)
            return lexicon_bad("source", b->err);
        layers_take_text(b, path.p, slice_make(base->source + at, file->n_bytes), file->layer);
        at += file->n_bytes;
    }
    return 0;
}

/* ---- folders ---- */

/* The last part of a folder's name, and the file's: what messages and lexicon_line() show. */
static struct slice shown_path(struct arena *arena, struct slice folder, struct slice name)
{
    while (folder.n > 1 && folder.p[folder.n - 1] == '/')
        folder.n--;
    size_t at = folder.n;
    while (at && folder.p[at - 1] != '/')
        at--;
    return arena_printf(arena, "%.*s%s%.*s", (int)(folder.n - at), folder.p + at,
                        name.n ? "/" : "", (int)name.n, name.p);
}

static int take_file(struct lexicon_builder *b, const char *path, struct slice shown,
                     uint32_t layer, struct buf *bytes)
{
    int rc = file_read(path, bytes, b->err);
    if (rc < 0)
        return rc;
    struct slice kept = arena_copy(b->arena, buf_slice(bytes));
    if (!kept.p || !shown.p)
        return dm_fail(b->err, DM_ENOMEM, "lexicon: out of memory");
    layers_take_text(b, shown.p, kept, layer);
    return 0;
}

static bool is_lexicon_file(struct slice name)
{
    return slice_ends(name, ".txt") || foreign_kind_of(name) != FOREIGN_NONE;
}

static int take_folder(struct lexicon_builder *b, const char *folder, uint32_t layer,
                       struct buf *bytes)
{
    struct slice *names;
    uint32_t n_names, n_taken = 0;
    int rc = file_list(folder, "", LAYERS_FILES_MAX, b->arena, &names, &n_names, b->err);
    for (uint32_t i = 0; i < n_names && rc == 0; i++) {
        if (!is_lexicon_file(names[i]))
            continue;
        struct slice full = arena_printf(b->arena, "%s/%.*s", folder, (int)names[i].n, names[i].p);
        if (!full.p)
            return dm_fail(b->err, DM_ENOMEM, "lexicon: out of memory");
        rc = take_file(b, full.p, shown_path(b->arena, slice_of(folder), names[i]), layer, bytes);
        n_taken++;
    }
    if (rc == 0 && n_taken == 0)
        return dm_fail(b->err, DM_ELEXICON,
                       "%s: no lexicon file below this folder; wanted *.txt, *.actors, *.agents, "
                       "*.verbs or *.discards", folder);
    return rc;
}

int layers_take_path(struct lexicon_builder *b, const char *path)
{
    struct stat st;
    struct buf bytes;
    uint32_t layer = b->n_files ? b->file[b->n_files - 1].layer + 1 : 0;
    if (stat(path, &st) != 0)
        return dm_fail_errno(b->err, path);
    buf_init(&bytes, LAYERS_FILE_MAX);
    int rc = S_ISDIR(st.st_mode)
                 ? take_folder(b, path, layer, &bytes)
                 : take_file(b, path, shown_path(b->arena, slice_of(path), slice_make("", 0)),
                             layer, &bytes);
    buf_deinit(&bytes);
    return rc;
}

int layers_convert(struct lexicon_builder *b, const char *path, struct buf *out)
{
    struct foreign_text text;
    struct buf bytes;
    if (foreign_kind_of(slice_of(path)) == FOREIGN_NONE)
        return dm_fail(b->err, DM_EFORMAT,
                       "%s: by its name no dictionary; wanted .actors, .agents, .verbs, "
                       ".verbpatterns or .discards in it", path);
    buf_init(&bytes, LAYERS_FILE_MAX);
    int rc = file_read(path, &bytes, b->err);
    if (rc == 0) { /* a file without lines of its own, so that what is told has its place */
        struct lexicon_file *file = &b->file[b->n_files];
        uint32_t base = b->n_files ? file[-1].base + file[-1].n_lines : 0;
        *file = (struct lexicon_file){.path = lexicon_text(b, slice_of(path)), .base = base};
        b->n_files++;
        if (convert(b, path, buf_slice(&bytes), &text)) {
            buf_printf(out, "# made of %s\n", path);
            buf_add(out, text.bytes);
        }
    }
    buf_deinit(&bytes);
    return rc;
}

/* ---- what later layers do to earlier ones ---- */

struct chains {
    struct map last;   /* "keyword name" -> the last record of that key */
    uint32_t *before;  /* per record: the one before it in its chain */
};

/* "person Sergey Lavrov" of a record's header; false for what stands for itself. */
static bool record_key(struct slice keyword, struct slice value, char *out, size_t size,
                       struct slice *key)
{
    struct slice name = value, rest = value;
    if (slice_is(keyword, "state"))
        slice_word(&rest, &name);
    else
        record_item(&rest, &name);
    int n = snprintf(out, size, "%.*s %.*s", (int)keyword.n, keyword.p, (int)name.n, name.p);
    *key = slice_make(out, n < 0 ? 0 : (size_t)n < size ? (size_t)n : size - 1);
    return n > 0 && name.n > 0;
}

static uint32_t drop_chain(struct lexicon_builder *b, const struct chains *chains,
                           struct slice key, uint32_t layer)
{
    uint32_t n = 0;
    for (uint32_t i = map_get(&chains->last, key); i != MAP_NONE; i = chains->before[i])
        if (layers_of_line(b, b->source[i].record.line) < layer && !b->source[i].dropped) {
            b->source[i].dropped = true;
            n++;
        }
    return n;
}

static uint32_t drop_keyword(struct lexicon_builder *b, struct slice keyword, uint32_t layer)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < b->n_sources; i++) {
        struct frame_source *source = &b->source[i];
        if (slice_eq(source->record.key, keyword) && !source->dropped &&
            layers_of_line(b, source->record.line) < layer) {
            source->dropped = true;
            n++;
        }
    }
    return n;
}

static void extend_record(struct lexicon_builder *b, const struct chains *chains, struct slice key,
                          struct record *with)
{
    uint32_t i = map_get(&chains->last, key);
    while (i != MAP_NONE && b->source[i].dropped)
        i = chains->before[i];
    if (i == MAP_NONE) {
        lexicon_complain(b, with->line, "there is no '%.*s' before it to extend", (int)key.n,
                         key.p);
        return;
    }
    struct frame_source *to = &b->source[i];
    uint32_t n = to->record.n_facts + with->n_facts;
    if (n > EXTENDED_FACTS_MAX) {
        lexicon_complain(b, with->line, "more than %d facts in a record", EXTENDED_FACTS_MAX);
        return;
    }
    if (n > to->room) { /* grown by doubling: a dictionary extends a state line by line */
        struct fact *facts = arena_array(b->arena, 2 * n, struct fact);
        if (!facts) {
            b->no_memory = true;
            return;
        }
        if (to->record.n_facts)
            memcpy(facts, to->record.fact, to->record.n_facts * sizeof *facts);
        to->record.fact = facts;
        to->room = 2 * n;
    }
    if (with->n_facts)
        memcpy(to->record.fact + to->record.n_facts, with->fact, with->n_facts * sizeof *with->fact);
    to->record.n_facts = n;
}

/* "remove person X", "extend state RUS": the value begins with the keyword that is meant. */
static void change_record(struct lexicon_builder *b, const struct chains *chains, uint32_t at,
                          bool remove)
{
    struct record *record = &b->source[at].record;
    struct slice rest = record->value, keyword, key;
    char text[512];
    uint32_t layer = layers_of_line(b, record->line);
    b->source[at].dropped = true; /* it is done here */
    if (!slice_word(&rest, &keyword) || slice_trim(rest).n == 0) {
        lexicon_complain(b, record->line, "wanted: %s KEYWORD NAME, as in '%s person Jane Smith'",
                         remove ? "remove" : "extend", remove ? "remove" : "extend");
        return;
    }
    rest = slice_trim(rest);
    if (!record_key(keyword, rest, text, sizeof text, &key))
        return;
    if (!remove) {
        extend_record(b, chains, key, record);
        return;
    }
    uint32_t n = slice_is(rest, "*") ? drop_keyword(b, keyword, layer)
                                     : drop_chain(b, chains, key, layer);
    if (n == 0)
        lexicon_complain(b, record->line, "there is no '%.*s' in an earlier lexicon to remove",
                         (int)key.n, key.p);
    if (record->n_facts)
        lexicon_complain(b, record->fact[0].line, "'remove' has no facts");
}

static void settle_record(struct lexicon_builder *b, struct chains *chains, uint32_t i)
{
    const struct record *record = &b->source[i].record;
    char text[512];
    struct slice key;
    chains->before[i] = MAP_NONE;
    bool remove = slice_is(record->key, "remove");
    if (remove || slice_is(record->key, "extend")) {
        change_record(b, chains, i, remove);
        return;
    }
    if (slice_is(record->key, "type") && record->n_facts == 0)
        return; /* a heading over frames */
    if (!record_key(record->key, record->value, text, sizeof text, &key))
        return;
    uint32_t layer = layers_of_line(b, record->line);
    if (layer && !layers_foreign_line(b, record->line))
        drop_chain(b, chains, key, layer);
    chains->before[i] = map_get(&chains->last, key);
    if (!map_set(&chains->last, key, i))
        b->no_memory = true;
}

void layers_settle(struct lexicon_builder *b)
{
    struct chains chains = {.before = arena_array(b->arena, b->n_sources, uint32_t)};
    if (!chains.before) {
        b->no_memory = true;
        return;
    }
    map_init(&chains.last, b->arena);
    for (uint32_t i = 0; i < b->n_sources && !b->no_memory; i++)
        settle_record(b, &chains, i);
}
