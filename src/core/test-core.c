/* SPDX-License-Identifier: MIT */
/* test-core.c - arena, buffers, maps, UTF-8, JSON, dates, files and images. */
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "core/date.h"
#include "core/image.h"
#include "core/json.h"
#include "core/map.h"
#include "core/utf8.h"

static void test_slice(void)
{
    struct slice list = SLICE_LIT("a||b"), piece;
    CHECK(slice_cut(&list, '|', &piece) && slice_is(piece, "a"), "first piece");
    CHECK(slice_cut(&list, '|', &piece) && piece.n == 0, "empty piece");
    CHECK(slice_cut(&list, '|', &piece) && slice_is(piece, "b"), "last piece");
    CHECK(!slice_cut(&list, '|', &piece), "the end");
    uint32_t n = 7;
    CHECK(!slice_to_u32(SLICE_LIT("4294967296"), &n) && n == 7, "too large a number");
    CHECK(slice_to_u32(SLICE_LIT("4294967295"), &n) && n == UINT32_MAX, "the largest");
    CHECK_SLICE(slice_trim(SLICE_LIT(" \t x y\n")), "x y", "trim");
    CHECK_INT(slice_hash(SLICE_LIT("demarche")) != slice_hash(SLICE_LIT("demarchE")), 1, "hash");
}

static void test_arena(void)
{
    struct arena arena;
    arena_init(&arena, 1 << 20);
    char *small = arena_bytes(&arena, 10);
    struct arena_mark mark = arena_mark(&arena);
    for (int i = 0; i < 200; i++)
        CHECK(arena_alloc(&arena, 1000) != NULL, "many allocations");
    arena_rewind(&arena, mark);
    CHECK_INT(arena.used, 10, "rewound");
    char *again = arena_alloc(&arena, 100);
    CHECK(again && again[0] == 0 && again[99] == 0, "zeroed after a rewind");
    CHECK(arena_alloc(&arena, 2 << 20) == NULL, "the limit");
    arena_reset(&arena);
    CHECK(small && arena_copy(&arena, SLICE_LIT("x")).n == 1, "after a reset");
    arena.fail_after = 2;
    CHECK(arena_alloc(&arena, 1) && arena_alloc(&arena, 1) && !arena_alloc(&arena, 1) &&
              !arena_alloc(&arena, 1), "fail_after");
    arena_deinit(&arena);
}

/* An array keeps what was pushed, whether it grows where it stands, with its block, or moves. */
static void test_push(bool crowded)
{
    struct arena arena;
    uint32_t *number = NULL, n = 0, wrong = 0;
    size_t capacity = 0;
    arena_init(&arena, 8 << 20);
    struct arena_mark start = arena_mark(&arena);
    for (uint32_t i = 0; i < 300000; i++) {
        uint32_t *last = ARENA_PUSH(&arena, number, n, capacity);
        CHECK(last && *last == 0, "a new element, zeroed");
        *last = i;
        if (crowded && i % 1000 == 0)
            memset(arena_bytes(&arena, 100), 0xFF, 100); /* so that it must move */
    }
    for (uint32_t i = 0; i < n; i++)
        wrong += number[i] != i;
    CHECK_INT(wrong, 0, "all elements");
    CHECK(arena.used >= n * sizeof *number, "bytes are counted");
    CHECK(crowded || arena.used < 3 * n * sizeof *number / 2 + 400000, "no old copies");
    arena_rewind(&arena, start);
    CHECK_INT(arena.used, 0, "rewound to the start");
    CHECK(arena_alloc(&arena, 7 << 20) != NULL, "all of it is there again");
    number = NULL, n = 0, capacity = 0;
    for (int i = 0; i < 16; i++)
        CHECK(ARENA_PUSH(&arena, number, n, capacity) != NULL, "the first sixteen");
    arena.fail_after = 0;
    CHECK(ARENA_PUSH(&arena, number, n, capacity) == NULL && n == 16, "no memory, nothing changed");
    arena_deinit(&arena);
}

