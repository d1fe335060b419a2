/* SPDX-License-Identifier: MIT */
/*
 * petrarch.c - a <Sentence> of PETRARCH's XML input into an article.
 *
 * Reads    <Sentence date="20150217" id="..." source="..."> with the words in <Text>. The parse that
 *          may stand beside it, and what a validation file wants as events, are passed over.
 * Leaves   date, id, source; the text with its lines joined.
 * Method   xml_mend(), then libxml2 in recovering mode, without network and DTD.
 * Limits   libxml2's: 256 elements deep, 10 MB a text.
 * Source   PETRARCH2, "Input formats"; openeventdata/petrarch2.
 */
#include "news/encoding.h"
#include "news/readers.h"
#include "news/records.h"
#include "news/xml.h"

#define MENDED_MAX (8u << 20)

static int read_sentence(xmlNode *root, const char *where, const struct news_options *options,
                         struct dm_article *article, struct dm_error *err)
{
    struct arena *scratch = &article->scratch;
    struct news_fields fields = {0};
    fields.at[NEWS_FIELD_ID] = xml_attr(scratch, root, "id");
    fields.at[NEWS_FIELD_DATE] = xml_attr(scratch, root, "date");
    fields.at[NEWS_FIELD_SOURCE] = xml_attr(scratch, root, "source");
    fields.at[NEWS_FIELD_URL] = xml_attr(scratch, root, "url");
    for (xmlNode *node = root->children; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE && xmlStrcasecmp(node->name, BAD_CAST "text") == 0 &&
            fields.at[NEWS_FIELD_TEXT].n == 0) {
            struct slice text = xml_text(scratch, node);
            if (text.p)
                text = fields_one_line(scratch, text);
            if (!text.p)
                return dm_fail(err, DM_ENOMEM, "%s: out of memory", where);
            fields.at[NEWS_FIELD_TEXT] = text;
        }
    if (fields.at[NEWS_FIELD_TEXT].n == 0)
        return dm_fail(err, DM_EFORMAT, "%s: no <Text> in the <Sentence>", where);
    return fields_fill(&fields, where, options, article, err);
}

int petrarch_read(const struct news_record *record, const struct news_options *options,
                  struct dm_article *article, struct dm_error *err)
{
    char where[READERS_WHERE];
    struct slice text;
    struct buf xml;
    size_t n_repaired = 0;
    readers_where(record, where);
    int rc = encoding_decode(&article->scratch, buf_slice(&record->bytes), (struct slice){0}, &text,
                             &n_repaired, err);
    if (rc != DM_OK)
        return rc;
    article->n_repaired = (uint32_t)n_repaired;
    buf_init(&xml, MENDED_MAX);
    xmlDoc *doc = NULL;
    struct xml_fault fault;
    if (!xml_mend(text, &xml))
        rc = dm_fail(err, DM_ELIMIT, "%s: a <Sentence> of more than %u bytes", where, MENDED_MAX);
    else if (xml.n > 0)
        doc = xml_read(buf_slice(&xml), &fault);
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    if (rc == DM_OK)
        rc = root ? read_sentence(root, where, options, article, err)
                  : dm_fail(err, DM_EFORMAT, "%s: no XML that could be parsed", where);
    xmlFreeDoc(doc);
    buf_deinit(&xml);
    return rc;
}
