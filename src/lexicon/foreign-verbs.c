/* SPDX-License-Identifier: MIT */
/*
 * foreign-verbs.c - dictionaries of verbs and their patterns, made frames; lists of discards.
 *
 *   --- ARREST [173] ---                 the code of the verbs that follow
 *   ARREST {ARRESTS ARRESTED}            a verb, in TABARI's form with its code: ARREST [173]
 *   +BREAK_DOWN                          another of the block; '+' stands before the verb itself
 *   &CURRENCY  +DOLLAR  +EURO            a list of words, used in patterns as &CURRENCY
 *   - * MEETING WITH_ + [164]            a pattern: what stands before and behind the verb
 *
 * Method   A pattern is a row of words; a frame is a tree with conditions. Words behind the verb become
 *          conditions on its object or clause, behind a preposition on that; words before it conditions
 *          on its subject, auxiliaries, negation or the verb over it. $ and + name the paths of actor and
 *          recipient; subject and object mean the same in active and passive. A pattern without a code
 *          ("[---]") of one condition becomes an `avoid` of the verb's own frame. All frames have a low
 *          priority: what the lexicon knows goes first.
 * Limits   What has no such meaning is told: transformations, patterns of nothing but prepositions, codes
 *          that are none of CAMEO's. Gaps ('^') and the order of words are not kept.
 */
#include "lexicon/foreign-parts.h"

#include "core/utf8.h"
#include "lexicon/frame-compile.h"

#include <stdio.h>

#define VERBS_MAX 256      /* of a block */
#define AVOIDS_MAX 512
#define FORMS_MAX 6        /* lemmas that a form may be of */
#define TOKENS_MAX 32      /* of a pattern */
#define NEEDS_MAX 12
#define WORD_MAX_BYTES 60
#define PRIORITY (-50)

/* ---- words ---- */

/* A word in small letters into the arena; empty when there is more in it than letters and digits. */
static struct slice plain_word(struct foreign *f, struct slice word)
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
    if (n < FORMS_MAX && word.n)
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
static uint32_t lemmas_of(struct foreign *f, struct slice word, bool stem, struct slice *out)
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

/* ---- blocks ---- */

struct condition {
    struct slice text; /* "obj|xcomp meeting | meet" */
};

struct verbs {
    struct slice verb[VERBS_MAX]; /* "carry out" */
    uint32_t n_verbs, line;       /* line of the first */
    struct slice code;            /* what the verbs are when no pattern holds; may be empty */
    bool header;                  /* there was a "--- X ---" over them: forms are told, not cut */
    struct condition avoid[AVOIDS_MAX];
    uint32_t n_avoids;
    bool in_list;                 /* '+' lines are words of the list */
    struct slice file;            /* the dictionary's name, for names of frames and classes */
    struct map lists;             /* names of the lists read so far */
};

/* The CAMEO code of "[036:036]", "[100!]", the nearest over it that is known; empty: none. */
static struct slice cameo_of(const struct foreign *f, struct slice code, struct slice *type)
{
    size_t n = 0;
    while (n < code.n && code.p[n] >= '0' && code.p[n] <= '9')
        n++;
    for (; n >= 2; n--) {
        uint32_t i = map_get(&f->ask->codes->cameo, slice_make(code.p, n));
        if (i != MAP_NONE && f->ask->codes->type[i].n) {
            *type = f->ask->codes->type[i];
            return slice_make(code.p, n);
        }
    }
    return slice_make("", 0);
}

/* No event: "---", "###", or a code of CAMEO that PLOVER has no type for ("012", a statement). */
static bool is_null(const struct foreign *f, struct slice code)
{
    size_t n = 0;
    while (n < code.n && code.p[n] >= '0' && code.p[n] <= '9')
        n++;
    uint32_t i = map_get(&f->ask->codes->cameo, slice_make(code.p, n));
    return code.n == 0 || code.p[0] == '-' || code.p[0] == '#' || code.p[0] == '+' ||
           (i != MAP_NONE && f->ask->codes->type[i].n == 0);
}

