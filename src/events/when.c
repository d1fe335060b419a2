/* SPDX-License-Identifier: MIT */
/*
 * when.c - which of the times that a sentence tells is an event's.
 *
 * Reads    expressions of time (time.c), the tree, found[], ev.status.
 * Leaves   ev.date, ev.end_date with the tokens that say so and the word at which they hang; a date
 *          to come makes the status `future`, one of years ago `historical`. With a trace,
 *          article->time[]: every expression of the sentences, for `explain`.
 *
 * Method   An event takes the nearest expression that hangs in its own clause (clause.c): at the
 *          trigger, its light verb, or the words over it as far as the clause goes; at a verb of
 *          saying ("said on Monday that") only when the saying is the event. On the way from the
 *          expression to such a word lie nouns ("in a raid on Monday"); what is before, after or
 *          about an occasion has not its time. Without one: the clause beside that says when.
 */
#include "events/time.h"

#define CHAIN_MAX 4   /* words between an expression and the clause's */
#define WAYS 4        /* in which an expression can belong to an event that it does not hang at */
#define BEFORE_MAX 3  /* sentences back to the day that "a day earlier" is counted from */

/* Is it told that something was before or after the phrase, with `aside` also about it or for it? */
static bool is_apart(const struct matcher *m, uint32_t t, bool aside)
{
    FOR_CHILDREN(m, c, t)
        if ((graph_rel_is(m, c, REL_CASE) || graph_rel_is(m, c, REL_MARK)) &&
            (graph_in(m, c, CLASS_APART) || (aside && graph_in(m, c, CLASS_ASIDE))))
            return true;
    return false;
}

/* A noun that has a time of its own: a deed, or a vote, a summit, a season. */
static bool is_occasion(const struct matcher *m, uint32_t t)
{
    return m->tok[t].upos == UPOS_NOUN &&
           (graph_in(m, t, CLASS_OCCASION) ||
            (m->word[t] != IMAGE_NONE && m->frames->triggers[m->word[t]].n &&
             m->article->mention_of[t] == ARTICLE_NONE));
}

/* "all governments since 1994" */
static bool is_since(const struct matcher *m, const struct when *when)
{
    return when->first > m->first && graph_in(m, when->first - 1, CLASS_SINCE);
}

/*
 * "the deadliest since 2003", "the first visit since 1928", "a man wanted since May": not how long
 * the event itself goes on.
 */
static bool is_comparison(const struct matcher *m, const struct hosts *hosts,
                          const struct when *when)
{
    uint32_t t = when->under;
    bool host = false;
    if (!is_since(m, when) || t < m->first || t >= m->end)
        return false;
    for (uint32_t i = 0; i < hosts->n; i++)
        host = host || hosts->tok[i] == t;
    if (!host || m->tok[t].feats & (FEAT(SUP) | FEAT(ORD)))
        return true;
    FOR_CHILDREN(m, c, t)
        if (graph_rel(m, c) == REL_AMOD && m->tok[c].feats & (FEAT(SUP) | FEAT(ORD)))
            return true;
    return false;
}

/* Does what hangs at noun t, or at what it is in, tell the time of what stands over it, too? */
static bool hands_on(const struct matcher *m, const struct when *when, uint32_t t)
{
    if (!when->modifier && !is_occasion(m, t) && !is_since(m, when))
        return true; /* "killed a man of 30 on Friday": only the parser hung it at the noun */
    if (is_apart(m, t, true))
        return false;
    uint32_t preposition = graph_child(m, t, REL_CASE);
    return preposition != ARTICLE_NONE && graph_in(m, preposition, CLASS_DURING);
}

/* The word that the expression belongs to: "ahead of the vote next year" has the year of the vote. */
static uint32_t owner(const struct matcher *m, const struct when *when)
{
    uint32_t t = when->first;
    if (t > m->first && m->tok[t - 1].upos == UPOS_ADP)
        t--;
    if (t > m->first && is_occasion(m, t - 1) && is_apart(m, t - 1, false))
        return t - 1;
    bool aux = when->under >= m->first && when->under < m->end &&
               graph_rel_is(m, when->under, REL_AUX); /* "had on Monday sent" */
    return aux ? m->tok[when->under].head : when->under;
}

