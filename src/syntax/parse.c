/* SPDX-License-Identifier: MIT */
/*
 * parse.c - tag, lemma, head and relation for every token of an article.
 *
 * Reads    article->sent[], tok[] (lower, flags, form).
 * Leaves   tok[].upos, xpos, feats, lemma, head, rel; view, when it is wanted.
 *
 * Method   Sentences are taken together in batches of about BATCH_WORDS words, so that the network's
 *          products are large; arcs and trees are made sentence by sentence. A sentence given with
 *          more than SENTENCE_TOKENS_MAX tokens is parsed in stretches of that size whose roots hang
 *          on the first one's (parataxis).
 * Memory   Scratch, a few hundred KiB a batch; lemmas in the article's arena.
 */
#include "article/penn.h"
#include "syntax/features.h"
#include "syntax/model.h"
#include "syntax/tree.h"

#define BATCH_WORDS 96 /* so that the gates of a batch stay in the cache: 2.36 s where 192 take 2.9 */
#define SPANS_MAX (BATCH_WORDS + 1)

struct batch {
    struct network_pass pass;
    struct network_span span[SPANS_MAX];
    uint32_t n_spans, n_words;
    uint32_t first; /* token of the article that is word 0 */
    float *hidden, *logits; /* of relations: SENTENCE_TOKENS_MAX rows */
    uint8_t *q;             /* quantized words */
    float *q_scale;
    uint32_t capacity; /* words */
};

struct parser {
    const struct syntax_model *model;
    struct dm_article *article;
    struct batch batch;
    uint32_t *head; /* of one span */
    bool view_only; /* tags and trees are there */
};

static float *floats(struct arena *arena, size_t n)
{
    char *p = arena_bytes(arena, n * sizeof(float) + 64);
    return p ? (float *)(void *)(p + (64 - (uintptr_t)p % 64) % 64) : NULL;
}

static bool parser_init(struct parser *p)
{
    struct arena *scratch = &p->article->scratch;
    const struct syntax_model *m = p->model;
    struct batch *b = &p->batch;
    size_t words = BATCH_WORDS + SENTENCE_TOKENS_MAX, dim = m->shape.dim;
    size_t in = m->shape.embed > dim ? m->shape.embed : dim;
    b->capacity = (uint32_t)words;
    float *x[2] = {floats(scratch, words * in), floats(scratch, words * in)};
    float *g = floats(scratch, words * m->layout.most_gates);
    b->pass.heads = floats(scratch, words * m->layout.width);
    b->hidden = floats(scratch, SENTENCE_TOKENS_MAX * (size_t)m->shape.rel);
    b->logits = floats(scratch, SENTENCE_TOKENS_MAX * m->layout.rels);
    b->q = (uint8_t *)floats(scratch, words * in / sizeof(float));
    b->q_scale = floats(scratch, words);
    p->head = arena_array(scratch, SENTENCE_TOKENS_MAX, uint32_t);
    for (uint32_t l = 0; l < m->shape.layers; l++) {
        b->pass.g[l] = g;
    }
    for (uint32_t l = 0; l <= m->shape.layers; l++)
        b->pass.x[l] = x[l & 1];
    return x[0] && x[1] && g && b->pass.heads && b->hidden && b->logits && b->q && b->q_scale &&
           p->head;
}

/* The word's own row, or how it is unknown and what its affixes say. Returns the number of rows. */
static unsigned text_rows(const struct image_map *features, struct slice lower,
                          const struct feature_text *word, uint64_t hash, uint32_t *row)
{
    row[0] = image_map_get_hashed(features, slice_make(word->p, word->n), hash);
    if (row[0] != IMAGE_NONE)
        return 1;
    row[0] = FEATURES_UNKNOWN;
    return 1 + features_affix_rows(features, lower, row + 1);
}

#define EMBED_AT_ONCE 32 /* words whose memory is asked for together */

/*
 * The summed rows of tokens [from, from + n), n at most EMBED_AT_ONCE. Look-ups and rows lie all over
 * the model: each step asks for the memory that the next one reads.
 */
