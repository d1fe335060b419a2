/* SPDX-License-Identifier: MIT */
/*
 * demarche.h - the public interface of libdemarche: news in, political events out.
 *
 * Ownership  What dm_X_new(), dm_X_open() or dm_X_load() returns is the caller's, released with
 *            dm_X_free() or dm_X_close(). Any other pointer is borrowed: it lives until the object
 *            it came from is changed or freed.
 * Threads    A dm_engine never changes once opened and may be shared by all threads. A dm_article,
 *            dm_reader, dm_store or dm_error is used by one thread at a time.
 * Errors     Functions that can fail return 0 (DM_OK) or a negative dm_code, and then say in
 *            dm_error what happened, where, and what was wanted. Out-parameters are written on
 *            success only. A positive result is an outcome documented at that function.
 * Offsets    Unless a field says otherwise, offsets in results count Unicode code points into the
 *            article's text as given, [start, end).
 */
#ifndef DEMARCHE_H
#define DEMARCHE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DM_PUBLIC __attribute__((visibility("default")))

/* Result codes: stable, for programs. The text in dm_error is for people. */
enum dm_code {
    DM_OK = 0,
    DM_EUSAGE = -1,    /* wrong arguments or options */
    DM_ENOMEM = -2,    /* out of memory */
    DM_EIO = -3,       /* a file could not be opened, read or written */
    DM_EFORMAT = -4,   /* the input is not what it claims to be */
    DM_ELIMIT = -5,    /* a documented limit was passed */
    DM_EVERSION = -6,  /* model, lexicon or database of another version */
    DM_ELEXICON = -7,  /* a lexicon line is wrong */
    DM_ESTOPPED = -8,  /* stopped by the caller (Ctrl-C) */
    DM_EBUSY = -9,     /* somebody else is writing */
    DM_EINTERNAL = -10 /* a fault of the program */
};

struct dm_error {
    int code;        /* a dm_code; 0 while nothing went wrong */
    char text[1000]; /* one line, no final newline: place, what happened, what was wanted */
};

#ifdef __cplusplus
}
#endif
#endif
