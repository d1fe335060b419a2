#!/bin/sh
# SPDX-License-Identifier: MIT
# lexicon.sh - checking, compiling and asking; model and lexicon files that are none.
. "$(dirname "$0")/lib.sh"

what="the lexicon of the source tree"
run 0 "$what" "$DEMARCHE" lexicon check "$DEMARCHE_SOURCE/lexicon"
[ -s err ] && not_ok "$what: it says something"
run 0 "its examples" "$DEMARCHE" lexicon check --examples "$DEMARCHE_SOURCE/lexicon"
what="examples of the folder, not of the lexicon beside the program"
mkdir -p small/ontology small/actors small/frames
cp "$DEMARCHE_SOURCE"/lexicon/ontology/*.txt small/ontology
printf 'state MLI Mali\nstate TGO Togo\n' >small/actors/a.txt
printf 'type ACCUSE\nframe x\n    verb accuse\n    actor subj\n    recipient obj\n' >small/frames/a.txt
printf '    example Mali accused Togo of lying.\n    expect ACCUSE MLI > TGO\n' >>small/frames/a.txt
run 0 "$what" "$DEMARCHE" lexicon check --examples small
has out '^1 examples as expected, 0 not'
printf '    example Togo accused Mali of lying.\n    expect ACCUSE MLI > TGO\n' >>small/frames/a.txt
run 1 "an example that comes out otherwise" "$DEMARCHE" lexicon check --examples small
has out '^small/frames/a.txt:8: '
what="compile"
run 0 "$what" "$DEMARCHE" lexicon compile --output one.dm-lexicon "$DEMARCHE_SOURCE/lexicon"
run 0 "$what again" "$DEMARCHE" lexicon compile --output two.dm-lexicon "$DEMARCHE_SOURCE/lexicon"
what="the same bytes"
same one.dm-lexicon two.dm-lexicon
printf 'Russia accused Georgia of lying.\n' >one.txt
run 0 "code with it" "$DEMARCHE" code --lexicon one.dm-lexicon one.txt
lines out 1

what="a fault is told with file and line, and nothing is compiled"
mkdir -p bad/frames
printf 'type ACCUSE\nframe x\n    verb hit\n    bogus y\n' >bad/frames/a.txt
run 1 "$what" "$DEMARCHE" lexicon check bad
has err 'bad/frames/a.txt:4: '
cp two.dm-lexicon kept
run 1 "$what" "$DEMARCHE" lexicon compile --output two.dm-lexicon bad
same two.dm-lexicon kept
run 1 "a folder that is not there" "$DEMARCHE" lexicon check missing
lines err 1
run 1 "a place that cannot be written" "$DEMARCHE" lexicon compile --output no/x "$DEMARCHE_SOURCE/lexicon"
lines err 1
what="places of a name"
run 0 "$what" "$DEMARCHE" lexicon where Paris
has out '^\* FRA city Paris '
has out '^  USA city Paris '
run 0 "$what" "$DEMARCHE" lexicon where --near USA Paris
has out '^\* USA city Paris '
what="a state before a region of its name"
run 0 "$what" "$DEMARCHE" lexicon where Georgia
has out '^\* GEO state '
run 1 "a place that is none" "$DEMARCHE" lexicon where Nowhereville
lines err 1
run 2 "no verb" "$DEMARCHE" lexicon
run 2 "another verb" "$DEMARCHE" lexicon burn

# not_a WHAT OPTION FILE: refused in one line.
not_a() {
    run 1 "$1" "$DEMARCHE" code "$2" "$3" one.txt
    lines err 1
    has err "^demarche: $3: "
}
head -c 1000 one.dm-lexicon >cut
not_a "a lexicon that is cut" --lexicon cut
not_a "a lexicon that is none" --lexicon one.txt
not_a "a model that is a lexicon" --model one.dm-lexicon
not_a "a model that is not there" --model missing
not_a "a model that is a folder" --model bad
{ head -c 20000 one.dm-lexicon; printf X; tail -c +20002 one.dm-lexicon; } >changed
not_a "a lexicon with a byte changed" --lexicon changed
finish
