/* SPDX-License-Identifier: MIT */
/*
 * actor-compile.h - the working state of compiling actors, shared by the two files that do it.
 *
 * actor-compile.c takes the records and writes the sections; actor-check.c looks for what is wrong or
 * doubtful in them.
 */
#ifndef LEXICON_ACTOR_COMPILE_H
#define LEXICON_ACTOR_COMPILE_H

#include "lexicon/actor-lexicon.h"
#include "lexicon/lexicon-parts.h"

struct built_use {
    struct actor_use use;
    uint32_t node, next; /* next use of the node, from 1; 0 none */
    bool dropped;        /* another layer's use has its way (settle_names) */
};

struct built_tree {
    struct words_builder rows;
    uint32_t *first, *last; /* per node: its uses in built_use, from 1 */
    uint32_t n_nodes;
    size_t room_first, room_last;
};

/* What is known of an entity while compiling only. */
struct built_facts {
    struct date born, died;
    bool several; /* an office that several hold at a time */
};

struct actor_builder {
    struct actor_entity *entity;
    struct actor_role *role;
    struct built_use *use;
    uint32_t n_entities, n_roles, n_uses;
    size_t room_entities, room_roles, room_uses;
    struct built_facts *facts; /* [n_entities] */
    uint32_t n_facts;
    size_t room_facts;
    struct built_tree names, nouns;
    struct map codes; /* state codes -> entity */
    struct lexicon_builder *b;
};

/* Nobody dies before he is born, or takes an office outside of his life. */
void actor_check_life(struct lexicon_builder *b, const struct record *record, uint32_t entity);
/* All codes and sectors of roles are known. */
void actor_check_roles(struct lexicon_builder *b);
/* Doubtful: two persons at a time in one office. The holders are sorted. */
void actor_check_terms(struct lexicon_builder *b, const struct actor_holder *holder, uint32_t n);
/* Doubtful: names that two records share, names that are common words. Names are settled. */
void actor_check_names(struct lexicon_builder *b);

#endif
