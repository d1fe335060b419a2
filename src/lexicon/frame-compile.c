/* SPDX-License-Identifier: MIT */
/*
 * frame-compile.c - from records of words/ and frames/ to the sections of frame-lexicon.h.
 *
 * Reads    class, type, frame, operator and turn records (docs/lexicon.md says what they mean).
 * Leaves   sections f.* in the builder; every fault reported with its path and line.
 *
 * Method   Classes are named first, so that a frame may use one that stands later. Then each record
 *          appends to flat arrays; at the end the triggers are sorted by word and by the order in
 *          which the matcher tries them, so that matching needs no sorting and no search.
 * Memory   The arena of the call; nothing outlives it but the builder's borrowed arrays.
 */
#include "lexicon/frame-lexicon.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "article/article.h"
#include "core/map.h"
#include "core/utf8.h"

#define PHRASES_MAX 100000 /* triggers or class entries */

struct trigger_row {
    struct frame_trigger trigger;
    uint32_t word, order;
};

struct entry_row {
    struct frame_entry entry;
    uint32_t word;
};

/* A growing array of the arena with its count. */
#define ROWS(type, name) type *name; uint32_t n_##name; size_t c_##name

struct compiler {
    const struct frame_compile *ask;
    const struct frame_source *at; /* the record being read */
    struct map words, classes;
    ROWS(struct image_text, word_text);
    ROWS(struct image_text, class_text);
    ROWS(struct frame, frame);
    ROWS(struct frame_path, path);
    ROWS(struct frame_step, step);
    ROWS(struct frame_condition, condition);
    ROWS(struct frame_test, test);
    ROWS(struct frame_inner, inner);
    ROWS(struct frame_turn, turn);
    ROWS(struct frame_example, example);
    ROWS(uint32_t, number);
    ROWS(struct trigger_row, trigger);
    ROWS(struct entry_row, entry);
    struct slice type;  /* of the last `type` line */
    const char *type_path; /* file it stood in */
    struct dm_error first;
    bool failed, no_memory;
};

#define PUSH(c, name) ARENA_PUSH((c)->ask->arena, (c)->name, (c)->n_##name, (c)->c_##name)

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

static bool is_preposition(struct slice word)
{
    for (size_t i = 0; i < sizeof prepositions / sizeof *prepositions; i++)
        if (slice_is(word, prepositions[i]))
            return true;
    return false;
}

/* Report a fault of the record at hand and go on, so that one run shows all of them. */
__attribute__((format(printf, 3, 4)))
static void fault(struct compiler *c, uint32_t line, const char *format, ...)
{
    char text[600];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);

    struct dm_error err = {0};
    record_fail(c->at->path, line, &err, "%s", text);
    if (!c->failed)
        c->first = err;
    c->failed = true;
    if (c->ask->report)
        c->ask->report(c->ask->self, err.text);
}

#define SHOW(s) (int)((s).n > 120 ? 120 : (s).n), (s).p

static struct image_text pooled(struct compiler *c, struct slice text)
{
    struct image_text out = {0};
    if (!image_pool_add(c->ask->pool, text, &out))
        c->no_memory = true;
    return out;
}

static uint32_t word_of(struct compiler *c, struct slice lemma)
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
        *text = pooled(c, lower);
    }
    return word;
}

/* ---- phrases: a head word and further words below it ---- */

struct phrase {
    uint32_t head;
    struct frame_range rest;
};

/*
 * Which word of a phrase is its head in the tree: a verb's is the first; a noun's is the one before
 * the first preposition ("declaration of war") or the last ("arms deal").
 */
static uint32_t phrase_head(const struct slice *word, uint32_t n, bool first)
{
    if (first)
        return 0;
    for (uint32_t i = 1; i < n; i++)
        if (is_preposition(word[i]))
            return i - 1;
    return n - 1;
}

