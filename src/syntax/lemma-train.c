/* SPDX-License-Identifier: MIT */
/*
 * lemma-train.c - learn the lemma tables from treebanks.
 *
 * Method   For each distinct (form, tag, lemma) the edit from form to lemma is one rule: cut bytes,
 *          add a text, on the lower-cased form where that gives the lemma, else on the form. Every
 *          ending of up to LEMMA_ENDING_MAX bytes votes with its distinct words; an ending is kept
 *          when its winner differs from that of the next shorter ending. What the rules then get
 *          wrong for a word's most frequent lemma becomes an exception.
 */
#include "syntax/train-data.h"

#include <stdlib.h>

#define SLIP_MOST 2 /* a lemma seen at most so often may be a slip */

struct entry { /* a distinct (lower, tag, lemma) */
    struct slice lower, form, lemma;
    uint32_t rule, n;
    uint8_t xpos;
};

struct vote { /* of one ending for one rule */
    struct slice ending;
    uint32_t rule, n;
};

struct learner {
    struct arena *arena;
    struct image_pool *pool;
    struct entry *entry;
    uint32_t n_entries;
    struct entry *irregular; /* of the list; training goes before */
    uint32_t n_irregular;
    size_t entry_capacity, rule_capacity, irregular_capacity;
    struct map entries, rules;
    struct image_map words;
    struct lemma_learned out;
};

/* The edit that makes the lemma; *keep_case says from which form. */
static struct lemma_rule edit_of(const struct entry *e, struct slice *add)
{
    size_t low = 0, kept = 0;
    while (low < e->lower.n && low < e->lemma.n && e->lower.p[low] == e->lemma.p[low])
        low++;
    while (kept < e->form.n && kept < e->lemma.n && e->form.p[kept] == e->lemma.p[kept])
        kept++;
    bool keep_case = kept > low;
    size_t n = keep_case ? kept : low, size = keep_case ? e->form.n : e->lower.n;
    *add = slice_make(e->lemma.p + n, e->lemma.n - n);
    return (struct lemma_rule){.cut = (uint8_t)(size - n), .keep_case = keep_case};
}

static bool add_entry(struct learner *l, const struct dm_article *article, uint32_t t)
{
    const struct token *tok = &article->tok[t];
    struct slice lower = token_lower(article, t), lemma = token_lemma(article, t);
    if (lower.n == 0 || lower.n > 60 || lemma.n == 0 || slice_is(lemma, "_"))
        return true;
    struct slice form = token_form(article, t);
    /* An upper-cased word says little about the case of its lemma. */
    bool shout = (tok->flags & TOK_UPPER) && !slice_eq(form, lemma);
    if (shout)
        form = lower;
    struct arena_mark mark = arena_mark(l->arena);
    struct slice key = arena_printf(l->arena, "%.*s\t%c%d\t%.*s", (int)lower.n, lower.p,
                                    tok->xpos + '!', slice_eq(form, lower), (int)lemma.n, lemma.p);
    uint32_t at = key.p ? map_intern(&l->entries, key) : MAP_NONE;
    (void)mark;
    if (at == MAP_NONE)
        return false;
    if (at < l->n_entries) {
        l->entry[at].n++;
        return true;
    }
    struct entry *e = ARENA_PUSH(l->arena, l->entry, l->n_entries, l->entry_capacity);
    if (!e)
        return false;
    *e = (struct entry){.lower = lower, .form = form, .lemma = lemma, .n = 1, .xpos = tok->xpos};
    struct slice add;
    struct lemma_rule rule = edit_of(e, &add);
    struct slice rule_key = arena_printf(l->arena, "%d %d %.*s", rule.cut, rule.keep_case,
                                         (int)add.n, add.p);
    e->rule = rule_key.p ? map_intern(&l->rules, rule_key) : MAP_NONE;
    if (e->rule == MAP_NONE)
        return false;
    if (e->rule == l->out.n_rules) {
        struct lemma_rule *kept = ARENA_PUSH(l->arena, l->out.rule, l->out.n_rules,
                                             l->rule_capacity);
        if (!kept || !image_pool_add(l->pool, add, &rule.add))
            return false;
        *kept = rule;
    }
    return true;
}

