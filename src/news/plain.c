/* SPDX-License-Identifier: MIT */
/*
 * plain.c - plain text, from a file or from a line of JSON, into an article's blocks.
 *
 * Reads    decoded text; leaves it as it is, so that offsets count from what was given.
 * Leaves   block[] (body, headlines, clutter), and where they were not known: date, byline, source,
 *          title.
 * Method   Lines become pieces: a paragraph each, or, in hard-wrapped text, the lines between blank
 *          lines together. A paragraph that a page broke in two (no stop at its end, a small letter
 *          at the next one's start) is put together again. clutter.c names each piece. Once legal
 *          text begins in the last third, all behind it is clutter. A dateline becomes a block.
 * Memory   Pieces in the scratch arena.
 */
#include <ctype.h>

#include "news/clutter.h"
#include "news/dates.h"
#include "news/encoding.h"
#include "news/readers.h"
#include "news/records.h"

#define HEAD_PIECES 12 /* pieces at the start in which a date line or a byline is looked for */
#define LONG_BYTES 150 /* of a paragraph behind two of which a date line is not the article's */
#define WRAP_MIN 40    /* bytes of a line of hard-wrapped text */
#define WRAP_MAX 100

struct piece {
    uint32_t begin, end;
    enum line_kind kind;
    bool after_blank; /* a blank line stands before it */
    struct line_facts facts;
};

struct pieces {
    struct piece *at;
    uint32_t n;
    size_t capacity;
};

static struct slice piece_text(struct slice text, const struct piece *piece)
{
    return slice_make(text.p + piece->begin, piece->end - piece->begin);
}

/* Every line that is not blank, without the blanks around it. */
static bool cut_lines(struct arena *scratch, struct slice text, struct pieces *lines)
{
    bool blank = true;
    for (size_t i = 0; i < text.n;) {
        const char *nl = memchr(text.p + i, '\n', text.n - i);
        size_t end = nl ? (size_t)(nl - text.p) : text.n;
        struct slice line = slice_trim(slice_make(text.p + i, end - i));
        if (line.n > 0) {
            struct piece *piece = ARENA_PUSH(scratch, lines->at, lines->n, lines->capacity);
            if (!piece)
                return false;
            piece->begin = (uint32_t)(line.p - text.p);
            piece->end = piece->begin + (uint32_t)line.n;
            piece->after_blank = blank;
        }
        blank = line.n == 0;
        i = end + 1;
    }
    return true;
}

/* Is a sentence's end, or at least a clause's, at the end of the line? */
static bool is_closed(struct slice line)
{
    while (line.n > 0) {
        unsigned char c = (unsigned char)line.p[line.n - 1];
        if (line.n >= 3 && memcmp(line.p + line.n - 3, "\xE2\x80\x9D", 3) == 0)
            line.n -= 3;
        else if (line.n >= 3 && memcmp(line.p + line.n - 3, "\xE2\x80\x99", 3) == 0)
            line.n -= 3;
        else if (c == '"' || c == '\'' || c == ')' || c == ']')
            line.n--;
        else
            return c == '.' || c == '!' || c == '?' || c == ':' || c == ';';
    }
    return true;
}

/* Hard-wrapped: most lines that another follows directly are of a column's width and not closed. */
static bool is_wrapped(struct slice text, const struct pieces *lines)
{
    uint32_t n = 0, n_column = 0, n_open = 0;
    for (uint32_t i = 0; i + 1 < lines->n; i++) {
        struct slice line = piece_text(text, &lines->at[i]);
        if (lines->at[i + 1].after_blank)
            continue;
        n++;
        n_column += line.n >= WRAP_MIN && line.n <= WRAP_MAX;
        n_open += !is_closed(line);
    }
    return n >= 2 && n_column * 10 >= n * 7 && n_open * 10 >= n * 6;
}

static bool begins_small(struct slice line)
{
    return line.n > 0 && islower((unsigned char)line.p[0]);
}

/* Does `next` go on with the sentence of `last`? */
static bool goes_on(struct slice text, const struct piece *last, const struct piece *next,
                    bool wrapped)
{
    struct slice a = piece_text(text, last), b = piece_text(text, next);
    if (clutter_is(last->kind) || clutter_is(next->kind))
        return false;
    if (!next->after_blank)
        return wrapped || (!is_closed(a) && begins_small(b));
    return !is_closed(a) && a.n > 60 && begins_small(b) && a.p[a.n - 1] != ',';
}

