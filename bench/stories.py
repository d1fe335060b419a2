#!/usr/bin/env python3
"""How well articles that print one text are found to be one story, and what it costs.

  stories.py FILE.jsonl.gz... [--articles 2000] [--seed 1] [--library build/libdemarche.so] [--grow N] [--show N]

Of every article taken from the files, copies are made as papers make them, one of each kind:

  same     quotes, dashes, capitals and line ends set otherwise
  cut      only its first 30 to 80 %
  topped   the first one to three paragraphs replaced by paragraphs of another article, which is used once
  edited   one word in ten changed, one sentence in ten dropped, two neighbours swapped
  agency   all of it: cut to 50 to 90 %, a new first paragraph, one word in twenty changed

All are put into a store in random order, uncoded, dated within two days of their article, by the library alone. Recall: share of copies that
stand in the story of their article, by kind. Precision: of all pairs of articles in one story, those made of one article; pairs of
different articles of which more than half of the shorter one's runs of eight words stand in the other are the sample's own copies, and left out.
--grow N: instead of that, N different articles of one day (the words of the sample changed), and the processor time of each tenth.
"""
import argparse, collections, ctypes, datetime, gzip, itertools, json, os, random, re, resource, sqlite3, tempfile, time

KINDS = ("same", "cut", "topped", "edited", "agency")


class Given(ctypes.Structure):
    _fields_ = [("text", ctypes.c_char_p), ("n_text", ctypes.c_size_t), ("context", ctypes.c_char_p), ("id", ctypes.c_char_p),
                ("title", ctypes.c_char_p), ("date", ctypes.c_char_p)]


class Store:
    def __init__(self, library, path):
        self.dm = ctypes.CDLL(library)
        self.err = ctypes.create_string_buffer(1008)
        self.dm.dm_article_new.restype = ctypes.c_void_p
        self.article = ctypes.c_void_p(self.dm.dm_article_new())
        self.store = ctypes.c_void_p()
        self.check(self.dm.dm_store_open(path.encode(), 1, ctypes.byref(self.store), self.err))

    def check(self, rc):
        if rc < 0:
            raise SystemExit(self.err.raw[4:].split(b"\0")[0].decode())

    def put(self, name, date, text):
        text = text.encode()
        given = Given(text, len(text), None, name.encode(), None, date.encode())
        self.check(self.dm.dm_article_set(self.article, ctypes.byref(given), self.err))
        self.check(self.dm.dm_store_put(self.store, None, self.article, self.err))

    def close(self):
        self.check(self.dm.dm_store_commit(self.store, self.err))
        self.dm.dm_store_close(self.store)


def paragraphs(text):
    return [p for p in text.split("\n") if p.strip()]


def change_words(text, share, rng, words):
    return re.sub(r"\w+", lambda m: rng.choice(words) if rng.random() < share else m[0], text)


def cut(text, low, high, rng):
    end = int(len(text) * rng.uniform(low, high))
    stop = max(text.rfind(". ", 0, end), text.rfind(".\n", 0, end))
    return text[:stop + 1] if stop > 0.5 * end else text[:end]


def copy(kind, text, other, rng, words):
    if kind == "same":
        return text.replace('"', "“").replace("'", "’").replace(" - ", " — ").replace("\n", "\n\n").upper()
    if kind == "cut":
        return cut(text, 0.3, 0.8, rng)
    if kind == "topped":
        parts, n = paragraphs(text), rng.randint(1, 3)
        rest = parts[min(n, len(parts) // 3):] if len(parts) > 2 else parts
        return "\n\n".join(paragraphs(other)[:n] + rest) if len(parts) > 2 else " ".join(other.split()[:60]) + "\n\n" + text
    if kind == "edited":
        sentences = [s for s in re.split(r"(?<=[.!?])\s+", text) if rng.random() > 0.1] or [text]
        if len(sentences) > 3:
            at = rng.randrange(len(sentences) - 1)
            sentences[at], sentences[at + 1] = sentences[at + 1], sentences[at]
        return change_words(" ".join(sentences), 0.1, rng, words)
    return " ".join(other.split()[:40]) + "\n\n" + change_words(cut(text, 0.5, 0.9, rng), 0.05, rng, words)


def runs(text):
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i:i + 8]) for i in range(len(words) - 7)}


