/* SPDX-License-Identifier: MIT */
/*
 * phrase.c - what each noun and the words below it tell of a party: code, sector, office, stretch.
 *
 * Reads    name matches, noun rows and the tree of one sentence.
 * Leaves   info[] of its tokens.
 * Method   Tokens are taken from the leaves of the tree to its root, so that a head finds its
 *          dependents read. A code comes from the closest thing that names one: the name itself,
 *          then an adjective or compound, a possessor, 'of', an apposition, 'in' (enum strength).
 */
#include "actors/work.h"

static void take_role(struct info *info, const struct actor_role *role)
{
    memcpy(info->code, role->code, 4);
    memcpy(info->sector, role->sector[0], 4);
    memcpy(info->other, role->sector[1], 4);
    info->code_line = info->sector_line = role->line;
}

/* An official at a day after his office: ELI, with what he was behind it. */
static void make_former(struct info *info)
{
    static const char *const offices[] = {"GOV", "MIL", "LEG", "JUD", "COP", "SPY"};
    for (size_t i = 0; i < sizeof offices / sizeof *offices; i++)
        if (code_eq(info->sector, offices[i])) {
            memcpy(info->other, info->sector, 4);
            memcpy(info->sector, "ELI", 4);
        }
    info->flags |= INFO_FORMER;
}

static void take_person(struct work *work, struct info *info, uint32_t entity)
{
    const struct actor_role *role;
    int known = actor_role_at(work->actors, entity, work->day, &role);
    info->flags |= INFO_PERSON;
    info->gender = (char)work->actors->entity[entity].gender;
    if (known == 0)
        return;
    take_role(info, role);
    info->office = known == 1 ? role->office_entity : ARTICLE_NONE;
    if (known == 2) {
        make_former(info);
        info->flags |= INFO_LAPSED;
    }
    if (known == 3) { /* before his first office: only the country is sure */
        info->sector[0] = info->other[0] = '\0';
        info->office = ARTICLE_NONE;
    }
}

/* The token is a name of the lexicon. */
static void read_name(struct work *work, uint32_t t, const struct name_match *match)
{
    struct info *info = &work->info[t];
    const struct actor_use *use = &work->actors->use[match->use];
    const struct actor_entity *entity = &work->actors->entity[use->entity];
    const struct actor_role *role;
    info->flags |= INFO_NAME | INFO_OWN;
    info->strength = STRENGTH_OWN;
    info->entity = use->entity;
    info->first = match->first;
    info->end = match->end;
    if (entity->kind == ENTITY_PERSON) {
        take_person(work, info, use->entity);
        if (use->kind == USE_SURNAME)
            info->flags |= INFO_UNSURE;
        return;
    }
    int known = actor_role_at(work->actors, use->entity, work->day, &role);
    if (known)
        take_role(info, role);
    if (entity->kind <= ENTITY_PLACE && names_shared_place(work, match->node)) {
        info->flags |= INFO_SHARED; /* 'Iran's Kurds': who else says the state says it better */
        info->strength = STRENGTH_IN;
    }
    if (use->kind != USE_NAME || entity->kind <= ENTITY_PLACE)
        info->code_line = use->line;
    if (entity->kind == ENTITY_STATE || entity->kind == ENTITY_PLACE) {
        if (use->kind == USE_NAME || use->kind == USE_PEOPLE)
            info->flags |= INFO_STATE;
        if (use->kind != USE_PEOPLE)
            info->flags |= INFO_PLACE;
        if (use->kind == USE_CAPITAL || use->kind == USE_SEAT) {
            memcpy(info->sector, "GOV", 4);
            info->sector_line = use->line;
        }
    } else
        info->flags |= INFO_BODY;
}