static bool phrase_read(struct compiler *c, uint32_t line, struct slice text, bool first,
                        struct phrase *out)
{
    struct slice rest = text, piece, word[FRAME_PHRASE_MAX];
    uint32_t n = 0;
    while (slice_word(&rest, &piece)) {
        if (n == FRAME_PHRASE_MAX) {
            fault(c, line, "'%.*s' has more than %d words", SHOW(text), FRAME_PHRASE_MAX);
            return false;
        }
        word[n++] = piece;
    }
    if (n == 0) {
        fault(c, line, "an empty item");
        return false;
    }
    uint32_t head = phrase_head(word, n, first);
    *out = (struct phrase){.head = word_of(c, word[head]), .rest = {c->n_number, 0}};
    for (uint32_t i = 0; i < n; i++) {
        uint32_t *number = i == head ? NULL : PUSH(c, number);
        if (i != head && !number)
            return c->no_memory = true, false;
        if (number)
            *number = word_of(c, word[i]);
    }
    out->rest.n = n - 1;
    return true;
}

static void class_entry(struct compiler *c, uint32_t line, uint32_t class, struct slice item)
{
    struct phrase phrase, other;
    if (!phrase_read(c, line, item, false, &phrase))
        return;
    struct entry_row *row = PUSH(c, entry);
    if (!row) {
        c->no_memory = true;
        return;
    }
    *row = (struct entry_row){{class, phrase.rest}, phrase.head};
    /* Whether a phrase is a verb's ("take part") or a noun's is not known here: stored as both. */
    if (phrase.rest.n && phrase_read(c, line, item, true, &other) && other.head != phrase.head) {
        row = PUSH(c, entry);
        if (row)
            *row = (struct entry_row){{class, other.rest}, other.head};
    }
}

static void class_read(struct compiler *c)
{
    const struct record *record = &c->at->record;
    uint32_t class = map_get(&c->classes, record->value);
    for (uint32_t i = 0; i < record->n_facts; i++) {
        struct slice list = fact_text(&record->fact[i]), item;
        while (record_item(&list, &item)) {
            if (item.p[0] != '@')
                class_entry(c, record->fact[i].line, class, item);
            else if (map_get(&c->classes, slice_make(item.p + 1, item.n - 1)) == MAP_NONE)
                fault(c, record->fact[i].line, "unknown class '%.*s'", SHOW(item));
        }
    }
}

/* `@other` inside of a class: all entries of `other` are entries of it; done until nothing is new. */
static void class_close(struct compiler *c)
{
    for (uint32_t round = 0; round < 8; round++) {
        uint32_t added = 0;
        for (uint32_t s = 0; s < c->ask->n_sources; s++) {
            const struct record *record = &c->ask->source[s].record;
            if (!slice_is(record->key, "class"))
                continue;
            uint32_t to = map_get(&c->classes, record->value);
            for (uint32_t i = 0; i < record->n_facts; i++) {
                struct slice list = fact_text(&record->fact[i]), item;
                while (record_item(&list, &item)) {
                    uint32_t from = item.p[0] == '@'
                        ? map_get(&c->classes, slice_make(item.p + 1, item.n - 1)) : MAP_NONE;
                    if (from == MAP_NONE || from == to)
                        continue;
                    for (uint32_t e = 0, n = c->n_entry; e < n; e++) {
                        struct entry_row copy = c->entry[e];
                        if (copy.entry.class != from)
                            continue;
                        copy.entry.class = to;
                        bool known = false;
                        for (uint32_t k = 0; k < n && !known; k++)
                            known = memcmp(&c->entry[k], &copy, sizeof copy) == 0;
                        struct entry_row *row = known ? NULL : PUSH(c, entry);
                        if (row) {
                            *row = copy;
                            added++;
                        }
                    }
                }
            }
        }
        if (added == 0)
            return;
    }
}

/* ---- paths ---- */

