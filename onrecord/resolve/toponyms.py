"""Which words of a report name places: the encoder's names, mended and completed by the gazetteer.

The encoder says where names stand and of which type they are; the gazetteer joins what it cut ("Democratic Republic
of | the Congo"), cuts what it joined ("northern Iraq"), and finds places that it took for something else where the
words around say so ("in Kisumu"), facilities with their noun ("Erbil airport"), demonyms, and places inside other
names ("Mosul University").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.memory import FORGETFUL, Kind, Memory
from onrecord.model import Annotations, Mention
from onrecord.resolve.gazetteer import Candidate, Gazetteer, fold, gazetteer, skeleton
from onrecord.resolve.placewords import PlaceWords, place_words
from onrecord.spans import Located, Span

Role = Literal["name", "demonym", "part"]
"""What a toponym is: a name of a place, an adjective or the name of its people, or a part of another name."""

_LONGEST = 7
_JOINS = frozenset(("-", "'", "’", ".", "'s", "’s", "–"))
_WIDE = frozenset(("country", "region", "continent"))
_CURATED = frozenset(("air_base", "base", "zone", "crossing", "plant", "building", "water", "area"))
"""Kinds of which the gazetteer holds few, each under names that mean little else."""
_LARGE = 100_000
"""Inhabitants from which a town's name inside another name is taken for that town without further evidence."""


@dataclass(frozen=True, slots=True)
class Toponym:
    """Words that name a place.

    Attributes:
        key: folded, what was looked up.
        candidates: what the gazetteer has for it, empty if nothing.
        mention: the encoder's mention it stands in, or None.
        facility: whether the words name a facility, so that a town among the candidates is only where it is.
    """

    span: Span
    key: str
    role: Role
    candidates: tuple[Candidate, ...]
    mention: Mention | None = None
    facility: bool = False


def find_toponyms(annotations: Annotations, places: Gazetteer, memory: Memory = FORGETFUL) -> list[Toponym]:
    """The toponyms of a report, in order; none overlaps another.

    Args:
        memory: may have what the gazetteer of the package finds.
    """
    if places is not gazetteer():
        return _Finder(without_groups(annotations), places).found()
    return memory.recall(_FOUND, _found, annotations).toponyms()


def without_groups(annotations: Annotations) -> Annotations:
    """The annotations with names alone: "troops in Mali" is no name, though one stands in it."""
    return replace(annotations, mentions=tuple(m for m in annotations.mentions if m.type != "group"))


@dataclass(frozen=True, slots=True)
class _Found:
    """The toponyms of a report, without their candidates; these, each once; and which of them are whose."""

    bare: tuple[Toponym, ...]
    candidates: tuple[Candidate, ...]
    of: tuple[tuple[int, ...], ...]

    def toponyms(self) -> list[Toponym]:
        held = (tuple(self.candidates[number] for number in numbers) for numbers in self.of)
        return [replace(one, candidates=candidates) for one, candidates in zip(self.bare, held, strict=True)]


_FOUND: Kind[_Found] = Kind("toponyms", _Found)


def _found(annotations: Annotations) -> _Found:
    """What the gazetteer of the package finds in a report."""
    toponyms = _Finder(without_groups(annotations), gazetteer()).found()
    numbers: dict[Candidate, int] = {}
    of = tuple(tuple(numbers.setdefault(c, len(numbers)) for c in one.candidates) for one in toponyms)
    return _Found(tuple(replace(one, candidates=()) for one in toponyms), tuple(numbers), of)


