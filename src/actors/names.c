/* SPDX-License-Identifier: MIT */
/*
 * names.c - find the lexicon's names and nouns in one sentence.
 *
 * Reads    tokens and tree of the sentence; the trees of word rows in the lexicon.
 * Leaves   name[], name_of[]; noun_of[] and noun_first[] for nouns.
 * Method   Every token is hashed once. Names are walked from left to right, the longest wins; nouns
 *          from the head to the left. A step is one look into a hash table, whatever its size.
 *          Where words name several things, the use that fits best is taken (choose_use).
 */
#include "actors/work.h"

bool names_in_class(const struct work *work, uint32_t tok, enum ask_class class)
{
    const struct frame_lexicon *frames = lexicon_frames(work->lexicon);
    if (work->class_of[class] == IMAGE_NONE)
        return false;
    const struct slice form[2] = {token_lemma(work->article, tok), token_lower(work->article, tok)};
    unsigned n_forms = form[0].p == form[1].p && form[0].n == form[1].n ? 1 : 2;
    for (unsigned f = 0; f < n_forms; f++) {
        uint32_t word = image_map_get(&frames->word, form[f]);
        if (word == IMAGE_NONE)
            continue;
        struct frame_range entries = frames->entries[word];
        for (uint32_t i = entries.first; i < entries.first + entries.n; i++)
            if (frames->entry[i].class == work->class_of[class] && frames->entry[i].rest.n == 0)
                return true;
    }
    return false;
}

const struct name_match *names_at(const struct work *work, uint32_t tok)
{
    uint32_t i = work->name_of[tok];
    return i != ARTICLE_NONE && work->name[i].anchor == tok ? &work->name[i] : NULL;
}

/* ---- units ---- */

static bool add_units(struct work *work, uint32_t t)
{
    uint64_t form[8], lemma[8];
    uint32_t n = words_of(token_lower(work->article, t), work->scratch, form, 8), n_lemma = n;
    if (n > 8)
        n = 8;
    memcpy(lemma, form, sizeof form);
    if (!slice_eq(token_lower(work->article, t), token_lemma(work->article, t)))
        n_lemma = words_of(token_lemma(work->article, t), work->scratch, lemma, 8);
    for (uint32_t i = 0; i < n; i++) {
        struct unit *unit =
            ARENA_PUSH(&work->article->scratch, work->unit, work->n_units, work->room_units);
        if (!unit)
            return false;
        *unit = (struct unit){form[i], n_lemma == n ? lemma[i] : form[i], t};
    }
    return true;
}

/* ---- names ---- */

static bool has_upper(const struct work *work, uint32_t first, uint32_t end)
{
    for (uint32_t t = first; t < end; t++)
        if (work_tok(work, t)->flags & (TOK_TITLE | TOK_UPPER))
            return true;
    return false;
}

/* Is the name written as a name is, given how the sentence is written? */
static bool letters_fit(const struct work *work, const struct actor_use *use, uint32_t first,
                        uint32_t end)
{
    const struct token *tok = work_tok(work, first);
    bool proper = tok->upos == UPOS_PROPN;
    if (memchr(work->article->text.p + tok->begin, '$', tok->end - tok->begin))
        return false; /* "US$" */
    if (use->kind == USE_SURNAME && end - first == 1 && !proper)
        return false; /* "So far" */
    if (work->small && use->flags & USE_ACRONYM && work->noun_of[first] != ARTICLE_NONE)
        return false; /* "mps" */
    if (work->small) /* nothing is told by letters; what is no noun is no name */
        return proper || tok->upos == UPOS_NOUN || tok->upos == UPOS_ADJ ||
               (end - first > 1 && tok->upos != UPOS_PRON);
    if (use->flags & USE_ACRONYM) {
        if (tok->end - tok->begin == 1)
            return false;
        if (tok->flags & TOK_UPPER)
            return !work->capitals || proper;
        /* "Nato" as British papers write it; "U.S" may be told apart by its stop */
        return (tok->flags & TOK_TITLE) && proper && tok->end - tok->begin > 3;
    }
    if (use->flags & USE_SMALL)
        return has_upper(work, first, end);
    return tok->flags & (TOK_TITLE | TOK_UPPER);
}

