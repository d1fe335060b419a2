/* SPDX-License-Identifier: MIT */
/*
 * evidence.c - what speaks for or against a word telling an event of a type.
 *
 * Reads    the tree by graph.c, mentions, what the frames found and what they tried.
 * Leaves   struct evidence.
 *
 * Method   Evidence is words and how they hang together: lemma, relation, who stands as subject and
 *          object and of what kind, prepositions, auxiliaries, what stands above and below; and
 *          what the frames say: which fired, which were tried in vain, whose content it is. What
 *          speaks for parties is in evidence-party.c.
 * Cost     A look at the word's children and at those of its subject and objects.
 */
#include "events/piece.h"

/* The type that a find is written as: a future CONSULT is AGREE. */
static struct value type_of(const struct matcher *m, const struct event *ev)
{
    const struct frame_turn *turn = matcher_turn(m, ev);
    return value_of(turn ? frame_text(m->frames, turn->to) : ev->type);
}

/* ---- the sentence ---- */

bool evidence_prepare(const struct matcher *m, struct evidence_sentence *out)
{
    uint32_t n = m->end - m->first;
    *out = (struct evidence_sentence){.m = m};
    out->found_at = arena_array(&m->article->scratch, n, uint32_t);
    out->lemma_hash = arena_array(&m->article->scratch, n, uint32_t);
    out->mention_at = arena_array(&m->article->scratch, n, uint32_t);
    if (!out->found_at || !out->lemma_hash || !out->mention_at)
        return false;
    for (uint32_t t = m->first; t < m->end; t++) {
        const struct token *tok = &m->tok[t];
        out->found_at[t - m->first] = ARTICLE_NONE;
        out->lemma_hash[t - m->first] =
            judge_hash(tok->lemma ? slice_make(tok->lemma, tok->n_lemma)
                                 : slice_make(tok->lower, tok->n_lower));
        uint32_t index = m->article->mention_of[t];
        if (index == ARTICLE_NONE)
            continue;
        out->mention_at[out->n_mentions++] = t;
        out->n_political += mention_is_political(&m->article->mention[index]);
    }
    for (uint32_t i = 0; i < m->n_found; i++)
        out->found_at[m->found[i].ev.trigger - m->first] = i;
    return setting_prepare(out);
}

bool evidence_is_candidate(const struct evidence_sentence *s, uint32_t t)
{
    const struct matcher *m = s->m;
    const struct token *tok = &m->tok[t];
    if (found_at(s, t))
        return true;
    if (tok->upos == UPOS_VERB)
        return true;
    if (tok->upos != UPOS_NOUN || tok->rel == REL_COMPOUND || tok->rel == REL_FLAT)
        return false;
    uint32_t index = m->article->mention_of[t];
    return index == ARTICLE_NONE || !mention_is_political(&m->article->mention[index]);
}

uint32_t evidence_lemma(const struct evidence_sentence *s, uint32_t t)
{
    struct value upos = upos_of_token(s->m, t);
    uint32_t key = mix(mix(name_hash("lemma"), lemma_of(s, t).hash), upos.hash);
    return key ? key : 1;
}

/* ---- a word that may tell an event ---- */

