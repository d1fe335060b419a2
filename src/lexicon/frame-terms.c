/* SPDX-License-Identifier: MIT */
/*
 * frame-terms.c - what stands inside of a fact of words/ and frames/: words, phrases, classes,
 * paths, conditions.
 *
 * Leaves   rows of the compiler's arrays; faults reported with their path and line.
 */
#include "lexicon/frame-compile.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/utf8.h"

#define NESTING_MAX 8 /* classes that name classes that stand later, and so on */

/* English prepositions and particles: what a step or a trigger's further word may be. */
static const char *const prepositions[] = {
    "about", "above", "across", "after", "against", "along", "alongside", "amid", "among", "around",
    "as", "at", "away", "back", "before", "behind", "below", "beneath", "beside", "between",
    "beyond", "by", "despite", "down", "during", "following", "for", "forward", "from", "in",
    "inside", "into", "near", "of", "off", "on", "onto", "out", "outside", "over", "per",
    "regarding", "since", "through", "throughout", "till", "to", "together", "toward", "towards",
    "under", "until", "up", "upon", "versus", "via", "with", "within", "without", "than", "past",
};

static const char *const step_names[STEP_KINDS] = {
    [STEP_SUBJ] = "subj", [STEP_OBJ] = "obj", [STEP_IOBJ] = "iobj", [STEP_POSS] = "poss",
    [STEP_MOD] = "mod", [STEP_XCOMP] = "xcomp", [STEP_CCOMP] = "ccomp", [STEP_ADVCL] = "advcl",
    [STEP_HEAD] = "head", [STEP_SELF] = "self", [STEP_NEG] = "neg", [STEP_AUX] = "aux",
    [STEP_ANY] = "any", [STEP_RELCL] = "relcl",
};

bool terms_is_preposition(struct slice word)
{
    for (size_t i = 0; i < sizeof prepositions / sizeof *prepositions; i++)
        if (slice_is(word, prepositions[i]))
            return true;
    return false;
}

/* Report a fault of the record at hand and go on, so that one run shows all of them. */
void terms_fault(struct compiler *c, uint32_t line, const char *format, ...)
{
    char text[600];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    c->failed = true;
    if (c->ask->complain)
        c->ask->complain(c->ask->self, line, text);
}

struct image_text terms_text(struct compiler *c, struct slice text)
{
    struct image_text out = {0};
    if (!image_pool_add(c->ask->pool, text, &out))
        c->no_memory = true;
    return out;
}

uint32_t terms_word(struct compiler *c, struct slice lemma)
{
    struct slice lower = utf8_lower(c->ask->arena, lemma);
    if (!lower.p)
        return c->no_memory = true, 0;
    uint32_t before = c->words.n, word = map_intern(&c->words, lower);
    if (word == MAP_NONE)
        return c->no_memory = true, 0;
    if (c->words.n > before) {
        struct image_text *text = PUSH(c, word_text);
        if (!text)
            return c->no_memory = true, 0;
        *text = terms_text(c, lower);
    }
    return word;
}

/* ---- phrases: a head word and further words below it ---- */

/*
 * Which word of a phrase is its head in the tree: a verb's is the first; a noun's is the one before
 * the first preposition ("declaration of war") or the last ("arms deal").
 */
static uint32_t phrase_head(const struct slice *word, uint32_t n, bool first)
{
    if (first)
        return 0;
    for (uint32_t i = 1; i < n; i++)
        if (terms_is_preposition(word[i]))
            return i - 1;
    return n - 1;
}

bool terms_phrase(struct compiler *c, uint32_t line, struct slice text, bool first,
                  struct phrase *out)
{
    struct slice rest = text, piece, word[FRAME_PHRASE_MAX];
    uint32_t n = 0;
    while (slice_word(&rest, &piece)) {
        if (n == FRAME_PHRASE_MAX) {
            terms_fault(c, line, "'%.*s' has more than %d words", SHOW(text), FRAME_PHRASE_MAX);
            return false;
        }
        word[n++] = piece;
    }
    if (n == 0) {
        terms_fault(c, line, "an empty item");
        return false;
    }
    uint32_t head = phrase_head(word, n, first);
    *out = (struct phrase){.head = terms_word(c, word[head]), .rest = {c->n_number, 0}};
    for (uint32_t i = 0; i < n; i++) {
        uint32_t *number = i == head ? NULL : PUSH(c, number);
        if (i != head && !number)
            return c->no_memory = true, false;
        if (number)
            *number = terms_word(c, word[i]);
    }
    out->rest.n = n - 1;
    return true;
}

