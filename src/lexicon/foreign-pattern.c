/* SPDX-License-Identifier: MIT */
/*
 * foreign-pattern.c - words and patterns of a dictionary of verbs, as lemmas and conditions on a tree.
 *
 *   PLANES * &TOWN IN_ +      need subj|head|aux planes | plane; need obj|xcomp|ccomp|advcl @town;
 *                             recipient in | obj
 *
 * Method   A pattern is a row of words; a frame is a tree with conditions. Words behind the verb become
 *          conditions on its object or clause, behind a preposition on that; words before it conditions
 *          on its subject, auxiliaries, negation or the verb over it. $ and + name the paths of actor and
 *          recipient; subject and object mean the same in active and passive.
 * Limits   Gaps ('^') and the order of words are not kept. A pattern of nothing but prepositions has no
 *          meaning here.
 */
#include "lexicon/foreign-parts.h"

#include "core/utf8.h"
#include "lexicon/frame-compile.h"

#include <stdio.h>

#define WORD_MAX_BYTES 60

/* ---- words ---- */

/* A word in small letters into the arena; empty when there is more in it than letters and digits. */
struct slice foreign_word(struct foreign *f, struct slice word)
{
    while (word.n && strchr("_-'.,:", word.p[word.n - 1]))
        word.n--;
    while (word.n && strchr("_-'", word.p[0]))
        word = slice_make(word.p + 1, word.n - 1);
    for (size_t i = 0; i < word.n; i++) {
        char c = word.p[i];
        if ((unsigned char)c < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
            !(c >= '0' && c <= '9') && c != '-' && c != '\'' && c != '.')
            return slice_make("", 0);
        if (c == '.' && i + 1 < word.n && word.p[i + 1] == '.')
            return slice_make("", 0);
    }
    if (word.n == 0 || word.n > WORD_MAX_BYTES)
        return slice_make("", 0);
    struct slice low = utf8_lower(f->ask->arena, word);
    if (!low.p)
        f->no_memory = true;
    return low.p ? low : slice_make("", 0);
}

static uint32_t add_form(struct slice *out, uint32_t n, struct slice word)
{
    for (uint32_t i = 0; i < n; i++)
        if (slice_eq(out[i], word))
            return n;
    if (n < FOREIGN_FORMS && word.n)
        out[n++] = word;
    return n;
}

static bool is_letter_twice(struct slice word)
{
    return word.n > 2 && word.p[word.n - 1] == word.p[word.n - 2];
}

/*
 * The lemmas that a form may be of, by regular spelling; wrong ones do no harm, since no text has
 * them. `stem`: TABARI also cuts ends off ("ABUS", "ACCELERAT").
 */
uint32_t foreign_lemmas(struct foreign *f, struct slice word, bool stem, struct slice *out)
{
    struct arena *arena = f->ask->arena;
    uint32_t known = map_get(&f->ask->codes->form, word), n = 0;
    if (known != MAP_NONE)
        return add_form(out, add_form(out, 0, f->ask->codes->lemma[known]), word);
    n = add_form(out, n, word);
    size_t cut = slice_ends(word, "ing") ? 3 : slice_ends(word, "ed") ? 2 : 0;
    if (cut && word.n > cut + 2) {
        struct slice base = slice_make(word.p, word.n - cut);
        n = add_form(out, n, base);
        n = add_form(out, n, arena_printf(arena, "%.*se", (int)base.n, base.p));
        if (is_letter_twice(base))
            n = add_form(out, n, slice_make(base.p, base.n - 1));
        if (slice_ends(base, "i"))
            n = add_form(out, n, arena_printf(arena, "%.*sy", (int)base.n - 1, base.p));
    } else if (slice_ends(word, "ies") && word.n > 4) {
        n = add_form(out, n, arena_printf(arena, "%.*sy", (int)word.n - 3, word.p));
    } else if (slice_ends(word, "s") && !slice_ends(word, "ss") && word.n > 3) {
        n = add_form(out, n, slice_make(word.p, word.n - 1));
        if (slice_ends(word, "sses") || slice_ends(word, "xes") || slice_ends(word, "ches") ||
            slice_ends(word, "shes") || slice_ends(word, "oes"))
            n = add_form(out, n, slice_make(word.p, word.n - 2));
    }
    if (stem && word.n > 2 && !slice_ends(word, "e"))
        n = add_form(out, n, arena_printf(arena, "%.*se", (int)word.n, word.p));
    return n;
}

/* ---- patterns ---- */

