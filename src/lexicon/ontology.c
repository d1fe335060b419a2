/* SPDX-License-Identifier: MIT */
/*
 * ontology.c - compile and open the ontology: types, CAMEO codes, sectors, codes, contexts.
 *
 * Reads    records `type`, `cameo`, `sector`, `code`, `context` (docs/lexicon.md).
 * Leaves   sections o.types, o.modes, o.cameo, o.sectors, o.codes, o.contexts (labels), o.words
 *          (rows of lemmas), o.shown (per node the context it shows), o.clues and o.names (one map for all
 *          names, the key is a letter for the kind and the name).
 */
#include "lexicon/ontology.h"

#include "lexicon/lexicon-parts.h"
#include "lexicon/words.h"

#include <stdio.h>
#include <stdlib.h>

#define TYPES_MAX 64

/* What a name can be; the first byte of its key in the map of names. ORDER KIND */
static const char kind_letter[] = {'t', 'c', 's', 'k', 'x'};
enum kind { KIND_TYPE, KIND_CAMEO, KIND_SECTOR, KIND_CODE, KIND_CONTEXT };

struct shown { /* what a node of o.words shows: up to three contexts */
    uint32_t n, context[3];
};

struct ontology {
    const struct ontology_type *type;
    const struct image_text *mode;
    const struct ontology_cameo *cameo;
    const struct ontology_label *sector, *code, *context;
    const struct ontology_clue *clue;
    uint32_t n_types, n_modes, n_cameo, n_sectors, n_codes, n_contexts, n_clues;
    struct words words;
    const struct shown *shown;
    struct image_map names;
};

struct built_clue {
    struct slice sector, office, type, mode, unless;
    uint32_t line;
};

struct ontology_builder {
    struct ontology_type *type;
    struct image_text *mode;
    struct ontology_cameo *cameo;
    struct image_text *cameo_type; /* name of its type, resolved at the end */
    struct ontology_label *label[3]; /* sectors, codes, contexts */
    struct ontology_clue *clue;
    struct built_clue *built_clue;   /* [n_clues] names of a clue, resolved at the end */
    uint32_t n_types, n_modes, n_cameo, n_cameo_types, n_labels[3], n_clues, n_built_clues;
    size_t room_types, room_modes, room_cameo, room_cameo_types, room_labels[3], room_clues,
        room_built_clues;
    struct words_builder words;
    struct shown *shown;
    uint32_t n_shown;
    size_t room_shown;
    struct map names; /* kind letter + name -> index */
};

/* A node's record for each of the first n nodes. */
static bool reach_shown(struct lexicon_builder *b, uint32_t n)
{
    struct ontology_builder *o = b->ontology;
    while (o->n_shown < n) {
        struct shown *shown = ARENA_PUSH(b->arena, o->shown, o->n_shown, o->room_shown);
        if (!shown) {
            b->no_memory = true;
            return false;
        }
    }
    return true;
}

bool ontology_start(struct lexicon_builder *b)
{
    b->ontology = arena_new(b->arena, struct ontology_builder);
    if (!b->ontology)
        return false;
    words_builder_init(&b->ontology->words, b->arena);
    map_init(&b->ontology->names, b->arena);
    return reach_shown(b, 1);
}

static struct slice kind_key(enum kind kind, struct slice name, char *out, size_t size)
{
    int n = snprintf(out, size, "%c%.*s", kind_letter[kind], (int)name.n, name.p);
    return slice_make(out, (size_t)n < size ? (size_t)n : size - 1);
}

static uint32_t built_find(const struct lexicon_builder *b, enum kind kind, struct slice name)
{
    char key[80];
    return map_get(&b->ontology->names, kind_key(kind, name, key, sizeof key));
}

