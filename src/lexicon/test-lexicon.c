/* SPDX-License-Identifier: MIT */
/* test-lexicon.c - records, mistakes and where they are told, names and roles over time. */
#include "check.h"
#include "lexicon/actor-lexicon.h"
#include "lexicon/exchange.h"
#include "lexicon/gazetteer.h"
#include "lexicon/lists.h"
#include "lexicon/lexicon-parts.h"
#include "lexicon/ontology.h"

#include <stdlib.h>

static const char base[] =
    "type ACCUSE\n    quad 3\n    score -2.0\n    modes allege | disapprove\n"
    "sector GOV\n    label government\nsector MIL\nsector ELI\n"
    "code UNO\n    label United Nations\n"
    "cameo 112\n    label Accuse\n    goldstein -2.0\n    type ACCUSE\n"
    "context terrorism\n    words terrorist | suicide bomber\n";

/* ---- mistakes: each is told at its line, with what was wanted ---- */

static const struct {
    const char *what, *text, *want; /* want: a piece of the first message; "" none */
} mistakes[] = {
    {"a lexicon without fault", "state RUS Russia\n    capital Moscow\n", ""},
    {"comments and blank lines", "# x\n\nstate RUS Russia # y\n# z\n    capital Moscow  # w\n", ""},
    {"unknown keyword", "stat RUS Russia\n",
     "lexicon/x.txt:17: unknown keyword 'stat'; did you mean 'state'?"},
    {"unknown fact", "state RUS Russia\n    capitol Moscow\n",
     ":18: 'state' has no fact 'capitol'; did you mean 'capital'?"},
    {"fact without a record", "    capital Moscow\n", ""}, /* belongs to the record before it */
    {"a span that runs backwards", "state RUS Russia\n    capital Moscow 2004..1999\n", ":18: "},
    {"a month that is none", "state RUS Russia\n    capital Moscow 2004-13..\n", ":18: "},
    {"no code", "state Russia\n", ":17: wanted: state CODE NAME"},
    {"a state twice", "state RUS Russia\nstate RUS Rus\n", ":18: state RUS stands twice"},
    {"a code that nobody defines", "person A B\n    XXX GOV president 2001..\n", ":18: code XXX"},
    {"a sector that nobody defines", "person A B\n    UNO GOX\n", ":18: sector GOX"},
    {"an entity that says nothing", "org Club\n    wikidata Q1\n", ":17: "},
    {"a gender", "person A B\n    UNO GOV\n    gender x\n", ":19: gender is m, f or n"},
    {"a number out of range", "type X\n    quad 9\n", ":18: 'quad' must be a number from 1 to 4"},
    {"a control character", "state RUS Rus\001sia\n", ":17: control character 0x01"},
    {"broken UTF-8", "state RUS Rus\xff\n", ":17: not valid UTF-8"},
    {"a place without a population", "gazetteer IRQ\n    city 1 36.3 43.1 Mosul\n",
     ":18: wanted 'city GEONAMEID LATITUDE LONGITUDE POPULATION NAME'"},
    {"a latitude out of range", "gazetteer IRQ\n    city 1 96.3 43.1 9 Mosul\n", ":18: wanted"},
    {"a kind of place that is none", "gazetteer IRQ\n    town 1 36.3 43.1 9 Mosul\n",
     ":18: 'gazetteer' has no fact 'town'; wanted state, region, city or names"},
    {"a state's place twice", "gazetteer IRQ\n    state 1 3 4 9 Iraq\n    state 1 3 4 9 Irak\n",
     ":19: IRQ has its state already; to add names to it write 'names NAME | NAME'"},
    {"a state of no country", "gazetteer -\n    state 1 3 4 9 Iraq\n", ":18: 'gazetteer -' has no state"},
    {"names of no state", "gazetteer IRQ\n    names Iraq | Irak\n",
     ":18: 'names' adds to the state of IRQ, of which no record `gazetteer IRQ` has the line 'state"},
    {"names that are none", "gazetteer IRQ\n    state 1 3 4 9 Iraq\n    names\n", ":19: wanted 'names"},
    {"names of areas", "gazetteer -\n    names Levant\n", ":18: wanted 'names NAME | NAME' in"},
    {"a list that is none", "list months\n    1 May\n",
     ":17: there is no list 'months'; did you mean 'month'?"},
    {"a list without a name", "list\n    1 May\n", ":17: there is no list ''"},
    {"a month that no year has", "list month\n    13 Nivose\n",
     ":18: '13' is no value: in 'list month' a line is 'VALUE WORD | WORD', the value a number from 1"},
    {"a month without a number", "list month\n    May | Mai\n", ":18: 'May' is no value"},
    {"a step too far", "list step\n    -2 last\n", ":18: '-2' is no value"},
    {"a unit that is none", "list unit\n    hour hour\n", ":18: 'hour' is no unit: in 'list unit'"},
    {"a value and no word", "list number\n    12\n", ":18: no word stands behind '12'"},
    {"two words in a list", "list ago\n    ago | long ago\n", ":18: 'long ago' is more than one word"},
    {"a word with two values", "list number\n    12 dozen\n    13 Dozen\n",
     ":19: 'Dozen' stands in 'list number' already, with another value"},
    {"a word twice", "list number\n    12 dozen\n    12 dozen\nlist ago\n    dozen\n", ""},
    {"a size that is none", "type X\n    quad 1\n    sizes tall\n", ":19: 'sizes' are dead"},
    {"another data set's code of nothing", "exchange-state RUS\n    fips\n", ":18: 'fips' of what?"},
    {"a data set that is not known", "exchange-sector GOV\n    cameos GOV\n",
     ":18: 'exchange-sector' has no fact 'cameos'; did you mean 'cameo'?"},
    {"another data set's name of no code", "exchange-state Russia\n", ":17: wanted: exchange-state"},
    {"a type of CAMEO that is none", "cameo 999\n    type NONE\n", "no type 'NONE'"},
    {"a clue of no sector", "context a\n    party XXX\n", "no sector 'XXX'"},
    {"a clue of no mode", "context a\n    deed ACCUSE visit\n", "no mode 'visit' of type"},
    {"a clue without a mode", "context a\n    deed ACCUSE\n", "wanted: deed TYPE MODE"},
    {"a clue unless what is none", "context a\n    party MIL\n    unless b\n", "no context 'b'"},
};

