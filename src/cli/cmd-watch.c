/* SPDX-License-Identifier: MIT */
/* cmd-watch.c - demarche watch: follow feeds, code what is new into a database. */
#include <string.h>

#include "cli/cli.h"

enum { DB = CLI_FIRST_OWN, FEEDS, ONCE, PAGES, EVERY, AGENT, REPORT, PRIVATE, TIMEOUT, MOST, PAUSE };

const struct cli_option cmd_watch_options[] = {
    {DB, "db", "FILE", "the database; made when it is missing"},
    {FEEDS, "feeds", "FILE", "a list of feeds: an address a line, or OPML"},
    {PAGES, "pages", NULL, "fetch the pages that entries link to, and code these"},
    {ONCE, "once", NULL, "poll each feed once, and end"},
    {EVERY, "every", "SECONDS", "between two polls of a feed; default 900, at least 60"},
    {REPORT, "report", "FILE", "write what came of each feed, and what was not had and why, as JSON"},
    {'j', "jobs", "N", "most requests at a time; default 4"},
    {AGENT, "agent", "TEXT", "whom a site may write to: told behind the program's name"},
    {PAUSE, "pause", "MS", "milliseconds between two requests to a site; default 1000"},
    {TIMEOUT, "timeout", "SECONDS", "for a request; default 30"},
    {MOST, "most", "KIB", "largest answer that is read, unpacked; default and most 16384"},
    {PRIVATE, "allow-private", NULL, "also addresses of this machine and of private networks"},
    CLI_ENGINE_OPTIONS,
    {0},
};

const char cmd_watch_more[] =
    "Polls RSS, Atom and JSON feeds and adds each new entry to the database, once, until Ctrl-C or\n"
    "SIGTERM. Asks only for what is new, keeps to robots.txt and Retry-After, and asks a feed that\n"
    "fails less and less often. What is in the database says where it goes on after a stop.\n\n"
    "  demarche watch --db news.db https://www.state.gov/rss-feed/press-releases/feed/\n"
    "  demarche watch --db news.db --feeds feeds.txt --pages --agent 'news@example.org'\n"
    "  demarche watch --db news.db --feeds feeds.txt --once --report report.json\n";

static void told(void *self, int code, const char *message)
{
    (void)code;
    cli_say(self, "%s", message);
}

/* A number from `least` to `most`. False: told. */
static bool number(struct session *session, const char *option, const char *value,
                   unsigned long long least, unsigned long long most, unsigned long long *out)
{
    if (!cli_number(session, option, value, most, out))
        return false;
    if (*out < least)
        cli_usage(session, "--%s: at least %llu", option, least);
    return *out >= least;
}

/* False: wrong (told). */
static bool take_number(struct session *session, int option, const char *value,
                        struct dm_watch *watch)
{
    unsigned long long n = 0;
    bool fine = option == EVERY     ? number(session, "every", value, 60, 30 * 86400, &n)
                : option == 'j'     ? number(session, "jobs", value, 1, 64, &n)
                : option == PAUSE   ? number(session, "pause", value, 0, 3600000, &n)
                : option == TIMEOUT ? number(session, "timeout", value, 1, 600, &n)
                                    : number(session, "most", value, 1, 16384, &n);
    if (option == EVERY)
        watch->every = (unsigned)n;
    else if (option == 'j')
        watch->jobs = (unsigned)n;
    else if (option == PAUSE)
        watch->pause_ms = (unsigned)n;
    else if (option == TIMEOUT)
        watch->timeout = (unsigned)n;
    else
        watch->bytes = (size_t)n << 10;
    return fine;
}

/* False: wrong (told). */
static bool take_option(struct session *session, int option, const char *value,
                        struct dm_watch *watch, const char **db)
{
    switch (option) {
    case DB:
        *db = value;
        return true;
    case FEEDS:
        watch->list = value;
        return true;
    case REPORT:
        watch->report = value;
        return true;
    case ONCE:
        return watch->once = true;
    case PAGES:
        return watch->pages = true;
    case PRIVATE:
        return watch->allow_private = true;
    case AGENT:
        watch->agent = value;
        if (strlen(value) <= 200 && !strpbrk(value, "\r\n"))
            return true;
        cli_usage(session, "--agent: one line of at most 200 bytes is wanted");
        return false;
    default:
        return take_number(session, option, value, watch);
    }
}

static const char *s_of(uint64_t n, const char *one, const char *more)
{
    return n == 1 ? one : more;
}

static int run(struct session *session, const struct dm_watch *watch,
               const struct dm_engine *engine, struct dm_store *store)
{
    struct dm_error err = {0};
    struct dm_watch_totals totals;
    int rc = dm_watch(engine, store, watch, &totals, &err);
    if (rc == DM_OK || rc == DM_ESTOPPED)
        fprintf(stderr, "%llu poll%s (%llu unchanged, %llu failed), %llu new entr%s, %llu changed,"
                " %llu page%s, %llu article%s (%llu in other languages, not coded), %llu event%s\n",
                (unsigned long long)totals.polls, s_of(totals.polls, "", "s"),
                (unsigned long long)totals.unchanged, (unsigned long long)totals.failed,
                (unsigned long long)totals.entries, s_of(totals.entries, "y", "ies"),
                (unsigned long long)totals.changed, (unsigned long long)totals.pages,
                s_of(totals.pages, "", "s"), (unsigned long long)totals.articles,
                s_of(totals.articles, "", "s"),
                (unsigned long long)totals.foreign, (unsigned long long)totals.events,
                s_of(totals.events, "", "s"));
    if (rc == DM_ESTOPPED && watch->once)
        cli_say(session, "stopped; run the same again to go on");
    if (rc == DM_ESTOPPED) /* without --once it is the way to end */
        return watch->once ? CLI_INTERRUPTED : CLI_FINE;
    if (rc != DM_OK)
        return cli_fail(session, &err);
    return totals.failed ? CLI_PARTLY : CLI_FINE;
}

int cmd_watch(struct session *session, int argc, char **argv)
{
    struct dm_watch watch = {.pause_ms = 1000, .tell = told, .self = session, .stop = session->stop};
    struct dm_engine *engine = NULL;
    struct dm_store *store = NULL;
    struct dm_error err = {0};
    const char *value, *db = NULL;
    int option, first;
    while ((option = cli_option(session, argc, argv, &value, &first)) > 0)
        if (!take_option(session, option, value, &watch, &db))
            return CLI_USAGE;
    if (option < 0)
        return cli_option_end(option);
    if (!db)
        return cli_usage(session, "--db FILE is needed: the database to add to");
    if (!watch.list && argc == first)
        return cli_usage(session, "name feeds, or a list of them by --feeds");
    watch.url = (const char *const *)(argv + first);
    watch.n_urls = (size_t)(argc - first);
    int rc = dm_engine_open(&session->data, DM_DEPTH_CODE, &engine, &err);
    if (rc == DM_OK)
        rc = dm_store_open(db, DM_STORE_WRITE, &store, &err);
    int status = rc == DM_OK ? run(session, &watch, engine, store) : cli_fail(session, &err);
    dm_store_close(store);
    dm_engine_close(engine);
    return status;
}
