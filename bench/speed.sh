#!/bin/sh
# Speed, start-up and memory of the whole way from JSON Lines to events, on news.
#   bench/speed.sh [DEMARCHE] [SHARED]
# Needs GNU time (/usr/bin/time) and SHARED/news. Prints medians of five runs; runs of one and two jobs take turns.
set -eu
demarche=${1:-build/demarche}
shared=${2:-../shared}
[ -d "$shared/news" ] || { echo "skipped: no $shared/news"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

zcat "$shared/news/news-mixed.jsonl.gz" | head -n 2000 >"$work/news.jsonl"
sentences=$("$demarche" parse --jobs 1 "$work/news.jsonl" | grep -c '^# sent_id')
words=$("$demarche" parse --jobs 1 "$work/news.jsonl" | grep -c '^[0-9]')
bytes=$(wc -c <"$work/news.jsonl")
for i in 1 2 3 4 5; do
    for jobs in 1 2; do
        /usr/bin/time -f '%e %U %M' -o "$work/time" "$demarche" code --jobs $jobs --output jsonl "$work/news.jsonl" >"$work/out.$jobs"
        cat "$work/time" >>"$work/jobs.$jobs"
    done
    printf 'Russia accused Georgia of lying.\n' >"$work/one.txt"
    /usr/bin/time -f '%e %U %M' -o "$work/time" "$demarche" code "$work/one.txt" >/dev/null
    cat "$work/time" >>"$work/start"
done
cmp "$work/out.1" "$work/out.2" && echo "one and two jobs: the same bytes"
middle() { cut -d' ' -f"$2" "$1" | sort -n | sed -n 3p; }
one=$(middle "$work/jobs.1" 1) two=$(middle "$work/jobs.2" 1)
awk -v s="$sentences" -v w="$words" -v b="$bytes" -v one="$one" -v cpu="$(middle "$work/jobs.1" 2)" -v two="$two" 'BEGIN {
    printf "%d articles of news: %d sentences, %d words, %.1f MB\n", 2000, s, w, b / 1e6
    printf "one thread:  %.2f s, %.0f sentences/s, %.0f words/s (of processor time: %.0f sentences/s)\n", one, s / one, w / one, s / cpu
    printf "two threads: %.2f s, %.2f times as fast\n", two, one / two }'
for i in 1 2 3 4 5; do
    for cpu in avx2 vnni avx512 amx; do # without such instructions: as the line before
        DEMARCHE_CPU=$cpu /usr/bin/time -f '%e %U %M' -o "$work/time" "$demarche" code --jobs 1 --output jsonl \
            "$work/news.jsonl" >"$work/out.$cpu"
        cat "$work/time" >>"$work/cpu.$cpu"
    done
done
for cpu in avx2 vnni avx512 amx; do
    same='other bytes'
    cmp -s "$work/out.$cpu" "$work/out.1" && same='the same bytes'
    awk -v s="$sentences" -v cpu="$(middle "$work/cpu.$cpu" 2)" -v name=$cpu -v same="$same" 'BEGIN {
        printf "up to %s: %.0f sentences/s of processor time, %s\n", name, s / cpu, same }'
done
echo "memory, KB: one job $(middle "$work/jobs.1" 3), two jobs $(middle "$work/jobs.2" 3)"
echo "one sentence, start to end: $(middle "$work/start" 1) s"
head -n 200 "$work/news.jsonl" >"$work/few.jsonl"
/usr/bin/time -f 'memory of a tenth of it, KB: %M' "$demarche" code --jobs 1 "$work/few.jsonl" >/dev/null
