/* SPDX-License-Identifier: MIT */
/*
 * page-text.c - the main text of a page.
 *
 * Reads    the page's tree (page-tree.c), however broken.
 * Leaves   its paragraphs in order; those of the article are kept.
 * Method   1. Walk the tree once: elements in document order, text in paragraphs (cut at block
 *             elements). Elements that show nothing are passed over.
 *          2. Weigh each paragraph: long, few links, ends like a sentence: positive; short labels
 *             and link lists: negative. An element's weight is the sum over its subtree.
 *          3. Elements whose tag, role, class or id says comments, related, share, newsletter ...
 *             are dropped, unless they hold half of the page's weight (class="has-sidebar").
 *          4. The article's element is one marked as such (articleBody, entry-content ...), else
 *             <article> or <main>, else the heaviest; from it down to the smallest that still
 *             holds nearly all of its weight.
 *          5. In it, keep running text, headings over kept text, and items of lists that are no
 *             link lists; stop at "Related stories" and the like near the end.
 *          No step recurses: depth costs nothing but the element array.
 * Source   The idea of weighing blocks by text and link density: Kohlschütter et al., WSDM 2010;
 *          of scoring containers: Arc90's Readability.
 */
#include <ctype.h>
#include <stdlib.h>

#include "core/utf8.h"
#include "news/clutter.h"
#include "news/page.h"

#define LIST_COST 200 /* in bytes of running text */

/* ---- the tree as arrays ---- */

enum elem_flag {
    ELEM_JUNK = 1,    /* says that it is no part of the article */
    ELEM_BODY = 2,    /* says that it is the article's text */
    ELEM_ARTICLE = 4, /* <article>, <main>, role=main */
    ELEM_DROPPED = 8,
    ELEM_NEVER = 16   /* <html>, <body>, <main>, <article>: not junk whatever their class says */
};

struct elem {
    uint32_t parent;    /* index; its own for the root */
    uint32_t end;       /* elements of its subtree: [own index, end) */
    uint32_t first, stop; /* paragraphs of its subtree */
    int32_t weight;     /* of its subtree, what is dropped left out */
    int32_t good;       /* ... of running text alone */
    uint8_t flags;
    uint8_t kind;       /* enum tag_kind */
};

enum tag_kind {
    TAG_INLINE, TAG_BLOCK, TAG_P, TAG_HEADING, TAG_ITEM, TAG_LINK, TAG_BREAK, TAG_SKIP, TAG_JUNK,
    TAG_QUOTE, TAG_TABLE
};

