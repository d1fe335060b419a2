#!/bin/sh
# What reading news costs beside coding it; what a second thread brings; memory over a large archive; kills.
#   bench/ingest.sh [DEMARCHE] [SHARED] [PART...]     PART: speed, threads, memory, kills; default: speed threads
# Needs GNU time (/usr/bin/time), taskset, python3 and SHARED/html. `memory` writes 2 GB below $TMPDIR.
#
# The archive holds the pages of SHARED/html that are told to be English (others are kept, but not coded), each record a gzip
# member, request beside response, as CC-NEWS has them. "text" is the same articles as JSON Lines, as `demarche read` gives them.
# Each figure is the median of RUNS runs, in turns, so that whatever else the machine does meets all alike.
set -eu
demarche=$(realpath "${1:-build/demarche}")
shared=${2:-../shared}
here=$(cd "$(dirname "$0")" && pwd)
[ $# -gt 2 ] && shift 2 || set -- speed threads
[ -d "$shared/html" ] || { echo "skipped: no $shared/html"; exit 77; }
runs=${RUNS:-7}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# archive COPIES OUT: the English pages so many times over, each time under other addresses and ids.
archive() {
    python3 - "$shared/html" "$demarche" "$1" "$2" <<'PYTHON'
import glob, gzip, json, subprocess, sys, zlib
folder, demarche, copies, out = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
def record(kind, media, body, n):
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}-{n}>\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
            f"WARC-Target-URI: https://www.example.org/{n}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n")
    return head.encode() + body + b"\r\n\r\n"
pages = []
for path in sorted(glob.glob(folder + "/**/*", recursive=True)):
    if path.endswith((".html", ".html.gz")):
        ran = subprocess.run([demarche, "read", "--input", "html", "--output", "jsonl", path], capture_output=True, text=True)
        if ran.stdout and json.loads(ran.stdout).get("language") == "en":
            data = open(path, "rb").read()
            pages.append(gzip.decompress(data) if path.endswith(".gz") else data)
with open(out, "wb") as warc:
    for n in range(copies * len(pages)):
        page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + pages[n % len(pages)]
        for r in (record("request", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n", n),
                  record("response", "application/http; msgtype=response", page, n)):
            warc.write(gzip.compress(r, 6 if copies < 9 else 1))
PYTHON
}

# once NAME COMMAND...: appends processor and wall time to NAME.
once() {
    name=$1
    shift
    /usr/bin/time -f '%U %S %e %M' -o "$work/times" "$@" >"$work/out" 2>"$work/err" || true
    tail -n 1 "$work/times" | awk '{ print $1 + $2, $3, $4 }' >>"$work/$name"
}
# middle NAME COLUMN
middle() { cut -d' ' -f"$2" "$work/$1" | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a / b }'; }
fresh() { rm -f "$work"/*.db*; }

for part in "$@"; do
    case $part in
    speed)
        archive 2 "$work/news.warc.gz"
        "$demarche" read --output jsonl "$work/news.warc.gz" >"$work/text.jsonl"
        i=0
        while [ $i -lt "$runs" ]; do
            once text taskset -c 0 "$demarche" code --jobs 1 --output jsonl "$work/text.jsonl"
            once warc taskset -c 0 "$demarche" code --jobs 1 --output jsonl "$work/news.warc.gz"
            once read taskset -c 0 "$demarche" read --jobs 1 --output jsonl "$work/news.warc.gz"
            fresh
            once text-db taskset -c 0 "$demarche" ingest --db "$work/a.db" --jobs 1 "$work/text.jsonl"
            once warc-db taskset -c 0 "$demarche" ingest --db "$work/b.db" --jobs 1 "$work/news.warc.gz"
            i=$((i + 1))
        done
        echo "one thread, $(wc -l <"$work/text.jsonl") articles, $(wc -c <"$work/text.jsonl") bytes of text, archive of $(wc -c <"$work/news.warc.gz") bytes"
        for name in text warc read text-db warc-db; do
            echo "  $name: $(middle $name 1) s of processor time, $(middle $name 2) s"
        done
        echo "speed from WARC.gz to events over speed from JSON Lines: $(ratio "$(middle text 1)" "$(middle warc 1)") by processor time," \
            "$(ratio "$(middle text 2)" "$(middle warc 2)") by the clock; into a database $(ratio "$(middle text-db 1)" "$(middle warc-db 1)")," \
            "$(ratio "$(middle text-db 2)" "$(middle warc-db 2)")"
        ;;
    threads)
        archive 8 "$work/many.warc.gz"
        i=0
        while [ $i -lt "$runs" ]; do
            fresh
            once one taskset -c 0 "$demarche" ingest --db "$work/a.db" --jobs 1 "$work/many.warc.gz"
            once two taskset -c 0,1 "$demarche" ingest --db "$work/b.db" --jobs 2 "$work/many.warc.gz"
            i=$((i + 1))
        done
        echo "ingest from WARC.gz: one processor $(middle one 2) s ($(middle one 1) s of processor time), two $(middle two 2) s" \
            "($(middle two 1) s): $(ratio "$(middle one 2)" "$(middle two 2)") times"
        ;;
    memory)
        archive 85 "$work/large.warc.gz"
        fresh
        once large "$demarche" ingest --db "$work/a.db" --jobs 2 "$work/large.warc.gz"
        echo "an archive of $(wc -c <"$work/large.warc.gz") bytes, $(zcat "$work/large.warc.gz" | wc -c) unpacked: $(middle large 3) KB of memory," \
            "$(middle large 2) s; $(head -n 1 "$work/err")"
        ;;
    kills)
        python3 "$here/../tests/cli/resume.py" "$demarche" --points 100 --seed 7
        ;;
    *)
        echo "there is no part '$part'" >&2
        exit 2
        ;;
    esac
done
