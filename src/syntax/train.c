/* SPDX-License-Identifier: MIT */
/*
 * train.c - make a model from CoNLL-U: read, learn epoch by epoch, score, write.
 *
 * Reads    treebanks.
 * Leaves   a model file.
 *
 * Method   After each epoch the model is built in memory as it would be written and the development
 *          file is parsed with it, so the score shown is that of the file. The file is written once,
 *          at the end.
 */
#include "syntax/train.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/file.h"
#include "syntax/train-net.h"

#define MODEL_MOST ((size_t)256 << 20)
#define BUILD_MOST ((size_t)2 << 30)

struct session {
    const struct syntax_train_options *options;
    struct train_data data;
    struct train_docs gold;   /* the development file */
    struct trainer *trainer;
    struct network_shape shape;
    uint32_t *order;          /* sentences, shuffled each epoch */
    uint64_t random;
    uint32_t batch, epochs, steps;
    struct buf about;
};

/* ---- the model's bytes ---- */

/* Rows as 8-bit numbers, each row with its scale. */
static void quantize(const float *rows, size_t n, size_t dim, int8_t *out, float *scale)
{
    for (size_t i = 0; i < n; i++) {
        float most = 1e-6f;
        for (size_t j = 0; j < dim; j++)
            most = fmaxf(most, fabsf(rows[i * dim + j]));
        scale[i] = most / 127.0f;
        for (size_t j = 0; j < dim; j++)
            out[i * dim + j] = (int8_t)lrintf(rows[i * dim + j] / scale[i]);
    }
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
static int learn_sentences(const struct session *s, struct arena *arena, int16_t **weight,
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

static int add_sections(const struct session *s, struct image_builder *b, struct arena *arena,
                        struct image_pool *pool, struct dm_error *err)
{
    size_t rows = s->shape.n_rows, dim = s->shape.dim;
    struct lemma_learned lemma;
    struct frozen features, words, endings, casings;
    int8_t *quantized = arena_array(arena, rows * dim, int8_t);
    float *scale = arena_array(arena, rows, float);
    uint8_t *rel = arena_array(arena, s->shape.n_rels, uint8_t);
    struct network_layout layout;
    if (!quantized || !scale || !rel || !network_layout(&s->shape, &layout) ||
        !freeze_features(&s->data, arena, pool, &features))
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
    quantize(trainer_rows(s->trainer), rows, dim, quantized, scale);
    for (uint32_t i = 0; i < s->shape.n_rels; i++)
        rel[i] = (uint8_t)i;
    size_t slot = sizeof(struct image_map_slot);
    const struct { const char *name; const void *data; size_t n, size; } section[] = {
        {"about", s->about.p, s->about.n, 1},
        {"shape", &s->shape, 1, sizeof s->shape},
        {"weights", trainer_weights(s->trainer), layout.total, sizeof(float)},
        {"rows", quantized, rows, dim},
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

static int build_model(const struct session *s, struct buf *out, struct dm_error *err)
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

static int score(const struct session *s, struct syntax_progress *p, struct dm_error *err)
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

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void run_epoch(struct session *s, double *loss)
{
    uint32_t n = s->data.n_sentences;
    for (uint32_t i = n; i > 1; i--) {
        uint32_t k = train_random(&s->random, i), swap = s->order[i - 1];
        s->order[i - 1] = s->order[k];
        s->order[k] = swap;
    }
    for (uint32_t i = 0; i < n;) {
        uint32_t from = i, words = 0;
        while (i < n && words < s->batch)
            words += s->data.sentence[s->order[i++]].n;
        trainer_step(s->trainer, s->order + from, i - from, loss);
    }
    *loss /= s->data.n_words ? s->data.n_words : 1;
}

/* A batch of raw words. */
struct raw_batch {
    struct train_word *word;
    struct network_span *span;
    uint32_t n_words, n_spans;
};

static void add_sentence(struct session *s, struct raw_batch *b, const struct dm_article *article,
                         const struct sentence *sent)
{
    uint32_t n = sent->end - sent->first;
    if (n > TRAIN_SENTENCE_MAX || n < 4)
        return;
    b->span[b->n_spans++] = (struct network_span){b->n_words, b->n_words + n};
    for (uint32_t t = sent->first; t < sent->end; t++)
        train_fill_rows(&s->data, article, sent, t, &b->word[b->n_words++]);
}

/* One pass over the raw text; p->raw_words goes on counting. */
static int raw_pass(struct session *s, struct raw_batch *b, struct syntax_progress *p,
                    struct dm_error *err)
{
    const struct syntax_train_options *o = s->options;
    struct train_raw raw = {0};
    struct dm_article *article = article_new();
    double loss = 0, begin = seconds();
    uint32_t steps = 0;
    uint64_t told = p->raw_words;
    int rc = article ? file_map_open(o->raw, &raw.file, err) : dm_fail(err, DM_ENOMEM, "no memory");
    if (rc) {
        article_free(article);
        return rc;
    }
    while ((rc = train_raw_next(&raw, article, err)) > 0) {
        for (uint32_t i = 0; i < article->n_sents; i++) {
            add_sentence(s, b, article, &article->sent[i]);
            if (b->n_words < s->batch)
                continue;
            trainer_raw_step(s->trainer, b->word, b->n_words, b->span, b->n_spans, &loss);
            p->raw_words += b->n_words;
            b->n_words = b->n_spans = 0;
            steps++;
        }
        if (p->raw_words - told > 500000) {
            p->loss = steps ? loss / steps : 0;
            p->seconds = seconds() - begin;
            told = p->raw_words;
            loss = steps = 0;
            if (o->progress && o->progress(o->context, p)) {
                rc = DM_ESTOPPED;
                break;
            }
        }
    }
    file_map_close(&raw.file);
    article_free(article);
    return rc;
}

static int learn_raw(struct session *s, struct dm_error *err)
{
    uint32_t passes = s->options->raw_passes ? s->options->raw_passes : 1;
    size_t most = s->batch + TRAIN_SENTENCE_MAX;
    struct raw_batch b = {.word = calloc(most, sizeof *b.word), .span = calloc(most, sizeof *b.span)};
    struct syntax_progress p = {.epochs = s->epochs, .raw_total = s->data.n_raw * passes};
    int rc = b.word && b.span ? DM_OK : dm_fail(err, DM_ENOMEM, "no memory for raw text");
    double rate = s->options->raw_rate > 0 ? s->options->raw_rate : 2e-3;
    trainer_begin(s->trainer, (uint32_t)(p.raw_total / (s->batch + 8)) + 1, rate, 0.1);
    for (uint32_t i = 0; i < passes && rc == DM_OK; i++)
        rc = raw_pass(s, &b, &p, err);
    free(b.word);
    free(b.span);
    return rc;
}

static int learn(struct session *s, struct dm_error *err)
{
    const struct syntax_train_options *o = s->options;
    struct syntax_progress p = {.epochs = s->epochs};
    int rc = o->raw ? learn_raw(s, err) : DM_OK;
    if (rc)
        return rc;
    trainer_begin(s->trainer, s->steps, o->rate > 0 ? o->rate : 2e-3,
                  o->dropout > 0 ? o->dropout : 0.35);
    for (p.epoch = 1; p.epoch <= s->epochs; p.epoch++) {
        double begin = seconds();
        p.loss = 0;
        run_epoch(s, &p.loss);
        p.seconds = seconds() - begin;
        rc = score(s, &p, err);
        if (rc)
            return rc;
        if (o->progress && o->progress(o->context, &p))
            return DM_ESTOPPED;
    }
    const char *slash = o->dev ? strrchr(o->dev, '/') : NULL;
    if (s->gold.n)
        buf_printf(&s->about, "development: %s, gold tokens: UPOS %.2f XPOS %.2f features %.2f "
                   "lemma %.2f UAS %.2f LAS %.2f\n",
                   slash ? slash + 1 : o->dev, p.upos, p.xpos, p.feats, p.lemma,
                   p.uas, p.las);
    return DM_OK;
}

static int prepare(struct session *s, struct dm_error *err)
{
    const struct syntax_train_options *o = s->options;
    int rc = train_data_init(&s->data, o->inputs, o->n_inputs, o->raw, err);
    if (rc)
        return rc;
    if (o->dev && (rc = train_read(o->dev, &s->gold, err)) != 0)
        return rc;
    s->batch = o->batch ? o->batch : 500;
    s->epochs = o->epochs ? o->epochs : 20;
    s->random = UINT64_C(0xD1B54A32D192ED03) + o->seed;
    s->shape = (struct network_shape){
        .dim = o->dim ? o->dim : 256, .layers = o->layers ? o->layers : 3,
        .arc = o->arc ? o->arc : 64, .rel = o->rel ? o->rel : 96,
        .n_tags = s->data.n_tags, .n_rels = REL_COUNT, .n_rows = s->data.n_rows};
    struct network_layout layout;
    if (!network_layout(&s->shape, &layout) || s->batch > 100000)
        return dm_fail(err, DM_EUSAGE, "sizes of the network that cannot be: dim a multiple of 32, "
                       "arc and rel of 16, 1 to %d layers", NETWORK_LAYERS_MAX);
    /* An upper bound: batches are filled to at least `batch` words. */
    s->steps = s->epochs * (s->data.n_words / (s->batch + 8) + 1);
    s->trainer = trainer_new(&s->data, &(struct trainer_options){
        .shape = s->shape, .batch = s->batch, .seed = o->seed});
    s->order = calloc(s->data.n_sentences + 1, sizeof *s->order);
    if (!s->trainer || !s->order)
        return dm_fail(err, DM_ENOMEM, "out of memory for training");
    for (uint32_t i = 0; i < s->data.n_sentences; i++)
        s->order[i] = i;
    if (o->about)
        buf_add_text(&s->about, o->about);
    if (o->raw)
        buf_printf(&s->about, "raw text: %llu tokens, %u passes\n",
                   (unsigned long long)s->data.n_raw, o->raw_passes ? o->raw_passes : 1);
    buf_printf(&s->about, "training: %u sentences, %u words; %u epochs, seed %u; dim %u, layers %u, "
               "arc %u, rel %u\n", s->data.n_sentences, s->data.n_words, s->epochs, o->seed,
               s->shape.dim, s->shape.layers, s->shape.arc, s->shape.rel);
    return DM_OK;
}

int syntax_train(const struct syntax_train_options *options, struct dm_error *err)
{
    struct session s = {.options = options};
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
        else if (rc == DM_ESTOPPED)
            dm_fail(err, DM_ESTOPPED, "stopped; %s holds what was learned", options->output);
    }
    trainer_free(s.trainer);
    train_docs_free(&s.gold);
    train_data_deinit(&s.data);
    free(s.order);
    buf_deinit(&s.about);
    buf_deinit(&bytes);
    return rc;
}
