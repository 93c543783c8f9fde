"""Figures: the quantities of a report that are worth a line in the record.

Kept are people counted, what happened to them, things that weigh, money, and shares of something; left out are dates,
lengths of time, ages, distances, "one of the", and numbers that only name a kind ("a two-phase plan"). Which nouns and
units weigh is said in `data/quantities.toml`, section `figure`.

A figure needs a statement that tells it: the innermost whose content holds the number. Where a report has none for a
sentence, not even in its own voice, there is no figure.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from onrecord.dates import Date
from onrecord.model import Annotations, Figure, FigureState, Quantity, Statement, Time, identify
from onrecord.spans import Located, Span, covering
from onrecord.syntax import Syntax

_TIED = re.compile(r"[-‐‑][A-Za-z]")
_ONE_OF = re.compile(r"of\b", re.IGNORECASE)
_FROM = re.compile(r"\bfrom[ \u00a0\n]$", re.IGNORECASE)
_FAR = 80
"""Code points between a number and what it counts, beyond which they are two pieces of evidence."""
_TIME_UNITS = frozenset(
    "second minute hour day night week fortnight month quarter year decade century weekend season".split()
)
_SETS = ("people", "things", "dull", "harm", "planned_auxiliaries", "planned_governors", "before_of", "past")
_PAST_AUXILIARIES = frozenset(("was", "were", "had", "did"))
_SHARES = frozenset(("percentage", "percentage point", "basis point"))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What makes a quantity a figure; nouns and verbs are in their base form."""

    people: frozenset[str]
    things: frozenset[str]
    dull: frozenset[str]
    least_other: int
    measures: frozenset[str]
    harm: frozenset[str]
    peak: tuple[str, ...]
    planned_auxiliaries: frozenset[str]
    planned_governors: frozenset[str]
    before_of: frozenset[str]
    past: frozenset[str]
    currencies: frozenset[str]
    units: frozenset[str]
    bases: Mapping[str, str]

    def base(self, form: str) -> str:
        """The word of the lexicon that a case-folded form belongs to; the form itself where it belongs to none."""
        return self.bases.get(form, form)


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    table = tomllib.loads(files("onrecord").joinpath("data/quantities.toml").read_text(encoding="utf-8"))
    figure, money = table["figure"], table["currency"]
    names = {*money["symbols"].values(), *money["words"].values(), *money["joined"].values()}
    spelt = {prefix + unit for unit in table["si"]["units"] for prefix in ("", *table["si"]["prefixes"])}
    sets = {name: frozenset(figure[name].split()) for name in _SETS}
    return Lexicon(
        measures=_parted(figure["measures"]),
        least_other=figure["least_other"],
        peak=tuple(sorted(_parted(figure["peak"]))),
        currencies=frozenset(names),
        units=frozenset((*table["unit"], *table["time"], *table["age"], *spelt)) | _parted(figure["measures"]),
        bases=_bases(set().union(*sets.values()), figure["irregular"]),
        **sets,
    )


def _bases(words: Iterable[str], irregular: Mapping[str, str]) -> dict[str, str]:
    """Each form of each word → the word. Forms that no one uses do no harm."""
    bases = {form: word for word in sorted(words) for form in _forms(word)}
    return bases | {word: word for word in words} | dict(irregular)


def _forms(word: str) -> Iterator[str]:
    """Plurals of a noun, and the regular forms of a verb."""
    silent = word.removesuffix("e")
    yield from (word + "s", word + "es", word + "ed", silent + "ed", silent + "ing", word + "ing")
    yield from (word + word[-1] + "ed", word + word[-1] + "ing")
    if word.endswith("y"):
        yield from (word[:-1] + "ies", word[:-1] + "ied")
    if word.endswith("man"):
        yield word[:-3] + "men"


def _parted(listed: str) -> frozenset[str]:
    return frozenset(entry.strip() for entry in listed.split("|"))


def find_figures(annotations: Annotations) -> tuple[Figure, ...]:
    """The figures of one report, in order; `of` and `place` stay None until actors and places are known.

    Args:
        annotations: with sentences, words, times, statements and quantities. Without tags on the words, only what
            stands right behind a number is known to be counted, and no figure has a date.
    """
    syntax = Syntax(annotations.report.text, annotations.words)
    told = Located((content, statement) for statement in annotations.statements for content in statement.content)
    dated = Located((time.span, time) for time in annotations.times if time.date and time.date.earliest)
    found = []
    taken = Located((quantity.span, quantity) for quantity in annotations.quantities)
    for quantity in annotations.quantities:
        statement = _innermost(told, quantity.span)
        number = syntax.number_in(quantity.span)
        if statement is None or _is_kind_or_member(annotations.report.text, quantity):
            continue
        counted = quantity.counted
        if counted is None and number is not None:
            counted = _clipped(_counted_elsewhere(syntax, quantity, taken, number), quantity.span)
        if counted is not None and _is_worth_a_line(syntax, quantity, counted, number):
            found.append(_figure(annotations, syntax, dated, quantity, statement, counted, number))
    return tuple(found)


