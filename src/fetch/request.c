/* SPDX-License-Identifier: MIT */
/*
 * request.c - an address on the web, fetched once or not, within limits.
 *
 * Reads    http and https by libcurl; gzip, deflate, brotli and zstd as it was built.
 * Leaves   status, body, and the few header fields that polling needs.
 * Method   One exchange at a time; redirects are followed here, so that each address is asked about
 *          before it is fetched. Whether an address is private is looked at when the socket is
 *          opened, after the name was looked up: a name that means something else at the second
 *          look-up changes nothing. Proxies are not used, as they would look names up themselves.
 *          No cookies, no passwords of .netrc.
 * Limits   fetch_limits, counted in unpacked bytes as they come; FETCH_REDIRECTS.
 * Source   RFC 9110, 9111 (conditional requests).
 */
#include <curl/curl.h>
#include <ctype.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "fetch/address.h"
#include "fetch/fetch.h"
#include "fetch/head.h"

struct fetch {
    CURL *curl;
    struct fetch_limits limits;
    struct buf *body;      /* of the exchange under way */
    bool cut;              /* a longer body is cut, not refused */
    bool too_large;
    char refused[ADDRESS_TEXT]; /* a private address that was not connected to; "" none */
    char why[CURL_ERROR_SIZE];
};

/* ---- callbacks of libcurl ---- */

static size_t take_body(char *bytes, size_t one, size_t n, void *self)
{
    struct fetch *fetch = self;
    struct buf *body = fetch->body;
    (void)one;
    size_t room = body->limit - body->n;
    if (n > room) {
        fetch->too_large = true;
        buf_add(body, slice_make(bytes, room));
        return 0;
    }
    buf_add(body, slice_make(bytes, n));
    return body->failed ? 0 : n;
}

static curl_socket_t open_socket(void *self, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct fetch *fetch = self;
    (void)purpose;
    if (!fetch->limits.allow_private && !address_is_public(&address->addr, address->addrlen)) {
        address_text(&address->addr, address->addrlen, fetch->refused);
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static int asks_stop(void *self, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    struct fetch *fetch = self;
    (void)a, (void)b, (void)c, (void)d;
    return fetch->limits.stop && *fetch->limits.stop;
}

/* ---- a handle ---- */

static pthread_once_t once = PTHREAD_ONCE_INIT;
static CURLcode global;

static void init_once(void)
{
    global = curl_global_init(CURL_GLOBAL_DEFAULT);
}

int fetch_init(struct dm_error *err)
{
    pthread_once(&once, init_once);
    return global == CURLE_OK ? DM_OK : dm_fail(err, DM_ENOMEM, "libcurl: %s", curl_easy_strerror(global));
}

static bool set_up(struct fetch *fetch)
{
    CURL *curl = fetch->curl;
    long ms = (long)fetch->limits.seconds * 1000, connect = ms / 3 < 10000 ? ms / 3 : 10000;
    const struct { CURLoption option; long value; } numbers[] = {
        {CURLOPT_NOSIGNAL, 1}, {CURLOPT_NOPROGRESS, 0}, {CURLOPT_FOLLOWLOCATION, 0},
        {CURLOPT_TIMEOUT_MS, ms}, {CURLOPT_CONNECTTIMEOUT_MS, connect},
        {CURLOPT_MAXCONNECTS, 2}, {CURLOPT_NETRC, CURL_NETRC_IGNORED},
    };
    bool fine = true;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        fine &= curl_easy_setopt(curl, numbers[i].option, numbers[i].value) == CURLE_OK;
    fine &= curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK;
    fine &= curl_easy_setopt(curl, CURLOPT_PROXY, "") == CURLE_OK;
    fine &= curl_easy_setopt(curl, CURLOPT_USERAGENT, fetch->limits.agent) == CURLE_OK;
    fine &= curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "") == CURLE_OK;
    fine &= curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, fetch->why) == CURLE_OK;
    fine &= curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK;
    fine &= curl_easy_setopt(curl, CURLOPT_WRITEDATA, fetch) == CURLE_OK;
    fine &= curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket) == CURLE_OK;
    fine &= curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, fetch) == CURLE_OK;
    fine &= curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, asks_stop) == CURLE_OK;
    fine &= curl_easy_setopt(curl, CURLOPT_XFERINFODATA, fetch) == CURLE_OK;
    return fine;
}

