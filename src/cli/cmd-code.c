/* SPDX-License-Identifier: MIT */
/* cmd-code.c - demarche code */
#include "cli/cli.h"

const struct cli_option cmd_code_options[] = {
    CLI_NEWS_OPTIONS,
    {'o', "output", "FORM", "table, jsonl or csv; default: a table on a terminal, else jsonl"},
    CLI_ENGINE_OPTIONS,
    {0},
};

const char cmd_code_more[] =
    "Reads the files in the order given; '-' or nothing is standard input. Writes one event a row.\n"
    "Every start and end counts characters of the article's text, so that the words can be found.\n\n"
    "  demarche code article.txt\n"
    "  demarche code --date 2010-02-17 --output jsonl article.txt > events.jsonl\n"
    "  zcat news.jsonl.gz | demarche code --input jsonl --jobs 4 > events.jsonl\n";

int cmd_code(struct session *session, int argc, char **argv)
{
    return cli_news(session, DM_DEPTH_CODE, argc, argv);
}
