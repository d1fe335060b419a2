/* SPDX-License-Identifier: MIT */
/*
 * lemma-train.c - learn the lemma tables from treebanks.
 *
 * Method   Tokens are counted as readings: (lower-cased word, tags, shape, lemma). Of a word's
 *          readings the entries of lemma.h are made, most frequent lemma first, those that follow
 *          from the word's others left out. For each inflected word the edit from word to lemma is a
 *          rule: cut bytes, add a text. Every ending of up to LEMMA_ENDING_MAX bytes votes with its
 *          distinct words; an ending is kept when its winner differs from that of the next shorter
 *          ending. Capitals are learned likewise.
 */
#include "syntax/train-data.h"

#include <stdlib.h>

#define SLIP_MOST 2     /* a lemma seen at most so often may be a slip */
#define LEMMA_MOST 200  /* bytes of a lemma that is learned */
#define STEM_LEAST 2    /* bytes that word and lemma share, for a rule */
#define CUT_MOST 4
#define NAME_LEAST 5    /* times a capitalized word has to be a name to be one against its tag */
#define NAME_TIMES 10   /* ... and as often as it was none */
#define ADD_MOST 3

struct reading {
    struct slice lower, form, lemma;
    uint32_t n;
    uint32_t listed; /* its place in the list of irregular forms, from 1; 0 seen in training */
    uint8_t xpos, upos, shape;
};

struct vote { /* of one ending for one value */
    struct slice ending;
    uint32_t value, n;
};

struct votes {
    struct vote *vote;
    uint32_t n;
    size_t capacity;
};

struct learner {
    struct arena *arena;
    struct image_pool *pool;
    struct reading *reading;
    uint32_t n_readings, n_listed;
    size_t capacity, rule_capacity, entry_capacity;
    struct map seen, rules, words;
    struct votes endings, casings;
    struct lemma_learned out;
};

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static char low(char c)
{
    return is_capital(c) ? (char)(c + 32) : c;
}

static bool same_but_case(struct slice a, struct slice b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (low(a.p[i]) != low(b.p[i]))
            return false;
    return true;
}

/* ---- readings ---- */

static bool add_reading(struct learner *l, const struct reading *r)
{
    char key[LEMMA_WORD_MAX + LEMMA_MOST + 8];
    size_t n = r->lower.n;
    memcpy(key, r->lower.p, n);
    key[n++] = '\t';
    key[n++] = (char)(r->xpos + '!');
    key[n++] = (char)(r->upos + '!');
    key[n++] = (char)(r->shape + '0');
    memcpy(key + n, r->lemma.p, r->lemma.n);
    uint32_t at = map_intern(&l->seen, slice_make(key, n + r->lemma.n));
    if (at == MAP_NONE)
        return false;
    if (at < l->n_readings) {
        l->reading[at].n++;
        return true;
    }
    struct reading *kept = ARENA_PUSH(l->arena, l->reading, l->n_readings, l->capacity);
    if (kept)
        *kept = *r;
    return kept != NULL;
}

static bool add_token(struct learner *l, const struct dm_article *article, uint32_t t)
{
    const struct token *tok = &article->tok[t];
    struct slice lower = token_lower(article, t), lemma = token_lemma(article, t);
    struct slice form = token_form(article, t);
    char number[LEMMA_WORD_MAX];
    if (lower.n == 0 || lower.n > LEMMA_WORD_MAX || form.n > LEMMA_WORD_MAX || lemma.n == 0 ||
        lemma.n > LEMMA_MOST || slice_is(lemma, "_") || tok->xpos == PENN_ADD ||
        (tok->xpos == PENN_CD && lemma_number(form, number)))
        return true;
    return add_reading(l, &(struct reading){
        .lower = lower, .form = form, .lemma = lemma, .n = 1, .xpos = tok->xpos, .upos = tok->upos,
        .shape = (uint8_t)lemma_shape_of(form, lower, tok->flags)});
}

static int by_word(const void *a, const void *b)
{
    const struct reading *x = a, *y = b;
    int order = slice_compare(x->lower, y->lower);
    if (order == 0)
        order = (x->xpos > y->xpos) - (x->xpos < y->xpos);
    if (order == 0)
        order = (x->listed > y->listed) - (x->listed < y->listed);
    if (order == 0)
        order = (x->upos > y->upos) - (x->upos < y->upos);
    if (order == 0)
        order = (x->shape > y->shape) - (x->shape < y->shape);
    return order ? order : slice_compare(x->lemma, y->lemma);
}

