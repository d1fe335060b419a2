/* SPDX-License-Identifier: MIT */
/*
 * actors.c - who is in the article: a mention for every noun phrase that may be a party.
 *
 * Reads    tokens and trees; the lexicon.
 * Leaves   mention[] sorted by head token, mention_of[].
 * Method   Names and nouns of all sentences are matched (names.c); the states among them say what
 *          ambiguous names mean (scene.c). Then, sentence by sentence, phrases are read from the
 *          leaves of the tree to its root (phrase.c); heads that may be parties become mentions.
 *          At last, over the whole article, references are resolved (refer.c).
 * Memory   Mentions in the article's arena; all else in its scratch arena, wound back at the end.
 */
#include "actors/work.h"

static void link_children(struct work *work)
{
    struct dm_article *article = work->article;
    for (uint32_t t = article->n_toks; t-- > 0;) { /* backwards, so that lists are in text order */
        uint32_t head = article->tok[t].head;
        if (head != ARTICLE_NONE) {
            work->next[t] = work->child[head];
            work->child[head] = t;
        }
    }
}

static uint32_t *none_array(struct arena *arena, uint32_t n)
{
    uint32_t *array = arena_array(arena, n, uint32_t);
    if (array && n)
        memset(array, 0xFF, n * sizeof *array);
    return array;
}

static void find_classes(struct work *work)
{
    static const char *const name[ASK_COUNT] = {/* ORDER ASK */
        "report",       "origin",    "against",       "calendar",
        "country-noun", "side-noun", "grouping-noun", "body-noun", "crowd-noun",
        "idiom-noun",   "backed",    "arms-noun",     "region",
        "mission-noun", "abroad",    "abroad-office", "states-noun"};
    const struct frame_lexicon *frames = lexicon_frames(work->lexicon);
    for (unsigned a = 0; a < ASK_COUNT; a++) {
        struct slice wanted = slice_of(name[a]);
        work->class_of[a] = IMAGE_NONE;
        for (uint32_t i = 0; i < frames->n_classes; i++)
            if (slice_eq(frame_text(frames, frames->class_name[i]), wanted))
                work->class_of[a] = i;
    }
}

static int work_init(struct work *work, const struct lexicon *lexicon, struct dm_article *article,
                     struct dm_error *err)
{
    uint32_t n = article->n_toks;
    struct arena *scratch = &article->scratch;
    *work = (struct work){.lexicon = lexicon, .actors = actor_lexicon(lexicon), .article = article,
                          .scratch = scratch, .day = actor_day(article->date)};
    work->child = none_array(scratch, n);
    work->next = none_array(scratch, n);
    work->name_of = none_array(scratch, n);
    work->noun_of = none_array(scratch, n);
    work->noun_first = arena_array(scratch, n, uint32_t);
    work->noun_end = arena_array(scratch, n, uint32_t);
    work->info = arena_array(scratch, n, struct info);
    work->order = arena_array(scratch, n, uint32_t);
    article->mention_of = none_array(&article->arena, n);
    article->mention = NULL;
    article->n_mentions = 0;
    if (!work->child || !work->next || !work->name_of || !work->noun_of || !work->noun_first ||
        !work->noun_end || !work->info || !work->order || !article->mention_of)
        return dm_fail(err, DM_ENOMEM, "out of memory while finding actors");
    find_classes(work);
    link_children(work);
    return 0;
}

/* ---- which words head a mention ---- */

static bool is_inside_name(enum relation base, uint8_t rel)
{
    return base == REL_FLAT || base == REL_FIXED || base == REL_GOESWITH || rel == REL_NMOD_DESC;
}

/* Does the head over a modifier already say what the modifier says? */
static bool is_absorbed(const struct work *work, uint32_t t)
{
    uint32_t head = work_tok(work, t)->head;
    if (head != ARTICLE_NONE && work_tok(work, head)->upos == UPOS_VERB &&
        work_rel(work, head) == REL_AMOD) {
        if (names_in_class(work, head, ASK_BACKED))
            return false; /* 'Iran-backed militants': Iran is another party */
        head = work_tok(work, head)->head; /* 'US-led' before its noun */
    }
    if (head == ARTICLE_NONE)
        return false;
    const struct info *over = &work->info[head];
    if (over->flags & INFO_GROUP)
        return false;
    bool headed = over->flags & (INFO_NOUN | INFO_NAME) ||
                  (work_tok(work, head)->upos == UPOS_PROPN &&
                   (head > t || (over->flags & INFO_PERSON && work_rel(work, t) == REL_FLAT)));
    return headed && over->first <= t && t < over->end;
}

