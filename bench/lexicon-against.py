#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""lexicon-against.py - where the lexicon and other coders' dictionaries give a name another country.

    bench/lexicon-against.py build/demarche DICTIONARY.actors...

Each dictionary is read by `demarche lexicon convert`, so that both sides are records of one form. A name
of both sides is told when the countries of the two have none in common: "name: ours (file:line), theirs".
Either may be wrong; facts decide. The last line counts names compared and names told.
"""
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

KINDS = ("state", "org", "group", "person", "place")
NAMES = ("name", "people", "capital", "city", "seat", "region", "short")
ROLE = re.compile(r"([A-Z]{3})(?: |$)")


def fold(name):
    """A name as the lexicon compares it: small letters without diacritics, words only."""
    plain = unicodedata.normalize("NFD", name.lower()).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", plain.replace(".", "")))


def records(lines, place):
    """(kind, names, codes, where) of each actor record in lines of the lexicon's form."""
    now = None
    for number, line in enumerate(lines, 1):
        line = re.sub(r"(^|\s)#.*", "", line.rstrip("\n"))
        words = line.split()
        if not words:
            continue
        if not line[0].isspace():
            if now:
                yield now
            extends = words[0] == "extend"
            kind, rest = words[extends], words[1 + extends:]
            now = None
            if kind in KINDS:
                codes = {rest[0]} if kind == "state" else set()
                names = [] if extends else " ".join(rest[kind == "state":]).split(" | ")
                now = (kind, names, codes, f"{place}:{number}")
        elif now and words[0] in NAMES:
            text = re.sub(r"\s\S*\.\.\S*$", "", " ".join(words[1:]))
            now[1].extend(text.split(" | "))
        elif now and ROLE.match(line.strip()):
            now[2].add(words[0])
    if now:
        yield now


def own_names(folder):
    """name -> (codes, places) of the lexicon's own texts."""
    known = {}
    for path in sorted(Path(folder).glob("actors/*.txt")):
        for _, names, codes, where in records(path.read_text().splitlines(), path.name):
            for name in names:
                entry = known.setdefault(fold(name), (set(), []))
                entry[0].update(codes)
                entry[1].append(where)
    return known


def main():
    demarche, dictionaries = sys.argv[1], sys.argv[2:]
    if not dictionaries:
        sys.exit(__doc__)
    known = own_names(Path(__file__).resolve().parent.parent / "lexicon")
    compared, told = set(), set()
    for path in dictionaries:
        done = subprocess.run([demarche, "lexicon", "convert", path], check=True,
                              capture_output=True, text=True)
        for kind, names, codes, _ in records(done.stdout.splitlines(), path):
            for name in map(fold, names):
                if name not in known or not codes:
                    continue
                compared.add(name)
                ours, places = known[name]
                if ours and not ours & codes and name not in told:
                    told.add(name)
                    print(f"{kind} {name}: {' '.join(sorted(ours))} ({', '.join(places[:2])}), "
                          f"{Path(path).name}: {' '.join(sorted(codes))}")
    print(f"{len(compared)} names of both sides, {len(told)} with another country")


if __name__ == "__main__":
    main()