static void embed(const struct parser *p, const struct sentence *sent, uint32_t from, uint32_t n,
                  float *x)
{
    const struct syntax_model *m = p->model;
    const struct dm_article *article = p->article;
    size_t size = m->shape.embed;
    struct feature_text word[EMBED_AT_ONCE];
    uint64_t hash[EMBED_AT_ONCE];
    uint32_t row[EMBED_AT_ONCE][FEATURES_MAX];
    unsigned n_rows[EMBED_AT_ONCE];
    for (uint32_t i = 0; i < n; i++) {
        features_word(token_lower(article, from + i), &word[i]);
        hash[i] = slice_hash(slice_make(word[i].p, word[i].n));
        image_map_fetch_slot(&m->features, hash[i]);
    }
    for (uint32_t i = 0; i < n; i++)
        image_map_fetch_key(&m->features, hash[i]);
    for (uint32_t i = 0; i < n; i++) {
        features_fixed(article, sent, from + i, row[i]);
        n_rows[i] = 2 + text_rows(&m->features, token_lower(article, from + i), &word[i], hash[i],
                                  row[i] + 2);
        if (article->view.q)
            article->view.row[from + i] = row[i][2] == FEATURES_UNKNOWN ? ARTICLE_NONE : row[i][2];
        for (unsigned k = 2; k < n_rows[i]; k++)
            __builtin_prefetch(m->row_scale + row[i][k]);
        for (unsigned k = 2; k < n_rows[i]; k++)
            for (size_t at = 0; at < size; at += 64)
                __builtin_prefetch(m->rows + row[i][k] * size + at);
    }
    for (uint32_t i = 0; i < n; i++) {
        unsigned known = 0;
        for (unsigned k = 0; k < n_rows[i]; k++)
            if (row[i][k] < m->shape.n_rows)
                row[i][known++] = row[i][k];
        tensor_rows8(&(struct tensor_rows8){x + i * size, m->rows, m->row_scale, row[i], known, size},
                     m->path);
    }
}

static bool set_tag(const struct parser *p, uint32_t t, size_t number, uint64_t hash)
{
    const struct syntax_model *m = p->model;
    struct token *tok = &p->article->tok[t];
    const struct model_tag *tag = &m->tag[number];
    tok->upos = tag->upos;
    tok->xpos = tag->xpos;
    tok->feats = tag->feats;
    char buffer[TOKEN_BYTES_MAX + 256];
    struct slice lemma = lemma_of(&m->lemma, &(struct lemma_word){
        .form = token_form(p->article, t), .lower = token_lower(p->article, t),
        .hash = hash, .flags = tok->flags, .upos = tok->upos, .xpos = tok->xpos}, buffer, sizeof buffer);
    if (lemma.p != tok->lower || lemma.n != tok->n_lower) /* nearly all words are their own lemma */
        lemma = arena_copy(&p->article->arena, lemma);
    tok->lemma = lemma.p;
    tok->n_lemma = (uint16_t)lemma.n;
    return lemma.p != NULL;
}

/* Tags and lemmas of a span. */
static bool tag_words(const struct parser *p, const float *heads, uint32_t first, uint32_t n)
{
    const struct syntax_model *m = p->model;
    uint64_t hash[SENTENCE_TOKENS_MAX];
    bool ok = true;
    for (uint32_t d = 0; d < n; d++)
        hash[d] = lemma_hash(&m->lemma, token_lower(p->article, first + d));
    for (uint32_t d = 0; d < n; d++)
        lemma_fetch(&m->lemma, hash[d]);
    for (uint32_t d = 0; d < n && ok; d++)
        ok = set_tag(p, first + d, tensor_best(heads + d * m->layout.width + m->layout.at_tags,
                                               m->shape.n_tags, m->path), hash[d]);
    return ok;
}

/* ---- tags that the tree contradicts ---- */

enum { HAS_SUBJECT = 1, HAS_AUX = 2, HAS_PASSIVE = 4, HAS_PASSIVE_SUBJECT = 8 };

#define NEAR 3.0f /* a tag's score that another may be worse by */