static bool emit_frame_head(struct foreign *f, const struct verbs *verbs, uint32_t line,
                            struct slice code, struct slice particle)
{
    struct slice type, cameo = cameo_of(f, code, &type);
    if (cameo.n == 0) {
        foreign_tell(f, line, "[%.*s] is no code of CAMEO", (int)code.n, code.p);
        return false;
    }
    foreign_emit(f, line, "frame %.*s-%u", (int)verbs->file.n, verbs->file.p, line);
    foreign_emit(f, line, "    type %.*s", (int)type.n, type.p);
    foreign_emit(f, line, "    cameo %.*s", (int)cameo.n, cameo.p);
    foreign_emit(f, line, "    priority %d", PRIORITY);
    for (uint32_t i = 0; i < verbs->n_verbs; i++)
        foreign_emit(f, line, "    verb %.*s%s%.*s", (int)verbs->verb[i].n, verbs->verb[i].p,
                     particle.n ? " " : "", (int)particle.n, particle.p);
    return true;
}

static void end_verbs(struct foreign *f, struct verbs *verbs)
{
    if (verbs->n_verbs && !is_null(f, verbs->code) &&
        emit_frame_head(f, verbs, verbs->line, verbs->code, slice_make("", 0))) {
        foreign_emit(f, verbs->line, "    actor subj");
        foreign_emit(f, verbs->line, "    recipient obj | iobj | with | against | on");
        for (uint32_t i = 0; i < verbs->n_avoids; i++)
            foreign_emit(f, verbs->line, "    avoid %.*s", (int)verbs->avoid[i].text.n,
                         verbs->avoid[i].text.p);
    }
    verbs->n_verbs = verbs->n_avoids = 0;
    verbs->header = verbs->in_list = false;
    verbs->code = slice_make("", 0);
}

/* "CARRIED_OUT", "+BREAK_DOWN", "WIRE_+TAP" as "carry out", "break down", "tap wire". */
static void add_verb(struct foreign *f, struct verbs *verbs, struct slice text)
{
    struct slice word[FRAME_PHRASE_MAX], piece, lemma[FORMS_MAX];
    uint32_t n = 0, at = 0;
    while (slice_cut(&text, '_', &piece)) {
        bool marked = slice_starts(piece, "+");
        if (marked)
            piece = slice_make(piece.p + 1, piece.n - 1);
        piece = plain_word(f, piece);
        if (piece.n == 0 || n == FRAME_PHRASE_MAX)
            continue;
        if (marked)
            at = n;
        word[n++] = piece;
    }
    f->n_read++;
    if (n == 0) {
        foreign_tell(f, f->line, "no verb");
        return;
    }
    f->n_taken++;
    if (verbs->n_verbs == 0)
        verbs->line = f->line;
    uint32_t n_lemmas = lemmas_of(f, word[at], !verbs->header, lemma);
    for (uint32_t i = 0; i < n_lemmas && verbs->n_verbs < VERBS_MAX; i++) {
        struct slice phrase = lemma[i];
        for (uint32_t k = 0; k < n && phrase.p; k++)
            if (k != at)
                phrase = arena_printf(f->ask->arena, "%.*s %.*s", (int)phrase.n, phrase.p,
                                      (int)word[k].n, word[k].p);
        if (phrase.p)
            verbs->verb[verbs->n_verbs++] = phrase;
        else
            f->no_memory = true;
    }
}

/* ---- patterns ---- */

enum token_kind { TOKEN_WORD, TOKEN_LIST, TOKEN_SOURCE, TOKEN_TARGET, TOKEN_BOTH, TOKEN_VERB };

struct token {
    enum token_kind kind;
    struct slice word;  /* in small letters; of a list its name */
    struct slice other; /* the rest of "{ A | B }", as it stands */
    bool preposition;
};

struct pattern {
    struct token token[TOKENS_MAX];
    uint32_t n, verb;     /* verb: where it stands */
    struct slice particle; /* the preposition right behind the verb */
    struct condition need[NEEDS_MAX];
    uint32_t n_needs;
    struct slice actor, recipient; /* paths, empty: as usual */
    bool mutual, negated;
    bool unknown_list;
};

static bool push_token(struct foreign *f, struct pattern *pattern, struct slice word,
                       struct slice other)
{
    static const struct { char sign; enum token_kind kind; } signs[] = {
        {'$', TOKEN_SOURCE}, {'+', TOKEN_TARGET}, {'%', TOKEN_BOTH}, {'*', TOKEN_VERB}};
    if (pattern->n == TOKENS_MAX)
        return false;
    struct token *token = &pattern->token[pattern->n];
    *token = (struct token){.kind = TOKEN_WORD, .word = word, .other = other};
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
    token->word = plain_word(f, word);
    token->preposition = terms_is_preposition(token->word);
    pattern->n += token->word.n > 0;
    return token->word.n > 0;
}

