/* SPDX-License-Identifier: MIT */
/*
 * news.c - open a file of news, tell its form by its bytes, hand its records on.
 *
 * Reads    unpacked bytes (input.c), a window at a time; UTF-16 becomes UTF-8 on the way in.
 * Leaves   news_record: see news.h. What cuts them off is cut.c, csv.c, feed.c and warc-cut.c; what
 *          makes articles of them is plain.c, html.c, jsonl.c, csv.c, feed-entry.c, warc.c, ...
 * Method   The first window decides the form (forms.c). A failure to read behind good bytes is kept
 *          until these have been taken.
 * Memory   One window, one record (at most NEWS_RECORD_MAX), whatever the file's length.
 */
#include "news/news.h"

#include <stdio.h>
#include <stdlib.h>

#include "article/conllu.h"
#include "core/utf8.h"
#include "news/reader.h"
#include "news/readers.h"

/* In the order of enum news_format. */
const char *const news_format_names[NEWS_FORMATS] = {
    "auto", "text", "html", "jsonl", "conllu", "petrarch", "tabari", "csv", "feed", "warc",
};

void news_record_init(struct news_record *record)
{
    memset(record, 0, sizeof *record);
    buf_init(&record->bytes, NEWS_RECORD_MAX);
}

void news_record_deinit(struct news_record *record)
{
    buf_deinit(&record->bytes);
}

/* A path that does not fit keeps its end, which says more than its beginning. */
static void set_path(char *out, size_t size, const char *path)
{
    size_t n = strlen(path);
    if (n < size) {
        memcpy(out, path, n + 1);
        return;
    }
    const char *tail = path + n - (size - 4);
    while ((*tail & 0xC0) == 0x80) /* not into the middle of a character */
        tail++;
    memcpy(out, "...", 3);
    memcpy(out + 3, tail, strlen(tail) + 1);
}

/* What a reader is once its input is open; takes the input. */
static int set_up(struct input *input, const struct news_options *options, struct news_reader **out,
                  struct dm_error *err)
{
    struct news_reader *reader = calloc(1, sizeof *reader);
    if (!reader) {
        input_close(input);
        return dm_fail(err, DM_ENOMEM, "out of memory opening news");
    }
    reader->input = input;
    if (options)
        reader->options = *options;
    reader->format = reader->options.format;
    reader->line = 1;
    set_path(reader->path, sizeof reader->path, input->path);
    input->path = reader->path;
    buf_init(&reader->carry, NEWS_RECORD_MAX);
    readers_init();
    *out = reader;
    return DM_OK;
}

int news_open(const char *path, const struct news_options *options, struct news_reader **out,
              struct dm_error *err)
{
    struct input *input;
    int rc = input_open(path, options, &input, err);
    return rc == DM_OK ? set_up(input, options, out, err) : rc;
}

int news_open_bytes(const char *name, struct slice bytes, struct slice charset,
                    const struct news_options *options, struct news_reader **out,
                    struct dm_error *err)
{
    struct input *input;
    int rc = input_open_bytes(name, bytes, &input, err);
    if (rc == DM_OK)
        rc = set_up(input, options, out, err);
    if (rc == DM_OK)
        (*out)->charset = charset;
    return rc;
}

void news_close(struct news_reader *reader)
{
    if (!reader)
        return;
    input_close(reader->input);
    feed_free(reader->feed);
    buf_deinit(&reader->carry);
    free(reader);
}

/* ---- bytes in ---- */

static bool begins_arc(const struct news_reader *reader)
{
    return slice_starts(slice_make(reader->raw, reader->n_raw), "filedesc://");
}

static bool begins_warc(const struct news_reader *reader)
{
    return slice_starts(slice_make(reader->raw, reader->n_raw), "WARC/") || begins_arc(reader);
}

/*
 * Read once; to tell the form, until `raw` is full. An archive's first window ends where its first
 * packed record does, so that it is known where each begins.
 */
static int read_raw(struct news_reader *reader, struct dm_error *err)
{
    while (!reader->ended && reader->n_raw < sizeof reader->raw) {
        int64_t got = input_read(reader->input, reader->raw + reader->n_raw,
                                 sizeof reader->raw - reader->n_raw, err);
        reader->ended = got <= 0;
        if (got < 0 && reader->n_raw == 0)
            return (int)got;
        if (got < 0)
            dm_fail(&reader->late, (int)got, "%s", err->text);
        else
            reader->n_raw += (size_t)got;
        if (reader->started || (reader->input->between && begins_warc(reader)))
            break; /* a pipe's lines are handed on as they come */
    }
    return DM_OK;
}

