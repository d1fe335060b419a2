/* SPDX-License-Identifier: MIT */
/*
 * golden.c - run the cases of tests/golden/NAME.txt: sentences, then the events expected of them.
 *
 *   # a comment
 *   date 2010-02-17
 *   before Text that stands before: read for who "he" is, not coded.
 *   Russia accused Georgia of lying.
 *       ACCUSE RUS > GEO
 *
 * A case is an optional `date` (kept for the cases below) and `before` (of this case alone), one line
 * of text, and its indented events: TYPE, actors, `>` and recipients, joined by ` + `, each CODE or
 * CODE/SECTOR ("-/MIL" without a code, "?" with neither). What is unusual stands behind, in this
 * order: `status future`, `date 2010-02-14` (other than the article's), `said NIC/GOV`. `nothing`
 * expects no event. Behind a line `details`, these stand, too: `at Oslo/NOR` (the resolved place; only
 * the words where it is not resolved), `dead 5 injured 6 arrested 7 participants 8`, `again` (an
 * event told before). Behind a line `modes`, the event's modes stand last: `mode aerial firearms`. All
 * events of the text must be listed, in the order of the text.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "demarche.h"

#define LINE_SIZE 4096
#define FOUND_SIZE 16384

struct golden {
    struct dm_engine *engine;
    struct dm_article *article;
    const char *path;
    char date[32], before[LINE_SIZE], text[LINE_SIZE];
    char want[FOUND_SIZE]; /* the expected lines, joined by line ends */
    int line;              /* of the text */
    int passed, failed;
    bool details;          /* places, sizes and links are told, too */
    bool modes;            /* modes are */
};

static void add(char *out, const char *format, const char *a, const char *b)
{
    size_t used = strlen(out);
    snprintf(out + used, FOUND_SIZE - used, format, a, b);
}

static void add_parties(char *out, const struct dm_party *party, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const char *code = *party[i].code ? party[i].code : *party[i].sector ? "-" : "?";
        add(out, i ? " + %s" : " %s", code, "");
        if (*party[i].sector)
            add(out, "/%s", party[i].sector, "");
    }
}

static void add_event(char *out, const struct dm_event *event)
{
    add(out, *out ? "\n%s" : "%s", event->type, "");
    add_parties(out, event->actor, event->n_actors);
    if (event->n_recipients) {
        add(out, " >", "", "");
        add_parties(out, event->recipient, event->n_recipients);
    }
    if (strcmp(event->status, "happened") != 0)
        add(out, " status %s", event->status, "");
    if (*event->date && strcmp(event->date, event->article_date) != 0)
        add(out, *event->enddate ? " date %s..%s" : " date %s", event->date, event->enddate);
    if (event->attribution) {
        add(out, " said", "", "");
        add_parties(out, event->attribution, 1);
    }
}

static void add_size(char *out, const char *name, unsigned value)
{
    char text[16];
    snprintf(text, sizeof text, "%u", value);
    if (value)
        add(out, " %s %s", name, text);
}

static void add_details(char *out, const struct dm_event *event)
{
    if (*event->place)
        add(out, " at %s", *event->place_resolved ? event->place_resolved : event->place, "");
    if (*event->place_resolved)
        add(out, "/%s", event->place_country, "");
    add_size(out, "dead", event->dead);
    add_size(out, "injured", event->injured);
    add_size(out, "arrested", event->arrested);
    add_size(out, "participants", event->participants);
    if (*event->link)
        add(out, " again", "", "");
}

/* Code the text; the events as they would be expected. */
static bool find(struct golden *golden, char *found)
{
    const struct dm_event *event = NULL;
    size_t n = 0;
    struct dm_error err = {0};
    struct dm_given given = {.text = golden->text,
                             .n_text = strlen(golden->text),
                             .context = *golden->before ? golden->before : NULL,
                             .date = *golden->date ? golden->date : NULL};
    *found = '\0';
    if (dm_article_set(golden->article, &given, &err) != DM_OK ||
        dm_article_take(golden->article, golden->engine, DM_DEPTH_CODE, &err) != DM_OK ||
        dm_article_events(golden->article, golden->engine, &event, &n, &err) != DM_OK) {
        printf("%s:%d: %s\n", golden->path, golden->line, err.text);
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        add_event(found, &event[i]);
        if (golden->details)
            add_details(found, &event[i]);
        for (uint32_t k = 0; golden->modes && k < event[i].n_modes; k++)
            add(found, k ? " %s" : " mode %s", event[i].mode[k], "");
    }
    if (n == 0)
        add(found, "nothing", "", "");
    return true;
}

static void end_case(struct golden *golden)
{
    char found[FOUND_SIZE];
    if (!*golden->text)
        return;
    if (find(golden, found) && strcmp(found, golden->want) == 0) {
        golden->passed++;
    } else {
        golden->failed++;
        printf("%s:%d: %s\nwanted:\n%s\nfound:\n%s\n\n", golden->path, golden->line, golden->text,
               golden->want, found);
    }
    *golden->text = *golden->before = *golden->want = '\0';
}

static void take_line(struct golden *golden, char *line, int number)
{
    line[strcspn(line, "\r\n")] = '\0';
    char *rest = line + strspn(line, " \t");
    if (!*rest || *line == '#')
        return;
    if (rest > line) {
        add(golden->want, *golden->want ? "\n%s" : "%s", rest, "");
        return;
    }
    if (*golden->want)
        end_case(golden);
    if (strcmp(line, "details") == 0) {
        golden->details = true;
    } else if (strcmp(line, "modes") == 0) {
        golden->modes = true;
    } else if (strncmp(line, "date ", 5) == 0) {
        snprintf(golden->date, sizeof golden->date, "%.30s", line + 5);
    } else if (strncmp(line, "before ", 7) == 0) {
        snprintf(golden->before, sizeof golden->before, "%s", line + 7);
    } else {
        snprintf(golden->text, sizeof golden->text, "%s", line);
        golden->line = number;
    }
}

static bool run_file(struct golden *golden, const char *path)
{
    static char line[LINE_SIZE];
    FILE *file = fopen(path, "r");
    if (!file) {
        printf("%s: cannot be read\n", path);
        return false;
    }
    golden->path = path;
    *golden->date = '\0';
    golden->details = golden->modes = false;
    for (int number = 1; fgets(line, sizeof line, file); number++)
        take_line(golden, line, number);
    end_case(golden);
    fclose(file);
    return true;
}

int main(int argc, char **argv)
{
    static struct golden golden;
    struct dm_error err = {0};
    if (dm_engine_open(NULL, DM_DEPTH_CODE, &golden.engine, &err) != DM_OK) {
        printf("%s\n", err.text);
        return err.code == DM_EIO ? 77 : 1; /* skipped when there is no model or lexicon here */
    }
    golden.article = dm_article_new();
    bool fine = golden.article != NULL;
    for (int i = 1; fine && i < argc; i++)
        fine = run_file(&golden, argv[i]);
    printf("%d passed, %d failed\n", golden.passed, golden.failed);
    dm_article_free(golden.article);
    dm_engine_close(golden.engine);
    return fine && golden.failed == 0 && golden.passed > 0 ? 0 : 1;
}
