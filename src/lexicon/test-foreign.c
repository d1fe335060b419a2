/* SPDX-License-Identifier: MIT */
/* test-foreign.c - dictionaries of TABARI and PETRARCH as records, what is told of bad ones, layers. */
#include "check.h"
#include "lexicon/actor-lexicon.h"
#include "lexicon/layers.h"

static const char base[] =
    "sector GOV\nsector REB\nsector COP\nsector ELI\nsector REL\ncode IGO\ncode UNO\n"
    "actor-code MUS\n    second REL\nactor-code OLD\n    code TGO\n"
    "type ASSAULT\n    quad 4\ntype CONSULT\n    quad 1\n"
    "cameo 19\n    type ASSAULT\ncameo 190\n    type ASSAULT\ncameo 04\n    type CONSULT\ncameo 010\n"
    "irregular fight\n    fought\n"
    "state MLI Mali\n    people Malian\n    capital Bamako\nstate TGO Togo\n"
    "group Red Front\n    MLI REB\nperson Awa Diallo\n    MLI GOV 1990..1995\n"
    "agent police\n    COP\n"
    "class negation\n    not | never\n"
    "frame hit\n    type ASSAULT\n    verb hit\n    actor subj\n    recipient obj\n";

static const struct {
    const char *what, *file, *text, *want; /* want: in the records, or in what is told */
} cases[] = {
    {"a name of a state", "a.actors", "MALIAN_REPUBLIC_ [MLI]\n",
     "extend state MLI\n    name Malian Republic\n"},
    {"synonyms, dates, a former office", "a.actors.txt",
     "JAMES_TODD_ ; 3 May\n+J._TODD\n\t[TGOGOV 920101-980931] [ELI]\n",
     "person James Todd\n    name J. Todd\n    TGO GOV 1992-01-01..1998-10-01\n"},
    {"until and since", "a.actors", "ANN POE [OLDREB < 19920101] [TGOGOV >030700]\n",
     "person Ann Poe\n    TGO REB ..1992-01-01\n    TGO GOV 2003-07..\n"},
    {"a year of two digits is turned back", "a.actors", "A B [MLIGOV 270101-730717]\n", "1927-01-01.."},
    {"names before their code", "a.actors", "RED_ARMY\nRED GUARD\n\t[MLIREB]\n",
     "group Red Army\n    name Red Guard\n    MLI REB\n"},
    {"short names stay in capitals", "a.actors", "RGA_ [MLIREB]\n", "group RGA\n"},
    {"a sector behind the others", "a.actors", "RED_BAND [MLIMUSREB]\n", "    MLI REB/REL\n"},
    {"a body's own code goes before that it is one", "a.actors", "RELIEF BODY [IGOUNOXXX]\n",
     "    UNO -\n"},
    {"what is no actor", "a.actors", "RED_CARPET [---]\n", ""},
    {"an unknown code", "a.actors", "\nRED_SEA [QQQ]\n",
     "a.actors:2: not taken over: [QQQ]: no part of this code is known"},
    {"an impossible date", "a.actors", "RED_SEA [MLI 921301]\n", "a.actors:1: not taken over: [MLI 921301]"},
    {"no code", "a.actors", "RED_SEA\n", "a.actors:1: not taken over: 'Red Sea' has no [CODE]"},
    {"a bracket that stays open", "a.actors", "RED_SEA [MLI\n", "a '[' without its ']'"},
    {"Latin-1", "a.actors", "JOS\xC9_DO [MLIREB]\n", "group José Do\n"},
    {"comments of both kinds", "a.actors", "<!-- RED [MLI]\nBLUE [MLI] -->\n# GREEN [MLI]\n", ""},

    {"an agent with its plural", "a.agents", "RED_GOOSE {RED_GEESE} [~REB] # x\n",
     "agent red goose\n    name red geese\n"},
    {"a rule of plurals", "a.agents", "!PERSON! = MAN, WOMEN\nPOLICE!PERSON! [~COP]\n",
     "agent policeman\n    name policewomen\n    - COP\n"},
    {"a rule that is not there", "a.agents", "POLICE!PERSON! [~COP]\n", "there is no rule !PERSON!"},
    {"a code before", "a.agents", "RELIEF_BODY [ IGO~]\n", "agent relief body\n    IGO -\n"},

    {"a verb of TABARI, cut short", "a.verbs", "RAID [190] ;jk\n",
     "    type ASSAULT\n    cameo 190\n    priority -50\n    verb raid\n    verb raide\n    actor subj\n"},
    {"a form that is irregular", "a.verbs", "FOUGHT [190]\n", "    verb fight\n"},
    {"a verb with its particle", "a.verbs", "--- X [190] ---\n+BLOW_UP {+BLEW_UP}\n", "    verb blow up\n"},
    {"conditions before and behind", "a.verbs", "MEET [---]\n- PLANES * TOWN IN_ + [190]\n",
     "    recipient in | obj\n    need obj|xcomp|ccomp|advcl town\n    need subj|head|aux planes | plane\n"},
    {"a preposition behind the verb", "a.verbs", "CALL [---]\n- * FOR_TALKS [040]\n",
     "    verb call for\n"},
    {"a negation that makes the event", "a.verbs", "MEET [---]\n- NOT * [190]\n",
     "    need neg @negation\n    status happened\n"},
    {"of each other", "a.verbs", "MEET [---]\n- % * [04:04]\n", "    mutual subj + with + obj\n"},
    {"lists", "a.verbs", "&TOWNS_\n+TOWN\n+BIG CITY\n\n--- X [---] ---\nRAID\n- * &TOWNS [190]\n",
     "class a.verbs-towns\n    town\n    big city\n"},
    {"a list that is not there", "a.verbs", "RAID\n- * &TOWNS [190]\n", "names a list that does not"},
    {"a pattern that is no event", "a.verbs", "RAID [190]\n- * FRIDGE [---]\n",
     "frame a.verbs-2\n    type none\n    priority -50\n    verb raid\n    verb raide\n    need "},
    {"a code over an unknown one", "a.verbs", "RAID [1905]\n", "    cameo 190\n"},
    {"alternatives", "a.verbs", "RAID [---]\n- * { TOWN | CAMP } [190]\n", "advcl town | camp\n"},
    {"a code that is none", "a.verbs", "RAID [777]\n", "a.verbs:1: not taken over: [777] is no code"},
    {"a pattern without a verb", "a.verbs", "- * TOWN [190]\n", "wanted: - PATTERN [CODE] below"},
    {"a transformation", "a.verbs", "~ a (a b Q) SAY = a b 112\n", "a transformation has no meaning"},

    {"discards", "a.discards.txt", "CRICKET # x\n+ASIAN CUP\n",
     "class discard\n    cricket\nclass discard-article\n    asian cup\n"},
    {"issues", "a.issues", "<ISSUE>\n", "only actors, agents, verbs and discards are read"},
};

