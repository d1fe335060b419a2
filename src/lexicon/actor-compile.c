/* SPDX-License-Identifier: MIT */
/*
 * actor-compile.c - compile states, places, organizations, people and agent nouns.
 *
 * Reads    records `state`, `place`, `org`, `group`, `person`, `agent`, `office`, `title`, `prefix`
 *          (docs/lexicon.md).
 * Leaves   the sections that actor-lexicon.c opens.
 * Method   Uses hang on their node in a list while records come in, and are laid out node by node
 *          at the end. Offices in roles are looked up as nouns when all records are known.
 */
#include "lexicon/actor-compile.h"
#include "lexicon/layers.h"

#include "core/utf8.h"

#include <stdlib.h>

static const char *const fact_keys[] = {"name",  "people", "capital", "city",     "seat",
                                        "region", "short",  "gender",  "wikidata", "born", "died",
                                        "holders", "source", NULL};

bool actors_start(struct lexicon_builder *b)
{
    struct actor_builder *a = b->actors = arena_new(b->arena, struct actor_builder);
    if (!a)
        return false;
    a->b = b;
    words_builder_init(&a->names.rows, b->arena);
    words_builder_init(&a->nouns.rows, b->arena);
    map_init(&a->codes, b->arena);
    return true;
}

/* ---- uses ---- */

static bool reach_node(struct lexicon_builder *b, struct built_tree *tree, uint32_t node)
{
    while (tree->n_nodes <= node) {
        uint32_t n = tree->n_nodes;
        uint32_t *first = ARENA_PUSH(b->arena, tree->first, n, tree->room_first);
        uint32_t *last = ARENA_PUSH(b->arena, tree->last, tree->n_nodes, tree->room_last);
        if (!first || !last) {
            b->no_memory = true;
            return false;
        }
    }
    return true;
}

static uint32_t letters_flags(struct slice name)
{
    uint32_t code, n_upper = 0, n_lower = 0, flags = 0;
    bool first = true;
    for (const char *p = name.p, *end = name.p + name.n; p < end;) {
        p += utf8_decode(p, end, &code);
        if (utf8_is_upper(code))
            n_upper++;
        else if (utf8_is_letter(code)) {
            n_lower++;
            if (first)
                flags |= USE_SMALL;
        }
        first = false;
    }
    if (n_lower == 0 && n_upper > 1)
        flags |= USE_ACRONYM;
    return flags;
}

static struct slice without_article(struct slice name)
{
    if (name.n > 4 && (slice_starts(name, "the ") || slice_starts(name, "The ")))
        return slice_trim(slice_make(name.p + 4, name.n - 4));
    return name;
}

/* Hang the use on the row of the name's words; `reverse` for nouns. */
static void add_use(struct lexicon_builder *b, struct built_tree *tree, bool reverse,
                    struct slice name, struct actor_use use)
{
    struct actor_builder *a = b->actors;
    uint64_t word[WORDS_ROW_MAX];
    uint32_t n = words_of(name, b->arena, word, WORDS_ROW_MAX);
    if (n == 0 || n > WORDS_ROW_MAX) {
        lexicon_complain(b, use.line, "'%.*s' has %u words; 1 to %d are wanted", (int)name.n,
                         name.p, n, WORDS_ROW_MAX);
        return;
    }
    for (uint32_t i = 0; reverse && i < n / 2; i++) {
        uint64_t swap = word[i];
        word[i] = word[n - 1 - i];
        word[n - 1 - i] = swap;
    }
    uint32_t node = words_add(&tree->rows, word, n);
    struct built_use *built = ARENA_PUSH(b->arena, a->use, a->n_uses, a->room_uses);
    if (node == IMAGE_NONE || !built || !reach_node(b, tree, node)) {
        b->no_memory = true;
        return;
    }
    *built = (struct built_use){use, node, 0, false};
    for (uint32_t i = tree->first[node]; i; i = a->use[i - 1].next) {
        const struct actor_use *other = &a->use[i - 1].use;
        if (other->entity == use.entity && other->kind == use.kind && other->from == use.from) {
            a->n_uses--; /* "U.S." and "US" are one row */
            if (other->flags != use.flags)
                a->use[i - 1].use.flags &= use.flags;
            return;
        }
    }
    if (tree->last[node])
        a->use[tree->last[node] - 1].next = a->n_uses;
    else
        tree->first[node] = a->n_uses;
    tree->last[node] = a->n_uses;
}

