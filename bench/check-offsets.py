#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Check that every offset that `demarche code` and `demarche actors` write slices back to its words.

    check-offsets.py DEMARCHE NEWS.jsonl...

Also checks, over all the files: ids of events occur once, spans are not empty, a party stands in the
text, a trigger in its sentence, required fields are there. Prints what is wrong, one line each (at most
40), then a count; the exit status is 1 when anything was wrong.
"""
import json
import re
import subprocess
import sys

PROBLEMS_SHOWN = 40
NO_CHARACTER = re.compile("[\0\ud800-\udfff]")  # the reader puts U+FFFD in their place


class Checker:
    def __init__(self):
        self.problems = 0
        self.spans = 0

    def problem(self, where, what):
        self.problems += 1
        if self.problems <= PROBLEMS_SHOWN:
            print(f"{where}: {what}")

    def span(self, where, what, text, holder, words):
        """`holder` has start and end; text[start:end] must be `words` (None: any words)."""
        self.spans += 1
        start, end = holder.get("start"), holder.get("end")
        if not isinstance(start, int) or not isinstance(end, int):
            self.problem(where, f"{what}: start or end is missing in {json.dumps(holder)}")
        elif not 0 <= start < end <= len(text):
            self.problem(where, f"{what}: [{start}, {end}) is no span of a text of {len(text)}")
        elif words is not None and text[start:end] != words:
            self.problem(where, f"{what}: text[{start}:{end}] is {text[start:end]!r}, not {words!r}")

    def party(self, where, what, text, party):
        self.span(where, what, text, party, party.get("entity_text", ""))

    def event(self, text, event):
        where = f"{event.get('doc')}: event {event.get('id')}"
        for field in ("id", "doc", "event", "event_text", "text_info", "status", "frame"):
            if not event.get(field):
                self.problem(where, f"{field} is missing")
        info = event.get("text_info", {})
        self.span(where, "sentence", text, info, None)
        self.span(where, "event_text", text, event, event.get("event_text", ""))
        if not info.get("start", 0) <= event.get("start", 0) <= event.get("end", 0) <= info.get("end", 0):
            self.problem(where, "the trigger stands outside of its sentence")
        for side in ("actor", "recipient"):
            for party in event.get(side, []):
                self.party(where, side, text, party)
        if "attribution" in event:
            self.party(where, "attribution", text, event["attribution"])
        if "date_text" in event and event["date_text"] not in text:
            self.problem(where, f"date_text {event['date_text']!r} does not stand in the text")
        place = event.get("event_loc", {}).get("extracted_place")
        if place and place not in text:
            self.problem(where, f"extracted_place {place!r} does not stand in the text")


def articles_of(path):
    """The texts of a JSON Lines file by id; the reader that is tested refuses bad lines, so we pass over them."""
    texts = {}
    with open(path, encoding="utf-8", errors="replace", newline="\n") as lines:
        for line in lines:
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict) and isinstance(record.get("text"), str) and "id" in record:
                texts[str(record["id"])] = NO_CHARACTER.sub("\ufffd", record["text"])
    return texts


def run(demarche, command, path):
    with subprocess.Popen([demarche, command, "--output", "jsonl", path], stdout=subprocess.PIPE,
                          encoding="utf-8") as program:
        for line in program.stdout:
            yield json.loads(line)
    if program.returncode not in (0, 1):
        sys.exit(f"{demarche} {command} {path}: exit status {program.returncode}")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    demarche, checker, seen, events, mentions = sys.argv[1], Checker(), set(), 0, 0
    for path in sys.argv[2:]:
        texts = articles_of(path)
        for event in run(demarche, "code", path):
            events += 1
            if event["id"] in seen:
                checker.problem(event["doc"], f"event id {event['id']} was there before")
            seen.add(event["id"])
            checker.event(texts[event["doc"]], event)
        for mention in run(demarche, "actors", path):
            mentions += 1
            checker.party(f"{mention['doc']}: mention", mention.get("kind", "no kind"), texts[mention["doc"]],
                          mention)
    print(f"{events} events and {mentions} mentions with {checker.spans} spans: {checker.problems} problems")
    sys.exit(1 if checker.problems else 0)


if __name__ == "__main__":
    main()
