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
 * Method   Verbs are gathered to a block, which ends where the next begins; its patterns become frames
 *          at once (foreign-pattern.c), the verbs' own code one at the end. A pattern that is no event
 *          ("[---]") becomes a frame that tells nothing (`type none`). All frames have a low priority:
 *          what the lexicon knows goes first.
 * Limits   Transformations, and codes that are none of CAMEO's, are told.
 */
#include "lexicon/foreign-parts.h"

#include "lexicon/frame-compile.h"

#include <stdio.h>

#define VERBS_MAX 256      /* of a block */
#define PRIORITY (-50)

/* ---- blocks ---- */

struct verbs {
    struct slice verb[VERBS_MAX]; /* "carry out" */
    uint32_t n_verbs, line;       /* line of the first */
    struct slice code;            /* what the verbs are when no pattern holds; may be empty */
    bool header;                  /* there was a "--- X ---" over them: forms are told, not cut */
    bool in_list;                 /* '+' lines are words of the list */
    struct foreign_lists lists;
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
    struct slice type = SLICE_LIT("none"), cameo = {"", 0};
    bool null = is_null(f, code);
    if (!null)
        cameo = cameo_of(f, code, &type);
    if (cameo.n == 0 && !null) {
        foreign_tell(f, line, "[%.*s] is no code of CAMEO", (int)code.n, code.p);
        return false;
    }
    foreign_emit(f, line, "frame %.*s-%u", (int)verbs->lists.file.n, verbs->lists.file.p, line);
    foreign_emit(f, line, "    type %.*s", (int)type.n, type.p);
    if (!null)
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
    }
    verbs->n_verbs = 0;
    verbs->header = verbs->in_list = false;
    verbs->code = slice_make("", 0);
}

/* "CARRIED_OUT", "+BREAK_DOWN", "WIRE_+TAP" as "carry out", "break down", "tap wire". */
static void add_verb(struct foreign *f, struct verbs *verbs, struct slice text)
{
    struct slice word[FRAME_PHRASE_MAX], piece, lemma[FOREIGN_FORMS];
    uint32_t n = 0, at = 0;
    while (slice_cut(&text, '_', &piece)) {
        bool marked = slice_starts(piece, "+");
        if (marked)
            piece = slice_make(piece.p + 1, piece.n - 1);
        piece = foreign_word(f, piece);
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
    uint32_t n_lemmas = foreign_lemmas(f, word[at], !verbs->header, lemma);
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

static void emit_pattern(struct foreign *f, struct verbs *verbs,
                         const struct foreign_pattern *pattern, struct slice code)
{
    if (!emit_frame_head(f, verbs, f->line, code, pattern->particle))
        return;
    if (is_null(f, code))
        ; /* no parties */
    else if (pattern->mutual)
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
        foreign_emit(f, f->line, "    need %.*s", (int)pattern->need[i].n,
                     pattern->need[i].p);
    if (pattern->negated && !is_null(f, code)) /* the negation makes the event, it does not take it back */
        foreign_emit(f, f->line, "    status happened");
    f->n_taken++;
}

static void read_pattern(struct foreign *f, struct verbs *verbs, struct slice line)
{
    struct slice rest = line, code;
    struct foreign_pattern pattern = {.n = 0};
    f->n_read++;
    if (verbs->n_verbs == 0 || foreign_bracket(&rest, '[', ']', &code) <= 0) {
        foreign_tell(f, f->line, "wanted: - PATTERN [CODE] below a verb");
        return;
    }
    const char *bracket = memchr(line.p, '[', line.n);
    struct slice text = slice_make(line.p, (size_t)(bracket - line.p));
    if (!foreign_pattern_read(f, &verbs->lists, text, &pattern)) {
        foreign_tell(f, f->line, "'%.*s' has no meaning on a tree", (int)text.n, text.p);
        return;
    }
    if (pattern.unknown_list) {
        foreign_tell(f, f->line, "'%.*s' names a list that does not stand before it", (int)text.n,
                     text.p);
        return;
    }
    if (is_null(f, code) && pattern.n_needs == 0 && pattern.particle.n == 0)
        foreign_tell(f, f->line, "[%.*s] is no event here, and the pattern has no condition",
                     (int)code.n, code.p);
    else
        emit_pattern(f, verbs, &pattern, code);
}

/* ---- lines ---- */

/* "&CURRENCY" */
static void read_list(struct foreign *f, struct verbs *verbs, struct slice line)
{
    struct slice name;
    end_verbs(f, verbs);
    line = slice_make(line.p + 1, line.n - 1);
    if (!slice_word(&line, &name) || (name = foreign_word(f, name)).n == 0) {
        foreign_tell(f, f->line, "wanted: &NAME");
        return;
    }
    verbs->in_list = true;
    if (!map_set(&verbs->lists.names, name, 1))
        f->no_memory = true;
    foreign_emit(f, f->line, "class %.*s-%.*s", (int)verbs->lists.file.n, verbs->lists.file.p,
                 (int)name.n, name.p);
}

/* A line of at most FRAME_PHRASE_MAX words in small letters; false: too many, or other signs. */
static bool emit_phrase(struct foreign *f, const char *before, struct slice rest)
{
    char whole[600] = "";
    struct slice word;
    size_t used = 0, n = 0;
    while (slice_word(&rest, &word)) {
        struct slice plain = foreign_word(f, word);
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
        struct slice name = foreign_word(f, slice_make(line.p + 1, line.n - 1));
        if (name.n && map_get(&verbs->lists.names, name) != MAP_NONE)
            foreign_emit(f, f->line, "    @%.*s-%.*s", (int)verbs->lists.file.n, verbs->lists.file.p,
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
    verbs->lists.file = path;
    map_init(&verbs->lists.names, f->ask->arena);
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
