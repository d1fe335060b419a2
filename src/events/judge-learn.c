/* SPDX-License-Identifier: MIT */
/*
 * judge-learn.c - learn the judge's weights from sentences whose events were coded by hand.
 *
 * Reads    articles with mentions, their gold events.
 * Leaves   the bytes of a file that judge-file.c opens.
 *
 * Method   Every candidate word is an example: its evidence, and the type of the gold event whose
 *          words' head it is, or none. A word beside the head in a gold event's words, or another
 *          word whose frame tells the same type, teaches nothing. For each gold event every noun
 *          phrase of its sentence is an example of actor, recipient or neither. Evidence seen rarely
 *          is left out. Weights by AdaGrad with an L2 penalty, averaged over the later half of the
 *          epochs (the last steps alone follow the last examples); written as 8-bit numbers.
 * Source   J. Duchi, E. Hazan, Y. Singer, "Adaptive Subgradient Methods", JMLR 12, 2011.
 * Cost     Examples x pieces of evidence x classes, each epoch: seconds for 8,000 sentences.
 */
#include "events/judge-learn.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/map.h"
#include "events/evidence.h"
#include "syntax/learn.h"

#define LESSON_BYTES ((size_t)2 << 30)
#define USUAL_EPOCHS 6
#define USUAL_RATE 0.03
#define USUAL_DECAY 0.1
#define USUAL_LEAST 3
#define PLACE_AT 0.01f /* least probability of the word that an event without a place is given */

struct example {
    size_t first; /* in key[] */
    uint32_t n, class;
};

/* Examples of one question. */
struct subject {
    uint32_t *key;
    uint32_t n_keys;
    size_t c_keys;
    struct example *example;
    uint32_t n_examples;
    size_t c_examples;
};

struct judge_lesson {
    struct arena arena;
    struct map types; /* name -> class - 1 */
    struct slice type[JUDGE_CLASSES];
    struct subject subject[JUDGE_QUESTIONS];
    const struct judge *judge; /* places events whose words are not known, or NULL */
    uint32_t n_unplaced;
    bool too_many;             /* event types */
};

struct judge_lesson *judge_lesson_new(const struct judge *judge)
{
    struct judge_lesson *lesson = calloc(1, sizeof *lesson);
    if (!lesson)
        return NULL;
    lesson->judge = judge;
    arena_init(&lesson->arena, LESSON_BYTES);
    map_init(&lesson->types, &lesson->arena);
    return lesson;
}

uint32_t judge_lesson_unplaced(const struct judge_lesson *lesson)
{
    return lesson->n_unplaced;
}

void judge_lesson_free(struct judge_lesson *lesson)
{
    if (!lesson)
        return;
    arena_deinit(&lesson->arena);
    free(lesson);
}

/* ---- gathering ---- */

static bool add_example(struct judge_lesson *lesson, enum judge_question question,
                        const struct evidence *e, uint32_t class)
{
    struct subject *subject = &lesson->subject[question];
    struct example *example = ARENA_PUSH(&lesson->arena, subject->example, subject->n_examples,
                                         subject->c_examples);
    if (!example)
        return false;
    *example = (struct example){subject->n_keys, e->n, class};
    for (uint32_t i = 0; i < e->n; i++) {
        uint32_t *key = ARENA_PUSH(&lesson->arena, subject->key, subject->n_keys, subject->c_keys);
        if (!key)
            return false;
        *key = e->key[i];
    }
    return true;
}

/* Class of a type, made when new; UINT32_MAX when there are too many or no memory. */
static uint32_t class_of(struct judge_lesson *lesson, struct slice type)
{
    uint32_t class = map_intern(&lesson->types, type);
    lesson->too_many |= class != MAP_NONE && class + 2 > JUDGE_CLASSES;
    if (class == MAP_NONE || lesson->too_many)
        return UINT32_MAX;
    if (!lesson->type[class + 1].p)
        lesson->type[class + 1] = arena_copy(&lesson->arena, type);
    return class + 1;
}

/* The token of [begin, end) whose head stands outside; ARTICLE_NONE when the bytes hold none. */
static uint32_t head_of_bytes(const struct matcher *m, uint32_t begin, uint32_t end)
{
    uint32_t best = ARTICLE_NONE;
    for (uint32_t t = m->first; t < m->end; t++) {
        const struct token *tok = &m->tok[t];
        if (tok->begin >= end || tok->end <= begin)
            continue;
        uint32_t head = tok->head;
        bool outside = head < m->first || head >= m->end || m->tok[head].begin >= end ||
                       m->tok[head].end <= begin;
        bool content = tok->upos == UPOS_VERB || tok->upos == UPOS_NOUN || tok->upos == UPOS_ADJ ||
                       tok->upos == UPOS_PROPN || tok->upos == UPOS_PRON;
        if (outside && (best == ARTICLE_NONE || (content && m->tok[best].upos != UPOS_VERB &&
                                                 m->tok[best].upos != UPOS_NOUN)))
            best = t;
    }
    return best;
}

