/* SPDX-License-Identifier: MIT */
/*
 * scene.c - the states that an article is about.
 *
 * Reads    names of all sentences, the title.
 * Leaves   work->scene: the codes of the states named, or whose bodies and persons are named by a
 *          name that only they bear, and how often.
 * Why      What a name means that several bear ("Lee", "the Labour Party", "Congress") is decided by
 *          the states that are named around it (names_settle).
 */
#include "actors/work.h"

static const float scene_title = 1.5f; /* a state in the title counts so much more */
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
    if (use->kind == USE_SURNAME || use->kind == USE_SHORT ||
        !actor_role_at(actors, use->entity, work->day, &role) ||
        actor_state(actors, role->code) == IMAGE_NONE)
        return;
    add(&work->scene, role->code, kind > ENTITY_PLACE ? weight * scene_body : weight);
}

static void read_title(struct work *work)
{
    const struct actor_lexicon *actors = work->actors;
    uint64_t word[48];
    uint32_t n = words_of(work->article->title, work->scratch, word, 48);
    for (uint32_t i = 0; i < n && i < 48; i++) {
        uint32_t node = 0;
        for (uint32_t k = i; k < n && k < 48 && node != IMAGE_NONE; k++) {
            node = words_step(&actors->names, node, word[k]);
            if (node == IMAGE_NONE)
                break;
            struct actor_range uses = actors->name_uses[node];
            for (uint32_t u = uses.first; u < uses.first + uses.n; u++)
                if (!(actors->use[u].flags & USE_ACRONYM))
                    add_use(work, &actors->use[u], scene_title);
        }
    }
}

void scene_read(struct work *work)
{
    for (uint32_t i = 0; i < work->n_names; i++) {
        const struct actor_use *use = &work->actors->use[work->name[i].use];
        if (work->actors->entity[use->entity].kind <= ENTITY_PLACE ||
            work->actors->name_uses[work->name[i].node].n == 1)
            add_use(work, use, 1);
    }
    read_title(work);
}

float scene_weight(const struct work *work, const char code[4])
{
    for (uint32_t k = 0; k < work->scene.n; k++)
        if (code_eq(work->scene.code[k], code))
            return work->scene.weight[k];
    return 0;
}
