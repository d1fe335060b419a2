/* SPDX-License-Identifier: MIT */
/*
 * view.c - an article's columns as the structs of demarche.h.
 *
 * Reads   all columns; the lexicon for the names of frames and lines.
 * Leaves  arrays and NUL-terminated strings in the article's arena.
 * Method  Byte offsets become code points of the text as given; a mention that stands for a group
 *         ("both countries") becomes its members, each with the group's words. What stands in the
 *         context has offsets 0, 0.
 */
#include "engine/output.h"

#include <stdio.h>

#include "lexicon/gazetteer.h"
#include "lexicon/lexicon-parts.h"

#define ANTECEDENTS_MAX 8 /* "he" -> "the minister" -> "Lavrov" */
#define PARTIES_MAX (EVENT_PARTIES * MENTION_MEMBERS)

_Static_assert(ARTICLE_NONE == DM_NONE && EVENT_MODES <= DM_EVENT_LIST &&
                   EVENT_CONTEXTS <= DM_EVENT_LIST && MENTION_SECTORS == DM_OTHER_SECTORS,
               "lists of article.h fit into those of demarche.h");

struct view {
    struct dm_article *article;
    const struct lexicon *lexicon; /* may be NULL */
    bool failed;                   /* memory ran out: strings are "" from here on */
    uint64_t text_hash;            /* of the text, for the ids of events; made once */
    const char *doc, *title, *date; /* of the article, for all events */
};

static const char *string(struct view *view, struct slice text)
{
    if (text.n == 0)
        return "";
    struct slice copy = arena_copy(&view->article->arena, text);
    if (!copy.p)
        view->failed = true;
    return copy.p ? copy.p : "";
}

static void *list(struct view *view, size_t n, size_t size)
{
    void *array = arena_alloc(&view->article->arena, n * size);
    if (!array)
        view->failed = true;
    return array;
}

static const char *date_string(struct view *view, struct date date)
{
    char text[DATE_TEXT];
    return string(view, slice_make(text, date_format(date, text)));
}

static void words(struct view *view, uint32_t first, uint32_t end, const char **text,
                  uint32_t *start, uint32_t *stop)
{
    struct dm_article *article = view->article;
    *text = "";
    *start = *stop = 0;
    if (first >= end || end > article->n_toks)
        return;
    *text = string(view, article_words(article, first, end));
    if (article->tok[first].begin < article->text_begin)
        return;
    *start = article_point(article, article->tok[first].begin);
    *stop = article_point(article, article->tok[end - 1].end);
}

static int end_view(const struct view *view, struct dm_error *err)
{
    if (!view->failed)
        return DM_OK;
    return dm_fail(err, DM_ENOMEM, "%.*s: out of memory for the results",
                   (int)view->article->id.n, view->article->id.p);
}

/* ---- parties ---- */

/* The first value on the way from a mention over what it stands for. */
static struct slice along(const struct dm_article *article, uint32_t m, size_t field)
{
    for (int i = 0; i < ANTECEDENTS_MAX && m < article->n_mentions; i++) {
        const struct mention *mention = &article->mention[m];
        const struct slice *value = (const struct slice *)((const char *)mention + field);
        if (value->n)
            return *value;
        m = mention->antecedent;
    }
    return (struct slice){0};
}

/* `who` gives code, sector and name, `said` the words; they differ for members of a group. */
static struct dm_party party(struct view *view, uint32_t who, uint32_t said)
{
    const struct dm_article *article = view->article;
    const struct mention *mention = &article->mention[who], *in_text = &article->mention[said];
    struct dm_party out = {
        .code = string(view, slice_of(mention->code)),
        .sector = string(view, slice_of(mention->sector)),
        .identifier_text = string(view, along(article, who, offsetof(struct mention, name))),
        .office = string(view, along(article, who, offsetof(struct mention, office))),
        .wikidata = string(view, along(article, who, offsetof(struct mention, wikidata))),
    };
    for (int i = 0; i < MENTION_SECTORS; i++) {
        out.other_sectors[i] = "";
        if (mention->other[i][0])
            out.other_sectors[out.n_other_sectors++] = string(view, slice_of(mention->other[i]));
    }
    words(view, in_text->first, in_text->end, &out.entity_text, &out.start, &out.end);
    return out;
}

static bool listed(const struct dm_party *all, uint32_t n, const struct dm_party *one)
{
    for (uint32_t i = 0; i < n; i++)
        if (all[i].start == one->start && all[i].end == one->end &&
            strcmp(all[i].code, one->code) == 0 && strcmp(all[i].sector, one->sector) == 0)
            return true;
    return false;
}

