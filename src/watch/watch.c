/* SPDX-License-Identifier: MIT */
/*
 * watch.c - follow feeds: what is due is fetched by a few threads, what was fetched is stored by
 * one.
 *
 * Reads    the list of feeds; the state of feeds and pages in the store.
 * Leaves   articles, events, and the new state; on wish a report.
 * Method   The calling thread hands tasks (a feed to poll, a page to fetch) to threads, one each,
 *          and takes their answers: it alone uses the store, and codes. What a poll brought is
 *          committed with the feed's new state, so that a run which ends at any point asks again
 *          for what is not there, and for nothing else. A feed of which only a part could be read
 *          is asked without conditions next time.
 * Memory   An answer a thread; the list; PAGES_HELD pages that wait, the others stay in the store.
 * Limits   Pages are tried SCHEDULE_PAGE_TRIES times; then the feed's own text is taken.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "engine/engine.h"
#include "watch/list.h"
#include "watch/schedule.h"
#include "watch/sites.h"
#include "watch/keep.h"

#define JOBS_USUAL 4
#define JOBS_MOST 64
#define EVERY_USUAL 900
#define TIMEOUT_USUAL 30
#define BYTES_MOST (16u << 20)
#define PAGES_HELD 4096
#define BUSY_SECONDS 60 /* until what could not be stored is tried again */
#define WAIT_MS 200     /* how often the thread looks whether it is to stop */
#define MOVED_FAILURES 3 /* after so many an address that a feed moved to is given up */
#define AGENT_NAME "demarche"

static const char accept_feed[] = "application/atom+xml, application/rss+xml, application/feed+json,"
                                  " application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5";
static const char accept_page[] = "text/html, application/xhtml+xml, */*;q=0.1";

struct watched {
    const struct list_feed *listed;
    struct feed_row row;
    bool busy;   /* a thread has it */
    bool polled; /* by this run */
    bool put_off;
    struct dm_watch_totals totals; /* of this run */
};

struct wanted {
    sqlite3_int64 entry, feed_row;
    char *url;
    int64_t next;
    uint32_t tries;
    bool busy, done;
};

enum slot_state { SLOT_FREE, SLOT_READY, SLOT_DONE };

struct watch;

struct slot {
    struct watch *watch;
    pthread_t thread;
    enum slot_state state;
    struct watched *feed;  /* the task: a feed, ... */
    size_t page;           /* ... or with NULL above a page, by its index */
    struct fetch_request request;
    struct fetch *fetch;
    struct fetch_answer answer, robots;
    int rc;
    struct dm_error err;
};

struct watch {
    const struct dm_watch *options;
    struct dm_store *store;
    struct feeds *feeds;
    struct keeping keeping;
    struct dm_watch_totals *totals;
    struct list list;
    struct watched *feed;   /* as many as the list has */
    struct watched unlisted; /* of feeds of earlier lists, whose pages waited */
    struct summary *summary;
    struct wanted *page;    /* n_pages of PAGES_HELD, in order */
    size_t n_pages;         /* held */
    bool more_pages;        /* the store may have some that are not held */
    struct sites *sites;
    struct slot *slot;
    unsigned n_slots, n_threads;
    char agent[300];
    pthread_mutex_t lock;
    pthread_cond_t ready, done; /* a slot has a task; a slot has an answer */
    bool ending;
    atomic_bool halt;       /* what is being fetched is to be given up */
};

static bool stopped(const struct watch *watch)
{
    return watch->options->stop && *watch->options->stop;
}

static void tell(const struct watch *watch, int code, const char *message)
{
    if (watch->options->tell)
        watch->options->tell(watch->options->self, code, message);
}

/* ---- threads that fetch ---- */

static int may(void *self, const char *url, struct dm_error *err)
{
    struct slot *slot = self;
    return sites_may(slot->watch->sites, slot->fetch, &slot->robots, url, err);
}

static void *slot_main(void *self)
{
    struct slot *slot = self;
    struct watch *watch = slot->watch;
    pthread_mutex_lock(&watch->lock);
    for (;;) {
        while (slot->state != SLOT_READY && !watch->ending)
            pthread_cond_wait(&watch->ready, &watch->lock);
        if (watch->ending)
            break;
        pthread_mutex_unlock(&watch->lock);
        slot->err = (struct dm_error){0};
        slot->rc = fetch_get(slot->fetch, &slot->request, &slot->answer, &slot->err);
        sites_release(watch->sites, slot->request.url);
        pthread_mutex_lock(&watch->lock);
        slot->state = SLOT_DONE;
        pthread_cond_signal(&watch->done);
    }
    pthread_mutex_unlock(&watch->lock);
    return NULL;
}

