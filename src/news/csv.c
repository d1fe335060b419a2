/* SPDX-License-Identifier: MIT */
/*
 * csv.c - comma-separated values: the header, rows cut off, a row into an article.
 *
 * Reads    a header line that names the columns, then one article a row. The separator (',', ';'
 *          or a tab) is the one that the header has most of.
 * Leaves   the cells that are called like a field, or what --field says; others are passed over.
 * Method   RFC 4180: a cell that begins with a quote ends at the next one that is not doubled, line
 *          ends included; a quote inside of another cell is a letter. What stands behind a closing
 *          quote belongs to the cell, as spreadsheets read it.
 * Limits   ROW_MAX bytes a row: a quote that is never closed takes that much with it, not the rest
 *          of the file. COLUMNS_MAX columns.
 * Source   RFC 4180.
 */
#include "news/csv.h"

#include <ctype.h>
#include <stdio.h>

#include "core/utf8.h"
#include "news/encoding.h"
#include "news/reader.h"
#include "news/readers.h"
#include "news/records.h"

#define ROW_MAX (12u << 20)
#define COLUMNS_MAX 1000
#define NAME_MAX_ 64 /* bytes of a column's name, for guessing */

/* Where in a row the bytes read so far end. */
struct state {
    char separator;
    bool quoted; /* inside of quotes */
    bool begun;  /* the cell has a first byte */
};

static void scan(struct state *state, struct slice bytes)
{
    for (size_t i = 0; i < bytes.n; i++) {
        char c = bytes.p[i];
        if (state->quoted)
            state->quoted = c != '"'; /* a doubled quote closes and opens again */
        else if (c == '"' && (!state->begun || (i > 0 && bytes.p[i - 1] == '"')))
            state->quoted = state->begun = true;
        else
            state->begun = c != state->separator && c != '\n';
    }
}

/* ---- cells ---- */

/* The next cell, unquoted into `out` (as large as the row); false at the row's end. */
static bool next_cell(const char **at, const char *end, char separator, char *out, size_t *n)
{
    const char *p = *at;
    bool quoted = false;
    *n = 0;
    if (!p)
        return false;
    if (p < end && *p == '"')
        quoted = true, p++;
    for (; p < end; p++) {
        if (quoted && *p == '"' && p + 1 < end && p[1] == '"')
            out[(*n)++] = *p++;
        else if (quoted && *p == '"')
            quoted = false;
        else if (!quoted && *p == separator)
            break;
        else
            out[(*n)++] = *p;
    }
    *at = p < end ? p + 1 : NULL;
    return true;
}

static struct slice cut_line_end(struct slice row)
{
    while (row.n > 0 && (row.p[row.n - 1] == '\n' || row.p[row.n - 1] == '\r'))
        row.n--;
    return row;
}

/* ---- the header ---- */

static bool is_name(struct slice cell)
{
    for (size_t i = 0; i < cell.n; i++)
        if (!isalnum((unsigned char)cell.p[i]) && !strchr("_-. /()", cell.p[i]) &&
            (unsigned char)cell.p[i] < 0x80)
            return false;
    return cell.n <= NAME_MAX_;
}

static char separator_of(struct slice line)
{
    static const char tries[] = ",;\t";
    size_t best = 0, count[3] = {0};
    struct state state = {0};
    for (size_t i = 0; i < line.n; i++) {
        const char *found = strchr(tries, line.p[i]);
        if (found && *found && !state.quoted)
            count[found - tries]++;
        state.separator = found && *found ? *found : ',';
        scan(&state, slice_make(line.p + i, 1));
    }
    for (size_t k = 1; k < 3; k++)
        if (count[k] > count[best])
            best = k;
    return tries[best];
}

