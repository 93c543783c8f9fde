"""Events: the words that say that something happens, what kind of event it is, how certain, and when.

Detection is a head of the encoder; what becomes of it is read off the tree: `factuality.py` says how certain the
report is, `eventtypes.py` which type of PLOVER it is, and here each date finds its event.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from onrecord.annotate.analysis import Analysis
from onrecord.annotate.eventtypes import EventTypes
from onrecord.annotate.factuality import factuality_of, lexicon
from onrecord.annotate.meaning import word_meaning
from onrecord.annotate.voices import Voices
from onrecord.dates import Date
from onrecord.lemmas import lemma
from onrecord.model import Event, Factuality, Report, Time, identify
from onrecord.spans import Span
from onrecord.syntax import Syntax

_KINDS = frozenset(("OCCURRENCE", "I_ACTION", "ASPECTUAL"))
_NOT_IN_CLAUSE = frozenset(("advcl", "conj", "cc", "parataxis", "ccomp", "punct", "mark"))
_NOT_ON = frozenset("since before after prior ahead following despite beyond".split())
"""Prepositions that set an event off from a time instead of putting it there."""
_TERMS = frozenset(("by", "until", "till"))
_COMPLEMENTS = frozenset(("xcomp", "ccomp"))
_GOVERNED = frozenset(("xcomp", "obj"))


def find_events(
    report: Report, analysis: Analysis, times: Sequence[Time], voices: Voices, anchor: Date | None = None
) -> tuple[Event, ...]:
    """The events of a report, each with the statement it happens in; `anchor` is the day of the report, if known."""
    syntax = Syntax(report.text, analysis.words)
    triggers = [w for w, kind in enumerate(analysis.event) if _is_event(syntax, analysis, w, kind)]
    dates = _dates(syntax, frozenset(triggers), [time for time in times if time.span.start >= report.body])
    types = EventTypes(syntax, analysis)
    events = []
    for word in triggers:
        time, trigger = dates.get(word), syntax.span(word)
        factuality = _at_its_date(factuality_of(syntax, analysis, word), syntax.tag(word), time, anchor)
        kind, mode = types.of(word, factuality)
        events.append(
            Event(
                id=identify("e", report.id, trigger.start, trigger.end, "event"),
                report=report.id,
                statement=voices.at(trigger).id,
                trigger=trigger,
                evidence=_evidence(syntax, word, time),
                factuality=factuality,
                date=time.date if time else None,
                type=kind,
                mode=mode,
                meaning=word_meaning(analysis, word),
            )
        )
    return tuple(events)


def _is_event(syntax: Syntax, analysis: Analysis, word: int, kind: str) -> bool:
    """Whether the word is the trigger of an event; a word of saying is one if saying it does it ("announced").

    "Began" is one ("talks began"), but not where it only says how far another has got ("began to leave").
    """
    tag = syntax.tag(word)
    if tag not in ("VERB", "NOUN", "PROPN", "ADJ") or len(syntax.form(word)) == 1:
        return False
    if kind == "REPORTING":
        return lemma(syntax.form(word), tag) in lexicon().performative
    if kind == "ASPECTUAL":
        opened = (c for c in syntax.children[word] if syntax.words.relation[c] == "xcomp")
        return tag == "VERB" and not any(analysis.event[c] in _KINDS for c in opened)
    return kind in _KINDS or (
        tag == "NOUN"
        and syntax.words.relation[word] not in ("compound", "nmod")
        and lemma(syntax.form(word), "NOUN") in lexicon().happenings
    )


def _dates(syntax: Syntax, triggers: frozenset[int], times: Sequence[Time]) -> dict[int, Time]:
    """Each dated time expression goes to the event it puts in time; the first that an event gets is its date."""
    found: dict[int, Time] = {}
    for time in times:
        if time.date is None or time.date.earliest is None:
            continue
        event = _dated_by(syntax, triggers, time)
        if event in found:
            event = _nearer(syntax, triggers, event, time)
        if event is not None:
            found.setdefault(event, time)
    return found


def _nearer(syntax: Syntax, triggers: frozenset[int], event: int, time: Time) -> int | None:
    """Of an event that has its date: the one it governs which stands between it and a second time.

    So "agreed Monday to leave by June", where the tree hangs both times on the agreeing.
    """
    begins = syntax.words.starts
    governed = (c for c in syntax.children[event] if c in triggers and syntax.words.relation[c] in _COMPLEMENTS)
    return next((c for c in governed if begins[event] < begins[c] < time.span.start), None)


def _dated_by(syntax: Syntax, triggers: frozenset[int], time: Time) -> int | None:
    """The nearest event above the time, no further than the first verb; none that only stands off from it."""
    first = bisect_left(syntax.words.starts, time.span.start)
    if first >= len(syntax.words) or syntax.words.starts[first] >= time.span.end:
        return None
    head = syntax.head_of(time.span)
    word = first if head is None else head
    if word in triggers:
        return word
    for above in syntax.ancestors(word):
        if _stands_off(syntax, word):
            return None
        if above in triggers:
            return _bound_by(syntax, triggers, word, above)
        if syntax.tag(above) == "VERB":
            return next(_handed_down(syntax, triggers, above), None)
        if _names_by_year(syntax, word, above, time):
            return None
        word = above
    return None


def _bound_by(syntax: Syntax, triggers: frozenset[int], word: int, event: int) -> int:
    """The event; for "pay a fine by June", where the tree hangs the term on what is paid, the paying."""
    verb = syntax.words.head[event]
    if syntax.words.relation[event] != "obj" or verb not in triggers:
        return event
    marks = {syntax.folded(c) for c in syntax.children[word] if syntax.words.relation[c] == "case"}
    return verb if marks & _TERMS else event


def _stands_off(syntax: Syntax, word: int) -> bool:
    """Whether what governs the word is before it, after it, or since then."""
    marks = (c for c in syntax.children[word] if syntax.words.relation[c] in ("case", "mark", "advmod"))
    return any(c < word and syntax.folded(c) in _NOT_ON for c in marks)


def _handed_down(syntax: Syntax, triggers: frozenset[int], verb: int) -> Iterator[int]:
    """The events that a verb which is none governs: "will hold elections", "started to leave"."""
    return (c for c in syntax.children[verb] if c in triggers and syntax.words.relation[c] in _GOVERNED)


def _names_by_year(syntax: Syntax, word: int, above: int, time: Time) -> bool:
    """Whether a year stands before a thing to tell it from others, and dates nothing: "the 2012 law"."""
    return len(time.value) == 4 and word < above and syntax.tag(above) in ("NOUN", "PROPN")


def _at_its_date(told: Factuality, tag: str, time: Time | None, anchor: Date | None) -> Factuality:
    """A noun has no tense: what it names is still to come if its date is later than the report."""
    if told != "asserted" or tag not in ("NOUN", "PROPN") or time is None or anchor is None:
        return told
    earliest, today = time.date and time.date.earliest, anchor.latest
    return "planned" if earliest and today and earliest > today else told


def _evidence(syntax: Syntax, word: int, time: Time | None) -> tuple[Span, ...]:
    """The clause or noun phrase of the event, and its date where that stands outside."""
    inside = syntax.subtree(word, _NOT_IN_CLAUSE)
    clause = syntax.span(inside[0], inside[-1])
    if time is None or clause.contains(time.span):
        return (clause,)
    return tuple(sorted((clause, time.span)))
