"""Names that do not fit their report: a place that is named once, and is but for its ending a person of the report.

Where letters are lost or a word is taken for a commoner one, "Chadha" becomes "Chad" and "Peruzzi" "Peru". Such a
place has nothing else to do with the report: neither it nor its people are named again. Nothing is repaired; the
finding says whom the words may mean.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Finding, Mention, Report, identify
from onrecord.spans import Span

_SHORTEST = 4
"""Letters from which on a name says enough."""
_LOST = 2
"""Letters that one name may have more than the other."""
_PARTICLES = ("al-", "el-", "al‑", "el‑", "d'", "d’", "o'", "o’")


def find_suspect_names(report: Report, mentions: Sequence[Mention]) -> tuple[Finding, ...]:
    """Findings of kind `suspect_name`, in the order of the text."""
    named = [(mention, mention.span.of(report.text).casefold()) for mention in mentions]
    surnames = {_surname(name): m.span for m, name in reversed(named) if m.type == "person"}
    found = []
    for mention, name in named:
        if mention.type == "place" and name.isalpha() and mention.span.start >= report.body:
            person = next((span for surname, span in surnames.items() if _is_twin(name, surname)), None)
            if person is not None and not any(_is_kin(name, other) for m, other in named if _may_be_kin(m, mention)):
                found.append(_finding(report, mention.span, person))
    return tuple(found)


def _surname(name: str) -> str:
    """The last word of a name, without the particle that it may begin with."""
    last = name.split()[-1]
    return next((last.removeprefix(particle) for particle in _PARTICLES if last.startswith(particle)), last)


def _is_twin(place: str, surname: str) -> bool:
    """Whether one name is the other with an ending."""
    short, long = sorted((place, surname), key=len)
    return len(short) >= _SHORTEST and 0 < len(long) - len(short) <= _LOST and long.startswith(short)


def _may_be_kin(mention: Mention, place: Mention) -> bool:
    return mention is not place and mention.type != "person"


def _is_kin(place: str, other: str) -> bool:
    """Whether another name is of the place or its people: "Peruvian" of "Peru"."""
    return any(word.startswith(place[:-1]) for word in other.split())


def _finding(report: Report, place: Span, person: Span) -> Finding:
    named, meant = place.of(report.text), person.of(report.text)
    return Finding(
        identify("f", report.id, "suspect_name", [[place.start, place.end]]),
        report.id,
        "suspect_name",
        (place, person),
        f"The place “{named}” is named nowhere else in this report, but “{meant}” is a person in it.",
        f"Read “{meant}” where the person is meant.",
    )