/* Is it the word of another event than the find? */
static bool is_other(const struct matcher *m, const struct found *found, uint32_t t)
{
    for (uint32_t i = 0; i < m->n_found; i++)
        if (&m->found[i] != found && !m->found[i].dropped &&
            (m->found[i].predicate == t || m->found[i].ev.trigger == t))
            return true;
    return false;
}

/*
 * "Back from a summit in Vienna last week, he said": right behind the noun and what hangs at it,
 * under a verb that tells no event; under one that does only where the noun says when it was.
 */
static bool is_behind_noun(const struct matcher *m, const struct found *found,
                           const struct when *when)
{
    uint32_t t = found->ev.trigger, at = owner(m, when), last = t;
    if (!found->noun || when->modifier || at == ARTICLE_NONE || m->tok[t].head != at ||
        !graph_is_verb(m, at) || when->first <= t)
        return false;
    for (uint32_t i = t + 1; i < when->first; i++) {
        uint32_t up = i;
        for (uint32_t k = 0; k < CHAIN_MAX && up != t && up > t && up < m->end; k++)
            up = m->tok[up].head;
        if (up == t)
            last = i;
    }
    uint32_t first = when->first; /* its preposition stands before it */
    if (first > last + 1 && m->tok[first - 1].upos == UPOS_ADP)
        first--;
    if (first != last + 1)
        return false;
    uint32_t preposition = graph_child(m, t, REL_CASE);
    if (preposition != ARTICLE_NONE && graph_in(m, preposition, CLASS_DURING))
        return true;
    return !is_other(m, found, at) && !graph_in(m, at, CLASS_REPORT) && !graph_in(m, at, CLASS_LIGHT);
}

/* "Thursday, when rebels attacked": the clause hangs at the expression. */
static bool is_over(const struct matcher *m, const struct hosts *hosts, const struct when *when)
{
    for (uint32_t i = 0; i < hosts->n; i++) {
        uint32_t head = m->tok[hosts->tok[i]].head;
        if (head >= when->first && head < when->end && graph_is_verb(m, hosts->tok[i]))
            return true;
    }
    return false;
}

/* "kidnapped and killed on Friday", "invited her to come a week ago": a verb below that one. */
static bool is_below(const struct matcher *m, const struct found *found, const struct when *when)
{
    uint32_t at = owner(m, when), head;
    if (at >= m->first && at < m->end && m->tok[at].head == found->ev.trigger &&
        graph_rel_is(m, at, REL_ACL) && found->noun)
        return true; /* "talks that are held on Friday" */
    for (uint32_t i = 0; i < 2 && at >= m->first && at < m->end && graph_is_verb(m, at); i++) {
        head = m->tok[at].head;
        bool over = head == found->predicate || head == found->ev.trigger;
        if (graph_rel(m, at) == REL_XCOMP) {
            bool goes_on = over && (when->over || graph_in(m, head, CLASS_BEGIN) ||
                                    graph_in(m, head, CLASS_FUTURE) ||
                                    (!graph_is_infinitive(m, at) && !is_other(m, found, at) &&
                                     !graph_in(m, at, CLASS_REPORT)));
            if (goes_on)
                return true;
        } else if (graph_rel(m, at) != REL_CONJ || graph_child(m, at, REL_NSUBJ) != ARTICLE_NONE ||
                   graph_child(m, at, REL_AUX) != ARTICLE_NONE || graph_in(m, at, CLASS_FUTURE)) {
            return false;
        } else if (over) {
            return true;
        }
        at = head;
    }
    return false;
}

/* How far over the trigger the expression hangs; UINT32_MAX when in another clause. */
static uint32_t distance(const struct matcher *m, const struct hosts *hosts,
                         const struct when *when)
{
    uint32_t at = owner(m, when);
    if ((hosts->tok[0] >= when->first && hosts->tok[0] < when->end) || is_over(m, hosts, when))
        return 0;
    for (uint32_t down = 0; down < CHAIN_MAX && at >= m->first && at < m->end; down++) {
        for (uint32_t i = 0; i < hosts->n; i++)
            if (hosts->tok[i] == at)
                return i * 2 + down;
        if (graph_is_verb(m, at) || !hands_on(m, when, at))
            break; /* do not leave the expression's own clause */
        at = m->tok[at].head;
    }
    return UINT32_MAX;
}