/* Remember the name; complains when it was there before. */
static void put_name(struct lexicon_builder *b, enum kind kind, const struct record *record,
                     uint32_t index)
{
    char key[80];
    struct slice name = kind_key(kind, record->value, key, sizeof key);
    if (record->value.n == 0 || record->value.n > 70)
        lexicon_complain(b, record->line, "'%.*s' needs a name behind it", (int)record->key.n,
                         record->key.p);
    else if (map_get(&b->ontology->names, name) != MAP_NONE)
        lexicon_complain(b, record->line, "%.*s '%.*s' stands twice", (int)record->key.n,
                         record->key.p, (int)record->value.n, record->value.p);
    else if (!map_set(&b->ontology->names, name, index))
        b->no_memory = true;
}

static void unknown_fact(struct lexicon_builder *b, const struct record *record,
                         const struct fact *fact, const char *const *known)
{
    char hint[64];
    lexicon_complain(b, fact->line, "'%.*s' has no fact '%.*s'%s", (int)record->key.n,
                     record->key.p, (int)fact->key.n, fact->key.p,
                     lexicon_hint(fact->key, known, hint));
}

static float take_number(struct lexicon_builder *b, const struct fact *fact, double low,
                         double high)
{
    char text[32], *end = text;
    snprintf(text, sizeof text, "%.*s", (int)fact->value.n, fact->value.p);
    double value = strtod(text, &end);
    if (end == text || *end || !(value >= low && value <= high)) {
        lexicon_complain(b, fact->line, "'%.*s' must be a number from %g to %g, not '%s'",
                         (int)fact->key.n, fact->key.p, low, high, text);
        return 0;
    }
    return (float)value;
}

static uint32_t take_sizes(struct lexicon_builder *b, const struct fact *fact)
{
    static const char *const names[SIZE_KINDS] = {"dead", "injured", "arrested", "participants"};
    struct slice list = fact->value, item;
    uint32_t bits = 0;
    while (record_item(&list, &item)) {
        uint32_t before = bits;
        for (uint32_t i = 0; i < SIZE_KINDS; i++)
            bits |= slice_is(item, names[i]) ? 1u << i : 0;
        if (bits == before)
            lexicon_complain(b, fact->line, "'sizes' are dead, injured, arrested, participants");
    }
    return bits;
}

static void take_type(struct lexicon_builder *b, const struct record *record)
{
    static const char *const known[] = {"quad",  "score", "cameo",  "label", "speech",
                                        "sizes", "abroad", "modes", "guest", "several", NULL};
    struct ontology_builder *o = b->ontology;
    struct ontology_type *type = ARENA_PUSH(b->arena, o->type, o->n_types, o->room_types);
    if (!type || o->n_types > TYPES_MAX) {
        b->no_memory |= !type;
        if (type)
            lexicon_complain(b, record->line, "more than %d types", TYPES_MAX);
        return;
    }
    put_name(b, KIND_TYPE, record, o->n_types - 1);
    type->name = lexicon_text(b, record->value);
    type->line = record->line;
    type->first_mode = o->n_modes;
    for (uint32_t i = 0; i < record->n_facts; i++) {
        const struct fact *fact = &record->fact[i];
        if (slice_is(fact->key, "quad"))
            type->quad = (uint32_t)take_number(b, fact, 1, 4);
        else if (slice_is(fact->key, "score"))
            type->score = take_number(b, fact, -10, 10);
        else if (slice_is(fact->key, "cameo"))
            type->cameo = lexicon_text(b, fact->value);
        else if (slice_is(fact->key, "label"))
            type->label = lexicon_text(b, fact->value);
        else if (slice_is(fact->key, "speech"))
            type->speech = slice_is(fact->value, "yes");
        else if (slice_is(fact->key, "abroad"))
            type->abroad = lexicon_text(b, fact->value);
        else if (slice_is(fact->key, "guest"))
            type->guest = lexicon_text(b, fact->value);
        else if (slice_is(fact->key, "several"))
            type->several = lexicon_text(b, fact->value);
        else if (slice_is(fact->key, "sizes"))
            type->sizes = take_sizes(b, fact);
        else if (slice_is(fact->key, "modes")) {
            struct slice list = fact->value, item;
            while (record_item(&list, &item)) {
                struct image_text *mode = ARENA_PUSH(b->arena, o->mode, o->n_modes, o->room_modes);
                if (mode)
                    *mode = lexicon_text(b, item);
                b->no_memory |= !mode;
            }
        } else
            unknown_fact(b, record, fact, known);
    }
    type->n_modes = o->n_modes - type->first_mode;
    if (type->quad == 0)
        lexicon_complain(b, record->line, "type '%.*s' has no quad (1-4)", (int)record->value.n,
                         record->value.p);
}