static uint32_t anchor_of(const struct work *work, uint32_t first, uint32_t end)
{
    uint32_t anchor = ARTICLE_NONE;
    for (uint32_t t = first; t < end; t++) {
        const struct token *tok = work_tok(work, t);
        if (tok->head != ARTICLE_NONE && tok->head >= first && tok->head < end)
            continue;
        bool nominal = tok->upos == UPOS_PROPN || tok->upos == UPOS_NOUN || tok->upos == UPOS_ADJ;
        if (anchor == ARTICLE_NONE || (nominal && tok->rel != REL_CASE && tok->rel != REL_PUNCT))
            anchor = t;
    }
    return anchor;
}

/* An unknown proper noun that makes one name with [first, end): "Michael" before "Jordan". */
static uint32_t joined_name(const struct work *work, uint32_t first, uint32_t end)
{
    uint32_t head = work_tok(work, first)->head;
    if (head != ARTICLE_NONE && head + 1 >= first && head < first &&
        work_rel(work, first) == REL_FLAT && work_tok(work, head)->upos == UPOS_PROPN &&
        work->noun_of[head] == ARTICLE_NONE)
        return head;
    for (uint32_t t = end; t < work->article->n_toks && t < end + 1; t++)
        if (work_tok(work, t)->head != ARTICLE_NONE && work_tok(work, t)->head >= first &&
            work_tok(work, t)->head < end && work_rel(work, t) == REL_FLAT &&
            work_tok(work, t)->upos == UPOS_PROPN && work->noun_of[t] == ARTICLE_NONE)
            return t; /* but "Venezuela Govt" is no person */
    return ARTICLE_NONE;
}

/*
 * Are both words of one flat or compound name, the one a dependent of the other or both of a third?
 */
static bool is_one_name(const struct work *work, uint32_t a, uint32_t b)
{
    const struct token *x = work_tok(work, a), *y = work_tok(work, b);
    enum relation rx = work_rel(work, a), ry = work_rel(work, b);
    bool flat = rx == REL_FLAT || ry == REL_FLAT; /* also "al" of 'Noor al-Araji' */
    if (x->upos != UPOS_PROPN || (y->upos != UPOS_PROPN && !flat))
        return false;
    bool x_part = rx == REL_FLAT || rx == REL_COMPOUND;
    bool y_part = ry == REL_FLAT || ry == REL_COMPOUND;
    return (x_part && x->head == b) || (y_part && y->head == a) ||
           (rx == REL_FLAT && ry == REL_FLAT && x->head == y->head);
}

/*
 * The unknown word beside [first, end) that makes one person's name with it: "Roger" before
 * "Waters", "Taniwal" behind "Hakim". A surname alone is no known person then.
 */
static uint32_t other_name_word(const struct work *work, uint32_t first, uint32_t end)
{
    uint32_t n = work->article->n_toks;
    if (first > 0 && work->noun_of[first - 1] == ARTICLE_NONE &&
        is_one_name(work, first - 1, first))
        return first - 1;
    if (end < n && work->noun_of[end] == ARTICLE_NONE && is_one_name(work, end - 1, end))
        return end;
    return ARTICLE_NONE;
}

/* A word before a person's name that says it is one: "Mr.", "President", "Gen.". */
static bool after_title(const struct work *work, uint32_t first)
{
    if (first == 0)
        return false;
    uint32_t node = work->noun_of[first - 1];
    if (node == ARTICLE_NONE)
        return false;
    struct actor_range range = work->actors->noun_uses[node];
    for (uint32_t i = range.first; i < range.first + range.n; i++) {
        uint32_t kind = work->actors->entity[work->actors->use[i].entity].kind;
        if ((kind == ENTITY_TITLE || kind == ENTITY_OFFICE) &&
            (work->small || work_tok(work, first - 1)->flags & (TOK_TITLE | TOK_UPPER)))
            return true;
    }
    return false;
}

