"""Words that say what became of a commitment: what they are about, and which commitment that is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.model import CommitmentStatus, Quantity
from onrecord.record.commitments.deeds import Deed, head_of, thing_done_to
from onrecord.record.commitments.facts import (
    BREAKS,
    DEFINITE,
    group_of,
    is_beside_done,
    is_done,
    is_fact,
    is_one,
    is_undone,
    subject_in,
)
from onrecord.record.commitments.kin import called, with_kin
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.matching import Groups
from onrecord.record.commitments.objects import nouns_in, object_of, object_words
from onrecord.record.commitments.outcomes import outcomes_at
from onrecord.record.commitments.reading import Reading
from onrecord.record.commitments.referring import is_referring, thing_before
from onrecord.record.commitments.states import states_at, thing_of_state
from onrecord.spans import Span

_CLAUSE, _FEW = 20, 3
_PUT_OFF = 7
_DAYS = frozenset(("date", "day", "deadline"))
_SHORTLY = 400
"""Code points before a sentence within which that was told which "its word" means."""
_OWNED = frozenset("its his her their our my the that this".split())
_AS = 6
_OBJECT = frozenset(("obj",))
_COMING = frozenset(("will", "would", "'ll", "’ll", "shall"))
_IDLE = frozenset(("CCONJ", "SCONJ", "ADP", "DET", "PART"))


@dataclass(frozen=True, slots=True)
class Turn:
    """Words that say what became of a deed."""

    reading: Reading
    status: CommitmentStatus
    deed: Deed
    span: Span
    word: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """A turn with the words of its sentence; `names` says whether it names the deed, and not only a promise."""

    turn: Turn
    sentence: range
    names: bool


def outcomes_in(reading: Reading, kin: Mapping[str, frozenset[str]]) -> Iterator[Outcome]:
    """All that a report says to have become of deeds, in order."""
    if not reading.syntax.tagged:
        return
    for sentence in reading.sentences():
        for word in sentence:
            for status, core in outcomes_at(reading, sentence, word):
                yield Outcome(_turn(reading, sentence, word, status, core, kin), sentence, names=True)
            for turn in _of_words(reading, sentence, word, kin):
                yield Outcome(turn, sentence, names=False)


def find_turns(
    outcomes: Iterable[Outcome], groups: Groups, told: Sequence[tuple[int, str]] = ()
) -> Iterator[tuple[str, Turn]]:
    """What a report says became of commitments: id of the first telling, and the words.

    Args:
        outcomes: of the report, in order.
        told: where the report tells commitments, with the first telling of each, for words that only mean what was told
            right before or is told right behind ("kept its word").
    """
    near = list(told)
    pointing: list[Outcome] = []
    for one in outcomes:
        first = groups.like(one.turn.deed, whole=False) if one.names else None
        broken = groups.against(one.turn.deed) if first is None and one.names and one.turn.status == "met" else None
        if broken is not None:
            yield broken, replace(one.turn, status="missed")
        elif first is not None:
            near.append((one.turn.span.start, first))
            groups.called(first, one.turn.deed)
            yield first, one.turn
        elif not one.names or one.turn.deed.bare is not None:
            pointing.append(one)
    for one in pointing:
        pointed = _pointed_at(one.turn, one.sentence, near)
        if pointed is None and not one.names:
            pointed = groups.only_of(one.turn.deed)
        if pointed is not None and groups.may_be(pointed, one.turn.deed):
            yield pointed, one.turn


def _pointed_at(turn: Turn, sentence: range, near: Sequence[tuple[int, str]]) -> str | None:
    """The commitment told nearest: in the sentence, or else shortly before it."""
    whole = turn.reading.syntax.span(sentence[0], sentence[-1])
    ranked = [
        (not whole.start <= start < whole.end, abs(start - turn.span.start), first)
        for start, first in near
        if whole.start - _SHORTLY <= start < whole.end
    ]
    return min(ranked)[2] if ranked else None


def _turn(
    reading: Reading,
    sentence: range,
    word: int,
    status: CommitmentStatus,
    core: int,
    kin: Mapping[str, frozenset[str]],
) -> Turn:
    first, last = _clause(reading, sentence, word)
    span = reading.syntax.span(first, last)
    aim = next((group for told, group in states_at(reading, sentence, word) if told == status), None)
    subject = subject_in(reading, sentence, word) if aim is None else thing_of_state(reading, sentence, word)
    takes = status == "met" and core != word and reading.lemma(word) == "take"  # who takes delivery does not deliver
    passive = aim is not None or reading.syntax.is_passive(word)
    doer = None if status == "contested" or takes or passive else subject
    parties = reading.actors_of(doer) if doer is not None else ()
    alone = _alone(reading, core)
    head = _head(reading, core, None if takes else subject) if not alone else None
    nouns = nouns_in(reading, span)
    if aim is not None:
        head, nouns, alone = *_thing_of_state(reading, subject, aim, nouns), None
    deed = Deed(
        verb=aim or group_of(reading, core) or reading.lemma(core),
        head=head,
        nouns=nouns,
        parties=with_kin(parties, kin) or unknown_doer(reading, doer),
        places=frozenset(reading.places_in(span)),
        named=_named(reading, first, last, kin),
        quantity=_number_of(reading, status, core, span),
        times=tuple(time.date for _, time in reading.times.touching(span) if time.date is not None),
        moved=status == "delayed",
        bare=alone if head is None else None,
        definite=aim is not None or is_one(reading, sentence, word, group_of(reading, core)),
    )
    return Turn(reading, status, deed, span, word)


def _thing_of_state(
    reading: Reading, subject: int | None, aim: str, nouns: frozenset[str]
) -> tuple[str | None, frozenset[str]]:
    """What is told to be so, as compared, and the nouns told with it; of "it", those of the deed told before."""
    if subject is None:
        return None, frozenset()
    if is_referring(reading, subject):
        return thing_before(reading, subject, aim) or (None, frozenset())
    return reading.kind(subject), nouns | nouns_in(reading, reading.syntax.noun_phrase(subject))


def unknown_doer(reading: Reading, doer: int | None) -> frozenset[str]:
    """Who does it by name, where no actor is known by it: not who is known by another name."""
    if doer is None or reading.tag(doer) != "PROPN":
        return frozenset()
    words = reading.syntax.noun_phrase_words(doer)
    return frozenset({called(" ".join(reading.form(w) for w in words if reading.tag(w) != "DET"))})


def _number_of(reading: Reading, status: CommitmentStatus, core: int, span: Span) -> Quantity | None:
    """How many it is told of: of those begun all that are to be, of those done at once as a whole none are counted."""
    if not reading.is_verb(core) or status not in ("begun", "met") or group_of(reading, core) in lexicon().finished:
        return None
    if status == "begun":
        return _whole_number(reading, span)
    thing = object_of(reading, core)
    if thing is None:
        return None
    words = object_words(reading, core, thing)
    phrase = reading.syntax.span(words[0], words[-1])
    found = (one for at, one in sorted(reading.quantities.touching(phrase), key=lambda pair: pair[0]))
    return next((one for one in found if not reading.times.touching(one.span)), None)


def _whole_number(reading: Reading, span: Span) -> Quantity | None:
    """Of "14 of the 120 drivers" the 120; None where there is no such pair."""
    found = [one for _, one in sorted(reading.quantities.touching(span), key=lambda pair: pair[0])]
    pairs = pairwise(found)
    text = reading.report.text
    return next((b for a, b in pairs if text[a.span.end : b.span.start].strip() in ("of", "of the", "of its")), None)


def _alone(reading: Reading, core: int) -> str | None:
    """The noun of a deed that stands alone and as known ("the recount"); "" for a verb without more; or None."""
    if reading.is_verb(core):
        return ""
    words = reading.syntax.noun_phrase_words(core)
    opened = any(reading.form(w) in DEFINITE for w in words if w < core)
    return reading.lemma(core) if opened and len(words) <= _FEW and reading.form(core + 1) != "of" else None


def _named(reading: Reading, first: int, last: int, kin: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Those whom the words from `first` to `last` name."""
    heads = (word for word in range(first, last + 1) if reading.tag(word) in ("PROPN", "NOUN"))
    return with_kin({actor for head in heads for actor in reading.parties.of_phrase(head)}, kin)


