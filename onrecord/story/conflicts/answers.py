"""Denials in other words than those of what they deny: "he told her to go", and "she denied that she was pushed".

Beside a denial of just the verb that was told (see `denials`) and one that only points back (see `flat`), a report
tells a dispute in more ways: what is told right before or behind names whoever denies something; the denial names the
charge itself ("denied the claim that"); it stands in the passive behind what is told ("this was denied by"); a verb
says that two contradict each other; or "but" stands between one who says it is so and one who says it is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.lemmas import lemma
from onrecord.memory import Kind
from onrecord.model import Conflict, Record, Statement, identify
from onrecord.spans import Passage, Span
from onrecord.story.conflicts.disputed import disputed
from onrecord.story.conflicts.flat import is_another_denial
from onrecord.story.lexicon import lexicon
from onrecord.story.scenes import Scene

_BEFORE, _BEHIND = 2, 1
"""Sentences before and behind a denial within which what it denies is told."""
_SHARED = 2
_LEADING = 4
_NOBODY = frozenset("no nobody none few who some many nothing neither you i we they one".split())
_REFUSING = frozenset("deny refute rebut reject dispute contest dismiss refuse decline".split())
_SWEEPING = frozenset("ever any anywhere anyone anybody anything".split())
_RELATIVE = frozenset(("which", "that"))
_NEXT_TO = 40
"""Code points between what is told and the word that it is denied."""
_AGENT = 5
"""Words behind a passive "denied" within which "by" names who denies it."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What somebody is told to say, as a denial is held against it."""

    statement: Statement
    sentence: int
    contents: frozenset[str]
    names: frozenset[str]
    shown: Passage


@dataclass(frozen=True, slots=True)
class _Answer:
    """A conflict within a report, and the words that tell it; where another conflict shows these, it is known."""

    conflict: Conflict
    words: tuple[str, ...] = ()


_ANSWERS: Kind[tuple[_Answer, ...]] = Kind("answers", tuple[_Answer, ...])


def answers(record: Record, by_report: Mapping[str, Scene], known: frozenset[str]) -> Iterator[Conflict]:
    """What is denied in other words than its own, or set against what another says, within each report.

    Args:
        known: words of passages that other conflicts show, each once.
    """
    for notes in record.annotations:
        found = by_report[notes.report.id].each(_ANSWERS, _answers_in)
        yield from (one.conflict for one in found if known.isdisjoint(one.words))


def _answers_in(scene: Scene) -> Iterator[_Answer]:
    if scene.syntax.tagged:
        yield from _answered_denials(scene)
        yield from _passive_denials(scene)
        yield from _contradictions(scene)
        yield from _opposed(scene)


def _answered_denials(scene: Scene) -> Iterator[_Answer]:
    """Of each denial what it denies."""
    statements = scene.annotations.statements
    denials = [one for one in statements if _is_denial(scene, one)]
    told = [_told(scene, one) for one in statements if _is_telling(scene, one)] if denials else []
    for denial in denials:
        shown = scene.shown(scene.sentence_of(denial.cue or denial.content[0]), denial.cue or denial.content[0])
        answered = _answered(scene, denial, told)
        if answered is not None:
            yield _Answer(_conflict(answered.statement, denial, (answered.shown, shown)), (shown.text,))
        elif (charge := _own_charge(scene, denial)) is not None:
            passages = scene.annotations.report.passage(charge), shown
            yield _Answer(_conflict(denial, denial, passages), (shown.text,))


def _is_denial(scene: Scene, one: Statement) -> bool:
    """Whether somebody denies outright: no "can hardly deny", no "nobody denies"."""
    if one.attitude != "denial" or one.cue is None or one.source.span is None or one.source.basis == "report":
        return False
    cue = scene.syntax.words_in(one.cue)
    words = [scene.syntax.folded(word) for word in cue]
    first = scene.syntax.folded(scene.syntax.words_in(one.source.span)[0]) if len(one.source.span) else ""
    denies = any(lemma(scene.syntax.form(word), "VERB") in lexicon().denying for word in cue)
    passive = any(scene.syntax.is_passive(word) for word in cue)
    return denies and not passive and not set(words) & lexicon().unplain and first not in _NOBODY


def _is_telling(scene: Scene, one: Statement) -> bool:
    if one.source.basis == "report" or one.source.span is None or one.attitude not in ("speech", "belief"):
        return False
    cue = scene.syntax.words_in(one.cue) if one.cue is not None else ()
    return not any(lemma(scene.syntax.form(word), "VERB") in _REFUSING for word in cue)


def _told(scene: Scene, one: Statement) -> _Told:
    sentence = scene.sentence_of(one.content[0])
    inside = [word for span in one.content for word in scene.syntax.words_in(span)]
    return _Told(
        statement=one,
        sentence=sentence,
        contents=scene.contents_of(inside),
        names=frozenset(actor for span in one.content for actor in scene.actors_in(span)),
        shown=scene.shown(sentence, one.content[0]),
    )


