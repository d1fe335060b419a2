/* SPDX-License-Identifier: MIT */
/* records.h - what readers of records share: fields into an article, markup taken out. */
#ifndef NEWS_RECORDS_H
#define NEWS_RECORDS_H

#include "news/news.h"

/* What a record says of its article; empty: nothing. Any bytes that are UTF-8, NULs among them. */
struct news_fields {
    struct slice at[NEWS_FIELDS]; /* by enum news_field */
    struct date date;             /* goes before at[NEWS_FIELD_DATE] */
};

/*
 * Fill the article. `where` names the record in messages ("a.csv:7").
 * errors   DM_EFORMAT (no text, a date that is none), DM_ELIMIT, DM_ENOMEM.
 */
int fields_fill(const struct news_fields *fields, const char *where,
                const struct news_options *options, struct dm_article *article,
                struct dm_error *err);

/* What this input calls a field. */
const char *fields_name(const struct news_options *options, enum news_field field);

#define JSON_VALUES_MOST 200000u /* jansson takes up to 230 bytes for each */

/* Has the JSON no more values than that, as its commas and brackets outside of strings tell? */
bool json_fits(struct slice json);

/* Runs of blanks as one, none at the ends. p is NULL without memory. */
struct slice fields_one_line(struct arena *arena, struct slice text);

/* The text of a piece of HTML: paragraphs with blank lines between. p is NULL without memory. */
struct slice markup_text(struct arena *arena, struct slice html);

/* Does text that is not said to be HTML hold tags or entities? */
bool markup_looks(struct slice text);

/* A header of TABARI's records, and a line of text below it? */
bool tabari_looks(struct slice head);

#endif
