/* SPDX-License-Identifier: MIT */
/*
 * lookup.c - what the lexicon knows of a name or a code, as text for people.
 *
 * Reads    the opened lexicon.
 * Leaves   lines in a buffer: an entity a block, its roles below, each with its source line.
 */
#include "lexicon/actor-lexicon.h"
#include "lexicon/gazetteer.h"
#include "lexicon/lexicon-parts.h"
#include "lexicon/ontology.h"

static void add_line_number(const struct lexicon *lexicon, uint32_t line, struct buf *out)
{
    char place[600];
    struct slice text = lexicon_line(lexicon, line, place, sizeof place);
    buf_printf(out, "  [%.*s]\n", (int)text.n, text.p);
}

static void add_span(int32_t from, int32_t to, struct buf *out)
{
    char text[DATE_TEXT];
    if (from == INT32_MIN && to == INT32_MAX)
        return;
    buf_add_char(out, ' ');
    if (from != INT32_MIN) {
        date_format(date_from_days(from), text);
        buf_add_text(out, text);
    }
    buf_add_text(out, "..");
    if (to != INT32_MAX) {
        date_format(date_from_days(to), text);
        buf_add_text(out, text);
    }
}

static void add_role(const struct lexicon *lexicon, const struct actor_role *role, bool now,
                     struct buf *out)
{
    buf_printf(out, "  %c %s", now ? '*' : ' ', role->code[0] ? role->code : "-");
    for (unsigned i = 0; i < ACTOR_SECTORS && role->sector[i][0]; i++)
        buf_printf(out, "%c%s", i ? '/' : ' ', role->sector[i]);
    if (role->office.n) {
        buf_add_char(out, ' ');
        buf_add(out, lexicon_slice(lexicon, role->office));
    }
    add_span(role->from, role->to, out);
    add_line_number(lexicon, role->line, out);
}

static void add_entity(const struct lexicon *lexicon, const struct actor_use *use, int32_t day,
                       struct buf *out)
{
    const struct actor_lexicon *actors = lexicon->actors;
    const struct actor_entity *entity = &actors->entity[use->entity];
    const struct actor_role *role = NULL;
    int known = actor_role_at(actors, use->entity, day, &role);
    buf_add(out, lexicon_slice(lexicon, entity->name));
    buf_printf(out, "  %s", entity_kind_name((enum entity_kind)entity->kind));
    if (use->kind != USE_NAME && use->kind != USE_NOUN)
        buf_printf(out, ", here as %s", use_kind_name((enum use_kind)use->kind));
    add_span(use->from, use->to, out);
    if (entity->wikidata.n) {
        buf_add_text(out, "  ");
        buf_add(out, lexicon_slice(lexicon, entity->wikidata));
    }
    if (known == 2 && entity->kind == ENTITY_PERSON)
        buf_add_text(out, "  (no office any more)");
    if (known == 3 && entity->kind == ENTITY_PERSON)
        buf_add_text(out, "  (no office yet)");
    add_line_number(lexicon, use->line, out);
    for (uint32_t i = 0; i < entity->n_roles; i++) {
        const struct actor_role *each = &actors->role[entity->first_role + i];
        add_role(lexicon, each, known == 1 && each == role, out);
    }
}

static uint32_t add_uses(const struct lexicon *lexicon, const struct words *words,
                         const struct actor_range *range_of, const uint64_t *word, uint32_t n,
                         bool reverse, int32_t day, struct buf *out)
{
    uint32_t node = 0;
    for (uint32_t i = 0; i < n && node != IMAGE_NONE; i++)
        node = words_step(words, node, word[reverse ? n - 1 - i : i]);
    if (node == IMAGE_NONE || n == 0)
        return 0;
    struct actor_range range = range_of[node];
    for (uint32_t i = range.first; i < range.first + range.n; i++)
        add_entity(lexicon, &lexicon->actors->use[i], day, out);
    return range.n;
}

uint32_t lexicon_who(const struct lexicon *lexicon, struct slice name, struct date date,
                     struct buf *out)
{
    const struct actor_lexicon *actors = lexicon->actors;
    struct arena scratch;
    uint64_t word[WORDS_ROW_MAX];
    arena_init(&scratch, 1 << 20);
    uint32_t n = words_of(name, &scratch, word, WORDS_ROW_MAX), found = 0;
    arena_deinit(&scratch);
    int32_t day = actor_day(date);
    if (n <= WORDS_ROW_MAX) {
        found = add_uses(lexicon, &actors->names, actors->name_uses, word, n, false, day, out);
        found += add_uses(lexicon, &actors->nouns, actors->noun_uses, word, n, true, day, out);
    }
    return found;
}

