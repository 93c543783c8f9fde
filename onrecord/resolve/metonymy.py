"""Places that stand for their governments, peoples or teams: "Washington said", "Iran's refusal", "beat Brazil".

The signs are those of Markert and Nissim (2002), "Metonymy resolution as a classification task": the preposition or
verb before the name, what the name owns, and the verb it does. They are read from words and tags, not from the tree: a
tree is least to be trusted at the start of a sentence, where most such names stand.
"""

from __future__ import annotations

from functools import cached_property

from onrecord.model import Annotations
from onrecord.resolve.placewords import place_words
from onrecord.spans import Span

_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
_LINKS = frozenset((",", "and", "or", "&"))
_REACH = 12


class Metonymy:
    """Asks of the places of one report whether they are meant as agents."""

    def __init__(self, annotations: Annotations) -> None:
        self._text = annotations.report.text
        self._words = annotations.words
        self._lexicon = place_words()

    @cached_property
    def _word_at(self) -> dict[int, int]:
        return {start: word for word, start in enumerate(self._words.starts)}

    def stands_for_people(self, span: Span) -> bool:
        """Whether the words at `span` mean those who live or rule there, not the place."""
        first = self._word_at.get(span.start)
        if first is None or not self._words.tag:
            return False
        last = first
        while last + 1 < len(self._words) and self._words.ends[last + 1] <= span.end:
            last += 1
        if self._form(last + 1) in _POSSESSIVE:
            return self._owns(last + 2)
        before = self._before(first)
        word, lexicon = self._form(before), self._lexicon
        if word == "for" and any(self._form(near) in lexicon.goes for near in range(before - 4, before)):
            return False
        if word in lexicon.against or word in lexicon.dealt:
            return True
        if word == "of":
            return self._form(before - 1) in lexicon.owned
        if self._tag(before) == "VERB":
            return word not in lexicon.goes and word not in lexicon.still
        if self._tag(before) == "ADP" and word not in lexicon.clauses:
            return False
        return self._does(self._after(last))

    def building_meant(self, span: Span) -> bool:
        """Whether a building that also stands for a government ("the Kremlin") is meant as a building."""
        first = self._word_at.get(span.start)
        return first is not None and self._form(self._before(first)) in self._lexicon.sited

    def _owns(self, word: int) -> bool:
        """Whether what follows a possessive is what only an agent has."""
        for near in range(word, word + 4):
            if self._form(near) in self._lexicon.owned:
                return True
            if self._tag(near) not in ("ADJ", "NOUN", "NUM", "ADV", "PROPN"):
                return False
        return False

    def _does(self, word: int) -> bool:
        """Whether an agent's verb begins at a word."""
        lexicon, form = self._lexicon, self._form(word)
        if self._tag(word) == "VERB":
            return form not in lexicon.still and not form.endswith("ing")
        if self._tag(word) != "AUX":
            return False
        for near in range(word + 1, word + 5):
            if self._tag(near) == "VERB":
                active = form not in lexicon.be or self._form(near).endswith("ing")
                return active and self._form(near) not in lexicon.still
            if self._tag(near) not in ("AUX", "ADV", "PART"):
                return False
        return False

    def _before(self, first: int) -> int:
        """The word before a name, or before the list of names it ends; articles and adjectives are skipped."""
        word = first - 1
        for _ in range(_REACH):
            form, tag = self._form(word), self._tag(word)
            described = tag == "ADJ" and self._tag(word + 1) == "PROPN"
            linked = form in _LINKS and self._tag(word - 1) == "PROPN"
            if not (tag in ("DET", "PROPN") or described or linked):
                break
            word -= 1
        return word

    def _after(self, last: int) -> int:
        """The word after a name, or after the list of names it begins; adverbs are skipped."""
        word = last + 1
        for _ in range(_REACH):
            form, tag = self._form(word), self._tag(word)
            if form in _LINKS and self._tag(word + 1) in ("PROPN", "DET"):
                word += 2
            elif tag in ("PROPN", "ADV"):
                word += 1
            else:
                break
        return word

    def _tag(self, word: int) -> str:
        return self._words.tag[word] if 0 <= word < len(self._words.tag) else ""

    def _form(self, word: int) -> str:
        if not 0 <= word < len(self._words):
            return ""
        return self._text[self._words.starts[word] : self._words.ends[word]].casefold()
