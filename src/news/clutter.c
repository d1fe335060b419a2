/* SPDX-License-Identifier: MIT */
/*
 * clutter.c - tell what a page carries around an article from the article.
 *
 * Reads    one line or paragraph at a time.
 * Leaves   its kind; for bylines and date lines what they say.
 * Method   Structure first: the share of linked letters, "Label: ..." lines, a line that is a date
 *          and names, "By" and capitalized words. Then phrases which the press in general puts
 *          under articles, each bound to a place in the line and to a longest line, so that a report
 *          *about* copyright or subscriptions stays a report. A paragraph of legal text needs
 *          several of its phrases.
 * Limits   English. Advertising prose without any of the phrases passes for body.
 */
#include "news/clutter.h"

#include <ctype.h>

#include "core/utf8.h"
#include "news/dates.h"

#define PARAGRAPH_LOOKED_AT 3000 /* bytes of a paragraph that are looked at */

/* ---- views of a line ---- */

struct slice clutter_visible(struct arena *arena, struct slice line, size_t *n_linked)
{
    char *out = arena_bytes(arena, line.n + 1);
    size_t n = 0;
    *n_linked = 0;
    if (!out)
        return (struct slice){0};
    for (size_t i = 0; i < line.n; i++) {
        const char *close = line.p[i] == '[' ? memchr(line.p + i, ']', line.n - i) : NULL;
        size_t at = close ? (size_t)(close - line.p) : 0;
        const char *stop = close && at + 1 < line.n && line.p[at + 1] == '('
                               ? memchr(line.p + at, ')', line.n - at) : NULL;
        if (!stop || memchr(line.p + at, ' ', (size_t)(stop - line.p) - at)) {
            if (line.p[i] != '*' && line.p[i] != '#' && line.p[i] != '_') /* Markdown's marks */
                out[n++] = line.p[i];
            continue;
        }
        memcpy(out + n, line.p + i + 1, at - i - 1);
        n += at - i - 1;
        *n_linked += at - i - 1;
        i = (size_t)(stop - line.p);
    }
    out[n] = '\0';
    return slice_trim(slice_make(out, n));
}

/* Lower case ASCII, curly quotes straight, runs of blanks one: what phrases are compared with. */
static struct slice plain_lower(struct arena *arena, struct slice text)
{
    char *out = arena_bytes(arena, text.n + 1);
    size_t n = 0;
    if (!out)
        return (struct slice){0};
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == 0xE2 && i + 2 < text.n && (unsigned char)text.p[i + 1] == 0x80 &&
            ((unsigned char)text.p[i + 2] & 0xFE) == 0x98) {
            out[n++] = '\'';
            i += 2;
        } else if (c == 0xC2 && i + 1 < text.n && (unsigned char)text.p[i + 1] == 0xA0) {
            out[n++] = ' ';
            i++;
        } else if (isspace(c)) {
            if (n > 0 && out[n - 1] != ' ')
                out[n++] = ' ';
        } else {
            out[n++] = c < 0x80 ? (char)tolower(c) : (char)c;
        }
    }
    out[n] = '\0';
    return slice_trim(slice_make(out, n));
}

/*
 * A set of the pairs of neighbouring bytes in a text (their low six bits): nearly all phrases are
 * ruled out by it without a search, which makes reading text three times as fast.
 */
struct pairs {
    uint64_t bit[64];
};

static unsigned pair_row(const char *p)
{
    return (unsigned char)p[0] & 63;
}

static uint64_t pair_bit(const char *p)
{
    return UINT64_C(1) << ((unsigned char)p[1] & 63);
}

static void pairs_of(struct slice text, struct pairs *pairs)
{
    memset(pairs, 0, sizeof *pairs);
    for (size_t i = 0; i + 1 < text.n; i++)
        pairs->bit[pair_row(text.p + i)] |= pair_bit(text.p + i);
}

static bool holds(struct slice text, const struct pairs *pairs, const char *phrase)
{
    for (const char *p = phrase; p[0] && p[1]; p++)
        if (!(pairs->bit[pair_row(p)] & pair_bit(p)))
            return false;
    return text.n > 0 && memmem(text.p, text.n, phrase, strlen(phrase)) != NULL;
}

