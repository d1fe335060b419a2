# SPDX-License-Identifier: MIT
"""memory.py DEMARCHE: what one job takes of memory at most, on the inputs that take most of it.

Each case is one file of JSON Lines; the child's peak of resident memory must stay below MOST. Model, lexicon and
weights, which are mapped and read, count.
"""
import json
import os
import sys
import tempfile

MOST = 150  # MB
WORDS_MAX = 125_000
VALUES_MAX = 200_000


def words(text, n):
    """`text` over and over, n of its words (its marks count)."""
    each = len(text.replace(".", " .").split())
    return (text + " ") * (n // each)


NEWS = ("Russian Foreign Minister Sergey Lavrov visited Nicaragua on Sunday and told reporters in Managua that the "
        "United States had threatened to impose sanctions on both countries.")
CASES = [  # name, status, texts of records; a number: so many values beside a short text
    ("an article just under the limit of words", 0, [words(NEWS, WORDS_MAX - 100)]),
    ("as many events as fit into one", 0, [words("Russia attacked Georgia.", WORDS_MAX - 100)]),
    ("as many paragraphs", 0, ["Russia.\n\n" * (WORDS_MAX // 2 - 100)]),
    ("one sentence as long as that", 0, ["Russia and " * (WORDS_MAX // 2 - 100) + "Georgia visited Cuba."]),
    ("nothing but pronouns", 0, [words("He said they attacked them.", WORDS_MAX - 100)]),
    ("one word of megabytes", 0, ["x" * 3_900_000]),
    ("a line of 4 MB, blanks for the most part", 0, [" " * 3_900_000 + "Russia attacked Georgia."]),
    ("many short articles", 0, ["Russia attacked Georgia on Monday."] * 3000),
    ("one word too many", 1, ["a " * (WORDS_MAX + 1)]),
    ("a byte too many", 1, ["a" * (4 * 1024 * 1024 + 1)]),
    ("as many values as a line may have", 0, [VALUES_MAX // 2 - 100]),
    ("a line full of values", 1, [10_000_000]),
]


def peak(demarche, path, out):
    """Exit status and peak of memory in MB of coding a file."""
    child = os.fork()
    if child == 0:
        with open(out, "wb") as sink:
            os.dup2(sink.fileno(), 1)
            os.dup2(sink.fileno(), 2)
        os.execl(demarche, demarche, "code", "--any-language", "--jobs", "1", "--output", "jsonl", path)
    _, status, usage = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1024


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        path, out = os.path.join(folder, "in.jsonl"), os.path.join(folder, "out")
        for name, wanted, texts in CASES:
            with open(path, "w", encoding="utf-8") as file:
                for i, text in enumerate(texts):
                    head = json.dumps({"id": str(i), "date": "2010-02-17", "text": text if isinstance(text, str) else NEWS})
                    file.write(head + "\n" if isinstance(text, str) else f'{head[:-1]}, "x": [{"{}," * text}0]}}\n')
            status, used = peak(sys.argv[1], path, out)
            bad = status != wanted or used >= MOST
            failed += bad
            print(f"{'FAILED ' if bad else ''}{used:6.1f} MB  status {status}  {name}")
    return 1 if failed else 0


sys.exit(main())
