#!/usr/bin/env python3
"""Includes point one way: core <- article <- lexicon <- stages in the data's order <- pipeline <- engine <- store <- cli.

A stage may include itself and what stands before it, never what stands after. The command line includes the public
header and its own files only. Prints each include that points the wrong way.
"""
import pathlib, re, sys

ORDER = ["core", "fetch", "article", "lexicon", "news", "text", "syntax", "names", "actors", "events", "ledger", "pipeline", "engine", "store", "export", "watch", "serve"]
# Reading news, splitting text and parsing know nothing of the lexicon; the order above would allow it.
FORBIDDEN = {("news", "lexicon"), ("text", "lexicon"), ("syntax", "lexicon"), ("text", "news"), ("syntax", "news")}

root = pathlib.Path(sys.argv[1])
wrong = 0
files = sorted((root / "src").rglob("*.[ch]"))
for path in files:
    here = path.relative_to(root / "src").parts
    place = here[0] if len(here) > 1 else "pipeline"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
        if not found:
            continue
        target = found.group(1)
        if target in ("demarche.h", "check.h"):
            continue
        there = target.split("/")[0] if "/" in target else "pipeline"
        if place == "cli":
            fine = there == "cli"
        elif place == there:
            fine = True
        else:
            fine = there in ORDER and ORDER.index(there) < ORDER.index(place) and (place, there) not in FORBIDDEN
        if not fine:
            print(f"{path.relative_to(root)}:{number}: {place}/ may not include {target}")
            wrong += 1
print(f"{len(files)} files, {wrong} includes point the wrong way")
sys.exit(wrong > 0 or not files)
