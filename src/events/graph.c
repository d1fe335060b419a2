/* SPDX-License-Identifier: MIT */
/*
 * graph.c - the tree of a sentence seen as predicates with their arguments.
 *
 * Reads    tok[] (head, rel, upos, feats, lemma) of one sentence.
 * Leaves   child lists; answers who is subject and object of any word.
 *
 * Method   English syntax is known here once, so that no frame has to: passives and their agents,
 *          control and raising (xcomp), relative clauses, participles (acl), clauses without their
 *          own subject (advcl, conj), nouns carried by light verbs ("held talks").
 * Cost     Walks of at most CLIMB_MAX steps; children are lists, in the order of the text.
 */
#include "events/matcher.h"

#include "article/penn.h"

#define WORD_BYTES_MAX 64
#define NAME_BEFORE_MAX 8
#define HUNG_LOW_MAX 20 /* words behind a trigger in which a preposition of it is looked for */

static uint32_t look_up(const struct matcher *m, const char *p, size_t n)
{
    char lower[WORD_BYTES_MAX];
    if (n == 0 || n > sizeof lower)
        return IMAGE_NONE;
    for (size_t i = 0; i < n; i++)
        lower[i] = (char)(p[i] >= 'A' && p[i] <= 'Z' ? p[i] + 32 : p[i]);
    return image_map_get(&m->frames->word, slice_make(lower, n));
}

bool graph_init(struct matcher *m)
{
    struct dm_article *article = m->article;
    struct arena *arena = &article->scratch;
    uint32_t n = article->n_toks;
    m->by = image_map_get(&m->frames->word, SLICE_LIT("by"));
    m->tok = article->tok;
    m->word = arena_array(arena, n, uint32_t);
    m->form = arena_array(arena, n, uint32_t);
    m->lists = lexicon_lists(m->lexicon);
    m->listed = arena_array(arena, n, uint32_t);
    m->child = arena_array(arena, n, uint32_t);
    m->next = arena_array(arena, n, uint32_t);
    m->content_of = arena_array(arena, n, uint32_t);
    return m->word && m->form && m->listed && m->child && m->next && m->content_of;
}

static bool is_trigger(const struct matcher *m, uint32_t word)
{
    return word != IMAGE_NONE && m->frames->triggers[word].n > 0;
}

/*
 * The lemma of a verb that training never saw is a guess by its ending ("blockad" for "blockaded").
 * Where it triggers nothing, the form without -ed, -ing or -s is tried: as it is, with an -e,
 * without a doubled consonant.
 */
static uint32_t verb_word(const struct matcher *m, const struct token *tok, uint32_t word)
{
    static const struct { const char *end; size_t n; } endings[] = {
        {"ed", 2}, {"ing", 3}, {"es", 2}, {"s", 1},
    };
    char base[WORD_BYTES_MAX];
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (tok->n_lower < endings[i].n + 3 || tok->n_lower >= sizeof base ||
            memcmp(tok->lower + tok->n_lower - endings[i].n, endings[i].end, endings[i].n) != 0)
            continue;
        size_t n = tok->n_lower - endings[i].n;
        memcpy(base, tok->lower, n);
        base[n] = 'e';
        uint32_t guess[] = {look_up(m, base, n), look_up(m, base, n + 1),
                            base[n - 1] == base[n - 2] ? look_up(m, base, n - 1) : IMAGE_NONE};
        for (size_t k = 0; k < sizeof guess / sizeof *guess; k++)
            if (is_trigger(m, guess[k]))
                return guess[k];
    }
    return word;
}

/*
 * Where a word stands in the child lists: below its head; a preposition that the parser hung at a
 * title or another word before the noun ("with former PRESIDENT Karzai"), below the noun.
 */
