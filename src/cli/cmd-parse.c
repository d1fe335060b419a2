/* SPDX-License-Identifier: MIT */
/* cmd-parse.c - demarche parse */
#include "cli/cli.h"

const struct cli_option cmd_parse_options[] = {
    CLI_NEWS_OPTIONS,
    {CLI_FIRST_OWN, "gold-tokens", NULL, "of CoNLL-U input keep sentences and words, parse anew"},
    {CLI_FIRST_OWN + 1, "text-only", NULL, "of CoNLL-U input keep the text, split and parse anew"},
    CLI_ENGINE_OPTIONS,
    {0},
};

const char cmd_parse_more[] =
    "Universal Dependencies version 2. CoNLL-U input that has trees already is written as it came,\n"
    "unless one of the two options above says otherwise.\n\n"
    "  demarche parse article.txt > article.conllu\n"
    "  demarche parse --gold-tokens en_ewt-ud-dev.conllu > mine.conllu\n";

int cmd_parse(struct session *session, int argc, char **argv)
{
    return cli_news(session, DM_DEPTH_PARSE, argc, argv);
}
