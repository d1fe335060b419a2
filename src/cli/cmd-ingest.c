/* SPDX-License-Identifier: MIT */
/* cmd-ingest.c - demarche ingest: code news into a database. */
#include "cli/cli.h"

const struct cli_option cmd_ingest_options[] = {
    {CLI_FIRST_OWN, "db", "FILE", "the database; made when it is missing"},
    CLI_NEWS_OPTIONS,
    CLI_ENGINE_OPTIONS,
    {0},
};

const char cmd_ingest_more[] =
    "Adds articles, events and parties to one SQLite file. The same article is never added twice, so\n"
    "that a run may be stopped and started again. `sqlite3 FILE .schema` explains the tables.\n\n"
    "  demarche ingest --db news.db articles/*.txt\n"
    "  demarche ingest --db news.db news.jsonl.gz archive.warc.gz\n";

/* Everything that the callbacks of a run need. */
struct ingest {
    struct session *session;
    struct dm_engine *engine;
    struct dm_store *store;
    struct dm_run watch; /* the callbacks that cli_watch_run() chose */
    uint64_t twice;      /* added by this run already */
};

static int put(void *self, struct dm_article *article, struct dm_error *err)
{
    struct ingest *ingest = self;
    int rc = dm_store_put(ingest->store, ingest->engine, article, err);
    ingest->twice += rc == 1;
    return rc < 0 ? rc : DM_OK;
}

static bool skip(void *self, struct dm_article *article)
{
    struct ingest *ingest = self;
    return dm_store_has(ingest->store, article);
}

static void warn(void *self, int code, const char *message)
{
    struct ingest *ingest = self;
    ingest->watch.warn(ingest->session, code, message);
}

static void progress(void *self, const struct dm_totals *totals)
{
    struct ingest *ingest = self;
    ingest->watch.progress(ingest->session, totals);
}

static int run(struct ingest *ingest, struct dm_run *run)
{
    struct dm_error err = {0}, commit_err = {0};
    struct dm_totals totals;
    ingest->watch = *run;
    cli_watch_run(ingest->session, &ingest->watch);
    run->stop = ingest->watch.stop;
    run->article = put;
    run->skip = skip;
    run->warn = warn;
    run->progress = ingest->watch.progress ? progress : NULL;
    run->self = ingest;
    int rc = dm_run(ingest->engine, run, &totals, &err);
    int kept_rc = dm_store_commit(ingest->store, &commit_err);
    cli_progress_end(ingest->session);
    uint64_t kept = dm_store_kept(ingest->store), known = totals.skipped + ingest->twice;
    fprintf(stderr, "%llu article%s added, %llu known, %llu failed\n", (unsigned long long)kept,
            kept == 1 ? "" : "s", (unsigned long long)known, (unsigned long long)totals.failed);
    cli_tell_foreign(ingest->session, run, &totals);
    if (kept_rc != DM_OK && (rc == DM_OK || rc == DM_ESTOPPED))
        return cli_fail(ingest->session, &commit_err);
    if (rc == DM_ESTOPPED) {
        cli_say(ingest->session, "stopped; run the same again to go on");
        return CLI_INTERRUPTED;
    }
    return cli_run_end(ingest->session, rc, &totals, &err);
}

static int open_and_run(struct session *session, const char *db, struct dm_run *options)
{
    struct ingest ingest = {.session = session};
    struct dm_error err = {0};
    int rc = dm_engine_open(&session->data, DM_DEPTH_CODE, &ingest.engine, &err);
    if (rc == DM_OK)
        rc = dm_store_open(db, DM_STORE_WRITE, &ingest.store, &err);
    if (rc == DM_OK)
        cli_tell_waiting(session, options);
    int status = rc == DM_OK ? run(&ingest, options) : cli_fail(session, &err);
    dm_store_close(ingest.store);
    dm_engine_close(ingest.engine);
    return status;
}

int cmd_ingest(struct session *session, int argc, char **argv)
{
    static const char *const standard_input[] = {"-"};
    struct dm_run options = {.depth = DM_DEPTH_CODE};
    struct dm_error err = {0};
    const char *value, *db = NULL;
    int option, first;
    while ((option = cli_option(session, argc, argv, &value, &first)) > 0) {
        if (option == CLI_FIRST_OWN)
            db = value;
        else if (cli_news_option(session, option, value, &options) < 0)
            return CLI_USAGE;
    }
    if (option < 0)
        return cli_option_end(option);
    if (!db)
        return cli_usage(session, "--db FILE is needed: the database to add to");
    if (dm_run_check(&options, &err) != DM_OK)
        return cli_fail(session, &err);
    options.path = argc > first ? (const char *const *)(argv + first) : standard_input;
    options.n_paths = argc > first ? (size_t)(argc - first) : 1;
    return open_and_run(session, db, &options);
}
