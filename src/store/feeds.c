/* SPDX-License-Identifier: MIT */
/*
 * feeds.c - the tables of `demarche watch`: feed, entry, page.
 *
 * Method  An entry is known by its feed and its id; a hash of all it says tells whether it changed.
 *         What the feed said of an entry whose page is to be fetched is kept in `page` until it
 *         was, so that nothing is lost when the feed has dropped the entry by then.
 */
#include "store/feeds.h"

#include <stdio.h>
#include <stdlib.h>

const char feeds_schema[] =
    "CREATE TABLE feed ( -- feeds that `demarche watch` follows\n"
    "  feed INTEGER PRIMARY KEY,\n"
    "  url TEXT NOT NULL UNIQUE,   -- as the list has it\n"
    "  address TEXT,               -- where it has moved to for good\n"
    "  etag TEXT, modified TEXT,   -- what the server said of its last answer, to ask for newer ones\n"
    "  polled INTEGER,             -- when it was last asked; seconds since 1970, as all times here\n"
    "  next INTEGER NOT NULL DEFAULT 0,     -- when it is to be asked again\n"
    "  polls INTEGER NOT NULL DEFAULT 0,\n"
    "  failures INTEGER NOT NULL DEFAULT 0, -- in a row, up to the last poll\n"
    "  status INTEGER,             -- of HTTP, at the last poll; NULL no answer\n"
    "  fault TEXT                  -- what was wrong with the last poll; NULL nothing\n"
    ");\n"
    "CREATE TABLE entry ( -- every entry of a feed that was seen, once\n"
    "  entry INTEGER PRIMARY KEY,\n"
    "  feed INTEGER NOT NULL REFERENCES feed,\n"
    "  id TEXT NOT NULL,\n"
    "  hash TEXT NOT NULL,         -- of what it said when last seen\n"
    "  first INTEGER NOT NULL,     -- when it was first seen\n"
    "  changed INTEGER, changes INTEGER NOT NULL DEFAULT 0, -- when last, and how often it changed since\n"
    "  state TEXT NOT NULL,        -- done; page: its page is to be fetched; failed: see reason\n"
    "  article INTEGER REFERENCES article, -- what was made of it when it was first seen\n"
    "  reason TEXT,                -- why it failed, or why not its page but the feed's text was taken\n"
    "  UNIQUE (feed, id)\n"
    ");\n"
    "CREATE TABLE page ( -- pages of entries that are still to be fetched, and what the feed said\n"
    "  entry INTEGER PRIMARY KEY REFERENCES entry,\n"
    "  url TEXT NOT NULL,\n"
    "  next INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0,\n"
    "  title TEXT, date TEXT, byline TEXT, source TEXT, lang TEXT, text TEXT\n"
    ");\n";

enum statement { MAKE, GET, POLLED, SEEN, ADD, CHANGED, SETTLE, WANT, PUT_OFF, PAGE, WANTED, UNWANT,
                 STATEMENTS };

static const char *const statements[STATEMENTS] = {
    [MAKE] = "INSERT INTO feed (url) VALUES (?1)",
    [GET] = "SELECT feed, address, etag, modified, next, failures, status FROM feed WHERE url = ?1",
    [POLLED] = "UPDATE feed SET address = ?2, etag = ?3, modified = ?4, next = ?5, failures = ?6,"
               " status = ?7, polled = ?8, fault = ?9, polls = polls + 1 WHERE feed = ?1",
    [SEEN] = "SELECT entry, hash FROM entry WHERE feed = ?1 AND id = ?2",
    [ADD] = "INSERT INTO entry (feed, id, hash, first, state) VALUES (?1, ?2, ?3, ?4, 'failed')",
    [CHANGED] = "UPDATE entry SET hash = ?2, changed = ?3, changes = changes + 1 WHERE entry = ?1",
    [SETTLE] = "UPDATE entry SET state = ?2, reason = ?3,"
               " article = (SELECT article FROM article WHERE hash = ?4) WHERE entry = ?1",
    [WANT] = "INSERT INTO page (entry, url, next, title, date, byline, source, lang, text)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [PUT_OFF] = "UPDATE page SET next = ?2, tries = ?3 WHERE entry = ?1",
    [PAGE] = "SELECT p.entry, p.url, p.next, p.tries, e.id, f.url, p.title, p.date, p.byline,"
             " p.source, p.lang, p.text FROM page p JOIN entry e USING (entry) JOIN feed f USING (feed)"
             " WHERE p.entry = ?1",
    [WANTED] = "SELECT p.entry, p.url, p.next, p.tries, e.feed FROM page p JOIN entry e USING (entry)"
               " WHERE p.entry > ?1 ORDER BY p.entry",
    [UNWANT] = "DELETE FROM page WHERE entry = ?1",
};

struct feeds {
    struct dm_store *store;
    sqlite3_stmt *statement[STATEMENTS];
};

