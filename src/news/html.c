/* SPDX-License-Identifier: MIT */
/* html.c - stub */
#include <libxml/parser.h>
#include "news/readers.h"
void readers_init(void)
{
    xmlInitParser();
}
int html_read(const struct news_record *record, const struct news_options *options,
              struct dm_article *article, struct dm_error *err)
{
    (void)options;
    (void)article;
    return dm_fail(err, DM_EFORMAT, "%s: HTML is not read yet", record->path);
}
