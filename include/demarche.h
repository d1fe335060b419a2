/* SPDX-License-Identifier: MIT */
/*
 * demarche.h - the public interface of libdemarche: news in, political events out.
 *
 * Ownership  What dm_X_new(), dm_X_open() or dm_X_load() returns is the caller's, released with
 *            dm_X_free() or dm_X_close(). Any other pointer is borrowed: it lives until the object
 *            it came from is changed or freed.
 * Threads    A dm_engine never changes once opened and may be shared by all threads. A dm_article,
 *            dm_reader, dm_store or dm_error is used by one thread at a time.
 * Errors     Functions that can fail return 0 (DM_OK) or a negative dm_code, and then say in
 *            dm_error what happened, where, and what was wanted. Out-parameters are written on
 *            success only. A positive result is an outcome documented at that function.
 * Offsets    Unless a field says otherwise, offsets in results count Unicode code points into the
 *            article's text as given, [start, end).
 */
#ifndef DEMARCHE_H
#define DEMARCHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DM_PUBLIC __attribute__((visibility("default")))

/* Result codes: stable, for programs. The text in dm_error is for people. */
enum dm_code {
    DM_OK = 0,
    DM_EUSAGE = -1,    /* wrong arguments or options */
    DM_ENOMEM = -2,    /* out of memory */
    DM_EIO = -3,       /* a file could not be opened, read or written */
    DM_EFORMAT = -4,   /* the input is not what it claims to be */
    DM_ELIMIT = -5,    /* a documented limit was passed */
    DM_EVERSION = -6,  /* model, lexicon or database of another version */
    DM_ELEXICON = -7,  /* a lexicon line is wrong */
    DM_ESTOPPED = -8,  /* stopped by the caller (Ctrl-C) */
    DM_EBUSY = -9,     /* somebody else is writing */
    DM_EINTERNAL = -10 /* a fault of the program */
};

struct dm_error {
    int code;        /* a dm_code; 0 while nothing went wrong */
    char text[1000]; /* one line, no final newline: place, what happened, what was wanted */
};

#define DM_NONE UINT32_MAX /* "no such token, mention, ..." */

/* "0.1.0" */
DM_PUBLIC const char *dm_version(void);

/*
 * Where results go. `write` takes n bytes (no NUL behind them) and returns 0, or a negative dm_code
 * with *err filled, which the function that was given the sink returns in turn.
 */
struct dm_sink {
    int (*write)(void *self, const char *bytes, size_t n, struct dm_error *err);
    void *self;
};

/* ---- engine: model and lexicon ---- */

struct dm_engine;

/* How far an article is taken; each depth includes those before it. ORDER DEPTH */
enum dm_depth {
    DM_DEPTH_READ,   /* title, date, text: nothing but the input is needed */
    DM_DEPTH_PARSE,  /* sentences, tokens, trees: needs the model */
    DM_DEPTH_ACTORS, /* mentions: needs model and lexicon */
    DM_DEPTH_CODE    /* events */
};

/* All may be NULL: then the data are looked for, see dm_engine_open(). */
struct dm_engine_options {
    const char *data;    /* folder that holds the files below, or has them in models/, lexicon/ */
    const char *model;   /* the parser's model file */
    const char *lexicon; /* the compiled lexicon */
    const char *judge;   /* the learned weights of events; "": none, by the frames alone */
    /*
     * The user's own, each read above those before it: folders with text files, or single files, of
     * the lexicon's form or TABARI's and PETRARCH's. The first may be a compiled lexicon, or a folder
     * with an ontology/: it then stands instead of the built-in one.
     */
    const char *const *lexicons;
    size_t n_lexicons;
};

/*
 * Open what `depth` needs, mapped read-only.
 *
 * before   options may be NULL. Below DM_DEPTH_ACTORS the lexicon, which tells languages apart, may be
 *          missing. Data are taken from the first of: options->data, $DEMARCHE_DATA,
 *          the build tree or the PREFIX/share/demarche that the program stands in, those that
 *          libdemarche.so stands in, the folder that Meson installs to. In it the files are
 *          english.dm-model, english.dm-lexicon and english.dm-judge
 * cost     a few milliseconds: files are mapped and checked, not read in
 * errors   DM_EIO not found (the message names the places looked at), DM_EFORMAT, DM_EVERSION
 */
