"""Who speaks, or is spoken of, where only the words before tell: "It" behind a body, "I" behind a label."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record.parties import Parties
from onrecord.record.positions.clauses import Clauses
from onrecord.record.positions.holders import Holder
from onrecord.spans import Span

_SENTENCES, _LABEL = 3, 40
"""Sentences back to the body that "It" is, and code points of a label."""


@dataclass(frozen=True)
class Voices:
    """Finds the holders that one report names only before. `others` are the actors that no "it" stands for."""

    clauses: Clauses
    parties: Parties
    others: frozenset[str]

    def of_body_before(self, pronoun: int) -> tuple[Holder, ...]:
        """The body that the sentences before are about, where the next begins with "It"."""
        first = pronoun
        for _ in range(_SENTENCES):
            begins = first == 0 or self.clauses.ends[first - 1] != self.clauses.ends[first]
            if not begins or first == 0:
                return ()
            start = self._first_of_sentence(first - 1)
            nouns = (w for w in range(start, first) if self.clauses.relation(w) == "nsubj" and self._may_begin(w))
            subject = next(nouns, None)
            if subject is None:
                return ()
            if self.clauses.syntax.folded(subject) != "it":
                actors = self.parties.of_phrase(subject)
                bodies = len(actors) == 1 and actors[0] not in self.others
                return (Holder(actors[0], pronoun, pronoun, head=subject),) if bodies else ()
            first = start
        return ()

    def _may_begin(self, word: int) -> bool:
        return self.clauses.is_nominal(word)

    def _first_of_sentence(self, word: int) -> int:
        while word > 0 and self.clauses.ends[word - 1] == self.clauses.ends[word]:
            word -= 1
        return word

    def of_label(self, pronoun: int) -> tuple[Holder, ...]:
        """Whom a transcript names at the head of the paragraph: "Quint: No. It pays for itself. I am against it"."""
        text, at = self.clauses.syntax.text, self.clauses.syntax.span(pronoun).start
        begin = text.rfind("\n", 0, at) + 1
        colon = text.find(":", begin, min(at, begin + _LABEL))
        words = self.clauses.syntax.words_in(Span(begin, colon)) if colon > begin else range(0)
        if not words or any(self.clauses.syntax.tag(w) not in ("PROPN", "NOUN", "ADJ") for w in words):
            return ()
        heads = (w for w in words if self.parties.of_phrase(w))
        actors = [actor for w in heads for actor in self.parties.of_phrase(w)]
        return (Holder(actors[0], pronoun, pronoun, head=words[-1]),) if len(set(actors)) == 1 else ()