static void add_name(struct lexicon_builder *b, struct slice name, enum use_kind kind,
                     uint32_t entity, int32_t from, int32_t to, uint32_t line)
{
    name = without_article(name);
    struct actor_use use = {entity, (uint16_t)kind, (uint16_t)letters_flags(name), from, to, line};
    if (kind == USE_NOUN)
        add_use(b, &b->actors->nouns, true, name, use);
    else
        add_use(b, &b->actors->names, false, name, use);
}

static bool is_suffix(struct slice word)
{
    static const char *const suffix[] = {"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"};
    for (size_t i = 0; i < sizeof suffix / sizeof *suffix; i++)
        if (slice_is(word, suffix[i]))
            return true;
    return false;
}

/* The last word of a person's name of several; "al-Assad" also without what stands before '-'. */
static void add_surname(struct lexicon_builder *b, struct slice name, uint32_t entity,
                        uint32_t line)
{
    struct slice rest = name, word, last = {0};
    uint64_t letters;
    uint32_t n = 0;
    while (slice_word(&rest, &word))
        if (!is_suffix(word)) {
            last = word;
            n++;
        }
    if (n < 2 || words_of(last, b->arena, &letters, 1) == 0)
        return;
    add_name(b, last, USE_SURNAME, entity, INT32_MIN, INT32_MAX, line);
    const char *dash = memchr(last.p, '-', last.n);
    if (dash && last.p[0] >= 'a' && last.p[0] <= 'z') {
        struct slice bare = slice_make(dash + 1, last.n - (size_t)(dash + 1 - last.p));
        if (words_of(bare, b->arena, &letters, 1))
            add_name(b, bare, USE_SURNAME, entity, INT32_MIN, INT32_MAX, line);
    }
}

/* ---- facts ---- */

/* The days of a span at the end of *value, which is cut off. */
static void take_span(struct lexicon_builder *b, struct slice *value, uint32_t line, int32_t *from,
                      int32_t *to)
{
    struct date a = {0}, z = {0};
    *from = INT32_MIN;
    *to = INT32_MAX;
    int rc = record_span(value, &a, &z);
    if (rc < 0)
        lexicon_complain(b, line,
                         "'%.*s' ends in no possible span; wanted FROM..TO with dates like "
                         "2004, 2004-03 or 2004-03-09, the first not after the second",
                         (int)value->n, value->p);
    if (rc != 1)
        return;
    if (!date_is_none(a))
        *from = date_first_day(a);
    if (!date_is_none(z)) /* a year counts whole; a month or day no longer holds */
        *to = z.month ? date_first_day(z) : date_last_day(z) + 1;
}

static void take_names(struct lexicon_builder *b, const struct fact *fact, enum use_kind kind,
                       uint32_t entity)
{
    struct slice list = fact->value, item;
    int32_t from, to;
    take_span(b, &list, fact->line, &from, &to);
    if (kind == USE_NAME && b->actors->entity[entity].kind >= ENTITY_AGENT)
        kind = USE_NOUN;
    if (slice_trim(list).n == 0)
        lexicon_complain(b, fact->line, "'%.*s' needs a name behind it", (int)fact->key.n,
                         fact->key.p);
    while (record_item(&list, &item)) {
        add_name(b, item, kind, entity, from, to, fact->line);
        if (kind == USE_NAME && b->actors->entity[entity].kind == ENTITY_PERSON)
            add_surname(b, item, entity, fact->line);
    }
}

