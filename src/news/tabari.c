/* SPDX-License-Identifier: MIT */
/*
 * tabari.c - a record of TABARI's text form into an article.
 *
 * Reads    a header line, "YYMMDD id ..." or "YYYYMMDD id ...", and the lines of text below it.
 * Leaves   date and id; the text with its lines joined.
 * Method   Years of two digits from 30 on are of the 1900s, as in TABARI.
 * Source   TABARI manual, "Text format".
 */
#include <ctype.h>

#include "core/date.h"
#include "news/encoding.h"
#include "news/readers.h"
#include "news/records.h"

#define HEADER_MAX 200 /* bytes of a header, for guessing */
#define CENTURY_PIVOT 30

static bool date_of(struct slice word, struct date *out)
{
    uint32_t number;
    if ((word.n != 6 && word.n != 8) || !slice_to_u32(word, &number))
        return false;
    int year = (int)(number / 10000), month = (int)(number / 100 % 100), day = (int)(number % 100);
    if (word.n == 6)
        year += year < CENTURY_PIVOT ? 2000 : 1900;
    if (year < 1 || !date_exists(year, month, day))
        return false;
    *out = (struct date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    return true;
}

bool tabari_looks(struct slice head)
{
    struct slice line, word, id;
    struct date date;
    if (!slice_cut(&head, '\n', &line) || line.n > HEADER_MAX || !slice_word(&line, &word) ||
        !date_of(word, &date) || !slice_word(&line, &id))
        return false;
    bool digit = false; /* an id has digits; a sentence that begins with a date goes on in words */
    for (size_t i = 0; i < id.n; i++)
        digit |= isdigit((unsigned char)id.p[i]) != 0;
    return digit && slice_cut(&head, '\n', &line) && slice_trim(line).n > 0;
}

int tabari_read(const struct news_record *record, const struct news_options *options,
                struct dm_article *article, struct dm_error *err)
{
    char where[READERS_WHERE];
    struct news_fields fields = {0};
    struct slice text, header, word;
    size_t n_repaired = 0;
    readers_where(record, where);
    int rc = encoding_decode(&article->scratch, slice_trim(buf_slice(&record->bytes)),
                             (struct slice){0}, &text, &n_repaired, err);
    if (rc != DM_OK)
        return rc;
    article->n_repaired = (uint32_t)n_repaired;
    if (!slice_cut(&text, '\n', &header) || !slice_word(&header, &word) ||
        !date_of(word, &fields.date))
        return dm_fail(err, DM_EFORMAT, "%s: no header; \"YYMMDD id\" is wanted", where);
    if (slice_word(&header, &word))
        fields.at[NEWS_FIELD_ID] = word;
    fields.at[NEWS_FIELD_TEXT] = fields_one_line(&article->scratch, text);
    if (!fields.at[NEWS_FIELD_TEXT].p)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", where);
    return fields_fill(&fields, where, options, article, err);
}
