"""Who says so: how the sources are known, who speaks most, in which office and with which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from onrecord.export.brief.centre import Centre
from onrecord.export.brief.document import (
    Group,
    Item,
    Line,
    Piece,
    Run,
    Section,
    capital,
    counted,
    listed,
    section,
    soft,
)
from onrecord.export.brief.reading import Reading, clipped, grouped, office, plain_name, shortened

_BASES = {
    "named": "a named source",
    "role": "a source known by its role or as a group",
    "anonymous": "a source whose name is withheld",
    "document": "a document",
    "report": "a source that is not given",
}
_QUOTE = 170
_QUOTES = {"“": "”", '"': '"', "«": "»", "„": "“", "‘": "’", "``": "''", "”": "”", "''": "''"}
_REFUSALS = 4


def voices(reading: Reading, room: Mapping[str, int]) -> Iterator[Section]:
    """Counts by basis, the reasons given for withholding names, and the principal speakers."""
    told = reading.attributed
    groups = (
        Group("", tuple(_by_basis(told, reading, room))),
        Group("Principal speakers", tuple(_speakers(told, reading, room["speakers"]))),
    )
    note = f"{counted(len(told), 'statement')} in {counted(len(reading.reports), 'report')}"
    origins = len(set(reading.origin.values()))
    yield from section("sources", "Who says so", groups, f"{note} of {counted(origins, 'origin')}.")


def said(statement: Item, limit: int = _QUOTE) -> Run:
    """What a statement says, as a quotation where the report quotes it whole."""
    pieces = [span["text"] for span in statement["content"]]
    if statement["directness"] == "direct":
        return Run(clipped(" … ".join(without_quotes(piece) for piece in pieces), limit), "quote")
    return Run(clipped(" … ".join(pieces).removeprefix("that "), limit), "verbatim")


def without_quotes(piece: str) -> str:
    """A direct quotation without the marks around it, if it has them."""
    piece = piece.strip()
    for opening, closing in _QUOTES.items():
        if piece.startswith(opening) and len(piece) > len(opening):
            return piece[len(opening) :].removesuffix(closing)
    return piece.removesuffix("”").removesuffix('"')


def _by_basis(told: Sequence[Item], reading: Reading, room: Mapping[str, int]) -> Iterator[Line]:
    count = Counter(one["source"]["basis"] for one in told)
    for basis, words in _BASES.items():
        if count[basis]:
            pieces: list[Piece] = [Run(f"from {words}", "source", basis)]
            yield Line(f"{count[basis]:,}", tuple(pieces), tuple(_reasons(told, reading, room, basis)))
    refusals = [one for one in told if one["attitude"] == "refusal-to-comment"]
    if refusals:
        by_name = {capital(reading.source_name(one)): one for one in reversed(refusals)}
        names = sorted(by_name, key=lambda name: refusals.index(by_name[name]))[:_REFUSALS]
        more = f" and {len(by_name) - len(names)} more" if len(by_name) > len(names) else ""
        evidence = reading.evidence([span for name in names for span in by_name[name]["evidence"][:1]])
        listing = ", ".join(names) if more else listed(names)
        yield Line("no comment", (Run(listing + more), evidence))


def _reasons(told: Sequence[Item], reading: Reading, room: Mapping[str, int], basis: str) -> Iterator[Line]:
    """Why names are withheld, in the words of the reports."""
    given = (
        {}
        if basis != "anonymous"
        else {one["source"]["reason"]["text"]: one for one in told if one["source"]["reason"]}
    )
    for words, one in list(given.items())[: room["reasons"]]:
        pieces = (
            Run(capital(reading.source_name(one)) + ":"),
            Run(clipped(words, _QUOTE), "verbatim"),
            reading.evidence([one["source"]["reason"]]),
        )
        yield Line("reason", pieces)


def _speakers(told: Sequence[Item], reading: Reading, limit: int) -> Iterator[Line]:
    centre = Centre(reading)
    by_actor = grouped((one for one in told if _can_be_named(one, reading)), lambda one: one["source"]["actor"])
    ranked = sorted(
        by_actor.items(),
        key=lambda pair: (-reading.origins(pair[1]), -len(pair[1]), plain_name(reading.actor[pair[0] or ""])),
    )
    for actor, statements in ranked[:limit]:
        key = centre.most_central(statements)
        if key is not None:
            yield _speaker(reading.actor[actor or ""], statements, key, reading)


def _can_be_named(statement: Item, reading: Reading) -> bool:
    """Not one who is only "I" or "they", nor one who would not say anything."""
    actor = reading.actor.get(statement["source"]["actor"] or "")
    spoken = statement["attitude"] not in ("refusal-to-comment", "question")
    return actor is not None and spoken and len(plain_name(actor)) > 2 and not plain_name(actor).islower()


def _speaker(actor: Item, statements: Sequence[Item], key: Item, reading: Reading) -> Line:
    held = office(actor, reading)
    pieces: list[Piece] = [soft(f"{held} —")] if held else []
    pieces += [said(key), reading.evidence(key["evidence"])]
    often = counted(len(statements), "statement") + _in_reports(statements)
    pieces.append(soft(f"· {reading.date_of(reading.report[key['report']])} · {often}"))
    outer = reading.told(key["within"]) if reading.chain(key["within"]) else ()
    if outer:
        pieces += [soft("· according to"), *outer]
    return Line(capital(shortened(plain_name(actor))), (Run("", "source", key["source"]["basis"]), *pieces))


def _in_reports(statements: Sequence[Item]) -> str:
    reports = len({one["report"] for one in statements})
    return f" in {counted(reports, 'report')}" if reports > 1 else ""
