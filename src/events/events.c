/* SPDX-License-Identifier: MIT */
/*
 * events.c - code the events of an article, sentence by sentence.
 *
 * Reads    mention[], mention_of[], the trees, article->date.
 * Leaves   event[], sorted by trigger.
 * Method   See matcher.h for the order of the files; here is the loop over them, PLOVER's rules
 *          about what becomes of a type under a status, and what ontology adds to an event.
 */
#include "events/events.h"

#include <stdio.h>

#include "events/judge.h"
#include "events/matcher.h"
#include "lexicon/ontology.h"

/* A future CONSULT is AGREE, and so on: `turn` records of the lexicon. */
static void turn_type(const struct matcher *m, struct event *ev)
{
    for (uint32_t i = 0; i < m->frames->n_turns; i++) {
        const struct frame_turn *turn = &m->frames->turn[i];
        if (turn->status != ev->status || !slice_eq(frame_text(m->frames, turn->type), ev->type))
            continue;
        ev->type = frame_text(m->frames, turn->to);
        if (turn->cameo.n)
            ev->cameo = frame_text(m->frames, turn->cameo);
        ev->status = STATUS_HAPPENED; /* the will to do it is told now */
        return;
    }
}

static void keep_modes(const struct matcher *m, const struct ontology_type *type,
                       struct event *ev)
{
    uint8_t kept = 0;
    for (uint8_t i = 0; i < ev->n_modes; i++)
        if (ontology_has_mode(m->lexicon, type, ev->mode[i]))
            ev->mode[kept++] = ev->mode[i];
    ev->n_modes = kept;
}

static void complete(struct matcher *m, struct event *ev)
{
    const struct ontology_type *type = ontology_type(m->lexicon, ev->type);
    if (type) {
        ev->type = frame_text(m->frames, type->name);
        ev->quad = (uint8_t)type->quad;
        ev->scale = type->score;
        if (ev->cameo.n == 0)
            ev->cameo = frame_text(m->frames, type->cameo);
        keep_modes(m, type, ev);
    }
    const struct ontology_cameo *cameo = ontology_cameo(m->lexicon, ev->cameo);
    if (cameo)
        ev->goldstein = cameo->goldstein;
    if (ev->n_contexts == 0) {
        const struct sentence *sent = &m->article->sent[ev->sent];
        ev->n_contexts = (uint8_t)ontology_contexts(m->lexicon, m->article, sent->first,
                                                    sent->end, ev->context, EVENT_CONTEXTS);
    }
}

/* The trigger's words: the word, its light verb and particles when they stand close by. */
static void trigger_words(const struct matcher *m, struct found *found)
{
    struct event *ev = &found->ev;
    FOR_CHILDREN(m, c, ev->trigger) {
        enum relation rel = relation_base(graph_rel(m, c));
        bool close = c + 3 > ev->trigger && c < ev->trigger + 3;
        if (close && (rel == REL_COMPOUND || rel == REL_AUX ||
                      (rel == REL_ADVMOD && graph_in(m, c, CLASS_NEGATION)))) {
            ev->first = c < ev->first ? c : ev->first;
            ev->end = c + 1 > ev->end ? c + 1 : ev->end;
        }
    }
    uint32_t light = found->predicate;
    if (light < ev->first && ev->first - light <= 4)
        ev->first = light;
}

/* Why a frame that fired gave no event of its own. */
static void trace_lost(const struct matcher *m, const struct found *found)
{
    char why[200];
    struct slice name = frame_text(m->frames, found->frame->name);
    if (found->absorbed_by != ARTICLE_NONE) {
        struct slice word = token_form(m->article, m->found[found->absorbed_by].ev.trigger);
        snprintf(why, sizeof why, "left out: only the content of '%.*s'", (int)word.n, word.p);
    } else {
        snprintf(why, sizeof why, "left out: another word tells the same event");
    }
    m->trace->tried(m->trace->self, found->ev.trigger, name, false, why);
}