static bool overlaps(const struct matcher *m, uint32_t first, uint32_t end, uint32_t begin,
                     uint32_t stop)
{
    return m->tok[first].begin < stop && m->tok[end - 1].end > begin;
}

static bool tells(const struct matcher *m, const struct found *found, struct slice type)
{
    const struct frame_turn *turn = matcher_turn(m, &found->ev);
    return slice_eq(found->ev.type, type) ||
           (turn && slice_eq(frame_text(m->frames, turn->to), type));
}

/* The find inside of the gold event's words that tells its type; ARTICLE_NONE none. */
static uint32_t find_of(const struct matcher *m, const struct gold_event *gold)
{
    for (uint32_t i = 0; i < m->n_found; i++) {
        uint32_t t = m->found[i].ev.trigger;
        if (overlaps(m, t, t + 1, gold->begin, gold->end) && tells(m, &m->found[i], gold->type))
            return i;
    }
    return ARTICLE_NONE;
}

/* What the word should be answered: a type, empty for none; false: it teaches nothing. */
static bool answer(const struct evidence_sentence *s, uint32_t t, const struct gold_event *gold,
                   uint32_t n_gold, struct slice *out)
{
    const struct matcher *m = s->m;
    uint32_t at = s->found_at[t - m->first];
    const struct found *found = at == ARTICLE_NONE ? NULL : &m->found[at];
    *out = (struct slice){0};
    for (uint32_t g = 0; g < n_gold; g++) {
        bool within = overlaps(m, t, t + 1, gold[g].begin, gold[g].end);
        bool head = within && head_of_bytes(m, gold[g].begin, gold[g].end) == t;
        bool same = found && tells(m, found, gold[g].type);
        if (head || (within && same)) {
            *out = same ? found->ev.type : gold[g].type;
            return true;
        }
        if (within || gold[g].partial || (same && find_of(m, &gold[g]) == ARTICLE_NONE))
            return false;
    }
    return true;
}

static bool take_triggers(struct judge_lesson *lesson, const struct evidence_sentence *s,
                          const struct gold_event *gold, uint32_t n_gold, struct evidence *e)
{
    const struct matcher *m = s->m;
    for (uint32_t t = m->first; t < m->end; t++) {
        struct slice type;
        if (!evidence_is_candidate(s, t) || !answer(s, t, gold, n_gold, &type))
            continue;
        uint32_t class = type.n ? class_of(lesson, type) : 0;
        evidence_trigger(s, t, e);
        if (class == UINT32_MAX || !add_example(lesson, JUDGE_TRIGGER, e, class))
            return false;
    }
    return true;
}

/* The noun phrase that stands for words of the gold: their head, else the last that they hold. */
static uint32_t phrase_of(const struct evidence_sentence *s, const struct found *found,
                          uint32_t begin, uint32_t end)
{
    const struct matcher *m = s->m;
    uint32_t head = head_of_bytes(m, begin, end), last = ARTICLE_NONE;
    if (head == ARTICLE_NONE || evidence_is_party(s, found, head))
        return head;
    for (uint32_t t = m->first; t < m->end; t++)
        if (overlaps(m, t, t + 1, begin, end) && m->article->mention_of[t] != ARTICLE_NONE &&
            evidence_is_party(s, found, t))
            last = t;
    return last;
}

/* Which side the noun phrase at t is on by the gold; false: it teaches nothing. */
static bool side_of(const struct evidence_sentence *s, const struct found *found, uint32_t t,
                    const struct gold_event *gold, enum judge_party *out)
{
    const struct matcher *m = s->m;
    uint32_t index = m->article->mention_of[t];
    uint32_t first = index == ARTICLE_NONE ? t : m->article->mention[index].first;
    uint32_t end = index == ARTICLE_NONE ? t + 1 : m->article->mention[index].end;
    *out = PARTY_NONE;
    if (first < m->first || end > m->end || first >= end)
        first = t, end = t + 1;
    bool near = false;
    for (uint32_t i = 0; i < gold->n_parties; i++) {
        uint32_t phrase = phrase_of(s, found, gold->party[i].begin, gold->party[i].end);
        uint32_t mention = phrase == ARTICLE_NONE ? ARTICLE_NONE : m->article->mention_of[phrase];
        if (phrase == t) {
            *out = gold->party[i].side;
            return true;
        }
        near |= overlaps(m, first, end, gold->party[i].begin, gold->party[i].end) ||
                (index != ARTICLE_NONE && mention != ARTICLE_NONE &&
                 match_is_same(m, index, mention));
    }
    return !near && !gold->partial;
}

