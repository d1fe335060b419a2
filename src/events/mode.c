/* SPDX-License-Identifier: MIT */
/*
 * mode.c - modes that words beside the trigger show: "attacked with mortars".
 *
 * Reads    classes of the lexicon named `mode-NAME`, the tree.
 * Leaves   ev.mode: beside the frame's own, as far as the type has them and there is room.
 * Method   A word counts that hangs at the event's trigger, light verb or the words that share its
 *          clause, through nouns only.
 */
#include "events/matcher.h"

#include "lexicon/ontology.h"

#define REACH 4 /* nouns between a word and the event */

/* The class that shows a mode; IMAGE_NONE none. */
static uint32_t class_named(const struct matcher *m, struct slice mode)
{
    static const struct slice begin = {"mode-", 5};
    for (uint32_t i = 0; i < m->frames->n_classes; i++) {
        struct slice name = frame_text(m->frames, m->frames->class_name[i]);
        if (name.n == begin.n + mode.n && memcmp(name.p, begin.p, begin.n) == 0 &&
            memcmp(name.p + begin.n, mode.p, mode.n) == 0)
            return i;
    }
    return IMAGE_NONE;
}

bool mode_init(struct matcher *m)
{
    m->mode_class = arena_array(&m->article->scratch, ontology_n_modes(m->lexicon) + 1, uint32_t);
    return m->mode_class != NULL;
}

/* Looked for when it is first asked for: a short article asks for few. */
static uint32_t class_of_mode(const struct matcher *m, uint32_t mode)
{
    uint32_t *class = &m->mode_class[mode];
    if (*class == 0) {
        uint32_t found = class_named(m, ontology_mode(m->lexicon, mode));
        *class = found == IMAGE_NONE ? IMAGE_NONE : found + 1;
    }
    return *class == IMAGE_NONE ? IMAGE_NONE : *class - 1;
}

/* Does the word tell of the event: is the way up to it through nouns only? */
static bool belongs(const struct matcher *m, const struct hosts *hosts, uint32_t t)
{
    for (uint32_t i = 0; i < REACH && t >= m->first && t < m->end; i++) {
        for (uint32_t k = 0; k < hosts->n && k < 2; k++)
            if (hosts->tok[k] == t)
                return true;
        if (i > 0 && graph_is_verb(m, t))
            return false;
        t = m->tok[t].head;
    }
    return false;
}

static void add_mode(struct event *ev, struct slice mode)
{
    for (uint32_t i = 0; i < ev->n_modes; i++)
        if (slice_eq(ev->mode[i], mode))
            return;
    if (ev->n_modes < EVENT_MODES)
        ev->mode[ev->n_modes++] = mode;
}

static void mode_event(const struct matcher *m, struct found *found)
{
    const struct ontology_type *type = ontology_type(m->lexicon, found->ev.type);
    struct hosts hosts;
    if (!type || type->n_modes == 0)
        return;
    clause_hosts(m, found, &hosts);
    for (uint32_t t = m->first; t < m->end; t++) {
        if (!belongs(m, &hosts, t))
            continue;
        for (uint32_t i = 0; i < type->n_modes; i++) {
            uint32_t class = class_of_mode(m, type->first_mode + i);
            if (class != IMAGE_NONE && graph_in_class(m, t, class))
                add_mode(&found->ev, ontology_mode(m->lexicon, type->first_mode + i));
        }
    }
}

void mode_sentence(struct matcher *m)
{
    for (uint32_t i = 0; i < m->n_found; i++)
        if (!m->found[i].dropped)
            mode_event(m, &m->found[i]);
}
