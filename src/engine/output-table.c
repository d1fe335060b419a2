/* SPDX-License-Identifier: MIT */
/*
 * output-table.c - results for people: one line each, in columns of fixed widths.
 *
 * Method  Widths follow from the terminal's alone, so that rows are written as they come and memory
 *         does not grow with them. A cell that is too long ends in "…". Characters that a terminal
 *         would act on are shown as blanks.
 */
#include <stdio.h>
#include <utf8proc.h>

#include "core/utf8.h"
#include "engine/output.h"

#define WIDTH_DEFAULT 120
#define WIDTH_LEAST 60
#define WIDTH_WIDE 100 /* from here on CAMEO and status are shown too */
#define WIDTH_SAID 120 /* from here on who says so */

static const char ellipsis[] = "\xe2\x80\xa6";

/* Columns the character takes; 0 for what is left out, 1 for a blank put in its place. */
static unsigned columns(uint32_t code)
{
    if (code < 0x20 || (code >= 0x7f && code < 0xa0))
        return 1;
    int n = utf8proc_charwidth((utf8proc_int32_t)code);
    return n < 0 ? 0 : (unsigned)n;
}

static unsigned text_columns(struct slice text)
{
    unsigned n = 0;
    uint32_t code;
    for (const char *p = text.p, *end = p + text.n; p < end; n += columns(code))
        p += utf8_decode(p, end, &code);
    return n;
}

void output_cell(struct buf *out, struct slice text, unsigned width)
{
    if (text.n == 0)
        text = SLICE_LIT("");
    bool cut = text_columns(text) > width;
    unsigned room = cut ? width - 1 : width, used = 0;
    const char *p = text.p, *end = p + text.n;
    while (p < end) {
        uint32_t code;
        unsigned bytes = utf8_decode(p, end, &code), wide = columns(code);
        if (used + wide > room)
            break;
        /* Direction marks reorder a whole line of a terminal: left out with the other controls. */
        bool control = code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xa0;
        bool direction = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
        if (control)
            buf_add_char(out, ' ');
        else if (!direction)
            buf_add(out, slice_make(p, bytes));
        used += wide;
        p += bytes;
    }
    if (cut) {
        buf_add_text(out, ellipsis);
        used++;
    }
    for (; used < width; used++)
        buf_add_char(out, ' ');
}

static void last_cell(struct buf *out, struct slice text, unsigned width)
{
    output_cell(out, text, width);
    while (out->n && out->p[out->n - 1] == ' ')
        out->p[--out->n] = '\0';
    buf_add_char(out, '\n');
}

static void cell(struct buf *out, const char *text, unsigned width)
{
    output_cell(out, slice_of(text), width);
    buf_add_text(out, "  ");
}

static void paint(const struct dm_style *style, struct buf *out, const char *code)
{
    if (style->colour)
        buf_printf(out, "\033[%sm", code);
}

static unsigned width_of(const struct dm_style *style)
{
    unsigned width = style->width ? style->width : WIDTH_DEFAULT;
    return width < WIDTH_LEAST ? WIDTH_LEAST : width;
}

/* ---- events ---- */

struct event_widths {
    unsigned cameo, who, whom, said, status, words; /* 0: not shown */
};

static struct event_widths event_widths(const struct dm_style *style)
{
    struct event_widths w = {0};
    unsigned left = width_of(style) - (10 + 2) - (9 + 2);
    if (width_of(style) >= WIDTH_WIDE) {
        w.cameo = 5, w.status = 8;
        left -= 5 + 2 + 8 + 2;
    }
    if (width_of(style) >= WIDTH_SAID) {
        w.said = 14;
        left -= 14 + 2;
    }
    left -= 4;
    w.who = left * 30 / 100;
    w.whom = left * 26 / 100;
    w.words = left - w.who - w.whom;
    return w;
}