static int open_slot(struct watch *watch, struct slot *slot, struct dm_error *err)
{
    const struct dm_watch *options = watch->options;
    struct fetch_limits limits = {
        .agent = watch->agent, .allow_private = options->allow_private, .stop = &watch->halt,
        .bytes = options->bytes && options->bytes < BYTES_MOST ? options->bytes : BYTES_MOST,
        .seconds = options->timeout ? options->timeout : TIMEOUT_USUAL,
    };
    slot->watch = watch;
    fetch_answer_init(&slot->answer);
    fetch_answer_init(&slot->robots);
    int rc = fetch_new(&limits, &slot->fetch, err);
    if (rc == DM_OK && pthread_create(&slot->thread, NULL, slot_main, slot) != 0)
        rc = dm_fail(err, DM_ENOMEM, "no thread could be started");
    watch->n_threads += rc == DM_OK;
    return rc;
}

static void close_slots(struct watch *watch)
{
    pthread_mutex_lock(&watch->lock);
    watch->ending = true;
    watch->halt = true;
    pthread_cond_broadcast(&watch->ready);
    pthread_mutex_unlock(&watch->lock);
    for (unsigned i = 0; i < watch->n_threads; i++)
        pthread_join(watch->slot[i].thread, NULL);
    for (unsigned i = 0; watch->slot && i < watch->n_slots; i++) {
        fetch_free(watch->slot[i].fetch);
        fetch_answer_deinit(&watch->slot[i].answer);
        fetch_answer_deinit(&watch->slot[i].robots);
    }
}

/* ---- pages that wait ---- */

static bool hold_page(void *self, const struct page_row *row)
{
    struct watch *watch = self;
    struct wanted *page = &watch->page[watch->n_pages];
    *page = (struct wanted){.entry = row->entry, .feed_row = row->feed_row, .next = row->next,
                            .tries = row->tries, .url = strndup(row->url.p, row->url.n)};
    if (!page->url)
        return false; /* it stays in the store */
    return ++watch->n_pages < PAGES_HELD;
}

/* Then a thread knows it by its place. */
static bool any_page_busy(const struct watch *watch)
{
    for (size_t i = 0; i < watch->n_pages; i++)
        if (watch->page[i].busy)
            return true;
    return false;
}

static void forget_pages(struct watch *watch)
{
    size_t n = 0;
    for (size_t i = 0; i < watch->n_pages; i++) {
        if (!watch->page[i].done)
            watch->page[n++] = watch->page[i];
        else
            free(watch->page[i].url);
    }
    watch->n_pages = n;
}

/* Forget those that are settled, and take over more from the store. */
static int hold_pages(struct watch *watch, struct dm_error *err)
{
    if (!any_page_busy(watch))
        forget_pages(watch);
    if (watch->n_pages == PAGES_HELD || !watch->more_pages)
        return DM_OK;
    watch->more_pages = false;
    sqlite3_int64 last = watch->n_pages > 0 ? watch->page[watch->n_pages - 1].entry : 0;
    int rc = feeds_wanted(watch->feeds, last, hold_page, watch, err);
    watch->more_pages = watch->n_pages == PAGES_HELD;
    return rc;
}

/* ---- answers ---- */

static bool is_store_fault(int code)
{
    return code == DM_EIO || code == DM_EBUSY || code == DM_ENOMEM || code == DM_EINTERNAL;
}

/* When and how a feed is asked next, after a poll that went well or not. */
static void plan(struct watch *watch, struct watched *feed, bool fine,
                 const struct fetch_answer *answer, int64_t now)
{
    unsigned every = feed->listed->every  ? feed->listed->every
                     : watch->options->every ? watch->options->every
                                             : EVERY_USUAL;
    feed->row.failures = fine ? 0 : feed->row.failures + 1;
    struct schedule schedule = {.now = now, .every = every, .failures = feed->row.failures,
                                .retry_after = fine ? -1 : answer->retry_after,
                                .seed = slice_hash(slice_of(feed->listed->url))};
    feed->row.next = schedule_next(&schedule);
    if (feed->row.failures >= MOVED_FAILURES)
        *feed->row.address = '\0';
}

