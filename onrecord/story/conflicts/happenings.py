"""Events that happen only once, and that are told with different dates, places or doers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from onrecord.dates import Date
from onrecord.lemmas import event_lemma, lemma
from onrecord.memory import Kind
from onrecord.model import Conflict, ConflictKind, ConflictLabel, Event, Place, Record, identify
from onrecord.spans import Located, Passage, Span
from onrecord.story.comparing import day_gap, overlap
from onrecord.story.lexicon import lexicon
from onrecord.story.scenes import Scene
from onrecord.syntax import Syntax

_SURE_DAYS = 31
"""A date of more days than that tells when it was only roughly."""
_SAME_TIME = 400
"""Days between two dates of one thing, beyond which it is rather two."""
_FAR_KILOMETRES = 100.0
_EARTH_KILOMETRES = 6371.0
_NEXT = 6
"""With how many of those that follow an event is compared among those that happened to the same."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that happens once to one: `deed` is what happened, `whom` to whom or to what."""

    event: Event
    deed: str
    whom: str
    agents: tuple[str, ...]
    place: str | None
    source: str
    day: str | None
    origin: str
    shown: Passage


def happening_conflicts(record: Record, by_report: Mapping[str, Scene]) -> Iterator[Conflict]:
    """Pairs that tell one thing with dates, places or doers that do not fit; each date met in a report counts once."""
    places = {place.id: place for place in record.places}
    allied = {actor.id: actor.part_of for actor in record.actors}
    for group in _groups(record, by_report).values():
        seen: set[tuple[str, str, str]] = set()
        for index, one in enumerate(group):
            for other in group[index + 1 : index + 1 + _NEXT]:
                kind = _difference(one, other, places, allied)
                if kind is not None and (one.event.report, other.event.report, kind) not in seen:
                    seen.add((one.event.report, other.event.report, kind))
                    yield _conflict(kind, one, other)


def _groups(record: Record, by_report: Mapping[str, Scene]) -> dict[tuple[str, str], list[Happening]]:
    out: dict[tuple[str, str], list[Happening]] = {}
    for notes in record.annotations:
        for happening in by_report[notes.report.id].each(_HAPPENINGS, _happenings):
            out.setdefault((happening.deed, happening.whom), []).append(happening)
    return out


_HAPPENINGS: Kind[tuple[Happening, ...]] = Kind("happenings", tuple[Happening, ...])


def _happenings(scene: Scene) -> Iterator[Happening]:
    if not scene.syntax.tagged:
        return
    names = Names(scene)
    for event in scene.annotations.events:
        happening = _happening(scene, event, names) if event.factuality == "asserted" else None
        if happening is not None:
            yield happening


def _happening(scene: Scene, event: Event, names: Names) -> Happening | None:
    syntax, inside = scene.syntax, scene.syntax.words_in(event.trigger)
    word = inside[0] if inside else None
    if word is None or syntax.tag(word) != "VERB":
        return None
    base = lemma(syntax.form(word), "VERB")
    head = _whom(syntax, word, base)
    whom = None if head is None else names.of(head)
    if whom is None:
        return None
    known = scene.record.participants.get(event.id)
    statement = scene.statements.get(event.statement)
    own = statement is None or statement.source.basis == "report"
    return Happening(
        event=event,
        deed=lexicon().deeds.get(event_lemma(base, "VERB"), base) if base in ("kill", "die") else base,
        whom=whom,
        agents=known.actors if known is not None and base in lexicon().undergone else (),
        place=known.place if known is not None else None,
        source="" if own else scene.record.actor_of.get(event.statement, event.statement),
        day=scene.day,
        origin=scene.origin,
        shown=scene.shown(scene.annotations.words.sentence[word], event.trigger),
    )


def _whom(syntax: Syntax, verb: int, base: str) -> int | None:
    """The head of what it happened to."""
    if base in lexicon().done and not syntax.is_passive(verb):
        return _before(syntax, verb)
    if base not in lexicon().undergone:
        return None
    if syntax.is_passive(verb):
        return _before(syntax, verb)
    return syntax.child(verb, frozenset(("obj",)))


def _before(syntax: Syntax, verb: int) -> int | None:
    """The subject nearest before the verb: a dateline may stand in the tree as another."""
    subjects = [word for word in syntax.children[verb] if syntax.words.relation[word] == "nsubj" and word < verb]
    return subjects[-1] if subjects else None


