"""Errors of places on LGL and GeoVirus: not recognised, not resolved, resolved elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from bench.mistakes.spans import compare
from bench.mistakes.tally import Tally
from bench.scoring.places import ALL, FILES, NAMES, NEAR, annotated, found_in
from bench.scoring.units import Units
from bench.scoring.workbench import Workbench
from onrecord.resolve.gazetteer import distance
from onrecord.resolve.places import resolve_places
from onrecord.spans import Span


def lines(bench: Workbench, show: int) -> Iterator[str]:
    """Recognition, then where those found are put, for each corpus."""
    for data, name, readings in (("LGL", FILES[0], ALL), ("GeoVirus", FILES[1], NAMES)):
        read = list(annotated(bench, name))
        beliefs = resolve_places([notes for _, notes in read])
        extents, put = Tally(f"places, {data}, recognition"), Tally(f"places, {data}, where")
        for item, notes in read:
            text, units = item["text"], Units(item["text"])
            found = found_in(beliefs, notes.report.id, frozenset(readings))
            ours = {units.of([Span(*span)]): Span(*span) for span in found}
            gold = {
                units.of([Span(one["start"], one["end"])]): Span(one["start"], one["end"]) for one in item["toponyms"]
            }
            words = ours | gold
            compare(
                extents,
                {w for w in ours if w},
                {w for w in gold if w},
                lambda span, words=words, text=text: words[span].of(text),
            )  # type: ignore[misc]
            for one in item["toponyms"]:
                reading = found.get((one["start"], one["end"]))
                if reading is None or one.get("lat") is None:
                    continue
                place = beliefs.place(reading.place)
                if place is None or place.lat is None or place.lon is None:
                    put.add("unresolved", text[one["start"] : one["end"]])
                    continue
                off = distance(place.lat, place.lon, one["lat"], one["lon"])
                if off > NEAR:
                    put.add(_far(off), text[one["start"] : one["end"]])
        yield from extents.lines(show)
        yield from put.lines(show)


def _far(kilometres: float) -> str:
    if kilometres < 500:
        return "161 to 500 km off"
    return "500 to 2,000 km off" if kilometres < 2_000 else "over 2,000 km off"
