/* SPDX-License-Identifier: MIT */
/*
 * refer.c - who is meant: surnames, acronyms, pronouns, definite descriptions, missing countries.
 *
 * Reads    the mentions of the whole article, the trees.
 * Leaves   codes, sectors, antecedents and members of mentions that stand for others.
 * Method   One walk over the mentions in text order, so that each finds those before it resolved.
 *          Names are found again by a table of their words; everything else looks back over at most
 *          LOOK_BACK mentions and takes the candidate of the highest salience (nearness, being a
 *          subject, being named).
 * Limits   Nothing refers forward, but for a country said later in the same sentence.
 */
#include "actors/refer.h"


#define LOOK_BACK 60
#define SENTENCES_BACK 4

/* ---- small questions ---- */

bool refer_is_state(const struct refer *r, const struct mention *m)
{
    return code_set(m->code) && actor_state(r->work->actors, m->code) != IMAGE_NONE;
}

bool refer_is_subject(const struct refer *r, uint32_t t)
{
    enum relation base = work_rel(r->work, t);
    return base == REL_NSUBJ;
}

/* The clause a token stands in: its nearest ancestor that is a predicate. */
uint32_t refer_clause(const struct refer *r, uint32_t t)
{
    for (unsigned steps = 0; t != ARTICLE_NONE && steps < 64; steps++) {
        switch (work_rel(r->work, t)) {
        case REL_ROOT: case REL_CCOMP: case REL_XCOMP: case REL_ADVCL: case REL_ACL:
        case REL_PARATAXIS: case REL_CSUBJ:
            return t;
        default:
            if (work_tok(r->work, t)->upos == UPOS_VERB && work_rel(r->work, t) == REL_CONJ)
                return t;
            t = work_tok(r->work, t)->head;
        }
    }
    return ARTICLE_NONE;
}

void refer_take(struct refer *r, struct mention *m, uint32_t from)
{
    const struct mention *a = &r->article->mention[from];
    if (a->kind == MENTION_GROUP) {
        m->kind = MENTION_GROUP;
        memcpy(m->member, a->member, sizeof m->member);
        m->n_members = a->n_members;
    }
    if (!code_set(m->code)) {
        memcpy(m->code, a->code, 4);
        m->country_line = a->country_line;
    }
    if (!code_set(m->sector)) {
        memcpy(m->sector, a->sector, 4);
        memcpy(m->other, a->other, sizeof m->other);
        m->sector_line = a->sector_line;
    }
    if (!m->name.n) {
        m->name = a->name;
        m->wikidata = a->wikidata;
        m->entity = a->entity;
    }
    if (!m->office.n && m->kind != MENTION_GROUP)
        m->office = a->office;
    if (!m->gender)
        m->gender = a->gender;
    m->flags |= a->flags & (MENTION_PERSON | MENTION_ACTOR | MENTION_FORMER);
    m->antecedent = from;
}

/* ---- candidates ---- */

static bool is_body(const struct refer *r, const struct mention *m)
{
    const struct info *info = &r->work->info[m->head];
    return info->flags & INFO_BODY || names_in_class(r->work, m->head, ASK_BODY);
}

/* May the mention be meant by a pronoun of this kind? */
static bool can_mean(const struct refer *r, const struct mention *c, enum pronoun what, char gender)
{
    const struct info *info = &r->work->info[c->head];
    bool person = c->flags & MENTION_PERSON, plural = c->flags & MENTION_PLURAL;
    bool place = c->flags & MENTION_PLACE, body = is_body(r, c);
    if (c->kind == MENTION_PRONOUN && c->antecedent == ARTICLE_NONE)
        return false;
    if (what == PRONOUN_MANY && work_tok(r->work, c->head)->feats & FEAT(P1))
        return false; /* 'we' said it, not 'they' */
    switch (what) {
    case PRONOUN_PERSON:
        if (plural || body || place || c->kind == MENTION_GROUP || c->flags & MENTION_QUANTITY ||
            info->flags & INFO_PLACE)
            return false;
        if (c->gender && c->gender != gender)
            return false;
        return person || (c->kind == MENTION_COMMON && code_set(c->sector)) ||
               (c->kind == MENTION_NAME && c->entity == ARTICLE_NONE);
    case PRONOUN_THING:
        if (person || plural || c->kind == MENTION_GROUP)
            return false;
        return place || body || (c->kind == MENTION_NAME && code_set(c->code)) ||
               c->kind == MENTION_PRONOUN;
    default:
        return plural || c->kind == MENTION_GROUP || (body && code_set(c->sector));
    }
}