/* The words and signs of a pattern; false when there is something else in it or no verb. */
static bool read_tokens(struct foreign *f, struct slice text, struct pattern *pattern)
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
    pattern->verb = TOKENS_MAX;
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

static void add_need(struct foreign *f, struct pattern *pattern, const char *path,
                     struct slice tests)
{
    if (pattern->n_needs == NEEDS_MAX || tests.n == 0)
        return;
    struct slice text = arena_printf(f->ask->arena, "%s %.*s", path, (int)tests.n, tests.p);
    if (text.p)
        pattern->need[pattern->n_needs++].text = text;
    else
        f->no_memory = true;
}

/* "meeting | meet", "@list", "a | b" for a token alone. */
static struct slice tests_of(struct foreign *f, const struct verbs *verbs,
                             struct pattern *pattern, const struct token *token)
{
    struct slice form[FORMS_MAX], out, list = token->other, item;
    if (token->kind == TOKEN_LIST) {
        pattern->unknown_list |= map_get(&verbs->lists, token->word) == MAP_NONE;
        return arena_printf(f->ask->arena, "@%.*s-%.*s", (int)verbs->file.n, verbs->file.p,
                            (int)token->word.n, token->word.p);
    }
    uint32_t n = lemmas_of(f, token->word, false, form);
    out = form[0];
    for (uint32_t i = 1; i < n && out.p; i++)
        out = arena_printf(f->ask->arena, "%.*s | %.*s", (int)out.n, out.p, (int)form[i].n,
                           form[i].p);
    while (out.p && out.n < 1000 && slice_cut(&list, '|', &item)) {
        item = plain_word(f, slice_trim(item));
        if (item.n && !slice_eq(item, token->word))
            out = arena_printf(f->ask->arena, "%.*s | %.*s", (int)out.n, out.p, (int)item.n, item.p);
    }
    if (!out.p)
        f->no_memory = true;
    return out.p ? out : slice_make("", 0);
}