def _answered(scene: Scene, denial: Statement, told: Sequence[_Told]) -> _Told | None:
    """The nearest telling by another that the denial answers."""
    if is_another_denial(scene, denial):
        return None
    at = scene.sentence_of(denial.cue or denial.content[0])
    inside = [word for span in denial.content for word in scene.syntax.words_in(span)]
    contents, who = scene.contents_of(inside), _who(scene, denial)
    found = [
        one
        for one in told
        if _is_by_another(scene, one, denial, who)
        and -_BEHIND <= at - one.sentence <= _BEFORE
        and (_is_answer(one, at, contents, who) or _is_swept(scene, one, denial, at, contents, who))
    ]
    return min(found, key=lambda one: (abs(at - one.sentence), -len(one.contents & contents)), default=None)


def _who(scene: Scene, denial: Statement) -> str | None:
    known = scene.record.actor_of.get(denial.id)
    return known or (scene.actor_at(denial.source.span) if denial.source.span is not None else None)


def _is_by_another(scene: Scene, one: _Told, denial: Statement, who: str | None) -> bool:
    if one.statement.id == denial.id or one.statement.source.span == denial.source.span:
        return False
    if any(a.overlaps(b) for a in one.statement.content for b in denial.content):
        return False
    teller = scene.record.actor_of.get(one.statement.id)
    return teller is None or teller != who


def _is_answer(one: _Told, at: int, contents: frozenset[str], who: str | None) -> bool:
    """Whether it is told of the one who denies, and before; or shares enough words with what is denied."""
    shared = one.contents & contents
    if who is not None and who in one.names and one.sentence <= at:
        return len(shared) >= 1 or at - one.sentence <= _BEFORE
    return len(shared) >= _SHARED and 2 * len(shared) >= min(len(contents), len(one.contents))


def _is_swept(scene: Scene, one: _Told, denial: Statement, at: int, contents: frozenset[str], who: str | None) -> bool:
    """Whether a denial of "ever", "any" or "anywhere" stands next to what shares a word or tells of who denies."""
    inside = {scene.syntax.folded(word) for span in denial.content for word in scene.syntax.words_in(span)}
    if not inside & _SWEEPING or _is_negated(scene, one.statement):
        return False
    if one.contents & contents:
        return True
    return abs(at - one.sentence) <= 1 and (who is not None and who in one.names and "ever" in inside)


def _own_charge(scene: Scene, denial: Statement) -> Span | None:
    """The charge that the denial names as somebody's: "the committee's claim that he met him", "three charges"."""
    words = scene.syntax.words_in(denial.content[0])
    leading = [word for word in words if scene.syntax.folded(word)[:1].isalpha()][:_LEADING]
    listed = lexicon().claims | lexicon().charges
    noun = next((word for word in leading if lemma(scene.syntax.form(word), "NOUN") in listed), None)
    if noun is not None and scene.syntax.tag(noun) == "NOUN" and not is_another_denial(scene, denial):
        pointing = noun == words[-1] and lemma(scene.syntax.form(noun), "NOUN") in lexicon().claims
        return None if pointing else denial.content[0]
    last = denial.content[-1].of(scene.syntax.text).lower()
    return denial.content[0] if len(denial.content) > 1 and last in _RELATIVE else None


def _passive_denials(scene: Scene) -> Iterator[_Answer]:
    """What is told and in the same sentence denied by somebody: "this was denied by the ministry"."""
    for event in scene.annotations.events:
        word = scene.syntax.words_in(event.trigger)[0]
        if scene.syntax.folded(word) != "denied" or lemma(scene.syntax.form(word), "VERB") != "deny":
            continue
        agent, told = _agent(scene, word), scene.statements.get(event.statement)
        charge = _denied(scene, word) if agent is not None else None
        if charge is None or agent is None or told is None:
            continue
        shown = scene.annotations.report.passage(scene.syntax.span(word, agent))
        conflict = Conflict(
            id=identify("x", "polarity", event.id, "passive"),
            kind="polarity",
            label="disputed",
            items=(told.id, event.id),
            evidence=(charge, shown),
            explanation="It is told, and denied by another.",
        )
        yield _Answer(conflict, (shown.text, charge.text))


def _contradictions(scene: Scene) -> Iterator[_Answer]:
    """What somebody says against what another had said: "the report contradicts the police, who had said that …"."""
    cued = (one for one in scene.annotations.statements if one.cue is not None)
    listed = sorted(cued, key=lambda one: one.content[0])
    for other in listed:
        if _contradicts(scene, other):
            at = scene.sentence_of(other.content[0])
            own = (one for one in listed if one.id != other.id and _goes_on(scene, one, other, at))
            told = next(own, None)
            if told is not None:
                shown = [scene.shown(scene.sentence_of(o.content[0]), o.content[0]) for o in (told, other)]
                yield _Answer(_conflict(told, other, (shown[0], shown[1])))


