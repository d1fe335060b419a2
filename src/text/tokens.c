/* SPDX-License-Identifier: MIT */
/*
 * tokens.c - cut a block's text into tokens as the English treebanks of UD do.
 *
 * Reads    article->text of one block.
 * Leaves   tok[]: begin, end, TOK_SPACE_AFTER, TOK_JOINED; lower and capitals by token_fill().
 *
 * Method   Blank space ends a chunk. Inside a chunk the scanner takes, from the left: an address of
 *          the web or of mail; a number with its commas, points and colons; a word with the stops of
 *          initials and abbreviations, inner apostrophes and the hyphens of bound prefixes; a run of
 *          one punctuation mark; else one character. Words are then parted from their clitics
 *          ("do|n't", "it|'s", "can|not"), which stay joined, and numbers from their units.
 * Limits   A hyphen parts words ("al - Qaeda") except behind a bound prefix ("non-profit") and in
 *          telephone numbers; contractions without apostrophe ("its" for "it's") are not seen.
 */
#include "text/split.h"

#include "article/token.h"
#include "core/utf8.h"

/*
 * Longer runs without blank space are scanned in pieces: addresses, words and quotes look ahead to
 * the chunk's end, so that 4 MB of "a-a-a-" would take hours.
 */
#define CHUNK_BYTES_MAX TOKEN_BYTES_MAX

struct scan {
    struct splitter *s;
    const char *text;     /* the article's */
    uint32_t chunk;       /* where it begins */
    uint32_t at, end;     /* of the chunk: blank space or the block's end stands at `end` */
    bool cut;             /* ... or it was cut there: see CHUNK_BYTES_MAX */
    uint32_t block_begin, block_end;
};

static unsigned char byte(const struct scan *c, uint32_t at)
{
    return at < c->end ? (unsigned char)c->text[at] : 0;
}

static bool is_digit(unsigned char b)
{
    return b >= '0' && b <= '9';
}

static bool is_upper(unsigned char b)
{
    return b >= 'A' && b <= 'Z';
}

static bool is_lower(unsigned char b)
{
    return b >= 'a' && b <= 'z';
}

static bool is_alpha(unsigned char b)
{
    return is_upper(b) || is_lower(b);
}

static unsigned char lower(unsigned char b)
{
    return is_upper(b) ? (unsigned char)(b + 32) : b;
}

/* Bytes of the word character at `at`: a letter, a digit, a mark upon one; 0 when there is none. */
static unsigned word_char(const struct scan *c, uint32_t at)
{
    unsigned char b = byte(c, at);
    if (b < 0x80)
        return is_alpha(b) || is_digit(b) || b == '_';
    uint32_t code;
    unsigned n = utf8_decode(c->text + at, c->text + c->end, &code);
    bool word = utf8_is_letter(code) || utf8_is_digit(code) || (code >= 0x300 && code < 0x370) ||
                code == 0xAD || /* soft hyphen */
                (!utf8_is_punct(code) && !utf8_is_space(code) && code != 0xFFFD && code > 0xFF);
    return word ? n : 0;
}

/* Bytes of an apostrophe (straight, curly, grave) at `at`, or 0. */
static unsigned apostrophe(const struct scan *c, uint32_t at)
{
    unsigned char b = byte(c, at);
    if (b == '\'')
        return 1;
    if (b == 0xE2 && byte(c, at + 1) == 0x80 && byte(c, at + 2) == 0x99)
        return 3;
    return 0;
}

/* The same, or a sign that people type for one: grave, acute, left quotation mark. */
static unsigned apostrophe_like(const struct scan *c, uint32_t at)
{
    unsigned char b = byte(c, at), next = byte(c, at + 1);
    if (b == '`')
        return 1;
    if (b == 0xC2 && next == 0xB4)
        return 2;
    if (b == 0xE2 && next == 0x80 && byte(c, at + 2) == 0x98)
        return 3;
    return apostrophe(c, at);
}

