#!/bin/sh
# SPDX-License-Identifier: MIT
# eval.sh - scores against a gold file, and gold files that are none.
. "$(dirname "$0")/lib.sh"

cat >gold.jsonl <<'EOF'
{"id": "hit", "complete": true, "text": "Russia accused Georgia of lying.", "events": [{"event": ["ACCUSE"], "actor": [{"code": "RUS"}], "recipient": [{"code": "GEO"}]}]}
{"id": "other-side", "complete": true, "text": "Israel attacked Syria.", "events": [{"event": "ASSAULT", "actor": [{"code": "ISR"}], "recipient": [{"code": "LBN"}]}]}
{"id": "mutual", "complete": false, "text": "Russia and Georgia held talks.", "events": [{"event": ["CONSULT"], "actor": [{"code": "GEO"}, {"code": "RUS"}]}, {"event": ["AID"], "actor": [{"code": "NOR"}]}]}
{"id": "none", "complete": true, "text": "The weather was fine.", "events": []}
EOF
what="eval"
run 0 "$what" "$DEMARCHE" eval gold.jsonl
has out '^4 texts, 4 gold events, 3 coded, 0 texts'
has out '^type  *0.750  *1.000  *1.000$'
has out '^actor  *0.750  *1.000  *1.000$'
has out '^dyad  *0.500  *0.500  *0.500$'
has out '^AID  *recall 0.000 of  *1 '
cp out one
run 0 "$what with jobs" "$DEMARCHE" eval --jobs 3 gold.jsonl
same out one
run 1 "no gold file" "$DEMARCHE" eval missing.jsonl
lines err 1
printf '{"id": "a", "text": "x"}\n' >bad.jsonl
run 1 "gold without events" "$DEMARCHE" eval bad.jsonl
has err 'bad.jsonl:1: '
printf '{"id": \n' >cut.jsonl
run 1 "gold that is no JSON" "$DEMARCHE" eval cut.jsonl
has err 'cut.jsonl:1: not JSON'
: >empty.jsonl
run 1 "an empty gold file" "$DEMARCHE" eval empty.jsonl
lines err 1
finish
