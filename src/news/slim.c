/* SPDX-License-Identifier: MIT */
/*
 * slim.c - a page without what nobody asks for.
 *
 * Reads    the page's bytes, valid UTF-8, however broken the markup.
 * Leaves   the same page without comments, declarations, styles, drawings, scripts other
 *          than JSON-LD, elements that hold nothing (<img>), and attributes that page-tree.h does not
 *          list. What is left stands as it stood, but of blanks in a row only the first.
 * Why      Half of a news page's bytes are scripts and styles, a third attributes. Without them
 *          a page is read in less than half of the time (docs/BENCHMARKS.md).
 * Source   HTML Living Standard, 13.2.5 (where tags, attributes, comments and scripts end).
 */
#include <ctype.h>
#include <strings.h>

#include "news/page-tree.h"

struct slim {
    const char *p, *end; /* of the page */
    char *out;           /* behind what was written */
    bool no_drawing_ends; /* no "</svg" stands in the rest of the page */
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_among(struct slice name, const char *const *names)
{
    while (*names && !slice_is_any_case(name, *names))
        names++;
    return *names != NULL;
}

static void put(struct slim *slim, const char *p, size_t n)
{
    memcpy(slim->out, p, n);
    slim->out += n;
}

/* Text up to `end`; of blanks that follow each other, as pages are indented with, the first. */
static void put_text(struct slim *slim, const char *end)
{
    char *out = slim->out;
    for (const char *p = slim->p; p < end;) {
        *out++ = *p;
        if (!is_blank(*p++))
            continue;
        while (p < end && is_blank(*p))
            p++;
    }
    slim->out = out;
}

/* Up to a blank, '/', '>' or '='. */
static struct slice take_name(struct slim *slim)
{
    const char *p = slim->p;
    while (p < slim->end && !is_blank(*p) && *p != '/' && *p != '>' && (*p != '=' || p == slim->p))
        p++;
    struct slice name = slice_make(slim->p, (size_t)(p - slim->p));
    slim->p = p;
    return name;
}

/* An attribute's value with its quotes; p is NULL when the page ends in it. */
static struct slice take_value(struct slim *slim)
{
    const char *p = slim->p, *end = slim->end;
    if (p < end && (*p == '"' || *p == '\'')) {
        const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
        slim->p = close ? close + 1 : end;
        return close ? slice_make(p, (size_t)(close + 1 - p)) : (struct slice){0};
    }
    while (p < end && !is_blank(*p) && *p != '>')
        p++;
    struct slice value = slice_make(slim->p, (size_t)(p - slim->p));
    slim->p = p;
    return value;
}

/* " name=value"; what stood without quotes gets none: it ends where it ended. */
static void put_attr(struct slim *slim, struct slice name, struct slice value)
{
    put(slim, " ", 1);
    put(slim, name.p, name.n);
    if (value.n > 0) {
        put(slim, "=", 1);
        put(slim, value.p, value.n);
    }
}

/* The attributes up to behind '>'; those that are wanted are written. Gives their stretch in the page. */
static struct slice take_attrs(struct slim *slim, struct slice tag)
{
    const char *begin = slim->p;
    bool slash = false;
    while (slim->p < slim->end && *slim->p != '>') {
        if (is_blank(*slim->p) || *slim->p == '/') {
            slash = *slim->p == '/' || (slash && is_blank(*slim->p));
            slim->p++;
            continue;
        }
        slash = false;
        struct slice name = take_name(slim), value = {0};
        const char *p = slim->p;
        while (p < slim->end && is_blank(*p))
            p++;
        if (p < slim->end && *p == '=') {
            for (p++; p < slim->end && is_blank(*p);)
                p++;
            slim->p = p;
            value = take_value(slim);
        }
        if (page_wants(tag, name, value))
            put_attr(slim, name, value);
    }
    struct slice all = slice_make(begin, (size_t)(slim->p - begin));
    slim->p += slim->p < slim->end;
    put(slim, slash ? " />" : ">", slash ? 3 : 1);
    return all;
}

/* Where "</name" begins, from p on; NULL when it does not. */
static const char *find_close(const char *p, const char *end, struct slice name)
{
    while ((p = memchr(p, '<', (size_t)(end - p))) != NULL) {
        if ((size_t)(end - p) >= name.n + 2 && p[1] == '/' &&
            strncasecmp(p + 2, name.p, name.n) == 0)
            return p;
        p++;
    }
    return NULL;
}

static void pass_tag(struct slim *slim)
{
    const char *close = memchr(slim->p, '>', (size_t)(slim->end - slim->p));
    slim->p = close ? close + 1 : slim->end;
}

/* A script, style or drawing with its content: only JSON-LD is kept, as it stands. */
static void take_raw(struct slim *slim, struct slice name, struct slice attrs, char *before)
{
    bool closed = slim->out - before > 2 && slim->out[-2] == '/' && slim->out[-3] == ' ';
    bool drawing = slice_is_any_case(name, "svg"), empty = drawing && (closed || slim->no_drawing_ends);
    const char *close = empty ? NULL : find_close(slim->p, slim->end, name);
    const char *until = close ? close : drawing ? slim->p : slim->end;
    bool kept = slice_is_any_case(name, "script") && memmem(attrs.p, attrs.n, "ld+json", 7);
    if (drawing && !empty && !close)
        slim->no_drawing_ends = true; /* else a page of them would be slow */
    if (kept)
        put(slim, slim->p, (size_t)(until - slim->p));
    else
        slim->out = before;
    slim->p = until;
    if (close == until && !kept)
        pass_tag(slim);
}

static void take_start(struct slim *slim)
{
    static const char *const voids[] = { "area", "base", "basefont", "bgsound", "col", "embed",
                                         "frame", "img", "input", "keygen", "param", "source",
                                         "track", "wbr", NULL };
    static const char *const raws[] = { "script", "style", "svg", NULL };
    char *before = slim->out;
    slim->p++;
    struct slice name = take_name(slim);
    put(slim, "<", 1);
    put(slim, name.p, name.n);
    struct slice attrs = take_attrs(slim, name);
    if (is_among(name, voids))
        slim->out = before;
    else if (is_among(name, raws))
        take_raw(slim, name, attrs, before);
}

/* "<!--...-->", "<!doctype ...>", "<?...>", "<![CDATA[...": passed over. */
static void pass_over(struct slim *slim)
{
    const char *p = slim->p, *end = slim->end, *close;
    if (end - p < 4 || memcmp(p, "<!--", 4) != 0) {
        pass_tag(slim);
        return;
    }
    if (end - p >= 5 && p[4] == '>')
        close = p + 5;
    else if (end - p >= 6 && memcmp(p + 4, "->", 2) == 0)
        close = p + 6;
    else if ((close = memmem(p + 4, (size_t)(end - p - 4), "-->", 3)) != NULL)
        close += 3;
    slim->p = close ? close : end;
}

/* The next tag, or a '<' that begins none, which is text. */
static void take_markup(struct slim *slim)
{
    char next = slim->end - slim->p > 1 ? slim->p[1] : ' ';
    char behind = slim->end - slim->p > 2 ? slim->p[2] : ' ';
    if (isalpha((unsigned char)next)) {
        take_start(slim);
    } else if (next == '/' && isalpha((unsigned char)behind)) {
        const char *begin = slim->p;
        slim->p += 2;
        struct slice name = take_name(slim);
        pass_tag(slim);
        put(slim, begin, name.n + 2);
        put(slim, ">", 1);
    } else if (next == '!' || next == '?' || (next == '/' && behind != ' ')) {
        pass_over(slim);
    } else {
        put(slim, "&lt;", 4);
        slim->p++;
    }
}

struct slice page_slim(struct slice page, struct arena *arena)
{
    size_t n_open = 0;
    for (const char *p = page.p, *end = page.p + page.n;
         p < end && (p = memchr(p, '<', (size_t)(end - p))) != NULL; p++)
        n_open++;
    /* "<" can become "&lt;", "/>" " />", and an attribute get a blank: id=""id="" */
    char *out = arena_bytes(arena, page.n + page.n / 5 + 4 * n_open + 16);
    if (!out)
        return (struct slice){0};
    struct slim slim = { .p = page.p, .end = page.p + page.n, .out = out };
    while (slim.p < slim.end) {
        const char *tag = memchr(slim.p, '<', (size_t)(slim.end - slim.p));
        if (!tag)
            tag = slim.end;
        put_text(&slim, tag);
        slim.p = tag;
        if (tag < slim.end)
            take_markup(&slim);
    }
    *slim.out = '\0';
    return slice_make(out, (size_t)(slim.out - out));
}
