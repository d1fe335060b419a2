/* SPDX-License-Identifier: MIT */
/* test-packed.c - gzip and zstd under JSON Lines: in members, cut, broken, much in little. */
#include <zlib.h>
#include <zstd.h>

#include "news/packed.h"
#include "news/test-pack.h"
#include "news/test-read.h"

static struct buf file, texts;
static struct dm_error err;
static char got[READ_MOST + 2];

static void read_file(void)
{
    read_bytes(buf_slice(&file), NULL, false, got, &texts, &err);
}

static void add_plain(const char *text)
{
    buf_add_text(&file, text);
}

/* Each packing: two lines in two members, read as one file. */
static void check_members(enum packing packing, const char *what)
{
    buf_clear(&file);
    pack(packing, SLICE_LIT("{\"text\":\"One.\"}\n{\"text\":"), &file);
    pack(packing, SLICE_LIT(""), &file);
    pack(packing, SLICE_LIT("\"Two.\"}\n"), &file);
    size_t whole = file.n;
    read_file();
    CHECK_STR(got, "JJ", what);
    CHECK_SLICE(buf_slice(&texts), "One.|Two.|", what);

    buf_add(&file, SLICE_LIT("\0\0\0\0\0"));
    read_file();
    CHECK_STR(got, "JJ", "zeros behind are padding");

    file.n = whole;
    add_plain("junk");
    read_file();
    CHECK_STR(got, "JJf", "junk behind is told");
    CHECK(strstr(err.text, "what stands behind byte"), err.text);

    file.n = whole - 3;
    read_file();
    CHECK(got[0] == 'J' && strchr(got, 'f'), "cut: what came before is kept, the cut is told");
    CHECK(strstr(err.text, "are cut off at byte"), err.text);
}

/* A long file with a byte changed, and cut, in the middle. */
static void check_broken(enum packing packing, const char *what)
{
    struct buf lines;
    uint64_t state = 88172645463325252u;
    buf_init(&lines, 2u << 20);
    for (int i = 0; i < 20000; i++) {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        buf_printf(&lines, "{\"id\":%d,\"text\":\"%016llx\"}\n", i, (unsigned long long)state);
    }
    buf_clear(&file);
    pack(packing, buf_slice(&lines), &file);
    size_t whole = file.n;
    file.n = whole / 2;
    read_file();
    CHECK(strlen(got) == READ_MOST && err.code == DM_EFORMAT, what);
    CHECK(strstr(err.text, "cut off"), err.text);
    CHECK(texts.n > 17 * 2000 && texts.n < 17 * 18000, "cut in the middle: the lines before");

    file.n = whole;
    memset(file.p + whole / 2, 0xFF, 100);
    err = (struct dm_error){0};
    read_file();
    CHECK(err.code == DM_EFORMAT && strstr(err.text, "broken"), err.text);
    CHECK(texts.n > 17 * 2000, "broken in the middle: the lines before");
    buf_deinit(&lines);
}

/* 64 MiB of zeros, and of one line, in little. */
static void check_bombs(enum packing packing)
{
    struct buf zeros;
    buf_init(&zeros, 65u << 20);
    buf_add_text(&zeros, "{\"text\":\"");
    buf_reserve(&zeros, 64u << 20);
    memset(zeros.p + zeros.n, 'a', 64u << 20);
    zeros.n += 64u << 20;
    buf_add_text(&zeros, "\"}\n{\"text\":\"Two.\"}\n");
    buf_clear(&file);
    pack(packing, buf_slice(&zeros), &file);
    read_file();
    CHECK_STR(got, "lJ", "a line that grows beyond its limit");
    memset(zeros.p, 'a', 1000);
    buf_clear(&file);
    pack(packing, slice_make(zeros.p, 64u << 20), &file);
    read_file();
    CHECK_STR(got, "l", "a text that grows beyond its limit");

    struct buf out;
    const char *why;
    bool cut;
    buf_init(&out, 1u << 20);
    CHECK_CODE(packed_all(packing, buf_slice(&file), &out, &cut, &why), DM_ELIMIT, "a limit");
    CHECK(out.n <= out.limit, "never more than the limit");
    buf_deinit(&out);
    buf_deinit(&zeros);
}

/* A zstd file whose first frame is the dictionary of the others. */
static void check_dictionary(void)
{
    static const char dictionary[] = "{\"text\":\"The ministers of Russia and Georgia met.\"}\n";
    struct buf frame;
    char packed[256], text[sizeof dictionary]; /* zstd leaves out what overlaps its dictionary */
    buf_init(&frame, 1024);
    memcpy(text, dictionary, sizeof text);
    ZSTD_CCtx *context = ZSTD_createCCtx();
    size_t n = ZSTD_compress_usingDict(context, packed, sizeof packed, text, sizeof text - 1,
                                       dictionary, sizeof dictionary - 1, 3);
    ZSTD_freeCCtx(context);
    CHECK(!ZSTD_isError(n) && n < 40, "packed with a dictionary");
    for (int packing = 0; packing < 2; packing++) {
        buf_clear(&frame);
        if (packing)
            pack(PACKING_ZSTD, slice_make(dictionary, sizeof dictionary - 1), &frame);
        else
            buf_add(&frame, slice_make(dictionary, sizeof dictionary - 1));
        buf_clear(&file);
        buf_add(&file, SLICE_LIT("\x5D\x2A\x4D\x18"));
        buf_add_char(&file, (char)frame.n);
        buf_add(&file, SLICE_LIT("\0\0\0"));
        buf_add(&file, buf_slice(&frame));
        buf_add(&file, slice_make(packed, n));
        buf_add(&file, slice_make(packed, n));
        read_file();
        CHECK_STR(got, "JJ", "a zstd dictionary");
    }
    file.n = 20;
    read_file();
    CHECK_STR(got, "f", "a dictionary that is cut off");
    memcpy(file.p + 4, "\xFF\xFF\xFF\xFF", 4);
    read_file();
    CHECK_STR(got, "l", "a dictionary that is too large");
    buf_deinit(&frame);
}

int main(void)
{
    buf_init(&file, 80u << 20);
    buf_init(&texts, 1u << 20);
    check_members(PACKING_GZIP, "gzip in members");
    check_members(PACKING_ZSTD, "zstd in frames");
    check_broken(PACKING_GZIP, "gzip broken");
    check_broken(PACKING_ZSTD, "zstd broken");
    check_bombs(PACKING_GZIP);
    check_bombs(PACKING_ZSTD);
    check_dictionary();
    buf_deinit(&file);
    buf_deinit(&texts);
    return check_end();
}