/*
 * Of the same word and tag in the list and in training, one stays: the list where training has next
 * to nothing, which may be an annotator's slip. The readings are sorted.
 */
static void settle_list(struct learner *l)
{
    uint32_t kept = 0, end;
    for (uint32_t i = 0; i < l->n_readings; i = end) {
        const struct reading *first = &l->reading[i];
        uint32_t seen = 0, n_seen = 0;
        for (end = i; end < l->n_readings && l->reading[end].xpos == first->xpos &&
                      slice_eq(l->reading[end].lower, first->lower); end++) {
            seen += l->reading[end].listed ? 0 : l->reading[end].n;
            n_seen += !l->reading[end].listed;
        }
        uint32_t from = i, to = i + n_seen; /* training stands first */
        if (end > to && seen <= SLIP_MOST) {
            from = to;
            to = from + 1; /* the list's first line that has the form */
        }
        memmove(&l->reading[kept], &l->reading[from], (to - from) * sizeof *l->reading);
        kept += to - from;
    }
    l->n_readings = kept;
}

/* ---- what a word's readings say ---- */

struct filter {
    uint8_t xpos, upos; /* PENN_NONE, LEMMA_ANY_UPOS: any */
    int shape;          /* -1: any */
};

static bool passes(const struct reading *r, struct filter f)
{
    return (f.xpos == PENN_NONE ? !r->listed : r->xpos == f.xpos) &&
           (f.upos == LEMMA_ANY_UPOS || r->upos == f.upos) && (f.shape < 0 || r->shape == f.shape);
}

/* The most frequent lemma of what passes, with its capitals or whatever they are; NULL for none. */
static const struct reading *winner(const struct reading *r, uint32_t n, struct filter f,
                                    const struct reading *like, uint32_t *count)
{
    const struct reading *best = NULL;
    uint32_t most = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t sum = 0;
        if (!passes(&r[i], f) || (like && !same_but_case(r[i].lemma, like->lemma)))
            continue;
        for (uint32_t k = 0; k < n; k++)
            if (passes(&r[k], f) && (like ? slice_eq(r[k].lemma, r[i].lemma)
                                          : same_but_case(r[k].lemma, r[i].lemma)))
                sum += r[k].n;
        if (!best || sum > most ||
            (sum == most && slice_compare(r[i].lemma, best->lemma) > 0)) {
            best = &r[i];
            most = sum;
        }
    }
    if (count)
        *count = most;
    return best;
}

/*
 * The lemma for a shape: the most frequent one, written as this shape has it if it ever stood so.
 * NULL where training says nothing.
 */
static const struct reading *choose(const struct reading *r, uint32_t n, unsigned xpos, unsigned upos,
                                    int shape)
{
    struct filter f = {(uint8_t)xpos, (uint8_t)upos, -1}, exact = {f.xpos, f.upos, shape};
    const struct reading *like, *best;
    uint32_t count;
    /* A name says nothing of the same word without its capital. */
    if (xpos == PENN_NONE && shape == LEMMA_LOWER)
        f.shape = shape;
    like = winner(r, n, f, NULL, &count);
    /* What stood once for another word ("aa" for "a") says nothing of other tags. */
    if (!like || (xpos == PENN_NONE && count < 2 && !lemma_is_inflected(like->xpos) &&
                  !same_but_case(like->lemma, like->lower)))
        return NULL;
    best = winner(r, n, exact, like, NULL);
    return best ? best : winner(r, n, f, like, NULL);
}

static bool set_entry(const struct learner *l, const struct reading *r, int shape,
                      struct lemma_entry *e)
{
    e->source = slice_eq(r->lemma, r->lower) ? LEMMA_IS_LOWER
                : r->shape == shape && slice_eq(r->lemma, r->form) ? LEMMA_IS_FORM : LEMMA_IS_TEXT;
    return e->source != LEMMA_IS_TEXT || image_pool_add(l->pool, r->lemma, &e->text);
}

static bool same_lemma(const struct lemma_entry *a, const struct lemma_entry *b)
{
    return a->source == b->source && a->text.offset == b->text.offset && a->text.n == b->text.n;
}

/* A word's entries while they are made. */
struct draft {
    struct lemma_entry entry[256];
    uint32_t n;
};

