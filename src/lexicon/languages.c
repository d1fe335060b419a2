/* SPDX-License-Identifier: MIT */
/*
 * languages.c - compile, open and ask the profiles of languages.
 *
 * Reads    records of lexicon/languages/: `script NAME` with facts `range FIRST LAST`, `language CODE`,
 *          `with SCRIPT`; `language CODE | NAME` with `script NAME`, `coded`, `grams WEIGHT GRAM ...`.
 * Leaves   sections s.scripts, s.ranges (sorted), s.languages (by script), s.grams (hash table of
 *          trigrams), s.weights (a row of one byte a language for each trigram).
 * Method   The script that most letters belong to; in it, the language whose trigrams are likeliest
 *          (languages.h). The weight of a trigram is what it adds above the likelihood FLOOR of one that
 *          the language does not have, in quarters of a natural logarithm, so that unknown trigrams cost
 *          nothing. The language that is coded gets the benefit of the doubt: another one must be
 *          DOUBT ahead, unless the source itself says that it is another. Measured by
 *          bench/languages.py.
 * Limits   A trigram has three characters of which '_' is the edge of a word.
 */
#include "lexicon/languages.h"

#include "core/utf8.h"
#include "lexicon/lexicon-parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#define SCRIPTS_MAX 64
#define PIECE_BYTES 256
#define FLOOR 36              /* quarters: -ln of the share of what a language does not have */
#define DOUBT 52              /* another language must be ahead by that much */
#define SURE 240              /* as far ahead, nothing more is looked at */
#define UNLIKE 32             /* mean cost of a trigram above which a text is in no known language ... */
#define UNLIKE_GRAMS 150      /* ... if it has that many */
#define WITH_SHARE 8          /* `with`: one letter of that many */
#define FEW_LETTERS 3         /* fewer tell nothing */
#define EDGE '_'

struct language_script {
    struct image_text name, language;
    uint32_t first, end; /* languages */
    uint32_t with;       /* IMAGE_NONE: none */
};

struct language_range {
    uint32_t first, last, script;
};

struct language {
    struct image_text code;
    uint32_t script, coded;
};

struct language_gram {
    uint64_t key;   /* 0: free */
    uint32_t row, script;
};

struct languages {
    const struct language_script *script;
    const struct language_range *range;
    const struct language *language;
    const struct language_gram *gram;
    const uint8_t *weight; /* n_rows x n_languages */
    uint32_t n_scripts, n_ranges, n_languages, n_grams, n_rows, n_weights;
    uint32_t coded;        /* the language; IMAGE_NONE: none */
};

static uint64_t gram_key(uint32_t a, uint32_t b, uint32_t c)
{
    return (uint64_t)a << 42 | (uint64_t)b << 21 | c;
}

static uint32_t gram_slot(uint64_t key, uint32_t mask)
{
    return (uint32_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 40) & mask;
}

/* ---- compiling ---- */

struct weighed { /* a fact `grams`, until all languages are known */
    uint64_t key;
    uint32_t language; /* in the order of the records */
    uint8_t weight;
};

struct languages_builder {
    struct language_script script[SCRIPTS_MAX];
    struct slice with[SCRIPTS_MAX];
    uint32_t with_line[SCRIPTS_MAX];
    struct language language[LANGUAGES_MAX];
    struct slice script_of[LANGUAGES_MAX];
    uint32_t line[LANGUAGES_MAX];
    struct language_range *range;
    struct weighed *gram;
    uint32_t n_scripts, n_languages, n_ranges, n_grams, n_rows, n_slots;
    size_t room_ranges, room_grams;
    struct language_gram *slot;
    uint8_t *weight;
};

bool languages_start(struct lexicon_builder *b)
{
    b->languages = arena_new(b->arena, struct languages_builder);
    return b->languages != NULL;
}

/* "0041 024F" */
static bool range_read(struct slice text, uint32_t *first, uint32_t *last)
{
    char copy[32], *end = copy;
    snprintf(copy, sizeof copy, "%.*s", (int)text.n, text.p);
    unsigned long a = strtoul(copy, &end, 16), z = 0;
    bool fine = end != copy && *end == ' ';
    if (fine) {
        char *from = end + 1;
        z = strtoul(from, &end, 16);
        fine = end != from && !*end && a <= z && z < 0x110000;
    }
    *first = (uint32_t)a;
    *last = (uint32_t)z;
    return fine;
}

