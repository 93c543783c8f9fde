"""How numbers and dates are said in explanations."""

from __future__ import annotations

from onrecord.model import Figure

_BOUNDS = {
    "exact": "",
    "about": "about ",
    "more_than": "more than ",
    "less_than": "less than ",
    "at_least": "at least ",
    "at_most": "at most ",
}


def number_said(value: float) -> str:
    """The number with its thousands parted, and no more places than it has."""
    return f"{value:,.10g}"


def figure_said(figure: Figure) -> str:
    """The value of a figure with its bound and its unit."""
    return f"{_BOUNDS[figure.bound]}{number_said(figure.value)} {figure.unit or ''}".strip()
