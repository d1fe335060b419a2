/* SPDX-License-Identifier: MIT */
/*
 * train.c - make a model from CoNLL-U: read, learn epoch by epoch, score, write.
 *
 * Reads    treebanks.
 * Leaves   a model file.
 *
 * Method   An epoch goes through all sentences of the treebanks and through a part of the silver
 *          ones, mixed. After each epoch the model is built in memory as it would be written and the
 *          development file is parsed with it, so the score shown is that of the file. The file is
 *          written once, at the end.
 */
#include "syntax/train.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/file.h"
#include "syntax/learn.h"
#include "syntax/train-state.h"

#define MODEL_MOST ((size_t)256 << 20)
#define BUILD_MOST ((size_t)2 << 30)

/* ---- the model's bytes ---- */

/* A word's own row becomes the sum of it and its affixes' (features.h). */
static void add_affixes(const struct train_session *s, float *rows)
{
    size_t embed = s->shape.embed;
    const float *learned = trainer_rows(s->trainer);
    for (uint32_t i = 0; i < s->data.feature.capacity; i++) {
        const struct map_entry *entry = &s->data.feature.entry[i];
        if (!entry->key.p || entry->key.p[0] != 'w')
            continue;
        struct feature_text text[FEATURES_MAX];
        unsigned n = features_affixes(slice_make(entry->key.p + 1, entry->key.n - 1), text);
        for (unsigned k = 0; k < n; k++) {
            uint32_t row = map_get(&s->data.feature, slice_make(text[k].p, text[k].n));
            for (size_t j = 0; j < embed && row != MAP_NONE; j++)
                rows[entry->value * embed + j] += learned[row * embed + j];
        }
    }
}

/* Rows as 8-bit numbers, each row with its scale. */
static bool quantize_rows(const struct train_session *s, struct arena *arena, int8_t **out,
                          float **scale)
{
    size_t n = s->shape.n_rows, embed = s->shape.embed;
    float *rows = arena_array(arena, n * embed, float);
    int8_t *number = *out = arena_array(arena, n * embed, int8_t);
    *scale = arena_array(arena, n, float);
    if (!rows || !number || !*scale)
        return false;
    memcpy(rows, trainer_rows(s->trainer), n * embed * sizeof *rows);
    add_affixes(s, rows);
    for (size_t i = 0; i < n; i++) {
        float most = 1e-6f;
        for (size_t j = 0; j < embed; j++)
            most = fmaxf(most, fabsf(rows[i * embed + j]));
        (*scale)[i] = most / 127.0f;
        for (size_t j = 0; j < embed; j++)
            number[i * embed + j] = (int8_t)lrintf(rows[i * embed + j] / (*scale)[i]);
    }
    return true;
}

/* Layers and heads as 8-bit numbers. */
struct matrices {
    int8_t *w;
    float *scale;
    int32_t *offset;
};

static bool pack_matrices(const struct train_session *s, const struct network_layout *l,
                          struct arena *arena, struct matrices *out)
{
    const float *w = trainer_weights(s->trainer);
    *out = (struct matrices){arena_array(arena, l->n_packed, int8_t),
                             arena_array(arena, l->n_columns, float),
                             arena_array(arena, l->n_columns, int32_t)};
    if (!out->w || !out->scale || !out->offset)
        return false;
    for (uint32_t i = 0; i <= s->shape.layers; i++) {
        bool last = i == s->shape.layers;
        network_pack(w + (last ? l->heads : l->w[i]), last ? s->shape.dim : l->in[i],
                     last ? l->width : l->gates[i], out->w + l->packed[i],
                     out->scale + l->column[i], out->offset + l->column[i]);
    }
    return true;
}

struct frozen {
    struct image_map_slot *slots;
    uint32_t n;
};

