#!/usr/bin/env python3
"""Score what an event holds beside its type and parties, the read and the unread part apart.

  bench/details.py [--demarche build/demarche] [--shared ../shared] [--errors N] [--field F] [--by-status] [--train N]

Exit 77 without ../shared. Texts are news.jsonl (first half read, second half only scored) and, with --train N, the first N
lines of train.jsonl (ids below tr06000, read) and as many from tr06000 up (only scored). --errors N shows N of the
read half's errors of each field (or of --field alone); errors of the unread half are never shown.

Counting rule
  Events are matched within a text one to one by type (the largest matching there is; where several are possible, those with
  overlapping trigger words are tried first, otherwise as tools/score_events.py at level `type`). Only matched pairs count.
  status       share of pairs with the same status. An event that gold calls `future` of a type that turns into AGREE is
               written by both as AGREE, so no special case is made.
  attribution  share of pairs where both have none, or both have one and their spans [start, end) overlap.
               `code` beside it: both have none, or both have one with the same country code (absent equals absent).
  mode, context  items of the two lists of a pair: both / (both + only one), as F1.
  date         an item is `date` with `enddate` where written: A or A/B. A date with precision `article` (or one that no words
               say: no date_text) counts as absent, as in gold. Right when equal; a gold range A/B is also met by A/B written as date
               and enddate. F1 over the pairs: right / written, right / gold.
  place        event_loc.extracted_place, an item a pair. Right when, without case, leading prepositions and articles, one is
               equal to the other or holds it at word borders ("Baghdad" and "central Baghdad").
  size         items (kind, number) of {dead, injured, arrested, participants}; right when kind and number are equal.
F1 over the items of all matched pairs of a part. train.jsonl has status and attribution only.
"""
import argparse, collections, json, pathlib, re, subprocess, sys, tempfile

OLD = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
FIELDS = ("mode", "context", "date", "place", "size")
GIVEN = re.compile(r"^(?:(?:in|at|near|on|the|of|outside|inside|across|around|from|to|a|an) )+")


def types(event):
    kinds = event.get("event") or []
    return {OLD.get(k, k) for k in ([kinds] if isinstance(kinds, str) else kinds)}


def overlap(a, b):
    return (a.get("start", 0) < b.get("end", 0)) and (b.get("start", 0) < a.get("end", 0))


def match(gold, mine):
    """Largest one-to-one matching by type; overlapping triggers are seated first. [(gold, mine)]."""
    owner = {}

    def seat(g, seen):
        order = sorted(range(len(mine)), key=lambda m: not overlap(gold[g], mine[m]))
        for m in order:
            if m not in seen and types(gold[g]) & types(mine[m]):
                seen.add(m)
                if m not in owner or seat(owner[m], seen):
                    owner[m] = g
                    return True
        return False

    for g in sorted(range(len(gold)), key=lambda g: not any(overlap(gold[g], m) and types(gold[g]) & types(m) for m in mine)):
        seat(g, set())
    return sorted((g, m) for m, g in owner.items())


def date_of(event):
    if event.get("date_precision") == "article" or ("date_text" not in event and "frame" in event):
        return set()
    date = event.get("date")
    if date and event.get("enddate"):
        date += "/" + event["enddate"]
    return {date} if date else set()


def place_of(event):
    place = (event.get("event_loc") or {}).get("extracted_place")
    return {GIVEN.sub("", re.sub(r"\W+", " ", place.lower()).strip())} if place else set()


def items(event, field):
    if field == "date":
        return date_of(event)
    if field == "place":
        return place_of(event)
    if field == "size":
        return {(k, v) for k, v in (event.get("size") or {}).items() if v}
    return set(event.get(field) or [])


def right(gold, mine, field):
    if field == "place":
        return sum(any(f" {a} " in f" {b} " or f" {b} " in f" {a} " for b in mine) for a in gold)
    return len(gold & mine)


def told(a, b, code):
    a, b = a.get("attribution"), b.get("attribution")
    if not a or not b:
        return not a and not b
    return a.get("code") == b.get("code") if code else overlap(a, b)


def code(lines, name):
    gold, out = folder / f"{name}.gold", folder / f"{name}.code"
    gold.write_text("".join(lines), encoding="utf-8")
    with open(out, "w") as file:
        subprocess.run([ask.demarche, "code", "--input", "jsonl", "--output", "jsonl", str(gold)], stdout=file, check=True)
    mine = collections.defaultdict(list)
    for line in open(out, encoding="utf-8"):
        event = json.loads(line)
        mine[event["doc"]].append(event)
    return mine


