/* SPDX-License-Identifier: MIT */
/*
 * slot.c - follow a frame's path from its trigger to words, and from words to parties.
 *
 * Reads    the tree by graph.c, mention_of[].
 * Leaves   sets of tokens or of mentions, in the order in which they were found.
 *
 * Method   A step maps a set of words to a set of words. The last words are turned into mentions:
 *          conjuncts are parties too; a word that is no mention is looked into ("members of the
 *          group", "Iran's nuclear programme"), a group ("the two countries") stands for its
 *          members.
 */
#include "events/matcher.h"

void set_add(struct set *set, uint32_t t)
{
    if (t == ARTICLE_NONE || set->n == SET_MAX)
        return;
    for (uint32_t i = 0; i < set->n; i++)
        if (set->tok[i] == t)
            return;
    set->tok[set->n++] = t;
}

/* ---- steps ---- */

static bool has_preposition(const struct matcher *m, uint32_t c, uint32_t word)
{
    switch (relation_base(graph_rel(m, c))) {
    case REL_OBL: case REL_NMOD: case REL_ADVCL: case REL_ACL: case REL_CCOMP: case REL_XCOMP:
    case REL_OBJ: case REL_IOBJ: case REL_DEP: case REL_ADVMOD: case REL_CONJ:
        return graph_has_case(m, c, word);
    default:
        return false;
    }
}

static void add_prepositions(const struct matcher *m, uint32_t t, uint32_t word, struct set *out)
{
    FOR_CHILDREN(m, c, t)
        if (has_preposition(m, c, word) && !time_is_word(m, c)) /* "on Monday" is no "on" */
            set_add(out, c);
}

/* "met on Friday in Oslo WITH": hung at a phrase that stands between. */
static void add_hung_low(const struct matcher *m, uint32_t t, uint32_t word, struct set *out)
{
    uint32_t c = graph_hung_low(m, t, word);
    if (c != ARTICLE_NONE)
        set_add(out, c);
}

/* "behind that preposition below the trigger, or below the light verb over it" */
static void step_preposition(const struct matcher *m, uint32_t t, uint32_t word, struct set *out)
{
    uint32_t before = out->n;
    add_prepositions(m, t, word, out);
    if (out->n > before)
        return;
    if (graph_is_verb(m, t)) {
        /* where the parser hung it too low: "imposed sanctions on Iran" */
        uint32_t object = graph_child(m, t, REL_OBJ);
        if (object != ARTICLE_NONE)
            add_prepositions(m, object, word, out);
        /* ... or at a conjunct: "met and talked with" */
        FOR_CHILDREN(m, c, t)
            if (out->n == before && graph_rel(m, c) == REL_CONJ && graph_is_verb(m, c) &&
                c - t <= 3)
                add_prepositions(m, c, word, out);
        if (out->n == before)
            add_hung_low(m, t, word, out);
        return;
    }
    uint32_t carrier = graph_carrier(m, t), light = graph_light(m, t);
    if (carrier != t)
        add_prepositions(m, carrier, word, out);
    if (light == ARTICLE_NONE)
        light = graph_undergone(m, t); /* "received threats FROM Iran" */
    if (light != ARTICLE_NONE)
        add_prepositions(m, light, word, out);
    if (out->n == before)
        add_hung_low(m, light != ARTICLE_NONE ? light : t, word, out);
    for (uint32_t i = 0; i < out->n; i++)
        if (out->tok[i] == t || out->tok[i] == carrier) { /* "engaged IN talks" is not "in" */
            out->tok[i] = out->tok[--out->n];
            i--;
        }
}

static void add_relation(const struct matcher *m, uint32_t t, enum relation rel, struct set *out)
{
    FOR_CHILDREN(m, c, t)
        if (graph_rel(m, c) == rel)
            set_add(out, c);
}

