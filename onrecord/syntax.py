"""Questions that rules ask of the words of a report and their dependencies (Universal Dependencies 2)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from onrecord.model import Words
from onrecord.spans import Span

SUBJECTS = frozenset(("nsubj", "csubj"))
_IN_NOUN_PHRASE = frozenset("det amod compound nmod nummod case flat conj cc advmod fixed".split())
_NOT_IN_NOUN_PHRASE = frozenset(("acl", "parataxis", "punct", "advcl"))
_MODIFIERS = frozenset(("amod", "compound", "flat"))
_JOINED_CLAUSE = frozenset(("conj", "xcomp", "acl"))
_OPEN_CLAUSE = frozenset(("xcomp", "acl", "ccomp", "advcl"))
_BE = frozenset("be is are was were been being 's 're".split())
_REACH = 250
"""Words from its head at which a subtree ends, and steps up at which a climb ends: a text without full stops is one
sentence, and its tree may be one chain from end to end."""
_LONGEST_MODIFIERS = 7
_MARKS = frozenset(("PUNCT", "PART", "CCONJ"))


@dataclass(frozen=True)
class Syntax:
    """The words of a report with the text they stand in. All climbs are bounded."""

    text: str
    words: Words

    @cached_property
    def tagged(self) -> bool:
        """Whether the words have tags, heads and relations; a text nobody has annotated has none."""
        return len(self.words.tag) == len(self.words) > 0

    def form(self, word: int) -> str:
        """The word as written."""
        return self.text[self.words.starts[word] : self.words.ends[word]]

    def folded(self, word: int) -> str:
        """The word in lower case."""
        return self.text[self.words.starts[word] : self.words.ends[word]].lower()

    def tag(self, word: int) -> str:
        """Its universal part of speech; "" where words have none."""
        return self.words.tag[word] if self.tagged else ""

    def span(self, first: int, last: int | None = None) -> Span:
        """The span from the start of one word to the end of another, or of the one."""
        return Span(self.words.starts[first], self.words.ends[first if last is None else last])

    def sentence(self, word: int) -> range:
        """The words of the sentence that the word stands in."""
        numbers = self.words.sentence
        return range(bisect_left(numbers, numbers[word]), bisect_right(numbers, numbers[word]))

    def words_in(self, span: Span) -> range:
        """The words that begin within the span."""
        first = bisect_left(self.words.starts, span.start)
        return range(first, bisect_left(self.words.starts, span.end))

    def last_of(self, span: Span) -> str:
        """The last word of the span, in lower case; "" where it holds none."""
        inside = self.words_in(span)
        return self.folded(inside[-1]) if inside else ""

    def number_in(self, span: Span) -> int | None:
        """The last word of the span that is a number, or its last word at all; None without tags."""
        inside = self.words_in(span)
        if not self.tagged or not inside:
            return None
        numbers = [word for word in inside if self.tag(word) == "NUM" or self.form(word)[0].isdigit()]
        return (numbers or list(inside))[-1]

    def head_of(self, span: Span) -> int | None:
        """The word of the span that all others in it hang on: the first whose head stands outside, and no mark."""
        inside = self.words_in(span)
        if not self.tagged:
            return None
        outer = [w for w in inside if self.words.head[w] not in inside or self.words.head[w] == w]
        return next((w for w in outer if self.tag(w) not in _MARKS), next(iter(outer), None))

    @cached_property
    def children(self) -> list[list[int]]:
        """The dependents of each word, in order."""
        out: list[list[int]] = [[] for _ in self.words.starts]
        for word, head in enumerate(self.words.head):
            if head != word:
                out[head].append(word)
        return out

    def child(self, word: int, relations: frozenset[str]) -> int | None:
        """The first dependent by one of the relations."""
        return next((c for c in self.children[word] if self.words.relation[c] in relations), None)

    def ancestors(self, word: int) -> Iterator[int]:
        """The words above, nearest first, at most 250."""
        for _ in range(_REACH):
            head = self.words.head[word]
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

    def subtree(self, word: int, without: frozenset[str] = frozenset()) -> list[int]:
        """The word and all below it, sorted; dependents by a relation in `without` are left out with theirs.

        So is what stands more than 250 words off. A tree that runs in a circle is gone round once.
        """
        found, waiting = {word}, [word]
        while waiting:
            current = waiting.pop()
            near = (c for c in self.children[current] if abs(c - word) <= _REACH and c not in found)
            below = [c for c in near if self.words.relation[c] not in without]
            found.update(below)
            waiting.extend(below)
        return sorted(found)

    def own_subject(self, word: int) -> int | None:
        """The nominal subject that hangs on the predicate itself."""
        return self.child(word, frozenset(("nsubj",)))

    def subject(self, word: int) -> int | None:
        """Who does what `word` says: its own subject, or that of the clause it is coordinated with or open to."""
        current = word
        for _ in range(6):
            found = self.child(current, SUBJECTS)
            if found is not None and self.words.relation[found] == "nsubj":
                return found
            head = self.words.head[current]
            if head == current or self.words.relation[current] not in ("conj", "xcomp", "advcl", "aux", "cop"):
                return None
            current = head
        return None

    def auxiliaries(self, verb: int) -> list[str]:
        """The auxiliaries of a verb in lower case, in order."""
        return [self.folded(c) for c in self.children[verb] if self.words.relation[c] == "aux"]

    def is_passive(self, verb: int) -> bool:
        """Whether the verb is a participle behind a form of "be"."""
        auxiliaries = self.auxiliaries(verb)
        return bool(auxiliaries) and auxiliaries[-1] in _BE and not self.folded(verb).endswith("ing")

    def governor(self, verb: int) -> int | None:
        """What governs the clause of the verb as its complement or modifier."""
        head = self.words.head[verb]
        return head if head != verb and self.words.relation[verb] in _OPEN_CLAUSE else None

    def relative_head(self, verb: int) -> int | None:
        """The noun that a relative clause with this verb is about."""
        return self.words.head[verb] if self.words.relation[verb] == "acl" else None

    def noun_phrase(self, head: int) -> Span:
        """The noun phrase of `head`, without clauses that only add to it."""
        inside = self.noun_phrase_words(head)
        return self.span(inside[0], inside[-1])

    def noun_phrase_words(self, head: int) -> list[int]:
        """The words of that noun phrase, in order: an unbroken run, which a finite verb ends even in a wrong tree."""
        parts = [c for c in self.children[head] if self.words.relation[c] in _IN_NOUN_PHRASE]
        inside = {w for part in parts for w in self.subtree(part, _NOT_IN_NOUN_PHRASE)}
        inside = {w for w in inside if self.words.tag[w] not in ("VERB", "AUX", "SCONJ")}
        return unbroken(head, inside)

    def core_phrase(self, noun: int) -> Span:
        """The noun with the modifiers before it and the rest of its name, without its article."""
        first = last = noun
        for word in range(noun - 1, max(-1, noun - _LONGEST_MODIFIERS), -1):
            if self.words.head[word] == noun and self.words.relation[word] in _MODIFIERS:
                first = word
        while last + 1 < len(self.words) and self._goes_on(last + 1, noun):
            last += 1
        return self.span(first, last)

    def _goes_on(self, word: int, noun: int) -> bool:
        """Whether the word goes on a name of several words."""
        return self.words.head[word] == noun and self.words.relation[word] == "flat"

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
            relation = self.words.relation[word]
            is_clause = self.tag(word) in ("VERB", "AUX") or self.own_subject(word) is not None
            if is_clause and (relation not in _JOINED_CLAUSE or strict):
                break
            steps[head] = count
            word = head
        return steps


def unbroken(word: int, inside: Collection[int]) -> list[int]:
    """The unbroken run of words around the word that are all `inside`; itself at least."""
    first = last = word
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    return list(range(first, last + 1))