class Names:
    """The names of one report, and the nouns they stand behind ("the ferry Rosalind")."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._at = Located((mention.span, mention.id) for mention in scene.annotations.mentions)
        self._by_noun: dict[str, set[str]] = {}
        for mention in scene.annotations.mentions:
            noun = self._noun_before(mention.span)
            if noun is not None:
                self._by_noun.setdefault(noun, set()).add(self._identity(mention.span, mention.id))

    def of(self, head: int) -> str | None:
        """Who is named by the noun phrase of `head`: the actor, or the name itself; None for what has no name.

        "The ferry" is the one ferry that the report names, if there is but one.
        """
        syntax = self._scene.syntax
        if syntax.child(head, frozenset(("conj",))) is not None:
            return None
        at = syntax.span(head)
        found = [(span, mention) for span, mention in self._at.touching(at) if syntax.head_of(span) in (head, None)]
        if found:
            return self._identity(*found[0])
        for child in syntax.children[head]:
            beside = self._at.touching(syntax.span(child)) if syntax.words.relation[child] == "appos" else []
            if beside:
                return self._identity(*beside[0])
        behind = Span(at.end, at.end + 2)
        found = [(span, mention) for span, mention in self._at.touching(behind) if span.start == at.end + 1]
        if found:
            return self._identity(*found[0])
        return self._known_by_noun(head)

    def _known_by_noun(self, head: int) -> str | None:
        syntax = self._scene.syntax
        article = syntax.child(head, frozenset(("det",)))
        if article is None or syntax.folded(article) != "the" or article + 1 != head:
            return None
        known = self._by_noun.get(lemma(syntax.form(head), syntax.tag(head)), set())
        return next(iter(known)) if len(known) == 1 else None

    def _noun_before(self, name: Span) -> str | None:
        syntax = self._scene.syntax
        inside = syntax.words_in(name)
        word = self._before_naming(inside[0] - 1) if inside and inside[0] else None
        if word is not None and inside and word < inside[0] - 1:
            return lemma(syntax.form(word), "NOUN") if syntax.tag(word) == "NOUN" else None
        if word is None or syntax.tag(word) != "NOUN" or syntax.words.ends[word] + 1 != name.start:
            return None
        return lemma(syntax.form(word), "NOUN")

    def _before_naming(self, word: int) -> int:
        """The word that a name is given to: "the program, *known as* Nightjar"; the same one without such words."""
        syntax, at = self._scene.syntax, word
        if at > 1 and (syntax.folded(at - 1), syntax.folded(at)) == ("known", "as"):
            at -= 2
        elif syntax.folded(at) in ("called", "named", "dubbed"):
            at -= 1
        else:
            return word
        return at - 1 if at > 0 and syntax.form(at) == "," else at

    def _identity(self, span: Span, mention: str) -> str:
        return self._scene.record.actor_of.get(mention) or span.of(self._scene.annotations.report.text).lower()


def _difference(
    one: Happening, other: Happening, places: Mapping[str, Place], allied: Mapping[str, str | None]
) -> ConflictKind | None:
    """In which of date, doer and place two tellings cannot both be right."""
    dates = _fit(one.event.date, other.event.date)
    if dates is False:
        return "date" if _are_near(one, other) else None
    if one.agents and other.agents and not _share(one.agents, other.agents, allied):
        return "actor"
    if _are_far(places.get(one.place or ""), places.get(other.place or "")):
        return "place"
    return None


def _fit(one: Date | None, other: Date | None) -> bool | None:
    """Whether two dates told of one event may be the same; None where one is told too roughly."""
    spans = [None if d is None else day_gap(d.earliest, d.latest) for d in (one, other)]
    if any(
        span is None or (span > _SURE_DAYS and not _is_year(d)) for span, d in zip(spans, (one, other), strict=True)
    ):
        return None
    return overlap(one, other)


def _is_year(date: Date | None) -> bool:
    return date is not None and len(date.value) == len("2005")


def _are_near(one: Happening, other: Happening) -> bool:
    """Whether two different dates are of one time: a name of long ago may be another's today."""
    ours, theirs = one.event.date, other.event.date
    gap = day_gap(ours.earliest if ours else None, theirs.earliest if theirs else None)
    return gap is not None and gap <= _SAME_TIME * (3 if _is_year(ours) and _is_year(theirs) else 1)


def _share(ours: tuple[str, ...], theirs: tuple[str, ...], allied: Mapping[str, str | None]) -> bool:
    """Whether one doer is the other's, or belongs to the other."""
    wide = [{*actors, *(allied.get(actor) or "" for actor in actors)} - {""} for actors in (ours, theirs)]
    return bool(wide[0] & wide[1])


def _are_far(one: Place | None, other: Place | None) -> bool:
    if one is None or other is None or one.id == other.id:
        return False
    if one.precision not in ("exact", "town") or other.precision not in ("exact", "town"):
        return False
    return _kilometres(one, other) > _FAR_KILOMETRES


def _kilometres(one: Place, other: Place) -> float:
    """Along the great circle, by the haversine formula."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0.0
    north, south = radians(one.lat), radians(other.lat)
    rise, turn = (north - south) / 2, (radians(one.lon) - radians(other.lon)) / 2
    part = sin(rise) ** 2 + cos(north) * cos(south) * sin(turn) ** 2
    return 2 * _EARTH_KILOMETRES * asin(sqrt(part))


def _conflict(kind: ConflictKind, one: Happening, other: Happening) -> Conflict:
    label: ConflictLabel = "disputed" if one.source and other.source and one.source != other.source else "conflict"
    return Conflict(
        id=identify("x", kind, one.event.id, other.event.id),
        kind=kind,
        label=label,
        items=(one.event.id, other.event.id),
        evidence=(one.shown, other.shown),
        explanation=_explained(kind, one, other),
    )


def _explained(kind: ConflictKind, one: Happening, other: Happening) -> str:
    told = f"Told of one thing that happens once ({one.deed}), with another {'doer' if kind == 'actor' else kind}"
    if kind == "date" and one.event.date is not None and other.event.date is not None:
        told += f": {one.event.date.value} and {other.event.date.value}"
    same = one.event.report != other.event.report and one.origin == other.origin
    return told + ("; both reports are of one origin, so this is a revision." if same else ".")
