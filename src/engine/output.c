/* SPDX-License-Identifier: MIT */
/* output.c - an article's results of a depth in the form that was asked for. */
#include "engine/output.h"

#include "article/conllu.h"

int dm_format_of(const char *name, enum dm_depth depth, enum dm_format *out, struct dm_error *err)
{
    static const char *const names[] = {"jsonl", "csv", "table", "conllu"}; /* ORDER FORMAT */
    for (int i = 0; i < 4; i++) {
        bool fits = (i == DM_FORMAT_CONLLU) == (depth == DM_DEPTH_PARSE);
        if (strcmp(name, names[i]) == 0 && fits) {
            *out = (enum dm_format)i;
            return DM_OK;
        }
    }
    return dm_fail(err, DM_EUSAGE, "'%s' is no output here; it can be %s", name,
                   depth == DM_DEPTH_PARSE ? "conllu" : "table, jsonl or csv");
}

void output_header(enum dm_depth depth, const struct dm_style *style, struct buf *out)
{
    if (style->format == DM_FORMAT_CSV)
        output_csv_header(depth, style, out);
    else if (style->format == DM_FORMAT_TABLE)
        output_table_header(depth, style, out);
}

void output_event(const struct dm_event *event, const struct dm_style *style, struct buf *out)
{
    if (style->format == DM_FORMAT_CSV)
        output_event_csv(event, out);
    else if (style->format == DM_FORMAT_TABLE)
        output_event_row(event, style, out);
    else
        output_event_json(event, out);
}

static void output_mention(const char *doc, const struct dm_mention *mention,
                           const struct dm_style *style, struct buf *out)
{
    if (style->format == DM_FORMAT_CSV)
        output_mention_csv(doc, mention, out);
    else if (style->format == DM_FORMAT_TABLE)
        output_mention_row(mention, style, out);
    else
        output_mention_json(doc, mention, out);
}

static void output_name(const char *doc, const struct dm_name *name, const struct dm_style *style,
                        struct buf *out)
{
    if (style->format == DM_FORMAT_CSV)
        output_name_csv(doc, name, out);
    else if (style->format == DM_FORMAT_TABLE)
        output_name_row(name, style, out);
    else
        output_name_json(doc, name, out);
}

static void output_about(const struct dm_about *about, const struct dm_style *style,
                         struct buf *out)
{
    if (style->format == DM_FORMAT_CSV)
        output_about_csv(about, out);
    else if (style->format == DM_FORMAT_TABLE)
        output_about_row(about, style, out);
    else
        output_about_json(about, out);
}

struct event_writer {
    const struct dm_style *style;
    struct buf *out;
};

static void write_event(void *self, const struct dm_event *event)
{
    const struct event_writer *writer = self;
    output_event(event, writer->style, writer->out);
}

static int events(const struct dm_engine *engine, struct dm_article *article,
                  const struct dm_about *about, const struct dm_style *style, struct buf *out,
                  struct dm_error *err)
{
    struct event_writer writer = {style, out};
    if (article->n_events && style->format == DM_FORMAT_TABLE)
        output_article_line(about->id, about->date, about->title, style, out);
    return view_events(article, engine, write_event, &writer, err);
}

static int mentions(const struct dm_engine *engine, struct dm_article *article,
                    const struct dm_about *about, const struct dm_style *style, struct buf *out,
                    struct dm_error *err)
{
    const struct dm_mention *mention = NULL;
    size_t n = 0;
    int rc = dm_article_mentions(article, engine, &mention, &n, err);
    if (rc == DM_OK && n && style->format == DM_FORMAT_TABLE)
        output_article_line(about->id, about->date, about->title, style, out);
    for (size_t i = 0; rc == DM_OK && i < n; i++)
        /* Who is named only in the context has no place in the text. */
        if (mention[i].party.end > 0)
            output_mention(about->id, &mention[i], style, out);
    return rc;
}

static int names(struct dm_article *article, const struct dm_about *about,
                 const struct dm_style *style, struct buf *out, struct dm_error *err)
{
    const struct dm_name *name = NULL;
    size_t n = 0;
    int rc = dm_article_names(article, &name, &n, err);
    if (rc == DM_OK && n && style->format == DM_FORMAT_TABLE)
        output_article_line(about->id, about->date, about->title, style, out);
    for (size_t i = 0; rc == DM_OK && i < n; i++)
        if (name[i].end > 0)
            output_name(about->id, &name[i], style, out);
    return rc;
}

int output_article(const struct dm_engine *engine, struct dm_article *article, enum dm_depth depth,
                   const struct dm_style *style, struct buf *out, struct dm_error *err)
{
    struct dm_about about = {0};
    int rc = DM_OK;
    if (depth == DM_DEPTH_PARSE) {
        rc = conllu_write(article, out, err);
    } else {
        rc = dm_article_about(article, &about, err);
        if (rc == DM_OK && depth == DM_DEPTH_CODE)
            rc = events(engine, article, &about, style, out, err);
        else if (rc == DM_OK && depth == DM_DEPTH_ACTORS && style->names)
            rc = names(article, &about, style, out, err);
        else if (rc == DM_OK && depth == DM_DEPTH_ACTORS)
            rc = mentions(engine, article, &about, style, out, err);
        else if (rc == DM_OK)
            output_about(&about, style, out);
    }
    if (rc == DM_OK && out->failed)
        rc = dm_fail(err, DM_ELIMIT, "%s: the results do not fit into memory",
                     about.id ? about.id : "article");
    return rc;
}
