"""Which body a bare noun such as "the group" or "the ministry" stands for: the last one that it may be said of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from onrecord.resolve.actors.lexicon import ActorWords, actor_words
from onrecord.resolve.actors.naming import Named, Naming
from onrecord.resolve.names import folded

_MEMORY = 40
"""How many names back it may stand."""
_NEAR = 20
"""How many names back a body goes before others that are named later, if its own name has the noun."""


class Bodies:
    """The bodies that one report names, in order."""

    def __init__(self, named: Named) -> None:
        annotations = named.annotations
        self._namings, self._actor_of, self._type_of = named.namings, named.actor_of, named.type_of
        self._starts = [naming.span.start for naming in named.namings]
        self._lexicon: ActorWords = actor_words()
        self._sentences = [sentence.start for sentence in annotations.sentences]
        self._headline = annotations.report.body
        outlet = folded(annotations.report.publisher or "")
        self._outlet = {outlet, outlet.rpartition(" ")[2]} - {""}

    def last(self, before: int, noun: str) -> str | None:
        """The body named before an offset that `noun` may be said of; no state, nor the outlet of the report.

        That is the last one whose name has the noun, as the Movement for Peace is "the movement", or else the last. Of
        several in the sentence before, "the company" is the one it begins with, which it is about; where that sentence
        names none, the one in the headline, if only one is.
        """
        end = bisect_left(self._starts, before)
        earlier = self._namings[max(0, end - _MEMORY) : end]
        named = [naming for naming in earlier if self._may_be(naming, before, noun)]
        if not named:
            return None
        near = earlier[-_NEAR:]
        called = [naming for naming in named if naming in near and noun in folded(naming.name).split()]
        if called:
            return self._actor_of(called[-1])
        return self._actor_of(
            self._business(named, before) if noun in self._lexicon.words["of_business"] else named[-1]
        )

    def _business(self, named: Sequence[Naming], before: int) -> Naming:
        """Of the bodies named before, the one that the text goes on about."""
        here = self._sentence_of(before)
        beside = [naming for naming in named if self._sentence_of(naming.span.start) == here - 1]
        if self._sentence_of(named[-1].span.start) == here:
            return named[-1]
        if beside:
            return beside[0]
        headed = {self._actor_of(naming): naming for naming in named if naming.span.start < self._headline}
        return next(iter(headed.values())) if len(headed) == 1 else named[-1]

    def _may_be(self, naming: Naming, before: int, noun: str) -> bool:
        """Whether the noun may be said of what the name names: a company is no union, a ministry no company."""
        words, name = self._lexicon.words, folded(naming.name)
        types = ("organization", "group") if noun in words["groups"] or noun == "group" else ("organization",)
        if naming.span.end > before or name in self._outlet or self._is_of_state(naming, noun):
            return False
        if noun in words["titled_bodies"] and noun not in name.split():
            return False
        if noun in words["of_business"] and set(name.split()) & words["no_business"]:
            return False
        actor = self._actor_of(naming)
        return actor is not None and self._type_of(actor) in types

    def _sentence_of(self, offset: int) -> int:
        return bisect_right(self._sentences, offset) - 1

    def _is_of_state(self, naming: Naming, noun: str) -> bool:
        """Whether the name is a state's ministry or the like, which nobody calls a company or a group."""
        known = self._lexicon.known.get(naming.known or "")
        return known is not None and known.type == "organization" and noun in self._lexicon.words["never_of_state"]

    def government(self) -> str | None:
        """The government that the report names as one, if it is the only one; else that of the only state it names.

        That state has to be named twice at least, and not by its adjective: of "a Senegalese captain" nothing follows.
        """
        named = self._actors(n for n in self._namings if n.how == "government" or "Government" in n.name.split())
        if not named:
            states = [n for n in self._namings if n.known in self._lexicon.states and n.how != "demonym"]
            named = self._actors(states) if len(states) > 1 else named
        return next(iter(named)) if len(named) == 1 else None

    def _actors(self, namings: Iterable[Naming]) -> set[str]:
        return {actor for naming in namings if (actor := self._actor_of(naming)) is not None}
