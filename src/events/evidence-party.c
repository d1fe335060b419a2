/* SPDX-License-Identifier: MIT */
/*
 * evidence-party.c - what speaks for or against a noun phrase being a party of an event.
 *
 * Reads    the tree by graph.c, mentions, the sides that the frames gave.
 * Leaves   struct evidence.
 *
 * Method   The way through the tree from the event's word to the phrase, whole and by its steps;
 *          the slot in which the frame has it; its preposition, the words before and behind it; what
 *          kind of mention it is and which others there are of its country, nearer or farther; who
 *          else is subject and object; on which side another event of the sentence has it.
 * Cost     A walk up the tree and a look at each mention of the sentence.
 */
#include <stdio.h>

#include "events/piece.h"

#define PATH_STEPS 5
#define OTHERS_MAX 6 /* other finds of the sentence that are looked at */

/* One noun phrase asked about one event; values that many pieces share. */
struct asked {
    const struct evidence_sentence *s;
    const struct found *found;
    uint32_t t, trigger, mention; /* mention: ARTICLE_NONE none */
    uint32_t subject, object;     /* of the trigger */
    struct value slot, type, lemma, kind, role, side, by;
};

static struct value count_value(uint32_t n)
{
    switch (n) {
    case 0: return word_value("0");
    case 1: return word_value("1");
    case 2: return word_value("2");
    default: return word_value("3+");
    }
}

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

/* ---- the way ---- */

static uint32_t ancestors(const struct matcher *m, uint32_t t, uint32_t *out)
{
    uint32_t n = 0;
    while (inside(m, t) && n < CLIMB_MAX) {
        out[n++] = t;
        t = m->tok[t].head;
    }
    return n;
}

