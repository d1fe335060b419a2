#!/bin/sh
# SPDX-License-Identifier: MIT
# lexicon.sh - checking, compiling and asking; layers and dictionaries; files that are none.
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
what="names that only add to a state, words of time of one's own"
cat >own.txt <<'EOF'
extend gazetteer FRA
    names the Hexagon
extend list day
    -2 ereyesterday
extend list month
    7 Quintilis
EOF
run 0 "$what" "$DEMARCHE" lexicon where --lexicon own.txt The Hexagon
has out '^\* FRA state France .* geonameid 3017382'
run 0 "$what" "$DEMARCHE" explain --lexicon own.txt --date 2010-02-17 'Sergey Lavrov visited Nicaragua ereyesterday.'
has out '2010-02-15 .*ereyesterday'
run 0 "$what" "$DEMARCHE" explain --date 2010-02-17 'Sergey Lavrov visited Nicaragua ereyesterday.'
has_not out '2010-02-15 .*ereyesterday'
run 0 "$what" "$DEMARCHE" explain --lexicon own.txt 'Sergey Lavrov visited Nicaragua in Quintilis 2009.'
has out '2009-07 .*Quintilis 2009'
printf 'extend list month\n    0 Nones\n' >own.txt
run 1 "a month that is none" "$DEMARCHE" lexicon check own.txt
has err "own.txt:2: '0' is no value"
run 1 "a place that is none" "$DEMARCHE" lexicon where Nowhereville
lines err 1
run 2 "no verb" "$DEMARCHE" lexicon
run 2 "another verb" "$DEMARCHE" lexicon burn

# not_a WHAT OPTION FILE: refused in one line.
not_a() {
    run 1 "$1" "$DEMARCHE" code "$2" "$3" one.txt
    lines err 1
    has err "^demarche: $3:"
}
head -c 1000 one.dm-lexicon >cut
not_a "a lexicon that is cut" --lexicon cut
not_a "a lexicon that is none" --lexicon one.txt
not_a "a model that is a lexicon" --model one.dm-lexicon
not_a "a model that is not there" --model missing
not_a "a model that is a folder" --model bad
{ head -c 20000 one.dm-lexicon; printf X; tail -c +20002 one.dm-lexicon; } >changed
not_a "a lexicon with a byte changed" --lexicon changed

# ---- layers: the user's own above the built-in lexicon ----
what="a folder of one's own adds"
mkdir -p own
printf 'group Order of the Lamp\n    TGO REB\nframe flummox\n    type ASSAULT\n    verb flummox\n' >own/a.txt
printf '    actor subj\n    recipient obj\n' >>own/a.txt
printf 'The Order of the Lamp flummoxed Mali.\n' >lamp.txt
run 0 "$what" "$DEMARCHE" code --lexicon own lamp.txt
has out '"event":\["ASSAULT"\].*"code":"TGO","sector":"REB".*"code":"MLI".*"frame":"flummox"'
run 0 "nothing of it is left" "$DEMARCHE" code lamp.txt
lines out 0
run 0 "$what: who" "$DEMARCHE" lexicon who --lexicon own Order of the Lamp
has out '^Order of the Lamp  group  \[own/a.txt:1\]'
what="a later one overrides"
printf 'group Order of the Lamp\n    TGO GOV\n' >own.txt
run 0 "$what" "$DEMARCHE" lexicon who --lexicon own --lexicon own.txt Order of the Lamp
has out 'TGO GOV.*\[own.txt:2\]'
has_not out 'REB'
what="remove"
printf 'remove person Sergey Lavrov\n' >less.txt
run 1 "$what" "$DEMARCHE" lexicon who --lexicon less.txt Sergey Lavrov
run 0 "$what: the others stay" "$DEMARCHE" lexicon who --lexicon less.txt Vladimir Putin
what="a union compiled is the same"
run 0 "$what" "$DEMARCHE" lexicon compile --output union.dm-lexicon own own.txt
run 0 "$what" "$DEMARCHE" lexicon who --lexicon union.dm-lexicon --lexicon less.txt Order of the Lamp
has out 'TGO GOV.*\[own.txt:2\]'
what="what is wrong is told with file, line and what was wanted"
printf 'group Order\n    TGO REB 2003-05..2001\n' >wrong.txt
run 1 "$what" "$DEMARCHE" code --lexicon wrong.txt lamp.txt
has err '^demarche: wrong.txt:2: .*wanted FROM..TO'
lines out 0
printf 'group Order\n    TGO REB 2003-13..\n' >wrong.txt
run 1 "$what" "$DEMARCHE" lexicon check wrong.txt
has err '^demarche: wrong.txt:2: '
printf 'person Ann Poe\n    TGO GOV 2003..\n    born 1950\n    died 1949\n' >wrong.txt
run 1 "$what" "$DEMARCHE" lexicon check wrong.txt
has err "^demarche: wrong.txt:1: 'Ann Poe' died before the birth"
printf 'peson Ann Poe\n    TGO GOV\n' >wrong.txt
run 1 "$what" "$DEMARCHE" lexicon check wrong.txt
has err "^demarche: wrong.txt:1: unknown keyword 'peson'; did you mean 'person'?"

# ---- dictionaries of TABARI and PETRARCH ----
tiny=$DEMARCHE_SOURCE/tests/dictionaries
what="dictionaries load as they are"
printf 'Jorun Talvik flummoxed the toll gate of Mali. Lanternmen of Mali flummoxed Togo.\nThe envoy left. Lanternmen of Mali flummoxed the guests of Togo.\n' >talvik.txt
run 0 "$what" "$DEMARCHE" code --date 2001-05-05 --lexicon "$tiny/tiny.actors" --lexicon "$tiny/tiny.agents" \
    --lexicon "$tiny/tiny.verbs" --judge '' talvik.txt
has out '"cameo":"1712".*"code":"TGO","sector":"GOV","entity_text":"Jorun Talvik".*"code":"MLI".*"frame":"tiny.verbs-7"'
has out '"cameo":"190".*"code":"MLI","sector":"REB","entity_text":"Lanternmen of Mali".*"frame":"tiny.verbs-6"'
lines out 2 # of the guests nothing is told
cp out separate
what="in a folder the same"
run 0 "$what" "$DEMARCHE" code --date 2001-05-05 --lexicon "$tiny" --judge '' talvik.txt
same separate out
what="what is not taken over is counted and told"
run 0 "$what" "$DEMARCHE" lexicon check "$tiny"
has err 'dictionaries/tiny.actors: dictionary of actors: 7 entries read, 6 taken over, 1 not'
has err 'dictionaries/tiny.actors:13: not taken over: \[QQQ\]'
has err 'dictionaries/tiny.verbs:10: not taken over: \[777\]'
what="in the lexicon's own form"
run 0 "$what" "$DEMARCHE" lexicon convert "$tiny/tiny.actors"
has out '^person Jorun Talvik'
cp out converted.txt
run 0 "$what" "$DEMARCHE" lexicon who --date 2000-01-01 --lexicon converted.txt J. Talvik
has out '\* TGO GOV 1999-01-01..2004-01-01 .*\[converted.txt:'
run 1 "$what: of what is none" "$DEMARCHE" lexicon convert one.txt
has err '^demarche: one.txt: by its name no dictionary'
finish
