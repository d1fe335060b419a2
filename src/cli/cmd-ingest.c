/* SPDX-License-Identifier: MIT */
/* cmd-ingest.c - demarche ingest: code news into a database. */
#include "cli/cli.h"

enum { AGAIN = CLI_FIRST_OWN + 1, REPORT, MENTIONS };

const struct cli_option cmd_ingest_options[] = {
    {CLI_FIRST_OWN, "db", "FILE", "the database; made when it is missing"},
    {REPORT, "report", "FILE", "write what was read, and what not and why, as JSON"},
    {AGAIN, "again", NULL, "read files anew that were read before"},
    {MENTIONS, "mentions", "RULE", "what is one event: event (of one type, day, parties and place),\n"
     CLI_HELP_INDENT "story (told in copies of one text), or apart; kept in the database"},
    CLI_NEWS_OPTIONS,
    CLI_ENGINE_OPTIONS,
    {0},
};

const char cmd_ingest_more[] =
    "Adds articles, events and parties to one SQLite file. A run that was stopped, or killed, goes on\n"
    "where it was when the same is run again. A file that was read before is left out unless it has\n"
    "changed; the same article is never added twice. `sqlite3 FILE .schema` explains the tables.\n\n"
    "  demarche ingest --db news.db articles/*.txt\n"
    "  demarche ingest --db news.db --report report.json news.jsonl.gz archive.warc.gz\n";

struct job {
    struct dm_run run;
    struct dm_ingest_options options;
    enum dm_mentions mentions; /* when it was said */
    bool has_mentions;
    const char *db;
};

static unsigned long long many(uint64_t n)
{
    return (unsigned long long)n;
}

static const char *s(uint64_t n)
{
    return n == 1 ? "" : "s";
}

/* What was done, in a line or two. */
static void sum_up(struct session *session, const struct dm_ingested *done)
{
    cli_progress_end(session);
    fprintf(stderr, "%llu article%s added, %llu known, %llu failed; %llu event%s", many(done->added),
            s(done->added), many(done->known), many(done->totals.failed), many(done->events),
            s(done->events));
    double seconds = (double)(cli_now() - session->began) / 1000;
    if (seconds >= 1)
        fprintf(stderr, "; %.1f MB in %.0f s", (double)done->totals.bytes / 1e6, seconds);
    fputc('\n', stderr);
    if (done->read_before)
        fprintf(stderr, "%llu file%s left out: read before and not changed (--again reads anew)\n",
                many(done->read_before), s(done->read_before));
    if (done->twice)
        fprintf(stderr, "%llu file%s named more than once, and read once\n", many(done->twice),
                s(done->twice));
}

static int run(struct session *session, struct job *job, struct dm_engine *engine,
               struct dm_store *store)
{
    struct dm_error err = {0};
    struct dm_ingested done;
    cli_tell_waiting(session, &job->run);
    cli_watch_run(session, &job->run);
    int rc = dm_ingest(engine, store, &job->run, &job->options, &done, &err);
    sum_up(session, &done);
    cli_tell_foreign(session, &job->run, &done.totals);
    if (rc == DM_ESTOPPED) {
        cli_say(session, "stopped; run the same again to go on");
        return CLI_INTERRUPTED;
    }
    return cli_run_end(session, rc, &done.totals, &err);
}

static int open_and_run(struct session *session, struct job *job)
{
    struct dm_engine *engine = NULL;
    struct dm_store *store = NULL;
    struct dm_error err = {0};
    int rc = dm_engine_open(&session->data, DM_DEPTH_CODE, &engine, &err);
    if (rc == DM_OK)
        rc = dm_store_open(job->db, DM_STORE_WRITE, &store, &err);
    if (rc == DM_OK && job->has_mentions)
        rc = dm_store_mentions(store, job->mentions, &err);
    int status = rc == DM_OK ? run(session, job, engine, store) : cli_fail(session, &err);
    dm_store_close(store);
    dm_engine_close(engine);
    return status;
}

int cmd_ingest(struct session *session, int argc, char **argv)
{
    static const char *const standard_input[] = {"-"};
    struct job job = {.run = {.depth = DM_DEPTH_CODE}};
    struct dm_error err = {0};
    const char *value;
    int option, first;
    while ((option = cli_option(session, argc, argv, &value, &first)) > 0) {
        if (option == CLI_FIRST_OWN)
            job.db = value;
        else if (option == REPORT)
            job.options.report = value;
        else if (option == AGAIN)
            job.options.again = true;
        else if (option == MENTIONS) {
            if (!cli_mentions(session, value, &job.mentions))
                return CLI_USAGE;
            job.has_mentions = true;
        } else if (cli_news_option(session, option, value, &job.run) < 0)
            return CLI_USAGE;
    }
    if (option < 0)
        return cli_option_end(option);
    if (!job.db)
        return cli_usage(session, "--db FILE is needed: the database to add to");
    if (dm_run_check(&job.run, &err) != DM_OK)
        return cli_fail(session, &err);
    job.run.path = argc > first ? (const char *const *)(argv + first) : standard_input;
    job.run.n_paths = argc > first ? (size_t)(argc - first) : 1;
    return open_and_run(session, &job);
}
