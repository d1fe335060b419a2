/* SPDX-License-Identifier: MIT */
/*
 * operator.c - what an event is: told as such, only the content of another, or of another status.
 *
 * Reads    found[] of the sentence, content_of[], operators of the lexicon, the words of its
 *          classes `future`, `if`, `negation`, `past`, `begin`.
 * Leaves   absorbed_by, ev.status; modes and contexts of the frame; type, cameo and mode changed by
 *          `inner` facts.
 *
 * Method   From the event's predicate upwards through the clauses that share its fate (xcomp,
 *          ccomp, conj, acl of an infinitive), looking at auxiliaries, negation and operators on
 *          the way.
 *          The first word that decides wins; a clause that is told for itself ends the walk.
 */
#include "events/matcher.h"

#define NOT_DECIDED UINT8_MAX

struct walk {
    const struct matcher *m;
    const uint8_t *over;  /* [sentence tokens] status an operator gives, NOT_DECIDED none */
    bool purpose;         /* went through an infinitive of unknown outcome */
    bool reported;        /* went through a clause of a verb of saying */
    bool modal;           /* an auxiliary of the event's own makes it possible */
    bool would;           /* met a word of possibility that is future when reported in the past */
};

/* ---- absorption ---- */

/* "the attack", "their attacks": taken as known, whatever is asked or threatened around it. */
static bool is_presupposed(const struct matcher *m, const struct found *found)
{
    if (!found->noun || found->predicate != found->ev.trigger)
        return false;
    FOR_CHILDREN(m, c, found->ev.trigger) {
        if (graph_rel(m, c) == REL_NMOD_POSS)
            return true;
        if (graph_rel(m, c) == REL_DET && (m->tok[c].feats & (FEAT(DEF) | FEAT(DEM))))
            return true;
    }
    return false;
}

static void absorb(struct matcher *m, uint32_t index)
{
    struct found *found = &m->found[index];
    uint32_t t = found->ev.trigger;
    for (uint32_t i = 0; i < CLIMB_MAX && t >= m->first && t < m->end; i++) {
        uint32_t by = m->content_of[t];
        if (by != ARTICLE_NONE && by != index && !m->found[by].dropped) {
            bool direct = t == found->ev.trigger || t == found->predicate || i <= 1;
            if (!direct && is_presupposed(m, found))
                return;
            found->absorbed_by = by;
            found->direct = direct;
            return;
        }
        enum relation rel = graph_rel(m, t);
        if (rel == REL_ACL_RELCL || rel == REL_APPOS ||
            (rel == REL_ACL && !graph_is_infinitive(m, t) &&
             graph_child(m, t, REL_MARK) == ARTICLE_NONE))
            return; /* told beside, in the paper's voice */
        if (rel == REL_ADVCL && graph_child(m, t, REL_NSUBJ) != ARTICLE_NONE &&
            graph_function_child(m, t, CLASS_IF) == ARTICLE_NONE)
            return; /* "..., after hundreds were injured" */
        if (m->tok[t].head == m->found[index].ev.trigger)
            return;
        t = m->tok[t].head;
    }
}

static void apply_inner(struct matcher *m, const struct found *inner, struct found *outer)
{
    const struct frame *frame = outer->frame;
    for (uint32_t i = 0; i < frame->inner.n; i++) {
        const struct frame_inner *rule = &m->frames->inner[frame->inner.first + i];
        if (!slice_eq(frame_text(m->frames, rule->type), inner->ev.type))
            continue;
        if (rule->to.n)
            outer->ev.type = frame_text(m->frames, rule->to);
        if (rule->cameo.n)
            outer->ev.cameo = frame_text(m->frames, rule->cameo);
        if (rule->mode.n) {
            outer->ev.mode[0] = frame_text(m->frames, rule->mode);
            outer->ev.n_modes = 1;
        }
        return;
    }
}

/* ---- status ---- */

static void operators_find(const struct matcher *m, uint8_t *over)
{
    for (uint32_t t = m->first; t < m->end; t++) {
        if (m->word[t] == IMAGE_NONE)
            continue;
        struct frame_range range = m->frames->triggers[m->word[t]];
        for (uint32_t i = 0; i < range.n; i++) {
            const struct frame_trigger *trigger = &m->frames->trigger[range.first + i];
            const struct frame *frame = &m->frames->frame[trigger->frame];
            if (!frame->is_operator || !match_trigger(m, trigger, t))
                continue;
            struct set words = {.n = 0};
            /* all that it stands over, not only the first alternative */
            for (uint32_t k = 0; k < frame->content.n; k++) {
                const struct frame_path *path = &m->frames->path[frame->content.first + k];
                /* what a noun stands below is not what it speaks of; an adjective's is */
                if (trigger->kind == TRIGGER_NOUN && path->n == 1 &&
                    m->frames->step[path->first].kind == STEP_HEAD)
                    continue;
                slot_words(m, t, (struct frame_range){frame->content.first + k, 1}, &words);
            }
            for (uint32_t k = 0; k < words.n; k++) {
                uint8_t *at = &over[words.tok[k] - m->first];
                if (*at == NOT_DECIDED || *at == FRAME_STATUS_SAME)
                    *at = (uint8_t)frame->status;
            }
        }
    }
}

