/* SPDX-License-Identifier: MIT */
/*
 * jsonl.c - one line of JSON Lines into an article.
 *
 * Reads    an object with `text` and, where known, id, title, date, url, source, lang, byline and
 *          context; other members are passed over.
 * Method   jansson, after the line has been made valid UTF-8. \u escapes of half a surrogate pair,
 *          which programs that cut strings by UTF-16 units leave behind, become U+FFFD and are
 *          counted like broken bytes; jansson would refuse the whole line.
 * Limits   jansson's nesting depth (2048); ARTICLE_TEXT_MAX for context and text.
 */
#include <jansson.h>

#include "core/utf8.h"
#include "news/dates.h"
#include "news/encoding.h"
#include "news/readers.h"

struct line {
    const struct news_record *record;
    struct dm_article *article;
    struct dm_error *err;
};

static int fail(const struct line *line, int code, const char *what)
{
    return dm_fail(line->err, code, "%s:%llu: %s", line->record->path,
                   (unsigned long long)line->record->line, what);
}

/* The 16 bits of a \u escape at p, or -1. */
static int32_t escape_at(const char *p, const char *end)
{
    if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
        return -1;
    int32_t code = 0;
    for (int i = 2; i < 6; i++) {
        char c = p[i];
        int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f'
                                                         ? (c | 32) - 'a' + 10 : -1;
        if (digit < 0)
            return -1;
        code = code << 4 | digit;
    }
    return code;
}

/* Overwrite \u escapes of half a surrogate pair with \ufffd; `out` is a copy when there are any. */
static bool mend_surrogates(struct arena *arena, struct slice *text, size_t *n_repaired)
{
    const char *end = text->p + text->n;
    char *copy = NULL;
    for (const char *p = text->p; (p = memchr(p, '\\', (size_t)(end - p))) != NULL;) {
        int32_t code = escape_at(p, end);
        if (code < 0xD800 || code > 0xDFFF) {
            p += end - p > 1 ? 2 : 1; /* "\\" too: its second half starts nothing */
            continue;
        }
        int32_t next = code < 0xDC00 ? escape_at(p + 6, end) : -1;
        if (next >= 0xDC00 && next <= 0xDFFF) {
            p += 12;
            continue;
        }
        if (!copy) {
            struct slice fresh = arena_copy(arena, *text);
            if (!fresh.p)
                return false;
            copy = (char *)(uintptr_t)fresh.p;
        }
        memcpy(copy + (p - text->p) + 2, "fffd", 4);
        (*n_repaired)++;
        p += 6;
    }
    if (copy)
        text->p = copy;
    return true;
}

/* A member that is a string; empty when there is none. It may hold NULs (\u0000). */
static struct slice member(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (!json_is_string(value))
        return SLICE_LIT("");
    return slice_make(json_string_value(value), json_string_length(value));
}

/* Copy a member into the article; one line, blanks cut. */
static bool copy_member(struct dm_article *article, const json_t *object, const char *name,
                        struct slice *out)
{
    struct slice got = slice_trim(member(object, name));
    size_t repaired;
    if (got.n == 0)
        return true;
    got = utf8_repair(&article->scratch, got, &repaired); /* \u0000 */
    if (got.p)
        *out = arena_copy(&article->arena, got);
    return got.p && out->p;
}

static int read_id(const struct line *line, const json_t *object)
{
    struct dm_article *article = line->article;
    const json_t *id = json_object_get(object, "id");
    if (!json_is_number(id))
        return copy_member(article, object, "id", &article->id)
                   ? DM_OK : fail(line, DM_ENOMEM, "out of memory");
    if (json_is_integer(id))
        article->id = arena_printf(&article->arena, "%lld", (long long)json_integer_value(id));
    else
        article->id = arena_printf(&article->arena, "%.17g", json_real_value(id));
    return article->id.p ? DM_OK : fail(line, DM_ENOMEM, "out of memory");
}