/* The infinitive or participle clause that completes t. */
static void step_xcomp(const struct matcher *m, uint32_t t, struct set *out)
{
    uint32_t before = out->n;
    add_relation(m, t, REL_XCOMP, out);
    if (out->n > before)
        return;
    FOR_CHILDREN(m, c, t) {
        enum relation rel = relation_base(graph_rel(m, c));
        if ((rel == REL_CCOMP || rel == REL_ADVCL || rel == REL_ACL) && graph_is_infinitive(m, c))
            set_add(out, c);
    }
    if (out->n > before || !graph_is_verb(m, t))
        return;
    FOR_CHILDREN(m, c, t) { /* hung at the one who is asked: "called on Iran to withdraw" */
        if (!graph_rel_is(m, c, REL_OBL) && !graph_rel_is(m, c, REL_OBJ))
            continue;
        FOR_CHILDREN(m, d, c)
            if (graph_rel(m, d) == REL_ACL && graph_is_infinitive(m, d))
                set_add(out, d);
    }
}

/* The finite clause that completes t; for a verb of saying behind a quotation, the quotation. */
static void step_ccomp(const struct matcher *m, uint32_t t, struct set *out)
{
    uint32_t before = out->n;
    add_relation(m, t, REL_CCOMP, out);
    if (out->n > before)
        return;
    if (graph_is_verb(m, t)) {
        uint32_t head = m->tok[t].head;
        if (graph_rel(m, t) == REL_PARATAXIS && head >= m->first && head < m->end)
            set_add(out, head);
        else
            add_relation(m, t, REL_PARATAXIS, out);
        return;
    }
    FOR_CHILDREN(m, c, t) /* "the claim that ..." */
        if (graph_rel(m, c) == REL_ACL && !graph_is_infinitive(m, c) &&
            graph_child(m, c, REL_MARK) != ARTICLE_NONE)
            set_add(out, c);
}

static void step_iobj(const struct matcher *m, uint32_t t, uint32_t to, struct set *out)
{
    uint32_t before = out->n;
    add_relation(m, t, REL_IOBJ, out);
    if (out->n == before)
        step_preposition(m, t, to, out);
}

static void step_modifier(const struct matcher *m, uint32_t t, struct set *out)
{
    FOR_CHILDREN(m, c, t) {
        enum relation rel = graph_rel(m, c);
        bool modifies = rel == REL_AMOD || rel == REL_COMPOUND || rel == REL_NMOD_DESC ||
                        rel == REL_NMOD_UNMARKED || rel == REL_DET ||
                        (rel == REL_NMOD && c < t && graph_child(m, c, REL_CASE) == ARTICLE_NONE);
        if (!modifies || c > t)
            continue;
        set_add(out, c);
        FOR_CHILDREN(m, d, c) /* "Franco-German", "U.S.-led" */
            if ((graph_rel(m, d) == REL_COMPOUND || graph_rel(m, d) == REL_CONJ ||
                 graph_rel(m, d) == REL_AMOD) &&
                m->article->mention_of[d] != ARTICLE_NONE)
                set_add(out, d);
    }
}

static void step_head(const struct matcher *m, uint32_t t, struct set *out)
{
    uint32_t head = m->tok[t].head;
    if (head >= m->first && head < m->end)
        set_add(out, head);
    set_add(out, graph_child(m, t, REL_COP));
}

/* The word that negates t: "did NOT accept", "NO agreement". */
static void step_negation(const struct matcher *m, uint32_t t, struct set *out)
{
    FOR_CHILDREN(m, c, t) {
        enum relation rel = relation_base(graph_rel(m, c));
        if ((rel == REL_ADVMOD || rel == REL_DET || rel == REL_AUX || rel == REL_CC) &&
            graph_in(m, c, CLASS_NEGATION))
            set_add(out, c);
    }
}

static void step_auxiliary(const struct matcher *m, uint32_t t, struct set *out)
{
    FOR_CHILDREN(m, c, t)
        if (relation_base(graph_rel(m, c)) == REL_AUX)
            set_add(out, c);
}