static void keep_message(void *self, const char *message)
{
    buf_add_text(self, message);
    buf_add_char(self, '\n');
}

/* What the file becomes, and what is told of it, in one buffer. Nothing of it may be a mistake. */
static void check_case(const struct lexicon *lexicon, size_t i)
{
    struct dm_error err = {0};
    struct arena arena;
    struct foreign_codes codes;
    struct foreign_text text;
    struct record_reader reader;
    struct record record;
    struct buf got, image;
    arena_init(&arena, 1 << 26);
    buf_init(&got, 1 << 20);
    buf_init(&image, 1 << 24);
    foreign_codes_init(&codes, &arena);
    record_reader_init(&reader, "base", slice_of(base), &arena);
    while (record_next(&reader, &record, &err) > 0)
        foreign_codes_add(&codes, &record);
    struct foreign_ask ask = {.path = cases[i].file, .bytes = slice_of(cases[i].text),
                              .kind = foreign_kind_of(slice_of(cases[i].file)), .codes = &codes,
                              .arena = &arena};
    CHECK(foreign_convert(&ask, &text), cases[i].what);
    buf_add(&got, text.bytes);
    struct lexicon_ask whole = {.base = lexicon, .text_path = cases[i].file, .notes = true,
                                .text = ask.bytes, .report = keep_message, .self = &got};
    CHECK_OK(lexicon_compile(&whole, &image, &err), &err);
    bool found = got.p && strstr(got.p, cases[i].want) && (*cases[i].want || !text.bytes.n);
    CHECK(found, cases[i].what);
    if (!found)
        fprintf(stderr, "   got: %s\n", got.p);
    buf_deinit(&image);
    buf_deinit(&got);
    arena_deinit(&arena);
}

/* ---- layers ---- */

