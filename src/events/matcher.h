/* SPDX-License-Identifier: MIT */
/*
 * matcher.h - what the files of this folder share: the state of coding one article.
 *
 * One sentence at a time goes through the files in this order:
 *
 *   graph.c        the tree as predicates with arguments: passives, control, relatives, light verbs
 *   slot.c         a frame's path, evaluated to words and to mentions
 *   match.c        triggers, frames in their order, conditions -> found[]
 *   operator.c     absorption of contents, status
 *   judge.c        learned weights over evidence.c and evidence-party.c: which finds stand, what no
 *                  frame found, parties
 *   clause.c       where in the tree an event's time and place hang
 *   detail.c       how many; number.c numbers in digits and words
 *   place.c        where, in words
 *   resolve.c      which place of the world that is
 *   mode.c         modes by the words around, the parties and the place
 *   time*.c        expressions of time and their values (time.h)
 *   when.c         which of them is an event's
 *   merge.c        one event told by two words is one event
 *   attribution.c  on whose word
 *   addressee.c    to whom words are directed, by the sentences beside
 *   link.c         what is told twice in the article (after its last sentence)
 *   events.c       the loop, and from found[] to article->event[]
 *
 * Memory  Arrays below are in article->scratch and are given back at the end of events_code().
 * Limits  A set of words holds SET_MAX of them; more are left out. No function recurses.
 */
#ifndef EVENTS_MATCHER_H
#define EVENTS_MATCHER_H

#include "events/events.h"
#include "lexicon/lexicon-parts.h"
#include "lexicon/lists.h"

#define SET_MAX 24   /* words that a path leads to, parties before they are cut to EVENT_PARTIES */
#define CLIMB_MAX 24 /* steps of any walk up or along the tree */
#define CONTENT_MAX 4

/* How a word shows a mode: beside the trigger, in the content, as the trigger itself. See mode.c. */
enum mode_kind { MODE_BESIDE, MODE_CONTENT, MODE_WORD, MODE_KINDS };

/* A small set of tokens in the order they were found. */
struct set {
    uint32_t tok[SET_MAX], n;
};

/* An event found by a frame, before it is written. */
struct found {
    struct event ev;
    const struct frame *frame;
    uint32_t predicate;              /* the trigger, or the light verb over it */
    uint32_t content[CONTENT_MAX], n_content;
    uint32_t absorbed_by;            /* index of the found whose content it is, ARTICLE_NONE none */
    bool direct;                     /* it is itself that content, not only inside of it */
    bool noun, mutual, dropped;
    bool unlikely;                   /* dropped by the judge */
    float sure_actor, sure_recipient; /* how likely the likeliest of a side is; 0 nobody was asked */
    bool promised;                   /* of another type once it is to come: a meeting, now AGREE */
    uint32_t quad;                   /* of its type */
    uint32_t sizes;                  /* bits of enum frame_size that its type can have */
    bool possible;                   /* a possibility or a purpose, as the words around it go */
    bool speech;                     /* of a type that consists of words */
};

struct matcher {
    const struct lexicon *lexicon;
    const struct frame_lexicon *frames;
    struct dm_article *article;
    const struct judge *judge;       /* NULL: the frames alone */
    const struct event_trace *trace;
    uint8_t *over;                   /* [tokens of the sentence] status by operators, see operator.c */
    const struct token *tok;         /* article->tok */
    uint32_t *word, *form;           /* [n_toks] words of lemma and form, IMAGE_NONE none */
    const struct lists *lists;
    uint32_t *listed;                /* [n_toks] what lists say of the form: into lists->listed */
    uint32_t by;                     /* the word "by", IMAGE_NONE none */
    uint32_t *child, *next;          /* [n_toks] first child, next sibling: ARTICLE_NONE none */
    uint32_t *content_of;            /* [n_toks] found whose content begins here */
    uint32_t *mode_class;            /* [MODE_KINDS][modes of the ontology] 1 + the class that shows it,
                                        IMAGE_NONE none, 0 not asked for yet */
    uint32_t sent, first, end;       /* the sentence at hand and its tokens */
    struct found *found;             /* of this sentence */
    uint32_t n_found;
    size_t c_found;                  /* capacity of found[] */
    size_t time_capacity;            /* of article->time */
    size_t mention_capacity;         /* of article->mention, as far as this stage made it larger */
    bool political;                  /* the sentence names a political actor */
    bool no_memory;
    bool discarded; /* a word of class `discard-article` was met: the article tells nothing */
};