/* In the column's eight places; what happened needs no word. */
static const char *status_short(const char *status)
{
    static const char *const names[][2] = {{"happened", ""},       {"hypothetical", "possible"},
                                           {"negation", "not"},    {"historical", "past"},
                                           {"future", "future"},   {"denied", "denied"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(status, names[i][0]) == 0)
            return names[i][1];
    return status;
}

void output_parties(struct buf *out, const struct dm_party *party, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct dm_party *p = &party[i];
        const char *name = *p->identifier_text ? p->identifier_text : p->entity_text;
        if (i)
            buf_add_text(out, " + ");
        buf_add_text(out, p->code);
        if (*p->code && *p->sector)
            buf_add_char(out, ' ');
        buf_add_text(out, p->sector);
        bool coded = *p->code || *p->sector;
        /* The name of a state behind its code says nothing new. */
        if (!coded || (n == 1 && *p->sector)) {
            if (coded)
                buf_add_char(out, ' ');
            buf_add_text(out, name);
        }
    }
}

static void parties_cell(struct buf *out, const struct dm_party *party, uint32_t n, unsigned width)
{
    struct buf text;
    buf_init(&text, 64u << 10);
    output_parties(&text, party, n);
    output_cell(out, buf_slice(&text), width);
    buf_add_text(out, "  ");
    buf_deinit(&text);
}

/* The sentence from the trigger's words on. */
static struct slice told(const struct dm_event *event)
{
    struct slice sentence = slice_of(event->sentence_text);
    const char *p = sentence.p, *end = p + sentence.n;
    uint32_t code;
    if (event->start < event->sentence_start || event->start >= event->sentence_end)
        return slice_of(event->text);
    for (uint32_t i = event->sentence_start; i < event->start && p < end; i++)
        p += utf8_decode(p, end, &code);
    return slice_make(p, (size_t)(end - p));
}

/* Without a column of its own the status stands before the words: a denial must not be missed. */
static void words_cell(struct buf *out, const struct dm_event *event, const struct event_widths *w)
{
    struct buf text;
    const char *status = status_short(event->status);
    buf_init(&text, 1u << 20);
    if (!w->status && *status)
        buf_printf(&text, "(%s) ", status);
    buf_add(&text, told(event));
    last_cell(out, buf_slice(&text), w->words);
    buf_deinit(&text);
}

static const char *type_colour(int quad)
{
    static const char *const colours[] = {"0", "36", "32", "33", "31"};
    return colours[quad >= 1 && quad <= 4 ? quad : 0];
}

void output_event_row(const struct dm_event *event, const struct dm_style *style, struct buf *out)
{
    struct event_widths w = event_widths(style);
    cell(out, event->date, 10);
    paint(style, out, type_colour(event->quad));
    output_cell(out, slice_of(event->type), 9);
    paint(style, out, "0");
    buf_add_text(out, "  ");
    if (w.cameo)
        cell(out, event->cameo, w.cameo);
    parties_cell(out, event->actor, event->n_actors, w.who);
    parties_cell(out, event->recipient, event->n_recipients, w.whom);
    if (w.status)
        cell(out, status_short(event->status), w.status);
    if (w.said)
        parties_cell(out, event->attribution, event->attribution ? 1 : 0, w.said);
    words_cell(out, event, &w);
}

void output_article_line(const char *id, const char *date, const char *title,
                         const struct dm_style *style, struct buf *out)
{
    struct buf line;
    buf_init(&line, 64u << 10);
    buf_printf(&line, "%s%s%s%s%s", id, *date ? "  " : "", date, *title ? "  " : "", title);
    buf_add_char(out, '\n');
    paint(style, out, "1");
    output_cell(out, buf_slice(&line), width_of(style));
    while (out->n && out->p[out->n - 1] == ' ')
        out->p[--out->n] = '\0';
    paint(style, out, "0");
    buf_add_char(out, '\n');
    buf_deinit(&line);
}

/* ---- mentions and articles ---- */

