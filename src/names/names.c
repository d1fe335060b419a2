/* SPDX-License-Identifier: MIT */
/*
 * names.c - find the names of persons, organizations and places in an article.
 *
 * Reads    tokens, article->view; the lexicon's names.
 * Leaves   tok[].name, TOK_NAME_INSIDE; the view is given back.
 *
 * Method   All sentences are scored in batches (net.c). Then a capitalized word that stands several
 *          times in the article leans, with weight `share`, to what it is on the average there:
 *          'Smith' to the person of "John Smith". The best legal row of labels of each sentence is
 *          found by Viterbi; only whether a name is open, and of which kind, goes from word to word.
 * Memory   Scratch: about 120 bytes a token, 1 MB a batch.
 */
#include "names/names.h"

#include "names/net.h"

#define BATCH_WORDS 96
#define BATCH_MOST (BATCH_WORDS + SENTENCE_TOKENS_MAX)
#define MARGIN_MOST 12.0f /* no single place in the article counts for more */

struct finder {
    const struct names_model *model;
    const struct actor_lexicon *actors;
    struct dm_article *article;
    struct net_pass pass;
    struct network_span span[BATCH_WORDS + 1];
    uint32_t n_spans, n_words, first; /* the batch: sentences, words, its first token */
    uint64_t *hints;                  /* of a sentence */
    float *score;                     /* tokens x NET_SCORES */
};

static float *floats(struct arena *arena, size_t n)
{
    char *p = arena_bytes(arena, n * sizeof(float) + 64);
    return p ? (float *)(void *)(p + (64 - (uintptr_t)p % 64) % 64) : NULL;
}

static uint32_t longest_sentence(const struct dm_article *article)
{
    uint32_t most = 0;
    for (uint32_t s = 0; s < article->n_sents; s++) {
        uint32_t n = article->sent[s].end - article->sent[s].first;
        most = n > most ? n : most;
    }
    return most;
}

static bool finder_init(struct finder *f)
{
    struct arena *scratch = &f->article->scratch;
    const struct net_shape *shape = &f->model->shape;
    size_t words = BATCH_MOST, gates = f->model->layout.gates;
    f->pass = (struct net_pass){
        .x = floats(scratch, words * shape->embed), .g = floats(scratch, words * gates),
        .more = floats(scratch, words * gates), 
        .y = floats(scratch, words * shape->dim), .q_scale = floats(scratch, words),
        .q = (uint8_t *)floats(scratch, words * shape->embed / sizeof(float))};
    f->hints = arena_array(scratch, longest_sentence(f->article), uint64_t);
    f->score = floats(scratch, (size_t)f->article->n_toks * NET_SCORES);
    return f->pass.x && f->pass.g && f->pass.more && f->pass.y && f->pass.q_scale &&
           f->pass.q && f->hints && f->score;
}

/* Rows lie all over the model: what embed() will read is asked for. */
static void fetch(const struct finder *f, const struct sentence *sent)
{
    const struct names_model *m = f->model;
    size_t size = m->shape.embed;
    for (uint32_t t = sent->first; t < sent->end; t++) {
        uint32_t row = f->article->view.row[t];
        if (row < m->shape.n_rows) {
            __builtin_prefetch(m->row_scale + row);
            __builtin_prefetch(m->rows + row * size);
            __builtin_prefetch(m->rows + (row + 1) * size - 1);
        }
    }
}

/* The summed rows of token t. */
static void embed(const struct finder *f, const struct sentence *sent, uint32_t t, float *x)
{
    const struct names_model *m = f->model;
    uint32_t row[FEATURES_MAX + 3 + HINTS], known = 0;
    unsigned n = 1;
    row[0] = f->article->view.row[t];
    if (row[0] == ARTICLE_NONE) {
        row[0] = FEATURES_UNKNOWN;
        n += features_affix_rows(&m->syntax->features, token_lower(f->article, t), row + 1);
    }
    features_fixed(f->article, sent, t, row + n);
    n += 2;
    for (uint64_t hints = f->hints[t - sent->first]; hints; hints &= hints - 1)
        row[n++] = m->syntax->shape.n_rows + (uint32_t)__builtin_ctzll(hints);
    for (unsigned i = 0; i < n; i++)
        if (row[i] < m->shape.n_rows)
            row[known++] = row[i];
    tensor_rows8(&(struct tensor_rows8){x, m->rows, m->row_scale, row, known, m->shape.embed},
                 m->syntax->path);
}

