/* SPDX-License-Identifier: MIT */
/*
 * match.c - try the frames of each trigger word of a sentence.
 *
 * Reads    word[], the frames in the order of the lexicon's index, parties by slot.c.
 * Leaves   found[], in the order of the text: at most one event a trigger word.
 *
 * Method   For a word, its triggers are tried in their order; the first frame whose words,
 *          conditions and slots hold fires. Whether the event is real is asked later (operator.c).
 */
#include "events/matcher.h"

#include <stdio.h>

#define PARTNER_SENTENCES 3 /* how far back the partner of a "we" is looked for */
#define NEAREST_MAX 20 /* words behind a trigger in which a recipient is looked for */

/* ---- triggers ---- */

/* "Fighting went on": a noun by its place, whatever the tagger says. */
static bool is_verbal_noun(const struct matcher *m, uint32_t t)
{
    const struct token *tok = &m->tok[t];
    if (tok->upos != UPOS_VERB || !slice_ends(token_lower(m->article, t), "ing"))
        return false;
    enum relation rel = graph_rel(m, t);
    return (rel == REL_NSUBJ || rel == REL_NSUBJ_PASS || rel == REL_OBJ || rel == REL_OBL ||
            rel == REL_NMOD) && graph_child(m, t, REL_OBJ) == ARTICLE_NONE;
}

bool match_trigger(const struct matcher *m, const struct frame_trigger *trigger, uint32_t t)
{
    const struct token *tok = &m->tok[t];
    bool kind;
    switch (trigger->kind) {
    case TRIGGER_VERB:
        kind = tok->upos == UPOS_VERB || (tok->upos == UPOS_AUX && tok->rel != REL_AUX &&
               tok->rel != REL_AUX_PASS && tok->rel != REL_COP) ||
               (tok->upos == UPOS_ADJ && (tok->feats & FEAT(PART)));
        break;
    case TRIGGER_NOUN:
        kind = (tok->upos == UPOS_NOUN && tok->rel != REL_COMPOUND) || is_verbal_noun(m, t);
        if (tok->upos == UPOS_PROPN) /* "Talks", "War" in headlines */
            kind = tok->rel != REL_COMPOUND && tok->rel != REL_FLAT &&
                   m->article->mention_of[t] == ARTICLE_NONE;
        break;
    default:
        kind = tok->upos == UPOS_ADJ || (tok->upos == UPOS_VERB && (tok->feats & FEAT(PART)));
        break;
    }
    return kind && (trigger->rest.n == 0 || graph_phrase(m, t, trigger->rest));
}

static bool is_event(const struct matcher *m, uint32_t t)
{
    if (m->word[t] == IMAGE_NONE)
        return false;
    struct frame_range range = m->frames->triggers[m->word[t]];
    for (uint32_t i = 0; i < range.n; i++) {
        const struct frame_trigger *trigger = &m->frames->trigger[range.first + i];
        if (!m->frames->frame[trigger->frame].is_operator && match_trigger(m, trigger, t))
            return true;
    }
    return false;
}

/* ---- conditions ---- */

/*
 * Could the mention be a political actor? Known ones, and whoever has a name or a pronoun of
 * persons: news tells of officials whom no lexicon knows. That one known party is there is asked
 * when firing.
 */
static bool may_act(const struct mention *mention)
{
    return mention_is_political(mention) || (mention->flags & MENTION_PERSON) ||
           (mention->kind == MENTION_NAME && !(mention->flags & MENTION_PLACE)) ||
           mention->kind == MENTION_GROUP ||
           (mention->kind == MENTION_COMMON && mention->country_line != ARTICLE_NONE) ||
           (mention->kind == MENTION_PRONOUN && mention->gender != 'n');
}

static bool mention_test(const struct matcher *m, const struct frame_test *test, uint32_t t)
{
    struct set parties = {.n = 0};
    slot_parties(m, t, LOOK_PARTS, &parties);
    for (uint32_t i = 0; i < parties.n; i++) {
        const struct mention *mention = &m->article->mention[parties.tok[i]];
        struct slice sector = slice_of(mention->sector);
        if ((test->kind == TEST_ACTOR && may_act(mention)) ||
            (test->kind == TEST_PERSON && (mention->flags & MENTION_PERSON)) ||
            (test->kind == TEST_PLACE && (mention->flags & MENTION_PLACE)) ||
            (test->kind == TEST_SECTOR &&
             slice_eq(sector, frame_text(m->frames, test->text))))
            return true;
    }
    return false;
}