/* The role of the noun row that ends in t; NULL for none. *kind is its entity's. */
static const struct actor_role *noun_role(const struct work *work, uint32_t t, uint32_t *entity)
{
    uint32_t node = work->noun_of[t];
    const struct actor_role *best = NULL;
    if (node == ARTICLE_NONE)
        return NULL;
    struct actor_range range = work->actors->noun_uses[node];
    for (uint32_t i = range.first; i < range.first + range.n; i++) {
        uint32_t e = work->actors->use[i].entity;
        uint32_t kind = work->actors->entity[e].kind;
        const struct actor_role *role;
        if (kind != ENTITY_PREFIX && actor_role_at(work->actors, e, work->day, &role) &&
            (!best || kind == ENTITY_OFFICE)) {
            best = role;
            *entity = e;
        }
    }
    return best;
}

static bool node_is_prefix(const struct work *work, uint32_t node)
{
    if (node == ARTICLE_NONE || node == IMAGE_NONE)
        return false;
    struct actor_range range = work->actors->noun_uses[node];
    for (uint32_t i = range.first; i < range.first + range.n; i++)
        if (work->actors->entity[work->actors->use[i].entity].kind == ENTITY_PREFIX)
            return true;
    return false;
}

static bool is_prefix(const struct work *work, uint32_t t)
{
    return node_is_prefix(work, work->noun_of[t]);
}

/* 'ex-president' as one token, or with its hyphen apart. */
static bool first_part_is_prefix(const struct work *work, uint32_t t)
{
    uint64_t word[2];
    uint32_t n = words_of(token_lower(work->article, t), work->scratch, word, 2);
    if (n > 1)
        return node_is_prefix(work, words_step(&work->actors->nouns, 0, word[0]));
    uint32_t first = work->noun_first[t];
    if (first < 2)
        return false;
    struct slice dash = token_lower(work->article, first - 1);
    return dash.n == 1 && dash.p[0] == '-' &&
           !(work_tok(work, first - 2)->flags & TOK_SPACE_AFTER) && is_prefix(work, first - 2);
}

static void read_noun(struct work *work, uint32_t t)
{
    uint32_t entity = ARTICLE_NONE;
    const struct actor_role *role = noun_role(work, t, &entity);
    struct info *info = &work->info[t];
    if (!role || work->name_of[t] != ARTICLE_NONE)
        return;
    take_role(info, role);
    if (code_set(role->code)) /* 'British aid workers' are British */
        info->strength = STRENGTH_OF;
    info->flags |= INFO_NOUN;
    info->first = work->noun_first[t];
    info->end = work->noun_end[t];
    if (first_part_is_prefix(work, t))
        info->flags |= INFO_FORMER;
    info->gender = (char)work->actors->entity[entity].gender;
    if (info->gender == 'n' || names_in_class(work, t, ASK_BODY))
        info->flags |= INFO_BODY;
    if (work->actors->entity[entity].kind == ENTITY_OFFICE) {
        info->office = entity;
        info->flags |= INFO_OFFICE | INFO_PERSON;
    } else if (work->actors->entity[entity].kind == ENTITY_TITLE)
        info->flags |= INFO_PERSON;
}

/* ---- joining a dependent's knowledge to its head's ---- */

static bool in_list(const char sector[4], const char list[][4], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (code_eq(sector, list[i]))
            return true;
    return false;
}

/* Does a modifier's sector say more than the head noun's: 'rebel commander', 'police official'? */
static bool sector_wins(const struct info *head, const struct info *modifier)
{
    static const char arms[][4] = {"REB", "UAF", "PRM", "CRM"};
    static const char bodies[][4] = {"MIL", "COP", "SPY", "LEG", "JUD"};
    static const char sides[][4] = {"OPP", "PTY", "LAB"}; /* not 'conservative government' */
    if (!code_set(modifier->sector) || code_eq(modifier->sector, "ELI"))
        return false;
    if (!code_set(head->sector))
        return true;
    if (code_eq(head->sector, "CVL") && modifier->flags & INFO_NAME &&
        code_eq(modifier->sector, "GOV"))
        return true; /* 'White House lawyers' */
    if (head->flags & INFO_OFFICE) /* a 'Republican president' governs all the same */
        return in_list(modifier->sector, arms, sizeof arms / sizeof *arms);
    if (modifier->flags & INFO_BODY && code_eq(head->sector, "GOV"))
        return !code_eq(modifier->sector, "GOV"); /* 'an official of the church' */
    if (code_eq(head->sector, "GOV") || code_eq(head->sector, "CVL"))
        return in_list(modifier->sector, arms, sizeof arms / sizeof *arms) ||
               in_list(modifier->sector, bodies, sizeof bodies / sizeof *bodies) ||
               (!(head->flags & INFO_BODY) &&
                in_list(modifier->sector, sides, sizeof sides / sizeof *sides));
    return code_eq(head->sector, "MIL") &&
           in_list(modifier->sector, arms, sizeof arms / sizeof *arms);
}