static bool is_code(struct slice word)
{
    bool fine = word.n == 3;
    for (size_t i = 0; i < word.n && fine; i++)
        fine = word.p[i] >= 'A' && word.p[i] <= 'Z';
    return fine;
}

/* "GOV", "ELI/MIL" or "-". */
static bool is_sectors(struct slice word)
{
    if (slice_is(word, "-"))
        return true;
    struct slice sector;
    bool any = false;
    while (slice_cut(&word, '/', &sector)) {
        if (!is_code(sector))
            return false;
        any = true;
    }
    return any;
}

static void take_sectors(struct lexicon_builder *b, struct slice word, uint32_t line,
                         struct actor_role *role)
{
    struct slice sector;
    unsigned n = 0;
    if (slice_is(word, "-"))
        return;
    while (slice_cut(&word, '/', &sector)) {
        if (n < ACTOR_SECTORS)
            memcpy(role->sector[n++], sector.p, 3);
        else
            lexicon_complain(b, line, "more than %d sectors", ACTOR_SECTORS);
    }
}

static struct actor_role *push_role(struct lexicon_builder *b, uint32_t entity, uint32_t line)
{
    struct actor_builder *a = b->actors;
    struct actor_role *role = ARENA_PUSH(b->arena, a->role, a->n_roles, a->room_roles);
    if (!role) {
        b->no_memory = true;
        return NULL;
    }
    *role = (struct actor_role){.from = INT32_MIN, .to = INT32_MAX, .line = line,
                                .office_entity = IMAGE_NONE};
    a->entity[entity].n_roles++;
    return role;
}

/* "RUS GOV foreign minister 2004-03..", "UKR ..2014-03", and for nouns "GOV" or "VAT REL". */
static bool take_role(struct lexicon_builder *b, const struct fact *fact, uint32_t entity)
{
    bool noun = b->actors->entity[entity].kind >= ENTITY_AGENT;
    struct slice text = fact_text(fact), rest, code, sectors = {0};
    bool none = slice_is(fact->key, "-");
    if (!is_code(fact->key) && !none && !(noun && is_sectors(fact->key)))
        return false;
    struct actor_role *role = push_role(b, entity, fact->line);
    if (!role)
        return true;
    take_span(b, &text, fact->line, &role->from, &role->to);
    rest = text;
    slice_word(&rest, &code);
    bool has_second = slice_word(&rest, &sectors);
    if (noun && !has_second) {
        take_sectors(b, code, fact->line, role);
        return true;
    }
    if (!none)
        memcpy(role->code, code.p, code.n < 3 ? code.n : 3);
    if (!has_second)
        return true;
    if (is_sectors(sectors))
        take_sectors(b, sectors, fact->line, role);
    else
        lexicon_complain(b, fact->line,
                         "'%.*s' is no sector; wanted CODE SECTOR[/SECTOR] OFFICE SPAN",
                         (int)sectors.n, sectors.p);
    rest = slice_trim(rest);
    role->office = lexicon_text(b, rest);
    return true;
}

/* "born 1950-03-21" */
static void take_day(struct lexicon_builder *b, const struct fact *fact, struct date *out)
{
    if (!date_parse(fact->value, out))
        lexicon_complain(b, fact->line, "'%.*s' is no date; wanted YYYY, YYYY-MM or YYYY-MM-DD",
                         (int)fact->value.n, fact->value.p);
}

/* Facts that only the check looks at. */
static bool take_check_fact(struct lexicon_builder *b, const struct fact *fact, uint32_t entity)
{
    struct built_facts *facts = &b->actors->facts[entity];
    if (slice_is(fact->key, "born"))
        take_day(b, fact, &facts->born);
    else if (slice_is(fact->key, "died"))
        take_day(b, fact, &facts->died);
    else if (slice_is(fact->key, "holders")) {
        facts->several = slice_is(fact->value, "several");
        if (!facts->several)
            lexicon_complain(b, fact->line, "wanted: holders several");
    } else
        return slice_is(fact->key, "source"); /* for readers */
    return true;
}

