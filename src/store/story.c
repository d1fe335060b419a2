/* SPDX-License-Identifier: MIT */
/*
 * story.c - find the story that an article tells.
 *
 * Method  Table `sketch` holds, for each story, the sampled shingles of its articles (sketch.h) under
 *         keys of which the first bits are the fortnight: what is looked for lies together, and a story
 *         is looked for among those of the weeks around it. The stories that share most with the new
 *         article are compared word by word: the share of the shorter text that stands in the other,
 *         TOLD or more, makes them one. What many stories have (the closing paragraphs of a ministry's
 *         releases) counts for nothing: a stretch both have is left out of the reckoning when half of
 *         the sampled shingles in it are known from COMMON stories.
 * Limits  SKETCH_WORDS_MAX words of a text; CANDIDATES_MAX texts compared.
 */
#include "store/story.h"

#include "core/date.h"

#define PERIOD_DAYS 16
#define KEY_BITS 46      /* of the shingle; the period stands above */
#define COMMON 4         /* stories that have a shingle before it says nothing */
#define TALLY_MAX 128    /* stories that share a shingle */
#define CANDIDATES_MAX 3
#define TOLD 0.40
#define SURE 0.7         /* the story's first text need not be looked at, too */
#define ALL 0.95         /* so much of the shorter text is all of it, common or not */
#define SHARED_LEAST 10  /* shingles */

const char *story_copy_name(enum story_copy copy)
{
    return copy == STORY_SAME ? "same" : copy == STORY_NEAR ? "near" : NULL;
}

/* ---- keys ---- */

/* The fortnights of the day, and the one next to it that is nearer; 0 and 0 without a date. */
static void periods_of(struct date date, sqlite3_int64 out[2])
{
    out[0] = out[1] = 0;
    if (date_is_none(date))
        return;
    int64_t day = (int64_t)date_first_day(date) + 1000000; /* above 0 */
    out[0] = day / PERIOD_DAYS;
    out[1] = out[0] + (day % PERIOD_DAYS < PERIOD_DAYS / 2 ? -1 : 1);
}

static sqlite3_int64 key_of(sqlite3_int64 period, uint64_t shingle)
{
    return (period & 0x1ffff) << KEY_BITS | (sqlite3_int64)(shingle & ((UINT64_C(1) << KEY_BITS) - 1));
}

/* ---- stories that share shingles ---- */

struct candidate {
    sqlite3_int64 story, article; /* the article that brought the first shingle that is shared */
    uint32_t n;
};

struct tally {
    struct candidate of[TALLY_MAX];
    uint32_t n;
};

static void count(struct tally *tally, sqlite3_int64 story, sqlite3_int64 article)
{
    uint32_t i = 0;
    while (i < tally->n && tally->of[i].story != story)
        i++;
    if (i == tally->n) {
        if (tally->n == TALLY_MAX)
            return;
        tally->of[tally->n++] = (struct candidate){.story = story, .article = article};
    }
    tally->of[i].n++;
}

/* Written behind `n` of them unless the story is there already. */
static bool is_new(struct candidate *all, uint32_t n, const struct candidate *one)
{
    for (uint32_t i = 0; i < n; i++)
        if (all[i].story == one->story)
            return false;
    all[n] = *one;
    return true;
}

/* The stories under a key of either fortnight, at most COMMON; a common one is not tallied. */
static int look_up(struct dm_store *store, const sqlite3_int64 period[2], uint64_t shingle,
                   struct tally *tally, bool *common, struct dm_error *err)
{
    sqlite3_stmt *s = store->statement[STORE_SKETCH];
    struct candidate found[COMMON];
    uint32_t n = 0;
    int step = SQLITE_DONE;
    for (int i = 0; i < (period[1] ? 2 : 1); i++) {
        sqlite3_bind_int64(s, 1, key_of(period[i], shingle));
        while (n < COMMON && (step = sqlite3_step(s)) == SQLITE_ROW)
            n += is_new(found, n, &(struct candidate){.story = sqlite3_column_int64(s, 0),
                                                      .article = sqlite3_column_int64(s, 1)});
        sqlite3_reset(s);
        if (step != SQLITE_DONE && step != SQLITE_ROW)
            return store_fail(store, "looking for the story", err);
    }
    *common = n >= COMMON;
    for (uint32_t i = 0; i < n && !*common; i++)
        count(tally, found[i].story, found[i].article);
    return DM_OK;
}

/* The next best of the tally, taken out of it; NULL: none that is worth a look. */
static struct candidate *best_of(struct tally *tally, uint32_t least)
{
    struct candidate *best = NULL;
    for (uint32_t i = 0; i < tally->n; i++) {
        struct candidate *at = &tally->of[i];
        if (at->n >= least && (!best || at->n > best->n ||
                               (at->n == best->n && at->story < best->story)))
            best = at;
    }
    return best;
}

/* ---- two texts ---- */

/* What of the new text's shingles stands in the other, and how much of that is in everybody's mouth. */
struct overlap {
    uint32_t shared, common;
};

static struct overlap overlap_of(const struct sketch *sketch, const uint8_t *kept,
                                 const uint64_t *set, uint32_t size)
{
    struct overlap out = {0};
    for (uint32_t i = 0; i < sketch->n;) {
        uint32_t begin = i, n_kept = 0, n_common = 0;
        while (i < sketch->n && sketch_set_has(set, size, sketch->shingle[i])) {
            n_kept += kept[i] != 0;
            n_common += kept[i] == 2;
            i++;
        }
        out.shared += i - begin;
        if (n_common && n_common * 2 >= n_kept)
            out.common += i - begin;
        i += i == begin;
    }
    return out;
}

