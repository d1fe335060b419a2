/* SPDX-License-Identifier: MIT */
/*
 * refer-pronoun.c - whom a pronoun means, and who speaks.
 *
 * Method   Relative pronouns mean the noun over their clause, reflexive ones the subject; 'I' and
 *          'we' who speaks: the subject of the reporting verb over or beside the quotation, or the
 *          last who spoke where a quotation goes on. 'he', 'it', 'they' are looked for before
 *          (refer.c).
 */
#include "actors/refer.h"

/* ---- who speaks ---- */

/* Whose it is: the ministry of 'a ministry statement' and 'a statement by the ministry'. */
static uint32_t owner_of(const struct refer *r, uint32_t noun)
{
    for (uint32_t c = r->work->child[noun]; c != ARTICLE_NONE; c = r->work->next[c]) {
        enum relation rel = work_rel(r->work, c);
        uint32_t m = r->article->mention_of[c];
        if ((rel == REL_COMPOUND || rel == REL_NMOD) && m != ARTICLE_NONE &&
            !(r->article->mention[m].flags & MENTION_PLACE))
            return m;
    }
    return ARTICLE_NONE;
}

static uint32_t subject_of(const struct refer *r, uint32_t verb)
{
    for (uint32_t c = r->work->child[verb]; c != ARTICLE_NONE; c = r->work->next[c]) {
        if (work_rel(r->work, c) != REL_NSUBJ)
            continue;
        uint32_t m = r->article->mention_of[c];
        if (m == ARTICLE_NONE)
            m = owner_of(r, c);
        if (m != ARTICLE_NONE)
            return m;
    }
    return ARTICLE_NONE;
}

void refer_find_speaker(struct refer *r, uint32_t sent)
{
    const struct sentence *s = &r->article->sent[sent];
    r->speaker = ARTICLE_NONE;
    r->before = r->last_speaker;
    for (uint32_t t = s->first; t < s->end; t++) {
        const struct token *tok = work_tok(r->work, t);
        if (tok->upos != UPOS_VERB || tok->flags & TOK_QUOTED ||
            !names_in_class(r->work, t, ASK_REPORT))
            continue;
        uint32_t who = subject_of(r, t);
        if (who != ARTICLE_NONE && r->speaker == ARTICLE_NONE)
            r->speaker = who;
    }
    if (r->speaker != ARTICLE_NONE)
        r->last_speaker = r->speaker;
    for (uint32_t t = s->first; t < s->end; t++) /* 'Jane Doe, Secretary of State' */
        if (work_tok(r->work, t)->head == ARTICLE_NONE && s->end - s->first < 16) {
            uint32_t m = r->article->mention_of[t];
            if (m != ARTICLE_NONE && r->article->mention[m].kind == MENTION_NAME &&
                r->article->mention[m].flags & MENTION_PERSON)
                r->author = m;
        }
}

/* The speaker of what stands at t: the nearest reporting verb over it, else the sentence's. */
static uint32_t speaker_at(const struct refer *r, uint32_t t)
{
    uint32_t from = t;
    for (unsigned steps = 0; steps < 64 && work_tok(r->work, from)->head != ARTICLE_NONE; steps++) {
        uint32_t verb = work_tok(r->work, from)->head;
        if (work_tok(r->work, verb)->upos == UPOS_VERB && work_rel(r->work, from) != REL_NSUBJ &&
            names_in_class(r->work, verb, ASK_REPORT)) {
            uint32_t who = subject_of(r, verb);
            if (who != ARTICLE_NONE && r->article->mention[who].head != t)
                return who;
        }
        from = verb;
    }
    if (r->speaker != ARTICLE_NONE && r->article->mention[r->speaker].head != t)
        return r->speaker;
    return work_tok(r->work, t)->flags & TOK_QUOTED ? r->before : r->author;
}

/* Is the token the subject of a verb that says? */
bool refer_says(const struct refer *r, uint32_t t)
{
    uint32_t head = work_tok(r->work, t)->head;
    return head != ARTICLE_NONE && refer_is_subject(r, t) &&
           names_in_class(r->work, head, ASK_REPORT);
}

/* ---- the kinds ---- */

/* The noun over the relative clause that t stands in. */
static uint32_t relative_head(const struct refer *r, uint32_t t)
{
    for (unsigned steps = 0; steps < 64 && t != ARTICLE_NONE; steps++) {
        const struct token *tok = work_tok(r->work, t);
        if (tok->rel == REL_ACL_RELCL && tok->head != ARTICLE_NONE)
            return r->article->mention_of[tok->head];
        t = tok->head;
    }
    return ARTICLE_NONE;
}

/* The subject of the clause: of 'himself', 'each other'. */
static uint32_t clause_subject(const struct refer *r, uint32_t t)
{
    uint32_t clause = refer_clause(r, t);
    for (unsigned steps = 0; steps < 8 && clause != ARTICLE_NONE; steps++) {
        uint32_t who = subject_of(r, clause);
        if (who != ARTICLE_NONE)
            return who;
        uint32_t head = work_tok(r->work, clause)->head;
        clause = head == ARTICLE_NONE ? ARTICLE_NONE : refer_clause(r, head);
    }
    return ARTICLE_NONE;
}