static int emit(struct matcher *m, struct dm_article *article, size_t *capacity)
{
    for (uint32_t i = 0; i < m->n_found; i++) {
        struct found *found = &m->found[i];
        if (found->dropped) {
            if (m->trace)
                trace_lost(m, found);
            continue;
        }
        struct event *ev = ARENA_PUSH(&article->arena, article->event, article->n_events,
                                      *capacity);
        if (!ev)
            return -1;
        trigger_words(m, found);
        if (found->mutual && found->ev.n_actors == 1 && found->ev.n_recipients == 0)
            found->mutual = false;
        *ev = found->ev;
        complete(m, ev);
    }
    return 0;
}

/* Does the sentence hold a word of a class of what the user does not want coded? */
static bool discards(const struct matcher *m, enum frame_class class)
{
    if (m->frames->class_of[class] == IMAGE_NONE)
        return false; /* as in the built-in lexicon */
    for (uint32_t t = m->first; t < m->end; t++)
        if (graph_in(m, t, class)) {
            if (m->trace)
                m->trace->tried(m->trace->self, t, SLICE_LIT("discard"), false,
                                class == CLASS_DISCARD ? "the sentence is not coded"
                                                       : "the article is not coded");
            return true;
        }
    return false;
}

void matcher_know(const struct matcher *m, struct found *found)
{
    const struct ontology_type *type = ontology_type(m->lexicon, found->ev.type);
    found->speech = type && type->speech;
    found->sizes = type ? type->sizes : 0;
}

bool matcher_start(struct matcher *m, const struct lexicon *lexicon, struct dm_article *article)
{
    *m = (struct matcher){.lexicon = lexicon, .frames = &lexicon->frames, .article = article,
                          .mention_capacity = article->n_mentions};
    return article->n_toks == 0 || graph_init(m);
}

bool matcher_find(struct matcher *m, uint32_t sent)
{
    m->sent = sent;
    m->first = m->article->sent[sent].first;
    m->end = m->article->sent[sent].end;
    graph_sentence(m);
    m->n_found = 0;
    m->discarded = m->discarded || discards(m, CLASS_DISCARD_ARTICLE);
    if (m->discarded || discards(m, CLASS_DISCARD))
        return false;
    match_sentence(m);
    for (uint32_t i = 0; i < m->n_found; i++)
        matcher_know(m, &m->found[i]);
    if (!m->no_memory)
        operator_sentence(m);
    for (uint32_t i = 0; i < m->n_found; i++)
        m->found[i].dropped = m->found[i].absorbed_by != ARTICLE_NONE;
    return true;
}

static void sentence(struct matcher *m, uint32_t sent)
{
    if (!matcher_find(m, sent))
        return;
    if (!m->no_memory)
        judge_sentence(m);
    if (m->n_found == 0 || m->no_memory)
        return;
    for (uint32_t i = 0; i < m->n_found; i++)
        matcher_know(m, &m->found[i]); /* what stands inside or was learned may have changed it */
    detail_sentence(m);
    place_sentence(m);
    time_sentence(m);
    for (uint32_t i = 0; i < m->n_found; i++)
        if (!m->found[i].dropped)
            turn_type(m, &m->found[i].ev);
    merge_sentence(m);
    attribution_sentence(m);
}

int events_code(const struct lexicon *lexicon, const struct judge *judge,
                struct dm_article *article, const struct event_trace *trace, struct dm_error *err)
{
    struct arena_mark mark = arena_mark(&article->scratch);
    struct matcher m;
    size_t capacity = 0;
    int rc = matcher_start(&m, lexicon, article) ? DM_OK : DM_ENOMEM;
    m.judge = judge;
    m.trace = trace;
    for (uint32_t s = 0; s < article->n_sents && rc == DM_OK; s++) {
        if (!article_is_coded(article, &article->sent[s]))
            continue;
        sentence(&m, s);
        if (m.no_memory || emit(&m, article, &capacity) < 0)
            rc = DM_ENOMEM;
    }
    if (rc == DM_OK)
        link_events(article);
    arena_rewind(&article->scratch, mark);
    if (m.discarded)
        article->n_events = 0;
    return rc == DM_OK ? DM_OK : dm_fail(err, rc, "events: out of memory");
}
