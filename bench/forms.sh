#!/bin/sh
# Speed and memory of reading packed JSON Lines and web archives, and what is read of other tools' files.
#   bench/forms.sh [DEMARCHE] [SHARED]
# Needs GNU time (/usr/bin/time), python3, zstd and SHARED/news, SHARED/html, SHARED/warc, SHARED/feeds. Medians of three runs.
set -eu
demarche=${1:-build/demarche}
shared=${2:-../shared}
[ -d "$shared/warc" ] || { echo "skipped: no $shared/warc"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

zcat "$shared/news/news-mixed.jsonl.gz" | head -n 4000 >"$work/news.jsonl"
gzip -k "$work/news.jsonl"
zstd -q -k "$work/news.jsonl"
# An archive as CC-NEWS is one: each record a gzip member, request beside response, some payloads packed and in chunks.
python3 - "$shared/html" "$work" <<'PYTHON'
import glob, gzip, sys
def record(kind, media, body, n):
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}-{n}>\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
            f"WARC-Target-URI: https://www.example.org/{n}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n")
    return head.encode() + body + b"\r\n\r\n"
pages = []
for path in sorted(glob.glob(sys.argv[1] + "/**/*", recursive=True)):
    if path.endswith((".html", ".html.gz")):
        data = open(path, "rb").read()
        pages.append(gzip.decompress(data) if path.endswith(".gz") else data)
with open(sys.argv[2] + "/few.warc.gz", "wb") as few, open(sys.argv[2] + "/few.warc", "wb") as plain:
    for n, page in enumerate(pages):
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
        if n % 4 == 3:
            packed = gzip.compress(page)
            head += b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
            page = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
        for r in (record("request", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n", n),
                  record("response", "application/http; msgtype=response", head + b"\r\n" + page, n)):
            few.write(gzip.compress(r))
            plain.write(r)
PYTHON
cat "$work/few.warc.gz" "$work/few.warc.gz" "$work/few.warc.gz" >"$work/three.warc.gz"
cat "$work/few.warc" "$work/few.warc" "$work/few.warc" >"$work/three.warc"

middle() { sort -n "$1" | sed -n 2p; }
# measure FILE UNPACKED: megabytes of the unpacked file a second of processor time, and memory.
measure() {
    rm -f "$work/time" "$work/memory"
    for i in 1 2 3; do
        /usr/bin/time -f '%U %S %M' -o "$work/one" "$demarche" read --jobs 1 --output jsonl "$1" >"$work/out" 2>"$work/err" || true
        tail -n 1 "$work/one" | { read -r user system memory; echo "$user $system" | awk '{ print $1 + $2 }' >>"$work/time"; echo "$memory" >>"$work/memory"; }
    done
    awk -v name="$(basename "$1")" -v n="$(wc -c <"$2")" -v packed="$(wc -c <"$1")" -v t="$(middle "$work/time")" \
        -v m="$(middle "$work/memory")" -v a="$(wc -l <"$work/out")" -v e="$(wc -l <"$work/err")" 'BEGIN {
        printf "%-14s %6.1f MB, %6.1f MB unpacked: %5.2f s, %5.1f MB/s, %d articles, %d errors, %d KB of memory\n", name, packed / 1e6, n / 1e6, t, n / 1e6 / t, a, e, m }'
}
measure "$work/news.jsonl" "$work/news.jsonl"
measure "$work/news.jsonl.gz" "$work/news.jsonl"
measure "$work/news.jsonl.zst" "$work/news.jsonl"
measure "$work/few.warc" "$work/few.warc"
measure "$work/few.warc.gz" "$work/few.warc"
measure "$work/three.warc.gz" "$work/three.warc"
for set in warc feeds; do
    status=0
    "$demarche" read --jobs 1 --output jsonl "$shared/$set" >"$work/out" 2>"$work/err" || status=$?
    echo "$set: $(find "$shared/$set" -type f | wc -l) files, $(wc -l <"$work/out") articles, $(wc -l <"$work/err") errors, status $status"
    sed 's/.*: //; s/[0-9][0-9]*/N/g' "$work/err" | sort | uniq -c | sort -rn | head -n 8
done