static uint32_t hung_at(const struct matcher *m, uint32_t t)
{
    uint32_t head = m->tok[t].head;
    if (m->tok[t].rel != REL_CASE || m->tok[t].upos != UPOS_ADP)
        return head;
    for (uint32_t i = 0; i < 3 && head > t && head < m->end; i++) {
        enum relation rel = m->tok[head].rel;
        uint32_t noun = m->tok[head].head;
        if ((rel != REL_NMOD_DESC && rel != REL_COMPOUND && rel != REL_AMOD) || noun <= head ||
            noun >= m->end)
            break;
        head = noun;
    }
    return head;
}

void graph_sentence(struct matcher *m)
{
    for (uint32_t t = m->first; t < m->end; t++) {
        const struct token *tok = &m->tok[t];
        m->form[t] = look_up(m, tok->lower, tok->n_lower);
        m->listed[t] = lists_find(m->lists, slice_make(tok->lower, tok->n_lower));
        bool alike = tok->lemma == tok->lower && tok->n_lemma == tok->n_lower; /* as nearly always */
        m->word[t] = tok->lemma && !alike ? look_up(m, tok->lemma, tok->n_lemma) : IMAGE_NONE;
        if (m->word[t] == IMAGE_NONE)
            m->word[t] = m->form[t];
        if (tok->upos == UPOS_VERB && !is_trigger(m, m->word[t]))
            m->word[t] = verb_word(m, tok, m->word[t]);
        m->child[t] = m->next[t] = m->content_of[t] = ARTICLE_NONE;
    }
    for (uint32_t t = m->end; t-- > m->first;) {
        uint32_t head = hung_at(m, t);
        if (head >= m->first && head < m->end && head != t) {
            m->next[t] = m->child[head];
            m->child[head] = t;
        }
    }
}

/* The head inside of this sentence, or ARTICLE_NONE. */
static uint32_t head_of(const struct matcher *m, uint32_t t)
{
    uint32_t head = m->tok[t].head;
    return head >= m->first && head < m->end ? head : ARTICLE_NONE;
}

uint32_t graph_child(const struct matcher *m, uint32_t t, enum relation base)
{
    FOR_CHILDREN(m, c, t)
        if (graph_rel_is(m, c, base))
            return c;
    return ARTICLE_NONE;
}

bool graph_is_verb(const struct matcher *m, uint32_t t)
{
    return m->tok[t].upos == UPOS_VERB || m->tok[t].upos == UPOS_AUX;
}

bool graph_is_nominal(const struct matcher *m, uint32_t t)
{
    uint8_t upos = m->tok[t].upos;
    return upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_PRON || upos == UPOS_NUM ||
           upos == UPOS_SYM || upos == UPOS_X || upos == UPOS_DET;
}

static bool is_past_participle(const struct matcher *m, uint32_t t)
{
    uint64_t feats = m->tok[t].feats;
    return (feats & FEAT(PART)) && (feats & (FEAT(PAST) | FEAT(PASS)));
}

static bool is_modifier(const struct matcher *m, uint32_t t)
{
    enum relation rel = graph_rel(m, t);
    return rel == REL_ACL || rel == REL_AMOD;
}

bool graph_is_passive(const struct matcher *m, uint32_t t)
{
    FOR_CHILDREN(m, c, t) {
        enum relation rel = graph_rel(m, c);
        if (rel == REL_AUX_PASS || rel == REL_NSUBJ_PASS || rel == REL_CSUBJ_PASS)
            return true;
    }
    /* A tagger's slip: "Qatar isolated Egypt" has a subject and no auxiliary: no passive. */
    bool bare = graph_child(m, t, REL_NSUBJ) != ARTICLE_NONE &&
                graph_child(m, t, REL_AUX) == ARTICLE_NONE;
    if ((m->tok[t].feats & FEAT(PASS)) && !bare)
        return true;
    if (!is_past_participle(m, t) || graph_child(m, t, REL_AUX) != ARTICLE_NONE)
        return false;
    if (graph_child(m, t, REL_NSUBJ) != ARTICLE_NONE)
        return false;
    if (is_modifier(m, t) || graph_rel(m, t) == REL_ADVCL || graph_rel(m, t) == REL_XCOMP)
        return graph_child(m, t, REL_OBJ) == ARTICLE_NONE;
    /* "was arrested and charged": the auxiliary stands at the first */
    uint32_t head = head_of(m, t);
    return graph_rel(m, t) == REL_CONJ && head != ARTICLE_NONE &&
           graph_child(m, t, REL_OBJ) == ARTICLE_NONE &&
           graph_child(m, head, REL_AUX) != ARTICLE_NONE &&
           graph_rel(m, graph_child(m, head, REL_AUX)) == REL_AUX_PASS;
}