static void take_fact(struct lexicon_builder *b, const struct record *record,
                      const struct fact *fact, uint32_t entity)
{
    static const struct {
        const char *key;
        enum use_kind kind;
    } uses[] = {{"name", USE_NAME},     {"people", USE_PEOPLE}, {"capital", USE_CAPITAL},
                {"city", USE_CITY},     {"seat", USE_SEAT},     {"region", USE_REGION},
                {"short", USE_SHORT}};
    struct actor_entity *e = &b->actors->entity[entity];
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++)
        if (slice_is(fact->key, uses[i].key)) {
            take_names(b, fact, uses[i].kind, entity);
            return;
        }
    if (slice_is(fact->key, "wikidata"))
        e->wikidata = lexicon_text(b, fact->value);
    else if (slice_is(fact->key, "gender")) {
        if (fact->value.n == 1 && strchr("mfn", fact->value.p[0]))
            e->gender = (uint32_t)fact->value.p[0];
        else
            lexicon_complain(b, fact->line, "gender is m, f or n (no person), not '%.*s'",
                             (int)fact->value.n, fact->value.p);
    } else if (!take_check_fact(b, fact, entity) && !take_role(b, fact, entity)) {
        char hint[64];
        lexicon_complain(b, fact->line, "'%.*s' has no fact '%.*s'%s", (int)record->key.n,
                         record->key.p, (int)fact->key.n, fact->key.p,
                         lexicon_hint(fact->key, fact_keys, hint));
    }
}

/* ---- records ---- */

/* "state NIC Nicaragua": the code goes to the map and to a role that always holds. */
static void take_state(struct lexicon_builder *b, const struct record *record, struct slice *names,
                       uint32_t entity)
{
    struct slice code = {0};
    slice_word(names, &code);
    *names = slice_trim(*names);
    if (!is_code(code) || names->n == 0) {
        lexicon_complain(b, record->line, "wanted: state CODE NAME, the code with three capitals");
        return;
    }
    if (map_get(&b->actors->codes, code) != MAP_NONE)
        lexicon_complain(b, record->line, "state %.*s stands twice", 3, code.p);
    else if (!map_set(&b->actors->codes, code, entity))
        b->no_memory = true;
    struct actor_role *role = push_role(b, entity, record->line);
    if (role)
        memcpy(role->code, code.p, 3);
}

static void take_header_names(struct lexicon_builder *b, const struct record *record,
                              struct slice names, uint32_t entity)
{
    struct actor_entity *e = &b->actors->entity[entity];
    enum use_kind kind = e->kind >= ENTITY_AGENT   ? USE_NOUN
                         : e->kind == ENTITY_PLACE ? USE_REGION
                                                   : USE_NAME;
    struct slice item;
    bool first = true;
    while (record_item(&names, &item)) {
        if (first)
            e->name = lexicon_text(b, item);
        first = false;
        add_name(b, item, kind, entity, INT32_MIN, INT32_MAX, record->line);
        if (e->kind == ENTITY_PERSON)
            add_surname(b, item, entity, record->line);
    }
    if (first)
        lexicon_complain(b, record->line, "'%.*s' needs a name behind it", (int)record->key.n,
                         record->key.p);
}

bool actors_take_record(struct lexicon_builder *b, const struct record *record)
{
    struct actor_builder *a = b->actors;
    uint32_t kind = 0;
    while (kind < ENTITY_KINDS && !slice_is(record->key, entity_kind_name(kind)))
        kind++;
    if (kind == ENTITY_KINDS)
        return false;
    struct actor_entity *e = ARENA_PUSH(b->arena, a->entity, a->n_entities, a->room_entities);
    struct built_facts *facts = ARENA_PUSH(b->arena, a->facts, a->n_facts, a->room_facts);
    if (!e || !facts) {
        b->no_memory = true;
        return true;
    }
    uint32_t entity = a->n_entities - 1;
    *e = (struct actor_entity){.kind = kind, .first_role = a->n_roles, .line = record->line};
    struct slice names = record->value;
    if (kind == ENTITY_STATE)
        take_state(b, record, &names, entity);
    take_header_names(b, record, names, entity);
    for (uint32_t i = 0; i < record->n_facts; i++)
        take_fact(b, record, &record->fact[i], entity);
    actor_check_life(b, record, entity);
    e = &a->entity[entity];
    if (e->n_roles == 0)
        lexicon_complain(b, record->line, "'%.*s %.*s' has no line that says its code or sector",
                         (int)record->key.n, record->key.p, (int)record->value.n, record->value.p);
    return true;
}

