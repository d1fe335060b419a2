#!/bin/sh
# SPDX-License-Identifier: MIT
# Score the parser: tags, lemmas and trees on gold tokens and on raw text, and words a second.
#   bench/syntax.sh DEMARCHE SHARED [MODEL]
# SHARED holds treebanks/{ewt,gum}-dev.conllu and tools/score_trees.py.
set -eu
demarche=$1 shared=$2 model=${3:+--model $3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp "$shared/treebanks/ewt-dev.conllu" "$work/ewt.conllu"
cp "$shared/treebanks/gum-dev.conllu" "$work/gum.conllu"
awk '/^# newdoc/ {on = /GUM_news_/} on' "$work/gum.conllu" >"$work/gum-news.conllu"

score() { python3 "$shared/tools/score_trees.py" "$1" "$2"; }

for bank in ewt gum gum-news; do
    # shellcheck disable=SC2086 # an absent model is no argument
    "$demarche" parse $model --input conllu --gold-tokens "$work/$bank.conllu" >"$work/$bank.gold"
    printf '%s, gold tokens: ' "$bank"
    score "$work/$bank.conllu" "$work/$bank.gold"
    # shellcheck disable=SC2086
    "$demarche" parse $model --input conllu --text-only "$work/$bank.conllu" >"$work/$bank.raw"
    printf '%s, raw text:    ' "$bank"
    score "$work/$bank.conllu" "$work/$bank.raw"
done

# All capitals, no capitals: the same sentences written so (lemmas are scored against the text as it was written).
for letters in upper lower; do
    awk -v letters=$letters -F '\t' -v OFS='\t' '/^# text = / { next } /^[0-9]/ { $2 = letters == "upper" ? toupper($2) : tolower($2) } { print }' \
        "$work/ewt.conllu" >"$work/$letters.conllu"
    # shellcheck disable=SC2086
    "$demarche" parse $model --input conllu --gold-tokens "$work/$letters.conllu" >"$work/$letters.gold"
    printf 'ewt, all %s-case: ' $letters
    score "$work/$letters.conllu" "$work/$letters.gold"
done

# Speed: raw text to CoNLL-U, one thread, the best of three runs that read it ten times.
python3 "$(dirname "$0")/raw-treebank.py" "$work/ewt.conllu" | sed 's/\f/\n\n/g' >"$work/ewt.txt"
python3 - "$demarche" "$work/ewt.txt" ${3:+"$3"} <<'END'
import os, subprocess, sys, time
demarche, path, model = sys.argv[1], sys.argv[2], sys.argv[3:]
command = [demarche, "parse", "--jobs", "1", "--input", "text", *(["--model", *model] if model else []), *[path] * 10]
wall, cpu, words = [], [], 0
for _ in range(3):
    before, begin = os.times(), time.monotonic()
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    wall.append(time.monotonic() - begin)
    after = os.times()
    cpu.append(after.children_user + after.children_system - before.children_user - before.children_system)
    words = sum(1 for line in out.splitlines() if line and line[0].isdigit() and "-" not in line.split("\t", 1)[0])
print(f"speed: {words} words, {words / min(wall):,.0f} words/s wall, {words / min(cpu):,.0f} words/s of processor time")
END
