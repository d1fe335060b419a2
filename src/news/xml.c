/* SPDX-License-Identifier: MIT */
/*
 * xml.c - XML as programs write it, made XML that a parser takes, parsed, and asked.
 *
 * Reads    valid UTF-8 that means to be XML.
 * Leaves   the same with an end put to what most often breaks it: HTML's entities (&nbsp;) become
 *          their characters, '&' and '<' that begin nothing are escaped, control characters and what
 *          stands before the first tag are left out.
 * Method   One pass. The declaration goes, since the bytes are UTF-8 by now; the DOCTYPE goes with
 *          all entities that it declares, so that none can expand into much, or fetch a file.
 *          CDATA sections are copied, control characters aside. Lines stay lines, for messages.
 *          libxml2 then recovers from the rest, without network.
 * Limits   libxml2's: 256 elements deep, 10 MB a text.
 * Source   XML 1.0, 2.2 (Char); HTML 4's entities as libxml2 has them.
 */
#include <ctype.h>
#include <stdio.h>

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#include "news/xml.h"

#define NAME_MOST 32 /* bytes of an entity's name */

struct mend {
    const char *p, *end;
    struct buf *out;
};

static bool at(const struct mend *mend, const char *word)
{
    size_t n = strlen(word);
    return (size_t)(mend->end - mend->p) >= n && memcmp(mend->p, word, n) == 0;
}

/* Copy without the characters that XML has not: controls, U+FFFE and U+FFFF. */
static void put(struct mend *mend, const char *begin, const char *end)
{
    const char *from = begin;
    for (const char *p = begin; p < end; p++) {
        bool control = (unsigned char)*p < 0x20 && !strchr("\t\n\r", *p);
        bool none = end - p > 2 && p[0] == '\xEF' && p[1] == '\xBF' && (p[2] & 0x3E) == 0x3E;
        if (!control && !none)
            continue;
        buf_add(mend->out, slice_make(from, (size_t)(p - from)));
        if (none)
            p += 2;
        from = p + 1;
    }
    if (from < end)
        buf_add(mend->out, slice_make(from, (size_t)(end - from)));
}

/* To behind `word`, or to the end. */
static const char *behind(const struct mend *mend, const char *word)
{
    const char *found = memmem(mend->p, (size_t)(mend->end - mend->p), word, strlen(word));
    return found ? found + strlen(word) : mend->end;
}

/* Leave out all up to `end`, but for the ends of lines. */
static void leave_out(struct mend *mend, const char *end)
{
    for (const char *p = mend->p; p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++)
        buf_add_char(mend->out, '\n');
    mend->p = end;
}

/* "<!DOCTYPE x [ ... ]>": to behind it. */
static const char *behind_doctype(const struct mend *mend)
{
    bool inside = false;
    for (const char *p = mend->p; p < mend->end; p++) {
        inside = *p == '[' || (inside && *p != ']');
        if (*p == '>' && !inside)
            return p + 1;
    }
    return mend->end;
}

/* What begins with '<'. */
static void take_tag(struct mend *mend)
{
    const char *begin = mend->p;
    if (at(mend, "<![CDATA[")) {
        mend->p = behind(mend, "]]>");
        put(mend, begin, mend->p);
    } else if (at(mend, "<!--")) { /* comments say nothing, and "--" in them is an error */
        leave_out(mend, behind(mend, "-->"));
    } else if (at(mend, "<?")) {
        leave_out(mend, behind(mend, "?>"));
    } else if (at(mend, "<!")) {
        leave_out(mend, behind_doctype(mend));
    } else {
        unsigned char next = mend->p + 1 < mend->end ? (unsigned char)mend->p[1] : ' ';
        bool tag = isalpha(next) || next == '/' || next == '_' || next == ':' || next >= 0x80;
        buf_add_text(mend->out, tag ? "<" : "&lt;");
        mend->p++;
    }
}

/* "&#8217;" and "&#x2019;" that name a character of XML. */
static bool is_number(struct slice name)
{
    bool hex = name.n > 1 && (name.p[1] | 32) == 'x';
    uint32_t code = 0;
    size_t i = hex ? 2 : 1;
    if (i >= name.n)
        return false;
    for (; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        if (code > 0x10FFFF || !(hex ? isxdigit(c) : isdigit(c)))
            return false;
        code = code * (hex ? 16 : 10) + (uint32_t)(isdigit(c) ? c - '0' : (c | 32) - 'a' + 10);
    }
    return code == 9 || code == 10 || code == 13 || (code >= 0x20 && code < 0xD800) ||
           (code >= 0xE000 && code <= 0xFFFD) || (code >= 0x10000 && code <= 0x10FFFF);
}

