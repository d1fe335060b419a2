/* SPDX-License-Identifier: MIT */
/* cmd-export.c - demarche export: a database in the forms of other data sets. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

enum { DB = CLI_FIRST_OWN };

const struct cli_option cmd_export_options[] = {
    {DB, "db", "FILE", "the database that `demarche ingest` made"},
    {'f', "form", "FORM", "csv, jsonl, plover, gdelt, gdelt-mentions, icews, phoenix, polecat;\n"
     CLI_HELP_INDENT "default: csv"},
    {'o', "output", "FILE", "where to; default: standard output"},
    CLI_FILTER_OPTIONS,
    CLI_ENGINE_OPTIONS,
    {0},
};

const char cmd_export_more[] =
    "csv, jsonl and plover hold all events. The other forms cannot say that something was denied or\n"
    "is only planned: they hold what happened, once, unless --status says otherwise.\n"
    "docs/export.md tells for every column what is in it, and what cannot be.\n\n"
    "  demarche export --db news.db > events.csv\n"
    "  demarche export --db news.db --form gdelt --since 2010 --output events.export.CSV\n"
    "  demarche export --db news.db --form icews --pair RUS,USA > events.tab\n";

struct job {
    struct cli_filter filter;
    const char *db, *form, *output;
};

/* ---- a file that is whole or not there ---- */

struct target {
    const char *path;
    char *part; /* what is written to until all is there */
    FILE *file;
};

static int fail(struct dm_error *err, const char *path)
{
    err->code = DM_EIO;
    snprintf(err->text, sizeof err->text, "%s: %s", path, strerror(errno));
    return DM_EIO;
}

static int target_write(void *self, const char *bytes, size_t n, struct dm_error *err)
{
    struct target *target = self;
    return fwrite(bytes, 1, n, target->file) == n ? DM_OK : fail(err, target->path);
}

static int target_open(struct target *target, const char *path, struct dm_error *err)
{
    size_t n = strlen(path) + 6;
    target->path = path;
    target->part = malloc(n);
    if (!target->part)
        return fail(err, path);
    snprintf(target->part, n, "%s.part", path);
    target->file = fopen(target->part, "we");
    return target->file ? DM_OK : fail(err, target->part);
}

static int target_close(struct target *target, int rc, struct dm_error *err)
{
    if (target->file && fclose(target->file) != 0 && rc == DM_OK)
        rc = fail(err, target->path);
    if (rc == DM_OK && rename(target->part, target->path) != 0)
        rc = fail(err, target->path);
    if (rc != DM_OK && target->file)
        unlink(target->part);
    free(target->part);
    return rc;
}

/* ---- */

static int write_out(struct session *session, const struct job *job)
{
    struct dm_error err = {0};
    struct dm_engine *engine = NULL;
    struct dm_store *store = NULL;
    struct target target = {.path = NULL};
    struct dm_sink sink = cli_stdout();
    int rc = dm_engine_open(&session->data, DM_DEPTH_READ, &engine, &err);
    if (rc == DM_OK)
        rc = dm_store_open(job->db, DM_STORE_READ, &store, &err);
    if (rc == DM_OK && job->output) {
        rc = target_open(&target, job->output, &err);
        sink = (struct dm_sink){.write = target_write, .self = &target};
    }
    if (rc == DM_OK)
        rc = dm_export(store, engine, &job->filter.filter, job->form, &sink, &err);
    if (job->output)
        rc = target_close(&target, rc, &err);
    else if (rc == DM_OK)
        rc = cli_stdout_end(&err);
    dm_store_close(store);
    dm_engine_close(engine);
    return rc == DM_OK ? CLI_FINE : cli_fail(session, &err);
}

int cmd_export(struct session *session, int argc, char **argv)
{
    struct job job = {.form = "csv"};
    const char *value;
    int option, first;
    while ((option = cli_option(session, argc, argv, &value, &first)) > 0) {
        if (option == DB)
            job.db = value;
        else if (option == 'f')
            job.form = value;
        else if (option == 'o')
            job.output = value;
        else if (cli_filter_option(session, option, value, &job.filter) < 0)
            return CLI_USAGE;
    }
    if (option < 0)
        return cli_option_end(option);
    if (!job.db)
        return cli_usage(session, "--db FILE is needed: the database to export");
    if (first < argc)
        return cli_usage(session, "export takes no file names: %s", argv[first]);
    return write_out(session, &job);
}