static void join_code(struct info *info, const struct info *from, enum strength strength)
{
    if (from->flags & INFO_SHARED && strength > STRENGTH_IN)
        strength = STRENGTH_IN;
    if (!code_set(from->code) || strength <= info->strength)
        return;
    memcpy(info->code, from->code, 4);
    info->code_line = from->code_line;
    info->strength = (uint8_t)strength;
}

static void join_sector(struct info *info, const struct info *from)
{
    memcpy(info->sector, from->sector, 4);
    memcpy(info->other, from->other, 4);
    info->sector_line = from->sector_line;
}

/*
 * A text that calls somebody by his office without 'former' speaks of the time when he held it,
 * though it was written later: 'FBI Director James Comey'.
 */
static bool holds_again(const struct info *person, const struct info *title)
{
    return person->flags & INFO_LAPSED && !(person->flags & INFO_SAID) &&
           !(title->flags & INFO_FORMER) && code_set(title->sector);
}

/* A title, office or apposition beside a name: what it says of sector and office. */
static void join_title(struct info *info, const struct info *title)
{
    if (holds_again(info, title)) {
        info->flags &= (uint16_t)~(INFO_FORMER | INFO_LAPSED);
        join_sector(info, title);
    }
    if (!code_set(info->sector) && code_set(title->sector))
        join_sector(info, title);
    if (title->flags & INFO_PERSON)
        info->flags |= INFO_PERSON;
    if (info->office == ARTICLE_NONE)
        info->office = title->office;
    if (title->flags & INFO_FORMER && code_set(info->sector) && !(info->flags & INFO_FORMER))
        make_former(info);
    if (!info->gender)
        info->gender = title->gender;
}

static void widen(struct info *info, uint32_t first)
{
    if (first < info->first && info->first - first < 24)
        info->first = first;
}

/* The word that a preposition or possessive mark joins to its head, "" for none. */
static struct slice case_of(const struct work *work, uint32_t t)
{
    for (uint32_t c = work->child[t]; c != ARTICLE_NONE && c < t; c = work->next[c])
        if (work_tok(work, c)->rel == REL_CASE)
            return token_lower(work->article, c);
    return slice_make("", 0);
}

static bool is_place_use(const struct work *work, const struct info *info)
{
    return info->entity != ARTICLE_NONE && (info->flags & INFO_PLACE) &&
           work->actors->entity[info->entity].kind <= ENTITY_PLACE;
}

static bool is_state_use(const struct info *info)
{
    return info->entity != ARTICLE_NONE && info->flags & INFO_STATE;
}

/* The name that hangs behind a title: "Blinken" of 'Secretary Blinken'; ARTICLE_NONE for none. */
uint32_t phrase_titled(const struct work *work, uint32_t t)
{
    if (!(work->info[t].flags & INFO_NOUN))
        return ARTICLE_NONE;
    /* the name may hang on an inner word of 'Secretary of State' */
    for (uint32_t k = work->noun_first[t]; k < work->noun_end[t]; k++)
        for (uint32_t c = work->child[k]; c != ARTICLE_NONE; c = work->next[c]) {
            enum relation rel = work_rel(work, c);
            bool behind = work->info[c].first == work->noun_end[t];
            bool bare = rel == REL_NMOD && k == t && work->info[c].first <= work->noun_end[t] &&
                        case_of(work, c).n == 0;
            bool beside = rel == REL_FLAT || bare || ((rel == REL_APPOS || k != t) && behind);
            if (c < work->noun_end[t] || !beside || work_tok(work, c)->upos != UPOS_PROPN)
                continue;
            uint32_t name = work->name_of[c];
            return name == ARTICLE_NONE ? c : work->name[name].anchor;
        }
    return ARTICLE_NONE;
}