static void step(const struct matcher *m, const struct frame_step *step, uint32_t t,
                 struct set *out)
{
    switch (step->kind) {
    case STEP_SUBJ: set_add(out, graph_subject(m, t)); break;
    case STEP_OBJ: set_add(out, graph_object(m, t)); break;
    case STEP_IOBJ: step_iobj(m, t, step->word, out); break;
    case STEP_PREP: step_preposition(m, t, step->word, out); break;
    case STEP_POSS: add_relation(m, t, REL_NMOD_POSS, out); break;
    case STEP_MOD: step_modifier(m, t, out); break;
    case STEP_XCOMP: step_xcomp(m, t, out); break;
    case STEP_CCOMP: step_ccomp(m, t, out); break;
    case STEP_ADVCL: add_relation(m, t, REL_ADVCL, out); break;
    case STEP_RELCL:
        add_relation(m, t, REL_ACL_RELCL, out);
        add_relation(m, graph_carrier(m, t), REL_ACL_RELCL, out);
        break;
    case STEP_HEAD: step_head(m, t, out); break;
    case STEP_NEG: step_negation(m, t, out); break;
    case STEP_AUX: step_auxiliary(m, t, out); break;
    default: set_add(out, t); break;
    }
}

/* The words that one alternative leads to. */
static void path_words(const struct matcher *m, uint32_t trigger, const struct frame_path *path,
                       struct set *out)
{
    struct set at = {.tok = {trigger}, .n = 1};
    for (uint32_t s = 0; s < path->n && at.n; s++) {
        struct set next = {.n = 0};
        for (uint32_t i = 0; i < at.n; i++)
            step(m, &m->frames->step[path->first + s], at.tok[i], &next);
        at = next;
    }
    for (uint32_t i = 0; i < at.n; i++)
        set_add(out, at.tok[i]);
}

void slot_words(const struct matcher *m, uint32_t trigger, struct frame_range paths,
                struct set *out)
{
    uint32_t done = UINT32_MAX; /* the group that has led somewhere */
    for (uint32_t i = 0; i < paths.n; i++) {
        const struct frame_path *path = &m->frames->path[paths.first + i];
        uint32_t before = out->n;
        if (path->join == done)
            continue;
        path_words(m, trigger, path, out);
        if (out->n > before)
            done = path->join;
    }
}

/* ---- parties ---- */

bool mention_is_political(const struct mention *mention)
{
    bool own = mention->code[0] && !(mention->flags & MENTION_AROUND);
    return (mention->flags & MENTION_ACTOR) || own || mention->sector[0];
}

/* Does the word name a party by itself? */
static bool add_mention(const struct matcher *m, uint32_t t, struct set *out)
{
    uint32_t index = m->article->mention_of[t];
    if (index == ARTICLE_NONE)
        return false;
    set_add(out, index);
    return true;
}

/* Words inside of a noun phrase that is no mention, which may name the party it belongs to. */
static void look_inside(const struct matcher *m, uint32_t t, enum look deep, struct set *out)
{
    if (graph_is_verb(m, t))
        return;
    bool part = graph_in(m, t, CLASS_PART) || m->tok[t].upos == UPOS_NUM;
    struct set inner = {.n = 0};
    FOR_CHILDREN(m, c, t)
        if (graph_rel(m, c) == REL_APPOS)
            set_add(&inner, c);
    if (deep && !part) {
        add_relation(m, t, REL_NMOD_POSS, &inner);
        step_modifier(m, t, &inner);
    }
    if (deep || part) {
        FOR_CHILDREN(m, c, t) {
            uint32_t preposition = graph_child(m, c, REL_CASE);
            if (graph_rel_is(m, c, REL_NMOD) && preposition != ARTICLE_NONE &&
                slice_is(token_lower(m->article, preposition), "of"))
                set_add(&inner, c);
        }
        FOR_CHILDREN(m, c, t) {
            uint32_t preposition = graph_child(m, c, REL_CASE);
            if (deep == LOOK_FAR && graph_rel_is(m, c, REL_NMOD) && preposition != ARTICLE_NONE)
                set_add(&inner, c);
        }
    }
    for (uint32_t i = 0; i < inner.n; i++)
        set_add(out, inner.tok[i]);
}

