/* SPDX-License-Identifier: MIT */
/* cmd-lexicon.c - demarche lexicon: check, compile and ask what is known of politics. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

enum { OUT = 'o', DATE = 'd', EXAMPLES = CLI_FIRST_OWN, WARNINGS, NEAR };

const struct cli_option cmd_lexicon_options[] = {
    {OUT, "output", "FILE", "compile: the file to write; default english.dm-lexicon"},
    {EXAMPLES, "examples", NULL, "check: run the example sentences of the frames too"},
    {WARNINGS, "warnings", NULL, "check: tell what is doubtful as well"},
    {DATE, "date", "YYYY-MM-DD", "who: as it was on that day"},
    {NEAR, "near", "CODE,CODE", "where: countries that the text speaks of"},
    CLI_ENGINE_OPTIONS,
    {0},
};

const char cmd_lexicon_more[] =
    "check FOLDER    prove the text files well-formed; each fault is told with file and line\n"
    "compile FOLDER  make the one file that the other commands open\n"
    "who NAME        all who bear a name, with their roles; * marks what holds at the date\n"
    "where NAME      all places that bear a name; * marks the one that is taken\n"
    "code CODE       what a type, CAMEO code, sector or country code stands for\n\n"
    "  demarche lexicon check --warnings lexicon\n"
    "  demarche lexicon compile --output english.dm-lexicon lexicon\n"
    "  demarche lexicon who --date 2010-02-14 Putin\n"
    "  demarche lexicon where --near USA Paris\n"
    "  demarche lexicon code 0331\n";

struct ask {
    const char *output, *date, *near;
    bool examples, warnings;
};

static void report(void *self, const char *message)
{
    cli_say(self, "%s", message);
}

static int examples(struct session *session)
{
    struct dm_error err = {0};
    struct dm_engine *engine = NULL;
    struct dm_sink sink = cli_stdout();
    size_t passed = 0, failed = 0;
    int rc = dm_engine_open(&session->data, DM_DEPTH_CODE, &engine, &err);
    if (rc == DM_OK)
        rc = dm_lexicon_examples(engine, &sink, &passed, &failed, &err);
    dm_engine_close(engine);
    if (rc == DM_OK) {
        printf("%zu examples as expected, %zu not\n", passed, failed);
        rc = cli_stdout_end(&err);
    }
    if (rc != DM_OK)
        return cli_fail(session, &err);
    return failed ? CLI_PARTLY : CLI_FINE;
}

/* The folder's own examples by the folder's own frames: compiled to a file that is gone after. */
static int check_examples(struct session *session, const char *folder, const struct ask *ask)
{
    struct dm_error err = {0};
    const char *parent = getenv("TMPDIR");
    char path[4096];
    int n = snprintf(path, sizeof path, "%s/demarche-XXXXXX", parent && *parent ? parent : "/tmp");
    int fd = n > 0 && (size_t)n < sizeof path ? mkstemp(path) : -1;
    if (fd < 0) {
        cli_say(session, "%s: no file can be made here", path);
        return CLI_PARTLY;
    }
    close(fd);
    int rc = dm_lexicon_compile(folder, path, ask->warnings, report, session, &err);
    session->data.lexicon = path;
    int result = rc == DM_OK          ? examples(session)
                 : rc == DM_ELEXICON ? CLI_PARTLY
                                     : cli_fail(session, &err);
    session->data.lexicon = NULL;
    unlink(path);
    return result;
}

static int check(struct session *session, const char *folder, const struct ask *ask)
{
    struct dm_error err = {0};
    if (ask->examples)
        return check_examples(session, folder, ask);
    /* The fault was reported; saying it again would count it twice. */
    int rc = dm_lexicon_compile(folder, NULL, ask->warnings, report, session, &err);
    if (rc == DM_OK)
        return CLI_FINE;
    return rc == DM_ELEXICON ? CLI_PARTLY : cli_fail(session, &err);
}

static int compile(struct session *session, const char *folder, const struct ask *ask)
{
    struct dm_error err = {0};
    const char *out = ask->output ? ask->output : "english.dm-lexicon";
    int rc = dm_lexicon_compile(folder, out, false, report, session, &err);
    if (rc == DM_OK)
        return CLI_FINE;
    return rc == DM_ELEXICON ? CLI_PARTLY : cli_fail(session, &err);
}

/* `who`, `where` or `code`: the rest of the arguments is one name. */
static int look_up(struct session *session, const char *verb, char **word, int n,
                   const struct ask *ask)
{
    struct dm_error err = {0};
    struct dm_engine *engine = NULL;
    struct dm_sink sink = cli_stdout();
    char name[400] = "";
    size_t used = 0;
    for (int i = 0; i < n && used < sizeof name; i++)
        used += (size_t)snprintf(name + used, sizeof name - used, "%s%s", i ? " " : "", word[i]);
    int rc = dm_engine_open(&session->data, DM_DEPTH_ACTORS, &engine, &err);
    if (rc == DM_OK)
        rc = strcmp(verb, "who") == 0     ? dm_lexicon_who(engine, name, ask->date, &sink, &err)
             : strcmp(verb, "where") == 0 ? dm_lexicon_where(engine, name, ask->near, &sink, &err)
                                          : dm_lexicon_code(engine, name, &sink, &err);
    dm_engine_close(engine);
    if (rc > 0) {
        cli_say(session, "%s: the lexicon does not know it", name);
        return CLI_PARTLY;
    }
    if (rc == DM_OK)
        rc = cli_stdout_end(&err);
    return rc == DM_OK ? CLI_FINE : cli_fail(session, &err);
}

int cmd_lexicon(struct session *session, int argc, char **argv)
{
    struct ask ask = {.output = NULL};
    const char *value;
    int option, first;
    while ((option = cli_option(session, argc, argv, &value, &first)) > 0) {
        if (option == OUT)
            ask.output = value;
        if (option == DATE)
            ask.date = value;
        if (option == NEAR)
            ask.near = value;
        ask.examples = ask.examples || option == EXAMPLES;
        ask.warnings = ask.warnings || option == WARNINGS;
    }
    if (option < 0)
        return cli_option_end(option);
    const char *verb = first < argc ? argv[first] : "";
    const char *folder = first + 1 < argc ? argv[first + 1] : "lexicon";
    if (strcmp(verb, "check") == 0)
        return check(session, folder, &ask);
    if (strcmp(verb, "compile") == 0)
        return compile(session, folder, &ask);
    bool asks = strcmp(verb, "who") == 0 || strcmp(verb, "where") == 0 || strcmp(verb, "code") == 0;
    if (asks && first + 1 < argc)
        return look_up(session, verb, argv + first + 1, argc - first - 1, &ask);
    return cli_usage(session, "lexicon needs one of: check, compile, who NAME, where NAME, code CODE");
}
