/* SPDX-License-Identifier: MIT */
/*
 * main.c - the command table, and running one command.
 *
 * `demarche help` is printed from the table. Exit status: 0 fine; 1 some input could not be read or
 * something not be written; 2 wrong usage; 3 a fault of the program; 130 ended by Ctrl-C.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>

#include "cli/cli.h"

#define ROW(name, stops, args, help)                                                               \
    {#name, cmd_##name, stops, args, help, cmd_##name##_options, cmd_##name##_more}
#define STOPS true /* at Ctrl-C finishes what is under way; the others just end */

/* In the order the data moves. */
static const struct command commands[] = {
    ROW(code, STOPS, "[FILE...]",
        "find the events in news: who did what to whom, when, on whose word"),
    ROW(read, STOPS, "[FILE...]", "show the articles that would be coded, with title and date"),
    ROW(parse, STOPS, "[FILE...]", "write sentences, words and trees as CoNLL-U"),
    ROW(actors, STOPS, "[FILE...]", "find the actors named in news, with country and sector"),
    ROW(explain, false, "TEXT...", "show how a sentence is understood, and why"),
    ROW(ingest, STOPS, "--db FILE [FILE...]", "code news into a SQLite database"),
    ROW(watch, STOPS, "--db FILE [--feeds FILE] [FEED...]", "follow feeds, code what is new into a database"),
    ROW(query, false, "--db FILE", "find and count events in the database"),
    ROW(export, false, "--db FILE",
        "write the database in the forms of GDELT, ICEWS, Phoenix, POLECAT and others"),
    ROW(eval, STOPS, "GOLD...", "compare with events coded by hand"),
    ROW(lexicon, false, "check|compile|convert|who|code [ARG...]",
        "check and compile the lexicon, ask what it knows"),
    ROW(train, STOPS, "FILE...", "make a model from CoNLL-U"),
    ROW(model, false, "[FILE]", "say what a model was made of, its licences and scores"),
};
#define N_COMMANDS (sizeof commands / sizeof *commands)

/* The one variable that outlives a call: a signal handler can reach nothing else. */
static volatile sig_atomic_t stop_asked;
_Static_assert(sizeof(sig_atomic_t) == sizeof(int), "dm_run.stop is an int");

static void ask_stop(int signal_number)
{
    (void)signal_number;
    stop_asked = 1;
}

static void catch_signals(void)
{
    /* Once: a second Ctrl-C ends the program at once. */
    struct sigaction action = {.sa_handler = ask_stop, .sa_flags = SA_RESTART | (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static const struct command *command_of(const char *name)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static void print_help(FILE *out)
{
    fputs("Demarche reads the news and writes down who did what to whom, when, and on whose word.\n\n"
          "usage: demarche COMMAND [OPTION...] [ARGUMENT...]\n\n", out);
    for (size_t i = 0; i < N_COMMANDS; i++)
        fprintf(out, "  %-8s %s\n", commands[i].name, commands[i].help);
    fputs("  help     explain a command: demarche help code\n\n"
          "Try:  demarche code article.txt\n"
          "      demarche explain \"Russia accused Georgia of violating the ceasefire.\"\n", out);
}

static int help(struct session *session, int argc, char **argv)
{
    const struct command *command = argc > 0 ? command_of(argv[0]) : NULL;
    if (argc > 0 && !command && strcmp(argv[0], "help") != 0)
        return cli_usage(session, "there is no command '%s'", argv[0]);
    if (command)
        cli_help(command, stdout);
    else
        print_help(stdout);
    struct dm_error err = {0};
    return cli_stdout_end(&err) == DM_OK ? CLI_FINE : cli_fail(session, &err);
}

int main(int argc, char **argv)
{
    struct session session = {.stop = (const volatile int *)&stop_asked};
    if (argc < 2) {
        print_help(stderr);
        return CLI_USAGE;
    }
    const char *name = argv[1];
    if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
        printf("demarche %s\n", dm_version());
        return CLI_FINE;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0)
        return help(&session, argc - 2, argv + 2);
    session.command = command_of(name);
    if (!session.command)
        return cli_usage(&session, "there is no command '%s'", name);
    if (session.command->stops)
        catch_signals();
    /* A file that hits a size limit is an error to tell, not an end. */
    signal(SIGXFSZ, SIG_IGN);
    return session.command->run(&session, argc - 1, argv + 1);
}
