#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Rebuild the raw text of a treebank: paragraphs with a blank line between, documents with a form feed.

  raw-treebank.py FILE.conllu >FILE.txt

The text is that of the '# text' comments; sentences of a paragraph are joined by a blank unless the
last token says SpaceAfter=No.
"""
import sys

out, space, first, new = [], False, True, False
for line in open(sys.argv[1], encoding="utf-8"):
    line = line.rstrip("\n")
    if line.startswith("# newdoc"):
        if not first:
            out.append("\f")
        new, first, space = False, False, False
    elif line.startswith("# newpar") and not line.startswith("# newpar_"):
        new = True
    elif line.startswith("# text = "):
        if out and out[-1] != "\f":
            out.append("\n\n" if new else " " if space else "")
        out.append(line[9:])
        new, space, until = False, True, 0
    elif line and line[0].isdigit():
        column = line.split("\t")
        if "." in column[0]:
            continue
        if "-" in column[0]:
            until = int(column[0].split("-")[1])
        elif int(column[0]) <= until:
            continue
        space = "SpaceAfter=No" not in column[9].split("|")
sys.stdout.write("".join(out))