DM_PUBLIC int dm_engine_open(const struct dm_engine_options *options, enum dm_depth depth,
                             struct dm_engine **out, struct dm_error *err);
/* NULL is fine. No article may be taken through it any more. */
DM_PUBLIC void dm_engine_close(struct dm_engine *engine);

/*
 * Check lexicon files and compile them: `paths` are as in dm_engine_options.lexicons.
 *
 * before   out names the file to write, or is NULL: only checked. options (may be NULL) say where the
 *          built-in lexicon is, which is read beneath unless the first path is a whole one
 * after    *out is replaced in one step, or left as it was
 * report   may be NULL; told of each fault, "path:line: ...", with `warnings` of what is doubtful, and
 *          when only checked of what another coder's dictionary says that was not taken over
 * errors   DM_ELEXICON with the first fault; DM_EIO, DM_ENOMEM
 */
DM_PUBLIC int dm_lexicon_compile(const struct dm_engine_options *options, const char *const *paths,
                                 size_t n_paths, const char *out, bool warnings,
                                 void (*report)(void *self, const char *message), void *self,
                                 struct dm_error *err);

/*
 * A dictionary of TABARI or PETRARCH as text of the lexicon's own form.
 *
 * before   options say where the built-in lexicon is, which knows what codes stand for
 * report   may be NULL; told what was not taken over, "path:line: ..."
 * errors   DM_EIO, DM_EFORMAT the file is no dictionary by its name, DM_ENOMEM, what the sink returns
 */
DM_PUBLIC int dm_lexicon_convert(const struct dm_engine_options *options, const char *path,
                                 const struct dm_sink *sink,
                                 void (*report)(void *self, const char *message), void *self,
                                 struct dm_error *err);

/*
 * Run the example sentences of the lexicon's frames and compare what is found with what they expect.
 *
 * before   an engine opened for DM_DEPTH_CODE
 * after    one line "path:line: ..." in the sink (which may be NULL) for each that fails; both counts
 * errors   DM_EUSAGE, DM_ENOMEM, what the sink returns. A failing example is no error.
 */
DM_PUBLIC int dm_lexicon_examples(const struct dm_engine *engine, const struct dm_sink *sink,
                                  size_t *n_passed, size_t *n_failed, struct dm_error *err);

/*
 * What the lexicon knows of a name (a person, state, body or agent noun) or of a code (PLOVER type,
 * CAMEO code, sector, country), as lines of text with their source lines.
 *
 * before   an engine opened for DM_DEPTH_ACTORS or deeper; date is ISO or NULL: the last known
 * returns  1 when it knows nothing, and nothing is written
 * errors   DM_EUSAGE a date that is none, DM_ENOMEM, what the sink returns
 */
DM_PUBLIC int dm_lexicon_who(const struct dm_engine *engine, const char *name, const char *date,
                             const struct dm_sink *sink, struct dm_error *err);
/* The places that bear a name; `near`: codes of countries spoken of, as "IRQ,USA", or NULL. */
DM_PUBLIC int dm_lexicon_where(const struct dm_engine *engine, const char *name, const char *near,
                               const struct dm_sink *sink, struct dm_error *err);
DM_PUBLIC int dm_lexicon_code(const struct dm_engine *engine, const char *code,
                              const struct dm_sink *sink, struct dm_error *err);

/* ---- articles ---- */

struct dm_article;

DM_PUBLIC struct dm_article *dm_article_new(void); /* NULL without memory */
DM_PUBLIC void dm_article_free(struct dm_article *article); /* NULL is fine */
DM_PUBLIC void dm_article_reset(struct dm_article *article); /* forget all, keep the memory */

/* What an article is made of. Only text is needed; the others may be NULL. */
struct dm_given {
    const char *text;    /* UTF-8; broken runs become U+FFFD */
    size_t n_text;       /* bytes */
    const char *context; /* text that stands before: read, not coded; NUL-terminated */
    const char *id;      /* NULL: "text" */
    const char *title;
    const char *date;    /* "2010-02-17", "2010-02" or "2010" */
};

/*
 * Fill an article with a text; what it held before is forgotten.
 *
 * errors   DM_EFORMAT (no text, a date that is none), DM_ELIMIT, DM_ENOMEM; the article is then
 *          empty.
 */
DM_PUBLIC int dm_article_set(struct dm_article *article, const struct dm_given *given,
                             struct dm_error *err);