def really_one(a, b):
    a, b = runs(a), runs(b)
    return len(a & b) > 0.5 * min(len(a), len(b)) if a and b else a == b


def load(files):
    for path in files:
        for line in gzip.open(path, "rt", encoding="utf-8"):
            article = json.loads(line)
            if len(article["text"].split()) >= 60:
                yield article


def measure(args):
    rng = random.Random(args.seed)
    everything = list(load(args.files))
    rng.shuffle(everything)
    sample, others = everything[:args.articles], everything[args.articles:]
    if len(others) < 2 * len(sample):
        raise SystemExit(f"--articles: at most {len(everything) // 3} of these")
    fresh = iter(others)  # each once, so that no two copies share it
    words = list({word for article in others[:300] for word in re.findall(r"[a-z]{3,}", article["text"])}) or ["word"]
    texts = {}
    for number, article in enumerate(sample):
        day = datetime.date.fromisoformat((article.get("date") or "2010-02-17")[:10])
        texts[f"{number} original"] = (day, article["text"])
        for kind in KINDS:
            other = next(fresh)["text"] if kind in ("topped", "agency") else ""
            texts[f"{number} {kind}"] = (day + datetime.timedelta(rng.randint(0, 2)), copy(kind, article["text"], other, rng, words))
    order = sorted(texts)
    rng.shuffle(order)
    path = os.path.join(tempfile.mkdtemp(), "stories.db")
    store = Store(args.library, path)
    start = time.process_time()
    for name in order:
        store.put(name, texts[name][0].isoformat(), texts[name][1])
    store.close()
    spent = time.process_time() - start
    story = dict(sqlite3.connect(path).execute("SELECT id, story FROM article"))
    os.remove(path)
    for kind in KINDS:
        found = sum(story[f"{n} {kind}"] == story[f"{n} original"] for n in range(len(sample)))
        print(f"recall {kind:7} {found / len(sample):.4f}")
    together = collections.defaultdict(list)
    for name in order:
        together[story[name]].append(name)
    right = wrong = own = 0
    known = {}
    for names in together.values():
        for a, b in itertools.combinations(names, 2):
            x, y = a.split()[0], b.split()[0]
            if x == y:
                right += 1
                continue
            pair = (min(x, y), max(x, y))
            if pair not in known:
                known[pair] = really_one(sample[int(x)]["text"], sample[int(y)]["text"])
                if not known[pair] and len(known) < args.show:
                    print("together:", a, "|", b, "\n   ", repr(texts[a][1][:300]), "\n   ", repr(texts[b][1][:300]))
            own += known[pair]
            wrong += not known[pair]
    total = sum(1 for n in range(len(sample)) for _ in itertools.combinations(range(6), 2))
    print(f"pairs: recall {right / total:.4f}, precision {right / (right + wrong):.4f} ({wrong} wrong; {own} pairs of the sample's own copies left out)")
    print(f"{len(texts)} articles, {1000 * spent / len(texts):.3f} ms of processor time each, all of adding")


def grow(args):
    everything = list(load(args.files))
    path = os.path.join(tempfile.mkdtemp(), "stories.db")
    store = Store(args.library, path)
    spent, tenth = 0.0, max(1, args.grow // 10)
    for number in range(args.grow):
        turn, text = number // len(everything), everything[number % len(everything)]["text"]
        if turn:
            text = re.sub(r"\w+", lambda m: m[0] + "xyzvwq"[turn % 6] * (turn // 6 + 1), text)
        start = time.process_time()
        store.put(str(number), "2010-02-17", text)
        spent += time.process_time() - start
        if (number + 1) % tenth == 0:
            print(f"{number + 1:8} articles: {1000 * spent / tenth:.3f} ms each, {os.path.getsize(path) / (number + 1):.0f} bytes of file, "
                  f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
            spent = 0.0
    store.close()
    os.remove(path)


ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ask.add_argument("files", nargs="+")
ask.add_argument("--articles", type=int, default=2000)
ask.add_argument("--seed", type=int, default=1)
ask.add_argument("--library", default="build/libdemarche.so")
ask.add_argument("--grow", type=int, default=0)
ask.add_argument("--show", type=int, default=0)
args = ask.parse_args()
grow(args) if args.grow else measure(args)
