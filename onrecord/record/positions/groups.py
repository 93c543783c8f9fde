"""Groups without a name, met again under other words: "pro-European parties", "the parties close to Europe"."""

from __future__ import annotations

from collections import defaultdict

from onrecord.model import Annotations, Record
from onrecord.record.cast import cast_of
from onrecord.record.positions.clauses import Clauses
from onrecord.record.positions.names import Names

_NEAR = 8
_WITHIN = frozenset(("conj", "appos", "parataxis", "nsubj", "cop"))


class Groups:
    """The described groups of a report, by their noun and the names in their description."""

    def __init__(self, record: Record, annotations: Annotations, clauses: Clauses, names: Names) -> None:
        self._clauses, self._names = clauses, names
        self._known: defaultdict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
        described = cast_of(record).described
        meant = [(m.span, record.actor_of.get(m.id, "")) for m in annotations.mentions]
        for span, actor in (*meant, *record.referents.get(annotations.report.id, ())):
            head = clauses.syntax.head_of(span) if actor in described else None
            if head is not None and clauses.syntax.tag(head) == "NOUN":
                self._known[clauses.base(head)].append((self._named(head), actor))

    def like(self, noun: int) -> str | None:
        """The one group of the same noun and a name in common; None where there is none or more than one."""
        if self._clauses.syntax.tag(noun) != "NOUN":
            return None
        named = self._named(noun)
        found = {actor for names, actor in self._known[self._clauses.base(noun)] if names & named}
        return found.pop() if len(found) == 1 else None

    def _named(self, noun: int) -> frozenset[str]:
        """The names within the description of a noun, near it."""
        inside = self._clauses.syntax.subtree(noun, _WITHIN)
        near = [self._names.of(word) for word in inside if abs(word - noun) <= _NEAR]
        return frozenset(name for name in near if name is not None)
