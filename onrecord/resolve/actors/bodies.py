"""Which body a bare noun such as "the group" or "the ministry" stands for: the last one that it may be said of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from onrecord.model import Annotations
from onrecord.resolve.actors.lexicon import ActorWords, actor_words
from onrecord.resolve.actors.naming import Naming
from onrecord.resolve.names import folded

_MEMORY = 40
"""How many names back it may stand."""
_NEAR = 20
"""How many names back a body goes before others that are named later, if its own name has the noun."""


class Bodies:
    """The bodies that one report names, in order.

    Args:
        actor_of: the id of the actor of a naming, or None.
        type_of: the type of an actor, by id.
    """

    def __init__(
        self,
        annotations: Annotations,
        namings: Sequence[Naming],
        actor_of: Callable[[Naming], str | None],
        type_of: Callable[[str], str],
    ) -> None:
        self._namings, self._actor_of, self._type_of = namings, actor_of, type_of
        self._starts = [naming.span.start for naming in namings]
        self._lexicon: ActorWords = actor_words()
        outlet = folded(annotations.report.publisher or "")
        self._outlet = {outlet, outlet.rpartition(" ")[2]} - {""}

    def last(self, before: int, noun: str) -> str | None:
        """The body named before an offset that `noun` may be said of; no state, nor the outlet of the report.

        That is the last one whose name has the noun, as the Movement for Peace is "the movement", or else the last.
        """
        end = bisect_left(self._starts, before)
        earlier = [naming for naming in self._namings[max(0, end - _MEMORY) : end] if naming.span.end <= before]
        near = [naming for naming in earlier[-_NEAR:] if noun in folded(naming.name).split()]
        return self._latest(near, noun) or self._latest(earlier, noun)

    def _latest(self, namings: Sequence[Naming], noun: str) -> str | None:
        words = self._lexicon.words
        types = ("organization", "group") if noun in words["groups"] or noun == "group" else ("organization",)
        for naming in reversed(namings):
            name = folded(naming.name)
            if name in self._outlet or self._is_of_state(naming, noun):
                continue
            fits = noun not in words["titled_bodies"] or noun in name.split()
            actor = self._actor_of(naming) if fits else None
            if actor and self._type_of(actor) in types:
                return actor
        return None

    def _is_of_state(self, naming: Naming, noun: str) -> bool:
        """Whether the name is a state's ministry or the like, which nobody calls a company or a group."""
        known = self._lexicon.known.get(naming.known or "")
        return known is not None and known.type == "organization" and noun in self._lexicon.words["never_of_state"]

    def government(self) -> str | None:
        """The government that the report names as one, if it is the only one."""
        named = {self._actor_of(n) for n in self._namings if n.how == "government" or "Government" in n.name.split()}
        named.discard(None)
        return next(iter(named)) if len(named) == 1 else None
