/* SPDX-License-Identifier: MIT */
/*
 * keep.c - what was fetched, into the store: entries of a feed, pages of entries.
 *
 * Reads    the body of a feed (news/feed.c) or of a page (news/html.c) as it came.
 * Leaves   rows in entry, page, article and event.
 * Method   An entry is known by its id, else its link, else by what it says; where a feed gives two
 *          entries one id, the second is known by what it says, too. An entry is noted before its
 *          article is added, in one transaction, so that both are there or none. What an entry said
 *          when it was first seen is what is coded: a later change is counted, but changes no
 *          event. The last entry of a feed that is broken may have been cut; it is left for the
 *          next poll. A page's text is taken where it is longer than the feed's; title, date and
 *          author are the feed's, where it gives them. Where neither tells a date, the day of the
 *          server's Last-Modified or else of the poll stands for it: a feed tells what is new.
 * Memory   One feed, one article.
 */
#include "watch/keep.h"

#include <stdio.h>
#include <stdlib.h>

#include "article/article.h"
#include "core/map.h"
#include "core/utf8.h"
#include "engine/engine.h"
#include "fetch/head.h"
#include "lexicon/languages.h"
#include "news/dates.h"
#include "news/feed.h"
#include "news/reader.h"
#include "news/readers.h"
#include "news/records.h"

#define FEED_ARENA (64u << 20)

int keep_init(struct keeping *keeping, struct dm_error *err)
{
    news_record_init(&keeping->record);
    news_record_init(&keeping->next);
    arena_init(&keeping->arena, FEED_ARENA);
    keeping->article = dm_article_new();
    return keeping->article ? DM_OK : dm_fail(err, DM_ENOMEM, "out of memory");
}

void keep_deinit(struct keeping *keeping)
{
    news_record_deinit(&keeping->record);
    news_record_deinit(&keeping->next);
    arena_deinit(&keeping->arena);
    dm_article_free(keeping->article);
}

static void tell(const struct keeping *keeping, const struct dm_error *what)
{
    if (keeping->tell)
        keeping->tell(keeping->self, what->code, what->text);
}

/* ---- an article, coded and added ---- */

/* What is clearly in another language is stored, but not coded, as ingest does it. */
static enum dm_depth depth_for(struct keeping *keeping)
{
    struct dm_article *article = keeping->article;
    bool coded = true;
    article->language = languages_find(keeping->engine->lexicon, article, &coded);
    article->foreign = !coded;
    return coded ? DM_DEPTH_CODE : DM_DEPTH_READ;
}

/* `why`: the kind of the reason, if there is one. */
static int settle_entry(struct keeping *keeping, sqlite3_int64 entry, const struct dm_article *article,
                        enum summary_kind why, const char *reason, struct dm_error *err)
{
    int rc = feeds_settle(keeping->feeds, entry, article, reason, err);
    return rc == DM_OK && reason
        ? summary_why(keeping->summary, why, keeping->listed, entry, reason, err) : rc;
}

/* An article that cannot be coded fails by itself; a store that cannot be written ends it all. */
static int settle(struct keeping *keeping, sqlite3_int64 entry, const char *reason,
                  struct dm_error *err)
{
    struct dm_error own = {0};
    struct dm_article *article = keeping->article;
    if (dm_article_take(article, keeping->engine, depth_for(keeping), &own) != DM_OK) {
        tell(keeping, &own);
        return settle_entry(keeping, entry, NULL, SUMMARY_NOT_READ, own.text, err);
    }
    int rc = store_put(keeping->store, keeping->engine, article, err);
    if (rc < 0)
        return rc;
    keeping->totals->articles += rc == 0;
    keeping->totals->known += rc == 1;
    keeping->totals->foreign += rc == 0 && article->foreign;
    keeping->totals->events += rc == 0 ? article->n_events : 0;
    return settle_entry(keeping, entry, article, SUMMARY_NO_PAGE, reason, err);
}

static int settle_failed(struct keeping *keeping, sqlite3_int64 entry, const struct dm_error *why,
                         struct dm_error *err)
{
    tell(keeping, why);
    return settle_entry(keeping, entry, NULL, SUMMARY_NOT_READ, why->text, err);
}

/* ---- entries ---- */

static struct slice part(const struct news_record *record, enum news_field field)
{
    const struct news_part *part = &record->part[field];
    if (part->begin == part->end)
        return SLICE_LIT("");
    return slice_make(record->bytes.p + part->begin, part->end - part->begin);
}

static uint64_t hash_of(const struct news_record *record)
{
    uint64_t title = slice_hash(part(record, NEWS_FIELD_TITLE));
    return slice_hash(part(record, NEWS_FIELD_TEXT)) ^ (title << 1 | title >> 63);
}

