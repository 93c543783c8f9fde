"""One signal of a commitment, and what speaks against words that would be one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.model import Strength
from onrecord.record.commitments.reading import NOT, Reading
from onrecord.record.commitments.verbs import Group

Kind = Literal["modal", "state", "undertaking", "asking", "paper", "scheduled", "deadline"]


@dataclass(frozen=True, slots=True)
class Signal:
    """That a deed is somebody's.

    Attributes:
        first: the first word that says so.
        deed: the verb or noun of the deed; start: the first word of what is to be done.
        bound: the head of the words for who is bound, or for what it is done to; None where the sentence has none.
        governed: the word whose lemma says how firm it is; `first` where there is none.
    """

    kind: Kind
    first: int
    group: Group
    strength: Strength
    bound: int | None
    governed: int

    @property
    def deed(self) -> int:
        return self.group.verb

    @property
    def start(self) -> int:
        return self.group.start


def denied(reading: Reading, sentence: range, word: int) -> bool:
    """Whether "not", "never" or "no" stands right before."""
    before = range(max(sentence.start, word - 3), word)
    return any(reading.form(w) in NOT or reading.form(w) == "no" for w in before)


def unreal(reading: Reading, sentence: range, word: int) -> bool:
    """Whether the promise was not made: "did not agree", "would agree", "if it agreed", "to agree"."""
    before = range(max(sentence.start, word - 3), word)
    forms = {reading.form(w) for w in before}
    modal = forms & {"would", "could", "should", "might", "may", "can", "must", "to", "will", "if", "no", "without"}
    return bool(modal) or denied(reading, sentence, word)
