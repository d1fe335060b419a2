/* SPDX-License-Identifier: MIT */
/*
 * hints.c - what the lexicon says of each word of a sentence.
 *
 * Reads    tok[].lower and flags; the lexicon's tree of names.
 * Leaves   a bit for each kind of thing that a word may belong to, and its place in the name.
 * Method   From each capitalized word the tree is walked as far as it goes; the longest name wins.
 *          Which of its meanings holds is not decided: that is the recognizer's work.
 */
#include "names/hints.h"

#define UNITS_MAX 8 /* words between hyphens and apostrophes of one token */

_Static_assert(HINTS <= 64, "a bit each");

static unsigned hint_kind(const struct actor_lexicon *actors, const struct actor_use *use)
{
    if (use->kind == USE_NAME)
        return actors->entity[use->entity].kind; /* state, place, organization, group, person: 0-4 */
    return 4 + use->kind; /* people 5 ... surname 11 */
}

_Static_assert(ENTITY_PERSON == 4 && USE_PEOPLE == 1 && USE_SURNAME == 7, "ORDER ENTITY, USE");

/* Kinds of all uses of a node, a bit each. What is an acronym in capitals is nobody's surname ("UN"). */
static uint32_t kinds_of(const struct actor_lexicon *actors, uint32_t node, bool upper)
{
    struct actor_range range = actors->name_uses[node];
    uint32_t kinds = 0, alone = 1u << (4 + USE_SHORT) | 1u << (4 + USE_SURNAME);
    bool acronym = false;
    for (uint32_t i = range.first; i < range.first + range.n; i++) {
        const struct actor_use *use = &actors->use[i];
        unsigned kind = hint_kind(actors, use);
        if (kind < HINTS_KINDS && (upper || !(use->flags & USE_ACRONYM)))
            kinds |= 1u << kind;
        acronym |= use->flags & USE_ACRONYM;
    }
    return acronym && upper ? kinds & ~alone : kinds;
}

/* The longest name that begins at token t: where it ends, and its kinds; 0 none. */
static uint32_t longest_name(const struct actor_lexicon *actors, struct dm_article *article,
                             uint32_t t, uint32_t end, uint32_t *kinds)
{
    uint32_t node = 0, found = 0;
    for (uint32_t i = t; i < end; i++) {
        uint64_t unit[UNITS_MAX];
        uint32_t n = words_of(token_lower(article, i), &article->scratch, unit, UNITS_MAX);
        if (n > UNITS_MAX || (i == t && n == 0))
            break;
        for (uint32_t k = 0; k < n && node != IMAGE_NONE; k++)
            node = words_step(&actors->names, node, unit[k]);
        if (node == IMAGE_NONE)
            break;
        uint32_t now = n ? kinds_of(actors, node, article->tok[t].flags & TOK_UPPER) : 0;
        if (now) {
            *kinds = now;
            found = i + 1;
        }
        if (n == 0 && i > t && article->tok[i].end - article->tok[i].begin > 1)
            break; /* no hyphen, no stop */
    }
    return found;
}

void hints_find(const struct actor_lexicon *actors, struct dm_article *article,
                const struct sentence *sent, uint64_t *out)
{
    memset(out, 0, (sent->end - sent->first) * sizeof *out);
    for (uint32_t t = sent->first; t < sent->end;) {
        uint32_t kinds = 0, end = 0;
        if (article->tok[t].flags & (TOK_TITLE | TOK_UPPER))
            end = longest_name(actors, article, t, sent->end, &kinds);
        for (uint32_t i = t; i < end; i++) {
            unsigned place = end - t == 1 ? 0 : i == t ? 1 : 2;
            for (unsigned k = 0; k < HINTS_KINDS; k++)
                if (kinds >> k & 1)
                    out[i - sent->first] |= UINT64_C(1) << (place * HINTS_KINDS + k);
        }
        t = end > t ? end : t + 1;
    }
}

enum name_kind hints_kind(uint64_t hints)
{
    static const uint8_t kind_of[HINTS_KINDS] = {/* ORDER ENTITY, then ORDER USE from USE_PEOPLE on */
        NAME_PLACE, NAME_PLACE, NAME_ORGANIZATION, NAME_ORGANIZATION, NAME_PERSON,
        NAME_NONE, NAME_PLACE, NAME_NONE, NAME_PLACE, NAME_PLACE, NAME_PERSON, NAME_NONE};
    enum name_kind kind = NAME_NONE;
    for (; hints; hints &= hints - 1) {
        enum name_kind now = (enum name_kind)kind_of[(unsigned)__builtin_ctzll(hints) % HINTS_KINDS];
        if (now == NAME_NONE || (kind != NAME_NONE && kind != now))
            return NAME_NONE;
        kind = now;
    }
    return kind;
}
