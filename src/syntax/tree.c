/* SPDX-License-Identifier: MIT */
/*
 * tree.c - the best tree over arc scores: greedy heads, mended where they form cycles.
 *
 * Method   The word whose root arc wins by most over its best other head becomes the root; the best
 *          tree with that root is then exact. The greedy heads are that tree unless they hold a
 *          cycle; cycles are contracted one by one on a copy of the scores and opened again in
 *          reverse (Chu-Liu/Edmonds). Nothing recurses.
 * Memory   For n words with a cycle about 8 (n + 1)^2 bytes, and 2 n a contraction.
 * Limits   The root is chosen before the rest, so with two close candidates the tree may be the
 *          second best.
 */
#include "syntax/tree.h"

#define NO_ARC (-1e30f)

struct contraction {
    uint32_t *node;   /* the cycle's nodes; the first stands for all afterwards */
    uint32_t n;
    uint32_t *owner;  /* of each word: the cycle's node that held it, or UINT32_MAX */
};

struct graph {
    struct arena *scratch;
    uint32_t n, size;     /* nodes 0 (root) .. n; size = n + 1 */
    float *score;         /* [to * size + from] between active nodes */
    uint16_t *from, *to;  /* the words an arc really joins */
    uint32_t *active, n_active; /* active nodes but the root */
    uint32_t *best;       /* of each active node: where its best arc comes from (a node) */
    uint32_t *home;       /* of each word: the active node that holds it now */
    uint32_t *state;
    struct contraction *contraction;
    uint32_t n_contractions;
};

/* The best head of each word but the root, and as root the word whose root arc wins by most. */
static uint32_t greedy(const float *score, size_t ld, uint32_t n, uint32_t *head,
                       enum tensor_path path)
{
    uint32_t root = 0;
    float lead = 0;
    for (uint32_t d = 0; d < n; d++) {
        const float *row = score + d * ld;
        head[d] = (uint32_t)tensor_best(row + 1, n, path) + 1;
        float ahead = row[0] - row[head[d]];
        if (d == 0 || ahead > lead) {
            lead = ahead;
            root = d;
        }
    }
    head[root] = 0;
    return root;
}

/* A node on a cycle of heads (1..n), 0 when there is none. state: n + 1 zeroed cells. */
static uint32_t find_cycle(const uint32_t *head, uint32_t n, uint32_t *state)
{
    for (uint32_t i = 1; i <= n; i++) {
        uint32_t at = i;
        while (at && !state[at]) {
            state[at] = i;
            at = head[at - 1];
        }
        if (at && state[at] == i)
            return at;
    }
    return 0;
}

static bool graph_init(struct graph *g, const float *score, size_t ld, uint32_t n, uint32_t root,
                       struct arena *scratch)
{
    size_t size = (size_t)n + 1;
    *g = (struct graph){.scratch = scratch, .n = n, .size = n + 1, .n_active = n};
    g->score = arena_array(scratch, size * size, float);
    g->from = arena_array(scratch, size * size, uint16_t);
    g->to = arena_array(scratch, size * size, uint16_t);
    g->active = arena_array(scratch, size, uint32_t);
    g->best = arena_array(scratch, size, uint32_t);
    g->home = arena_array(scratch, size, uint32_t);
    g->state = arena_array(scratch, size, uint32_t);
    g->contraction = arena_array(scratch, size, struct contraction);
    if (!g->score || !g->from || !g->to || !g->active || !g->best || !g->home || !g->state ||
        !g->contraction)
        return false;
    for (uint32_t to = 1; to <= n; to++) {
        g->active[to - 1] = g->home[to] = to;
        for (uint32_t from = 0; from <= n; from++) {
            size_t at = to * size + from;
            bool open = from != to && (from == 0) == (to == root + 1);
            g->score[at] = open ? score[(to - 1) * ld + from] : NO_ARC;
            g->from[at] = (uint16_t)from;
            g->to[at] = (uint16_t)to;
        }
    }
    return true;
}

/* Best arc into every active node; a node on a cycle of them, 0 when they form a tree. */
static uint32_t graph_cycle(struct graph *g)
{
    for (uint32_t i = 0; i < g->n_active; i++) {
        uint32_t to = g->active[i], best = 0;
        const float *row = g->score + (size_t)to * g->size;
        for (uint32_t j = 0; j < g->n_active; j++)
            if (g->active[j] != to && row[g->active[j]] > row[best])
                best = g->active[j];
        g->best[to] = best;
    }
    memset(g->state, 0, g->size * sizeof *g->state);
    for (uint32_t i = 0; i < g->n_active; i++) {
        uint32_t at = g->active[i], mark = i + 1;
        while (at && !g->state[at]) {
            g->state[at] = mark;
            at = g->best[at];
        }
        if (at && g->state[at] == mark)
            return at;
    }
    return 0;
}