/* The words [first, end) behind the verb, all below `path`: one word, or a phrase. */
static void need_phrase(struct foreign *f, const struct verbs *verbs, struct pattern *pattern,
                        const char *path, uint32_t first, uint32_t end)
{
    bool lists = false;
    for (uint32_t i = first; i < end; i++)
        lists |= pattern->token[i].kind == TOKEN_LIST;
    if (end - first == 1 || lists || end - first > FRAME_PHRASE_MAX) {
        for (uint32_t i = first; i < end; i++)
            add_need(f, pattern, i + 1 == end ? path : "any",
                     tests_of(f, verbs, pattern, &pattern->token[i]));
        return;
    }
    struct slice phrase = pattern->token[first].word, lemma[FORMS_MAX];
    for (uint32_t i = first + 1; i < end && phrase.p; i++) {
        uint32_t n = i + 1 == end ? lemmas_of(f, pattern->token[i].word, false, lemma) : 0;
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
static void take_sign(struct foreign *f, struct pattern *pattern, enum token_kind kind,
                      struct slice prep)
{
    struct slice *path = kind == TOKEN_SOURCE ? &pattern->actor : &pattern->recipient;
    if (kind == TOKEN_BOTH)
        pattern->mutual = true;
    else if (prep.n && !slice_is(prep, "by") && path->n == 0)
        *path = arena_printf(f->ask->arena, "%.*s | %s", (int)prep.n, prep.p,
                             kind == TOKEN_SOURCE ? "subj" : "obj");
}

static void read_behind(struct foreign *f, const struct verbs *verbs, struct pattern *pattern)
{
    struct slice prep = {"", 0};
    char path[WORD_MAX_BYTES + 40] = "obj|xcomp|ccomp|advcl";
    for (uint32_t i = pattern->verb + 1; i < pattern->n;) {
        const struct token *token = &pattern->token[i];
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
        need_phrase(f, verbs, pattern, of_party ? "any" : path, i, end);
        i = end;
    }
}

static void read_before(struct foreign *f, const struct verbs *verbs, struct pattern *pattern)
{
    for (uint32_t i = 0; i < pattern->verb; i++) {
        const struct token *token = &pattern->token[i];
        if (token->kind != TOKEN_WORD && token->kind != TOKEN_LIST) {
            take_sign(f, pattern, token->kind, slice_make("", 0));
            continue;
        }
        if (token->preposition)
            continue;
        bool negates = map_get(&f->ask->codes->negation, token->word) != MAP_NONE;
        pattern->negated |= negates;
        add_need(f, pattern, negates ? "neg" : "subj|head|aux",
                 negates ? slice_make("", 0) : tests_of(f, verbs, pattern, token));
    }
    if (pattern->negated)
        add_need(f, pattern, "neg", SLICE_LIT("@negation"));
}

static void emit_pattern(struct foreign *f, struct verbs *verbs, const struct pattern *pattern,
                         struct slice code)
{
    if (!emit_frame_head(f, verbs, f->line, code, pattern->particle))
        return;
    if (pattern->mutual)
        foreign_emit(f, f->line, "    mutual subj + with + obj");
    else {
        foreign_emit(f, f->line, "    actor %.*s", pattern->actor.n ? (int)pattern->actor.n : 4,
                     pattern->actor.n ? pattern->actor.p : "subj");
        if (pattern->recipient.n)
            foreign_emit(f, f->line, "    recipient %.*s", (int)pattern->recipient.n,
                         pattern->recipient.p);
        else
            foreign_emit(f, f->line, "    recipient obj | iobj | with | against | on");
    }
    for (uint32_t i = 0; i < pattern->n_needs; i++)
        foreign_emit(f, f->line, "    need %.*s", (int)pattern->need[i].text.n,
                     pattern->need[i].text.p);
    if (pattern->negated) /* the negation makes the event, it does not take it back */
        foreign_emit(f, f->line, "    status happened");
    f->n_taken++;
}

static void read_pattern(struct foreign *f, struct verbs *verbs, struct slice line)
{
    struct slice rest = line, code;
    struct pattern pattern = {.n = 0};
    f->n_read++;
    if (verbs->n_verbs == 0 || foreign_bracket(&rest, '[', ']', &code) <= 0) {
        foreign_tell(f, f->line, "wanted: - PATTERN [CODE] below a verb");
        return;
    }
    const char *bracket = memchr(line.p, '[', line.n);
    struct slice text = slice_make(line.p, (size_t)(bracket - line.p));
    if (!read_tokens(f, text, &pattern)) {
        foreign_tell(f, f->line, "'%.*s' has no meaning on a tree", (int)text.n, text.p);
        return;
    }
    read_behind(f, verbs, &pattern);
    read_before(f, verbs, &pattern);
    if (pattern.unknown_list) {
        foreign_tell(f, f->line, "'%.*s' names a list that does not stand before it", (int)text.n,
                     text.p);
        return;
    }
    bool says = pattern.n_needs || pattern.particle.n || pattern.actor.n || pattern.recipient.n ||
                pattern.mutual;
    if (!says && pattern.n > 1 && pattern.token[0].preposition)
        foreign_tell(f, f->line, "'%.*s' has no meaning on a tree", (int)text.n, text.p);
    else if (!is_null(f, code))
        emit_pattern(f, verbs, &pattern, code);
    else if (pattern.n_needs == 1 && verbs->n_avoids < AVOIDS_MAX) {
        verbs->avoid[verbs->n_avoids++] = pattern.need[0];
        f->n_taken++;
    } else
        foreign_tell(f, f->line, "[%.*s] is no event here, and only a pattern of one condition can "
                     "keep its verb from being one", (int)code.n, code.p);
}

/* ---- lines ---- */

/* "&CURRENCY" */
static void read_list(struct foreign *f, struct verbs *verbs, struct slice line)
{
    struct slice name;
    end_verbs(f, verbs);
    line = slice_make(line.p + 1, line.n - 1);
    if (!slice_word(&line, &name) || (name = plain_word(f, name)).n == 0) {
        foreign_tell(f, f->line, "wanted: &NAME");
        return;
    }
    verbs->in_list = true;
    if (!map_set(&verbs->lists, name, 1))
        f->no_memory = true;
    foreign_emit(f, f->line, "class %.*s-%.*s", (int)verbs->file.n, verbs->file.p, (int)name.n,
                 name.p);
}

/* A line of at most FRAME_PHRASE_MAX words in small letters; false: too many, or other signs. */
static bool emit_phrase(struct foreign *f, const char *before, struct slice rest)
{
    char whole[600] = "";
    struct slice word;
    size_t used = 0, n = 0;
    while (slice_word(&rest, &word)) {
        struct slice plain = plain_word(f, word);
        if (plain.n == 0 || used + plain.n + 2 >= sizeof whole || n++ == FRAME_PHRASE_MAX)
            return false;
        used += (size_t)snprintf(whole + used, sizeof whole - used, "%s%.*s", used ? " " : "",
                                 (int)plain.n, plain.p);
    }
    if (used)
        foreign_emit(f, f->line, "%s%s", before, whole);
    return used > 0;
}

static void read_list_word(struct foreign *f, const struct verbs *verbs, struct slice line)
{
    char words[RECORD_LINE_MAX];
    struct slice rest = foreign_words(line, words, sizeof words);
    bool fine = rest.n > 0;
    if (line.n && line.p[0] == '&') { /* the words of another list */
        struct slice name = plain_word(f, slice_make(line.p + 1, line.n - 1));
        if (name.n && map_get(&verbs->lists, name) != MAP_NONE)
            foreign_emit(f, f->line, "    @%.*s-%.*s", (int)verbs->file.n, verbs->file.p,
                         (int)name.n, name.p);
        else
            foreign_tell(f, f->line, "there is no list '%.*s' before it", (int)line.n, line.p);
        return;
    }
    if (fine && emit_phrase(f, "    ", rest))
        return;
    foreign_tell(f, f->line, "'%.*s': a list has words, and phrases of at most %d", (int)line.n,
                 line.p, FRAME_PHRASE_MAX);
}

/* "ABANDON {FORMS} [120]": a verb, which begins a block unless one has no pattern yet. */
static void read_verb(struct foreign *f, struct verbs *verbs, struct slice line)
{
    struct slice rest = line, code = {"", 0}, word;
    bool own = foreign_bracket(&rest, '[', ']', &code) > 0;
    if (own && !verbs->header) {
        end_verbs(f, verbs);
        verbs->code = code;
    }
    if (!slice_word(&line, &word)) {
        foreign_tell(f, f->line, "no verb");
        return;
    }
    size_t n = 0;
    while (n < word.n && word.p[n] != '{' && word.p[n] != '[')
        n++;
    add_verb(f, verbs, slice_make(word.p, n));
}

static void read_header(struct foreign *f, struct verbs *verbs, struct slice line)
{
    struct slice code = {"", 0};
    end_verbs(f, verbs);
    verbs->header = true;
    if (foreign_bracket(&line, '[', ']', &code) > 0)
        verbs->code = code;
}

static void read_line(struct foreign *f, struct verbs *verbs, struct slice line)
{
    if (slice_starts(line, "---"))
        read_header(f, verbs, line);
    else if (line.p[0] == '-')
        read_pattern(f, verbs, slice_make(line.p + 1, line.n - 1));
    else if (line.p[0] == '&')
        read_list(f, verbs, line);
    else if (line.p[0] == '~') {
        f->n_read++;
        foreign_tell(f, f->line, "a transformation has no meaning here");
    } else if (line.p[0] == '+' && verbs->in_list)
        read_list_word(f, verbs, slice_trim(slice_make(line.p + 1, line.n - 1)));
    else {
        verbs->in_list = false;
        read_verb(f, verbs, line);
    }
}

void foreign_verbs(struct foreign *f)
{
    struct verbs *verbs = arena_new(f->ask->arena, struct verbs);
    struct slice line, path = slice_of(f->ask->path);
    size_t at = path.n;
    while (at && path.p[at - 1] != '/')
        at--;
    path = arena_copy(f->ask->arena, slice_make(path.p + at, path.n - at));
    if (!verbs || !path.p) {
        f->no_memory = true;
        return;
    }
    for (size_t i = 0; i < path.n; i++)
        if ((unsigned char)path.p[i] <= ' ' || strchr("|#@", path.p[i]))
            ((char *)(uintptr_t)path.p)[i] = '-';
    verbs->file = path;
    map_init(&verbs->lists, f->ask->arena);
    while (foreign_line(f, &line)) {
        line = slice_trim(line);
        if (line.n)
            read_line(f, verbs, line);
    }
    end_verbs(f, verbs);
}

/* "ACADEMY AWARD": a sentence with it tells nothing; "+ASIAN CUP": its whole article. */
void foreign_discards(struct foreign *f)
{
    char words[RECORD_LINE_MAX];
    struct slice line;
    while (foreign_line(f, &line)) {
        line = slice_trim(line);
        bool whole = line.n && line.p[0] == '+';
        struct slice text = foreign_words(slice_make(line.p + whole, line.n - whole), words,
                                          sizeof words);
        if (line.n == 0)
            continue;
        f->n_read++;
        foreign_emit(f, f->line, "class discard%s", whole ? "-article" : "");
        if (emit_phrase(f, "    ", text))
            f->n_taken++;
        else
            foreign_tell(f, f->line, "'%.*s': wanted 1 to %d words", (int)line.n, line.p,
                         FRAME_PHRASE_MAX);
    }
}