static void set_field(char *out, size_t size, const char *text)
{
    snprintf(out, size, "%s", strlen(text) < size ? text : "");
}

/* After entries were taken: what the server said, to be sent back next time. */
static void remember(struct watched *feed, const struct fetch_answer *answer, bool whole)
{
    set_field(feed->row.etag, sizeof feed->row.etag, whole ? answer->etag : "");
    set_field(feed->row.modified, sizeof feed->row.modified, whole ? answer->modified : "");
    if (answer->moved)
        set_field(feed->row.address, sizeof feed->row.address, answer->url);
}

static void tell_count(const struct watch *watch, const char *url, const struct keep_count *count)
{
    struct dm_error line;
    if (count->entries + count->changed == 0)
        return;
    dm_fail(&line, DM_OK, "%s: %llu new, %llu changed", url, (unsigned long long)count->entries,
            (unsigned long long)count->changed);
    tell(watch, DM_OK, line.text);
}

/* *fault: what is wrong with the feed, *failed: as a whole. Negative only for the store. */
static int take_answer(struct watch *watch, struct slot *slot, int64_t now, bool *failed,
                       struct dm_error *fault, struct dm_error *err)
{
    struct watched *feed = slot->feed;
    const char *url = feed->listed->url;
    struct keep_count count = {0};
    *failed = true;
    if (slot->rc != DM_OK) { /* it may name where the feed leads to */
        bool named = slice_starts(slice_of(slot->err.text), url);
        dm_fail(fault, slot->rc, named ? "%s%s" : "%s: %s", named ? "" : url, slot->err.text);
        return DM_OK;
    }
    feed->row.status = slot->answer.status;
    if (slot->answer.status == 304) {
        watch->totals->unchanged++;
        *failed = false;
        return DM_OK;
    }
    if (slot->answer.status / 100 != 2) {
        dm_fail(fault, DM_EIO, "%s: status %u", url, slot->answer.status);
        return DM_OK;
    }
    int rc = keep_feed(&watch->keeping, &feed->row, url, &slot->answer,
                       watch->options->pages || feed->listed->pages, now, &count, fault, err);
    if (rc < 0 && is_store_fault(rc))
        return rc;
    if (rc < 0) {
        *fault = *err;
        return DM_OK;
    }
    watch->totals->changed += count.changed;
    remember(feed, &slot->answer, !fault->code);
    tell_count(watch, url, &count);
    *failed = false;
    return DM_OK;
}

static int handle_feed(struct watch *watch, struct slot *slot, int64_t now, struct dm_error *err)
{
    struct watched *feed = slot->feed;
    struct dm_error fault = {0};
    bool failed;
    feed->row.status = 0;
    if (slot->rc != DM_OK)
        slot->answer.retry_after = -1;
    int rc = take_answer(watch, slot, now, &failed, &fault, err);
    if (rc != DM_OK)
        return rc;
    watch->totals->polls += slot->rc == DM_OK;
    watch->totals->failed += failed;
    plan(watch, feed, !failed, &slot->answer, now);
    if (fault.code)
        tell(watch, fault.code, fault.text);
    rc = feeds_polled(watch->feeds, &feed->row, now, fault.code ? fault.text : NULL, err);
    if (rc == DM_OK && fault.code)
        rc = summary_why(watch->summary, SUMMARY_FAULT, feed->row.row, 0, fault.text, err);
    watch->more_pages = true;
    return rc;
}

/* Will it do any good to try again? */
static bool will_pass(const struct slot *slot)
{
    unsigned status = slot->answer.status;
    if (slot->rc != DM_OK)
        return slot->rc == DM_EIO;
    return status >= 500 || status == 429 || status == 408;
}

static int handle_page(struct watch *watch, struct slot *slot, int64_t now, struct dm_error *err)
{
    struct wanted *page = &watch->page[slot->page];
    bool fine = slot->rc == DM_OK && slot->answer.status / 100 == 2;
    struct dm_error why = slot->err;
    if (slot->rc != DM_OK)
        slot->answer.retry_after = -1;
    else if (!fine)
        dm_fail(&why, DM_EIO, "%s: status %u", page->url, slot->answer.status);
    if (!fine && will_pass(slot) && page->tries + 1 < SCHEDULE_PAGE_TRIES) {
        page->tries++;
        page->next = schedule_page(now, page->tries, slot->answer.retry_after);
        return feeds_put_off(watch->feeds, page->entry, page->next, page->tries, err);
    }
    int rc = keep_page(&watch->keeping, page->entry, fine ? &slot->answer : NULL,
                       fine ? NULL : why.text, now, err);
    page->done = rc == DM_OK;
    return rc;
}

