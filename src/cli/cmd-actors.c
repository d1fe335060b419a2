/* SPDX-License-Identifier: MIT */
/* cmd-actors.c - demarche actors */
#include "cli/cli.h"

const struct cli_option cmd_actors_options[] = {
    CLI_NEWS_OPTIONS,
    {CLI_NAMES, "names", NULL, "write all names of persons, organizations and places, not mentions"},
    {'o', "output", "FORM", "table, jsonl or csv; default: a table on a terminal, else jsonl"},
    CLI_ENGINE_OPTIONS,
    {0},
};

const char cmd_actors_more[] =
    "Writes one mention a row: country code, sector, office, and where it stands in the text.\n\n"
    "  demarche actors article.txt\n"
    "  demarche actors --output csv article.txt > actors.csv\n"
    "  demarche actors --names article.txt\n";

int cmd_actors(struct session *session, int argc, char **argv)
{
    return cli_news(session, DM_DEPTH_ACTORS, argc, argv);
}