static bool is_modifier(enum relation base, uint8_t rel)
{
    return base == REL_AMOD || base == REL_COMPOUND || rel == REL_NMOD_UNMARKED ||
           rel == REL_NMOD_DESC || base == REL_DET || base == REL_FLAT;
}

static bool is_argument(enum relation base)
{
    return base == REL_NSUBJ || base == REL_OBJ || base == REL_OBL || base == REL_NMOD ||
           base == REL_IOBJ;
}

/* Does a proper name of several words hang together at t? */
static bool has_flat(const struct work *work, uint32_t t)
{
    for (uint32_t c = work->child[t]; c != ARTICLE_NONE; c = work->next[c])
        if (work_rel(work, c) == REL_FLAT && work_tok(work, c)->upos == UPOS_PROPN)
            return true;
    return false;
}

/* A word of a row that another word heads: "Defense" of 'Secretary of Defense'. */
static bool is_inside_noun(const struct work *work, uint32_t t)
{
    uint32_t head = work_tok(work, t)->head;
    for (unsigned steps = 0; steps < 3 && head != ARTICLE_NONE; steps++) {
        if (work->noun_of[head] != ARTICLE_NONE && work->noun_first[head] <= t &&
            t < work->noun_end[head])
            return true;
        head = work_tok(work, head)->head;
    }
    return false;
}

/* Does a title above speak for the name already? */
static bool is_titled(const struct work *work, uint32_t t)
{
    uint32_t head = work_tok(work, t)->head;
    for (unsigned steps = 0; steps < 3 && head != ARTICLE_NONE; steps++) {
        if (head < t && work_rel(work, t) != REL_APPOS && phrase_titled(work, head) == t)
            return true;
        head = work_tok(work, head)->head;
    }
    return false;
}

/* A word of a thing's name: 'Air Defense Systems'. */
static bool is_in_compound(const struct work *work, uint32_t t)
{
    uint32_t head = work_tok(work, t)->head;
    return head != ARTICLE_NONE && work_tok(work, t)->upos == UPOS_PROPN &&
           work_tok(work, head)->upos == UPOS_PROPN && work->noun_of[head] == ARTICLE_NONE;
}

/* 'into force', 'in office': no body of persons is meant. */
static bool is_bare_place(const struct work *work, uint32_t t)
{
    uint32_t c = work->child[t];
    if (c == ARTICLE_NONE || work->next[c] != ARTICLE_NONE || work_tok(work, c)->rel != REL_CASE ||
        !(work_tok(work, t)->feats & FEAT(SING)) || !names_in_class(work, t, ASK_IDIOM))
        return false;
    struct slice word = token_lower(work->article, c);
    return slice_is(word, "in") || slice_is(word, "into");
}

/* 'dozens', 'six others', of which no 'of' tells what they are. */
static bool is_crowd(const struct work *work, uint32_t t)
{
    if (work_tok(work, t)->upos != UPOS_NUM && !names_in_class(work, t, ASK_CROWD))
        return false;
    for (uint32_t c = work->child[t]; c != ARTICLE_NONE; c = work->next[c])
        if (work_rel(work, c) == REL_NMOD)
            return false;
    return true;
}

/* Does the word hang outside of the recognized name that it belongs to? */
static bool heads_name(const struct work *work, uint32_t t)
{
    const struct token *tok = work_tok(work, t);
    uint32_t first = t;
    if (tok->name == NAME_NONE)
        return false;
    while (first > 0 && work_tok(work, first)->flags & TOK_NAME_INSIDE)
        first--;
    return tok->head == ARTICLE_NONE || tok->head < first ||
           tok->head >= article_name_end(work->article, first);
}

