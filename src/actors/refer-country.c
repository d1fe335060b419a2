/* SPDX-License-Identifier: MIT */
/*
 * refer-country.c - the country of a party of which none is said.
 *
 * Reads    the mentions around it, the title.
 * Leaves   its code; guessed[] says that it was found so.
 * Method   Every mention of a state nearby has a voice, by its place and role; the title has some.
 *          The most voices win.
 */
#include "actors/refer.h"

#define VOTES_BACK 60

/*
 * How much a mention of a state speaks for the country of one who says none. Found on 4,500 lines
 * of the training set by trying values around them (country of common nouns 0.692 -> 0.727).
 */
static const double vote_sentence = 0.5; /* for each sentence farther away */
static const double vote_gap = 0.08;     /* 1 / (1 + this * mentions between) */
static const double vote_later = 0.5;    /* stands behind, in the same sentence */
static const double vote_place = 3;      /* is where something happens: 'in Kabul' */
static const double vote_subject = 1.2;
static const double vote_possessive = 0.5; /* "Russia's", 'Russian' */
static const double vote_pronoun = 0.4;
static const double vote_guessed = 0.1;  /* was guessed itself */
static const double vote_kin = 2; /* a named body of the same sector: 'militants' after "ISIS" */
static const double vote_title = 1;
static const double vote_title_person = 0.7;
static const double vote_title_town = 0.5;
static const double vote_title_first = 4; /* 'he', of whom the text says nothing */
static const double vote_paper = 0.3; /* 'Reuters reports' makes nothing British */
static const double vote_no_holder = 0.4; /* nobody is known to hold the office there */

/* One voice for a country. */
static void vote(struct ballot *ballot, const char code[4], uint32_t line, double weight)
{
    uint32_t k = 0;
    while (k < ballot->n && !code_eq(ballot->code[k], code))
        k++;
    if (k == BALLOT_MAX)
        return;
    if (k == ballot->n) {
        memcpy(ballot->code[k], code, 4);
        ballot->weight[k] = 0;
        ballot->line[k] = line;
        ballot->n++;
    }
    ballot->weight[k] += weight;
}

/* Iran of 'Iran-backed militants'. */
static bool is_backer(const struct refer *r, const struct mention *c, const struct mention *m)
{
    uint32_t verb = work_tok(r->work, c->head)->head;
    return verb != ARTICLE_NONE && work_tok(r->work, verb)->head == m->head &&
           names_in_class(r->work, verb, ASK_BACKED);
}

/* 'the foreign minister' is of a state that has that office. */
static void weigh_office(const struct refer *r, struct ballot *ballot, uint32_t office)
{
    for (uint32_t k = 0; k < ballot->n && office != ARTICLE_NONE; k++)
        if (actor_holder_at(r->work->actors, ballot->code[k], office, r->work->day) == IMAGE_NONE)
            ballot->weight[k] *= vote_no_holder;
}

/* A named body of the mention's sector: "ISIS" for 'militants'. */
static bool is_kin(const struct refer *r, const struct mention *c, const struct mention *m)
{
    return c->kind == MENTION_NAME && code_set(c->code) && code_set(m->sector) &&
           code_eq(c->sector, m->sector) && r->work->info[c->head].flags & INFO_BODY;
}

static bool is_first_person(const struct refer *r, const struct mention *m)
{
    return m->kind == MENTION_PRONOUN && work_tok(r->work, m->head)->feats & FEAT(P1);
}