/* Move what was read into `in`, which is empty. */
static void widen(struct news_reader *reader)
{
    reader->begin = 0;
    if (reader->wide == WIDE_NONE) {
        memcpy(reader->in, reader->raw, reader->n_raw);
        reader->end = reader->n_raw;
        reader->n_raw = 0;
        return;
    }
    size_t used;
    reader->end = encoding_narrow(reader->wide, slice_make(reader->raw, reader->n_raw),
                                  reader->ended, reader->in, &used);
    memmove(reader->raw, reader->raw + used, reader->n_raw - used);
    reader->n_raw -= used;
}

int reader_fill(struct news_reader *reader, struct dm_error *err)
{
    while (reader->begin == reader->end) {
        if (reader->late.code && reader->n_raw == 0) {
            int code = reader->late.code;
            reader->late.code = 0;
            return dm_fail(err, code, "%s", reader->late.text);
        }
        if (reader->ended && reader->n_raw == 0)
            return 0;
        int rc = read_raw(reader, err);
        if (rc < 0)
            return rc;
        widen(reader);
    }
    return 1;
}

int reader_piece(struct news_reader *reader, struct buf *out, struct dm_error *err)
{
    int rc = reader_fill(reader, err);
    if (rc <= 0)
        return rc;
    const char *p = reader->in + reader->begin;
    const char *nl = memchr(p, '\n', reader->end - reader->begin);
    size_t n = nl ? (size_t)(nl - p) + 1 : reader->end - reader->begin;
    buf_add(out, slice_make(p, n));
    reader->begin += n;
    reader->offset += n;
    reader->line += nl != NULL;
    return 1;
}

int reader_line(struct news_reader *reader, struct buf *out, struct dm_error *err)
{
    uint64_t line = reader->line;
    for (bool any = false;; any = true) {
        int rc = reader_piece(reader, out, err);
        if (rc <= 0)
            return rc < 0 ? rc : any;
        if (reader->line != line)
            return 1;
    }
}

bool reader_at_member(const struct news_reader *reader)
{
    return reader->input->packed && reader->offset == reader->input->member_given;
}

void reader_begin(const struct news_reader *reader, struct news_record *record)
{
    buf_clear(&record->bytes);
    record->line = reader->line;
    record->offset = reader->offset;
    record->seekable = reader_at_member(reader);
    record->place = record->seekable ? reader->input->member_at : reader->offset;
}

/* ---- records ---- */

static int start(struct news_reader *reader, struct dm_error *err)
{
    int rc = read_raw(reader, err);
    if (rc < 0)
        return rc;
    reader->started = true;
    reader->done = true; /* until we know better */
    struct slice raw = slice_make(reader->raw, reader->n_raw);
    if (raw.n == 0)
        return dm_fail(err, DM_EFORMAT, "%s: the file is empty", reader->path);
    bool archive = reader->format == NEWS_WARC || begins_warc(reader);
    reader->arc = archive && begins_arc(reader);
    reader->wide = archive ? WIDE_NONE : encoding_wide_of(raw);
    const char *kind = reader->wide == WIDE_NONE && !archive ? form_binary(raw) : NULL;
    if (kind)
        return dm_fail(err, DM_EFORMAT, "%s: no text but binary (%s)", reader->path, kind);
    widen(reader);
    struct slice head = slice_make(reader->in, reader->end);
    if (form_skip_blank(head).n == 0 && reader->ended)
        return dm_fail(err, DM_EFORMAT, "%s: the file holds nothing but blanks", reader->path);
    if (reader->format == NEWS_AUTO) {
        rc = form_tell(head, &reader->options, &reader->format, reader->path, err);
        if (rc != DM_OK)
            return rc;
    }
    reader->done = false;
    return DM_OK;
}

static int take(struct news_reader *reader, struct news_record *record, struct dm_error *err)
{
    switch (reader->format) {
    case NEWS_JSONL:
        return take_jsonl(reader, record, err);
    case NEWS_CONLLU:
        return take_conllu(reader, record, err);
    case NEWS_PETRARCH:
        return take_petrarch(reader, record, err);
    case NEWS_TABARI:
        return take_tabari(reader, record, err);
    case NEWS_CSV:
        return take_csv(reader, record, err);
    case NEWS_FEED:
        return take_feed(reader, record, err);
    case NEWS_WARC:
        return take_warc(reader, record, err);
    default:
        return take_whole(reader, record, err);
    }
}

uint64_t news_bytes(const struct news_reader *reader)
{
    return reader->input->taken;
}

int news_seek(struct news_reader *reader, const struct news_place *place, struct dm_error *err)
{
    int rc = start(reader, err);
    reader->started = true;
    if (rc == DM_OK)
        rc = input_seek(reader->input, place->byte, place->unpacked, err);
    if (rc < 0) {
        reader->done = true;
        return rc;
    }
    reader->begin = reader->end = reader->n_raw = 0;
    reader->ended = false;
    reader->late.code = 0;
    reader->number = place->record - 1;
    reader->line = place->line;
    reader->offset = place->unpacked;
    return DM_OK;
}

