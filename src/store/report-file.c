/* SPDX-License-Identifier: MIT */
/* report-file.c - a JSON object written to a file, piece by piece. */
#include "store/report-file.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "core/utf8.h"

#define PIECE_MAX (4u << 20) /* bytes held at a time */
#define PIECE (64u << 10)    /* bytes that are worth writing */

double report_file_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void write_out(struct report_file *to, size_t least)
{
    if (to->out.failed && to->rc == DM_OK)
        to->rc = dm_fail(&to->err, DM_ENOMEM, "%s: out of memory", to->path);
    if (to->out.n < least)
        return;
    if (to->rc == DM_OK && fwrite(to->out.p, 1, to->out.n, to->file) != to->out.n)
        to->rc = dm_fail_errno(&to->err, to->path);
    buf_clear(&to->out);
}

void report_file_flush(struct report_file *to)
{
    write_out(to, PIECE);
}

void report_file_count(struct report_file *to, const char *key, uint64_t value)
{
    json_field_int(&to->json, key, (long long)value);
}

void report_file_text(struct report_file *to, const char *key, struct slice text)
{
    struct buf copy;
    buf_init(&copy, PIECE_MAX);
    buf_add(&copy, text);
    for (size_t at = 0; at < copy.n && (at += utf8_valid_prefix(slice_make(copy.p + at, copy.n - at))) <
                                           copy.n;)
        copy.p[at] = '?';
    json_field(&to->json, key, buf_slice(&copy));
    to->out.failed |= copy.failed;
    buf_deinit(&copy);
}

void report_file_real(struct report_file *to, const char *key, double value, double unit)
{
    json_key(&to->json, key);
    json_real(&to->json, floor(value / unit + 0.5) * unit);
}

static void head(struct report_file *to, const char *database, const char *list)
{
    char when[32];
    time_t seconds = time(NULL);
    struct tm utc;
    gmtime_r(&seconds, &utc);
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
    json_open(&to->json, '{');
    json_field(&to->json, "version", slice_of(dm_version()));
    json_field(&to->json, "started", slice_of(when));
    report_file_text(to, "database", slice_of(database));
    json_key(&to->json, list);
    json_open(&to->json, '[');
    buf_add_char(&to->out, '\n');
}

int report_file_open(struct report_file *to, const char *path, const char *database, const char *list,
                     struct dm_error *err)
{
    *to = (struct report_file){.path = strdup(path), .begun = report_file_now()};
    if (!to->path)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", path);
    buf_init(&to->out, PIECE_MAX);
    json_init(&to->json, &to->out);
    to->file = fopen(path, "we");
    if (!to->file) {
        int rc = dm_fail_errno(err, path);
        report_file_drop(to);
        return rc;
    }
    head(to, database, list);
    return DM_OK;
}

void report_file_item(struct report_file *to)
{
    buf_add_char(&to->out, '\n');
    report_file_flush(to);
}

void report_file_ended(struct report_file *to, int rc)
{
    json_close(&to->json, ']');
    json_field(&to->json, "ended", slice_of(rc == DM_OK         ? "done"
                                            : rc == DM_ESTOPPED ? "stopped"
                                                                : "failed"));
}

int report_file_close(struct report_file *to, struct dm_error *err)
{
    json_close(&to->json, '}');
    buf_add_char(&to->out, '\n');
    write_out(to, 1);
    if (fclose(to->file) != 0 && to->rc == DM_OK)
        to->rc = dm_fail_errno(&to->err, to->path);
    to->file = NULL;
    int rc = to->rc;
    if (rc != DM_OK)
        *err = to->err;
    report_file_drop(to);
    return rc;
}

void report_file_drop(struct report_file *to)
{
    if (to->file)
        fclose(to->file);
    buf_deinit(&to->out);
    free(to->path);
    *to = (struct report_file){.file = NULL};
}
