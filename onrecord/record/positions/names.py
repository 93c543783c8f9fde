"""The names in a report, word by word, under which reports can be compared."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.model import Annotations, Record
from onrecord.syntax import Syntax

_SOMEBODY = frozenset(("person", "organization", "group"))


class Names:
    """For each word of a report the name it belongs to, in one form for all its mentions."""

    def __init__(self, record: Record, annotations: Annotations, syntax: Syntax, known: Mapping[str, str]) -> None:
        self._of: dict[int, str] = {}
        self._whose: set[int] = set()
        for mention in annotations.mentions:
            if mention.type == "group":  # "coalition forces" is no name: what is said of them is said of the forces
                self._whose.update(syntax.words_in(mention.span))
                continue
            written = mention.span.of(annotations.report.text).lower()
            name = known.get(record.actor_of.get(mention.id) or record.place_of.get(mention.id) or "", written)
            for word in syntax.words_in(mention.span):
                self._of[word] = name
                if mention.type in _SOMEBODY or (mention.type == "place" and mention.id in record.actor_of):
                    self._whose.add(word)
        for span, actor in record.referents.get(annotations.report.id, ()):
            inside = syntax.words_in(span)
            if len(inside) == 1 and actor in known and inside[0] not in self._whose:
                self._of.setdefault(inside[0], known[actor])
                self._whose.add(inside[0])

    def of(self, word: int) -> str | None:
        """The name that the word is of, in lower case."""
        return self._of.get(word)

    def is_somebody(self, word: int) -> bool:
        """Whether the word names a person or body, and not a thing."""
        return word in self._whose


def names_of_ids(record: Record) -> dict[str, str]:
    """The name of each actor and place by its id, in lower case, so that a state and its land are one."""
    places = {place.id: place.name.lower() for place in record.places}
    return places | {actor.id: actor.name.lower() for actor in record.actors}