/* ---- finishing ---- */

/*
 * The office that a role's words name: the longest row of nouns at their end ("deputy" is a word of
 * it).
 */
static uint32_t office_of(const struct lexicon_builder *b, struct slice office)
{
    const struct actor_builder *a = b->actors;
    uint64_t word[WORDS_ROW_MAX];
    uint32_t n = words_of(office, b->arena, word, WORDS_ROW_MAX), node = 0, found = IMAGE_NONE;
    if (n > WORDS_ROW_MAX || a->nouns.rows.capacity == 0)
        return IMAGE_NONE;
    struct words nouns = {a->nouns.rows.slot, a->nouns.rows.capacity - 1, a->nouns.n_nodes};
    for (uint32_t i = n; i-- > 0 && node != IMAGE_NONE;)
        node = words_step(&nouns, node, word[i]);
    if (n && node != IMAGE_NONE && node < a->nouns.n_nodes)
        for (uint32_t i = a->nouns.first[node]; i; i = a->use[i - 1].next)
            if (a->entity[a->use[i - 1].use.entity].kind == ENTITY_OFFICE)
                found = a->use[i - 1].use.entity;
    return found;
}

static int compare_holders(const void *left, const void *right)
{
    const struct actor_holder *a = left, *z = right;
    int order = memcmp(a->code, z->code, 4);
    if (order)
        return order;
    if (a->office != z->office)
        return a->office < z->office ? -1 : 1;
    return a->role < z->role ? -1 : a->role > z->role;
}

static void finish_holders(struct lexicon_builder *b)
{
    struct actor_builder *a = b->actors;
    struct actor_holder *holder = arena_array(b->arena, a->n_roles, struct actor_holder);
    uint32_t n = 0;
    if (!holder) {
        b->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < a->n_entities; i++)
        for (uint32_t k = 0; k < a->entity[i].n_roles; k++) {
            uint32_t r = a->entity[i].first_role + k;
            struct actor_role *role = &a->role[r];
            role->office_entity = office_of(b, lexicon_built_text(b, role->office));
            if (a->entity[i].kind != ENTITY_PERSON || role->office_entity == IMAGE_NONE)
                continue;
            memcpy(holder[n].code, role->code, 4);
            holder[n].office = role->office_entity;
            holder[n].person = i;
            holder[n++].role = r;
        }
    qsort(holder, n, sizeof *holder, compare_holders);
    actor_check_terms(b, holder, n);
    lexicon_section(b, "a.holder", holder, n, sizeof *holder);
}

/* Lay the uses of a tree's nodes out one after the other; returns the next free place. */
static uint32_t lay_out(struct lexicon_builder *b, struct built_tree *tree, const char *rows,
                        const char *ranges, struct actor_use *out, uint32_t at)
{
    struct actor_builder *a = b->actors;
    if (!words_builder_finish(&tree->rows) || !reach_node(b, tree, tree->rows.n))
        return at;
    struct actor_range *range = arena_array(b->arena, tree->n_nodes, struct actor_range);
    if (!range) {
        b->no_memory = true;
        return at;
    }
    for (uint32_t node = 0; node < tree->n_nodes; node++) {
        range[node].first = at;
        for (uint32_t i = tree->first[node]; i; i = a->use[i - 1].next)
            if (!a->use[i - 1].dropped)
                out[at++] = a->use[i - 1].use;
        range[node].n = at - range[node].first;
    }
    lexicon_section_words(b, rows, &tree->rows);
    lexicon_section(b, ranges, range, tree->n_nodes, sizeof *range);
    return at;
}

