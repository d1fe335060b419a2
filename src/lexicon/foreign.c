/* SPDX-License-Identifier: MIT */
/*
 * foreign.c - dictionaries of TABARI and PETRARCH: lines, codes, and what converters share.
 *
 * Reads    any bytes. Lines that are no UTF-8 are read as Latin-1, which old dictionaries are in.
 * Leaves   struct foreign_text: records of this lexicon's form and the lines they came from.
 * Memory   Text grows in a buffer of at most FOREIGN_OUT_MAX and is copied to the arena at the end.
 */
#include "lexicon/foreign-parts.h"

#include "core/utf8.h"

#include <stdarg.h>
#include <stdio.h>

/* ---- kinds ---- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool has_part(struct slice name, const char *part)
{
    size_t n = strlen(part);
    for (size_t i = 0; i + n <= name.n; i++) {
        size_t k = 0;
        while (k < n && lower(name.p[i + k]) == part[k])
            k++;
        if (k == n)
            return true;
    }
    return false;
}

enum foreign_kind foreign_kind_of(struct slice path)
{
    static const struct { const char *part; enum foreign_kind kind; } parts[] = {
        {".actors", FOREIGN_ACTORS},      {".agents", FOREIGN_AGENTS},
        {".verbs", FOREIGN_VERBS},        {".verbpatterns", FOREIGN_VERBS},
        {".discards", FOREIGN_DISCARDS},     {".issues", FOREIGN_OTHER},
        {".issuecoding", FOREIGN_OTHER},  {".options", FOREIGN_OTHER},
    };
    size_t at = path.n;
    while (at && path.p[at - 1] != '/')
        at--;
    struct slice name = slice_make(path.p + at, path.n - at);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (has_part(name, parts[i].part))
            return parts[i].kind;
    return FOREIGN_NONE;
}

const char *foreign_kind_name(enum foreign_kind kind)
{
    static const char *const names[] = {/* ORDER FOREIGN */
        "lexicon", "dictionary of actors", "dictionary of agents", "dictionary of verbs",
        "list of discards", "dictionary of a kind that is not used"};
    return kind < FOREIGN_KINDS ? names[kind] : "";
}

/* ---- codes ---- */

void foreign_codes_init(struct foreign_codes *codes, struct arena *arena)
{
    *codes = (struct foreign_codes){.arena = arena};
    struct map *const maps[] = {&codes->special, &codes->state, &codes->place, &codes->sector,
                                &codes->cameo, &codes->form, &codes->negation};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        map_init(maps[i], arena);
}

static void put_code(struct foreign_codes *codes, struct map *map, struct slice name,
                     struct slice code, struct slice sector)
{
    struct foreign_code *row = ARENA_PUSH(codes->arena, codes->row, codes->n_rows, codes->room);
    if (!row)
        return;
    if (code.n == 3)
        memcpy(row->code, code.p, 3);
    if (sector.n == 3)
        memcpy(row->sector, sector.p, 3);
    map_set(map, name, codes->n_rows - 1);
}

static struct slice fact_value(const struct record *record, const char *key)
{
    for (uint32_t i = 0; i < record->n_facts; i++)
        if (slice_is(record->fact[i].key, key))
            return record->fact[i].value;
    return slice_make("", 0);
}

static void put_special(struct foreign_codes *codes, const struct record *record, struct slice name)
{
    struct slice sector = fact_value(record, "sector"), second = fact_value(record, "second");
    uint32_t before = codes->n_rows;
    put_code(codes, &codes->special, name, fact_value(record, "code"), second.n ? second : sector);
    if (codes->n_rows > before)
        codes->row[before].second = second.n > 0;
}

static void put_forms(struct foreign_codes *codes, const struct record *record)
{
    struct slice *lemma =
        ARENA_PUSH(codes->arena, codes->lemma, codes->n_lemmas, codes->room_lemmas);
    if (!lemma)
        return;
    *lemma = record->value;
    for (uint32_t i = 0; i < record->n_facts; i++) {
        struct slice forms = fact_text(&record->fact[i]), form;
        while (record_item(&forms, &form))
            map_set(&codes->form, form, codes->n_lemmas - 1);
    }
}

static void put_cameo(struct foreign_codes *codes, const struct record *record, struct slice name)
{
    struct slice *type = ARENA_PUSH(codes->arena, codes->type, codes->n_types, codes->room_types);
    if (!type)
        return;
    *type = fact_value(record, "type");
    map_set(&codes->cameo, name, codes->n_types - 1);
}

static void put_words(struct map *map, const struct record *record)
{
    for (uint32_t i = 0; i < record->n_facts; i++) {
        struct slice list = fact_text(&record->fact[i]), item;
        while (record_item(&list, &item))
            map_set(map, item, 1);
    }
}

