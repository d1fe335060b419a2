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

/*
 * Train into `bytes`; files stand in `folder` ("/tmp/x.XXXXXX", made by mkdtemp) for a moment. What
 * `wish` holds beside files and sizes is kept; with silver_passes the treebank is a silver file, too;
 * with a state (any text) the training is kept in that folder, and gone on with when it was stopped.
 */
static inline int tiny_train_with(struct buf *bytes, const struct syntax_train_options *wish,
                                  struct dm_error *err)
{
    char folder[] = "/tmp/demarche-tiny.XXXXXX", bank[64], model[64], state[64];
    if (!mkdtemp(folder))
        return dm_fail(err, DM_EIO, "no folder in /tmp");
    snprintf(bank, sizeof bank, "%s/bank.conllu", folder);
    snprintf(model, sizeof model, "%s/tiny.dm-model", folder);
    snprintf(state, sizeof state, "%s/tiny.state", folder);
    const char *inputs[] = {bank};
    struct syntax_train_options o = *wish;
    o.inputs = o.silver = inputs;
    o.n_inputs = 1;
    o.n_silver = wish->silver_passes > 0;
    o.state = wish->state ? state : NULL;
    o.output = model;
    o.about = "tiny\n";
    o.epochs = 60;
    o.embed = o.dim = 32;
    o.layers = 1;
    o.arc = o.rel = 16;
    o.batch = 8;
    o.rate = 0.02;
    o.dropout = 0.05;
    int rc = file_write(bank, slice_of(tiny_treebank), err);
    if (rc == DM_OK)
        rc = syntax_train(&o, err);
    if (rc == DM_ESTOPPED) {
        o.progress = NULL;
        rc = syntax_train(&o, err);
    }
    if (rc == DM_OK)
        rc = file_read(model, bytes, err);
    if (rc == DM_OK && access(state, F_OK) == 0)
        rc = dm_fail(err, DM_EIO, "%s stayed", state);
    unlink(bank);
    unlink(model);
    unlink(state);
    rmdir(folder);
    return rc;
}

static inline int tiny_train(struct buf *bytes, unsigned seed, struct dm_error *err)
{
    return tiny_train_with(bytes, &(struct syntax_train_options){.seed = seed}, err);
}

#endif