/* Groups told out, nobody twice. */
static const struct dm_party *parties(struct view *view, const uint32_t *side, uint32_t n_side,
                                      uint32_t *n_out)
{
    const struct dm_article *article = view->article;
    struct dm_party all[PARTIES_MAX];
    uint32_t n = 0;
    for (uint32_t i = 0; i < n_side && i < EVENT_PARTIES; i++) {
        if (side[i] >= article->n_mentions)
            continue;
        const struct mention *mention = &article->mention[side[i]];
        bool group = mention->kind == MENTION_GROUP && mention->n_members > 0;
        uint32_t members = group ? mention->n_members : 1;
        for (uint32_t k = 0; k < members && k < MENTION_MEMBERS && n < PARTIES_MAX; k++) {
            uint32_t who = group ? mention->member[k] : side[i];
            if (who >= article->n_mentions)
                continue;
            all[n] = party(view, who, side[i]);
            n += !listed(all, n, &all[n]);
        }
    }
    *n_out = 0;
    struct dm_party *kept = n ? list(view, n, sizeof *kept) : NULL;
    if (!kept)
        return NULL;
    memcpy(kept, all, n * sizeof *kept);
    *n_out = n;
    return kept;
}

/* ---- events ---- */

/* The same article, place and type give the same id on every machine. */
static const char *event_id(struct view *view, uint32_t e)
{
    struct dm_article *article = view->article;
    const struct event *event = &article->event[e];
    uint32_t twin = 0; /* events of the same trigger before this one */
    while (twin < e && article->event[e - twin - 1].trigger == event->trigger)
        twin++;
    struct slice key = arena_printf(
        &article->arena, "%.*s %016llx %u %.*s %u", (int)article->id.n, article->id.p,
        (unsigned long long)view->text_hash,
        article_point(article, article->tok[event->trigger].begin), (int)event->type.n,
        event->type.p, twin);
    struct slice id = {0};
    if (key.p)
        id = arena_printf(&article->arena, "%016llx", (unsigned long long)slice_hash(key));
    if (!id.p)
        view->failed = true;
    return id.p ? id.p : "";
}

static void event_lists(struct view *view, const struct event *event, struct dm_event *out)
{
    for (int i = 0; i < DM_EVENT_LIST; i++)
        out->mode[i] = out->context[i] = "";
    for (uint32_t i = 0; i < event->n_modes && i < EVENT_MODES; i++)
        out->mode[out->n_modes++] = string(view, event->mode[i]);
    for (uint32_t i = 0; i < event->n_contexts && i < EVENT_CONTEXTS; i++)
        out->context[out->n_contexts++] = string(view, event->context[i]);
}

static void event_dates(struct view *view, const struct event *event, struct dm_event *out)
{
    uint32_t start, stop;
    bool told = !date_is_none(event->date);
    /* What happened years before is not given the day of the paper that recalls it. */
    bool recalled = event->status == STATUS_HISTORICAL;
    out->article_date = view->date;
    out->date = told ? date_string(view, event->date) : recalled ? "" : out->article_date;
    out->enddate = date_string(view, event->end_date);
    words(view, event->date_first, event->date_end, &out->date_text, &start, &stop);
    out->date_precision = !*out->date ? "" : !told ? "article" : *out->enddate ? "range"
                          : event->date.day ? "day" : event->date.month ? "month" : "year";
}

static void event_place(struct view *view, const struct event *event, struct dm_event *out)
{
    uint32_t start, stop;
    words(view, event->place_first, event->place_end, &out->place, &start, &stop);
    out->place_resolved = "";
    const struct gazetteer_place *place =
        view->lexicon ? gazetteer_place(view->lexicon, event->place) : NULL;
    if (!place)
        return;
    out->place_resolved = string(view, lexicon_slice(view->lexicon, place->name));
    out->geonameid = place->geonameid;
    out->lat = (double)place->lat;
    out->lon = (double)place->lon;
}

static void event_sentence(struct view *view, const struct event *event, struct dm_event *out)
{
    struct dm_article *article = view->article;
    out->sentence_text = "";
    if (event->sent >= article->n_sents)
        return;
    const struct sentence *sent = &article->sent[event->sent];
    uint32_t before = 0; /* sentences of the context */
    while (before < event->sent && article->sent[before].begin < article->text_begin)
        before++;
    out->sentence = event->sent - before + 1;
    words(view, sent->first, sent->end, &out->sentence_text, &out->sentence_start,
          &out->sentence_end);
}