static bool holds_at(const struct matcher *m, const struct frame_test *test, uint32_t t)
{
    switch (test->kind) {
    case TEST_CLASS: return graph_in_class(m, t, test->arg);
    case TEST_WORD: return m->word[t] == test->arg || m->form[t] == test->arg;
    case TEST_EVENT: return is_event(m, t);
    case TEST_PLURAL:
        return (m->tok[t].feats & (FEAT(PLUR) | FEAT(PTAN))) ||
               graph_child(m, t, REL_CONJ) != ARTICLE_NONE;
    default: return mention_test(m, test, t);
    }
}

/* "a number OF RESTRICTIONS": what it is a number, a round, a member of. */
static bool is_counted(const struct matcher *m, uint32_t c, uint32_t noun)
{
    uint32_t preposition = graph_child(m, c, REL_CASE);
    return graph_rel(m, c) == REL_NMOD && preposition != ARTICLE_NONE &&
           slice_is(token_lower(m->article, preposition), "of") &&
           (graph_in(m, noun, CLASS_PART) || graph_in(m, noun, CLASS_CARRIER));
}

static bool test_holds(const struct matcher *m, const struct frame_test *test, uint32_t t)
{
    if (holds_at(m, test, t))
        return true;
    FOR_CHILDREN(m, c, t) /* one of the conjuncts is enough */
        if ((graph_rel(m, c) == REL_CONJ || is_counted(m, c, t)) && holds_at(m, test, c))
            return true;
    return false;
}

/* Does a word anywhere in the sentence pass one of the tests? */
static bool holds_anywhere(const struct matcher *m, const struct frame_condition *condition)
{
    for (uint32_t t = m->first; t < m->end; t++)
        for (uint32_t k = 0; k < condition->test.n; k++)
            if (holds_at(m, &m->frames->test[condition->test.first + k], t))
                return true;
    return false;
}

static bool condition_holds(const struct matcher *m, const struct frame_condition *condition,
                            uint32_t trigger, char *why, size_t size)
{
    struct set words = {.n = 0};
    bool tests = condition->test.n > 0, holds = false;
    if (tests) /* any alternative may pass the test, not only the first that leads somewhere */
        for (uint32_t i = 0; i < condition->path.n; i++)
            slot_words(m, trigger, (struct frame_range){condition->path.first + i, 1}, &words);
    else
        slot_words(m, trigger, condition->path, &words);
    for (uint32_t i = 0; i < words.n && !holds; i++) {
        holds = !tests;
        for (uint32_t k = 0; k < condition->test.n && !holds; k++)
            holds = test_holds(m, &m->frames->test[condition->test.first + k], words.tok[i]);
    }
    const struct frame_path *first = &m->frames->path[condition->path.first];
    if (condition->path.n && first->n && m->frames->step[first->first].kind == STEP_ANY)
        holds = holds_anywhere(m, condition);
    if (holds != condition->avoid)
        return true;
    if (why) {
        struct slice text = frame_text(m->frames, condition->text);
        struct slice form = words.n ? token_form(m->article, words.tok[0]) : SLICE_LIT("");
        if (words.n)
            snprintf(why, size, "%s %.*s: found '%.*s'", condition->avoid ? "avoid" : "need",
                     (int)text.n, text.p, (int)form.n, form.p);
        else
            snprintf(why, size, "need %.*s: nothing there", (int)text.n, text.p);
    }
    return false;
}

/* ---- firing ---- */

/* The name that a pronoun stands for, where the same sentence has it: "the army says it has". */
static uint32_t named(const struct matcher *m, uint32_t mention)
{
    FOR_CHILDREN(m, c, m->article->mention[mention].head) {
        uint32_t name = m->article->mention_of[c];
        if (graph_rel(m, c) == REL_APPOS && name != ARTICLE_NONE &&
            m->article->mention[mention].kind == MENTION_COMMON &&
            m->article->mention[name].kind == MENTION_NAME && m->article->mention[name].code[0])
            return name; /* "his counterpart, Mostafa Najjar" */
    }
    for (uint32_t i = 0; i < 4; i++) {
        const struct mention *at = &m->article->mention[mention];
        if (at->kind != MENTION_PRONOUN || at->antecedent >= m->article->n_mentions)
            break;
        uint32_t head = m->article->mention[at->antecedent].head;
        if (head < m->first || head >= m->end)
            break;
        mention = at->antecedent;
    }
    return mention;
}

