"""What this story is: a title and a paragraph from the record alone, every part of it resting on passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from onrecord.export.brief.centre import Centre
from onrecord.export.brief.choose import share_of_the_story
from onrecord.export.brief.course import told_entry, weightiest
from onrecord.export.brief.days import day, first_day, human
from onrecord.export.brief.document import Item, Piece, Run, capital, counted, listed, soft
from onrecord.export.brief.doubts import span_of_reports
from onrecord.export.brief.promised import foremost
from onrecord.export.brief.reading import Reading, grouped, plain_name
from onrecord.export.brief.voices import said

_ACTORS, _PLACES = 6, 4
_QUOTE = 200
_FOREMOST = 8
"""Days among which the one to tell first is chosen."""
_SIDES = 3
"""An issue on which fewer take a stand does not name the story."""


def title(reading: Reading) -> str:
    """The issue on which most positions are told, or the names that most reports share."""
    held = grouped(reading.record["positions"], lambda one: one["issue"])
    labels = {issue["id"]: issue["label"] for issue in reading.record["issues"] if issue["id"] in held}
    best = max(sorted(labels), key=lambda issue: (reading.origins(held[issue]), len(held[issue])), default=None)
    names = {name.lower() for one in reading.actor.values() for name in (plain_name(one), *one["aliases"])}
    if best is not None and labels[best].lower() not in names and len({one["actor"] for one in held[best]}) >= _SIDES:
        return capital(labels[best])
    return listed([plain_name(actor) for actor, _ in principal_actors(reading)[:3]]) or "On the record"


def known(reading: Reading) -> tuple[str, ...]:
    """The line under the title: how many reports, of how many origins, and as of when."""
    parts = [counted(len(reading.reports), "report"), counted(len(set(reading.origin.values())), "origin")]
    dates = span_of_reports(reading)
    if dates:
        parts.append(f"dated {dates}")
    if reading.as_of:
        parts.append(f"as known on {day(reading.as_of)}")
    return tuple(parts)


def opening(reading: Reading) -> tuple[Piece, ...]:
    """Who and where it is about, from when to when, and what stands at its centre."""
    agreed = tuple(foremost(reading))
    return (*_about(reading), *agreed, *_course(reading), *(() if agreed else _centre(reading)))


def principal_actors(reading: Reading) -> list[tuple[Item, list[Item]]]:
    """Actors by how many origins and how often they are named, each with its mentions; not those who only report."""
    tellers = {(report["publisher"] or "").lower() for report in reading.reports}
    tellers |= {(report["lineage"]["agency"] or "").lower() for report in reading.reports}
    found = [
        (reading.actor[actor], told)
        for actor, told in reading.mentions_of.items()
        if actor in reading.actor and not _only_reports(reading.actor[actor], tellers)
    ]
    return sorted(found, key=lambda pair: (-reading.origins(pair[1]), -len(pair[1]), pair[0]["name"]))


def _only_reports(actor: Item, tellers: set[str]) -> bool:
    names = {plain_name(actor).lower(), *(alias.lower() for alias in actor["aliases"])}
    return actor["type"] == "role" or bool(names & (tellers - {""}))


def _about(reading: Reading) -> Iterator[Piece]:
    actors = principal_actors(reading)[:_ACTORS]
    if not actors:
        return
    yield Run("The reports tell of")
    yield Run(listed([plain_name(actor) for actor, _ in actors]))
    yield reading.evidence([_first(told, reading) for _, told in actors])
    places = _places(reading, {plain_name(actor) for actor, _ in actors})
    if places:
        yield Run("; places are")
        yield Run(listed([reading.place[place]["name"] for place, _ in places]))
        yield reading.evidence([_first(told, reading) for _, told in places])
    yield Run(".")


def _places(reading: Reading, named: set[str]) -> list[tuple[str, list[Item]]]:
    """The places told of most, but no country that already stands among the actors."""
    told = grouped(reading.record["mentions"], lambda one: one["place"])
    found = [
        (place, mentions)
        for place, mentions in told.items()
        if place and place in reading.place and reading.place[place]["precision"] not in ("country", "unresolved")
        if reading.place[place]["name"] not in named
    ]
    return sorted(found, key=lambda pair: (-reading.origins(pair[1]), -len(pair[1]), pair[0]))[:_PLACES]


def _first(mentions: Sequence[Item], reading: Reading) -> Item:
    return min(mentions, key=lambda one: (reading.order[one["report"]], one["start"]))


def _course(reading: Reading) -> Iterator[Piece]:
    """What weighs most of what happened, or is to happen, since shortly before the first report: what is news.

    Of the weightiest days the one is told whose words are those of the story.
    """
    written = [report["date"]["earliest"] for report in reading.reports if report["date"]["earliest"]]
    since = _month_before(min(written)) if written else ""
    entries = weightiest(reading)
    news = [one for one in entries if first_day(one["date"]) >= since] or entries
    if not news:
        return
    foremost_day = max(
        news[:_FOREMOST], key=lambda one: one.get("weight", 0.0) * share_of_the_story(one["evidence"], reading)
    )
    events = {event["id"]: event for event in reading.record["events"]}
    yield Run(f"The weightiest entry, {human(foremost_day['date'])}:")
    yield from told_entry(foremost_day, events, reading)
    yield Run(".")


def _month_before(day_: str) -> str:
    return (date.fromisoformat(day_) - timedelta(days=31)).isoformat()


def _centre(reading: Reading) -> Iterator[Piece]:
    """The statement whose words the others share most."""
    central = Centre(reading).most_central(reading.attributed)
    if central is not None:
        yield Run("At the centre of what is said:")
        yield said(central, _QUOTE)
        yield reading.evidence(central["evidence"])
        yield from (soft("·"), *reading.told(central["id"]))
        yield Run(".")