void foreign_codes_add(struct foreign_codes *codes, const struct record *record)
{
    static const struct slice none = {"", 0};
    struct slice rest = record->value, name;
    if (!slice_word(&rest, &name))
        return;
    if (slice_is(record->key, "state") || slice_is(record->key, "code"))
        put_code(codes, &codes->place, name, name, none);
    if (slice_is(record->key, "state"))
        put_code(codes, &codes->state, name, name, none);
    if (slice_is(record->key, "sector"))
        put_code(codes, &codes->sector, name, none, name);
    else if (slice_is(record->key, "actor-code"))
        put_special(codes, record, name);
    else if (slice_is(record->key, "cameo"))
        put_cameo(codes, record, name);
    else if (slice_is(record->key, "class") && slice_is(name, "negation"))
        put_words(&codes->negation, record);
    else if (slice_is(record->key, "irregular"))
        put_forms(codes, record);
}

static void add_sector(struct foreign_actor *actor, const char sector[static 4])
{
    for (unsigned i = 0; i < actor->n_sectors; i++)
        if (memcmp(actor->sector[i], sector, 4) == 0)
            return;
    if (sector[0] && actor->n_sectors < FOREIGN_SECTORS)
        memcpy(actor->sector[actor->n_sectors++], sector, 4);
}

/* One of the three-letter parts of a code. False: it is not known. */
static bool add_part(const struct foreign_codes *codes, struct slice part, bool second,
                     struct foreign_actor *actor)
{
    uint32_t row = map_get(&codes->special, part);
    if (row == MAP_NONE)
        row = map_get(&codes->place, part);
    if (row == MAP_NONE)
        row = map_get(&codes->sector, part);
    if (row == MAP_NONE)
        return false;
    const struct foreign_code *found = &codes->row[row];
    /* "IGOUNO": the body's own code says more than that it is one */
    if (found->code[0] && (!actor->code[0] || memcmp(actor->code, "IGO", 4) == 0))
        memcpy(actor->code, found->code, 4);
    if (found->second == second)
        add_sector(actor, found->sector);
    return true;
}

bool foreign_actor_of(const struct foreign *f, struct slice code, struct foreign_actor *out)
{
    char letters[64];
    size_t n = 0;
    *out = (struct foreign_actor){.null = slice_starts(code, "---") || slice_starts(code, "###") ||
                                          slice_starts(code, "+++")};
    for (size_t i = 0; i < code.n && n < sizeof letters; i++)
        if (code.p[i] != '~' && code.p[i] != ' ')
            letters[n++] = code.p[i] >= 'a' && code.p[i] <= 'z' ? (char)(code.p[i] - 32)
                                                                : code.p[i];
    bool any = out->null;
    for (unsigned second = 0; second < 2; second++)
        for (size_t i = 0; i + 3 <= n && !out->null; i += 3)
            any |= add_part(f->ask->codes, slice_make(letters + i, 3), second, out);
    return any && (out->null || out->code[0] || out->n_sectors);
}

const char *foreign_actor_text(const struct foreign_actor *actor, char out[static 32])
{
    int n = snprintf(out, 32, "%s ", actor->code[0] ? actor->code : "-");
    for (unsigned i = 0; i < actor->n_sectors && n < 28; i++)
        n += snprintf(out + n, 32 - (size_t)n, "%s%s", i ? "/" : "", actor->sector[i]);
    if (actor->n_sectors == 0)
        snprintf(out + n, 32 - (size_t)n, "-");
    return out;
}

/* ---- lines ---- */

static struct slice as_utf8(struct foreign *f, struct slice line)
{
    bool plain = true;
    for (size_t i = 0; i < line.n && plain; i++)
        plain = (unsigned char)line.p[i] >= ' ' && (unsigned char)line.p[i] < 0x7f;
    if (plain)
        return line;
    bool valid = utf8_valid_prefix(line) == line.n;
    char *out = arena_bytes(f->ask->arena, 2 * line.n + 1);
    size_t n = 0;
    if (!out) {
        f->no_memory = true;
        return slice_make("", 0);
    }
    for (size_t i = 0; i < line.n; i++) {
        unsigned char c = (unsigned char)line.p[i];
        if (c < ' ' || c == 0x7f)
            out[n++] = ' ';
        else if (valid || c < 0x80)
            out[n++] = line.p[i];
        else
            n += utf8_encode(c < 0xa0 ? ' ' : c, out + n);
    }
    return slice_make(out, n);
}

