/* SPDX-License-Identifier: MIT */
/* stub.c - stands in for a stage that is not there yet; weak, and gone once it is. */
#include "actors/actors.h"

__attribute__((weak)) int actors_find(const struct lexicon *lexicon, struct dm_article *article,
                                      struct dm_error *err)
{
    (void)lexicon, (void)article;
    return dm_fail(err, DM_EINTERNAL, "%s: not built yet", __func__);
}
