/* SPDX-License-Identifier: MIT */
/*
 * train-data.c - treebanks in memory, as numbers.
 *
 * Reads    CoNLL-U files, cut at "# newdoc": treebanks, and silver ones (parsed by a program).
 * Leaves   words as rows of the feature table, tags, heads and relations; the tables behind them.
 *
 * Method   A feature has a row of its own when it stands in the treebanks WORD_LEAST or AFFIX_LEAST
 *          times, or SILVER_LEAST times (affixes: SILVER_AFFIX_LEAST) in the silver files. A tag is
 *          UPOS, Penn tag and features together; one seen less than TAG_LEAST times counts as the
 *          most frequent with its UPOS and Penn tag. Silver files teach no tags, lemmas or sentence
 *          ends that the treebanks lack. They are read twice, document by document.
 */
#include "syntax/train-data.h"

#include <stdlib.h>

#include "article/conllu.h"
#include "core/utf8.h"
#include "text/text.h"

#define ARENA_MOST ((size_t)8 << 30)
#define WORD_LEAST 2
#define AFFIX_LEAST 3
#define TAG_LEAST 5
#define SILVER_LEAST 8
#define SILVER_AFFIX_LEAST 40

/* ---- files ---- */

int train_reader_open(struct train_reader *r, const char *path, struct dm_error *err)
{
    *r = (struct train_reader){.path = path, .line = 1};
    int rc = file_map_open(path, &r->file, err);
    if (rc == DM_OK)
        r->rest = slice_make(r->file.p, r->file.n);
    return rc;
}

int train_reader_next(struct train_reader *r, struct dm_article *article, struct dm_error *err)
{
    struct slice line;
    const char *from = r->rest.p, *end = r->rest.p + r->rest.n;
    uint64_t from_line = r->line;
    bool seen = false; /* a row since `from` */
    while (slice_cut(&r->rest, '\n', &line)) {
        if (seen && conllu_is_newdoc(line)) {
            end = line.p;
            r->rest = slice_make(line.p, (size_t)(r->file.p + r->file.n - line.p));
            break;
        }
        seen |= line.n && line.p[0] != '#';
        r->line++;
    }
    if (!seen)
        return 0;
    article_reset(article);
    int rc = conllu_read(slice_make(from, (size_t)(end - from)), r->path, from_line, article, err);
    if (rc == DM_OK && !article->has_tree)
        rc = dm_fail(err, DM_EFORMAT, "%s:%llu: a document with words that lack UPOS or head",
                     r->path, (unsigned long long)from_line);
    return rc == DM_OK ? 1 : rc;
}

int train_read(const char *path, struct train_docs *out, struct dm_error *err)
{
    struct train_reader reader;
    struct train_docs docs = {0};
    int rc = train_reader_open(&reader, path, err), got = rc;
    if (rc)
        return rc;
    do {
        struct dm_article **more = realloc(docs.article, (docs.n + 1) * sizeof *more);
        struct dm_article *article = more ? article_new() : NULL;
        docs.article = more ? more : docs.article;
        got = article ? train_reader_next(&reader, article, err)
                      : dm_fail(err, DM_ENOMEM, "%s: out of memory", path);
        if (got > 0)
            docs.article[docs.n++] = article;
        else
            article_free(article);
    } while (got > 0);
    file_map_close(&reader.file);
    if (got == 0 && docs.n == 0)
        got = dm_fail(err, DM_EFORMAT, "%s: no sentence; a CoNLL-U file is wanted", path);
    if (got)
        train_docs_free(&docs);
    else
        *out = docs;
    return got;
}

void train_docs_free(struct train_docs *docs)
{
    for (uint32_t i = 0; i < docs->n; i++)
        article_free(docs->article[i]);
    free(docs->article);
    *docs = (struct train_docs){0};
}

/* ---- counting ---- */

struct counts {
    struct map map;  /* text -> index */
    uint32_t *n;
    size_t capacity;
    uint32_t n_counts;
};

