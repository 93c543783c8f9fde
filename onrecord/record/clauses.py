"""Questions that claims ask of the words of a report and their dependencies (Universal Dependencies 2)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from onrecord.model import Words
from onrecord.spans import Span

_REACH = 60
"""Steps up at which a climb ends."""
_JOINED_CLAUSE = frozenset(("conj", "xcomp", "acl"))
_MODIFIERS = frozenset(("amod", "compound", "flat"))
_LONGEST_PHRASE = 7
_NUMERIC = frozenset("0123456789")


class Clauses:
    """The words of one report with the text they stand in. All climbs are bounded."""

    def __init__(self, text: str, words: Words) -> None:
        self._text = text
        self._words = words
        self.tagged = len(words.tag) == len(words) > 0
        self._subjects: dict[int, int] = {}
        self._auxiliaries: dict[int, set[str]] = {}
        for word, relation in enumerate(words.relation if self.tagged else ()):
            if relation == "nsubj":
                self._subjects.setdefault(words.head[word], word)
            elif relation == "aux":
                self._auxiliaries.setdefault(words.head[word], set()).add(self.form(word))

    def form(self, word: int) -> str:
        """The word, case-folded."""
        return self._text[self._words.starts[word] : self._words.ends[word]].lower()

    def tag(self, word: int) -> str:
        """Its universal part of speech; "" where words have none."""
        return self._words.tag[word] if self.tagged else ""

    def span(self, word: int) -> Span:
        return Span(self._words.starts[word], self._words.ends[word])

    def words_in(self, span: Span) -> range:
        """The words that begin within the span."""
        first = bisect_left(self._words.starts, span.start)
        return range(first, bisect_left(self._words.starts, span.end))

    def last_of(self, span: Span) -> str:
        """The last word of the span, case-folded; "" where it holds none."""
        inside = self.words_in(span)
        return self.form(inside[-1]) if inside else ""

    def number_in(self, span: Span) -> int | None:
        """The last word of the span that is a number, or its last word at all; None without tags."""
        inside = self.words_in(span)
        if not self.tagged or not inside:
            return None
        numbers = [word for word in inside if self.tag(word) == "NUM" or self.form(word)[0] in _NUMERIC]
        return (numbers or list(inside))[-1]

    def ancestors(self, word: int) -> Iterator[int]:
        """The words above, nearest first."""
        for _ in range(_REACH):
            head = self._words.head[word]
            if head == word:
                return
            word = head
            yield word

    def above(self, word: int, outside: Span) -> Iterator[int]:
        """The words above that lie outside of the span, up to the first verb."""
        for head in self.ancestors(word):
            if self.span(head).overlaps(outside):
                continue
            yield head
            if self.tag(head) == "VERB":
                return

    def up_to_verb(self, word: int) -> list[int]:
        """The words above, up to the head of the clause."""
        path = []
        for head in self.ancestors(word):
            path.append(head)
            if self.tag(head) in ("VERB", "AUX"):
                break
        return path

    def governor(self, verb: int) -> int | None:
        """What governs the clause of the verb as its open complement or modifier."""
        if self._words.relation[verb] in ("xcomp", "acl", "ccomp", "advcl"):
            head = self._words.head[verb]
            return head if head != verb else None
        return None

    def auxiliaries(self, verb: int) -> set[str]:
        """The auxiliaries of a verb, case-folded."""
        return self._auxiliaries.get(verb, set())

    def subject(self, word: int) -> int | None:
        """The subject of a predicate."""
        return self._subjects.get(word)

    def relative_head(self, verb: int) -> int | None:
        """The noun that a relative clause with this verb is about."""
        return self._words.head[verb] if self._words.relation[verb] == "acl" else None

    def phrase(self, noun: int) -> Span:
        """The noun with the modifiers before it, without its article."""
        first = last = noun
        for word in range(noun - 1, max(-1, noun - _LONGEST_PHRASE), -1):
            if self._words.head[word] == noun and self._words.relation[word] in _MODIFIERS:
                first = word
        while last + 1 < len(self._words) and self._is_part(last + 1, noun):
            last += 1
        return Span(self._words.starts[first], self._words.ends[last])

    def _is_part(self, word: int, noun: int) -> bool:
        """Whether the word goes on a name of several words."""
        return self._words.head[word] == noun and self._words.relation[word] == "flat"

    def steps_between(self, word: int, span: Span) -> int | None:
        """Steps from the word up to where the span hangs, if no border of a clause lies between; None otherwise.

        Clauses joined by "and", open complements and participles share their times.
        """
        inside = self.words_in(span)
        if not inside:
            return None
        mine = self._within_clause(word)
        for theirs in self._within_clause(inside[0], strict=True):
            if theirs in mine:
                return mine[theirs]
        return None

    def _within_clause(self, word: int, strict: bool = False) -> dict[int, int]:
        """The word and those above it, with the steps to each, up to a border of its clause."""
        steps = {word: 0}
        for count, head in enumerate(self.ancestors(word), 1):
            relation = self._words.relation[word]
            is_clause = self.tag(word) in ("VERB", "AUX") or self.subject(word) is not None
            if is_clause and (relation not in _JOINED_CLAUSE or strict):
                break
            steps[head] = count
            word = head
        return steps
