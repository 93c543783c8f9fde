"""Deadlines that moved, or that somebody decided or asked to move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from onrecord.dates import year_after
from onrecord.lemmas import event_lemma, lemma
from onrecord.memory import Kind
from onrecord.model import Change, Commitment, Record, identify
from onrecord.spans import Located, Passage, Span, covering
from onrecord.story.changes.causes import cause_of, change_told
from onrecord.story.lexicon import lexicon
from onrecord.story.scenes import Scene
from onrecord.syntax import Syntax

_BELOW = frozenset(("nmod",))
_DONE = {"reset": "moved", "delay": "put off", "extend": "drawn out", "advance": "brought forward"}
_LONGEST = 300
_FAR, _FEW = 14, 6
_AFTER, _SENTENCES = 80, 2
_REACH = 9
"""Words behind a time within which the one it replaces is told."""


def deadline_changes(record: Record, by_report: Mapping[str, Scene]) -> Iterator[Change]:
    """Commitments told again with another deadline, and clauses that move the time of something."""
    commitments = {commitment.id: commitment for commitment in record.commitments}
    yield from _moved(record, by_report)
    at = _places(record)
    for notes in record.annotations:
        here = at.get(notes.report.id, Located())
        for change, with_commitment in by_report[notes.report.id].each(_CLAUSES, _clauses_in):
            known = (first for _, first in here.touching(change.evidence[0].span) if first in commitments)
            yield replace(change, before=next(known, None)) if with_commitment else change


_CLAUSES: Kind[tuple[tuple[Change, bool], ...]] = Kind("deadline clauses", tuple[tuple[Change, bool], ...])


def _clauses_in(scene: Scene) -> Iterator[tuple[Change, bool]]:
    """The changes that clauses of a report tell; with each, whether it may be of a commitment told there."""
    told = tuple(_told(scene))
    yield from ((change, True) for change in told)
    seen = Located((passage.span, change) for change in told for passage in change.evidence)
    yield from ((change, True) for change in _otherwise(scene, seen))
    yield from ((change, False) for change in _rest_later(scene))


def _places(record: Record) -> dict[str, Located[str]]:
    """Where each report tells of commitments: of each, the first mention of it anywhere."""
    out: dict[str, Located[str]] = {}
    for commitment in record.commitments:
        first = commitment.same_as or commitment.id
        for span in commitment.evidence:
            out.setdefault(commitment.report, Located()).add(span, first)
        for step in commitment.history:
            for passage in step.evidence:
                out.setdefault(passage.report, Located()).add(passage.span, first)
    return out


def _moved(record: Record, by_report: Mapping[str, Scene]) -> Iterator[Change]:
    groups: dict[str, list[Commitment]] = {}
    for commitment in record.commitments:
        if commitment.due is not None and commitment.due.earliest is not None:
            groups.setdefault(commitment.same_as or commitment.id, []).append(commitment)
    for told in groups.values():
        ordered = sorted(told, key=lambda one: (by_report[one.report].day or "", one.report, one.evidence[0].start))
        for one, other in pairwise(ordered):
            if _is_another_time(one, other, by_report) and not _is_told_alike(one, other, by_report):
                yield _between(one, other, by_report)


def _is_another_time(one: Commitment, other: Commitment, by_report: Mapping[str, Scene]) -> bool:
    """Whether a report that is later for sure tells a deadline that the earlier one cannot mean."""
    before, after = by_report[one.report].last_day, by_report[other.report].day
    if before is None or after is None or before >= after or one.due is None or other.due is None:
        return False
    ends = (one.due.earliest, one.due.latest, other.due.earliest, other.due.latest)
    if any(end is None for end in ends):
        return False
    return str(ends[1]) < str(ends[2]) or str(ends[3]) < str(ends[0])


def _is_told_alike(one: Commitment, other: Commitment, by_report: Mapping[str, Scene]) -> bool:
    """Whether both give the deadline in the same words: then one of them is dated from another day, not moved."""
    ours, theirs = (_time_words(each, by_report[each.report]) for each in (one, other))
    return bool(ours & theirs)


def _time_words(commitment: Commitment, scene: Scene) -> set[str]:
    text = scene.annotations.report.text
    inside = (s for s in scene.times if any(e.overlaps(s) for e in commitment.evidence))
    return {span.of(text).lower() for span in inside}


def _between(one: Commitment, other: Commitment, by_report: Mapping[str, Scene]) -> Change:
    evidence = [_whole(by_report[each.report], each.evidence) for each in (one, other)]
    was, now = (each.due.value if each.due else "" for each in (one, other))
    return Change(
        id=identify("d", "deadline", one.id, other.id),
        kind="deadline",
        before=one.id,
        after=other.id,
        cause=_cause_beside(by_report[other.report], other),
        evidence=tuple(evidence),
        explanation=f"Due {was} in the earlier report, {now} in the later.",
    )


def _cause_beside(scene: Scene, commitment: Commitment) -> Passage | None:
    """What the clause gives as the cause, or one of the next sentences that tells of a new date or more time."""
    syntax = scene.syntax
    inside = syntax.words_in(covering(commitment.evidence)) if syntax.tagged else range(0)
    if not inside:
        return None
    last = syntax.words.sentence[inside[-1]]
    found = (cause_of(scene, word) for word in inside if syntax.tag(word) == "VERB")
    own = next((cause for cause in found if cause is not None), None)
    return own or next((cause for cause in _causes_behind(scene, inside[-1] + 1, last) if cause is not None), None)


def _causes_behind(scene: Scene, first: int, sentence: int) -> Iterator[Passage | None]:
    """The causes that the next sentences give for a "new date", an "extension"."""
    syntax = scene.syntax
    for word in range(first, min(first + _AFTER, len(syntax.words))):
        if syntax.words.sentence[word] > sentence + _SENTENCES:
            return
        is_time = lemma(syntax.form(word), syntax.tag(word)) in lexicon().put_off_nouns
        if syntax.words.sentence[word] > sentence and is_time and syntax.folded(word - 1) in lexicon().later_words:
            yield cause_of(scene, word)


def _whole(scene: Scene, spans: tuple[Span, ...]) -> Passage:
    span = covering(spans)
    return scene.annotations.report.passage(span if len(span) <= _LONGEST else spans[0])


def _told(scene: Scene) -> Iterator[Change]:
    syntax = scene.syntax
    if not syntax.tagged:
        return
    for word in (word for word, tag in enumerate(syntax.words.tag) if tag == "VERB"):
        way = _mover(syntax, word)
        thing = None if way is None or _is_undone(syntax, word) else _timed(syntax, word, way == "delay")
        if way == "reset" and thing is not None and not _is_to_time(scene, word):
            continue
        if way is not None and thing is not None:
            yield _by_clause(scene, word, thing, way)


def _mover(syntax: Syntax, word: int) -> str | None:
    """Which way a verb moves a time: delay, extend, advance; None where it moves none."""
    if syntax.tag(word) != "VERB":
        return None
    base = lemma(syntax.form(word), "VERB")
    for particle in syntax.children[word]:
        way = lexicon().particled.get((base, syntax.folded(particle)))
        if way is not None and word < particle <= word + 5:
            return way
    return lexicon().movers.get(base) or ("reset" if base in lexicon().reset else None)


def _is_to_time(scene: Scene, verb: int) -> bool:
    """Whether the words behind it say to when: "move the deadline from May 3 to May 10"."""
    syntax = scene.syntax
    near = range(verb + 1, min(verb + _FAR, len(syntax.words) - 1))
    tos = [w for w in near if syntax.folded(w) == "to" and syntax.words.sentence[w] == syntax.words.sentence[verb]]
    return any(syntax.span(w + 1).overlaps(time) for w in tos for time in scene.times)


def _is_undone(syntax: Syntax, verb: int) -> bool:
    """Whether the clause denies it, or it is only feared or supposed."""
    words = {syntax.folded(child) for child in syntax.children[verb]}
    return bool(words & lexicon().undone)


def _timed(syntax: Syntax, verb: int, postponed: bool) -> int | None:
    """What has its time moved, if it is something that has one: the object, or the subject of a passive."""
    thing = syntax.child(verb, frozenset(("obj",)))
    if thing is None and syntax.is_passive(verb):
        thing = syntax.own_subject(verb)
    if thing is None and syntax.words.relation[verb] == "acl" and not syntax.folded(verb).endswith("ing"):
        thing = syntax.words.head[verb] if syntax.words.head[verb] < verb else None
    thing = _beside(syntax, verb) if thing is None else thing
    if thing is None:
        return None
    return thing if _has_time(syntax, thing, postponed) else None


def _beside(syntax: Syntax, verb: int) -> int | None:
    """The noun right behind an active verb, which a wrong tree hangs on another: "asked it to move the deadline"."""
    found = None
    for word in range(verb + 1, min(verb + _FEW, len(syntax.words))):
        if syntax.tag(word) == "NOUN":
            found = word
        elif found is not None or syntax.tag(word) not in ("DET", "ADJ", "PRON"):
            break
    return found


def _has_time(syntax: Syntax, thing: int, postponed: bool) -> bool:
    """Whether a thing has a time set for it; of what is put off, whatever the noun of a verb names has."""
    base = lemma(syntax.form(thing), syntax.tag(thing))
    if base in lexicon().timed:
        return True
    return postponed and base not in lexicon().untimed and event_lemma(base, syntax.tag(thing)) != base


def _by_clause(scene: Scene, verb: int, thing: int, way: str) -> Change:
    span = _clause(scene.syntax, verb, thing)
    what = scene.syntax.span(thing).of(scene.annotations.report.text)
    why = f"The time of something ({what}) is told to be {_DONE[way]}, or asked to be."
    return change_told(scene, "deadline", span, verb, why)


def _clause(syntax: Syntax, verb: int, thing: int) -> Span:
    """From what is moved to where it is moved to, the verb among it."""
    inside = [verb, thing, *syntax.subtree(thing, frozenset(("acl", "advcl", "parataxis", "punct", "conj")))]
    for child in syntax.children[verb]:
        if syntax.words.relation[child] in ("obl", "advmod", "compound") and verb < child <= max(inside) + 8:
            inside += syntax.subtree(child, frozenset(("acl", "advcl", "punct", "conj")))
    first = min(verb, syntax.words_in(syntax.noun_phrase(thing))[0])
    span = syntax.span(first, max(inside))
    return span if len(span) <= _LONGEST else syntax.span(min(verb, thing), max(verb, thing))


def _otherwise(scene: Scene, seen: Located[Change]) -> Iterator[Change]:
    """Times told together with those they take the place of: "by June instead of May", "a week later than planned"."""
    syntax = scene.syntax
    if not syntax.tagged:
        return
    for time in sorted(scene.times):
        inside = syntax.words_in(time)
        end = _replaced(scene, inside[-1] + 1) if inside else None
        if end is None or _is_long_over(scene, time):
            continue
        span = _around(syntax, inside[0], end)
        if span is not None and not seen.touching(span):
            yield Change(
                id=identify("d", "deadline", scene.report, span.start, span.end),
                kind="deadline",
                before=None,
                after=None,
                cause=cause_of(scene, end),
                evidence=(scene.annotations.report.passage(span),),
                explanation=f"A time ({time.of(syntax.text)}) is told together with the one it takes the place of.",
            )


def _rest_later(scene: Scene) -> Iterator[Change]:
    """What is late of something told to be done only in part: "only 60 could be hired and the rest would follow by"."""
    syntax = scene.syntax
    for word in range(len(syntax.words)) if syntax.tagged else ():
        if syntax.folded(word) not in lexicon().rest or syntax.tag(word) not in ("NOUN", "ADJ"):
            continue
        sentence = syntax.words.sentence[word]
        before = [w for w in range(max(0, word - _FAR), word) if syntax.words.sentence[w] == sentence]
        ahead = range(word + 1, min(word + _REACH, len(syntax.words)))
        time = next((s for s in sorted(scene.times) for w in ahead if syntax.span(w).overlaps(s)), None)
        coming = {syntax.folded(w) for w in ahead} & {"will", "would", "'ll", "’ll"}
        if time is None or not coming or not any(syntax.folded(w) == "only" for w in before):
            continue
        first = word - (syntax.folded(word - 1) == "the")
        last = syntax.words_in(time)[-1]
        why = "Only a part is told to be done in time; the rest later."
        yield change_told(scene, "deadline", syntax.span(first, last), last, why)


def _is_long_over(scene: Scene, span: Span) -> bool:
    """Whether a time lies a year or more before the report: "it has more of the sixties than of now"."""
    told = next((time.date for time in scene.annotations.times if time.span == span), None)
    if told is None or told.latest is None or scene.day is None:
        return False
    return year_after(told.latest) < scene.day


def _replaced(scene: Scene, word: int) -> int | None:
    """The last word of what says, behind a time, that another one was to be: of the time before, or "planned"."""
    syntax = scene.syntax
    following = [syntax.folded(w) for w in range(word, min(word + _REACH, len(syntax.words)))]
    for phrase in lexicon().instead:
        if tuple(following[: len(phrase)]) == phrase:
            behind = syntax.span(word, min(word + _REACH, len(syntax.words)) - 1)
            times = [s for s in sorted(scene.times) if behind.contains(s)]
            return syntax.words_in(times[0])[-1] if times else None
    for offset, form in enumerate(following[:-2]):
        if form in ("later", "earlier", "sooner") and following[offset + 1] == "than":
            planned = next((o for o in range(offset + 2, len(following)) if following[o] in lexicon().planned), None)
            return None if planned is None else word + planned
        if form in (".", ";"):
            return None
    return None


def _around(syntax: Syntax, word: int, end: int) -> Span | None:
    """From the subject of the clause of a word to `end`."""
    sentence = syntax.words.sentence[word]
    first = verb = word
    while first > 0 and syntax.words.sentence[first - 1] == sentence and syntax.form(first - 1) not in ',;:—“”()"':
        first -= 1
        verb = first if syntax.tag(first) in ("VERB", "AUX") else verb
    subject = next((w for w in range(first, verb) if syntax.tag(w) in ("PRON", "NOUN", "PROPN", "DET")), verb)
    span = syntax.span(subject, end)
    return span if verb < word and len(span) <= _LONGEST else None