static bool step_read(struct compiler *c, struct slice name, struct frame_step *out)
{
    for (uint32_t kind = 0; kind < STEP_KINDS; kind++) {
        if (step_names[kind] && slice_is(name, step_names[kind])) {
            bool to = kind == STEP_IOBJ; /* "gave X arms", "gave arms to X" */
            *out = (struct frame_step){kind, to ? word_of(c, SLICE_LIT("to")) : 0};
            return true;
        }
    }
    if (!is_preposition(name))
        return false;
    *out = (struct frame_step){STEP_PREP, word_of(c, name)};
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
            fault(c, line, "unknown step '%.*s': wanted subj, obj, iobj, poss, mod, xcomp, ccomp, "
                  "advcl, relcl, head, self, neg, aux, any or a preposition", SHOW(piece));
            return false;
        }
    }
    if (path->n == 0)
        fault(c, line, "an empty path");
    return path->n > 0;
}

/* "subj | poss + with | to": groups joined by +, alternatives inside of a group. */
static struct frame_range paths_read(struct compiler *c, uint32_t line, struct slice text)
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
        fault(c, line, "an empty path");
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
        *text = pooled(c, phrase);
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
    *test = (struct frame_test){TEST_WORD, 0, pooled(c, text)};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (slice_is(text, kinds[i].name)) {
            test->kind = kinds[i].kind;
            return;
        }
    }
    if (text.p[0] == '@') {
        uint32_t class = map_get(&c->classes, slice_make(text.p + 1, text.n - 1));
        if (class == MAP_NONE)
            fault(c, line, "unknown class '%.*s'", SHOW(text));
        *test = (struct frame_test){TEST_CLASS, class, test->text};
    } else if (slice_starts(text, "SECTOR=")) {
        *test = (struct frame_test){TEST_SECTOR, 0, pooled(c, slice_make(text.p + 7, text.n - 7))};
    } else if (memchr(text.p, ' ', text.n)) {
        *test = (struct frame_test){TEST_CLASS, phrase_class(c, line, text), test->text};
    } else {
        test->arg = word_of(c, text);
    }
}

static void condition_read(struct compiler *c, const struct fact *fact, bool avoid)
{
    struct slice rest = fact->value, path;
    struct frame_range paths = {c->n_path, 0};
    if (!slice_word(&rest, &path)) {
        fault(c, fact->line, "'%.*s' wants a path", SHOW(fact->key));
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
                                          .text = pooled(c, fact->value), .avoid = avoid};
    rest = slice_trim(rest);
    while (rest.n && slice_cut(&rest, '|', &piece)) {
        piece = slice_trim(piece);
        if (piece.n)
            test_read(c, fact->line, piece);
    }
    condition = &c->condition[c->n_condition - 1];
    condition->test.n = c->n_test - condition->test.first;
}

/* ---- frames ---- */

static bool knows(struct compiler *c, enum frame_name kind, struct slice type, struct slice name)
{
    return !c->ask->knows || c->ask->knows(c->ask->ontology, kind, type, name);
}

static void triggers_read(struct compiler *c, const struct fact *fact, uint32_t kind)
{
    struct slice list = fact->value, item;
    if (list.n == 0)
        fault(c, fact->line, "'%.*s' wants a lemma", SHOW(fact->key));
    while (record_item(&list, &item)) {
        struct phrase phrase;
        if (!phrase_read(c, fact->line, item, kind == TRIGGER_VERB, &phrase))
            continue;
        struct trigger_row *row = PUSH(c, trigger);
        if (!row) {
            c->no_memory = true;
            return;
        }
        *row = (struct trigger_row){{c->n_frame - 1, kind, phrase.rest}, phrase.head,
                                    c->n_trigger};
    }
}

static void names_read(struct compiler *c, const struct fact *fact, enum frame_name kind,
                       struct slice type, struct image_text *out, uint32_t *n)
{
    struct slice list = fact->value, item;
    while (record_item(&list, &item)) {
        if (*n == FRAME_MODES)
            fault(c, fact->line, "more than %d of '%.*s'", FRAME_MODES, SHOW(fact->key));
        else if (!knows(c, kind, type, item))
            fault(c, fact->line, "the ontology has no %.*s '%.*s' (type %.*s)", SHOW(fact->key),
                  SHOW(item), SHOW(type));
        else
            out[(*n)++] = pooled(c, item);
    }
}

