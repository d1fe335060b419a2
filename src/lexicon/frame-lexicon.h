/* SPDX-License-Identifier: MIT */
/*
 * frame-lexicon.h - word classes, frames and operators, compiled.
 *
 * The language is described in docs/lexicon.md. frame_lexicon_compile() turns the records of
 * lexicon/words and lexicon/frames into sections of the lexicon's image; frame_lexicon_open() reads
 * them back. Every lemma that a class, a trigger or a path mentions is a WORD with a number, so
 * that the matcher hashes a token once and compares numbers from then on.
 *
 * Cost  A word has the list of its triggers and the list of classes it stands in, so matching costs
 *       what the sentence's own words cost, however many frames there are.
 */
#ifndef LEXICON_FRAME_LEXICON_H
#define LEXICON_FRAME_LEXICON_H

#include "core/image.h"
#include "lexicon/record.h"

#define FRAME_MODES 3
#define FRAME_PHRASE_MAX 5 /* words of a trigger or a class entry, with its head */

/* ---- what is stored: fixed sizes, no padding ---- */

struct frame_range {
    uint32_t first, n;
};

/* One step of a path; docs/lexicon.md says where each leads. */
enum frame_step_kind {
    STEP_SUBJ, STEP_OBJ, STEP_IOBJ, STEP_PREP, STEP_POSS, STEP_MOD, STEP_XCOMP, STEP_CCOMP,
    STEP_ADVCL, STEP_HEAD, STEP_SELF, STEP_NEG, STEP_AUX, STEP_ANY, STEP_RELCL, STEP_KINDS
};

struct frame_step {
    uint32_t kind; /* enum frame_step_kind */
    uint32_t word; /* STEP_PREP: the preposition; STEP_IOBJ: "to" */
};

struct frame_path {
    uint32_t first, n; /* steps */
    uint32_t join;     /* number of its group: within a group the first path that leads to
                          something counts, all groups are joined */
};

enum frame_test_kind {
    TEST_ACTOR, TEST_PERSON, TEST_PLACE, TEST_EVENT, TEST_PLURAL, TEST_CLASS, TEST_WORD,
    TEST_SECTOR, TEST_KINDS
};

struct frame_test {
    uint32_t kind;           /* enum frame_test_kind */
    uint32_t arg;            /* class or word */
    struct image_text text;  /* sector, or the test as written */
};

struct frame_condition {
    struct frame_range path, test; /* no tests: the path must lead somewhere */
    struct image_text text;        /* "obj @talks" as written, for `explain` */
    uint32_t avoid;                /* 1: must not hold */
};

struct frame_inner {
    struct image_text type;        /* of the event inside of the content */
    struct image_text to;          /* the type that the outer event becomes, empty: as it is */
    struct image_text cameo, mode; /* may be empty */
};

enum frame_trigger_kind { TRIGGER_VERB, TRIGGER_NOUN, TRIGGER_ADJ };

struct frame_trigger {
    uint32_t frame;
    uint32_t kind;           /* enum frame_trigger_kind */
    struct frame_range rest; /* further words (section f.number) that must stand below the head */
};

enum frame_size { SIZE_DEAD, SIZE_INJURED, SIZE_ARRESTED, SIZE_PARTICIPANTS, SIZE_KINDS };

#define FRAME_STATUS_SAME 15u /* an operator that passes its subject on and changes nothing */
#define FRAME_STATUS_NONE 16u /* nothing said */

struct frame {
    struct image_text name;
    struct image_text type, cameo; /* type empty: of an operator, or it tells nothing; cameo may be */
    struct image_text mode[FRAME_MODES], context[FRAME_MODES];
    uint32_t n_modes, n_contexts;
    uint32_t line;                 /* lexicon source line, for lexicon_line() */
    int32_t priority;
    uint32_t status;               /* enum event_status, FRAME_STATUS_SAME or _NONE */
    uint32_t is_operator, alone;
    uint32_t joint;                /* several parties as actor make the event mutual */
    uint32_t learned;              /* no trigger: stands for what was learned of the type */
    struct frame_range actor, recipient, mutual; /* paths */
    struct frame_range content;                  /* paths; an operator's `over` */
    struct frame_range need;                     /* conditions */
    struct frame_range inner;
    struct frame_range size[SIZE_KINDS];         /* paths */
    struct frame_range place;                    /* paths to where it happens, beside adjuncts */
};

