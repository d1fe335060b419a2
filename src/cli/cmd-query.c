/* SPDX-License-Identifier: MIT */
/* cmd-query.c - demarche query: events and dyad series out of a database. */
#include "cli/cli.h"

enum { DB = CLI_FIRST_OWN, COUNT };

const struct cli_option cmd_query_options[] = {
    {DB, "db", "FILE", "the database that `demarche ingest` made"},
    CLI_FILTER_OPTIONS,
    {COUNT, "count", "PERIOD", "count events by day, month or year, pair of codes and type"},
    {'o', "output", "FORM", "table, jsonl or csv; default: a table on a terminal, else jsonl"},
    {0},
};

const char cmd_query_more[] =
    "--count counts what happened, unless --status says otherwise, and what is told again once; --by\n"
    "mention counts every telling. Lists show every telling, --by event each event once.\n\n"
    "  demarche query --db news.db --pair RUS,USA --since 2010-02\n"
    "  demarche query --db news.db --actor USA/GOV --type ACCUSE --output csv\n"
    "  demarche query --db news.db --place Tbilisi --text 'ceasefire OR truce'\n"
    "  demarche query --db news.db --pair RUS,USA --count month --output csv > series.csv\n";

struct ask {
    struct cli_filter filter;
    const char *db, *output, *count;
};

/* CLI_FINE or CLI_USAGE. */
static int take(struct session *session, int option, const char *value, struct ask *ask)
{
    switch (option) {
    case DB: ask->db = value; break;
    case COUNT: ask->count = value; break;
    case 'o': ask->output = value; break;
    default: return cli_filter_option(session, option, value, &ask->filter) < 0 ? CLI_USAGE : CLI_FINE;
    }
    return CLI_FINE;
}

static int answer(struct session *session, const struct ask *ask)
{
    struct dm_error err = {0};
    struct dm_store *store = NULL;
    struct dm_style style;
    struct dm_sink sink = cli_stdout();
    int rc = cli_style(ask->output, DM_DEPTH_CODE, &style, &err);
    if (rc == DM_OK)
        rc = dm_store_open(ask->db, DM_STORE_READ, &store, &err);
    if (rc == DM_OK && ask->count)
        rc = dm_store_count(store, &ask->filter.filter, ask->count, &style, &sink, &err);
    else if (rc == DM_OK)
        rc = dm_store_write(store, &ask->filter.filter, &style, &sink, &err);
    if (rc == DM_OK)
        rc = cli_stdout_end(&err);
    dm_store_close(store);
    return rc == DM_OK ? CLI_FINE : cli_fail(session, &err);
}

int cmd_query(struct session *session, int argc, char **argv)
{
    struct ask ask = {.db = NULL};
    const char *value;
    int option, first;
    while ((option = cli_option(session, argc, argv, &value, &first)) > 0)
        if (take(session, option, value, &ask) != CLI_FINE)
            return CLI_USAGE;
    if (option < 0)
        return cli_option_end(option);
    if (!ask.db)
        return cli_usage(session, "--db FILE is needed: the database to ask");
    if (first < argc)
        return cli_usage(session, "query takes no file names: %s", argv[first]);
    return answer(session, &ask);
}
