/* SPDX-License-Identifier: MIT */
/*
 * train.c - make the recognizer of names: read, learn epoch by epoch, score, write.
 *
 * Reads    a model that parses; CoNLL-U with names.
 * Leaves   that model with the recognizer's sections.
 *
 * Method   An epoch goes through all sentences that people marked and through a part of the silver
 *          ones, mixed. After each epoch the model is built in memory as it would be written and finds
 *          the names of the development file, so the score shown is that of the file.
 */
#include "names/train.h"

#include <math.h>
#include <stdlib.h>

#include "names/train-net.h"
#include "syntax/learn.h"
#include "syntax/train-data.h"

#define MODEL_MOST ((size_t)256 << 20)
#define BUILD_MOST ((size_t)1 << 30)
#define EMBED_USUAL 48
#define DIM_USUAL 64 /* 96 gains nothing on bench/names.py and costs a third more time */
#define BATCH_USUAL 400
#define EPOCHS_USUAL 16
#define SHARE 0.5f /* F1 on the part "all" of bench/names.py: 0.810 with 0, 0.824 with 0.5, 0.822 with 1 */

struct session {
    const struct names_train_options *options;
    struct syntax_model *base;
    struct sample sample;
    struct net_trainer *trainer;
    struct net_shape shape;
    struct train_docs dev;
    uint8_t **gold;    /* names of each development document: kind, high bit: inside */
    struct buf about;
    uint32_t *order;   /* sentences of an epoch; silver ones behind n_gold wait for their turn */
    uint32_t batch, epochs, epoch, silver_at;
    uint64_t random;
};

/* ---- the model's bytes ---- */

/* A word's own row becomes the sum of it and its affixes' (features.h). */
static void add_affixes(const struct session *s, float *rows)
{
    const struct image_map *features = &s->base->features;
    const float *learned = net_trainer_rows(s->trainer);
    size_t embed = s->shape.embed;
    for (uint32_t i = 0; i <= features->mask; i++) {
        const struct image_map_slot *slot = &features->slot[i];
        const char *key = features->bytes + slot->key.offset;
        uint32_t row[FEATURES_MAX];
        if (slot->value == IMAGE_NONE || slot->key.n < 1 || key[0] != 'w')
            continue;
        unsigned n = features_affix_rows(features, slice_make(key + 1, slot->key.n - 1), row);
        for (unsigned k = 0; k < n; k++)
            for (size_t j = 0; j < embed; j++)
                rows[slot->value * embed + j] += learned[row[k] * embed + j];
    }
}

/* Rows as 8-bit numbers, each row with its scale. */
static bool quantize_rows(const struct session *s, struct arena *arena, int8_t **out, float **scale)
{
    size_t n = s->shape.n_rows, embed = s->shape.embed;
    float *rows = arena_array(arena, n * embed, float);
    *out = arena_array(arena, n * embed, int8_t);
    *scale = arena_array(arena, n, float);
    if (!rows || !*out || !*scale)
        return false;
    memcpy(rows, net_trainer_rows(s->trainer), n * embed * sizeof *rows);
    add_affixes(s, rows);
    for (size_t i = 0; i < n; i++) {
        float most = 1e-6f;
        for (size_t j = 0; j < embed; j++)
            most = fmaxf(most, fabsf(rows[i * embed + j]));
        (*scale)[i] = most / 127.0f;
        for (size_t j = 0; j < embed; j++)
            (*out)[i * embed + j] = (int8_t)lrintf(rows[i * embed + j] / (*scale)[i]);
    }
    return true;
}

static int add_sections(const struct session *s, struct image_builder *b, struct arena *arena,
                        struct dm_error *err)
{
    struct net_layout l;
    net_layout(&s->shape, &l);
    const float *w = net_trainer_weights(s->trainer);
    int8_t *rows, *packed = arena_array(arena, l.total - l.small, int8_t);
    float *row_scale, *scale = arena_array(arena, 2 * l.gates, float);
    int32_t *offset = arena_array(arena, 2 * l.gates, int32_t);
    if (!packed || !scale || !offset || !quantize_rows(s, arena, &rows, &row_scale))
        return dm_fail(err, DM_ENOMEM, "out of memory for the model");
    network_pack(w + l.w_view, s->shape.view, l.gates, packed, scale, offset);
    network_pack(w + l.w_embed, s->shape.embed, l.gates, packed + s->shape.view * l.gates,
                 scale + l.gates, offset + l.gates);
    const struct { const char *name; const void *data; size_t n, size; } section[] = {
        {"names_shape", &s->shape, 1, sizeof s->shape},
        {"names_rows", rows, s->shape.n_rows, s->shape.embed},
        {"names_row_scale", row_scale, s->shape.n_rows, sizeof *row_scale},
        {"names_weights", w, l.small, sizeof *w},
        {"names_packed", packed, l.total - l.small, 1},
        {"names_scale", scale, 2 * l.gates, sizeof *scale},
        {"names_offset", offset, 2 * l.gates, sizeof *offset},
    };
    int rc = DM_OK;
    for (size_t i = 0; i < sizeof section / sizeof section[0] && rc == DM_OK; i++)
        rc = image_add(b, section[i].name, section[i].data, section[i].n, section[i].size, err);
    return rc;
}

