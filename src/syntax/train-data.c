/* SPDX-License-Identifier: MIT */
/*
 * train-data.c - treebanks in memory, as numbers.
 *
 * Reads    CoNLL-U files, cut at "# newdoc".
 * Leaves   words as rows of the feature table, tags, heads and relations; the tables behind them.
 *
 * Method   A feature has a row of its own when it stands in training WORD_LEAST or AFFIX_LEAST
 *          times. A tag is UPOS, Penn tag and features together; one seen less than TAG_LEAST times
 *          counts as the most frequent with its UPOS and Penn tag.
 */
#include "syntax/train-data.h"

#include <stdlib.h>

#include "article/conllu.h"
#include "core/utf8.h"
#include "text/text.h"

#define FILE_MOST ((size_t)1 << 30)
#define ARENA_MOST ((size_t)4 << 30)
#define WORD_LEAST 2
#define AFFIX_LEAST 3
#define TAG_LEAST 5
#define RAW_LEAST 40 /* a word of raw text alone */
#define RAW_PIECE ((size_t)1 << 17)

/* ---- files ---- */

static int read_doc(const char *path, struct slice bytes, uint64_t line, struct train_docs *docs,
                    struct dm_error *err)
{
    struct dm_article **more = realloc(docs->article, (docs->n + 1) * sizeof *more);
    if (!more)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", path);
    docs->article = more;
    struct dm_article *article = article_new();
    if (!article)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", path);
    docs->article[docs->n++] = article;
    int rc = conllu_read(bytes, path, line, article, err);
    if (rc == DM_OK && !article->has_tree)
        rc = dm_fail(err, DM_EFORMAT, "%s:%llu: a document with words that lack UPOS or head", path,
                     (unsigned long long)line);
    return rc;
}

