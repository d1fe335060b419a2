/* SPDX-License-Identifier: MIT */
/*
 * output-csv.c - results as CSV (RFC 4180, LF line ends): lists are joined by ';'.
 */
#include <assert.h>
#include <stdio.h>

#include "engine/output.h"

#define CELL_MAX (64u << 10)
#define CELLS_MAX 64 /* more than any row has */

static const char events_header[] =
    "id,doc,date,enddate,date_precision,event,mode,context,cameo,quad_code,event_scale,goldstein,"
    "actor_code,actor_sector,actor_text,recipient_code,recipient_sector,recipient_text,status,"
    "attribution_code,attribution_text,place,resolved_place,country,geonameid,lat,lon,"
    "dead,injured,arrested,participants,event_text,start,end,link,same_as,frame\n";
static const char mentions_header[] =
    "doc,start,end,code,sector,other_sectors,entity_text,identifier_text,office,wikidata,kind,"
    "entity,name_start,name_end\n";
static const char names_header[] = "doc,start,end,entity,entity_text\n";
static const char articles_header[] = "id,date,title,byline,url,source,lang,language,path,place,text\n";

void output_csv_row(struct buf *out, const char *const *field, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_add_char(out, ',');
        if (!strpbrk(field[i], ",\"\r\n")) {
            buf_add_text(out, field[i]);
            continue;
        }
        buf_add_char(out, '"');
        for (const char *p = field[i]; *p; p++) {
            if (*p == '"')
                buf_add_char(out, '"');
            buf_add_char(out, *p);
        }
        buf_add_char(out, '"');
    }
    buf_add_char(out, '\n');
}

/* The cells of a row that are put together here, one behind the other, each with a NUL. */
struct cells {
    struct buf bytes;
    const char *field[CELLS_MAX];
    size_t offset[CELLS_MAX];
    size_t n;
};

static void cell_begin(struct cells *cells)
{
    assert(cells->n < CELLS_MAX);
    cells->offset[cells->n++] = cells->bytes.n;
}

static void cell(struct cells *cells, const char *text)
{
    cell_begin(cells);
    buf_add(&cells->bytes, (struct slice){text, strlen(text) + 1});
}

static void cell_count(struct cells *cells, uint64_t value)
{
    char text[24] = "";
    if (value)
        snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    cell(cells, text);
}

static void cell_offset(struct cells *cells, uint32_t value)
{
    char text[16];
    snprintf(text, sizeof text, "%u", value);
    cell(cells, text);
}

static void cell_real(struct cells *cells, double value, bool known)
{
    char text[32] = "";
    if (known)
        snprintf(text, sizeof text, "%.6g", value);
    cell(cells, text);
}

static void cell_list(struct cells *cells, const char *const *text, uint32_t n)
{
    cell_begin(cells);
    for (uint32_t i = 0; i < n; i++) {
        if (i)
            buf_add_char(&cells->bytes, ';');
        buf_add_text(&cells->bytes, text[i]);
    }
    buf_add_char(&cells->bytes, '\0');
}

static void cell_parties(struct cells *cells, const struct dm_party *who, uint32_t n)
{
    static const size_t fields[] = {offsetof(struct dm_party, code),
                                    offsetof(struct dm_party, sector),
                                    offsetof(struct dm_party, entity_text)};
    for (size_t f = 0; f < 3; f++) {
        cell_begin(cells);
        for (uint32_t i = 0; i < n; i++) {
            if (i)
                buf_add_char(&cells->bytes, ';');
            buf_add_text(&cells->bytes,
                         *(const char *const *)((const char *)&who[i] + fields[f]));
        }
        buf_add_char(&cells->bytes, '\0');
    }
}

static void cells_write(struct cells *cells, struct buf *out)
{
    if (cells->bytes.failed) {
        out->failed = true;
    } else {
        for (size_t i = 0; i < cells->n; i++)
            cells->field[i] = cells->bytes.p + cells->offset[i];
        output_csv_row(out, cells->field, cells->n);
    }
    buf_deinit(&cells->bytes);
}

