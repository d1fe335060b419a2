/* SPDX-License-Identifier: MIT */
/* tree.h - the best tree over arc scores. */
#ifndef SYNTAX_TREE_H
#define SYNTAX_TREE_H

#include "core/arena.h"
#include "syntax/tensor.h"

/*
 * Heads of n words from score[dep * ld + head] (head 0 the root, word h is h + 1).
 *
 * after    head[d] in [0, n], exactly one 0, no cycle; the scores of words as their own heads are lost
 * cost     n * n when the best heads form a tree already, as they mostly do; n * n a cycle else
 * errors   false: no memory in `scratch`
 * source   Y. Chu and T. Liu 1965, J. Edmonds 1967: arcs of cycles are contracted
 */
bool tree_decode(float *score, size_t ld, uint32_t n, uint32_t *head, enum tensor_path path,
                 struct arena *scratch);

#endif
