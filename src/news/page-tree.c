/* SPDX-License-Identifier: MIT */
/*
 * page-tree.c - a page as a tree of elements and texts, in one pass.
 *
 * Reads    the page's bytes, valid UTF-8, however broken the markup.
 * Leaves   page_node: elements with the attributes that somebody asks for, texts with their entities
 *          resolved. Comments, styles, drawings and elements without content are left out; scripts
 *          keep theirs only where it is JSON-LD.
 * Method   Tags are cut as the HTML standard says. What is not closed is closed by the standard's
 *          rules as far as they move text: paragraphs by blocks, list items, cells and rows by their
 *          likes, the head by what cannot stand in it; an end tag closes what it names unless a cell
 *          or a block stands between. Unlike browsers, and as those who write pages mean it, "<div/>" is
 *          empty, and a figure or an aside does not end the paragraph in which it stands.
 * Memory   The arena's; texts without an entity are not copied. What nests deeper than DEPTH_MOST
 *          elements hangs on the deepest: no depth makes it slow.
 * Limits   NODES_MOST nodes; what stands behind them is left out.
 * Speed    Half of a news page's bytes are scripts and styles, a third attributes: these are passed
 *          over by memchr().
 *          Of 25 MB of news pages, read from a packed archive to JSON Lines, libxml2's tree took 0.44
 *          of 0.63 s of processor time, this one 0.05 of 0.24.
 * Source   HTML Living Standard, 13.2 (parsing); libxml2's table of entities.
 */
#include "news/page-tree.h"

#include <ctype.h>
#include <libxml/HTMLparser.h>
#include <strings.h>

#include "core/utf8.h"

#define DEPTH_MOST 400
#define ATTRS_MOST 12
#define CHUNK 64 /* nodes taken from the arena at a time */
#define NODES_MOST (1u << 19)

enum tag_rule {
    RULE_VOID = 1,      /* has no content and no end tag */
    RULE_CLOSES_P = 2,
    RULE_BLOCK = 4,     /* an end tag of an inline element does not reach over it */
    RULE_WALL = 8,      /* nor does any but a table's */
    RULE_IN_HEAD = 16,
    RULE_RAW = 32       /* its content is no markup */
};

struct tag {
    uint64_t key; /* the first eight bytes of the name */
    uint8_t n, rules;
};

#define B(c, at) ((uint64_t)(unsigned char)(c) << (56 - 8 * (at)))
/* The key of a literal name: bytes behind its end are 0. */
#define AT(s, i) (sizeof(s) - 1 > (i) ? B((s)[sizeof(s) - 1 > (i) ? (i) : 0], i) : 0)
#define KEY(s)                                                                                     \
    (AT(s, 0) | AT(s, 1) | AT(s, 2) | AT(s, 3) | AT(s, 4) | AT(s, 5) | AT(s, 6) | AT(s, 7))

/* ORDER TAG */
static const struct tag tags[PAGE_TAGS_END] = {
#define X(name) [PAGE_##name] = {KEY(#name), sizeof #name - 1, 0},
    PAGE_TAGS(X)
#undef X
};