static bool count(struct counts *c, struct arena *arena, struct slice key)
{
    uint32_t at = map_intern(&c->map, key);
    if (at == MAP_NONE)
        return false;
    if (at == c->n_counts) {
        uint32_t *more = ARENA_PUSH(arena, c->n, c->n_counts, c->capacity);
        if (!more)
            return false;
    }
    c->n[at]++;
    return true;
}

static bool count_article(const struct dm_article *article, struct arena *arena, struct counts *c)
{
    struct feature_text text[FEATURES_MAX];
    for (uint32_t t = 0; t < article->n_toks; t++) {
        unsigned n = features_texts(token_lower(article, t), text);
        for (unsigned k = 0; k < n; k++)
            if (!count(c, arena, slice_make(text[k].p, text[k].n)))
                return false;
    }
    return true;
}

static bool count_features(struct train_data *data, struct counts *c)
{
    for (uint32_t f = 0; f < data->n_files; f++)
        for (uint32_t i = 0; i < data->file[f].n; i++) {
            const struct dm_article *article = data->file[f].article[i];
            data->n_words += article->n_toks;
            data->n_sentences += article->n_sents;
            if (!count_article(article, &data->arena, c))
                return false;
        }
    return true;
}

/* A text that may have been cut short gets no row. */
static bool number_feature(struct train_data *data, struct slice key)
{
    return key.n == FEATURE_TEXT_MAX || map_get(&data->feature, key) != MAP_NONE ||
           map_set(&data->feature, key, data->n_rows++);
}

/* Rows in the order features first occur, so that the same input gives the same numbers. */
static bool number_features(struct train_data *data, const struct counts *c)
{
    struct feature_text text[FEATURES_MAX];
    map_init(&data->feature, &data->arena);
    data->n_rows = FEATURES_FIXED;
    for (uint32_t f = 0; f < data->n_files; f++)
        for (uint32_t i = 0; i < data->file[f].n; i++) {
            const struct dm_article *article = data->file[f].article[i];
            for (uint32_t t = 0; t < article->n_toks; t++) {
                unsigned n = features_texts(token_lower(article, t), text);
                for (unsigned k = 0; k < n; k++) {
                    struct slice key = slice_make(text[k].p, text[k].n);
                    uint32_t least = text[k].p[0] == 'w' ? WORD_LEAST : AFFIX_LEAST;
                    if (c->n[map_get(&c->map, key)] >= least && !number_feature(data, key))
                        return false;
                }
            }
        }
    return true;
}

/* ---- tags ---- */

static struct model_tag tag_of(const struct token *tok)
{
    return (struct model_tag){.feats = tok->feats, .upos = tok->upos, .xpos = tok->xpos};
}

static bool number_tags(struct train_data *data, struct counts *c)
{
    for (uint32_t f = 0; f < data->n_files; f++)
        for (uint32_t i = 0; i < data->file[f].n; i++)
            for (uint32_t t = 0; t < data->file[f].article[i]->n_toks; t++) {
                struct model_tag tag = tag_of(&data->file[f].article[i]->tok[t]);
                if (!count(c, &data->arena, slice_make((const char *)&tag, sizeof tag)))
                    return false;
            }
    data->tag = arena_array(&data->arena, c->n_counts, struct model_tag);
    if (!data->tag)
        return false;
    for (uint32_t i = 0; i < c->map.capacity; i++) {
        const struct map_entry *entry = &c->map.entry[i];
        if (entry->key.p)
            memcpy(&data->tag[entry->value], entry->key.p, sizeof *data->tag);
    }
    return true;
}

/* Drop rare tags; number_of[old] is the tag that stands for it. */
static bool keep_tags(struct train_data *data, const struct counts *c, uint16_t **number_of)
{
    uint16_t *number = *number_of = arena_array(&data->arena, c->n_counts, uint16_t);
    if (!number)
        return false;
    for (uint32_t i = 0; i < c->n_counts; i++) {
        uint32_t best = i;
        if (c->n[i] < TAG_LEAST)
            for (uint32_t k = 0; k < c->n_counts; k++)
                if (data->tag[k].upos == data->tag[i].upos &&
                    data->tag[k].xpos == data->tag[i].xpos && c->n[k] > c->n[best])
                    best = k;
        number[i] = (uint16_t)best;
    }
    uint16_t *packed = arena_array(&data->arena, c->n_counts, uint16_t);
    if (!packed)
        return false;
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->n_counts; i++)
        if (number[i] == i) {
            packed[i] = (uint16_t)n;
            data->tag[n++] = data->tag[i];
        }
    for (uint32_t i = 0; i < c->n_counts; i++)
        number[i] = packed[number[i]];
    data->n_tags = n;
    return true;
}

