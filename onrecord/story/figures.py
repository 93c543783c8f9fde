"""Figures as they are told, so that those of different reports can be put side by side.

A figure is compared by what happens to the counted (its deed: died, wounded, held), by what they are (its kind), by
whose they are, and by where and when. The rest of its sentence tells which event it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from onrecord.dates import Date
from onrecord.lemmas import lemma
from onrecord.memory import Kind
from onrecord.model import Event, Figure, Record, Statement
from onrecord.spans import Located, Passage, Span, covering
from onrecord.story.lexicon import lexicon
from onrecord.story.measures import Measure, measure_of
from onrecord.story.scenes import Scene
from onrecord.syntax import Syntax

_WITHIN_TELLING = frozenset(("nummod", "nsubj", "obj", "obl", "nmod", "ccomp", "compound", "conj"))
_DESCRIBING = frozenset(("ADJ", "NOUN", "VERB"))
_BEHIND = 4
"""Words from a number to the noun it counts, or back to one it is put to."""
_HARMS = frozenset(("die", "wound", "detain", "abduct"))
_NEARER = 7
_FEW = 4
"""Figures told last among which one is that a bare number takes up."""
_BACK = 2
"""Sentences back in which a number may have been told that "the toll" takes up."""


@dataclass(frozen=True, slots=True)
class About:
    """What a passage is about: ids of actors and places it names, its open words, and the towns among the places."""

    names: frozenset[str]
    contents: frozenset[str]
    places: frozenset[str]

    def with_more(self, other: About) -> About:
        """Both, and the other's towns."""
        return About(self.names | other.names, self.contents | other.contents, other.places)


@dataclass(frozen=True, slots=True)
class Telling:
    """A figure where it stands.

    Attributes:
        qualities: what the counted are said to be, besides their kind and owner.
        date: when it was so, as told; None where the report does not say, or speaks of its own day.
        day: the day of the report, ISO 8601, or None.
        own: what its sentence is about; `about`: with what it goes on from, where it tells neither a town nor a time.
        source: who tells it: an actor, the words for one, or "" for the report.
        overall: whether all of a kind over a stretch of time are counted; `part`: whether some of them are.
        event: id of the event of its clause, or None.
        taken_up: whether it takes up a number told before; `moved`: whether the sentence says that a number changed.
        elsewhen: the years that the sentence tells besides that of the report.
        shown, phrase: its sentence, and the words for the number alone.
    """

    figure: Figure
    measure: Measure
    qualities: frozenset[str]
    sentence: int
    date: Date | None
    day: str | None
    origin: str
    own: About
    about: About
    source: str
    overall: bool
    part: bool
    event: str | None
    taken_up: bool
    moved: bool
    elsewhen: frozenset[str]
    shown: Passage
    phrase: Passage

    @property
    def report(self) -> str:
        return self.figure.report

    @property
    def known(self) -> bool:
        """Whether what happens to the counted is one of the deeds of the lexicon, not just any verb."""
        return self.measure.deed in lexicon().deeds.values()

    @property
    def start(self) -> int:
        """Where it stands, for putting tellings in order."""
        return self.phrase.start


def tellings(record: Record, by_report: Mapping[str, Scene], singles: bool = False) -> tuple[Telling, ...]:
    """The figures of the record that tell what is so, or planned, in order; what may be, or is denied, is left out.

    Args:
        singles: with what is told of "one person", which is no figure of the record: its event stands for it.
    """
    found: list[Telling] = []
    for one in record.annotations:
        scene = by_report[one.report.id]
        found += scene.each(_ALL, _with_singles) if singles else scene.each(_FIGURES, _of_figures)
    return tuple(found)


_FIGURES: Kind[tuple[Telling, ...]] = Kind("measures", tuple[Telling, ...])
_ALL: Kind[tuple[Telling, ...]] = Kind("measures and singles", tuple[Telling, ...])


def _of_figures(scene: Scene) -> list[Telling]:
    return _of_report(scene, scene.figures)


def _with_singles(scene: Scene) -> list[Telling]:
    extra = list(_singles(scene)) if scene.syntax.tagged else []
    figures = [*scene.figures, *extra]
    return _of_report(scene, sorted(figures, key=lambda figure: figure.evidence[0]) if extra else figures)


def _singles(scene: Scene) -> Iterator[Figure]:
    """What happened to "one person": as a figure under the id of its event."""
    syntax = scene.syntax
    for event in scene.annotations.events:
        inside = syntax.words_in(event.trigger)
        verb = inside[0] if inside and syntax.tag(inside[0]) == "VERB" else None
        if verb is None or lexicon().deeds.get(lemma(syntax.form(verb), "VERB")) not in _HARMS:
            continue
        for noun in syntax.children[verb]:
            kind = lexicon().kinds.get(lemma(syntax.form(noun), "NOUN")) if syntax.tag(noun) == "NOUN" else None
            if kind is not None and noun > 0 and syntax.folded(noun - 1) == "one" and syntax.tag(noun - 1) == "NUM":
                span = syntax.span(noun - 1, noun)
                yield Figure(
                    id=event.id,
                    report=scene.report,
                    statement=event.statement,
                    evidence=(span,),
                    value=1.0,
                    low=None,
                    high=None,
                    bound="exact",
                    unit=None,
                    counted=syntax.span(noun),
                    state="claimed",
                    date=event.date,
                    of=None,
                    place=None,
                )