static int salience(const struct refer *r, const struct mention *m, const struct mention *c,
                    uint32_t sentences)
{
    int score = 100 - 22 * (int)sentences;
    if (refer_is_subject(r, c->head))
        score += 24;
    if (c->flags & MENTION_PERSON && c->kind == MENTION_NAME)
        score += 10;
    if (c->flags & MENTION_POSSESSIVE)
        score -= 12;
    if (c->flags & MENTION_PLACE && !(c->flags & MENTION_ACTOR))
        score -= 30;
    if (!code_set(c->code) && !code_set(c->sector) && c->kind != MENTION_GROUP)
        score -= 15;
    uint32_t distance = m->head - c->head;
    return score - (int)(distance > 60 ? 60 : distance) / 3;
}

/* Is it who speaks here, or the same person named before? */
static bool is_speaker(const struct refer *r, uint32_t index)
{
    uint32_t speaker = r->speaker != ARTICLE_NONE ? r->speaker : r->before;
    if (speaker == ARTICLE_NONE || index == speaker)
        return index == speaker;
    const struct mention *a = &r->article->mention[index], *b = &r->article->mention[speaker];
    if (a->entity != ARTICLE_NONE && b->entity != ARTICLE_NONE)
        return a->entity == b->entity;
    return a->flags & b->flags & MENTION_PERSON && code_set(a->sector) &&
           code_eq(a->code, b->code) && code_eq(a->sector, b->sector);
}

uint32_t refer_best(const struct refer *r, uint32_t index, enum pronoun what, char gender,
                    bool says)
{
    const struct dm_article *article = r->article;
    const struct mention *m = &article->mention[index];
    uint32_t sent = r->sent_of[index], best = ARTICLE_NONE;
    uint32_t clause = refer_clause(r, m->head);
    bool possessive = m->flags & MENTION_POSSESSIVE;
    int best_score = 0;
    for (uint32_t back = 1; back <= LOOK_BACK && back <= index; back++) {
        const struct mention *c = &article->mention[index - back];
        uint32_t sentences = sent - r->sent_of[index - back];
        if (sentences > SENTENCES_BACK)
            break;
        if (!can_mean(r, c, what, gender))
            continue;
        /* 'Putin met him': two parts of one clause are two */
        if (!possessive && sentences == 0 && refer_clause(r, c->head) == clause &&
            !(c->flags & MENTION_POSSESSIVE))
            continue;
        int score = salience(r, m, c, sentences);
        bool quoted = work_tok(r->work, m->head)->flags & TOK_QUOTED;
        if (says && !quoted && index - back == r->before)
            score += 50; /* '..., he added' */
        if (is_speaker(r, index - back)) /* nobody calls himself 'he' */
            score += quoted ? -60 : 10;
        if (score > best_score) {
            best_score = score;
            best = index - back;
        }
    }
    return best;
}

/* ---- common nouns ---- */

static bool is_definite(const struct refer *r, uint32_t t)
{
    for (uint32_t c = r->work->child[t]; c != ARTICLE_NONE && c < t; c = r->work->next[c])
        if (work_tok(r->work, c)->rel == REL_DET)
            return work_tok(r->work, c)->feats & (FEAT(DEF) | FEAT(DEM));
    return false;
}

/* A possessor that is a mention: 'his government', 'the country's army'. */
static uint32_t possessor(const struct refer *r, uint32_t t)
{
    for (uint32_t c = r->work->child[t]; c != ARTICLE_NONE; c = r->work->next[c])
        if (work_tok(r->work, c)->rel == REL_NMOD_POSS)
            return r->article->mention_of[c];
    return ARTICLE_NONE;
}

