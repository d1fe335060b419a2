#!/bin/sh
# SPDX-License-Identifier: MIT
# forms.sh - each form of input through the command line: folders, packed files, pipes, --field, and
# what other tools wrote (../shared/warc and ../shared/feeds, or below DEMARCHE_SHARED).
. "$(dirname "$0")/lib.sh"

seeds=$DEMARCHE_SOURCE/tests/fuzz/seeds
read_it() { "$DEMARCHE" read --output jsonl "$@"; }

# reads N WHAT FILE...: so many articles, no word on standard error.
reads() {
    wanted=$1 what=$2
    shift 2
    run 0 "$what" read_it "$@"
    lines out "$wanted"
    [ -s err ] && not_ok "$what: standard error is not empty"
    return 0
}

reads 2 "CSV" "$seeds/news-csv/rows.csv"
has out '"id":"a","date":"2010-02-17","title":"Talks, again"'
has out 'Russia accused \\"Georgia\\".'
reads 2 "CSV with tabs" "$seeds/news-csv/tabs.csv"
reads 2 "TABARI" "$seeds/news-tabari/records.txt"
has out '"id":"REUT-0001-01","date":"2010-02-17".*"text":"Russia accused Georgia of violating'
reads 2 "PETRARCH" "$seeds/news-petrarch/sentences.xml"
has out '"id":"S1","date":"2010-02-17","source":"AFP"'
reads 1 "RSS" "$seeds/news-feed/rss.xml"
has out '"id":"g1","date":"2010-02-17","title":"Talks & more".*"url":"https://x.example/a","source":"The Example"'
reads 1 "Atom" "$seeds/news-feed/atom.xml"
reads 2 "JSON Feed" "$seeds/news-feed/feed.json"
reads 3 "WARC" "$seeds/news-warc/plain.warc"
has out '"url":"http://x.example/a","source":"x.example"'
cp out plain
reads 3 "WARC, gzip by record" "$seeds/news-warc/members.warc.gz"
reads 3 "WARC, zstd by record" "$seeds/news-warc/frames.warc.zst"
reads 2 "ARC" "$seeds/news-warc/plain.arc"
for form in csv/rows.csv tabari/records.txt petrarch/sentences.xml feed/rss.xml feed/feed.json warc/plain.warc; do
    name=$(echo $form | sed 's|/.*||')
    read_it "$seeds/news-$form" >want
    what="--input $name"
    run 0 "$what" read_it --input "$name" "$seeds/news-$form"
    same out want
done

what="any file may be packed"
printf '{"id": "a", "text": "Russia accused Georgia."}\n{"id": "b", "text": "Talks failed."}\n' >news.jsonl
gzip -k news.jsonl
reads 2 "$what: gzip" news.jsonl.gz
has out '"path":"news.jsonl.gz","place":2'
run 0 "$what: standard input" sh -c '"$1" read --output jsonl <news.jsonl.gz' sh "$DEMARCHE"
lines out 2
run 0 "$what: a pipe" sh -c 'cat news.jsonl.gz | "$1" read --output jsonl -' sh "$DEMARCHE"
lines out 2
reads 4 "$what: zstd with a dictionary" "$seeds/news-packed/lines.jsonl.gz"
printf 'Russia accused Georgia of lying.\n' | gzip >text.gz
reads 1 "$what: text" text.gz

what="cut and broken packed files"
seq 1 20000 | sed 's/.*/{"id": "&", "text": "Report & of Monday."}/' | gzip >long.jsonl.gz
head -c 40000 long.jsonl.gz >cut.jsonl.gz
run 1 "$what" read_it news.jsonl cut.jsonl.gz news.jsonl
lines err 1
has err '^demarche: cut.jsonl.gz: the gzip data are cut off at byte 40000; '
has out '"id":"1000"'
[ "$(grep -c '"id":"[ab]"' out)" = 4 ] && ok || not_ok "$what: a file beside it is lost"
what="an empty packed file"
: | gzip >empty.gz
run 1 "$what" read_it empty.gz
has err 'empty.gz: the file is empty'

what="folders"
mkdir -p news/b/deep news/a news/.hidden
cp news.jsonl news/b/deep/1.jsonl
cp text.gz news/a/
printf 'Hidden news.\n' >news/.hidden/no.txt
printf 'First.\n' >news/0.txt
printf 'Last.\n' >news/z.txt
ln -s .. news/b/up
run 0 "$what" read_it news
sed 's/.*"path":"\([^"]*\)".*/\1/' out >paths
printf '%s\n' news/0.txt news/a/text.gz news/b/deep/1.jsonl news/b/deep/1.jsonl news/z.txt >want
same paths want
run 0 "$what, a stroke behind" read_it news/
sed 's/.*"path":"\([^"]*\)".*/\1/' out >paths
same paths want
head -c 300 /dev/zero >news/c.bin
run 1 "$what: what cannot be read is told" read_it news
lines err 1
has err 'news/c.bin: no text but binary'
lines out 5

what="--field"
printf '{"nr": 7, "body": "Russia accused Georgia.", "day": "2010-02-17"}\n' >other.jsonl
reads 1 "$what: JSON Lines" --field text=body -f id=nr --field date=day other.jsonl
has out '"id":"7","date":"2010-02-17"'
printf 'nr;body;day\n7;Russia accused Georgia.;2010-02-17\n' >other.csv
reads 1 "$what: CSV" --field text=body --field id=nr --field date=day other.csv
has out '"id":"7","date":"2010-02-17"'
run 1 "$what is missing" read_it other.jsonl
has err 'other.jsonl:1: no "text" in the object; --field text=NAME'
run 1 "$what is missing (CSV)" read_it --input csv other.csv
has err 'other.csv:1: no column "text".*(header: nr;body;day)'
run 2 "$what: no field" read_it --field txt=body other.jsonl
has err "'txt=body' is no field"
run 2 "$what: no name" read_it --field text= other.jsonl

what="archives: each broken record with its place"
{
    cat "$seeds/news-warc/plain.warc"
    printf 'WARC/1.0\r\nWARC-Type: response\r\n\r\n'
    cat "$seeds/news-warc/plain.warc"
} >broken.warc
run 1 "$what" read_it broken.warc
lines err 1
has err "^demarche: broken.warc: record at byte $(wc -c <"$seeds/news-warc/plain.warc"): no Content-Length"
lines out 6

what="one and four jobs: the same bytes"
for jobs in 1 4; do
    "$DEMARCHE" read --jobs $jobs --output jsonl "$seeds"/news-csv "$seeds"/news-feed "$seeds"/news-warc >jobs.$jobs 2>&1
done
same jobs.1 jobs.4
lines jobs.1 20

# What other tools wrote. Nothing there may end the program; what is read is counted.
shared=${DEMARCHE_SHARED:-$DEMARCHE_SOURCE/../shared}
if [ -d "$shared/warc" ] && [ -d "$shared/feeds" ]; then
    for set in warc feeds; do
        what="../shared/$set"
        run 1 "$what" read_it "$shared/$set"
        echo "$what: $(find "$shared/$set" -type f | wc -l) files, $(wc -l <out) articles, $(wc -l <err) errors"
    done
    what="../shared/feeds: entries"
    [ "$(wc -l <out)" -gt 3000 ] && ok || not_ok "$what: $(wc -l <out)"
    run 0 "a live feed" read_it "$shared/feeds/history-state-gov"/20*
    lines out 1580
    run 0 "PETRARCH's own records" read_it "$shared/peers/PETR.UnitTest.records.xml"
    lines out 284
else
    echo "skipped: no ../shared/warc and ../shared/feeds"
fi
finish