/* The kind of mention that token t heads; -1 none. */
static int mention_kind_of(const struct work *work, uint32_t t)
{
    const struct token *tok = work_tok(work, t);
    enum relation base = work_rel(work, t);
    const struct info *info = &work->info[t];
    if (names_at(work, t)) {
        if (is_titled(work, t))
            return -1;
        if (base == REL_FLAT && is_absorbed(work, t))
            return -1;
        return is_modifier(base, tok->rel) && is_absorbed(work, t) ? -1 : MENTION_NAME;
    }
    if (tok->upos == UPOS_PRON) {
        bool known = tok->feats & (FEAT(PRS) | FEAT(REL)) || tok->feats & FEAT(REFLEX);
        return known && base != REL_EXPL ? MENTION_PRONOUN : -1;
    }
    if (work->name_of[t] != ARTICLE_NONE || is_inside_name(base, tok->rel) ||
        is_inside_noun(work, t))
        return -1;
    if (info->flags & INFO_NOUN) {
        if (is_modifier(base, tok->rel) && is_in_compound(work, t))
            return -1;
        if (is_modifier(base, tok->rel))
            return tok->upos != UPOS_ADJ && !is_absorbed(work, t) ? MENTION_COMMON : -1;
        if (is_bare_place(work, t))
            return -1;
        bool nominal = tok->upos == UPOS_NOUN || tok->upos == UPOS_PROPN;
        if (!nominal && !(tok->upos == UPOS_ADJ && is_argument(base)))
            return -1; /* 'a suspected militant' is no quality */
        return phrase_titled(work, t) != ARTICLE_NONE ? MENTION_NAME : MENTION_COMMON;
    }
    bool named = heads_name(work, t);
    bool free = !is_modifier(base, tok->rel) || (named && !is_absorbed(work, t)) ||
                (base == REL_COMPOUND && has_flat(work, t)); /* 'the Raul Roco affair' */
    bool proper = tok->upos == UPOS_PROPN ||
                  (named && (tok->upos == UPOS_NOUN || tok->upos == UPOS_ADJ));
    if (proper && free && tok->rel != REL_OBL_UNMARKED && !names_in_class(work, t, ASK_CALENDAR))
        return MENTION_NAME;
    if (tok->upos == UPOS_NOUN && !is_modifier(base, tok->rel) &&
        (names_in_class(work, t, ASK_COUNTRY) || names_in_class(work, t, ASK_SIDE)))
        return MENTION_COMMON;
    bool some = base == REL_OBJ && slice_is(token_lower(work->article, t), "one"); /* 'make one' */
    bool crowd = (tok->upos == UPOS_NUM && !some) || (tok->feats & FEAT(PLUR) && is_crowd(work, t));
    if ((crowd || tok->upos == UPOS_DET) &&
        (base == REL_NSUBJ || base == REL_OBJ || tok->rel == REL_OBL_AGENT))
        return MENTION_COMMON; /* "three were arrested", "both agreed" */
    return -1;
}

/* ---- filling a mention ---- */

/* Prepositions that make a place of a country or city: 'in Moscow'. */
static bool is_located(const struct work *work, uint32_t t)
{
    static const char *const words[] = {"in", "at", "near", "outside", "inside", "around", "across",
                                        "throughout", "through", "over", "within"};
    for (uint32_t c = work->child[t]; c != ARTICLE_NONE && c < t; c = work->next[c])
        if (work_tok(work, c)->rel == REL_CASE)
            for (size_t i = 0; i < sizeof words / sizeof *words; i++)
                if (slice_is(token_lower(work->article, c), words[i]))
                    return true;
    return false;
}

static enum use_kind use_of(const struct work *work, uint32_t t)
{
    const struct name_match *match = names_at(work, t);
    return match ? (enum use_kind)work->actors->use[match->use].kind : USE_KINDS;
}

static bool looks_like_person(const struct work *work, uint32_t t)
{
    enum name_kind kind = (enum name_kind)work_tok(work, t)->name;
    if (work->info[t].flags & INFO_PERSON || kind == NAME_PERSON)
        return true;
    return kind == NAME_NONE && has_flat(work, t);
}

static uint8_t flags_of(const struct work *work, uint32_t t, int kind)
{
    const struct info *info = &work->info[t];
    const struct token *tok = work_tok(work, t);
    enum use_kind use = use_of(work, t);
    enum relation base = work_rel(work, t);
    uint8_t flags = 0;
    if ((kind == MENTION_NAME && looks_like_person(work, t)) || info->flags & INFO_PERSON)
        flags |= MENTION_PERSON;
    if (info->flags & INFO_PLACE && info->entity != ARTICLE_NONE)
        flags |= MENTION_PLACE;
    if (kind == MENTION_NAME && tok->name == NAME_PLACE && info->entity == ARTICLE_NONE &&
        !(info->flags & INFO_NOUN))
        flags |= MENTION_PLACE; /* a place that the lexicon lacks */
    if (tok->feats & FEAT(PLUR) || (kind == MENTION_COMMON && info->flags & INFO_GROUP))
        flags |= MENTION_PLURAL;
    if (info->flags & INFO_FORMER)
        flags |= MENTION_FORMER;
    if (tok->rel == REL_NMOD_POSS || is_modifier(base, tok->rel))
        flags |= MENTION_POSSESSIVE;
    if (tok->upos == UPOS_NUM)
        flags |= MENTION_QUANTITY;
    for (uint32_t c = work->child[t]; c != ARTICLE_NONE; c = work->next[c])
        if (work_rel(work, c) == REL_NUMMOD)
            flags |= MENTION_QUANTITY;
    bool known = code_set(info->code) || code_set(info->sector);
    if (known && use != USE_CITY && use != USE_REGION && (info->flags & (INFO_NAME | INFO_NOUN)))
        if (!(flags & MENTION_PLACE) || !is_located(work, t))
            flags |= MENTION_ACTOR;
    return flags;
}

