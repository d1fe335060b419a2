/* SPDX-License-Identifier: MIT */
/* cli.c - options, messages, standard output: what all commands share. */
#include "cli/cli.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define HELP_OPTION 'h'

/* ---- options ---- */

/* The table as getopt wants it. */
static void options_of(const struct command *command, struct option *longs, char *letters)
{
    size_t n = 0;
    *letters++ = ':';
    *letters++ = 'h';
    for (const struct cli_option *o = command->options; o && o->name && n < CLI_OPTIONS_MAX; o++) {
        longs[n++] = (struct option){o->name, o->arg ? required_argument : no_argument, NULL,
                                     o->letter};
        if (o->letter < 256) {
            *letters++ = (char)o->letter;
            if (o->arg)
                *letters++ = ':';
        }
    }
    longs[n++] = (struct option){"help", no_argument, NULL, HELP_OPTION};
    longs[n] = (struct option){0};
    *letters = '\0';
}

static bool engine_option(struct session *session, int option, const char *value)
{
    if (option == CLI_DATA)
        session->data.data = value;
    else if (option == CLI_MODEL)
        session->data.model = value;
    else if (option == CLI_LEXICON) {
        session->data.lexicons = session->lexicon;
        if (session->data.n_lexicons < CLI_LEXICONS_MAX)
            session->lexicon[session->data.n_lexicons++] = value;
        else
            session->lexicons_full = true;
    } else if (option == CLI_JUDGE)
        session->data.judge = value;
    else
        return false;
    return true;
}

int cli_option(struct session *session, int argc, char **argv, const char **value, int *first)
{
    struct option longs[CLI_OPTIONS_MAX + 2];
    char letters[2 * CLI_OPTIONS_MAX + 4];
    int got;
    options_of(session->command, longs, letters);
    opterr = 0;
    do
        got = getopt_long(argc, argv, letters, longs, NULL);
    while (got != -1 && engine_option(session, got, optarg));
    if (session->lexicons_full) {
        cli_usage(session, "more than %d of --lexicon", CLI_LEXICONS_MAX);
        return -1;
    }
    if (got == HELP_OPTION) {
        cli_help(session->command, stdout);
        return -2;
    }
    const char *word = argv[optind > 0 ? optind - 1 : 0];
    if (got == ':') {
        cli_usage(session, "%s needs a value", word);
        return -1;
    }
    if (got == '?') {
        if (optopt && optopt < 256)
            cli_usage(session, "there is no option -%c", optopt);
        else
            cli_usage(session, "there is no option %s, or it takes no value", word);
        return -1;
    }
    *value = optarg;
    *first = optind;
    return got == -1 ? 0 : got;
}

int cli_option_end(int option)
{
    return option == -2 ? CLI_FINE : CLI_USAGE;
}

bool cli_number(struct session *session, const char *option, const char *text,
                unsigned long long most, unsigned long long *out)
{
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || errno || value > most) {
        cli_usage(session, "--%s: '%s' is no number from 0 to %llu", option, text, most);
        return false;
    }
    *out = value;
    return true;
}

void cli_help(const struct command *command, FILE *out)
{
    fprintf(out, "usage: demarche %s [OPTION...] %s\n\n%s\n\n", command->name, command->args,
            command->help);
    for (const struct cli_option *o = command->options; o && o->name; o++) {
        char name[64];
        snprintf(name, sizeof name, "--%s%s%s", o->name, o->arg ? " " : "", o->arg ? o->arg : "");
        if (o->letter < 256)
            fprintf(out, "  -%c, %-24s %s\n", o->letter, name, o->help);
        else
            fprintf(out, "      %-24s %s\n", name, o->help);
    }
    fprintf(out, "  -h, %-24s %s\n", "--help", "show this");
    if (command->more)
        fprintf(out, "\n%s", command->more);
}

/* ---- messages ---- */

static void say(struct session *session, const char *format, va_list args)
{
    cli_progress_end(session);
    fputs("demarche: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
}

void cli_say(struct session *session, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(session, format, args);
    va_end(args);
}

int cli_usage(struct session *session, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(session, format, args);
    va_end(args);
    if (session->command)
        fprintf(stderr, "Try: demarche help %s\n", session->command->name);
    else
        fputs("Try: demarche help\n", stderr);
    return CLI_USAGE;
}

int cli_fail(struct session *session, const struct dm_error *err)
{
    if (err->code == DM_EUSAGE)
        return cli_usage(session, "%s", err->text);
    cli_say(session, "%s", err->text);
    if (err->code == DM_ESTOPPED)
        return CLI_INTERRUPTED;
    return err->code == DM_ENOMEM || err->code == DM_EINTERNAL ? CLI_INTERNAL : CLI_PARTLY;
}

/* ---- standard output ---- */

static int fail_stdout(struct dm_error *err)
{
    err->code = DM_EIO;
    snprintf(err->text, sizeof err->text, "standard output: %s", strerror(errno));
    return DM_EIO;
}

static int write_stdout(void *self, const char *bytes, size_t n, struct dm_error *err)
{
    (void)self;
    return fwrite(bytes, 1, n, stdout) == n ? DM_OK : fail_stdout(err);
}

struct dm_sink cli_stdout(void)
{
    return (struct dm_sink){.write = write_stdout};
}

int cli_stdout_end(struct dm_error *err)
{
    return fflush(stdout) == 0 ? DM_OK : fail_stdout(err);
}

int cli_style(const char *output, enum dm_depth depth, struct dm_style *style,
              struct dm_error *err)
{
    bool terminal = isatty(STDOUT_FILENO);
    struct winsize size;
    const char *columns = getenv("COLUMNS"), *kind = getenv("TERM");
    *style = (struct dm_style){.format = depth == DM_DEPTH_PARSE ? DM_FORMAT_CONLLU
                                         : terminal              ? DM_FORMAT_TABLE
                                                                 : DM_FORMAT_JSONL};
    if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        style->width = size.ws_col;
    else if (columns)
        style->width = (unsigned)strtoul(columns, NULL, 10);
    if (style->width > 1000)
        style->width = 1000;
    style->colour = terminal && !getenv("NO_COLOR") && kind && strcmp(kind, "dumb") != 0;
    return output ? dm_format_of(output, depth, &style->format, err) : DM_OK;
}
