/* SPDX-License-Identifier: MIT */
/*
 * conllu.c - read a CoNLL-U document into an article.
 *
 * Reads    lines of one document.
 * Leaves   article->text, block[], sent[], tok[] as conllu.h says.
 *
 * Method   One pass over the lines. The text is put together on the side, so that offsets are final
 *          when a token is made; it becomes the article's text at the end. Words of a multiword
 *          token share out its bytes: each gets those of its form while the forms add up to the
 *          token, as they do in UD English, else what is left is cut evenly.
 * Limits   A form may hold blanks; the text of "# text" decides then. Sentences are not cut; one of
 *          more than SENTENCE_WORDS_MAX words is refused, because finding events in a tree takes
 *          time by the square of its words (one of 60,000 took half a minute).
 */
#include "article/conllu.h"

#include "article/penn.h"
#include "article/token.h"
#include "core/utf8.h"

#define SENTENCE_WORDS_MAX 20000 /* the longest of the English treebanks has 159 */

enum { ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC, COLUMNS };

struct reader {
    struct dm_article *article;
    struct dm_error *err;
    const char *path;
    uint64_t line;         /* of the line being read */
    char *text;            /* scratch; never longer than the input */
    size_t n_text;
    struct block *block;   /* scratch */
    uint32_t n_blocks;
    size_t tok_capacity, sent_capacity, block_capacity;
    bool tree;             /* every word so far had tag and head */
    bool new_block;        /* the next sentence opens a paragraph */
    bool open;             /* inside of a sentence */
    struct slice given;    /* rest of "# text" behind the last token */
    bool has_given;
    uint32_t n_words;      /* words of this sentence so far */
    uint32_t span_last;    /* last word of the open multiword token, 0 none */
    size_t span_begin, span_end; /* its bytes in `text` */
    bool span_space;       /* blank space behind it */
    bool space;            /* blank space (or the end) behind the last token */
};

static int wrong(const struct reader *r, const char *what, struct slice bytes)
{
    int n = bytes.n > 80 ? 80 : (int)bytes.n;
    return dm_fail(r->err, DM_EFORMAT, "%s:%llu: %s '%.*s'", r->path, (unsigned long long)r->line,
                   what, n, bytes.n ? bytes.p : "");
}

static int no_memory(const struct reader *r)
{
    return dm_fail(r->err, DM_ENOMEM, "%s:%llu: out of memory", r->path,
                   (unsigned long long)r->line);
}

bool conllu_is_newdoc(struct slice line)
{
    if (line.n == 0 || line.p[0] != '#')
        return false;
    line = slice_trim(slice_make(line.p + 1, line.n - 1));
    return slice_starts(line, "newdoc") && (line.n == 6 || line.p[6] == ' ' || line.p[6] == '\t');
}

/* "key = value" of a comment: false when the key is another. */
static bool comment_value(struct slice comment, const char *key, struct slice *value)
{
    size_t n = strlen(key);
    if (!slice_starts(comment, key))
        return false;
    struct slice rest = slice_trim(slice_make(comment.p + n, comment.n - n));
    if (rest.n == 0 || rest.p[0] != '=')
        return false;
    *value = slice_trim(slice_make(rest.p + 1, rest.n - 1));
    return true;
}

static int read_comment(struct reader *r, struct slice line)
{
    struct slice comment = slice_trim(slice_make(line.p + 1, line.n - 1)), value;
    struct dm_article *article = r->article;
    const struct { const char *key; struct slice *field; } fields[] = {
        {"newdoc id", &article->id}, {"title", &article->title}, {"url", &article->url},
        {"source", &article->source},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (comment_value(comment, fields[i].key, &value)) {
            *fields[i].field = arena_copy(&article->arena, value);
            if (!fields[i].field->p)
                return no_memory(r);
        }
    }
    if (slice_starts(comment, "newdoc"))
        r->new_block = true;
    else if (slice_starts(comment, "newpar") && !slice_starts(comment, "newpar_"))
        r->new_block = true;
    else if (comment_value(comment, "date", &value) && !date_parse_stamp(value, &article->date))
        return wrong(r, "expected a date (YYYY-MM-DD), found", value);
    else if (comment_value(comment, "text", &value)) {
        r->given = value;
        r->has_given = true;
    }
    return DM_OK;
}

static void put(struct reader *r, struct slice bytes)
{
    if (bytes.n)
        memcpy(r->text + r->n_text, bytes.p, bytes.n);
    r->n_text += bytes.n;
}