/*
 * Take a filled article to a depth: sentences, tokens and trees; mentions; events.
 *
 * before   dm_article_set(); the engine was opened for this depth or a later one. An article may
 *          be taken further later: its tokens and trees are not made again.
 * cost     linear in the text; memory from the article
 * errors   DM_ENOMEM, DM_EUSAGE when the engine was opened for less
 */
DM_PUBLIC int dm_article_take(struct dm_article *article, const struct dm_engine *engine,
                              enum dm_depth depth, struct dm_error *err);

/*
 * What was found. Strings are NUL-terminated UTF-8, "" where nothing is known, never NULL.
 * Arrays and strings live until the article is reset or freed.
 */
struct dm_about {
    const char *id, *title, *date, *url, *source, *lang, *byline;
    const char *language; /* told from the text by dm_run(), ISO 639: "en"; "und": not known which */
    const char *path;    /* the file it came from */
    uint64_t place;      /* its record in that file, from 1; 0 not from a file */
    uint64_t offset;     /* the byte at which the record begins; of a packed one, its member */
    const char *text;    /* as given (context left out), n_text bytes */
    size_t n_text;
    uint32_t n_repaired; /* broken runs of UTF-8 that became U+FFFD */
};

struct dm_sentence {
    uint32_t start, end;             /* code points */
    uint32_t first_token, end_token; /* [first, end) of dm_article_tokens() */
    bool coded;                      /* false: context, read only for who "he" is */
    const char *text;
};

struct dm_token {
    uint32_t start, end; /* code points; 0, 0 for a token of the context */
    uint32_t head;       /* index of its head token, DM_NONE for a root */
    uint32_t sentence;   /* index */
    const char *form, *lemma, *upos, *relation;
};

#define DM_OTHER_SECTORS 3

/* A party: who, as the text says it and as the lexicon knows it. */
struct dm_party {
    const char *code;           /* "RUS", "UNO" */
    const char *sector;         /* "GOV" */
    const char *other_sectors[DM_OTHER_SECTORS];
    uint32_t n_other_sectors;
    const char *entity_text;     /* the words of the text */
    const char *identifier_text; /* the name under which the lexicon knows it */
    const char *office;          /* "foreign minister" */
    const char *wikidata;        /* "Q58217" */
    uint32_t start, end;         /* code points; 0, 0 when it stands in the context */
};

struct dm_mention {
    struct dm_party party;
    const char *kind;    /* "name", "common", "pronoun" or "group" */
    const char *entity;  /* what its name names: "person", "organization", "place"; "" not known */
    uint32_t name_start, name_end; /* that name alone, code points; 0, 0 none */
    uint32_t token;      /* its head token */
    uint32_t antecedent; /* the mention whose code it took, DM_NONE */
    const char *code_line, *sector_line; /* the lexicon line, "actors/states.txt:12" */
    const struct dm_party *member;       /* a group: whom it stands for */
    uint32_t n_members;                  /* 0 no group, or not known of whom */
};

/* A named entity, in the lexicon or not. */
struct dm_name {
    const char *text;    /* "Sergey Lavrov": no title, no article */
    const char *entity;  /* "person", "organization", "place" */
    uint32_t start, end; /* code points; 0, 0 when it stands in the context */
};

#define DM_EVENT_LIST 6 /* most modes, most contexts */

struct dm_event {
    const char *id;  /* 16 hexadecimal digits: the same for the same article and lexicon */
    const char *doc; /* the article's id */
    const char *title, *article_date;
    const char *date, *enddate; /* when it happened; the article's date where nothing is said */
    const char *date_text;      /* the words that say so */
    const char *date_precision; /* "day", "month", "year", "range"; "article": nothing is said */
    const char *type;           /* PLOVER 2.0: "AGREE" */
    const char *mode[DM_EVENT_LIST], *context[DM_EVENT_LIST];
    uint32_t n_modes, n_contexts;
    const char *cameo;           /* "0331" */
    int quad;                    /* 1-4; 0 unknown */
    double scale, goldstein;
    const struct dm_party *actor, *recipient; /* groups ("both countries") are told out */
    uint32_t n_actors, n_recipients;
    const char *text;            /* the trigger's words ... */
    uint32_t start, end;         /* ... and where they stand */
    uint32_t sentence;           /* number of its sentence, from 1 */
    const char *sentence_text;
    uint32_t sentence_start, sentence_end;
    const char *status;          /* "happened", "future", ... */
    const struct dm_party *attribution; /* who says so; NULL: the paper itself */
    const char *place, *place_country;  /* the words, and ISO 3166-1 alpha-3 */
    const char *place_resolved;  /* GeoNames' name of the place; "" not known, as are the next */
    uint32_t geonameid;          /* its number there, 0 none */
    double lat, lon;             /* degrees */
    const char *link;            /* id of an earlier event of the article that tells the same; "" none */
    const char *same_as;         /* out of a store: id of the first telling of the event; "" this one */
    uint32_t dead, injured, arrested, participants; /* 0 not told */
    const char *frame;           /* the frame that fired */
    const char *frame_line;      /* where it stands in the lexicon; "" out of a store */
};