bool csv_header(struct slice head, const struct news_options *options, bool cautious,
                struct news_columns *columns)
{
    char cell[4096];
    struct slice line;
    if (!slice_cut(&head, '\n', &line) || line.n >= sizeof cell)
        return false;
    line = cut_line_end(form_skip_blank(line));
    *columns = (struct news_columns){.separator = separator_of(line)};
    const char *at = line.p;
    size_t n;
    unsigned known = 0, number = 0;
    while (next_cell(&at, line.p + line.n, columns->separator, cell, &n) && number < COLUMNS_MAX) {
        struct slice name = slice_trim(slice_make(cell, n));
        number++;
        if (cautious && !is_name(name))
            return false;
        for (int i = 0; i < NEWS_FIELDS; i++)
            if (columns->at[i] == 0 && slice_is_any_case(name, fields_name(options, (enum news_field)i))) {
                columns->at[i] = (uint16_t)number;
                known++;
            }
    }
    return columns->at[NEWS_FIELD_TEXT] > 0 && (!cautious || known > 1);
}

static int take_header(struct news_reader *reader, struct news_record *record,
                       struct dm_error *err)
{
    struct slice head;
    do {
        buf_clear(&record->bytes);
        int rc = reader_line(reader, &record->bytes, err);
        if (rc <= 0)
            return rc;
        head = cut_line_end(form_skip_blank(buf_slice(&record->bytes)));
    } while (head.n == 0);
    if (!record->bytes.failed && csv_header(head, &reader->options, false, &reader->columns))
        return 1;
    reader->done = true;
    const char *name = fields_name(&reader->options, NEWS_FIELD_TEXT);
    return dm_fail(err, DM_EFORMAT, "%s:1: no column \"%s\"; --field text=NAME says which one "
                   "holds the text (header: %.*s)",
                   reader->path, name, (int)(head.n < 120 ? head.n : 120), head.p);
}

/* ---- rows ---- */

int take_csv(struct news_reader *reader, struct news_record *record, struct dm_error *err)
{
    int rc = reader->columns.separator ? 1 : take_header(reader, record, err);
    if (rc <= 0)
        return rc;
    struct state state = {.separator = reader->columns.separator};
    reader_begin(reader, record);
    for (;;) {
        size_t before = record->bytes.n;
        rc = reader_line(reader, &record->bytes, err);
        if (rc < 0)
            return rc;
        if (rc == 0 && record->bytes.n == 0)
            return 0;
        if (!record->bytes.failed)
            scan(&state, slice_make(record->bytes.p + before, record->bytes.n - before));
        bool too_long = record->bytes.failed || record->bytes.n > ROW_MAX;
        if (too_long || (rc == 0 && state.quoted)) {
            reader->number++;
            return dm_fail(err, too_long ? DM_ELIMIT : DM_EFORMAT, "%s:%llu: %s%s", reader->path,
                           (unsigned long long)record->line,
                           too_long ? "a row of more than 12 MiB" : "a row without its end",
                           state.quoted ? "; a quote is not closed" : "");
        }
        if (rc == 1 && state.quoted)
            continue;
        if (cut_line_end(buf_slice(&record->bytes)).n > 0) {
            record->columns = reader->columns;
            return 1;
        }
        reader_begin(reader, record); /* a blank line */
        state = (struct state){.separator = reader->columns.separator};
    }
}

int csv_read(const struct news_record *record, const struct news_options *options,
             struct dm_article *article, struct dm_error *err)
{
    struct arena *scratch = &article->scratch;
    char where[READERS_WHERE];
    struct news_fields fields = {0};
    struct slice row;
    size_t n_repaired = 0;
    readers_where(record, where);
    int rc = encoding_decode(scratch, cut_line_end(buf_slice(&record->bytes)), (struct slice){0},
                             &row, &n_repaired, err);
    if (rc != DM_OK)
        return rc;
    article->n_repaired = (uint32_t)n_repaired;
    char *cells = arena_bytes(scratch, row.n + 1);
    if (!cells)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", where);
    const char *at = row.p;
    unsigned number = 0;
    size_t n;
    while (number < COLUMNS_MAX &&
           next_cell(&at, row.p + row.n, record->columns.separator, cells, &n)) {
        number++;
        for (int i = 0; i < NEWS_FIELDS; i++)
            if (record->columns.at[i] == number)
                fields.at[i] = slice_make(cells, n);
        cells += n;
    }
    unsigned wanted = record->columns.at[NEWS_FIELD_TEXT];
    if (number < wanted)
        return dm_fail(err, DM_EFORMAT, "%s: %u cell%s; the text is cell %u", where, number,
                       number == 1 ? "" : "s", wanted);
    return fields_fill(&fields, where, options, article, err);
}