static void push(struct draft *d, struct lemma_entry e, int shape)
{
    uint32_t i = 0;
    while (i < d->n && !(d->entry[i].xpos == e.xpos && d->entry[i].upos == e.upos &&
                         same_lemma(&d->entry[i], &e)))
        i++;
    if (i == sizeof d->entry / sizeof *d->entry)
        return;
    if (i == d->n)
        d->entry[d->n++] = e;
    d->entry[i].shapes |= (uint8_t)(1u << shape);
}

/* May a word's entry of this tag be left out when the other tags say the same? */
static bool may_follow(const struct reading *r)
{
    return !lemma_is_inflected(r->xpos) && !lemma_is_name(r->xpos) && !lemma_is_odd(r->xpos) &&
           r->xpos != PENN_VB && r->xpos != PENN_VBP && !slice_ends(r->lower, "ing") &&
           !slice_ends(r->lower, "ed") && !slice_ends(r->lower, "ics");
}

/*
 * How often the word stood capitalized as a name and as a plain word; *name is the most frequent
 * reading of the former.
 */
static void weigh_title(const struct reading *r, uint32_t n, uint32_t *n_name, uint32_t *n_plain,
                        const struct reading **name)
{
    *n_name = *n_plain = 0;
    *name = NULL;
    for (uint32_t i = 0; i < n; i++) {
        if (r[i].shape != LEMMA_TITLE || r[i].listed)
            continue;
        bool capital = slice_eq(slice_make(r[i].lemma.p, 1), slice_make(r[i].form.p, 1));
        *(capital ? n_name : n_plain) += r[i].n;
        if (capital && (!*name || r[i].n > (*name)->n))
            *name = &r[i];
    }
}

/* The entries of one tag; r[tag..end) are its readings, all[n] the word's. */
static bool draft_tag(const struct learner *l, struct draft *d, const struct reading *all, uint32_t n,
                      const struct reading *tag, const struct reading *end)
{
    bool follows = may_follow(tag);
    struct lemma_entry e[LEMMA_SHAPES];
    memset(e, 0, sizeof e);
    for (int shape = 0; shape < LEMMA_SHAPES; shape++) {
        struct lemma_entry other = {0};
        const struct reading *any = choose(all, n, PENN_NONE, LEMMA_ANY_UPOS, shape);
        if (!set_entry(l, choose(all, n, tag->xpos, LEMMA_ANY_UPOS, shape), shape, &e[shape]) ||
            (any && !set_entry(l, any, shape, &other)))
            return false;
        follows = follows && any && same_lemma(&e[shape], &other);
        e[shape].xpos = tag->xpos;
        e[shape].upos = LEMMA_ANY_UPOS;
    }
    uint32_t n_name, n_plain;
    const struct reading *name;
    weigh_title(all, n, &n_name, &n_plain, &name);
    if ((tag->xpos == PENN_NN || tag->xpos == PENN_NNS || tag->xpos == PENN_JJ) &&
        n_name >= NAME_LEAST && n_name >= NAME_TIMES * n_plain) {
        /* More often a name that the tagger missed. */
        follows = false;
        if (!set_entry(l, name, LEMMA_TITLE, &e[LEMMA_TITLE]))
            return false;
    }
    for (const struct reading *r = tag; r < end; r++) { /* "United": VERB in one bank, ADJ in another */
        struct filter f = {r->xpos, r->upos, r->shape};
        uint32_t count = 0;
        struct lemma_entry mine = {.xpos = r->xpos, .upos = r->upos};
        const struct reading *best = choose(all, n, r->xpos, r->upos, r->shape);
        winner(all, n, f, NULL, &count);
        if (!set_entry(l, best, r->shape, &mine))
            return false;
        if (count >= SLIP_MOST && !same_lemma(&mine, &e[r->shape]))
            push(d, mine, r->shape);
    }
    for (int shape = 0; shape < LEMMA_SHAPES && !follows; shape++)
        push(d, e[shape], shape);
    return true;
}

static bool add_word(struct learner *l, struct slice word, uint32_t entry)
{
    struct image_text key;
    bool number = entry == 0 && word.p[0] >= '0' && word.p[0] <= '9';
    if (number || map_get(&l->words, word) != MAP_NONE)
        return true;
    if (!map_set(&l->words, word, entry) || !image_pool_add(l->pool, word, &key))
        return false;
    l->out.word_key[l->out.n_words] = key;
    l->out.word_value[l->out.n_words++] = entry;
    return true;
}

