/* SPDX-License-Identifier: MIT */
/* cmd-train.c - demarche train and demarche model: make a model, say what one is made of. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

enum {
    DEV = CLI_FIRST_OWN, SILVER, PASSES, STATE, IRREGULAR, ABOUT, EPOCHS, SEED, EMBED, DIM, LAYERS,
    ARC, REL, BATCH,
    RATE, DROPOUT, NAMES, EVENTS, DECAY, LEAST
};

const struct cli_option cmd_train_options[] = {
    {'o', "output", "FILE", "the model file to write"},
    {NAMES, "names", "MODEL", "learn names on top of this model, from CoNLL-U with Name=B-person and so on"},
    {CLI_LEXICON, "lexicon", "FILE", "with --names: take this compiled lexicon"},
    {DEV, "dev", "FILE", "CoNLL-U file to score on after each epoch"},
    {SILVER, "silver", "FILE", "CoNLL-U that a better parser wrote, to learn from too; may be repeated"},
    {PASSES, "silver-passes", "X", "times it is gone through, all epochs together; 1 unless asked"},
    {STATE, "state", "FILE", "written after each epoch; where it is there, the training goes on from it"},
    {IRREGULAR, "irregular", "FILE", "list of irregular forms for the lemmas"},
    {ABOUT, "about", "FILE", "text to keep in the model: names and licences of the data"},
    {'e', "epochs", "N", "times the data are gone through"},
    {SEED, "seed", "N", "of all random numbers; the same seed gives the same bytes"},
    {EMBED, "embed", "N", "size of a feature's row, a multiple of 16"},
    {DIM, "dim", "N", "size of a word's vector, a multiple of 32"},
    {LAYERS, "layers", "N", "recurrent layers, 1 to 6"},
    {ARC, "arc", "N", "size of the arc vectors, a multiple of 16"},
    {REL, "rel", "N", "size of the relation vectors, a multiple of 16"},
    {BATCH, "batch", "N", "words an update"},
    {RATE, "rate", "X", "rate of learning at its height"},
    {DROPOUT, "dropout", "X", "share of inputs dropped while learning"},
    {EVENTS, "events", NULL, "learn weights of events from gold JSON Lines, not a parser from CoNLL-U"},
    {DECAY, "decay", "X", "events: penalty on large weights"},
    {LEAST, "least", "N", "events: evidence seen fewer times is left out"},
    CLI_ENGINE_OPTIONS,
    {0},
};

const char cmd_train_more[] =
    "Learns tags, lemmas and trees from CoNLL-U files and shows the development score of every epoch.\n"
    "Ctrl-C ends after the epoch; what was learned is written, and with --state the same command goes on.\n\n"
    "  demarche train --dev dev.conllu --output my.dm-model train.conllu more.conllu\n"
    "  demarche parse --model my.dm-model article.txt\n"
    "  demarche train --events --output my.dm-judge gold.jsonl\n"
    "  demarche code --judge my.dm-judge article.txt\n"
    "  demarche train --names my.dm-model --dev names-dev.conllu --output my.dm-model names.conllu\n";

const struct cli_option cmd_model_options[] = {{0}};
const char cmd_model_more[] = "Without a file: the model that the other commands take.\n\n"
    "  demarche model\n"
    "  demarche model models/english.dm-model\n";

static int show_epoch(void *self, const struct dm_train_progress *p)
{
    struct session *session = self;
    fprintf(stderr, "epoch %u/%u  loss %.4f  %.1f s", p->epoch, p->epochs, p->loss, p->seconds);
    if (p->upos > 0)
        fprintf(stderr, "  UPOS %.2f  XPOS %.2f  features %.2f  lemma %.2f  UAS %.2f  LAS %.2f",
                p->upos, p->xpos, p->feats, p->lemma, p->uas, p->las);
    if (p->names_f1 > 0)
        fprintf(stderr, "  names: precision %.2f  recall %.2f  F1 %.2f", p->names_precision,
                p->names_recall, p->names_f1);
    fputc('\n', stderr);
    return session->stop && *session->stop;
}

/* A whole small file as text; NULL when it cannot be read. */
static char *file_text(const char *path)
{
    enum { MOST = 1 << 15 };
    FILE *file = fopen(path, "re");
    char *text = file ? calloc(1, MOST + 1) : NULL;
    if (text && fread(text, 1, MOST, file) == 0) {
        free(text);
        text = NULL;
    }
    if (file)
        fclose(file);
    return text;
}

/* A number option; false: told. */
static bool number(struct session *session, const char *name, const char *value, unsigned *out)
{
    unsigned long long got;
    if (!cli_number(session, name, value, 1000000, &got))
        return false;
    *out = (unsigned)got;
    return true;
}