static void run_batch(struct finder *f)
{
    const struct token_view *view = &f->article->view;
    net_run(f->model, &f->pass, view->q + (size_t)f->first * view->dim, view->scale + f->first, f->span,
            f->n_spans, f->n_words, f->score + (size_t)f->first * NET_SCORES);
    f->n_spans = f->n_words = 0;
}

static void score_all(struct finder *f)
{
    struct dm_article *article = f->article;
    for (uint32_t s = 0; s < article->n_sents; s++) {
        const struct sentence *sent = &article->sent[s];
        fetch(f, sent);
        hints_find(f->actors, article, sent, f->hints);
        for (uint32_t from = sent->first; from < sent->end; from += SENTENCE_TOKENS_MAX) {
            uint32_t n = sent->end - from;
            n = n < SENTENCE_TOKENS_MAX ? n : SENTENCE_TOKENS_MAX;
            if (f->n_words == 0)
                f->first = from;
            for (uint32_t i = 0; i < n; i++)
                embed(f, sent, from + i, f->pass.x + (size_t)(f->n_words + i) * f->model->shape.embed);
            f->span[f->n_spans++] = (struct network_span){f->n_words, f->n_words + n};
            f->n_words += n;
            if (f->n_words >= BATCH_WORDS)
                run_batch(f);
        }
    }
    if (f->n_words)
        run_batch(f);
}

/* ---- the same word elsewhere ---- */

struct word {
    uint64_t hash; /* 0: free */
    float sum[NAME_KINDS];
    uint32_t n;
};

/* How far each kind lies behind the best one, 0 or less. */
static void margins(const float *score, float out[static NAME_KINDS])
{
    float most = out[NAME_NONE] = score[0];
    for (unsigned kind = NAME_PERSON; kind < NAME_KINDS; kind++) {
        const float *of = score + net_label((enum name_kind)kind, NET_ONLY);
        out[kind] = of[0];
        for (unsigned i = 1; i < NET_PLACES; i++)
            out[kind] = of[i] > out[kind] ? of[i] : out[kind];
        most = out[kind] > most ? out[kind] : most;
    }
    for (unsigned kind = 0; kind < NAME_KINDS; kind++) {
        out[kind] -= most;
        out[kind] = out[kind] > -MARGIN_MOST ? out[kind] : -MARGIN_MOST;
    }
}

static bool is_capital(const struct token *tok)
{
    return tok->flags & (TOK_TITLE | TOK_UPPER);
}

static struct word *word_at(struct word *table, uint32_t mask, struct slice lower)
{
    uint64_t hash = slice_hash(lower) | 1;
    uint32_t i = (uint32_t)(hash >> 32) & mask;
    while (table[i].hash && table[i].hash != hash)
        i = (i + 1) & mask;
    table[i].hash = hash;
    return &table[i];
}

static bool share_words(struct finder *f)
{
    const struct dm_article *article = f->article;
    uint32_t n = 0, size = 16;
    for (uint32_t t = 0; t < article->n_toks; t++)
        n += is_capital(&article->tok[t]);
    while (size < 2 * n)
        size *= 2;
    struct word *table = arena_array(&f->article->scratch, size, struct word);
    if (!table)
        return false;
    for (uint32_t t = 0; t < article->n_toks; t++) {
        if (!is_capital(&article->tok[t]))
            continue;
        struct word *word = word_at(table, size - 1, token_lower(article, t));
        float margin[NAME_KINDS];
        margins(f->score + (size_t)t * NET_SCORES, margin);
        for (unsigned kind = 0; kind < NAME_KINDS; kind++)
            word->sum[kind] += margin[kind];
        word->n++;
    }
    for (uint32_t t = 0; t < article->n_toks; t++) {
        if (!is_capital(&article->tok[t]))
            continue;
        const struct word *word = word_at(table, size - 1, token_lower(article, t));
        float *score = f->score + (size_t)t * NET_SCORES, margin[NAME_KINDS];
        if (word->n < 2)
            continue;
        margins(score, margin);
        for (unsigned label = 0; label < NET_LABELS; label++) {
            enum name_kind kind = net_kind(label);
            score[label] += f->model->shape.share * (word->sum[kind] / (float)word->n - margin[kind]);
        }
    }
    return true;
}