static uint32_t status_of(struct compiler *c, uint32_t line, struct slice name)
{
    if (slice_is(name, "same"))
        return FRAME_STATUS_SAME;
    for (uint32_t s = STATUS_HAPPENED; s <= STATUS_DENIED; s++)
        if (slice_is(name, status_name((enum event_status)s)))
            return s;
    fault(c, line, "unknown status '%.*s': wanted happened, future, hypothetical, negation, "
          "historical, denied or same", SHOW(name));
    return FRAME_STATUS_NONE;
}

/* "RETREAT cameo 1056 mode yield", "RETREAT type CONCEDE" */
static void inner_read(struct compiler *c, const struct fact *fact, struct slice type)
{
    struct slice rest = fact->value, word, value, to = type;
    struct frame_inner *inner = PUSH(c, inner);
    if (!inner || !slice_word(&rest, &word)) {
        fault(c, fact->line, "'inner' wants a type");
        return;
    }
    if (!knows(c, NAME_TYPE, word, word))
        fault(c, fact->line, "unknown type '%.*s'", SHOW(word));
    inner->type = pooled(c, word);
    while (slice_word(&rest, &word)) {
        enum frame_name kind = slice_is(word, "cameo") ? NAME_CAMEO
                               : slice_is(word, "mode") ? NAME_MODE : NAME_TYPE;
        if ((kind == NAME_TYPE && !slice_is(word, "type")) || !slice_word(&rest, &value)) {
            fault(c, fact->line, "wanted 'type NAME', 'cameo CODE' or 'mode NAME', not '%.*s'",
                  SHOW(word));
            return;
        }
        if (kind == NAME_TYPE)
            to = value;
        if (!knows(c, kind, to, value))
            fault(c, fact->line, "unknown %.*s '%.*s'", SHOW(word), SHOW(value));
        *(kind == NAME_CAMEO ? &inner->cameo : kind == NAME_MODE ? &inner->mode : &inner->to) =
            pooled(c, value);
    }
}

static void size_read(struct compiler *c, const struct fact *fact, struct frame *frame)
{
    static const char *const names[SIZE_KINDS] = {"dead", "injured", "arrested", "participants"};
    struct slice rest = fact->value, word;
    if (slice_word(&rest, &word)) {
        for (uint32_t i = 0; i < SIZE_KINDS; i++) {
            if (slice_is(word, names[i])) {
                frame->size[i] = paths_read(c, fact->line, rest);
                return;
            }
        }
    }
    fault(c, fact->line, "wanted 'size dead|injured|arrested|participants PATH'");
}

static void example_read(struct compiler *c, const struct fact *fact)
{
    struct frame_example *example = PUSH(c, example);
    if (!example)
        c->no_memory = true;
    else
        *example = (struct frame_example){.text = pooled(c, fact->value), .line = fact->line +
                                          c->at->line_base, .frame = c->n_frame - 1};
}

static void expect_read(struct compiler *c, const struct fact *fact)
{
    struct frame_example *last = c->n_example ? &c->example[c->n_example - 1] : NULL;
    if (!last || last->frame != c->n_frame - 1 || last->expect.n)
        fault(c, fact->line, "'expect' wants an 'example' before it");
    else
        last->expect = pooled(c, fact->value);
}