static const uint8_t rules[PAGE_TAGS_END] = {
    [PAGE_address] = RULE_CLOSES_P | RULE_BLOCK, [PAGE_article] = RULE_CLOSES_P | RULE_BLOCK,
    [PAGE_aside] = RULE_BLOCK, [PAGE_blockquote] = RULE_CLOSES_P | RULE_BLOCK,
    [PAGE_body] = RULE_BLOCK, [PAGE_br] = RULE_VOID, [PAGE_button] = RULE_BLOCK,
    [PAGE_caption] = RULE_BLOCK | RULE_WALL, [PAGE_center] = RULE_CLOSES_P | RULE_BLOCK,
    [PAGE_col] = RULE_VOID, [PAGE_dd] = RULE_CLOSES_P | RULE_BLOCK,
    [PAGE_details] = RULE_CLOSES_P | RULE_BLOCK, [PAGE_dialog] = RULE_CLOSES_P | RULE_BLOCK,
    [PAGE_dir] = RULE_CLOSES_P | RULE_BLOCK, [PAGE_div] = RULE_CLOSES_P | RULE_BLOCK,
    [PAGE_dl] = RULE_CLOSES_P | RULE_BLOCK, [PAGE_dt] = RULE_CLOSES_P | RULE_BLOCK,
    [PAGE_fieldset] = RULE_CLOSES_P | RULE_BLOCK, [PAGE_figcaption] = RULE_BLOCK,
    [PAGE_figure] = RULE_BLOCK, [PAGE_footer] = RULE_CLOSES_P | RULE_BLOCK,
    [PAGE_form] = RULE_CLOSES_P | RULE_BLOCK, [PAGE_h1] = RULE_CLOSES_P | RULE_BLOCK,
    [PAGE_h2] = RULE_CLOSES_P | RULE_BLOCK, [PAGE_h3] = RULE_CLOSES_P | RULE_BLOCK,
    [PAGE_h4] = RULE_CLOSES_P | RULE_BLOCK, [PAGE_h5] = RULE_CLOSES_P | RULE_BLOCK,
    [PAGE_h6] = RULE_CLOSES_P | RULE_BLOCK, [PAGE_head] = RULE_BLOCK,
    [PAGE_header] = RULE_CLOSES_P | RULE_BLOCK, [PAGE_hgroup] = RULE_CLOSES_P | RULE_BLOCK,
    [PAGE_hr] = RULE_VOID | RULE_CLOSES_P, [PAGE_html] = RULE_BLOCK | RULE_WALL,
    [PAGE_iframe] = RULE_RAW, [PAGE_li] = RULE_CLOSES_P | RULE_BLOCK,
    [PAGE_link] = RULE_VOID | RULE_IN_HEAD, [PAGE_main] = RULE_CLOSES_P | RULE_BLOCK,
    [PAGE_menu] = RULE_CLOSES_P | RULE_BLOCK, [PAGE_meta] = RULE_VOID | RULE_IN_HEAD,
    [PAGE_nav] = RULE_CLOSES_P | RULE_BLOCK, [PAGE_noembed] = RULE_RAW, [PAGE_noframes] = RULE_RAW,
    [PAGE_noscript] = RULE_IN_HEAD, [PAGE_object] = RULE_BLOCK,
    [PAGE_ol] = RULE_CLOSES_P | RULE_BLOCK, [PAGE_p] = RULE_CLOSES_P | RULE_BLOCK,
    [PAGE_pre] = RULE_CLOSES_P | RULE_BLOCK, [PAGE_script] = RULE_RAW | RULE_IN_HEAD,
    [PAGE_section] = RULE_CLOSES_P | RULE_BLOCK, [PAGE_style] = RULE_RAW | RULE_IN_HEAD,
    [PAGE_summary] = RULE_CLOSES_P | RULE_BLOCK, [PAGE_svg] = RULE_RAW,
    [PAGE_table] = RULE_CLOSES_P | RULE_BLOCK | RULE_WALL, [PAGE_tbody] = RULE_BLOCK,
    [PAGE_td] = RULE_BLOCK | RULE_WALL, [PAGE_template] = RULE_BLOCK | RULE_IN_HEAD,
    [PAGE_textarea] = RULE_RAW, [PAGE_tfoot] = RULE_BLOCK, [PAGE_th] = RULE_BLOCK | RULE_WALL,
    [PAGE_thead] = RULE_BLOCK, [PAGE_title] = RULE_RAW | RULE_IN_HEAD, [PAGE_tr] = RULE_BLOCK,
    [PAGE_ul] = RULE_CLOSES_P | RULE_BLOCK, [PAGE_xmp] = RULE_RAW,
};

/* Elements without content that tell nothing: no node is made of them. */
static const struct tag voids[] = {
    {KEY("area"), 4, 0}, {KEY("base"), 4, 0}, {KEY("basefont"), 8, 0}, {KEY("bgsound"), 7, 0},
    {KEY("embed"), 5, 0}, {KEY("frame"), 5, 0}, {KEY("img"), 3, 0}, {KEY("input"), 5, 0},
    {KEY("keygen"), 6, 0}, {KEY("param"), 5, 0}, {KEY("source"), 6, 0}, {KEY("track"), 5, 0},
    {KEY("wbr"), 3, 0},
};