static void test_buf_json(void)
{
    struct buf buf;
    buf_init(&buf, 64);
    struct json json;
    json_init(&json, &buf);
    json_open(&json, '{');
    json_field(&json, "a", SLICE_LIT("\"\\\n\x01\xC3\xA9"));
    json_field(&json, "empty", SLICE_LIT(""));
    json_key(&json, "n");
    json_open(&json, '[');
    json_int(&json, -3);
    json_real(&json, 2.5);
    json_close(&json, ']');
    json_close(&json, '}');
    CHECK_STR(buf.p, "{\"a\":\"\\\"\\\\\\n\\u0001\xC3\xA9\",\"n\":[-3,2.5]}", "json");
    for (int i = 0; i < 10; i++)
        buf_add_text(&buf, "0123456789");
    CHECK(buf.failed && buf.n <= 64, "a buffer's limit");
    buf_deinit(&buf);
}

static void test_map(void)
{
    struct arena arena;
    arena_init(&arena, 64 << 20);
    struct map map;
    map_init(&map, &arena);
    char key[16];
    for (uint32_t i = 0; i < 10000; i++) {
        snprintf(key, sizeof key, "k%u", i);
        map_set(&map, slice_of(key), i);
    }
    int wrong = 0;
    for (uint32_t i = 0; i < 10000; i++) {
        snprintf(key, sizeof key, "k%u", i);
        wrong += map_get(&map, slice_of(key)) != i;
    }
    CHECK_INT(wrong, 0, "10,000 keys");
    CHECK_INT(map_get(&map, SLICE_LIT("none")), MAP_NONE, "no such key");
    arena_deinit(&arena);
}

static void test_utf8(void)
{
    struct arena arena;
    arena_init(&arena, 1 << 20);
    size_t n;
    CHECK_SLICE(utf8_repair(&arena, SLICE_LIT("a\xFF\xFE" "b\xC3"), &n), "a\xEF\xBF\xBD" "b\xEF\xBF\xBD",
                "broken runs");
    CHECK_INT(n, 2, "counted");
    CHECK_INT(utf8_valid_prefix(SLICE_LIT("x\xED\xA0\x80")), 1, "a surrogate is not valid");
    CHECK_INT(utf8_valid_prefix(SLICE_LIT("x\xC0\x80")), 1, "an overlong form is not valid");
    CHECK_SLICE(utf8_fold(&arena, SLICE_LIT("Çavuşoğlu Łódź")), "cavusoglu lodz", "fold");
    CHECK_SLICE(utf8_lower(&arena, SLICE_LIT("ÉTAT A")), "état a", "lower");
    CHECK_INT(utf8_count(SLICE_LIT("Perú")), 4, "code points");
    arena_deinit(&arena);
}

static void test_date(void)
{
    struct date date = {0};
    char text[DATE_TEXT];
    CHECK(!date_parse(SLICE_LIT("2010-02-30"), &date), "no such day");
    CHECK(!date_parse(SLICE_LIT("2010-13"), &date), "no such month");
    CHECK(date_parse(SLICE_LIT("2012-02-29"), &date), "a leap day");
    CHECK_INT(date_weekday((struct date){2010, 2, 14}), 0, "a Sunday");
    CHECK_INT(date_weekday((struct date){1969, 12, 31}), 3, "a Wednesday before 1970");
    date_format(date_from_days(date_to_days((struct date){2000, 3, 1}) - 1), text);
    CHECK_STR(text, "2000-02-29", "the day before 1 March 2000");
    CHECK_INT(date_last_day((struct date){2010, 2, 0}) - date_first_day((struct date){2010, 2, 0}),
              27, "a month's days");
    CHECK(date_parse_stamp(SLICE_LIT("2010-02-14T10:00:00Z"), &date) && date.day == 14, "a stamp");
}