/*
 * 'Peru's Congress', 'Israel's Labor Party': a body known by a name that other states have too, and
 * the state that it is told of.
 */
static bool is_of_other_state(const struct work *work, const struct info *body,
                              const struct info *state)
{
    return body->flags & INFO_NAME && body->flags & INFO_BODY && state->flags & INFO_NAME &&
           is_state_use(state) && !code_eq(body->code, state->code) &&
           actor_state(work->actors, body->code) != IMAGE_NONE;
}

static void move_to_state(struct info *body, const struct info *state)
{
    memcpy(body->code, state->code, 4);
    body->code_line = state->code_line;
    body->entity = ARTICLE_NONE;
}

/* 'King Hassan of Morocco', when the lexicon took him for another king. */
static bool is_other_person(const struct info *person, const struct info *state)
{
    return person->flags & INFO_PERSON && person->flags & INFO_OWN && is_state_use(state) &&
           code_set(state->code) && !code_eq(state->code, person->code);
}

/* The one of that name who belongs to the state, or nobody that is known. */
static void take_namesake(struct work *work, uint32_t t, const struct info *state)
{
    struct info *info = &work->info[t];
    const struct name_match *match = names_at(work, t);
    struct actor_range range = {0, 0};
    if (match)
        range = work->actors->name_uses[match->node];
    info->entity = ARTICLE_NONE;
    info->strength = STRENGTH_NONE;
    for (uint32_t i = range.first; i < range.first + range.n; i++) {
        uint32_t entity = work->actors->use[i].entity;
        const struct actor_role *role;
        if (work->actors->entity[entity].kind != ENTITY_PERSON ||
            !actor_role_at(work->actors, entity, work->day, &role) ||
            !code_eq(role->code, state->code))
            continue;
        take_person(work, info, entity);
        info->entity = entity;
        info->strength = STRENGTH_OWN;
        return;
    }
}

/*
 * 'the Saudi minister Ali al-Nuaimi': one whom the lexicon knows by surname alone, of another state
 * than the words before him tell, is somebody else.
 */
static bool is_namesake(const struct work *work, const struct info *person,
                        const struct info *title)
{
    return person->flags & INFO_UNSURE && title->strength >= STRENGTH_MOD &&
           code_set(title->code) && !code_eq(title->code, person->code) &&
           actor_state(work->actors, title->code) != IMAGE_NONE &&
           actor_state(work->actors, person->code) != IMAGE_NONE;
}

