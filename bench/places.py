#!/usr/bin/env python3
"""Score the gazetteer on the places of GeoVirus.xml (Wikinews, places with coordinates).

  bench/places.py [--demarche build/demarche] [--shared ../shared] [--errors N]

Exit 77 without ../shared. Every gold toponym is asked of the gazetteer (`lexicon where`) by its words alone, with the
countries that `demarche actors` finds named in its sentence (without any: in the article) as hints.

  known      share of toponyms whose name the gazetteer has
  country    of the known ones: share whose country is that of the nearest place of the name (the gold has coordinates, no
             countries), so a name that exists once is right wherever it lies
  161 km     of the known ones: share within 161 km (100 miles) of the gold's coordinates; the median distance beside it
States and regions lie where their towns' mean lies, so large ones miss 161 km; cities are also given by themselves.
The first half of the articles is read for errors, the second half is only scored.
"""
import argparse, collections, json, math, pathlib, re, statistics, subprocess, sys, tempfile
import xml.etree.ElementTree as xml

LINE = re.compile(r"^([ *]) (\S+) (\S+) (.*)  (-?[\d.]+) (-?[\d.]+)  population")


def far(a, b):
    (x, y), (u, v) = [map(math.radians, p) for p in (a, b)]
    h = math.sin((u - x) / 2) ** 2 + math.cos(x) * math.cos(u) * math.sin((v - y) / 2) ** 2
    return 12742 * math.asin(min(1, math.sqrt(h)))


def where(name, near, known={}):
    key = (name, near)
    if key not in known:
        text = subprocess.run([ask.demarche, "lexicon", "where", "--near", near or "-", name], capture_output=True, text=True).stdout
        known[key] = [LINE.match(line).groups() for line in text.splitlines() if LINE.match(line)]
    return known[key]


def codes(articles):
    """For each article: [(start, code)] of the mentions with a country."""
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps({"id": str(i), "text": a.findtext("text")}) + "\n" for i, a in enumerate(articles)))
    text = subprocess.run([ask.demarche, "actors", "--input", "jsonl", "--output", "jsonl", str(path)],
                          capture_output=True, text=True, check=True).stdout
    found = collections.defaultdict(list)
    for line in text.splitlines():
        mention = json.loads(line)
        if mention.get("code"):
            found[int(mention["doc"])].append((mention.get("start", 0), mention["code"]))
    return found


def score(articles, first, last, name, seen):
    n, distance, wrong = collections.Counter(), [], []
    for i in range(first, last):
        text = articles[i].findtext("text")
        for place in articles[i].iter("location"):
            word, start = place.findtext("name"), int(place.findtext("start"))
            gold = float(place.findtext("lat")), float(place.findtext("lon"))
            begin = text.rfind(". ", 0, start) + 1
            end = text.find(". ", start) % (len(text) + 1)
            inside = {c for s, c in named[i] if begin <= s < end} or {c for s, c in named[i]}
            n["gold"] += 1
            all_places = where(word, ",".join(sorted(inside)))
            if not all_places:
                n["missing"] += 1
                continue
            taken = next((p for p in all_places if p[0] == "*"), all_places[0])
            nearest = min(all_places, key=lambda p: far(gold, (float(p[4]), float(p[5]))))
            km = far(gold, (float(taken[4]), float(taken[5])))
            n["known"] += 1
            n["country"] += taken[1] == nearest[1]
            n["near"] += km <= 161
            distance.append(km)
            if taken[2] == "city":
                n["city"] += 1
                n["city near"] += km <= 161
            if km > 161:
                wrong.append((word, taken[1:4], round(km), gold))
    print(f"== {name}: {n['gold']} toponyms, known {n['known'] / n['gold']:.3f}, country {n['country'] / n['known']:.3f}, "
          f"within 161 km {n['near'] / n['known']:.3f} (cities {n['city near'] / n['city']:.3f} of {n['city']}), "
          f"median {statistics.median(distance):.0f} km")
    for line in collections.Counter(wrong).most_common(ask.errors if seen else 0):
        print(*line)


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--demarche", default="build/demarche")
    ask.add_argument("--shared", default="../shared")
    ask.add_argument("--errors", type=int, default=0, metavar="N")
    ask = ask.parse_args()
    path = pathlib.Path(ask.shared) / "places" / "GeoVirus.xml"
    if not path.is_file():
        print("skipped: no ../shared here")
        sys.exit(77)
    folder = pathlib.Path(tempfile.mkdtemp())
    articles = xml.parse(path).getroot().findall("article")
    named = codes(articles)
    half = len(articles) // 2
    score(articles, 0, half, "read half", True)
    score(articles, half, len(articles), "unread half", False)
