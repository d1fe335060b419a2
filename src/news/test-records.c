/* SPDX-License-Identifier: MIT */
/* test-records.c - CSV, TABARI, PETRARCH and feeds through news_take() and news_read(). */
#include "news/records.h"
#include "news/test-read.h"
#include "news/xml.h"

/* A row is a file; `got` and `texts` as read_bytes() gives them, with all facts. */
struct row {
    const char *what;
    struct slice bytes;
    const char *got, *texts;
};

static const struct row rows[] = {
    { "CSV by its header", BYTES("id,date,text\r\na,2010-02-17,\"One, "
      "\"\"two\"\".\nThree.\"\r\n\r\nb,,Four.\r\n"), "VV",
      "a;2010-02-17;;;;;;One, \"two\".\nThree.|b;;;;;;;Four.|" },
    { "CSV with semicolons", BYTES("\xEF\xBB\xBFTitle;Text;URL\nA;One, "
      "two.;https://x.example/2011/05/08/a\n"), "V",
      "/proc/self/fd/;2011-05-08;A;https://x.example/2011/05/08/a;;;;One, two.|" },
    { "CSV with tabs", BYTES("id\ttext\nx\tOne \"two\" three.\n"), "V", "x;;;;;;;One \"two\" "
      "three.|" },
    { "CSV in Windows-1252", BYTES("id,text\nx,Bogot\xE1 \x93yes\x94.\n"), "V",
      "x;;;;;;;Bogot\xC3\xA1 \xE2\x80\x9Cyes\xE2\x80\x9D.|" },
    { "CSV: bad rows between", BYTES("id,text\na\nb,\nc,One.\nd,\"Two\" more.\n"), "ffVV",
      "c;;;;;;;One.|d;;;;;;;Two more.|" },
    { "CSV: a date that is none", BYTES("date,text\n2010-02-30,One.\n"), "f", "" },
    { "CSV: a quote that is not closed", BYTES("id,text\na,One.\nb,\"Two.\nc,Three.\n"), "Vf",
      "a;;;;;;;One.|" },
    { "a sentence with commas is no CSV", BYTES("The text, the id, the date.\nOne.\n"), "T",
      "/proc/self/fd/;;;;;;;The text, the id, the date.\nOne.\n|" },
    { "TABARI", BYTES("970324 REUT-0001-01 x\nRussia warned\nGeorgia.\n\n\n20050101 B2\nTalks "
      "failed.\n"), "BB",
      "REUT-0001-01;1997-03-24;;;;;;Russia warned Georgia.|B2;2005-01-01;;;;;;Talks failed.|" },
    { "TABARI: a header that is none", BYTES("970324 A1\nOne.\n\nTwo.\n\n030405 A3\nThree.\n"
      ""), "BfB",
      "A1;1997-03-24;;;;;;One.|A3;2003-04-05;;;;;;Three.|" },
    { "a number and a line are no TABARI", BYTES("970324 people came.\nThey left.\n"), "T",
      "/proc/self/fd/;;;;;;;970324 people came.\nThey left.\n|" },
    { "PETRARCH", BYTES("<?xml version='1.0'?><Sentences>\n<Sentence date=\"20150217\" id=\"S1\" "
      "source=\"AFP &amp; co\" sentence=\"True\">\n"
      "<Text>\nRussia & Georgia\ntalked.\n</Text><Parse>(ROOT</Parse></Sentence><Sentence "
      "id=\"S2\"><Text>One&nbsp;two.</Text></Sentence>\n</Sentences>"), "PP",
      "S1;2015-02-17;;;AFP & co;;;Russia & Georgia talked.|S2;;;;;;;One\xC2\xA0two.|" },
    { "PETRARCH: no text, a bad date, no end", BYTES("<Sentences><Sentence id='a'></Sentence>"
      "<Sentence date='20151302'><Text>One.</Text></Sentence><Sentence id='c'><Text>Two.</Text>"
      "</Sentence><Sentence>"), "ffPf",
      "c;;;;;;;Two.|" },
    { "RSS 2.0", BYTES("<?xml version=\"1.0\"?>\n<rss version=\"2.0\" "
      "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>The Example</title><link>"
      "https://x.example/</link><language>en-us</language>"
      "<item><title>Talks &amp; more</title><link>/a</link><guid isPermaLink=\"false\">g1</guid>"
      "<pubDate>Wed, 17 Feb 2010 10:00:00 GMT</pubDate>"
      "<dc:creator>Jane Doe</dc:creator><description>Short.</description><content:encoded>"
      "<![CDATA[<p>One <b>two</b>&nbsp;three.</p><p>Four.<br>Five.</p>"
      "<script>x()</script>]]></content:encoded></item><item><title>Only a title</title><guid>"
      "https://x.example/b</guid></item><item/></channel></rss>"), "FFf",
      "g1;2010-02-17;Talks & more;https://x.example/a;The Example;en-us;Jane Doe;One "
      "two\xC2\xA0three.\n\nFour.\nFive.|"
      "https://x.example/b;;Only a title;https://x.example/b;The Example;en-us;;Only a title|" },
    { "RSS: escaped markup, unknown and HTML's entities, a bare &", BYTES("<rss><channel><item>"
      "<guid>1</guid><description>&lt;p&gt;A &amp;amp; B&lt;/p&gt;</description></item>"
      "<item><guid>2</guid><description>Caf&eacute; &foo; R&D < 3 &#0;</description></item>"
      "</channel></rss>"), "FF",
      "1;;;;;;;A & B|2;;;;;;;Caf\xC3\xA9 &foo; R&D < 3 \xEF\xBF\xBD|" },
    { "RSS: no date, another date", BYTES("<rss><channel><item><guid>1</guid><pubDate>"
      "yesterday</pubDate><title>A</title></item></channel></rss>"), "F",
      "1;;A;;;;;A|" },
    { "RSS cut off: what came before is kept", BYTES("<rss><channel><item><guid>1</guid><title>"
      "A</title></item><item><guid>2</guid><title>B</tit"), "FFf",
      "1;;A;;;;;A|2;;B;;;;;B|" },
    { "RDF", BYTES("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
      "xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
      "<channel rdf:about=\"https://x.example/\"><title>X</title></channel><item "
      "rdf:about=\"https://x.example/1\"><title>A</title><dc:date>2010-02-17T10:00:00Z</dc:date>"
      "<description>One.</description></item></rdf:RDF>"), "F", "https://x.example/1;2010-02-17;A"
      ";https://x.example/1;X;;;One.|" },
    { "Atom", BYTES("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\" "
      "xml:base=\"https://x.example/f/\"><title type=\"html\">X &amp;amp; Y</title>"
      "<entry><id>urn:1</id><title type=\"text\">5 &lt; 6</title><link rel=\"self\" href=\"s\"/>"
      "<link href=\"a\"/><updated>2010-02-18T00:00:00Z</updated>"
      "<published>2010-02-17T00:00:00Z</published><author><name>Jo</name><email>"
      "jo@x.example</email></author><summary>S.</summary>"
      "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>One.</p><ul><li>"
      "Two</li><li>three</li></ul></div></content></entry></feed>"), "F",
      "urn:1;2010-02-17;5 < 6;https://x.example/f/a;X & Y;en;Jo;One.\n\nTwo\n\nthree|" },
    { "entities that a DOCTYPE declares are not expanded", BYTES("<!DOCTYPE rss [<!ENTITY a "
      "\"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
      "<rss><channel><item><guid>1</guid><title>&b;&x;</title></item></channel></rss>"
      ""), "F", "1;;&b;&x;;;;;;&b;&x;|" },
    { "JSON Feed", BYTES("{\n \"version\": \"https://jsonfeed.org/version/1.1\",\n \"title\": "
      "\"X\", \"language\": \"en\",\n \"items\": [\n"
      "{\"id\": 7, \"url\": \"https://x.example/7\", \"title\": \"A\", \"content_html\": \"<p>"
      "One.</p>\", \"date_published\": \"2010-02-17T10:00:00+01:00\", \"authors\": [{\"name\": "
      "\"Jo\"}]},"
      "{\"id\": \"b\", \"content_text\": \"1 < 2\"}, 5 ]}"), "FFf",
      "7;2010-02-17;A;https://x.example/7;X;en;Jo;One.|b;;;;X;en;;1 < 2|" },
    { "JSON Feed, broken", BYTES("{\"version\": \"https://jsonfeed.org/version/1\", \"items\": "
      "[{\"id\""), "f", "" },
    { "XML that is nothing known", BYTES("<?xml version=\"1.0\"?><svg><g/></svg>"), "f", "" },
};