/* The last character that is no closing quote or bracket. */
static char last_sign(struct slice line)
{
    while (line.n > 0) {
        char c = line.p[line.n - 1];
        if (line.n >= 3 && memcmp(line.p + line.n - 3, "\xE2\x80\x9D", 3) == 0)
            line.n -= 3;
        else if (line.n >= 3 && memcmp(line.p + line.n - 3, "\xE2\x80\x99", 3) == 0)
            line.n -= 3;
        else if (line.n >= 3 && memcmp(line.p + line.n - 3, "\xE2\x80\xA6", 3) == 0)
            return '.';
        else if (strchr("\"')]}", c) || isspace((unsigned char)c))
            line.n--;
        else
            return c;
    }
    return '\0';
}

static bool ends_sentence(struct slice line)
{
    char c = last_sign(line);
    return c == '.' || c == '!' || c == '?' || c == ':' || c == ';' || c == ',';
}

struct count {
    unsigned n_words, n_capital, n_small; /* words with letters; by their first letter */
};

static bool is_joining(struct slice word) /* small words inside of names and titles */
{
    static const char *const words[] = { "and", "of", "the", "de", "la", "le", "van", "von", "der",
                                         "den", "al", "el", "bin", "ibn", "da", "di", "du", "dos",
                                         "in", "for", "at", "with", "to", "a", "an", "on", "or" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_is(word, words[i]))
            return true;
    return false;
}

static struct count count_words(struct slice line)
{
    struct count count = {0};
    struct slice word;
    while (slice_word(&line, &word)) {
        const char *p = word.p, *end = word.p + word.n;
        uint32_t code = 0;
        while (p < end && !utf8_is_letter(code))
            p += utf8_decode(p, end, &code);
        if (!utf8_is_letter(code))
            continue;
        count.n_words++;
        if (utf8_is_upper(code))
            count.n_capital++;
        else if (!is_joining(word))
            count.n_small++;
    }
    return count;
}

/* ---- phrases of the press ---- */

enum place { START, WITHIN, END, WHOLE };

struct phrase {
    const char *text; /* lower case */
    enum place place;
    unsigned longest; /* bytes that the line may have */
    enum line_kind kind;
};

