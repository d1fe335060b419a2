/* SPDX-License-Identifier: MIT */
/* xml.h - XML mended, parsed without network or DTD, and asked. */
#ifndef NEWS_XML_H
#define NEWS_XML_H

#include <libxml/tree.h>

#include "core/arena.h"
#include "core/buf.h"

/*
 * XML that many programs write, as XML that a parser takes: what stands before the first tag, the
 * declaration and the DOCTYPE (with its entities) left out, names of HTML's entities replaced by
 * their characters, '&' and '<' that begin nothing escaped, control characters dropped. `xml` is
 * valid UTF-8. False: `out` is full.
 */
bool xml_mend(struct slice xml, struct buf *out);

struct xml_fault {
    bool broken;   /* the parser had to recover from something */
    unsigned line; /* the last such place */
    char what[120];
};

/* What could be made of it; NULL for nothing at all. The caller frees it. */
xmlDoc *xml_read(struct slice xml, struct xml_fault *fault);

/* The node behind `node` in document order; `deeper`: its children come first. NULL at the end. */
xmlNode *xml_next(xmlNode *node, bool deeper);

/* All text below a node; an attribute, blanks cut, empty when absent; a node's content as XML. */
struct slice xml_text(struct arena *arena, const xmlNode *node);
struct slice xml_attr(struct arena *arena, xmlNode *node, const char *name);
struct slice xml_inside(struct arena *arena, xmlNode *node);

#endif