/* What is not listed is TAG_INLINE. */
static const uint8_t kinds[PAGE_TAGS_END] = {
    [PAGE_a] = TAG_LINK, [PAGE_address] = TAG_BLOCK, [PAGE_applet] = TAG_SKIP,
    [PAGE_article] = TAG_BLOCK, [PAGE_aside] = TAG_JUNK, [PAGE_audio] = TAG_SKIP,
    [PAGE_blockquote] = TAG_QUOTE, [PAGE_body] = TAG_BLOCK, [PAGE_br] = TAG_BREAK,
    [PAGE_button] = TAG_SKIP, [PAGE_canvas] = TAG_SKIP, [PAGE_caption] = TAG_JUNK,
    [PAGE_center] = TAG_BLOCK, [PAGE_datalist] = TAG_SKIP, [PAGE_dd] = TAG_ITEM,
    [PAGE_details] = TAG_BLOCK, [PAGE_dialog] = TAG_JUNK, [PAGE_dir] = TAG_BLOCK,
    [PAGE_div] = TAG_BLOCK, [PAGE_dl] = TAG_BLOCK, [PAGE_dt] = TAG_ITEM,
    [PAGE_fieldset] = TAG_BLOCK, [PAGE_figcaption] = TAG_JUNK, [PAGE_figure] = TAG_JUNK,
    [PAGE_footer] = TAG_JUNK, [PAGE_form] = TAG_JUNK, [PAGE_h1] = TAG_HEADING,
    [PAGE_h2] = TAG_HEADING, [PAGE_h3] = TAG_HEADING, [PAGE_h4] = TAG_HEADING,
    [PAGE_h5] = TAG_HEADING, [PAGE_h6] = TAG_HEADING, [PAGE_head] = TAG_SKIP,
    [PAGE_header] = TAG_BLOCK, [PAGE_hr] = TAG_BLOCK, [PAGE_html] = TAG_BLOCK,
    [PAGE_iframe] = TAG_SKIP, [PAGE_label] = TAG_SKIP, [PAGE_legend] = TAG_SKIP,
    [PAGE_li] = TAG_ITEM, [PAGE_link] = TAG_SKIP, [PAGE_main] = TAG_BLOCK, [PAGE_map] = TAG_SKIP,
    [PAGE_menu] = TAG_JUNK, [PAGE_meta] = TAG_SKIP, [PAGE_nav] = TAG_JUNK,
    [PAGE_noscript] = TAG_SKIP, [PAGE_object] = TAG_SKIP, [PAGE_ol] = TAG_BLOCK,
    [PAGE_optgroup] = TAG_SKIP, [PAGE_option] = TAG_SKIP, [PAGE_p] = TAG_P, [PAGE_pre] = TAG_P,
    [PAGE_script] = TAG_SKIP, [PAGE_section] = TAG_BLOCK, [PAGE_select] = TAG_SKIP,
    [PAGE_style] = TAG_SKIP, [PAGE_summary] = TAG_BLOCK, [PAGE_svg] = TAG_SKIP,
    [PAGE_table] = TAG_TABLE, [PAGE_tbody] = TAG_BLOCK, [PAGE_td] = TAG_BLOCK,
    [PAGE_template] = TAG_SKIP, [PAGE_textarea] = TAG_SKIP, [PAGE_tfoot] = TAG_BLOCK,
    [PAGE_th] = TAG_BLOCK, [PAGE_thead] = TAG_BLOCK, [PAGE_title] = TAG_SKIP,
    [PAGE_tr] = TAG_BLOCK, [PAGE_ul] = TAG_BLOCK, [PAGE_video] = TAG_SKIP,
};

/* ---- what an element's names say ---- */

/* Words of class and id that the article's own parts do not carry. Sorted. */
static const char *const junk_words[] = {
    "ad", "addthis", "ads", "adsense", "advert", "advertisement", "advertising", "advertorial",
    "aside", "author", "authors", "banner", "bio", "biography", "blogroll", "breadcrumb", "breadcrumbs",
    "byline", "caption", "captions", "cmt", "comment", "commentlist", "comments", "consent",
    "cookie", "cookies", "copyright", "credit", "credits", "date", "dateline", "disclaimer",
    "disqus", "dialog", "discussion", "donate", "donation", "dropdown", "figcaption", "flyout",
    "footer", "footnote", "footnotes", "gdpr", "infolinks", "kicker", "login",
    "masthead", "menu", "meta", "metadata", "modal", "mostread", "nav", "navbar", "navigation",
    "newsletter", "newsletters", "noprint", "offscreen", "outbrain", "overlay", "pager", "pagination",
    "paywall", "polls", "popular", "popup", "prev", "print", "promo", "promos", "promotion",
    "pullquote", "rail", "rating", "ratings", "readmore", "recirc", "recirculation", "recommend",
    "recommendation", "recommendations", "recommended", "register", "registration", "related",
    "relatedcontent", "reply", "respond", "respondents", "share", "sharebar", "sharing",
    "shop", "shopping", "shoutbox", "sidebar", "signup", "skip", "skyscraper", "social", "sponsor",
    "sponsored", "sponsors", "subscribe", "subscription", "subscriptions", "survey", "syndication",
    "taboola", "tagcloud", "taglist", "tags", "teaser", "teasers", "timestamp", "toolbar", "tools",
    "tooltip", "trending", "upsell", "widget", "widgets",
};

static int compare_word(const void *key, const void *row)
{
    return strcmp(key, *(const char *const *)row);
}