static void take_script(struct lexicon_builder *b, const struct record *record)
{
    struct languages_builder *l = b->languages;
    if (l->n_scripts == SCRIPTS_MAX || record->value.n == 0) {
        lexicon_complain(b, record->line, "a script without a name, or more than %d", SCRIPTS_MAX);
        return;
    }
    uint32_t s = l->n_scripts++;
    l->script[s] = (struct language_script){.name = lexicon_text(b, record->value),
                                            .with = IMAGE_NONE};
    for (uint32_t i = 0; i < record->n_facts; i++) {
        const struct fact *fact = &record->fact[i];
        uint32_t first, last;
        if (slice_is(fact->key, "language") && fact->value.n) {
            l->script[s].language = lexicon_text(b, fact->value);
        } else if (slice_is(fact->key, "with") && fact->value.n) {
            l->with[s] = fact->value;
            l->with_line[s] = fact->line;
        } else if (slice_is(fact->key, "range") && range_read(fact->value, &first, &last)) {
            struct language_range *range =
                ARENA_PUSH(b->arena, l->range, l->n_ranges, l->room_ranges);
            if (range)
                *range = (struct language_range){first, last, s};
            else
                b->no_memory = true;
        } else {
            lexicon_complain(b, fact->line, "wanted 'range FIRST LAST' (hexadecimal), 'language CODE' "
                                            "or 'with SCRIPT'");
        }
    }
}

/* 0: not three characters. */
static uint64_t gram_read(struct slice text)
{
    uint32_t code[3] = {0};
    const char *p = text.p, *end = text.p + text.n;
    int n = 0;
    for (; p < end && n < 3; n++)
        p += utf8_decode(p, end, &code[n]);
    return n == 3 && p == end ? gram_key(code[0], code[1], code[2]) : 0;
}

static void take_grams(struct lexicon_builder *b, const struct fact *fact, uint32_t language)
{
    struct languages_builder *l = b->languages;
    struct slice rest = fact->value, word;
    uint32_t weight = 0;
    if (!slice_word(&rest, &word) || !slice_to_u32(word, &weight) || weight == 0 || weight > FLOOR) {
        lexicon_complain(b, fact->line, "wanted 'grams WEIGHT GRAM ...', the weight 1 to %d", FLOOR);
        return;
    }
    while (slice_word(&rest, &word)) {
        uint64_t key = gram_read(word);
        struct weighed *gram = ARENA_PUSH(b->arena, l->gram, l->n_grams, l->room_grams);
        if (!gram) {
            b->no_memory = true;
            return;
        }
        *gram = (struct weighed){.key = key, .language = language, .weight = (uint8_t)weight};
        if (key == 0) {
            lexicon_complain(b, fact->line, "'%.*s' has not three characters", (int)word.n, word.p);
            l->n_grams--;
        }
    }
}

static void take_language(struct lexicon_builder *b, const struct record *record)
{
    struct languages_builder *l = b->languages;
    struct slice names = record->value, code;
    if (l->n_languages == LANGUAGES_MAX || !record_item(&names, &code)) {
        lexicon_complain(b, record->line, "a language without a code, or more than %d", LANGUAGES_MAX);
        return;
    }
    uint32_t n = l->n_languages++;
    l->language[n] = (struct language){.code = lexicon_text(b, code)};
    l->line[n] = record->line;
    for (uint32_t i = 0; i < record->n_facts; i++) {
        const struct fact *fact = &record->fact[i];
        if (slice_is(fact->key, "script"))
            l->script_of[n] = fact->value;
        else if (slice_is(fact->key, "coded"))
            l->language[n].coded = 1;
        else if (slice_is(fact->key, "grams"))
            take_grams(b, fact, n);
        else
            lexicon_complain(b, fact->line, "'language' has no fact '%.*s'; wanted 'script NAME', "
                             "'coded' or 'grams WEIGHT GRAM ...'", (int)fact->key.n, fact->key.p);
    }
}

bool languages_take_record(struct lexicon_builder *b, const struct record *record)
{
    if (slice_is(record->key, "script"))
        take_script(b, record);
    else if (slice_is(record->key, "language"))
        take_language(b, record);
    else
        return false;
    return true;
}

static uint32_t script_named(const struct lexicon_builder *b, struct slice name)
{
    const struct languages_builder *l = b->languages;
    for (uint32_t s = 0; s < l->n_scripts; s++)
        if (slice_eq(lexicon_built_text(b, l->script[s].name), name))
            return s;
    return IMAGE_NONE;
}

static int range_order(const void *a, const void *b)
{
    const struct language_range *x = a, *y = b;
    return x->first < y->first ? -1 : x->first > y->first;
}

