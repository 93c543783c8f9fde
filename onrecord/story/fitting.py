"""Whether two numbers can both be so, given how exactly each is told."""

from __future__ import annotations

import math

from onrecord.model import Bound, Figure

_ABOUT = 0.15
"""How far off a number may be that is told as "about", as a share of it. In between is what papers let pass."""
_ROUGH = 0.05
"""How far off rounding alone may be, as a share of the number."""
_ROUND_FROM = 100
"""From here on a number with zeros at its end is taken to be rounded to them."""


def ends(figure: Figure) -> tuple[float, float]:
    """The least and the greatest value that the words allow."""
    low, high = _ends(figure.value, figure.bound)
    if figure.low is not None and figure.high is not None and figure.low < figure.high:
        return min(low, figure.low), max(high, figure.high)
    return low, high


def _ends(value: float, bound: Bound) -> tuple[float, float]:
    slack = abs(value) * _ABOUT if bound == "about" else min(_rounding(value) / 2, abs(value) * _ROUGH)
    least = -math.inf if bound in ("less_than", "at_most") else value - slack
    most = math.inf if bound in ("more_than", "at_least") else value + slack
    return least, most


def _rounding(value: float) -> float:
    """The place of the last figure that is not zero: 100 for 2,500. None for small and for broken numbers."""
    if abs(value) < _ROUND_FROM or value != int(value):
        return 0.0
    whole, place = abs(int(value)), 1
    while whole % 10 == 0:
        whole, place = whole // 10, place * 10
    return float(place) if place > 1 else 0.0


def fit(one: Figure, other: Figure) -> bool:
    """Whether some value is allowed by both."""
    (low, high), (least, most) = ends(one), ends(other)
    return low <= most and least <= high
