/* SPDX-License-Identifier: MIT */
/*
 * evidence.c - what speaks for or against: of a word that may tell an event, of a noun phrase that
 * may be its party.
 *
 * Reads    the tree by graph.c, mentions, what the frames found and what they tried.
 * Leaves   struct evidence.
 *
 * Method   Evidence is words and how they hang together: lemma, relation, who stands as subject and
 *          object and of what kind, prepositions, auxiliaries, what stands above and below; and
 *          what the frames say: which fired, which were tried in vain, whose content it is. Of a
 *          party: the way through the tree from the event's word, the slot in which the frame has
 *          it, what kind of mention it is, where it stands.
 * Cost     A look at the word's children and at those of its subject and objects.
 */
#include "events/evidence.h"

#include <stdio.h>

#include "events/piece.h"
#include "lexicon/ontology.h"

#define PATH_STEPS 5
/* What kind of thing a noun names. */
static struct value kind_of(const struct matcher *m, uint32_t t)
{
    if (!inside(m, t))
        return word_value("nobody");
    uint32_t index = m->article->mention_of[t];
    if (index == ARTICLE_NONE) {
        switch (m->tok[t].upos) {
        case UPOS_PROPN: return word_value("proper");
        case UPOS_PRON: return word_value("pro");
        case UPOS_VERB: return word_value("verb");
        default: return word_value("thing");
        }
    }
    const struct mention *mention = &m->article->mention[index];
    bool political = mention_is_political(mention);
    switch (mention->kind) {
    case MENTION_GROUP: return word_value("group");
    case MENTION_PRONOUN: return word_value(political ? "actor-pronoun" : "pronoun");
    case MENTION_COMMON: return word_value(political ? "role" : "common");
    default: break;
    }
    if (mention->flags & MENTION_PLACE)
        return word_value(mention->sector[0] ? "capital" : "country");
    if (political)
        return word_value(mention->flags & MENTION_PERSON ? "politician" : "organization");
    return word_value(mention->flags & MENTION_PERSON ? "person" : "name");
}

static const char *code_at(const struct matcher *m, uint32_t t)
{
    return inside(m, t) && m->article->mention_of[t] != ARTICLE_NONE
        ? m->article->mention[m->article->mention_of[t]].code : "";
}

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
    if (!out->found_at || !out->lemma_hash)
        return false;
    for (uint32_t t = m->first; t < m->end; t++) {
        const struct token *tok = &m->tok[t];
        out->found_at[t - m->first] = ARTICLE_NONE;
        out->lemma_hash[t - m->first] =
            judge_hash(tok->lemma ? slice_make(tok->lemma, tok->n_lemma)
                                 : slice_make(tok->lower, tok->n_lower));
        uint32_t index = m->article->mention_of[t];
        out->n_political += index != ARTICLE_NONE &&
                            mention_is_political(&m->article->mention[index]);
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
        struct value side = word_value(found->mutual ? "mutual" : ev->n_actors
            ? ev->n_recipients ? "both" : "actor" : ev->n_recipients ? "recipient" : "nobody");
        uint32_t a = ev->n_actors ? m->article->mention[ev->actor[0]].head : ARTICLE_NONE;
        uint32_t r = ev->n_recipients ? m->article->mention[ev->recipient[0]].head : ARTICLE_NONE;
        ADD(e, "fires", type);
        ADD(e, "fires-frame", value_of(frame_text(m->frames, found->frame->name)));
        ADD(e, "fires-status", type, status);
        ADD(e, "fires-inside", type, outer, word_value(found->direct ? "direct" : "-"));
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

static void of_classes(const struct matcher *m, uint32_t t, const char *name, struct value with,
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
        of_classes(m, object, "object-class", word_value("-"), e);
        of_classes(m, object, "lemma+object-class", lemma, e);
    }
    if (inside(m, subject) && m->tok[subject].upos == UPOS_NOUN) {
        ADD(e, "subject-lemma", lemma_of(s, subject));
        of_classes(m, subject, "subject-class", word_value("-"), e);
    }
    const char *a = code_at(m, subject), *b = code_at(m, object);
    ADD(e, "codes", word_value(!a[0] ? b[0] ? "-B" : "--" : !b[0] ? "A-" :
                               strcmp(a, b) == 0 ? "AA" : "AB"));
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
                of_classes(m, c, "phrase-class", preposition, e);
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
        struct value content = word_value(over->absorbed_by == ARTICLE_NONE ? "told" : "content");
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
        of_classes(m, head, "head-class", rel, e);
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
                    word_value(m->found[i].ev.trigger < t ? "before" : "behind"));
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
    ADD(e, "tense", word_value(tok->feats & FEAT(PAST) ? "past" : tok->feats & FEAT(PRES) ? "present" : "-"),
        word_value(tok->feats & FEAT(FIN) ? "finite" : tok->feats & FEAT(INF) ? "infinitive" :
                   tok->feats & FEAT(GER) ? "gerund" : tok->feats & FEAT(PART) ? "participle" : "-"),
        word_value(tok->upos == UPOS_VERB && graph_is_passive(m, t) ? "passive" : "-"));
    ADD(e, "number", word_value(tok->feats & FEAT(PLUR) ? "plural" : "singular"), upos);
    if (tok->flags & TOK_QUOTED)
        ADD(e, "quoted", upos);
    ADD(e, "actors", word_value(counts[s->n_political < 3 ? s->n_political : 3]), upos);
    if (tok->n_lower > 4)
        ADD(e, "ending", value_of(slice_make(tok->lower + tok->n_lower - 4, 4)), upos);
    of_frames(s, t, e);
    of_classes(m, t, "class", upos, e);
    of_sides(s, t, e);
    of_children(s, t, e);
    of_surroundings(s, t, e);
    of_ancestors(s, t, e);
    setting_evidence(s, t, e);
}