/* 'The two' are officials when both are. */
static void take_common_sector(const struct refer *r, struct mention *m)
{
    memcpy(m->sector, r->article->mention[m->member[0]].sector, 4);
    for (uint32_t i = 1; i < m->n_members; i++)
        if (!code_eq(r->article->mention[m->member[i]].sector, m->sector))
            m->sector[0] = '\0';
}

static bool same_word(const struct refer *r, uint32_t a, uint32_t b)
{
    return slice_eq(token_lemma(r->article, a), token_lemma(r->article, b)) ||
           slice_eq(token_lower(r->article, a), token_lower(r->article, b));
}

/* Is the noun the mention's head or a title beside it: "Secretary" of 'Secretary Blinken'? */
static bool bears_noun(const struct refer *r, uint32_t head, uint32_t noun)
{
    if (same_word(r, head, noun))
        return true;
    for (uint32_t c = r->work->child[head]; c != ARTICLE_NONE; c = r->work->next[c]) {
        enum relation rel = work_rel(r->work, c);
        bool title = work_tok(r->work, c)->rel == REL_NMOD_DESC || rel == REL_COMPOUND ||
                     rel == REL_APPOS || rel == REL_FLAT;
        if (title && same_word(r, c, noun))
            return true;
    }
    return false;
}

/*
 * The last mention that the noun may stand for: same noun, or a name of the same office or sector.
 */
static uint32_t same_described(const struct refer *r, uint32_t index)
{
    const struct mention *m = &r->article->mention[index];
    const struct info *info = &r->work->info[m->head];
    bool plural = m->flags & MENTION_PLURAL, body = is_body(r, m);
    uint32_t weak = ARTICLE_NONE;
    for (uint32_t back = 1; back <= LOOK_BACK && back <= index; back++) {
        const struct mention *c = &r->article->mention[index - back];
        const struct info *other = &r->work->info[c->head];
        if (r->sent_of[index] - r->sent_of[index - back] > 2 * SENTENCES_BACK)
            break;
        if (!code_set(c->code) || ((c->flags & MENTION_PLURAL) != 0) != plural)
            continue;
        if (bears_noun(r, c->head, m->head))
            return index - back;
        if (weak != ARTICLE_NONE)
            continue;
        if (plural || body)
            continue;
        if (info->office != ARTICLE_NONE && other->office == info->office &&
            c->flags & MENTION_PERSON)
            return index - back;
        if (info->office == ARTICLE_NONE && c->kind == MENTION_NAME && c->flags & MENTION_PERSON &&
            (code_eq(c->sector, m->sector) || !code_set(m->sector)))
            weak = index - back;
    }
    return weak;
}

/* 'the country': the last state named. */
static uint32_t last_state(const struct refer *r, uint32_t index)
{
    for (uint32_t back = 1; back <= LOOK_BACK && back <= index; back++) {
        const struct mention *c = &r->article->mention[index - back];
        if (r->sent_of[index] - r->sent_of[index - back] > SENTENCES_BACK)
            break;
        if (c->kind == MENTION_NAME && !(c->flags & MENTION_PERSON) && refer_is_state(r, c))
            return index - back;
    }
    return ARTICLE_NONE;
}

/* The role of the body that token t is the name of, "Hamas"; NULL for none. */
static const struct actor_role *body_role(const struct refer *r, uint32_t t)
{
    const struct name_match *match = names_at(r->work, t);
    const struct actor_role *role;
    if (!match)
        return NULL;
    uint32_t entity = r->work->actors->use[match->use].entity;
    uint32_t kind = r->work->actors->entity[entity].kind;
    bool body = kind == ENTITY_ORG || kind == ENTITY_GROUP;
    return body && actor_role_at(r->work->actors, entity, r->work->day, &role) ? role : NULL;
}

/*
 * 'the group', 'the movement', 'the militants': the last body named before, be it within another
 * party's words, 'Hamas spokesman'. What the noun tells of its sector holds of the body, and a
 * paper is meant by nouns for papers alone.
 */