/* Each makes its list anew in the article's memory at every call. DM_ENOMEM. */
DM_PUBLIC int dm_article_about(struct dm_article *article, struct dm_about *out,
                               struct dm_error *err);
DM_PUBLIC int dm_article_sentences(struct dm_article *article, const struct dm_sentence **out,
                                   size_t *n, struct dm_error *err);
DM_PUBLIC int dm_article_tokens(struct dm_article *article, const struct dm_token **out, size_t *n,
                                struct dm_error *err);
DM_PUBLIC int dm_article_mentions(struct dm_article *article, const struct dm_engine *engine,
                                  const struct dm_mention **out, size_t *n, struct dm_error *err);
/* All named entities; none when the model has no recognizer or the depth is below DM_DEPTH_ACTORS. */
DM_PUBLIC int dm_article_names(struct dm_article *article, const struct dm_name **out, size_t *n,
                               struct dm_error *err);
DM_PUBLIC int dm_article_events(struct dm_article *article, const struct dm_engine *engine,
                                const struct dm_event **out, size_t *n, struct dm_error *err);

/*
 * Take an article through the stages and tell what happened at each: tokens, tree, mentions with
 * their lexicon lines, every frame that was tried and why it fired or not, the events.
 *
 * before   dm_article_set(); an engine opened for DM_DEPTH_CODE
 * errors   DM_EUSAGE, DM_ENOMEM, DM_ELIMIT (more than 16 MiB to tell), what the sink returns
 */
DM_PUBLIC int dm_article_explain(struct dm_article *article, const struct dm_engine *engine,
                                 const struct dm_sink *sink, struct dm_error *err);

/* ---- results as text ---- */

enum dm_format {
    DM_FORMAT_JSONL,  /* one JSON object a line */
    DM_FORMAT_CSV,    /* RFC 4180 with a header line */
    DM_FORMAT_TABLE,  /* for people */
    DM_FORMAT_CONLLU  /* Universal Dependencies; for DM_DEPTH_PARSE only */
};

struct dm_style {
    enum dm_format format;
    unsigned width; /* columns of a table; 0 means 120, below 60 is 60 */
    bool colour;    /* ANSI colours in a table */
    bool names;     /* DM_DEPTH_ACTORS: the named entities instead of the mentions */
};

/* "jsonl", "csv", "table", "conllu". DM_EUSAGE for another name, or one that the depth has not. */
DM_PUBLIC int dm_format_of(const char *name, enum dm_depth depth, enum dm_format *out,
                           struct dm_error *err);

/* ---- the whole job over many files ---- */

/* What is kept of CoNLL-U input. */
enum dm_keep { DM_KEEP_TREES, DM_KEEP_TOKENS, DM_KEEP_TEXT };

struct dm_totals {
    uint64_t files;     /* opened */
    uint64_t left_out;  /* files that `open` did not want */
    uint64_t bytes;     /* of the files as they are stored, read so far */
    uint64_t bytes_left; /* still to be read; 0 while it is not known */
    uint64_t articles;  /* done */
    uint64_t skipped;   /* not wanted by `skip` */
    uint64_t failed;    /* files or records that could not be read */
    uint64_t repaired;  /* articles with broken UTF-8 */
    uint64_t foreign;   /* articles in another language than the lexicon's; coded if any_language */
    uint64_t sentences, tokens, mentions, events;
};

/* Where the reading of a file stands: kept as it is, and given back to go on there. */
struct dm_reached {
    uint64_t taken;  /* records and failures that the file gave, in its order */
    /* The last record at which reading can begin anew; record 0: only at the file's start. */
    uint64_t record, line, byte, unpacked; /* numbers from 1; bytes of the file, of what it holds */
    uint64_t before; /* of `taken`, those before that record */
};

