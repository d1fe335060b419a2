/* SPDX-License-Identifier: MIT */
/*
 * cli.h - what the commands share: the command table's row, options, terminal, messages.
 *
 * A command is one file, a thin shell over calls of demarche.h, which is all of the library that
 * this folder includes. It returns an exit status: CLI_FINE, or what cli_fail() made of an error.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdio.h>

#include "demarche.h"

enum cli_status {
    CLI_FINE = 0,
    CLI_PARTLY = 1,      /* some input could not be read, or a file not be written */
    CLI_USAGE = 2,
    CLI_INTERNAL = 3,
    CLI_INTERRUPTED = 130 /* as a shell tells of a program ended by Ctrl-C */
};

/* An option. Its letter, or a number above 255 when it has none, is what cli_option() returns. */
struct cli_option {
    int letter;
    const char *name, *arg, *help; /* arg NULL: takes none */
};

struct session;

struct command {
    const char *name;
    int (*run)(struct session *session, int argc, char **argv);
    bool stops;                       /* looks at session->stop, which Ctrl-C sets */
    const char *args, *help;          /* "[FILE...]"; one line without a stop */
    const struct cli_option *options; /* to a row without name; NULL for none */
    const char *more;                 /* printed below the options: what it does, examples */
};

#define CLI_FIELDS_MAX 32   /* --field on one command line */
#define CLI_LEXICONS_MAX 64 /* --lexicon */

/* One run of the program. */
struct session {
    const struct command *command;
    const volatile int *stop;       /* set by Ctrl-C */
    struct dm_engine_options data;  /* --data, --model, --lexicon */
    const char *lexicon[CLI_LEXICONS_MAX]; /* --lexicon, in the order given */
    bool lexicons_full;             /* there were more */
    int next;                       /* state of cli_option() */
    const char *field[CLI_FIELDS_MAX]; /* --field, in the order given */
    size_t n_fields;
    size_t n_reported;              /* messages of a lexicon's compiler */
    bool progress_shown;            /* a progress line stands on the terminal */
    long long progress_at;          /* when, in milliseconds */
    long long began;                /* the run, in milliseconds */
};

#define CLI_OPTIONS_MAX 32

/* Options that all commands with an engine have. */
enum { CLI_DATA = 256, CLI_MODEL, CLI_LEXICON, CLI_JUDGE, CLI_NAMES, CLI_ANY_LANGUAGE, CLI_FIRST_OWN };
#define CLI_ENGINE_OPTIONS                                                                         \
    {CLI_DATA, "data", "FOLDER", "take model and lexicon from this folder"},                       \
    {CLI_MODEL, "model", "FILE", "take this model"},                                               \
    {CLI_JUDGE, "judge", "FILE", "take these learned weights of events; '' for none"},             \
    {CLI_LEXICON, "lexicon", "PATH", "a lexicon of your own: a folder, a file, a dictionary; repeatable"}

/*
 * The next option of argv: its letter, its argument in *value; 0 when only file names are left,
 * from argv[*first] on; -1 wrong usage (told). --help prints the command's help: -2.
 * Engine options are taken into session->data and not returned.
 */
int cli_option(struct session *session, int argc, char **argv, const char **value, int *first);

/* The exit status for an option result of -1 or -2. */
int cli_option_end(int option);

