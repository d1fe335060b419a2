/* SPDX-License-Identifier: MIT */
/*
 * plain.c - CSV, JSON Lines and PLOVER's JSON Lines: all that the database holds of an event.
 *
 * The lines of `demarche query`, and behind them the sentence and what is known of the article.
 */
#include "core/json.h"
#include "engine/output.h"
#include "export/export.h"

static void csv_head(struct buf *out)
{
    static const struct dm_style style = {.format = DM_FORMAT_CSV};
    output_csv_header(DM_DEPTH_CODE, &style, out);
    if (!out->failed)
        out->n--; /* the line goes on */
    buf_add_text(out, ",sentence,title,article_date,url,source,lang,same_as\n");
}

static void csv_line(const struct export_row *row, struct buf *out)
{
    const char *const more[] = {row->event->sentence_text, row->event->title,
                                row->event->article_date, row->row->url, row->row->source,
                                row->row->lang, row->event->same_as};
    output_event_csv_more(row->event, more, sizeof more / sizeof *more, out);
}

static void field(struct json *json, const char *key, const char *text)
{
    json_field(json, key, slice_of(text));
}

static void json_line(const struct export_row *row, struct buf *out)
{
    struct json json;
    json_init(&json, out);
    json_open(&json, '{');
    output_event_fields(row->event, &json);
    field(&json, "sentence", row->event->sentence_text);
    field(&json, "title", row->event->title);
    field(&json, "article_date", row->event->article_date);
    field(&json, "url", row->row->url);
    field(&json, "source", row->row->source);
    field(&json, "lang", row->row->lang);
    json_close(&json, '}');
    buf_add_char(out, '\n');
}

static void plover_line(const struct export_row *row, struct buf *out)
{
    struct json json;
    json_init(&json, out);
    json_open(&json, '{');
    output_event_fields(row->event, &json);
    field(&json, "text", row->event->sentence_text);
    field(&json, "headline", row->event->title);
    field(&json, "pubdate", row->event->article_date);
    field(&json, "source", row->row->source);
    field(&json, "url", row->row->url);
    field(&json, "language", row->row->lang);
    field(&json, "coder", "demarche " DEMARCHE_VERSION);
    field(&json, "version", "PLOVER 2.0");
    json_close(&json, '}');
    buf_add_char(out, '\n');
}

const struct export_format export_csv = {
    .name = "csv", .unit = EXPORT_EVENTS, .line = csv_line, .head = csv_head, .plain = true,
};

const struct export_format export_jsonl = {
    .name = "jsonl", .unit = EXPORT_EVENTS, .line = json_line, .plain = true,
};

const struct export_format export_plover = {
    .name = "plover", .unit = EXPORT_EVENTS, .line = plover_line, .plain = true,
};