/* What the lexicon's lists say of token t of the sentence. */
static inline const struct listed *matcher_listed(const struct matcher *m, uint32_t t)
{
    return &m->lists->listed[m->listed[t]];
}

#define FOR_CHILDREN(m, c, t)                                                                      \
    for (uint32_t c = (m)->child[t]; c != ARTICLE_NONE; c = (m)->next[c])

/* ---- events.c ---- */

/* False without memory. */
bool matcher_start(struct matcher *m, const struct lexicon *lexicon, struct dm_article *article);
/* What becomes of the event's type under its status (a future CONSULT is AGREE); NULL: nothing. */
const struct frame_turn *matcher_turn(const struct matcher *m, const struct event *ev);
/* What the ontology says of the find's type. */
void matcher_know(const struct matcher *m, struct found *found);
/* What the frames find in a sentence: found[] behind the operators. False: it is not to be coded. */
bool matcher_find(struct matcher *m, uint32_t sent);

/* ---- graph.c ---- */

bool graph_init(struct matcher *m);
void graph_sentence(struct matcher *m);

static inline enum relation graph_rel(const struct matcher *m, uint32_t t)
{
    return (enum relation)m->tok[t].rel;
}

static inline bool graph_rel_is(const struct matcher *m, uint32_t t, enum relation base)
{
    return relation_base((enum relation)m->tok[t].rel) == base;
}

/* First child of that relation or a subtype of it; ARTICLE_NONE none. */
uint32_t graph_child(const struct matcher *m, uint32_t t, enum relation base);

bool graph_is_verb(const struct matcher *m, uint32_t t);
bool graph_is_nominal(const struct matcher *m, uint32_t t);
bool graph_is_passive(const struct matcher *m, uint32_t t);
bool graph_is_infinitive(const struct matcher *m, uint32_t t); /* "to V" */

/* Does token t (with its phrase) stand in the class? By lemma or by form. */
bool graph_in_class(const struct matcher *m, uint32_t t, uint32_t class);
static inline bool graph_in(const struct matcher *m, uint32_t t, enum frame_class class)
{
    return graph_in_class(m, t, m->frames->class_of[class]);
}
/* How many words the longest entry of the class has that token t stands for; 0 none. */
uint32_t graph_class_words(const struct matcher *m, uint32_t t, uint32_t class);
/* Is there a child in the class, by any relation but those of arguments? */
uint32_t graph_function_child(const struct matcher *m, uint32_t t, enum frame_class class);
/* Do the words stand below `head`? */
bool graph_phrase(const struct matcher *m, uint32_t head, struct frame_range words);

/* Who does it; for a noun, the subject of its light verb. */
uint32_t graph_subject(const struct matcher *m, uint32_t t);
uint32_t graph_object(const struct matcher *m, uint32_t t);  /* to whom it is done */
uint32_t graph_light(const struct matcher *m, uint32_t noun); /* the light verb that carries it */
/* The verb over the noun whose subject undergoes it ("received threats"); ARTICLE_NONE none. */
uint32_t graph_undergone(const struct matcher *m, uint32_t noun);
/* "series" of "a series of talks"; the noun itself where nothing carries it. */
uint32_t graph_carrier(const struct matcher *m, uint32_t noun);
/* The noun that a relative pronoun stands for, or t itself. */
uint32_t graph_referent(const struct matcher *m, uint32_t t);
/* The preposition or conjunction before t is that word. */
bool graph_has_case(const struct matcher *m, uint32_t t, uint32_t word);

/* A phrase with that preposition which belongs to t but hangs at a noun behind it; ARTICLE_NONE. */
uint32_t graph_hung_low(const struct matcher *m, uint32_t t, uint32_t word);

/* ---- slot.c ---- */

void set_add(struct set *set, uint32_t t);
/* The words that the paths lead to, by their groups and alternatives. */
void slot_words(const struct matcher *m, uint32_t trigger, struct frame_range paths,
                struct set *out);
/* How far into a noun that is no party itself its party is looked for. */
enum look {
    LOOK_PARTS, /* what it consists of: "hundreds of protesters" */
    LOOK_OWNERS, /* also whose it is: "Iran's programme", "the decision of the court" */
    LOOK_FAR    /* also behind any preposition: "the inquiry into the bank" */
};