static void take_cameo(struct lexicon_builder *b, const struct record *record)
{
    static const char *const known[] = {"label", "goldstein", "type", NULL};
    struct ontology_builder *o = b->ontology;
    struct ontology_cameo *cameo = ARENA_PUSH(b->arena, o->cameo, o->n_cameo, o->room_cameo);
    struct image_text *type =
        ARENA_PUSH(b->arena, o->cameo_type, o->n_cameo_types, o->room_cameo_types);
    if (!cameo || !type) {
        b->no_memory = true;
        return;
    }
    put_name(b, KIND_CAMEO, record, o->n_cameo - 1);
    cameo->code = lexicon_text(b, record->value);
    cameo->line = record->line;
    for (uint32_t i = 0; i < record->n_facts; i++) {
        const struct fact *fact = &record->fact[i];
        if (slice_is(fact->key, "label"))
            cameo->label = lexicon_text(b, fact->value);
        else if (slice_is(fact->key, "goldstein"))
            cameo->goldstein = take_number(b, fact, -10, 10);
        else if (slice_is(fact->key, "type"))
            *type = lexicon_text(b, fact->value);
        else
            unknown_fact(b, record, fact, known);
    }
}

/* The words that show a context: each a row of lemmas. */
static void take_context_words(struct lexicon_builder *b, const struct fact *fact, uint32_t context)
{
    struct ontology_builder *o = b->ontology;
    struct slice list = fact->value, item;
    while (record_item(&list, &item)) {
        uint64_t word[WORDS_ROW_MAX];
        uint32_t n = words_of(item, b->arena, word, WORDS_ROW_MAX);
        if (n == 0 || n > WORDS_ROW_MAX) {
            lexicon_complain(b, fact->line, "'%.*s' has %u words; 1 to %d are wanted", (int)item.n,
                             item.p, n, WORDS_ROW_MAX);
            continue;
        }
        uint32_t node = words_add(&o->words, word, n);
        if (node == IMAGE_NONE || !reach_shown(b, node + 1)) {
            b->no_memory = true;
            return;
        }
        struct shown *shown = &o->shown[node];
        bool there = false;
        for (uint32_t i = 0; i < shown->n; i++)
            there |= shown->context[i] == context;
        if (!there && shown->n < 3)
            shown->context[shown->n++] = context;
    }
}

/* `party SECTOR | ...`, `office OFFICE | ...`, `deed TYPE MODE | ...`; `unless` is for all of them. */
static void take_clues(struct lexicon_builder *b, const struct record *record,
                       const struct fact *fact, uint32_t context)
{
    struct ontology_builder *o = b->ontology;
    struct slice list = fact->value, item, unless = {NULL, 0};
    for (uint32_t i = 0; i < record->n_facts; i++)
        if (slice_is(record->fact[i].key, "unless"))
            unless = record->fact[i].value;
    while (record_item(&list, &item)) {
        struct ontology_clue *clue = ARENA_PUSH(b->arena, o->clue, o->n_clues, o->room_clues);
        struct built_clue *built =
            ARENA_PUSH(b->arena, o->built_clue, o->n_built_clues, o->room_built_clues);
        if (!clue || !built) {
            b->no_memory = true;
            return;
        }
        *clue = (struct ontology_clue){.context = context};
        *built = (struct built_clue){.unless = unless, .line = fact->line};
        if (slice_is(fact->key, "party"))
            built->sector = item;
        else if (slice_is(fact->key, "office"))
            built->office = item;
        else if (!slice_word(&item, &built->type) || !slice_word(&item, &built->mode))
            lexicon_complain(b, fact->line, "wanted: deed TYPE MODE");
        clue->sector = lexicon_text(b, built->sector);
        clue->office = lexicon_text(b, built->office);
        clue->type = lexicon_text(b, built->type);
        clue->mode = lexicon_text(b, built->mode);
    }
}

