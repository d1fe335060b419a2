/* SPDX-License-Identifier: MIT */
/* error.h - make an error where it arises: place, what happened, what was wanted. */
#ifndef CORE_ERROR_H
#define CORE_ERROR_H

#include "demarche.h"

/* Fill *err (which may be NULL) and return `code`, so that `return dm_fail(...)` reads well. */
int dm_fail(struct dm_error *err, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Like dm_fail(err, code, "%s: %s", what, strerror(errno)); ENOMEM becomes DM_ENOMEM. */
int dm_fail_errno(struct dm_error *err, const char *what);

#endif
