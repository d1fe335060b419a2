#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""stages.py - processor time of parsing, of finding actors and of coding, each by itself.

    bench/stages.py [--library build/libdemarche.so] [--model F] [--rounds N] [--lexicon FILE]... NEWS.jsonl

Takes every article through the library to each depth, so that no reading and no writing of files is in the figures;
a stage's time is the difference of two depths. Rounds with the lexicons take turns; the least of each is told: what else the machine does can
only add. A line a lexicon: words a second of each stage, and the share of parsing that the actors cost.
"""
import argparse
import ctypes
import json
import sys
import time

PARSE, ACTORS, CODE = 1, 2, 3  # enum dm_depth


class Given(ctypes.Structure):
    _fields_ = [("text", ctypes.c_char_p), ("n_text", ctypes.c_size_t), ("context", ctypes.c_char_p),
                ("id", ctypes.c_char_p), ("title", ctypes.c_char_p), ("date", ctypes.c_char_p)]


class Options(ctypes.Structure):
    _fields_ = [("data", ctypes.c_char_p), ("model", ctypes.c_char_p), ("lexicon", ctypes.c_char_p),
                ("judge", ctypes.c_char_p), ("lexicons", ctypes.c_void_p), ("n_lexicons", ctypes.c_size_t)]


def arguments():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("news")
    ask.add_argument("--library", default="build/libdemarche.so")
    ask.add_argument("--model", default="models/english.dm-model")
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--lexicon", action="append", help="compiled; default build/english.dm-lexicon")
    return ask.parse_args()


def open_library(path):
    library = ctypes.CDLL(path)
    library.dm_article_new.restype = ctypes.c_void_p
    library.dm_article_set.argtypes = [ctypes.c_void_p, ctypes.POINTER(Given), ctypes.c_void_p]
    library.dm_article_take.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p]
    return library


def open_engine(library, model, lexicon):
    engine = ctypes.c_void_p()
    options = Options(model=model.encode(), lexicon=lexicon.encode())
    if library.dm_engine_open(ctypes.byref(options), CODE, ctypes.byref(engine), None) != 0:
        sys.exit(f"{lexicon}: cannot be opened with {model}")
    return engine


def time_round(library, engine, article, givens):
    """Seconds of a whole run to each depth, over all articles."""
    spent = {PARSE: 0.0, ACTORS: 0.0, CODE: 0.0}
    for given in givens:
        for depth in spent:
            library.dm_article_set(article, ctypes.byref(given), None)
            start = time.process_time()
            if library.dm_article_take(article, engine, depth, None) != 0:
                sys.exit("an article could not be taken through")
            spent[depth] += time.process_time() - start
    return spent


def main():
    ask = arguments()
    library = open_library(ask.library)
    givens = []
    for line in open(ask.news, encoding="utf-8"):
        record = json.loads(line)
        text = record["text"].encode()
        date = (record.get("date") or "")[:10].encode() or None
        givens.append(Given(text=text, n_text=len(text), date=date))
    words = sum(len(given.text.split()) for given in givens)
    lexicons = ask.lexicon or ["build/english.dm-lexicon"]
    engines = [open_engine(library, ask.model, path) for path in lexicons]
    article = library.dm_article_new()
    best = [None] * len(engines)
    for _ in range(ask.rounds):
        for i, engine in enumerate(engines):
            spent = time_round(library, engine, article, givens)
            best[i] = {d: min(s, best[i][d]) for d, s in spent.items()} if best[i] else spent
    for path, spent in zip(lexicons, best):
        actors, events = spent[ACTORS] - spent[PARSE], spent[CODE] - spent[ACTORS]
        print(f"{path}: {words} words; words a second of processor time: parsing {words / spent[PARSE]:.0f}, "
              f"names and actors {words / actors:.0f}, events {words / events:.0f}, all {words / spent[CODE]:.0f}; "
              f"names and actors cost {actors / spent[PARSE]:.3f} of parsing, events {events / spent[PARSE]:.3f}")
    if len(best) == 2:
        print(f"names and actors with the second take {(best[1][ACTORS] - best[1][PARSE]) / (best[0][ACTORS] - best[0][PARSE]):.3f} "
              "of the time of the first")


if __name__ == "__main__":
    main()