/* The share of the shorter text that stands in the other; 0 where that is too little to say. */
static int compare(struct dm_store *store, const struct sketch *sketch, const uint8_t *kept,
                   sqlite3_int64 article, struct arena *arena, double *out, struct dm_error *err)
{
    sqlite3_stmt *s = store->statement[STORE_TEXT];
    struct arena_mark mark = arena_mark(arena);
    struct sketch other;
    uint32_t size = 0;
    uint64_t *set = NULL;
    *out = 0;
    sqlite3_bind_int64(s, 1, article);
    int step = sqlite3_step(s), rc = DM_OK;
    if (step == SQLITE_ROW) {
        struct slice text = slice_make(store_text(s, 0), (size_t)sqlite3_column_bytes(s, 0));
        if (sketch_make(arena, text, &other))
            set = sketch_set(arena, &other, &size);
        if (!set)
            rc = dm_fail(err, DM_ENOMEM, "%s: out of memory comparing texts", store->path);
    } else if (step != SQLITE_DONE) {
        rc = store_fail(store, "looking for the story", err);
    }
    sqlite3_reset(s);
    if (set) {
        struct overlap overlap = overlap_of(sketch, kept, set, size);
        uint32_t n = sketch->n < other.n ? sketch->n : other.n;
        uint32_t own = overlap.shared - overlap.common;
        if (own >= SHARED_LEAST && n > overlap.common)
            *out = (double)own / (double)(n - overlap.common);
        if (overlap.shared >= SHARED_LEAST && (double)overlap.shared >= ALL * n)
            *out = 1;
    }
    arena_rewind(arena, mark);
    return rc;
}

static int compare_best(struct dm_store *store, struct tally *tally, const uint8_t *kept,
                        struct arena *arena, struct story *story, struct dm_error *err)
{
    uint32_t least = story->n > 6 ? 2 : 1;
    double most = 0;
    int rc = DM_OK;
    struct candidate *at;
    for (int i = 0; rc == DM_OK && i < CANDIDATES_MAX && (at = best_of(tally, least)); i++) {
        double share, first = 0;
        rc = compare(store, &story->sketch, kept, at->article, arena, &share, err);
        if (rc == DM_OK && at->article != at->story && share < SURE)
            rc = compare(store, &story->sketch, kept, at->story, arena, &first, err);
        if (first > share)
            share = first;
        if (rc == DM_OK && share >= TOLD && share > most) {
            most = share;
            story->story = at->story;
            story->copy = STORY_NEAR;
        }
        at->n = 0;
    }
    return rc;
}

/* ---- the whole ---- */

static int find_near(struct dm_store *store, const sqlite3_int64 period[2], struct arena *arena,
                     struct story *story, struct dm_error *err)
{
    struct tally *tally = arena_new(arena, struct tally);
    uint8_t *kept = arena_array(arena, story->sketch.n, uint8_t); /* 1 in the sample, 2 common */
    int rc = tally && kept ? DM_OK : dm_fail(err, DM_ENOMEM, "%s: out of memory", store->path);
    for (uint32_t i = 0; rc == DM_OK && i < story->sketch.n; i++) {
        bool common = false;
        if (!sketch_is_kept(&story->sketch, i) || story->n == STORY_SAMPLE_MAX)
            continue;
        rc = look_up(store, period, story->sketch.shingle[i], tally, &common, err);
        kept[i] = common ? 2 : 1;
        if (!common)
            story->key[story->n++] = key_of(period[0], story->sketch.shingle[i]);
    }
    return rc == DM_OK ? compare_best(store, tally, kept, arena, story, err) : rc;
}

int story_find(struct dm_store *store, struct dm_article *article, struct story *out,
               struct dm_error *err)
{
    struct arena *arena = &article->scratch;
    struct slice text = slice_make(article->text.p + article->text_begin,
                                   article->text.n - article->text_begin);
    sqlite3_int64 period[2];
    struct story story = {.copy = STORY_FIRST};
    story.key = arena_array(arena, STORY_SAMPLE_MAX + 1, sqlite3_int64);
    if (!story.key || !sketch_make(arena, text, &story.sketch))
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", store->path);
    periods_of(article->date, period);
    struct tally same = {.n = 0};
    bool common = false;
    int rc = look_up(store, period, story.sketch.whole, &same, &common, err);
    if (rc == DM_OK && same.n) {
        struct candidate *at = best_of(&same, 1);
        story.story = at->story;
        story.copy = STORY_SAME;
    } else if (rc == DM_OK) {
        rc = find_near(store, period, arena, &story, err);
        story.key[story.n++] = key_of(period[0], story.sketch.whole);
    }
    if (rc == DM_OK)
        *out = story;
    return rc;
}

int story_add(struct dm_store *store, const struct story *story, sqlite3_int64 row,
              struct dm_error *err)
{
    sqlite3_stmt *s = store->statement[STORE_ADD_SKETCH];
    int rc = DM_OK;
    for (uint32_t i = 0; rc == DM_OK && i < story->n; i++) {
        sqlite3_bind_int64(s, 1, story->key[i]);
        sqlite3_bind_int64(s, 2, story->story ? story->story : row);
        sqlite3_bind_int64(s, 3, row);
        rc = store_run(store, STORE_ADD_SKETCH, err);
    }
    return rc;
}