int feeds_open(struct dm_store *store, struct feeds **out, struct dm_error *err)
{
    struct feeds *feeds = calloc(1, sizeof *feeds);
    if (!feeds)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", store->path);
    feeds->store = store;
    for (int i = 0; i < STATEMENTS; i++)
        if (sqlite3_prepare_v2(store->db, statements[i], -1, &feeds->statement[i], NULL) != SQLITE_OK) {
            int rc = store_fail(store, "preparing to watch", err);
            feeds_close(feeds);
            return rc;
        }
    *out = feeds;
    return DM_OK;
}

void feeds_close(struct feeds *feeds)
{
    if (!feeds)
        return;
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(feeds->statement[i]);
    free(feeds);
}

/* ---- binding and running ---- */

static void bind(sqlite3_stmt *s, int at, struct slice text)
{
    if (text.n)
        sqlite3_bind_text(s, at, text.p, (int)text.n, SQLITE_STATIC);
    else
        sqlite3_bind_null(s, at);
}

static void clear(sqlite3_stmt *s)
{
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
}

static int run(struct feeds *feeds, enum statement which, struct dm_error *err)
{
    sqlite3_stmt *s = feeds->statement[which];
    int rc = store_begin(feeds->store, err);
    if (rc == DM_OK && sqlite3_step(s) != SQLITE_DONE)
        rc = store_fail(feeds->store, "adding", err);
    clear(s);
    return rc;
}

/* 1: a row is there; 0: none; negative: failed. The caller clears the statement. */
static int step(struct feeds *feeds, sqlite3_stmt *s, struct dm_error *err)
{
    int rc = sqlite3_step(s);
    return rc == SQLITE_ROW ? 1 : rc == SQLITE_DONE ? 0 : store_fail(feeds->store, "reading", err);
}

static void copy(sqlite3_stmt *s, int column, char *out, size_t size)
{
    snprintf(out, size, "%s", store_text(s, column));
}

/* ---- feeds ---- */

int feeds_get(struct feeds *feeds, const char *url, struct feed_row *out, struct dm_error *err)
{
    sqlite3_stmt *s = feeds->statement[GET];
    bind(s, 1, slice_of(url));
    int rc = step(feeds, s, err);
    if (rc == 0) {
        sqlite3_reset(s);
        bind(feeds->statement[MAKE], 1, slice_of(url));
        rc = run(feeds, MAKE, err);
        if (rc == DM_OK)
            rc = step(feeds, s, err);
    }
    if (rc > 0) {
        *out = (struct feed_row){.row = sqlite3_column_int64(s, 0), .next = sqlite3_column_int64(s, 4),
                                 .failures = (uint32_t)sqlite3_column_int64(s, 5),
                                 .status = (unsigned)sqlite3_column_int(s, 6)};
        copy(s, 1, out->address, sizeof out->address);
        copy(s, 2, out->etag, sizeof out->etag);
        copy(s, 3, out->modified, sizeof out->modified);
    }
    clear(s);
    return rc < 0 ? rc : DM_OK;
}

int feeds_polled(struct feeds *feeds, const struct feed_row *feed, int64_t now, const char *fault,
                 struct dm_error *err)
{
    sqlite3_stmt *s = feeds->statement[POLLED];
    sqlite3_bind_int64(s, 1, feed->row);
    bind(s, 2, slice_of(feed->address));
    bind(s, 3, slice_of(feed->etag));
    bind(s, 4, slice_of(feed->modified));
    sqlite3_bind_int64(s, 5, feed->next);
    sqlite3_bind_int64(s, 6, feed->failures);
    if (feed->status)
        sqlite3_bind_int64(s, 7, feed->status);
    sqlite3_bind_int64(s, 8, now);
    bind(s, 9, slice_of(fault));
    return run(feeds, POLLED, err);
}

/* ---- entries ---- */

static int add_entry(struct feeds *feeds, sqlite3_int64 feed, struct slice id, const char *hash,
                     int64_t now, sqlite3_int64 *entry, struct dm_error *err)
{
    sqlite3_stmt *s = feeds->statement[ADD];
    sqlite3_bind_int64(s, 1, feed);
    bind(s, 2, id);
    sqlite3_bind_text(s, 3, hash, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 4, now);
    int rc = run(feeds, ADD, err);
    *entry = sqlite3_last_insert_rowid(feeds->store->db);
    return rc;
}

