/* SPDX-License-Identifier: MIT */
/* test-news.c - forms, encodings, records and blocks, through news_take() and news_read(). */
#include "news/test-read.h"

#define SENT "1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n\n"

static const struct { const char *what; struct slice bytes; const char *got, *texts; } cases[] = {
    { "an empty file is an error", { "", 0 }, "f", "" },
    { "so are blanks", BYTES(" \n\n"), "f", "" },
    { "plain text", BYTES("Talks failed.\n"), "T", "Talks failed.\n|" },
    { "a byte order mark is no text", BYTES("\xEF\xBB\xBFTalks failed."), "T", "Talks failed.|" },
    { "UTF-16", BYTES("\xFF\xFET\0a\0l\0k\0s\0 \0\x3D\xD8\0\xDE.\0"), "T", "Talks \xF0\x9F\x98\x80.|" },
    { "a lone surrogate is repaired", BYTES("\xFE\xFF\0a\xD8\x3D\0b"), "T", "a\xEF\xBF\xBD" "b|" },
    { "Windows-1252 by its bytes", BYTES("Bogot\xE1 \x93yes\x94."), "T",
      "Bogot\xC3\xA1 \xE2\x80\x9Cyes\xE2\x80\x9D.|" },
    { "damaged UTF-8 is repaired", BYTES("Bogot\xC3\xA1 and M\xC3\xA1laga\xFF."), "T",
      "Bogot\xC3\xA1 and M\xC3\xA1laga\xEF\xBF\xBD.|" },
    { "binary is refused", BYTES("\0\1\2\3\4\5\6\7\0\0\0\0\0\0\0"), "f", "" },
    { "gzip that is none", BYTES("\x1F\x8B\x08 and so on"), "f", "" },
    { "PDF is refused", BYTES("%PDF-1.4\n"), "f", "" },
    { "an ARC archive is refused", BYTES("filedesc://a.arc 0.0.0.0 2008\n"), "f", "" },
    { "JSON Lines, a bad one between",
      BYTES("{\"text\":\"One.\"}\n\n{\"text\":\n{\"text\":\"Two.\"}"),
      "JfJ", "One.|Two.|" },
    { "JSON without text", BYTES("{\"id\":1}\n{\"text\":\" \"}\n{\"text\":7}\n"), "fff", "" },
    { "half a surrogate pair in an escape", BYTES("{\"text\":\"a\\ud83d \\\\ud83d.\"}"), "J",
      "a\xEF\xBF\xBD \\ud83d.|" },
    { "a date that is none", BYTES("{\"text\":\"One.\",\"date\":\"2010-02-30\"}"), "f", "" },
    { "context stands before", BYTES("{\"text\":\"One.\",\"context\":\"Zero.\"}"), "J", "Zero.\n\nOne.|" },
    { "a JSON array", BYTES("[{\"text\":\"One.\"}]"), "f", "" },
    { "JSON over lines", BYTES("{\n  \"text\": \"One.\"\n}\n"), "f", "" },
    { "a brace does not make JSON", BYTES("{sic} Talks failed."), "T", "{sic} Talks failed.|" },
    { "CoNLL-U, two documents", BYTES("# newdoc id = a\n" SENT "# newdoc id = b\n" SENT SENT), "CC",
      "Go|Go Go|" },
};

static void check_long_line(void)
{
    struct buf bytes, texts;
    struct dm_error err = {0};
    char got[READ_MOST + 2];
    buf_init(&bytes, 128u << 20);
    buf_init(&texts, 1u << 20);
    buf_add_text(&bytes, "{\"text\":\"One.\"}\n{\"text\":\"");
    for (uint32_t i = 0; i < NEWS_RECORD_MAX / 64 + 10; i++)
        buf_add_text(&bytes, "0123456789abcdef0123456789abcdef0123456789abcdef"
                             "0123456789abcdef");
    buf_add_text(&bytes, "\"}\n{\"text\":\"Two.\"}\n");
    read_bytes(buf_slice(&bytes), NULL, false, got, &texts, &err);
    CHECK_STR(got, "JlJ", "a line too long loses nothing beside it");
    CHECK_SLICE(buf_slice(&texts), "One.|Two.|", "a line too long");
    CHECK(strstr(err.text, ":2:"), "the message names the line");

    struct news_options text = {.format = NEWS_TEXT};
    read_bytes(slice_make(bytes.p + 20, 8u << 20), &text, false, got, &texts, &err);
    CHECK_STR(got, "l", "a text too long");
    buf_deinit(&bytes);
    buf_deinit(&texts);
}

