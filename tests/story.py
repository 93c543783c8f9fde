"""A story made by hand for exports and questions: two reports, and something in every list of the record."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from onrecord.case.store import Store
from onrecord.dates import Date
from onrecord.export.json import record_as_dict
from onrecord.model import (
    Actor,
    Annotations,
    Change,
    Commitment,
    Conflict,
    Decision,
    Event,
    Figure,
    Finding,
    Issue,
    Lineage,
    Mention,
    Participants,
    Place,
    Position,
    Record,
    Report,
    ReportDate,
    Role,
    Settled,
    Source,
    Statement,
    Step,
    Target,
    Time,
    TimelineEntry,
    Words,
)
from onrecord.spans import Passage, Span

HOSTILE = (
    '=HYPERLINK("http://x.example","pay")',
    "+1 for\tthe “tab”",
    "-2 'quoted', \"doubly\"; semicolon",
    "@sum",
    "nul \x00 and bell \x07",
    "\u202egnihton\u202c right to left \u05e9\u05dc\u05d5\u05dd",
    "</script><b>bold & bolder</b> ]]>",
    "line\r\nbreaks\u2028and\x85more",
    "half a pair \ud83d",
    "BEGIN:VEVENT\\;,\\n",
    "'=already marked",
    "noncharacter \ufffe \U0001f6a2",
)


class _Text:
    """A report by hand; spans are named by their words."""

    def __init__(self, identifier: str, name: str, text: str, day: str, title: str | None) -> None:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        self.report = Report(id=identifier, name=name, sha256=digest, text=text, title=title)
        self.date = Date.of(day, "declared")

    def at(self, words: str) -> Span:
        start = self.report.text.index(words)
        return Span(start, start + len(words))

    def passage(self, words: str) -> Passage:
        return self.report.passage(self.at(words))


def story(name: str = "Ana Ruiz", title: str = "Ferry deal", words: str = "the ferry sails in June") -> Record:
    """The story; `name`, `title` and `words` stand in the first report as they are given."""
    first = _first(name, title, words)
    second = _Text(
        "r:2",
        "tuesday.txt",
        "The union refused the deal. Twelve boats lie in Port Alma, a harbour official said, afraid to be named."
        " Ruiz declined to comment. By autumn the ferry is to sail.",
        "2024-06-11",
        None,
    )
    return Record(
        model="sha256:" + "0" * 64,
        annotations=(_annotated_first(first, name, words), _annotated_second(second)),
        dates={
            "r:1": ReportDate(first.date, "consistent", (first.at("May 3, 2024"),)),
            "r:2": ReportDate(second.date, "consistent", ()),
        },
        lineage={
            "r:1": Lineage("o:1", "original", None, "NWS", "No other report holds its words."),
            "r:2": Lineage("o:2", "original", None, None, "No other report holds its words."),
        },
        actors=_actors(first, name),
        actor_of={"m:1": "a:1", "m:2": "a:2", "m:4": "a:2", "m:5": "a:2", "s:1": "a:1", "s:5": "a:1"},
        places=(
            Place("p:1", "Port Alma", ("Port Alma",), "AU", -23.58, 150.86, "town", "geonames:99"),
            Place("p:2", "Alma", (), None, None, None, "unresolved", None, ("geonames:1", "geonames:2")),
        ),
        place_of={"m:3": "p:1"},
        participants={"e:1": Participants(("a:1",), ("a:2",), "p:1")},
        issues=(Issue("i:1", "the ferry deal", ("the deal",), ("refused the deal",)),),
        positions=(
            Position("h:1", "r:1", "s:1", (first.at("I back the deal"),), "a:1", "i:1", "supports", "2024-05-03", None),
            Position("h:2", "r:2", "s:3", (second.at("The union refused the deal"),), "a:2", "i:1", "opposes"),
            Position("h:3", "r:2", "s:3", (second.at("The union refused"),), "a:2", "i:1", "shifts"),
        ),
        commitments=_commitments(first, second),
        figures=(
            Figure(
                *("n:1", "r:2", "s:4", (second.at("Twelve boats"),), 12.0, 12.0, 12.0, "exact", "boat"),
                counted=second.at("boats"),
                state="current",
                date=second.date,
                of="a:3",
                place="p:1",
            ),
        ),
        timeline=(
            TimelineEntry(Date.of("2024-05-03", "d"), ("e:1",), (first.passage("signed the deal"),), words, 1, 1, 0.5),
            TimelineEntry(Date.of("2024-06", "d"), (), (first.passage(words),), words, 1, 1),
            TimelineEntry(
                Date("2024-FA", "2024-09-01", "2024-11-30", "season"),
                (),
                (second.passage("By autumn"),),
                "By autumn",
                1,
                2,
            ),
            TimelineEntry(Date("PAST_REF", None, None, "vague"), (), (second.passage("The union"),), "The union", 1, 1),
        ),
        changes=(
            Change(
                "d:1", "position", "h:1", "h:2", None, (second.passage("refused the deal"),), "The union left the deal."
            ),
        ),
        conflicts=(
            Conflict(
                *("x:1", "polarity", "conflict", ("h:1", "h:2")),
                (first.passage("I back the deal"), second.passage("The union refused the deal")),
                "Signed in one, refused in the other.",
            ),
        ),
        decisions=(
            Settled(
                Decision("2024-07-01T10:00:00+00:00", "ada", "accept", (Target("positions", "h:2"),), {}, 1),
                "applied",
                ("h:2",),
            ),
        ),
    )


def record_of_story(**told: str) -> dict[str, Any]:
    """The story in the public format."""
    return record_as_dict(story(**told))


def keep(path: Path, made: Record) -> Path:
    """Puts a record into a case, as if it had been compared there."""
    with Store(str(path), create=True) as store, store.writer() as writer:
        for one in made.annotations:
            writer.add_report(one.report, b"as it came")
            writer.add_notes("by hand", one)
        writer.replace_record(record_as_dict(made))
        writer.keep("behind", "")
    return path


def _first(name: str, title: str, words: str) -> _Text:
    text = (
        f"May 3, 2024. Transport Minister {name} said Friday that “I back the deal with the Harbour Union: {words}.” "
        "The union signed the deal with the ministry in Port Alma.\nNobody expects delays before 2025."
    )
    return _Text("r:1", "monday.txt", text, "2024-05-03", title)


def _actors(first: _Text, name: str) -> tuple[Actor, ...]:
    office = Role(
        "Transport Minister", "a:3", "2024-05-03", "2024-06-11", (first.passage(f"Transport Minister {name}"),)
    )
    return (
        Actor("a:1", name, "person", (name, "Ruiz"), (office,), "AU", "a:3"),
        Actor("a:2", "Harbour Union", "organization", ("The union",)),
        Actor("a:3", "Ministry of Transport", "government", ("the ministry",), (), "AU"),
        Actor("a:4", "harbour official", "role", ("a harbour official",)),
    )


def _commitments(first: _Text, second: _Text) -> tuple[Commitment, ...]:
    month, autumn = Date.of("2024-06", "month"), Date("2024-FA", "2024-09-01", "2024-11-30", "season")
    steps = (
        Step(first.date, "announced", (first.passage("signed the deal"),)),
        Step(second.date, "delayed", (second.passage("By autumn the ferry is to sail"),)),
    )
    agreed = Commitment(
        *("c:1", "r:1", "s:1", (first.at("signed the deal"),), ("a:2",), ("a:3",), first.at("signed the deal"), None),
        ("p:1",),
        due=Date.of("2024-06-30", "day"),
        not_before=month,
        condition=first.at("Nobody expects delays"),
        strength="agreed",
        history=steps,
    )
    planned = Commitment(
        *(
            "c:2",
            "r:2",
            "s:4",
            (second.at("By autumn the ferry is to sail"),),
            (),
            (),
            second.at("the ferry is to sail"),
        ),
        *(None, (), autumn, None, None, "planned"),
        same_as="c:1",
    )
    return agreed, planned


def _annotated_first(text: _Text, name: str, words: str) -> Annotations:
    friday = Date.of("2024-05-03", "weekday-on-or-before", "r:1")
    said = Statement(
        *("s:1", "r:1", Source(text.at(f"Transport Minister {name}"), "named", None, "one"), text.at("said")),
        *((text.at(f"“I back the deal with the Harbour Union: {words}.”"),), "direct", "speech"),
        said=friday,
    )
    signed = Statement(
        "s:2", "r:1", Source(None, "report"), None, (text.at("The union signed the deal"),), "indirect", "speech"
    )
    event = Event(
        *("e:1", "r:1", "s:2", text.at("signed"), (text.at("The union signed the deal"),), "asserted"),
        date=friday,
        type="AGREE",
    )
    return Annotations(
        text.report,
        (Span(0, len(text.report.text)),),
        Words([], [], []),
        times=(Time("t:1", text.at("Friday"), "DATE", "2024-05-03", friday, "weekday-on-or-before", "r:1"),),
        mentions=(
            Mention("m:1", text.at(name), "person"),
            Mention("m:2", text.at("The union"), "organization"),
            Mention("m:3", text.at("Port Alma"), "place"),
            Mention("m:5", text.at("Harbour Union"), "organization"),
        ),
        statements=(said, signed),
        events=(event,),
    )


def _annotated_second(text: _Text) -> Annotations:
    official = Source(text.at("a harbour official"), "anonymous", text.at("afraid to be named"), "one")
    return Annotations(
        text.report,
        (Span(0, len(text.report.text)),),
        Words([], [], []),
        mentions=(Mention("m:4", text.at("The union"), "organization"),),
        statements=(
            Statement(
                "s:3",
                "r:2",
                Source(None, "report"),
                None,
                (text.at("The union refused the deal"),),
                "indirect",
                "speech",
            ),
            Statement(
                *("s:4", "r:2", official, text.at("said"), (text.at("Twelve boats lie in Port Alma"),)),
                *("indirect", "speech"),
            ),
            Statement(
                *(
                    "s:5",
                    "r:2",
                    Source(text.at("Ruiz"), "named"),
                    text.at("declined"),
                    (text.at("declined to comment"),),
                ),
                *("indirect", "refusal-to-comment"),
            ),
        ),
        findings=(Finding("f:1", "r:2", "undated", (text.at("The union"),), "It bears no date.", "Look for one."),),
    )