def _of_report(scene: Scene, figures: Iterable[Figure]) -> list[Telling]:
    if not scene.syntax.tagged:
        return []
    events = Located((event.trigger, event) for event in scene.annotations.events)
    found: list[Telling] = []
    for figure in figures:
        telling = _telling(scene, figure, events)
        if telling is not None:
            found.append(_with_context(scene, telling, found))
    return found


def _telling(scene: Scene, figure: Figure, events: Located[Event]) -> Telling | None:
    syntax = scene.syntax
    number, head = _number(scene, figure), syntax.head_of(figure.counted)
    if number is None or head is None:
        return None
    foot = _foot(syntax, number, head)
    clause = _clause(syntax, foot, number, events)
    if clause is None:
        return None
    verb, event = clause
    sentence = scene.annotations.words.sentence[number]
    about = About(scene.names(sentence), scene.contents(sentence), scene.fine_places(sentence))
    own = covering(_undated(scene, figure))
    words = scene.words(sentence)
    return Telling(
        figure=figure,
        measure=measure_of(scene, figure, foot, head, verb, event),
        qualities=_qualities(scene, figure, head),
        sentence=sentence,
        date=figure.date if figure.date is not None and figure.date.rule != "as-of-report" else None,
        day=scene.day,
        origin=scene.origin,
        own=about,
        about=about,
        source=_source(scene, figure, foot),
        overall=bool(words & lexicon().overall),
        part=_is_part(syntax, number),
        event=None if event is None else event.id,
        taken_up=False,
        moved=bool(words & lexicon().moved),
        elsewhen=scene.other_years(sentence),
        shown=scene.shown(sentence, own),
        phrase=scene.annotations.report.passage(own),
    )


def _clause(syntax: Syntax, foot: int, number: int, events: Located[Event]) -> tuple[int | None, Event | None] | None:
    """The verb of the clause and its event, as far as there are any; None where it tells of nothing that is so."""
    verb = _verb(syntax, foot)
    event = None if verb is None else _event(events, syntax.span(verb))
    if event is None or verb is None or _is_told(syntax, event, verb):
        return verb, event
    verb = _nearer_verb(syntax, verb, number)
    event = None if verb is None else _event(events, syntax.span(verb))
    return None if event is None or not _is_told(syntax, event, verb) else (verb, event)


def _number(scene: Scene, figure: Figure) -> int | None:
    """The word of the number: one of the evidence that hangs on what is counted, or else the first; no date."""
    syntax = scene.syntax
    inside = [word for span in _undated(scene, figure) for word in syntax.words_in(span)]
    numbers = [word for word in inside if syntax.tag(word) == "NUM" or syntax.form(word)[:1].isdigit()]
    counted = set(syntax.words_in(figure.counted))
    tied = [word for word in numbers if syntax.words.head[word] in counted]
    return next(iter(tied or numbers or inside), None)


def _foot(syntax: Syntax, number: int, head: int) -> int:
    """The word from which the clause is looked for: the noun right behind the number, else the number itself."""
    return head if number < head <= number + _BEHIND and syntax.tag(head) in ("NOUN", "PROPN") else number


def _undated(scene: Scene, figure: Figure) -> list[Span]:
    """The evidence without the date."""
    return [span for span in figure.evidence if span.contains(figure.counted) or span not in scene.times]


def _verb(syntax: Syntax, number: int) -> int | None:
    path = syntax.up_to_verb(number)
    return path[-1] if path and syntax.tag(path[-1]) in ("VERB", "AUX") else None


def _nearer_verb(syntax: Syntax, verb: int, number: int) -> int | None:
    """The verb right before the number, where the tree hangs it on one further off."""
    for word in range(number - 1, max(verb, number - _NEARER) - 1, -1):
        if syntax.tag(word) == "VERB" and word != verb and syntax.words.sentence[word] == syntax.words.sentence[number]:
            return word if not {syntax.folded(c) for c in syntax.children[word]} & lexicon().unplain else None
    return None


def _is_told(syntax: Syntax, event: Event, verb: int | None) -> bool:
    """Whether an event is told to be, or to come: no mere possibility, no denial, no request."""
    if event.factuality in ("asserted", "planned"):
        return True
    return event.factuality == "possible" and verb is not None and "would" in syntax.auxiliaries(verb)