/* Languages in the order of their scripts; `to` says where each record's came. */
static void sort_languages(struct lexicon_builder *b, struct language *sorted, uint32_t *to)
{
    struct languages_builder *l = b->languages;
    uint32_t n = 0;
    for (uint32_t s = 0; s < l->n_scripts; s++) {
        l->script[s].first = n;
        for (uint32_t i = 0; i < l->n_languages; i++)
            if (script_named(b, l->script_of[i]) == s) {
                sorted[n] = l->language[i];
                sorted[n].script = s;
                to[i] = n++;
            }
        l->script[s].end = n;
    }
    for (uint32_t i = 0; i < l->n_languages; i++)
        if (script_named(b, l->script_of[i]) == IMAGE_NONE)
            lexicon_complain(b, l->line[i], "a language needs 'script NAME' of a script that is there");
}

/* The slot of the trigram, made when new. */
static struct language_gram *slot_of(struct languages_builder *l, uint64_t key)
{
    uint32_t mask = l->n_slots - 1;
    for (uint32_t i = gram_slot(key, mask);; i = (i + 1) & mask) {
        if (l->slot[i].key == 0)
            l->slot[i] = (struct language_gram){.key = key, .row = l->n_rows++, .script = IMAGE_NONE};
        if (l->slot[i].key == key)
            return &l->slot[i];
    }
}

static void weigh_all(struct lexicon_builder *b, const struct language *sorted, const uint32_t *to)
{
    struct languages_builder *l = b->languages;
    l->n_slots = 16;
    while (l->n_slots < l->n_grams * 2)
        l->n_slots *= 2;
    l->slot = arena_array(b->arena, l->n_slots, struct language_gram);
    l->weight = arena_array(b->arena, (size_t)l->n_grams * l->n_languages, uint8_t);
    if (!l->slot || !l->weight) {
        b->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < l->n_grams; i++) {
        struct language_gram *slot = slot_of(l, l->gram[i].key);
        uint32_t language = to[l->gram[i].language];
        slot->script = sorted[language].script;
        l->weight[(size_t)slot->row * l->n_languages + language] = l->gram[i].weight;
    }
}

void languages_finish(struct lexicon_builder *b)
{
    struct languages_builder *l = b->languages;
    struct language *sorted = arena_array(b->arena, l->n_languages, struct language);
    uint32_t *to = arena_array(b->arena, l->n_languages, uint32_t);
    if (!sorted || !to) {
        b->no_memory = true;
        return;
    }
    for (uint32_t s = 0; s < l->n_scripts; s++)
        if (l->with[s].n && (l->script[s].with = script_named(b, l->with[s])) == IMAGE_NONE)
            lexicon_complain(b, l->with_line[s], "there is no script '%.*s'", (int)l->with[s].n,
                             l->with[s].p);
    if (l->n_ranges)
        qsort(l->range, l->n_ranges, sizeof *l->range, range_order);
    sort_languages(b, sorted, to);
    weigh_all(b, sorted, to);
    lexicon_section(b, "s.scripts", l->script, l->n_scripts, sizeof *l->script);
    lexicon_section(b, "s.ranges", l->range, l->n_ranges, sizeof *l->range);
    lexicon_section(b, "s.languages", sorted, l->n_languages, sizeof *sorted);
    lexicon_section(b, "s.grams", l->slot, l->n_slots, sizeof *l->slot);
    lexicon_section(b, "s.weights", l->weight, (size_t)l->n_rows * l->n_languages, 1);
}

/* ---- opening ---- */

static bool scripts_fine(const struct lexicon *lexicon, const struct languages *l)
{
    bool fine = l->n_scripts <= SCRIPTS_MAX && l->n_languages <= LANGUAGES_MAX;
    for (uint32_t i = 0; fine && i < l->n_scripts; i++) {
        const struct language_script *script = &l->script[i];
        fine = lexicon_text_ok(lexicon, script->name) && lexicon_text_ok(lexicon, script->language) &&
               script->first <= script->end && script->end <= l->n_languages &&
               (script->with < l->n_scripts || script->with == IMAGE_NONE);
    }
    for (uint32_t i = 0; fine && i < l->n_ranges; i++)
        fine = l->range[i].script < l->n_scripts;
    for (uint32_t i = 0; fine && i < l->n_languages; i++)
        fine = lexicon_text_ok(lexicon, l->language[i].code) && l->language[i].script < l->n_scripts;
    return fine;
}

