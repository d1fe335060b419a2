/* SPDX-License-Identifier: MIT */
/*
 * time-value.c - the days that an expression of time means.
 *
 * Reads    expressions of time (time.h), the tree, article->date.
 *
 * Values   A weekday or a day without a year is the nearest before the article, for what is to come
 *          the nearest after it. What is counted from another day is counted from the last that the
 *          sentence, else the sentences before, told to the day.
 */
#include "events/time-parts.h"

#define SOON_DAYS 90  /* a day of the year so near ahead is meant, not the one nine months ago */
#define NEAR_DAYS 60  /* ... even below a verb of the past: "invited to a summit on Jan. 14" */

static struct date nearest_weekday(struct date today, int weekday, bool future, int lean)
{
    int32_t now = date_to_days(today);
    int back = (date_weekday(today) - weekday + 7) % 7;
    if (back == 0 && lean)
        back = lean < 0 ? 7 : 0; /* "last Monday", told on a Monday */
    return date_from_days(future ? now - back + (back || lean ? 7 : 0) : now - back);
}

/* At a noun or as a deadline, a day that comes soon is not that of a year ago, whatever the verb tells of. */
static bool is_soon(const struct clock *clock, const struct when *when)
{
    struct date out = when->date;
    out.year = clock->today.year;
    int32_t ahead = date_first_day(out) - date_to_days(clock->today);
    return when->lean == 0 && out.day && ahead > 0 && ahead <= NEAR_DAYS &&
           ((when->under != ARTICLE_NONE && !graph_is_verb(clock->m, when->under)) ||
            listed_in(time_back(clock, when->first, 1), LIST_DEADLINE));
}

/* Told neither of the past nor of the future: past, unless the last is far and the next close. */
static struct date nearest_day(struct date today, struct date date, bool future, bool past)
{
    struct date out = date;
    out.year = today.year;
    int32_t ahead = date_first_day(out) - date_to_days(today);
    bool later = ahead > 0;
    if (later && !future && (past || ahead > SOON_DAYS))
        out.year--;
    else if (!later && !past && !future && ahead < SOON_DAYS - 366)
        out.year++;
    if (!later && future && date_last_day(out) < date_to_days(today))
        out.year++;
    if (out.day && !date_exists(out.year, out.month, out.day))
        return (struct date){0};
    return out;
}

static bool is_ahead_word(const struct matcher *m, uint32_t t)
{
    if (graph_is_verb(m, t) && !graph_is_passive(m, t) && m->tok[t].feats & (FEAT(PAST)))
        return false;
    return m->tok[t].upos != UPOS_ADV && m->tok[t].upos != UPOS_NOUN &&
           graph_in(m, t, CLASS_FUTURE);
}

/* "planned a march on Saturday": what is planned is to come, whenever it is planned. */
static bool is_planned(const struct matcher *m, uint32_t t, uint32_t head)
{
    return graph_rel_is(m, t, REL_OBJ) && graph_is_verb(m, head) && graph_in(m, head, CLASS_FUTURE);
}

static bool is_present(const struct matcher *m, uint32_t t)
{
    uint64_t feats = m->tok[t].feats;
    if (feats & FEAT(FIN))
        return feats & FEAT(PRES);
    bool progressive = false; /* "is meeting" */
    FOR_CHILDREN(m, c, t)
        progressive = progressive || (graph_rel(m, c) == REL_AUX && m->tok[c].feats & FEAT(PRES));
    return progressive && feats & FEAT(PRES);
}

