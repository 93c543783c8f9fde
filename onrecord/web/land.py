"""Outlines of countries as the path of a drawing: Natural Earth 1:110m, public domain, from `outlines.json`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

Ring = Sequence[Sequence[float]]
_FINE = 2000.0
"""Far outside of a drawing no point need be told from the next."""


@cache
def outlines() -> tuple[Ring, ...]:
    """Rings of longitude and latitude, in degrees."""
    return tuple(json.loads(files("onrecord.web").joinpath("outlines.json").read_text(encoding="ascii")))


def path(x: Callable[[float], float], y: Callable[[float], float], width: float, height: float) -> str:
    """The rings that reach into a drawing, as one path in whole units of it."""
    return "".join(_written(ring) for ring in _placed(x, y) if _reaches_in(ring, width, height))


def _placed(x: Callable[[float], float], y: Callable[[float], float]) -> Iterator[list[tuple[int, int]]]:
    for ring in outlines():
        points = [(round(_within(x(lon))), round(_within(y(lat)))) for lon, lat in ring]
        yield [point for number, point in enumerate(points) if number == 0 or point != points[number - 1]]


def _within(value: float) -> float:
    return max(-_FINE, min(_FINE * 2, value))


def _reaches_in(ring: Sequence[tuple[int, int]], width: float, height: float) -> bool:
    lefts, tops = [point[0] for point in ring], [point[1] for point in ring]
    if len(ring) < 3:
        return False
    return max(lefts) > 0 and min(lefts) < width and max(tops) > 0 and min(tops) < height


def _written(ring: Sequence[tuple[int, int]]) -> str:
    """A closed path, each point told from the one before it."""
    steps = "".join(f" {b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(ring))
    return f"M{ring[0][0]} {ring[0][1]}l{steps.lstrip()}z"
