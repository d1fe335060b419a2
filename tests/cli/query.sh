#!/bin/sh
# SPDX-License-Identifier: MIT
# query.sh - what `query` finds and counts, and that the tables it counts by stay true.
. "$(dirname "$0")/lib.sh"

cat >news.jsonl <<'EOF'
{"id": "a", "date": "2010-02-17", "text": "Russia accused Georgia of violating the ceasefire. Russia accused Georgia of violating the cease-fire."}
{"id": "b", "date": "2010-03-01", "text": "Russia, Georgia and Turkey held talks in Geneva about grain. Georgia will meet Russia in Paris next week."}
{"id": "c", "date": "2010-03-04", "text": "Israel attacked Syria on Friday. The United States and Britain bombed Syria and Iraq."}
{"id": "d", "date": "2011-05-02", "text": "Russia did not accuse Georgia. The Russian army attacked Georgian police in Gori in 2008."}
{"id": "e", "date": "2011-05-03", "text": "Russia accused Georgia of lying. Turkey praised Russia. Russia warned Turkey in Ankara."}
EOF
run 0 "ingest" "$DEMARCHE" ingest --db news.db news.jsonl

# finds N OPTION...: so many events.
finds() {
    n=$1
    shift
    what="query $*"
    run 0 "$what" "$DEMARCHE" query --db news.db "$@"
    lines out "$n"
}
finds 1 --place Geneva
finds 1 --place geneva --pair RUS,TUR
finds 0 --place Geneva --actor USA
finds 0 --place Nowhere
finds 1 --text grain
finds 1 --text '"violating the ceasefire"'
finds 2 --text 'violat*'
finds 0 --text 'grain NOT Geneva'
run 0 "any status" "$DEMARCHE" query --db news.db --status any
mv out any
run 0 "no status" "$DEMARCHE" query --db news.db
same out any
run 2 "words that cannot be asked for" "$DEMARCHE" query --db news.db --text 'cease-fire'
has err "text: 'cease-fire' cannot be looked for"
run 2 "the same in a count" "$DEMARCHE" query --db news.db --count day --text '"'
has err 'cannot be looked for'

what="only the pair's own rows are counted"
run 0 "$what" "$DEMARCHE" query --db news.db --count year --pair RUS,GEO --output csv
has_not out TUR
has out '^2010,GEO,RUS,CONSULT,1,1$'
what="what is told again counts once, what did not happen not at all"
has out '^2010,RUS,GEO,ACCUSE,1,-2$'
has out '^2011,RUS,GEO,ACCUSE,1,-2$'
run 0 "$what" "$DEMARCHE" query --db news.db --count year --pair RUS,GEO --status any --output csv
has out '^2010,GEO,RUS,AGREE,1,'
run 0 "a mutual event has no recipient" "$DEMARCHE" query --db news.db --count year --recipient TUR --output csv
lines out 2
has out '^2011,RUS,TUR,THREATEN,1,'
run 0 "the actor of a mutual event on either side" "$DEMARCHE" query --db news.db --count year --actor TUR --output csv
has out '^2010,RUS,TUR,CONSULT,1,1$'
has out '^2010,GEO,TUR,CONSULT,1,1$'
has out '^2011,TUR,RUS,SUPPORT,1,'
lines out 4
run 2 "a wrong code" "$DEMARCHE" query --db news.db --count year --actor RUSSIA
run 2 "a wrong pair" "$DEMARCHE" query --db news.db --count year --pair RUS,/
run 2 "a wrong day" "$DEMARCHE" query --db news.db --count year --since 2010-13
run 2 "a wrong status" "$DEMARCHE" query --db news.db --count year --status never

# Every sentence has one of these letters first: --text then leaves nothing out, but goes over all events.
all='a* OR b* OR g* OR i* OR r* OR t*'
both_ways() {
    what="sums and events agree: $*"
    run 0 "$what" "$DEMARCHE" query --db news.db --output csv "$@"
    mv out sums
    run 0 "$what" "$DEMARCHE" query --db news.db --output csv --text "$all" "$@"
    same sums out
    [ "$(wc -l <out)" -gt 1 ] && ok || not_ok "$what: nothing is counted"
}
for by in month year; do
    both_ways --count $by
    both_ways --count $by --status any
    both_ways --count $by --pair RUS,GEO
    both_ways --count $by --pair geo,rus --type accuse
    both_ways --count $by --actor TUR
    both_ways --count $by --recipient GEO --status any
    both_ways --count $by --quad 4
    both_ways --count $by --since 2010-03
    both_ways --count $by --until 2010
    both_ways --count $by --limit 2
done

if command -v sqlite3 >/dev/null; then
    # true_tables WHAT: dyad, series and words hold what they must.
    true_tables() {
        what="$1"
        sqlite3 news.db 'SELECT * FROM dyad EXCEPT SELECT event, actor, recipient, mutual, date, type, quad, scale, status FROM pairing;
            SELECT event, actor, recipient, mutual, date, type, quad, scale, status FROM pairing EXCEPT SELECT * FROM dyad;
            SELECT actor, recipient, month, type, status, mutual, quad, events, scale FROM series EXCEPT
                SELECT actor, recipient, substr(date, 1, 7), type, status, mutual, quad, count(*), sum(scale) FROM dyad GROUP BY 1, 2, 3, 4, 5, 6;
            SELECT 1 WHERE (SELECT sum(events) FROM series) <> (SELECT count(*) FROM dyad);
            PRAGMA integrity_check;' >out 2>&1
        has out '^ok$'
        lines out 1
        check "$what: words" sqlite3 news.db "INSERT INTO words (words, rank) VALUES ('integrity-check', 1)"
    }
    change() {
        what="$1"
        check "$what" sqlite3 news.db "$1"
        true_tables "$1"
    }
    true_tables "after ingest"
    what="pairs of codes"
    sqlite3 news.db 'SELECT DISTINCT actor, recipient, mutual FROM dyad' >out
    has out '^USA|IRQ|0$'
    has out '^GBR|SYR|0$'
    has out '^GEO|TUR|1$'
    has_not out '^GBR|USA'
    change "UPDATE event SET type = 'ASSAULT', quad = 4, scale = -9 WHERE type = 'ACCUSE' AND date LIKE '2010%'"
    change "UPDATE event SET date = '2009' WHERE type = 'CONSULT'"
    change "UPDATE event SET same_as = NULL"
    change "UPDATE event SET sentence = 'Nobody moved.' WHERE status <> 'happened'"
    change "UPDATE party SET code = 'CHN' WHERE code = 'TUR'"
    change "UPDATE OR IGNORE party SET side = 'recipient' WHERE code = 'CHN'"
    change "DELETE FROM party WHERE code = 'SYR'"
    change "INSERT INTO party (event, side, n, code) SELECT event, 'recipient', 9, 'USA' FROM event"
    change "INSERT INTO party (event, side, n, code) SELECT event, 'actor', 9, 'FRA' FROM event"
    change "DELETE FROM event WHERE date < '2010-03-02'"
    change "DELETE FROM event"
    what="nothing is left"
    sqlite3 news.db 'SELECT count(*) FROM dyad UNION ALL SELECT count(*) FROM series UNION ALL SELECT count(*) FROM party' >out
    [ "$(tr '\n' ' ' <out)" = "0 0 0 " ] && ok || not_ok "$what: $(cat out)"
fi
finish