static void check_mistake(size_t i)
{
    struct dm_error err = {0};
    struct buf text, image;
    buf_init(&text, 1 << 16);
    buf_init(&image, 1 << 24);
    buf_add_text(&text, base); /* 16 lines */
    buf_add_text(&text, mistakes[i].text);
    bool fault = *mistakes[i].want;
    if (strcmp(mistakes[i].what, "fact without a record") == 0)
        fault = true; /* 'context' has no fact 'capital' */
    int rc = lexicon_compile_text("lexicon/x.txt", buf_slice(&text), &image, NULL, NULL, &err);
    CHECK_INT(rc, fault ? DM_ELEXICON : DM_OK, mistakes[i].what);
    CHECK(strstr(err.text, mistakes[i].want) != NULL, mistakes[i].what);
    if (!strstr(err.text, mistakes[i].want))
        fprintf(stderr, "   got: %s\n", err.text);
    buf_deinit(&text);
    buf_deinit(&image);
}

/* ---- spans ---- */

static const struct {
    const char *text, *rest, *from, *to;
    int want;
} spans[] = {
    {"Zaire 1971-10..1997-05", "Zaire", "1971-10", "1997-05", 1},
    {"minister 2004..", "minister", "2004", "", 1},
    {"..1991-12-26", "", "", "1991-12-26", 1},
    {"no span here", "no span here", "", "", 0},
    {"and so on...", "and so on...", "", "", 0},
    {"x 2004..2003", "x 2004..2003", "", "", DM_ELEXICON},
    {"x 2004-02-30..", "x 2004-02-30..", "", "", DM_ELEXICON},
};

static void check_span(size_t i)
{
    struct slice value = slice_of(spans[i].text);
    struct date from = {0}, to = {0};
    char text[DATE_TEXT];
    CHECK_INT(record_span(&value, &from, &to), spans[i].want, spans[i].text);
    CHECK_SLICE(value, spans[i].rest, spans[i].text);
    date_format(from, text);
    CHECK_STR(text, spans[i].from, spans[i].text);
    date_format(to, text);
    CHECK_STR(text, spans[i].to, spans[i].text);
}

