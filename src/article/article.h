/* SPDX-License-Identifier: MIT */
/*
 * article.h - the record that all stages share: one article, its text, and a column for each stage.
 *
 * A stage reads the columns of the stages before it and appends its own; it rewrites nothing. All of
 * it lives in one arena; dm_article_reset() gives it back. Offsets inside are BYTES into `text`;
 * article_point() turns them into the code points that results show.
 *
 *   news/    text, id, title, date..., block[]   what is coded and what is clutter
 *   text/    sent[], tok[] (begin, end, lower, flags)
 *   syntax/  tok[] (upos, feats, lemma, head, rel), view
 *   names/   tok[] (name)
 *   actors/  mention[], mention_of[]
 *   events/  event[]
 */
#ifndef ARTICLE_ARTICLE_H
#define ARTICLE_ARTICLE_H

#include "article/ud.h"
#include "core/arena.h"
#include "core/date.h"
#include "core/error.h"

#define ARTICLE_TEXT_MAX (4u << 20)  /* bytes of context and text together */
#define ARTICLE_SCRATCH_MAX ((size_t)64 << 20) /* bytes of working memory of a stage */
#define ARTICLE_NONE UINT32_MAX      /* "no such token, mention, ..." */
#define ARTICLE_TOKENS_MAX 125000u   /* a long novel; what a thread may need of memory follows from it */
#define TOKEN_BYTES_MAX 1024         /* longer runs are cut into several tokens */
#define SENTENCE_TOKENS_MAX 400      /* longer sentences are cut: syntax stays linear */

/* What a stretch of the text is. Only BLOCK_BODY and BLOCK_HEADLINE are coded. */
enum block_kind {
    BLOCK_BODY,     /* a paragraph */
    BLOCK_HEADLINE, /* a title or cross-heading that stands inside of the text */
    BLOCK_CONTEXT,  /* text before the coded text ("context" of JSON Lines): read, not coded */
    BLOCK_CLUTTER   /* byline, links, dateline, copyright, navigation: neither read nor coded */
};

struct block {
    uint32_t begin, end; /* bytes; sorted, not overlapping; blank space between may belong to none */
    enum block_kind kind;
};

enum token_flag {
    TOK_SPACE_AFTER = 1, /* white space or the end follows */
    TOK_JOINED = 2,      /* the next token belongs to the same multiword token ("do" of "don't") */
    TOK_QUOTED = 4,      /* inside of quotation marks (also across sentences) */
    TOK_UPPER = 8,       /* all letters upper case, two or more */
    TOK_TITLE = 16,      /* first letter upper case */
    TOK_NAME_INSIDE = 32 /* goes on with the name of the token before (token.name) */
};

/* What a name names. ORDER NAME */
enum name_kind {
    NAME_NONE, NAME_PERSON, NAME_ORGANIZATION, NAME_PLACE, NAME_KINDS,
    NAME_UNTOLD = NAME_KINDS /* in data to learn from: nobody said */
};

struct token {
    uint32_t begin, end;   /* bytes into article->text */
    uint32_t head;         /* index into article->tok; ARTICLE_NONE for the root of its sentence */
    uint8_t upos;          /* enum upos */
    uint8_t rel;           /* enum relation */
    uint8_t flags;         /* enum token_flag */
    uint8_t xpos;          /* the tagger's own Penn tag number (syntax/), 0 none */
    uint64_t feats;        /* bits FEAT(...) */
    const char *lower;     /* lower-cased form, n_lower bytes, NUL behind it */
    const char *lemma;     /* UD lemma, n_lemma bytes, NUL behind it; NULL before syntax/ */
    uint16_t n_lower, n_lemma;
    uint8_t name;          /* enum name_kind of the name that it is a word of */
};

/*
 * What the parser's network knows of each token, for names/: `dim` 8-bit numbers (tensor.h) with a
 * scale, and the feature row of its word (ARTICLE_NONE: an unknown word). Three quarters of what a token
 * takes, so names/ gives it back.
 */
struct token_view {
    uint8_t *q;      /* tokens x dim; NULL: not asked for */
    float *scale;
    uint32_t *row;
    uint32_t dim;
};

struct sentence {
    uint32_t first, end;   /* tokens [first, end) */
    uint32_t begin, stop;  /* bytes of the text, from its first to behind its last token */
    uint32_t block;        /* index of the block it stands in */
    uint32_t quote;        /* number, from 1, of the quotation it goes on with; 0 none */
};

