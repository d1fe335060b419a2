/* SPDX-License-Identifier: MIT */
/* cmd-lexicon.c - demarche lexicon: check, compile and ask what is known of politics. */
#include <stdio.h>
#include <string.h>

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
    "check PATH...    prove the text files well-formed; each fault is told with file and line\n"
    "compile PATH...  make the one file that the other commands open\n"
    "convert FILE...  write a dictionary of TABARI or PETRARCH in the lexicon's own form\n"
    "who NAME         all who bear a name, with their roles; * marks what holds at the date\n"
    "where NAME       all places that bear a name; * marks the one that is taken\n"
    "code CODE        what a type, CAMEO code, sector or country code stands for\n\n"
    "PATH is a folder or a file; it adds to the built-in lexicon, or stands instead of it when it is a\n"
    "folder with an ontology/ in it.\n\n"
    "  demarche lexicon check --warnings lexicon\n"
    "  demarche lexicon compile --output english.dm-lexicon lexicon\n"
    "  demarche lexicon check my-actors Phoenix.Countries.actors.txt\n"
    "  demarche lexicon who --date 2010-02-14 Putin\n"
    "  demarche lexicon where --near USA Paris\n"
    "  demarche lexicon code 0331\n";

struct ask {
    const char *output, *date, *near;
    bool examples, warnings;
};

static void report(void *self, const char *message)
{
    struct session *session = self;
    session->n_reported++;
    cli_say(session, "%s", message);
}

static int examples(struct session *session)
{
    struct dm_error err = {0};
    struct dm_engine *engine = NULL;
    struct dm_sink sink = cli_stdout();
    size_t passed = 0, failed = 0;
    session->data.judge = ""; /* an example shows what its frame does by itself */
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

/* What the command is about: --lexicon and what is named behind it, else the folder `lexicon`. */
static bool paths_of(struct session *session, char **path, int n)
{
    static const char *const usual = "lexicon";
    session->data.lexicons = session->lexicon;
    for (int i = 0; i < n; i++) {
        if (session->data.n_lexicons == CLI_LEXICONS_MAX) {
            cli_usage(session, "more than %d folders and files", CLI_LEXICONS_MAX);
            return false;
        }
        session->lexicon[session->data.n_lexicons++] = path[i];
    }
    if (session->data.n_lexicons == 0)
        session->lexicon[session->data.n_lexicons++] = usual;
    return true;
}

/* The faults were reported; saying the first again would count it twice. */
static int result_of(struct session *session, int rc, const struct dm_error *err)
{
    if (rc == DM_OK)
        return CLI_FINE;
    return rc == DM_ELEXICON && session->n_reported ? CLI_PARTLY : cli_fail(session, err);
}

static int check(struct session *session, const struct ask *ask)
{
    struct dm_error err = {0};
    int rc = dm_lexicon_compile(&session->data, session->data.lexicons, session->data.n_lexicons,
                                NULL, ask->warnings, report, session, &err);
    if (rc == DM_OK && ask->examples)
        return examples(session);
    return result_of(session, rc, &err);
}

static int compile(struct session *session, const struct ask *ask)
{
    struct dm_error err = {0};
    const char *out = ask->output ? ask->output : "english.dm-lexicon";
    int rc = dm_lexicon_compile(&session->data, session->data.lexicons, session->data.n_lexicons,
                                out, false, report, session, &err);
    return result_of(session, rc, &err);
}

static int convert(struct session *session, char **path, int n)
{
    struct dm_error err = {0};
    struct dm_sink sink = cli_stdout();
    int rc = DM_OK;
    for (int i = 0; i < n && rc == DM_OK; i++)
        rc = dm_lexicon_convert(&session->data, path[i], &sink, report, session, &err);
    if (rc == DM_OK)
        rc = cli_stdout_end(&err);
    return rc == DM_OK ? CLI_FINE : cli_fail(session, &err);
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
    char **rest = argv + first + 1;
    int n_rest = argc - first - 1;
    bool checks = strcmp(verb, "check") == 0;
    if (checks || strcmp(verb, "compile") == 0) {
        if (!paths_of(session, rest, n_rest))
            return CLI_USAGE;
        return checks ? check(session, &ask) : compile(session, &ask);
    }
    if (strcmp(verb, "convert") == 0 && n_rest > 0)
        return convert(session, rest, n_rest);
    bool asks = strcmp(verb, "who") == 0 || strcmp(verb, "where") == 0 || strcmp(verb, "code") == 0;
    if (asks && n_rest > 0)
        return look_up(session, verb, rest, n_rest, &ask);
    return cli_usage(session, "lexicon needs one of: check, compile, convert FILE, who NAME, where NAME, "
                     "code CODE");
}
