/* SPDX-License-Identifier: MIT */
/* test-fetch.c - header fields, robots.txt, and which addresses are private. */
#include <arpa/inet.h>
#include <netinet/in.h>

#include "check.h"
#include "fetch/address.h"
#include "fetch/fetch.h"
#include "fetch/head.h"
#include "fetch/robots.h"

static void test_head(void)
{
    static const struct { const char *value; int64_t want; } waits[] = {
        {"120", 120}, {" 0 ", 0}, {"99999999999", HEAD_RETRY_MAX}, {"-5", -1}, {"soon", -1}, {"", -1},
        {"Sun, 06 Nov 1994 08:49:37 GMT", 37}, {"Sun, 06 Nov 1994 08:48:00 GMT", 0},
        {"Sun, 31 Feb 1994 08:49:37 GMT", -1}, {"Sun, 06 Nov 1994 25:49:37 GMT", -1},
        {"Sunday, 06-Nov-94 08:49:37 GMT", -1}, {"Fri, 31 Dec 9999 23:59:59 GMT", HEAD_RETRY_MAX},
    };
    static const struct { const char *media, *want; } charsets[] = {
        {"text/html; charset=utf-8", "utf-8"}, {"text/xml;Charset=\"ISO-8859-1\"; a=b", "ISO-8859-1"},
        {"text/html", ""}, {"text/html; charset=", ""}, {"charset", ""},
    };
    struct slice rest = SLICE_LIT("HTTP/1.1 200 OK\r\nETag: \"a\"\nx\r\n\r\nbody\n"), line, value;
    uint64_t n;
    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++)
        CHECK_INT(head_retry_after(slice_of(waits[i].value), 784111740), waits[i].want, waits[i].value);
    for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++)
        CHECK_SLICE(head_charset(slice_of(charsets[i].media)), charsets[i].want, charsets[i].media);
    CHECK(head_line(&rest, &line) && head_line(&rest, &line), "two lines");
    CHECK(head_field(line, "etag", &value), "the field");
    CHECK_SLICE(value, "\"a\"", "its value");
    CHECK(!head_field(line, "eta", &value), "not another");
    CHECK(head_line(&rest, &line) && !head_line(&rest, &line), "the blank line ends it");
    CHECK(head_length(SLICE_LIT("123"), &n) && n == 123, "a length");
    CHECK(!head_length(SLICE_LIT("12 "), &n) && !head_length(SLICE_LIT(""), &n), "none");
    CHECK(head_media_is(SLICE_LIT("Text/HTML; charset=x"), "text/html"), "a media type");
    CHECK(!head_media_is(SLICE_LIT("text/htmlx"), "text/html"), "another one");
}

static const struct { const char *what, *text, *path; bool want; unsigned delay; } robots[] = {
    {"an empty file allows all", "", "/a", true, 0},
    {"all is forbidden", "User-agent: *\nDisallow: /\n", "/a", false, 0},
    {"robots.txt itself never is", "User-agent: *\nDisallow: /\n", "/robots.txt", true, 0},
    {"an empty pattern forbids nothing", "User-agent: *\nDisallow:\n", "/a", true, 0},
    {"our own group goes before *", "User-agent: *\nDisallow: /\n\nUser-agent: Demarche/1.0\nDisallow: /x\n",
     "/a", true, 0},
    {"and forbids", "User-agent: *\nAllow: /\nUser-agent: demarche\nDisallow: /x\n", "/xy", false, 0},
    {"others' groups do not count", "User-agent: demarchebot\nDisallow: /\n", "/a", true, 0},
    {"several names head a group", "User-agent: a\nUser-agent: demarche\nUser-agent: b\nDisallow: /\n",
     "/a", false, 0},
    {"our groups count together", "User-agent: demarche\nDisallow: /a\n\nUser-agent: b\nDisallow: /\n\n"
     "User-agent: demarche\nDisallow: /c\n", "/c", false, 0},
    {"the longest pattern decides", "User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b/c", true, 0},
    {"whatever the order", "User-agent: *\nAllow: /a/b\nDisallow: /a\n", "/a/b/c", true, 0},
    {"at equal length allow does", "User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", true, 0},
    {"a star is any run", "User-agent: *\nDisallow: /*/feed\n", "/news/feed/x", false, 0},
    {"a star may be empty", "User-agent: *\nDisallow: /a*b\n", "/ab", false, 0},
    {"a dollar is the end", "User-agent: *\nDisallow: /*.xml$\n", "/a.xml", false, 0},
    {"and only the end", "User-agent: *\nDisallow: /*.xml$\n", "/a.xml?b", true, 0},
    {"the end is looked for behind", "User-agent: *\nDisallow: /*a$\n", "/banana", false, 0},
    {"escaped is the same", "User-agent: *\nDisallow: /%7ejoe\n", "/~joe", false, 0},
    {"but not for reserved ones", "User-agent: *\nDisallow: /a%2Fb\n", "/a/b", true, 0},
    {"letters have case", "User-agent: *\nDisallow: /A\n", "/a", true, 0},
    {"names of fields have none", "USER-AGENT: *\nDISALLOW: /a\n", "/a", false, 0},
    {"remarks and CR", "# x\r\nUser-agent: * # all\r\nDisallow: /a # b\r\n", "/a", false, 0},
    {"a byte order mark", "\xEF\xBB\xBFUser-agent: *\nDisallow: /\n", "/a", false, 0},
    {"the query is part of it", "User-agent: *\nDisallow: /a?b\n", "/a?b=c", false, 0},
    {"a delay", "User-agent: *\nCrawl-delay: 2.5\nDisallow: /x\n", "/a", true, 3},
    {"not longer than we wait", "User-agent: *\nCrawl-delay: 86400\n", "/a", true, ROBOTS_DELAY_MAX},
    {"other lines are nothing", "Sitemap: http://a/\nnonsense\nUser-agent: *\nDisallow: /\n", "/", false, 0},
    {"rules without a group are nothing", "Disallow: /\n", "/a", true, 0},
};