enum mention_kind {
    MENTION_NAME,    /* a proper name, in the lexicon or not */
    MENTION_COMMON,  /* a common noun: "the minister", "rebels", "two US soldiers" */
    MENTION_PRONOUN, /* he, they, we, who ... */
    MENTION_GROUP    /* stands for several others: "the two countries", "both sides" */
};

enum mention_flag {
    MENTION_PERSON = 1,   /* known or taken to be a person */
    MENTION_PLACE = 2,    /* a country, city or region: a party only when it acts */
    MENTION_PLURAL = 4,
    MENTION_ACTOR = 8,    /* a political actor by name, office or agent noun (code or sector known) */
    MENTION_POSSESSIVE = 16, /* stands as a possessive or an adjective: "Russia's", "Russian" */
    MENTION_FORMER = 32,  /* "former", "ex-", "retired" */
    MENTION_QUANTITY = 64, /* headed by or modified with a number: "two soldiers" */
    MENTION_AROUND = 128  /* says no country: it has that of what stands around it */
};

#define MENTION_SECTORS 3
#define MENTION_MEMBERS 8

struct mention {
    uint32_t head;          /* its head token */
    uint32_t first, end;    /* tokens of the shortest stretch that names the party with its role */
    uint8_t kind, flags;    /* enum mention_kind, enum mention_flag */
    char code[4];           /* "RUS", "UNO"; "" not known */
    char sector[4];         /* "GOV"; "" none or not known */
    char other[MENTION_SECTORS][4]; /* further sectors: RUS ELI/MIL -> "MIL" */
    uint32_t antecedent;    /* mention it stands for (its code was taken from there), ARTICLE_NONE none */
    uint32_t member[MENTION_MEMBERS]; /* MENTION_GROUP: the mentions it stands for */
    uint32_t n_members;
    uint32_t entity;        /* lexicon entry (src/lexicon/), ARTICLE_NONE none */
    uint32_t country_line;  /* lexicon source line that gave the code, ARTICLE_NONE none (see lexicon_line) */
    uint32_t sector_line;   /* ... that gave the sector */
    struct slice name;      /* canonical name of the entity ("Sergey Lavrov"), empty when not known */
    struct slice office;    /* "foreign minister", empty when not known */
    struct slice wikidata;  /* "Q58217" or empty */
    uint32_t name_first, name_end; /* tokens of the name alone; equal: none was recognized */
    uint8_t name_kind;      /* enum name_kind of it */
    char gender;            /* 'm', 'f', 'n', or 0 */
};

enum event_status {
    STATUS_HAPPENED, STATUS_FUTURE, STATUS_HYPOTHETICAL, STATUS_NEGATION, STATUS_HISTORICAL, STATUS_DENIED
};

#define EVENT_PARTIES 12
#define EVENT_MODES 3
#define EVENT_CONTEXTS 6

struct event {
    uint32_t sent;                  /* index of its sentence */
    uint32_t trigger;               /* its trigger token */
    uint32_t first, end;            /* tokens of the trigger's words (a stretch) */
    uint32_t frame;                 /* index of the frame that fired */
    struct slice type, cameo;       /* "AGREE", "0331"; point into the lexicon */
    struct slice mode[EVENT_MODES], context[EVENT_CONTEXTS];
    uint32_t context_first[EVENT_CONTEXTS], context_end[EVENT_CONTEXTS]; /* the tokens that show
                                       it, also of the sentence before; equal: the frame, the parties */
    uint8_t n_modes, n_contexts;
    uint8_t status;                 /* enum event_status */
    uint8_t quad;                   /* 1-4 */
    float scale, goldstein;
    uint32_t actor[EVENT_PARTIES], recipient[EVENT_PARTIES]; /* mentions; groups are expanded when written */
    uint8_t n_actors, n_recipients;
    uint32_t attribution;           /* mention of who says so; ARTICLE_NONE the paper itself */
    struct date date, end_date;     /* none: nothing said (then the article's date is written) */
    uint32_t date_first, date_end;  /* tokens that say so; equal: none */
    uint32_t date_at;               /* the word they hang at, for explain */
    uint32_t place_first, place_end; /* tokens of the place; equal: none */
    char place_country[4];
    uint32_t place;                 /* the gazetteer's entry, ARTICLE_NONE not resolved */
    uint32_t link;                  /* an earlier event of the article that is the same; ARTICLE_NONE none */
    uint32_t dead, injured, arrested, participants; /* 0 not told */
};

