"""Events: the words that say that something happens, how certain the report is of it, and when.

Detection, modality and factuality are heads of the encoder; the label of factuality comes from them and from the
verb or noun that governs the event ("plan to leave", "call for a withdrawal", "if they leave").
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.annotate.analysis import Analysis
from onrecord.annotate.attitudes import lemma_of
from onrecord.annotate.voices import Voices
from onrecord.model import Event, Factuality, Report, Time, identify
from onrecord.spans import Span
from onrecord.syntax import Syntax

_KINDS = frozenset(("OCCURRENCE", "I_ACTION"))
_HAPPENED, _DENIED = 1.0, -1.0
_NOT_IN_CLAUSE = frozenset(("advcl", "conj", "cc", "parataxis", "ccomp", "punct", "mark"))


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Governing lemma → what it makes of the event it governs; lemmas of words that do what they say."""

    governors: dict[str, Factuality]
    performative: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    table = tomllib.loads(files("onrecord").joinpath("data/factuality.toml").read_text(encoding="utf-8"))
    governors = {lemma: label for label, lemmas in table["governors"].items() for lemma in lemmas.split()}
    return _Lexicon(governors, frozenset(table["performative"]["lemmas"].split()))


def find_events(report: Report, analysis: Analysis, times: Sequence[Time], voices: Voices) -> tuple[Event, ...]:
    """The events of a report, each with the statement it happens in."""
    syntax = Syntax(report.text, analysis.words)
    triggers = [w for w, kind in enumerate(analysis.event) if _is_event(syntax, w, kind)]
    dates = _dates(syntax, set(triggers), [time for time in times if time.span.start >= report.body])
    return tuple(_event(report, syntax, analysis, word, dates.get(word), voices) for word in triggers)


def _event(report: Report, syntax: Syntax, analysis: Analysis, word: int, time: Time | None, voices: Voices) -> Event:
    trigger = syntax.span(word, word)
    return Event(
        id=identify("e", report.id, trigger.start, trigger.end, "event"),
        report=report.id,
        statement=voices.at(trigger).id,
        trigger=trigger,
        evidence=_evidence(syntax, word, time),
        factuality=_factuality(syntax, analysis, word),
        date=time.date if time else None,
    )


def _is_event(syntax: Syntax, word: int, kind: str) -> bool:
    """Whether the word is the trigger of an event; a word of saying is one if saying it does it ("announced")."""
    if syntax.words.tag[word] not in ("VERB", "NOUN", "PROPN", "ADJ") or len(syntax.form(word)) == 1:
        return False
    return kind in _KINDS or (kind == "REPORTING" and lemma_of(syntax.form(word)) in _lexicon().performative)


def _dates(syntax: Syntax, triggers: set[int], times: Sequence[Time]) -> dict[int, Time]:
    """Each dated time expression goes to the nearest event above it in the tree."""
    found: dict[int, Time] = {}
    for time in times:
        if time.date is None or time.date.earliest is None:
            continue
        first = bisect_left(syntax.words.starts, time.span.start)
        if first >= len(syntax.words):
            continue
        event = next((w for w in [first, *syntax.ancestors(first)] if w in triggers), None)
        if event is not None:
            found.setdefault(event, time)
    return found


def _evidence(syntax: Syntax, word: int, time: Time | None) -> tuple[Span, ...]:
    """The clause or noun phrase of the event, and its date where that stands outside."""
    inside = syntax.subtree(word, _NOT_IN_CLAUSE)
    clause = syntax.span(inside[0], inside[-1])
    if time is None or clause.contains(time.span):
        return (clause,)
    return tuple(sorted((clause, time.span)))


def _factuality(syntax: Syntax, analysis: Analysis, word: int) -> Factuality:
    """From the governing word, the condition it stands under, its modality and its score, in this order."""
    modality, score = analysis.modality[word], analysis.factuality[word]
    if modality == "NEG" or score <= _DENIED:
        return "denied"
    if _is_conditional(syntax, word):
        return "conditional"
    governed = _governed(syntax, word)
    if governed is not None and score < 2.5:
        return governed
    if modality == "FUT" or analysis.tense[word] == "FUTURE":
        return "planned"
    if modality == "MODAL":
        return "possible"
    return "asserted" if score >= _HAPPENED else "possible"


def _is_conditional(syntax: Syntax, word: int) -> bool:
    return any(
        syntax.words.relation[child] == "mark" and syntax.form(child).lower() in ("if", "unless", "provided")
        for child in syntax.children[word]
    )


def _governed(syntax: Syntax, word: int) -> Factuality | None:
    """What the nearest governing word of the lexicon makes of the event, at most two steps up."""
    for step, above in enumerate(syntax.ancestors(word)):
        if step == 2 or syntax.words.relation[word] in ("nsubj", "advcl", "conj", "parataxis"):
            return None
        label = _lexicon().governors.get(lemma_of(syntax.form(above)))
        if label is not None:
            return label
        word = above
    return None