static const struct phrase phrases[] = {
    { "copyright \xC2\xA9", START, 600, LINE_LEGAL },
    { "copyright (c)", START, 600, LINE_LEGAL },
    { "copyright 19", START, 600, LINE_LEGAL },
    { "copyright 20", START, 600, LINE_LEGAL },
    { "copyright by ", START, 200, LINE_LEGAL },
    { "\xC2\xA9", START, 600, LINE_LEGAL },
    { "(c) 19", START, 400, LINE_LEGAL },
    { "(c) 20", START, 400, LINE_LEGAL },
    { "all rights reserved", WITHIN, 300, LINE_LEGAL },
    { "all contents \xC2\xA9", START, 400, LINE_LEGAL },
    { "disclaimer:", START, 3000, LINE_LEGAL },
    { "disclaimer", WHOLE, 0, LINE_LEGAL },
    { "the original source of this article is", START, 200, LINE_NOTE },
    { "may not be published, broadcast, rewritten", WITHIN, 500, LINE_LEGAL },
    { "may not be reproduced without", WITHIN, 400, LINE_LEGAL },
    { "reproduced with permission", WITHIN, 200, LINE_LEGAL },
    { "republished with permission", WITHIN, 200, LINE_LEGAL },
    { "reprinted with permission", WITHIN, 200, LINE_LEGAL },
    { "terms of use", WHOLE, 0, LINE_LEGAL },
    { "privacy policy", WHOLE, 0, LINE_LEGAL },
    { "the views expressed in this article are", START, 400, LINE_LEGAL },
    { "the opinions expressed in this article are", START, 400, LINE_LEGAL },
    { "the views expressed here are", START, 400, LINE_LEGAL },
    { "the opinions expressed by columnists", START, 400, LINE_LEGAL },
    { "do not necessarily reflect the views of", WITHIN, 400, LINE_LEGAL },
    { "do not necessarily reflect the opinions of", WITHIN, 400, LINE_LEGAL },
    { "do not necessarily represent the views of", WITHIN, 400, LINE_LEGAL },
    { "for media inquiries", START, 300, LINE_NOTE },
    { "for media enquiries", START, 300, LINE_NOTE },
    { "media contact:", START, 300, LINE_NOTE },
    { "press contact:", START, 300, LINE_NOTE },
    { "comment on ", START, 90, LINE_NOTE },
    { "become a member", START, 120, LINE_NOTE },
    { "become a subscriber", START, 160, LINE_NOTE },
    { "subscribe to our", START, 240, LINE_NOTE },
    { "subscribe to the", START, 160, LINE_NOTE },
    { "subscribe now", START, 160, LINE_NOTE },
    { "subscribe today", START, 160, LINE_NOTE },
    { "subscribe for", START, 160, LINE_NOTE },
    { "subscribe", WHOLE, 0, LINE_NOTE },
    { "already a subscriber", START, 160, LINE_NOTE },
    { "sign up for", START, 240, LINE_NOTE },
    { "sign up here", START, 160, LINE_NOTE },
    { "sign up now", START, 160, LINE_NOTE },
    { "sign up", WHOLE, 0, LINE_NOTE },
    { "sign in", WHOLE, 0, LINE_NOTE },
    { "log in", WHOLE, 0, LINE_NOTE },
    { "get our free", START, 200, LINE_NOTE },
    { "newsletter", WHOLE, 0, LINE_NOTE },
    { "join our newsletter", START, 200, LINE_NOTE },
    { "follow us on", WITHIN, 160, LINE_NOTE },
    { "follow us:", START, 160, LINE_NOTE },
    { "like us on facebook", WITHIN, 160, LINE_NOTE },
    { "on our facebook page", WITHIN, 120, LINE_NOTE },
    { "find us on facebook", WITHIN, 160, LINE_NOTE },
    { "follow him on twitter", WITHIN, 240, LINE_NOTE },
    { "follow her on twitter", WITHIN, 240, LINE_NOTE },
    { "follow me on twitter", WITHIN, 240, LINE_NOTE },
    { "share this", START, 100, LINE_NOTE },
    { "share on ", START, 60, LINE_NOTE },
    { "share via", START, 60, LINE_NOTE },
    { "share", WHOLE, 0, LINE_NOTE },
    { "tweet", WHOLE, 0, LINE_NOTE },
    { "email this", START, 60, LINE_NOTE },
    { "print this", START, 60, LINE_NOTE },
    { "print", WHOLE, 0, LINE_NOTE },
    { "email", WHOLE, 0, LINE_NOTE },
    { "read or share this story", START, 160, LINE_NOTE },
    { "read more:", START, 240, LINE_NOTE },
    { "read more", WHOLE, 0, LINE_NOTE },
    { "read more about", START, 120, LINE_NOTE },
    { "read more on", START, 120, LINE_NOTE },
    { "read also:", START, 240, LINE_NOTE },
    { "read also", WHOLE, 0, LINE_NOTE },
    { "read next", START, 200, LINE_NOTE },
    { "read the full story", START, 120, LINE_NOTE },
    { "read the original article", WITHIN, 200, LINE_NOTE },
    { "read full article", START, 60, LINE_NOTE },
    { "continue reading", START, 120, LINE_NOTE },
    { "click here to", START, 160, LINE_NOTE },
    { "click here for", START, 160, LINE_NOTE },
    { "click here", WHOLE, 0, LINE_NOTE },
    { "click to ", START, 80, LINE_NOTE },
    { " read more", END, 160, LINE_NOTE },
    { "photograph: ", WITHIN, 300, LINE_NOTE },
    { "photos:", START, 160, LINE_NOTE },
    { "(photos:", START, 160, LINE_NOTE },
    { "( photos:", START, 160, LINE_NOTE },
    { "just watched", START, 300, LINE_NOTE },
    { "must watch", START, 300, LINE_NOTE },
    { "story continued below", START, 120, LINE_NOTE },
    { "facebook twitter", START, 120, LINE_NOTE },
    { "contributing:", START, 200, LINE_NOTE },
    { "click for more", START, 120, LINE_NOTE },
    { "for more information, visit", START, 250, LINE_NOTE },
    { "for more information, please visit", START, 250, LINE_NOTE },
    { "for more information visit", START, 250, LINE_NOTE },
    { "for more information, contact", START, 250, LINE_NOTE },
    { "for further information, please", START, 250, LINE_NOTE },
    { "for further information, contact", START, 250, LINE_NOTE },
    { "ad", WHOLE, 0, LINE_NOTE },
    { "see also:", START, 240, LINE_NOTE },
    { "see also", WHOLE, 0, LINE_NOTE },
    { "see more", WHOLE, 0, LINE_NOTE },
    { "show more", WHOLE, 0, LINE_NOTE },
    { "load more", WHOLE, 0, LINE_NOTE },
    { "view all", WHOLE, 0, LINE_NOTE },
    { "view comments", START, 60, LINE_NOTE },
    { "also read:", START, 240, LINE_NOTE },
    { "also read |", START, 240, LINE_NOTE },
    { "also see:", START, 240, LINE_NOTE },
    { "related:", START, 240, LINE_NOTE },
    { "related articles", START, 80, LINE_NOTE },
    { "related stories", START, 80, LINE_NOTE },
    { "related content", START, 80, LINE_NOTE },
    { "related news", START, 80, LINE_NOTE },
    { "related topics", START, 120, LINE_NOTE },
    { "related", WHOLE, 0, LINE_NOTE },
    { "recommended for you", START, 60, LINE_NOTE },
    { "recommended", WHOLE, 0, LINE_NOTE },
    { "you may also like", START, 80, LINE_NOTE },
    { "you might also like", START, 80, LINE_NOTE },
    { "you might be interested in", START, 80, LINE_NOTE },
    { "more from ", START, 60, LINE_NOTE },
    { "more on this story", START, 60, LINE_NOTE },
    { "more:", START, 200, LINE_NOTE },
    { "most popular", WHOLE, 0, LINE_NOTE },
    { "most read", WHOLE, 0, LINE_NOTE },
    { "trending now", START, 60, LINE_NOTE },
    { "trending:", START, 160, LINE_NOTE },
    { "don't miss:", START, 200, LINE_NOTE },
    { "watch:", START, 200, LINE_NOTE },
    { "watch the video", START, 100, LINE_NOTE },
    { "video:", START, 160, LINE_NOTE },
    { "listen:", START, 160, LINE_NOTE },
    { "advertisement", WHOLE, 0, LINE_NOTE },
    { "advertisement -", START, 80, LINE_NOTE },
    { "story continues below", START, 120, LINE_NOTE },
    { "article continues below", START, 120, LINE_NOTE },
    { "article continues after", START, 120, LINE_NOTE },
    { "this story continues after", START, 120, LINE_NOTE },
    { "scroll down for", START, 120, LINE_NOTE },
    { "scroll to continue", START, 120, LINE_NOTE },
    { "sponsored", WHOLE, 0, LINE_NOTE },
    { "sponsored content", START, 80, LINE_NOTE },
    { "loading...", WHOLE, 0, LINE_NOTE },
    { "loading", WHOLE, 0, LINE_NOTE },
    { "please enable javascript", WITHIN, 300, LINE_NOTE },
    { "javascript is disabled", WITHIN, 300, LINE_NOTE },
    { "please enable cookies", WITHIN, 300, LINE_NOTE },
    { "this site uses cookies", WITHIN, 600, LINE_NOTE },
    { "this website uses cookies", WITHIN, 600, LINE_NOTE },
    { "we use cookies", START, 600, LINE_NOTE },
    { "by continuing to use this site", WITHIN, 400, LINE_NOTE },
    { "by continuing to browse", WITHIN, 400, LINE_NOTE },
    { "by signing up you agree", WITHIN, 400, LINE_NOTE },
    { "by signing up, you", START, 400, LINE_NOTE },
    { "by subscribing you agree", START, 400, LINE_NOTE },
    { "thank you for subscribing", START, 160, LINE_NOTE },
    { "thanks for signing up", START, 160, LINE_NOTE },
    { "contributed to this report", WITHIN, 300, LINE_NOTE },
    { "contributed to this article", WITHIN, 300, LINE_NOTE },
    { "contributed to this story", WITHIN, 300, LINE_NOTE },
    { "contributed reporting", WITHIN, 200, LINE_NOTE },
    { "reporting by ", START, 300, LINE_NOTE },
    { "(reporting by ", START, 300, LINE_NOTE },
    { "additional reporting by ", START, 300, LINE_NOTE },
    { "editing by ", START, 300, LINE_NOTE },
    { "writing by ", START, 200, LINE_NOTE },
    { "compiled by ", START, 100, LINE_NOTE },
    { "this article was originally published", START, 300, LINE_NOTE },
    { "this article originally appeared", START, 300, LINE_NOTE },
    { "this article first appeared", START, 300, LINE_NOTE },
    { "this story was originally published", START, 300, LINE_NOTE },
    { "this story originally appeared", START, 300, LINE_NOTE },
    { "this article was first published", START, 300, LINE_NOTE },
    { "originally published at", START, 200, LINE_NOTE },
    { "originally published on", START, 200, LINE_NOTE },
    { "leave a comment", START, 80, LINE_NOTE },
    { "leave a reply", START, 80, LINE_NOTE },
    { "post a comment", START, 80, LINE_NOTE },
    { "add a comment", START, 80, LINE_NOTE },
    { "comments are closed", START, 100, LINE_NOTE },
    { "your email address will not be published", START, 200, LINE_NOTE },
    { "join the conversation", START, 160, LINE_NOTE },
    { "have a story", START, 200, LINE_NOTE },
    { "got a tip", START, 200, LINE_NOTE },
    { "support our journalism", WITHIN, 300, LINE_NOTE },
    { "support independent journalism", WITHIN, 300, LINE_NOTE },
    { "download our app", WITHIN, 200, LINE_NOTE },
    { "download the app", WITHIN, 200, LINE_NOTE },
    { "hide caption", WITHIN, 300, LINE_NOTE },
    { "toggle caption", WITHIN, 300, LINE_NOTE },
    { "enlarge this image", START, 200, LINE_NOTE },
    { "(ap photo", WITHIN, 400, LINE_NOTE },
    { "(photo by ", WITHIN, 400, LINE_NOTE },
    { "(photo: ", WITHIN, 400, LINE_NOTE },
    { "(file photo)", WITHIN, 300, LINE_NOTE },
    { "photo by ", START, 120, LINE_NOTE },
    { "photo credit", START, 160, LINE_NOTE },
    { "image credit", START, 160, LINE_NOTE },
    { "image copyright", START, 300, LINE_NOTE },
    { "image caption", START, 300, LINE_NOTE },
    { "media caption", START, 300, LINE_NOTE },
    { "getty images", WITHIN, 60, LINE_NOTE },
    { "skip to ", START, 60, LINE_NOTE },
    { "back to top", START, 40, LINE_NOTE },
    { "###", WHOLE, 0, LINE_NOTE },
    { "-30-", WHOLE, 0, LINE_NOTE },
    { "ends", WHOLE, 0, LINE_NOTE },
};