/* ORDER ATTR */
static const struct tag attrs[PAGE_ATTRS] = {
    {KEY("class"), 5, 0}, {KEY("id"), 2, 0}, {KEY("role"), 4, 0}, {KEY("itemprop"), 8, 0},
    {KEY("style"), 5, 0}, {KEY("hidden"), 6, 0}, {KEY("aria-hidden"), 11, 0},
    {KEY("content"), 7, 0}, {KEY("name"), 4, 0}, {KEY("property"), 8, 0},
    {KEY("http-equiv"), 10, 0}, {KEY("rel"), 3, 0}, {KEY("href"), 4, 0}, {KEY("lang"), 4, 0},
    {KEY("xml:lang"), 8, 0}, {KEY("type"), 4, 0}, {KEY("datetime"), 8, 0}, {KEY("title"), 5, 0},
    {KEY("pubdate"), 7, 0},
};

struct build {
    struct arena *arena;
    const char *p, *end;
    struct page_node *open[DEPTH_MOST]; /* from the root to where the next node hangs */
    unsigned n_open;
    unsigned count[PAGE_TAGS_END];      /* of each tag, elements that are open */
    struct page_node *spare;            /* nodes not used yet */
    unsigned n_spare, n_nodes;
    bool failed;                        /* no memory */
};

/* A name as it stands in the page: letters as small ones. */
struct name {
    uint64_t key;
    uint8_t n;
};

/* ---- nodes ---- */

static struct page_node *new_node(struct build *build, enum page_tag tag)
{
    if (build->n_spare == 0) {
        build->spare = arena_array(build->arena, CHUNK, struct page_node);
        build->n_spare = build->spare ? CHUNK : 0;
    }
    if (build->n_spare == 0) {
        build->failed = true;
        return NULL;
    }
    struct page_node *node = build->spare++;
    build->n_spare--;
    build->n_nodes++;
    node->tag = (uint8_t)tag;
    return node;
}

static struct page_node *top_of(const struct build *build)
{
    return build->open[build->n_open - 1];
}

static void hang(struct build *build, struct page_node *node)
{
    struct page_node *parent = top_of(build);
    node->parent = parent;
    if (parent->last)
        parent->last->next = node;
    else
        parent->children = node;
    parent->last = node;
}

static void push(struct build *build, struct page_node *node)
{
    if (build->n_open == DEPTH_MOST)
        return;
    build->open[build->n_open++] = node;
    build->count[node->tag]++;
}

/* Close down to open[depth], and that one too. */
static void pop_to(struct build *build, unsigned depth)
{
    while (build->n_open > depth && build->n_open > 1)
        build->count[build->open[--build->n_open]->tag]--;
}

struct page_node *page_next(const struct page_node *node, bool deeper)
{
    if (deeper && node->children)
        return node->children;
    while (node && !node->next)
        node = node->parent;
    return node ? node->next : NULL;
}

/* ---- entities ---- */

/* What numbers from 128 on mean where Windows-1252 was meant (HTML, 13.2.5.80). */
static const uint16_t windows[32] = {
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
};

static uint32_t number_of(const char **at, const char *end)
{
    const char *p = *at;
    bool hex = p < end && (*p | 32) == 'x';
    uint32_t n = 0;
    const char *first = p += hex;
    for (; p < end && (hex ? isxdigit((unsigned char)*p) : isdigit((unsigned char)*p)); p++)
        if (n < 0x110000)
            n = n * (hex ? 16 : 10) +
                (uint32_t)(isdigit((unsigned char)*p) ? *p - '0' : (*p | 32) - 'a' + 10);
    if (p == first)
        return 0;
    *at = p < end && *p == ';' ? p + 1 : p;
    if (n >= 128 && n < 160)
        n = windows[n - 128];
    return n == 0 || n > 0x10FFFF || (n >= 0xD800 && n < 0xE000) ? 0xFFFD : n;
}

