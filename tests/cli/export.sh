#!/bin/sh
# SPDX-License-Identifier: MIT
# export.sh - `export` in every form, read back as its users read it.
. "$(dirname "$0")/lib.sh"

cat >news.jsonl <<'EOF'
{"id": "a", "date": "2010-02-17", "url": "https://www.example.org/a", "source": "Example Press", "lang": "en", "title": "A \"quoted\"\ttitle", "text": "Russian Foreign Minister Sergey Lavrov accused Georgia of violating the ceasefire on Monday. Russia accused Georgia of violating the ceasefire on Monday."}
{"id": "b", "date": "2010-03-01", "source": "Other Press", "text": "The United States, Romania and Turkey held talks in Geneva."}
{"id": "c", "date": "2010-03-04", "text": "Police arrested 30 protesters in Houston. The United Nations will help Haiti. In 2009 Israeli soldiers attacked Syria. Soldiers killed three rebels in Texas."}
{"id": "d", "date": "2011-05-02", "text": "Russia denied that it attacked Georgia. Journalists accused rebels in Colombia of lying."}
{"id": "e", "date": "2010-02-17", "url": "http://news.example.net/x?a=1", "source": "Third Press", "text": "It rained. Russia accused Georgia of lying on Monday."}
EOF
run 0 "ingest" "$DEMARCHE" ingest --db news.db news.jsonl

for form in csv jsonl plover gdelt gdelt-mentions icews phoenix polecat; do
    run 0 "export --form $form" "$DEMARCHE" export --db news.db --form $form --output $form
    [ -s $form ] && ok || not_ok "$form is empty"
    what="$form on standard output"
    run 0 "$what" "$DEMARCHE" export --db news.db --form $form
    same out $form
done
what="csv when no form is named"
run 0 "$what" "$DEMARCHE" export --db news.db
same out csv
what="query's events"
run 0 "$what" "$DEMARCHE" query --db news.db
lines out "$(wc -l <jsonl)"
what="filters"
run 0 "$what" "$DEMARCHE" export --db news.db --form icews --pair RUS,GEO --type ACCUSE --since 2010-02 --until 2010-02 --limit 1
lines out 2
what="every telling, and each event once"
run 0 "$what" "$DEMARCHE" export --db news.db --form icews --by mention --type ACCUSE --pair RUS,GEO
lines out 4
run 0 "$what" "$DEMARCHE" export --db news.db --form jsonl --by event --type ACCUSE --pair RUS,GEO
lines out 1
what="mentions come with their event, whatever is asked for"
run 0 "$what" "$DEMARCHE" export --db news.db --form gdelt-mentions --by mention
same out gdelt-mentions
run 0 "a form without a lexicon" "$DEMARCHE" export --db news.db --form jsonl --data "$work"
run 2 "a form that is none" "$DEMARCHE" export --db news.db --form gdelt1
has err "'gdelt1' is no form"
run 2 "no database named" "$DEMARCHE" export
run 2 "a file too many" "$DEMARCHE" export --db news.db news.jsonl
run 1 "a database that is missing" "$DEMARCHE" export --db missing.db
run 1 "a folder that is missing" "$DEMARCHE" export --db news.db --output no/events.csv
what="a filter that is wrong leaves no file"
run 2 "$what" "$DEMARCHE" export --db news.db --since never --output never.csv
[ -e never.csv ] || [ -e never.csv.part ] && not_ok "$what" || ok
if [ -w /dev/full ]; then
    run 1 "a full disk" sh -c '"$0" export --db news.db >/dev/full' "$DEMARCHE"
fi

cat >check.py <<'EOF'
import csv, datetime, json, re

def tabs(name, header):
    """As pandas.read_csv(sep='\t') would: quotation marks count."""
    rows = list(csv.reader(open(name, newline="", encoding="utf-8"), delimiter="\t"))
    raw = [line.split("\t") for line in open(name, encoding="utf-8").read().splitlines()]
    assert rows == raw, f"{name}: readers that know quotation marks and those that do not differ"
    return (rows[0], rows[1:]) if header else (None, rows)

def widths(name, rows, n):
    assert rows and all(len(row) == n for row in rows), f"{name}: {set(map(len, rows))} columns, not {n}"

CODE = re.compile(r"([A-Z]{3})+$|$")
WHOLE = re.compile(r"-?\d+$")
FIPS = re.compile(r"[A-Z]{2}$|$")