/* The first name found inside of a phrase stands for it; nameless nouns are looked into in turn. */
static void add_inner(const struct matcher *m, uint32_t t, enum look deep, struct set *todo,
                      struct set *out)
{
    struct set inner = {.n = 0};
    look_inside(m, t, deep, &inner);
    for (uint32_t i = 0; i < inner.n; i++) {
        uint32_t index = m->article->mention_of[inner.tok[i]];
        if (index != ARTICLE_NONE && m->article->mention[index].kind == MENTION_COMMON &&
            !mention_is_political(&m->article->mention[index]) && inner.tok[i] < t)
            continue; /* "a SUICIDE attack" is nobody's */
        if (add_mention(m, inner.tok[i], out)) {
            FOR_CHILDREN(m, c, inner.tok[i])
                if (graph_rel(m, c) == REL_CONJ)
                    add_mention(m, c, out);
            return;
        }
        set_add(todo, inner.tok[i]);
    }
}

/* A mention that says only how many. */
static bool is_vague(const struct matcher *m, uint32_t t)
{
    uint32_t index = m->article->mention_of[t];
    return index != ARTICLE_NONE && !mention_is_political(&m->article->mention[index]) &&
           graph_in(m, t, CLASS_PART);
}

/* "the network, a group that": the word that names what t only describes; ARTICLE_NONE none. */
static uint32_t same_as(const struct matcher *m, uint32_t t)
{
    uint32_t own = m->article->mention_of[t], other = ARTICLE_NONE;
    if (own != ARTICLE_NONE && mention_is_political(&m->article->mention[own]))
        return ARTICLE_NONE;
    if (graph_rel(m, t) == REL_APPOS)
        other = m->tok[t].head;
    else if (graph_child(m, t, REL_COP) != ARTICLE_NONE && graph_is_nominal(m, t))
        other = graph_subject(m, t);
    if (other < m->first || other >= m->end || m->article->mention_of[other] == ARTICLE_NONE)
        return ARTICLE_NONE;
    return mention_is_political(&m->article->mention[m->article->mention_of[other]])
        ? other : ARTICLE_NONE;
}

void slot_parties(const struct matcher *m, uint32_t t, enum look deep, struct set *out)
{
    struct set todo = {.tok = {graph_referent(m, t)}, .n = 1};
    for (uint32_t i = 0; i < todo.n; i++) {
        uint32_t at = todo.tok[i];
        FOR_CHILDREN(m, c, at)
            if (graph_rel(m, c) == REL_CONJ && !graph_is_verb(m, c))
                set_add(&todo, c);
        uint32_t before = out->n;
        if (is_vague(m, at)) /* "one of the critics": rather the critics */
            add_inner(m, at, deep, &todo, out);
        uint32_t same = same_as(m, at);
        if (out->n == before && same != ARTICLE_NONE)
            add_mention(m, same, out);
        if (out->n == before && !add_mention(m, at, out))
            add_inner(m, at, deep, &todo, out);
    }
}

void slot_mentions(const struct matcher *m, uint32_t trigger, struct frame_range paths,
                   enum look deep, struct set *out)
{
    uint32_t done = UINT32_MAX;
    for (uint32_t i = 0; i < paths.n; i++) {
        const struct frame_path *path = &m->frames->path[paths.first + i];
        struct set words = {.n = 0};
        uint32_t before = out->n;
        if (path->join == done)
            continue;
        path_words(m, trigger, path, &words);
        for (uint32_t k = 0; k < words.n; k++)
            slot_parties(m, words.tok[k], deep, out);
        if (out->n > before)
            done = path->join;
    }
}
