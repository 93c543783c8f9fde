"""Phrases that may refer to somebody or something, with what the text shows of each: number, person, gender, kind."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from onrecord.model import Annotations, MentionType
from onrecord.resolve.coreference.lexicon import is_plural, singular, words
from onrecord.resolve.coreference.tree import Tree
from onrecord.spans import Span

PhraseKind = Literal["name", "noun", "pronoun", "several"]
Gender = Literal["masculine", "feminine", "neuter"]
Animacy = Literal["person", "thing"]

_NOMINAL = frozenset(("NOUN", "PROPN"))
_SAID = frozenset("argued said announced denied insisted warned claimed called urged added promised rejected".split())
_NEVER_HEADS = frozenset(("flat", "fixed", "goeswith", "punct", "discourse"))
_LONGEST_LIST = 150
"""Words of "A, B and C" beyond which it is not taken as one phrase."""
_NOT = frozenset(("not", "n't", "never"))
_POSSESSIVE_MARKS = frozenset(("'s", "'", "s'"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase, name or pronoun.

    Attributes:
        place: its number in the order of the text.
        first, last, head: words of the report; `first` and `last` both belong to the phrase.
        key: what it is compared by: the words of a name without titles, the head noun, or the kind of a pronoun.
        modifiers: content words beside the head noun, in lower case.
        determiner: "definite", "demonstrative", "indefinite", "possessive" or "" for none.
        owner: the word that possesses it ("his" in "his wife"), or None.
        plural: None where the form does not tell.
        type: of the name that the phrase is.
        describes: head word of the phrase that this one only describes: "a doctor" in "Ann Lee, a doctor" and in
            "Ann Lee is a doctor". By the guidelines of OntoNotes such a phrase is no mention of its own.
        name: the bare name in a phrase that has one: "Ana Ruiz" in "his wife, Ana Ruiz".
    """

    place: int
    span: Span
    first: int
    last: int
    head: int
    sentence: int
    kind: PhraseKind
    key: tuple[str, ...]
    modifiers: frozenset[str] = frozenset()
    determiner: str = ""
    owner: int | None = None
    plural: bool | None = None
    gender: Gender | None = None
    animacy: Animacy | None = None
    type: MentionType | None = None
    name: Span | None = None
    describes: int | None = None

    @property
    def is_pronoun(self) -> bool:
        return self.kind == "pronoun"


@dataclass(slots=True)
class Phrases:
    """Every phrase of a report, in the order of their first words, the longer first; and by head word."""

    tree: Tree
    all: list[Phrase] = field(default_factory=list)
    by_head: dict[int, Phrase] = field(default_factory=dict)


def find_phrases(annotations: Annotations, tree: Tree) -> Phrases:
    """The phrases of a report. A word heads one phrase at most; "A and B" is a further one."""
    maker = _Maker(annotations, tree)
    drafts = sorted(maker.drafts(), key=lambda d: (d.first, -d.last, d.head))
    found = Phrases(tree)
    for place, draft in enumerate(drafts):
        phrase = maker.finished(place, draft)
        found.all.append(phrase)
        if phrase.kind != "several":
            found.by_head[phrase.head] = phrase
    return found


def _types_of_names(annotations: Annotations) -> dict[str, MentionType]:
    """The type that each name bears most often in the report: within a report, one name is of one type."""
    counts: dict[str, Counter[MentionType]] = {}
    for mention in (m for m in annotations.mentions if m.type != "group"):
        counts.setdefault(mention.span.of(annotations.report.text), Counter())[mention.type] += 1
    return {name: types.most_common(1)[0][0] for name, types in counts.items()}


@dataclass(frozen=True, slots=True)
class _Draft:
    first: int
    last: int
    head: int
    kind: PhraseKind
    describes: int | None = None