def _contradicts(scene: Scene, one: Statement) -> bool:
    """Whether it is told to contradict somebody, and what that one said stands in it."""
    cue = scene.syntax.words_in(one.cue) if one.cue is not None else ()
    if not any(lemma(scene.syntax.form(word), "VERB") in lexicon().contradicting for word in cue):
        return False
    inside = [word for span in one.content for word in scene.syntax.words_in(span)]
    saying = [word for word in inside if lemma(scene.syntax.form(word), "VERB") in lexicon().maintaining]
    return any(scene.syntax.folded(word) in ("who", "which") for word in inside) and bool(saying)


def _goes_on(scene: Scene, one: Statement, other: Statement, at: int) -> bool:
    """Whether the same one goes on to say something in the next sentence: by name, or as "it" or "she"."""
    if scene.sentence_of(one.content[0]) != at + 1 or one.source.span is None or one.source.basis == "report":
        return False
    known = scene.record.actor_of
    pronoun = len(scene.syntax.words_in(one.source.span)) == 1 and len(one.source.span) <= len("they")
    return pronoun or (known.get(one.id) is not None and known.get(one.id) == known.get(other.id))


def _opposed(scene: Scene) -> Iterator[_Answer]:
    """What two say in one sentence with "but" between, of which one says it is not so: "found … but … saw none"."""
    told = [_told(scene, one) for one in scene.annotations.statements if _is_telling(scene, one)]
    told.sort(key=lambda one: one.statement.content[0])
    for one, other in pairwise(told):
        if one.sentence == other.sentence and _are_opposed(scene, one, other):
            shown = [scene.annotations.report.passage(each.statement.content[0]) for each in (one, other)]
            yield _Answer(_conflict(one.statement, other.statement, (shown[0], shown[1])), (one.shown.text,))


def _are_opposed(scene: Scene, one: _Told, other: _Told) -> bool:
    if not _is_by_another(scene, one, other.statement, scene.record.actor_of.get(other.statement.id)):
        return False
    shared, least = len(one.contents & other.contents), min(len(one.contents), len(other.contents))
    first, second = one.statement.content[-1], other.statement.content[0]
    between = Span(first.end, max(first.end + 1, second.start))
    forms = {scene.syntax.folded(word) for word in scene.syntax.words_in(between)}
    denied = [_is_negated(scene, each.statement) for each in (one, other)]
    return "but" in forms and shared >= 1 and 2 * shared >= least and denied[0] != denied[1]


def _is_negated(scene: Scene, one: Statement) -> bool:
    inside = (word for span in one.content for word in scene.syntax.words_in(span))
    return any(scene.syntax.folded(word) in lexicon().negations | {"no", "none"} for word in inside)


def _agent(scene: Scene, verb: int) -> int | None:
    """The last word of who denies it, behind "by"."""
    syntax = scene.syntax
    for word in range(verb + 1, min(verb + _AGENT, len(syntax.words) - 1)):
        if syntax.folded(word) == "by":
            head = next((h for h in syntax.ancestors(word) if h > word), None)
            last = word + 1 if head is None or head > word + 2 * _AGENT else head
            return max(last, syntax.noun_phrase_words(last)[-1])
    return None


def _denied(scene: Scene, verb: int) -> Passage | None:
    """What is denied, which stands before in the sentence: what somebody says there, or a claim or a link."""
    sentence = scene.annotations.words.sentence[verb]
    whole = scene.annotations.sentences[sentence]
    before = Span(whole.start, max(whole.start + 1, scene.syntax.span(verb).start))
    told = [
        Span(span.start, min(span.end, before.end))
        for one in scene.annotations.statements
        for span in one.content
        if one.source.basis != "report" and one.attitude == "speech" and before.start <= span.start < before.end
    ]
    told = [span for span in told if before.end - span.end <= _NEXT_TO]
    if told:
        span = max(told, key=lambda span: (span.end, -span.start))
        words = scene.syntax.words_in(span)
        last = next((w for w in reversed(words) if scene.syntax.tag(w) in ("NOUN", "PROPN")), words[-1])
        return scene.annotations.report.passage(Span(span.start, scene.syntax.span(last).end))
    nouns = [w for w in scene.syntax.words_in(before) if scene.syntax.tag(w) == "NOUN"]
    claim = next((w for w in nouns if lemma(scene.syntax.form(w), "NOUN") in lexicon().claims), None)
    return None if claim is None else scene.annotations.report.passage(before)


def _conflict(told: Statement, denial: Statement, shown: tuple[Passage, Passage]) -> Conflict:
    explanation = "One source tells it, another denies it."
    return disputed("polarity", (told.id, denial.id), shown, explanation, "answered")
