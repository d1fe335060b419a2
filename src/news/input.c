/* SPDX-License-Identifier: MIT */
/*
 * input.c - the bytes of a file, a pipe or a terminal, unpacked where they are gzip or zstd.
 *
 * Reads    a file descriptor, INPUT_RAW bytes at a time; a pipe's bytes are handed on as they come.
 * Leaves   plain bytes, and where each member of the packed file begins: archives are packed record
 *          by record, so that this is where a record is.
 * Method   The first four bytes tell the packing. Members follow each other up to the file's end;
 *          zeros behind the last are padding. After a broken member the next is searched for by its
 *          first bytes, also among those of the broken one that are still at hand, since a member
 *          that was cut short takes what follows for its own. A place that only looks like a member
 *          and gives nothing is passed over in silence.
 *          A zstd file may begin with a dictionary for all its frames, as WARC files do.
 * Memory   One buffer, one unpacker; a dictionary of at most DICTIONARY_MAX.
 * Source   RFC 1952 (gzip), RFC 8878 (zstd), IIPC "WARC Zstandard" 1.0 (the dictionary frame).
 */
#include "news/input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define WAIT_MS 100 /* a wait for input is interrupted so often to ask whether to stop */
#define DICTIONARY_MAX (16u << 20)
#define DICTIONARY_FRAME "\x5D\x2A\x4D\x18"

int input_open(const char *path, const struct news_options *options, struct input **out,
               struct dm_error *err)
{
    bool standard = strcmp(path, "-") == 0;
    /* Without O_NONBLOCK, opening a pipe that nobody writes to would block. */
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return dm_fail(err, DM_EIO, "%s: %s", path, strerror(errno));
    struct stat st;
    int rc = DM_OK;
    if (fstat(fd, &st) < 0)
        rc = dm_fail(err, DM_EIO, "%s: %s", path, strerror(errno));
    else if (S_ISDIR(st.st_mode))
        rc = dm_fail(err, DM_EIO, "%s: is a folder; name the files in it", path);
    struct input *input = rc == DM_OK ? calloc(1, sizeof *input) : NULL;
    if (rc == DM_OK && !input)
        rc = dm_fail(err, DM_ENOMEM, "%s: out of memory", path);
    if (rc != DM_OK) {
        if (!standard)
            close(fd);
        return rc;
    }
    input->path = standard ? NEWS_STANDARD_INPUT : path;
    input->fd = fd;
    input->waits = !S_ISREG(st.st_mode);
    input->stopped = options ? options->stopped : NULL;
    input->self = options ? options->self : NULL;
    *out = input;
    return DM_OK;
}

int input_open_bytes(const char *name, struct slice bytes, struct input **out, struct dm_error *err)
{
    struct input *input = calloc(1, sizeof *input);
    if (!input)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", name);
    input->path = name;
    input->fd = -1;
    input->memory = bytes;
    *out = input;
    return DM_OK;
}

void input_close(struct input *input)
{
    if (!input)
        return;
    if (input->fd != STDIN_FILENO && input->fd >= 0)
        close(input->fd);
    packed_free(input->packed);
    free(input);
}

/* ---- the file's own bytes ---- */

/* Until bytes come or their end; false when the caller wants to stop. */
static bool wait_readable(const struct input *input)
{
    struct pollfd ask = {.fd = input->fd, .events = POLLIN};
    while (poll(&ask, 1, WAIT_MS) <= 0)
        if (input->stopped && input->stopped(input->self))
            return false;
    return true;
}

static int64_t read_memory(struct input *input, char *out, size_t room)
{
    size_t n = input->memory.n < room ? input->memory.n : room;
    if (n > 0)
        memcpy(out, input->memory.p, n);
    input->memory = slice_make(input->memory.p + n, input->memory.n - n);
    input->ended = n == 0;
    return (int64_t)n;
}