/* The verb that the expression's clause stands beside, "when rain fell on Monday": ARTICLE_NONE. */
static uint32_t clause_of(const struct matcher *m, const struct when *when)
{
    uint32_t at = owner(m, when);
    for (uint32_t i = 0; i < CHAIN_MAX && at >= m->first && at < m->end; i++) {
        if (graph_is_verb(m, at))
            return at;
        if (!hands_on(m, when, at))
            break;
        at = m->tok[at].head;
    }
    return ARTICLE_NONE;
}

static bool has_marker(const struct matcher *m, uint32_t t, enum frame_class class)
{
    FOR_CHILDREN(m, c, t)
        if ((graph_rel_is(m, c, REL_MARK) || graph_rel_is(m, c, REL_ADVMOD)) &&
            graph_in(m, c, class))
            return true;
    return false;
}

/*
 * "When it rained on Monday, rebels attacked": the clause beside tells when. A year long past dates
 * the event behind any such clause: "imposed sanctions after it invaded in 1990".
 */
static bool is_beside(const struct clock *clock, const struct hosts *hosts, const struct when *when)
{
    const struct matcher *m = clock->m;
    uint32_t at = clause_of(m, when);
    if (at == ARTICLE_NONE || graph_rel(m, at) != REL_ADVCL)
        return false;
    bool past_year = when->kind == WHEN_FIXED && when->date.month == 0 &&
                     !date_is_none(clock->today) && when->date.year + 2 <= clock->today.year;
    if (has_marker(m, at, CLASS_ASIDE)) /* "sentenced for killing a man in 2007" */
        return false;
    if (!has_marker(m, at, CLASS_WHILE) && !(past_year && !has_marker(m, at, CLASS_SINCE)))
        return false;
    for (uint32_t i = 0; i < hosts->n; i++)
        if (m->tok[at].head == hosts->tok[i])
            return true;
    return false;
}

/* "Also Sunday, protesters rallied": at no verb and no occasion, as in a fragment. */
static bool is_loose(const struct matcher *m, const struct when *when)
{
    uint32_t t = when->under;
    if (when->modifier)
        return false;
    for (uint32_t i = 0; i < CLIMB_MAX && t >= m->first && t < m->end; i++) {
        if (graph_is_verb(m, t) || is_occasion(m, t) || is_apart(m, t, true))
            return false;
        t = m->tok[t].head;
    }
    return true;
}

/* "since Tuesday", "until Monday": from then to the article's day, from it to then. */
static void bound(const struct clock *clock, const struct when *when, struct date *date,
                  struct date *stop)
{
    const struct matcher *m = clock->m;
    if (when->first == m->first || date_is_none(clock->today) || !date_is_none(*stop))
        return;
    int32_t today = date_to_days(clock->today);
    if (graph_in(m, when->first - 1, CLASS_SINCE) && date_first_day(*date) < today) {
        *stop = clock->today;
    } else if (graph_in(m, when->first - 1, CLASS_UNTIL) && date_first_day(*date) > today) {
        *stop = *date;
        *date = clock->today;
    }
}

static void status_by_date(const struct clock *clock, const struct when *when, struct found *found)
{
    struct event *ev = &found->ev;
    int32_t today = date_to_days(clock->today);
    if (date_is_none(clock->today) || ev->status != STATUS_HAPPENED)
        return;
    if (date_first_day(ev->date) > today && !found->speech)
        ev->status = STATUS_FUTURE;
    else if (when->kind != WHEN_RANGE && ev->date.year + 3 <= clock->today.year)
        ev->status = STATUS_HISTORICAL;
}