/*
 * The first word of the person's canonical name is the word at t, or begins like it: "George" of
 * "George W. Bush", "Mahmud" for "Mahmoud".
 */
static bool given_name_is(const struct work *work, uint32_t entity, uint32_t t)
{
    struct slice name = lexicon_string(work->lexicon, work->actors->entity[entity].name), word;
    struct slice here = token_form(work->article, t);
    if (!slice_word(&name, &word))
        return false;
    size_t n = word.n < here.n ? word.n : here.n;
    return slice_eq(word, here) || (n >= 3 && memcmp(word.p, here.p, 3) == 0);
}

/* Did the person ever hold an office that one holds at a time? */
static bool has_office(const struct work *work, uint32_t entity)
{
    const struct actor_entity *e = &work->actors->entity[entity];
    for (uint32_t i = e->first_role; i < e->first_role + e->n_roles; i++)
        if (work->actors->role[i].office_entity != IMAGE_NONE)
            return true;
    return false;
}

/*
 * What the states named around it say of a name that several may bear; `only`: nobody else of the
 * lexicon bears it. A surname of one whose state nobody names is somebody else's, but for who is or
 * was in office.
 */
static int fit_scene(const struct work *work, const struct actor_use *use, bool sure, bool only,
                     bool first)
{
    uint32_t kind = work->actors->entity[use->entity].kind;
    const struct actor_role *role;
    int known = actor_role_at(work->actors, use->entity, work->day, &role);
    if (!known || work->scene.n == 0 || !code_set(role->code))
        return 0;
    float weight = scene_weight(work, role->code);
    if (weight > 0)
        return 6 + (int)(2 * (weight < 4 ? weight : 4));
    if (actor_state(work->actors, role->code) == IMAGE_NONE)
        return 0;
    if (work->small && use->flags & USE_ACRONYM)
        return -100; /* letters tell nothing there */
    if (kind == ENTITY_GROUP && !first)
        return -100; /* a party of that name in a state that nobody names */
    if (sure)
        return 0; /* told by the given name */
    bool office = has_office(work, use->entity);
    if ((known == 1 && (only || office)) || (known == 2 && only && office))
        return 0; /* in office, or the only one of that name */
    return use->kind == USE_SURNAME ? -100 : -15;
}

#define FIT_HERE 20
#define FIT_PLACE 60
#define FIT_FIRST 9 /* for the first of the bodies of that name: two mentions of a state outdo it */

/* Places or peoples of several states: "Georgia", "Serbs"; those that are told of go first. */
bool names_shared_place(const struct work *work, uint32_t node)
{
    struct actor_range range = work->actors->name_uses[node];
    uint32_t n = 0;
    for (uint32_t i = range.first; i < range.first + range.n; i++)
        n += work->actors->entity[work->actors->use[i].entity].kind <= ENTITY_PLACE;
    return n > 1;
}

static unsigned fit_place(const struct work *work, const struct actor_use *use, bool is_first)
{
    const struct actor_role *role;
    unsigned score = is_first ? FIT_FIRST : 0;
    if (!actor_role_at(work->actors, use->entity, work->day, &role))
        return score;
    float weight = scene_weight(work, role->code);
    return weight > 0 ? score + 5 + (unsigned)(5 * (weight < 4 ? weight : 4)) : score;
}

/*
 * Does the recognizer of names (names/) see another thing here? "Jordan" of the person "Michael
 * Jordan" is no state, "Lavrov" of a place no person. Where it sees just these words as a name, its
 * word on a state or a city is not taken: the lexicon knows those well.
 */