/* The feed that the slot's task is of. */
static struct watched *feed_of(struct watch *watch, const struct slot *slot)
{
    if (slot->feed)
        return slot->feed;
    for (size_t i = 0; i < watch->list.n; i++)
        if (watch->feed[i].row.row == watch->page[slot->page].feed_row)
            return &watch->feed[i];
    return &watch->unlisted;
}

/* What was counted since `before` is the feed's. */
static void credit(const struct watch *watch, const struct dm_watch_totals *before,
                   struct dm_watch_totals *to)
{
    const struct dm_watch_totals *now = watch->totals;
    to->polls += now->polls - before->polls;
    to->unchanged += now->unchanged - before->unchanged;
    to->failed += now->failed - before->failed;
    to->entries += now->entries - before->entries;
    to->changed += now->changed - before->changed;
    to->pages += now->pages - before->pages;
    to->articles += now->articles - before->articles;
    to->known += now->known - before->known;
    to->foreign += now->foreign - before->foreign;
    to->events += now->events - before->events;
}

/* The store is busy: the task is done anew later. */
static void put_back(struct watch *watch, struct slot *slot, const struct feed_row *row,
                     const struct dm_watch_totals *totals, int64_t now)
{
    *watch->totals = *totals;
    watch->totals->failed++;
    if (slot->feed) {
        slot->feed->row = *row;
        slot->feed->row.next = now + BUSY_SECONDS;
    } else {
        watch->page[slot->page].done = false;
        watch->page[slot->page].next = now + BUSY_SECONDS;
    }
    store_give_up(watch->store);
}

/* Negative: the store can no longer be written. */
static int handle(struct watch *watch, struct slot *slot, struct dm_error *err)
{
    int64_t now = time(NULL);
    struct watched *feed = feed_of(watch, slot);
    struct feed_row before = feed->row;
    struct dm_watch_totals totals = *watch->totals;
    watch->keeping.listed = feed->row.row;
    if (slot->feed) {
        slot->feed->busy = false;
        slot->feed->polled = true;
    } else
        watch->page[slot->page].busy = false;
    if (slot->rc == DM_ESTOPPED)
        return DM_OK;
    int rc = slot->feed ? handle_feed(watch, slot, now, err) : handle_page(watch, slot, now, err);
    if (rc == DM_OK)
        rc = dm_store_commit(watch->store, err);
    if (rc == DM_EBUSY) {
        tell(watch, rc, err->text);
        put_back(watch, slot, &before, &totals, now);
        rc = DM_OK;
    }
    credit(watch, &totals, &feed->totals);
    return rc;
}

/* ---- tasks ---- */

/* Hand the task to the slot if its site is free; else *wait_ms is lowered to when to ask again. */
static bool dispatch(struct watch *watch, struct slot *slot, const char *url, int64_t *wait_ms)
{
    int64_t wait = sites_claim(watch->sites, url);
    if (wait > 0) {
        *wait_ms = wait < *wait_ms ? wait : *wait_ms;
        return false;
    }
    slot->request.url = url;
    slot->request.may = may;
    slot->request.self = slot;
    pthread_mutex_lock(&watch->lock);
    slot->state = SLOT_READY;
    pthread_cond_broadcast(&watch->ready);
    pthread_mutex_unlock(&watch->lock);
    return true;
}

static bool is_due(const struct watch *watch, const struct watched *feed, int64_t now)
{
    if (feed->busy)
        return false;
    if (watch->options->once)
        return !feed->polled && (feed->row.failures == 0 || feed->row.next <= now);
    return feed->row.next <= now;
}

static bool give_feed(struct watch *watch, struct slot *slot, struct watched *feed, int64_t *wait_ms)
{
    const char *url = *feed->row.address ? feed->row.address : feed->listed->url;
    slot->feed = feed;
    slot->request = (struct fetch_request){.accept = accept_feed, .etag = feed->row.etag,
                                           .modified = feed->row.modified};
    feed->busy = dispatch(watch, slot, url, wait_ms);
    return feed->busy;
}

