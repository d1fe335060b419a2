#!/bin/sh
# SPDX-License-Identifier: MIT
# mentions.sh - one event told in many articles: counted once or each time, by a rule that can be turned off.
. "$(dirname "$0")/lib.sh"

cat >news.jsonl <<'EOF'
{"id": "a", "source": "Times", "date": "2010-02-17", "text": "Russia accused Georgia of violating the ceasefire. Two villages were hit."}
{"id": "b", "source": "Post", "date": "2010-02-17", "text": "After a night of shelling Russia accused Georgia of breaking the truce. Nobody was hurt."}
{"id": "c", "source": "Herald", "date": "2010-02-18", "text": "On Wednesday Russia accused Georgia of new attacks. Tbilisi said nothing about them until the evening."}
{"id": "later", "source": "Post", "date": "2010-02-20", "text": "Russia accused Georgia of lying about the talks in Geneva."}
{"id": "other way", "source": "Post", "date": "2010-02-17", "text": "Georgia accused Russia of shelling its villages."}
{"id": "denied", "source": "Post", "date": "2010-02-17", "text": "Moscow denied that Russia attacked Georgia."}
{"id": "copy", "source": "Tribune", "date": "2010-02-19", "text": "RUSSIA ACCUSED Georgia of violating the ceasefire. Two villages were hit."}
EOF

# tellings DB: the first telling of each article's accusation of Georgia by Russia.
tellings() {
    sqlite3 "$1" "SELECT a.id || ' ' || coalesce((SELECT b.id FROM event f JOIN article b USING (article) WHERE f.event = e.same_as), '-')
        FROM event e JOIN article a USING (article) WHERE e.type = 'ACCUSE'
        AND EXISTS (SELECT 1 FROM party p WHERE p.event = e.event AND p.side = 'actor' AND p.code = 'RUS') ORDER BY a.article"
}

run 0 "ingest" "$DEMARCHE" ingest --db news.db news.jsonl
what="query by mention is the usual way"
run 0 "$what" "$DEMARCHE" query --db news.db --actor RUS --type ACCUSE
cp out usual
lines out 5
has out '"doc":"b".*"same_as":"[0-9a-f]\{16\}"'
run 0 "$what" "$DEMARCHE" query --db news.db --actor RUS --type ACCUSE --by mention
same out usual
what="query by event"
run 0 "$what" "$DEMARCHE" query --db news.db --actor RUS --type ACCUSE --by event
lines out 2
has_not out same_as
what="counts are by event"
run 0 "$what" "$DEMARCHE" query --db news.db --count month --output csv --actor RUS --type ACCUSE
has out '^2010-02,RUS,GEO,ACCUSE,2,'
cp out counted
run 0 "$what" "$DEMARCHE" query --db news.db --count month --output csv --actor RUS --type ACCUSE --by event
same out counted
run 0 "counts by mention" "$DEMARCHE" query --db news.db --count month --output csv --actor RUS --type ACCUSE --by mention
has out '^2010-02,RUS,GEO,ACCUSE,5,'
run 2 "neither" "$DEMARCHE" query --db news.db --by article
has err 'neither event nor mention'
run 2 "a rule that is none" "$DEMARCHE" ingest --db x.db --mentions all news.jsonl
has err "'all' is no rule"
[ -e x.db ] && not_ok "wrong usage made a database"

if command -v sqlite3 >/dev/null; then
    what="by type, day and parties, and in copies"
    tellings news.db >out
    printf 'a -\nb a\nc a\nlater -\ncopy a\n' >want
    same out want
    what="a run in two parts leaves the same"
    head -2 news.jsonl >first.jsonl
    run 0 "$what" "$DEMARCHE" ingest --db parts.db first.jsonl
    run 0 "$what" "$DEMARCHE" ingest --db parts.db --jobs 3 news.jsonl
    for db in news parts; do
        sqlite3 $db.db "SELECT * FROM mention; SELECT * FROM same; SELECT * FROM series" >$db.out
    done
    same news.out parts.out
    what="the rule can be turned off"
    run 0 "$what" "$DEMARCHE" ingest --db apart.db --mentions apart news.jsonl
    tellings apart.db | grep -c -- '-$' >out
    has out '^5$'
    run 0 "$what" "$DEMARCHE" ingest --db story.db --mentions story first.jsonl
    what="the database keeps it"
    run 0 "$what" "$DEMARCHE" ingest --db story.db news.jsonl
    tellings story.db >out
    printf 'a -\nb -\nc -\nlater -\ncopy a\n' >want
    same out want
    what="when the first telling is deleted the next is the first"
    check "$what" sqlite3 news.db "DELETE FROM event WHERE article = (SELECT article FROM article WHERE id = 'a')"
    tellings news.db >out
    printf 'b -\nc b\nlater -\ncopy b\n' >want
    same out want
    sqlite3 news.db "SELECT count(*) FROM (SELECT * FROM pairing EXCEPT SELECT * FROM dyad)" \
        "SELECT count(*) FROM (SELECT * FROM dyad EXCEPT SELECT * FROM pairing)" >out
    printf '0\n0\n' >want
    same out want
fi

what="places that differ are two events"
cat >places.jsonl <<'EOF'
{"id": "p1", "date": "2010-02-17", "text": "Israel bombed Syria near Homs on Tuesday. Smoke rose over a depot there for hours."}
{"id": "p2", "date": "2010-02-17", "text": "Israel bombed Syria near Aleppo on Tuesday. The army said that nobody was killed in it."}
{"id": "p3", "date": "2010-02-17", "text": "Jets took off at dawn. Israel bombed Syria near Homs on Tuesday, radio reports told listeners in Beirut."}
EOF
run 0 "$what" "$DEMARCHE" ingest --db places.db places.jsonl
run 0 "$what" "$DEMARCHE" query --db places.db --type ASSAULT --by event
lines out 2
has_not out '"doc":"p3"'
finish
