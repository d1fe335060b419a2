/* SPDX-License-Identifier: MIT */
/*
 * eval.c - code the texts of a gold file and compare the events with those coded by hand.
 *
 * Reads    JSON Lines: id, text, events [{event, actor [{code}], recipient [{code}]}], and complete:
 *          false where the gold may lack events of the text, so that only recall counts there.
 * Leaves   a table: recall, precision and F1 by level, and by type.
 * Method   Within a text, events are matched one to one, as many as can be (augmenting paths), at
 *          three levels: the type is the same; and the actors' codes overlap; and both sets of
 *          codes are equal. A gold event with two or more actor codes and no recipient is mutual:
 *          there the parties count, whichever side they stand on.
 */
#include <jansson.h>

#include "core/file.h"
#include "core/map.h"
#include "engine/output.h"

#define TYPES_MAX 4
#define CODES_MAX 16
#define ACTS_MAX 128     /* events of one text */
#define KINDS_MAX 64     /* event types */
#define NAME_MAX_BYTES 24
#define GOLD_BYTES_MAX (256u << 20)

enum level { LEVEL_TYPE, LEVEL_ACTOR, LEVEL_DYAD, LEVELS }; /* ORDER LEVEL */

struct code_set {
    char code[CODES_MAX][4];
    uint32_t n;
};

struct act {
    char type[TYPES_MAX][NAME_MAX_BYTES];
    uint32_t n_types;
    struct code_set actor, recipient;
};

struct gold_text {
    struct act *act;
    uint32_t n_acts;
    bool complete;
};

struct score {
    uint64_t hit, want, hit_complete, made; /* hit_complete and made: of complete texts only */
    uint64_t want_complete;
};

struct kind {
    char name[NAME_MAX_BYTES];
    uint64_t hit, want, hit_complete, made;
};

struct eval {
    const struct dm_engine *engine;
    struct arena arena;
    struct map id;
    struct gold_text *text;
    uint32_t n_texts;
    size_t capacity;
    struct score score[LEVELS];
    struct kind kind[KINDS_MAX];
    uint32_t n_kinds;
    uint64_t coded, silent, unread;
};

/* ---- events as sets ---- */

static void code_add(struct code_set *set, const char *code)
{
    char key[4] = "";
    if (!code || !*code || set->n == CODES_MAX)
        return;
    strncpy(key, code, 3);
    for (uint32_t i = 0; i < set->n; i++)
        if (strcmp(set->code[i], key) == 0)
            return;
    memcpy(set->code[set->n++], key, sizeof key);
}

static void set_join(struct code_set *set, const struct code_set *more)
{
    for (uint32_t i = 0; i < more->n; i++)
        code_add(set, more->code[i]);
}

static uint32_t set_common(const struct code_set *a, const struct code_set *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < b->n; k++)
            n += strcmp(a->code[i], b->code[k]) == 0;
    return n;
}

static bool set_same(const struct code_set *a, const struct code_set *b)
{
    return a->n == b->n && set_common(a, b) == a->n;
}

static void type_add(struct act *act, const char *type)
{
    if (type && act->n_types < TYPES_MAX)
        snprintf(act->type[act->n_types++], NAME_MAX_BYTES, "%s", type);
}

static bool types_meet(const struct act *a, const struct act *b)
{
    for (uint32_t i = 0; i < a->n_types; i++)
        for (uint32_t k = 0; k < b->n_types; k++)
            if (strcmp(a->type[i], b->type[k]) == 0)
                return true;
    return false;
}

static bool agree(const struct act *gold, const struct act *mine, enum level level)
{
    struct code_set ga = gold->actor, gr = gold->recipient, ma = mine->actor, mr = mine->recipient;
    if (!types_meet(gold, mine))
        return false;
    if (level == LEVEL_TYPE)
        return true;
    if (ga.n > 1 && gr.n == 0) {
        set_join(&ma, &mr);
        mr.n = 0;
    }
    if (level == LEVEL_ACTOR)
        return set_common(&ga, &ma) > 0 || (ga.n == 0 && ma.n == 0);
    return set_same(&ga, &ma) && set_same(&gr, &mr);
}