def _head(reading: Reading, core: int, subject: int | None) -> str | None:
    if reading.is_verb(core):
        if (done_to := thing_done_to(reading, core)) is not None:
            return done_to
        found = object_of(reading, core)
        into_office = (
            group_of(reading, core) == "appoint" and found is not None and reading.syntax.form(found).islower()
        )
        passive = reading.syntax.is_passive(core)
        if found is None and not passive and subject is not None and reading.actors_of(subject):
            return None  # who "stepped down" did it to nobody
        if found is None or (passive and not into_office):
            found = subject
        return reading.kind(found) if found is not None and reading.tag(found) in ("NOUN", "PROPN") else None
    return head_of(reading, core, None)


def _clause(reading: Reading, sentence: range, word: int) -> tuple[int, int]:
    """The words around, between punctuation."""
    first = last = word
    while first > max(sentence.start, word - _CLAUSE) and reading.form(first - 1) not in BREAKS:
        first -= 1
    while last + 1 < min(sentence.stop, word + _CLAUSE) and reading.form(last + 1) not in (
        ",",
        ";",
        "—",
        "”",
        ".",
        ":",
    ):
        last += 1
    while last > word and reading.tag(last) in _IDLE:
        last -= 1
    return first, last


def _of_words(reading: Reading, sentence: range, word: int, kin: Mapping[str, frozenset[str]]) -> Iterator[Turn]:
    """What became of what was promised, where only the promise is named: "kept its word", "stand by our commitment"."""
    if not reading.is_verb(word):
        return
    told = ((rule, rule(reading, sentence, word)) for rule in _OF_WORDS)
    rule, status = next(((rule, status) for rule, status in told if status is not None), (None, None))
    if status is not None:
        # Whoever gives more time, or does what another promised to propose, need not be who promised.
        subject = subject_in(reading, sentence, word) if rule in (_word_kept, _did_so) else None
        parties = reading.parties.of_phrase(subject) if subject is not None else ()
        first, last = _clause(reading, sentence, word)
        if rule is _as_said:
            first = next((w for w in sentence if reading.form(w) in _COMING and reading.tag(w) == "AUX"), first)
        deed = Deed("", None, frozenset(), with_kin(parties, kin), frozenset(), bare="")
        yield Turn(reading, status, deed, reading.syntax.span(first, last), word)


