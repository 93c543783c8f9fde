"""What an attitude is, as the rules find it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attitude:
    """Words that are for or against something.

    Attributes:
        word: the index of its word.
        sign: 1 for, -1 against.
        complement: index of the head of what it is towards; None for a bare stance ("reassess that stance").
        mover: index of the noun that is to do what the complement says, or None.
        agent: index of the noun whose attitude it is; None where it is that of who states it.
        weak, person: as in `Expression`.
        shift: whether the attitude is given up or softened.
        judgement: whether it is that of who states it.
        said: index of what the thing is called, or of the word that takes it up again, or None.
    """

    word: int
    sign: int
    complement: int | None
    mover: int | None = None
    agent: int | None = None
    weak: bool = False
    person: bool = False
    shift: bool = False
    judgement: bool = False
    said: int | None = None