static int by_ending(const void *a, const void *b)
{
    const struct vote *x = a, *y = b;
    int order = slice_compare(x->ending, y->ending);
    if (order == 0)
        order = x->rule < y->rule ? -1 : x->rule > y->rule;
    return order;
}

/* All endings of all entries with their rules, equal ones joined. */
static struct vote *collect_votes(struct learner *l, uint32_t *n_votes)
{
    struct vote *vote = arena_array(l->arena, (size_t)l->n_entries * (LEMMA_ENDING_MAX + 1),
                                    struct vote);
    uint32_t n = 0;
    for (uint32_t i = 0; vote && i < l->n_entries; i++) {
        const struct entry *e = &l->entry[i];
        size_t most = e->lower.n < LEMMA_ENDING_MAX ? e->lower.n : LEMMA_ENDING_MAX;
        for (size_t k = 0; k <= most; k++) {
            char key[LEMMA_KEY_MAX];
            size_t size = lemma_key(slice_make(e->lower.p + e->lower.n - k, k),
                                    lemma_rule_tag(e->xpos), key);
            struct slice kept = arena_copy(l->arena, slice_make(key, size));
            if (!kept.p)
                return NULL;
            /* A word counts once, a very frequent one twice. */
            vote[n++] = (struct vote){kept, e->rule, e->n > 20 ? 2 : 1};
        }
    }
    if (!vote)
        return NULL;
    qsort(vote, n, sizeof *vote, by_ending);
    uint32_t joined = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (joined && by_ending(&vote[joined - 1], &vote[i]) == 0)
            vote[joined - 1].n += vote[i].n;
        else
            vote[joined++] = vote[i];
    }
    *n_votes = joined;
    return vote;
}

/* Winner of each ending into a map; then those that differ from their shorter ending are kept. */
static bool learn_endings(struct learner *l)
{
    uint32_t n_votes = 0;
    struct vote *vote = collect_votes(l, &n_votes);
    struct map winner;
    map_init(&winner, l->arena);
    l->out.ending_key = arena_array(l->arena, n_votes + 1, struct image_text);
    l->out.ending_value = arena_array(l->arena, n_votes + 1, uint32_t);
    if (!vote || !l->out.ending_key || !l->out.ending_value)
        return false;
    for (uint32_t i = 0; i < n_votes;) {
        uint32_t best = i, all = 0, end = i;
        for (; end < n_votes && slice_eq(vote[end].ending, vote[i].ending); end++) {
            all += vote[end].n;
            if (vote[end].n > vote[best].n)
                best = end;
        }
        /* One word alone is no rule, except where nothing shorter speaks (the bare tag). */
        if ((all > 1 || vote[i].ending.n == 2) &&
            !map_set(&winner, vote[i].ending, vote[best].rule))
            return false;
        i = end;
    }
    for (uint32_t i = 0; i < n_votes; i++) {
        struct slice ending = vote[i].ending;
        uint32_t rule = map_get(&winner, ending), shorter = MAP_NONE;
        if (rule == MAP_NONE || (i && slice_eq(vote[i - 1].ending, ending)))
            continue;
        for (size_t cut = 1; cut + 2 <= ending.n && shorter == MAP_NONE; cut++)
            shorter = map_get(&winner, slice_make(ending.p + cut, ending.n - cut));
        if (rule == shorter)
            continue;
        if (!image_pool_add(l->pool, ending, &l->out.ending_key[l->out.n_endings]))
            return false;
        l->out.ending_value[l->out.n_endings++] = rule;
    }
    return true;
}

/* Does the finished rule table give the entry's lemma? */
static bool rules_right(const struct lemma_table *table, const struct entry *e)
{
    char got[256];
    size_t n = lemma_by_rule(table, e->form, e->lower, e->xpos, got, sizeof got);
    return n && slice_eq(slice_make(got, n), e->lemma);
}

/* Entries of training, then those of the list. */
static const struct entry *entry_at(const struct learner *l, uint32_t i)
{
    return i < l->n_entries ? &l->entry[i] : &l->irregular[i - l->n_entries];
}

/*
 * The entry that decides for each (lower, tag): the most frequent of training, whichever its case.
 * The list comes in where training has nothing or next to nothing, which may be an annotator's slip.
 */