static uint32_t named(const char **at, const char *end)
{
    char name[12];
    size_t n = 0;
    const char *p = *at;
    while (p < end && isalnum((unsigned char)*p) && n < sizeof name - 1)
        name[n++] = *p++;
    name[n] = '\0';
    if (n == 0 || p == end || *p != ';')
        return 0;
    uint32_t value = 0;
    if (n == 4 && memcmp(name, "nbsp", 4) == 0)
        value = 0xA0;
    else if (n == 3 && memcmp(name, "amp", 3) == 0)
        value = '&';
    else {
        const htmlEntityDesc *entity = htmlEntityLookup(BAD_CAST name);
        value = entity ? entity->value : 0;
    }
    *at = value ? p + 1 : *at;
    return value;
}

/* The text with its entities resolved, NUL-terminated if it was copied; it is never longer. */
static struct slice resolve(struct build *build, struct slice text)
{
    const char *p = memchr(text.p, '&', text.n), *end = text.p + text.n;
    if (!p)
        return text;
    char *out = arena_bytes(build->arena, text.n + 1);
    if (!out) {
        build->failed = true;
        return text;
    }
    size_t n = (size_t)(p - text.p);
    memcpy(out, text.p, n);
    while (p < end) {
        const char *q = p + 1;
        uint32_t c = *p != '&' || q == end ? 0
                     : *q == '#'           ? (q++, number_of(&q, end))
                                           : named(&q, end);
        if (c) {
            n += utf8_encode(c, out + n);
            p = q;
            continue;
        }
        q = memchr(p + 1, '&', (size_t)(end - p - 1));
        q = q ? q : end;
        memcpy(out + n, p, (size_t)(q - p));
        n += (size_t)(q - p);
        p = q;
    }
    out[n] = '\0';
    return slice_make(out, n);
}

/* ---- names ---- */

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Up to a blank, '/', '>' or '='. */
static struct name take_name(const char **at, const char *end)
{
    const char *p = *at;
    uint64_t key = 0;
    unsigned n = 0;
    for (; p < end && !is_blank(*p) && *p != '/' && *p != '>' && (*p != '=' || n == 0); p++, n++)
        if (n < 8)
            key |= (uint64_t)((unsigned char)*p | 32) << (56 - 8 * n);
    *at = p;
    return (struct name){key, (uint8_t)(n < 255 ? n : 255)};
}