/* What begins with '&'. */
static void take_entity(struct mend *mend)
{
    static const char *const own[] = {"amp", "lt", "gt", "quot", "apos"};
    const char *p = mend->p + 1;
    while (p < mend->end && p - mend->p < NAME_MOST && (isalnum((unsigned char)*p) || *p == '#'))
        p++;
    struct slice name = slice_make(mend->p + 1, (size_t)(p - mend->p - 1));
    bool closed = p < mend->end && *p == ';' && name.n > 0;
    bool known = closed && *name.p == '#' && is_number(name);
    for (size_t i = 0; closed && i < sizeof own / sizeof *own; i++)
        known |= slice_is(name, own[i]);
    char text[NAME_MOST + 1];
    memcpy(text, name.p, name.n);
    text[name.n] = '\0';
    const htmlEntityDesc *html = closed && !known ? htmlEntityLookup(BAD_CAST text) : NULL;
    if (known) {
        put(mend, mend->p, p + 1);
        mend->p = p + 1;
    } else if (html) {
        buf_printf(mend->out, "&#%u;", html->value);
        mend->p = p + 1;
    } else if (closed && *name.p == '#') {
        buf_add_text(mend->out, "\xEF\xBF\xBD");
        mend->p = p + 1;
    } else {
        buf_add_text(mend->out, "&amp;");
        mend->p++;
    }
}

bool xml_mend(struct slice xml, struct buf *out)
{
    struct mend mend = {xml.p, xml.p + xml.n, out};
    const char *first = memchr(xml.p, '<', xml.n);
    leave_out(&mend, first ? first : mend.end);
    while (mend.p < mend.end && !out->failed) {
        const char *begin = mend.p;
        while (mend.p < mend.end && *mend.p != '<' && *mend.p != '&')
            mend.p++;
        put(&mend, begin, mend.p);
        if (mend.p < mend.end && *mend.p == '<')
            take_tag(&mend);
        else if (mend.p < mend.end)
            take_entity(&mend);
    }
    return !out->failed;
}

xmlDoc *xml_read(struct slice xml, struct xml_fault *fault)
{
    *fault = (struct xml_fault){0};
    xmlParserCtxt *ctxt = xmlNewParserCtxt();
    if (!ctxt || xml.n > INT32_MAX) {
        xmlFreeParserCtxt(ctxt);
        return NULL;
    }
    xmlDoc *doc = xmlCtxtReadMemory(ctxt, xml.p, (int)xml.n, NULL, "UTF-8",
                                    XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR |
                                        XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC |
                                        XML_PARSE_COMPACT);
    if (!ctxt->wellFormed) {
        const xmlError *last = xmlCtxtGetLastError(ctxt);
        fault->broken = true;
        fault->line = last && last->line > 0 ? (unsigned)last->line : 1;
        snprintf(fault->what, sizeof fault->what, "%s",
                 last && last->message ? last->message : "not well-formed");
        fault->what[strcspn(fault->what, "\n")] = '\0';
    }
    xmlFreeParserCtxt(ctxt);
    return doc;
}

struct slice xml_text(struct arena *arena, const xmlNode *node)
{
    xmlChar *content = xmlNodeGetContent(node);
    struct slice got = arena_copy(arena, slice_of(content ? (const char *)content : ""));
    xmlFree(content);
    return got;
}

struct slice xml_attr(struct arena *arena, xmlNode *node, const char *name)
{
    xmlChar *content = xmlGetNoNsProp(node, BAD_CAST name);
    struct slice got = content ? arena_copy(arena, slice_of((const char *)content)) : SLICE_LIT("");
    xmlFree(content);
    return slice_trim(got);
}

struct slice xml_inside(struct arena *arena, xmlNode *node)
{
    struct slice got = SLICE_LIT("");
    xmlBuffer *buffer = xmlBufferCreate();
    for (xmlNode *child = node->children; buffer && child; child = child->next)
        xmlNodeDump(buffer, node->doc, child, 0, 0);
    if (buffer)
        got = arena_copy(arena, slice_make((const char *)xmlBufferContent(buffer),
                                           (size_t)xmlBufferLength(buffer)));
    xmlBufferFree(buffer);
    return got;
}

xmlNode *xml_next(xmlNode *node, bool deeper)
{
    if (deeper && node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    while (node && !node->next) {
        node = node->parent;
        if (node && node->type != XML_ELEMENT_NODE)
            return NULL; /* the document itself */
    }
    return node ? node->next : NULL;
}