int feeds_see(struct feeds *feeds, sqlite3_int64 feed, struct slice id, uint64_t hash, int64_t now,
              enum entry_seen *seen, sqlite3_int64 *entry, struct dm_error *err)
{
    char text[17];
    sqlite3_stmt *s = feeds->statement[SEEN];
    snprintf(text, sizeof text, "%016llx", (unsigned long long)hash);
    sqlite3_bind_int64(s, 1, feed);
    bind(s, 2, id);
    int rc = step(feeds, s, err);
    bool same = rc > 0 && strcmp(store_text(s, 1), text) == 0;
    if (rc > 0)
        *entry = sqlite3_column_int64(s, 0);
    clear(s);
    if (rc < 0)
        return rc;
    *seen = rc == 0 ? ENTRY_NEW : same ? ENTRY_SAME : ENTRY_CHANGED;
    if (*seen == ENTRY_NEW)
        return add_entry(feeds, feed, id, text, now, entry, err);
    if (*seen == ENTRY_SAME)
        return DM_OK;
    s = feeds->statement[CHANGED];
    sqlite3_bind_int64(s, 1, *entry);
    sqlite3_bind_text(s, 2, text, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 3, now);
    return run(feeds, CHANGED, err);
}

static int set_state(struct feeds *feeds, sqlite3_int64 entry, const char *state,
                     const struct dm_article *article, const char *reason, struct dm_error *err)
{
    char hash[STORE_HASH];
    sqlite3_stmt *s = feeds->statement[SETTLE];
    sqlite3_bind_int64(s, 1, entry);
    sqlite3_bind_text(s, 2, state, -1, SQLITE_STATIC);
    bind(s, 3, slice_of(reason));
    if (article) {
        store_hash(article, hash);
        sqlite3_bind_text(s, 4, hash, -1, SQLITE_STATIC);
    }
    return run(feeds, SETTLE, err);
}

int feeds_settle(struct feeds *feeds, sqlite3_int64 entry, const struct dm_article *article,
                 const char *reason, struct dm_error *err)
{
    sqlite3_bind_int64(feeds->statement[UNWANT], 1, entry);
    int rc = run(feeds, UNWANT, err);
    return rc == DM_OK ? set_state(feeds, entry, article ? "done" : "failed", article, reason, err)
                       : rc;
}

/* ---- pages ---- */

int feeds_want(struct feeds *feeds, const struct page_row *page, struct dm_error *err)
{
    const struct slice field[] = {page->title, page->date, page->byline,
                                  page->source, page->lang, page->text};
    sqlite3_stmt *s = feeds->statement[WANT];
    sqlite3_bind_int64(s, 1, page->entry);
    bind(s, 2, page->url);
    sqlite3_bind_int64(s, 3, page->next);
    for (int i = 0; i < 6; i++)
        bind(s, 4 + i, field[i]);
    int rc = run(feeds, WANT, err);
    return rc == DM_OK ? set_state(feeds, page->entry, "page", NULL, NULL, err) : rc;
}

int feeds_put_off(struct feeds *feeds, sqlite3_int64 entry, int64_t next, uint32_t tries,
                  struct dm_error *err)
{
    sqlite3_stmt *s = feeds->statement[PUT_OFF];
    sqlite3_bind_int64(s, 1, entry);
    sqlite3_bind_int64(s, 2, next);
    sqlite3_bind_int64(s, 3, tries);
    return run(feeds, PUT_OFF, err);
}

static void page_of(sqlite3_stmt *s, struct page_row *out)
{
    *out = (struct page_row){.entry = sqlite3_column_int64(s, 0), .next = sqlite3_column_int64(s, 2),
                             .tries = (uint32_t)sqlite3_column_int64(s, 3),
                             .url = slice_of(store_text(s, 1))};
}

int feeds_page(struct feeds *feeds, sqlite3_int64 entry, struct arena *arena, struct page_row *out,
               struct dm_error *err)
{
    struct slice *const field[] = {&out->id, &out->feed, &out->title, &out->date,
                                   &out->byline, &out->source, &out->lang, &out->text};
    sqlite3_stmt *s = feeds->statement[PAGE];
    sqlite3_bind_int64(s, 1, entry);
    int rc = step(feeds, s, err);
    if (rc > 0) {
        page_of(s, out);
        out->url = arena_copy(arena, out->url);
        bool fine = out->url.p != NULL;
        for (int i = 0; i < 8; i++) {
            struct slice text = slice_make(store_text(s, 4 + i), (size_t)sqlite3_column_bytes(s, 4 + i));
            *field[i] = arena_copy(arena, text);
            fine &= field[i]->p != NULL;
        }
        if (!fine)
            rc = dm_fail(err, DM_ENOMEM, "%s: out of memory", feeds->store->path);
    }
    clear(s);
    return rc < 0 ? rc : rc == 0 ? 1 : DM_OK;
}

int feeds_wanted(struct feeds *feeds, sqlite3_int64 behind,
                 bool (*each)(void *self, const struct page_row *page), void *self,
                 struct dm_error *err)
{
    sqlite3_stmt *s = feeds->statement[WANTED];
    int rc;
    sqlite3_bind_int64(s, 1, behind);
    while ((rc = step(feeds, s, err)) > 0) {
        struct page_row page;
        page_of(s, &page);
        page.feed_row = sqlite3_column_int64(s, 4);
        if (!each(self, &page))
            break;
    }
    clear(s);
    return rc < 0 ? rc : DM_OK;
}