def _innermost(told: Located[Statement], span: Span) -> Statement | None:
    """The statement with the shortest content that holds the span."""
    holding = [(len(content), s.id, s) for content, s in told.touching(span) if content.contains(span)]
    return min(holding, key=lambda one: one[:2])[2] if holding else None


def _figure(
    annotations: Annotations,
    syntax: Syntax,
    dated: Located[Time],
    quantity: Quantity,
    statement: Statement,
    counted: Span,
    number: int | None,
) -> Figure:
    time = _time_of(annotations, syntax, dated, quantity, number)
    date, told = _date_of(annotations, syntax, dated, number, time, statement.source.basis == "report")
    return Figure(
        id=identify("n", annotations.report.id, quantity.span.start, quantity.span.end, "figure"),
        report=annotations.report.id,
        statement=statement.id,
        evidence=_evidence(quantity.span, counted, told),
        value=_value(annotations.report.text, quantity),
        low=quantity.low,
        high=quantity.high,
        bound=quantity.bound,
        unit=quantity.unit,
        counted=counted,
        state=_state(syntax, annotations.report.text, quantity, number, statement),
        date=date,
    )


def _is_kind_or_member(text: str, quantity: Quantity) -> bool:
    """Whether the number names a kind ("two-phase"), or picks one out of many ("one of the")."""
    end = quantity.span.end
    if _TIED.match(text, end) and not text.startswith("strong", end + 1):
        return True
    return quantity.value == 1 and bool(_ONE_OF.match(text, end + 1))


def _is_money(quantity: Quantity) -> bool:
    unit = (quantity.unit or "").partition(" per ")[0]
    return unit in lexicon().currencies or unit.rpartition(" ")[2] in lexicon().currencies


def _is_measure(quantity: Quantity) -> bool:
    """Whether the unit is one of measure, not the noun that is counted."""
    if quantity.unit is None:
        return False
    unit = quantity.unit.partition(" per ")[0]
    return _is_money(quantity) or unit in lexicon().units


def _is_worth_a_line(syntax: Syntax, quantity: Quantity, counted: Span, number: int | None) -> bool:
    unit = (quantity.unit or "").partition(" per ")[0]
    if _is_money(quantity) or unit in _SHARES:
        return True
    if unit in lexicon().measures or _is_measure(quantity):
        return unit in lexicon().measures
    noun = lexicon().base(syntax.last_of(counted))
    if noun in _TIME_UNITS or noun in lexicon().dull:
        return False
    if _happens_to_people(syntax, number, counted):
        return True
    if noun in lexicon().people:
        return quantity.value != 1
    if noun in lexicon().things:
        return quantity.value >= 2
    if noun in lexicon().before_of:
        return True
    if 0 < quantity.value < 1:
        return quantity.unit is None
    return quantity.value >= lexicon().least_other


def _happens_to_people(syntax: Syntax, number: int | None, counted: Span) -> bool:
    """Whether what governs the number says that somebody was killed, wounded, displaced, held."""
    if lexicon().base(syntax.last_of(counted)) in lexicon().harm:
        return True
    path = syntax.up_to_verb(number) if number is not None else []
    return any(lexicon().base(syntax.folded(word)) in lexicon().harm and syntax.tag(word) == "VERB" for word in path)


def _counted_elsewhere(syntax: Syntax, quantity: Quantity, taken: Located[Quantity], number: int) -> Span | None:
    """What is counted where it does not follow the number: "a population of 2.3 million", "the toll rose to 35"."""
    for word in syntax.above(number, quantity.span):
        if taken.touching(syntax.span(word)):
            continue
        if syntax.tag(word) in ("NOUN", "PROPN"):
            return syntax.core_phrase(word) if _takes_number(syntax, quantity, word) else None
        if syntax.tag(word) == "VERB":
            return _around_verb(syntax, word, quantity)
    subject = syntax.own_subject(number)
    return syntax.core_phrase(subject) if subject is not None and _takes_number(syntax, quantity, subject) else None


def _clipped(counted: Span | None, number: Span) -> Span | None:
    """What is counted without the number itself: "a 15 percent threshold"."""
    if counted is None or not counted.overlaps(number):
        return counted
    if counted.end > number.end + 1:
        return Span(number.end + 1, counted.end)
    return Span(counted.start, number.start - 1) if number.start > counted.start + 1 else None