/* The id under which the entry is known; the record gets one where it has none. p NULL: no memory. */
static struct slice identify(struct keeping *keeping, struct map *ids, const char *url, uint64_t hash)
{
    struct news_record *record = &keeping->record;
    struct arena *arena = &keeping->arena;
    size_t repaired;
    if (part(record, NEWS_FIELD_ID).n == 0) {
        struct slice made = arena_printf(arena, "%s#%016llx", url, (unsigned long long)hash);
        feed_put(record, NEWS_FIELD_ID, made, false);
        if (!made.p || record->bytes.failed)
            return (struct slice){0};
    }
    struct slice id = utf8_repair(arena, part(record, NEWS_FIELD_ID), &repaired);
    id = id.p ? fields_one_line(arena, id) : id;
    if (id.p && map_get(ids, id) != MAP_NONE)
        id = arena_printf(arena, "%.*s#%016llx", (int)(id.n < 4096 ? id.n : 4096), id.p,
                          (unsigned long long)hash);
    return id.p && map_set(ids, id, 1) ? id : (struct slice){0};
}

static bool is_page(struct slice url)
{
    char text[FETCH_URL_MAX], site[FETCH_SITE_MAX];
    const char *path;
    if (url.n == 0 || url.n >= sizeof text)
        return false;
    memcpy(text, url.p, url.n);
    text[url.n] = '\0';
    return strlen(text) == url.n && fetch_split(text, site, &path);
}

/* Keep what the feed says of an entry whose page is to be fetched. */
static int want_page(struct keeping *keeping, sqlite3_int64 entry, int64_t now, struct dm_error *err)
{
    const struct dm_article *article = keeping->article;
    char date[DATE_TEXT];
    struct page_row page = {
        .entry = entry, .url = article->url, .next = now, .title = article->title,
        .date = slice_make(date, date_format(article->date, date)), .byline = article->byline,
        .source = article->source, .lang = article->lang, .text = article->text,
    };
    return feeds_want(keeping->feeds, &page, err);
}

static int take_new(struct keeping *keeping, sqlite3_int64 entry, bool pages,
                    const struct news_options *options, int64_t now, struct dm_error *err)
{
    struct dm_error own = {0};
    dm_article_reset(keeping->article);
    keeping->totals->entries++;
    if (news_read(&keeping->record, options, keeping->article, &own) != DM_OK) {
        struct slice url = part(&keeping->record, NEWS_FIELD_URL);
        if (!pages || !is_page(url))
            return settle_failed(keeping, entry, &own, err);
        struct page_row page = {.entry = entry, .url = url, .next = now,
                                .date = part(&keeping->record, NEWS_FIELD_DATE)};
        return feeds_want(keeping->feeds, &page, err);
    }
    if (pages && is_page(keeping->article->url))
        return want_page(keeping, entry, now, err);
    return settle(keeping, entry, NULL, err);
}

static int take_entry(struct keeping *keeping, const struct feed_row *feed, const char *url,
                      struct map *ids, bool pages, const struct news_options *options, int64_t now,
                      struct keep_count *count, struct dm_error *err)
{
    enum entry_seen seen;
    sqlite3_int64 entry;
    uint64_t hash = hash_of(&keeping->record);
    struct slice id = identify(keeping, ids, url, hash);
    if (!id.p)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", url);
    int rc = feeds_see(keeping->feeds, feed->row, id, hash, now, &seen, &entry, err);
    if (rc != DM_OK)
        return rc;
    count->entries += seen == ENTRY_NEW;
    count->changed += seen == ENTRY_CHANGED;
    count->known += seen != ENTRY_NEW;
    return seen == ENTRY_NEW ? take_new(keeping, entry, pages, options, now, err) : DM_OK;
}

/* The day that stands for articles without a date. */
static struct date fallback(const struct fetch_answer *answer, int64_t now)
{
    int64_t modified;
    bool said = answer && head_date(slice_of(answer->modified), &modified) && modified <= now;
    return date_from_days((int32_t)((said ? modified : now) / 86400));
}

static bool is_html(struct slice body)
{
    struct news_options options = {.format = NEWS_AUTO};
    enum news_format format;
    struct dm_error ignored;
    return form_tell(body, &options, &format, "", &ignored) == DM_OK && format == NEWS_HTML;
}

int keep_feed(struct keeping *keeping, const struct feed_row *feed, const char *url,
              const struct fetch_answer *answer, bool pages, int64_t now, struct keep_count *count,
              struct dm_error *fault, struct dm_error *err)
{
    struct news_options options = {.format = NEWS_FEED, .date = fallback(answer, now)};
    struct slice body = buf_slice(&answer->body);
    struct news_reader *reader;
    struct map ids;
    struct dm_error own = {0};
    *count = (struct keep_count){0};
    *fault = (struct dm_error){0};
    if (is_html(body))
        return dm_fail(err, DM_EFORMAT, "%s: a page, not a feed", url);
    int rc = news_open_bytes(url, body, head_charset(slice_of(answer->media)), &options, &reader, err);
    if (rc != DM_OK)
        return rc;
    arena_reset(&keeping->arena);
    map_init(&ids, &keeping->arena);
    for (bool held = false, more = true; rc == DM_OK && more;) {
        int got = news_take(reader, &keeping->next, &own);
        more = got != 0;
        if (got < 0 && !fault->code)
            *fault = own;
        if (got < 0 || (!more && fault->code))
            continue;
        if (held)
            rc = take_entry(keeping, feed, url, &ids, pages, &options, now, count, err);
        struct news_record taken = keeping->record;
        keeping->record = keeping->next;
        keeping->next = taken;
        held = true;
    }
    news_close(reader);
    if (rc == DM_OK && fault->code && count->entries + count->known == 0)
        rc = dm_fail(err, DM_EFORMAT, "%s", fault->text);
    return rc;
}

