/* SPDX-License-Identifier: MIT */
/*
 * actor-check.c - what is wrong or doubtful in states, organizations, people and nouns.
 *
 * Reads    the builder's entities, roles and names, and the lemmas of classes and frames.
 * Leaves   mistakes (which fail the compiling) and, when asked for, warnings, each with its line.
 * Method   Offices are compared between neighbours of the sorted holders; a name is a common word when
 *          an agent, a class or a frame's trigger has it as its lemma.
 */
#include "lexicon/actor-compile.h"

void actor_check_life(struct lexicon_builder *b, const struct record *record, uint32_t entity)
{
    const struct built_facts *facts = &b->actors->facts[entity];
    const struct actor_entity *e = &b->actors->entity[entity];
    bool born = !date_is_none(facts->born), died = !date_is_none(facts->died);
    if (born && died && date_first_day(facts->born) > date_last_day(facts->died))
        lexicon_complain(b, record->line, "'%.*s' died before the birth", (int)record->value.n,
                         record->value.p);
    for (uint32_t i = 0; i < e->n_roles; i++) {
        const struct actor_role *role = &b->actors->role[e->first_role + i];
        if (born && role->from != INT32_MIN && role->from < date_first_day(facts->born))
            lexicon_complain(b, role->line, "a role that begins before the birth");
        if (died && role->from != INT32_MIN && role->from > date_last_day(facts->died))
            lexicon_complain(b, role->line, "a role that begins after the death");
    }
}

static void check_role(struct lexicon_builder *b, const struct actor_role *role)
{
    struct slice code = slice_of(role->code);
    if (code.n && map_get(&b->actors->codes, code) == MAP_NONE && !ontology_built_code(b, code))
        lexicon_complain(b, role->line, "code %s is neither a state's nor in ontology/",
                         role->code);
    for (unsigned i = 0; i < ACTOR_SECTORS; i++)
        if (role->sector[i][0] && !ontology_built_sector(b, slice_of(role->sector[i])))
            lexicon_complain(b, role->line, "sector %s is not in ontology/", role->sector[i]);
}

void actor_check_roles(struct lexicon_builder *b)
{
    for (uint32_t i = 0; i < b->actors->n_roles; i++)
        check_role(b, &b->actors->role[i]);
}

/*
 * Do two terms overlap by more than the change of hands may take? Where only the year of an end or of
 * a start is known, that year is no overlap: "1999..2003" and "2003..2008" follow each other.
 */
static bool terms_overlap(const struct actor_role *x, const struct actor_role *y)
{
    int32_t from = x->from > y->from ? x->from : y->from, to = x->to < y->to ? x->to : y->to;
    if ((int64_t)to - from <= 40)
        return false;
    if (from == INT32_MIN || to == INT32_MAX)
        return true;
    struct date first = date_from_days(from), last = date_from_days(to - 1);
    bool year_only = (first.month == 1 && first.day == 1) || (last.month == 12 && last.day == 31);
    return first.year != last.year || !year_only;
}

/* Doubtful: two persons at a time in one office. */
static void warn_of_terms(struct lexicon_builder *b, const struct actor_holder *one,
                          const struct actor_holder *other)
{
    struct actor_builder *a = b->actors;
    const struct actor_role *x = &a->role[one->role], *y = &a->role[other->role];
    if (one->person == other->person || a->facts[one->office].several || !terms_overlap(x, y))
        return;
    struct slice name = lexicon_built_text(b, a->entity[one->person].name);
    struct slice office = lexicon_built_text(b, a->entity[one->office].name);
    lexicon_warn(b, y->line, "is %.*s of %s at the same time as %.*s", (int)office.n, office.p,
                 x->code, (int)name.n, name.p);
}

void actor_check_terms(struct lexicon_builder *b, const struct actor_holder *holder, uint32_t n)
{
    for (uint32_t i = 0; b->warnings && i + 1 < n; i++)
        for (uint32_t k = i + 1; k < n && memcmp(holder[k].code, holder[i].code, 4) == 0 &&
                                 holder[k].office == holder[i].office; k++)
            warn_of_terms(b, &holder[i], &holder[k]);
}

