#!/bin/sh
# SPDX-License-Identifier: MIT
# Does a lexicon ten times as large cost more? Made-up names are laid above the built-in lexicon.
#   bench/lexicon.sh [BUILD] [SHARED]
# Prints names and bytes of both, how long opening takes, and the time of the actors' stage (bench/stages.py) with
# each. Nobody in the news bears the made-up names, so both must find the same. Takes two minutes.
set -eu
build=${1:-build}
shared=${2:-../shared}
demarche=$build/demarche
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -d "$shared/news" ] || { echo "skipped: no $shared/news"; exit 77; }

# As many names as the lexicon has, nine times: persons of two words and groups of three, of made-up syllables.
names=$(grep -hE '^(state|place|org|group|person|agent|office)|^    (name|people|capital|city|seat|region|short) ' \
    "$(dirname "$0")"/../lexicon/actors/*.txt | awk -F' [|] ' '{ n += NF } END { print n }')
mkdir "$work/ten"
awk -v n="$((9 * names))" '
    function word(   k, s) {
        s = ""
        for (k = 2 + int(2 * rand()); k > 0; k--)
            s = s substr("bdfgjklmnprstvwz", 1 + int(16 * rand()), 1) substr("aeiou", 1 + int(5 * rand()), 1)
        s = s substr("lmnrstx", 1 + int(7 * rand()), 1)
        return toupper(substr(s, 1, 1)) substr(s, 2) "zq" # so that no word of the news is one
    }
    BEGIN {
        srand(7)
        for (i = 0; i < n; i++)
            if (i % 4)
                printf "person %s %s\n    FRA GOV minister %d-01..%d-06\n", word(), word(), 1980 + i % 40, 1984 + i % 40
            else
                printf "group %s %s %s\n    MLI REB\n", word(), word(), word()
    }' >"$work/ten/names.txt"
"$demarche" lexicon compile --output "$work/one.dm-lexicon" "$build/english.dm-lexicon"
/usr/bin/time -f 'compiling the large one: %e s, %M KB' \
    "$demarche" lexicon compile --output "$work/ten.dm-lexicon" "$build/english.dm-lexicon" "$work/ten"
echo "$names names, then ten times as many; $(stat -c %s "$work/one.dm-lexicon") and $(stat -c %s "$work/ten.dm-lexicon") bytes"

# Opening: a whole run of the program that only asks for a name, least of ten.
for which in one ten; do
    for i in 1 2 3 4 5 6 7 8 9 10; do
        /usr/bin/time -f '%e %U %S' -o "$work/time" "$demarche" lexicon who --lexicon "$work/$which.dm-lexicon" Lavrov >/dev/null
        cat "$work/time" >>"$work/open.$which"
    done
    echo "opening, the whole run, $which: $(sort -n "$work/open.$which" | head -n 1) (elapsed, user, system seconds)"
done

zcat "$shared/news/news-mixed.jsonl.gz" | head -n 200 >"$work/news.jsonl"
for which in one ten; do
    "$demarche" actors --jobs 1 --output jsonl --lexicon "$work/$which.dm-lexicon" "$work/news.jsonl" >"$work/out.$which"
done
cmp "$work/out.one" "$work/out.ten" && echo "the same mentions with both"
python3 "$(dirname "$0")/stages.py" --library "$build/libdemarche.so" --lexicon "$work/one.dm-lexicon" \
    --lexicon "$work/ten.dm-lexicon" "$work/news.jsonl"