/* ---- the gold ---- */

static void side_of(json_t *event, const char *key, struct code_set *out)
{
    size_t i;
    json_t *party;
    json_array_foreach(json_object_get(event, key), i, party)
        code_add(out, json_string_value(json_object_get(party, "code")));
}

static void act_of(json_t *event, struct act *out)
{
    json_t *types = json_object_get(event, "event"), *type;
    size_t i;
    if (json_is_string(types))
        type_add(out, json_string_value(types));
    json_array_foreach(types, i, type)
        type_add(out, json_string_value(type));
    side_of(event, "actor", &out->actor);
    side_of(event, "recipient", &out->recipient);
}

static int gold_add(struct eval *eval, json_t *record, const char *path, uint64_t line,
                    struct dm_error *err)
{
    const char *id = json_string_value(json_object_get(record, "id"));
    json_t *events = json_object_get(record, "events"), *event;
    size_t i, n = json_array_size(events);
    if (!id || !json_is_array(events))
        return dm_fail(err, DM_EFORMAT, "%s:%llu: a gold text needs an id and a list of events",
                       path, (unsigned long long)line);
    struct gold_text *text = ARENA_PUSH(&eval->arena, eval->text, eval->n_texts, eval->capacity);
    if (!text || !map_set(&eval->id, slice_of(id), eval->n_texts - 1))
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", path);
    text->n_acts = n > ACTS_MAX ? ACTS_MAX : (uint32_t)n;
    text->act = arena_array(&eval->arena, text->n_acts, struct act);
    if (!text->act)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", path);
    text->complete = json_is_true(json_object_get(record, "complete"));
    json_array_foreach(events, i, event)
        if (i < text->n_acts)
            act_of(event, &text->act[i]);
    return DM_OK;
}

static int gold_lines(struct eval *eval, struct slice all, const char *path, struct dm_error *err)
{
    struct slice line;
    int rc = DM_OK;
    for (uint64_t n = 1; rc == DM_OK && slice_cut(&all, '\n', &line); n++) {
        json_error_t fault;
        if (slice_trim(line).n == 0)
            continue;
        json_t *record = json_loadb(line.p, line.n, 0, &fault);
        rc = record ? gold_add(eval, record, path, n, err)
                    : dm_fail(err, DM_EFORMAT, "%s:%llu: not JSON: %s", path,
                              (unsigned long long)n, fault.text);
        json_decref(record);
    }
    return rc;
}

static int gold_read(struct eval *eval, const char *path, struct dm_error *err)
{
    struct buf bytes;
    buf_init(&bytes, GOLD_BYTES_MAX);
    int rc = file_read(path, &bytes, err);
    if (rc == DM_OK)
        rc = gold_lines(eval, buf_slice(&bytes), path, err);
    buf_deinit(&bytes);
    if (rc == DM_OK && eval->n_texts == 0)
        rc = dm_fail(err, DM_EFORMAT, "%s: no gold texts in it", path);
    return rc;
}

/* ---- matching ---- */

struct matching {
    bool fits[ACTS_MAX][ACTS_MAX];        /* [gold][mine] */
    int owner[ACTS_MAX], mate[ACTS_MAX];  /* gold of mine, mine of gold; -1 none */
};

