/* SPDX-License-Identifier: MIT */
/*
 * list.c - the list of feeds to watch: a text file, or OPML as feed readers write it.
 *
 * Reads    lines "https://example.org/feed every=15m pages # remark"; or XML with <outline
 *          xmlUrl="...">.
 * Leaves   the feeds in their order, each address once: what stands first counts.
 * Limits   LIST_MAX feeds, LIST_BYTES, addresses of FETCH_URL_MAX bytes.
 * Source   opml.org/spec2.opml
 */
#include "watch/list.h"

#include <ctype.h>
#include <stdio.h>

#include "core/file.h"
#include "core/utf8.h"
#include "fetch/fetch.h"
#include "news/xml.h"

void list_init(struct list *list)
{
    *list = (struct list){0};
    arena_init(&list->arena, 8 * LIST_BYTES);
    map_init(&list->known, &list->arena);
}

void list_deinit(struct list *list)
{
    arena_deinit(&list->arena);
}

bool list_duration(struct slice text, unsigned *out)
{
    static const struct { char letter; unsigned seconds; } units[] = {
        {'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400},
    };
    unsigned unit = 1;
    uint32_t n;
    for (size_t i = 0; text.n > 0 && i < sizeof units / sizeof *units; i++)
        if (text.p[text.n - 1] == units[i].letter) {
            unit = units[i].seconds;
            text.n--;
            break;
        }
    if (!slice_to_u32(text, &n) || n > LIST_EVERY_MAX || n * (uint64_t)unit > LIST_EVERY_MAX ||
        n * unit < LIST_EVERY_MIN)
        return false;
    *out = n * unit;
    return true;
}

static bool is_address(struct slice url)
{
    char text[FETCH_URL_MAX], site[FETCH_SITE_MAX];
    const char *path;
    if (url.n >= sizeof text)
        return false;
    memcpy(text, url.p, url.n);
    text[url.n] = '\0';
    for (size_t i = 0; i < url.n; i++)
        if ((unsigned char)text[i] <= ' ' || text[i] == 0x7F)
            return false;
    return fetch_split(text, site, &path);
}

int list_add(struct list *list, struct slice url, unsigned every, bool pages, const char *where,
             struct dm_error *err)
{
    if (!is_address(url))
        return dm_fail(err, DM_EFORMAT, "%s'%.*s' is no address of http or https", where,
                       (int)utf8_valid_prefix(slice_make(url.p, url.n < 80 ? url.n : 80)), url.p);
    if (map_get(&list->known, url) != MAP_NONE)
        return DM_OK;
    if (list->n == LIST_MAX)
        return dm_fail(err, DM_ELIMIT, "%smore than %d feeds", where, LIST_MAX);
    struct slice copy = arena_copy(&list->arena, url);
    struct list_feed *feed = copy.p && map_set(&list->known, url, list->n)
                                 ? ARENA_PUSH(&list->arena, list->feed, list->n, list->capacity)
                                 : NULL;
    if (!feed)
        return dm_fail(err, DM_ENOMEM, "%sout of memory", where);
    *feed = (struct list_feed){.url = copy.p, .every = every, .pages = pages};
    return DM_OK;
}

/* ---- lines ---- */

static int read_line(struct list *list, struct slice line, const char *where, struct dm_error *err)
{
    struct slice url, word;
    unsigned every = 0;
    bool pages = false;
    if (!slice_word(&line, &url) || *url.p == '#')
        return DM_OK;
    while (slice_word(&line, &word) && *word.p != '#') {
        if (slice_is(word, "pages"))
            pages = true;
        else if (!slice_starts(word, "every="))
            return dm_fail(err, DM_EFORMAT, "%sbehind the address only every=TIME and pages may stand",
                           where);
        else if (!list_duration(slice_make(word.p + 6, word.n - 6), &every))
            return dm_fail(err, DM_EFORMAT, "%severy= wants a time from 60s to 30d, as 15m", where);
    }
    return list_add(list, url, every, pages, where, err);
}

static int read_lines(struct list *list, struct slice text, const char *path, struct dm_error *err)
{
    struct slice line;
    char where[600];
    int rc = DM_OK;
    for (unsigned number = 1; rc == DM_OK && slice_cut(&text, '\n', &line); number++) {
        snprintf(where, sizeof where, "%s:%u: ", path, number);
        rc = read_line(list, line, where, err);
    }
    return rc;
}

/* ---- OPML ---- */

static int read_outlines(struct list *list, xmlNode *root, const char *path, struct dm_error *err)
{
    char where[600];
    int rc = DM_OK;
    for (xmlNode *node = root; rc == DM_OK && node; node = xml_next(node, true)) {
        if (node->type != XML_ELEMENT_NODE || strcmp((const char *)node->name, "outline") != 0)
            continue;
        struct slice url = xml_attr(&list->arena, node, "xmlUrl");
        snprintf(where, sizeof where, "%s:%ld: ", path, xmlGetLineNo(node));
        if (url.n > 0)
            rc = list_add(list, url, 0, false, where, err);
    }
    return rc;
}

static int read_opml(struct list *list, struct slice text, const char *path, struct dm_error *err)
{
    struct xml_fault fault = {0};
    struct buf xml;
    buf_init(&xml, 2 * (size_t)LIST_BYTES);
    xmlDoc *doc = xml_mend(text, &xml) && xml.n > 0 ? xml_read(buf_slice(&xml), &fault) : NULL;
    buf_deinit(&xml);
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    int rc = root && !fault.broken
                 ? read_outlines(list, root, path, err)
                 : dm_fail(err, DM_EFORMAT, "%s:%u: broken XML: %s", path, fault.line, fault.what);
    xmlFreeDoc(doc);
    return rc;
}

int list_read(struct list *list, struct slice text, const char *path, struct dm_error *err)
{
    if (slice_starts(text, "\xEF\xBB\xBF"))
        text = slice_make(text.p + 3, text.n - 3);
    if (utf8_valid_prefix(text) != text.n || (text.n > 0 && memchr(text.p, '\0', text.n)))
        return dm_fail(err, DM_EFORMAT, "%s: no text in UTF-8", path);
    return slice_starts(slice_trim(text), "<") ? read_opml(list, text, path, err)
                                               : read_lines(list, text, path, err);
}

int list_load(struct list *list, const char *path, struct dm_error *err)
{
    struct buf text;
    buf_init(&text, LIST_BYTES);
    int rc = file_read(path, &text, err);
    if (rc == DM_OK)
        rc = list_read(list, buf_slice(&text), path, err);
    buf_deinit(&text);
    return rc;
}
