"""The map: the places of a story by how often they are named, over coarse outlines of countries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, radians

from onrecord.export.brief.document import Item
from onrecord.export.brief.reading import grouped
from onrecord.web.book import Book
from onrecord.web.land import path

_MOST = 16
_WIDTH, _TALLEST, _LEAST = 1000.0, 640.0, 300.0
_STEPS = (0.5, 1, 2, 5, 10, 20, 30)
_LINE, _LETTER = 19.0, 9.4
"""Height of a line and mean width of a letter, in the units of the drawing."""
_REACH = 16
"""How far from its middle a place is drawn."""
_SHIFTS = (0, 20, -20, 40, -40, 60, -60, 85, -85, 110, -110)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map, in the units of its drawing."""

    name: str
    x: float
    y: float
    precision: str
    reports: int
    mentions: int
    label_y: float
    left: bool


@dataclass(frozen=True, slots=True)
class Map:
    """The places with the lines of latitude and longitude around them."""

    spots: tuple[Spot, ...]
    meridians: tuple[tuple[float, str], ...]
    parallels: tuple[tuple[float, str], ...]
    height: float
    elsewhere: tuple[tuple[str, int], ...]
    land: str


def located(book: Book) -> Map | None:
    """The places told of most; those far from the others are listed instead. None if too few can be placed."""
    told = grouped(book.record["mentions"], lambda one: one["place"])
    found = [
        (book.place[place], mentions)
        for place, mentions in told.items()
        if place in book.place and book.place[place]["lat"] is not None
        if book.place[place]["precision"] in ("exact", "town", "region")
    ]
    found.sort(key=lambda pair: (-book.origins(pair[1]), -len(pair[1]), pair[0]["name"]))
    near, far = _apart(found[:_MOST])
    if len(near) < 2:
        return None
    return _drawn(near, far, book)


Told = tuple[Item, list[Item]]
Point = tuple[float, float]


def _apart(found: Sequence[Told]) -> tuple[list[Told], list[Told]]:
    """The places around which most mentions lie, and those too far off to share a map with them."""
    if not found:
        return [], []
    weights = [(one, len(told)) for one, told in found]
    middle_lat, middle_lon = _median([(p["lat"], n) for p, n in weights]), _median([(p["lon"], n) for p, n in weights])
    distances = [abs(p["lat"] - middle_lat) + abs(_turn(p["lon"] - middle_lon)) for p, _ in found]
    limit = max(8.0, 4 * sorted(distances)[len(distances) // 2])
    near = [one for one, distance in zip(found, distances, strict=True) if distance <= limit]
    far = [one for one, distance in zip(found, distances, strict=True) if distance > limit]
    return near, far


def _turn(degrees: float) -> float:
    return (degrees + 180) % 360 - 180


def _median(weighed: Sequence[tuple[float, int]]) -> float:
    ordered = sorted(weighed)
    half, seen = sum(n for _, n in ordered) / 2, 0
    for value, weight in ordered:
        seen += weight
        if seen >= half:
            return value
    return ordered[-1][0]


def _frame(lats: Sequence[float], lons: Sequence[float]) -> tuple[float, float, float, float, float]:
    """The degrees that a map of these points ends at (south, north, west, east), and its height for `_WIDTH`."""
    south, north, west, east = min(lats), max(lats), min(lons), max(lons)
    pad = max(0.6, (north - south) * 0.18, (east - west) * 0.1)
    south, north, west, east = south - pad, north + pad, west - pad * 1.6, east + pad * 1.6
    squeeze = max(0.2, cos(radians((south + north) / 2)))
    height = _WIDTH * (north - south) / max(0.1, (east - west) * squeeze)
    if height > _TALLEST:
        extra = ((north - south) * _WIDTH / _TALLEST / squeeze - (east - west)) / 2
        west, east, height = west - extra, east + extra, _TALLEST
    if height < _LEAST:
        extra = ((east - west) * squeeze * _LEAST / _WIDTH - (north - south)) / 2
        south, north, height = south - extra, north + extra, _LEAST
    return south, north, west, east, height


def _drawn(near: Sequence[Told], far: Sequence[Told], book: Book) -> Map:
    south, north, west, east, height = _frame([p["lat"] for p, _ in near], [p["lon"] for p, _ in near])

    def x(lon: float) -> float:
        return float(round((lon - west) / (east - west) * _WIDTH, 1))

    def y(lat: float) -> float:
        return float(round((north - lat) / (north - south) * height, 1))

    spots: list[Spot] = []
    points = [(x(place["lon"]), y(place["lat"])) for place, _ in near]
    for (place, told), point in zip(near, points, strict=True):
        spots.append(_spot(place, told, point, spots, points, book))
    step = next((s for s in _STEPS if (east - west) / s <= 8), 60)
    meridians = tuple((x(n), _degrees(n, "E", "W")) for n in _lines(west, east, step))
    parallels = tuple((y(n), _degrees(n, "N", "S")) for n in _lines(south, north, step))
    elsewhere = tuple((p["name"], len(told)) for p, told in far)
    return Map(tuple(spots), meridians, parallels, round(height, 1), elsewhere, path(x, y, _WIDTH, height))


def _spot(
    place: Item, told: Sequence[Item], point: Point, others: Sequence[Spot], points: Sequence[Point], book: Book
) -> Spot:
    """A place with its name where the name touches neither a name nor a place, as near to the place as that goes."""
    x, y = point
    reports = len({one["report"] for one in told})
    plain = Spot(place["name"], x, y, place["precision"], reports, len(told), y + 5, x > _WIDTH * 0.75)
    tried = [
        replace(plain, label_y=round(y + 5 + shift, 1), left=left)
        for shift in _SHIFTS
        for left in (plain.left, not plain.left)
    ]
    clear = [one for one in tried if _fits(one, others)]
    return next((one for one in clear if not _covers(one, points)), clear[0] if clear else plain)


def _fits(spot: Spot, others: Sequence[Spot]) -> bool:
    """Whether a name stands on the map and on no other name."""
    start, end = _label(spot)
    if start < 0 or end > _WIDTH or spot.label_y < 20:
        return False
    names = ((one.label_y, *_label(one)) for one in others)
    return not any(abs(spot.label_y - y) < _LINE and start < last and first < end for y, first, last in names)


def _covers(spot: Spot, points: Sequence[Point]) -> bool:
    """Whether a name stands on a place other than its own."""
    start, end = _label(spot)
    return any(
        abs(spot.label_y - 5 - y) < _REACH and start - _REACH < x < end + _REACH
        for x, y in points
        if (x, y) != (spot.x, spot.y)
    )


def _label(spot: Spot) -> tuple[float, float]:
    """From where to where a name is printed."""
    width = _LETTER * (len(spot.name) + len(str(spot.mentions)) + 1)
    return (spot.x - 18 - width, spot.x - 18) if spot.left else (spot.x + 18, spot.x + 18 + width)


def _lines(start: float, end: float, step: float) -> list[float]:
    number = int(start // step) + 1
    out = []
    while number * step < end:
        out.append(round(number * step, 2))
        number += 1
    return out


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):g}°{positive if value > 0 else negative if value < 0 else ''}"