/* A file that is about to be opened. */
struct dm_file {
    const char *path;
    bool regular;     /* false: a pipe, a terminal, or not there */
    uint64_t size;    /* bytes */
    int64_t changed;  /* when, in nanoseconds since 1970 */
    uint64_t tag;     /* to be set: comes back with each result of the file */
    struct dm_reached from; /* to be set to go on; all 0: from the start */
};

/* What came of a record. */
struct dm_result {
    enum {
        DM_RESULT_ARTICLE, /* done */
        DM_RESULT_SKIPPED, /* not wanted by `skip` */
        DM_RESULT_FAILED,  /* code and message tell why */
        DM_RESULT_END,     /* the file is over */
        DM_RESULT_NO_FILE  /* a file or folder that could not be opened: no tag */
    } kind;
    uint64_t tag;            /* dm_file.tag */
    uint64_t record, offset; /* of the file; record 0: the file itself */
    int code;
    const char *message;
    struct dm_reached reached; /* behind this record */
    uint64_t bytes;          /* of the file, read so far */
};

/* Callbacks run in the thread that called dm_run() unless they say otherwise; any may be NULL. */
struct dm_run {
    const char *const *path; /* files, and folders whose files are read; "-" is standard input */
    size_t n_paths;
    const char *input; /* "auto", "text", "html", "jsonl", "conllu", "petrarch", "tabari", "csv",
                          "feed", "warc"; NULL: auto */
    const char *const *field; /* what JSON Lines and CSV call a field: "text=body" */
    size_t n_fields;
    const char *date;  /* of articles that tell none; NULL: unknown */
    enum dm_keep keep;
    enum dm_depth depth;
    bool any_language; /* code also what is told to be in another language */
    unsigned jobs;     /* worker threads; 0: one for each processor */
    struct dm_style style;

    /* Results of the depth, in the order of the input, whole lines. write NULL: not wanted. */
    struct dm_sink sink;
    /* Each article done, in the order of the input. Negative stops the run. */
    int (*article)(void *self, struct dm_article *article, struct dm_error *err);
    /* Each record, done or not, in the order of the input; behind `article`. Negative stops the run. */
    int (*result)(void *self, const struct dm_result *result, struct dm_error *err);
    /*
     * Called by the reader's thread before a file is opened: 0 it is read, from file->from on; 1 it is
     * left out; negative stops the run.
     */
    int (*open)(void *self, struct dm_file *file, struct dm_error *err);
    /* Called by workers, one at a time: true leaves the article out once its text is read. */
    bool (*skip)(void *self, struct dm_article *article);
    /* One line for each thing that could not be read (code negative) or was repaired (code 0). */
    void (*warn)(void *self, int code, const char *message);
    /* From time to time. */
    void (*progress)(void *self, const struct dm_totals *totals);
    void *self;
    const volatile int *stop; /* not 0: finish what is under way, then DM_ESTOPPED */
};

/*
 * Read all files, take every article to run->depth, write the results.
 *
 * after    *totals is filled whatever the result. Results come in the order of the input and are
 *          the same bytes for any number of jobs
 * cost     memory is bounded by jobs, not by the input
 * errors   DM_ESTOPPED; DM_EUSAGE; DM_ENOMEM; whatever sink or article returned. A file or record
 *          that cannot be read is told to `warn` and counted; it is no error of the run
 */
DM_PUBLIC int dm_run(const struct dm_engine *engine, const struct dm_run *run,
                     struct dm_totals *totals, struct dm_error *err);

/* Are input, fields, date and style such as dm_run() takes? DM_EUSAGE. Costs nothing, opens nothing. */
DM_PUBLIC int dm_run_check(const struct dm_run *run, struct dm_error *err);

/* ---- store: one SQLite file ---- */

struct dm_store;

enum dm_store_mode { DM_STORE_READ, DM_STORE_WRITE /* made when missing */ };

/*
 * errors   DM_EIO missing, not readable, not writable; DM_EFORMAT not a database, or another
 *          program's; DM_EVERSION made by a newer demarche; DM_EBUSY somebody else writes
 */
DM_PUBLIC int dm_store_open(const char *path, enum dm_store_mode mode, struct dm_store **out,
                            struct dm_error *err);
