/* SPDX-License-Identifier: MIT */
/*
 * sites.h - what is owed to each site: one request at a time, a pause between two, its robots.txt.
 *
 * All functions may be called by any thread; sites_may() waits, up to the pause.
 */
#ifndef WATCH_SITES_H
#define WATCH_SITES_H

#include "fetch/fetch.h"

struct sites; /* on the heap */

/* pause_ms: least time between two requests; `agent`: the name that robots.txt may know us by. */
struct sites *sites_new(unsigned pause_ms, const char *agent, const atomic_bool *stop); /* or NULL */
void sites_free(struct sites *sites);

/*
 * Claim the address's site for a task, which must give it back. 0: claimed; else milliseconds after
 * which to ask again (its pause, or a guess while another task has it); negative: DM_ENOMEM or so.
 */
int64_t sites_claim(struct sites *sites, const char *url);
void sites_release(struct sites *sites, const char *url);

/*
 * May the address be fetched by its site's robots.txt? Fetches that if need be, by `fetch`, and
 * waits for the pause. DM_OK; DM_EFORMAT forbidden; DM_EIO robots.txt cannot be had, for a reason
 * that will pass; what fetch_get() returns.
 */
int sites_may(struct sites *sites, struct fetch *fetch, struct fetch_answer *scratch,
              const char *url, struct dm_error *err);

#endif
