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
    "Reads the files in the order given, and all files of a folder; '-' or nothing is standard input.\n"
    "gzip and zstd are unpacked. Writes one event a row.\n"
    "Every start and end counts characters of the article's text, so that the words can be found.\n\n"
    "  demarche code article.txt\n"
    "  demarche code --date 2010-02-17 --output jsonl article.txt > events.jsonl\n"
    "  demarche code --jobs 4 news.jsonl.gz > events.jsonl\n"
    "  demarche code feed.xml archive.warc.gz pages > events.jsonl\n"
    "  demarche code --field text=body --field date=day table.csv > events.jsonl\n";

int cmd_code(struct session *session, int argc, char **argv)
{
    return cli_news(session, DM_DEPTH_CODE, argc, argv);
}