/* which: 0 sector, 1 code, 2 context. */
static void take_label(struct lexicon_builder *b, const struct record *record, unsigned which)
{
    static const char *const known[] = {"label", "words",  "party", "office",
                                        "deed",  "unless", NULL};
    struct ontology_builder *o = b->ontology;
    struct ontology_label *label =
        ARENA_PUSH(b->arena, o->label[which], o->n_labels[which], o->room_labels[which]);
    if (!label) {
        b->no_memory = true;
        return;
    }
    uint32_t index = o->n_labels[which] - 1;
    put_name(b, KIND_SECTOR + which, record, index);
    if (which < 2 && record->value.n != 3)
        lexicon_complain(b, record->line, "code '%.*s' must have three letters",
                         (int)record->value.n, record->value.p);
    label->name = lexicon_text(b, record->value);
    label->line = record->line;
    for (uint32_t i = 0; i < record->n_facts; i++) {
        const struct fact *fact = &record->fact[i];
        if (slice_is(fact->key, "label"))
            label->label = lexicon_text(b, fact->value);
        else if (slice_is(fact->key, "words") && which == 2)
            take_context_words(b, fact, index);
        else if ((slice_is(fact->key, "party") || slice_is(fact->key, "office") ||
                  slice_is(fact->key, "deed")) && which == 2)
            take_clues(b, record, fact, index);
        else if (!slice_is(fact->key, "unless") || which != 2)
            unknown_fact(b, record, fact, known);
    }
}

/* What a code of another ontology stands for is read by foreign.c; here it is only checked. */
static void take_actor_code(struct lexicon_builder *b, const struct record *record)
{
    static const char *const known[] = {"label", "code", "sector", "second", NULL};
    struct slice rest = record->value, name;
    if (!slice_word(&rest, &name) || name.n != 3)
        lexicon_complain(b, record->line, "wanted: actor-code CODE, the code with three letters");
    for (uint32_t i = 0; i < record->n_facts; i++) {
        const struct fact *fact = &record->fact[i];
        bool label = slice_is(fact->key, "label");
        if (!label && !slice_is(fact->key, "code") && !slice_is(fact->key, "sector") &&
            !slice_is(fact->key, "second"))
            unknown_fact(b, record, fact, known);
        else if (!label && fact->value.n != 3)
            lexicon_complain(b, fact->line, "'%.*s' is no code of three letters",
                             (int)fact->value.n, fact->value.p);
    }
}

/* What a code is called in other data sets is read by exchange.c; here it is only checked. */
static void take_exchange(struct lexicon_builder *b, const struct record *record)
{
    static const char *const known[] = {"name", "fips", "cow", "cameo", "known", NULL};
    struct slice rest = record->value, code;
    if (!slice_word(&rest, &code) || code.n != 3)
        lexicon_complain(b, record->line, "wanted: %.*s CODE NAME, the code with three letters",
                         (int)record->key.n, record->key.p);
    for (uint32_t i = 0; i < record->n_facts; i++) {
        bool found = false;
        for (const char *const *name = known; *name && !found; name++)
            found = slice_is(record->fact[i].key, *name);
        if (!found)
            unknown_fact(b, record, &record->fact[i], known);
        else if (record->fact[i].value.n == 0)
            lexicon_complain(b, record->fact[i].line, "'%.*s' of what?",
                             (int)record->fact[i].key.n, record->fact[i].key.p);
    }
}