static int open_sentence(struct reader *r)
{
    struct dm_article *article = r->article;
    if (r->n_text && r->new_block)
        put(r, SLICE_LIT("\n\n"));
    else if (r->n_text && r->space)
        put(r, SLICE_LIT(" "));
    if (r->new_block || r->n_blocks == 0) {
        struct block *block = ARENA_PUSH(&article->scratch, r->block, r->n_blocks,
                                         r->block_capacity);
        if (!block)
            return no_memory(r);
        block->begin = (uint32_t)r->n_text;
        block->kind = BLOCK_BODY;
    }
    struct sentence *sent = ARENA_PUSH(&article->arena, article->sent, article->n_sents,
                                       r->sent_capacity);
    if (!sent)
        return no_memory(r);
    sent->first = article->n_toks;
    sent->begin = (uint32_t)r->n_text;
    sent->block = r->n_blocks - 1;
    r->open = true;
    r->new_block = false;
    r->n_words = r->span_last = 0;
    r->space = true;
    return DM_OK;
}

static bool space_after(struct slice misc)
{
    struct slice piece;
    while (slice_cut(&misc, '|', &piece))
        if (slice_is(piece, "SpaceAfter=No"))
            return false;
    return true;
}

/* Where the form stands: its bytes in the text, with the blanks before it; and is a blank behind? */
static int place(struct reader *r, struct slice form, struct slice misc, size_t *begin)
{
    if (!r->has_given) {
        if (r->n_words && r->space)
            put(r, SLICE_LIT(" "));
        *begin = r->n_text;
        put(r, form);
        r->space = space_after(misc);
        return DM_OK;
    }
    size_t blank = 0;
    while (blank < r->given.n) {
        uint32_t code;
        unsigned n = utf8_decode(r->given.p + blank, r->given.p + r->given.n, &code);
        if (!utf8_is_space(code))
            break;
        blank += n;
    }
    struct slice rest = {r->given.p + blank, r->given.n - blank};
    if (form.n > rest.n || (form.n && memcmp(form.p, rest.p, form.n) != 0))
        return wrong(r, "the form does not stand in '# text' at its place:", form);
    put(r, slice_make(r->given.p, blank));
    *begin = r->n_text;
    put(r, form);
    r->given = slice_make(rest.p + form.n, rest.n - form.n);
    uint32_t code;
    if (r->given.n) {
        utf8_decode(r->given.p, r->given.p + r->given.n, &code);
        r->space = utf8_is_space(code);
    } else {
        r->space = space_after(misc); /* "# text" ends here and cannot tell */
    }
    return DM_OK;
}

static int read_span(struct reader *r, struct slice *column)
{
    struct slice id = column[ID], from;
    uint32_t first, last;
    if (!slice_cut(&id, '-', &from) || !slice_to_u32(from, &first) || !slice_to_u32(id, &last) ||
        first != r->n_words + 1 || last <= first || last - first > 100 || r->span_last > r->n_words)
        return wrong(r, "expected a range of words that follow, found", column[ID]);
    int rc = place(r, column[FORM], column[MISC], &r->span_begin);
    r->span_end = r->n_text;
    r->span_last = last;
    r->span_space = r->space;
    return rc;
}

/* Bytes of a word inside of the open multiword token, from r->span_begin on. */
static size_t share_span(const struct reader *r, struct slice form, uint32_t word)
{
    size_t left = r->span_end - r->span_begin;
    if (word == r->span_last)
        return left;
    if (form.n <= left && memcmp(r->text + r->span_begin, form.p, form.n) == 0)
        return form.n;
    size_t n = left / (r->span_last - word + 1);
    while (n > 0 && ((unsigned char)r->text[r->span_begin + n] & 0xC0) == 0x80)
        n--; /* never inside of a character */
    return n;
}

/* "Name=B-person": the first word of a person's name; "Name=I-person": a later one; "Name=X": not told. */
static void read_name(struct token *tok, struct slice misc)
{
    struct slice piece;
    while (slice_cut(&misc, '|', &piece)) {
        if (slice_is(piece, "Name=X"))
            tok->name = NAME_UNTOLD;
        if (!slice_starts(piece, "Name=B-") && !slice_starts(piece, "Name=I-"))
            continue;
        for (int kind = NAME_PERSON; kind < NAME_KINDS; kind++)
            if (slice_is(slice_make(piece.p + 7, piece.n - 7), name_kind_text((enum name_kind)kind)))
                tok->name = (uint8_t)kind;
        tok->flags |= tok->name && piece.p[5] == 'I' ? TOK_NAME_INSIDE : 0;
    }
}

