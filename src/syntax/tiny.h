/* SPDX-License-Identifier: MIT */
/* tiny.h - for tests: a model trained on four sentences in a moment. */
#ifndef SYNTAX_TINY_H
#define SYNTAX_TINY_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/file.h"
#include "syntax/train.h"

static const char tiny_treebank[] =
    "# newdoc id = a\n"
    "1\tTroops\ttroops\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_\n"
    "2\tleft\tleave\tVERB\tVBD\tMood=Ind|Tense=Past|VerbForm=Fin\t0\troot\t_\t_\n"
    "3\tthe\tthe\tDET\tDT\tDefinite=Def|PronType=Art\t4\tdet\t_\t_\n"
    "4\tcity\tcity\tNOUN\tNN\tNumber=Sing\t2\tobj\t_\tSpaceAfter=No\n"
    "5\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n"
    "1\tTalks\ttalk\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_\n"
    "2\tfailed\tfail\tVERB\tVBD\tMood=Ind|Tense=Past|VerbForm=Fin\t0\troot\t_\tSpaceAfter=No\n"
    "3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n"
    "# newdoc id = b\n"
    "1\tThe\tthe\tDET\tDT\tDefinite=Def|PronType=Art\t2\tdet\t_\t_\n"
    "2\ttroops\ttroops\tNOUN\tNNS\tNumber=Plur\t3\tnsubj\t_\t_\n"
    "3\tentered\tenter\tVERB\tVBD\tMood=Ind|Tense=Past|VerbForm=Fin\t0\troot\t_\t_\n"
    "4\ttalks\ttalk\tNOUN\tNNS\tNumber=Plur\t3\tobj\t_\tSpaceAfter=No\n"
    "5\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n"
    "1\tCities\tcity\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_\n"
    "2\tfell\tfall\tVERB\tVBD\tMood=Ind|Tense=Past|VerbForm=Fin\t0\troot\t_\tSpaceAfter=No\n"
    "3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";

/* Train into `bytes`; files stand in `folder` ("/tmp/x.XXXXXX", made by mkdtemp) for a moment. */
static inline int tiny_train(struct buf *bytes, unsigned seed, struct dm_error *err)
{
    char folder[] = "/tmp/demarche-tiny.XXXXXX", bank[64], model[64];
    if (!mkdtemp(folder))
        return dm_fail(err, DM_EIO, "no folder in /tmp");
    snprintf(bank, sizeof bank, "%s/bank.conllu", folder);
    snprintf(model, sizeof model, "%s/tiny.dm-model", folder);
    const char *inputs[] = {bank};
    int rc = file_write(bank, slice_of(tiny_treebank), err);
    if (rc == DM_OK)
        rc = syntax_train(&(struct syntax_train_options){
            .inputs = inputs, .n_inputs = 1, .output = model, .about = "tiny\n", .epochs = 60,
            .seed = seed, .dim = 32, .layers = 1, .arc = 16, .rel = 16, .batch = 8, .rate = 0.02,
            .dropout = 0.05}, err);
    if (rc == DM_OK)
        rc = file_read(model, bytes, err);
    unlink(bank);
    unlink(model);
    rmdir(folder);
    return rc;
}

#endif