class _Finder:
    """Goes through the words of one report."""

    def __init__(self, annotations: Annotations, places: Gazetteer) -> None:
        self._text = annotations.report.text
        self._words = annotations.words
        self._places = places
        self._lexicon: PlaceWords = place_words()
        self._mentions = Located((m.span, m) for m in annotations.mentions)
        self._annotations = annotations
        self._taken: Located[Toponym] = Located()
        self._doubtful: list[Toponym] = []

    def found(self) -> list[Toponym]:
        """The known ones, then those that only count because the same name is known elsewhere in the report."""
        sure = [self._take(t) for t in self._known()]
        keys = {t.key for t in sure if t.role == "name"}
        sure += [self._take(t) for t in self._doubtful if t.key in keys and not self._taken.touching(t.span)]
        countries = {c.country for t in sure for c in t.candidates[:1] if c.kind != "town" or c.people > _LARGE}
        sure += [self._take(t) for t in self._unknown(countries)]
        return sorted(sure, key=lambda t: t.span)

    def _take(self, toponym: Toponym) -> Toponym:
        self._taken.add(toponym.span, toponym)
        return toponym

    # --- what the gazetteer knows ---

    def _known(self) -> Iterator[Toponym]:
        """The longest names of the gazetteer, from left to right, that pass for places where they stand."""
        text, words, index = self._text, self._words, 0
        while index < len(words):
            if not text[words.starts[index]].isupper() and not self._article(index):
                index += 1
                continue
            toponym, after = self._from(index)
            if toponym is not None:
                yield toponym
            index = after

    def _article(self, word: int) -> bool:
        """Whether an Arabic article in lower case begins a name: "al-Asad"."""
        start, end = self._words.starts[word], self._words.ends[word]
        if not 2 <= end - start <= 3 or self._text[end : end + 1] not in ("-", " "):
            return False
        return self._text[start:end] in self._lexicon.articles and self._text[end + 1 : end + 2].isupper()

    def _from(self, first: int) -> tuple[Toponym | None, int]:
        """The toponym that begins at a word, and the word at which to go on."""
        if self._form(first) == "The" and fold(self._form(first + 1)) not in self._lexicon.articled:
            return None, first + 1
        for last in self._ends(first):
            span = self._span(first, last)
            candidates = self._look_up(span)
            facility = self._facility(first, last, candidates)
            if facility is not None:
                return facility
            if candidates:
                toponym = self._judged(first, last, span, candidates)
                if toponym is not None:
                    return toponym, last + 1
        return None, first + 1

    def _ends(self, first: int) -> list[int]:
        """The words that may end a name that begins with `first`, the farthest first."""
        words, text, ends = self._words, self._text, [first]
        sentence = words.sentence[first]
        for word in range(first + 1, min(first + _LONGEST, len(words))):
            start, end = words.starts[word], words.ends[word]
            if words.sentence[word] != sentence or start - words.ends[word - 1] > 2:
                break
            if text[start].isupper():
                ends.append(word)
                continue
            form = text[start:end]
            if form in _JOINS or form in self._lexicon.inside:
                continue
            if text[start - 1] not in "-'’" or (text[start - 1] == "-" and len(form) < 2):
                break
            ends.append(word)
        ends.reverse()
        return ends

    def _look_up(self, span: Span) -> tuple[Candidate, ...]:
        written = span.of(self._text)
        key = fold(written)
        if key in self._lexicon.never and not self._headed(span):
            return ()
        named = tuple(c for c in self._places.by_key(key) if c.how != "head")
        if named and len(key) < 4 and not written.isupper() and "." not in written:
            return tuple(c for c in named if c.how in ("name", "demonym") and len(key) > 2)
        return named

    def _facility(self, first: int, last: int, candidates: tuple[Candidate, ...]) -> tuple[Toponym, int] | None:
        """A facility whose noun follows these words: one of the gazetteer, or one that lies in a town of that name."""
        found = self._facility_noun(last + 1)
        if found is None:
            return None
        noun, end = found
        key, kinds = fold(self._span(first, last).of(self._text)), self._lexicon.kinds[noun]
        meant = tuple(c for c in self._places.by_key(key) if c.kind in kinds)
        if not meant and noun in self._lexicon.certain:
            meant = tuple(c for c in candidates if c.how in ("name", "alias"))
        if not meant:
            return None
        span = self._span(first, end)
        return Toponym(span, fold(span.of(self._text)), "name", meant, self._holder(span), facility=True), end + 1

    def _facility_noun(self, word: int) -> tuple[str, int] | None:
        """The longest noun of a facility that begins at a word, and its last word."""
        if fold(self._form(word)) not in self._lexicon.facility_openers:
            return None
        for end in range(min(word + 3, len(self._words) - 1), word - 1, -1):
            written = self._span(word, end).of(self._text)
            noun = fold(written)
            if noun in self._lexicon.kinds and written[-1].isalpha():
                return noun, end
        return None

    # --- whether it passes for a place where it stands ---

    def _judged(self, first: int, last: int, span: Span, candidates: tuple[Candidate, ...]) -> Toponym | None:
        """The toponym at these words, or None where they mean something else."""
        key, holder = fold(span.of(self._text)), self._holder(span)
        if all(c.how == "abbreviation" for c in candidates) and not self._abbreviates(span, holder):
            return None
        if candidates[0].how == "demonym":
            return Toponym(span, key, "demonym", candidates, holder)
        if self._headed(span) or self._compounded(first, last):
            return Toponym(span, key, "name", candidates, holder if holder and holder.span == span else None)
        if holder is None:
            return self._unheld(first, span, key, candidates)
        if holder.type == "place":
            return self._in_place(first, last, key, candidates, holder)
        if holder.span == span:
            return self._mistyped(first, span, key, candidates, holder)
        return self._in_other(first, last, key, candidates, holder)

    def _headed(self, span: Span) -> bool:
        """Whether the words are in the dateline, which names nothing but places before its agency."""
        dateline = self._annotations.report.dateline
        return dateline is not None and dateline.place is not None and dateline.place.contains(span)

    def _compounded(self, first: int, last: int) -> bool:
        """Whether a hyphen says what the place is to somebody: "Sydney-based", "D-Raleigh"."""
        if self._form(last + 1) == "-" and self._form(last + 2) == "based":
            return True
        return self._form(first - 1) == "-" and self._form(first - 2) in self._lexicon.parties

    def _abbreviates(self, span: Span, holder: Mention | None) -> bool:
        """Whether an abbreviation of a region stands where one is written: after a comma, or as the encoder says."""
        before = self._text[max(0, span.start - 2) : span.start]
        dotted = self._text[span.end - 1] == "."
        return before in (", ", "D-", "R-") or (holder is not None and holder.type == "place" and dotted)

    def _unheld(self, first: int, span: Span, key: str, candidates: tuple[Candidate, ...]) -> Toponym | None:
        """Where the encoder saw no name, or only pieces of this one."""
        pieces = [mention for _, mention in self._mentions.touching(span)]
        toponym = Toponym(span, key, "name", candidates, pieces[0] if pieces else None)
        if pieces and (all(m.type == "place" for m in pieces) or candidates[0].kind in _WIDE):
            return toponym
        if not pieces and (self._before(first) in self._lexicon.before or " " in key) and self._wide(candidates):
            return toponym
        self._doubtful.append(toponym)
        return None

    def _wide(self, candidates: tuple[Candidate, ...]) -> bool:
        return any(c.how == "name" and c.kind in _WIDE for c in candidates)

    def _mistyped(
        self, first: int, span: Span, key: str, candidates: tuple[Candidate, ...], holder: Mention
    ) -> Toponym | None:
        """A name that the encoder takes for a person, an organisation or something else."""
        toponym = Toponym(span, key, "name", candidates, holder)
        if self._before(first) in self._lexicon.strong or self._contained(span, candidates):
            return toponym
        if any(c.how == "name" and (c.kind in _CURATED or (c.kind == "county" and " " in key)) for c in candidates):
            return toponym
        if holder.type != "person" and any(c.how == "name" and c.kind == "country" for c in candidates):
            return toponym
        if holder.type != "person" or self._before(first) in self._lexicon.before:
            self._doubtful.append(toponym)
        return None

    def _contained(self, span: Span, candidates: tuple[Candidate, ...]) -> bool:
        """Whether the region or country of a candidate follows after a comma: "Tyler, Texas"."""
        after = self._text[span.end : span.end + 40]
        if not after.startswith(", "):
            return False
        word = after[2:].split(",")[0].split(" (")[0].strip()
        return any(
            outer.kind in _WIDE and outer.country in {c.country for c in candidates}
            for form in {word, " ".join(word.split()[:2]), word.split(" ")[0]}
            for outer in self._places.named(form)
            if form and form[0].isupper()
        )

    def _in_place(
        self, first: int, last: int, key: str, candidates: tuple[Candidate, ...], holder: Mention
    ) -> Toponym | None:
        """A known name in what the encoder takes for one place."""
        span = self._span(first, last)
        if span == holder.span:
            return Toponym(span, key, "name", candidates, holder)
        front = self._text[holder.span.start : span.start].split()
        back = [fold(word) for word in self._text[span.end : holder.span.end].split()]
        back = [word for word in back if word]
        if back and back[0] in self._lexicon.institutions:
            return Toponym(span, key, "part", candidates, holder)
        if len(back) == 1 and back[0] in self._lexicon.generic and not front:
            return Toponym(holder.span, fold(holder.span.of(self._text)), "name", candidates, holder)
        if not back and all(fold(word.split("-")[0]) in self._lexicon.directions for word in front):
            return Toponym(span, key, "name", candidates, holder)
        parted = self._text[span.end : span.end + 1] in ",/" or self._text[span.start - 1 : span.start] in "/"
        if parted or self._wide(candidates):
            return Toponym(span, key, "name" if not back else "part", candidates, holder)
        return None

    def _in_other(
        self, first: int, last: int, key: str, candidates: tuple[Candidate, ...], holder: Mention
    ) -> Toponym | None:
        """A place in the name of something else: "Mosul University"."""
        span = self._span(first, last)
        before = self._form(first - 1)
        rest = self._text[span.end : holder.span.end].split()
        if holder.type == "person" or (rest and fold(rest[-1]) in self._lexicon.publications):
            return None
        if span.start != holder.span.start and before not in ("of", "in"):
            return None
        part = Toponym(span, key, "part", candidates, holder)
        if self._wide(candidates) or " " in key or max(c.people for c in candidates) >= _LARGE:
            return part
        self._doubtful.append(part)
        return None

    # --- what only the encoder knows ---

    def _unknown(self, countries: set[str | None]) -> Iterator[Toponym]:
        """Place names of the encoder in which the gazetteer found nothing, and that look like names of places.

        What is spelt otherwise in the gazetteer is taken from the countries that the report speaks of.
        """
        for mention in self._annotations.mentions:
            if mention.type == "place" and not self._taken.touching(mention.span):
                written = mention.span.of(self._text)
                key = fold(written)
                if written[0].isupper() and len(key) > 2 and key not in self._lexicon.never:
                    respelt = self._respelt(key, countries)
                    if respelt or self._plausible(mention.span, key):
                        yield Toponym(mention.span, key, "name", respelt, mention)

    def _plausible(self, span: Span, key: str) -> bool:
        """Whether a name that the gazetteer lacks says, or is said, to be a place."""
        *others, last = key.split()
        if others and last in self._lexicon.features:
            return True
        before = self._text[max(0, span.start - 20) : span.start].split()
        if before and before[-1].casefold() in self._lexicon.places_follow:
            return last not in self._lexicon.institutions
        after = self._text[span.end : span.end + 40]
        outer = after[2:].split(",")[0].split(".")[0].strip()
        return after.startswith(", ") and self._wide(self._places.named(outer))

    def _respelt(self, key: str, countries: set[str | None]) -> tuple[Candidate, ...]:
        found = self._places.by_key(skeleton(key))
        return tuple(c for c in found if c.country in countries and fold(c.name)[0] == key[0])

    # --- words ---

    def _holder(self, span: Span) -> Mention | None:
        return next((m for _, m in self._mentions.touching(span) if m.span.contains(span)), None)

    def _span(self, first: int, last: int) -> Span:
        return Span(self._words.starts[first], self._words.ends[last])

    def _form(self, word: int) -> str:
        if not 0 <= word < len(self._words):
            return ""
        return self._text[self._words.starts[word] : self._words.ends[word]]

    def _before(self, first: int) -> str:
        """The word before, articles and possessives skipped."""
        word = self._form(first - 1).casefold()
        return self._form(first - 2).casefold() if word in self._lexicon.skipped else word