static bool is_base(const char *name)
{
    return strncmp(name, "names_", 6) != 0 && strcmp(name, "about") != 0;
}

/* The base's sections but an older recognizer's, then the new one's. */
static int build_model(const struct session *s, struct buf *out, struct dm_error *err)
{
    struct arena arena;
    struct image_builder builder;
    arena_init(&arena, BUILD_MOST);
    image_builder_init(&builder, &arena, "model", MODEL_VERSION);
    buf_clear(out);
    int rc = image_add(&builder, "about", s->about.p, s->about.n, 1, err);
    if (rc == DM_OK)
        rc = image_add_from(&builder, &s->base->image, is_base, err);
    if (rc == DM_OK)
        rc = add_sections(s, &builder, &arena, err);
    if (rc == DM_OK)
        rc = image_build(&builder, out, err);
    arena_deinit(&arena);
    return rc;
}

/* ---- scoring ---- */

struct counts {
    uint32_t right, said, gold;
};

#define INSIDE 0x80

static uint8_t mark_of(const struct token *tok)
{
    return (uint8_t)(tok->name | (tok->flags & TOK_NAME_INSIDE ? INSIDE : 0));
}

/* Behind the last word of the name that begins at i. */
static uint32_t name_end(const uint8_t *mark, uint32_t i, uint32_t n)
{
    uint32_t end = i + 1;
    while (end < n && mark[end] == (mark[i] | INSIDE))
        end++;
    return end;
}

static bool touches_untold(const uint8_t *gold, uint32_t first, uint32_t end)
{
    while (first < end && gold[first] != NAME_UNTOLD)
        first++;
    return first < end;
}

static void count_names(const uint8_t *gold, const uint8_t *mine, uint32_t n, struct counts *c)
{
    for (uint32_t i = 0; i < n; i++) {
        bool a = gold[i] && gold[i] < NAME_UNTOLD, b = mine[i] && !(mine[i] & INSIDE);
        if (b && touches_untold(gold, i, name_end(mine, i, n)))
            continue;
        c->gold += a;
        c->said += b;
        c->right += a && b && gold[i] == mine[i] && name_end(gold, i, n) == name_end(mine, i, n);
    }
}

static uint8_t *marks_of(const struct dm_article *article)
{
    uint8_t *mark = malloc(article->n_toks + 1);
    for (uint32_t t = 0; mark && t < article->n_toks; t++)
        mark[t] = mark_of(&article->tok[t]);
    return mark;
}

static int score_docs(const struct session *s, const struct names_model *model, struct counts *c,
                      struct dm_error *err)
{
    int rc = DM_OK;
    for (uint32_t i = 0; i < s->dev.n && rc == DM_OK; i++) {
        struct dm_article *article = s->dev.article[i];
        rc = names_recognize(model, s->options->lexicon, article, err);
        uint8_t *mine = rc == DM_OK ? marks_of(article) : NULL;
        if (mine)
            count_names(s->gold[i], mine, article->n_toks, c);
        else if (rc == DM_OK)
            rc = dm_fail(err, DM_ENOMEM, "no memory to score");
        free(mine);
    }
    return rc;
}