/* What was not committed is given up. NULL is fine. */
DM_PUBLIC void dm_store_close(struct dm_store *store);

/*
 * Is the article (its id and text) in the store? False, too, when the store was opened for reading.
 * May be called while another thread is in dm_store_put(), by one thread at a time.
 */
DM_PUBLIC bool dm_store_has(struct dm_store *store, struct dm_article *article);

/*
 * Add a coded article with its events. Articles are committed in batches; call dm_store_commit()
 * at the end.
 *
 * returns  0 added; 1 it was there already, nothing is changed
 * errors   DM_EIO (disk full, read-only), DM_EBUSY: the article was not added; the batches before
 *          are kept
 */
DM_PUBLIC int dm_store_put(struct dm_store *store, const struct dm_engine *engine,
                           struct dm_article *article, struct dm_error *err);
/*
 * Which tellings of events, in one article or in many, are one event (docs/database.md). ORDER MENTIONS
 */
enum dm_mentions {
    DM_MENTIONS_EVENT, /* of one type, status, day, parties and place; in copies of a text; by link */
    DM_MENTIONS_STORY, /* in copies of a text; by link */
    DM_MENTIONS_APART  /* by link alone: again in the article */
};
/* For what is put from now on, kept in the database; the first is the usual one. As dm_store_put(). */
DM_PUBLIC int dm_store_mentions(struct dm_store *store, enum dm_mentions mentions,
                                struct dm_error *err);

/* Keep what was put. On DM_EIO, DM_EBUSY the articles since the last commit are given up. */
DM_PUBLIC int dm_store_commit(struct dm_store *store, struct dm_error *err);
/* How many articles this handle has added for good. */
DM_PUBLIC uint64_t dm_store_kept(const struct dm_store *store);

struct dm_ingest_options {
    bool again;         /* read files anew that were read before; their articles are not added again */
    const char *report; /* a file to be written: what was read, what not and why, as JSON; NULL: none */
};

struct dm_ingested {
    struct dm_totals totals; /* of the run */
    uint64_t added;       /* articles that were committed */
    uint64_t known;       /* articles that were there already */
    uint64_t events;      /* of articles that were added */
    uint64_t read_before; /* files that an earlier run has read, and that have not changed: left out */
    uint64_t twice;       /* files that stand twice among the paths: read once */
};

/*
 * Code all files of a run into a store. Where an earlier run stopped, or was killed, in a file, this
 * one goes on; a file that was read is left out while its size and its time of change are the same and
 * it is read in the same way (input, date, fields). The result is the same as of one run without a stop.
 *
 * before   run says paths, input, field, date, keep, jobs, stop; warn, progress and self are the
 *          caller's; all else is set by this function
 * after    *out is filled whatever the result; what was read is committed
 * errors   as dm_run(), dm_store_put(); DM_EIO the report cannot be written
 */
DM_PUBLIC int dm_ingest(const struct dm_engine *engine, struct dm_store *store,
                        const struct dm_run *run, const struct dm_ingest_options *options,
                        struct dm_ingested *out, struct dm_error *err);

/* What is asked for: each event once, as it was told first, or every telling. */
enum dm_by { DM_BY_USUAL /* lists: mentions; counts: events */, DM_BY_EVENT, DM_BY_MENTION };

/* Which events. NULL and 0 restrict nothing. Codes: "RUS", "RUS/GOV" or "/REB". */
struct dm_filter {
    const char *actor, *recipient;
    const char *pair[2];       /* both take part, whichever side they stand on */
    const char *type;          /* "AGREE" */
    const char *status;        /* "future"; "any": restricts nothing */
    int quad;                  /* 1-4 */
    const char *place;         /* the words, GeoNames' name, or a country's code */
    const char *text;          /* words of the sentence, as SQLite's FTS5 asks for them */
    const char *since, *until; /* dates; both ends count */
    enum dm_by by;
    uint64_t limit;
};

/*
 * Events by date (those without one last), then article, then place in the text.
 *
 * each     returns 0 to go on, negative with *err filled to end; the event is gone when it returns
 * errors   DM_EUSAGE a filter that says nothing (no such date, party, quad), DM_EIO, DM_EBUSY,
 *          DM_ENOMEM, what `each` returned. The same for the two functions below
 */
DM_PUBLIC int dm_store_events(struct dm_store *store, const struct dm_filter *filter,
                              int (*each)(void *self, const struct dm_event *event,
                                          struct dm_error *err),
                              void *self, struct dm_error *err);

