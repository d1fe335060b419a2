#!/usr/bin/env python3
"""Count why events fall short of gold ones: types missed and too many, parties wrong where the type is right.

  bench/causes.py [--tools ../shared/tools] GOLD.jsonl EVENTS.jsonl

GOLD and EVENTS are as for score_events.py, whose matching at level `type` it uses. A side whose codes differ is `missing` (gold has
parties, the event none), `too many` (the other way round), `other words` (no spans overlap) or `other code` (spans do).
"""
import argparse, collections, contextlib, io, json, pathlib, sys

ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ask.add_argument("gold"), ask.add_argument("events")
ask.add_argument("--tools", default="../shared/tools")
ask = ask.parse_args()
if not pathlib.Path(ask.tools).is_dir():
    print("skipped: no ../shared here")
    sys.exit(77)
sys.path.insert(0, ask.tools)
sys.argv = ["score_events.py", ask.gold, ask.events]  # it is a program, which scores when it is loaded
with contextlib.redirect_stdout(io.StringIO()):
    import score_events  # noqa: E402


def overlap(a, b):
    return any(x["start"] < y["end"] and y["start"] < x["end"] for x in a for y in b)


def side_cause(gold, mine, side):
    a, b = gold.get(side) or [], mine.get(side) or []
    if score_events.codes(gold, side) == score_events.codes(mine, side):
        return None
    if not a or not b:
        return "too many" if b else "missing"
    return "other code" if overlap(a, b) else "other words"


coded, causes = collections.defaultdict(list), collections.Counter()
for event in map(json.loads, open(ask.events, encoding="utf-8")):
    coded[event["doc"]].append(event)
for text in map(json.loads, open(ask.gold, encoding="utf-8")):
    gold, mine = text["events"], coded[text["id"]]
    pairs = score_events.match(gold, mine, "type")
    causes.update("right type" for _ in pairs)
    causes.update(f"{e['event'][0]} missed" for i, e in enumerate(gold) if i not in pairs)
    causes.update(f"{e['event'][0]} too many" for i, e in enumerate(mine) if i not in pairs.values())
    for g, m in pairs.items():
        if not score_events.agree(gold[g], mine[m], "dyad"):
            for side in ("actor", "recipient"):
                if cause := side_cause(gold[g], mine[m], side):
                    causes[f"{side}: {cause}"] += 1
for cause, n in causes.most_common():
    print(f"{n:6} {cause}")
