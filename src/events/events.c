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

const struct frame_turn *matcher_turn(const struct matcher *m, const struct event *ev)
{
    for (uint32_t i = 0; i < m->frames->n_turns; i++) {
        const struct frame_turn *turn = &m->frames->turn[i];
        if (turn->status == ev->status && slice_eq(frame_text(m->frames, turn->type), ev->type))
            return turn;
    }
    return NULL;
}

/*
 * "X will meet with Y": the meeting would be mutual, the promise is X's. Who stands behind the word is
 * the recipient, unless all stand on one side of it.
 */
static void part_promise(const struct matcher *m, struct found *found)
{
    struct event *ev = &found->ev;
    uint32_t actors = 0, behind[EVENT_PARTIES], n_behind = 0;
    for (uint32_t i = 0; i < ev->n_actors; i++)
        n_behind += m->article->mention[ev->actor[i]].head > ev->trigger;
    if (!found->mutual || ev->n_recipients || n_behind == 0 || n_behind == ev->n_actors)
        return;
    n_behind = 0;
    for (uint32_t i = 0; i < ev->n_actors; i++) {
        bool after = m->article->mention[ev->actor[i]].head > ev->trigger;
        if (after)
            behind[n_behind++] = ev->actor[i];
        else
            ev->actor[actors++] = ev->actor[i];
    }
    memcpy(ev->recipient, behind, n_behind * sizeof *behind);
    ev->n_actors = (uint8_t)actors;
    ev->n_recipients = (uint8_t)n_behind;
    found->mutual = false;
}

