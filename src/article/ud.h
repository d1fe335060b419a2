/* SPDX-License-Identifier: MIT */
/*
 * ud.h - Universal Dependencies v2 as English uses them: parts of speech, relations, features.
 *
 * Each list is one X-macro; numbers are stored in model files, so append, never reorder (a changed
 * list means a new model version). Names are UD's. A relation that the list lacks is read as its
 * base relation ("nmod:foo" -> nmod), an unknown base as dep.
 * Source: https://universaldependencies.org/guidelines.html
 */
#ifndef ARTICLE_UD_H
#define ARTICLE_UD_H

#include "core/slice.h"

#define UD_UPOS(T)                                                                                 \
    T(X) T(ADJ) T(ADP) T(ADV) T(AUX) T(CCONJ) T(DET) T(INTJ) T(NOUN) T(NUM) T(PART) T(PRON)        \
    T(PROPN) T(PUNCT) T(SCONJ) T(SYM) T(VERB)

enum upos {
#define T(name) UPOS_##name,
    UD_UPOS(T)
#undef T
    UPOS_COUNT
};

/* X(enum name, "UD name"). A subtype stands behind its base. ORDER RELATION */
#define UD_RELATIONS(X)                                                                            \
    X(DEP, "dep") X(ROOT, "root") X(ACL, "acl") X(ACL_RELCL, "acl:relcl") X(ADVCL, "advcl")        \
    X(ADVCL_RELCL, "advcl:relcl") X(ADVMOD, "advmod") X(AMOD, "amod") X(APPOS, "appos")            \
    X(AUX, "aux") X(AUX_PASS, "aux:pass") X(CASE, "case") X(CC, "cc") X(CC_PRECONJ, "cc:preconj")  \
    X(CCOMP, "ccomp") X(CLF, "clf") X(COMPOUND, "compound") X(COMPOUND_PRT, "compound:prt")        \
    X(CONJ, "conj") X(COP, "cop") X(CSUBJ, "csubj") X(CSUBJ_OUTER, "csubj:outer")                  \
    X(CSUBJ_PASS, "csubj:pass") X(DET, "det") X(DET_PREDET, "det:predet")                          \
    X(DISCOURSE, "discourse") X(DISLOCATED, "dislocated") X(EXPL, "expl") X(FIXED, "fixed")        \
    X(FLAT, "flat") X(GOESWITH, "goeswith") X(IOBJ, "iobj") X(LIST, "list") X(MARK, "mark")        \
    X(NMOD, "nmod") X(NMOD_DESC, "nmod:desc") X(NMOD_POSS, "nmod:poss")                            \
    X(NMOD_UNMARKED, "nmod:unmarked") X(NSUBJ, "nsubj") X(NSUBJ_OUTER, "nsubj:outer")              \
    X(NSUBJ_PASS, "nsubj:pass") X(NUMMOD, "nummod") X(OBJ, "obj") X(OBL, "obl")                    \
    X(OBL_AGENT, "obl:agent") X(OBL_UNMARKED, "obl:unmarked") X(ORPHAN, "orphan")                  \
    X(PARATAXIS, "parataxis") X(PUNCT, "punct") X(REPARANDUM, "reparandum")                        \
    X(VOCATIVE, "vocative") X(XCOMP, "xcomp")

enum relation {
#define X(id, name) REL_##id,
    UD_RELATIONS(X)
#undef X
    REL_COUNT
};

