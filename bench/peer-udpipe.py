#!/usr/bin/env python3
"""Demarche's parser beside UDPipe 1 on the development treebanks, in one run on one core.

  bench/peer-udpipe.py [--demarche build/demarche] [--shared ../shared] [--rounds 3] [--only gum-news]

Needs `pip install ufal.udpipe` (for this measurement only; it is no part of Demarche) and ../shared. Each treebank is parsed
with gold tokens and from raw text; trees are scored by ../shared/tools/score_trees.py. Speed: raw text to CoNLL-U, one thread, the
two programs in turn, median of the rounds, in seconds of processor time (the machines are shared); UDPipe reads the text once and
its start-up is left out, Demarche reads it ten times and its start-up counts.
"""
import argparse, os, pathlib, statistics, subprocess, sys, tempfile, time

try:
    import ufal.udpipe as udpipe
except ImportError:
    sys.exit("skipped: ufal.udpipe is not installed")

ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ask.add_argument("--demarche", default="build/demarche")
ask.add_argument("--shared", default="../shared")
ask.add_argument("--rounds", type=int, default=3)
ask.add_argument("--only", nargs="*", choices=["ewt", "gum", "gum-news"], help="these treebanks; all unless asked")
ask = ask.parse_args()
shared, here, folder = pathlib.Path(ask.shared), pathlib.Path(__file__).parent, pathlib.Path(tempfile.mkdtemp())
model = udpipe.Model.load(str(shared / "peers" / "udpipe-en.udpipe"))
writer = udpipe.OutputFormat.newOutputFormat("conllu")


def peer(text, reader):
    reader.setText(text)
    out, sentence, error = [], udpipe.Sentence(), udpipe.ProcessingError()
    while reader.nextSentence(sentence, error):
        model.tag(sentence, model.DEFAULT)
        model.parse(sentence, model.DEFAULT)
        out.append(writer.writeSentence(sentence))
        sentence = udpipe.Sentence()
    return "".join(out)


def mine(args, out):
    with open(out, "w") as file:
        subprocess.run([ask.demarche, "parse", "--jobs", "1", *args], stdout=file, check=True)


def score(gold, out, what):
    line = subprocess.run([sys.executable, str(shared / "tools" / "score_trees.py"), str(gold), str(out)],
                          capture_output=True, text=True).stdout.strip()
    print(f"{what:28} {line}", flush=True)


def news_of(bank):
    """The documents of GUM's news alone."""
    parts = ("# newdoc" + part for part in bank.read_text(encoding="utf-8").split("# newdoc")[1:])
    out = folder / "gum-news.conllu"
    out.write_text("".join(part for part in parts if "GUM_news_" in part.split("\n", 1)[0]), encoding="utf-8")
    return out


for name in ask.only or ("ewt", "gum", "gum-news"):
    news = name == "gum-news"
    gold = news_of(shared / "treebanks" / "gum-dev.conllu") if news else shared / "treebanks" / f"{name}-dev.conllu"
    raw = subprocess.run([sys.executable, str(here / "raw-treebank.py"), str(gold)], capture_output=True, text=True, check=True).stdout
    text, out = folder / f"{name}.txt", folder / "out"
    mine(["--gold-tokens", "--input", "conllu", str(gold)], out)
    score(gold, out, f"{name} gold tokens, demarche")
    out.write_text(peer(gold.read_text(encoding="utf-8"), udpipe.InputFormat.newConlluInputFormat()), encoding="utf-8")
    score(gold, out, f"{name} gold tokens, UDPipe 1")
    if news:
        continue
    # To be scored, Demarche takes the raw text out of the CoNLL-U file itself, document by document; UDPipe gets it as one text.
    plain, copies = raw.replace("\f", "\n\n"), 10
    text.write_text(plain, encoding="utf-8")
    times = {"demarche": [], "UDPipe 1": []}
    for _ in range(ask.rounds):
        before = os.times()
        mine(["--input", "text", *[str(text)] * copies], "/dev/null")
        after = os.times()
        times["demarche"].append((after.children_user + after.children_system - before.children_user - before.children_system) / copies)
        begin = time.process_time()
        parsed = peer(plain, model.newTokenizer(model.DEFAULT))
        times["UDPipe 1"].append(time.process_time() - begin)
    mine(["--input", "conllu", "--text-only", str(gold)], out)
    score(gold, out, f"{name} raw text, demarche")
    out.write_text(parsed, encoding="utf-8")
    score(gold, out, f"{name} raw text, UDPipe 1")
    words = sum(line[:1].isdigit() and "-" not in line.split("\t")[0] and "." not in line.split("\t")[0]
                for line in gold.read_text(encoding="utf-8").splitlines())
    speed = {who: words / statistics.median(seconds) for who, seconds in times.items()}
    print(f"{name} raw text, words a second: demarche {speed['demarche']:.0f}, UDPipe 1 {speed['UDPipe 1']:.0f}, "
          f"ratio {speed['demarche'] / speed['UDPipe 1']:.0f}", flush=True)