/* ---- words ---- */

static void fill_rows(const struct train_data *data, const struct dm_article *article,
                     const struct sentence *sent, uint32_t t, struct train_word *out)
{
    struct feature_text text[FEATURES_MAX];
    features_fixed(article, sent, t, out->row);
    unsigned n = features_texts(token_lower(article, t), text), n_rows = 2;
    for (unsigned i = 0; i < n; i++) {
        uint32_t row = map_get(&data->feature, slice_make(text[i].p, text[i].n));
        if (i == 0)
            out->count = row == MAP_NONE ? 1 : data->row_count[row];
        if (row != MAP_NONE)
            out->row[n_rows++] = row;
        else if (i == 0)
            out->row[n_rows++] = FEATURES_UNKNOWN;
    }
    out->n_rows = (uint16_t)n_rows;
}

static void fill_word(const struct train_data *data, const struct dm_article *article,
                      const struct sentence *sent, uint32_t t, struct train_word *out)
{
    const struct token *tok = &article->tok[t];
    fill_rows(data, article, sent, t, out);
    out->head = (uint16_t)(tok->head == ARTICLE_NONE ? 0 : tok->head - sent->first + 1);
    out->rel = tok->rel;
}

/* How often a row's feature stands in training. */
static bool count_rows(struct train_data *data, const struct counts *gold,
                       const struct counts *silver)
{
    data->row_count = arena_array(&data->arena, data->n_rows, uint32_t);
    if (!data->row_count)
        return false;
    for (uint32_t i = 0; i < data->feature.capacity; i++) {
        const struct map_entry *entry = &data->feature.entry[i];
        if (!entry->key.p)
            continue;
        uint32_t one = map_get(&gold->map, entry->key), other = map_get(&silver->map, entry->key);
        data->row_count[entry->value] = (one == MAP_NONE ? 0 : gold->n[one]) +
                                        (other == MAP_NONE ? 0 : silver->n[other]);
    }
    return true;
}

/* The sentences of an article as numbers, behind those there are; room for them is made before. */
static void fill_article(struct train_data *data, const struct dm_article *article,
                         const struct counts *tags, const uint16_t *tag_number)
{
    for (uint32_t s = 0; s < article->n_sents; s++) {
        const struct sentence *sent = &article->sent[s];
        uint32_t n = sent->end - sent->first, word = data->n_words;
        if (n > TRAIN_SENTENCE_MAX)
            continue;
        for (uint32_t t = sent->first; t < sent->end; t++, word++) {
            struct model_tag tag = tag_of(&article->tok[t]);
            uint32_t at = map_get(&tags->map, slice_make((const char *)&tag, sizeof tag));
            if (at == MAP_NONE)
                break; /* a silver sentence with a tag that is none */
            fill_word(data, article, sent, t, &data->word[word]);
            data->word[word].tag = tag_number[at];
        }
        if (word != data->n_words + n)
            continue;
        data->sentence[data->n_sentences++] = (struct train_sentence){data->n_words, n};
        data->n_words = word;
    }
}

/* ---- silver files ---- */

/* Call `use` for each document of all silver files. */
static int each_silver(const char *const *silver, uint32_t n_silver,
                       bool (*use)(void *self, const struct dm_article *article), void *self,
                       struct dm_error *err)
{
    struct dm_article *article = article_new();
    int rc = article ? DM_OK : dm_fail(err, DM_ENOMEM, "out of memory for the silver files");
    for (uint32_t i = 0; i < n_silver && rc == DM_OK; i++) {
        struct train_reader reader;
        rc = train_reader_open(&reader, silver[i], err);
        if (rc)
            break;
        while ((rc = train_reader_next(&reader, article, err)) > 0)
            if (!use(self, article)) {
                rc = dm_fail(err, DM_ENOMEM, "out of memory for the silver files");
                break;
            }
        file_map_close(&reader.file);
    }
    article_free(article);
    return rc;
}