/* A table with a free slot, whose rows are there. */
static bool grams_fine(const struct languages *l)
{
    uint32_t n_free = 0;
    if (l->n_grams == 0 || (l->n_grams & (l->n_grams - 1)))
        return false;
    for (uint32_t i = 0; i < l->n_grams; i++) {
        const struct language_gram *gram = &l->gram[i];
        n_free += gram->key == 0;
        if (gram->key && (gram->script >= l->n_scripts ||
                          ((uint64_t)gram->row + 1) * l->n_languages > l->n_weights))
            return false;
    }
    return n_free > 0;
}

int languages_open(struct lexicon *lexicon, struct dm_error *err)
{
    struct languages *l = arena_new(&lexicon->arena, struct languages);
    if (!l)
        return dm_fail(err, DM_ENOMEM, "lexicon: out of memory");
    const struct lexicon_section_at section[] = {
        {"s.scripts", sizeof *l->script, &l->script, &l->n_scripts},
        {"s.ranges", sizeof *l->range, &l->range, &l->n_ranges},
        {"s.languages", sizeof *l->language, &l->language, &l->n_languages},
        {"s.grams", sizeof *l->gram, &l->gram, &l->n_grams},
        {"s.weights", 1, &l->weight, &l->n_weights},
    };
    int rc = lexicon_sections(lexicon, section, sizeof section / sizeof *section, err);
    if (rc == 0 && !scripts_fine(lexicon, l))
        rc = lexicon_bad("s.scripts", err);
    if (rc == 0 && !grams_fine(l))
        rc = lexicon_bad("s.grams", err);
    if (rc < 0)
        return rc;
    l->coded = IMAGE_NONE;
    for (uint32_t i = 0; i < l->n_languages; i++)
        if (l->language[i].coded && l->coded == IMAGE_NONE)
            l->coded = i;
    lexicon->languages = l;
    return 0;
}

/* ---- asking ---- */

struct tally {
    const struct languages *languages;
    uint32_t weight[LANGUAGES_MAX]; /* sums */
    uint32_t n_grams[SCRIPTS_MAX], n_letters[SCRIPTS_MAX];
    uint32_t ascii;                 /* the script of ASCII's letters, or IMAGE_NONE */
};