/* Writes behind the text of n bytes what there is room for; returns its new length. */
static size_t append(char *to, size_t room, size_t n, const char *text, size_t n_text)
{
    n_text = n_text < room - 1 - n ? n_text : room - 1 - n;
    memcpy(to + n, text, n_text);
    to[n + n_text] = '\0';
    return n + n_text;
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
    size_t n_name = strlen(name);
    n = append(e->way, sizeof e->way, n, &direction, 1);
    n = append(e->way, sizeof e->way, n, name, n_name);
    if (word.n) {
        n = append(e->way, sizeof e->way, n, ":", 1);
        append(e->way, sizeof e->way, n, word.p, word.n > 12 ? 12 : word.n);
    }
    k = append(e->bare, sizeof e->bare, k, &direction, 1);
    append(e->bare, sizeof e->bare, k, name, n_name);
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

/* The steps of a way, "<obj" or ">obl:with", by themselves and by twos. */
static void of_steps(const struct asked *q, struct evidence *e)
{
    struct value step[PATH_STEPS + 1];
    uint32_t n = 0;
    for (const char *p = e->way; *p && n <= PATH_STEPS;) {
        size_t k = 1 + strcspn(p + 1, "<>");
        step[n++] = value_of(slice_make(p, k));
        p += k;
    }
    for (uint32_t i = 0; i < n; i++) {
        ADD(e, "step", step[i], q->slot);
        ADD(e, "step+type", step[i], q->type,
            i == 0 ? word_value("first") : either(i + 1 == n, "last", "-"));
        if (i + 1 < n)
            ADD(e, "steps", step[i], step[i + 1], q->type);
    }
    if (n)
        ADD(e, "step+lemma", step[0], q->lemma, either(n == 1, "only", "more"));
}

static void of_way(const struct asked *q, struct evidence *e)
{
    const struct matcher *m = q->s->m;
    struct value path = word_value(e->way), bare = word_value(e->bare);
    struct value upos = upos_of_token(m, q->trigger);
    ADD(e, "way", path, upos);
    ADD(e, "way+slot", path, q->slot);
    ADD(e, "way+type", path, q->type);
    ADD(e, "way+lemma", path, q->lemma);
    ADD(e, "way+kind", path, q->kind);
    ADD(e, "bare", bare, upos);
    ADD(e, "bare+type", bare, q->type);
    ADD(e, "bare+kind", bare, q->kind);
    of_steps(q, e);
}

/* Words that stand over the phrase and over the trigger. */
static void of_heads(const struct asked *q, struct evidence *e)
{
    const struct matcher *m = q->s->m;
    struct value rel = rel_of(m, q->t);
    uint32_t up = q->t, head = m->tok[q->t].head;
    for (uint32_t i = 0; i < 3; i++) {
        up = m->tok[up].head;
        if (!inside(m, up) || up == q->trigger)
            break;
        ADD(e, "over", lemma_of(q->s, up), q->type);
        ADD(e, "over+slot", lemma_of(q->s, up), q->slot, rel);
    }
    up = q->trigger;
    for (uint32_t i = 0; i < 3; i++) {
        up = m->tok[up].head;
        if (!inside(m, up) || up == q->t)
            break;
        ADD(e, "trigger-under", lemma_of(q->s, up), either(up == head, "both", "-"), rel);
    }
}

/* ---- sides ---- */

static bool among(const uint32_t *party, uint32_t n, uint32_t mention)
{
    for (uint32_t i = 0; i < n; i++)
        if (party[i] == mention)
            return true;
    return false;
}

/* Where the event has the mention. */
static struct value slot_of(const struct event *ev, uint32_t mention)
{
    if (mention != ARTICLE_NONE && among(ev->actor, ev->n_actors, mention))
        return either(ev->actor[0] == mention, "actor", "actor-too");
    if (mention != ARTICLE_NONE && among(ev->recipient, ev->n_recipients, mention))
        return either(ev->recipient[0] == mention, "recipient", "recipient-too");
    return word_value("-");
}

/* A pronoun where the frame's slot was: the event has the name that it stands for. */
static struct value pronoun_slot(const struct matcher *m, const struct event *ev, uint32_t mention)
{
    struct value slot = slot_of(ev, mention);
    if (mention == ARTICLE_NONE || m->article->mention[mention].kind != MENTION_PRONOUN ||
        slot.text.p[0] != '-')
        return slot;
    for (uint32_t i = 0; i < ev->n_actors; i++)
        if (match_is_same(m, ev->actor[i], mention))
            return word_value("actor-by-pronoun");
    for (uint32_t i = 0; i < ev->n_recipients; i++)
        if (match_is_same(m, ev->recipient[i], mention))
            return word_value("recipient-by-pronoun");
    return slot;
}

static void of_slot(const struct asked *q, struct evidence *e)
{
    const struct matcher *m = q->s->m;
    const struct event *ev = &q->found->ev;
    struct value frame = value_of(frame_text(m->frames, q->found->frame->name));
    struct value full = sides_of(q->found);
    struct value who = kind_of(m, q->subject), whom = kind_of(m, q->object);
    ADD(e, "slot", q->slot);
    ADD(e, "slot+type", q->slot, q->type);
    ADD(e, "slot+frame", q->slot, frame);
    ADD(e, "slot+sides", q->slot, full);
    ADD(e, "slot+kind+type", q->slot, q->kind, q->type);
    ADD(e, "slot+lemma", q->slot, q->lemma);
    ADD(e, "slot+status", q->slot, word_value(status_name(ev->status)), q->type);
    ADD(e, "role", q->role, q->slot);
    ADD(e, "role+type", q->role, q->type);
    ADD(e, "role+lemma", q->role, q->lemma);
    ADD(e, "role+kind", q->role, q->kind, full);
    ADD(e, "bare+slot", word_value(e->bare), q->slot, full);
    ADD(e, "others", who, whom, q->role);
    ADD(e, "others+case", who, whom, q->by);
    ADD(e, "others+slot", who, whom, q->slot);
}

/* The predicate: active or not, a light verb, itself below another word. */
static void of_predicate(const struct asked *q, struct evidence *e)
{
    const struct matcher *m = q->s->m;
    uint32_t predicate = q->found->predicate;
    struct value rel = rel_of(m, q->trigger);
    ADD(e, "voice", either(graph_is_passive(m, predicate), "passive", "active"), q->role,
        q->slot);
    ADD(e, "trigger-rel", rel, q->role, q->kind);
    ADD(e, "trigger-rel+case", rel, q->by, q->type);
    if (predicate == q->trigger)
        return;
    struct value light = lemma_of(q->s, predicate);
    ADD(e, "light", light, q->role, q->slot);
    ADD(e, "light+case", light, q->by, q->type);
}

/* On which side the other events of the sentence have the phrase. */
static void of_other_events(const struct asked *q, struct evidence *e)
{
    const struct matcher *m = q->s->m;
    if (q->mention == ARTICLE_NONE)
        return;
    for (uint32_t i = 0; i < m->n_found && i < OTHERS_MAX; i++) {
        const struct event *ev = &m->found[i].ev;
        if (&m->found[i] == q->found)
            continue;
        struct value there = slot_of(ev, q->mention);
        ADD(e, "elsewhere", there, q->slot, either(ev->trigger < q->trigger, "before", "behind"));
        ADD(e, "elsewhere+type", there, q->type, value_of(ev->type));
    }
}

/* ---- the phrase itself ---- */

static void of_self(const struct asked *q, struct evidence *e)
{
    const struct matcher *m = q->s->m;
    const struct event *ev = &q->found->ev;
    struct value sector = sector_of(m, q->t), lemma = lemma_of(q->s, q->t);
    const char *code = code_at(m, q->t);
    const char *actor = ev->n_actors ? m->article->mention[ev->actor[0]].code : "";
    const char *recipient = ev->n_recipients ? m->article->mention[ev->recipient[0]].code : "";
    uint32_t det = graph_child(m, q->t, REL_DET);
    ADD(e, "kind", q->kind, q->slot);
    ADD(e, "kind+type", q->kind, q->type);
    ADD(e, "kind+lemma", q->kind, q->lemma, q->side);
    ADD(e, "sector", sector, q->slot);
    ADD(e, "sector+type", sector, q->type);
    ADD(e, "sector+type+slot", sector, q->type, q->slot);
    ADD(e, "sector+lemma", sector, q->lemma, q->side);
    ADD(e, "same-as", !code[0] ? word_value("-") : strcmp(code, actor) == 0
        ? either(strcmp(code, recipient) == 0, "both", "actor")
        : either(strcmp(code, recipient) == 0, "recipient", "neither"), q->slot);
    if (m->tok[q->t].upos == UPOS_NOUN || m->tok[q->t].upos == UPOS_PRON) {
        ADD(e, "noun", lemma);
        ADD(e, "noun+slot", lemma, q->slot);
        ADD(e, "noun+type", lemma, q->type);
    }
    evidence_classes(m, q->t, "noun-class", q->slot, e);
    ADD(e, "article", det == ARTICLE_NONE ? word_value("-") : lemma_of(q->s, det), q->slot, q->kind);
    ADD(e, "number", either(m->tok[q->t].feats & FEAT(PLUR), "plural", "singular"), q->slot,
        q->kind);
    if (q->mention != ARTICLE_NONE) {
        const struct mention *mention = &m->article->mention[q->mention];
        ADD(e, "possessive", either(mention->flags & MENTION_POSSESSIVE, "yes", "no"), q->slot);
        ADD(e, "former", either(mention->flags & MENTION_FORMER, "yes", "no"), q->slot);
    }
}

/* Its preposition and the words at its edges. */
static void of_words_around(const struct asked *q, struct evidence *e)
{
    const struct matcher *m = q->s->m;
    uint32_t head = m->tok[q->t].head, first = q->t, end = q->t + 1;
    struct value nothing = word_value("-");
    struct value over = inside(m, head) ? lemma_of(q->s, head) : nothing;
    ADD(e, "case", q->by, q->slot);
    ADD(e, "case+type", q->by, q->type, q->side);
    ADD(e, "case+lemma", q->by, q->lemma);
    ADD(e, "case+head", q->by, over, q->type);
    ADD(e, "case+kind", q->by, q->kind, q->type);
    ADD(e, "word-before", q->t > m->first ? lemma_of(q->s, q->t - 1) : nothing, q->slot);
    ADD(e, "word-behind", q->t + 1 < m->end ? lemma_of(q->s, q->t + 1) : nothing, q->slot);
    if (q->mention != ARTICLE_NONE) {
        const struct mention *mention = &m->article->mention[q->mention];
        first = mention->first;
        end = mention->end;
    }
    if (first < m->first || end > m->end || first > q->t || end <= q->t)
        return;
    ADD(e, "edge-before", first > m->first ? lemma_of(q->s, first - 1) : nothing, q->slot, q->type);
    ADD(e, "edge-behind", end < m->end ? lemma_of(q->s, end) : nothing, q->slot, q->type);
}

/* ---- where it stands among others ---- */

static uint32_t apart(uint32_t a, uint32_t b)
{
    return a < b ? b - a : a - b;
}

/* Who else is there: before it, between it and the trigger, of its country. */
static void of_others(const struct asked *q, struct evidence *e)
{
    const struct matcher *m = q->s->m;
    const struct mention *own = q->mention == ARTICLE_NONE ? NULL : &m->article->mention[q->mention];
    uint32_t low = q->t < q->trigger ? q->t : q->trigger, far = apart(q->t, q->trigger);
    uint32_t between = 0, rank = 0, same = 0, nearer = 0, other = 0, twins = 0;
    for (uint32_t i = 0; i < q->s->n_mentions; i++) {
        uint32_t t = q->s->mention_at[i], index = m->article->mention_of[t];
        const struct mention *mention = &m->article->mention[index];
        bool political = mention_is_political(mention);
        between += political && t > low && t < low + far;
        rank += political && t < q->t;
        if (!own || t == q->t)
            continue;
        bool equal = own->code[0] && strcmp(own->code, mention->code) == 0;
        same += equal;
        nearer += equal && apart(t, q->trigger) < far;
        other += mention->code[0] && !equal;
        twins += own->antecedent == index || mention->antecedent == q->mention ||
                 (own->entity != ARTICLE_NONE && own->entity == mention->entity);
    }
    struct value n = count_value(between), place = count_value(rank);
    ADD(e, "side", q->side, q->slot);
    ADD(e, "side+between", q->side, n, q->slot);
    ADD(e, "side+between+type", q->side, n, q->type);
    ADD(e, "side+kind", q->side, n, q->kind);
    ADD(e, "distance", far > 7 ? either(far > 15, "far", "8-15") : either(far > 3, "4-7", "1-3"),
        q->side, q->slot);
    ADD(e, "rank", place, count_value(q->s->n_political), q->type);
    ADD(e, "rank+side", place, q->side, q->kind);
    ADD(e, "same", same ? either(nearer, "nearer", "farther") : word_value("none"),
        either(other, "others", "none"), q->slot);
    ADD(e, "twin", either(twins, "yes", "no"), q->slot, q->kind);
}

/* What it hangs at, and whose place it shares as a conjunct or an apposition. */
static void of_relation(const struct asked *q, uint32_t holder, struct evidence *e)
{
    const struct matcher *m = q->s->m;
    uint32_t head = m->tok[q->t].head;
    struct value rel = rel_of(m, q->t);
    struct value share = holder == q->t ? word_value("self") : holder == q->subject
        ? word_value("subject") : either(holder == q->object, "object", "other");
    ADD(e, "rel", rel, q->slot);
    ADD(e, "share", share, q->type);
    ADD(e, "share+slot", share, q->slot);
    ADD(e, "share+rel", share, rel, q->kind);
    if (!inside(m, head))
        return;
    struct value outer = slot_of(&q->found->ev, m->article->mention_of[head]);
    ADD(e, "head-slot", outer, rel, q->slot);
    ADD(e, "head-kind", kind_of(m, head), rel, q->slot);
    if (m->tok[head].upos == UPOS_VERB || m->tok[head].upos == UPOS_NOUN)
        ADD(e, "head", lemma_of(q->s, head), rel, q->slot);
    bool speaker = graph_is_verb(m, head) && graph_in(m, head, CLASS_REPORT) && head != q->trigger;
    ADD(e, "speaker", either(speaker, "yes", "no"), rel, q->type);
}

/* The conjunct or name that t repeats. */
static uint32_t place_holder(const struct matcher *m, uint32_t t)
{
    for (uint32_t i = 0; i < CLIMB_MAX; i++) {
        enum relation rel = graph_rel(m, t);
        if ((rel != REL_CONJ && rel != REL_APPOS) || !inside(m, m->tok[t].head))
            break;
        t = m->tok[t].head;
    }
    return t;
}

void evidence_party(const struct evidence_sentence *s, const struct found *found, uint32_t t,
                    struct evidence *e)
{
    const struct matcher *m = s->m;
    const struct event *ev = &found->ev;
    uint32_t holder = place_holder(m, t), by = graph_child(m, holder, REL_CASE);
    struct asked q = {.s = s, .found = found, .t = t, .trigger = ev->trigger,
                      .mention = m->article->mention_of[t],
                      .subject = graph_subject(m, ev->trigger),
                      .object = graph_object(m, ev->trigger)};
    q.slot = pronoun_slot(m, ev, q.mention);
    q.type = value_of(ev->type);
    q.lemma = lemma_of(s, ev->trigger);
    q.kind = kind_of(m, t);
    q.role = t == q.subject ? word_value("subject") : either(t == q.object, "object", "-");
    q.side = either(t < ev->trigger, "before", "behind");
    q.by = by == ARTICLE_NONE ? word_value("-") : lemma_of(s, by);
    e->n = 0;
    way_find(s, ev->trigger, t, e);
    of_slot(&q, e);
    of_way(&q, e);
    of_heads(&q, e);
    of_predicate(&q, e);
    of_other_events(&q, e);
    of_self(&q, e);
    of_words_around(&q, e);
    of_others(&q, e);
    of_relation(&q, holder, e);
}