/* Ids that are made of the file's path differ from run to run: cut the path's number out. */
static void cut_paths(struct buf *texts)
{
    char *p = texts->p;
    while (p && (p = strstr(p, "/proc/self/fd/")) != NULL) {
        p += 14;
        size_t n = strspn(p, "0123456789:");
        memmove(p, p + n, strlen(p + n) + 1);
        texts->n -= n;
    }
}

static void check_fields(void)
{
    static const struct { const char *what; struct slice bytes; const char *got,
      *texts; } named[] = {
        { "JSON Lines with other names", BYTES("{\"body\":\"One.\",\"nr\":5,\"text\":\"x\"}\n{\"t"
      "ext\":\"y\"}\n"), "Jf",
          "5;;;;;;;One.|" },
        { "CSV with other names", BYTES("nr,body,date\n5,One.,20100217\n"), "V", "5;2010-02-17;;;"
      ";;;One.|" },
        { "feeds have their own names", BYTES("<rss><item><guid>1</guid><title>A</title></item>"
      "</rss>"), "F",
          "1;;A;;;;;A|" },
    };
    struct news_options options = {0};
    struct dm_error err = {0};
    struct buf texts;
    char got[READ_MOST + 2];
    options.field[NEWS_FIELD_TEXT] = "body";
    options.field[NEWS_FIELD_ID] = "nr";
    buf_init(&texts, 1u << 20);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        read_bytes(named[i].bytes, &options, true, got, &texts, &err);
        CHECK_STR(got, named[i].got, named[i].what);
        CHECK_SLICE(buf_slice(&texts), named[i].texts, named[i].what);
    }
    options = (struct news_options){.format = NEWS_CSV};
    read_bytes((struct slice)BYTES("nr,body\n5,One.\n"), &options, true, got, &texts, &err);
    CHECK_STR(got, "f", "CSV without a text column");
    CHECK(strstr(err.text, "--field text=NAME") && strstr(err.text, "nr,body"), err.text);
    buf_deinit(&texts);
}

