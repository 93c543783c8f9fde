"""Answers: the objects of a list that meet what was asked, as rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from onrecord.dates import days_of
from onrecord.errors import OnRecordError
from onrecord.export.columns import Value
from onrecord.export.questions.known import Item, Known, Lists
from onrecord.export.questions.table import FacetName, Question, passages
from onrecord.export.words import place_of

_WORD = re.compile(r"\w+")
_WITHIN_WORD = re.compile(r"(?<=\w)[.'’](?=\w|\s|$)")
"""What is left out before names are compared: "U.S." is "US"."""


@dataclass(frozen=True, slots=True)
class Asked:
    """By what an answer is narrowed: names as the user typed them, days (ISO 8601), words."""

    actor: str | None = None
    issue: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    basis: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an answer: its values in the order of the columns, where its words stand, what people decided of it."""

    id: str | None
    values: tuple[Value, ...]
    where: str
    passages: tuple[Item, ...] = field(repr=False)
    decided: str | None = None


Test = Callable[[Item], bool]


def answer(question: Question, lists: Lists, asked: Asked) -> list[Row]:
    """The rows of an answer.

    Raises:
        OnRecordError: nothing in the record bears a name that was asked for, or a date is none.
    """
    since, until = first_day(asked.since), last_day(asked.until)
    if since > until:
        raise OnRecordError(f"{asked.since} to {asked.until}", "ends before it begins", "Give the earlier day first")
    known = Known(lists)
    meant = _meant(question, known, asked)
    naming = {one for ids in meant.values() for one in ids} if len(meant) == 1 else set()
    if meant and question.looks_in == "timeline":
        known.fetch_events(naming)
    tests = list(_tests(question, known, asked, meant))
    listed = lists.items(question.looks_in, _narrowing(question, naming))
    left = [item for item in listed if all(test(item) for test in tests)]
    return [_row(question, item, known) for item in question.prepare(left, known)]


def _narrowing(question: Question, naming: set[str]) -> set[str]:
    """The ids an object must name itself; those that its events or claims name, the database cannot look for."""
    return (
        naming
        if question.looks_in in ("statements", "positions", "commitments", "figures", "actors", "places")
        else set()
    )


def _row(question: Question, item: Item, known: Known) -> Row:
    values = tuple(column.value(item, known) for column in question.columns)
    shown = tuple(passages(item))
    about = [one for one in (item.get("id"), *item.get("events", ())) if one]
    return Row(item.get("id"), values, place_of(shown, known.names), shown, known.decided(about))


def _meant(question: Question, known: Known, asked: Asked) -> dict[FacetName, set[str]]:
    """The ids of what is asked for by name."""
    typed: Mapping[FacetName, str | None] = {"actor": asked.actor, "issue": asked.issue, "place": asked.place}
    return {facet: _called(facet, name, known) for facet, name in typed.items() if name and facet in question.facets}


def _called(facet: FacetName, name: str, known: Known) -> set[str]:
    """The ids of all that bear a name, whole or as words of it.

    Raises:
        OnRecordError: nothing does.
    """
    listed = {"actor": known.actors, "issue": known.issues, "place": known.places}[facet]
    wanted = name_words(name)
    found = {one for one, item in listed.items() if one == name or any(_holds(told, wanted) for told in _names(item))}
    if not found:
        question = {"actor": "who", "issue": "positions", "place": "places"}[facet]
        raise OnRecordError(name, f"the record has no {facet} of this name", f"`onrecord {question} CASE` lists them")
    return found


def _names(item: Item) -> Iterable[str]:
    return (item.get("name") or item["label"], *item.get("aliases", ()), *item.get("for", ()), *item.get("against", ()))


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name as names are compared: without accents, points and case."""
    bare = name if name.isascii() else "".join(filter(_is_letter_itself, unicodedata.normalize("NFKD", name)))
    return tuple(_WORD.findall(_WITHIN_WORD.sub("", bare.casefold())))


def _is_letter_itself(char: str) -> bool:
    return not unicodedata.combining(char)


def _holds(name: str, wanted: tuple[str, ...]) -> bool:
    words = name_words(name)
    starts = range(len(words) - len(wanted) + 1)
    return bool(wanted) and any(words[start : start + len(wanted)] == wanted for start in starts)


def _tests(question: Question, known: Known, asked: Asked, meant: Mapping[FacetName, set[str]]) -> Iterable[Test]:
    """What an object must meet, the cheapest first."""
    if asked.basis or (question.looks_in == "statements" and "basis" in question.facets):
        yield _of_basis(question, known, asked.basis)
    if asked.text:
        yield _of_words(question, known, asked.text)
    if asked.since or asked.until:
        yield _of_days(question, known, first_day(asked.since), last_day(asked.until))
    for facet, ids in meant.items():
        yield _of_ids(question, known, facet, ids)


def _of_ids(question: Question, known: Known, facet: FacetName, ids: set[str]) -> Test:
    read = question.facets[facet]
    return lambda item: not ids.isdisjoint(one for one in read(item, known) if one)


def _of_basis(question: Question, known: Known, basis: str | None) -> Test:
    """What a report tells in its own voice is no statement of somebody: it counts where `report` is asked for."""
    read = question.facets["basis"]
    if basis is None:
        return lambda item: read(item, known) is not None
    return lambda item: (read(item, known) or "report") == basis


def _of_words(question: Question, known: Known, text: str) -> Test:
    read, wanted = question.facets["text"], _plainly(text)
    return lambda item: wanted in _plainly(read(item, known))


def _plainly(text: str) -> str:
    return " ".join(text.casefold().split())


def _of_days(question: Question, known: Known, first: str, last: str) -> Test:
    """Whether an object's date may lie between two days; one without a date does not."""
    read = question.facets["date"]

    def overlaps(item: Item) -> bool:
        when = read(item, known)
        if when is None or not (when["earliest"] or when["latest"]):
            return False
        return (when["earliest"] or "") <= last and first <= (when["latest"] or "9999")

    return overlaps


def first_day(text: str | None) -> str:
    """The first day of a year, month or day; one before all where none is given.

    Raises:
        OnRecordError: it is none.
    """
    return "" if text is None else _days(text)[0]


def last_day(text: str | None) -> str:
    """The last day of a year, month or day; one after all where none is given.

    Raises:
        OnRecordError: it is none.
    """
    return "9999" if text is None else _days(text)[1]


def _days(text: str) -> tuple[str, str]:
    days = days_of(text.strip()) if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", text.strip(), re.ASCII) else None
    if days is None:
        named = " ".join(text.split()) or "an empty date"
        raise OnRecordError(named, "is not a date", "Give a year, a month or a day: 2024, 2024-05 or 2024-05-03")
    return days[0].isoformat(), days[1].isoformat()