bool graph_is_infinitive(const struct matcher *m, uint32_t t)
{
    FOR_CHILDREN(m, c, t)
        if (graph_rel(m, c) == REL_MARK && m->tok[c].upos == UPOS_PART)
            return true;
    return false;
}

/* ---- classes ---- */

bool graph_phrase(const struct matcher *m, uint32_t head, struct frame_range words)
{
    for (uint32_t i = 0; i < words.n; i++) {
        uint32_t want = m->frames->number[words.first + i];
        bool found = false;
        FOR_CHILDREN(m, c, head) {
            found = m->word[c] == want || m->form[c] == want;
            /* one level more for "call for talks", "take to the streets", "go on strike" */
            FOR_CHILDREN(m, d, c) {
                if (found)
                    break;
                enum relation rel = graph_rel(m, d);
                bool inside = rel == REL_CASE || rel == REL_MARK || rel == REL_COMPOUND ||
                              rel == REL_AMOD || rel == REL_FIXED || rel == REL_NMOD ||
                              rel == REL_COMPOUND_PRT || rel == REL_ADVMOD || rel == REL_OBL;
                found = inside && m->tok[d].upos != UPOS_PART &&
                        (m->word[d] == want || m->form[d] == want) &&
                        !(rel == REL_MARK && graph_is_infinitive(m, c));
            }
            if (found)
                break;
        }
        if (!found)
            return false;
    }
    return true;
}

static bool word_in_class(const struct matcher *m, uint32_t t, uint32_t word, uint32_t class)
{
    if (word == IMAGE_NONE)
        return false;
    struct frame_range entries = m->frames->entries[word];
    for (uint32_t i = 0; i < entries.n; i++) {
        const struct frame_entry *entry = &m->frames->entry[entries.first + i];
        if (entry->class == class && (entry->rest.n == 0 || graph_phrase(m, t, entry->rest)))
            return true;
    }
    return false;
}

static uint32_t longest_entry(const struct matcher *m, uint32_t t, uint32_t word, uint32_t class)
{
    uint32_t longest = 0;
    struct frame_range entries = word == IMAGE_NONE ? (struct frame_range){0, 0}
                                                    : m->frames->entries[word];
    for (uint32_t i = 0; i < entries.n; i++) {
        const struct frame_entry *entry = &m->frames->entry[entries.first + i];
        if (entry->class == class && entry->rest.n >= longest &&
            (entry->rest.n == 0 || graph_phrase(m, t, entry->rest)))
            longest = entry->rest.n + 1;
    }
    return longest;
}

uint32_t graph_class_words(const struct matcher *m, uint32_t t, uint32_t class)
{
    uint32_t word = longest_entry(m, t, m->word[t], class);
    uint32_t form = m->form[t] != m->word[t] ? longest_entry(m, t, m->form[t], class) : 0;
    return word > form ? word : form;
}

bool graph_in_class(const struct matcher *m, uint32_t t, uint32_t class)
{
    if (class == IMAGE_NONE)
        return false;
    return word_in_class(m, t, m->word[t], class) ||
           (m->form[t] != m->word[t] && word_in_class(m, t, m->form[t], class));
}

uint32_t graph_function_child(const struct matcher *m, uint32_t t, enum frame_class class)
{
    FOR_CHILDREN(m, c, t) {
        switch (relation_base(graph_rel(m, c))) {
        case REL_AUX: case REL_ADVMOD: case REL_MARK: case REL_DET: case REL_CASE: case REL_CC:
        case REL_AMOD: case REL_DISCOURSE:
            if (graph_in(m, c, class))
                return c;
            break;
        default:
            break;
        }
    }
    return ARTICLE_NONE;
}