/*
 * The mentions (indexes) that word t names as a party, with coordination, apposition and the actor
 * inside of a noun that is none.
 */
void slot_parties(const struct matcher *m, uint32_t t, enum look deep, struct set *out);
/* As slot_words, but alternatives go on until one leads to parties. */
void slot_mentions(const struct matcher *m, uint32_t trigger, struct frame_range paths,
                   enum look deep, struct set *out);
bool mention_is_political(const struct mention *mention);

/* ---- match.c ---- */

void match_sentence(struct matcher *m);
/* The frame that stands for what is learned of a type; ARTICLE_NONE none. */
uint32_t match_learned_frame(const struct matcher *m, struct slice type);
/* A find of such a frame at t, with the parties that its paths lead to; NULL without memory. */
struct found *match_learned(struct matcher *m, uint32_t frame, uint32_t t);
/* The mention that a noun phrase's head stands for as a party, made if need be; ARTICLE_NONE. */
uint32_t match_party(struct matcher *m, uint32_t t);
/* Are two mentions one party: of one chain, or names of the same entity in the same role? */
bool match_is_same(const struct matcher *m, uint32_t a, uint32_t b);
/* Take out of a side, a set of mentions, whoever stands on the other: a party is on one side only. */
void match_take_out(const struct matcher *m, struct set *from, const struct set *these);
/* Actors of several countries and no recipient: a mutual event. */
bool match_is_joint(const struct matcher *m, const struct event *ev);
/* Does the trigger's kind and phrase fit token t? */
bool match_trigger(const struct matcher *m, const struct frame_trigger *trigger, uint32_t t);

/* ---- operator.c ---- */

void operator_sentence(struct matcher *m);
/* The status of a find that came later; after operator_sentence(). */
void operator_status(const struct matcher *m, struct found *found);

/* ---- judge.c ---- */

/* After the operators: drops, adds and re-types finds, chooses their parties. No judge: nothing. */
void judge_sentence(struct matcher *m);

/* ---- clause.c ---- */

#define HOSTS_MAX 8

/* Words at which an adjunct of the event may hang, the nearest first. */
struct hosts {
    uint32_t tok[HOSTS_MAX], n;
    uint32_t said; /* of them, the verb by which it is said; ARTICLE_NONE none */
};

void clause_hosts(const struct matcher *m, const struct found *found, struct hosts *out);

/* ---- mode.c ---- */

/* Find the classes of modes. False without memory. */
bool mode_init(struct matcher *m);
void mode_sentence(struct matcher *m);

/* ---- place.c ---- */

void place_sentence(struct matcher *m);

/* ---- resolve.c ---- */

/* The gazetteer's place that tokens [first, end) name; IMAGE_NONE none. */
uint32_t place_find(const struct matcher *m, uint32_t first, uint32_t end);
/* Sets ev.place and ev.place_country. */
void resolve_place(const struct matcher *m, struct event *ev);

/* ---- detail.c ---- */

void detail_sentence(struct matcher *m);

/* ---- number.c ---- */

/* "40,000", "twelve", "dozens" (vague words at their least); 0 for what is no number. */
uint32_t number_at(const struct matcher *m, uint32_t t);
/*
 * "40,000", "forty-three", "two hundred and six", "1.5 million", "half a million": what the
 * numerals that stand together with t tell, "hundreds of thousands" at its least; 0 none.
 */
uint32_t number_phrase(const struct matcher *m, uint32_t t);
/* Of up to nine digits, commas between them or not; else 0. */
uint32_t number_digits(struct slice word);

/* ---- when.c ---- */

void time_sentence(struct matcher *m);

/* ---- time.c ---- */

/* A weekday, month, "yesterday": a time, never a party. */
bool time_is_word(const struct matcher *m, uint32_t t);

/* ---- merge.c ---- */

void merge_sentence(struct matcher *m);

/* ---- addressee.c ---- */

/* After all sentences: recipients of words that a sentence beside tells. */
void addressee_events(const struct matcher *m);

/* ---- attribution.c ---- */

void attribution_sentence(struct matcher *m);

/* ---- link.c ---- */

void link_events(struct dm_article *article);

#endif
