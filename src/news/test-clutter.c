/* SPDX-License-Identifier: MIT */
/* test-clutter.c - kinds of lines, and datelines. */
#include "check.h"
#include "news/clutter.h"

static const struct { const char *line; enum line_kind want; } lines[] = {
    { "The two ministers met in Vienna on Monday.", LINE_BODY },
    { "By the end of the week, troops had left the town.", LINE_BODY },
    { "By Friday, Mr. Okafor had signed the accord.", LINE_BODY },
    { "A court ruled that the copyright of the anthem belongs to the state.", LINE_BODY },
    { "The newspaper asked readers to subscribe after its offices were raided.", LINE_BODY },
    { "agreements that had been reached.\xE2\x80\x9D", LINE_BODY },
    { "What comes next?", LINE_HEADLINE },
    { "Ministers Sign Pact on Border Trade", LINE_HEADLINE },
    { "By [Jane Doe](#)", LINE_BYLINE },
    { "By JANE DOE and JOHN ROE, Staff Writers", LINE_BYLINE },
    { "Example Press Writer", LINE_BYLINE },
    { "The Daily Example, February 17, 2010", LINE_DATE },
    { "[The Example](#) 16 February 2010", LINE_DATE },
    { "Region: [Africa](#), [Middle East](#)", LINE_LINKS },
    { "[Home](/) [World](/w) [Sport](/s)", LINE_LINKS },
    { "https://news.example/story?id=1", LINE_LINKS },
    { "Contact: press@news.example", LINE_LINKS },
    { "Advertisement", LINE_NOTE },
    { "Read more: Five things to know about the pact", LINE_NOTE },
    { "(Reporting by Jane Doe; Editing by John Roe)", LINE_NOTE },
    { "* * *", LINE_NOTE },
    { "Copyright \xC2\xA9 2010 The Daily Example", LINE_LEGAL },
    { "All rights reserved.", LINE_LEGAL },
};

static const struct { const char *text, *line, *date; } datelines[] = {
    { "KYIV (Agency) -- Talks failed.", "KYIV (Agency) -- ", "" },
    { "KYIV, March 3 (Agency) -- Talks failed.", "KYIV, March 3 (Agency) -- ", "--" },
    { "KYIV, March 3, 2014 (Agency) -- Talks failed.", "KYIV, March 3, 2014 (Agency) -- ", "2014-03-03" },
    { "ABUJA, Nigeria \xE2\x80\x94 Talks failed.", "ABUJA, Nigeria \xE2\x80\x94 ", "" },
    { "Kyiv (XNN) Talks failed.", "Kyiv (XNN) ", "" },
    { "NATO - which has no army - said so.", "", "" },
    { "Talks (Round Two) failed.", "", "" },
    { "Kyiv - Talks failed.", "", "" },
};

int main(void)
{
    struct arena scratch;
    arena_init(&scratch, 1u << 20);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        CHECK_INT(clutter_line(&scratch, slice_of(lines[i].line), NULL), lines[i].want, lines[i].line);

    struct line_facts facts;
    clutter_line(&scratch, SLICE_LIT("By [Jane Doe](#)"), &facts);
    CHECK_SLICE(facts.name, "Jane Doe", "the name without its link");
    clutter_line(&scratch, SLICE_LIT("The Daily Example, February 17, 2010"), &facts);
    CHECK_SLICE(facts.name, "The Daily Example", "the paper beside its date");
    CHECK_INT(facts.date.day, 17, "the day");

    for (size_t i = 0; i < sizeof datelines / sizeof *datelines; i++) {
        struct date date;
        char got[DATE_TEXT];
        size_t n = clutter_dateline(slice_of(datelines[i].text), &date);
        CHECK_SLICE(slice_make(datelines[i].text, n), datelines[i].line, datelines[i].text);
        date_format(date, got);
        if (strcmp(datelines[i].date, "--") == 0)
            CHECK_INT(date.year == 0 && date.month == 3 && date.day == 3, 1, "month and day");
        else
            CHECK_STR(got, datelines[i].date, datelines[i].text);
    }

    /* Without memory nothing is clutter, and nothing breaks. */
    scratch.fail_after = 0;
    CHECK_INT(clutter_line(&scratch, SLICE_LIT("Advertisement"), NULL), LINE_BODY, "no memory");
    arena_deinit(&scratch);
    return check_end();
}