/* ---- endings ---- */

static int by_ending(const void *a, const void *b)
{
    const struct vote *x = a, *y = b;
    int order = slice_compare(x->ending, y->ending);
    if (order == 0)
        order = x->value < y->value ? -1 : x->value > y->value;
    return order;
}

/* One word's vote for a value with all its endings. */
static bool add_votes(struct learner *l, struct votes *votes, const struct reading *r, int shape,
                      size_t most, uint32_t value, uint32_t weight)
{
    for (size_t k = 0; k <= most && k <= r->lower.n; k++) {
        char key[LEMMA_KEY_MAX];
        struct slice ending = slice_make(r->lower.p + r->lower.n - k, k);
        size_t size = shape < 0 ? lemma_ending_key(ending, r->xpos, key)
                                : lemma_case_key(ending, r->xpos, (enum lemma_shape)shape, key);
        struct slice kept = arena_copy(l->arena, slice_make(key, size));
        struct vote *v = ARENA_PUSH(l->arena, votes->vote, votes->n, votes->capacity);
        if (!v || !kept.p)
            return false;
        *v = (struct vote){kept, value, weight};
    }
    return true;
}

/* Winners of all endings, those that differ from their shorter ending's; `tail` bytes are the tag. */
static bool count_votes(struct learner *l, struct votes *votes, size_t tail, struct image_text **key,
                        uint32_t **value, uint32_t *n_kept)
{
    struct vote *vote = votes->vote;
    uint32_t n = votes->n;
    struct map best;
    map_init(&best, l->arena);
    *key = arena_array(l->arena, n + 1, struct image_text);
    *value = arena_array(l->arena, n + 1, uint32_t);
    if (!*key || !*value)
        return false;
    *n_kept = 0;
    if (n)
        qsort(vote, n, sizeof *vote, by_ending);
    for (uint32_t i = 0, end; i < n; i = end) {
        uint32_t most = 0, all = 0, won = 0;
        for (end = i; end < n && slice_eq(vote[end].ending, vote[i].ending);) {
            uint32_t sum = 0, is = vote[end].value;
            for (; end < n && vote[end].value == is && slice_eq(vote[end].ending, vote[i].ending);
                 end++)
                sum += vote[end].n;
            if (sum > most) {
                most = sum;
                won = is;
            }
            all += sum;
        }
        /* One word alone is no rule, except where nothing shorter speaks (the bare tag). */
        if ((all > 1 || vote[i].ending.n == tail) && !map_set(&best, vote[i].ending, won))
            return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        struct slice ending = vote[i].ending;
        uint32_t is = map_get(&best, ending), shorter = MAP_NONE;
        if (is == MAP_NONE || (i && slice_eq(vote[i - 1].ending, ending)))
            continue;
        for (size_t cut = 1; cut + tail <= ending.n && shorter == MAP_NONE; cut++)
            shorter = map_get(&best, slice_make(ending.p + cut, ending.n - cut));
        if (is == shorter)
            continue;
        if (!image_pool_add(l->pool, ending, &(*key)[*n_kept]))
            return false;
        (*value)[(*n_kept)++] = is;
    }
    return true;
}

/* The number of the edit from the word to its lemma; MAP_NONE without memory, *out set otherwise. */
static bool number_rule(struct learner *l, size_t cut, struct slice add, uint32_t *out)
{
    char key[ADD_MOST + 1] = {(char)cut};
    memcpy(key + 1, add.p, add.n);
    *out = map_intern(&l->rules, slice_make(key, add.n + 1));
    if (*out == l->out.n_rules) {
        struct lemma_rule *rule = ARENA_PUSH(l->arena, l->out.rule, l->out.n_rules, l->rule_capacity);
        if (!rule)
            return false;
        *rule = (struct lemma_rule){.cut = (uint8_t)cut};
        return image_pool_add(l->pool, add, &rule->add);
    }
    return *out != MAP_NONE;
}