/* One read. Bytes; 0 at the end; DM_EIO. */
static int64_t read_file(struct input *input, char *out, size_t room, struct dm_error *err)
{
    if (input->fd < 0)
        return input->ended ? 0 : read_memory(input, out, room);
    while (!input->ended) {
        if (input->waits && !wait_readable(input)) {
            input->ended = input->halted = true;
            break;
        }
        ssize_t got = read(input->fd, out, room);
        if (got < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (got < 0) {
            input->failed = input->ended = true;
            return dm_fail(err, DM_EIO, "%s: reading failed: %s", input->path, strerror(errno));
        }
        input->ended = got == 0;
        return got;
    }
    return 0;
}

static struct slice rest(const struct input *input)
{
    return slice_make(input->raw + input->begin, input->end - input->begin);
}

static void use(struct input *input, size_t n)
{
    input->begin += n;
    input->taken += n;
}

/* Until `least` bytes stand in the buffer, or the file ends. */
static int have(struct input *input, size_t least, struct dm_error *err)
{
    while (rest(input).n < least && !input->ended) {
        memmove(input->raw, input->raw + input->begin, rest(input).n);
        input->end -= input->begin;
        input->begin = 0;
        int64_t got = read_file(input, input->raw + input->end, INPUT_RAW - input->end, err);
        if (got < 0)
            return (int)got;
        input->end += (size_t)got;
    }
    return DM_OK;
}

/* ---- the dictionary of a zstd file ---- */

/* Append the next n bytes of the file. */
static int take_bytes(struct input *input, size_t n, struct buf *out, struct dm_error *err)
{
    while (n > 0) {
        int rc = have(input, 1, err);
        if (rc < 0)
            return rc;
        struct slice got = rest(input);
        if (got.n == 0)
            return dm_fail(err, DM_EFORMAT, "%s: the file ends in its zstd dictionary",
                           input->path);
        if (got.n > n)
            got.n = n;
        buf_add(out, got);
        use(input, got.n);
        n -= got.n;
    }
    return out->failed ? dm_fail(err, DM_ENOMEM, "%s: out of memory", input->path) : DM_OK;
}

static int use_dictionary(struct input *input, struct buf *frame, struct buf *plain,
                          struct dm_error *err)
{
    struct slice dictionary = buf_slice(frame);
    const char *what = "it is none";
    bool cut;
    if (packing_of(dictionary) == PACKING_ZSTD) {
        int rc = packed_all(PACKING_ZSTD, dictionary, plain, &cut, &what);
        if (rc < 0)
            return dm_fail(err, rc, "%s: the zstd dictionary cannot be read: %s", input->path, what);
        dictionary = buf_slice(plain);
    }
    if (!packed_dictionary(input->packed, dictionary))
        return dm_fail(err, DM_EFORMAT, "%s: the zstd dictionary cannot be read: %s", input->path,
                       what);
    return DM_OK;
}

static int take_dictionary(struct input *input, struct dm_error *err)
{
    struct slice head = rest(input);
    const unsigned char *p = (const unsigned char *)head.p;
    if (head.n < 8 || memcmp(p, DICTIONARY_FRAME, 4) != 0)
        return DM_OK;
    size_t n = p[4] | (size_t)p[5] << 8 | (size_t)p[6] << 16 | (size_t)p[7] << 24;
    if (n > DICTIONARY_MAX)
        return dm_fail(err, DM_ELIMIT, "%s: a zstd dictionary of %zu bytes; at most %u are read",
                       input->path, n, DICTIONARY_MAX);
    struct buf frame, plain;
    buf_init(&frame, DICTIONARY_MAX);
    buf_init(&plain, DICTIONARY_MAX);
    use(input, 8);
    int rc = take_bytes(input, n, &frame, err);
    if (rc == DM_OK)
        rc = use_dictionary(input, &frame, &plain, err);
    buf_deinit(&frame);
    buf_deinit(&plain);
    return rc;
}

/* ---- unpacked bytes ---- */

static int tell_packing(struct input *input, struct dm_error *err)
{
    int rc = have(input, 8, err);
    if (rc < 0)
        return rc;
    input->told = true;
    input->packing = packing_of(rest(input));
    if (input->packing == PACKING_NONE)
        return DM_OK;
    input->packed = packed_new(input->packing, PACKED_WINDOW_FILE);
    if (!input->packed)
        return dm_fail(err, DM_ENOMEM, "%s: out of memory", input->path);
    input->between = true;
    return input->packing == PACKING_ZSTD ? take_dictionary(input, err) : DM_OK;
}

/* Between members: 1 the next begins here, 0 the file is over. */
static int begin_member(struct input *input, struct dm_error *err)
{
    bool zeros = false;
    for (;;) {
        int rc = have(input, 4, err);
        if (rc < 0)
            return rc;
        struct slice head = rest(input);
        if (head.n == 0)
            return 0;
        if (!zeros && packing_of(head) == input->packing)
            break;
        if (*head.p != 0)
            return dm_fail(err, DM_EFORMAT, "%s: what stands behind byte %llu is no %s; "
                           "what stands before it was read",
                           input->path, (unsigned long long)input->taken,
                           packing_name(input->packing));
        zeros = true;
        use(input, 1);
    }
    packed_reset(input->packed);
    input->between = false;
    input->resumed = input->found;
    input->found = false;
    input->member_at = input->taken;
    input->member_given = input->given;
    return 1;
}

static int cut_off(const struct input *input, struct dm_error *err)
{
    return dm_fail(err, DM_EFORMAT, "%s: the %s data are cut off at byte %llu; what stands before "
                   "was read; get the file again",
                   input->path, packing_name(input->packing), (unsigned long long)input->taken);
}

static int64_t unpack(struct input *input, char *out, size_t room, struct dm_error *err)
{
    for (;;) {
        int rc = input->between ? begin_member(input, err) : 1;
        if (rc <= 0)
            return rc;
        struct slice in = rest(input);
        const char *what;
        size_t n, before = in.n;
        rc = packed_step(input->packed, &in, out, room, &n, &what);
        use(input, before - in.n);
        if (rc < 0)
            return dm_fail(err, rc, "%s: broken %s data at byte %llu (%s); what stands before was "
                           "read; get the file again", input->path, packing_name(input->packing),
                           (unsigned long long)input->taken, what);
        input->between = rc == PACKED_END;
        if (n > 0) {
            input->given += n;
            return (int64_t)n;
        }
        if (input->between || in.n > 0)
            continue;
        if (input->ended)
            return input->halted ? 0 : cut_off(input, err);
        rc = have(input, 1, err);
        if (rc < 0)
            return rc;
    }
}

/* Past the place that was no member, to the next that looks like one. */
static bool search_member(struct input *input)
{
    struct dm_error ignored;
    const char *magic = input->packing == PACKING_GZIP ? "\x1F\x8B\x08" : "\x28\xB5\x2F\xFD";
    size_t width = strlen(magic);
    for (;;) {
        if (have(input, 4, &ignored) < 0)
            return false;
        struct slice left = rest(input);
        if (left.n < 4)
            return false;
        const char *found = memmem(left.p, left.n, magic, width);
        if (found && (size_t)(found - left.p) + 4 <= left.n) {
            use(input, (size_t)(found - left.p));
            /* Of gzip's flags, the upper three bits are never set. */
            if (input->packing == PACKING_ZSTD || ((unsigned char)found[3] & 0xE0) == 0)
                return true;
            use(input, 1);
        } else if (input->ended && !found) {
            return false;
        } else {
            use(input, found ? (size_t)(found - left.p) : left.n - (width - 1));
            if (have(input, 4, &ignored) < 0 || (input->ended && rest(input).n < 4))
                return false;
        }
    }
}

static int move(struct input *input, uint64_t at, struct dm_error *err)
{
    if (lseek(input->fd, (off_t)at, SEEK_SET) < 0)
        return dm_fail(err, DM_EIO, "%s: byte %llu: %s", input->path, (unsigned long long)at,
                       strerror(errno));
    input->begin = input->end = 0;
    input->taken = at;
    input->ended = false;
    return DM_OK;
}

int input_seek(struct input *input, uint64_t at, uint64_t given, struct dm_error *err)
{
    int rc = input->told ? DM_OK : tell_packing(input, err);
    if (rc == DM_OK)
        rc = move(input, at, err);
    if (rc != DM_OK)
        return rc;
    input->failed = false;
    input->between = input->packed != NULL;
    input->found = input->resumed = false;
    input->given = given;
    return DM_OK;
}

bool input_resume(struct input *input)
{
    if (!input->failed || !input->packed)
        return false;
    if (!input->between && !input->resumed && !input->waits) {
        /* The same place whatever is still at hand: a run that goes on finds what this one found. */
        struct dm_error ignored;
        if (move(input, input->member_at + 1, &ignored) < 0)
            return false;
    } else if (!input->between) { /* back to behind the member's first byte, as far as it is there */
        uint64_t back = input->taken - input->member_at;
        if (input->resumed || back > input->begin)
            back = input->resumed ? 0 : input->begin;
        input->begin -= (size_t)back;
        input->taken -= back;
        if (input->taken == input->member_at && rest(input).n > 0)
            use(input, 1);
    }
    if (!search_member(input))
        return false;
    input->failed = false;
    input->between = input->found = true;
    return true;
}

int64_t input_read(struct input *input, char *out, size_t room, struct dm_error *err)
{
    if (input->failed)
        return 0;
    int rc = input->told ? DM_OK : tell_packing(input, err);
    if (rc < 0) {
        input->failed = true;
        return rc;
    }
    if (input->packed) {
        int64_t got = unpack(input, out, room, err);
        while (got < 0) {
            input->failed = true;
            bool gave_nothing = input->resumed && input->given == input->member_given;
            if (!gave_nothing)
                return got;
            if (!input_resume(input))
                return 0;
            got = unpack(input, out, room, err);
        }
        return got;
    }
    struct slice left = rest(input);
    int64_t n = (int64_t)(left.n < room ? left.n : room);
    if (n > 0)
        memcpy(out, left.p, (size_t)n);
    else
        n = read_file(input, out, room, err);
    if (n > 0 && left.n > 0)
        use(input, (size_t)n);
    else if (n > 0)
        input->taken += (uint64_t)n;
    if (n > 0)
        input->given += (uint64_t)n;
    return n;
}