static void take_body(struct refer *r, uint32_t index)
{
    struct mention *m = &r->article->mention[index];
    uint32_t sent = r->sent_of[index];
    uint32_t stop = r->article->sent[sent > SENTENCES_BACK ? sent - SENTENCES_BACK : 0].first;
    for (uint32_t t = m->first; t-- > stop;) {
        const struct actor_role *role = body_role(r, t);
        if (!role || !code_set(role->code) ||
            (code_set(m->sector) ? !code_eq(role->sector[0], m->sector)
                                 : code_eq(role->sector[0], "JRN")))
            continue;
        memcpy(m->code, role->code, 4);
        memcpy(m->sector, role->sector[0], 4);
        m->country_line = m->sector_line = role->line;
        uint32_t named = r->article->mention_of[t];
        if (named != ARTICLE_NONE && r->article->mention[named].kind == MENTION_NAME)
            refer_take(r, m, named);
        return;
    }
}

/* The person who holds the office of that state at the article's date. */
static void take_holder(struct refer *r, struct mention *m, uint32_t office)
{
    if (m->flags & MENTION_FORMER || m->name.n || m->flags & MENTION_PLURAL)
        return;
    uint32_t person = actor_holder_at(r->work->actors, m->code, office, r->work->day);
    if (person == IMAGE_NONE)
        return;
    const struct actor_entity *entity = &r->work->actors->entity[person];
    m->entity = person;
    m->name = lexicon_string(r->work->lexicon, entity->name);
    m->wikidata = lexicon_string(r->work->lexicon, entity->wikidata);
    m->gender = (char)entity->gender;
}

/* 'the Nicaraguan leader': the person of that state and sector named before him. */
static void link_described(struct refer *r, uint32_t index)
{
    struct mention *m = &r->article->mention[index];
    if (m->flags & (MENTION_PLURAL | MENTION_FORMER) || is_body(r, m) || !code_set(m->sector))
        return;
    for (uint32_t back = 1; back <= LOOK_BACK && back <= index; back++) {
        const struct mention *c = &r->article->mention[index - back];
        if (r->sent_of[index] - r->sent_of[index - back] > SENTENCES_BACK)
            return;
        if (c->kind == MENTION_NAME && c->flags & MENTION_PERSON && code_eq(c->code, m->code) &&
            code_eq(c->sector, m->sector)) {
            refer_take(r, m, index - back);
            return;
        }
    }
}

/*
 * 'foreign troops', 'the international community', 'other countries', 'governments': of no one state
 * that is told of. But 'foreign minister' is one noun.
 */
static bool is_abroad(const struct refer *r, const struct mention *m)
{
    bool row = r->work->noun_of[m->head] != ARTICLE_NONE;
    uint32_t first = row ? r->work->noun_first[m->head] : m->head;
    if (m->flags & MENTION_PLURAL && first == m->head &&
        names_in_class(r->work, m->head, ASK_STATES))
        return true; /* but 'local governments' */
    for (uint32_t c = r->work->child[m->head]; c != ARTICLE_NONE && c < m->head;
         c = r->work->next[c])
        if (names_in_class(r->work, c, ASK_ABROAD) &&
            (c < first || !names_in_class(r->work, c, ASK_FOREIGN)))
            return true;
    return false;
}

/* 'learn it from media outlets': bare nouns beside what is done, of no country in particular. */
static bool is_general(const struct refer *r, const struct mention *m)
{
    uint32_t t = m->head, verb = work_tok(r->work, t)->head, c = r->work->child[t];
    if (!(m->flags & MENTION_PLURAL) || work_tok(r->work, t)->rel != REL_OBL ||
        verb == ARTICLE_NONE || work_tok(r->work, verb)->upos != UPOS_VERB || c == ARTICLE_NONE ||
        !slice_is(token_lower(r->article, c), "from"))
        return false;
    for (c = r->work->next[c]; c != ARTICLE_NONE; c = r->work->next[c])
        if (work_rel(r->work, c) != REL_COMPOUND && work_rel(r->work, c) != REL_PUNCT)
            return false;
    return true;
}

/* Is it a noun for one body, or for those who bear arms? */
static bool means_body(const struct refer *r, const struct mention *m)
{
    if (m->flags & MENTION_PLURAL)
        return code_eq(m->sector, "REB");
    return code_eq(m->sector, "REB") || (is_body(r, m) && !code_eq(m->sector, "GOV"));
}