static void turn_type(const struct matcher *m, struct found *found)
{
    struct event *ev = &found->ev;
    const struct frame_turn *turn = matcher_turn(m, ev);
    if (!turn)
        return;
    found->promised = !slice_eq(ev->type, frame_text(m->frames, turn->to));
    ev->type = frame_text(m->frames, turn->to);
    if (turn->cameo.n)
        ev->cameo = frame_text(m->frames, turn->cameo);
    ev->status = STATUS_HAPPENED; /* the will to do it is told now */
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

static void add_context(struct event *ev, const struct ontology_context *context)
{
    uint32_t k = 0;
    while (k < ev->n_contexts && !slice_eq(ev->context[k], context->name))
        k++;
    if (k < ev->n_contexts || k == EVENT_CONTEXTS)
        return;
    ev->context[k] = context->name;
    ev->context_first[k] = context->first;
    ev->context_end[k] = context->end;
    ev->n_contexts++;
}

/* The contexts that the words of tokens [first, end) show, added to the event's. */
static void add_contexts(const struct matcher *m, uint32_t first, uint32_t end, struct event *ev)
{
    struct ontology_context found[EVENT_CONTEXTS];
    uint32_t n = first < end ? ontology_contexts(m->lexicon, m->article, first, end, found,
                                                 EVENT_CONTEXTS) : 0;
    for (uint32_t i = 0; i < n; i++)
        add_context(ev, &found[i]);
}

/* Do parties of two countries take part? */
static bool is_abroad(const struct matcher *m, const struct event *ev)
{
    const char *one = NULL;
    for (uint32_t i = 0; i < (uint32_t)ev->n_actors + ev->n_recipients; i++) {
        uint32_t party = i < ev->n_actors ? ev->actor[i] : ev->recipient[i - ev->n_actors];
        const struct mention *mention = &m->article->mention[party];
        bool state = !mention->sector[0] || strcmp(mention->sector, "GOV") == 0;
        if (!mention->code[0] || !state)
            continue;
        if (one && strcmp(one, mention->code) != 0)
            return true;
        one = mention->code;
    }
    return false;
}

/* Does a party's sector or office, or the event's type and mode, show the clue's context? */
static bool clue_holds(const struct matcher *m, const struct ontology_clue *clue,
                       const struct event *ev)
{
    struct slice sector = frame_text(m->frames, clue->sector);
    struct slice office = frame_text(m->frames, clue->office);
    bool holds = false, party = sector.n || office.n;
    for (uint32_t i = 0; party && i < (uint32_t)ev->n_actors + ev->n_recipients; i++) {
        const struct mention *who =
            &m->article->mention[i < ev->n_actors ? ev->actor[i] : ev->recipient[i - ev->n_actors]];
        holds = holds || (sector.n ? slice_is(sector, who->sector) : slice_eq(office, who->office));
    }
    bool type = !party && slice_eq(frame_text(m->frames, clue->type), ev->type);
    for (uint32_t i = 0; type && i < ev->n_modes; i++)
        holds = holds || slice_eq(frame_text(m->frames, clue->mode), ev->mode[i]);
    for (uint32_t i = 0; holds && i < ev->n_contexts; i++)
        holds = !ontology_excludes(m->lexicon, clue, ev->context[i]);
    return holds;
}

static void add_clues(const struct matcher *m, struct event *ev)
{
    uint32_t n;
    const struct ontology_clue *clue = ontology_clues(m->lexicon, &n);
    for (uint32_t i = 0; i < n; i++)
        if (clue_holds(m, &clue[i], ev))
            add_context(ev, &(struct ontology_context){
                                ontology_context_name(m->lexicon, clue[i].context), 0, 0});
}

/*
 * What the event is about: the frame's word for it, else the words of the sentence but those that
 * name who says so; where these show nothing, the sentence before. What governments of two countries
 * do is of its type's context (`abroad`), too, and so is what the parties and the mode show (`party`,
 * `deed` of a context).
 */
static void contexts(const struct matcher *m, const struct ontology_type *type, struct event *ev)
{
    const struct sentence *sent = &m->article->sent[ev->sent];
    if (ev->n_contexts == 0) {
        uint32_t first = sent->end, end = sent->end;
        if (ev->attribution != ARTICLE_NONE) {
            const struct mention *said = &m->article->mention[ev->attribution];
            if (said->first >= sent->first && said->end <= sent->end) {
                first = said->first;
                end = said->end;
            }
        }
        add_contexts(m, sent->first, first, ev);
        add_contexts(m, end, sent->end, ev);
    }
    if (type && type->abroad.n && is_abroad(m, ev))
        add_context(ev, &(struct ontology_context){frame_text(m->frames, type->abroad), 0, 0});
    if (ev->n_contexts == 0 && ev->sent > 0)
        add_contexts(m, sent[-1].first, sent[-1].end, ev);
    add_clues(m, ev);
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
    contexts(m, type, ev);
}

/* The trigger's words: the word, its light verb and particles when they stand close by. */
static void trigger_words(const struct matcher *m, struct found *found)
{
    struct event *ev = &found->ev;
    FOR_CHILDREN(m, c, ev->trigger) {
        enum relation rel = relation_base(graph_rel(m, c));
        bool close = c + 3 > ev->trigger && c < ev->trigger + 3 && m->tok[c].upos != UPOS_NUM;
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
    } else if (found->unlikely) {
        snprintf(why, sizeof why, "left out: too unlikely by the learned weights");
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
    found->quad = type ? type->quad : 0;
}

bool matcher_start(struct matcher *m, const struct lexicon *lexicon, struct dm_article *article)
{
    *m = (struct matcher){.lexicon = lexicon, .frames = &lexicon->frames, .article = article,
                          .mention_capacity = article->n_mentions};
    return article->n_toks == 0 || (graph_init(m) && mode_init(m));
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
    if (m->n_found == 0 && m->trace && !m->no_memory)
        time_sentence(m);
    if (m->n_found == 0 || m->no_memory)
        return;
    for (uint32_t i = 0; i < m->n_found; i++)
        matcher_know(m, &m->found[i]); /* what stands inside or was learned may have changed it */
    detail_sentence(m);
    place_sentence(m);
    mode_sentence(m);
    time_sentence(m);
    for (uint32_t i = 0; i < m->n_found; i++)
        if (!m->found[i].dropped)
            turn_type(m, &m->found[i]);
    merge_sentence(m);
    for (uint32_t i = 0; i < m->n_found; i++)
        if (!m->found[i].dropped && m->found[i].promised)
            part_promise(m, &m->found[i]);
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
    if (rc == DM_OK) {
        addressee_events(&m);
        link_events(article);
    }
    arena_rewind(&article->scratch, mark);
    if (m.discarded)
        article->n_events = 0;
    return rc == DM_OK ? DM_OK : dm_fail(err, rc, "events: out of memory");
}
