/* SPDX-License-Identifier: MIT */
/*
 * store.c - open a database, and add articles with their events.
 *
 * Method  Write-ahead log while writing, so that readers are not kept waiting; one transaction for
 *         BATCH_ARTICLES articles or BATCH_SECONDS. An article is a savepoint inside: when one
 *         cannot be added the others of its batch still are. The log is folded into the one file
 *         at the end.
 * Limits  One writer at a time; a second one waits BUSY_MS, then is told.
 */
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "article/article.h"
#include "store/mention.h"

#define BATCH_ARTICLES 128
#define BATCH_SECONDS 1
#define BUSY_MS 15000
#define BUSY_STEP_MS 50

/* ORDER STATEMENT */
static const char *const statements[STORE_STATEMENTS] = {
    "SELECT 1 FROM article WHERE hash = ?1",
    "INSERT INTO article (hash, id, date, title, byline, url, source, lang, file, record, byte, text,"
    " language, copy, story)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
    " coalesce(?15, (SELECT coalesce(max(article), 0) + 1 FROM article)))",
    "INSERT INTO event (id, article, date, enddate, date_text, type, mode, context, cameo, quad,"
    " scale, goldstein, status, text, start, end, sentence, sentence_number, sentence_start,"
    " sentence_end, place, place_country, dead, injured, arrested, participants, frame,"
    " place_resolved, geonameid, lat, lon, date_precision, link, same_as)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
    " ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32,"
    " ?33, ?34)",
    "INSERT INTO party (event, side, n, code, sector, other_sectors, text, name, office, wikidata,"
    " start, end) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    "SELECT story, article FROM sketch WHERE key = ?1",
    "INSERT INTO sketch (key, story, article) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    "SELECT text FROM article WHERE article = ?1",
    "SELECT s.event, e.place_country, e.geonameid FROM same s JOIN event e ON e.event = s.event"
    " WHERE s.key = ?1 ORDER BY s.event LIMIT ?2",
    "INSERT INTO same (key, event) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
    "INSERT INTO source (path, state) VALUES (?1, 'stream') ON CONFLICT (path) DO NOTHING",
    "SELECT source FROM source WHERE path = ?1",
    "SELECT state, go_on FROM source"
    " WHERE source = ?1 AND size = ?2 AND mtime = ?3 AND options = ?4",
    "UPDATE source SET size = ?2, mtime = ?3, options = ?4, state = 'reading', taken = 0,"
    " articles = 0, known = 0, failed = 0, bytes = 0, go_on = NULL WHERE source = ?1",
    "SELECT state, articles, known, failed FROM source WHERE source = ?1",
    "UPDATE source SET state = ?2, taken = ?3, articles = ?4, known = ?5, failed = ?6, bytes = ?7,"
    " go_on = ?8 WHERE source = ?1",
    "INSERT INTO failure (source, record, byte, reason) VALUES (?1, ?2, ?3, ?4)",
    "DELETE FROM failure WHERE source = ?1",
    /* The sentences that are not yet among the words: those of the open transaction. */
    "INSERT INTO words (rowid, sentence) SELECT event, sentence FROM event"
    " WHERE event > coalesce((SELECT max(id) FROM words_docsize), 0)",
};

static int fail_with(struct dm_store *store, int code, const char *doing, struct dm_error *err)
{
    const char *path = store->path;
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return dm_fail(err, DM_ENOMEM, "%s: out of memory %s", path, doing);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return dm_fail(err, DM_EBUSY, "%s: another program is writing to it; try again when it is"
                       " done", path);
    case SQLITE_NOTADB:
        return dm_fail(err, DM_EFORMAT, "%s: not a SQLite database; name another file", path);
    case SQLITE_CORRUPT:
        return dm_fail(err, DM_EFORMAT, "%s: the database is damaged (%s)", path,
                       sqlite3_errmsg(store->db));
    case SQLITE_FULL:
        return dm_fail(err, DM_EIO, "%s: the disk is full; make room and run again", path);
    case SQLITE_READONLY:
        return dm_fail(err, DM_EIO, "%s: the database is read-only; it cannot be added to", path);
    case SQLITE_CANTOPEN:
        return dm_fail(err, DM_EIO, "%s: cannot be opened as a database: %s", path,
                       strerror(sqlite3_system_errno(store->db)));
    default:
        return dm_fail(err, DM_EIO, "%s: %s: %s", path, doing, sqlite3_errmsg(store->db));
    }
}

