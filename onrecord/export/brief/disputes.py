"""What is disputed or does not fit: both passages side by side; updates and differences of scope shortly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from onrecord.export.brief.days import in_words
from onrecord.export.brief.document import Group, Item, Line, Run, Section, section, soft
from onrecord.export.brief.reading import Reading, clipped

_LABELS = {"conflict": "conflict", "disputed": "disputed", "update": "update", "scope": "not the same scope"}
_OPEN = ("conflict", "disputed")
_WORDS, _EXPLANATION = 160, 260
_PASSAGES = 3
"""Passages shown of one disagreement; the rest are counted."""


def disputes(reading: Reading, room: Mapping[str, int]) -> Iterator[Section]:
    """Conflicts and disputes, those that most witnesses tell first, then what later reports merely renewed."""
    every = sorted(reading.record["conflicts"], key=lambda one: (one["label"], -reading.origins(one["evidence"])))
    unsettled = [one for one in every if one["label"] in _OPEN]
    settled = [one for one in every if one["label"] not in _OPEN]
    settled.sort(key=lambda one: one["label"] != "update")
    groups = (
        Group("", tuple(_disagreement(one, reading) for one in unsettled[: room["disputes"]])),
        Group(
            "No contradiction: later figures, or another scope",
            tuple(_renewed(one, reading) for one in settled[: room["updates"]]),
        ),
    )
    left = max(0, len(unsettled) - room["disputes"]), max(0, len(settled) - room["updates"])
    yield from section("disputed", "What is disputed or does not fit", groups, _left_out(*left))


def _left_out(unsettled: int, settled: int) -> str:
    more = [
        f"{number} more {what}" for number, what in ((unsettled, "disputed"), (settled, "merely renewed")) if number
    ]
    return f"The record holds {' and '.join(more)}." if more else ""


def _disagreement(conflict: Item, reading: Reading) -> Line:
    shown = conflict["evidence"][:_PASSAGES]
    more = len(conflict["evidence"]) - len(shown)
    pieces = [Run(clipped(in_words(conflict["explanation"]), _EXPLANATION))] + (
        [soft(f"· {more} more")] if more else []
    )
    pieces += reading.decided(conflict["id"])
    lead = f"{_LABELS[conflict['label']]}: {conflict['kind']}"
    return Line(lead, tuple(pieces), tuple(_passages(shown, reading)))


def _passages(shown: Sequence[Item], reading: Reading) -> Iterator[Line]:
    """Each side of it; both once where they stand in the same words."""
    told: dict[str, list[Item]] = {}
    for passage in shown:
        words = clipped(in_sentence(passage, reading, _WORDS), _WORDS)
        told.setdefault(f"{passage['report']} {words}", []).append(passage)
    yield from (_passage(same, reading) for same in told.values())


def _passage(same: Sequence[Item], reading: Reading) -> Line:
    """One side of it: its words in their sentence, when and by whom."""
    passage = same[0]
    words = Run(clipped(in_sentence(passage, reading, _WORDS), _WORDS), "verbatim")
    told = reading.told(reading.teller_of(passage))
    return Line(reading.date_of(reading.report[passage["report"]]), (words, reading.evidence(same), soft("·"), *told))


def _renewed(conflict: Item, reading: Reading) -> Line:
    return Line(
        _LABELS[conflict["label"]],
        (Run(clipped(in_words(conflict["explanation"]), _EXPLANATION)), reading.evidence(conflict["evidence"])),
    )


def in_sentence(passage: Item, reading: Reading, limit: int) -> str:
    """The passage with as much of its sentence around it as fits into `limit` code points."""
    before, after = reading.around(passage)
    words = passage["text"]
    spare = max(0, limit - len(words))
    if len(before) + len(after) > spare:
        keep = min(len(after), max(spare // 2, spare - len(before)))
        before, after = _last_words(before, spare - keep), _first_words(after, keep)
    return f"{before}{words}{after}"


def _last_words(words: str, limit: int) -> str:
    if len(words) <= limit:
        return words
    cut: Sequence[str] = words[-limit:].split(" ", 1) if limit > 0 else ()
    return "… " + (cut[1] if len(cut) > 1 else "")


def _first_words(words: str, limit: int) -> str:
    return words if len(words) <= limit else words[: max(0, limit)].rsplit(" ", 1)[0] + " …"
