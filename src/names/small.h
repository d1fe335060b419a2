/* SPDX-License-Identifier: MIT */
/* small.h - for tests: a lexicon of a few names, and a recognizer trained on six sentences in a moment. */
#ifndef NAMES_SMALL_H
#define NAMES_SMALL_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/file.h"
#include "lexicon/lexicon.h"
#include "names/train.h"
#include "syntax/tiny.h"

static const char small_lexicon[] =
    "sector GOV\ncode UNO\nstate USA United States | US\n    people American\n    capital Washington\n"
    "state PRK North Korea\norg United Nations | UN\n    UNO -\n"
    "person Kim Jong Un\n    PRK GOV leader 2011..\n"
    "person George Washington\n    USA GOV president 1789..1797\n    gender m\n"
    "title mr.\n    -\n";

static const char small_names[] =
    "# newdoc id = a\n"
    "1\tMary\tMary\tPROPN\tNNP\t_\t3\tnsubj\t_\tName=B-person\n"
    "2\tStone\tStone\tPROPN\tNNP\t_\t1\tflat\t_\tName=I-person\n"
    "3\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "4\tParis\tParis\tPROPN\tNNP\t_\t3\tobj\t_\tName=B-place|SpaceAfter=No\n"
    "5\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n"
    "1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_\n"
    "2\tAcme\tAcme\tPROPN\tNNP\t_\t3\tnsubj\t_\tName=B-organization\n"
    "3\tpaid\tpay\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "4\tStone\tStone\tPROPN\tNNP\t_\t3\tobj\t_\tName=B-person\n"
    "5\ttalks\ttalk\tNOUN\tNNS\t_\t3\tobj\t_\tName=X|SpaceAfter=No\n"
    "6\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n"
    "# newdoc id = b\n"
    "1\ttroops\ttroops\tNOUN\tNNS\t_\t2\tnsubj\t_\t_\n"
    "2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "3\tNorth\tNorth\tPROPN\tNNP\t_\t4\tcompound\t_\tName=B-place\n"
    "4\tKorea\tKorea\tPROPN\tNNP\t_\t2\tobj\t_\tName=I-place|SpaceAfter=No\n"
    "5\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";

/* A lexicon of those texts; its bytes stand in `image`. NULL with *err filled. */
static inline struct lexicon *small_lexicon_open(struct buf *image, struct dm_error *err)
{
    struct lexicon *lexicon = NULL;
    if (lexicon_compile_text("lexicon/x.txt", slice_of(small_lexicon), image, NULL, NULL, err) == DM_OK)
        lexicon_from_memory("small", buf_slice(image), &lexicon, err);
    return lexicon;
}

/* Train into `bytes` on top of a tiny parser; files stand in a folder of /tmp for a moment. */
static inline int small_train(struct buf *bytes, const struct lexicon *lexicon, unsigned seed,
                              struct dm_error *err)
{
    char folder[] = "/tmp/demarche-names.XXXXXX", base[64], data[64], model[64];
    const char *inputs[] = {data};
    if (!mkdtemp(folder))
        return dm_fail(err, DM_EIO, "no folder in /tmp");
    snprintf(base, sizeof base, "%s/base.dm-model", folder);
    snprintf(data, sizeof data, "%s/names.conllu", folder);
    snprintf(model, sizeof model, "%s/names.dm-model", folder);
    int rc = tiny_train(bytes, 1, err);
    if (rc == DM_OK)
        rc = file_write(base, buf_slice(bytes), err);
    if (rc == DM_OK)
        rc = file_write(data, slice_of(small_names), err);
    if (rc == DM_OK)
        rc = names_train(&(struct names_train_options){
            .base = base, .lexicon = lexicon, .inputs = inputs, .n_inputs = 1, .silver = inputs,
            .n_silver = 1, .silver_passes = 20, .dev = data, .output = model, .epochs = 80,
            .seed = seed, .embed = 16, .dim = 32, .batch = 8, .rate = 0.02, .dropout = 0.05}, err);
    if (rc == DM_OK)
        rc = file_read(model, bytes, err);
    unlink(base);
    unlink(data);
    unlink(model);
    rmdir(folder);
    return rc;
}

#endif
