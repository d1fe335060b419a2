/* SPDX-License-Identifier: MIT */
/* cmd-eval.c - demarche eval: compare with events coded by hand. */
#include "cli/cli.h"

const struct cli_option cmd_eval_options[] = {
    {'j', "jobs", "N", "texts worked on at a time; default: one for each processor"},
    CLI_ENGINE_OPTIONS,
    {0},
};

const char cmd_eval_more[] =
    "GOLD is JSON Lines: id, text, date, and events, each with event, actor and recipient as `code`\n"
    "writes them; \"complete\": true where all events of the text are listed. Shows recall, precision\n"
    "and F1 of the types, of types with an actor, and of types with both sides.\n\n"
    "  demarche eval gold.jsonl\n";

static int score(struct session *session, const struct dm_engine *engine, int n, char **gold,
                 unsigned jobs)
{
    struct dm_sink sink = cli_stdout();
    int status = CLI_FINE;
    for (int i = 0; i < n; i++) {
        struct dm_error err = {0};
        if (n > 1)
            printf("%s%s\n", i ? "\n" : "", gold[i]);
        int rc = dm_eval(engine, gold[i], jobs, session->stop, &sink, &err);
        if (rc == DM_OK)
            rc = cli_stdout_end(&err);
        int one = rc == DM_OK ? CLI_FINE : cli_fail(session, &err);
        status = one > status ? one : status;
    }
    return status;
}

int cmd_eval(struct session *session, int argc, char **argv)
{
    struct dm_error err = {0};
    struct dm_engine *engine = NULL;
    const char *value;
    unsigned long long jobs = 0;
    int option, first;
    while ((option = cli_option(session, argc, argv, &value, &first)) > 0)
        if (!cli_number(session, "jobs", value, 256, &jobs))
            return CLI_USAGE;
    if (option < 0)
        return cli_option_end(option);
    if (first >= argc)
        return cli_usage(session, "eval needs a gold file");
    if (dm_engine_open(&session->data, DM_DEPTH_CODE, &engine, &err) != DM_OK)
        return cli_fail(session, &err);
    int status = score(session, engine, argc - first, argv + first, (unsigned)jobs);
    dm_engine_close(engine);
    return status;
}
