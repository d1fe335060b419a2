/* SPDX-License-Identifier: MIT */
/*
 * lists.h - words as they stand in a text, by what the reading of times and numbers needs of them.
 *
 * The records `list NAME` of lexicon/words/ say which words name a month, count, or lead to a year;
 * docs/lexicon.md has every list. A word has one entry here with all that its lists say, so that
 * one look-up a token answers every question about it.
 */
#ifndef LEXICON_LISTS_H
#define LEXICON_LISTS_H

#include "core/image.h"
#include "lexicon/lexicon.h"

/* ORDER UNIT */
enum list_unit {
    UNIT_NONE, UNIT_DAY, UNIT_WEEK, UNIT_WEEKEND, UNIT_MONTH, UNIT_QUARTER, UNIT_YEAR, UNIT_DECADE,
    UNITS
};

/* Lists whose words have a value: id, name, least and greatest value; 0, 0: a unit. ORDER LIST */
#define LISTS_VALUED(X)                                                                            \
    X(NUMBER, "number", 1, 1000000000) X(ORDINAL, "ordinal", 1, 31) X(MONTH, "month", 1, 12)       \
    X(WEEKDAY, "weekday", 1, 7) X(SEASON, "season", 1, 12) X(UNIT, "unit", 0, 0)                   \
    X(UNITS, "units", 0, 0) X(DAY, "day", -7, 7) X(STEP, "step", -1, 1)                            \
    X(OTHER_DAY, "other-day", -1, 1) X(COUNTED, "counted", -1, 1)

/* The others. A word in LIST_SHORT is no full name of its month or weekday; it has no record. */
#define LISTS_PLAIN(X)                                                                             \
    X(ARTICLE, "article") X(THE, "the") X(THAT, "that") X(OF, "of") X(IN, "in")                    \
    X(POSSESSIVE, "possessive") X(ORDINAL_ENDING, "ordinal-ending")                                \
    X(DECADE_ENDING, "decade-ending") X(MID, "mid") X(ALSO_WORD, "also-word")                      \
    X(ALSO_NAME, "also-name") X(BEFORE_MONTH, "before-month") X(BEFORE_YEAR, "before-year")        \
    X(YEAR_LINK, "year-link") X(TO_DAY, "to-day") X(TO_YEAR, "to-year") X(FROM, "from")            \
    X(TO, "to") X(DAY_PART, "day-part") X(NIGHT, "night") X(HOUR, "hour") X(AGO, "ago")            \
    X(SPAN, "span") X(EDGE, "edge") X(WITHIN, "within") X(NEXT_DAY, "next-day")                    \
    X(CLAUSE, "clause") X(DEADLINE, "deadline") X(TIME, "time") X(BOTH, "both") X(SHORT, "")

enum list {
#define X(id, name, least, most) LIST_##id,
    LISTS_VALUED(X)
#undef X
    LISTS_WITH_VALUE,
    LIST_BEFORE_PLAIN = LISTS_WITH_VALUE - 1, /* numbers go on without a gap */
#define X(id, name) LIST_##id,
    LISTS_PLAIN(X)
#undef X
    LISTS_ALL
};

/* What the lists say of a word. */
struct listed {
    uint64_t in;                     /* a bit for each list that it stands in */
    int32_t value[LISTS_WITH_VALUE]; /* in these lists; 0 in the others */
    int32_t zero;
};

struct lists {
    struct image_map word;        /* a form in small letters -> listed[] */
    const struct listed *listed;  /* [n]; [0] is of the words that stand in no list */
    uint32_t n;
};

const struct lists *lexicon_lists(const struct lexicon *lexicon);

/* The number in listed[] of a form in small letters; 0 none. */
static inline uint32_t lists_find(const struct lists *lists, struct slice form)
{
    uint32_t found = image_map_get(&lists->word, form);
    return found == IMAGE_NONE ? 0 : found;
}

static inline bool listed_in(const struct listed *word, enum list list)
{
    return word->in >> list & 1;
}

#endif
