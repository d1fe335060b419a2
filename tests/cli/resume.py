#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Kill `demarche ingest` at random points, run it again until it is done: the database must be that of one run.

  tests/cli/resume.py DEMARCHE [--points N] [--seed S] [--jobs N]

Files of every form that is gone on with in a way of its own are made first: lines (plain, packed), archives (plain, packed
record by record, packed whole, with broken members), rows, a folder of pages and texts, with records that cannot be read
and articles that stand twice. Each database gets several kills. All tables are compared, row by row.
"""
import argparse, gzip, json, os, pathlib, random, signal, sqlite3, subprocess, sys, tempfile, time

PARTIES = ["Russia", "Georgia", "Iran", "Israel", "Syria", "Turkey", "India", "Pakistan", "China", "Japan"]
ACTS = ["accused %s of violating the ceasefire", "and %s held talks in Geneva", "warned %s on Monday", "attacked %s on Friday",
        "signed an agreement with %s", "sent aid to %s"]


def text(n):
    a, b = PARTIES[n % 10], PARTIES[(n // 10 + n + 1) % 10]
    return f"{a} {ACTS[n % 6] % b}, report {n} said."


def line(n):
    if n % 53 == 7:
        return "{broken\n" if n % 2 else json.dumps({"id": f"n{n}"}) + "\n"
    if n % 41 == 3:
        n = n // 2  # stands twice
    return json.dumps({"id": f"n{n}", "date": "2010-02-17", "text": text(n)}) + "\n"


def warc(n, kind="response"):
    page = (f"<!DOCTYPE html><html><head><title>Report {n}</title><meta property='article:published_time' content='2010-02-17'></head>"
            f"<body><article><h1>Report {n}</h1><p>{text(n)} {text(n + 1)} {text(n + 2)}</p><p>{text(n + 3)}</p></article></body></html>")
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}" if kind == "response" else "GET / HTTP/1.1\r\n\r\n"
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}-{n}>\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
            f"WARC-Target-URI: https://www.example.org/{n}\r\nContent-Type: application/http; msgtype={kind}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n")
    return (head + body + "\r\n\r\n").encode()


def make(folder):
    """Files in `folder`; their names in the order to be read."""
    def put(name, data):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    put("a.jsonl", "".join(line(n) for n in range(600)).encode())
    put("b.jsonl.gz", gzip.compress("".join(line(n) for n in range(1200, 1500)).encode()))
    records = [(warc(n, "request"), warc(n)) for n in range(2000, 2150)]
    put("c.warc", b"".join(a + b for a, b in records[:50]))
    members = [gzip.compress(r) for pair in records[40:130] for r in pair]
    for n in (31, 90, 91, 160):  # broken: cut, or a byte changed
        members[n] = members[n][:-40] if n % 2 else members[n][:60] + b"\xff" + members[n][61:]
    put("d.warc.gz", b"".join(members))
    put("e.warc.gz", gzip.compress(b"".join(a + b"junk\r\n" * (n % 9 == 0) + b for n, (a, b) in enumerate(records[120:]))))
    rows = "".join(f'r{n},2010-02-17,"{text(n)}"\n' if n % 61 else f"r{n}\n" for n in range(3000, 3200))
    put("f.csv", ("id,date,text\n" + rows).encode())
    for n in range(60):
        put(f"pages/{n:03}.txt", b"\x01\x02\x00" if n % 17 == 5 else (text(n + 5000) + "\n").encode())
    return ["a.jsonl", "b.jsonl.gz", "c.warc", "d.warc.gz", "a.jsonl", "e.warc.gz", "f.csv", "pages"]


def dump(path):
    db = sqlite3.connect(path)
    # How the index of words lies in its own tables depends on what was committed together; what it holds does not.
    names = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('words_data', 'words_idx') ORDER BY name")]
    db.execute("CREATE VIRTUAL TABLE temp.places USING fts5vocab('main', 'words', 'instance')")
    tables = {}
    for name in names:
        keyed = "WITHOUT ROWID" in db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
        tables[name] = list(db.execute(f'SELECT {"" if keyed else "rowid, "}* FROM "{name}"'))
    tables["places of words"] = list(db.execute("SELECT * FROM temp.places"))
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()
    return tables


def differences(a, b):
    for name in sorted(a.keys() | b.keys()):
        left, right = a.get(name, []), b.get(name, [])
        if left != right:
            yield f"table {name}: {len(left)} and {len(right)} rows"
            yield from [f"  {x}\n  {y}" for x, y in zip(left, right) if x != y][:3]


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("demarche")
    options.add_argument("--points", type=int, default=12)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--jobs", type=int, default=2)
    options = options.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        names = make(work)

        def command(db):
            return [os.path.abspath(options.demarche), "ingest", "--jobs", str(options.jobs), "--db", db, *names]

        begun = time.monotonic()
        whole = subprocess.run(command("whole.db"), cwd=work, capture_output=True, text=True)
        took = time.monotonic() - begun
        assert whole.returncode == 1, whole
        want = dump(work / "whole.db")
        assert len(want["article"]) > 1000 and len(want["failure"]) > 30 and want["event"], {k: len(v) for k, v in want.items()}
        killed = partial = number = 0
        while killed < options.points:
            number += 1
            db = f"{number}.db"
            for _ in range(min(4, options.points - killed)):
                run = subprocess.Popen(command(db), cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(chance.uniform(0.02, 0.5 * took))
                run.send_signal(signal.SIGKILL)
                died = run.wait() == -signal.SIGKILL
                killed += 1
                if died and (work / db).exists():
                    try:
                        so_far = sqlite3.connect(work / db)
                        partial += 0 < so_far.execute("SELECT count(*) FROM article").fetchone()[0] < len(want["article"])
                        so_far.close()
                    except sqlite3.OperationalError:
                        pass  # killed before there were tables
            last = subprocess.run(command(db), cwd=work, capture_output=True, text=True)
            assert last.returncode in (0, 1), last
            wrong = list(differences(want, dump(work / db)))
            if wrong:
                print(f"database {number} differs from that of one run:", *wrong, sep="\n")
                sys.exit(1)
            os.remove(work / db)
        print(f"killed {killed} times ({partial} times with part of the articles written), {number} databases, "
              f"{len(want['article'])} articles, {len(want['event'])} events, {len(want['failure'])} failures: all the same")
        sys.exit(not partial)


main()