static bool is_seen_as_other(const struct work *work, const struct actor_entity *entity,
                             uint32_t first, uint32_t end, bool alone)
{
    enum name_kind kind = (enum name_kind)work_tok(work, first)->name;
    bool person = entity->kind == ENTITY_PERSON;
    uint32_t begin = first;
    if (kind == NAME_NONE || person == (kind == NAME_PERSON))
        return false;
    while (begin > 0 && work_tok(work, begin)->flags & TOK_NAME_INSIDE)
        begin--;
    bool longer = begin < first || article_name_end(work->article, begin) > end;
    return longer ? kind == NAME_PERSON || alone : person && alone;
}

/* "Flores" of "Garcia-Flores": one name with a word that no known name is. */
static bool is_half(const struct work *work, uint32_t first)
{
    if (first < 2 || work_tok(work, first - 1)->flags & TOK_SPACE_AFTER)
        return false;
    struct slice dash = token_lower(work->article, first - 1);
    return dash.n == 1 && dash.p[0] == '-' && work->name_of[first - 2] == ARTICLE_NONE &&
           work_tok(work, first - 2)->upos == UPOS_PROPN;
}

/* How well a use fits here; 0 not at all. `shared`: several states have the name. */
static unsigned fit(const struct work *work, const struct actor_use *use, bool only,
                    bool is_first, bool shared, uint32_t first, uint32_t end)
{
    static const uint8_t by_kind[USE_KINDS] = {/* ORDER USE */
        [USE_NAME] = 60, [USE_PEOPLE] = 58, [USE_CAPITAL] = 56, [USE_SEAT] = 54,
        [USE_CITY] = 30, [USE_REGION] = 34, [USE_SHORT] = 40, [USE_SURNAME] = 20};
    const struct actor_entity *entity = &work->actors->entity[use->entity];
    if (!letters_fit(work, use, first, end))
        return 0;
    if (work->day != ACTOR_NO_DAY && !actor_holds(use->from, use->to, work->day))
        return 0;
    unsigned score = by_kind[use->kind];
    bool alone = use->kind == USE_SURNAME || use->kind == USE_SHORT;
    uint32_t joined = alone ? other_name_word(work, first, end) : joined_name(work, first, end);
    bool person = entity->kind == ENTITY_PERSON, title = after_title(work, first);
    if (!title && is_seen_as_other(work, entity, first, end, alone))
        return 0;
    if (alone) {
        const struct actor_role *role;
        if (first && work_tok(work, first - 1)->upos == UPOS_DET &&
            work_rel(work, first) != REL_COMPOUND)
            return 0; /* "the Sun" */
        if (joined != ARTICLE_NONE && !given_name_is(work, use->entity, joined))
            return 0;
        if (is_half(work, first))
            return 0;
        int known = actor_role_at(work->actors, use->entity, work->day, &role);
        if (known == 3)
            return title ? 1 : 0;
        score += known == 1 ? 8 : 0;
        if (title)
            score += 30;
        int scene = fit_scene(work, use, joined != ARTICLE_NONE, only, is_first);
        if (scene > 0)
            score += FIT_HERE; /* a surname of here goes before a short name from elsewhere */
        score = scene < 0 && score < (unsigned)-scene ? 0 : score + (unsigned)scene;
    } else if (person) {
        const struct actor_role *role;
        score += actor_role_at(work->actors, use->entity, work->day, &role) == 1 ? 4 : 0;
        score += (unsigned)fit_scene(work, use, true, only, is_first) + (title ? 30 : 0);
    } else if (end - first == 1 && (joined != ARTICLE_NONE || title)) {
        bool place = entity->kind == ENTITY_STATE || entity->kind == ENTITY_PLACE;
        if (place) /* a part of somebody's name; behind a title only if nothing else has it */
            return joined != ARTICLE_NONE ? 0 : 10;
    }
    if (shared && entity->kind <= ENTITY_PLACE)
        return score ? FIT_PLACE + fit_place(work, use, is_first) : 0;
    if (entity->kind == ENTITY_STATE && (use->kind == USE_NAME || use->kind == USE_PEOPLE))
        score += 20; /* 'Laos' before a party that is written so */
    else if (entity->kind == ENTITY_ORG || entity->kind == ENTITY_GROUP) {
        int scene = fit_scene(work, use, true, only, is_first);
        if (work->small && !only && scene <= 0)
            return 0; /* "congress", a body that several states have, of no state told of */
        score = scene < 0 ? 0 : score + (unsigned)scene + (is_first ? FIT_FIRST : 0);
    }
    return score;
}

