"""Who does an event, to whom and where."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotate.annotator import Annotator
from onrecord.dates import Date
from onrecord.model import Annotations, Event, Participants, Record, Report, ReportDate, Words
from onrecord.read.source import read_text
from onrecord.record.participants import find_participants
from onrecord.record.participants.arguments import arguments_of
from onrecord.resolve.actors import resolve_actors
from onrecord.resolve.places import resolve_places
from onrecord.spans import Span
from onrecord.syntax import Syntax
from tests.conftest import ByHand

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "participants.jsonl").read_text(encoding="utf-8").splitlines()
]
RIGHT = 0.8
"""Share of the cases that must come out right: the encoder is trained, so a tree may be wrong."""


def record_of(annotator: Annotator, reports: Sequence[Report], triggers: Sequence[str]) -> Record:
    """The record of the reports, each with one event at the given word, whatever the encoder takes for events."""
    read = [annotator.annotate(report) for report in reports]
    read = [with_event(one, word) for one, word in zip(read, triggers, strict=True)]
    places = resolve_places(read)
    named = [places.added_to(one) for one in read]
    actors = resolve_actors(named, places=places.literal)
    record = Record(
        model="",
        annotations=tuple(named),
        dates={r.id: ReportDate(Date.of(r.declared.value, "declared"), "consistent") for r in reports if r.declared},
        places=places.places,
        place_of=places.by_mention,
        actors=actors.actors,
        actor_of={**actors.by_mention, **actors.by_source},
    )
    return replace(record, participants=find_participants(record))


def with_event(one: Annotations, word: str) -> Annotations:
    start = one.report.text.index(word)
    trigger = Span(start, start + len(word))
    known = next((event for event in one.events if event.trigger == trigger), None)
    sentence = next(span for span in one.sentences if span.contains(trigger))
    made = Event(f"e:{one.report.id}", one.report.id, "s:1", trigger, (sentence,), "asserted")
    if known is None:
        dates = [t.date for t in one.times if t.date is not None and sentence.contains(t.span)]
        return replace(one, events=(replace(made, date=dates[0] if dates else None),))
    return replace(one, events=(known,))


def told(record: Record) -> dict[str, Any]:
    actors = {actor.id: actor.name for actor in record.actors}
    places = {place.id: place.name for place in record.places}
    found = record.participants.get(record.annotations[0].events[0].id, Participants())
    return {
        "actors": [actors[a] for a in found.actors],
        "recipients": [actors[a] for a in found.recipients],
        "place": places[found.place] if found.place else None,
    }


def test_cases(model: Path) -> None:
    annotator = Annotator(threads=1, model=model)
    wrong = []
    for case in CASES:
        found = told(record_of(annotator, [read_text(case["text"], "a.txt")], [case["trigger"]]))
        if any(found[role] != case[role] for role in ("actors", "recipients", "place") if role in case):
            wrong.append(f"{case['says']}: {found}")
    assert len(wrong) <= (1 - RIGHT) * len(CASES), "\n".join(wrong)


def test_words_without_a_tree_have_no_participants(by_hand: ByHand) -> None:
    annotations = by_hand.annotations()
    assert find_participants(Record("", (annotations,))) == {}


def one_sentence(heads: Sequence[int], relation: str, tag: str) -> Syntax:
    length = len(heads)
    starts = [5 * i for i in range(length)]
    relations = ["root", *[relation] * (length - 1)]
    words = Words(starts, [s + 4 for s in starts], [0] * length, [tag] * length, list(heads), relations)
    return Syntax("went " * length, words)


@pytest.mark.parametrize("heads", [[max(0, i - 1) for i in range(20_000)], [0] * 20_000], ids=["chain", "star"])
@pytest.mark.parametrize(("relation", "tag"), [("xcomp", "VERB"), ("acl", "VERB"), ("conj", "VERB"), ("nmod", "NOUN")])
def test_a_text_without_full_stops_takes_no_time(heads: list[int], relation: str, tag: str) -> None:
    syntax = one_sentence(heads, relation, tag)
    begun = time.process_time()
    for word in range(0, len(heads), 10):
        arguments_of(syntax, word)
    assert time.process_time() - begun < 5
