"""Places: exact recognition F1, and end-to-end recall at 161 km, on LGL (local news) and GeoVirus (world news).

End-to-end recall is of the gold toponyms that have coordinates: those found with their exact span and placed within
161 km (100 miles, the usual bound) of them. An unresolved place is a miss. LGL's annotators also marked demonyms and
places inside other names ("Palestinian", "Tyler Police Department"), so all readings count there; GeoVirus has names
only. LGL gives the newspaper of each article by its web domain, which stands for the publisher. Metonymy is scored on
ReLocaR: literal or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bench.scoring.figures import Figure, Hits, percent
from bench.scoring.speed import taken
from bench.scoring.workbench import Workbench
from onrecord.model import Annotations
from onrecord.read.source import read_text
from onrecord.resolve.gazetteer import distance
from onrecord.resolve.metonymy import Metonymy
from onrecord.resolve.places import PlaceBeliefs, PlaceReading, resolve_places
from onrecord.spans import Span

FILES = ("places/lgl.jsonl.gz", "places/geovirus.jsonl.gz", "places/relocar_train.jsonl")
NEAR = 161.0
NAMES = frozenset(("literal", "metonymic"))
ALL = NAMES | {"demonym", "part"}

Spans = Mapping[tuple[int, int], PlaceReading]


def score(bench: Workbench) -> Iterator[Figure]:
    """Recognition and end-to-end recall of each corpus, for LGL of names alone too; how well readings are told."""
    lgl = list(annotated(bench, FILES[0]))
    yield from _figures("LGL", lgl, ALL)
    yield from _figures("LGL", lgl, NAMES, " of names")
    yield from _figures("GeoVirus", list(annotated(bench, FILES[1])), NAMES)
    yield Figure("places", "LGL", "words/s of processor", _speed(lgl), digits=0)
    yield Figure("places", "ReLocaR", "literal or not, accuracy", _metonymy(bench))


def annotated(bench: Workbench, name: str) -> Iterator[tuple[dict[str, Any], Annotations]]:
    for item in bench.objects(name):
        publisher = item.get("domain")
        report = read_text(
            item["text"], item["id"], published=(item.get("date") or "")[:10] or None, publisher=publisher
        )
        yield item, bench.annotator.annotate(report)


def _figures(
    data: str, read: list[tuple[dict[str, Any], Annotations]], readings: Iterable[str], suffix: str = ""
) -> Iterator[Figure]:
    beliefs = resolve_places([annotations for _, annotations in read])
    hits, placed, wanted = Hits(), 0, 0
    for item, annotations in read:
        found = found_in(beliefs, annotations.report.id, frozenset(readings))
        hits.add(found.keys(), ((t["start"], t["end"]) for t in item["toponyms"]))
        located = [t for t in item["toponyms"] if t.get("lat") is not None]
        wanted += len(located)
        placed += sum(_near(beliefs, found, toponym) for toponym in located)
    yield Figure("places", data, f"exact recognition F1{suffix}", hits.f1)
    yield Figure("places", data, f"recall at 161 km{suffix}", percent(placed, wanted))


def found_in(beliefs: PlaceBeliefs, report: str, readings: frozenset[str]) -> Spans:
    own = (r for r in beliefs.readings if r.report == report and r.reading in readings)
    return {(r.span.start, r.span.end): r for r in own}


def _near(beliefs: PlaceBeliefs, found: Spans, toponym: dict[str, Any]) -> bool:
    reading = found.get((toponym["start"], toponym["end"]))
    place = beliefs.place(reading.place) if reading else None
    if place is None or place.lat is None or place.lon is None:
        return False
    return distance(place.lat, place.lon, toponym["lat"], toponym["lon"]) <= NEAR


def _speed(read: list[tuple[dict[str, Any], Annotations]]) -> float:
    """Words a second of the resolution of places by itself."""
    words = sum(len(item["text"].split()) for item, _ in read)
    return words / taken(lambda: resolve_places([annotations for _, annotations in read])).processor


def _metonymy(bench: Workbench) -> float:
    right = total = 0
    for number, item in enumerate(bench.objects(FILES[2])):
        annotations = bench.annotator.annotate(read_text(item["text"], str(number)))
        agent = Metonymy(annotations).stands_for_people(Span(item["start"], item["end"]))
        right += agent == (item["reading"] == "met")
        total += 1
    return percent(right, total)