/* Cut class and id into words at signs, digits and inner capitals; does one of them say junk? */
static bool says_junk(struct slice names)
{
    char word[24];
    size_t n = 0;
    for (size_t i = 0; i <= names.n; i++) {
        char c = i < names.n ? names.p[i] : ' ';
        bool letter = isalpha((unsigned char)c);
        bool inner = letter && n > 0 && isupper((unsigned char)c) &&
                     islower((unsigned char)names.p[i - 1]);
        if (n > 0 && (!letter || inner)) {
            word[n] = '\0';
            if (bsearch(word, junk_words, sizeof junk_words / sizeof *junk_words,
                        sizeof *junk_words, compare_word))
                return true;
            n = 0;
        }
        if (letter)
            word[n < sizeof word - 2 ? n++ : n] = (char)tolower((unsigned char)c);
    }
    return false;
}

/* Does class or id name the article's text? Signs and case are left out of the comparison. */
static bool says_body(struct slice names)
{
    static const char *const bodies[] = {
        "articlebody", "storybody", "entrycontent", "postcontent", "postbody", "articlecontent",
        "articletext", "storycontent", "storytext", "bodycopy", "articlecopy", "contentbody",
        "articlemain", "newsbody", "newscontent", "newstext", "singlecontent", "bodytext",
        "entrybody", "articledetail", "contentarticle", "bodycontent", "storydetail",
    };
    char flat[160];
    size_t n = 0;
    for (size_t i = 0; i < names.n && n < sizeof flat - 1; i++)
        if (isalpha((unsigned char)names.p[i]) || names.p[i] == ' ')
            flat[n++] = (char)tolower((unsigned char)names.p[i]);
    flat[n] = '\0';
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        if (strstr(flat, bodies[i]))
            return true;
    return false;
}

static bool is_unseen(const struct page_node *node)
{
    if (node->n_attrs == 0)
        return false;
    struct slice style = page_attr(node, PAGE_ATTR_STYLE);
    if (page_attr(node, PAGE_ATTR_HIDDEN).p)
        return true;
    return style.n > 0 &&
           (strcasestr(style.p, "display:none") || strcasestr(style.p, "display: none"));
}

static bool role_is_junk(struct slice role)
{
    static const char *const roles[] = { "navigation", "complementary", "banner", "contentinfo",
                                         "search", "dialog", "menu", "menubar", "alert", "tablist",
                                         "toolbar", "form", "alertdialog", "tooltip" };
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (slice_is(role, roles[i]))
            return true;
    return false;
}

#define SAID 512

/* What a class or an id says. */
struct said {
    uint64_t hash; /* of the name; 0 none */
    uint8_t flags;
};

struct walk {
    struct arena *arena;
    char *text;
    size_t n_text, most_text;
    struct elem *elem;
    uint32_t n_elems;
    size_t elem_capacity;
    struct page_para *para;
    uint32_t n_paras;
    size_t para_capacity;
    size_t para_begin;   /* of the paragraph being read */
    uint32_t n_linked;
    bool space;          /* white space stands before the next character */
    unsigned n_breaks;   /* <br> since the last character */
    struct said *said;   /* SAID of them, by hash */
};

/* What class or id say, ELEM_JUNK and ELEM_BODY: asked once for all elements that bear the name. */
static uint8_t names_say(struct walk *walk, struct slice names)
{
    if (names.n == 0)
        return 0;
    uint64_t hash = slice_hash(names);
    struct said *said = &walk->said[hash % SAID];
    if (said->hash != hash)
        *said = (struct said){hash, (uint8_t)((says_junk(names) ? ELEM_JUNK : 0) |
                                              (says_body(names) ? ELEM_BODY : 0))};
    return said->flags;
}

static uint8_t flags_of(struct walk *walk, const struct page_node *node, enum tag_kind kind)
{
    uint8_t flags = kind == TAG_JUNK ? ELEM_JUNK : 0;
    if (node->tag == PAGE_html || node->tag == PAGE_body)
        return ELEM_NEVER;
    if (node->tag == PAGE_article || node->tag == PAGE_main)
        return ELEM_ARTICLE | ELEM_NEVER;
    if (node->n_attrs == 0)
        return flags;
    struct slice role = page_attr(node, PAGE_ATTR_ROLE);
    struct slice prop = page_attr(node, PAGE_ATTR_ITEMPROP);
    if (slice_is(role, "main"))
        return ELEM_ARTICLE | ELEM_NEVER;
    if (slice_is(prop, "articleBody") || slice_is(prop, "articlebody"))
        return ELEM_BODY;
    if (role_is_junk(role) || slice_is(page_attr(node, PAGE_ATTR_ARIA_HIDDEN), "true"))
        flags |= ELEM_JUNK;
    uint8_t said = names_say(walk, page_attr(node, PAGE_ATTR_CLASS)) |
                   names_say(walk, page_attr(node, PAGE_ATTR_ID));
    if (kind != TAG_LINK)
        flags |= said & ELEM_JUNK;
    if (!(flags & ELEM_JUNK))
        flags |= said & ELEM_BODY;
    return flags;
}

