/* SPDX-License-Identifier: MIT */
/*
 * explain.c - how a text is understood, stage by stage, for people.
 *
 * Reads   all columns and what the matcher tells of every frame it tries.
 * Method  A sentence's tree is drawn without recursion: words are visited parents first with a
 *         stack of at most the sentence's tokens, children in text order.
 */
#include "events/events.h"
#include "engine/output.h"

#define TEXT_MAX (16u << 20)

struct explanation {
    struct dm_article *article;
    struct buf tried, judged; /* what the matcher and the judge told */
};

static void part(struct buf *out, const char *title)
{
    buf_printf(out, "\n%s\n", title);
}

/* ---- the tree ---- */

static void tree_line(struct dm_article *article, uint32_t t, unsigned depth, struct buf *out)
{
    const struct token *tok = &article->tok[t];
    struct slice form = token_form(article, t);
    struct buf left;
    buf_init(&left, 64u << 10);
    for (unsigned i = 0; i < depth; i++)
        buf_add_text(&left, "  ");
    buf_add(&left, form);
    buf_add_text(out, "  ");
    output_cell(out, buf_slice(&left), 36);
    buf_printf(out, " %-6s %-12s %s\n", upos_name(tok->upos), relation_name(tok->rel),
               tok->lemma ? tok->lemma : "");
    buf_deinit(&left);
}

/* Depth of token t below its root. Heads stay inside the sentence and form no cycle. */
static unsigned tree_depth(const struct dm_article *article, uint32_t t, uint32_t most)
{
    unsigned depth = 0;
    while (article->tok[t].head != ARTICLE_NONE && depth < most) {
        t = article->tok[t].head;
        depth++;
    }
    return depth;
}

static bool tree_draw(struct dm_article *article, const struct sentence *sent, struct buf *out)
{
    uint32_t n = sent->end - sent->first, n_stack = 0;
    uint32_t *stack = arena_array(&article->arena, n + 1, uint32_t);
    if (!stack)
        return false;
    for (uint32_t t = sent->end; t-- > sent->first;)
        if (article->tok[t].head == ARTICLE_NONE)
            stack[n_stack++] = t;
    while (n_stack) {
        uint32_t top = stack[--n_stack];
        tree_line(article, top, tree_depth(article, top, n), out);
        for (uint32_t t = sent->end; t-- > sent->first;)
            if (article->tok[t].head == top && n_stack <= n)
                stack[n_stack++] = t;
    }
    return true;
}

static int trees(struct dm_article *article, struct buf *out, struct dm_error *err)
{
    part(out, "Words and tree (indented below the word they depend on)");
    for (uint32_t s = 0; s < article->n_sents; s++) {
        if (s)
            buf_add_char(out, '\n');
        if (!tree_draw(article, &article->sent[s], out))
            return dm_fail(err, DM_ENOMEM, "out of memory drawing a tree");
    }
    return DM_OK;
}

/* ---- mentions ---- */

static void mention_line(const struct dm_mention *mention, const struct dm_mention *all,
                         size_t n_all, struct buf *out)
{
    const struct dm_party *who = &mention->party;
    buf_printf(out, "  %-3s %s", *who->code ? who->code : "-", *who->sector ? who->sector : "-");
    for (uint32_t i = 0; i < who->n_other_sectors; i++)
        buf_printf(out, "/%s", who->other_sectors[i]);
    buf_printf(out, "  \"%s\"  %s", who->entity_text, mention->kind);
    if (*who->office)
        buf_printf(out, ", %s", who->office);
    if (*who->identifier_text)
        buf_printf(out, ", %s", who->identifier_text);
    for (uint32_t i = 0; i < mention->n_members; i++)
        buf_printf(out, "%s%s", i ? " + " : ", of ", mention->member[i].code);
    if (mention->antecedent < n_all)
        buf_printf(out, ", stands for \"%s\"", all[mention->antecedent].party.entity_text);
    buf_add_char(out, '\n');
    if (*mention->code_line)
        buf_printf(out, "        code from %s\n", mention->code_line);
    if (*mention->sector_line && strcmp(mention->sector_line, mention->code_line) != 0)
        buf_printf(out, "        sector from %s\n", mention->sector_line);
}

static int mentions(struct dm_article *article, const struct dm_engine *engine, struct buf *out,
                    struct dm_error *err)
{
    const struct dm_mention *mention = NULL;
    size_t n = 0;
    int rc = dm_article_mentions(article, engine, &mention, &n, err);
    part(out, "Mentions (code, sector, words)");
    for (size_t i = 0; rc == DM_OK && i < n; i++)
        mention_line(&mention[i], mention, n, out);
    if (n == 0)
        buf_add_text(out, "  none\n");
    return rc;
}

/* ---- events ---- */

static void told_of_frame(void *self, uint32_t trigger, struct slice frame, bool fired,
                          const char *why)
{
    struct explanation *about = self;
    if (fired)
        why = NULL; /* says nothing that "fires" does not */
    struct slice form = token_form(about->article, trigger);
    buf_printf(&about->tried, "  %-5s %.*s at \"%.*s\"%s%s\n", fired ? "fires" : "no", (int)frame.n,
               frame.p, (int)form.n, form.p, why && *why ? ": " : "", why ? why : "");
}

static void told_of_word(void *self, uint32_t word, struct slice text)
{
    struct explanation *about = self;
    struct slice form = token_form(about->article, word);
    buf_printf(&about->judged, "  \"%.*s\" %.*s\n", (int)form.n, form.p, (int)text.n, text.p);
}

/* ---- times ---- */