/* Where a record begins that can be begun at: a line, or a record of an archive. */
static bool is_seekable(const struct news_reader *reader, const struct news_record *record)
{
    const struct input *input = reader->input;
    if (input->waits || reader->wide != WIDE_NONE)
        return false;
    if (reader->format == NEWS_JSONL)
        return !input->packed;
    return reader->format == NEWS_WARC && (!input->packed || record->seekable);
}

int news_take(struct news_reader *reader, struct news_record *record, struct dm_error *err)
{
    struct dm_error own;
    if (!err)
        err = &own;
    record->number = record->place = record->offset = record->line = 0;
    if (!reader->started) {
        int rc = start(reader, err);
        reader->started = true;
        if (rc < 0) {
            reader->done = true;
            return rc;
        }
    }
    if (reader->done)
        return 0;
    uint64_t before = reader->number;
    int rc = take(reader, record, err);
    if (rc == 0)
        reader->done = true;
    if (rc < 0 && reader->number > before)
        record->number = reader->number;
    if (rc != 1)
        return rc;
    record->seekable = is_seekable(reader, record);
    record->format = reader->format;
    record->number = ++reader->number;
    memcpy(record->path, reader->path, sizeof record->path);
    return 1;
}

/* ---- articles ---- */

const char *readers_where(const struct news_record *record, char out[static READERS_WHERE])
{
    if (record->format == NEWS_WARC)
        snprintf(out, READERS_WHERE, "%s: record at byte %llu", record->path,
                 (unsigned long long)record->place);
    else if (record->format == NEWS_FEED)
        snprintf(out, READERS_WHERE, "%s: entry %llu", record->path,
                 (unsigned long long)record->number);
    else
        snprintf(out, READERS_WHERE, "%s:%llu", record->path, (unsigned long long)record->line);
    return out;
}

/*
 * The id of an article that has none: its file, and its number there when the form holds several.
 * Standard input has no name, so the content's hash tells its articles apart.
 */
static int make_id(const struct news_record *record, struct dm_article *article,
                   struct dm_error *err)
{
    const char *path = record->path;
    while (path[0] == '.' && path[1] == '/')
        path += 2;
    bool many = record->format != NEWS_TEXT && record->format != NEWS_HTML;
    if (strcmp(path, NEWS_STANDARD_INPUT) == 0)
        article->id = arena_printf(&article->arena, "stdin-%016llx",
                                   (unsigned long long)slice_hash(buf_slice(&record->bytes)));
    else if (many)
        article->id = arena_printf(&article->arena, "%s:%llu", path,
                                   (unsigned long long)record->number);
    else
        article->id = arena_copy(&article->arena, slice_of(path));
    if (!article->id.p)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", record->path);
    size_t repaired; /* a file's name may be any bytes */
    article->id = utf8_repair(&article->arena, article->id, &repaired);
    return article->id.p ? DM_OK : dm_fail(err, DM_ENOMEM, "%s: out of memory", record->path);
}

static int read_conllu(const struct news_record *record, const struct news_options *options,
                       struct dm_article *article, struct dm_error *err)
{
    struct slice text;
    size_t n_repaired;
    int rc = encoding_decode(&article->scratch, buf_slice(&record->bytes), (struct slice){0}, &text,
                             &n_repaired, err);
    if (rc == DM_OK)
        rc = conllu_read(text, record->path, record->line, article, err);
    if (rc != DM_OK)
        return rc;
    article->n_repaired = (uint32_t)n_repaired;
    if (date_is_none(article->date))
        article->date = options->date;
    return DM_OK;
}

int news_read(const struct news_record *record, const struct news_options *options,
              struct dm_article *article, struct dm_error *err)
{
    static const struct news_options none = {0};
    if (!options)
        options = &none;
    article->path = arena_copy(&article->arena, slice_of(record->path));
    article->place = record->number;
    article->offset = record->place;
    if (!article->path.p)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", record->path);
    struct arena_mark mark = arena_mark(&article->scratch);
    int rc = DM_OK;
    switch (record->format) {
    case NEWS_JSONL:
        rc = jsonl_read(record, options, article, err);
        break;
    case NEWS_HTML:
        rc = html_read(record, options, article, err);
        break;
    case NEWS_CONLLU:
        rc = read_conllu(record, options, article, err);
        break;
    case NEWS_PETRARCH:
        rc = petrarch_read(record, options, article, err);
        break;
    case NEWS_TABARI:
        rc = tabari_read(record, options, article, err);
        break;
    case NEWS_CSV:
        rc = csv_read(record, options, article, err);
        break;
    case NEWS_FEED:
        rc = feed_read(record, options, article, err);
        break;
    case NEWS_WARC:
        rc = warc_read(record, options, article, err);
        break;
    default:
        rc = text_read(record, options, article, err);
    }
    arena_rewind(&article->scratch, mark);
    if (rc == DM_OK && article->id.n == 0)
        rc = make_id(record, article, err);
    return rc;
}