int fetch_new(const struct fetch_limits *limits, struct fetch **out, struct dm_error *err)
{
    int rc = fetch_init(err);
    if (rc != DM_OK)
        return rc;
    struct fetch *fetch = calloc(1, sizeof *fetch);
    if (fetch) {
        fetch->limits = *limits;
        fetch->curl = curl_easy_init();
    }
    if (!fetch || !fetch->curl || !set_up(fetch)) {
        fetch_free(fetch);
        return dm_fail(err, DM_ENOMEM, "libcurl cannot be set up");
    }
    *out = fetch;
    return DM_OK;
}

void fetch_free(struct fetch *fetch)
{
    if (!fetch)
        return;
    if (fetch->curl)
        curl_easy_cleanup(fetch->curl);
    free(fetch);
}

void fetch_answer_init(struct fetch_answer *answer)
{
    memset(answer, 0, sizeof *answer);
    buf_init(&answer->body, SIZE_MAX / 2);
}

void fetch_answer_deinit(struct fetch_answer *answer)
{
    buf_deinit(&answer->body);
}

/* ---- addresses ---- */

bool fetch_split(const char *url, char site[static FETCH_SITE_MAX], const char **path)
{
    size_t scheme = strncasecmp(url, "http://", 7) == 0    ? 7
                    : strncasecmp(url, "https://", 8) == 0 ? 8
                                                           : 0;
    size_t n = scheme + strcspn(url + scheme, "/?#");
    if (scheme == 0 || n == scheme || n >= FETCH_SITE_MAX)
        return false;
    for (size_t i = 0; i < n; i++) {
        if ((unsigned char)url[i] <= ' ')
            return false;
        site[i] = (char)tolower((unsigned char)url[i]);
    }
    site[n] = '\0';
    *path = url[n] == '/' ? url + n : "/";
    return true;
}

/* ---- one exchange ---- */

static bool add_field(struct curl_slist **list, const char *name, const char *value)
{
    char line[FETCH_FIELD_MAX + 64];
    if (!value || !*value)
        return true;
    snprintf(line, sizeof line, "%s: %s", name, value);
    struct curl_slist *longer = curl_slist_append(*list, line);
    if (longer)
        *list = longer;
    return longer != NULL;
}

/* A header field of the last answer; one with control characters in it would not be safe to send back. */
static void keep_field(struct fetch *fetch, const char *name, char out[static FETCH_FIELD_MAX])
{
    struct curl_header *header;
    *out = '\0';
    if (curl_easy_header(fetch->curl, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
        return;
    size_t n = strlen(header->value);
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)header->value[i] < ' ' || header->value[i] == 0x7F)
            return;
    if (n < FETCH_FIELD_MAX)
        memcpy(out, header->value, n + 1);
}

static void keep_answer(struct fetch *fetch, struct fetch_answer *answer)
{
    char wait[FETCH_FIELD_MAX];
    long status = 0;
    curl_easy_getinfo(fetch->curl, CURLINFO_RESPONSE_CODE, &status);
    answer->status = (unsigned)status;
    keep_field(fetch, "ETag", answer->etag);
    keep_field(fetch, "Last-Modified", answer->modified);
    keep_field(fetch, "Content-Type", answer->media);
    keep_field(fetch, "Retry-After", wait);
    answer->retry_after = *wait ? head_retry_after(slice_of(wait), time(NULL)) : -1;
}