static bool give_page(struct watch *watch, struct slot *slot, size_t page, int64_t *wait_ms)
{
    slot->feed = NULL;
    slot->page = page;
    slot->request = (struct fetch_request){.accept = accept_page};
    watch->page[page].busy = dispatch(watch, slot, watch->page[page].url, wait_ms);
    return watch->page[page].busy;
}

/* Feeds first. True: the slot has a task. *waiting is set when there is one, but not yet. */
static bool give(struct watch *watch, struct slot *slot, int64_t *wait_ms, bool *waiting)
{
    int64_t now = time(NULL);
    for (size_t i = 0; i < watch->list.n; i++) {
        if (!is_due(watch, &watch->feed[i], now))
            continue;
        if (give_feed(watch, slot, &watch->feed[i], wait_ms))
            return true;
        *waiting = true;
    }
    for (size_t i = 0; i < watch->n_pages; i++) {
        const struct wanted *page = &watch->page[i];
        if (page->done || page->busy || page->next > now)
            continue;
        if (give_page(watch, slot, i, wait_ms))
            return true;
        *waiting = true;
    }
    return false;
}

static enum slot_state state_of(struct watch *watch, const struct slot *slot)
{
    pthread_mutex_lock(&watch->lock);
    enum slot_state state = slot->state;
    pthread_mutex_unlock(&watch->lock);
    return state;
}

static void set_free(struct watch *watch, struct slot *slot)
{
    pthread_mutex_lock(&watch->lock);
    slot->state = SLOT_FREE;
    pthread_mutex_unlock(&watch->lock);
}

static void wait_done(struct watch *watch, int64_t ms)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += (long)ms * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&watch->lock);
    bool any = false;
    for (unsigned i = 0; i < watch->n_slots; i++)
        any |= watch->slot[i].state == SLOT_DONE;
    if (!any)
        pthread_cond_timedwait(&watch->done, &watch->lock, &until);
    pthread_mutex_unlock(&watch->lock);
}

static int loop(struct watch *watch, struct dm_error *err)
{
    while (!stopped(watch)) {
        int64_t wait_ms = WAIT_MS;
        bool under_way = false;
        for (unsigned i = 0; i < watch->n_slots; i++) {
            struct slot *slot = &watch->slot[i];
            int rc = DM_OK;
            if (state_of(watch, slot) == SLOT_DONE) {
                rc = handle(watch, slot, err);
                set_free(watch, slot);
            }
            if (rc == DM_OK)
                rc = hold_pages(watch, err);
            if (rc != DM_OK)
                return rc;
        }
        for (unsigned i = 0; i < watch->n_slots; i++) {
            struct slot *slot = &watch->slot[i];
            bool waiting = false;
            if (state_of(watch, slot) != SLOT_FREE || give(watch, slot, &wait_ms, &waiting))
                under_way = true;
            under_way |= waiting;
        }
        if (watch->options->once && !under_way && !watch->more_pages)
            return DM_OK;
        wait_done(watch, wait_ms);
    }
    return dm_fail(err, DM_ESTOPPED, "stopped");
}

/* ---- setting up ---- */

static int read_list(struct watch *watch, struct dm_error *err)
{
    const struct dm_watch *options = watch->options;
    int rc = DM_OK;
    for (size_t i = 0; rc == DM_OK && i < options->n_urls; i++)
        rc = list_add(&watch->list, slice_of(options->url[i]), 0, false, "", err);
    if (rc == DM_OK && options->list)
        rc = list_load(&watch->list, options->list, err);
    if (rc == DM_OK && watch->list.n == 0)
        rc = options->list ? dm_fail(err, DM_EFORMAT, "%s: lists no feed", options->list)
                           : dm_fail(err, DM_EUSAGE, "no feed is named");
    return rc;
}

static int open_feeds(struct watch *watch, struct dm_error *err)
{
    struct dm_error line;
    int rc = feeds_open(watch->store, &watch->feeds, err);
    int64_t now = time(NULL);
    watch->keeping.feeds = watch->feeds;
    for (size_t i = 0; rc == DM_OK && i < watch->list.n; i++) {
        struct watched *feed = &watch->feed[i];
        feed->listed = &watch->list.feed[i];
        rc = feeds_get(watch->feeds, feed->listed->url, &feed->row, err);
        if (rc != DM_OK || !watch->options->once || is_due(watch, feed, now))
            continue;
        watch->totals->put_off++;
        feed->put_off = true;
        dm_fail(&line, DM_OK, "%s: it failed last time, and is to be asked in %lld seconds",
                feed->listed->url, (long long)(feed->row.next - now));
        tell(watch, DM_OK, line.text);
    }
    if (rc == DM_OK)
        rc = dm_store_commit(watch->store, err);
    watch->more_pages = true;
    return rc;
}