static uint8_t parties_cut(const struct matcher *m, const struct set *from, uint32_t *to)
{
    struct set names = {.n = 0};
    for (uint32_t i = 0; i < from->n; i++)
        set_add(&names, named(m, from->tok[i]));
    uint32_t n = names.n < EVENT_PARTIES ? names.n : EVENT_PARTIES;
    for (uint32_t i = 0; i < n; i++)
        to[i] = names.tok[i];
    return (uint8_t)n;
}

static bool any_political(const struct matcher *m, const struct set *set)
{
    for (uint32_t i = 0; i < set->n; i++)
        if (mention_is_political(&m->article->mention[set->tok[i]]))
            return true;
    return false;
}

/* The mention that all others of the same chain go back to. */
static uint32_t origin(const struct matcher *m, uint32_t mention)
{
    for (uint32_t i = 0; i < CLIMB_MAX; i++) {
        const struct mention *at = &m->article->mention[mention];
        if (at->kind == MENTION_GROUP || at->antecedent >= m->article->n_mentions)
            break;
        mention = at->antecedent;
    }
    return mention;
}

bool match_is_same(const struct matcher *m, uint32_t a, uint32_t b)
{
    a = origin(m, a);
    b = origin(m, b);
    const struct mention *x = &m->article->mention[a], *y = &m->article->mention[b];
    return a == b || (x->kind == MENTION_NAME && y->kind == MENTION_NAME && x->name.n &&
                      slice_eq(x->name, y->name) && strcmp(x->code, y->code) == 0 &&
                      strcmp(x->sector, y->sector) == 0);
}

/* A party is on one side only: the actor's, where both led to it ("refused to change its"). */
void match_take_out(const struct matcher *m, struct set *from, const struct set *these)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < from->n; i++) {
        bool other = false;
        for (uint32_t k = 0; k < these->n && !other; k++)
            other = match_is_same(m, these->tok[k], from->tok[i]);
        if (!other)
            from->tok[kept++] = from->tok[i];
    }
    from->n = kept;
}

/* "France and Germany agreed": parties that differ, of one deed. */
static bool several_codes(const struct matcher *m, const struct set *set)
{
    const char *code = NULL;
    for (uint32_t i = 0; i < set->n; i++) {
        const struct mention *mention = &m->article->mention[set->tok[i]];
        if (mention->kind == MENTION_GROUP)
            return true;
        if (code && strcmp(code, mention->code) != 0)
            return true;
        code = mention->code;
    }
    return false;
}

/* Is there a recipient of another country than the actors'? */
static bool any_foreign(const struct matcher *m, const struct set *recipients,
                        const struct set *actors)
{
    for (uint32_t i = 0; i < recipients->n; i++) {
        const char *code = m->article->mention[recipients->tok[i]].code;
        if (code[0] && actors->n &&
            strcmp(code, m->article->mention[actors->tok[0]].code) != 0)
            return true;
    }
    return false;
}

/* All mentions of a side, groups told out. */
static void add_members(const struct matcher *m, const uint32_t *party, uint32_t n, struct set *out)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct mention *mention = &m->article->mention[party[i]];
        if (mention->kind != MENTION_GROUP)
            set_add(out, party[i]);
        for (uint32_t k = 0; mention->kind == MENTION_GROUP && k < mention->n_members; k++)
            set_add(out, mention->member[k]);
    }
}

/*
 * "We have agreed": with whom was told before. The parties of the last mutual event, not far back,
 * that the speaker's country took part in.
 */
static void add_partner(const struct matcher *m, uint32_t trigger, struct set *actors)
{
    uint32_t subject = graph_subject(m, trigger);
    if (subject == ARTICLE_NONE || actors->n == 0 || !(m->tok[subject].feats & FEAT(P1)) ||
        !(m->tok[subject].feats & FEAT(PLUR)))
        return;
    const char *own = m->article->mention[actors->tok[0]].code;
    for (uint32_t i = m->article->n_events; own[0] && i-- > 0;) {
        const struct event *ev = &m->article->event[i];
        struct set parties = {.n = 0};
        if (m->sent - ev->sent > PARTNER_SENTENCES)
            return;
        add_members(m, ev->actor, ev->n_actors, &parties);
        bool with_own = false;
        for (uint32_t k = 0; k < parties.n; k++)
            with_own |= strcmp(m->article->mention[parties.tok[k]].code, own) == 0;
        if (ev->n_recipients || !with_own || !several_codes(m, &parties))
            continue;
        for (uint32_t k = 0; k < parties.n; k++)
            if (strcmp(m->article->mention[parties.tok[k]].code, own) != 0)
                set_add(actors, parties.tok[k]);
        return;
    }
}

