"""What the words around an attitude say of its time: that it is held now, or was said to be before."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record.positions.clauses import Clauses
from onrecord.record.positions.lexicon import words_of

_NOW, _LATER, _CLAUSE = 5, 40, 16
"""Words before an attitude that may hold "now"; of the next sentence; and before it in its clause."""
_SAYING = frozenset("say tell declare insist announce argue promise vow".split())
_ITS = frozenset(("the", "this", "that", "its", "his", "her", "their"))
_OF_MIND = frozenset(("heart", "mind", "course", "position"))
_PLAIN = frozenset(("change", "turn", "shift"))
"""Nouns that name a change of mind only with "of heart" behind them."""


@dataclass(frozen=True)
class Turns:
    """Reads the words around the attitudes of one report."""

    clauses: Clauses

    def is_now(self, word: int) -> bool:
        syntax, near = self.clauses.syntax, range(max(0, word - _NOW), word)
        return any(syntax.folded(w) == "now" and self.clauses.ends[w] == self.clauses.ends[word] for w in near)

    def is_called_a_turn(self, word: int) -> bool:
        """Whether what is held "now" is called a change of mind in the next sentence: "no reason for the turnabout"."""
        syntax, first = self.clauses.syntax, self.clauses.ends[word]
        if not self.is_now(word) or first >= len(syntax.words):
            return False
        return any(
            self.clauses.base(w).replace("_", "-") in words_of("shifts turnabouts") and self._is_plain(w)
            for w in range(first + 1, min(self.clauses.ends[first], first + _LATER))
            if syntax.tag(w) == "NOUN"
        )

    def _is_plain(self, noun: int) -> bool:
        """Whether it is "the turnabout", "this change of heart", and no "change of the law"."""
        syntax = self.clauses.syntax
        before = {syntax.folded(child) for child in syntax.children[noun] if child < noun}
        behind = {syntax.folded(child) for child in self.clauses.children(noun, "nmod") if child > noun}
        told = bool(_OF_MIND & behind) if self.clauses.base(noun) in _PLAIN else not behind
        return bool(_ITS & before) and told

    def is_said_then(self, word: int) -> bool:
        """Whether "who said" or "which told us" stands before it in its clause."""
        syntax = self.clauses.syntax
        for at in range(word - 1, max(0, word - _CLAUSE), -1):
            if self.clauses.ends[at] != self.clauses.ends[word] or syntax.form(at) in ",;":
                return False
            if syntax.folded(at) in ("who", "which"):
                verb = at + 1 + (syntax.folded(at + 1) == "had")
                return self.clauses.base(verb) in _SAYING and syntax.folded(verb) != self.clauses.base(verb)
        return False
