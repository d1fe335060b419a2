/* SPDX-License-Identifier: MIT */
/*
 * fuzz-foreign.c - any bytes as a dictionary: whatever of them is taken over compiles without a
 * mistake, and opens. The first byte says which kind of dictionary.
 */
#include "lexicon/lexicon.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char text[] =
    "sector GOV\nsector REB\nsector COP\nsector ELI\ncode IGO\ncode UNO\nactor-code MUS\n    second REB\n"
    "type ASSAULT\n    quad 4\ncameo 19\n    type ASSAULT\ncameo 190\n    type ASSAULT\ncameo 010\n"
    "irregular fight\n    fought\nstate MLI Mali\n    people Malian\ngroup Red Front\n    MLI REB\n"
    "agent police\n    COP\nclass negation\n    not\n"
    "frame hit\n    type ASSAULT\n    verb hit\n    actor subj\n    recipient obj\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"x.actors", "x.agents", "x.verbs", "x.txt", "x.discards"};
    struct dm_error err = {0};
    struct lexicon *base = NULL, *own = NULL;
    struct lexicon_ask first = {.text_path = "base.txt",
                                .text = slice_make(text, sizeof text - 1)};
    if (size == 0 || lexicon_union(&first, &base, &err) < 0)
        return 0;
    const char *name = names[data[0] % 5];
    struct lexicon_ask ask = {.base = base, .text_path = name,
                              .text = slice_make((const char *)data + 1, size - 1)};
    int rc = lexicon_union(&ask, &own, &err);
    if (rc < 0 && (rc != DM_ELEXICON || data[0] % 5 != 3)) { /* only our own form can be wrong */
        fprintf(stderr, "%s: %s\n", name, err.text);
        abort();
    }
    lexicon_close(own);
    lexicon_close(base);
    return 0;
}
