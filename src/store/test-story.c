/* SPDX-License-Identifier: MIT */
/* test-story.c - shingles of a text, and which articles are one story. */
#include "check.h"
#include "store/story.h"

#include <stdlib.h>
#include <unistd.h>

#define LEAD                                                                                       \
    "The foreign ministry in Moscow accused Georgia on Monday of violating the ceasefire that both " \
    "sides had signed in August. "
#define BODY                                                                                       \
    "Georgian troops fired at a village near the border of South Ossetia, it said, and two policemen " \
    "were hurt. The interior ministry in Tbilisi denied that any of its men had opened fire. Observers " \
    "of the European Union heard shots from both sides but saw nobody, their spokesman told reporters. "
#define END                                                                                        \
    "Talks on security in the region are to go on in Geneva next month, when mediators hope to agree on " \
    "a way to report such incidents at once. "
#define OTHER                                                                                      \
    "Parliament in Kabul rejected most of the ministers whom the president had named for his new cabinet, " \
    "among them a warlord from the west. Lawmakers voted in secret for more than five hours. "
#define HALF                                                                                       \
    "Lawmakers in Kabul sat long. Lawmakers voted in secret for more than five hours. They did so in " \
    "heavy snow, in the third winter since the last vote of this kind was held. "
#define CLOSING                                                                                    \
    "The agency has reported from more than ninety countries since its founding and sends its dispatches " \
    "to some two thousand papers in eleven languages every day of the year. Its correspondents follow a " \
    "code that forbids them to take money, gifts or free flights from anybody whom they write about. "

#define SHIPS                                                                                      \
    "Ships left the harbour of Aden at dawn with grain on board, the first in half a year. Their owners " \
    "had waited for an escort that never came and took the risk when prices in Djibouti doubled, said a " \
    "captain who has sailed the strait since he was sixteen and knows every rock of it by name. " \
    "The harbour master counted nine of them before fog came down over the bay. Two more lay at anchor for " \
    "want of a crew. Wages have trebled since spring, and still few will go. "
#define COURT                                                                                      \
    "The court in The Hague heard two more witnesses of the war on Tuesday, both of whom spoke behind a " \
    "curtain and under names that were not theirs. Nobody knows when the judges will rule on what is " \
    "one of their oldest cases by now, with eleven lawyers and forty thousand pages of files. " \
    "One man said he had carried water to the prisoners for a year. The other had kept the keys, and wept " \
    "when he was asked where they are now. The accused looked at neither of them, and took notes. "
#define DAM                                                                                        \
    "A dam broke in the north of the country after days of rain, and four towns are under water. "

static bool sketch_of(struct arena *arena, const char *text, struct sketch *out)
{
    return sketch_make(arena, slice_of(text), out);
}

static void check_sketch(void)
{
    struct arena arena;
    struct sketch a, b, none;
    arena_init(&arena, 1 << 20);
    CHECK(sketch_of(&arena, "\"Peace talks failed,\" he said.", &a) &&
              sketch_of(&arena, "“PEACE talks\n  failed” – he SAID", &b), "memory");
    CHECK_INT(a.n_words, 5, "words");
    CHECK_INT(a.n, 5 - SKETCH_WORDS + 1, "shingles");
    CHECK(a.whole == b.whole, "typography does not count");
    CHECK(a.n == b.n && memcmp(a.shingle, b.shingle, a.n * sizeof *a.shingle) == 0, "the same shingles");
    CHECK(sketch_of(&arena, "Peace talks failed he says", &b) && a.whole != b.whole, "a word does");
    CHECK(sketch_of(&arena, " -- ", &none) && none.n == 0 && none.n_words == 0, "no words");
    uint32_t size;
    const uint64_t *set = sketch_set(&arena, &a, &size);
    CHECK(set && sketch_set_has(set, size, a.shingle[0]) && !sketch_set_has(set, size, 12345), "a set");
    arena.fail_after = 0;
    CHECK(!sketch_of(&arena, "Peace talks failed", &none), "no memory is told");
    arena_deinit(&arena);
}

/* In this order; `like` is the row, from 1, of the article whose story each is in. */
static const struct {
    const char *what, *date, *text;
    int like;
} cases[] = {
    {"the first of a story", "2010-02-17", LEAD BODY END, 1},
    {"the same, set otherwise", "2010-02-18", LEAD "\n\n" BODY "\n\n" END "\n", 1},
    {"cut", "2010-02-18", LEAD BODY, 1},
    {"topped", "2010-02-19", "Shots were heard again on one of Europe's borders. " BODY END, 1},
    {"another story", "2010-02-18", OTHER, 5},
    {"half of another", "2010-02-18", HALF, 6},
    {"the same text years later", "2012-02-17", LEAD BODY END, 7},
    {"and three weeks after that", "2012-03-10", LEAD BODY END, 8},
    {"a few words", "2010-02-17", "Nothing new.", 9},
    {"the same few words", "2010-02-20", "NOTHING NEW", 9},
    {"without a date", NULL, LEAD BODY END, 11},
    {"another without", NULL, LEAD BODY, 11},
    /* what many texts share makes no story of them */
    {"closing 1", "2011-05-01", SHIPS CLOSING, 13},
    {"closing 2", "2011-05-02", OTHER OTHER CLOSING, 14},
    {"closing 3", "2011-05-02", LEAD BODY END CLOSING, 15},
    {"closing 4", "2011-05-03", COURT CLOSING, 16},
    {"closing 5: not like the first", "2011-05-04", DAM CLOSING, 17},
};
#define N_CASES (sizeof cases / sizeof *cases)

static void put(struct dm_store *store, size_t i)
{
    struct dm_article *article = dm_article_new();
    struct dm_error err = {0};
    char id[20];
    snprintf(id, sizeof id, "a%zu", i);
    struct dm_given given = {.text = cases[i].text, .n_text = strlen(cases[i].text), .id = id,
                             .date = cases[i].date};
    CHECK_OK(dm_article_set(article, &given, &err), &err);
    CHECK_OK(dm_store_put(store, NULL, article, &err), &err);
    dm_article_free(article);
}

static void check_story(struct dm_store *store, size_t i)
{
    sqlite3_stmt *s = NULL;
    sqlite3_prepare_v2(store->db, "SELECT story FROM article WHERE article = ?1", -1, &s, NULL);
    sqlite3_bind_int(s, 1, (int)i + 1);
    CHECK_INT(sqlite3_step(s), SQLITE_ROW, cases[i].what);
    CHECK_INT(sqlite3_column_int(s, 0), cases[i].like, cases[i].what);
    sqlite3_finalize(s);
}

static void check_stories(void)
{
    char path[] = "/tmp/test-story-XXXXXX";
    struct dm_store *store = NULL;
    struct dm_error err = {0};
    int fd = mkstemp(path);
    CHECK(fd >= 0, "a file");
    close(fd);
    CHECK_OK(dm_store_open(path, DM_STORE_WRITE, &store, &err), &err);
    for (size_t i = 0; store && i < N_CASES; i++) {
        put(store, i);
        check_story(store, i);
    }
    CHECK_OK(dm_store_commit(store, &err), &err);
    dm_store_close(store);
    unlink(path);
}

int main(void)
{
    check_sketch();
    check_stories();
    return check_end();
}