/* The same as text. */
DM_PUBLIC int dm_store_write(struct dm_store *store, const struct dm_filter *filter,
                             const struct dm_style *style, const struct dm_sink *sink,
                             struct dm_error *err);

/*
 * Dyad series: events counted `by` "month", "year" or "day", actor code, recipient code, type. A
 * status NULL counts what happened. Of an event's dyads those count that the filter's codes name; an
 * event that is told again counts once, or by mention each time.
 *
 * cost     a few milliseconds for a pair whatever the size of the database, where the filter asks for
 *          codes, type, quad, status and months only
 */
DM_PUBLIC int dm_store_count(struct dm_store *store, const struct dm_filter *filter,
                             const char *by, const struct dm_style *style,
                             const struct dm_sink *sink, struct dm_error *err);

/* ---- following feeds ---- */

struct dm_watch {
    const char *const *url; /* feeds: RSS, Atom, JSON Feed at addresses of http or https */
    size_t n_urls;
    const char *list;      /* a file that lists more of them (docs/watch.md), or NULL */
    const char *report;    /* file for a report of the run as JSON (docs/watch.md), or NULL */
    unsigned every;        /* seconds between two polls of a feed, from 60; 0: 900 */
    bool once;             /* poll each feed once, fetch what is due, and return */
    bool pages;            /* fetch the pages that entries link to */
    bool allow_private;    /* also addresses of this machine and of private networks */
    const char *agent;     /* whom to write to, put behind the program's name; NULL: nobody */
    unsigned jobs;         /* most requests at a time; 0: 4 */
    unsigned timeout;      /* seconds for a request; 0: 30 */
    size_t bytes;          /* of an answer, unpacked; 0: 16 MiB, which is also the most */
    unsigned pause_ms;     /* between two requests to one site; robots.txt may want more */
    /* One line for what is worth telling: of a failure (code negative), or of what came (code 0). */
    void (*tell)(void *self, int code, const char *message);
    void *self;
    const volatile int *stop; /* not 0: give up what is under way, then DM_ESTOPPED */
};

struct dm_watch_totals {
    uint64_t polls;     /* answers, 304 among them */
    uint64_t unchanged; /* feeds in which nothing was new, by 304 */
    uint64_t failed;    /* polls that failed; polls and pages that could not be stored */
    uint64_t put_off;   /* with `once`: feeds that are not to be asked yet */
    uint64_t entries;   /* new ones */
    uint64_t changed;   /* known ones that say something else now */
    uint64_t pages;     /* fetched */
    uint64_t articles;  /* added */
    uint64_t foreign;   /* of them in another language than the lexicon's: not coded */
    uint64_t events;
    uint64_t known;     /* articles that were there already, by another entry */
};

/*
 * Poll feeds and add their new entries to the store, until *stop or, with `once`, until all are done.
 *
 * before   an engine opened for DM_DEPTH_CODE, a store opened for writing; nobody else uses the store
 *          meanwhile
 * after    what was fetched and told is committed; a feed and what it brought are committed together.
 *          *totals is filled whatever the result
 * errors   DM_ESTOPPED; DM_EUSAGE no feeds; DM_EFORMAT, DM_EIO, DM_ELIMIT the list; DM_EIO the store,
 *          the report; DM_ENOMEM. A feed that cannot be had, or a store that another program writes
 *          to, is told and tried again
 */
DM_PUBLIC int dm_watch(const struct dm_engine *engine, struct dm_store *store,
                       const struct dm_watch *watch, struct dm_watch_totals *totals,
                       struct dm_error *err);

/*
 * A store in the form of another data set: "csv", "jsonl", "plover", "gdelt", "gdelt-mentions",
 * "icews", "phoenix", "polecat" (docs/export.md: every column).
 *
 * before   the engine, opened for any depth, has a lexicon; csv, jsonl and plover need none: NULL.
 *          A status NULL: all events in these three, in the others what happened, each event once
 * cost     one pass over the events in the order of their dates; memory does not grow with them
 * errors   as dm_store_events(); DM_EUSAGE no such form; what the sink returns
 */
DM_PUBLIC int dm_export(struct dm_store *store, const struct dm_engine *engine,
                        const struct dm_filter *filter, const char *format,
                        const struct dm_sink *sink, struct dm_error *err);

/* ---- evaluation ---- */

