#!/usr/bin/env python3
"""Sentences with a marked actor, recipient and type, as gold that `demarche train --events` reads.

  models/marked-pairs.py ../shared/gold/pairs.jsonl even >pairs-even.jsonl
  models/marked-pairs.py ../shared/gold/pairs.jsonl odd >pairs-odd.jsonl

Every second line, from the first or from the second on: figures are measured by weights that learned from the even ones only.
The words that tell the event are not marked: the events have no `start`, and `complete` says that the sentence may tell more. YIELD is CONCEDE or RETREAT.
"""
import json, sys

TYPES = {"YIELD": ["CONCEDE", "RETREAT"]}

with open(sys.argv[1], encoding="utf-8") as file:
    for line in list(file)[sys.argv[2] == "odd"::2]:
        record = json.loads(line)
        events = [{"event": TYPES.get(pair["event"], [pair["event"]]),
                   **{side: [{"start": a, "end": b} for a, b in pair[side]] for side in ("actor", "recipient")}}
                  for pair in record["pairs"]]
        print(json.dumps({"id": record["id"], "text": record["text"], "complete": False, "events": events}))
