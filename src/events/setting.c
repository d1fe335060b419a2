/* SPDX-License-Identifier: MIT */
/*
 * setting.c - evidence of where a word stands in its sentence: how deep in the tree and by what way
 * from its root, how far along, how long and how full of candidates, finds, political actors and
 * countries the sentence is; which of these hang below the word; whether a time does.
 *
 * Reads    the tree, mentions, found[].
 * Leaves   nth, party, time of struct evidence_sentence; pieces of struct evidence.
 *
 * Method   What tells an event as the sentence's own news hangs high in the tree, has its parties
 *          below and a time beside it; what is said in passing hangs low and has none. Each of
 *          these is counted in small numbers, with the word class and with the type that a frame
 *          finds there.
 * Cost     A climb from each political actor of the sentence for each word asked.
 */
#include "events/piece.h"

#define DEPTH_MOST 8
#define CODES_MOST 8

static struct value count_value(uint32_t n)
{
    switch (n) {
    case 0: return word_value("0");
    case 1: return word_value("1");
    case 2: return word_value("2");
    case 3: return word_value("3");
    case 4: return word_value("4");
    case 5: return word_value("5");
    case 6: return word_value("6");
    case 7: return word_value("7");
    default: return word_value("8+");
    }
}

static const char *code_of(const struct matcher *m, uint32_t head)
{
    return m->article->mention[m->article->mention_of[head]].code;
}

/* Adds the code to those seen, if it is a new one and none is full. */
static void see_code(const char *code, const char **seen, uint32_t *n)
{
    for (uint32_t i = 0; i < *n; i++)
        if (strcmp(seen[i], code) == 0)
            return;
    if (code[0] && *n < CODES_MOST)
        seen[(*n)++] = code;
}

bool setting_prepare(struct evidence_sentence *out)
{
    const struct matcher *m = out->m;
    struct arena *scratch = &m->article->scratch;
    uint32_t n = m->end - m->first, n_seen = 0;
    const char *seen[CODES_MOST];
    out->nth = arena_array(scratch, n, uint32_t);
    out->party = arena_array(scratch, n, uint32_t);
    out->time = arena_array(scratch, n, uint32_t);
    if (!out->nth || !out->party || !out->time)
        return false;
    for (uint32_t t = m->first; t < m->end; t++) {
        uint32_t index = m->article->mention_of[t];
        out->nth[t - m->first] = out->n_candidates;
        out->n_candidates += evidence_is_candidate(out, t);
        if (time_is_word(m, t))
            out->time[out->n_time++] = t;
        if (index == ARTICLE_NONE || !mention_is_political(&m->article->mention[index]))
            continue;
        out->party[out->n_party++] = t;
        see_code(code_of(m, t), seen, &n_seen);
    }
    out->n_countries = n_seen;
    return true;
}

static bool hangs_below(const struct matcher *m, uint32_t t, uint32_t over)
{
    for (uint32_t i = 0; i < CLIMB_MAX && inside(m, t); i++) {
        if (t == over)
            return true;
        t = m->tok[t].head;
    }
    return false;
}

/* Relations from the word up to the root, into e->way; returns how many. */
static uint32_t climb(const struct matcher *m, uint32_t t, struct evidence *e)
{
    uint32_t depth = 0;
    size_t n = 0;
    for (; depth < DEPTH_MOST && inside(m, t); depth++, t = m->tok[t].head) {
        const char *name = relation_name(graph_rel(m, t));
        size_t k = strlen(name);
        if (n + k + 2 > sizeof e->way)
            break;
        memcpy(e->way + n, name, k);
        n += k;
        e->way[n++] = '<';
    }
    e->way[n] = '\0';
    return depth;
}

static void of_place(const struct evidence_sentence *s, uint32_t t, struct value upos,
                     struct value fires, struct evidence *e)
{
    const struct matcher *m = s->m;
    uint32_t before = 0, behind = 0;
    for (uint32_t i = 0; i < m->n_found; i++) {
        before += !m->found[i].dropped && m->found[i].ev.trigger < t;
        behind += !m->found[i].dropped && m->found[i].ev.trigger > t;
    }
    struct value depth = count_value(climb(m, t, e)), upward = word_value(e->way);
    ADD(e, "nth", count_value(s->nth[t - m->first]), upos);
    ADD(e, "candidates", count_value(s->n_candidates / 2), upos);
    ADD(e, "length", count_value((m->end - m->first) / 6), upos);
    ADD(e, "fires+before", fires, count_value(before));
    ADD(e, "fires+behind", fires, count_value(behind));
    ADD(e, "fires+finds", fires, count_value(before + behind));
    ADD(e, "depth", depth, upos);
    ADD(e, "fires+depth", fires, depth);
    ADD(e, "upward", upward, upos);
    ADD(e, "fires+upward", fires, upward);
}

static void of_time(const struct evidence_sentence *s, uint32_t t, struct value upos,
                    struct value lemma, struct value fires, struct evidence *e)
{
    bool own = false;
    for (uint32_t i = 0; i < s->n_time; i++)
        own |= s->m->tok[s->time[i]].head == t;
    struct value time = own ? word_value("own") : either(s->n_time, "some", "none");
    ADD(e, "time", time, upos);
    ADD(e, "lemma+time", lemma, time);
    ADD(e, "fires+time", fires, time);
}

static void of_parties(const struct evidence_sentence *s, uint32_t t, struct value upos,
                       struct value lemma, struct value fires, struct evidence *e)
{
    const struct matcher *m = s->m;
    uint32_t below = 0, countries = 0;
    const char *seen[CODES_MOST];
    for (uint32_t i = 0; i < s->n_party; i++) {
        if (!hangs_below(m, s->party[i], t))
            continue;
        below++;
        see_code(code_of(m, s->party[i]), seen, &countries);
        ADD(e, "holds", sector_of(m, s->party[i]), upos);
        ADD(e, "fires+holds", fires, sector_of(m, s->party[i]));
    }
    ADD(e, "fires+actors", fires, count_value(s->n_party));
    ADD(e, "actors-below", count_value(below), upos);
    ADD(e, "fires+actors-below", fires, count_value(below));
    ADD(e, "lemma+actors-below", lemma, count_value(below < 2 ? below : 2));
    ADD(e, "countries", count_value(s->n_countries), upos);
    ADD(e, "fires+countries", fires, count_value(s->n_countries));
    ADD(e, "countries-below", count_value(countries), upos);
    ADD(e, "fires+countries-below", fires, count_value(countries));
    ADD(e, "lemma+countries-below", lemma, count_value(countries < 2 ? countries : 2));
}

void setting_evidence(const struct evidence_sentence *s, uint32_t t, struct evidence *out)
{
    struct value lemma = lemma_of(s, t), upos = upos_of_token(s->m, t), fires = found_value(s, t);
    of_place(s, t, upos, fires, out);
    of_time(s, t, upos, lemma, fires, out);
    of_parties(s, t, upos, lemma, fires, out);
}
