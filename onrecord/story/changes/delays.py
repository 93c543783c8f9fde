"""Deadlines that moved as the history of a commitment has it: a step that puts it off, with a later day.

Such words need not name a deadline or move one: "it will not go to parliament until May 2", "the others will be told
before Christmas". Their cause is often given in a sentence beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from onrecord.lemmas import lemma
from onrecord.model import Change, Commitment, Record, Step, identify
from onrecord.spans import Located, Passage, Span
from onrecord.story.changes.causes import cause_of
from onrecord.story.lexicon import lexicon
from onrecord.story.scenes import Scene
from onrecord.syntax import Syntax

_BEHIND = 2
"""Sentences behind the words of a delay in which its cause is looked for."""
_LONGEST = 200
_NOT = frozenset(("not", "n't", "n’t", "never", "unable"))
_SOONER = frozenset(("sooner", "earlier", "before", "faster"))
_QUOTES = frozenset(("“", "”", '"'))


def delay_changes(record: Record, by_report: Mapping[str, Scene], told: Iterable[Change]) -> Iterator[Change]:
    """The deadlines moved by steps of histories, but for those that `told` has from other words at the same place."""
    known: dict[str, Located[str]] = {}
    for change in told:
        for passage in change.evidence:
            known.setdefault(passage.report, Located()).add(passage.span, change.id)
    for commitment in record.commitments:
        for step in commitment.history if commitment.same_as is None else ():
            if step.status == "delayed" and not _is_known(step, known) and _is_later(commitment, step, by_report):
                yield _change(commitment, step, by_report)


def _is_known(step: Step, known: Mapping[str, Located[str]]) -> bool:
    return any(bool(known[p.report].touching(p.span)) for p in step.evidence if p.report in known)


def _is_later(commitment: Commitment, step: Step, by_report: Mapping[str, Scene]) -> bool:
    """Whether the words of the step tell a day after that by which it was to be done."""
    last = commitment.due.latest if commitment.due is not None else None
    if last is None:
        return False
    return any(
        time.date is not None and (time.date.earliest or "") > last
        for passage in step.evidence
        for time in by_report[passage.report].annotations.times
        if passage.span.overlaps(time.span)
    )


def _change(commitment: Commitment, step: Step, by_report: Mapping[str, Scene]) -> Change:
    first = step.evidence[0]
    was = commitment.due.value if commitment.due is not None else ""
    return Change(
        id=identify("d", "deadline", commitment.id, first.report, first.start),
        kind="deadline",
        before=commitment.id,
        after=None,
        cause=cause_of_delay(by_report[first.report], first.span),
        evidence=tuple(step.evidence),
        explanation=f"Due {was}, and told to be later.",
    )


def cause_of_delay(scene: Scene, span: Span) -> Passage | None:
    """What the sentence of a delay gives as its cause, or a sentence right beside it that tells only why."""
    syntax = scene.syntax
    inside = syntax.words_in(span) if syntax.tagged else range(0)
    if not inside:
        return None
    here = syntax.words.sentence[inside[-1]]
    own = _sentence(syntax, here, inside[0])
    found = _in_words(scene, inside) or _blamed(scene, own)
    if found is not None:
        return found
    for behind in range(here + 1, here + 1 + _BEHIND):
        words = _sentence(syntax, behind, inside[-1])
        found = _why(scene, words)
        if found is not None:
            return found
    return _blamed(scene, _sentence(syntax, here - 1, inside[0]))


def _in_words(scene: Scene, words: range) -> Passage | None:
    """The cause that a verb among the words has in its clause."""
    verbs = (word for word in words if scene.syntax.tag(word) == "VERB")
    causes = (cause_of(scene, verb) or _as_clause(scene, verb) for verb in verbs)
    return next((cause for cause in causes if cause is not None), None)


def _as_clause(scene: Scene, verb: int) -> Passage | None:
    """The clause that ", as" opens: "will be published in May, as divers have been unable to reach the gate"."""
    syntax = scene.syntax
    for word in _rest(syntax, verb):
        if syntax.folded(word) == "as" and syntax.form(word - 1) == ",":
            ahead = list(_rest(syntax, word))
            end = next(
                (w - 1 for w in ahead[1:] if syntax.form(w) in (",", ".", ";", *_QUOTES)), ahead[-1] if ahead else word
            )
            subject = any(syntax.words.relation[w].startswith("nsubj") for w in range(word + 1, end + 1))
            is_told = any(syntax.tag(w) in ("VERB", "AUX") for w in range(word + 2, end + 1))
            return _passage(scene, word + 1, end) if subject and is_told else None
    return None


def _blamed(scene: Scene, words: range) -> Passage | None:
    """What is told to be blamed: "blamed *a shortage of staff*", ", citing *bad weather*"."""
    syntax = scene.syntax
    for word in words:
        if syntax.tag(word) == "VERB" and lemma(syntax.form(word), "VERB") in lexicon().blaming:
            thing = syntax.child(word, frozenset(("obj",)))
            if thing is not None and thing > word:
                phrase = syntax.words_in(syntax.noun_phrase(thing))
                return _passage(scene, phrase[0], phrase[-1])
    return None


def _why(scene: Scene, words: range) -> Passage | None:
    """What a sentence behind gives as the cause: "it could not be done sooner because", "…, the company explained"."""
    syntax = scene.syntax
    forms = {syntax.folded(word) for word in words}
    if (forms & _NOT and forms & _SOONER) or forms & lexicon().later_words:
        verbs = (word for word in words if syntax.tag(word) == "VERB")
        causes = (cause_of(scene, verb) for verb in verbs)
        found = next((cause for cause in causes if cause is not None), None)
        if found is not None:
            return found
    return _explained(scene, words) or _blamed(scene, words)


def _explained(scene: Scene, words: range) -> Passage | None:
    """What somebody is told to explain in the words."""
    syntax = scene.syntax
    if not words:
        return None
    span = syntax.span(words[0], words[-1])
    for statement in scene.annotations.statements:
        cue = statement.cue
        if cue is None or not span.contains(cue) or not statement.content:
            continue
        head = syntax.head_of(cue)
        if head is not None and lemma(syntax.form(head), "VERB") in lexicon().explaining:
            content = statement.content[0]
            return scene.annotations.report.passage(content) if len(content) <= _LONGEST else None
    return None


def _sentence(syntax: Syntax, number: int, near: int) -> range:
    """The words of the sentence of a number, looked for around a word."""
    numbers = syntax.words.sentence
    step = 1 if number >= numbers[near] else -1
    word = near
    while 0 <= word < len(numbers) and numbers[word] != number:
        word += step
    if not 0 <= word < len(numbers):
        return range(0)
    first = last = word
    while first > 0 and numbers[first - 1] == number:
        first -= 1
    while last + 1 < len(numbers) and numbers[last + 1] == number:
        last += 1
    return range(first, last + 1)


def _rest(syntax: Syntax, word: int) -> range:
    """The words behind one in its sentence."""
    return range(word + 1, _sentence(syntax, syntax.words.sentence[word], word).stop)


def _passage(scene: Scene, first: int, last: int) -> Passage | None:
    span = scene.syntax.span(first, last) if first <= last else None
    return scene.annotations.report.passage(span) if span is not None and len(span) <= _LONGEST else None