/*
 * Code the texts of a gold file (JSON Lines: id, date, text, context, complete, events) and compare
 * event types, actors and dyads with its events; src/engine/eval.c says how. Writes a table. `stop`
 * is that of dm_run(), and may be NULL.
 *
 * errors   DM_EIO, DM_EFORMAT (path and line of a gold text that is none), DM_ESTOPPED, DM_EUSAGE,
 *          DM_ENOMEM, what the sink returns
 */
DM_PUBLIC int dm_eval(const struct dm_engine *engine, const char *gold, unsigned jobs,
                      const volatile int *stop, const struct dm_sink *sink, struct dm_error *err);

/* ---- models ---- */

/* What an epoch of training brought; percentages on the development file, gold tokens. */
struct dm_train_progress {
    uint32_t epoch, epochs; /* from 1 */
    double loss;    /* mean of a word */
    double seconds; /* of the epoch's learning */
    double upos, xpos, feats, lemma, uas, las; /* all 0 without a development file */
    double names_precision, names_recall, names_f1; /* of a training of names */
};

struct dm_train_options {
    const char *const *inputs; /* CoNLL-U files with trees; with `names`: with names */
    size_t n_inputs;
    const char *const *silver; /* CoNLL-U files that a better parser wrote (docs/model.md), or none */
    size_t n_silver;
    double silver_passes;      /* times they are gone through, all epochs together; 0: once */
    const char *state;         /* written after each epoch; where it is there, gone on from; or NULL */
    const char *irregular;     /* list of irregular forms (models/irregular.txt), or NULL */
    const char *dev;           /* CoNLL-U file to score on after each epoch, or NULL */
    const char *output;        /* the model file */
    const char *about;         /* text kept in the model (`names`: beside the text there): names and
                                  licences of the data; or NULL */
    unsigned epochs;           /* 0: the usual number, as for all numbers below */
    unsigned seed;
    const char *names;         /* a model file: learn to recognize names on top of it; else NULL */
    const char *lexicon;       /* the compiled lexicon for that; NULL: the usual one */
    unsigned embed, dim, layers, arc, rel; /* sizes of the network, docs/model.md */
    unsigned batch;            /* words an update */
    double rate, dropout;
    int (*progress)(void *self, const struct dm_train_progress *progress); /* or NULL; not 0 stops */
    void *self;
};

/*
 * Train the tagger, lemmatizer and parser, or with `names` the recognizer of names on top of those of
 * a model, and write the model file.
 *
 * after    `output` is complete or as it was before. Same inputs and options: same bytes, also when
 *          the training was stopped and went on from its state
 * cost     about 15 seconds an epoch for 330,000 words on one core; one thread
 * errors   DM_EFORMAT, DM_EIO, DM_EUSAGE, DM_ENOMEM; DM_ESTOPPED when `progress` stopped it: what
 *          was learned is written all the same
 */
DM_PUBLIC int dm_train(const struct dm_train_options *options, struct dm_error *err);

struct dm_train_judge_options {
    const char *const *inputs; /* JSON Lines of texts whose events were coded by hand (docs/model.md) */
    size_t n_inputs;
    const char *output;        /* the file of weights */
    const char *about;         /* text kept in it, or NULL */
    unsigned epochs, least;    /* 0: the usual number; evidence seen fewer times is left out */
    double rate, decay;        /* 0: the usual ones; of learning, of the penalty on large weights */
    void (*progress)(void *self, const char *line); /* or NULL */
    void *self;
};

/*
 * Learn the weights by which events and parties are judged.
 *
 * before   the engine was opened for DM_DEPTH_ACTORS or more
 * after    `output` is complete or as it was before. Same inputs, model, lexicon: same bytes
 * cost     a minute for 8,000 sentences; one thread
 * errors   DM_EFORMAT, DM_EIO, DM_EUSAGE, DM_ENOMEM
 */
DM_PUBLIC int dm_train_judge(const struct dm_engine *engine,
                             const struct dm_train_judge_options *options, struct dm_error *err);

/*
 * Write what a model file says of itself: data, licences, training, scores. path NULL: the usual one.
 *
 * errors   DM_EIO, DM_EFORMAT, DM_EVERSION, what the sink returns
 */
DM_PUBLIC int dm_model_about(const char *path, const struct dm_sink *sink, struct dm_error *err);

#ifdef __cplusplus
}
#endif
#endif