/* A dependent before the noun, or a flat part of its name. */
static void join_modifier(struct work *work, uint32_t t, uint32_t c, enum relation rel)
{
    struct info *info = &work->info[t];
    const struct info *from = &work->info[c];
    bool title = rel == REL_NMOD || rel == REL_FLAT || (from->flags & INFO_OFFICE);
    bool person_name = (info->flags & INFO_PERSON) || work_tok(work, t)->upos == UPOS_PROPN;
    if (is_prefix(work, c)) {
        info->flags |= INFO_FORMER | INFO_SAID;
        widen(info, c);
        return;
    }
    if (from->flags & INFO_NAME) {
        bool person = from->flags & INFO_PERSON;
        if (is_of_other_state(work, info, from))
            move_to_state(info, from);
        if (info->flags & INFO_OWN && info->entity != ARTICLE_NONE &&
            work->actors->entity[info->entity].kind <= ENTITY_PLACE &&
            !code_eq(info->code, from->code) && !(info->flags & INFO_SHARED))
            return; /* 'US-Mexico' is two */
        if (person && rel == REL_FLAT && is_namesake(work, from, info)) {
            info->flags |= INFO_PERSON; /* what the title says is all that is known of him */
            info->end = from->end > info->end ? from->end : info->end;
            return;
        }
        if (person && rel == REL_FLAT && !(info->flags & INFO_NAME)) { /* 'President Obama' */
            join_code(info, from, STRENGTH_OWN);
            if (!code_set(info->sector) ||
                (code_set(from->sector) && !(info->flags & INFO_FORMER) &&
                 !holds_again(from, info) &&
                 !(info->flags & INFO_OFFICE && from->office == ARTICLE_NONE)))
                join_sector(info, from);
            info->entity = from->entity;
            info->flags |= INFO_PERSON | INFO_NAME;
            info->gender = from->gender;
        } else if (!(person && rel == REL_FLAT)) { /* 'the rebels' Nairobi spokesman' */
            bool city = from->flags & INFO_PLACE && !(from->flags & INFO_STATE);
            join_code(info, from, city ? STRENGTH_APPOS : STRENGTH_MOD);
        }
        /* "Hamas leader": the body's own sector; not a place's or a nation's */
        bool seat = code_set(from->sector); /* 'White House official', unlike 'Paris official' */
        if ((!is_place_use(work, from) || seat) && !person && sector_wins(info, from) &&
            !(info->flags & INFO_OWN))
            join_sector(info, from);
        if (from->flags & INFO_GROUP)
            info->flags |= INFO_GROUP;
    } else if (from->flags & INFO_NOUN) {
        bool inside = info->flags & INFO_NOUN && c >= work->noun_first[t] && c < t;
        if (title && is_namesake(work, info, from))
            take_namesake(work, t, from);
        if (title && person_name && !(info->flags & INFO_STATE)) /* not of 'its ally China' */
            join_title(info, from);
        else if (!inside && sector_wins(info, from) && !(info->flags & INFO_OWN))
            join_sector(info, from); /* but 'union government' has a sector of its own */
        join_code(info, from, STRENGTH_MOD);
    } else if (code_set(from->code))
        join_code(info, from, from->strength < STRENGTH_MOD ? from->strength : STRENGTH_MOD);
    else if (!names_in_class(work, c, ASK_BACKED))
        return;
    widen(info, from->first);
    if (rel == REL_FLAT && from->end > info->end)
        info->end = from->end;
}

/* 'the president of Russia', 'rebels in Chad', 'the leader of the rebels'. */
static void join_prepositional(struct work *work, uint32_t t, uint32_t c)
{
    struct info *info = &work->info[t];
    const struct info *from = &work->info[c];
    struct slice word = case_of(work, c);
    /* 'a spokesman for prosecutors'; but an envoy for Somalia is not Somali */
    bool of = slice_is(word, "of") ||
              (slice_is(word, "for") && from->flags & (INFO_BODY | INFO_NOUN) &&
               info->flags & INFO_NOUN && !(info->flags & INFO_BODY) && !is_place_use(work, from));
    if (info->flags & INFO_OWN && info->flags & INFO_BODY)
        return;
    if (of && is_other_person(info, from))
        take_namesake(work, t, from);
    if (of) {
        join_code(info, from, STRENGTH_OF);
        info->flags |= from->flags & INFO_GROUP;
        if ((from->flags & INFO_BODY || from->flags & INFO_NOUN) && !(info->flags & INFO_OWN) &&
            sector_wins(info, from) && info->flags & INFO_NOUN)
            join_sector(info, from);
        if (code_set(from->code) && from->end > info->end && from->end - info->end < 8)
            info->end = from->end;
    } else if ((slice_is(word, "in") || slice_is(word, "from") || slice_is(word, "at") ||
                slice_is(word, "across")) && !names_in_class(work, t, ASK_MISSION)) {
        join_code(info, from, STRENGTH_IN);
        if (info->strength == STRENGTH_IN && from->first == info->end + 1 && from->end > info->end)
            info->end = from->end; /* the words that the code rests on */
    }
}