bool ontology_take_record(struct lexicon_builder *b, const struct record *record)
{
    if (slice_is(record->key, "type"))
        take_type(b, record);
    else if (slice_is(record->key, "cameo"))
        take_cameo(b, record);
    else if (slice_is(record->key, "sector"))
        take_label(b, record, 0);
    else if (slice_is(record->key, "code"))
        take_label(b, record, 1);
    else if (slice_is(record->key, "context"))
        take_label(b, record, 2);
    else if (slice_is(record->key, "actor-code"))
        take_actor_code(b, record);
    else if (slice_is(record->key, "exchange-state") || slice_is(record->key, "exchange-sector"))
        take_exchange(b, record);
    else if (slice_is(record->key, "irregular"))
        ; /* any words; foreign.h reads them */
    else
        return false;
    return true;
}

/* One map for all names, and the ids that stand for the names of types. */
static void finish_names(struct lexicon_builder *b)
{
    struct ontology_builder *o = b->ontology;
    struct image_text *key = arena_array(b->arena, o->names.n, struct image_text);
    uint32_t *value = arena_array(b->arena, o->names.n, uint32_t), n = 0;
    if (!key || !value) {
        b->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < o->names.capacity; i++)
        if (o->names.entry[i].key.p) {
            key[n] = lexicon_text(b, o->names.entry[i].key);
            value[n++] = o->names.entry[i].value;
        }
    lexicon_section_map(b, "o.names", key, value, n);
}

static void check_cameo(struct lexicon_builder *b, struct image_text code, uint32_t line)
{
    struct slice text = lexicon_built_text(b, code);
    if (text.n && built_find(b, KIND_CAMEO, text) == MAP_NONE)
        lexicon_complain(b, line, "no CAMEO code '%.*s' in the ontology", (int)text.n, text.p);
}

/* The names in clues: are they known, and which contexts are excluded? */
static void finish_clues(struct lexicon_builder *b)
{
    struct ontology_builder *o = b->ontology;
    for (uint32_t i = 0; i < o->n_clues; i++) {
        const struct built_clue *built = &o->built_clue[i];
        struct slice list = built->unless, item;
        if (built->sector.n && built_find(b, KIND_SECTOR, built->sector) == MAP_NONE)
            lexicon_complain(b, built->line, "no sector '%.*s' in the ontology",
                             (int)built->sector.n, built->sector.p);
        if (built->mode.n && !ontology_knows(b, NAME_MODE, built->type, built->mode))
            lexicon_complain(b, built->line, "no mode '%.*s' of type '%.*s' in the ontology",
                             (int)built->mode.n, built->mode.p, (int)built->type.n, built->type.p);
        while (record_item(&list, &item)) {
            uint32_t at = built_find(b, KIND_CONTEXT, item);
            if (at >= 64)
                lexicon_complain(b, built->line, "no context '%.*s' among the first 64",
                                 (int)item.n, item.p);
            else
                o->clue[i].unless[at / 32] |= 1u << at % 32;
        }
    }
}

void ontology_finish(struct lexicon_builder *b)
{
    struct ontology_builder *o = b->ontology;
    for (uint32_t i = 0; i < o->n_types; i++)
        check_cameo(b, o->type[i].cameo, o->type[i].line);
    for (uint32_t i = 0; i < o->n_cameo; i++) {
        struct slice type = lexicon_built_text(b, o->cameo_type[i]);
        o->cameo[i].type = type.n ? built_find(b, KIND_TYPE, type) : IMAGE_NONE;
        if (type.n && o->cameo[i].type == MAP_NONE)
            lexicon_complain(b, o->cameo[i].line, "no type '%.*s' in the ontology", (int)type.n,
                             type.p);
    }
    finish_clues(b);
    if (!reach_shown(b, o->words.n + 1)) /* inner nodes behind the last row */
        return;
    lexicon_section(b, "o.types", o->type, o->n_types, sizeof *o->type);
    lexicon_section(b, "o.modes", o->mode, o->n_modes, sizeof *o->mode);
    lexicon_section(b, "o.cameo", o->cameo, o->n_cameo, sizeof *o->cameo);
    lexicon_section(b, "o.sectors", o->label[0], o->n_labels[0], sizeof *o->label[0]);
    lexicon_section(b, "o.codes", o->label[1], o->n_labels[1], sizeof *o->label[1]);
    lexicon_section(b, "o.contexts", o->label[2], o->n_labels[2], sizeof *o->label[2]);
    lexicon_section(b, "o.clues", o->clue, o->n_clues, sizeof *o->clue);
    lexicon_section(b, "o.shown", o->shown, o->n_shown, sizeof *o->shown);
    lexicon_section_words(b, "o.words", &o->words);
    finish_names(b);
}

