/* SPDX-License-Identifier: MIT */
/* check.h - what a unit test needs: checks that say what was wanted, and a count at the end. */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <stdio.h>
#include <string.h>

#include "core/slice.h"
#include "demarche.h"

static int check_failures_, check_count_;

#define CHECK_FAIL_(...)                                \
    do {                                                \
        check_failures_++;                              \
        fprintf(stderr, "%s:%d: ", __FILE__, __LINE__); \
        fprintf(stderr, __VA_ARGS__);                   \
    } while (0)

#define CHECK(condition, what)                                      \
    do {                                                            \
        check_count_++;                                             \
        if (!(condition))                                           \
            CHECK_FAIL_("%s: not true: %s\n", (what), #condition);  \
    } while (0)

/* The call gives no negative result. */
#define CHECK_OK(call, err)                                         \
    do {                                                            \
        int rc_ = (call);                                           \
        check_count_++;                                             \
        if (rc_ < 0)                                                \
            CHECK_FAIL_("%s: %d %s\n", #call, rc_, (err)->text);    \
    } while (0)

#define CHECK_INT(got, want, what)                                                  \
    do {                                                                            \
        long long got_ = (long long)(got), want_ = (long long)(want);               \
        check_count_++;                                                             \
        if (got_ != want_)                                                          \
            CHECK_FAIL_("%s: got %lld, wanted %lld\n", (what), got_, want_);        \
    } while (0)

#define CHECK_CODE(call, want, what) CHECK_INT(call, want, what)

#define CHECK_SLICE(got, want, what)                                                \
    do {                                                                            \
        struct slice got_ = (got);                                                  \
        const char *want_ = (want);                                                 \
        check_count_++;                                                             \
        if (!slice_is(got_, want_))                                                 \
            CHECK_FAIL_("%s\n   got    %.*s\n   wanted %s\n", (what), (int)got_.n,  \
                        got_.p ? got_.p : "", want_);                               \
    } while (0)

#define CHECK_STR(got, want, what) CHECK_SLICE(slice_of(got), want, what)

/* `return check_end();` at the end of main. Fails when nothing was checked at all. */
static inline int check_end(void)
{
    printf("%d checks, %d failed\n", check_count_, check_failures_);
    return check_failures_ || !check_count_ ? 1 : 0;
}

#define CHECK_SKIPPED 77 /* exit status: Meson counts the test as skipped */

#endif