/* Do t and its conjunct c, both names of states or bodies, stand before or below one noun? */
static bool is_shared_modifier(const struct work *work, uint32_t t, uint32_t c)
{
    const struct info *a = &work->info[t], *b = &work->info[c];
    uint32_t head = work_tok(work, t)->head;
    enum relation rel = work_rel(work, t);
    if (!(a->flags & INFO_NAME) || !(b->flags & INFO_NAME) || (a->flags | b->flags) & INFO_PERSON ||
        !code_set(a->code) || !code_set(b->code) || code_eq(a->code, b->code))
        return false;
    if (head == ARTICLE_NONE)
        return false;
    if (rel == REL_NMOD) /* 'the presidents of Russia and China' */
        return work->noun_of[head] != ARTICLE_NONE && work_tok(work, head)->feats & FEAT(PLUR) &&
               slice_is(case_of(work, t), "of");
    return (rel == REL_AMOD || rel == REL_COMPOUND) && c < head;
}

static void join_child(struct work *work, uint32_t t, uint32_t c)
{
    struct info *info = &work->info[t];
    enum relation rel = work_rel(work, c);
    uint8_t full = work_tok(work, c)->rel;
    uint32_t own = work->name_of[t];
    if (own != ARTICLE_NONE && own == work->name_of[c])
        return; /* inside of the name itself */
    if (info->flags & INFO_NOUN && work->noun_end[t] > t + 1 && c > t &&
        c < work->noun_end[t] && work->name_of[c] == ARTICLE_NONE)
        return; /* inside of 'secretary of defense' */
    if (rel == REL_FLAT || rel == REL_COMPOUND || rel == REL_AMOD || full == REL_NMOD_DESC ||
        full == REL_NMOD_UNMARKED || (rel == REL_DET && c < t))
        join_modifier(work, t, c, rel);
    else if (full == REL_NMOD_POSS) {
        const struct info *from = &work->info[c];
        if (is_of_other_state(work, info, from))
            move_to_state(info, from);
        join_code(info, from, STRENGTH_POSS);
        if (from->flags & INFO_BODY && info->flags & INFO_NOUN && sector_wins(info, from))
            join_sector(info, from); /* 'the army's spokesman' */
        if (code_set(from->code))
            widen(info, from->first);
    } else if (rel == REL_NUMMOD && c < t)
        widen(info, c);
    else if ((rel == REL_APPOS || rel == REL_NMOD) && c == phrase_titled(work, t))
        join_modifier(work, t, c, REL_FLAT);
    else if (rel == REL_NMOD)
        join_prepositional(work, t, c);
    else if (rel == REL_APPOS && !(info->flags & INFO_OWN && info->flags & INFO_BODY)) {
        const struct info *from = &work->info[c];
        if (from->flags & (INFO_NOUN | INFO_NAME) && !(from->flags & INFO_PLACE)) {
            join_code(info, from, STRENGTH_APPOS);
            join_title(info, from);
        } else if (from->flags & INFO_PLACE) /* "Kandahar, Afghanistan" */
            join_code(info, from, STRENGTH_APPOS);
    } else if (rel == REL_CONJ && is_shared_modifier(work, t, c))
        info->flags |= INFO_GROUP; /* "US and Russian" over "diplomats" */
}

/* "US-led", "London-based" lend the country of what stands before them; "US-backed" does not. */
static void read_participle(struct work *work, uint32_t t)
{
    struct info *info = &work->info[t];
    bool lends = names_in_class(work, t, ASK_ORIGIN);
    if (!lends && !names_in_class(work, t, ASK_BACKED))
        return;
    for (uint32_t c = work->child[t]; c != ARTICLE_NONE; c = work->next[c])
        if (c < t && work->name_of[c] != ARTICLE_NONE && code_set(work->info[c].code)) {
            if (lends)
                join_code(info, &work->info[c], STRENGTH_LENT);
            info->first = work->info[c].first;
        }
}