static void fact_read(struct compiler *c, const struct fact *fact, struct frame *frame,
                      struct slice type)
{
    struct slice key = fact->key, value = fact->value;
    if (slice_is(key, "verb"))
        triggers_read(c, fact, TRIGGER_VERB);
    else if (slice_is(key, "noun"))
        triggers_read(c, fact, TRIGGER_NOUN);
    else if (slice_is(key, "adj"))
        triggers_read(c, fact, TRIGGER_ADJ);
    else if (slice_is(key, "status"))
        frame->status = status_of(c, fact->line, value);
    else if (slice_is(key, "example"))
        example_read(c, fact);
    else if (slice_is(key, "expect"))
        expect_read(c, fact);
    else if (slice_is(key, "need") || slice_is(key, "avoid"))
        condition_read(c, fact, slice_is(key, "avoid"));
    else if (slice_is(key, "priority")) {
        uint32_t number = 0;
        bool minus = slice_starts(value, "-");
        if (!slice_to_u32(slice_make(value.p + minus, value.n - minus), &number) || number > 99)
            fault(c, fact->line, "priority wants a number from -99 to 99");
        frame->priority = minus ? -(int32_t)number : (int32_t)number;
    } else if (frame->is_operator && slice_is(key, "over"))
        frame->content = paths_read(c, fact->line, value);
    else if (frame->is_operator)
        fault(c, fact->line, "unknown keyword '%.*s' in an operator", SHOW(key));
    else if (slice_is(key, "type"))
        ; /* read before the others */
    else if (slice_is(key, "actor"))
        frame->actor = paths_read(c, fact->line, value);
    else if (slice_is(key, "recipient"))
        frame->recipient = paths_read(c, fact->line, value);
    else if (slice_is(key, "mutual"))
        frame->mutual = paths_read(c, fact->line, value);
    else if (slice_is(key, "content"))
        frame->content = paths_read(c, fact->line, value);
    else if (slice_is(key, "mode"))
        names_read(c, fact, NAME_MODE, type, frame->mode, &frame->n_modes);
    else if (slice_is(key, "context"))
        names_read(c, fact, NAME_CONTEXT, type, frame->context, &frame->n_contexts);
    else if (slice_is(key, "cameo")) {
        if (!knows(c, NAME_CAMEO, type, value))
            fault(c, fact->line, "unknown cameo code '%.*s'", SHOW(value));
        frame->cameo = pooled(c, value);
    } else if (slice_is(key, "alone"))
        frame->alone = slice_is(value, "yes");
    else if (slice_is(key, "joint"))
        frame->joint = slice_is(value, "yes");
    else if (slice_is(key, "inner"))
        inner_read(c, fact, type);
    else if (slice_is(key, "size"))
        size_read(c, fact, frame);
    else
        fault(c, fact->line, "unknown keyword '%.*s' in a frame", SHOW(key));
}

static void frame_read(struct compiler *c, bool is_operator)
{
    const struct record *record = &c->at->record;
    struct slice type = c->type_path == c->at->path ? c->type : slice_make(NULL, 0);
    for (uint32_t i = 0; i < record->n_facts; i++)
        if (slice_is(record->fact[i].key, "type"))
            type = record->fact[i].value;
    struct frame *frame = PUSH(c, frame);
    if (!frame) {
        c->no_memory = true;
        return;
    }
    *frame = (struct frame){
        .name = pooled(c, record->value), .type = pooled(c, is_operator ? (struct slice){0} : type),
        .line = record->line + c->at->line_base, .status = FRAME_STATUS_NONE,
        .is_operator = is_operator, .need = {c->n_condition, 0}, .inner = {c->n_inner, 0}};
    if (record->value.n == 0)
        fault(c, record->line, "'%.*s' wants a name", SHOW(record->key));
    if (!is_operator && type.n == 0)
        fault(c, record->line, "no type: wanted 'type NAME' before the frame or in it");
    else if (!is_operator && !knows(c, NAME_TYPE, type, type))
        fault(c, record->line, "unknown type '%.*s'", SHOW(type));

    uint32_t triggers = c->n_trigger, examples = c->n_example;
    for (uint32_t i = 0; i < record->n_facts; i++)
        fact_read(c, &record->fact[i], frame, type);
    frame->need.n = c->n_condition - frame->need.first;
    frame->inner.n = c->n_inner - frame->inner.first;
    if (c->n_trigger == triggers)
        fault(c, record->line, "no trigger: wanted 'verb', 'noun' or 'adj'");
    if (is_operator && (frame->content.n == 0 || frame->status == FRAME_STATUS_NONE))
        fault(c, record->line, "an operator wants 'over' and 'status'");
    if (frame->mutual.n && (frame->actor.n || frame->recipient.n))
        fault(c, record->line, "'mutual' stands instead of 'actor' and 'recipient'");
    for (uint32_t i = examples; i < c->n_example; i++)
        if (c->example[i].expect.n == 0)
            fault(c, c->example[i].line - c->at->line_base, "'example' wants an 'expect'");
}