static const char *line_name(struct view *view, uint32_t line)
{
    char text[300];
    if (!view->lexicon || line == ARTICLE_NONE)
        return "";
    return string(view, lexicon_line(view->lexicon, line, text, sizeof text));
}

static const char *frame_line(struct view *view, uint32_t frame)
{
    const struct lexicon *lexicon = view->lexicon;
    if (!lexicon || frame >= lexicon->frames.n_frames)
        return "";
    return line_name(view, lexicon->frames.frame[frame].line);
}

static const char *frame_name(struct view *view, uint32_t frame)
{
    const struct lexicon *lexicon = view->lexicon;
    if (!lexicon || frame >= lexicon->frames.n_frames)
        return "";
    return string(view, frame_text(&lexicon->frames, lexicon->frames.frame[frame].name));
}

static struct dm_event event_view(struct view *view, uint32_t e)
{
    struct dm_article *article = view->article;
    const struct event *event = &article->event[e];
    uint32_t one;
    struct dm_event out = {
        .id = event_id(view, e),
        .link = event->link < e ? event_id(view, event->link) : "",
        .same_as = "",
        .doc = view->doc,
        .title = view->title,
        .type = string(view, event->type),
        .cameo = string(view, event->cameo),
        .quad = event->quad,
        .scale = (double)event->scale,
        .goldstein = (double)event->goldstein,
        .status = status_name(event->status),
        .place_country = string(view, slice_of(event->place_country)),
        .dead = event->dead,
        .injured = event->injured,
        .arrested = event->arrested,
        .participants = event->participants,
        .frame = frame_name(view, event->frame),
        .frame_line = frame_line(view, event->frame),
    };
    event_lists(view, event, &out);
    event_dates(view, event, &out);
    event_sentence(view, event, &out);
    words(view, event->first, event->end, &out.text, &out.start, &out.end);
    event_place(view, event, &out);
    out.actor = parties(view, event->actor, event->n_actors, &out.n_actors);
    out.recipient = parties(view, event->recipient, event->n_recipients, &out.n_recipients);
    if (event->attribution != ARTICLE_NONE)
        out.attribution = parties(view, &event->attribution, 1, &one);
    return out;
}

/* Ready for event_view(); what goes for all events is made. */
static struct view view_of_events(struct dm_article *article, const struct dm_engine *engine)
{
    struct view view = {.article = article, .lexicon = engine ? engine->lexicon : NULL};
    view.text_hash = article->n_events ? slice_hash(article->text) : 0;
    view.doc = string(&view, article->id);
    view.title = string(&view, article->title);
    view.date = date_string(&view, article->date);
    return view;
}

int view_events(struct dm_article *article, const struct dm_engine *engine,
                void (*each)(void *self, const struct dm_event *event), void *self,
                struct dm_error *err)
{
    struct view view = view_of_events(article, engine);
    article_point(article, (uint32_t)article->text.n); /* makes the index that all share */
    for (uint32_t e = 0; e < article->n_events && !view.failed; e++) {
        struct arena_mark mark = arena_mark(&article->arena);
        struct dm_event event = event_view(&view, e);
        if (!view.failed)
            each(self, &event);
        arena_rewind(&article->arena, mark);
    }
    return end_view(&view, err);
}

int dm_article_events(struct dm_article *article, const struct dm_engine *engine,
                      const struct dm_event **out, size_t *n, struct dm_error *err)
{
    struct view view = view_of_events(article, engine);
    struct dm_event *all = list(&view, article->n_events, sizeof *all);
    for (uint32_t e = 0; all && e < article->n_events; e++)
        all[e] = event_view(&view, e);
    if (end_view(&view, err) != DM_OK)
        return DM_ENOMEM;
    *out = all;
    *n = article->n_events;
    return DM_OK;
}

/* ---- mentions, tokens, sentences, the article ---- */

static void members(struct view *view, uint32_t m, struct dm_mention *out)
{
    const struct mention *mention = &view->article->mention[m];
    uint32_t n = mention->kind == MENTION_GROUP ? mention->n_members : 0;
    struct dm_party *all = n ? list(view, n, sizeof *all) : NULL;
    if (!all)
        return;
    for (uint32_t k = 0; k < n && k < MENTION_MEMBERS; k++)
        if (mention->member[k] < view->article->n_mentions)
            all[out->n_members++] = party(view, mention->member[k], mention->member[k]);
    out->member = all;
}

