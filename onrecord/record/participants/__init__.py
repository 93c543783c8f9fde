"""Who does an event, to whom, and where, by the syntax of the words around its trigger.

A name counts only where the tree ties it to the trigger: as subject or object, behind "by", as possessor, through a
relative clause, through a verb that lends its subject ("agreed to send", "asked the army to leave") or through one that
says no more than that the event takes place ("launched an attack"). The nearest name is never taken.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.excerpts import excerpts_of
from onrecord.memory import FORGETFUL, Kind, Memory
from onrecord.model import Annotations, Participants, Record
from onrecord.record.participants.arguments import arguments_of
from onrecord.record.parties import Parties
from onrecord.spans import Located, Span
from onrecord.syntax import Syntax

_PARTICIPANTS: Kind[dict[str, Participants]] = Kind("participants", dict[str, Participants])


def find_participants(record: Record, memory: Memory = FORGETFUL) -> dict[str, Participants]:
    """By event: the actors who do it, those it is done to, and its place. Events of which nothing is known are absent.

    Args:
        record: with events, actors and places; where it has referents, pronouns and descriptions count too.
        memory: may have the participants of each report's events.
    """
    out: dict[str, Participants] = {}
    for excerpt in excerpts_of(record):
        out |= memory.recall(_PARTICIPANTS, _participants_in, excerpt)
    return out


def _participants_in(excerpt: Record) -> dict[str, Participants]:
    (annotations,) = excerpt.annotations
    reader = _Reader(excerpt, annotations)
    read = ((event.id, reader.at(event.trigger)) for event in annotations.events)
    return {event: found for event, found in read if found != Participants()}


class _Reader:
    """What is known of one report when its events are asked for their participants."""

    def __init__(self, record: Record, annotations: Annotations) -> None:
        self._syntax = Syntax(annotations.report.text, annotations.words)
        self._parties = Parties(record, annotations, self._syntax)
        literal = [(m.span, record.place_of[m.id]) for m in annotations.mentions if m.id in record.place_of]
        self._places = Located(literal)

    def at(self, trigger: Span) -> Participants:
        """The participants of the event with this trigger."""
        word = self._syntax.head_of(trigger)
        if word is None:
            return Participants()
        arguments = arguments_of(self._syntax, word)
        where, place = self._place(arguments.places)
        actors = self._actors(head for head in arguments.agents if head != where)
        recipients = self._actors(head for head in arguments.recipients if head != where)
        return Participants(actors, tuple(one for one in recipients if one not in actors), place)

    def _actors(self, heads: Iterable[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(actor for head in heads for actor in self._parties.of_phrase(head)))

    def _place(self, heads: Iterable[int]) -> tuple[int | None, str | None]:
        """The first of the heads that heads the name of a place, and that place."""
        for head in heads:
            for span, place in self._places.touching(self._syntax.span(head)):
                if self._syntax.head_of(span) == head:
                    return head, place
        return None, None
