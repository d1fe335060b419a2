/* SPDX-License-Identifier: MIT */
/* address.h - is a network address one of the public Internet? */
#ifndef FETCH_ADDRESS_H
#define FETCH_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/*
 * False for addresses of this machine, of private networks, of links, of groups, of documentation
 * and others that are not routed; also where they are wrapped in IPv6; and for what is no IP
 * address.
 * source   the registries of special addresses of IANA (RFC 6890), RFC 6052, 3056, 4380
 */
bool address_is_public(const struct sockaddr *address, socklen_t n);

/* As text, "192.168.1.1"; "?" for what is no IP address. */
#define ADDRESS_TEXT 64
void address_text(const struct sockaddr *address, socklen_t n, char out[static ADDRESS_TEXT]);

#endif