def _word_kept(reading: Reading, sentence: range, word: int) -> CommitmentStatus | None:
    base = reading.lemma(word)
    ahead = tuple(reading.form(w) for w in range(word + 1, min(word + 4, sentence.stop)))
    phrases = [(base, *ahead[:length]) for length in (1, 2)]
    far = next((len(p) for p in phrases if p in lexicon().stood_by or p in lexicon().broken_with), 1)
    behind = range(word + far, min(word + far + 3, sentence.stop))
    named = next((w for w in behind if reading.tag(w) == "NOUN" and reading.lemma(w) in lexicon().words), None)
    if named is None or not any(reading.form(w) in _OWNED for w in range(word + 1, named)):
        return None
    if any(p in lexicon().stood_by for p in phrases):
        return "reaffirmed" if is_fact(reading, sentence, word) else None
    if not is_done(reading, sentence, word):
        return None
    if base in lexicon().kept:
        return "met"
    return "missed" if base in lexicon().broken or any(p in lexicon().broken_with for p in phrases) else None


def _did_so(reading: Reading, sentence: range, word: int) -> CommitmentStatus | None:
    """As in "has not done so", "did so on Friday": of what was told right before."""
    if reading.lemma(word) != "do" or reading.form(word + 1) != "so":
        return None
    if is_undone(reading, word):
        return "missed"
    return "met" if is_done(reading, sentence, word) else None