static bool is_each_other(const struct matcher *m, uint32_t t)
{
    uint32_t object = graph_child(m, t, REL_OBJ);
    if (object == ARTICLE_NONE)
        return false;
    struct slice form = token_lower(m->article, object);
    return (slice_is(form, "other") || slice_is(form, "another")) &&
           graph_child(m, object, REL_DET) != ARTICLE_NONE;
}

/* ---- parties without a name ---- */

/* First word of the phrase before its head, without its article. */
static uint32_t phrase_first(const struct matcher *m, uint32_t head)
{
    uint32_t first = head;
    FOR_CHILDREN(m, c, head) {
        enum relation rel = relation_base(graph_rel(m, c));
        bool modifies = rel == REL_AMOD || rel == REL_COMPOUND || rel == REL_NUMMOD ||
                        rel == REL_NMOD;
        if (c < first && modifies && head - c < 8)
            first = c;
    }
    return first;
}

/* The place below a noun, as a mention whose country is known; ARTICLE_NONE none. */
static uint32_t placed_in(const struct matcher *m, uint32_t t)
{
    FOR_CHILDREN(m, c, t) {
        uint32_t index = m->article->mention_of[c];
        if (c > t && graph_rel(m, c) == REL_NMOD && index != ARTICLE_NONE &&
            (m->article->mention[index].flags & MENTION_PLACE) &&
            m->article->mention[index].code[0])
            return index;
    }
    return ARTICLE_NONE;
}

/* A mention for a noun that the actors' stage knows nothing of: "a police headquarters". */
static uint32_t nameless(struct matcher *m, uint32_t t)
{
    struct dm_article *article = m->article;
    uint32_t index = article->n_mentions, place = placed_in(m, t);
    struct mention *mention = ARENA_PUSH(&article->arena, article->mention, article->n_mentions,
                                         m->mention_capacity);
    if (!mention) {
        m->no_memory = true;
        return ARTICLE_NONE;
    }
    *mention = (struct mention){
        .head = t, .first = phrase_first(m, t), .end = t + 1, .kind = MENTION_COMMON,
        .antecedent = ARTICLE_NONE, .entity = ARTICLE_NONE, .country_line = ARTICLE_NONE,
        .sector_line = ARTICLE_NONE};
    if (place != ARTICLE_NONE) { /* "an army camp in Mali" belongs to Mali */
        const struct mention *at = &article->mention[place];
        memcpy(mention->code, at->code, sizeof mention->code);
        mention->country_line = at->country_line;
        mention->end = at->end > t && at->end - t < 12 ? at->end : t + 1;
    }
    article->mention_of[t] = index;
    return index;
}

/*
 * Whom a known actor acts on is a party even when nothing is known of it but its noun: the first
 * one that the recipient's paths lead to.
 */
static void add_nameless(struct matcher *m, uint32_t trigger, const struct frame *frame,
                         struct set *out)
{
    struct set words = {.n = 0};
    slot_words(m, trigger, frame->recipient, &words);
    for (uint32_t i = 0; i < words.n && out->n == 0; i++) {
        uint32_t t = graph_referent(m, words.tok[i]);
        uint8_t upos = m->tok[t].upos;
        if ((upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_SYM) && t != trigger &&
            !time_is_word(m, t) && m->article->mention_of[t] == ARTICLE_NONE)
            set_add(out, nameless(m, t));
    }
}

/* Does the way from t up to the trigger lead only through what completes it? */
static bool completes(const struct matcher *m, uint32_t t, uint32_t trigger)
{
    for (uint32_t i = 0; i < CLIMB_MAX && t != trigger; i++) {
        uint32_t head = m->tok[t].head;
        if (head < m->first || head >= m->end)
            return false;
        switch (relation_base(graph_rel(m, t))) {
        case REL_OBJ: case REL_NMOD: case REL_AMOD: case REL_COMPOUND: case REL_XCOMP:
        case REL_CCOMP: case REL_NSUBJ: case REL_IOBJ: case REL_FLAT:
            break;
        case REL_ACL:
            if (graph_rel(m, t) == REL_ACL_RELCL)
                return false;
            break;
        case REL_OBL: {
            const struct mention *mention = m->article->mention_of[t] == ARTICLE_NONE
                ? NULL : &m->article->mention[m->article->mention_of[t]];
            if (mention && (mention->flags & MENTION_PLACE) && head == trigger)
                return false; /* where it was done */
            break;
        }
        default:
            return false;
        }
        t = head;
    }
    return t == trigger;
}