/* What the readings of a word with one tag teach of others. Listed forms are no examples. */
static bool vote_tag(struct learner *l, const struct reading *r, uint32_t n)
{
    struct filter f = {r->xpos, LEMMA_ANY_UPOS, -1};
    uint32_t count = 0;
    const struct reading *best = winner(r, n, f, NULL, &count);
    if (lemma_is_name(r->xpos) || !best || best->listed)
        goto rules;
    for (f.shape = LEMMA_TITLE; f.shape < LEMMA_SHAPES; f.shape++) {
        const struct reading *mine = winner(r, n, f, NULL, NULL);
        if (!mine)
            continue;
        bool capital = is_capital(mine->lemma.p[0]), more = false;
        for (size_t i = 1; i < mine->lemma.n; i++)
            more = more || is_capital(mine->lemma.p[i]);
        enum lemma_case how = !capital && !more ? LEMMA_CASE_LOW
                              : f.shape == LEMMA_UPPER && !more ? LEMMA_CASE_TITLE : LEMMA_CASE_KEEP;
        if (!add_votes(l, &l->casings, mine, f.shape, LEMMA_CASE_MAX, how, 1))
            return false;
    }
rules:
    if (!best || best->listed || !lemma_is_inflected(r->xpos))
        return true;
    size_t same = 0;
    char lemma[LEMMA_MOST];
    for (size_t i = 0; i < best->lemma.n; i++)
        lemma[i] = low(best->lemma.p[i]);
    while (same < r->lower.n && same < best->lemma.n && r->lower.p[same] == lemma[same])
        same++;
    size_t cut = r->lower.n - same, add = best->lemma.n - same;
    uint32_t rule;
    if (same < STEM_LEAST || cut > CUT_MOST || add > ADD_MOST)
        return true; /* an abbreviation or an irregular form */
    /* A word counts once, a very frequent one twice. */
    return number_rule(l, cut, slice_make(lemma + same, add), &rule) &&
           add_votes(l, &l->endings, r, -1, LEMMA_ENDING_MAX, rule, count > 20 ? 2 : 1);
}

/* The entries of a word from all its readings. */
static bool add_entries(struct learner *l, const struct reading *r, uint32_t n)
{
    struct draft d = {.n = 0};
    for (uint32_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && r[end].xpos == r[i].xpos; end++)
            ;
        if (!draft_tag(l, &d, r, n, &r[i], &r[end]) || !vote_tag(l, &r[i], end - i))
            return false;
    }
    for (int shape = 0; shape < LEMMA_SHAPES; shape++) {
        struct lemma_entry e = {.upos = LEMMA_ANY_UPOS};
        const struct reading *any = choose(r, n, PENN_NONE, LEMMA_ANY_UPOS, shape);
        if (any && !set_entry(l, any, shape, &e))
            return false;
        if (any)
            push(&d, e, shape);
        if (any && shape == LEMMA_TITLE && e.source == LEMMA_IS_LOWER)
            push(&d, e, LEMMA_LOWER); /* no name */
    }
    d.entry[d.n - 1].shapes |= LEMMA_LAST;
    /* Most words are their own lemma and share the first entry. */
    if (d.n == 1 && l->out.n_entries &&
        memcmp(&d.entry[0], &l->out.entry[0], sizeof d.entry[0]) == 0)
        return add_word(l, r->lower, 0);
    uint32_t first = l->out.n_entries;
    for (uint32_t i = 0; i < d.n; i++) {
        struct lemma_entry *e = ARENA_PUSH(l->arena, l->out.entry, l->out.n_entries,
                                           l->entry_capacity);
        if (!e)
            return false;
        *e = d.entry[i];
    }
    return add_word(l, r->lower, first);
}

/* ---- the list of irregular forms ---- */

/* The forms in `cell`, '/' between, of a lemma with this tag. */
static bool list_forms(struct learner *l, struct slice lemma, struct slice cell, unsigned xpos)
{
    struct slice form;
    while (slice_cut(&cell, '/', &form)) {
        struct reading *r = ARENA_PUSH(l->arena, l->reading, l->n_readings, l->capacity);
        if (!r)
            return false;
        *r = (struct reading){.lower = form, .form = form, .lemma = lemma, .xpos = (uint8_t)xpos,
                              .upos = UPOS_COUNT, .shape = LEMMA_LOWER, .n = 1,
                              .listed = ++l->n_listed};
    }
    return true;
}