static bool push_token(struct foreign *f, struct foreign_pattern *pattern, struct slice word,
                       struct slice other)
{
    static const struct { char sign; enum foreign_token_kind kind; } signs[] = {
        {'$', TOKEN_SOURCE}, {'+', TOKEN_TARGET}, {'%', TOKEN_BOTH}, {'*', TOKEN_VERB}};
    if (pattern->n == FOREIGN_TOKENS)
        return false;
    struct foreign_token *token = &pattern->token[pattern->n];
    *token = (struct foreign_token){.kind = TOKEN_WORD, .word = word, .other = other};
    if (word.n == 1 && word.p[0] == '^')
        return true;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (word.n == 1 && word.p[0] == signs[i].sign) {
            token->kind = signs[i].kind;
            if (token->kind == TOKEN_VERB)
                pattern->verb = pattern->n;
            pattern->n++;
            return true;
        }
    if (word.p[0] == '&') {
        token->kind = TOKEN_LIST;
        word = slice_make(word.p + 1, word.n - 1);
    }
    token->word = foreign_word(f, word);
    token->preposition = terms_is_preposition(token->word);
    pattern->n += token->word.n > 0;
    return token->word.n > 0;
}

/* The words and signs of a pattern; false when there is something else in it or no verb. */
static bool read_tokens(struct foreign *f, struct slice text, struct foreign_pattern *pattern)
{
    char clean[RECORD_LINE_MAX];
    size_t n = 0;
    for (size_t i = 0; i < text.n && n + 3 < sizeof clean; i++) {
        char c = strchr("_()", text.p[i]) ? ' ' : text.p[i];
        bool sign = strchr("{}|*", c) != NULL;
        if (sign)
            clean[n++] = ' ';
        clean[n++] = c;
        if (sign)
            clean[n++] = ' ';
    }
    struct slice rest = arena_copy(f->ask->arena, slice_make(clean, n)), word, inside;
    pattern->verb = FOREIGN_TOKENS;
    while (slice_word(&rest, &word)) {
        struct slice other = slice_make("", 0);
        if (word.p[0] == '{') {
            struct slice from = slice_make(word.p, word.n + (size_t)(rest.p + rest.n - word.p) -
                                                       word.n);
            if (foreign_bracket(&from, '{', '}', &inside) <= 0)
                return false;
            rest = from;
            if (!memchr(inside.p, '|', inside.n)) { /* a noun phrase */
                while (slice_word(&inside, &word))
                    if (!push_token(f, pattern, word, other))
                        return false;
                continue;
            }
            other = inside;
            if (!slice_word(&inside, &word))
                return false;
        }
        if (!push_token(f, pattern, word, other))
            return false;
    }
    return pattern->verb < pattern->n;
}

static void add_need(struct foreign *f, struct foreign_pattern *pattern, const char *path,
                     struct slice tests)
{
    if (pattern->n_needs == FOREIGN_NEEDS || tests.n == 0)
        return;
    struct slice text = arena_printf(f->ask->arena, "%s %.*s", path, (int)tests.n, tests.p);
    if (text.p)
        pattern->need[pattern->n_needs++] = text;
    else
        f->no_memory = true;
}

/* "meeting | meet", "@list", "a | b" for a token alone. */
static struct slice tests_of(struct foreign *f, const struct foreign_lists *lists,
                             struct foreign_pattern *pattern, const struct foreign_token *token)
{
    struct slice form[FOREIGN_FORMS], out, list = token->other, item;
    if (token->kind == TOKEN_LIST) {
        pattern->unknown_list |= map_get(&lists->names, token->word) == MAP_NONE;
        return arena_printf(f->ask->arena, "@%.*s-%.*s", (int)lists->file.n, lists->file.p,
                            (int)token->word.n, token->word.p);
    }
    uint32_t n = foreign_lemmas(f, token->word, false, form);
    out = form[0];
    for (uint32_t i = 1; i < n && out.p; i++)
        out = arena_printf(f->ask->arena, "%.*s | %.*s", (int)out.n, out.p, (int)form[i].n,
                           form[i].p);
    while (out.p && out.n < 1000 && slice_cut(&list, '|', &item)) {
        item = foreign_word(f, slice_trim(item));
        if (item.n && !slice_eq(item, token->word))
            out = arena_printf(f->ask->arena, "%.*s | %.*s", (int)out.n, out.p, (int)item.n,
                               item.p);
    }
    if (!out.p)
        f->no_memory = true;
    return out.p ? out : slice_make("", 0);
}