static bool take_parties(struct judge_lesson *lesson, const struct evidence_sentence *s,
                         struct matcher *m, const struct gold_event *gold, struct evidence *e)
{
    uint32_t at = find_of(m, gold), t = head_of_bytes(m, gold->begin, gold->end);
    if (t == ARTICLE_NONE)
        return true;
    if (at == ARTICLE_NONE) {
        uint32_t learned = match_learned_frame(m, gold->type);
        if (learned == ARTICLE_NONE)
            return true;
        if (!match_learned(m, learned, t))
            return false;
        at = m->n_found - 1;
    }
    for (t = m->first; t < m->end; t++) {
        enum judge_party side;
        if (!evidence_is_party(s, &m->found[at], t) ||
            !side_of(s, &m->found[at], t, gold, &side))
            continue;
        evidence_party(s, &m->found[at], t, e);
        if (!add_example(lesson, JUDGE_PARTY, e, side))
            return false;
    }
    return true;
}

static bool in_sentence(const struct matcher *m, const struct gold_event *gold)
{
    for (uint32_t i = 0; i < gold->n_parties; i++)
        if (head_of_bytes(m, gold->party[i].begin, gold->party[i].end) == ARTICLE_NONE)
            return false;
    return gold->n_parties > 0;
}

/* Give an event whose words are not known the word that the earlier judge finds likeliest. */
static void place(struct judge_lesson *lesson, const struct evidence_sentence *s,
                  struct gold_event *gold, struct evidence *e)
{
    const struct matcher *m = s->m;
    const struct judge *judge = lesson->judge;
    float best = 0, p[JUDGE_CLASSES];
    lesson->n_unplaced++;
    for (uint32_t t = m->first; t < m->end && judge; t++) {
        if (!evidence_is_candidate(s, t))
            continue;
        evidence_trigger(s, t, e);
        judge_ask(&judge->table[JUDGE_TRIGGER], e->key, e->n, p);
        for (uint32_t c = 1; c < judge->table[JUDGE_TRIGGER].n_classes; c++) {
            bool wanted = slice_eq(judge->type[c], gold->type) ||
                          (gold->other.n && slice_eq(judge->type[c], gold->other));
            if (!wanted || p[c] <= best || p[c] < PLACE_AT)
                continue;
            best = p[c];
            gold->begin = m->tok[t].begin;
            gold->end = m->tok[t].end;
            gold->type = judge->type[c];
        }
    }
}

static bool take_sentence(struct judge_lesson *lesson, struct matcher *m, struct gold_event *gold,
                          uint32_t n_gold, struct evidence *e)
{
    struct evidence_sentence s;
    if (m->no_memory || !evidence_prepare(m, &s))
        return false;
    for (uint32_t g = 0; g < n_gold; g++)
        if (gold[g].begin == gold[g].end && in_sentence(m, &gold[g]))
            place(lesson, &s, &gold[g], e);
    if (!take_triggers(lesson, &s, gold, n_gold, e))
        return false;
    for (uint32_t g = 0; g < n_gold; g++)
        if (!take_parties(lesson, &s, m, &gold[g], e))
            return false;
    return true;
}

int judge_lesson_take(struct judge_lesson *lesson, const struct lexicon *lexicon,
                      struct dm_article *article, struct gold_event *gold, uint32_t n_gold,
                      struct dm_error *err)
{
    struct arena_mark mark = arena_mark(&article->scratch);
    struct evidence *e = arena_new(&article->scratch, struct evidence);
    struct matcher m;
    bool fine = e && matcher_start(&m, lexicon, article);
    if (e)
        e->keys_only = true;
    for (uint32_t s = 0; s < article->n_sents && fine; s++) {
        if (!article_is_coded(article, &article->sent[s]))
            continue;
        if (matcher_find(&m, s))
            fine = take_sentence(lesson, &m, gold, n_gold, e);
    }
    arena_rewind(&article->scratch, mark);
    if (lesson->too_many)
        return dm_fail(err, DM_ELIMIT, "learning: more than %d event types", JUDGE_CLASSES - 1);
    return fine ? DM_OK : dm_fail(err, DM_ENOMEM, "learning: out of memory");
}