static void finish_codes(struct lexicon_builder *b)
{
    struct map *codes = &b->actors->codes;
    struct image_text *key = arena_array(b->arena, codes->n, struct image_text);
    uint32_t *value = arena_array(b->arena, codes->n, uint32_t), n = 0;
    if (!key || !value) {
        b->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < codes->capacity; i++)
        if (codes->entry[i].key.p) {
            key[n] = lexicon_text(b, codes->entry[i].key);
            value[n++] = codes->entry[i].value;
        }
    lexicon_section_map(b, "a.codes", key, value, n);
}

/* Do the two have a role in common, code and main sector? */
static bool roles_agree(const struct actor_builder *a, uint32_t x, uint32_t y)
{
    const struct actor_entity *e = &a->entity[x], *f = &a->entity[y];
    for (uint32_t i = 0; i < e->n_roles; i++)
        for (uint32_t k = 0; k < f->n_roles; k++) {
            const struct actor_role *p = &a->role[e->first_role + i];
            const struct actor_role *q = &a->role[f->first_role + k];
            if (memcmp(p->code, q->code, 4) == 0 && memcmp(p->sector[0], q->sector[0], 4) == 0)
                return true;
        }
    return false;
}

/*
 * Two layers give one name, `high` the later one. Its name counts; but what another coder's
 * dictionary says as the lexicon does is left to the lexicon, which knows more (offices, kinds). A
 * surname never takes or loses a name: whose it is, is for the text to decide.
 */
static void settle_pair(struct lexicon_builder *b, struct built_use *low, struct built_use *high)
{
    bool foreign = layers_foreign_line(b, high->use.line);
    if (low->use.from >= high->use.to || high->use.from >= low->use.to)
        return;
    if (foreign && (low->use.entity == high->use.entity ||
                    roles_agree(b->actors, low->use.entity, high->use.entity))) {
        b->n_known += high->use.kind != USE_SURNAME;
        high->dropped = true;
    } else if (low->use.entity != high->use.entity && low->use.kind != USE_SURNAME &&
               high->use.kind != USE_SURNAME)
        low->dropped = true;
}

static void settle_names(struct lexicon_builder *b, const struct built_tree *tree)
{
    struct actor_builder *a = b->actors;
    if (b->n_files == 0 || b->file[b->n_files - 1].layer == 0)
        return;
    for (uint32_t node = 0; node < tree->n_nodes; node++)
        for (uint32_t i = tree->first[node]; i; i = a->use[i - 1].next) {
            struct built_use *high = &a->use[i - 1];
            uint32_t layer = layers_of_line(b, high->use.line);
            for (uint32_t k = layer ? tree->first[node] : 0; k && !high->dropped;
                 k = a->use[k - 1].next) {
                struct built_use *low = &a->use[k - 1];
                if (!low->dropped && layers_of_line(b, low->use.line) < layer)
                    settle_pair(b, low, high);
            }
        }
}

void actors_finish(struct lexicon_builder *b)
{
    struct actor_builder *a = b->actors;
    actor_check_roles(b);
    settle_names(b, &a->names);
    settle_names(b, &a->nouns);
    finish_holders(b);
    actor_check_names(b);
    struct actor_use *use = arena_array(b->arena, a->n_uses, struct actor_use);
    if (!use) {
        b->no_memory = true;
        return;
    }
    uint32_t n = lay_out(b, &a->names, "a.names", "a.nameuses", use, 0);
    n = lay_out(b, &a->nouns, "a.nouns", "a.nounuses", use, n);
    lexicon_section(b, "a.use", use, n, sizeof *use);
    lexicon_section(b, "a.entity", a->entity, a->n_entities, sizeof *a->entity);
    lexicon_section(b, "a.role", a->role, a->n_roles, sizeof *a->role);
    finish_codes(b);
}
