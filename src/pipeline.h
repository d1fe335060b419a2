/* SPDX-License-Identifier: MIT */
/* pipeline.h - the loop over the stages. */
#ifndef PIPELINE_H
#define PIPELINE_H

#include "article/article.h"
#include "lexicon/lexicon.h"
#include "names/names.h"
#include "syntax/syntax.h"

/* How far an article is taken; the same numbers as enum dm_depth. ORDER DEPTH */
enum depth { DEPTH_READ, DEPTH_PARSE, DEPTH_ACTORS, DEPTH_CODE };

struct event_trace;
struct judge;

/* What all threads share. Model and lexicon may be NULL when the depth does not need them. */
struct pipeline {
    const struct syntax_model *model;
    const struct names_model *names; /* NULL: the model has none */
    const struct lexicon *lexicon;
    const struct judge *judge;       /* NULL: events by the frames alone */
    const struct event_trace *trace; /* NULL but for `explain` */
};

/* Take a read article through the stages up to `depth`. */
int pipeline_run(const struct pipeline *pipeline, struct dm_article *article, enum depth depth,
                 struct dm_error *err);

#endif