/* ---- learning ---- */

/* The evidence of a question that was seen often enough, numbered. */
struct learner {
    const struct subject *subject;
    uint32_t n_classes, n_rows;
    uint32_t *row_key;             /* [n_rows] */
    uint32_t *row;                 /* [n_keys] row of each example's key, UINT32_MAX left out */
    float *weight, *square;        /* [n_rows][n_classes] */
    double rate, decay;
};

static int by_key(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static uint32_t row_of(const struct learner *l, uint32_t key)
{
    const uint32_t *at = bsearch(&key, l->row_key, l->n_rows, sizeof key, by_key);
    return at ? (uint32_t)(at - l->row_key) : UINT32_MAX;
}

static bool number_evidence(struct learner *l, struct arena *arena, uint32_t least)
{
    uint32_t n = l->subject->n_keys;
    uint32_t *sorted = arena_array(arena, n + 1, uint32_t);
    l->row_key = arena_array(arena, n + 1, uint32_t);
    l->row = arena_array(arena, n + 1, uint32_t);
    if (!sorted || !l->row_key || !l->row)
        return false;
    if (n)
        memcpy(sorted, l->subject->key, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_key);
    for (uint32_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && sorted[end] == sorted[i]; end++)
            ;
        if (end - i >= least)
            l->row_key[l->n_rows++] = sorted[i];
    }
    for (uint32_t i = 0; i < n; i++)
        l->row[i] = row_of(l, l->subject->key[i]);
    size_t cells = (size_t)l->n_rows * l->n_classes + 1;
    l->weight = arena_array(arena, cells, float);
    l->square = arena_array(arena, cells, float);
    return l->weight && l->square;
}

/* One example: its loss, and the weights a step better. */
static double learn_example(struct learner *l, const struct example *example)
{
    float p[JUDGE_CLASSES] = {0}, most = -1e30f, total = 0;
    uint32_t n_classes = l->n_classes, row[EVIDENCE_MAX], n = 0;
    for (uint32_t i = 0; i < example->n; i++)
        if (l->row[example->first + i] != UINT32_MAX)
            row[n++] = l->row[example->first + i];
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t c = 0; c < n_classes; c++)
            p[c] += l->weight[(size_t)row[i] * n_classes + c];
    for (uint32_t c = 0; c < n_classes; c++)
        most = p[c] > most ? p[c] : most;
    for (uint32_t c = 0; c < n_classes; c++)
        total += p[c] = expf(p[c] - most);
    for (uint32_t c = 0; c < n_classes; c++)
        p[c] /= total;
    double loss = -log((double)p[example->class] + 1e-12);
    p[example->class] -= 1;
    for (uint32_t i = 0; i < n; i++) {
        float *w = l->weight + (size_t)row[i] * n_classes, *g = l->square + (size_t)row[i] * n_classes;
        for (uint32_t c = 0; c < n_classes; c++) {
            float step = p[c] + (float)l->decay * w[c];
            g[c] += step * step;
            w[c] -= (float)l->rate * step / (sqrtf(g[c]) + 1e-6f);
        }
    }
    return loss;
}

static bool learn(struct learner *l, struct arena *arena, uint32_t epochs, const char *what,
                  const struct judge_learning *how)
{
    uint32_t n = l->subject->n_examples;
    uint32_t *order = arena_array(arena, n + 1, uint32_t);
    uint64_t state = 1;
    uint32_t some = 0; /* not "none" */
    size_t cells = (size_t)l->n_rows * l->n_classes;
    uint32_t averaged = (epochs + 1) / 2;
    float *sum = arena_array(arena, cells + 1, float);
    if (!order || !sum)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        some += l->subject->example[i].class != 0;
        order[i] = i;
    }
    for (uint32_t epoch = 1; epoch <= epochs; epoch++) {
        double loss = 0;
        learn_shuffle(&state, order, n);
        for (uint32_t i = 0; i < n; i++)
            loss += learn_example(l, &l->subject->example[order[i]]);
        char line[120];
        snprintf(line, sizeof line,
                 "%s: epoch %u/%u, %u of %u examples, %u pieces of evidence, loss %.4f", what, epoch,
                 epochs, some, n, l->n_rows, n ? loss / n : 0);
        if (how->progress)
            how->progress(how->self, line);
        for (size_t i = 0; i < cells && epoch + averaged > epochs; i++)
            sum[i] += l->weight[i] / (float)averaged;
    }
    l->weight = sum;
    return true;
}

/* ---- writing ---- */