/*
 * Lines to paragraphs, in place; each gets its kind. In wrapped text a line alone tells less, so
 * only the first line of a paragraph may be clutter by itself.
 */
static void join_lines(struct arena *scratch, struct slice text, struct pieces *lines)
{
    bool wrapped = is_wrapped(text, lines);
    uint32_t n = 0;
    for (uint32_t i = 0; i < lines->n; i++) {
        struct piece next = lines->at[i];
        next.kind = clutter_line(scratch, piece_text(text, &next), &next.facts);
        bool inside = wrapped && !next.after_blank && n > 0 && !clutter_is(lines->at[n - 1].kind);
        if (inside)
            next.kind = LINE_BODY;
        if (n > 0 && goes_on(text, &lines->at[n - 1], &next, wrapped)) {
            lines->at[n - 1].end = next.end;
            lines->at[n - 1].kind = LINE_BODY;
        } else {
            lines->at[n++] = next;
        }
    }
    lines->n = n;
    for (uint32_t i = 0; wrapped && i < n; i++) /* whole paragraphs of clutter */
        if (lines->at[i].kind == LINE_BODY)
            lines->at[i].kind = clutter_line(scratch, piece_text(text, &lines->at[i]),
                                             &lines->at[i].facts);
}

/* All behind the first legal piece of the last part is clutter. */
static void cut_tail(struct slice text, struct pieces *pieces)
{
    uint32_t n_body = 0;
    for (uint32_t i = 0; i < pieces->n; i++) {
        struct piece *piece = &pieces->at[i];
        n_body += piece->kind == LINE_BODY;
        if (piece->kind != LINE_LEGAL || n_body < 2 || (text.n - piece->begin) * 3 > text.n)
            continue;
        for (; i < pieces->n; i++)
            if (!clutter_is(pieces->at[i].kind))
                pieces->at[i].kind = LINE_NOTE;
    }
}

/* A text that is clutter from end to end is none: then what looked like it is the text. */
static void keep_something(struct pieces *pieces)
{
    for (uint32_t i = 0; i < pieces->n; i++)
        if (!clutter_is(pieces->at[i].kind))
            return;
    for (uint32_t i = 0; i < pieces->n; i++)
        pieces->at[i].kind = LINE_BODY;
}

/* A headline is what stands over other text: at the start, or alone between paragraphs. */
static void settle_headlines(struct slice text, struct pieces *pieces)
{
    for (uint32_t i = 0; i < pieces->n; i++) {
        struct piece *piece = &pieces->at[i];
        if (piece->kind != LINE_HEADLINE)
            continue;
        uint32_t next = i + 1;
        while (next < pieces->n && clutter_is(pieces->at[next].kind))
            next++;
        struct slice line = piece_text(text, piece);
        bool over = next < pieces->n;
        if (!over || begins_small(line) || line.p[0] == '"' || line.p[0] == '-')
            piece->kind = LINE_BODY;
    }
}

static bool has_body_before(const struct pieces *pieces, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (pieces->at[i].kind == LINE_BODY)
            return true;
    return false;
}

/* A date line may also say when the page was saved or changed, or name a month alone. */
static bool is_of_article(struct slice line, struct date date)
{
    static const char *const others[] = { "Today", "TODAY", "Updated", "UPDATED", "Last " };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (slice_starts(line, others[i]))
            return false;
    return date.day != 0;
}

