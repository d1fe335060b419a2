#!/bin/sh
# SPDX-License-Identifier: MIT
# help.sh - every command explains itself, and wrong usage is told with status 2.
. "$(dirname "$0")/lib.sh"

run 2 "no command" "$DEMARCHE"
has err '^usage: demarche COMMAND'
run 0 "help" "$DEMARCHE" help
cp out list
sed 's/\\-/-/g' "$DEMARCHE_SOURCE/docs/demarche.1" >manual
run 0 "--help" "$DEMARCHE" --help
same out list
run 0 "--version" "$DEMARCHE" --version
has out '^demarche [0-9][0-9.]*$'

for command in $(sed -n 's/^  \([a-z][a-z]*\)  *[a-z].*/\1/p' list); do
    [ "$command" = help ] && continue
    run 0 "help $command" "$DEMARCHE" help "$command"
    cp out told
    has out "^usage: demarche $command "
    has out "^  demarche $command " # an example
    for option in $(sed -n 's/^  [- ].[, ] \(--[a-z-]*\).*/\1/p' told); do
        what="$command $option in the manual"
        has manual "[^a-z-]$option"
    done
    run 0 "$command --help" "$DEMARCHE" "$command" --help
    same out told
    run 2 "$command with an unknown option" "$DEMARCHE" "$command" --no-such-option
    has err '^demarche: there is no option --no-such-option'
    has err "^Try: demarche help $command\$"
    has_not out .
done

run 2 "unknown command" "$DEMARCHE" cod
has err "^demarche: there is no command 'cod'"
run 2 "help of an unknown command" "$DEMARCHE" help cod
run 2 "unknown input" "$DEMARCHE" code --input doc
has err "'doc' is no input"
run 2 "unknown output" "$DEMARCHE" code --output xml
has err "'xml' is no output"
run 2 "output of another command" "$DEMARCHE" parse --output csv
run 2 "a date that is none" "$DEMARCHE" code --date 2010-02-30
has err "'2010-02-30' is no date"
run 2 "jobs that are none" "$DEMARCHE" code --jobs many
has err "'many' is no number"
run 2 "an option without its value" "$DEMARCHE" code --date
has err '\-\-date needs a value'
run 2 "ingest without --db" "$DEMARCHE" ingest
run 2 "query without --db" "$DEMARCHE" query
run 2 "explain without a text" "$DEMARCHE" explain
finish
