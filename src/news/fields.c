/* SPDX-License-Identifier: MIT */
/*
 * fields.c - the fields of a record into an article.
 *
 * Reads    struct news_fields, as JSON Lines, CSV, feeds, PETRARCH and TABARI have them.
 * Leaves   the article's text and blocks (plain.c), its date, id, title, source and the rest.
 * Method   A field that is given goes before what the text tells. A date that is given must be one:
 *          coding with a wrong date is worse than not coding.
 * Limits   ARTICLE_TEXT_MAX for text and context.
 */
#include "news/records.h"

#include <ctype.h>
#include <stdio.h>

#include "core/utf8.h"
#include "news/dates.h"
#include "news/readers.h"

/* ORDER FIELD */
const char *const news_field_names[NEWS_FIELDS] = {
    "text", "id", "title", "date", "url", "source", "lang", "byline", "context",
};

const char *fields_name(const struct news_options *options, enum news_field field)
{
    return options && options->field[field] ? options->field[field] : news_field_names[field];
}

struct slice fields_one_line(struct arena *arena, struct slice text)
{
    char *out = arena_bytes(arena, text.n + 1);
    size_t n = 0;
    text = slice_trim(text);
    for (size_t i = 0; out && i < text.n; i++) {
        bool blank = isspace((unsigned char)text.p[i]);
        if (!blank || (n > 0 && out[n - 1] != ' '))
            out[n++] = blank ? ' ' : text.p[i];
    }
    if (out)
        out[n] = '\0';
    return slice_make(out, n);
}

static int set_date(const struct news_fields *fields, const char *where, const char *name,
                    struct dm_article *article, struct dm_error *err)
{
    struct slice text = slice_trim(fields->at[NEWS_FIELD_DATE]);
    article->date = fields->date;
    if (!date_is_none(article->date) || text.n == 0 || dates_of_field(text, &article->date))
        return DM_OK;
    size_t n = text.n < 40 ? text.n : 40;
    while (n > 0 && n < text.n && (text.p[n] & 0xC0) == 0x80) /* not into a character */
        n--;
    char shown[64];
    snprintf(shown, sizeof shown, "%.*s", (int)n, text.p);
    for (char *p = shown; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            *p = ' ';
    return dm_fail(err, DM_EFORMAT, "%s: \"%s\" is no date: %s; YYYY-MM-DD is wanted", where, name,
                   shown);
}

/* Copy a field; blanks cut, NULs (which \u0000 makes) repaired. */
static bool copy(struct dm_article *article, struct slice field, struct slice *out)
{
    size_t repaired;
    field = slice_trim(field);
    if (field.n == 0)
        return true;
    field = utf8_repair(&article->scratch, field, &repaired);
    if (field.p)
        *out = arena_copy(&article->arena, field);
    return field.p && out->p;
}

int fields_fill(const struct news_fields *fields, const char *where,
                const struct news_options *options, struct dm_article *article,
                struct dm_error *err)
{
    struct arena *scratch = &article->scratch;
    const struct slice *at = fields->at;
    size_t n_text = 0, n_context = 0;
    if (slice_trim(at[NEWS_FIELD_TEXT]).n == 0)
        return dm_fail(err, DM_EFORMAT, "%s: \"%s\" is empty", where,
                       fields_name(options, NEWS_FIELD_TEXT));
    struct slice text = utf8_repair(scratch, at[NEWS_FIELD_TEXT], &n_text);
    struct slice context = {0};
    if (slice_trim(at[NEWS_FIELD_CONTEXT]).n > 0)
        context = utf8_repair(scratch, at[NEWS_FIELD_CONTEXT], &n_context);
    if (!text.p || (n_context > 0 && !context.p))
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", where);
    article->n_repaired += (uint32_t)(n_text + n_context);
    if (text.n + context.n > ARTICLE_TEXT_MAX)
        return dm_fail(err, DM_ELIMIT, "%s: a text of %zu bytes; at most %u are read", where,
                       text.n + context.n, ARTICLE_TEXT_MAX);
    int rc = set_date(fields, where, fields_name(options, NEWS_FIELD_DATE), article, err);
    if (rc != DM_OK)
        return rc;
    if (!copy(article, at[NEWS_FIELD_ID], &article->id) ||
        !copy(article, at[NEWS_FIELD_TITLE], &article->title) ||
        !copy(article, at[NEWS_FIELD_URL], &article->url) ||
        !copy(article, at[NEWS_FIELD_SOURCE], &article->source) ||
        !copy(article, at[NEWS_FIELD_LANG], &article->lang) ||
        !copy(article, at[NEWS_FIELD_BYLINE], &article->byline))
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", where);
    struct date date;
    if (date_is_none(article->date) && dates_in_url(article->url, &date))
        article->date = date;
    return text_fill(context, text, false, options, article, err);
}

bool json_fits(struct slice json)
{
    uint32_t n = 0;
    bool inside = false;
    for (size_t i = 0; i < json.n && n <= JSON_VALUES_MOST; i++) {
        char c = json.p[i];
        if (c == '"')
            inside = !inside;
        else if (inside)
            i += c == '\\';
        else
            n += c == ',' || c == '{' || c == '[';
    }
    return n <= JSON_VALUES_MOST;
}
