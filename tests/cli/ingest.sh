#!/bin/sh
# SPDX-License-Identifier: MIT
# ingest.sh - what a run remembers of files, its report, going on after kill -9, two writers at once.
. "$(dirname "$0")/lib.sh"

cat >news.jsonl <<'EOD'
{"id": "a", "date": "2010-02-17", "title": "Talks", "text": "Russia accused Georgia of violating the ceasefire."}
{"id": "none"}
{"id": "b", "date": "2010-03-01", "text": "Russia and Georgia held talks in Geneva."}
{"id": "b", "date": "2010-03-01", "text": "Russia and Georgia held talks in Geneva."}
EOD
mkdir folder
printf 'Israel attacked Syria on Friday.\n' >folder/a.txt
printf '\001\002\003\000' >folder/b.txt

what="the report"
run 1 "$what" "$DEMARCHE" ingest --db news.db --report report.json news.jsonl folder missing.txt
has err '^3 articles added, 1 known, 3 failed; 3 events'
cat >check.py <<'EOD'
import json, sys
report = json.load(open("report.json"))
lines, text, binary, missing = report["sources"]
assert lines["path"].endswith("/news.jsonl") and lines["state"] == "read", lines
assert (lines["records"], lines["articles"], lines["known"], lines["failed"], lines["events"]) == (4, 2, 1, 1, 2), lines
(failed,) = lines["not_read"]
assert "text" in failed["reason"] and "news.jsonl" not in failed["reason"], failed
assert failed["places"] == [{"record": 2, "byte": 114}], failed
assert text["articles"] == 1 and text["bytes"] == 33 and "not_read" not in text, text
assert "binary" in binary["not_read"][0]["reason"] and binary["not_read"][0]["places"] == [{"byte": 0}], binary
assert missing["state"] == "not opened" and "No such file" in missing["reason"], missing
assert (report["ended"], report["files"], report["articles"], report["known"], report["failed"]) == ("done", 3, 3, 1, 3), report
assert report["seconds"] > 0 and report["bytes"] > 300, report
EOD
check "$what holds what was read and what not" python3 check.py

what="files that were read are left out"
run 1 "$what" "$DEMARCHE" ingest --db news.db news.jsonl folder missing.txt
has err '^0 articles added, 0 known, 1 failed'
has err '^3 files left out'
what="they are the same under another name"
ln -s news.jsonl other.jsonl
run 0 "$what" "$DEMARCHE" ingest --db news.db ./news.jsonl "$PWD/folder/../news.jsonl" other.jsonl
has err '^1 file left out'
has err '^2 files named more than once'
what="--again reads them anew"
run 1 "$what" "$DEMARCHE" ingest --db news.db --again --report report.json news.jsonl
has err '^0 articles added, 3 known, 1 failed'
has report.json '"known":3'
what="another form is another way to read it"
run 0 "$what" "$DEMARCHE" ingest --db news.db --input text news.jsonl
has err '^1 article added'
what="a file that has grown is read again"
cp news.jsonl grown.jsonl
run 1 "$what" "$DEMARCHE" ingest --db grown.db grown.jsonl
printf '{"id": "c", "date": "2012-03-04", "text": "Israel attacked Syria on Friday."}\n' >>grown.jsonl
run 1 "$what" "$DEMARCHE" ingest --db grown.db grown.jsonl
has err '^1 article added, 3 known, 1 failed'
what="standard input is always read"
run 1 "$what" "$DEMARCHE" ingest --db grown.db <news.jsonl
has err '^0 articles added, 3 known, 1 failed'

if command -v script >/dev/null; then
    what="progress on a terminal"
    script -qec "'$DEMARCHE' ingest --db progress.db news.jsonl" /dev/null </dev/null 2>&1 | tr '\r' '\n' >out
    has out '^[0-9]* articles, [0-9]* events, [0-9.]* MB/s'
    has out '2 articles added, 1 known, 1 failed; 2 events'
fi

what="a report that cannot be written"
run 1 "$what" "$DEMARCHE" ingest --db none.db --report no/report.json news.jsonl
has err 'no/report.json: No such file'
run 1 "$what" "$DEMARCHE" ingest --db none.db --report /dev/full news.jsonl
has err '/dev/full: No space left'

if command -v sqlite3 >/dev/null; then
    what="tables of sources and failures"
    sqlite3 grown.db "SELECT state, taken, articles, known, failed FROM source WHERE path LIKE '%grown.jsonl'" >out
    has out '^done|5|1|3|1$'
    sqlite3 grown.db "SELECT record, byte FROM failure JOIN source USING (source) WHERE path LIKE '%grown.jsonl'" >out
    has out '^2|114$'
    sqlite3 grown.db "SELECT id, record, byte FROM article JOIN source ON source.source = file ORDER BY article" >out
    has out '^b|3|129$'
fi

what="a second writer waits for the first"
cat >hold.py <<'EOD'
import sqlite3, sys, time
db = sqlite3.connect("news.db", isolation_level=None)
db.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(1.5)
db.execute("COMMIT")
EOD
printf '{"id": "w", "date": "2012-03-04", "text": "Israel attacked Syria on Friday."}\n' >wait.jsonl
mkfifo held
python3 hold.py >held &
holder=$!
read -r line <held
run 0 "$what" "$DEMARCHE" ingest --db news.db wait.jsonl
has err '^1 article added'
wait $holder
what="two at once on the same files"
i=0
while [ $i -lt 600 ]; do
    echo "{\"id\": \"t$i\", \"date\": \"2010-02-17\", \"text\": \"Russia accused Georgia of violating the ceasefire $i times.\"}"
    i=$((i + 1))
done >many.jsonl
"$DEMARCHE" ingest --db two.db many.jsonl news.jsonl 2>one &
first=$!
"$DEMARCHE" ingest --db two.db news.jsonl many.jsonl 2>two
wait $first
run 0 "$what" "$DEMARCHE" query --db two.db
lines out 602

what="killed and run again"
if python3 "$here/resume.py" "$DEMARCHE" --points "${DEMARCHE_KILLS:-8}" >out 2>&1; then ok; else not_ok "$what: $(cat out)"; fi
finish