/* ---- step 1: walk ---- */


static bool flush(struct walk *walk, uint32_t elem)
{
    bool fine = true;
    if (walk->n_text > walk->para_begin) {
        struct page_para *para =
            ARENA_PUSH(walk->arena, walk->para, walk->n_paras, walk->para_capacity);
        fine = para != NULL;
        if (para) {
            uint32_t at = elem;
            enum tag_kind kind = TAG_INLINE;
            while ((kind = (enum tag_kind)walk->elem[at].kind) == TAG_INLINE || kind == TAG_LINK)
                at = walk->elem[at].parent == at ? (kind = TAG_BLOCK, at) : walk->elem[at].parent;
            *para = (struct page_para){ .begin = (uint32_t)walk->para_begin,
                                        .end = (uint32_t)walk->n_text,
                                        .n_linked = walk->n_linked, .elem = at };
            para->kind = kind == TAG_HEADING ? PAGE_HEADING : kind == TAG_ITEM ? PAGE_ITEM
                                                                               : PAGE_PARAGRAPH;
        }
    }
    walk->para_begin = walk->n_text;
    walk->n_linked = 0;
    walk->space = false;
    walk->n_breaks = 0;
    return fine;
}

/* Bytes of a blank or of a sign without width at p, or 0; *shown: it separates words. */
static unsigned blank_at(const char *p, const char *end, bool *shown)
{
    unsigned char c = (unsigned char)*p;
    *shown = true;
    if (c <= ' ' || c == 0x7F)
        return 1;
    if (end - p >= 2 && c == 0xC2 && (unsigned char)p[1] == 0xA0)
        return 2;
    *shown = false;
    if (end - p >= 2 && c == 0xC2 && (unsigned char)p[1] == 0xAD) /* soft hyphen */
        return 2;
    if (end - p >= 3 && c == 0xE2 && (unsigned char)p[1] == 0x80 && (unsigned char)p[2] >= 0x8B &&
        (unsigned char)p[2] <= 0x8F) /* zero width */
        return 3;
    if (end - p >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
        return 3;
    return 0;
}

static bool add_text(struct walk *walk, struct slice text, uint32_t elem, bool linked)
{
    const char *p = text.p, *end = p + text.n;
    while (p < end) {
        bool shown;
        unsigned n = blank_at(p, end, &shown);
        if (n > 0) {
            walk->space |= shown;
            p += n;
            continue;
        }
        bool stopped =
            walk->n_text > walk->para_begin && strchr(".!?:\"", walk->text[walk->n_text - 1]);
        if ((walk->n_breaks > 1 || (walk->n_breaks == 1 && stopped)) && !flush(walk, elem))
            return false;
        if (walk->n_text + 4 > walk->most_text)
            return true; /* cannot be: text is never longer than the page */
        if ((walk->space || walk->n_breaks) && walk->n_text > walk->para_begin)
            walk->text[walk->n_text++] = ' ';
        walk->space = false;
        walk->n_breaks = 0;
        size_t before = walk->n_text;
        do
            walk->text[walk->n_text++] = *p++;
        while (p < end && (*p & 0xC0) == 0x80 && walk->n_text < walk->most_text);
        walk->n_linked += linked ? (uint32_t)(walk->n_text - before) : 0;
    }
    return true;
}

static bool is_block(enum tag_kind kind)
{
    return kind != TAG_INLINE && kind != TAG_LINK && kind != TAG_BREAK && kind != TAG_SKIP;
}

static bool open_elem(struct walk *walk, const struct page_node *node, enum tag_kind kind, uint32_t parent)
{
    struct elem *elem = ARENA_PUSH(walk->arena, walk->elem, walk->n_elems, walk->elem_capacity);
    if (!elem)
        return false;
    elem->parent = parent;
    elem->kind = (uint8_t)kind;
    elem->first = walk->n_paras;
    elem->flags = flags_of(walk, node, kind);
    return true;
}

static void close_elem(struct walk *walk, uint32_t elem)
{
    walk->elem[elem].end = walk->n_elems;
    walk->elem[elem].stop = walk->n_paras;
}

static bool walk_page(struct walk *walk, const struct page_node *root)
{
    uint32_t current = 0, n_links = 0;
    if (!open_elem(walk, root, TAG_BLOCK, 0))
        return false;
    const struct page_node *node = root->children;
    while (node) {
        bool element = node->tag != PAGE_TEXT, enter = false;
        if (!element && !add_text(walk, node->content, current, n_links > 0))
            return false;
        enum tag_kind kind = element ? (enum tag_kind)kinds[node->tag] : TAG_SKIP;
        if (element && kind == TAG_BREAK)
            walk->n_breaks++;
        else if (element && kind != TAG_SKIP && !is_unseen(node)) {
            if (is_block(kind) && !flush(walk, current))
                return false;
            if (!open_elem(walk, node, kind, current))
                return false;
            current = walk->n_elems - 1;
            n_links += kind == TAG_LINK;
            enter = true;
        }
        if (enter && node->children) {
            node = node->children;
            continue;
        }
        /* Leave what was entered and has no more children. */
        bool leave = enter;
        for (;;) {
            if (leave) {
                if (is_block((enum tag_kind)walk->elem[current].kind) && !flush(walk, current))
                    return false;
                n_links -= walk->elem[current].kind == TAG_LINK;
                close_elem(walk, current);
                current = walk->elem[current].parent;
            }
            if (node->next || node == root)
                break;
            node = node->parent;
            leave = true;
            if (!node || node == root)
                break;
        }
        node = !node || node == root ? NULL : node->next;
    }
    if (!flush(walk, 0))
        return false;
    close_elem(walk, 0);
    return true;
}

/* ---- step 2: weigh ---- */

static struct slice para_text(const struct walk *walk, const struct page_para *para)
{
    return slice_make(walk->text + para->begin, para->end - para->begin);
}

static unsigned word_count(struct slice text)
{
    unsigned n = 1;
    size_t n_wide = 0;
    for (size_t i = 0; i < text.n; i++) {
        n += text.p[i] == ' ';
        n_wide += (unsigned char)text.p[i] >= 0xE3; /* scripts without blanks between words */
    }
    return n + (unsigned)(n_wide / 2);
}

static bool ends_like_sentence(struct slice text)
{
    static const char *const stops[] = { ".", "!", "?", ":", "\"", "\xE2\x80\x9D", "\xE2\x80\xA6", ".)",
                                         ".'", "\xE2\x80\x99", "\xE3\x80\x82", "\xEF\xBC\x81",
                                         "\xEF\xBC\x9F", "\xE0\xA5\xA4", ";", "\xC2\xBB" };
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        if (slice_ends(text, stops[i]))
            return true;
    return false;
}

static int32_t weigh(const struct walk *walk, const struct page_para *para)
{
    struct slice text = para_text(walk, para);
    unsigned words = word_count(text);
    int32_t n = text.n < 1500 ? (int32_t)text.n : 1500;
    bool closed = ends_like_sentence(text), p = walk->elem[para->elem].kind == TAG_P;
    uint32_t percent = (uint32_t)(para->n_linked * 100ull / text.n);
    if (para->kind == PAGE_HEADING)
        return percent > 50 ? -20 : 0;
    if (percent > 60)
        return p && closed && words >= 12 ? 0 : -25;
    if (words >= 12 && percent < 35)
        return (closed ? n : n / 3) * (p ? 4 : 3) / 4;
    if (p && closed)
        return n / 2;
    return words < 12 ? -12 : 0;
}

/*
 * Sum paragraphs into elements, children into parents (they stand behind them). However many links
 * a list has, it costs the elements around it no more than LIST_COST.
 */
static void sum_up(struct walk *walk)
{
    for (uint32_t i = 0; i < walk->n_paras; i++) {
        struct elem *elem = &walk->elem[walk->para[i].elem];
        int32_t weight = walk->para[i].weight;
        if (elem->flags & ELEM_DROPPED)
            continue;
        elem->weight += weight;
        elem->good += weight > 0 ? weight : 0;
    }
    for (uint32_t e = walk->n_elems; e-- > 1;) {
        const struct elem *elem = &walk->elem[e];
        struct elem *parent = &walk->elem[elem->parent];
        parent->weight += elem->weight > -LIST_COST ? elem->weight : -LIST_COST;
        parent->good += elem->good;
    }
}

/* ---- step 3: drop what says so ---- */

static void drop(struct walk *walk)
{
    int64_t whole = 0;
    for (uint32_t i = 0; i < walk->n_paras; i++)
        whole += walk->para[i].weight > 0 ? walk->para[i].weight : 0;
    for (uint32_t e = 0; e < walk->n_elems; e++) {
        struct elem *elem = &walk->elem[e];
        if (!(elem->flags & ELEM_JUNK) || (elem->flags & ELEM_NEVER))
            continue;
        int64_t own = 0;
        for (uint32_t i = elem->first; i < elem->stop; i++)
            own += walk->para[i].weight > 0 ? walk->para[i].weight : 0;
        if (own * 2 > whole)
            continue;
        for (uint32_t k = e; k < elem->end; k++)
            walk->elem[k].flags |= ELEM_DROPPED;
        e = elem->end > e ? elem->end - 1 : e;
    }
}

/* ---- step 4: the article's element ---- */

static uint32_t heaviest(const struct walk *walk, uint8_t flag, int32_t least)
{
    uint32_t best = ARTICLE_NONE;
    int32_t most = INT32_MIN;
    for (uint32_t e = 0; e < walk->n_elems; e++) {
        const struct elem *elem = &walk->elem[e];
        /* What is marked is judged by its text alone: lists in it do not unmark it. */
        int32_t weight = flag ? elem->good : elem->weight;
        if ((elem->flags & ELEM_DROPPED) || (flag && !(elem->flags & flag)) || weight < least)
            continue;
        if (weight > most)
            best = e, most = weight;
    }
    return best;
}

/* The first in the page: what scrolls in behind an article, or a box in it, may be longer. */
static uint32_t first_of(const struct walk *walk, uint8_t flag, int32_t least)
{
    uint32_t e = 0;
    while ((walk->elem[e].flags & ELEM_DROPPED) || !(walk->elem[e].flags & flag) ||
           walk->elem[e].good < least)
        e++; /* there is one: its weight gave `least` */
    return e;
}

/* Down to the smallest element that still holds nearly all of the weight. */
static uint32_t descend(const struct walk *walk, uint32_t top)
{
    uint32_t at = top;
    for (uint32_t e = top + 1; e < walk->elem[top].end; e++) {
        const struct elem *elem = &walk->elem[e];
        if (e >= walk->elem[at].end)
            break;
        if (!(elem->flags & ELEM_DROPPED) && is_block((enum tag_kind)elem->kind) &&
            elem->kind != TAG_P && (int64_t)elem->weight * 100 >= (int64_t)walk->elem[at].weight * 85)
            at = e;
    }
    return at;
}

/*
 * A body cut into several elements of the name (advertising between them): the element around
 * all that have a fair share of the heaviest one's weight.
 */
static uint32_t around_bodies(const struct walk *walk, uint32_t body)
{
    uint32_t around = body;
    for (uint32_t e = 0; e < walk->n_elems; e++) {
        const struct elem *elem = &walk->elem[e];
        if (!(elem->flags & ELEM_BODY) || (elem->flags & ELEM_DROPPED) ||
            (int64_t)elem->good * 5 < walk->elem[body].good)
            continue;
        while (e < around || e >= walk->elem[around].end) {
            if (walk->elem[around].flags & ELEM_NEVER)
                break; /* not out of an <article> */
            around = walk->elem[around].parent;
        }
    }
    return around;
}

static uint32_t choose(const struct walk *walk)
{
    uint32_t top = heaviest(walk, 0, 1);
    if (top == ARTICLE_NONE)
        return ARTICLE_NONE;
    int32_t most = walk->elem[top].good;
    uint32_t body = heaviest(walk, ELEM_BODY, most * 4 / 10);
    if (body != ARTICLE_NONE)
        body = first_of(walk, ELEM_BODY, walk->elem[body].good / 2);
    if (body != ARTICLE_NONE)
        return around_bodies(walk, body);
    uint32_t article = heaviest(walk, ELEM_ARTICLE, most / 2);
    return descend(walk, article != ARTICLE_NONE ? article : top);
}

/* ---- step 5: keep ---- */

/* Link share of the list that an item stands in, in percent. */
static uint32_t list_links(const struct walk *walk, const struct page_para *para)
{
    const struct elem *list = &walk->elem[walk->elem[para->elem].parent];
    uint64_t n = 0, linked = 0;
    for (uint32_t i = list->first; i < list->stop; i++) {
        n += walk->para[i].end - walk->para[i].begin;
        linked += walk->para[i].n_linked;
    }
    return n ? (uint32_t)(linked * 100 / n) : 0;
}

static bool keeps(const struct walk *walk, const struct page_para *para, enum line_kind kind)
{
    struct slice text = para_text(walk, para);
    unsigned words = word_count(text);
    uint32_t percent = (uint32_t)(para->n_linked * 100ull / text.n);
    const struct elem *elem = &walk->elem[para->elem];
    if (clutter_is(kind) || (elem->flags & ELEM_DROPPED))
        return false;
    if (para->kind == PAGE_HEADING)
        return percent < 50;
    if (para->kind == PAGE_ITEM)
        return list_links(walk, para) < 50 && (percent < 50 || words >= 12);
    if (para->weight > 0)
        return true;
    if (percent > 50)
        return words >= 10 && ends_like_sentence(text) && percent < 90;
    return elem->kind == TAG_P || elem->kind == TAG_QUOTE || words >= 8;
}

static bool same_words(struct slice a, struct slice b)
{
    a = slice_trim(a), b = slice_trim(b);
    return a.n > 0 && a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

static void keep(struct walk *walk, uint32_t top, struct slice title)
{
    const struct elem *elem = &walk->elem[top];
    int64_t whole = 0, so_far = 0;
    for (uint32_t i = elem->first; i < elem->stop; i++)
        whole += walk->para[i].weight > 0 ? walk->para[i].weight : 0;
    for (uint32_t i = elem->first; i < elem->stop; i++) {
        struct page_para *para = &walk->para[i];
        struct slice text = para_text(walk, para);
        enum line_kind kind = clutter_line(walk->arena, text, NULL);
        if (so_far * 10 > whole * 7 && text.n < 60 && (kind == LINE_NOTE || kind == LINE_LEGAL) &&
            para->kind == PAGE_HEADING)
            break; /* "Related stories": what follows is another article's */
        so_far += para->weight > 0 ? para->weight : 0;
        para->kept = keeps(walk, para, kind) && !same_words(text, title);
    }
    /* A heading stands over text, and not behind the last. */
    bool under = false;
    for (uint32_t i = elem->stop; i-- > elem->first;) {
        struct page_para *para = &walk->para[i];
        if (para->kind == PAGE_HEADING && !under)
            para->kept = false;
        under = para->kept ? para->kind != PAGE_HEADING : under;
    }
}

int page_text(const struct page_node *root, size_t page_bytes, struct slice title,
              struct arena *arena, struct page_text *out, struct dm_error *err)
{
    struct walk walk = { .arena = arena, .most_text = page_bytes + 16 };
    *out = (struct page_text){0};
    walk.said = arena_array(arena, SAID, struct said);
    walk.text = arena_bytes(arena, walk.most_text);
    if (!walk.said || !walk.text || !walk_page(&walk, root))
        return dm_fail(err, DM_ENOMEM, "out of memory for a page of %zu bytes", page_bytes);
    for (uint32_t i = 0; i < walk.n_paras; i++)
        walk.para[i].weight = weigh(&walk, &walk.para[i]);
    drop(&walk);
    sum_up(&walk);
    uint32_t top = choose(&walk);
    if (top != ARTICLE_NONE)
        keep(&walk, top, title);
    *out = (struct page_text){walk.text, walk.para, walk.n_paras};
    return DM_OK;
}