/* Depth, length and number do not hurt. */
static void check_hostile(void)
{
    struct dm_error err = {0};
    struct buf bytes, texts;
    char got[READ_MOST + 2];
    buf_init(&bytes, 64u << 20);
    buf_init(&texts, 16u << 20);
    buf_add_text(&bytes, "<rss><channel><item><title>A</title></item>");
    for (int i = 0; i < 200000; i++)
        buf_add_text(&bytes, "<item><a>");
    read_bytes(buf_slice(&bytes), NULL, false, got, &texts, &err);
    CHECK(got[0] == 'F' && texts.n < 100, "deep XML");

    buf_clear(&bytes);
    buf_add_text(&bytes, "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":");
    for (int i = 0; i < 190000; i++)
        buf_add_text(&bytes, "[");
    read_bytes(buf_slice(&bytes), NULL, false, got, &texts, &err);
    CHECK_STR(got, "f", "deep JSON");
    for (int i = 0; i < 10000; i++)
        buf_add_text(&bytes, "[");
    read_bytes(buf_slice(&bytes), NULL, false, got, &texts, &err);
    CHECK_STR(got, "l", "more values than are taken");

    buf_clear(&bytes);
    buf_add_text(&bytes, "<rss><channel><item><description>");
    for (int i = 0; i < 100000; i++)
        buf_add_text(&bytes, "&lt;div&gt;&lt;b&gt;x");
    read_bytes(buf_slice(&bytes), NULL, false, got, &texts, &err);
    CHECK(got[0] == 'F', "deep HTML in XML");

    buf_clear(&bytes);
    buf_add_text(&bytes, "<rss><channel><item><description><![CDATA[");
    for (int i = 0; i < 200; i++)
        buf_add_text(&bytes, "<b>");
    for (int i = 0; i < 300000; i++)
        buf_add_text(&bytes, "x<i>y</i>");
    buf_add_text(&bytes, "]]></description></item></channel></rss>");
    read_bytes(buf_slice(&bytes), NULL, false, got, &texts, &err);
    CHECK_STR(got, "F", "many texts deep in HTML");

    buf_clear(&bytes);
    buf_add_text(&bytes, "id,text\na,\"");
    for (int i = 0; i < 1300000; i++)
        buf_add_text(&bytes, "0123456789");
    buf_add_text(&bytes, "\nb,One.\nc,Two.\n");
    read_bytes(buf_slice(&bytes), NULL, false, got, &texts, &err);
    CHECK_STR(got, "lVV", "a quote that is not closed costs what a row may have");
    CHECK(strstr(err.text, ":2: a row of more than 12 MiB; a quote is not closed"), err.text);

    buf_clear(&bytes);
    buf_add_text(&bytes, "<Sentences><Sentence id='a'><Text>");
    for (int i = 0; i < 200000; i++)
        buf_add_text(&bytes, "0123456789");
    buf_add_text(&bytes, "</Text></Sentence><Sentence id='b'><Text>One.</Text></Sentence>");
    read_bytes(buf_slice(&bytes), NULL, false, got, &texts, &err);
    CHECK_STR(got, "lP", "a sentence that is too long");
    buf_deinit(&bytes);
    buf_deinit(&texts);
}

int main(void)
{
    struct buf texts;
    struct dm_error err = {0};
    char got[READ_MOST + 2];
    buf_init(&texts, 1u << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        read_bytes(rows[i].bytes, NULL, true, got, &texts, &err);
        cut_paths(&texts);
        CHECK_STR(got, rows[i].got, rows[i].what);
        CHECK_SLICE(buf_slice(&texts), rows[i].texts, rows[i].what);
    }
    buf_deinit(&texts);
    check_fields();
    check_hostile();
    return check_end();
}
