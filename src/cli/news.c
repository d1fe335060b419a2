/* SPDX-License-Identifier: MIT */
/* news.c - what the commands that read news share: options, the run, messages, progress. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

#define PROGRESS_MS 250
#define JOBS_MOST 256

int cli_news_option(struct session *session, int option, const char *value, struct dm_run *run)
{
    unsigned long long n;
    switch (option) {
    case 'i':
        run->input = value;
        return 1;
    case 'd':
        run->date = value;
        return 1;
    case 'f':
        if (session->n_fields == CLI_FIELDS_MAX) {
            cli_usage(session, "--field stands more than %d times", CLI_FIELDS_MAX);
            return -1;
        }
        session->field[session->n_fields++] = value;
        run->field = session->field;
        run->n_fields = session->n_fields;
        return 1;
    case CLI_ANY_LANGUAGE:
        run->any_language = true;
        return 1;
    case 'j':
        if (!cli_number(session, "jobs", value, JOBS_MOST, &n))
            return -1;
        run->jobs = (unsigned)n;
        return 1;
    default:
        return 0;
    }
}

/* ---- messages while it runs ---- */

static void warn(void *self, int code, const char *message)
{
    cli_say(self, code ? "%s" : "warning: %s", message);
}

void cli_progress_end(struct session *session)
{
    if (session->progress_shown)
        fputs("\r\033[K", stderr);
    session->progress_shown = false;
}

long long cli_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ", 3 min left": two figures at most, since it is a guess. */
static void time_left(double seconds)
{
    if (seconds < 90)
        fprintf(stderr, ", %.0f s left", seconds);
    else if (seconds < 90 * 60)
        fprintf(stderr, ", %.0f min left", seconds / 60);
    else if (seconds < 36 * 3600)
        fprintf(stderr, ", %.0f h %.0f min left", floor(seconds / 3600),
                fmod(seconds, 3600) / 60);
    else
        fprintf(stderr, ", %.1f days left", seconds / 86400);
}

static void progress(void *self, const struct dm_totals *totals)
{
    struct session *session = self;
    long long ms = cli_now();
    if (ms - session->progress_at < PROGRESS_MS)
        return;
    session->progress_at = ms;
    double seconds = (double)(ms - session->began) / 1000;
    fprintf(stderr, "\r%llu articles, %llu events, %.1f MB/s",
            (unsigned long long)(totals->articles + totals->skipped),
            (unsigned long long)totals->events,
            seconds > 0 ? (double)totals->bytes / 1e6 / seconds : 0);
    if (totals->bytes && totals->bytes_left && seconds >= 2)
        time_left(seconds * (double)totals->bytes_left / (double)totals->bytes);
    fputs("\033[K", stderr);
    session->progress_shown = true;
}

void cli_watch_run(struct session *session, struct dm_run *run)
{
    session->began = cli_now();
    run->self = session;
    run->stop = session->stop;
    run->warn = warn;
    /* Not between the rows of a table that is being shown. */
    if (isatty(STDERR_FILENO) && !(run->sink.write && isatty(STDOUT_FILENO)))
        run->progress = progress;
}

int cli_run_end(struct session *session, int rc, const struct dm_totals *totals,
                const struct dm_error *err)
{
    cli_progress_end(session);
    if (rc == DM_ESTOPPED) {
        cli_say(session, "stopped after %llu article%s, %llu event%s; what is done is written",
                (unsigned long long)totals->articles, totals->articles == 1 ? "" : "s",
                (unsigned long long)totals->events, totals->events == 1 ? "" : "s");
        return CLI_INTERRUPTED;
    }
    if (rc != DM_OK)
        return cli_fail(session, err);
    return totals->failed ? CLI_PARTLY : CLI_FINE;
}

bool cli_mentions(struct session *session, const char *value, enum dm_mentions *out)
{
    static const char *const rules[] = {"event", "story", "apart"};
    for (int i = 0; i < 3; i++)
        if (strcmp(value, rules[i]) == 0) {
            *out = (enum dm_mentions)i;
            return true;
        }
    cli_usage(session, "--mentions: '%s' is no rule; it can be event, story or apart", value);
    return false;
}

void cli_tell_foreign(struct session *session, const struct dm_run *run,
                      const struct dm_totals *totals)
{
    if (totals->foreign && !run->any_language)
        cli_say(session, "%llu article%s in another language, not coded (--any-language codes all)",
                (unsigned long long)totals->foreign, totals->foreign == 1 ? "" : "s");
}

/* ---- the whole command ---- */

void cli_tell_waiting(struct session *session, const struct dm_run *run)
{
    if (run->n_paths == 1 && strcmp(run->path[0], "-") == 0 && isatty(STDIN_FILENO))
        cli_say(session, "reading standard input; Ctrl-D ends it");
}

static int run_files(struct session *session, struct dm_run *run)
{
    struct dm_engine *engine = NULL;
    struct dm_totals totals = {0};
    struct dm_error err = {0}, out_err = {0};
    if (dm_engine_open(&session->data, run->depth, &engine, &err) != DM_OK)
        return cli_fail(session, &err);
    cli_tell_waiting(session, run);
    run->sink = cli_stdout();
    cli_watch_run(session, run);
    int rc = dm_run(engine, run, &totals, &err);
    dm_engine_close(engine);
    int out_rc = cli_stdout_end(&out_err);
    cli_progress_end(session);
    if (run->depth > DM_DEPTH_READ)
        cli_tell_foreign(session, run, &totals);
    if (out_rc != DM_OK && (rc == DM_OK || rc == DM_ESTOPPED))
        return cli_run_end(session, out_rc, &totals, &out_err);
    return cli_run_end(session, rc, &totals, &err);
}

int cli_news(struct session *session, enum dm_depth depth, int argc, char **argv)
{
    static const char *const standard_input[] = {"-"};
    struct dm_run run = {.depth = depth};
    struct dm_error err = {0};
    const char *value, *output = NULL;
    int option, first;
    bool names = false;
    while ((option = cli_option(session, argc, argv, &value, &first)) > 0) {
        int taken = cli_news_option(session, option, value, &run);
        if (taken < 0)
            return CLI_USAGE;
        if (!taken && option == 'o')
            output = value;
        else if (!taken && option == CLI_NAMES)
            names = true;
        else if (!taken && option == CLI_FIRST_OWN)
            run.keep = DM_KEEP_TOKENS;
        else if (!taken && option == CLI_FIRST_OWN + 1)
            run.keep = DM_KEEP_TEXT;
    }
    if (option < 0)
        return cli_option_end(option);
    if (cli_style(output, depth, &run.style, &err) != DM_OK || dm_run_check(&run, &err) != DM_OK)
        return cli_fail(session, &err);
    run.style.names = names;
    run.path = argc > first ? (const char *const *)(argv + first) : standard_input;
    run.n_paths = argc > first ? (size_t)(argc - first) : 1;
    return run_files(session, &run);
}