# ---- all events ----
events = [json.loads(line) for line in open("jsonl", encoding="utf-8")]
table = list(csv.DictReader(open("csv", newline="", encoding="utf-8")))
plover = [json.loads(line) for line in open("plover", encoding="utf-8")]
assert len(events) == len(table) == len(plover) and None not in table[0], table[0]
for event, row, other in zip(events, table, plover):
    for field in ("id", "doc", "status", "sentence", "url", "source", "title", "article_date"):
        assert event.get(field, "") == row[field], (field, event, row)
    assert other["text"] == event["sentence"] and other["version"] == "PLOVER 2.0", other
assert {e["status"] for e in events} > {"happened"}, "a status other than happened is missing: the test shows nothing"
assert any("same_as" in e for e in events), "nothing is told again: the test shows nothing"
assert [e.get("same_as", "") for e in events] == [row["same_as"] for row in table]
by_id = {e["id"]: e for e in events}
once = [e for e in events if e["status"] == "happened" and "same_as" not in e]
def n_pairs(e, one_side):
    a, r = len(e.get("actor", [])), len(e.get("recipient", []))
    return a * r if a and r else a * (a - 1) if a > 1 and not r else int(one_side and a + r > 0)

# ---- GDELT ----
_, rows = tabs("gdelt", False)
widths("gdelt", rows, 61)
ids = set()
for row in rows:
    assert WHOLE.match(row[0]) and row[0] not in ids, row[0]
    ids.add(row[0])
    day = datetime.datetime.strptime(row[1], "%Y%m%d")
    assert row[2] == row[1][:6] and row[3] == row[1][:4]
    assert abs(float(row[4]) - (day.year + ((day.month - 1) * 30 + day.day) / 365)) < 1e-4, row[4]
    for at in (5, 15):
        assert CODE.match(row[at]) and row[at + 1] == row[at + 1].upper(), row[at:at + 10]
        assert re.match(r"[A-Z]{3}$|$", row[at + 2]) and row[at].startswith(row[at + 2]), row[at:at + 10]
        assert row[at + 4:at + 7] == ["", "", ""], "ethnic group and religion are not coded"
        assert all(re.match(r"[A-Z]{3}$|$", t) for t in row[at + 7:at + 10]), row[at:at + 10]
    assert row[25] in "01"
    assert re.match(r"\d{3,4}$", row[26]) and row[27] == row[26][:3] and row[28] == row[26][:2], row[26:29]
    root = int(row[28])
    assert int(row[29]) == (1 if root < 6 else 2 if root < 9 else 3 if root < 14 else 4), row[26:30]
    assert -10 <= float(row[30]) <= 10 and int(row[31]) >= int(row[33]) >= int(row[32]) >= 1, row[30:34]
    assert row[34] == "" and row[35] == "0" and row[43] == "0" and not any(row[36:43] + row[44:51])
    assert row[51] in "012345" and FIPS.match(row[53]) and (row[51] == "0") == (row[53] == ""), row[51:59]
    assert (row[56] == "") == (row[57] == "") == (row[51] == "0") and (row[58] == row[53] if row[51] == "1" else row[58] == ""), row[51:59]
    if row[56]:
        assert -90 <= float(row[56]) <= 90 and -180 <= float(row[57]) <= 180
    assert re.match(r"\d{8}000000$", row[59]) and row[60]
assert len(rows) == sum(n_pairs(e, True) for e in once), (len(rows), [n_pairs(e, True) for e in once])
lavrov = next(r for r in rows if r[60] == "https://www.example.org/a")
assert lavrov[5:8] == ["RUSGOV", "SERGEY LAVROV", "RUS"] and lavrov[12] == "GOV", lavrov[5:15]
assert lavrov[15:18] == ["GEO", "GEORGIA", "GEO"] and lavrov[26][:2] == "11" and lavrov[31:34] == ["3", "2", "2"], lavrov
talks = [r for r in rows if r[26] == "040"]
assert sorted((r[7], r[17]) for r in talks) == sorted((a, b) for a in ("USA", "ROM", "TUR") for b in ("USA", "ROM", "TUR") if a != b), talks
assert all(r[51:54] == ["4", "Geneva, Switzerland", "SZ"] for r in talks), talks[0][51:59]
houston = next(r for r in rows if "HOUSTON" in r[52].upper())
assert houston[51] == "3" and houston[53] == "US" and houston[5].endswith("COP"), houston
texas = next(r for r in rows if r[52].startswith("Texas"))
assert texas[51:54] == ["2", "Texas, United States", "US"] and "1" in {r[51] for r in rows}, texas
press = next(r for r in rows if r[12] == "MED")
assert press[5].endswith("MED") and press[15].endswith("REB") and press[22] == "REB", press