int dm_article_mentions(struct dm_article *article, const struct dm_engine *engine,
                        const struct dm_mention **out, size_t *n, struct dm_error *err)
{
    static const char *const kinds[] = {"name", "common", "pronoun", "group"};
    struct view view = {.article = article, .lexicon = engine ? engine->lexicon : NULL};
    struct dm_mention *all = list(&view, article->n_mentions, sizeof *all);
    for (uint32_t m = 0; all && m < article->n_mentions; m++) {
        const struct mention *mention = &article->mention[m];
        all[m] = (struct dm_mention){
            .party = party(&view, m, m),
            .kind = mention->kind < 4 ? kinds[mention->kind] : "",
            .entity = name_kind_text((enum name_kind)mention->name_kind),
            .token = mention->head,
            .antecedent = mention->antecedent,
            .code_line = line_name(&view, mention->country_line),
            .sector_line = line_name(&view, mention->sector_line),
        };
        members(&view, m, &all[m]);
        const char *text;
        words(&view, mention->name_first, mention->name_end, &text, &all[m].name_start,
              &all[m].name_end);
    }
    if (end_view(&view, err) != DM_OK)
        return DM_ENOMEM;
    *out = all;
    *n = article->n_mentions;
    return DM_OK;
}

int dm_article_names(struct dm_article *article, const struct dm_name **out, size_t *n,
                     struct dm_error *err)
{
    struct view view = {.article = article};
    size_t n_names = 0;
    for (uint32_t t = 0; t < article->n_toks; t++)
        n_names += article_name_end(article, t) > t;
    struct dm_name *all = list(&view, n_names, sizeof *all), *next = all;
    for (uint32_t t = 0; all && t < article->n_toks; t++) {
        uint32_t end = article_name_end(article, t);
        if (end == t)
            continue;
        next->entity = name_kind_text((enum name_kind)article->tok[t].name);
        words(&view, t, end, &next->text, &next->start, &next->end);
        next++;
    }
    if (end_view(&view, err) != DM_OK)
        return DM_ENOMEM;
    *out = all;
    *n = n_names;
    return DM_OK;
}

int dm_article_tokens(struct dm_article *article, const struct dm_token **out, size_t *n,
                      struct dm_error *err)
{
    struct view view = {.article = article};
    struct dm_token *all = list(&view, article->n_toks, sizeof *all);
    for (uint32_t s = 0; all && s < article->n_sents; s++)
        for (uint32_t t = article->sent[s].first; t < article->sent[s].end; t++) {
            const struct token *tok = &article->tok[t];
            all[t] = (struct dm_token){
                .head = tok->head,
                .sentence = s,
                .lemma = tok->lemma ? tok->lemma : "",
                .upos = tok->lemma ? upos_name(tok->upos) : "",
                .relation = tok->lemma ? relation_name(tok->rel) : "",
            };
            words(&view, t, t + 1, &all[t].form, &all[t].start, &all[t].end);
        }
    if (end_view(&view, err) != DM_OK)
        return DM_ENOMEM;
    *out = all;
    *n = article->n_toks;
    return DM_OK;
}

int dm_article_sentences(struct dm_article *article, const struct dm_sentence **out, size_t *n,
                         struct dm_error *err)
{
    struct view view = {.article = article};
    struct dm_sentence *all = list(&view, article->n_sents, sizeof *all);
    for (uint32_t s = 0; all && s < article->n_sents; s++) {
        const struct sentence *sent = &article->sent[s];
        all[s] = (struct dm_sentence){.first_token = sent->first,
                                      .end_token = sent->end,
                                      .coded = article_is_coded(article, sent)};
        words(&view, sent->first, sent->end, &all[s].text, &all[s].start, &all[s].end);
    }
    if (end_view(&view, err) != DM_OK)
        return DM_ENOMEM;
    *out = all;
    *n = article->n_sents;
    return DM_OK;
}

int dm_article_about(struct dm_article *article, struct dm_about *out, struct dm_error *err)
{
    struct view view = {.article = article};
    struct slice text = {article->text.p + article->text_begin,
                         article->text.n - article->text_begin};
    struct dm_about about = {
        .id = string(&view, article->id),
        .title = string(&view, article->title),
        .date = date_string(&view, article->date),
        .url = string(&view, article->url),
        .source = string(&view, article->source),
        .lang = string(&view, article->lang),
        .language = string(&view, article->language),
        .byline = string(&view, article->byline),
        .path = string(&view, article->path),
        .offset = article->offset,
        .place = article->place,
        .text = string(&view, text),
        .n_text = text.n,
        .n_repaired = article->n_repaired,
    };
    int rc = end_view(&view, err);
    if (rc == DM_OK)
        *out = about;
    return rc;
}
