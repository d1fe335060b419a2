/* SPDX-License-Identifier: MIT */
/* test-text.c - tokens ('|' between, '+' inside of a multiword token) and sentences ('\n' between). */
#include "check.h"
#include "core/buf.h"
#include "text/text.h"

static const struct { const char *what, *text, *want; } cases[] = {
    {"empty text has no tokens", "", ""},
    {"a stop stands alone", "Talks failed.", "Talks|failed|."},
    {"a stop inside of a number stays", "It rose 3.5 percent.", "It|rose|3.5|percent|."},
    {"percent and currency", "A 5% cut of $50m, or US$1,000.", "A|5|%|cut|of|$|50|m|,|or|US$|1,000|."},
    {"contractions", "They don't and can't; it's we'll I'm.",
     "They|do+n't|and|ca+n't|;|it+'s|we+'ll|I+'m|."},
    {"curly apostrophes", "They don\xe2\x80\x99t.", "They|do+n\xe2\x80\x99t|."},
    {"fused words", "He cannot, I'm gonna.", "He|can+not|,|I+'m|gon+na|."},
    {"two clitics", "He shouldn't've gone.", "He|should+n't+'ve|gone|."},
    {"possessives", "Russia's and the rebels' demands", "Russia+'s|and|the|rebels+'|demands"},
    {"names with apostrophes", "O'Neill met al-Qa'ida", "O'Neill|met|al|-|Qa'ida"},
    {"hyphens part words", "a US-led, non-profit, anti-tank plan",
     "a|US|-|led|,|non-profit|,|anti-tank|plan"},
    {"initials and abbreviations", "Gen. J. F. Dunn of the U.S. Army spoke.",
     "Gen.|J.|F.|Dunn|of|the|U.S.|Army|spoke|."},
    {"an abbreviation that ends a sentence", "He left the U.S. The army stayed.",
     "He|left|the|U.S.\nThe|army|stayed|."},
    {"the stop of a quotation", "\"We won.\" He smiled.", "\"|We|won|.|\"\nHe|smiled|."},
    {"a quotation goes on", "\"Why?\" he asked.", "\"|Why|?|\"|he|asked|."},
    {"ellipsis and dashes", "Well... no -- never\xe2\x80\x94 ever\xe2\x80\xa6",
     "Well|...|no|--|never|\xe2\x80\x94|ever|\xe2\x80\xa6"},
    {"times and dates", "At 5pm, 7:30 p.m. on 12/5/2010.", "At|5|pm|,|7:30|p.m.|on|12/5/2010|."},
    {"addresses", "See http://a.org/x?y=1, ask me@b.com.", "See|http://a.org/x?y=1|,|ask|me@b.com|."},
    {"brackets", "The (old) plan [sic].", "The|(|old|)|plan|[|sic|]|."},
    {"paragraphs part sentences", "A heading\n\nThen text.", "A|heading\nThen|text|."},
    {"a dateline stands alone", "MANAGUA (AP) -- Talks failed.", "MANAGUA|(|AP|)|--\nTalks|failed|."},
    {"a number of a list", "No. 5 fell. No. It rose.", "No.|5|fell|.\nNo|.\nIt|rose|."},
    {"telephone numbers and ranges", "Call 555-123-4567 in 1969-1970",
     "Call|555-123-4567|in|1969|-|1970"},
    {"more telephone numbers, ZIP codes", "202/380-8183, 87740-3800, 5-4, 1,500-2000",
     "202/380-8183|,|87740-3800|,|5|-|4|,|1,500|-|2000"},
    {"notes are numbers apart", "Floods [18,19] cost 1,00,000 and 2,500.",
     "Floods|[|18|,|19|]|cost|1,00,000|and|2,500|."},
    {"a currency before a number", "Rs200,000 and $2B under section 11B",
     "Rs|200,000|and|$|2|B|under|section|11B"},
    {"names with digits keep their letter", "F-16C jets, a CH-47F", "F|-|16C|jets|,|a|CH|-|47F"},
    {"another key for the apostrophe", "mama`s, it\xc2\xb4s, he\xe2\x80\x98s",
     "mama+`s|,|it+\xc2\xb4s|,|he+\xe2\x80\x98s"},
    {"a possessive cut off by a blank", "Russia 's army 's here.", "Russia|'s|army|'s|here|."},
    {"soft hyphens are no break", "a for\xc2\xad" "eign army", "a|for\xc2\xad" "eign|army"},
    {"dots before a question mark", "Really...? No.? Oh?!", "Really|...|?\nNo|.?\nOh|?!"},
    {"an ellipsis with a stop", "So\xe2\x80\xa6. Yes", "So|\xe2\x80\xa6.\nYes"},
    {"emoticons", "Great :) yes :D. See (this :-( one): 8", "Great|:)|yes|:D|.\nSee|(|this|:-(|one|)|:|8"},
    {"broken-off words", "th- the w- we; (D- Md.) spoke", "th-|the|w-|we|;|(|D|-|Md.|)|spoke"},
    {"bound prefixes", "over-reliance, over-the-top", "over-reliance|,|over|-|the|-|top"},
    {"days before months", "Mon. Oct. 2, Sat. 3; the sun. It", "Mon.|Oct.|2|,|Sat.|3|;|the|sun|.\nIt"},
    {"small abbreviations", "(b. May 1950), p. 5, c. 1900", "(|b.|May|1950|)|,|p.|5|,|c.|1900"},
    {"files and hosts", "ld2d-#6-1.DOC or lenta.ru, apple.co/2w but end.it was",
     "ld2d-#6-1.DOC|or|lenta.ru|,|apple.co/2w|but|end|.|it|was"},
    {"slashes", "w/o s/he and/or p&l AT&T", "w/o|s/he|and|/|or|p&l|AT&T"},
    {"underscores around a word", "the _Times_ of snake_case", "the|_|Times|_|of|snake_case"},
};