bool graph_has_case(const struct matcher *m, uint32_t t, uint32_t word)
{
    FOR_CHILDREN(m, c, t) {
        enum relation rel = graph_rel(m, c);
        if ((rel != REL_CASE && rel != REL_MARK) || m->tok[c].upos == UPOS_PART)
            continue;
        if (m->word[c] == word || m->form[c] == word)
            return true;
        FOR_CHILDREN(m, d, c) /* "because of", "out of" */
            if (m->word[d] == word)
                return true;
    }
    return false;
}

/* ---- subjects and objects ---- */

uint32_t graph_referent(const struct matcher *m, uint32_t t)
{
    const struct token *tok = &m->tok[t];
    if (tok->upos != UPOS_PRON && tok->upos != UPOS_DET)
        return t;
    if (!(tok->feats & (FEAT(REL) | FEAT(INT))) && tok->upos != UPOS_PRON)
        return t;
    uint32_t p = head_of(m, t);
    for (uint32_t i = 0; i < 4 && p != ARTICLE_NONE; i++, p = head_of(m, p)) {
        if (graph_rel(m, p) != REL_ACL_RELCL)
            continue;
        bool relative = (tok->feats & FEAT(REL)) ||
                        (slice_is(token_lower(m->article, t), "who") ||
                         slice_is(token_lower(m->article, t), "which") ||
                         slice_is(token_lower(m->article, t), "that") ||
                         slice_is(token_lower(m->article, t), "whom"));
        uint32_t noun = head_of(m, p);
        return relative && noun != ARTICLE_NONE ? noun : t;
    }
    return t;
}

uint32_t graph_hung_low(const struct matcher *m, uint32_t t, uint32_t word)
{
    uint32_t end = m->end - t > HUNG_LOW_MAX ? t + HUNG_LOW_MAX : m->end;
    for (uint32_t c = t + 2; c < end; c++) {
        if (graph_rel(m, c) != REL_NMOD || !graph_has_case(m, c, word))
            continue;
        uint32_t preposition = graph_child(m, c, REL_CASE);
        if (preposition == ARTICLE_NONE)
            continue;
        struct slice form = token_lower(m->article, preposition);
        if (slice_is(form, "of") || slice_is(form, "in")) /* these belong where they hang */
            continue;
        uint32_t up = m->tok[c].head;
        for (uint32_t i = 0; i < 4 && up != t && up > t && up < m->end; i++) {
            if (graph_is_verb(m, up))
                break;
            up = m->tok[up].head;
        }
        if (up == t)
            return c;
    }
    return ARTICLE_NONE;
}

/* The passive's agent: "by X". */
static uint32_t by_agent(const struct matcher *m, uint32_t t)
{
    FOR_CHILDREN(m, c, t) {
        if (graph_rel(m, c) == REL_OBL_AGENT)
            return c;
        if (!graph_rel_is(m, c, REL_OBL) && !graph_rel_is(m, c, REL_NMOD))
            continue;
        uint32_t by = graph_child(m, c, REL_CASE);
        if (by != ARTICLE_NONE && slice_is(token_lower(m->article, by), "by") &&
            graph_is_nominal(m, c))
            return c;
    }
    return graph_hung_low(m, t, m->by);
}

/* Where a parser sees two ("Thursday, troops killed"), the mention next to the verb. */
static uint32_t own_subject(const struct matcher *m, uint32_t t)
{
    uint32_t subject = ARTICLE_NONE;
    FOR_CHILDREN(m, c, t) {
        enum relation rel = graph_rel(m, c);
        if (rel != REL_NSUBJ && rel != REL_NSUBJ_PASS && rel != REL_NSUBJ_OUTER)
            continue;
        if (subject == ARTICLE_NONE ||
            (c < t && m->article->mention_of[graph_referent(m, c)] != ARTICLE_NONE))
            subject = graph_referent(m, c);
    }
    return subject;
}

