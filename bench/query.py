#!/usr/bin/env python3
"""How long `demarche query` takes on a database of a million events.

  bench/query.py [--demarche build/demarche] [--events 1000000] [--keep FILE] [--runs 11]

Makes a database by `demarche ingest` (so with its own tables and triggers), fills it with events made by a fixed random
generator (40 years, 180 states of which a few have most events, all types and statuses, one event in ten mutual), and
asks. For each question: lines of the answer, median wall time and processor time of whole runs of the program, opening
included, with the file in the page cache. --keep FILE: made there, or used again when it is there.
"""
import argparse, os, pathlib, random, resource, sqlite3, statistics, subprocess, tempfile, time

TYPES = {"AGREE": (1, 4.0), "CONSULT": (1, 1.0), "SUPPORT": (1, 3.5), "CONCEDE": (1, 5.0), "COOPERATE": (2, 6.0), "AID": (2, 7.0),
         "RETREAT": (2, 7.0), "REQUEST": (3, -1.0), "ACCUSE": (3, -2.0), "REJECT": (3, -4.0), "THREATEN": (3, -6.0),
         "PROTEST": (4, -6.5), "SANCTION": (4, -4.0), "MOBILIZE": (4, -7.2), "COERCE": (4, -7.0), "ASSAULT": (4, -9.0)}
STATUS = ["happened"] * 15 + ["future", "hypothetical", "negation", "historical", "denied"]
QUESTIONS = [
    ("a dyad by month", ["--pair", "RUS,USA", "--count", "month"]),
    ("a dyad by month, one type", ["--pair", "RUS,USA", "--type", "ACCUSE", "--count", "month"]),
    ("a dyad by month, five years", ["--pair", "RUS,USA", "--since", "2010", "--until", "2014", "--count", "month"]),
    ("a rare dyad by month", ["--pair", "X90,X91", "--count", "month"]),
    ("a dyad by year, any status", ["--pair", "RUS,USA", "--status", "any", "--count", "year"]),
    ("a dyad by day", ["--pair", "RUS,USA", "--count", "day"]),
    ("all of an actor by year", ["--actor", "RUS", "--count", "year"]),
    ("everything by year", ["--count", "year"]),
    ("a dyad's events of a month", ["--pair", "RUS,USA", "--since", "2010-02", "--until", "2010-02"]),
    ("the first 100 of a dyad", ["--pair", "RUS,USA", "--limit", "100"]),
    ("words, 100 events", ["--text", "ceasefire AND word77*", "--limit", "100"]),
    ("a place, 100 events", ["--place", "Place 17", "--limit", "100"]),
]


def fill(path, n):
    random.seed(1)
    states = ["RUS", "USA", "CHN", "ISR", "IRN", "GBR", "FRA", "IND"] + [f"X{i}" for i in range(10, 99)] + [f"Y{i}" for i in range(10, 93)]
    weights = [1 / (rank + 1) for rank in range(len(states))]
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    columns = [row[1] for row in db.execute("PRAGMA table_info(article)")]
    needed = {row[1]: "" for row in db.execute("PRAGMA table_info(article)") if row[3] and row[4] is None}
    article_row = dict(needed) | {"title": "A title", "date": "2000-01-01", "source": "press"}
    article_sql = f"INSERT INTO article ({','.join(article_row)}) VALUES ({','.join('?' * len(article_row))})"
    words = [f"word{i}" for i in range(5000)]
    db.execute("BEGIN")
    for event in range(1, n + 1):
        if event % 10 == 1:
            article = event // 10 + 1
            row = article_row | {key: f"{key} {article}" for key in ("hash", "id", "text") if key in columns}
            db.execute(article_sql, list(row.values()))
        day = int((event - 1) * 14600 / n) + random.randrange(20)
        date = time.strftime("%Y-%m-%d", time.gmtime(86400 * (3653 + day)))
        name, (quad, scale) = random.choice(list(TYPES.items()))
        sentence = " ".join(random.choices(words, k=20)) + (" ceasefire." if event % 50 == 0 else ".")
        place = f"Place {random.randrange(3000)}" if event % 3 == 0 else None
        db.execute("INSERT INTO event (event, id, article, date, type, quad, scale, cameo, goldstein, status, text, start, end,"
                   " sentence, sentence_number, sentence_start, sentence_end, place, place_resolved, date_precision)"
                   " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                   (event, f"{event:016x}", article, date, name, quad, scale, "040", scale, random.choice(STATUS), "did", 5, 9,
                    sentence, event % 10 + 1, 0, len(sentence), place, place, "day"))
        a, b = random.choices(states, weights, k=2)
        for at, side, code in ((0, "actor", a), (1, "actor" if event % 10 == 0 else "recipient", b)):
            db.execute("INSERT INTO party (event, side, n, code, sector, text) VALUES (?,?,?,?,?,?)",
                       (event, side, at, code, "GOV", code))
        if event % 20000 == 0:
            db.execute("INSERT INTO words (rowid, sentence) SELECT event, sentence FROM event WHERE event > ?", (event - 20000,))
            db.execute("COMMIT")
            db.execute("BEGIN")
    db.execute("COMMIT")
    db.close()


def ask(program, db, options, runs):
    wall, cpu = [], []
    for _ in range(runs):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        out = subprocess.run([program, "query", "--db", db, "--output", "csv", *options], check=True, capture_output=True).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall.append(time.monotonic() - start)
        cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return out.count(b"\n") - 1, statistics.median(wall), statistics.median(cpu), max(wall)


parser = argparse.ArgumentParser()
parser.add_argument("--demarche", default="build/demarche")
parser.add_argument("--events", type=int, default=1000000)
parser.add_argument("--runs", type=int, default=11)
parser.add_argument("--keep")
args = parser.parse_args()
with tempfile.TemporaryDirectory() as folder:
    db = args.keep or str(pathlib.Path(folder) / "query.db")
    if not os.path.exists(db):
        start = time.process_time()
        nothing = pathlib.Path(folder) / "nothing.jsonl"
        nothing.touch()
        subprocess.run([args.demarche, "ingest", "--db", db, nothing], stderr=subprocess.DEVNULL)  # says that it is empty
        assert os.path.exists(db), f"{args.demarche} made no database"
        fill(db, args.events)
        print(f"made in {time.process_time() - start:.0f} s of processor time")
    print(f"{args.events} events, {os.path.getsize(db) / 1e6:.0f} MB")
    print(f"{'question':32} {'lines':>7} {'wall ms':>8} {'cpu ms':>7} {'slowest wall':>13}")
    for what, options in QUESTIONS:
        lines, wall, cpu, worst = ask(args.demarche, db, options, args.runs)
        print(f"{what:32} {lines:7} {1000 * wall:8.1f} {1000 * cpu:7.1f} {1000 * worst:13.1f}")