static bool same_word(const struct scan *c, uint32_t from, uint32_t to, const char *word)
{
    size_t n = strlen(word);
    if (to - from != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (lower((unsigned char)c->text[from + i]) != (unsigned char)word[i])
            return false;
    return true;
}

static bool one_of(const struct scan *c, uint32_t from, uint32_t to, const char *const *list)
{
    for (; *list; list++)
        if (same_word(c, from, to, *list))
            return true;
    return false;
}

/* ---- output ---- */

static void emit(struct scan *c, uint32_t from, uint32_t to, bool joined)
{
    while (from < to && !c->s->failed) {
        uint32_t stop = to;
        if (stop - from > TOKEN_BYTES_MAX) {
            stop = from + TOKEN_BYTES_MAX;
            while (((unsigned char)c->text[stop] & 0xC0) == 0x80)
                stop--; /* whole characters */
        }
        struct dm_article *article = c->s->article;
        if (article->n_toks == ARTICLE_TOKENS_MAX) {
            c->s->failed = c->s->too_long = true;
            return;
        }
        struct token *tok = ARENA_PUSH(&article->arena, article->tok, article->n_toks,
                                       c->s->tok_capacity);
        if (!tok) {
            c->s->failed = true;
            return;
        }
        tok->begin = from;
        tok->end = stop;
        tok->head = ARTICLE_NONE;
        if (stop == c->end && !c->cut)
            tok->flags |= TOK_SPACE_AFTER;
        if (joined && stop == to)
            tok->flags |= TOK_JOINED;
        if (!token_fill(article, tok))
            c->s->failed = true;
        from = stop;
    }
}

/* ---- words with clitics ---- */

static const char *const tails[] = {"s", "m", "d", "re", "ve", "ll", NULL};

/* Where the clitic of word [from, to) begins; `to` when there is none. */
static uint32_t clitic(const struct scan *c, uint32_t from, uint32_t to)
{
    static const char *const negated[] = {
        "do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "ca", "could", "wo",
        "would", "should", "ai", "must", "need", "might", "sha", NULL};
    static const char *const fused[] = {"cannot", "gonna", "wanna", "gotta", NULL};
    static const char *const bare_s[] = {"thats", "whats", "theres", "lets", "hes", NULL};
    static const char *const bare_2[] = {"ive", "youre", "theyre", "youve", "theyve", "youll",
                                         "theyll", NULL};
    if (one_of(c, from, to, fused))
        return same_word(c, from, to, "cannot") ? from + 3 : to - 2;
    if (one_of(c, from, to, bare_s) || same_word(c, from, to, "im"))
        return to - 1;
    if (one_of(c, from, to, bare_2))
        return to - 2;
    if (to - from > 2 && same_word(c, to - 2, to, "nt") && one_of(c, from, to - 2, negated))
        return to - 2;
    for (uint32_t at = to; at-- > from + 1 && to - at <= 5;) {
        unsigned n = apostrophe_like(c, at);
        if (!n)
            continue;
        if (at + n == to) /* the possessive of plurals */
            return lower((unsigned char)c->text[at - 1]) == 's' ? at : to;
        if (one_of(c, at + n, to, tails))
            return at;
        if (same_word(c, at + n, to, "t") && lower((unsigned char)c->text[at - 1]) == 'n' &&
            at - 1 > from)
            return at - 1;
        return to;
    }
    return to;
}

/* A word with its clitics; "would|n't|'ve" has two. */
static void emit_word(struct scan *c, uint32_t from, uint32_t to)
{
    uint32_t cut[4], n = 0;
    for (uint32_t stop = to; n < 4;) {
        uint32_t at = clitic(c, from, stop);
        if (at == stop || at == from)
            break;
        cut[n++] = stop;
        stop = at;
        if (n == 3 || clitic(c, from, stop) == stop) {
            cut[n++] = stop;
            break;
        }
    }
    if (n == 0) {
        emit(c, from, to, false);
        return;
    }
    while (n-- > 0) {
        emit(c, from, cut[n], n > 0);
        from = cut[n];
    }
}

/* ---- numbers ---- */

static const char *const units[] = {
    "am", "pm", "a.m.", "p.m.", "k", "m", "mm", "cm", "km", "kg", "mg", "g", "ft", "lb", "lbs", "mph",
    "kph", "bn", "mn", "tn", "gb", "mb", "tb", "hz", "mhz", "ghz", "mw", "gw", "kw", "kwh", "x", "yr",
    "yrs", "hrs", "min", "mins", "ml", "oz", "c", "f", "kb", "watt", "percent", NULL};

static uint32_t digits_end(const struct scan *c, uint32_t at)
{
    while (is_digit(byte(c, at)))
        at++;
    return at;
}

/* Is the number at `at` one of a list of notes, "[18,19]"? Long lists are no notes. */
static bool in_notes(const struct scan *c, uint32_t at)
{
    for (uint32_t k = at; k > c->block_begin && at - k < 40; k--) {
        char b = c->text[k - 1];
        if (!is_digit((unsigned char)b) && b != ',')
            return b == '[';
    }
    return false;
}

/* Past the number at `at`: digits with inner , . : / - and parts of telephone numbers. */
static uint32_t number_end(const struct scan *c, uint32_t at)
{
    uint32_t from = at, group = at; /* where the last digits began */
    bool dashes = false, list = in_notes(c, at);
    for (;;) {
        unsigned char b = byte(c, at), next = byte(c, at + 1);
        if (is_digit(b)) {
            at++;
            continue;
        }
        if (!is_digit(next) || at == from)
            return at;
        if (b == ',' && list && digits_end(c, at + 1) - at != 4)
            return at; /* notes: [18,19] */
        if (b == '-') {
            /*
             * 713-853-3989, 345-9945, 713/345-9945, 77030-2707, 11-20-2000, but "3-4" and
             * "1969-1970" are ranges
             */
            uint32_t k = digits_end(c, at + 1), n = at - group;
            bool local = n == 3 && (group == from || c->text[group - 1] == '/');
            bool code = group == from && (n == 1 || n == 5);
            if (!dashes && byte(c, k) != '-' && !(k - at == 5 && (local || code)))
                return at;
            dashes = true;
        } else if (b != ',' && b != '.' && b != ':' && b != '/') {
            return at;
        }
        group = ++at;
    }
}

/* Letters that stand right behind a number are its unit, or belong to it ("1990s", "4th"). */
static void take_number(struct scan *c)
{
    uint32_t from = c->at, end = number_end(c, from), to = end;
    while (word_char(c, to) || (byte(c, to) == '.' && is_alpha(byte(c, to + 1)) && to > end))
        to += word_char(c, to) ? word_char(c, to) : 1;
    if (byte(c, to) == '.' && to - end == 3 && c->text[end + 1] == '.')
        to++; /* "5p.m." */
    bool money = from > c->block_begin && to - end == 1 && strchr("bBtT", c->text[end]) &&
                 (c->text[from - 1] == '$' || (c->text[from - 1] & 0x80)); /* "$2B", "£3b" */
    /* "F-16C" and "B-1B" are names */
    bool name = from > c->block_begin + 1 && c->text[from - 1] == '-' &&
                is_alpha((unsigned char)c->text[from - 2]) && to - end == 1;
    if (to > end && !name && (money || one_of(c, end, to, units))) {
        emit(c, from, end, false);
        emit(c, end, to, false);
        c->at = to;
        return;
    }
    unsigned n = apostrophe(c, to);
    if (n && to >= end && lower(byte(c, to + n)) == 's' && !word_char(c, to + n + 1)) {
        if (to == end && to - from > 1) { /* "1990's" is one token, "F-16's" has a clitic */
            emit(c, from, to + n + 1, false);
            c->at = to + n + 1;
            return;
        }
        to += n + 1;
        emit_word(c, from, to);
        c->at = to;
        return;
    }
    /* "1." in front of a list's item, "2.1." of a section. */
    bool first = from == c->block_begin, section = memchr(c->text + from, '.', to - from);
    if (first && (to - from <= 2 || section) && byte(c, to) == '.' && to + 1 == c->end &&
        to + 1 < c->block_end)
        to++;
    emit(c, from, to, false);
    c->at = to;
}

/* ---- words ---- */

static bool bound_prefix(const struct scan *c, uint32_t from, uint32_t to)
{
    static const char *const prefixes[] = {
        "anti", "non", "pre", "post", "co", "ex", "pro", "mid", "semi", "re", "multi", "sub",
        "inter", "intra", "ultra", "mini", "counter", "neo", "trans", "e", "un", "pseudo", "micro",
        "macro", "bi", "tri", "de", "super", "sino", "cross", "over", "hyper", "arch", "psycho", NULL};
    if (same_word(c, from, to, "over") && same_word(c, to + 1, c->end - to > 4 ? to + 4 : to, "the"))
        return false; /* over-the-counter */
    return one_of(c, from, to, prefixes);
}

/* Do the letters of a clitic, and no more, begin at `at`? */
static bool clitic_behind(const struct scan *c, uint32_t at)
{
    uint32_t to = at;
    while (to - at < 4 && is_alpha(byte(c, to)))
        to++;
    return !word_char(c, to) && (one_of(c, at, to, tails) || same_word(c, at, to, "t"));
}

/* Abbreviations with a slash behind [from, at). */
static bool slash_word(const struct scan *c, uint32_t from, uint32_t at)
{
    static const char *const words[] = {"w/o", "w/out", "s/he", "l/c", "i/c", NULL};
    if (at - from != 1)
        return false;
    uint32_t to = at + 1;
    while (to - at < 5 && word_char(c, to))
        to += word_char(c, to);
    return one_of(c, from, to, words);
}

/* The first byte of the next chunk of the block, 0 at its end. */
static unsigned char next_chunk(const struct scan *c)
{
    uint32_t at = c->end;
    while (at < c->block_end) {
        uint32_t code;
        unsigned n = utf8_decode(c->text + at, c->text + c->block_end, &code);
        if (!utf8_is_space(code))
            return (unsigned char)c->text[at];
        at += n;
    }
    return 0;
}

/* A word that a speaker broke off behind its first sounds: "th- the". */
static bool cut_off(const struct scan *c, uint32_t from, uint32_t at)
{
    unsigned char behind = byte(c, at + 1);
    if (at - from > 3 || !(at + 1 == c->end || behind == ',' || behind == '.'))
        return false;
    if (at - from == 1) /* "D- Md." is a party */
        return is_lower(byte(c, from)) ||
               (is_upper(byte(c, from)) && at + 1 == c->end && is_lower(next_chunk(c)));
    for (uint32_t k = from; k < at; k++)
        if (!is_alpha(byte(c, k)) || strchr("aeiou", lower(byte(c, k))) ||
            (k > from && is_upper(byte(c, k))))
            return false;
    return true;
}

/* Where the word that begins at `at` ends; stops and apostrophes inside of it are part of it. */
static uint32_t word_end(const struct scan *c, uint32_t at)
{
    uint32_t from = at;
    for (;;) {
        unsigned n = word_char(c, at);
        if (n) {
            at += n;
            continue;
        }
        unsigned char b = byte(c, at);
        unsigned quote = apostrophe(c, at);
        if (at == from)
            return at;
        if (quote && word_char(c, at + quote)) {
            at += quote;
        } else if (!quote && apostrophe_like(c, at) && clitic_behind(c, at + apostrophe_like(c, at))) {
            at += apostrophe_like(c, at);
        } else if (b == '-' && word_char(c, at + 1) &&
                   (bound_prefix(c, from, at) ||
                    (strchr("ei", byte(c, at + 1)) && !word_char(c, at + 2)))) {
            at++; /* also "Naqsh-e" */
        } else if (b == '&' && ((is_upper(byte(c, at - 1)) && is_upper(byte(c, at + 1)) &&
                                 at - from <= 3) ||
                                (at - from == 1 && is_lower(byte(c, from)) &&
                                 is_lower(byte(c, at + 1)) && !word_char(c, at + 2)))) {
            at++; /* AT&T, p&l */
        } else if (b == '/' && slash_word(c, from, at)) {
            at++;
        } else if (b == '-' && cut_off(c, from, at)) {
            return at + 1;
        } else if (b == '.' && is_alpha(byte(c, at + 1)) && is_alpha(byte(c, at - 1)) &&
                   (at - from == 1 || c->text[at - 2] == '.') && !is_alpha(byte(c, at + 2))) {
            at++; /* U.S, a.m */
        } else if (b == '.' && lower(byte(c, at + 1)) == 'd' && same_word(c, from, at, "ph")) {
            at++; /* Ph.D */
        } else {
            return at;
        }
    }
}

static const char *const days[] = {"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri",
                                   "sat", "sun", NULL};

/* Does a month's name, or what may be its beginning, stand in the next chunk? */
static bool month_next(const struct scan *c)
{
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
    uint32_t at = c->end;
    while (at < c->block_end && (c->text[at] == ' ' || c->text[at] == '\n'))
        at++;
    if (c->block_end - at < 3 || !is_upper((unsigned char)c->text[at]))
        return false;
    for (size_t i = 0; i < sizeof months / sizeof months[0]; i++)
        if (same_word(c, at, at + 3, months[i]))
            return true;
    return false;
}

/* Does the stop at `at` belong to the word [from, at)? */
static bool keeps_stop(const struct scan *c, uint32_t from, uint32_t at)
{
    if (byte(c, at) != '.' || byte(c, at + 1) == '.')
        return false;
    bool dotted = at - from >= 3 && c->text[at - 2] == '.';
    if (dotted)
        return true; /* U.S. */
    unsigned char next = at + 1 == c->end ? next_chunk(c) : byte(c, at + 1);
    if (at - from == 1 && is_upper((unsigned char)c->text[from]))
        return c->text[from] != 'I' ? next != 0 : is_upper(next) && from == c->block_begin;
    if (at - from == 1 && strchr("bcdmp", c->text[from])) /* p. 5, (b. 1950) */
        return at + 1 == c->end && (is_digit(next) || byte(c, from - 1) == '(');
    char word[16];
    uint32_t n = at - from;
    if (n >= sizeof word)
        return false;
    for (uint32_t i = 0; i < n; i++)
        word[i] = (char)lower((unsigned char)c->text[from + i]);
    /* EWT writes "etc" and the stop of the sentence apart */
    if (same_word(c, from, at, "etc") && at + 1 == c->end && (next == 0 || is_upper(next)))
        return false;
    switch (abbreviation_of(slice_make(word, n))) {
    case ABBREVIATION_NONE:
        return false;
    case ABBREVIATION_NUMBER:
        return is_digit(next) ||
               (n <= 5 && is_upper((unsigned char)c->text[from]) && one_of(c, from, at, days) &&
                month_next(c));
    case ABBREVIATION_INSIDE:
        return true;
    case ABBREVIATION_EITHER:
        /* names of states and the like are written large: "ill", "la", "co" are words */
        return is_upper((unsigned char)c->text[from]) || n >= 3 || same_word(c, from, at, "al");
    }
    return false;
}

static void take_word(struct scan *c)
{
    uint32_t from = c->at, to = word_end(c, from);
    if (byte(c, to) == ',' && is_digit(byte(c, to + 1))) { /* Rs200,000 */
        uint32_t digits = to;
        while (digits > from && is_digit((unsigned char)c->text[digits - 1]))
            digits--;
        if (digits > from && digits < to && digits_end(c, to + 1) == to + 4)
            to = digits;
    }
    while (to > from + 1 && c->text[to - 1] == '_')
        to--; /* of "_emphasis_" */
    if (to == from)
        to = from + 1; /* cannot be: the caller saw a word character */
    if (byte(c, to) == '$' && to - from <= 3 && is_upper((unsigned char)c->text[to - 1])) {
        emit(c, from, to + 1, false); /* US$ */
        c->at = to + 1;
        return;
    }
    unsigned n = apostrophe(c, to);
    bool stop = keeps_stop(c, from, to);
    if (stop) {
        to++;
        n = apostrophe(c, to);
        if (n && lower(byte(c, to + n)) == 's' && !word_char(c, to + n + 1)) { /* U.S.'s */
            emit(c, from, to, true);
            emit(c, to, to + n + 1, false);
            c->at = to + n + 1;
            return;
        }
        emit(c, from, to, false);
        c->at = to;
        return;
    }
    /* "rebels'": the apostrophe of a plural, unless a quotation ends here */
    if (n && lower((unsigned char)c->text[to - 1]) == 's' && to + n == c->end) {
        bool open = false;
        for (uint32_t t = c->s->article->n_toks; t-- > 0 && !open;) {
            const struct token *tok = &c->s->article->tok[t];
            if (tok->begin < c->block_begin || c->at - tok->begin > 1000)
                break;
            struct slice form = token_form(c->s->article, t);
            if ((slice_is(form, "'") || slice_is(form, "\xE2\x80\x98")) &&
                !(tok->flags & TOK_SPACE_AFTER))
                open = true;
            else if (slice_is(form, "\xE2\x80\x99"))
                break;
        }
        if (!open)
            to += n;
    }
    emit_word(c, from, to);
    c->at = to;
}

/* ---- addresses ---- */

static bool starts_with(const struct scan *c, uint32_t at, const char *text)
{
    size_t n = strlen(text);
    return c->end - at >= n && same_word(c, at, at + (uint32_t)n, text);
}

/* "example.com", "example.com/page": a name with a well-known last part. */
static bool is_domain(const struct scan *c, uint32_t from, uint32_t to)
{
    static const char *const tops[] = {"com", "org", "net", "gov", "edu", "info", NULL};
    static const char *const words[] = {"am", "an", "as", "at", "be", "by", "do", "go", "he", "hi",
                                        "if", "in", "is", "it", "me", "my", "no", "of", "oh", "ok",
                                        "on", "or", "so", "to", "up", "us", "we", NULL};
    uint32_t stop = from;
    while (stop < to && c->text[stop] != '/')
        stop++;
    uint32_t dot = stop;
    while (dot > from && c->text[dot - 1] != '.')
        dot--;
    if (dot <= from + 2 || !is_alpha((unsigned char)c->text[from]))
        return false;
    if (one_of(c, dot, stop, tops))
        return true;
    /* that of a country: two small letters that are no word, as behind a lost blank they would be */
    return stop - dot == 2 && is_lower((unsigned char)c->text[dot]) &&
           is_lower((unsigned char)c->text[dot + 1]) && dot - from > 3 &&
           !one_of(c, dot, stop, words);
}

/* "alt.religion.scientology": three or more words in small letters with stops between. */
static bool is_newsgroup(const struct scan *c, uint32_t from, uint32_t to)
{
    uint32_t dots = 0, n = 0;
    for (uint32_t at = from; at < to; at++) {
        unsigned char b = (unsigned char)c->text[at];
        if (b == '.' && n >= 2) {
            dots++;
            n = 0;
        } else if (is_lower(b)) {
            n++;
        } else {
            return false;
        }
    }
    return dots >= 2 && n >= 2;
}

/* "minutes.doc": a name with the ending of a kind of file. */
static bool is_file(const struct scan *c, uint32_t from, uint32_t to)
{
    static const char *const kinds[] = {"doc", "docx", "xls", "xlsx", "pdf", "txt", "jpg", "jpeg",
                                        "gif", "png", "html", "htm", "ppt", "exe", "zip", "url", NULL};
    uint32_t dot = to;
    while (dot > from && to - dot <= 5 && c->text[dot - 1] != '.')
        dot--;
    return dot > from && c->text[dot - 1] == '.' && (dot > from + 1 || from > c->block_begin) &&
           one_of(c, dot, to, kinds);
}

/* Past the address that begins here, or c->at. */
static uint32_t address_end(const struct scan *c)
{
    uint32_t to = c->end, mail = 0, dots = 0;
    while (to > c->at + 1 && strchr(".,;:!?)]}>\"'*", c->text[to - 1]))
        to--;
    if (starts_with(c, c->at, "http://") || starts_with(c, c->at, "https://") ||
        starts_with(c, c->at, "www.") || starts_with(c, c->at, "mailto:"))
        return to;
    if ((byte(c, c->at) == '@' || byte(c, c->at) == '#') && is_alpha(byte(c, c->at + 1))) {
        uint32_t at = c->at + 1;
        while (word_char(c, at))
            at += word_char(c, at);
        return at;
    }
    for (uint32_t at = c->at; at < to; at++) {
        unsigned char b = (unsigned char)c->text[at];
        if (b == '@' && at > c->at)
            mail++;
        else if (b == '.')
            dots++;
        else if (b == '/' && !mail)
            break;
        else if ((b == '#' || b == '!') && is_file(c, c->at, to))
            continue;
        else if (!is_alpha(b) && !is_digit(b) && !strchr("-_+%", b)) {
            to = at;
            break;
        }
    }
    if (mail == 1 && (dots || is_alpha(byte(c, to - 1))) && is_alpha(byte(c, c->at)))
        return to;
    return dots && (is_domain(c, c->at, to) || is_file(c, c->at, to) || is_newsgroup(c, c->at, to))
               ? to : c->at;
}

/* ---- punctuation ---- */

/* "'em", "'90s", "'s" behind a mark: an apostrophe that begins a token. */
static bool leading_apostrophe(struct scan *c, unsigned n)
{
    static const char *const words[] = {"em", "til", "cause", "tis", "twas", "n", "bout", NULL};
    uint32_t from = c->at + n, to = from;
    while (word_char(c, to))
        to += word_char(c, to);
    bool year = to - from >= 2 && is_digit(byte(c, from)) && is_digit(byte(c, from + 1)) &&
                to - from <= 3;
    bool glued = c->at > c->block_begin && c->s->article->n_toks &&
                 c->s->article->tok[c->s->article->n_toks - 1].end == c->at;
    bool alone = c->at == c->chunk && to == c->end; /* "Russia 's": cut by someone else */
    if (!year && !one_of(c, from, to, words) && !((glued || alone) && one_of(c, from, to, tails)))
        return false;
    emit(c, c->at, to, false);
    c->at = to;
    return true;
}

/*
 * Bytes of an emoticon at the end of the chunk, a mark behind it aside, or 0: eyes, perhaps a nose,
 * a mouth. A mouth that is a letter or a stroke must not stand right behind a word.
 */
static unsigned emoticon(const struct scan *c)
{
    uint32_t at = c->at + 1;
    unsigned char b = byte(c, c->at);
    if (b == '(' && byte(c, at) == ':' && at + 1 == c->end)
        return 2;
    if (b == '^' && c->end - c->at == 3 && memcmp(c->text + c->at, "^_^", 3) == 0)
        return 3;
    if (!b || !strchr(":;=", b))
        return 0;
    if (byte(c, at) == '-' || byte(c, at) == '\'')
        at++;
    unsigned char mouth = byte(c, at);
    bool round = mouth == ')' || mouth == '(';
    bool alone = c->at == c->block_begin || c->s->article->n_toks == 0 ||
                 c->s->article->tok[c->s->article->n_toks - 1].end != c->at;
    if (!mouth || !(round || (alone && strchr("DPpO/", mouth))))
        return 0;
    while (byte(c, at) == mouth)
        at++;
    if (at != c->end && !(at + 1 == c->end && strchr(".,!?", byte(c, at))))
        return 0;
    return at - c->at;
}

static void take_mark(struct scan *c)
{
    unsigned n = apostrophe(c, c->at);
    if (n && leading_apostrophe(c, n))
        return;
    uint32_t code, from = c->at;
    uint32_t to = from + utf8_decode(c->text + from, c->text + c->end, &code);
    unsigned char b = (unsigned char)c->text[from];
    unsigned face = emoticon(c);
    if (face) {
        to = from + face;
    } else if (code == 0x2018 || code == 0x2019) { /* doubled: a double quotation mark */
        uint32_t twin;
        if (to < c->end && utf8_decode(c->text + to, c->text + c->end, &twin) == 3 && twin == 0x2019)
            to += 3;
    } else if (code == 0x2026) { /* an ellipsis and the stop behind it */
        while (byte(c, to) == '.')
            to++;
    } else if (b && b < 0x80 && strchr(".-!?*=_~#+<>`'", b)) {
        while (byte(c, to) == b)
            to++;
        if (b == '!' || b == '?' || (b == '.' && to - from == 1)) /* "...?" is two */
            while (byte(c, to) == '!' || byte(c, to) == '?')
                to++;
        if (b == '\'' || b == '`')
            to = to - from >= 2 ? from + 2 : to;
    }
    emit(c, from, to, false);
    c->at = to;
}

/* A sign in front of a number: "-5", "+44". */
static bool signed_number(const struct scan *c)
{
    unsigned char b = byte(c, c->at);
    bool first = c->at == c->block_begin || c->s->article->n_toks == 0 ||
                 c->s->article->tok[c->s->article->n_toks - 1].end != c->at;
    return (b == '+' || b == '-') && first && is_digit(byte(c, c->at + 1));
}

static void scan_chunk(struct scan *c)
{
    while (c->at < c->end && !c->s->failed) {
        uint32_t address = address_end(c);
        if (address > c->at) {
            emit(c, c->at, address, false);
            c->at = address;
        } else if (is_digit(byte(c, c->at))) {
            take_number(c);
        } else if (signed_number(c)) {
            uint32_t to = number_end(c, c->at + 1);
            emit(c, c->at, to, false);
            c->at = to;
        } else if (byte(c, c->at) == '.' && is_digit(byte(c, c->at + 1))) {
            uint32_t to = number_end(c, c->at + 1);
            emit(c, c->at, to, false);
            c->at = to;
        } else if (word_char(c, c->at) && byte(c, c->at) != '_') {
            take_word(c);
        } else {
            take_mark(c);
        }
    }
}

void split_tokens(struct splitter *s, uint32_t begin, uint32_t end)
{
    const char *text = s->article->text.p;
    struct scan c = {.s = s, .text = text, .block_begin = begin, .block_end = end};
    uint32_t at = begin;
    while (at < end && !s->failed) {
        uint32_t code;
        unsigned n = utf8_decode(text + at, text + end, &code);
        if (utf8_is_space(code)) {
            if (c.block_begin == at)
                c.block_begin = at + n;
            at += n;
            continue;
        }
        uint32_t stop = at;
        while (stop < end) {
            n = utf8_decode(text + stop, text + end, &code);
            if (utf8_is_space(code) || stop - at >= CHUNK_BYTES_MAX)
                break;
            stop += n;
        }
        c.cut = stop < end && !utf8_is_space(code);
        c.chunk = c.at = at;
        c.end = stop;
        scan_chunk(&c);
        at = stop;
    }
}