/* turn CONSULT / future AGREE 036 */
static void turn_read(struct compiler *c)
{
    const struct record *record = &c->at->record;
    if (!knows(c, NAME_TYPE, record->value, record->value))
        fault(c, record->line, "unknown type '%.*s'", SHOW(record->value));
    for (uint32_t i = 0; i < record->n_facts; i++) {
        const struct fact *fact = &record->fact[i];
        struct slice rest = fact->value, type = {0}, cameo = {0};
        struct frame_turn *turn = PUSH(c, turn);
        if (!turn) {
            c->no_memory = true;
            return;
        }
        if (!slice_word(&rest, &type) || !knows(c, NAME_TYPE, type, type))
            fault(c, fact->line, "unknown type '%.*s'", SHOW(type));
        if (slice_word(&rest, &cameo) && !knows(c, NAME_CAMEO, type, cameo))
            fault(c, fact->line, "unknown cameo code '%.*s'", SHOW(cameo));
        *turn = (struct frame_turn){pooled(c, record->value), pooled(c, type), pooled(c, cameo),
                                    status_of(c, fact->line, fact->key)};
    }
}

static void source_read(struct compiler *c)
{
    const struct record *record = &c->at->record;
    if (slice_is(record->key, "class")) {
        class_read(c);
    } else if (slice_is(record->key, "type")) {
        if (!knows(c, NAME_TYPE, record->value, record->value))
            fault(c, record->line, "unknown type '%.*s'", SHOW(record->value));
        if (record->n_facts)
            fault(c, record->fact[0].line, "a 'type' line over frames has no facts");
        c->type = record->value;
        c->type_path = c->at->path;
    } else if (slice_is(record->key, "frame")) {
        frame_read(c, false);
    } else if (slice_is(record->key, "operator")) {
        frame_read(c, true);
    } else if (slice_is(record->key, "turn")) {
        turn_read(c);
    } else {
        fault(c, record->line, "unknown keyword '%.*s': wanted class, type, frame, operator or turn",
              SHOW(record->key));
    }
}

/* ---- sorting and writing ---- */

static uint32_t specificity(const struct compiler *c, const struct trigger_row *row)
{
    const struct frame *frame = &c->frame[row->trigger.frame];
    uint32_t needs = 0;
    for (uint32_t i = 0; i < frame->need.n; i++)
        needs += !c->condition[frame->need.first + i].avoid;
    return row->trigger.rest.n + needs;
}