/* Date, byline, source and title from the pieces at the start, and datelines' dates. */
static bool take_facts(struct slice text, const struct pieces *pieces, bool own_title,
                       const struct news_options *options, struct dm_article *article)
{
    struct date partial = {0}, of_line = {0};
    uint32_t n_long = 0;
    bool fine = true;
    for (uint32_t i = 0; i < pieces->n && i < HEAD_PIECES; i++) {
        const struct piece *piece = &pieces->at[i];
        struct date date;
        struct slice line = piece_text(text, piece);
        n_long += piece->kind == LINE_BODY && line.n > LONG_BYTES;
        if (piece->kind == LINE_DATE && date_is_none(of_line) && n_long < 2 &&
            is_of_article(line, piece->facts.date)) {
            of_line = piece->facts.date;
            if (article->source.n == 0 && piece->facts.name.n > 0)
                fine = fine && (article->source = arena_copy(&article->arena, piece->facts.name)).p;
        } else if (piece->kind == LINE_BYLINE && article->byline.n == 0) {
            if (piece->facts.name.n > 0)
                fine = fine && (article->byline = arena_copy(&article->arena, piece->facts.name)).p;
        } else if (piece->kind == LINE_BODY && clutter_dateline(line, &date) > 0) {
            if (!date_is_none(date) && date_is_none(of_line))
                of_line = date;
            else if (date_is_none(date) && date.month && !partial.month)
                partial = date;
        } else if (piece->kind == LINE_HEADLINE && own_title && article->title.n == 0 &&
                   !has_body_before(pieces, i)) {
            fine = fine && (article->title = fields_one_line(&article->arena, line)).p;
        }
    }
    /* Letters and decrees close with the date. */
    for (uint32_t i = pieces->n > 3 ? pieces->n - 3 : 0; i < pieces->n; i++) {
        const struct piece *piece = &pieces->at[i];
        if (date_is_none(of_line) && piece->kind == LINE_DATE &&
            is_of_article(piece_text(text, piece), piece->facts.date))
            of_line = piece->facts.date;
    }
    if (date_is_none(article->date))
        article->date = of_line;
    if (date_is_none(article->date))
        article->date = dates_with_year(partial, options->date);
    if (date_is_none(article->date))
        article->date = options->date;
    return fine;
}

static bool make_blocks(struct arena *scratch, struct slice text, const struct pieces *pieces,
                        struct block **block, uint32_t *n)
{
    size_t capacity = 0, n_datelines = 0;
    for (uint32_t i = 0; i < pieces->n; i++) {
        const struct piece *piece = &pieces->at[i];
        struct date date;
        uint32_t begin = piece->begin;
        size_t cut = 0;
        if (piece->kind == LINE_BODY && n_datelines < 1)
            cut = clutter_dateline(piece_text(text, piece), &date);
        if (cut > 0 && cut < piece->end - begin) {
            struct block *line = ARENA_PUSH(scratch, *block, *n, capacity);
            if (!line)
                return false;
            *line = (struct block){begin, begin + (uint32_t)cut, BLOCK_CLUTTER};
            begin += (uint32_t)cut;
            n_datelines++;
        }
        struct block *next = ARENA_PUSH(scratch, *block, *n, capacity);
        if (!next)
            return false;
        *next = (struct block){begin, piece->end,
                               clutter_is(piece->kind)          ? BLOCK_CLUTTER
                               : piece->kind == LINE_HEADLINE ? BLOCK_HEADLINE
                                                              : BLOCK_BODY};
    }
    return true;
}

int text_fill(struct slice context, struct slice text, bool own_title,
              const struct news_options *options, struct dm_article *article, struct dm_error *err)
{
    struct arena *scratch = &article->scratch;
    struct pieces pieces = {0};
    struct block *block = NULL;
    uint32_t n = 0;
    if (!cut_lines(scratch, text, &pieces))
        return dm_fail(err, DM_ENOMEM, "out of memory for a text of %zu bytes", text.n);
    join_lines(scratch, text, &pieces);
    cut_tail(text, &pieces);
    keep_something(&pieces);
    settle_headlines(text, &pieces);
    if (!take_facts(text, &pieces, own_title, options, article) ||
        !make_blocks(scratch, text, &pieces, &block, &n))
        return dm_fail(err, DM_ENOMEM, "out of memory for a text of %zu bytes", text.n);
    return article_set_text(article, context, text, block, n, err);
}

int text_read(const struct news_record *record, const struct news_options *options,
              struct dm_article *article, struct dm_error *err)
{
    struct arena_mark mark = arena_mark(&article->scratch);
    struct slice text;
    size_t n_repaired;
    if (record->bytes.n > 2 * (size_t)ARTICLE_TEXT_MAX)
        return dm_fail(err, DM_ELIMIT, "%s: one text of %zu bytes; at most %u are read",
                       record->path, record->bytes.n, ARTICLE_TEXT_MAX);
    int rc = encoding_decode(&article->scratch, buf_slice(&record->bytes), (struct slice){0}, &text,
                             &n_repaired, err);
    if (rc == DM_OK && text.n > ARTICLE_TEXT_MAX)
        rc = dm_fail(err, DM_ELIMIT, "%s: one text of %zu bytes; at most %u are read", record->path,
                     text.n, ARTICLE_TEXT_MAX);
    if (rc == DM_OK) {
        article->n_repaired = (uint32_t)n_repaired;
        rc = text_fill((struct slice){0}, text, true, options, article, err);
    }
    arena_rewind(&article->scratch, mark);
    return rc;
}