/* ---- a noun phrase that may be a party ---- */

bool evidence_is_party(const struct evidence_sentence *s, const struct found *found, uint32_t t)
{
    const struct matcher *m = s->m;
    const struct token *tok = &m->tok[t];
    if (t == found->ev.trigger || t == found->predicate)
        return false;
    if (m->article->mention_of[t] != ARTICLE_NONE)
        return true;
    return (tok->upos == UPOS_NOUN || tok->upos == UPOS_PROPN) && tok->rel != REL_COMPOUND &&
           tok->rel != REL_FLAT && !time_is_word(m, t);
}

static uint32_t ancestors(const struct matcher *m, uint32_t t, uint32_t *out)
{
    uint32_t n = 0;
    while (inside(m, t) && n < CLIMB_MAX) {
        out[n++] = t;
        t = m->tok[t].head;
    }
    return n;
}

static void way_step(const struct evidence_sentence *s, uint32_t t, char direction,
                     struct evidence *e)
{
    const struct matcher *m = s->m;
    enum relation rel = graph_rel(m, t);
    size_t n = strlen(e->way), k = strlen(e->bare);
    uint32_t by = relation_base(rel) == REL_NMOD || relation_base(rel) == REL_OBL
        ? graph_child(m, t, REL_CASE) : ARTICLE_NONE;
    struct slice word = by == ARTICLE_NONE ? (struct slice){0} : lemma_of(s, by).text;
    const char *name = relation_name(rel);
    snprintf(e->way + n, sizeof e->way - n, "%c%s%s%.*s", direction, name, word.n ? ":" : "",
             (int)(word.n > 12 ? 12 : word.n), word.n ? word.p : "");
    snprintf(e->bare + k, sizeof e->bare - k, "%c%s", direction, name);
}

/* The way from the trigger to t: relations up, then down, with the prepositions on it. */
static void way_find(const struct evidence_sentence *s, uint32_t from, uint32_t to,
                     struct evidence *e)
{
    const struct matcher *m = s->m;
    uint32_t up[CLIMB_MAX], down[CLIMB_MAX];
    uint32_t n = ancestors(m, from, up), k = ancestors(m, to, down);
    e->way[0] = e->bare[0] = '\0';
    while (n && k && up[n - 1] == down[k - 1]) {
        n--;
        k--;
    }
    if (n + k > PATH_STEPS) {
        snprintf(e->way, sizeof e->way, "far");
        snprintf(e->bare, sizeof e->bare, "far");
        return;
    }
    for (uint32_t i = 0; i < n; i++)
        way_step(s, up[i], '<', e);
    for (uint32_t i = k; i-- > 0;)
        way_step(s, down[i], '>', e);
}

static bool among(const uint32_t *party, uint32_t n, uint32_t mention)
{
    for (uint32_t i = 0; i < n; i++)
        if (party[i] == mention)
            return true;
    return false;
}

/* Where the frame has the mention. */
static const char *slot_of(const struct event *ev, uint32_t mention)
{
    if (mention == ARTICLE_NONE)
        return "-";
    if (among(ev->actor, ev->n_actors, mention))
        return ev->actor[0] == mention ? "actor" : "actor-too";
    if (among(ev->recipient, ev->n_recipients, mention))
        return ev->recipient[0] == mention ? "recipient" : "recipient-too";
    return "-";
}