static bool phrase_fits(const struct phrase *phrase, struct slice lower, const struct pairs *pairs)
{
    if (phrase->place == WHOLE) {
        while (lower.n > 0 && strchr(".:>!-", lower.p[lower.n - 1]))
            lower.n--;
        return slice_is(lower, phrase->text) && lower.n > 0;
    }
    if (lower.n > phrase->longest)
        return false;
    if (phrase->place == START && (lower.n == 0 || lower.p[0] != phrase->text[0]))
        return false;
    return phrase->place == START ? slice_starts(lower, phrase->text)
           : phrase->place == END ? slice_ends(lower, phrase->text)
                                  : holds(lower, pairs, phrase->text);
}

/* Paragraphs of legal text: no single phrase proves them, several do. */
static bool is_legal_text(struct slice lower, const struct pairs *pairs)
{
    static const struct { const char *text; unsigned weight; } signs[] = {
        { "copyright", 1 }, { "copyrighted material", 2 }, { "copyright owner", 2 },
        { "copyright holder", 2 }, { "fair use", 1 }, { "permission", 1 }, { "republish", 1 },
        { "cross-post", 2 }, { "reprint", 1 }, { "hyperlink", 1 }, { "terms of use", 2 },
        { "terms of service", 2 }, { "terms and conditions", 1 }, { "privacy policy", 2 },
        { "sole responsibility of the author", 3 }, { "will not be responsible for", 1 },
        { "not responsible for", 1 }, { "this site", 1 }, { "this website", 1 },
        { "without prior written", 2 }, { "for publication", 1 }, { "contact:", 1 },
        { "in whole or in part", 1 }, { "non-commercial", 1 }, { "creative commons", 2 },
        { "without profit", 1 }, { "rights reserved", 3 }, { "this material", 1 },
        { "unsubscribe", 2 }, { "opt out", 1 }, { "cookies", 1 }, { "registered trademark", 1 },
        { "redistribut", 2 }, { "the contents of this article", 3 },
    };
    unsigned weight = 0;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        weight += holds(lower, pairs, signs[i].text) ? signs[i].weight : 0;
    return weight >= 6;
}