/*
 * No path of the frame led to a recipient: the first known actor among the words that complete the
 * trigger ("agreed to pay more for gas supplied by Turkmenistan").
 */
static void add_nearest(const struct matcher *m, uint32_t trigger, const struct set *actors,
                        struct set *out)
{
    uint32_t end = m->end - trigger > NEAREST_MAX ? trigger + NEAREST_MAX : m->end;
    for (uint32_t t = trigger + 1; t < end && out->n == 0; t++) {
        uint32_t index = m->article->mention_of[t];
        if (index == ARTICLE_NONE || !m->article->mention[index].code[0] ||
            m->article->mention[index].kind == MENTION_PRONOUN)
            continue;
        /* a frame whose recipient is the object has a path to it: "deployed TROOPS" is none */
        bool own = m->tok[t].head == trigger && graph_rel(m, t) == REL_OBJ;
        for (uint32_t k = 0; k < actors->n; k++)
            own |= match_is_same(m, actors->tok[k], index);
        if (!own && completes(m, t, trigger))
            set_add(out, index);
    }
}

/* A new event of the frame at t, its parties as the frame's paths lead to them; NULL: no memory. */
static struct found *add_found(struct matcher *m, uint32_t frame_index, uint32_t t,
                               struct set *actors, struct set *recipients, bool mutual)
{
    const struct frame *frame = &m->frames->frame[frame_index];
    struct set content = {.n = 0};
    struct found *found = ARENA_PUSH(&m->article->scratch, m->found, m->n_found, m->c_found);
    if (!found) {
        m->no_memory = true;
        return NULL;
    }
    slot_words(m, t, frame->content, &content);
    found->frame = frame;
    found->noun = m->tok[t].upos != UPOS_VERB && graph_is_nominal(m, t);
    found->mutual = mutual;
    found->absorbed_by = ARTICLE_NONE;
    found->predicate = t;
    for (uint32_t i = 0; i < content.n && found->n_content < CONTENT_MAX; i++)
        if (content.tok[i] != t)
            found->content[found->n_content++] = content.tok[i];
    struct event *ev = &found->ev;
    ev->sent = m->sent;
    ev->trigger = ev->first = t;
    ev->end = t + 1;
    ev->frame = frame_index;
    ev->type = frame_text(m->frames, frame->type);
    ev->cameo = frame_text(m->frames, frame->cameo);
    ev->attribution = ARTICLE_NONE;
    ev->n_actors = parties_cut(m, actors, ev->actor);
    ev->n_recipients = parties_cut(m, recipients, ev->recipient);
    return found;
}

static void carry(const struct matcher *m, struct found *found)
{
    if (!found->noun)
        return;
    uint32_t light = graph_light(m, found->ev.trigger);
    if (light != ARTICLE_NONE)
        found->predicate = light;
}

static bool fire(struct matcher *m, const struct frame_trigger *trigger, uint32_t t, char *why,
                 size_t size)
{
    const struct frame *frame = &m->frames->frame[trigger->frame];
    for (uint32_t i = 0; i < frame->need.n; i++)
        if (!condition_holds(m, &m->frames->condition[frame->need.first + i], t, why, size))
            return false;
    if (frame->type.n == 0)
        return true; /* `type none` */

    struct set actors = {.n = 0}, recipients = {.n = 0};
    bool mutual = frame->mutual.n > 0;
    slot_mentions(m, t, mutual ? frame->mutual : frame->actor, LOOK_OWNERS, &actors);
    slot_mentions(m, t, frame->recipient, LOOK_FAR, &recipients);
    match_take_out(m, &recipients, &actors);
    if (frame->joint && !several_codes(m, &actors) && !any_foreign(m, &recipients, &actors))
        add_partner(m, t, &actors);
    bool joint = frame->joint && several_codes(m, &actors);
    if (joint)
        recipients.n = 0;
    bool political = any_political(m, &actors) || any_political(m, &recipients);
    if (!political && !frame->alone && !(actors.n + recipients.n && m->political)) {
        if (why)
            snprintf(why, size, actors.n + recipients.n ? "no political actor among its parties"
                                                        : "no party found");
        return false;
    }

    if (recipients.n == 0 && !joint && frame->recipient.n && any_political(m, &actors))
        add_nearest(m, t, &actors, &recipients);
    if (recipients.n == 0 && !joint && any_political(m, &actors))
        add_nameless(m, t, frame, &recipients);
    struct found *found = add_found(m, trigger->frame, t, &actors, &recipients,
                                    mutual || joint || (actors.n > 1 && is_each_other(m, t)));
    if (!found)
        return false;
    found->noun = trigger->kind == TRIGGER_NOUN;
    carry(m, found);
    return true;
}