static bool freeze_features(const struct train_data *data, struct arena *arena,
                            struct image_pool *pool, struct frozen *out)
{
    uint32_t n = data->feature.n;
    struct image_text *key = arena_array(arena, n + 1, struct image_text);
    uint32_t *value = arena_array(arena, n + 1, uint32_t);
    struct slice *text = arena_array(arena, n + 1, struct slice);
    if (!key || !value || !text)
        return false;
    for (uint32_t i = 0; i < data->feature.capacity; i++)
        if (data->feature.entry[i].key.p)
            text[data->feature.entry[i].value - FEATURES_FIXED] = data->feature.entry[i].key;
    for (uint32_t i = 0; i < n; i++) {
        value[i] = FEATURES_FIXED + i;
        if (!image_pool_add(pool, text[i], &key[i]))
            return false;
    }
    return image_map_freeze(arena, key, value, n, pool->bytes.p, &out->slots, &out->n);
}

/* Weights that split sentences, learned from all files. */
static int learn_sentences(const struct train_session *s, struct arena *arena, int16_t **weight,
                           struct dm_error *err)
{
    uint32_t n = 0;
    for (uint32_t f = 0; f < s->data.n_files; f++)
        n += s->data.file[f].n;
    struct dm_article **all = arena_array(arena, n, struct dm_article *);
    *weight = arena_array(arena, TEXT_MODEL_SLOTS, int16_t);
    if (!all || !*weight)
        return dm_fail(err, DM_ENOMEM, "no memory to learn sentences");
    n = 0;
    for (uint32_t f = 0; f < s->data.n_files; f++)
        for (uint32_t i = 0; i < s->data.file[f].n; i++)
            all[n++] = s->data.file[f].article[i];
    return text_learn(all, n, *weight, err);
}

static int add_sections(const struct train_session *s, struct image_builder *b, struct arena *arena,
                        struct image_pool *pool, struct dm_error *err)
{
    size_t rows = s->shape.n_rows, embed = s->shape.embed;
    struct lemma_learned lemma;
    struct frozen features, words, endings, casings;
    int8_t *quantized;
    float *scale;
    uint8_t *rel = arena_array(arena, s->shape.n_rels, uint8_t);
    struct network_layout layout;
    struct matrices packed;
    if (!rel || !quantize_rows(s, arena, &quantized, &scale) || !network_layout(&s->shape, &layout) ||
        !pack_matrices(s, &layout, arena, &packed) || !freeze_features(&s->data, arena, pool, &features))
        return dm_fail(err, DM_ENOMEM, "out of memory for the model");
    int16_t *sentences;
    int rc = lemma_learn(&s->data, s->options->irregular, arena, pool, &lemma, err);
    if (rc == DM_OK)
        rc = learn_sentences(s, arena, &sentences, err);
    if (rc)
        return rc;
    if (!image_map_freeze(arena, lemma.word_key, lemma.word_value, lemma.n_words, pool->bytes.p,
                          &words.slots, &words.n) ||
        !image_map_freeze(arena, lemma.ending_key, lemma.ending_value, lemma.n_endings,
                          pool->bytes.p, &endings.slots, &endings.n) ||
        !image_map_freeze(arena, lemma.casing_key, lemma.casing_value, lemma.n_casings,
                          pool->bytes.p, &casings.slots, &casings.n))
        return dm_fail(err, DM_ENOMEM, "out of memory for the model");
    for (uint32_t i = 0; i < s->shape.n_rels; i++)
        rel[i] = (uint8_t)i;
    size_t slot = sizeof(struct image_map_slot);
    const struct { const char *name; const void *data; size_t n, size; } section[] = {
        {"about", s->about.p, s->about.n, 1},
        {"shape", &s->shape, 1, sizeof s->shape},
        {"weights", trainer_weights(s->trainer), layout.small, sizeof(float)},
        {"packed", packed.w, layout.n_packed, 1},
        {"packed_scale", packed.scale, layout.n_columns, sizeof(float)},
        {"packed_offset", packed.offset, layout.n_columns, sizeof(int32_t)},
        {"rows", quantized, rows, embed},
        {"row_scale", scale, rows, sizeof *scale},
        {"tags", s->data.tag, s->data.n_tags, sizeof *s->data.tag},
        {"rels", rel, s->shape.n_rels, 1},
        {"sentences", sentences, TEXT_MODEL_SLOTS, sizeof *sentences},
        {"features", features.slots, features.n, slot},
        {"words", words.slots, words.n, slot},
        {"endings", endings.slots, endings.n, slot},
        {"casings", casings.slots, casings.n, slot},
        {"lemmas", lemma.entry, lemma.n_entries, sizeof *lemma.entry},
        {"rules", lemma.rule, lemma.n_rules, sizeof *lemma.rule},
        {"strings", pool->bytes.p, pool->bytes.n, 1},
    };
    for (size_t i = 0; i < sizeof section / sizeof section[0] && rc == DM_OK; i++)
        rc = image_add(b, section[i].name, section[i].data, section[i].n, section[i].size, err);
    return rc;
}

