#!/usr/bin/env python3
"""Score times: the value of an expression, and which one is an event's, on TimeBank and AQUAINT (TimeML).

  bench/dates.py [--demarche build/demarche] [--shared ../shared] [--errors N]

Exit 77 without ../shared. Each document is explained with its own date (`demarche explain --date`, with 'Times told' and 'Events').

  value   gold expressions are TIMEX3 of type DATE or TIME with a value in the calendar: a day, month, year, week, quarter, season or
          decade (no durations, no PRESENT_REF, no document date). Right: an expression told that overlaps it means the same days;
          '1998-W05' is Monday to Sunday, 'Q3' and 'SU' their months, '199' ten years, a time of day its day. missed: none overlaps.
  event   gold is an event that a TLINK puts inside of, during or at the same time as such an expression of the same
          sentence; scored are those whose word is the trigger of an event that the program codes. Right: it has the
          expression's days; none: it is given no date; other: another date.
Of the documents by name every other one is read for errors, the rest is only scored.
"""
import argparse, calendar, collections, datetime, pathlib, re, subprocess, sys
import xml.etree.ElementTree as xml

TOLD = re.compile(r'^  (\d{4}[-\d]*)(?:/(\d{4}[-\d]*))?  "(.*)" \[(\d+)-(\d+)\]$')
TEXT = re.compile(r'^        "(.*)" \[(\d+)-(\d+)\], frame ')
DATE = re.compile(r'^        date (\d{4}[-\d]*)(?:/(\d{4}[-\d]*))? from ')
INSIDE = {"IS_INCLUDED", "DURING", "SIMULTANEOUS", "IDENTITY"}
SEASON = {"SP": 3, "SU": 6, "FA": 9, "AU": 9, "WI": 12}


def day_span(value):
    """First and last day of YYYY, YYYY-MM or YYYY-MM-DD."""
    y, m, d = (list(map(int, value.split("-"))) + [0, 0])[:3]
    if not m:
        return datetime.date(y, 1, 1), datetime.date(y, 12, 31)
    return datetime.date(y, m, d or 1), datetime.date(y, m, d or calendar.monthrange(y, m)[1])


def months(year, first):
    last = year + (first + 2 > 12), (first + 1) % 12 + 1
    return datetime.date(year, first, 1), datetime.date(*last, calendar.monthrange(*last)[1])


def days(value):
    """The days that a TIMEX3 value means, None where it is not of the calendar."""
    value = value.split("T")[0] if re.match(r"\d{4}-\d\d-\d\dT", value) else value
    try:
        if re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
            return day_span(value)
        if re.fullmatch(r"\d{3}X?", value):
            return datetime.date(int(value[:3]) * 10, 1, 1), datetime.date(int(value[:3]) * 10 + 9, 12, 31)
        week = re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value)
        if week:
            monday = datetime.date.fromisocalendar(int(week[1]), int(week[2]), 1)
            return monday + datetime.timedelta(5 if week[3] else 0), monday + datetime.timedelta(6)
        part = re.fullmatch(r"(\d{4})-(?:Q([1-4])|(SP|SU|FA|AU|WI))", value)
        if part:
            return months(int(part[1]), int(part[2]) * 3 - 2 if part[2] else SEASON[part[3]])
    except ValueError:
        pass
    return None


def span(first, last):
    return day_span(first)[0], day_span(last or first)[1]


def read(path):
    """Date of the document, its text, times {tid: (start, end, days, words)}, events [(start, end, tid)]."""
    tree = xml.parse(path).getroot()
    made = tree.find("DCT/TIMEX3")
    times, events, text = {}, {}, []

    def walk(node):
        start = sum(map(len, text))
        text.append(node.text or "")
        for child in node:
            walk(child)
            text.append(child.tail or "")
        end = sum(map(len, text))
        words = "".join(text)[start:end]
        if node.tag == "TIMEX3" and node.get("type") in ("DATE", "TIME") and days(node.get("value")):
            times[node.get("tid")] = start, end, days(node.get("value")), words
        elif node.tag == "EVENT":
            events[node.get("eid")] = start, end

    walk(tree.find("TEXT"))
    made_at = {node.get("eiid"): node.get("eventID") for node in tree.iter("MAKEINSTANCE")}
    inside, whole = {}, "".join(text)
    for link in tree.iter("TLINK"):
        event = events.get(made_at.get(link.get("eventInstanceID")))
        time = times.get(link.get("relatedToTime"))
        if event and time and link.get("relType") in INSIDE:
            between = whole[min(event[1], time[1]):max(event[0], time[0])]
            if not re.search(r"[^.A-Z][.!?]\W*\s+\W*[A-Z]|\n\s*\n", between):
                inside[event] = link.get("relatedToTime")
    return made.get("value")[:10], whole, times, inside


def explained(date, text):
    out = subprocess.run([ask.demarche, "explain", "--date", date, "-"], input=text, capture_output=True, text=True, check=True).stdout
    told, coded, at = [], [], None
    for line in out[out.rindex("\nTimes told\n"):].splitlines():
        if TOLD.match(line):
            first, last, words, start, end = TOLD.match(line).groups()
            told.append((int(start), int(end), span(first, last), words))
        elif TEXT.match(line):
            at = tuple(map(int, TEXT.match(line).groups()[1:]))
            coded.append((at, None))
        elif DATE.match(line):
            coded[-1] = at, span(*DATE.match(line).groups())
    return told, coded


def score(paths, name, seen):
    n, wrong = collections.Counter(), []
    for path in paths:
        date, text, times, inside = read(path)
        told, coded = explained(date, text)
        for start, end, gold, words in times.values():
            mine = [t for t in told if t[0] < end and start < t[1]]
            hit = any(t[2] == gold for t in mine)
            n["times"] += 1
            n["right"] += hit
            n["missed"] += not mine
            if not hit:
                wrong.append(f"{path.stem} {date} value '{' '.join(words.split())}' gold {gold[0]} {gold[1]} "
                             f"mine {[(t[3], *map(str, t[2])) for t in mine]}  {around(text, start, end)}")
        for (start, end), tid in inside.items():
            mine = [d for at, d in coded if at[0] < end and start < at[1]]
            if not mine:
                continue
            n["events"] += 1
            best = "at" if times[tid][2] in mine else "none" if None in mine else "other"
            n[best] += 1
            if best != "at":
                wrong.append(f"{path.stem} {date} event '{text[start:end]}' at '{times[tid][3]}' mine {[d and str(d[0]) for d in mine]}  "
                             f"{around(text, min(start, times[tid][0]), max(end, times[tid][1]))}")
    print(f"== {name}: {n['times']} expressions, value right {n['right'] / n['times']:.3f}, missed {n['missed']}; "
          f"{n['events']} events, date right {n['at'] / n['events']:.3f}, none {n['none']}, other {n['other']}")
    for line in wrong[:ask.errors if seen else 0]:
        print(line)


def around(text, start, end):
    return "[" + " ".join(text[max(0, start - 60):end + 60].split()) + "]"


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--demarche", default="build/demarche")
    ask.add_argument("--shared", default="../shared")
    ask.add_argument("--errors", type=int, default=0, metavar="N")
    ask = ask.parse_args()
    paths = sorted((pathlib.Path(ask.shared) / "dates").glob("*/*.tml"), key=lambda p: p.name)
    if not paths:
        print("skipped: no ../shared here")
        sys.exit(77)
    score(paths[::2], "read half", True)
    score(paths[1::2], "unread half", False)
