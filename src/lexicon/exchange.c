/* SPDX-License-Identifier: MIT */
/*
 * exchange.c - what our codes are called in other data sets.
 *
 * Method  Of the texts that the lexicon was made of only those are read that have such a record at
 *         all. Their form was checked when the lexicon was compiled (ontology.c).
 */
#include "lexicon/exchange.h"

#include <stdio.h>
#include <string.h>

#include "lexicon/lexicon-parts.h"
#include "lexicon/record.h"

/* ORDER EXCHANGE */
static const char *const names[EXCHANGE_FACTS] = {"name", "fips", "cow", "cameo", "known"};

static bool take(struct exchange *exchange, struct map *map, const struct record *record)
{
    struct slice rest = record->value, code;
    struct exchange_row *row = ARENA_PUSH(exchange->arena, exchange->row, exchange->n_rows,
                                          exchange->room);
    if (!row || !slice_word(&rest, &code) || !map_set(map, code, exchange->n_rows - 1))
        return false;
    *row = (struct exchange_row){.fact = {slice_trim(rest)}};
    for (uint32_t i = 0; i < record->n_facts; i++)
        for (int f = 0; f < EXCHANGE_FACTS; f++)
            if (slice_is(record->fact[i].key, names[f]))
                row->fact[f] = record->fact[i].value;
    return true;
}

static int read_text(struct exchange *exchange, struct slice path, struct slice text,
                     struct dm_error *err)
{
    char name[256];
    struct record_reader reader;
    struct record record;
    int rc;
    snprintf(name, sizeof name, "%.*s", (int)path.n, path.p);
    record_reader_init(&reader, name, text, exchange->arena);
    while ((rc = record_next(&reader, &record, err)) > 0) {
        bool state = slice_is(record.key, "exchange-state");
        if ((state || slice_is(record.key, "exchange-sector")) &&
            !take(exchange, state ? &exchange->state : &exchange->sector, &record))
            return dm_fail(err, DM_ENOMEM, "out of memory reading the lexicon");
    }
    return rc;
}

int exchange_read(struct exchange *exchange, const struct lexicon *lexicon, struct arena *arena,
                  struct dm_error *err)
{
    static const char mark[] = "\nexchange-";
    size_t at = 0;
    int rc = DM_OK;
    *exchange = (struct exchange){.arena = arena};
    map_init(&exchange->state, arena);
    map_init(&exchange->sector, arena);
    for (uint32_t i = 0; rc == DM_OK && i < lexicon->n_files; i++) {
        struct slice text = slice_make(lexicon->source + at, lexicon->file[i].n_bytes);
        if (text.n > lexicon->n_source - at)
            return dm_fail(err, DM_EFORMAT, "the lexicon's texts are cut off");
        at += text.n;
        if (lexicon->file[i].foreign == 0 && memmem(text.p, text.n, mark, sizeof mark - 1))
            rc = read_text(exchange, lexicon_slice(lexicon, lexicon->file[i].path), text, err);
    }
    return rc;
}

static const struct exchange_row *row_of(const struct exchange *exchange, const struct map *map,
                                         const char *code)
{
    uint32_t row = map_get(map, slice_of(code));
    return row == MAP_NONE ? NULL : &exchange->row[row];
}

const struct exchange_row *exchange_state(const struct exchange *exchange, const char *code)
{
    return row_of(exchange, &exchange->state, code);
}

const struct exchange_row *exchange_sector(const struct exchange *exchange, const char *code)
{
    return row_of(exchange, &exchange->sector, code);
}
