"""Denials that only point back to what was told before: "The ministry denied it", "called the accusation baseless"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onrecord.lemmas import lemma
from onrecord.memory import Kind
from onrecord.model import Conflict, Record, Statement
from onrecord.spans import Passage
from onrecord.story.conflicts.disputed import disputed
from onrecord.story.lexicon import lexicon
from onrecord.story.scenes import Scene

_TAKES_UP = frozenset("the that this these those such his her their its both".split())
_THESE = (["that"], ["this"], ["it"], ["these"], ["those"])
_SHORT = 6
_CLOSE = 2
"""Sentences between what is told and its denial."""


def flat_denials(record: Record, by_report: Mapping[str, Scene]) -> Iterator[Conflict]:
    """Denials that only point back to what another source said right before: "The ministry denied it"."""
    for notes in record.annotations:
        yield from by_report[notes.report.id].each(_FLAT, _flat_in)


_FLAT: Kind[tuple[Conflict, ...]] = Kind("flat denials", tuple[Conflict, ...])


def _flat_in(scene: Scene) -> Iterator[Conflict]:
    if not scene.syntax.tagged:
        return
    statements = scene.annotations.statements
    reasons = [one.source.reason for one in statements if one.source.reason is not None]
    told = [one for one in statements if _is_allegation(one)]
    told = [one for one in told if not any(span.overlaps(reason) for span in one.content for reason in reasons)]
    told.sort(key=lambda one: one.content[0])
    for denial in statements:
        if _is_flat(scene, denial):
            before = [one for one in told if _stands_before(scene, one, denial)]
            if before:
                yield _flat_conflict(scene, before[-1], denial)


def _is_allegation(one: Statement) -> bool:
    is_outer = one.within is None and one.source.basis != "report"
    return is_outer and one.attitude in ("speech", "belief") and one.source.span is not None


def _is_flat(scene: Scene, denial: Statement) -> bool:
    """Whether a source denies "it", "this", "the accusation", or calls it false."""
    if denial.source.basis == "report" or denial.source.span is None:
        return False
    content = [scene.syntax.folded(word) for span in denial.content for word in scene.syntax.words_in(span)]
    content = [word for word in content if word[:1].isalpha()]
    if is_another_denial(scene, denial):
        return False
    if denial.attitude == "denial" and _points_back(content):
        return True
    if _says_untrue(content):
        return True
    cue = scene.syntax.words_in(denial.cue) if denial.cue is not None else ()
    if " ".join(content) in lexicon().pointing and lemma(content[-1], "NOUN") in lexicon().claims:
        if any(lemma(scene.syntax.form(word), "VERB") in lexicon().denying for word in cue):
            return True  # "rejected the accusation"
    calls = any(lemma(scene.syntax.form(word), "VERB") in lexicon().calling for word in cue)
    if calls and content[:1] in _THESE and set(content[1:4]) & lexicon().untrue:
        return True  # "called that an invention"
    noun = next((at for at, word in enumerate(content[:3]) if lemma(word, "NOUN") in lexicon().claims), None)
    about = noun is not None and content[0] in _TAKES_UP and "that" not in content[noun:]
    return calls and about and bool(lexicon().untrue & set(content)) and not lexicon().negations & set(content)


def _points_back(content: list[str]) -> bool:
    """Whether the words are but "it" or "the claims"; "that" may be joined to what the denier says besides."""
    return " ".join(content) in lexicon().pointing or content[:2] in (["that", "and"], ["it", "and"], ["this", "and"])


def _says_untrue(content: list[str]) -> bool:
    """Whether the words only say that what was told is not so: "that is simply not true"."""
    if len(content) > _SHORT or content[:1] not in (["that"], ["this"], ["it"]):
        return False
    return bool(lexicon().plainly_untrue & set(content)) or ("not" in content and "true" in content)


def is_another_denial(scene: Scene, denial: Statement) -> bool:
    """Whether it joins a denial told before: "the mayor also denies the claims" answers whoever made them."""
    cue = scene.syntax.words_in(denial.cue) if denial.cue is not None else ()
    if not cue:
        return False
    near = range(max(0, cue[0] - 2), min(len(scene.syntax.words), cue[-1] + 3))
    return bool({"also", "too", "again"} & {scene.syntax.folded(word) for word in near})


def _stands_before(scene: Scene, one: Statement, denial: Statement) -> bool:
    """Whether it was said in the sentence or two before the denial, by somebody else."""
    if one.source.span == denial.source.span or one.content[0].start >= (denial.source.span or one.content[0]).start:
        return False
    text, own = scene.syntax.text, ("i", "we")
    if all(told.source.span is not None and told.source.span.of(text).lower() in own for told in (one, denial)):
        return False  # one voice, which says "I" and "we"
    known = scene.record.actor_of
    if known.get(one.id) is not None and known.get(one.id) == known.get(denial.id):
        return False
    return 0 <= scene.sentence_of(denial.content[0]) - scene.sentence_of(one.content[-1]) <= _CLOSE


def _flat_conflict(scene: Scene, told: Statement, denial: Statement) -> Conflict:
    shown = _shown(scene, told), _shown(scene, denial)
    return disputed("polarity", (told.id, denial.id), shown, "One source tells it, another denies it.")


def _shown(scene: Scene, one: Statement) -> Passage:
    return scene.shown(scene.sentence_of(one.content[0]), one.content[0])
