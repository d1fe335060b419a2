/* SPDX-License-Identifier: MIT */
/* fuzz-conllu.c - any bytes as CoNLL-U; what is read must be written and read again. */
#include "article/conllu.h"
#include "core/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dm_article *article = article_new(), *again = article_new();
    struct buf out;
    buf_init(&out, 64u << 20);
    struct dm_error err = {0};
    size_t repaired;
    struct slice text = {(const char *)data, size};
    if (article && again)
        text = utf8_repair(&again->scratch, text, &repaired);
    if (article && again && text.p && conllu_read(text, "fuzz", 1, article, &err) == DM_OK) {
        if (conllu_write(article, &out, &err) != DM_OK ||
            conllu_read(buf_slice(&out), "written", 1, again, &err) != DM_OK)
            abort();
    }
    buf_deinit(&out);
    article_free(article);
    article_free(again);
    return 0;
}
