/* SPDX-License-Identifier: MIT */
/*
 * markup.c - the text of a piece of HTML, as feeds carry it.
 *
 * Reads    HTML without a page around it; broken markup is read as browsers do, more or less.
 * Leaves   paragraphs, joined by blank lines; <br> as a line's end; scripts, styles, captions and
 *          embedded things left out.
 * Method   libxml2's HTML parser, without network; one walk over the tree. Two stretches of text
 *          belong to one paragraph when the same block element holds both.
 * Limits   What nests deeper than libxml2's 256 elements is cut off.
 */
#include <ctype.h>
#include <libxml/HTMLparser.h>

#include "news/records.h"
#include "news/xml.h"

struct out {
    char *p;
    size_t n;
    const xmlNode *block; /* of the text put last */
    bool line;            /* a <br> stands before what comes */
};

static bool is_one_of(const xmlNode *node, const char *const *names)
{
    for (; *names; names++)
        if (xmlStrcasecmp(node->name, BAD_CAST *names) == 0)
            return true;
    return false;
}

static bool is_dropped(const xmlNode *node)
{
    static const char *const names[] = {"script", "style", "head", "iframe", "object", "svg", "form",
                                        "noscript", "figcaption", "template", "title", NULL};
    return node->type == XML_ELEMENT_NODE && is_one_of(node, names);
}

/*
 * The block element around a text. What was found once is kept at the elements on the way up, so
 * that no depth makes many texts slow.
 */
static const xmlNode *block_of(const xmlNode *node)
{
    static const char *const inlines[] = {
        "a", "abbr", "acronym", "b", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i",
        "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub",
        "sup", "time", "tt", "u", "var", NULL};
    xmlNode *top = node->parent;
    while (top && top->type == XML_ELEMENT_NODE && !top->_private && is_one_of(top, inlines))
        top = top->parent;
    bool known = top && top->type == XML_ELEMENT_NODE && top->_private;
    xmlNode *block = known ? top->_private : top;
    for (xmlNode *at = node->parent; at != top; at = at->parent)
        at->_private = block;
    if (top && top->type == XML_ELEMENT_NODE)
        top->_private = block;
    return block;
}

static void put_text(struct out *out, const xmlNode *node)
{
    const xmlNode *block = block_of(node);
    bool blank = out->n > 0 && isspace((unsigned char)out->p[out->n - 1]);
    bool begun = false;
    for (const char *p = (const char *)node->content; *p; p++) {
        bool space = isspace((unsigned char)*p);
        if (space) {
            if (out->n > 0 && !blank && block == out->block && !out->line)
                out->p[out->n++] = ' ', blank = true;
            continue;
        }
        if (!begun && out->n > 0 && (block != out->block || out->line)) {
            while (out->n > 0 && isspace((unsigned char)out->p[out->n - 1]))
                out->n--;
            if (block != out->block)
                out->p[out->n++] = '\n';
            out->p[out->n++] = '\n';
        }
        begun = true;
        blank = out->line = false;
        out->block = block;
        out->p[out->n++] = *p;
    }
}

struct slice markup_text(struct arena *arena, struct slice html)
{
    int how = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
              HTML_PARSE_IGNORE_ENC | HTML_PARSE_COMPACT;
    htmlDocPtr doc = htmlReadMemory(html.p, (int)html.n, NULL, "UTF-8", how);
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    size_t room = 1;
    for (xmlNode *node = root; node; node = xml_next(node, true))
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
            room += strlen((const char *)node->content) + 2;
    struct out out = {.p = arena_bytes(arena, room)};
    for (xmlNode *node = root; out.p && node; node = xml_next(node, !is_dropped(node))) {
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
            put_text(&out, node);
        else if (node->type == XML_ELEMENT_NODE && xmlStrcasecmp(node->name, BAD_CAST "br") == 0)
            out.line = out.n > 0;
    }
    xmlFreeDoc(doc);
    while (out.p && out.n > 0 && isspace((unsigned char)out.p[out.n - 1]))
        out.n--;
    if (out.p)
        out.p[out.n] = '\0';
    return slice_make(out.p, out.n);
}

bool markup_looks(struct slice text)
{
    for (size_t i = 0; i + 2 < text.n; i++) {
        char a = text.p[i], b = text.p[i + 1];
        if (a == '<' && (isalpha((unsigned char)b) || b == '/' || b == '!') &&
            memchr(text.p + i, '>', text.n - i))
            return true;
        if (a == '&' && (isalpha((unsigned char)b) || b == '#')) {
            size_t k = i + 2;
            while (k < text.n && k < i + 10 && isalnum((unsigned char)text.p[k]))
                k++;
            if (k < text.n && text.p[k] == ';')
                return true;
        }
    }
    return false;
}