static int read_analysis(struct reader *r, struct slice *column, struct token *tok, uint32_t word)
{
    enum upos upos;
    uint32_t head;
    if (!upos_of(column[UPOS], &upos) || slice_is(column[HEAD], "_")) {
        if (!slice_is(column[UPOS], "_") && !upos_of(column[UPOS], &upos))
            return wrong(r, "unknown UPOS", column[UPOS]);
        r->tree = false;
        return DM_OK;
    }
    if (!slice_to_u32(column[HEAD], &head) || head == word)
        return wrong(r, "expected the number of another word as head, found", column[HEAD]);
    struct slice lemma = arena_copy(&r->article->arena, column[LEMMA]);
    if (!lemma.p)
        return no_memory(r);
    if (lemma.n > UINT16_MAX)
        return wrong(r, "a lemma that is too long:", lemma);
    tok->upos = (uint8_t)upos;
    tok->xpos = (uint8_t)penn_of(column[XPOS]);
    tok->feats = feats_of(column[FEATS]);
    tok->lemma = lemma.p;
    tok->n_lemma = (uint16_t)lemma.n;
    tok->rel = (uint8_t)relation_of(column[DEPREL]);
    tok->head = head; /* made an index when the sentence is closed */
    return DM_OK;
}

static int read_word(struct reader *r, struct slice *column)
{
    struct dm_article *article = r->article;
    uint32_t word;
    if (!slice_to_u32(column[ID], &word) || word != r->n_words + 1)
        return wrong(r, "expected the next word's number, found", column[ID]);
    struct slice form = column[FORM];
    size_t begin, n;
    bool joined = false;
    if (word <= r->span_last) {
        begin = r->span_begin;
        n = share_span(r, form, word);
        r->span_begin += n;
        joined = word < r->span_last;
        r->space = !joined && r->span_space;
    } else {
        int rc = place(r, form, column[MISC], &begin);
        if (rc)
            return rc;
        n = form.n;
    }
    if (n > TOKEN_BYTES_MAX)
        return wrong(r, "a form that is too long:", form);
    if (word > SENTENCE_WORDS_MAX)
        return wrong(r, "more words than a sentence may have, from", form);
    if (article->n_toks == ARTICLE_TOKENS_MAX)
        return wrong(r, "more words than an article may have, from", form);
    struct token *tok = ARENA_PUSH(&article->arena, article->tok, article->n_toks,
                                   r->tok_capacity);
    if (!tok)
        return no_memory(r);
    tok->begin = (uint32_t)begin;
    tok->end = (uint32_t)(begin + n);
    tok->head = ARTICLE_NONE;
    tok->flags = (uint8_t)((r->space ? TOK_SPACE_AFTER : 0) | (joined ? TOK_JOINED : 0));
    read_name(tok, column[MISC]);
    r->n_words = word;
    return read_analysis(r, column, tok, word);
}

/* A form without the blanks around it, of any script. */
static struct slice trim_form(struct slice form)
{
    while (form.n) {
        uint32_t code;
        unsigned n = utf8_decode(form.p, form.p + form.n, &code);
        if (!utf8_is_space(code))
            break;
        form = slice_make(form.p + n, form.n - n);
    }
    size_t keep = 0;
    for (size_t at = 0; at < form.n;) {
        uint32_t code;
        at += utf8_decode(form.p + at, form.p + form.n, &code);
        if (!utf8_is_space(code))
            keep = at;
    }
    return slice_make(form.p, keep);
}

static int read_row(struct reader *r, struct slice line)
{
    struct slice column[COLUMNS], rest = line;
    unsigned n = 0;
    while (n < COLUMNS && slice_cut(&rest, '\t', &column[n]))
        n++;
    if (n != COLUMNS || rest.n)
        return wrong(r, "expected 10 columns between tabs, found", line);
    column[FORM] = trim_form(column[FORM]);
    if (column[FORM].n == 0)
        return wrong(r, "an empty form in", line);
    if (!r->open) {
        int rc = open_sentence(r);
        if (rc)
            return rc;
    }
    if (memchr(column[ID].p, '-', column[ID].n))
        return read_span(r, column);
    if (memchr(column[ID].p, '.', column[ID].n))
        return DM_OK; /* an empty node of the enhanced graph */
    return read_word(r, column);
}

