#!/bin/sh
# SPDX-License-Identifier: MIT
# offsets.sh - every offset that is written slices back to its words; see bench/check-offsets.py.
. "$(dirname "$0")/lib.sh"


# What makes bytes, code points and UTF-16 units differ, stands before the words.
cat >odd.jsonl <<'EOF'
{"id": "wide", "date": "2010-02-17", "context": "Žižek 😀 met Putin.", "text": "😀 “Perú” — naïve… Russia’s foreign minister, Sergey Lavrov, visited Nicaragua on Sunday. “We’ll attack Georgia,” he said."}
{"id": "lines", "date": "2010-02-17", "text": "\r\nBy A. Writer\r\n\r\nRussia accused\r\nGeorgia of lying.\u00a0The two countries met on Monday.\n"}
{"id": "capitals", "date": "2010-02-17", "text": "RUSSIA ACCUSED GEORGIA OF LYING ON MONDAY. ISRAEL ATTACKED SYRIA."}
{"id": "small", "text": "russia accused georgia of lying. \u200brussia\u0301 attacked syria."}
{"id": "nul", "text": "Russia\u0000 accused Georgia. Israel attacked Syria."}
{"id": "broken", "text": "Russia accused \ud83d Georgia. Israel attacked Syria."}
EOF
what="offsets"
check "$what: samples" python3 "$DEMARCHE_SOURCE/bench/check-offsets.py" "$DEMARCHE" \
    "$DEMARCHE_SOURCE/samples/reports.jsonl"
run 0 "$what: odd texts" python3 "$DEMARCHE_SOURCE/bench/check-offsets.py" "$DEMARCHE" odd.jsonl
has out ' 0 problems$'
finish