static const struct {
    const char *what, *file, *text, *name, *want, *wrong; /* in what `who` says; never in it */
} layers[] = {
    {"a record is added", "own.txt", "group Blue Front\n    TGO REB\n", "Blue Front", "TGO REB", "MLI"},
    {"a record replaces its like", "own.txt", "group Red Front\n    TGO GOV\n", "Red Front", "TGO GOV",
     "MLI"},
    {"a name is taken over by another record", "own.txt", "group Front X | Red Front\n    TGO GOV\n",
     "Red Front", "Front X", "MLI"},
    {"removed", "own.txt", "remove group Red Front\n", "Red Front", NULL, NULL},
    {"all of a kind removed", "own.txt", "remove person *\n", "Awa Diallo", NULL, NULL},
    {"extended", "own.txt", "extend state MLI\n    name Land of Gold\n", "Land of Gold", "MLI", "TGO"},
    {"a dictionary adds", "own.actors", "BLUE_FRONT [TGOREB]\n", "Blue Front", "own.actors:1", "MLI"},
    {"a dictionary says what is known", "own.actors", "RED_FRONT [MLIREB]\n", "Red Front",
     "base.txt", "own.actors"},
    {"a dictionary says otherwise", "own.actors", "RED_FRONT [TGOGOV]\n", "Red Front", "TGO GOV",
     "base.txt"},
    {"a dictionary names a capital", "own.actors", "BAMAKO_ [MLI]\n", "Bamako", "here as capital",
     "own.actors"},
    {"an agent replaces another's noun", "own.txt", "agent guard | police\n    GOV\n", "police", "GOV",
     "COP"},
};

static void check_layer(const struct lexicon *lexicon, size_t i)
{
    struct dm_error err = {0};
    struct lexicon *own = NULL;
    struct buf out;
    struct lexicon_ask ask = {.base = lexicon, .text_path = layers[i].file,
                              .text = slice_of(layers[i].text)};
    buf_init(&out, 1 << 16);
    CHECK_OK(lexicon_union(&ask, &own, &err), &err);
    if (own) {
        uint32_t n = lexicon_who(own, slice_of(layers[i].name), (struct date){0}, &out);
        if (!layers[i].want)
            CHECK_INT(n, 0, layers[i].what);
        else
            CHECK(out.p && strstr(out.p, layers[i].want) && !strstr(out.p, layers[i].wrong),
                  layers[i].what);
    }
    lexicon_close(own);
    buf_deinit(&out);
}

static const struct {
    const char *what, *text, *want;
} mistakes[] = {
    {"nothing to remove", "remove group Green Front\n", "own.txt:1: there is no 'group Green Front'"},
    {"nothing to extend", "\nextend group X\n    name Y\n", "own.txt:2: there is no 'group X'"},
    {"no name", "remove group\n", "own.txt:1: wanted: remove KEYWORD NAME"},
    {"a frame that is wrong", "frame x\n    type ASSAULT\n    verb y\n    actor who\n",
     "own.txt:4: unknown step 'who'"},
};

static void check_mistake(const struct lexicon *lexicon, size_t i)
{
    struct dm_error err = {0};
    struct buf image;
    struct lexicon_ask ask = {.base = lexicon, .text_path = "own.txt",
                              .text = slice_of(mistakes[i].text)};
    buf_init(&image, 1 << 24);
    CHECK_CODE(lexicon_compile(&ask, &image, &err), DM_ELEXICON, mistakes[i].what);
    CHECK(strstr(err.text, mistakes[i].want) != NULL, mistakes[i].what);
    if (!strstr(err.text, mistakes[i].want))
        fprintf(stderr, "   got: %s\n", err.text);
    buf_deinit(&image);
}

int main(void)
{
    struct dm_error err = {0};
    struct lexicon *lexicon = NULL;
    struct lexicon_ask ask = {.text_path = "base.txt", .text = slice_of(base)};
    CHECK_OK(lexicon_union(&ask, &lexicon, &err), &err);
    for (size_t i = 0; lexicon && i < sizeof cases / sizeof *cases; i++)
        check_case(lexicon, i);
    for (size_t i = 0; lexicon && i < sizeof layers / sizeof *layers; i++)
        check_layer(lexicon, i);
    for (size_t i = 0; lexicon && i < sizeof mistakes / sizeof *mistakes; i++)
        check_mistake(lexicon, i);
    lexicon_close(lexicon);
    return check_end();
}