/* Cut <!-- ... --> out of the line, which may begin or end inside of one. */
static struct slice without_markup(struct foreign *f, struct slice line)
{
    if (f->in_comment) {
        for (size_t i = 0; i + 3 <= line.n; i++)
            if (memcmp(line.p + i, "-->", 3) == 0) {
                f->in_comment = false;
                return slice_make(line.p + i + 3, line.n - i - 3);
            }
        return slice_make("", 0);
    }
    for (size_t i = 0; i + 4 <= line.n; i++)
        if (memcmp(line.p + i, "<!--", 4) == 0) {
            f->in_comment = true;
            for (size_t k = i + 4; k + 3 <= line.n; k++)
                if (memcmp(line.p + k, "-->", 3) == 0)
                    f->in_comment = false;
            return slice_make(line.p, i);
        }
    return line;
}

/* '#' or ';' outside of brackets begins a comment. */
static struct slice without_remark(struct slice line)
{
    bool inside = false;
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] == '[' || line.p[i] == ']')
            inside = line.p[i] == '[';
        if (!inside && (line.p[i] == '#' || line.p[i] == ';'))
            return slice_make(line.p, i);
    }
    return line;
}

bool foreign_line(struct foreign *f, struct slice *out)
{
    struct slice line;
    if (f->rest.n == 0 || f->no_memory || !slice_cut(&f->rest, '\n', &line))
        return false;
    f->line++;
    line = without_remark(without_markup(f, as_utf8(f, line)));
    if (slice_starts(line, "~~")) /* "~~FINISH": what stands behind is for people */
        line = slice_make("", 0);
    *out = line;
    return true;
}

void foreign_emit(struct foreign *f, uint32_t line, const char *format, ...)
{
    char text[RECORD_LINE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    uint32_t *of = ARENA_PUSH(f->ask->arena, f->line_of, f->n_lines, f->room_lines);
    buf_add_text(&f->out, text);
    buf_add_char(&f->out, '\n');
    if (!of || f->out.failed)
        f->no_memory = true;
    else
        *of = line;
}

void foreign_tell(struct foreign *f, uint32_t line, const char *format, ...)
{
    char text[600];
    if (!f->ask->tell)
        return;
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    f->ask->tell(f->ask->self, line, text);
}

int foreign_bracket(struct slice *rest, char open, char close, struct slice *inside)
{
    const char *begin = rest->n ? memchr(rest->p, open, rest->n) : NULL;
    if (!begin)
        return 0;
    size_t left = rest->n - (size_t)(begin - rest->p);
    const char *end = memchr(begin + 1, close, left - 1); /* open and close may be one character */
    if (!end)
        return -1;
    *inside = slice_trim(slice_make(begin + 1, (size_t)(end - begin) - 1));
    *rest = slice_make(end + 1, left - (size_t)(end - begin) - 1);
    return 1;
}

struct slice foreign_words(struct slice text, char *out, size_t size)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n && n + 1 < size; i++) {
        char c = text.p[i];
        if (c == '(') { /* "ARMY_OF_X_(AX)_": the short form is no word of the name */
            const char *end = memchr(text.p + i, ')', text.n - i);
            if (end)
                i = (size_t)(end - text.p);
            c = ' ';
        }
        if (strchr("_=^+|{})\"", c) || c == '\t')
            c = ' ';
        if (c != ' ' || (n && out[n - 1] != ' '))
            out[n++] = c;
    }
    while (n && (out[n - 1] == ' ' || out[n - 1] == ',' || out[n - 1] == '-'))
        n--;
    return slice_make(out, n);
}

bool foreign_convert(const struct foreign_ask *ask, struct foreign_text *out)
{
    struct foreign f = {.ask = ask, .rest = ask->bytes};
    if (slice_starts(f.rest, "\xEF\xBB\xBF"))
        f.rest = slice_make(f.rest.p + 3, f.rest.n - 3);
    buf_init(&f.out, FOREIGN_OUT_MAX);
    if (ask->kind == FOREIGN_ACTORS)
        foreign_actors(&f);
    else if (ask->kind == FOREIGN_AGENTS)
        foreign_agents(&f);
    else if (ask->kind == FOREIGN_VERBS)
        foreign_verbs(&f);
    else if (ask->kind == FOREIGN_DISCARDS)
        foreign_discards(&f);
    else
        foreign_tell(&f, 1, "only actors, agents, verbs and discards are read");
    struct slice kept = arena_copy(ask->arena, buf_slice(&f.out));
    buf_deinit(&f.out);
    if (f.no_memory || !kept.p)
        return false;
    *out = (struct foreign_text){.bytes = kept, .line_of = f.line_of, .n_lines = f.n_lines,
                                 .n_read = f.n_read, .n_taken = f.n_taken};
    return true;
}