/* The tags are sorted by name, and so by key. */
static enum page_tag tag_of(struct name name)
{
    unsigned low = PAGE_OTHER + 1, high = PAGE_TAGS_END;
    while (low < high) {
        unsigned middle = (low + high) / 2;
        if (tags[middle].key < name.key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < PAGE_TAGS_END && tags[low].key == name.key && tags[low].n == name.n
               ? (enum page_tag)low : PAGE_OTHER;
}

static bool is_void(struct name name)
{
    for (size_t i = 0; i < sizeof voids / sizeof *voids; i++)
        if (voids[i].key == name.key && voids[i].n == name.n)
            return true;
    return false;
}

/* Is the attribute one that somebody asks an element of that tag for? */
static bool is_wanted(enum page_tag tag, enum page_attr_name name, struct slice value)
{
    switch (name) {
    case PAGE_ATTR_STYLE:
        return value.n > 3 && memmem(value.p, value.n, "one", 3); /* display: none */
    case PAGE_ATTR_NAME:
    case PAGE_ATTR_PROPERTY:
    case PAGE_ATTR_HTTP_EQUIV:
        return tag == PAGE_meta;
    case PAGE_ATTR_HREF:
        return tag == PAGE_link;
    case PAGE_ATTR_TYPE:
        return tag == PAGE_script;
    case PAGE_ATTR_LANG:
    case PAGE_ATTR_XML_LANG:
        return tag == PAGE_html;
    case PAGE_ATTR_TITLE:
        return tag != PAGE_a;
    default:
        return true;
    }
}

static struct slice take_value(struct build *build)
{
    const char *p = build->p, *end = build->end;
    if (p < end && (*p == '"' || *p == '\'')) {
        const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
        struct slice value = slice_make(p + 1, (size_t)((close ? close : end) - p - 1));
        build->p = close ? close + 1 : end;
        return value;
    }
    while (p < end && !is_blank(*p) && *p != '>')
        p++;
    struct slice value = slice_make(build->p, (size_t)(p - build->p));
    build->p = p;
    return value;
}

/*
 * The attributes up to behind '>', those that are wanted into `out`, their number in *n. True when the
 * tag ends in "/>".
 */
static bool take_attrs(struct build *build, enum page_tag tag, struct page_attr *out, unsigned *n)
{
    bool slash = false;
    const char *end = build->end;
    *n = 0;
    while (build->p < end && *build->p != '>') {
        if (is_blank(*build->p) || *build->p == '/') {
            slash = *build->p == '/' || (slash && is_blank(*build->p));
            build->p++;
            continue;
        }
        slash = false;
        struct name name = take_name(&build->p, end);
        const char *p = build->p;
        while (p < end && is_blank(*p))
            p++;
        struct slice value = SLICE_LIT("");
        if (p < end && *p == '=') {
            for (p++; p < end && is_blank(*p);)
                p++;
            build->p = p;
            value = take_value(build);
        }
        unsigned which = 0;
        while (which < PAGE_ATTRS && (attrs[which].key != name.key || attrs[which].n != name.n))
            which++;
        bool twice = false;
        for (unsigned i = 0; i < *n; i++)
            twice |= out[i].name == which;
        if (which < PAGE_ATTRS && !twice && *n < ATTRS_MOST &&
            is_wanted(tag, (enum page_attr_name)which, value))
            out[(*n)++] = (struct page_attr){(enum page_attr_name)which, value};
    }
    build->p += build->p < end;
    return slash;
}

static void set_attrs(struct build *build, struct page_node *node, const struct page_attr *attr,
                      unsigned n)
{
    struct page_attr *kept = n ? arena_array(build->arena, n, struct page_attr) : NULL;
    build->failed |= n && !kept;
    if (!kept)
        return;
    for (unsigned i = 0; i < n; i++) {
        struct slice value = resolve(build, attr[i].value);
        if (value.p == attr[i].value.p)
            value = arena_copy(build->arena, value);
        build->failed |= !value.p;
        kept[i] = (struct page_attr){attr[i].name, value.p ? value : SLICE_LIT("")};
    }
    node->attr = kept;
    node->n_attrs = (uint8_t)n;
}

/* ---- what closes what ---- */

/* The nearest open element of the tag, with no `wall` before it; 0 none. */
static unsigned find_open(const struct build *build, enum page_tag tag, uint8_t wall)
{
    if (build->count[tag] == 0)
        return 0;
    for (unsigned i = build->n_open; i-- > 1;) {
        if (build->open[i]->tag == tag)
            return i;
        if (rules[build->open[i]->tag] & wall)
            return 0;
    }
    return 0;
}

static void close_if_open(struct build *build, enum page_tag tag, uint8_t wall)
{
    unsigned at = find_open(build, tag, wall);
    if (at)
        pop_to(build, at);
}

/* An item: its like is closed unless a list begins between. */
static void close_item(struct build *build, enum page_tag one, enum page_tag other)
{
    if (build->count[one] + build->count[other] == 0)
        return;
    for (unsigned i = build->n_open; i-- > 1;) {
        uint8_t tag = build->open[i]->tag;
        if (tag == one || tag == other) {
            pop_to(build, i);
            return;
        }
        if ((rules[tag] & RULE_BLOCK) && tag != PAGE_address && tag != PAGE_div && tag != PAGE_p)
            return;
    }
}

/* Down to the nearest table, or to the nearest of `stop` in it. */
static void close_in_table(struct build *build, enum page_tag stop, enum page_tag other)
{
    if (build->count[PAGE_table] == 0)
        return;
    for (unsigned i = build->n_open; i-- > 1;) {
        uint8_t tag = build->open[i]->tag;
        if (tag == PAGE_table || tag == stop || tag == other) {
            pop_to(build, i + 1);
            return;
        }
    }
}

static bool is_heading(uint8_t tag)
{
    return tag >= PAGE_h1 && tag <= PAGE_h6;
}

/* What the start of an element closes. */
static void make_room(struct build *build, enum page_tag tag)
{
    if (build->count[PAGE_head] && !(rules[tag] & RULE_IN_HEAD) && !build->count[PAGE_noscript])
        close_if_open(build, PAGE_head, 0);
    if ((rules[tag] & RULE_CLOSES_P) && build->count[PAGE_p])
        close_if_open(build, PAGE_p, RULE_WALL);
    switch (tag) {
    case PAGE_li:
        close_item(build, PAGE_li, PAGE_li);
        break;
    case PAGE_dd:
    case PAGE_dt:
        close_item(build, PAGE_dd, PAGE_dt);
        break;
    case PAGE_h1: case PAGE_h2: case PAGE_h3: case PAGE_h4: case PAGE_h5: case PAGE_h6:
        if (is_heading(top_of(build)->tag))
            pop_to(build, build->n_open - 1);
        break;
    case PAGE_a:
        close_if_open(build, PAGE_a, RULE_BLOCK);
        break;
    case PAGE_option:
    case PAGE_optgroup:
        close_if_open(build, PAGE_option, RULE_BLOCK);
        break;
    case PAGE_select:
        close_if_open(build, PAGE_select, RULE_WALL);
        break;
    case PAGE_button:
        close_if_open(build, PAGE_button, RULE_WALL);
        break;
    case PAGE_td:
    case PAGE_th:
        close_in_table(build, PAGE_tr, PAGE_tr);
        break;
    case PAGE_tr:
        close_in_table(build, PAGE_tbody, PAGE_thead);
        break;
    case PAGE_caption: case PAGE_colgroup: case PAGE_tbody: case PAGE_thead: case PAGE_tfoot:
        close_in_table(build, PAGE_table, PAGE_table);
        break;
    default:
        break;
    }
}

/* A part of a table: its end tag reaches up to the table. */
static bool is_row(enum page_tag tag)
{
    return tag == PAGE_td || tag == PAGE_th || tag == PAGE_tr || tag == PAGE_tbody ||
           tag == PAGE_thead || tag == PAGE_tfoot;
}

static void close_tag(struct build *build, enum page_tag tag, struct name name)
{
    bool row = is_row(tag);
    uint8_t wall = row || tag == PAGE_table ? 0 : rules[tag] & RULE_BLOCK ? RULE_WALL : RULE_BLOCK;
    for (unsigned i = build->n_open; i-- > 1;) {
        const struct page_node *node = build->open[i];
        bool same = node->tag == tag && (tag != PAGE_OTHER || (node->name == name.key &&
                                                               node->name_n == name.n));
        if (same || (is_heading((uint8_t)tag) && is_heading(node->tag))) {
            pop_to(build, i);
            return;
        }
        bool list = tag == PAGE_li && (node->tag == PAGE_ul || node->tag == PAGE_ol);
        if ((rules[node->tag] & wall) || (row && node->tag == PAGE_table) || list)
            return;
    }
}

/* ---- tokens ---- */

/* Where "</name" begins, from p on; NULL when it does not. */
static const char *find_close(const char *p, const char *end, const char *name, size_t n)
{
    while ((p = memchr(p, '<', (size_t)(end - p))) != NULL) {
        if ((size_t)(end - p) >= n + 2 && p[1] == '/' && strncasecmp(p + 2, name, n) == 0)
            return p;
        p++;
    }
    return NULL;
}

static void add_text(struct build *build, struct slice text)
{
    if (build->count[PAGE_head] && !build->count[PAGE_noscript]) {
        for (size_t i = 0; i < text.n; i++)
            if (!is_blank(text.p[i])) {
                close_if_open(build, PAGE_head, 0);
                break;
            }
    }
    struct page_node *node = text.n ? new_node(build, PAGE_TEXT) : NULL;
    if (!node)
        return;
    node->content = resolve(build, text);
    hang(build, node);
}

/* The content of an element that holds no markup, and its end tag. False: it is never closed. */
static bool take_raw(struct build *build, struct page_node *node, struct slice name)
{
    const char *close = find_close(build->p, build->end, name.p, name.n);
    if (!close && node->tag != PAGE_script && node->tag != PAGE_style)
        return false;
    struct slice content = slice_make(build->p, (size_t)((close ? close : build->end) - build->p));
    build->p = close ? close : build->end;
    if (node->tag == PAGE_script) {
        node->content = content;
    } else if (node->tag == PAGE_title) {
        struct page_node *text = new_node(build, PAGE_TEXT);
        if (text) {
            text->content = resolve(build, content);
            text->parent = node;
            node->children = node->last = text;
        }
    }
    return true;
}

/* <html>, <head>, <body>, <form> that stand where they count for nothing. */
static bool is_stray(const struct build *build, enum page_tag tag)
{
    switch (tag) {
    case PAGE_head:
        return build->count[PAGE_head] > 0 || build->count[PAGE_body] > 0;
    case PAGE_body:
        return build->count[PAGE_body] > 0;
    case PAGE_form:
        return build->count[PAGE_form] > 0;
    default:
        return false;
    }
}

static void start_tag(struct build *build)
{
    struct page_attr attr[ATTRS_MOST];
    unsigned n;
    const char *begin = ++build->p;
    struct name name = take_name(&build->p, build->end);
    struct slice spelt = slice_make(begin, (size_t)(build->p - begin));
    enum page_tag tag = tag_of(name);
    bool empty = take_attrs(build, tag, attr, &n);
    if (tag == PAGE_html) {
        if (!build->open[0]->attr)
            set_attrs(build, build->open[0], attr, n);
        return;
    }
    if ((tag == PAGE_OTHER && is_void(name)) || tag == PAGE_col || is_stray(build, tag))
        return;
    make_room(build, tag);
    struct page_node *node = new_node(build, tag);
    if (!node)
        return;
    node->name = name.key;
    node->name_n = name.n;
    set_attrs(build, node, attr, n);
    hang(build, node);
    if ((rules[tag] & RULE_VOID) || empty)
        return;
    if (!(rules[tag] & RULE_RAW) || !take_raw(build, node, spelt))
        push(build, node);
}

static void end_tag(struct build *build)
{
    build->p += 2;
    struct name name = take_name(&build->p, build->end);
    const char *close = memchr(build->p, '>', (size_t)(build->end - build->p));
    build->p = close ? close + 1 : build->end;
    enum page_tag tag = tag_of(name);
    if (tag == PAGE_html || tag == PAGE_body)
        return; /* what stands behind belongs to the page all the same */
    if (build->count[tag] > 0 || is_heading((uint8_t)tag)) {
        close_tag(build, tag, name);
    } else if (tag == PAGE_p || tag == PAGE_br) {
        struct page_node *node = new_node(build, tag); /* as browsers have it */
        if (node)
            hang(build, node);
    }
}

/* "<!--...-->", "<!doctype ...>", "<?...>", "<![CDATA[...": passed over. */
static void pass_over(struct build *build)
{
    const char *p = build->p, *end = build->end, *close = NULL;
    if (end - p >= 4 && memcmp(p, "<!--", 4) == 0) {
        if (end - p >= 5 && p[4] == '>')
            close = p + 4;
        else if (end - p >= 6 && memcmp(p + 4, "->", 2) == 0)
            close = p + 5;
        else if ((close = memmem(p + 4, (size_t)(end - p - 4), "-->", 3)) != NULL)
            close += 2;
    } else {
        close = memchr(p, '>', (size_t)(end - p));
    }
    build->p = close ? close + 1 : end;
}

/* The next tag, or a '<' that begins none, which is text. */
static void take_markup(struct build *build)
{
    char next = build->end - build->p > 1 ? build->p[1] : ' ';
    char behind = build->end - build->p > 2 ? build->p[2] : ' ';
    if (isalpha((unsigned char)next)) {
        start_tag(build);
    } else if (next == '/' && isalpha((unsigned char)behind)) {
        end_tag(build);
    } else if (next == '!' || next == '?' || (next == '/' && behind != ' ')) {
        pass_over(build);
    } else {
        add_text(build, slice_make(build->p, 1));
        build->p++;
    }
}

struct page_node *page_tree(struct slice page, struct arena *arena)
{
    struct build build = {.arena = arena, .p = page.p, .end = page.p + page.n};
    struct page_node *root = new_node(&build, PAGE_html);
    if (!root)
        return NULL;
    push(&build, root);
    while (build.p < build.end && !build.failed && build.n_nodes < NODES_MOST) {
        const char *tag = memchr(build.p, '<', (size_t)(build.end - build.p));
        if (!tag)
            tag = build.end;
        add_text(&build, slice_make(build.p, (size_t)(tag - build.p)));
        build.p = tag;
        if (tag < build.end)
            take_markup(&build);
    }
    return build.failed ? NULL : root;
}