/* Does the clause have a gap for the noun that it modifies, in the place of its object? */
static bool has_object_gap(const struct matcher *m, uint32_t t)
{
    if (graph_rel(m, t) != REL_ACL_RELCL)
        return false;
    bool subject = false;
    FOR_CHILDREN(m, c, t) {
        enum relation rel = graph_rel(m, c);
        if (rel == REL_OBJ && graph_referent(m, c) == c)
            return false;
        if ((rel == REL_NSUBJ || rel == REL_NSUBJ_PASS) && graph_referent(m, c) == c)
            subject = true;
    }
    return subject && !graph_is_passive(m, t);
}

/* Object of the verb over an infinitive or a gerund: who is asked, forced, accused. */
static uint32_t controller(const struct matcher *m, uint32_t head, uint32_t t)
{
    if (graph_is_passive(m, head))
        return ARTICLE_NONE;
    FOR_CHILDREN(m, c, head) {
        enum relation rel = graph_rel(m, c);
        if (c != t && c < t && (rel == REL_OBJ || rel == REL_IOBJ) && graph_is_nominal(m, c))
            return c;
    }
    /* "called on Iran to withdraw" */
    if (graph_is_infinitive(m, t))
        FOR_CHILDREN(m, c, head)
            if (c < t && c > head && graph_rel(m, c) == REL_OBL && m->tok[c].upos == UPOS_PROPN)
                return c;
    return ARTICLE_NONE;
}

static bool gerund_of_object(const struct matcher *m, uint32_t t)
{
    uint32_t mark = graph_child(m, t, REL_MARK);
    if (mark == ARTICLE_NONE)
        mark = graph_child(m, t, REL_CASE);
    if (mark == ARTICLE_NONE)
        return false;
    struct slice form = token_lower(m->article, mark);
    return slice_is(form, "of") || slice_is(form, "from") || slice_is(form, "for");
}

uint32_t graph_carrier(const struct matcher *m, uint32_t noun)
{
    for (uint32_t i = 0; i < 4; i++) {
        uint32_t head = head_of(m, noun);
        if (head == ARTICLE_NONE || graph_rel(m, noun) != REL_NMOD ||
            graph_is_verb(m, head) || !graph_in(m, head, CLASS_CARRIER))
            break;
        noun = head;
    }
    return noun;
}

uint32_t graph_light(const struct matcher *m, uint32_t noun)
{
    noun = graph_carrier(m, noun);
    for (uint32_t i = 0; i < CLIMB_MAX && graph_rel(m, noun) == REL_CONJ; i++) {
        uint32_t head = head_of(m, noun);
        if (head == ARTICLE_NONE || !graph_is_nominal(m, head))
            break;
        noun = graph_carrier(m, head);
    }
    uint32_t head = head_of(m, noun);
    if (head != ARTICLE_NONE && graph_is_verb(m, head) && graph_in(m, head, CLASS_LIGHT)) {
        enum relation rel = graph_rel(m, noun);
        if (rel == REL_OBJ || rel == REL_NSUBJ_PASS || rel == REL_OBL || rel == REL_XCOMP)
            return head;
    }
    FOR_CHILDREN(m, c, noun) /* "the talks held by both", "the attack they launched" */
        if ((graph_rel(m, c) == REL_ACL || has_object_gap(m, c)) && graph_is_verb(m, c) &&
            graph_in(m, c, CLASS_LIGHT))
            return c;
    return ARTICLE_NONE;
}

/* Who does what a noun names by the words below it: "by" agent, possessor, name before it. */
static uint32_t noun_agent(const struct matcher *m, uint32_t noun)
{
    uint32_t by = by_agent(m, noun);
    if (by != ARTICLE_NONE)
        return by;
    FOR_CHILDREN(m, c, noun)
        if (graph_rel(m, c) == REL_NMOD_POSS)
            return c;
    FOR_CHILDREN(m, c, noun)
        if ((graph_rel(m, c) == REL_AMOD || graph_rel(m, c) == REL_COMPOUND) &&
            m->article->mention_of[c] != ARTICLE_NONE)
            return c;
    return ARTICLE_NONE;
}

