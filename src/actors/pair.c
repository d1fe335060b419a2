/* SPDX-License-Identifier: MIT */
/*
 * pair.c - two countries or bodies joined by a hyphen before a noun: 'US-Russia talks'.
 *
 * Reads    name[] of the sentence, the tree.
 * Leaves   The tree so that the second name is a conjunct of the first, as in 'US and Russian
 *          talks', for as long as the stage works; pairs_undo() gives the parser's tree back, since
 *          a stage rewrites nothing of the stages before it.
 * Limits   Not before a noun for persons: an Iranian-American journalist is one man of one country.
 */
#include "actors/work.h"

static bool is_party(const struct work *work, const struct name_match *name)
{
    const struct actor_use *use = &work->actors->use[name->use];
    uint32_t kind = work->actors->entity[use->entity].kind;
    return kind != ENTITY_PERSON && use->kind != USE_CAPITAL && use->kind != USE_SEAT;
}

static bool is_joined(const struct work *work, const struct name_match *a,
                      const struct name_match *b)
{
    if (b->first != a->end + 1 || work_tok(work, a->end)->flags & TOK_SPACE_AFTER)
        return false;
    struct slice dash = token_lower(work->article, a->end);
    return slice_is(dash, "-") || slice_is(dash, "\xE2\x80\x93"); /* en dash */
}

static bool is_in(uint32_t t, const struct name_match *name)
{
    return t >= name->first && t < name->end;
}

static bool is_modifying(const struct work *work, uint32_t t)
{
    enum relation rel = work_rel(work, t);
    return rel == REL_AMOD || rel == REL_COMPOUND || work_tok(work, t)->rel == REL_NMOD_UNMARKED;
}

static void unlink_child(struct work *work, uint32_t t)
{
    uint32_t *at = &work->child[work_tok(work, t)->head];
    while (*at != ARTICLE_NONE && *at != t)
        at = &work->next[*at];
    if (*at == t)
        *at = work->next[t];
}

/* False without memory. */
static bool hang(struct work *work, uint32_t t, uint32_t head, uint8_t rel)
{
    struct moved *moved =
        ARENA_PUSH(work->scratch, work->moved, work->n_moved, work->room_moved);
    if (!moved)
        return false;
    *moved = (struct moved){t, work_tok(work, t)->head, work_tok(work, t)->rel};
    unlink_child(work, t);
    uint32_t *at = &work->child[head];
    while (*at != ARTICLE_NONE && *at < t)
        at = &work->next[*at];
    work->next[t] = *at;
    *at = t;
    work->article->tok[t].head = head;
    work->article->tok[t].rel = rel;
    return true;
}

void pairs_undo(struct work *work)
{
    for (uint32_t i = work->n_moved; i-- > 0;) {
        work->article->tok[work->moved[i].tok].head = work->moved[i].head;
        work->article->tok[work->moved[i].tok].rel = work->moved[i].rel;
    }
    work->n_moved = 0;
}

bool pairs_part(struct work *work, const struct sentence *sent)
{
    for (uint32_t i = 0; i + 1 < work->n_names; i++) {
        const struct name_match *a = &work->name[i], *b = &work->name[i + 1];
        if (a->first < sent->first || !is_joined(work, a, b) || !is_party(work, a) ||
            !is_party(work, b))
            continue;
        uint32_t first = a->anchor, second = b->anchor;
        bool second_heads = is_in(work_tok(work, first)->head, b);
        if (!second_heads && !is_in(work_tok(work, second)->head, a))
            continue; /* side by side already, or of different phrases */
        uint32_t top = second_heads ? second : first;
        uint32_t head = work_tok(work, top)->head;
        if (head == ARTICLE_NONE || head < b->end || !is_modifying(work, top) ||
            work->noun_of[head] != ARTICLE_NONE)
            continue;
        if (second_heads && !hang(work, first, head, work_tok(work, second)->rel))
            return false;
        if (!hang(work, second, first, REL_CONJ))
            return false;
    }
    return true;
}
