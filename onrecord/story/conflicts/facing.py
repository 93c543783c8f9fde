"""What two sources in one report say right after each other that cannot both be so, though neither denies outright.

They give one thing another hour ("the sirens went off at 11:20", "were silent until 11:55"); one says that there is no
truth in it; or one says that no such thing was, none was, nobody did it, of what the other has just told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.lemmas import lemma
from onrecord.model import Conflict, ConflictKind, Record, Statement, identify
from onrecord.spans import Passage, Span
from onrecord.story.lexicon import lexicon
from onrecord.story.scenes import Scene

_APART = 4
"""Sentences between the two."""
_SHORT, _NEAR = 14, 2
_CLOCK = 5
_COMING = frozenset("will would shall may might could should must can if whether 'll ’ll".split())
_NONE = frozenset(("no", "none", "nobody", "neither", "nothing"))


@dataclass(frozen=True, slots=True)
class _Said:
    statement: Statement
    source: str
    sentence: int
    words: tuple[int, ...]
    forms: tuple[str, ...]
    contents: frozenset[str]
    clocks: frozenset[str]
    shown: Passage


def facing(record: Record, by_report: Mapping[str, Scene], known: frozenset[str]) -> Iterator[Conflict]:
    """Of each report, what one source says against what another has just said.

    Args:
        known: words of passages that other conflicts show, each once.
    """
    for notes in record.annotations:
        scene = by_report[notes.report.id]
        said = list(_said(scene)) if scene.syntax.tagged else []
        for at, other in enumerate(said):
            for kind, test in _TESTS:
                one = _faced(said[:at], other, test)
                if one is not None:
                    evidence = _evidence(scene, one, other)
                    if not {passage.text for passage in evidence} & known:
                        yield _conflict(kind, one, other, evidence)
                    break


def _faced(before: Sequence[_Said], other: _Said, test: Callable[[_Said, _Said], bool]) -> _Said | None:
    """The nearest telling by another source before it that it stands against."""
    for one in reversed(before):
        if other.sentence - one.sentence > _APART:
            return None
        if one.source != other.source and one.statement.within is None and test(one, other):
            return one
    return None


def _said(scene: Scene) -> Iterator[_Said]:
    """What sources say, in order; of one without a name its words."""
    listed = [one for one in scene.annotations.statements if one.source.basis != "report" and one.source.span]
    for one in sorted(listed, key=lambda each: each.content[0]):
        if one.attitude not in ("speech", "belief") or one.source.span is None:
            continue
        words = tuple(word for span in one.content for word in scene.syntax.words_in(span))
        sentence = scene.sentence_of(one.content[0])
        known = scene.record.actor_of.get(one.id)
        yield _Said(
            statement=one,
            source=known or one.source.span.of(scene.syntax.text).lower(),
            sentence=sentence,
            words=words,
            forms=tuple(scene.syntax.folded(word) for word in words),
            contents=scene.contents_of(words),
            clocks=frozenset(_clocks(scene, one.content)),
            shown=scene.annotations.report.passage(one.content[0]),
        )


def _clocks(scene: Scene, spans: Sequence[Span]) -> Iterator[str]:
    """The hours told, as HH:MM."""
    for time in scene.annotations.times:
        hour = time.value.partition("T")[2]
        if not any(char.isdigit() for char in time.span.of(scene.syntax.text)):
            continue  # "the Ten O'Clock News"
        if len(hour) >= _CLOCK and hour[:2].isdigit() and any(span.overlaps(time.span) for span in spans):
            yield hour[:_CLOCK]


def _is_another_hour(one: _Said, other: _Said) -> bool:
    """Whether both give one hour each, not the same, to what shares a word, or to "it"."""
    if len(one.clocks) != 1 or len(other.clocks) != 1 or one.clocks == other.clocks or _is_coming(one, other):
        return False
    letters = [form for form in other.forms if form[:1].isalpha()]
    refers = letters[:1] in (["it"], ["that"]) and len(letters) <= _SHORT and other.sentence - one.sentence <= _NEAR
    letters = letters[letters[:2] == ["that", "it"] :]
    if refers and letters[1:2] in (["was"], ["happened"]):
        return True
    shared = one.contents & other.contents
    return len(shared) > 1 or (len(shared) == 1 and _told_first(one, shared) and _told_first(other, shared))


def _told_first(said: _Said, shared: frozenset[str]) -> bool:
    """Whether the word shared stands among the first that are told, as what is spoken of."""
    return any(form.startswith(word[:4]) for form in said.forms[:_CLOCK] for word in shared)


def _is_no_truth(one: _Said, other: _Said) -> bool:
    """As in "there was no truth in that", "not a grain of truth"."""
    forms = set(other.forms)
    denied = bool(forms & (lexicon().negations | _NONE))
    return "truth" in forms and denied and len(other.forms) <= _SHORT and other.sentence - one.sentence <= 1


def _is_none(one: _Said, other: _Said) -> bool:
    """As in "no plane had been over the town", "not a single shot was fired": of what was told in other words."""
    letters = [form for form in other.forms if form[:1].isalpha()]
    denied = set(one.forms) & (lexicon().negations | _NONE)
    answers = any(a == "no" and b == "," for a, b in pairwise(other.forms[:_CLOCK]))  # "No, it was right"
    if denied or answers or not letters or _is_coming(one, other) or other.sentence - one.sentence > 1:
        return False
    shared = one.contents & other.contents
    if letters[0] == "no" or letters[:2] == ["not", "a"]:
        things = {lemma(form, "NOUN") for form in letters[1:_CLOCK]}
        verbs = {lemma(form, "VERB") for form in letters[_CLOCK - 2 :] if form.endswith("ed")}
        return bool(shared & things) or bool(shared & verbs)
    return letters[0] in ("none", "nobody") and len(shared) > 1


def _is_coming(one: _Said, other: _Said) -> bool:
    return bool(_COMING & {*one.forms, *other.forms})


_TESTS: tuple[tuple[ConflictKind, Callable[[_Said, _Said], bool]], ...] = (
    ("date", _is_another_hour),
    ("polarity", _is_no_truth),
    ("polarity", _is_none),
)
"""What is asked of two tellings, and of which kind the conflict is that it shows."""


def _evidence(scene: Scene, one: _Said, other: _Said) -> tuple[Passage, Passage]:
    """The sentences of both; of one sentence the words that each says."""
    if one.sentence == other.sentence:
        return one.shown, other.shown
    ours, theirs = (scene.shown(said.sentence, said.statement.content[0]) for said in (one, other))
    return ours, theirs


def _conflict(kind: ConflictKind, one: _Said, other: _Said, evidence: tuple[Passage, Passage]) -> Conflict:
    ids = (one.statement.id, other.statement.id)
    told = "give it different hours" if kind == "date" else "tell it and say that it is not so"
    return Conflict(
        id=identify("x", kind, *ids, "facing"),
        kind=kind,
        label="disputed",
        items=ids,
        evidence=evidence,
        explanation=f"Two sources {told}.",
    )