/* The rest of a name that the lexicon lacks, or that stands behind a title. */
static void read_unknown_name(struct work *work, uint32_t t)
{
    struct info *info = &work->info[t];
    uint32_t titled = phrase_titled(work, t);
    if (titled != ARTICLE_NONE) {
        info->flags |= INFO_PERSON;
        if (work->info[titled].end > info->end)
            info->end = work->info[titled].end;
    }
    for (uint32_t c = work->child[t]; c != ARTICLE_NONE; c = work->next[c]) {
        enum relation rel = work_rel(work, c);
        if (rel == REL_FLAT && c >= t && work->info[c].end > info->end)
            info->end = work->info[c].end;
        else if (c < t && rel == REL_COMPOUND && work_tok(work, c)->upos == UPOS_PROPN)
            widen(info, c);
    }
}

/* 'former' right before the party's first word, wherever the tree hangs it. */
static void read_prefix_before(struct work *work, uint32_t t)
{
    struct info *info = &work->info[t];
    uint32_t before = info->first ? info->first - 1 : 0;
    bool inside = info->first < t && is_prefix(work, info->first);
    if (!inside && info->first && is_prefix(work, before) &&
        work_tok(work, before)->upos == UPOS_ADJ)
        info->first = before;
    else if (!inside)
        return;
    info->flags &= (uint16_t)~INFO_LAPSED;
    info->flags |= INFO_FORMER | INFO_SAID;
}

/* A place that only the gazetteer knows. */
static void read_town(struct work *work, uint32_t t)
{
    struct info *info = &work->info[t];
    const char *country = towns_country(work, t);
    if (!country)
        return;
    memcpy(info->code, country, 4);
    info->strength = STRENGTH_IN; /* who says the state beside it says it better */
    info->flags |= INFO_PLACE;
}

static void read_token(struct work *work, uint32_t t)
{
    struct info *info = &work->info[t];
    const struct token *tok = work_tok(work, t);
    *info = (struct info){.code_line = ARTICLE_NONE, .sector_line = ARTICLE_NONE,
                          .entity = ARTICLE_NONE, .office = ARTICLE_NONE, .first = t, .end = t + 1};
    const struct name_match *match = names_at(work, t);
    if (!match && tok->upos != UPOS_NOUN && tok->upos != UPOS_PROPN && tok->upos != UPOS_ADJ) {
        if (tok->upos == UPOS_VERB && work_rel(work, t) == REL_AMOD)
            read_participle(work, t);
        return;
    }
    if (match)
        read_name(work, t, match);
    else if (work->name_of[t] == ARTICLE_NONE) {
        read_noun(work, t);
        if (!(info->flags & INFO_NOUN))
            read_town(work, t);
    } else
        return; /* an inner word of a name */
    for (uint32_t c = work->child[t]; c != ARTICLE_NONE; c = work->next[c])
        join_child(work, t, c);
    if (match)
        for (uint32_t k = match->first; k < match->end; k++) /* titles may hang inside */
            if (k != t)
                for (uint32_t c = work->child[k]; c != ARTICLE_NONE; c = work->next[c])
                    if (c < match->first || c >= match->end)
                        join_child(work, t, c);
    if (info->flags & INFO_NOUN && !match && work->noun_end[t] > t + 1) {
        uint32_t titled = phrase_titled(work, t);
        if (titled != ARTICLE_NONE && work_tok(work, titled)->head != t)
            join_modifier(work, t, titled, REL_FLAT);
    }
    if (info->flags & (INFO_NOUN | INFO_PERSON))
        read_prefix_before(work, t);
    if (info->flags & INFO_FORMER && code_set(info->sector) && !code_eq(info->sector, "ELI"))
        make_former(info);
    if (!match && (tok->upos == UPOS_PROPN || info->flags & INFO_NOUN))
        read_unknown_name(work, t);
}

void phrase_read(struct work *work, const struct sentence *sent)
{
    uint32_t *order = work->order, n = 0;
    for (uint32_t t = sent->first; t < sent->end && n == 0; t++)
        if (work_tok(work, t)->head == ARTICLE_NONE)
            order[n++] = t;
    for (uint32_t i = 0; i < n; i++) /* breadth first; its reverse has children before heads */
        for (uint32_t c = work->child[order[i]]; c != ARTICLE_NONE; c = work->next[c])
            order[n++] = c;
    while (n)
        read_token(work, order[--n]);
}
