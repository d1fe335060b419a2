/* SPDX-License-Identifier: MIT */
/*
 * forms.c - what form of news a file is, told by its first bytes.
 *
 * Reads    the first window of a file, in UTF-8 or what claims to be.
 * Leaves   the form; for what is none, a message that says what it is and what to do.
 * Method   XML is told by its root element, JSON by its first key and by whether an object ends on
 *          its line, the rest by the shape of the first lines. What nothing tells is plain text.
 * Limits   A JSON Feed whose "version" stands behind the first window needs --input feed.
 */
#include <ctype.h>

#include "core/date.h"
#include "news/csv.h"
#include "news/reader.h"
#include "news/records.h"

const char *form_binary(struct slice head)
{
    static const struct { const char *magic; size_t n; const char *what; } kinds[] = {
        { "\x1F\x8B", 2, "packed twice; unpack it first (zcat FILE | demarche ... -)" },
        { "BZh", 3, "bzip2; bzcat FILE | demarche ... -" },
        { "\xFD" "7zXZ", 5, "xz; xzcat FILE | demarche ... -" },
        { "\x28\xB5\x2F\xFD", 4, "packed twice; unpack it first (zstdcat FILE | demarche ... -)" },
        { "\x04\x22\x4D\x18", 4, "lz4; unpack it first" },
        { "PK\3\4", 4, "a zip archive or an office document; see pandoc in docs/news.md" },
        { "%PDF-", 5, "PDF; pdftotext FILE - | demarche ... -" },
        { "\x89PNG", 4, "an image" },
        { "\xFF\xD8\xFF", 3, "an image" },
        { "GIF8", 4, "an image" },
        { "\x7F" "ELF", 4, "a program" },
        { "SQLite format 3", 16, "a database" },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (head.n >= kinds[i].n && memcmp(head.p, kinds[i].magic, kinds[i].n) == 0)
            return kinds[i].what;
    const uint32_t usual = 1u << '\t' | 1u << '\n' | 1u << '\r' | 1u << '\f' | 1u << '\v' |
                           1u << '\b' | 1u << 0x1A | 1u << 0x1B;
    size_t odd = 0, n = head.n;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)head.p[i];
        odd += c == 0x7F || (c < 0x20 && !(usual >> c & 1));
    }
    return odd * 50 > n ? "control characters all over" : NULL;
}

/* Does text stand at p, letter case aside? */
static bool at_word(const char *p, const char *end, const char *word)
{
    size_t n = strlen(word);
    return (size_t)(end - p) >= n && strncasecmp(p, word, n) == 0;
}

bool form_looks_html(struct slice head)
{
    static const char *const tags[] = { "<!doctype html", "<html", "<head", "<body", "<meta",
                                        "<title", "<article", "<div", "<p>", "<p ", "<h1" };
    if (head.n == 0 || *head.p != '<')
        return false;
    const char *end = head.p + (head.n < 8192 ? head.n : 8192);
    for (const char *p = head.p; p < end; p++)
        for (size_t i = 0; *p == '<' && i < sizeof tags / sizeof *tags; i++)
            if (at_word(p, end, tags[i]))
                return true;
    return false;
}

static bool looks_conllu(struct slice head)
{
    static const char *const marks[] = { "# newdoc", "# newpar", "# sent_id", "# text =",
                                         "# text=", "# global.columns" };
    struct slice line;
    for (int i = 0; i < 20 && slice_cut(&head, '\n', &line); i++) {
        for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
            if (slice_starts(line, marks[k]))
                return true;
        if (line.n > 0 && line.p[0] == '#')
            continue;
        unsigned tabs = 0;
        for (size_t k = 0; k < line.n; k++)
            tabs += line.p[k] == '\t';
        return tabs == 9 && isdigit((unsigned char)line.p[0]);
    }
    return false;
}

struct slice form_skip_blank(struct slice head)
{
    if (slice_starts(head, "\xEF\xBB\xBF"))
        head = slice_make(head.p + 3, head.n - 3);
    while (head.n > 0 && isspace((unsigned char)*head.p))
        head.p++, head.n--;
    return head;
}

/* ---- XML ---- */

static struct slice skip_to(struct slice text, const char *end)
{
    const char *found = memmem(text.p, text.n, end, strlen(end));
    size_t n = found ? (size_t)(found - text.p) + strlen(end) : text.n;
    return slice_make(text.p + n, text.n - n);
}