static uint32_t script_of(const struct languages *l, uint32_t code)
{
    uint32_t low = 0, high = l->n_ranges;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (l->range[middle].last < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low < l->n_ranges && l->range[low].first <= code ? l->range[low].script : IMAGE_NONE;
}

static void count_gram(struct tally *tally, const uint32_t before[2], uint32_t code,
                       uint32_t script)
{
    const struct languages *l = tally->languages;
    uint64_t key = gram_key(before[0], before[1], code);
    uint32_t mask = l->n_grams - 1;
    tally->n_grams[script]++;
    for (uint32_t i = gram_slot(key, mask); l->gram[i].key; i = (i + 1) & mask) {
        if (l->gram[i].key != key)
            continue;
        const struct language_script *of = &l->script[l->gram[i].script];
        const uint8_t *weight = l->weight + (size_t)l->gram[i].row * l->n_languages;
        for (uint32_t k = of->first; k < of->end; k++)
            tally->weight[k] += weight[k];
        return;
    }
}

/* The lower-cased character at p and its length; *script is IMAGE_NONE where it is no letter. */
static unsigned next_letter(const struct tally *tally, const char *p, const char *end,
                            uint32_t *code, uint32_t *script)
{
    *script = IMAGE_NONE;
    if ((unsigned char)*p < 0x80) {
        *code = (unsigned char)*p | 32;
        if (*code >= 'a' && *code <= 'z')
            *script = tally->ascii;
        return 1;
    }
    unsigned n = utf8_decode(p, end, code);
    *code = utf8_lower_one(*code);
    if (utf8_is_letter(*code))
        *script = script_of(tally->languages, *code);
    return n;
}

/* The words of a stretch of text. */
static void count_text(struct tally *tally, const char *p, const char *end)
{
    uint32_t before[2] = {0, EDGE}, of = IMAGE_NONE; /* [0]: 0 at the start of a word */
    while (p < end) {
        uint32_t code, script;
        p += next_letter(tally, p, end, &code, &script);
        if (script == IMAGE_NONE) {
            if (before[0])
                count_gram(tally, before, EDGE, of);
            before[0] = 0;
            before[1] = EDGE;
            continue;
        }
        of = script;
        tally->n_letters[of]++;
        if (before[0])
            count_gram(tally, before, code, of);
        before[0] = before[1];
        before[1] = code;
    }
    if (before[0])
        count_gram(tally, before, EDGE, of);
}

/* The likeliest language of a script but the coded one; IMAGE_NONE: it has none. */
static uint32_t likeliest(const struct tally *tally, uint32_t script)
{
    const struct languages *l = tally->languages;
    uint32_t best = IMAGE_NONE;
    for (uint32_t i = l->script[script].first; i < l->script[script].end; i++)
        if (i != l->coded && (best == IMAGE_NONE || tally->weight[i] > tally->weight[best]))
            best = i;
    return best;
}

static bool is_sure(const struct tally *tally)
{
    const struct languages *l = tally->languages;
    if (l->coded == IMAGE_NONE)
        return false;
    uint32_t rival = likeliest(tally, l->language[l->coded].script);
    return rival != IMAGE_NONE && tally->weight[l->coded] > tally->weight[rival] + SURE;
}

/* Piece by piece, until enough was seen. */
static void count_article(struct tally *tally, const struct dm_article *article)
{
    size_t left = LANGUAGES_BYTES;
    for (uint32_t b = 0; b < article->n_blocks && left; b++) {
        const struct block *block = &article->block[b];
        if (block->kind != BLOCK_BODY && block->kind != BLOCK_HEADLINE)
            continue;
        const char *p = article->text.p + block->begin, *end = article->text.p + block->end;
        while (p < end && left) {
            const char *stop = p + PIECE_BYTES < end ? p + PIECE_BYTES : end;
            while (stop < end && *stop != ' ' && stop < p + 2 * PIECE_BYTES)
                stop++;
            count_text(tally, p, stop);
            left -= (size_t)(stop - p) < left ? (size_t)(stop - p) : left;
            p = stop;
            if (is_sure(tally))
                return;
        }
    }
}

/* The script of most letters; IMAGE_NONE: too few of any. */
static uint32_t main_script(struct tally *tally)
{
    const struct languages *l = tally->languages;
    uint32_t best = IMAGE_NONE, most = FEW_LETTERS - 1;
    for (uint32_t s = 0; s < l->n_scripts; s++) {
        uint32_t with = l->script[s].with;
        if (with != IMAGE_NONE && tally->n_letters[s] * WITH_SHARE >= tally->n_letters[with])
            tally->n_letters[s] += tally->n_letters[with];
    }
    for (uint32_t s = 0; s < l->n_scripts; s++)
        if (tally->n_letters[s] > most) {
            most = tally->n_letters[s];
            best = s;
        }
    return best;
}

/* "there is enough text, and too few of the language's trigrams in it" */
static bool is_unlike(const struct tally *tally, uint32_t language, uint32_t script)
{
    uint32_t n = tally->n_grams[script];
    return n >= UNLIKE_GRAMS && (uint64_t)n * FLOOR > tally->weight[language] + (uint64_t)n * UNLIKE;
}

/* What another language must be ahead by; nothing where the source itself says it is another. */
static uint32_t doubt(const struct lexicon *lexicon, const struct dm_article *article)
{
    const struct languages *l = lexicon->languages;
    struct slice code = lexicon_slice(lexicon, l->language[l->coded].code), said = article->lang;
    bool same = said.n < 2 || (said.n >= code.n && strncasecmp(said.p, code.p, code.n) == 0);
    return same ? DOUBT : 0;
}

struct slice languages_find(const struct lexicon *lexicon, const struct dm_article *article,
                            bool *coded)
{
    const struct languages *l = lexicon->languages;
    struct tally tally = {.languages = l, .ascii = script_of(l, 'a')};
    *coded = true;
    if (l->coded == IMAGE_NONE)
        return slice_make("", 0);
    count_article(&tally, article);
    uint32_t script = main_script(&tally);
    if (script == IMAGE_NONE)
        return slice_make("", 0);
    uint32_t best = likeliest(&tally, script);
    bool home = script == l->language[l->coded].script;
    uint32_t ahead = tally.weight[l->coded] + doubt(lexicon, article);
    if (home && (best == IMAGE_NONE || tally.weight[best] <= ahead))
        best = l->coded;
    if (best == IMAGE_NONE || (home && is_unlike(&tally, best, script))) {
        *coded = false;
        struct image_text only = l->script[script].language;
        return only.n ? lexicon_slice(lexicon, only) : SLICE_LIT(LANGUAGES_UNKNOWN);
    }
    *coded = best == l->coded;
    return lexicon_slice(lexicon, l->language[best].code);
}