/* Some of a people, and not the people as a whole: 'two Americans', 'many Afghans'. */
static bool is_some_people(const struct work *work, uint32_t t, uint8_t flags)
{
    const struct token *tok = work_tok(work, t);
    if (flags & MENTION_QUANTITY)
        return true;
    if (!(tok->feats & FEAT(PLUR)) || flags & MENTION_POSSESSIVE)
        return false;
    for (uint32_t c = work->child[t]; c != ARTICLE_NONE && c < t; c = work->next[c])
        if (work_tok(work, c)->rel == REL_DET && work_tok(work, c)->feats & FEAT(DEF))
            return false;
    return true;
}

/* 'Texas sued the government': a part of a state that acts is its administration. */
static bool acts_as_place(const struct work *work, uint32_t t, enum use_kind use)
{
    uint32_t head = work_tok(work, t)->head;
    if ((use != USE_CITY && use != USE_REGION) || head == ARTICLE_NONE ||
        actor_state(work->actors, work->info[t].code) == IMAGE_NONE)
        return false;
    return work_tok(work, t)->rel == REL_OBL_AGENT ||
           (work_tok(work, t)->rel == REL_NSUBJ && work_tok(work, head)->upos == UPOS_VERB);
}

/* 'Israeli airstrikes': who strikes so has an army. */
static bool strikes(const struct work *work, uint32_t t)
{
    uint32_t head = work_tok(work, t)->head;
    for (unsigned steps = 0; steps < 4 && head != ARTICLE_NONE &&
                             work_rel(work, t) == REL_CONJ; steps++) {
        t = head;
        head = work_tok(work, t)->head;
    }
    return head != ARTICLE_NONE && head > t && names_in_class(work, head, ASK_ARMS) &&
           is_modifier(work_rel(work, t), work_tok(work, t)->rel);
}

/* The recognized name in the mention: that of its head, or of who bears the title. */
static void set_name(const struct work *work, struct mention *mention)
{
    const struct dm_article *article = work->article;
    uint32_t t = mention->head, titled = phrase_titled(work, t);
    if (mention->kind != MENTION_NAME && mention->kind != MENTION_COMMON)
        return;
    if (titled != ARTICLE_NONE)
        t = titled;
    if (work_tok(work, t)->name == NAME_NONE)
        return;
    while (t > 0 && work_tok(work, t)->flags & TOK_NAME_INSIDE)
        t--;
    mention->name_kind = work_tok(work, t)->name;
    mention->name_first = t;
    mention->name_end = article_name_end(article, t);
}

static void fill_mention(const struct work *work, struct mention *mention, uint32_t t, int kind)
{
    const struct info *info = &work->info[t];
    mention->head = t;
    mention->kind = (uint8_t)kind;
    mention->first = info->first <= t ? info->first : t;
    mention->end = info->end > t ? info->end : t + 1;
    mention->antecedent = mention->entity = ARTICLE_NONE;
    mention->country_line = info->code_line;
    mention->sector_line = info->sector_line;
    memcpy(mention->code, info->code, 4);
    memcpy(mention->sector, info->sector, 4);
    memcpy(mention->other[0], info->other, 4);
    mention->flags = flags_of(work, t, kind);
    mention->gender = info->gender;
    set_name(work, mention);
    enum use_kind use = use_of(work, t);
    if (kind == MENTION_COMMON && !(info->flags & INFO_NOUN) && is_crowd(work, t))
        memcpy(mention->sector, "CVL", 4);
    if (acts_as_place(work, t, use)) {
        memcpy(mention->sector, "GOV", 4);
        mention->flags |= MENTION_ACTOR;
    } else if (info->flags & INFO_STATE && !code_set(info->sector) && strikes(work, t))
        memcpy(mention->sector, "MIL", 4);
    if (use == USE_PEOPLE && !code_set(info->sector) && is_some_people(work, t, mention->flags))
        memcpy(mention->sector, "CVL", 4); /* 'two Americans', unlike 'the Americans' */
    if (info->entity != ARTICLE_NONE) {
        const struct actor_entity *entity = &work->actors->entity[info->entity];
        mention->entity = info->entity;
        if (info->flags & INFO_NAME && use != USE_CITY && use != USE_CAPITAL) {
            mention->name = lexicon_string(work->lexicon, entity->name);
            mention->wikidata = lexicon_string(work->lexicon, entity->wikidata);
        }
    }
    if (info->office != ARTICLE_NONE)
        mention->office = lexicon_string(work->lexicon, work->actors->entity[info->office].name);
}

