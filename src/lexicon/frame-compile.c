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
#include "lexicon/frame-compile.h"

#include <stdlib.h>

#include "article/article.h"

/* ---- frames ---- */

static bool knows(struct compiler *c, enum frame_name kind, struct slice type, struct slice name)
{
    return !c->ask->knows || c->ask->knows(c->ask->ontology, kind, type, name);
}

static void triggers_read(struct compiler *c, const struct fact *fact, uint32_t kind)
{
    struct slice list = fact->value, item;
    if (list.n == 0)
        terms_fault(c, fact->line, "'%.*s' wants a lemma", SHOW(fact->key));
    while (record_item(&list, &item)) {
        struct phrase phrase;
        if (!terms_phrase(c, fact->line, item, kind == TRIGGER_VERB, &phrase))
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
            terms_fault(c, fact->line, "more than %d of '%.*s'", FRAME_MODES, SHOW(fact->key));
        else if (!knows(c, kind, type, item))
            terms_fault(c, fact->line, "the ontology has no %.*s '%.*s' (type %.*s)",
                        SHOW(fact->key), SHOW(item), SHOW(type));
        else
            out[(*n)++] = terms_text(c, item);
    }
}

static uint32_t status_of(struct compiler *c, uint32_t line, struct slice name)
{
    if (slice_is(name, "same"))
        return FRAME_STATUS_SAME;
    for (uint32_t s = STATUS_HAPPENED; s <= STATUS_DENIED; s++)
        if (slice_is(name, status_name((enum event_status)s)))
            return s;
    terms_fault(c, line, "unknown status '%.*s': wanted happened, future, hypothetical, "
                "negation, historical, denied or same", SHOW(name));
    return FRAME_STATUS_NONE;
}

/* "RETREAT cameo 1056 mode yield", "RETREAT type CONCEDE" */
static void inner_read(struct compiler *c, const struct fact *fact, struct slice type)
{
    struct slice rest = fact->value, word, value, to = type;
    struct frame_inner *inner = PUSH(c, inner);
    if (!inner || !slice_word(&rest, &word)) {
        terms_fault(c, fact->line, "'inner' wants a type");
        return;
    }
    if (!knows(c, NAME_TYPE, word, word))
        terms_fault(c, fact->line, "unknown type '%.*s'", SHOW(word));
    inner->type = terms_text(c, word);
    while (slice_word(&rest, &word)) {
        enum frame_name kind = slice_is(word, "cameo") ? NAME_CAMEO
                               : slice_is(word, "mode") ? NAME_MODE : NAME_TYPE;
        if ((kind == NAME_TYPE && !slice_is(word, "type")) || !slice_word(&rest, &value)) {
            terms_fault(c, fact->line,
                        "wanted 'type NAME', 'cameo CODE' or 'mode NAME', not '%.*s'", SHOW(word));
            return;
        }
        if (kind == NAME_TYPE)
            to = value;
        if (!knows(c, kind, to, value))
            terms_fault(c, fact->line, "unknown %.*s '%.*s'", SHOW(word), SHOW(value));
        *(kind == NAME_CAMEO ? &inner->cameo : kind == NAME_MODE ? &inner->mode : &inner->to) =
            terms_text(c, value);
    }
}

static void size_read(struct compiler *c, const struct fact *fact, struct frame *frame)
{
    static const char *const names[SIZE_KINDS] = {"dead", "injured", "arrested", "participants"};
    struct slice rest = fact->value, word;
    if (slice_word(&rest, &word)) {
        for (uint32_t i = 0; i < SIZE_KINDS; i++) {
            if (slice_is(word, names[i])) {
                frame->size[i] = terms_paths(c, fact->line, rest);
                return;
            }
        }
    }
    terms_fault(c, fact->line, "wanted 'size dead|injured|arrested|participants PATH'");
}

