"""Whose the counted are, and where they are counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onrecord.model import Annotations, Record
from onrecord.record.cast import cast_of
from onrecord.record.figures.lexicon import lexicon
from onrecord.record.parties import Parties
from onrecord.spans import Located, Span
from onrecord.syntax import Syntax

_OWNING = frozenset(("amod", "compound", "nmod"))
_WHERE = frozenset(("nmod", "obl", "acl", "advmod"))
_BELOW = 2
"""Steps below what is counted at which a place is still its own: "troops [serving [in Oman]]"."""


class Scope:
    """The actors and places that the figures of one report belong to."""

    def __init__(self, record: Record, annotations: Annotations, syntax: Syntax) -> None:
        self._syntax = syntax
        self._parties = Parties(record, annotations, syntax)
        self._types = cast_of(record).type_of
        self._numbers = Located((quantity.span, quantity) for quantity in annotations.quantities)
        self._places = Located(_places(annotations, record.place_of))

    def owner(self, counted: Span) -> str | None:
        """The actor that the counted are ("the guerrillas"), or belong to ("Danish troops", "soldiers of the army").

        None where nobody known is meant, or where several are.
        """
        head = self._head(counted)
        if head is None:
            return None
        itself = self._parties.of_phrase(head)
        if itself:
            return itself[0] if len(itself) == 1 and self._is_many(itself[0]) else None
        return self._sole(self._owners(head))

    def _is_many(self, actor: str) -> bool:
        """Whether an actor can be what is counted itself: no person, and none known by a role only."""
        return self._types.get(actor) not in ("person", "role", None)

    def place(self, counted: Span, number: int | None) -> str | None:
        """The place where they are counted: told with the noun, else in the clause; None where two are told."""
        head = self._head(counted)
        if head is None:
            return None
        for start in (head, number):
            own = [] if start is None else list(self._places_below(start, _BELOW))
            if own:
                return self._sole_place(own, counted)
        return self._place_of_clause(head if number is None else number, counted)

    def _sole_place(self, found: list[tuple[Span, str]], counted: Span) -> str | None:
        """The one place of those found; None where another number stands between it and what is counted."""
        if len({place for _, place in found}) != 1:
            return None
        for at, place in found:
            first, last = sorted((at, counted))
            between = Span(first.end, last.start) if first.end < last.start else None
            others = [] if between is None else [s for s, _ in self._numbers.touching(between) if between.contains(s)]
            if not [s for s in others if s.end + 1 < counted.start or s.start > counted.end]:
                return place
        return None

    def _head(self, counted: Span) -> int | None:
        head = self._syntax.head_of(counted) if self._syntax.tagged else None
        inside = self._syntax.words_in(counted)
        return inside[-1] if head is None and self._syntax.tagged and inside else head

    def _owners(self, head: int) -> Iterator[tuple[str, ...]]:
        for child in self._syntax.children[head]:
            if self._syntax.words.relation[child] in _OWNING and self._case(child) in ("", *lexicon().owning):
                yield self._parties.of_phrase(child)

    @staticmethod
    def _sole(found: Iterator[tuple[str, ...]]) -> str | None:
        actors = {actor for group in found for actor in group}
        return actors.pop() if len(actors) == 1 else None

    def _case(self, word: int) -> str:
        """The preposition before a word, or the genitive behind it; "" without."""
        child = self._syntax.child(word, frozenset(("case",)))
        return "" if child is None else self._syntax.folded(child)

    def _place_of_clause(self, word: int, counted: Span) -> str | None:
        path = self._syntax.up_to_verb(word)
        for head in path:
            own = list(self._places_below(head, 1, after_verb=True))
            if own:
                return self._sole_place(own, counted)
        return None

    def _places_below(self, word: int, depth: int, after_verb: bool = False) -> Iterator[tuple[Span, str]]:
        """Places that hang on a word by a preposition of place, or own it ("Gaza's population")."""
        for child in self._syntax.children[word]:
            if self._syntax.words.relation[child] not in _WHERE:
                continue
            found = self._place_at(child)
            if found is not None and self._is_where(child, after_verb):
                yield self._syntax.span(child), found
            elif found is None and depth > 1 and not after_verb:
                yield from self._places_below(child, depth - 1)

    def _is_where(self, word: int, after_verb: bool) -> bool:
        case = self._case(word)
        return case in lexicon().where or (not after_verb and case in ("'s", "’s", "of", "from"))

    def _place_at(self, word: int) -> str | None:
        at = self._syntax.span(word)
        return next((place for _, place in self._places.touching(at)), None)


def _places(annotations: Annotations, place_of: Mapping[str, str]) -> list[tuple[Span, str]]:
    return [(m.span, place_of[m.id]) for m in annotations.mentions if m.id in place_of]