/* Children of the words [first, first + n) that tell a past form from a participle. */
static void look_at_children(const struct dm_article *article, uint32_t first, uint32_t n,
                             uint8_t *has)
{
    memset(has, 0, n);
    for (uint32_t t = first; t < first + n; t++) {
        const struct token *tok = &article->tok[t];
        if (tok->head == ARTICLE_NONE)
            continue;
        uint8_t *at = &has[tok->head - first];
        *at |= tok->rel == REL_NSUBJ ? HAS_SUBJECT : 0;
        *at |= tok->rel == REL_AUX || tok->rel == REL_COP ? HAS_AUX : 0;
        *at |= tok->rel == REL_AUX_PASS ? HAS_PASSIVE : 0;
        *at |= tok->rel == REL_NSUBJ_PASS ? HAS_PASSIVE_SUBJECT : 0;
    }
}

/* Whether the words end as a sentence does, and no headline. */
static bool ends_with_stop(const struct dm_article *article, uint32_t first, uint32_t n)
{
    for (uint32_t t = first + n; t-- > first;) {
        struct slice form = token_form(article, t);
        if (form.n == 1 && strchr(".!?", form.p[0]))
            return true;
        if (article->tok[t].upos != UPOS_PUNCT)
            return false;
    }
    return false;
}

/* The best tag of a word with that Penn tag and the word's UPOS; SIZE_MAX when there is none. */
static size_t best_with(const struct syntax_model *m, const float *score, unsigned xpos,
                        unsigned upos)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < m->shape.n_tags; i++)
        if (m->tag[i].xpos == xpos && m->tag[i].upos == upos &&
            (best == SIZE_MAX || score[i] > score[best]))
            best = i;
    return best;
}

/* The subjects of the word's passive are subjects of its active. */
static void make_active(struct dm_article *article, uint32_t head, uint32_t first, uint32_t n)
{
    for (uint32_t t = first; t < first + n; t++)
        if (article->tok[t].head == head && article->tok[t].rel == REL_NSUBJ_PASS)
            article->tok[t].rel = REL_NSUBJ;
}

/*
 * A participle with a subject of its own and no auxiliary is a past form ("Greece rejected it"), a
 * past form with the passive's auxiliary is a participle: the best tag of that kind is taken. A
 * sentence that is no headline does not rest on a bare participle either, passive subject or not
 * ("Troops fired on the crowd."), where a past form is nearly as likely.
 */
static bool mend_participles(const struct parser *p, const float *heads, uint32_t first, uint32_t n)
{
    const struct syntax_model *m = p->model;
    uint8_t has[SENTENCE_TOKENS_MAX];
    look_at_children(p->article, first, n, has);
    for (uint32_t d = 0; d < n; d++) {
        const struct token *tok = &p->article->tok[first + d];
        bool past = tok->xpos == PENN_VBN && has[d] == HAS_SUBJECT && tok->rel != REL_ACL &&
                    tok->rel != REL_AMOD;
        bool participle = tok->xpos == PENN_VBD && (has[d] & HAS_PASSIVE);
        bool bare = tok->xpos == PENN_VBN && has[d] == HAS_PASSIVE_SUBJECT &&
                    tok->rel == REL_ROOT && ends_with_stop(p->article, first, n);
        if (tok->xpos == PENN_VBD && (has[d] & (HAS_PASSIVE | HAS_PASSIVE_SUBJECT)) ==
                                         HAS_PASSIVE_SUBJECT)
            make_active(p->article, first + d, first, n); /* no past form is passive by itself */
        if (!past && !participle && !bare)
            continue;
        const float *score = heads + d * m->layout.width + m->layout.at_tags;
        size_t best = best_with(m, score, participle ? PENN_VBN : PENN_VBD, tok->upos);
        if (best == SIZE_MAX ||
            (bare && score[best] + NEAR < score[best_with(m, score, PENN_VBN, tok->upos)]))
            continue;
        if (!set_tag(p, first + d, best, lemma_hash(&m->lemma, token_lower(p->article, first + d))))
            return false;
        if (bare)
            make_active(p->article, first + d, first, n);
    }
    return true;
}