static void time_event(const struct clock *clock, struct found *found)
{
    const struct matcher *m = clock->m;
    const struct when *best = NULL;
    struct hosts hosts;
    uint32_t nearest = UINT32_MAX, least = WAYS;
    clause_hosts(m, found, &hosts);
    for (uint32_t i = 0; i < clock->n; i++) {
        const struct when *when = &clock->when[i];
        if (is_comparison(m, &hosts, when))
            continue;
        uint32_t far = distance(m, &hosts, when), way = WAYS;
        if (far != UINT32_MAX) /* "five days after the 11 September attack": its own day first */
            far = far * 2 + (when->kind == WHEN_SHIFT);
        if (far < nearest) {
            nearest = far;
            best = when;
        }
        if (nearest == UINT32_MAX)
            way = is_below(m, found, when) ? 0
                  : is_behind_noun(m, found, when) ? 1
                  : is_beside(clock, &hosts, when) ? 2
                  : is_loose(m, when) ? 3 : WAYS;
        if (way < least) {
            least = way;
            best = when;
        }
    }
    if (!best)
        return;
    struct event *ev = &found->ev;
    struct date date, stop;
    bool to_come = ev->status == STATUS_FUTURE || ev->status == STATUS_HYPOTHETICAL;
    bool future = ((to_come && best->under != hosts.said) || time_is_ahead(m, best)) &&
                  !is_since(m, best);
    if (!time_value(clock, best, future, &date, &stop))
        return;
    bound(clock, best, &date, &stop);
    int32_t today = date_to_days(clock->today);
    if (!future && best->kind == WHEN_RANGE && !date_is_none(clock->today) && stop.day &&
        date_to_days(date) < today && date_to_days(stop) > today)
        stop = clock->today; /* what happened this week did so by now */
    if (!future && best->past && best->under != ARTICLE_NONE && graph_is_verb(m, best->under) &&
        !date_is_none(clock->today) && date_first_day(date) > today)
        return; /* "extended the emergency through May 13": the deed is done, the day is another's */
    ev->date = date;
    ev->end_date = stop;
    ev->date_first = best->first;
    ev->date_end = best->until && !date_is_none(stop) ? best->until->end : best->end;
    ev->date_at = best->under;
    status_by_date(clock, best, found);
}

/* The day that the sentences before spoke of last. */
static struct date day_before(const struct matcher *m)
{
    for (uint32_t s = m->sent; s > 0 && m->sent - s < BEFORE_MAX;) {
        struct matcher before = *m;
        struct clock clock = {.n = 0};
        struct date date, stop;
        before.sent = --s;
        before.first = m->article->sent[s].first;
        before.end = m->article->sent[s].end;
        graph_sentence(&before);
        time_read(&clock, &before);
        for (uint32_t i = clock.n; i-- > 0;)
            if (clock.when[i].kind != WHEN_SHIFT &&
                time_value(&clock, &clock.when[i], false, &date, &stop) && date.day)
                return date;
    }
    return (struct date){0};
}

/* What `explain` shows. */
static bool keep(struct matcher *m, const struct clock *clock)
{
    struct dm_article *article = m->article;
    for (uint32_t i = 0; i < clock->n; i++) {
        const struct when *when = &clock->when[i];
        struct time_told told = {.first = when->first, .end = when->end};
        struct when alone = *when;
        alone.until = NULL; /* the other end is shown by itself */
        bool future = time_is_ahead(m, when);
        if (!time_value(clock, &alone, future, &told.date, &told.stop))
            continue;
        struct time_told *new = ARENA_PUSH(&article->arena, article->time, article->n_times,
                                           m->time_capacity);
        if (!new)
            return false;
        *new = told;
    }
    return true;
}

void time_sentence(struct matcher *m)
{
    struct clock clock = {.n = 0};
    if (m->n_found == 0 && !m->trace)
        return;
    time_read(&clock, m);
    for (uint32_t i = 0; i < clock.n; i++)
        if (clock.when[i].kind == WHEN_SHIFT && date_is_none(clock.reference))
            clock.reference = day_before(m);
    for (uint32_t i = 0; i < m->n_found && clock.n; i++)
        if (!m->found[i].dropped)
            time_event(&clock, &m->found[i]);
    if (m->trace && !keep(m, &clock))
        m->no_memory = true;
}