static void test_image(void)
{
    struct arena arena;
    struct dm_error err = {0};
    arena_init(&arena, 1 << 20);
    struct image_pool pool;
    image_pool_init(&pool, &arena);
    struct image_text key[3];
    const uint32_t value[3] = {10, 20, 30};
    image_pool_add(&pool, SLICE_LIT("one"), &key[0]);
    image_pool_add(&pool, SLICE_LIT("two"), &key[1]);
    image_pool_add(&pool, SLICE_LIT("three"), &key[2]);
    struct image_map_slot *slots = NULL;
    uint32_t n_slots = 0;
    image_map_freeze(&arena, key, value, 3, pool.bytes.p, &slots, &n_slots);

    struct image_builder builder;
    struct buf out;
    buf_init(&out, 1 << 20);
    image_builder_init(&builder, &arena, "test", 1);
    CHECK_OK(image_add(&builder, "bytes", pool.bytes.p, pool.bytes.n, 1, &err), &err);
    CHECK_OK(image_add(&builder, "map", slots, n_slots, sizeof *slots, &err), &err);
    CHECK_OK(image_build(&builder, &out, &err), &err);

    char *copy = aligned_alloc(64, (out.n + 63) / 64 * 64);
    memcpy(copy, out.p, out.n);
    struct image image;
    struct slice bytes = slice_make(copy, out.n);
    CHECK_OK(image_from_memory("t", bytes, "test", 1, &image, &err), &err);
    const void *data;
    uint32_t n;
    struct image_map map;
    CHECK_OK(image_section(&image, "bytes", 1, IMAGE_NONE, &data, &n, &err), &err);
    CHECK_OK(image_map_open(&image, "map", data, n, &map, &err), &err);
    CHECK_INT(image_map_get(&map, SLICE_LIT("two")), 20, "a key");
    CHECK_INT(image_map_get(&map, SLICE_LIT("four")), IMAGE_NONE, "no key");
    CHECK_CODE(image_from_memory("t", bytes, "test", 2, &image, &err), DM_EVERSION, "version");
    CHECK_CODE(image_from_memory("t", bytes, "model", 1, &image, &err), DM_EFORMAT, "kind");
    int accepted = 0;
    for (size_t cut = 0; cut < out.n; cut += 7)
        accepted += image_from_memory("t", slice_make(copy, cut), "test", 1, &image, &err) == DM_OK;
    for (size_t at = 48; at < out.n; at++) {
        copy[at] ^= 1;
        accepted += image_from_memory("t", bytes, "test", 1, &image, &err) == DM_OK;
        copy[at] ^= 1;
    }
    CHECK_INT(accepted, 0, "cut or changed files are refused");
    free(copy);
    buf_deinit(&out);
    image_pool_deinit(&pool);
    arena_deinit(&arena);
}

static void test_file(void)
{
    char path[] = "/tmp/demarche-test-XXXXXX";
    struct dm_error err = {0};
    struct buf buf;
    buf_init(&buf, 8);
    close(mkstemp(path));
    CHECK_OK(file_write(path, SLICE_LIT("12345678"), &err), &err);
    CHECK_OK(file_read(path, &buf, &err), &err);
    CHECK_SLICE(buf_slice(&buf), "12345678", "what was written");
    CHECK_OK(file_write(path, SLICE_LIT("123456789"), &err), &err);
    CHECK_CODE(file_read(path, &buf, &err), DM_ELIMIT, "too large");
    CHECK_CODE(file_read("/tmp", &buf, &err), DM_EIO, "a directory");
    CHECK_STR(err.text, "/tmp: is a directory", "says so");
    unlink(path);
    CHECK_CODE(file_read(path, &buf, &err), DM_EIO, "missing");
    CHECK_OK(file_write("/dev/null", SLICE_LIT("1"), &err), &err);
    CHECK_OK(file_read("/dev/null", &buf, &err), &err);
    CHECK_INT(buf.n, 0, "a device is not replaced");
    CHECK_CODE(file_write("/tmp", SLICE_LIT("1"), &err), DM_EIO, "a directory is not written");
    buf_deinit(&buf);
}

int main(void)
{
    test_slice();
    test_arena();
    test_push(false);
    test_push(true);
    test_buf_json();
    test_map();
    test_utf8();
    test_date();
    test_image();
    test_file();
    return check_end();
}
