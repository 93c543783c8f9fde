"""The words that an attitude rests on: its own, those of what it is towards, and those that name who holds it."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.record.positions.attitude import Attitude
from onrecord.record.positions.clauses import Clauses
from onrecord.record.positions.holders import Holder
from onrecord.record.positions.lexicon import words_of
from onrecord.record.positions.propositions import Proposition
from onrecord.spans import Span, covering

_FAR = 250
"""Code points from the holder to the proposition beyond which they are two pieces of evidence."""


def evidence_of(
    clauses: Clauses, attitude: Attitude, proposition: Proposition | None, holders: Sequence[Holder]
) -> tuple[Span, ...]:
    """The words of the attitude and its proposition, with the holder's where they stand in the same sentence."""
    syntax = clauses.syntax
    clause = covering(_core(clauses, attitude, proposition))
    apart = []
    for holder in holders:
        if holder.first is None or holder.last is None:
            continue
        named = syntax.span(clauses.begin_of_tied(holder.first), holder.last)
        near = min(abs(named.start - clause.start), abs(clause.end - named.end)) < _FAR
        if near and syntax.words.sentence[holder.first] == syntax.words.sentence[attitude.word]:
            clause = covering((clause, named))
        else:
            apart.append(named)
    return tuple(sorted({clause, *(span for span in apart if not clause.overlaps(span))}))


def _core(clauses: Clauses, attitude: Attitude, proposition: Proposition | None) -> list[Span]:
    syntax = clauses.syntax
    core = [syntax.span(attitude.word)] + ([proposition.shown or proposition.phrase] if proposition else [])
    core += [] if attitude.said is None else [syntax.span(attitude.said)]
    if attitude.shift and proposition is None:
        core += [syntax.noun_phrase(c) for c in clauses.children(attitude.word, "obj") if c > attitude.word]
    return core + _rest(clauses, attitude)


def _rest(clauses: Clauses, attitude: Attitude) -> list[Span]:
    """What a judging word needs behind it to be one: "a cause for concern"."""
    if not attitude.judgement or clauses.base(attitude.word) not in words_of("judgements causes"):
        return []
    concern = clauses.behind(attitude.word, "for", 3)
    return [] if concern is None else [clauses.syntax.span(concern)]