int store_fail(struct dm_store *store, const char *doing, struct dm_error *err)
{
    return fail_with(store, sqlite3_errcode(store->db), doing, err);
}

static int execute(struct dm_store *store, const char *sql, const char *doing,
                   struct dm_error *err)
{
    /* Not sqlite3_errcode(): what the words' table does at a failing COMMIT overwrites it. */
    int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? DM_OK : fail_with(store, code, doing, err);
}

/* ---- opening ---- */

static int number_of(struct dm_store *store, const char *sql, int *out, struct dm_error *err)
{
    sqlite3_stmt *statement = NULL;
    int rc = DM_OK;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW)
        rc = store_fail(store, "reading", err);
    else
        *out = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return rc;
}

static int make_tables(struct dm_store *store, struct dm_error *err)
{
    static const char doing[] = "making tables";
    char sql[160];
    snprintf(sql, sizeof sql, "BEGIN IMMEDIATE; PRAGMA application_id = %d;"
             "PRAGMA user_version = %d;", STORE_APPLICATION, STORE_VERSION);
    int rc = execute(store, sql, doing, err);
    for (size_t i = 0; rc == DM_OK && store_schema[i]; i++)
        rc = execute(store, store_schema[i], doing, err);
    return rc == DM_OK ? execute(store, "COMMIT", doing, err) : rc;
}

/* Is it ours, and of a version that is known? An empty database becomes ours. */
static int check_kind(struct dm_store *store, struct dm_error *err)
{
    int application = 0, version = 0, tables = 0;
    int rc = number_of(store, "PRAGMA application_id", &application, err);
    if (rc == DM_OK)
        rc = number_of(store, "PRAGMA user_version", &version, err);
    if (rc == DM_OK)
        rc = number_of(store, "SELECT count(*) FROM sqlite_master", &tables, err);
    if (rc != DM_OK)
        return rc;
    if (tables == 0 && store->writes)
        return make_tables(store, err);
    if (application != STORE_APPLICATION)
        return dm_fail(err, DM_EFORMAT, "%s: a database, but not of demarche; name another file",
                       store->path);
    if (version > STORE_VERSION)
        return dm_fail(err, DM_EVERSION,
                       "%s: made by a newer demarche (version %d, this one knows %d); update"
                       " demarche", store->path, version, STORE_VERSION);
    if (version < STORE_VERSION)
        return dm_fail(err, DM_EVERSION,
                       "%s: made by an older demarche (version %d, this one makes %d); ingest into"
                       " a new file", store->path, version, STORE_VERSION);
    return DM_OK;
}

static int open_file(struct dm_store *store, struct dm_error *err)
{
    struct stat status;
    bool there = stat(store->path, &status) == 0;
    int flags = store->writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    if (there && S_ISDIR(status.st_mode))
        return dm_fail(err, DM_EIO, "%s: a folder, not a database", store->path);
    if (!there && !store->writes)
        return dm_fail(err, DM_EIO, "%s: there is no such database; `demarche ingest --db %s` makes"
                       " one", store->path, store->path);
    /* Serialized: dm_store_has() is called by other threads than dm_store_put(). */
    if (sqlite3_open_v2(store->path, &store->db, flags | SQLITE_OPEN_FULLMUTEX, NULL) != SQLITE_OK)
        return store->db ? store_fail(store, "opening", err)
                         : dm_fail(err, DM_ENOMEM, "%s: out of memory", store->path);
    sqlite3_busy_timeout(store->db, BUSY_MS);
    if (store->writes && sqlite3_db_readonly(store->db, "main") == 1)
        return dm_fail(err, DM_EIO, "%s: the database is read-only; it cannot be added to",
                       store->path);
    return DM_OK;
}