def score(lines, name, seen, fields):
    mine = code(lines, name)
    n = collections.Counter()
    confusion, wrong = collections.Counter(), collections.defaultdict(list)
    for line in lines:
        text = json.loads(line)
        for g, m in match(text["events"], mine[text["id"]]):
            gold, got = text["events"][g], mine[text["id"]][m]
            n["pairs"] += 1
            status = (gold.get("status", "happened"), got.get("status", "happened"))
            confusion[status] += 1
            n["status"] += status[0] == status[1]
            n["attribution"] += told(gold, got, False)
            n["code"] += told(gold, got, True)
            if status[0] != status[1]:
                wrong["status"].append((text, gold, got))
            if not told(gold, got, False):
                wrong["attribution"].append((text, gold, got))
            for field in fields:
                a, b = items(gold, field), items(got, field)
                n[field, "gold"] += len(a)
                n[field, "mine"] += len(b)
                hit = right(a, b, field)
                n[field, "hit"] += hit
                if hit < max(len(a), len(b)):
                    wrong[field].append((text, gold, got))
    share = lambda a, b: a / b if b else float("nan")
    print(f"== {name}: {n['pairs']} matched events")
    print(f"status {share(n['status'], n['pairs']):.3f}   attribution {share(n['attribution'], n['pairs']):.3f}   "
          f"its code {share(n['code'], n['pairs']):.3f}")
    for field in fields:
        p, r = share(n[field, "hit"], n[field, "mine"]), share(n[field, "hit"], n[field, "gold"])
        f1 = share(2 * n[field, "hit"], n[field, "mine"] + n[field, "gold"])
        print(f"{field:9} F1 {f1:.3f}   precision {p:.3f} of {n[field, 'mine']:4}   recall {r:.3f} of {n[field, 'gold']:4}")
    if ask.by_status:
        kinds = ["happened", "future", "hypothetical", "negation", "historical", "denied"]
        print("gold \\ mine  " + "".join(f"{k[:8]:>9}" for k in kinds))
        for a in kinds:
            print(f"{a:13}" + "".join(f"{confusion[a, b]:9}" for b in kinds))
    if seen and ask.errors:
        show(wrong)


def show(wrong):
    for field in ("status", "attribution") + FIELDS:
        if ask.field and field != ask.field:
            continue
        print(f"-- {field}: {len(wrong[field])} wrong")
        for text, gold, got in wrong[field][:ask.errors]:
            value = lambda e: (e.get("status") if field == "status" else (e.get("attribution") or {}).get("entity_text")
                               if field == "attribution" else sorted(items(e, field)))
            print(f"{text['id']} {text.get('date')} [{text.get('context', '')}] {text['text']}")
            print(f"   {'/'.join(types(gold))} '{gold.get('event_text')}' gold {value(gold)}   "
                  f"mine '{got.get('event_text')}' {value(got)} ({got.get('frame')})")


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--demarche", default="build/demarche")
    ask.add_argument("--shared", default="../shared")
    ask.add_argument("--errors", type=int, default=0, metavar="N")
    ask.add_argument("--field", metavar="F", help="errors of this field only")
    ask.add_argument("--by-status", action="store_true", help="a table of gold's statuses by those written")
    ask.add_argument("--train", type=int, default=0, metavar="N")
    ask = ask.parse_args()
    gold = pathlib.Path(ask.shared) / "gold"
    if not gold.is_dir():
        print("skipped: no ../shared here")
        sys.exit(77)
    folder = pathlib.Path(tempfile.mkdtemp())
    news = open(gold / "news.jsonl", encoding="utf-8").read().splitlines(keepends=True)
    half = len(news) // 2
    score(news[:half], "news-read", True, FIELDS)
    score(news[half:], "news-unread", False, FIELDS)
    if ask.train:
        train = open(gold / "train.jsonl", encoding="utf-8").read().splitlines(keepends=True)
        read = [line for line in train if json.loads(line)["id"] < "tr06000"]
        rest = [line for line in train if json.loads(line)["id"] >= "tr06000"]
        score(read[:ask.train], "train-read", not ask.field or ask.field in ("status", "attribution"), ())
        score(rest[:ask.train], "train-unread", False, ())