static int score(const struct session *s, struct names_progress *p, struct dm_error *err)
{
    if (!s->dev.n)
        return DM_OK;
    struct buf bytes;
    struct syntax_model syntax;
    struct names_model model = {0};
    struct counts c = {0};
    buf_init(&bytes, MODEL_MOST);
    int rc = build_model(s, &bytes, err);
    char *aligned = rc == DM_OK ? aligned_alloc(64, (bytes.n + 63) / 64 * 64) : NULL;
    if (rc == DM_OK && !aligned)
        rc = dm_fail(err, DM_ENOMEM, "no memory to score");
    if (rc == DM_OK) {
        memcpy(aligned, bytes.p, bytes.n);
        rc = model_from_memory("the new model", slice_make(aligned, bytes.n), &syntax, err);
    }
    if (rc == DM_OK)
        rc = names_model_open(&syntax, &model, err);
    if (rc == DM_OK)
        rc = score_docs(s, &model, &c, err);
    p->precision = c.said ? 100.0 * c.right / c.said : 0;
    p->recall = c.gold ? 100.0 * c.right / c.gold : 0;
    p->f1 = c.said + c.gold ? 200.0 * c.right / (c.said + c.gold) : 0;
    names_model_deinit(&model);
    free(aligned);
    buf_deinit(&bytes);
    return rc;
}

/* ---- learning ---- */

static uint32_t silver_share(const struct session *s)
{
    double passes = s->options->silver_passes > 0 ? s->options->silver_passes : 1;
    return (uint32_t)(passes * (s->sample.n_sentences - s->sample.n_gold) / s->epochs);
}

/* Choose and shuffle an epoch's sentences into `turn`; returns their number. */
static uint32_t take_turn(struct session *s, uint32_t *turn)
{
    uint32_t gold = s->sample.n_gold, silver = s->sample.n_sentences - gold, n = gold;
    memcpy(turn, s->order, gold * sizeof *turn);
    for (uint32_t i = 0, share = silver_share(s); silver && i < share; i++) {
        if (s->silver_at == 0)
            learn_shuffle(&s->random, s->order + gold, silver);
        turn[n++] = s->order[gold + s->silver_at];
        s->silver_at = (s->silver_at + 1) % silver;
    }
    learn_shuffle(&s->random, turn, n);
    return n;
}