static void example_read(struct compiler *c, const struct fact *fact)
{
    struct frame_example *example = PUSH(c, example);
    if (!example)
        c->no_memory = true;
    else
        *example = (struct frame_example){.text = terms_text(c, fact->value), .line = fact->line,
                                          .frame = c->n_frame - 1};
}

static void expect_read(struct compiler *c, const struct fact *fact)
{
    struct frame_example *last = c->n_example ? &c->example[c->n_example - 1] : NULL;
    if (!last || last->frame != c->n_frame - 1 || last->expect.n)
        terms_fault(c, fact->line, "'expect' wants an 'example' before it");
    else
        last->expect = terms_text(c, fact->value);
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
        terms_condition(c, fact, slice_is(key, "avoid"));
    else if (slice_is(key, "priority")) {
        uint32_t number = 0;
        bool minus = slice_starts(value, "-");
        if (!slice_to_u32(slice_make(value.p + minus, value.n - minus), &number) || number > 99)
            terms_fault(c, fact->line, "priority wants a number from -99 to 99");
        frame->priority = minus ? -(int32_t)number : (int32_t)number;
    } else if (frame->is_operator && slice_is(key, "over"))
        frame->content = terms_paths(c, fact->line, value);
    else if (frame->is_operator)
        terms_fault(c, fact->line, "unknown keyword '%.*s' in an operator", SHOW(key));
    else if (slice_is(key, "type"))
        ; /* read before the others */
    else if (slice_is(key, "actor"))
        frame->actor = terms_paths(c, fact->line, value);
    else if (slice_is(key, "recipient"))
        frame->recipient = terms_paths(c, fact->line, value);
    else if (slice_is(key, "mutual"))
        frame->mutual = terms_paths(c, fact->line, value);
    else if (slice_is(key, "content"))
        frame->content = terms_paths(c, fact->line, value);
    else if (slice_is(key, "mode"))
        names_read(c, fact, NAME_MODE, type, frame->mode, &frame->n_modes);
    else if (slice_is(key, "context"))
        names_read(c, fact, NAME_CONTEXT, type, frame->context, &frame->n_contexts);
    else if (slice_is(key, "cameo")) {
        if (!knows(c, NAME_CAMEO, type, value))
            terms_fault(c, fact->line, "unknown cameo code '%.*s'", SHOW(value));
        frame->cameo = terms_text(c, value);
    } else if (slice_is(key, "alone"))
        frame->alone = slice_is(value, "yes");
    else if (slice_is(key, "joint"))
        frame->joint = slice_is(value, "yes");
    else if (slice_is(key, "learned"))
        frame->learned = slice_is(value, "yes");
    else if (slice_is(key, "inner"))
        inner_read(c, fact, type);
    else if (slice_is(key, "size"))
        size_read(c, fact, frame);
    else if (slice_is(key, "place"))
        frame->place = terms_paths(c, fact->line, value);
    else
        terms_fault(c, fact->line, "unknown keyword '%.*s' in a frame", SHOW(key));
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
        .name = terms_text(c, record->value),
        .type = terms_text(c, is_operator ? (struct slice){0} : type),
        .line = record->line, .status = FRAME_STATUS_NONE,
        .is_operator = is_operator, .need = {c->n_condition, 0}, .inner = {c->n_inner, 0}};
    if (record->value.n == 0)
        terms_fault(c, record->line, "'%.*s' wants a name", SHOW(record->key));
    bool none = slice_is(type, "none"); /* holds, and tells nothing */
    if (none)
        frame->type = (struct image_text){0};
    if (!is_operator && type.n == 0)
        terms_fault(c, record->line, "no type: wanted 'type NAME' before the frame or in it");
    else if (!is_operator && !none && !knows(c, NAME_TYPE, type, type))
        terms_fault(c, record->line, "unknown type '%.*s'", SHOW(type));

    uint32_t triggers = c->n_trigger, examples = c->n_example;
    for (uint32_t i = 0; i < record->n_facts; i++)
        fact_read(c, &record->fact[i], frame, type);
    frame->need.n = c->n_condition - frame->need.first;
    frame->inner.n = c->n_inner - frame->inner.first;
    if (c->n_trigger == triggers && !frame->learned)
        terms_fault(c, record->line, "no trigger: wanted 'verb', 'noun' or 'adj'");
    if (is_operator && (frame->content.n == 0 || frame->status == FRAME_STATUS_NONE))
        terms_fault(c, record->line, "an operator wants 'over' and 'status'");
    if (frame->mutual.n && (frame->actor.n || frame->recipient.n))
        terms_fault(c, record->line, "'mutual' stands instead of 'actor' and 'recipient'");
    for (uint32_t i = examples; i < c->n_example; i++)
        if (c->example[i].expect.n == 0)
            terms_fault(c, c->example[i].line, "'example' wants an 'expect'");
}

