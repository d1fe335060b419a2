/* SPDX-License-Identifier: MIT */
/*
 * examples.c - the lexicon's own examples, run through the whole pipeline.
 *
 * Reads    `example` and `expect` facts of the frames; docs/lexicon.md says how they are written.
 * Leaves   a line "path:line: ..." in the sink for each that comes out otherwise, and both counts.
 * Method   An example passes when each expected event is found with its type and with exactly its
 *          codes on each side ("-": none, or only the other side's); other events of the sentence
 *          are no fault. `nothing` wants no event.
 */
#include "engine/engine.h"
#include "lexicon/lexicon-parts.h"

#define CODES_MAX 16
#define LINE_MAX_BYTES (64u << 10)

/* Country codes of one side, each once. */
struct codes {
    struct slice code[CODES_MAX];
    uint32_t n;
};

static void codes_add(struct codes *codes, struct slice code)
{
    for (uint32_t i = 0; i < codes->n; i++)
        if (slice_eq(codes->code[i], code))
            return;
    if (code.n && !slice_is(code, "-") && codes->n < CODES_MAX)
        codes->code[codes->n++] = code;
}

/* "-": nobody is expected there but, perhaps, somebody of the other side's country. */
static bool codes_none(const struct codes *found, const struct codes *other)
{
    struct codes both = *other;
    for (uint32_t i = 0; i < found->n; i++)
        codes_add(&both, found->code[i]);
    return both.n == other->n;
}

static bool codes_same(const struct codes *a, const struct codes *b)
{
    struct codes both = *a;
    for (uint32_t i = 0; i < b->n; i++)
        codes_add(&both, b->code[i]);
    return both.n == a->n && a->n == b->n;
}

static struct codes codes_read(struct slice text)
{
    struct codes codes = {.n = 0};
    struct slice piece;
    while (slice_cut(&text, '+', &piece))
        codes_add(&codes, slice_trim(piece));
    return codes;
}

static struct codes codes_of(const struct dm_article *article, const uint32_t *party, uint32_t n)
{
    struct codes codes = {.n = 0};
    for (uint32_t i = 0; i < n; i++) {
        const struct mention *mention = &article->mention[party[i]];
        if (mention->kind != MENTION_GROUP)
            codes_add(&codes, slice_of(mention->code));
        for (uint32_t k = 0; k < mention->n_members; k++)
            codes_add(&codes, slice_of(article->mention[mention->member[k]].code));
    }
    return codes;
}

/* "TYPE A + B > C" against the events found. */
static bool is_found(const struct dm_article *article, struct slice expect)
{
    struct slice type, side;
    if (!slice_word(&expect, &type))
        return false;
    struct codes actors = {.n = 0}, recipients = {.n = 0};
    if (slice_cut(&expect, '>', &side))
        actors = codes_read(side);
    recipients = codes_read(expect);
    for (uint32_t i = 0; i < article->n_events; i++) {
        const struct event *ev = &article->event[i];
        struct codes a = codes_of(article, ev->actor, ev->n_actors);
        struct codes r = codes_of(article, ev->recipient, ev->n_recipients);
        bool same = (actors.n ? codes_same(&a, &actors) : codes_none(&a, &r)) &&
                    (recipients.n ? codes_same(&r, &recipients) : codes_none(&r, &a));
        if (same && slice_eq(ev->type, type))
            return true;
    }
    return false;
}

static bool passes(const struct dm_article *article, struct slice expect)
{
    struct slice piece;
    if (slice_is(expect, "nothing"))
        return article->n_events == 0;
    while (slice_cut(&expect, ';', &piece))
        if (!is_found(article, slice_trim(piece)))
            return false;
    return true;
}

static void show_side(const struct codes *codes, struct buf *out)
{
    for (uint32_t i = 0; i < codes->n; i++)
        buf_printf(out, "%s%.*s", i ? " + " : " ", (int)codes->code[i].n, codes->code[i].p);
    if (codes->n == 0)
        buf_add_text(out, " -");
}

static void show_fault(const struct lexicon *lexicon, const struct dm_article *article,
                       const struct frame_example *example, struct buf *out)
{
    char place[600];
    struct slice line = lexicon_line(lexicon, example->line, place, sizeof place);
    struct slice expect = frame_text(&lexicon->frames, example->expect);
    buf_add(out, line);
    buf_add_text(out, ": ");
    buf_add(out, frame_text(&lexicon->frames, example->text));
    buf_printf(out, " wanted %.*s; found", (int)expect.n, expect.p);
    for (uint32_t i = 0; i < article->n_events; i++) {
        const struct event *ev = &article->event[i];
        const struct frame *frame = &lexicon->frames.frame[ev->frame];
        struct slice name = frame_text(&lexicon->frames, frame->name);
        struct codes a = codes_of(article, ev->actor, ev->n_actors);
        struct codes r = codes_of(article, ev->recipient, ev->n_recipients);
        buf_printf(out, "%s %.*s", i ? ";" : "", (int)ev->type.n, ev->type.p);
        show_side(&a, out);
        buf_add_text(out, " >");
        show_side(&r, out);
        buf_printf(out, " (%.*s)", (int)name.n, name.p);
    }
    if (article->n_events == 0)
        buf_add_text(out, " nothing");
    buf_add_char(out, '\n');
}

static int run_example(const struct dm_engine *engine, struct dm_article *article,
                       const struct frame_example *example, struct dm_error *err)
{
    struct slice text = frame_text(&engine->lexicon->frames, example->text);
    struct pipeline pipeline = engine_pipeline(engine);
    article_reset(article);
    article->date = (struct date){2010, 2, 17}; /* offices and weekdays want a date */
    int rc = article_set_text(article, slice_make(NULL, 0), text, NULL, 0, err);
    return rc < 0 ? rc : pipeline_run(&pipeline, article, DEPTH_CODE, err);
}

int dm_lexicon_examples(const struct dm_engine *engine, const struct dm_sink *sink,
                        size_t *n_passed, size_t *n_failed, struct dm_error *err)
{
    int rc = engine_check(engine, DM_DEPTH_CODE, err);
    if (rc < 0)
        return rc;
    struct dm_article *article = article_new();
    if (!article)
        return dm_fail(err, DM_ENOMEM, "out of memory");
    const struct frame_lexicon *frames = &engine->lexicon->frames;
    size_t passed = 0, failed = 0;
    struct buf line;
    buf_init(&line, LINE_MAX_BYTES);
    for (uint32_t i = 0; i < frames->n_examples && rc == DM_OK; i++) {
        const struct frame_example *example = &frames->example[i];
        rc = run_example(engine, article, example, err);
        if (rc < 0)
            break;
        if (passes(article, frame_text(frames, example->expect))) {
            passed++;
            continue;
        }
        failed++;
        buf_clear(&line);
        show_fault(engine->lexicon, article, example, &line);
        if (sink)
            rc = sink->write(sink->self, line.p, line.n, err);
    }
    buf_deinit(&line);
    article_free(article);
    if (rc < 0)
        return rc;
    *n_passed = passed;
    *n_failed = failed;
    return DM_OK;
}