/*
 * A finite verb for which the parser found no subject: the actor whose name stands just before it
 * ("On Thursday Mr Trump called off the trip", with Trump hung at Thursday).
 */
static uint32_t name_before(const struct matcher *m, uint32_t verb)
{
    if (!(m->tok[verb].feats & FEAT(FIN)))
        return ARTICLE_NONE;
    for (uint32_t t = verb; t-- > m->first && verb - t <= NAME_BEFORE_MAX;) {
        uint8_t upos = m->tok[t].upos;
        if (upos == UPOS_VERB || upos == UPOS_SCONJ || upos == UPOS_CCONJ || upos == UPOS_ADP)
            break;
        uint32_t index = m->article->mention_of[t];
        if (index == ARTICLE_NONE)
            continue;
        return (m->article->mention[index].flags & MENTION_ACTOR) &&
               graph_child(m, t, REL_CASE) == ARTICLE_NONE ? t : ARTICLE_NONE;
    }
    return ARTICLE_NONE;
}

static uint32_t surface_subject(const struct matcher *m, uint32_t t);

/*
 * "issued a statement condemning the raid": what a text says, those say who made it. The subject of
 * the verb whose object the text is; the noun itself where nobody else is told.
 */
static uint32_t speaker(const struct matcher *m, uint32_t noun)
{
    uint32_t verb = head_of(m, noun);
    enum relation rel = graph_rel(m, noun);
    if (m->article->mention_of[noun] != ARTICLE_NONE || !graph_in(m, noun, CLASS_MESSAGE) ||
        noun_agent(m, noun) != ARTICLE_NONE || verb == ARTICLE_NONE || !graph_is_verb(m, verb) ||
        graph_in(m, verb, CLASS_UNDERGO))
        return noun;
    uint32_t who = ARTICLE_NONE;
    if (rel == REL_OBJ)
        who = surface_subject(m, verb);
    else if (rel == REL_NSUBJ_PASS)
        who = by_agent(m, verb);
    return who != ARTICLE_NONE ? who : noun;
}

/*
 * The subject that stands on the surface: its own, or the one that the clause shares with the
 * clause or noun over it ("plan to attack").
 */
static uint32_t surface_subject(const struct matcher *m, uint32_t t)
{
    for (uint32_t i = 0; i < CLIMB_MAX; i++) {
        uint32_t own = own_subject(m, t), head = head_of(m, t);
        if (own != ARTICLE_NONE)
            return own;
        if (head == ARTICLE_NONE)
            return name_before(m, t);
        uint32_t control, noun = ARTICLE_NONE;
        switch (graph_rel(m, t)) {
        case REL_XCOMP: case REL_CCOMP:
            if (graph_is_nominal(m, head)) {
                noun = head;
                break;
            }
            control = controller(m, head, t);
            if (control != ARTICLE_NONE)
                return control;
            break;
        case REL_ADVCL:
            if (gerund_of_object(m, t) && (control = controller(m, head, t)) != ARTICLE_NONE)
                return control;
            break;
        case REL_ACL:
            if (!graph_is_infinitive(m, t) && !gerund_of_object(m, t))
                return speaker(m, head);
            noun = head;
            break;
        case REL_AMOD:
            return speaker(m, head);
        case REL_ACL_RELCL:
            return has_object_gap(m, t) ? ARTICLE_NONE : speaker(m, head);
        case REL_CONJ:
            if (!graph_is_verb(m, head) && graph_is_nominal(m, head) &&
                graph_child(m, head, REL_COP) == ARTICLE_NONE)
                return ARTICLE_NONE;
            break;
        default:
            return ARTICLE_NONE;
        }
        if (noun != ARTICLE_NONE) {
            uint32_t agent = noun_agent(m, noun), light = graph_light(m, noun);
            if (agent != ARTICLE_NONE || light == ARTICLE_NONE)
                return agent;
            if (graph_is_passive(m, light))
                return by_agent(m, light);
            head = light;
        }
        t = head;
    }
    return ARTICLE_NONE;
}

