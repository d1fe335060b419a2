/* SPDX-License-Identifier: MIT */
/*
 * news.c - open a file of news, tell its form by its bytes, cut it into records.
 *
 * Reads    files and standard input, WINDOW bytes at a time; UTF-16 becomes UTF-8 on the way in.
 * Leaves   news_record: the bytes of one JSON line, one CoNLL-U document, or a whole file of text
 *          or HTML. Making an article of them is plain.c, jsonl.c and html.c.
 * Method   The first window decides the form (tell_format). A JSON line that is too long is read
 *          over, not kept, so that the lines behind it are not lost.
 * Memory   One window, one record (at most NEWS_RECORD_MAX), whatever the file's length.
 */
#include "news/news.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "article/conllu.h"
#include "core/utf8.h"
#include "news/encoding.h"
#include "news/readers.h"

#define WINDOW (64u << 10)

#define WAIT_MS 100 /* a wait for input is interrupted so often to ask whether to stop */

struct news_reader {
    int fd;
    char path[512];
    enum news_format format;
    enum encoding_wide wide;
    bool started, done;          /* format told; nothing more to be had */
    bool ended;                  /* the file's last byte has been read */
    bool waits;                  /* a pipe or a terminal: reading may block */
    bool (*stopped)(void *self); /* see struct news_options */
    void *self;
    char raw[WINDOW];            /* as the file has it; only UTF-16 leaves a rest here */
    size_t n_raw;
    char in[WINDOW / 2 * 3 + 8]; /* UTF-8, or what claims to be */
    size_t begin, end;           /* of `in`: not yet taken */
    uint64_t number, line, offset; /* records, lines and bytes taken so far */
    struct buf carry;            /* CoNLL-U: lines read that belong to the next document */
    uint64_t carry_line, carry_offset;
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

int news_open(const char *path, const struct news_options *options, struct news_reader **out,
              struct dm_error *err)
{
    bool standard = strcmp(path, "-") == 0;
    /* Without O_NONBLOCK, opening a pipe that nobody writes to would block. */
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return dm_fail(err, DM_EIO, "%s: %s", path, strerror(errno));
    struct stat st;
    int rc = DM_OK;
    if (fstat(fd, &st) < 0)
        rc = dm_fail(err, DM_EIO, "%s: %s", path, strerror(errno));
    else if (S_ISDIR(st.st_mode))
        rc = dm_fail(err, DM_EIO, "%s: is a folder; name the files in it", path);
    struct news_reader *reader = rc == DM_OK ? calloc(1, sizeof *reader) : NULL;
    if (rc == DM_OK && !reader)
        rc = dm_fail(err, DM_ENOMEM, "%s: out of memory", path);
    if (rc != DM_OK) {
        if (!standard)
            close(fd);
        return rc;
    }
    reader->fd = fd;
    reader->format = options ? options->format : NEWS_AUTO;
    reader->waits = !S_ISREG(st.st_mode);
    reader->stopped = options ? options->stopped : NULL;
    reader->self = options ? options->self : NULL;
    reader->line = 1;
    set_path(reader->path, sizeof reader->path, standard ? NEWS_STANDARD_INPUT : path);
    buf_init(&reader->carry, NEWS_RECORD_MAX);
    readers_init();
    *out = reader;
    return DM_OK;
}

void news_close(struct news_reader *reader)
{
    if (!reader)
        return;
    if (reader->fd != STDIN_FILENO)
        close(reader->fd);
    buf_deinit(&reader->carry);
    free(reader);
}

/* ---- bytes in ---- */

/* Until bytes come or their end; false when the caller wants to stop. */
static bool wait_readable(const struct news_reader *reader)
{
    struct pollfd ask = {.fd = reader->fd, .events = POLLIN};
    while (poll(&ask, 1, WAIT_MS) <= 0)
        if (reader->stopped && reader->stopped(reader->self))
            return false;
    return true;
}

/* Read until `raw` is full or the file ends. */
static int read_raw(struct news_reader *reader, struct dm_error *err)
{
    while (!reader->ended && reader->n_raw < sizeof reader->raw) {
        if (reader->waits && !wait_readable(reader)) {
            reader->ended = true;
            break;
        }
        ssize_t got = read(reader->fd, reader->raw + reader->n_raw,
                           sizeof reader->raw - reader->n_raw);
        if (got < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (got < 0) {
            reader->done = true;
            return dm_fail(err, DM_EIO, "%s: reading failed: %s", reader->path, strerror(errno));
        }
        reader->ended = got == 0;
        reader->n_raw += (size_t)got;
        if (reader->started)
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

/* 1: bytes are there; 0: the end. */
static int fill(struct news_reader *reader, struct dm_error *err)
{
    while (reader->begin == reader->end) {
        if (reader->ended && reader->n_raw == 0)
            return 0;
        int rc = read_raw(reader, err);
        if (rc < 0)
            return rc;
        widen(reader);
    }
    return 1;
}

/* ---- what form is it? ---- */

static const char *binary_kind(struct slice head)
{
    static const struct { const char *magic; size_t n; const char *what; } kinds[] = {
        { "\x1F\x8B", 2, "gzip; unpack it first (zcat FILE | demarche ... -)" },
        { "BZh", 3, "bzip2; unpack it first" },
        { "\xFD" "7zXZ", 5, "xz; unpack it first" },
        { "\x28\xB5\x2F\xFD", 4, "zstd; unpack it first" },
        { "PK\3\4", 4, "a zip archive or an office document" },
        { "%PDF-", 5, "PDF" },
        { "\x89PNG", 4, "an image" },
        { "\xFF\xD8\xFF", 3, "an image" },
        { "GIF8", 4, "an image" },
        { "\x7F" "ELF", 4, "a program" },
        { "SQLite format 3", 16, "a database" },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (head.n >= kinds[i].n && memcmp(head.p, kinds[i].magic, kinds[i].n) == 0)
            return kinds[i].what;
    size_t odd = 0, n = head.n;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)head.p[i];
        odd += c == 0x7F || (c < 0x20 && !strchr("\t\n\r\f\v\b\x1A\x1B", c)) || c == 0;
    }
    return odd * 50 > n ? "control characters all over" : NULL;
}

/* Does text stand at p, letter case aside? */
static bool at_word(const char *p, const char *end, const char *word)
{
    size_t n = strlen(word);
    return (size_t)(end - p) >= n && strncasecmp(p, word, n) == 0;
}

static bool looks_html(struct slice head)
{
    static const char *const tags[] = { "<!doctype html", "<html", "<head", "<body", "<meta",
                                        "<title", "<article", "<div", "<p>", "<p ", "<h1" };
    const char *end = head.p + (head.n < 8192 ? head.n : 8192);
    if (head.p == end || *head.p != '<')
        return false;
    for (const char *p = head.p; p < end; p++)
        for (size_t i = 0; *p == '<' && i < sizeof tags / sizeof *tags; i++)
            if (at_word(p, end, tags[i]))
                return true;
    return false;
}

static bool looks_conllu(struct slice head)
{
    static const char *const marks[] = { "# newdoc", "# newpar", "# sent_id", "# text =",
                                         "# text=", "# global.columns" };
    struct slice line;
    for (int i = 0; i < 20 && slice_cut(&head, '\n', &line); i++) {
        for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
            if (slice_starts(line, marks[k]))
                return true;
        if (line.n > 0 && line.p[0] == '#')
            continue;
        unsigned tabs = 0;
        for (size_t k = 0; k < line.n; k++)
            tabs += line.p[k] == '\t';
        return tabs == 9 && isdigit((unsigned char)line.p[0]);
    }
    return false;
}

static struct slice skip_blank(struct slice head)
{
    if (slice_starts(head, "\xEF\xBB\xBF"))
        head = slice_make(head.p + 3, head.n - 3);
    while (head.n > 0 && isspace((unsigned char)*head.p))
        head.p++, head.n--;
    return head;
}

/* The form, or a failure for what is none that is read. */
static int tell_format(struct slice head, enum news_format *format, const char *path,
                       struct dm_error *err)
{
    head = skip_blank(head);
    *format = NEWS_TEXT;
    if (head.n > 1 && (head.p[0] == '{' || head.p[0] == '[')) {
        char first = head.p[0];
        struct slice rest = skip_blank(slice_make(head.p + 1, head.n - 1));
        if (first == '[' && rest.n > 0 && *rest.p == '{')
            return dm_fail(err, DM_EFORMAT,
                           "%s:1: a JSON array; one object a line is wanted (jq -c '.[]')", path);
        if (first == '{' && rest.n > 0 && (*rest.p == '"' || *rest.p == '}')) {
            if (memchr(head.p, '\n', (size_t)(rest.p - head.p)))
                return dm_fail(err, DM_EFORMAT,
                               "%s:1: JSON over several lines; one object a line is wanted (jq -c .)",
                               path);
            *format = NEWS_JSONL;
        }
    } else if (looks_html(head)) {
        *format = NEWS_HTML;
    } else if (slice_starts(head, "<?xml") || slice_starts(head, "<rss") ||
               slice_starts(head, "<feed")) {
        return dm_fail(err, DM_EFORMAT,
                       "%s: XML that is no page; text, HTML, JSON Lines or CoNLL-U is wanted", path);
    } else if (looks_conllu(head)) {
        *format = NEWS_CONLLU;
    }
    return DM_OK;
}

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
    reader->wide = encoding_wide_of(raw);
    const char *kind = reader->wide == WIDE_NONE ? binary_kind(raw) : NULL;
    if (kind)
        return dm_fail(err, DM_EFORMAT, "%s: no text but binary (%s)", reader->path, kind);
    widen(reader);
    struct slice head = slice_make(reader->in, reader->end);
    if (skip_blank(head).n == 0 && reader->ended)
        return dm_fail(err, DM_EFORMAT, "%s: the file holds nothing but blanks", reader->path);
    if (reader->format == NEWS_AUTO) {
        rc = tell_format(head, &reader->format, reader->path, err);
        if (rc != DM_OK)
            return rc;
    }
    reader->done = false;
    return DM_OK;
}

/* ---- records ---- */

/*
 * Append the next line with its end to `out`. 1, or 0 at the file's end. A line that does not fit
 * is read to its end, and out->failed tells.
 */
static int take_line(struct news_reader *reader, struct buf *out, struct dm_error *err)
{
    bool any = false;
    for (;;) {
        int rc = fill(reader, err);
        if (rc < 0)
            return rc;
        if (rc == 0)
            return any;
        any = true;
        const char *p = reader->in + reader->begin;
        const char *nl = memchr(p, '\n', reader->end - reader->begin);
        size_t n = nl ? (size_t)(nl - p) + 1 : reader->end - reader->begin;
        buf_add(out, slice_make(p, n));
        reader->begin += n;
        reader->offset += n;
        if (nl) {
            reader->line++;
            return 1;
        }
    }
}

static void begin_record(struct news_reader *reader, struct news_record *record)
{
    buf_clear(&record->bytes);
    record->line = reader->line;
    record->offset = reader->offset;
}

static int take_jsonl(struct news_reader *reader, struct news_record *record, struct dm_error *err)
{
    for (;;) {
        begin_record(reader, record);
        int rc = take_line(reader, &record->bytes, err);
        if (rc <= 0)
            return rc;
        if (record->bytes.failed) {
            reader->number++;
            return dm_fail(err, DM_ELIMIT, "%s:%llu: a line of more than %u MiB", reader->path,
                           (unsigned long long)record->line, NEWS_RECORD_MAX >> 20);
        }
        if (skip_blank(buf_slice(&record->bytes)).n > 0)
            return 1;
    }
}

/* One document: up to the sentence that has a "# newdoc" of its own. */
static int take_conllu(struct news_reader *reader, struct news_record *record, struct dm_error *err)
{
    begin_record(reader, record);
    if (reader->carry.n > 0) {
        record->line = reader->carry_line, record->offset = reader->carry_offset;
        buf_add(&record->bytes, buf_slice(&reader->carry));
        buf_clear(&reader->carry);
    }
    bool tokens = false;    /* the document has some */
    size_t sent = record->bytes.n; /* where the sentence being read begins */
    uint64_t sent_line = reader->line, sent_offset = reader->offset;
    bool comments = true;   /* only comments of it so far */
    for (;;) {
        size_t at = record->bytes.n;
        int rc = take_line(reader, &record->bytes, err);
        if (rc < 0)
            return rc;
        if (record->bytes.failed) {
            reader->done = true;
            reader->number++;
            return dm_fail(err, DM_ELIMIT, "%s:%llu: a document of more than %u MiB", reader->path,
                           (unsigned long long)record->line, NEWS_RECORD_MAX >> 20);
        }
        if (rc == 0)
            return skip_blank(buf_slice(&record->bytes)).n > 0;
        struct slice line = slice_make(record->bytes.p + at, record->bytes.n - at);
        if (skip_blank(line).n == 0) {
            sent = record->bytes.n, sent_line = reader->line, sent_offset = reader->offset;
            comments = true;
        } else if (line.p[0] != '#') {
            comments = false, tokens = true;
        } else if (comments && tokens && conllu_is_newdoc(line)) {
            buf_add(&reader->carry, slice_make(record->bytes.p + sent, record->bytes.n - sent));
            reader->carry_line = sent_line, reader->carry_offset = sent_offset;
            record->bytes.n = sent;
            record->bytes.p[sent] = '\0';
            return 1;
        }
    }
}

static int take_whole(struct news_reader *reader, struct news_record *record, struct dm_error *err)
{
    begin_record(reader, record);
    int rc;
    while ((rc = fill(reader, err)) > 0) {
        size_t n = reader->end - reader->begin;
        buf_add(&record->bytes, slice_make(reader->in + reader->begin, n));
        reader->offset += n;
        reader->begin = reader->end;
        if (record->bytes.failed) {
            reader->done = true;
            return dm_fail(err, DM_ELIMIT, "%s: %s of more than %u MiB", reader->path,
                           reader->format == NEWS_HTML ? "a page" : "one text",
                           NEWS_RECORD_MAX >> 20);
        }
    }
    if (rc < 0)
        return rc;
    reader->done = true;
    if (record->bytes.n == 0)
        return 0;
    if (skip_blank(buf_slice(&record->bytes)).n == 0)
        return dm_fail(err, DM_EFORMAT, "%s: the file holds nothing but blanks", reader->path);
    return 1;
}

int news_take(struct news_reader *reader, struct news_record *record, struct dm_error *err)
{
    if (!reader->started) {
        int rc = start(reader, err);
        reader->started = true;
        if (rc < 0)
            return rc;
    }
    if (reader->done)
        return 0;
    int rc = reader->format == NEWS_JSONL    ? take_jsonl(reader, record, err)
             : reader->format == NEWS_CONLLU ? take_conllu(reader, record, err)
                                             : take_whole(reader, record, err);
    if (rc == 0)
        reader->done = true;
    if (rc != 1)
        return rc;
    record->format = reader->format;
    record->number = ++reader->number;
    memcpy(record->path, reader->path, sizeof record->path);
    return 1;
}

/* ---- articles ---- */

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
    bool many = record->format == NEWS_JSONL || record->format == NEWS_CONLLU;
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
    default:
        rc = text_read(record, options, article, err);
    }
    arena_rewind(&article->scratch, mark);
    if (rc == DM_OK && article->id.n == 0)
        rc = make_id(record, article, err);
    return rc;
}
