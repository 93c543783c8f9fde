"""The partition of phrases into what is held to be one, with what each part is known to be."""

from __future__ import annotations

from onrecord.resolve.coreference.phrases import Phrase, Phrases


class Partition:
    """Phrases by their numbers, joined step by step. What contradicts is not joined.

    A part knows the number, gender, animacy and type that any phrase of it shows; the earliest that tells counts.
    """

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self._parent = list(range(len(phrases.all)))
        self._told = list(phrases.all)
        self._plural = [p.plural for p in phrases.all]
        self._gender = [p.gender for p in phrases.all]
        self._animacy = [p.animacy for p in phrases.all]
        self._type = [p.type for p in phrases.all]
        self.size = [1] * len(phrases.all)

    def root(self, place: int) -> int:
        """The number that stands for the part `place` is in: its earliest phrase."""
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place

    def same(self, one: Phrase, other: Phrase) -> bool:
        return self.root(one.place) == self.root(other.place)

    def plural(self, phrase: Phrase) -> bool | None:
        return self._plural[self.root(phrase.place)]

    def gender(self, phrase: Phrase) -> str | None:
        return self._gender[self.root(phrase.place)]

    def animacy(self, phrase: Phrase) -> str | None:
        return self._animacy[self.root(phrase.place)]

    def type(self, phrase: Phrase) -> str | None:
        return self._type[self.root(phrase.place)]

    def mass(self, phrase: Phrase) -> int:
        """How many phrases are held to be one with `phrase`, itself included."""
        return self.size[self.root(phrase.place)]

    def join(self, one: Phrase, other: Phrase) -> None:
        """Holds two phrases to be one."""
        a, b = sorted((self.root(one.place), self.root(other.place)))
        if a == b:
            return
        self._parent[b] = a
        self.size[a] += self.size[b]
        if self._plural[a] is None:
            self._plural[a] = self._plural[b]
        self._gender[a] = self._gender[a] or self._gender[b]
        self._animacy[a] = self._animacy[a] or self._animacy[b]
        self._type[a] = self._type[a] or self._type[b]

    def agree(self, one: Phrase, other: Phrase) -> bool:
        """Whether nothing that is known of the two contradicts."""
        a, b = self.root(one.place), self.root(other.place)
        return not (
            _differ(self._plural[a], self._plural[b])
            or _differ(self._gender[a], self._gender[b])
            or _differ(self._animacy[a], self._animacy[b])
        )

    def genders_differ(self, one: Phrase, other: Phrase) -> bool:
        """Whether the two are known to be of two genders."""
        return _differ(self.gender(one), self.gender(other))

    def parts(self) -> list[list[Phrase]]:
        """The parts of two phrases and more, in the order of their first phrases."""
        found: dict[int, list[Phrase]] = {}
        for phrase in self.phrases.all:
            found.setdefault(self.root(phrase.place), []).append(phrase)
        return [part for part in found.values() if len(part) > 1]


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other
