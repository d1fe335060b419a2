/* SPDX-License-Identifier: MIT */
/* page.h - what html.c takes out of a parsed page: its facts and its main text. */
#ifndef NEWS_PAGE_H
#define NEWS_PAGE_H

#include "article/article.h"
#include "news/page-tree.h"

/* What the page says of itself. Slices lie in the arena given; empty or none: not said. */
struct page_facts {
    struct slice title, url, site, lang, byline;
    struct slice ld_body;   /* the text as JSON-LD has it */
    struct date date;       /* of publication */
    struct date guess;      /* less sure: a <time>, or an element named after a date */
};

/* errors: DM_ENOMEM. */
int page_facts(const struct page_node *root, struct arena *arena, struct page_facts *facts,
               struct dm_error *err);

enum page_kind { PAGE_PARAGRAPH, PAGE_HEADING, PAGE_ITEM };

struct page_para {
    uint32_t begin, end;  /* bytes of page_text.text */
    uint32_t n_linked;    /* bytes that are links */
    uint32_t elem;        /* the block it stands in; private */
    int32_t weight;       /* > 0: looks like running text; private */
    uint8_t kind;         /* enum page_kind */
    bool kept;            /* part of the article */
};

struct page_text {
    const char *text;
    struct page_para *para;
    uint32_t n;
};

/* All paragraphs of the page, those of the article kept. Memory: arena. errors: DM_ENOMEM. */
int page_text(const struct page_node *root, size_t page_bytes, struct slice title,
              struct arena *arena, struct page_text *out, struct dm_error *err);

#endif
