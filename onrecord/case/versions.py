"""Versions of one report, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from onrecord.model import Annotations
from onrecord.spans import Passage

_COMMON = 0.3
"""Share of all words of two texts that both have, from which reports of one name are versions of each other."""
_MOST = 2000
"""Sentences beyond which two versions are compared as wholes only: comparing grows with their product."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Sentences that a later version has in place of others; either side may be empty."""

    before: tuple[Passage, ...]
    after: tuple[Passage, ...]


def alike(texts: Mapping[str, str], report: str) -> set[str]:
    """Those of some reports whose words are by and large the same as those of one of them, itself included."""
    words = {key: set(text.casefold().split()) for key, text in texts.items()}
    own = words.get(report, set())
    return {key for key, other in words.items() if len(own & other) >= _COMMON * max(1, len(own | other))}


def tied(revised: Mapping[str, str | None], named: Iterable[str], report: str) -> set[str]:
    """The reports that are versions of one, itself included; empty if there is none of this id.

    Args:
        revised: by report the one that it was found to revise.
        named: reports that are versions of this one because of their name.
    """
    links: dict[str, set[str]] = {identifier: set() for identifier in revised}
    for one, other in (*revised.items(), *((report, other) for other in named)):
        if one in links and other in links:
            links[one].add(other)
            links[other].add(one)
    found: set[str] = set()
    waiting = [report] if report in links else []
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(links[one])
    return found


def differences(before: Annotations, after: Annotations) -> list[Difference]:
    """What a later version of a report says otherwise than an earlier one, in the order of the later text.

    Sentences with the same words are the same, whatever white space stands between the words.
    """
    old, new = (_sentences(one) for one in (before, after))
    keys = [[" ".join(passage.text.split()) for passage in one] for one in (old, new)]
    return [Difference(tuple(old[first:last]), tuple(new[begin:end])) for first, last, begin, end in _changed(*keys)]


def _sentences(one: Annotations) -> list[Passage]:
    return [one.report.passage(span) for span in one.sentences]


def _changed(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches that differ: in the old list from where to where, and in the new one."""
    if max(len(old), len(new)) > _MOST:
        if old != new:
            yield 0, len(old), 0, len(new)
        return
    for tag, *where in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield where[0], where[1], where[2], where[3]