/* Seat gold event g, moving others where that makes room: breadth first over alternating paths. */
static bool seat(struct matching *m, uint32_t g, uint32_t n_mine)
{
    int from[ACTS_MAX];
    bool seen[ACTS_MAX] = {false};
    uint32_t queue[ACTS_MAX], n_queue = 0;
    queue[n_queue++] = g;
    for (uint32_t i = 0; i < n_queue; i++)
        for (uint32_t k = 0; k < n_mine; k++) {
            if (seen[k] || !m->fits[queue[i]][k])
                continue;
            seen[k] = true;
            from[k] = (int)queue[i];
            if (m->owner[k] >= 0) {
                queue[n_queue++] = (uint32_t)m->owner[k];
                continue;
            }
            for (int at = (int)k; at >= 0;) {
                int who = from[at], next = m->mate[who];
                m->owner[at] = who;
                m->mate[who] = at;
                at = next;
            }
            return true;
        }
    return false;
}

static uint32_t match(struct matching *m, const struct gold_text *gold, const struct act *mine,
                      uint32_t n_mine, enum level level)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < ACTS_MAX; i++)
        m->owner[i] = m->mate[i] = -1;
    for (uint32_t g = 0; g < gold->n_acts; g++)
        for (uint32_t k = 0; k < n_mine; k++)
            m->fits[g][k] = agree(&gold->act[g], &mine[k], level);
    for (uint32_t g = 0; g < gold->n_acts; g++)
        n += seat(m, g, n_mine);
    return n;
}

/* ---- counting ---- */

static struct kind *kind_of(struct eval *eval, const char *name)
{
    for (uint32_t i = 0; i < eval->n_kinds; i++)
        if (strcmp(eval->kind[i].name, name) == 0)
            return &eval->kind[i];
    if (eval->n_kinds == KINDS_MAX)
        return &eval->kind[KINDS_MAX - 1];
    snprintf(eval->kind[eval->n_kinds].name, NAME_MAX_BYTES, "%s", name);
    return &eval->kind[eval->n_kinds++];
}

static void count_kinds(struct eval *eval, const struct matching *m, const struct gold_text *gold,
                        const struct act *mine, uint32_t n_mine)
{
    for (uint32_t g = 0; g < gold->n_acts; g++)
        for (uint32_t t = 0; t < gold->act[g].n_types; t++)
            kind_of(eval, gold->act[g].type[t])->hit += m->mate[g] >= 0;
    for (uint32_t k = 0; gold->complete && k < n_mine; k++)
        for (uint32_t t = 0; t < mine[k].n_types; t++) {
            struct kind *kind = kind_of(eval, mine[k].type[t]);
            kind->hit_complete += m->owner[k] >= 0;
            kind->made++;
        }
}

static void compare(struct eval *eval, const struct gold_text *gold, const struct act *mine,
                    uint32_t n_mine)
{
    struct matching m;
    eval->coded += n_mine;
    eval->silent += gold->n_acts > 0 && n_mine == 0;
    for (int level = 0; level < LEVELS; level++) {
        uint32_t n = match(&m, gold, mine, n_mine, (enum level)level);
        eval->score[level].hit += n;
        if (gold->complete) {
            eval->score[level].hit_complete += n;
            eval->score[level].made += n_mine;
        }
        if (level == LEVEL_TYPE)
            count_kinds(eval, &m, gold, mine, n_mine);
    }
}

static int each_article(void *self, struct dm_article *article, struct dm_error *err)
{
    struct eval *eval = self;
    const struct dm_event *event = NULL;
    size_t n = 0;
    struct act mine[ACTS_MAX];
    uint32_t at = map_get(&eval->id, article->id), n_mine = 0;
    int rc = dm_article_events(article, eval->engine, &event, &n, err);
    if (rc != DM_OK || at == MAP_NONE)
        return rc;
    for (; n_mine < n && n_mine < ACTS_MAX; n_mine++) {
        struct act *act = &mine[n_mine];
        *act = (struct act){.n_types = 0};
        type_add(act, event[n_mine].type);
        for (uint32_t i = 0; i < event[n_mine].n_actors; i++)
            code_add(&act->actor, event[n_mine].actor[i].code);
        for (uint32_t i = 0; i < event[n_mine].n_recipients; i++)
            code_add(&act->recipient, event[n_mine].recipient[i].code);
    }
    compare(eval, &eval->text[at], mine, n_mine);
    return DM_OK;
}