static int list_irregular(struct learner *l, const char *path, struct slice text,
                          struct dm_error *err)
{
    struct slice line;
    for (unsigned number = 1; slice_cut(&text, '\n', &line); number++) {
        struct slice kind, lemma, one, two = {0}, rest = slice_trim(line);
        if (rest.n == 0 || rest.p[0] == '#')
            continue;
        bool ok = slice_word(&rest, &kind) && slice_word(&rest, &lemma) && slice_word(&rest, &one);
        bool noun = ok && slice_is(kind, "noun"), adj = ok && slice_is(kind, "adj");
        if (ok && !noun)
            ok = slice_word(&rest, &two);
        if (!ok || slice_trim(rest).n || lemma.n > LEMMA_WORD_MAX || one.n > LEMMA_WORD_MAX ||
            two.n > LEMMA_WORD_MAX || (!noun && !adj && !slice_is(kind, "verb")))
            return dm_fail(err, DM_EFORMAT, "%s:%u: expected 'verb LEMMA PAST PARTICIPLE', 'noun "
                           "LEMMA PLURAL' or 'adj LEMMA COMPARATIVE SUPERLATIVE'", path, number);
        if (!list_forms(l, lemma, one, noun ? PENN_NNS : adj ? PENN_JJR : PENN_VBD) ||
            (adj && !list_forms(l, lemma, one, PENN_RBR)) ||
            (adj && !list_forms(l, lemma, two, PENN_RBS)) ||
            (!noun && !list_forms(l, lemma, two, adj ? PENN_JJS : PENN_VBN)))
            return dm_fail(err, DM_ENOMEM, "%s: out of memory", path);
    }
    return DM_OK;
}

/* ---- all together ---- */

/* The entry that a word which is its own lemma shares with others; it comes first. */
static bool add_plain_entry(struct learner *l)
{
    struct lemma_entry *e = ARENA_PUSH(l->arena, l->out.entry, l->out.n_entries, l->entry_capacity);
    if (e)
        *e = (struct lemma_entry){.upos = LEMMA_ANY_UPOS, .source = LEMMA_IS_LOWER,
                                  .shapes = LEMMA_LAST | ((1u << LEMMA_SHAPES) - 1)};
    return e != NULL;
}

static bool learn_words(struct learner *l)
{
    if (l->n_readings)
        qsort(l->reading, l->n_readings, sizeof *l->reading, by_word);
    settle_list(l);
    const struct reading *r = l->reading;
    l->out.word_key = arena_array(l->arena, 2 * (size_t)l->n_readings + 1, struct image_text);
    l->out.word_value = arena_array(l->arena, 2 * (size_t)l->n_readings + 1, uint32_t);
    if (!l->out.word_key || !l->out.word_value)
        return false;
    for (uint32_t i = 0, end; i < l->n_readings; i = end) {
        for (end = i; end < l->n_readings && slice_eq(r[end].lower, r[i].lower); end++)
            ;
        if (!add_entries(l, &r[i], end - i))
            return false;
    }
    /* A lemma is a known word, too. */
    for (uint32_t i = 0; i < l->n_readings; i++) {
        bool plain = r[i].lemma.n <= LEMMA_WORD_MAX;
        for (size_t k = 0; k < r[i].lemma.n; k++)
            plain = plain && !is_capital(r[i].lemma.p[k]);
        if (plain && !add_word(l, r[i].lemma, 0))
            return false;
    }
    return true;
}

int lemma_learn(const struct train_data *data, const char *irregular, struct arena *arena,
                struct image_pool *pool, struct lemma_learned *out, struct dm_error *err)
{
    struct learner l = {.arena = arena, .pool = pool};
    struct buf list;
    bool ok = true;
    buf_init(&list, 1 << 20);
    map_init(&l.seen, arena);
    map_init(&l.rules, arena);
    map_init(&l.words, arena);
    for (uint32_t f = 0; f < data->n_files; f++)
        for (uint32_t i = 0; i < data->file[f].n; i++)
            for (uint32_t t = 0; t < data->file[f].article[i]->n_toks; t++)
                ok = ok && add_token(&l, data->file[f].article[i], t);
    int rc = irregular ? file_read(irregular, &list, err) : DM_OK;
    if (rc == DM_OK && irregular)
        rc = list_irregular(&l, irregular, buf_slice(&list), err);
    if (rc == DM_OK &&
        (!ok || !add_plain_entry(&l) || !learn_words(&l) ||
         !count_votes(&l, &l.endings, 2, &l.out.ending_key, &l.out.ending_value, &l.out.n_endings) ||
         !count_votes(&l, &l.casings, 3, &l.out.casing_key, &l.out.casing_value, &l.out.n_casings)))
        rc = dm_fail(err, DM_ENOMEM, "out of memory for the lemmas");
    buf_deinit(&list);
    if (rc == DM_OK)
        *out = l.out;
    return rc;
}