static void class_entry(struct compiler *c, uint32_t line, uint32_t class, struct slice item)
{
    struct phrase phrase, other;
    if (!terms_phrase(c, line, item, false, &phrase))
        return;
    struct entry_row *row = PUSH(c, entry);
    if (!row) {
        c->no_memory = true;
        return;
    }
    *row = (struct entry_row){{class, phrase.rest}, phrase.head};
    /* Whether a phrase is a verb's ("take part") or a noun's is not known here: stored as both. */
    if (phrase.rest.n && terms_phrase(c, line, item, true, &other) && other.head != phrase.head) {
        row = PUSH(c, entry);
        if (row)
            *row = (struct entry_row){{class, other.rest}, other.head};
    }
}

void terms_class(struct compiler *c)
{
    const struct record *record = &c->at->record;
    uint32_t class = map_get(&c->classes, record->value);
    for (uint32_t i = 0; i < record->n_facts; i++) {
        struct slice list = fact_text(&record->fact[i]), item;
        while (record_item(&list, &item)) {
            if (item.p[0] != '@')
                class_entry(c, record->fact[i].line, class, item);
            else if (map_get(&c->classes, slice_make(item.p + 1, item.n - 1)) == MAP_NONE)
                terms_fault(c, record->fact[i].line, "unknown class '%.*s'", SHOW(item));
        }
    }
}

/* Entries of class `from` that `to` lacks become its own; returns how many. */
static uint32_t copy_entries(struct compiler *c, uint32_t from, uint32_t to)
{
    uint32_t before = c->n_entry;
    for (uint32_t e = 0; e < before; e++) {
        struct entry_row copy = c->entry[e];
        if (copy.entry.class != from)
            continue;
        copy.entry.class = to;
        bool known = false;
        for (uint32_t k = 0; k < before && !known; k++)
            known = memcmp(&c->entry[k], &copy, sizeof copy) == 0;
        struct entry_row *row = known ? NULL : PUSH(c, entry);
        if (row)
            *row = copy;
        else
            c->no_memory |= !known;
    }
    return c->n_entry - before;
}

/* The classes that a class record names, into its class. */
static uint32_t close_class(struct compiler *c, const struct record *record)
{
    uint32_t to = map_get(&c->classes, record->value), added = 0;
    for (uint32_t i = 0; i < record->n_facts; i++) {
        struct slice list = fact_text(&record->fact[i]), item;
        while (record_item(&list, &item)) {
            uint32_t from = item.p[0] == '@'
                ? map_get(&c->classes, slice_make(item.p + 1, item.n - 1)) : MAP_NONE;
            if (from != MAP_NONE && from != to)
                added += copy_entries(c, from, to);
        }
    }
    return added;
}

/* `@other` inside of a class: all its entries are entries of this one; until nothing is new. */
void terms_close_classes(struct compiler *c)
{
    uint32_t added = 1;
    for (uint32_t round = 0; round < NESTING_MAX && added; round++) {
        added = 0;
        for (uint32_t s = 0; s < c->ask->n_sources; s++)
            if (!c->ask->source[s].dropped && slice_is(c->ask->source[s].record.key, "class"))
                added += close_class(c, &c->ask->source[s].record);
    }
}

/* ---- paths ---- */

static bool step_read(struct compiler *c, struct slice name, struct frame_step *out)
{
    for (uint32_t kind = 0; kind < STEP_KINDS; kind++) {
        if (step_names[kind] && slice_is(name, step_names[kind])) {
            bool to = kind == STEP_IOBJ; /* "gave X arms", "gave arms to X" */
            *out = (struct frame_step){kind, to ? terms_word(c, SLICE_LIT("to")) : 0};
            return true;
        }
    }
    if (!terms_is_preposition(name))
        return false;
    *out = (struct frame_step){STEP_PREP, terms_word(c, name)};
    return true;
}

static bool is_path(struct compiler *c, struct slice text)
{
    struct slice piece;
    struct frame_step step;
    if (text.n == 0)
        return false;
    while (slice_cut(&text, '.', &piece))
        if (!step_read(c, piece, &step))
            return false;
    return true;
}

static bool path_read(struct compiler *c, uint32_t line, struct slice text, uint32_t join)
{
    struct frame_path *path = PUSH(c, path);
    if (!path)
        return c->no_memory = true, false;
    *path = (struct frame_path){c->n_step, 0, join};
    struct slice piece, rest = text;
    while (slice_cut(&rest, '.', &piece)) {
        struct frame_step *step = PUSH(c, step);
        if (!step)
            return c->no_memory = true, false;
        path->n++;
        if (!step_read(c, slice_trim(piece), step)) {
            terms_fault(c, line, "unknown step '%.*s': wanted subj, obj, iobj, poss, mod, xcomp, "
                        "ccomp, advcl, relcl, head, self, neg, aux, any or a preposition",
                        SHOW(piece));
            return false;
        }
    }
    if (path->n == 0)
        terms_fault(c, line, "an empty path");
    return path->n > 0;
}

