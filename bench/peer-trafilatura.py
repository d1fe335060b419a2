#!/usr/bin/env python3
"""Time the reading of pages against trafilatura, both in this run.

  pip install trafilatura lxml_html_clean          # measured only; no part of the program
  bench/peer-trafilatura.py [--demarche build/demarche] [--shared ../shared] [--runs 3]

All pages of ../shared/html, unpacked. Trafilatura gets each as bytes, and gives JSON with metadata (`extract`), in this process, whose
start is not counted; Demarche's whole run is (`read --jobs 1`, start and writing of JSON Lines included). Processor time, the
medians of the runs, which take turns. Exit status 77 where trafilatura or ../shared is missing.
"""
import argparse, gzip, pathlib, resource, statistics, subprocess, sys, tempfile, time

ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ask.add_argument("--demarche", default="build/demarche")
ask.add_argument("--shared", default="../shared")
ask.add_argument("--runs", type=int, default=3)
ask = ask.parse_args()
try:
    import trafilatura
except ImportError as error:
    sys.exit(print(f"skipped: {error}") or 77)
paths = sorted(path for path in pathlib.Path(ask.shared, "html").rglob("*") if ".html" in path.name)
if not paths:
    sys.exit(print("skipped: no ../shared here") or 77)
pages = [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in paths]
folder = tempfile.TemporaryDirectory()
for i, page in enumerate(pages):
    pathlib.Path(folder.name, f"{i}.html").write_bytes(page)


def demarche():
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([ask.demarche, "read", "--jobs", "1", "--output", "jsonl", folder.name],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def peer():
    start = time.process_time()
    for page in pages:
        trafilatura.extract(page, output_format="json", with_metadata=True)
    return time.process_time() - start


runs = [(demarche(), peer()) for _ in range(ask.runs)]
ours, theirs = (statistics.median(column) for column in zip(*runs))
size = sum(map(len, pages)) / 1e6
print(f"{len(pages)} pages, {size:.1f} MB, processor time, medians of {ask.runs} runs")
print(f"demarche:    {ours:6.2f} s  {size / ours:6.1f} MB/s")
print(f"trafilatura: {theirs:6.2f} s  {size / theirs:6.1f} MB/s  ({trafilatura.__version__})")
print(f"ratio: {theirs / ours:.0f} times")
