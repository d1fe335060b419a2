/* SPDX-License-Identifier: MIT */
/*
 * penn.h - Penn Treebank tags as the English treebanks of UD use them (column XPOS).
 *
 * Numbers are stored in model files and in token.xpos: append, never reorder. 0 is no tag.
 */
#ifndef ARTICLE_PENN_H
#define ARTICLE_PENN_H

#include "core/slice.h"

/* X(enum name, "tag") ORDER PENN */
#define PENN_TAGS(X)                                                                               \
    X(NONE, "_") X(DOLLAR, "$") X(CLOSE_QUOTE, "''") X(COMMA, ",") X(LRB, "-LRB-")                 \
    X(RRB, "-RRB-") X(STOP, ".") X(COLON, ":") X(ADD, "ADD") X(AFX, "AFX") X(CC, "CC")             \
    X(CD, "CD") X(DT, "DT") X(EX, "EX") X(FW, "FW") X(GW, "GW") X(HYPH, "HYPH") X(IN, "IN")        \
    X(JJ, "JJ") X(JJR, "JJR") X(JJS, "JJS") X(LS, "LS") X(MD, "MD") X(NFP, "NFP") X(NN, "NN")      \
    X(NNP, "NNP") X(NNPS, "NNPS") X(NNS, "NNS") X(PDT, "PDT") X(POS, "POS") X(PRP, "PRP")          \
    X(PRP_POSS, "PRP$") X(RB, "RB") X(RBR, "RBR") X(RBS, "RBS") X(RP, "RP") X(SYM, "SYM")          \
    X(TO, "TO") X(UH, "UH") X(VB, "VB") X(VBD, "VBD") X(VBG, "VBG") X(VBN, "VBN")                  \
    X(VBP, "VBP") X(VBZ, "VBZ") X(WDT, "WDT") X(WP, "WP") X(WP_POSS, "WP$") X(WRB, "WRB")          \
    X(OPEN_QUOTE, "``") X(XX, "XX")

enum penn {
#define X(id, tag) PENN_##id,
    PENN_TAGS(X)
#undef X
    PENN_COUNT
};

const char *penn_name(unsigned penn); /* "_" for what is none */
unsigned penn_of(struct slice tag);   /* PENN_NONE for an unknown tag */

#endif
