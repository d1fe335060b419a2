/* SPDX-License-Identifier: MIT */
/*
 * output.h - what was found, as the public structs and as lines of text.
 *
 * view.c turns an article's columns into the structs of demarche.h; the writers see only those, so
 * that an event out of the store is written by the same code as one just found.
 */
#ifndef ENGINE_OUTPUT_H
#define ENGINE_OUTPUT_H

#include "core/buf.h"
#include "engine/engine.h"

struct json;

/* What stands before the first result: a CSV or table header, or nothing. */
void output_header(enum dm_depth depth, const struct dm_style *style, struct buf *out);

/* All results of an article at this depth. DM_ENOMEM, DM_ELIMIT. */
int output_article(const struct dm_engine *engine, struct dm_article *article, enum dm_depth depth,
                   const struct dm_style *style, struct buf *out, struct dm_error *err);

/*
 * The events of an article one by one, in order. An event and what it points to is gone with the next,
 * so that memory does not grow with them. DM_ENOMEM.
 */
int view_events(struct dm_article *article, const struct dm_engine *engine,
                void (*each)(void *self, const struct dm_event *event), void *self,
                struct dm_error *err);

/* ---- the writers; failure shows in out->failed ---- */

/* The fields of the object; more may be written behind them. */
void output_event_fields(const struct dm_event *event, struct json *json);
void output_event_json(const struct dm_event *event, struct buf *out);
void output_mention_json(const char *doc, const struct dm_mention *mention, struct buf *out);
void output_name_json(const char *doc, const struct dm_name *name, struct buf *out);
void output_about_json(const struct dm_about *about, struct buf *out);

void output_table_header(enum dm_depth depth, const struct dm_style *style, struct buf *out);
void output_csv_header(enum dm_depth depth, const struct dm_style *style, struct buf *out);
void output_csv_row(struct buf *out, const char *const *field, size_t n);
void output_event_csv(const struct dm_event *event, struct buf *out);
/* With n cells of another's behind its own. */
void output_event_csv_more(const struct dm_event *event, const char *const *more, size_t n,
                           struct buf *out);
void output_mention_csv(const char *doc, const struct dm_mention *mention, struct buf *out);
void output_name_csv(const char *doc, const struct dm_name *name, struct buf *out);
void output_about_csv(const struct dm_about *about, struct buf *out);

void output_event_row(const struct dm_event *event, const struct dm_style *style, struct buf *out);
void output_mention_row(const struct dm_mention *mention, const struct dm_style *style,
                        struct buf *out);
void output_name_row(const struct dm_name *name, const struct dm_style *style, struct buf *out);
void output_about_row(const struct dm_about *about, const struct dm_style *style, struct buf *out);
/* The line over an article's rows. */
void output_article_line(const char *id, const char *date, const char *title,
                         const struct dm_style *style, struct buf *out);

/* One event in the given style. */
void output_event(const struct dm_event *event, const struct dm_style *style, struct buf *out);

/* Table cells: `text` in exactly `width` columns, cut with "…", control characters as blanks. */
void output_cell(struct buf *out, struct slice text, unsigned width);

/* "RUS GOV Sergey Lavrov" for one party, "RUS GOV + NIC GOV" for several. */
void output_parties(struct buf *out, const struct dm_party *party, uint32_t n);

#endif