bool time_is_ahead(const struct matcher *m, const struct when *when)
{
    uint32_t t = when->under;
    for (uint32_t i = 0; i < 6 && t >= m->first && t < m->end; i++) {
        if (!when->modifier && is_ahead_word(m, t))
            return true;
        FOR_CHILDREN(m, c, t) {
            enum relation rel = relation_base(graph_rel(m, c));
            if ((rel == REL_AUX || rel == REL_AMOD) && graph_in(m, c, CLASS_FUTURE))
                return true;
        }
        uint32_t head = m->tok[t].head;
        bool inside = head >= m->first && head < m->end;
        if (graph_is_verb(m, t)) {
            enum relation rel = graph_rel(m, t);
            if (is_present(m, t)) /* "meets her on Monday": as planned */
                return !graph_in(m, t, CLASS_REPORT);
            if (!inside || !graph_is_infinitive(m, t))
                return false;
            if (rel != REL_XCOMP && rel != REL_ACL)
                return false;
            if (rel == REL_ACL || is_ahead_word(m, head) || !graph_in(m, head, CLASS_BEGIN))
                return true; /* else "will start to hear": as the verb over it */
        }
        if (when->modifier)
            return false;
        if (inside && is_planned(m, t, head))
            return true;
        t = head;
    }
    return false;
}

bool time_is_behind(const struct matcher *m, const struct when *when)
{
    uint32_t t = when->under;
    for (uint32_t i = 0; i < 6 && t >= m->first && t < m->end; i++) {
        if (graph_is_verb(m, t)) {
            bool past = m->tok[t].feats & FEAT(PAST);
            FOR_CHILDREN(m, c, t)
                if (graph_rel_is(m, c, REL_AUX))
                    past = past && !graph_in(m, c, CLASS_FUTURE) && !graph_in(m, c, CLASS_IF);
            return past;
        }
        t = m->tok[t].head;
    }
    return false;
}

/* One that is counted from the article's day or from none; false for nothing. */
static bool plain_value(const struct clock *clock, const struct when *when, bool future,
                        struct date *date, struct date *stop)
{
    bool known = !date_is_none(clock->today);
    future = when->lean > 0 || (when->lean == 0 && future);
    *stop = (struct date){0};
    switch (when->kind) {
    case WHEN_WEEKDAY:
        if (!known)
            return false;
        *date = nearest_weekday(clock->today, when->weekday, future, when->lean);
        break;
    case WHEN_DAY:
        if (!known)
            return false;
        *date = nearest_day(clock->today, when->date, future,
                            when->lean < 0 || (when->past && !is_soon(clock, when)));
        break;
    case WHEN_RANGE:
        *stop = when->stop;
        *date = when->date;
        break;
    case WHEN_FIXED:
        *date = when->date;
        break;
    case WHEN_SHIFT:
        return false;
    }
    if (when->last_day && date_exists(date->year, date->month, when->last_day))
        *stop = (struct date){date->year, date->month, (uint8_t)when->last_day};
    return !date_is_none(*date);
}

/* The day of this text that "a day earlier" is counted from. */
static struct date counted_day(const struct clock *clock, const struct when *when)
{
    struct date found = clock->reference, date = {0}, stop;
    for (uint32_t i = 0; i < clock->n; i++) {
        const struct when *other = &clock->when[i];
        if (other->modifier || (other->first > when->first && !date_is_none(found)))
            continue;
        if (plain_value(clock, other, false, &date, &stop) && date.day && date_is_none(stop))
            found = date;
    }
    return date_is_none(found) ? clock->today : found;
}

bool time_value(const struct clock *clock, const struct when *when, bool future, struct date *date,
                struct date *stop)
{
    struct date from, to, last, ignored;
    if (when->kind == WHEN_SHIFT) {
        struct when shifted = *when;
        if (!time_unit_from(counted_day(clock, when), when->unit, when->shift, &shifted))
            return false;
        from = shifted.date;
        to = shifted.kind == WHEN_RANGE ? shifted.stop : (struct date){0};
    } else if (!plain_value(clock, when, future, &from, &to)) {
        return false;
    }
    if (when->until && plain_value(clock, when->until, future, &last, &ignored) &&
        date_first_day(last) > date_first_day(from))
        to = last;
    if (date_is_none(from) || from.year > TIME_YEAR_MAX || to.year > TIME_YEAR_MAX)
        return false;
    *date = from;
    *stop = to;
    return true;
}
