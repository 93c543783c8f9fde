"""What is agreed and due next: commitments with their deadline, who is bound, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from onrecord.export.brief.became import became, last_state, other_moves
from onrecord.export.brief.choose import COMMITMENT, weigh
from onrecord.export.brief.days import day, first_day, human, last_day
from onrecord.export.brief.document import (
    Group,
    Item,
    Line,
    Piece,
    Run,
    Section,
    capital,
    listed,
    section,
    soft,
    strong,
)
from onrecord.export.brief.reading import Reading, clipped

_BOUND = {
    "agreed": "agreed",
    "pledged": "pledged",
    "planned": "planned",
    "possible": "possible, not promised",
    "requested": "asked for",
}
_FOR_WHOM = {"requested": " of ", "possible": " for "}
_BINDING = ("agreed", "pledged")
_ACTION = 170
_FEW_WORDS = 4


def promised(reading: Reading, room: Mapping[str, int]) -> Iterator[Section]:
    """The commitments that matter most: those ahead first, by deadline, then those past, then the undated."""
    every = ranked_commitments(reading)
    chosen = sorted(every[: room["agreed"]], key=lambda mentions: first_day(standing_date(mentions, reading)))
    groups: dict[str, list[Line]] = {"Ahead": [], "The date has passed": [], "No date given": []}
    for mentions in chosen:
        groups[_group(standing_date(mentions, reading), reading.last_known)].append(commitment_line(mentions, reading))
    groups["Dates that somebody moves, or asks to move"] = list(other_moves(reading))[: room["moves"]]
    left = len(every) - len(chosen)
    note = f"{len(chosen)} of {len(every)}, chosen by weight." if left else ""
    titled = [Group(title, tuple(lines)) for title, lines in groups.items()]
    yield from section("due", "What is agreed and due next", titled, note)


def foremost(reading: Reading) -> Iterator[Piece]:
    """The weightiest commitment that binds, with its date and what became of it last; nothing if there is none."""
    binding = [one for one in ranked_commitments(reading) if any(mention["strength"] in _BINDING for mention in one)]
    for mentions in binding[:1]:
        when = standing_date(mentions, reading)
        main = _fullest(mentions, when, reading)
        yield Run(f"{capital(_bound(main, reading))}:")
        yield from (Run(clipped(_words(main), _ACTION), "verbatim"), reading.evidence(main["evidence"]))
        if when is not None:
            yield Run(f", {_lead(mentions, when)}")
        yield from (soft("·"), *reading.told(main["statement"]))
        yield from last_state(mentions, when, reading)
        yield Run(".")


def ranked_commitments(reading: Reading) -> list[list[Item]]:
    """The commitments, the weightiest first; the mentions of one together."""
    every = _as_one(reading.record["commitments"], reading.record["changes"])
    return sorted(every, key=lambda mentions: -weigh(COMMITMENT, mentions, reading))


def _as_one(commitments: Sequence[Item], changes: Sequence[Item]) -> list[list[Item]]:
    """The mentions of each commitment together; a moved deadline joins what it was with what it became."""
    root = {one["id"]: one["same_as"] or one["id"] for one in commitments}
    for change in changes:
        if change["kind"] == "deadline" and change["before"] in root and change["after"] in root:
            kept, gone = root[change["before"]], root[change["after"]]
            root = {one: kept if of == gone else of for one, of in root.items()}
    together: dict[str, list[Item]] = {}
    for one in commitments:
        together.setdefault(root[one["id"]], []).append(one)
    return list(together.values())


def standing_date(mentions: Sequence[Item], reading: Reading) -> Item | None:
    """The date that stands: what the last report tells of it, as closely as it does."""
    dated = [(one, one["due"] or one["not_before"]) for one in mentions if one["due"] or one["not_before"]]
    latest = max((_place(one, reading) for one, _ in dated), default=None)
    return min((when for one, when in dated if _place(one, reading) == latest), key=_width, default=None)


def _width(when: Item) -> tuple[int, str]:
    """How many days it leaves open."""
    if not when["earliest"] or not when["latest"]:
        return 10**6, first_day(when)
    return (date.fromisoformat(when["latest"]) - date.fromisoformat(when["earliest"])).days, first_day(when)


def _group(when: Item | None, now: str | None) -> str:
    if when is None or not human(when):
        return "No date given"
    return "The date has passed" if now and last_day(when) < now else "Ahead"


def commitment_line(mentions: Sequence[Item], reading: Reading) -> Line:
    """A commitment by its fullest mention: when, what, how binding, who says so, and under it what became of it."""
    when = standing_date(mentions, reading)
    main = _fullest(mentions, when, reading)
    others = [span for one in mentions if one is not main for span in one["evidence"][:1]]
    also: tuple[Piece, ...] = (soft("· also"), reading.evidence(others)) if others else ()
    pieces = (*_told(main, reading), *also, *reading.decided(*(one["id"] for one in mentions)))
    return Line(_lead(mentions, when), pieces, tuple(became(main, mentions, when, reading)))


def _fullest(mentions: Sequence[Item], when: Item | None, reading: Reading) -> Item:
    """The mention that tells the date that stands, binds, and tells most of the parties; the first of equals."""

    def full(one: Item) -> tuple[bool, bool, bool, int, int]:
        return (
            (one["due"] or one["not_before"]) == when,
            one["due"] is not None,
            one["strength"] in _BINDING,
            len(one["parties"]),
            -_place(one, reading),
        )

    return max(mentions, key=full)


def _told(one: Item, reading: Reading) -> Iterator[Piece]:
    """What is to be done, how binding it is and for whom, who tells it and when."""
    yield Run(clipped(_words(one), _ACTION), "verbatim")
    yield reading.evidence(one["evidence"])
    yield from (soft("·"), strong(_bound(one, reading)), soft("·"), *reading.told(one["statement"]))
    if len(reading.reports) > 1:
        yield soft(f"· {reading.date_of(reading.report[one['report']])}")


def _words(one: Item) -> str:
    """What is to be done; told in a few words, with the rest of its clause, in one, with all of it: "end"."""
    action = one["action"]
    words = len(action["text"].split())
    if words > _FEW_WORDS:
        return str(action["text"])
    clauses = (span for span in one["evidence"] if span["start"] <= action["start"] and action["end"] <= span["end"])
    clause = next(clauses, action)
    return str(clause["text"] if words == 1 else clause["text"][action["start"] - clause["start"] :])


def _place(one: Item, reading: Reading) -> int:
    return reading.order[one["report"]]


def _lead(mentions: Sequence[Item], when: Item | None) -> str:
    if when is None or not human(when):
        return "no date"
    is_due = any(one["due"] is when for one in mentions)
    told = human(when)
    if told.startswith("between "):  # "within ten days": by the last of them
        told = day(when["latest"] if is_due else when["earliest"])
    return f"{'by' if is_due else 'not before'} {told}"


def _bound(main: Item, reading: Reading) -> str:
    """How binding it is, for whom, and towards whom."""
    parties, to = listed(reading.names(main["parties"])), listed(reading.names(main["to"]))
    words = _BOUND[main["strength"]] + (_FOR_WHOM.get(main["strength"], " by ") + parties if parties else "")
    return f"{words}, towards {to}" if to else words
