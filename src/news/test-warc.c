/* SPDX-License-Identifier: MIT */
/* test-warc.c - web archives: which records are read, how payloads come, what breaks. */
#include "news/test-pack.h"
#include "news/test-read.h"

#define PAGE(n)                                                                                    \
    "<html lang=en><head><title>Title " #n "</title></head><body><article><h1>Title " #n "</h1>"   \
    "<p>Text " #n ": the ministers of both countries met on Monday to talk about the border.</p>"  \
    "<p>They agreed to meet again in spring, an official said after the talks had ended.</p>"      \
    "</article></body></html>"

static struct buf file, texts, block;
static struct dm_error err;
static char got[READ_MOST + 2];

/* Append a record; `more`: further lines of its header. `length`: what it claims, or -1. */
static void add_record(struct buf *out, const char *type, const char *media, const char *more,
                       struct slice bytes, long length)
{
    buf_printf(out, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Date: 2011-05-08T10:00:00Z\r\n", type);
    buf_printf(out, "Content-Type: %s\r\n%s", media, more);
    buf_printf(out, "Content-Length: %ld\r\n\r\n", length < 0 ? (long)bytes.n : length);
    buf_add(out, bytes);
    buf_add_text(out, "\r\n\r\n");
}

/* An HTTP response as a record; `head`: lines of HTTP's header behind the status. */
static void add_response(struct buf *out, int n, const char *status, const char *head,
                         struct slice payload)
{
    char more[200];
    snprintf(more, sizeof more, "warc-target-uri: http://www.x.example/%d\r\n"
             "WARC-Record-ID: <urn:uuid:%d>\r\n", n, n);
    buf_clear(&block);
    buf_printf(&block, "HTTP/1.1 %s\r\n%s\r\n", status, head);
    buf_add(&block, payload);
    add_record(out, "response", "application/http; msgtype=response", more, buf_slice(&block), -1);
}

#define HTML "Content-Type: text/html; charset=utf-8\r\n"

static void add_page(struct buf *out, int n)
{
    struct slice page = n == 1 ? SLICE_LIT(PAGE(1)) : n == 2 ? SLICE_LIT(PAGE(2))
                                                             : SLICE_LIT(PAGE(3));
    add_response(out, n, "200 OK", HTML, page);
}

/* The texts' numbers into `numbers`: "12" when the pages 1 and 2 were read. */
static void read_file(char numbers[static 16])
{
    err = (struct dm_error){0};
    read_bytes(buf_slice(&file), NULL, false, got, &texts, &err);
    size_t n = 0;
    for (const char *p = texts.p; texts.n > 0 && n < 15 && (p = strstr(p, "Text ")); p++)
        numbers[n++] = p[5];
    numbers[n] = '\0';
}

static void check_kinds(void)
{
    static const char *const others[] = {"warcinfo", "request", "metadata", "revisit"};
    char numbers[16];
    buf_clear(&file);
    for (size_t i = 0; i < 4; i++)
        add_record(&file, others[i], "text/html", "", SLICE_LIT(PAGE(9)), -1);
    add_record(&file, "response", "text/dns", "", SLICE_LIT("x.example. 60 IN A 1.2.3.4"), -1);
    add_response(&file, 7, "301 Moved", HTML, SLICE_LIT(PAGE(7)));
    add_response(&file, 8, "200 OK", "Content-Type: image/png\r\n", SLICE_LIT("\x89PNG\0\1\2"));
    add_page(&file, 1);
    add_record(&file, "resource", "text/html", "WARC-Target-URI: file:///a\r\n", SLICE_LIT(PAGE(2)),
               -1);
    add_record(&file, "conversion", "text/plain", "WARC-Target-URI: http://y.example/b\r\n",
               SLICE_LIT("A headline\n\nText 3: talks between the two countries ended.\n"), -1);
    read_file(numbers);
    CHECK_STR(got, "WWW", "pages and texts alone");
    CHECK_STR(numbers, "123", "pages and texts alone");
}

static void check_facts(void)
{
    static const char want[] = "urn:uuid:1;2011-05-08;Title 1;http://www.x.example/1;x.example;en;;";
    buf_clear(&file);
    add_page(&file, 1);
    read_bytes(buf_slice(&file), NULL, true, got, &texts, &err);
    CHECK(texts.n > sizeof want && memcmp(texts.p, want, sizeof want - 1) == 0, texts.p);
}

/* All ways to pack the file, record by record and as a whole. */
static void check_packings(void)
{
    char numbers[16];
    struct buf plain;
    buf_init(&plain, 1u << 20);
    for (int packing = PACKING_GZIP; packing <= PACKING_ZSTD; packing += 2)
        for (int whole = 0; whole < 2; whole++) {
            buf_clear(&file);
            buf_clear(&plain);
            for (int i = 1; i <= 3; i++) {
                add_page(&plain, i);
                if (!whole) {
                    pack(packing, buf_slice(&plain), &file);
                    buf_clear(&plain);
                }
            }
            if (whole)
                pack(packing, buf_slice(&plain), &file);
            read_file(numbers);
            CHECK_STR(got, "WWW", "a packed archive");
            CHECK_STR(numbers, "123", "a packed archive");
        }
    buf_deinit(&plain);
}

/* A text without an address; a payload of which nothing is left once it is unpacked. */
static void check_bare(void)
{
    char numbers[16];
    buf_clear(&file);
    add_record(&file, "conversion", "text/plain", "", SLICE_LIT("Text 1: talks ended in May."), -1);
    add_response(&file, 2, "200 OK", "Transfer-Encoding: chunked\r\n", SLICE_LIT("0\r\n\r\n"));
    add_page(&file, 3);
    read_file(numbers);
    CHECK_STR(numbers, "13", "a text without an address is read, a page without bytes is not");
}

static void add_chunk(struct buf *out, struct slice bytes)
{
    buf_printf(out, "%zx;a=b\r\n", bytes.n);
    buf_add(out, bytes);
    buf_add_text(out, "\r\n");
}

/* PAGE(1), as `brotli -q 11` packs it. */
static const char brotli_page[] =
    "\x1B\x14\x01\x40\x8C\xD4\x51\x2D\x3C\x96\x74\x73\xA9\x2E\xA4\x8B\xF5\x88\xA1\xBD"
    "\x3D\x14\x41\xC1\x72\x14\xFE\xF2\x70\x53\xB7\x85\x62\xA8\xC5\x31\x38\x2C\xD8\x44"
    "\x10\xC4\x60\x29\xC6\x69\x48\xD6\xAC\x6E\xF3\xF4\xE8\x0E\x6A\x68\x8A\x8C\x60\x41"
    "\x87\x76\x60\x84\x56\x07\xB7\x6B\xDB\x03\xD6\x0F\x38\x70\x55\x41\x94\x56\x69\x2C"
    "\xCD\xB3\x2E\xAD\xB7\x0C\x8D\xE7\x0F\xD8\xE1\x64\x70\x8E\xEF\x89\x87\xC2\x2A\xB7"
    "\x8F\x57\x4C\xCA\x8E\x91\xCE\xAF\x21\xD4\xB8\x33\xE3\xD3\x5F\xF4\x61\xD9\x4B\x0E"
    "\x0C\xD1\xD5\x6F\x68\xE2\x96\x66\xC0\x6F\x17\x69\x8E\x18\xC9\x0B\x05\x72\xC9\x0D";

static void check_payloads(void)
{
    static const struct {
        const char *what, *head;
        int packing;
        bool raw;
        const char *got;
    } rows[] = {
        { "gzip", HTML "Content-Encoding: gzip\r\n", PACKING_GZIP, false, "W" },
        { "zlib", HTML "Content-Encoding: deflate\r\n", PACKING_DEFLATE, false, "W" },
        { "raw deflate", HTML "content-encoding: deflate\r\n", PACKING_DEFLATE, true, "W" },
        { "zstd", HTML "Content-Encoding: zstd\r\n", PACKING_ZSTD, false, "W" },
        { "unpacked before", HTML "Content-Encoding: gzip\r\n", 0, false, "W" },
        { "no type", "", 0, false, "W" },
        { "brotli", HTML "Content-Encoding: br\r\n", PACKING_BROTLI, false, "W" },
        { "brotli, unpacked before", HTML "Content-Encoding: br\r\n", 0, false, "W" },
        { "no brotli", HTML "Content-Encoding: br\r\n", PACKING_GZIP, false, "f" },
        { "what nobody knows", HTML "Content-Encoding: lzma\r\n", PACKING_GZIP, false, "f" },
    };
    struct buf payload, chunks;
    char numbers[16];
    buf_init(&payload, 1u << 20);
    buf_init(&chunks, 1u << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int chunked = 0; chunked < 2; chunked++) {
            char head[200];
            buf_clear(&payload);
            if (rows[i].packing == PACKING_BROTLI)
                buf_add(&payload, slice_make(brotli_page, sizeof brotli_page - 1));
            else if (rows[i].packing)
                pack_as(rows[i].packing, rows[i].raw, SLICE_LIT(PAGE(1)), &payload);
            else
                buf_add(&payload, SLICE_LIT(PAGE(1)));
            if (chunked && i == 5) /* what a payload in chunks is, nobody guesses */
                continue;
            snprintf(head, sizeof head, "%s%s", rows[i].head,
                     chunked ? "Transfer-Encoding: chunked\r\n" : "");
            buf_clear(&chunks);
            add_chunk(&chunks, slice_make(payload.p, 20));
            add_chunk(&chunks, slice_make(payload.p + 20, payload.n - 20));
            buf_add_text(&chunks, "0\r\n\r\n");
            buf_clear(&file);
            add_response(&file, 1, "200 OK", head, buf_slice(chunked ? &chunks : &payload));
            add_page(&file, 2);
            read_file(numbers);
            CHECK(got[0] == rows[i].got[0] && got[1] == 'W' && !got[2], rows[i].what);
            CHECK_STR(numbers, rows[i].got[0] == 'W' ? "12" : "2", rows[i].what);
            if (rows[i].got[0] == 'f')
                CHECK(strstr(err.text, "brotli payload: ") || strstr(err.text, "'lzma'"), err.text);
        }
    buf_clear(&file);
    add_response(&file, 1, "200 OK", HTML "Transfer-Encoding: chunked\r\n", SLICE_LIT(PAGE(1)));
    read_file(numbers);
    CHECK_STR(numbers, "1", "not in chunks, whatever it says");
    buf_deinit(&payload);
    buf_deinit(&chunks);
}

/* Records of ARC: the archive's own, a name's, pages; a line that heads none; a length that lies. */
static void add_arc(struct buf *out, const char *line, struct slice bytes)
{
    buf_printf(out, "%s %zu\n", line, bytes.n);
    buf_add(out, bytes);
    buf_add_char(out, '\n');
}

static void check_arc(void)
{
    static const char http[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
    struct buf plain, page;
    char numbers[16];
    buf_init(&plain, 1u << 20);
    buf_init(&page, 1u << 20);
    for (int packed = 0; packed < 2; packed++) {
        buf_clear(&file);
        for (int i = 0; i < 5; i++) {
            static const char *const lines[] = {
                "filedesc://a.arc 127.0.0.1 20110508100000 text/plain",
                "dns:x.example 127.0.0.1 20110508100000 text/dns",
                "http://www.x.example/1 10.0.0.1 20110508100000 text/html",
                "http://www.x.example/a b 2011?c 10.0.0.1 20110508100000 text/html 200 - - 7 a.arc",
                "https://www.x.example/3 2606:2800::1 20110508100000 no-type",
            };
            buf_clear(&plain);
            buf_clear(&page);
            if (i == 0)
                buf_add_text(&page, "1 0 Test\nURL IP-address Archive-date Content-type "
                             "Archive-length\n");
            else if (i == 1)
                buf_add_text(&page, "20110508100000\nx.example. 300 IN A 10.0.0.1\n");
            else
                buf_printf(&page, "%s%s", http, i == 2 ? PAGE(1) : i == 3 ? PAGE(2) : PAGE(3));
            add_arc(&plain, lines[i], buf_slice(&page));
            if (packed)
                pack(PACKING_GZIP, buf_slice(&plain), &file);
            else
                buf_add(&file, buf_slice(&plain));
        }
        read_file(numbers);
        CHECK_STR(got, "WWW", "pages of an ARC archive");
        CHECK_STR(numbers, "123", "pages of an ARC archive");
    }
    buf_clear(&page);
    buf_printf(&page, "%s%s", http, PAGE(1));
    buf_clear(&file);
    add_arc(&file, "filedesc://a.arc 127.0.0.1 20110508100000 text/plain", SLICE_LIT("1 0 Test\n"));
    buf_add_text(&file, "http://x.example/ 10.0.0.1 20110508100000 text/html -1\n");
    buf_add_text(&file, "http://x.example/ 10.0.0.1 2011 text/html 7\n");
    add_arc(&file, "http://x.example/1 10.0.0.1 20110508 text/html", buf_slice(&page));
    read_file(numbers);
    CHECK_STR(got, "fW", "lines that head no record of ARC");
    CHECK(strstr(err.text, "no record of ARC"), err.text);
    buf_add_text(&file, "http://x.example/2 10.0.0.1 20110508 text/html 9999\nHTTP/1.1 200 OK\r\n");
    read_file(numbers);
    CHECK_STR(got, "fWf", "a record of ARC that is cut off");
    CHECK(strstr(err.text, "cut off"), err.text);
    buf_deinit(&plain);
    buf_deinit(&page);
}

static void check_broken(void)
{
    char numbers[16];
    buf_clear(&file);
    add_page(&file, 1);
    size_t at = file.n;
    add_record(&file, "resource", "text/html", "", SLICE_LIT(PAGE(9)), 20);
    add_page(&file, 2);
    read_file(numbers);
    CHECK_STR(numbers, "12", "a length that is too short");
    buf_clear(&file);
    add_page(&file, 1);
    buf_add_text(&file, "WARC/1.0\r\nWARC-Type: resource\r\n\r\nno length\r\n\r\n");
    add_page(&file, 2);
    read_file(numbers);
    CHECK_STR(numbers, "12", "no length");
    CHECK_STR(got, "WffW", "no length");
    buf_clear(&file);
    add_page(&file, 1);
    add_record(&file, "resource", "text/html", "", SLICE_LIT(PAGE(9)), 100000);
    char want[40];
    snprintf(want, sizeof want, "record at byte %zu: it is cut off", at);
    read_file(numbers);
    CHECK_STR(numbers, "1", "a length that is too long, at the end");
    CHECK(strstr(err.text, want), err.text);
    buf_clear(&file);
    add_page(&file, 1);
    buf_add_text(&file, "WARC/1.0\r\nWARC-Type: resource\r\nContent-Le");
    read_file(numbers);
    CHECK_STR(got, "Wf", "a header that is cut off");
}

/* Packed record by record, the one in the middle broken: the others are read. */
static void check_broken_member(enum packing packing)
{
    char numbers[16];
    struct buf plain;
    buf_init(&plain, 1u << 20);
    for (int way = 0; way < 4; way++) {
        size_t begin[4];
        buf_clear(&file);
        for (int i = 1; i <= 3; i++) {
            buf_clear(&plain);
            begin[i] = file.n;
            if (i == 2 && way == 2)
                add_record(&plain, "resource", "text/html", "", SLICE_LIT(PAGE(2)), 100000);
            else
                add_page(&plain, i);
            pack(packing, slice_make(plain.p, plain.n - (i == 2 && way == 3 ? 60 : 0)), &file);
        }
        size_t middle = begin[2] + (begin[3] - begin[2]) / 2;
        if (way == 0)
            memset(file.p + middle, 0xFF, 12);
        if (way == 1) { /* the half of it is missing */
            memmove(file.p + middle, file.p + begin[3], file.n - begin[3]);
            file.n -= begin[3] - middle;
        }
        read_file(numbers);
        CHECK(numbers[0] == '1' && strchr(numbers, '3') && strchr(got, 'f'), "a broken member");
        if (way >= 2) {
            char want[60];
            snprintf(want, sizeof want, "record at byte %zu: it is cut off", begin[2]);
            CHECK(strstr(err.text, want), err.text);
        }
    }
    buf_deinit(&plain);
}

/* Much in little: a payload, and a record that claims more than there is. */
static void check_bombs(void)
{
    char numbers[16];
    struct buf zeros, payload;
    buf_init(&zeros, 65u << 20);
    buf_init(&payload, 1u << 20);
    buf_reserve(&zeros, 64u << 20);
    memset(zeros.p, 'a', 64u << 20);
    zeros.n = 64u << 20;
    pack(PACKING_GZIP, buf_slice(&zeros), &payload);
    buf_clear(&file);
    add_response(&file, 1, "200 OK", HTML "Content-Encoding: gzip\r\n", buf_slice(&payload));
    add_page(&file, 2);
    read_file(numbers);
    CHECK_STR(got, "lW", "a payload that grows beyond its limit");
    CHECK_STR(numbers, "2", "a payload that grows beyond its limit");
    buf_clear(&file);
    add_record(&file, "resource", "text/html", "", slice_make(zeros.p, 40u << 20), -1);
    add_page(&file, 2);
    read_file(numbers);
    CHECK_STR(got, "lW", "a record that is too large");
    buf_clear(&file);
    add_record(&file, "resource", "text/html", "", SLICE_LIT("x"), 999999999999999999);
    read_file(numbers);
    CHECK_STR(got, "l", "a record that claims to be too large");
    buf_deinit(&zeros);
    buf_deinit(&payload);
}

int main(void)
{
    buf_init(&file, 80u << 20);
    buf_init(&texts, 1u << 20);
    buf_init(&block, 2u << 20);
    check_kinds();
    check_facts();
    check_packings();
    check_bare();
    check_payloads();
    check_arc();
    check_broken();
    check_broken_member(PACKING_GZIP);
    check_broken_member(PACKING_ZSTD);
    check_bombs();
    buf_deinit(&file);
    buf_deinit(&texts);
    buf_deinit(&block);
    return check_end();
}