/* ---- structure ---- */

/* Labels before a colon behind which no sentence stands. */
static bool is_label(struct slice lower, size_t colon)
{
    static const char *const labels[] = {
        "region", "theme", "themes", "tags", "tag", "topics", "topic", "filed under", "keywords",
        "category", "categories", "source", "sources", "photo", "photos", "image", "credit",
        "photo credit", "contact", "contacts", "e-mail", "email", "tel", "phone", "telephone", "fax",
        "website", "web", "url", "link", "posted", "published", "updated", "last updated",
        "written by", "edited by", "author", "authors", "articles by", "article by", "translated by",
        "section", "in-depth report", "copyright", "twitter", "facebook", "follow", "location",
        "more", "posted in", "posted by", "published by", "date", "by", "reporter", "editor",
    };
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (slice_is(slice_trim(slice_make(lower.p, colon)), labels[i]))
            return true;
    return false;
}

/* Words that are addresses: https://..., www...., name@host.tld, host.tld/path */
static bool is_address(struct slice word)
{
    const char *at = memchr(word.p, '@', word.n);
    if (slice_starts(word, "http://") || slice_starts(word, "https://") ||
        slice_starts(word, "www.") || slice_starts(word, "<http"))
        return true;
    return at && at > word.p && memchr(at, '.', word.n - (size_t)(at - word.p)) != NULL;
}