/* The words [first, end) behind the verb, all below `path`: one word, or a phrase. */
static void need_phrase(struct foreign *f, const struct foreign_lists *lists,
                        struct foreign_pattern *pattern, const char *path, uint32_t first,
                        uint32_t end)
{
    bool any_list = false;
    for (uint32_t i = first; i < end; i++)
        any_list |= pattern->token[i].kind == TOKEN_LIST;
    if (end - first == 1 || any_list || end - first > FRAME_PHRASE_MAX) {
        for (uint32_t i = first; i < end; i++)
            add_need(f, pattern, i + 1 == end ? path : "any",
                     tests_of(f, lists, pattern, &pattern->token[i]));
        return;
    }
    struct slice phrase = pattern->token[first].word, lemma[FOREIGN_FORMS];
    for (uint32_t i = first + 1; i < end && phrase.p; i++) {
        uint32_t n = i + 1 == end ? foreign_lemmas(f, pattern->token[i].word, false, lemma) : 0;
        struct slice word = n ? lemma[n > 1] : pattern->token[i].word; /* "talks": talk */
        phrase = arena_printf(f->ask->arena, "%.*s %.*s", (int)phrase.n, phrase.p, (int)word.n,
                              word.p);
    }
    if (phrase.p)
        add_need(f, pattern, path, phrase);
    else
        f->no_memory = true;
}

/* What a sign names: `$` and `+` behind a preposition are below it. */
static void take_sign(struct foreign *f, struct foreign_pattern *pattern,
                      enum foreign_token_kind kind, struct slice prep)
{
    struct slice *path = kind == TOKEN_SOURCE ? &pattern->actor : &pattern->recipient;
    if (kind == TOKEN_BOTH)
        pattern->mutual = true;
    else if (prep.n && !slice_is(prep, "by") && path->n == 0)
        *path = arena_printf(f->ask->arena, "%.*s | %s", (int)prep.n, prep.p,
                             kind == TOKEN_SOURCE ? "subj" : "obj");
}

static void read_behind(struct foreign *f, const struct foreign_lists *lists,
                        struct foreign_pattern *pattern)
{
    struct slice prep = {"", 0};
    char path[WORD_MAX_BYTES + 40] = "obj|xcomp|ccomp|advcl";
    for (uint32_t i = pattern->verb + 1; i < pattern->n;) {
        const struct foreign_token *token = &pattern->token[i];
        if (token->kind != TOKEN_WORD && token->kind != TOKEN_LIST) {
            take_sign(f, pattern, token->kind, prep);
            i++;
            continue;
        }
        if (token->preposition) {
            prep = token->word;
            if (i == pattern->verb + 1)
                pattern->particle = prep;
            snprintf(path, sizeof path, "%.*s%s", (int)prep.n, prep.p,
                     slice_is(prep, "to") ? "|xcomp" : i == pattern->verb + 1 ? "|obj" : "");
            i++;
            continue;
        }
        uint32_t end = i;
        while (end < pattern->n && !pattern->token[end].preposition &&
               (pattern->token[end].kind == TOKEN_WORD || pattern->token[end].kind == TOKEN_LIST))
            end++;
        /* right behind a party stands a word of it, or what it does: both are somewhere else */
        bool of_party = pattern->token[i - 1].kind != TOKEN_WORD &&
                        pattern->token[i - 1].kind != TOKEN_LIST && i - 1 != pattern->verb;
        need_phrase(f, lists, pattern, of_party ? "any" : path, i, end);
        i = end;
    }
}

static void read_before(struct foreign *f, const struct foreign_lists *lists,
                        struct foreign_pattern *pattern)
{
    for (uint32_t i = 0; i < pattern->verb; i++) {
        const struct foreign_token *token = &pattern->token[i];
        if (token->kind != TOKEN_WORD && token->kind != TOKEN_LIST) {
            take_sign(f, pattern, token->kind, slice_make("", 0));
            continue;
        }
        if (token->preposition)
            continue;
        bool negates = map_get(&f->ask->codes->negation, token->word) != MAP_NONE;
        pattern->negated |= negates;
        add_need(f, pattern, negates ? "neg" : "subj|head|aux",
                 negates ? slice_make("", 0) : tests_of(f, lists, pattern, token));
    }
    if (pattern->negated)
        add_need(f, pattern, "neg", SLICE_LIT("@negation"));
}

bool foreign_pattern_read(struct foreign *f, const struct foreign_lists *lists, struct slice text,
                          struct foreign_pattern *pattern)
{
    if (!read_tokens(f, text, pattern))
        return false;
    read_behind(f, lists, pattern);
    read_before(f, lists, pattern);
    bool says = pattern->n_needs || pattern->particle.n || pattern->actor.n ||
                pattern->recipient.n || pattern->mutual;
    return says || pattern->n < 2 || !pattern->token[0].preposition;
}
