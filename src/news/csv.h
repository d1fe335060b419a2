/* SPDX-License-Identifier: MIT */
/* csv.h - the header line of a CSV file. */
#ifndef NEWS_CSV_H
#define NEWS_CSV_H

#include "news/news.h"

/*
 * Tell separator and columns from the first line of `head`. False: no cell is called as the text
 * is. `cautious`, for guessing: true only for a line that is nothing but names of columns, another
 * known field among them.
 */
bool csv_header(struct slice head, const struct news_options *options, bool cautious,
                struct news_columns *columns);

#endif
