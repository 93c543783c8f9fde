"""Single changes to a record: one object taken out or corrected. What joins and parts them is in `joining`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from onrecord.case.finding import digest
from onrecord.dates import Date
from onrecord.model import Annotations, Event, Participants, Quoted, Record, Statement, Step
from onrecord.spans import Span

Value = Mapping[str, Any]
_DATES = frozenset(("date", "due", "not_before", "said"))


def without(name: str) -> Callable[[Record, str, Value], Record]:
    """The change that takes an object out of a list of the record."""

    def change(record: Record, identifier: str, _: Value) -> Record:
        kept: dict[str, Any] = {name: tuple(one for one in getattr(record, name) if one.id != identifier)}
        return replace(record, **kept)

    return change


def claim(name: str) -> Callable[[Record, str, Value], Record]:
    """The change that gives an object of a list other values in some of its fields."""

    def change(record: Record, identifier: str, value: Value) -> Record:
        fields = {key: _as_field(key, given) for key, given in value.items()}
        items = tuple(replace(one, **fields) if one.id == identifier else one for one in getattr(record, name))
        corrected: dict[str, Any] = {name: items}
        return replace(record, **corrected)

    return change


def without_statement(record: Record, identifier: str, _: Value) -> Record:
    """Without a statement and what was read out of it; what it passed on hangs on what passed it on itself."""

    def change(one: Annotations) -> Annotations:
        gone = next((s for s in one.statements if s.id == identifier), None)
        if gone is None:
            return one
        kept = tuple(
            replace(s, within=gone.within) if s.within == identifier else s for s in one.statements if s is not gone
        )
        return replace(one, statements=kept, events=tuple(e for e in one.events if e.statement != identifier))

    return _each(record, change)


def without_claims_in(record: Record, words: Sequence[Quoted]) -> Record:
    """Without the claims read out of a statement that was rejected, now that another one seems to make them.

    Args:
        words: those of the statement. Claims of statements within it stay.
    """
    gone: dict[str, list[Span]] = {}
    inner: set[str] = set()
    texts = {one.digest for one in words}
    for one in record.annotations:
        if digest(one.report.text) in texts:
            where = gone[one.report.id] = [Span(quoted.start, quoted.end) for quoted in words]
            inner.update(s.id for s in one.statements if all(_inside(span, where) for span in s.content))

    def stays(claim: Any) -> bool:
        where = gone.get(claim.report, [])
        return claim.statement in inner or not all(_inside(span, where) for span in claim.evidence)

    events = _each(record, lambda one: replace(one, events=tuple(filter(stays, one.events))))
    return replace(
        events,
        positions=tuple(filter(stays, record.positions)),
        commitments=tuple(filter(stays, record.commitments)),
        figures=tuple(filter(stays, record.figures)),
    )


def statement(record: Record, identifier: str, value: Value) -> Record:
    """A statement with another source, basis, attitude or time."""
    fields = {key: _as_field(key, given) for key, given in value.items() if key in ("attitude", "said", "directness")}

    def corrected(one: Statement) -> Statement:
        if one.id != identifier:
            return one
        source = replace(one.source, basis=value["basis"]) if "basis" in value else one.source
        return replace(one, source=source, **fields)

    changed = _each(record, lambda one: replace(one, statements=tuple(map(corrected, one.statements))))
    return _with_actor(changed, identifier, value)


def mention(record: Record, identifier: str, value: Value) -> Record:
    """A mention that means another actor or place; None for nobody and nowhere."""
    changed = _with_actor(record, identifier, value)
    if "place" not in value:
        return changed
    places = {key: place for key, place in changed.place_of.items() if key != identifier}
    return replace(changed, place_of=places | ({identifier: value["place"]} if value["place"] else {}))


def actor(record: Record, identifier: str, value: Value) -> Record:
    """An actor under another name, of another type, country or part."""
    return replace(record, actors=tuple(replace(a, **value) if a.id == identifier else a for a in record.actors))


def without_event(record: Record, identifier: str, _: Value) -> Record:
    """Without an event."""
    return _each(record, lambda one: replace(one, events=tuple(e for e in one.events if e.id != identifier)))


def event(record: Record, identifier: str, value: Value) -> Record:
    """An event of another kind, at another date, or of another factuality."""
    fields = {key: _as_field(key, value[key]) for key in ("type", "mode", "factuality", "date") if key in value}

    def corrected(one: Event) -> Event:
        return replace(one, **fields) if one.id == identifier else one

    return _each(record, lambda one: replace(one, events=tuple(map(corrected, one.events))))


def place_of_event(record: Record, identifier: str, value: Value) -> Record:
    """An event at another place; None for none."""
    if "place" not in value:
        return record
    who = replace(record.participants.get(identifier, Participants()), place=value["place"])
    return replace(record, participants={**record.participants, identifier: who})


def without_finding(record: Record, identifier: str, _: Value) -> Record:
    """Without a doubt that a person does not share."""
    return _each(record, lambda one: replace(one, findings=tuple(f for f in one.findings if f.id != identifier)))


def without_commitment(record: Record, identifier: str, _: Value) -> Record:
    """Without a commitment; if others repeat it, the first of these has its history then."""
    gone = next((one for one in record.commitments if one.id == identifier), None)
    if gone is None:
        return record
    heir = next((one for one in record.commitments if one.same_as == identifier), None)
    kept = []
    for one in record.commitments:
        if heir is not None and one.id == heir.id:
            kept.append(replace(one, same_as=None, history=gone.history))
        elif heir is not None and one.same_as == identifier:
            kept.append(replace(one, same_as=heir.id))
        elif one.id != identifier:
            kept.append(one)
    return replace(record, commitments=tuple(kept))


def commitment_status(record: Record, identifier: str, value: Value) -> Record:
    """A commitment with a step that a person added; it rests on the words of the commitment itself.

    Of one that repeats another, the first mention has the history.
    """
    first = next((one.same_as or one.id for one in record.commitments if one.id == identifier), None)
    reports = {one.report.id: one.report for one in record.annotations}
    commitments = []
    for one in record.commitments:
        if one.id == first:
            words = tuple(reports[one.report].passage(span) for span in one.evidence)
            as_of = Date.of(value["as_of"], "decided") if value.get("as_of") else None
            one = replace(one, history=(*one.history, Step(as_of, value["status"], words)))
        commitments.append(one)
    return replace(record, commitments=tuple(commitments))


def _each(record: Record, change: Callable[[Annotations], Annotations]) -> Record:
    return replace(record, annotations=tuple(map(change, record.annotations)))


def _with_actor(record: Record, identifier: str, value: Value) -> Record:
    """The words of a mention, or of a statement's source, mean another actor, whatever chain they stood in."""
    if "actor" not in value:
        return record
    now: str | None = value["actor"]
    others = {key: known for key, known in record.actor_of.items() if key != identifier}
    report, words = _words_of(record, identifier)
    kept = [(span, known) for span, known in record.referents.get(report, ()) if span != words]
    if now is not None and words is not None:
        kept = sorted((*kept, (words, now)))
    meant = {**record.referents, report: tuple(kept)} if report in record.referents else record.referents
    return replace(record, actor_of=others | ({identifier: now} if now else {}), referents=meant)


def _words_of(record: Record, identifier: str) -> tuple[str, Span | None]:
    """The report and the words of a mention or of a statement's source."""
    for one in record.annotations:
        words = {mention.id: mention.span for mention in one.mentions} | {
            told.id: told.source.span for told in one.statements
        }
        if identifier in words:
            return one.report.id, words[identifier]
    return "", None


def _inside(span: Span, where: Sequence[Span]) -> bool:
    return any(other.contains(span) for other in where)


def _as_field(key: str, given: Any) -> Any:
    """Dates come as TIMEX3 values."""
    return Date.of(given, "decided") if key in _DATES and isinstance(given, str) else given