static void each_failure(void *self, int code, const char *message)
{
    struct eval *eval = self;
    (void)message;
    eval->unread += code < 0;
}

/* ---- the table ---- */

static double share(uint64_t a, uint64_t b)
{
    return b ? (double)a / (double)b : 0;
}

static double f1(const struct score *s)
{
    double p = share(s->hit_complete, s->made), r = share(s->hit_complete, s->want_complete);
    return p + r > 0 ? 2 * p * r / (p + r) : 0;
}

static void count_wanted(struct eval *eval)
{
    for (uint32_t i = 0; i < eval->n_texts; i++) {
        const struct gold_text *gold = &eval->text[i];
        for (int level = 0; level < LEVELS; level++) {
            eval->score[level].want += gold->n_acts;
            eval->score[level].want_complete += gold->complete ? gold->n_acts : 0;
        }
        for (uint32_t g = 0; g < gold->n_acts; g++)
            for (uint32_t t = 0; t < gold->act[g].n_types; t++)
                kind_of(eval, gold->act[g].type[t])->want++;
    }
}

static int kind_order(const void *a, const void *b)
{
    return strcmp(((const struct kind *)a)->name, ((const struct kind *)b)->name);
}

static int write_table(struct eval *eval, const struct dm_sink *sink, struct dm_error *err)
{
    static const char *const names[LEVELS] = {"type", "actor", "dyad"}; /* ORDER LEVEL */
    struct buf out;
    buf_init(&out, 1u << 20);
    buf_printf(&out, "%u texts, %llu gold events, %llu coded, %llu texts with gold events and none"
               " coded\n", eval->n_texts, (unsigned long long)eval->score[0].want,
               (unsigned long long)eval->coded, (unsigned long long)eval->silent);
    if (eval->unread)
        buf_printf(&out, "%llu texts could not be read\n", (unsigned long long)eval->unread);
    buf_printf(&out, "%-10s %8s %10s %8s\n", "level", "recall", "precision", "F1");
    for (int i = 0; i < LEVELS; i++) {
        const struct score *s = &eval->score[i];
        buf_printf(&out, "%-10s %8.3f %10.3f %8.3f\n", names[i], share(s->hit, s->want),
                   share(s->hit_complete, s->made), f1(s));
    }
    qsort(eval->kind, eval->n_kinds, sizeof *eval->kind, kind_order);
    for (uint32_t i = 0; i < eval->n_kinds; i++) {
        const struct kind *k = &eval->kind[i];
        buf_printf(&out, "%-10s recall %.3f of %4llu   precision %.3f of %4llu\n", k->name,
                   share(k->hit, k->want), (unsigned long long)k->want,
                   share(k->hit_complete, k->made), (unsigned long long)k->made);
    }
    int rc = sink->write(sink->self, out.p, out.n, err);
    buf_deinit(&out);
    return rc;
}

int dm_eval(const struct dm_engine *engine, const char *gold, unsigned jobs,
            const volatile int *stop, const struct dm_sink *sink, struct dm_error *err)
{
    struct eval eval = {.engine = engine};
    struct dm_run run = {.path = &gold, .n_paths = 1, .input = "jsonl", .depth = DM_DEPTH_CODE,
                         .jobs = jobs, .stop = stop, .article = each_article, .warn = each_failure,
                         .self = &eval};
    struct dm_totals totals;
    arena_init(&eval.arena, 2u * GOLD_BYTES_MAX);
    map_init(&eval.id, &eval.arena);
    int rc = gold_read(&eval, gold, err);
    if (rc == DM_OK)
        rc = dm_run(engine, &run, &totals, err);
    if (rc == DM_OK) {
        count_wanted(&eval);
        rc = write_table(&eval, sink, err);
    }
    arena_deinit(&eval.arena);
    return rc;
}
