/* SPDX-License-Identifier: MIT */
/* stub.c - stands in for stages that are not there yet; weak, and gone once they are. */
#include "actors/actors.h"
#include "events/events.h"
#include "news/news.h"
#include "syntax/syntax.h"

#define WEAK __attribute__((weak))
#define NOT_YET dm_fail(err, DM_EINTERNAL, "%s: not built yet", __func__)

WEAK int news_open(const char *path, const struct news_options *options, struct news_reader **out,
                   struct dm_error *err)
{
    (void)path, (void)options, (void)out;
    return NOT_YET;
}
WEAK int news_take(struct news_reader *reader, struct news_record *record, struct dm_error *err)
{
    (void)reader, (void)record;
    return NOT_YET;
}
WEAK void news_close(struct news_reader *reader)
{
    (void)reader;
}
WEAK int news_read(const struct news_record *record, const struct news_options *options,
                   struct dm_article *article, struct dm_error *err)
{
    (void)record, (void)options, (void)article;
    return NOT_YET;
}
WEAK void news_record_init(struct news_record *record)
{
    buf_init(&record->bytes, NEWS_RECORD_MAX);
}
WEAK void news_record_deinit(struct news_record *record)
{
    buf_deinit(&record->bytes);
}
WEAK int syntax_model_open(const char *path, struct syntax_model **out, struct dm_error *err)
{
    (void)path, (void)out;
    return NOT_YET;
}
WEAK void syntax_model_close(struct syntax_model *model)
{
    (void)model;
}
WEAK int syntax_parse(const struct syntax_model *model, struct dm_article *article,
                      struct dm_error *err)
{
    (void)model, (void)article;
    return NOT_YET;
}
WEAK int actors_find(const struct lexicon *lexicon, struct dm_article *article,
                     struct dm_error *err)
{
    (void)lexicon, (void)article;
    return NOT_YET;
}
WEAK int events_code(const struct lexicon *lexicon, struct dm_article *article,
                     const struct event_trace *trace, struct dm_error *err)
{
    (void)lexicon, (void)article, (void)trace;
    return NOT_YET;
}