/* Names that two entities of a kind share, and names that are also nouns of the lexicon. */
static void warn_of_names(struct lexicon_builder *b)
{
    struct actor_builder *a = b->actors;
    for (uint32_t node = 0; node < a->names.n_nodes; node++)
        for (uint32_t i = a->names.first[node]; i; i = a->use[i - 1].next)
            for (uint32_t k = a->names.first[node]; k && k != i; k = a->use[k - 1].next) {
                const struct actor_use *x = &a->use[k - 1].use, *y = &a->use[i - 1].use;
                const struct actor_entity *e = &a->entity[x->entity], *f = &a->entity[y->entity];
                bool full = x->kind != USE_SURNAME && x->kind != USE_SHORT &&
                            !a->use[k - 1].dropped && !a->use[i - 1].dropped;
                if (full && x->from < y->to && y->from < x->to && x->kind == y->kind) {
                    struct slice name = lexicon_built_text(b, e->name);
                    lexicon_warn(b, y->line, "a name of %s '%.*s' too (%s)",
                                 entity_kind_name(e->kind), (int)name.n, name.p,
                                 entity_kind_name(f->kind));
                }
            }
}

/* Warn of the names that consist of this one word; acronyms and surnames are told apart by letters. */
static void warn_of_word(struct lexicon_builder *b, struct slice word)
{
    const struct actor_builder *a = b->actors;
    const struct words_builder *rows = &a->names.rows;
    uint64_t hash[2];
    if (rows->capacity == 0 || words_of(word, b->arena, hash, 2) != 1)
        return;
    struct words names = {rows->slot, rows->capacity - 1, a->names.n_nodes};
    uint32_t node = words_step(&names, 0, hash[0]);
    if (node == IMAGE_NONE || node >= a->names.n_nodes)
        return;
    for (uint32_t u = a->names.first[node]; u; u = a->use[u - 1].next) {
        const struct built_use *use = &a->use[u - 1];
        if (!use->dropped && use->use.kind != USE_SURNAME && !(use->use.flags & USE_ACRONYM))
            lexicon_warn(b, use->use.line, "the name '%.*s' is a common word as well: it is found "
                         "wherever that word has a capital", (int)word.n, word.p);
    }
}

/* The words of a record's value or fact that are lemmas: "accuse | call for" has one of one word. */
static void warn_of_words(struct lexicon_builder *b, struct map *seen, struct slice list)
{
    struct slice item;
    while (record_item(&list, &item))
        if (map_get(seen, item) == MAP_NONE) {
            if (!map_set(seen, item, 1))
                b->no_memory = true;
            warn_of_word(b, item);
        }
}

/* Names of one word that agents, classes and triggers of frames have as a lemma. */
static void warn_of_common_words(struct lexicon_builder *b)
{
    static const char *const triggers[] = {"verb", "noun", "adj"};
    struct map seen;
    map_init(&seen, b->arena);
    for (uint32_t i = 0; i < b->n_sources; i++) {
        const struct record *record = &b->source[i].record;
        bool class = slice_is(record->key, "class");
        if (slice_is(record->key, "agent") || slice_is(record->key, "office"))
            warn_of_words(b, &seen, record->value);
        for (uint32_t k = 0; k < record->n_facts; k++)
            if (class)
                warn_of_words(b, &seen, fact_text(&record->fact[k]));
            else if (slice_is(record->key, "frame"))
                for (size_t t = 0; t < sizeof triggers / sizeof *triggers; t++)
                    if (slice_is(record->fact[k].key, triggers[t]))
                        warn_of_words(b, &seen, record->fact[k].value);
    }
}

void actor_check_names(struct lexicon_builder *b)
{
    if (!b->warnings)
        return;
    warn_of_names(b);
    warn_of_common_words(b);
}
