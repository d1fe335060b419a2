/* SPDX-License-Identifier: MIT */
/*
 * abbreviations.c - English abbreviations that are written with a full stop.
 *
 * Sorted, so that a look-up is a binary search. Initials ("J.") and runs of letters with stops
 * ("U.S.", "a.m.") are told by their form (tokens.c) and are not listed.
 */
#include "text/split.h"

static const struct { const char *word; unsigned char kind; } table[] = {
#define I ABBREVIATION_INSIDE
#define E ABBREVIATION_EITHER
#define N ABBREVIATION_NUMBER
    {"abp", I}, {"adj", I}, {"adm", I}, {"al", E}, {"ala", E}, {"approx", I}, {"apr", I},
    {"apt", I}, {"ariz", E}, {"ark", E}, {"art", N}, {"assn", E}, {"asst", I}, {"attn", I},
    {"atty", I}, {"aug", I}, {"ave", E}, {"bart", I}, {"bldg", E}, {"blvd", E}, {"brig", I},
    {"bro", I}, {"bros", E}, {"ca", N}, {"calif", E}, {"capt", I}, {"cf", I}, {"ch", N}, {"cmdr", I},
    {"cmdte", I}, {"co", E}, {"col", I}, {"colo", E}, {"comdr", I}, {"cong", I}, {"conn", E},
    {"corp", E}, {"cpl", I}, {"cpt", I}, {"dec", I}, {"del", I}, {"dept", I}, {"dist", I},
    {"div", I}, {"dr", I}, {"ed", N}, {"eds", N}, {"eg", I}, {"esq", E}, {"est", N}, {"etc", E},
    {"excl", I}, {"ext", N}, {"feb", I}, {"ff", E}, {"fig", N}, {"figs", N}, {"fla", E}, {"fr", I},
    {"fri", I}, {"ft", I}, {"ga", E}, {"gen", I}, {"gens", I}, {"gov", I}, {"govs", I}, {"hon", I},
    {"hr", N}, {"hwy", I}, {"ie", I}, {"ill", E}, {"inc", E}, {"incl", I}, {"ind", E}, {"insp", I},
    {"jan", I}, {"jr", E}, {"jul", I}, {"jun", I}, {"kan", E}, {"ky", E}, {"la", E}, {"lt", I},
    {"ltd", E}, {"maj", I}, {"mar", N}, {"mass", E}, {"md", E}, {"messrs", I}, {"mgr", I},
    {"mich", E}, {"minn", E}, {"misc", I}, {"miss", N}, {"mlle", I}, {"mme", I}, {"mo", N},
    {"mon", N}, {"mont", E}, {"mr", I}, {"mrs", I}, {"ms", I}, {"msgr", I}, {"mt", I}, {"neb", E},
    {"nev", E}, {"no", N}, {"nos", N}, {"nov", I}, {"oct", I}, {"okla", E}, {"ont", E}, {"op", N},
    {"ore", E}, {"oz", E}, {"pa", E}, {"par", N}, {"para", N}, {"pfc", I}, {"ph", I}, {"plc", E},
    {"pp", N}, {"pres", I}, {"prof", I}, {"profs", I}, {"pt", N}, {"pte", E}, {"pty", E}, {"pvt", I},
    {"que", E}, {"rd", E}, {"re", N}, {"rep", I}, {"reps", I}, {"rev", I}, {"rm", N}, {"sat", N},
    {"sec", N}, {"sen", I}, {"sens", I}, {"sep", N}, {"sept", I}, {"sgt", I}, {"spc", I},
    {"spec", I}, {"sq", I}, {"sr", E}, {"st", I}, {"ste", I}, {"sun", N}, {"supt", I}, {"tel", N},
    {"tenn", E}, {"tex", E}, {"thu", N}, {"thur", N}, {"thurs", N}, {"treas", I}, {"tue", N},
    {"tues", N}, {"univ", I}, {"va", E}, {"viz", I}, {"vol", N}, {"vols", N}, {"vs", I}, {"vt", E},
    {"wash", E}, {"wed", N}, {"wis", E}, {"wyo", E},
#undef I
#undef E
#undef N
};

/* Function words and adverbs that begin sentences. Sorted. */
static const char *const openers[] = {
    "a", "about", "according", "across", "after", "again", "all", "although", "also", "among", "an",
    "and", "another", "any", "are", "as", "asked", "at", "because", "before", "both", "but", "by",
    "can", "did", "do", "does", "during", "each", "earlier", "even", "every", "few", "finally",
    "following", "for", "from", "further", "given", "has", "have", "he", "her", "here", "his", "how",
    "however", "i", "if", "in", "instead", "is", "it", "its", "just", "last", "later", "like",
    "many", "maybe", "meanwhile", "more", "moreover", "most", "much", "my", "near", "neither",
    "nevertheless", "no", "nor", "not", "now", "of", "on", "once", "one", "only", "or", "other",
    "others", "our", "over", "perhaps", "please", "several", "she", "since", "so", "some", "still",
    "such", "that", "the", "their", "then", "there", "therefore", "these", "they", "this", "those",
    "though", "through", "thus", "to", "today", "two", "under", "unlike", "until", "was", "we",
    "were", "what", "when", "where", "whether", "which", "while", "who", "why", "will", "with",
    "without", "yes", "yesterday", "yet", "you", "your",
};

enum abbreviation abbreviation_of(struct slice word)
{
    size_t low = 0, high = sizeof table / sizeof table[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = slice_compare(word, slice_of(table[middle].word));
        if (order == 0)
            return (enum abbreviation)table[middle].kind;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return ABBREVIATION_NONE;
}

bool split_is_opener(struct slice lower)
{
    size_t low = 0, high = sizeof openers / sizeof openers[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = slice_compare(lower, slice_of(openers[middle]));
        if (order == 0)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}