static void join(const struct dm_article *article, struct buf *out)
{
    for (uint32_t s = 0; s < article->n_sents; s++)
        for (uint32_t t = article->sent[s].first; t < article->sent[s].end; t++) {
            if (t > article->sent[s].first)
                buf_add_char(out, article->tok[t - 1].flags & TOK_JOINED ? '+' : '|');
            else if (s)
                buf_add_char(out, '\n');
            buf_add(out, token_form(article, t));
        }
}

static void check_quotes(struct dm_article *article)
{
    struct dm_error err = {0};
    article_reset(article);
    struct slice text = SLICE_LIT("He said \"it is over. We go.\" They went.");
    CHECK_OK(article_set_text(article, SLICE_LIT(""), text, NULL, 0, &err), &err);
    CHECK_OK(text_split(article, &err), &err);
    CHECK_INT(article->n_sents, 3, "three sentences");
    CHECK_INT(article->sent[1].quote, 1, "the quotation goes on");
    CHECK_INT(article->sent[2].quote, 0, "and ends");
    CHECK((article->tok[article->sent[1].first].flags & TOK_QUOTED) != 0, "We is quoted");
    CHECK((article->tok[article->sent[2].first].flags & TOK_QUOTED) == 0, "They is not");
}

/* Runs without blank space: linear in time, every byte in one token, no space between them. */
static void check_long_runs(struct dm_article *article)
{
    static const char *const runs[] = {"'", "a-", "a.", "a@b.", "1,", "\xe2\x80\x9c"};
    static char text[100001];
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
        struct dm_error err = {0};
        size_t n = strlen(runs[i]), size = (sizeof text - 1) / n * n;
        for (size_t k = 0; k < size; k++)
            text[k] = runs[i][k % n];
        article_reset(article);
        CHECK_OK(article_set_text(article, SLICE_LIT(""), slice_make(text, size), NULL, 0, &err),
                 &err);
        CHECK_OK(text_split(article, &err), &err);
        uint32_t at = 0, spaces = 0;
        for (uint32_t t = 0; t < article->n_toks && article->tok[t].begin == at; t++) {
            at = article->tok[t].end;
            spaces += (article->tok[t].flags & TOK_SPACE_AFTER) != 0;
        }
        CHECK_INT(at, size, runs[i]);
        CHECK_INT(spaces, 1, runs[i]);
    }
}

/* More words than an article may have are refused, not cut. */
static void check_limit(struct dm_article *article)
{
    static char text[2 * ARTICLE_TOKENS_MAX + 2];
    struct dm_error err = {0};
    for (size_t k = 0; k < sizeof text; k++)
        text[k] = k % 2 ? ' ' : 'a';
    struct slice most = slice_make(text, sizeof text - 2), more = slice_make(text, sizeof text);
    article_reset(article);
    CHECK_OK(article_set_text(article, SLICE_LIT(""), most, NULL, 0, &err), &err);
    CHECK_OK(text_split(article, &err), &err);
    article_reset(article);
    CHECK_OK(article_set_text(article, SLICE_LIT(""), more, NULL, 0, &err), &err);
    CHECK_CODE(text_split(article, &err), DM_ELIMIT, "one word too many");
}

int main(void)
{
    struct dm_article *article = article_new();
    struct dm_error err = {0};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf got;
        buf_init(&got, 4096);
        buf_add_text(&got, "");
        article_reset(article);
        CHECK_OK(article_set_text(article, SLICE_LIT(""), slice_of(cases[i].text), NULL, 0, &err),
                 &err);
        CHECK_OK(text_split(article, &err), &err);
        join(article, &got);
        CHECK_SLICE(buf_slice(&got), cases[i].want, cases[i].what);
        buf_deinit(&got);
    }
    check_quotes(article);
    check_long_runs(article);
    check_limit(article);
    article_free(article);
    return check_end();
}