static int build_model(const struct train_session *s, struct buf *out, struct dm_error *err)
{
    struct arena arena;
    struct image_pool pool;
    struct image_builder builder;
    arena_init(&arena, BUILD_MOST);
    image_pool_init(&pool, &arena);
    image_builder_init(&builder, &arena, "model", MODEL_VERSION);
    buf_clear(out);
    int rc = add_sections(s, &builder, &arena, &pool, err);
    if (rc == DM_OK)
        rc = image_build(&builder, out, err);
    image_pool_deinit(&pool);
    arena_deinit(&arena);
    return rc;
}

/* ---- scoring ---- */

struct counts {
    uint32_t n, upos, xpos, feats, lemma, uas, las;
};

static int score_doc(const struct syntax_model *model, const struct dm_article *gold,
                     struct dm_article *mine, struct counts *c, struct dm_error *err)
{
    article_reset(mine);
    int rc = article_set_text(mine, SLICE_LIT(""), gold->text, gold->block, gold->n_blocks, err);
    if (rc)
        return rc;
    mine->tok = arena_array(&mine->arena, gold->n_toks, struct token);
    mine->sent = gold->sent;
    mine->n_sents = gold->n_sents;
    if (!mine->tok)
        return dm_fail(err, DM_ENOMEM, "no memory to score");
    memcpy(mine->tok, gold->tok, gold->n_toks * sizeof *mine->tok);
    mine->n_toks = gold->n_toks;
    for (uint32_t t = 0; t < mine->n_toks; t++) {
        struct token *tok = &mine->tok[t];
        *tok = (struct token){.begin = tok->begin, .end = tok->end, .flags = tok->flags,
                              .lower = tok->lower, .n_lower = tok->n_lower};
    }
    rc = syntax_parse(model, mine, err);
    for (uint32_t t = 0; t < gold->n_toks && rc == DM_OK; t++) {
        const struct token *g = &gold->tok[t], *m = &mine->tok[t];
        bool head = g->head == m->head;
        c->n++;
        c->upos += g->upos == m->upos;
        c->xpos += g->xpos == m->xpos;
        c->feats += g->feats == m->feats;
        c->lemma += slice_eq(token_lemma(gold, t), token_lemma(mine, t));
        c->uas += head;
        c->las += head && relation_base((enum relation)g->rel) ==
                              relation_base((enum relation)m->rel);
    }
    return rc;
}