void output_mention_row(const struct dm_mention *mention, const struct dm_style *style,
                        struct buf *out)
{
    const struct dm_party *who = &mention->party;
    struct buf sectors, group;
    char place[32];
    unsigned left = width_of(style) - 13 - 5 - 13 - 9 - 6;
    snprintf(place, sizeof place, "%u-%u", who->start, who->end);
    buf_init(&sectors, 64);
    buf_init(&group, 256);
    for (uint32_t i = 0; i < mention->n_members; i++) /* 'both countries': "NIC + RUS" */
        buf_printf(&group, "%s%s", i ? " + " : "", mention->member[i].code);
    buf_add_text(&sectors, who->sector);
    for (uint32_t i = 0; i < who->n_other_sectors; i++)
        buf_printf(&sectors, "/%s", who->other_sectors[i]);
    cell(out, place, 11);
    cell(out, who->code, 3);
    output_cell(out, buf_slice(&sectors), 11);
    buf_add_text(out, "  ");
    cell(out, mention->kind, 7);
    cell(out, who->entity_text, left * 40 / 100);
    cell(out, who->office, left * 25 / 100);
    last_cell(out, mention->n_members ? buf_slice(&group) : slice_of(who->identifier_text),
              left - left * 40 / 100 - left * 25 / 100);
    buf_deinit(&group);
    buf_deinit(&sectors);
}

void output_name_row(const struct dm_name *name, const struct dm_style *style, struct buf *out)
{
    char place[32];
    snprintf(place, sizeof place, "%u-%u", name->start, name->end);
    cell(out, place, 11);
    cell(out, name->entity, 12);
    last_cell(out, slice_of(name->text), width_of(style) - 13 - 14);
}

void output_about_row(const struct dm_about *about, const struct dm_style *style, struct buf *out)
{
    unsigned left = width_of(style) - 12 - 10 - 4;
    char count[24];
    snprintf(count, sizeof count, "%8zu", about->n_text);
    cell(out, about->date, 10);
    cell(out, count, 8);
    cell(out, about->id, left * 30 / 100);
    last_cell(out, slice_of(about->title), left - left * 30 / 100);
}

void output_table_header(enum dm_depth depth, const struct dm_style *style, struct buf *out)
{
    unsigned left;
    paint(style, out, "4");
    if (depth == DM_DEPTH_CODE) {
        struct event_widths w = event_widths(style);
        cell(out, "DATE", 10);
        cell(out, "EVENT", 9);
        if (w.cameo)
            cell(out, "CAMEO", w.cameo);
        cell(out, "WHO", w.who);
        cell(out, "WHOM", w.whom);
        if (w.status)
            cell(out, "STATUS", w.status);
        if (w.said)
            cell(out, "SAID BY", w.said);
        output_cell(out, slice_of("WORDS"), w.words);
    } else if (depth == DM_DEPTH_ACTORS && style->names) {
        cell(out, "WHERE", 11);
        cell(out, "ENTITY", 12);
        output_cell(out, slice_of("NAME"), width_of(style) - 13 - 14);
    } else if (depth == DM_DEPTH_ACTORS) {
        left = width_of(style) - 13 - 5 - 13 - 9 - 6;
        cell(out, "WHERE", 11);
        cell(out, "WHO", 3);
        cell(out, "SECTORS", 11);
        cell(out, "KIND", 7);
        cell(out, "WORDS", left * 40 / 100);
        cell(out, "OFFICE", left * 25 / 100);
        output_cell(out, slice_of("NAME"), left - left * 40 / 100 - left * 25 / 100);
    } else {
        left = width_of(style) - 12 - 10 - 4;
        cell(out, "DATE", 10);
        cell(out, "   BYTES", 8);
        cell(out, "ID", left * 30 / 100);
        output_cell(out, slice_of("TITLE"), left - left * 30 / 100);
    }
    paint(style, out, "0");
    buf_add_char(out, '\n');
}