/* ---- roles over time ---- */

static const char people[] =
    "state RUS Russia\n    people Russian | Russians\n    capital Moscow\n"
    "office president | head of state\n    GOV\noffice prime minister | premier\n    GOV\n"
    "person Vladimir Putin\n    RUS GOV prime minister 1999-08..2000-05\n"
    "    RUS GOV president 2000-05..2008-05-07\n    RUS GOV premier 2008-05-08..2012-05-07\n"
    "    RUS GOV president 2012-05-07..\n    wikidata Q7747\n"
    "person Boris Yeltsin\n    RUS GOV president 1991-07..1999-12-31\n";

static const struct {
    const char *who, *date, *want;
} roles[] = {
    {"Vladimir Putin", "2004-01-01", "1 RUS GOV president"},
    {"Putin", "2010-02-17", "1 RUS GOV premier"},
    {"putin", "2000-01", "1 RUS GOV prime minister"},
    {"Boris Yeltsin", "2005", "2 RUS GOV president"},
    {"Boris Yeltsin", "1985", "3 RUS GOV president"},
    {"Moscow", "2005", "1 RUS - -"},
};

static void check_role(const struct lexicon *lexicon, size_t i)
{
    const struct actor_lexicon *actors = actor_lexicon(lexicon);
    struct arena scratch;
    uint64_t word[8];
    struct date date = {0};
    const struct actor_role *role = NULL;
    char got[100] = "unknown";
    arena_init(&scratch, 1 << 16);
    uint32_t n = words_of(slice_of(roles[i].who), &scratch, word, 8), node = 0;
    for (uint32_t k = 0; k < n && node != IMAGE_NONE; k++)
        node = words_step(&actors->names, node, word[k]);
    CHECK(date_parse(slice_of(roles[i].date), &date), roles[i].who);
    if (node != IMAGE_NONE && actors->name_uses[node].n) {
        uint32_t entity = actors->use[actors->name_uses[node].first].entity;
        int known = actor_role_at(actors, entity, actor_day(date), &role);
        struct slice office = lexicon_slice(lexicon, role->office);
        snprintf(got, sizeof got, "%d %s %s %.*s", known, role->code,
                 role->sector[0][0] ? role->sector[0] : "-", office.n ? (int)office.n : 1,
                 office.n ? office.p : "-");
    }
    CHECK_STR(got, roles[i].want, roles[i].who);
    arena_deinit(&scratch);
}

/* ---- places ---- */

static const char places[] =
    "gazetteer FRA\n    names French Republic | Hexagon\n" /* its state may come later */
    "gazetteer FRA\n    state 1 46.0 2.0 60000000 France\n    city 2 48.9 2.3 2100000 Paris\n"
    "gazetteer USA\n    region 3 31.0 -99.0 20000000 Texas\n    city 4 33.7 -95.6 25000 Paris\n"
    "    region 5 33.0 -83.6 4800000 Georgia\n    region 8 43.0 -75.0 9000000 New York\n"
    "    city 9 40.7 -74.0 8000000 New York | New York City\n"
    "gazetteer GEO\n    state 6 42.1 43.3 3700000 Georgia\n    city 7 42.0 44.1 48000 Góri | Gori\n";

static const char exchanges[] =
    "exchange-state RUS Russia\n    fips RS\n    cow 365\n    name Russian Federation\n"
    "exchange-state ROU Romania\n    cameo ROM\nexchange-sector JRN News\n    cameo MED\n"
    "exchange-state UNO United Nations\n    cameo UN\n"
    "exchange-state UNO Nations\n    cameo IGOUNO\n";