/* Put the better of two arcs where `keep` stands. */
static void take_better(struct graph *g, size_t keep, size_t other, float score)
{
    if (score > g->score[keep]) {
        g->score[keep] = score;
        g->from[keep] = g->from[other];
        g->to[keep] = g->to[other];
    }
}

/* Make the cycle through `start` one node, its first. */
static bool contract(struct graph *g, uint32_t start)
{
    struct contraction *c = &g->contraction[g->n_contractions++];
    size_t size = g->size;
    c->node = arena_array(g->scratch, g->n_active, uint32_t);
    c->owner = arena_array(g->scratch, size, uint32_t);
    if (!c->node || !c->owner)
        return false;
    memset(g->state, 0, size * sizeof *g->state);
    for (uint32_t at = start; !g->state[at]; at = g->best[at]) {
        g->state[at] = 1;
        c->node[c->n++] = at;
    }
    uint32_t rep = c->node[0];
    for (uint32_t w = 0; w < size; w++)
        c->owner[w] = w && g->state[g->home[w]] ? g->home[w] : UINT32_MAX;
    /* What a word's own arc in the cycle is worth is lost when another enters there. */
    for (uint32_t i = 0; i < c->n; i++) {
        uint32_t v = c->node[i];
        float own = g->score[v * size + g->best[v]];
        for (uint32_t x = 0; x < size; x++)
            if (x != g->best[v] && g->score[v * size + x] > NO_ARC)
                g->score[v * size + x] -= own;
    }
    for (uint32_t j = 0; j <= g->n_active; j++) {
        uint32_t x = j < g->n_active ? g->active[j] : 0;
        if (x && g->state[x])
            continue;
        for (uint32_t i = 1; i < c->n; i++) {
            uint32_t v = c->node[i];
            take_better(g, rep * size + x, v * size + x, g->score[v * size + x]);
            if (x)
                take_better(g, x * size + rep, x * size + v, g->score[x * size + v]);
        }
    }
    uint32_t n = 0;
    for (uint32_t i = 0; i < g->n_active; i++)
        if (!g->state[g->active[i]] || g->active[i] == rep)
            g->active[n++] = g->active[i];
    g->n_active = n;
    for (uint32_t w = 1; w < size; w++)
        if (c->owner[w] != UINT32_MAX)
            g->home[w] = rep;
    return true;
}

/* The arcs of each cycle's nodes must outlive the contraction that overwrites its first node. */
struct saved {
    uint16_t from, to;
};

static bool solve(struct graph *g, uint32_t *head)
{
    struct saved **saved = arena_array(g->scratch, g->size, struct saved *);
    uint32_t cycle;
    if (!saved)
        return false;
    while ((cycle = graph_cycle(g)) != 0) {
        /* the cycle's own arcs, in the order contract() walks it */
        struct saved *arc = arena_array(g->scratch, g->n_active, struct saved);
        if (!arc)
            return false;
        uint32_t n = 0, at = cycle;
        do {
            size_t cell = (size_t)at * g->size + g->best[at];
            arc[n++] = (struct saved){g->from[cell], g->to[cell]};
            at = g->best[at];
        } while (at != cycle);
        saved[g->n_contractions] = arc;
        if (!contract(g, cycle))
            return false;
    }
    for (uint32_t d = 0; d < g->n; d++)
        head[d] = UINT32_MAX;
    for (uint32_t i = 0; i < g->n_active; i++) {
        size_t cell = (size_t)g->active[i] * g->size + g->best[g->active[i]];
        head[g->to[cell] - 1] = g->from[cell];
    }
    for (uint32_t k = g->n_contractions; k-- > 0;) {
        const struct contraction *c = &g->contraction[k];
        uint32_t entered = UINT32_MAX; /* the node of the cycle that an arc from outside enters */
        for (uint32_t w = 1; w <= g->n; w++)
            if (c->owner[w] != UINT32_MAX && head[w - 1] != UINT32_MAX)
                entered = c->owner[w];
        for (uint32_t i = 0; i < c->n; i++)
            if (c->node[i] != entered)
                head[saved[k][i].to - 1] = saved[k][i].from;
    }
    return true;
}

bool tree_decode(float *score, size_t ld, uint32_t n, uint32_t *head, enum tensor_path path,
                 struct arena *scratch)
{
    if (n == 0)
        return true;
    if (n == 1) {
        head[0] = 0;
        return true;
    }
    struct arena_mark mark = arena_mark(scratch);
    uint32_t *state = arena_array(scratch, (size_t)n + 1, uint32_t);
    if (!state)
        return false;
    for (uint32_t d = 0; d < n; d++)
        score[d * ld + d + 1] = 2 * NO_ARC; /* no word is its own head, whatever the others are */
    uint32_t root = greedy(score, ld, n, head, path);
    bool ok = true;
    if (find_cycle(head, n, state)) {
        struct graph graph;
        ok = graph_init(&graph, score, ld, n, root, scratch) && solve(&graph, head);
    }
    arena_rewind(scratch, mark);
    return ok;
}
