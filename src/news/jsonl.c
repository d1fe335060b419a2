/* SPDX-License-Identifier: MIT */
/*
 * jsonl.c - one line of JSON Lines into an article.
 *
 * Reads    an object with `text` and, where known, id, title, date, url, source, lang, byline and
 *          context, or what --field calls them; other members are passed over.
 * Method   jansson, after the line has been made valid UTF-8. \u escapes of half a surrogate pair,
 *          which programs that cut strings by UTF-16 units leave behind, become U+FFFD and are
 *          counted like broken bytes; jansson would refuse the whole line.
 * Limits   jansson's nesting depth (2048); ARTICLE_TEXT_MAX for context and text.
 */
#include <jansson.h>

#include "news/encoding.h"
#include "news/readers.h"
#include "news/records.h"

struct line {
    const char *where; /* "file:line" */
    struct dm_article *article;
    struct dm_error *err;
};

static int fail(const struct line *line, int code, const char *what)
{
    return dm_fail(line->err, code, "%s: %s", line->where, what);
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

/* A number as text: an id, a date like 20100217. Empty: it is none. p is NULL without memory. */
static struct slice number_text(struct arena *arena, const json_t *value)
{
    if (json_is_integer(value))
        return arena_printf(arena, "%lld", (long long)json_integer_value(value));
    if (json_is_real(value))
        return arena_printf(arena, "%.17g", json_real_value(value));
    return SLICE_LIT("");
}

static int read_object(const struct line *line, const json_t *object,
                       const struct news_options *options)
{
    struct news_fields fields = {0};
    const char *name = fields_name(options, NEWS_FIELD_TEXT);
    if (!json_is_object(object))
        return fail(line, DM_EFORMAT, "no JSON object; {\"text\": ...} is wanted");
    const json_t *text = json_object_get(object, name);
    if (!text)
        return dm_fail(line->err, DM_EFORMAT, "%s: no \"%s\" in the object%s", line->where, name,
                       options->field[NEWS_FIELD_TEXT] ? "" : "; --field text=NAME says where it is");
    if (!json_is_string(text))
        return dm_fail(line->err, DM_EFORMAT, "%s: \"%s\" is no text", line->where, name);
    for (int i = 0; i < NEWS_FIELDS; i++)
        fields.at[i] = member(object, fields_name(options, (enum news_field)i));
    static const enum news_field numbers[] = {NEWS_FIELD_ID, NEWS_FIELD_DATE};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const json_t *value = json_object_get(object, fields_name(options, numbers[i]));
        if (json_is_number(value))
            fields.at[numbers[i]] = number_text(&line->article->scratch, value);
        else if (numbers[i] == NEWS_FIELD_DATE && value && !json_is_null(value) &&
                 !json_is_string(value))
            return dm_fail(line->err, DM_EFORMAT, "%s: \"%s\" is no text; YYYY-MM-DD is wanted",
                           line->where, fields_name(options, NEWS_FIELD_DATE));
        if (!fields.at[numbers[i]].p)
            return fail(line, DM_ENOMEM, "out of memory");
    }
    return fields_fill(&fields, line->where, options, line->article, line->err);
}

int jsonl_read(const struct news_record *record, const struct news_options *options,
               struct dm_article *article, struct dm_error *err)
{
    char where[READERS_WHERE];
    struct line line = {readers_where(record, where), article, err};
    struct slice text;
    size_t n_repaired = 0;
    int rc = encoding_decode(&article->scratch, slice_trim(buf_slice(&record->bytes)),
                             (struct slice){0}, &text, &n_repaired, err);
    if (rc != DM_OK)
        return rc;
    if (!mend_surrogates(&article->scratch, &text, &n_repaired))
        return fail(&line, DM_ENOMEM, "out of memory");
    article->n_repaired += (uint32_t)n_repaired;

    if (!json_fits(text))
        return dm_fail(err, DM_ELIMIT, "%s: more than %u values in one line", where,
                       JSON_VALUES_MOST);
    json_error_t at;
    json_t *object = json_loadb(text.p, text.n, JSON_ALLOW_NUL, &at);
    if (!object)
        return dm_fail(err, DM_EFORMAT, "%s: bad JSON at column %d: %s", where,
                       at.column > 0 ? at.column : 1, at.text);
    rc = read_object(&line, object, options);
    json_decref(object);
    return rc;
}