/* Heads become indices into tok[]; they must form a tree with one root. */
static int close_tree(struct reader *r, const struct sentence *sent)
{
    struct token *tok = r->article->tok + sent->first;
    uint32_t n = sent->end - sent->first, roots = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (tok[i].head > n)
            return dm_fail(r->err, DM_EFORMAT, "%s:%llu: word %u of the sentence that ends here "
                           "has head %u, but there are %u words", r->path,
                           (unsigned long long)r->line, i + 1, tok[i].head, n);
        roots += tok[i].head == 0;
    }
    struct arena_mark mark = arena_mark(&r->article->scratch);
    uint32_t *seen = arena_array(&r->article->scratch, n + 1, uint32_t);
    if (!seen)
        return no_memory(r);
    bool cycle = false;
    for (uint32_t i = 0; i < n && !cycle; i++) { /* walk up until what an earlier walk has seen */
        uint32_t at = i + 1;
        while (at && !seen[at]) {
            seen[at] = i + 1;
            at = tok[at - 1].head;
        }
        cycle = at && seen[at] == i + 1;
    }
    arena_rewind(&r->article->scratch, mark);
    if (roots != 1 || cycle)
        return dm_fail(r->err, DM_EFORMAT, "%s:%llu: the heads of the sentence that ends here are "
                       "no tree with one root", r->path, (unsigned long long)r->line);
    for (uint32_t i = 0; i < n; i++)
        tok[i].head = tok[i].head ? sent->first + tok[i].head - 1 : ARTICLE_NONE;
    return DM_OK;
}

static int close_sentence(struct reader *r)
{
    struct dm_article *article = r->article;
    struct sentence *sent = &article->sent[article->n_sents - 1];
    if (r->n_words == 0 || r->span_last > r->n_words)
        return wrong(r, "a sentence without words, or a range of words that is cut", SLICE_LIT(""));
    sent->end = article->n_toks;
    sent->stop = article->tok[article->n_toks - 1].end;
    r->block[r->n_blocks - 1].end = sent->stop;
    r->open = false;
    r->has_given = false;
    return r->tree ? close_tree(r, sent) : DM_OK;
}

static int read_lines(struct reader *r, struct slice bytes)
{
    int rc = DM_OK;
    struct slice line;
    while (rc == DM_OK && slice_cut(&bytes, '\n', &line)) {
        if (line.n && line.p[line.n - 1] == '\r')
            line.n--;
        if (line.n && line.p[0] == '#' && !r->open)
            rc = read_comment(r, line);
        else if (line.n && line.p[0] != '#')
            rc = read_row(r, line);
        else if (line.n == 0 && r->open)
            rc = close_sentence(r);
        r->line++;
    }
    r->line--;
    return rc == DM_OK && r->open ? close_sentence(r) : rc;
}

/* The text is known: hand it over, then what is read from it. */
static int finish(struct reader *r)
{
    struct dm_article *article = r->article;
    if (article->n_sents == 0)
        return dm_fail(r->err, DM_EFORMAT, "%s:%llu: no sentence of CoNLL-U", r->path,
                       (unsigned long long)r->line);
    int rc = article_set_text(article, SLICE_LIT(""), slice_make(r->text, r->n_text), r->block,
                              r->n_blocks, r->err);
    if (rc)
        return rc;
    for (uint32_t t = 0; t < article->n_toks; t++)
        if (!token_fill(article, &article->tok[t]))
            return no_memory(r);
    for (uint32_t t = 0; !r->tree && t < article->n_toks; t++) {
        struct token *tok = &article->tok[t]; /* half an analysis is none */
        tok->head = ARTICLE_NONE;
        tok->upos = tok->xpos = tok->rel = 0;
        tok->feats = 0;
        tok->lemma = NULL;
        tok->n_lemma = 0;
    }
    token_mark_quotes(article);
    article->has_tokens = true;
    article->has_tree = r->tree;
    return DM_OK;
}

int conllu_read(struct slice bytes, const char *path, uint64_t first_line,
                struct dm_article *article, struct dm_error *err)
{
    struct arena_mark mark = arena_mark(&article->scratch);
    struct reader r = {.article = article, .err = err, .path = path, .line = first_line,
                       .tree = true, .new_block = true, .space = true};
    r.text = arena_bytes(&article->scratch, bytes.n + 16);
    if (!r.text)
        return no_memory(&r);
    int rc = read_lines(&r, bytes);
    if (rc == DM_OK)
        rc = finish(&r);
    arena_rewind(&article->scratch, mark);
    return rc;
}
