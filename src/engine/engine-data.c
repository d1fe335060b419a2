/* SPDX-License-Identifier: MIT */
/*
 * engine-data.c - find the model and the lexicon: as asked, installed, or in the build tree.
 *
 * Method  A place that was named (an option, $DEMARCHE_DATA) is the only one looked at, so that a
 *         wrong name is told and not passed over. Else: beside the program or the shared library
 *         (build tree), PREFIX/share/demarche seen from PREFIX/bin or from the library's folder, the
 *         models folder of a build folder's parent, and last the prefix that Meson was given.
 */
#include "engine/engine.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#ifndef DEMARCHE_DATADIR
#define DEMARCHE_DATADIR "/usr/local/share/demarche"
#endif

/* Behind the folder of the program. "" is the folder itself. */
static const char *const around[] = {"", "/../share/demarche", "/lexicon", "/../models", "/models",
                                     "/../../share/demarche"}; /* PREFIX/lib/x86_64-linux-gnu */

static bool exists(const char *folder, const char *below, const char *name, char *out)
{
    int n = snprintf(out, ENGINE_PATH_MAX, "%s%s/%s", folder, below, name);
    return n > 0 && n < ENGINE_PATH_MAX && access(out, R_OK) == 0;
}

/* Cut the file name off a path in place; "." when there is no folder in it. */
static void cut_name(char *path)
{
    char *slash = strrchr(path, '/');
    if (slash)
        *slash = '\0';
    else
        strcpy(path, ".");
}

static bool program_folder(char *out)
{
    ssize_t n = readlink("/proc/self/exe", out, ENGINE_PATH_MAX - 1);
    if (n <= 0)
        return false;
    out[n] = '\0';
    cut_name(out);
    return true;
}

/* The folder of the shared library, when this code stands in one (a Python process, say). */
static bool library_folder(char *out)
{
    Dl_info info;
    if (!dladdr((const void *)around, &info) || !info.dli_fname ||
        !realpath(info.dli_fname, out))
        return false;
    cut_name(out);
    return true;
}

static bool find_around(bool (*folder_of)(char *), const char *name, char *out)
{
    char folder[ENGINE_PATH_MAX];
    if (!folder_of(folder))
        return false;
    for (size_t i = 0; i < sizeof around / sizeof *around; i++)
        if (exists(folder, around[i], name, out))
            return true;
    return false;
}

int engine_find(const char *folder, const char *name, char out[static ENGINE_PATH_MAX],
                struct dm_error *err)
{
    const char *how = "the data folder";
    if (!folder) {
        folder = getenv("DEMARCHE_DATA");
        how = "DEMARCHE_DATA";
    }
    if (folder && *folder) {
        if (exists(folder, "", name, out) || exists(folder, "/models", name, out) ||
            exists(folder, "/lexicon", name, out))
            return DM_OK;
        return dm_fail(err, DM_EIO, "%s is %s, which has no readable %s", how, folder, name);
    }
    if (find_around(program_folder, name, out) || find_around(library_folder, name, out) ||
        exists(DEMARCHE_DATADIR, "", name, out))
        return DM_OK;
    return dm_fail(err, DM_EIO,
                   "%s not found beside the program or in %s; set DEMARCHE_DATA to its folder", name,
                   DEMARCHE_DATADIR);
}
