/* SPDX-License-Identifier: MIT */
/*
 * address.c - is a network address one of the public Internet?
 *
 * Reads    the address a socket is about to be opened to, after names were looked up.
 * Method   A table of the ranges that are not public, by bytes and length of prefix. IPv6 forms
 *          that carry an IPv4 address (mapped, translated, 6to4, Teredo) are judged by it; of IPv6
 *          only what is handed out to networks (2000::/3) is public.
 * Source   IANA's registries of special-purpose addresses; RFC 4291, 6052, 3056, 4380.
 */
#include "fetch/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct range {
    uint8_t byte[16];
    unsigned bits;
};

static const struct range inner4[] = {
    {{0}, 8},             {{10}, 8},            {{100, 64}, 10},    {{127}, 8},
    {{169, 254}, 16},     {{172, 16}, 12},      {{192, 0, 0}, 24},  {{192, 0, 2}, 24},
    {{192, 88, 99}, 24},  {{192, 168}, 16},     {{198, 18}, 15},    {{198, 51, 100}, 24},
    {{203, 0, 113}, 24},  {{224}, 4},           {{240}, 4},
};

static const struct range inner6[] = {
    {{0x20, 0x01, 0x0d, 0xb8}, 32}, /* documentation */
    {{0x20, 0x01, 0x00, 0x02}, 48}, /* benchmarks */
    {{0x20, 0x01, 0x00, 0x10}, 28}, /* ORCHID, old and new */
    {{0x20, 0x01, 0x00, 0x20}, 28},
    {{0x3f, 0xff}, 20},             /* documentation */
};

/* An IPv4 address lies in these forms of IPv6, from the byte on. */
static const struct { struct range range; unsigned at; bool inverted; } wrapped[] = {
    {{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96}, 12, false},
    {{{0x00, 0x64, 0xff, 0x9b}, 96}, 12, false},
    {{{0x20, 0x02}, 16}, 2, false},
    {{{0x20, 0x01, 0x00, 0x00}, 32}, 12, true},
};

static bool lies_in(const uint8_t *byte, const struct range *range)
{
    unsigned whole = range->bits / 8, rest = range->bits % 8;
    if (memcmp(byte, range->byte, whole) != 0)
        return false;
    return rest == 0 || (byte[whole] ^ range->byte[whole]) >> (8 - rest) == 0;
}

static bool lies_in_any(const uint8_t *byte, const struct range *range, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (lies_in(byte, &range[i]))
            return true;
    return false;
}

static bool public4(const uint8_t *byte)
{
    return !lies_in_any(byte, inner4, sizeof inner4 / sizeof *inner4);
}

static bool public6(const uint8_t *byte)
{
    for (size_t i = 0; i < sizeof wrapped / sizeof *wrapped; i++)
        if (lies_in(byte, &wrapped[i].range)) {
            uint8_t inside[4];
            for (unsigned k = 0; k < 4; k++)
                inside[k] = byte[wrapped[i].at + k] ^ (wrapped[i].inverted ? 0xff : 0);
            return public4(inside);
        }
    return byte[0] >> 5 == 1 && !lies_in_any(byte, inner6, sizeof inner6 / sizeof *inner6);
}

bool address_is_public(const struct sockaddr *address, socklen_t n)
{
    struct sockaddr_in in4;
    struct sockaddr_in6 in6;
    if (address->sa_family == AF_INET && n >= sizeof in4) {
        memcpy(&in4, address, sizeof in4);
        return public4((const uint8_t *)&in4.sin_addr);
    }
    if (address->sa_family == AF_INET6 && n >= sizeof in6) {
        memcpy(&in6, address, sizeof in6);
        return public6(in6.sin6_addr.s6_addr);
    }
    return false;
}

void address_text(const struct sockaddr *address, socklen_t n, char out[static ADDRESS_TEXT])
{
    struct sockaddr_in in4;
    struct sockaddr_in6 in6;
    const char *got = NULL;
    if (address->sa_family == AF_INET && n >= sizeof in4) {
        memcpy(&in4, address, sizeof in4);
        got = inet_ntop(AF_INET, &in4.sin_addr, out, ADDRESS_TEXT);
    } else if (address->sa_family == AF_INET6 && n >= sizeof in6) {
        memcpy(&in6, address, sizeof in6);
        got = inet_ntop(AF_INET6, &in6.sin6_addr, out, ADDRESS_TEXT);
    }
    if (!got)
        snprintf(out, ADDRESS_TEXT, "?");
}