static void add_label(const struct lexicon *lexicon, const char *what, struct image_text name,
                      struct image_text label, uint32_t line, struct buf *out)
{
    buf_printf(out, "%s ", what);
    buf_add(out, lexicon_slice(lexicon, name));
    if (label.n) {
        buf_add_text(out, "  ");
        buf_add(out, lexicon_slice(lexicon, label));
    }
    add_line_number(lexicon, line, out);
}

static uint32_t add_type(const struct lexicon *lexicon, struct slice code, struct buf *out)
{
    const struct ontology_type *type = ontology_type(lexicon, code);
    if (!type)
        return 0;
    add_label(lexicon, "type", type->name, type->label, type->line, out);
    buf_printf(out, "    quad %u, score %g, CAMEO %.*s\n", type->quad, (double)type->score,
               (int)type->cameo.n, lexicon->bytes + type->cameo.offset);
    return 1;
}

static uint32_t add_cameo(const struct lexicon *lexicon, struct slice code, struct buf *out)
{
    const struct ontology_cameo *cameo = ontology_cameo(lexicon, code);
    if (!cameo)
        return 0;
    add_label(lexicon, "CAMEO", cameo->code, cameo->label, cameo->line, out);
    struct slice type = ontology_cameo_type(lexicon, cameo);
    buf_printf(out, "    Goldstein %g, type %.*s\n", (double)cameo->goldstein,
               type.n ? (int)type.n : 4, type.n ? type.p : "none");
    return 1;
}

uint32_t lexicon_code(const struct lexicon *lexicon, struct slice code, struct buf *out)
{
    uint32_t found = add_type(lexicon, code, out) + add_cameo(lexicon, code, out);
    const struct ontology_label *sector = ontology_sector(lexicon, code);
    const struct ontology_label *label = ontology_code(lexicon, code);
    if (sector)
        add_label(lexicon, "sector", sector->name, sector->label, sector->line, out);
    if (label)
        add_label(lexicon, "code", label->name, label->label, label->line, out);
    found += (sector != NULL) + (label != NULL);
    char state_code[4] = "";
    if (code.n == 3)
        memcpy(state_code, code.p, 3);
    uint32_t state = code.n == 3 ? actor_state(lexicon->actors, state_code) : IMAGE_NONE;
    if (state != IMAGE_NONE) {
        const struct actor_entity *entity = &lexicon->actors->entity[state];
        add_label(lexicon, "state", entity->name, entity->wikidata, entity->line, out);
        found++;
    }
    return found;
}

/* ---- places ---- */

#define WHERE_MAX 64      /* places of one name that are shown */
#define NEAR_MAX 24
#define NEAR_WEIGHT 5.0f  /* as for countries named in the sentence (events/resolve.c) */

uint32_t lexicon_where(const struct lexicon *lexicon, struct slice name, struct slice near,
                       struct arena *scratch, struct buf *out)
{
    static const char *const kinds[GAZETTEER_KINDS] = {"state", "region", "city"};
    struct gazetteer_hint hint[NEAR_MAX];
    uint32_t n_hints = 0, all[WHERE_MAX];
    struct slice code;
    while (n_hints < NEAR_MAX && near.n) {
        slice_cut(&near, ',', &code);
        if (code.n != 3)
            continue;
        hint[n_hints] = (struct gazetteer_hint){.weight = NEAR_WEIGHT};
        memcpy(hint[n_hints++].country, code.p, 3);
    }
    uint32_t n = gazetteer_all(lexicon, name, scratch, all, WHERE_MAX);
    uint32_t taken = gazetteer_find(lexicon, name, false, hint, n_hints, scratch);
    for (uint32_t i = 0; i < n && i < WHERE_MAX; i++) {
        const struct gazetteer_place *place = gazetteer_place(lexicon, all[i]);
        struct slice text = lexicon_slice(lexicon, place->name);
        const char *country = *place->country ? place->country : "-";
        buf_printf(out, "%c %s %s %.*s  %.3f %.3f  population %u  geonameid %u\n",
                   all[i] == taken ? '*' : ' ', country, kinds[place->kind], (int)text.n, text.p,
                   (double)place->lat, (double)place->lon, place->population, place->geonameid);
    }
    return n;
}
