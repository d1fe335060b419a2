/* SPDX-License-Identifier: MIT */
/*
 * scene.c - the states that an article is about.
 *
 * Reads    names of all sentences, the title.
 * Leaves   work->scene: the codes of the states named, or whose bodies and persons are named by a
 *          name that only they bear, and how often.
 * Why      What a name means that several bear ("Lee", 'the Labour Party', "Congress") is decided
 *          by the states that are named around it (names_settle).
 */
#include "actors/work.h"

#define TITLE_WORDS 48

static const float scene_title_weight = 1.5f; /* a state in the title counts so much more */
static const float scene_body = 0.5f;  /* a body or person of a state so much less */

static void add(struct scene *scene, const char code[4], float weight)
{
    uint32_t k = 0;
    while (k < scene->n && !code_eq(scene->code[k], code))
        k++;
    if (k == SCENE_MAX)
        return;
    if (k == scene->n) {
        memcpy(scene->code[k], code, 4);
        scene->weight[k] = 0;
        scene->n++;
    }
    scene->weight[k] += weight;
}

static void add_use(struct work *work, const struct actor_use *use, float weight)
{
    const struct actor_lexicon *actors = work->actors;
    uint32_t kind = actors->entity[use->entity].kind;
    const struct actor_role *role;
    int known = actor_role_at(actors, use->entity, work->day, &role);
    if (!known || actor_state(actors, role->code) == IMAGE_NONE)
        return;
    if (use->kind == USE_SURNAME || use->kind == USE_SHORT)
        return;
    add(&work->scene, role->code, kind > ENTITY_PLACE ? weight * scene_body : weight);
}

/* A surname speaks for its state when all in office who bear it are of that state: "Trump". */
static void add_surname(struct work *work, uint32_t node)
{
    const struct actor_lexicon *actors = work->actors;
    struct actor_range range = actors->name_uses[node];
    const struct actor_role *role, *found = NULL;
    for (uint32_t i = range.first; i < range.first + range.n; i++) {
        uint32_t kind = actors->use[i].kind;
        if ((kind != USE_SURNAME && kind != USE_SHORT) ||
            actor_role_at(actors, actors->use[i].entity, work->day, &role) != 1 ||
            role->office_entity == IMAGE_NONE)
            continue;
        if (found && !code_eq(found->code, role->code))
            return;
        found = role;
    }
    if (found && actor_state(actors, found->code) != IMAGE_NONE)
        add(&work->scene, found->code, scene_body);
}

/* The longest name that begins with the i-th word: its node, and where it ends. */
static uint32_t title_name(const struct work *work, const uint64_t *word, uint32_t n, uint32_t i,
                           uint32_t *end)
{
    uint32_t node = 0, found = IMAGE_NONE;
    for (uint32_t k = i; k < n; k++) {
        node = words_step(&work->actors->names, node, word[k]);
        if (node == IMAGE_NONE)
            break;
        if (work->actors->name_uses[node].n) {
            found = node;
            *end = k + 1;
        }
    }
    return found;
}

void scene_title(const struct work *work, void *self,
                 void (*take)(void *self, const struct actor_use *use))
{
    uint64_t word[TITLE_WORDS];
    uint32_t n = words_of(work->article->title, work->scratch, word, TITLE_WORDS);
    if (n > TITLE_WORDS)
        n = TITLE_WORDS;
    for (uint32_t i = 0; i < n;) {
        uint32_t end = i + 1, node = title_name(work, word, n, i, &end);
        struct actor_range uses = {0, 0};
        if (node != IMAGE_NONE)
            uses = work->actors->name_uses[node];
        for (uint32_t u = uses.first; u < uses.first + uses.n; u++)
            if (!(work->actors->use[u].flags & USE_ACRONYM) && !names_shared_place(work, node))
                take(self, &work->actors->use[u]);
        i = end;
    }
}

static void add_from_title(void *self, const struct actor_use *use)
{
    struct work *work = self;
    if (work->actors->entity[use->entity].kind <= ENTITY_PLACE)
        add_use(work, use, scene_title_weight);
}

void scene_read(struct work *work)
{
    for (uint32_t i = 0; i < work->n_names; i++) {
        const struct actor_use *use = &work->actors->use[work->name[i].use];
        bool place = work->actors->entity[use->entity].kind <= ENTITY_PLACE;
        if (place ? !names_shared_place(work, work->name[i].node)
                  : work->actors->name_uses[work->name[i].node].n == 1)
            add_use(work, use, 1);
        if (use->kind == USE_SURNAME || use->kind == USE_SHORT)
            add_surname(work, work->name[i].node);
    }
    scene_title(work, work, add_from_title);
}

float scene_weight(const struct work *work, const char code[4])
{
    for (uint32_t k = 0; k < work->scene.n; k++)
        if (code_eq(work->scene.code[k], code))
            return work->scene.weight[k];
    return 0;
}
