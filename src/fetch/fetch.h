/* SPDX-License-Identifier: MIT */
/*
 * fetch.h - an address on the web, fetched once or not, within limits.
 *
 * A struct fetch holds a connection or two; it is used by one thread at a time.
 */
#ifndef FETCH_FETCH_H
#define FETCH_FETCH_H

#include <stdatomic.h>

#include "core/buf.h"
#include "core/error.h"

struct fetch;

#define FETCH_URL_MAX 2048   /* bytes of an address; longer ones are refused */
#define FETCH_FIELD_MAX 512  /* of a header field that is kept; longer ones count as not said */
#define FETCH_REDIRECTS 5

struct fetch_limits {
    const char *agent;    /* User-Agent */
    size_t bytes;         /* of an answer, unpacked */
    unsigned seconds;     /* for one exchange; a third of it, at most 10, for connecting */
    bool allow_private;   /* also addresses of this machine and of private networks */
    const atomic_bool *stop; /* true: give up; may be NULL */
};

struct fetch_request {
    const char *url;
    const char *accept;          /* media types wanted, or NULL */
    const char *etag, *modified; /* what is known already: only a newer one; "" or NULL none */
    size_t bytes;                /* so many are enough: what is more is cut, not refused; 0: all */
    /*
     * Asked before each exchange, of the first address and of each redirect's: DM_OK, or what
     * fetch_get() then returns. May be NULL.
     */
    int (*may)(void *self, const char *url, struct dm_error *err);
    void *self;
};

/* Init once, deinit once; each fetch_get() empties it first. */
struct fetch_answer {
    unsigned status;              /* of the last exchange: 200, 304, 404, ... */
    struct buf body;              /* unpacked */
    char url[FETCH_URL_MAX];      /* where it came from in the end */
    bool moved;                   /* each redirect on the way was a permanent one, and there was one */
    char etag[FETCH_FIELD_MAX], modified[FETCH_FIELD_MAX], media[FETCH_FIELD_MAX]; /* "" not said */
    int64_t retry_after;          /* seconds; -1 not said */
};

void fetch_answer_init(struct fetch_answer *answer);
void fetch_answer_deinit(struct fetch_answer *answer);

/* What libcurl wants done once before threads use it. May be called again. DM_ENOMEM. */
int fetch_init(struct dm_error *err);

int fetch_new(const struct fetch_limits *limits, struct fetch **out, struct dm_error *err);
void fetch_free(struct fetch *fetch); /* NULL is fine */

/*
 * Fetch by GET, following redirects.
 *
 * after    DM_OK: there was an answer, whatever its status
 * errors   DM_EIO no answer, or none that is whole (no such host, refused, timed out, cut off);
 *          DM_ELIMIT too large, too many redirects, too long an address; DM_EFORMAT no address of
 *          the web, or one that is private; DM_ESTOPPED; DM_ENOMEM; what `may` returned
 */
int fetch_get(struct fetch *fetch, const struct fetch_request *request,
              struct fetch_answer *answer, struct dm_error *err);

/* ---- addresses as text ---- */

/* "http://host:port" and "/path?query" of an address of the web; false: it is none. */
#define FETCH_SITE_MAX 300
bool fetch_split(const char *url, char site[static FETCH_SITE_MAX], const char **path);

#endif
