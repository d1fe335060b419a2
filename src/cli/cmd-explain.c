/* SPDX-License-Identifier: MIT */
/* cmd-explain.c - demarche explain: how a sentence is understood, and why. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

#define TEXT_MOST (1u << 20)

const struct cli_option cmd_explain_options[] = {
    {'d', "date", "YYYY-MM-DD", "the article's date: offices and weekdays are resolved by it"},
    {'c', "context", "TEXT", "text that stands before: who 'he' is"},
    CLI_ENGINE_OPTIONS,
    {0},
};

const char cmd_explain_more[] =
    "Shows the tokens and their tree, the mentions with the lexicon line each came from, every frame\n"
    "that was tried and why it fired or not, the times told, and the events. '-' reads the text from\n"
    "standard input.\n\n"
    "  demarche explain \"Russia accused Georgia of violating the ceasefire.\"\n"
    "  demarche explain --date 2010-02-17 \"The Russian foreign minister visited Nicaragua.\"\n";

/* All words of the command line with blanks between, or standard input. NULL: told. */
static char *text_of(struct session *session, int argc, char **argv, size_t *n)
{
    char *text = malloc(TEXT_MOST);
    *n = 0;
    if (!text) {
        cli_say(session, "out of memory");
        return NULL;
    }
    if (argc == 1 && strcmp(argv[0], "-") == 0) {
        *n = fread(text, 1, TEXT_MOST, stdin);
        if (ferror(stdin) || getchar() != EOF) {
            cli_say(session, ferror(stdin) ? "standard input: cannot be read"
                                           : "explain takes at most 1 MiB; name one passage");
            free(text);
            return NULL;
        }
        return text;
    }
    for (int i = 0; i < argc; i++) {
        size_t more = strlen(argv[i]);
        if (*n + more + 1 > TEXT_MOST)
            break;
        if (i)
            text[(*n)++] = ' ';
        memcpy(text + *n, argv[i], more);
        *n += more;
    }
    return text;
}

static int explain(struct session *session, const struct dm_given *given)
{
    struct dm_error err = {0};
    struct dm_engine *engine = NULL;
    struct dm_article *article = NULL;
    struct dm_sink sink = cli_stdout();
    int rc = dm_engine_open(&session->data, DM_DEPTH_CODE, &engine, &err);
    if (rc == DM_OK && !(article = dm_article_new())) {
        rc = err.code = DM_ENOMEM;
        snprintf(err.text, sizeof err.text, "out of memory");
    }
    if (rc == DM_OK)
        rc = dm_article_set(article, given, &err);
    if (rc == DM_OK)
        rc = dm_article_explain(article, engine, &sink, &err);
    if (rc == DM_OK)
        rc = cli_stdout_end(&err);
    dm_article_free(article);
    dm_engine_close(engine);
    return rc == DM_OK ? CLI_FINE : cli_fail(session, &err);
}

int cmd_explain(struct session *session, int argc, char **argv)
{
    struct dm_given given = {.id = "text"};
    const char *value;
    int option, first;
    while ((option = cli_option(session, argc, argv, &value, &first)) > 0) {
        if (option == 'd')
            given.date = value;
        else
            given.context = value;
    }
    if (option < 0)
        return cli_option_end(option);
    if (first >= argc)
        return cli_usage(session, "explain needs a text");
    char *text = text_of(session, argc - first, argv + first, &given.n_text);
    given.text = text;
    if (!text)
        return CLI_PARTLY;
    int status = explain(session, &given);
    free(text);
    return status;
}