static void test_robots(void)
{
    for (size_t i = 0; i < sizeof robots / sizeof *robots; i++) {
        unsigned delay = 99;
        CHECK_INT(robots_allow(slice_of(robots[i].text), SLICE_LIT("demarche"), slice_of(robots[i].path),
                               &delay), robots[i].want, robots[i].what);
        CHECK_INT(delay, robots[i].delay, robots[i].what);
    }
    /* What is made to cost much is cut off, and forbidden. */
    static char text[ROBOTS_MAX], path[2000];
    unsigned delay;
    size_t n = (size_t)snprintf(text, sizeof text, "User-agent: *\n");
    memset(path, 'a', sizeof path);
    path[0] = '/';
    while (n + 900 < sizeof text) {
        n += (size_t)snprintf(text + n, sizeof text - n, "Disallow: /*");
        memset(text + n, 'a', 800);
        n += 800;
        n += (size_t)snprintf(text + n, sizeof text - n, "b%zu\n", n);
    }
    CHECK(!robots_allow(slice_make(text, n), SLICE_LIT("demarche"), slice_make(path, sizeof path), &delay),
          "a file that would cost too much");
}

static const struct { const char *address; bool want; } addresses[] = {
    {"8.8.8.8", true}, {"1.1.1.1", true}, {"127.0.0.1", false}, {"127.255.255.254", false},
    {"0.0.0.0", false}, {"10.0.0.1", false}, {"11.0.0.1", true}, {"172.15.0.1", true},
    {"172.16.0.1", false}, {"172.31.255.255", false}, {"172.32.0.1", true}, {"192.168.1.1", false},
    {"169.254.169.254", false}, {"100.64.0.1", false}, {"100.128.0.1", true}, {"224.0.0.1", false},
    {"255.255.255.255", false}, {"192.0.2.1", false}, {"198.18.0.1", false}, {"198.20.0.1", true},
    {"::1", false}, {"::", false}, {"fe80::1", false}, {"fc00::1", false}, {"fd12:3456::1", false},
    {"ff02::1", false}, {"2001:db8::1", false}, {"2606:4700:4700::1111", true},
    {"2a00:1450:4001::1", true}, {"::ffff:127.0.0.1", false}, {"::ffff:8.8.8.8", true},
    {"64:ff9b::10.0.0.1", false}, {"64:ff9b::8.8.8.8", true}, {"2002:7f00:1::", false},
    {"2002:808:808::", true}, {"2001:0:1:2:3:4:80ff:fffe", false}, /* Teredo: 127.0.0.1, inverted */
};

static void test_addresses(void)
{
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        struct sockaddr_storage storage = {0};
        struct sockaddr_in *in4 = (struct sockaddr_in *)&storage;
        struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&storage;
        char text[ADDRESS_TEXT];
        bool four = inet_pton(AF_INET, addresses[i].address, &in4->sin_addr) == 1;
        storage.ss_family = four ? AF_INET : AF_INET6;
        CHECK(four || inet_pton(AF_INET6, addresses[i].address, &in6->sin6_addr) == 1, addresses[i].address);
        CHECK_INT(address_is_public((struct sockaddr *)&storage, sizeof storage), addresses[i].want,
                  addresses[i].address);
        address_text((struct sockaddr *)&storage, sizeof storage, text);
        CHECK(four == !strchr(text, ':'), addresses[i].address);
    }
    struct sockaddr_storage other = {.ss_family = AF_UNIX};
    CHECK(!address_is_public((struct sockaddr *)&other, sizeof other), "a socket of this machine");
    other.ss_family = AF_INET;
    CHECK(!address_is_public((struct sockaddr *)&other, 4), "a short address");
}

static void test_split(void)
{
    static const struct { const char *url, *site, *path; } urls[] = {
        {"http://Example.org/a?b", "http://example.org", "/a?b"},
        {"HTTPS://example.org:8443", "https://example.org:8443", "/"},
        {"http://example.org?b", "http://example.org", "/"},
        {"ftp://example.org/", NULL, NULL}, {"http:///a", NULL, NULL}, {"example.org", NULL, NULL},
        {"http://a b/", NULL, NULL}, {"", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        char site[FETCH_SITE_MAX];
        const char *path;
        bool fine = fetch_split(urls[i].url, site, &path);
        CHECK_INT(fine, urls[i].site != NULL, urls[i].url);
        if (fine) {
            CHECK_STR(site, urls[i].site, urls[i].url);
            CHECK_STR(path, urls[i].path, urls[i].url);
        }
    }
}

int main(void)
{
    test_head();
    test_robots();
    test_addresses();
    test_split();
    return check_end();
}
