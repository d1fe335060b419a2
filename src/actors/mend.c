/* SPDX-License-Identifier: MIT */
/*
 * mend.c - the tree as the noun phrases of this stage need it, where the parser hung it otherwise.
 *
 * Reads    name[] and noun rows of the sentence, the tree.
 * Leaves   For as long as the stage works: the second of two states before a noun is a conjunct of
 *          the first ('US-Russia talks', 'US and Russian diplomats'); a state before a body hangs
 *          below it ('U.S. embassy bombings'); a name below the title right before it ('spokeswoman
 *          Jane Doe'); an acronym taken for a verb below its noun ("IS" of 'IS militants').
 *          mend_undo() gives the parser's tree back, since a stage rewrites nothing of the stages
 *          before it.
 * Limits   A hyphen makes no pair before a noun for persons: an Iranian-American journalist is one
 *          man of one country; but US-Iraqi forces are of two.
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

void mend_undo(struct work *work)
{
    for (uint32_t i = work->n_moved; i-- > 0;) {
        work->article->tok[work->moved[i].tok].head = work->moved[i].head;
        work->article->tok[work->moved[i].tok].rel = work->moved[i].rel;
    }
    work->n_moved = 0;
}

/* 'US, British and French forces': only a comma or a conjunction stands between. */
static bool is_listed(const struct work *work, const struct name_match *a,
                      const struct name_match *b)
{
    uint32_t between = a->end;
    if (b->first == a->end + 2 && work_rel(work, between) == REL_PUNCT)
        between++; /* ', and' */
    if (b->first != between + 1)
        return false;
    struct slice word = token_lower(work->article, between);
    return work_rel(work, between) == REL_CC || slice_is(word, ",");
}

/* The first of the list that the name was hung into. */
static uint32_t list_head(const struct work *work, uint32_t t)
{
    for (unsigned steps = 0; steps < 8 && work_rel(work, t) == REL_CONJ; steps++) {
        uint32_t head = work_tok(work, t)->head;
        if (head == ARTICLE_NONE || work->name_of[head] == ARTICLE_NONE)
            break;
        t = head;
    }
    return t;
}

/* Hang b below a where both stand before one noun; false without memory. */
static bool join_list(struct work *work, const struct name_match *a, const struct name_match *b)
{
    uint32_t first = list_head(work, a->anchor), second = b->anchor;
    uint32_t head = work_tok(work, first)->head;
    if (head == ARTICLE_NONE || head != work_tok(work, second)->head || head < b->end ||
        !is_modifying(work, first) || !is_modifying(work, second))
        return true;
    return hang(work, second, first, REL_CONJ);
}

/* "IS" before 'militants', which the parser took for a verb. */
static bool hang_acronym(struct work *work, const struct name_match *name)
{
    uint32_t t = name->anchor, head = work_tok(work, t)->head;
    uint8_t upos = work_tok(work, t)->upos;
    bool verb = upos == UPOS_AUX || upos == UPOS_VERB;
    if (!verb || work->child[t] != ARTICLE_NONE || head == ARTICLE_NONE || head <= t ||
        head > t + 3 || work->noun_of[head] == ARTICLE_NONE)
        return true;
    return hang(work, t, head, REL_COMPOUND);
}

/* 'U.S. embassy bombings': the state stands before the body, though the parser hung both below. */
static bool hang_adjective(struct work *work, const struct name_match *name, uint32_t end)
{
    uint32_t t = name->anchor, k = name->end, head = work_tok(work, t)->head;
    if (head == ARTICLE_NONE || !is_party(work, name) || !is_modifying(work, t))
        return true;
    while (k < end && k < head && work->noun_of[k] == ARTICLE_NONE)
        k++;
    while (k + 1 < end && work->noun_of[k + 1] != ARTICLE_NONE &&
           work->noun_first[k + 1] == work->noun_first[k])
        k++; /* to the end of the longest row: "press release", not "press" */
    if (k >= end || k >= head || work->noun_first[k] != name->end ||
        work_tok(work, k)->head != head || !is_modifying(work, k) ||
        work_tok(work, k)->upos == UPOS_ADJ)
        return true;
    return hang(work, t, k, REL_COMPOUND);
}

/*
 * 'spokeswoman Sara Mangiaracina', where the parser saw two subjects side by side: the name belongs
 * to the noun right before it.
 */
static bool hang_titled(struct work *work, uint32_t t, uint32_t first)
{
    uint32_t head = work_tok(work, t)->head;
    if (work_tok(work, t)->upos != UPOS_PROPN || head == ARTICLE_NONE ||
        work->noun_of[t] != ARTICLE_NONE)
        return true;
    for (uint32_t k = t; k-- > first && t - k <= 4;)
        if (work->noun_of[k] != ARTICLE_NONE && work->noun_end[k] == t) {
            bool beside = work_tok(work, k)->head == head && work_rel(work, k) == work_rel(work, t);
            return !beside || names_in_class(work, k, ASK_BODY) || hang(work, t, k, REL_FLAT);
        }
    return true;
}

/* 'US-Russia talks': the second state becomes a conjunct of the first; false without memory. */
static bool join_hyphened(struct work *work, const struct name_match *a,
                          const struct name_match *b)
{
    uint32_t first = a->anchor, second = b->anchor;
    bool second_heads = is_in(work_tok(work, first)->head, b);
    if (!second_heads && !is_in(work_tok(work, second)->head, a))
        return true; /* side by side already, or of different phrases */
    uint32_t top = second_heads ? second : first;
    uint32_t head = work_tok(work, top)->head;
    if (head == ARTICLE_NONE || head < b->end || !is_modifying(work, top))
        return true;
    bool forces = work_tok(work, head)->feats & FEAT(PLUR) && names_in_class(work, head, ASK_BODY);
    if (work->noun_of[head] != ARTICLE_NONE && !forces)
        return true;
    if (second_heads && !hang(work, first, head, work_tok(work, second)->rel))
        return false;
    return hang(work, second, first, REL_CONJ);
}

/* The sentence's names end here. */
static bool is_last_name(const struct work *work, const struct sentence *sent, uint32_t i)
{
    return i >= work->n_names || work->name[i].first >= sent->end;
}

bool mend_tree(struct work *work, const struct sentence *sent)
{
    for (uint32_t t = sent->first + 1; t < sent->end; t++)
        if (!hang_titled(work, t, sent->first))
            return false;
    for (uint32_t i = work->next_name; !is_last_name(work, sent, i); i++)
        if (work->name[i].anchor != ARTICLE_NONE &&
            (!hang_acronym(work, &work->name[i]) ||
             !hang_adjective(work, &work->name[i], sent->end)))
            return false;
    for (uint32_t i = work->next_name; !is_last_name(work, sent, i + 1); i++) {
        const struct name_match *a = &work->name[i], *b = &work->name[i + 1];
        if (a->anchor == ARTICLE_NONE || b->anchor == ARTICLE_NONE ||
            is_party(work, a) != is_party(work, b))
            continue;
        if (!is_party(work, a)) { /* 'the Trump-Putin call' */
            if (is_joined(work, a, b) && !join_hyphened(work, a, b))
                return false;
            continue;
        }
        if (is_listed(work, a, b) && !join_list(work, a, b))
            return false;
        if (is_joined(work, a, b) && !join_hyphened(work, a, b))
            return false;
    }
    return true;
}