/* "'s" before a participle is of "have", but for the passive: "he's left", "she's not been told". */
static void mend_have(struct dm_article *article, uint32_t first, uint32_t n)
{
    for (uint32_t t = first; t + 1 < first + n; t++) {
        struct token *tok = &article->tok[t];
        if (tok->xpos != PENN_VBZ || tok->rel != REL_AUX ||
            (!slice_is(token_lower(article, t), "'s") &&
             !slice_is(token_lower(article, t), "\xe2\x80\x99s")))
            continue;
        uint32_t next = t + 1;
        while (next + 1 < first + n && article->tok[next].xpos == PENN_RB)
            next++;
        if (article->tok[next].xpos == PENN_VBN) {
            tok->lemma = "have";
            tok->n_lemma = 4;
        }
    }
}

/* Relations of a span whose heads (0 the root, h word h - 1) are known. */
static void relate(struct parser *p, const float *heads, uint32_t n, uint32_t first)
{
    const struct syntax_model *m = p->model;
    const struct network_layout *l = &m->layout;
    size_t rel = m->shape.rel;
    for (uint32_t d = 0; d < n; d++) {
        const float *dep = heads + d * l->width + l->at_rel_dep;
        const float *head = p->head[d] ? heads + (p->head[d] - 1) * l->width + l->at_rel_head
                                       : m->weights.small + l->rel_root;
        float *hidden = p->batch.hidden + d * rel;
        for (size_t i = 0; i < rel; i++) {
            float sum = dep[i] + head[i];
            hidden[i] = sum > 0 ? sum : 0;
        }
        memcpy(p->batch.logits + d * l->rels, m->weights.small + l->o_bias, l->rels * sizeof(float));
    }
    tensor_gemm(&(struct tensor_gemm){p->batch.logits, p->batch.hidden, m->weights.small + l->o, l->rels,
                                      rel, l->rels, n, rel, l->rels, true, false}, m->path);
    for (uint32_t d = 0; d < n; d++) {
        const float *score = p->batch.logits + d * l->rels;
        size_t best = SIZE_MAX;
        for (size_t i = 0; i < m->shape.n_rels; i++)
            if (m->rel[i] != REL_ROOT && (best == SIZE_MAX || score[i] > score[best]))
                best = i;
        struct token *tok = &p->article->tok[first + d];
        tok->head = p->head[d] ? first + p->head[d] - 1 : ARTICLE_NONE;
        tok->rel = p->head[d] == 0 ? REL_ROOT : best == SIZE_MAX ? REL_DEP : m->rel[best];
    }
}

static int run_span(struct parser *p, const struct network_span *span, struct dm_error *err)
{
    const struct syntax_model *m = p->model;
    struct arena *scratch = &p->article->scratch;
    uint32_t n = span->end - span->begin, first = p->batch.first + span->begin;
    const float *heads = p->batch.pass.heads + span->begin * m->layout.width;
    if (!tag_words(p, heads, first, n))
        return dm_fail(err, DM_ENOMEM, "no memory for lemmas");
    struct arena_mark mark = arena_mark(scratch);
    float *memory = floats(scratch, network_arcs_need(&m->layout, &m->shape, n));
    if (!memory)
        return dm_fail(err, DM_ENOMEM, "no memory to parse");
    struct network_arcs arcs;
    network_arcs(&m->shape, &m->layout, m->weights.small, heads, n, memory, &arcs, m->path);
    bool ok = tree_decode(arcs.score, arcs.ld, n, p->head, m->path, scratch);
    if (ok) {
        relate(p, heads, n, first);
        ok = mend_participles(p, heads, first, n);
        mend_have(p->article, first, n);
    }
    arena_rewind(scratch, mark);
    return ok ? DM_OK : dm_fail(err, DM_ENOMEM, "no memory to parse");
}

/* What goes into the last product is what the network knows of a word. */
static void keep_view(const struct batch *b, const struct token_view *view)
{
    memcpy(view->q + (size_t)b->first * view->dim, b->q, (size_t)b->n_words * view->dim);
    memcpy(view->scale + b->first, b->q_scale, b->n_words * sizeof *b->q_scale);
}