bool ontology_built_sector(const struct lexicon_builder *b, struct slice code)
{
    return built_find(b, KIND_SECTOR, code) != MAP_NONE;
}

bool ontology_built_code(const struct lexicon_builder *b, struct slice code)
{
    return built_find(b, KIND_CODE, code) != MAP_NONE;
}

bool ontology_knows(void *builder, enum frame_name kind, struct slice type, struct slice name)
{
    const struct lexicon_builder *b = builder;
    const struct ontology_builder *o = b->ontology;
    if (kind == NAME_TYPE)
        return built_find(b, KIND_TYPE, name) != MAP_NONE;
    if (kind == NAME_CAMEO)
        return built_find(b, KIND_CAMEO, name) != MAP_NONE;
    if (kind == NAME_CONTEXT)
        return built_find(b, KIND_CONTEXT, name) != MAP_NONE;
    uint32_t of = built_find(b, KIND_TYPE, type);
    if (of == MAP_NONE)
        return false;
    for (uint32_t i = 0; i < o->type[of].n_modes; i++)
        if (slice_eq(lexicon_built_text(b, o->mode[o->type[of].first_mode + i]), name))
            return true;
    return false;
}

/* ---- opening ---- */

static bool labels_ok(const struct lexicon *lexicon, const struct ontology_label *label, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (!lexicon_text_ok(lexicon, label[i].name) || !lexicon_text_ok(lexicon, label[i].label))
            return false;
    return true;
}

static int check_content(const struct lexicon *lexicon, const struct ontology *o,
                         struct dm_error *err)
{
    for (uint32_t i = 0; i < o->n_types; i++) {
        const struct ontology_type *type = &o->type[i];
        if (!lexicon_text_ok(lexicon, type->name) || !lexicon_text_ok(lexicon, type->cameo) ||
            !lexicon_text_ok(lexicon, type->label) ||
            !lexicon_text_ok(lexicon, type->abroad) || !lexicon_text_ok(lexicon, type->guest) ||
            !lexicon_text_ok(lexicon, type->several) || type->first_mode > o->n_modes ||
            type->n_modes > o->n_modes - type->first_mode || type->quad - 1 > 3)
            return lexicon_bad("o.types", err);
    }
    for (uint32_t i = 0; i < o->n_modes; i++)
        if (!lexicon_text_ok(lexicon, o->mode[i]))
            return lexicon_bad("o.modes", err);
    for (uint32_t i = 0; i < o->n_cameo; i++)
        if (!lexicon_text_ok(lexicon, o->cameo[i].code) ||
            !lexicon_text_ok(lexicon, o->cameo[i].label) ||
            (o->cameo[i].type != IMAGE_NONE && o->cameo[i].type >= o->n_types))
            return lexicon_bad("o.cameo", err);
    if (!labels_ok(lexicon, o->sector, o->n_sectors) || !labels_ok(lexicon, o->code, o->n_codes) ||
        !labels_ok(lexicon, o->context, o->n_contexts))
        return lexicon_bad("o.sectors, o.codes or o.contexts", err);
    for (uint32_t i = 0; i < o->words.n_nodes; i++)
        for (uint32_t k = 0; k < o->shown[i].n; k++)
            if (o->shown[i].n > 3 || o->shown[i].context[k] >= o->n_contexts)
                return lexicon_bad("o.shown", err);
    return 0;
}

