/* SPDX-License-Identifier: MIT */
/*
 * mode.c - modes that words beside the trigger show: "attacked with mortars".
 *
 * Reads    classes of the lexicon named `mode-NAME`, `TYPE-NAME` and `word-NAME`, the tree; of
 *          the ontology a type's `guest` and `several`; the parties and where it happened.
 * Leaves   ev.mode: beside the frame's own, as far as the type has them and there is room.
 * Method   `mode-NAME`: a word counts that hangs at the event's trigger, light verb or the words
 *          that share its clause, through nouns only. Of a word that several classes hold, the
 *          longest entry counts: 'suicide bombing' is no bombing.
 *          `TYPE-NAME`, as `request-yield`: the word nearest to the head of what is asked, refused
 *          or threatened says what kind it is, in place of the frame's mode.
 *          `word-NAME`: the trigger itself, where nothing else showed a mode (what was learned has
 *          no frame that says it).
 *          `guest`: who is met where one of the parties is at home; `several`: more than two.
 */
#include "events/matcher.h"

#include "lexicon/ontology.h"

#define REACH 4 /* nouns between a word and the event */

#define NAME_MAX_BYTES 64 /* of a class of modes; longer ones are not looked for */

/* The class "BEGIN-MODE", with small letters; IMAGE_NONE none. */
static uint32_t class_named(const struct matcher *m, struct slice begin, struct slice mode)
{
    char want[NAME_MAX_BYTES];
    size_t n = 0;
    if (begin.n + mode.n + 1 > sizeof want)
        return IMAGE_NONE;
    for (size_t i = 0; i < begin.n; i++)
        want[n++] = begin.p[i] >= 'A' && begin.p[i] <= 'Z' ? (char)(begin.p[i] | 0x20) : begin.p[i];
    want[n++] = '-';
    memcpy(want + n, mode.p, mode.n);
    for (uint32_t i = 0; i < m->frames->n_classes; i++)
        if (slice_eq(frame_text(m->frames, m->frames->class_name[i]),
                     (struct slice){want, n + mode.n}))
            return i;
    return IMAGE_NONE;
}

bool mode_init(struct matcher *m)
{
    uint32_t n = MODE_KINDS * ontology_n_modes(m->lexicon) + 1;
    m->mode_class = arena_array(&m->article->scratch, n, uint32_t);
    return m->mode_class != NULL;
}

/* Of the type's mode i. Looked for when it is first asked for: a short article asks for few. */
static uint32_t class_of_mode(const struct matcher *m, const struct ontology_type *type,
                              enum mode_kind kind, uint32_t i)
{
    static const struct slice begin[MODE_KINDS] = {[MODE_BESIDE] = {"mode", 4},
                                                   [MODE_WORD] = {"word", 4}};
    uint32_t mode = type->first_mode + i;
    uint32_t *class = &m->mode_class[kind * ontology_n_modes(m->lexicon) + mode];
    if (*class == 0) {
        uint32_t found = class_named(m, kind == MODE_CONTENT ? frame_text(m->frames, type->name)
                                                             : begin[kind],
                                     ontology_mode(m->lexicon, mode));
        *class = found == IMAGE_NONE ? IMAGE_NONE : found + 1;
    }
    return *class == IMAGE_NONE ? IMAGE_NONE : *class - 1;
}

/* A verb with a subject of its own tells something beside: "killed, while others were shot". */
static bool is_beside(const struct matcher *m, uint32_t t)
{
    return graph_is_verb(m, t) && (graph_rel_is(m, t, REL_CONJ) ||
                                   graph_rel_is(m, t, REL_PARATAXIS) ||
                                   graph_child(m, t, REL_NSUBJ) != ARTICLE_NONE);
}

/* The word of an event beside, which has modes of its own; one of the same type may be what it is. */
static bool is_other_event(const struct matcher *m, const struct found *found, uint32_t t)
{
    for (uint32_t i = 0; i < m->n_found; i++)
        if (&m->found[i] != found && !m->found[i].dropped && m->found[i].ev.trigger == t &&
            (graph_rel_is(m, t, REL_CONJ) || !slice_eq(m->found[i].ev.type, found->ev.type)))
            return true;
    return false;
}