static int score(const struct train_session *s, struct syntax_progress *p, struct dm_error *err)
{
    if (!s->gold.n)
        return DM_OK;
    struct buf bytes;
    struct syntax_model model;
    struct counts c = {0};
    struct dm_article *mine = article_new();
    buf_init(&bytes, MODEL_MOST);
    int rc = mine ? build_model(s, &bytes, err) : dm_fail(err, DM_ENOMEM, "no memory to score");
    char *aligned = rc == DM_OK ? aligned_alloc(64, (bytes.n + 63) / 64 * 64) : NULL;
    if (rc == DM_OK && !aligned)
        rc = dm_fail(err, DM_ENOMEM, "no memory to score");
    if (rc == DM_OK) {
        memcpy(aligned, bytes.p, bytes.n);
        rc = model_from_memory("the new model", slice_make(aligned, bytes.n), &model, err);
    }
    for (uint32_t i = 0; i < s->gold.n && rc == DM_OK; i++)
        rc = score_doc(&model, s->gold.article[i], mine, &c, err);
    double part = c.n ? 100.0 / c.n : 0;
    p->upos = c.upos * part;
    p->xpos = c.xpos * part;
    p->feats = c.feats * part;
    p->lemma = c.lemma * part;
    p->uas = c.uas * part;
    p->las = c.las * part;
    p->n_words = c.n;
    free(aligned);
    buf_deinit(&bytes);
    article_free(mine);
    return rc;
}

/* ---- learning ---- */

/* Silver sentences of one epoch. */
static uint32_t silver_share(const struct train_session *s)
{
    double passes = s->options->silver_passes > 0 ? s->options->silver_passes : 1;
    return (uint32_t)(passes * (s->data.n_sentences - s->data.n_gold) / s->epochs);
}

/* Choose and shuffle an epoch's sentences; returns their number. */
static uint32_t take_turn(struct train_session *s)
{
    uint32_t gold = s->data.n_gold, silver = s->data.n_sentences - gold, n = gold;
    memcpy(s->turn, s->order, gold * sizeof *s->turn);
    for (uint32_t left = silver_share(s); left; left--) {
        if (s->silver_at == 0)
            learn_shuffle(&s->random, s->order + gold, silver);
        s->turn[n++] = s->order[gold + s->silver_at];
        s->silver_at = (s->silver_at + 1) % silver;
    }
    learn_shuffle(&s->random, s->turn, n);
    return n;
}

static void run_epoch(struct train_session *s, double *loss)
{
    uint32_t n = take_turn(s), all = 0;
    for (uint32_t i = 0; i < n;) {
        uint32_t from = i, words = 0;
        while (i < n && words < s->batch)
            words += s->data.sentence[s->turn[i++]].n;
        trainer_step(s->trainer, s->turn + from, i - from, loss);
        all += words;
    }
    *loss /= all ? all : 1;
}

static int learn(struct train_session *s, struct dm_error *err)
{
    const struct syntax_train_options *o = s->options;
    struct syntax_progress p = {.epochs = s->epochs};
    int rc = train_state_load(s, err);
    if (rc)
        return rc;
    for (p.epoch = s->epoch + 1; p.epoch <= s->epochs; p.epoch++) {
        double begin = learn_seconds();
        p.loss = 0;
        run_epoch(s, &p.loss);
        p.seconds = learn_seconds() - begin;
        s->epoch = p.epoch;
        rc = score(s, &p, err);
        if (rc == DM_OK)
            rc = train_state_save(s, err);
        if (rc)
            return rc;
        if (o->progress && o->progress(o->context, &p) && p.epoch < s->epochs)
            return DM_ESTOPPED;
    }
    if (p.n_words == 0 && (rc = score(s, &p, err)) != DM_OK) /* gone on with behind the last epoch */
        return rc;
    const char *slash = o->dev ? strrchr(o->dev, '/') : NULL;
    if (s->gold.n)
        buf_printf(&s->about, "development: %s, gold tokens: UPOS %.2f XPOS %.2f features %.2f "
                   "lemma %.2f UAS %.2f LAS %.2f\n",
                   slash ? slash + 1 : o->dev, p.upos, p.xpos, p.feats, p.lemma,
                   p.uas, p.las);
    return DM_OK;
}

