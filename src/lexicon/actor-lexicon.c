/* SPDX-License-Identifier: MIT */
/*
 * actor-lexicon.c - open and ask the compiled names, roles and agents (actor-lexicon.h).
 *
 * Reads    sections a.entity, a.role, a.use, a.holder, a.names, a.nameuses, a.nouns, a.nounuses,
 *          a.codes, made by actor-compile.c.
 * Leaves   lexicon->actors. Every number in them is checked here once; nothing is copied.
 */
#include "lexicon/actor-lexicon.h"

#include "lexicon/lexicon-parts.h"

const char *entity_kind_name(enum entity_kind kind)
{
    static const char *const name[] = {/* ORDER ENTITY */
        "state", "place", "org", "group", "person", "agent", "office", "title", "prefix"};
    return kind < ENTITY_KINDS ? name[kind] : "";
}

const char *use_kind_name(enum use_kind kind)
{
    static const char *const name[] = {/* ORDER USE */
        "name", "people", "capital", "seat", "city", "region", "short", "surname", "noun"};
    return kind < USE_KINDS ? name[kind] : "";
}

/* ---- opening ---- */

/* Codes are stored as text of at most three capitals with a NUL. */
static bool code_ok(const char code[static 4])
{
    return code[3] == '\0';
}

static bool range_ok(uint32_t first, uint32_t n, uint32_t all)
{
    return first <= all && n <= all - first;
}

/* Days of the years 1 to 9999, or open. */
static bool days_ok(int32_t from, int32_t to)
{
    return (from == INT32_MIN || (from >= -719162 && from <= 2932896)) &&
           (to == INT32_MAX || (to >= -719162 && to <= 2932897));
}

static int check_roles(const struct lexicon *lexicon, const struct actor_lexicon *a,
                       struct dm_error *err)
{
    for (uint32_t i = 0; i < a->n_roles; i++) {
        const struct actor_role *role = &a->role[i];
        bool fine = code_ok(role->code) && lexicon_text_ok(lexicon, role->office) &&
                    days_ok(role->from, role->to) &&
                    (role->office_entity == IMAGE_NONE || role->office_entity < a->n_entities);
        for (unsigned k = 0; k < ACTOR_SECTORS; k++)
            fine = fine && code_ok(role->sector[k]);
        if (!fine)
            return lexicon_bad("a.role", err);
    }
    for (uint32_t i = 0; i < a->n_holders; i++)
        if (!code_ok(a->holder[i].code) || a->holder[i].office >= a->n_entities ||
            a->holder[i].person >= a->n_entities || a->holder[i].role >= a->n_roles)
            return lexicon_bad("a.holder", err);
    return 0;
}

static int check_content(const struct lexicon *lexicon, const struct actor_lexicon *a,
                         struct dm_error *err)
{
    for (uint32_t i = 0; i < a->n_entities; i++) {
        const struct actor_entity *entity = &a->entity[i];
        if (!lexicon_text_ok(lexicon, entity->name) ||
            !lexicon_text_ok(lexicon, entity->wikidata) || entity->kind >= ENTITY_KINDS ||
            !range_ok(entity->first_role, entity->n_roles, a->n_roles))
            return lexicon_bad("a.entity", err);
    }
    for (uint32_t i = 0; i < a->n_uses; i++)
        if (a->use[i].entity >= a->n_entities || a->use[i].kind >= USE_KINDS ||
            !days_ok(a->use[i].from, a->use[i].to))
            return lexicon_bad("a.use", err);
    for (uint32_t i = 0; i < a->names.n_nodes; i++)
        if (!range_ok(a->name_uses[i].first, a->name_uses[i].n, a->n_uses))
            return lexicon_bad("a.nameuses", err);
    for (uint32_t i = 0; i < a->nouns.n_nodes; i++)
        if (!range_ok(a->noun_uses[i].first, a->noun_uses[i].n, a->n_uses))
            return lexicon_bad("a.nounuses", err);
    return check_roles(lexicon, a, err);
}