static int check_clues(const struct lexicon *lexicon, const struct ontology *o,
                       struct dm_error *err)
{
    for (uint32_t i = 0; i < o->n_clues; i++) {
        const struct ontology_clue *clue = &o->clue[i];
        if (clue->context >= o->n_contexts || !lexicon_text_ok(lexicon, clue->sector) ||
            !lexicon_text_ok(lexicon, clue->office) ||
            !lexicon_text_ok(lexicon, clue->type) || !lexicon_text_ok(lexicon, clue->mode))
            return lexicon_bad("o.clues", err);
    }
    return 0;
}

int ontology_open(struct lexicon *lexicon, struct dm_error *err)
{
    struct ontology *o = arena_new(&lexicon->arena, struct ontology);
    if (!o)
        return dm_fail(err, DM_ENOMEM, "lexicon: out of memory");
    const struct image *image = &lexicon->image;
    uint32_t n_nodes = 0;
    const struct lexicon_section_at section[] = {
        {"o.types", sizeof *o->type, &o->type, &o->n_types},
        {"o.modes", sizeof *o->mode, &o->mode, &o->n_modes},
        {"o.cameo", sizeof *o->cameo, &o->cameo, &o->n_cameo},
        {"o.sectors", sizeof *o->sector, &o->sector, &o->n_sectors},
        {"o.codes", sizeof *o->code, &o->code, &o->n_codes},
        {"o.contexts", sizeof *o->context, &o->context, &o->n_contexts},
        {"o.clues", sizeof *o->clue, &o->clue, &o->n_clues},
        {"o.shown", sizeof *o->shown, &o->shown, &n_nodes},
    };
    int rc = lexicon_sections(lexicon, section, sizeof section / sizeof *section, err);
    if (rc == 0)
        rc = words_open(image, "o.words", n_nodes, &o->words, err);
    if (rc == 0)
        rc = image_map_open(image, "o.names", lexicon->bytes, lexicon->n_bytes, &o->names, err);
    if (rc == 0)
        rc = check_content(lexicon, o, err);
    if (rc == 0)
        rc = check_clues(lexicon, o, err);
    if (rc == 0)
        lexicon->ontology = o;
    return rc;
}

/* ---- asking ---- */

static uint32_t find(const struct lexicon *lexicon, enum kind kind, struct slice name, uint32_t n)
{
    char key[80];
    if (name.n == 0 || name.n > 70)
        return IMAGE_NONE;
    uint32_t i = image_map_get(&lexicon->ontology->names, kind_key(kind, name, key, sizeof key));
    return i < n ? i : IMAGE_NONE;
}

const struct ontology_type *ontology_type(const struct lexicon *lexicon, struct slice name)
{
    const struct ontology *o = lexicon->ontology;
    uint32_t i = find(lexicon, KIND_TYPE, name, o->n_types);
    return i == IMAGE_NONE ? NULL : &o->type[i];
}

const struct ontology_cameo *ontology_cameo(const struct lexicon *lexicon, struct slice code)
{
    const struct ontology *o = lexicon->ontology;
    uint32_t i = find(lexicon, KIND_CAMEO, code, o->n_cameo);
    return i == IMAGE_NONE ? NULL : &o->cameo[i];
}

struct slice ontology_cameo_type(const struct lexicon *lexicon, const struct ontology_cameo *cameo)
{
    if (cameo->type == IMAGE_NONE)
        return slice_make("", 0);
    return lexicon_slice(lexicon, lexicon->ontology->type[cameo->type].name);
}

const struct ontology_label *ontology_sector(const struct lexicon *lexicon, struct slice code)
{
    const struct ontology *o = lexicon->ontology;
    uint32_t i = find(lexicon, KIND_SECTOR, code, o->n_sectors);
    return i == IMAGE_NONE ? NULL : &o->sector[i];
}

const struct ontology_label *ontology_code(const struct lexicon *lexicon, struct slice code)
{
    const struct ontology *o = lexicon->ontology;
    uint32_t i = find(lexicon, KIND_CODE, code, o->n_codes);
    return i == IMAGE_NONE ? NULL : &o->code[i];
}

