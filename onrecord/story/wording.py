"""How numbers and dates are said in explanations."""

from __future__ import annotations

from onrecord.model import BOUNDS_SAID, Figure

_SIGNS = {
    "percentage": ("", " %"),
    "dollar": ("$", ""),
    "pound": ("£", ""),
    "euro": ("€", ""),
    "yen": ("¥", ""),
}
_NO_UNITS = frozenset(("figure", "number", "count"))
"""Units that say only that something is counted."""
_IRREGULAR = {"man": "men", "woman": "women", "child": "children", "person": "people", "foot": "feet", "life": "lives"}
_MEN = ("sman", "woman", "eman")
_UNCHANGED = frozenset(
    "people troops police dead wounded injured missing staff aircraft personnel military cattle sheep crew".split()
)


def number_said(value: float) -> str:
    """The number with its thousands parted, and no more places than it has."""
    return f"{value:,.10g}"


def figure_said(figure: Figure) -> str:
    """The value of a figure with its bound and its unit: `about 1,300 people`, `$150,000`, `60 %`."""
    before, after = _SIGNS.get(figure.unit or "", ("", ""))
    amount = f"{BOUNDS_SAID[figure.bound]}{before}{number_said(figure.value)}{after}"
    if figure.unit in _SIGNS or figure.unit is None or figure.unit in _NO_UNITS:
        return amount
    return f"{amount} {figure.unit if figure.value == 1 else _many(figure.unit)}"


def _many(unit: str) -> str:
    """The plural of what is counted."""
    *before, noun = unit.split(" ")
    if noun in _IRREGULAR:
        noun = _IRREGULAR[noun]
    elif noun.endswith(_MEN):
        noun = noun.removesuffix("man") + "men"
    elif noun not in _UNCHANGED and not noun.endswith("s"):
        noun = noun[:-1] + "ies" if noun[-1] == "y" and noun[-2:-1] not in tuple("aeiou") else noun + _ending(noun)
    return " ".join((*before, noun))


def _ending(noun: str) -> str:
    return "es" if noun.endswith(("ch", "sh", "x", "z")) else "s"