/* ---- pages ---- */

/* What the feed said, over what the page says. False without memory. */
static bool set_facts(struct dm_article *article, const struct page_row *page)
{
    const struct { struct slice from, *to; bool over; } facts[] = {
        {page->id, &article->id, true},         {page->url, &article->url, true},
        {page->title, &article->title, true},   {page->byline, &article->byline, true},
        {page->source, &article->source, true}, {page->lang, &article->lang, false},
        {page->feed, &article->path, true},
    };
    date_parse(page->date, &article->date);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (facts[i].from.n == 0 || (!facts[i].over && facts[i].to->n > 0))
            continue;
        *facts[i].to = arena_copy(&article->arena, facts[i].from);
        if (!facts[i].to->p)
            return false;
    }
    return true;
}

/* Did the address of an article lead to a site's front page? So do many whose article is gone. */
static bool is_front(struct slice asked, const char *got)
{
    char text[FETCH_URL_MAX], site[FETCH_SITE_MAX];
    const char *path, *led;
    if (asked.n >= sizeof text)
        return false;
    memcpy(text, asked.p, asked.n);
    text[asked.n] = '\0';
    return fetch_split(text, site, &path) && fetch_split(got, site, &led) && !led[1] && path[1];
}

/* The article out of the page. DM_EFORMAT: it is of no use. */
static int read_page(struct keeping *keeping, const struct page_row *page,
                     const struct fetch_answer *answer, const struct news_options *options,
                     struct dm_error *err)
{
    struct dm_article *article = keeping->article;
    struct slice body = buf_slice(&answer->body), media = slice_of(answer->media);
    dm_article_reset(article);
    bool html = media.n > 0 ? head_media_is(media, "text/html") ||
                                  head_media_is(media, "application/xhtml+xml")
                            : form_looks_html(form_skip_blank(body));
    if (!html)
        return dm_fail(err, DM_EFORMAT, "%s: no page but %s", answer->url,
                       *answer->media ? answer->media : "something else");
    if (is_front(page->url, answer->url))
        return dm_fail(err, DM_EFORMAT, "%s: not the article, but the site's front page", answer->url);
    struct arena_mark mark = arena_mark(&article->scratch);
    int rc = html_fill(body, head_charset(media), answer->url, options, article, err);
    arena_rewind(&article->scratch, mark);
    if (rc == DM_OK && article->text.n < page->text.n)
        rc = dm_fail(err, DM_EFORMAT, "%s: less text than in the feed", answer->url);
    if (rc == DM_OK && !set_facts(article, page))
        rc = dm_fail(err, DM_ENOMEM, "%s: out of memory", answer->url);
    return rc;
}

/* The article out of what the feed said. */
static int read_row(struct keeping *keeping, const struct page_row *page,
                    const struct news_options *options, struct dm_error *err)
{
    struct dm_article *article = keeping->article;
    struct news_fields fields = {0};
    char where[READERS_WHERE];
    dm_article_reset(article);
    snprintf(where, sizeof where, "%.*s", (int)(page->feed.n < 500 ? page->feed.n : 500), page->feed.p);
    fields.at[NEWS_FIELD_TEXT] = page->text;
    fields.at[NEWS_FIELD_DATE] = page->date;
    struct arena_mark mark = arena_mark(&article->scratch);
    int rc = fields_fill(&fields, where, options, article, err);
    arena_rewind(&article->scratch, mark);
    if (rc == DM_OK && !set_facts(article, page))
        rc = dm_fail(err, DM_ENOMEM, "%s: out of memory", where);
    return rc;
}

int keep_page(struct keeping *keeping, sqlite3_int64 entry, const struct fetch_answer *answer,
              const char *reason, int64_t now, struct dm_error *err)
{
    struct news_options options = {.date = fallback(answer, now)};
    struct page_row page;
    struct dm_error own = {0};
    arena_reset(&keeping->arena);
    int rc = feeds_page(keeping->feeds, entry, &keeping->arena, &page, err);
    if (rc != DM_OK)
        return rc < 0 ? rc : DM_OK;
    if (answer && read_page(keeping, &page, answer, &options, &own) == DM_OK) {
        keeping->totals->pages++;
        return settle(keeping, entry, NULL, err);
    }
    if (answer)
        reason = own.text;
    struct dm_error feed = {0};
    if (read_row(keeping, &page, &options, &feed) != DM_OK)
        return settle_failed(keeping, entry, &feed, err);
    return settle(keeping, entry, reason, err);
}
