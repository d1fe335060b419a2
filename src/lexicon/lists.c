/* SPDX-License-Identifier: MIT */
/*
 * lists.c - compile and open the lists of words (lists.h).
 *
 * Reads    records `list NAME`: facts "WORD | WORD", in a list with values "VALUE WORD | WORD".
 * Leaves   sections l.words (form -> number), l.listed (what all lists say of that form).
 * Method   Forms are interned in small letters; what each list says is added to the form's entry.
 */
#include "lexicon/lists.h"

#include "core/utf8.h"
#include "lexicon/lexicon-parts.h"

static const char *const names[] = {
#define X(id, name, least, most) name,
    LISTS_VALUED(X)
#undef X
#define X(id, name) name,
    LISTS_PLAIN(X)
#undef X
    NULL};

static const struct { int32_t least, most; } bounds[] = {
#define X(id, name, least, most) {least, most},
    LISTS_VALUED(X)
#undef X
};

/* ORDER UNIT */
static const char *const units[] = {"", "day", "week", "weekend", "month", "quarter", "year",
                                    "decade", NULL};

struct lists_builder {
    struct map forms;       /* form -> its entry */
    struct listed *listed;
    struct image_text *key; /* the form of each entry but the first */
    uint32_t n, n_keys;
    size_t room, room_keys;
};

bool lists_start(struct lexicon_builder *b)
{
    struct lists_builder *l = b->lists = arena_new(b->arena, struct lists_builder);
    if (!l)
        return false;
    map_init(&l->forms, b->arena);
    return ARENA_PUSH(b->arena, l->listed, l->n, l->room) != NULL; /* of no list */
}

/* The form's entry, made when new; NULL without memory. */
static struct listed *listed_of(struct lexicon_builder *b, struct slice form)
{
    struct lists_builder *l = b->lists;
    uint32_t at = map_get(&l->forms, form);
    if (at != MAP_NONE)
        return &l->listed[at];
    struct listed *listed = ARENA_PUSH(b->arena, l->listed, l->n, l->room);
    struct image_text *key = ARENA_PUSH(b->arena, l->key, l->n_keys, l->room_keys);
    if (!listed || !key || !map_set(&l->forms, form, l->n - 1))
        return NULL;
    *listed = (struct listed){0};
    *key = lexicon_text(b, form);
    return listed;
}

static bool is_unit(enum list list)
{
    return list < LISTS_WITH_VALUE && bounds[list].least == bounds[list].most;
}

/* False: it is none of the list's (told). */
static bool value_read(struct lexicon_builder *b, const struct fact *fact, enum list list,
                       int32_t *out)
{
    struct slice text = fact->key;
    bool below = slice_starts(text, "-");
    uint32_t n = 0;
    if (is_unit(list)) {
        for (uint32_t unit = UNIT_DAY; unit < UNITS; unit++)
            if (slice_is(text, units[unit])) {
                *out = (int32_t)unit;
                return true;
            }
        lexicon_complain(b, fact->line, "'%.*s' is no unit: in 'list %s' a line is 'UNIT WORD | "
                         "WORD', the unit day, week, weekend, month, quarter, year or decade",
                         (int)text.n, text.p, names[list]);
        return false;
    }
    if (below)
        text = slice_make(text.p + 1, text.n - 1);
    bool fine = slice_to_u32(text, &n) && n <= INT32_MAX;
    int32_t value = below ? -(int32_t)n : (int32_t)n;
    if (fine && value >= bounds[list].least && value <= bounds[list].most) {
        *out = value;
        return true;
    }
    lexicon_complain(b, fact->line, "'%.*s' is no value: in 'list %s' a line is 'VALUE WORD | WORD', "
                     "the value a number from %d to %d", (int)fact->key.n, fact->key.p, names[list],
                     bounds[list].least, bounds[list].most);
    return false;
}