/* "demarche: message" on standard error, one line. */
void cli_say(struct session *session, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Says so when a person at a terminal is waited for. */
void cli_tell_waiting(struct session *session, const struct dm_run *run);

/* Say what is wrong with the usage and where help is; CLI_USAGE. */
int cli_usage(struct session *session, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Say the error; the exit status that belongs to it. */
int cli_fail(struct session *session, const struct dm_error *err);

/* Standard output as a sink, and its end: flushed and checked. */
struct dm_sink cli_stdout(void);
int cli_stdout_end(struct dm_error *err);

/* Table on a terminal, JSON Lines in a pipe; --output overrides (name NULL: not given). */
int cli_style(const char *output, enum dm_depth depth, struct dm_style *style,
              struct dm_error *err);

/* A count, at most `most`. False: told. */
bool cli_number(struct session *session, const char *option, const char *text,
                unsigned long long most, unsigned long long *out);

/* Print a command's help. */
void cli_help(const struct command *command, FILE *out);

/* ---- the commands that read news ---- */

#define CLI_HELP_INDENT "                               " /* of an option's second line */
#define CLI_NEWS_OPTIONS                                                                           \
    {'i', "input", "FORM", "auto (looks at the bytes), text, html, jsonl, conllu, petrarch,\n"     \
     CLI_HELP_INDENT "tabari, csv, feed or warc"},                                                 \
    {'f', "field", "FIELD=NAME",                                                                   \
     "what JSON Lines and CSV call a field: text=body; fields are text,\n"                         \
     CLI_HELP_INDENT "id, title, date, url, source, lang, byline, context"},                       \
    {'d', "date", "YYYY-MM-DD", "date of articles that tell none themselves"},                     \
    {CLI_ANY_LANGUAGE, "any-language", NULL,                                                        \
     "code also what is told to be in another language than English"},                             \
    {'j', "jobs", "N", "articles worked on at a time; default: one for each processor"}

/* Take a news option into *run: 1 taken, 0 another option, -1 wrong (told). */
int cli_news_option(struct session *session, int option, const char *value, struct dm_run *run);

/* The whole of read, parse, actors and code: options, engine, run, what to say at the end. */
int cli_news(struct session *session, enum dm_depth depth, int argc, char **argv);

/* Warnings and progress of a run to standard error; `run->self` is the session. */
void cli_watch_run(struct session *session, struct dm_run *run);

/* "event", "story" or "apart" of --mentions. False: told. */
bool cli_mentions(struct session *session, const char *value, enum dm_mentions *out);

/* Say how many articles in other languages were not coded, if there were any. */
void cli_tell_foreign(struct session *session, const struct dm_run *run,
                      const struct dm_totals *totals);

/* Milliseconds of a clock that only goes on. */
long long cli_now(void);

/* Wipe the progress line, if there is one. */
void cli_progress_end(struct session *session);

/* The exit status of a run that is over, its end told when it was stopped or failed. */
int cli_run_end(struct session *session, int rc, const struct dm_totals *totals,
                const struct dm_error *err);

/* ---- the commands that read a database ---- */

enum {
    CLI_RECIPIENT = 300, CLI_PAIR, CLI_QUAD, CLI_STATUS, CLI_PLACE, CLI_TEXT, CLI_SINCE, CLI_UNTIL, CLI_BY
};
#define CLI_FILTER_OPTIONS                                                                         \
    {'a', "actor", "CODE", "who did it: RUS, RUS/GOV or /GOV"},                                    \
    {CLI_RECIPIENT, "recipient", "CODE", "to whom it was done"},                                   \
    {CLI_PAIR, "pair", "CODE,CODE", "both take part, whichever side they stand on"},               \
    {'t', "type", "TYPE", "PLOVER's event type, such as AGREE"},                                   \
    {CLI_QUAD, "quad", "N", "1 verbal, 2 material cooperation, 3 verbal, 4 material conflict"},    \
    {CLI_STATUS, "status", "STATUS",                                                               \
     "happened, future, hypothetical, negation, historical, denied, or any"},                      \
    {CLI_PLACE, "place", "NAME", "where: a place's name, or a country's code"},                    \
    {CLI_TEXT, "text", "WORDS", "words of the sentence; \"a phrase\", AND, OR, NOT, begin*"},      \
    {CLI_SINCE, "since", "DATE", "first day, month or year"},                                      \
    {CLI_UNTIL, "until", "DATE", "last day, month or year"},                                       \
    {CLI_BY, "by", "WHAT", "event: each once; mention: every telling of it"},                      \
    {'n', "limit", "N", "at most so many lines"}

struct cli_filter {
    struct dm_filter filter;
    char pair[2][16]; /* what filter.pair points to */
};

/* Take a filter option into *out: 1 taken, 0 another option, -1 wrong (told). */
int cli_filter_option(struct session *session, int option, const char *value,
                      struct cli_filter *out);

/* ---- the commands, one file each; options and longer help stand beside each ---- */

#define CLI_COMMAND(name)                                                                          \
    int cmd_##name(struct session *session, int argc, char **argv);                                \
    extern const struct cli_option cmd_##name##_options[];                                         \
    extern const char cmd_##name##_more[]

CLI_COMMAND(code);
CLI_COMMAND(read);
CLI_COMMAND(parse);
CLI_COMMAND(actors);
CLI_COMMAND(explain);
CLI_COMMAND(ingest);
CLI_COMMAND(watch);
CLI_COMMAND(query);
CLI_COMMAND(export);
CLI_COMMAND(lexicon);
CLI_COMMAND(eval);
CLI_COMMAND(train);
CLI_COMMAND(model);

#endif
