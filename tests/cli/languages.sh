#!/bin/sh
# SPDX-License-Identifier: MIT
# languages.sh - what is not in English is read, stored and counted, not coded.
. "$(dirname "$0")/lib.sh"

cat >news.jsonl <<'EOF'
{"id": "en", "date": "2010-02-17", "text": "Russia accused Georgia of violating the ceasefire."}
{"id": "ru", "date": "2010-02-17", "text": "Россия обвинила Грузию в нарушении перемирия."}
{"id": "de", "date": "2010-02-17", "text": "Der Minister sagte, die Regierung werde mit den Aufständischen nicht verhandeln, solange die Angriffe auf die Bevölkerung nicht aufhören."}
EOF
what="read tells the language"
run 0 "$what" "$DEMARCHE" read --output jsonl news.jsonl
lines out 3
has out '"id":"en".*"language":"en"'
has out '"id":"ru".*"language":"ru"'
has out '"id":"de".*"language":"de"'
has_not err 'another language'
run 0 "read as csv" "$DEMARCHE" read --output csv news.jsonl
has out '^id,date,title,byline,url,source,lang,language,'
what="code leaves others out"
run 0 "$what" "$DEMARCHE" code news.jsonl
lines out 1
has err '^demarche: 2 articles in another language, not coded'
what="parse, too"
run 0 "$what" "$DEMARCHE" parse news.jsonl
has_not out 'Minister'
what="--any-language codes all"
run 0 "$what" "$DEMARCHE" parse --any-language news.jsonl
has out 'Minister'
has_not err 'another language'
what="trees that are given are taken"
cp out given.conllu
run 0 "$what" "$DEMARCHE" parse given.conllu
has out 'Minister'
what="ingest stores and counts them"
run 0 "$what" "$DEMARCHE" ingest --db news.db news.jsonl
has err '^3 articles added'
has err '2 articles in another language, not coded'
run 0 "$what" "$DEMARCHE" query --db news.db
lines out 1
finish