static int fail(struct fetch *fetch, CURLcode code, const char *url, struct dm_error *err)
{
    const char *why = *fetch->why ? fetch->why : curl_easy_strerror(code);
    if (code == CURLE_ABORTED_BY_CALLBACK)
        return dm_fail(err, DM_ESTOPPED, "stopped");
    if (fetch->too_large)
        return dm_fail(err, DM_ELIMIT, "%s: larger than %zu bytes", url, fetch->body->limit);
    if (code == CURLE_OUT_OF_MEMORY || fetch->body->failed)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", url);
    if (*fetch->refused)
        return dm_fail(err, DM_EFORMAT, "%s: its address %s is private; --allow-private allows it", url,
                       fetch->refused);
    if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)
        return dm_fail(err, DM_EFORMAT, "%s: no address of http or https", url);
    return dm_fail(err, DM_EIO, "%s: %s", url, why);
}

static int exchange(struct fetch *fetch, const struct fetch_request *request,
                    struct fetch_answer *answer, struct dm_error *err)
{
    struct curl_slist *fields = NULL;
    CURL *curl = fetch->curl;
    bool fine = add_field(&fields, "Accept", request->accept) &&
                add_field(&fields, "If-None-Match", request->etag) &&
                add_field(&fields, "If-Modified-Since", request->modified) &&
                curl_easy_setopt(curl, CURLOPT_URL, answer->url) == CURLE_OK &&
                curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fields) == CURLE_OK;
    fetch->cut = request->bytes > 0;
    buf_clear(&answer->body);
    answer->body.limit = fetch->cut ? request->bytes : fetch->limits.bytes;
    fetch->body = &answer->body;
    fetch->too_large = false;
    *fetch->refused = *fetch->why = '\0';
    CURLcode code = fine ? curl_easy_perform(curl) : CURLE_OUT_OF_MEMORY;
    if (fetch->too_large && fetch->cut && !answer->body.failed)
        code = CURLE_OK;
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, NULL);
    curl_slist_free_all(fields);
    if (code != CURLE_OK)
        return fail(fetch, code, answer->url, err);
    keep_answer(fetch, answer);
    return DM_OK;
}

static bool is_redirect(unsigned status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static int set_url(struct fetch_answer *answer, const char *url, struct dm_error *err)
{
    char site[FETCH_SITE_MAX];
    const char *path;
    size_t n = strlen(url);
    if (n >= FETCH_URL_MAX)
        return dm_fail(err, DM_ELIMIT, "%.80s...: an address of more than %d bytes", url, FETCH_URL_MAX);
    if (!fetch_split(url, site, &path))
        return dm_fail(err, DM_EFORMAT, "%s: no address of http or https", url);
    memmove(answer->url, url, n + 1);
    answer->url[strcspn(answer->url, "#")] = '\0';
    return DM_OK;
}

int fetch_get(struct fetch *fetch, const struct fetch_request *request,
              struct fetch_answer *answer, struct dm_error *err)
{
    int rc = set_url(answer, request->url, err);
    bool moved = true;
    for (int redirects = 0; rc == DM_OK; redirects++) {
        char *to = NULL;
        if (request->may)
            rc = request->may(request->self, answer->url, err);
        if (rc == DM_OK)
            rc = exchange(fetch, request, answer, err);
        if (rc != DM_OK || !is_redirect(answer->status) ||
            curl_easy_getinfo(fetch->curl, CURLINFO_REDIRECT_URL, &to) != CURLE_OK || !to) {
            answer->moved = moved && redirects > 0;
            return rc;
        }
        if (redirects == FETCH_REDIRECTS)
            return dm_fail(err, DM_ELIMIT, "%s: more than %d redirects", request->url, FETCH_REDIRECTS);
        moved = moved && (answer->status == 301 || answer->status == 308);
        rc = set_url(answer, to, err);
    }
    return rc;
}