/* Does the word tell of the event: is the way up to it through nouns only? */
static bool belongs(const struct matcher *m, const struct found *found, const struct hosts *hosts,
                    uint32_t t)
{
    for (uint32_t i = 0; i < REACH && t >= m->first && t < m->end; i++) {
        for (uint32_t k = 0; k < hosts->n && k < 2; k++)
            if (hosts->tok[k] == t)
                return true;
        if (i > 0 ? graph_is_verb(m, t) : is_beside(m, t) || is_other_event(m, found, t))
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

/* The mode of the type that a word shows by the longest entry of the classes; IMAGE_NONE none. */
static uint32_t shown(const struct matcher *m, const struct ontology_type *type,
                      enum mode_kind kind, uint32_t t)
{
    uint32_t best = IMAGE_NONE, longest = 0;
    for (uint32_t i = 0; i < type->n_modes; i++) {
        uint32_t class = class_of_mode(m, type, kind, i);
        uint32_t words = class == IMAGE_NONE ? 0 : graph_class_words(m, t, class);
        if (words > longest) {
            longest = words;
            best = type->first_mode + i;
        }
    }
    return best;
}

/* ---- what stands beside the trigger ---- */

static void add_beside(const struct matcher *m, const struct ontology_type *type,
                       struct found *found)
{
    struct hosts hosts;
    clause_hosts(m, found, &hosts);
    for (uint32_t t = m->first; t < m->end; t++) {
        uint32_t mode = t != found->ev.trigger && belongs(m, found, &hosts, t)
            ? shown(m, type, MODE_BESIDE, t) : IMAGE_NONE;
        if (mode != IMAGE_NONE)
            add_mode(&found->ev, ontology_mode(m->lexicon, mode));
    }
}

/* ---- what is asked, refused, threatened ---- */

/* Does the word lead on to what the words above it are about? */
static bool leads_on(const struct matcher *m, uint32_t t)
{
    switch (relation_base(graph_rel(m, t))) {
    case REL_NSUBJ:
        return graph_rel(m, t) == REL_NSUBJ_PASS;
    case REL_ACL:
        return graph_rel(m, t) != REL_ACL_RELCL;
    case REL_ADVCL:
        return graph_child(m, t, REL_NSUBJ) == ARTICLE_NONE;
    case REL_PARATAXIS: case REL_PUNCT: case REL_APPOS: case REL_CC: case REL_AUX: case REL_COP:
    case REL_CASE: case REL_DET:
        return false;
    default:
        return true;
    }
}

/* The heads of the content: the frame's, or what completes a trigger that has no frame. */
static void content_heads(const struct matcher *m, const struct found *found, struct set *out)
{
    for (uint32_t i = 0; i < found->n_content; i++)
        set_add(out, found->content[i]);
    if (found->n_content)
        return;
    FOR_CHILDREN(m, c, found->ev.trigger) {
        enum relation rel = relation_base(graph_rel(m, c));
        if (rel == REL_CCOMP || rel == REL_XCOMP || rel == REL_OBJ || rel == REL_OBL ||
            rel == REL_NMOD || rel == REL_ADVCL || rel == REL_ACL)
            set_add(out, c);
    }
}

/* The mode that the word nearest to the head of the content shows; IMAGE_NONE none does. */
static uint32_t content_mode(const struct matcher *m, const struct ontology_type *type,
                             const struct found *found)
{
    struct set words = {.n = 0};
    content_heads(m, found, &words);
    for (uint32_t i = 0, depth_end = words.n, depth = 0; i < words.n; i++) {
        uint32_t t = words.tok[i];
        if (i == depth_end) {
            depth_end = words.n;
            if (++depth > REACH)
                break;
        }
        uint32_t negation = graph_function_child(m, t, CLASS_NEGATION);
        uint32_t mode = negation == ARTICLE_NONE ? IMAGE_NONE
                                                 : shown(m, type, MODE_CONTENT, negation);
        if (mode == IMAGE_NONE)
            mode = shown(m, type, MODE_CONTENT, t);
        if (mode != IMAGE_NONE)
            return mode;
        FOR_CHILDREN(m, c, t)
            if (leads_on(m, c))
                set_add(&words, c);
    }
    return IMAGE_NONE;
}

/* ---- where nothing else shows one ---- */

/* What the trigger does it to, or is made up of: "impose a curfew", "a curfew was imposed". */
static bool is_part(const struct matcher *m, uint32_t t)
{
    enum relation rel = graph_rel(m, t);
    return rel == REL_OBJ || rel == REL_NSUBJ_PASS || rel == REL_COMPOUND || rel == REL_AMOD;
}

static void add_word(const struct matcher *m, const struct ontology_type *type,
                     struct found *found)
{
    uint32_t mode = IMAGE_NONE;
    FOR_CHILDREN(m, c, found->ev.trigger) /* a curfew is told by its own name before "impose" */
        if (mode == IMAGE_NONE && is_part(m, c))
            mode = shown(m, type, MODE_WORD, c);
    uint32_t object = graph_is_verb(m, found->ev.trigger) ? graph_object(m, found->ev.trigger)
                                                          : ARTICLE_NONE;
    if (mode == IMAGE_NONE && object != ARTICLE_NONE) /* "the curfew imposed on Sunday" */
        mode = shown(m, type, MODE_WORD, object);
    if (mode == IMAGE_NONE)
        mode = shown(m, type, MODE_WORD, found->ev.trigger);
    if (mode == IMAGE_NONE && found->predicate != found->ev.trigger)
        mode = shown(m, type, MODE_WORD, found->predicate);
    FOR_CHILDREN(m, c, found->ev.trigger) /* "gunmen attacked" */
        if (mode == IMAGE_NONE && graph_rel(m, c) == REL_NSUBJ)
            mode = shown(m, type, MODE_WORD, c);
    if (mode != IMAGE_NONE)
        add_mode(&found->ev, ontology_mode(m->lexicon, mode));
    else if (found->frame->learned && found->frame->n_modes)
        add_mode(&found->ev, frame_text(m->frames, found->frame->mode[0]));
}

/* ---- who meets where ---- */

/* Meetings of more than two countries, and those at home with one of the parties. */
static void add_meeting(const struct matcher *m, const struct ontology_type *type,
                        struct found *found)
{
    struct event *ev = &found->ev;
    const char *code[2 * EVENT_PARTIES];
    uint32_t n = 0;
    bool at_home = false, guest = false;
    for (uint32_t i = 0; i < (uint32_t)ev->n_actors + ev->n_recipients; i++) {
        uint32_t party = i < ev->n_actors ? ev->actor[i] : ev->recipient[i - ev->n_actors];
        const char *own = m->article->mention[party].code;
        uint32_t k = 0;
        while (k < n && strcmp(code[k], own) != 0)
            k++;
        if (!own[0] || k < n)
            continue;
        code[n++] = own;
        bool home = ev->place_end > ev->place_first && strcmp(own, ev->place_country) == 0;
        at_home |= home;
        guest |= !home;
    }
    if (n > 2 && type->several.n)
        add_mode(ev, frame_text(m->frames, type->several));
    else if (at_home && guest && type->guest.n)
        add_mode(ev, frame_text(m->frames, type->guest));
}

static void mode_event(const struct matcher *m, struct found *found)
{
    const struct ontology_type *type = ontology_type(m->lexicon, found->ev.type);
    if (!type || type->n_modes == 0)
        return;
    add_beside(m, type, found);
    if (found->speech) {
        uint32_t mode = content_mode(m, type, found);
        if (mode != IMAGE_NONE) {
            found->ev.mode[0] = ontology_mode(m->lexicon, mode);
            found->ev.n_modes = 1;
        }
    }
    if (found->ev.n_modes == 0)
        add_meeting(m, type, found);
    if (found->ev.n_modes == 0)
        add_word(m, type, found);
}

void mode_sentence(struct matcher *m)
{
    for (uint32_t i = 0; i < m->n_found; i++)
        if (!m->found[i].dropped)
            mode_event(m, &m->found[i]);
}
