/* SPDX-License-Identifier: MIT */
/*
 * frame-compile.h - the working state of compiling frames, shared by the two files that do it.
 *
 * frame-terms.c reads what stands inside of a fact: words, phrases, classes, paths, conditions;
 * frame-compile.c reads the records and writes the sections.
 */
#ifndef LEXICON_FRAME_COMPILE_H
#define LEXICON_FRAME_COMPILE_H

#include "core/map.h"
#include "lexicon/frame-lexicon.h"

#define PHRASES_MAX 1000000 /* triggers or class entries */

struct trigger_row {
    struct frame_trigger trigger;
    uint32_t word, order;
};

struct entry_row {
    struct frame_entry entry;
    uint32_t word;
};

/* A growing array of the arena with its count. */
#define ROWS(type, name) type *name; uint32_t n_##name; size_t c_##name

struct compiler {
    const struct frame_compile *ask;
    const struct frame_source *at; /* the record being read */
    struct map words, classes;
    ROWS(struct image_text, word_text);
    ROWS(struct image_text, class_text);
    ROWS(struct frame, frame);
    ROWS(struct frame_path, path);
    ROWS(struct frame_step, step);
    ROWS(struct frame_condition, condition);
    ROWS(struct frame_test, test);
    ROWS(struct frame_inner, inner);
    ROWS(struct frame_turn, turn);
    ROWS(struct frame_example, example);
    ROWS(uint32_t, number);
    ROWS(struct trigger_row, trigger);
    ROWS(struct entry_row, entry);
    struct slice type;  /* of the last `type` line */
    const char *type_path; /* file it stood in */
    bool failed, no_memory;
};

#define PUSH(c, name) ARENA_PUSH((c)->ask->arena, (c)->name, (c)->n_##name, (c)->c_##name)

/* Report a fault of the record at hand and go on, so that one run shows all of them. */
void terms_fault(struct compiler *c, uint32_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
struct image_text terms_text(struct compiler *c, struct slice text); /* a string of the image */
uint32_t terms_word(struct compiler *c, struct slice lemma);         /* its number, new or known */

bool terms_is_preposition(struct slice word); /* what a step or a further word may be */

struct phrase {
    uint32_t head;
    struct frame_range rest;
};

/* The words of "carry out", "arms deal"; `first`: its first word is the head. False: a fault. */
bool terms_phrase(struct compiler *c, uint32_t line, struct slice text, bool first,
                  struct phrase *out);
void terms_name_classes(struct compiler *c);  /* all of them, before the records are read */
void terms_class(struct compiler *c);         /* the entries of the class record at hand */
void terms_close_classes(struct compiler *c); /* `@other` inside of a class */
/* "subj | poss + with | to": groups joined by +, alternatives inside of a group. */
struct frame_range terms_paths(struct compiler *c, uint32_t line, struct slice text);
/* "obj @talks | actor" */
void terms_condition(struct compiler *c, const struct fact *fact, bool avoid);

#define SHOW(s) (int)((s).n > 120 ? 120 : (s).n), (s).p

#endif