class _Maker:
    """Makes the phrases of one report."""

    def __init__(self, annotations: Annotations, tree: Tree) -> None:
        self._notes = annotations
        self._tree = tree
        self._words = tree.words
        self._lists = words()
        self._type: dict[int, MentionType] = {}
        self._name: dict[int, tuple[int, int]] = {}
        self._mark_names()
        self._apart = {*self._words_of_times(), *self._words_of_dateline()}

    def _in_dateline(self, span: Span) -> bool:
        """Whether it only says who sent the report, and from where: no "it" means the agency."""
        dateline = self._notes.report.dateline
        return dateline is not None and dateline.span.overlaps(span)

    def _mark_names(self) -> None:
        types = _types_of_names(self._notes)
        starts = {start: k for k, start in enumerate(self._words.starts)}
        for mention in self._notes.mentions:
            first = starts.get(mention.span.start)
            if first is None or mention.type == "group" or self._in_dateline(mention.span):
                continue
            last = first
            while last + 1 < len(self._words) and self._words.starts[last + 1] < mention.span.end:
                last += 1
            for word in range(first, last + 1):
                self._type[word], self._name[word] = types[mention.span.of(self._notes.report.text)], (first, last)

    def _words_of_dateline(self) -> Iterator[int]:
        """The words that only say who sent the report, and from where: nothing in the report stands for these."""
        dateline = self._notes.report.dateline
        if dateline is not None:
            yield from self._words_in(dateline.span)

    def _words_in(self, span: Span) -> range:
        return range(bisect_left(self._words.starts, span.start), bisect_left(self._words.starts, span.end))

    def _words_of_times(self) -> Iterator[int]:
        """The words of dates and lengths of time, whose values tell when they are one."""
        for found in (time for time in self._notes.times if time.type != "SET"):
            yield from self._words_in(found.span)

    # -- which words head a phrase

    def drafts(self) -> Iterator[_Draft]:
        """Every phrase, unordered."""
        for word, tag in enumerate(self._words.tag):
            relation = self._words.relation[word]
            if tag == "PRON" or self._tree.low[word] in self._lists.pronouns["possessive"]:
                if self._tree.low[word] in self._lists.kind_of and (relation != "expl" or self._speaks(word)):
                    yield _Draft(word, word + self._is_all(word), word, "pronoun")
            elif tag in _NOMINAL and relation not in _NEVER_HEADS and word not in self._apart:
                yield from self._nominal(word, relation)

    def _is_all(self, pronoun: int) -> bool:
        """Whether "all" belongs to it: "we all"."""
        after = pronoun + 1
        return after < len(self._words) and self._tree.low[after] == "all" and self._words.head[after] == pronoun

    def _speaks(self, pronoun: int) -> bool:
        """Whether an "it" that the tree takes for empty says something: "it had argued", not "it was argued"."""
        verb = self._words.head[pronoun]
        if self._words.tag[verb] != "VERB" or self._tree.low[verb] not in _SAID:
            return False
        between = {self._tree.low[word] for word in range(pronoun + 1, verb)}
        return pronoun < verb and not between & {"is", "was", "been", "be"}

    def _nominal(self, word: int, relation: str) -> Iterator[_Draft]:
        bounds = self._name.get(word)
        if bounds is not None and bounds[0] <= self._words.head[word] <= bounds[1] and self._words.head[word] != word:
            return
        if relation == "compound":
            if bounds is not None:
                yield _Draft(*bounds, word, "name")
            elif self._words.tag[word] == "PROPN" and self._words.tag[self._words.head[word]] == "NOUN":
                parts = self._tree.name_words(word)
                yield _Draft(parts[0], parts[-1], word, "name")
            return
        first, last = self._tree.phrase(word)
        described = self._described(word, relation)
        yield _Draft(first, last, word, "name" if self._name_of(word) else "noun", describes=described)
        if relation == "appos":
            return
        conjuncts = [k for k in self._tree.dependents(word) if self._words.relation[k] == "conj"]
        if conjuncts and all(self._words.tag[k] in ("NOUN", "PROPN", "PRON") for k in conjuncts):
            end = max(last, self._tree.phrase(conjuncts[-1])[1])
            if end - first < _LONGEST_LIST:
                yield _Draft(first, end, word, "several")

    def _described(self, word: int, relation: str) -> int | None:
        """The head of the phrase that `word` stands beside in apposition, or is said to be."""
        if relation == "appos":
            return self._words.head[word]
        if self._tree.child(word, "cop") is None or any(self._tree.low[k] in _NOT for k in self._tree.dependents(word)):
            return None
        return self._tree.subject(word)

    def _name_of(self, head: int) -> list[int]:
        """The words of the name that a phrase with `head` is, or that stands beside it in apposition."""
        for word in (head, *(k for k in self._tree.dependents(head) if self._words.relation[k] == "appos")):
            bounds = self._name.get(word)
            if bounds is not None:
                return list(range(bounds[0], bounds[1] + 1))
            if self._words.tag[word] == "PROPN":
                return self._tree.name_words(word)
        return []

    # -- what the text shows of each

    def finished(self, place: int, draft: _Draft) -> Phrase:
        """The phrase of a draft, with its features."""
        span = Span(self._words.starts[draft.first], self._words.ends[draft.last])
        frame = (place, span, draft.first, draft.last, draft.head, self._words.sentence[draft.head])
        if draft.kind == "several":
            return Phrase(*frame, "several", (), plural=True)
        if draft.kind == "pronoun":
            return self._pronoun(frame)
        if draft.kind == "name":
            return self._named(frame, draft.describes)
        return self._noun(frame, draft.describes)

    def _pronoun(self, frame: tuple[int, Span, int, int, int, int]) -> Phrase:
        kind = self._lists.kind_of[self._tree.low[frame[4]]]
        gender: Gender | None = kind if kind in ("masculine", "feminine", "neuter") else None  # type: ignore[assignment]
        plural = None if kind == "second" else kind in ("plural", "first_plural")
        animacy: Animacy | None = "thing" if kind == "neuter" else None if kind == "plural" else "person"
        return Phrase(*frame, "pronoun", (kind,), plural=plural, gender=gender, animacy=animacy)

    def _named(self, frame: tuple[int, Span, int, int, int, int], describes: int | None) -> Phrase:
        head = frame[4]
        parts = self._name_of(head)
        key = tuple(self._tree.low[k].replace(".", "") for k in parts)
        key = tuple(part for part in key if part and part not in _POSSESSIVE_MARKS)
        while len(key) > 1 and (key[0] in self._lists.titles or key[0] in ("the", "a")):
            key = key[1:]
        kind = self._type.get(parts[0])
        gender = self._gender(range(frame[2], parts[0] + 1)) if kind in (None, "person") else None
        titled = any(self._tree.low[k].rstrip(".") in self._lists.titles for k in range(frame[2], parts[0] + 1))
        if kind is None and (titled or gender):
            kind = "person"
        animacy: Animacy | None = None if kind is None else "person" if kind == "person" else "thing"
        plural = self._is_plural_name(head, kind)
        modifiers = frozenset(self._modifiers(head))
        name = Span(self._words.starts[parts[0]], self._words.ends[parts[-1]])
        return Phrase(*frame, "name", key or (self._tree.low[head],), modifiers, self._determiner(head),
                      self._owner(head), plural, gender, animacy, kind, name, describes)  # fmt: skip

    def _is_plural_name(self, head: int, kind: MentionType | None) -> bool | None:
        if kind == "person":
            return False
        low = self._tree.low[head]
        if kind in ("organization", "place"):
            return None
        return True if low.endswith("s") and len(low) > 3 and self._tree.child(head, "flat") is None else None

    def _noun(self, frame: tuple[int, Span, int, int, int, int], describes: int | None) -> Phrase:
        head = frame[4]
        low = self._tree.low[head]
        one = singular(low)
        plural = is_plural(low)
        gender = self._gender((head,))
        person = one in self._lists.person_nouns
        animacy: Animacy | None = "person" if person else None if low in self._lists.many else "thing"
        number: bool | None = None if low in self._lists.many else plural
        return Phrase(*frame, "noun", (low,), frozenset(self._modifiers(head)), self._determiner(head),
                      self._owner(head), number, gender, animacy, describes=describes)  # fmt: skip

    def _gender(self, candidates: range | tuple[int, ...]) -> Gender | None:
        for word in candidates:
            low = singular(self._tree.low[word].rstrip("."))
            if low in self._lists.masculine:
                return "masculine"
            if low in self._lists.feminine:
                return "feminine"
        return None

    def _modifiers(self, head: int) -> Iterator[str]:
        for k in self._tree.dependents(head):
            if self._words.relation[k] in ("amod", "compound", "nummod") or (
                self._words.relation[k] in ("nmod", "acl") and self._tree.low[k] not in self._lists.kind_of
            ):
                yield self._tree.low[k]

    def _determiner(self, head: int) -> str:
        lists = self._lists
        for k in self._tree.dependents(head):
            low = self._tree.low[k]
            if k > head:
                break
            if low in lists.pronouns["possessive"] or self._owns(k):
                return "possessive"
            if self._words.relation[k] in ("det", "amod", "nummod"):
                if low in lists.definite:
                    return "definite"
                if low in lists.demonstrative:
                    return "demonstrative"
                if low in lists.indefinite:
                    return "indefinite"
        return ""

    def _owner(self, head: int) -> int | None:
        for k in self._tree.dependents(head):
            if k < head and (self._tree.low[k] in self._lists.pronouns["possessive"] or self._owns(k)):
                return k
        return None

    def _owns(self, word: int) -> bool:
        case = self._tree.child(word, "case")
        return case is not None and case > word and self._tree.low[case] in _POSSESSIVE_MARKS
