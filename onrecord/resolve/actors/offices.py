"""Offices and affiliations that reports give with a name: "Foreign Minister Ana Kovac", "Sam Lee, founder of X".

A title is the run of title words before a name; an apposition stands after a comma behind the name, or before one. What
kind of body an appositive calls a name ("X, a militia") is read here as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.model import ActorType, Annotations
from onrecord.resolve.actors.lexicon import actor_words
from onrecord.resolve.actors.naming import Naming
from onrecord.resolve.names import folded
from onrecord.spans import Span

_LONGEST = 120
_MOST_WORDS = 8
_WORD_BEFORE = re.compile(r"([^\s,;:.()\"“”]+\.?)\s+$")
_APPOSITION = re.compile(
    r",\s+(?:(?:the|an?|its|their|his|her)\s+)?((?:[^\s,.;:()\"“”]+\s+){0,6}?[^\s,.;:()\"“”]+)\s+(?:of|for|at|in|with)\s+(?:the\s+)?",
)
_PLAIN_APPOSITION = re.compile(
    r",\s+(?:(?:the|an?)\s+)((?:[^\s,.;:()\"“”]+\s+){0,6}?[^\s,.;:()\"“”]+)(?=[,.;]| that | who | which )"
)
_POSSESSIVE = re.compile(r"^['’]s?")
_OF_BEFORE = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]n?)\s+)?\b([^\s,.;:()\"“”]+(?:\s[^\s,.;:()\"“”]+){0,3}?)\s+(?:of|for|at)\s+(?:the\s+|one\s+)?$"
)


@dataclass(frozen=True, slots=True)
class Office:
    """A title as one report gives it: of whom the naming is, and of which body, if that is named.

    Attributes:
        title: without the body and the country.
        span: the words it is read from.
    """

    naming: Naming
    title: str
    of: Naming | None
    span: Span

    @property
    def key(self) -> str:
        """The office without writing: titles are compared by it."""
        return folded(self.title)


def find_offices(annotations: Annotations, namings: Sequence[Naming]) -> list[Office]:
    """The offices that a report gives to the persons it names, in order."""
    text = annotations.report.text
    out: list[Office] = []
    for place, naming in enumerate(namings):
        if naming.kind == "person" and naming.known is None:
            out += _of_person(text, namings, place)
    return out


def find_kinds(annotations: Annotations, namings: Sequence[Naming]) -> list[tuple[Naming, ActorType]]:
    """Namings that an appositive calls a militia, a party, a company: "X, an armed group that …"."""
    text, words = annotations.report.text, actor_words().words
    out: list[tuple[Naming, ActorType]] = []
    for naming in namings:
        found = _PLAIN_APPOSITION.match(text, naming.span.end, naming.span.end + _LONGEST)
        found = found or _APPOSITION.match(text, naming.span.end, naming.span.end + _LONGEST)
        noun = found[1].split()[-1].casefold() if found else ""
        if noun in words["groups"] or noun in words["armed"]:
            out.append((naming, "group"))
        elif noun in words["bodies"]:
            out.append((naming, "organization"))
    return out


def _of_person(text: str, namings: Sequence[Naming], place: int) -> Iterator[Office]:
    person = namings[place]
    previous = namings[place - 1] if place else None
    following = namings[place + 1] if place + 1 < len(namings) else None
    if title := _title_before(text, person, previous):
        yield title
    if office := _apposition(text, person, following) or _description_before(text, person, previous):
        yield office


def _title_before(text: str, person: Naming, previous: Naming | None) -> Office | None:
    """The run of title words before a name, and the body or country named right before them."""
    words = actor_words().words
    start, count = person.span.start, 0
    floor = max(previous.span.end if previous else 0, start - _LONGEST)
    while count < _MOST_WORDS and (before := _WORD_BEFORE.search(text, floor, start)) and _is_title(before[1]):
        start, count = before.start(), count + 1
    title = " ".join(text[start : person.span.start].split())
    parts = [folded(word) for word in title.split()]
    if not parts or parts[-1] in words["prepositions"] or not any(part in words["offices"] for part in parts):
        return None
    of = previous if previous and _touches(text[previous.span.end : start]) else None
    return Office(person, title, of, Span(of.span.start if of else start, person.span.end))


def _is_title(word: str) -> bool:
    words = actor_words().words
    plain = word.rstrip(".").casefold()
    if word.endswith(".") and plain not in words["courtesy"]:
        return False
    return any(plain in words[name] or folded(plain) in words[name] for name in ("offices", "inside", "courtesy"))


def _touches(between: str) -> bool:
    return between.strip() in ("", "'s", "’s", "'", "’") and len(between) < 4


def _apposition(text: str, person: Naming, following: Naming | None) -> Office | None:
    """An office after the name: "Name, founder of Body", "Name, the founder"."""
    end = min(len(text), person.span.end + _LONGEST)
    found = _APPOSITION.match(text, person.span.end, end)
    if found and _names_office(found[1]):
        of = following if following and following.span.start - found.end() in (0, 1) else None
        last = of.span.end if of else found.end(1)
        return Office(person, found[1], of, Span(person.span.start, last))
    plain = _PLAIN_APPOSITION.match(text, person.span.end, end)
    if plain and _names_office(plain[1]):
        span = Span(person.span.start, plain.end(1))
        if following and following.span.start == plain.start(1) and following.span.end < plain.end(1):
            title = _POSSESSIVE.sub("", text[following.span.end : plain.end(1)]).strip()
            return Office(person, title, following, span)
        return Office(person, plain[1], None, span)
    return None


def _description_before(text: str, person: Naming, body: Naming | None) -> Office | None:
    """An office before the name: "a spokeswoman for Body, Name", "the head of Body, Name"."""
    if body is None or text[body.span.end : person.span.start].strip() != ",":
        return None
    before = _OF_BEFORE.search(text, max(0, body.span.start - _LONGEST), body.span.start)
    if before is None or not _names_office(before[1]):
        return None
    return Office(person, before[1], body, Span(before.start(1), person.span.end))


def _names_office(title: str) -> bool:
    """Whether the last word of a phrase is a noun of office."""
    words = folded(title).split()
    return bool(words) and any(word in actor_words().words["offices"] for word in words[-2:])
