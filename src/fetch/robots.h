/* SPDX-License-Identifier: MIT */
/* robots.h - what a site's robots.txt lets a program fetch. */
#ifndef FETCH_ROBOTS_H
#define FETCH_ROBOTS_H

#include "core/slice.h"

#define ROBOTS_MAX (512u << 10) /* bytes of the file that are read; RFC 9309 wants 500 KiB at least */
#define ROBOTS_DELAY_MAX 60     /* seconds of Crawl-delay that are honoured */

/*
 * May the program `agent` ("demarche": the product's name alone) fetch the path ("/a?b", with its
 * query)? *delay: its Crawl-delay in seconds, 0 none. Takes any bytes; no memory is taken. What
 * would cost too much to tell is forbidden.
 */
bool robots_allow(struct slice text, struct slice agent, struct slice path, unsigned *delay);

#endif
