"""Figures: the quantities of a report that are worth a line in the record.

Kept are people counted, what happened to them, things that weigh, money, and shares of something; left out are dates,
lengths of time, ages, distances, "one of the", and numbers that only name a kind ("a two-phase plan"). Which nouns and
units weigh is said in `data/quantities.toml`, section `figure`.

A figure needs a statement that tells it: the innermost whose content holds the number. Where a report has none for a
sentence, not even in its own voice, there is no figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from onrecord.excerpts import excerpts_of
from onrecord.memory import FORGETFUL, Kind, Memory
from onrecord.model import Annotations, Figure, FigureState, Quantity, Record, Statement, identify
from onrecord.record.figures.counted import counted_by, is_kind_or_member, is_worth_a_line
from onrecord.record.figures.elided import TakenUp, coin_of, taken_up
from onrecord.record.figures.lexicon import lexicon
from onrecord.record.figures.scope import Scope
from onrecord.record.figures.times import Times, is_planned
from onrecord.spans import Located, Span, covering
from onrecord.syntax import Syntax

_FROM = re.compile(r"\bfrom[ \u00a0\n]$", re.IGNORECASE)
_DOWN_FROM = re.compile(r"\b(?:down|up|against|compared with)(?:[ \u00a0\n]from)?[ \u00a0\n]$", re.IGNORECASE)
_NEAR = 40
"""Code points between a number and the one that it came from."""
_FAR = 80
"""Code points between a number and what it counts, beyond which they are two pieces of evidence."""


@dataclass(frozen=True)
class Scene:
    """What the figures of one report are read against."""

    record: Record
    annotations: Annotations

    @cached_property
    def syntax(self) -> Syntax:
        return Syntax(self.annotations.report.text, self.annotations.words)

    @cached_property
    def told(self) -> Located[Statement]:
        statements = self.annotations.statements
        return Located((content, statement) for statement in statements for content in statement.content)

    @cached_property
    def times(self) -> Times:
        return Times(self.annotations, self.syntax, self.record.dates.get(self.annotations.report.id))

    @cached_property
    def scope(self) -> Scope:
        return Scope(self.record, self.annotations, self.syntax)


_FIGURES: Kind[tuple[Figure, ...]] = Kind("figures", tuple[Figure, ...])


def find_all_figures(record: Record, memory: Memory = FORGETFUL) -> tuple[Figure, ...]:
    """The figures of all reports, in their order."""
    return tuple(figure for one in excerpts_of(record) for figure in memory.recall(_FIGURES, _figures_in, one))


def _figures_in(excerpt: Record) -> tuple[Figure, ...]:
    return find_figures(excerpt, *excerpt.annotations)


def find_figures(record: Record, annotations: Annotations) -> tuple[Figure, ...]:
    """The figures of one report, in order, with whose they are, where, and as of when.

    Args:
        record: the beliefs about actors, places and dates of reports; its claims are not read.
        annotations: with sentences, words, times, statements and quantities. Without tags on the words, only what
            stands right behind a number is known to be counted, and no figure has a date, an owner or a place.
    """
    scene = Scene(record, annotations)
    found: list[Figure] = []
    for quantity in annotations.quantities:
        figure = _figure_of(scene, quantity, _last(annotations.report.text, found))
        if figure is not None:
            found.append(figure)
    return tuple(found)


def _last(text: str, found: list[Figure]) -> Figure | None:
    """The figure told last, but not in brackets, where a sum is only given in another coin."""
    return next((one for one in reversed(found) if not _is_in_brackets(text, one.evidence[-1].end)), None)


def _is_in_brackets(text: str, end: int) -> bool:
    near = text[max(0, end - _NEAR) : end]
    return near.rfind("(") > near.rfind(")")


def _figure_of(scene: Scene, quantity: Quantity, before: Figure | None) -> Figure | None:
    syntax, text = scene.syntax, scene.annotations.report.text
    statement = _innermost(scene.told, quantity.span)
    if statement is None or is_kind_or_member(text, quantity):
        return None
    number = syntax.number_in(quantity.span)
    again = taken_up(syntax, quantity, before)
    if again is not None and before is not None:
        return _with_more(_figure(scene, quantity, statement, again.counted, number), again, before.unit)
    coin = coin_of(syntax, quantity, before)
    quantity = quantity if coin is None else replace(quantity, unit=coin)
    counted = _came_from(text, quantity, before) or counted_by(syntax, quantity, scene.times.numbers, number)
    if counted is None or not is_worth_a_line(syntax, quantity, counted, number):
        return None
    return _figure(scene, quantity, statement, counted, number)


def _with_more(figure: Figure, again: TakenUp, unit: str | None) -> Figure:
    """The figure in the unit of the one it takes up, shown by its own words alone."""
    dated = [span for span in figure.evidence if not span.overlaps(again.counted) and not span.overlaps(again.span)]
    return replace(figure, unit=unit, evidence=tuple(sorted((*dated, again.span))))


def _came_from(text: str, quantity: Quantity, before: Figure | None) -> Span | None:
    """What a number counts that the one before went on from: "206 jets, down from 214"."""
    if (
        before is None
        or quantity.counted is not None
        or not _DOWN_FROM.search(text, max(0, quantity.span.start - _NEAR), quantity.span.start)
    ):
        return None
    between = text[before.evidence[-1].end : quantity.span.start]
    return before.counted if len(between) < _NEAR and not any(mark in between for mark in ".;") else None


def _innermost(told: Located[Statement], span: Span) -> Statement | None:
    """The statement with the shortest content that holds the span."""
    holding = [(len(content), s.id, s) for content, s in told.touching(span) if content.contains(span)]
    return min(holding, key=lambda one: one[:2])[2] if holding else None


def _figure(scene: Scene, quantity: Quantity, statement: Statement, counted: Span, number: int | None) -> Figure:
    report = scene.annotations.report
    date, told = scene.times.date_of(quantity, number, statement.source.basis == "report")
    return Figure(
        id=identify("n", report.id, quantity.span.start, quantity.span.end, "figure"),
        report=report.id,
        statement=statement.id,
        evidence=_evidence(quantity.span, counted, told),
        value=_value(report.text, quantity),
        low=quantity.low,
        high=quantity.high,
        bound=quantity.bound,
        unit=quantity.unit,
        counted=counted,
        state=_state(scene.syntax, report.text, quantity, number, statement),
        date=date,
        of=scene.scope.owner(counted),
        place=scene.scope.place(counted, number),
    )


def _evidence(span: Span, counted: Span, date: Span | None) -> tuple[Span, ...]:
    """The words for the number and what it counts, and its date where that stands apart."""
    gap = max(counted.start - span.end, span.start - counted.end)
    pieces = {covering((span, counted))} if gap < _FAR else {span, counted}
    if date is not None and not any(piece.contains(date) for piece in pieces):
        pieces.add(date)
    return tuple(sorted(pieces))


def _state(syntax: Syntax, text: str, quantity: Quantity, number: int | None, statement: Statement) -> FigureState:
    if quantity.change is not None:
        return "change"
    around = text[max(0, quantity.span.start - 60) : quantity.span.end + 60].lower()
    if any(phrase in around for phrase in lexicon().peak):
        return "peak"
    if number is not None and is_planned(syntax, number):
        return "planned"
    return "current" if statement.source.basis == "report" else "claimed"


def _value(text: str, quantity: Quantity) -> float:
    """The number; of a change "from 20 to 35", what it came to."""
    moved = quantity.change is not None and _FROM.search(text, max(0, quantity.span.start - 8), quantity.span.start)
    if not moved or quantity.low is None or quantity.high is None:
        return quantity.value
    return quantity.high if quantity.change == "up" else quantity.low