struct written {
    struct judge_slot *slot;
    int8_t *weight;
    uint32_t n_slots, n_rows;
    float unit;
};

static bool write_table(const struct learner *l, struct arena *arena, struct written *out)
{
    float most = 1e-6f;
    size_t n = (size_t)l->n_rows * l->n_classes;
    for (size_t i = 0; i < n; i++)
        most = fabsf(l->weight[i]) > most ? fabsf(l->weight[i]) : most;
    *out = (struct written){.unit = most / 127, .n_slots = 16};
    while (out->n_slots < 2 * l->n_rows)
        out->n_slots *= 2;
    out->slot = arena_array(arena, out->n_slots, struct judge_slot);
    out->weight = (int8_t *)arena_alloc(arena, n + 1);
    if (!out->slot || !out->weight)
        return false;
    for (uint32_t r = 0; r < l->n_rows; r++) {
        int8_t *to = out->weight + (size_t)out->n_rows * l->n_classes;
        bool any = false;
        for (uint32_t c = 0; c < l->n_classes; c++) {
            to[c] = (int8_t)lrintf(l->weight[(size_t)r * l->n_classes + c] / out->unit);
            any |= to[c] != 0;
        }
        if (!any)
            continue;
        uint32_t i = l->row_key[r] & (out->n_slots - 1);
        while (out->slot[i].key)
            i = (i + 1) & (out->n_slots - 1);
        out->slot[i] = (struct judge_slot){l->row_key[r], out->n_rows++};
    }
    return true;
}

static int add_table(struct image_builder *image, const char *letter, const struct written *table,
                     uint32_t n_classes, struct dm_error *err)
{
    char name[IMAGE_NAME_MAX];
    snprintf(name, sizeof name, "%s.slot", letter);
    int rc = image_add(image, name, table->slot, table->n_slots, sizeof *table->slot, err);
    snprintf(name, sizeof name, "%s.weight", letter);
    if (rc == DM_OK)
        rc = image_add(image, name, table->weight, (size_t)table->n_rows * n_classes, 1, err);
    snprintf(name, sizeof name, "%s.unit", letter);
    if (rc == DM_OK)
        rc = image_add(image, name, &table->unit, 1, sizeof table->unit, err);
    return rc;
}

static int write_all(struct judge_lesson *lesson, const struct written *table, const char *about,
                     struct buf *out, struct dm_error *err)
{
    char types[JUDGE_CLASSES][IMAGE_NAME_MAX] = {{0}};
    uint32_t n_types = lesson->types.n + 1;
    struct image_builder image;
    image_builder_init(&image, &lesson->arena, "judge", JUDGE_VERSION);
    for (uint32_t i = 1; i < n_types; i++)
        snprintf(types[i], sizeof types[i], "%.*s", (int)lesson->type[i].n, lesson->type[i].p);
    about = about ? about : "";
    int rc = image_add(&image, "about", about, strlen(about), 1, err);
    if (rc == DM_OK)
        rc = image_add(&image, "types", types, n_types, IMAGE_NAME_MAX, err);
    if (rc == DM_OK)
        rc = add_table(&image, "t", &table[JUDGE_TRIGGER], n_types, err);
    if (rc == DM_OK)
        rc = add_table(&image, "p", &table[JUDGE_PARTY], PARTY_CLASSES, err);
    return rc == DM_OK ? image_build(&image, out, err) : rc;
}

int judge_learn(struct judge_lesson *lesson, const struct judge_learning *how, struct buf *out,
                struct dm_error *err)
{
    static const char *const what[JUDGE_QUESTIONS] = {"events", "parties"};
    struct written table[JUDGE_QUESTIONS];
    if (lesson->types.n == 0)
        return dm_fail(err, DM_EFORMAT, "there is no event to learn from");
    for (uint32_t q = 0; q < JUDGE_QUESTIONS; q++) {
        struct learner l = {.subject = &lesson->subject[q],
                            .n_classes = q == JUDGE_TRIGGER ? lesson->types.n + 1 : PARTY_CLASSES,
                            .rate = how->rate > 0 ? how->rate : USUAL_RATE,
                            .decay = how->decay > 0 ? how->decay : USUAL_DECAY};
        if (!number_evidence(&l, &lesson->arena, how->least ? how->least : USUAL_LEAST) ||
            !learn(&l, &lesson->arena, how->epochs ? how->epochs : USUAL_EPOCHS, what[q], how) ||
            !write_table(&l, &lesson->arena, &table[q]))
            return dm_fail(err, DM_ENOMEM, "learning: out of memory");
    }
    return write_all(lesson, table, how->about, out, err);
}