_, mentions = tabs("gdelt-mentions", False)
widths("gdelt-mentions", mentions, 16)
for row in mentions:
    assert row[0] in ids, row
    assert all(re.match(r"\d{8}000000$", t) for t in row[1:3]) and row[3] in "12" and row[5], row
    assert all(WHOLE.match(t) for t in row[6:11] + row[12:13]) and int(row[6]) >= 1, row
    assert row[11] == row[13] == row[14] == row[15] == "", row
counted = {i: sum(m[0] == i for m in mentions) for i in ids}
assert all(counted[r[0]] == int(r[31]) for r in rows), counted
first, second, third = [m for m in mentions if m[0] == lavrov[0]]
assert first[3:7] == ["1", "example.org", "https://www.example.org/a", "1"] and second[6] == "2", (first, second)
text = json.loads(open("news.jsonl").readline())["text"]
assert text[int(first[7]):].startswith("Russian Foreign") and text[int(first[9]):].startswith("accused"), first
assert text[int(second[7]):].startswith("Russia accused Georgia") and text[int(second[8]):].startswith("Georgia of"), second
assert text[int(second[9]):].startswith("accused"), second
assert third[3:10] == ["1", "news.example.net", "http://news.example.net/x?a=1", "2", "11", "26", "18"], third
assert int(first[12]) == len(text)

# ---- ICEWS ----
head, rows = tabs("icews", True)
assert head == ["Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity",
                "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District",
                "Province", "Country", "Latitude", "Longitude"], head
widths("icews", rows, 20)
assert len(rows) == sum(n_pairs(e, False) for e in once)
for row in rows:
    datetime.date.fromisoformat(row[1])
    assert WHOLE.match(row[0]) and WHOLE.match(row[11]) and int(row[12]) >= 1 and row[5], row
    assert row[2] and row[8] and re.match(r"\d{3,4}$", row[6]) and -10 <= float(row[7]) <= 10, row
row = rows[[r[2] for r in rows].index("Sergey Lavrov")]
assert row[3:5] == ["Government", "Russian Federation"] and row[8:11] == ["Georgia", "", "Georgia"] and row[13] == "Example Press", row
assert any(r[14:18] == ["Geneva", "", "", "Switzerland"] for r in rows), rows

# ---- Phoenix ----
_, rows = tabs("phoenix", False)
widths("phoenix", rows, 26)
for row in rows:
    assert row[0].startswith(row[1] + "_") and row[1] == f"{int(row[2]):04}{int(row[3]):02}{int(row[4]):02}", row
    for at in (5, 9):
        assert row[at] == row[at + 1] + row[at + 2] + row[at + 3] and re.match(r"[A-Z]{3}|---", row[at + 1]), row
    assert row[13].startswith(row[14]) and row[15] in "01234", row
assert ["RUSGOV", "RUS", "GOV", "", "GEO", "GEO", "", ""] in [r[5:13] for r in rows], rows
assert any(r[5].startswith("---") or r[9].startswith("---") or r[9].startswith("COLREB") for r in rows), rows

# ---- POLECAT ----
head, rows = tabs("polecat", True)
widths("polecat", rows, 40)
assert head[:9] == ["Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name", "Actor Country"] and head[-1] == "Version", head
for row in rows:
    event = by_id[row[0].rsplit("-", 1)[0]]
    assert [row[2]] == event["event"] and row[3] == ";".join(event.get("mode", [])) and row[6] == ";".join(event.get("context", [])), row
    assert float(row[4]) == event["event_scale"] and row[5] in ("VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"), row
    assert event["status"] == "happened" and re.match(r"\d{1,3}$|$", row[9]), row
named = dict(zip(head, rows[[r[7] for r in rows].index("Sergey Lavrov")]))
assert named["Actor COW"] == "365" and named["Recipient COW"] == "372" and named["Actor Title"] == "foreign minister", named
assert named["Primary Actor Sector"] == "GOV" and named["Language"] == "en" and named["Publication Date"] == "2010-02-17", named
EOF
what="every form as its readers read it"
if python3 check.py >out 2>err; then ok; else
    not_ok "$what"
    tail -3 err
fi
finish