uint32_t graph_subject(const struct matcher *m, uint32_t t)
{
    if (!graph_is_verb(m, t) && graph_is_nominal(m, t)) {
        if (graph_child(m, t, REL_COP) != ARTICLE_NONE)
            return own_subject(m, t);
        uint32_t light = graph_light(m, t);
        if (light != ARTICLE_NONE) {
            /* "is engaged in talks" has its agent on the surface */
            bool within = graph_rel(m, graph_carrier(m, t)) == REL_OBL;
            uint32_t subject = graph_is_passive(m, light) && !within ? by_agent(m, light)
                                                                     : surface_subject(m, light);
            if (subject != ARTICLE_NONE && subject != t)
                return subject;
        }
        return by_agent(m, t);
    }
    if (graph_is_passive(m, t))
        return by_agent(m, t);
    return surface_subject(m, t);
}

/* "attacked and killed soldiers": the object stands at one of the two. */
static uint32_t shared_object(const struct matcher *m, uint32_t t)
{
    uint32_t head = head_of(m, t);
    if (graph_rel(m, t) == REL_CONJ && head != ARTICLE_NONE && graph_is_verb(m, head)) {
        uint32_t object = graph_child(m, head, REL_OBJ);
        if (object != ARTICLE_NONE && object > t)
            return object;
    }
    FOR_CHILDREN(m, c, t) {
        if (graph_rel(m, c) != REL_CONJ || !graph_is_verb(m, c))
            continue;
        bool near = c - t <= 3; /* nothing of its own between */
        uint32_t object = graph_child(m, c, REL_OBJ);
        if (near && object != ARTICLE_NONE)
            return object;
    }
    return ARTICLE_NONE;
}

uint32_t graph_undergone(const struct matcher *m, uint32_t noun)
{
    noun = graph_carrier(m, noun);
    uint32_t verb = head_of(m, noun);
    enum relation rel = graph_rel(m, noun);
    bool undergoes = verb != ARTICLE_NONE && graph_is_verb(m, verb) &&
                     (rel == REL_OBJ || rel == REL_OBL) && graph_in(m, verb, CLASS_UNDERGO);
    return undergoes ? verb : ARTICLE_NONE;
}

uint32_t graph_object(const struct matcher *m, uint32_t t)
{
    if (!graph_is_verb(m, t) && graph_is_nominal(m, t)) { /* "Iran faces sanctions" */
        uint32_t verb = graph_undergone(m, t);
        return verb != ARTICLE_NONE ? surface_subject(m, verb) : ARTICLE_NONE;
    }
    if (graph_is_passive(m, t))
        return surface_subject(m, t);
    FOR_CHILDREN(m, c, t)
        if (graph_rel(m, c) == REL_OBJ)
            return graph_referent(m, c);
    bool particle = false; /* "shut down a newspaper", taken for a place by the parser */
    FOR_CHILDREN(m, c, t) {
        particle |= graph_rel(m, c) == REL_COMPOUND_PRT;
        if (graph_rel(m, c) != REL_OBL || !graph_is_nominal(m, c))
            continue;
        uint32_t by = graph_child(m, c, REL_CASE); /* "cut off trade": "off" hung at the object */
        if (by == ARTICLE_NONE ? particle : m->tok[by].xpos == PENN_RP)
            return graph_referent(m, c);
    }
    if (has_object_gap(m, t))
        return head_of(m, t);
    FOR_CHILDREN(m, c, t) /* "asked his partners how": the only object there is */
        if (graph_rel(m, c) == REL_IOBJ)
            return graph_referent(m, c);
    return shared_object(m, t);
}