def _event(events: Located[Event], at: Span) -> Event | None:
    return next((event for span, event in events.touching(at) if span == at), None)


def _qualities(scene: Scene, figure: Figure, head: int) -> frozenset[str]:
    """What stands before the noun, without names: they are in the owner, or in what the sentence names."""
    syntax = scene.syntax
    words = [word for word in syntax.words_in(figure.counted) if word != head and syntax.tag(word) in _DESCRIBING]
    named = frozenset(lemma(syntax.form(word), syntax.tag(word)) for word in words if syntax.form(word)[0].islower())
    return frozenset() if syntax.folded(head) in lexicon().again else named


def _is_part(syntax: Syntax, number: int) -> bool:
    """Whether a word right before the number, or behind it, says that these are some of more, or others."""
    around = [syntax.folded(word) for word in range(max(0, number - 3), min(len(syntax.words), number + 3))]
    pairs = zip(around, [*around[1:], ""], strict=True)
    return any(word in lexicon().part and behind != "than" for word, behind in pairs)


def _source(scene: Scene, figure: Figure, number: int) -> str:
    """The actor that tells it, the words for one, or "" for the report itself."""
    statement: Statement | None = scene.statements.get(figure.statement)
    if statement is None or statement.source.basis == "report":
        own = scene.syntax.words_in(figure.evidence[-1])[:1]  # "the police *made* it 300"
        return next((t for at in own if (t := _teller_by(scene.syntax, at))), _teller(scene.syntax, number))
    span = statement.source.span
    known = scene.record.actor_of.get(statement.id)
    return known or ("?" if span is None else span.of(scene.annotations.report.text).lower())


def _teller(syntax: Syntax, number: int) -> str:
    """Who puts a number at what it is, within the clause; "" where nobody does."""
    for word in syntax.ancestors(number):
        if _is_telling(syntax, word):
            return _teller_by(syntax, word)
        if syntax.words.relation[word] not in _WITHIN_TELLING:
            return ""
    return ""


def _teller_by(syntax: Syntax, verb: int) -> str:
    subject = syntax.own_subject(verb) if _is_telling(syntax, verb) else None
    return "" if subject is None or syntax.tag(subject) == "PRON" else syntax.folded(subject)


def _is_telling(syntax: Syntax, word: int) -> bool:
    """Whether a verb has a subject that stands for a number; to make is so in "makes it 300" only."""
    base = lemma(syntax.form(word), "VERB")
    made = base == "make" and syntax.folded(min(word + 1, len(syntax.words) - 1)) == "it"
    return syntax.tag(word) == "VERB" and (made or base in lexicon().telling)


def _with_context(scene: Scene, telling: Telling, before: list[Telling]) -> Telling:
    """A number that takes up an earlier one ("the toll rose to 18") is of the same kind, and about the same."""
    earlier = next((one for one in reversed(before) if one.measure.deed == telling.measure.deed), None)
    taken_up = _taken_up(scene, telling, before)
    if taken_up is not None:
        measure = replace(taken_up.measure, owner=telling.measure.owner or taken_up.measure.owner)
        telling = replace(telling, measure=measure, qualities=taken_up.qualities, taken_up=True)
        earlier = taken_up
    if earlier is None or telling.own.places or telling.date is not None:
        return telling
    return replace(telling, about=telling.own.with_more(earlier.about))


def _is_number_of(syntax: Syntax, head: int) -> bool:
    """Whether the counted stand behind "the number of"."""
    return any(
        syntax.folded(word) in lexicon().again and syntax.folded(word + 1) == "of"
        for word in range(max(0, head - _BEHIND), head)
    )


def _taken_up(scene: Scene, telling: Telling, before: list[Telling]) -> Telling | None:
    counted = telling.figure.counted
    if all(counted.end <= span.start for span in telling.figure.evidence):  # what it counts stands with another
        alike = (counted, telling.figure.unit)
        return next((o for o in reversed(before[-_FEW:]) if (o.figure.counted, o.figure.unit) == alike), None)
    head = scene.syntax.head_of(counted)
    if head is None or not (scene.syntax.folded(head) in lexicon().again or _is_number_of(scene.syntax, head)):
        return None
    relation = scene.syntax.words.relation
    if any(relation[child] == "nummod" and 0 < head - child <= _BEHIND for child in scene.syntax.children[head]):
        return None  # "two figures" counts figures
    unit = telling.measure.unit
    if unit is not None and scene.syntax.folded(head) not in lexicon().figure:
        return None  # a turnout told as a share goes on from nothing
    near = [one for one in before if 0 <= telling.sentence - one.sentence <= _BACK and one.measure.unit == unit]
    if telling.known:  # a death toll goes on from the dead only
        near = [one for one in near if one.measure.deed == telling.measure.deed]
    return near[-1] if near else None