/* 'it was announced that ...', 'it is difficult to ...': it means the clause, nobody. */
static bool is_empty(const struct refer *r, uint32_t t)
{
    uint32_t head = work_tok(r->work, t)->head;
    if (head == ARTICLE_NONE || !refer_is_subject(r, t))
        return false;
    bool passive = work_tok(r->work, t)->rel == REL_NSUBJ_PASS;
    if (!passive && work_tok(r->work, head)->upos == UPOS_VERB)
        return false;
    for (uint32_t c = r->work->child[head]; c != ARTICLE_NONE; c = r->work->next[c]) {
        enum relation rel = work_rel(r->work, c);
        if (rel == REL_CSUBJ || rel == REL_CCOMP || (!passive && rel == REL_XCOMP))
            return true;
    }
    return false;
}

static bool is_named_person(const struct mention *m)
{
    return m->kind == MENTION_NAME && m->flags & MENTION_PERSON && code_set(m->code);
}

/* The mention that c is coordinated with, by the tree: "Russia" of 'the US and Russia'. */
static uint32_t second_of(const struct refer *r, uint32_t first, uint32_t before)
{
    uint32_t t = r->article->mention[first].head;
    for (uint32_t c = r->work->child[t]; c != ARTICLE_NONE && c < before; c = r->work->next[c]) {
        uint32_t m = r->article->mention_of[c];
        if (work_rel(r->work, c) == REL_CONJ && m != ARTICLE_NONE)
            return m;
    }
    return ARTICLE_NONE;
}

/* 'the US and Russia are working to slash their arsenals': the two that are the subject. */
static bool take_coordination(struct refer *r, uint32_t index)
{
    struct mention *m = &r->article->mention[index];
    for (uint32_t i = index; i-- > 0 && r->sent_of[i] == r->sent_of[index];) {
        const struct mention *a = &r->article->mention[i];
        if (!refer_is_subject(r, a->head))
            continue;
        uint32_t second = second_of(r, i, m->head);
        if (second == ARTICLE_NONE)
            return false; /* a nearer subject is meant, or none */
        const struct mention *b = &r->article->mention[second];
        if (!code_set(a->code) || !code_set(b->code) || code_eq(a->code, b->code) ||
            a->kind == MENTION_GROUP || b->kind == MENTION_GROUP)
            return false;
        m->kind = MENTION_GROUP;
        m->flags |= MENTION_ACTOR;
        m->n_members = 2;
        m->member[0] = i;
        m->member[1] = second;
        memcpy(m->code, a->code, 4); /* one of them, for who wants one */
        if (code_eq(a->sector, b->sector))
            memcpy(m->sector, a->sector, 4);
        return true;
    }
    return false;
}

/* 'Lavrov met Kerry. They ...': the subject of the sentence before, and who is named behind. */
static bool take_pair(struct refer *r, uint32_t index)
{
    struct mention *m = &r->article->mention[index];
    uint32_t sent = r->sent_of[index], first = index, n = 0, member[2] = {0};
    while (first && r->sent_of[first - 1] + 1 >= sent)
        first--;
    for (uint32_t i = first; i < index && r->sent_of[i] < sent && n < 2; i++) {
        const struct mention *c = &r->article->mention[i];
        bool wanted = is_named_person(c) && (n || refer_is_subject(r, c->head));
        bool same = n && c->entity != ARTICLE_NONE &&
                    c->entity == r->article->mention[member[0]].entity;
        if (wanted && !same)
            member[n++] = i;
    }
    if (n < 2)
        return false;
    m->kind = MENTION_GROUP;
    m->flags |= MENTION_ACTOR;
    m->n_members = n;
    memcpy(m->member, member, sizeof member);
    memcpy(m->code, r->article->mention[member[0]].code, 4); /* one of them, for who wants one */
    return true;
}

/*
 * Is it one body, or named before the last sentence? Two persons named since are more likely meant.
 */
static bool is_weak(const struct refer *r, uint32_t index, uint32_t from)
{
    return from == ARTICLE_NONE || r->sent_of[from] + 1 < r->sent_of[index] ||
           (r->sent_of[from] < r->sent_of[index] &&
            !(r->article->mention[from].flags & MENTION_PLURAL) &&
            r->article->mention[from].kind != MENTION_GROUP);
}

void refer_pronoun(struct refer *r, uint32_t index)
{
    struct mention *m = &r->article->mention[index];
    const struct token *tok = work_tok(r->work, m->head);
    uint32_t from = ARTICLE_NONE;
    if (tok->feats & FEAT(PLUR))
        m->flags |= MENTION_PLURAL;
    if (tok->feats & FEAT(REL))
        from = relative_head(r, m->head);
    else if (tok->feats & FEAT(REFLEX))
        from = clause_subject(r, m->head);
    else if (tok->feats & FEAT(P1))
        from = speaker_at(r, m->head);
    else if (tok->feats & FEAT(P3) && tok->feats & FEAT(PLUR)) {
        if (take_coordination(r, index))
            return;
        from = refer_best(r, index, PRONOUN_MANY, 0, refer_says(r, m->head));
        if (refer_is_subject(r, m->head) && is_weak(r, index, from) && take_pair(r, index))
            return;
        if (from == ARTICLE_NONE)
            refer_group(r, index, 2, GROUP_PARTIES); /* 'X met Y. They ...' */
    } else if (tok->feats & FEAT(P3) && tok->feats & (FEAT(MASC) | FEAT(FEM))) {
        m->gender = tok->feats & FEAT(MASC) ? 'm' : 'f';
        m->flags |= MENTION_PERSON;
        from = refer_best(r, index, PRONOUN_PERSON, m->gender, refer_says(r, m->head));
    } else if (tok->feats & FEAT(P3) && !is_empty(r, m->head))
        from = refer_best(r, index, PRONOUN_THING, 'n', refer_says(r, m->head));
    if (from != ARTICLE_NONE && from != index)
        refer_take(r, m, from);
}
