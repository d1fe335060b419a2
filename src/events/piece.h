/* SPDX-License-Identifier: MIT */
/*
 * piece.h - how a piece of evidence is written: its name and values, its key.
 *
 * Inside of evidence.c, setting.c and evidence-party.c alone.
 */
#ifndef EVENTS_PIECE_H
#define EVENTS_PIECE_H

#include "events/evidence.h"
#include "events/judge.h"

#define TO_NUL SIZE_MAX /* length of a value that is shown, but whose hash is not of its text */

struct value {
    struct slice text;
    uint32_t hash;
};

/* ---- keys ---- */

static inline struct value value_of(struct slice text)
{
    return (struct value){text, judge_hash(text)};
}

/* A literal's hash is made by the compiler: loops over it of known length are unrolled and folded. */
static inline __attribute__((always_inline)) struct value word_value(const char *text)
{
    if (!__builtin_constant_p(strlen(text)))
        return value_of(slice_of(text));
    uint64_t h = JUDGE_HASH_FROM ^ strlen(text);
#pragma GCC unroll 32
    for (size_t i = 0; i < strlen(text); i++)
        h = (h ^ (unsigned char)text[i]) * JUDGE_HASH_BY;
    uint32_t hash = (uint32_t)(h ^ (h >> 32));
    return (struct value){{text, strlen(text)}, hash ? hash : 1};
}

/* One of two literals, so that the compiler hashes both. */
static inline __attribute__((always_inline)) struct value either(bool test, const char *a, const char *b)
{
    return test ? word_value(a) : word_value(b);
}

static inline uint32_t mix(uint32_t a, uint32_t b)
{
    uint64_t h = ((uint64_t)a << 32 | b) * UINT64_C(0x9e3779b97f4a7c15);
    h ^= h >> 29;
    return (uint32_t)((h * UINT64_C(0xbf58476d1ce4e5b9)) >> 32);
}

/* Names are literals, too. */
static inline __attribute__((always_inline)) uint32_t name_hash(const char *name)
{
    uint32_t h = 2166136261u;
#pragma GCC unroll 32
    for (size_t i = 0; i < strlen(name); i++)
        h = (h ^ (unsigned char)name[i]) * 16777619u;
    return h;
}

static inline void add_key(struct evidence *e, uint32_t key, const char *name, const struct value *v,
                    uint32_t n)
{
    if (e->n == EVIDENCE_MAX)
        return;
    if (!e->keys_only) {
        struct evidence_piece *piece = &e->piece[e->n];
        *piece = (struct evidence_piece){.name = name};
        for (uint32_t i = 0; i < n; i++)
            piece->value[i] = v[i].text;
    }
    e->key[e->n++] = key ? key : 1; /* 0 is a free slot of the table */
    if (e->table)
        __builtin_prefetch(&e->table->slot[key & e->table->mask]);
}

static inline __attribute__((always_inline)) void add_values(struct evidence *e, const char *name,
                                                            const struct value *v, uint32_t n)
{
    uint32_t key = name_hash(name);
    for (uint32_t i = 0; i < n; i++)
        key = mix(key, v[i].hash);
    add_key(e, key, name, v, n);
}

#define ADD(e, name, ...)                                                                          \
    add_values(e, name, (const struct value[]){__VA_ARGS__},                                       \
               sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value))

/* ---- values ---- */

static inline struct value lemma_of(const struct evidence_sentence *s, uint32_t t)
{
    const struct token *tok = &s->m->tok[t];
    struct slice text = tok->lemma ? slice_make(tok->lemma, tok->n_lemma)
                                   : slice_make(tok->lower, tok->n_lower);
    return (struct value){text, s->lemma_hash[t - s->m->first]};
}

static inline struct value rel_of(const struct matcher *m, uint32_t t)
{
    return (struct value){{relation_name(graph_rel(m, t)), TO_NUL}, m->tok[t].rel + 1u};
}

static inline struct value upos_of_token(const struct matcher *m, uint32_t t)
{
    return (struct value){{upos_name(m->tok[t].upos), TO_NUL}, m->tok[t].upos + 101u};
}

static inline bool inside(const struct matcher *m, uint32_t t)
{
    return t >= m->first && t < m->end;
}

static inline struct value sector_of(const struct matcher *m, uint32_t t)
{
    if (!inside(m, t) || m->article->mention_of[t] == ARTICLE_NONE)
        return word_value("-");
    const struct mention *mention = &m->article->mention[m->article->mention_of[t]];
    return value_of(mention->sector[0] ? slice_of(mention->sector) : SLICE_LIT("-"));
}

/* What kind of thing a noun names. */
static inline struct value kind_of(const struct matcher *m, uint32_t t)
{
    if (!inside(m, t))
        return word_value("nobody");
    uint32_t index = m->article->mention_of[t];
    if (index == ARTICLE_NONE) {
        switch (m->tok[t].upos) {
        case UPOS_PROPN: return word_value("proper");
        case UPOS_PRON: return word_value("pro");
        case UPOS_VERB: return word_value("verb");
        default: return word_value("thing");
        }
    }
    const struct mention *mention = &m->article->mention[index];
    bool political = mention_is_political(mention);
    switch (mention->kind) {
    case MENTION_GROUP: return word_value("group");
    case MENTION_PRONOUN: return either(political, "actor-pronoun", "pronoun");
    case MENTION_COMMON: return either(political, "role", "common");
    default: break;
    }
    if (mention->flags & MENTION_PLACE)
        return either(mention->sector[0], "capital", "country");
    if (political)
        return either(mention->flags & MENTION_PERSON, "politician", "organization");
    return either(mention->flags & MENTION_PERSON, "person", "name");
}

static inline const char *code_at(const struct matcher *m, uint32_t t)
{
    return inside(m, t) && m->article->mention_of[t] != ARTICLE_NONE
        ? m->article->mention[m->article->mention_of[t]].code : "";
}

static inline const struct found *found_at(const struct evidence_sentence *s, uint32_t t)
{
    if (!inside(s->m, t) || s->found_at[t - s->m->first] == ARTICLE_NONE)
        return NULL;
    return &s->m->found[s->found_at[t - s->m->first]];
}

static inline struct value found_value(const struct evidence_sentence *s, uint32_t t)
{
    const struct found *found = found_at(s, t);
    return found ? value_of(found->ev.type) : word_value("-");
}

/* The sides of a find on which somebody stands. */
static inline struct value sides_of(const struct found *found)
{
    const struct event *ev = &found->ev;
    if (found->mutual)
        return word_value("mutual");
    return ev->n_actors ? either(ev->n_recipients, "both", "actor")
                        : either(ev->n_recipients, "recipient", "nobody");
}

/* evidence.c: a piece `name` for each word class in which t stands. */
void evidence_classes(const struct matcher *m, uint32_t t, const char *name, struct value with,
                      struct evidence *e);

#endif