/* A date that is given must be one: coding with a wrong date is worse than not coding. */
static int read_date(const struct line *line, const json_t *object)
{
    const json_t *value = json_object_get(object, "date");
    char digits[24] = "";
    struct slice text = slice_trim(member(object, "date"));
    if (json_is_integer(value)) { /* 20100217 */
        snprintf(digits, sizeof digits, "%lld", (long long)json_integer_value(value));
        text = slice_of(digits);
    } else if (value && !json_is_null(value) && !json_is_string(value)) {
        return fail(line, DM_EFORMAT, "\"date\" is no text; YYYY-MM-DD is wanted");
    }
    if (text.n == 0 || dates_of_field(text, &line->article->date))
        return DM_OK;
    char shown[64];
    size_t n = text.n < 40 ? text.n : 40;
    while (n > 0 && n < text.n && (text.p[n] & 0xC0) == 0x80) /* not into a character */
        n--;
    snprintf(shown, sizeof shown, "%.*s", (int)n, text.p);
    for (char *p = shown; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            *p = ' ';
    return dm_fail(line->err, DM_EFORMAT, "%s:%llu: \"date\" is no date: %s; YYYY-MM-DD is wanted",
                   line->record->path, (unsigned long long)line->record->line, shown);
}

/* text and context, cleaned of NULs (which \u0000 makes). */
static int read_text(const struct line *line, const json_t *object, struct slice *text,
                     struct slice *context)
{
    struct dm_article *article = line->article;
    size_t n_text = 0, n_context = 0;
    const json_t *value = json_object_get(object, "text");
    if (!value)
        return fail(line, DM_EFORMAT, "no \"text\" in the object");
    if (!json_is_string(value))
        return fail(line, DM_EFORMAT, "\"text\" is no text");
    *text = member(object, "text");
    if (slice_trim(*text).n == 0)
        return fail(line, DM_EFORMAT, "\"text\" is empty");
    *text = utf8_repair(&article->scratch, *text, &n_text);
    *context = utf8_repair(&article->scratch, member(object, "context"), &n_context);
    if (!text->p || !context->p)
        return fail(line, DM_ENOMEM, "out of memory");
    if (slice_trim(*context).n == 0)
        *context = (struct slice){0};
    article->n_repaired += (uint32_t)(n_text + n_context);
    if (text->n + context->n > ARTICLE_TEXT_MAX)
        return dm_fail(line->err, DM_ELIMIT, "%s:%llu: a text of %zu bytes; at most %u are read",
                       line->record->path, (unsigned long long)line->record->line,
                       text->n + context->n, ARTICLE_TEXT_MAX);
    return DM_OK;
}

static int read_object(const struct line *line, const json_t *object,
                       const struct news_options *options)
{
    struct dm_article *article = line->article;
    struct slice text, context;
    if (!json_is_object(object))
        return fail(line, DM_EFORMAT, "no JSON object; {\"text\": ...} is wanted");
    int rc = read_text(line, object, &text, &context);
    if (rc == DM_OK)
        rc = read_id(line, object);
    if (rc == DM_OK)
        rc = read_date(line, object);
    if (rc != DM_OK)
        return rc;
    if (!copy_member(article, object, "title", &article->title) ||
        !copy_member(article, object, "url", &article->url) ||
        !copy_member(article, object, "source", &article->source) ||
        !copy_member(article, object, "lang", &article->lang) ||
        !copy_member(article, object, "byline", &article->byline))
        return fail(line, DM_ENOMEM, "out of memory");
    struct date date;
    if (date_is_none(article->date) && dates_in_url(article->url, &date))
        article->date = date;
    return text_fill(context, text, false, options, article, line->err);
}

int jsonl_read(const struct news_record *record, const struct news_options *options,
               struct dm_article *article, struct dm_error *err)
{
    struct line line = {record, article, err};
    struct slice text;
    size_t n_repaired = 0;
    int rc = encoding_decode(&article->scratch, slice_trim(buf_slice(&record->bytes)),
                             (struct slice){0}, &text, &n_repaired, err);
    if (rc != DM_OK)
        return rc;
    if (!mend_surrogates(&article->scratch, &text, &n_repaired))
        return fail(&line, DM_ENOMEM, "out of memory");
    article->n_repaired += (uint32_t)n_repaired;

    json_error_t at;
    json_t *object = json_loadb(text.p, text.n, JSON_ALLOW_NUL, &at);
    if (!object)
        return dm_fail(err, DM_EFORMAT, "%s:%llu: bad JSON at column %d: %s", record->path,
                       (unsigned long long)record->line, at.column > 0 ? at.column : 1, at.text);
    rc = read_object(&line, object, options);
    json_decref(object);
    return rc;
}
