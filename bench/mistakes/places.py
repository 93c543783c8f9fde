"""Errors of places on LGL and GeoVirus: not recognised, not resolved, resolved elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Any

from bench.mistakes.spans import Words, compare
from bench.mistakes.tally import Tally
from bench.scoring.places import ALL, FILES, NAMES, NEAR, annotated, found_in
from bench.scoring.units import Units
from bench.scoring.workbench import Workbench
from onrecord.resolve.gazetteer import distance
from onrecord.resolve.places import PlaceBeliefs, PlaceReading, resolve_places
from onrecord.spans import Span

Found = Mapping[tuple[int, int], PlaceReading]


def lines(bench: Workbench, show: int) -> Iterator[str]:
    """Recognition, then where those found are put, for each corpus."""
    for data, name, readings in (("LGL", FILES[0], ALL), ("GeoVirus", FILES[1], NAMES)):
        read = list(annotated(bench, name))
        beliefs = resolve_places([notes for _, notes in read])
        extents, put = Tally(f"places, {data}, recognition"), Tally(f"places, {data}, where")
        for item, notes in read:
            found = found_in(beliefs, notes.report.id, frozenset(readings))
            _recognised(extents, item["text"], found, [(one["start"], one["end"]) for one in item["toponyms"]])
            _placed(put, beliefs, found, item)
        yield from extents.lines(show)
        yield from put.lines(show)


def _recognised(tally: Tally, text: str, found: Found, given: Collection[tuple[int, int]]) -> None:
    units = Units(text)
    spans = {units.of([Span(*span)]): Span(*span) for span in (*found, *given)}
    ours, gold = ({units.of([Span(*span)]) for span in side} - {frozenset()} for side in (found, given))
    compare(tally, ours, gold, partial(_words, text, spans))


def _words(text: str, spans: Mapping[Words, Span], words: Words) -> str:
    return spans[words].of(text)


def _placed(tally: Tally, beliefs: PlaceBeliefs, found: Found, item: dict[str, Any]) -> None:
    """How far off the recognised toponyms that have coordinates are put."""
    for one in item["toponyms"]:
        reading = found.get((one["start"], one["end"]))
        if reading is None or one.get("lat") is None:
            continue
        place, words = beliefs.place(reading.place), item["text"][one["start"] : one["end"]]
        if place.lat is None or place.lon is None:
            tally.add("unresolved", words)
        elif (off := distance(place.lat, place.lon, one["lat"], one["lon"])) > NEAR:
            tally.add(_far(off), words)


def _far(kilometres: float) -> str:
    if kilometres < 500:
        return "161 to 500 km off"
    return "500 to 2,000 km off" if kilometres < 2_000 else "over 2,000 km off"