/* Whom 'the two countries', 'the two leaders', 'the two' may be. */
static enum group group_wanted(const struct refer *r, const struct mention *m)
{
    if (names_in_class(r->work, m->head, ASK_COUNTRY))
        return GROUP_STATES;
    bool person = r->work->info[m->head].flags & INFO_PERSON || code_set(m->sector);
    bool number = work_tok(r->work, m->head)->upos == UPOS_NUM;
    return number || (person && !is_body(r, m)) ? GROUP_PERSONS : GROUP_ANY;
}

static void resolve_common(struct refer *r, uint32_t index)
{
    struct mention *m = &r->article->mention[index];
    const struct info *info = &r->work->info[m->head];
    bool agent = info->flags & INFO_NOUN, definite = is_definite(r, m->head);
    uint32_t count = refer_counted(r, m->head), from = ARTICLE_NONE;
    bool side = names_in_class(r->work, m->head, ASK_SIDE);
    if (m->kind == MENTION_GROUP)
        return;
    bool pair = count && definite && m->flags & MENTION_PLURAL && code_eq(m->sector, "GOV") &&
                !is_body(r, m); /* 'the two diplomats' */
    if (count && !code_set(m->code) && (side || pair || !agent)) {
        bool number = work_tok(r->work, m->head)->upos == UPOS_NUM;
        refer_group(r, index, count, group_wanted(r, m));
        if (m->n_members && names_in_class(r->work, m->head, ASK_COUNTRY))
            m->sector[0] = '\0';
        else if (m->n_members && number)
            take_common_sector(r, m);
        bool all = definite || refer_says_both(r, m->head) ||
                   names_in_class(r->work, m->head, ASK_COUNTRY);
        if (m->n_members || (!number && !pair && all))
            return; /* 'four opposition leaders' are not of four states */
    }
    if (!code_set(m->code) || info->strength <= STRENGTH_IN) { /* 'our forces in Europe' */
        uint32_t owner = possessor(r, m->head);
        if (owner != ARTICLE_NONE && code_set(r->article->mention[owner].code)) {
            memcpy(m->code, r->article->mention[owner].code, 4);
            m->country_line = r->article->mention[owner].country_line;
        }
    }
    if (!code_set(m->code) && definite && !(m->flags & MENTION_PLURAL) &&
        names_in_class(r->work, m->head, ASK_COUNTRY)) {
        from = last_state(r, index);
        m->sector[0] = '\0';
    }
    if (from == ARTICLE_NONE && !code_set(m->code) && agent && (definite || is_body(r, m)))
        from = same_described(r, index);
    if (from != ARTICLE_NONE)
        refer_take(r, m, from);
    bool abroad = is_abroad(r, m);
    if (!code_set(m->code) && definite && agent && !abroad && means_body(r, m))
        take_body(r, index);
    bool country = definite && !(m->flags & MENTION_PLURAL) &&
                   names_in_class(r->work, m->head, ASK_COUNTRY);
    if (!code_set(m->code) && (code_set(m->sector) || country || agent) && !is_general(r, m) &&
        !abroad)
        refer_country(r, index);
    if (info->office != ARTICLE_NONE && code_set(m->code))
        take_holder(r, m, info->office);
    if (m->antecedent == ARTICLE_NONE && definite && !m->name.n && code_set(m->code))
        link_described(r, index);
    /* 'a source', 'members': of the country around, but no party for that alone */
    if (agent && (code_set(m->sector) || (code_set(m->code) && !r->guessed[index])))
        m->flags |= MENTION_ACTOR;
}

/* ---- the walk ---- */

