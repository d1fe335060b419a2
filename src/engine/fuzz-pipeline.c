/* SPDX-License-Identifier: MIT */
/*
 * fuzz-pipeline.c - any text, and any tree, goes through all stages, and what comes out is in order.
 *
 * An input that begins with '#' is read as CoNLL-U, so that actors and events meet trees that no
 * parser would make; one that begins with '!' is parsed, and its trees are then shuffled. Without
 * model and lexicon beside the program nothing is tried.
 */
#include <stdio.h>
#include <stdlib.h>

#include "article/conllu.h"
#include "core/utf8.h"
#include "engine/output.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_party(const struct dm_party *party)
{
    if (party->end < party->start || !party->code || !party->entity_text ||
        (party->end && utf8_count(slice_of(party->entity_text)) != party->end - party->start))
        abort();
}

static void check_event(const struct dm_event *event)
{
    struct buf out;
    if (!*event->type || !*event->id || !*event->text || event->end <= event->start)
        abort();
    for (uint32_t i = 0; i < event->n_actors; i++)
        check_party(&event->actor[i]);
    for (uint32_t i = 0; i < event->n_recipients; i++)
        check_party(&event->recipient[i]);
    if (event->attribution)
        check_party(event->attribution);
    buf_init(&out, 1u << 20);
    output_event_json(event, &out);
    output_event_csv(event, &out);
    output_event_row(event, &(struct dm_style){.format = DM_FORMAT_TABLE}, &out);
    if (out.failed || utf8_valid_prefix(buf_slice(&out)) != out.n)
        abort();
    buf_deinit(&out);
}

static void check_all(const struct dm_engine *engine, struct dm_article *article)
{
    const struct dm_event *event = NULL;
    const struct dm_mention *mention = NULL;
    const struct dm_token *tok = NULL;
    const struct dm_name *name = NULL;
    size_t n_events = 0, n_mentions = 0, n_toks = 0, n_names = 0;
    struct dm_error err = {0};
    if (dm_article_events(article, engine, &event, &n_events, &err) != DM_OK ||
        dm_article_mentions(article, engine, &mention, &n_mentions, &err) != DM_OK ||
        dm_article_tokens(article, &tok, &n_toks, &err) != DM_OK ||
        dm_article_names(article, &name, &n_names, &err) != DM_OK)
        return; /* no memory */
    for (size_t i = 0; i < n_mentions; i++) {
        check_party(&mention[i].party);
        if (mention[i].token >= n_toks || mention[i].name_end < mention[i].name_start)
            abort();
    }
    for (size_t i = 0; i < n_names; i++)
        if (!*name[i].entity || !*name[i].text || name[i].end < name[i].start)
            abort();
    for (size_t i = 0; i < n_events; i++)
        check_event(&event[i]);
}

static uint32_t draw(uint64_t *state, uint32_t below)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (uint32_t)(*state >> 33) % below;
}

/* Any tree over the sentence's tokens, with any relations and some other parts of speech. */
static void shuffle(struct dm_article *article, const struct sentence *sent, uint64_t *state)
{
    uint32_t order[SENTENCE_TOKENS_MAX], n = sent->end - sent->first;
    if (n == 0 || n > SENTENCE_TOKENS_MAX)
        return;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = draw(state, i + 1);
        order[i] = order[k];
        order[k] = sent->first + i;
    }
    for (uint32_t i = 0; i < n; i++) {
        struct token *tok = &article->tok[order[i]];
        tok->head = i ? order[draw(state, i)] : ARTICLE_NONE;
        tok->rel = i ? (uint8_t)draw(state, REL_COUNT) : REL_ROOT;
        if (i && tok->rel == REL_ROOT)
            tok->rel = REL_DEP;
        if (draw(state, 4) == 0)
            tok->upos = (uint8_t)draw(state, UPOS_COUNT);
    }
}

static int take_shuffled(struct dm_article *article, const struct dm_engine *engine,
                         struct dm_error *err)
{
    uint64_t state = slice_hash(article->text) | 1;
    int rc = dm_article_take(article, engine, DM_DEPTH_PARSE, err);
    for (uint32_t s = 0; rc == DM_OK && s < article->n_sents; s++)
        shuffle(article, &article->sent[s], &state);
    return rc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct dm_engine *engine;
    static struct dm_article *article;
    static bool tried;
    struct slice bytes = {(const char *)data, size};
    struct dm_error err = {0};
    if (!tried) {
        tried = true;
        /* Without model and lexicon nothing would be tried: say so and fail. */
        if (dm_engine_open(NULL, DM_DEPTH_CODE, &engine, &err) != DM_OK ||
            !(article = dm_article_new())) {
            fprintf(stderr, "fuzz-pipeline: %s\n", err.text);
            abort();
        }
    }
    article_reset(article);
    int rc;
    if (size && data[0] == '#') {
        if (utf8_valid_prefix(bytes) != size || memchr(data, 0, size))
            return 0;
        rc = conllu_read(bytes, "fuzz", 1, article, &err);
    } else {
        struct dm_given given = {.text = (const char *)data, .n_text = size, .date = "2010-02-17"};
        rc = dm_article_set(article, &given, &err);
    }
    if (rc == DM_OK && size && data[0] == '!')
        rc = take_shuffled(article, engine, &err);
    if (rc == DM_OK)
        rc = dm_article_take(article, engine, DM_DEPTH_CODE, &err);
    if (rc == DM_OK)
        check_all(engine, article);
    return 0;
}
