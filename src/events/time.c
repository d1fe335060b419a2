/* SPDX-License-Identifier: MIT */
/*
 * time.c - find the expressions of time in a sentence.
 *
 * Reads    forms of the tokens, what the lexicon's lists say of them, the tree, article->date.
 * Leaves   a struct clock: see time.h. when.c reads it.
 *
 * Method   A small grammar, tried at every token from the left: months and days, weekdays, quarters
 *          and seasons, what is counted from a day, years and decades. Two that stand as the ends of
 *          one ("from Monday to Friday") are joined.
 */
#include "events/time-parts.h"

#include <assert.h>

uint32_t time_outside(const struct matcher *m, uint32_t first, uint32_t end)
{
    uint32_t under = ARTICLE_NONE;
    for (uint32_t t = first; t < end; t++)
        if (m->tok[t].head < first || m->tok[t].head >= end)
            under = m->tok[t].head;
    return under;
}

/* "Monday's vote", "the May elections", "the 1968 killing": it stands before the noun it dates. */
static bool is_modifier(const struct matcher *m, const struct when *when)
{
    if (when->under == ARTICLE_NONE || when->under < when->end || when->under - when->end > 6 ||
        (m->tok[when->under].upos != UPOS_NOUN && m->tok[when->under].upos != UPOS_PROPN))
        return false;
    bool at = when->first > m->first && m->tok[when->first - 1].upos == UPOS_ADP;
    for (uint32_t t = when->first; t < when->end; t++) {
        enum relation rel = graph_rel(m, t);
        if (at && rel != REL_NMOD_POSS)
            continue; /* "On Tuesday minister X came": the parser took it for a part of the name */
        if (m->tok[t].head == when->under &&
            (rel == REL_NMOD_POSS || rel == REL_COMPOUND || rel == REL_AMOD || rel == REL_NUMMOD ||
             rel == REL_NMOD || rel == REL_NMOD_UNMARKED))
            return true;
    }
    return false;
}

uint32_t time_add(struct clock *clock, struct when when)
{
    assert(clock->n < TIMES_MAX);
    if (when.under == 0)
        when.under = time_outside(clock->m, when.first, when.end);
    when.modifier = when.modifier || is_modifier(clock->m, &when);
    clock->when[clock->n++] = when;
    return when.end;
}

static void read_sentence(struct clock *clock)
{
    for (uint32_t t = clock->m->first; t < clock->m->end && clock->n < TIMES_MAX;) {
        uint32_t at = time_read_month(clock, t);
        if (at == t)
            at = time_read_weekday(clock, t);
        if (at == t)
            at = time_read_digits(clock, t);
        if (at == t)
            at = time_read_months(clock, t);
        if (at == t && !date_is_none(clock->today))
            at = time_read_shift(clock, t);
        if (at == t && !date_is_none(clock->today))
            at = time_read_relative(clock, t);
        if (at == t)
            at = time_read_year(clock, t);
        t = at == t ? t + 1 : at;
    }
}

/* "from Monday to Friday", "between March and June": two that are the ends of one. */
static void join_ends(struct clock *clock)
{
    for (uint32_t i = 0; i + 1 < clock->n; i++) {
        struct when *a = &clock->when[i], *b = &clock->when[i + 1];
        bool joins = listed_in(time_back(clock, a->first, 1), LIST_FROM) &&
                     time_is(clock, a->end, LIST_TO);
        if (b->first == a->end + 1 && (joins || time_is_dash(clock, a->end)))
            a->until = b;
    }
}

bool time_is_word(const struct matcher *m, uint32_t t)
{
    const struct listed *word = matcher_listed(m, t);
    if (listed_in(word, LIST_TIME))
        return true;
    return (m->tok[t].flags & TOK_TITLE) && m->article->mention_of[t] == ARTICLE_NONE &&
           (listed_in(word, LIST_WEEKDAY) || listed_in(word, LIST_MONTH));
}

void time_read(struct clock *clock, const struct matcher *m)
{
    clock->m = m;
    clock->n = 0;
    clock->today = m->article->date.day ? m->article->date : (struct date){0};
    read_sentence(clock);
    join_ends(clock);
    for (uint32_t i = 0; i < clock->n; i++)
        clock->when[i].past = time_is_behind(m, &clock->when[i]);
}
