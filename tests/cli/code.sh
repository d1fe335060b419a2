#!/bin/sh
# SPDX-License-Identifier: MIT
# code.sh - code, read, parse and actors over good input, in every form of output.
. "$(dirname "$0")/lib.sh"

cat >news.jsonl <<'EOF'
{"id": "a", "date": "2010-02-17", "title": "Talks", "text": "Russia accused Georgia of violating the ceasefire.\n\nThe Russian president will visit Turkey on Monday."}
{"id": "b", "date": "2011-05-01", "text": "Nothing happened here."}
{"id": "c", "date": "2012-03-04", "text": "\"Perú, naïve — Ελλάς\", he said. Israel attacked Syria on Friday.", "context": "Israel and Syria have fought before."}
EOF

what="code: JSON Lines into a pipe"
run 0 "$what" "$DEMARCHE" code news.jsonl
[ -s err ] && not_ok "$what: standard error is not empty"
has out '^{"id":"[0-9a-f]\{16\}","doc":"a","date":"2010-02-17",.*"event":\["ACCUSE"\].*"actor":\[{"code":"RUS",.*"recipient":\[{"code":"GEO"'
has out '"doc":"a".*"event":\["AGREE"\]'
has out '"doc":"c".*"event":\["ASSAULT"\].*"code":"ISR".*"code":"SYR"'
has out '"entity_text":"Israel","identifier_text":"Israel","start":32,"end":38'
has_not out '"doc":"b"'
has_not out '""'
cp out first

what="the same from standard input, and with '-'"
run 0 "$what" sh -c '"$1" code <news.jsonl' sh "$DEMARCHE"
same out first
run 0 "$what" sh -c '"$1" code - <news.jsonl' sh "$DEMARCHE"
same out first

what="where, when and what is told twice"
printf 'Russia attacked Georgia near Gori on Monday. The Russian attack on Georgia killed five people.\n' >twice.txt
run 0 "$what" "$DEMARCHE" code --date 2008-08-13 twice.txt
has out '"date":"2008-08-11","date_text":"Monday","date_precision":"day"'
has out '"event_loc":{"extracted_place":"Gori","resolved_place":"Gori","country":"GEO","geonameid":[0-9]*,"lat":4[12]'
has out '"date_precision":"article".*"size":{"dead":5},"link":"[0-9a-f]\{16\}"'

what="csv"
run 0 "$what" "$DEMARCHE" code --output csv news.jsonl
has out '^id,doc,date,'
lines out $(($(wc -l <first) + 1))

what="table"
run 0 "$what" "$DEMARCHE" code --output table news.jsonl
has out '^DATE '
has out '^2010-02-17  ACCUSE  *11[0-9]*  *RUS  *GEO '
[ "$(wc -L <out)" -le 120 ] && ok || not_ok "table: a row of more than 120 columns"
run 0 "narrow table" env COLUMNS=70 "$DEMARCHE" code --output table news.jsonl
[ "$(wc -L <out)" -le 70 ] && ok || not_ok "table: a row of more than 70 columns"
printf 'Russia did not attack Georgia.\n' >not.txt
run 0 "narrow table, status" env COLUMNS=70 "$DEMARCHE" code --output table not.txt
what="narrow table, status"
has out '(not) '
run 0 "$what" "$DEMARCHE" code --output table news.jsonl
what="no terminal, no escapes"
has_not out "$(printf '\033')"

what="a terminal gets a table"
# Where no pseudo-terminal can be had (a bare chroot), there is nothing to ask.
if script -qec true /dev/null >/dev/null 2>&1; then
    run 0 "$what" script -qec "$DEMARCHE code news.jsonl" /dev/null
    has out 'DATE '
fi

what="text with a date"
printf 'Russia accused Georgia of violating the ceasefire.\n' >one.txt
run 0 "$what" "$DEMARCHE" code --date 2008-08-09 --output jsonl one.txt
has out '"date":"2008-08-09"'