static uint32_t choose_use(const struct work *work, uint32_t node, uint32_t first, uint32_t end)
{
    struct actor_range range = work->actors->name_uses[node];
    bool shared = names_shared_place(work, node);
    uint32_t best = ARTICLE_NONE;
    unsigned best_fit = 0;
    for (uint32_t i = range.first; i < range.first + range.n; i++) {
        unsigned now = fit(work, &work->actors->use[i], range.n == 1, i == range.first,
                           shared, first, end);
        if (now > best_fit) {
            best_fit = now;
            best = i;
        }
    }
    return best;
}

/* The prefix of "anti-American" stands before, joined by a hyphen. */
static bool is_against(const struct work *work, const struct sentence *sent, uint32_t t)
{
    if (t < sent->first + 2)
        return false;
    struct slice dash = token_lower(work->article, t - 1);
    return dash.n == 1 && dash.p[0] == '-' && !(work_tok(work, t - 1)->flags & TOK_SPACE_AFTER) &&
           names_in_class(work, t - 2, ASK_AGAINST);
}

/* The longest name that begins with unit u; false without memory. *next_unit is where to go on. */
static bool match_name(struct work *work, const struct sentence *sent, uint32_t u,
                       uint32_t *next_unit)
{
    uint32_t first = work->unit[u].tok, node = 0, use = ARTICLE_NONE, last = u, found = 0;
    for (uint32_t i = u; i < work->n_units; i++) {
        if (i > u && work->unit[i].tok > work->unit[i - 1].tok + 2)
            break; /* more than a hyphen stands between */
        if (i > u && work->unit[i].tok == work->unit[i - 1].tok + 2) {
            struct slice between = token_lower(work->article, work->unit[i].tok - 1);
            if (between.n && between.p[0] == ',')
                break;
        }
        node = words_step(&work->actors->names, node, work->unit[i].form);
        if (node == IMAGE_NONE)
            break;
        if (work->actors->name_uses[node].n == 0)
            continue;
        uint32_t end = work->unit[i].tok + 1;
        uint32_t now = choose_use(work, node, first, end);
        if (now != ARTICLE_NONE) {
            use = now;
            last = i;
            found = node;
        }
    }
    *next_unit = u + 1;
    if (use == ARTICLE_NONE || is_against(work, sent, first))
        return true;
    struct name_match *match =
        ARENA_PUSH(work->scratch, work->name, work->n_names, work->room_names);
    if (!match)
        return false;
    uint32_t end = work->unit[last].tok + 1;
    *match = (struct name_match){first, end, anchor_of(work, first, end), use, found};
    for (uint32_t t = first; t < end; t++)
        work->name_of[t] = work->n_names - 1;
    *next_unit = last + 1;
    return true;
}

/* ---- nouns ---- */

/*
 * Walk a row of nouns from unit `last` to the left, its head taken by form or by lemma ('troops'
 * may be a row of its own, or begin none but 'UN troops'). A longer row than was known is kept.
 */
static void walk_noun(struct work *work, uint32_t last, bool by_lemma)
{
    const struct unit *head = &work->unit[last];
    uint32_t node = words_step(&work->actors->nouns, 0, by_lemma ? head->lemma : head->form);
    for (uint32_t i = last; node != IMAGE_NONE; i--) {
        const struct unit *unit = &work->unit[i];
        /* "ex-president": the part behind a hyphen is the noun too */
        if (work->actors->noun_uses[node].n &&
            (work->noun_of[head->tok] == ARTICLE_NONE || unit->tok < work->noun_first[head->tok])) {
            work->noun_of[head->tok] = node;
            work->noun_first[head->tok] = unit->tok;
        }
        if (i == 0 || work->unit[i - 1].tok + 2 < unit->tok)
            return;
        uint32_t to = words_step(&work->actors->nouns, node, work->unit[i - 1].form);
        if (to == IMAGE_NONE)
            to = words_step(&work->actors->nouns, node, work->unit[i - 1].lemma);
        node = to;
    }
}

