"""What became of a commitment: its condition, its deadline where it moved or somebody wants it moved, later states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord.export.brief.choose import share_of_the_story
from onrecord.export.brief.days import first_day, human, last_day
from onrecord.export.brief.document import Item, Line, Piece, Run, soft
from onrecord.export.brief.reading import Reading, clipped

_WORDS = 160
_STEPS = 3
_LEAST = 0.25
"""Share of words that are common in what is said, below which a moved date is no part of the story."""


def became(main: Item, mentions: Sequence[Item], when: Item | None, reading: Reading) -> Iterator[Line]:
    """The lines under a commitment; `when` is the date that stands in the line itself."""
    conditions = [one for one in (main, *mentions) if one["condition"]]
    if conditions:
        span = conditions[0]["condition"]
        yield Line("on condition", (_verbatim(span), reading.evidence([span])))
    every = {one["id"]: one for one in mentions}
    steps = _news(mentions, when)
    if any(_dates(change, every) for change in reading.record["changes"]):
        steps = [step for step in steps if step["status"] != "due"]  # the moves of the date say it
    if len(steps) > _STEPS:
        steps = steps[:1] + steps[1 - _STEPS :]
    shown = [passage for step in steps for passage in step["evidence"]]
    yield from _moves(every, shown, reading)
    yield from (_step(step, reading) for step in steps)


def last_state(mentions: Sequence[Item], when: Item | None, reading: Reading) -> Iterator[Piece]:
    """What is last known of a commitment, if that is more than that it was announced."""
    steps = _news(mentions, when)
    for step in steps[-1:]:
        as_of = human(step["as_of"])
        yield Run(f"; {step['status']} as of {as_of}" if as_of else f"; {step['status']}")
        yield reading.evidence(step["evidence"])
        yield from (soft("·"), *reading.told(reading.teller_of(step["evidence"][-1])))


def other_moves(reading: Reading) -> Iterator[Line]:
    """Dates told to move that are of no commitment on record."""
    for change in reading.record["changes"]:
        of_none = change["kind"] == "deadline" and change["before"] is None and change["after"] is None
        if of_none and share_of_the_story(change["evidence"], reading) >= _LEAST:
            date = reading.date_of(reading.report[change["evidence"][-1]["report"]])
            yield Line("told " + date if date != "no date" else date, tuple(_told(change, reading)))


def _news(mentions: Sequence[Item], when: Item | None) -> list[Item]:
    """The later states of a commitment, in the order of their dates."""
    steps = [step for one in mentions for step in one["history"] if _is_news(step, when)]
    return sorted(steps, key=lambda step: (first_day(step["as_of"]), step["evidence"][0]["start"]))


def _is_news(step: Item, when: Item | None) -> bool:
    """Not that it was announced, nor that it is due when the line says so already."""
    if step["status"] != "due" or when is None or step["as_of"] is None:
        return bool(step["status"] not in ("announced", "due"))
    return last_day(step["as_of"]) < first_day(when) or first_day(step["as_of"]) > last_day(when)


def _moves(mentions: Mapping[str, Item], shown: Sequence[Item], reading: Reading) -> Iterator[Line]:
    """A moved deadline, with both dates; and one that somebody asks to move, unless those words are shown already."""
    for change in reading.record["changes"]:
        if change["kind"] != "deadline" or not {change["before"], change["after"]} & set(mentions):
            continue
        dates = _dates(change, mentions)
        if dates:
            yield Line("date moved", (soft(f"from {dates[0]} to {dates[1]}:"), *_told(change, reading)))
        elif not _overlap(change["evidence"][-1], shown):
            yield Line("move of date", tuple(_told(change, reading)))


def _dates(change: Item, mentions: Mapping[str, Item]) -> tuple[str, str] | None:
    """The deadline before and after a change of these mentions; None where they do not tell two."""
    if change["kind"] != "deadline":
        return None
    old, new = _due(mentions, change["before"]), _due(mentions, change["after"])
    return (old, new) if old and new and old != new else None


def _told(change: Item, reading: Reading) -> Iterator[Piece]:
    """The words of a change, who tells them, and the cause if one is told."""
    passage = change["evidence"][-1]
    yield from (_verbatim(passage), reading.evidence(change["evidence"]))
    yield from (soft("·"), *reading.told(reading.teller_of(passage)), *cause(change, reading))


def cause(change: Item, reading: Reading) -> Iterable[Piece]:
    """What is told to have caused a change."""
    if change["cause"]:
        yield from (soft("· cause:"), *cause_told(change["cause"], reading))


def cause_told(passage: Item, reading: Reading) -> Iterable[Piece]:
    """The words for a cause, and who gives it."""
    yield from (_verbatim(passage), reading.evidence([passage]))
    yield from (soft("·"), *reading.told(reading.teller_of(passage)))


def _due(mentions: Mapping[str, Item], claim: str | None) -> str:
    return human(mentions[claim]["due"]) if claim and claim in mentions else ""


def _step(step: Item, reading: Reading) -> Line:
    passage = step["evidence"][-1]
    as_of = human(step["as_of"])
    told = reading.told(reading.teller_of(passage))
    pieces: list[Piece] = [_verbatim(passage), reading.evidence(step["evidence"]), soft("·"), *told]
    return Line(step["status"] + (f", {as_of}" if as_of else ""), tuple(pieces))


def _verbatim(passage: Item) -> Run:
    return Run(clipped(passage["text"], _WORDS), "verbatim")


def _overlap(passage: Item, others: Iterable[Item]) -> bool:
    return any(
        one["report"] == passage["report"] and one["start"] < passage["end"] and passage["start"] < one["end"]
        for one in others
    )
