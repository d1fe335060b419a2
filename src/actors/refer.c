/* SPDX-License-Identifier: MIT */
#include "actors/work.h"
int refer_resolve(struct work *work, struct dm_error *err)
{
    (void)work, (void)err;
    return 0;
}
