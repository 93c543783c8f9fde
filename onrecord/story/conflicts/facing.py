"""What two sources in one report say right after each other that cannot both be so, though neither denies outright.

They give one thing another hour ("the sirens went off at 11:20", "were silent until 11:55"); one says that there is no
truth in it; or one says that no such thing was, none was, nobody did it, of what the other has just told. What else
sets the two against each other has a room beside this one (`replies`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from onrecord.lemmas import lemma
from onrecord.model import Conflict, ConflictKind
from onrecord.spans import Passage
from onrecord.story.conflicts.disputed import disputed
from onrecord.story.conflicts.opposites import is_opposite, is_to_nothing
from onrecord.story.conflicts.replies import (
    insists_on_none,
    is_another_version,
    is_dismissed,
    is_elsewhere,
    is_excepted,
    is_not_since,
    shown_reply,
)
from onrecord.story.conflicts.said import Said

_APART = 4
"""Sentences between the two."""
_SHORT, _NEAR = 14, 2
_CLOCK = 5
_THERE = {"there was": 2, "there were": 2}


def facing(told: Mapping[str, Sequence[Said]], known: frozenset[str]) -> Iterator[Conflict]:
    """Of each report, what one source says against what another has just said.

    Args:
        told: what the sources of each report say, by the report's id.
        known: words of passages that other conflicts show, each once.
    """
    for said in told.values():
        for at, other in enumerate(said):
            for kind, test in _TESTS:
                one = _faced(said[:at], other, test)
                if one is not None:
                    evidence = _evidence(one, other)
                    if not {passage.text for passage in evidence} & known:
                        yield _conflict(kind, one, other, evidence)
                    break


def _faced(before: Sequence[Said], other: Said, test: Callable[[Said, Said], bool]) -> Said | None:
    """The nearest telling by another source before it that it stands against."""
    for one in reversed(before):
        if other.sentence - one.sentence > _APART:
            return None
        if one.source != other.source and one.is_told_first_hand and test(one, other):
            return one
    return None


def _is_another_hour(one: Said, other: Said) -> bool:
    """Whether both give one hour each, not the same, to what shares a word, or to "it"."""
    if len(one.clocks) != 1 or len(other.clocks) != 1 or one.clocks == other.clocks or _is_coming(one, other):
        return False
    letters = other.letters
    refers = letters[:1] in (["it"], ["that"]) and len(letters) <= _SHORT and other.sentence - one.sentence <= _NEAR
    letters = letters[letters[:2] == ["that", "it"] :]
    if refers and letters[1:2] in (["was"], ["happened"]):
        return True
    shared = one.contents & other.contents
    return len(shared) > 1 or (len(shared) == 1 and _told_first(one, shared) and _told_first(other, shared))


def _told_first(said: Said, shared: frozenset[str]) -> bool:
    """Whether the word shared stands among the first that are told, as what is spoken of."""
    return any(form.startswith(word[:4]) for form in said.forms[:_CLOCK] for word in shared)


def _is_no_truth(one: Said, other: Said) -> bool:
    """As in "there was no truth in that", "not a grain of truth"."""
    short = len(other.forms) <= _SHORT and other.sentence - one.sentence <= 1
    return "truth" in other.forms and other.denies and short


def _is_none(one: Said, other: Said) -> bool:
    """As in "no plane had been over the town", "not a single shot was fired": of what was told in other words."""
    letters, being = other.letters, _THERE.get(" ".join(other.letters[:2]), 0)
    letters = letters[being:]
    answers = any(a == "no" and b == "," for a, b in pairwise(other.forms[:_CLOCK]))  # "No, it was right"
    if one.denies or answers or not letters or _is_coming(one, other):
        return False
    if other.sentence - one.sentence > (_APART if being else 1):
        return False
    shared = one.contents & other.contents
    if letters[0] == "no" or letters[:2] == ["not", "a"]:
        things = {lemma(form, "NOUN") for form in letters[1:_CLOCK]}
        verbs = {lemma(form, "VERB") for form in letters[_CLOCK - 2 :] if form.endswith("ed")}
        return bool(shared & things) or bool(shared & verbs) or (being > 0 and bool(shared))
    return letters[0] in ("none", "nobody") and len(shared) > 1


def _is_coming(one: Said, other: Said) -> bool:
    return one.is_coming or other.is_coming


_TESTS: tuple[tuple[ConflictKind, Callable[[Said, Said], bool]], ...] = (
    ("date", _is_another_hour),
    ("polarity", _is_no_truth),
    ("polarity", is_dismissed),
    ("polarity", _is_none),
    ("polarity", is_excepted),
    ("polarity", is_another_version),
    ("polarity", is_not_since),
    ("place", is_elsewhere),
    ("polarity", insists_on_none),
    ("polarity", is_opposite),
    ("polarity", is_to_nothing),
)
"""What is asked of two tellings, and of which kind the conflict is that it shows."""
_EXPLAINED: Mapping[ConflictKind, str] = {
    "date": "Two sources give it different hours.",
    "place": "Two sources have somebody in different places at one time.",
}


def _evidence(one: Said, other: Said) -> tuple[Passage, Passage]:
    """The sentences of both; of one sentence the words that each says."""
    if one.sentence == other.sentence:
        return one.shown, other.shown
    return one.scene.shown(one.sentence, one.statement.content[0]), shown_reply(other)


def _conflict(kind: ConflictKind, one: Said, other: Said, evidence: tuple[Passage, Passage]) -> Conflict:
    ids = (one.statement.id, other.statement.id)
    explanation = _EXPLAINED.get(kind, "Two sources tell it and say that it is not so.")
    return disputed(kind, ids, evidence, explanation, "facing")