/* "<!DOCTYPE x [ ... ]>" */
static struct slice skip_doctype(struct slice text)
{
    bool inside = false;
    for (size_t i = 0; i < text.n; i++) {
        inside = text.p[i] == '[' || (inside && text.p[i] != ']');
        if (text.p[i] == '>' && !inside)
            return slice_make(text.p + i + 1, text.n - i - 1);
    }
    return slice_make(text.p + text.n, 0);
}

/* The root element's name without prefix; empty when none stands in `head`. */
static struct slice root_name(struct slice head)
{
    for (;;) {
        head = form_skip_blank(head);
        if (slice_starts(head, "<?"))
            head = skip_to(head, "?>");
        else if (slice_starts(head, "<!--"))
            head = skip_to(head, "-->");
        else if (slice_starts(head, "<!"))
            head = skip_doctype(head);
        else
            break;
    }
    if (head.n < 2 || *head.p != '<')
        return slice_make(head.p, 0);
    size_t begin = 1, end = 1;
    while (end < head.n && !isspace((unsigned char)head.p[end]) && !strchr("/>", head.p[end]))
        if (head.p[end++] == ':')
            begin = end;
    return slice_make(head.p + begin, end - begin);
}

static int tell_xml(struct slice head, enum news_format *format, const char *path,
                    struct dm_error *err)
{
    static const char *const feeds[] = {"rss", "feed", "rdf", "channel"};
    struct slice root = root_name(head);
    for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i++)
        if (slice_is_any_case(root, feeds[i])) {
            *format = NEWS_FEED;
            return DM_OK;
        }
    if (slice_is_any_case(root, "html"))
        *format = NEWS_HTML;
    else if (slice_is_any_case(root, "sentences") || slice_is_any_case(root, "sentence") ||
             memmem(head.p, head.n, "<Sentence ", 10))
        *format = NEWS_PETRARCH;
    else if (form_looks_html(head))
        *format = NEWS_HTML;
    else if (slice_starts(head, "<?xml"))
        return dm_fail(err, DM_EFORMAT, "%s: XML that is no page, no feed and no PETRARCH input; "
                       "--input says it where it is one of them", path);
    return DM_OK;
}

/* ---- JSON ---- */

/* "version": "https://jsonfeed.org/version/1" */
static bool is_json_feed(struct slice head)
{
    const char *end = head.p + head.n;
    for (const char *p = head.p; (p = memmem(p, (size_t)(end - p), "\"version\"", 9)) != NULL;) {
        p += 9;
        while (p < end && (isspace((unsigned char)*p) || *p == ':' || *p == '"'))
            p++;
        if (at_word(p, end, "http"))
            p += 4;
        if (p < end && *p == 's')
            p++;
        if (at_word(p, end, "://jsonfeed.org/version"))
            return true;
    }
    return false;
}

static int tell_json(struct slice head, enum news_format *format, const char *path,
                     struct dm_error *err)
{
    char first = head.p[0];
    struct slice rest = form_skip_blank(slice_make(head.p + 1, head.n - 1));
    if (first == '[' && rest.n > 0 && *rest.p == '{')
        return dm_fail(err, DM_EFORMAT,
                       "%s:1: a JSON array; one object a line is wanted (jq -c '.[]')", path);
    if (first != '{' || rest.n == 0 || (*rest.p != '"' && *rest.p != '}'))
        return DM_OK;
    if (is_json_feed(head)) {
        *format = NEWS_FEED;
        return DM_OK;
    }
    if (memchr(head.p, '\n', (size_t)(rest.p - head.p)))
        return dm_fail(err, DM_EFORMAT,
                       "%s:1: JSON over several lines; one object a line is wanted (jq -c .)", path);
    *format = NEWS_JSONL;
    return DM_OK;
}

/* ---- all ---- */

int form_tell(struct slice head, const struct news_options *options, enum news_format *format,
              const char *path, struct dm_error *err)
{
    struct news_columns columns;
    head = form_skip_blank(head);
    *format = NEWS_TEXT;
    if (slice_starts(head, "WARC/") || slice_starts(head, "filedesc://"))
        *format = NEWS_WARC;
    else if (head.n > 1 && (head.p[0] == '{' || head.p[0] == '['))
        return tell_json(head, format, path, err);
    else if (head.n > 1 && head.p[0] == '<')
        return tell_xml(head, format, path, err);
    else if (looks_conllu(head))
        *format = NEWS_CONLLU;
    else if (tabari_looks(head))
        *format = NEWS_TABARI;
    else if (csv_header(head, options, true, &columns))
        *format = NEWS_CSV;
    return DM_OK;
}
