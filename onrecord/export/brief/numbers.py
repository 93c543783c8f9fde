"""Figures: value and bound, what is counted, of whom and where, as of when; one line a measure, the latest first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from onrecord.export.brief.choose import FIGURE, weigh
from onrecord.export.brief.days import first_day, human
from onrecord.export.brief.disputes import in_sentence
from onrecord.export.brief.document import Group, Item, Line, Piece, Run, Section, counted, section, soft
from onrecord.export.brief.reading import Reading, clipped, grouped, plain_name
from onrecord.model import BOUNDS_SAID

_SIGNS = {
    "percentage": ("", " %"),
    "dollar": ("$", ""),
    "pound": ("£", ""),
    "pound sterling": ("£", ""),
    "euro": ("€", ""),
    "yen": ("¥", ""),
}
_MONEY = frozenset(_SIGNS) - {"percentage"}
_STATES = {"current": "", "claimed": "", "peak": "peak", "planned": "planned", "change": "change"}
_LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_TALLIES = frozenset("toll population total number count membership turnout".split())
"""What a number is of, and does not count: a death toll of 76."""
_SENTENCE = 110
_COUNTED = 60
_HANDFUL = 10
_LEAST = 2.65
"""Measures that weigh less are no news of the story, however much room there is."""


def numbers(reading: Reading, room: Mapping[str, int]) -> Iterator[Section]:
    """The measures that weigh most, each with its values."""
    measures = measures_of(reading)
    chosen = heaviest(measures, room["figures"])
    lines = tuple(_line(told, reading, room["older"]) for told in chosen)
    left = len(measures) - len(chosen)
    note = f"{counted(left, 'more measure is', 'more measures are')} in the record." if left else ""
    yield from section("figures", "Figures", [Group("", lines)], note)


Weighed = Sequence[tuple[float, Sequence[Item]]]
"""Measures with their weights, the heaviest first; a measure is its figures."""


def measures_of(reading: Reading) -> Weighed:
    """All measures of the record but those that are worth no line."""
    sources = _sources(reading)
    figures = [
        one
        for one in reading.record["figures"]
        if not _is_passing(one, reading) and not _counts_a_source(one, sources.get(one["report"], []))
    ]
    measures = grouped(figures, lambda one: _measure(one, reading)).values()
    return sorted(((weigh(FIGURE, told, reading), told) for told in measures), key=lambda pair: -pair[0])


def heaviest(measures: Weighed, most: int) -> list[Sequence[Item]]:
    """Those that are news of the story, `most` at most."""
    return [told for weight, told in measures if weight >= _LEAST][:most]


def _sources(reading: Reading) -> dict[str, list[Item]]:
    spans: dict[str, list[Item]] = {}
    for one in reading.attributed:
        if one["source"]["span"]:
            spans.setdefault(one["report"], []).append(one["source"]["span"])
    return spans


def _is_passing(figure: Item, reading: Reading) -> bool:
    """A handful, of nobody and nowhere, that nothing else speaks of: "two armies"."""
    scope = figure["of"] or figure["place"] or figure["date"] or reading.pointed_at[figure["id"]]
    return abs(figure["value"]) < _HANDFUL and float(figure["value"]).is_integer() and not scope


def _counts_a_source(figure: Item, sources: Sequence[Item]) -> bool:
    """Whether it only says how many speak: "three people with knowledge of the matter"."""
    counted_words = figure["counted"]
    return any(span["start"] <= counted_words["start"] and counted_words["end"] <= span["end"] for span in sources)


def value_of(figure: Item) -> str:
    """A number with its bound and unit as people write it: `about 2,500`, `25,000 to 30,000`, `$7 billion`."""
    if _is_share(figure):
        return f"{BOUNDS_SAID[figure['bound']]}{100 * figure['value']:.3g} %"
    before, after = _sign(figure)
    low, high = figure["low"], figure["high"]
    if figure["bound"] in ("exact", "about") and low is not None and high is not None and low < high:
        amount = f"{before}{_amount(low)} to {before}{_amount(high)}"
    else:
        amount = before + _amount(figure["value"])
    return f"{BOUNDS_SAID[figure['bound']]}{amount}{after}"


def _unit(figure: Item) -> str:
    """The unit without the stretch of time it is told for: "euro per year"."""
    return str(figure["unit"] or "").partition(" per ")[0]


def _sign(figure: Item) -> tuple[str, str]:
    """What stands before and behind the number."""
    before, after = _SIGNS.get(_unit(figure), ("", ""))
    per = str(figure["unit"] or "").partition(" per ")[2]
    return before, f"{after} a {per}" if per and before else after


def _is_share(figure: Item) -> bool:
    """Whether it is a part of what is counted: "4 in 10 voters"."""
    return 0 < figure["value"] < 1 and _unit(figure) not in _SIGNS


def _amount(value: float) -> str:
    for size, name in _LARGE:
        if abs(value) >= size and round(value / size, 2) * size == value:
            return f"{round(value / size, 2):g} {name}"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.6g}"


def _measure(figure: Item, reading: Reading) -> str:
    """What is measured: the thing counted, and of whom or where; without these the number in reports of one origin."""
    words = figure["counted"]["text"].lower().split()
    scope = figure["of"] or figure["place"]
    if scope is None and len(words) == 1:  # "people" alone may be anybody, but for a copy
        origin = reading.report[figure["report"]]["lineage"]["origin"]
        return f"{origin}|{value_of(figure)}|{words[0]}"
    unit = _unit(figure) if _unit(figure) in _SIGNS else ""
    return f"{unit}|{words[-1] if scope else ' '.join(words)}|{scope or ''}"


def _line(told: Sequence[Item], reading: Reading, most: int) -> Line:
    """The latest value, and under it the earlier ones; equal ones together."""
    values = list(grouped(told, lambda one: f"{value_of(one)}|{human(one['date'])}|{one['state']}").values())
    values.sort(key=lambda same: told_when(same[0], reading), reverse=True)
    latest, *older = values
    under = tuple(value_line(same, reading) for same in older[:most])
    main = value_line(latest, reading)
    more = (soft(f"· {len(older) - most} more"),) if len(older) > most else ()
    return Line(main.lead, (*main.pieces, *more), under)


def value_line(same: Sequence[Item], reading: Reading) -> Line:
    """One value, which several figures may tell."""
    figure = same[0]
    within = [span for span in figure["evidence"] if _overlap(span, figure["counted"])] or figure["evidence"]
    words = Run(clipped(in_sentence(within[0], reading, _SENTENCE), _SENTENCE + 20), "verbatim")
    pieces: list[Piece] = [words, reading.evidence([span for one in same[:3] for span in one["evidence"]])]
    scope = [part for part in (*_scope(figure, reading), human(figure["date"]), _STATES[figure["state"]]) if part]
    if scope:
        pieces.append(soft("· " + ", ".join(scope)))
    told = (soft("·"), *reading.told(figure["statement"]), *reading.decided(*(one["id"] for one in same)))
    return Line(lead_of(figure, within[0]), (*pieces, *told))


def lead_of(figure: Item, words: Item) -> str:
    """The value with what is counted; the very words where they name a magnitude only: "dozens of ships"."""
    if figure["bound"] == "more_than" and figure["high"] is not None:
        return clipped(words["text"], _COUNTED)
    if _unit(figure) in _MONEY:
        return value_of(figure)  # what is told beside it spends, gets or owes it, and is not counted
    coin = _coin(figure, words["text"])
    if coin:
        return f"{value_of(figure)} {coin}"
    counted_words = str(figure["counted"]["text"])
    if counted_words.lower().rpartition(" ")[2] in _TALLIES:
        return clipped(f"{counted_words} of {value_of(figure)}", _COUNTED)
    of = " of" if _is_share(figure) or figure["unit"] == "percentage" else ""
    return clipped(f"{value_of(figure)}{of} {counted_words}", _COUNTED)


def _coin(figure: Item, words: str) -> str:
    """The unit as its evidence writes it, where something else stands beside it: "170 million cedis in loans"."""
    unit = _unit(figure).rpartition(" ")[2].lower()
    written = re.search(rf"\b{re.escape(unit)}\w{{0,2}}\b", words, re.IGNORECASE) if len(unit) > 1 else None
    if written is None or unit in figure["counted"]["text"].lower():
        return ""
    per = str(figure["unit"]).partition(" per ")[2]
    return f"{written.group()} a {per}" if per else written.group()


def _overlap(span: Item, other: Item) -> bool:
    return bool(span["start"] < other["end"] and other["start"] < span["end"])


def _scope(figure: Item, reading: Reading) -> Iterator[str]:
    if figure["of"] in reading.actor:
        yield plain_name(reading.actor[figure["of"]])
    if figure["place"] in reading.place:
        yield reading.place[figure["place"]]["name"]


def told_when(figure: Item, reading: Reading) -> str:
    """The first day of what a figure tells, ISO 8601, else that of its report; "" where neither is known."""
    if figure["date"]:
        return first_day(figure["date"])
    date = first_day(reading.report[figure["report"]]["date"])
    return "" if date.startswith("9999") else date
