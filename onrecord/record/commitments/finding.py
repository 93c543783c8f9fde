"""The commitments of one report, in order: each telling that is worth a line, and what it says."""

from __future__ import annotations

from dataclasses import replace

from onrecord.model import Commitment, identify
from onrecord.record.commitments.guesses import is_guess, is_never
from onrecord.record.commitments.reading import Reading
from onrecord.record.commitments.subjects import joined_before
from onrecord.record.commitments.telling import Telling, action_of, quantity_of, tellings_of
from onrecord.record.commitments.weighing import weight_of
from onrecord.spans import Span, merged

_ENOUGH = 3.0
_GOES_ON = 1.0
_ORDERED = 3.0
_SENTENCES = 4
_RECIPIENTS = frozenset("deliver hand give pay sell send transfer fund free".split())


def commitments_in(reading: Reading) -> list[tuple[Telling, Commitment]]:
    """The commitments of a report, in order, each with how it was read."""
    found: list[tuple[Telling, Commitment]] = []
    going_on = 0
    for sentence in reading.sentences():
        going_on -= 1
        for told in tellings_of(reading, sentence):
            telling = _going_on(told, found)
            if is_never(telling) or is_guess(telling):
                continue
            bonus = _GOES_ON if going_on > 0 and telling.strength != "possible" and telling.deed is not None else 0.0
            bonus += _ORDERED if _is_ordered_too(telling, found) else 0.0
            if weight_of(telling) + bonus >= _ENOUGH:
                found.append((telling, _commitment(telling)))
                going_on = _SENTENCES if _opens(telling) else going_on
    return found


def _is_ordered_too(telling: Telling, found: list[tuple[Telling, Commitment]]) -> bool:
    """Whether "must" tells of one who was given a deadline or an order right before: "The firm must also pay"."""
    if not found or telling.reading.form(telling.signal.first) != "must" or telling.statement.source.basis != "report":
        return False
    last, numbers = found[-1][0], telling.reading.syntax.words.sentence
    near = numbers[telling.signal.deed] - numbers[last.signal.deed] <= 1
    ordered = last.signal.kind in ("deadline", "asking") or last.strength in ("requested", "agreed")
    return near and ordered and bool(set(telling.parties) & set(last.parties))


def _going_on(telling: Telling, found: list[tuple[Telling, Commitment]]) -> Telling:
    """The telling with those whom the last one binds, where it goes on from that: "the other 30 will follow"."""
    if telling.parties or not found or not telling.goes_on:
        return telling
    last, numbers = found[-1][0], telling.reading.syntax.words.sentence
    near = numbers[telling.signal.deed] - numbers[last.signal.deed] <= 1
    return replace(telling, parties=last.parties) if near else telling


def _opens(telling: Telling) -> bool:
    """Whether what follows is likely to tell more of it: an agreement or a plan is told in several sentences."""
    return telling.strength == "agreed" or telling.signal.kind == "paper" or bool(telling.terms.told)


def _to(telling: Telling, action: Span) -> tuple[str, ...]:
    """To whom: "deliver the jets to the airline", "promised the union"."""
    reading, signal = telling.reading, telling.signal
    heads = []
    if telling.deed in _RECIPIENTS:
        children = reading.syntax.children[telling.core]
        heads = [
            c
            for c in children
            if c > telling.core and _case(reading, c) == "to" and action.contains(reading.syntax.span(c))
        ]
    if signal.kind == "undertaking" and reading.is_verb(signal.deed):
        heads += [w for w in range(signal.governed + 1, signal.start) if reading.is_nominal(w)]
    found = [actor for head in heads for actor in reading.parties.of_phrase(head)]
    return tuple(actor for actor in dict.fromkeys(found) if actor not in telling.parties)


def _case(reading: Reading, head: int) -> str:
    case = reading.syntax.child(head, frozenset(("case",)))
    return reading.form(case) if case is not None else ""


def _commitment(telling: Telling) -> Commitment:
    reading, action = telling.reading, action_of(telling)
    return Commitment(
        id=identify("c", reading.report.id, action.start, action.end, "commitment"),
        report=reading.report.id,
        statement=telling.statement.id,
        evidence=_evidence(telling, action),
        parties=telling.parties,
        to=_to(telling, action),
        action=action,
        quantity=quantity_of(telling),
        places=reading.places_in(action),
        due=telling.terms.due.date if telling.terms.due else None,
        not_before=telling.terms.not_before.date if telling.terms.not_before else None,
        condition=telling.condition,
        strength=telling.strength,
    )


def _evidence(telling: Telling, action: Span) -> tuple[Span, ...]:
    """From who is bound to the last word of the deed; its times and its condition, where those stand apart."""
    reading, signal = telling.reading, telling.signal
    first = min(signal.first, signal.deed, signal.start)
    if signal.bound is not None and 0 < first - signal.bound < 30:
        joined = joined_before(reading, telling.sentence, signal.bound)
        first = reading.syntax.words_in(reading.syntax.noun_phrase(min([signal.bound, *joined])))[0]
        first += reading.tag(first) in ("CCONJ", "ADP", "SCONJ")
        opening = [w + 1 for w in range(first, signal.bound) if reading.form(w) == "that"]
        first = opening[-1] if opening else first  # "ruled by four to three that votes must be counted"
    clause = Span(reading.syntax.span(first).start, max(action.end, reading.syntax.span(signal.first).end))
    apart = [term.span for term in telling.terms.told]
    if telling.condition is not None:
        apart.append(telling.condition)
    return _joined(reading.report.text, [clause, *apart])


def _joined(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """The spans merged; two with nothing but white space between them are one."""
    out: list[Span] = []
    for span in merged(spans):
        if out and not text[out[-1].end : span.start].strip():
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return tuple(out)
