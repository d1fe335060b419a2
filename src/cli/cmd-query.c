/* SPDX-License-Identifier: MIT */
/* cmd-query.c - demarche query: events and dyad series out of a database. */
#include <string.h>

#include "cli/cli.h"

enum {
    DB = CLI_FIRST_OWN, RECIPIENT, PAIR, QUAD, SINCE, UNTIL, STATUS, COUNT
};

const struct cli_option cmd_query_options[] = {
    {DB, "db", "FILE", "the database that `demarche ingest` made"},
    {'a', "actor", "CODE", "who did it: RUS, RUS/GOV or /GOV"},
    {RECIPIENT, "recipient", "CODE", "to whom it was done"},
    {PAIR, "pair", "CODE,CODE", "both take part, whichever side they stand on"},
    {'t', "type", "TYPE", "PLOVER's event type, such as AGREE"},
    {QUAD, "quad", "N", "1 verbal, 2 material cooperation, 3 verbal, 4 material conflict"},
    {STATUS, "status", "STATUS", "happened, future, hypothetical, negation, historical, denied"},
    {SINCE, "since", "DATE", "first day, month or year"},
    {UNTIL, "until", "DATE", "last day, month or year"},
    {'n', "limit", "N", "at most so many lines"},
    {COUNT, "count", "PERIOD", "count events by day, month or year, pair of codes and type"},
    {'o', "output", "FORM", "table, jsonl or csv; default: a table on a terminal, else jsonl"},
    {0},
};

const char cmd_query_more[] =
    "  demarche query --db news.db --pair RUS,USA --since 2010-02\n"
    "  demarche query --db news.db --actor USA/GOV --type ACCUSE --output csv\n"
    "  demarche query --db news.db --pair RUS,USA --count month --output csv > series.csv\n";

struct ask {
    struct dm_filter filter;
    const char *db, *output, *count;
    char pair[2][16];
};

static int pair_of(struct session *session, const char *text, struct ask *ask)
{
    const char *comma = strchr(text, ',');
    size_t n = comma ? (size_t)(comma - text) : 0;
    if (n == 0 || n >= sizeof ask->pair[0] || strlen(comma + 1) >= sizeof ask->pair[1] ||
        !comma[1])
        return cli_usage(session, "--pair: '%s' is no pair; write RUS,USA", text);
    memcpy(ask->pair[0], text, n);
    strcpy(ask->pair[1], comma + 1);
    ask->filter.pair[0] = ask->pair[0];
    ask->filter.pair[1] = ask->pair[1];
    return CLI_FINE;
}

/* CLI_FINE or CLI_USAGE. */
static int take(struct session *session, int option, const char *value, struct ask *ask)
{
    struct dm_filter *filter = &ask->filter;
    unsigned long long n;
    switch (option) {
    case DB: ask->db = value; break;
    case 'a': filter->actor = value; break;
    case RECIPIENT: filter->recipient = value; break;
    case PAIR: return pair_of(session, value, ask);
    case 't': filter->type = value; break;
    case STATUS: filter->status = value; break;
    case SINCE: filter->since = value; break;
    case UNTIL: filter->until = value; break;
    case COUNT: ask->count = value; break;
    case 'o': ask->output = value; break;
    case QUAD:
        if (!cli_number(session, "quad", value, 4, &n))
            return CLI_USAGE;
        filter->quad = (int)n;
        break;
    case 'n':
        if (!cli_number(session, "limit", value, 1000000000000ull, &n))
            return CLI_USAGE;
        filter->limit = n;
        break;
    default: break;
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
        rc = dm_store_count(store, &ask->filter, ask->count, &style, &sink, &err);
    else if (rc == DM_OK)
        rc = dm_store_write(store, &ask->filter, &style, &sink, &err);
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