int actors_open(struct lexicon *lexicon, struct dm_error *err)
{
    struct actor_lexicon *a = arena_new(&lexicon->arena, struct actor_lexicon);
    if (!a)
        return dm_fail(err, DM_ENOMEM, "lexicon: out of memory");
    uint32_t n_names, n_nouns;
    const struct lexicon_section_at section[] = {
        {"a.entity", sizeof *a->entity, &a->entity, &a->n_entities},
        {"a.role", sizeof *a->role, &a->role, &a->n_roles},
        {"a.use", sizeof *a->use, &a->use, &a->n_uses},
        {"a.holder", sizeof *a->holder, &a->holder, &a->n_holders},
        {"a.nameuses", sizeof *a->name_uses, &a->name_uses, &n_names},
        {"a.nounuses", sizeof *a->noun_uses, &a->noun_uses, &n_nouns},
    };
    int rc = lexicon_sections(lexicon, section, sizeof section / sizeof *section, err);
    if (rc == 0)
        rc = words_open(&lexicon->image, "a.names", n_names, &a->names, err);
    if (rc == 0)
        rc = words_open(&lexicon->image, "a.nouns", n_nouns, &a->nouns, err);
    if (rc == 0)
        rc = image_map_open(&lexicon->image, "a.codes", lexicon->bytes, lexicon->n_bytes, &a->codes,
                            err);
    if (rc == 0)
        rc = check_content(lexicon, a, err);
    if (rc == 0)
        lexicon->actors = a;
    return rc;
}

/* ---- asking ---- */

const struct actor_lexicon *actor_lexicon(const struct lexicon *lexicon)
{
    return lexicon->actors;
}

int32_t actor_day(struct date date)
{
    if (date_is_none(date))
        return ACTOR_NO_DAY;
    int32_t first = date_first_day(date), last = date_last_day(date);
    return first + (last - first) / 2;
}

int actor_role_at(const struct actor_lexicon *actors, uint32_t entity, int32_t day,
                  const struct actor_role **out)
{
    const struct actor_entity *e = &actors->entity[entity];
    const struct actor_role *role = &actors->role[e->first_role], *before = NULL, *latest = NULL;
    if (e->n_roles == 0)
        return 0;
    for (uint32_t i = 0; i < e->n_roles; i++) {
        if (actor_holds(role[i].from, role[i].to, day)) {
            *out = &role[i];
            return 1;
        }
        if (role[i].to <= day && (!before || role[i].to > before->to))
            before = &role[i];
        if (!latest || role[i].to > latest->to)
            latest = &role[i];
    }
    *out = day == ACTOR_NO_DAY ? latest : before ? before : &role[0];
    return day == ACTOR_NO_DAY ? 1 : before ? 2 : 3;
}

uint32_t actor_holder_at(const struct actor_lexicon *actors, const char code[static 4],
                         uint32_t office, int32_t day)
{
    uint32_t low = 0, high = actors->n_holders, found = IMAGE_NONE;
    while (low < high) { /* the first holder that is not before (code, office) */
        uint32_t middle = low + (high - low) / 2;
        const struct actor_holder *holder = &actors->holder[middle];
        int order = memcmp(holder->code, code, 4);
        if (order < 0 || (order == 0 && holder->office < office))
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < actors->n_holders; low++) {
        const struct actor_holder *holder = &actors->holder[low];
        if (memcmp(holder->code, code, 4) != 0 || holder->office != office)
            break;
        const struct actor_role *role = &actors->role[holder->role];
        if (actor_holds(role->from, role->to, day))
            found = holder->person; /* the last who came to it */
    }
    return found;
}

uint32_t actor_state(const struct actor_lexicon *actors, const char code[static 4])
{
    uint32_t entity = image_map_get(&actors->codes, slice_of(code));
    return entity < actors->n_entities ? entity : IMAGE_NONE;
}
