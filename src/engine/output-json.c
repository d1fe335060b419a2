/* SPDX-License-Identifier: MIT */
/*
 * output-json.c - results as JSON Lines: one object a line, only fields that hold something.
 *
 * Source  field names of PLOVER 2.0, as docs/formats.md lists them.
 */
#include "core/json.h"
#include "engine/output.h"

static void texts(struct json *json, const char *key, const char *const *text, uint32_t n)
{
    if (n == 0)
        return;
    json_key(json, key);
    json_open(json, '[');
    for (uint32_t i = 0; i < n; i++)
        json_text(json, slice_of(text[i]));
    json_close(json, ']');
}

static void field(struct json *json, const char *key, const char *text)
{
    json_field(json, key, slice_of(text));
}

static void offsets(struct json *json, uint32_t start, uint32_t end)
{
    if (end <= start)
        return;
    json_field_int(json, "start", start);
    json_field_int(json, "end", end);
}

static void party(struct json *json, const struct dm_party *who, bool whole)
{
    json_open(json, '{');
    field(json, "code", who->code);
    field(json, "sector", who->sector);
    if (whole)
        texts(json, "other_sectors", who->other_sectors, who->n_other_sectors);
    field(json, "entity_text", who->entity_text);
    if (whole) {
        field(json, "identifier_text", who->identifier_text);
        field(json, "office", who->office);
    }
    offsets(json, who->start, who->end);
    json_close(json, '}');
}

static void parties(struct json *json, const char *key, const struct dm_party *who, uint32_t n)
{
    if (n == 0)
        return;
    json_key(json, key);
    json_open(json, '[');
    for (uint32_t i = 0; i < n; i++)
        party(json, &who[i], true);
    json_close(json, ']');
}

static void real(struct json *json, const char *key, double value)
{
    json_key(json, key);
    json_real(json, value);
}

static void size_told(struct json *json, const struct dm_event *event)
{
    if (!event->dead && !event->injured && !event->arrested && !event->participants)
        return;
    json_key(json, "size");
    json_open(json, '{');
    if (event->dead)
        json_field_int(json, "dead", event->dead);
    if (event->injured)
        json_field_int(json, "injured", event->injured);
    if (event->arrested)
        json_field_int(json, "arrested", event->arrested);
    if (event->participants)
        json_field_int(json, "participants", event->participants);
    json_close(json, '}');
}

static void what(struct json *json, const struct dm_event *event)
{
    field(json, "date", event->date);
    field(json, "enddate", event->enddate);
    field(json, "date_text", event->date_text);
    field(json, "date_precision", event->date_precision);
    texts(json, "event", &event->type, *event->type ? 1 : 0);
    texts(json, "mode", event->mode, event->n_modes);
    texts(json, "context", event->context, event->n_contexts);
    field(json, "cameo", event->cameo);
    if (event->quad) {
        json_field_int(json, "quad_code", event->quad);
        real(json, "event_scale", event->scale);
    }
    if (*event->cameo)
        real(json, "goldstein", event->goldstein);
}

static void where(struct json *json, const struct dm_event *event)
{
    if (!*event->place && !*event->place_country)
        return;
    json_key(json, "event_loc");
    json_open(json, '{');
    field(json, "extracted_place", event->place);
    field(json, "resolved_place", event->place_resolved);
    field(json, "country", event->place_country);
    if (*event->place_resolved) {
        json_field_int(json, "geonameid", event->geonameid);
        real(json, "lat", event->lat);
        real(json, "lon", event->lon);
    }
    json_close(json, '}');
}

void output_event_fields(const struct dm_event *event, struct json *json)
{
    field(json, "id", event->id);
    field(json, "doc", event->doc);
    what(json, event);
    parties(json, "actor", event->actor, event->n_actors);
    parties(json, "recipient", event->recipient, event->n_recipients);
    field(json, "event_text", event->text);
    offsets(json, event->start, event->end);
    json_key(json, "text_info");
    json_open(json, '{');
    json_field_int(json, "sequence", event->sentence);
    json_field_int(json, "start", event->sentence_start);
    json_field_int(json, "end", event->sentence_end);
    json_close(json, '}');
    field(json, "status", event->status);
    if (event->attribution) {
        json_key(json, "attribution");
        party(json, event->attribution, false);
    }
    where(json, event);
    size_told(json, event);
    field(json, "link", event->link);
    field(json, "same_as", event->same_as);
    field(json, "frame", event->frame);
}

void output_event_json(const struct dm_event *event, struct buf *out)
{
    struct json json;
    json_init(&json, out);
    json_open(&json, '{');
    output_event_fields(event, &json);
    json_close(&json, '}');
    buf_add_char(out, '\n');
}

void output_mention_json(const char *doc, const struct dm_mention *mention, struct buf *out)
{
    const struct dm_party *who = &mention->party;
    struct json json;
    json_init(&json, out);
    json_open(&json, '{');
    field(&json, "doc", doc);
    json_field_int(&json, "start", who->start);
    json_field_int(&json, "end", who->end);
    field(&json, "code", who->code);
    field(&json, "sector", who->sector);
    texts(&json, "other_sectors", who->other_sectors, who->n_other_sectors);
    field(&json, "entity_text", who->entity_text);
    field(&json, "identifier_text", who->identifier_text);
    field(&json, "office", who->office);
    field(&json, "wikidata", who->wikidata);
    field(&json, "kind", mention->kind);
    parties(&json, "members", mention->member, mention->n_members);
    field(&json, "entity", mention->entity);
    if (mention->name_end) {
        json_field_int(&json, "name_start", mention->name_start);
        json_field_int(&json, "name_end", mention->name_end);
    }
    json_close(&json, '}');
    buf_add_char(out, '\n');
}

void output_name_json(const char *doc, const struct dm_name *name, struct buf *out)
{
    struct json json;
    json_init(&json, out);
    json_open(&json, '{');
    field(&json, "doc", doc);
    json_field_int(&json, "start", name->start);
    json_field_int(&json, "end", name->end);
    field(&json, "entity", name->entity);
    field(&json, "entity_text", name->text);
    json_close(&json, '}');
    buf_add_char(out, '\n');
}

void output_about_json(const struct dm_about *about, struct buf *out)
{
    struct json json;
    json_init(&json, out);
    json_open(&json, '{');
    field(&json, "id", about->id);
    field(&json, "date", about->date);
    field(&json, "title", about->title);
    field(&json, "byline", about->byline);
    field(&json, "url", about->url);
    field(&json, "source", about->source);
    field(&json, "lang", about->lang);
    field(&json, "language", about->language);
    field(&json, "path", about->path);
    if (about->place)
        json_field_int(&json, "place", (long long)about->place);
    json_key(&json, "text");
    json_text(&json, slice_make(about->text, about->n_text));
    json_close(&json, '}');
    buf_add_char(out, '\n');
}
