#!/usr/bin/env python3
"""Named entities on news that people marked: precision, recall and F1 of `demarche actors --names`, set by set.

  bench/names.py [--demarche build/demarche] [--model FILE] [--shared ../shared] [--part test] [--errors SET]

Counting rule: a name is right when its first and last character and its type (person, organization, place) are those of a marked
name; each counts once. A name of the program that touches a stretch of which nobody said anything counts for nothing. How the
four sets are brought to one scheme, and which documents are the part that nothing was learned from: bench/entities.py (--help).
"stretch" counts first and last character alone; "touched" a marked name that any name of the same type overlaps. The last line
is the mean of the sets' F1. Exit status 77 without the data.
"""
import argparse, collections, json, os, subprocess, sys

sys.path.insert(0, os.path.dirname(__file__))
import entities


def find(ask, docs):
    feed = "".join(json.dumps({"id": d.id, "text": d.text}) + "\n" for d in docs)
    command = [ask.demarche, "actors", "--names", "--input", "jsonl", "--output", "jsonl"]
    command += ["--model", ask.model] if ask.model else []
    out = subprocess.run(command + ["-"], input=feed.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    found = collections.defaultdict(set)
    for line in out.splitlines():
        name = json.loads(line)
        found[name["doc"]].add((name["start"], name["end"], name["entity"]))
    return found


class Count:
    def __init__(self):
        self.right = self.said = self.gold = self.stretch = self.touched = 0

    def add(self, gold, said):
        self.right += len(gold & said)
        self.said += len(said)
        self.gold += len(gold)
        self.stretch += len({g[:2] for g in gold} & {s[:2] for s in said})
        self.touched += sum(any(g[2] == s[2] and g[0] < s[1] and s[0] < g[1] for s in said) for g in gold)

    def f1(self, right):
        return 2 * right / max(self.said + self.gold, 1)

    def row(self, title):
        return (f"{title:24} {self.gold:5}  precision {self.right / max(self.said, 1):.3f}  recall {self.right / max(self.gold, 1):.3f}"
                f"  F1 {self.f1(self.right):.3f}   stretch F1 {self.f1(self.stretch):.3f}  touched {self.touched / max(self.gold, 1):.3f}")


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--demarche", default="build/demarche")
    ask.add_argument("--model")
    ask.add_argument("--shared", default="../shared")
    ask.add_argument("--part", default="test", choices=("train", "dev", "test"))
    ask.add_argument("--errors", metavar="SET", help="list what is missed and false in that set")
    ask = ask.parse_args()
    if not os.path.isdir(os.path.join(ask.shared, "entities")):
        print(f"skipped: no {ask.shared}/entities")
        return 77
    docs, _ = entities.read(ask.shared, ask.demarche, (ask.part,))
    if ask.part == "train":
        docs = [d for d in docs if d.kind != "gum" or "_news_" in d.name]
    found = find(ask, docs)
    counts = collections.defaultdict(Count)
    wrong = collections.Counter()
    for d in docs:
        gold = set(d.names)
        said = {s for s in found[d.id] if s in gold or all(s[1] <= b or s[0] >= e for b, e, _ in d.optional)}
        for kind in (d.kind, "all"):
            counts[kind, ""].add(gold, said)
            for type in entities.TYPES:
                counts[kind, type].add({g for g in gold if g[2] == type}, {s for s in said if s[2] == type})
        if ask.errors == d.kind:
            wrong.update(("missed", g[2], d.text[g[0]:g[1]]) for g in gold - said)
            wrong.update(("false", s[2], d.text[s[0]:s[1]]) for s in said - gold)
    kinds = [k for k in ("gum", "meantime", "re3d", "ieer", "all") if (k, "") in counts]
    for kind in kinds:
        print(counts[kind, ""].row(kind))
        for type in entities.TYPES:
            print(counts[kind, type].row("  " + type))
    each = [counts[k, ""].f1(counts[k, ""].right) for k in kinds if k != "all"]
    print(f"mean of the sets' F1: {sum(each) / max(len(each), 1):.3f}")
    for (what, type, text), n in wrong.most_common():
        print(f"{n:4} {what:6} {type:12} {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
