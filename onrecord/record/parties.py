"""Who is meant by a phrase of a report: names, descriptions and pronouns, as far as comparing reports has told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onrecord.model import Annotations, Record, Statement
from onrecord.record.cast import cast_of
from onrecord.spans import Located, Span
from onrecord.syntax import Syntax

_NAMED_BY = frozenset(("flat", "appos", "compound"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "ADJ", "X"))
_EXCLUDING = frozenset("not but except than rather".split())
_MOST_JOINED = 12


class Parties:
    """The actors that phrases of one report mean."""

    def __init__(self, record: Record, annotations: Annotations, syntax: Syntax) -> None:
        self._syntax = syntax
        self._actor_of: Mapping[str, str] = record.actor_of
        known: dict[Span, str] = {}
        for mention in annotations.mentions:
            if mention.id in record.actor_of:
                known[mention.span] = record.actor_of[mention.id]
        for statement in annotations.statements:
            if statement.source.span is not None and statement.id in record.actor_of:
                known.setdefault(statement.source.span, record.actor_of[statement.id])
        known.update(record.referents.get(annotations.report.id, ()))
        self._known = Located(sorted(known.items()))
        self.here = frozenset(known.values())
        self._officers, self._titles = cast_of(record).officers, cast_of(record).titles
        self._described = cast_of(record).described

    def source_of(self, statement: Statement) -> str | None:
        """The actor who says it; None for the report's own voice and for who is not known."""
        known, span = self._actor_of.get(statement.id), statement.source.span
        if known not in self._described or span is None or not self._syntax.tagged:
            return known
        head = self._syntax.head_of(span)
        return (self._in_office(head) if head is not None else None) or known

    def of_phrase(self, head: int) -> tuple[str, ...]:
        """The actors meant by the noun phrase of this head and those joined to it by "and", each once, in order.

        Empty where nobody known is meant: an abstention, not an error.
        """
        meant = [self._meant(word) for word in self._joined(head)]
        found = [actor for actor in meant if actor is not None]
        return tuple(dict.fromkeys(found))

    def _meant(self, word: int) -> str | None:
        """Whom the word means; of one who is only described, whoever is known to hold that office."""
        found = self._of_word(word)
        if found is None or found in self._described:
            return self._in_office(word) or found
        return found

    def _in_office(self, word: int) -> str | None:
        """The one person whom the report names that the story gives an office: "the mayor of the city"."""
        if self._syntax.tag(word) != "NOUN" or self._syntax.folded(word) not in self._officers:
            return None
        holders = self._officers[self._syntax.folded(word)] & self.here
        first = self._syntax.noun_phrase_words(word)[0]
        if self._syntax.folded(first) != "the":
            return None
        if first < word - 1:  # "the former mayor" may be another; "the interior minister" holds just that office
            title = " ".join(self._syntax.folded(w) for w in range(first + 1, word + 1))
            holders = self._titles.get(title, frozenset()) & self.here
        return next(iter(holders)) if len(holders) == 1 else None

    def _joined(self, head: int) -> Iterator[int]:
        """The word and the nouns joined to it, in order; at most a handful, for a list without end names nobody."""
        waiting = [head]
        for _ in range(_MOST_JOINED):
            if not waiting:
                return
            word = waiting.pop(0)
            yield word
            waiting += [c for c in self._syntax.children[word] if self._is_joined(c)]

    def _is_joined(self, word: int) -> bool:
        """Whether the word is one more of the same list; "not the army" is none."""
        if self._syntax.words.relation[word] != "conj" or self._syntax.tag(word) not in _NOMINAL:
            return False
        return not any(self._syntax.folded(c) in _EXCLUDING for c in self._syntax.children[word])

    def _of_word(self, word: int) -> str | None:
        """The shortest phrase known that this word heads; or the name that stands in apposition to it."""
        at = self._syntax.span(word)
        headed = [(len(s), a) for s, a in self._known.touching(at) if self._syntax.head_of(s) == word]
        if headed:
            return min(headed)[1]
        for child in self._syntax.children[word]:
            if self._syntax.words.relation[child] in _NAMED_BY and child > word:
                found = self._of_word(child)
                if found is not None:
                    return found
        return self._of_name_ending_in(word) or self._of_name_behind(word)

    def _of_name_behind(self, word: int) -> str | None:
        """Whom the name behind a title means, where a wrong tree takes them apart: "*Mayor* Elin Ruiz"."""
        behind = word + 1 if self._syntax.tag(word) == "PROPN" else self._syntax.words.head[word]
        if behind >= len(self._syntax.words) or not (behind == word + 1 or self._is_beyond_comma(word, behind)):
            return None
        at = self._syntax.span(behind)
        names = [(len(s), a) for s, a in self._known.touching(at) if s.start == at.start and self._is_name(s)]
        return min(names)[1] if names else None

    def _is_beyond_comma(self, word: int, name: int) -> bool:
        """As in "the *minister*, Elin Ruiz, will", of which the tree makes one name."""
        return name == word + 2 and self._syntax.form(word + 1) == "," and self._syntax.words.relation[word] == "nmod"

    def _of_name_ending_in(self, word: int) -> str | None:
        """Whom the name means that ends with this word, where a wrong tree takes the name apart."""
        if self._syntax.tag(word) != "PROPN":
            return None
        at = self._syntax.span(word)
        names = [(len(s), a) for s, a in self._known.touching(at) if s.end == at.end and self._is_name(s)]
        return min(names)[1] if names else None

    def _is_name(self, span: Span) -> bool:
        words = self._syntax.words_in(span)
        return len(words) > 1 and all(self._syntax.tag(word) == "PROPN" for word in words)
