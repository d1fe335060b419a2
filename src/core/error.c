/* SPDX-License-Identifier: MIT */
/* error.c - fill the caller's error; control characters never reach a terminal. */
#include "core/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int dm_fail(struct dm_error *err, int code, const char *format, ...)
{
    if (err) {
        va_list args;
        va_start(args, format);
        err->code = code;
        vsnprintf(err->text, sizeof err->text, format, args);
        va_end(args);
        for (char *p = err->text; *p; p++)
            if ((unsigned char)*p < 0x20 || *p == 0x7f)
                *p = '?';
    }
    return code;
}

int dm_fail_errno(struct dm_error *err, const char *what)
{
    int number = errno;
    return dm_fail(err, number == ENOMEM ? DM_ENOMEM : DM_EIO, "%s: %s", what, strerror(number));
}