/* turn CONSULT / future AGREE 036 */
static void turn_read(struct compiler *c)
{
    const struct record *record = &c->at->record;
    if (!knows(c, NAME_TYPE, record->value, record->value))
        terms_fault(c, record->line, "unknown type '%.*s'", SHOW(record->value));
    for (uint32_t i = 0; i < record->n_facts; i++) {
        const struct fact *fact = &record->fact[i];
        struct slice rest = fact->value, type = {0}, cameo = {0};
        struct frame_turn *turn = PUSH(c, turn);
        if (!turn) {
            c->no_memory = true;
            return;
        }
        if (!slice_word(&rest, &type) || !knows(c, NAME_TYPE, type, type))
            terms_fault(c, fact->line, "unknown type '%.*s'", SHOW(type));
        if (slice_word(&rest, &cameo) && !knows(c, NAME_CAMEO, type, cameo))
            terms_fault(c, fact->line, "unknown cameo code '%.*s'", SHOW(cameo));
        *turn = (struct frame_turn){terms_text(c, record->value), terms_text(c, type),
                                    terms_text(c, cameo),
                                    status_of(c, fact->line, fact->key)};
    }
}

static void source_read(struct compiler *c)
{
    const struct record *record = &c->at->record;
    if (slice_is(record->key, "class")) {
        terms_class(c);
    } else if (slice_is(record->key, "type")) {
        if (!knows(c, NAME_TYPE, record->value, record->value))
            terms_fault(c, record->line, "unknown type '%.*s'", SHOW(record->value));
        if (record->n_facts)
            terms_fault(c, record->fact[0].line, "a 'type' line over frames has no facts");
        c->type = record->value;
        c->type_path = c->at->path;
    } else if (slice_is(record->key, "frame")) {
        frame_read(c, false);
    } else if (slice_is(record->key, "operator")) {
        frame_read(c, true);
    } else if (slice_is(record->key, "turn")) {
        turn_read(c);
    } else {
        terms_fault(c, record->line,
                    "unknown keyword '%.*s': wanted class, type, frame, operator or turn",
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

int frame_lexicon_compile(const struct frame_compile *ask, struct dm_error *err)
{
    struct compiler *c = arena_new(ask->arena, struct compiler);
    if (!c)
        return dm_fail(err, DM_ENOMEM, "lexicon: out of memory");
    c->ask = ask;
    map_init(&c->words, ask->arena);
    map_init(&c->classes, ask->arena);
    terms_name_classes(c);
    for (uint32_t i = 0; i < ask->n_sources && !c->no_memory; i++) {
        c->at = &ask->source[i];
        if (!c->at->dropped)
            source_read(c);
        if (c->n_trigger > PHRASES_MAX || c->n_entry > PHRASES_MAX)
            return dm_fail(err, DM_ELIMIT, "%s: more than %d triggers or class entries",
                           c->at->path, PHRASES_MAX);
    }
    terms_close_classes(c);
    if (c->no_memory)
        return dm_fail(err, DM_ENOMEM, "lexicon: out of memory");
    if (c->failed)
        return dm_fail(err, DM_ELEXICON, "a frame or class is wrong");
    return write_sections(c, err);
}
