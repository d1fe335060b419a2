/* SPDX-License-Identifier: MIT */
/*
 * feed.c - a feed that came as a file: entries off it, an entry into an article.
 *
 * Reads    RSS 0.9 to 2.0, RDF, Atom, CDF (feed-xml.c) and JSON Feed (feed-json.c).
 * Leaves   one record an entry: its fields side by side in the record's bytes, markup still in
 *          them; feed_read() takes it out, in any thread.
 * Method   A feed is one document that ends with its last byte, so it is read whole (FEED_MAX) and
 *          parsed once, in the thread that takes. An entry without text is its title: a headline is
 *          news. What broke the feed is told behind the entries that could be had.
 * Memory   The document and its tree while its entries are handed out.
 */
#include "news/feed.h"

#include <stdlib.h>

#include "news/encoding.h"
#include "news/reader.h"
#include "news/readers.h"
#include "news/records.h"

#define ARENA_MAX (64u << 20)

void feed_free(struct feed *feed)
{
    if (!feed)
        return;
    xmlFreeDoc(feed->doc);
    json_decref(feed->json);
    arena_deinit(&feed->arena);
    free(feed);
}

void feed_put(struct news_record *record, enum news_field field, struct slice text, bool markup)
{
    size_t begin = record->bytes.n;
    buf_add(&record->bytes, text);
    record->part[field] = (struct news_part){(uint32_t)begin, (uint32_t)record->bytes.n, markup};
}

/* The whole file into `bytes`. What cut it short is kept in reader->late. */
static int read_all(struct news_reader *reader, struct buf *bytes, struct dm_error *err)
{
    int rc;
    while ((rc = reader_fill(reader, err)) > 0) {
        size_t n = reader->end - reader->begin;
        buf_add(bytes, slice_make(reader->in + reader->begin, n));
        reader->offset += n;
        reader->begin = reader->end;
        if (bytes->failed || bytes->n > FEED_MAX)
            return dm_fail(err, DM_ELIMIT, "%s: a feed of more than %u MiB", reader->path,
                           FEED_MAX >> 20);
    }
    if (rc < 0 && bytes->n == 0)
        return rc;
    if (rc < 0)
        dm_fail(&reader->late, rc, "%s", err->text);
    return DM_OK;
}

static int open_feed(struct news_reader *reader, struct news_record *record, struct dm_error *err)
{
    struct slice text;
    size_t n_repaired;
    int rc = read_all(reader, &record->bytes, err);
    if (rc != DM_OK)
        return rc;
    struct feed *feed = calloc(1, sizeof *feed);
    if (!feed)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", reader->path);
    reader->feed = feed;
    feed->path = reader->path;
    arena_init(&feed->arena, ARENA_MAX);
    struct slice bytes = buf_slice(&record->bytes);
    struct slice charset = reader->charset.n > 0 ? reader->charset : encoding_named(bytes);
    rc = encoding_decode(&feed->arena, bytes, charset, &text, &n_repaired, err);
    if (rc == DM_OK)
        rc = slice_starts(form_skip_blank(text), "{") ? feed_json_open(feed, text, err)
                                                      : feed_xml_open(feed, text, err);
    feed->mark = arena_mark(&feed->arena);
    return rc;
}

int take_feed(struct news_reader *reader, struct news_record *record, struct dm_error *err)
{
    buf_clear(&record->bytes);
    int rc = reader->feed ? DM_OK : open_feed(reader, record, err);
    if (rc < 0) {
        reader->done = true;
        return rc;
    }
    struct feed *feed = reader->feed;
    reader_begin(reader, record);
    memset(record->part, 0, sizeof record->part);
    arena_rewind(&feed->arena, feed->mark);
    rc = feed->doc ? feed_xml_next(feed, record, err)
         : feed->json ? feed_json_next(feed, record, err)
                      : 0;
    if (rc > 0 && record->bytes.failed)
        return dm_fail(err, DM_ELIMIT, "%s: entry %llu is larger than %u MiB", reader->path,
                       (unsigned long long)++reader->number, NEWS_RECORD_MAX >> 20);
    if (rc != 0)
        return rc;
    struct dm_error late = reader->late;
    reader->late.code = 0;
    reader->done = true;
    if (late.code)
        return dm_fail(err, late.code, "%s", late.text);
    if (feed->fault.broken)
        return dm_fail(err, DM_EFORMAT, "%s:%u: broken XML: %s; %llu entries could be had",
                       reader->path, feed->fault.line, feed->fault.what,
                       (unsigned long long)reader->number);
    return 0;
}

/* A field without markup; false without memory. */
static bool plain(const struct news_record *record, enum news_field field, struct arena *arena,
                  struct slice *out)
{
    const struct news_part *part = &record->part[field];
    struct slice text = slice_make(record->bytes.p + part->begin, part->end - part->begin);
    *out = SLICE_LIT("");
    if (text.n == 0)
        return true;
    if (part->markup)
        text = markup_text(arena, text);
    if (text.p && field != NEWS_FIELD_TEXT)
        text = fields_one_line(arena, text);
    *out = text;
    return text.p != NULL;
}

int feed_read(const struct news_record *record, const struct news_options *options,
              struct dm_article *article, struct dm_error *err)
{
    char where[READERS_WHERE];
    struct news_fields fields = {0};
    readers_where(record, where);
    for (int i = 0; i < NEWS_FIELDS; i++)
        if (!plain(record, (enum news_field)i, &article->scratch, &fields.at[i]))
            return dm_fail(err, DM_ENOMEM, "%s: out of memory", where);
    if (slice_trim(fields.at[NEWS_FIELD_TEXT]).n == 0)
        fields.at[NEWS_FIELD_TEXT] = fields.at[NEWS_FIELD_TITLE];
    if (fields.at[NEWS_FIELD_TEXT].n == 0)
        return dm_fail(err, DM_EFORMAT, "%s: no text and no title", where);
    struct news_options own = *options; /* --field says nothing of feeds */
    memset(own.field, 0, sizeof own.field);
    return fields_fill(&fields, where, &own, article, err);
}