static void take_word(struct lexicon_builder *b, uint32_t line, enum list list, int32_t value,
                      struct slice word, bool first)
{
    struct slice form = utf8_lower(b->arena, word), rest = form, one;
    if (slice_word(&rest, &one) && one.n != form.n) {
        lexicon_complain(b, line, "'%.*s' is more than one word; a list has single ones",
                         (int)word.n, word.p);
        return;
    }
    struct listed *listed = form.p ? listed_of(b, form) : NULL;
    if (!listed) {
        b->no_memory = true;
        return;
    }
    if (list < LISTS_WITH_VALUE && listed_in(listed, list) && listed->value[list] != value) {
        lexicon_complain(b, line, "'%.*s' stands in 'list %s' already, with another value",
                         (int)word.n, word.p, names[list]);
        return;
    }
    listed->in |= UINT64_C(1) << list;
    if (list < LISTS_WITH_VALUE)
        listed->value[list] = value;
    if (!first && (list == LIST_MONTH || list == LIST_WEEKDAY))
        listed->in |= UINT64_C(1) << LIST_SHORT;
}

static void take_fact(struct lexicon_builder *b, const struct fact *fact, enum list list)
{
    struct slice words = list < LISTS_WITH_VALUE ? fact->value : fact_text(fact), word;
    int32_t value = 0;
    if (list < LISTS_WITH_VALUE && !value_read(b, fact, list, &value))
        return;
    bool first = true;
    for (; record_item(&words, &word); first = false)
        take_word(b, fact->line, list, value, word, first);
    if (first)
        lexicon_complain(b, fact->line, "no word stands behind '%.*s'", (int)fact->key.n,
                         fact->key.p);
}

bool lists_take_record(struct lexicon_builder *b, const struct record *record)
{
    if (!slice_is(record->key, "list"))
        return false;
    for (uint32_t list = 0; list < LIST_SHORT; list++) {
        if (!slice_is(record->value, names[list]))
            continue;
        for (uint32_t i = 0; i < record->n_facts; i++)
            take_fact(b, &record->fact[i], list);
        return true;
    }
    char hint[64];
    lexicon_complain(b, record->line, "there is no list '%.*s'%s; docs/lexicon.md names the lists "
                     "that there are", (int)record->value.n, record->value.p,
                     lexicon_hint(record->value, names, hint));
    return true;
}

void lists_finish(struct lexicon_builder *b)
{
    struct lists_builder *l = b->lists;
    uint32_t *number = arena_array(b->arena, l->n, uint32_t);
    if (!number) {
        b->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < l->n_keys; i++)
        number[i] = i + 1;
    lexicon_section_map(b, "l.words", l->key, number, l->n_keys);
    lexicon_section(b, "l.listed", l->listed, l->n, sizeof *l->listed);
}

/* ---- opening ---- */

/* A value lies within its list's bounds; without the list it is 0. */
static bool listed_fine(const struct listed *listed)
{
    for (uint32_t list = 0; list < LISTS_WITH_VALUE; list++) {
        bool unit = is_unit(list);
        int32_t value = listed->value[list];
        int32_t least = unit ? UNIT_DAY : bounds[list].least;
        int32_t most = unit ? UNIT_DECADE : bounds[list].most;
        if (listed_in(listed, list) ? value < least || value > most : value != 0)
            return false;
    }
    return true;
}

int lists_open(struct lexicon *lexicon, struct dm_error *err)
{
    struct lists *l = arena_new(&lexicon->arena, struct lists);
    if (!l)
        return dm_fail(err, DM_ENOMEM, "lexicon: out of memory");
    const struct lexicon_section_at section = {"l.listed", sizeof *l->listed, &l->listed, &l->n};
    int rc = lexicon_sections(lexicon, &section, 1, err);
    if (rc == 0)
        rc = image_map_open(&lexicon->image, "l.words", lexicon->bytes, lexicon->n_bytes, &l->word,
                            err);
    if (rc < 0)
        return rc;
    bool fine = l->n > 0 && l->listed[0].in == 0;
    for (uint32_t i = 0; fine && i < l->n; i++)
        fine = listed_fine(&l->listed[i]);
    for (uint32_t i = 0; fine && i <= l->word.mask; i++)
        fine = l->word.slot[i].value == IMAGE_NONE || l->word.slot[i].value < l->n;
    if (!fine)
        return lexicon_bad("l.listed", err);
    lexicon->lists = l;
    return 0;
}

const struct lists *lexicon_lists(const struct lexicon *lexicon)
{
    return lexicon->lists;
}
