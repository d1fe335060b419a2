/* SPDX-License-Identifier: MIT */
/* cmd-read.c - demarche read */
#include "cli/cli.h"

const struct cli_option cmd_read_options[] = {
    CLI_NEWS_OPTIONS,
    {'o', "output", "FORM", "table, jsonl or csv; default: a table on a terminal, else jsonl"},
    CLI_ENGINE_OPTIONS,
    {0},
};

const char cmd_read_more[] =
    "Shows what the other commands would read: clutter removed, title and date found.\n\n"
    "  demarche read page.html\n"
    "  demarche read --output jsonl pages/*.html > articles.jsonl\n";

int cmd_read(struct session *session, int argc, char **argv)
{
    return cli_news(session, DM_DEPTH_READ, argc, argv);
}