/* What the words around one predicate say. */
static uint8_t own_status(struct walk *walk, uint32_t t)
{
    const struct matcher *m = walk->m;
    uint8_t status = NOT_DECIDED;
    bool negated = false, would = false;
    FOR_CHILDREN(m, c, t) {
        enum relation rel = relation_base(graph_rel(m, c));
        if (rel == REL_AUX) {
            if (graph_in(m, c, CLASS_FUTURE))
                status = STATUS_FUTURE;
            else if (graph_in(m, c, CLASS_IF)) {
                would = slice_is(token_lower(m->article, c), "would") ||
                        slice_is(token_lower(m->article, c), "'d");
                walk->would |= would;
                walk->modal |= !would;
                status = STATUS_HYPOTHETICAL;
            }
        } else if (rel == REL_CASE && graph_in(m, c, CLASS_FUTURE)) {
            status = STATUS_FUTURE; /* "AHEAD of the summit" */
        } else if (rel == REL_MARK && graph_in(m, c, CLASS_IF)) {
            status = STATUS_HYPOTHETICAL;
        } else if ((rel == REL_ADVMOD || rel == REL_DET || rel == REL_CC || rel == REL_MARK ||
                    rel == REL_CASE) && graph_in(m, c, CLASS_NEGATION)) {
            negated = true;
        } else if ((rel == REL_ADVMOD || rel == REL_AMOD) && status == NOT_DECIDED) {
            if (graph_in(m, c, CLASS_IF))
                status = STATUS_HYPOTHETICAL;
            else if (rel == REL_AMOD && graph_in(m, c, CLASS_FUTURE))
                status = STATUS_FUTURE;
            else if (graph_in(m, c, CLASS_PAST))
                status = STATUS_HISTORICAL;
        }
    }
    /* "would not" is a refusal, not a possibility */
    if (negated && (status == NOT_DECIDED || status == STATUS_FUTURE ||
                    (status == STATUS_HYPOTHETICAL && would)))
        return STATUS_NEGATION;
    return status;
}

/* Does the walk go on from t to the word over it? */
static bool shares_fate(const struct matcher *m, uint32_t t, uint32_t head)
{
    switch (graph_rel(m, t)) {
    case REL_XCOMP: case REL_CCOMP:
        return true;
    case REL_CONJ: /* "will meet and sign": the auxiliary stands at the first */
        return graph_child(m, t, REL_NSUBJ) == ARTICLE_NONE &&
               graph_child(m, t, REL_AUX) == ARTICLE_NONE;
    case REL_ADVCL: /* "will go there to attack", "would withdraw, ending"; not "punished for" */
        return graph_child(m, t, REL_NSUBJ) == ARTICLE_NONE &&
               (graph_is_infinitive(m, t) || graph_child(m, t, REL_MARK) == ARTICLE_NONE);
    case REL_ACL:
        return graph_is_infinitive(m, t);
    case REL_OBJ: case REL_NSUBJ_PASS:
        return graph_is_verb(m, head) && graph_in(m, head, CLASS_LIGHT);
    case REL_OBL: case REL_NSUBJ:
        return graph_is_verb(m, head) && graph_in(m, head, CLASS_LIGHT);
    case REL_NMOD:
        return graph_in(m, head, CLASS_CARRIER);
    default:
        return false;
    }
}

static uint8_t status_walk(struct walk *walk, uint32_t t)
{
    const struct matcher *m = walk->m;
    uint8_t status = NOT_DECIDED;
    for (uint32_t i = 0; i < CLIMB_MAX; i++) {
        uint8_t own = own_status(walk, t), over = walk->over[t - m->first];
        if (own != NOT_DECIDED && status == NOT_DECIDED)
            status = own;
        if (over != NOT_DECIDED && over != FRAME_STATUS_SAME && status == NOT_DECIDED)
            status = over;
        uint32_t head = m->tok[t].head;
        if (head < m->first || head >= m->end || !shares_fate(m, t, head))
            break;
        bool verb = graph_is_verb(m, head);
        if (verb && graph_rel(m, t) == REL_CCOMP && graph_in(m, head, CLASS_REPORT)) {
            walk->reported = true;
            break;
        }
        bool infinitive = !walk->purpose && graph_is_infinitive(m, t) && graph_rel(m, t) != REL_CONJ;
        if (status == NOT_DECIDED && infinitive && over == NOT_DECIDED &&
            !graph_in(m, head, CLASS_BEGIN)) {
            if (graph_in(m, head, CLASS_FUTURE))
                status = STATUS_FUTURE;
            else if (graph_in(m, head, CLASS_NEGATION))
                status = STATUS_NEGATION;
            else
                walk->purpose = true; /* a purpose, a wish: told because it came true, as a rule */
        }
        t = head;
    }
    return status;
}

