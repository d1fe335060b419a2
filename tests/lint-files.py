#!/usr/bin/env python3
"""What every source file has: an SPDX line, a comment that says its job, lines of about 100 columns (at most 110), no tabs."""
import pathlib, sys

root = pathlib.Path(sys.argv[1])
wrong = 0


def say(path, number, what):
    global wrong
    wrong += 1
    print(f"{path.relative_to(root)}:{number}: {what}")


files = [p for folder in ("src", "include", "tests") for p in sorted((root / folder).rglob("*.[ch]"))]
for path in files:
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or "SPDX-License-Identifier: MIT" not in lines[0]:
        say(path, 1, "the first line is no SPDX line")
    if not any(path.name in line for line in lines[1:4]):
        say(path, 2, "no opening comment 'NAME - its job'")
    for number, line in enumerate(lines, 1):
        if "\t" in line:
            say(path, number, "a tab")
        if len(line) > 110:
            say(path, number, f"{len(line)} columns")
print(f"{len(files)} files, {wrong} findings")
sys.exit(wrong > 0 or not files)