what="read"
run 0 "$what" "$DEMARCHE" read news.jsonl
lines out 3
has out '"id":"a","date":"2010-02-17","title":"Talks"'
run 0 "$what" "$DEMARCHE" read --output csv news.jsonl
has out '^id,date,title,'
run 0 "$what" "$DEMARCHE" read --output table news.jsonl
lines out 4

what="parse"
run 0 "$what" "$DEMARCHE" parse news.jsonl
has out '^# newdoc id = a'
has out "^1	Russia	Russia	PROPN	"
cp out trees.conllu
awk -F'\t' '/^[0-9]/ && NF != 10 { exit 1 }' out && ok || not_ok "parse: not 10 columns"
what="parse of its own output, tokens kept"
run 0 "$what" "$DEMARCHE" parse --gold-tokens trees.conllu
same out trees.conllu
what="parse of its own output, trees kept"
run 0 "$what" "$DEMARCHE" parse trees.conllu
same out trees.conllu
what="events from given trees"
run 0 "$what" "$DEMARCHE" code --input conllu trees.conllu
has out '"doc":"a".*"event":\["ACCUSE"\]'

what="actors"
run 0 "$what" "$DEMARCHE" actors news.jsonl
has out '^{"doc":"a","start":0,"end":6,"code":"RUS","entity_text":"Russia",.*"kind":"name","entity":"place","name_start":0,"name_end":6}'
run 0 "$what" "$DEMARCHE" actors --output csv news.jsonl
has out '^doc,start,end,code,sector,'
run 0 "$what" "$DEMARCHE" actors --output table news.jsonl
has out '^WHERE '

what="names, in the lexicon or not, in a byline too"
printf 'By JANE ZABRISKIE\n\nMayor Tomasz Wroblewski of Gdansk met Angela Merkel on Sunday.\n' >names.txt
run 0 "$what" "$DEMARCHE" actors --names names.txt
has out '"start":3,"end":17,"entity":"person","entity_text":"JANE ZABRISKIE"}'
has out '"entity":"person","entity_text":"Tomasz Wroblewski"}'
has out '"entity":"place","entity_text":"Gdansk"}'
has out '"entity":"person","entity_text":"Angela Merkel"}'
run 0 "$what" "$DEMARCHE" actors --names --output csv names.txt
has out '^doc,start,end,entity,entity_text$'
run 0 "$what" "$DEMARCHE" actors --names --output table names.txt
has out '^WHERE  *ENTITY'

what="explain"
run 0 "$what" "$DEMARCHE" explain --date 2010-02-17 'Russia accused Georgia of lying.'
for part in '^Words and tree' '^Mentions' '^Frames tried' '^Events' 'code from lexicon/' 'fires ' 'RUS > GEO'; do
    has out "$part"
done
cp out told
run 0 "$what: several words" "$DEMARCHE" explain --date 2010-02-17 Russia accused Georgia of lying.
same out told
run 1 "$what: blanks" "$DEMARCHE" explain ' '
has err 'no text'

what="several jobs give the same bytes"
for i in 1 2 3 4 5 6 7 8 9 10; do
    sed "s/\"id\": \"/&$i-/" news.jsonl
done >many.jsonl
for depth in code actors parse read; do
    run 0 "$what: $depth" "$DEMARCHE" $depth --jobs 1 many.jsonl
    cp out one
    for jobs in 2 5; do
        run 0 "$what: $depth" "$DEMARCHE" $depth --jobs $jobs many.jsonl
        same out one
    done
done

what="the processor's instructions give the same bytes"
for cpu in plain avx2 vnni avx512 amx; do
    DEMARCHE_CPU=$cpu run 0 "$what: $cpu" "$DEMARCHE" code "$DEMARCHE_SOURCE/samples/reports.jsonl"
    [ $cpu = plain ] && cp out plain
    same out plain
done
finish
