#!/usr/bin/env python3
"""Score a build on the development sets, the seen and the unseen part apart.

  bench/score.py [--demarche build/demarche] [--shared ../shared] [--train N] [--by-type] [--errors N] [SET...]

SET is news, pairs, article, actors (default: news pairs article actors). Errors of news and pairs are read in the first
half of each set only; the second half stays unseen. `--train N` adds N sentences of train.jsonl: the part whose errors
are read (ids below tr06000) and as many of the rest; with actors, their parties are scored too.
"""
import argparse, json, pathlib, subprocess, sys, tempfile

ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ask.add_argument("sets", nargs="*", default=[])
ask.add_argument("--demarche", default="build/demarche")
ask.add_argument("--shared", default="../shared")
ask.add_argument("--train", type=int, default=0)
ask.add_argument("--by-type", action="store_true")
ask.add_argument("--errors", type=int, default=0)
ask = ask.parse_args()
shared = pathlib.Path(ask.shared)
if not shared.is_dir():
    print("skipped: no ../shared here")
    sys.exit(77)
folder = pathlib.Path(tempfile.mkdtemp())
TRAIN_READ = 6000  # lines of train.jsonl whose errors may be read; the ids behind are only scored


def run(command, lines, name, args=()):
    """The gold lines through `demarche COMMAND`, both as files."""
    gold, out = folder / f"{name}.gold", folder / f"{name}.{command}"
    gold.write_text("".join(lines), encoding="utf-8")
    with open(out, "w") as file:
        subprocess.run([ask.demarche, command, "--input", "jsonl", "--output", "jsonl", str(gold)], stdout=file, check=True)
    return gold, out


def score(tool, lines, name, command="code", seen=True):
    gold, out = run(command, lines, name)
    args = [sys.executable, str(shared / "tools" / tool), str(gold), str(out)]
    if tool != "score_actors.py" and ask.by_type:
        args.append("--by-type")
    if ask.errors and seen:
        args += ["--errors", str(ask.errors)]
    print(f"== {name}", flush=True)
    subprocess.run(args, check=False)


def read(name):
    return open(shared / "gold" / f"{name}.jsonl", encoding="utf-8").read().splitlines(keepends=True)


def halves(lines):
    return lines[:len(lines) // 2], lines[len(lines) // 2:]


for name in ask.sets or ["news", "pairs", "article", "actors"]:
    if name == "article":
        lines = read("article")
        gold, _ = folder / "article.gold", folder / "article.gold"
        gold.write_text("".join(lines), encoding="utf-8")
        text = subprocess.run([ask.demarche, "code", "--output", "jsonl", str(shared / "mission" / "article.txt")],
                              capture_output=True, text=True, check=True).stdout
        events = [json.loads(line) for line in text.splitlines()]
        for event in events:
            event["doc"] = "article"
        out = folder / "article.code"
        out.write_text("".join(json.dumps(e) + "\n" for e in events), encoding="utf-8")
        print("== article, as plain text", flush=True)
        subprocess.run([sys.executable, str(shared / "tools" / "score_events.py"), str(gold), str(out)]
                       + (["--errors", "1"] if ask.errors else []), check=False)
        continue
    tool, source = {"pairs": ("score_pairs.py", "pairs"), "actors": ("score_actors.py", "news")}.get(name, ("score_events.py", name))
    first, second = halves(read(source))
    command = "actors" if name == "actors" else "code"
    score(tool, first, f"{name}-seen", command)
    score(tool, second, f"{name}-unseen", command, seen=False)
    score(tool, first + second, f"{name}-all", command, seen=False)
if ask.train:
    lines = read("train")
    parts = {"train-seen": lines[:min(ask.train, TRAIN_READ)], "train-unseen": lines[TRAIN_READ:TRAIN_READ + ask.train]}
    wanted = ask.sets or ["news", "actors"]
    for tool, command, is_wanted in [("score_events.py", "code", set(wanted) - {"actors"}),
                                     ("score_actors.py", "actors", "actors" in wanted)]:
        for name, part in parts.items() if is_wanted else []:
            score(tool, part, ("actors-" if command == "actors" else "") + name, command, seen=name == "train-seen")