def _takes_number(syntax: Syntax, quantity: Quantity, noun: int) -> bool:
    """Whether a noun can be what a number is of; any can be what money or a share is of."""
    word = lexicon().base(syntax.folded(noun))
    return _is_measure(quantity) or word in lexicon().before_of or word in lexicon().people or word in lexicon().harm


def _around_verb(syntax: Syntax, verb: int, quantity: Quantity) -> Span | None:
    """The subject of "rose to 35"; the verb itself in "killing 35" and "three were killed"."""
    if lexicon().base(syntax.folded(verb)) in lexicon().harm and not _is_measure(quantity):
        return syntax.span(verb)
    subject = syntax.own_subject(verb)
    if subject is not None and syntax.tag(subject) == "PRON":
        subject = syntax.relative_head(verb)
    if subject is None or syntax.span(subject).overlaps(quantity.span):
        return syntax.span(verb) if _is_measure(quantity) else None
    return syntax.core_phrase(subject) if _takes_number(syntax, quantity, subject) else None


def _time_of(
    annotations: Annotations, syntax: Syntax, dated: Located[Time], quantity: Quantity, number: int | None
) -> Time | None:
    """The dated time expression nearest in the tree, within the clause or one joined to it by "and"."""
    if number is None or not syntax.tagged:
        return None
    sentence = annotations.sentences[annotations.words.sentence[number]]
    near = Span(max(sentence.start, quantity.span.start - 600), min(sentence.end, quantity.span.end + 600))
    ranked = []
    for span, time in dated.touching(near):
        steps = syntax.steps_between(number, span)
        if steps is not None and not span.overlaps(quantity.span):
            gap = max(span.start - quantity.span.end, quantity.span.start - span.end)
            ranked.append((steps, gap, span.start, time))
    return min(ranked, key=lambda one: one[:3])[3] if ranked else None


def _date_of(
    annotations: Annotations, syntax: Syntax, dated: Located[Time], number: int | None, time: Time | None, own: bool
) -> tuple[Date | None, Span | None]:
    """The date of the time expression, or one carried over, and where it is told."""
    if time is None and own and number is not None:
        time = _carried(annotations, syntax, dated, number)
        if time is not None and time.date is not None:
            return replace(time.date, rule="as-in-sentence-before", anchor=time.id), time.span
    return (time.date, time.span) if time else (None, None)


def _carried(annotations: Annotations, syntax: Syntax, dated: Located[Time], number: int) -> Time | None:
    """In a story told in the past, a sentence without a time goes on from the one before it in the paragraph."""
    index = annotations.words.sentence[number]
    if index == 0 or not syntax.tagged:
        return None
    sentence, before = annotations.sentences[index], annotations.sentences[index - 1]
    between = annotations.report.text[before.end : sentence.start]
    if "\n" in between.strip(" ") or dated.touching(sentence) or not _is_past(syntax, number):
        return None
    days = [time for span, time in dated.touching(before) if time.type == "DATE" and before.contains(span)]
    return days[0] if len(days) == 1 else None


def _is_past(syntax: Syntax, number: int) -> bool:
    """Whether the clause of the number is in the simple past, or the past perfect."""
    path = syntax.up_to_verb(number)
    if not path:
        return False
    auxiliaries = set(syntax.auxiliaries(path[-1]))
    if auxiliaries:
        return bool(auxiliaries & _PAST_AUXILIARIES) and not auxiliaries - _PAST_AUXILIARIES - {"been", "being"}
    form = syntax.folded(path[-1])
    return syntax.tag(path[-1]) in ("VERB", "AUX") and (form.endswith("ed") or form in lexicon().past)


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
    if number is not None and _is_planned(syntax, number):
        return "planned"
    return "current" if statement.source.basis == "report" else "claimed"


def _value(text: str, quantity: Quantity) -> float:
    """The number; of a change "from 20 to 35", what it came to."""
    moved = quantity.change is not None and _FROM.search(text, max(0, quantity.span.start - 8), quantity.span.start)
    if not moved or quantity.low is None or quantity.high is None:
        return quantity.value
    return quantity.high if quantity.change == "up" else quantity.low


def _is_planned(syntax: Syntax, number: int) -> bool:
    """Whether the clause is about what will be: by its auxiliary, or by what governs its infinitive."""
    path: Sequence[int] = syntax.up_to_verb(number)
    if not path:
        return False
    verb = path[-1]
    auxiliaries = set(syntax.auxiliaries(verb))
    if auxiliaries & lexicon().planned_auxiliaries:
        return not {"would", "have"} <= auxiliaries
    above = syntax.governor(verb)
    return above is not None and lexicon().base(syntax.folded(above)) in lexicon().planned_governors
