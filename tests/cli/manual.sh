#!/bin/sh
# SPDX-License-Identifier: MIT
# manual.sh - every example of the commands' help and of the manual page runs.
. "$(dirname "$0")/lib.sh"

mkdir bin pages articles
ln -s "$DEMARCHE" bin/demarche
PATH="$work/bin:$PATH"
ln -s "$DEMARCHE_SOURCE/lexicon" lexicon
ln -s "$DEMARCHE_SOURCE/models" models
printf 'Russia accused Georgia of violating the ceasefire on Monday. It denied the charge.\n' >article.txt
cp article.txt articles/one.txt
cat >page.html <<'EOF'
<!DOCTYPE html>
<html><head><title>Talks</title><meta property="article:published_time" content="2010-02-17"></head>
<body><article><h1>Talks fail</h1><p>Russia accused Georgia of violating the ceasefire on Monday, and
the United States urged both sides to return to the talks that were broken off last week.</p>
<p>Turkey offered to host the next round of negotiations in Istanbul, its foreign ministry said.</p>
</article></body></html>
EOF
cp page.html pages/
printf '{"id": "a", "date": "2010-02-17", "text": "Russia accused Georgia of lying."}\n' >news.jsonl
gzip -k news.jsonl
cp "$DEMARCHE_SOURCE/tests/fuzz/seeds/news-warc/members.warc.gz" archive.warc.gz
cp "$DEMARCHE_SOURCE/tests/fuzz/seeds/news-feed/rss.xml" feed.xml
printf 'day,body\n2010-02-17,Russia accused Georgia of lying.\n' >table.csv
printf '{"id": "a", "complete": true, "text": "Russia accused Georgia of lying.", "events": [{"event": "ACCUSE", "actor": [{"code": "RUS"}], "recipient": [{"code": "GEO"}]}]}\n' >gold.jsonl
mkdir my-actors
cp "$DEMARCHE_SOURCE"/tests/dictionaries/tiny.agents my-actors
cp "$DEMARCHE_SOURCE"/tests/dictionaries/tiny.actors Phoenix.Countries.actors.txt
demarche parse article.txt >en_ewt-ud-dev.conllu
demarche ingest --db news.db news.jsonl 2>/dev/null
cp "$(dirname "$DEMARCHE")/english.dm-lexicon" . 2>/dev/null

# The example lines: indented commands of the help, and the manual page's without its marks.
for command in code read parse actors explain ingest query export eval lexicon model; do
    demarche help $command | sed -n 's/^  \(\(demarche\|zcat\) .*\)/\1/p'
done >examples
sed -n '/^\.SH EXAMPLES/,/^\.SH SEE/p' "$DEMARCHE_SOURCE/docs/demarche.1" |
    sed -n 's/\\-/-/g; s/^\(\(demarche\|zcat\) .*\)/\1/p' >>examples
what="there are examples"
[ "$(wc -l <examples)" -gt 25 ] && ok || not_ok "$what: $(wc -l <examples)"
while read -r line; do
    run 0 "$line" sh -c "$line"
done <examples
finish