static int open_watch(struct watch *watch, struct dm_error *err)
{
    const struct dm_watch *options = watch->options;
    unsigned jobs = options->jobs ? options->jobs : JOBS_USUAL;
    snprintf(watch->agent, sizeof watch->agent, options->agent ? "%s/%s (%s)" : "%s/%s", AGENT_NAME,
             dm_version(), options->agent);
    int rc = read_list(watch, err);
    if (rc == DM_OK)
        rc = keep_init(&watch->keeping, err);
    if (rc != DM_OK)
        return rc;
    watch->n_slots = jobs < JOBS_MOST ? jobs : JOBS_MOST;
    watch->slot = calloc(watch->n_slots, sizeof *watch->slot);
    watch->feed = calloc(watch->list.n, sizeof *watch->feed);
    watch->page = calloc(PAGES_HELD, sizeof *watch->page);
    watch->sites = sites_new(options->pause_ms, AGENT_NAME, &watch->halt);
    if (!watch->slot || !watch->feed || !watch->page || !watch->sites)
        return dm_fail(err, DM_ENOMEM, "out of memory for %u feeds", watch->list.n);
    rc = open_feeds(watch, err);
    for (unsigned i = 0; rc == DM_OK && i < watch->n_slots; i++)
        rc = open_slot(watch, &watch->slot[i], err);
    return rc;
}

static void close_watch(struct watch *watch)
{
    close_slots(watch);
    for (size_t i = 0; i < watch->n_pages; i++)
        free(watch->page[i].url);
    free(watch->page);
    free(watch->feed);
    free(watch->slot);
    sites_free(watch->sites);
    feeds_close(watch->feeds);
    keep_deinit(&watch->keeping);
    list_deinit(&watch->list);
}

/* Behind the loop: each feed of the list, and those of earlier lists if something came of them. */
static void summarize(const struct watch *watch)
{
    for (size_t i = 0; watch->feed && i < watch->list.n; i++) {
        const struct watched *feed = &watch->feed[i];
        summary_feed(watch->summary, &(struct summary_feed){
            .row = feed->row.row, .url = watch->list.feed[i].url, .address = feed->row.address,
            .state = feed->polled ? "asked" : feed->put_off ? "put off" : "not asked",
            .totals = &feed->totals});
    }
    static const struct dm_watch_totals none;
    if (memcmp(&watch->unlisted.totals, &none, sizeof none) != 0)
        summary_feed(watch->summary, &(struct summary_feed){
            .url = "", .address = "", .state = "not listed", .totals = &watch->unlisted.totals});
}

int dm_watch(const struct dm_engine *engine, struct dm_store *store, const struct dm_watch *watch,
             struct dm_watch_totals *totals, struct dm_error *err)
{
    struct watch run = {.options = watch, .store = store, .totals = totals,
                        .lock = PTHREAD_MUTEX_INITIALIZER, .ready = PTHREAD_COND_INITIALIZER,
                        .done = PTHREAD_COND_INITIALIZER};
    run.keeping = (struct keeping){.engine = engine, .store = store, .totals = totals,
                                 .tell = watch->tell, .self = watch->self};
    *totals = (struct dm_watch_totals){0};
    list_init(&run.list);
    int rc = engine_check(engine, DM_DEPTH_CODE, err);
    if (rc == DM_OK && !store->writes)
        rc = dm_fail(err, DM_EUSAGE, "%s: opened for reading only", store->path);
    if (rc == DM_OK && watch->report)
        rc = summary_open(watch->report, store, &run.summary, err);
    run.keeping.summary = run.summary;
    if (rc == DM_OK)
        rc = open_watch(&run, err);
    if (rc == DM_OK)
        rc = loop(&run, err);
    store_give_up(store); /* all that is told is committed */
    summarize(&run);
    struct dm_error later = {0};
    int told = summary_close(run.summary, totals, rc, &later);
    close_watch(&run);
    if (told != DM_OK && (rc == DM_OK || rc == DM_ESTOPPED)) {
        *err = later;
        rc = told;
    }
    return rc;
}
