"""Doubts about the texts and their dates, and the list of reports: how each is dated, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord.export.brief.days import human, in_words, stretch
from onrecord.export.brief.document import (
    Evidence,
    Group,
    Item,
    Line,
    Piece,
    Run,
    Section,
    counted,
    listed,
    section,
    soft,
)
from onrecord.export.brief.reading import Reading, clipped, grouped, title_of

_FIRST = ("misdated", "undated", "duplicate", "truncated", "suspect_name", "unquoted_speech", "unattributed")
"""Kinds in the order of how much they change what may be concluded; the others follow by name."""
_KINDS = {
    "misdated": "date in doubt",
    "undated": "no date declared",
    "unquoted_speech": "quotation without marks",
    "suspect_name": "name in doubt",
}
_STATUS = {
    "contradicted": "contradicted by its own words",
    "estimated": "estimated from its words",
    "consistent": "as declared",
    "unknown": "",
}
_RELATIONS = {"copy": "copy of", "revision": "revision of", "excerpt": "excerpt from"}
_EXPLANATION, _EXAMPLE, _TITLE = 230, 80, 100
_SHORT_TITLE = 40
_EXAMPLES = 3


def doubts(reading: Reading, room: Mapping[str, int]) -> Iterator[Section]:
    """One line for each report and kind of doubt, those about dates and copies first."""
    by_kind = grouped(reading.record["findings"], lambda one: f"{one['report']} {one['kind']}")
    ranked = sorted(by_kind.values(), key=lambda same: (_rank(same[0]["kind"]), reading.order[same[0]["report"]]))
    chosen = ranked[: room["doubts"]]
    chosen.sort(key=lambda same: (reading.order[same[0]["report"]], _rank(same[0]["kind"])))
    left = sum(map(len, ranked)) - sum(map(len, chosen))
    note = f"{counted(left, 'more doubt is', 'more doubts are')} in the record." if left else ""
    lines = tuple(_doubt(same, reading) for same in chosen)
    yield from section("doubts", "Doubts about the texts and their dates", [Group("", lines)], note)


def reports(reading: Reading, cited: Iterable[Section], room: Mapping[str, int]) -> Iterator[Section]:
    """All reports if they are few; else those that the brief cites."""
    shown = reading.reports
    if len(shown) > room["reports"]:
        named = _cited(cited)
        shown = [report for report in shown if report["id"] in named]
    left = len(reading.reports) - len(shown)
    note = f"Those cited here; {counted(left, 'more report is', 'more reports are')} in the record." if left else ""
    few = len(reading.reports) <= room["reports"]
    lines = [_listed(report, reading) for report in shown if few or _is_remarkable(report)]
    others = [report for report in shown if not few and not _is_remarkable(report)]
    if others:
        dates = "; ".join(f"{reading.label[report['id']]} {_short(report, reading)}" for report in others)
        lines.append(Line("as declared", (Run(dates),)))
    yield from section("reports", "The reports", [Group("", tuple(lines))], note)


def span_of_reports(reading: Reading) -> str:
    """From which day to which the reports are dated."""
    days = sorted(
        day for report in reading.reports for day in (report["date"]["earliest"], report["date"]["latest"]) if day
    )
    return stretch(days[0], days[-1]) if days else ""


def _rank(kind: str) -> tuple[int, str]:
    return (_FIRST.index(kind) if kind in _FIRST else len(_FIRST)), kind


def _doubt(same: Sequence[Item], reading: Reading) -> Line:
    kind = same[0]["kind"]
    label = reading.label[same[0]["report"]]
    times = f" ({len(same)} times)" if len(same) > 1 else ""
    lead = f"{label}: {_KINDS.get(kind, kind.replace('_', ' '))}{times}"
    if len(same) > 1:
        return Line(lead, tuple(_examples(same, reading)))
    told = " ".join(_sentence(same[0][key]) for key in ("explanation", "suggestion") if same[0][key])
    pieces: list[Piece] = [Run(clipped(in_words(_labelled(told, reading)), _EXPLANATION))]
    return Line(lead, (*pieces, *_examples(same, reading)))


def _labelled(told: str, reading: Reading) -> str:
    """An explanation that names another report by the name of its file, with the short name that the brief gives it."""
    for report in reading.reports:
        told = told.replace(f"'{report['name']}'", reading.label[report["id"]])
    return told


def _examples(same: Sequence[Item], reading: Reading) -> Iterator[Piece]:
    shown = [one for one in same if one["evidence"]][:_EXAMPLES]
    for number, one in enumerate(shown):
        if number:
            yield soft("·")
        yield Run(clipped(" … ".join(span["text"] for span in one["evidence"]), _EXAMPLE), "quote")
        yield reading.evidence(one["evidence"])


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else words + "."


def _cited(sections: Iterable[Section]) -> set[str]:
    lines = [line for one in sections for group in one.groups for line in group.lines]
    lines += [under for line in lines for under in line.under]
    pieces = [piece for line in lines for piece in line.pieces if isinstance(piece, Evidence)]
    return {passage["report"] for piece in pieces for passage in piece.passages}


def _is_remarkable(report: Item) -> bool:
    """Whether its date was not taken as declared, or it is not the first of its words."""
    return (report["date"]["status"], report["lineage"]["relation"]) != ("consistent", "original")


def _short(report: Item, reading: Reading) -> str:
    return ", ".join(filter(None, (reading.date_of(report), clipped(title_of(report), _SHORT_TITLE))))


def _listed(report: Item, reading: Reading) -> Line:
    pieces: list[Piece] = [Run(clipped(title_of(report), _TITLE), "strong")]
    pieces += [soft(f"· {dated(report)}")]
    if report["date"]["because"] and report["date"]["status"] != "consistent":
        pieces.append(reading.evidence(report["date"]["because"]))
    pieces.append(soft(f"· {_origin(report)}"))
    lineage = _lineage(report, reading)
    if lineage:
        pieces.append(soft(f"· {lineage}"))
    return Line(reading.label[report["id"]], tuple(pieces))


def dated(report: Item) -> str:
    """A report's date in words, what was made of it, and what was declared if that differs."""
    known, status = human(report["date"], at_length=True), report["date"]["status"]
    if not known:
        return "no date"
    known = ("~" if status == "estimated" and known[:1].isdigit() and " or " not in known else "") + known
    how = _STATUS[status]
    declared = report["declared_date"]
    if status == "contradicted" and declared:
        moved = "" if report["date"]["rule"] == "declared" else f"declares {in_words(declared)}, "
        how = f"{moved}contradicted by its own words"
    return f"{known}, {how}" if how else known


def _origin(report: Item) -> str:
    """Who wrote it and where, as far as the dateline or the wrapping tells."""
    dateline = report["dateline"]["text"] if report["dateline"] else None
    known = [dateline, report["publisher"] or report["lineage"]["agency"]]
    if dateline and known[1] and known[1] in dateline:
        known.pop()
    return ", ".join(word for word in known if word) or "origin not given"


def _lineage(report: Item, reading: Reading) -> str:
    """Of which report it is a copy, and which others come from the same hand."""
    relation = _RELATIONS.get(report["lineage"]["relation"])
    if relation and report["lineage"]["of"] in reading.label:
        return f"{relation} {reading.label[report['lineage']['of']]}"
    origin = reading.origin[report["id"]]
    same = [
        reading.label[one["id"]] for one in reading.reports if reading.origin[one["id"]] == origin and one is not report
    ]
    if not same:
        return ""
    return f"one origin with {listed(same) if len(same) <= 3 else counted(len(same), 'other report')}"
