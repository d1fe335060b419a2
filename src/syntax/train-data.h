/* SPDX-License-Identifier: MIT */
/* train-data.h - treebanks in memory, as numbers, with the tables that the model will hold. */
#ifndef SYNTAX_TRAIN_DATA_H
#define SYNTAX_TRAIN_DATA_H

#include "article/article.h"
#include "core/file.h"
#include "core/map.h"
#include "syntax/features.h"
#include "syntax/model.h"

#define TRAIN_SENTENCE_MAX 200 /* longer sentences are not learned from */

struct train_word {
    uint32_t row[FEATURES_MAX]; /* rows of the feature table; row[2] is the word's own */
    uint16_t n_rows, tag;
    uint16_t head;              /* in the sentence: 0 the root, else word head - 1 */
    uint8_t rel;                /* enum relation */
    uint32_t count;             /* how often the lower-cased word stands in training */
};

struct train_sentence {
    uint32_t first, n; /* words */
};

struct train_docs { /* one treebank file */
    struct dm_article **article;
    uint32_t n;
};

struct train_data {
    struct arena arena; /* everything here */
    struct train_docs *file;
    uint32_t n_files;
    struct train_word *word;
    struct train_sentence *sentence;
    uint32_t n_words, n_sentences;
    uint32_t n_gold, n_gold_words; /* those of the treebanks, which come first */
    struct model_tag *tag;
    uint32_t n_tags;
    struct map feature;  /* feature text -> row */
    uint32_t *row_count; /* n_rows: how often the feature of a row stands in training */
    uint32_t n_rows;
};

struct train_inputs {
    const char *const *gold, *const *silver; /* paths of CoNLL-U files */
    uint32_t n_gold, n_silver;
};

/* A file's documents one by one; `file` is closed with file_map_close(). */
struct train_reader {
    const char *path;
    struct file_map file;
    struct slice rest;
    uint64_t line;
};
int train_reader_open(struct train_reader *reader, const char *path, struct dm_error *err);
/* The next document into `article` (reset first): 1, 0 at the end, or an error. */
int train_reader_next(struct train_reader *reader, struct dm_article *article, struct dm_error *err);

/* Read a file's documents; on failure nothing is left. */
int train_read(const char *path, struct train_docs *out, struct dm_error *err);
void train_docs_free(struct train_docs *docs);

/* Read the files and number everything. */
int train_data_init(struct train_data *data, const struct train_inputs *in, struct dm_error *err);
void train_data_deinit(struct train_data *data);

/*
 * Known words and rules of lemmas, learned from the files; `irregular` is a list of forms
 * (models/irregular.txt) for what the files lack, or NULL.
 */
struct lemma_learned {
    struct image_text *word_key, *ending_key, *casing_key;
    uint32_t *word_value, *ending_value, *casing_value;
    struct lemma_entry *entry;
    struct lemma_rule *rule;
    uint32_t n_words, n_endings, n_casings, n_entries, n_rules;
};
int lemma_learn(const struct train_data *data, const char *irregular, struct arena *arena,
                struct image_pool *pool, struct lemma_learned *out, struct dm_error *err);

#endif
