#!/bin/sh
# SPDX-License-Identifier: MIT
# actors.sh - who is meant: names that several states, persons or bodies bear, offices by date, groups. Whole sentences
# through the whole program and the shipped lexicon and model.

. "$(dirname "$0")/lib.sh"

# who DATE SENTENCE WORDS WANT: the mention with these words (or that begins so) has "CODE/SECTOR name or office".
who() {
    what="$2 [$3] $1"
    printf '%s\n' "$2" >text.txt
    run 0 "$what" "$DEMARCHE" actors --date "$1" --output jsonl text.txt
    sed -n "s/.*\"start\":[0-9]*,\"end\":[0-9]*,\(.*\"entity_text\":\"$3.*\)/\1/p" out | head -1 >found
    has found "$4"
}

# Offices and persons by the date of the article
who 1990-08-08 'President Bush ordered troops to Saudi Arabia.' 'President Bush' '"identifier_text":"George H.W. Bush"'
who 2005-03-08 'President Bush met Tony Blair.' 'President Bush' '"identifier_text":"George W. Bush"'
who 2010-02-17 'The Russian president met the British prime minister.' 'Russian president' '"Dmitry Medvedev"'
who 2010-02-17 'The Russian president met the British prime minister.' 'British prime' '"Gordon Brown"'
who 2015-02-17 'Former President Bush spoke in Texas.' 'Former President' '"sector":"ELI"'

# A name that several states bear
who 2008-08-09 'Georgia and Russia fought near Tbilisi.' 'Georgia' '"code":"GEO"'
who 2006-03-03 'U.S. officials said the United States would help the state of Georgia.' 'Georgia' '"code":"USA"'
who 1997-06-06 'In Brazzaville, the army of Congo took the airport.' 'Congo' '"code":"COG"'
who 1998-08-08 'In Kinshasa, the army of Congo fought rebels.' 'Congo' '"code":"COD"'
who 2010-02-02 'King Abdullah of Jordan visited London.' 'King Abdullah' '"code":"JOR"'
who 2010-02-02 'King Abdullah of Saudi Arabia visited London.' 'King Abdullah' '"code":"SAU"'
who 1995-02-02 'King Hassan of Morocco visited Paris.' 'King Hassan' '"code":"MAR","sector":"GOV"'
who 2019-02-02 "Peru's Congress voted against the bill." "Peru's Congress" '"code":"PER","sector":"LEG"'
who 2019-02-02 'The Labour Party of New Zealand won in Wellington.' 'Labour Party' '"code":"NZL","sector":"PTY"'
who 2019-02-02 'Turkey attacked Kurds in Turkey.' 'Kurds' '"code":"TUR"'

# States that changed their name
who 1975-03-03 'Zaire recognized Burma.' 'Zaire' '"code":"COD"'
who 1975-03-03 'Zaire recognized Burma.' 'Burma' '"code":"MMR"'
who 1985-03-03 'The Soviet Union protested.' 'Soviet Union' '"code":"RUS"'
who 2012-03-03 'South Sudan accused Sudan.' 'South Sudan' '"code":"SSD"'
who 2020-03-03 'North Macedonia and Eswatini joined.' 'North Macedonia' '"code":"MKD"'
who 2020-03-03 'North Macedonia and Eswatini joined.' 'Eswatini' '"code":"SWZ"'

# Groups tell whom they stand for
who 2010-02-17 'US and Russian diplomats met in Geneva.' 'US and Russian' '"members":\[{"code":"USA".*{"code":"RUS"'
who 2010-02-17 'Russia met Nicaragua. The two countries agreed.' 'two countries' '"members":\[{"code":"RUS".*{"code":"NIC"'

# Who backs somebody is another party; an office that is American where nothing else is said
who 2019-02-02 'Iran-backed militants fired rockets in Iraq.' 'Iran-backed militants' '"code":"IRQ","sector":"REB"'
who 2019-02-02 'The deputy secretary thanked France.' 'deputy secretary' '"code":"USA","sector":"GOV"'

finish