int train_read(const char *path, struct train_docs *out, struct dm_error *err)
{
    struct buf bytes;
    struct train_docs docs = {0};
    buf_init(&bytes, FILE_MOST);
    int rc = file_read(path, &bytes, err);
    struct slice rest = buf_slice(&bytes), line;
    const char *from = rest.p;
    uint64_t number = 1, from_line = 1;
    bool seen = false; /* a row since `from` */
    while (rc == DM_OK && slice_cut(&rest, '\n', &line)) {
        if (seen && conllu_is_newdoc(line)) {
            rc = read_doc(path, slice_make(from, (size_t)(line.p - from)), from_line, &docs, err);
            from = line.p;
            from_line = number;
            seen = false;
        }
        seen |= line.n && line.p[0] != '#';
        number++;
    }
    if (rc == DM_OK)
        rc = read_doc(path, slice_make(from, (size_t)(bytes.p + bytes.n - from)), from_line, &docs,
                      err);
    buf_deinit(&bytes);
    if (rc)
        train_docs_free(&docs);
    else
        *out = docs;
    return rc;
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

static bool count_features(struct train_data *data, struct counts *c)
{
    struct feature_text text[FEATURES_MAX];
    for (uint32_t f = 0; f < data->n_files; f++)
        for (uint32_t i = 0; i < data->file[f].n; i++) {
            const struct dm_article *article = data->file[f].article[i];
            data->n_words += article->n_toks;
            data->n_sentences += article->n_sents;
            for (uint32_t t = 0; t < article->n_toks; t++) {
                unsigned n = features_texts(&article->tok[t], text);
                for (unsigned k = 0; k < n; k++)
                    if (!count(c, &data->arena, slice_make(text[k].p, text[k].n)))
                        return false;
            }
        }
    return true;
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
                unsigned n = features_texts(&article->tok[t], text);
                for (unsigned k = 0; k < n; k++) {
                    struct slice key = slice_make(text[k].p, text[k].n);
                    uint32_t least = text[k].p[0] == 'w' ? WORD_LEAST : AFFIX_LEAST;
                    if (c->n[map_get(&c->map, key)] < least ||
                        map_get(&data->feature, key) != MAP_NONE)
                        continue;
                    if (!map_set(&data->feature, key, data->n_rows++))
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

void train_fill_rows(const struct train_data *data, const struct dm_article *article,
                     const struct sentence *sent, uint32_t t, struct train_word *out)
{
    struct feature_text text[FEATURES_MAX];
    features_fixed(article, sent, t, out->row);
    unsigned n = features_texts(&article->tok[t], text), n_rows = 2;
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
    train_fill_rows(data, article, sent, t, out);
    out->head = (uint16_t)(tok->head == ARTICLE_NONE ? 0 : tok->head - sent->first + 1);
    out->rel = tok->rel;
}

/* ---- raw text ---- */

int train_raw_next(struct train_raw *raw, struct dm_article *article, struct dm_error *err)
{
    size_t left = raw->file.n - raw->at;
    if (left == 0)
        return 0;
    const char *p = raw->file.p + raw->at;
    size_t n = left < RAW_PIECE ? left : RAW_PIECE;
    if (n < left) { /* back to a blank line, else to a line's end, else to any character */
        size_t cut = n;
        while (cut > n / 2 && !(p[cut - 1] == '\n' && p[cut - 2] == '\n'))
            cut--;
        if (cut == n / 2)
            for (cut = n; cut > n / 2 && p[cut - 1] != '\n';)
                cut--;
        if (cut == n / 2)
            for (cut = n; cut > 1 && ((unsigned char)p[cut] & 0xC0) == 0x80;)
                cut--;
        n = cut;
    }
    raw->at += n;
    article_reset(article);
    struct slice text = {p, n};
    if (utf8_valid_prefix(text) < n)
        return dm_fail(err, DM_EFORMAT, "raw text: no valid UTF-8 before byte %zu", raw->at);
    int rc = article_set_text(article, SLICE_LIT(""), text, NULL, 0, err);
    if (rc == DM_OK)
        rc = text_split(article, err);
    return rc == DM_OK ? 1 : rc;
}

/* Rows for words that raw text holds often; what they count. */
static int number_raw(struct train_data *data, const char *path, struct dm_error *err)
{
    struct train_raw raw = {0};
    struct counts words = {0};
    struct dm_article *article = article_new();
    map_init(&words.map, &data->arena);
    int rc = article ? file_map_open(path, &raw.file, err) : dm_fail(err, DM_ENOMEM, "no memory");
    if (rc) {
        article_free(article);
        return rc;
    }
    while ((rc = train_raw_next(&raw, article, err)) > 0) {
        struct feature_text text[FEATURES_MAX];
        for (uint32_t t = 0; t < article->n_toks; t++) {
            features_texts(&article->tok[t], text);
            if (!count(&words, &data->arena, slice_make(text[0].p, text[0].n)))
                rc = dm_fail(err, DM_ENOMEM, "no memory for the words of raw text");
        }
        data->n_raw += article->n_toks;
        if (rc < 0)
            break;
    }
    for (uint32_t i = 0; rc == DM_OK && i < words.map.capacity; i++) {
        const struct map_entry *entry = &words.map.entry[i];
        if (entry->key.p && words.n[entry->value] >= RAW_LEAST &&
            map_get(&data->feature, entry->key) == MAP_NONE &&
            !map_set(&data->feature, entry->key, data->n_rows++))
            rc = dm_fail(err, DM_ENOMEM, "no memory for the words of raw text");
    }
    data->row_count = arena_array(&data->arena, data->n_rows, uint32_t);
    if (!data->row_count && rc == DM_OK)
        rc = dm_fail(err, DM_ENOMEM, "no memory for the words of raw text");
    for (uint32_t i = 0; rc == DM_OK && i < words.map.capacity; i++) {
        const struct map_entry *entry = &words.map.entry[i];
        uint32_t row = entry->key.p ? map_get(&data->feature, entry->key) : MAP_NONE;
        if (row != MAP_NONE)
            data->row_count[row] = words.n[entry->value];
    }
    file_map_close(&raw.file);
    article_free(article);
    return rc;
}

/* A word of the treebanks counts what it counts there: raw text teaches no tags. */
static bool count_rows(struct train_data *data, const struct counts *features)
{
    if (!data->row_count)
        data->row_count = arena_array(&data->arena, data->n_rows, uint32_t);
    if (!data->row_count)
        return false;
    for (uint32_t i = 0; i < features->map.capacity; i++) {
        const struct map_entry *entry = &features->map.entry[i];
        uint32_t row = entry->key.p ? map_get(&data->feature, entry->key) : MAP_NONE;
        if (row != MAP_NONE && (entry->key.p[0] != 'w' || features->n[entry->value] > 1))
            data->row_count[row] = features->n[entry->value];
    }
    return true;
}

static bool fill_words(struct train_data *data, const struct counts *tags,
                       const uint16_t *tag_number)
{
    data->word = arena_array(&data->arena, data->n_words, struct train_word);
    data->sentence = arena_array(&data->arena, data->n_sentences, struct train_sentence);
    if (!data->word || !data->sentence)
        return false;
    uint32_t word = 0, n = 0;
    for (uint32_t f = 0; f < data->n_files; f++)
        for (uint32_t i = 0; i < data->file[f].n; i++) {
            const struct dm_article *article = data->file[f].article[i];
            for (uint32_t s = 0; s < article->n_sents; s++) {
                const struct sentence *sent = &article->sent[s];
                if (sent->end - sent->first > TRAIN_SENTENCE_MAX)
                    continue;
                data->sentence[n++] = (struct train_sentence){word, sent->end - sent->first};
                for (uint32_t t = sent->first; t < sent->end; t++, word++) {
                    struct model_tag tag = tag_of(&article->tok[t]);
                    fill_word(data, article, sent, t, &data->word[word]);
                    data->word[word].tag = tag_number[map_get(
                        &tags->map, slice_make((const char *)&tag, sizeof tag))];
                }
            }
        }
    data->n_words = word;
    data->n_sentences = n;
    return true;
}

int train_data_init(struct train_data *data, const char *const *inputs, uint32_t n_inputs,
                    const char *raw, struct dm_error *err)
{
    *data = (struct train_data){0};
    arena_init(&data->arena, ARENA_MOST);
    struct counts features = {0}, tags = {0};
    uint16_t *tag_number;
    map_init(&features.map, &data->arena);
    map_init(&tags.map, &data->arena);
    data->file = arena_array(&data->arena, n_inputs, struct train_docs);
    int rc = data->file ? DM_OK : DM_ENOMEM;
    for (uint32_t f = 0; f < n_inputs && rc == DM_OK; f++)
        if ((rc = train_read(inputs[f], &data->file[f], err)) == DM_OK)
            data->n_files++;
    if (rc == DM_OK && (!count_features(data, &features) || !number_features(data, &features)))
        rc = dm_fail(err, DM_ENOMEM, "out of memory for the training data");
    if (rc == DM_OK && raw)
        rc = number_raw(data, raw, err);
    if (rc == DM_OK && (!count_rows(data, &features) || !number_tags(data, &tags) ||
                        !keep_tags(data, &tags, &tag_number) ||
                        !fill_words(data, &tags, tag_number)))
        rc = dm_fail(err, DM_ENOMEM, "out of memory for the training data");
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