static void of_frames(const struct evidence_sentence *s, uint32_t t, struct evidence *e)
{
    const struct matcher *m = s->m;
    const struct found *found = found_at(s, t);
    struct value rel = rel_of(m, t);
    if (found) {
        const struct event *ev = &found->ev;
        struct value type = value_of(ev->type), status = word_value(status_name(ev->status));
        bool content = found->absorbed_by != ARTICLE_NONE;
        struct value outer = content ? value_of(m->found[found->absorbed_by].ev.type)
                                     : word_value("-");
        struct value side = sides_of(found);
        uint32_t a = ev->n_actors ? m->article->mention[ev->actor[0]].head : ARTICLE_NONE;
        uint32_t r = ev->n_recipients ? m->article->mention[ev->recipient[0]].head : ARTICLE_NONE;
        ADD(e, "fires", type);
        ADD(e, "fires-frame", value_of(frame_text(m->frames, found->frame->name)));
        ADD(e, "fires-status", type, status);
        ADD(e, "fires-inside", type, outer, either(found->direct, "direct", "-"));
        ADD(e, "fires-rel", type, rel, upos_of_token(m, t));
        ADD(e, "fires-sides", type, side);
        ADD(e, "fires-who", type, kind_of(m, a), kind_of(m, r));
        ADD(e, "fires-sectors", type, sector_of(m, a), sector_of(m, r));
        ADD(e, "fires-rel-sides", rel, side);
        if (content)
            ADD(e, "content", rel);
        if (content)
            ADD(e, "content-of", outer);
        return;
    }
    struct slice last = {0};
    struct frame_range range = {0};
    if (m->word[t] != IMAGE_NONE)
        range = m->frames->triggers[m->word[t]];
    for (uint32_t i = 0; i < range.n; i++) {
        const struct frame_trigger *trigger = &m->frames->trigger[range.first + i];
        const struct frame *frame = &m->frames->frame[trigger->frame];
        struct slice type = frame_text(m->frames, frame->type);
        if (frame->is_operator || !match_trigger(m, trigger, t))
            continue;
        if (!slice_eq(type, last)) {
            ADD(e, "tried", value_of(type));
            ADD(e, "tried-rel", value_of(type), rel);
        }
        ADD(e, "tried-frame", value_of(frame_text(m->frames, frame->name)));
        last = type;
    }
    if (!last.p)
        ADD(e, "no-frame", upos_of_token(m, t));
}

void evidence_classes(const struct matcher *m, uint32_t t, const char *name, struct value with,
                      struct evidence *e)
{
    if (m->word[t] == IMAGE_NONE)
        return;
    struct frame_range entries = m->frames->entries[m->word[t]];
    uint32_t last = IMAGE_NONE;
    for (uint32_t i = 0; i < entries.n; i++) {
        const struct frame_entry *entry = &m->frames->entry[entries.first + i];
        if (entry->rest.n || entry->class == last)
            continue;
        last = entry->class;
        ADD(e, name, value_of(frame_text(m->frames, m->frames->class_name[entry->class])), with);
    }
}

/* Subject and object, by surface and meaning. */
static void of_sides(const struct evidence_sentence *s, uint32_t t, struct evidence *e)
{
    const struct matcher *m = s->m;
    struct value lemma = lemma_of(s, t);
    uint32_t subject = graph_subject(m, t), object = graph_object(m, t);
    struct value who = kind_of(m, subject), whom = kind_of(m, object);
    ADD(e, "subject", who);
    ADD(e, "object", whom);
    ADD(e, "subject+object", who, whom);
    ADD(e, "lemma+subject", lemma, who);
    ADD(e, "lemma+object", lemma, whom);
    ADD(e, "subject-sector", sector_of(m, subject));
    ADD(e, "object-sector", sector_of(m, object));
    ADD(e, "sectors", sector_of(m, subject), sector_of(m, object));
    ADD(e, "lemma+sector", lemma, sector_of(m, subject));
    ADD(e, "lemma+object-sector", lemma, sector_of(m, object));
    if (inside(m, object) && m->article->mention_of[object] == ARTICLE_NONE) {
        ADD(e, "object-lemma", lemma_of(s, object));
        ADD(e, "lemma+object-lemma", lemma, lemma_of(s, object));
        evidence_classes(m, object, "object-class", word_value("-"), e);
        evidence_classes(m, object, "lemma+object-class", lemma, e);
    }
    if (inside(m, subject) && m->tok[subject].upos == UPOS_NOUN) {
        ADD(e, "subject-lemma", lemma_of(s, subject));
        evidence_classes(m, subject, "subject-class", word_value("-"), e);
    }
    const char *a = code_at(m, subject), *b = code_at(m, object);
    ADD(e, "codes", !a[0] ? either(b[0], "-B", "--") : !b[0] ? word_value("A-")
                                 : either(strcmp(a, b) == 0, "AA", "AB"));
}