/* What becomes of a type under a status: a future CONSULT is AGREE. */
struct frame_turn {
    struct image_text type, to, cameo;
    uint32_t status;
};

struct frame_example {
    struct image_text text, expect;
    uint32_t frame, line;
};

struct frame_entry { /* an entry of a class, stored at its head word */
    uint32_t class;
    struct frame_range rest; /* further words */
};

/* ---- the opened part ---- */

/* Classes that the matcher itself asks for; absent ones are IMAGE_NONE. ORDER MATCHER CLASS */
#define FRAME_CLASSES(X)                                                                           \
    X(REPORT, "report") X(LIGHT, "light") X(BEGIN, "begin") X(IF, "if") X(NEGATION, "negation")    \
    X(PAST, "past") X(FUTURE, "future") X(PART, "part") X(CARRIER, "carrier") X(UNDERGO, "undergo") \
    X(MESSAGE, "message") X(LOCATIVE, "locative") X(SITE, "site") X(APART, "apart") X(ASIDE, "aside")\
    X(DURING, "during") X(WHILE, "while") X(SINCE, "since") X(UNTIL, "until")                      \
    X(OCCASION, "occasion") X(MOTION, "motion")                                                    \
    X(REGION, "region") X(DEAD, "dead") X(DYING, "dying") X(HURT, "hurt") X(HELD, "held")          \
    X(CROWD, "crowd") X(TOLL, "toll") X(HALF, "half") X(CRAFT, "craft") X(BODY, "body-noun")      \
    X(DIRECTION, "direction") X(DISCARD, "discard") X(DISCARD_ARTICLE, "discard-article")

enum frame_class {
#define X(id, name) CLASS_##id,
    FRAME_CLASSES(X)
#undef X
    CLASS_COUNT
};

struct frame_lexicon {
    const char *bytes; /* the image's strings */
    uint32_t n_bytes;
    struct image_map word;              /* lemma -> word */
    const struct frame_range *triggers; /* [n_words] into trigger[], in the order they are tried */
    const struct frame_range *entries;  /* [n_words] into entry[] */
    uint32_t n_words;
    const struct frame_trigger *trigger;
    const struct frame_entry *entry;
    const struct image_text *class_name;
    const struct frame *frame;
    const struct frame_path *path;
    const struct frame_step *step;
    const struct frame_condition *condition;
    const struct frame_test *test;
    const struct frame_inner *inner;
    const struct frame_turn *turn;
    const struct frame_example *example;
    const uint32_t *number; /* words of phrases */
    uint32_t n_triggers, n_entries, n_classes, n_frames, n_paths, n_steps, n_conditions, n_tests,
        n_inners, n_turns, n_examples, n_numbers;
    uint32_t class_of[CLASS_COUNT]; /* numbers of the matcher's own classes */
};

/* All ids inside are checked against their bounds. DM_EFORMAT. `bytes` is the string section. */
int frame_lexicon_open(const struct image *image, const char *bytes, uint32_t n_bytes,
                       struct frame_lexicon *out, struct dm_error *err);

static inline struct slice frame_text(const struct frame_lexicon *frames, struct image_text text)
{
    return (struct slice){frames->bytes + text.offset, text.n};
}

/* ---- compiling ---- */

/* A record and its place; all texts live until the compiler is done. */
struct frame_source {
    const char *path;     /* of its file: a `type` line counts for the frames behind it there */
    struct record record; /* its lines are already those of the image (lexicon_line) */
    uint32_t room;        /* facts that record.fact has room for, 0: it is somebody else's */
    bool dropped;         /* a later layer replaced it, or another part took it */
};

enum frame_name { NAME_TYPE, NAME_MODE, NAME_CAMEO, NAME_CONTEXT };

struct frame_compile {
    const struct frame_source *source; /* what is no frame, class, ... must be dropped */
    uint32_t n_sources;
    struct arena *arena;
    struct image_pool *pool;
    struct image_builder *builder;
    /* Does the ontology know the name? `type` is the type whose mode is asked for. */
    bool (*knows)(void *self, enum frame_name kind, struct slice type, struct slice name);
    void *ontology;
    /* One call a fault: its line and what is wrong. */
    void (*complain)(void *self, uint32_t line, const char *message);
    void *self;
};

/* Adds sections f.*; tells every fault. DM_ELEXICON when there was one; DM_ENOMEM, DM_ELIMIT. */
int frame_lexicon_compile(const struct frame_compile *ask, struct dm_error *err);

#endif