struct silver_pass {
    struct train_data *data;
    struct counts *features;
    const struct counts *tags;
    const uint16_t *tag_number;
    uint32_t n_words, n_sentences;
};

static bool count_silver(void *self, const struct dm_article *article)
{
    struct silver_pass *p = self;
    p->n_words += article->n_toks;
    p->n_sentences += article->n_sents;
    return count_article(article, &p->data->arena, p->features);
}

static bool fill_silver(void *self, const struct dm_article *article)
{
    struct silver_pass *p = self;
    fill_article(p->data, article, p->tags, p->tag_number);
    return true;
}

/* Features that silver files have often get rows behind the others, in the order they occur. */
static bool number_silver(struct train_data *data, const struct counts *c)
{
    struct slice *key = arena_array(&data->arena, c->n_counts + 1, struct slice);
    if (!key)
        return false;
    for (uint32_t i = 0; i < c->map.capacity; i++)
        if (c->map.entry[i].key.p)
            key[c->map.entry[i].value] = c->map.entry[i].key;
    for (uint32_t i = 0; i < c->n_counts; i++) {
        uint32_t least = key[i].p[0] == 'w' ? SILVER_LEAST : SILVER_AFFIX_LEAST;
        if (c->n[i] >= least && !number_feature(data, key[i]))
            return false;
    }
    return true;
}

/* Words and sentences of all files as numbers, the treebanks' first. */
static int fill(struct train_data *data, const struct train_inputs *in, struct silver_pass *pass,
                struct dm_error *err)
{
    data->word = arena_array(&data->arena, (size_t)data->n_words + pass->n_words, struct train_word);
    data->sentence = arena_array(&data->arena, (size_t)data->n_sentences + pass->n_sentences,
                                 struct train_sentence);
    if (!data->word || !data->sentence)
        return dm_fail(err, DM_ENOMEM, "out of memory for the training data");
    data->n_words = data->n_sentences = 0;
    for (uint32_t f = 0; f < data->n_files; f++)
        for (uint32_t i = 0; i < data->file[f].n; i++)
            fill_article(data, data->file[f].article[i], pass->tags, pass->tag_number);
    data->n_gold = data->n_sentences;
    data->n_gold_words = data->n_words;
    return each_silver(in->silver, in->n_silver, fill_silver, pass, err);
}

int train_data_init(struct train_data *data, const struct train_inputs *in, struct dm_error *err)
{
    *data = (struct train_data){0};
    arena_init(&data->arena, ARENA_MOST);
    struct counts features = {0}, silver = {0}, tags = {0};
    uint16_t *tag_number = NULL;
    map_init(&features.map, &data->arena);
    map_init(&silver.map, &data->arena);
    map_init(&tags.map, &data->arena);
    struct silver_pass pass = {.data = data, .features = &silver, .tags = &tags};
    data->file = arena_array(&data->arena, in->n_gold, struct train_docs);
    int rc = data->file ? DM_OK : DM_ENOMEM;
    for (uint32_t f = 0; f < in->n_gold && rc == DM_OK; f++)
        if ((rc = train_read(in->gold[f], &data->file[f], err)) == DM_OK)
            data->n_files++;
    if (rc == DM_OK)
        rc = each_silver(in->silver, in->n_silver, count_silver, &pass, err);
    if (rc == DM_OK &&
        (!count_features(data, &features) || !number_features(data, &features) ||
         !number_silver(data, &silver) || !count_rows(data, &features, &silver) ||
         !number_tags(data, &tags) || !keep_tags(data, &tags, &tag_number)))
        rc = dm_fail(err, DM_ENOMEM, "out of memory for the training data");
    if (rc == DM_OK) {
        pass.tag_number = tag_number;
        rc = fill(data, in, &pass, err);
    }
    if (rc)
        train_data_deinit(data);
    return rc;
}

void train_data_deinit(struct train_data *data)
{
    for (uint32_t f = 0; f < data->n_files; f++)
        train_docs_free(&data->file[f]);
    arena_deinit(&data->arena);
}