static int prepare(struct train_session *s, struct dm_error *err)
{
    const struct syntax_train_options *o = s->options;
    int rc = train_data_init(&s->data, &(struct train_inputs){
        o->inputs, o->silver, o->n_inputs, o->n_silver}, err);
    if (rc)
        return rc;
    if (o->dev && (rc = train_read(o->dev, &s->gold, err)) != 0)
        return rc;
    s->batch = o->batch ? o->batch : 500;
    s->epochs = o->epochs ? o->epochs : 20;
    s->random = UINT64_C(0xD1B54A32D192ED03) + o->seed;
    s->shape = (struct network_shape){
        .embed = o->embed ? o->embed : 128, .dim = o->dim ? o->dim : 256, .layers = o->layers ? o->layers : 3,
        .arc = o->arc ? o->arc : 64, .rel = o->rel ? o->rel : 96,
        .n_tags = s->data.n_tags, .n_rels = REL_COUNT, .n_rows = s->data.n_rows};
    struct network_layout layout;
    if (!network_layout(&s->shape, &layout) || s->batch > 100000)
        return dm_fail(err, DM_EUSAGE, "sizes of the network that cannot be: dim a multiple of 32, "
                       "embed, arc and rel of 16, 1 to %d layers", NETWORK_LAYERS_MAX);
    /* An upper bound: batches are filled to at least `batch` words. */
    double gold = s->data.n_gold_words, silver = s->data.n_words - gold;
    double passes = o->silver_passes > 0 ? o->silver_passes : 1;
    s->steps = (uint32_t)((s->epochs * gold + passes * silver) / (s->batch + 8)) + s->epochs;
    s->trainer = trainer_new(&s->data, &(struct trainer_options){
        .shape = s->shape, .batch = s->batch, .seed = o->seed, .steps = s->steps,
        .rate = o->rate > 0 ? o->rate : 2e-3, .dropout = o->dropout > 0 ? o->dropout : 0.35});
    s->order = calloc(s->data.n_sentences + 1, sizeof *s->order);
    s->turn = calloc((size_t)s->data.n_gold + silver_share(s) + 1, sizeof *s->turn);
    if (!s->trainer || !s->order || !s->turn)
        return dm_fail(err, DM_ENOMEM, "out of memory for training");
    for (uint32_t i = 0; i < s->data.n_sentences; i++)
        s->order[i] = i;
    if (o->about)
        buf_add_text(&s->about, o->about);
    buf_printf(&s->about, "training: %u sentences, %u words; %u epochs, seed %u; embed %u, dim %u, "
               "layers %u, arc %u, rel %u\n", s->data.n_gold, s->data.n_gold_words, s->epochs,
               o->seed, s->shape.embed, s->shape.dim, s->shape.layers, s->shape.arc, s->shape.rel);
    if (silver > 0)
        buf_printf(&s->about, "silver: %u sentences, %.0f words, gone through %.2f times\n",
                   s->data.n_sentences - s->data.n_gold, silver, passes);
    return DM_OK;
}

int syntax_train(const struct syntax_train_options *options, struct dm_error *err)
{
    struct train_session s = {.options = options};
    struct buf bytes;
    buf_init(&s.about, 1 << 16);
    buf_init(&bytes, MODEL_MOST);
    int rc = prepare(&s, err);
    bool prepared = rc == DM_OK;
    if (prepared)
        rc = learn(&s, err);
    if (rc == DM_OK || rc == DM_ESTOPPED) {
        int written = build_model(&s, &bytes, err);
        if (written == DM_OK)
            written = file_write(options->output, buf_slice(&bytes), err);
        if (written != DM_OK)
            rc = written;
        else if (rc == DM_OK && options->state)
            remove(options->state);
        else if (rc == DM_ESTOPPED)
            dm_fail(err, DM_ESTOPPED, "stopped; %s holds what was learned", options->output);
    }
    trainer_free(s.trainer);
    train_docs_free(&s.gold);
    train_data_deinit(&s.data);
    free(s.order);
    free(s.turn);
    buf_deinit(&s.about);
    buf_deinit(&bytes);
    return rc;
}