void output_event_csv_more(const struct dm_event *event, const char *const *more, size_t n,
                           struct buf *out)
{
    struct cells cells = {.n = 0};
    const struct dm_party *said = event->attribution;
    buf_init(&cells.bytes, CELL_MAX);
    cell(&cells, event->id);
    cell(&cells, event->doc);
    cell(&cells, event->date);
    cell(&cells, event->enddate);
    cell(&cells, event->date_precision);
    cell(&cells, event->type);
    cell_list(&cells, event->mode, event->n_modes);
    cell_list(&cells, event->context, event->n_contexts);
    cell(&cells, event->cameo);
    cell_count(&cells, (uint64_t)event->quad);
    cell_real(&cells, event->scale, event->quad != 0);
    cell_real(&cells, event->goldstein, *event->cameo != '\0');
    cell_parties(&cells, event->actor, event->n_actors);
    cell_parties(&cells, event->recipient, event->n_recipients);
    cell(&cells, event->status);
    cell(&cells, said ? said->code : "");
    cell(&cells, said ? said->entity_text : "");
    cell(&cells, event->place);
    cell(&cells, event->place_resolved);
    cell(&cells, event->place_country);
    cell_count(&cells, event->geonameid);
    cell_real(&cells, event->lat, *event->place_resolved != '\0');
    cell_real(&cells, event->lon, *event->place_resolved != '\0');
    cell_count(&cells, event->dead);
    cell_count(&cells, event->injured);
    cell_count(&cells, event->arrested);
    cell_count(&cells, event->participants);
    cell(&cells, event->text);
    cell_offset(&cells, event->start);
    cell_offset(&cells, event->end);
    cell(&cells, event->link);
    cell(&cells, event->same_as);
    cell(&cells, event->frame);
    for (size_t i = 0; i < n; i++)
        cell(&cells, more[i]);
    cells_write(&cells, out);
}

void output_event_csv(const struct dm_event *event, struct buf *out)
{
    output_event_csv_more(event, NULL, 0, out);
}

void output_mention_csv(const char *doc, const struct dm_mention *mention, struct buf *out)
{
    const struct dm_party *who = &mention->party;
    struct cells cells = {.n = 0};
    buf_init(&cells.bytes, CELL_MAX);
    cell(&cells, doc);
    cell_offset(&cells, who->start);
    cell_offset(&cells, who->end);
    cell(&cells, who->code);
    cell(&cells, who->sector);
    cell_list(&cells, who->other_sectors, who->n_other_sectors);
    cell(&cells, who->entity_text);
    cell(&cells, who->identifier_text);
    cell(&cells, who->office);
    cell(&cells, who->wikidata);
    cell(&cells, mention->kind);
    cell(&cells, mention->entity);
    if (mention->name_end) {
        cell_offset(&cells, mention->name_start);
        cell_offset(&cells, mention->name_end);
    } else {
        cell(&cells, "");
        cell(&cells, "");
    }
    cells_write(&cells, out);
}

void output_name_csv(const char *doc, const struct dm_name *name, struct buf *out)
{
    struct cells cells = {.n = 0};
    buf_init(&cells.bytes, CELL_MAX);
    cell(&cells, doc);
    cell_offset(&cells, name->start);
    cell_offset(&cells, name->end);
    cell(&cells, name->entity);
    cell(&cells, name->text);
    cells_write(&cells, out);
}

void output_about_csv(const struct dm_about *about, struct buf *out)
{
    char place[24] = "";
    if (about->place)
        snprintf(place, sizeof place, "%llu", (unsigned long long)about->place);
    const char *field[] = {about->id,     about->date, about->title, about->byline, about->url,
                           about->source, about->lang, about->language, about->path, place, about->text};
    output_csv_row(out, field, sizeof field / sizeof *field);
}

void output_csv_header(enum dm_depth depth, const struct dm_style *style, struct buf *out)
{
    buf_add_text(out, depth == DM_DEPTH_CODE     ? events_header
                      : depth != DM_DEPTH_ACTORS ? articles_header
                      : style->names             ? names_header
                                                 : mentions_header);
}