/*
 * The longest row of nouns that ends with the last unit of a token. 'Secretary of Defense' ends
 * with one word and is headed by another: the row is moved to the word that hangs outside of it.
 */
static void match_noun(struct work *work, uint32_t last)
{
    uint32_t t = work->unit[last].tok;
    walk_noun(work, last, false);
    if (work->unit[last].lemma != work->unit[last].form)
        walk_noun(work, last, true);
    work->noun_end[t] = t + 1;
    if (work->noun_of[t] == ARTICLE_NONE || work->noun_first[t] == t)
        return;
    uint32_t head = anchor_of(work, work->noun_first[t], t + 1);
    uint8_t upos = head == ARTICLE_NONE ? UPOS_X : work_tok(work, head)->upos;
    if (head == t || (upos != UPOS_NOUN && upos != UPOS_PROPN))
        return;
    work->noun_of[head] = work->noun_of[t];
    work->noun_first[head] = work->noun_first[t];
    work->noun_end[head] = t + 1;
    work->noun_of[t] = ARTICLE_NONE;
}

/* No capital in a sentence of some length: a wire that writes all in small letters. */
static bool written_small(const struct work *work, const struct sentence *sent)
{
    for (uint32_t t = sent->first; t < sent->end; t++)
        if (work_tok(work, t)->flags & (TOK_TITLE | TOK_UPPER))
            return false;
    return sent->end - sent->first > 6;
}

static bool written_in_capitals(const struct work *work, const struct sentence *sent)
{
    uint32_t n_upper = 0;
    for (uint32_t t = sent->first; t < sent->end; t++) {
        const struct token *tok = work_tok(work, t);
        if (tok->flags & TOK_UPPER)
            n_upper++;
        else if (tok->upos != UPOS_PUNCT && tok->end - tok->begin > 2 && tok->upos != UPOS_NUM)
            return false;
    }
    return n_upper > 2;
}

bool names_find(struct work *work, const struct sentence *sent)
{
    work->n_units = 0;
    work->capitals = written_in_capitals(work, sent);
    work->small = written_small(work, sent);
    for (uint32_t t = sent->first; t < sent->end; t++) {
        uint32_t before = work->n_units;
        if (!add_units(work, t))
            return false;
        uint8_t upos = work_tok(work, t)->upos;
        if (work->n_units > before && (upos == UPOS_NOUN || upos == UPOS_PROPN ||
                                       upos == UPOS_ADJ || upos == UPOS_VERB))
            match_noun(work, work->n_units - 1);
    }
    for (uint32_t u = 0; u < work->n_units;) {
        bool starts = u == 0 || work->unit[u - 1].tok != work->unit[u].tok;
        uint32_t next = u + 1;
        if (starts && !match_name(work, sent, u, &next))
            return false;
        u = next;
    }
    return true;
}

void names_settle(struct work *work, const struct sentence *sent)
{
    work->capitals = written_in_capitals(work, sent);
    work->small = written_small(work, sent);
    for (uint32_t i = work->next_name; i < work->n_names; i++) {
        struct name_match *match = &work->name[i];
        if (match->first >= sent->end)
            break;
        uint32_t use = choose_use(work, match->node, match->first, match->end);
        if (use != ARTICLE_NONE) {
            match->use = use;
            continue;
        }
        for (uint32_t t = match->first; t < match->end; t++)
            work->name_of[t] = ARTICLE_NONE;
        match->anchor = ARTICLE_NONE;
    }
}