static int prepare_writing(struct dm_store *store, struct dm_error *err)
{
    int waited = 0, rc;
    /* SQLite waits for another writer everywhere but here. */
    while ((rc = execute(store, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                         "PRAGMA cache_size = -32768;",
                         "preparing to write", err)) == DM_EBUSY && waited < BUSY_MS)
        waited += sqlite3_sleep(BUSY_STEP_MS);
    for (int i = 0; rc == DM_OK && i < STORE_STATEMENTS; i++)
        if (sqlite3_prepare_v2(store->db, statements[i], -1, &store->statement[i], NULL) !=
            SQLITE_OK)
            rc = store_fail(store, "preparing to write", err);
    return rc;
}

/* ORDER MENTIONS */
static const char *const mentions_names[] = {"event", "story", "apart"};

int dm_store_mentions(struct dm_store *store, enum dm_mentions mentions, struct dm_error *err)
{
    char *sql = sqlite3_mprintf("INSERT OR REPLACE INTO setting VALUES ('mentions', %Q)",
                                mentions_names[mentions]);
    int rc = sql ? execute(store, sql, "keeping the rule", err)
                 : dm_fail(err, DM_ENOMEM, "%s: out of memory", store->path);
    sqlite3_free(sql);
    if (rc == DM_OK)
        store->mentions = mentions;
    return rc;
}

static int read_settings(struct dm_store *store, struct dm_error *err)
{
    sqlite3_stmt *s = NULL;
    int rc = DM_OK, step = SQLITE_ERROR;
    if (sqlite3_prepare_v2(store->db, "SELECT value FROM setting WHERE name = 'mentions'", -1, &s,
                           NULL) == SQLITE_OK)
        step = sqlite3_step(s);
    for (int i = 0; step == SQLITE_ROW && i < 3; i++)
        if (strcmp(store_text(s, 0), mentions_names[i]) == 0)
            store->mentions = (enum dm_mentions)i;
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        rc = store_fail(store, "reading settings", err);
    sqlite3_finalize(s);
    return rc;
}

int dm_store_open(const char *path, enum dm_store_mode mode, struct dm_store **out,
                  struct dm_error *err)
{
    struct dm_store *store = calloc(1, sizeof *store);
    if (!store || !(store->path = strdup(path))) {
        free(store);
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", path);
    }
    store->writes = mode == DM_STORE_WRITE;
    int rc = open_file(store, err);
    if (rc == DM_OK)
        rc = check_kind(store, err);
    if (rc == DM_OK && store->writes)
        rc = prepare_writing(store, err);
    if (rc == DM_OK && store->writes)
        rc = read_settings(store, err);
    if (rc == DM_OK)
        *out = store;
    else
        dm_store_close(store);
    return rc;
}