static void status_set(const struct matcher *m, struct found *found, const uint8_t *over)
{
    struct walk walk = {.m = m, .over = over};
    uint32_t t = found->ev.trigger;
    uint8_t status = NOT_DECIDED;
    if (found->predicate != t) {
        status = own_status(&walk, t);
        if (status == NOT_DECIDED && over[t - m->first] != FRAME_STATUS_SAME)
            status = over[t - m->first];
    }
    if (status == NOT_DECIDED)
        status = status_walk(&walk, found->predicate);
    /* "said that it would send": future seen from the past */
    if (status == STATUS_HYPOTHETICAL && walk.would && walk.reported)
        status = STATUS_FUTURE;
    found->possible = status == STATUS_HYPOTHETICAL || walk.purpose;
    /* Words are told of because they were said; what is possible is what they speak of. */
    if (status == STATUS_HYPOTHETICAL && found->speech && !walk.modal)
        status = NOT_DECIDED;
    if (status == NOT_DECIDED || status == FRAME_STATUS_SAME)
        status = STATUS_HAPPENED;
    if (found->frame->status < FRAME_STATUS_SAME &&
        (status == STATUS_HAPPENED || status == found->frame->status ||
         (status == STATUS_NEGATION && found->frame->status == STATUS_HAPPENED)))
        status = (uint8_t)found->frame->status;
    found->ev.status = status;
}

/*
 * "will travel there to talk": what a told deed is done for is part of it, not a deed of its own.
 * Leaves absorbed_by of events that are only the purpose of another.
 */
static void absorb_purpose(struct matcher *m, uint32_t index)
{
    struct found *found = &m->found[index];
    uint32_t t = found->predicate;
    if (found->absorbed_by != ARTICLE_NONE || !found->possible)
        return;
    for (uint32_t i = 0; i < 4; i++) {
        uint32_t head = m->tok[t].head;
        enum relation rel = graph_rel(m, t);
        if (head < m->first || head >= m->end ||
            (rel != REL_ADVCL && rel != REL_XCOMP && rel != REL_ACL && rel != REL_CONJ))
            return;
        bool purpose = rel != REL_CONJ && graph_is_infinitive(m, t);
        for (uint32_t k = 0; k < m->n_found && purpose; k++) {
            if (k != index && !m->found[k].dropped && m->found[k].absorbed_by == ARTICLE_NONE &&
                (m->found[k].predicate == head || m->found[k].ev.trigger == head)) {
                found->absorbed_by = k;
                return;
            }
        }
        t = head;
    }
}

void operator_status(const struct matcher *m, struct found *found)
{
    status_set(m, found, m->over);
}

void operator_sentence(struct matcher *m)
{
    uint8_t *over = m->over = (uint8_t *)arena_bytes(&m->article->scratch, m->end - m->first);
    if (!over) {
        m->no_memory = true;
        return;
    }
    memset(over, NOT_DECIDED, m->end - m->first);
    operators_find(m, over);
    for (uint32_t i = 0; i < m->n_found; i++)
        absorb(m, i);
    for (uint32_t i = 0; i < m->n_found; i++) {
        struct found *found = &m->found[i];
        for (uint32_t k = 0; k < found->frame->n_modes && k < EVENT_MODES; k++)
            found->ev.mode[found->ev.n_modes++] = frame_text(m->frames, found->frame->mode[k]);
        for (uint32_t k = 0; k < found->frame->n_contexts && k < EVENT_CONTEXTS; k++)
            found->ev.context[found->ev.n_contexts++] =
                frame_text(m->frames, found->frame->context[k]);
    }
    for (uint32_t i = 0; i < m->n_found; i++) {
        struct found *found = &m->found[i];
        status_set(m, found, over);
        if (found->absorbed_by != ARTICLE_NONE && found->direct)
            apply_inner(m, found, &m->found[found->absorbed_by]);
    }
    for (uint32_t i = 0; i < m->n_found; i++)
        absorb_purpose(m, i);
}
