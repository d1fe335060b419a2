/* SPDX-License-Identifier: MIT */
/* train.c - dm_train() and dm_model_about(): the public face of the trainings and of model files. */
#include "engine/engine.h"
#include "names/train.h"
#include "syntax/train.h"

struct listener {
    int (*progress)(void *self, const struct dm_train_progress *progress);
    void *self;
};

static int tell(void *context, const struct syntax_progress *p)
{
    const struct listener *listener = context;
    return listener->progress(listener->self, &(struct dm_train_progress){
        .epoch = p->epoch, .epochs = p->epochs, .loss = p->loss, .seconds = p->seconds,
        .upos = p->upos, .xpos = p->xpos, .feats = p->feats, .lemma = p->lemma, .uas = p->uas,
        .las = p->las});
}

static int tell_names(void *context, const struct names_progress *p)
{
    const struct listener *listener = context;
    return listener->progress(listener->self, &(struct dm_train_progress){
        .epoch = p->epoch, .epochs = p->epochs, .loss = p->loss, .seconds = p->seconds,
        .names_precision = p->precision, .names_recall = p->recall, .names_f1 = p->f1});
}

static int train_names(const struct dm_train_options *o, struct dm_error *err)
{
    char found[ENGINE_PATH_MAX];
    struct lexicon *lexicon;
    struct listener listener = {o->progress, o->self};
    int rc = o->lexicon ? DM_OK : engine_find(NULL, "english.dm-lexicon", found, err);
    if (rc == DM_OK)
        rc = lexicon_open(o->lexicon ? o->lexicon : found, &lexicon, err);
    if (rc)
        return rc;
    rc = names_train(&(struct names_train_options){
        .base = o->names, .lexicon = lexicon, .inputs = o->inputs, .n_inputs = (uint32_t)o->n_inputs,
        .silver = o->silver, .n_silver = (uint32_t)o->n_silver, .silver_passes = o->silver_passes,
        .dev = o->dev, .output = o->output, .about = o->about, .epochs = o->epochs, .seed = o->seed,
        .embed = o->embed, .dim = o->dim, .batch = o->batch, .rate = o->rate, .dropout = o->dropout,
        .progress = o->progress ? tell_names : NULL, .context = &listener}, err);
    lexicon_close(lexicon);
    return rc;
}

int dm_train(const struct dm_train_options *o, struct dm_error *err)
{
    if (!o || o->n_inputs == 0 || o->n_inputs > 1000 || !o->inputs || !o->output)
        return dm_fail(err, DM_EUSAGE, "training needs CoNLL-U files and a file to write");
    if (o->n_silver > 1000 || (o->n_silver && !o->silver) || !(o->silver_passes >= 0) ||
        o->silver_passes > 1000)
        return dm_fail(err, DM_EUSAGE, "training wants at most 1000 silver files, gone through at most "
                       "1000 times");
    if (o->epochs > 10000 || o->dropout >= 0.95 || o->dropout < 0 || o->rate < 0)
        return dm_fail(err, DM_EUSAGE, "training wants at most 10000 epochs, a dropout from 0 to "
                       "0.95 and a rate above 0");
    if (o->names)
        return train_names(o, err);
    struct listener listener = {o->progress, o->self};
    return syntax_train(&(struct syntax_train_options){
        .inputs = o->inputs, .n_inputs = (uint32_t)o->n_inputs, .dev = o->dev,
        .silver = o->silver, .n_silver = (uint32_t)o->n_silver, .silver_passes = o->silver_passes,
        .state = o->state, .irregular = o->irregular,
        .output = o->output, .about = o->about, .epochs = o->epochs, .seed = o->seed,
        .embed = o->embed, .dim = o->dim, .layers = o->layers, .arc = o->arc,
        .rel = o->rel, .batch = o->batch,
        .rate = o->rate, .dropout = o->dropout, .progress = o->progress ? tell : NULL,
        .context = &listener}, err);
}

int dm_model_about(const char *path, const struct dm_sink *sink, struct dm_error *err)
{
    char found[ENGINE_PATH_MAX];
    struct syntax_model *model;
    int rc = path ? DM_OK : engine_find(NULL, "english.dm-model", found, err);
    if (rc == DM_OK)
        rc = syntax_model_open(path ? path : found, &model, err);
    if (rc)
        return rc;
    struct slice about = syntax_model_about(model);
    rc = sink->write(sink->self, about.p, about.n, err);
    syntax_model_close(model);
    return rc;
}
