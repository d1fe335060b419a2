/* SPDX-License-Identifier: MIT */
/*
 * record.c - read the lexicon's text files (form: record.h, docs/lexicon.md).
 *
 * Reads    one file's bytes, already in memory.
 * Leaves   records whose texts are views into those bytes.
 * Method   Line by line. A faulty line is consumed before its error is returned, so that the caller
 *          may go on and report every fault of a file. Facts stand in the reader's arena.
 * Limits   RECORD_LINE_MAX bytes a line, RECORD_FACTS_MAX facts a record.
 */
#include "lexicon/record.h"

#include "core/utf8.h"

#include <stdarg.h>
#include <stdio.h>

int record_fail(const char *path, uint32_t line, struct dm_error *err, const char *format, ...)
{
    char text[800];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return dm_fail(err, DM_ELEXICON, "%s:%u: %s", path, line, text);
}

void record_reader_init(struct record_reader *reader, const char *path, struct slice text,
                        struct arena *arena)
{
    if (slice_starts(text, "\xEF\xBB\xBF"))
        text = slice_make(text.p + 3, text.n - 3);
    *reader = (struct record_reader){.path = path, .rest = text, .arena = arena};
}

/* Cut a comment: '#' at the start or behind a blank, to the end of the line. */
static struct slice without_comment(struct slice line)
{
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] == '#' && (i == 0 || line.p[i - 1] == ' ' || line.p[i - 1] == '\t'))
            return slice_make(line.p, i);
    return line;
}

/* The text of one line, or an error that names it. The line is consumed in either case. */
static int take_line(struct record_reader *reader, struct slice *out, struct dm_error *err)
{
    struct slice line;
    slice_cut(&reader->rest, '\n', &line);
    reader->line++;
    if (line.n > RECORD_LINE_MAX)
        return record_fail(reader->path, reader->line, err, "line of %zu bytes; at most %d", line.n,
                           RECORD_LINE_MAX);
    if (line.n && line.p[line.n - 1] == '\r')
        line.n--;
    for (size_t i = 0; i < line.n; i++)
        if ((unsigned char)line.p[i] < ' ' && line.p[i] != '\t')
            return record_fail(reader->path, reader->line, err, "control character 0x%02x",
                               (unsigned char)line.p[i]);
    if (utf8_valid_prefix(line) != line.n)
        return record_fail(reader->path, reader->line, err, "not valid UTF-8 at byte %zu",
                           utf8_valid_prefix(line) + 1);
    *out = without_comment(line);
    return 0;
}

static void split_key(struct slice text, struct slice *key, struct slice *value)
{
    text = slice_trim(text);
    if (!slice_word(&text, key))
        *key = slice_make(text.p, 0);
    *value = slice_trim(text);
    if (value->n == 0) /* so that fact_text() can join the two */
        *value = slice_make(key->p + key->n, 0);
}

/* Is the next line a fact of the record being read (or nothing but blanks and comment)? */
static bool next_is_indented(const struct record_reader *reader)
{
    if (reader->rest.n == 0)
        return false;
    char c = reader->rest.p[0];
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '#';
}

static int take_facts(struct record_reader *reader, struct record *out, struct dm_error *err)
{
    size_t capacity = 0;
    while (next_is_indented(reader)) {
        struct slice line;
        int rc = take_line(reader, &line, err);
        if (rc < 0)
            return rc;
        if (slice_trim(line).n == 0)
            continue;
        if (out->n_facts == RECORD_FACTS_MAX)
            return record_fail(reader->path, reader->line, err, "more than %d facts in a record",
                               RECORD_FACTS_MAX);
        struct fact *fact = ARENA_PUSH(reader->arena, out->fact, out->n_facts, capacity);
        if (!fact)
            return dm_fail(err, DM_ENOMEM, "%s: out of memory", reader->path);
        fact->line = reader->line;
        split_key(line, &fact->key, &fact->value);
    }
    return 0;
}

int record_next(struct record_reader *reader, struct record *out, struct dm_error *err)
{
    while (reader->rest.n) {
        bool indented = reader->rest.p[0] == ' ' || reader->rest.p[0] == '\t';
        struct slice line;
        int rc = take_line(reader, &line, err);
        if (rc < 0)
            return rc;
        if (slice_trim(line).n == 0)
            continue;
        if (indented)
            return record_fail(reader->path, reader->line, err,
                               "an indented fact without a record; a record begins at column 0");
        struct record record = {.line = reader->line};
        split_key(line, &record.key, &record.value);
        rc = take_facts(reader, &record, err);
        if (rc < 0)
            return rc;
        *out = record;
        return 1;
    }
    return 0;
}

bool record_item(struct slice *list, struct slice *item)
{
    struct slice piece;
    while (slice_cut(list, '|', &piece)) {
        piece = slice_trim(piece);
        if (piece.n) {
            *item = piece;
            return true;
        }
    }
    return false;
}

int record_span(struct slice *value, struct date *from, struct date *to)
{
    struct slice text = slice_trim(*value);
    size_t at = text.n;
    while (at && text.p[at - 1] != ' ' && text.p[at - 1] != '\t')
        at--;
    struct slice word = slice_make(text.p + at, text.n - at);
    size_t dots = 0;
    while (dots + 1 < word.n && !(word.p[dots] == '.' && word.p[dots + 1] == '.'))
        dots++;
    /* "..." ends a word, it is no span */
    if (dots + 1 >= word.n || word.n == 2 || (dots + 2 < word.n && word.p[dots + 2] == '.'))
        return word.n == 2 && dots == 0 && word.p[0] == '.' ? DM_ELEXICON : 0;

    struct slice left = slice_make(word.p, dots);
    struct slice right = slice_make(word.p + dots + 2, word.n - dots - 2);
    struct date a = {0}, b = {0};
    if ((left.n && !date_parse(left, &a)) || (right.n && !date_parse(right, &b)))
        return DM_ELEXICON;
    if (!date_is_none(a) && !date_is_none(b) && date_first_day(a) > date_last_day(b))
        return DM_ELEXICON;
    *from = a;
    *to = b;
    *value = slice_trim(slice_make(text.p, at));
    return 1;
}
