/* SPDX-License-Identifier: MIT */
/*
 * sites.c - what is owed to each site: one request at a time, a pause between two, its robots.txt.
 *
 * Method   A table of SITES_MOST sites (scheme, host and port), of which the one that was not asked
 *          for longest makes room for a new one. robots.txt is kept for ROBOTS_SECONDS, and asked
 *          about by its text (fetch/robots.c). Where it says 4xx everything is allowed, where it
 *          says 5xx or nothing can be had, nothing, for FAILED_SECONDS.
 * Memory   At most SITES_MOST texts of ROBOTS_MAX; most are of some hundred bytes.
 * Source   RFC 9309, 2.3 and 2.4.
 */
#include "watch/sites.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "fetch/robots.h"

#define SITES_MOST 1024
#define ROBOTS_SECONDS 86400
#define FAILED_SECONDS 300
#define CLAIMED_MS 100 /* when to ask again for a site that is in use */

enum robots_state { ROBOTS_UNKNOWN, ROBOTS_KNOWN, ROBOTS_FAILED };

struct site {
    char name[FETCH_SITE_MAX]; /* "": free */
    bool claimed;
    int64_t free_at;     /* milliseconds: not before */
    int64_t asked_at;    /* milliseconds: for making room */
    unsigned pause_ms;   /* by robots.txt, at least the usual one */
    enum robots_state robots;
    int64_t robots_at;   /* milliseconds: when that became known */
    char *text;          /* of robots.txt, n_text bytes; NULL: empty */
    size_t n_text;
    char why[300];       /* why it cannot be had */
};

