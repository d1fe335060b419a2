/* SPDX-License-Identifier: MIT */
/* pipeline.c - the loop over the stages: each reads the columns of those before and adds its own. */
#include "pipeline.h"

#include "actors/actors.h"
#include "events/events.h"
#include "text/text.h"

int pipeline_run(const struct pipeline *pipeline, struct dm_article *article, enum depth depth,
                 struct dm_error *err)
{
    int rc = DM_OK;
    if (depth >= DEPTH_PARSE && !article->has_tokens) {
        rc = text_split_with(pipeline->model ? syntax_model_text(pipeline->model) : NULL, article,
                             err);
        article->has_tokens = rc == DM_OK; /* so that an article can be taken further later */
    }
    if (rc == DM_OK && depth >= DEPTH_PARSE && !article->has_tree) {
        article->wants_view = depth >= DEPTH_ACTORS && pipeline->names;
        rc = syntax_parse(pipeline->model, article, err);
        article->has_tree = rc == DM_OK;
    }
    if (rc == DM_OK && depth >= DEPTH_ACTORS && pipeline->names)
        rc = names_recognize(pipeline->names, pipeline->lexicon, article, err);
    if (rc == DM_OK && depth >= DEPTH_ACTORS)
        rc = actors_find(pipeline->lexicon, article, err);
    article->n_events = 0;
    article->event = NULL;
    if (rc == DM_OK && depth >= DEPTH_CODE)
        rc = events_code(pipeline->lexicon, pipeline->judge, article, pipeline->trace, err);
    return rc;
}