static int run_batch(struct parser *p, struct dm_error *err)
{
    struct batch *b = &p->batch;
    const struct syntax_model *m = p->model;
    network_run(&m->shape, &m->layout, &m->weights, &b->pass, b->span, b->n_spans, b->n_words, b->q,
                b->q_scale, m->path);
    if (p->article->view.q)
        keep_view(b, &p->article->view);
    int rc = DM_OK;
    for (uint32_t s = 0; s < b->n_spans && rc == DM_OK && !p->view_only; s++)
        rc = run_span(p, &b->span[s], err);
    b->n_spans = b->n_words = 0;
    return rc;
}

/* The stretches of an overlong sentence become one tree. */
static void join_stretches(struct dm_article *article, const struct sentence *sent)
{
    uint32_t root = ARTICLE_NONE;
    for (uint32_t t = sent->first; t < sent->end; t++) {
        struct token *tok = &article->tok[t];
        if (tok->head != ARTICLE_NONE)
            continue;
        if (root == ARTICLE_NONE) {
            root = t;
        } else {
            tok->head = root;
            tok->rel = REL_PARATAXIS;
        }
    }
}

static int parse_all(struct parser *p, struct dm_error *err)
{
    struct dm_article *article = p->article;
    struct batch *b = &p->batch;
    int rc = DM_OK;
    for (uint32_t s = 0; s < article->n_sents; s++) {
        const struct sentence *sent = &article->sent[s];
        for (uint32_t from = sent->first; from < sent->end; from += SENTENCE_TOKENS_MAX) {
            uint32_t n = sent->end - from;
            n = n < SENTENCE_TOKENS_MAX ? n : SENTENCE_TOKENS_MAX;
            if (b->n_words == 0)
                b->first = from;
            for (uint32_t i = 0; i < n; i += EMBED_AT_ONCE)
                embed(p, sent, from + i, n - i < EMBED_AT_ONCE ? n - i : EMBED_AT_ONCE,
                      b->pass.x[0] + (b->n_words + i) * p->model->shape.embed);
            b->span[b->n_spans++] = (struct network_span){b->n_words, b->n_words + n};
            b->n_words += n;
            if (b->n_words >= BATCH_WORDS && (rc = run_batch(p, err)) != DM_OK)
                return rc;
        }
    }
    if (b->n_words)
        rc = run_batch(p, err);
    for (uint32_t s = 0; s < article->n_sents && rc == DM_OK && !p->view_only; s++)
        if (article->sent[s].end - article->sent[s].first > SENTENCE_TOKENS_MAX)
            join_stretches(article, &article->sent[s]);
    return rc;
}

static bool make_view(struct dm_article *article, uint32_t dim)
{
    struct arena *arena = &article->passing;
    struct token_view *view = &article->view;
    size_t n = article->n_toks;
    view->dim = dim;
    view->scale = arena_array(arena, n, float);
    view->row = arena_array(arena, n, uint32_t);
    view->q = (uint8_t *)arena_bytes(arena, n * dim);
    return view->scale && view->row && view->q;
}

static int parse(const struct syntax_model *model, struct dm_article *article, bool view_only,
                 struct dm_error *err)
{
    if (article->n_toks == 0)
        return DM_OK;
    struct parser parser = {.model = model, .article = article, .view_only = view_only};
    article->view = (struct token_view){0};
    arena_reset(&article->passing);
    if ((view_only || article->wants_view) && !make_view(article, model->shape.dim))
        return dm_fail(err, DM_ENOMEM, "no memory to parse");
    struct arena_mark mark = arena_mark(&article->scratch);
    int rc = parser_init(&parser) ? parse_all(&parser, err)
                                  : dm_fail(err, DM_ENOMEM, "no memory to parse");
    arena_rewind(&article->scratch, mark);
    return rc;
}

int syntax_parse(const struct syntax_model *model, struct dm_article *article,
                 struct dm_error *err)
{
    return parse(model, article, false, err);
}

int syntax_view(const struct syntax_model *model, struct dm_article *article, struct dm_error *err)
{
    return parse(model, article, true, err);
}