/* An expression of time in a sentence. */
struct time_told {
    uint32_t first, end;    /* its tokens */
    struct date date, stop; /* stop none: one date */
};

struct dm_article {
    struct arena arena;   /* everything below */
    struct arena scratch; /* a stage's working memory; it rewinds what it took */
    struct arena passing; /* what one stage leaves for the next, which resets it: `view` */

    /* news/ */
    struct slice id;      /* as given, or made from the file's name and record */
    struct slice title, url, source, lang, byline;
    struct slice language; /* told from the text (lexicon/languages.h); empty: not asked, or too short */
    bool foreign;         /* it is clearly another language than the one that is coded */
    struct slice path;    /* the file it came from, for messages */
    uint64_t file;        /* what dm_run.open said of the file; 0 none */
    uint64_t place;       /* its record in that file, from 1; 0 not from a file */
    uint64_t offset;      /* the byte at which that record begins; of a packed one, its member */
    struct date date;     /* none when nothing is known */
    struct slice text;    /* context, if any, then the text as given; valid UTF-8 */
    uint32_t text_begin;  /* byte where the text as given begins (behind the context) */
    uint32_t n_repaired;  /* broken runs of UTF-8 that became U+FFFD */
    struct block *block;
    uint32_t n_blocks;

    /* text/ and syntax/ */
    bool has_tokens, has_tree; /* given by the input (CoNLL-U) or made: not made again */
    bool wants_view;           /* set before syntax/: names/ will ask for `view` */
    struct token *tok;
    uint32_t n_toks;
    struct sentence *sent;
    uint32_t n_sents;
    struct token_view view;

    /* actors/ */
    struct mention *mention; /* sorted by head token; events/ puts nameless parties behind */
    uint32_t n_mentions;
    uint32_t *mention_of;    /* n_toks: the mention headed by the token, ARTICLE_NONE none */

    /* events/ */
    struct event *event;     /* sorted by trigger token */
    uint32_t n_events;
    struct time_told *time;  /* only with a trace; NULL else */
    uint32_t n_times;

    /* private: byte offset to code points, see article_point() */
    uint32_t *point_index;
};

/* On the heap; NULL without memory. */
struct dm_article *article_new(void);
void article_free(struct dm_article *article);
/* Forget everything, keep memory for the next. */
void article_reset(struct dm_article *article);

/*
 * Set context and text (copied; valid UTF-8) with the given blocks relative to `text`; no blocks
 * means: one BLOCK_BODY per paragraph (blank line between). The context becomes a BLOCK_CONTEXT.
 * errors: DM_ENOMEM, DM_ELIMIT above ARTICLE_TEXT_MAX.
 */
int article_set_text(struct dm_article *article, struct slice context, struct slice text,
                     const struct block *block, uint32_t n_blocks, struct dm_error *err);

/*
 * Code points from the start of the text as given to this byte; bytes of the context give 0.
 * Cost: constant after the first call, which builds an index.
 */
uint32_t article_point(struct dm_article *article, uint32_t byte);

static inline struct slice token_form(const struct dm_article *article, uint32_t t)
{
    const struct token *tok = &article->tok[t];
    return (struct slice){article->text.p + tok->begin, tok->end - tok->begin};
}

static inline struct slice token_lower(const struct dm_article *article, uint32_t t)
{
    return (struct slice){article->tok[t].lower, article->tok[t].n_lower};
}

static inline struct slice token_lemma(const struct dm_article *article, uint32_t t)
{
    return (struct slice){article->tok[t].lemma, article->tok[t].n_lemma};
}

/* Behind the last token of the name that begins at t; t when none begins there. */
uint32_t article_name_end(const struct dm_article *article, uint32_t t);

/* The text from the first token of [first, end) to behind its last. */
struct slice article_words(const struct dm_article *article, uint32_t first, uint32_t end);

/* Is the sentence coded (its block is body or headline)? */
bool article_is_coded(const struct dm_article *article, const struct sentence *sent);

const char *status_name(enum event_status status);

/* "person", "organization", "place"; "" for none. */
const char *name_kind_text(enum name_kind kind);

#endif