static void of_party_self(const struct evidence_sentence *s, const struct found *found, uint32_t t,
                          struct value slot, struct value type, struct evidence *e)
{
    const struct matcher *m = s->m;
    const struct event *ev = &found->ev;
    uint32_t index = m->article->mention_of[t];
    struct value kind = kind_of(m, t), sector = sector_of(m, t);
    const char *code = code_at(m, t);
    const char *actor = ev->n_actors ? m->article->mention[ev->actor[0]].code : "";
    const char *recipient = ev->n_recipients ? m->article->mention[ev->recipient[0]].code : "";
    ADD(e, "kind", kind, slot);
    ADD(e, "kind+type", kind, type);
    ADD(e, "sector", sector, slot);
    ADD(e, "sector+type", sector, type);
    ADD(e, "sector+type+slot", sector, type, slot);
    ADD(e, "same-as", word_value(!code[0] ? "-" : strcmp(code, actor) == 0
        ? strcmp(code, recipient) == 0 ? "both" : "actor"
        : strcmp(code, recipient) == 0 ? "recipient" : "neither"), slot);
    if (m->tok[t].upos == UPOS_NOUN || m->tok[t].upos == UPOS_PRON) {
        ADD(e, "noun", lemma_of(s, t));
        ADD(e, "noun+slot", lemma_of(s, t), slot);
        ADD(e, "noun+type", lemma_of(s, t), type);
    }
    of_classes(m, t, "noun-class", slot, e);
    if (index != ARTICLE_NONE) {
        const struct mention *mention = &m->article->mention[index];
        ADD(e, "possessive", word_value(mention->flags & MENTION_POSSESSIVE ? "yes" : "no"), slot);
        ADD(e, "former", word_value(mention->flags & MENTION_FORMER ? "yes" : "no"), slot);
    }
}

static void of_party_place(const struct evidence_sentence *s, const struct found *found, uint32_t t,
                           struct value slot, struct value type, struct evidence *e)
{
    const struct matcher *m = s->m;
    uint32_t trigger = found->ev.trigger, between = 0;
    uint32_t low = t < trigger ? t : trigger, high = t < trigger ? trigger : t;
    for (uint32_t i = low + 1; i < high; i++) {
        uint32_t index = m->article->mention_of[i];
        between += index != ARTICLE_NONE && mention_is_political(&m->article->mention[index]);
    }
    static const char *const counts[] = {"0", "1", "2", "3+"};
    struct value side = word_value(t < trigger ? "before" : "behind");
    struct value n = word_value(counts[between < 3 ? between : 3]);
    ADD(e, "side", side, slot);
    ADD(e, "side+between", side, n, slot);
    ADD(e, "side+between+type", side, n, type);
    ADD(e, "side+kind", side, n, kind_of(m, t));
    ADD(e, "distance", word_value(high - low > 15 ? "far" : high - low > 7 ? "8-15" :
                                  high - low > 3 ? "4-7" : "1-3"), side, slot);
    uint32_t head = m->tok[t].head;
    struct value rel = rel_of(m, t);
    ADD(e, "rel", rel, slot);
    if (!inside(m, head))
        return;
    uint32_t over = m->article->mention_of[head];
    struct value outer = word_value(slot_of(&found->ev, over));
    ADD(e, "head-slot", outer, rel, slot);
    ADD(e, "head-kind", kind_of(m, head), rel, slot);
    if (m->tok[head].upos == UPOS_VERB || m->tok[head].upos == UPOS_NOUN)
        ADD(e, "head", lemma_of(s, head), rel, slot);
    bool speaker = graph_is_verb(m, head) && graph_in(m, head, CLASS_REPORT) && head != trigger;
    ADD(e, "speaker", word_value(speaker ? "yes" : "no"), rel, type);
}

void evidence_party(const struct evidence_sentence *s, const struct found *found, uint32_t t,
                    struct evidence *e)
{
    const struct matcher *m = s->m;
    const struct event *ev = &found->ev;
    uint32_t index = m->article->mention_of[t];
    struct value type = value_of(ev->type), lemma = lemma_of(s, ev->trigger);
    struct value frame = value_of(frame_text(m->frames, found->frame->name));
    struct value slot = word_value(slot_of(ev, index));
    struct value full = word_value(found->mutual ? "mutual" : ev->n_actors
        ? ev->n_recipients ? "both" : "actor" : ev->n_recipients ? "recipient" : "nobody");
    struct value upos = upos_of_token(m, ev->trigger);
    way_find(s, ev->trigger, t, e);
    struct value path = word_value(e->way), bare = word_value(e->bare);
    uint32_t subject = graph_subject(m, ev->trigger), object = graph_object(m, ev->trigger);
    struct value role = word_value(t == subject ? "subject" : t == object ? "object" : "-");
    e->n = 0;
    ADD(e, "slot", slot);
    ADD(e, "slot+type", slot, type);
    ADD(e, "slot+frame", slot, frame);
    ADD(e, "slot+sides", slot, full);
    ADD(e, "slot+kind+type", slot, kind_of(m, t), type);
    ADD(e, "role", role, slot);
    ADD(e, "role+type", role, type);
    ADD(e, "role+lemma", role, lemma);
    ADD(e, "role+kind", role, kind_of(m, t), full);
    ADD(e, "way", path, upos);
    ADD(e, "way+slot", path, slot);
    ADD(e, "way+type", path, type);
    ADD(e, "way+lemma", path, lemma);
    ADD(e, "way+kind", path, kind_of(m, t));
    ADD(e, "bare", bare, upos);
    ADD(e, "bare+slot", bare, slot, full);
    ADD(e, "bare+type", bare, type);
    ADD(e, "bare+kind", bare, kind_of(m, t));
    of_party_self(s, found, t, slot, type, e);
    of_party_place(s, found, t, slot, type, e);
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