static int trigger_order(const void *a, const void *b, void *self)
{
    const struct compiler *c = self;
    const struct trigger_row *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    int32_t p = c->frame[x->trigger.frame].priority, q = c->frame[y->trigger.frame].priority;
    if (p != q)
        return p > q ? -1 : 1;
    uint32_t s = specificity(c, x), t = specificity(c, y);
    if (s != t)
        return s > t ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

static int entry_order(const void *a, const void *b)
{
    const struct entry_row *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    if (x->entry.class != y->entry.class)
        return x->entry.class < y->entry.class ? -1 : 1;
    return x->entry.rest.n < y->entry.rest.n ? -1 : x->entry.rest.n > y->entry.rest.n;
}

static int add(struct compiler *c, const char *name, const void *data, size_t n, size_t size,
               struct dm_error *err)
{
    return image_add(c->ask->builder, name, data, n, size, err);
}

static int write_index(struct compiler *c, struct dm_error *err)
{
    struct arena *arena = c->ask->arena;
    uint32_t n = c->words.n;
    struct frame_range *triggers = arena_array(arena, n, struct frame_range);
    struct frame_range *entries = arena_array(arena, n, struct frame_range);
    struct frame_trigger *trigger = arena_array(arena, c->n_trigger, struct frame_trigger);
    struct frame_entry *entry = arena_array(arena, c->n_entry, struct frame_entry);
    uint32_t *value = arena_array(arena, n, uint32_t);
    if (!triggers || !entries || !trigger || !entry || !value)
        return dm_fail(err, DM_ENOMEM, "lexicon: out of memory");

    if (c->n_trigger)
        qsort_r(c->trigger, c->n_trigger, sizeof *c->trigger, trigger_order, c);
    if (c->n_entry)
        qsort(c->entry, c->n_entry, sizeof *c->entry, entry_order);
    for (uint32_t i = c->n_trigger; i-- > 0;) {
        trigger[i] = c->trigger[i].trigger;
        triggers[c->trigger[i].word].first = i;
        triggers[c->trigger[i].word].n++;
    }
    for (uint32_t i = c->n_entry; i-- > 0;) {
        entry[i] = c->entry[i].entry;
        entries[c->entry[i].word].first = i;
        entries[c->entry[i].word].n++;
    }
    for (uint32_t i = 0; i < n; i++)
        value[i] = i;

    struct image_map_slot *slot;
    uint32_t n_slots;
    if (!image_map_freeze(arena, c->word_text, value, n, c->ask->pool->bytes.p, &slot, &n_slots))
        return dm_fail(err, DM_ENOMEM, "lexicon: out of memory");
    int rc = add(c, "f.words", slot, n_slots, sizeof *slot, err);
    if (rc == DM_OK)
        rc = add(c, "f.triggers", triggers, n, sizeof *triggers, err);
    if (rc == DM_OK)
        rc = add(c, "f.entries", entries, n, sizeof *entries, err);
    if (rc == DM_OK)
        rc = add(c, "f.trigger", trigger, c->n_trigger, sizeof *trigger, err);
    if (rc == DM_OK)
        rc = add(c, "f.entry", entry, c->n_entry, sizeof *entry, err);
    return rc;
}

static int write_sections(struct compiler *c, struct dm_error *err)
{
    int rc = write_index(c, err);
#define SECTION(name)                                                                              \
    if (rc == DM_OK)                                                                               \
        rc = add(c, "f." #name, c->name, c->n_##name, sizeof *c->name, err)
    SECTION(frame);
    SECTION(path);
    SECTION(step);
    SECTION(condition);
    SECTION(test);
    SECTION(inner);
    SECTION(turn);
    SECTION(example);
    SECTION(number);
#undef SECTION
    if (rc == DM_OK)
        rc = add(c, "f.class", c->class_text, c->n_class_text, sizeof *c->class_text, err);
    return rc;
}

static void classes_name(struct compiler *c)
{
    for (uint32_t i = 0; i < c->ask->n_sources; i++) {
        const struct record *record = &c->ask->source[i].record;
        if (!slice_is(record->key, "class"))
            continue;
        c->at = &c->ask->source[i];
        if (record->value.n == 0 || memchr(record->value.p, ' ', record->value.n)) {
            fault(c, record->line, "a class wants a name of one word");
            continue;
        }
        uint32_t before = c->classes.n;
        map_intern(&c->classes, record->value); /* a class may be spread over several records */
        struct image_text *text = c->classes.n > before ? PUSH(c, class_text) : NULL;
        if (text)
            *text = pooled(c, record->value);
    }
}

int frame_lexicon_compile(const struct frame_compile *ask, struct dm_error *err)
{
    struct compiler *c = arena_new(ask->arena, struct compiler);
    if (!c)
        return dm_fail(err, DM_ENOMEM, "lexicon: out of memory");
    c->ask = ask;
    map_init(&c->words, ask->arena);
    map_init(&c->classes, ask->arena);
    classes_name(c);
    for (uint32_t i = 0; i < ask->n_sources && !c->no_memory; i++) {
        c->at = &ask->source[i];
        source_read(c);
        if (c->n_trigger > PHRASES_MAX || c->n_entry > PHRASES_MAX)
            return dm_fail(err, DM_ELIMIT, "%s: more than %d triggers or class entries",
                           c->at->path, PHRASES_MAX);
    }
    class_close(c);
    if (c->no_memory)
        return dm_fail(err, DM_ENOMEM, "lexicon: out of memory");
    if (c->failed) {
        if (err)
            *err = c->first;
        return DM_ELEXICON;
    }
    return write_sections(c, err);
}