static void of_children(const struct evidence_sentence *s, uint32_t t, struct evidence *e)
{
    const struct matcher *m = s->m;
    struct value lemma = lemma_of(s, t), upos = upos_of_token(m, t);
    FOR_CHILDREN(m, c, t) {
        struct value word = lemma_of(s, c), rel = rel_of(m, c);
        switch (relation_base(graph_rel(m, c))) {
        case REL_AUX: case REL_MARK: case REL_ADVMOD: case REL_DET: case REL_CASE: case REL_COP:
            ADD(e, "below", rel, word, upos);
            ADD(e, "lemma+below", lemma, word);
            break;
        case REL_COMPOUND: case REL_AMOD: case REL_NUMMOD:
            ADD(e, "modifier", word, upos);
            ADD(e, "lemma+modifier", lemma, word);
            ADD(e, "modifier-kind", kind_of(m, c), upos);
            break;
        case REL_OBL: case REL_NMOD: case REL_ADVCL: case REL_ACL: {
            uint32_t by = graph_child(m, c, REL_CASE);
            struct value preposition = by == ARTICLE_NONE ? rel : lemma_of(s, by);
            ADD(e, "phrase", preposition, upos);
            ADD(e, "lemma+phrase", lemma, preposition);
            ADD(e, "phrase-kind", preposition, kind_of(m, c), upos);
            ADD(e, "lemma+phrase-kind", lemma, preposition, kind_of(m, c));
            if (m->article->mention_of[c] == ARTICLE_NONE) {
                ADD(e, "phrase-lemma", preposition, word);
                ADD(e, "lemma+phrase-lemma", lemma, preposition, word);
                evidence_classes(m, c, "phrase-class", preposition, e);
            }
            break;
        }
        case REL_XCOMP: case REL_CCOMP: case REL_PARATAXIS:
            ADD(e, "clause", rel, word);
            ADD(e, "lemma+clause", lemma, rel, word);
            ADD(e, "clause-found", rel, found_value(s, c));
            ADD(e, "lemma+clause-found", lemma, rel, found_value(s, c));
            break;
        default:
            ADD(e, "child", rel, upos);
            break;
        }
    }
}

/* What stands above, farther than the head: the next find, the next verb. */
static void of_ancestors(const struct evidence_sentence *s, uint32_t t, struct evidence *e)
{
    static const char *const far[] = {"1", "2", "3", "4", "5"};
    const struct matcher *m = s->m;
    struct value upos = upos_of_token(m, t), fires = found_value(s, t);
    uint32_t at = t, verb = ARTICLE_NONE;
    const struct found *over = NULL;
    for (uint32_t i = 0; i < 5 && inside(m, m->tok[at].head); i++) {
        uint32_t below = at;
        at = m->tok[at].head;
        over = found_at(s, at);
        if (verb == ARTICLE_NONE && i > 0 && graph_is_verb(m, at)) {
            verb = at;
            ADD(e, "verb-over", lemma_of(s, at), rel_of(m, below), upos);
        }
        if (!over)
            continue;
        struct value content = either(over->absorbed_by == ARTICLE_NONE, "told", "content");
        ADD(e, "under", value_of(over->ev.type), content, upos);
        ADD(e, "under-far", value_of(over->ev.type), word_value(far[i]), rel_of(m, below));
        ADD(e, "fires-under", fires, value_of(over->ev.type), content);
        break;
    }
    if (!over)
        ADD(e, "under-none", fires, upos);
    uint8_t status = m->over[t - m->first];
    if (status <= STATUS_DENIED)
        ADD(e, "operator", word_value(status_name(status)), upos);
}