/* "subj | poss + with | to": groups joined by +, alternatives inside of a group. */
struct frame_range terms_paths(struct compiler *c, uint32_t line, struct slice text)
{
    struct frame_range out = {c->n_path, 0};
    struct slice group, piece;
    for (uint32_t join = 0; slice_cut(&text, '+', &group); join++) {
        while (slice_cut(&group, '|', &piece)) {
            if (!path_read(c, line, slice_trim(piece), join))
                return (struct frame_range){0, 0};
        }
    }
    out.n = c->n_path - out.first;
    if (out.n == 0)
        terms_fault(c, line, "an empty path");
    return out;
}

/* ---- conditions ---- */

/* A phrase used as a test is a class of its own; its blanks keep it apart from named ones. */
static uint32_t phrase_class(struct compiler *c, uint32_t line, struct slice phrase)
{
    uint32_t before = c->classes.n, class = map_intern(&c->classes, phrase);
    if (class == MAP_NONE)
        return c->no_memory = true, 0;
    if (c->classes.n == before)
        return class;
    struct image_text *text = PUSH(c, class_text);
    if (text)
        *text = terms_text(c, phrase);
    class_entry(c, line, class, phrase);
    return class;
}

static void test_read(struct compiler *c, uint32_t line, struct slice text)
{
    static const struct { const char *name; uint32_t kind; } kinds[] = {
        {"actor", TEST_ACTOR}, {"person", TEST_PERSON}, {"place", TEST_PLACE},
        {"event", TEST_EVENT}, {"plural", TEST_PLURAL},
    };
    struct frame_test *test = PUSH(c, test);
    if (!test) {
        c->no_memory = true;
        return;
    }
    *test = (struct frame_test){TEST_WORD, 0, terms_text(c, text)};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (slice_is(text, kinds[i].name)) {
            test->kind = kinds[i].kind;
            return;
        }
    }
    if (text.p[0] == '@') {
        uint32_t class = map_get(&c->classes, slice_make(text.p + 1, text.n - 1));
        if (class == MAP_NONE)
            terms_fault(c, line, "unknown class '%.*s'", SHOW(text));
        *test = (struct frame_test){TEST_CLASS, class, test->text};
    } else if (slice_starts(text, "SECTOR=")) {
        struct slice sector = slice_make(text.p + 7, text.n - 7);
        *test = (struct frame_test){TEST_SECTOR, 0, terms_text(c, sector)};
    } else if (memchr(text.p, ' ', text.n)) {
        *test = (struct frame_test){TEST_CLASS, phrase_class(c, line, text), test->text};
    } else {
        test->arg = terms_word(c, text);
    }
}

void terms_condition(struct compiler *c, const struct fact *fact, bool avoid)
{
    struct slice rest = fact->value, path;
    struct frame_range paths = {c->n_path, 0};
    if (!slice_word(&rest, &path)) {
        terms_fault(c, fact->line, "'%.*s' wants a path", SHOW(fact->key));
        return;
    }
    /* Alternatives of the path: "obj|with @x", "obj | with @x". */
    struct slice piece, list = path;
    uint32_t join = 0;
    while (slice_cut(&list, '|', &piece))
        if (!path_read(c, fact->line, slice_trim(piece), join))
            return;
    for (;;) {
        struct slice look = rest, bar, next;
        if (!slice_word(&look, &bar) || !slice_is(bar, "|") || !slice_word(&look, &next) ||
            !is_path(c, next))
            break;
        if (!path_read(c, fact->line, next, join))
            return;
        rest = look;
    }
    paths.n = c->n_path - paths.first;

    struct frame_condition *condition = PUSH(c, condition);
    if (!condition) {
        c->no_memory = true;
        return;
    }
    *condition = (struct frame_condition){.path = paths, .test = {c->n_test, 0},
                                          .text = terms_text(c, fact->value), .avoid = avoid};
    rest = slice_trim(rest);
    while (rest.n && slice_cut(&rest, '|', &piece)) {
        piece = slice_trim(piece);
        if (piece.n)
            test_read(c, fact->line, piece);
    }
    condition = &c->condition[c->n_condition - 1];
    condition->test.n = c->n_test - condition->test.first;
}

void terms_name_classes(struct compiler *c)
{
    for (uint32_t i = 0; i < c->ask->n_sources; i++) {
        const struct record *record = &c->ask->source[i].record;
        if (c->ask->source[i].dropped || !slice_is(record->key, "class"))
            continue;
        c->at = &c->ask->source[i];
        if (record->value.n == 0 || memchr(record->value.p, ' ', record->value.n)) {
            terms_fault(c, record->line, "a class wants a name of one word");
            continue;
        }
        uint32_t before = c->classes.n;
        map_intern(&c->classes, record->value); /* a class may be spread over several records */
        struct image_text *text = c->classes.n > before ? PUSH(c, class_text) : NULL;
        if (text)
            *text = terms_text(c, record->value);
    }
}