static void check_exchange(const struct lexicon *lexicon)
{
    struct dm_error err = {0};
    struct arena arena;
    struct exchange exchange;
    arena_init(&arena, 1 << 20);
    CHECK_OK(exchange_read(&exchange, lexicon, &arena, &err), &err);
    const struct exchange_row *russia = exchange_state(&exchange, "RUS");
    CHECK(russia != NULL, "a state");
    if (russia) {
        CHECK_SLICE(russia->fact[EXCHANGE_NAME], "Russian Federation", "a name before the record's");
        CHECK_SLICE(russia->fact[EXCHANGE_FIPS], "RS", "FIPS");
        CHECK_SLICE(russia->fact[EXCHANGE_COW], "365", "Correlates of War");
        CHECK_SLICE(russia->fact[EXCHANGE_CAMEO], "", "nothing said");
    }
    CHECK_SLICE(exchange_state(&exchange, "ROU")->fact[EXCHANGE_NAME], "Romania", "a name");
    CHECK_SLICE(exchange_state(&exchange, "UNO")->fact[EXCHANGE_CAMEO], "IGOUNO", "the last counts");
    CHECK_SLICE(exchange_sector(&exchange, "JRN")->fact[EXCHANGE_CAMEO], "MED", "a sector");
    CHECK(!exchange_state(&exchange, "JRN") && !exchange_sector(&exchange, "RUS"), "two kinds");
    CHECK(!exchange_state(&exchange, ""), "no code");
    arena_deinit(&arena);
}

static const struct {
    const char *name, *near;
    bool region;
    uint32_t want; /* geonameid, 0 none */
} finds[] = {
    {"Paris", "", false, 2},        /* the larger */
    {"Paris", "USA", false, 4},     /* the country spoken of */
    {"paris", "GEO", false, 2},
    {"Georgia", "", false, 6},      /* the state before a region */
    {"Georgia", "USA", true, 5},
    {"New York", "", false, 9},     /* the city before its region */
    {"New York", "", true, 8},      /* "New York state" */
    {"New-York City", "", false, 9},
    {"GORI", "", false, 7},
    {"the Hexagon", "", false, 0},
    {"Hexagon", "", false, 1},
    {"French Republic", "USA", false, 1},
    {"Gor", "", false, 0},
    {"", "", false, 0},
};

static void check_place(const struct lexicon *lexicon, size_t i)
{
    struct arena scratch;
    struct gazetteer_hint hint = {.weight = 5};
    arena_init(&scratch, 1 << 16);
    memcpy(hint.country, finds[i].near, strlen(finds[i].near));
    uint32_t at = gazetteer_find(lexicon, slice_of(finds[i].name), finds[i].region, &hint,
                                 *finds[i].near ? 1 : 0, &scratch);
    const struct gazetteer_place *place = gazetteer_place(lexicon, at);
    CHECK_INT(place ? place->geonameid : 0, finds[i].want, finds[i].name);
    arena_deinit(&scratch);
}

/* ---- lists ---- */

static const char listing[] =
    "list month\n    1 January | Jan.\n    5 May\nlist also-name\n    may\nlist day\n    -1 yesterday\n"
    "list units\n    week weeks\nlist also-name\n    MÄRZ\n";

static void check_lists(const struct lexicon *lexicon)
{
    const struct lists *lists = lexicon_lists(lexicon);
    const struct listed *january = &lists->listed[lists_find(lists, SLICE_LIT("january"))];
    const struct listed *jan = &lists->listed[lists_find(lists, SLICE_LIT("jan."))];
    const struct listed *may = &lists->listed[lists_find(lists, SLICE_LIT("may"))];
    CHECK_INT(january->value[LIST_MONTH], 1, "a value");
    CHECK(!listed_in(january, LIST_SHORT), "the name in full");
    CHECK(listed_in(jan, LIST_SHORT) && jan->value[LIST_MONTH] == 1, "a shorter name");
    CHECK(listed_in(may, LIST_MONTH) && listed_in(may, LIST_ALSO_NAME), "in two lists");
    CHECK_INT(may->value[LIST_DAY], 0, "no value of a list that it is not in");
    CHECK_INT(lists->listed[lists_find(lists, SLICE_LIT("yesterday"))].value[LIST_DAY], -1, "below 0");
    CHECK_INT(lists->listed[lists_find(lists, SLICE_LIT("weeks"))].value[LIST_UNITS], UNIT_WEEK, "unit");
    CHECK(listed_in(&lists->listed[lists_find(lists, SLICE_LIT("märz"))], LIST_ALSO_NAME), "letters");
    CHECK_INT(lists_find(lists, SLICE_LIT("jan")), 0, "another form");
    CHECK_INT(lists_find(lists, SLICE_LIT("")), 0, "no form");
}