static bool choose_entries(const struct learner *l, struct map *best)
{
    map_init(best, l->arena);
    for (uint32_t i = 0; i < l->n_entries + l->n_irregular; i++) {
        const struct entry *e = entry_at(l, i);
        char key[LEMMA_KEY_MAX];
        size_t size = lemma_key(e->lower, e->xpos, key);
        uint32_t had = map_get(best, slice_make(key, size)), n = 0;
        if (had != MAP_NONE)
            n = entry_at(l, had)->n;
        bool better = had == MAP_NONE || (i < l->n_entries ? e->n > n
                                                           : had < l->n_entries && n <= SLIP_MOST);
        if (size && better && !map_set(best, slice_make(key, size), i))
            return false;
    }
    return true;
}

static bool learn_exceptions(struct learner *l)
{
    struct lemma_table table = {.rule = l->out.rule, .n_rules = l->out.n_rules};
    struct image_map_slot *slots;
    uint32_t n_slots, n = l->n_entries + l->n_irregular;
    struct map best;
    l->out.exception_key = arena_array(l->arena, n + 1, struct image_text);
    l->out.exception_value = arena_array(l->arena, n + 1, uint32_t);
    l->out.text = arena_array(l->arena, n + 1, struct image_text);
    if (!l->out.exception_key || !l->out.exception_value || !l->out.text ||
        !image_map_freeze(l->arena, l->out.ending_key, l->out.ending_value, l->out.n_endings,
                          l->pool->bytes.p, &slots, &n_slots) || !choose_entries(l, &best))
        return false;
    table.ending = (struct image_map){slots, n_slots - 1, l->pool->bytes.p};
    table.words = l->words;
    for (uint32_t i = 0; i < n; i++) {
        const struct entry *e = entry_at(l, i);
        char key[LEMMA_KEY_MAX];
        size_t size = lemma_key(e->lower, e->xpos, key);
        table.ending.bytes = table.words.bytes = table.bytes = l->pool->bytes.p; /* it may move */
        if (!size || map_get(&best, slice_make(key, size)) != i || rules_right(&table, e))
            continue;
        uint32_t at = l->out.n_exceptions++;
        l->out.exception_value[at] = at;
        if (!image_pool_add(l->pool, slice_make(key, size), &l->out.exception_key[at]) ||
            !image_pool_add(l->pool, e->lemma, &l->out.text[at]))
            return false;
    }
    l->out.n_texts = l->out.n_exceptions;
    return true;
}

/* ---- the list of irregular forms ---- */

/* The forms in `cell`, '/' between, of a lemma with this tag. */
static bool list_forms(struct learner *l, struct slice lemma, struct slice cell, unsigned xpos)
{
    struct slice form;
    while (slice_cut(&cell, '/', &form)) {
        struct entry *e = ARENA_PUSH(l->arena, l->irregular, l->n_irregular,
                                     l->irregular_capacity);
        if (!e)
            return false;
        *e = (struct entry){.lower = form, .form = form, .lemma = lemma, .xpos = (uint8_t)xpos};
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
        if (!ok || slice_trim(rest).n || (!noun && !adj && !slice_is(kind, "verb")))
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

int lemma_learn(const struct train_data *data, const struct image_map_slot *words,
                uint32_t n_words, const char *irregular, struct arena *arena,
                struct image_pool *pool, struct lemma_learned *out, struct dm_error *err)
{
    struct learner l = {.arena = arena, .pool = pool, .words = {words, n_words - 1, NULL}};
    struct buf list;
    bool ok = true;
    buf_init(&list, 1 << 20);
    map_init(&l.entries, arena);
    map_init(&l.rules, arena);
    int rc = irregular ? file_read(irregular, &list, err) : DM_OK;
    if (rc == DM_OK && irregular)
        rc = list_irregular(&l, irregular, buf_slice(&list), err);
    for (uint32_t f = 0; f < data->n_files && rc == DM_OK; f++)
        for (uint32_t i = 0; i < data->file[f].n; i++)
            for (uint32_t t = 0; t < data->file[f].article[i]->n_toks; t++)
                ok = ok && add_entry(&l, data->file[f].article[i], t);
    if (rc == DM_OK && (!ok || !learn_endings(&l) || !learn_exceptions(&l)))
        rc = dm_fail(err, DM_ENOMEM, "out of memory for the lemmas");
    buf_deinit(&list);
    if (rc == DM_OK)
        *out = l.out;
    return rc;
}