void dm_store_close(struct dm_store *store)
{
    if (!store)
        return;
    for (int i = 0; i < STORE_STATEMENTS; i++)
        sqlite3_finalize(store->statement[i]);
    sqlite3_finalize(store->tellings);
    if (store->db && !sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    /* One file again, if nobody else has it open; else the log stays beside it, and is read. */
    if (store->statement[0])
        sqlite3_exec(store->db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
    sqlite3_close(store->db);
    free(store->opened);
    free(store->path);
    free(store);
}

uint64_t dm_store_kept(const struct dm_store *store)
{
    return store->kept;
}

/* ---- adding ---- */

static void bind_slice(sqlite3_stmt *statement, int at, struct slice text)
{
    if (text.n)
        sqlite3_bind_text(statement, at, text.p, (int)text.n, SQLITE_STATIC);
    else
        sqlite3_bind_null(statement, at);
}

static void bind_text(sqlite3_stmt *statement, int at, const char *text)
{
    bind_slice(statement, at, slice_of(text));
}

/* Joined by ';'. At most DM_EVENT_LIST short names. */
static void bind_list(sqlite3_stmt *statement, int at, const char *const *text, uint32_t n)
{
    char joined[512];
    size_t used = 0;
    joined[0] = '\0';
    for (uint32_t i = 0; i < n && used < sizeof joined; i++)
        used += (size_t)snprintf(joined + used, sizeof joined - used, "%s%s", i ? ";" : "", text[i]);
    if (n)
        sqlite3_bind_text(statement, at, joined, -1, SQLITE_TRANSIENT);
    else
        sqlite3_bind_null(statement, at);
}

static void bind_count(sqlite3_stmt *statement, int at, uint32_t value)
{
    if (value)
        sqlite3_bind_int64(statement, at, value);
    else
        sqlite3_bind_null(statement, at);
}

int store_run(struct dm_store *store, enum store_statement which, struct dm_error *err)
{
    sqlite3_stmt *statement = store->statement[which];
    int rc = sqlite3_step(statement) == SQLITE_DONE ? DM_OK : store_fail(store, "adding", err);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return rc;
}

void store_hash(const struct dm_article *article, char out[static STORE_HASH])
{
    snprintf(out, STORE_HASH, "%016llx%016llx", (unsigned long long)slice_hash(article->id),
             (unsigned long long)slice_hash(article->text));
}

static bool known(struct dm_store *store, const char *hash)
{
    sqlite3_stmt *statement = store->statement[STORE_KNOWN];
    sqlite3_bind_text(statement, 1, hash, -1, SQLITE_STATIC);
    bool there = sqlite3_step(statement) == SQLITE_ROW;
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return there;
}

bool dm_store_has(struct dm_store *store, struct dm_article *article)
{
    char hash[STORE_HASH];
    store_hash(article, hash);
    if (!store->writes)
        return false;
    sqlite3_mutex_enter(sqlite3_db_mutex(store->db));
    bool there = known(store, hash);
    sqlite3_mutex_leave(sqlite3_db_mutex(store->db));
    return there;
}

static int add_article(struct dm_store *store, const struct dm_article *article, const char *hash,
                       const struct story *story, struct dm_error *err)
{
    sqlite3_stmt *s = store->statement[STORE_ADD_ARTICLE];
    sqlite3_int64 file = (sqlite3_int64)article->file;
    if (!file && article->path.n) {
        int rc = store_source(store, article->path, &file, err);
        if (rc != DM_OK)
            return rc;
    }
    char date[DATE_TEXT];
    date_format(article->date, date);
    sqlite3_bind_text(s, 1, hash, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 2, article->id.n ? article->id.p : "", (int)article->id.n, SQLITE_STATIC);
    bind_text(s, 3, date);
    bind_slice(s, 4, article->title);
    bind_slice(s, 5, article->byline);
    bind_slice(s, 6, article->url);
    bind_slice(s, 7, article->source);
    bind_slice(s, 8, article->lang);
    if (file)
        sqlite3_bind_int64(s, 9, file);
    if (article->place) {
        sqlite3_bind_int64(s, 10, (sqlite3_int64)article->place);
        sqlite3_bind_int64(s, 11, (sqlite3_int64)article->offset);
    }
    sqlite3_bind_text(s, 12, article->text.p + article->text_begin,
                      (int)(article->text.n - article->text_begin), SQLITE_STATIC);
    bind_slice(s, 13, article->language);
    if (story->story) {
        bind_text(s, 14, story_copy_name(story->copy));
        sqlite3_bind_int64(s, 15, story->story);
    }
    return store_run(store, STORE_ADD_ARTICLE, err);
}

static int add_party(struct dm_store *store, sqlite3_int64 event, const char *side, uint32_t n,
                     const struct dm_party *party, struct dm_error *err)
{
    sqlite3_stmt *s = store->statement[STORE_ADD_PARTY];
    sqlite3_bind_int64(s, 1, event);
    bind_text(s, 2, side);
    sqlite3_bind_int64(s, 3, n);
    bind_text(s, 4, party->code);
    bind_text(s, 5, party->sector);
    bind_list(s, 6, party->other_sectors, party->n_other_sectors);
    bind_text(s, 7, party->entity_text);
    bind_text(s, 8, party->identifier_text);
    bind_text(s, 9, party->office);
    bind_text(s, 10, party->wikidata);
    if (party->end) {
        sqlite3_bind_int64(s, 11, party->start);
        sqlite3_bind_int64(s, 12, party->end);
    }
    return store_run(store, STORE_ADD_PARTY, err);
}

static void bind_event(sqlite3_stmt *s, const struct dm_event *event, sqlite3_int64 article)
{
    bind_text(s, 1, event->id);
    sqlite3_bind_int64(s, 2, article);
    bind_text(s, 3, event->date);
    bind_text(s, 4, event->enddate);
    bind_text(s, 5, event->date_text);
    bind_text(s, 6, event->type);
    bind_list(s, 7, event->mode, event->n_modes);
    bind_list(s, 8, event->context, event->n_contexts);
    bind_text(s, 9, event->cameo);
    bind_count(s, 10, (uint32_t)event->quad);
    sqlite3_bind_double(s, 11, event->scale);
    if (*event->cameo)
        sqlite3_bind_double(s, 12, event->goldstein);
    bind_text(s, 13, event->status);
    bind_text(s, 14, event->text);
    sqlite3_bind_int64(s, 15, event->start);
    sqlite3_bind_int64(s, 16, event->end);
    bind_text(s, 17, event->sentence_text);
    sqlite3_bind_int64(s, 18, event->sentence);
    sqlite3_bind_int64(s, 19, event->sentence_start);
    sqlite3_bind_int64(s, 20, event->sentence_end);
    bind_text(s, 21, event->place);
    bind_text(s, 22, event->place_country);
    bind_count(s, 23, event->dead);
    bind_count(s, 24, event->injured);
    bind_count(s, 25, event->arrested);
    bind_count(s, 26, event->participants);
    bind_text(s, 27, event->frame);
    bind_text(s, 28, event->place_resolved);
    if (*event->place_resolved) {
        bind_count(s, 29, event->geonameid);
        sqlite3_bind_double(s, 30, event->lat);
        sqlite3_bind_double(s, 31, event->lon);
    }
    bind_text(s, 32, event->date_precision);
    bind_text(s, 33, event->link);
}

static int add_event(struct dm_store *store, struct mentions *mentions, size_t i,
                     sqlite3_int64 article, struct dm_error *err)
{
    const struct dm_event *event = &mentions->event[i];
    sqlite3_int64 same_as = 0;
    int rc = mentions_find(mentions, i, &same_as, err);
    if (rc != DM_OK)
        return rc;
    bind_event(store->statement[STORE_ADD_EVENT], event, article);
    if (same_as)
        sqlite3_bind_int64(store->statement[STORE_ADD_EVENT], 34, same_as);
    rc = store_run(store, STORE_ADD_EVENT, err);
    sqlite3_int64 row = sqlite3_last_insert_rowid(store->db);
    if (rc == DM_OK)
        rc = mentions_add(mentions, i, row, same_as, err);
    for (uint32_t k = 0; rc == DM_OK && k < event->n_actors; k++)
        rc = add_party(store, row, "actor", k, &event->actor[k], err);
    for (uint32_t k = 0; rc == DM_OK && k < event->n_recipients; k++)
        rc = add_party(store, row, "recipient", k, &event->recipient[k], err);
    if (rc == DM_OK && event->attribution)
        rc = add_party(store, row, "attribution", 0, event->attribution, err);
    return rc;
}

static int add_all(struct dm_store *store, const struct dm_engine *engine,
                   struct dm_article *article, const char *hash, struct dm_error *err)
{
    struct mentions mentions = {.store = store, .engine = engine};
    struct story story = {.story = 0};
    int rc = dm_article_events(article, engine, &mentions.event, &mentions.n, err);
    if (rc == DM_OK)
        rc = story_find(store, article, &story, err);
    if (rc == DM_OK)
        rc = add_article(store, article, hash, &story, err);
    sqlite3_int64 row = sqlite3_last_insert_rowid(store->db);
    if (rc == DM_OK)
        rc = story_add(store, &story, row, err);
    mentions.copy = story.story != 0;
    mentions.story = mentions.copy ? story.story : row;
    if (rc == DM_OK)
        rc = mentions_init(&mentions, &article->scratch, err);
    for (size_t i = 0; rc == DM_OK && i < mentions.n; i++)
        rc = add_event(store, &mentions, i, row, err);
    return rc;
}

int store_begin(struct dm_store *store, struct dm_error *err)
{
    if (!sqlite3_get_autocommit(store->db))
        return DM_OK;
    store->pending = 0;
    store->since = time(NULL);
    return execute(store, "BEGIN IMMEDIATE", "beginning to add", err);
}

void store_give_up(struct dm_store *store)
{
    if (!sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store->source = 0;
    store->pending = 0;
}

int store_put(struct dm_store *store, const struct dm_engine *engine, struct dm_article *article,
              struct dm_error *err)
{
    char hash[STORE_HASH];
    store_hash(article, hash);
    int rc = store_begin(store, err);
    if (rc != DM_OK)
        return rc;
    if (known(store, hash))
        return 1;
    rc = execute(store, "SAVEPOINT article", "adding", err);
    if (rc != DM_OK)
        return rc;
    struct arena_mark mark = arena_mark(&article->scratch);
    rc = add_all(store, engine, article, hash, err);
    arena_rewind(&article->scratch, mark);
    if (rc == DM_OK)
        rc = execute(store, "RELEASE article", "adding", err);
    /* After some failures SQLite has rolled all of it back by itself. */
    else if (!sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK TO article; RELEASE article", NULL, NULL, NULL);
    if (rc < 0)
        store->source = 0; /* its row may be gone */
    if (rc < 0 && sqlite3_get_autocommit(store->db))
        store->progress = (struct store_progress){0};
    if (rc == DM_OK)
        store->pending++;
    return rc;
}

/* Without a transaction, what was counted is lost with what it counts. */
static int commit(struct dm_store *store, struct dm_error *err)
{
    if (sqlite3_get_autocommit(store->db)) {
        store->progress.changed = false;
        return DM_OK;
    }
    int rc = store_progress_write(store, err);
    if (rc == DM_OK)
        rc = store_run(store, STORE_ADD_WORDS, err);
    if (rc == DM_OK)
        rc = execute(store, "COMMIT", "writing", err);
    if (rc == DM_OK)
        store->kept += store->pending;
    else if (!sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    if (rc < 0) {
        store->source = 0;
        store->progress = (struct store_progress){0};
    }
    store->pending = 0;
    return rc;
}

int store_due(struct dm_store *store, struct dm_error *err)
{
    sqlite3_mutex_enter(sqlite3_db_mutex(store->db));
    bool due = !sqlite3_get_autocommit(store->db) &&
               (store->pending >= BATCH_ARTICLES || time(NULL) - store->since >= BATCH_SECONDS);
    int rc = due ? commit(store, err) : DM_OK;
    sqlite3_mutex_leave(sqlite3_db_mutex(store->db));
    return rc;
}

int dm_store_put(struct dm_store *store, const struct dm_engine *engine, struct dm_article *article,
                 struct dm_error *err)
{
    if (!store->writes)
        return dm_fail(err, DM_EUSAGE, "%s: opened for reading only", store->path);
    sqlite3_mutex_enter(sqlite3_db_mutex(store->db));
    int rc = store_put(store, engine, article, err);
    sqlite3_mutex_leave(sqlite3_db_mutex(store->db));
    int due = rc >= 0 ? store_due(store, err) : DM_OK;
    return due < 0 ? due : rc;
}

int dm_store_commit(struct dm_store *store, struct dm_error *err)
{
    if (!store->writes)
        return DM_OK;
    sqlite3_mutex_enter(sqlite3_db_mutex(store->db));
    int rc = commit(store, err);
    sqlite3_mutex_leave(sqlite3_db_mutex(store->db));
    return rc;
}