static void check_lexicon(const struct lexicon *lexicon)
{
    for (size_t i = 0; i < sizeof finds / sizeof *finds; i++)
        check_place(lexicon, i);
    CHECK(gazetteer_state(lexicon, "GEO") != IMAGE_NONE, "the state of a code");
    CHECK_INT(gazetteer_state(lexicon, "XYZ"), IMAGE_NONE, "no such state among the places");
    const struct actor_lexicon *actors = actor_lexicon(lexicon);
    char place[100];
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        check_role(lexicon, i);
    const struct ontology_type *type = ontology_type(lexicon, SLICE_LIT("ACCUSE"));
    CHECK(type && type->quad == 3, "the type is there");
    CHECK(ontology_has_mode(lexicon, type, SLICE_LIT("allege")), "a mode of it");
    CHECK(!ontology_has_mode(lexicon, type, SLICE_LIT("visit")), "no mode of it");
    CHECK(!ontology_type(lexicon, SLICE_LIT("accuse")), "names are told apart by letters");
    CHECK(ontology_cameo(lexicon, SLICE_LIT("112")) != NULL, "a CAMEO code");
    CHECK_SLICE(lexicon_line(lexicon, type->line, place, sizeof place), "lexicon/x.txt:1", "line");
    uint32_t state = actor_state(actors, "RUS");
    CHECK(state != IMAGE_NONE, "a state by its code");
    CHECK_INT(actor_state(actors, "XYZ"), IMAGE_NONE, "no such state");
    /* 'premier' and 'prime minister' are one office */
    uint32_t office = IMAGE_NONE;
    for (uint32_t i = 0; i < actors->n_entities; i++)
        if (slice_is(lexicon_slice(lexicon, actors->entity[i].name), "prime minister"))
            office = i;
    uint32_t holder = actor_holder_at(actors, "RUS", office, actor_day((struct date){2010, 2, 17}));
    CHECK(holder != IMAGE_NONE, "who was prime minister in 2010");
    CHECK_INT(actor_holder_at(actors, "RUS", office, actor_day((struct date){2005, 2, 17})),
              IMAGE_NONE, "nobody known in 2005");
}

/* Each byte of an image changed: refused, or opened without reading outside (sanitizers watch). */
static void check_broken_images(const struct buf *image)
{
    struct buf copy;
    buf_init(&copy, 1 << 24);
    size_t refused = 0, tried = 0;
    for (size_t at = 0; at < image->n; at += 97) {
        struct lexicon *lexicon = NULL;
        buf_clear(&copy);
        buf_add(&copy, buf_slice(image));
        copy.p[at] = (char)(copy.p[at] ^ 0x55);
        refused += lexicon_from_memory("broken", buf_slice(&copy), &lexicon, NULL) < 0;
        tried++;
        lexicon_close(lexicon);
    }
    CHECK_INT(refused, tried, "the checksum refuses every change");
    buf_deinit(&copy);
}

int main(void)
{
    struct dm_error err = {0};
    struct buf text, image;
    struct lexicon *lexicon = NULL;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++)
        check_mistake(i);
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
        check_span(i);
    buf_init(&text, 1 << 16);
    buf_init(&image, 1 << 24);
    buf_add_text(&text, base);
    buf_add_text(&text, people);
    buf_add_text(&text, places);
    buf_add_text(&text, listing);
    buf_add_text(&text, exchanges);
    CHECK_OK(lexicon_compile_text("lexicon/x.txt", buf_slice(&text), &image, NULL, NULL, &err),
             &err);
    CHECK_OK(lexicon_from_memory("test", buf_slice(&image), &lexicon, &err), &err);
    if (lexicon) {
        check_lexicon(lexicon);
        check_lists(lexicon);
        check_exchange(lexicon);
        check_broken_images(&image);
    }
    lexicon_close(lexicon);
    buf_deinit(&text);
    buf_deinit(&image);
    return check_end();
}