static struct mention *add_mention(struct work *work, uint32_t t, int kind)
{
    struct dm_article *article = work->article;
    struct mention *mention =
        ARENA_PUSH(&article->arena, article->mention, article->n_mentions, work->room_mentions);
    if (!mention)
        return NULL;
    fill_mention(work, mention, t, kind);
    article->mention_of[t] = article->n_mentions - 1;
    return mention;
}

/* 'US and Russian diplomats': the head becomes a group of its modifiers, which take its sector. */
static void make_group(struct work *work, struct mention *mention)
{
    struct dm_article *article = work->article;
    for (uint32_t c = work->child[mention->head]; c != ARTICLE_NONE; c = work->next[c]) {
        if (!(work->info[c].flags & INFO_GROUP) || mention->n_members)
            continue;
        uint32_t part[MENTION_MEMBERS], n = 0;
        part[n++] = c;
        for (uint32_t k = work->child[c]; k != ARTICLE_NONE; k = work->next[k])
            if (n < MENTION_MEMBERS && work_rel(work, k) == REL_CONJ &&
                code_set(work->info[k].code))
                part[n++] = k;
        for (uint32_t i = 0; i < n; i++) {
            uint32_t m = article->mention_of[part[i]];
            if (m == ARTICLE_NONE)
                continue;
            memcpy(article->mention[m].sector, mention->sector, 4);
            article->mention[m].sector_line = mention->sector_line;
            article->mention[m].flags |= MENTION_ACTOR;
            mention->member[mention->n_members++] = m;
        }
    }
    if (mention->n_members > 1) {
        mention->kind = MENTION_GROUP;
        mention->flags |= MENTION_PLURAL;
        /* the last has the noun beside it: "US" and 'Russian diplomats' */
        struct mention *last = &article->mention[mention->member[mention->n_members - 1]];
        if (last->head < mention->head)
            last->end = mention->end;
    } else
        mention->n_members = 0;
}

static bool read_sentence(struct work *work, const struct sentence *sent)
{
    names_settle(work, sent);
    if (!mend_tree(work, sent))
        return false;
    while (work->next_name < work->n_names && work->name[work->next_name].first < sent->end)
        work->next_name++;
    phrase_read(work, sent);
    for (uint32_t t = sent->first; t < sent->end; t++) {
        int kind = mention_kind_of(work, t);
        if (kind >= 0 && !add_mention(work, t, kind))
            return false;
    }
    for (uint32_t t = sent->first; t < sent->end; t++) {
        uint32_t m = work->article->mention_of[t];
        uint32_t both = INFO_GROUP | INFO_NOUN;
        if (m != ARTICLE_NONE && (work->info[t].flags & both) == both)
            make_group(work, &work->article->mention[m]);
    }
    return true;
}

int actors_find(const struct lexicon *lexicon, struct dm_article *article, struct dm_error *err)
{
    struct arena_mark mark = arena_mark(&article->scratch);
    struct work work;
    int rc = work_init(&work, lexicon, article, err);
    for (uint32_t s = 0; s < article->n_sents && rc == 0; s++)
        if (!names_find(&work, &article->sent[s]))
            rc = dm_fail(err, DM_ENOMEM, "out of memory while finding actors");
    if (rc == 0)
        scene_read(&work);
    for (uint32_t s = 0; s < article->n_sents && rc == 0; s++)
        if (!read_sentence(&work, &article->sent[s]))
            rc = dm_fail(err, DM_ENOMEM, "out of memory while finding actors");
    if (rc == 0)
        rc = refer_resolve(&work, err);
    mend_undo(&work);
    arena_rewind(&article->scratch, mark);
    return rc;
}
