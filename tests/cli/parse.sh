#!/bin/sh
# SPDX-License-Identifier: MIT
# parse.sh - trees of news as it is written: headlines, datelines, capitals; models made and gone on with.
. "$(dirname "$0")/lib.sh"

# rows: form, lemma, UPOS, Penn tag, head, relation of each word.
rows() { grep '^[0-9]' out | cut -f 2-5,7,8 | tr '\t' ' '; }
tree() {
    what="parse '$1'"
    printf '%s\n' "$1" >text.txt
    run 0 "$what" "$DEMARCHE" parse text.txt
    rows >got
}

tree 'Foreign Minister Wang Yi visited Kenya on Monday.'
has got '^Wang Wang PROPN NNP 5 nsubj$'
has got '^visited visit VERB VBD 0 root$'
tree 'OBAMA MEETS MEDVEDEV IN PRAGUE'
has got '^MEETS meet VERB VBZ 0 root$'
has got '^PRAGUE Prague PROPN NNP 2 obl$'
tree 'russia says it will withdraw troops from georgia'
has got '^russia Russia PROPN NNP 2 nsubj$'
has got '^withdraw withdraw VERB VB 2 ccomp$'
tree "He's arrived. She's told every day."
has got "^'s have AUX VBZ 3 aux$"
has got "^'s be AUX VBZ 3 aux:pass$"
tree 'Colombian rebels called for a ceasefire with Colombia.'
has got '^called call VERB VBD 0 root$'
has got '^rebels rebel NOUN NNS 3 nsubj$'
tree "They cannot agree and don't want to."
has out '^2-3	cannot	'
has got '^not not PART RB 4 advmod$'
tree 'MANAGUA (AP) -- Ortega rejected the offer.'
has got '^rejected reject VERB VBD 0 root$'

# ---- models ----

cat >bank.conllu <<'EOF'
# newdoc id = a
1	Troops	troops	NOUN	NNS	Number=Plur	2	nsubj	_	_
2	left	leave	VERB	VBD	Tense=Past	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

1	Talks	talk	NOUN	NNS	Number=Plur	2	nsubj	_	_
2	failed	fail	VERB	VBD	Tense=Past	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

EOF
small="--embed 16 --dim 32 --layers 1 --arc 16 --rel 16 --batch 8"
what="train"
# shellcheck disable=SC2086
run 0 "$what" "$DEMARCHE" train $small --epochs 3 --dev bank.conllu --output one.dm-model bank.conllu
has err '^epoch 3/3  loss .* LAS '
run 0 "$what: model" "$DEMARCHE" model one.dm-model
has out '^training: 2 sentences, 6 words; 3 epochs'
has out '^development: bank.conllu'
run 0 "$what: parse" "$DEMARCHE" parse --model one.dm-model --gold-tokens bank.conllu
what="train with silver sentences and a state"
# shellcheck disable=SC2086
run 0 "$what" "$DEMARCHE" train $small --epochs 3 --silver bank.conllu --silver-passes 2 --state kept --output two.dm-model bank.conllu
run 0 "$what: model" "$DEMARCHE" model two.dm-model
has out '^silver: 2 sentences, 6 words, gone through 2.00 times'
[ ! -e kept ] && ok || not_ok "the state stayed"
echo "no state" >kept
# shellcheck disable=SC2086
run 1 "$what of another kind" "$DEMARCHE" train $small --state kept --output two.dm-model bank.conllu
has err 'kept: is no demarche training file'

what="train names on top of it"
sed 's/Troops\(.*\)_$/Troops\1Name=B-person/' bank.conllu >names.conllu
learn="$DEMARCHE train --names one.dm-model --epochs 2 --dev names.conllu"
run 0 "$what" $learn --output named.dm-model names.conllu
has err '^epoch 2/2  loss '
run 0 "$what: model" "$DEMARCHE" model named.dm-model
has out '^training: 2 sentences, 6 words; 3 epochs'
has out '^names: training: 2 sentences, 6 words; 2 epochs'
has out '^names: development: names.conllu: precision'
run 0 "$what" $learn --output again.dm-model names.conllu
what="the same bytes"
cmp -s named.dm-model again.dm-model && ok || not_ok "$what"
run 0 "$what" "$DEMARCHE" actors --names --model named.dm-model --input text names.conllu
run 1 "names on top of nothing" "$DEMARCHE" train --names nowhere.dm-model --output x.dm-model names.conllu
run 2 "names with sizes that cannot be" "$DEMARCHE" train --names one.dm-model --dim 33 --output x.dm-model names.conllu
has err 'multiple of 16'
run 1 "train without its file" "$DEMARCHE" train --output x.dm-model nowhere.conllu
has err 'nowhere.conllu'
run 2 "train with sizes that cannot be" "$DEMARCHE" train --dim 33 --output x.dm-model bank.conllu
head -c 3000 one.dm-model >cut.dm-model
run 1 "a model that is cut" "$DEMARCHE" parse --model cut.dm-model bank.conllu
has err 'cut.dm-model: .*cut or damaged'
run 1 "a model that is none" "$DEMARCHE" parse --model bank.conllu bank.conllu
has err 'bank.conllu: is no demarche model file'

finish