static bool is_links(struct slice visible, struct slice lower, size_t n_linked)
{
    size_t n_address = 0, n_other = 0;
    struct slice rest = lower, word;
    while (slice_word(&rest, &word))
        *(is_address(word) ? &n_address : &n_other) += 1;
    if (n_address > 0 && n_other <= 4 * n_address && visible.n < 300 &&
        (n_other == 0 || !ends_sentence(visible) || n_other <= 2))
        return true;
    const char *colon = memchr(lower.p, ':', lower.n < 40 ? lower.n : 40);
    if (colon && is_label(lower, (size_t)(colon - lower.p)) && lower.n < 200 &&
        count_words(visible).n_small <= (n_linked > 0 || !ends_sentence(visible) ? 3u : 0u))
        return true;
    /* A paragraph that is mostly links is navigation, unless a sentence is linked whole. */
    return n_linked * 10 > visible.n * 6 && (!ends_sentence(visible) || visible.n < 60);
}

/* "By Jane Doe", "By JANE DOE and John Roe, Staff Writers": capitalized words only. */
static bool is_byline(struct slice visible, struct slice lower, struct slice *name)
{
    static const char *const openings[] = { "by ", "by: ", "articles by: ", "written by " };
    size_t skip = 0;
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++)
        skip = slice_starts(lower, openings[i]) ? strlen(openings[i]) : skip;
    if (!skip || visible.n > 140 || visible.n <= skip)
        return false;
    struct slice who = slice_trim(slice_make(visible.p + skip, visible.n - skip));
    struct count count = count_words(who);
    bool first_capital = who.n > 0 && (isupper((unsigned char)who.p[0]) || (who.p[0] & 0x80));
    if (!first_capital || count.n_small > 0 || count.n_capital == 0 || count.n_words > 14)
        return false;
    if (last_sign(who) == '.' && count.n_words > 4) /* "By Jan. 1 he ..." has small words anyway */
        return false;
    size_t n = 0; /* the name goes up to a comma, a bar or a dash */
    while (n < who.n && who.p[n] != ',' && who.p[n] != '|' &&
           !slice_starts(slice_make(who.p + n, who.n - n), " - "))
        n++;
    *name = slice_trim(slice_make(who.p, n));
    return true;
}

