#!/bin/sh
# SPDX-License-Identifier: MIT
# stories.sh - copies of one text are one story; a run in two parts leaves what one run leaves.
. "$(dirname "$0")/lib.sh"

lead='Russia accused Georgia on Monday of violating the ceasefire that both sides had signed in August.'
body='Georgian troops fired at a village near the border of South Ossetia, it said, and two policemen were hurt. The ministry in Tbilisi denied that any of its men had opened fire.'
cat >news.jsonl <<EOF
{"id": "wire", "source": "Agency", "date": "2010-02-16", "title": "Shots", "text": "$lead $body"}
{"id": "paper", "source": "Times", "date": "2010-02-17", "text": "New shots on the border. $lead $body"}
{"id": "other", "source": "Post", "date": "2010-02-17", "text": "Parliament in Kabul rejected most of the ministers whom the president had named for his new cabinet."}
{"id": "again", "source": "Post", "date": "2010-02-18", "text": "$lead\n\n$body"}
{"id": "de", "source": "Blatt", "date": "2010-02-18", "text": "Der Minister sagte, die Regierung werde mit den Aufständischen nicht verhandeln, solange die Angriffe nicht aufhören."}
EOF
run 0 "ingest" "$DEMARCHE" ingest --db whole.db news.jsonl
head -3 news.jsonl >first.jsonl
run 0 "ingest in two parts" "$DEMARCHE" ingest --db parts.db first.jsonl
run 0 "ingest in two parts" "$DEMARCHE" ingest --db parts.db news.jsonl

if command -v sqlite3 >/dev/null; then
    what="stories"
    sqlite3 whole.db "SELECT id, story, copy, language FROM article ORDER BY article" >out
    printf 'wire|1||en\npaper|1|near|en\nother|3||en\nagain|1|same|en\nde|5||de\n' >want
    same out want
    what="a story's places of publication"
    sqlite3 whole.db "SELECT articles, first, last, title, published FROM story WHERE story = 1" >out
    has out '^3|2010-02-16|2010-02-18|Shots|Agency,Times,Post$'
    what="two parts leave what one run leaves"
    for db in whole parts; do
        sqlite3 $db.db "SELECT id, story, copy FROM article ORDER BY article; SELECT * FROM sketch" >$db.out
    done
    same whole.out parts.out
fi
finish