/* How much mention i speaks for its country where one that says none stands at `index`; 0 not. */
static double voice(const struct refer *r, uint32_t index, uint32_t i)
{
    const struct mention *m = &r->article->mention[index], *c = &r->article->mention[i];
    uint32_t sentences = r->sent_of[index] - r->sent_of[i];
    uint32_t gap = i < index ? index - i : i - index;
    bool kin = is_kin(r, c, m), subject = refer_is_subject(r, c->head);
    if (i == index || sentences > 6 || !(kin || refer_is_state(r, c)) || is_backer(r, c, m))
        return 0;
    bool place = c->flags & MENTION_PLACE && !(c->flags & MENTION_ACTOR);
    if (is_first_person(r, m) && !subject)
        return 0; /* whom 'we' speak of is not who speaks */
    if (place && names_in_class(r->work, m->head, ASK_MISSION))
        return 0; /* 'the consulate in Benghazi' */
    double weight = (kin ? vote_kin : 1) / (1 + vote_gap * gap);
    for (uint32_t k = 0; k < sentences; k++)
        weight *= vote_sentence;
    if (i > index)
        weight *= vote_later;
    if (place && m->kind != MENTION_NAME) /* who is named may be a guest there */
        weight *= vote_place;
    if (subject)
        weight *= vote_subject;
    if (c->flags & MENTION_POSSESSIVE)
        weight *= vote_possessive;
    if (c->kind == MENTION_PRONOUN)
        weight *= vote_pronoun;
    if (r->guessed[i])
        weight *= vote_guessed;
    if (r->work->info[c->head].flags & INFO_BODY && code_eq(c->sector, "JRN"))
        weight *= vote_paper;
    return weight;
}

static void vote_around(const struct refer *r, uint32_t index, struct ballot *ballot)
{
    const struct mention *m = &r->article->mention[index];
    uint32_t i = index > VOTES_BACK ? index - VOTES_BACK : 0;
    for (; i < r->article->n_mentions && r->sent_of[i] <= r->sent_of[index]; i++) {
        if (i > index && m->kind == MENTION_PRONOUN)
            break; /* 'We urge China': not China */
        double weight = voice(r, index, i);
        if (weight > 0)
            vote(ballot, r->article->mention[i].code, r->article->mention[i].country_line, weight);
    }
}

void refer_country(struct refer *r, uint32_t index)
{
    struct mention *m = &r->article->mention[index];
    struct ballot ballot = {.n = 0};
    bool first_person = is_first_person(r, m), other = m->kind == MENTION_PRONOUN && !first_person;
    vote_around(r, index, &ballot);
    for (uint32_t k = 0; k < r->title.n && !first_person; k++)
        vote(&ballot, r->title.code[k], r->title.line[k],
             r->title.weight[k] * (other && k == 0 ? vote_title_first : 1));
    weigh_office(r, &ballot, r->work->info[m->head].office);
    uint32_t best = 0;
    for (uint32_t k = 1; k < ballot.n; k++)
        if (ballot.weight[k] > ballot.weight[best])
            best = k;
    if (ballot.n) {
        memcpy(m->code, ballot.code[best], 4);
        m->country_line = ballot.line[best];
    } else if (code_set(r->main_code) && m->kind != MENTION_PRONOUN) {
        memcpy(m->code, r->main_code, 4);
        m->country_line = r->main_line;
    }
    r->guessed[index] = code_set(m->code);
    if (code_set(m->code))
        m->flags |= MENTION_AROUND;
}

/* All states that the text names, and the one that is named most often. */
void refer_main_country(struct refer *r)
{
    double most = 0;
    for (uint32_t i = 0; i < r->article->n_mentions; i++) {
        const struct mention *m = &r->article->mention[i];
        if (refer_is_state(r, m) && !(r->work->info[m->head].flags & INFO_UNSURE))
            vote(&r->present, m->code, m->country_line, 1);
    }
    for (uint32_t k = 0; k < r->present.n; k++)
        if (r->present.weight[k] > most) {
            most = r->present.weight[k];
            memcpy(r->main_code, r->present.code[k], 4);
            r->main_line = r->present.line[k];
        }
}

/* A name in the title speaks for its country: a state's, or of who is in office. */
void refer_vote_in_title(void *self, const struct actor_use *use)
{
    struct refer *r = self;
    const struct actor_lexicon *actors = r->work->actors;
    uint32_t kind = actors->entity[use->entity].kind;
    const struct actor_role *role;
    if (actor_role_at(actors, use->entity, r->work->day, &role) != 1)
        return;
    if (use->kind == USE_CITY || use->kind == USE_REGION)
        vote(&r->title, role->code, use->line, vote_title_town);
    else if (kind == ENTITY_STATE ||
        (kind == ENTITY_PLACE && actor_state(actors, role->code) != IMAGE_NONE))
        vote(&r->title, role->code, use->line, vote_title);
    else if (kind == ENTITY_PERSON &&
             (use->kind != USE_SURNAME || role->office_entity != IMAGE_NONE))
        vote(&r->title, role->code, use->line, vote_title_person);
}
