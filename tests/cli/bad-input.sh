#!/bin/sh
# SPDX-License-Identifier: MIT
# bad-input.sh - what cannot be read gives one clear line with its place, the right status, and
# loses nothing of the good input beside it. `read` needs neither model nor lexicon.
. "$(dirname "$0")/lib.sh"

printf 'Russia accused Georgia of violating the ceasefire on Monday.\n' >good.txt
"$DEMARCHE" read --output jsonl good.txt >good.out 2>/dev/null

# bad WHAT PATTERN FILE [OPTION...]: fails with 1 and one line that names the file, and the good
# files around it are read as ever.
bad() {
    what=$1 pattern=$2 file=$3
    shift 3
    run 1 "$what" "$DEMARCHE" read --output jsonl "$@" good.txt "$file" good.txt
    lines err 1
    has err "^demarche: .*$(basename "$file")"
    has err "$pattern"
    cat good.out good.out >both
    same out both
}

: >empty.txt
mkdir folder
bad "an empty file" 'empty' empty.txt
bad "a folder" 'folder\|directory' folder
bad "a missing file" 'No such file' missing.txt
head -c 5000 /dev/zero | tr '\0' '\001' >binary.txt
bad "a binary file" 'binary\|not text' binary.txt
printf '\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\003\000>\000\001\000' >program
bad "a program" 'binary\|not text' program
printf ' \n\n \n' >blank.txt
bad "a file of blanks" 'blanks' blank.txt
printf '<!DOCTYPE html><html><head><title>Menu</title></head><body><ul><li><a href="/a">A</a></li></ul></body></html>\n' >menu.html
bad "a page without an article" 'no article\|no text' menu.html
printf '{"id": "a", "title": "no text"}\n' >no-text.jsonl
bad "JSON without text" 'text' no-text.jsonl --input auto

what="broken UTF-8 is repaired"
printf 'Russia accused \377\376 Georgia of lies, \342\202 and Poland \303\251.\n{' >broken.txt
run 0 "$what" "$DEMARCHE" read --output jsonl broken.txt
lines err 1
has err '^demarche: warning: broken.txt.*UTF-8'
lines out 1

what="JSON Lines: each bad record on its own line, the others are read"
cat >mixed.jsonl <<'EOF'
{"id": "one", "text": "Russia accused Georgia."}
{"id": "cut", "text": "Russia accu
{"id": "none"}
{"id": "number", "text": 5}
[1, 2]
{"id": "date", "date": "2010-02-30", "text": "Poland warned Belarus."}
{"id": "last", "date": "2010-02-17", "text": "Poland warned Belarus."}
EOF
run 1 "$what" "$DEMARCHE" read --output jsonl mixed.jsonl
lines err 5
for n in 2 3 4 5 6; do has err "mixed.jsonl:$n:\\|mixed.jsonl.*line $n\\b\\|mixed.jsonl.*record $n\\b"; done
has out '"one"'
has out '"last"'
lines out 2

what="a line that is too long"
{
    printf '{"id": "one", "text": "Russia accused Georgia."}\n{"id": "long", "text": "'
    head -c 100000000 /dev/zero | tr '\0' 'a'
    printf '"}\n{"id": "last", "text": "Poland warned Belarus."}\n'
} >long.jsonl
run 1 "$what (JSON Lines)" "$DEMARCHE" read --output jsonl long.jsonl
lines err 1
has err 'long.jsonl'
has out '"one"'
has out '"last"'
rm -f long.jsonl
head -c 100000000 /dev/zero | tr '\0' 'a' >long.txt
what="a text of one line of 100 MB"
run 1 "$what" "$DEMARCHE" read --output jsonl good.txt long.txt good.txt
lines err 1
has err 'long.txt'
same out both
rm -f long.txt

what="standard input"
run 0 "$what" sh -c '"$1" read --output jsonl <good.txt' sh "$DEMARCHE"
lines out 1
run 1 "empty standard input" sh -c '"$1" read </dev/null' sh "$DEMARCHE"
lines err 1

if [ -e /dev/full ]; then
    run 1 "a full disk under the output" sh -c '"$1" read good.txt >/dev/full' sh "$DEMARCHE"
    lines err 1
    has err '^demarche: standard output: No space left'
fi
run 1 "data that are not there" env DEMARCHE_DATA="$work/folder" "$DEMARCHE" parse good.txt
lines err 1
has err 'DEMARCHE_DATA'
finish