struct slice ontology_context_name(const struct lexicon *lexicon, uint32_t context)
{
    return lexicon_slice(lexicon, lexicon->ontology->context[context].name);
}

const struct ontology_clue *ontology_clues(const struct lexicon *lexicon, uint32_t *n)
{
    *n = lexicon->ontology->n_clues;
    return lexicon->ontology->clue;
}

bool ontology_excludes(const struct lexicon *lexicon, const struct ontology_clue *clue,
                       struct slice context)
{
    for (uint32_t i = 0; i < lexicon->ontology->n_contexts && i < 64; i++)
        if (clue->unless[i / 32] & 1u << i % 32 &&
            slice_eq(ontology_context_name(lexicon, i), context))
            return true;
    return false;
}

uint32_t ontology_n_modes(const struct lexicon *lexicon)
{
    return lexicon->ontology->n_modes;
}

struct slice ontology_mode(const struct lexicon *lexicon, uint32_t mode)
{
    return lexicon_slice(lexicon, lexicon->ontology->mode[mode]);
}

bool ontology_has_mode(const struct lexicon *lexicon, const struct ontology_type *type,
                       struct slice mode)
{
    for (uint32_t i = 0; i < type->n_modes; i++)
        if (slice_eq(lexicon_slice(lexicon, lexicon->ontology->mode[type->first_mode + i]), mode))
            return true;
    return false;
}

/* The node behind `node` and the token's lemma, else its form; IMAGE_NONE when neither goes on. */
static uint32_t step_token(const struct words *words, uint32_t node, struct slice lemma,
                           struct slice lower, struct arena *scratch)
{
    const struct slice form[2] = {lemma, lower};
    for (unsigned f = 0; f < 2; f++) {
        uint64_t word[4];
        uint32_t n = words_of(form[f], scratch, word, 4), at = node;
        if (n > 4)
            n = 4;
        for (uint32_t i = 0; i < n && at != IMAGE_NONE; i++)
            at = words_step(words, at, word[i]);
        if (n && at != IMAGE_NONE)
            return at;
        if (slice_eq(lemma, lower))
            break;
    }
    return IMAGE_NONE;
}

/* What the tokens [first, end) show, behind the n that are there. */
static uint32_t add_contexts(const struct lexicon *lexicon, const struct shown *shown,
                             uint32_t first, uint32_t end, struct ontology_context *out,
                             uint32_t n, uint32_t most)
{
    for (uint32_t k = 0; k < shown->n; k++) {
        struct slice name = ontology_context_name(lexicon, shown->context[k]);
        uint32_t i = 0;
        while (i < n && !slice_eq(out[i].name, name))
            i++;
        if (i == n && n < most)
            out[n++] = (struct ontology_context){name, first, end};
    }
    return n;
}

uint32_t ontology_contexts(const struct lexicon *lexicon, const struct dm_article *article,
                           uint32_t first, uint32_t end, struct ontology_context *out,
                           uint32_t most)
{
    const struct ontology *o = lexicon->ontology;
    struct arena *scratch = (struct arena *)(uintptr_t)&article->scratch; /* wound back at once */
    uint32_t n = 0;
    for (uint32_t t = first; t < end && n < most; t++) {
        uint32_t node = 0, longest = 0, behind = t + 1;
        for (uint32_t k = t; k < end; k++) {
            struct slice lower = token_lower(article, k);
            if (k > t && lower.n == 1 && lower.p[0] == '-')
                continue; /* "no-confidence vote", however it was split */
            node = step_token(&o->words, node, token_lemma(article, k), lower, scratch);
            if (node == IMAGE_NONE)
                break;
            if (o->shown[node].n) {
                longest = node;
                behind = k + 1;
            }
        }
        n = add_contexts(lexicon, &o->shown[longest], t, behind, out, n, most);
        t = behind - 1;
    }
    return n;
}