struct found *match_learned(struct matcher *m, uint32_t frame_index, uint32_t t)
{
    const struct frame *frame = &m->frames->frame[frame_index];
    struct set actors = {.n = 0}, recipients = {.n = 0};
    slot_mentions(m, t, frame->actor, LOOK_OWNERS, &actors);
    slot_mentions(m, t, frame->recipient, LOOK_FAR, &recipients);
    match_take_out(m, &recipients, &actors);
    struct found *found = add_found(m, frame_index, t, &actors, &recipients, false);
    if (found)
        carry(m, found);
    return found;
}

uint32_t match_learned_frame(const struct matcher *m, struct slice type)
{
    for (uint32_t i = 0; i < m->frames->n_frames; i++)
        if (m->frames->frame[i].learned && slice_eq(frame_text(m->frames, m->frames->frame[i].type),
                                                    type))
            return i;
    return ARTICLE_NONE;
}

/* ---- what the judge decides ---- */

uint32_t match_party(struct matcher *m, uint32_t t)
{
    uint32_t index = m->article->mention_of[t];
    return index != ARTICLE_NONE ? named(m, index) : nameless(m, t);
}

bool match_is_joint(const struct matcher *m, const struct event *ev)
{
    struct set actors = {.n = 0};
    for (uint32_t i = 0; i < ev->n_actors; i++)
        set_add(&actors, ev->actor[i]);
    return ev->n_recipients == 0 && several_codes(m, &actors);
}

/* Was the frame tried already by another of its triggers ("drill", "military drill")? */
static bool tried_before(const struct matcher *m, struct frame_range range, uint32_t index,
                         uint32_t t)
{
    const struct frame_trigger *trigger = &m->frames->trigger[range.first];
    for (uint32_t i = 0; i < index; i++)
        if (trigger[i].frame == trigger[index].frame && match_trigger(m, &trigger[i], t))
            return true;
    return false;
}

/* True when a frame of the word has fired. */
static bool try_word(struct matcher *m, uint32_t t, uint32_t word)
{
    struct frame_range range = m->frames->triggers[word];
    char text[200];
    char *why = m->trace ? text : NULL;
    for (uint32_t i = 0; i < range.n; i++) {
        const struct frame_trigger *trigger = &m->frames->trigger[range.first + i];
        const struct frame *frame = &m->frames->frame[trigger->frame];
        if (frame->is_operator || !match_trigger(m, trigger, t) || tried_before(m, range, i, t))
            continue;
        if (why)
            memcpy(text, "fired", sizeof "fired");
        bool fired = fire(m, trigger, t, why, sizeof text);
        if (m->trace)
            m->trace->tried(m->trace->self, t, frame_text(m->frames, frame->name), fired, text);
        if (fired)
            return true;
    }
    return false;
}

void match_sentence(struct matcher *m)
{
    m->n_found = 0;
    m->political = false;
    for (uint32_t t = m->first; t < m->end && !m->political; t++) {
        uint32_t index = m->article->mention_of[t];
        m->political = index != ARTICLE_NONE &&
                       mention_is_political(&m->article->mention[index]) &&
                       m->article->mention[index].kind != MENTION_PRONOUN;
    }
    for (uint32_t t = m->first; t < m->end; t++) {
        bool fired = m->word[t] != IMAGE_NONE && try_word(m, t, m->word[t]);
        if (!fired && m->form[t] != IMAGE_NONE && m->form[t] != m->word[t] && is_verbal_noun(m, t))
            try_word(m, t, m->form[t]);
    }
    for (uint32_t i = 0; i < m->n_found; i++)
        for (uint32_t k = 0; k < m->found[i].n_content; k++)
            m->content_of[m->found[i].content[k]] = i;
}
