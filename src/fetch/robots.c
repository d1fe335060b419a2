/* SPDX-License-Identifier: MIT */
/*
 * robots.c - what a site's robots.txt lets a program fetch.
 *
 * Reads    the file's text, anew at each question: it is short, and questions are few.
 * Leaves   yes or no, and the Crawl-delay.
 * Method   Groups of user-agent lines that name the program count together; only where there is
 *          none, those for '*'. The longest pattern that fits the path decides, at equal length for
 *          Allow. '*' stands for any run, '$' for the end. Patterns are matched with one point to
 *          go back to, so that length times length is the most a pattern costs; all patterns
 *          together are given STEPS_MAX.
 * Limits   Patterns above PATTERN_MAX bytes are taken for one that fits if their head does.
 * Source   RFC 9309; Crawl-delay as search engines document it.
 */
#include "fetch/robots.h"

#include <ctype.h>

#define PATTERN_MAX 2048
#define STEPS_MAX 20000000

struct rules {
    bool named;        /* groups that name the program, not those for '*' */
    bool any;          /* there was such a group */
    bool allow;
    size_t best;       /* length of the pattern that decided so far */
    unsigned delay;
    uint64_t steps;
};

/* ---- patterns ---- */

static bool is_plain(int c)
{
    return isalnum(c) || c >= 0x80 || strchr("-._~", c);
}

static int hex(int c)
{
    return isdigit(c) ? c - '0' : isxdigit(c) ? tolower(c) - 'a' + 10 : -1;
}

/*
 * The octet at `at` as it is compared, and how many bytes it takes: %7E and ~ are the same, %2F and
 * / are not.
 */
static int octet(struct slice text, size_t at, size_t *width)
{
    int c = (unsigned char)text.p[at];
    *width = 1;
    if (c != '%' || at + 2 >= text.n)
        return c;
    int high = hex((unsigned char)text.p[at + 1]), low = hex((unsigned char)text.p[at + 2]);
    if (high < 0 || low < 0)
        return c;
    *width = 3;
    c = high << 4 | low;
    return c != 0 && is_plain(c) ? c : c + 256;
}

static bool fits(struct slice pattern, struct slice path, uint64_t *steps)
{
    bool anchored = pattern.n > 0 && pattern.p[pattern.n - 1] == '$';
    size_t i = 0, j = 0, star = SIZE_MAX, from = 0, a, b;
    if (anchored)
        pattern.n--;
    while (*steps < STEPS_MAX) {
        ++*steps;
        if (i == pattern.n && (!anchored || j == path.n))
            return true;
        if (i < pattern.n && pattern.p[i] == '*') {
            star = ++i;
            from = j;
        } else if (i < pattern.n && j < path.n && octet(pattern, i, &a) == octet(path, j, &b)) {
            i += a;
            j += b;
        } else if (star != SIZE_MAX && from < path.n) {
            i = star;
            j = ++from;
        } else
            return false;
    }
    return false;
}

/* ---- lines ---- */

/* "Name: value # remark" */
static bool split(struct slice line, struct slice *name, struct slice *value)
{
    const char *remark = line.n > 0 ? memchr(line.p, '#', line.n) : NULL;
    if (remark)
        line.n = (size_t)(remark - line.p);
    const char *colon = line.n > 0 ? memchr(line.p, ':', line.n) : NULL;
    if (!colon)
        return false;
    *name = slice_trim(slice_make(line.p, (size_t)(colon - line.p)));
    *value = slice_trim(slice_make(colon + 1, (size_t)(line.p + line.n - colon - 1)));
    return true;
}

static bool is_name(struct slice name, const char *wanted)
{
    return name.n == strlen(wanted) && strncasecmp(name.p, wanted, name.n) == 0;
}

/* Does a user-agent line mean us: "*", or our name with whatever stands behind it? */
static bool means(struct slice value, struct slice agent, bool named)
{
    if (!named)
        return slice_starts(value, "*");
    return value.n >= agent.n && agent.n > 0 && strncasecmp(value.p, agent.p, agent.n) == 0 &&
           (value.n == agent.n ||
            !(isalnum((unsigned char)value.p[agent.n]) || strchr("-_", value.p[agent.n])));
}

static void take_pattern(struct rules *rules, bool allow, struct slice pattern, struct slice path)
{
    if (pattern.n > PATTERN_MAX)
        pattern.n = PATTERN_MAX;
    bool longer = pattern.n > rules->best || (allow && pattern.n == rules->best);
    if (pattern.n == 0 || !longer || !fits(pattern, path, &rules->steps))
        return;
    rules->best = pattern.n;
    rules->allow = allow;
}

/* Whole seconds, rounded up: "1.5" is 2. */
static unsigned delay_of(struct slice value)
{
    unsigned n = 0;
    size_t i = 0;
    for (; i < value.n && isdigit((unsigned char)value.p[i]) && n < 1000; i++)
        n = n * 10 + (unsigned)(value.p[i] - '0');
    if (i > 0 && i + 1 < value.n && value.p[i] == '.' && value.p[i + 1] != '0')
        n++;
    return n > ROBOTS_DELAY_MAX ? ROBOTS_DELAY_MAX : n;
}

static void read_rules(struct slice text, struct slice agent, struct slice path,
                       struct rules *rules)
{
    bool ours = false, heading = false; /* in a group that counts; among its user-agent lines */
    while (text.n > 0) {
        size_t n = 0;
        while (n < text.n && text.p[n] != '\n' && text.p[n] != '\r')
            n++;
        struct slice line = slice_make(text.p, n), name, value;
        n += n < text.n;
        text = slice_make(text.p + n, text.n - n);
        if (!split(line, &name, &value))
            continue;
        if (is_name(name, "user-agent")) {
            ours = (heading && ours) || means(value, agent, rules->named);
            heading = true;
            rules->any |= ours;
            continue;
        }
        bool allow = is_name(name, "allow"), rule = allow || is_name(name, "disallow");
        if (rule && ours)
            take_pattern(rules, allow, value, path);
        if (ours && is_name(name, "crawl-delay"))
            rules->delay = delay_of(value);
        if (rule || is_name(name, "crawl-delay"))
            heading = false;
    }
}

bool robots_allow(struct slice text, struct slice agent, struct slice path, unsigned *delay)
{
    struct rules rules = {.named = true, .allow = true};
    if (text.n > ROBOTS_MAX)
        text.n = ROBOTS_MAX;
    if (slice_starts(text, "\xEF\xBB\xBF"))
        text = slice_make(text.p + 3, text.n - 3);
    read_rules(text, agent, path, &rules);
    if (!rules.any) {
        rules.named = false;
        read_rules(text, agent, path, &rules);
    }
    *delay = rules.delay;
    if (slice_is(path, "/robots.txt"))
        return true;
    return rules.allow && rules.steps < STEPS_MAX;
}