struct sites {
    pthread_mutex_t lock;
    unsigned pause_ms;
    const char *agent;
    const atomic_bool *stop;
    struct site site[SITES_MOST];
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct sites *sites_new(unsigned pause_ms, const char *agent, const atomic_bool *stop)
{
    struct sites *sites = calloc(1, sizeof *sites);
    if (!sites)
        return NULL;
    pthread_mutex_init(&sites->lock, NULL);
    sites->pause_ms = pause_ms;
    sites->agent = agent;
    sites->stop = stop;
    return sites;
}

void sites_free(struct sites *sites)
{
    if (!sites)
        return;
    for (size_t i = 0; i < SITES_MOST; i++)
        free(sites->site[i].text);
    pthread_mutex_destroy(&sites->lock);
    free(sites);
}

/* The site, made when it is missing. NULL: all are in use. The lock is held. */
static struct site *find(struct sites *sites, const char *name)
{
    struct site *oldest = NULL;
    for (size_t i = 0; i < SITES_MOST; i++) {
        struct site *site = &sites->site[i];
        if (strcmp(site->name, name) == 0) {
            site->asked_at = now_ms();
            return site;
        }
        if (!site->claimed && site->free_at <= now_ms() &&
            (!oldest || site->asked_at < oldest->asked_at))
            oldest = site;
        if (!*site->name)
            break;
    }
    if (!oldest)
        return NULL;
    free(oldest->text);
    *oldest = (struct site){.asked_at = now_ms(), .pause_ms = sites->pause_ms};
    snprintf(oldest->name, sizeof oldest->name, "%s", name);
    return oldest;
}

int64_t sites_claim(struct sites *sites, const char *url)
{
    char name[FETCH_SITE_MAX];
    const char *path;
    if (!fetch_split(url, name, &path))
        return 0; /* fetch_get() says so */
    pthread_mutex_lock(&sites->lock);
    struct site *site = find(sites, name);
    int64_t wait = !site || site->claimed ? CLAIMED_MS : site->free_at - now_ms();
    if (wait <= 0) {
        wait = 0;
        site->claimed = true;
    }
    pthread_mutex_unlock(&sites->lock);
    return wait;
}

void sites_release(struct sites *sites, const char *url)
{
    char name[FETCH_SITE_MAX];
    const char *path;
    if (!fetch_split(url, name, &path))
        return;
    pthread_mutex_lock(&sites->lock);
    struct site *site = find(sites, name);
    if (site)
        site->claimed = false;
    pthread_mutex_unlock(&sites->lock);
}

/* ---- asking ---- */

static int fail_stopped(struct dm_error *err)
{
    return dm_fail(err, DM_ESTOPPED, "stopped");
}

/* Wait for the site's pause, and begin the next. */
static int wait_turn(struct sites *sites, const char *name, struct dm_error *err)
{
    for (;;) {
        pthread_mutex_lock(&sites->lock);
        struct site *site = find(sites, name);
        int64_t wait = site ? site->free_at - now_ms() : CLAIMED_MS;
        if (wait <= 0)
            site->free_at = now_ms() + site->pause_ms;
        pthread_mutex_unlock(&sites->lock);
        if (wait <= 0)
            return DM_OK;
        if (sites->stop && *sites->stop)
            return fail_stopped(err);
        int64_t part = wait < CLAIMED_MS ? wait : CLAIMED_MS;
        nanosleep(&(struct timespec){.tv_nsec = (long)part * 1000000}, NULL);
    }
}

struct turn {
    struct sites *sites;
};

static int may_robots(void *self, const char *url, struct dm_error *err)
{
    struct turn *turn = self;
    char name[FETCH_SITE_MAX];
    const char *path;
    return fetch_split(url, name, &path) ? wait_turn(turn->sites, name, err) : DM_OK;
}

/* Keep what was had; `rc` and `err` of the attempt. False without memory. */
static bool keep(struct site *site, int rc, const struct fetch_answer *answer,
                 const struct dm_error *err)
{
    free(site->text);
    site->text = NULL;
    site->n_text = 0;
    site->robots_at = now_ms();
    site->robots = ROBOTS_KNOWN;
    if (rc != DM_OK || answer->status >= 500 || answer->status == 429) {
        site->robots = ROBOTS_FAILED;
        if (rc == DM_OK)
            snprintf(site->why, sizeof site->why, "status %u", answer->status);
        else
            snprintf(site->why, sizeof site->why, "%.299s", err->text);
    } else if (answer->status / 100 == 2 && answer->body.n > 0) {
        site->text = malloc(answer->body.n);
        if (!site->text)
            return false;
        memcpy(site->text, answer->body.p, answer->body.n);
        site->n_text = answer->body.n;
    }
    return true;
}

static int get_robots(struct sites *sites, struct fetch *fetch, struct fetch_answer *scratch,
                      const char *name, struct dm_error *err)
{
    char url[FETCH_SITE_MAX + 16];
    struct turn turn = {sites};
    struct dm_error own = {0};
    snprintf(url, sizeof url, "%s/robots.txt", name);
    struct fetch_request request = {.url = url, .accept = "text/plain, */*;q=0.5", .bytes = ROBOTS_MAX,
                                    .may = may_robots, .self = &turn};
    int rc = fetch_get(fetch, &request, scratch, &own);
    if (rc == DM_ESTOPPED || rc == DM_ENOMEM || rc == DM_EFORMAT) /* a private address, ... */
        return dm_fail(err, rc, "%s", own.text);
    pthread_mutex_lock(&sites->lock);
    struct site *site = find(sites, name);
    bool fine = !site || keep(site, rc, scratch, &own);
    pthread_mutex_unlock(&sites->lock);
    return fine ? DM_OK : dm_fail(err, DM_ENOMEM, "%s: out of memory", url);
}

static bool is_stale(const struct site *site)
{
    int64_t age = now_ms() - site->robots_at;
    return site->robots == ROBOTS_UNKNOWN ||
           age > 1000 * (int64_t)(site->robots == ROBOTS_KNOWN ? ROBOTS_SECONDS : FAILED_SECONDS);
}

/* 1: its robots.txt is to be fetched first. */
static int ask(struct sites *sites, const char *name, const char *path, const char *url,
               struct dm_error *err)
{
    int rc = DM_OK;
    unsigned delay = 0;
    pthread_mutex_lock(&sites->lock);
    struct site *site = find(sites, name);
    if (!site || is_stale(site))
        rc = site ? 1 : dm_fail(err, DM_ELIMIT, "%s: too many sites at a time", url);
    else if (site->robots == ROBOTS_FAILED)
        rc = dm_fail(err, DM_EIO, "%s: its site's robots.txt cannot be had: %s", url, site->why);
    else if (!robots_allow(slice_make(site->text, site->n_text), slice_of(sites->agent),
                           slice_of(path), &delay))
        rc = dm_fail(err, DM_EFORMAT, "%s: its site's robots.txt forbids it", url);
    if (rc == DM_OK && delay * 1000 > site->pause_ms)
        site->pause_ms = delay * 1000;
    pthread_mutex_unlock(&sites->lock);
    return rc;
}

int sites_may(struct sites *sites, struct fetch *fetch, struct fetch_answer *scratch,
              const char *url, struct dm_error *err)
{
    char name[FETCH_SITE_MAX];
    const char *path;
    if (!fetch_split(url, name, &path))
        return DM_OK; /* fetch_get() says so */
    int rc = ask(sites, name, path, url, err);
    if (rc == 1) {
        rc = get_robots(sites, fetch, scratch, name, err);
        if (rc == DM_OK)
            rc = ask(sites, name, path, url, err);
    }
    if (rc == 1)
        rc = dm_fail(err, DM_ELIMIT, "%s: too many sites at a time", url);
    return rc == DM_OK ? wait_turn(sites, name, err) : rc;
}
