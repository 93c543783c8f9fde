"""Namings: the uses of names in one report, cleaned of what the tagger cut, joined or took for names.

Mentions that touch are joined, articles and titles trimmed, well-known names found whatever their tags, and a country's
name, adjective or capital before "government" taken as one name of that government.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from onrecord.model import Annotations, Mention, MentionType
from onrecord.resolve.actors.lexicon import ActorWords, actor_words
from onrecord.resolve.coreference.lexicon import words as coreference_words
from onrecord.resolve.metonymy import Metonymy
from onrecord.spans import Located, Span

_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_BEFORE = re.compile(r"(\S+)\s+$")
_POSSESSIVE = re.compile(r"\s?['’]s$|['’]$")
_GOVERNMENT = re.compile(r"(?:['’]s|['’])?\s+([A-Za-z]+)")
_GOVERNMENT_OF = re.compile(r"\b([A-Za-z]+) of (?:the )?$")
_REACH = 40
_JOINED: frozenset[MentionType] = frozenset(("person", "organization"))
_NAMED: frozenset[MentionType] = frozenset(("person", "organization", "place", "other", "product"))
"""Types of mentions that are names; those of type "group" are descriptions."""


@dataclass(frozen=True, slots=True)
class Naming:
    """One use of a name.

    Attributes:
        report: index of the report.
        span: the name, without article and title.
        alias: the same as it stands in the text, article included.
        known: key of the well-known actor it names, or None.
        how: the name of the feature that says why it is that actor (see `features`).
        mentions: ids of the mentions it is made of.
        gender: "masculine" or "feminine" by a title before it, or "".
    """

    report: int
    span: Span
    name: str
    alias: str
    kind: MentionType
    known: str | None
    how: str
    mentions: tuple[str, ...]
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """The names of one report, and whom they mean.

    Attributes:
        annotations: of the report.
        namings: in order.
        actor_of: the id of the actor of a naming, or None.
        type_of: the type of an actor, by id.
    """

    annotations: Annotations
    namings: Sequence[Naming]
    actor_of: Callable[[Naming], str | None]
    type_of: Callable[[str], str]


def find_namings(index: int, annotations: Annotations, places: Container[str] = frozenset()) -> list[Naming]:
    """All uses of names in a report, in order; none overlaps another.

    Args:
        places: ids of mentions that mean places, whatever they are tagged as.
    """
    return _Finder(index, annotations, places).run()


class _Finder:
    def __init__(self, index: int, annotations: Annotations, places: Container[str]) -> None:
        self._index, self._places = index, places
        self._annotations = annotations
        self._text = annotations.report.text
        self._words: ActorWords = actor_words()
        self._metonymy = Metonymy(annotations)

    def run(self) -> list[Naming]:
        tagged = [naming for group in self._groups() if (naming := self._of_mentions(group)) is not None]
        found = self._without_overlaps(tagged, list(self._well_known()))
        return [self._whole_government(naming) for naming in found]

    def _groups(self) -> Iterator[list[Mention]]:
        """Mentions of one type that only white space parts, together; well-known ones stay alone."""
        group: list[Mention] = []
        for mention in self._annotations.mentions:
            if mention.type not in _NAMED:
                continue
            if group and not self._continues(group[-1], mention):
                yield group
                group = []
            group.append(mention)
        if group:
            yield group

    def _continues(self, one: Mention, other: Mention) -> bool:
        between = self._text[one.span.end : other.span.start]
        known = self._words.names
        return (
            one.type == other.type
            and one.type in _JOINED
            and between.isspace()
            and "\n" not in between
            and one.span.of(self._text) not in known
            and other.span.of(self._text) not in known
        )

    def _of_mentions(self, group: list[Mention]) -> Naming | None:
        span = self._trimmed(Span(group[0].span.start, group[-1].span.end), group[0].type)
        if span is None:
            return None
        ids = tuple(mention.id for mention in group)
        kind: MentionType = "place" if all(mention in self._places for mention in ids) else group[0].type
        name, known, how = self._identified(span, kind)
        if known is not None:
            span = Span(span.start, span.start + len(name))
        elif kind in ("place", "other", "product") and self._is_no_actor(span, kind):
            return None
        elif kind == "person":
            span = self._styled(span)
            name = " ".join(span.of(self._text).split())
        adjective = how == "demonym" and not name.endswith("s")
        alias = name if adjective or kind == "person" else self._with_article(span)
        gender = self._gender(span) if kind == "person" else ""
        return Naming(self._index, span, name, alias, kind, known, how, ids, gender)

    def _styled(self, span: Span) -> Span:
        """A single name with the style that tells who it is: "King Haakon", "Lord Beeston"; "Pope" before any name."""
        before = _BEFORE.search(self._text, max(0, span.start - _REACH), span.start)
        style = before[1].casefold() if before and before[1][0].isupper() else ""
        if before is None or style not in self._words.words["styles"] or "\n" in before[0]:
            return span
        return Span(before.start(), span.end) if style == "pope" or len(span.of(self._text).split()) == 1 else span

    def _gender(self, span: Span) -> str:
        before = _BEFORE.search(self._text, max(0, span.start - _REACH), span.start)
        titles = (span.of(self._text).split()[0], before[1] if before else "")
        return next((gender for title in titles if (gender := gender_of_title(title.rstrip(".").casefold()))), "")

    def _is_no_actor(self, span: Span, kind: MentionType) -> bool:
        """Places and other names are kept only to be compared with names of persons and bodies."""
        dateline = self._annotations.report.dateline
        return kind == "product" or (dateline is not None and dateline.span.overlaps(span))

    def _trimmed(self, span: Span, kind: MentionType = "other") -> Span | None:
        """A name without its article, titles of courtesy and possessive; None if nothing with a capital is left.

        Of a person's name an office at its head is left out too.
        """
        start, end = span.start, span.end
        if article := _ARTICLE.match(self._text, start, end):
            start = article.end()
        while (parts := self._text[start:end].split(None, 1)) and len(parts) == 2 and self._is_courtesy(parts[0]):
            start = end - len(parts[1])
        while kind == "person" and self._is_office(parts := self._text[start:end].split()):
            start = self._text.index(parts[1], start + len(parts[0]))
        if ending := _POSSESSIVE.search(self._text[start:end]):
            end = start + ending.start()
        name = self._text[start:end].strip(' \n\t,;:"“”-–—')
        if not name or name.casefold() in self._words.words["articles"] or not any(char.isupper() for char in name):
            return None
        start = self._text.index(name, start)
        return Span(start, start + len(name))

    def _is_office(self, parts: Sequence[str]) -> bool:
        """Whether an office stands before a name of two words or more: "Mayor Ana Ruiz"."""
        lists = self._words.words
        first = parts[0].casefold() if len(parts) > 2 else ""
        return first in lists["offices"] and first not in lists["styles"] and parts[1][:1].isupper()

    def _is_courtesy(self, word: str) -> bool:
        return word.rstrip(".").casefold() in self._words.words["courtesy"]

    def _identified(self, span: Span, kind: MentionType) -> tuple[str, str | None, str]:
        """The name, the well-known actor it means, and why; of a compound ("American-led") the first part counts."""
        words, text = self._words, span.of(self._text)
        first = text.partition("-")[0]
        for name in (text, first) if kind == "other" else (text,):
            if name in words.demonyms and kind != "person":
                return name, words.demonyms[name], "demonym"
            key = words.names.get(name)
            if key is not None and (kind != "person" or key not in words.states) and not self._foreign(span, key):
                return name, key, "known_name"
        code = words.capitals.get(text.title() if text.isupper() else text)
        in_dateline = self._annotations.report.dateline is not None and self._annotations.report.dateline.span.overlaps(
            span
        )
        if code and kind != "person" and not in_dateline and self._metonymy.stands_for_people(span):
            return text, code, "capital"
        return text, None, "name"

    def _foreign(self, span: Span, key: str) -> bool:
        """Whether the adjective of another country stands before a body's name: "the Nigerian Senate"."""
        before = _BEFORE.search(self._text, max(0, span.start - _REACH), span.start)
        word = _POSSESSIVE.sub("", before[1]) if before else ""
        country = self._words.known[key].country
        state = self._words.state_of(word)
        return key not in self._words.states and state is not None and country is not None and state != country

    def _well_known(self) -> Iterator[Naming]:
        """Names of well-known bodies, tagged or not."""
        end = 0
        for start in self._annotations.words.starts:
            if start < end:
                continue
            name = self._words.names_at(self._text, start)
            if name is None or not self._stands_alone(Span(start, start + len(name)), name):
                continue
            end = start + len(name)
            span, key = Span(start, end), self._words.names[name]
            kind: MentionType = "group" if self._words.known[key].type == "group" else "organization"
            yield Naming(self._index, span, name, self._with_article(span), kind, key, "known_name", ())

    def _stands_alone(self, span: Span, name: str) -> bool:
        """Whether a name is no part of a longer one, and capitals are not those of a headline."""
        text = self._text
        before = _BEFORE.search(text, max(0, span.start - _REACH), span.start)
        word = before[1] if before else ""
        if text[span.start - 1 : span.start].isalnum() or self._foreign(span, self._words.names[name]):
            return False
        after = text[span.end : span.end + _REACH].split(None, 1)[:1]
        if (
            name.isupper()
            and len(name) <= 3
            and any(w.isalpha() and w.isupper() and len(w) > 1 for w in (word, *after))
        ):
            return False
        article = word.casefold() in self._words.words["articles"]
        capital = word[:1].isupper() and word[-1:].isalnum() and not article
        return not capital or self._words.state_of(word) is not None or name.isupper()

    def _without_overlaps(self, tagged: list[Naming], known: list[Naming]) -> list[Naming]:
        """One naming for each stretch of text: the longer one; mentions inside it are part of it."""
        located: Located[Naming] = Located((naming.span, naming) for naming in tagged)
        kept: list[Naming] = []
        dropped: set[int] = set()
        for naming in known:
            touching = [other for _, other in located.touching(naming.span)]
            if any(len(other.span) > len(naming.span) for other in touching):
                continue
            ids = tuple(mention for other in touching for mention in other.mentions)
            dropped.update(id(other) for other in touching)
            kept.append(replace(naming, mentions=ids))
        kept += [naming for naming in tagged if id(naming) not in dropped]
        return sorted(kept, key=lambda naming: naming.span)

    @cached_property
    def _word_at(self) -> dict[int, int]:
        return {start: word for word, start in enumerate(self._annotations.words.starts)}

    def _describes(self, span: Span) -> bool:
        """Whether a name describes the noun after it: "the Senate vote"."""
        tags, starts = self._annotations.words.tag, self._annotations.words.starts
        word = self._word_at.get(span.start, len(starts))
        while word < len(starts) and starts[word] < span.end:
            word += 1
        return (
            word < len(tags) and tags[word] in ("NOUN", "PROPN", "ADJ") and self._text[span.end : span.end + 1] == " "
        )

    def _with_article(self, span: Span) -> str:
        if self._describes(span):
            return " ".join(span.of(self._text).split())
        before = _BEFORE.search(self._text, max(0, span.start - _REACH), span.start)
        start = before.start() if before and before[1].casefold() == "the" else span.start
        return " ".join(self._text[start : span.end].split())

    def _whole_government(self, naming: Naming) -> Naming:
        """A country or leader with "government", "administration" after or before it, as one name."""
        words = self._words
        after = _GOVERNMENT.match(self._text, naming.span.end, naming.span.end + _REACH)
        noun = after[1].casefold() if after else ""
        if after and noun == "administration" and naming.name in words.administrations:
            return self._as_government(naming, Span(naming.span.start, after.end()), words.administrations[naming.name])
        if naming.known not in words.states:
            return naming
        if after and noun in words.words["government"] and self._ends_there(after.end()):
            return self._as_government(naming, Span(naming.span.start, after.end()), naming.known)
        before = _GOVERNMENT_OF.search(self._text, max(0, naming.span.start - _REACH), naming.span.start)
        if before and before[1].casefold() in words.words["government"]:
            return self._as_government(naming, Span(before.start(), naming.span.end), naming.known)
        return naming

    def _ends_there(self, end: int) -> bool:
        """Whether no noun of persons goes on: not "government officials"."""
        after = self._text[end : end + _REACH].split(None, 1)
        return (
            not after
            or self._text[end : end + 1] != " "
            or after[0].strip(".,;:") not in self._words.words["officials"]
        )

    def _as_government(self, naming: Naming, span: Span, key: str | None) -> Naming:
        return replace(naming, span=span, alias=self._with_article(span), known=key, how="government")


def gender_of_title(title: str) -> str:
    """The gender of those who bear a title, in lower case, or ""."""
    lists = coreference_words()
    if title not in lists.titles:
        return ""
    return "masculine" if title in lists.masculine else "feminine" if title in lists.feminine else ""


def in_span(namings: Sequence[Naming], span: Span) -> list[Naming]:
    """The namings that lie in a stretch of text, of namings in order."""
    first = bisect_left(namings, span.start, key=lambda naming: naming.span.start)
    last = bisect_left(namings, span.end, key=lambda naming: naming.span.start)
    return [naming for naming in namings[first:last] if naming.span.end <= span.end]