/* "Associated Press Writer", "Staff Reporter", "Special to the Post" */
static bool is_job_line(struct slice visible, struct slice lower)
{
    static const char *const jobs[] = { "writer", "writers", "reporter", "reporters", "correspondent",
                                        "correspondents", "staff", "columnist", "contributor" };
    if (visible.n > 60 || ends_sentence(visible))
        return false;
    struct count count = count_words(visible);
    if (count.n_small > 0 || count.n_words > 6 || count.n_words < 2)
        return slice_starts(lower, "special to the ") && count.n_small == 0;
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++)
        if (slice_ends(lower, jobs[i]))
            return true;
    return slice_starts(lower, "special to the ");
}

static bool is_headline(struct slice visible)
{
    struct count count = count_words(visible);
    char last = last_sign(visible);
    if (visible.n > 160 || count.n_words == 0 || count.n_words > 20)
        return false;
    if (last == '?')
        return count.n_words <= 10;
    return last != '.' && last != '!' && last != ':' && last != ';' && last != ',';
}

enum line_kind clutter_line(struct arena *scratch, struct slice line, struct line_facts *facts)
{
    struct arena_mark mark = arena_mark(scratch);
    struct line_facts none = {0};
    struct slice name = {0}, rest = {0};
    size_t n_linked = 0;
    struct slice whole = line;
    if (line.n > PARAGRAPH_LOOKED_AT)
        line.n = PARAGRAPH_LOOKED_AT;
    struct slice visible = clutter_visible(scratch, line, &n_linked);
    struct slice lower = plain_lower(scratch, visible);
    enum line_kind kind = LINE_BODY;
    struct date date = {0};
    bool lettered = count_words(visible).n_words > 0;
    if (!visible.p || !lower.p)
        kind = LINE_BODY; /* without memory everything is the article's */
    else if (visible.n == 0)
        kind = LINE_NOTE; /* rules, stars, empty links */
    else if (is_byline(visible, lower, &name))
        kind = LINE_BYLINE;
    else if (is_job_line(visible, lower))
        kind = LINE_BYLINE;
    else if (dates_is_line(visible, &date, &rest))
        kind = LINE_DATE, name = rest;
    else if (is_links(visible, lower, n_linked))
        kind = LINE_LINKS;
    else if (!lettered ||
             (visible.p[0] == '[' && visible.p[visible.n - 1] == ']' && visible.n < 60))
        kind = LINE_NOTE; /* "* * *", "[pullquote]" */
    struct pairs pairs;
    pairs_of(lower, &pairs);
    for (size_t i = 0; kind == LINE_BODY && lower.p && i < sizeof phrases / sizeof *phrases; i++)
        if (phrase_fits(&phrases[i], lower, &pairs))
            kind = phrases[i].kind;
    if (kind == LINE_BODY && lower.p && is_legal_text(lower, &pairs))
        kind = LINE_LEGAL;
    if (kind == LINE_BODY && visible.p && is_headline(visible))
        kind = LINE_HEADLINE;
    if (facts) {
        *facts = none;
        facts->date = date;
        if (name.n > 0) { /* as it stands in the line, which outlives the scratch copy */
            const char *at = memmem(whole.p, whole.n, name.p, name.n);
            facts->name = at ? slice_make(at, name.n) : none.name;
        }
    }
    arena_rewind(scratch, mark);
    return kind;
}

/* ---- datelines ---- */

struct scan {
    const char *p, *end;
};

/* A word of a place's name: capital letters only (`all`), or a capital first. */
static bool scan_word(struct scan *scan, bool all)
{
    const char *p = scan->p;
    unsigned n_letters = 0, n_upper = 0;
    uint32_t code;
    bool first = true, capital = false;
    while (p < scan->end) {
        unsigned n = utf8_decode(p, scan->end, &code);
        bool joint = code == '\'' || code == '.' || code == '-' || code == 0x2019;
        if (!utf8_is_letter(code) && !(n_letters > 0 && joint))
            break;
        if (code == '-' && p + 1 < scan->end && !isalpha((unsigned char)p[1]))
            break; /* "LONDON- " */
        if (utf8_is_letter(code)) {
            n_letters++;
            n_upper += utf8_is_upper(code);
            if (first)
                capital = utf8_is_upper(code);
            first = false;
        }
        p += n;
    }
    if (n_letters < 2 || !capital || (all && n_upper != n_letters))
        return false;
    scan->p = p;
    return true;
}