static void check_blocks(void)
{
    static const char text[] =
        "Ministers Sign Pact\n\nBy [Jane Doe](#)\n\nThe Daily Example, May 10, 2011\n\n"
        "LIMA (XNN) -- The two ministers signed the pact on Monday, after talks that\n\n"
        "had lasted for years.\n\nThey went home.\n\nCopyright 2011 The Daily Example\n\n"
        "Nothing here counts.\n";
    static const char want[] = "HxxxBBxx";
    struct dm_article *article = article_new();
    struct news_options options = { .date = {2020, 1, 1} };
    struct dm_error err = {0};
    struct news_record record;
    char got[32], date[DATE_TEXT];
    news_record_init(&record);
    record.format = NEWS_TEXT;
    strcpy(record.path, "./a.txt");
    buf_add_text(&record.bytes, text);
    CHECK_OK(news_read(&record, &options, article, &err), &err);
    uint32_t n = 0;
    for (; n < article->n_blocks && n < 31; n++)
        got[n] = "BHCx"[article->block[n].kind];
    got[n] = '\0';
    CHECK_STR(got, want, "blocks of a text");
    date_format(article->date, date);
    CHECK_STR(date, "2011-05-10", "the text's own date comes first");
    CHECK_SLICE(article->title, "Ministers Sign Pact", "title");
    CHECK_SLICE(article->byline, "Jane Doe", "byline");
    CHECK_SLICE(article->source, "The Daily Example", "source");
    CHECK_SLICE(article->id, "a.txt", "id");
    CHECK_SLICE(article->text, text, "the text is as it was given");
    news_record_deinit(&record);
    article_free(article);
}

/* Where the date comes from: a record's field, its address, a closing line, --date. */
static void check_dates(void)
{
    static const struct { const char *line, *want; } rows[] = {
        { "{\"text\":\"Lima, May 9, 2011\\nTalks began.\",\"date\":\"2011-05-10\"}", "2011-05-10" },
        { "{\"text\":\"Talks began.\",\"url\":\"https://x.example/2011/05/08/a\"}", "2011-05-08" },
        { "{\"text\":\"The Example, May 9, 2011\\nTalks began.\"}", "2011-05-09" },
        { "{\"text\":\"Today: May 9, 2012\\nTalks began.\"}", "2010-01-03" },
        { "{\"text\":\"LIMA, Dec. 30 (XNN) -- Talks began.\"}", "2009-12-30" },
        { "{\"text\":\"Talks began.\\nThey ended.\\nMay 7, 2011.\"}", "2011-05-07" },
        { "{\"text\":\"Talks began.\"}", "2010-01-03" },
    };
    struct dm_article *article = article_new();
    struct news_options options = { .date = {2010, 1, 3} };
    struct news_record record;
    struct dm_error err = {0};
    char date[DATE_TEXT];
    news_record_init(&record);
    record.format = NEWS_JSONL;
    strcpy(record.path, "a.jsonl");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf_clear(&record.bytes);
        buf_add_text(&record.bytes, rows[i].line);
        article_reset(article);
        CHECK_OK(news_read(&record, &options, article, &err), &err);
        date_format(article->date, date);
        CHECK_STR(date, rows[i].want, rows[i].line);
    }
    news_record_deinit(&record);
    article_free(article);
}

int main(void)
{
    struct buf texts;
    struct dm_error err = {0};
    struct news_reader *reader;
    char got[READ_MOST + 2];
    buf_init(&texts, 1u << 20);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read_bytes(cases[i].bytes, NULL, false, got, &texts, &err);
        CHECK_STR(got, cases[i].got, cases[i].what);
        CHECK_SLICE(buf_slice(&texts), cases[i].texts, cases[i].what);
    }
    buf_deinit(&texts);
    CHECK_CODE(news_open("/", NULL, &reader, &err), DM_EIO, "a folder");
    CHECK_CODE(news_open("/no/such/file", NULL, &reader, &err), DM_EIO, "a missing file");
    check_long_line();
    check_blocks();
    check_dates();
    return check_end();
}
