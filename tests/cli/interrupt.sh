#!/bin/sh
# SPDX-License-Identifier: MIT
# interrupt.sh - Ctrl-C: what is under way is finished, whole lines are written, the status is 130.
. "$(dirname "$0")/lib.sh"

# A writer that goes on for a while, so that the program is surely at work when the signal comes.
slow() {
    i=0
    while [ $i -lt 4000 ]; do
        printf '{"id": "n%d", "date": "2010-02-17", "text": "Russia accused Georgia of violating the ceasefire."}\n' $i ||
            return
        i=$((i + 1))
        [ $i -gt 1500 ] && [ $((i % 50)) -eq 0 ] && sleep 0.1
    done
}

# interrupted WHAT COMMAND...: fed by slow, gets SIGINT after a second.
interrupted() {
    what=$1
    shift
    rm -f pipe
    mkfifo pipe
    slow >pipe 2>/dev/null &
    writer=$!
    # Background jobs of a shell ignore SIGINT; the program must not.
    env --default-signal=INT "$@" <pipe >out 2>err &
    program=$!
    sleep 1.2
    kill -INT $program
    wait $program
    got=$?
    kill $writer 2>/dev/null
    wait $writer 2>/dev/null
    if [ $got -eq 130 ]; then ok; else not_ok "$what: exit status $got, not 130"; fi
}

interrupted "code" "$DEMARCHE" code --jobs 2
lines err 1
has err '^demarche: stopped after [0-9]* articles'
n=$(sed -n 's/.* \([0-9]*\) events*;.*/\1/p' err)
lines out "${n:-none}"
[ -s out ] || not_ok "$what: nothing was written"
what="whole lines"
if tail -c 1 out | od -c | grep -q '\\n'; then ok; else not_ok "$what"; fi

interrupted "ingest" "$DEMARCHE" ingest --db news.db
has err 'run the same again'
n=$(sed -n 's/^\([0-9]*\) articles* added.*/\1/p' err)
what="the articles that were added are there"
run 0 "$what" "$DEMARCHE" query --db news.db
lines out "${n:-none}"
what="nothing is left beside the database"
if ls news.db-* >/dev/null 2>&1; then not_ok "$what"; else ok; fi

# Waiting for input that never comes.
what="waiting for input"
rm -f pipe
mkfifo pipe
sleep 30 >pipe &
writer=$!
env --default-signal=INT "$DEMARCHE" code <pipe >out 2>err &
program=$!
sleep 0.7
kill -INT $program
wait $program
got=$?
kill $writer
if [ $got -eq 130 ]; then ok; else not_ok "$what: exit status $got, not 130"; fi
lines err 1
finish