/* X(bit name, "Feature", "Value"): one bit each of token.feats. ORDER FEATURE */
#define UD_FEATURES(X)                                                                             \
    X(ABBR, "Abbr", "Yes") X(ACC, "Case", "Acc") X(GEN, "Case", "Gen") X(NOM, "Case", "Nom")       \
    X(DEF, "Definite", "Def") X(IND, "Definite", "Ind") X(CMP, "Degree", "Cmp")                    \
    X(POS, "Degree", "Pos") X(SUP, "Degree", "Sup") X(FEM, "Gender", "Fem")                        \
    X(MASC, "Gender", "Masc") X(NEUT, "Gender", "Neut") X(IMP, "Mood", "Imp")                      \
    X(INDIC, "Mood", "Ind") X(SUBJ, "Mood", "Sub") X(PLUR, "Number", "Plur")                       \
    X(SING, "Number", "Sing") X(CARD, "NumType", "Card") X(ORD, "NumType", "Ord")                  \
    X(P1, "Person", "1") X(P2, "Person", "2") X(P3, "Person", "3") X(NEG, "Polarity", "Neg")       \
    X(POSS, "Poss", "Yes") X(ART, "PronType", "Art") X(DEM, "PronType", "Dem")                     \
    X(INDEF, "PronType", "Ind") X(INT, "PronType", "Int") X(PRNEG, "PronType", "Neg")              \
    X(PRS, "PronType", "Prs") X(REL, "PronType", "Rel") X(TOT, "PronType", "Tot")                  \
    X(REFLEX, "Reflex", "Yes") X(PAST, "Tense", "Past") X(PRES, "Tense", "Pres")                   \
    X(FIN, "VerbForm", "Fin") X(GER, "VerbForm", "Ger") X(INF, "VerbForm", "Inf")                  \
    X(PART, "VerbForm", "Part") X(PASS, "Voice", "Pass") X(PTAN, "Number", "Ptan")                 \
    X(DIGIT, "NumForm", "Digit") X(WORD, "NumForm", "Word") X(COMBI, "NumForm", "Combi")           \
    X(ROMAN, "NumForm", "Roman") X(FRAC, "NumType", "Frac") X(MULT, "NumType", "Mult")             \
    X(AFFIRM, "Polarity", "Pos") X(EMP, "PronType", "Emp") X(RCP, "PronType", "Rcp")               \
    X(FOREIGN, "Foreign", "Yes") X(TYPO, "Typo", "Yes") X(AS_ADP, "ExtPos", "ADP")                 \
    X(AS_ADV, "ExtPos", "ADV") X(AS_SCONJ, "ExtPos", "SCONJ") X(AS_CCONJ, "ExtPos", "CCONJ")       \
    X(AS_PROPN, "ExtPos", "PROPN") X(AS_PRON, "ExtPos", "PRON")

enum feature_bit {
#define X(id, feature, value) FEATBIT_##id,
    UD_FEATURES(X)
#undef X
    FEATBIT_COUNT
};

#define FEAT(id) (UINT64_C(1) << FEATBIT_##id)

const char *upos_name(enum upos upos);
bool upos_of(struct slice name, enum upos *out); /* false: unknown, *out untouched */

const char *relation_name(enum relation relation);
enum relation relation_of(struct slice name);            /* never fails, see above */

/* nsubj:pass -> nsubj */
static inline enum relation relation_base(enum relation rel)
{
    switch (rel) {
    case REL_ACL_RELCL: return REL_ACL;
    case REL_ADVCL_RELCL: return REL_ADVCL;
    case REL_AUX_PASS: return REL_AUX;
    case REL_CC_PRECONJ: return REL_CC;
    case REL_COMPOUND_PRT: return REL_COMPOUND;
    case REL_CSUBJ_OUTER: case REL_CSUBJ_PASS: return REL_CSUBJ;
    case REL_DET_PREDET: return REL_DET;
    case REL_NMOD_DESC: case REL_NMOD_POSS: case REL_NMOD_UNMARKED: return REL_NMOD;
    case REL_NSUBJ_OUTER: case REL_NSUBJ_PASS: return REL_NSUBJ;
    case REL_OBL_AGENT: case REL_OBL_UNMARKED: return REL_OBL;
    default: return rel;
    }
}

/* "Mood=Ind|Tense=Past" to bits; unknown features are left out. "_" is 0. */
uint64_t feats_of(struct slice text);
/* The reverse, features sorted as UD wants, "_" for 0; at most `size` bytes with the NUL. */
size_t feats_format(uint64_t feats, char *out, size_t size);

#endif
