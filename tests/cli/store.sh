#!/bin/sh
# SPDX-License-Identifier: MIT
# store.sh - ingest and query: once only, in good order, and what goes wrong with a database.
. "$(dirname "$0")/lib.sh"

cat >news.jsonl <<'EOF'
{"id": "a", "date": "2010-02-17", "title": "Talks", "text": "Russia accused Georgia of violating the ceasefire."}
{"id": "b", "date": "2010-03-01", "text": "Russia and Georgia held talks in Geneva."}
{"id": "c", "date": "2012-03-04", "text": "Israel attacked Syria on Friday."}
EOF
"$DEMARCHE" code news.jsonl >coded

what="ingest"
run 0 "$what" "$DEMARCHE" ingest --db news.db news.jsonl
has err '^3 articles added, 0 known, 0 failed'
[ -e news.db-wal ] && not_ok "$what: a log is left"
what="query gives back what code gave"
run 0 "$what" "$DEMARCHE" query --db news.db
same out coded
what="the same articles again"
run 0 "$what" "$DEMARCHE" ingest --db news.db --again news.jsonl
has err '^0 articles added, 3 known, 0 failed'
run 0 "$what" "$DEMARCHE" query --db news.db
same out coded
what="the same article twice in one run"
cat news.jsonl news.jsonl >double.jsonl
run 0 "$what" "$DEMARCHE" ingest --db twice.db double.jsonl
has err '^3 articles added, 3 known, 0 failed'
what="bad records do not stop it"
printf '{"id": "d"}\n{"id": "e", "date": "2013-01-01", "text": "Iran warned Iraq."}\n' >more.jsonl
run 1 "$what" "$DEMARCHE" ingest --db news.db more.jsonl missing.txt
has err '^1 article added, 0 known, 2 failed'

# count N OPTION...: so many events.
count() {
    n=$1
    shift
    what="query $*"
    run 0 "$what" "$DEMARCHE" query --db news.db "$@"
    lines out "$n"
}
count 1 --actor RUS --recipient GEO
count 1 --actor rus --type accuse
count 0 --actor GEO --recipient RUS
count 2 --pair GEO,RUS
count 2 --pair RUS,GEO --since 2010 --until 2010
count 1 --pair RUS,GEO --since 2010-02-18
count 1 --pair RUS,GEO --until 2010-02
count 0 --since 2014
count 1 --quad 4
count 1 --type CONSULT
count 2 --limit 2
count 0 --actor /REB
count 0 --status denied
what="query --count"
run 0 "$what" "$DEMARCHE" query --db news.db --count month --output csv
has out '^period,actor,recipient,event,count,event_scale$'
has out '^2010-02,RUS,GEO,ACCUSE,1,'
has out '^2010-03,GEO,RUS,CONSULT,1,'
run 0 "$what" "$DEMARCHE" query --db news.db --count year --output table --pair RUS,GEO
has out '^2010  *RUS  *GEO  *ACCUSE  *1 '
run 0 "$what" "$DEMARCHE" query --db news.db --count year
has out '"count":1'
run 0 "query as a table" "$DEMARCHE" query --db news.db --output table
has out '^2010-02-17  ACCUSE '
run 0 "query as csv" "$DEMARCHE" query --db news.db --output csv
has out '^id,doc,date,'

what="wrong questions"
run 2 "$what" "$DEMARCHE" query --db news.db --count week
run 2 "$what" "$DEMARCHE" query --db news.db --actor RUSSIA
run 2 "$what" "$DEMARCHE" query --db news.db --since yesterday
run 2 "$what" "$DEMARCHE" query --db news.db --pair RUS
run 2 "$what" "$DEMARCHE" query --db news.db --quad 5
run 2 "$what" "$DEMARCHE" query --db news.db file.txt

