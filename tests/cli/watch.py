#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""watch.py - demarche watch against a server of its own on this machine: feeds that change, move, fail and lie,
pages, robots.txt, private addresses, signals, and kill -9 at many points.

usage: watch.py [--kills N] [--seed S] [--replay FOLDER]

DEMARCHE is the program. --kills: how many runs are killed (8). --replay: instead of all that, poll the files of
FOLDER (*.xml.gz) one after the other as one live feed, and tell what came of it.
"""
import argparse, gzip, http.server, json, os, pathlib, random, shutil, signal, sqlite3, ssl, subprocess, sys, tempfile, threading
import time

SOURCE = os.environ.get("DEMARCHE_SOURCE", str(pathlib.Path(__file__).resolve().parents[2]))
DEMARCHE = os.environ.get("DEMARCHE", SOURCE + "/build/demarche")
passed = failed = 0


def check(what, good, more=""):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    if not good:
        print("FAILED:", what, str(more)[:600])


# ---- the server ----

class Site:
    """What the server says: path -> function(handler), and what it was asked."""
    def __init__(self, host="127.0.0.1", context=None):
        self.answers, self.asked, self.headers, self.hook = {}, [], {}, None
        self.lock = threading.Lock()
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                with site.lock:
                    site.asked.append(self.path)
                    site.headers[self.path] = dict(self.headers)
                    number = len(site.asked)
                if site.hook:
                    site.hook(number, self.path)
                answer = site.answers.get(self.path)
                try:
                    answer(self) if answer else reply(self, 404, b"no such thing")
                except (BrokenPipeError, ConnectionResetError):
                    pass

            def log_message(self, *args):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request, address):
                pass  # a client that was killed

        self.server = Server((host, 0), Handler)
        if context:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.base = f"http://{host}:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def count(self, path):
        with self.lock:
            return self.asked.count(path)


def reply(handler, status, body=b"", **fields):
    handler.send_response(status)
    for name, value in fields.items():
        handler.send_header(name.replace("_", "-"), value)
    if status != 304:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    if status != 304:
        handler.wfile.write(body)


def gives(status, body=b"", **fields):
    return lambda handler: reply(handler, status, body, **fields)


def conditional(body, etag, media="application/rss+xml"):
    """200 with an ETag, or 304 to one who has it."""
    def answer(handler):
        if handler.headers.get("If-None-Match") == etag:
            reply(handler, 304, ETag=etag)
        else:
            reply(handler, 200, body, ETag=etag, Content_Type=media)
    return answer


PEOPLE = ["Russia", "Georgia", "China", "Iran", "Israel", "France", "Turkey", "Sudan", "Egypt", "Japan", "India", "Peru"]


def sentence(i):
    a, b = PEOPLE[i % 12], PEOPLE[(i * 5 + 1) % 12]
    return [f"{a} accused {b} of violating the ceasefire.", f"The foreign minister of {a} met his counterpart from {b} on Monday.",
            f"{a} imposed sanctions on {b}.", f"Police in {a} arrested {i + 2} protesters."][i % 4]


def item(base, i, text=None, link=True):
    where = f"<link>{base}/page/{i}</link>" if link else ""
    return (f"<item><title>Item {i}: {PEOPLE[i % 12]}</title>{where}<guid isPermaLink='false'>id-{i}</guid>"
            f"<pubDate>Wed, {1 + i % 28:02} Mar 2022 10:00:00 GMT</pubDate><description>{text or sentence(i)}</description></item>")


def rss(items, title="Test news"):
    return (f"<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>{title}</title>"
            f"<link>http://example.org</link><description>d</description>{''.join(items)}</channel></rss>").encode()


def page(i):
    text = " ".join(sentence(i + k) for k in range(6))
    return (f"<!doctype html><html lang='en'><head><title>Page {i}</title></head><body><article><h1>Page {i}</h1>"
            f"<p>{text} {text}</p><p>{text}</p></article></body></html>").encode()


# ---- running ----

def arguments(db, *more):
    return [DEMARCHE, "watch", "--db", str(db), "--allow-private", "--pause", "0", *more]


def run(db, *more, want=0, what=""):
    done = subprocess.run(arguments(db, *more), capture_output=True, text=True, timeout=120)
    check(f"{what}: exit status {done.returncode}, not {want}", done.returncode == want, done.stderr)
    return done.stderr


def rows(db, question, *values):
    with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
        return connection.execute(question, values).fetchall()


def one(db, question, *values):
    got = rows(db, question, *values)
    return got[0][0] if got else None


def contents(db, in_order):
    """All that does not depend on when things came, nor, unless they came in order, on which came first."""
    asks = {
        "article": "SELECT hash, id, date, title, byline, url, a.source, lang, language, text, s.path FROM article a"
                   " LEFT JOIN source s ON s.source = a.file ORDER BY hash",
        "event": "SELECT e.id, a.hash, e.date, type, mode, cameo, status, e.text, start, end, sentence, place FROM event e"
                 " JOIN article a USING (article) ORDER BY e.id",
        "party": "SELECT e.id, side, n, code, sector, p.text, p.start, p.end FROM party p JOIN event e USING (event)"
                 " ORDER BY e.id, side, n",
        "feed": "SELECT url, address, etag, modified, failures, fault FROM feed ORDER BY url",
        "entry": "SELECT f.url, e.id, e.hash, changes, state, a.hash, reason FROM entry e JOIN feed f USING (feed)"
                 " LEFT JOIN article a USING (article) ORDER BY 1, 2",
        "page": "SELECT count(*) FROM page",
    }
    if in_order:
        asks["stories"] = "SELECT a.hash, a.copy, b.hash FROM article a JOIN article b USING (story) ORDER BY 1, 3"
    return {name: rows(db, ask) for name, ask in asks.items()}


# ---- what a feed may do ----

def test_changes(site, work):
    db, url = work / "changes.db", site.base + "/news.xml"
    site.answers["/news.xml"] = conditional(rss([item(site.base, i) for i in range(4)]), '"1"')
    said = run(db, "--once", url, what="the first poll")
    check("four are new", "4 new entries" in said and "4 articles" in said, said)
    check("the program names itself", site.headers["/news.xml"].get("User-Agent", "").startswith("demarche/"))
    said = run(db, "--once", url, what="the same again")
    check("nothing new by 304", "1 unchanged" in said and "0 new entries" in said, said)
    check("it was asked with the ETag", site.headers["/news.xml"].get("If-None-Match") == '"1"')
    site.answers["/news.xml"] = conditional(rss([item(site.base, i) for i in range(2, 6)] +
                                                [item(site.base, 1, "China imposed sanctions on Peru.")]), '"2"')
    said = run(db, "--once", url, what="a changed feed")
    check("two are new, one changed", "2 new entries" in said and "1 changed" in said, said)
    check("six articles", one(db, "SELECT count(*) FROM article") == 6)
    check("the change is noted", rows(db, "SELECT changes, state FROM entry WHERE id = 'id-1'") == [(1, "done")])
    check("dates come from the feed", one(db, "SELECT date FROM article WHERE id = 'id-3'") == "2022-03-04")
    check("each entry knows its article", one(db, "SELECT count(*) FROM entry e JOIN article a USING (article)"
                                                  " WHERE a.id = e.id") == 6)
    check("the source is the feed", one(db, "SELECT count(DISTINCT path) FROM source WHERE path = ?", url) == 1)
    check("events were coded", one(db, "SELECT count(*) FROM event") >= 5)
    said = run(db, "--once", url, site.base + "/other.xml", want=1, what="one good, one missing")
    check("404 is told", "/other.xml: status 404" in said, said)
    asked = site.count("/other.xml")
    said = run(db, "--once", site.base + "/other.xml", what="a feed that failed")
    check("is left alone for a while", site.count("/other.xml") == asked and "failed last time" in said, said)


def test_forms(site, work):
    db = work / "forms.db"
    atom = (f"<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title><entry><title>T</title><id>tag:a,1</id>"
            f"<updated>2022-03-01T10:00:00Z</updated><summary>{sentence(0)}</summary></entry></feed>").encode()
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [
        {"id": "j1", "content_text": sentence(2), "date_published": "2022-03-02T10:00:00Z"}]}).encode()
    latin = "<rss version='2.0'><channel><title>L</title><item><guid>l1</guid><title>Perú</title><description>Perú " \
            "accused Chile of violating the ceasefire.</description></item></channel></rss>".encode("latin-1").decode("latin-1")
    site.answers.update({
        "/a": gives(200, atom, Content_Type="application/atom+xml"),
        "/j": gives(200, feed, Content_Type="application/feed+json"),
        "/z": gives(200, gzip.compress(rss([item(site.base, 8)])), Content_Encoding="gzip"),
        "/l": gives(200, latin.encode("latin-1"), Content_Type="text/xml; charset=iso-8859-1", Last_Modified="Tue, 01 Mar 2022 10:00:00 GMT"),
        "/same": gives(200, rss([f"<item><guid>x</guid><title>Twice {i}</title><description>{sentence(i)}</description></item>"
                                 for i in range(3)])),
        "/none": gives(200, rss([f"<item><description>{sentence(i)}</description></item>" for i in range(2)])),
    })
    spanish = "El presidente de Perú acusó a Chile de violar el alto el fuego en la frontera, y el gobierno pidió una reunión de urgencia."
    site.answers["/es"] = gives(200, rss([f"<item><guid>es</guid><title>Perú acusa a Chile</title><description>{spanish}</description></item>"]))
    listing = work / "list.txt"
    listing.write_text(f"# feeds\n{site.base}/a every=1h\n{site.base}/j\n\n{site.base}/z # packed\n{site.base}/l\n"
                       f"{site.base}/same\n{site.base}/none\n{site.base}/a\n{site.base}/es\n")
    said = run(db, "--once", "--feeds", str(listing), what="a list of feeds")
    check("all forms", "10 new entries" in said and "10 articles (1 in other languages" in said and "0 failed" in said, said)
    check("another language is stored, not coded", one(db, "SELECT count(*) FROM article WHERE id = 'es'") == 1 and
          one(db, "SELECT count(*) FROM event JOIN article a USING (article) WHERE a.id = 'es'") == 0)
    check("the charset that HTTP names", one(db, "SELECT title FROM article WHERE id = 'l1'") == "Perú")
    check("no date: that of the feed", one(db, "SELECT date FROM article WHERE id = 'l1'") == "2022-03-01")
    said = run(db, "--once", "--feeds", str(listing), what="the list again")
    check("nothing is new or changed", "0 new entries, 0 changed" in said, said)
    listing.write_text("http://a.example/\nftp://b.example/\n")
    said = run(db, "--once", "--feeds", str(listing), want=1, what="a wrong list")
    check("the line is named", "list.txt:2:" in said, said)


def test_trouble(site, work):
    db = work / "trouble.db"
    whole = rss([item(site.base, i, link=False) for i in range(20, 24)])

    def endless(handler):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for _ in range(1000):
            handler.wfile.write(b"10000\r\n" + b" " * 65536 + b"\r\n")

    def cut(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(whole)))
        handler.send_header("ETag", '"cut"')
        handler.end_headers()
        handler.wfile.write(whole[:-200])
        handler.close_connection = True

    def slow(handler):
        time.sleep(5)
        reply(handler, 200, whole)

    site.answers.update({
        "/busy": gives(429, b"", Retry_After="7200"), "/down": gives(503), "/gone": gives(410),
        "/huge": endless, "/cut": cut, "/slow": slow,
        "/bomb": gives(200, gzip.compress(b"<rss>" + b" " * 50_000_000), Content_Encoding="gzip"),
        "/html": gives(200, page(1), Content_Type="text/html"), "/void": gives(200, b""),
        "/broken": gives(200, whole[:whole.rindex(b"<item>") + 40], ETag='"b"'),
        "/loop": gives(302, b"", Location="/loop"), "/file": gives(302, b"", Location="file:///etc/passwd"),
    })
    bad = ["busy", "down", "gone", "huge", "cut", "slow", "bomb", "html", "void", "loop", "file"]
    said = run(db, "--once", "--timeout", "3", "--most", "1024", "--jobs", "12",
               *[f"{site.base}/{name}" for name in bad + ["broken"]], want=1, what="trouble of all kinds")
    for name in bad:
        check(f"/{name} is told", f"/{name}: " in said or name == "file" and "file:" in said, said)
        check(f"/{name} counts as failed", one(db, "SELECT failures FROM feed WHERE url = ?", f"{site.base}/{name}") == 1)
    check("too large is said", said.count("larger than 1048576 bytes") == 2, said)
    check("more redirects than are followed", site.count("/loop") == 6, site.count("/loop"))
    wait = one(db, "SELECT next - polled FROM feed WHERE url = ?", site.base + "/busy")
    check("Retry-After is kept", 7200 <= wait <= 7500, wait)
    wait = one(db, "SELECT next - polled FROM feed WHERE url = ?", site.base + "/down")
    check("a failure doubles the time", 1600 <= wait <= 2000, wait)
    check("what can be had of a broken feed is taken", one(db, "SELECT count(*) FROM article") == 3)
    check("it does not count as failed, but is asked for as a whole again",
          rows(db, "SELECT failures, etag, fault NOT NULL FROM feed WHERE url = ?", site.base + "/broken") == [(0, None, 1)])
    site.answers["/broken"] = gives(200, whole, ETag='"b"')
    said = run(db, "--once", site.base + "/broken", what="mended")
    check("the rest comes then", "1 new entry" in said, said)
    site.answers["/old"] = gives(301, b"", Location="/new")
    site.answers["/new"] = conditional(rss([item(site.base, 30, link=False)]), '"n"')
    run(db, "--once", site.base + "/old", what="a feed that moved")
    run(db, "--once", site.base + "/old", what="and moved")
    check("the new address is asked", (site.count("/old"), site.count("/new")) == (1, 2), site.asked)


def test_private(site, work):
    """Nothing on this machine may be reached without leave, however it is called."""
    db, port, before = work / "private.db", site.server.server_port, len(site.asked)
    site.answers["/news.xml"] = gives(200, rss([item(site.base, 1)]))
    names = ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "0", "[::1]", "[::ffff:127.0.0.1]"]
    done = subprocess.run([DEMARCHE, "watch", "--db", str(db), "--once", "--pause", "0",
                           *[f"http://{name}:{port}/news.xml" for name in names]], capture_output=True, text=True, timeout=60)
    check("all are refused", done.returncode == 1 and done.stderr.count("is private") >= len(names) - 1, done.stderr)
    check("and nothing was asked", len(site.asked) == before)
    done = subprocess.run([DEMARCHE, "watch", "--db", str(db), "--once", "file:///etc/passwd"], capture_output=True, text=True)
    check("no other scheme", done.returncode == 1 and "no address of http" in done.stderr, done.stderr)


def test_redirect(work):
    """An address of the Internet that leads to this machine, in a network of its own where one can be made."""
    inside = f"ip link set lo up && ip addr add 8.8.8.8/32 dev lo && exec {sys.executable} {__file__} --outside {work}"
    try:
        done = subprocess.run(["unshare", "-rn", "sh", "-c", inside], capture_output=True, text=True, timeout=120)
    except FileNotFoundError:
        done = None
    if not done or "passed" not in done.stdout:
        print("skipped: no network of its own can be made, redirects to private addresses were not tried")
    else:
        check("redirects to private addresses", done.returncode == 0, done.stdout)


def outside(work):
    public, secret = Site("8.8.8.8"), Site()
    secret.answers["/secret"] = gives(200, rss([item(secret.base, 1)]))
    port = secret.server.server_port
    for name, host in (("address", "127.0.0.1"), ("name", "localhost"), ("mapped", "[::ffff:127.0.0.1]")):
        public.answers["/" + name] = gives(302, b"", Location=f"http://{host}:{port}/secret")
    public.answers["/good"] = gives(200, rss([item(public.base, 2, link=False)]))
    done = subprocess.run([DEMARCHE, "watch", "--db", str(work / "outside.db"), "--once", "--pause", "0",
                           *[f"{public.base}/{name}" for name in ("address", "name", "mapped", "good")]],
                          capture_output=True, text=True, timeout=60)
    check("the good one is had, the others are refused",
          done.returncode == 1 and done.stderr.count("is private") == 3 and "1 article" in done.stderr, done.stderr)
    check("each is told with its feed", f"{public.base}/name: http://localhost" in done.stderr, done.stderr)
    check("nothing was asked inside", not secret.asked, secret.asked)


def test_certificate(work):
    """A site that cannot prove who it is."""
    made = subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                           "-keyout", work / "key.pem", "-out", work / "cert.pem"], capture_output=True) if shutil.which("openssl") else None
    if not made or made.returncode:
        print("skipped: no openssl, certificates were not tried")
        return
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(work / "cert.pem", work / "key.pem")
    site = Site(context=context)
    site.answers["/s"] = gives(200, rss([item(site.base, 1)]))
    said = run(work / "s.db", "--once", f"https://localhost:{site.server.server_port}/s", want=1, what="a certificate of its own making")
    check("is refused", "certificate" in said and not site.asked, said)


def test_pages(site, work):
    db, url = work / "pages.db", site.base + "/paged.xml"
    site.answers["/robots.txt"] = gives(200, b"User-agent: *\nDisallow: /page/43\n", Content_Type="text/plain")
    site.answers["/paged.xml"] = conditional(rss([item(site.base, i) for i in range(40, 46)]), '"p"')
    for i in (40, 43):
        site.answers[f"/page/{i}"] = gives(200, page(i), Content_Type="text/html; charset=utf-8")
    site.answers["/page/41"] = gives(503)
    site.answers["/page/45"] = gives(302, b"", Location="/")
    site.answers["/"] = gives(200, page(45), Content_Type="text/html")
    site.answers["/page/44"] = gives(200, b"%PDF-1.4", Content_Type="application/pdf")
    said = run(db, "--once", "--pages", url, what="with pages")
    check("one page, five articles", "1 page, 5 articles" in said, said)
    check("the page's text", "violating" in one(db, "SELECT text FROM article WHERE id = 'id-40'") and
          len(one(db, "SELECT text FROM article WHERE id = 'id-40'")) > 200)
    check("the feed's facts", rows(db, "SELECT title, date, url FROM article WHERE id = 'id-40'") ==
          [("Item 40: Israel", "2022-03-13", site.base + "/page/40")], rows(db, "SELECT title, date, url FROM article"))
    check("why the others have the feed's text", [r[0].split(": ", 1)[1] for r in rows(
        db, "SELECT reason FROM entry WHERE reason NOT NULL ORDER BY id")] ==
        ["status 404", "its site's robots.txt forbids it", "no page but application/pdf",
         "not the article, but the site's front page"],
        rows(db, "SELECT reason FROM entry"))
    check("what is forbidden was not asked", site.count("/page/43") == 0)
    check("what will pass is waited for", rows(db, "SELECT state, tries FROM entry JOIN page USING (entry)") == [("page", 1)])
    site.answers["/page/41"] = gives(200, page(41), Content_Type="text/html")
    site.answers["/paged.xml"] = conditional(rss([]), '"q"')  # the entry is no longer in the feed
    with sqlite3.connect(db) as connection:
        connection.execute("UPDATE page SET next = 0")
    said = run(db, "--once", "--pages", url, what="when the server is up again")
    check("it is had at last", "1 page, 1 article" in said and one(db, "SELECT count(*) FROM page") == 0, said)
    site.answers["/robots.txt"] = gives(200, b"User-agent: demarche\nDisallow: /paged\n")
    said = run(db, "--once", url, want=1, what="a feed that robots.txt forbids")
    check("is not fetched", "forbids it" in said, said)
    site.answers["/robots.txt"] = gives(500)
    check("nor without a robots.txt that can be had", "robots.txt cannot be had" in
          run(work / "r.db", "--once", url, want=1, what="robots.txt fails"))
    del site.answers["/robots.txt"]


def test_report(site, work):
    db, url, report = work / "report.db", site.base + "/told.xml", work / "report.json"
    bad = "<item><guid isPermaLink='false'>empty</guid></item>"
    site.answers["/told.xml"] = conditional(rss([item(site.base, i) for i in (140, 141)] + [bad]), '"t"')
    site.answers["/page/140"] = gives(200, page(140), Content_Type="text/html")
    site.answers["/page/141"] = gives(200, b"%PDF", Content_Type="application/\xe9")
    site.answers["/gone.xml"] = gives(404)
    site.answers["/again.xml"] = gives(200, rss([item(site.base, 141, link=False), item(site.base, 142, link=False)]))
    run(db, "--once", "--pages", "--report", str(report), url, site.base + "/gone.xml", site.base + "/again.xml", want=1, what="report")
    told = json.loads(report.read_text())
    one_, gone, again = told["feeds"]
    check("the run", (told["database"], told["ended"], told["put_off"]) == (str(db), "done", 0) and told["version"] and
          told["started"][:2] == "20" and told["seconds"] > 0, told)
    check("feeds in their order", [f["url"] for f in told["feeds"]] == [url, site.base + "/gone.xml", site.base + "/again.xml"], told)
    counts = ("state", "polls", "unchanged", "failed", "entries", "changed", "pages", "waiting")
    check("a feed", [one_[k] for k in counts] == ["asked", 1, 0, 0, 3, 0, 1, 0], one_)
    check("a feed that failed", [gone[k] for k in counts] == ["asked", 1, 0, 1, 0, 0, 0, 0], gone)
    check("why", gone["faults"] == [{"reason": site.base + "/gone.xml: status 404", "polls": 1}], gone)
    check("entries without an article", [p["entry"] for r in one_["not_read"] for p in r["places"]] == ["empty"] and
          all(r["reason"] for r in one_["not_read"]), one_)
    check("entries without a page", [[p["entry"] for p in r["places"]] for r in one_["no_page"]] == [["id-141"]] and
          "no page but application/" in one_["no_page"][0]["reason"], one_)
    check("nothing is told of what went well", not {"faults", "not_read", "no_page"} & set(again), again)
    check("sums are of all feeds", all(told[k] == sum(f[k] for f in told["feeds"]) for k in
                                       ("polls", "unchanged", "failed", "entries", "changed", "pages", "articles", "known", "events")), told)
    check("articles are the database's", told["articles"] == one(db, "SELECT count(*) FROM article") and
          told["events"] == one(db, "SELECT count(*) FROM event") > 0, told)
    run(db, "--once", "--report", str(report), url, site.base + "/gone.xml", what="the same again")
    told = json.loads(report.read_text())
    check("unchanged, and put off", [(f["state"], f["unchanged"]) for f in told["feeds"]] == [("asked", 1), ("put off", 0)] and
          told["put_off"] == 1, told)
    # a page that an earlier run left waiting, of a feed that is no longer listed
    site.answers["/left.xml"] = gives(200, rss([item(site.base, 143)]))
    site.answers["/page/143"] = gives(503)
    run(db, "--once", "--pages", "--report", str(report), site.base + "/left.xml", what="a page that waits")
    check("it waits", json.loads(report.read_text())["feeds"][0]["waiting"] == 1, report.read_text())
    site.answers["/page/143"] = gives(404)
    with sqlite3.connect(db) as connection:
        connection.execute("UPDATE page SET next = 0")
    run(db, "--once", "--report", str(report), url, what="its feed is not listed")
    told = json.loads(report.read_text())
    check("it is told all the same", [f["state"] for f in told["feeds"]] == ["asked", "not listed"] and
          told["feeds"][1]["no_page"][0]["places"] == [{"entry": "id-143"}], told)
    said = run(db, "--once", "--report", str(work / "none" / "r.json"), url, want=1, what="a report that cannot be written")
    check("is told", "r.json: No such file" in said, said)
    if os.path.exists("/dev/full"):
        run(db, "--once", "--report", "/dev/full", url, want=1, what="a full disk")
    site.answers["/hang"] = lambda handler: time.sleep(20)
    process = subprocess.Popen(arguments(db, "--report", str(report), site.base + "/hang"), stderr=subprocess.PIPE, text=True)
    until = time.time() + 20
    while time.time() < until and not site.count("/hang"):
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    told = json.loads(report.read_text())
    check("a run that is stopped reports", (told["ended"], told["feeds"][0]["state"]) == ("stopped", "not asked"), told)


def test_signals(site, work):
    db, url = work / "signals.db", site.base + "/sig.xml"
    site.answers["/sig.xml"] = conditional(rss([item(site.base, i, link=False) for i in range(50, 53)]), '"s"')
    site.answers["/hang"] = lambda handler: time.sleep(20)
    for number in (signal.SIGTERM, signal.SIGINT):
        process = subprocess.Popen(arguments(db, url, site.base + "/hang"), stderr=subprocess.PIPE, text=True)
        until = time.time() + 20
        while time.time() < until and not (site.count("/sig.xml") and site.count("/hang")):
            time.sleep(0.02)
        time.sleep(0.3)
        before = time.time()
        process.send_signal(number)
        said = process.communicate(timeout=30)[1]
        check(f"signal {number} ends it well", process.returncode == 0 and "poll" in said, (process.returncode, said))
        check("at once", time.time() - before < 4, time.time() - before)
        check("one file is left", not os.path.exists(str(db) + "-wal"))
    check("what was had is kept", one(db, "SELECT count(*) FROM article") == 3)
    check("a poll that was due is not repeated before its time", site.count("/sig.xml") == 1, site.count("/sig.xml"))


# ---- kill -9 ----

def stage(site, n):
    """Three feeds in two stages; the second drops, adds and changes entries, and moves a feed."""
    items = [item(site.base, i) for i in range(60 + 3 * n, 68 + 3 * n)]
    if n:
        items[1] = item(site.base, 64, "Egypt imposed sanctions on Sudan.")
    site.answers["/k1.xml"] = conditional(rss(items), f'"k1-{n}"')
    site.answers["/k2.xml"] = conditional(rss([item(site.base, i, link=False) for i in range(80 + 20 * n, 95 + 20 * n)]), f'"k2-{n}"')
    site.answers["/k3.xml"] = gives(301, b"", Location="/k4.xml") if n else site.answers["/k2.xml"]
    site.answers["/k4.xml"] = conditional(rss([item(site.base, i) for i in range(130, 134)]), '"k4"')
    for i in list(range(60, 72)) + list(range(130, 134)):
        if i % 5:
            site.answers[f"/page/{i}"] = gives(200, page(i), Content_Type="text/html")


def feeds(site):
    return [f"{site.base}/k{i}.xml" for i in (1, 2, 3)]


def test_kills(site, work, kills, seed):
    draw = random.Random(seed)
    want, requests, times = {}, {}, {}
    for jobs in (1, 3):
        for n in (0, 1):
            stage(site, n)
            db, before, began = work / f"whole-{jobs}.db", len(site.asked), time.time()
            run(db, "--once", "--pages", "--jobs", str(jobs), *feeds(site), what="the run that is not killed")
            want[jobs, n] = contents(db, jobs == 1)
            requests[n], times[n] = len(site.asked) - before, time.time() - began
    check("it has articles and changes", len(want[1, 1]["article"]) > 40 and any(row[3] for row in want[1, 1]["entry"]))
    check("the order changes nothing", all(want[3, n][table] == want[1, n][table] for n in (0, 1) for table in want[3, n]))
    killed = 0
    for k in range(kills):
        db, jobs = work / f"killed-{k}.db", 1 + k % 2 * 2
        more = ("--once", "--pages", "--jobs", str(jobs))
        for n in (0, 1):
            stage(site, n)
            process = subprocess.Popen(arguments(db, *more, *feeds(site)), stderr=subprocess.DEVNULL)
            first = len(site.asked)
            if draw.random() < 0.5:  # at a request, before or behind its answer
                point, late = first + draw.randint(1, requests[n]), draw.choice([0, 0, 0.002, 0.01])

                def hook(number, path):
                    if number == point:
                        time.sleep(late)
                        process.kill()
                site.hook = hook
            else:  # at any time
                time.sleep(draw.random() * times[n])
                process.kill()
            killed += process.wait() == -signal.SIGKILL
            site.hook = None
            run(db, *more, *feeds(site), what="the run behind a kill")
            got, wanted = contents(db, jobs == 1), want[jobs, n]
            for table in wanted:
                check(f"kill {k}, stage {n}: table {table}", got[table] == wanted[table],
                      [row for row in got[table] + wanted[table] if got[table].count(row) != wanted[table].count(row)][:3])
    check("most were killed while they ran", killed * 2 >= kills, (killed, kills))
    return killed


def replay(folder, work):
    site = Site()
    db, began, events = work / "replay.db", time.time(), 0
    files = sorted(pathlib.Path(folder).glob("*.xml.gz"))
    for i, path in enumerate(files):
        site.answers["/feed"] = conditional(gzip.decompress(path.read_bytes()), f'"{i}"')
        run(db, "--once", site.base + "/feed", what=path.name)
    print(f"{len(files)} polls, {one(db, 'SELECT count(*) FROM article')} articles, "
          f"{one(db, 'SELECT count(*) FROM entry')} entries, {one(db, 'SELECT sum(changes) FROM entry')} changes, "
          f"{one(db, 'SELECT count(*) FROM event')} events, {time.time() - began:.1f} s")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--kills", type=int, default=8)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--replay")
    options.add_argument("--outside", help=argparse.SUPPRESS)
    options = options.parse_args()
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            del os.environ[name]
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        if options.replay:
            replay(options.replay, work)
        elif options.outside:
            outside(pathlib.Path(options.outside))
        else:
            for test in (test_changes, test_forms, test_trouble, test_private, test_pages, test_report, test_signals):
                test(Site(), work)
            test_redirect(work)
            test_certificate(work)
            killed = test_kills(Site(), work, options.kills, options.seed)
            print(f"{killed} of {2 * options.kills} runs killed")
    print(f"{passed} passed, {failed} failed")
    return failed > 0 or not passed


if __name__ == "__main__":
    sys.exit(main())
