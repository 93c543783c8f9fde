"""The sources of one report: what each stands for, and how it is known so far."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.annotate.sourcing.gender import Gender, Genders
from onrecord.annotate.sourcing.lexicon import PERSONS, lexicon
from onrecord.annotate.sourcing.phrases import phrase_at
from onrecord.annotate.sourcing.scene import CROWDED, Scene
from onrecord.model import Basis, Source
from onrecord.spans import Span

REACH = 5
"""How many sentences back a pronoun or short form may reach."""


class Register:
    """The sources of one report in the order of its text, known by their number in it.

    A source either stands for an earlier one, or is a root, with a basis and perhaps a reason of its own.

    Attributes:
        given: the source spans, each once.
        basis: how each source is known as far as it tells; what counts is its root's.
        reason: why each root is anonymous.
    """

    def __init__(self, scene: Scene, spans: Sequence[Span]) -> None:
        self.scene = scene
        self.given = sorted(set(spans))
        self.phrases = [phrase_at(scene, span) for span in self.given]
        self.basis: list[Basis | None] = [phrase.basis for phrase in self.phrases]
        self.reason: list[Span | None] = [None] * len(self.phrases)
        self.genders = Genders(scene)
        self._told: dict[int, Gender] = {}
        self._stands_for: list[int | None] = [None] * len(self.phrases)
        self._roots = list(range(len(self.phrases)))
        self._by_sentence: dict[int, list[int]] = {}
        for k, phrase in enumerate(self.phrases):
            self._by_sentence.setdefault(phrase.sentence, []).append(k)

    def sources_in(self, sentence: int, offset: int) -> Sequence[int]:
        """The sources of a sentence, in order; of a sentence that holds very many, those near `offset`."""
        found = self._by_sentence.get(sentence, [])
        if len(found) <= CROWDED:
            return found
        at = bisect_left(found, offset, key=lambda k: self.given[k].start)
        return found[max(0, at - CROWDED // 2) : at + CROWDED // 2]

    # -- what stands for what

    def root(self, k: int) -> int:
        """The source that `k` stands for in the end; itself if for no other."""
        return self._roots[k]

    def antecedent(self, k: int) -> int | None:
        """The source that `k` stands for at first hand."""
        return self._stands_for[k]

    def join(self, k: int, other: int) -> None:
        """Let `k` stand for `other`; if it is "she", its root is a woman from now on."""
        self._stands_for[k] = other
        self._roots[k] = self._roots[other]
        gender = self.genders.of_phrase(self.phrases[k])
        if gender is not None:
            self._told.setdefault(self._roots[k], gender)

    def cut(self, k: int) -> None:
        """Let `k` stand for itself."""
        self._stands_for[k] = None
        self._roots[k] = k

    def trace_roots(self) -> None:
        """Find all roots anew: a cut may have parted a chain of pronouns."""
        for k, other in enumerate(self._stands_for):
            self._roots[k] = k if other is None else self._roots[other]

    # -- what sources there are

    def is_one_person(self, k: int) -> bool:
        """Whether "he" may stand for the source."""
        phrase = self.phrases[self.root(k)]
        if phrase.kind == "name":
            return phrase.known_as in (None, "person") and phrase.count != "several"
        one = phrase.head in lexicon().words["singular_pronoun"]
        return one or (phrase.kind in PERSONS | {"other"} and not phrase.several)

    def is_thing(self, k: int) -> bool:
        """Whether "it" may stand for the source."""
        phrase = self.phrases[self.root(k)]
        return phrase.kind in ("body", "document", "crowd") or (phrase.kind == "name" and phrase.known_as != "person")

    def is_many(self, k: int) -> bool:
        """Whether "they" may stand for the source: for one person too, if the name is withheld."""
        phrase = self.phrases[self.root(k)]
        many = phrase.several or phrase.kind in ("body", "crowd")
        return phrase.kind != "document" and (many or self.basis[self.root(k)] == "anonymous")

    def gender(self, k: int) -> Gender | None:
        """The gender of whomever the source stands for, where the text tells it."""
        root = self.root(k)
        return self.genders.of_phrase(self.phrases[root]) or self._told.get(root)

    # -- the outcome

    def sources(self) -> dict[Span, Source]:
        """Every source, under the span it was given by."""
        return {span: self._source(k) for k, span in enumerate(self.given)}

    def _source(self, k: int) -> Source:
        root = self.root(k)
        basis = self.basis[root] or "role"
        count = self.phrases[k].count
        if count == "unknown":
            count = self.phrases[root].count
        return Source(self.given[k], basis, self.reason[root] if basis == "anonymous" else None, count)
