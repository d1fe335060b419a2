/* SPDX-License-Identifier: MIT */
/*
 * feed-json.c - JSON Feed, entry by entry.
 *
 * Reads    versions 1 and 1.1: items with id, url, title, content_html or content_text, summary,
 *          date_published, authors, language.
 * Leaves   see feed.c. A date that is none is left out.
 * Limits   jansson's nesting depth (2048).
 * Source   jsonfeed.org/version/1.1
 */
#include <stdio.h>

#include "news/dates.h"
#include "news/feed.h"
#include "news/records.h"

static struct slice member(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return json_is_string(value)
               ? slice_trim(slice_make(json_string_value(value), json_string_length(value)))
               : SLICE_LIT("");
}

/* The first of the names that is there. */
static struct slice first_member(const json_t *object, const char *a, const char *b)
{
    struct slice got = member(object, a);
    return got.n > 0 ? got : member(object, b);
}

int feed_json_open(struct feed *feed, struct slice text, struct dm_error *err)
{
    if (!json_fits(text))
        return dm_fail(err, DM_ELIMIT, "%s: more than %u values in one feed", feed->path,
                       JSON_VALUES_MOST);
    json_error_t at;
    feed->json = json_loadb(text.p, text.n, JSON_ALLOW_NUL, &at);
    if (!feed->json)
        return dm_fail(err, DM_EFORMAT, "%s:%d: bad JSON at column %d: %s", feed->path,
                       at.line > 0 ? at.line : 1, at.column > 0 ? at.column : 1, at.text);
    if (!json_is_array(json_object_get(feed->json, "items")))
        return dm_fail(err, DM_EFORMAT, "%s: no JSON Feed: no list \"items\"", feed->path);
    feed->title = member(feed->json, "title");
    feed->lang = member(feed->json, "language");
    return DM_OK;
}

static struct slice author_of(const json_t *item)
{
    const json_t *authors = json_object_get(item, "authors");
    const json_t *one = json_is_array(authors) ? json_array_get(authors, 0)
                                               : json_object_get(item, "author");
    return member(one, "name");
}

static void put_date(struct news_record *record, const json_t *item)
{
    static const char *const names[] = {"date_published", "date_modified"};
    for (size_t i = 0; i < 2; i++) {
        struct date date;
        char text[DATE_TEXT];
        if (dates_of_field(member(item, names[i]), &date)) {
            feed_put(record, NEWS_FIELD_DATE, slice_make(text, date_format(date, text)), false);
            return;
        }
    }
}

int feed_json_next(struct feed *feed, struct news_record *record, struct dm_error *err)
{
    (void)err;
    const json_t *item = json_array_get(json_object_get(feed->json, "items"), feed->index);
    if (!item)
        return 0;
    feed->index++;
    struct slice html = member(item, "content_html"), text = member(item, "content_text");
    struct slice id = member(item, "id"), url = first_member(item, "url", "external_url");
    struct slice lang = member(item, "language");
    char number[32];
    if (json_is_integer(json_object_get(item, "id"))) {
        snprintf(number, sizeof number, "%lld",
                 (long long)json_integer_value(json_object_get(item, "id")));
        id = slice_of(number);
    }
    if (html.n > 0)
        feed_put(record, NEWS_FIELD_TEXT, html, true);
    else
        feed_put(record, NEWS_FIELD_TEXT, text.n > 0 ? text : member(item, "summary"), false);
    feed_put(record, NEWS_FIELD_ID, id.n > 0 ? id : url, false);
    feed_put(record, NEWS_FIELD_TITLE, member(item, "title"), false);
    feed_put(record, NEWS_FIELD_URL, url, false);
    feed_put(record, NEWS_FIELD_SOURCE, feed->title, false);
    feed_put(record, NEWS_FIELD_LANG, lang.n > 0 ? lang : feed->lang, false);
    feed_put(record, NEWS_FIELD_BYLINE, author_of(item), false);
    put_date(record, item);
    return 1;
}