static void time_line(struct dm_article *article, const struct time_told *told, struct buf *out)
{
    char date[DATE_TEXT], stop[DATE_TEXT];
    struct slice words = article_words(article, told->first, told->end);
    date_format(told->date, date);
    buf_printf(out, "  %s%s%s  \"", date, date_format(told->stop, stop) ? "/" : "", stop);
    buf_add(out, words);
    buf_printf(out, "\" [%u-%u]\n", article_point(article, article->tok[told->first].begin),
               article_point(article, article->tok[told->end - 1].end));
}

static void times(struct dm_article *article, struct buf *out)
{
    part(out, "Times told");
    for (uint32_t i = 0; i < article->n_times; i++)
        time_line(article, &article->time[i], out);
    if (article->n_times == 0)
        buf_add_text(out, "  none\n");
}

/* A context and the words that show it. */
static void context_line(const struct dm_article *article, const struct event *event, uint32_t i,
                         struct buf *out)
{
    uint32_t first = event->context_first[i], end = event->context_end[i];
    buf_printf(out, "        context %.*s", (int)event->context[i].n, event->context[i].p);
    if (first == end) {
        buf_add_text(out, ", by the frame or the parties\n");
        return;
    }
    uint32_t begin = article->tok[first].begin, stop = article->tok[end - 1].end;
    buf_printf(out, ", by \"%.*s\"\n", (int)(stop - begin), article->text.p + begin);
}

static void event_line(struct dm_article *article, uint32_t index, const struct dm_event *event,
                       struct buf *out)
{
    buf_printf(out, "  %s", event->type);
    for (uint32_t i = 0; i < event->n_modes; i++)
        buf_printf(out, " %s", event->mode[i]);
    buf_printf(out, "  CAMEO %s  %s  ", *event->cameo ? event->cameo : "-", event->status);
    output_parties(out, event->actor, event->n_actors);
    buf_add_text(out, event->n_recipients ? " > " : "");
    output_parties(out, event->recipient, event->n_recipients);
    buf_printf(out, "\n        \"%s\" [%u-%u], frame %s, %s\n", event->text, event->start,
               event->end, event->frame, event->frame_line);
    for (uint32_t i = 0; i < event->n_actors; i++)
        buf_printf(out, "        actor \"%s\" [%u-%u]\n", event->actor[i].entity_text,
                   event->actor[i].start, event->actor[i].end);
    for (uint32_t i = 0; i < event->n_recipients; i++)
        buf_printf(out, "        recipient \"%s\" [%u-%u]\n", event->recipient[i].entity_text,
                   event->recipient[i].start, event->recipient[i].end);
    if (*event->date_text) {
        uint32_t at = article->event[index].date_at;
        buf_printf(out, "        date %s%s%s from \"%s\"", event->date, *event->enddate ? "/" : "",
                   event->enddate, event->date_text);
        if (at < article->n_toks) {
            struct slice word = token_form(article, at);
            buf_printf(out, ", which hangs at \"%.*s\"", (int)word.n, word.p);
        }
        buf_add_char(out, '\n');
    }
    if (event->attribution)
        buf_printf(out, "        said by \"%s\"\n", event->attribution->entity_text);
    for (uint32_t i = 0; i < event->n_contexts; i++)
        context_line(article, &article->event[index], i, out);
    if (*event->place)
        buf_printf(out, "        at \"%s\"%s%s %s\n", event->place,
                   *event->place_resolved ? ": " : "", event->place_resolved,
                   event->place_country);
}

static int events(struct dm_article *article, const struct dm_engine *engine, struct buf *out,
                  struct dm_error *err)
{
    const struct dm_event *event = NULL;
    size_t n = 0;
    int rc = dm_article_events(article, engine, &event, &n, err);
    part(out, "Events");
    for (size_t i = 0; rc == DM_OK && i < n; i++)
        event_line(article, (uint32_t)i, &event[i], out);
    if (n == 0)
        buf_add_text(out, "  none\n");
    return rc;
}

static int all_parts(struct explanation *about, const struct dm_engine *engine, struct buf *out,
                     struct dm_error *err)
{
    struct event_trace trace = {.tried = told_of_frame, .judged = told_of_word, .self = about};
    struct pipeline pipeline = engine_pipeline(engine);
    pipeline.trace = &trace;
    int rc = pipeline_run(&pipeline, about->article, DEPTH_CODE, err);
    if (rc == DM_OK)
        rc = trees(about->article, out, err);
    if (rc == DM_OK)
        rc = mentions(about->article, engine, out, err);
    if (rc != DM_OK)
        return rc;
    part(out, "Frames tried");
    buf_add(out, about->tried.n ? buf_slice(&about->tried) : SLICE_LIT("  none\n"));
    part(out, "Learned weights (answer, probability, what weighed most)");
    buf_add(out, about->judged.n ? buf_slice(&about->judged) : SLICE_LIT("  none\n"));
    times(about->article, out);
    rc = events(about->article, engine, out, err);
    if (rc == DM_OK && (out->failed || about->tried.failed || about->judged.failed))
        rc = dm_fail(err, DM_ELIMIT, "the explanation is longer than %u bytes", TEXT_MAX);
    return rc;
}

int dm_article_explain(struct dm_article *article, const struct dm_engine *engine,
                       const struct dm_sink *sink, struct dm_error *err)
{
    struct explanation about = {.article = article};
    struct buf out;
    int rc = engine_check(engine, DM_DEPTH_CODE, err);
    if (rc != DM_OK)
        return rc;
    buf_init(&out, TEXT_MAX);
    buf_init(&about.tried, TEXT_MAX);
    buf_init(&about.judged, TEXT_MAX);
    rc = all_parts(&about, engine, &out, err);
    if (rc == DM_OK)
        rc = sink->write(sink->self, out.p + 1, out.n - 1, err); /* without the first blank line */
    buf_deinit(&about.tried);
    buf_deinit(&about.judged);
    buf_deinit(&out);
    return rc;
}