/* ---- the best row of labels ---- */

/* Where the best way to a token came from: the label before when no name was open, and, for each kind,
 * the place in the open name. */
struct back {
    uint8_t closed, open[NAME_KINDS];
};

struct way {
    float closed, open[NAME_KINDS]; /* no name is open; one of that kind is */
    uint8_t label, place[NAME_KINDS]; /* that the way ends with */
};

static void step(struct way *way, const float *score, struct back *back)
{
    struct way next = {.closed = way->closed + score[0]};
    back->closed = way->label;
    for (unsigned k = NAME_PERSON; k < NAME_KINDS; k++) {
        const float *of = score + net_label((enum name_kind)k, NET_ONLY);
        back->open[k] = way->place[k];
        float only = way->closed + of[NET_ONLY], last = way->open[k] + of[NET_LAST];
        float best = last > only ? last : only;
        if (best > next.closed) {
            next.closed = best;
            next.label = (uint8_t)net_label((enum name_kind)k, last > only ? NET_LAST : NET_ONLY);
        }
        float first = way->closed + of[NET_FIRST], inside = way->open[k] + of[NET_INSIDE];
        next.open[k] = inside > first ? inside : first;
        next.place[k] = inside > first ? NET_INSIDE : NET_FIRST;
    }
    *way = next;
}

static void label_sentence(const struct finder *f, const struct sentence *sent, struct back *back)
{
    const float never = -1e9f;
    struct token *tok = f->article->tok + sent->first;
    uint32_t n = sent->end - sent->first;
    struct way way = {.open = {never, never, never, never}};
    for (uint32_t i = 0; i < n; i++)
        step(&way, f->score + (size_t)(sent->first + i) * NET_SCORES, &back[i]);
    unsigned label = way.label; /* at the end no name is open */
    for (uint32_t i = n; i-- > 0;) {
        enum name_kind kind = net_kind(label);
        unsigned place = label ? (label - 1) % NET_PLACES : NET_ONLY;
        tok[i].name = (uint8_t)kind;
        tok[i].flags &= (uint8_t)~TOK_NAME_INSIDE;
        if (place == NET_INSIDE || place == NET_LAST) {
            tok[i].flags |= TOK_NAME_INSIDE;
            label = net_label(kind, (enum net_place)back[i].open[kind]);
        } else {
            label = back[i].closed;
        }
    }
}

static int find(struct finder *f, struct dm_error *err)
{
    struct arena *scratch = &f->article->scratch;
    struct back *back = arena_array(scratch, longest_sentence(f->article), struct back);
    if (!back || !finder_init(f))
        return dm_fail(err, DM_ENOMEM, "no memory to find names");
    score_all(f);
    if (!share_words(f))
        return dm_fail(err, DM_ENOMEM, "no memory to find names");
    for (uint32_t s = 0; s < f->article->n_sents; s++)
        label_sentence(f, &f->article->sent[s], back);
    return DM_OK;
}

int names_recognize(const struct names_model *names, const struct lexicon *lexicon,
               struct dm_article *article, struct dm_error *err)
{
    int rc = article->n_toks && !article->view.q ? syntax_view(names->syntax, article, err) : DM_OK;
    if (rc || article->n_toks == 0)
        return rc;
    struct arena_mark mark = arena_mark(&article->scratch);
    struct finder finder = {.model = names, .actors = actor_lexicon(lexicon), .article = article};
    rc = find(&finder, err);
    arena_rewind(&article->scratch, mark);
    article->view = (struct token_view){0};
    arena_reset(&article->passing);
    return rc;
}
