"""What pronouns of a clause take up from the sentences before it: "eleven of *them*", "the bureau delivered *it*"."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.record.commitments.reading import Reading
from onrecord.spans import Span

_ANAPHORS = frozenset("it them they their these those its hers theirs ours mine yours".split())
_SUBJECTS = frozenset(("nsubj",))
_OBJECTS = frozenset(("obj", "nsubj"))
_BACK = 3
"""Sentences before, at most, of which one is taken up over others that name nothing of their own."""


def takes_up(reading: Reading, sentence: range) -> bool:
    """Whether something stands in the sentence that may mean what was told before."""
    return any(reading.form(w) in _ANAPHORS for w in sentence)


def takes_up_things(reading: Reading, clause: tuple[int, int], verbs: Sequence[int] = ()) -> bool:
    """As in "eleven of them", "they have been", "delivered it": of what was told before."""
    return _is_taking(reading, clause, _OBJECTS) or _is_led(reading, verbs)


def _is_led(reading: Reading, verbs: Sequence[int]) -> bool:
    """Whether a verb has such a pronoun for its subject, over an aside: "*hers*, she says, has not come"."""
    subjects = (reading.syntax.own_subject(verb) for verb in verbs)
    return any(subject is not None and reading.form(subject) in _ANAPHORS for subject in subjects)


def told_before(reading: Reading, sentences: Sequence[range], at: int) -> tuple[int, ...]:
    """The places of the sentences that pronouns of the one at `at` may take up, the nearest first.

    That is the one before; and what that one takes up itself, or skips over by naming nothing ("No."), back to a
    question, which its answers take up.
    """
    found: list[int] = []
    for before in range(at - 1, max(-1, at - 1 - _BACK), -1):
        found.append(before)
        sentence = sentences[before]
        asks = reading.form(sentence[-1]) == "?"
        names = any(reading.tag(w) == "NOUN" for w in sentence)
        if asks or (names and not _is_answer(reading, sentences, before)):
            break
    return tuple(found)


def _is_answer(reading: Reading, sentences: Sequence[range], at: int) -> bool:
    """Whether it stands in an answer: a question is told right before it, or before the sentence before."""
    near = sentences[max(0, at - 2) : at]
    return any(reading.form(sentence[-1]) == "?" for sentence in near) and takes_up(reading, sentences[at])


def taken_up(
    reading: Reading, before: Sequence[range], clause: tuple[int, int], verbs: Sequence[int]
) -> tuple[list[Span], list[Span]]:
    """The words that pronouns of a clause take up, and those that they may take up, whose nouns alone count."""
    spans = [reading.syntax.span(one[0], one[-1]) for one in before]
    if _is_taking(reading, clause, _SUBJECTS) or _is_led(reading, verbs):
        return spans[:1], spans[1:]
    return [], spans if takes_up_things(reading, clause) else []


def _is_taking(reading: Reading, clause: tuple[int, int], relations: frozenset[str]) -> bool:
    first, last = clause
    return any(
        reading.form(w) in _ANAPHORS and (reading.form(w - 1) == "of" or reading.syntax.words.relation[w] in relations)
        for w in range(first, last + 1)
    )