# refused STATUS WHAT PATTERN COMMAND...: one line that says it.
refused() {
    status=$1 text=$2 pattern=$3
    shift 3
    run "$status" "$text" "$@"
    lines err 1
    has err "$pattern"
}
refused 1 "query of a missing database" 'missing.db: there is no such database' "$DEMARCHE" query --db missing.db
[ -e missing.db ] && not_ok "query made a database"
refused 1 "query of a folder" 'folder' "$DEMARCHE" query --db .
refused 1 "query of a text" 'news.jsonl: not a SQLite database' "$DEMARCHE" query --db news.jsonl
cp news.jsonl kept
refused 1 "ingest into a text" 'news.jsonl: not a SQLite database' "$DEMARCHE" ingest --db news.jsonl news.jsonl
same news.jsonl kept
refused 1 "ingest into a folder that is not there" 'no/news.db' "$DEMARCHE" ingest --db no/news.db news.jsonl
printf '' >empty.db
run 0 "ingest into an empty file" "$DEMARCHE" ingest --db empty.db news.jsonl
head -c 6000 news.db >cut.db
run 1 "a database that is cut" "$DEMARCHE" query --db cut.db
has err 'cut.db'

if command -v sqlite3 >/dev/null; then
    sqlite3 other.db 'CREATE TABLE mine (x); INSERT INTO mine VALUES (1);'
    refused 1 "another program's database" 'not of demarche' "$DEMARCHE" ingest --db other.db news.jsonl
    cp news.db newer.db
    sqlite3 newer.db 'PRAGMA user_version = 99;'
    refused 1 "a newer database" 'newer demarche' "$DEMARCHE" query --db newer.db
    refused 1 "ingest into a newer one" 'newer demarche' "$DEMARCHE" ingest --db newer.db more.jsonl
    what="the schema can be read by hand"
    sqlite3 news.db .schema >out
    has out '-- YYYY-MM-DD'
    check "its views work" sqlite3 news.db 'SELECT * FROM told; SELECT * FROM dyad;'
fi

# A file system that can be filled and made read-only: only root can mount one.
if [ "$(id -u)" = 0 ] && mkdir disk && mount -t tmpfs -o size=256k tmpfs disk 2>/dev/null; then
    trap 'umount "$work/disk"; cleanup' EXIT
    i=0
    while [ $i -lt 400 ]; do
        printf '{"id": "n%d", "date": "2010-02-17", "text": "Russia accused Georgia of violating the ceasefire %d times. %0500d"}\n' $i $i 0
        i=$((i + 1))
    done >full.jsonl
    what="a full disk"
    run 1 "$what" "$DEMARCHE" ingest --db disk/news.db full.jsonl
    has err 'news.db: the disk is full'
    lines err 2
    what="what was added before is kept"
    n=$(sed -n 's/^\([0-9]*\) articles* added.*/\1/p' err)
    run 0 "$what" "$DEMARCHE" query --db disk/news.db --output jsonl
    lines out "${n:-none}"
    what="it goes on when there is room"
    mount -o remount,size=8m disk
    run 0 "$what" "$DEMARCHE" ingest --db disk/news.db full.jsonl
    run 0 "$what" "$DEMARCHE" query --db disk/news.db
    lines out 400
    what="a read-only database"
    mount -o remount,ro disk
    refused 1 "$what" 'read-only' "$DEMARCHE" ingest --db disk/news.db more.jsonl
    run 0 "query of a read-only database" "$DEMARCHE" query --db disk/news.db
    lines out 400
elif [ "$(id -u)" != 0 ]; then
    cp news.db fixed.db
    chmod 444 fixed.db
    refused 1 "a read-only database" 'read-only' "$DEMARCHE" ingest --db fixed.db more.jsonl
fi
run 2 "a status that is none" "$DEMARCHE" query --db news.db --status foo
has err "'foo' is no status"
run 1 "a folder that is missing" "$DEMARCHE" ingest --db missing/news.db more.jsonl
has err 'missing/news.db: .*No such file'
finish
