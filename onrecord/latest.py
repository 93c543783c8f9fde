"""What was made last, and of what: made once for all that ask for it one after the other."""

from __future__ import annotations

from collections.abc import Callable
from operator import is_
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Latest(Generic[Value]):
    """The value that was asked for last. What it is made of is told apart by identity: nobody changes it any more."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[object, ...], Value] | None = None

    def of(self, given: tuple[object, ...], make: Callable[[], Value]) -> Value:
        """The value of what is given: the last one if that was made of the very same, else a new one.

        Args:
            given: all that `make` makes it of. It is held, so that nothing else comes to stand in its place.
        """
        if self._kept is not None:
            known, value = self._kept
            if len(given) == len(known) and all(map(is_, given, known)):
                return value
        value = make()
        self._kept = given, value
        return value