#define SILVER_MOST 64

/* What is asked of the command: training a parser, or the weights of events. */
struct training {
    struct dm_train_options parser;
    struct dm_train_judge_options judge;
    bool events;
    const char *silver[SILVER_MOST];
};

static bool take(struct session *session, int option, const char *value, struct training *training)
{
    struct dm_train_options *o = &training->parser;
    const char **silver = training->silver;
    switch (option) {
    case 'o': o->output = value; return true;
    case NAMES: o->names = value; return true;
    case DEV: o->dev = value; return true;
    case STATE: o->state = value; return true;
    case SILVER:
        if (o->n_silver == SILVER_MOST) {
            cli_usage(session, "at most %d silver files", SILVER_MOST);
            return false;
        }
        silver[o->n_silver++] = value;
        return true;
    case IRREGULAR: o->irregular = value; return true;
    case ABOUT: o->about = value; return true;
    case 'e': return number(session, "epochs", value, &o->epochs);
    case SEED: return number(session, "seed", value, &o->seed);
    case EMBED: return number(session, "embed", value, &o->embed);
    case DIM: return number(session, "dim", value, &o->dim);
    case LAYERS: return number(session, "layers", value, &o->layers);
    case ARC: return number(session, "arc", value, &o->arc);
    case REL: return number(session, "rel", value, &o->rel);
    case BATCH: return number(session, "batch", value, &o->batch);
    case EVENTS: training->events = true; return true;
    case LEAST: return number(session, "least", value, &training->judge.least);
    default: break;
    }
    char *end;
    double real = strtod(value, &end);
    if (*end || end == value || !(real > 0)) {
        cli_usage(session, "'%s' is no number above 0", value);
        return false;
    }
    *(option == RATE ? &o->rate : option == PASSES ? &o->silver_passes :
      option == DECAY ? &training->judge.decay : &o->dropout) = real;
    return true;
}

static void show_line(void *self, const char *line)
{
    (void)self;
    fprintf(stderr, "%s\n", line);
}

static int train_judge(struct session *session, struct training *training, struct dm_error *err)
{
    struct dm_train_judge_options *o = &training->judge;
    struct dm_engine *engine = NULL;
    o->inputs = training->parser.inputs;
    o->n_inputs = training->parser.n_inputs;
    o->output = training->parser.output;
    o->about = training->parser.about;
    o->epochs = training->parser.epochs;
    o->rate = training->parser.rate;
    o->progress = show_line;
    int rc = dm_engine_open(&session->data, DM_DEPTH_ACTORS, &engine, err);
    if (rc == DM_OK)
        rc = dm_train_judge(engine, o, err);
    dm_engine_close(engine);
    return rc;
}

int cmd_train(struct session *session, int argc, char **argv)
{
    struct training training = {.parser = {.progress = show_epoch, .self = session}};
    struct dm_train_options *parser = &training.parser;
    struct dm_error err = {0};
    const char *value;
    int option, first;
    parser->silver = training.silver;
    while ((option = cli_option(session, argc, argv, &value, &first)) > 0)
        if (!take(session, option, value, &training))
            return CLI_USAGE;
    if (option < 0)
        return cli_option_end(option);
    if (first >= argc || !parser->output)
        return cli_usage(session, "train needs files to learn from and --output");
    parser->inputs = (const char *const *)(argv + first);
    parser->n_inputs = (size_t)(argc - first);
    char *about = NULL;
    if (parser->about && !(about = file_text(parser->about))) {
        cli_say(session, "%s: cannot be read", parser->about);
        return CLI_PARTLY;
    }
    parser->about = about;
    parser->lexicon = session->data.n_lexicons ? session->data.lexicons[0] : NULL;
    int rc = training.events ? train_judge(session, &training, &err) : dm_train(parser, &err);
    free(about);
    return rc == DM_OK ? CLI_FINE : cli_fail(session, &err);
}

int cmd_model(struct session *session, int argc, char **argv)
{
    struct dm_error err = {0};
    struct dm_sink sink = cli_stdout();
    const char *value;
    int first, option = cli_option(session, argc, argv, &value, &first);
    if (option < 0)
        return cli_option_end(option);
    if (argc - first > 1)
        return cli_usage(session, "model takes one file");
    int rc = dm_model_about(first < argc ? argv[first] : NULL, &sink, &err);
    if (rc == DM_OK)
        rc = cli_stdout_end(&err);
    return rc == DM_OK ? CLI_FINE : cli_fail(session, &err);
}