def _deadline_put_off(reading: Reading, sentence: range, word: int) -> CommitmentStatus | None:
    """As in "putting the deadline back", "extended the deadline": of what was told with it."""
    base = reading.lemma(word)
    following = [reading.form(w) for w in range(word + 1, min(word + _PUT_OFF, sentence.stop))]
    phrased = any(phrase[0] == base and phrase[1] in following for phrase in lexicon().putting_off)
    if not phrased and lexicon().steps.get(base) != "delayed":
        return None
    if not (is_done(reading, sentence, word) or is_beside_done(reading, sentence, word)):
        return None
    noun = word + 1 + (reading.form(word + 1) in DEFINITE)
    is_known = noun > word + 1 and reading.lemma(noun) in lexicon().deadlines
    return "delayed" if is_known and reading.form(noun + 1) not in ("for", "to") else None


def _late(reading: Reading, sentence: range, word: int) -> CommitmentStatus | None:
    """As in "passed it three weeks after the day by which the government had promised to propose it"."""
    if not is_done(reading, sentence, word):
        return None
    for after in range(word + 1, min(word + _CLAUSE, sentence.stop - _PUT_OFF)):
        if reading.form(after) == "after" and reading.lemma(after + 2) in _DAYS:
            if reading.form(after + 3) not in ("by", "on") or reading.form(after + 4) != "which":
                continue
            promise = range(after + 5, min(after + _CLAUSE, sentence.stop - 1))
            verb = next((w for w in promise if reading.form(w - 1) == "to" and reading.is_verb(w)), None)
            return "met" if verb is not None and reading.form(verb + 1) in ("it", "them", "this") else None
    return None


def _as_said(reading: Reading, sentence: range, word: int) -> CommitmentStatus | None:
    """As in "will be open by May, just as we said": of what the same sentence tells to come."""
    if reading.lemma(word) not in lexicon().back or not is_fact(reading, sentence, word):
        return None
    opening = next(
        (w for w in range(word - 1, max(sentence.start, word - _AS) - 1, -1) if reading.form(w) == "as"), None
    )
    if opening is None or any(reading.is_verb(w) or reading.form(w) == "," for w in range(opening + 1, word)):
        return None
    coming = any(reading.form(w) in _COMING and reading.tag(w) == "AUX" for w in range(sentence.start, opening))
    told = reading.form(word) != reading.lemma(word) and not reading.form(word).endswith(("ing", "s"))
    return "reaffirmed" if coming and told and reading.lemma(word) != "expect" else None


def _holds(reading: Reading, sentence: range, word: int) -> CommitmentStatus | None:
    """As in "that was the promise, and it holds", "the pledge still stands": of what was told right before."""
    if reading.form(word) not in lexicon().holding or reading.syntax.child(word, _OBJECT) is not None:
        return None
    behind = reading.form(word + 1)
    if behind not in ("", ".", ",", ";", "”", '"', "good", "true", "firm", "for") or not is_fact(
        reading, sentence, word
    ):
        return None
    before = range(max(sentence.start, word - _CLAUSE), word)
    named = next((w for w in before if reading.tag(w) == "NOUN" and reading.lemma(w) in lexicon().words), None)
    if named is None:
        return None
    subjects = [w for w in reading.syntax.children[word] if reading.syntax.words.relation[w] == "nsubj"]
    is_it = any(w == named or reading.form(w) in ("it", "that", "this") for w in subjects)
    return "reaffirmed" if is_it else None


_OF_WORDS: tuple[Callable[[Reading, range, int], CommitmentStatus | None], ...] = (
    _word_kept,
    _did_so,
    _deadline_put_off,
    _late,
    _as_said,
    _holds,
)
"""What is asked of a verb that names no deed, or names it by another word."""