static void scan_blanks(struct scan *scan)
{
    for (;;) {
        if (scan->p < scan->end && isspace((unsigned char)*scan->p))
            scan->p++;
        else if (scan->end - scan->p >= 2 && memcmp(scan->p, "\xC2\xA0", 2) == 0)
            scan->p += 2;
        else
            return;
    }
}

/* Up to `most` words; the count. Blanks behind are skipped. */
static unsigned scan_name(struct scan *scan, bool all, unsigned most)
{
    unsigned n = 0;
    while (n < most && scan_word(scan, all)) {
        n++;
        scan_blanks(scan);
    }
    return n;
}

/* "--", an em or en dash, "- ", ":" only behind an agency; blanks behind are skipped. */
static bool scan_dash(struct scan *scan)
{
    static const char *const dashes[] = { "---", "--", "\xE2\x80\x94", "\xE2\x80\x93",
                                          "\xE2\x80\x95", "\xE2\x88\x92", "- ", "_ ", "\xC2\x97" };
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        size_t n = strlen(dashes[i]);
        if ((size_t)(scan->end - scan->p) > n && memcmp(scan->p, dashes[i], n) == 0) {
            scan->p += n;
            scan_blanks(scan);
            return true;
        }
    }
    return false;
}

/* "(Agency)", "/Agency/": at most 40 bytes, a capital first. *initials: capitals alone. */
static bool scan_agency(struct scan *scan, bool *initials)
{
    if (scan->p >= scan->end || (*scan->p != '(' && *scan->p != '/'))
        return false;
    char close = *scan->p == '(' ? ')' : '/';
    size_t left = (size_t)(scan->end - scan->p) - 1;
    const char *stop = memchr(scan->p + 1, close, left < 40 ? left : 40);
    if (!stop || stop == scan->p + 1 || !isupper((unsigned char)scan->p[1]))
        return false;
    *initials = stop - scan->p > 2;
    for (const char *p = scan->p + 1; p < stop; p++)
        *initials = *initials && isupper((unsigned char)*p);
    scan->p = stop + 1;
    scan_blanks(scan);
    return true;
}

size_t clutter_dateline(struct slice paragraph, struct date *date)
{
    struct scan scan = {paragraph.p, paragraph.p + (paragraph.n < 160 ? paragraph.n : 160)};
    struct dates_span span;
    *date = (struct date){0};
    scan_blanks(&scan);
    const char *start = scan.p;
    bool upper = scan_name(&scan, true, 4) > 0;
    bool placed = upper || scan_name(&scan, false, 3) > 0;
    for (int part = 0; placed && part < 3 && scan.p < scan.end && *scan.p == ','; part++) {
        scan.p++;
        scan_blanks(&scan);
        size_t at = (size_t)(scan.p - paragraph.p);
        struct slice head = slice_make(paragraph.p, (size_t)(scan.end - paragraph.p));
        if (dates_find(head, at, &span) && span.begin == at) {
            *date = span.date;
            scan.p = paragraph.p + span.end;
            scan_blanks(&scan);
        } else if (scan_name(&scan, false, 3) == 0) {
            return 0;
        }
    }
    if (placed && scan.p < scan.end && isdigit((unsigned char)*scan.p))
        return 0;
    bool initials = false;
    bool agency = scan_agency(&scan, &initials);
    bool dash = scan_dash(&scan);
    /* A place in small letters needs an agency behind it; an agency alone needs the dash. */
    if (!(placed || agency) || (placed && !upper && !agency) || scan.p == start)
        return 0;
    if (scan.p >= scan.end) /* nothing behind it: no dateline but a line */
        return 0;
    /* "NATO - which has ..." is a sentence: without an agency one begins behind the dash. */
    bool opens = isupper((unsigned char)*scan.p) || strchr("\"'\xE2", *scan.p) != NULL;
    if (dash ? !(agency || opens) : !(initials && placed && opens))
        return 0;
    return (size_t)(scan.p - paragraph.p);
}