static double learn_epoch(struct session *s, uint32_t *turn)
{
    uint32_t n = take_turn(s, turn), from = 0, words = 0;
    double loss = 0;
    uint64_t all = 0;
    for (uint32_t i = 0; i < n; i++) {
        words += s->sample.sentence[turn[i]].n;
        if (words >= s->batch || i + 1 == n) {
            net_trainer_step(s->trainer, turn + from, i + 1 - from, &loss);
            all += words;
            from = i + 1;
            words = 0;
        }
    }
    return all ? loss / (double)all : 0;
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int learn(struct session *s, struct dm_error *err)
{
    uint32_t most = s->sample.n_gold + silver_share(s), *turn = malloc((most + 1) * sizeof *turn);
    if (!turn)
        return dm_fail(err, DM_ENOMEM, "no memory to learn");
    int rc = DM_OK, stop = 0;
    size_t about = s->about.n;
    for (s->epoch = 0; s->epoch < s->epochs && rc == DM_OK && !stop; s->epoch++) {
        double begin = learn_seconds();
        struct names_progress p = {.epoch = s->epoch + 1, .epochs = s->epochs};
        p.loss = learn_epoch(s, turn);
        rc = score(s, &p, err);
        p.seconds = learn_seconds() - begin;
        s->about.n = about;
        if (s->dev.n)
            buf_printf(&s->about, "names: development: %s: precision %.2f recall %.2f F1 %.2f\n",
                       file_name(s->options->dev), p.precision, p.recall, p.f1);
        if (rc == DM_OK && s->options->progress)
            stop = s->options->progress(s->options->context, &p);
    }
    free(turn);
    struct buf bytes;
    buf_init(&bytes, MODEL_MOST);
    if (rc == DM_OK)
        rc = build_model(s, &bytes, err);
    if (rc == DM_OK)
        rc = file_write(s->options->output, buf_slice(&bytes), err);
    buf_deinit(&bytes);
    return rc == DM_OK && stop ? dm_fail(err, DM_ESTOPPED, "stopped; what was learned is written") : rc;
}

/* ---- setting up ---- */

/* The base's text without the lines of an older recognizer, then this one's. */
static int begin_about(struct session *s, struct dm_error *err)
{
    const struct names_train_options *o = s->options;
    const struct sample *sample = &s->sample;
    struct slice rest = s->base->about, line;
    size_t gold = sample->n_gold < sample->n_sentences ? sample->sentence[sample->n_gold].first
                                                       : sample->n_words;
    while (slice_cut(&rest, '\n', &line))
        if (!slice_starts(line, "names:") && line.n) {
            buf_add(&s->about, line);
            buf_add_char(&s->about, '\n');
        }
    if (o->about)
        buf_add_text(&s->about, o->about);
    buf_printf(&s->about, "names: training: %u sentences, %zu words; %u epochs, seed %u; embed %u, dim %u\n",
               sample->n_gold, gold, s->epochs, o->seed, s->shape.embed, s->shape.dim);
    if (o->n_silver)
        buf_printf(&s->about, "names: silver: %u sentences, %zu words, gone through %.2f times\n",
                   sample->n_sentences - sample->n_gold, sample->n_words - gold,
                   o->silver_passes > 0 ? o->silver_passes : 1);
    return s->about.failed ? dm_fail(err, DM_ENOMEM, "no memory to learn") : DM_OK;
}

static int read_files(struct session *s, struct dm_error *err)
{
    const struct names_train_options *o = s->options;
    int rc = DM_OK;
    s->sample = (struct sample){.syntax = s->base, .actors = actor_lexicon(o->lexicon)};
    for (uint32_t i = 0; i < o->n_inputs && rc == DM_OK; i++)
        rc = sample_read(&s->sample, o->inputs[i], false, err);
    s->sample.n_gold = s->sample.n_sentences;
    for (uint32_t i = 0; i < o->n_silver && rc == DM_OK; i++)
        rc = sample_read(&s->sample, o->silver[i], true, err);
    if (rc == DM_OK && s->sample.n_gold == 0)
        rc = dm_fail(err, DM_EFORMAT, "no sentence to learn from; CoNLL-U files are wanted");
    if (rc == DM_OK && o->dev)
        rc = train_read(o->dev, &s->dev, err);
    if (rc || !s->dev.n)
        return rc;
    s->gold = calloc(s->dev.n, sizeof *s->gold);
    bool ok = s->gold != NULL;
    for (uint32_t i = 0; ok && i < s->dev.n; i++)
        ok = (s->gold[i] = marks_of(s->dev.article[i])) != NULL;
    return ok ? DM_OK : dm_fail(err, DM_ENOMEM, "no memory to learn");
}

static int make_trainer(struct session *s, struct dm_error *err)
{
    const struct names_train_options *o = s->options;
    struct net_layout layout;
    s->shape = (struct net_shape){.view = s->base->shape.dim, .embed = o->embed ? o->embed : EMBED_USUAL,
                                  .dim = o->dim ? o->dim : DIM_USUAL,
                                  .n_rows = s->base->shape.n_rows + HINTS, .share = SHARE};
    if (!net_layout(&s->shape, &layout))
        return dm_fail(err, DM_EUSAGE, "the recognizer wants --embed a multiple of 16 and --dim one of 32");
    s->batch = o->batch ? o->batch : BATCH_USUAL;
    s->epochs = o->epochs ? o->epochs : EPOCHS_USUAL;
    s->random = UINT64_C(0x2545F4914F6CDD1D) + o->seed;
    s->order = malloc(s->sample.n_sentences * sizeof *s->order);
    double words = (double)s->sample.n_words / s->sample.n_sentences; /* a sentence, about */
    double steps = words * (s->sample.n_gold + silver_share(s)) * s->epochs / s->batch;
    s->trainer = net_trainer_new(&s->sample, &(struct net_trainer_options){
        .shape = s->shape, .batch = s->batch, .steps = (uint32_t)steps + 1,
        .rate = o->rate > 0 ? o->rate : 0.002, .dropout = o->dropout > 0 ? o->dropout : 0.15,
        .seed = o->seed});
    if (!s->order || !s->trainer)
        return dm_fail(err, DM_ENOMEM, "no memory to learn");
    for (uint32_t i = 0; i < s->sample.n_sentences; i++)
        s->order[i] = i;
    return DM_OK;
}

int names_train(const struct names_train_options *options, struct dm_error *err)
{
    struct session s = {.options = options};
    buf_init(&s.about, 1 << 16);
    int rc = syntax_model_open(options->base, &s.base, err);
    if (rc == DM_OK)
        rc = read_files(&s, err);
    if (rc == DM_OK)
        rc = make_trainer(&s, err);
    if (rc == DM_OK)
        rc = begin_about(&s, err);
    if (rc == DM_OK)
        rc = learn(&s, err);
    net_trainer_free(s.trainer);
    buf_deinit(&s.about);
    for (uint32_t i = 0; s.gold && i < s.dev.n; i++)
        free(s.gold[i]);
    free(s.gold);
    free(s.order);
    train_docs_free(&s.dev);
    sample_free(&s.sample);
    syntax_model_close(s.base);
    return rc;
}