static void of_surroundings(const struct evidence_sentence *s, uint32_t t, struct evidence *e)
{
    const struct matcher *m = s->m;
    struct value lemma = lemma_of(s, t), rel = rel_of(m, t), upos = upos_of_token(m, t);
    uint32_t head = m->tok[t].head;
    if (inside(m, head)) {
        ADD(e, "head", lemma_of(s, head), rel);
        ADD(e, "lemma+head", lemma, lemma_of(s, head));
        ADD(e, "head-found", found_value(s, head), rel, upos);
        ADD(e, "lemma+head-found", lemma, found_value(s, head));
        evidence_classes(m, head, "head-class", rel, e);
    }
    if (t > m->first) {
        ADD(e, "before", lemma_of(s, t - 1), upos);
        ADD(e, "before+lemma", lemma_of(s, t - 1), lemma);
    }
    if (t + 1 < m->end) {
        ADD(e, "after", lemma_of(s, t + 1), upos);
        ADD(e, "lemma+after", lemma, lemma_of(s, t + 1));
    }
    uint32_t light = m->tok[t].upos == UPOS_NOUN ? graph_light(m, t) : ARTICLE_NONE;
    if (light != ARTICLE_NONE) {
        ADD(e, "light", lemma_of(s, light));
        ADD(e, "lemma+light", lemma, lemma_of(s, light));
        ADD(e, "light-found", found_value(s, light));
    }
    for (uint32_t i = 0; i < m->n_found && i < 6; i++)
        if (m->found[i].ev.trigger != t) {
            ADD(e, "also", type_of(m, &m->found[i].ev), upos);
            if (found_at(s, t))
                ADD(e, "fires-also", value_of(found_at(s, t)->ev.type),
                    value_of(m->found[i].ev.type),
                    either(m->found[i].ev.trigger < t, "before", "behind"));
        }
}

void evidence_trigger(const struct evidence_sentence *s, uint32_t t, struct evidence *e)
{
    static const char *const counts[] = {"0", "1", "2", "3+"};
    const struct matcher *m = s->m;
    const struct token *tok = &m->tok[t];
    struct value lemma = lemma_of(s, t), rel = rel_of(m, t), upos = upos_of_token(m, t);
    e->n = 0;
    ADD(e, "word", upos);
    ADD(e, "lemma", lemma, upos);
    ADD(e, "rel", rel, upos);
    ADD(e, "lemma+rel", lemma, rel);
    ADD(e, "form", value_of(slice_make(tok->lower, tok->n_lower)));
    ADD(e, "tense",
        tok->feats & FEAT(PAST) ? word_value("past") : either(tok->feats & FEAT(PRES), "present", "-"),
        tok->feats & FEAT(FIN) ? word_value("finite")
            : tok->feats & FEAT(INF) ? word_value("infinitive")
            : tok->feats & FEAT(GER) ? word_value("gerund")
                                     : either(tok->feats & FEAT(PART), "participle", "-"),
        either(tok->upos == UPOS_VERB && graph_is_passive(m, t), "passive", "-"));
    ADD(e, "number", either(tok->feats & FEAT(PLUR), "plural", "singular"), upos);
    if (tok->flags & TOK_QUOTED)
        ADD(e, "quoted", upos);
    ADD(e, "actors", word_value(counts[s->n_political < 3 ? s->n_political : 3]), upos);
    if (tok->n_lower > 4)
        ADD(e, "ending", value_of(slice_make(tok->lower + tok->n_lower - 4, 4)), upos);
    of_frames(s, t, e);
    evidence_classes(m, t, "class", upos, e);
    of_sides(s, t, e);
    of_children(s, t, e);
    of_surroundings(s, t, e);
    of_ancestors(s, t, e);
    setting_evidence(s, t, e);
}

void evidence_show(const struct evidence_piece *piece, struct buf *out)
{
    buf_add_text(out, piece->name);
    for (uint32_t i = 0; i < 3 && piece->value[i].p; i++) {
        struct slice value = piece->value[i];
        if (value.n == TO_NUL)
            value = slice_of(value.p);
        buf_printf(out, " %.*s", (int)value.n, value.p);
    }
}