static bool refer_init(struct refer *r, struct work *work)
{
    *r = (struct refer){.work = work, .article = work->article, .speaker = ARTICLE_NONE,
                        .last_speaker = ARTICLE_NONE, .before = ARTICLE_NONE,
                        .author = ARTICLE_NONE, .main_line = ARTICLE_NONE};
    uint32_t n = r->article->n_mentions;
    r->sent_of = arena_array(work->scratch, n, uint32_t);
    r->guessed = arena_array(work->scratch, n, bool);
    r->n_slots = 64;
    while (r->n_slots < 4 * n)
        r->n_slots *= 2;
    r->slot = arena_array(work->scratch, r->n_slots, struct name_slot);
    if (!r->sent_of || !r->guessed || !r->slot)
        return false;
    for (uint32_t i = 0, s = 0; i < n; i++) {
        uint32_t head = r->article->mention[i].head;
        while (s + 1 < r->article->n_sents && head >= r->article->sent[s].end)
            s++;
        r->sent_of[i] = s;
    }
    return true;
}

/*
 * May a party without a code be taken to belong where the text is set? Persons and those who speak
 * or act: yes; other unknown names: no. (First 1,500 of the training set: country 0.815 -> 0.826
 * for those who act, score_actors.py.)
 */
static bool lives_here(const struct refer *r, const struct mention *m)
{
    if (m->kind == MENTION_NAME && !(r->work->info[m->head].flags & INFO_NAME))
        return m->flags & MENTION_PERSON || (refer_is_subject(r, m->head));
    if (m->kind == MENTION_PRONOUN)
        return (m->flags & MENTION_PERSON) || (work_tok(r->work, m->head)->feats & FEAT(P1));
    return false;
}

/* 'the UN coordinator for Sudan, Jane Doe': who stands behind a noun that tells who he is. */
static void take_described(struct refer *r, struct mention *m)
{
    uint32_t head = work_tok(r->work, m->head)->head;
    if (m->kind != MENTION_NAME || work_rel(r->work, m->head) != REL_APPOS || head == ARTICLE_NONE)
        return;
    uint32_t from = r->article->mention_of[head];
    if (from == ARTICLE_NONE || r->article->mention[from].kind != MENTION_COMMON ||
        r->article->mention[from].flags & (MENTION_PLURAL | MENTION_PLACE) ||
        !(r->work->info[head].flags & INFO_NOUN) || !code_set(r->article->mention[from].code))
        return;
    refer_take(r, m, from);
}

/*
 * A person of whom nothing is told but the name: who is quoted by the surname alone was introduced
 * before what is read here, and is most often an official; else PLOVER's catch-all, a civilian.
 * (Parties of the training set that were read: 14 of 25, and CVL the most frequent of the rest.)
 */
static void guess_sector(struct refer *r, struct mention *m)
{
    const struct info *info = &r->work->info[m->head];
    if (m->kind == MENTION_PRONOUN && code_set(m->code) && !code_set(m->sector) &&
        r->guessed[m - r->article->mention] && work_tok(r->work, m->head)->feats & FEAT(P1)) {
        memcpy(m->sector, "GOV", 4); /* who says 'we' of a state */
        return;
    }
    if (m->kind != MENTION_NAME || !code_set(m->code) || code_set(m->sector) ||
        info->flags & (INFO_NAME | INFO_BODY))
        return;
    bool quoted = refer_says(r, m->head) && m->end - m->first == 1 &&
                  !(work_tok(r->work, m->head)->flags & TOK_UPPER);
    if (quoted || m->flags & MENTION_PERSON)
        memcpy(m->sector, quoted ? "GOV" : "CVL", 4);
}

int refer_resolve(struct work *work, struct dm_error *err)
{
    struct refer r;
    if (!refer_init(&r, work))
        return dm_fail(err, DM_ENOMEM, "out of memory while resolving actors");
    refer_main_country(&r);
    scene_title(work, &r, refer_vote_in_title);
    for (uint32_t i = 0; i < r.article->n_mentions; i++) {
        struct mention *m = &r.article->mention[i];
        if (i == 0 || r.sent_of[i] != r.sent_of[i - 1])
            refer_find_speaker(&r, r.sent_of[i]);
        if (m->kind == MENTION_NAME)
            refer_name(&r, i);
        else if (m->kind == MENTION_PRONOUN)
            refer_pronoun(&r, i);
        else
            resolve_common(&r, i);
        if (!code_set(m->code))
            take_described(&r, m);
        if (!code_set(m->code) && lives_here(&r, m))
            refer_country(&r, i);
        guess_sector(&r, m);
    }
    return 0;
}
